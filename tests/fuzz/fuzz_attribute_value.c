/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Any bytes as an item. What is accepted must be a well-formed body, and written and read again it must be the same
 * bytes.
 */
#include "base/arena.h"
#include "base/assert.h"
#include "base/limits.h"
#include "codec/value.h"
#include "wire/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena = arena_create((size_t)64 << 10);
    struct fault fault = {.arena = arena};
    struct slice body, again;
    struct buf out;

    buf_init(&out, NULL, (size_t)64 << 20);
    if (wire_read_item(slice_of(bytes, n), arena, &body, &fault) == OK) {
        ASSERT(body_valid(body, VALUE_DEPTH_MAX));
        wire_write_item(body, &out);
        ASSERT(!out.failed && wire_read_item(buf_view(&out), arena, &again, &fault) == OK);
        ASSERT(body_size(body) == body_size(again) && body_count(body) == body_count(again));
        out.n = 0;
        wire_write_item(again, &out);
        ASSERT(wire_read_item(buf_view(&out), arena, &body, &fault) == OK && slice_equal(body, again));
    } else {
        wire_write_fault(&fault, &out);
    }
    buf_fini(&out);
    arena_destroy(arena);
    return 0;
}
