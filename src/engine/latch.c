/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Striped latches with a queue of fibers.
 *
 * Two locks live in a stripe. The short one is a word that spins; it guards the fields and is held for a few
 * instructions. The latch proper is `held`: it may be kept while its fiber waits for a cold read, so whoever finds it
 * taken parks.
 *
 * A latch that is given up goes straight to the first waiter: `held` stays true and `granted` is set. The wake happens
 * under the short lock, and the woken fiber takes that lock before it goes on; so the waiter, which lives on the
 * fiber's stack, outlives the wake.
 *
 * A transaction may keep latches for longer than a write. Who waits behind one can give up after a time; so a stripe
 * counts the transactions at it, and a waiter with none of them before it needs no timer.
 *
 * Deadlock: decide.c takes stripes in ascending order, each once.
 */
#include "engine/latch.h"

#include <sched.h>
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/assert.h"
#include "os/clock.h"

#define SPINS_BEFORE_YIELD 64

#define STRIPE_BYTES sizeof(struct latch_stripe)
static_assert(sizeof(struct latch_stripe) == 64, "a stripe is one cache line");
static_assert(FIBERS_MAX <= UINT16_MAX, "transactions at one stripe are counted");
static_assert((LATCH_STRIPES & (LATCH_STRIPES - 1)) == 0, "stripes are chosen by a mask");

struct latches *latches_create(uint64_t seed)
{
    void *memory = calloc(1, sizeof(struct latches) + STRIPE_BYTES); /* pages that nobody used cost nothing */
    struct latches *latches;

    ASSERT(memory != NULL);
    latches = (struct latches *)(((uintptr_t)memory + STRIPE_BYTES - 1) & ~(uintptr_t)(STRIPE_BYTES - 1));
    latches->memory = memory;
    latches->seed = seed;
    return latches;
}

void latches_destroy(struct latches *latches)
{
    if (latches == NULL)
        return;
    for (uint32_t i = 0; i < LATCH_STRIPES; i++)
        ASSERT(!latches->stripes[i].held && latches->stripes[i].transactions == 0);
    free(latches->memory);
}

uint32_t latches_stripe(const struct latches *latches, uint32_t space, const void *key, size_t n)
{
    return (uint32_t)XXH3_64bits_withSeed(key, n, latches->seed + space) & (LATCH_STRIPES - 1);
}

static void spin_pause(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

void latch_lock(struct latch_stripe *stripe)
{
    uint32_t spins = 0;

    while (atomic_exchange_explicit(&stripe->locked, 1, memory_order_acquire) != 0) {
        do {
            /* The holder may have lost its core: do not burn this one. */
            if (++spins % SPINS_BEFORE_YIELD == 0)
                (void)sched_yield();
            else
                spin_pause();
        } while (atomic_load_explicit(&stripe->locked, memory_order_relaxed) != 0);
    }
}

void latch_unlock(struct latch_stripe *stripe)
{
    atomic_store_explicit(&stripe->locked, 0, memory_order_release);
}

static void queue_add(struct latch_stripe *stripe, struct latch_waiter *waiter)
{
    waiter->previous = stripe->last;
    if (stripe->last != NULL)
        stripe->last->next = waiter;
    else
        stripe->first = waiter;
    stripe->last = waiter;
}

static void queue_remove(struct latch_stripe *stripe, struct latch_waiter *waiter)
{
    if (waiter->previous != NULL)
        waiter->previous->next = waiter->next;
    else
        stripe->first = waiter->next;
    if (waiter->next != NULL)
        waiter->next->previous = waiter->previous;
    else
        stripe->last = waiter->previous;
}

/* True while time is left. */
static bool wait_once(struct fiber *self, uint64_t deadline_ns)
{
    if (deadline_ns != 0)
        return fiber_park_until(self, deadline_ns);
    fiber_park(self);
    return true;
}

/* The short lock is held. */
static void waiter_leave(struct latch_stripe *stripe, struct latch_waiter *waiter)
{
    queue_remove(stripe, waiter);
    stripe->transactions -= waiter->transaction;
}

/* True when the waiter is done: with the latch, or without (ERR_BUSY in *ret). */
static bool wait_over(
    struct latch_stripe *stripe, struct latch_waiter *waiter, bool in_time, bool patient, enum err *ret)
{
    bool give_up = !waiter->granted && !in_time && (!patient || stripe->by_transaction);

    if (give_up)
        waiter_leave(stripe, waiter);
    *ret = give_up ? ERR_BUSY : OK;
    return give_up || waiter->granted;
}

static enum err wait_granted(struct latch_stripe *stripe, struct latch_waiter *waiter, const struct latch_claim *claim)
{
    uint64_t deadline_ns = claim->deadline_ns;

    for (;;) {
        bool in_time = wait_once(waiter->fiber, deadline_ns), over;
        enum err err;

        latch_lock(stripe);
        over = wait_over(stripe, waiter, in_time, claim->patient, &err);
        latch_unlock(stripe);
        if (over && err == OK && !in_time)
            fiber_park(
                waiter->fiber); /* the wake came after the deadline: use it up, or the next park would not wait */
        if (over)
            return err;
        if (!in_time)
            deadline_ns += claim->wait_ns; /* then look again who holds it */
    }
}

enum err latch_take(struct latch_stripe *stripe, struct fiber *self, struct latch_claim *claim)
{
    struct latch_waiter waiter = {.fiber = self, .transaction = claim->transaction};
    struct latch_claim forever = {.patient = true};
    bool alone;

    latch_lock(stripe);
    alone = stripe->transactions == 0;
    stripe->transactions += claim->transaction;
    if (!stripe->held) {
        ASSERT(stripe->first == NULL);
        stripe->held = true;
        stripe->by_transaction = claim->transaction;
        latch_unlock(stripe);
        return OK;
    }
    queue_add(stripe, &waiter);
    latch_unlock(stripe);
    if (claim->patient && alone) /* nobody overtakes, so no transaction will hold it before: no timer is needed */
        return wait_granted(stripe, &waiter, &forever);
    if (claim->deadline_ns == 0 && claim->wait_ns != 0)
        claim->deadline_ns = os_clock_monotonic_ns() + claim->wait_ns;
    return wait_granted(stripe, &waiter, claim);
}

void latch_give(struct latch_stripe *stripe)
{
    struct latch_waiter *next;

    latch_lock(stripe);
    ASSERT(stripe->held);
    stripe->transactions -= stripe->by_transaction;
    next = stripe->first;
    if (next == NULL) {
        stripe->held = stripe->by_transaction = false;
    } else {
        queue_remove(stripe, next);
        stripe->by_transaction = next->transaction;
        next->granted = true;
        fiber_wake(next->fiber);
    }
    latch_unlock(stripe);
}
