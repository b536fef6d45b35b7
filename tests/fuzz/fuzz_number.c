/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Two numbers as text, with a line feed between them.
 *
 * What must hold: text and code are two forms of one value; codes sort as the numbers do, which is asked of the
 * difference; addition commutes, undoes itself where nothing was too long or too large, and of a number with its
 * opposite is nothing.
 */
#include "fuzz.h"

#include <string.h>

#include "base/limits.h"
#include "codec/number.h"

struct number {
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    size_t n;
};

static bool add(const struct number *a, const struct number *b, bool subtract, struct number *ret)
{
    return number_add(a->code, b->code, subtract, ret->code, &ret->n) == NUMBER_OK;
}

static bool same(const struct number *a, const struct number *b)
{
    return a->n == b->n && memcmp(a->code, b->code, a->n) == 0;
}

static int order(const struct number *a, const struct number *b)
{
    int order = slice_compare(slice_of(a->code, a->n), slice_of(b->code, b->n));

    return order < 0 ? -1 : order > 0;
}

static bool read(struct slice text, struct number *ret)
{
    char again[NUMBER_TEXT_BYTES_MAX];
    struct number other;
    size_t n;

    if (number_parse(text, false, ret->code, &ret->n) != NUMBER_OK)
        return false;
    ASSERT(ret->n <= NUMBER_CODE_BYTES_MAX && number_code_bytes(ret->code, ret->n) == ret->n);
    n = number_format(ret->code, again);
    ASSERT(n > 0 && n <= NUMBER_TEXT_BYTES_MAX);
    ASSERT(number_parse(slice_of(again, n), false, other.code, &other.n) == NUMBER_OK && same(ret, &other));
    ASSERT(number_size(ret->code) >= 1 && number_size(ret->code) <= 22);
    (void)number_to_int(ret->code);
    return true;
}

static void pair(const struct number *a, const struct number *b)
{
    static const struct number zero = {{0x80}, 1};
    struct number sum, other, back;

    ASSERT(add(a, a, true, &sum) && same(&sum, &zero));
    ASSERT(add(a, &zero, false, &sum) && same(&sum, a));
    if (add(a, b, true, &sum))
        ASSERT(order(&sum, &zero) == order(a, b));
    if (!add(a, b, false, &sum)) {
        ASSERT(!add(b, a, false, &other));
        return;
    }
    ASSERT(add(b, a, false, &other) && same(&sum, &other));
    ASSERT(add(&sum, b, true, &back) && same(&back, a));
}

void fuzz_one(struct arena *arena, struct slice input)
{
    const uint8_t *cut = input.n == 0 ? NULL : memchr(input.p, '\n', input.n);
    size_t first = cut == NULL ? input.n : (size_t)(cut - input.p);
    struct number a, b;

    (void)arena;
    if (read(slice_of(input.p, first), &a) && cut != NULL && read(slice_of(cut + 1, input.n - first - 1), &b)) {
        pair(&a, &b);
        pair(&b, &a);
    }
}
