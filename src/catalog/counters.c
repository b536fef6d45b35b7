/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Keys of what stands in meta beside descriptors: one letter for the kind, then the table's id, so that all counters of
 * a table lie together and go with it. Integers are big-endian: the order of keys is the order of ids
 * (docs/formats/catalog.md). Pure; any thread.
 */
#include "base/assert.h"
#include "catalog/catalog_int.h"

#define PREFIX_BYTES 5

static uint8_t *prefix_write(uint8_t *p, uint8_t letter, uint32_t id)
{
    *p++ = letter;
    *p++ = (uint8_t)(id >> 24);
    *p++ = (uint8_t)(id >> 16);
    *p++ = (uint8_t)(id >> 8);
    *p++ = (uint8_t)id;
    return p;
}

struct slice catalog__table_key(struct arena *arena, uint8_t letter, uint32_t id)
{
    uint8_t *key = arena_alloc(arena, PREFIX_BYTES);

    prefix_write(key, letter, id);
    return slice_of(key, PREFIX_BYTES);
}

struct slice table_counter_key(struct arena *arena, uint32_t table_id, uint16_t index_id, enum table_counter counter)
{
    uint8_t *key = arena_alloc(arena, PREFIX_BYTES + 3);
    uint8_t *p = prefix_write(key, CATALOG_KEY_COUNTER, table_id);

    *p++ = (uint8_t)(index_id >> 8);
    *p++ = (uint8_t)index_id;
    *p++ = (uint8_t)counter;
    return slice_of(key, (size_t)(p - key));
}

struct slice table_collection_key(struct arena *arena, uint32_t table_id, struct slice partition_key)
{
    uint8_t *key = arena_alloc(arena, PREFIX_BYTES + partition_key.n);

    memcpy(prefix_write(key, CATALOG_KEY_COLLECTION, table_id), partition_key.p, partition_key.n);
    return slice_of(key, PREFIX_BYTES + partition_key.n);
}

static void range(struct arena *arena, uint8_t letter, uint32_t table_id, struct slice *ret_from, struct slice *ret_to)
{
    *ret_from = catalog__table_key(arena, letter, table_id);
    *ret_to = table_id == UINT32_MAX ? catalog__table_key(arena, letter + 1, 0)
                                     : catalog__table_key(arena, letter, table_id + 1);
}

void table_counter_range(struct arena *arena, uint32_t table_id, struct slice *ret_from, struct slice *ret_to)
{
    range(arena, CATALOG_KEY_COUNTER, table_id, ret_from, ret_to);
}

void table_collection_range(struct arena *arena, uint32_t table_id, struct slice *ret_from, struct slice *ret_to)
{
    range(arena, CATALOG_KEY_COLLECTION, table_id, ret_from, ret_to);
}
