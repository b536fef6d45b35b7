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
/* Between two walks over the records of request tokens. Ours; not above STATE_DUE_MS_MAX. */
#define WORK_TOKENS_PAUSE_MS 300000u

#define WORK_KEY_CHECKPOINT 'J'

/* Written by the fiber alone, read by anybody. */
struct work_counts {
    _Atomic uint64_t steps, errors, items_scanned, entries_written, indexes_filled, indexes_removed, tables_removed,
        tokens_removed;
};

struct work {
    struct engine *engine;
    struct catalog *catalog;
    struct work_counts counts;
    struct buf tokens_cursor; /* heap; where the walk over tokens goes on; empty: at the first */
    uint64_t tokens_due_ms;   /* the walk's next page; 0 at the start */
    uint32_t step_items;      /* WORK_STEP_ITEMS; tests make it small, so that much happens between two steps */

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

/* ---- removal.c ---- */
/* Removes the entries of an index in state DELETING, then the index itself. */
MUST_USE enum err work__remove_index(struct work_step *step, const struct index_desc *index);
/* Removes a page of the counters of a table in state DELETING; with the last one its items and the table itself. */
MUST_USE enum err work__remove_table(struct work_step *step);

/* ---- tokens.c ---- */
/* Looks at the next page of token records when that is due; *ret_due_ms: when the one after it is. */
MUST_USE enum err work__tokens_sweep(
    struct work *work, struct fiber *self, struct arena *arena, uint64_t now_ms, uint64_t *ret_due_ms);

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
