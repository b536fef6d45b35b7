/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Another wall clock for one process: LD_PRELOAD this, with CHECK_CLOCK naming a file of eight bytes, and
 * CLOCK_REALTIME is off by the nanoseconds (int64, native order) that stand there at the moment of each call. The file
 * is mapped, so whoever writes to it moves the clock of a running server. CLOCK_MONOTONIC is left alone, as a real jump
 * leaves it.
 *
 * glibc's callers reach the kernel's clock through these functions, never through the vDSO itself, so interposing them
 * is enough for a program that is linked dynamically. A wait until a moment of the wall clock is moved back to the
 * kernel's time: the kernel would see the jump too if it were real. Moments of the monotonic clock are told by their
 * size: it counts from the machine's start, and no machine has been up for thirty years.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND           INT64_C(1000000000)
#define WALL_SECONDS_MIN INT64_C(1000000000)

static const volatile int64_t no_offset;
static const volatile int64_t *offset = &no_offset;
static int (*next_clock_gettime)(clockid_t, struct timespec *);
static int (*next_timedwait)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);

__attribute__((constructor)) static void prepare(void)
{
    const char *path = getenv("CHECK_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

    next_clock_gettime = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    next_timedwait = (int (*)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *))dlsym(
        RTLD_NEXT, "pthread_cond_timedwait");
    if (file >= 0) {
        void *map = mmap(NULL, sizeof *offset, PROT_READ, MAP_SHARED, file, 0);

        if (map != MAP_FAILED)
            offset = map;
        close(file);
    }
}

static struct timespec moved(struct timespec t, int64_t by)
{
    int64_t ns = t.tv_sec * SECOND + t.tv_nsec + by;

    return (struct timespec){.tv_sec = ns / SECOND, .tv_nsec = ns % SECOND};
}

int clock_gettime(clockid_t clock, struct timespec *ret)
{
    /* other libraries' constructors may ask before ours has run */
    int failed = next_clock_gettime ? next_clock_gettime(clock, ret) : (int)syscall(SYS_clock_gettime, clock, ret);

    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        *ret = moved(*ret, *offset);
    return failed;
}

int gettimeofday(struct timeval *restrict ret, void *restrict zone)
{
    struct timespec now;

    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return -1;
    *ret = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
    return 0;
}

time_t time(time_t *ret)
{
    struct timespec now;

    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return (time_t)-1;
    if (ret)
        *ret = now.tv_sec;
    return now.tv_sec;
}

int pthread_cond_timedwait(
    pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex, const struct timespec *restrict until)
{
    struct timespec kernel = until->tv_sec >= WALL_SECONDS_MIN ? moved(*until, -*offset) : *until;

    return next_timedwait(cond, mutex, &kernel);
}
