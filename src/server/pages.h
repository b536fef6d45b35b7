/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <pthread.h>

#include "server/figures.h"
#include "server/options.h"

/* What operators may read, on listeners that are theirs: GET /metrics and GET /admin/config. */
struct pages {
    struct figures *figures; /* borrowed */
    pthread_mutex_t mutex;   /* guards config */
    struct buf config;       /* the settings as JSON, made when they are set */
};

void pages_init(struct pages *pages, struct figures *figures);
/* After the workers ended. */
void pages_fini(struct pages *pages);
/* From now on the page of settings tells these. From the thread that may change them. */
void pages_options_set(struct pages *pages, const struct options *options);

/* For struct api; `context` is a struct pages. False: it is none of these. */
bool pages_respond(void *context, struct http_request *http, struct http_response *response);
