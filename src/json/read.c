/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The reader's colder half: escapes and UTF-8, numbers, skipping, nesting. The hot half is inline in json.h.
 *
 * A string is looked at sixteen bytes at a time until something other than plain ASCII comes; only then is it walked
 * byte by byte: once to check it and find its end, and once more to unescape it when there was an escape. What is
 * refused: control bytes, invalid UTF-8 (overlong forms and surrogates included), lone surrogate escapes, unknown
 * escapes, numbers with leading zeros, anything after the value.
 *
 * json_skip keeps its nesting as one bit a level (object or array), so its stack is 64 bytes whatever the text.
 */
#include "json/json.h"

#include <stdlib.h>

#include "base/assert.h"
#include "base/limits.h"
#include "os/fiber.h"

void json_init(struct json_reader *r, struct slice text, struct arena *arena)
{
    *r = (struct json_reader){.p = text.p, .end = text.p + text.n, .arena = arena, .breathed = text.p};
}

void json_breathe_slow(struct json_reader *r)
{
    size_t bytes = (size_t)(r->p - r->breathed);

    r->breathed = r->p;
    if (r->self != NULL)
        fiber_breathe(r->self, bytes);
}

__attribute__((cold)) bool json_fail(struct json_reader *r)
{
    r->failed = true;
    r->p = r->end;
    return false;
}

const uint8_t *json_plain_end_slow(const uint8_t *p, const uint8_t *end)
{
    while (p < end && *p != '"' && *p != '\\' && *p >= ' ' && *p < 0x80)
        p++;
    return p;
}

/* ---- strings ---- */

static bool continues(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

/* Bytes of the well-formed UTF-8 sequence beyond ASCII at p, or 0. */
static size_t utf8_bytes(const uint8_t *p, size_t n)
{
    uint8_t lead = p[0];

    if (lead >= 0xc2 && lead <= 0xdf)
        return n >= 2 && continues(p[1]) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        uint8_t from = lead == 0xe0 ? 0xa0 : 0x80, to = lead == 0xed ? 0x9f : 0xbf;

        return n >= 3 && p[1] >= from && p[1] <= to && continues(p[2]) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        uint8_t from = lead == 0xf0 ? 0x90 : 0x80, to = lead == 0xf4 ? 0x8f : 0xbf;

        return n >= 4 && p[1] >= from && p[1] <= to && continues(p[2]) && continues(p[3]) ? 4 : 0;
    }
    return 0;
}

/* The value of four hex digits, or -1. */
static int32_t hex4(const uint8_t *p, size_t n)
{
    int32_t v = 0;

    if (n < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        uint8_t c = p[i];

        if (c >= '0' && c <= '9')
            v = v * 16 + (c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            v = v * 16 + ((c | 0x20) - 'a' + 10);
        else
            return -1;
    }
    return v;
}

/* Reads the escape at p (a backslash): its length, or 0 when it is bad; the code point in *ret. */
static size_t escape_read(const uint8_t *p, size_t n, uint32_t *ret)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    const char *letter;
    int32_t high, low;

    if (n < 2 || p[1] == 0)
        return 0;
    if (p[1] != 'u') {
        letter = strchr(letters, p[1]);
        if (letter == NULL)
            return 0;
        *ret = (uint8_t)meanings[letter - letters];
        return 2;
    }
    high = hex4(p + 2, n - 2);
    if (high < 0 || (high >= 0xdc00 && high <= 0xdfff))
        return 0;
    *ret = (uint32_t)high;
    if (high < 0xd800 || high > 0xdbff)
        return 6;
    if (n < 12 || p[6] != '\\' || p[7] != 'u')
        return 0;
    low = hex4(p + 8, n - 8);
    if (low < 0xdc00 || low > 0xdfff)
        return 0;
    *ret = 0x10000 + ((uint32_t)(high - 0xd800) << 10) + (uint32_t)(low - 0xdc00);
    return 12;
}

static size_t utf8_write(uint32_t point, uint8_t *to)
{
    if (point < 0x80) {
        to[0] = (uint8_t)point;
        return 1;
    }
    if (point < 0x800) {
        to[0] = (uint8_t)(0xc0 | point >> 6);
        to[1] = (uint8_t)(0x80 | (point & 0x3f));
        return 2;
    }
    if (point < 0x10000) {
        to[0] = (uint8_t)(0xe0 | point >> 12);
        to[1] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
        to[2] = (uint8_t)(0x80 | (point & 0x3f));
        return 3;
    }
    to[0] = (uint8_t)(0xf0 | point >> 18);
    to[1] = (uint8_t)(0x80 | (point >> 12 & 0x3f));
    to[2] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
    to[3] = (uint8_t)(0x80 | (point & 0x3f));
    return 4;
}

/* The text of [start, end), already checked, without its escapes. It never grows: \u0000 is six bytes for one. */
static struct slice unescape(struct arena *arena, const uint8_t *start, const uint8_t *end)
{
    uint8_t *text = arena_alloc(arena, (size_t)(end - start)), *to = text;
    const uint8_t *p = start;

    while (p < end) {
        const uint8_t *backslash = memchr(p, '\\', (size_t)(end - p));
        size_t run = (size_t)((backslash == NULL ? end : backslash) - p);
        uint32_t point;

        memcpy(to, p, run);
        to += run;
        p += run;
        if (backslash == NULL)
            break;
        p += escape_read(p, (size_t)(end - p), &point);
        to += utf8_write(point, to);
    }
    return slice_of(text, (size_t)(to - text));
}

/* The rest of json_string: `at` is the first byte that is not plain. */
bool json_string_slow(struct json_reader *r, const uint8_t *start, const uint8_t *at, struct slice *ret)
{
    bool escaped = false;

    while (at < r->end && *at != '"') {
        size_t left = (size_t)(r->end - at), n;
        uint32_t point;

        if (*at == '\\') {
            n = escape_read(at, left, &point);
            escaped = true;
        } else {
            n = utf8_bytes(at, left);
        }
        if (n == 0)
            return json_fail(r);
        at += n;
        if (at < r->end && *at < 0x80)
            at = json_plain_end(at, r->end);
    }
    if (at == r->end)
        return json_fail(r);
    r->p = at + 1;
    if (!escaped || r->arena == NULL)
        *ret = slice_of(start, (size_t)(at - start));
    else
        *ret = unescape(r->arena, start, at);
    return true;
}

/* ---- other scalars ---- */

static const uint8_t *digits_end(const uint8_t *p, const uint8_t *end)
{
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

bool json_number(struct json_reader *r, struct slice *ret_text, bool *ret_integer)
{
    const uint8_t *p = r->p, *end = r->end, *digits;
    bool integer = true;

    p += p < end && *p == '-';
    digits = p;
    p = digits_end(p, end);
    if (p == digits || (*digits == '0' && p > digits + 1))
        return json_fail(r);
    if (p < end && *p == '.') {
        integer = false;
        digits = ++p;
        p = digits_end(p, end);
        if (p == digits)
            return json_fail(r);
    }
    if (p < end && (*p | 0x20) == 'e') {
        integer = false;
        p++;
        p += p < end && (*p == '+' || *p == '-');
        digits = p;
        p = digits_end(p, end);
        if (p == digits)
            return json_fail(r);
    }
    *ret_text = slice_of(r->p, (size_t)(p - r->p));
    *ret_integer = integer;
    r->p = p;
    return true;
}

bool json_literal(struct json_reader *r)
{
    static const struct slice literals[] = {SLICE_LIT("true"), SLICE_LIT("false"), SLICE_LIT("null")};

    for (size_t i = 0; i < 3; i++) {
        if (slice_starts_with(slice_of(r->p, (size_t)(r->end - r->p)), literals[i])) {
            r->p += literals[i].n;
            return true;
        }
    }
    return json_fail(r);
}

int64_t json_number_to_int(struct slice text, bool integer)
{
    bool negative = text.n != 0 && text.p[0] == '-';
    int64_t v = 0;

    if (!integer) {
        double d = json_number_to_double(text);

        if (d >= 9223372036854775807.0)
            return INT64_MAX;
        return d <= -9223372036854775808.0 ? INT64_MIN : (int64_t)d;
    }
    for (size_t i = negative; i < text.n; i++) {
        int digit = text.p[i] - '0';

        if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v))
            return negative ? INT64_MIN : INT64_MAX;
    }
    if (negative)
        return v;
    return v == INT64_MIN ? INT64_MAX : -v;
}

double json_number_to_double(struct slice text)
{
    char copy[512];
    size_t n = text.n < sizeof(copy) - 1 ? text.n : sizeof(copy) - 1; /* further digits are beyond any double */

    memcpy(copy, text.p, n);
    copy[n] = 0;
    return strtod(copy, NULL);
}

/* ---- nesting ---- */

bool json_enter(struct json_reader *r)
{
    ASSERT(r->p < r->end);
    if (r->depth == JSON_DEPTH_MAX)
        return json_fail(r);
    r->depth++;
    r->p++;
    return true;
}

static bool scalar_skip(struct json_reader *r, enum json_kind kind)
{
    struct slice text;
    bool integer;

    switch (kind) {
    case JSON_STRING: {
        struct arena *arena = r->arena;
        bool good;

        r->arena = NULL; /* the text is not wanted */
        good = json_string(r, &text);
        r->arena = arena;
        return good;
    }
    case JSON_NUMBER:
        return json_number(r, &text, &integer);
    case JSON_TRUE:
    case JSON_FALSE:
    case JSON_NULL:
        return json_literal(r);
    default:
        return json_fail(r);
    }
}

bool json_skip(struct json_reader *r)
{
    uint64_t objects[JSON_DEPTH_MAX / 64 + 1] = {0}; /* bit d: the value open at depth d is an object */
    uint32_t base = r->depth;

    for (;;) {
        enum json_kind kind;
        bool first = false, more = false;

        json_breathe(r);
        kind = json_kind(r);
        if (kind == JSON_OBJECT || kind == JSON_ARRAY) {
            if (!json_enter(r))
                return false;
            objects[r->depth / 64] &= ~(1ull << r->depth % 64);
            objects[r->depth / 64] |= (uint64_t)(kind == JSON_OBJECT) << r->depth % 64;
            first = true;
        } else if (!scalar_skip(r, kind)) {
            return false;
        }
        /* close what ends here, until something has a next value */
        while (r->depth > base && !more) {
            if (objects[r->depth / 64] >> r->depth % 64 & 1) {
                struct arena *arena = r->arena;
                struct slice name;

                r->arena = NULL;
                more = json_member(r, &first, &name);
                r->arena = arena;
            } else {
                more = json_element(r, &first);
            }
            if (r->failed)
                return false;
        }
        if (!more)
            return true;
    }
}

bool json_end(struct json_reader *r)
{
    json_space(r);
    return !r->failed && r->p == r->end;
}

bool json_valid(struct slice text)
{
    struct json_reader r;

    json_init(&r, text, NULL);
    return text.n != 0 && json_skip(&r) && json_end(&r);
}
