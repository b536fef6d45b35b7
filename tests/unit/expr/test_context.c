/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#define ENV "1 validation error detected: "
#define NEST                                                                                                           \
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"

static struct expr_input input;

static void input_begin(enum wording w)
{
    input = (struct expr_input){.arena = arena, .wording = w};
}

/* "ok" or the message. */
static const char *created(void)
{
    struct fault fault = {.arena = arena};
    struct expr_context *context;

    return expr_context_create(&input, &context, &fault) ? message_of(&fault) : "ok";
}

TEST(expr, placeholders_are_checked_before_any_text)
{
    struct expr_name names[] = {{SLICE_LIT("#ok_1"), SLICE_LIT("a")}, {SLICE_LIT("bad"), SLICE_LIT("b")}};
    struct expr_value values[] = {{.name = SLICE_LIT(":ok"), .value = SLICE_LIT("\x04")},
        {.name = SLICE_LIT(":a-b"), .value = SLICE_LIT("\x04")}};

    input_begin(WORDING_CURRENT);
    CHECK(line_is("nothing", created(), "ok"));
    input.names_present = input.values_present = true;
    CHECK(line_is("names {}", created(), "ExpressionAttributeNames must not be empty"));
    input.names = names;
    input.names_count = 2;
    CHECK(line_is("name key", created(), "ExpressionAttributeNames contains invalid key: Syntax error; key: \"bad\""));
    input.names_count = 1;
    CHECK(line_is("values {}", created(), "ExpressionAttributeValues must not be empty"));
    input.values = values;
    input.values_count = 2;
    CHECK(
        line_is("value key", created(), "ExpressionAttributeValues contains invalid key: Syntax error; key: \":a-b\""));
    input.values_count = 1;
    CHECK(line_is("good", created(), "ok"));
    names[0].attribute = SLICE_LIT("");
    CHECK(line_is("empty name", created(), "Empty attribute name"));
    input.wording = WORDING_ENVELOPED;
    names[0] = (struct expr_name){SLICE_LIT("#"), SLICE_LIT("a")};
    CHECK(
        line_is("enveloped", created(), ENV "ExpressionAttributeNames contains invalid key: Syntax error; key: \"#\""));
}

TEST(expr, a_placeholder_has_at_most_255_bytes)
{
    struct buf text;
    struct expr_name name = {.attribute = SLICE_LIT("a")};

    buf_init(&text, arena, 1000);
    buf_printf(&text, "#%0255d", 0);
    input_begin(WORDING_CURRENT);
    input.names = &name;
    input.names_count = 1;
    name.name = slice_of(text.p, 255);
    CHECK(line_is("255", created(), "ok"));
    name.name = slice_of(text.p, 256);
    CHECK(strncmp(created(), "ExpressionAttributeNames contains invalid key: ", 47) == 0);
}

TEST(expr, a_faulty_value_is_told_in_the_words_of_the_wording)
{
    struct expr_value values[] = {{.name = SLICE_LIT(":ok"), .value = SLICE_LIT("\x04")},
        {.name = SLICE_LIT(":k"), .fault = SLICE_LIT("The parameter cannot be converted to a numeric value: x")}};

    input_begin(WORDING_CURRENT);
    input.values = values;
    input.values_count = 2;
    input.values_present = true;
    CHECK(line_is("current", created(), "The parameter cannot be converted to a numeric value: x"));
    input.wording = WORDING_ENVELOPED;
    CHECK(line_is("enveloped", created(), ENV "The parameter cannot be converted to a numeric value: x"));
    input.wording = WORDING_CLASSIC;
    CHECK(line_is("classic", created(),
        "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for "
        "key :k"));
}

/* A value of `wraps` lists around a number. */
static struct slice wrapped(int wraps)
{
    struct buf text;
    struct slice body, value;

    buf_init(&text, arena, 1000);
    buf_printf(&text, "{v: ");
    for (int i = 0; i < wraps; i++)
        buf_printf(&text, i % 2 ? "[" : "{x: ");
    buf_printf(&text, "1");
    for (int i = wraps - 1; i >= 0; i--)
        buf_printf(&text, i % 2 ? "]" : "}");
    buf_printf(&text, "}");
    buf_byte(&text, 0);
    body = notation_read((const char *)text.p, arena);
    CHECK(body_find(body, SLICE_LIT("v"), &value));
    return value;
}

TEST(expr, values_nest_at_most_as_deep_as_asked)
{
    struct expr_value value = {.name = SLICE_LIT(":deep")};

    input_begin(WORDING_ENVELOPED);
    input.values = &value;
    input.values_count = 1;
    value.value = wrapped(32);
    CHECK(line_is("unchecked", created(), "ok"));
    input.value_depth_max = VALUE_DEPTH_MAX;
    CHECK(line_is("32 wraps", created(), ENV NEST));
    input.wording = WORDING_CLASSIC;
    CHECK(line_is("classic", created(), "ExpressionAttributeValues contains invalid value: " NEST " for key :deep"));
    value.value = wrapped(31);
    CHECK(line_is("31 wraps", created(), "ok"));
}

TEST(expr, what_no_expression_uses_is_refused_names_first)
{
    struct fault fault = {.arena = arena};
    struct expr_context *context;
    struct expr_condition *condition;
    struct expr_projection *projection;

    CHECK_EQ(context_make("{#a: 'x', #b: 'y', #c: 'z', :v: 1, :w: 2}", &context, &fault), OK);
    CHECK_EQ(expr_condition_compile(context, EXPR_CONDITION, SLICE_LIT("#b = :v"), &condition, &fault), OK);
    CHECK_EQ(expr_context_finish(context, &fault), ERR_FAULT);
    CHECK(line_is("names", message_of(&fault),
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #c}"));
    CHECK_EQ(expr_projection_compile(context, SLICE_LIT("#a, #c.d"), &projection, &fault), OK);
    CHECK_EQ(expr_context_finish(context, &fault), ERR_FAULT);
    CHECK(line_is(
        "values", message_of(&fault), "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}"));
    CHECK_EQ(expr_condition_compile(context, EXPR_FILTER, SLICE_LIT("q < :w"), &condition, &fault), OK);
    CHECK_EQ(expr_context_finish(context, &fault), OK);
}

TEST(expr, many_placeholders_are_found_as_well_as_few)
{
    struct buf text, placeholders;

    buf_init(&text, arena, 4096);
    buf_init(&placeholders, arena, 1 << 16);
    buf_printf(&placeholders, "{");
    for (int i = 0; i < 300; i++) {
        buf_printf(&text, "%s#a%d", i == 0 ? "" : ",", i);
        buf_printf(&placeholders, "#a%d: 'n%d', ", i, 299 - i);
    }
    buf_printf(&placeholders, "}");
    buf_byte(&placeholders, 0);
    CHECK(line_is("300",
        projection_result("{n0: 1, n150: 2, n299: 3, n300: 4}", text_of(buf_view(&text)), (const char *)placeholders.p),
        "{n0:1,n150:2,n299:3}"));
    CHECK(line_is("undefined", projection_result("{}", "#a300", (const char *)placeholders.p),
        "Invalid ProjectionExpression: An expression attribute name used in the document path is not defined; "
        "attribute name: #a300"));
}

TEST(expr, the_envelope_is_put_before_faults_of_the_request_only)
{
    wording = WORDING_ENVELOPED;
    CHECK(line_is("empty", condition_result("{}", "", NULL, EXPR_CONDITION),
        ENV "Invalid ConditionExpression: The expression can not be empty;"));
    CHECK(line_is(
        "empty", update_result("{}", "", NULL), ENV "Invalid UpdateExpression: The expression can not be empty;"));
    CHECK(line_is("undefined", condition_result("{}", "a = :v", NULL, EXPR_CONDITION),
        ENV "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute "
            "value: :v"));
    CHECK(line_is("add", update_result("{}", "ADD a :v", "{:v: true}"),
        ENV "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: ADD, operand type: "
            "BOOL, typeSet: ALLOWED_FOR_ADD_OPERAND"));
    CHECK(line_is("run", update_result("{}", "SET a = b", NULL),
        "The provided expression refers to an attribute that does not exist in the item"));
    wording = WORDING_CURRENT;
}

TEST_MAIN()
