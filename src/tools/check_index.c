/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The second pass over an index whose sums differ: one look-up for each item and each entry, so that every missing,
 * foreign or stale entry is told by its key. An entry carries the table's key attributes, which is the way back to its
 * item.
 */
#include "codec/record.h"
#include "codec/value.h"
#include "tools/check_int.h"
#include "table/index.h"
#include "table/key.h"

struct compare {
    const struct table_desc *table;
    const struct index_desc *index;
};

enum found { FOUND, ABSENT, UNREADABLE };

/* The body under a key. What is unreadable was told in the first pass. */
static enum found look_up(struct check *check, struct slice key, struct slice *ret_body)
{
    struct engine_key at = {.space = ENGINE_DATA, .key = key};
    struct engine_record found;
    struct record record;

    if (engine_get(check->engine, check->self, check->arena, &at, 1, &found) != OK)
        return UNREADABLE;
    if (found.bytes.p == NULL)
        return ABSENT;
    if (record_read(key, found.bytes, &record) != OK || !body_valid(record.body, VALUE_DEPTH_MAX))
        return UNREADABLE;
    *ret_body = record.body;
    return FOUND;
}

static bool record_body(struct slice key, struct slice bytes, struct slice *ret_body)
{
    struct record record;

    if (record_read(key, bytes, &record) != OK || !body_valid(record.body, VALUE_DEPTH_MAX))
        return false;
    *ret_body = record.body;
    return true;
}

/* Items whose entry is not there. One that differs is told from the other side, one under a foreign key was told. */
static void item_compare(struct check *check, void *context, struct slice key, struct slice bytes)
{
    const struct compare *c = context;
    struct slice body, entry_key, entry_body, stored;

    if (record_body(key, bytes, &body) && check__is_own_key(check, c->table, key, body) &&
        index_entry(c->table, c->index, key, body, check->arena, &entry_key, &entry_body) &&
        look_up(check, entry_key, &stored) == ABSENT)
        check__tell(check, c->table, c->index, key, "the item has no entry");
}

static void entry_compare(struct check *check, void *context, struct slice key, struct slice bytes)
{
    const struct compare *c = context;
    struct slice body, item_key, item, entry_key, entry_body;
    enum found found;

    if (!record_body(key, bytes, &body))
        return;
    if (!check__has_key(c->table, body)) {
        check__tell(check, c->table, c->index, key, "the entry does not name its item");
        return;
    }
    item_key = table_item_key(c->table, body, check->arena);
    found = look_up(check, item_key, &item);
    if (found == UNREADABLE)
        return;
    if (found == ABSENT)
        check__tell(check, c->table, c->index, key, "the entry's item does not exist");
    else if (!index_entry(c->table, c->index, item_key, item, check->arena, &entry_key, &entry_body) ||
             !slice_equal(entry_key, key))
        check__tell(check, c->table, c->index, key, "the entry's item does not belong at this place");
    else if (!body_equal(entry_body, body))
        check__tell(check, c->table, c->index, key, "the entry does not hold what its item has");
}

void check__index_compare(
    struct check *check, const struct table_desc *table, const struct index_desc *index, bool missing)
{
    struct compare compare = {.table = table, .index = index};
    struct slice from, to;

    if (missing) {
        check__range(check, table->id, 0, &from, &to);
        (void)check__walk(check, ENGINE_DATA, from, to, item_compare, &compare);
    }
    check__range(check, table->id, index->id, &from, &to);
    (void)check__walk(check, ENGINE_DATA, from, to, entry_compare, &compare);
}
