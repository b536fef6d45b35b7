/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The keeper: a thread for what is due now and then. Each second it looks at the free space and resumes RocksDB after a
 * background error; when key ranges were dropped it sweeps them, one at a time.
 *
 * Disk full: the engine must meet it before RocksDB does, whose way back from a full disk is a long one. So while there
 * is still room for the memtables to be written out, writes are refused (ERR_FULL), and they go on by themselves when
 * space is back. The committer looks as well, by bytes written, because a second is long on a fast disk.
 */
#include <sys/statvfs.h>

#include "engine/rocksdb/rocksdb_int.h"
#include "os/clock.h"

#define SECOND_NS 1000000000ull

struct timespec rocksdb__tick(const struct rocksdb *e)
{
    const struct engine_rocksdb_hooks *hooks = e->options.hooks;
    uint64_t until_ns = os_clock_monotonic_ns() + (hooks != NULL && hooks->tick_ns != 0 ? hooks->tick_ns : SECOND_NS);

    return (struct timespec){(time_t)(until_ns / SECOND_NS), (long)(until_ns % SECOND_NS)};
}

static bool space_read(const struct rocksdb *e, uint64_t *ret_free, uint64_t *ret_total)
{
    const struct engine_rocksdb_hooks *hooks = e->options.hooks;
    struct statvfs disk;

    if (hooks != NULL && hooks->space != NULL) {
        hooks->space(hooks->context, ret_free, ret_total);
        return true;
    }
    if (statvfs(e->path, &disk) != 0)
        return false;
    *ret_free = (uint64_t)disk.f_bavail * disk.f_frsize;
    *ret_total = (uint64_t)disk.f_blocks * disk.f_frsize;
    return true;
}

uint64_t rocksdb__disk_bytes(const struct rocksdb *e)
{
    uint64_t free_bytes, total;

    return space_read(e, &free_bytes, &total) ? total : 0;
}

static uint64_t least_free(const struct rocksdb *e, uint64_t total)
{
    uint64_t least = 2 * (uint64_t)e->write_buffer_bytes;

    if (least < SPACE_MIN_BYTES)
        least = SPACE_MIN_BYTES;
    return least < total / SPACE_MIN_SHARE ? least : total / SPACE_MIN_SHARE;
}

void rocksdb__space_check(struct rocksdb *e)
{
    uint64_t free_bytes, total, least;
    bool was, is;

    if (!space_read(e, &free_bytes, &total))
        return;
    least = least_free(e, total);
    pthread_mutex_lock(&e->mutex);
    was = e->full;
    is = free_bytes < (was ? least + least / 2 : least);
    e->full = is;
    pthread_mutex_unlock(&e->mutex);
    if (is && !was)
        rocksdb__log(e, "engine.full", "free_bytes=%llu least=%llu writes are refused until there is space",
            (unsigned long long)free_bytes, (unsigned long long)least);
    else if (was && !is)
        rocksdb__log(e, "engine.space", "free_bytes=%llu writes go on", (unsigned long long)free_bytes);
}

/* Waits for the next second, a drop, or the end: false. */
static bool tick(struct rocksdb *e)
{
    struct timespec until = rocksdb__tick(e);
    bool go_on;

    pthread_mutex_lock(&e->mutex);
    if (!e->closing && !e->drop_wanted)
        (void)pthread_cond_timedwait(&e->keep, &e->mutex, &until);
    e->drop_wanted = false;
    go_on = !e->closing;
    pthread_mutex_unlock(&e->mutex);
    return go_on;
}

void *rocksdb__keeper_main(void *engine)
{
    struct rocksdb *e = engine;
    struct fiber *self = fiber_of_thread();
    struct arena *arena = arena_create(4096);
    struct arena_mark empty = arena_mark(arena);
    struct shim_status status;
    bool go_on = true;

    while (go_on) {
        rocksdb__space_check(e);
        if (atomic_load(&e->stuck))
            (void)rocksdb__resume(e); /* else again at the next tick */
        else
            shim_mark(e->db, &status);
        while (!atomic_load(&e->stuck) && !atomic_load(&e->resuming) && rocksdb__dead_step(e, self, arena))
            arena_reset(arena, empty);
        arena_reset(arena, empty);
        go_on = tick(e);
    }
    arena_destroy(arena);
    fiber_of_thread_destroy(self);
    return NULL;
}
