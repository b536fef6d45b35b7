/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The hybrid logical clock (stamp.h). One word, moved by compare and swap; it only grows. When the wall clock stands
 * still or goes back the counter goes on, and after 65,536 stamps in a millisecond it carries into the milliseconds:
 * stamps may run ahead of the wall, never behind one another.
 */
#include "engine/stamp.h"

static uint64_t greater(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

void stamps_init(struct stamps *stamps, engine_clock_fn *clock, void *clock_context, uint64_t above)
{
    stamps->clock = clock;
    stamps->clock_context = clock_context;
    atomic_init(&stamps->last, above);
}

uint64_t stamps_wall(const struct stamps *stamps)
{
    return STAMP_OF_MS(stamps->clock(stamps->clock_context));
}

uint64_t stamps_take(struct stamps *stamps, uint64_t old)
{
    uint64_t least = greater(stamps_wall(stamps), old + 1);
    uint64_t last = atomic_load_explicit(&stamps->last, memory_order_relaxed);
    uint64_t stamp;

    do
        stamp = greater(least, last + 1);
    while (!atomic_compare_exchange_weak(&stamps->last, &last, stamp));
    return stamp;
}

uint64_t stamps_close(struct stamps *stamps, uint64_t most)
{
    uint64_t wall = stamps_wall(stamps);
    uint64_t last = atomic_load_explicit(&stamps->last, memory_order_relaxed);
    uint64_t floor;

    if (wall > most)
        wall = most;
    do {
        if (last > most)
            return 0;
        floor = greater(wall, last);
    } while (!atomic_compare_exchange_weak(&stamps->last, &last, floor));
    return floor;
}
