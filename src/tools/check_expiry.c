/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The expiry index of a table (table/expiry.h) against its items, as check.c does with indexes: both sides are added
 * up, and only when the sums differ a second pass names who is to blame. Seconds so long past that nobody removes what
 * stands under them are left out on both sides.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "codec/record.h"
#include "os/clock.h"
#include "tools/check_int.h"
#include "table/expiry.h"

static void add(struct check_index *sums, struct slice key)
{
    sums->count++;
    sums->sum += XXH3_64bits(key.p, key.n);
}

/* The entry an item ought to have; false when it ought to have none. */
static bool entry_of(struct check *check, const struct table_desc *table, struct slice key, struct slice bytes,
    struct slice body, struct slice *ret_key)
{
    uint64_t second = expiry_of_stored(table, body, record_expiry(bytes));

    if (second == 0 || expiry_is_stale(second, os_clock_wall_ms()))
        return false;
    *ret_key = expiry_key(check->arena, table, second, key);
    return true;
}

void check__expiry_item(
    struct check *check, struct check_table *table, struct slice key, struct slice bytes, struct slice body)
{
    struct slice entry_key;

    if (table->desc->ttl.attribute.p != NULL && entry_of(check, table->desc, key, bytes, body, &entry_key))
        add(&table->expiry_expected, entry_key);
}

void check__expiry_entry(struct check *check, struct check_table *table, struct slice key, struct slice bytes)
{
    struct slice item_key;
    struct record record;
    uint64_t second;

    check->figures.entries++;
    if (record_read(key, bytes, &record) != OK || !expiry_key_is(key)) {
        check__tell(check, table->desc, NULL, key, "an entry of the expiry index is damaged");
        return;
    }
    expiry_key_read(check->arena, key, &second, &item_key);
    if (!expiry_is_stale(second, os_clock_wall_ms()))
        add(&table->expiry_found, key);
}

/* ---- the second pass ---- */
static bool look_up(struct check *check, struct slice key, struct slice *ret_bytes)
{
    const struct engine_key at = {ENGINE_DATA, key};
    struct engine_record found;

    *ret_bytes = SLICE_NULL;
    if (engine_get(check->engine, check->self, check->arena, &at, 1, &found) != OK)
        return false;
    *ret_bytes = found.bytes;
    return true;
}

/* What cannot be read was told in the first pass. */
static bool body_of(struct slice key, struct slice bytes, struct slice *ret_body)
{
    struct record record;

    if (record_read(key, bytes, &record) != OK || !body_valid(record.body, VALUE_DEPTH_MAX))
        return false;
    *ret_body = record.body;
    return true;
}

static void item_compare(struct check *check, void *context, struct slice key, struct slice bytes)
{
    const struct table_desc *table = context;
    struct slice body, entry_key, stored;

    if (body_of(key, bytes, &body) && entry_of(check, table, key, bytes, body, &entry_key) &&
        look_up(check, entry_key, &stored) && stored.p == NULL)
        check__tell(check, table, NULL, key, "the item has no entry in the expiry index");
}

static void entry_compare(struct check *check, void *context, struct slice key, struct slice bytes)
{
    const struct table_desc *table = context;
    struct slice item_key, item, body, entry_key;
    uint64_t second;

    (void)bytes;
    if (!expiry_key_is(key))
        return;
    expiry_key_read(check->arena, key, &second, &item_key);
    if (expiry_is_stale(second, os_clock_wall_ms()) || !look_up(check, item_key, &item))
        return;
    if (item.p == NULL)
        check__tell(check, table, NULL, key, "the item of an entry of the expiry index does not exist");
    else if (body_of(item_key, item, &body) &&
             (!entry_of(check, table, item_key, item, body, &entry_key) || !slice_equal(entry_key, key)))
        check__tell(check, table, NULL, key, "the item of an entry of the expiry index stands elsewhere in it");
}

/* While the index is being filled, entries of older items may still be missing. */
void check__expiry_end(struct check *check, const struct check_table *table)
{
    const struct check_index *expected = &table->expiry_expected, *found = &table->expiry_found;
    const struct table_desc *desc = table->desc;
    struct slice from, to;

    if (expected->count == found->count && expected->sum == found->sum)
        return;
    if (!desc->ttl.filling) {
        check__range(check, desc->id, 0, &from, &to);
        (void)check__walk(check, ENGINE_DATA, from, to, item_compare, (void *)(uintptr_t)desc);
    }
    check__range(check, desc->id, TTL_INDEX_ID(desc->ttl.generation), &from, &to);
    (void)check__walk(check, ENGINE_DATA, from, to, entry_compare, (void *)(uintptr_t)desc);
}
