/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The frame: one fiber that, round by round, takes one step of every table that has something due.
 *
 *     look at all descriptors ── due tables ── a step of each ── a page of each walk ── more due at once? again, else
 *                                                              park until the next is due or the catalog changes
 *
 * There is no list of jobs beside the descriptors: what a table's state asks for is the job, and so a restart, a crash
 * or a missed wake-up can lose none. Looking at all descriptors costs some 10 us per thousand tables and happens once a
 * round. What no descriptor tells (expired tokens, streams of deleted tables) is found by walks over its records.
 *
 * A step is bounded (work_int.h) and waits for its own writes; between two steps of one table all others had theirs.
 * Steps run as a fiber among those of the requests and give way like them. An error (the disk is full, say) ends the
 * step; all work pauses a second and tries again.
 */
#include "work/work_int.h"

#include <stdlib.h>

#include "base/assert.h"
#include "codec/key.h"
#include "os/clock.h"

#define PARK_MS_MAX 60000u

/* ---- one table ---- */
static enum err advance_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    const struct work_step *step = context;

    (void)present;
    *ret_what = table_advance(next, step->now_ms, arena) ? CATALOG_STORE : CATALOG_NOTHING;
    return OK;
}

/* The first index whose work is due; indexes go one after another, the expiry index last. */
static enum err index_step(struct work_step *step)
{
    const struct table_desc *desc = step->desc;

    for (uint32_t i = desc->lsi_count; i < desc->lsi_count + desc->gsi_count; i++) {
        const struct index_desc *index = &desc->indexes[i];

        if (index->status == INDEX_BACKFILLING && table_is_due(index->due_ms, step->now_ms))
            return work__backfill(step, index);
        if (index->status == INDEX_DELETING && table_is_due(index->due_ms, step->now_ms))
            return work__remove_index(step, index);
    }
    if (desc->ttl.filling)
        return work__ttl_fill(step);
    return table_ttl_dead(desc) > desc->ttl.dropped ? work__ttl_drop(step) : OK;
}

static enum err table_step(struct work_step *step)
{
    struct table_desc probe = *step->desc;

    work__count(&step->work->counts.steps, 1);
    if (step->desc->status == TABLE_DELETING)
        return work__remove_table(step);
    if (table_advance(&probe, step->now_ms, step->arena))
        return work__change(step, advance_fill, step); /* the rest sees the new descriptor in the next round */
    return index_step(step);
}

/* ---- one round ---- */
/* Ids of the due tables. *ret_due_ms: when the next of the others is due. */
static uint32_t due_tables(struct work *work, struct catalog_view *view, struct arena *arena, uint64_t now_ms,
    uint32_t **ret_ids, uint64_t *ret_due_ms)
{
    uint32_t count = catalog_count(view), due = 0;
    uint32_t *ids = arena_alloc(arena, count * sizeof(*ids));

    *ret_due_ms = UINT64_MAX;
    work->expiry.tables = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct table_desc *desc = catalog_at(view, i);
        uint64_t due_ms = table_due(desc);

        work->expiry.tables += desc->ttl.attribute.p != NULL;
        if (table_is_due(due_ms, now_ms))
            ids[due++] = desc->id;
        else if (due_ms < *ret_due_ms)
            *ret_due_ms = due_ms;
    }
    *ret_ids = ids;
    return due;
}

static enum err table_run(struct work *work, struct fiber *self, struct arena *arena, uint64_t now_ms, uint32_t id)
{
    struct arena_mark mark = arena_mark(arena);
    struct catalog_view *view = catalog_acquire(work->catalog, self);
    struct work_step step = {.work = work, .self = self, .arena = arena, .now_ms = now_ms};
    enum err err = OK;

    step.desc = catalog_find_id(view, id);
    if (step.desc != NULL && table_is_due(table_due(step.desc), now_ms))
        err = table_step(&step);
    catalog_release(view, self);
    arena_reset(arena, mark);
    if (err)
        work__count(&work->counts.errors, 1);
    return err;
}

bool work__is_stopping(struct work *work)
{
    bool stop;

    pthread_mutex_lock(&work->mutex);
    stop = work->stop;
    pthread_mutex_unlock(&work->mutex);
    return stop;
}

/* ---- walks ---- */
static const struct {
    work__walk_fn *page;
    uint64_t pause_ms;
} walks[WORK_WALKS] = {
    [WORK_WALK_TOKENS] = {work__tokens_walk, WORK_TOKENS_PAUSE_MS},
    [WORK_WALK_STREAMS] = {work__streams_walk, WORK_STREAMS_PAUSE_MS},
    [WORK_WALK_EXPIRY] = {work__expiry_walk, WORK_EXPIRY_PAUSE_MS},
    [WORK_WALK_GROWTH] = {work__growth_walk, WORK_GROWTH_PAUSE_MS},
};

enum err work__walk_page(struct work *work, struct fiber *self, struct arena *arena, struct work_walk *walk,
    struct slice from, struct slice to, uint32_t entries_max, struct engine_page *ret)
{
    enum err err;

    if (walk->cursor.n != 0)
        from = arena_dup(arena, buf_view(&walk->cursor));
    err = engine_range(work->engine, self, arena, ENGINE_META, from, to, false, entries_max, WORK_PAGE_BYTES, ret);
    if (err)
        return err;
    walk->cursor.n = 0;
    if (ret->more) {
        buf_slice(&walk->cursor, ret->keys[ret->count - 1]);
        buf_byte(&walk->cursor, 0); /* the first key after it */
    }
    return OK;
}

/* Looking at each of many tables every second would be felt; at one alone it is nothing. Streams are looked at as often
 * as their shards are to roll. */
static uint64_t walk_pause(const struct work *work, int walk)
{
    uint64_t pause_ms = walks[walk].pause_ms;

    if (walk == WORK_WALK_EXPIRY)
        return pause_ms + work->expiry.tables;
    return walk == WORK_WALK_STREAMS && work->shard_life_ms < pause_ms ? work->shard_life_ms : pause_ms;
}

/* A page of each walk that is due. *due_ms: earlier when one is due before. A page that failed is left to the next
 * walk. */
static enum err walks_run(struct work *work, struct fiber *self, struct arena *arena, uint64_t now_ms, uint64_t *due_ms)
{
    enum err err = OK;

    for (int i = 0; i < WORK_WALKS && !work__is_stopping(work); i++) {
        struct work_walk *walk = &work->walks[i];
        struct arena_mark mark = arena_mark(arena);
        bool more = false;
        enum err one = OK;

        if (i == WORK_WALK_EXPIRY && work->expiry.tables == 0)
            continue;
        if (table_is_due(walk->due_ms, now_ms)) {
            one = walks[i].page(work, self, arena, walk, now_ms, &more);
            walk->due_ms = more && !one ? now_ms : now_ms + walk_pause(work, i);
            arena_reset(arena, mark);
        }
        if (one)
            work__count(&work->counts.errors, 1);
        err = err ? err : one;
        *due_ms = walk->due_ms < *due_ms ? walk->due_ms : *due_ms;
    }
    return err;
}

enum err work_round(struct work *work, struct fiber *self, struct arena *arena, uint64_t now_ms, uint64_t *ret_wait_ms)
{
    struct arena_mark mark = arena_mark(arena);
    struct catalog_view *view = catalog_acquire(work->catalog, self);
    uint64_t due_ms;
    uint32_t *ids, count;
    enum err err = OK, one;

    count = due_tables(work, view, arena, now_ms, &ids, &due_ms);
    catalog_release(view, self);
    for (uint32_t i = 0; i < count && !work__is_stopping(work); i++) {
        one = table_run(work, self, arena, now_ms, ids[i]);
        err = err ? err : one;
        fiber_breathe(self, 0);
    }
    arena_reset(arena, mark);
    one = walks_run(work, self, arena, now_ms, &due_ms);
    *ret_wait_ms = count != 0 || due_ms <= now_ms ? 0 : due_ms - now_ms;
    return err ? err : one;
}

/* ---- the fiber ---- */
/* Parks until the time is over, a kick or the end. */
static void rest(struct work *work, struct fiber *self, uint64_t wait_ms)
{
    uint64_t deadline_ns;

    if (wait_ms > PARK_MS_MAX) /* nothing due that we know of: look now and then all the same */
        wait_ms = PARK_MS_MAX;
    deadline_ns = os_clock_monotonic_ns() + wait_ms * 1000000;
    pthread_mutex_lock(&work->mutex);
    while (!work->stop && !work->kicked) {
        bool woken;

        pthread_mutex_unlock(&work->mutex);
        woken = fiber_park_until(self, deadline_ns);
        pthread_mutex_lock(&work->mutex);
        if (!woken)
            break;
    }
    work->kicked = false;
    pthread_mutex_unlock(&work->mutex);
}

/* After an error only the end is worth waking for. */
static void pause_after_error(struct work *work, struct fiber *self)
{
    uint64_t deadline_ns = os_clock_monotonic_ns() + WORK_ERROR_PAUSE_MS * 1000000ull;

    while (!work__is_stopping(work) && os_clock_monotonic_ns() < deadline_ns)
        (void)fiber_park_until(self, deadline_ns);
}

static void background(struct fiber *self, struct arena *arena, void *argument)
{
    struct work *work = argument;

    pthread_mutex_lock(&work->mutex);
    work->fiber = self;
    pthread_mutex_unlock(&work->mutex);
    while (!work__is_stopping(work)) {
        uint64_t wait_ms;

        if (work_round(work, self, arena, os_clock_wall_ms(), &wait_ms) != OK)
            pause_after_error(work, self);
        else if (wait_ms != 0)
            rest(work, self, wait_ms);
        else
            fiber_yield(self);
    }
    pthread_mutex_lock(&work->mutex);
    work->fiber = NULL; /* from here on nobody wakes it */
    work->running = false;
    pthread_cond_signal(&work->ended);
    pthread_mutex_unlock(&work->mutex);
}

/* ---- life ---- */
static void wake(struct work *work)
{
    if (work->fiber != NULL)
        fiber_wake(work->fiber);
}

void work_kick(struct work *work)
{
    pthread_mutex_lock(&work->mutex);
    work->kicked = true;
    wake(work);
    pthread_mutex_unlock(&work->mutex);
}

static void catalog_changed(void *context)
{
    work_kick(context);
}

static void work_free(struct work *work)
{
    for (int i = 0; i < WORK_WALKS; i++)
        buf_fini(&work->walks[i].cursor);
    free(work->expiry.marks);
    pthread_cond_destroy(&work->ended);
    pthread_mutex_destroy(&work->mutex);
    free(work);
}

enum err work_start(const struct work_options *options, struct work **ret)
{
    struct work *work = calloc(1, sizeof(*work));
    enum err err;

    ASSERT(work != NULL);
    work->engine = options->engine;
    work->catalog = options->catalog;
    work->growth = options->growth;
    work->step_items = WORK_STEP_ITEMS;
    work->shard_records_per_s = WORK_SHARD_RECORDS_PER_S;
    work->shard_life_ms = options->shard_life_ms == 0 ? WORK_SHARD_LIFE_MS : options->shard_life_ms;
    for (int i = 0; i < WORK_WALKS; i++)
        buf_init(&work->walks[i].cursor, NULL, KEY_BYTES_MAX);
    pthread_mutex_init(&work->mutex, NULL);
    pthread_cond_init(&work->ended, NULL);
    if (options->workers != NULL) {
        work->running = true;
        err = worker_spawn(workers_at(options->workers, options->worker), background, work);
        if (err) {
            work_free(work);
            return err;
        }
    }
    catalog_listen(work->catalog, catalog_changed, work);
    *ret = work;
    return OK;
}

void work_stop(struct work *work)
{
    if (work == NULL)
        return;
    pthread_mutex_lock(&work->mutex);
    work->stop = true;
    wake(work);
    while (work->running)
        pthread_cond_wait(&work->ended, &work->mutex);
    pthread_mutex_unlock(&work->mutex);
    catalog_listen(work->catalog, NULL, NULL);
    work_free(work);
}

void work_figures(const struct work *work, struct work_figures *ret)
{
    *ret = (struct work_figures){
        .steps = atomic_load_explicit(&work->counts.steps, memory_order_relaxed),
        .errors = atomic_load_explicit(&work->counts.errors, memory_order_relaxed),
        .items_scanned = atomic_load_explicit(&work->counts.items_scanned, memory_order_relaxed),
        .entries_written = atomic_load_explicit(&work->counts.entries_written, memory_order_relaxed),
        .indexes_filled = atomic_load_explicit(&work->counts.indexes_filled, memory_order_relaxed),
        .indexes_removed = atomic_load_explicit(&work->counts.indexes_removed, memory_order_relaxed),
        .tables_removed = atomic_load_explicit(&work->counts.tables_removed, memory_order_relaxed),
        .tokens_removed = atomic_load_explicit(&work->counts.tokens_removed, memory_order_relaxed),
        .shards_opened = atomic_load_explicit(&work->counts.shards_opened, memory_order_relaxed),
        .items_expired = atomic_load_explicit(&work->counts.items_expired, memory_order_relaxed),
        .shards_dropped = atomic_load_explicit(&work->counts.shards_dropped, memory_order_relaxed),
    };
}
