/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Starting and ending the workers as a whole.
 *
 * The end is found by counting. Each worker counts what began and what ended on it. The thread that stops reads all the
 * "ended" first and all the "begun" after: when the sums are equal, then at some moment between the two readings
 * everything that had begun had ended, and since only living things begin new ones, that holds from then on.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/assert.h"
#include "os/worker_int.h"

#define WORKERS_MAX    64
#define IO_THREADS_MAX 64

struct workers *os__workers;

static uint64_t sum_ended(const struct workers *workers)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < workers->count; i++)
        sum += atomic_load(&workers->at[i]->ended);
    return sum;
}

static uint64_t sum_begun(const struct workers *workers)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < workers->count; i++)
        sum += atomic_load(&workers->at[i]->begun_here) + atomic_load(&workers->at[i]->begun_there);
    return sum;
}

static bool all_ended(const struct workers *workers)
{
    uint64_t ended = sum_ended(workers);

    return ended == sum_begun(workers);
}

static void message_nothing(struct worker *worker, struct worker_message *message)
{
    (void)worker;
    (void)message;
}

/* Makes every worker finish a turn, so that it sees the flags. */
static void ring_all(struct workers *workers, struct worker_message *messages)
{
    for (uint32_t i = 0; i < workers->started; i++) {
        messages[i].fn = message_nothing;
        os__worker_send(workers->at[i], &messages[i]);
    }
}

static uint32_t fibers_max_of(uint32_t count)
{
    uint32_t share = FIBERS_MAX / count;

    return share < FIBERS_PER_WORKER_MAX ? share : FIBERS_PER_WORKER_MAX;
}

static void destroy(struct workers *workers)
{
    os__io_pool_stop(workers->io); /* first: its threads ring the workers' bells */
    for (uint32_t i = 0; i < workers->count; i++)
        os__worker_close(workers->at[i]);
    pthread_cond_destroy(&workers->stop_changed);
    pthread_mutex_destroy(&workers->stop_mutex);
    free(workers);
}

static enum err start_threads(struct workers *workers)
{
    for (uint32_t i = 0; i < workers->count; i++) {
        char name[16]; /* what the system takes */

        if (pthread_create(&workers->at[i]->thread, NULL, os__worker_main, workers->at[i]) != 0)
            return ERR_LIMIT;
        workers->started++;
        (void)snprintf(name, sizeof(name), "worker-%u", i % WORKERS_MAX);
        (void)pthread_setname_np(workers->at[i]->thread, name); /* only for people */
    }
    return OK;
}

static enum err start(struct workers *workers, uint32_t io_threads)
{
    enum err err = OK;

    for (uint32_t i = 0; i < workers->count && !err; i++)
        err = os__worker_open(workers, i, &workers->at[i]);
    if (!err)
        err = os__io_pool_start(io_threads, &workers->io);
    if (!err)
        err = start_threads(workers);
    return err;
}

static void join(struct workers *workers)
{
    struct worker_message messages[WORKERS_MAX];

    atomic_store(&workers->quit, true);
    ring_all(workers, messages);
    for (uint32_t i = 0; i < workers->started; i++)
        pthread_join(workers->at[i]->thread, NULL);
    destroy(workers);
}

enum err workers_start(const struct workers_options *options, struct workers **ret)
{
    struct workers *workers;
    sigset_t all, before;
    enum err err;

    ASSERT(options->count >= 1 && options->count <= WORKERS_MAX);
    ASSERT(options->io_threads >= 1 && options->io_threads <= IO_THREADS_MAX);
    os__overflow_install();
    workers = calloc(1, sizeof(*workers) + options->count * sizeof(workers->at[0]));
    ASSERT(workers != NULL); /* small allocations do not fail */
    workers->count = options->count;
    workers->spare_bytes = options->spare_bytes;
    workers->fibers_max = fibers_max_of(options->count);
    pthread_mutex_init(&workers->stop_mutex, NULL);
    pthread_cond_init(&workers->stop_changed, NULL);
    /* Signals that are sent to the process are for the thread that started it. */
    sigfillset(&all);
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGBUS);
    sigdelset(&all, SIGILL);
    sigdelset(&all, SIGFPE);
    sigdelset(&all, SIGABRT);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    err = start(workers, options->io_threads);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (err) {
        join(workers);
        return err;
    }
    os__workers = workers;
    *ret = workers;
    return OK;
}

void workers_stop_and_join(struct workers *workers)
{
    struct worker_message messages[WORKERS_MAX];

    if (workers == NULL)
        return;
    ASSERT(os__worker_here == NULL);
    pthread_mutex_lock(&workers->stop_mutex);
    atomic_store(&workers->stopping, true);
    ring_all(workers, messages);
    while (!all_ended(workers))
        pthread_cond_wait(&workers->stop_changed, &workers->stop_mutex);
    pthread_mutex_unlock(&workers->stop_mutex);
    if (os__workers == workers)
        os__workers = NULL;
    join(workers);
}

uint32_t workers_count(const struct workers *workers)
{
    return workers->count;
}

struct worker *workers_at(struct workers *workers, uint32_t i)
{
    ASSERT(i < workers->count);
    return workers->at[i];
}

uint32_t worker_index(const struct worker *worker)
{
    return worker->index;
}

struct workers *worker_workers(const struct worker *worker)
{
    return worker->workers;
}

struct worker *worker_current(void)
{
    return os__worker_here;
}

void **worker_slot(struct worker *worker, uint32_t slot)
{
    ASSERT(slot < WORKER_SLOTS);
    return &worker->slots[slot];
}
