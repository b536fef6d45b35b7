/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#define U "Invalid UpdateExpression: "

struct row {
    const char *text, *placeholders, *expected;
};

static void rows_check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        CHECK(line_is(rows[i].text, update_result("{}", rows[i].text, rows[i].placeholders), rows[i].expected));
}

TEST(expr, a_syntax_error_of_an_update_names_the_first_token_that_fits_nowhere)
{
    static const struct row rows[] = {
        {"", NULL, U "The expression can not be empty;"},
        {"INVALID SYNTAX HERE", NULL, U "Syntax error; token: \"INVALID\", near: \"INVALID SYNTAX\""},
        {"SET _123 = :v", NULL, U "Syntax error; token: \"_\", near: \"SET _123\""},
        {"SET x = str_set bad_value", NULL, U "Syntax error; token: \"bad_value\", near: \"str_set bad_value\""},
        {"SET a = :v,", NULL, U "Syntax error; token: \"<EOF>\", near: \",\""},
        {"SET", NULL, U "Syntax error; token: \"<EOF>\", near: \"SET\""},
        {"SET a", NULL, U "Syntax error; token: \"<EOF>\", near: \"a\""},
        {"SET a = ", NULL, U "Syntax error; token: \"<EOF>\", near: \"=\""},
        {"SET b = :1 + :2 + :3", NULL, U "Syntax error; token: \"+\", near: \":2 + :3\""},
        {"SET b = (:1 + :2) - :3", NULL, U "Syntax error; token: \"-\", near: \") - :3\""},
        {"SET b = :1 + (:2 - :3)", NULL, U "Syntax error; token: \"-\", near: \":2 - :3\""},
        {"SET c = if_not_exists(c, :a + :b)", NULL, U "Syntax error; token: \"+\", near: \":a + :b\""},
        {"SET a = f()", NULL, U "Syntax error; token: \")\", near: \"()\""},
        {"SET f(a) = :v", NULL, U "Syntax error; token: \"(\", near: \"f(a\""},
        {"SET (a) = :v", NULL, U "Syntax error; token: \"(\", near: \"SET (a\""},
        {"SET a = (:v", NULL, U "Syntax error; token: \"<EOF>\", near: \":v\""},
        {"SET a = :v)", NULL, U "Syntax error; token: \")\", near: \":v)\""},
        {"SET a = (b).c", NULL, U "Syntax error; token: \".\", near: \").c\""},
        {"SET a = 1", NULL, U "Syntax error; token: \"1\", near: \"= 1\""},
        {"SET a = NOT b", NULL, U "Syntax error; token: \"b\", near: \"NOT b\""},
        {"SET a = :v, SET b = :v", NULL, U "Syntax error; token: \"SET\", near: \", SET b\""},
        {"REMOVE a b", NULL, U "Syntax error; token: \"b\", near: \"a b\""},
        {"REMOVE a = :v", NULL, U "Syntax error; token: \"=\", near: \"a = :v\""},
        {"ADD a b", NULL, U "Syntax error; token: \"b\", near: \"a b\""},
        {"ADD a = :v", NULL, U "Syntax error; token: \"=\", near: \"a = :v\""},
        {"ADD a :v + :w", NULL, U "Syntax error; token: \"+\", near: \":v + :w\""},
        {"DELETE a", NULL, U "Syntax error; token: \"<EOF>\", near: \"a\""},
        {"SET a = :v REMOVE", NULL, U "Syntax error; token: \"<EOF>\", near: \"REMOVE\""},
    };

    rows_check(rows, ROWS(rows));
}

#define OVERLAP(one_, two_)                                                                                            \
    U "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: " one_         \
      ", path two: " two_
#define CONFLICT(one_, two_)                                                                                           \
    U "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: " one_        \
      ", path two: " two_

TEST(expr, targets_may_not_overlap_or_conflict_across_sections)
{
    static const struct row rows[] = {
        {"SET a = :v, a.b = :v", "{:v: 1}", OVERLAP("[a]", "[a, b]")},
        {"SET a.b = :v REMOVE a", "{:v: 1}", OVERLAP("[a, b]", "[a]")},
        {"SET a = :v ADD a :v", "{:v: 1}", OVERLAP("[a]", "[a]")},
        {"SET a[1] = :v REMOVE a[1].x", "{:v: 1}", OVERLAP("[a, [1]]", "[a, [1], x]")},
        {"SET a.b = :v, a[1] = :v", "{:v: 1}", CONFLICT("[a, b]", "[a, [1]]")},
        {"SET a.b.c = :v, a.b[2] = :v", "{:v: 1}", CONFLICT("[a, b, c]", "[a, b, [2]]")},
        {"SET #a = :v, a = :v", "{:v: 1, #a: 'a'}", OVERLAP("[a]", "[a]")},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, operands_of_an_update_are_checked_as_far_as_they_are_known)
{
    static const struct row rows[] = {
        {"SET a = list_append(list_append(:x, :x), :x)", "{:x: [1]}",
            U "The function is not allowed to be used this way in an expression; function: list_append"},
        {"SET a = if_not_exists(a, list_append(:x, :x))", "{:x: [1]}",
            U "The function is not allowed to be used this way in an expression; function: list_append"},
        {"SET a = size(b)", NULL, U "The function is not allowed to be used this way in an expression; function: size"},
        {"SET a = contains(b, c)", NULL,
            U "The function is not allowed to be used this way in an expression; function: contains"},
        {"SET a = f(b, c)", NULL, U "Invalid function name; function: f"},
        {"SET a = List_Append(:a, :b)", "{:a: 1, :b: 1}", U "Invalid function name; function: List_Append"},
        {"SET a = :x SET b = :x", "{:x: 1}", U "The \"SET\" section can only be used once in an update expression;"},
        {"remove a remove b", NULL, U "The \"REMOVE\" section can only be used once in an update expression;"},
        {"ADD a :x REMOVE b ADD c :x", "{:x: 1}",
            U "The \"ADD\" section can only be used once in an update expression;"},
        {"DELETE a :x DELETE b :x", "{:x: <1>}",
            U "The \"DELETE\" section can only be used once in an update expression;"},
        {"SET a = if_not_exists(a)", NULL,
            U "Incorrect number of operands for operator or function; operator or function: if_not_exists, number of "
              "operands: 1"},
        {"SET a = list_append(a, b, c)", NULL,
            U "Incorrect number of operands for operator or function; operator or function: list_append, number of "
              "operands: 3"},
        {"SET a = if_not_exists(:v, a)", "{:v: 1}",
            U "Operator or function requires a document path; operator or function: if_not_exists"},
        {"SET a = if_not_exists(:v, a)", NULL,
            U "An expression attribute value used in expression is not defined; attribute value: :v"},
        {"SET a = list_append(a, :v)", "{:v: 'x'}",
            U "Incorrect operand type for operator or function; operator or function: list_append, operand type: S"},
        {"SET a = b + :v", "{:v: 'x'}",
            U "Incorrect operand type for operator or function; operator or function: +, operand type: S"},
        {"SET a = :v - b", "{:v: null}",
            U "Incorrect operand type for operator or function; operator or function: -, operand type: NULL"},
        {"SET a = list_append(b, c) + :v", "{:v: 1}",
            U "Incorrect operand type for operator or function; operator or function: +, operand type: L"},
        {"SET name = :v", "{:v: 1}", U "Attribute name is a reserved keyword; reserved keyword: name"},
        {"REMOVE a.Name", NULL, U "Attribute name is a reserved keyword; reserved keyword: Name"},
        {"SET a = ((:v))", "{:v: 1}", U "The expression has redundant parentheses;"},
        {"SET a[3000000000] = :v", "{:v: 1}", U "List index is not within the allowable range; index: [3000000000]"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, add_and_delete_name_types_in_the_words_of_the_wording)
{
    static const struct {
        const char *value, *classic, *current;
    } types[] = {{"'x'", "STRING", "STRING"}, {"b'00'", "BINARY", "BINARY"}, {"true", "BOOLEAN", "BOOL"},
        {"null", "NULL", "NULL"}, {"[1]", "LIST", "LIST"}, {"{a: 1}", "MAP", "MAP"}};
    static const char format[] = U "Incorrect operand type for operator or function; operator: %s, operand type: %s%s";

    for (size_t i = 0; i < ROWS(types); i++) {
        const char *values = text_of(arena_printf(arena, "{:v: %s}", types[i].value));

        wording = WORDING_CURRENT;
        CHECK(line_is(values, update_result("{}", "ADD a :v", values),
            text_of(arena_printf(arena, format, "ADD", types[i].current, ", typeSet: ALLOWED_FOR_ADD_OPERAND"))));
        CHECK(line_is(values, update_result("{}", "DELETE a :v", values),
            text_of(arena_printf(arena, format, "DELETE", types[i].current, ", typeSet: ALLOWED_FOR_ADD_OPERAND"))));
        wording = WORDING_CLASSIC;
        CHECK(line_is(values, update_result("{}", "ADD a :v", values),
            text_of(arena_printf(arena, format, "ADD", types[i].classic, ""))));
    }
    CHECK(line_is("number", update_result("{}", "DELETE a :v", "{:v: 1}"),
        text_of(arena_printf(arena, format, "DELETE", "NUMBER", ""))));
    wording = WORDING_CURRENT;
}

TEST(expr, of_several_faults_of_an_update_the_documented_one_is_reported)
{
    static const struct row rows[] = {
        {"SET name = f(:missing) x", NULL, U "Syntax error; token: \"x\", near: \") x\""},
        {"SET a = f(name)", NULL, U "Attribute name is a reserved keyword; reserved keyword: name"},
        {"SET a = list_append(f(a), list_append(b, c))", NULL, U "Invalid function name; function: f"},
        {"SET a = :x SET b = size(c)", NULL,
            U "The function is not allowed to be used this way in an expression; function: size"},
        {"SET a = :missing SET #b = :x", NULL, U "The \"SET\" section can only be used once in an update expression;"},
        {"SET a = :missing, #b = :x", NULL,
            U "An expression attribute name used in the document path is not defined; attribute name: #b"},
        {"SET a = :missing, a = :missing", NULL,
            U "An expression attribute value used in expression is not defined; attribute value: :missing"},
        {"SET a = :v + :v, a[0] = :v, b = :v, b = :v", "{:v: 'x'}", OVERLAP("[a]", "[a, [0]]")},
        {"SET b.c = :v + :v, b[0] = :v, a = :v, a = :v", "{:v: 'x'}", OVERLAP("[a]", "[a]")},
        {"SET a = :v + :v, b.c = :v, b[0] = :v ADD d :v", "{:v: 'x'}", CONFLICT("[b, c]", "[b, [0]]")},
        {"SET a = :v + :v ADD b :v", "{:v: 'x'}",
            U "Incorrect operand type for operator or function; operator: ADD, operand type: STRING, typeSet: "
              "ALLOWED_FOR_ADD_OPERAND"},
        {"SET a = :v + b, c = list_append(d)", "{:v: 'x'}",
            U "Incorrect operand type for operator or function; operator or function: +, operand type: S"},
    };

    rows_check(rows, ROWS(rows));
}

static const char *repeated(const char *head, const char *part, int count, const char *tail)
{
    struct buf text;

    buf_init(&text, arena, 1 << 20);
    buf_printf(&text, "%s", head);
    for (int i = 0; i < count; i++)
        buf_printf(&text, "%s", part);
    buf_printf(&text, "%s", tail);
    buf_byte(&text, 0);
    return (const char *)text.p;
}

TEST(expr, an_update_has_at_most_4096_bytes)
{
    CHECK(line_is("4096", update_result("{}", repeated("REMOVE a", " ", 4096 - 8, ""), NULL), "{}"));
    CHECK(line_is("4097", update_result("{}", repeated("REMOVE a", " ", 4097 - 8, ""), NULL),
        U "Expression size has exceeded the maximum allowed size;"));
}

TEST(expr, an_update_has_at_most_300_operators_and_functions)
{
    struct buf text;

    buf_init(&text, arena, 4096);
    buf_printf(&text, "SET ");
    for (int i = 0; i < 300; i++)
        buf_printf(&text, "%sa%d=:v+:v", i == 0 ? "" : ",", i);
    CHECK(line_is("300", update_result("{}", text_of(buf_view(&text)), "{:v: 1}") != NULL ? "ran" : "", "ran"));
    CHECK(update_result("{}", text_of(buf_view(&text)), "{:v: 1}")[0] == '{');
    buf_printf(&text, ",b=if_not_exists(b,:v)");
    CHECK(line_is("301", update_result("{}", text_of(buf_view(&text)), "{:v: 1}"),
        U "The expression contains too many operators; operator count: 301"));
}

TEST(expr, deep_updates_cost_no_stack)
{
    CHECK(line_is("(", update_result("{}", repeated("SET a=", "(", 4090, ""), NULL),
        U "Syntax error; token: \"<EOF>\", near: \"(\""));
    CHECK(line_is("()", update_result("{}", repeated(repeated("SET a=", "(", 2000, "b"), ")", 2000, ""), NULL),
        U "The expression has redundant parentheses;"));
    CHECK(line_is("if",
        update_result("{}", repeated(repeated("SET a=", "if_not_exists(b,", 200, ":v"), ")", 200, ""), "{:v: 1}"),
        "{a:1}"));
    CHECK(line_is("f", update_result("{}", repeated(repeated("SET a=", "f(", 1000, ":v"), ")", 1000, ""), "{:v: 1}"),
        U "Invalid function name; function: f"));
}

TEST(expr, an_update_may_have_a_thousand_targets)
{
    struct buf text;
    const char *result;

    buf_init(&text, arena, 8192);
    buf_printf(&text, "SET ");
    for (int i = 0; text.n < 4080; i++)
        buf_printf(&text, "%sl[%d]=:v", i == 0 ? "" : ",", i);
    result = update_result("{l: []}", text_of(buf_view(&text)), "{:v: 1}");
    CHECK(strncmp(result, "{l:[1,1,1,1", 11) == 0);
}

TEST_MAIN()
