/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "engine/rocksdb/shim.h"

/*
 * Where a test stands between the engine and the disk. Borrowed while the engine is open; called from any thread.
 */
struct engine_rocksdb_hooks {
    void *context;
    /* Before each change of a file (see enum shim_file_act). 0, or the errno value the change shall fail with. NULL:
     * not called. */
    int (*file)(void *context, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n);
    /* Free and total bytes of the disk instead of statvfs. NULL: not called. */
    void (*space)(void *context, uint64_t *ret_free, uint64_t *ret_total);
    /* How often the free space is looked at, and how long after a failed write the engine tries again. 0: a second. */
    uint64_t tick_ns;
};
