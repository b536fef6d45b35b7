/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The rare part of a bucket: its rate changes. What is outstanding is an amount, and full_ns tells it as a time at the
 * old rate; whoever sees the new rate first says it anew. Others that charge in between are reckoned at either rate,
 * which is a matter of microseconds.
 */
#include "throttle/bucket.h"

static uint64_t outstanding_ns(uint64_t full_ns, uint64_t now_ns, uint64_t old, uint64_t new)
{
    return full_ns <= now_ns ? full_ns : now_ns + (uint64_t)((double)(full_ns - now_ns) * (double)old / (double)new);
}

void bucket__rate_change(struct bucket *bucket, uint64_t units, uint64_t now_ns)
{
    uint64_t old = atomic_exchange_explicit(&bucket->rate, units, memory_order_relaxed);
    uint64_t full_ns = atomic_load_explicit(&bucket->full_ns, memory_order_relaxed);

    if (old == 0 || old == units)
        return;
    while (!atomic_compare_exchange_weak_explicit(&bucket->full_ns, &full_ns,
        outstanding_ns(full_ns, now_ns, old, units), memory_order_relaxed, memory_order_relaxed))
        ;
}
