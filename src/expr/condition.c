/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Conditions and filters: from nodes to a chain of tests, and running it against items (data-plane.md 4.3, Evaluation).
 *
 * The idea: each clause becomes a test that names the next test for either outcome, so AND, OR and NOT cost nothing
 * when a condition runs: no tree, no recursion, no stack, and it stops at the first test that decides.
 * `a = :x AND NOT b < :y` becomes
 *
 *     0: a = :x    true: 1       false: false
 *     1: b < :y    true: false   false: true
 *
 * Legacy conditions (legacy.c) become the same chain.
 *
 * Running allocates nothing and reads the item in place. A compiled condition is constant: any number of items, any
 * thread.
 */
#include "base/assert.h"
#include "codec/number.h"
#include "expr/condition_int.h"

/* ---- operands ---- */

/* Where an operand's value is put; a size is computed into `number`. */
struct operand_value {
    struct slice value; /* p NULL: absent */
    uint8_t number[1 + NUMBER_CODE_BYTES_MAX];
};

static void number_put(uint8_t *value, int64_t v, struct slice *ret)
{
    size_t n;

    value[0] = VALUE_N;
    number_from_int(v, value + 1, &n);
    *ret = slice_of(value, 1 + n);
}

/* UTF-16 code units of a UTF-8 text: what the service counts as the size of a string. */
static uint32_t utf16_units(struct slice text)
{
    uint32_t units = 0;

    for (size_t i = 0; i < text.n; i++)
        units += (uint32_t)((text.p[i] & 0xC0) != 0x80) + (uint32_t)(text.p[i] >= 0xF0);
    return units;
}

/* size() of a value; false when it has none. */
static bool size_of(struct slice value, uint32_t *ret)
{
    switch (value_type(value)) {
    case VALUE_S:
        *ret = utf16_units(value_scalar(value));
        return true;
    case VALUE_B:
        *ret = (uint32_t)value_scalar(value).n;
        return true;
    case VALUE_SS:
    case VALUE_NS:
    case VALUE_BS:
        *ret = set_count(value);
        return true;
    case VALUE_L:
        *ret = list_count(value);
        return true;
    case VALUE_M:
        *ret = body_count(value_map(value));
        return true;
    case VALUE_N:
    case VALUE_BOOL:
    case VALUE_NULL:
        break;
    }
    return false;
}

static bool operand_get(const struct expr__test_operand *operand, struct slice body, struct operand_value *ret)
{
    uint32_t size;

    ret->value = operand->value;
    if (operand->type == EXPR__OPERAND_VALUE)
        return true;
    if (!expr_path_find(operand->path, body, &ret->value)) {
        ret->value = SLICE_NULL;
        return false;
    }
    if (operand->type == EXPR__OPERAND_PATH)
        return true;
    if (!size_of(ret->value, &size)) {
        ret->value = SLICE_NULL;
        return false;
    }
    number_put(ret->number, size, &ret->value);
    return true;
}

/* ---- running ---- */

static bool is_ordered(struct slice value)
{
    enum value_type type = value_type(value);

    return type == VALUE_S || type == VALUE_N || type == VALUE_B;
}

/* a OP b for two present values, OP one of < <= > >= */
static bool order_holds(enum expr__token_type operator_, struct slice a, struct slice b)
{
    int order;

    if (value_type(a) != value_type(b) || !is_ordered(a))
        return false;
    order = value_compare(a, b);
    switch (operator_) {
    case EXPR__LT:
        return order < 0;
    case EXPR__LE:
        return order <= 0;
    case EXPR__GT:
        return order > 0;
    default:
        ASSERT(operator_ == EXPR__GE);
        return order >= 0;
    }
}

static bool compare_run(const struct expr__test *test, struct slice body)
{
    const struct expr__test_operand *operands = test->operands;
    struct operand_value a, b;
    bool have_a = operand_get(&operands[0], body, &a), have_b = operand_get(&operands[1], body, &b);

    if (have_a && have_b) {
        if (test->operator_ == EXPR__EQ)
            return value_equal(a.value, b.value);
        if (test->operator_ == EXPR__NE)
            return !value_equal(a.value, b.value);
        return order_holds(test->operator_, a.value, b.value);
    }
    /* an absent operand differs from everything, but a size that does not exist makes every comparison false */
    if (test->operator_ != EXPR__NE)
        return false;
    return (have_a || operands[0].type != EXPR__OPERAND_SIZE) && (have_b || operands[1].type != EXPR__OPERAND_SIZE);
}

static bool between_run(const struct expr__test *test, struct slice body)
{
    struct operand_value a, low, high;

    return operand_get(&test->operands[0], body, &a) && operand_get(&test->operands[1], body, &low) &&
           operand_get(&test->operands[2], body, &high) && order_holds(EXPR__GE, a.value, low.value) &&
           order_holds(EXPR__LE, a.value, high.value);
}

static bool in_run(const struct expr__test *test, struct slice body)
{
    struct operand_value a, b;

    if (!operand_get(&test->operands[0], body, &a))
        return false;
    for (uint32_t i = 1; i < test->operands_n; i++) {
        if (operand_get(&test->operands[i], body, &b) && value_equal(a.value, b.value))
            return true;
    }
    return false;
}

static bool bytes_contain(struct slice bytes, struct slice part)
{
    return memmem(bytes.p, bytes.n, part.p, part.n) != NULL; /* the empty part is in everything */
}

static bool list_contains(struct slice list, struct slice value)
{
    uint32_t count = list_count(list);

    for (uint32_t i = 0; i < count; i++) {
        if (value_equal(list_at(list, i), value))
            return true;
    }
    return false;
}

static bool value_contains(struct slice a, struct slice b)
{
    enum value_type type = value_type(b);

    switch (value_type(a)) {
    case VALUE_S:
        return type == VALUE_S && bytes_contain(value_scalar(a), value_scalar(b));
    case VALUE_B:
        return type == VALUE_B && bytes_contain(value_scalar(a), value_scalar(b));
    case VALUE_SS:
        return type == VALUE_S && set_contains(a, value_scalar(b));
    case VALUE_NS:
        return type == VALUE_N && set_contains(a, value_scalar(b));
    case VALUE_BS:
        return type == VALUE_B && set_contains(a, value_scalar(b));
    case VALUE_L:
        return list_contains(a, b);
    case VALUE_N:
    case VALUE_BOOL:
    case VALUE_NULL:
    case VALUE_M:
        break;
    }
    return false;
}

static bool begins_with(struct slice a, struct slice b)
{
    enum value_type type = value_type(a);

    if (type != value_type(b) || (type != VALUE_S && type != VALUE_B))
        return false;
    return slice_starts_with(value_scalar(a), value_scalar(b));
}

static bool function_run(const struct expr__test *test, struct slice body)
{
    struct operand_value a, b;
    bool have_a = operand_get(&test->operands[0], body, &a);

    if (test->function == EXPR__ATTRIBUTE_EXISTS)
        return have_a;
    if (test->function == EXPR__ATTRIBUTE_NOT_EXISTS)
        return !have_a;
    if (!have_a || !operand_get(&test->operands[1], body, &b))
        return false;
    if (test->function == EXPR__ATTRIBUTE_TYPE)
        return slice_is(value_scalar(b.value), value_type_name(value_type(a.value)));
    if (test->function == EXPR__BEGINS_WITH)
        return begins_with(a.value, b.value);
    ASSERT(test->function == EXPR__CONTAINS);
    return value_contains(a.value, b.value);
}

static bool test_run(const struct expr__test *test, struct slice body)
{
    if (test->type == EXPR__NODE_COMPARE)
        return compare_run(test, body);
    if (test->type == EXPR__NODE_TEST)
        return function_run(test, body);
    if (test->type == EXPR__NODE_BETWEEN)
        return between_run(test, body);
    ASSERT(test->type == EXPR__NODE_IN);
    return in_run(test, body);
}

bool expr_condition_test(const struct expr_condition *condition, struct slice body, struct arena *scratch)
{
    uint32_t at = 0;

    (void)scratch; /* nothing is needed today */
    while (at < EXPR__VERDICT_FALSE)
        at = test_run(&condition->tests[at], body) ? condition->tests[at].yes : condition->tests[at].no;
    return at == EXPR__VERDICT_TRUE;
}

uint32_t expr_condition_paths(const struct expr_condition *condition, const struct expr_path **ret_paths)
{
    *ret_paths = condition->paths;
    return condition->paths_n;
}

/* ---- from nodes to tests ---- */

static bool is_clause(const struct expr__node *node)
{
    return node->type >= EXPR__NODE_TEST && node->type <= EXPR__NODE_IN;
}

static struct expr__test_operand operand_make(const struct expr__parser *p, const struct expr__node *node)
{
    const struct expr__node *of = node;
    struct expr__test_operand operand = {.type = EXPR__OPERAND_PATH};
    uint32_t size;

    if (node->type == EXPR__NODE_CALL) {
        ASSERT(node->function == EXPR__SIZE); /* the others were refused as operands */
        of = expr__operand(p->nodes, node, 0);
        operand.type = EXPR__OPERAND_SIZE;
    }
    if (of->type == EXPR__NODE_PATH) {
        operand.path = &p->paths[of->path];
        return operand;
    }
    ASSERT(of->type == EXPR__NODE_VALUE); /* the size of a size is the size of a number: refused */
    operand.value = of->value;
    if (operand.type == EXPR__OPERAND_SIZE) {
        bool sized = size_of(of->value, &size);

        ASSERT(sized);
        number_put(arena_alloc(p->arena, 1 + NUMBER_CODE_BYTES_MAX), size, &operand.value);
    }
    operand.type = EXPR__OPERAND_VALUE;
    return operand;
}

static void test_make(const struct expr__parser *p, const struct expr__node *node, struct expr__test *ret)
{
    struct expr__test_operand *operands = arena_alloc(p->arena, node->operands * sizeof(*operands));
    const struct expr__node *operand = node - 1;

    for (uint32_t i = node->operands; i > 0; i--) {
        operands[i - 1] = operand_make(p, operand);
        if (i > 1)
            operand = &p->nodes[operand->first - 1];
    }
    *ret = (struct expr__test){.type = node->type, .operands_n = node->operands, .operands = operands};
    if (node->type == EXPR__NODE_TEST)
        ret->function = node->function;
    else
        ret->operator_ = node->operator_;
}

/* What a node does next, by outcome, and the first test inside it. */
struct target {
    uint16_t yes, no, entry;
};

/* Numbers the clauses and finds each condition's first; children come before parents. Returns the number of clauses. */
static uint16_t entries_find(const struct expr__parser *p, struct target *targets)
{
    uint16_t count = 0;

    for (uint32_t i = 0; i < p->nodes_n; i++) {
        const struct expr__node *node = &p->nodes[i];

        if (is_clause(node))
            targets[i].entry = count++;
        else if (node->type > EXPR__NODE_IN)
            targets[i].entry = targets[expr__operand(p->nodes, node, 0) - p->nodes].entry;
    }
    return count;
}

/* Hands the outcomes of a condition down to its parts. */
static void outcomes_pass(const struct expr__parser *p, const struct expr__node *node, struct target *targets)
{
    const struct target *own = &targets[node - p->nodes];
    struct target *right, *left;

    if (node->type == EXPR__NODE_NOT) {
        right = &targets[expr__operand(p->nodes, node, 0) - p->nodes];
        right->yes = own->no;
        right->no = own->yes;
        return;
    }
    left = &targets[expr__operand(p->nodes, node, 0) - p->nodes];
    right = &targets[expr__operand(p->nodes, node, 1) - p->nodes];
    right->yes = own->yes;
    right->no = own->no;
    left->yes = node->type == EXPR__NODE_AND ? right->entry : own->yes;
    left->no = node->type == EXPR__NODE_AND ? own->no : right->entry;
}

struct expr_condition *expr__condition_make(const struct expr__parser *p)
{
    struct expr_condition *condition = arena_alloc(p->arena, sizeof(*condition));
    struct target *targets = arena_alloc(p->arena, p->nodes_n * sizeof(*targets));
    uint16_t count = entries_find(p, targets);
    struct expr__test *tests = arena_alloc(p->arena, count * sizeof(*tests));

    targets[p->nodes_n - 1].yes = EXPR__VERDICT_TRUE;
    targets[p->nodes_n - 1].no = EXPR__VERDICT_FALSE;
    for (uint32_t i = p->nodes_n; i > 0; i--) {
        const struct expr__node *node = &p->nodes[i - 1];
        const struct target *target = &targets[i - 1];

        if (is_clause(node)) {
            test_make(p, node, &tests[target->entry]);
            tests[target->entry].yes = target->yes;
            tests[target->entry].no = target->no;
        } else if (node->type > EXPR__NODE_IN) {
            outcomes_pass(p, node, targets);
        }
    }
    *condition = (struct expr_condition){tests, p->paths, p->paths_n};
    return condition;
}

enum err expr_condition_compile(struct expr_context *context, enum expr_kind kind, struct slice text,
    struct expr_condition **ret, struct fault *fault)
{
    struct expr__parser p;
    enum err err =
        expr__parser_init(&p, context, kind == EXPR_FILTER ? EXPR__KIND_FILTER : EXPR__KIND_CONDITION, text, fault);

    if (err)
        return err;
    err = expr__condition_parse(&p);
    if (err)
        return err;
    *ret = expr__condition_make(&p);
    return OK;
}
