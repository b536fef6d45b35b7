/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Fibers: their life, and the ways to wait.
 *
 * The loop of a worker switches to a fiber and the fiber switches back when it parks, yields or ends; two fibers never
 * switch to each other. Waiting is one word, `wait`:
 *
 *      RUNNING --park--> PARKED --wake--> TOKEN --resumed--> RUNNING
 *      RUNNING --wake--> TOKEN  --park--> RUNNING            (one wake is remembered, more are the same one)
 *
 * Whoever moves PARKED to TOKEN, and only he, queues the fiber; so it is queued once. A deadline moves PARKED to
 * RUNNING on the worker's own thread and queues it there; if a waker was first, the deadline does nothing. A fiber is
 * PARKED a moment before it has left its stack, which is safe: only its own worker resumes it, and that one is still
 * busy leaving it.
 *
 * The memory of a fiber is reused but not freed while the workers live. That makes a wake that comes after the fiber
 * ended harmless, and it is why everybody who parks must do so in a loop that looks at what he waits for.
 *
 * A fiber that stands for a thread has no worker; it parks on a futex.
 */
#include "os/fiber.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/limits.h"
#include "os/clock.h"
#include "os/worker_int.h"

/* Stacks kept for the next fibers; beyond it they are unmapped. As many as may wait for one commit. */
#define POOL_FIBERS_MAX 1024
/* The clock is read once in so many breaths: reading it costs as much as a short step of work. */
#define BREATHS_PER_LOOK 32

_Thread_local struct worker *os__worker_here;

static void leave(struct fiber *self, bool last)
{
    struct worker *worker = self->worker;

    ASSERT(worker->running == self);
    os__context_change(&self->context, &worker->loop, last);
}

static void fiber_main(void *argument)
{
    struct fiber *self = argument;

    os__context_entered(&self->worker->loop);
    self->fn(self, self->arena, self->argument);
    self->ended = true;
    leave(self, true);
    ASSERT(false); /* an ended fiber is not resumed */
}

/* On the fiber's worker: a thread that spawned it put it into the inbox, or a waker did. */
static void message_ready(struct worker *worker, struct worker_message *message)
{
    struct fiber *fiber = (struct fiber *)message; /* its first field */

    os__worker_ready(worker, fiber);
}

static void timer_fired(struct worker *worker, struct worker_timer *timer)
{
    struct fiber *fiber = (struct fiber *)((char *)timer - offsetof(struct fiber, timer));
    uint32_t parked = FIBER_PARKED;

    if (!atomic_compare_exchange_strong(&fiber->wait, &parked, FIBER_RUNNING))
        return; /* a waker was first and its message is under way */
    fiber->timed_out = true;
    os__worker_ready(worker, fiber);
}

static struct fiber *fiber_allocate(void)
{
    struct fiber *fiber = calloc(1, sizeof(*fiber));

    ASSERT(fiber != NULL); /* small allocations do not fail */
    return fiber;
}

/* From the pool, or new with a stack. NULL: the system gives no more mappings. */
static struct fiber *fiber_take(struct worker *worker)
{
    struct fiber *fiber = worker->pool;

    if (fiber != NULL) {
        worker->pool = fiber->next;
        worker->pool_count--;
        return fiber;
    }
    fiber = worker->pool_bare;
    if (fiber == NULL) {
        fiber = fiber_allocate();
        fiber->all_next = worker->all;
        worker->all = fiber;
    } else {
        worker->pool_bare = fiber->next;
    }
    if (os__context_map(&fiber->context))
        return fiber;
    fiber->next = worker->pool_bare;
    worker->pool_bare = fiber;
    return NULL;
}

static void fiber_give(struct worker *worker, struct fiber *fiber)
{
    if (worker->pool_count == POOL_FIBERS_MAX) {
        os__context_unmap(&fiber->context);
        fiber->next = worker->pool_bare;
        worker->pool_bare = fiber;
        return;
    }
    fiber->next = worker->pool;
    worker->pool = fiber;
    worker->pool_count++;
}

static void fiber_begin(
    struct worker *worker, struct fiber *fiber, worker_fiber_fn *fn, struct arena *arena, void *argument)
{
    fiber->message.fn = message_ready;
    fiber->worker = worker;
    fiber->timer.fn = timer_fired;
    fiber->ended = false;
    fiber->timed_out = false;
    fiber->arena = arena;
    fiber->fn = fn;
    fiber->argument = argument;
    atomic_store_explicit(&fiber->wait, FIBER_RUNNING, memory_order_relaxed);
    os__context_prepare(&fiber->context, fiber_main, fiber);
}

static void fibers_add(struct worker *worker, uint32_t n)
{
    uint32_t fibers = atomic_load_explicit(&worker->fibers, memory_order_relaxed);

    atomic_store_explicit(&worker->fibers, fibers + n, memory_order_relaxed);
}

static bool fibers_full(struct worker *worker)
{
    return atomic_load_explicit(&worker->fibers, memory_order_relaxed) +
               atomic_load_explicit(&worker->fibers_coming, memory_order_relaxed) >=
           worker->workers->fibers_max;
}

static enum err start_here(
    struct worker *worker, worker_fiber_fn *fn, struct arena *arena, void *argument, struct fiber **ret)
{
    struct fiber *fiber;

    if (fibers_full(worker))
        return ERR_LIMIT;
    fiber = fiber_take(worker);
    if (fiber == NULL)
        return ERR_LIMIT;
    fibers_add(worker, 1);
    os__worker_begin(worker);
    fiber_begin(worker, fiber, fn, arena, argument);
    *ret = fiber;
    return OK;
}

/* The fiber of another thread's worker_spawn arrives. */
static void message_spawned(struct worker *worker, struct worker_message *message)
{
    struct fiber *fiber = (struct fiber *)message;

    fiber->all_next = worker->all;
    worker->all = fiber;
    fiber->message.fn = message_ready;
    fibers_add(worker, 1);
    atomic_fetch_sub_explicit(&worker->fibers_coming, 1, memory_order_relaxed);
    os__worker_begin(worker);
    os__worker_ready(worker, fiber);
}

/* The stack is mapped on the calling thread, so that a refusal can still be told. */
static enum err start_there(struct worker *worker, worker_fiber_fn *fn, void *argument)
{
    struct fiber *fiber;

    if (fibers_full(worker))
        return ERR_LIMIT;
    fiber = fiber_allocate();
    if (!os__context_map(&fiber->context)) {
        free(fiber);
        return ERR_LIMIT;
    }
    atomic_fetch_add_explicit(&worker->fibers_coming, 1, memory_order_relaxed);
    fiber_begin(worker, fiber, fn, NULL, argument);
    fiber->message.fn = message_spawned;
    worker_post(worker, &fiber->message);
    return OK;
}

enum err worker_spawn(struct worker *worker, worker_fiber_fn *fn, void *argument)
{
    struct fiber *fiber;
    enum err err;

    if (os__worker_here != worker)
        return start_there(worker, fn, argument);
    err = start_here(worker, fn, NULL, argument, &fiber);
    if (err)
        return err;
    os__worker_ready(worker, fiber);
    return OK;
}

enum err worker_run(struct worker *worker, worker_fiber_fn *fn, struct arena *arena, void *argument)
{
    struct fiber *fiber;
    enum err err;

    ASSERT(os__worker_here == worker && worker->running == NULL);
    err = start_here(worker, fn, arena, argument, &fiber);
    if (err)
        return err;
    os__fiber_resume(worker, fiber);
    return OK;
}

void os__fiber_resume(struct worker *worker, struct fiber *fiber)
{
    ASSERT(worker->running == NULL && fiber->worker == worker && !fiber->ended);
    fiber->breaths = 0;
    fiber->slice_bytes = 0;
    fiber->slice_start_ns = 0;
    if (fiber->arena == NULL) {
        fiber->own = worker_arena_take(worker);
        fiber->arena = fiber->own.arena;
    }
    worker->running = fiber;
    os__context_change(&worker->loop, &fiber->context, false);
    worker->running = NULL;
    if (!fiber->ended)
        return;
    if (fiber->own.arena != NULL)
        worker_arena_give(worker, fiber->own);
    fiber->own.arena = NULL;
    fiber_give(worker, fiber);
    fibers_add(worker, -1u);
    os__worker_end(worker);
}

void os__fiber_free_all(struct worker *worker)
{
    struct fiber *next;

    for (struct fiber *fiber = worker->all; fiber != NULL; fiber = next) {
        next = fiber->all_next;
        os__context_unmap(&fiber->context);
        free(fiber);
    }
    worker->all = NULL;
}

/* Takes the token if there is one; else the fiber is PARKED and must leave. */
static bool token_taken(struct fiber *self)
{
    uint32_t running = FIBER_RUNNING;

    if (atomic_compare_exchange_strong(&self->wait, &running, FIBER_PARKED))
        return false;
    atomic_exchange(&self->wait, FIBER_RUNNING);
    return true;
}

/* Sleeps while PARKED; false when the deadline (0: none) passed first. */
static bool thread_wait(struct fiber *self, uint64_t deadline_ns)
{
    while (atomic_load(&self->wait) == FIBER_PARKED) {
        uint64_t now = deadline_ns == 0 ? 0 : os_clock_monotonic_ns();
        uint64_t left = deadline_ns > now ? deadline_ns - now : 0;
        struct timespec timeout = {.tv_sec = (time_t)(left / 1000000000u), .tv_nsec = (long)(left % 1000000000u)};
        uint32_t parked = FIBER_PARKED;

        if (deadline_ns != 0 && left == 0 && atomic_compare_exchange_strong(&self->wait, &parked, FIBER_RUNNING))
            return false;
        (void)syscall(SYS_futex, &self->wait, FUTEX_WAIT_PRIVATE, FIBER_PARKED, deadline_ns == 0 ? NULL : &timeout,
            NULL, 0); /* woken, timed out or interrupted: the loop looks */
    }
    atomic_exchange(&self->wait, FIBER_RUNNING);
    return true;
}

void fiber_park(struct fiber *self)
{
    if (token_taken(self))
        return;
    if (self->worker == NULL) {
        (void)thread_wait(self, 0); /* no deadline: always woken */
        return;
    }
    leave(self, false);
    atomic_exchange(&self->wait, FIBER_RUNNING);
}

bool fiber_park_until(struct fiber *self, uint64_t deadline_ns)
{
    if (token_taken(self))
        return true;
    if (self->worker == NULL)
        return thread_wait(self, deadline_ns == 0 ? 1 : deadline_ns);
    self->timed_out = false;
    worker_timer_set(self->worker, &self->timer, deadline_ns);
    leave(self, false);
    worker_timer_clear(self->worker, &self->timer);
    if (self->timed_out) /* a wake since then stays for the next park */
        return false;
    atomic_exchange(&self->wait, FIBER_RUNNING);
    return true;
}

void fiber_wake(struct fiber *fiber)
{
    if (atomic_exchange(&fiber->wait, FIBER_TOKEN) != FIBER_PARKED)
        return;
    if (fiber->worker == NULL)
        (void)syscall(SYS_futex, &fiber->wait, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0); /* it may have gone on already */
    else if (fiber->worker == os__worker_here)
        os__worker_ready(fiber->worker, fiber);
    else
        os__worker_send(fiber->worker, &fiber->message);
}

void fiber_yield(struct fiber *self)
{
    if (self->worker == NULL) {
        (void)sched_yield();
        return;
    }
    os__worker_yielded(self->worker, self);
    leave(self, false);
}

void fiber_breathe(struct fiber *self, size_t bytes)
{
    uint64_t now;

    self->slice_bytes += bytes;
    if (self->slice_bytes < FIBER_SLICE_BYTES && ++self->breaths % BREATHS_PER_LOOK != 0)
        return;
    if (self->slice_bytes < FIBER_SLICE_BYTES) {
        now = os_clock_monotonic_ns();
        if (self->slice_start_ns == 0)
            self->slice_start_ns = now;
        if (now - self->slice_start_ns < FIBER_SLICE_US * 1000u)
            return;
    }
    fiber_yield(self);
}

static void job_finished(struct worker *worker, struct worker_message *message)
{
    struct io_job *job = (struct io_job *)message; /* its first field */

    (void)worker;
    job->finished = true;
    fiber_wake(job->fiber);
}

void fiber_blocking(struct fiber *self, void (*fn)(void *argument), void *argument)
{
    struct io_job job = {.done.fn = job_finished, .fiber = self, .fn = fn, .argument = argument};
    uint32_t parks = 0;

    if (self->worker == NULL) {
        fn(argument);
        return;
    }
    os__io_pool_submit(self->worker->workers->io, &job);
    /* The pool's last touch is posting the message, which runs on this thread: the job can live on this stack. */
    while (!job.finished) {
        fiber_park(self);
        parks++;
    }
    if (parks > 1)
        fiber_wake(self); /* somebody else's wake came meanwhile: keep it for who waits for it */
}

struct worker *fiber_worker(struct fiber *self)
{
    return self->worker;
}

struct fiber *fiber_of_thread(void)
{
    return fiber_allocate();
}

void fiber_of_thread_destroy(struct fiber *self)
{
    ASSERT(self == NULL || self->worker == NULL);
    free(self);
}
