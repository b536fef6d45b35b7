/* SPDX-License-Identifier: Apache-2.0 */
/* Replies and error documents as text (control-plane.md 1.4, 1.11; data-plane.md 9.1). */
#include "wire/wire_test.h"

static struct slice reply(const struct shape *shape, const void *output)
{
    struct buf out;

    buf_init(&out, arena, 1 << 20);
    wire_write(shape, output, NULL, &out);
    CHECK(!out.failed);
    return buf_view(&out);
}

static struct slice body_of(const char *json)
{
    struct slice body;

    CHECK(wire_read_item(slice_from_cstr(json), arena, &body, &fault) == OK);
    return body;
}

TEST(wire, nothing_set_is_an_empty_object)
{
    begin();
    CHECK(same(reply(&shape_put_item_output, &(struct put_item_output){0}), "{}"));
    CHECK(same(reply(&shape_describe_table_output, &(struct describe_table_output){0}), "{}"));
    CHECK(same(reply(&shape_tag_resource_output, &(struct tag_resource_output){0}), "{}"));
}

TEST(wire, members_of_every_kind)
{
    struct key_schema_element keys[] = {{.attribute_name = SLICE_LIT("pk"), .key_type = SLICE_LIT("HASH")},
        {.attribute_name = SLICE_LIT("a\"b"), .key_type = SLICE_LIT("RANGE")}};
    struct provisioned_throughput_description throughput = {.read_capacity_units = {true, 5},
        .write_capacity_units = {true, 0},
        .last_increase_date_time = {true, 1791506149.206}};
    struct table_description table = {.table_name = SLICE_LIT("t"),
        .key_schema = {true, 2, keys},
        .creation_date_time = {true, 1791506149},
        .provisioned_throughput = &throughput,
        .item_count = {true, 0},
        .deletion_protection_enabled = TRI_FALSE,
        .latest_stream_label = SLICE_LIT("")};
    struct describe_table_output output = {.table = &table};

    begin();
    CHECK(same(reply(&shape_describe_table_output, &output),
        "{\"Table\":{\"TableName\":\"t\",\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},{"
        "\"AttributeName\":\"a\\\"b\",\"KeyType\":\"RANGE\"}],"
        "\"CreationDateTime\":1791506149,\"ProvisionedThroughput\":{\"LastIncreaseDateTime\":1791506149.206,"
        "\"ReadCapacityUnits\":5,\"WriteCapacityUnits\":0},"
        "\"ItemCount\":0,\"LatestStreamLabel\":\"\",\"DeletionProtectionEnabled\":false}}"));
}

TEST(wire, timestamps_have_at_most_milliseconds)
{
    static const struct {
        double seconds;
        const char *text;
    } rows[] = {{0, "0"}, {1791506149, "1791506149"}, {1791506149.5, "1791506149.5"}, {1791506149.25, "1791506149.25"},
        {1791506149.007, "1791506149.007"}, {1791506149.9996, "1791506150"}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct backup_details details = {.backup_creation_date_time = {true, rows[i].seconds}};

        begin();
        CHECK(same(reply(&shape_backup_details, &details),
            (const char *)arena_printf(arena, "{\"BackupCreationDateTime\":%s}", rows[i].text).p));
    }
}

TEST(wire, an_empty_list_is_not_an_absent_one)
{
    struct list_tables_output output = {.table_names = {.present = true}};

    begin();
    CHECK(same(reply(&shape_list_tables_output, &output), "{\"TableNames\":[]}"));
}

TEST(wire, items_lists_of_items_and_maps)
{
    struct slice names[] = {SLICE_LIT("t1"), SLICE_LIT("t\n2")};
    struct attribute_map items[2];
    struct item_list lists[2] = {{true, 2, items}, {.present = true}};
    struct capacity capacity = {.capacity_units = {true, 0.5}};
    struct consumed_capacity consumed[1] = {
        {.table_name = SLICE_LIT("t1"), .capacity_units = {true, 1}, .table = &capacity}};
    struct batch_get_item_output output = {.responses = {true, 2, names, lists},
        .unprocessed_keys = {.present = true},
        .consumed_capacity = {true, 1, consumed}};
    struct get_item_output get = {0};

    begin();
    items[0] = (struct attribute_map){.present = true, .body = body_of("{\"a\":{\"S\":\"x\"}}")};
    items[1] = (struct attribute_map){.present = true, .body = body_of("{}")};
    CHECK(same(reply(&shape_batch_get_item_output, &output),
        "{\"Responses\":{\"t1\":[{\"a\":{\"S\":\"x\"}},{}],\"t\\n2\":[]},\"UnprocessedKeys\":{},"
        "\"ConsumedCapacity\":[{\"TableName\":\"t1\",\"CapacityUnits\":1.0,\"Table\":{\"CapacityUnits\":0.5}}]}"));
    get.item = items[1];
    CHECK(same(reply(&shape_get_item_output, &get), "{\"Item\":{}}"));
}

TEST(wire, what_was_read_is_written_the_same)
{
    static const char *const requests[][2] = {
        {"CreateTable", "{\"TableName\":\"t\",\"AttributeDefinitions\":[{\"AttributeName\":\"a\",\"AttributeType\":"
                        "\"S\"}],\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"}],"
                        "\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1,\"WriteCapacityUnits\":2},"
                        "\"DeletionProtectionEnabled\":true}"},
        {"TransactWriteItems", "{\"TransactItems\":[{\"ConditionCheck\":{\"Key\":{\"a\":{\"S\":\"x\"}},\"TableName\":"
                               "\"t\",\"ConditionExpression\":\"a = :b\","
                               "\"ExpressionAttributeValues\":{\":b\":{\"L\":[]}}}},{}],\"ClientRequestToken\":\"x\"}"},
        {"ExecuteStatement",
            "{\"Statement\":\"s\",\"Parameters\":[{\"N\":\"1\"},{\"BOOL\":false}],\"ConsistentRead\":false}"},
    };

    for (size_t i = 0; i < COUNT(requests); i++) {
        const struct operation *operation = operation_named(requests[i][0]);
        void *input;

        begin();
        input = body_read(requests[i][0], slice_from_cstr(requests[i][1]), WORDING_CURRENT);
        CHECK(input != NULL);
        CHECK(same(reply(operation->input, input), requests[i][1]));
    }
}

static struct slice document(const struct fault *f)
{
    struct buf out;

    buf_init(&out, arena, 1 << 20);
    wire_write_fault(f, &out);
    return buf_view(&out);
}

TEST(wire, error_documents)
{
    begin();
    fault_validation(&fault, "a \"quoted\" %d", 1);
    CHECK(same(document(&fault),
        "{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":\"a \\\"quoted\\\" 1\"}"));
    fault_set_bare(&fault, API_UNKNOWN_OPERATION);
    CHECK(same(document(&fault), "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}"));
    fault_set(&fault, API_SERIALIZATION, "x");
    CHECK(same(document(&fault), "{\"__type\":\"com.amazon.coral.service#SerializationException\",\"Message\":\"x\"}"));
    fault_set(&fault, API_RESOURCE_NOT_FOUND, "Requested resource not found");
    CHECK(same(document(&fault), "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\","
                                 "\"message\":\"Requested resource not found\"}"));
    fault_set(&fault, API_CONDITIONAL_CHECK_FAILED, "The conditional request failed");
    fault.item = body_of("{\"a\":{\"N\":\"1\"}}");
    CHECK(same(document(&fault), "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                                 "\"message\":\"The conditional request failed\","
                                 "\"Item\":{\"a\":{\"N\":\"1\"}}}"));
    fault.item = SLICE_NULL;
    fault_set(&fault, API_TRANSACTION_CANCELED, "m");
    fault.more = SLICE_LIT("\"CancellationReasons\":[{\"Code\":\"None\"}]");
    CHECK(same(document(&fault), "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                                 "\"Message\":\"m\",\"CancellationReasons\":[{\"Code\":\"None\"}]}"));
}

TEST_MAIN()
