/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The checks of one clause of a condition (data-plane.md 4.3, checks 7 a to d): number of operands, distinct first
 * operand, and the types that are known without an item. Undefined placeholders (7 a) were noted while the clause was
 * read.
 *
 * Each check runs over the whole clause, innermost functions first, before the next one starts. A clause behind a
 * faulty one is not looked at: its fault could not be reported, and what was undefined has no value to look at.
 */
#include "base/assert.h"
#include "codec/number.h"
#include "expr/expr_int.h"

static bool is_call(const struct expr__node *node)
{
    return node->type == EXPR__NODE_CALL || node->type == EXPR__NODE_TEST;
}

static struct slice operator_name(const struct expr__parser *p, const struct expr__node *node)
{
    if (is_call(node))
        return expr__function_name(node->function);
    if (node->type == EXPR__NODE_BETWEEN)
        return SLICE_LIT("BETWEEN");
    if (node->type == EXPR__NODE_IN)
        return SLICE_LIT("IN");
    return expr__token_text(p, node->token);
}

static bool arity_check(struct expr__parser *p, const struct expr__node *node)
{
    return !is_call(node) || expr__arity_check(p, node, EXPR__STAGE_CLAUSE);
}

/* ---- distinct operands ---- */

static bool distinct_check(struct expr__parser *p, const struct expr__node *node)
{
    const struct expr__node *first, *other = node - 1;

    if (node->operands != 2 && node->type != EXPR__NODE_IN)
        return true;
    first = expr__operand(p->nodes, node, 0);
    for (uint32_t i = node->operands - 1u; i > 0; i--, other = &p->nodes[other->first - 1]) {
        if (first->type != EXPR__NODE_PATH || other->type != EXPR__NODE_PATH)
            continue;
        if (!expr__path_equal(&p->paths[first->path], &p->paths[other->path]))
            continue;
        expr__note(p, EXPR__STAGE_CLAUSE,
            EXPR__JOIN(p->arena,
                SLICE_LIT("The first operand must be distinct from the remaining operands for this operator or "
                          "function; operator: "),
                operator_name(p, node), SLICE_LIT(", first operand: "),
                expr_path_text(&p->paths[first->path], p->arena)));
        return false;
    }
    return true;
}

/* ---- types ---- */

static bool type_note(struct expr__parser *p, const struct expr__node *node, const char *type)
{
    expr__note(p, EXPR__STAGE_CLAUSE,
        EXPR__JOIN(p->arena, SLICE_LIT("Incorrect operand type for operator or function; operator or function: "),
            operator_name(p, node), SLICE_LIT(", operand type: "), slice_from_cstr(type)));
    return false;
}

/* Notes the first operand whose known type is not in `allowed` (bit per type). */
static bool types_check(struct expr__parser *p, const struct expr__node *node, uint32_t allowed)
{
    for (uint32_t i = 0; i < node->operands; i++) {
        enum value_type type;

        if (expr__operand_type(expr__operand(p->nodes, node, i), &type) && (allowed & 1u << type) == 0)
            return type_note(p, node, value_type_name(type));
    }
    return true;
}

static bool path_check(struct expr__parser *p, const struct expr__node *node)
{
    if (expr__operand(p->nodes, node, 0)->type == EXPR__NODE_PATH)
        return true;
    expr__note(p, EXPR__STAGE_CLAUSE,
        EXPR__JOIN(p->arena, SLICE_LIT("Operator or function requires a document path; operator or function: "),
            expr__function_name(node->function)));
    return false;
}

static bool type_name_check(struct expr__parser *p, const struct expr__node *node)
{
    const struct expr__node *operand = expr__operand(p->nodes, node, 1);
    struct slice name;
    enum value_type type;

    if (!expr__operand_type(operand, &type))
        return type_note(p, node, "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
    if (type != VALUE_S)
        return type_note(p, node, value_type_name(type));
    name = value_scalar(operand->value);
    for (int i = 0; i < VALUE_TYPES; i++) {
        if (slice_is(name, value_type_name((enum value_type)i)))
            return true;
    }
    expr__note(p, EXPR__STAGE_CLAUSE,
        EXPR__JOIN(p->arena, SLICE_LIT("Invalid attribute type name found; type: "), name, SLICE_LIT(", valid types: "),
            p->kind == EXPR__KIND_STATEMENT ? SLICE_LIT("{N,BS,L,B,NULL,M,S,SS,NS,BOOL}")
                                            : SLICE_LIT("{B,NULL,SS,BOOL,L,BS,N,NS,S,M}")));
    return false;
}

static bool function_check(struct expr__parser *p, const struct expr__node *node)
{
    switch (node->function) {
    case EXPR__ATTRIBUTE_EXISTS:
    case EXPR__ATTRIBUTE_NOT_EXISTS:
        return path_check(p, node);
    case EXPR__ATTRIBUTE_TYPE:
        return type_name_check(p, node);
    case EXPR__BEGINS_WITH:
        return types_check(p, node, 1u << VALUE_S | 1u << VALUE_B);
    case EXPR__SIZE:
        return types_check(p, node, ~(1u << VALUE_N | 1u << VALUE_BOOL | 1u << VALUE_NULL));
    case EXPR__CONTAINS:
    case EXPR__IF_NOT_EXISTS:
    case EXPR__LIST_APPEND:
    case EXPR__FUNCTION_UNKNOWN:
        break;
    }
    return true;
}

/* ---- bounds of BETWEEN ---- */

static char base64_digit(uint32_t six)
{
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[six & 63];
}

static struct slice base64(struct slice bytes, struct arena *arena)
{
    size_t n = (bytes.n + 2) / 3 * 4;
    char *text = arena_alloc(arena, n);

    for (size_t i = 0, to = 0; i < bytes.n; i += 3, to += 4) {
        size_t left = bytes.n - i;
        uint32_t v = (uint32_t)bytes.p[i] << 16 | (left > 1 ? (uint32_t)bytes.p[i + 1] << 8 : 0) |
                     (left > 2 ? bytes.p[i + 2] : 0);

        text[to] = base64_digit(v >> 18);
        text[to + 1] = base64_digit(v >> 12);
        text[to + 2] = left > 1 ? base64_digit(v >> 6) : '=';
        text[to + 3] = left > 2 ? base64_digit(v) : '=';
    }
    return slice_of(text, n);
}

/* "AttributeValue: {N:1}" of an S, N or B */
static struct slice bound_text(struct slice value, struct arena *arena)
{
    struct slice scalar = value_scalar(value);

    if (value_type(value) == VALUE_N) {
        char *text = arena_alloc(arena, NUMBER_TEXT_BYTES_MAX);

        scalar = slice_of(text, number_format(scalar.p, text));
    } else if (value_type(value) == VALUE_B) {
        scalar = base64(scalar, arena);
    }
    return EXPR__JOIN(arena, SLICE_LIT("AttributeValue: {"), slice_from_cstr(value_type_name(value_type(value))),
        SLICE_LIT(":"), scalar, SLICE_LIT("}"));
}

static bool bounds_check(struct expr__parser *p, const struct expr__node *node)
{
    const struct expr__node *lower = expr__operand(p->nodes, node, 1), *upper = expr__operand(p->nodes, node, 2);
    struct slice rule;

    if (lower->type != EXPR__NODE_VALUE || upper->type != EXPR__NODE_VALUE)
        return true;
    if (value_type(lower->value) != value_type(upper->value))
        rule = SLICE_LIT("same data type for lower and upper bounds");
    else if (value_compare(lower->value, upper->value) > 0)
        rule = SLICE_LIT("upper bound to be greater than or equal to lower bound");
    else
        return true;
    expr__note(p, EXPR__STAGE_CLAUSE,
        EXPR__JOIN(p->arena, SLICE_LIT("The BETWEEN operator requires "), rule, SLICE_LIT("; lower bound operand: "),
            bound_text(lower->value, p->arena), SLICE_LIT(", upper bound operand: "),
            bound_text(upper->value, p->arena)));
    return false;
}

static bool in_check(struct expr__parser *p, const struct expr__node *node)
{
    uint32_t listed = node->operands - 1u;

    if (listed <= EXPRESSION_IN_OPERANDS_MAX)
        return true;
    expr__note(p, EXPR__STAGE_CLAUSE,
        arena_printf(p->arena, "The IN operator is provided with too many operands; number of operands: %u", listed));
    return false;
}

static bool operands_check(struct expr__parser *p, const struct expr__node *node)
{
    const uint32_t ordered = 1u << VALUE_S | 1u << VALUE_N | 1u << VALUE_B;

    switch (node->type) {
    case EXPR__NODE_CALL:
    case EXPR__NODE_TEST:
        return function_check(p, node);
    case EXPR__NODE_COMPARE:
        return node->operator_ == EXPR__EQ || node->operator_ == EXPR__NE || types_check(p, node, ordered);
    case EXPR__NODE_BETWEEN:
        return types_check(p, node, ordered) && bounds_check(p, node);
    case EXPR__NODE_IN:
        return in_check(p, node);
    case EXPR__NODE_PATH:
    case EXPR__NODE_VALUE:
    case EXPR__NODE_SUM:
    case EXPR__NODE_ACTION:
    case EXPR__NODE_NOT:
    case EXPR__NODE_AND:
    case EXPR__NODE_OR:
        break;
    }
    return true;
}

void expr__clause_check(struct expr__parser *p, const struct expr__node *clause)
{
    static bool (*const checks[])(struct expr__parser *, const struct expr__node *) = {
        arity_check, distinct_check, operands_check};

    if (p->noted != 0)
        return;
    for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
        for (const struct expr__node *node = &p->nodes[clause->first]; node <= clause; node++) {
            if (!checks[i](p, node))
                return;
        }
    }
}
