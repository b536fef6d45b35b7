/* SPDX-License-Identifier: Apache-2.0 */
/* The generated tables: look-ups, order, constraints, errors, reserved words, patterns. */
#include "test.h"

#include "model/gen_operations.h"
#include "model/gen_reserved_words.h"

#define COUNT(array_) (sizeof(array_) / sizeof((array_)[0]))

TEST(model, every_operation_is_found_by_its_target_and_nothing_else_is)
{
    static const char *const strangers[] = {"", ".", "PutItem", "DynamoDB_20120810", "DynamoDB_20120810.",
        "DynamoDB_20120810.putItem", "DynamoDB_20120810.PutItem ", "DynamoDB_20120810.PutItems",
        "DynamoDB_20111205.PutItem", "DynamoDBStreams_20120810.PutItem", "DynamoDB_20120810.GetRecords",
        "DynamoDBStreams_20120810.", "dynamodb_20120810.PutItem", "x.PutItem"};

    for (int i = 0; i < OPERATIONS; i++) {
        const struct operation *operation = operation_of((enum operation_id)i);

        CHECK_EQ(operation->id, i);
        CHECK(operation_find(operation->target) == operation);
        CHECK(operation->input != NULL && operation->output != NULL);
        for (size_t n = 0; n < operation->target.n; n++)
            CHECK(operation_find(slice_of(operation->target.p, n)) != operation);
    }
    CHECK_EQ(OPERATIONS, 66);
    for (size_t i = 0; i < COUNT(strangers); i++)
        CHECK(operation_find(slice_from_cstr(strangers[i])) == NULL);
    CHECK(operation_find(SLICE_NULL) == NULL);
}

TEST(model, streams_and_bodiless_operations_are_marked)
{
    CHECK(operation_of(OPERATION_GET_RECORDS)->streams && !operation_of(OPERATION_PUT_ITEM)->streams);
    CHECK(slice_is(operation_of(OPERATION_GET_RECORDS)->target, "DynamoDBStreams_20120810.GetRecords"));
    CHECK(slice_is(operation_of(OPERATION_PUT_ITEM)->action, "dynamodb:PutItem"));
    CHECK(operation_of(OPERATION_TAG_RESOURCE)->bodiless && operation_of(OPERATION_UNTAG_RESOURCE)->bodiless);
    CHECK(!operation_of(OPERATION_PUT_ITEM)->bodiless);
}

static void members_check(const struct shape *shape, int depth)
{
    bool seen[64] = {false};

    CHECK(depth < 20 && shape->members_count <= 64);
    for (uint32_t i = 0; i < shape->members_count; i++) {
        const struct shape_member *member = &shape->members[i];

        CHECK(shape_member_find(shape, member->name) == member);
        CHECK(member->offset < shape->bytes);
        CHECK(!seen[shape->check_order[i]]);
        seen[shape->check_order[i]] = true;
        if (member->kind == SHAPE_STRUCTURE)
            members_check(member->shape, depth + 1);
        if ((member->kind == SHAPE_LIST || member->kind == SHAPE_MAP) &&
            member->shape->element->kind == SHAPE_STRUCTURE)
            members_check(member->shape->element->shape, depth + 1);
    }
    if (shape->members_count != 0) {
        CHECK(shape_member_find(shape, SLICE_LIT("")) == NULL);
        CHECK(shape_member_find(shape, SLICE_LIT("NoSuchMember")) == NULL);
    }
}

TEST(model, every_member_of_every_shape_is_found)
{
    for (int i = 0; i < OPERATIONS; i++) {
        members_check(operation_of((enum operation_id)i)->input, 0);
        members_check(operation_of((enum operation_id)i)->output, 0);
    }
}

TEST(model, members_know_their_kind_place_and_rule)
{
    const struct shape_member *name = shape_member_find(&shape_put_item_input, SLICE_LIT("TableName"));
    const struct shape_member *item = shape_member_find(&shape_put_item_input, SLICE_LIT("Item"));
    const struct shape_member *limit = shape_member_find(&shape_scan_input, SLICE_LIT("TotalSegments"));

    CHECK(name->kind == SHAPE_STRING && name->required && name->offset == offsetof(struct put_item_input, table_name));
    CHECK(slice_is(name->path, "tableName") && slice_is(name->json, "\"TableName\":"));
    CHECK(name->rule->min == 1 && name->rule->max == 255 && name->rule->pattern == SHAPE_PATTERN_TABLE);
    CHECK(shape_member_find(&shape_create_table_input, SLICE_LIT("TableName"))->rule->min == 3);
    CHECK(item->kind == SHAPE_ITEM && item->offset == offsetof(struct put_item_input, item));
    CHECK(limit->kind == SHAPE_INTEGER && limit->rule->min == 1 && limit->rule->max == 1000000);
    CHECK(shape_member_find(&shape_put_resource_policy_input, SLICE_LIT("ConfirmRemoveSelfResourceAccess"))->header);
}

TEST(model, errors_have_namespace_status_and_spelling)
{
    static const struct {
        enum api_error code;
        const char *type;
        int status;
        bool capital;
    } rows[] = {{API_VALIDATION, "com.amazon.coral.validate#ValidationException", 400, false},
        {API_SERIALIZATION, "com.amazon.coral.service#SerializationException", 400, true},
        {API_ACCESS_DENIED, "com.amazon.coral.service#AccessDeniedException", 400, true},
        {API_UNRECOGNIZED_CLIENT, "com.amazon.coral.service#UnrecognizedClientException", 400, false},
        {API_INTERNAL_SERVER_ERROR, "com.amazonaws.dynamodb.v20120810#InternalServerError", 500, false},
        {API_INTERNAL_FAILURE, "com.amazon.coral.service#InternalFailure", 500, false},
        {API_SERVICE_UNAVAILABLE, "com.amazon.coral.service#ServiceUnavailable", 503, false},
        {API_TRANSACTION_CANCELED, "com.amazonaws.dynamodb.v20120810#TransactionCanceledException", 400, true},
        {API_TRANSACTION_IN_PROGRESS, "com.amazonaws.dynamodb.v20120810#TransactionInProgressException", 400, true},
        {API_IDEMPOTENT_PARAMETER_MISMATCH, "com.amazonaws.dynamodb.v20120810#IdempotentParameterMismatchException",
            400, true},
        {API_TRANSACTION_CONFLICT, "com.amazonaws.dynamodb.v20120810#TransactionConflictException", 400, false},
        {API_REQUEST_LIMIT_EXCEEDED, "com.amazonaws.dynamodb.v20120810#RequestLimitExceeded", 400, false},
        {API_CONDITIONAL_CHECK_FAILED, "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", 400, false}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct api_error_info *info = api_error_info(rows[i].code);

        CHECK(slice_is(info->type, rows[i].type));
        CHECK_EQ(info->http_status, rows[i].status);
        CHECK_EQ(info->capital_message, rows[i].capital);
    }
    for (int i = 0; i < API_ERRORS; i++)
        CHECK(api_error_info((enum api_error)i)->code.n != 0);
}

TEST(model, reserved_words_are_known_in_any_case)
{
    static const char *const reserved[] = {"ABORT", "abort", "Status", "name", "ZONE", "size", "TIMESTAMP", "user"};
    static const char *const free[] = {"", "pk", "ABORTS", "ABOR", "_ABORT", "ABORT ",
        "A VERY LONG TEXT THAT IS NO WORD AT ALL, LONGER THAN ANY OF THEM", "\xc3\xa9"};

    for (size_t i = 0; i < COUNT(reserved); i++)
        CHECK(reserved_word(slice_from_cstr(reserved[i])));
    for (size_t i = 0; i < COUNT(free); i++)
        CHECK(!reserved_word(slice_from_cstr(free[i])));
}

TEST(model, patterns)
{
    static const struct {
        enum shape_pattern pattern;
        const char *text;
        bool matches;
    } rows[] = {{SHAPE_PATTERN_NAME, "aZ09_.-", true}, {SHAPE_PATTERN_NAME, "a b", false},
        {SHAPE_PATTERN_NAME, "", false}, {SHAPE_PATTERN_NAME, "\xc3\xa9", false}, {SHAPE_PATTERN_NAME, "a/b", false},
        {SHAPE_PATTERN_NAME, "a:b", false}, {SHAPE_PATTERN_NAME, "a@b", false}, {SHAPE_PATTERN_NAME, "a[b", false},
        {SHAPE_PATTERN_NAME, "a`b", false}, {SHAPE_PATTERN_NAME, "a{b", false}, {SHAPE_PATTERN_NAME, "a,b", false},
        {SHAPE_PATTERN_UUID, "01234567-89ab-cdef-0123-456789abcdef", true},
        {SHAPE_PATTERN_UUID, "01234567-89AB-cdef-0123-456789abcdef", false},
        {SHAPE_PATTERN_UUID, "0123456789ab-cdef-0123-456789abcdef", false},
        {SHAPE_PATTERN_ACCOUNT, "012345678901", true}, {SHAPE_PATTERN_ACCOUNT, "01234567890", false},
        {SHAPE_PATTERN_HEX16, "0123456789abcdef", true}, {SHAPE_PATTERN_HEX16, "0123456789abcde", false},
        {SHAPE_PATTERN_BUCKET, "my-bucket.1", true}, {SHAPE_PATTERN_BUCKET, "-bucket", false},
        {SHAPE_PATTERN_BUCKET, "b", false}, {SHAPE_PATTERN_NO_DOLLAR, "a b", true},
        {SHAPE_PATTERN_NO_DOLLAR, "a$", false}, {SHAPE_PATTERN_CSV_DELIMITER, ";", true},
        {SHAPE_PATTERN_CSV_DELIMITER, "x", false}, {SHAPE_PATTERN_CSV_DELIMITER, ";;", false},
        {SHAPE_PATTERN_CSV_HEADER, "a b", true}, {SHAPE_PATTERN_CSV_HEADER, "a,b", false},
        {SHAPE_PATTERN_PRINT, "a\xc3\xa9", true}, {SHAPE_PATTERN_PRINT, "a\n", false},
        {SHAPE_PATTERN_XML_TEXT, "a\n\t", true}, {SHAPE_PATTERN_XML_TEXT, "\x01", false},
        {SHAPE_PATTERN_NONE, "", true}};

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_EQ(shape_pattern_matches(rows[i].pattern, slice_from_cstr(rows[i].text)), rows[i].matches);
}

TEST_MAIN()
