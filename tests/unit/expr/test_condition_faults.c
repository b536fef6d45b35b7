/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#define C "Invalid ConditionExpression: "

struct row {
    const char *text, *placeholders, *expected;
};

static void rows_check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        CHECK(line_is(rows[i].text, condition_result("{}", rows[i].text, rows[i].placeholders, EXPR_CONDITION),
            rows[i].expected));
}

TEST(expr, a_syntax_error_names_the_first_token_that_fits_nowhere)
{
    static const struct row rows[] = {
        {"", NULL, C "The expression can not be empty;"},
        {" ", NULL, C "Syntax error; token: \"<EOF>\", near: \"\""},
        {"attribute_not_exists(", NULL, C "Syntax error; token: \"<EOF>\", near: \"(\""},
        {"a = = b", NULL, C "Syntax error; token: \"=\", near: \"= = b\""},
        {"a", NULL, C "Syntax error; token: \"<EOF>\", near: \"a\""},
        {"a AND b = c", NULL, C "Syntax error; token: \"AND\", near: \"a AND b\""},
        {"(a) AND b = c", NULL, C "Syntax error; token: \"AND\", near: \") AND b\""},
        {"(a", NULL, C "Syntax error; token: \"<EOF>\", near: \"a\""},
        {"a = b)", NULL, C "Syntax error; token: \")\", near: \"b)\""},
        {"a = (b = c)", NULL, C "Syntax error; token: \"=\", near: \"b = c\""},
        {"a = b = c", NULL, C "Syntax error; token: \"=\", near: \"b = c\""},
        {"a = b OR", NULL, C "Syntax error; token: \"<EOF>\", near: \"OR\""},
        {"a = b c", NULL, C "Syntax error; token: \"c\", near: \"b c\""},
        {"NOT", NULL, C "Syntax error; token: \"<EOF>\", near: \"NOT\""},
        {"NOT a", NULL, C "Syntax error; token: \"<EOF>\", near: \"a\""},
        {"a NOT IN (b)", NULL, C "Syntax error; token: \"NOT\", near: \"a NOT IN\""},
        {"a IN b", NULL, C "Syntax error; token: \"b\", near: \"IN b\""},
        {"a IN ()", NULL, C "Syntax error; token: \")\", near: \"()\""},
        {"a IN (b", NULL, C "Syntax error; token: \"<EOF>\", near: \"b\""},
        {"a IN (b = c)", NULL, C "Syntax error; token: \"=\", near: \"b = c\""},
        {"a BETWEEN b OR c", NULL, C "Syntax error; token: \"OR\", near: \"b OR c\""},
        {"a BETWEEN b", NULL, C "Syntax error; token: \"<EOF>\", near: \"b\""},
        {"size()", NULL, C "Syntax error; token: \")\", near: \"()\""},
        {"contains(a, b = c)", NULL, C "Syntax error; token: \"=\", near: \"b = c\""},
        {"contains(NOT a, b)", NULL, C "Syntax error; token: \"NOT\", near: \"(NOT a\""},
        {"#", NULL, C "Syntax error; token: \"#\", near: \"#\""},
        {": = a", NULL, C "Syntax error; token: \":\", near: \": =\""},
        {"#a(b)", "{#a: 'a'}", C "Syntax error; token: \"(\", near: \"#a(b\""},
        {"a + b = c", NULL, C "Syntax error; token: \"+\", near: \"a + b\""},
        {"a = 1", NULL, C "Syntax error; token: \"1\", near: \"= 1\""},
        {"a == b", NULL, C "Syntax error; token: \"=\", near: \"== b\""},
        {"a != b", NULL, C "Syntax error; token: \"!\", near: \"a !=\""},
        {"a >< b", NULL, C "Syntax error; token: \"<\", near: \">< b\""},
        {"  a  =\n\n =  b  ", NULL, C "Syntax error; token: \"=\", near: \"=\n\n =  b\""},
        {"a = 'x'", NULL, C "Syntax error; token: \"'\", near: \"= 'x\""},
        {"a.b.", NULL, C "Syntax error; token: \"<EOF>\", near: \".\""},
        {"a[0 = b", NULL, C "Syntax error; token: \"=\", near: \"0 = b\""},
        {"  !!!", NULL, C "Syntax error; token: \"!\", near: \"!!\""},
        {"a = \xF0", NULL, C "Syntax error; token: \"\xF0\", near: \"= \xF0\""},
        {"_a = b", NULL, C "Syntax error; token: \"_\", near: \"_a\""},
        {"_123 = b", NULL, C "Syntax error; token: \"_\", near: \"_123\""},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, two_pairs_of_parentheses_around_one_thing_are_redundant)
{
    static const char *const texts[] = {"((a = :v))", "(a = b) OR ((a = b))", "((a)) = b", "a = ((b))",
        "contains(((a)), b)", "NOT ((a = b))", "((a = b OR c = d))", "(((a = b)))", "((contains(a, b)))",
        "((size(a)) = b) OR ((size(a))) = b"};

    for (size_t i = 0; i < ROWS(texts); i++)
        CHECK(line_is(texts[i], condition_result("{}", texts[i], NULL, EXPR_CONDITION),
            C "The expression has redundant parentheses;"));
}

TEST(expr, functions_are_known_by_exact_name_and_place)
{
    static const struct row rows[] = {
        {"f(a)", NULL, C "Invalid function name; function: f"},
        {"Size(a) = b", NULL, C "Invalid function name; function: Size"},
        {"a = f(b, c)", NULL, C "Invalid function name; function: f"},
        {"size(a)", NULL, C "The function is not allowed to be used this way in an expression; function: size"},
        {"NOT size(a)", NULL, C "The function is not allowed to be used this way in an expression; function: size"},
        {"a = b AND size(a)", NULL,
            C "The function is not allowed to be used this way in an expression; function: size"},
        {"size(a) OR a = b", NULL,
            C "The function is not allowed to be used this way in an expression; function: size"},
        {"attribute_exists(a) < :v", NULL,
            C "The function is not allowed to be used this way in an expression; function: attribute_exists"},
        {":v < contains(a, b)", NULL,
            C "The function is not allowed to be used this way in an expression; function: contains"},
        {"a IN (begins_with(a, b), c)", NULL,
            C "The function is not allowed to be used this way in an expression; function: begins_with"},
        {"a BETWEEN attribute_exists(a) AND c", NULL,
            C "The function is not allowed to be used this way in an expression; function: attribute_exists"},
        {"contains(a, contains(b, c))", NULL,
            C "The function is not allowed to be used this way in an expression; function: contains"},
        {"if_not_exists(a, b) = c", NULL,
            C "The function is not allowed to be used this way in an expression; function: if_not_exists"},
        {"list_append(a, b)", NULL,
            C "The function is not allowed to be used this way in an expression; function: list_append"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, operands_are_checked_as_far_as_they_are_known)
{
    static const struct row rows[] = {
        {"size(a, b) = c", NULL,
            C
            "Incorrect number of operands for operator or function; operator or function: size, number of operands: 2"},
        {"contains(a)", NULL,
            C "Incorrect number of operands for operator or function; operator or function: contains, number of "
              "operands: 1"},
        {"attribute_exists(a, b)", NULL,
            C "Incorrect number of operands for operator or function; operator or function: attribute_exists, number "
              "of operands: 2"},
        {"contains(#d, #d)", "{#d: 'data'}",
            C "The first operand must be distinct from the remaining operands for this operator or function; operator: "
              "contains, first operand: [data]"},
        {"a.b[1] = #a.#b[1]", "{#a: 'a', #b: 'b'}",
            C "The first operand must be distinct from the remaining operands for this operator or function; operator: "
              "=, first operand: [a, b, [1]]"},
        {"a <> a", NULL,
            C "The first operand must be distinct from the remaining operands for this operator or function; operator: "
              "<>, first operand: [a]"},
        {"a >= (a)", NULL,
            C "The first operand must be distinct from the remaining operands for this operator or function; operator: "
              ">=, first operand: [a]"},
        {"begins_with(a, a)", NULL,
            C "The first operand must be distinct from the remaining operands for this operator or function; operator: "
              "begins_with, first operand: [a]"},
        {"a IN (b, :v, a)", "{:v: 1}",
            C "The first operand must be distinct from the remaining operands for this operator or function; operator: "
              "IN, first operand: [a]"},
        {"a IN (b, b)", NULL, "false"},
        {"a = a.b", NULL, "false"},
        {"a[0] = a[1]", NULL, "false"},
        {"a[0] = a.b", NULL, "false"},
        {"a BETWEEN a AND a", NULL, "false"},
        {":v = :v", "{:v: 1}", "true"},
        {"attribute_type(a, a)", NULL,
            C "The first operand must be distinct from the remaining operands for this operator or function; operator: "
              "attribute_type, first operand: [a]"},
        {"attribute_type(a, size(b))", NULL,
            C "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N"},
        {"attribute_exists(:v)", "{:v: 1}",
            C "Operator or function requires a document path; operator or function: attribute_exists"},
        {"attribute_not_exists(size(a))", NULL,
            C "Operator or function requires a document path; operator or function: attribute_not_exists"},
        {"begins_with(a, :v)", "{:v: 1}",
            C "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"},
        {"begins_with(:v, a)", "{:v: true}",
            C "Incorrect operand type for operator or function; operator or function: begins_with, operand type: BOOL"},
        {"begins_with(a, size(b))", NULL,
            C "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"},
        {"size(:n) > :x", "{:n: 1, :x: 1}",
            C "Incorrect operand type for operator or function; operator or function: size, operand type: N"},
        {"size(size(a)) > :x", "{:x: 1}",
            C "Incorrect operand type for operator or function; operator or function: size, operand type: N"},
        {"size(:n) > :x", "{:n: null, :x: 1}",
            C "Incorrect operand type for operator or function; operator or function: size, operand type: NULL"},
        {"attribute_type(a, :v)", "{:v: 1}",
            C "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: N"},
        {"attribute_type(a, b)", NULL,
            C "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: "
              "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"},
        {"attribute_type(a, :v)", "{:v: 'X'}",
            C "Invalid attribute type name found; type: X, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
        {"attribute_type(a, :v)", "{:v: 'bool'}",
            C "Invalid attribute type name found; type: bool, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}"},
        {"a < :v", "{:v: true}",
            C "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL"},
        {":v >= a", "{:v: <1>}",
            C "Incorrect operand type for operator or function; operator or function: >=, operand type: NS"},
        {"a BETWEEN :v AND :w", "{:v: 1, :w: null}",
            C "Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: NULL"},
        {"a BETWEEN :v AND :w", "{:v: 1, :w: 'a'}",
            C "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: "
              "AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:a}"},
        {"a BETWEEN :v AND :w", "{:v: 2, :w: 1.0}",
            C "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
              "operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}"},
        {"a BETWEEN :v AND :w", "{:v: b'ff', :w: b'00'}",
            C "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
              "operand: AttributeValue: {B:/w==}, upper bound operand: AttributeValue: {B:AA==}"},
        {"a BETWEEN :v AND :v", "{:v: 2}", "false"},
        {"a BETWEEN size(a) AND :v", "{:v: 'x'}", "false"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, names_and_values_must_be_defined)
{
    static const struct row rows[] = {
        {"#n = :v", NULL,
            C "An expression attribute name used in the document path is not defined; attribute name: #n"},
        {"a = :v", NULL, C "An expression attribute value used in expression is not defined; attribute value: :v"},
        {"a.#n = :v", "{:v: 1}",
            C "An expression attribute name used in the document path is not defined; attribute name: #n"},
        {":v = #n", NULL, C "An expression attribute value used in expression is not defined; attribute value: :v"},
        {"a = :V", "{:v: 1}", C "An expression attribute value used in expression is not defined; attribute value: :V"},
        {"SIZE = :v", NULL, C "Attribute name is a reserved keyword; reserved keyword: SIZE"},
        {"a.name = :v", NULL, C "Attribute name is a reserved keyword; reserved keyword: name"},
        {"a.nAme[0] = :v", NULL, C "Attribute name is a reserved keyword; reserved keyword: nAme"},
        {"a[2147483648] = b", NULL, C "List index is not within the allowable range; index: [2147483648]"},
    };

    rows_check(rows, ROWS(rows));
    CHECK(line_is("filter", condition_result("{}", "#missing = a", NULL, EXPR_FILTER),
        "Invalid FilterExpression: An expression attribute name used in the document path is not defined; attribute "
        "name: #missing"));
}

TEST(expr, of_several_faults_the_documented_one_is_reported)
{
    static const struct row rows[] = {
        {"((a = :missing)) b", NULL, C "Syntax error; token: \"b\", near: \") b\""},
        {"((a = :missing))", NULL, C "The expression has redundant parentheses;"},
        {"f(name) OR ((a = b))", NULL, C "The expression has redundant parentheses;"},
        {"name = b OR f(a)", NULL, C "Invalid function name; function: f"},
        {"size(a) OR f(a)", NULL, C "Invalid function name; function: f"},
        {"name = b OR size(a)", NULL,
            C "The function is not allowed to be used this way in an expression; function: size"},
        {"#missing = b OR name = a", NULL, C "Attribute name is a reserved keyword; reserved keyword: name"},
        {"contains(a) OR b = :missing", NULL,
            C "Incorrect number of operands for operator or function; operator or function: contains, number of "
              "operands: 1"},
        {"b = :missing OR contains(a)", NULL,
            C "An expression attribute value used in expression is not defined; attribute value: :missing"},
        {"size(a, b) = :missing", NULL,
            C "An expression attribute value used in expression is not defined; attribute value: :missing"},
        {"a = :missing AND begins_with(b, :n)", "{:n: 1}",
            C "An expression attribute value used in expression is not defined; attribute value: :missing"},
        {"begins_with(b, :n) AND a = :missing", "{:n: 1}",
            C "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"},
        {"begins_with(b, :n) AND a = a", "{:n: 1}",
            C "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"},
        {"size(:n) BETWEEN :x AND :y", "{:n: 1, :x: 2, :y: 1}",
            C "Incorrect operand type for operator or function; operator or function: size, operand type: N"},
    };

    rows_check(rows, ROWS(rows));
}

/* `count` copies of `part` joined by `separator`, between `head` and `tail`. */
static const char *repeated(const char *head, const char *part, const char *separator, int count, const char *tail)
{
    struct buf text;

    buf_init(&text, arena, 1 << 20);
    buf_printf(&text, "%s", head);
    for (int i = 0; i < count; i++)
        buf_printf(&text, "%s%s", i == 0 ? "" : separator, part);
    buf_printf(&text, "%s", tail);
    buf_byte(&text, 0);
    return (const char *)text.p;
}

TEST(expr, paths_have_at_most_32_elements_in_conditions_and_updates_too)
{
    CHECK(line_is("32", condition_result("{}", repeated("", "a", ".", 32, " = b"), NULL, EXPR_CONDITION), "false"));
    CHECK(line_is("33", condition_result("{}", repeated("", "a", ".", 33, " = b"), NULL, EXPR_CONDITION),
        C "The document path has too many nesting levels; nesting levels: 33"));
    CHECK(line_is("(a)", condition_result("{}", repeated("(a.a.a).", "a", ".", 30, " = b"), NULL, EXPR_CONDITION),
        C "The document path has too many nesting levels; nesting levels: 33"));
    CHECK(line_is("update", update_result("{}", repeated("REMOVE ", "a", ".", 33, ""), NULL),
        "Invalid UpdateExpression: The document path has too many nesting levels; nesting levels: 33"));
}

TEST(expr, a_message_keeps_every_byte_of_its_echo)
{
    struct fault fault = {.arena = arena};
    struct expr_context *context;
    struct expr_condition *condition;
    struct slice expected = SLICE_LIT(C "Syntax error; token: \"\0\", near: \"= \0\"");

    CHECK_EQ(context_make(NULL, &context, &fault), OK);
    CHECK_EQ(expr_condition_compile(context, EXPR_CONDITION, SLICE_LIT("a = \0"), &condition, &fault), ERR_FAULT);
    CHECK(slice_equal(fault.message, expected));
}

TEST(expr, an_expression_has_at_most_4096_bytes)
{
    const char *fits = repeated("a = b", " ", "", 4096 - 5, ""), *over = repeated("a = b", " ", "", 4097 - 5, "");

    CHECK(line_is("4096", condition_result("{}", fits, NULL, EXPR_CONDITION), "false"));
    CHECK(line_is("4097", condition_result("{}", over, NULL, EXPR_CONDITION),
        C "Expression size has exceeded the maximum allowed size; expression size: 4097"));
    CHECK(line_is("15000", condition_result("{}", repeated("", "(", "", 15000, ""), NULL, EXPR_CONDITION),
        C "Expression size has exceeded the maximum allowed size; expression size: 15000"));
}

TEST(expr, an_expression_has_at_most_300_operators)
{
    /* n clauses and n - 1 ANDs */
    CHECK(line_is("299", condition_result("{}", repeated("", "a=b", " OR ", 150, ""), NULL, EXPR_CONDITION), "false"));
    CHECK(
        line_is("300", condition_result("{}", repeated("NOT ", "a=b", " OR ", 150, ""), NULL, EXPR_CONDITION), "true"));
    CHECK(line_is("301", condition_result("{}", repeated("", "a=b", " OR ", 151, ""), NULL, EXPR_CONDITION),
        C "The expression contains too many operators; operator count: 301"));
    CHECK(line_is("functions", condition_result("{}", repeated("", "size(a)=b", " OR ", 101, ""), NULL, EXPR_CONDITION),
        C "The expression contains too many operators; operator count: 302"));
    CHECK(line_is("nots", condition_result("{}", repeated("", "NOT ", "", 300, "a=b"), NULL, EXPR_CONDITION),
        C "The expression contains too many operators; operator count: 301"));
}

TEST(expr, an_in_list_has_at_most_100_operands)
{
    CHECK(line_is(
        "100", condition_result("{a: 1}", repeated("a IN (", ":v", ",", 100, ")"), "{:v: 1}", EXPR_CONDITION), "true"));
    CHECK(line_is("101", condition_result("{a: 1}", repeated("a IN (", ":v", ",", 101, ")"), "{:v: 1}", EXPR_CONDITION),
        C "The IN operator is provided with too many operands; number of operands: 101"));
}

TEST(expr, nesting_as_deep_as_a_text_allows_costs_no_stack)
{
    CHECK(line_is("4096 (", condition_result("{}", repeated("", "(", "", 4096, ""), NULL, EXPR_CONDITION),
        C "Syntax error; token: \"<EOF>\", near: \"(\""));
    CHECK(line_is("balanced",
        condition_result("{}", repeated(repeated("", "(", "", 2000, "a=b"), ")", "", 2000, ""), NULL, EXPR_CONDITION),
        C "The expression has redundant parentheses;"));
    CHECK(line_is("NOT(",
        condition_result("{}", repeated(repeated("", "NOT(", "", 800, "a=b"), ")", "", 800, ""), NULL, EXPR_CONDITION),
        C "The expression contains too many operators; operator count: 801"));
    CHECK(line_is("calls",
        condition_result("{}", repeated(repeated("a=", "size(", "", 600, "a"), ")", "", 600, ""), NULL, EXPR_CONDITION),
        C "Incorrect operand type for operator or function; operator or function: size, operand type: N"));
    CHECK(line_is("f(", condition_result("{}", repeated("", "f(", "", 2048, ""), NULL, EXPR_CONDITION),
        C "Syntax error; token: \"<EOF>\", near: \"(\""));
    CHECK(line_is("right",
        condition_result(
            "{}", repeated(repeated("", "a=b OR (", "", 140, "a=b"), ")", "", 140, ""), NULL, EXPR_CONDITION),
        "false"));
}

TEST_MAIN()
