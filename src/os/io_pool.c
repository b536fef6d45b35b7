/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The I/O pool: a few threads that run what would block a worker (cold reads, file work, compressing something large).
 * One queue under one mutex: a job costs a system call or more, so the lock is not what it waits for. The queue is
 * bounded by the fibers, each of which waits for at most one job.
 */
#include <signal.h>
#include <stdlib.h>

#include "base/assert.h"
#include "os/worker_int.h"

struct io_pool {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    struct io_job *first, **last; /* under mutex */
    bool stopping;                /* under mutex */
    uint32_t threads;
    pthread_t thread[];
};

static struct io_job *job_next(struct io_pool *pool)
{
    struct io_job *job;

    pthread_mutex_lock(&pool->mutex);
    while (pool->first == NULL && !pool->stopping)
        pthread_cond_wait(&pool->changed, &pool->mutex);
    job = pool->first;
    if (job != NULL) {
        pool->first = job->next;
        if (pool->first == NULL)
            pool->last = &pool->first;
    }
    pthread_mutex_unlock(&pool->mutex);
    return job;
}

static void *io_main(void *argument)
{
    struct io_pool *pool = argument;
    struct io_job *job;

    while ((job = job_next(pool)) != NULL) {
        struct worker *worker = fiber_worker(job->fiber);

        job->fn(job->argument);
        os__worker_send(worker, &job->done); /* the job is gone after this */
    }
    return NULL;
}

enum err os__io_pool_start(uint32_t threads, struct io_pool **ret)
{
    struct io_pool *pool = calloc(1, sizeof(*pool) + threads * sizeof(pool->thread[0]));

    ASSERT(pool != NULL); /* small allocations do not fail */
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->changed, NULL);
    pool->last = &pool->first;
    for (; pool->threads < threads; pool->threads++) {
        if (pthread_create(&pool->thread[pool->threads], NULL, io_main, pool) != 0) {
            os__io_pool_stop(pool);
            return ERR_LIMIT;
        }
        (void)pthread_setname_np(pool->thread[pool->threads], "io"); /* only for people */
    }
    *ret = pool;
    return OK;
}

void os__io_pool_stop(struct io_pool *pool)
{
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->mutex);
    ASSERT(pool->first == NULL); /* a job has a fiber that waits */
    pool->stopping = true;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->mutex);
    for (uint32_t i = 0; i < pool->threads; i++)
        pthread_join(pool->thread[i], NULL);
    pthread_cond_destroy(&pool->changed);
    pthread_mutex_destroy(&pool->mutex);
    free(pool);
}

void os__io_pool_submit(struct io_pool *pool, struct io_job *job)
{
    pthread_mutex_lock(&pool->mutex);
    job->next = NULL;
    *pool->last = job;
    pool->last = &job->next;
    pthread_cond_signal(&pool->changed);
    pthread_mutex_unlock(&pool->mutex);
}
