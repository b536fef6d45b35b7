/* SPDX-License-Identifier: Apache-2.0 */
/* Attribute values and items: each rule of data-plane.md 1.2 to 1.4 with its texts in both wordings, which fault is
 * told of several, and round trips. */
#include "wire/wire_test.h"

#include "base/limits.h"

#define INVALID   "One or more parameter values were invalid: "
#define NUMERIC   "The parameter cannot be converted to a numeric value"
#define OVERFLOW  "Number overflow. Attempting to store a number with magnitude larger than supported range"
#define UNDERFLOW "Number underflow. Attempting to store a number with magnitude smaller than supported range"
#define PRECISION "Attempting to store more than 38 significant digits in a Number"
#define EMPTY     "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
#define MANY                                                                                                           \
    "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"
#define NOT_TRUE   INVALID "Null attribute value types must have the value of true"
#define EMPTY_SS   INVALID "An string set  may not be empty"
#define EMPTY_NS   INVALID "An number set  may not be empty"
#define EMPTY_BS   INVALID "Binary sets should not be empty"
#define COLLECTION INVALID "Input collection "
#define NESTING                                                                                                        \
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"
#define NAME "Empty attribute name"

/* The value as the one of an ExpressionAttributeValues, whose faults are kept value by value. */
static const struct attribute_value *value_text_read(struct slice json, enum wording wording)
{
    struct buf text;
    struct put_item_input *input;

    buf_init(&text, arena, 1 << 24);
    buf_printf(&text, "{\"ExpressionAttributeValues\":{\":v\":%.*s}}", SLICE_ARG(json));
    input = body_read("PutItem", buf_view(&text), wording);
    CHECK(input != NULL && input->expression_attribute_values.count == 1 &&
          input->expression_attribute_values.values[0].present);
    return input->expression_attribute_values.values;
}

static const struct attribute_value *value_read(const char *json, enum wording wording)
{
    return value_text_read(slice_from_cstr(json), wording);
}

static const struct attribute_map *item_read(struct slice json)
{
    struct buf text;
    struct put_item_input *input;

    buf_init(&text, arena, 1 << 24);
    buf_printf(&text, "{\"Item\":%.*s}", SLICE_ARG(json));
    input = body_read("PutItem", buf_view(&text), WORDING_ENVELOPED);
    CHECK(input != NULL && input->item.present);
    return &input->item;
}

/* clang-format off */
static const struct {
    const char *json;
    enum value_fault fault;
    const char *current, *classic; /* classic NULL: the same */
} rows[] = {
    {"{}", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"null", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"{\"X\":\"a\"}", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"{\"s\":\"a\"}", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"{\"\":\"a\",\"SSS\":[],\"BOOLE\":true}", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"{\"\\u0000S\":\"a\"}", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"{\"S\":null}", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"{\"L\":[null]}", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"{\"M\":{\"a\":null}}", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"{\"L\":[{\"S\":\"a\"},{}]}", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"{\"N\":\"abc\"}", VALUE_FAULT_NUMBER, NUMERIC ": abc", NULL},
    {"{\"N\":\" 1\"}", VALUE_FAULT_NUMBER, NUMERIC ":  1", NULL},
    {"{\"N\":\"1 \"}", VALUE_FAULT_NUMBER, NUMERIC ": 1 ", NULL},
    {"{\"N\":\"NaN\"}", VALUE_FAULT_NUMBER, NUMERIC ": NaN", NULL},
    {"{\"N\":\"0x10\"}", VALUE_FAULT_NUMBER, NUMERIC ": 0x10", NULL},
    {"{\"N\":\"1e9223372036854775808\"}", VALUE_FAULT_NUMBER, NUMERIC ": 1e9223372036854775808", NULL},
    {"{\"N\":\"\"}", VALUE_FAULT_NUMBER, NUMERIC ": ", NUMERIC},
    {"{\"N\":\"1e126\"}", VALUE_FAULT_NUMBER, OVERFLOW, NULL},
    {"{\"N\":\"-1e126\"}", VALUE_FAULT_NUMBER, OVERFLOW, NULL},
    {"{\"N\":\"0e126\"}", VALUE_FAULT_NUMBER, OVERFLOW, NULL},
    {"{\"N\":\"1e2147483647\"}", VALUE_FAULT_NUMBER, OVERFLOW, UNDERFLOW},
    {"{\"N\":\"1e-131\"}", VALUE_FAULT_NUMBER, UNDERFLOW, NULL},
    {"{\"N\":\"123456789012345678901234567890123456789\"}", VALUE_FAULT_NUMBER, PRECISION, NULL},
    {"{\"NULL\":false}", VALUE_FAULT_NULL, NOT_TRUE, NULL},
    {"{\"NULL\":\"no\"}", VALUE_FAULT_NULL, NOT_TRUE, NULL},
    {"{\"SS\":[]}", VALUE_FAULT_EMPTY_STRING_SET, EMPTY_SS, NULL},
    {"{\"NS\":[]}", VALUE_FAULT_EMPTY_NUMBER_SET, EMPTY_NS, NULL},
    {"{\"BS\":[]}", VALUE_FAULT_EMPTY_BINARY_SET, EMPTY_BS, NULL},
    {"{\"NS\":[\"1\",\"x\",\"y\"]}", VALUE_FAULT_NUMBER, NUMERIC ": x", NULL},
    {"{\"NS\":[\"\"]}", VALUE_FAULT_NUMBER, NUMERIC ": ", NUMERIC},
    {"{\"NS\":[\"1\",\"1\",\"x\"]}", VALUE_FAULT_NUMBER, NUMERIC ": x", NULL},
    {"{\"NS\":[\"1\",\"1.0\"]}", VALUE_FAULT_DUPLICATES, INVALID "Input collection contains duplicates.", "Input collection contains duplicates"},
    {"{\"NS\":[\"1e1\",\"2\",\"10\"]}", VALUE_FAULT_DUPLICATES, INVALID "Input collection contains duplicates.", "Input collection contains duplicates"},
    {"{\"SS\":[\"b\",\"a\",\"b\"]}", VALUE_FAULT_DUPLICATES, COLLECTION "[\"a\", \"b\", \"b\"] contains duplicates.", COLLECTION "[b, a, b] contains duplicates."},
    {"{\"SS\":[\"\",\"\"]}", VALUE_FAULT_DUPLICATES, COLLECTION "[\"\", \"\"] contains duplicates.", COLLECTION "[, ] contains duplicates."},
    {"{\"SS\":[\"c\",\"b\",\"c\",\"a\",\"0\"]}", VALUE_FAULT_DUPLICATES, COLLECTION "[\"b\", \"c\", \"c\", \"a\", \"0\"] contains duplicates.",
        COLLECTION "[c, b, c, a, 0] contains duplicates."},
    {"{\"SS\":[\"d\",\"c\",\"b\",\"a\",\"b\",\"d\"]}", VALUE_FAULT_DUPLICATES, COLLECTION "[\"a\", \"b\", \"c\", \"d\", \"b\", \"d\"] contains duplicates.",
        COLLECTION "[d, c, b, a, b, d] contains duplicates."},
    {"{\"BS\":[\"/w==\",\"AA==\",\"AA==\"]}", VALUE_FAULT_DUPLICATES, COLLECTION "[\"AA==\",\"/w==\",\"AA==\"]of type BS contains duplicates.",
        COLLECTION "[/w==, AA==, AA==]of type BS contains duplicates."},
    {"{\"BS\":[\"\",\"\"]}", VALUE_FAULT_DUPLICATES, COLLECTION "[\"\",\"\"]of type BS contains duplicates.", COLLECTION "[, ]of type BS contains duplicates."},
    /* the service's order of members, not the text's; the number of members is looked at last */
    {"{\"S\":\"a\",\"N\":\"1\"}", VALUE_FAULT_MANY, MANY, NULL},
    {"{\"L\":[],\"M\":{}}", VALUE_FAULT_MANY, MANY, NULL},
    {"{\"S\":\"a\",\"N\":\"dog\"}", VALUE_FAULT_NUMBER, NUMERIC ": dog", NULL},
    {"{\"N\":\"dog\",\"S\":\"a\"}", VALUE_FAULT_NUMBER, NUMERIC ": dog", NULL},
    {"{\"SS\":[],\"NULL\":false,\"N\":\"dog\"}", VALUE_FAULT_NUMBER, NUMERIC ": dog", NULL},
    {"{\"SS\":[],\"NULL\":false}", VALUE_FAULT_NULL, NOT_TRUE, NULL},
    {"{\"NULL\":false,\"SS\":[]}", VALUE_FAULT_NULL, NOT_TRUE, NULL},
    {"{\"SS\":[],\"NS\":[],\"BS\":[]}", VALUE_FAULT_EMPTY_BINARY_SET, EMPTY_BS, NULL},
    {"{\"SS\":[],\"NS\":[]}", VALUE_FAULT_EMPTY_NUMBER_SET, EMPTY_NS, NULL},
    {"{\"M\":{\"x\":{}},\"L\":[{\"N\":\"y\"}]}", VALUE_FAULT_NUMBER, NUMERIC ": y", NULL},
    {"{\"M\":{\"x\":{}},\"L\":[{\"M\":{\"q\":{\"L\":[{\"NULL\":false}]}}}]}", VALUE_FAULT_NULL, NOT_TRUE, NULL},
    {"{\"M\":{\"x\":{}},\"S\":\"a\"}", VALUE_FAULT_EMPTY, EMPTY, NULL},
    {"{\"L\":[{\"S\":\"a\",\"B\":\"\"}]}", VALUE_FAULT_MANY, MANY, NULL},
    /* the first value in the text */
    {"{\"L\":[{\"S\":\"a\"},{\"N\":\"x\"},{\"SS\":[]}]}", VALUE_FAULT_NUMBER, NUMERIC ": x", NULL},
    {"{\"M\":{\"a\":{\"SS\":[]},\"b\":{\"N\":\"x\"}}}", VALUE_FAULT_EMPTY_STRING_SET, EMPTY_SS, NULL},
    {"{\"M\":{\"a\":{\"M\":{\"c\":{\"NS\":[]}}},\"b\":{\"N\":\"x\"}}}", VALUE_FAULT_EMPTY_NUMBER_SET, EMPTY_NS, NULL},
    /* a member that comes twice: the last */
    {"{\"N\":\"dog\",\"N\":\"1\"}", VALUE_FAULT_NONE, NULL, NULL},
    {"{\"N\":\"1\",\"N\":\"dog\"}", VALUE_FAULT_NUMBER, NUMERIC ": dog", NULL},
    {"{\"SS\":[],\"SS\":[\"a\"]}", VALUE_FAULT_NONE, NULL, NULL},
    {"{\"L\":[{\"S\":\"a\"}],\"L\":[]}", VALUE_FAULT_NONE, NULL, NULL},
    /* names inside */
    {"{\"M\":{\"\":{\"S\":\"a\"}}}", VALUE_FAULT_EMPTY_NAME, NAME, NULL},
    /* sound ones */
    {"{\"S\":\"\"}", VALUE_FAULT_NONE, NULL, NULL},
    {"{\"B\":\"\"}", VALUE_FAULT_NONE, NULL, NULL},
    {"{\"SS\":[\"\"]}", VALUE_FAULT_NONE, NULL, NULL},
    {"{\"BS\":[\"\"]}", VALUE_FAULT_NONE, NULL, NULL},
    {"{\"NULL\":true,\"S\":null,\"X\":1}", VALUE_FAULT_NONE, NULL, NULL},
    {"{\"NULL\":\"yes\"}", VALUE_FAULT_NONE, NULL, NULL},
    {"{\"N\":\"0e125\"}", VALUE_FAULT_NONE, NULL, NULL},
    {"{\"N\":\"1e-130\"}", VALUE_FAULT_NONE, NULL, NULL},
};
/* clang-format on */

TEST(wire, each_fault_of_a_value_has_its_text_in_both_wordings)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct attribute_value *v;
        const char *classic = rows[i].classic != NULL ? rows[i].classic : rows[i].current;

        begin();
        v = value_read(rows[i].json, WORDING_CURRENT);
        if (v->fault != rows[i].fault || !same(v->message, rows[i].current))
            printf("of %s\n", rows[i].json);
        CHECK_EQ(v->fault, rows[i].fault);
        CHECK(rows[i].current == NULL ? v->message.p == NULL : slice_is(v->message, rows[i].current));
        CHECK(same(value_read(rows[i].json, WORDING_ENVELOPED)->message, rows[i].current));
        CHECK(same(value_read(rows[i].json, WORDING_CLASSIC)->message, classic));
    }
}

TEST(wire, values_are_canonical_bytes)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct attribute_value *v;

        begin();
        v = value_read(rows[i].json, WORDING_CURRENT);
        CHECK(value_valid(v->bytes, VALUE_DEPTH_MAX)); /* faulty ones too, though nobody looks */
    }
}

/* {"M":{"a": ... {"S":"x"} ... }} or the same of lists. */
static struct slice nested(int wraps, bool list)
{
    struct buf text;

    buf_init(&text, arena, 1 << 20);
    for (int i = 0; i < wraps; i++)
        buf_printf(&text, "%s", list ? "{\"L\":[" : "{\"M\":{\"a\":");
    BUF_LIT(&text, "{\"S\":\"x\"}");
    for (int i = 0; i < wraps; i++)
        buf_printf(&text, "%s", list ? "]}" : "}}");
    return buf_view(&text);
}

TEST(wire, a_value_may_be_32_levels_deep)
{
    static const struct {
        int wraps;
        bool good;
    } depths[] = {{0, true}, {1, true}, {30, true}, {31, true}, {32, false}, {33, false}, {61, false}, {100, false},
        {400, false}};

    for (size_t i = 0; i < COUNT(depths); i++) {
        for (int list = 0; list <= 1; list++) {
            const struct attribute_value *v;

            begin();
            v = value_text_read(nested(depths[i].wraps, list), WORDING_CURRENT);
            CHECK_EQ(v->depth, (uint32_t)depths[i].wraps + 1);
            CHECK_EQ(v->fault, depths[i].good ? VALUE_FAULT_NONE : VALUE_FAULT_NESTING);
            CHECK(same(v->message, depths[i].good ? NULL : NESTING));
            if (depths[i].good)
                CHECK_EQ(value_depth(v->bytes), depths[i].wraps + 1);
        }
    }
}

TEST(wire, a_faulty_value_beside_a_repeated_name_is_harmless)
{
    static const char *const faulty[] = {"{}", "{\"N\":\"x\"}", "{\"S\":\"a\",\"N\":\"1\"}", "{\"SS\":[]}",
        "{\"SS\":[\"a\",\"a\"]}", "{\"NS\":[\"x\"]}", "{\"BS\":[null]}", "{\"NULL\":false}", "{\"L\":[],\"M\":{}}",
        "{\"L\":[{\"N\":\"\"}]}", "null"};

    for (size_t i = 0; i < COUNT(faulty); i++) {
        const struct attribute_map *item;

        begin();
        item = item_read(arena_printf(arena,
            "{\"b\":{\"S\":\"x\"},\"a\":%s,\"a\":%s,\"b\":{\"S\":\"y\"},\"m\":{\"M\":{\"k\":%s,\"k\":%s}}}", faulty[i],
            faulty[i], faulty[i], faulty[i]));
        CHECK(item->fault != VALUE_FAULT_NONE);
        CHECK(body_valid(item->body, VALUE_DEPTH_MAX));
        CHECK_EQ(item->count, 3);
    }
}

TEST(wire, depth_is_that_of_the_deepest_place)
{
    begin();
    CHECK_EQ(value_read("{\"M\":{}}", WORDING_CURRENT)->depth, 1);
    CHECK_EQ(value_read("{\"L\":[]}", WORDING_CURRENT)->depth, 1);
    CHECK_EQ(value_read("{\"L\":[{\"L\":[]}]}", WORDING_CURRENT)->depth, 2);
    CHECK_EQ(value_read("{\"L\":[{\"L\":[{\"NULL\":true}]},{\"S\":\"a\"}]}", WORDING_CURRENT)->depth, 3);
    CHECK_EQ(item_read(SLICE_LIT("{}"))->depth, 0);
    CHECK_EQ(item_read(SLICE_LIT("{\"a\":{\"S\":\"x\"}}"))->depth, 1);
    CHECK_EQ(item_read(SLICE_LIT("{\"a\":{\"M\":{\"a\":{\"S\":\"x\"}}},\"b\":{\"S\":\"x\"}}"))->depth, 2);
}

/* An item of two attributes, in this order and the other. */
static void either_order(const char *one, const char *other, enum value_fault expected, const char *message)
{
    for (int i = 0; i < 2; i++) {
        const struct attribute_map *item =
            item_read(arena_printf(arena, "{%s,%s}", i == 0 ? one : other, i == 0 ? other : one));

        CHECK_EQ(item->fault, expected);
        CHECK(same(item->message, message));
    }
}

TEST(wire, which_fault_of_an_item_is_told)
{
    const char *deep;

    begin();
    deep = (const char *)arena_printf(arena, "\"d\":%.*s", SLICE_ARG(nested(33, false))).p;
    either_order("\"\":{\"S\":\"a\"}", deep, VALUE_FAULT_EMPTY_NAME, NAME);
    either_order("\"m\":{\"M\":{\"\":{\"S\":\"a\"}}}", deep, VALUE_FAULT_NESTING, NESTING);
    CHECK(same(item_read(SLICE_LIT("{\"a\":{\"N\":\"x\"},\"b\":{\"SS\":[]}}"))->message, NUMERIC ": x"));
    CHECK(same(item_read(SLICE_LIT("{\"b\":{\"SS\":[]},\"a\":{\"N\":\"x\"}}"))->message, EMPTY_SS));
    CHECK(same(item_read(SLICE_LIT("{\"a\":null}"))->message, EMPTY));
}

TEST(wire, attribute_names_have_at_most_65535_bytes)
{
    for (int over = 0; over <= 1; over++) {
        struct buf text;
        const struct attribute_map *item;

        begin();
        buf_init(&text, arena, 1 << 20);
        BUF_LIT(&text, "{\"");
        for (uint32_t i = 0; i < ATTRIBUTE_NAME_BYTES_MAX + over; i++)
            buf_byte(&text, 'n');
        BUF_LIT(&text, "\":{\"S\":\"\"}}");
        item = item_read(buf_view(&text));
        CHECK_EQ(item->fault, over ? VALUE_FAULT_LONG_NAME : VALUE_FAULT_NONE);
        CHECK_EQ(item->count, 1);
        CHECK(same(item->message, over ? INVALID "Attribute name is too large, must be less than 65536 bytes" : NULL));
    }
}

/* Sent, and what comes back: names sorted, numbers normal, sets sorted. NULL: the same. */
static const struct {
    const char *sent, *back;
} trips[] = {
    {"{}", NULL},
    {"{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"-1.5\"},\"c\":{\"B\":\"AAEC/"
     "w==\"},\"d\":{\"BOOL\":true},\"e\":{\"BOOL\":false},\"f\":{\"NULL\":true}}",
        NULL},
    {"{\"l\":{\"L\":[]},\"m\":{\"M\":{}}}", NULL},
    {"{\"l\":{\"L\":[{\"S\":\"\"},{\"L\":[{\"M\":{\"x\":{\"L\":[{\"N\":\"0\"}]}}},{\"M\":{}}]},{\"NULL\":true}]}}",
        NULL},
    {"{\"b\":{\"S\":\"2\"},\"a\":{\"S\":\"1\"},\"ab\":{\"S\":\"3\"},\"\xc3\xa9\":{\"S\":\"4\"}}",
        "{\"a\":{\"S\":\"1\"},\"ab\":{\"S\":\"3\"},\"b\":{\"S\":\"2\"},\"\xc3\xa9\":{\"S\":\"4\"}}"},
    {"{\"a\":{\"N\":\"007.500\"},\"b\":{\"N\":\"1e3\"},\"c\":{\"NS\":[\"10\",\"9\",\"-1\"]},\"d\":{\"SS\":[\"b\",\"a\","
     "\"\"]},\"e\":{\"BS\":[\"/w==\",\"AA==\"]}}",
        "{\"a\":{\"N\":\"7.5\"},\"b\":{\"N\":\"1000\"},\"c\":{\"NS\":[\"-1\",\"9\",\"10\"]},\"d\":{\"SS\":[\"\",\"a\","
        "\"b\"]},\"e\":{\"BS\":[\"AA==\",\"/w==\"]}}"},
    {"{ \"a\" : { \"S\" : \"x\" } , \"b\" : {\"N\": \"1\"} , \"c\" : { \"L\" : [ {\"S\": \"y\" } , { \"BOOL\" : true } "
     "] } }",
        "{\"a\":{\"S\":\"x\"},\"b\":{\"N\":\"1\"},\"c\":{\"L\":[{\"S\":\"y\"},{\"BOOL\":true}]}}"},
    {"{\"\\u0061\":{\"\\u0053\":\"\\u0078\\n\\\"\"}}", "{\"a\":{\"S\":\"x\\n\\\"\"}}"},
    {"{\"a\":{\"S\":\"1\"},\"b\":{\"S\":\"2\"},\"a\":{\"L\":[{\"S\":\"3\"}]}}",
        "{\"a\":{\"L\":[{\"S\":\"3\"}]},\"b\":{\"S\":\"2\"}}"},
    {"{\"m\":{\"M\":{\"a\":{\"S\":\"1\"},\"a\":{\"S\":\"2\"}}}}", "{\"m\":{\"M\":{\"a\":{\"S\":\"2\"}}}}"},
    {"{\"a\":{\"L\":[{\"S\":\"gone\"}],\"L\":[{\"S\":\"stays\"}]}}", "{\"a\":{\"L\":[{\"S\":\"stays\"}]}}"},
};

TEST(wire, items_come_back)
{
    for (size_t i = 0; i < COUNT(trips); i++) {
        struct slice body;
        struct buf out;

        begin();
        CHECK(wire_read_item(slice_from_cstr(trips[i].sent), arena, &body, &fault) == OK);
        CHECK(body_valid(body, VALUE_DEPTH_MAX));
        buf_init(&out, arena, 1 << 20);
        wire_write_item(body, &out);
        CHECK(same(buf_view(&out), trips[i].back != NULL ? trips[i].back : trips[i].sent));
    }
}

TEST(wire, an_item_for_tools_is_refused_with_its_fault)
{
    struct slice body;

    begin();
    CHECK(wire_read_item(SLICE_LIT("{\"a\":{\"N\":\"x\"}}"), arena, &body, &fault) == ERR_FAULT);
    CHECK(fault.code == API_VALIDATION && same(fault.message, NUMERIC ": x"));
    CHECK(wire_read_item(SLICE_LIT("{\"a\":1}"), arena, &body, &fault) == ERR_FAULT && fault.code == API_SERIALIZATION);
    CHECK(wire_read_item(SLICE_LIT("{} {}"), arena, &body, &fault) == ERR_FAULT && fault.message.p == NULL);
    CHECK(wire_read_item(SLICE_LIT(""), arena, &body, &fault) == ERR_FAULT);
}

TEST(wire, the_worst_growth_from_text_to_bytes_fits)
{
    static const char *const shapes[][3] = {
        {"{\"L\":[", "{\"L\":[]}", "]}"}, {"{\"M\":{\"\":", "{\"M\":{}}", "}}"}, {"{\"L\":[", "{\"S\":\"\"}", "]}"}};

    for (size_t i = 0; i < COUNT(shapes); i++) {
        struct buf text;
        const struct attribute_map *item;

        begin();
        buf_init(&text, arena, 1 << 20);
        BUF_LIT(&text, "{\"a\":{\"L\":[");
        for (int rows_written = 0; rows_written < 20; rows_written++) {
            buf_printf(&text, "%s", rows_written ? "," : "");
            for (int depth = 0; depth < 900; depth++)
                buf_printf(&text, "%s", shapes[i][0]);
            buf_printf(&text, "%s", shapes[i][1]);
            for (int depth = 0; depth < 900; depth++)
                buf_printf(&text, "%s", shapes[i][2]);
        }
        BUF_LIT(&text, "]}}");
        item = item_read(buf_view(&text)); /* wire_read asserts that nothing was dropped */
        CHECK(item->fault != VALUE_FAULT_NONE);
    }
}

TEST(wire, a_large_set_keeps_all_members)
{
    struct buf text;
    const struct attribute_map *item;
    struct slice set;

    begin();
    buf_init(&text, arena, 1 << 24);
    BUF_LIT(&text, "{\"a\":{\"NS\":[");
    for (int i = 0; i < 20000; i++)
        buf_printf(&text, "%s\"%d\"", i ? "," : "", (i * 7919) % 20000);
    BUF_LIT(&text, "]}}");
    item = item_read(buf_view(&text));
    CHECK(item->fault == VALUE_FAULT_NONE && body_find(item->body, SLICE_LIT("a"), &set));
    CHECK_EQ(set_count(set), 20000);
    CHECK(body_valid(item->body, VALUE_DEPTH_MAX));
}

TEST(wire, a_body_full_of_faults_costs_bounded_memory)
{
    static const char *const parts[][3] = {{"{\"a\":{\"SS\":[\"\"", ",\"\"", "]}}"},
        {"{\"a\":{\"NS\":[\"\"", ",\"\"", "]}}"}, {"{\"a\":{\"NS\":[null", ",null", "]}}"},
        {"{\"a\":{\"L\":[{}", ",{\"N\":\"x\"}", "]}}"}, {"{\"a\":{\"BS\":[\"\"", ",\"\"", "]}}"}};

    for (size_t i = 0; i < COUNT(parts); i++) {
        struct buf text;
        struct put_item_input *input;

        begin();
        buf_init(&text, arena, 16 << 20);
        buf_append(&text, "{\"Item\":", 8);
        buf_append(&text, parts[i][0], strlen(parts[i][0]));
        for (int n = 0; n < 400000; n++)
            buf_append(&text, parts[i][1], strlen(parts[i][1]));
        buf_append(&text, parts[i][2], strlen(parts[i][2]));
        buf_byte(&text, '}');
        input = body_read("PutItem", buf_view(&text), WORDING_ENVELOPED);
        CHECK(input != NULL && input->item.fault != VALUE_FAULT_NONE);
        CHECK(arena_used_bytes(arena) < (96u << 20));
    }
}

TEST_MAIN()
