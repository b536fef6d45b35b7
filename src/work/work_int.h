/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "work/work.h"

/* Budgets of one step: so much, then others have their turn. Ours. */
#define WORK_PAGE_ENTRIES 256
#define WORK_PAGE_BYTES   ((size_t)512 << 10)
/* A filling takes several pages a step, which share a sync: up to so many items or milliseconds. Ours. */
#define WORK_STEP_ITEMS 2048
#define WORK_STEP_MS    100u
/* After an error nothing is tried for so long. Ours. */
#define WORK_ERROR_PAUSE_MS 1000u
/* Between two walks over the records of request tokens, and over streams. Ours; not above STATE_DUE_MS_MAX. */
#define WORK_TOKENS_PAUSE_MS  300000u
#define WORK_STREAMS_PAUSE_MS 60000u
/* Between two looks at what has expired; a table with time to live adds a millisecond. Ours. */
#define WORK_EXPIRY_PAUSE_MS 1000u
/* Items removed for one table before others have their turn, and in one round. Ours. */
#define WORK_EXPIRY_TABLE_ITEMS 256
#define WORK_EXPIRY_ROUND_ITEMS 1024
/* A write that was under way so long may still enter an earlier second than the present one. Ours. */
#define WORK_EXPIRY_SLACK_S 300u
/* Reading begins at the front again after so long, in case a clock went back and forth. Ours. */
#define WORK_EXPIRY_ANEW_S 3600u
/* A shard that has records is closed after so long, unless the options say otherwise; as in the service. */
#define WORK_SHARD_LIFE_MS 14400000u
/* A shard that took more records a second than this since it was made, and for at least so long, is split. Ours. */
#define WORK_SHARD_RECORDS_PER_S 1000u
#define WORK_SHARD_SPLIT_AGE_MS  60000u

/* Between two looks at the traffic of on-demand tables; ours. They grow no more often than this (5.3). */
#define WORK_GROWTH_PAUSE_MS 60000u
#define WORK_GROWTH_MS       1800000u

#define WORK_KEY_CHECKPOINT 'J'

/* Written by the fiber alone, read by anybody. */
struct work_counts {
    _Atomic uint64_t steps, errors, items_scanned, entries_written, indexes_filled, indexes_removed, tables_removed,
        tokens_removed, shards_opened, shards_dropped, items_expired;
};

/* Something that is gone through again and again: a page a round, and a pause after the last page. */
enum { WORK_WALK_TOKENS, WORK_WALK_STREAMS, WORK_WALK_EXPIRY, WORK_WALK_GROWTH, WORK_WALKS };
struct work_walk {
    struct buf cursor; /* heap; where the next page begins; empty: at the first */
    uint64_t due_ms;   /* the next page; 0 at the start */
};

/* Up to where a table's expiry index was read. */
struct work_expiry_mark {
    uint32_t table_id, generation;
    uint64_t second;  /* nothing that is due stands below; 0: not known */
    uint64_t anew_ns; /* monotonic: when to begin at the front again */
};
struct work_expiry {
    uint32_t tables;                /* with time to live, at the last look */
    struct work_expiry_mark *marks; /* heap; ascending by table */
    uint32_t count, capacity;
    uint32_t turn; /* the table to begin with */
};

struct work {
    struct engine *engine;
    struct catalog *catalog;
    struct work_counts counts;
    struct work_walk walks[WORK_WALKS];
    struct work_expiry expiry;
    bool growth;                  /* on-demand tables have limits, which grow */
    uint32_t step_items;          /* WORK_STEP_ITEMS; tests make it small, so that much happens between two steps */
    uint32_t shard_records_per_s; /* WORK_SHARD_RECORDS_PER_S; likewise */
    uint64_t shard_life_ms;       /* WORK_SHARD_LIFE_MS, or what the options say */

    pthread_mutex_t mutex; /* guards what follows; never held over a park */
    pthread_cond_t ended;  /* `running` became false */
    struct fiber *fiber;   /* the background's, while it runs */
    bool running, stop, kicked;
};

/* One step of one table's work. `desc` is valid for the step; the fence of the step's decisions is its version. */
struct work_step {
    struct work *work;
    struct fiber *self;
    struct arena *arena;
    const struct table_desc *desc;
    uint64_t now_ms;
};

/* ---- backfill.c ---- */
/* Fills the next page of items into an index in state BACKFILLING; after the last page the index becomes ACTIVE. */
MUST_USE enum err work__backfill(struct work_step *step, const struct index_desc *index);

/* ---- items.c ---- */
/* What is done with one item of a walk: `bytes` is its record as it was a moment ago. Joins its ticket to *ticket.
 * ERR_STALE ends the step. */
typedef enum err work__item_fn(
    struct work_step *step, const void *context, struct slice key, struct slice bytes, engine_ticket *ticket);
/* A step of a walk over all items of the table. The checkpoint `id` is where it stands. *ret_done: it came to the end.
 */
MUST_USE enum err work__items_step(
    struct work_step *step, uint16_t checkpoint_id, work__item_fn *fn, const void *context, bool *ret_done);

/* One item's decision under the fence of the step. Joins its ticket to *ticket; ERR_STALE as above. */
MUST_USE enum err work__item_decide(struct work_step *step, const struct engine_key *keys, uint32_t keys_count,
    engine_decide_fn *fn, void *context, engine_ticket *ticket);

/* ---- ttl.c ---- */
/* Puts the next items that were there before into a table's expiry index. */
MUST_USE enum err work__ttl_fill(struct work_step *step);
/* Drops the generations of it that nobody needs. */
MUST_USE enum err work__ttl_drop(struct work_step *step);

/* ---- removal.c ---- */
/* Removes the entries of an index in state DELETING, then the index itself. */
MUST_USE enum err work__remove_index(struct work_step *step, const struct index_desc *index);
/* Removes a page of the counters of a table in state DELETING; with the last one its items and the table itself. */
MUST_USE enum err work__remove_table(struct work_step *step);

/* ---- work.c ---- */
bool work__is_stopping(struct work *work);

/* ---- walks ---- */
/* One page of a walk; *ret_more: it goes on behind the walk's cursor. */
typedef enum err work__walk_fn(struct work *work, struct fiber *self, struct arena *arena, struct work_walk *walk,
    uint64_t now_ms, bool *ret_more);
work__walk_fn work__tokens_walk;  /* tokens.c: removes expired request tokens */
work__walk_fn work__streams_walk; /* streams.c: rolls and splits shards, drops dead ones */
work__walk_fn work__expiry_walk;  /* expiry.c: removes expired items */
work__walk_fn work__growth_walk;  /* growth.c: raises the warm throughput of busy on-demand tables */
/* The next page of [from, to) in meta, after the cursor, which moves behind it. */
MUST_USE enum err work__walk_page(struct work *work, struct fiber *self, struct arena *arena, struct work_walk *walk,
    struct slice from, struct slice to, uint32_t entries_max, struct engine_page *ret);

/* ---- step.c ---- */
/* Changes the table of the step, if it is still the same one. `fill` sees it as catalog_change does. */
MUST_USE enum err work__change(struct work_step *step, catalog_change_fn *fill, void *context);
/* Where the filling of an index stands: the last item key done, p NULL at the start. */
MUST_USE enum err work__checkpoint_read(struct work_step *step, uint16_t index_id, struct slice *ret_cursor);
MUST_USE enum err work__checkpoint_write(struct work_step *step, uint16_t index_id, struct slice cursor);
/* Deletes records of meta; durable on return. */
MUST_USE enum err work__meta_delete(struct work_step *step, const struct slice *keys, uint32_t count);
struct slice work__checkpoint_key(struct arena *arena, uint32_t table_id, uint16_t index_id);
/* [prefix, *ret_to): everything that begins with the prefix. */
void work__prefix_range(struct arena *arena, struct slice prefix, struct slice *ret_from, struct slice *ret_to);

static inline void work__count(_Atomic uint64_t *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}
