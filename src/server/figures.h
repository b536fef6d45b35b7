/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdatomic.h>

#include "api/api.h"
#include "metrics/metrics.h"
#include "server/request_log.h"
#include "work/work.h"

/* What is told to whoever watches the server: the text of GET /metrics, and lines of the log. */
struct figures {
    struct metrics *metrics;          /* owned */
    struct engine *engine;            /* borrowed */
    struct http_server *_Atomic http; /* NULL until it listens, which is after requests can come */
    struct work *work;                /* borrowed */
    struct admission *admission;      /* borrowed */
    struct catalog *catalog;          /* borrowed */
    struct tls_context *tls;          /* borrowed; NULL: nobody speaks it */
    struct request_log log;
};

/* Makes the counters and hooks them to the workers. */
void figures_init(struct figures *figures, struct workers *workers);
/* From now on the page tells of connections. */
void figures_http_set(struct figures *figures, struct http_server *http);
/* After the workers ended. A zeroed struct is allowed. */
void figures_fini(struct figures *figures);
/* The page, on a fiber, which gives way meanwhile. */
void figures_write(const struct figures *figures, struct fiber *fiber, struct buf *out);
/* For struct api; `context` is a struct figures. */
void figures_observe(void *context, struct fiber *fiber, const struct api_observation *seen);
