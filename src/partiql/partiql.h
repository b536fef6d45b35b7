/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "expr/expr.h"
#include "model/fault.h"

/*
 * PartiQL: statements as text, and what they ask for in the terms the item operations run (data-plane.md 7). Pure: no
 * I/O, no clock; knows neither tables nor engine.
 *
 *     text --parse--> statement --bind, with parameters--> condition, update, columns, item --keys of the table-->
 * branches
 *
 * A statement depends on its text alone and is constant, so it may be kept and shared; parameters come in when it is
 * bound. Everything lives in the arena it is made in and borrows the text, the parameters and the step before it.
 *
 * Faults are ValidationExceptions with the texts of 7.11; those of the text (`parse`) come before those that need the
 * parameters (`bind`), and both before the table is looked at (7.10).
 */
enum partiql_verb { PARTIQL_SELECT, PARTIQL_INSERT, PARTIQL_UPDATE, PARTIQL_DELETE, PARTIQL_EXISTS };
/* Values of RETURNING, in the words of ReturnValues. */
enum partiql_returning {
    PARTIQL_RETURNING_NONE,
    PARTIQL_RETURNING_ALL_OLD,
    PARTIQL_RETURNING_ALL_NEW,
    PARTIQL_RETURNING_MODIFIED_OLD,
    PARTIQL_RETURNING_MODIFIED_NEW,
};

struct partiql_order {
    struct slice attribute; /* of a term by one bare name; else its text */
    bool descending;
};

struct partiql_statement {
    enum partiql_verb verb;
    struct slice table, index; /* index: p NULL for none */
    bool has_where;
    enum partiql_returning returning;
    const struct partiql_order *order; /* ORDER BY */
    uint32_t order_count;
    uint32_t parameters;     /* how many ? it has */
    struct slice late_fault; /* what is wrong with the columns, told after a look at the index; p NULL: nothing */
    const struct partiql__tree *tree;
};

/*
 * Reads a statement. ERR_FAULT: it cannot be read, or says by itself what no statement may: the checks of 7.10 steps 3
 * and 4 that need no parameters. The text has at most STATEMENT_CHARACTERS_MAX characters.
 */
MUST_USE enum err partiql_parse(
    struct slice text, struct arena *arena, const struct partiql_statement **ret, struct fault *fault);

/* ---- with parameters ---- */
struct partiql_bound {
    const struct partiql_statement *statement;
    const struct slice *parameters;  /* values (codec/value.h) */
    struct expr_condition *where;    /* NULL: there is no WHERE */
    struct expr_update *update;      /* UPDATE */
    struct expr_projection *columns; /* SELECT of some columns; NULL: of all */
    struct slice item;               /* INSERT: a body */
};
/* ERR_FAULT: the rest of 7.10 step 4. */
MUST_USE enum err partiql_bind(const struct partiql_statement *statement, const struct slice *parameters,
    uint32_t parameters_count, struct arena *arena, struct partiql_bound *ret, struct fault *fault);

/* ---- against a key schema ---- */
/* The key attributes of the table or index that is read. */
struct partiql_keys {
    struct slice hash, range; /* range: p NULL for none */
};

/* The one item that a conjunction of equalities names. Values have p NULL where there is none. */
struct partiql_key {
    struct slice hash, range;
    struct slice conflict; /* the key attribute that is given two different values; else p NULL */
    bool only;             /* WHERE has nothing else */
};
/* One-value IN counts as an equality when `one_value_in`. */
void partiql_key_find(const struct partiql_bound *bound, const struct partiql_keys *keys, bool one_value_in,
    struct arena *arena, struct partiql_key *ret);

/* What the sort key may be in a branch; clauses have the form that table_query_range takes. */
#define PARTIQL_SORT_CLAUSES_MAX 4
struct partiql_branch {
    struct slice hash;                                     /* the value of the partition key */
    bool nothing;                                          /* it is given two: nothing matches */
    struct expr_key_clause sort[PARTIQL_SORT_CLAUSES_MAX]; /* all of them hold */
    uint32_t sort_count;
    bool filtered; /* the WHERE asks for more than these */
    const struct partiql__atoms *atoms;
};
struct partiql_branches {
    bool keyed; /* every branch of the WHERE pins the partition key; false: a full scan, and there are none */
    const struct partiql_branch *items;
    uint32_t count;
};
/*
 * The WHERE as a disjunction over the keys (7.4). A range that follows from a branch only narrows what is read: the
 * condition bound->where says what matches, and need not be run when no branch is `filtered`. ERR_FAULT: more than
 * STATEMENT_BRANCHES_MAX branches.
 */
MUST_USE enum err partiql_branches_find(const struct partiql_bound *bound, const struct partiql_keys *keys,
    struct arena *arena, struct partiql_branches *ret, struct fault *fault);
/* The paths that a branch's further conditions name, in written order. Returns how many. */
uint32_t partiql_branch_paths(const struct partiql_bound *bound, const struct partiql_branch *branch,
    struct arena *arena, struct expr_path **ret_paths);
