/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "os/context.h"
#include "os/fiber.h"
#include "os/worker.h"

/*
 * What the files of os/ share about fibers and workers. Fields of a worker belong to its thread, except those marked.
 */

/* Where a fiber stands towards its wakers. One wake is remembered: TOKEN. */
enum fiber_wait { FIBER_RUNNING, FIBER_TOKEN, FIBER_PARKED };

/*
 * Never freed while the workers live, only reused: a wake that comes too late finds memory of the right kind and is at
 * worst a wake without reason for the next user.
 */
struct fiber {
    struct worker_message message; /* queues it on its worker: started or woken by another thread */
    _Atomic(uint32_t) wait;        /* any thread: enum fiber_wait */
    struct worker *worker;         /* NULL: stands for a thread */
    struct fiber *next;            /* in the ready queue or in the pool */
    struct fiber *all_next;        /* for the debugger: every fiber the worker ever made */
    struct context context;
    struct worker_timer timer; /* fiber_park_until */
    bool timed_out;
    bool ended;
    uint32_t breaths; /* calls of fiber_breathe since it got the worker */
    size_t slice_bytes;
    uint64_t slice_start_ns; /* 0: not looked at the clock yet */
    worker_fiber_fn *fn;
    struct arena *arena; /* of whoever started it, or of `own` */
    struct worker_arena own;
    void *argument;
};

struct fiber_queue {
    struct fiber *first, **last;
};

/* arenas.c */
#define ARENA_CHAINS_MAX 32
struct arena_pool {
    struct worker_arena *kept; /* a stack: the last one used is the first one taken */
    uint32_t count, chains_count;
    struct arena_block *chains[ARENA_CHAINS_MAX]; /* of large requests, a stack as well */
    size_t more_bytes_max;
    size_t more_bytes;         /* of all chains, and of kept arenas beyond their first blocks */
    uint64_t more_used_ns;     /* when an arena came back of which more than the first was used */
    struct worker_timer timer; /* set while there may be more bytes */
};

struct worker {
    struct workers *workers;
    uint32_t index;
    int epoll_fd;
    struct worker_source bell; /* an eventfd: rings when a sleeping worker gets a message */
    uint64_t now_ns;

    struct fiber *running; /* NULL: the loop itself runs */
    struct context loop;
    struct fiber_queue ready;   /* woken, or new */
    struct fiber_queue yielded; /* had their slice and are not done */
    struct fiber *pool;         /* ended fibers with a stack */
    struct fiber *pool_bare;    /* without */
    struct fiber *all;
    uint32_t pool_count;
    _Atomic(uint32_t) fibers; /* live ones; written by this thread, read by others for the limit */

    struct worker_deferred *deferred, **deferred_last;
    struct worker_timer **timers; /* heap, earliest at 1 */
    uint32_t timers_count, timers_capacity;
    struct arena_pool arenas;
    void *slots[WORKER_SLOTS];

    /* Termination: what began and what ended here. Fibers, sources and posted messages. */
    _Atomic(uint64_t) begun_here; /* written by this thread */
    _Atomic(uint64_t) ended;      /* written by this thread */

    pthread_t thread;
    char *signal_stack;
    int schedstat_fd; /* -1: the system has none */

    /* any thread, on a line of its own */
    _Alignas(64) _Atomic(struct worker_message *) inbox; /* newest first */
    _Atomic(bool) sleeping;
    _Atomic(uint32_t) fibers_coming; /* spawned by other threads, not here yet */
    _Atomic(uint64_t) begun_there;   /* written by other threads */
};

struct io_pool;

struct workers {
    uint32_t count;
    uint32_t fibers_max; /* per worker */
    size_t spare_bytes;  /* per worker */
    struct io_pool *io;
    pthread_mutex_t stop_mutex;
    pthread_cond_t stop_changed; /* some worker ran out of work */
    _Atomic(bool) stopping, quit;
    uint32_t started; /* threads that run */
    struct worker *at[];
};

/* fiber.c */
enum err os__fiber_create(struct worker *worker, struct fiber **ret);
void os__fiber_resume(struct worker *worker, struct fiber *fiber);
void os__fiber_free_all(struct worker *worker);
/* loop.c */
void os__worker_ready(struct worker *worker, struct fiber *fiber);
void os__worker_yielded(struct worker *worker, struct fiber *fiber);
void os__worker_send(struct worker *worker, struct worker_message *message);
enum err os__worker_open(struct workers *workers, uint32_t index, struct worker **ret);
void os__worker_close(struct worker *worker);
void *os__worker_main(void *argument);
/* The owner's half of the termination counts. */
void os__worker_begin(struct worker *worker);
void os__worker_end(struct worker *worker);
/* arenas.c */
void os__arenas_init(struct worker *worker, size_t spare_bytes);
void os__arenas_free(struct worker *worker); /* what the pool keeps */
/* timer.c */
void os__timers_run(struct worker *worker);
uint64_t os__timers_next_ns(const struct worker *worker);
/* io_pool.c */
struct io_job {
    struct worker_message done;
    struct fiber *fiber;
    void (*fn)(void *argument);
    void *argument;
    struct io_job *next;
    bool finished;
};
enum err os__io_pool_start(uint32_t threads, struct io_pool **ret);
void os__io_pool_stop(struct io_pool *pool);
void os__io_pool_submit(struct io_pool *pool, struct io_job *job);
/* overflow.c */
void os__overflow_install(void);
void os__overflow_thread_begin(struct worker *worker);
void os__overflow_thread_end(struct worker *worker);

extern _Thread_local struct worker *os__worker_here;
/* For the debugger (tools/gdb_fibers.py): the workers started last. */
extern struct workers *os__workers;
