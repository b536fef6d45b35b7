/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A statement and its parameters, as the programs that the item operations run (partiql.h).
 *
 * The idea: nodes stand in post-order, and so do the pieces that expr/make.h takes. Binding is one loop over the nodes
 * that hands each on in the other language: IS MISSING becomes attribute_not_exists, set_add becomes ADD, a condition
 * compared with a constant becomes itself or its negation.
 *
 * Nothing of the statement changes: the same one may be bound at the same time elsewhere.
 */
#include "expr/make.h"
#include "partiql/partiql_int.h"

struct binding {
    const struct partiql__tree *tree;
    const struct slice *parameters;
    struct arena *arena;
    struct fault *fault;
    struct expr_maker *maker;
};

/* ---- constants ---- */

static struct slice boolean(bool v)
{
    static const uint8_t values[2][2] = {{VALUE_BOOL, 0}, {VALUE_BOOL, 1}};

    return slice_of(values[v], 2);
}

static struct slice text_value(struct arena *arena, const char *text)
{
    struct buf out;
    struct builder b;

    buf_init(&out, arena, 64);
    builder_init(&b, &out, arena);
    builder_s(&b, slice_from_cstr(text));
    return buf_view(&out);
}

/* A condition with a fixed outcome. */
static void outcome_make(const struct binding *b, bool outcome)
{
    struct slice written = slice_of(b->tree->text.p, 1); /* never told: two constants have no fault */

    expr_make_value(b->maker, boolean(true));
    expr_make_value(b->maker, boolean(outcome));
    expr_make_compare(b->maker, EXPR_EQ, written);
}

/* ---- conditions ---- */

/* One test of what type a path has; the path is the piece before. */
static void type_test(const struct binding *b, enum value_type type)
{
    expr_make_value(b->maker, text_value(b->arena, value_type_name(type)));
    expr_make_function(b->maker, EXPR_ATTRIBUTE_TYPE, 2);
}

static void is_make(const struct binding *b, uint32_t index)
{
    const struct partiql__node *node = &b->tree->nodes[index];
    struct expr_path path = b->tree->paths[node[-1].place];

    switch ((int)node->is) {
    case PARTIQL__TYPE_MISSING:
        expr_make_function(b->maker, EXPR_ATTRIBUTE_NOT_EXISTS, 1);
        break;
    case PARTIQL__TYPE_SET:
        type_test(b, VALUE_SS);
        expr_make_path(b->maker, path);
        type_test(b, VALUE_NS);
        expr_make_or(b->maker);
        expr_make_path(b->maker, path);
        type_test(b, VALUE_BS);
        expr_make_or(b->maker);
        break;
    case PARTIQL__TYPE_NEVER: /* present and absent at once */
        expr_make_function(b->maker, EXPR_ATTRIBUTE_EXISTS, 1);
        expr_make_path(b->maker, path);
        expr_make_function(b->maker, EXPR_ATTRIBUTE_NOT_EXISTS, 1);
        expr_make_and(b->maker);
        break;
    default:
        type_test(b, (enum value_type)node->is);
        break;
    }
    if (node->negated)
        expr_make_not(b->maker);
}

/* The last piece is a condition; it shall hold when the condition equals one of the booleans. */
static void condition_equals(const struct binding *b, bool yes, bool no)
{
    if (yes && no) {
        outcome_make(b, true);
        expr_make_or(b->maker);
    } else if (!yes && !no) {
        outcome_make(b, false);
        expr_make_and(b->maker);
    } else if (no) {
        expr_make_not(b->maker);
    }
}

static void constant_collect(const struct binding *b, const struct partiql__node *node, bool *yes, bool *no)
{
    struct slice value = partiql__constant(node, b->parameters);

    if (value_type(value) != VALUE_BOOL)
        return;
    *yes |= value_bool(value);
    *no |= !value_bool(value);
}

static void compare_make(const struct binding *b, uint32_t index)
{
    static const enum expr_comparator comparators[] = {[PARTIQL__EQ] = EXPR_EQ,
        [PARTIQL__NE] = EXPR_NE,
        [PARTIQL__LT] = EXPR_LT,
        [PARTIQL__LE] = EXPR_LE,
        [PARTIQL__GT] = EXPR_GT,
        [PARTIQL__GE] = EXPR_GE};
    const struct partiql__node *nodes = b->tree->nodes, *node = &nodes[index];
    uint32_t left = partiql__operand(nodes, index, 0);
    const struct partiql__node *constant = nodes[left].absorbed ? &nodes[left] : node - 1;
    bool yes = false, no = false;

    if (!constant->absorbed) {
        expr_make_compare(
            b->maker, comparators[node->operator_], partiql__token_text(b->tree->text, &b->tree->tokens[node->token]));
        return;
    }
    constant_collect(b, constant, &yes, &no);
    condition_equals(b, yes, no);
    if (node->operator_ == PARTIQL__NE)
        expr_make_not(b->maker);
}

static void in_make(const struct binding *b, uint32_t index)
{
    const struct partiql__node *nodes = b->tree->nodes, *node = &nodes[index], *list = node - 1;
    bool yes = false, no = false;

    if (list->absorbed) {
        const uint32_t *elements = partiql__operands(nodes, index - 1, b->arena);

        for (uint32_t i = 0; i < list->operands; i++)
            constant_collect(b, &nodes[elements[i]], &yes, &no);
        condition_equals(b, yes, no);
    } else {
        expr_make_in(b->maker, 1u + list->operands);
    }
    if (node->negated)
        expr_make_not(b->maker);
}

static void node_make(const struct binding *b, uint32_t index)
{
    const struct partiql__node *node = &b->tree->nodes[index];

    switch ((enum partiql__node_type)node->type) {
    case PARTIQL__NODE_PATH:
        expr_make_path(b->maker, b->tree->paths[node->place]);
        return;
    case PARTIQL__NODE_CALL:
        expr_make_function(b->maker, (enum expr_function)node->function, node->operands);
        return;
    case PARTIQL__NODE_ARITHMETIC:
        expr_make_sum(b->maker, node->operator_ == PARTIQL__MINUS);
        return;
    case PARTIQL__NODE_COMPARE:
        compare_make(b, index);
        return;
    case PARTIQL__NODE_BETWEEN:
        expr_make_between(b->maker);
        if (node->negated)
            expr_make_not(b->maker);
        return;
    case PARTIQL__NODE_IN:
        in_make(b, index);
        return;
    case PARTIQL__NODE_IS:
        is_make(b, index);
        return;
    case PARTIQL__NODE_NOT:
        expr_make_not(b->maker);
        return;
    case PARTIQL__NODE_AND:
        expr_make_and(b->maker);
        return;
    case PARTIQL__NODE_OR:
        expr_make_or(b->maker);
        return;
    default: /* a constant; the others were refused by shape.c */
        if (node->type == PARTIQL__NODE_PARAMETER || node->value.p != NULL)
            expr_make_value(b->maker, partiql__constant(node, b->parameters));
        return;
    }
}

/*
 * Hands on the nodes [first, root]. A constant has a value at its outermost node alone, so what is inside a literal,
 * and the list of an IN, are passed over by themselves.
 */
static void nodes_make(const struct binding *b, uint32_t first, uint32_t root)
{
    for (uint32_t i = first; i <= root; i++) {
        if (!b->tree->nodes[i].absorbed)
            node_make(b, i);
    }
}

static enum err where_bind(struct binding *b, struct partiql_bound *ret)
{
    if (!ret->statement->has_where)
        return OK;
    b->maker = expr_maker_create(b->arena, b->tree->text);
    nodes_make(b, b->tree->where_first, b->tree->where_root);
    return expr_make_condition(b->maker, &ret->where, b->fault);
}

/* ---- updates ---- */

static bool is_set(struct slice value)
{
    enum value_type type = value_type(value);

    return type == VALUE_SS || type == VALUE_NS || type == VALUE_BS;
}

/* x = set_add(x, <<...>>): the set is the last node before the call. */
static enum err set_function_make(const struct binding *b, const struct partiql__action *action)
{
    const struct partiql__node *call = &b->tree->nodes[action->root];
    const struct partiql__token *first =
        &b->tree->tokens[b->tree->nodes[partiql__operand(b->tree->nodes, action->root, 0)].token];
    bool add = call->function == PARTIQL__SET_ADD;
    struct slice value = partiql__constant(call - 1, b->parameters);

    if (!is_set(value))
        return fault_validation(b->fault, "The second argument to %s must be a value with type SET at %u:%u:%u",
            add ? "SET_ADD" : "SET_DELETE", first->line, first->column, first->length);
    expr_make_value(b->maker, value);
    expr_make_action(b->maker, add ? EXPR_ADD : EXPR_DELETE, action->target);
    return OK;
}

static enum err action_make(const struct binding *b, const struct partiql__action *action)
{
    const struct partiql__node *root;

    if (action->remove) {
        expr_make_action(b->maker, EXPR_REMOVE, action->target);
        return OK;
    }
    root = &b->tree->nodes[action->root]; /* a statement that only removes has no nodes */
    if (root->type == PARTIQL__NODE_CALL &&
        (root->function == PARTIQL__SET_ADD || root->function == PARTIQL__SET_DELETE))
        return set_function_make(b, action);
    nodes_make(b, action->first, action->root);
    expr_make_action(b->maker, EXPR_SET, action->target);
    return OK;
}

static enum err update_bind(struct binding *b, struct partiql_bound *ret)
{
    if (ret->statement->verb != PARTIQL_UPDATE)
        return OK;
    b->maker = expr_maker_create(b->arena, b->tree->text);
    for (uint32_t i = 0; i < b->tree->actions_n; i++) {
        enum err err = action_make(b, &b->tree->actions[i]);

        if (err)
            return err;
    }
    return expr_make_update(b->maker, &ret->update, b->fault);
}

/* ---- items ---- */

/* INSERT INTO t VALUE ?: the parameter is the item. */
static enum err parameter_item(const struct binding *b, const struct partiql__node *node, struct slice *ret)
{
    struct slice value = b->parameters[node->place];

    if (value_type(value) != VALUE_M)
        return fault_validation(b->fault, "Unsupported data type: Parameter under key root at %u:%u:%u",
            b->tree->tokens[node->token].line, b->tree->tokens[node->token].column,
            b->tree->tokens[node->token].length);
    *ret = value_map(value);
    return OK;
}

static enum err item_bind(const struct binding *b, struct partiql_bound *ret)
{
    const struct partiql__node *nodes = b->tree->nodes, *root;
    struct buf out;
    struct builder builder;
    struct builder_frame frame;
    const uint32_t *members;

    if (ret->statement->verb != PARTIQL_INSERT)
        return OK;
    root = &nodes[b->tree->item];
    if (root->type == PARTIQL__NODE_PARAMETER)
        return parameter_item(b, root, &ret->item);
    buf_init(&out, b->arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&builder, &out, b->arena);
    frame = builder_body_begin(&builder);
    members = partiql__operands(nodes, b->tree->item, b->arena);
    for (uint32_t i = 0; i < root->operands; i += 2) {
        builder_name(&builder, &frame, nodes[members[i]].value);
        builder_value(&builder, partiql__constant(&nodes[members[i + 1]], b->parameters));
    }
    builder_body_end(&builder, frame);
    if (out.failed) /* parameters given many times over */
        return fault_validation(b->fault, "Item size has exceeded the maximum allowed size");
    ret->item = buf_view(&out);
    return OK;
}

/* ---- what comes last ---- */

static enum err qualifier_check(const struct partiql_statement *statement, struct fault *fault)
{
    if (statement->index.p != NULL && (statement->verb == PARTIQL_UPDATE || statement->verb == PARTIQL_DELETE))
        return fault_validation(fault, "This operation is not supported on an index");
    return OK;
}

static enum err returning_check(const struct partiql_statement *statement, struct fault *fault)
{
    static const char *const words[] = {[PARTIQL_RETURNING_ALL_NEW] = "ALL NEW",
        [PARTIQL_RETURNING_MODIFIED_OLD] = "MODIFIED OLD",
        [PARTIQL_RETURNING_MODIFIED_NEW] = "MODIFIED NEW"};

    if (statement->verb != PARTIQL_DELETE || statement->returning <= PARTIQL_RETURNING_ALL_OLD)
        return OK;
    return fault_validation(fault,
        "Invalid returning clause: RETURNING %s *. Only RETURNING ALL OLD * is allowed in DELETE statements.",
        words[statement->returning]);
}

enum err partiql_bind(const struct partiql_statement *statement, const struct slice *parameters,
    uint32_t parameters_count, struct arena *arena, struct partiql_bound *ret, struct fault *fault)
{
    struct binding b = {.tree = statement->tree, .parameters = parameters, .arena = arena, .fault = fault};
    enum err err;

    *ret = (struct partiql_bound){.statement = statement, .parameters = parameters};
    if (parameters_count != statement->parameters)
        return fault_validation(fault, "Number of parameters in request and statement don't match.");
    err = where_bind(&b, ret);
    if (err == OK)
        err = update_bind(&b, ret);
    if (err == OK)
        err = item_bind(&b, ret);
    if (err == OK)
        err = qualifier_check(statement, fault);
    if (err == OK)
        err = returning_check(statement, fault);
    if (err == OK && b.tree->columns_n != 0)
        ret->columns = expr_projection_of_columns(arena, b.tree->columns, b.tree->columns_n);
    return err;
}
