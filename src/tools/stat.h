/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "catalog/catalog.h"
#include "engine/engine.h"
#include "tools/progress.h"

/* What a data folder holds, counted by reading it once. */

#define STAT_FORMATS_MAX 8 /* of records, by number; the last: any higher */

struct stat_part {
    enum engine_space space;
    const struct table_desc *table; /* NULL: none, or one that is dropped */
    const struct index_desc *index; /* NULL: the items, or `expiry` */
    bool expiry;                    /* the index of times to live */
    uint64_t records, unreadable;
    uint64_t size_bytes;   /* of items and entries, as DynamoDB counts them */
    uint64_t stored_bytes; /* keys and values before compression */
    uint64_t formats[STAT_FORMATS_MAX];
};

/*
 * Calls `tell` for each table, index and space that has records, in the order of keys; spaces are told in any case.
 * What cannot be read is counted as far as it goes. Memory does not grow with the folder. The calling thread may park.
 */
typedef void stat_part_fn(void *context, const struct stat_part *part);
MUST_USE enum err stat_run(struct engine *engine, struct catalog_view *view, struct fiber *self, stat_part_fn *tell,
    void *context, struct progress *progress);
