/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "expr/expr_int.h"

/*
 * A compiled update, as update_parse.c and legacy_update.c leave it for update.c. Constant after compiling; lives in
 * the request's arena.
 */
struct expr_update {
    const struct expr_update_target *targets; /* in written order, as are these: */
    const struct expr__node **actions;        /* with their operand before them in `nodes`; looked at where a target's
                                                 value is no literal, so legacy updates have none */
    const struct expr__node *nodes;
    const struct expr_path *paths; /* of nodes */
    struct expr__path_set set;     /* the targets' paths */
    uint16_t count, paths_count;
    bool only_removes;
    bool legacy;     /* AttributeUpdates: another text for types that do not fit, ADD joins lists, no charge */
    uint64_t charge; /* expr_update_charge, without the members that ADD brings to sets */
};

/* Notes faults of a call of if_not_exists or list_append, or of the operands of + and -. */
void expr__update_call_check(struct expr__parser *p, const struct expr__node *call);
void expr__sum_check(struct expr__parser *p, const struct expr__node *sum);
/* The nodes of the actions of one whole update as a program, without charge. */
struct expr_update *expr__update_make(const struct expr__parser *p);
