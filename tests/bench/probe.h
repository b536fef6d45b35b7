/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

/* What a process has used. Works for any server. */
struct probe {
    double cpu_s;             /* of all threads, user and system */
    uint64_t rss_bytes;       /* resident, files included */
    uint64_t anonymous_bytes; /* resident memory of its own */
};

/* All zeros when there is no such process, or `pid` is 0. */
struct probe probe_read(int pid);
