/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A worker's pool of arenas, so that a request begins with memory that is already there.
 *
 * Most requests stay within ARENA_SMALL_BYTES, and their arenas are kept. A request of megabytes (a page of a scan, a
 * batch) leaves a large arena. Giving it back at once would make the next such request fetch every page from the kernel
 * again, an eighth of what a scan costs; keeping it for ever would hold the memory of a burst. So a few are kept,
 * ARENAS_LARGE_BYTES_MAX a worker in all, until no request has needed one for a second.
 *
 * The worker's thread alone. What counts is what an arena holds, not what its last request used: a large one may come
 * back from a small request.
 */
#include <stdlib.h>

#include "base/assert.h"
#include "os/worker_int.h"

#define ARENA_BLOCK_BYTES      ((size_t)16 << 10)
#define ARENA_SMALL_BYTES      ((size_t)256 << 10)
#define ARENAS_LARGE_BYTES_MAX ((size_t)8 << 20)
#define ARENAS_KEPT_MAX        1024
#define LARGE_KEPT_NS          1000000000ull

static bool is_large(const struct worker_arena *arena)
{
    return arena_held_bytes(arena->arena) > ARENA_SMALL_BYTES;
}

static bool large_is_over(const struct worker *worker)
{
    return worker->now_ns - worker->arenas.large_used_ns >= LARGE_KEPT_NS;
}

static void drop_large(struct worker *worker, struct worker_timer *timer)
{
    struct arena_pool *pool = &worker->arenas;
    uint32_t kept = 0;

    if (!large_is_over(worker)) {
        worker_timer_set(worker, timer, pool->large_used_ns + LARGE_KEPT_NS);
        return;
    }
    for (uint32_t i = 0; i < pool->count; i++) {
        if (is_large(&pool->kept[i]))
            arena_destroy(pool->kept[i].arena);
        else
            pool->kept[kept++] = pool->kept[i];
    }
    pool->count = kept;
    pool->large_bytes = 0;
}

/* Whether a large arena that comes back is kept. */
static bool keep_large(struct worker *worker, const struct worker_arena *arena)
{
    struct arena_pool *pool = &worker->arenas;

    if (arena_used_bytes(arena->arena) > ARENA_SMALL_BYTES)
        pool->large_used_ns = worker->now_ns;
    if (pool->large_bytes + arena_held_bytes(arena->arena) > ARENAS_LARGE_BYTES_MAX || large_is_over(worker))
        return false;
    pool->large_bytes += arena_held_bytes(arena->arena);
    if (pool->timer.position == 0)
        worker_timer_set(worker, &pool->timer, pool->large_used_ns + LARGE_KEPT_NS);
    return true;
}

struct worker_arena worker_arena_take(struct worker *worker)
{
    struct arena_pool *pool = &worker->arenas;
    struct worker_arena arena;

    if (pool->count != 0) {
        arena = pool->kept[--pool->count];
        if (is_large(&arena))
            pool->large_bytes -= arena_held_bytes(arena.arena);
        return arena;
    }
    arena.arena = arena_create(ARENA_BLOCK_BYTES);
    arena.start = arena_mark(arena.arena);
    return arena;
}

void worker_arena_give(struct worker *worker, struct worker_arena arena)
{
    struct arena_pool *pool = &worker->arenas;

    if (pool->count == ARENAS_KEPT_MAX || (is_large(&arena) && !keep_large(worker, &arena))) {
        arena_destroy(arena.arena);
        return;
    }
    arena_reset(arena.arena, arena.start);
    pool->kept[pool->count++] = arena;
}

void os__arenas_init(struct worker *worker)
{
    worker->arenas.kept = calloc(ARENAS_KEPT_MAX, sizeof(worker->arenas.kept[0]));
    ASSERT(worker->arenas.kept != NULL); /* small allocations do not fail */
    worker->arenas.timer.fn = drop_large;
}

void os__arenas_free(struct worker *worker)
{
    struct arena_pool *pool = &worker->arenas;

    while (pool->count != 0)
        arena_destroy(pool->kept[--pool->count].arena);
    pool->large_bytes = 0;
}
