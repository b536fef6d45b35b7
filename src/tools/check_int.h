/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/buf.h"
#include "tools/check.h"

/*
 * The parts: check.c walks the folder, check_item.c judges one record of the space data and keeps what the sums need,
 * check_index.c names the entries that make two sums differ, check_expiry.c looks at the
 * expiry index, check_stream.c at streams and their records.
 */
struct check {
    struct engine *engine;
    struct fiber *self;
    struct arena *arena; /* reset after each page */
    struct catalog_view *view;
    check_finding_fn *finding;
    struct progress *progress; /* borrowed, or NULL */
    void *context;
    struct check_figures figures;
};

/* One index twice: as its items say it should be, and as it stands there. */
struct check_index {
    uint64_t count, bytes, sum;
};
struct check_table {
    const struct table_desc *desc;
    uint64_t items, bytes;
    struct check_index expected[INDEXES_MAX], found[INDEXES_MAX];
    struct check_index expiry_expected, expiry_found; /* counts and sums of the expiry index */
    struct buf collection;                            /* heap: the key of the item collection at hand */
    int64_t collection_bytes;
    uint64_t collections; /* those with a counter that is not zero */
    bool unreadable;      /* part of it could not be read: sums mean nothing */
};

/* ---- check.c ---- */
typedef void check_record_fn(struct check *check, void *context, struct slice key, struct slice bytes);
/* Calls fn for each entry of [from, to). False, after a finding, when the range could not be read to its end. */
bool check__walk(struct check *check, enum engine_space space, struct slice from, struct slice to, check_record_fn *fn,
    void *context);
/* Tells a finding about a key of a table (NULL: none) or index (NULL: the table itself). */
void check__tell(struct check *check, const struct table_desc *table, const struct index_desc *index, struct slice key,
    const char *format, ...) PRINTF(5, 6);
/* The keys of a table's index (id 0: its items): [*ret_from, *ret_to). */
void check__range(
    struct check *check, uint32_t table_id, uint16_t index_id, struct slice *ret_from, struct slice *ret_to);
/* The body of a record, or false after a finding. */
bool check__body(struct check *check, const struct table_desc *table, const struct index_desc *index, struct slice key,
    struct slice bytes, struct slice *ret_body);

/* ---- check_item.c ---- */
void check__item(struct check *check, struct check_table *table, struct slice key, struct slice bytes);
void check__entry(struct check *check, struct check_table *table, uint32_t index, struct slice key, struct slice bytes);
/* True when the key attributes are there with their types, so that a key can be made of them. */
bool check__has_key(const struct table_desc *table, struct slice body);
/* True when an item lies under its own key; of another key nothing can be derived. */
bool check__is_own_key(struct check *check, const struct table_desc *table, struct slice key, struct slice body);
/* Ends the item collection at hand: compares its bytes with the counter. */
void check__collection_end(struct check *check, struct check_table *table);

/* ---- check_index.c ---- */
/* Goes through the items and the entries of one index and tells each that has no counterpart. Without `missing` only
 * entries are judged. */
void check__index_compare(
    struct check *check, const struct table_desc *table, const struct index_desc *index, bool missing);

/* ---- check_expiry.c ---- */
/* What an item adds to the expiry index; one entry of it; and both sides compared. */
void check__expiry_item(
    struct check *check, struct check_table *table, struct slice key, struct slice bytes, struct slice body);
void check__expiry_entry(struct check *check, struct check_table *table, struct slice key, struct slice bytes);
void check__expiry_end(struct check *check, const struct check_table *table);

/* ---- check_stream.c ---- */
/* A record 'S' of meta whose checksum is right. */
void check__stream(struct check *check, struct slice key, struct slice bytes);
/* The records of one shard so far. */
struct check_log {
    bool begun, listed; /* listed: a stream has that shard */
    uint64_t stream, number;
};
/* A record of the log; `context` is a struct check_log. */
void check__log_record(struct check *check, void *context, struct slice key, struct slice bytes);
void check__log_end(struct check *check, const struct check_log *log);
