/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/buf.h"
#include "catalog/catalog.h"
#include "engine/engine.h"
#include "tools/progress.h"

/*
 * The records of a stopped data folder as text: one JSON object a line, in key order. A record that cannot be read is
 * shown as its bytes, with the reason as "damaged".
 *
 *     {"space":"data","table":"orders","index":"by_date","key":"0000...","stamp":1127,"item":{"pk":{"S":"a"}}}
 *     {"space":"data","table":"orders","key":"0000...","stamp":1127,"second":1763728800,"item_key":"0000..."}
 *     {"space":"meta","key":"43000000010000...","kind":"counter","stamp":1127,"value":12}
 *     {"space":"meta","key":"4901...","kind":"token","stamp":1127,...,"operation":1,"digest":"...","sizes":[120]}
 *     {"space":"log","table":"orders","shard":1,"number":7,"stamp":1127,"event":"INSERT","time":1763...,"keys":{...},"new":{...}}
 *     {"space":"history","key":"00...","bytes":"0a..."}
 */

/* The names of the spaces, in lower case. */
extern const char *const dump_space_names[ENGINE_SPACES];

/* A line with its line feed; gone after the call. */
typedef void dump_line_fn(void *context, struct slice line);
/*
 * Tells every record of a space. Without a catalog (NULL: it is damaged) tables are told by their numbers.
 * *ret_damaged: a record could not be read. When the space cannot be read to its end, the error, and in *ret_reached
 * (as of walk_range) from where on. Memory is bounded by a page; writes nothing. The calling thread may park.
 * `progress` may be NULL.
 */
MUST_USE enum err dump_run(struct engine *engine, struct catalog *catalog, struct fiber *self, enum engine_space space,
    dump_line_fn *tell, void *context, struct progress *progress, bool *ret_damaged, struct buf *ret_reached);
