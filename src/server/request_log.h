/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdatomic.h>

#include "api/api.h"

/* The lines that a request leaves in the log: request.done for each, request.slow for those that took long, audit for
 * changes of tables and settings. */
struct request_log {
    _Atomic bool access, audit;
    _Atomic uint64_t slow_ns;   /* 0: none is slow */
    _Atomic uint64_t looked_ns; /* monotonic: when other regions were searched last */
};

/* After the request's answer; on its fiber. */
void request_log(const struct request_log *log, const struct api_observation *seen);
/* The same: where a table is not there, says that there is one of its name in another region; looks once a second at
 * most. */
void request_log_hint(
    struct request_log *log, struct catalog *catalog, struct fiber *fiber, const struct api_observation *seen);
