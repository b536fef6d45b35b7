/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Opening a stopped data folder (offline.h). The engine is opened read-only, so no tool can make anything worse. Runs
 * on the thread of the tool.
 */
#include "server/offline.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MEMORY_BYTES ((size_t)64 << 20) /* caches: every block is read once, so large ones would not help */

static uint64_t wall_ms(void *context)
{
    struct timespec now;

    (void)context;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void engine_log(void *context, const char *event, const char *text)
{
    (void)context;
    fprintf(stderr, "%s %s\n", event, text);
}

enum err offline_open(const char *data, struct offline *ret, char **ret_reason)
{
    char path[4096];
    struct engine_rocksdb_options options = {.path = path,
        .memory_bytes = MEMORY_BYTES,
        .read_only = true,
        .accept_clock = true, /* the clock matters to those who write */
        .clock = wall_ms,
        .log = engine_log};
    enum err err;

    *ret = (struct offline){0};
    *ret_reason = NULL;
    snprintf(path, sizeof(path), "%s/db", data);
    err = engine_rocksdb_open(&options, &ret->engine, ret_reason);
    if (err)
        return err;
    ret->fiber = fiber_of_thread();
    if (catalog_open(ret->engine, ret->fiber, &ret->catalog, ret_reason) != OK)
        ret->catalog = NULL;
    return OK;
}

void offline_close(struct offline *offline)
{
    catalog_close(offline->catalog);
    if (offline->engine != NULL)
        engine_close(offline->engine);
    if (offline->fiber != NULL)
        fiber_of_thread_destroy(offline->fiber);
    *offline = (struct offline){0};
}
