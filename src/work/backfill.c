/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Filling a global index that was added to a live table (4.6).
 *
 * From the moment the index's descriptor is published every writer keeps the entries of what it writes; the catalog's
 * fence sees to it that nobody writes without knowing. What is left are the items that were there before and that
 * nobody touches. So:
 *
 *     for each page of the table's items, in order of key
 *         for each item that would have an entry:  decide, with the item and the entry as keys:
 *             the item is gone, or has another entry by now     a writer did that, and wrote what it should
 *             the entry is there                                 a writer wrote it
 *             else                                               put the entry, count it
 *     every few pages: settle; checkpoint
 *
 * Each decision reads the item again under its latch: what the page said of it was only a hint where to look. An item
 * without an entry needs no decision: it can only get one from a writer. Doing a page twice writes nothing the second
 * time, so a crash costs at most a step.
 *
 * It does not begin before BACKFILLING has been visible for its time (due_ms): clients look for that state.
 *
 * The last page ends it: entries of all items exist, and the index becomes ACTIVE, which is the
 * moment queries may read it.
 *
 * Items whose key attributes are missing, of the wrong type, empty or too long have no entry (index_entry): they are
 * passed over.
 */
#include "codec/key.h"
#include "codec/record.h"
#include "table/index.h"
#include "work/work_int.h"

struct filling {
    const struct table_desc *table;
    const struct index_desc *index;
    struct slice item_key, entry_key;
    bool written; /* by the last run */
};

static void entry_put(
    const struct filling *filling, struct slice body, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct record record = {.stamp = stamp, .size = body_size(body), .body = body};
    uint32_t table = filling->table->id;
    uint16_t index = filling->index->id;
    struct buf out;

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    record_write(&out, filling->entry_key, &record);
    effects_put(fx, ENGINE_DATA, filling->entry_key, buf_view(&out));
    effects_add(fx, table_counter_key(arena, table, index, COUNTER_ITEMS), 1);
    effects_add(fx, table_counter_key(arena, table, index, COUNTER_BYTES), record.size);
}

static enum err filling_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct filling *filling = context;
    struct slice key, body;
    struct record item;
    enum err err;

    filling->written = false;
    if (old[0].bytes.p == NULL || old[1].bytes.p != NULL)
        return OK;
    err = record_read(filling->item_key, old[0].bytes, &item);
    if (err)
        return err;
    if (!index_entry(filling->table, filling->index, filling->item_key, item.body, arena, &key, &body) ||
        !slice_equal(key, filling->entry_key))
        return OK;
    entry_put(filling, body, stamp, arena, fx);
    filling->written = true;
    return OK;
}

/* One item of a page. Joins its ticket to *ticket. */
static enum err item_fill(
    struct work_step *step, const void *context, struct slice key, struct slice bytes, engine_ticket *ticket)
{
    const struct index_desc *index = context;
    struct filling filling = {.table = step->desc, .index = index, .item_key = key};
    struct slice ignored;
    struct record item;
    enum err err;

    err = record_read(key, bytes, &item);
    if (err)
        return err;
    if (!index_entry(step->desc, index, key, item.body, step->arena, &filling.entry_key, &ignored))
        return OK;
    const struct engine_key keys[] = {{ENGINE_DATA, key}, {ENGINE_DATA, filling.entry_key}};
    err = work__item_decide(step, keys, 2, filling_decide, &filling, ticket);
    if (!err)
        work__count(&step->work->counts.entries_written, filling.written);
    return err;
}

/* ---- the end ---- */
static enum err finish_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    const uint16_t *index_id = context;
    struct index_desc *indexes = table_indexes_edit(next, arena);

    *ret_what = CATALOG_NOTHING;
    for (uint32_t i = present->lsi_count; i < present->lsi_count + present->gsi_count; i++) {
        if (indexes[i].id != *index_id || indexes[i].status != INDEX_BACKFILLING)
            continue;
        table_index_activate(next, &indexes[i]);
        *ret_what = CATALOG_STORE;
    }
    table_updating_settle(next);
    return OK;
}

static enum err finish(struct work_step *step, const struct index_desc *index)
{
    struct slice checkpoint = work__checkpoint_key(step->arena, step->desc->id, index->id);
    uint16_t index_id = index->id;
    enum err err;

    err = work__meta_delete(step, &checkpoint, 1); /* before: a crash in between fills once more, and finds all there */
    if (!err)
        err = work__change(step, finish_fill, &index_id);
    if (!err)
        work__count(&step->work->counts.indexes_filled, 1);
    return err;
}

enum err work__backfill(struct work_step *step, const struct index_desc *index)
{
    bool done;
    enum err err = work__items_step(step, index->id, item_fill, index, &done);

    return err || !done ? err : finish(step, index);
}
