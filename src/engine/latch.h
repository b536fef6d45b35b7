/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/limits.h"
#include "os/fiber.h"

/*
 * Latches: LATCH_STRIPES of them, one per class of keys with the same hash. A decision holds the stripes of its keys,
 * in ascending order, from before it reads until its effects are appended. Who finds a stripe taken waits in its queue,
 * first come first served; the holder hands it over, so nobody overtakes.
 *
 * Each stripe also carries what the engine keeps per key class (`pending`), guarded by the same short lock.
 */
struct latch_waiter {
    struct fiber *fiber;
    bool granted, transaction;
    struct latch_waiter *next, *previous;
};

struct latch_stripe {
    _Atomic uint32_t locked; /* the short lock; guards everything below; never held over a park */
    bool held;
    bool by_transaction;   /* held by one */
    uint16_t transactions; /* that hold it or wait for it */
    struct latch_waiter *first, *last;
    void *pending;        /* the engine's */
    uint64_t reserved[3]; /* one cache line each */
} __attribute__((aligned(64)));

struct latches {
    uint64_t seed; /* clients that do not know it cannot aim at one stripe */
    void *memory;  /* as it was allocated, before alignment */
    struct latch_stripe stripes[LATCH_STRIPES];
};

struct latches *latches_create(uint64_t seed);
void latches_destroy(struct latches *latches);
/* The stripe of a key: a number below LATCH_STRIPES. */
uint32_t latches_stripe(const struct latches *latches, uint32_t space, const void *key, size_t n);

/* The short lock. Any thread; a few hundred nanoseconds at most. */
void latch_lock(struct latch_stripe *stripe);
void latch_unlock(struct latch_stripe *stripe);

/* Who asks for latches, and for how long he waits, for all of them together. */
struct latch_claim {
    uint64_t wait_ns;     /* 0: as long as it takes */
    bool transaction;     /* a decision of a transaction */
    bool patient;         /* gives up behind a transaction only: whoever else holds it then is waited for further */
    uint64_t deadline_ns; /* 0 until the first wait */
};

/* Takes the latch, waiting in the queue; ERR_BUSY when that took too long. */
MUST_USE enum err latch_take(struct latch_stripe *stripe, struct fiber *self, struct latch_claim *claim);
/* Hands it to the first in the queue. The caller holds it. */
void latch_give(struct latch_stripe *stripe);
