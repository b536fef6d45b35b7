/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "table/table.h"

/*
 * One action on one item as pure functions, so that only the driver differs: a decision over one item (write.c), over
 * all the items of a transaction (transact.c), or one day over one item at a time under a protocol of several steps.
 *
 *     open      the old record of the item
 *     check     condition, new body, sizes: may the action be done, and what does it leave
 *     apply     effects: item, index entries, counters, stream record; capacity
 *
 * They read nothing but their arguments, write only effects and the answer fields of struct table_write, and may run
 * several times: the last run counts.
 */

/*
 * An index that is being filled (work/backfill.c) may lack the entries of older items. What is not there must neither
 * be counted out nor taken for written, so a write to such a table looks: the entry the old item would have is named
 * beside the item as a second key of the decision, and the one the new item has is put as known. Which one that is,
 * only the old item tells; so the first run asks for it (ERR_BUSY with `wanted`) and the decision is made anew with it.
 * There is at most one such index per table.
 */
struct table__filling {
    const struct index_desc *index; /* NULL: none is being filled */
    uint8_t *key_bytes;             /* KEY_BYTES_MAX, outlives the runs */
    struct slice key, wanted;       /* named in this decision; asked for by the last run */
    bool missing;                   /* the old item has no entry yet */
};

struct table__action {
    const struct table_desc *table;
    struct table_write *write;
    struct fault *fault;
    uint64_t now_ms;                       /* wall clock of the request */
    const struct table_throttle *throttle; /* of the request; outlives the decision */
    uint64_t old_expiry_s, new_expiry_s;   /* of the item's records (table/expiry.h) */
    int64_t collection_bytes;              /* of the item's collection before the action, when that is looked at */
    int64_t collection_growth;             /* what the action adds to it; told only where the limit is near */
    struct table__filling filling;
};

/* `now_ms` is the wall clock of the request; never 0. */
void table__action_init(struct table__action *action, const struct table_desc *table, struct table_write *write,
    uint64_t now_ms, struct fault *fault, struct arena *arena);
/*
 * `entry` is the record under filling.key; NULL when that is not named. ERR_BUSY: it is needed first, name
 * filling.wanted (table__action_name_wanted) and decide again. ERR_CORRUPT, ERR_VERSION.
 */
MUST_USE enum err table__action_open(struct table__action *action, const struct engine_record *item,
    const struct engine_record *entry, struct arena *arena);
/* ERR_FAULT: a failed condition, with the old item when that is wanted; run-time errors of the update, sizes, the
 * item collection's too when its size was told. */
MUST_USE enum err table__action_check(struct table__action *action, struct arena *arena);
void table__action_apply(struct table__action *action, uint64_t stamp, struct arena *arena, struct effects *fx);

/* Takes the entry that the last run asked for as the one to name; false when it asked for none. */
bool table__action_name_wanted(struct table__action *action, struct arena *arena);

/* ---- collection.c: how large the items of one partition key value may become ---- */
/* True when the action may make its collection grow and there is a limit: tables with a local index. Then the decision
 * looks at the collection's size. */
bool table__collection_counts(const struct table__action *action);
/* What to look at, and what came of it. A damaged size counts 0: it must not keep anybody from writing. */
struct engine_key table__collection_look(const struct table__action *action, struct arena *arena);
int64_t table__collection_told(struct engine_key look, const struct engine_record *record);
/* ERR_FAULT: the collection would grow beyond COLLECTION_BYTES_MAX. Sets collection_growth. Part of check. */
MUST_USE enum err table__collection_check(struct table__action *action, struct arena *arena);

/* ---- stream.c ---- */
/* The record of the change in the table's stream, when it has one and there was a change. Part of apply. */
void table__stream_append(const struct table__action *action, uint64_t stamp, struct arena *arena, struct effects *fx);

/* ---- capacity (throttle.h) ---- */
/* Before the decision: takes what the write is known to cost, `price` times, and notes the indexes that are spent. */
MUST_USE enum err table__write_admit(
    struct table__action *action, const struct table_throttle *throttle, uint32_t price);
/* After it: takes the rest of what became of it. `err` is the decision's. */
void table__write_settle(
    const struct table__action *action, const struct table_throttle *throttle, uint32_t price, enum err err);

/* TransactionConflictException: somebody else kept the item for too long. */
MUST_USE enum err table__conflict(struct fault *fault);

/* ---- expiry.c ---- */
/* The item's entry in the expiry index, and new_expiry_s. Part of apply. */
void table__expiry_change(struct table__action *action, uint64_t stamp, struct arena *arena, struct effects *fx);
