/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Expressions and the parameters they replaced, with their names and values, against an item: the body of an UpdateItem
 * whose Key is the item ('u'), or of a Query whose ExclusiveStartKey is ('q').
 *
 * What must hold: a condition says the same twice, and its negation the opposite; a projection takes nothing that was
 * not there; the result of an update is a well-formed item and the same in a second run.
 */
#include "fuzz.h"
#include "mutate.h"

#include "api/api_int.h"
#include "wire/wire.h"

#define DEPTH_MAX 512 /* of results: the caller of an update checks the real bound */

static void condition(const struct expr_condition *condition, struct slice item, struct arena *arena)
{
    const struct expr_path *paths;
    bool first;

    if (condition == NULL)
        return;
    first = expr_condition_test(condition, item, arena);
    ASSERT(first == expr_condition_test(condition, item, arena));
    (void)expr_condition_test(condition, SLICE_NULL, arena);
    for (uint32_t i = expr_condition_paths(condition, &paths); i > 0; i--)
        ASSERT(expr_path_text(&paths[i - 1], arena).n >= 2);
}

/* The text compiled, and NOT of it, where that fits. */
static void condition_text(struct api_request *request, struct expr_context *context, enum expr_kind kind,
    struct slice text, struct slice item)
{
    struct expr_condition *one, *other;
    struct slice negated;

    if (text.p == NULL || expr_condition_compile(context, kind, text, &one, &request->fault) != OK)
        return;
    condition(one, item, request->arena);
    negated = arena_printf(request->arena, "NOT (%.*s)", SLICE_ARG(text));
    if (expr_condition_compile(context, kind, negated, &other, &request->fault) == OK)
        ASSERT(expr_condition_test(one, item, request->arena) != expr_condition_test(other, item, request->arena));
}

static void update(struct api_request *request, const struct expr_update *update, struct slice item)
{
    struct slice one, other, key = item;
    enum err err;

    if (update == NULL)
        return;
    err = expr_update_apply(update, item, key, request->arena, &one, &request->fault);
    ASSERT(err == OK || (err == ERR_FAULT && request->fault.message.p != NULL));
    ASSERT(expr_update_apply(update, item, key, request->arena, &other, &request->fault) == err);
    if (err)
        return;
    ASSERT(body_valid(one, DEPTH_MAX) && slice_equal(one, other));
    (void)expr_update_charge(update, item);
    other = expr_update_touched(update, one, request->arena);
    ASSERT(other.p == NULL || body_valid(other, DEPTH_MAX));
}

static void update_item(struct api_request *request, const struct update_item_input *in)
{
    struct expr_legacy legacy = api__legacy(request);
    struct slice item = in->key.present && in->key.fault == VALUE_FAULT_NONE ? in->key.body : SLICE_NULL;
    struct expr_condition *expected = NULL;
    struct expr_update *updates = NULL;
    struct expr_context *context;

    if (in->expected.present && expr_legacy_expected(&legacy, &in->expected, in->conditional_operator, &expected) == OK)
        condition(expected, item, request->arena);
    if (in->attribute_updates.present && expr_legacy_updates(&legacy, &in->attribute_updates, &updates) == OK)
        update(request, updates, item);
    if (api__expr_context(request, &in->expression_attribute_names, &in->expression_attribute_values, &context) != OK)
        return;
    condition_text(request, context, EXPR_CONDITION, in->condition_expression, item);
    if (in->update_expression.p != NULL &&
        expr_update_compile(context, in->update_expression, &updates, &request->fault) == OK)
        update(request, updates, item);
}

static void clauses(const struct expr_key_clause *clauses, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        ASSERT(clauses[i].attribute.p != NULL &&
               (clauses[i].op == EXPR_KEY_NOT_INDEXABLE || value_valid(clauses[i].value, DEPTH_MAX)));
}

static void query(struct api_request *request, const struct query_input *in)
{
    struct expr_legacy legacy = api__legacy(request);
    struct slice item = in->exclusive_start_key.present && in->exclusive_start_key.fault == VALUE_FAULT_NONE
                            ? in->exclusive_start_key.body
                            : SLICE_NULL;
    struct expr_projection *projection;
    const struct expr_key_clause *found;
    struct expr_condition *filter = NULL;
    struct expr_context *context;
    uint32_t count;

    if (in->query_filter.present &&
        expr_legacy_filter(&legacy, &in->query_filter, in->conditional_operator, &filter) == OK)
        condition(filter, item, request->arena);
    if (in->key_conditions.present && in->key_conditions.count > 0 &&
        expr_legacy_key_conditions(&legacy, &in->key_conditions, &found, &count) == OK)
        clauses(found, count);
    if (api__expr_context(request, &in->expression_attribute_names, &in->expression_attribute_values, &context) != OK)
        return;
    condition_text(request, context, EXPR_FILTER, in->filter_expression, item);
    if (in->key_condition_expression.p != NULL &&
        expr_key_condition_compile(context, in->key_condition_expression, &found, &count, &request->fault) == OK)
        clauses(found, count);
    if (in->projection_expression.p != NULL && item.p != NULL &&
        expr_projection_compile(context, in->projection_expression, &projection, &request->fault) == OK) {
        struct slice projected = expr_projection_apply(projection, item, request->arena);

        ASSERT(body_valid(projected, DEPTH_MAX) && body_size(projected) <= body_size(item));
    }
}

void fuzz_one(struct arena *arena, struct slice input)
{
    struct api_request request = {.arena = arena, .fault = {.arena = arena}};
    void *in;

    if (input.n == 0)
        return;
    request.operation = operation_of(input.p[0] == 'q' ? OPERATION_QUERY : OPERATION_UPDATE_ITEM);
    request.wording = api__wording(request.operation);
    if (wire_read(request.operation, slice_of(input.p + 1, input.n - 1), &request.wording, NULL, arena, &in,
            &request.fault) != OK ||
        wire_check(request.operation, in, request.wording, arena, &request.fault) != OK)
        return;
    if (input.p[0] == 'q')
        query(&request, in);
    else
        update_item(&request, in);
}

/* Most of the time in tokens; else as libFuzzer does. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t n_max, unsigned int seed)
{
    struct fuzz_random random = fuzz_random_of(seed);

    if (n < 2 || fuzz_below(&random, 4) == 0)
        return LLVMFuzzerMutate(bytes, n, n_max);
    return 1 + fuzz_mutate_json(&random, bytes + 1, n - 1, n_max - 1);
}
