/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "expr/expr.h"

/*
 * Conditions, updates and projections made piece by piece, for a language of another grammar (partiql/). What comes out
 * is what the texts of expr.h compile to, so there is one evaluator and one set of rules.
 *
 * Pieces come in post-order: operands, then what takes them. A whole condition, or the actions of a whole update, is
 * made by one maker. Each clause is checked as a text's clauses are, with the same messages but no prefix; the first
 * fault in that order is told at the end.
 *
 * A maker lives in the arena and belongs to one fiber; it takes as many pieces as a text of EXPRESSION_BYTES_MAX * 2
 * characters can name. The caller sees to the shape: conditions where conditions belong, operands elsewhere.
 */
struct expr_maker;

/* In the order of the names in parser.c. */
enum expr_function {
    EXPR_ATTRIBUTE_EXISTS,
    EXPR_ATTRIBUTE_NOT_EXISTS,
    EXPR_ATTRIBUTE_TYPE,
    EXPR_BEGINS_WITH,
    EXPR_CONTAINS,
    EXPR_SIZE,          /* an operand; the ones above are conditions */
    EXPR_IF_NOT_EXISTS, /* operands of an update */
    EXPR_LIST_APPEND,
};
enum expr_comparator { EXPR_EQ, EXPR_NE, EXPR_LT, EXPR_LE, EXPR_GT, EXPR_GE };

/* `text`: what the pieces are written in, borrowed; at most 64 KiB. Never NULL. */
struct expr_maker *expr_maker_create(struct arena *arena, struct slice text);

/* ---- operands ---- */
void expr_make_path(struct expr_maker *m, struct expr_path path);
void expr_make_value(struct expr_maker *m, struct slice value);

/* ---- operators and functions over the pieces before them ---- */
/* Any number of operands: a wrong one is a fault. */
void expr_make_function(struct expr_maker *m, enum expr_function function, uint32_t operands);
/* `written`: the operator as it stands in the text, for messages. */
void expr_make_compare(struct expr_maker *m, enum expr_comparator comparator, struct slice written);
void expr_make_between(struct expr_maker *m);
/* The first of `operands` against the others. */
void expr_make_in(struct expr_maker *m, uint32_t operands);
void expr_make_not(struct expr_maker *m);
void expr_make_and(struct expr_maker *m);
void expr_make_or(struct expr_maker *m);
void expr_make_sum(struct expr_maker *m, bool subtract);
/* One action of an update; its operand, if it has one, comes before. REMOVE has none; ADD and DELETE take a value. */
void expr_make_action(struct expr_maker *m, enum expr_action action, struct expr_path target);

/* ---- the end ---- */
/* ERR_FAULT: ValidationException, bare. */
MUST_USE enum err expr_make_condition(struct expr_maker *m, struct expr_condition **ret, struct fault *fault);
/* Without a charge (expr_update_charge is that of the sets' members alone): statements have no size rule. */
MUST_USE enum err expr_make_update(struct expr_maker *m, struct expr_update **ret, struct fault *fault);

/* Columns of a result: each the value at a path under a name of its own, side by side. Of equal names the last wins. */
struct expr_column {
    struct slice name;
    struct expr_path path;
};
struct expr_projection *expr_projection_of_columns(
    struct arena *arena, const struct expr_column *columns, uint32_t count);
