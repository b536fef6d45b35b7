/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Threads, mutexes, condition variables and futexes as the server asks for them, on tasks. The linker sends the
 * server's calls here (--wrap, see meson.build). The bytes of a pthread object hold ours; all zeros is a fresh one, as
 * with PTHREAD_MUTEX_INITIALIZER. A static one may have been held when its life ended: then it is free.
 */
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/assert.h"
#include "sim.h"

struct mutex {
    struct sim_task *owner;
    uint32_t life, waiters;
};
static_assert(sizeof(struct mutex) <= sizeof(pthread_mutex_t), "it stands in its bytes");

static struct mutex *of(pthread_mutex_t *mutex)
{
    return (struct mutex *)mutex;
}

static bool held(const struct mutex *m)
{
    return m->owner != NULL && m->life == sim_task_life();
}

static void lock(pthread_mutex_t *mutex)
{
    struct mutex *m = of(mutex);

    ASSERT(!held(m) || m->owner != sim_task_current());
    if (m->life != sim_task_life())
        *m = (struct mutex){.life = sim_task_life()};
    while (m->owner != NULL) {
        m->waiters++;
        (void)sim_wait(m, 0);
        m->waiters--;
    }
    m->owner = sim_task_current();
}

static void unlock(pthread_mutex_t *mutex)
{
    struct mutex *m = of(mutex);

    ASSERT(m->owner == sim_task_current());
    m->owner = NULL;
    if (m->waiters != 0)
        (void)sim_wake(m, 1);
}

/* Outside of all tasks nobody else is there. */
int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex)
{
    if (sim_task_current() == NULL)
        return 0;
    SIM_POINT();
    lock(mutex);
    return 0;
}

int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    if (sim_task_current() == NULL)
        return 0;
    unlock(mutex);
    SIM_POINT();
    return 0;
}

int __wrap_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes);
int __wrap_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attributes)
{
    ASSERT(attributes == NULL);
    memset(mutex, 0, sizeof(*mutex));
    return 0;
}

int __wrap_pthread_mutex_destroy(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    ASSERT(!held(of(mutex)) && of(mutex)->waiters == 0);
    return 0;
}

int __wrap_pthread_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attributes);
int __wrap_pthread_cond_init(pthread_cond_t *cond, const pthread_condattr_t *attributes)
{
    (void)attributes; /* there is one clock to wait by */
    memset(cond, 0, sizeof(*cond));
    return 0;
}

int __wrap_pthread_cond_destroy(pthread_cond_t *cond);
int __wrap_pthread_cond_destroy(pthread_cond_t *cond)
{
    (void)cond;
    return 0;
}

static int cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex, uint64_t deadline_ns)
{
    uint64_t until_ns = deadline_ns;
    bool woken, spurious = sim_fault_on(SIM_SPURIOUS) && sim_chance(SIM_SCHEDULE, 20000);

    if (spurious) {
        until_ns = sim.now_ns + 1 + sim_some_ns(SIM_SCHEDULE, 2000000);
        if (deadline_ns != 0 && until_ns >= deadline_ns)
            spurious = false, until_ns = deadline_ns;
    }
    unlock(mutex);
    woken = sim_wait(cond, until_ns);
    lock(mutex);
    return woken || spurious ? 0 : ETIMEDOUT;
}

int __wrap_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex);
int __wrap_pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
    SIM_POINT();
    return cond_wait(cond, mutex, 0);
}

int __wrap_pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *until);
int __wrap_pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *until)
{
    uint64_t deadline_ns = (uint64_t)until->tv_sec * 1000000000u + (uint64_t)until->tv_nsec;

    SIM_POINT();
    if (deadline_ns <= sim.now_ns)
        return ETIMEDOUT;
    return cond_wait(cond, mutex, deadline_ns);
}

int __wrap_pthread_cond_signal(pthread_cond_t *cond);
int __wrap_pthread_cond_signal(pthread_cond_t *cond)
{
    if (sim_task_current() == NULL)
        return 0;
    (void)sim_wake(cond, 1);
    SIM_POINT();
    return 0;
}

int __wrap_pthread_cond_broadcast(pthread_cond_t *cond);
int __wrap_pthread_cond_broadcast(pthread_cond_t *cond)
{
    (void)sim_wake(cond, UINT32_MAX);
    SIM_POINT();
    return 0;
}

int __wrap_pthread_create(pthread_t *ret, const pthread_attr_t *attributes, void *(*fn)(void *), void *argument);
int __wrap_pthread_create(pthread_t *ret, const pthread_attr_t *attributes, void *(*fn)(void *), void *argument)
{
    ASSERT(attributes == NULL && sim_task_life() != 0);
    *ret = (pthread_t)sim_task_start("thread", sim_task_life(), fn, argument);
    SIM_POINT();
    return 0;
}

int __wrap_pthread_join(pthread_t thread, void **ret);
int __wrap_pthread_join(pthread_t thread, void **ret)
{
    void *result = sim_task_join((struct sim_task *)thread);

    if (ret != NULL)
        *ret = result;
    return 0;
}

int __wrap_pthread_setname_np(pthread_t thread, const char *name);
int __wrap_pthread_setname_np(pthread_t thread, const char *name)
{
    sim_task_name((struct sim_task *)thread, name);
    return 0;
}

int __wrap_sched_yield(void);
int __wrap_sched_yield(void)
{
    sim.points++;
    sim.now_ns += 1000;
    sim_yield();
    return 0;
}

static long futex_wait(const uint32_t *word, uint32_t value, const struct timespec *timeout)
{
    uint64_t deadline_ns = 0;

    if (*(const volatile uint32_t *)word != value) {
        errno = EAGAIN;
        return -1;
    }
    if (timeout != NULL)
        deadline_ns = sim.now_ns + (uint64_t)timeout->tv_sec * 1000000000u + (uint64_t)timeout->tv_nsec + 1;
    if (sim_wait(word, deadline_ns))
        return 0;
    errno = ETIMEDOUT;
    return -1;
}

long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
    va_list arguments;
    const uint32_t *word;
    int operation;
    uint32_t value;
    const struct timespec *timeout;

    ASSERT(number == SYS_futex);
    va_start(arguments, number);
    word = va_arg(arguments, const uint32_t *);
    operation = va_arg(arguments, int);
    value = va_arg(arguments, uint32_t);
    timeout = va_arg(arguments, const struct timespec *);
    va_end(arguments);
    SIM_POINT();
    if (operation == FUTEX_WAIT_PRIVATE)
        return futex_wait(word, value, timeout);
    ASSERT(operation == FUTEX_WAKE_PRIVATE);
    return (long)sim_wake(word, value);
}
