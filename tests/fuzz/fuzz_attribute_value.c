/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Any bytes as an item. What is accepted must be a well-formed body, and written and read again it must be the same
 * bytes.
 */
#include "fuzz.h"
#include "mutate.h"

#include "base/limits.h"
#include "codec/value.h"
#include "wire/wire.h"

void fuzz_one(struct arena *arena, struct slice input)
{
    struct fault fault = {.arena = arena};
    struct slice body, again;
    struct buf out;

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    if (wire_read_item(input, arena, &body, &fault) == OK) {
        ASSERT(body_valid(body, VALUE_DEPTH_MAX) && body_size(body) <= body.n);
        wire_write_item(body, &out);
        ASSERT(!out.failed && wire_read_item(buf_view(&out), arena, &again, &fault) == OK);
        ASSERT(body_size(body) == body_size(again) && body_count(body) == body_count(again));
        out.n = 0;
        wire_write_item(again, &out);
        ASSERT(wire_read_item(buf_view(&out), arena, &body, &fault) == OK && slice_equal(body, again));
    } else {
        wire_write_fault(&fault, &out);
    }
}

/* Most of the time in tokens; else as libFuzzer does. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t n_max, unsigned int seed)
{
    struct fuzz_random random = fuzz_random_of(seed);

    if (n == 0 || fuzz_below(&random, 4) == 0)
        return LLVMFuzzerMutate(bytes, n, n_max);
    return fuzz_mutate_json(&random, bytes, n, n_max);
}
