/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Any bytes as the body of a request: the first byte chooses the operation, the second the wording. Whatever is read is
 * checked and echoed; whatever is refused has an error document; and both are JSON.
 */
#include "base/arena.h"
#include "base/assert.h"
#include "json/json.h"
#include "wire/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct arena *arena;
    const struct operation *operation;
    enum wording wording;
    struct fault fault;
    struct buf out;
    void *input;

    if (n < 2)
        return 0;
    arena = arena_create((size_t)64 << 10);
    fault = (struct fault){.arena = arena};
    operation = operation_of((enum operation_id)(bytes[0] % OPERATIONS));
    buf_init(&out, NULL, (size_t)64 << 20);
    wording = (enum wording)(bytes[1] % 3);
    if (wire_read(operation, slice_of(bytes + 2, n - 2), &wording, NULL, arena, &input, &fault) == OK &&
        wire_check(operation, input, wording, arena, &fault) == OK)
        wire_write(operation->input, input, NULL, &out);
    else
        wire_write_fault(&fault, &out);
    ASSERT(!out.failed && json_valid(buf_view(&out)));
    buf_fini(&out);
    arena_destroy(arena);
    return 0;
}
