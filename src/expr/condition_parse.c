/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The grammar of conditions, filters and key conditions (data-plane.md 4.3).
 *
 *     operands      path, :v, f(...), ( operand )
 *     comparators, BETWEEN, IN bind operands to a clause; then NOT, AND, OR in this order
 *
 * A "(" in front of a clause may hold a condition or only its first operand, and a call may be either; what it was is
 * decided by the token that follows. So the innermost frame and the last node say what may come next:
 * expr__operand_begin has read up to a complete operand, `step` closes frames until another operand must follow or the
 * text is done.
 *
 * A clause is checked the moment it is complete, so that faults inside clauses are noted in written order.
 */
#include "base/assert.h"
#include "expr/expr_int.h"

/* What to do after a step. */
enum next { NEXT_STEP, NEXT_OPERAND, NEXT_DONE };

static bool is_condition(const struct expr__node *node)
{
    return node->type >= EXPR__NODE_TEST;
}

/* The last operands become one clause, which the innermost frame began. */
static void clause_close(struct expr__parser *p, enum expr__node_type type, uint16_t operands)
{
    struct expr__frame *frame = expr__frame_top(p);
    struct expr__node *node;

    expr__operand_use(p, expr__node_last(p));
    node = expr__node_add(p, type, frame->first, operands);
    node->operator_ = frame->token.type;
    node->token = frame->token;
    p->frames_n--;
    expr__clause_check(p, node);
}

/* A call that turns out to be a whole condition. */
static void condition_settle(struct expr__parser *p)
{
    struct expr__node *node = expr__node_last(p);

    if (node->type != EXPR__NODE_CALL)
        return;
    node->type = EXPR__NODE_TEST;
    if (node->function == EXPR__SIZE)
        expr__note(p, EXPR__STAGE_FUNCTION_USE,
            SLICE_LIT("The function is not allowed to be used this way in an expression; function: size"));
    expr__clause_check(p, node);
}

static void logic_close(struct expr__parser *p, enum expr__node_type type)
{
    struct expr__frame frame = *expr__frame_top(p);
    struct expr__node *node;

    condition_settle(p);
    node = expr__node_add(p, type, frame.first, type == EXPR__NODE_NOT ? 1 : 2);
    node->token = frame.token;
    p->frames_n--;
}

/* The last node is an operand and the token at hand begins the rest of its clause. */
static enum err clause_open(struct expr__parser *p)
{
    uint16_t first = expr__node_last(p)->first;
    enum expr__token_type type = p->token.type;

    expr__operand_use(p, expr__node_last(p));
    p->operators++;
    expr__frame_push(p,
        type == EXPR__BETWEEN ? EXPR__FRAME_BETWEEN
        : type == EXPR__IN    ? EXPR__FRAME_IN
                              : EXPR__FRAME_COMPARE,
        first);
    expr__advance(p);
    if (type != EXPR__IN)
        return OK;
    if (p->token.type != EXPR__OPEN)
        return expr__syntax_error(p);
    expr__advance(p);
    return OK;
}

static enum err in_step(struct expr__parser *p, enum next *ret)
{
    struct expr__frame *frame = expr__frame_top(p);

    frame->operands++;
    if (p->token.type == EXPR__COMMA) {
        expr__operand_use(p, expr__node_last(p));
        *ret = NEXT_OPERAND;
    } else if (p->token.type == EXPR__CLOSE) {
        clause_close(p, EXPR__NODE_IN, (uint16_t)(frame->operands + 1));
    } else {
        return expr__syntax_error(p);
    }
    expr__advance(p);
    return OK;
}

/* The innermost frame takes operands only. */
static enum err operand_step(struct expr__parser *p, enum next *ret)
{
    struct expr__frame *frame = expr__frame_top(p);
    bool again;
    enum err err;

    *ret = NEXT_STEP;
    switch (frame->type) {
    case EXPR__FRAME_COMPARE:
        clause_close(p, EXPR__NODE_COMPARE, 2);
        return OK;
    case EXPR__FRAME_BETWEEN:
        if (p->token.type != EXPR__AND)
            return expr__syntax_error(p);
        expr__operand_use(p, expr__node_last(p));
        frame->type = EXPR__FRAME_BETWEEN_AND;
        expr__advance(p);
        *ret = NEXT_OPERAND;
        return OK;
    case EXPR__FRAME_BETWEEN_AND:
        clause_close(p, EXPR__NODE_BETWEEN, 3);
        return OK;
    case EXPR__FRAME_IN:
        return in_step(p, ret);
    case EXPR__FRAME_CALL:
        err = expr__call_step(p, &again);
        if (err)
            return err;
        *ret = again ? NEXT_OPERAND : NEXT_STEP;
        return OK;
    case EXPR__FRAME_GROUP_OPERAND:
        if (p->token.type != EXPR__CLOSE)
            return expr__syntax_error(p);
        expr__group_close(p);
        return OK;
    case EXPR__FRAME_BOTTOM:
    case EXPR__FRAME_GROUP:
    case EXPR__FRAME_NOT:
    case EXPR__FRAME_AND:
    case EXPR__FRAME_OR:
    case EXPR__FRAME_SUM:
        break;
    }
    ASSERT(!"a frame of conditions that takes operands");
    return OK;
}

/* The last node is a condition, or a call that may be one. */
static enum err condition_step(struct expr__parser *p, enum next *ret)
{
    struct expr__frame *frame = expr__frame_top(p);
    enum expr__token_type type = p->token.type;

    *ret = NEXT_STEP;
    if (frame->type == EXPR__FRAME_NOT) {
        logic_close(p, EXPR__NODE_NOT);
    } else if (frame->type == EXPR__FRAME_AND) {
        logic_close(p, EXPR__NODE_AND);
    } else if (frame->type == EXPR__FRAME_OR && type != EXPR__AND) {
        logic_close(p, EXPR__NODE_OR);
    } else if (type == EXPR__AND || type == EXPR__OR) {
        condition_settle(p);
        p->operators++;
        expr__frame_push(p, type == EXPR__AND ? EXPR__FRAME_AND : EXPR__FRAME_OR, expr__node_last(p)->first);
        expr__advance(p);
        *ret = NEXT_OPERAND;
    } else if (frame->type == EXPR__FRAME_GROUP && type == EXPR__CLOSE) {
        expr__group_close(p); /* a call in it stays undecided: (size(a)) > :v */
    } else if (frame->type == EXPR__FRAME_BOTTOM && type == EXPR__END) {
        condition_settle(p);
        *ret = NEXT_DONE;
    } else {
        return expr__syntax_error(p);
    }
    return OK;
}

static bool path_continues(const struct expr__parser *p, const struct expr__node *node)
{
    return node->type == EXPR__NODE_PATH && (p->token.type == EXPR__DOT || p->token.type == EXPR__INDEX_OPEN);
}

static enum err step(struct expr__parser *p, enum next *ret)
{
    struct expr__node *node = expr__node_last(p);
    enum expr__token_type type = p->token.type;

    *ret = NEXT_STEP;
    if (p->grouped && path_continues(p, node)) {
        p->grouped = false;
        return expr__path_continue(p, &p->paths[node->path]);
    }
    if (expr__frame_top(p)->type >= EXPR__FRAME_GROUP_OPERAND)
        return operand_step(p, ret);
    if (!is_condition(node) && (expr__is_comparator(type) || type == EXPR__BETWEEN || type == EXPR__IN)) {
        *ret = NEXT_OPERAND;
        return clause_open(p);
    }
    if (is_condition(node) || node->type == EXPR__NODE_CALL)
        return condition_step(p, ret);
    if (expr__frame_top(p)->type != EXPR__FRAME_GROUP || type != EXPR__CLOSE)
        return expr__syntax_error(p);
    expr__group_close(p);
    return OK;
}

enum err expr__condition_parse(struct expr__parser *p)
{
    enum next next = NEXT_OPERAND;
    enum err err;

    expr__frame_push(p, EXPR__FRAME_BOTTOM, 0);
    while (next != NEXT_DONE) {
        if (next == NEXT_OPERAND) {
            err = expr__operand_begin(p);
            next = NEXT_STEP;
        } else {
            err = step(p, &next);
        }
        if (err)
            return err;
    }
    return expr__parser_finish(p);
}
