/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

/* Wall clock, milliseconds since 1970. For TTL, signatures, stamps' upper bits. */
uint64_t os_clock_wall_ms(void);
/* Monotonic, nanoseconds since some start. For measuring and deadlines. */
uint64_t os_clock_monotonic_ns(void);
/* Processor time that the calling thread has had, nanoseconds. */
uint64_t os_clock_thread_ns(void);
