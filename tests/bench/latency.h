/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>
#include <string.h>

/*
 * A histogram of durations in nanoseconds: 32 linear steps in each power of two, so that a percentile is at most 3 %
 * off and recording is two shifts and an addition.
 */
#define LATENCY_STEPS_BITS 5
#define LATENCY_STEPS      (1 << LATENCY_STEPS_BITS)

struct latency {
    uint64_t n;
    uint32_t counts[64 * LATENCY_STEPS];
};

static inline void latency_record(struct latency *latency, uint64_t ns)
{
    unsigned int power, step;

    ns |= LATENCY_STEPS; /* shorter than 32 ns: not here */
    power = 63 - (unsigned int)__builtin_clzll(ns);
    step = (unsigned int)(ns >> (power - LATENCY_STEPS_BITS)) - LATENCY_STEPS;
    latency->counts[power * LATENCY_STEPS + step]++;
    latency->n++;
}

/* The duration that `share` (0 to 1) of the records do not exceed, in microseconds. */
static inline double latency_us(const struct latency *latency, double share)
{
    uint64_t rank = (uint64_t)((double)latency->n * share), seen = 0;

    for (unsigned int i = LATENCY_STEPS_BITS * LATENCY_STEPS; i < 64 * LATENCY_STEPS; i++) {
        seen += latency->counts[i];
        if (seen > rank)
            return (double)((uint64_t)(LATENCY_STEPS + i % LATENCY_STEPS) << (i / LATENCY_STEPS - LATENCY_STEPS_BITS)) /
                   1e3;
    }
    return 0;
}
