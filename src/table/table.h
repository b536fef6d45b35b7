/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "catalog/catalog.h"
#include "engine/engine.h"
#include "expr/expr.h"
#include "model/fault.h"
#include "table/capacity.h"
#include "table/index.h"
#include "table/key.h"
#include "table/throttle.h"

/*
 * The database's rules over one table: what a write does to the item, its indexes and its counters, and what a read
 * sees. Every write goes through table_write and so through one decision of the engine. Nothing here knows JSON or
 * HTTP.
 */

/* What every call needs; `fault` is filled when ERR_FAULT comes back. Belongs to one fiber. */
/* Asked before a page takes more than its first chunk: may park; an error ends the read. fn NULL: nobody is asked. */
struct table_room {
    enum err (*fn)(void *context);
    void *context;
};

struct table_context {
    struct engine *engine;
    struct fiber *fiber;
    struct arena *arena;
    const struct table_desc *table;
    struct fault *fault;
    uint64_t now_ms;                /* wall clock of the request; for writes */
    struct table_throttle throttle; /* zero: nothing is throttled */
    struct table_room room;
};

/* ---- one write ---- */
/* CHECK: the condition alone. EXPIRE: removes an item that is due, and its entry in the expiry index in any case. */
enum table_write_kind { TABLE_PUT, TABLE_UPDATE, TABLE_DELETE, TABLE_CHECK, TABLE_EXPIRE };

struct table_write {
    /* asked */
    enum table_write_kind kind;
    struct slice key;                 /* of the item, in the space data (table_key_check, table_item_check) */
    struct slice key_body;            /* TABLE_UPDATE: the key attributes */
    struct slice item;                /* TABLE_PUT: the new item */
    uint32_t item_size;               /* TABLE_PUT: its body_size, which the caller had to know anyway */
    const struct expr_update *update; /* TABLE_UPDATE: NULL for an update without expression */
    bool by_update_item;              /* TABLE_UPDATE: the statement's size counts too, not the item's alone (4.2) */
    const struct expr_condition *condition; /* NULL: none */
    bool insert;                            /* TABLE_PUT: DuplicateItemException when there is an item */
    bool missing_passes;                    /* the condition holds where there is no item */
    bool return_item_on_failure;            /* ReturnValuesOnConditionCheckFailure ALL_OLD */
    uint64_t expiry_second;                 /* TABLE_EXPIRE: of the entry (table/expiry.h) */
    /* answered, in the arena; also after ERR_FAULT of a failed condition */
    struct slice old_body, new_body; /* p NULL: no item */
    uint32_t old_size, new_size;     /* 0: no item */
    struct consumption capacity;
    bool expired; /* TABLE_EXPIRE: the item was removed */
    /* while it runs */
    uint64_t admitted_halves; /* of the table's units, taken before the work */
    uint32_t spent_indexes;   /* table_throttle_spent */
};

/*
 * Decides and appends one write; it is durable after engine_settle with *ret_ticket (which is set for ERR_FAULT too:
 * what a refusal read must be durable before the client hears of it). ERR_FAULT: failed condition, run-time errors of
 * the update, sizes, TransactionConflictException behind a transaction that keeps the item for LATCH_WAIT_MS_MAX, no
 * capacity left (table_throttle_is_refusal). ERR_STALE: the descriptor is old; take the new one and start again.
 */
MUST_USE enum err table_write(struct table_context *context, struct table_write *write, engine_ticket *ret_ticket);

/* ---- reads by key ---- */
/* One item, p NULL when it does not exist, and its size, 0 then. What reading it costs is held against the table's
 * limits. ERR_FAULT: there is no capacity left. */
MUST_USE enum err table_item_get(
    struct table_context *context, struct slice key, bool consistent, struct slice *ret_body, uint32_t *ret_size);
/* The bodies of the items, p NULL for those that do not exist, and their sizes, 0 then; checksums verified. Capacity is
 * the caller's. */
MUST_USE enum err table_get(struct table_context *context, const struct slice *keys, uint32_t count,
    struct slice *ret_bodies, uint32_t *ret_sizes);

/* ---- pages ---- */
/* One page of Query or Scan: a range of keys and what is done with each entry. */
struct table_page {
    /* asked */
    const struct index_desc *index; /* NULL: the table */
    struct slice from, to;          /* [from, to) in the space data */
    bool reverse;
    uint32_t limit;                           /* items read; 0: no limit but the megabyte */
    const struct expr_condition *filter;      /* NULL: none */
    const struct expr_projection *projection; /* NULL: whole entries */
    bool count_only;
    bool fetch_base;       /* LSI: filter and projection look at the base item */
    bool consistent;       /* of the base reads, for their capacity */
    uint64_t bytes_before; /* read for the same reply already: they count toward the megabyte */
    bool one_partition;    /* the range lies within one partition */
    /* answered */
    struct slice *items; /* bodies; count of them (none when count_only) */
    uint32_t count, scanned;
    bool more;             /* stopped early: last_key is set */
    struct slice last_key; /* body of the LastEvaluatedKey */
    uint64_t bytes;        /* size of all entries read */
    uint64_t base_halves;  /* capacity of the base reads */
};
/* ERR_FAULT: there is no capacity left for the first of it; a page that was begun is read to its end. */
MUST_USE enum err table_page_read(struct table_context *context, struct table_page *page);
/* Adds what the page cost. */
void table_page_consumption(
    const struct table_desc *table, const struct table_page *page, struct consumption *capacity);

/* Live figures of the table (index_id 0) or an index, from the counters. */
MUST_USE enum err table_counter_read(
    struct table_context *context, uint16_t index_id, enum table_counter counter, int64_t *ret);
/* Bytes of the item collection (items and LSI entries) that an item belongs to. */
MUST_USE enum err table_collection_read(struct table_context *context, struct slice item_key, int64_t *ret_bytes);
