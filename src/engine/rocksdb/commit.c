/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The committer: one thread that turns closed groups into durable ones.
 *
 *      close     under the mutex: the open group becomes the syncing one, a new one is opened, stamps get a floor
 *      finish    numbers of stream entries, one absolute record per touched counter, the limit of stamps if due
 *      write     one batch, one sync; RocksDB shows it to readers only after that
 *      publish   settlers wake, pending values are dropped
 *
 * When a write fails nothing of it left the process: replies wait for settle. A failed sync never comes back here
 * (rocksdb__sync_failed ends the process). After any other error both groups fail: the open one may hold values that
 * were decided on those of the closed one. Pending values, counters in memory and raised fences go back to what is
 * stored, the epoch changes so that decisions in flight read again, and RocksDB is asked to resume (resume.c), every
 * second, until its cause is gone. Only when RocksDB itself may hold a part of the group (shim_write) the process ends
 * here too. What the failed write left in RocksDB's log may come back after a crash; a client that got an error has to
 * reckon with both outcomes anyway.
 */
#include "base/assert.h"
#include "engine/rocksdb/rocksdb_int.h"
#include "os/clock.h"

#define GATHER_SHARE  4               /* of the time a write takes */
#define GATHER_NS_MIN (uint64_t)20000 /* less is not worth a wait */
#define GATHER_NS_MAX (uint64_t)1000000

/* ---- closing ---- */

static bool work_due(const struct rocksdb *e)
{
    return e->holds == 0 && (e->open->decisions != 0 || e->limit_wanted);
}

/*
 * The fibers of a group that was published are about to come back with their next requests. Closing at once would leave
 * them to the group after, and two halves would take turns, each waiting for the other's sync. So the committer waits
 * for as many decisions as were under way when it published, but not for long: a part of what a write takes. One writer
 * alone never waits.
 */
static void gather(struct rocksdb *e)
{
    uint64_t wait_ns = e->write_ns / GATHER_SHARE, until_ns;
    struct timespec until;

    if (wait_ns > GATHER_NS_MAX)
        wait_ns = GATHER_NS_MAX;
    if (wait_ns < GATHER_NS_MIN)
        return;
    until_ns = os_clock_monotonic_ns() + wait_ns;
    until = (struct timespec){(time_t)(until_ns / 1000000000u), (long)(until_ns % 1000000000u)};
    e->gathering = e->committer_waits = true;
    while (e->open->decisions < e->under_way && rocksdb__group_has_room(e->open) && !e->closing && !e->full) {
        if (pthread_cond_timedwait(&e->work, &e->mutex, &until) != 0)
            break;
    }
    e->gathering = e->committer_waits = false;
}

/* Waits for work and closes the open group. NULL: the engine closes and everything is written. The mutex is held. */
static struct group *group_close(struct rocksdb *e)
{
    struct group *group;

    while (!work_due(e)) {
        if (e->closing && e->holds == 0)
            return NULL;
        e->committer_waits = true;
        pthread_cond_wait(&e->work, &e->mutex);
        e->committer_waits = false;
    }
    gather(e);
    while (e->holds != 0) { /* for as long as a decision runs */
        e->committer_waits = true;
        pthread_cond_wait(&e->work, &e->mutex);
        e->committer_waits = false;
    }
    group = e->open;
    group->floor = e->floor = stamps_close(&e->stamps, UINT64_MAX);
    e->syncing = group;
    e->open = rocksdb__group_take(e, group->number + 1);
    e->limit_wanted = false;
    return group;
}

static struct waiter *room_take(struct rocksdb *e)
{
    struct waiter *first = e->room;

    e->room = NULL;
    return first;
}

/* ---- writing ---- */

/*
 * Stamps of this group and of some seconds to come are below the new limit once the group is durable. A run begins at
 * the limit of the one before, so its stamps are ahead of the wall clock for some seconds and hardly move; then a
 * little room is enough, and many restarts in a row do not carry the limit away from the clock.
 */
static uint64_t limit_renew(struct rocksdb *e, const struct group *group)
{
    uint64_t limit = atomic_load(&e->limit);
    struct slice key = SLICE_LIT(ENGINE_KEY_CLOCK);
    bool fast = group->floor > stamps_wall(&e->stamps) + STAMP_OF_MS(CLOCK_AHEAD_FAST_MS);

    if (limit >= group->floor && limit - group->floor >= STAMP_OF_MS(fast ? CLOCK_AHEAD_FAST_MS / 2 : CLOCK_RENEW_MS))
        return limit;
    limit = group->floor + STAMP_OF_MS(fast ? CLOCK_AHEAD_FAST_MS : CLOCK_AHEAD_MS);
    e->record.n = 0;
    engine__counter_write(&e->record, key, group->floor, (int64_t)limit);
    rocksdb__tail_put(e, ENGINE_META, key, buf_view(&e->record));
    return limit;
}

static void measure(struct rocksdb *e, uint64_t ns)
{
    struct figures *f = &e->figures;
    uint64_t firsts = ns / 1000 / SYNC_FIRST_US;
    int bucket = firsts == 0 ? 0 : 64 - __builtin_clzll(firsts);

    if (bucket > SYNC_BUCKETS - 1)
        bucket = SYNC_BUCKETS - 1;
    atomic_fetch_add_explicit(&f->sync_buckets[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&f->sync_ns_total, ns, memory_order_relaxed);
    if (ns > atomic_load_explicit(&f->sync_ns_max, memory_order_relaxed))
        atomic_store_explicit(&f->sync_ns_max, ns, memory_order_relaxed);
}

#define PARTS_MAX (2 * GROUP_BLOCKS_MAX + 2)

/* The operations in their order: bytes of the group, cut where its blocks stand, and the tail. */
static uint32_t parts_of(const struct rocksdb *e, const struct group *group, struct shim_bytes parts[PARTS_MAX])
{
    uint32_t n = 0;
    size_t at = 0;

    ASSERT(group->blocks_count <= GROUP_BLOCKS_MAX);
    for (const struct group_block *block = group->blocks; block != NULL; block = block->next) {
        parts[n++] = (struct shim_bytes){group->bytes + at, block->at - at};
        parts[n++] = (struct shim_bytes){block->bytes, block->used};
        at = block->at;
    }
    parts[n++] = (struct shim_bytes){group->bytes + at, group->used - at};
    parts[n++] = (struct shim_bytes){e->tail.p, e->tail.n};
    return n;
}

static enum err batch_write(struct rocksdb *e, const struct group *group)
{
    struct shim_bytes parts[PARTS_MAX];
    uint32_t parts_count = parts_of(e, group, parts);
    uint64_t start_ns = os_clock_monotonic_ns(), ns;
    struct shim_status status;
    enum err err;

    if (group->operations + e->tail_operations == 0)
        return OK;
    pthread_mutex_lock(&e->write_mutex);
    shim_write(e->db, parts, parts_count, group->operations + e->tail_operations, e->options.durability == ENGINE_SYNC,
        &status);
    pthread_mutex_unlock(&e->write_mutex);
    ns = os_clock_monotonic_ns() - start_ns;
    e->write_ns += (int64_t)(ns - e->write_ns) / 8;
    measure(e, ns);
    if (status.code == SHIM_OK)
        return OK;
    err = rocksdb__error(e, "write", &status);
    if (status.in_part)
        rocksdb__end(e, "engine.write_in_part", "a write failed of which RocksDB may hold a part");
    return err;
}

static enum err group_write(struct rocksdb *e, struct group *group)
{
    uint64_t limit;
    enum err err;

    e->tail.n = 0;
    e->tail_operations = 0;
    err = rocksdb__tallies_apply(e, group);
    if (err)
        return err;
    limit = limit_renew(e, group);
    if (e->tail.failed)
        return ERR_LIMIT;
    err = batch_write(e, group);
    if (err)
        return err;
    atomic_store(&e->limit, limit);
    return OK;
}

/* ---- publishing ---- */

static void look_at_space(struct rocksdb *e, const struct group *group)
{
    e->unlooked_bytes += group->used + group->blocks_bytes + e->tail.n;
    if (e->unlooked_bytes < SPACE_LOOK_BYTES)
        return;
    e->unlooked_bytes = 0;
    rocksdb__space_check(e);
}

static void publish(struct rocksdb *e, struct group *group)
{
    struct figures *f = &e->figures;
    struct waiter *waiters;

    atomic_fetch_add_explicit(&f->groups, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&f->decisions, group->decisions, memory_order_relaxed);
    atomic_fetch_add_explicit(&f->bytes, group->used + group->blocks_bytes + e->tail.n, memory_order_relaxed);
    pthread_mutex_lock(&e->mutex);
    atomic_store(&e->published, group->number);
    if (group->floor > atomic_load(&e->watermark))
        atomic_store(&e->watermark, group->floor);
    e->syncing = NULL;
    e->under_way = group->decisions + e->open->decisions;
    waiters = group->waiters;
    group->waiters = NULL;
    pthread_mutex_unlock(&e->mutex);
    rocksdb__waiters_wake(waiters, OK);
    rocksdb__pending_drop(e, group);
    look_at_space(e, group);
    rocksdb__group_unref(e, group);
}

/* ---- failing ---- */

/* Newest first. */
static void fences_undo(struct group *group)
{
    for (struct group_fence *fence = group->fences; fence != NULL; fence = fence->next)
        atomic_store(&fence->fence->version, fence->before);
}

static void failure_note(struct rocksdb *e, uint64_t first, uint64_t last, enum err err)
{
    uint32_t count = atomic_fetch_add(&e->failures_count, 1);

    e->failures[count % FAILURES_KEPT] = (struct failure){.first = first, .last = last, .err = err};
}

static void fail(struct rocksdb *e, struct group *group, enum err err, bool broken)
{
    struct waiter *waiters, *waiters_open, *room;
    struct group *open;

    atomic_fetch_add_explicit(&e->figures.failures, 1, memory_order_relaxed);
    rocksdb__tallies_clear(e->tallies);
    pthread_mutex_lock(&e->mutex);
    open = e->open;
    if (broken)
        e->broken = err;
    fences_undo(open);
    fences_undo(group);
    rocksdb__pending_drop(e, open);
    rocksdb__pending_drop(e, group);
    atomic_fetch_add(&e->epoch, 1); /* after the drop: who sees the new epoch sees no failed value */
    failure_note(e, group->number, open->number, err);
    e->open = rocksdb__group_take(e, open->number + 1);
    e->syncing = NULL;
    atomic_store(&e->published, open->number);
    waiters = group->waiters;
    waiters_open = open->waiters;
    group->waiters = open->waiters = NULL;
    room = room_take(e);
    pthread_mutex_unlock(&e->mutex);
    rocksdb__waiters_wake(waiters, err);
    rocksdb__waiters_wake(waiters_open, err);
    rocksdb__waiters_wake(room, OK);
    rocksdb__group_unref(e, group);
    rocksdb__group_unref(e, open);
}

static void mend_pause(struct rocksdb *e)
{
    struct timespec until = rocksdb__tick(e);

    pthread_mutex_lock(&e->mutex);
    if (!e->closing)
        (void)pthread_cond_timedwait(&e->work, &e->mutex, &until); /* too early is no harm */
    pthread_mutex_unlock(&e->mutex);
}

/* Until RocksDB takes writes again, or the engine closes. */
static void mend(struct rocksdb *e)
{
    for (;;) {
        bool resumed = rocksdb__resume(e), closing;

        pthread_mutex_lock(&e->mutex);
        closing = e->closing;
        if (resumed)
            e->broken = OK;
        pthread_mutex_unlock(&e->mutex);
        if (resumed || closing)
            return;
        mend_pause(e);
    }
}

/* ---- the thread ---- */

void *rocksdb__committer_main(void *engine)
{
    struct rocksdb *e = engine;

    for (;;) {
        struct waiter *room;
        struct group *group;
        bool full, written;
        enum err err = OK;

        pthread_mutex_lock(&e->mutex);
        group = group_close(e);
        room = room_take(e);
        full = e->full;
        pthread_mutex_unlock(&e->mutex);
        rocksdb__waiters_wake(room, OK);
        if (group == NULL)
            return NULL;
        written = !full;
        err = full ? ERR_FULL : group_write(e, group);
        if (!err) {
            publish(e, group);
            continue;
        }
        fail(e, group, err, written);
        if (written)
            mend(e);
    }
}
