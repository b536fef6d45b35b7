/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Going once through all items of a table, in steps: pages in order of key, something done with each item, then a
 * checkpoint. What is done with an item is a decision under its latch, for what the page says of it may be old.
 *
 * The pages of a step share a sync. The checkpoint follows it, so after a crash some items come again, and none is
 * passed over. Items that are written while the walk is under way may come or not: writers see to those themselves.
 */
#include "codec/key.h"
#include "os/clock.h"
#include "work/work_int.h"

/* How far a step came. */
struct progress {
    struct buf cursor; /* the last item done; empty at the start */
    engine_ticket ticket;
    uint32_t items;
    bool more;
};

struct walk {
    struct work_step *step;
    work__item_fn *fn;
    const void *context;
    struct progress progress;
};

/* ERR_STALE: the descriptor changed; what was appended until then stands. */
static enum err page_do(struct walk *walk, const struct engine_page *page)
{
    struct work_step *step = walk->step;
    enum err err = OK;

    for (uint32_t i = 0; i < page->count && !err; i++) {
        struct arena_mark mark = arena_mark(step->arena);

        work__count(&step->work->counts.items_scanned, 1);
        err = walk->fn(step, walk->context, page->keys[i], page->values[i], &walk->progress.ticket);
        arena_reset(step->arena, mark);
        fiber_breathe(step->self, page->values[i].n);
    }
    return err;
}

/* The range of items after the cursor. */
static void items_after(struct work_step *step, struct slice cursor, struct slice *ret_from, struct slice *ret_to)
{
    struct buf prefix, from;

    buf_init(&prefix, step->arena, KEY_BYTES_MAX);
    key_prefix(&prefix, step->desc->id, 0);
    work__prefix_range(step->arena, buf_view(&prefix), ret_from, ret_to);
    if (cursor.n == 0)
        return;
    buf_init(&from, step->arena, KEY_BYTES_MAX + 1);
    buf_slice(&from, cursor);
    buf_byte(&from, 0); /* the first key after it */
    *ret_from = buf_view(&from);
}

static enum err next_page(struct walk *walk)
{
    struct work_step *step = walk->step;
    struct progress *progress = &walk->progress;
    uint32_t left = step->work->step_items - progress->items;
    struct slice from, to;
    struct engine_page page;
    enum err err;

    items_after(step, buf_view(&progress->cursor), &from, &to);
    err = engine_range(step->work->engine, step->self, step->arena, ENGINE_DATA, from, to, false,
        left < WORK_PAGE_ENTRIES ? left : WORK_PAGE_ENTRIES, WORK_PAGE_BYTES, &page);
    if (!err)
        err = page_do(walk, &page);
    if (err)
        return err;
    progress->more = page.more;
    progress->items += page.count;
    if (page.count != 0) {
        progress->cursor.n = 0;
        buf_slice(&progress->cursor, page.keys[page.count - 1]);
    }
    return OK;
}

/* Pages until the budget of a step is used up: they share one sync. */
static enum err pages_do(struct walk *walk)
{
    struct work_step *step = walk->step;
    uint64_t until_ns = os_clock_monotonic_ns() + WORK_STEP_MS * 1000000ull;
    struct arena_mark mark = arena_mark(step->arena);
    enum err err = OK, settled;

    walk->progress.more = true;
    while (!err && walk->progress.more && walk->progress.items < step->work->step_items &&
           os_clock_monotonic_ns() < until_ns) {
        err = next_page(walk);
        arena_reset(step->arena, mark);
    }
    settled = engine_settle(step->work->engine, step->self, walk->progress.ticket);
    return err ? err : settled;
}

enum err work__items_step(
    struct work_step *step, uint16_t checkpoint_id, work__item_fn *fn, const void *context, bool *ret_done)
{
    struct walk walk = {.step = step, .fn = fn, .context = context};
    struct slice cursor;
    enum err err;

    *ret_done = false;
    err = work__checkpoint_read(step, checkpoint_id, &cursor);
    if (err)
        return err;
    buf_init(&walk.progress.cursor, step->arena, KEY_BYTES_MAX);
    (void)buf_reserve(&walk.progress.cursor, KEY_BYTES_MAX); /* now: what is allocated later goes with each page */
    buf_slice(&walk.progress.cursor, cursor);
    err = pages_do(&walk);
    if (err == ERR_STALE) { /* the next round takes the new descriptor, and the same pages */
        catalog_wait_newer(step->work->catalog, step->self, step->desc->id, step->desc->version);
        return OK;
    }
    if (err)
        return err;
    *ret_done = !walk.progress.more;
    return *ret_done ? OK : work__checkpoint_write(step, checkpoint_id, buf_view(&walk.progress.cursor));
}

enum err work__item_decide(struct work_step *step, const struct engine_key *keys, uint32_t keys_count,
    engine_decide_fn *fn, void *context, engine_ticket *ticket)
{
    struct engine *engine = step->work->engine;
    const struct engine_decision decision = {
        .keys = keys,
        .keys_count = keys_count,
        .fn = fn,
        .context = context,
        .fence = step->desc->fence,
        .fence_version = step->desc->version,
    };
    engine_ticket mine;
    enum err err = engine_decide(engine, step->self, step->arena, &decision, &mine);

    if (!err)
        *ticket = engine_ticket_join(engine, *ticket, mine);
    return err;
}
