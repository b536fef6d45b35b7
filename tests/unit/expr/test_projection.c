/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#define ITEM "{p: 'k', a: {b: [2, 4, {x: 'hi', y: 'yo'}], c: 5}, b: 'hello'}"

TEST(expr, a_projection_keeps_what_its_paths_name)
{
    static const char *const rows[][2] = {
        {"a", "{a:{b:[2,4,{x:'hi',y:'yo'}],c:5}}"},
        {"a.b", "{a:{b:[2,4,{x:'hi',y:'yo'}]}}"},
        {"a.b[0]", "{a:{b:[2]}}"},
        {"a.b[2]", "{a:{b:[{x:'hi',y:'yo'}]}}"},
        {"a.b[2].y", "{a:{b:[{y:'yo'}]}}"},
        {"a.b[0],a.b[1]", "{a:{b:[2,4]}}"},
        {"a.b[1],a.b[0]", "{a:{b:[2,4]}}"},
        {"a.b[2].x, a . b [ 2 ] . y", "{a:{b:[{x:'hi',y:'yo'}]}}"},
        {"a.b[2], a.b[0]", "{a:{b:[2,{x:'hi',y:'yo'}]}}"},
        {"a.b[0],a.c", "{a:{b:[2],c:5}}"},
        {"a.c,b", "{a:{c:5},b:'hello'}"},
        {"a.b[00]", "{a:{b:[2]}}"},
        {"x", "{}"},
        {"a.b[3]", "{}"},
        {"a.x", "{}"},
        {"a.x.y", "{}"},
        {"a.b.x", "{}"},
        {"a[0]", "{}"},
        {"a.b[0].x", "{}"},
        {"a.b[0][0]", "{}"},
        {"a.b[2147483647]", "{}"},
        {"a.x, a.b[0], x, a.b[3].x", "{a:{b:[2]}}"},
    };

    for (size_t i = 0; i < ROWS(rows); i++)
        CHECK(line_is(rows[i][0], projection_result(ITEM, rows[i][0], NULL), rows[i][1]));
    CHECK(line_is("no item", projection_result(NULL, "a", NULL), "{}"));
}

TEST(expr, projected_lists_are_compacted_at_every_depth)
{
    static const char item[] = "{l: [{n: [{p: 1, q: 2, r: 9}, {p: 3, q: 4}], a: 1, b: 2}, {a: 3}, {c: 4, d: 5}]}";
    static const char *const rows[][2] = {
        {"l[0].n[0].p, l[0].n[0].q", "{l:[{n:[{p:1,q:2}]}]}"},
        {"l[0].n[0].p, l[0].n[1].q", "{l:[{n:[{p:1},{q:4}]}]}"},
        {"l[0].a, l[0].b, l[2].c", "{l:[{a:1,b:2},{c:4}]}"},
        {"l[2].c, l[0].b, l[0].a", "{l:[{a:1,b:2},{c:4}]}"},
        {"l[0].x, l[1].a", "{l:[{a:3}]}"},
        {"l[0].x, l[1].x", "{}"},
    };

    for (size_t i = 0; i < ROWS(rows); i++)
        CHECK(line_is(rows[i][0], projection_result(item, rows[i][0], NULL), rows[i][1]));
}

TEST(expr, a_name_placeholder_is_one_element)
{
    CHECK(line_is("dots", projection_result("{'a.b': 1, a: {b: 2}}", "#n", "{#n: 'a.b'}"), "{a.b:1}"));
    CHECK(line_is("reserved", projection_result("{a: {name: 2}}", "a.#n", "{#n: 'name'}"), "{a:{name:2}}"));
}

#define OVERLAP(one_, two_)                                                                                            \
    "Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these "   \
    "paths; path one: " one_ ", path two: " two_
#define CONFLICT(one_, two_)                                                                                           \
    "Invalid ProjectionExpression: Two document paths conflict with each other; must remove or rewrite one of these "  \
    "paths; path one: " one_ ", path two: " two_

TEST(expr, overlapping_and_conflicting_paths_are_refused_in_written_order)
{
    static const char *const rows[][2] = {
        {"a, a", OVERLAP("[a]", "[a]")},
        {"a.b, a.b", OVERLAP("[a, b]", "[a, b]")},
        {"a[1], a[1]", OVERLAP("[a, [1]]", "[a, [1]]")},
        {"a, a.b", OVERLAP("[a]", "[a, b]")},
        {"a.b, a", OVERLAP("[a, b]", "[a]")},
        {"a.b, a.b[2]", OVERLAP("[a, b]", "[a, b, [2]]")},
        {"a, a.b[2].c", OVERLAP("[a]", "[a, b, [2], c]")},
        {"a.b.d.e, a.b", OVERLAP("[a, b, d, e]", "[a, b]")},
        {"a, a.b.c", OVERLAP("[a]", "[a, b, c]")},
        {"l, l[0]", OVERLAP("[l]", "[l, [0]]")},
        {"a.b[0],a.b[0]", OVERLAP("[a, b, [0]]", "[a, b, [0]]")},
        {"a, b, c, b.x, a.x", OVERLAP("[b]", "[b, x]")},
        {"a.b, a[1]", CONFLICT("[a, b]", "[a, [1]]")},
        {"a[1], a.b", CONFLICT("[a, [1]]", "[a, b]")},
        {"a.b[1], a.b.c", CONFLICT("[a, b, [1]]", "[a, b, c]")},
        {"a.b, a[1], c, c", OVERLAP("[c]", "[c]")},
    };
    static const char *const good[] = {"a, b", "a.b, a.c", "a[1], a[2]", "a.b, a.c[2]"};

    for (size_t i = 0; i < ROWS(rows); i++)
        CHECK(line_is(rows[i][0], projection_result(ITEM, rows[i][0], NULL), rows[i][1]));
    for (size_t i = 0; i < ROWS(good); i++)
        CHECK(projection_result("{}", good[i], NULL)[0] == '{');
    CHECK(line_is(
        "aliases", projection_result(ITEM, "#x, #y.#b", "{#x: 'a', #y: 'a', #b: 'b'}"), OVERLAP("[a]", "[a, b]")));
}

TEST(expr, a_faulty_projection_is_refused)
{
    static const char *const rows[][2] = {
        {"", "Invalid ProjectionExpression: The expression can not be empty;"},
        {"!!!", "Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\""},
        {"  ", "Invalid ProjectionExpression: Syntax error; token: \"<EOF>\", near: \"\""},
        {"a,", "Invalid ProjectionExpression: Syntax error; token: \"<EOF>\", near: \",\""},
        {"a b", "Invalid ProjectionExpression: Syntax error; token: \"b\", near: \"a b\""},
        {"a[-1]", "Invalid ProjectionExpression: Syntax error; token: \"-\", near: \"[-1\""},
        {"a[:i]", "Invalid ProjectionExpression: Syntax error; token: \":i\", near: \"[:i]\""},
        {"a[#i]", "Invalid ProjectionExpression: Syntax error; token: \"#i\", near: \"[#i]\""},
        {"a[1.5]", "Invalid ProjectionExpression: Syntax error; token: \".\", near: \"1.5\""},
        {"a  .  [1]", "Invalid ProjectionExpression: Syntax error; token: \"[\", near: \".  [1\""},
        {"(a)", "Invalid ProjectionExpression: Syntax error; token: \"(\", near: \"(a\""},
        {"size(a)", "Invalid ProjectionExpression: Syntax error; token: \"(\", near: \"size(a\""},
        {"a, :v", "Invalid ProjectionExpression: Syntax error; token: \":v\", near: \", :v\""},
        {"caf\xC3\xA9", "Invalid ProjectionExpression: Syntax error; token: \"\xC3\xA9\", near: \"caf\xC3\xA9\""},
        {"a, Name", "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: Name"},
        {"a.name", "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: name"},
        {"and", "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: and"},
        {"#missing, name",
            "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: name"},
        {"a, a, #x, #y", "Invalid ProjectionExpression: An expression attribute name used in the document path is not "
                         "defined; attribute name: #x"},
        {"a[99999999999999]",
            "Invalid ProjectionExpression: List index is not within the allowable range; index: [99999999999999]"},
        {"a[2147483648]",
            "Invalid ProjectionExpression: List index is not within the allowable range; index: [2147483648]"},
    };

    for (size_t i = 0; i < ROWS(rows); i++)
        CHECK(line_is(rows[i][0], projection_result(ITEM, rows[i][0], NULL), rows[i][1]));
}

/* "a.a.a" of `elements` elements. */
static const char *deep_path(int elements)
{
    char *text = arena_alloc(arena, (size_t)elements * 2);

    for (int i = 0; i < elements; i++) {
        text[i * 2] = 'a';
        text[i * 2 + 1] = i + 1 < elements ? '.' : 0;
    }
    return text;
}

TEST(expr, a_path_has_at_most_32_elements)
{
    CHECK(line_is("32", projection_result("{}", deep_path(32), NULL), "{}"));
    CHECK(line_is("33", projection_result("{}", deep_path(33), NULL),
        "Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 33"));
    CHECK(line_is("2000", projection_result("{}", deep_path(2000), NULL),
        "Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 2000"));
}

TEST(expr, a_projection_of_names_serves_index_projections)
{
    struct slice names[] = {SLICE_LIT("b"), SLICE_LIT("a.b"), SLICE_LIT("a")};
    struct expr_projection *projection = expr_projection_of_names(arena, names, 3);
    struct slice body =
        expr_projection_apply(projection, notation_read("{a: 1, b: [2], 'a.b': 3, c: 4}", arena), arena);
    const struct expr_path *paths;

    CHECK(line_is("names", notation_print(body, arena), "{a:1,a.b:3,b:[2]}"));
    CHECK_EQ(expr_projection_paths(projection, &paths), 3);
    CHECK(line_is("written order", text_of(expr_path_text(&paths[0], arena)), "[b]"));
    projection = expr_projection_of_names(arena, names, 0);
    CHECK(line_is("none", notation_print(expr_projection_apply(projection, body, arena), arena), "{}"));
}

TEST(expr, a_thousand_paths_are_checked_and_applied)
{
    struct buf text, item;

    buf_init(&text, arena, 8192);
    buf_init(&item, arena, 1 << 16);
    buf_printf(&item, "{");
    for (int i = 999; i >= 0; i--) {
        buf_printf(&text, "%sa%d", i == 999 ? "" : ",", i % 1000);
        if (text.n > 4000)
            break;
        buf_printf(&item, "%sa%d:%d", i == 999 ? "" : ",", i % 1000, i);
    }
    buf_printf(&item, "}");
    buf_byte(&text, 0);
    buf_byte(&item, 0);
    CHECK(projection_result((const char *)item.p, (const char *)text.p, NULL)[0] == '{');
    CHECK(strlen(projection_result((const char *)item.p, (const char *)text.p, NULL)) == item.n - 1);
}

TEST_MAIN()
