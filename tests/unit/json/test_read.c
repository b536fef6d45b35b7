/* SPDX-License-Identifier: Apache-2.0 */
/* What the reader takes for JSON and what it does not, class by class of RFC 8259, and the texts and numbers it hands
 * out. */
#include "test.h"

#include "base/limits.h"
#include "json/json.h"

#define COUNT(array_) (sizeof(array_) / sizeof((array_)[0]))

static struct slice repeat(
    struct arena *arena, const char *before, uint32_t times, const char *middle, const char *after)
{
    struct buf text;

    buf_init(&text, arena, 1 << 24);
    for (uint32_t i = 0; i < times; i++)
        buf_append(&text, before, strlen(before));
    buf_append(&text, middle, strlen(middle));
    for (uint32_t i = 0; i < times; i++)
        buf_append(&text, after, strlen(after));
    return buf_view(&text);
}

TEST(json, well_formed_texts_are_accepted)
{
    static const char *const good[] = {"{}", "[]", "0", "-0", "-1", "10", "1.5", "0.0", "1e5", "1E+5", "1e-5", "1.5e10",
        "true", "false", "null", "\"\"", "\"a\"", " \t\r\n{ \"a\" : [ 1 , { } , [ ] , \"x\" ] } \n", "[[[[]]]]",
        "{\"a\":{\"b\":{\"c\":null}}}", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0000\"", "\"\\u00e9\"",
        "\"\\uD83D\\uDE00\"", "\"\\ud83d\\ude00\"", "\"\x7f\"", "\"/\"", "\"\xc3\xa9\"", "\"\xe0\xa0\x80\"",
        "\"\xed\x9f\xbf\"", "\"\xee\x80\x80\"", "\"\xef\xbf\xbf\"", "\"\xf0\x90\x80\x80\"", "\"\xf4\x8f\xbf\xbf\"",
        "{\"a\":1,\"a\":2}", "{\"\":1}", "[1,2,3]", "123456789012345678901234567890",
        "\"0123456789abcdef0123456789abcdef\""};

    for (size_t i = 0; i < COUNT(good); i++) {
        if (!json_valid(slice_from_cstr(good[i])))
            printf("refused: %s\n", good[i]);
        CHECK(json_valid(slice_from_cstr(good[i])));
    }
}

TEST(json, anything_else_is_refused)
{
    static const char *const bad[] = {"", " ", "{", "}", "[", "]", "{]", "[}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{,}", "{\"a\" 1}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "[,]", "[1,]", "[,1]", "[1 2]", "[1,,2]", "1 2",
        "{}{}", "[] x", "nul", "nulll", "tru", "True", "NaN", "Infinity", "-Infinity", "01", "-01", "00", "-", "+1",
        ".5", "1.", "1.e5", "1e", "1e+", "1.5.5", "0x10", "1_000", "--1", "\"", "\"a", "\"\\", "\"\\x41\"", "\"\\u12\"",
        "\"\\u12g4\"", "\"\\U0041\"", "\"\\u\"", "\"\\'\"", "\"\n\"", "\"\t\"", "\"\x01\"", "\"\x1f\"", "\"\\ud800\"",
        "\"\\udc00\"", "\"\\ud800x\"", "\"\\ud800\\u0041\"", "\"\\ud800\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\ud83d\\ude0\"", "\"\x80\"", "\"\xbf\"", "\"\xc0\x80\"", "\"\xc1\xbf\"", "\"\xc3\"", "\"\xc3(\"",
        "\"\xe0\x80\x80\"", "\"\xe0\x9f\xbf\"", "\"\xe2\x82\"", "\"\xed\xa0\x80\"", "\"\xed\xbf\xbf\"",
        "\"\xf0\x80\x80\x80\"", "\"\xf0\x8f\xbf\xbf\"", "\"\xf4\x90\x80\x80\"", "\"\xf5\x80\x80\x80\"", "\"\xff\"",
        "\"\xfe\"", "\"\xf0\x90\x80\"", "\xef\xbb\xbf{}", "// c\n{}", "{}/**/", "[1]\v", "\f[]", "\xc2\xa0[]",
        "{\"a\":1]", "[1}", "\"0123456789abcdef\x01\"", "\"0123456789abcdef\xff\""};

    for (size_t i = 0; i < COUNT(bad); i++) {
        if (json_valid(slice_from_cstr(bad[i])))
            printf("accepted: %s\n", bad[i]);
        CHECK(!json_valid(slice_from_cstr(bad[i])));
    }
    CHECK(!json_valid(SLICE_LIT("\"\0\"")));
    CHECK(!json_valid(SLICE_LIT("\"\\\0\"")));
    CHECK(!json_valid(SLICE_LIT("{}\0")));
}

TEST(json, every_prefix_of_a_text_is_refused)
{
    struct slice text = SLICE_LIT("{\"a\":[1.5e3,true,null,\"x\\u00e9\xe2\x82\xac\",{\"b\":false}]}");

    CHECK(json_valid(text));
    for (size_t n = 0; n < text.n; n++)
        CHECK(!json_valid(slice_of(text.p, n)));
}

TEST(json, nesting_is_bounded)
{
    struct arena *arena = arena_create(1 << 16);

    CHECK(json_valid(repeat(arena, "[", JSON_DEPTH_MAX, "", "]")));
    CHECK(!json_valid(repeat(arena, "[", JSON_DEPTH_MAX + 1, "", "]")));
    CHECK(json_valid(repeat(arena, "{\"a\":", JSON_DEPTH_MAX, "1", "}")));
    CHECK(!json_valid(repeat(arena, "{\"a\":", JSON_DEPTH_MAX + 1, "1", "}")));
    CHECK(json_valid(repeat(arena, "[{\"a\":", JSON_DEPTH_MAX / 2, "1", "}]")));
    CHECK(!json_valid(repeat(arena, "[{\"a\":", JSON_DEPTH_MAX / 2 + 1, "1", "}]")));
    CHECK(!json_valid(repeat(arena, "[", 1000000, "", "")));
    arena_destroy(arena);
}

static struct slice string_of(struct arena *arena, const char *text)
{
    struct json_reader r;
    struct slice got = {0};

    json_init(&r, slice_from_cstr(text), arena);
    CHECK(json_kind(&r) == JSON_STRING);
    CHECK(json_string(&r, &got));
    CHECK(json_end(&r));
    return got;
}

TEST(json, strings_come_without_their_escapes)
{
    static const struct {
        const char *text, *means;
    } rows[] = {{"\"\"", ""}, {"\"plain\"", "plain"}, {"\"a\\\"b\"", "a\"b"}, {"\"\\\\\\/\"", "\\/"},
        {"\"\\b\\f\\n\\r\\t\"", "\b\f\n\r\t"},
        {"\"\\u0041\\u00e9\\u20ac\\uD83D\\uDE00\"", "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"},
        {"\"\xe2\x82\xac\"", "\xe2\x82\xac"},
        {"\"0123456789abcdefghij\\n0123456789abcdefghij\"", "0123456789abcdefghij\n0123456789abcdefghij"},
        {"\"0123456789abcdef\xe2\x82\xac 0123456789abcdef\"", "0123456789abcdef\xe2\x82\xac 0123456789abcdef"}};
    struct arena *arena = arena_create(1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK(slice_is(string_of(arena, rows[i].text), rows[i].means));
    CHECK_EQ(string_of(arena, "\"\\u0000\"").n, 1);
    arena_destroy(arena);
}

TEST(json, a_string_without_escapes_is_a_piece_of_the_input)
{
    struct slice text = SLICE_LIT("\"caf\xc3\xa9 and more than sixteen bytes\""), got;
    struct json_reader r;

    json_init(&r, text, NULL);
    CHECK(json_string(&r, &got));
    CHECK(got.p == text.p + 1 && got.n == text.n - 2);
}

TEST(json, plain_text_ends_at_the_right_byte_wherever_it_is)
{
    uint8_t text[70];

    for (size_t at = 0; at < 64; at++) {
        memset(text, 'x', sizeof(text));
        text[at] = at % 4 == 0 ? '"' : at % 4 == 1 ? '\\' : at % 4 == 2 ? 0x1f : 0x80;
        CHECK(json_plain_end(text, text + 64) == text + at);
    }
    memset(text, 0x7f, sizeof(text));
    CHECK(json_plain_end(text, text + 64) == text + 64);
}

TEST(json, numbers_become_integers_by_dropping_the_fraction)
{
    static const struct {
        const char *text;
        bool integer;
        int64_t v;
    } rows[] = {{"0", true, 0}, {"-0", true, 0}, {"7", true, 7}, {"-12", true, -12},
        {"9223372036854775807", true, INT64_MAX}, {"9223372036854775808", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN}, {"-9223372036854775809", true, INT64_MIN},
        {"99999999999999999999999", true, INT64_MAX}, {"1.9", false, 1}, {"-1.9", false, -1}, {"0.9", false, 0},
        {"1e2", false, 100}, {"1e300", false, INT64_MAX}, {"-1e300", false, INT64_MIN}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct json_reader r;
        struct slice text;
        bool integer;

        json_init(&r, slice_from_cstr(rows[i].text), NULL);
        CHECK(json_kind(&r) == JSON_NUMBER);
        CHECK(json_number(&r, &text, &integer));
        CHECK_EQ(integer, rows[i].integer);
        CHECK_EQ(json_number_to_int(text, integer), rows[i].v);
    }
    CHECK(json_number_to_double(SLICE_LIT("1791506149.206")) == 1791506149.206);
}

TEST(json, members_and_elements_are_walked)
{
    struct json_reader r;
    struct slice name, text;
    bool first = true, first_inside = true;

    json_init(&r, SLICE_LIT(" { \"a\" : [ \"x\" , \"y\" ] , \"b\" : null } "), NULL);
    CHECK(json_kind(&r) == JSON_OBJECT && json_enter(&r));
    CHECK(json_member(&r, &first, &name) && slice_is(name, "a"));
    CHECK(json_kind(&r) == JSON_ARRAY && json_enter(&r));
    CHECK(json_element(&r, &first_inside) && json_string(&r, &text) && slice_is(text, "x"));
    CHECK(json_element(&r, &first_inside) && json_string(&r, &text) && slice_is(text, "y"));
    CHECK(!json_element(&r, &first_inside) && !r.failed);
    CHECK(json_member(&r, &first, &name) && slice_is(name, "b"));
    CHECK(json_kind(&r) == JSON_NULL && json_literal(&r));
    CHECK(!json_member(&r, &first, &name) && !r.failed);
    CHECK_EQ(r.depth, 0);
    CHECK(json_end(&r));
}

TEST(json, failure_is_sticky)
{
    struct json_reader r;
    struct slice name;
    bool first = true;

    json_init(&r, SLICE_LIT("{\"a\" 1}"), NULL);
    CHECK(json_enter(&r));
    CHECK(!json_member(&r, &first, &name));
    CHECK(r.failed);
    CHECK(json_kind(&r) == JSON_BAD);
    CHECK(!json_string(&r, &name));
    CHECK(!json_skip(&r));
    CHECK(!json_end(&r));
}

TEST_MAIN()
