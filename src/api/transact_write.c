/* SPDX-License-Identifier: Apache-2.0 */

/*
 * TransactWriteItems (data-plane.md 3.10, verified-behaviour.md 3 and 14). Checks come in rounds over all actions, and
 * the first fault of a round ends the request:
 *
 *     1  each action by itself: its kind, expressions, values, item size        told as it is
 *     2  tables exist
 *     3  no item twice                                                          told as it is
 *     4  empty key values                                                       told as it is
 *     5  size of the whole                                                      told as it is
 *     6  keys and index keys against the schema                                 cancels: one reason
 *     7  the decision: conditions, updates, sizes (table/transact.h)            cancels: a reason for each that fails
 *
 * The texts are those of the older layer, as us-east-1 speaks them.
 */
#include "api/transact.h"
#include "codec/key.h"

/* ---- round 1: each action by itself ---- */

/* The action as sent, whichever it is. */
struct action {
    enum table_write_kind kind;
    const struct attribute_map *map; /* TABLE_PUT: the item; else the key */
    struct slice table_name, update_text, condition_text, on_failure;
    const struct expression_attribute_name_map *names;
    const struct expression_attribute_value_map *values;
    struct expr_update *update;
    struct expr_condition *condition;
};

#define ACTION_OF(kind_, in_, map_, update_)                                                                           \
    (struct action)                                                                                                    \
    {                                                                                                                  \
        .kind = (kind_), .map = &(in_)->map_, .table_name = (in_)->table_name, .update_text = (update_),               \
        .condition_text = (in_)->condition_expression, .on_failure = (in_)->return_values_on_condition_check_failure,  \
        .names = &(in_)->expression_attribute_names, .values = &(in_)->expression_attribute_values                     \
    }

static enum err action_of(struct api_request *request, const struct transact_write_item *in, struct action *ret)
{
    int count = (in->put != NULL) + (in->update != NULL) + (in->delete != NULL) + (in->condition_check != NULL);

    if (count == 0)
        return fault_validation(
            &request->fault, "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
    if (count > 1)
        return fault_validation(&request->fault, "TransactItems can only contain one of Check, Put, Update or Delete");
    if (in->put != NULL)
        *ret = ACTION_OF(TABLE_PUT, in->put, item, SLICE_NULL);
    else if (in->update != NULL)
        *ret = ACTION_OF(TABLE_UPDATE, in->update, key, in->update->update_expression);
    else if (in->delete != NULL)
        *ret = ACTION_OF(TABLE_DELETE, in->delete, key, SLICE_NULL);
    else
        *ret = ACTION_OF(TABLE_CHECK, in->condition_check, key, SLICE_NULL);
    return OK;
}

static enum err expressions_compile(struct api_request *request, struct action *action, struct expr_context **ret)
{
    enum err err = api__expr_context(request, action->names, action->values, ret);

    if (err == OK && action->update_text.p != NULL)
        err = expr_update_compile(*ret, action->update_text, &action->update, &request->fault);
    if (err == OK && action->condition_text.p != NULL)
        err = expr_condition_compile(*ret, EXPR_CONDITION, action->condition_text, &action->condition, &request->fault);
    return err;
}

/* The values of key or item, and the size of an item. */
static enum err action_map_check(struct api_request *request, const struct action *action)
{
    enum err err = api__map_check(request, action->map);

    if (err == OK && action->kind == TABLE_PUT && body_size(action->map->body) > ITEM_BYTES_MAX)
        err = fault_validation(&request->fault, "Item size has exceeded the maximum allowed size");
    return err;
}

/*
 * The texts of expressions come before the values of key and item; placeholders that are not defined or not used, and
 * what stands for them, after (data-plane.md 3.10).
 */
static enum err action_check(struct api_request *request, struct action *action)
{
    bool any = action->condition_text.p != NULL || action->update_text.p != NULL;
    struct expr_context *context = NULL;
    enum err err = api__placeholders_check(
        request, action->names->present, any, action->values->present, any, "ConditionExpression is null");

    if (err == OK && any)
        err = expressions_compile(request, action, &context);
    if (err == OK || (err == ERR_FAULT && context != NULL && expr_context_fault_is_late(context))) {
        enum err map_err = action_map_check(request, action);

        err = map_err != OK ? map_err : err;
    }
    if (err != OK || context == NULL)
        return err;
    return expr_context_finish(context, &request->fault);
}

/* ---- rounds 2 to 5: the request as a whole ---- */

/* Empty key values of an item, of a key, and of literals that an update makes index keys of. */
static enum err empty_check(struct api_request *request, const struct table_desc *table, const struct action *action)
{
    const struct expr_update_target *targets;
    uint32_t count = action->update == NULL ? 0 : expr_update_targets(action->update, &targets);
    enum err err = action->kind == TABLE_PUT ? table_item_empty_check(table, action->map->body, &request->fault)
                                             : table_key_empty_check(table, action->map->body, &request->fault);

    for (uint32_t i = 0; i < count && err == OK; i++) {
        if (targets[i].path.count == 1 && targets[i].literal.p != NULL && targets[i].action != EXPR_DELETE)
            err = table_index_literal_empty_check(
                table, targets[i].path.elements[0].name, targets[i].literal, &request->fault);
    }
    return err;
}

static uint64_t payload_bytes(const struct action *action)
{
    uint64_t bytes = body_size(action->map->body);

    for (uint32_t i = 0; i < action->values->count; i++)
        bytes += value_size(action->values->values[i].bytes);
    return bytes;
}

static enum err whole_check(
    struct api_request *request, const struct action *actions, const struct table_action *resolved, uint32_t count)
{
    struct slice *bodies = arena_alloc(request->arena, count * sizeof(*bodies));
    const struct table_desc **tables = arena_alloc(request->arena, count * sizeof(const struct table_desc *));
    uint64_t bytes = 0;
    enum err err;

    for (uint32_t i = 0; i < count; i++) {
        bodies[i] = actions[i].map->body;
        tables[i] = resolved[i].table;
        bytes += payload_bytes(&actions[i]);
    }
    err = api__transact_distinct_check(request, tables, bodies, count);
    for (uint32_t i = 0; i < count && err == OK; i++)
        err = empty_check(request, tables[i], &actions[i]);
    return err ? err : api__transact_payload_check(request, bytes);
}

/* ---- round 6: the schema ---- */

static enum err schema_check(
    struct api_request *request, const struct table_desc *table, const struct action *action, struct slice *ret_key)
{
    enum err err;

    if (action->kind == TABLE_PUT)
        err = table_item_check(table, action->map->body, TABLE_PUT_TEXTS, request->arena, ret_key, &request->fault);
    else
        err = table_key_check(table, action->map->body, request->arena, ret_key, &request->fault);
    if (err == OK)
        err = api__update_targets_check(request, table, action->update);
    if (err == OK)
        err = api__condition_paths_check(request, table, action->condition);
    return err;
}

static struct table_write write_of(const struct action *action, struct slice key)
{
    bool put = action->kind == TABLE_PUT;

    return (struct table_write){.kind = action->kind,
        .key = key,
        .key_body = put ? SLICE_NULL : action->map->body,
        .item = put ? action->map->body : SLICE_NULL,
        .item_size = put ? body_size(action->map->body) : 0,
        .update = action->update,
        .condition = action->condition,
        .return_item_on_failure = slice_is(action->on_failure, "ALL_OLD")};
}

static enum err schema_round(
    struct api_request *request, const struct action *actions, struct table_action *resolved, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct slice key;
        enum err err = schema_check(request, resolved[i].table, &actions[i], &key);

        if (err == ERR_FAULT)
            return api__cancel_one(request, i, count);
        if (err)
            return err;
        resolved[i].write = write_of(&actions[i], key);
        resolved[i].fault.arena = request->arena;
    }
    return OK;
}

/* ---- all rounds before the decision ---- */

static enum err resolve(
    struct api_request *request, const struct transact_write_item_list *items, struct table_action *resolved)
{
    struct action *actions = arena_alloc(request->arena, items->count * sizeof(*actions));
    enum err err = OK;

    for (uint32_t i = 0; i < items->count && err == OK; i++) {
        err = action_of(request, &items->items[i], &actions[i]);
        if (err == OK)
            err = action_check(request, &actions[i]);
        fiber_breathe(request->fiber, sizeof(*actions));
    }
    for (uint32_t i = 0; i < items->count && err == OK; i++)
        err = api_table_find(request, actions[i].table_name, &resolved[i].table);
    if (err == OK)
        err = whole_check(request, actions, resolved, items->count);
    return err ? err : schema_round(request, actions, resolved, items->count);
}

/* ---- ItemCollectionMetrics ---- */

/* True when an action before this one writes the same collection. */
static bool collection_seen(const struct table_action *actions, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++) {
        if (actions[k].write.kind != TABLE_CHECK && actions[k].table == actions[i].table &&
            slice_equal(key_partition_of(actions[k].write.key), key_partition_of(actions[i].write.key)))
            return true;
    }
    return false;
}

static void metrics_add(struct api_request *request, struct item_collection_metrics_per_table *map, struct slice table,
    const struct item_collection_metrics *metrics, uint32_t count_max)
{
    uint32_t i = 0;

    if (!map->present) {
        map->present = true;
        map->keys = arena_alloc(request->arena, count_max * sizeof(*map->keys));
        map->values = arena_zalloc(request->arena, count_max * sizeof(*map->values));
    }
    while (i < map->count && !slice_equal(map->keys[i], table))
        i++;
    if (i == map->count) {
        map->keys[map->count++] = table;
        map->values[i].present = true;
        map->values[i].items = arena_alloc(request->arena, count_max * sizeof(*map->values[i].items));
    }
    map->values[i].items[map->values[i].count++] = *metrics;
}

/* One for each collection written, by table. */
static enum err metrics_reply(struct api_request *request, struct slice mode, const struct table_transaction *t,
    struct item_collection_metrics_per_table *ret)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const struct table_action *action = &t->actions[i];
        const struct table_write *write = &action->write;
        struct item_collection_metrics *metrics;
        enum err err;

        if (write->kind == TABLE_CHECK || collection_seen(t->actions, i))
            continue;
        err = api__collection_metrics(request, mode, action->table, write->key,
            write->kind == TABLE_PUT ? write->item : write->key_body, &metrics);
        if (err)
            return err;
        if (metrics != NULL)
            metrics_add(request, ret, action->table->name, metrics, t->count);
    }
    return OK;
}

enum err api_transact_write_items(struct api_request *request, void *input)
{
    const struct transact_write_items_input *in = input;
    struct transact_write_items_output *out = request->output;
    uint32_t count = in->transact_items.count;
    struct table_action *actions = arena_zalloc(request->arena, count * sizeof(*actions));
    struct table_transaction t = {.engine = request->api->engine,
        .fiber = request->fiber,
        .arena = request->arena,
        .actions = actions,
        .count = count,
        .fault = &request->fault,
        .now_ms = request->wall_ms,
        .throttle = api__throttle(request)};
    struct table_token token;
    enum err err = resolve(request, &in->transact_items, actions);

    if (err)
        return err;
    if (in->client_request_token.p != NULL) {
        token = api__transact_token(request, TOKEN_TRANSACT_WRITE_ITEMS, in->client_request_token, "TransactItems", in);
        t.token = &token;
    }
    err = api__transact_settled(request, &t);
    if (err)
        return err;
    out->consumed_capacity = api__transact_write_capacity(request, in->return_consumed_capacity, &t);
    return metrics_reply(request, in->return_item_collection_metrics, &t, &out->item_collection_metrics);
}
