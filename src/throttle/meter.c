/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Meters (meter.h). The peak is an average over minutes: whoever is the first in a new minute closes the one before.
 * A count that comes in just then may fall into either.
 */
#include "throttle/meter.h"

#include <stdlib.h>

#include "base/assert.h"

#define MINUTE_NS UINT64_C(60000000000)

void meter_end(struct meter *meter)
{
    free(atomic_load_explicit(&meter->ranges, memory_order_relaxed));
}

/* ---- ranges ---- */

static struct bucket *ranges_make(struct meter *meter)
{
    struct bucket *ranges = calloc(METER_SIDES * METER_RANGES, sizeof(*ranges)), *present = NULL;

    ASSERT(ranges != NULL);
    if (atomic_compare_exchange_strong_explicit(
            &meter->ranges, &present, ranges, memory_order_acq_rel, memory_order_acquire))
        return ranges;
    free(ranges); /* somebody else was faster */
    return present;
}

struct bucket *meter_range(struct meter *meter, enum meter_side side, uint64_t partition_hash)
{
    struct bucket *ranges = atomic_load_explicit(&meter->ranges, memory_order_acquire);

    if (ranges == NULL)
        ranges = ranges_make(meter);
    return &ranges[side * METER_RANGES + partition_hash % METER_RANGES];
}

/* ---- peaks ---- */

static void best_raise(struct meter_peak *peak, uint64_t units)
{
    uint64_t best = atomic_load_explicit(&peak->best, memory_order_relaxed);

    while (best < units && !atomic_compare_exchange_weak_explicit(
                               &peak->best, &best, units, memory_order_relaxed, memory_order_relaxed))
        ;
}

static void minute_turn(struct meter_peak *peak, uint64_t minute)
{
    uint64_t before = atomic_load_explicit(&peak->minute, memory_order_relaxed);

    if (before < minute && atomic_compare_exchange_strong_explicit(
                               &peak->minute, &before, minute, memory_order_relaxed, memory_order_relaxed))
        best_raise(peak, atomic_exchange_explicit(&peak->halves, 0, memory_order_relaxed) / 120);
}

void meter_note(struct meter *meter, enum meter_side side, uint64_t now_ns, uint64_t halves)
{
    struct meter_peak *peak = &meter->peaks[side];

    minute_turn(peak, now_ns / MINUTE_NS);
    atomic_fetch_add_explicit(&peak->halves, halves, memory_order_relaxed);
}

uint64_t meter_peak_take(struct meter *meter, enum meter_side side, uint64_t now_ns)
{
    struct meter_peak *peak = &meter->peaks[side];

    minute_turn(peak, now_ns / MINUTE_NS);
    return atomic_exchange_explicit(&peak->best, 0, memory_order_relaxed);
}
