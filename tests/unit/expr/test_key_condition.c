/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#define K "Invalid KeyConditionExpression: "

struct row {
    const char *text, *placeholders, *expected;
};

static void rows_check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        CHECK(line_is(rows[i].text, key_result(rows[i].text, rows[i].placeholders), rows[i].expected));
}

TEST(expr, a_key_condition_becomes_clauses_in_written_order)
{
    static const struct row rows[] = {
        {"pk = :p", "{:p: 'x'}", "pk = 'x'"},
        {":p = pk", "{:p: 'x'}", "pk = 'x'"},
        {"pk = :p AND sk > :s", "{:p: 1, :s: 2}", "pk = 1, sk > 2"},
        {"sk <= :s and #p = :p", "{#p: 'p.k', :p: 1, :s: 2}", "sk <= 2, p.k = 1"},
        {"pk = :p AND :s >= sk", "{:p: 1, :s: 2}", "pk = 1, sk <= 2"},
        {"pk = :p AND :s < sk", "{:p: 1, :s: 2}", "pk = 1, sk > 2"},
        {"pk = :p AND :s > sk", "{:p: 1, :s: 2}", "pk = 1, sk < 2"},
        {"pk = :p AND :s <= sk", "{:p: 1, :s: 2}", "pk = 1, sk >= 2"},
        {"pk = :p AND sk BETWEEN :s AND :t", "{:p: 1, :s: 2, :t: 3}", "pk = 1, sk between 2 and 3"},
        {"sk BETWEEN :s AND :t AND pk = :p", "{:p: 1, :s: 2, :t: 3}", "sk between 2 and 3, pk = 1"},
        {"pk = :p AND begins_with(sk, :s)", "{:p: 1, :s: 'a'}", "pk = 1, sk begins_with 'a'"},
        {"(pk = :p AND sk = :s)", "{:p: 1, :s: 2}", "pk = 1, sk = 2"},
        {"(pk = :p) AND (sk = :s)", "{:p: 1, :s: 2}", "pk = 1, sk = 2"},
        {"a = :v AND (b = :v AND c = :v) AND d > :v", "{:v: 1}", "a = 1, b = 1, c = 1, d > 1"},
        {"pk = :p", "{:p: true}", "pk = true"},
    };

    rows_check(rows, ROWS(rows));
}

static const struct row shapes[] = {
    {"pk = :v OR sk = :v", "{:v: 1}", "Invalid operator used in KeyConditionExpression: OR"},
    {"NOT pk = :v", "{:v: 1}", "Invalid operator used in KeyConditionExpression: NOT"},
    {"pk IN (:v)", "{:v: 1}", "Invalid operator used in KeyConditionExpression: IN"},
    {"pk <> :v", "{:v: 1}", "Invalid operator used in KeyConditionExpression: <>"},
    {"attribute_exists(pk)", NULL, "Invalid operator used in KeyConditionExpression: attribute_exists"},
    {"attribute_not_exists(pk)", NULL, "Invalid operator used in KeyConditionExpression: attribute_not_exists"},
    {"attribute_type(pk, :v)", "{:v: 'S'}", "Invalid operator used in KeyConditionExpression: attribute_type"},
    {"contains(pk, :v)", "{:v: 1}", "Invalid operator used in KeyConditionExpression: contains"},
    {"size(pk) = :v", "{:v: 1}", "KeyConditionExpressions cannot contain nested operations"},
    {"pk = size(:v)", "{:v: 'x'}", "KeyConditionExpressions cannot contain nested operations"},
    {":v BETWEEN pk AND :v", "{:v: 1}",
        "Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first "
        "operand"},
    {"begins_with(:v, pk)", "{:v: 'x'}",
        "Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first "
        "operand"},
    {"pk = sk", NULL, "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"},
    {"pk BETWEEN :v AND sk", "{:v: 1}",
        "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"},
    {"pk.x = :v", "{:v: 1}", "KeyConditionExpressions cannot have conditions on nested attributes"},
    {"pk[0] = :v", "{:v: 1}", "KeyConditionExpressions cannot have conditions on nested attributes"},
    {":v = :v", "{:v: 1}", "Invalid condition in KeyConditionExpression: No key attribute specified"},
    {"pk = :p AND sk > :a AND sk < :b", "{:p: 1, :a: 1, :b: 2}",
        "KeyConditionExpressions must only contain one condition per key"},
    {"pk = :v AND sk <> :v AND (x = :v OR y = :v)", "{:v: 1}", "Invalid operator used in KeyConditionExpression: <>"},
    {"(x = :v OR y = :v) AND sk <> :v", "{:v: 1}", "Invalid operator used in KeyConditionExpression: OR"},
};

TEST(expr, other_shapes_are_refused)
{
    for (size_t i = 0; i < ROWS(shapes); i++)
        CHECK(line_is(shapes[i].text, key_result(shapes[i].text, shapes[i].placeholders),
            text_of(arena_printf(arena, K "%s", shapes[i].expected))));
}

TEST(expr, the_classic_wording_tells_shapes_without_prefix)
{
    wording = WORDING_CLASSIC;
    rows_check(shapes, ROWS(shapes));
    CHECK(line_is("syntax", key_result("pk =", NULL), K "Syntax error; token: \"<EOF>\", near: \"=\""));
    wording = WORDING_CURRENT;
}

TEST(expr, operands_no_key_can_have_are_refused_without_a_schema)
{
    static const struct row rows[] = {
        {"", NULL, K "The expression can not be empty;"},
        {"((pk = :v))", "{:v: 1}", K "The expression has redundant parentheses;"},
        {"name = :v", "{:v: 1}", K "Attribute name is a reserved keyword; reserved keyword: name"},
        {"pk = :p AND begins_with(sk, :n)", "{:p: 1, :n: 1}",
            K "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"},
        {"pk = :p AND begins_with(sk, :n)", "{:p: 1, :n: true}",
            K "Incorrect operand type for operator or function; operator or function: begins_with, operand type: BOOL"},
        {"pk = :p AND sk < :n", "{:p: 1, :n: true}",
            K "Incorrect operand type for operator or function; operator or function: <, operand type: BOOL"},
        {"pk = :p AND :n >= sk", "{:p: 1, :n: true}",
            K "Incorrect operand type for operator or function; operator or function: >=, operand type: BOOL"},
        {"pk = :p AND sk BETWEEN :n AND :n", "{:p: 1, :n: <1>}",
            K "Incorrect operand type for operator or function; operator or function: BETWEEN, operand type: NS"},
        {"pk = :missing AND begins_with(sk, :n)", "{:n: 1}",
            K "An expression attribute value used in expression is not defined; attribute value: :missing"},
        {"begins_with(sk, :n) AND pk = :missing", "{:n: 1}",
            K "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N"},
        {"pk = :p AND sk BETWEEN :x AND :y", "{:p: 1, :x: 2, :y: 1}",
            K "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound "
              "operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}"},
    };

    rows_check(rows, ROWS(rows));
}

TEST_MAIN()
