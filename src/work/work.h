/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "catalog/catalog.h"
#include "engine/engine.h"
#include "os/worker.h"

/*
 * What goes on in the background: the ends of passing states, the filling of new global indexes, the removal of deleted
 * indexes and tables, of expired request tokens. Everything is derived from the descriptors, so a restart takes up what
 * was left; progress that is worth keeping is a checkpoint record in meta.
 */
struct work;

struct work_options {
    struct engine *engine;   /* borrowed */
    struct catalog *catalog; /* borrowed; its listener is ours */
    struct workers *workers; /* borrowed; NULL: nothing is started, the caller runs work_round */
    uint32_t worker;         /* index of the worker that the fiber lives on */
    uint64_t shard_life_ms;  /* a shard that has records is closed after so long; 0: four hours, as in the service */
    bool growth;             /* on-demand tables have limits (table/throttle.h), which grow with their traffic */
};

/* Starts the background fiber. ERR_LIMIT: the worker has too many fibers. */
MUST_USE enum err work_start(const struct work_options *options, struct work **ret);
/*
 * Ends the fiber after its present step and frees everything. Blocks: from a plain thread, not from a worker. Call it
 * while the workers run and after the last change of the catalog. NULL is allowed.
 */
void work_stop(struct work *work);
/* Makes the background look at the catalog soon. Any thread; must not park. Changes of the catalog do it by themselves.
 */
void work_kick(struct work *work);

/*
 * One step of everything that is due. *ret_wait_ms: how long nothing will be due unless the catalog changes, 0:
 * there is more now. What the fiber does in a loop; tests and simulations call it themselves. An error is the first
 * that a step met; the others were taken.
 */
MUST_USE enum err work_round(
    struct work *work, struct fiber *self, struct arena *arena, uint64_t now_ms, uint64_t *ret_wait_ms);

struct work_figures {
    uint64_t steps, errors;
    uint64_t items_scanned, entries_written; /* by index fillings */
    uint64_t indexes_filled, indexes_removed, tables_removed;
    uint64_t tokens_removed; /* expired request tokens */
    uint64_t shards_opened, shards_dropped;
    uint64_t items_expired; /* removed by time to live */
};
void work_figures(const struct work *work, struct work_figures *ret);
