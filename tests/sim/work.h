/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "history.h"

/*
 * What a run does to the server, and what must hold afterwards. The parts are drawn from the seed, each run has some of
 * them.
 */
enum part {
    PART_BATCH,
    PART_QUERY,
    PART_SCAN,
    PART_LISTED, /* queries of the global index */
    PART_STATEMENT,
    PART_TRANSACT,
    PART_TOKENS,
    PART_STREAM,
    PART_EXPIRY,
    PART_TABLES,   /* created, deleted, created again */
    PART_INDEXES,  /* a second global index comes and goes */
    PART_SETTINGS, /* every other kind of UpdateTable */
    PART_ERRORS,
    PART_LARGE,
    PART_THROTTLE, /* tables at their limits; the server's own are on */
    PARTS
};
extern const char *const part_names[PARTS];

/* The main task of a run: sets up, lets clients and faults loose, ends, looks at what is left. */
void *work_main(void *argument);
/* Then, outside of all tasks, for it takes stack: the histories. */
void work_check(void);

/* ---- between the files of the work ---- */
struct work_shared {
    int64_t left;     /* requests of the clients that are still to come */
    uint32_t clients; /* that are not done */
    bool done;        /* the load is over: tasks beside the clients end */
    uint32_t next_w;
    int64_t latest_ms; /* how far ahead the wall clock ever was */
    uint32_t second;   /* odd while the second index is ACTIVE, and nobody has asked to delete it */
};
extern struct work_shared work;

#define ITEM_PARTITIONS 4
#define ITEM_SORTS      4
#define ITEM_KEYS       (ITEM_PARTITIONS * ITEM_SORTS)
#define BANK_KEYS       6
#define LISTS           2 /* the last of them */

/* work_items.c: items of one table, each a history of its own. */
void items_setup(struct client *c);
void items_step(struct client *c);
void items_finish(struct client *c);
void items_check(void);
/* The final state of an item, once items_finish has read it. */
const struct item *items_final(uint32_t key);
/* work_bank.c: transactions over a few items, one history. */
void bank_setup(struct client *c);
void bank_step(struct client *c);
void bank_finish(struct client *c);
void bank_check(void);
/* Notes the reasons of a cancelled transaction. */
void cancellation_cover(const struct reply *reply);
/* work_stream.c: follows the stream of the items. */
void *stream_follow(void *client);
void stream_finish(struct client *c);
/* work_expiry.c */
void expiry_setup(struct client *c);
void expiry_step(struct client *c);
void expiry_finish(struct client *c);
/* work_throttle.c */
void throttle_setup(struct client *c);
void throttle_step(struct client *c);
void throttle_finish(struct client *c);
/* work_tables.c: the control plane. */
void *tables_churn(void *client);
void *indexes_churn(void *client);
void *settings_churn(void *client);
void errors_step(struct client *c);

/* True when the answer is one that a client has to expect now and then: it is passed over. */
bool passing(const struct reply *reply);
/* Tells of an answer that is none of: 200, perhaps done, passed over, an error of type `also`. */
void answer_expect(const struct reply *reply, const char *also);
/* Calls until it is answered with 200 or with `type`. */
void call_until(struct client *c, const char *operation, const char *type, const char *body, struct reply *ret);
/* Between two of TRIES looks at something that takes its time: at first often, altogether for longer than a state may
 * last after the clock was put back (STATE_DUE_MS_MAX). */
#define TRIES 1000
void patient(uint32_t tries);
/* Waits until a table is ACTIVE, with all its indexes; false: it is not there. */
bool wait_active(struct client *c, const char *table);
/* When an operation of this reply must have been done, if it ever was. */
uint64_t returned_at(const struct reply *reply);
