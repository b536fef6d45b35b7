/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdatomic.h>

#include "api/api.h"

/* The lines that a request leaves in the log: request.done for each, request.slow for those that took long, audit for
 * changes of tables and settings. */
struct request_log {
    _Atomic bool access, audit;
    _Atomic uint64_t slow_ns; /* 0: none is slow */
};

/* After the request's answer; on its fiber. */
void request_log(const struct request_log *log, const struct api_observation *seen);
