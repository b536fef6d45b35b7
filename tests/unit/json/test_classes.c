/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The reader against a recogniser of its own, written from the grammar of RFC 8259 in its plainest form: every short
 * text over an alphabet of tokens, every short number, every byte in a string, every escape, every sequence of UTF-8 at
 * the edges of its ranges. What both must say is said by both, so a class that somebody forgot is here all the same.
 *
 * Of what the grammar lets a reader choose, this one refuses lone surrogates and a byte order mark, and nesting beyond
 * JSON_DEPTH_MAX.
 */
#include "test.h"

#include <string.h>

#include "base/limits.h"
#include "json/json.h"

/* ---- the grammar ---- */

struct text {
    const uint8_t *p, *end;
};

static void blanks(struct text *t)
{
    while (t->p < t->end && strchr(" \t\n\r", *t->p) != NULL && *t->p != 0)
        t->p++;
}

static bool one_of(struct text *t, const char *set)
{
    if (t->p == t->end || *t->p == 0 || strchr(set, *t->p) == NULL)
        return false;
    t->p++;
    return true;
}

static bool digits(struct text *t)
{
    if (!one_of(t, "0123456789"))
        return false;
    while (one_of(t, "0123456789"))
        ;
    return true;
}

static bool number(struct text *t)
{
    (void)one_of(t, "-");
    if (!one_of(t, "0") && !digits(t))
        return false;
    if (one_of(t, ".") && !digits(t))
        return false;
    if (one_of(t, "eE")) {
        (void)one_of(t, "+-");
        return digits(t);
    }
    return true;
}

static bool four_hex(struct text *t, uint32_t *ret)
{
    *ret = 0;
    for (int i = 0; i < 4; i++, t->p++) {
        if (t->p == t->end || *t->p == 0 || strchr("0123456789abcdefABCDEF", *t->p) == NULL)
            return false;
        *ret = *ret * 16 + (uint32_t)(*t->p <= '9' ? *t->p - '0' : (*t->p | 0x20) - 'a' + 10);
    }
    return true;
}

static bool escape(struct text *t)
{
    uint32_t unit, low;

    if (one_of(t, "\"\\/bfnrt"))
        return true;
    if (!one_of(t, "u") || !four_hex(t, &unit))
        return false;
    if (unit < 0xd800 || unit > 0xdfff)
        return true;
    return unit < 0xdc00 && one_of(t, "\\") && one_of(t, "u") && four_hex(t, &low) && low >= 0xdc00 && low <= 0xdfff;
}

/* A character beyond ASCII: Unicode 15, table 3-7. */
static bool beyond_ascii(struct text *t)
{
    static const uint8_t rows[][9] = {/* bytes, then from and to of each */
        {2, 0xc2, 0xdf, 0x80, 0xbf}, {3, 0xe0, 0xe0, 0xa0, 0xbf, 0x80, 0xbf}, {3, 0xe1, 0xec, 0x80, 0xbf, 0x80, 0xbf},
        {3, 0xed, 0xed, 0x80, 0x9f, 0x80, 0xbf}, {3, 0xee, 0xef, 0x80, 0xbf, 0x80, 0xbf},
        {4, 0xf0, 0xf0, 0x90, 0xbf, 0x80, 0xbf, 0x80, 0xbf}, {4, 0xf1, 0xf3, 0x80, 0xbf, 0x80, 0xbf, 0x80, 0xbf},
        {4, 0xf4, 0xf4, 0x80, 0x8f, 0x80, 0xbf, 0x80, 0xbf}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t n = rows[i][0], k = 0;

        while (k < n && t->p + k < t->end && t->p[k] >= rows[i][1 + 2 * k] && t->p[k] <= rows[i][2 + 2 * k])
            k++;
        if (k == n) {
            t->p += n;
            return true;
        }
    }
    return false;
}

static bool string(struct text *t)
{
    if (!one_of(t, "\""))
        return false;
    while (t->p < t->end && *t->p != '"') {
        if (*t->p < 0x20)
            return false;
        if (*t->p >= 0x80) {
            if (!beyond_ascii(t))
                return false;
        } else if (*t->p++ == '\\' && !escape(t)) {
            return false;
        }
    }
    return one_of(t, "\"");
}

static bool word(struct text *t, const char *text)
{
    size_t n = strlen(text);

    if ((size_t)(t->end - t->p) < n || memcmp(t->p, text, n) != 0)
        return false;
    t->p += n;
    return true;
}

static bool value(struct text *t);

static bool list(struct text *t, const char *end, bool named)
{
    blanks(t);
    if (one_of(t, end))
        return true;
    do {
        blanks(t);
        if (named) {
            if (!string(t))
                return false;
            blanks(t);
            if (!one_of(t, ":"))
                return false;
            blanks(t);
        }
        if (!value(t))
            return false;
        blanks(t);
    } while (one_of(t, ","));
    return one_of(t, end);
}

static bool value(struct text *t)
{
    if (t->p == t->end)
        return false;
    switch (*t->p) {
    case '{':
        t->p++;
        return list(t, "}", true);
    case '[':
        t->p++;
        return list(t, "]", false);
    case '"':
        return string(t);
    case 't':
        return word(t, "true");
    case 'f':
        return word(t, "false");
    case 'n':
        return word(t, "null");
    default:
        return number(t);
    }
}

static bool by_grammar(const uint8_t *p, size_t n)
{
    struct text t = {p, p + n};

    blanks(&t);
    if (!value(&t))
        return false;
    blanks(&t);
    return t.p == t.end;
}

/* ---- both ---- */

static bool agree(const void *bytes, size_t n)
{
    bool right = by_grammar(bytes, n);

    if (json_valid(slice_of(bytes, n)) == right)
        return true;
    printf("%s by the grammar: ", right ? "good" : "bad");
    for (size_t i = 0; i < n; i++)
        printf(((const uint8_t *)bytes)[i] >= 0x20 && ((const uint8_t *)bytes)[i] < 0x7f ? "%c" : "\\x%02x",
            ((const uint8_t *)bytes)[i]);
    printf("\n");
    return false;
}

/* Every text of up to `length` of these tokens; returns how many were tried. */
static uint32_t all_texts(const char *const *tokens, uint32_t count, uint32_t length)
{
    uint32_t places[16] = {0}, n = 0, tried = 0;
    char text[128];

    for (;;) {
        size_t bytes = 0;
        uint32_t i = 0;

        for (uint32_t k = 0; k < n; k++) {
            memcpy(text + bytes, tokens[places[k]], strlen(tokens[places[k]]));
            bytes += strlen(tokens[places[k]]);
        }
        CHECK(agree(text, bytes));
        tried++;
        while (i < n && ++places[i] == count)
            places[i++] = 0;
        if (i == n && n++ == length)
            return tried;
    }
}

TEST(json, every_short_text_of_tokens)
{
    static const char *const tokens[] = {"{", "}", "[", "]", ",", ":", "\"a\"", "1", " "};

    CHECK(all_texts(tokens, sizeof(tokens) / sizeof(tokens[0]), 6) > 500000);
}

TEST(json, every_short_number)
{
    static const char *const tokens[] = {"0", "1", "9", "-", "+", ".", "e", "E"};

    CHECK(all_texts(tokens, sizeof(tokens) / sizeof(tokens[0]), 6) > 250000);
}

TEST(json, every_short_string_of_escapes)
{
    static const char *const tokens[] = {"\"", "\\", "u", "d8", "00", "dC", "n", "g"};

    CHECK(all_texts(tokens, sizeof(tokens) / sizeof(tokens[0]), 6) > 250000);
}

TEST(json, literals_are_whole_and_alone)
{
    static const char *const tokens[] = {"true", "false", "null", "tru", "e", "n", "True", "NULL", "\x0b", "\f", "/**/",
        "//", "'", "\xef\xbb\xbf", "\xc2\xa0", "#"};

    CHECK(all_texts(tokens, sizeof(tokens) / sizeof(tokens[0]), 4) > 60000);
}

TEST(json, every_byte_and_every_pair_of_bytes_in_a_string)
{
    for (uint32_t pair = 0; pair < 65536; pair++) {
        uint8_t text[] = {'"', (uint8_t)pair, (uint8_t)(pair >> 8), '"'};

        CHECK(agree(text, sizeof(text)));
        CHECK(agree(text + 1, 2)); /* and anywhere */
    }
}

TEST(json, longer_characters_at_the_edges_of_their_ranges)
{
    static const uint8_t edges[] = {0x22, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1,
        0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
    const uint32_t n = sizeof(edges);

    for (uint32_t i = 0; i < n * n * n * n; i++) {
        uint8_t text[] = {'"', edges[i % n], edges[i / n % n], edges[i / n / n % n], edges[i / n / n / n], '"'};

        CHECK(agree(text, sizeof(text)));
    }
}

/* The fast paths look at sixteen bytes at once: each thing at each distance from the start and the end. */
TEST(json, whatever_it_is_it_is_seen_at_every_place)
{
    static const char *const things[] = {"\"", "\\", "\\n", "\\u0041", "\x01", "\x1f", "\x80", "\xc3\xa9",
        "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x7f", "\\ud83d\\ude00", "\\ud83d"};

    for (size_t k = 0; k < sizeof(things) / sizeof(things[0]); k++)
        for (size_t before = 0; before < 40; before++)
            for (size_t after = 0; after < 40; after++) {
                char text[128] = "\"";

                memset(text + 1, 'a', before);
                memcpy(text + 1 + before, things[k], strlen(things[k]) + 1);
                memset(text + strlen(text), 'b', after);
                (void)strcat(text, "\"");
                CHECK(agree(text, strlen(text)));
            }
}

TEST(json, nesting_ends_at_its_bound)
{
    static char text[2 * JSON_DEPTH_MAX + 4];

    for (size_t depth = JSON_DEPTH_MAX - 1; depth <= JSON_DEPTH_MAX + 1; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        CHECK_EQ(json_valid(slice_of(text, 2 * depth)), depth <= JSON_DEPTH_MAX);
        CHECK(!json_valid(slice_of(text, 2 * depth - 1)));
        CHECK(!json_valid(slice_of(text, depth)));
    }
}

TEST_MAIN()
