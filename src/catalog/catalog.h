/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/slice.h"
#include "codec/value.h"
#include "engine/engine.h"
#include "os/fiber.h"

/*
 * Tables as the server knows them. A descriptor is an immutable, versioned snapshot; a change makes a new one with the next version, stored as
 * a record in the space meta, and is in force only after that record is published. Readers take a descriptor without a lock.
 */
struct key_attribute {
    struct slice name;
    enum value_type type; /* VALUE_S, VALUE_N or VALUE_B */
};

enum table_status { TABLE_CREATING, TABLE_ACTIVE, TABLE_UPDATING, TABLE_DELETING };
enum index_status { INDEX_CREATING, INDEX_BACKFILLING, INDEX_ACTIVE, INDEX_UPDATING, INDEX_DELETING };
enum projection_type { PROJECTION_ALL, PROJECTION_KEYS_ONLY, PROJECTION_INCLUDE };
enum billing_mode { BILLING_PROVISIONED, BILLING_PAY_PER_REQUEST };

struct throughput {
    int64_t read, write;             /* 0 for on-demand */
    uint64_t increased_ms, decreased_ms;
    int64_t decreases_today;
};

/* Members that came with a request and are only stored and echoed; -1: absent. */
struct on_demand_throughput {
    int64_t max_read, max_write;
};
struct warm_throughput {
    int64_t read, write;
};

struct index_desc {
    uint16_t id;                     /* never reused within a table; 1 and up */
    bool global;
    struct slice name;
    enum index_status status;
    struct key_attribute hash[GSI_KEY_HASH_MAX], range[GSI_KEY_RANGE_MAX];
    uint32_t hash_count, range_count;
    enum projection_type projection;
    const struct slice *non_key;     /* as given, sorted by name */
    uint32_t non_key_count;
    struct throughput throughput;
    struct on_demand_throughput on_demand;
    struct warm_throughput warm;
    /* derived, not stored: all attribute names an entry carries (keys, table keys, non_key), sorted; NULL for ALL */
    const struct slice *carried;
    uint32_t carried_count;
};

struct tag {
    struct slice key, value;
};

struct table_desc {
    uint32_t id;                     /* never reused */
    uint64_t version;
    struct slice account, region, name;
    struct slice arn;                /* derived */
    struct slice uuid;               /* TableId */
    uint64_t hash_seed;
    enum table_status status;
    uint64_t created_ms;
    struct key_attribute hash, range;
    bool has_range;
    const struct key_attribute *definitions; /* AttributeDefinitions, sorted by name */
    uint32_t definitions_count;
    const struct index_desc *indexes;        /* LSIs first, each kind in submitted order */
    uint32_t lsi_count, gsi_count;
    uint16_t index_id_next;
    enum billing_mode billing;
    bool billing_ever_on_demand;
    uint64_t billing_on_demand_ms;
    struct throughput throughput;
    struct on_demand_throughput on_demand;
    struct warm_throughput warm;
    bool deletion_protection;
    uint64_t deletion_protection_ms; /* of the last change */
    struct slice table_class;        /* p NULL: never set */
    uint64_t table_class_ms;
    bool sse_kms;                    /* SSEDescription is shown */
    struct slice sse_key_arn;
    const struct tag *tags;
    uint32_t tags_count;
    /* not stored */
    struct engine_fence *fence;      /* shared by all versions of the table; outlives them */
};

struct catalog;

/* Loads all descriptors from the engine. On error *ret_reason is a sentence (heap). */
MUST_USE enum err catalog_open(struct engine *engine, struct fiber *self, struct catalog **ret, char **ret_reason);
void catalog_close(struct catalog *catalog);

/*
 * The table (account, region, name) in its newest published version, or NULL. Lock-free on a worker. The descriptor stays valid until
 * catalog_release with the same view.
 */
struct catalog_view;
struct catalog_view *catalog_acquire(struct catalog *catalog, struct fiber *self);
void catalog_release(struct catalog_view *view, struct fiber *self);
const struct table_desc *catalog_find(struct catalog_view *view, struct slice account, struct slice region, struct slice name);
const struct table_desc *catalog_find_id(struct catalog_view *view, uint32_t table_id);
/* Names of the tables of (account, region) after `start` (p NULL: from the first), ascending; at most `max`. Returns the count; *ret_more. */
uint32_t catalog_list(struct catalog_view *view, struct slice account, struct slice region, struct slice start, uint32_t max,
    const struct table_desc **ret, bool *ret_more);

/*
 * Changes one table atomically and durably. `change` gets the present descriptor (NULL when there is none) and fills `next` with a copy to alter (for a
 * creation: an empty one with id, uuid, seed and times set). It returns OK to store it, ERR_FAULT to refuse; CATALOG_REMOVE in *ret_what drops the table. Runs one at a time per
 * catalog. Returns after the new version is published and visible to every later catalog_acquire. *ret_desc (arena copy) is the new descriptor.
 */
enum catalog_what { CATALOG_STORE, CATALOG_REMOVE, CATALOG_NOTHING };
typedef enum err catalog_change_fn(void *context, const struct table_desc *present, struct table_desc *next, struct arena *arena,
    enum catalog_what *ret_what);
MUST_USE enum err catalog_change(struct catalog *catalog, struct fiber *self, struct arena *arena, struct slice account,
    struct slice region, struct slice name, catalog_change_fn *change, void *context, const struct table_desc **ret_desc);
/* Parks until the table's descriptor is newer than `version` (after ERR_STALE), or gone. */
void catalog_wait_newer(struct catalog *catalog, struct fiber *self, uint32_t table_id, uint64_t version);

/* A GSI by name; NULL when there is none. LSI likewise. */
const struct index_desc *table_index_find(const struct table_desc *table, struct slice name);
/* Counter keys in meta: items and bytes of the table (index id 0) or an index; LSI collection bytes. */
enum table_counter { COUNTER_ITEMS, COUNTER_BYTES };
struct slice table_counter_key(struct arena *arena, uint32_t table_id, uint16_t index_id, enum table_counter counter);
struct slice table_collection_key(struct arena *arena, uint32_t table_id, struct slice partition_key);
