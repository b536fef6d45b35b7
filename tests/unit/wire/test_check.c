/* SPDX-License-Identifier: Apache-2.0 */
/* Member constraints (data-plane.md 0.2, 0.6, 3; control-plane.md 1.7, 1.8; verified-behaviour.md 2, 3, 8, 10, 12):
 * requests and their exact answers. */
#include "wire/wire_test.h"

#include <string.h>

#include "base/limits.h"

#define ONE                  "1 validation error detected: "
#define TWO                  "2 validation errors detected: "
#define AT(v_, path_, rule_) "Value " v_ " at '" path_ "' failed to satisfy constraint: " rule_
#define NOT_NULL             "Member must not be null"
#define SHORT(n_)            "Member must have length greater than or equal to " #n_
#define LONG(n_)             "Member must have length less than or equal to " #n_
#define LESS(n_)             "Member must have value greater than or equal to " #n_
#define MORE(n_)             "Member must have value less than or equal to " #n_
#define PATTERN              "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
#define ENUM(v_)             "Member must satisfy enum value set: " v_
#define CAPACITY             AT("'X'", "returnConsumedCapacity", ENUM("[INDEXES, TOTAL, NONE]"))
#define METRICS              AT("'X'", "returnItemCollectionMetrics", ENUM("[SIZE, NONE]"))
#define RETURN               AT("'X'", "returnValues", ENUM("[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"))
#define NAMELESS             "Failed to satisfy constraint: " ENUM("[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]")
#define KEYS                 "Map keys must satisfy constraint: [" LONG(255) ", " SHORT(3) ", " PATTERN "]"
#define VALUES               "Map value must satisfy constraint: [" LONG(25) ", " SHORT(1) "]"
#define OPERATORS            "[IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]"
#define SELECT               "[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]"
#define SENTENCE             "The parameter 'TableName' is required but was not present in the request"
#define TABLE_ARN            "arn:aws:dynamodb:us-east-1:000000000000:table/t"

/* clang-format off */
static const struct {
    const char *operation, *json, *message; /* NULL: nothing wrong */
} rows[] = {
    /* ---- PutItem ---- */
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{}}", NULL},
    {"PutItem", "{\"TableName\":\"" TABLE_ARN "\",\"Item\":{}}", NULL},
    {"PutItem", "{}", TWO AT("null", "tableName", NOT_NULL) "; " AT("null", "item", NOT_NULL)},
    {"PutItem", "{\"Item\":{}}", ONE AT("null", "tableName", NOT_NULL)},
    {"PutItem", "{\"TableName\":\"t\"}", ONE AT("null", "item", NOT_NULL)},
    {"PutItem", "{\"TableName\":\"\",\"Item\":{}}", ONE "Value at 'TableName' failed to satisfy constraint: " SHORT(1)},
    {"PutItem", "{\"TableName\":\"\",\"Item\":{},\"ReturnValues\":\"X\"}", ONE "Value at 'TableName' failed to satisfy constraint: " SHORT(1)},
    {"PutItem", "{\"TableName\":\"x!\",\"Item\":{},\"ReturnValues\":\"X\"}", ONE AT("'x!'", "tableName", PATTERN)},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"ReturnValues\":\"X\"}", ONE NAMELESS},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"ReturnValues\":\"ALL_NEW\"}", NULL},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"ReturnValues\":\"none\"}", ONE NAMELESS},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"ReturnConsumedCapacity\":\"X\"}", ONE CAPACITY},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"ReturnItemCollectionMetrics\":\"X\"}", ONE "ReturnItemCollectionMetrics can only be SIZE or NONE"},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"ReturnItemCollectionMetrics\":\"X\",\"ReturnValues\":\"X\",\"ReturnConsumedCapacity\":\"X\"}",
        "3 validation errors detected: " CAPACITY "; " NAMELESS "; " METRICS},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"ReturnItemCollectionMetrics\":\"X\",\"ReturnConsumedCapacity\":\"X\"}", TWO CAPACITY "; " METRICS},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"ConditionalOperator\":\"XOR\"}", ONE "Failed to satisfy constraint: " ENUM("[ALL, OR]")},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"ConditionalOperator\":\"XOR\",\"ReturnValues\":\"X\"}", ONE NAMELESS},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"Expected\":{\"a\":{\"ComparisonOperator\":\"eq\"}}}",
        ONE AT("'eq'", "expected.a.member.comparisonOperator", ENUM(OPERATORS))},
    {"PutItem", "{\"TableName\":\"t\",\"Item\":{},\"ReturnValuesOnConditionCheckFailure\":\"X\"}",
        ONE AT("'X'", "returnValuesOnConditionCheckFailure", ENUM("[ALL_OLD, NONE]"))},
    /* ---- DeleteItem, UpdateItem ---- */
    {"DeleteItem", "{\"TableName\":\"t\",\"Key\":{},\"ReturnValues\":\"X\",\"ReturnConsumedCapacity\":\"X\"}", TWO CAPACITY "; " NAMELESS},
    {"DeleteItem", "{\"TableName\":\"\",\"Key\":{}}", ONE "Value at 'TableName' failed to satisfy constraint: " SHORT(1)},
    {"UpdateItem", "{\"TableName\":\"t\",\"Key\":{},\"ReturnValues\":\"X\",\"ReturnConsumedCapacity\":\"X\"}", ONE NAMELESS},
    {"UpdateItem", "{\"TableName\":\"t\",\"Key\":{},\"ReturnItemCollectionMetrics\":\"X\"}", ONE "ReturnItemCollectionMetrics can only be SIZE or NONE"},
    {"UpdateItem", "{\"TableName\":\"t\",\"Key\":{},\"ReturnConsumedCapacity\":\"X\"}", ONE CAPACITY},
    {"UpdateItem", "{\"TableName\":\"\",\"ReturnValues\":\"X\",\"ReturnConsumedCapacity\":\"X\"}",
        "4 validation errors detected: " CAPACITY "; " AT("''", "tableName", SHORT(1)) "; " RETURN "; " AT("null", "key", NOT_NULL)},
    {"UpdateItem", "{\"TableName\":\"t\",\"Key\":{},\"AttributeUpdates\":{\"a\":{\"Action\":\"X\"}}}",
        ONE AT("'X'", "attributeUpdates.a.member.action", ENUM("[ADD, DELETE, PUT]"))},
    /* ---- GetItem, Query, Scan ---- */
    {"GetItem", "{\"TableName\":\"\",\"Key\":{}}", ONE "Value at 'TableName' failed to satisfy constraint: " SHORT(1)},
    {"GetItem", "{\"TableName\":\"t\"}", ONE AT("null", "key", NOT_NULL)},
    {"GetItem", "{\"TableName\":\"x!\",\"AttributesToGet\":[],\"ReturnConsumedCapacity\":\"X\"}",
        "4 validation errors detected: " CAPACITY "; " AT("'[]'", "attributesToGet", SHORT(1)) "; " AT("'x!'", "tableName", PATTERN) "; " AT("null", "key", NOT_NULL)},
    {"Query", "{\"TableName\":\"t\",\"Limit\":0}", ONE "Value at 'Limit' failed to satisfy constraint: " LESS(1)},
    {"Query", "{\"TableName\":\"t\",\"Limit\":1}", NULL},
    {"Query", "{\"TableName\":\"t\",\"Select\":\"count\"}", ONE AT("'count'", "select", ENUM(SELECT))},
    {"Query", "{\"TableName\":\"t\",\"Select\":\"X\",\"ConditionalOperator\":\"XOR\"}", "Failed to satisfy constraint: " ENUM("[ALL, OR]")},
    {"Query", "{\"TableName\":\"t\",\"ConditionalOperator\":\"XOR\"}", "Failed to satisfy constraint: " ENUM("[ALL, OR]")},
    {"Query", "{\"TableName\":\"t\",\"IndexName\":\"ab\"}", ONE AT("'ab'", "indexName", SHORT(3))},
    {"Query", "{\"TableName\":\"t\",\"IndexName\":\"a!b\"}", ONE AT("'a!b'", "indexName", PATTERN)},
    {"Query", "{\"TableName\":\"t\",\"QueryFilter\":{\"a\":{}}}", ONE AT("null", "queryFilter.a.member.comparisonOperator", NOT_NULL)},
    {"Query", "{\"TableName\":\"t\",\"KeyConditions\":{\"a\":{\"ComparisonOperator\":\"eq\"}},\"Select\":\"X\",\"ReturnConsumedCapacity\":\"X\"}",
        "3 validation errors detected: " AT("'X'", "select", ENUM(SELECT)) "; " CAPACITY "; "
                                         AT("'eq'", "keyConditions.a.member.comparisonOperator", ENUM(OPERATORS))},
    {"Scan", "{\"TableName\":\"t\",\"Limit\":0}", ONE AT("'0'", "limit", LESS(1))},
    {"Scan", "{\"TableName\":\"t\",\"Segment\":-1,\"TotalSegments\":4}", ONE AT("'-1'", "segment", LESS(0))},
    {"Scan", "{\"TableName\":\"t\",\"Segment\":999999,\"TotalSegments\":1000000}", NULL},
    {"Scan", "{\"TableName\":\"t\",\"Segment\":1000000,\"TotalSegments\":1000001}",
        TWO AT("'1000001'", "totalSegments", MORE(1000000)) "; " AT("'1000000'", "segment", MORE(999999))},
    {"Scan", "{\"TableName\":\"\"}", ONE AT("''", "tableName", SHORT(1))},
    /* ---- batches ---- */
    {"BatchGetItem", "{}", ONE AT("null", "requestItems", NOT_NULL)},
    {"BatchGetItem", "{\"RequestItems\":{}}", ONE "Value at 'RequestItems' failed to satisfy constraint: " SHORT(1)},
    {"BatchGetItem", "{\"RequestItems\":{\"tab\":{\"Keys\":[]}}}", ONE "Value at 'RequestItems.tab.member.Keys' failed to satisfy constraint: " SHORT(1)},
    {"BatchGetItem", "{\"RequestItems\":{\"tab\":{}}}", ONE AT("null", "requestItems.tab.member.keys", NOT_NULL)},
    {"BatchGetItem", "{\"RequestItems\":{\"tab\":{\"Keys\":[{}]}},\"ReturnConsumedCapacity\":\"X\"}", ONE CAPACITY},
    {"BatchGetItem", "{\"RequestItems\":{\"bad!name\":{\"Keys\":[{\"pk\":{\"S\":\"a\"}}]}},\"ReturnConsumedCapacity\":\"X\"}",
        TWO AT("'{\"bad!name\":{\"Keys\":[{\"pk\":{\"S\":\"a\"}}]}}'", "requestItems", KEYS) "; " CAPACITY},
    {"BatchGetItem", "{\"RequestItems\":{\"" TABLE_ARN "\":{\"Keys\":[{}]}}}", NULL},
    {"BatchWriteItem", "{\"RequestItems\":{}}", "The requestItems parameter is required for BatchWriteItem"},
    {"BatchWriteItem", "{\"RequestItems\":{},\"ReturnConsumedCapacity\":\"X\",\"ReturnItemCollectionMetrics\":\"X\"}", TWO CAPACITY "; " METRICS},
    {"BatchWriteItem", "{\"RequestItems\":{\"tab\":[]}}", ONE AT("'{tab=[]}'", "requestItems", VALUES)},
    {"BatchWriteItem", "{\"RequestItems\":{\"bad!\":[{\"DeleteRequest\":{\"Key\":{}}}]},\"ReturnConsumedCapacity\":\"X\"}", ONE CAPACITY},
    {"BatchWriteItem", "{\"RequestItems\":{\"tab\":[{\"PutRequest\":{}}]}}", ONE AT("null", "requestItems.tab.member.1.member.putRequest.item", NOT_NULL)},
    /* ---- transactions ---- */
    {"TransactWriteItems", "{\"TransactItems\":[]}", ONE AT("'[]'", "transactItems", SHORT(1))},
    {"TransactWriteItems", "{\"TransactItems\":[{\"Put\":{\"TableName\":\"bad!name\",\"Item\":{}}}]}", ONE AT("'bad!name'", "transactItems.1.member.put.tableName", PATTERN)},
    {"TransactWriteItems", "{\"TransactItems\":[{\"Put\":{\"TableName\":\"t\",\"Item\":{}}},{\"ConditionCheck\":{\"TableName\":\"t\",\"Key\":{}}}]}",
        ONE AT("null", "transactItems.2.member.conditionCheck.conditionExpression", NOT_NULL)},
    {"TransactWriteItems",
        "{\"TransactItems\":[{}],\"ReturnItemCollectionMetrics\":\"X\",\"ReturnConsumedCapacity\":\"X\",\"ClientRequestToken\":\"0123456789012345678901234567890123456\"}",
        "3 validation errors detected: " AT("'0123456789012345678901234567890123456'", "clientRequestToken", LONG(36)) "; " CAPACITY "; " METRICS},
    {"TransactGetItems", "{\"TransactItems\":[{\"Get\":{\"TableName\":\"b!\",\"Key\":{}}}],\"ReturnConsumedCapacity\":\"X\"}",
        TWO CAPACITY "; " AT("'b!'", "transactItems.1.member.get.tableName", PATTERN)},
    /* ---- tables ---- */
    {"CreateTable", "{}", SENTENCE},
    {"DescribeTable", "{}", SENTENCE},
    {"DeleteTable", "{}", SENTENCE},
    {"UpdateTable", "{}", SENTENCE},
    {"DescribeTable", "{\"TableName\":\"\"}", ONE AT("''", "tableName", SHORT(1))},
    {"DescribeTable", "{\"TableName\":\"ab\"}", NULL},
    {"UpdateTable", "{\"TableName\":\"ab\"}", ONE AT("'ab'", "tableName", SHORT(3))},
    {"CreateTable", "{\"TableName\":\"ab\",\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":[]}", ONE AT("'ab'", "tableName", SHORT(3))},
    {"CreateTable", "{\"TableName\":\"a!\",\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":[]}",
        TWO AT("'a!'", "tableName", PATTERN) "; " AT("'a!'", "tableName", SHORT(3))},
    {"CreateTable", "{\"TableName\":\"ab\",\"BillingMode\":\"X\"}", ONE AT("'ab'", "tableName", SHORT(3))}, /* alone */
    {"CreateTable", "{\"TableName\":\"abc\"}", TWO AT("null", "keySchema", NOT_NULL) "; " AT("null", "attributeDefinitions", NOT_NULL)},
    {"CreateTable",
        "{\"TableName\":\"abc\",\"BillingMode\":\"X\",\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"INVALID\"}],\"AttributeDefinitions\":[{\"AttributeName\":\"a\",\"AttributeType\":\"INVALID\"}],"
        "\"ProvisionedThroughput\":{\"ReadCapacityUnits\":0,\"WriteCapacityUnits\":0}}",
        "5 validation errors detected: " AT("'0'", "provisionedThroughput.writeCapacityUnits", LESS(1)) "; " AT("'0'", "provisionedThroughput.readCapacityUnits", LESS(1)) "; "
            AT("'X'", "billingMode", ENUM("[PROVISIONED, PAY_PER_REQUEST]")) "; " AT("'INVALID'", "keySchema.1.member.keyType", ENUM("[HASH, RANGE]")) "; "
            AT("'INVALID'", "attributeDefinitions.1.member.attributeType", ENUM("[B, N, S]"))},
    {"CreateTable",
        "{\"TableName\":\"abc\",\"AttributeDefinitions\":[],\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"b\",\"KeyType\":\"RANGE\"},{\"AttributeName\":\"c\",\"KeyType\":\"RANGE\"}]}",
        ONE AT("'[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=RANGE)]'",
            "keySchema", LONG(2))},
    {"CreateTable",
        "{\"TableName\":\"abc\",\"AttributeDefinitions\":[],\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"}],"
        "\"LocalSecondaryIndexes\":[{\"IndexName\":\"a\",\"KeySchema\":[],\"Projection\":{\"ProjectionType\":\"X\"}}],\"GlobalSecondaryIndexes\":[{\"IndexName\":\"idx\",\"KeySchema\":"
        "[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"}],\"Projection\":{\"NonKeyAttributes\":[]},\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1}},{}]}",
        "8 validation errors detected: " AT("'[]'", "globalSecondaryIndexes.1.member.projection.nonKeyAttributes", SHORT(1)) "; "
            AT("null", "globalSecondaryIndexes.1.member.provisionedThroughput.writeCapacityUnits", NOT_NULL) "; "
            AT("null", "globalSecondaryIndexes.2.member.indexName", NOT_NULL) "; " AT("null", "globalSecondaryIndexes.2.member.keySchema", NOT_NULL) "; "
            AT("null", "globalSecondaryIndexes.2.member.projection", NOT_NULL) "; " AT("'a'", "localSecondaryIndexes.1.member.indexName", SHORT(3)) "; "
            AT("'[]'", "localSecondaryIndexes.1.member.keySchema", SHORT(1)) "; "
            AT("'X'", "localSecondaryIndexes.1.member.projection.projectionType", ENUM("[ALL, INCLUDE, KEYS_ONLY]"))},
    {"CreateTable", "{\"TableName\":\"abc\",\"AttributeDefinitions\":[],\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"}],\"TableClass\":\"X\",\"Tags\":[{\"Key\":\"\"}]}", NULL},
    {"ListTables", "{\"Limit\":0}", ONE AT("'0'", "limit", LESS(1))},
    {"ListTables", "{\"Limit\":101}", ONE AT("'101'", "limit", MORE(100))},
    {"ListTables", "{\"Limit\":100}", NULL},
    {"ListTables", "{\"ExclusiveStartTableName\":\"ab\"}", ONE AT("'ab'", "exclusiveStartTableName", SHORT(3))},
    {"ListTables", "{\"ExclusiveStartTableName\":\"" TABLE_ARN "\"}", ONE AT("'" TABLE_ARN "'", "exclusiveStartTableName", PATTERN)},
    {"TagResource", "{\"Tags\":[]}", "Invalid TableArn"},
    {"TagResource", "{\"ResourceArn\":\"x\"}", ONE AT("null", "tags", NOT_NULL)},
    {"UntagResource", "{\"ResourceArn\":\"x\"}", ONE AT("null", "tagKeys", NOT_NULL)},
    {"TagResource", "{\"ResourceArn\":\"x\",\"Tags\":[{\"Key\":\"\",\"Value\":\"v\"}]}", NULL},
    {"ListTagsOfResource", "{}", "Invalid TableArn"},
    /* null elements */
    {"GetItem", "{\"TableName\":\"t\",\"Key\":{},\"AttributesToGet\":[\"a\",null]}", ONE AT("null", "attributesToGet.2.member", NOT_NULL)},
};
/* clang-format on */

static struct slice answer(const char *operation, struct slice json)
{
    void *input = body_read(operation, json, WORDING_CURRENT);

    CHECK(input != NULL);
    return wire_check(operation_named(operation), input, WORDING_CURRENT, arena, &fault) == OK ? SLICE_NULL
                                                                                               : fault.message;
}

TEST(wire, each_request_has_its_answer)
{
    bool good = true;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct slice message;

        begin();
        message = answer(rows[i].operation, slice_from_cstr(rows[i].json));
        CHECK(message.p == NULL || fault.code == API_VALIDATION);
        if (!same(message, rows[i].message)) {
            printf("of %s %s\n", rows[i].operation, rows[i].json);
            good = false;
        }
    }
    CHECK(good);
}

/* A name of n letters where %s stands. */
static struct slice named(const char *before, int n, char letter, const char *after)
{
    struct buf text;

    buf_init(&text, arena, 1 << 20);
    buf_append(&text, before, strlen(before));
    for (int i = 0; i < n; i++)
        buf_byte(&text, (uint8_t)letter);
    buf_append(&text, after, strlen(after));
    return buf_view(&text);
}

static bool ends_with(struct slice text, const char *end)
{
    size_t n = strlen(end);

    return text.n >= n && memcmp(text.p + text.n - n, end, n) == 0;
}

TEST(wire, table_names_have_at_most_255_characters_and_arns_do_not_count)
{
    begin();
    CHECK(answer("PutItem", named("{\"Item\":{},\"TableName\":\"", 255, 't', "\"}")).p == NULL);
    CHECK(slice_starts_with(
        answer("PutItem", named("{\"Item\":{},\"TableName\":\"", 256, 't', "\"}")), SLICE_LIT(ONE "Value 'tttt")));
    CHECK(answer("PutItem",
              named("{\"Item\":{},\"TableName\":\"arn:aws:dynamodb:us-east-1:000000000000:table/", 255, 't', "\"}"))
              .p == NULL);
    CHECK(answer("PutItem", named("{\"Item\":{},\"TableName\":\"arn:", 1020, 't', "\"}")).p == NULL);
    CHECK(ends_with(answer("PutItem", named("{\"Item\":{},\"TableName\":\"arn:", 1021, 't', "\"}")),
        "tttt' at 'tableName' failed to satisfy constraint: " LONG(1024)));
    CHECK(answer("DescribeTable", named("{\"TableName\":\"", 256, 't', "\"}")).p != NULL);
    CHECK(answer("BatchGetItem", named("{\"RequestItems\":{\"", 256, 't', "\":{\"Keys\":[{}]}}}")).p != NULL);
    CHECK(answer("BatchGetItem", named("{\"RequestItems\":{\"", 255, 't', "\":{\"Keys\":[{}]}}}")).p == NULL);
}

static struct slice repeated(const char *before, const char *what, int times, const char *after)
{
    struct buf text;

    buf_init(&text, arena, 1 << 20);
    buf_append(&text, before, strlen(before));
    for (int i = 0; i < times; i++)
        buf_printf(&text, "%s%s", i ? "," : "", what);
    buf_append(&text, after, strlen(after));
    return buf_view(&text);
}

TEST(wire, numbers_of_elements_at_their_limit_and_one_more)
{
    begin();
    CHECK(answer("BatchGetItem", repeated("{\"RequestItems\":{\"tab\":{\"Keys\":[", "{}", 100, "]}}}")).p == NULL);
    CHECK(same(answer("BatchGetItem", repeated("{\"RequestItems\":{\"tab\":{\"Keys\":[", "{}", 101, "]}}}")),
        ONE "Value at 'RequestItems.tab.member.Keys' failed to satisfy constraint: " LONG(100)));
    CHECK(answer(
              "BatchWriteItem", repeated("{\"RequestItems\":{\"tab\":[", "{\"DeleteRequest\":{\"Key\":{}}}", 25, "]}}"))
              .p == NULL);
    CHECK(ends_with(answer("BatchWriteItem",
                        repeated("{\"RequestItems\":{\"tab\":[", "{\"DeleteRequest\":{\"Key\":{}}}", 26, "]}}")),
        "]}' at 'requestItems' failed to satisfy constraint: " VALUES));
    CHECK(answer("TransactGetItems",
              repeated("{\"TransactItems\":[", "{\"Get\":{\"TableName\":\"t\",\"Key\":{}}}", 100, "]}"))
              .p == NULL);
    CHECK(ends_with(answer("TransactGetItems",
                        repeated("{\"TransactItems\":[", "{\"Get\":{\"TableName\":\"t\",\"Key\":{}}}", 101, "]}")),
        "' at 'transactItems' failed to satisfy constraint: " LONG(100)));
    CHECK(answer("Scan", repeated("{\"TableName\":\"t\",\"AttributesToGet\":[", "\"a\"", 255, "]}")).p == NULL);
    CHECK(ends_with(answer("Scan", repeated("{\"TableName\":\"t\",\"AttributesToGet\":[", "\"a\"", 256, "]}")),
        "' at 'attributesToGet' failed to satisfy constraint: " LONG(255)));
}

TEST(wire, at_most_ten_violations_are_told)
{
    struct slice message;
    int found = 0;

    begin();
    message = answer("TransactGetItems", repeated("{\"TransactItems\":[", "{\"Get\":{}}", 100, "]}"));
    CHECK(slice_starts_with(message, SLICE_LIT("10 validation errors detected: ")));
    for (size_t i = 0; i + 7 <= message.n; i++)
        found += memcmp(message.p + i, NOT_NULL, 7) == 0;
    CHECK_EQ(found, 10);
}

TEST(wire, an_echo_of_batch_write_item_looks_like_a_dump)
{
    begin();
    CHECK(slice_starts_with(
        answer("BatchWriteItem",
            SLICE_LIT("{\"RequestItems\":{\"bad!name\":[{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"a\"}}}}]}}")),
        SLICE_LIT(ONE "Value '{bad!name=[WriteRequest(putRequest=PutRequest(item={pk=AttributeValue(s=")));
}

TEST(wire, faulty_absent_and_deep_values_in_an_echo_are_harmless)
{
    static const char *const requests[][3] = {
        {"BatchGetItem", "{\"RequestItems\":{\"bad!\":{\"Keys\":[{\"a\":", "}]}}}"},
        {"BatchWriteItem", "{\"RequestItems\":{\"bad!\":[{\"PutRequest\":{\"Item\":{\"a\":", "}}},{}]}}"},
        {"ExecuteStatement", "{\"Statement\":\"s\",\"Parameters\":[", "],\"Limit\":0}"},
        {"BatchExecuteStatement", "{\"Statements\":[{\"Statement\":\"\",\"Parameters\":[", "]}]}"}};
    struct slice deep;

    begin();
    deep = repeated("", "", 0, "");
    for (int i = 0; i < 900; i++)
        deep = arena_printf(arena, "{\"L\":[%.*s]}", SLICE_ARG(deep));
    for (size_t i = 0; i < COUNT(requests); i++) {
        const char *const values[] = {"{\"N\":\"x\"}", "{}", "null", "{\"S\":\"x\"}", (const char *)deep.p};

        for (size_t k = 0; k < COUNT(values); k++)
            CHECK(answer(requests[i][0], arena_printf(arena, "%s%s%s", requests[i][1], values[k], requests[i][2])).p !=
                  NULL);
    }
    CHECK(answer("PutItem", SLICE_LIT("{\"Expected\":{\"a\":{}}}")).p != NULL);
}

/* The message about {"Statement": n times 'a', then `end`}; what stands between the quotes in it. */
static struct slice shown_of(size_t n, const char *end)
{
    static const struct slice before = SLICE_LIT("1 validation error detected: Value '"),
                              after = SLICE_LIT("' at 'statement'");
    uint8_t *text = arena_alloc(arena, n);
    const uint8_t *at;
    void *input;

    memset(text, 'a', n);
    input = body_read("ExecuteStatement",
        arena_printf(arena, "{\"Statement\":\"%.*s%s\"}", (int)n, (const char *)text, end), WORDING_CLASSIC);
    CHECK(input != NULL);
    CHECK_EQ(wire_check(operation_named("ExecuteStatement"), input, WORDING_CLASSIC, arena, &fault), ERR_FAULT);
    CHECK(slice_starts_with(fault.message, before));
    at = memmem(fault.message.p, fault.message.n, after.p, after.n);
    CHECK(at != NULL);
    return slice_of(fault.message.p + before.n, (size_t)(at - fault.message.p) - before.n);
}

TEST(wire, a_long_value_that_breaks_a_constraint_is_shown_up_to_a_bound)
{
    struct slice shown;

    begin();
    CHECK_EQ(shown_of(CONSTRAINT_VALUE_BYTES_MAX, "").n, CONSTRAINT_VALUE_BYTES_MAX);
    shown = shown_of(CONSTRAINT_VALUE_BYTES_MAX, "b");
    CHECK_EQ(shown.n, CONSTRAINT_VALUE_BYTES_MAX + 3);
    CHECK(memcmp(shown.p + shown.n - 4, "a...", 4) == 0);
    shown = shown_of(CONSTRAINT_VALUE_BYTES_MAX - 1, "\xc3\xa9"); /* half of a character is left out */
    CHECK_EQ(shown.n, CONSTRAINT_VALUE_BYTES_MAX - 1 + 3);
}

TEST_MAIN()
