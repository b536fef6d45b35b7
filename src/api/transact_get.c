/* SPDX-License-Identifier: Apache-2.0 */

/*
 * TransactGetItems (data-plane.md 3.11): items of several tables as they were at one moment. The engine reads several
 * keys from one state of what is published, and a transaction is published whole, so no read here ever meets half of
 * one, or has to wait for it.
 *
 * The rounds of checks are those of TransactWriteItems (transact_write.c), as far as a read has them.
 */
#include "api/transact.h"

struct gets {
    uint32_t count;
    struct expr_projection **projections; /* NULL: the whole item */
    const struct table_desc **tables;
    struct slice *keys, *bodies;
    uint32_t *sizes;
};

static struct gets gets_make(struct arena *arena, uint32_t count)
{
    return (struct gets){.count = count,
        .projections = arena_zalloc(arena, count * sizeof(struct expr_projection *)),
        .tables = arena_alloc(arena, count * sizeof(const struct table_desc *)),
        .keys = arena_alloc(arena, count * sizeof(struct slice)),
        .bodies = arena_alloc(arena, count * sizeof(struct slice)),
        .sizes = arena_zalloc(arena, count * sizeof(uint32_t))};
}

/* ---- each action by itself ---- */

static enum err get_check(struct api_request *request, const struct get *in, struct expr_projection **ret)
{
    bool any = in->projection_expression.p != NULL;
    struct expr_context *context = NULL;
    enum err err = api__placeholders_check(request, in->expression_attribute_names.present, any, false, false, "");

    if (err == OK && any)
        err = api__expr_context(request, &in->expression_attribute_names, NULL, &context);
    if (err == OK && any)
        err = expr_projection_compile(context, in->projection_expression, ret, &request->fault);
    if (err == OK)
        err = api__map_check(request, &in->key);
    if (err == OK && any)
        err = expr_context_finish(context, &request->fault);
    return err;
}

/* ---- the request as a whole ---- */

static enum err schema_check(struct api_request *request, const struct table_desc *table, struct slice key_body,
    const struct expr_projection *projection, struct slice *ret_key)
{
    enum err err = table_key_check(table, key_body, request->arena, ret_key, &request->fault);

    return err ? err : api__projection_paths_check(request, table, projection);
}

static enum err gets_resolve(struct api_request *request, const struct transact_get_item_list *items, struct gets *gets)
{
    enum err err = OK;

    for (uint32_t i = 0; i < gets->count && err == OK; i++)
        err = get_check(request, items->items[i].get, &gets->projections[i]);
    for (uint32_t i = 0; i < gets->count && err == OK; i++) {
        gets->bodies[i] = items->items[i].get->key.body;
        err = api_table_find(request, items->items[i].get->table_name, &gets->tables[i]);
    }
    if (err == OK)
        err = api__transact_distinct_check(request, gets->tables, gets->bodies, gets->count);
    for (uint32_t i = 0; i < gets->count && err == OK; i++)
        err = table_key_empty_check(gets->tables[i], gets->bodies[i], &request->fault);
    if (err)
        return err;
    for (uint32_t i = 0; i < gets->count; i++) {
        err = schema_check(request, gets->tables[i], gets->bodies[i], gets->projections[i], &gets->keys[i]);
        if (err)
            return err == ERR_FAULT ? api__cancel_one(request, i, gets->count) : err;
    }
    return OK;
}

/* ---- the reply ---- */

static struct item_response_list responses_of(struct api_request *request, const struct gets *gets)
{
    struct item_response_list list = {.present = true, .count = gets->count};

    list.items = arena_zalloc(request->arena, gets->count * sizeof(*list.items));
    for (uint32_t i = 0; i < gets->count; i++) {
        list.items[i].item = api__transact_item(request, gets->bodies[i], gets->projections[i]);
        fiber_breathe(request->fiber, gets->bodies[i].n);
    }
    return list;
}

enum err api_transact_get_items(struct api_request *request, void *input)
{
    const struct transact_get_items_input *in = input;
    struct transact_get_items_output *out = request->output;
    struct gets gets = gets_make(request->arena, in->transact_items.count);
    enum err err = gets_resolve(request, &in->transact_items, &gets);

    if (err)
        return err;
    const struct api__transact_read read = {gets.count, gets.tables, gets.keys, gets.bodies, gets.sizes};

    err = api__transact_read(request, &read);
    if (err)
        return err;
    out->responses = responses_of(request, &gets);
    out->consumed_capacity =
        api__transact_read_capacity(request, in->return_consumed_capacity, gets.tables, gets.sizes, gets.count);
    return OK;
}
