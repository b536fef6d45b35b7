/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What an item looks like in an index (index.h). Pure functions of descriptor and item, run inside decisions (possibly
 * twice) and by the backfill; no state.
 */
#include "table/index.h"

#include "base/limits.h"
#include "codec/key.h"

bool index_is_maintained(const struct index_desc *index)
{
    return index->status != INDEX_DELETING;
}

bool index_is_readable(const struct index_desc *index)
{
    return index->status == INDEX_ACTIVE || index->status == INDEX_UPDATING;
}

const struct key_attribute *index_key_attribute(const struct index_desc *index, struct slice name)
{
    for (uint32_t i = 0; i < index->hash_count; i++) {
        if (slice_equal(index->hash[i].name, name))
            return &index->hash[i];
    }
    for (uint32_t i = 0; i < index->range_count; i++) {
        if (slice_equal(index->range[i].name, name))
            return &index->range[i];
    }
    return NULL;
}

bool index_carries(const struct index_desc *index, struct slice attribute)
{
    uint32_t low = 0, high = index->carried_count;

    if (index->projection == PROJECTION_ALL)
        return true;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = slice_compare(index->carried[middle], attribute);

        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* The value of a key attribute when it may stand in an index key. */
static bool key_value(const struct key_attribute *attribute, uint32_t bytes_max, struct slice body, struct slice *ret)
{
    if (!body_find(body, attribute->name, ret) || value_type(*ret) != attribute->type)
        return false;
    if (attribute->type == VALUE_N)
        return true;
    return value_scalar(*ret).n > 0 && value_scalar(*ret).n <= bytes_max;
}

static bool key_values(const struct index_desc *index, struct slice body, struct slice *hash, struct slice *range)
{
    for (uint32_t i = 0; i < index->hash_count; i++) {
        if (!key_value(&index->hash[i], HASH_KEY_BYTES_MAX, body, &hash[i]))
            return false;
    }
    for (uint32_t i = 0; i < index->range_count; i++) {
        if (!key_value(&index->range[i], RANGE_KEY_BYTES_MAX, body, &range[i]))
            return false;
    }
    return true;
}

/* Both name lists are sorted, so one pass over each finds what the entry carries. */
static struct slice project(const struct index_desc *index, struct slice body, struct arena *arena)
{
    struct buf out;
    struct builder b;
    struct builder_frame frame;
    uint32_t count = body_count(body);

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&b, &out, arena);
    frame = builder_body_begin(&b);
    for (uint32_t i = 0, c = 0; i < count && c < index->carried_count;) {
        struct slice name, value;
        int order;

        body_at(body, i, &name, &value);
        order = slice_compare(name, index->carried[c]);
        if (order == 0) {
            builder_name(&b, &frame, name);
            builder_value(&b, value);
        }
        i += order <= 0;
        c += order >= 0;
    }
    builder_body_end(&b, frame);
    return buf_view(&out);
}

bool index_entry(const struct table_desc *table, const struct index_desc *index, struct slice item_key,
    struct slice body, struct arena *arena, struct slice *ret_key, struct slice *ret_body)
{
    struct slice hash[GSI_KEY_HASH_MAX], range[GSI_KEY_RANGE_MAX];
    struct buf key;

    if (!key_values(index, body, hash, range))
        return false;
    buf_init(&key, arena, KEY_BYTES_MAX);
    key_partition(&key, table->id, index->id, table->hash_seed, hash, index->hash_count);
    for (uint32_t i = 0; i < index->range_count; i++)
        key_delimited(&key, range[i]);
    buf_slice(&key, key_item_tail(item_key));
    *ret_key = buf_view(&key);
    *ret_body = index->projection == PROJECTION_ALL ? body : project(index, body, arena);
    return true;
}
