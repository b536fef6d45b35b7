/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * A token bucket. It is one moment: when it will be full again, if nothing more is taken. Taking n units moves that
 * moment n / rate away; what is left is how far it is from being a whole burst away:
 *
 *     now            full_ns                          now + burst
 *      |--- taken ------|----------- left -----------------|
 *
 * So there is nothing to refill, a bucket that was forgotten for a year is right, and a take is one compare-and-swap.
 * Whoever comes while anything is left gets all that he asks for, even if that leads into debt: full_ns is then behind
 * now + burst, and others wait until it is paid (control-plane.md 5.2).
 *
 * Amounts are half units (table/capacity.h). Times are of a monotonic clock. Any thread.
 */
struct bucket {
    _Atomic uint64_t full_ns; /* in the past: full */
    _Atomic uint64_t rate;    /* the units a second of the last call; 0: never used */
};

struct bucket_limit {
    uint64_t units;   /* a second; at least 1 */
    uint32_t burst_s; /* what is not used is kept for so long; at least 1 */
};

static inline uint64_t bucket__cost_ns(struct bucket_limit limit, uint64_t halves)
{
    return (halves * 500000000u + limit.units - 1) / limit.units;
}

/* What was taken at another rate is reckoned anew, so that a raise helps at once. */
void bucket__rate_change(struct bucket *bucket, uint64_t units, uint64_t now_ns);

static inline void bucket__rate(struct bucket *bucket, uint64_t units, uint64_t now_ns)
{
    if (atomic_load_explicit(&bucket->rate, memory_order_relaxed) != units)
        bucket__rate_change(bucket, units, now_ns);
}

static inline bool bucket__is_spent(uint64_t full_ns, struct bucket_limit limit, uint64_t now_ns)
{
    return full_ns > now_ns && full_ns - now_ns >= limit.burst_s * UINT64_C(1000000000);
}

/* True when nothing is left. */
static inline bool bucket_is_spent(struct bucket *bucket, struct bucket_limit limit, uint64_t now_ns)
{
    bucket__rate(bucket, limit.units, now_ns);
    return bucket__is_spent(atomic_load_explicit(&bucket->full_ns, memory_order_relaxed), limit, now_ns);
}

/* Takes `halves`, whatever is left. */
static inline void bucket_charge(struct bucket *bucket, struct bucket_limit limit, uint64_t now_ns, uint64_t halves)
{
    uint64_t full_ns = atomic_load_explicit(&bucket->full_ns, memory_order_relaxed);
    uint64_t cost_ns = bucket__cost_ns(limit, halves);

    while (!atomic_compare_exchange_weak_explicit(&bucket->full_ns, &full_ns,
        (full_ns > now_ns ? full_ns : now_ns) + cost_ns, memory_order_relaxed, memory_order_relaxed))
        ;
}

/* Takes `halves` if anything is left; false: nothing was taken. */
static inline bool bucket_take(struct bucket *bucket, struct bucket_limit limit, uint64_t now_ns, uint64_t halves)
{
    uint64_t full_ns, cost_ns = bucket__cost_ns(limit, halves);

    bucket__rate(bucket, limit.units, now_ns);
    full_ns = atomic_load_explicit(&bucket->full_ns, memory_order_relaxed);
    do {
        if (bucket__is_spent(full_ns, limit, now_ns))
            return false;
    } while (!atomic_compare_exchange_weak_explicit(&bucket->full_ns, &full_ns,
        (full_ns > now_ns ? full_ns : now_ns) + cost_ns, memory_order_relaxed, memory_order_relaxed));
    return true;
}

/* Gives back what was taken too much. */
static inline void bucket_return(struct bucket *bucket, struct bucket_limit limit, uint64_t halves)
{
    uint64_t full_ns = atomic_load_explicit(&bucket->full_ns, memory_order_relaxed);
    uint64_t cost_ns = bucket__cost_ns(limit, halves);

    while (!atomic_compare_exchange_weak_explicit(&bucket->full_ns, &full_ns, full_ns > cost_ns ? full_ns - cost_ns : 0,
        memory_order_relaxed, memory_order_relaxed))
        ;
}
