/* SPDX-License-Identifier: Apache-2.0 */

/*
 * name=value pairs of a query string or a form body, percent codes undone. The decoded text is what signatures are
 * computed over and what STS reads its parameters from: one parse, so that what was verified is what is used.
 */
#include "auth/auth_int.h"

#include <string.h>

static int hex_value(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes into the arena, or points at the text itself when there is nothing to undo. */
static enum err decode(struct arena *arena, struct slice text, bool plus_is_blank, struct slice *ret)
{
    uint8_t *to;
    size_t n = 0;

    if (text.n == 0 ||
        (memchr(text.p, '%', text.n) == NULL && (!plus_is_blank || memchr(text.p, '+', text.n) == NULL))) {
        *ret = text;
        return OK;
    }
    to = arena_alloc(arena, text.n);
    for (size_t i = 0; i < text.n; i++) {
        uint8_t c = text.p[i];

        if (c == '%') {
            int high = i + 2 < text.n ? hex_value(text.p[i + 1]) : -1;
            int low = i + 2 < text.n ? hex_value(text.p[i + 2]) : -1;

            if (high < 0 || low < 0)
                return ERR_SYNTAX;
            c = (uint8_t)(high << 4 | low);
            i += 2;
        } else if (c == '+' && plus_is_blank) {
            c = ' ';
        }
        to[n++] = c;
    }
    *ret = slice_of(to, n);
    return OK;
}

/* The part up to `end`, which is skipped in *rest; all of it when there is none. */
static struct slice cut(struct slice *rest, char end)
{
    const uint8_t *at = rest->n == 0 ? NULL : memchr(rest->p, end, rest->n);
    struct slice part = *rest;

    if (at == NULL) {
        *rest = slice_of(rest->p + rest->n, 0);
        return part;
    }
    part.n = (size_t)(at - rest->p);
    *rest = slice_of(at + 1, rest->n - part.n - 1);
    return part;
}

enum err auth__pairs_parse(struct arena *arena, struct slice text, bool plus_is_blank, struct auth__pairs *ret)
{
    enum err err;

    ret->count = 0;
    while (text.n != 0) {
        struct slice value = cut(&text, '&'), name;
        struct auth__pair *pair = &ret->items[ret->count];

        if (value.n == 0)
            continue;
        if (ret->count == AUTH_PAIRS_MAX)
            return ERR_LIMIT;
        name = cut(&value, '=');
        err = decode(arena, name, plus_is_blank, &pair->name);
        if (err)
            return err;
        err = decode(arena, value, plus_is_blank, &pair->value);
        if (err)
            return err;
        ret->count++;
    }
    return OK;
}

struct slice auth__pairs_find(const struct auth__pairs *pairs, const char *name)
{
    for (uint32_t i = 0; i < pairs->count; i++) {
        if (slice_is(pairs->items[i].name, name))
            return pairs->items[i].value;
    }
    return SLICE_NULL;
}
