/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <pthread.h>

#include "server/figures.h"
#include "server/options.h"

/*
 * What operators may read, on listeners that are theirs: GET /metrics and GET /admin/config. And what the owner of the
 * data may ask for, on the control socket alone: POST /admin/backup {"to": PATH} makes a copy of the database in
 * PATH/db, where nothing may be yet.
 */
struct pages {
    struct figures *figures; /* borrowed */
    struct engine *engine;   /* borrowed */
    _Atomic bool copying;
    pthread_mutex_t mutex; /* guards config */
    struct buf config;     /* the settings as JSON, made when they are set */
};

void pages_init(struct pages *pages, struct figures *figures, struct engine *engine);
/* After the workers ended. */
void pages_fini(struct pages *pages);
/* From now on the page of settings tells these. From the thread that may change them. */
void pages_options_set(struct pages *pages, const struct options *options);

/* For struct api; `context` is a struct pages. False: it is none of these. */
bool pages_respond(void *context, struct http_request *http, struct http_response *response);
