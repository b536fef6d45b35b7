/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"

/*
 * A bounded pull reader over one JSON text in memory (RFC 8259 to the letter), and the pieces of a writer.
 *
 * The caller asks for what it expects next: json_kind looks, json_enter / json_member / json_element walk into objects
 * and arrays, json_string / json_number / json_literal take scalars, json_skip passes over anything. There is no tree
 * and no recursion; the caller's own nesting is bounded by JSON_DEPTH_MAX, which json_enter counts.
 *
 * Failure is sticky: once the text is not JSON (or too deep), `failed` is set, json_kind says JSON_BAD and all others
 * return false. Strings are slices of the input, or of the arena when they held escapes. Not thread safe; pure.
 *
 * A fiber that reads megabytes must let others run (os/fiber.h): with `self` set after json_init, json_skip gives way
 * by itself, and callers do in their own loops, by json_breathe.
 */
struct fiber;

#define JSON_BREATH_BYTES ((ptrdiff_t)16 << 10)

struct json_reader {
    const uint8_t *p, *end;
    struct arena *arena; /* borrowed: for unescaped strings; may be NULL when only json_skip is used */
    uint32_t depth;
    bool failed;
    struct fiber *self; /* who reads, to give way in a long text; NULL: nobody waits */
    const uint8_t *breathed;
};

enum json_kind { JSON_BAD, JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

void json_init(struct json_reader *r, struct slice text, struct arena *arena);

/* Takes `{` or `[`, whichever comes next as json_kind has said. False beyond JSON_DEPTH_MAX. */
bool json_enter(struct json_reader *r);
/* Takes a number: its text, and whether it is an integer (no fraction, no exponent). */
bool json_number(struct json_reader *r, struct slice *ret_text, bool *ret_integer);
/* Takes true, false or null, as json_kind has said. */
bool json_literal(struct json_reader *r);
/* Passes over one value of any kind, checking it in full. */
bool json_skip(struct json_reader *r);
/* True when nothing but white space is left. */
bool json_end(struct json_reader *r);
/* True when the text is one well-formed value no deeper than JSON_DEPTH_MAX. */
bool json_valid(struct slice text);

/* The whole part of a number's text, saturated at the ends of 64 bits. */
int64_t json_number_to_int(struct slice text, bool integer);
double json_number_to_double(struct slice text);

/* ---- the hot path, inline ---- */

void json_breathe_slow(struct json_reader *r);
/* Between two values. Nothing in a short text. */
static inline void json_breathe(struct json_reader *r)
{
    if (r->p - r->breathed >= JSON_BREATH_BYTES)
        json_breathe_slow(r);
}

/* First byte in [p, end) that ends a run of plain text: a quote, a backslash, a control byte or one beyond ASCII. */
const uint8_t *json_plain_end_slow(const uint8_t *p, const uint8_t *end);
bool json_string_slow(struct json_reader *r, const uint8_t *start, const uint8_t *at, struct slice *ret);
bool json_fail(struct json_reader *r);

#if defined(__SSE2__)
#include <emmintrin.h>
static inline const uint8_t *json_plain_end(const uint8_t *p, const uint8_t *end)
{
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), blank = _mm_set1_epi8(' ');

    for (; end - p >= 16; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        /* signed: bytes beyond ASCII are negative, so they count as below a blank */
        __m128i stop = _mm_or_si128(
            _mm_cmplt_epi8(bytes, blank), _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)));
        int mask = _mm_movemask_epi8(stop);

        if (mask != 0)
            return p + __builtin_ctz((unsigned)mask);
    }
    return json_plain_end_slow(p, end);
}
#else
static inline const uint8_t *json_plain_end(const uint8_t *p, const uint8_t *end)
{
    return json_plain_end_slow(p, end);
}
#endif

static inline void json_space(struct json_reader *r)
{
    if (r->p != r->end && r->p[0] > ' ')
        return;
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' || *r->p == '\t' || *r->p == '\r'))
        r->p++;
}

/* What comes next, after white space; takes nothing. */
static inline enum json_kind json_kind(struct json_reader *r)
{
    json_space(r);
    if (r->p == r->end)
        return JSON_BAD;
    switch (*r->p) {
    case '"':
        return JSON_STRING;
    case '{':
        return JSON_OBJECT;
    case '[':
        return JSON_ARRAY;
    case 't':
        return JSON_TRUE;
    case 'f':
        return JSON_FALSE;
    case 'n':
        return JSON_NULL;
    default:
        return *r->p == '-' || (*r->p >= '0' && *r->p <= '9') ? JSON_NUMBER : JSON_BAD;
    }
}

/* Takes a string (after white space): valid UTF-8 without escapes. */
static inline bool json_string(struct json_reader *r, struct slice *ret)
{
    const uint8_t *start, *at;

    json_space(r);
    if (r->p == r->end || *r->p != '"')
        return json_fail(r);
    start = r->p + 1;
    at = json_plain_end(start, r->end);
    if (at < r->end && *at == '"') {
        *ret = slice_of(start, (size_t)(at - start));
        r->p = at + 1;
        return true;
    }
    return json_string_slow(r, start, at, ret);
}

/* Takes one byte of punctuation after white space, if it comes next. */
static inline bool json_take(struct json_reader *r, uint8_t byte)
{
    if (r->p < r->end && *r->p == byte) {
        r->p++;
        return true;
    }
    json_space(r);
    if (r->p < r->end && *r->p == byte) {
        r->p++;
        return true;
    }
    return false;
}

/*
 * The next member of the object entered: takes its name and the colon; the value comes next. False at the end of the
 * object (taken) or when the text is bad. *first is true before the first member.
 */
static inline bool json_member(struct json_reader *r, bool *first, struct slice *ret_name)
{
    if (*first) {
        *first = false;
        if (json_take(r, '}')) {
            r->depth--;
            return false;
        }
    } else if (!json_take(r, ',')) {
        if (!json_take(r, '}'))
            return json_fail(r);
        r->depth--;
        return false;
    }
    if (!json_string(r, ret_name))
        return false;
    return json_take(r, ':') || json_fail(r);
}

/* The next element of the array entered comes next. False at the end of the array (taken) or when the text is bad. */
static inline bool json_element(struct json_reader *r, bool *first)
{
    if (*first) {
        *first = false;
        if (json_take(r, ']')) {
            r->depth--;
            return false;
        }
        return !r->failed;
    }
    if (json_take(r, ','))
        return true;
    if (!json_take(r, ']'))
        return json_fail(r);
    r->depth--;
    return false;
}

/* ---- writing ---- */
/* Copies a text that needs no escapes to `to`, so that a caller may write it together with what stands around it.
 * False: it needs some, and what is at `to` is of no use. */
bool json_copy_plain(uint8_t *to, struct slice text);
/* A string with its quotes: UTF-8 as it is, escapes only where JSON needs them. */
void json_write_string(struct buf *out, struct slice text);
void json_write_int(struct buf *out, int64_t v);
/* Always with a fraction, the shortest that reads back: 0.5, 1.0. */
void json_write_double(struct buf *out, double v);
