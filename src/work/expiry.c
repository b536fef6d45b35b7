/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Removing what has expired (control-plane.md 7.2). Every second, for each table with time to live: the beginning of
 * its expiry index up to now, and for each entry one write that removes the item, if it is still due in the moment it
 * is held. That is the same decision as any delete, with indexes, counters and a record in the stream that names the
 * service.
 *
 *     table A   | removed ... | mark .. slack .. now |  later ...
 *                               read again each time
 *
 * Entries are removed at the front and added behind, which leaves the front full of tombstones. So it is not read
 * again: a mark per table, in memory, says up to where nothing is left. New entries never stand before the present
 * second, but for writes that are still under way (the slack), for a clock that was put back, and for items from before
 * time to live was switched on; in the last two cases reading begins anew at the front. A clock that was put back and
 * forth again is not noticed: so reading begins anew each hour as well. After a start the marks are not known.
 *
 * Several tables take turns; one that has much to remove does not keep the others waiting.
 */
#include <stdlib.h>

#include "base/assert.h"
#include "codec/key.h"
#include "os/clock.h"
#include "table/expiry.h"
#include "table/table.h"
#include "work/work_int.h"

/* ---- marks ---- */
static uint32_t mark_position(const struct work_expiry *expiry, uint32_t table_id)
{
    uint32_t low = 0, high = expiry->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (expiry->marks[middle].table_id < table_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void marks_grow(struct work_expiry *expiry)
{
    expiry->capacity = expiry->capacity == 0 ? 16 : 2 * expiry->capacity;
    expiry->marks = realloc(expiry->marks, expiry->capacity * sizeof(*expiry->marks));
    ASSERT(expiry->marks != NULL);
}

/* The table's mark, one that knows nothing for a new table or generation. */
static struct work_expiry_mark *mark_of(struct work_expiry *expiry, const struct table_desc *desc)
{
    uint32_t at = mark_position(expiry, desc->id);
    struct work_expiry_mark *mark;

    if (at == expiry->count || expiry->marks[at].table_id != desc->id) {
        if (expiry->count == expiry->capacity)
            marks_grow(expiry);
        memmove(&expiry->marks[at + 1], &expiry->marks[at], (expiry->count - at) * sizeof(*expiry->marks));
        expiry->marks[at] = (struct work_expiry_mark){.table_id = desc->id};
        expiry->count++;
    }
    mark = &expiry->marks[at];
    if (mark->generation != desc->ttl.generation)
        *mark = (struct work_expiry_mark){.table_id = desc->id, .generation = desc->ttl.generation};
    return mark;
}

/* Forgets tables that are gone, once there are many. */
static void marks_clean(struct work_expiry *expiry, struct catalog_view *view)
{
    uint32_t count = 0;

    if (expiry->count < 2 * expiry->tables + 64)
        return;
    for (uint32_t i = 0; i < expiry->count; i++) {
        if (catalog_find_id(view, expiry->marks[i].table_id) != NULL)
            expiry->marks[count++] = expiry->marks[i];
    }
    expiry->count = count;
}

/* ---- one table ---- */
static enum err entry_expire(struct work_step *step, struct slice key, engine_ticket *ticket)
{
    struct fault fault = {.arena = step->arena};
    struct table_context context = {.engine = step->work->engine,
        .fiber = step->self,
        .arena = step->arena,
        .table = step->desc,
        .fault = &fault,
        .now_ms = step->now_ms};
    struct table_write write = {.kind = TABLE_EXPIRE};
    engine_ticket mine;
    enum err err;

    expiry_key_read(step->arena, key, &write.expiry_second, &write.key);
    err = table_write(&context, &write, &mine);
    if (err)
        return err;
    *ticket = engine_ticket_join(step->work->engine, *ticket, mine);
    work__count(&step->work->counts.items_expired, write.expired);
    return OK;
}

/* A damaged item keeps its entry; whoever reads it tells. *ret_done: the others. */
static enum err entries_expire(struct work_step *step, const struct engine_page *page, uint32_t *ret_done)
{
    engine_ticket ticket = 0;
    enum err err = OK, settled;

    for (uint32_t i = 0; i < page->count && !err; i++) {
        struct arena_mark mark = arena_mark(step->arena);

        err = entry_expire(step, page->keys[i], &ticket);
        *ret_done += err == OK;
        if (err == ERR_CORRUPT)
            err = OK;
        arena_reset(step->arena, mark);
        fiber_breathe(step->self, 1);
    }
    settled = engine_settle(step->work->engine, step->self, ticket);
    return err ? err : settled;
}

/* The entries in [second, now). The empty item key stands before all others. */
static enum err due_read(struct work_step *step, uint64_t second, struct engine_page *ret)
{
    static const uint8_t none[KEY_PREFIX_BYTES];
    struct slice before_all = slice_of(none, sizeof(none));
    struct slice from = expiry_key(step->arena, step->desc, second, before_all);
    struct slice to = expiry_key(step->arena, step->desc, step->now_ms / 1000, before_all);

    return engine_range(step->work->engine, step->self, step->arena, ENGINE_DATA, from, to, false,
        WORK_EXPIRY_TABLE_ITEMS, WORK_PAGE_BYTES, ret);
}

/* Up to where nothing is left, after a page. */
static uint64_t mark_after(struct work_step *step, const struct engine_page *page, uint32_t done)
{
    uint64_t now_s = step->now_ms / 1000, second;
    struct slice ignored;

    if (step->desc->ttl.filling)
        return 0;
    if (!page->more)
        return now_s > WORK_EXPIRY_SLACK_S ? now_s - WORK_EXPIRY_SLACK_S : 0;
    expiry_key_read(step->arena, page->keys[page->count - 1], &second, &ignored);
    return done == 0 ? second + 1 : second; /* a page of damaged items is passed over */
}

static enum err table_expire(struct work_step *step, uint32_t *ret_done, bool *ret_more)
{
    struct work_expiry_mark *mark = mark_of(&step->work->expiry, step->desc);
    uint64_t now_s = step->now_ms / 1000, from = mark->second;
    struct engine_page page;
    enum err err;

    if (now_s < from || os_clock_monotonic_ns() >= mark->anew_ns) {
        from = 0;
        mark->anew_ns = os_clock_monotonic_ns() + WORK_EXPIRY_ANEW_S * 1000000000ull;
    }
    if (expiry_is_stale(from, step->now_ms)) /* what nobody removes any more */
        from = now_s - EXPIRY_STALE_S;
    err = due_read(step, from, &page);
    if (!err)
        err = entries_expire(step, &page, ret_done);
    if (err)
        return err;
    mark->second = mark_after(step, &page, *ret_done);
    *ret_more = page.more;
    return OK;
}

/* ---- all tables ---- */
static bool has_ttl(const struct table_desc *desc)
{
    return desc->ttl.attribute.p != NULL && (desc->status == TABLE_ACTIVE || desc->status == TABLE_UPDATING);
}

static enum err table_run(struct work *work, struct fiber *self, struct arena *arena, uint64_t now_ms, uint32_t id,
    uint32_t *ret_done, bool *ret_more)
{
    struct arena_mark mark = arena_mark(arena);
    struct catalog_view *view = catalog_acquire(work->catalog, self);
    struct work_step step = {
        .work = work, .self = self, .arena = arena, .now_ms = now_ms, .desc = catalog_find_id(view, id)};
    enum err err = OK;

    *ret_done = 0;
    *ret_more = false;
    if (step.desc != NULL && has_ttl(step.desc))
        err = table_expire(&step, ret_done, ret_more);
    if (err == ERR_STALE) { /* the table changes: next time */
        catalog_wait_newer(work->catalog, self, step.desc->id, step.desc->version);
        *ret_more = true;
        err = OK;
    }
    catalog_release(view, self);
    arena_reset(arena, mark);
    return err;
}

static uint32_t tables_list(struct work *work, struct fiber *self, struct arena *arena, uint32_t **ret_ids)
{
    struct catalog_view *view = catalog_acquire(work->catalog, self);
    uint32_t *ids = arena_alloc(arena, catalog_count(view) * sizeof(*ids)), count = 0;

    for (uint32_t i = 0; i < catalog_count(view); i++) {
        if (has_ttl(catalog_at(view, i)))
            ids[count++] = catalog_at(view, i)->id;
    }
    marks_clean(&work->expiry, view);
    catalog_release(view, self);
    *ret_ids = ids;
    return count;
}

enum err work__expiry_walk(
    struct work *work, struct fiber *self, struct arena *arena, struct work_walk *walk, uint64_t now_ms, bool *ret_more)
{
    uint32_t *ids, count = tables_list(work, self, arena, &ids), items = 0, i;
    enum err err = OK;

    (void)walk;
    for (i = 0; i < count && !err && items < WORK_EXPIRY_ROUND_ITEMS && !work__is_stopping(work); i++) {
        uint32_t done;
        bool more;

        err = table_run(work, self, arena, now_ms, ids[(work->expiry.turn + i) % count], &done, &more);
        items += done;
        *ret_more = *ret_more || more;
    }
    work->expiry.turn += i; /* who had its turn waits for the others */
    *ret_more = *ret_more || i < count;
    return err;
}
