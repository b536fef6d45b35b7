/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

struct row {
    const char *item, *text, *placeholders, *expected;
};

static void rows_check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        CHECK(line_is(rows[i].text, condition_result(rows[i].item, rows[i].text, rows[i].placeholders, EXPR_CONDITION),
            rows[i].expected));
}

TEST(expr, comparisons_follow_types_and_presence)
{
    static const struct row rows[] = {
        {"{a: 1}", "a = :v", "{:v: 1.0}", "true"},
        {"{a: 1}", "b = :v", "{:v: 1}", "false"},
        {"{a: 1}", "b <> :v", "{:v: 1}", "true"},
        {"{a: 1}", "NOT b = :v", "{:v: 1}", "true"},
        {"{a: 1}", "a <> :v", "{:v: '1'}", "true"},
        {"{}", "x = y", NULL, "false"},
        {"{}", "x <> y", NULL, "true"},
        {"{}", "x < y", NULL, "false"},
        {"{a: '1'}", "a < :v", "{:v: 5}", "false"},
        {"{a: true, b: false}", "a < b", NULL, "false"},
        {"{a: true, b: true}", "a = b", NULL, "true"},
        {"{a: null, b: null}", "a = b", NULL, "true"},
        {"{s: <'a', 'b'>}", "s = :v", "{:v: <'b', 'a'>}", "true"},
        {"{l: [<'a', 'b'>]}", "l = :v", "{:v: [<'b', 'a'>]}", "true"},
        {"{s: <'a'>, l: ['a']}", "s = l", NULL, "false"},
        {"{m: {x: 1, y: [2]}}", "m = :v", "{:v: {y: [2.0], x: 1e0}}", "true"},
        {"{a: b'80'}", "a > :v", "{:v: b'7f'}", "true"},
        {"{a: 'aa'}", "a > :v", "{:v: 'a'}", "true"},
        {"{a: -10, b: -9.5}", "a < b", NULL, "true"},
        {"{a: 2}", "a >= :v AND a <= :v AND NOT a > :v AND NOT a < :v", "{:v: 2}", "true"},
        {"{}", ":a = :b", "{:a: 1, :b: 1}", "true"},
        {"{}", ":a < :b", "{:a: 1, :b: 2}", "true"},
        {"{a: {b: [1, {c: 'x'}]}}", "a.b[1].c = :v", "{:v: 'x'}", "true"},
        {"{a: {b: [1, {c: 'x'}]}}", "a.b[2].c = :v", "{:v: 'x'}", "false"},
        {NULL, "attribute_not_exists(pk)", NULL, "true"},
        {NULL, "attribute_exists(pk)", NULL, "false"},
        {NULL, "a <> :v", "{:v: 1}", "true"},
        {NULL, "a = :v", "{:v: 1}", "false"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, between_and_in_compare_with_every_bound)
{
    static const struct row rows[] = {
        {"{x: 2, y: 1, a: 1}", "a BETWEEN x AND y", NULL, "false"},
        {"{a: 2}", "a BETWEEN :x AND :y", "{:x: 2, :y: 2}", "true"},
        {"{a: 3}", "a between :x and :y", "{:x: 1, :y: 2}", "false"},
        {"{a: 3, x: 'a', y: 9}", "a BETWEEN x AND y", NULL, "false"},
        {"{a: 3, y: 9}", "a BETWEEN x AND y", NULL, "false"},
        {"{a: 1}", ":v BETWEEN a AND :w", "{:v: 2, :w: 3}", "true"},
        {"{a: 1, b: 1}", "a BETWEEN :x AND :y AND b = :x", "{:x: 1, :y: 2}", "true"},
        {"{a: 3}", "a IN (:x, :y)", "{:x: 'b', :y: 3}", "true"},
        {"{a: 3}", "a IN (:x)", "{:x: 4}", "false"},
        {"{}", "a IN (:x, b)", "{:x: 4}", "false"},
        {"{a: 3, b: 3}", "a IN (:x, b)", "{:x: 4}", "true"},
        {"{a: 3}", "NOT a IN (:x)", "{:x: 4}", "true"},
        {"{a: [1]}", "size(a) IN (:x)", "{:x: 1}", "true"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, functions_look_at_present_values_only)
{
    static const struct row rows[] = {
        {"{a: 'hello'}", "contains(a, :v)", "{:v: 'ell'}", "true"},
        {"{a: 'hello'}", "contains(a, :v)", "{:v: ''}", "true"},
        {"{a: 'hello'}", "contains(a, :v)", "{:v: 'hello!'}", "false"},
        {"{a: 'hello'}", "contains(a, :v)", "{:v: b'68'}", "false"},
        {"{a: b'010203'}", "contains(a, :v)", "{:v: b'0203'}", "true"},
        {"{a: <1, 2>}", "contains(a, :v)", "{:v: 2}", "true"},
        {"{a: <1, 2>}", "contains(a, :v)", "{:v: '2'}", "false"},
        {"{a: <'x', ''>}", "contains(a, :v)", "{:v: ''}", "true"},
        {"{a: <'x'>}", "contains(a, :v)", "{:v: ''}", "false"},
        {"{a: <b'00'>}", "contains(a, :v)", "{:v: b'00'}", "true"},
        {"{a: <b'41'>}", "contains(a, :v)", "{:v: 'A'}", "false"},
        {"{a: <'A'>}", "contains(a, :v)", "{:v: b'41'}", "false"},
        {"{a: <1>}", "contains(a, :v)", "{:v: b'c0820b00'}", "false"}, /* the bytes that 1 has inside */
        {"{a: ''}", "contains(a, :v)", "{:v: ''}", "true"},
        {"{a: [1, 'x']}", "contains(a, :v)", "{:v: 'x'}", "true"},
        {"{a: [1, [2]]}", "contains(a, :v)", "{:v: [2]}", "true"},
        {"{a: [1, [2]]}", "contains(a, :v)", "{:v: 2}", "false"},
        {"{a: {k: 1}}", "contains(a, :v)", "{:v: 'k'}", "false"},
        {"{}", "contains(a, :v)", "{:v: 'k'}", "false"},
        {"{b: 'k'}", "contains(:v, b)", "{:v: 'ok'}", "true"},
        {"{a: 'hello'}", "begins_with(a, :v)", "{:v: 'he'}", "true"},
        {"{a: 'hello'}", "begins_with(a, :v)", "{:v: 'el'}", "false"},
        {"{a: 5}", "begins_with(a, :v)", "{:v: 'x'}", "false"},
        {"{a: b'0102'}", "begins_with(a, :v)", "{:v: b'01'}", "true"},
        {"{a: '\x01'}", "begins_with(a, :v)", "{:v: b'01'}", "false"},
        {"{a: 1}", "attribute_exists(a)", NULL, "true"},
        {"{a: {b: null}}", "attribute_exists(a.b)", NULL, "true"},
        {"{a: {b: null}}", "attribute_not_exists(a.c)", NULL, "true"},
        {"{a: {b: null}}", "attribute_type(a.b, :t)", "{:t: 'NULL'}", "true"},
        {"{a: <1>}", "attribute_type(a, :t)", "{:t: 'NS'}", "true"},
        {"{a: <1>}", "attribute_type(a, :t)", "{:t: 'N'}", "false"},
        {"{}", "attribute_type(a, :t)", "{:t: 'NULL'}", "false"},
        {"{}", "attribute_type(:v, :t)", "{:v: 1, :t: 'N'}", "true"},
        {"{a: 'hello'}", "size(a) = :v", "{:v: 5}", "true"},
        {"{a: '\xC3\xA9\xF0\x9D\x84\x9E'}", "size(a) = :v", "{:v: 3}", "true"},
        {"{a: {x: 2, y: {m: 3, n: 4}}}", "size(a) = :v", "{:v: 2}", "true"},
        {"{a: b'0001'}", "size(a) = :v", "{:v: 2}", "true"},
        {"{a: <1, 2, 3>}", "size(a) > :v", "{:v: 2}", "true"},
        {"{a: []}", "size(a) = :v", "{:v: 0}", "true"},
        {"{a: 5}", "size(a) = :v", "{:v: 1}", "false"},
        {"{a: 5}", "size(a) <> :v", "{:v: 1}", "false"},
        {"{}", "size(a) = :v", "{:v: 0}", "false"},
        {"{}", ":v <> size(a)", "{:v: 0}", "false"},
        {"{a: 'xy', b: [1, 2]}", "size(a) = size(b)", NULL, "true"},
        {"{a: [1], b: ['x', 1]}", "contains(b, size(a))", NULL, "true"},
        {"{}", "size(:s) = :v", "{:s: 'abc', :v: 3}", "true"},
        {"{a: 'abc', b: 2}", "size(a) BETWEEN b AND :v", "{:v: 3}", "true"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, not_binds_tighter_than_and_and_and_tighter_than_or)
{
    /* every combination of three facts, against C's own operators */
    static const char *const texts[] = {"a = :t OR b = :t AND c = :t", "a = :t AND b = :t OR c = :t",
        "(a = :t OR b = :t) AND c = :t", "NOT a = :t AND b = :t OR NOT c = :t", "NOT (a = :t AND b = :t) OR c = :t",
        "NOT NOT a = :t and not (b = :t or not c = :t)", "(a = :t) AND (b = :t OR (c = :t AND NOT (a = :t)))",
        "attribute_exists(x) OR a = :t AND NOT (b = :t OR attribute_exists(x)) OR c = :t"};

    for (int bits = 0; bits < 8; bits++) {
        bool a = bits & 1, b = bits & 2, c = bits & 4;
        bool expected[] = {a || (b && c), (a && b) || c, (a || b) && c, (!a && b) || !c, !(a && b) || c,
            a && !(b || !c), a && (b || (c && !a)), (a && !b) || c};
        const char *item = text_of(arena_printf(
            arena, "{a: %s, b: %s, c: %s}", a ? "true" : "false", b ? "true" : "false", c ? "true" : "false"));

        for (size_t i = 0; i < ROWS(texts); i++)
            CHECK(line_is(texts[i], condition_result(item, texts[i], "{:t: true}", EXPR_CONDITION),
                expected[i] ? "true" : "false"));
    }
}

TEST(expr, parentheses_may_hold_a_condition_or_an_operand)
{
    static const struct row rows[] = {
        {"{a: 1}", "(a = :v)", "{:v: 1}", "true"},
        {"{a: 1}", "(a) = :v", "{:v: 1}", "true"},
        {"{a: 1}", "(a) = (:v)", "{:v: 1}", "true"},
        {"{a: 1}", "((a) = (:v))", "{:v: 1}", "true"},
        {"{a: {b: 1}}", "(a).b = :v", "{:v: 1}", "true"},
        {"{a: [1]}", ":v = (a)[0]", "{:v: 1}", "true"},
        {"{a: {b: {c: 1}}}", "((a).b).c = :v", "{:v: 1}", "true"},
        {"{a: 'x'}", "(size(a)) = :v", "{:v: 1}", "true"},
        {"{a: 'x'}", "(contains(a, :v))", "{:v: 'x'}", "true"},
        {"{a: 'x'}", "contains((a), (:v))", "{:v: 'x'}", "true"},
        {"{a: 1}", "a IN ((:v))", "{:v: 1}", "true"},
        {"{a: 1}", "(a = :v AND (a = :v))", "{:v: 1}", "true"},
        {"{a: 1}", "((a = :v) AND a = :v)", "{:v: 1}", "true"},
        {"{a: 1}", "((a = :v) AND (a = :v))", "{:v: 1}", "true"},
        {"{a: 1}", "\t(\na\r=:v)", "{:v: 1}", "true"},
        {"{a: 1, B: 2}", "a = :v AND B = :w or c = :w", "{:v: 1, :w: 2}", "true"},
        {"{a: 1}", "a=:v AND(a=:v)AND NOT(a<:v)", "{:v: 1}", "true"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, paths_of_a_condition_come_in_written_order)
{
    struct fault fault = {.arena = arena};
    struct expr_context *context;
    struct expr_condition *condition;
    const struct expr_path *paths;

    CHECK_EQ(context_make("{#n: 'x.y', :v: 1}", &context, &fault), OK);
    CHECK_EQ(expr_condition_compile(context, EXPR_FILTER, SLICE_LIT("(a).b[1] = :v OR #n IN (c, :v) AND size(d) = :v"),
                 &condition, &fault),
        OK);
    CHECK_EQ(expr_condition_paths(condition, &paths), 4);
    CHECK(line_is("0", text_of(expr_path_text(&paths[0], arena)), "[a, b, [1]]"));
    CHECK(line_is("1", text_of(expr_path_text(&paths[1], arena)), "[x.y]"));
    CHECK(line_is("2", text_of(expr_path_text(&paths[2], arena)), "[c]"));
    CHECK(line_is("3", text_of(expr_path_text(&paths[3], arena)), "[d]"));
}

TEST_MAIN()
