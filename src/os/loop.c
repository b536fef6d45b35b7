/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One worker's loop. A turn is:
 *
 *      sleep (epoll) -> events -> inbox -> timers -> ready fibers -> deferred calls
 *
 * Fibers that become ready during a turn run in the next one, with a look at epoll in between, so that a fiber that
 * yields for ever does not starve the sockets.
 *
 * The inbox is a stack that any thread pushes onto and the worker takes whole. A worker that is awake looks at it once
 * a turn, so the bell (an eventfd) is rung only for a sleeping one, and by one thread only: `sleeping` is set before
 * the last look at the inbox, and whoever pushed takes it away. A group of wakes costs one system call at most.
 *
 * The bell is edge triggered and never read: each write is a new edge, and its counter cannot fill within centuries.
 *
 * Ending: things that live (fibers, sources) and things under way (posted messages) are counted when they begin and
 * when they end, per worker, each count written by one side only. Only a living thing can begin another one, so when
 * all that began has ended, nothing can come any more (workers.c looks).
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/limits.h"
#include "os/clock.h"
#include "os/worker_int.h"

#define EVENTS_PER_TURN 512
/* Two slices (FIBER_SLICE_US). */
#define YIELDED_NS_PER_TURN ((uint64_t)2 * FIBER_SLICE_US * 1000u)

void os__worker_begin(struct worker *worker)
{
    uint64_t n = atomic_load_explicit(&worker->begun_here, memory_order_relaxed);

    atomic_store_explicit(&worker->begun_here, n + 1, memory_order_release);
}

void os__worker_end(struct worker *worker)
{
    uint64_t n = atomic_load_explicit(&worker->ended, memory_order_relaxed);

    atomic_store_explicit(&worker->ended, n + 1, memory_order_release);
}

static void queue_add(struct fiber_queue *queue, struct fiber *fiber)
{
    fiber->next = NULL;
    *queue->last = fiber;
    queue->last = &fiber->next;
}

void os__worker_ready(struct worker *worker, struct fiber *fiber)
{
    queue_add(&worker->ready, fiber);
}

void os__worker_yielded(struct worker *worker, struct fiber *fiber)
{
    queue_add(&worker->yielded, fiber);
}

static void push(struct worker *worker, struct worker_message *message)
{
    struct worker_message *head = atomic_load_explicit(&worker->inbox, memory_order_relaxed);
    uint64_t one = 1;

    do {
        message->next = head;
    } while (!atomic_compare_exchange_weak(&worker->inbox, &head, message));
    if (!atomic_load(&worker->sleeping) || !atomic_exchange(&worker->sleeping, false))
        return;
    if (write(worker->bell.fd, &one, sizeof(one)) != (ssize_t)sizeof(one))
        ASSERT(errno == EAGAIN); /* its counter is full: then it has an edge already */
}

/* Without counting: for wakes and finished jobs, whose fiber is counted anyway. */
void os__worker_send(struct worker *worker, struct worker_message *message)
{
    message->counted = false;
    push(worker, message);
}

void worker_post(struct worker *worker, struct worker_message *message)
{
    atomic_fetch_add(&worker->begun_there, 1);
    message->counted = true;
    push(worker, message);
}

static void run_inbox(struct worker *worker)
{
    struct worker_message *message, *next, *in_order = NULL;

    if (atomic_load_explicit(&worker->inbox, memory_order_relaxed) == NULL)
        return;
    for (message = atomic_exchange(&worker->inbox, NULL); message != NULL; message = next) {
        next = message->next;
        message->next = in_order;
        in_order = message;
    }
    for (message = in_order; message != NULL; message = next) {
        bool counted = message->counted;

        next = message->next;
        message->fn(worker, message); /* may free it */
        if (counted)
            os__worker_end(worker);
    }
}

static void run_ready(struct worker *worker)
{
    struct fiber *fiber = worker->ready.first, *next;

    worker->ready.first = NULL;
    worker->ready.last = &worker->ready.first;
    for (; fiber != NULL; fiber = next) {
        next = fiber->next;
        os__fiber_resume(worker, fiber);
    }
}

/* Long work gets its part of each turn, whatever else there is to do, and no more: many long requests take turns among
 * themselves, so that a short one waits for a few slices and not for as many as there are. */
static void run_yielded(struct worker *worker)
{
    uint64_t start_ns;
    struct fiber *fiber;

    if (worker->yielded.first == NULL)
        return;
    start_ns = os_clock_monotonic_ns();
    do {
        fiber = worker->yielded.first;
        worker->yielded.first = fiber->next;
        if (fiber->next == NULL)
            worker->yielded.last = &worker->yielded.first;
        os__fiber_resume(worker, fiber);
    } while (worker->yielded.first != NULL && os_clock_monotonic_ns() - start_ns < YIELDED_NS_PER_TURN);
}

void worker_defer(struct worker *worker, struct worker_deferred *deferred)
{
    if (deferred->queued)
        return;
    deferred->queued = true;
    deferred->next = NULL;
    *worker->deferred_last = deferred;
    worker->deferred_last = &deferred->next;
}

static void run_deferred(struct worker *worker)
{
    struct worker_deferred *deferred = worker->deferred, *next;

    worker->deferred = NULL;
    worker->deferred_last = &worker->deferred;
    for (; deferred != NULL; deferred = next) {
        next = deferred->next;
        deferred->queued = false;
        deferred->fn(worker, deferred); /* may free it */
    }
}

/* Milliseconds to sleep, rounded up so that a timer is not looked at too early; -1: until something happens. */
static int sleep_ms(struct worker *worker)
{
    uint64_t next_ns = os__timers_next_ns(worker), left_ns;

    if (worker->ready.first != NULL || worker->yielded.first != NULL || worker->deferred != NULL)
        return 0;
    if (next_ns == UINT64_MAX)
        return -1;
    left_ns = next_ns > worker->now_ns ? next_ns - worker->now_ns : 0;
    return left_ns > 1000000000u ? 1000 : (int)((left_ns + 999999u) / 1000000u);
}

static int wait_for_events(struct worker *worker, struct epoll_event *events)
{
    int ms = sleep_ms(worker), n;

    if (ms != 0) {
        atomic_store(&worker->sleeping, true);
        if (atomic_load(&worker->inbox) != NULL)
            ms = 0;
    }
    n = epoll_wait(worker->epoll_fd, events, EVENTS_PER_TURN, ms);
    if (atomic_load_explicit(&worker->sleeping, memory_order_relaxed))
        atomic_store_explicit(&worker->sleeping, false, memory_order_relaxed);
    ASSERT(n >= 0 || errno == EINTR);
    return n < 0 ? 0 : n;
}

static void run_events(struct worker *worker, struct epoll_event *events, int n)
{
    for (int i = 0; i < n; i++) {
        struct worker_source *source = events[i].data.ptr;

        if (source->added) /* else an earlier event of this turn removed it */
            source->fn(worker, source, events[i].events);
    }
}

/* Tells whoever stops the workers that this one has nothing to do at the moment; he counts over all. */
static void tell_idle(struct worker *worker)
{
    struct workers *workers = worker->workers;

    pthread_mutex_lock(&workers->stop_mutex);
    pthread_cond_signal(&workers->stop_changed);
    pthread_mutex_unlock(&workers->stop_mutex);
}

void *os__worker_main(void *argument)
{
    struct worker *worker = argument;
    struct epoll_event events[EVENTS_PER_TURN];

    os__worker_here = worker;
    os__context_of_thread(&worker->loop);
    os__overflow_thread_begin(worker);
    worker->schedstat_fd = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    worker->now_ns = os_clock_monotonic_ns();
    while (!atomic_load_explicit(&worker->workers->quit, memory_order_relaxed)) {
        int n = wait_for_events(worker, events);

        worker->now_ns = os_clock_monotonic_ns();
        run_events(worker, events, n);
        run_inbox(worker);
        os__timers_run(worker);
        run_ready(worker);
        run_deferred(worker);
        run_yielded(worker);
        if (atomic_load_explicit(&worker->workers->stopping, memory_order_relaxed))
            tell_idle(worker);
    }
    os__arenas_free(worker);
    if (worker->schedstat_fd >= 0)
        close(worker->schedstat_fd);
    os__overflow_thread_end(worker);
    os__worker_here = NULL;
    return NULL;
}

uint64_t worker_now_ns(const struct worker *worker)
{
    return worker->now_ns;
}

bool worker_cpu_ns(const struct worker *worker, uint64_t *ret_run_ns, uint64_t *ret_wait_ns)
{
    char text[64];
    ssize_t n = worker->schedstat_fd < 0 ? -1 : pread(worker->schedstat_fd, text, sizeof(text) - 1, 0);

    if (n <= 0)
        return false;
    text[n] = '\0';
    return sscanf(text, "%" SCNu64 " %" SCNu64, ret_run_ns, ret_wait_ns) == 2;
}

enum err worker_source_add(struct worker *worker, struct worker_source *source, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = source};

    ASSERT(!source->added);
    if (epoll_ctl(worker->epoll_fd, EPOLL_CTL_ADD, source->fd, &event) != 0)
        return errno == ENOSPC || errno == ENOMEM ? ERR_LIMIT : ERR_IO;
    source->added = true;
    os__worker_begin(worker);
    return OK;
}

void worker_source_change(struct worker *worker, struct worker_source *source, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = source};

    ASSERT(source->added);
    ASSERT(epoll_ctl(worker->epoll_fd, EPOLL_CTL_MOD, source->fd, &event) == 0);
}

void worker_source_remove(struct worker *worker, struct worker_source *source)
{
    if (!source->added)
        return;
    ASSERT(epoll_ctl(worker->epoll_fd, EPOLL_CTL_DEL, source->fd, NULL) == 0);
    source->added = false;
    os__worker_end(worker);
}

static void bell_rang(struct worker *worker, struct worker_source *source, uint32_t events)
{
    (void)worker; /* the inbox is looked at in every turn */
    (void)source;
    (void)events;
}

static enum err open_bell(struct worker *worker)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.ptr = &worker->bell};

    worker->bell = (struct worker_source){.fn = bell_rang, .fd = -1};
    worker->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (worker->epoll_fd < 0)
        return ERR_IO;
    worker->bell.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (worker->bell.fd < 0 || epoll_ctl(worker->epoll_fd, EPOLL_CTL_ADD, worker->bell.fd, &event) != 0)
        return ERR_IO;
    worker->bell.added = true; /* not counted: it does not keep the worker alive */
    return OK;
}

enum err os__worker_open(struct workers *workers, uint32_t index, struct worker **ret)
{
    struct worker *worker = aligned_alloc(64, sizeof(*worker));
    enum err err;

    ASSERT(worker != NULL); /* small allocations do not fail */
    *worker = (struct worker){.workers = workers, .index = index, .epoll_fd = -1};
    worker->ready.last = &worker->ready.first;
    worker->yielded.last = &worker->yielded.first;
    worker->deferred_last = &worker->deferred;
    os__arenas_init(worker, workers->spare_bytes);
    err = open_bell(worker);
    if (err) {
        os__worker_close(worker);
        return err;
    }
    *ret = worker;
    return OK;
}

/* After its thread ended, or when it never began. */
void os__worker_close(struct worker *worker)
{
    if (worker == NULL)
        return;
    os__fiber_free_all(worker); /* now that no other worker can be late with a wake */
    if (worker->bell.fd >= 0)
        close(worker->bell.fd);
    if (worker->epoll_fd >= 0)
        close(worker->epoll_fd);
    free(worker->timers);
    os__arenas_free(worker);
    free(worker->arenas.kept);
    free(worker);
}
