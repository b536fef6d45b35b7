/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Writing JSON. Errors are the buffer's: sticky, asked once at the end. Text inside the server is valid UTF-8 (the
 * reader saw to it), so only quotes, backslashes and control bytes are escaped.
 */
#include "json/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/copy.h"

/* True when a byte of the word is a quote, a backslash or a control byte. */
static bool word_has_escape(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101u, highs = ones << 7;
    uint64_t quote = word ^ ones * '"', backslash = word ^ ones * '\\';
    uint64_t found = (word - ones * ' ') & ~word;

    found |= (quote - ones) & ~quote;
    found |= (backslash - ones) & ~backslash;
    return (found & highs) != 0;
}

/* Names and small texts: looked at in two overlapping words. */
static bool short_has_escape(const uint8_t *p, size_t n)
{
    const uint64_t blanks = 0x2020202020202020u;
    uint64_t first = blanks, last = blanks;

    if (n >= 8) {
        memcpy(&first, p, 8);
        memcpy(&last, p + n - 8, 8);
    } else {
        copy_short((uint8_t *)&first, p, n);
    }
    return word_has_escape(first) || word_has_escape(last);
}

#if defined(__SSE2__)
/* Bit i: byte i of the sixteen must be escaped. */
static unsigned escapes_of_16(const uint8_t *p)
{
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1f);
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes);

    return (unsigned)_mm_movemask_epi8(
        _mm_or_si128(controls, _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash))));
}
#endif

/* First byte that must be escaped. Bytes beyond ASCII pass. */
static const uint8_t *escape_find(const uint8_t *p, const uint8_t *end)
{
#if defined(__SSE2__)
    if (end - p >= 16) {
        unsigned found;

        for (; end - p > 16; p += 16) {
            found = escapes_of_16(p);
            if (found != 0)
                return p + __builtin_ctz(found);
        }
        found = escapes_of_16(end - 16); /* what it sees again is known to be good */
        return found == 0 ? end : end - 16 + __builtin_ctz(found);
    }
#endif
    if (end - p <= 16 && p < end && !short_has_escape(p, (size_t)(end - p)))
        return end;
    while (p < end && *p != '"' && *p != '\\' && *p >= ' ')
        p++;
    return p;
}

static void escape_write(struct buf *out, uint8_t byte)
{
    static const char letters[] = "\"\\bfnrt", meanings[] = "\"\\\b\f\n\r\t", hex[] = "0123456789abcdef";
    const char *meaning = byte == 0 ? NULL : strchr(meanings, byte);
    char text[6] = {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};

    if (meaning == NULL) {
        buf_append(out, text, 6);
        return;
    }
    text[1] = letters[meaning - meanings];
    buf_append(out, text, 2);
}

bool json_is_plain(struct slice text)
{
    return escape_find(text.p, text.p + text.n) == text.p + text.n;
}

void json_write_string(struct buf *out, struct slice text)
{
    const uint8_t *p = text.p, *end = text.p + text.n, *stop = escape_find(p, end);

    if (stop == end) {
        uint8_t *to = buf_reserve(out, text.n + 2);

        if (to == NULL)
            return;
        *to = '"';
        copy_short(to + 1, p, text.n);
        to[text.n + 1] = '"';
        out->n += text.n + 2;
        return;
    }
    buf_byte(out, '"');
    while (stop < end) {
        buf_append(out, p, (size_t)(stop - p));
        escape_write(out, *stop);
        p = stop + 1;
        stop = escape_find(p, end);
    }
    buf_append(out, p, (size_t)(end - p));
    buf_byte(out, '"');
}

void json_write_int(struct buf *out, int64_t v)
{
    char text[24];
    size_t at = sizeof(text);
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (v < 0)
        text[--at] = '-';
    buf_append(out, text + at, sizeof(text) - at);
}

void json_write_double(struct buf *out, double v)
{
    char text[40];
    int n = 0;

    if (fabs(v) < 1e15 && v * 2 == (double)(int64_t)(v * 2)) { /* halves: capacity units */
        if (signbit(v))
            buf_byte(out, '-');
        json_write_int(out, (int64_t)fabs(v));
        buf_append(out, fabs(v) == (double)(int64_t)fabs(v) ? ".0" : ".5", 2);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        n = snprintf(text, sizeof(text), "%.*g", digits, v);
        if (strtod(text, NULL) == v)
            break;
    }
    buf_append(out, text, (size_t)n);
    if (strpbrk(text, ".en") == NULL)
        BUF_LIT(out, ".0");
}
