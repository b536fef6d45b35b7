/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Opening a stopped data folder (offline.h). The engine is opened read-only, so no tool can make anything worse. Runs
 * on the thread of the tool.
 */
#include "tools/offline.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/sentence.h"

#define PATH_BYTES_MAX 4096
#define MEMORY_BYTES   ((size_t)64 << 20) /* caches: every block is read once, so large ones would not help */

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

/*
 * Takes the lock that a server holds on its folder, as RocksDB does (a read-only open does not): what is read while
 * another process writes would look damaged, and no server should start meanwhile.
 */
static enum err folder_lock(const char *path, struct offline *offline, char **ret_reason)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char file[PATH_BYTES_MAX + 8];

    snprintf(file, sizeof(file), "%s/LOCK", path);
    offline->lock = open(file, O_RDWR | O_CLOEXEC);
    if (offline->lock < 0 && errno == ENOENT)
        return OK; /* a copy without its lock file, or no database at all: opening it will tell */
    if (offline->lock >= 0 && fcntl(offline->lock, F_SETLK, &lock) == 0)
        return OK;
    *ret_reason =
        sentence("The folder %s is in use by another process, or cannot be locked: %s.", path, strerror(errno));
    return ERR_BUSY;
}

enum err offline_open(const char *data, struct offline *ret, char **ret_reason)
{
    char path[PATH_BYTES_MAX];
    struct engine_rocksdb_options options = {.path = path,
        .memory_bytes = MEMORY_BYTES,
        .read_only = true,
        .accept_clock = true, /* the clock matters to those who write */
        .clock = wall_ms,
        .log = engine_log};
    enum err err;

    *ret = (struct offline){.lock = -1};
    *ret_reason = NULL;
    snprintf(path, sizeof(path), "%s/db", data);
    err = folder_lock(path, ret, ret_reason);
    if (err == OK)
        err = engine_rocksdb_open(&options, &ret->engine, ret_reason);
    if (err)
        return err;
    ret->fiber = fiber_of_thread();
    if (catalog_open(ret->engine, ret->fiber, &ret->catalog, ret_reason) != OK)
        ret->catalog = NULL;
    return OK;
}

static void estimate_take(void *context, const struct engine_figure *figure)
{
    uint64_t *estimate = context;

    if (strcmp(figure->name, "keys_estimate") == 0)
        *estimate = (uint64_t)figure->value;
}

uint64_t offline_records(const struct offline *offline)
{
    uint64_t estimate = 0;

    engine_figures(offline->engine, estimate_take, &estimate);
    return estimate;
}

void offline_close(struct offline *offline)
{
    catalog_close(offline->catalog);
    if (offline->engine != NULL)
        engine_close(offline->engine);
    if (offline->fiber != NULL)
        fiber_of_thread_destroy(offline->fiber);
    if (offline->lock >= 0)
        close(offline->lock);
    *offline = (struct offline){.lock = -1};
}
