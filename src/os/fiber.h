/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Straight-line code that can wait. A fiber belongs to one worker for life; code on it may park and is woken by any
 * thread. The same calls work on a plain thread through fiber_of_thread, so tools and tests need no worker.
 *
 * Rules on a fiber: no pthread mutex held over a park; nothing that blocks the thread (use fiber_blocking).
 */
struct fiber;
struct worker;

/*
 * Waits until fiber_wake. A wake that came first makes the next park return at once (one is remembered), so a wake may
 * belong to an earlier wait: park in a loop that looks at what it waits for.
 */
void fiber_park(struct fiber *self);
/* Same with a monotonic deadline (os_clock_monotonic_ns); false when time ran out. */
bool fiber_park_until(struct fiber *self, uint64_t deadline_ns);
/* From any thread. The fiber's worker must not end before this returns; a fiber that has ended
 * meanwhile is no harm, one of a thread must not have been destroyed. */
void fiber_wake(struct fiber *fiber);
/* Lets everybody else go on: fibers that were woken first, then those that gave way before. One of a thread gives up
 * the processor. */
void fiber_yield(struct fiber *self);
/* Counts `bytes` of work and yields when the fiber had its 250 us or 64 KB (base/limits.h). Cheap enough for each entry
 * of a page. */
void fiber_breathe(struct fiber *self, size_t bytes);
/* Runs fn(argument) on the I/O pool and parks meanwhile. On a plain thread: runs it here. */
void fiber_blocking(struct fiber *self, void (*fn)(void *argument), void *argument);
/* The worker it runs on; NULL for a plain thread. */
struct worker *fiber_worker(struct fiber *self);

/* A fiber that stands for the calling thread: park blocks the thread. Owned by the caller. */
struct fiber *fiber_of_thread(void);
void fiber_of_thread_destroy(struct fiber *self);
