/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "expr/expr_int.h"

/*
 * A compiled condition: the chain of tests that condition.c runs, made there from a text and in legacy.c from the older
 * parameters. Constant after compiling; lives in the request's arena.
 */
enum expr__operand_type { EXPR__OPERAND_PATH, EXPR__OPERAND_VALUE, EXPR__OPERAND_SIZE };

struct expr__test_operand {
    enum expr__operand_type type;
    const struct expr_path *path; /* PATH, SIZE: of what */
    struct slice value;           /* VALUE */
};

struct expr__test {
    enum expr__node_type type; /* TEST, COMPARE, BETWEEN, IN */
    union {
        enum expr__function function;
        enum expr__token_type operator_;
    };
    uint16_t yes, no; /* the next test, or a verdict: */
#define EXPR__VERDICT_FALSE 0xFFFEu
#define EXPR__VERDICT_TRUE  0xFFFFu
    uint16_t operands_n;
    const struct expr__test_operand *operands;
};

struct expr_condition {
    const struct expr__test *tests; /* the first one is where it starts */
    const struct expr_path *paths;  /* in written order */
    uint16_t paths_n;
};
