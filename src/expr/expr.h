/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "codec/value.h"
#include "model/fault.h"

/*
 * The expression language (data-plane.md 4): texts are compiled once per request into small programs in the request's
 * arena and run against items in binary form. Pure: no I/O, no clock. Knows neither tables nor engine; the rules that
 * need a schema (key attributes, index projections) ask here for the paths an expression names.
 *
 * What is compiled borrows the text and the names and values of the placeholders; it is constant, so any thread may run
 * it.
 */

/* Which of the two wording layers an operation speaks (data-plane.md 0.2). */
enum wording {
    WORDING_CLASSIC,   /* older texts, bare */
    WORDING_CURRENT,   /* 2026 texts, bare: Query, GetItem, BatchGetItem */
    WORDING_ENVELOPED, /* 2026 texts with "1 validation error detected: " : PutItem, UpdateItem, DeleteItem */
    WORDING_STATEMENT, /* the older texts; numbers as Java's BigDecimal reads them: PartiQL */
};

/* One placeholder value of the request: valid, or carrying the message of its own fault (without wrapper). */
struct expr_value {
    struct slice name;  /* with its colon */
    struct slice value; /* codec/value.h; p NULL when faulty */
    struct slice fault; /* p NULL when valid */
};
struct expr_name {
    struct slice name; /* with its # */
    struct slice attribute;
};

/*
 * The placeholders of one request and which of them were used. Lives in the arena.
 */
struct expr_context;
struct expr_input {
    struct arena *arena;
    enum wording wording;
    bool names_present, values_present; /* the member was sent, even if {} */
    const struct expr_name *names;
    uint32_t names_count;
    const struct expr_value *values;
    uint32_t values_count;
    uint32_t value_depth_max; /* 0: values' nesting is not checked here */
};
/* Checks 1 to 5 of data-plane.md 3.1.2 in order. */
MUST_USE enum err expr_context_create(const struct expr_input *input, struct expr_context **ret, struct fault *fault);
/* Checks 7 and 8: unused names, then unused values. Call after all expressions are compiled. */
MUST_USE enum err expr_context_finish(struct expr_context *context, struct fault *fault);
/*
 * After a text was refused: whether its fault is about placeholders and operands (undefined, too many, of a wrong type)
 * and not about the text by itself. Some operations look at other things between the two.
 */
bool expr_context_fault_is_late(const struct expr_context *context);

/* ---- paths ---- */
struct expr_path_element {
    struct slice name; /* p NULL: a list index */
    uint32_t index;
};
struct expr_path {
    const struct expr_path_element *elements;
    uint32_t count;
};
/* The value a path leads to; false when absent. */
bool expr_path_find(const struct expr_path *path, struct slice body, struct slice *ret_value);
/* "[a, b, [1]]" */
struct slice expr_path_text(const struct expr_path *path, struct arena *arena);

/* ---- condition and filter ---- */
struct expr_condition;
enum expr_kind { EXPR_CONDITION, EXPR_FILTER };
/* Prefixes errors with "Invalid ConditionExpression: " or "Invalid FilterExpression: ". */
MUST_USE enum err expr_condition_compile(struct expr_context *context, enum expr_kind kind, struct slice text,
    struct expr_condition **ret, struct fault *fault);
/* `body` with p NULL: no item (an item without attributes). Never fails. `scratch` may be used for temporaries. */
bool expr_condition_test(const struct expr_condition *condition, struct slice body, struct arena *scratch);
/* All paths named, in written order. */
uint32_t expr_condition_paths(const struct expr_condition *condition, const struct expr_path **ret_paths);

/* ---- projection ---- */
struct expr_projection;
MUST_USE enum err expr_projection_compile(
    struct expr_context *context, struct slice text, struct expr_projection **ret, struct fault *fault);
/* A projection of plain top-level attributes (AttributesToGet, index projections). */
struct expr_projection *expr_projection_of_names(struct arena *arena, const struct slice *names, uint32_t count);
/* The projected item, a body in the arena. */
struct slice expr_projection_apply(const struct expr_projection *projection, struct slice body, struct arena *arena);
uint32_t expr_projection_paths(const struct expr_projection *projection, const struct expr_path **ret_paths);

/* ---- update ---- */
struct expr_update;
MUST_USE enum err expr_update_compile(
    struct expr_context *context, struct slice text, struct expr_update **ret, struct fault *fault);
enum expr_action { EXPR_SET, EXPR_REMOVE, EXPR_ADD, EXPR_DELETE };
struct expr_update_target {
    enum expr_action action;
    struct expr_path path;
    struct slice literal; /* the value when the right-hand side is exactly one :v (SET a = :v, ADD a :v, DELETE a :v) or
                             came with AttributeUpdates; else p NULL */
};
/* All targets in written order, for the schema checks. */
uint32_t expr_update_targets(const struct expr_update *update, const struct expr_update_target **ret_targets);
/* All paths named, those of targets and of operands, in written order; none for AttributeUpdates, whose names are no
 * paths. */
uint32_t expr_update_paths(const struct expr_update *update, const struct expr_path **ret_paths);
/* True when it consists of REMOVE and DELETE alone: such an update of a missing item creates nothing. */
bool expr_update_only_removes(const struct expr_update *update);
/* The charge of UpdateItem's statement-size rule, in bytes (verified-behaviour.md 4.2). `old` (which may be absent)
 * tells which members ADD really adds to a set. */
uint64_t expr_update_charge(const struct expr_update *update, struct slice old);
/*
 * The new item: `old` (p NULL: none) with `key` (a body with the key attributes, merged when old is absent) and the
 * update applied (data-plane.md 4.6). Run-time errors are bare ValidationExceptions; the first target in written order
 * that has one is told. The result is canonical and lives in the arena. Its size and nesting are checked by the caller;
 * only a result that would take memory beyond any legal item is refused here, with the text for too large an item.
 */
MUST_USE enum err expr_update_apply(const struct expr_update *update, struct slice old, struct slice key,
    struct arena *arena, struct slice *ret_body, struct fault *fault);
/* UPDATED_OLD / UPDATED_NEW: the values in `body` of exactly the paths named by the update (3.5); p NULL when nothing
 * is left. */
struct slice expr_update_touched(const struct expr_update *update, struct slice body, struct arena *arena);

/* ---- key condition ---- */
enum expr_key_operator {
    EXPR_KEY_EQ,
    EXPR_KEY_LT,
    EXPR_KEY_LE,
    EXPR_KEY_GT,
    EXPR_KEY_GE,
    EXPR_KEY_BETWEEN,
    EXPR_KEY_BEGINS_WITH,
    EXPR_KEY_NOT_INDEXABLE /* KeyConditions only: one that selects no range (NE, IN, NULL, ...); the caller refuses it
                            */
};
struct expr_key_clause {
    struct slice attribute;
    enum expr_key_operator op;
    struct slice value, upper; /* upper: BETWEEN only; neither with NOT_INDEXABLE */
};
/* The clauses in written order, with the checks of data-plane.md 4.7 that need no schema. More than the schema has is
 * the caller's error. */
MUST_USE enum err expr_key_condition_compile(struct expr_context *context, struct slice text,
    const struct expr_key_clause **ret_clauses, uint32_t *ret_count, struct fault *fault);
