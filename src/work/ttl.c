/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The expiry index of a table in the large (table/expiry.h): filling it when time to live is switched on for a table
 * that has items, and dropping it when it was switched off.
 *
 * From the moment the descriptor is published writers keep the entries of what they write; what is left are the items
 * that nobody touches. A filled-in entry says what the item's attribute says, and there is nothing to count, so doing
 * an item twice is as good as once.
 */
#include "codec/key.h"
#include "codec/record.h"
#include "table/expiry.h"
#include "work/work_int.h"

/* ---- filling ---- */
struct filling {
    const struct table_desc *table;
    struct slice key;
    uint64_t now_ms;
    bool written; /* by the last run */
};

static enum err fill_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct filling *filling = context;
    struct record item;
    enum err err;

    filling->written = false;
    if (old->bytes.p == NULL)
        return OK;
    err = record_read(filling->key, old->bytes, &item);
    if (!err)
        filling->written = expiry_fill(filling->table, filling->key, &item, filling->now_ms, stamp, arena, fx);
    return err;
}

/* A damaged item has no entry; readers and `stator check` tell it. */
static enum err item_fill(
    struct work_step *step, const void *context, struct slice key, struct slice bytes, engine_ticket *ticket)
{
    struct filling filling = {.table = step->desc, .key = key, .now_ms = step->now_ms};
    struct record item;
    uint64_t ignored;
    enum err err;

    (void)context;
    if (record_read(key, bytes, &item) != OK || !expiry_attribute(step->desc, item.body, &ignored))
        return OK;
    const struct engine_key keys[] = {{ENGINE_DATA, key}};
    err = work__item_decide(step, keys, 1, fill_decide, &filling, ticket);
    if (!err)
        work__count(&step->work->counts.entries_written, filling.written);
    return err;
}

static enum err filled(void *context, const struct table_desc *present, struct table_desc *next, struct arena *arena,
    enum catalog_what *ret_what)
{
    const uint32_t *generation = context;

    (void)arena;
    *ret_what = CATALOG_NOTHING;
    if (!present->ttl.filling || present->ttl.generation != *generation)
        return OK;
    next->ttl.filling = false;
    *ret_what = CATALOG_STORE;
    return OK;
}

enum err work__ttl_fill(struct work_step *step)
{
    uint32_t generation = step->desc->ttl.generation;
    uint16_t id = TTL_INDEX_ID(generation);
    struct slice checkpoint;
    bool done;
    enum err err = work__items_step(step, id, item_fill, NULL, &done);

    if (err || !done)
        return err;
    checkpoint = work__checkpoint_key(step->arena, step->desc->id, id);
    err = work__meta_delete(step, &checkpoint, 1);
    return err ? err : work__change(step, filled, &generation);
}

/* ---- dropping ---- */
static enum err dropped(void *context, const struct table_desc *present, struct table_desc *next, struct arena *arena,
    enum catalog_what *ret_what)
{
    const uint32_t *dead = context;

    (void)arena;
    *ret_what = present->ttl.dropped < *dead ? CATALOG_STORE : CATALOG_NOTHING;
    next->ttl.dropped = *dead;
    return OK;
}

/* Entries first: as long as the descriptor says that they are there, a restart drops them again. */
enum err work__ttl_drop(struct work_step *step)
{
    uint32_t dead = table_ttl_dead(step->desc), from_generation = step->desc->ttl.dropped + 1;
    struct slice checkpoint = work__checkpoint_key(step->arena, step->desc->id, TTL_INDEX_ID(dead));
    struct slice from, to, ignored;
    struct buf first, last;
    enum err err;

    buf_init(&first, step->arena, KEY_BYTES_MAX);
    key_prefix(&first, step->desc->id, TTL_INDEX_ID(from_generation));
    buf_init(&last, step->arena, KEY_BYTES_MAX);
    key_prefix(&last, step->desc->id, TTL_INDEX_ID(dead));
    work__prefix_range(step->arena, buf_view(&first), &from, &ignored);
    work__prefix_range(step->arena, buf_view(&last), &ignored, &to);
    err = engine_drop(step->work->engine, step->self, ENGINE_DATA, from, to);
    if (!err)
        err = work__meta_delete(step, &checkpoint, 1);
    return err ? err : work__change(step, dropped, &dead);
}
