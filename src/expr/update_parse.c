/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The grammar and the static checks of updates (data-plane.md 4.5), and what an update charges
 * (verified-behaviour.md 4.2).
 *
 *     SET path = value, ...    REMOVE path, ...    ADD path :v, ...    DELETE path :v, ...
 *     value: operand, operand + operand, operand - operand, ( value )
 *
 * Each action becomes one node after the nodes of its operand. Operands are read by the same machine as in conditions
 * (parser.c); here the only operator is one + or -, which may not be chained.
 *
 * All faults but syntax are noted by stage; sections need no order, so the stages are the order of reporting.
 */
#include "expr/update_int.h"

#include "base/assert.h"

/* ---- checks ---- */

static void type_note(struct expr__parser *p, struct slice operator_, enum value_type type)
{
    expr__note(p, EXPR__STAGE_OPERANDS,
        EXPR__JOIN(p->arena, SLICE_LIT("Incorrect operand type for operator or function; operator or function: "),
            operator_, SLICE_LIT(", operand type: "), slice_from_cstr(value_type_name(type))));
}

/* Both operands of + - list_append, as far as their types are known. */
static void types_check(
    struct expr__parser *p, const struct expr__node *node, enum value_type wanted, struct slice operator_)
{
    for (uint32_t i = 0; i < 2; i++) {
        enum value_type type;

        if (expr__operand_type(expr__operand(p->nodes, node, i), &type) && type != wanted) {
            type_note(p, operator_, type);
            return;
        }
    }
}

void expr__update_call_check(struct expr__parser *p, const struct expr__node *call)
{
    if (p->noted != 0 || !expr__arity_check(p, call, EXPR__STAGE_OPERANDS))
        return;
    if (call->function == EXPR__LIST_APPEND)
        types_check(p, call, VALUE_L, expr__function_name(EXPR__LIST_APPEND));
    else if (expr__operand(p->nodes, call, 0)->type != EXPR__NODE_PATH)
        expr__note(p, EXPR__STAGE_OPERANDS,
            SLICE_LIT("Operator or function requires a document path; operator or function: if_not_exists"));
}

void expr__sum_check(struct expr__parser *p, const struct expr__node *sum)
{
    if (p->noted == 0)
        types_check(p, sum, VALUE_N, sum->operator_ == EXPR__PLUS ? SLICE_LIT("+") : SLICE_LIT("-"));
}

/* The words that ADD and DELETE use for types. */
static struct slice type_word(enum value_type type, enum wording wording)
{
    switch (type) {
    case VALUE_S:
        return SLICE_LIT("STRING");
    case VALUE_B:
        return SLICE_LIT("BINARY");
    case VALUE_N:
        return SLICE_LIT("NUMBER");
    case VALUE_BOOL:
        return wording == WORDING_CLASSIC ? SLICE_LIT("BOOLEAN") : SLICE_LIT("BOOL");
    case VALUE_NULL:
        return SLICE_LIT("NULL");
    case VALUE_L:
        return SLICE_LIT("LIST");
    case VALUE_M:
        return SLICE_LIT("MAP");
    case VALUE_BS:
    case VALUE_NS:
    case VALUE_SS:
        break;
    }
    ASSERT(!"a set is always allowed");
    return SLICE_NULL;
}

static void add_operand_check(struct expr__parser *p, enum expr__token_type section, struct slice value)
{
    enum wording wording = expr__context_wording(p->context);
    enum value_type type;

    if (value.p == NULL)
        return; /* undefined: noted */
    type = value_type(value);
    if (type == VALUE_SS || type == VALUE_NS || type == VALUE_BS || (type == VALUE_N && section == EXPR__ADD))
        return;
    expr__note(p, EXPR__STAGE_ADD_OPERAND,
        EXPR__JOIN(p->arena, SLICE_LIT("Incorrect operand type for operator or function; operator: "),
            section == EXPR__ADD ? SLICE_LIT("ADD") : SLICE_LIT("DELETE"), SLICE_LIT(", operand type: "),
            type_word(type, wording),
            wording == WORDING_CLASSIC ? SLICE_LIT("") : SLICE_LIT(", typeSet: ALLOWED_FOR_ADD_OPERAND")));
}

/* ---- values of SET ---- */

enum next { NEXT_STEP, NEXT_OPERAND, NEXT_DONE };

static void sum_close(struct expr__parser *p)
{
    struct expr__frame frame = *expr__frame_top(p);
    struct expr__node *node = expr__node_add(p, EXPR__NODE_SUM, frame.first, 2);

    node->operator_ = frame.token.type;
    node->token = frame.token;
    p->frames_n--;
    expr__sum_check(p, node);
}

static enum err call_step(struct expr__parser *p, enum next *ret)
{
    bool again;
    enum err err = expr__call_step(p, &again);

    if (err)
        return err;
    *ret = again ? NEXT_OPERAND : NEXT_STEP;
    if (!again)
        expr__update_call_check(p, expr__node_last(p));
    return OK;
}

static enum err value_step(struct expr__parser *p, enum next *ret)
{
    enum expr__frame_type frame = expr__frame_top(p)->type;
    bool sum = expr__node_last(p)->type == EXPR__NODE_SUM;
    bool operator_ = p->token.type == EXPR__PLUS || p->token.type == EXPR__MINUS;

    *ret = NEXT_STEP;
    if (frame == EXPR__FRAME_CALL)
        return call_step(p, ret);
    if (frame == EXPR__FRAME_SUM) {
        sum_close(p);
    } else if (operator_ && !sum && frame != EXPR__FRAME_GROUP_OPERAND) {
        p->operators++;
        expr__frame_push(p, EXPR__FRAME_SUM, expr__node_last(p)->first);
        expr__advance(p);
        *ret = NEXT_OPERAND;
    } else if (frame == EXPR__FRAME_BOTTOM) {
        *ret = NEXT_DONE;
    } else if (p->token.type == EXPR__CLOSE) {
        expr__group_close(p);
    } else {
        return expr__syntax_error(p);
    }
    return OK;
}

static enum err value_parse(struct expr__parser *p)
{
    enum next next = NEXT_OPERAND;
    enum err err;

    expr__frame_push(p, EXPR__FRAME_BOTTOM, p->nodes_n);
    while (next != NEXT_DONE) {
        if (next == NEXT_OPERAND) {
            err = expr__operand_begin(p);
            next = NEXT_STEP;
        } else {
            err = value_step(p, &next);
        }
        if (err)
            return err;
    }
    p->frames_n--;
    return OK;
}

/* ---- actions and sections ---- */

static bool is_section(enum expr__token_type type)
{
    return type >= EXPR__SET && type <= EXPR__DELETE;
}

static struct slice section_name(enum expr__token_type section)
{
    return section == EXPR__SET      ? SLICE_LIT("SET")
           : section == EXPR__REMOVE ? SLICE_LIT("REMOVE")
           : section == EXPR__ADD    ? SLICE_LIT("ADD")
                                     : SLICE_LIT("DELETE");
}

/* What follows the target's path. */
static enum err action_operand(struct expr__parser *p, enum expr__token_type section)
{
    if (section == EXPR__REMOVE)
        return OK;
    if (section == EXPR__SET) {
        if (p->token.type != EXPR__EQ)
            return expr__syntax_error(p);
        expr__advance(p);
        return value_parse(p);
    }
    if (p->token.type != EXPR__VALUE)
        return expr__syntax_error(p);
    expr__value_read(p);
    add_operand_check(p, section, expr__node_last(p)->value);
    return OK;
}

static enum err action_parse(struct expr__parser *p, enum expr__token_type section)
{
    uint16_t first = p->nodes_n;
    struct expr__node *node;
    struct expr_path path;
    uint16_t index;
    enum err err = expr__path_read(p, &path);

    if (err)
        return err;
    index = expr__path_add(p, path);
    err = action_operand(p, section);
    if (err)
        return err;
    node = expr__node_add(p, EXPR__NODE_ACTION, first, section == EXPR__REMOVE ? 0 : 1);
    node->operator_ = section;
    node->path = index;
    return OK;
}

static enum err section_parse(struct expr__parser *p, uint32_t *seen)
{
    enum expr__token_type section = p->token.type;
    enum err err;

    if (!is_section(section))
        return expr__syntax_error(p);
    if ((*seen & 1u << section) != 0)
        expr__note(p, EXPR__STAGE_SECTION,
            EXPR__JOIN(p->arena, SLICE_LIT("The \""), section_name(section),
                SLICE_LIT("\" section can only be used once in an update expression;")));
    *seen |= 1u << section;
    do {
        expr__advance(p);
        err = action_parse(p, section);
        if (err)
            return err;
    } while (p->token.type == EXPR__COMMA);
    return OK;
}

static enum err sections_parse(struct expr__parser *p)
{
    uint32_t seen = 0;
    enum err err;

    do {
        err = section_parse(p, &seen);
        if (err)
            return err;
    } while (p->token.type != EXPR__END);
    return OK;
}

/* ---- charge ---- */

static uint32_t index_digits(uint32_t index)
{
    uint32_t digits = 1;

    for (; index >= 10; index /= 10)
        digits++;
    return digits;
}

/* Bytes of the elements, and `each` more for every one from `from` on. */
static uint64_t path_charge(const struct expr_path *path, uint32_t each, uint32_t from)
{
    uint64_t charge = (uint64_t)each * (path->count - from);

    for (uint32_t i = 0; i < path->count; i++) {
        const struct expr_path_element *element = &path->elements[i];

        charge += element->name.p != NULL ? element->name.n : index_digits(element->index);
    }
    return charge;
}

static uint64_t operand_charge(const struct expr_update *update, const struct expr__node *node)
{
    switch (node->type) {
    case EXPR__NODE_VALUE:
        return value_size(node->value);
    case EXPR__NODE_PATH:
        return 1 + path_charge(&update->paths[node->path], 14, 0);
    case EXPR__NODE_SUM:
        return node->operator_ == EXPR__PLUS ? 34 : 37;
    case EXPR__NODE_CALL:
        return node->function == EXPR__IF_NOT_EXISTS ? 39 : 37;
    default:
        ASSERT(!"an operand of an update");
        return 0;
    }
}

static uint64_t action_charge(const struct expr_update *update, const struct expr__node *action)
{
    uint64_t charge = path_charge(&update->paths[action->path], 4, 1);

    if (action->operator_ == EXPR__REMOVE || action->operator_ == EXPR__DELETE)
        return 1 + charge;
    charge += 19;
    if (action->operator_ == EXPR__ADD && value_type(action[-1].value) != VALUE_N)
        return charge; /* members that are new count when the item is known */
    for (const struct expr__node *node = &update->nodes[action->first]; node < action; node++)
        charge += operand_charge(update, node);
    return charge;
}

/* ---- compiling ---- */

static enum expr_action public_action(enum expr__token_type section)
{
    return section == EXPR__SET      ? EXPR_SET
           : section == EXPR__REMOVE ? EXPR_REMOVE
           : section == EXPR__ADD    ? EXPR_ADD
                                     : EXPR_DELETE;
}

static struct expr_update_target target_make(const struct expr__parser *p, const struct expr__node *action)
{
    struct expr_update_target target = {.action = public_action(action->operator_), .path = p->paths[action->path]};

    if (target.action != EXPR_REMOVE && action[-1].type == EXPR__NODE_VALUE)
        target.literal = action[-1].value;
    return target;
}

struct expr_update *expr__update_make(const struct expr__parser *p)
{
    struct expr_update *update = arena_alloc(p->arena, sizeof(*update));
    struct expr_update_target *targets;
    struct expr_path *paths;
    uint16_t count = 0, at = 0;

    for (uint32_t i = 0; i < p->nodes_n; i++)
        count = (uint16_t)(count + (p->nodes[i].type == EXPR__NODE_ACTION));
    targets = arena_alloc(p->arena, count * sizeof(*targets));
    paths = arena_alloc(p->arena, count * sizeof(*paths));
    *update = (struct expr_update){.targets = targets,
        .nodes = p->nodes,
        .paths = p->paths,
        .paths_count = p->paths_n,
        .count = count,
        .only_removes = true};
    update->actions = arena_alloc(p->arena, count * sizeof(struct expr__node *));
    for (uint32_t i = 0; i < p->nodes_n; i++) {
        if (p->nodes[i].type != EXPR__NODE_ACTION)
            continue;
        update->actions[at] = &p->nodes[i];
        targets[at] = target_make(p, &p->nodes[i]);
        paths[at] = targets[at].path;
        update->only_removes &= targets[at].action == EXPR_REMOVE || targets[at].action == EXPR_DELETE;
        at++;
    }
    expr__path_set_init(&update->set, paths, count, p->arena);
    return update;
}

enum err expr_update_compile(
    struct expr_context *context, struct slice text, struct expr_update **ret, struct fault *fault)
{
    struct expr__parser p;
    struct expr_update *update;
    enum err err = expr__parser_init(&p, context, EXPR__KIND_UPDATE, text, fault);

    if (err)
        return err;
    err = sections_parse(&p);
    if (err)
        return err;
    update = expr__update_make(&p);
    expr__path_set_check(&p, &update->set);
    err = expr__parser_finish(&p);
    if (err)
        return err;
    update->charge = 3;
    for (uint32_t i = 0; i < update->count; i++)
        update->charge += action_charge(update, update->actions[i]);
    *ret = update;
    return OK;
}

uint32_t expr_update_targets(const struct expr_update *update, const struct expr_update_target **ret_targets)
{
    *ret_targets = update->targets;
    return update->count;
}

uint32_t expr_update_paths(const struct expr_update *update, const struct expr_path **ret_paths)
{
    *ret_paths = update->paths;
    return update->paths_count;
}

bool expr_update_only_removes(const struct expr_update *update)
{
    return update->only_removes;
}
