/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Makers: pieces to nodes (make.h).
 *
 * The idea: after its text is read, a condition or an update is nothing but nodes in post-order (expr_int.h). A maker
 * is a parser without a text of its own to read; who calls it is the grammar. Clauses are checked by the same function
 * and programs are made by the same function as for texts.
 */
#include "expr/make.h"

#include "base/assert.h"
#include "expr/update_int.h"

struct expr_maker {
    struct expr__parser p;
};

static_assert((int)EXPR_ATTRIBUTE_EXISTS == (int)EXPR__ATTRIBUTE_EXISTS, "functions have one order");
static_assert((int)EXPR_SIZE == (int)EXPR__SIZE, "functions have one order");
static_assert((int)EXPR_LIST_APPEND == (int)EXPR__LIST_APPEND, "functions have one order");
static_assert(EXPR_GE - EXPR_EQ == EXPR__GE - EXPR__EQ, "comparators have one order");

struct expr_maker *expr_maker_create(struct arena *arena, struct slice text)
{
    struct expr_maker *m = arena_alloc(arena, sizeof(*m));
    struct expr_input input = {.arena = arena, .wording = WORDING_CLASSIC};
    struct expr_context *context = NULL;
    enum err err = expr_context_create(&input, &context, NULL);

    ASSERT(err == OK); /* there is nothing to refuse */
    ASSERT(text.n <= UINT16_MAX);
    m->p = (struct expr__parser){.context = context, .arena = arena, .text = text, .kind = EXPR__KIND_STATEMENT};
    return m;
}

/* Where the last `operands` pieces begin. */
static uint16_t operands_first(const struct expr__parser *p, uint32_t operands)
{
    uint32_t first = p->nodes_n;

    for (uint32_t i = 0; i < operands; i++) {
        ASSERT(first > 0);
        first = p->nodes[first - 1].first;
    }
    return (uint16_t)first;
}

static struct expr__node *operator_add(struct expr_maker *m, enum expr__node_type type, uint32_t operands)
{
    return expr__node_add(&m->p, type, operands_first(&m->p, operands), (uint16_t)operands);
}

void expr_make_path(struct expr_maker *m, struct expr_path path)
{
    uint16_t index = expr__path_add(&m->p, path);

    operator_add(m, EXPR__NODE_PATH, 0)->path = index;
}

void expr_make_value(struct expr_maker *m, struct slice value)
{
    operator_add(m, EXPR__NODE_VALUE, 0)->value = value;
}

void expr_make_function(struct expr_maker *m, enum expr_function function, uint32_t operands)
{
    bool condition = function < EXPR_SIZE;
    struct expr__node *node = operator_add(m, condition ? EXPR__NODE_TEST : EXPR__NODE_CALL, operands);

    node->function = (enum expr__function)function;
    if (condition)
        expr__clause_check(&m->p, node);
    else if (function > EXPR_SIZE)
        expr__update_call_check(&m->p, node);
}

void expr_make_compare(struct expr_maker *m, enum expr_comparator comparator, struct slice written)
{
    struct expr__node *node = operator_add(m, EXPR__NODE_COMPARE, 2);

    ASSERT(written.p >= m->p.text.p && written.p + written.n <= m->p.text.p + m->p.text.n);
    node->operator_ = (enum expr__token_type)(EXPR__EQ + (comparator - EXPR_EQ));
    node->token = (struct expr__token){node->operator_, (uint16_t)(written.p - m->p.text.p), (uint16_t)written.n};
    expr__clause_check(&m->p, node);
}

void expr_make_between(struct expr_maker *m)
{
    expr__clause_check(&m->p, operator_add(m, EXPR__NODE_BETWEEN, 3));
}

void expr_make_in(struct expr_maker *m, uint32_t operands)
{
    expr__clause_check(&m->p, operator_add(m, EXPR__NODE_IN, operands));
}

void expr_make_not(struct expr_maker *m)
{
    operator_add(m, EXPR__NODE_NOT, 1);
}

void expr_make_and(struct expr_maker *m)
{
    operator_add(m, EXPR__NODE_AND, 2);
}

void expr_make_or(struct expr_maker *m)
{
    operator_add(m, EXPR__NODE_OR, 2);
}

void expr_make_sum(struct expr_maker *m, bool subtract)
{
    struct expr__node *node = operator_add(m, EXPR__NODE_SUM, 2);

    node->operator_ = subtract ? EXPR__MINUS : EXPR__PLUS;
    expr__sum_check(&m->p, node);
}

void expr_make_action(struct expr_maker *m, enum expr_action action, struct expr_path target)
{
    static const enum expr__token_type sections[] = {
        [EXPR_SET] = EXPR__SET, [EXPR_REMOVE] = EXPR__REMOVE, [EXPR_ADD] = EXPR__ADD, [EXPR_DELETE] = EXPR__DELETE};
    uint16_t index = expr__path_add(&m->p, target);
    struct expr__node *node = operator_add(m, EXPR__NODE_ACTION, action == EXPR_REMOVE ? 0 : 1);

    node->operator_ = sections[action];
    node->path = index;
}

enum err expr_make_condition(struct expr_maker *m, struct expr_condition **ret, struct fault *fault)
{
    enum err err;

    m->p.fault = fault;
    ASSERT(operands_first(&m->p, 1) == 0); /* one whole condition */
    err = expr__parser_finish(&m->p);
    if (err)
        return err;
    *ret = expr__condition_make(&m->p);
    return OK;
}

enum err expr_make_update(struct expr_maker *m, struct expr_update **ret, struct fault *fault)
{
    struct expr_update *update = expr__update_make(&m->p);
    enum err err;

    m->p.fault = fault;
    expr__path_set_check(&m->p, &update->set);
    err = expr__parser_finish(&m->p);
    if (err)
        return err;
    *ret = update;
    return OK;
}
