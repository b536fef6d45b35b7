/* SPDX-License-Identifier: Apache-2.0 */

/* Base64, four characters to three bytes at a time. What is wrong is looked for only after something was. */
#include "wire/base64.h"

#include <string.h>

static const char alphabet[65] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* The value of a letter plus one; 0 for what is not one, so that taking one away sets BAD_BIT. */
#define BAD_BIT 0x80u
/* clang-format off */
static const uint8_t values[256] = {
    ['A'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    ['a'] = 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
    ['0'] = 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
    ['+'] = 63, ['/'] = 64,
};
/* clang-format on */

static uint32_t value_of(uint8_t letter)
{
    return (uint32_t)values[letter] - 1;
}

static uint8_t bad_letter(struct slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (values[text.p[i]] == 0)
            return text.p[i];
    return '=';
}

/* The last group, of which `letters` (2 or 3) are not padding. */
static enum base64_result tail_decode(const uint8_t *from, size_t letters, uint8_t *to)
{
    uint32_t a = value_of(from[0]), b = value_of(from[1]), c = letters == 3 ? value_of(from[2]) : 0;

    if ((a | b | c) & BAD_BIT)
        return BASE64_LETTER;
    to[0] = (uint8_t)(a << 2 | b >> 4);
    if (letters == 2)
        return (b & 15) != 0 ? BASE64_TAIL : BASE64_OK;
    to[1] = (uint8_t)(b << 4 | c >> 2);
    return (c & 3) != 0 ? BASE64_TAIL : BASE64_OK;
}

enum base64_result base64_decode(struct slice text, uint8_t *to, size_t *ret_bytes, uint8_t *ret_bad)
{
    size_t padding = 0, whole, letters;
    uint32_t bad = 0;
    enum base64_result result = BASE64_OK;

    if (text.n % 4 != 0)
        return BASE64_LENGTH;
    while (padding < 2 && padding < text.n && text.p[text.n - 1 - padding] == '=')
        padding++;
    letters = text.n - padding;
    whole = letters / 4;
    for (size_t i = 0; i < whole; i++) {
        const uint8_t *from = text.p + i * 4;
        uint32_t a = value_of(from[0]), b = value_of(from[1]), c = value_of(from[2]), d = value_of(from[3]);
        uint32_t group = a << 18 | b << 12 | c << 6 | d;

        bad |= a | b | c | d;
        to[0] = (uint8_t)(group >> 16);
        to[1] = (uint8_t)(group >> 8);
        to[2] = (uint8_t)group;
        to += 3;
    }
    if (letters % 4 != 0)
        result = tail_decode(text.p + whole * 4, letters % 4, to);
    if ((bad & BAD_BIT) != 0 || result == BASE64_LETTER) {
        *ret_bad = bad_letter(slice_of(text.p, letters));
        return BASE64_LETTER;
    }
    if (result == BASE64_OK)
        *ret_bytes = whole * 3 + (letters % 4 == 0 ? 0 : letters % 4 - 1);
    return result;
}

void base64_encode(struct slice bytes, uint8_t *to)
{
    size_t i = 0;

    for (; i + 3 <= bytes.n; i += 3, to += 4) {
        uint32_t group = (uint32_t)bytes.p[i] << 16 | (uint32_t)bytes.p[i + 1] << 8 | bytes.p[i + 2];

        to[0] = (uint8_t)alphabet[group >> 18];
        to[1] = (uint8_t)alphabet[group >> 12 & 63];
        to[2] = (uint8_t)alphabet[group >> 6 & 63];
        to[3] = (uint8_t)alphabet[group & 63];
    }
    if (i < bytes.n) {
        uint32_t group = (uint32_t)bytes.p[i] << 16 | (i + 1 < bytes.n ? (uint32_t)bytes.p[i + 1] << 8 : 0);

        to[0] = (uint8_t)alphabet[group >> 18];
        to[1] = (uint8_t)alphabet[group >> 12 & 63];
        to[2] = i + 1 < bytes.n ? (uint8_t)alphabet[group >> 6 & 63] : '=';
        to[3] = '=';
    }
}
