/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * A run of bytes that somebody else owns. `p == NULL` means absent; an empty string has p != NULL and n == 0.
 * Not terminated by NUL. Printed with "%.*s", SLICE_ARG(s).
 */
struct slice {
    const uint8_t *p;
    size_t n;
};

#define SLICE_NULL      ((struct slice){NULL, 0})
#define SLICE_LIT(text) ((struct slice){(const uint8_t *)(text), sizeof(text) - 1})
#define SLICE_ARG(s)    (int)(s).n, (s).p == NULL ? "" : (const char *)(s).p

static inline struct slice slice_of(const void *p, size_t n)
{
    return (struct slice){(const uint8_t *)p, n};
}

static inline struct slice slice_from_cstr(const char *text)
{
    return slice_of(text, strlen(text));
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* True when `s` has exactly the bytes of the C string `text`. */
static inline bool slice_is(struct slice s, const char *text)
{
    size_t n = strlen(text);

    return s.p != NULL && s.n == n && memcmp(s.p, text, n) == 0;
}

/* Order of unsigned bytes, the shorter first on a common prefix: negative, 0 or positive. */
static inline int slice_compare(struct slice a, struct slice b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

    if (order != 0)
        return order;
    return a.n < b.n ? -1 : a.n > b.n;
}

static inline bool slice_starts_with(struct slice s, struct slice prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}
