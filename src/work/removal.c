/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Removing what was deleted: an index, or a whole table. Its state is DELETING, so nobody writes it any more; a request
 * that began before may still read, and sees less and less.
 *
 * The order makes every crash harmless: entries and counters first, the descriptor last. As long as it is there a
 * restart finds it and does all again, which removes nothing twice. Ids are not reused, so nothing new can lie in the
 * range that is dropped.
 */
#include "codec/key.h"
#include "work/work_int.h"

/* ---- an index ---- */
static enum err index_gone_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    const uint16_t *index_id = context;
    struct index_desc *indexes = table_indexes_edit(next, arena);
    uint32_t count = present->lsi_count + present->gsi_count;

    *ret_what = CATALOG_NOTHING;
    for (uint32_t i = present->lsi_count; i < count; i++) {
        if (indexes[i].id != *index_id || indexes[i].status != INDEX_DELETING)
            continue;
        memmove(&indexes[i], &indexes[i + 1], (count - i - 1) * sizeof(*indexes));
        next->gsi_count--;
        *ret_what = CATALOG_STORE;
        break;
    }
    table_definitions_settle(next, arena);
    table_updating_settle(next);
    return OK;
}

enum err work__remove_index(struct work_step *step, const struct index_desc *index)
{
    uint32_t table_id = step->desc->id;
    uint16_t index_id = index->id;
    const struct slice keys[] = {
        table_counter_key(step->arena, table_id, index_id, COUNTER_ITEMS),
        table_counter_key(step->arena, table_id, index_id, COUNTER_BYTES),
        work__checkpoint_key(step->arena, table_id, index_id),
    };
    struct slice from, to;
    struct buf prefix;
    enum err err;

    buf_init(&prefix, step->arena, KEY_BYTES_MAX);
    key_prefix(&prefix, table_id, index_id);
    work__prefix_range(step->arena, buf_view(&prefix), &from, &to);
    err = engine_drop(step->work->engine, step->self, ENGINE_DATA, from, to);
    if (!err)
        err = work__meta_delete(step, keys, 3);
    if (!err)
        err = work__change(step, index_gone_fill, &index_id);
    if (!err)
        work__count(&step->work->counts.indexes_removed, 1);
    return err;
}

/* ---- a table ---- */
static enum err table_gone_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    (void)context;
    (void)next;
    (void)arena;
    *ret_what = present->status == TABLE_DELETING ? CATALOG_REMOVE : CATALOG_NOTHING;
    return OK;
}

/* A page of the records of meta in [from, to). */
static enum err meta_page_delete(struct work_step *step, struct slice from, struct slice to, bool *ret_more)
{
    struct engine_page page;
    enum err err;

    err = engine_range(step->work->engine, step->self, step->arena, ENGINE_META, from, to, false, WORK_PAGE_ENTRIES,
        WORK_PAGE_BYTES, &page);
    if (err)
        return err;
    *ret_more = page.more;
    return work__meta_delete(step, page.keys, page.count);
}

/* Counters, item collections, checkpoints: one page of them. *ret_more: something may be left. */
static enum err meta_delete(struct work_step *step, bool *ret_more)
{
    struct arena *arena = step->arena;
    struct slice from[3], to[3];
    enum err err = OK;

    table_counter_range(arena, step->desc->id, &from[0], &to[0]);
    table_collection_range(arena, step->desc->id, &from[1], &to[1]);
    from[2] = work__checkpoint_key(arena, step->desc->id, 0);
    to[2] = work__checkpoint_key(arena, step->desc->id, UINT16_MAX);
    *ret_more = false;
    for (int i = 0; i < 3 && !err && !*ret_more; i++)
        err = meta_page_delete(step, from[i], to[i], ret_more);
    return err;
}

enum err work__remove_table(struct work_step *step)
{
    struct slice from, to;
    struct buf prefix;
    bool more;
    enum err err;

    err = meta_delete(step, &more);
    if (err || more)
        return err;
    buf_init(&prefix, step->arena, KEY_BYTES_MAX);
    key_prefix(&prefix, step->desc->id, 0);
    prefix.n -= KEY_PREFIX_BYTES - 4; /* the table's id alone: items and all indexes */
    work__prefix_range(step->arena, buf_view(&prefix), &from, &to);
    err = engine_drop(step->work->engine, step->self, ENGINE_DATA, from, to);
    if (!err)
        err = work__change(step, table_gone_fill, NULL);
    if (!err)
        work__count(&step->work->counts.tables_removed, 1);
    return err;
}
