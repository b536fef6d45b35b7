/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Records from a disk behind their envelope, whose checksum is put right first: a change of a stream, the record of a
 * request token, a counter, the descriptor of a table. The first byte chooses; a descriptor is given as bytes or, with
 * 'J', as the JSON of the item it looks like.
 *
 * What must hold: all that is read lies inside the record; what is read and written again is the same, for a descriptor
 * once it was written for the first time.
 */
#include "fuzz.h"
#include "mutate.h"

#include <string.h>

#include "catalog/catalog_int.h"
#include "codec/change.h"
#include "codec/record.h"
#include "engine/engine_int.h"
#include "table/token.h"
#include "wire/wire.h"

#define STREAM 7

static struct slice sealed(struct arena *arena, struct slice key, struct slice body)
{
    const struct record record = {.stamp = 1, .body = body};
    struct buf out;

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    record_write(&out, key, &record);
    return buf_view(&out);
}

static void inside(struct slice part, struct slice bytes)
{
    if (part.p != NULL)
        ASSERT(part.p >= bytes.p && part.p + part.n <= bytes.p + bytes.n);
}

static void change(struct arena *arena, struct slice body)
{
    static const uint8_t key[8] = {0, 0, 0, 0, 0, 0, 0, STREAM};
    struct slice bytes = sealed(arena, slice_of(key, sizeof(key)), body);
    struct change read, again;
    struct buf out;

    if (change_read(STREAM, bytes, &read) != OK)
        return;
    inside(read.keys, bytes);
    inside(read.new_image, bytes);
    inside(read.old_image, bytes);
    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    change_write(&out, STREAM, 1, &read);
    ASSERT(out.n == change_bytes(&read) && change_read(STREAM, buf_view(&out), &again) == OK);
    ASSERT(slice_equal(read.keys, again.keys) && slice_equal(read.new_image, again.new_image) &&
           slice_equal(read.old_image, again.old_image));
    ASSERT(read.event == again.event && read.expired == again.expired && read.time_ms == again.time_ms);
}

static void token(struct arena *arena, struct slice body)
{
    static const struct slice key = SLICE_LIT("Iw0123456789abcdef");
    struct slice bytes = sealed(arena, key, body);
    struct token_record read;
    uint64_t sum = 0;

    if (token_read(key, bytes, &read) != OK)
        return;
    inside(read.digest, bytes);
    for (uint32_t i = 0; i < read.count; i++)
        sum += token_size(&read, i);
    ASSERT(sum <= (uint64_t)read.count * UINT32_MAX);
}

static void counter(struct arena *arena, struct slice body)
{
    static const struct slice key = SLICE_LIT("C0000");
    struct buf out;
    int64_t value;

    if (counter_value(key, sealed(arena, key, body), &value) != OK)
        return;
    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    engine__counter_write(&out, key, 1, value);
    ASSERT(slice_equal(buf_view(&out), sealed(arena, key, body)));
}

static void descriptor(struct arena *arena, struct slice body)
{
    struct table_desc desc, again;
    struct buf first, second;
    const char *what = NULL;

    if (catalog__decode(body, arena, &desc, &what) != OK) {
        ASSERT(what != NULL);
        return;
    }
    ASSERT(desc.lsi_count + desc.gsi_count <= INDEXES_MAX && desc.definitions_count <= DEFINITIONS_MAX);
    buf_init(&first, arena, ARENA_ALLOC_BYTES_MAX);
    buf_init(&second, arena, ARENA_ALLOC_BYTES_MAX);
    catalog__encode(&desc, &first, arena);
    ASSERT(catalog__decode(buf_view(&first), arena, &again, &what) == OK);
    catalog__encode(&again, &second, arena);
    ASSERT(slice_equal(buf_view(&first), buf_view(&second)) && slice_equal(desc.arn, again.arn));
}

void fuzz_one(struct arena *arena, struct slice input)
{
    struct fault fault = {.arena = arena};
    struct slice rest, body;

    if (input.n == 0)
        return;
    rest = slice_of(input.p + 1, input.n - 1);
    switch (input.p[0]) {
    case 'C':
        change(arena, rest);
        break;
    case 'T':
        token(arena, rest);
        break;
    case 'N':
        counter(arena, rest);
        break;
    case 'J':
        if (wire_read_item(rest, arena, &body, &fault) == OK)
            descriptor(arena, body);
        break;
    default:
        descriptor(arena, rest);
        break;
    }
}

/* Names of members are those of the text itself: the dictionary of the API has others. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t n_max, unsigned int seed)
{
    struct fuzz_random random = fuzz_random_of(seed);

    if (n < 2 || bytes[0] != 'J' || fuzz_below(&random, 4) == 0)
        return LLVMFuzzerMutate(bytes, n, n_max);
    return 1 + fuzz_mutate_json(&random, bytes + 1, n - 1, n_max - 1);
}
