/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

/*
 * Buckets of durations: eight to each power of two from 1,024 ns to 2^36 ns (69 s), so a figure read from them is at
 * most one eighth too high. What is shorter or longer falls into the first or last.
 */
#define HISTOGRAM_SHIFT   10 /* the first bucket ends at 2^10 ns */
#define HISTOGRAM_OCTAVES 26
#define HISTOGRAM_PARTS   8
#define HISTOGRAM_BUCKETS (1 + HISTOGRAM_OCTAVES * HISTOGRAM_PARTS + 1)

/* The bucket that a duration falls into. */
static inline uint32_t histogram_bucket(uint64_t ns)
{
    uint32_t octave;

    if (ns < 1u << HISTOGRAM_SHIFT)
        return 0;
    octave = 63 - (uint32_t)__builtin_clzll(ns) - HISTOGRAM_SHIFT;
    if (octave >= HISTOGRAM_OCTAVES)
        return HISTOGRAM_BUCKETS - 1;
    return 1 + octave * HISTOGRAM_PARTS + (uint32_t)(ns >> (octave + HISTOGRAM_SHIFT - 3) & (HISTOGRAM_PARTS - 1));
}

/* The first duration beyond a bucket; of the last one, where it begins. */
static inline uint64_t histogram_end(uint32_t bucket)
{
    uint32_t octave, part;

    if (bucket == 0)
        return 1u << HISTOGRAM_SHIFT;
    if (bucket == HISTOGRAM_BUCKETS - 1)
        return 1ull << (HISTOGRAM_SHIFT + HISTOGRAM_OCTAVES);
    octave = (bucket - 1) / HISTOGRAM_PARTS;
    part = (bucket - 1) % HISTOGRAM_PARTS;
    return (uint64_t)(HISTOGRAM_PARTS + part + 1) << (octave + HISTOGRAM_SHIFT - 3);
}

/* The duration that `fraction` of all stay below; 0 when there are none. */
uint64_t histogram_quantile(const uint64_t buckets[HISTOGRAM_BUCKETS], double fraction);
