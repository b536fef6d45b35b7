/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "catalog/catalog.h"
#include "engine/engine.h"

/*
 * What the tools for a stopped data folder share: opening it for reading. The caller's thread is its own fiber; nothing
 * here is for the running server.
 */
struct offline {
    int lock; /* descriptor of the folder's lock, or -1 */
    struct fiber *fiber;
    struct engine *engine;
    struct catalog *catalog; /* NULL: damaged; the rest can still be read */
};

/*
 * Opens `data`/db for reading and loads the catalog. On error *ret_reason is a sentence (heap, owned by the caller); a
 * damaged catalog is OK with `catalog` NULL and the reason, which is NULL otherwise. Close with offline_close in any
 * case.
 */
MUST_USE enum err offline_open(const char *data, struct offline *ret, char **ret_reason);
/* How many records it holds, roughly. */
uint64_t offline_records(const struct offline *offline);
/* Whatever offline_open said. */
void offline_close(struct offline *offline);
