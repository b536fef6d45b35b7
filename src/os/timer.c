/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A worker's timers: a binary heap of pointers, the earliest at position 1. A timer knows its position, so it can be
 * moved or cleared in the time of one path through the heap. They are few: a fiber that waits with a deadline has one,
 * a listener has one; connections share one (http keeps its own wheel).
 */
#include <stdlib.h>

#include "base/assert.h"
#include "os/worker_int.h"

#define CAPACITY_FIRST 64

static void place(struct worker *worker, struct worker_timer *timer, uint32_t position)
{
    worker->timers[position] = timer;
    timer->position = position;
}

static void sift_up(struct worker *worker, struct worker_timer *timer, uint32_t position)
{
    while (position > 1 && worker->timers[position / 2]->deadline_ns > timer->deadline_ns) {
        place(worker, worker->timers[position / 2], position);
        position /= 2;
    }
    place(worker, timer, position);
}

static void sift_down(struct worker *worker, struct worker_timer *timer, uint32_t position)
{
    for (;;) {
        uint32_t child = position * 2;

        if (child > worker->timers_count)
            break;
        if (child < worker->timers_count && worker->timers[child + 1]->deadline_ns < worker->timers[child]->deadline_ns)
            child++;
        if (worker->timers[child]->deadline_ns >= timer->deadline_ns)
            break;
        place(worker, worker->timers[child], position);
        position = child;
    }
    place(worker, timer, position);
}

static void make_room(struct worker *worker)
{
    if (worker->timers_count + 1 < worker->timers_capacity)
        return;
    worker->timers_capacity = worker->timers_capacity == 0 ? CAPACITY_FIRST : worker->timers_capacity * 2;
    worker->timers = realloc(worker->timers, worker->timers_capacity * sizeof(struct worker_timer *));
    ASSERT(worker->timers != NULL); /* small allocations do not fail */
}

void worker_timer_set(struct worker *worker, struct worker_timer *timer, uint64_t deadline_ns)
{
    worker_timer_clear(worker, timer);
    make_room(worker);
    timer->deadline_ns = deadline_ns;
    sift_up(worker, timer, ++worker->timers_count);
}

void worker_timer_clear(struct worker *worker, struct worker_timer *timer)
{
    uint32_t position = timer->position;
    struct worker_timer *moved;

    if (position == 0)
        return;
    ASSERT(position <= worker->timers_count && worker->timers[position] == timer);
    timer->position = 0;
    moved = worker->timers[worker->timers_count--];
    if (moved == timer)
        return;
    if (position > 1 && worker->timers[position / 2]->deadline_ns > moved->deadline_ns)
        sift_up(worker, moved, position);
    else
        sift_down(worker, moved, position);
}

uint64_t os__timers_next_ns(const struct worker *worker)
{
    return worker->timers_count == 0 ? UINT64_MAX : worker->timers[1]->deadline_ns;
}

void os__timers_run(struct worker *worker)
{
    while (worker->timers_count != 0 && worker->timers[1]->deadline_ns <= worker->now_ns) {
        struct worker_timer *timer = worker->timers[1];

        worker_timer_clear(worker, timer);
        timer->fn(worker, timer);
    }
}
