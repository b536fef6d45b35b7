/* SPDX-License-Identifier: Apache-2.0 */

/*
 * PutItem, GetItem, UpdateItem, DeleteItem: the checks that need no table in the order of data-plane.md 3.2 to 3.5, the
 * table, the schema checks, one call into table/, the typed reply. A reply is built only after what it tells is durable
 * (engine_settle), refusals included.
 */
#include "api/api_int.h"

/* ---- what the three writes share ---- */

struct write_plan {
    struct slice table_name, condition_text, update_text;
    const struct expression_attribute_name_map *names;
    const struct expression_attribute_value_map *values;
    struct expr_condition *condition;
    struct expr_update *update;
};

static enum err write_expressions(struct api_request *request, struct write_plan *plan)
{
    struct expr_context *context;
    enum err err;

    if (plan->condition_text.p == NULL && plan->update_text.p == NULL)
        return OK;
    err = api__expr_context(request, plan->names, plan->values, &context);
    if (err == OK && plan->update_text.p != NULL)
        err = expr_update_compile(context, plan->update_text, &plan->update, &request->fault);
    if (err == OK && plan->condition_text.p != NULL)
        err = expr_condition_compile(context, EXPR_CONDITION, plan->condition_text, &plan->condition, &request->fault);
    if (err == OK)
        err = expr_context_finish(context, &request->fault);
    return err;
}

static enum err write_placeholders(struct api_request *request, const struct write_plan *plan, const char *which)
{
    bool any = plan->condition_text.p != NULL || plan->update_text.p != NULL;

    return api__placeholders_check(request, plan->names->present, any, plan->values->present, any, which);
}

enum err api__condition_paths_check(
    struct api_request *request, const struct table_desc *table, const struct expr_condition *condition)
{
    const struct expr_path *paths;
    uint32_t count;

    if (condition == NULL)
        return OK;
    count = expr_condition_paths(condition, &paths);
    return api__key_paths_check(request, table, paths, count);
}

static bool wants_old_on_failure(struct slice mode)
{
    return slice_is(mode, "ALL_OLD");
}

enum err api__write_settled(struct api_request *request, struct table_context *context, struct table_write *write)
{
    engine_ticket ticket = 0;
    enum err err = table_write(context, write, &ticket), settled;

    if (err != OK && err != ERR_FAULT)
        return err;
    settled = engine_settle(request->api->engine, request->fiber, ticket);
    return settled != OK ? settled : err;
}

/* Expected and its ConditionalOperator; mixing with a ConditionExpression was refused before. */
static enum err write_expected(struct api_request *request, const struct expected_attribute_map *expected,
    struct slice conditional_operator, struct write_plan *plan)
{
    struct expr_legacy legacy = api__legacy(request);

    return expr_legacy_expected(&legacy, expected, conditional_operator, &plan->condition);
}

/* ReturnValues of PutItem and DeleteItem. */
static enum err old_or_none_check(struct api_request *request, struct slice mode)
{
    if (mode.p == NULL || slice_is(mode, "ALL_OLD") || slice_is(mode, "NONE"))
        return OK;
    return api__shape_fault(request, "ReturnValues can only be ALL_OLD or NONE");
}

/*
 * The values of the item or key, then ReturnValues; the other way about in the older words, which stand here for a
 * value that nests very deep (verified-behaviour.md 1.4).
 */
static enum err map_and_mode_check(struct api_request *request, const struct attribute_map *map, struct slice mode)
{
    enum err err = OK;

    if (request->wording == WORDING_CLASSIC)
        err = old_or_none_check(request, mode);
    if (err == OK)
        err = api__map_check(request, map);
    return err != OK ? err : old_or_none_check(request, mode);
}

/* ---- PutItem ---- */

/* *ret_size is the item's size. */
static enum err put_check(
    struct api_request *request, const struct put_item_input *in, struct write_plan *plan, uint32_t *ret_size)
{
    const struct api__parameter legacy[] = {{"Expected", in->expected.present}};
    const struct api__parameter expressions[] = {{"ConditionExpression", in->condition_expression.p != NULL}};
    enum err err = api__mix_check(request, legacy, 1, expressions, 1);

    if (err == OK)
        err = write_placeholders(request, plan, "ConditionExpression is null");
    if (err == OK)
        err = map_and_mode_check(request, &in->item, in->return_values);
    if (err)
        return err;
    *ret_size = body_size(in->item.body);
    if (*ret_size > ITEM_BYTES_MAX) /* never enveloped */
        return fault_validation(&request->fault, "Item size has exceeded the maximum allowed size");
    err = write_expected(request, &in->expected, in->conditional_operator, plan);
    return err != OK ? err : write_expressions(request, plan);
}

enum err api_put_item(struct api_request *request, void *input)
{
    const struct put_item_input *in = input;
    struct put_item_output *out = request->output;
    struct write_plan plan = {.condition_text = in->condition_expression,
        .names = &in->expression_attribute_names,
        .values = &in->expression_attribute_values};
    struct table_write write = {.kind = TABLE_PUT,
        .item = in->item.body,
        .return_item_on_failure = wants_old_on_failure(in->return_values_on_condition_check_failure)};
    const struct table_desc *table;
    struct table_context context;
    enum err err = put_check(request, in, &plan, &write.item_size);

    if (err == OK)
        err = api_table_find(request, in->table_name, &table);
    if (err == OK)
        err = table_item_check(table, in->item.body, TABLE_PUT_TEXTS, request->arena, &write.key, &request->fault);
    if (err == OK)
        err = api__condition_paths_check(request, table, plan.condition);
    if (err)
        return err;
    write.condition = plan.condition;
    context = api__table_context(request, table);
    err = api__write_settled(request, &context, &write);
    if (err)
        return err;
    if (slice_is(in->return_values, "ALL_OLD") && write.old_body.p != NULL)
        out->attributes = api__map_of(write.old_body);
    out->consumed_capacity = api__consumed_capacity(request, in->return_consumed_capacity, table, &write.capacity);
    return api__collection_metrics(
        request, in->return_item_collection_metrics, table, write.key, in->item.body, &out->item_collection_metrics);
}

/* ---- DeleteItem ---- */

static enum err delete_check(struct api_request *request, const struct delete_item_input *in, struct write_plan *plan)
{
    const struct api__parameter legacy[] = {{"Expected", in->expected.present}};
    const struct api__parameter expressions[] = {{"ConditionExpression", in->condition_expression.p != NULL}};
    enum err err = api__mix_check(request, legacy, 1, expressions, 1);

    if (err == OK)
        err = write_placeholders(request, plan, "ConditionExpression is null");
    if (err == OK)
        err = map_and_mode_check(request, &in->key, in->return_values);
    if (err)
        return err;
    err = write_expected(request, &in->expected, in->conditional_operator, plan);
    return err != OK ? err : write_expressions(request, plan);
}

enum err api_delete_item(struct api_request *request, void *input)
{
    const struct delete_item_input *in = input;
    struct delete_item_output *out = request->output;
    struct write_plan plan = {.condition_text = in->condition_expression,
        .names = &in->expression_attribute_names,
        .values = &in->expression_attribute_values};
    struct table_write write = {.kind = TABLE_DELETE,
        .return_item_on_failure = wants_old_on_failure(in->return_values_on_condition_check_failure)};
    const struct table_desc *table;
    struct table_context context;
    enum err err = delete_check(request, in, &plan);

    if (err == OK)
        err = api_table_find(request, in->table_name, &table);
    if (err == OK)
        err = table_key_check(table, in->key.body, request->arena, &write.key, &request->fault);
    if (err == OK)
        err = api__condition_paths_check(request, table, plan.condition);
    if (err)
        return err;
    write.condition = plan.condition;
    context = api__table_context(request, table);
    err = api__write_settled(request, &context, &write);
    if (err)
        return err;
    if (slice_is(in->return_values, "ALL_OLD") && write.old_body.p != NULL)
        out->attributes = api__map_of(write.old_body);
    out->consumed_capacity = api__consumed_capacity(request, in->return_consumed_capacity, table, &write.capacity);
    return api__collection_metrics(
        request, in->return_item_collection_metrics, table, write.key, in->key.body, &out->item_collection_metrics);
}

/* ---- UpdateItem ---- */

static enum err update_check(struct api_request *request, const struct update_item_input *in, struct write_plan *plan)
{
    const struct api__parameter legacy[] = {
        {"AttributeUpdates", in->attribute_updates.present}, {"Expected", in->expected.present}};
    const struct api__parameter expressions[] = {{"UpdateExpression", in->update_expression.p != NULL},
        {"ConditionExpression", in->condition_expression.p != NULL}};
    struct expr_legacy legacy_input = api__legacy(request);
    enum err err = api__mix_check(request, legacy, 2, expressions, 2);

    if (err == OK)
        err = write_placeholders(request, plan, "UpdateExpression and ConditionExpression are null");
    if (err == OK)
        err = api__map_check(request, &in->key);
    if (err == OK)
        err = expr_legacy_updates(&legacy_input, &in->attribute_updates, &plan->update);
    if (err == OK)
        err = write_expected(request, &in->expected, in->conditional_operator, plan);
    return err != OK ? err : write_expressions(request, plan);
}

static bool is_table_key(const struct table_desc *table, struct slice name)
{
    return slice_equal(table->hash.name, name) || (table->has_range && slice_equal(table->range.name, name));
}

enum err api__update_targets_check(
    struct api_request *request, const struct table_desc *table, const struct expr_update *update)
{
    const struct expr_update_target *targets;
    const struct expr_path *paths;
    uint32_t count;
    enum err err;

    if (update == NULL)
        return OK;
    count = expr_update_targets(update, &targets);
    for (uint32_t i = 0; i < count; i++) {
        if (is_table_key(table, targets[i].path.elements[0].name))
            return fault_validation(&request->fault,
                "One or more parameter values were invalid: Cannot update attribute %.*s. This attribute is part of "
                "the key",
                SLICE_ARG(targets[i].path.elements[0].name));
    }
    for (uint32_t i = 0; i < count; i++) {
        if (targets[i].path.count != 1 || targets[i].literal.p == NULL || targets[i].action == EXPR_DELETE)
            continue;
        err = table_index_literal_check(table, targets[i].path.elements[0].name, targets[i].literal, &request->fault);
        if (err)
            return err;
    }
    count = expr_update_paths(update, &paths);
    return api__key_paths_check(request, table, paths, count);
}

/* ReturnValues (data-plane.md 3.5). */
static struct attribute_map updated_attributes(
    struct api_request *request, struct slice mode, const struct expr_update *update, const struct table_write *write)
{
    struct slice body = SLICE_NULL;

    if (slice_is(mode, "ALL_OLD"))
        body = write->old_body;
    else if (slice_is(mode, "ALL_NEW"))
        body = write->new_body;
    else if (slice_is(mode, "UPDATED_OLD") && update != NULL && write->old_body.p != NULL)
        body = expr_update_touched(update, write->old_body, request->arena);
    else if (slice_is(mode, "UPDATED_NEW") && update != NULL && write->new_body.p != NULL)
        body = expr_update_touched(update, write->new_body, request->arena);
    return body.p == NULL ? (struct attribute_map){0} : api__map_of(body);
}

enum err api_update_item(struct api_request *request, void *input)
{
    const struct update_item_input *in = input;
    struct update_item_output *out = request->output;
    struct write_plan plan = {.condition_text = in->condition_expression,
        .update_text = in->update_expression,
        .names = &in->expression_attribute_names,
        .values = &in->expression_attribute_values};
    struct table_write write = {.kind = TABLE_UPDATE,
        .by_update_item = true,
        .key_body = in->key.body,
        .return_item_on_failure = wants_old_on_failure(in->return_values_on_condition_check_failure)};
    const struct table_desc *table;
    struct table_context context;
    enum err err = update_check(request, in, &plan);

    if (err == OK)
        err = api_table_find(request, in->table_name, &table);
    if (err == OK)
        err = table_key_check(table, in->key.body, request->arena, &write.key, &request->fault);
    if (err == OK)
        err = api__update_targets_check(request, table, plan.update);
    if (err == OK)
        err = api__condition_paths_check(request, table, plan.condition);
    if (err)
        return err;
    write.condition = plan.condition;
    write.update = plan.update;
    context = api__table_context(request, table);
    err = api__write_settled(request, &context, &write);
    if (err)
        return err;
    out->attributes = updated_attributes(request, in->return_values, plan.update, &write);
    out->consumed_capacity = api__consumed_capacity(request, in->return_consumed_capacity, table, &write.capacity);
    return api__collection_metrics(
        request, in->return_item_collection_metrics, table, write.key, in->key.body, &out->item_collection_metrics);
}

/* ---- GetItem ---- */

static enum err get_check(struct api_request *request, const struct get_item_input *in, struct expr_projection **ret)
{
    const struct api__parameter legacy[] = {{"AttributesToGet", in->attributes_to_get.present}};
    const struct api__parameter expressions[] = {{"ProjectionExpression", in->projection_expression.p != NULL}};
    struct expr_context *context;
    enum err err = api__mix_check(request, legacy, 1, expressions, 1);

    *ret = NULL;
    if (err == OK)
        err = api__placeholders_check(
            request, in->expression_attribute_names.present, in->projection_expression.p != NULL, false, false, "");
    if (err == OK)
        err = api__map_check(request, &in->key);
    if (err == OK && in->attributes_to_get.present) {
        err = api__attributes_to_get_check(request, &in->attributes_to_get);
        *ret = expr_projection_of_names(request->arena, in->attributes_to_get.items, in->attributes_to_get.count);
    }
    if (err != OK || in->projection_expression.p == NULL)
        return err;
    err = api__expr_context(request, &in->expression_attribute_names, NULL, &context);
    if (err == OK)
        err = expr_projection_compile(context, in->projection_expression, ret, &request->fault);
    if (err == OK)
        err = expr_context_finish(context, &request->fault);
    return err;
}

enum err api__projection_paths_check(
    struct api_request *request, const struct table_desc *table, const struct expr_projection *projection)
{
    const struct expr_path *paths;
    uint32_t count;

    if (projection == NULL)
        return OK;
    count = expr_projection_paths(projection, &paths);
    return api__key_paths_check(request, table, paths, count);
}

enum err api_get_item(struct api_request *request, void *input)
{
    const struct get_item_input *in = input;
    struct get_item_output *out = request->output;
    struct expr_projection *projection;
    const struct table_desc *table;
    struct table_context context;
    struct consumption capacity = {0};
    bool consistent = in->consistent_read == TRI_TRUE;
    struct slice key, body;
    uint32_t size = 0;
    enum err err = get_check(request, in, &projection);

    if (err == OK)
        err = api_table_find(request, in->table_name, &table);
    if (err == OK)
        err = table_key_check(table, in->key.body, request->arena, &key, &request->fault);
    if (err == OK)
        err = api__projection_paths_check(request, table, projection);
    if (err)
        return err;
    context = api__table_context(request, table);
    err = table_item_get(&context, key, consistent, &body, &size);
    if (err)
        return err;
    capacity.table_halves = capacity_read_halves(size, consistent);
    if (body.p != NULL)
        out->item = api__map_of(projection == NULL ? body : expr_projection_apply(projection, body, request->arena));
    out->consumed_capacity = api__consumed_capacity(request, in->return_consumed_capacity, table, &capacity);
    return OK;
}
