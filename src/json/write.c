/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Writing JSON. Errors are the buffer's: sticky, asked once at the end. Text inside the server is valid UTF-8 (the
 * reader saw to it), so only quotes, backslashes and control bytes are escaped.
 */
#include "json/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLANKS 0x2020202020202020u

/* ---- plain text: looked at and copied in one go ---- */

#if defined(__SSE2__)
/* Bytes that must be escaped are 0xff in the result. */
static inline __m128i escapes_of(__m128i bytes)
{
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1f);
    __m128i controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes);

    return _mm_or_si128(controls, _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)));
}

static inline __m128i move_16(uint8_t *to, const uint8_t *from)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)from);

    _mm_storeu_si128((__m128i *)(void *)to, bytes);
    return escapes_of(bytes);
}

/* The last sixteen overlap what came before. */
static inline bool copy_plain_16(uint8_t *to, const uint8_t *from, size_t n)
{
    __m128i found = _mm_setzero_si128();
    size_t at = 0;

    for (; at + 64 < n; at += 64) {
        found = _mm_or_si128(_mm_or_si128(move_16(to + at, from + at), move_16(to + at + 16, from + at + 16)),
            _mm_or_si128(move_16(to + at + 32, from + at + 32), move_16(to + at + 48, from + at + 48)));
        if (_mm_movemask_epi8(found) != 0)
            return false;
    }
    for (; at + 16 < n; at += 16)
        found = _mm_or_si128(found, move_16(to + at, from + at));
    found = _mm_or_si128(found, move_16(to + n - 16, from + n - 16));
    return _mm_movemask_epi8(found) == 0;
}

static inline bool pair_is_plain(uint64_t first, uint64_t last)
{
    return _mm_movemask_epi8(escapes_of(_mm_set_epi64x((int64_t)last, (int64_t)first))) == 0;
}
#else
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

static bool pair_is_plain(uint64_t first, uint64_t last)
{
    return !word_has_escape(first) && !word_has_escape(last);
}

static bool copy_plain_16(uint8_t *to, const uint8_t *from, size_t n)
{
    uint64_t word;

    for (size_t at = 0;; at = at + 16 < n ? at + 8 : n - 8) {
        memcpy(&word, from + at, 8);
        memcpy(to + at, &word, 8);
        if (word_has_escape(word))
            return false;
        if (at + 8 == n)
            return true;
    }
}
#endif

/* Two overlapping halves, in registers of their own. */
bool json_copy_plain(uint8_t *to, struct slice text)
{
    const uint8_t *from = text.p;
    size_t n = text.n;

    if (n >= 16)
        return copy_plain_16(to, from, n);
    if (n >= 8) {
        uint64_t first, last;

        memcpy(&first, from, 8);
        memcpy(&last, from + n - 8, 8);
        memcpy(to, &first, 8);
        memcpy(to + n - 8, &last, 8);
        return pair_is_plain(first, last);
    }
    if (n >= 4) {
        uint32_t first, last;

        memcpy(&first, from, 4);
        memcpy(&last, from + n - 4, 4);
        memcpy(to, &first, 4);
        memcpy(to + n - 4, &last, 4);
        return pair_is_plain((uint64_t)last << 32 | first, BLANKS);
    }
    for (size_t i = 0; i < n; i++) {
        if (from[i] == '"' || from[i] == '\\' || from[i] < ' ')
            return false;
        to[i] = from[i];
    }
    return true;
}

/* ---- with escapes ---- */

/* First byte that must be escaped. Bytes beyond ASCII pass. */
static const uint8_t *escape_find(const uint8_t *p, const uint8_t *end)
{
#if defined(__SSE2__)
    for (; end - p >= 16; p += 16) {
        unsigned found = (unsigned)_mm_movemask_epi8(escapes_of(_mm_loadu_si128((const __m128i *)(const void *)p)));

        if (found != 0)
            return p + __builtin_ctz(found);
    }
#endif
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

void json_write_string(struct buf *out, struct slice text)
{
    const uint8_t *p, *end, *stop;
    uint8_t *to;

    if (text.p == NULL) /* a null that a message echoes */
        text = SLICE_LIT("");
    p = text.p;
    end = p + text.n;
    to = buf_reserve(out, text.n + 2);
    if (to == NULL)
        return;
    *to = '"';
    if (json_copy_plain(to + 1, text)) {
        to[text.n + 1] = '"';
        out->n += text.n + 2;
        return;
    }
    buf_byte(out, '"');
    for (;;) {
        stop = escape_find(p, end);
        buf_append(out, p, (size_t)(stop - p));
        if (stop == end)
            break;
        escape_write(out, *stop);
        p = stop + 1;
    }
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
