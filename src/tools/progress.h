/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * How far a long command is, on the last line of a terminal, once a second:
 *
 *      check data: 1,234,000 records, 501 MB, 103,201/s, 41 %, 0:12 left
 *
 * Nothing is printed where standard error is no terminal. One thread.
 */
struct progress {
    const char *what;  /* "check data"; static or borrowed */
    uint64_t expected; /* records, roughly; 0: nobody knows, and no time is told */
    uint64_t records, bytes;
    uint64_t started_ns, told_ns;
    bool terminal, shown;
};

/* `expected` may be 0. */
void progress_begin(struct progress *progress, const char *what, uint64_t expected);
/* `progress` may be NULL. */
void progress_add(struct progress *progress, uint64_t records, uint64_t bytes);
/* Removes the line. */
void progress_end(struct progress *progress);
