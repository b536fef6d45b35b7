/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "os/fiber.h"

/*
 * Worker threads: each has an epoll loop, a ready queue of fibers, timers and pools of arenas and stacks. One per core.
 * Plus the I/O pool, a few threads for what would block.
 *
 * One turn of the loop: events, messages from other threads, timers, the fibers that are ready, deferred calls, some of
 * the fibers that gave way; then sleep when nothing is left to do. All callbacks run on the loop's own stack: they must
 * not park, and they are short.
 */
struct workers;

struct workers_options {
    uint32_t count;      /* 1 to 64 */
    uint32_t io_threads; /* 1 to 64 */
    size_t spare_bytes;  /* what a worker may keep of the memory of large requests, for a second */
};
MUST_USE enum err workers_start(const struct workers_options *options, struct workers **ret);
/* Waits until every fiber and event source has ended, then frees everything. Threads that wake fibers or post are
 * joined before. */
void workers_stop_and_join(struct workers *workers);
uint32_t workers_count(const struct workers *workers);
struct worker *workers_at(struct workers *workers, uint32_t i);
uint32_t worker_index(const struct worker *worker);
struct workers *worker_workers(const struct worker *worker);
/* The worker whose thread this is; NULL on every other thread. */
struct worker *worker_current(void);

/* Starts a fiber on a worker, from any thread. ERR_LIMIT when there are too many. fn runs with its own arena, destroyed
 * (or reused) after. */
typedef void worker_fiber_fn(struct fiber *self, struct arena *arena, void *argument);
MUST_USE enum err worker_spawn(struct worker *worker, worker_fiber_fn *fn, void *argument);
/*
 * Starts a fiber and runs it at once, until it parks or ends. Only from a callback of the loop on the worker's thread.
 * `arena` is handed to fn and stays the caller's; NULL: the fiber gets one of its own, as with worker_spawn. ERR_LIMIT
 * as above.
 */
MUST_USE enum err worker_run(struct worker *worker, worker_fiber_fn *fn, struct arena *arena, void *argument);
/* A slot for per-worker state of other modules (catalog views ...): slot 0 to 7; only touched on the worker's own
 * thread. */
void **worker_slot(struct worker *worker, uint32_t slot);
#define WORKER_SLOTS        8
#define WORKER_SLOT_CATALOG 0
#define WORKER_SLOT_METRICS 1
#define WORKER_SLOT_AUTH    2

/* Everything below: only on the worker's own thread, unless said otherwise. */

/* Monotonic, read once a turn: when the events of this turn were seen. */
uint64_t worker_now_ns(const struct worker *worker);

/* How long this worker's thread has run so far, and how long it was ready to run but got no processor. False: not known
 * here. */
bool worker_cpu_ns(const struct worker *worker, uint64_t *ret_run_ns, uint64_t *ret_wait_ns);

/* An empty arena from the worker's pool, and back, emptied. What large requests left is kept for a second after them,
 * within a bound, and then given back to the system; one that is known to be large takes it with `enlarge`. */
struct worker_arena {
    struct arena *arena;     /* NULL: none */
    struct arena_mark start; /* of the empty arena */
};
struct worker_arena worker_arena_take(struct worker *worker);
void worker_arena_give(struct worker *worker, struct worker_arena arena);
void worker_arena_enlarge(struct worker *worker, struct arena *arena);

/*
 * An event source: a descriptor in the worker's epoll set. Embedded by its user, who fills fd and fn. `events` are
 * EPOLL* bits (sys/epoll.h). A source that was removed gets no event any more, also not one seen in the same turn; its
 * memory may be given back in a deferred call, not before. The worker ends only when no source is left.
 */
struct worker_source;
typedef void worker_source_fn(struct worker *worker, struct worker_source *source, uint32_t events);
struct worker_source {
    worker_source_fn *fn;
    int fd;
    bool added; /* kept by the worker */
};
MUST_USE enum err worker_source_add(struct worker *worker, struct worker_source *source, uint32_t events);
/* Other events for a source that was added. */
void worker_source_change(struct worker *worker, struct worker_source *source, uint32_t events);
/* Call before closing fd. One that was not added is left alone. */
void worker_source_remove(struct worker *worker, struct worker_source *source);

/* A call near the end of this turn (or in the next, when made from one or from a fiber that gave way). Embedded;
 * queueing it twice is once. */
struct worker_deferred;
typedef void worker_deferred_fn(struct worker *worker, struct worker_deferred *deferred);
struct worker_deferred {
    struct worker_deferred *next; /* kept by the worker */
    worker_deferred_fn *fn;
    bool queued;
};
void worker_defer(struct worker *worker, struct worker_deferred *deferred);

/* A call at a monotonic time or soon after (milliseconds). Embedded, zeroed before first use; setting it again moves
 * it. */
struct worker_timer;
typedef void worker_timer_fn(struct worker *worker, struct worker_timer *timer);
struct worker_timer {
    worker_timer_fn *fn;
    uint64_t deadline_ns;
    uint32_t position; /* kept by the worker: 0 not set */
};
void worker_timer_set(struct worker *worker, struct worker_timer *timer, uint64_t deadline_ns);
void worker_timer_clear(struct worker *worker, struct worker_timer *timer);

/*
 * A call on another worker's thread, posted from any thread. The message is owned by whoever posted it until fn runs,
 * which may free it. Messages of one thread arrive in order. A worker ends only after the messages posted to it ran.
 */
struct worker_message;
typedef void worker_message_fn(struct worker *worker, struct worker_message *message);
struct worker_message {
    struct worker_message *next; /* kept by the worker */
    worker_message_fn *fn;
    bool counted; /* kept by the worker */
};
void worker_post(struct worker *worker, struct worker_message *message);
