/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Applying an update to an item (data-plane.md 4.6), and what follows from it: the attributes of UPDATED_OLD and
 * UPDATED_NEW (3.5) and the statement charge (verified-behaviour.md 4.2).
 *
 * The idea: two passes. The first looks at the old item only and decides for each target, in written order, what
 * becomes of it: a value, nothing, or no change; every run-time error arises here. The second writes the new item in
 * one walk over the old one and the sorted targets and cannot fail. Since all reads see the old item and no target lies
 * inside another, the order of the clauses never matters, and `SET a = b, b = a` swaps.
 *
 * In a list all positions are those of the old list: replaced and removed ones first, then what lies beyond the end is
 * appended in ascending order.
 *
 * Computed values are kept in the arena until the item is written; together with the item they are bounded by
 * EXPR__RESULT_BYTES_MAX, beyond which the item is too large for certain. The second pass recurses by path element:
 * EXPRESSION_PATH_ELEMENTS_MAX deep at most.
 */
#include "base/assert.h"
#include "codec/number.h"
#include "expr/update_int.h"

enum set_operation { SET_UNION, SET_DIFFERENCE };
enum outcome_type { OUTCOME_KEEP, OUTCOME_PUT, OUTCOME_DROP };

struct outcome {
    enum outcome_type type;
    struct slice value; /* PUT */
};

/* One application. */
struct application {
    const struct expr_update *update;
    struct slice old; /* p NULL: there is no item */
    struct arena *arena;
    struct fault *fault;
    struct outcome *outcomes; /* one a target */
    size_t computed_bytes;    /* of values that were made rather than borrowed */
};

static enum err too_large(struct fault *fault)
{
    return fault_validation(fault, "Item size to update has exceeded the maximum allowed size");
}

static enum err type_refuse(const struct application *a)
{
    if (a->update->legacy)
        return fault_validation(a->fault, "Type mismatch for attribute to update");
    return fault_validation(a->fault, "An operand in the update expression has an incorrect data type");
}

/* ---- making values ---- */

/* Accounts for a value about to be made. */
static enum err computed_add(struct application *a, size_t bytes)
{
    a->computed_bytes += bytes;
    return a->computed_bytes > EXPR__RESULT_BYTES_MAX ? too_large(a->fault) : OK;
}

static enum err number_sum(struct application *a, struct slice x, struct slice y, bool subtract, struct slice *ret)
{
    uint8_t *value = arena_alloc(a->arena, 1 + NUMBER_CODE_BYTES_MAX);
    size_t n;

    switch (number_add(value_scalar(x).p, value_scalar(y).p, subtract, value + 1, &n)) {
    case NUMBER_OK:
        break;
    case NUMBER_UNDERFLOW:
        return fault_validation(
            a->fault, "Number underflow. Attempting to store a number with magnitude smaller than supported range");
    default:
        return fault_validation(
            a->fault, "Number overflow. Attempting to store a number with magnitude larger than supported range");
    }
    value[0] = VALUE_N;
    *ret = slice_of(value, 1 + n);
    return OK;
}

static void elements_copy(struct builder *b, struct builder_frame *frame, struct slice list)
{
    uint32_t count = list_count(list);

    for (uint32_t i = 0; i < count; i++) {
        builder_element(b, frame);
        builder_value(b, list_at(list, i));
    }
}

static enum err lists_join(struct application *a, struct slice x, struct slice y, struct slice *ret)
{
    struct buf out;
    struct builder b;
    struct builder_frame frame;
    enum err err = computed_add(a, x.n + y.n);

    if (err)
        return err;
    buf_init(&out, a->arena, ARENA_ALLOC_BYTES_MAX);
    (void)buf_reserve(&out, x.n + y.n);
    builder_init(&b, &out, a->arena);
    frame = builder_list_begin(&b);
    elements_copy(&b, &frame, x);
    elements_copy(&b, &frame, y);
    builder_list_end(&b, frame);
    *ret = buf_view(&out);
    return OK;
}

/*
 * Walks two sets of one type side by side. UNION keeps all members, DIFFERENCE those of x that y lacks. *ret_new_bytes:
 * the size, in the item-size rule, of the members of y that x lacks. `members` has room for all, or is NULL to count
 * only.
 */
static uint32_t sets_merge(
    enum set_operation operation, struct slice x, struct slice y, struct slice *members, uint64_t *ret_new_bytes)
{
    struct slice from_x, from_y;
    size_t at_x = 0, at_y = 0;
    bool have_x = set_next(x, &at_x, &from_x), have_y = set_next(y, &at_y, &from_y);
    uint32_t count = 0;

    *ret_new_bytes = 0;
    while (have_x || have_y) {
        int order = !have_y ? -1 : !have_x ? 1 : slice_compare(from_x, from_y);

        if (order > 0)
            *ret_new_bytes += value_type(y) == VALUE_NS ? number_size(from_y.p) : from_y.n;
        if (members != NULL && (operation == SET_UNION || order < 0))
            members[count++] = order <= 0 ? from_x : from_y;
        if (order <= 0)
            have_x = set_next(x, &at_x, &from_x);
        if (order >= 0)
            have_y = set_next(y, &at_y, &from_y);
    }
    return count;
}

/* *ret has p NULL when nothing is left. */
static enum err sets_combine(
    struct application *a, enum set_operation operation, struct slice x, struct slice y, struct slice *ret)
{
    struct arena_mark mark;
    struct slice *members;
    struct buf out;
    struct builder b;
    uint64_t new_bytes;
    uint32_t count;
    enum err err = computed_add(a, x.n + y.n);

    if (err)
        return err;
    buf_init(&out, a->arena, ARENA_ALLOC_BYTES_MAX);
    (void)buf_reserve(&out, x.n + y.n);
    builder_init(&b, &out, a->arena);
    mark = arena_mark(a->arena);
    members = arena_alloc(a->arena, ((size_t)set_count(x) + set_count(y)) * sizeof(*members));
    count = sets_merge(operation, x, y, members, &new_bytes);
    if (count != 0)
        builder_set(&b, value_type(x), members, count);
    arena_reset(a->arena, mark);
    *ret = count != 0 ? buf_view(&out) : SLICE_NULL;
    return OK;
}

/* ---- right-hand sides ---- */

/* What an operand came to. Faults wait here, since if_not_exists may throw them away. */
struct result {
    struct slice value; /* p NULL: there is none, because of */
    enum { RESULT_MISSING, RESULT_TYPE, RESULT_FAULT } why;
};

static enum err result_refuse(struct application *a, const struct result *result)
{
    if (result->why == RESULT_TYPE)
        return type_refuse(a);
    if (result->why == RESULT_FAULT)
        return ERR_FAULT; /* filled when it arose */
    return fault_validation(a->fault, "The provided expression refers to an attribute that does not exist in the item");
}

/* x + y, x - y, list_append(x, y) */
static struct result pair_evaluate(
    struct application *a, const struct expr__node *node, const struct result *x, const struct result *y)
{
    bool sum = node->type == EXPR__NODE_SUM;
    enum value_type wanted = sum ? VALUE_N : VALUE_L;
    struct result result = {.why = RESULT_FAULT};
    enum err err;

    if (x->value.p == NULL)
        return *x;
    if (y->value.p == NULL)
        return *y;
    if (value_type(x->value) != wanted || value_type(y->value) != wanted)
        return (struct result){.why = RESULT_TYPE};
    err = sum ? number_sum(a, x->value, y->value, node->operator_ == EXPR__MINUS, &result.value)
              : lists_join(a, x->value, y->value, &result.value);
    if (err)
        result.value = SLICE_NULL;
    return result;
}

static struct result node_evaluate(
    struct application *a, const struct expr__node *node, const struct result *results, const struct expr__node *first)
{
    const struct result *x, *y;
    struct result result = {.why = RESULT_MISSING};

    if (node->type == EXPR__NODE_VALUE) {
        result.value = node->value;
        return result;
    }
    if (node->type == EXPR__NODE_PATH) {
        if (!expr_path_find(&a->update->paths[node->path], a->old, &result.value))
            result.value = SLICE_NULL;
        return result;
    }
    x = &results[expr__operand(a->update->nodes, node, 0) - first];
    y = &results[expr__operand(a->update->nodes, node, 1) - first];
    if (node->type == EXPR__NODE_CALL && node->function == EXPR__IF_NOT_EXISTS)
        return x->value.p != NULL ? *x : *y;
    return pair_evaluate(a, node, x, y);
}

/* The value of a SET: its nodes, operands before operators. */
static enum err value_evaluate(struct application *a, const struct expr__node *action, struct slice *ret)
{
    const struct expr__node *first = &a->update->nodes[action->first];
    size_t count = (size_t)(action - first);
    struct result one, *results = &one;

    ASSERT(count > 0); /* an action's operand stands before it */
    if (count > 1)
        results = arena_alloc(a->arena, count * sizeof(*results));
    for (size_t i = 0; i < count; i++)
        results[i] = node_evaluate(a, &first[i], results, first);
    if (results[count - 1].value.p == NULL)
        return result_refuse(a, &results[count - 1]);
    *ret = results[count - 1].value;
    return OK;
}

/* ---- first pass: what becomes of each target ---- */

/* The value now at the target; p NULL when absent. False when the place itself does not exist. */
static bool target_find(const struct expr_path *path, struct slice old, struct slice *ret)
{
    struct expr_path parent_path = {path->elements, path->count - 1};
    const struct expr_path_element *last = &path->elements[path->count - 1];
    struct slice parent;

    *ret = SLICE_NULL;
    if (path->count == 1) {
        (void)body_find(old, last->name, ret); /* absent is an answer too */
        return true;
    }
    if (!expr_path_find(&parent_path, old, &parent))
        return false;
    if (value_type(parent) != (last->name.p != NULL ? VALUE_M : VALUE_L))
        return false;
    (void)expr__path_step(parent, last, ret);
    return true;
}

static enum err add_decide(struct application *a, struct slice value, struct slice operand, struct outcome *ret)
{
    *ret = (struct outcome){OUTCOME_PUT, operand};
    if (value.p == NULL)
        return OK;
    if (value_type(value) != value_type(operand))
        return type_refuse(a);
    if (value_type(operand) == VALUE_N)
        return number_sum(a, value, operand, false, &ret->value);
    if (value_type(operand) == VALUE_L) /* legacy only */
        return lists_join(a, value, operand, &ret->value);
    return sets_combine(a, SET_UNION, value, operand, &ret->value);
}

static enum err delete_decide(struct application *a, struct slice value, struct slice operand, struct outcome *ret)
{
    enum err err;

    if (value.p == NULL)
        return OK;
    if (value_type(value) != value_type(operand))
        return type_refuse(a);
    err = sets_combine(a, SET_DIFFERENCE, value, operand, &ret->value);
    if (err)
        return err;
    ret->type = ret->value.p != NULL ? OUTCOME_PUT : OUTCOME_DROP;
    return OK;
}

static enum err target_decide(struct application *a, uint32_t i, struct outcome *ret)
{
    const struct expr_update_target *target = &a->update->targets[i];
    struct slice value, put = target->literal;
    enum err err;

    *ret = (struct outcome){.type = OUTCOME_KEEP};
    if (target->action == EXPR_SET && put.p == NULL) {
        err = value_evaluate(a, a->update->actions[i], &put);
        if (err)
            return err;
    }
    if (!target_find(&target->path, a->old, &value)) {
        /* removing from an item that does not exist is no fault, unlike removing below an attribute that does not */
        if (a->old.p == NULL && (target->action == EXPR_REMOVE || target->action == EXPR_DELETE))
            return OK;
        return fault_validation(a->fault, "The document path provided in the update expression is invalid for update");
    }
    switch (target->action) {
    case EXPR_SET:
        *ret = (struct outcome){OUTCOME_PUT, put};
        return OK;
    case EXPR_REMOVE:
        ret->type = OUTCOME_DROP;
        return OK;
    case EXPR_ADD:
        return add_decide(a, value, target->literal, ret);
    case EXPR_DELETE:
        return delete_decide(a, value, target->literal, ret);
    }
    ASSERT(!"an action");
    return OK;
}

/* ---- second pass: the new item ---- */

struct rewrite {
    const struct expr_update *update;
    const struct outcome *outcomes;
    struct builder *builder;
};

static void value_rewrite(const struct rewrite *w, struct slice value, uint32_t from, uint32_t to, uint32_t depth);

/* The outcome when the first path of a run ends at `depth`; else NULL. */
static const struct outcome *run_outcome(const struct rewrite *w, uint32_t from, uint32_t depth)
{
    uint16_t target = w->update->set.order[from];

    return w->update->targets[target].path.count == depth ? &w->outcomes[target] : NULL;
}

/* True when a run of targets leaves something at its place; `value` has p NULL when there is nothing yet. */
static bool run_leaves(const struct rewrite *w, struct slice value, uint32_t from, uint32_t depth)
{
    const struct outcome *outcome = run_outcome(w, from, depth);

    if (outcome == NULL || outcome->type == OUTCOME_KEEP)
        return value.p != NULL;
    return outcome->type == OUTCOME_PUT;
}

static void run_write(const struct rewrite *w, struct slice value, uint32_t from, uint32_t to, uint32_t depth)
{
    const struct outcome *outcome = run_outcome(w, from, depth);

    if (outcome == NULL)
        value_rewrite(w, value, from, to, depth);
    else
        builder_value(w->builder, outcome->type == OUTCOME_PUT ? outcome->value : value);
}

static void body_rewrite(
    const struct rewrite *w, struct slice body, uint32_t from, uint32_t to, uint32_t depth, struct builder_frame *frame)
{
    uint32_t count = body_count(body), i = 0;
    struct slice name, value;

    for (uint32_t end; from < to; from = end) {
        struct slice wanted = expr__path_set_at(&w->update->set, from)->elements[depth].name, found = SLICE_NULL;

        end = expr__path_set_run(&w->update->set, from, to, depth);
        for (; i < count; i++) {
            int order;

            body_at(body, i, &name, &value);
            order = slice_compare(name, wanted);
            if (order == 0)
                found = value;
            if (order >= 0)
                break;
            builder_name(w->builder, frame, name);
            builder_value(w->builder, value);
        }
        i += found.p != NULL;
        if (!run_leaves(w, found, from, depth + 1))
            continue;
        builder_name(w->builder, frame, wanted);
        run_write(w, found, from, end, depth + 1);
    }
    for (; i < count; i++) {
        body_at(body, i, &name, &value);
        builder_name(w->builder, frame, name);
        builder_value(w->builder, value);
    }
}

static void list_rewrite(
    const struct rewrite *w, struct slice list, uint32_t from, uint32_t to, uint32_t depth, struct builder_frame *frame)
{
    uint32_t count = list_count(list), i = 0;

    for (uint32_t end; from < to; from = end) {
        uint32_t wanted = expr__path_set_at(&w->update->set, from)->elements[depth].index;
        struct slice found = SLICE_NULL;

        end = expr__path_set_run(&w->update->set, from, to, depth);
        for (; i < count && i < wanted; i++) {
            builder_element(w->builder, frame);
            builder_value(w->builder, list_at(list, i));
        }
        if (i < count)
            found = list_at(list, i++);
        if (!run_leaves(w, found, from, depth + 1))
            continue;
        builder_element(w->builder, frame);
        run_write(w, found, from, end, depth + 1);
    }
    for (; i < count; i++) {
        builder_element(w->builder, frame);
        builder_value(w->builder, list_at(list, i));
    }
}

/* A value with targets below it. One that cannot have any was left alone by the first pass (there was no item) and
 * stays. */
static void value_rewrite(const struct rewrite *w, struct slice value, uint32_t from, uint32_t to, uint32_t depth)
{
    bool named = expr__path_set_at(&w->update->set, from)->elements[depth].name.p != NULL;
    struct builder_frame frame;

    if (value_type(value) == VALUE_M && named) {
        frame = builder_map_begin(w->builder);
        body_rewrite(w, value_map(value), from, to, depth, &frame);
        builder_map_end(w->builder, frame);
    } else if (value_type(value) == VALUE_L && !named) {
        frame = builder_list_begin(w->builder);
        list_rewrite(w, value, from, to, depth, &frame);
        builder_list_end(w->builder, frame);
    } else {
        builder_value(w->builder, value);
    }
}

/* Room for the base and all that is put into it, so that the item is written without growing. */
static void room_make(const struct application *a, struct slice base, struct buf *out)
{
    size_t bytes = base.n + sizeof(uint32_t);

    for (uint32_t i = 0; i < a->update->count && bytes < EXPR__RESULT_BYTES_MAX; i++) {
        const struct expr_path *path = &a->update->targets[i].path;
        struct slice name = path->elements[path->count - 1].name;

        if (a->outcomes[i].type == OUTCOME_PUT)
            bytes += sizeof(uint16_t) + name.n + a->outcomes[i].value.n + sizeof(uint32_t);
    }
    if (bytes < EXPR__RESULT_BYTES_MAX) /* else it may still fit, since what is put may replace something */
        (void)buf_reserve(out, bytes);
}

static enum err item_write(const struct application *a, struct slice base, struct slice *ret)
{
    struct buf out;
    struct builder builder;
    struct builder_frame frame;
    struct rewrite rewrite = {a->update, a->outcomes, &builder};

    buf_init(&out, a->arena, EXPR__RESULT_BYTES_MAX);
    room_make(a, base, &out);
    builder_init(&builder, &out, a->arena);
    frame = builder_body_begin(&builder);
    body_rewrite(&rewrite, base, 0, a->update->count, 0, &frame);
    builder_body_end(&builder, frame);
    if (out.failed)
        return too_large(a->fault);
    *ret = buf_view(&out);
    return OK;
}

enum err expr_update_apply(const struct expr_update *update, struct slice old, struct slice key, struct arena *arena,
    struct slice *ret_body, struct fault *fault)
{
    struct application a = {.update = update, .old = old, .arena = arena, .fault = fault};
    enum err err;

    a.outcomes = arena_alloc(arena, update->count * sizeof(*a.outcomes));
    for (uint32_t i = 0; i < update->count; i++) {
        err = target_decide(&a, i, &a.outcomes[i]);
        if (err)
            return err;
    }
    return item_write(&a, old.p != NULL ? old : key, ret_body);
}

/* ---- what follows ---- */

struct slice expr_update_touched(const struct expr_update *update, struct slice body, struct arena *arena)
{
    bool any;
    struct slice touched = expr__path_set_project(&update->set, body, arena, &any);

    return any ? touched : SLICE_NULL;
}

uint64_t expr_update_charge(const struct expr_update *update, struct slice old)
{
    uint64_t charge = update->charge;

    if (update->legacy)
        return 0;
    for (uint32_t i = 0; i < update->count; i++) {
        struct slice operand, value;
        uint64_t new_bytes;

        if (update->targets[i].action != EXPR_ADD)
            continue;
        operand = update->targets[i].literal;
        if (value_type(operand) == VALUE_N)
            continue;
        if (target_find(&update->targets[i].path, old, &value) && value.p != NULL &&
            value_type(value) == value_type(operand)) {
            (void)sets_merge(SET_UNION, value, operand, NULL, &new_bytes);
            charge += new_bytes;
        } else {
            charge += value_size(operand);
        }
    }
    return charge;
}
