/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Any bytes as the body of a request: the first byte chooses the operation, the second the wording. Whatever is read is
 * checked and echoed; whatever is refused has an error document; and both are JSON.
 */
#include "fuzz.h"
#include "mutate.h"

#include "json/json.h"
#include "wire/wire.h"

void fuzz_one(struct arena *arena, struct slice input)
{
    const struct operation *operation;
    enum wording wording;
    struct fault fault;
    struct buf out;
    void *asked;

    if (input.n < 2)
        return;
    fault = (struct fault){.arena = arena};
    operation = operation_of((enum operation_id)(input.p[0] % OPERATIONS));
    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    wording = (enum wording)(input.p[1] % 3);
    if (wire_read(operation, slice_of(input.p + 2, input.n - 2), &wording, NULL, arena, &asked, &fault) == OK &&
        wire_check(operation, asked, wording, arena, &fault) == OK)
        wire_write(operation->input, asked, NULL, &out);
    else
        wire_write_fault(&fault, &out);
    ASSERT(!out.failed && json_valid(buf_view(&out)));
}

/* Most of the time in tokens; else as libFuzzer does. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t n_max, unsigned int seed)
{
    struct fuzz_random random = fuzz_random_of(seed);

    if (n < 3 || fuzz_below(&random, 4) == 0)
        return LLVMFuzzerMutate(bytes, n, n_max);
    return 2 + fuzz_mutate_json(&random, bytes + 2, n - 2, n_max - 2);
}
