/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Key conditions (data-plane.md 4.7): the text is a condition like any other; then its shape must be clauses joined by
 * AND, each of one plain attribute against values.
 *
 * So faults come in two rounds: those of the text (syntax, undefined placeholders, operands no key can have), then
 * those of the shape, both in written order. What needs the table's schema (which attributes, their types, how many) is
 * the caller's third round.
 *
 * The shape texts stand bare in the classic wording and behind "Invalid KeyConditionExpression: " in the current one.
 */
#include "base/assert.h"
#include "expr/expr_int.h"

struct shape {
    struct expr__parser *p;
    struct expr_key_clause *clauses;
    uint32_t count;
};

static enum err shape_refuse(struct shape *s, struct slice text)
{
    struct expr__parser *p = s->p;

    if (expr__context_wording(p->context) == WORDING_CLASSIC)
        return expr__context_refuse(p->context, text, p->fault);
    return expr__refuse(p, text);
}

static enum err operator_refuse(struct shape *s, struct slice name)
{
    return shape_refuse(
        s, EXPR__JOIN(s->p->arena, SLICE_LIT("Invalid operator used in KeyConditionExpression: "), name));
}

static enum err operator_check(struct shape *s, const struct expr__node *node)
{
    switch (node->type) {
    case EXPR__NODE_OR:
        return operator_refuse(s, SLICE_LIT("OR"));
    case EXPR__NODE_NOT:
        return operator_refuse(s, SLICE_LIT("NOT"));
    case EXPR__NODE_IN:
        return operator_refuse(s, SLICE_LIT("IN"));
    case EXPR__NODE_COMPARE:
        return node->operator_ == EXPR__NE ? operator_refuse(s, SLICE_LIT("<>")) : OK;
    case EXPR__NODE_TEST:
        return node->function == EXPR__BEGINS_WITH ? OK : operator_refuse(s, expr__function_name(node->function));
    case EXPR__NODE_PATH:
    case EXPR__NODE_VALUE:
    case EXPR__NODE_CALL:
    case EXPR__NODE_SUM:
    case EXPR__NODE_ACTION:
    case EXPR__NODE_BETWEEN:
    case EXPR__NODE_AND:
        break;
    }
    return OK;
}

/* The one operand that is a path, as its position in *ret. */
static enum err attribute_find(struct shape *s, const struct expr__node *node, uint32_t *ret)
{
    const struct expr__node *found = NULL;

    for (uint32_t i = 0; i < node->operands; i++) {
        const struct expr__node *operand = expr__operand(s->p->nodes, node, i);

        if (operand->type == EXPR__NODE_CALL)
            return shape_refuse(s, SLICE_LIT("KeyConditionExpressions cannot contain nested operations"));
    }
    if (node->type != EXPR__NODE_COMPARE && expr__operand(s->p->nodes, node, 0)->type != EXPR__NODE_PATH)
        return shape_refuse(s, EXPR__JOIN(s->p->arena, SLICE_LIT("Invalid condition in KeyConditionExpression: "),
                                   node->type == EXPR__NODE_BETWEEN ? SLICE_LIT("BETWEEN") : SLICE_LIT("begins_with"),
                                   SLICE_LIT(" operator must have the key attribute as its first operand")));
    for (uint32_t i = 0; i < node->operands; i++) {
        const struct expr__node *operand = expr__operand(s->p->nodes, node, i);

        if (operand->type != EXPR__NODE_PATH)
            continue;
        if (found != NULL)
            return shape_refuse(
                s, SLICE_LIT(
                       "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition"));
        found = operand;
        *ret = i;
    }
    if (found == NULL)
        return shape_refuse(s, SLICE_LIT("Invalid condition in KeyConditionExpression: No key attribute specified"));
    if (s->p->paths[found->path].count > 1)
        return shape_refuse(s, SLICE_LIT("KeyConditionExpressions cannot have conditions on nested attributes"));
    return OK;
}

/* `reversed`: the value was written first. */
static enum expr_key_operator key_operator(const struct expr__node *node, bool reversed)
{
    if (node->type == EXPR__NODE_BETWEEN)
        return EXPR_KEY_BETWEEN;
    if (node->type == EXPR__NODE_TEST)
        return EXPR_KEY_BEGINS_WITH;
    switch (node->operator_) {
    case EXPR__LT:
        return reversed ? EXPR_KEY_GT : EXPR_KEY_LT;
    case EXPR__LE:
        return reversed ? EXPR_KEY_GE : EXPR_KEY_LE;
    case EXPR__GT:
        return reversed ? EXPR_KEY_LT : EXPR_KEY_GT;
    case EXPR__GE:
        return reversed ? EXPR_KEY_LE : EXPR_KEY_GE;
    default:
        ASSERT(node->operator_ == EXPR__EQ);
        return EXPR_KEY_EQ;
    }
}

static enum err clause_add(struct shape *s, const struct expr__node *node)
{
    struct expr_key_clause *clause = &s->clauses[s->count];
    uint32_t at = 0;
    enum err err = operator_check(s, node);

    if (err)
        return err;
    err = attribute_find(s, node, &at);
    if (err)
        return err;
    *clause = (struct expr_key_clause){
        .attribute = s->p->paths[expr__operand(s->p->nodes, node, at)->path].elements[0].name,
        .op = key_operator(node, at == 1),
        .value = expr__operand(s->p->nodes, node, at == 0 ? 1 : 0)->value,
        .upper = node->type == EXPR__NODE_BETWEEN ? expr__operand(s->p->nodes, node, 2)->value : SLICE_NULL,
    };
    for (uint32_t i = 0; i < s->count; i++) {
        if (slice_equal(s->clauses[i].attribute, clause->attribute))
            return shape_refuse(s, SLICE_LIT("KeyConditionExpressions must only contain one condition per key"));
    }
    s->count++;
    return OK;
}

/* Walks ANDs from left to right; anything else is a clause or a refusal. */
static enum err shape_check(struct shape *s)
{
    struct expr__parser *p = s->p;
    const struct expr__node **open = arena_alloc(p->arena, p->nodes_n * sizeof(*open));
    uint32_t open_n = 0;
    enum err err;

    open[open_n++] = expr__node_last(p);
    while (open_n > 0) {
        const struct expr__node *node = open[--open_n];

        if (node->type == EXPR__NODE_AND) {
            open[open_n++] = expr__operand(p->nodes, node, 1);
            open[open_n++] = expr__operand(p->nodes, node, 0);
            continue;
        }
        err = clause_add(s, node);
        if (err)
            return err;
    }
    return OK;
}

enum err expr_key_condition_compile(struct expr_context *context, struct slice text,
    const struct expr_key_clause **ret_clauses, uint32_t *ret_count, struct fault *fault)
{
    struct expr__parser p;
    struct shape shape = {.p = &p};
    enum err err = expr__parser_init(&p, context, EXPR__KIND_KEY_CONDITION, text, fault);

    if (err)
        return err;
    err = expr__condition_parse(&p);
    if (err)
        return err;
    shape.clauses = arena_alloc(p.arena, (p.operators + 1) * sizeof(*shape.clauses));
    err = shape_check(&shape);
    if (err)
        return err;
    *ret_clauses = shape.clauses;
    *ret_count = shape.count;
    return OK;
}
