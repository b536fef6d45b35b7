/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What well-formed expressions may not be made of (data-plane.md 7.3, 7.11): which functions stand where, what is a
 * condition and what an operand. The rules that the expression language has too (number and types of operands) are
 * not here: expr/make.h raises them when the statement is bound.
 *
 * A condition may be compared with a constant, `attribute_exists(a) = true`: the constant is then absorbed by the
 * comparison and is no operand (bind.c).
 */
#include "partiql/partiql_int.h"

/* ---- names ---- */

static struct slice comparator_name(uint8_t operator_)
{
    switch ((enum partiql__token_type)operator_) {
    case PARTIQL__EQ:
        return SLICE_LIT("Eq");
    case PARTIQL__NE:
        return SLICE_LIT("Ne");
    case PARTIQL__LT:
        return SLICE_LIT("Lt");
    case PARTIQL__LE:
        return SLICE_LIT("Lte");
    case PARTIQL__GT:
        return SLICE_LIT("Gt");
    default:
        return SLICE_LIT("Gte");
    }
}

static struct slice arithmetic_name(uint8_t operator_)
{
    switch ((enum partiql__token_type)operator_) {
    case PARTIQL__PLUS:
        return SLICE_LIT("Plus");
    case PARTIQL__MINUS:
        return SLICE_LIT("Minus");
    case PARTIQL__STAR:
        return SLICE_LIT("Times");
    case PARTIQL__SLASH:
        return SLICE_LIT("Divide");
    case PARTIQL__PERCENT:
        return SLICE_LIT("Modulo");
    default:
        return SLICE_LIT("Concat");
    }
}

static struct slice call_name(const struct partiql__parser *p, const struct partiql__node *call)
{
    struct slice text = partiql__token_text(p->text, &p->tokens[call->token]);
    uint8_t *name = arena_alloc(p->arena, text.n);

    for (size_t i = 0; i < text.n; i++)
        name[i] = text.p[i] >= 'A' && text.p[i] <= 'Z' ? (uint8_t)(text.p[i] + ('a' - 'A')) : text.p[i];
    return slice_of(name, text.n);
}

struct slice partiql__node_name(const struct partiql__parser *p, const struct partiql__node *node)
{
    switch ((enum partiql__node_type)node->type) {
    case PARTIQL__NODE_PATH:
        return p->paths[node->place].count == 1 ? SLICE_LIT("Id") : SLICE_LIT("Path");
    case PARTIQL__NODE_LITERAL:
        return p->tokens[node->token].word == PARTIQL__MISSING ? SLICE_LIT("Missing") : SLICE_LIT("Lit");
    case PARTIQL__NODE_PARAMETER:
        return SLICE_LIT("Parameter");
    case PARTIQL__NODE_LIST:
        return SLICE_LIT("List");
    case PARTIQL__NODE_MAP:
        return SLICE_LIT("Struct");
    case PARTIQL__NODE_BAG:
        return SLICE_LIT("Bag");
    case PARTIQL__NODE_CALL:
        return call_name(p, node);
    case PARTIQL__NODE_ARITHMETIC:
        return arithmetic_name(node->operator_);
    case PARTIQL__NODE_SIGN:
        return node->operator_ == PARTIQL__MINUS ? SLICE_LIT("Neg") : SLICE_LIT("Pos");
    case PARTIQL__NODE_STAR:
        return SLICE_LIT("Star");
    case PARTIQL__NODE_COMPARE:
        return comparator_name(node->operator_);
    case PARTIQL__NODE_BETWEEN:
        return SLICE_LIT("Between");
    case PARTIQL__NODE_IN:
        return SLICE_LIT("InCollection");
    case PARTIQL__NODE_IS:
        return SLICE_LIT("IsType");
    case PARTIQL__NODE_LIKE:
        return SLICE_LIT("Like");
    case PARTIQL__NODE_NOT:
        return SLICE_LIT("Not");
    case PARTIQL__NODE_AND:
        return SLICE_LIT("And");
    case PARTIQL__NODE_OR:
        return SLICE_LIT("Or");
    }
    ASSERT(!"a node");
    return SLICE_NULL;
}

/* ---- faults ---- */

static void unsupported_note(struct partiql__parser *p, const struct partiql__node *node)
{
    if (p->noted.p == NULL)
        partiql__note(p, arena_printf(p->arena, "Unsupported operation: %.*s", SLICE_ARG(partiql__node_name(p, node))));
}

static void unrecognized_note(struct partiql__parser *p, const struct partiql__node *call)
{
    partiql__note_at(
        p, arena_printf(p->arena, "Unrecognized function: %.*s", SLICE_ARG(call_name(p, call))), call->token);
}

static void misused_note(struct partiql__parser *p, const struct partiql__node *call)
{
    partiql__note(
        p, arena_printf(p->arena, "The function is not allowed to be used this way in an expression; function: %.*s",
               SLICE_ARG(call_name(p, call))));
}

static void boolean_operand_note(struct partiql__parser *p, struct slice operator_)
{
    partiql__note(
        p, arena_printf(p->arena,
               "Incorrect operand type for operator or function; operator or function: %.*s, operand type: BOOL",
               SLICE_ARG(operator_)));
}

/* ---- conditions ---- */

/* What is expected of a node by the one above it. */
enum role {
    ROLE_NONE, /* part of a literal: literal.c looks at it */
    ROLE_CONDITION,
    ROLE_OPERAND,
    ROLE_EITHER, /* of a comparison */
    ROLE_LIST,   /* the right side of IN */
};

static void roles_give(const struct partiql__parser *p, uint32_t index, uint8_t *roles)
{
    const struct partiql__node *node = &p->nodes[index];
    enum partiql__node_type type = (enum partiql__node_type)node->type;
    enum role role = ROLE_NONE;
    uint32_t operand = index - 1;

    if (type >= PARTIQL__NODE_NOT)
        role = ROLE_CONDITION;
    else if (type >= PARTIQL__NODE_COMPARE)
        role = ROLE_EITHER;
    else if (type == PARTIQL__NODE_CALL || (type == PARTIQL__NODE_LIST && roles[index] == ROLE_LIST))
        role = ROLE_OPERAND;
    for (uint32_t i = node->operands; i > 0; i--) {
        roles[operand] = (uint8_t)(type == PARTIQL__NODE_IN && i == 2 ? ROLE_LIST : role);
        operand = p->nodes[operand].first - 1u;
    }
}

static void call_check(struct partiql__parser *p, const struct partiql__node *call, enum role role)
{
    if (call->function > PARTIQL__SIZE)
        unrecognized_note(p, call);
    else if (call->function == PARTIQL__SIZE ? role == ROLE_CONDITION : role == ROLE_OPERAND)
        misused_note(p, call);
}

/* A comparison or IN whose left side is a condition takes constants on the other. */
static void constants_absorb(struct partiql__parser *p, uint32_t index, uint32_t constant)
{
    struct partiql__node *node = &p->nodes[constant];

    if (node->type == PARTIQL__NODE_LIST && p->nodes[index].type == PARTIQL__NODE_IN) {
        uint32_t element = constant - 1;

        for (uint32_t i = node->operands; i > 0; i--) {
            constants_absorb(p, constant, element);
            element = p->nodes[element].first - 1u;
        }
    } else if (!partiql__is_constant(node)) {
        unsupported_note(p, node);
    }
    node->absorbed = true;
}

static void compare_check(struct partiql__parser *p, uint32_t index)
{
    const struct partiql__node *node = &p->nodes[index];
    uint32_t left = partiql__operand(p->nodes, index, 0), right = index - 1;
    bool left_condition = partiql__is_condition(&p->nodes[left]),
         right_condition = partiql__is_condition(&p->nodes[right]);

    if (!left_condition && !right_condition)
        return;
    if (left_condition && right_condition)
        unsupported_note(p, node);
    else if (node->operator_ != PARTIQL__EQ && node->operator_ != PARTIQL__NE)
        boolean_operand_note(p, partiql__token_text(p->text, &p->tokens[node->token]));
    else
        constants_absorb(p, index, left_condition ? right : left);
}

static void in_check(struct partiql__parser *p, uint32_t index)
{
    const struct partiql__node *left = &p->nodes[partiql__operand(p->nodes, index, 0)];

    if (p->nodes[index - 1].type != PARTIQL__NODE_LIST)
        unsupported_note(p, &p->nodes[index - 1]);
    else if (partiql__is_condition(left))
        constants_absorb(p, index, index - 1);
}

static void between_check(struct partiql__parser *p, uint32_t index)
{
    for (uint32_t i = 0; i < 3; i++) {
        if (partiql__is_condition(&p->nodes[partiql__operand(p->nodes, index, i)]))
            boolean_operand_note(p, SLICE_LIT("BETWEEN"));
    }
}

static void node_check(struct partiql__parser *p, uint32_t index, enum role role)
{
    const struct partiql__node *node = &p->nodes[index];

    if (role == ROLE_CONDITION && !partiql__is_condition(node) && node->type != PARTIQL__NODE_CALL)
        unsupported_note(p, node);
    if (role == ROLE_OPERAND && node->type >= PARTIQL__NODE_COMPARE)
        unsupported_note(p, node);
    switch ((enum partiql__node_type)node->type) {
    case PARTIQL__NODE_CALL:
        call_check(p, node, role);
        return;
    case PARTIQL__NODE_ARITHMETIC:
    case PARTIQL__NODE_SIGN:
    case PARTIQL__NODE_STAR:
    case PARTIQL__NODE_LIKE:
        unsupported_note(p, node);
        return;
    case PARTIQL__NODE_COMPARE:
        compare_check(p, index);
        return;
    case PARTIQL__NODE_IN:
        in_check(p, index);
        return;
    case PARTIQL__NODE_BETWEEN:
        between_check(p, index);
        return;
    case PARTIQL__NODE_IS:
        if (p->nodes[index - 1].type != PARTIQL__NODE_PATH)
            partiql__note(p, SLICE_LIT("Operator or function requires a document path; operator or function: IS"));
        return;
    default:
        return;
    }
}

void partiql__condition_check(struct partiql__parser *p, uint32_t first, uint32_t root)
{
    uint8_t *roles = arena_zalloc(p->arena, root + 1u);

    roles[root] = ROLE_CONDITION;
    for (uint32_t i = root + 1; i > first; i--) {
        if (roles[i - 1] != ROLE_NONE)
            roles_give(p, i - 1, roles);
    }
    for (uint32_t i = first; i <= root; i++) {
        if (roles[i] != ROLE_NONE)
            node_check(p, i, (enum role)roles[i]);
    }
    partiql__literals_make(p, first, root);
}

/* ---- assignments ---- */

static bool path_equal(const struct expr_path *a, const struct expr_path *b)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        const struct expr_path_element *x = &a->elements[i], *y = &b->elements[i];

        if ((x->name.p == NULL) != (y->name.p == NULL) || x->index != y->index || !slice_equal(x->name, y->name))
            return false;
    }
    return true;
}

/* x = set_add(x, <<...>>) */
static void set_function_check(struct partiql__parser *p, const struct partiql__action *action)
{
    const struct partiql__node *call = &p->nodes[action->root], *first, *second = call - 1;
    const char *name = call->function == PARTIQL__SET_ADD ? "SET_ADD" : "SET_DELETE";

    if (call->operands != 2) {
        partiql__note_at(p, arena_printf(p->arena, "%s must have exactly two arguments", name), call->token);
        return;
    }
    first = &p->nodes[partiql__operand(p->nodes, action->root, 0)];
    if (first->type != PARTIQL__NODE_PATH || !path_equal(&p->paths[first->place], &action->target))
        partiql__note_at(
            p, arena_printf(p->arena, "The first argument to %s must equal the assignment value", name), call->token);
    else if (second->type != PARTIQL__NODE_BAG && second->type != PARTIQL__NODE_PARAMETER)
        partiql__note_at(
            p, arena_printf(p->arena, "The second argument to %s must be a value with type SET", name), first->token);
}

/* A node of the value of a SET: the root, or an operand of the sum or call above it. */
static void assigned_check(struct partiql__parser *p, const struct partiql__node *node, bool root)
{
    bool inner;

    switch ((enum partiql__node_type)node->type) {
    case PARTIQL__NODE_PATH:
    case PARTIQL__NODE_LITERAL:
    case PARTIQL__NODE_PARAMETER:
    case PARTIQL__NODE_LIST:
    case PARTIQL__NODE_MAP:
    case PARTIQL__NODE_BAG:
        return;
    case PARTIQL__NODE_ARITHMETIC:
        inner = node->operator_ == PARTIQL__PLUS || node->operator_ == PARTIQL__MINUS;
        if (!root || !inner)
            unsupported_note(p, node);
        return;
    case PARTIQL__NODE_CALL:
        if (node->function < PARTIQL__IF_NOT_EXISTS || node->function == PARTIQL__FUNCTION_UNKNOWN)
            unrecognized_note(p, node);
        else if (node->function != PARTIQL__IF_NOT_EXISTS && !root)
            misused_note(p, node);
        return;
    default:
        unsupported_note(p, node);
        return;
    }
}

void partiql__assignment_check(struct partiql__parser *p, const struct partiql__action *action)
{
    const struct partiql__node *root = &p->nodes[action->root];
    uint32_t i = action->root + 1u;

    if (root->type == PARTIQL__NODE_CALL &&
        (root->function == PARTIQL__SET_ADD || root->function == PARTIQL__SET_DELETE))
        set_function_check(p, action);
    while (i > action->first) {
        const struct partiql__node *node = &p->nodes[--i];

        assigned_check(p, node, node == root);
        if (partiql__is_constant(node))
            i = node->first;
    }
    partiql__literals_make(p, action->first, action->root);
}
