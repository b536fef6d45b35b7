/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The WHERE against a key schema: the one item it names, or the branches of its disjunction (data-plane.md 7.4).
 *
 * The idea: only what the keys have a part in is taken apart. Every condition over AND and OR becomes a set of
 * branches, children before parents: a condition on a key attribute is a branch that restricts it (IN: one for each
 * value), any other is a single branch that only filters; OR unites sets, AND joins each branch of one with each of the
 * other. A disjunction without keys in it stays one condition. What a branch's range leaves out is decided by the whole
 * WHERE when an item is looked at, so a branch need not be exact, only wide enough.
 *
 * A set never holds more than STATEMENT_BRANCHES_MAX branches; one that would is only remembered to be too large, which
 * is a fault when the partition key is pinned in all of them, and a scan otherwise. Conditions that only filter are
 * kept in lists shared by the branches, so the whole costs a few bytes for each node and branch. Loops, no recursion.
 */
#include <stdlib.h>

#include "partiql/partiql_int.h"

/* Conditions that only filter, by their nodes. */
struct atom {
    const struct atom *next;
    uint32_t node;
};
struct partiql__atoms {
    uint32_t count;
    const struct atom *head;
};

enum sort_slot { SORT_EQUAL, SORT_LOW, SORT_HIGH, SORT_PREFIX };
static_assert(SORT_PREFIX + 1 == PARTIQL_SORT_CLAUSES_MAX, "a slot is a clause");

struct branch {
    struct slice hash; /* p NULL: not pinned */
    bool nothing;      /* two values for one attribute */
    bool loose;        /* the slots do not say all that the WHERE says of the keys */
    struct expr_key_clause sort[PARTIQL_SORT_CLAUSES_MAX]; /* by slot; attribute.p NULL: empty */
    struct partiql__atoms atoms;
};

struct set {
    struct branch *items;
    uint32_t count;
    bool pinned;                  /* every branch pins the partition key */
    bool large;                   /* too many: there are no items */
    bool plain;                   /* one branch, which does nothing but filter */
    struct partiql__atoms common; /* of every branch */
};

struct planner {
    const struct partiql__tree *tree;
    const struct slice *parameters;
    struct partiql_keys keys;
    struct arena *arena;
    uint8_t *open; /* per node: reached from the root through AND and OR alone */
};

/* ---- looking at conditions ---- */

/* True when a node is the bare name of an attribute. */
static bool names(const struct planner *pl, uint32_t index, struct slice attribute)
{
    const struct partiql__node *node = &pl->tree->nodes[index];
    const struct expr_path *path;

    if (attribute.p == NULL || node->type != PARTIQL__NODE_PATH)
        return false;
    path = &pl->tree->paths[node->place];
    return path->count == 1 && slice_equal(path->elements[0].name, attribute);
}

static bool constant_at(const struct planner *pl, uint32_t index, struct slice *ret)
{
    const struct partiql__node *node = &pl->tree->nodes[index];

    if (!partiql__is_constant(node))
        return false;
    *ret = partiql__constant(node, pl->parameters);
    return true;
}

static enum partiql__token_type mirrored(enum partiql__token_type operator_)
{
    switch (operator_) {
    case PARTIQL__LT:
        return PARTIQL__GT;
    case PARTIQL__LE:
        return PARTIQL__GE;
    case PARTIQL__GT:
        return PARTIQL__LT;
    case PARTIQL__GE:
        return PARTIQL__LE;
    default:
        return operator_;
    }
}

/* attribute OP constant, or the other way round. */
static bool comparison_read(const struct planner *pl, uint32_t index, struct slice attribute,
    enum partiql__token_type *ret_operator, struct slice *ret_value)
{
    const struct partiql__node *node = &pl->tree->nodes[index];
    uint32_t left, right = index - 1;

    if (node->type != PARTIQL__NODE_COMPARE)
        return false;
    left = partiql__operand(pl->tree->nodes, index, 0);
    *ret_operator = (enum partiql__token_type)node->operator_;
    if (names(pl, left, attribute) && constant_at(pl, right, ret_value))
        return true;
    *ret_operator = mirrored(*ret_operator);
    return names(pl, right, attribute) && constant_at(pl, left, ret_value);
}

/* attribute IN [constant, ...]; *ret_list is the list's node. */
static bool in_read(const struct planner *pl, uint32_t index, struct slice attribute, uint32_t *ret_list)
{
    const struct partiql__node *nodes = pl->tree->nodes, *node = &nodes[index];
    struct slice value;
    uint32_t element = index - 2;

    if (node->type != PARTIQL__NODE_IN || node->negated || node[-1].operands == 0 ||
        !names(pl, partiql__operand(nodes, index, 0), attribute))
        return false;
    for (uint32_t i = node[-1].operands; i > 0; i--) {
        if (!constant_at(pl, element, &value))
            return false;
        element = nodes[element].first - 1u;
    }
    *ret_list = index - 1;
    return true;
}

/* ---- branches of one condition ---- */

static struct set set_of(struct planner *pl, uint32_t count)
{
    struct set set = {.count = count, .items = arena_zalloc(pl->arena, count * sizeof(*set.items))};

    return set;
}

/* A condition that only filters. */
static struct set filter_set(struct planner *pl, uint32_t node)
{
    struct set set = set_of(pl, 1);
    struct atom *atom = arena_alloc(pl->arena, sizeof(*atom));

    *atom = (struct atom){NULL, node};
    set.plain = true;
    set.common = (struct partiql__atoms){1, atom};
    return set;
}

static void slot_fill(
    struct branch *branch, enum sort_slot slot, struct slice attribute, enum expr_key_operator op, struct slice value)
{
    branch->sort[slot] = (struct expr_key_clause){.attribute = attribute, .op = op, .value = value};
}

static bool sort_comparison_set(struct planner *pl, uint32_t node, struct set *ret)
{
    struct slice value, range = pl->keys.range;
    enum partiql__token_type op;

    if (!comparison_read(pl, node, range, &op, &value) || op == PARTIQL__NE)
        return false;
    *ret = set_of(pl, 1);
    if (op == PARTIQL__EQ)
        slot_fill(ret->items, SORT_EQUAL, range, EXPR_KEY_EQ, value);
    else if (op == PARTIQL__GT || op == PARTIQL__GE)
        slot_fill(ret->items, SORT_LOW, range, op == PARTIQL__GT ? EXPR_KEY_GT : EXPR_KEY_GE, value);
    else
        slot_fill(ret->items, SORT_HIGH, range, op == PARTIQL__LT ? EXPR_KEY_LT : EXPR_KEY_LE, value);
    return true;
}

/* range BETWEEN constant AND constant; begins_with(range, constant) */
static bool sort_span_set(struct planner *pl, uint32_t index, struct set *ret)
{
    const struct partiql__node *nodes = pl->tree->nodes, *node = &nodes[index];
    struct slice low, high, range = pl->keys.range;

    if (node->type == PARTIQL__NODE_BETWEEN && !node->negated) {
        if (!names(pl, partiql__operand(nodes, index, 0), range) ||
            !constant_at(pl, partiql__operand(nodes, index, 1), &low) || !constant_at(pl, index - 1, &high))
            return false;
        *ret = set_of(pl, 1);
        slot_fill(ret->items, SORT_LOW, range, EXPR_KEY_GE, low);
        slot_fill(ret->items, SORT_HIGH, range, EXPR_KEY_LE, high);
        return true;
    }
    if (node->type != PARTIQL__NODE_CALL || node->function != PARTIQL__BEGINS_WITH || node->operands != 2 ||
        !names(pl, partiql__operand(nodes, index, 0), range) || !constant_at(pl, index - 1, &low))
        return false;
    *ret = set_of(pl, 1);
    slot_fill(ret->items, SORT_PREFIX, range, EXPR_KEY_BEGINS_WITH, low);
    return true;
}

/* One branch for each value of an IN on the partition key (`hash`) or the sort key. */
static bool in_set(struct planner *pl, uint32_t index, bool hash, struct set *ret)
{
    const struct partiql__node *nodes = pl->tree->nodes;
    uint32_t list, element, count;

    if (!in_read(pl, index, hash ? pl->keys.hash : pl->keys.range, &list))
        return false;
    count = nodes[list].operands;
    if (count > STATEMENT_BRANCHES_MAX) {
        *ret = (struct set){.large = true, .pinned = hash};
        return true;
    }
    *ret = set_of(pl, count);
    ret->pinned = hash;
    element = list - 1;
    for (uint32_t i = count; i > 0; i--) {
        struct slice value = partiql__constant(&nodes[element], pl->parameters);

        if (hash)
            ret->items[i - 1].hash = value;
        else
            slot_fill(&ret->items[i - 1], SORT_EQUAL, pl->keys.range, EXPR_KEY_EQ, value);
        element = nodes[element].first - 1u;
    }
    return true;
}

static struct set condition_set(struct planner *pl, uint32_t node)
{
    enum partiql__token_type op;
    struct slice value;
    struct set set;

    if (comparison_read(pl, node, pl->keys.hash, &op, &value) && op == PARTIQL__EQ) {
        set = set_of(pl, 1);
        set.items[0].hash = value;
        set.pinned = true;
        return set;
    }
    if (in_set(pl, node, true, &set) || sort_comparison_set(pl, node, &set) || sort_span_set(pl, node, &set) ||
        in_set(pl, node, false, &set))
        return set;
    return filter_set(pl, node);
}

/* ---- joining ---- */

/* The shorter list is copied in front of the longer one, which stays as it is; the order is found again by node. */
static struct partiql__atoms atoms_join(struct planner *pl, struct partiql__atoms a, struct partiql__atoms b)
{
    struct partiql__atoms joined = a.count >= b.count ? a : b;
    const struct atom *atom = a.count >= b.count ? b.head : a.head;

    for (; atom != NULL; atom = atom->next) {
        struct atom *copy = arena_alloc(pl->arena, sizeof(*copy));

        *copy = (struct atom){joined.head, atom->node};
        joined.head = copy;
        joined.count++;
    }
    return joined;
}

static struct branch branch_join(struct planner *pl, const struct branch *a, const struct branch *b)
{
    struct branch joined = *a;

    joined.nothing |= b->nothing;
    joined.loose |= b->loose;
    if (joined.hash.p == NULL)
        joined.hash = b->hash;
    else if (b->hash.p != NULL && !value_equal(joined.hash, b->hash))
        joined.nothing = true;
    for (uint32_t i = 0; i < PARTIQL_SORT_CLAUSES_MAX; i++) {
        if (b->sort[i].attribute.p == NULL)
            continue;
        if (joined.sort[i].attribute.p == NULL)
            joined.sort[i] = b->sort[i];
        else if (!value_equal(joined.sort[i].value, b->sort[i].value) || joined.sort[i].op != b->sort[i].op)
            joined.loose = true; /* one of them is enough for the range; the WHERE knows both */
        joined.nothing |= i == SORT_EQUAL && !value_equal(joined.sort[i].value, b->sort[i].value);
    }
    joined.atoms = atoms_join(pl, a->atoms, b->atoms);
    return joined;
}

static struct set and_set(struct planner *pl, const struct set *a, const struct set *b)
{
    struct set set = {.pinned = a->pinned || b->pinned, .large = a->large || b->large};

    if (!set.large && a->count * b->count > STATEMENT_BRANCHES_MAX)
        set.large = true;
    if (set.large)
        return set;
    set.common = atoms_join(pl, a->common, b->common);
    set.plain = a->plain && b->plain;
    if (a->plain || b->plain) {
        set.items = a->plain ? b->items : a->items;
        set.count = a->plain ? b->count : a->count;
        return set;
    }
    set.count = a->count * b->count;
    set.items = arena_alloc(pl->arena, set.count * sizeof(*set.items));
    for (uint32_t i = 0; i < set.count; i++)
        set.items[i] = branch_join(pl, &a->items[i / b->count], &b->items[i % b->count]);
    return set;
}

static struct set or_set(struct planner *pl, uint32_t node, const struct set *a, const struct set *b)
{
    struct set set = {.pinned = a->pinned && b->pinned, .large = a->large || b->large};

    if (a->plain && b->plain)
        return filter_set(pl, node);
    if (!set.large && a->count + b->count > STATEMENT_BRANCHES_MAX)
        set.large = true;
    if (set.large)
        return set;
    set.count = a->count + b->count;
    set.items = arena_alloc(pl->arena, set.count * sizeof(*set.items));
    for (uint32_t i = 0; i < set.count; i++) {
        const struct set *from = i < a->count ? a : b;

        set.items[i] = from->items[i < a->count ? i : i - a->count];
        set.items[i].atoms = atoms_join(pl, set.items[i].atoms, from->common);
    }
    return set;
}

/* ---- the whole ---- */

/* Marks the conditions that the root reaches through AND (and OR, when `or_too`) alone. */
static void open_mark(struct planner *pl, bool or_too)
{
    const struct partiql__node *nodes = pl->tree->nodes;

    pl->open = arena_zalloc(pl->arena, pl->tree->nodes_n);
    pl->open[pl->tree->where_root] = 1;
    for (uint32_t i = pl->tree->where_root + 1; i > pl->tree->where_first;) {
        bool through = nodes[--i].type == PARTIQL__NODE_AND || (or_too && nodes[i].type == PARTIQL__NODE_OR);

        if (pl->open[i] && through)
            pl->open[partiql__operand(nodes, i, 0)] = pl->open[i - 1] = 1;
    }
}

static struct set where_set(struct planner *pl)
{
    const struct partiql__node *nodes = pl->tree->nodes;
    struct set *stack = arena_alloc(pl->arena, (pl->tree->where_root + 1u) * sizeof(*stack));
    uint32_t n = 0;

    open_mark(pl, true);
    for (uint32_t i = pl->tree->where_first; i <= pl->tree->where_root; i++) {
        if (!pl->open[i])
            continue;
        if (nodes[i].type == PARTIQL__NODE_AND) {
            stack[n - 2] = and_set(pl, &stack[n - 2], &stack[n - 1]);
            n--;
        } else if (nodes[i].type == PARTIQL__NODE_OR) {
            stack[n - 2] = or_set(pl, i, &stack[n - 2], &stack[n - 1]);
            n--;
        } else {
            stack[n++] = condition_set(pl, i);
        }
    }
    ASSERT(n == 1);
    return stack[0];
}

static void branch_tell(
    struct planner *pl, const struct set *set, const struct branch *branch, struct partiql_branch *ret)
{
    struct partiql__atoms *atoms = arena_alloc(pl->arena, sizeof(*atoms));

    *atoms = atoms_join(pl, branch->atoms, set->common);
    *ret = (struct partiql_branch){.hash = branch->hash,
        .nothing = branch->nothing,
        .filtered = branch->loose || branch->nothing || atoms->count != 0,
        .atoms = atoms};
    for (uint32_t i = 0; i < PARTIQL_SORT_CLAUSES_MAX; i++) {
        if (branch->sort[i].attribute.p != NULL)
            ret->sort[ret->sort_count++] = branch->sort[i];
    }
}

enum err partiql_branches_find(const struct partiql_bound *bound, const struct partiql_keys *keys, struct arena *arena,
    struct partiql_branches *ret, struct fault *fault)
{
    struct planner pl = {
        .tree = bound->statement->tree, .parameters = bound->parameters, .keys = *keys, .arena = arena};
    struct partiql_branch *items;
    struct set set;

    *ret = (struct partiql_branches){0};
    if (!bound->statement->has_where)
        return OK;
    set = where_set(&pl);
    if (!set.pinned)
        return OK;
    if (set.large)
        return fault_validation(fault, "Too many decomposed read operations for a given query.");
    items = arena_alloc(arena, set.count * sizeof(*items));
    for (uint32_t i = 0; i < set.count; i++)
        branch_tell(&pl, &set, &set.items[i], &items[i]);
    *ret = (struct partiql_branches){.keyed = true, .items = items, .count = set.count};
    return OK;
}

static int node_compare(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

uint32_t partiql_branch_paths(const struct partiql_bound *bound, const struct partiql_branch *branch,
    struct arena *arena, struct expr_path **ret_paths)
{
    const struct partiql__tree *tree = bound->statement->tree;
    uint32_t *atoms = arena_alloc(arena, branch->atoms->count * sizeof(*atoms)), n = 0, count = 0;

    for (const struct atom *atom = branch->atoms->head; atom != NULL; atom = atom->next)
        atoms[n++] = atom->node;
    qsort(atoms, n, sizeof(*atoms), node_compare);
    *ret_paths = arena_alloc(arena, (tree->where_root - tree->where_first + 1u) * sizeof(**ret_paths));
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = tree->nodes[atoms[i]].first; k <= atoms[i]; k++) {
            if (tree->nodes[k].type == PARTIQL__NODE_PATH)
                (*ret_paths)[count++] = tree->paths[tree->nodes[k].place];
        }
    }
    return count;
}

/* ---- one item ---- */

static void key_take(const struct slice *name, struct slice value, struct slice *at, struct slice *conflict)
{
    if (at->p == NULL)
        *at = value;
    else if (!value_equal(*at, value))
        *conflict = *name;
}

void partiql_key_find(const struct partiql_bound *bound, const struct partiql_keys *keys, bool one_value_in,
    struct arena *arena, struct partiql_key *ret)
{
    struct planner pl = {
        .tree = bound->statement->tree, .parameters = bound->parameters, .keys = *keys, .arena = arena};
    const struct partiql__node *nodes = pl.tree->nodes;

    *ret = (struct partiql_key){.only = true};
    if (!bound->statement->has_where)
        return;
    open_mark(&pl, false);
    for (uint32_t i = pl.tree->where_first; i <= pl.tree->where_root; i++) {
        const struct slice *attributes[] = {&keys->hash, &keys->range};
        struct slice *values[] = {&ret->hash, &ret->range};
        bool taken = nodes[i].type == PARTIQL__NODE_AND;

        if (!pl.open[i])
            continue;
        for (int k = 0; k < 2 && !taken; k++) {
            enum partiql__token_type op;
            struct slice value;
            uint32_t list;

            if (comparison_read(&pl, i, *attributes[k], &op, &value))
                taken = op == PARTIQL__EQ;
            else if (one_value_in && in_read(&pl, i, *attributes[k], &list) && nodes[list].operands == 1)
                taken = constant_at(&pl, list - 1, &value);
            if (taken)
                key_take(attributes[k], value, values[k], &ret->conflict);
        }
        ret->only &= taken;
    }
}
