/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "expr/expr_int.h"

/*
 * A compiled update, as update_parse.c leaves it for update.c. Constant after compiling; lives in the request's arena.
 */
struct expr_update {
    const struct expr_update_target *targets; /* in written order, as are these: */
    const struct expr__node **actions;        /* with their operand before them in `nodes` */
    const struct expr__node *nodes;
    const struct expr_path *paths; /* of nodes */
    struct expr__path_set set;     /* the targets' paths */
    uint16_t count;
    bool only_removes;
    uint64_t charge; /* expr_update_charge, without the members that ADD brings to sets */
};
