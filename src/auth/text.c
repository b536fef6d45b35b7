/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Bytes of a request's head, eight or sixteen at a time. A check compares some ninety pairs of names and reads a header
 * of 250 bytes; done byte by byte, that costs as much as the hashes.
 */
#include "auth/auth_int.h"

#include <string.h>

#define EACH(byte) ((uint64_t)(byte)*0x0101010101010101ull)

static uint64_t load(const uint8_t *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof(word));
    return word;
}

/* ASCII capitals made small, in each byte; all other bytes as they are. */
static uint64_t lower(uint64_t word)
{
    uint64_t low = word & EACH(0x7f);
    uint64_t from_a = low + EACH(0x80 - 'A'), after_z = low + EACH(0x7f - 'Z'); /* bit 7: so is it */
    uint64_t capital = (from_a ^ after_z) & ~word & EACH(0x80);

    return word | capital >> 2;
}

static bool short_name_is(const uint8_t *p, const uint8_t *name, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint8_t c = p[i] >= 'A' && p[i] <= 'Z' ? p[i] | 0x20 : p[i];

        if (c != name[i])
            return false;
    }
    return true;
}

bool auth__name_is(struct slice header_name, struct slice name)
{
    size_t n = name.n;

    if (header_name.n != n)
        return false;
    if (n < 8)
        return short_name_is(header_name.p, name.p, n);
    for (size_t at = 0; at + 8 < n; at += 8) {
        if (lower(load(header_name.p + at)) != load(name.p + at))
            return false;
    }
    return lower(load(header_name.p + n - 8)) == load(name.p + n - 8); /* the last eight, some of them again */
}

/* Sixteen bytes at once; the compiler has instructions for it on every machine we build for. */
typedef uint8_t sixteen __attribute__((vector_size(16)));
typedef uint64_t two __attribute__((vector_size(16)));

static bool has_end(const uint8_t *p)
{
    sixteen bytes;
    two found;

    memcpy(&bytes, p, sizeof(bytes));
    found = (two)((bytes == ' ') | (bytes == ','));
    return (found[0] | found[1]) != 0;
}

size_t auth__run(struct slice text)
{
    size_t at = 0;

    while (at + 16 <= text.n && !has_end(text.p + at))
        at += 16;
    while (at < text.n && text.p[at] != ' ' && text.p[at] != ',')
        at++;
    return at;
}

struct slice auth__echo(struct arena *arena, struct slice text)
{
    uint8_t *copy = arena_alloc(arena, text.n);

    for (size_t i = 0; i < text.n; i++)
        copy[i] = text.p[i] >= 0x20 && text.p[i] < 0x7f ? text.p[i] : '?';
    return slice_of(copy, text.n);
}
