/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdatomic.h>
#include <stdint.h>

#include "engine/engine.h"

/*
 * Stamps: a hybrid logical clock, 48 bits of milliseconds over 16 of counter. Every stamp taken is greater than every
 * stamp taken before it, whatever the wall clock does, and than the stamps of the records it replaces.
 */
struct stamps {
    engine_clock_fn *clock;
    void *clock_context;
    _Atomic uint64_t last; /* the greatest stamp taken or closed */
};

#define STAMP_COUNTER_BITS 16
#define STAMP_OF_MS(ms)    ((uint64_t)(ms) << STAMP_COUNTER_BITS)

/* `above`: no stamp up to it is taken again (what an earlier run may have given out). */
void stamps_init(struct stamps *stamps, engine_clock_fn *clock, void *clock_context, uint64_t above);
/* The wall clock as a stamp. */
uint64_t stamps_wall(const struct stamps *stamps);
/* A stamp greater than all before and than `old`. Any thread, lock-free. */
uint64_t stamps_take(struct stamps *stamps, uint64_t old);
/* Closes a floor W: every stamp taken from now on is greater. It is at least the wall clock, so that a floor tells the
 * time, and at most `most`; 0 when greater stamps were taken already. */
uint64_t stamps_close(struct stamps *stamps, uint64_t most);
