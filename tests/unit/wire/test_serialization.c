/* SPDX-License-Identifier: Apache-2.0 */
/* JSON of the wrong type, and what is no JSON (data-plane.md 0.5, control-plane.md 1.6): one row a rule, the text to
 * the letter. */
#include "wire/wire_test.h"

#include "base/limits.h"

#define MAP_OF(class_) "Unrecognized collection type java.util.Map<java.lang.String, " class_ ">"
#define CLASS(class_)  "Unrecognized collection type class " class_
#define PACKAGE        "com.amazonaws.dynamodb.v20120810."
#define OBJECT         "Start of structure or map found where not expected"
#define FIELD          "Unexpected field type"
#define PAYLOAD        "Unexpected value type in payload"
#define BLOB           "only base-64-encoded strings are convertible to bytes"
#define PARAMETERIZED                                                                                                  \
    "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "      \
    "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of "    \
    "loader 'bootstrap')"

/* clang-format off */
static const struct {
    const char *operation, *json, *text;
} rows[] = {
    /* String */
    {"PutItem", "{\"TableName\":true}", "TRUE_VALUE cannot be converted to String"},
    {"PutItem", "{\"TableName\":false}", "FALSE_VALUE cannot be converted to String"},
    {"PutItem", "{\"TableName\":12}", "NUMBER_VALUE cannot be converted to String"},
    {"PutItem", "{\"TableName\":-0}", "NUMBER_VALUE cannot be converted to String"},
    {"PutItem", "{\"TableName\":1.5}", "DECIMAL_VALUE cannot be converted to String"},
    {"PutItem", "{\"TableName\":1e5}", "DECIMAL_VALUE cannot be converted to String"},
    {"PutItem", "{\"TableName\":[]}", CLASS("java.lang.String")},
    {"PutItem", "{\"TableName\":{}}", OBJECT},
    {"PutItem", "{\"ReturnValues\":1}", "NUMBER_VALUE cannot be converted to String"},
    {"PutItem", "{\"ExpressionAttributeNames\":{\"#a\":1}}", "NUMBER_VALUE cannot be converted to String"},
    {"GetItem", "{\"AttributesToGet\":[[]]}", CLASS("java.lang.String")},
    /* Integer, Long, Double, timestamp */
    {"Query", "{\"Limit\":\"1\"}", "STRING_VALUE cannot be converted to Integer"},
    {"Query", "{\"Limit\":true}", "TRUE_VALUE cannot be converted to Integer"},
    {"Query", "{\"Limit\":false}", "FALSE_VALUE cannot be converted to Integer"},
    {"Query", "{\"Limit\":[]}", CLASS("java.lang.Integer")},
    {"Query", "{\"Limit\":{}}", OBJECT},
    {"CreateTable", "{\"ProvisionedThroughput\":{\"ReadCapacityUnits\":\"1\"}}", "STRING_VALUE cannot be converted to Long"},
    {"CreateTable", "{\"ProvisionedThroughput\":{\"ReadCapacityUnits\":[1]}}", CLASS("java.lang.Long")},
    {"CreateTable", "{\"ProvisionedThroughput\":{\"ReadCapacityUnits\":{}}}", OBJECT},
    {"ListBackups", "{\"TimeRangeLowerBound\":[]}", CLASS("java.util.Date")},
    /* Boolean */
    {"GetItem", "{\"ConsistentRead\":1}", "NUMBER_VALUE cannot be converted to Boolean"},
    {"GetItem", "{\"ConsistentRead\":1.5}", "DECIMAL_VALUE cannot be converted to Boolean"},
    {"GetItem", "{\"ConsistentRead\":\"maybe\"}", "Unexpected token received from parser"},
    {"GetItem", "{\"ConsistentRead\":\"\"}", "Unexpected token received from parser"},
    {"GetItem", "{\"ConsistentRead\":\"true \"}", "Unexpected token received from parser"},
    {"GetItem", "{\"ConsistentRead\":[]}", CLASS("java.lang.Boolean")},
    {"GetItem", "{\"ConsistentRead\":{}}", OBJECT},
    /* Blob */
    {"PutItem", "{\"Item\":{\"a\":{\"B\":true}}}", BLOB},
    {"PutItem", "{\"Item\":{\"a\":{\"B\":1}}}", BLOB},
    {"PutItem", "{\"Item\":{\"a\":{\"B\":[]}}}", CLASS("java.nio.ByteBuffer")},
    {"PutItem", "{\"Item\":{\"a\":{\"B\":{}}}}", OBJECT},
    {"PutItem", "{\"Item\":{\"a\":{\"B\":\"AAA\"}}}", "Base64 encoded length is expected a multiple of 4 bytes but found: 3"},
    {"PutItem", "{\"Item\":{\"a\":{\"B\":\"AB==\"}}}", "Invalid last non-pad Base64 character dectected"},
    {"PutItem", "{\"Item\":{\"a\":{\"B\":\"A!==\"}}}", "Invalid base 64 character: '!'"},
    {"PutItem", "{\"Item\":{\"a\":{\"B\":\"\u00e9==\"}}}", "Invalid base 64 character: '?'"},
    {"PutItem", "{\"Item\":{\"a\":{\"BS\":[\"\\ud83d\\ude00\"]}}}", "Invalid base 64 character: '?'"},
    {"PutItem", "{\"Item\":{\"a\":{\"BS\":[\"AA==\",1]}}}", BLOB},
    {"PutItem", "{\"Item\":{\"a\":{\"BS\":[\"AA==\",\"A\"]}}}", "Base64 encoded length is expected a multiple of 4 bytes but found: 1"},
    /* List */
    {"GetItem", "{\"AttributesToGet\":\"a\"}", FIELD},
    {"GetItem", "{\"AttributesToGet\":1}", FIELD},
    {"GetItem", "{\"AttributesToGet\":true}", FIELD},
    {"GetItem", "{\"AttributesToGet\":{}}", OBJECT},
    {"PutItem", "{\"Item\":{\"a\":{\"SS\":\"a\"}}}", FIELD},
    {"PutItem", "{\"Item\":{\"a\":{\"SS\":{}}}}", OBJECT},
    {"PutItem", "{\"Item\":{\"a\":{\"SS\":[1]}}}", "NUMBER_VALUE cannot be converted to String"},
    {"PutItem", "{\"Item\":{\"a\":{\"L\":\"a\"}}}", FIELD},
    {"PutItem", "{\"Item\":{\"a\":{\"L\":{}}}}", OBJECT},
    {"BatchWriteItem", "{\"RequestItems\":{\"t\":\"a\"}}", PARAMETERIZED},
    {"BatchWriteItem", "{\"RequestItems\":{\"t\":{}}}", OBJECT},
    /* Map */
    {"PutItem", "{\"Item\":\"a\"}", FIELD},
    {"PutItem", "{\"Item\":1}", FIELD},
    {"PutItem", "{\"Item\":[]}", MAP_OF(PACKAGE "AttributeValue")},
    {"GetItem", "{\"Key\":[]}", MAP_OF(PACKAGE "AttributeValue")},
    {"PutItem", "{\"Item\":{\"a\":{\"M\":[]}}}", MAP_OF(PACKAGE "AttributeValue")},
    {"PutItem", "{\"Item\":{\"a\":{\"M\":\"x\"}}}", FIELD},
    {"PutItem", "{\"ExpressionAttributeNames\":[]}", MAP_OF("java.lang.String")},
    {"PutItem", "{\"ExpressionAttributeValues\":[]}", MAP_OF(PACKAGE "AttributeValue")},
    {"PutItem", "{\"Expected\":[]}", MAP_OF(PACKAGE "ExpectedAttributeValue")},
    {"UpdateItem", "{\"AttributeUpdates\":[]}", MAP_OF(PACKAGE "AttributeValueUpdate")},
    {"Query", "{\"KeyConditions\":[]}", MAP_OF(PACKAGE "Condition")},
    {"BatchGetItem", "{\"RequestItems\":[]}", MAP_OF(PACKAGE "KeysAndAttributes")},
    {"BatchWriteItem", "{\"RequestItems\":[]}", MAP_OF("java.util.List<" PACKAGE "WriteRequest>")},
    {"BatchGetItem", "{\"RequestItems\":{\"t\":{\"Keys\":[\"a\"]}}}", PARAMETERIZED},
    {"BatchGetItem", "{\"RequestItems\":{\"t\":{\"Keys\":[[]]}}}", MAP_OF(PACKAGE "AttributeValue")},
    /* Structure */
    {"CreateTable", "{\"ProvisionedThroughput\":5}", FIELD},
    {"CreateTable", "{\"ProvisionedThroughput\":[]}", CLASS(PACKAGE "ProvisionedThroughput")},
    {"CreateTable", "{\"KeySchema\":[\"a\"]}", PAYLOAD},
    {"CreateTable", "{\"KeySchema\":[[]]}", CLASS(PACKAGE "KeySchemaElement")},
    {"PutItem", "{\"Item\":{\"a\":\"x\"}}", PAYLOAD},
    {"PutItem", "{\"Item\":{\"a\":1}}", PAYLOAD},
    {"PutItem", "{\"Item\":{\"a\":[]}}", CLASS(PACKAGE "AttributeValue")},
    {"PutItem", "{\"Item\":{\"a\":{\"L\":[\"x\"]}}}", PAYLOAD},
    {"PutItem", "{\"Item\":{\"a\":{\"L\":[[]]}}}", CLASS(PACKAGE "AttributeValue")},
    {"PutItem", "{\"Item\":{\"a\":{\"M\":{\"b\":1}}}}", PAYLOAD},
    {"PutItem", "{\"Expected\":{\"a\":{\"Value\":\"x\"}}}", FIELD},
    {"PutItem", "{\"Expected\":{\"a\":\"x\"}}", PAYLOAD},
    /* numbers of an attribute value are strings */
    {"PutItem", "{\"Item\":{\"a\":{\"N\":1}}}", "NUMBER_VALUE cannot be converted to String"},
    {"PutItem", "{\"Item\":{\"a\":{\"NS\":[1.5]}}}", "DECIMAL_VALUE cannot be converted to String"},
    {"PutItem", "{\"Item\":{\"a\":{\"BOOL\":\"x\"}}}", "Unexpected token received from parser"},
    /* the first in the text is told; a type error comes before a value's fault wherever that is */
    {"PutItem", "{\"TableName\":1,\"Item\":[]}", "NUMBER_VALUE cannot be converted to String"},
    {"PutItem", "{\"Item\":[],\"TableName\":1}", MAP_OF(PACKAGE "AttributeValue")},
    {"PutItem", "{\"Item\":{\"a\":{\"N\":\"dog\"}},\"TableName\":1}", "NUMBER_VALUE cannot be converted to String"},
};
/* clang-format on */

TEST(wire, each_wrong_type_has_its_text)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        begin();
        if (body_read(rows[i].operation, slice_from_cstr(rows[i].json), WORDING_CURRENT) != NULL ||
            !same(fault.message, rows[i].text))
            printf("of %s\n", rows[i].json);
        CHECK(fault.code == API_SERIALIZATION && slice_is(fault.message, rows[i].text));
    }
}

TEST(wire, what_is_not_json_is_refused_without_a_text)
{
    static const char *const bad[] = {"", " ", "x", "{", "{\"TableName\":\"t\"", "{\"TableName\":\"t\"}}",
        "{\"TableName\":\"t\"} x", "{\"TableName\":}", "[]", "null", "1", "\"x\"", "{\"TableName\":nul}",
        "{\"Item\":{\"a\":{\"S\":\"\xff\"}}}", "{\"Item\":{\"a\":{\"S\":\"\\ud800\"}}}", "{\"Unknown\":[1,]}",
        /* a wrong type first, but the text is broken further on */
        "{\"TableName\":1,\"Item\":{", "{\"TableName\":[1,}", "{\"Item\":{\"a\":\"x\"},,}", "{\"TableName\":01}"};

    for (size_t i = 0; i < COUNT(bad); i++) {
        begin();
        CHECK(body_read("PutItem", slice_from_cstr(bad[i]), WORDING_CURRENT) == NULL);
        CHECK(fault.code == API_SERIALIZATION && same(fault.message, NULL));
    }
}

TEST(wire, nesting_beyond_the_bound_is_not_read)
{
    struct buf text;

    for (int extra = 0; extra <= 1; extra++) {
        begin();
        buf_init(&text, arena, 1 << 20);
        BUF_LIT(&text, "{\"X\":");
        for (int i = 0; i < JSON_DEPTH_MAX - 1 + extra; i++)
            buf_byte(&text, '[');
        for (int i = 0; i < JSON_DEPTH_MAX - 1 + extra; i++)
            buf_byte(&text, ']');
        buf_byte(&text, '}');
        CHECK((body_read("PutItem", buf_view(&text), WORDING_CURRENT) != NULL) == (extra == 0));
    }
}

TEST(wire, numbers_and_words_that_are_converted)
{
    static const struct {
        const char *json;
        enum tri consistent;
    } words[] = {{"{\"ConsistentRead\":true}", TRI_TRUE}, {"{\"ConsistentRead\":false}", TRI_FALSE},
        {"{\"ConsistentRead\":\"TRUE\"}", TRI_TRUE}, {"{\"ConsistentRead\":\"1\"}", TRI_TRUE},
        {"{\"ConsistentRead\":\"Yes\"}", TRI_TRUE}, {"{\"ConsistentRead\":\"no\"}", TRI_FALSE},
        {"{\"ConsistentRead\":\"0\"}", TRI_FALSE}, {"{\"ConsistentRead\":\"fAlse\"}", TRI_FALSE},
        {"{\"ConsistentRead\":null}", TRI_ABSENT}, {"{}", TRI_ABSENT}};
    struct query_input *query;

    for (size_t i = 0; i < COUNT(words); i++) {
        struct get_item_input *input;

        begin();
        input = body_read("GetItem", slice_from_cstr(words[i].json), WORDING_CURRENT);
        CHECK(input != NULL && input->consistent_read == words[i].consistent);
    }
    begin();
    query = body_read("Query", SLICE_LIT("{\"Limit\":7.9}"), WORDING_CURRENT);
    CHECK(query != NULL && query->limit.present && query->limit.v == 7);
    query = body_read("Query", SLICE_LIT("{\"Limit\":-0.5}"), WORDING_CURRENT);
    CHECK(query != NULL && query->limit.v == 0);
}

TEST(wire, null_is_absence_and_unknown_members_are_passed_over)
{
    struct put_item_input *input;

    begin();
    input = body_read("PutItem",
        SLICE_LIT("{\"TableName\":null,\"Item\":null,\"Expected\":null,\"tableName\":\"x\",\"Y\":{\"Z\":[1,{}]},"
                  "\"ReturnValues\":\"NONE\"}"),
        WORDING_CURRENT);
    CHECK(input != NULL);
    CHECK(input->table_name.p == NULL && !input->item.present && !input->expected.present);
    CHECK(slice_is(input->return_values, "NONE"));
}

TEST(wire, of_members_that_come_twice_the_last_wins)
{
    struct put_item_input *input;
    struct slice value;

    begin();
    input = body_read("PutItem",
        SLICE_LIT("{\"TableName\":\"a\",\"TableName\":\"b\",\"Item\":{\"x\":{\"S\":\"1\"}},\"Item\":{\"y\":{\"S\":"
                  "\"1\"},\"y\":{\"S\":\"2\",\"S\":\"3\"}},"
                  "\"ExpressionAttributeNames\":{\"#a\":\"x\",\"#b\":\"y\",\"#a\":\"z\"}}"),
        WORDING_CURRENT);
    CHECK(input != NULL && slice_is(input->table_name, "b"));
    CHECK_EQ(input->item.count, 1);
    CHECK(input->item.fault == VALUE_FAULT_NONE && body_find(input->item.body, SLICE_LIT("y"), &value));
    CHECK(slice_is(value_scalar(value), "3"));
    CHECK_EQ(input->expression_attribute_names.count, 2);
    CHECK(slice_is(input->expression_attribute_names.keys[0], "#a") &&
          slice_is(input->expression_attribute_names.values[0], "z"));
    CHECK(slice_is(input->expression_attribute_names.keys[1], "#b"));
}

TEST(wire, many_keys_of_which_some_repeat)
{
    struct buf text;
    struct put_item_input *input;

    begin();
    buf_init(&text, arena, 1 << 20);
    BUF_LIT(&text, "{\"ExpressionAttributeNames\":{");
    for (int i = 0; i < 100; i++)
        buf_printf(&text, "%s\"#%d\":\"v%d\"", i ? "," : "", i % 60, i);
    BUF_LIT(&text, "}}");
    input = body_read("PutItem", buf_view(&text), WORDING_CURRENT);
    CHECK(input != NULL);
    CHECK_EQ(input->expression_attribute_names.count, 60);
    CHECK(slice_is(input->expression_attribute_names.keys[3], "#3") &&
          slice_is(input->expression_attribute_names.values[3], "v63"));
    CHECK(slice_is(input->expression_attribute_names.keys[59], "#59") &&
          slice_is(input->expression_attribute_names.values[59], "v59"));
}

TEST(wire, elements_cannot_take_unbounded_memory)
{
    struct buf text;

    begin();
    buf_init(&text, arena, 16 << 20);
    BUF_LIT(&text, "{\"GlobalSecondaryIndexes\":[{}");
    for (int i = 0; i < 1000000; i++)
        BUF_LIT(&text, ",{}");
    BUF_LIT(&text, "]}");
    CHECK(body_read("CreateTable", buf_view(&text), WORDING_CURRENT) == NULL);
    CHECK(fault.code == API_SERIALIZATION);
    CHECK(arena_used_bytes(arena) < (96u << 20));
}

TEST_MAIN()
