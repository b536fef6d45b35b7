/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The clocks. Those of time stay in user space (vDSO) and cost some 25 ns; code that needs only the time of its loop
 * turn asks the worker instead (worker_now_ns). That of a thread's processor time is a call of the system, some 200 ns.
 */
#include "os/clock.h"

#include <time.h>

static uint64_t nanoseconds(clockid_t clock)
{
    struct timespec now;

    (void)clock_gettime(clock, &now); /* cannot fail for these clocks */
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t os_clock_wall_ms(void)
{
    return nanoseconds(CLOCK_REALTIME) / 1000000u;
}

uint64_t os_clock_monotonic_ns(void)
{
    return nanoseconds(CLOCK_MONOTONIC);
}

uint64_t os_clock_thread_ns(void)
{
    return nanoseconds(CLOCK_THREAD_CPUTIME_ID);
}
