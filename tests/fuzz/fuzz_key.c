/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Key codes: two values are cut from the input; the order of their codes must be the order of the values, delimited or
 * bare, whatever follows them, and number codes must survive text and back.
 */
#include "fuzz.h"

#include <string.h>

#include "codec/key.h"
#include "codec/number.h"

static struct slice value_make(struct arena *arena, bool number, struct slice bytes)
{
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    struct builder b;
    struct buf out;
    size_t code_bytes;

    buf_init(&out, arena, KEY_BYTES_MAX);
    builder_init(&b, &out, arena);
    if (!number)
        builder_b(&b, bytes);
    else if (number_parse(bytes, false, code, &code_bytes) == NUMBER_OK)
        builder_n(&b, code, code_bytes);
    else
        return SLICE_NULL;
    return buf_view(&out);
}

static int sign(int order)
{
    return order < 0 ? -1 : order > 0;
}

static void order_check(struct arena *arena, struct slice a, struct slice b, uint8_t after)
{
    struct buf x, y;

    buf_init(&x, arena, KEY_BYTES_MAX);
    buf_init(&y, arena, KEY_BYTES_MAX);
    key_sort(&x, a);
    key_sort(&y, b);
    ASSERT(sign(slice_compare(buf_view(&x), buf_view(&y))) == sign(value_compare(a, b)));
    x.n = y.n = 0;
    key_delimited(&x, a);
    key_delimited(&y, b);
    buf_byte(&x, after);
    buf_byte(&y, (uint8_t)~after);
    if (value_compare(a, b) != 0)
        ASSERT(sign(slice_compare(buf_view(&x), buf_view(&y))) == sign(value_compare(a, b)));
}

static void number_check(struct slice value)
{
    char text[NUMBER_TEXT_BYTES_MAX];
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    struct slice bytes = value_scalar(value);
    size_t n;

    ASSERT(number_code_bytes(bytes.p, bytes.n) == bytes.n);
    ASSERT(number_parse(slice_of(text, number_format(bytes.p, text)), false, code, &n) == NUMBER_OK);
    ASSERT(slice_equal(slice_of(code, n), bytes));
    ASSERT(number_add(bytes.p, bytes.p, true, code, &n) == NUMBER_OK && code[0] == 0x80);
    ASSERT(number_size(bytes.p) <= 22); /* 38 digits, an odd number of them on either side of the point, and a sign */
}

void fuzz_one(struct arena *arena, struct slice input)
{
    const uint8_t *bytes = input.p;
    struct slice a, b;
    size_t n = input.n, cut;

    if (n < 2 || n > 4096)
        return;
    cut = bytes[1] % (n - 1);
    a = value_make(arena, bytes[0] & 1, slice_of(bytes + 2, cut < n - 2 ? cut : n - 2));
    b = value_make(
        arena, bytes[0] & 1, slice_of(bytes + 2 + (cut < n - 2 ? cut : n - 2), n - 2 - (cut < n - 2 ? cut : n - 2)));
    if (a.p != NULL && b.p != NULL) {
        order_check(arena, a, b, bytes[0]);
        if (bytes[0] & 1) {
            number_check(a);
            number_check(b);
        }
    }
}
