/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "os/fiber.h"

/*
 * Worker threads: each has an epoll loop, a ready queue of fibers, timers and pools of arenas and stacks. One per core. Plus the
 * I/O pool, a few threads for what would block.
 */
struct workers;

struct workers_options {
    uint32_t count;        /* 1 to 64 */
    uint32_t io_threads;   /* 1 to 64 */
};
MUST_USE enum err workers_start(const struct workers_options *options, struct workers **ret);
/* Runs until every fiber and event source ended after workers_stop; then frees everything. */
void workers_stop_and_join(struct workers *workers);
uint32_t workers_count(const struct workers *workers);
struct worker *workers_at(struct workers *workers, uint32_t i);
uint32_t worker_index(const struct worker *worker);

/* Starts a fiber on a worker, from any thread. ERR_LIMIT when there are too many. fn runs with its own arena, destroyed (or reused) after. */
typedef void worker_fiber_fn(struct fiber *self, struct arena *arena, void *argument);
MUST_USE enum err worker_spawn(struct worker *worker, worker_fiber_fn *fn, void *argument);
/* A slot for per-worker state of other modules (catalog views ...): slot 0 to 7; only touched on the worker's own thread. */
void **worker_slot(struct worker *worker, uint32_t slot);
#define WORKER_SLOT_CATALOG 0
#define WORKER_SLOT_METRICS 1
#define WORKER_SLOT_AUTH 2
#define WORKER_SLOT_HTTP 3
