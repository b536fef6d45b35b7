/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What conditions, projections and updates have in common: starting a text, noting faults by stage, nodes and frames,
 * and operands (data-plane.md 4.3, 4.5): paths, values, calls and parentheses.
 *
 * The idea: precedence parsing with the stack made visible. "Begin" reads everything that may stand in front of an
 * operand and pushes a frame for what stays open; the caller then looks at the innermost frame and the token at hand,
 * and either closes the frame (the operands on top of the node array become one node) or begins another operand. So
 * 4,096 parentheses cost 4,096 frames of the arena and no stack, and a token is refused as soon as no production can go
 * on, which is the token the service names.
 *
 * Pure; any thread.
 */
#include "base/assert.h"
#include "expr/expr_int.h"

#define NODES_FIRST  16u
#define PATHS_FIRST  8u
#define FRAMES_FIRST 16u

/* ---- one text ---- */

static struct slice kind_prefix(enum expr__kind kind)
{
    switch (kind) {
    case EXPR__KIND_CONDITION:
        return SLICE_LIT("Invalid ConditionExpression: ");
    case EXPR__KIND_FILTER:
        return SLICE_LIT("Invalid FilterExpression: ");
    case EXPR__KIND_KEY_CONDITION:
        return SLICE_LIT("Invalid KeyConditionExpression: ");
    case EXPR__KIND_PROJECTION:
        return SLICE_LIT("Invalid ProjectionExpression: ");
    case EXPR__KIND_UPDATE:
        return SLICE_LIT("Invalid UpdateExpression: ");
    case EXPR__KIND_STATEMENT:
        return SLICE_LIT("");
    }
    ASSERT(!"a kind of expression");
    return SLICE_NULL;
}

enum err expr__refuse(struct expr__parser *p, struct slice text)
{
    return expr__context_refuse(p->context, EXPR__JOIN(p->arena, kind_prefix(p->kind), text), p->fault);
}

static enum err size_refuse(struct expr__parser *p)
{
    /* the service gives no figure for updates */
    if (p->kind == EXPR__KIND_UPDATE)
        return expr__refuse(p, SLICE_LIT("Expression size has exceeded the maximum allowed size;"));
    return expr__refuse(
        p, arena_printf(
               p->arena, "Expression size has exceeded the maximum allowed size; expression size: %zu", p->text.n));
}

enum err expr__parser_init(
    struct expr__parser *p, struct expr_context *context, enum expr__kind kind, struct slice text, struct fault *fault)
{
    *p = (struct expr__parser){
        .context = context, .arena = expr__context_arena(context), .fault = fault, .text = text, .kind = kind};
    if (text.n == 0)
        return expr__refuse(p, SLICE_LIT("The expression can not be empty;"));
    if (text.n > EXPRESSION_BYTES_MAX)
        return size_refuse(p);
    expr__advance(p);
    p->previous_at = p->token.at;
    return OK;
}

void expr__note(struct expr__parser *p, enum expr__stage stage, struct slice text)
{
    if ((p->noted & 1u << stage) != 0)
        return;
    p->noted |= 1u << stage;
    p->notes[stage] = text;
}

enum err expr__parser_finish(struct expr__parser *p)
{
    if (p->operators > EXPRESSION_OPERATORS_MAX)
        expr__note(p, EXPR__STAGE_OPERATORS,
            arena_printf(p->arena, "The expression contains too many operators; operator count: %u", p->operators));
    if (p->noted == 0)
        return OK;
    if (__builtin_ctz(p->noted) >= EXPR__STAGE_CLAUSE)
        expr__context_late(p->context);
    return expr__refuse(p, p->notes[__builtin_ctz(p->noted)]);
}

/* ---- nodes and frames ---- */

/* Room for one more element of `bytes`; the old block stays in the arena. */
static void *grown(struct arena *arena, const void *old, uint16_t *capacity, uint16_t first, size_t bytes)
{
    size_t wanted = *capacity == 0 ? first : (size_t)*capacity * 2;
    void *bigger;

    ASSERT(wanted <= 2 * EXPRESSION_BYTES_MAX);
    bigger = arena_alloc(arena, wanted * bytes);
    if (*capacity != 0)
        memcpy(bigger, old, *capacity * bytes);
    *capacity = (uint16_t)wanted;
    return bigger;
}

struct expr__node *expr__node_add(struct expr__parser *p, enum expr__node_type type, uint16_t first, uint16_t operands)
{
    struct expr__node *node;

    if (p->nodes_n == p->nodes_capacity)
        p->nodes = grown(p->arena, p->nodes, &p->nodes_capacity, NODES_FIRST, sizeof(*p->nodes));
    node = &p->nodes[p->nodes_n++];
    *node = (struct expr__node){.type = type, .first = first, .operands = operands};
    p->grouped = false;
    return node;
}

struct expr__frame *expr__frame_push(struct expr__parser *p, enum expr__frame_type type, uint16_t first)
{
    struct expr__frame *frame;

    if (p->frames_n == p->frames_capacity)
        p->frames = grown(p->arena, p->frames, &p->frames_capacity, FRAMES_FIRST, sizeof(*p->frames));
    frame = &p->frames[p->frames_n++];
    *frame = (struct expr__frame){.type = type, .first = first, .token = p->token};
    return frame;
}

uint16_t expr__path_add(struct expr__parser *p, struct expr_path path)
{
    if (p->paths_n == p->paths_capacity)
        p->paths = grown(p->arena, p->paths, &p->paths_capacity, PATHS_FIRST, sizeof(*p->paths));
    p->paths[p->paths_n] = path;
    return p->paths_n++;
}

const struct expr__node *expr__operand(const struct expr__node *nodes, const struct expr__node *node, uint32_t k)
{
    const struct expr__node *operand = node - 1;

    ASSERT(k < node->operands && operand >= nodes);
    for (uint32_t i = node->operands - 1u; i > k; i--)
        operand = &nodes[operand->first - 1];
    return operand;
}

/* ---- functions ---- */

static const struct function {
    struct slice name;
    bool update; /* belongs to updates, the others to conditions */
    uint32_t operands;
} functions[] = {
    [EXPR__ATTRIBUTE_EXISTS] = {SLICE_LIT("attribute_exists"), false, 1},
    [EXPR__ATTRIBUTE_NOT_EXISTS] = {SLICE_LIT("attribute_not_exists"), false, 1},
    [EXPR__ATTRIBUTE_TYPE] = {SLICE_LIT("attribute_type"), false, 2},
    [EXPR__BEGINS_WITH] = {SLICE_LIT("begins_with"), false, 2},
    [EXPR__CONTAINS] = {SLICE_LIT("contains"), false, 2},
    [EXPR__SIZE] = {SLICE_LIT("size"), false, 1},
    [EXPR__IF_NOT_EXISTS] = {SLICE_LIT("if_not_exists"), true, 2},
    [EXPR__LIST_APPEND] = {SLICE_LIT("list_append"), true, 2},
};

struct slice expr__function_name(enum expr__function function)
{
    ASSERT(function < EXPR__FUNCTION_UNKNOWN);
    return functions[function].name;
}

bool expr__arity_check(struct expr__parser *p, const struct expr__node *call, enum expr__stage stage)
{
    if (call->operands == functions[call->function].operands)
        return true;
    expr__note(p, stage,
        EXPR__JOIN(p->arena, SLICE_LIT("Incorrect number of operands for operator or function; operator or function: "),
            expr__function_name(call->function), SLICE_LIT(", number of operands: "),
            arena_printf(p->arena, "%u", call->operands)));
    return false;
}

static void misuse_note(struct expr__parser *p, struct slice name)
{
    expr__note(p, EXPR__STAGE_FUNCTION_USE,
        EXPR__JOIN(
            p->arena, SLICE_LIT("The function is not allowed to be used this way in an expression; function: "), name));
}

/* The function named by the token at hand; faults of the name are noted. */
static enum expr__function function_find(struct expr__parser *p)
{
    struct slice name = expr__token_text(p, p->token);

    for (uint32_t i = 0; i < EXPR__FUNCTION_UNKNOWN; i++) {
        if (!slice_equal(functions[i].name, name))
            continue;
        if (functions[i].update != (p->kind == EXPR__KIND_UPDATE))
            misuse_note(p, name);
        return (enum expr__function)i;
    }
    expr__note(
        p, EXPR__STAGE_FUNCTION_NAME, EXPR__JOIN(p->arena, SLICE_LIT("Invalid function name; function: "), name));
    return EXPR__FUNCTION_UNKNOWN;
}

void expr__operand_use(struct expr__parser *p, const struct expr__node *node)
{
    if (node->type != EXPR__NODE_CALL || node->function == EXPR__FUNCTION_UNKNOWN)
        return;
    if (p->kind == EXPR__KIND_UPDATE ? node->function == EXPR__LIST_APPEND : node->function != EXPR__SIZE)
        misuse_note(p, expr__function_name(node->function));
}

bool expr__operand_type(const struct expr__node *node, enum value_type *ret)
{
    if (node->type == EXPR__NODE_VALUE)
        *ret = value_type(node->value);
    else if (node->type == EXPR__NODE_CALL && node->function == EXPR__SIZE)
        *ret = VALUE_N;
    else if (node->type == EXPR__NODE_CALL && node->function == EXPR__LIST_APPEND)
        *ret = VALUE_L;
    else
        return false;
    return true;
}

/* ---- operands ---- */

static void call_begin(struct expr__parser *p)
{
    struct expr__frame *frame = expr__frame_push(p, EXPR__FRAME_CALL, p->nodes_n);

    frame->function = function_find(p);
    p->operators++;
    expr__advance(p);
    expr__advance(p);
}

void expr__value_read(struct expr__parser *p)
{
    struct expr__node *node = expr__node_add(p, EXPR__NODE_VALUE, p->nodes_n, 0);
    struct slice name = expr__token_text(p, p->token);

    node->token = p->token;
    if (!expr__context_value(p->context, name, &node->value))
        expr__note(p, p->kind == EXPR__KIND_UPDATE ? EXPR__STAGE_VALUE : EXPR__STAGE_CLAUSE,
            EXPR__JOIN(p->arena,
                SLICE_LIT("An expression attribute value used in expression is not defined; attribute value: "), name));
    expr__advance(p);
}

static enum err path_operand(struct expr__parser *p)
{
    struct expr__node *node;
    struct expr_path path;
    enum err err = expr__path_read(p, &path);

    if (err)
        return err;
    node = expr__node_add(p, EXPR__NODE_PATH, p->nodes_n, 0);
    node->path = expr__path_add(p, path);
    return OK;
}

enum err expr__operand_begin(struct expr__parser *p)
{
    for (;;) {
        bool open = expr__frame_top(p)->type < EXPR__FRAME_GROUP_OPERAND;

        if (p->token.type == EXPR__OPEN) {
            expr__frame_push(p, open ? EXPR__FRAME_GROUP : EXPR__FRAME_GROUP_OPERAND, p->nodes_n);
            expr__advance(p);
        } else if (p->token.type == EXPR__NOT && open) {
            expr__frame_push(p, EXPR__FRAME_NOT, p->nodes_n);
            p->operators++;
            expr__advance(p);
        } else if (p->token.type == EXPR__WORD && expr__peek(p) == '(') {
            call_begin(p);
        } else {
            break;
        }
    }
    if (p->token.type == EXPR__VALUE) {
        expr__value_read(p);
        return OK;
    }
    if (p->token.type == EXPR__WORD || p->token.type == EXPR__NAME)
        return path_operand(p);
    return expr__syntax_error(p);
}

enum err expr__call_step(struct expr__parser *p, bool *ret_again)
{
    struct expr__frame *frame = expr__frame_top(p);
    struct expr__node *node;

    expr__operand_use(p, expr__node_last(p));
    frame->operands++;
    if (p->token.type != EXPR__COMMA && p->token.type != EXPR__CLOSE)
        return expr__syntax_error(p);
    *ret_again = p->token.type == EXPR__COMMA;
    expr__advance(p);
    if (*ret_again)
        return OK;
    node = expr__node_add(p, EXPR__NODE_CALL, frame->first, frame->operands);
    node->function = frame->function;
    node->token = frame->token;
    p->frames_n--;
    return OK;
}

void expr__group_close(struct expr__parser *p)
{
    ASSERT(p->token.type == EXPR__CLOSE);
    if (p->grouped)
        expr__note(p, EXPR__STAGE_PARENTHESES, SLICE_LIT("The expression has redundant parentheses;"));
    p->grouped = true;
    p->frames_n--;
    expr__advance(p);
}
