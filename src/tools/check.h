/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

#include "base/err.h"
#include "catalog/catalog.h"
#include "engine/engine.h"
#include "tools/progress.h"

/*
 * The truth about a stopped data folder: reads everything once and compares what stands in several places. Works on any
 * engine; writes nothing. Memory is bounded by a page and one item, whatever the folder holds.
 */

/* One thing that is wrong: where (space, table, index, key) and what, as text for people. */
typedef void check_finding_fn(void *context, const char *where, const char *what);

struct check_figures {
    uint64_t tables, items, item_bytes; /* bytes by DynamoDB's rule */
    uint64_t entries;                   /* of indexes */
    uint64_t meta, log, history;        /* records of the other spaces */
    uint64_t leftovers;                 /* of dropped tables and indexes: dead, compaction will take them */
    uint64_t findings;
};

/*
 * Checks every record's checksum and form, every item's key, every index entry against its item and back, every counter
 * against a recount, every record of a stream and that none is missing. Calls `finding` for each discrepancy and goes
 * on as far as bytes can be read. Without a catalog (NULL: it is damaged) only records are checked. The calling thread
 * may park (fiber_of_thread). `progress` may be NULL; items are read again for each index.
 */
void check_run(struct engine *engine, struct catalog *catalog, struct fiber *self, check_finding_fn *finding,
    void *context, struct progress *progress, struct check_figures *ret);
/* `stator check`: prints findings and figures; the exit code. */
int check_folder(const char *data);
