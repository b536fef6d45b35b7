/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/slice.h"
#include "catalog/stream.h"
#include "codec/value.h"
#include "engine/engine.h"
#include "os/fiber.h"
#include "throttle/meter.h"

/*
 * Tables as the server knows them. A descriptor is an immutable, versioned snapshot; a change makes a new one with the
 * next version, stored as a record in the space meta, and is in force only after that record is published. Readers take
 * a descriptor without a lock.
 */
struct key_attribute {
    struct slice name;
    enum value_type type; /* VALUE_S, VALUE_N or VALUE_B */
};

enum table_status { TABLE_CREATING, TABLE_ACTIVE, TABLE_UPDATING, TABLE_DELETING };
/* What the status UPDATING stands for, and what its end brings. */
enum table_updates {
    TABLE_UPDATES_THROUGHPUT = 1, /* throughput_next */
    TABLE_UPDATES_BILLING = 2,
    TABLE_UPDATES_CLASS = 4,   /* table_class_next */
    TABLE_UPDATES_INDEX = 8,   /* an index is INDEX_CREATING or INDEX_DELETING */
    TABLE_UPDATES_STREAM = 16, /* it is enabled or disabled already */
};
enum index_status { INDEX_CREATING, INDEX_BACKFILLING, INDEX_ACTIVE, INDEX_UPDATING, INDEX_DELETING };
enum projection_type { PROJECTION_ALL, PROJECTION_KEYS_ONLY, PROJECTION_INCLUDE };
enum billing_mode { BILLING_PROVISIONED, BILLING_PAY_PER_REQUEST };

struct throughput {
    int64_t read, write; /* 0 for on-demand */
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
/* Units that come into force when the state UPDATING ends. */
struct throughput_target {
    bool present;
    int64_t read, write;
};

struct index_desc {
    uint16_t id; /* never reused within a table; 1 and up */
    bool global;
    struct slice name;
    /*
     * Writers keep the entries of an index from the moment its descriptor is published, whatever its status, but for
     * INDEX_DELETING. While it is INDEX_CREATING on a live table or INDEX_BACKFILLING the entry of an older item may
     * not be there yet: whoever counts entries must look whether the old one exists. Only INDEX_ACTIVE and
     * INDEX_UPDATING may be read.
     */
    enum index_status status;
    struct key_attribute hash[GSI_KEY_HASH_MAX], range[GSI_KEY_RANGE_MAX];
    uint32_t hash_count, range_count;
    enum projection_type projection;
    const struct slice *non_key; /* as given, sorted by name */
    uint32_t non_key_count;
    struct throughput throughput;
    struct throughput_target throughput_next;
    struct on_demand_throughput on_demand;
    struct warm_throughput warm, warm_next; /* warm_next: -1 but for the members being raised */
    uint64_t due_ms;          /* wall clock: a passing status (all but ACTIVE) lasts at least until then */
    uint64_t backfill_due_ms; /* what due_ms becomes with INDEX_BACKFILLING */
    /* derived, not stored: all attribute names an entry carries (keys, table keys, non_key), sorted; NULL for ALL */
    const struct slice *carried;
    uint32_t carried_count;
};

struct tag {
    struct slice key, value;
};

/*
 * Time to live (control-plane.md 7). Each time it is switched on begins a new generation of the table's expiry index
 * (table/expiry.h).
 */
struct ttl_desc {
    struct slice attribute; /* p NULL: off */
    uint32_t generation;    /* the newest one; 0: it was never on */
    uint32_t dropped;       /* generations up to this are gone */
    bool filling;           /* items from before may lack their entry */
    uint64_t changed_ms;
};
/* Entries of a generation stand among the table's indexes, above all ids of indexes. */
#define INDEX_ID_MAX          0x7fffu
#define TTL_GENERATION_MAX    0x7fffu
#define TTL_INDEX_ID(number_) ((uint16_t)(0x8000u | (number_)))

struct table_desc {
    uint32_t id; /* never reused */
    uint64_t version;
    struct slice account, region, name;
    struct slice arn;  /* derived */
    struct slice uuid; /* TableId */
    uint64_t hash_seed;
    enum table_status status;
    uint32_t updating; /* TABLE_UPDATES bits: why the status is UPDATING */
    uint64_t due_ms;   /* wall clock: a passing status, or warm_next, lasts at least until then */
    uint64_t created_ms;
    struct key_attribute hash, range;
    bool has_range;
    const struct key_attribute *definitions; /* AttributeDefinitions, sorted by name */
    uint32_t definitions_count;
    const struct index_desc *indexes; /* LSIs first, each kind in submitted order */
    uint32_t lsi_count, gsi_count;
    uint16_t index_id_next;
    enum billing_mode billing;
    bool billing_ever_on_demand;
    uint64_t billing_on_demand_ms;
    uint64_t on_demand_switches_ms[ON_DEMAND_SWITCHES_MAX]; /* the last ones, newest first; 0: none */
    struct throughput throughput;
    struct throughput_target throughput_next;
    struct on_demand_throughput on_demand;
    struct warm_throughput warm, warm_next;
    bool deletion_protection;
    uint64_t deletion_protection_ms; /* of the last change */
    struct slice table_class;        /* p NULL: never set */
    struct slice table_class_next;   /* p NULL: no change under way */
    uint64_t table_class_ms;         /* of the last change, and of the one before it */
    uint64_t table_class_before_ms;
    bool sse_kms; /* SSEDescription is shown */
    struct slice sse_key_arn;
    const struct tag *tags;
    uint32_t tags_count;
    struct stream_desc stream; /* the newest one */
    uint32_t shard_last;       /* the last shard number given */
    struct ttl_desc ttl;
    /* not stored; shared by all versions of the table, and outlives them */
    struct engine_fence *fence;
    struct meter *const *meters; /* table_meter */
};

/*
 * Bounds of ours: a body holds 25 indexes with 100 projected names, 50 tags and the rest in less than half of the
 * other.
 */
#define DEFINITIONS_MAX      (2 + LSI_MAX + GSI_MAX * (GSI_KEY_HASH_MAX + GSI_KEY_RANGE_MAX))
#define TABLE_BODY_BYTES_MAX (1u << 20)
#define TABLE_BODY_DEPTH_MAX 8

struct catalog;

/* Loads all descriptors from the engine. On error *ret_reason is a sentence (heap). */
MUST_USE enum err catalog_open(struct engine *engine, struct fiber *self, struct catalog **ret, char **ret_reason);
/* No request may hold a view any more. Workers that used it must not use another catalog afterwards: end them first.
 * NULL is allowed. */
void catalog_close(struct catalog *catalog);

/*
 * The table (account, region, name) in its newest published version, or NULL. Lock-free on a worker. The descriptor
 * stays valid until catalog_release with the same view.
 */
struct catalog_view;
struct catalog_view *catalog_acquire(struct catalog *catalog, struct fiber *self);
void catalog_release(struct catalog_view *view, struct fiber *self);
const struct table_desc *catalog_find(
    struct catalog_view *view, struct slice account, struct slice region, struct slice name);
const struct table_desc *catalog_find_id(struct catalog_view *view, uint32_t table_id);
/* Names of the tables of (account, region) after `start` (p NULL: from the first), ascending; at most `max`. Returns
 * the count; *ret_more. */
uint32_t catalog_list(struct catalog_view *view, struct slice account, struct slice region, struct slice start,
    uint32_t max, const struct table_desc **ret, bool *ret_more);

/*
 * Changes one table atomically and durably. `change` gets the present descriptor (NULL when there is none) and fills
 * `next` with a copy to alter (for a creation: an empty one with id, uuid, seed and times set). It returns OK to store
 * it, ERR_FAULT to refuse; CATALOG_REMOVE in *ret_what drops the table. Runs one at a time per catalog. Returns after
 * the new version is published and visible to every later catalog_acquire. *ret_desc (arena copy) is the new
 * descriptor.
 */
enum catalog_what { CATALOG_STORE, CATALOG_REMOVE, CATALOG_NOTHING };
typedef enum err catalog_change_fn(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what);
MUST_USE enum err catalog_change(struct catalog *catalog, struct fiber *self, struct arena *arena, struct slice account,
    struct slice region, struct slice name, catalog_change_fn *change, void *context,
    const struct table_desc **ret_desc);
/* Called after each change is visible, on the fiber that made it; must not park. One listener (work/); set before any
 * change. */
typedef void catalog_listener_fn(void *context);
void catalog_listen(struct catalog *catalog, catalog_listener_fn *listener, void *context);
/*
 * Parks until the table's descriptor is newer than `version` (after ERR_STALE), or gone, or the change that was under
 * way failed. The caller must not rely on a view taken before.
 */
void catalog_wait_newer(struct catalog *catalog, struct fiber *self, uint32_t table_id, uint64_t version);

/* A copy of everything in the arena, independent of every view; without fence and meters, so not for decisions. */
const struct table_desc *table_desc_dup(struct arena *arena, const struct table_desc *desc);

/* ---- throughput (throughput.c): what a change of units or of the billing mode costs and leaves behind ---- */
/* Decreases on the UTC day of now_ms. */
int64_t throughput_decreases_today(const struct throughput *throughput, uint64_t now_ms);
/* The moment from which a decrease is allowed (control-plane.md 5.5): now_ms or earlier when it is so at once. */
uint64_t throughput_decrease_ms(const struct throughput *throughput, uint64_t now_ms);
/* Puts the units of `next` in force, when there are any, and keeps the history: times, decreases of the day. */
void throughput_settle(struct throughput *throughput, struct throughput_target *next, uint64_t now_ms);
/* The moment from which a switch to on-demand is allowed (5.3): now_ms or earlier when it is so at once. */
uint64_t table_on_demand_switch_ms(const struct table_desc *desc, uint64_t now_ms);
/* Notes a switch to on-demand. */
void table_on_demand_switched(struct table_desc *desc, uint64_t now_ms);

/* ---- states (states.c) ---- */
/* The units per second that an on-demand table or index sustains from the start (control-plane.md 5.3). */
#define WARM_READ_ON_DEMAND  12000
#define WARM_WRITE_ON_DEMAND 4000
/* No passing state is due later than this from now: a due time further ahead stems from a clock that was put back, and
 * counts as due. */
#define STATE_DUE_MS_MAX 600000u
/*
 * Ends, in `desc` itself, the passing states that are due and need no work first: CREATING (the table's with its
 * indexes'), UPDATING, an index's CREATING, which goes on to BACKFILLING, and warm_next. True when something changed.
 * New arrays come from the arena.
 */
bool table_advance(struct table_desc *desc, uint64_t now_ms, struct arena *arena);
/* Generations of the expiry index that nobody needs any more: those above ttl.dropped, up to the one returned. */
uint32_t table_ttl_dead(const struct table_desc *desc);
/* When the next passing state of the table, one that ends in work/ included, is due; UINT64_MAX: it has none. */
uint64_t table_due(const struct table_desc *desc);
bool table_is_due(uint64_t due_ms, uint64_t now_ms);
/* Puts in force what was asked of the index: units, warm throughput. */
void table_index_settle(struct index_desc *index, uint64_t now_ms);
/* An index that was filled: ACTIVE. */
void table_index_activate(const struct table_desc *desc, struct index_desc *index);
/* Sets ACTIVE or UPDATING by what is under way, after a change of an index's status. */
void table_updating_settle(struct table_desc *desc);
/* Makes the definitions those of all keys, by name; an attribute that was defined before keeps its type
 * (definitions.c). */
void table_definitions_settle(struct table_desc *desc, struct arena *arena);
/* Replaces the array of indexes by a copy that may be altered, with room for one more. */
struct index_desc *table_indexes_edit(struct table_desc *desc, struct arena *arena);

/*
 * The same for whoever does not know which table: parks while a change is under way that began after `view` was taken,
 * until it is visible or failed. Returns at once when there is none.
 */
void catalog_wait_change(struct catalog *catalog, struct fiber *self, const struct catalog_view *view);

/* All tables of the view, ordered by account, region, name: i from 0 to catalog_count. */
uint32_t catalog_count(const struct catalog_view *view);
const struct table_desc *catalog_at(const struct catalog_view *view, uint32_t i);
/* Units provisioned by all tables and global indexes of (account, region), but for the table `except_id` (0: none);
 * units that are still to come count as soon as they are more. */
struct throughput_target catalog_provisioned(
    const struct catalog_view *view, struct slice account, struct slice region, uint32_t except_id);
/* Tables of (account, region), but for `except_id`, in a passing status (CREATING, UPDATING, DELETING). */
struct catalog_passing {
    uint32_t tables;
    uint32_t indexed; /* those among them that are CREATING with indexes */
};
struct catalog_passing catalog_passing(
    const struct catalog_view *view, struct slice account, struct slice region, uint32_t except_id);

/* What the table, or one of its global indexes, has consumed. NULL stands for the table, which a local index's reads
 * and writes are counted to. */
static inline struct meter *table_meter(const struct table_desc *table, const struct index_desc *index)
{
    return table->meters[index == NULL || !index->global ? 0 : 1 + (index - table->indexes)];
}

/* A GSI by name; NULL when there is none. LSI likewise. */
const struct index_desc *table_index_find(const struct table_desc *table, struct slice name);
/* Counter keys in meta: items and bytes of the table (index id 0) or an index; LSI collection bytes. */
enum table_counter { COUNTER_ITEMS, COUNTER_BYTES };
struct slice table_counter_key(struct arena *arena, uint32_t table_id, uint16_t index_id, enum table_counter counter);
struct slice table_collection_key(struct arena *arena, uint32_t table_id, struct slice partition_key);
/* The range of all counters of a table, or of its collections, in meta: [*ret_from, *ret_to). For removing them. */
void table_counter_range(struct arena *arena, uint32_t table_id, struct slice *ret_from, struct slice *ret_to);
void table_collection_range(struct arena *arena, uint32_t table_id, struct slice *ret_from, struct slice *ret_to);
