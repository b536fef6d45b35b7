/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One record of the space data at a time: is it sound, is it where it belongs, and what does it add to the sums of its
 * table.
 *
 * The fingerprint of an index entry is a hash of its key and of its body by meaning: attributes are taken in name
 * order, because two equal bodies may have been written in different orders. Sums of fingerprints do not depend on the
 * order of entries, which differs between items and index.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "codec/key.h"
#include "codec/record.h"
#include "codec/value.h"
#include "tools/check_int.h"
#include "table/index.h"
#include "table/key.h"

static void index_add(struct check_index *sums, struct slice key, struct slice body)
{
    sums->count++;
    sums->bytes += body_size(body);
    sums->sum += body_hash(body, XXH3_64bits(key.p, key.n));
}

static bool has_attribute(const struct key_attribute *attribute, struct slice body)
{
    struct slice value;

    return body_find(body, attribute->name, &value) && value_type(value) == attribute->type;
}

bool check__has_key(const struct table_desc *table, struct slice body)
{
    return has_attribute(&table->hash, body) && (!table->has_range || has_attribute(&table->range, body));
}

bool check__is_own_key(struct check *check, const struct table_desc *table, struct slice key, struct slice body)
{
    return check__has_key(table, body) && slice_equal(table_item_key(table, body, check->arena), key);
}

/* ---- item collections: the items of one partition key and their entries in local indexes ---- */

void check__collection_end(struct check *check, struct check_table *table)
{
    struct slice partition = buf_view(&table->collection), key;
    struct engine_key at = {.space = ENGINE_META};
    struct engine_record record;
    int64_t stored;
    enum err err;

    if (table->desc->lsi_count == 0 || partition.n == 0 || table->unreadable)
        return;
    key = table_collection_key(check->arena, table->desc->id, partition);
    at.key = key;
    err = engine_get(check->engine, check->self, check->arena, &at, 1, &record);
    if (err == OK)
        err = counter_value(key, record.bytes, &stored);
    if (err)
        check__tell(check, table->desc, NULL, key, "size of the item collection: %s", err_text(err));
    else if (stored != table->collection_bytes)
        check__tell(check, table->desc, NULL, key, "the item collection is said to have %lld bytes, it has %lld",
            (long long)stored, (long long)table->collection_bytes);
    table->collections++;
    table->collection.n = 0;
    table->collection_bytes = 0;
}

static void collection_enter(struct check *check, struct check_table *table, struct slice key)
{
    struct slice partition = key_partition_of(key);

    if (table->desc->lsi_count == 0 || slice_equal(partition, buf_view(&table->collection)))
        return;
    check__collection_end(check, table);
    buf_slice(&table->collection, partition);
}

/* ---- records ---- */

static void item_indexes_add(struct check *check, struct check_table *table, struct slice key, struct slice body)
{
    const struct table_desc *desc = table->desc;

    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++) {
        const struct index_desc *index = &desc->indexes[i];
        struct slice entry_key, entry_body;

        if (!index_is_maintained(index) || !index_entry(desc, index, key, body, check->arena, &entry_key, &entry_body))
            continue;
        index_add(&table->expected[i], entry_key, entry_body);
        if (!index->global)
            table->collection_bytes += body_size(entry_body);
    }
}

void check__item(struct check *check, struct check_table *table, struct slice key, struct slice bytes)
{
    const struct table_desc *desc = table->desc;
    struct slice body;

    if (!check__body(check, desc, NULL, key, bytes, &body)) {
        table->unreadable = true;
        return;
    }
    if (!check__is_own_key(check, desc, key, body)) {
        check__tell(check, desc, NULL, key, "the item does not belong under this key");
        return;
    }
    if (body_size(body) > ITEM_BYTES_MAX)
        check__tell(check, desc, NULL, key, "the item has %u bytes", body_size(body));
    collection_enter(check, table, key);
    table->items++;
    table->bytes += body_size(body);
    table->collection_bytes += body_size(body);
    item_indexes_add(check, table, key, body);
    check__expiry_item(check, table, key, bytes, body);
}

void check__entry(struct check *check, struct check_table *table, uint32_t index, struct slice key, struct slice bytes)
{
    struct slice body;

    check->figures.entries++;
    if (!check__body(check, table->desc, &table->desc->indexes[index], key, bytes, &body))
        table->unreadable = true;
    else
        index_add(&table->found[index], key, body);
}
