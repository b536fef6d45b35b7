/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "call.h"

/*
 * What clients did to items and what they were told, and whether there is an order in which all of it makes sense:
 * linearizability, for one item or for a few that transactions join.
 */

/* An item as the clients know it. */
struct item {
    bool present, has_n;
    uint32_t w;      /* who wrote it: unique; 0: no such attribute */
    int64_t n;       /* a counter */
    int32_t l;       /* elements of the list; -1: no list */
    uint64_t l_hash; /* of its elements in order */
    int32_t g;       /* key of the global index; -1: none */
    uint32_t f;      /* bytes of filling; 0: none */
};
bool item_equal(const struct item *a, const struct item *b);
/* Reads an item in DynamoDB's JSON; NULL: absent. */
struct item item_read(const struct node *node);
uint64_t list_push(uint64_t hash, uint32_t element);

enum action_kind {
    ACTION_READ,   /* expects `seen` */
    ACTION_LISTED, /* read through an index by key g: `seen` or, when absent there, another g or none */
    ACTION_PUT,
    ACTION_DELETE,
    ACTION_ADD,    /* n += k, w */
    ACTION_APPEND, /* the list gets element w */
    ACTION_KEY,    /* g becomes k; -1: is removed */
    ACTION_CHECK   /* the condition alone */
};
enum condition_kind {
    CONDITION_NONE,
    CONDITION_ABSENT,
    CONDITION_PRESENT,
    CONDITION_W,
    CONDITION_AT_LEAST,
    CONDITION_LIST /* w, and elements in the list: nothing was appended since somebody looked */
};

struct action {
    enum action_kind kind;
    uint32_t key; /* of those the history is about */
    struct item put;
    uint32_t w;
    int64_t k;
    enum condition_kind condition;
    int64_t wanted; /* by the condition: a w, or the least n */
    int32_t wanted_l;
    bool has_old, has_new, keys_only;
    struct item seen, old, new; /* what was told: of a read; before; after */
};

enum outcome { OUTCOME_DONE, OUTCOME_REFUSED /* a condition did not hold */, OUTCOME_UNSURE };

/* In `returned`: the operation may still be done until this life of the server ends. */
#define RETURNED_WITH_LIFE ((uint64_t)1 << 62)
#define ACTIONS_MAX        8
struct operation {
    uint64_t invoked, returned;
    enum outcome outcome;
    uint32_t count;
    uint32_t refused;                   /* bits: whose condition did not hold */
    const char *what;                   /* for people; lasts */
    struct action actions[ACTIONS_MAX]; /* last: only `count` of them are kept */
};

struct history;
struct history *history_create(const char *name, uint32_t keys);
void history_destroy(struct history *history);
/* Copies it. */
void history_add(struct history *history, const struct operation *operation);
uint32_t history_count(const struct history *history);
/*
 * Forgets which marks (w, list elements) were seen in answers so far. One that was seen was written, whatever the
 * client was told. When each element that ever was in the list of `key` was seen, those that were not seen never were.
 */
void history_marks_forget(void);
void history_appends_settle(struct history *history, uint32_t key);
/* All items are absent at the start. A violation is told with the operations around it. */
void history_check(struct history *history);
