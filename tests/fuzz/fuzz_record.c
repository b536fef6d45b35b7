/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Stored bytes that are not what was stored: the record reader and, behind it, the check of bodies. The first byte says
 * how long the key is. A body that passes the check must be readable everywhere: every reader walks it.
 */
#include "fuzz.h"

#include "base/limits.h"
#include "codec/record.h"
#include "codec/value.h"

static void body_walk(struct slice body)
{
    struct slice again;

    for (uint32_t i = 0; i < body_count(body); i++) {
        struct slice name, value, found;
        size_t cursor = 0;

        body_at(body, i, &name, &value);
        ASSERT(body_find(body, name, &found) && found.p == value.p && found.n == value.n);
        ASSERT(value_valid(value, VALUE_DEPTH_MAX));
        ASSERT(value_equal(value, value));
        ASSERT(value_depth(value) <= VALUE_DEPTH_MAX);
        if (value_type(value) == VALUE_SS || value_type(value) == VALUE_NS || value_type(value) == VALUE_BS)
            while (set_next(value, &cursor, &again))
                ASSERT(set_contains(value, again));
    }
    (void)body_size(body);
    ASSERT(body_equal(body, body));
}

void fuzz_one(struct arena *arena, struct slice input)
{
    const uint8_t *bytes = input.p;
    struct record record;
    struct slice key, rest;
    size_t n = input.n;

    (void)arena;
    if (n == 0)
        return;
    key = slice_of(bytes + 1, bytes[0] < n ? bytes[0] : n - 1);
    rest = slice_of(key.p + key.n, n - 1 - key.n);
    if (record_read(key, rest, &record) == OK && body_valid(record.body, VALUE_DEPTH_MAX))
        body_walk(record.body);
    if (body_valid(rest, VALUE_DEPTH_MAX)) /* checksums would keep a fuzzer out */
        body_walk(rest);
    (void)record_stamp(rest);
}
