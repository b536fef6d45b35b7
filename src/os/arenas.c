/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A worker's pool of arenas, so that a request begins with memory that is already there.
 *
 * Nobody knows at its beginning what a request will need, and many wait before they may have it. So an arena is kept
 * with its first block, and little more; what a request of megabytes (a page of a scan, a batch) left behind it is cut
 * off and kept apart, for the next one that is known to be large (worker_arena_enlarge). Giving it back at once would
 * make that one fetch every page from the kernel again, an eighth of what a scan costs; keeping it for ever would hold
 * the memory of a burst. So spare_bytes (worker.h) a worker are kept beyond first blocks, until no request has needed
 * more than its first for a second.
 *
 * The worker's thread alone.
 */
#include <stdlib.h>

#include "base/assert.h"
#include "os/worker_int.h"

#define ARENA_BLOCK_BYTES ((size_t)16 << 10)
#define ARENA_MORE_BYTES  ((size_t)256 << 10) /* more than that leaves the arena */
#define ARENAS_KEPT_MAX   1024
#define MORE_KEPT_NS      1000000000ull

/* What an arena holds beyond its first block. */
static size_t more_bytes(const struct worker_arena *arena)
{
    return arena_held_bytes(arena->arena) - ARENA_BLOCK_BYTES;
}

static void more_drop(struct arena_pool *pool)
{
    for (uint32_t i = 0; i < pool->count; i++)
        arena_blocks_destroy(arena_cut(pool->kept[i].arena));
    while (pool->chains_count != 0)
        arena_blocks_destroy(pool->chains[--pool->chains_count]);
    pool->more_bytes = 0;
}

static void more_is_over(struct worker *worker, struct worker_timer *timer)
{
    struct arena_pool *pool = &worker->arenas;

    if (worker->now_ns - pool->more_used_ns >= MORE_KEPT_NS)
        more_drop(pool);
    else
        worker_timer_set(worker, timer, pool->more_used_ns + MORE_KEPT_NS);
}

/* What an emptied arena has beyond its first block stays with it, is kept apart, or goes. */
static void more_keep(struct arena_pool *pool, const struct worker_arena *arena)
{
    size_t bytes = more_bytes(arena);
    bool fits = pool->more_bytes + bytes <= pool->more_bytes_max;

    if (fits && bytes <= ARENA_MORE_BYTES) {
        pool->more_bytes += bytes;
    } else if (fits && pool->chains_count < ARENA_CHAINS_MAX) {
        pool->more_bytes += bytes;
        pool->chains[pool->chains_count++] = arena_cut(arena->arena);
    } else {
        arena_blocks_destroy(arena_cut(arena->arena));
    }
}

struct worker_arena worker_arena_take(struct worker *worker)
{
    struct arena_pool *pool = &worker->arenas;
    struct worker_arena arena;

    if (pool->count != 0) {
        arena = pool->kept[--pool->count];
        pool->more_bytes -= more_bytes(&arena);
        return arena;
    }
    arena.arena = arena_create(ARENA_BLOCK_BYTES);
    arena.start = arena_mark(arena.arena);
    return arena;
}

void worker_arena_enlarge(struct worker *worker, struct arena *arena)
{
    struct arena_pool *pool = &worker->arenas;
    struct arena_block *chain;

    if (pool->chains_count == 0)
        return;
    chain = pool->chains[--pool->chains_count];
    pool->more_bytes -= arena_blocks_bytes(chain);
    arena_join(arena, chain);
}

void worker_arena_give(struct worker *worker, struct worker_arena arena)
{
    struct arena_pool *pool = &worker->arenas;

    if (pool->count == ARENAS_KEPT_MAX) {
        arena_destroy(arena.arena);
        return;
    }
    if (more_bytes(&arena) != 0 && arena_used_bytes(arena.arena) > ARENA_BLOCK_BYTES)
        pool->more_used_ns = worker->now_ns;
    arena_reset(arena.arena, arena.start);
    if (more_bytes(&arena) != 0) {
        more_keep(pool, &arena);
        if (pool->more_bytes != 0 && pool->timer.position == 0)
            worker_timer_set(worker, &pool->timer, pool->more_used_ns + MORE_KEPT_NS);
    }
    pool->kept[pool->count++] = arena;
}

void os__arenas_init(struct worker *worker, size_t spare_bytes)
{
    worker->arenas.kept = calloc(ARENAS_KEPT_MAX, sizeof(worker->arenas.kept[0]));
    ASSERT(worker->arenas.kept != NULL); /* small allocations do not fail */
    worker->arenas.more_bytes_max = spare_bytes;
    worker->arenas.timer.fn = more_is_over;
}

void os__arenas_free(struct worker *worker)
{
    struct arena_pool *pool = &worker->arenas;

    more_drop(pool);
    while (pool->count != 0)
        arena_destroy(pool->kept[--pool->count].arena);
}
