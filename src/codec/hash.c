/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A hash that equal bodies share. It follows body_equal: whatever has one form is hashed as it lies, entry by entry in
 * the order of the names; lists and maps inside are walked, for the order of their bytes is that of the request.
 *
 * Pure; any thread.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "codec/value.h"

/* Recursion is bounded by the nesting of values. */
static uint64_t value_hash(struct slice value, uint64_t seed)
{
    if (value_type(value) == VALUE_M)
        return body_hash(value_map(value), seed + 1);
    if (value_type(value) != VALUE_L)
        return XXH3_64bits_withSeed(value.p, value.n, seed);
    seed += 2;
    for (uint32_t i = 0; i < list_count(value); i++)
        seed = value_hash(list_at(value, i), seed);
    return seed;
}

uint64_t body_hash(struct slice body, uint64_t seed)
{
    uint32_t count = body_count(body);

    for (uint32_t i = 0; i < count; i++) {
        struct slice name, value;

        body_at(body, i, &name, &value);
        seed = value_hash(value, XXH3_64bits_withSeed(name.p, name.n, seed));
    }
    return seed;
}
