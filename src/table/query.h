/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "table/table.h"

/*
 * Where Query and Scan read: from key conditions, segments and start keys to ranges of the space data, with the schema
 * checks of data-plane.md 3.6, 3.6.3 and 3.7.
 */
struct table_range {
    struct slice from, to;    /* [from, to) */
    struct slice hash_prefix; /* Query: the partition's prefix; p NULL for a scan */
    bool range_condition;     /* Query: a sort key condition was given */
};

/* The clauses against the key schema of the table or index (3.6 step 5). */
MUST_USE enum err table_query_range(const struct table_desc *table, const struct index_desc *index,
    const struct expr_key_clause *clauses, uint32_t count, struct arena *arena, struct table_range *ret,
    struct fault *fault);
/* The whole table or index, or one segment of it: equal parts of the hash range. `segments` 0: no segments. */
struct table_range table_scan_range(const struct table_desc *table, const struct index_desc *index, uint32_t segment,
    uint32_t segments, struct arena *arena);

/* Count and names of an ExclusiveStartKey against table key plus index key (3.6 step 4): true when they fit. */
bool table_start_key_names_fit(const struct table_desc *table, const struct index_desc *index, struct slice start);
/* Types, emptiness and sizes of its pieces: the index's keys (or the table's), without a prefix. */
MUST_USE enum err table_start_key_check(
    const struct table_desc *table, const struct index_desc *index, struct slice start, struct fault *fault);
/* The position in the space data that a start key names. */
struct slice table_start_position(
    const struct table_desc *table, const struct index_desc *index, struct slice start, struct arena *arena);
/* Narrows the range to what comes strictly after the position in the direction. */
void table_range_after(struct table_range *range, struct slice position, bool reverse, struct arena *arena);
