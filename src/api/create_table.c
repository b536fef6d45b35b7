/* SPDX-License-Identifier: Apache-2.0 */

/*
 * CreateTable (4.1 to 4.3). The request is checked by itself in the order of 4.2; then, under the catalog's turn, the
 * name must be free and the account must have room; the descriptor is stored in state CREATING and becomes ACTIVE in
 * the background.
 */
#include "api/control.h"
#include "api/streams.h"

struct creation {
    struct api_request *request;
    const struct create_table_input *input;
    struct api__schema schema;
    const struct tag *tags;
    uint32_t tags_count;
};

/* Steps 10 and 11: the table first, then its indexes in order. */
static enum err throughput_check(struct api_request *request, const struct create_table_input *input)
{
    const struct global_secondary_index_list *indexes = &input->global_secondary_indexes;
    enum billing_mode billing = api__billing(input->billing_mode);
    enum err err;

    err = api__on_demand_check(request, SLICE_NULL, input->on_demand_throughput, billing, false);
    for (uint32_t i = 0; i < indexes->count && !err; i++)
        err = api__on_demand_check(
            request, indexes->items[i].index_name, indexes->items[i].on_demand_throughput, billing, false);
    if (!err)
        err = api__warm_check(
            request, SLICE_NULL, input->warm_throughput, billing, api__throughput(input->provisioned_throughput));
    for (uint32_t i = 0; i < indexes->count && !err; i++)
        err = api__warm_check(request, indexes->items[i].index_name, indexes->items[i].warm_throughput, billing,
            api__throughput(indexes->items[i].provisioned_throughput));
    return err;
}

static enum err input_check(struct creation *creation)
{
    struct api_request *request = creation->request;
    const struct create_table_input *input = creation->input;
    enum err err;

    err = api__table_name_strict(request, input->table_name);
    if (!err)
        err = api__billing_check(request, input);
    if (!err)
        err = api__schema_create(request, input, &creation->schema);
    if (!err)
        err = throughput_check(request, input);
    if (!err)
        err = api__features_create(request, input);
    if (!err)
        err = api__tags_check(request, &input->tags);
    if (!err)
        err = api__tags_merge(request, NULL, 0, &input->tags, &creation->tags, &creation->tags_count);
    return err;
}

static enum err name_free_check(struct api_request *request, const struct table_desc *present)
{
    if (present == NULL)
        return OK;
    if (present->status == TABLE_CREATING)
        return fault_set(
            &request->fault, API_RESOURCE_IN_USE, IN_USE_ "Table is being created: %.*s", SLICE_ARG(present->name));
    return fault_set(&request->fault, API_RESOURCE_IN_USE, "Table already exists: %.*s", SLICE_ARG(present->name));
}

static enum err count_check(struct api_request *request)
{
    struct catalog_view *view = catalog_acquire(request->api->catalog, request->fiber);
    uint32_t count = catalog_count(view);

    catalog_release(view, request->fiber);
    if (count < TABLES_MAX)
        return OK;
    return fault_set(&request->fault, API_LIMIT_EXCEEDED,
        "Subscriber limit exceeded: There is a limit of %d tables per subscriber", TABLES_MAX);
}

static void stream_fill(const struct creation *creation, struct table_desc *next, struct arena *arena)
{
    const struct stream_specification *asked = creation->input->stream_specification;
    enum stream_view view;

    if (asked != NULL && asked->stream_enabled == TRI_TRUE && api__stream_view_parse(asked->stream_view_type, &view))
        table_stream_open(next, view, creation->request->wall_ms, arena);
}

static void desc_fill(const struct creation *creation, struct table_desc *next, struct arena *arena)
{
    const struct create_table_input *input = creation->input;
    const struct api__schema *schema = &creation->schema;

    next->status = TABLE_CREATING;
    next->due_ms = api__due_ms(creation->request);
    next->created_ms = creation->request->wall_ms;
    next->hash = schema->hash;
    next->range = schema->range;
    next->has_range = schema->has_range;
    next->indexes = schema->indexes;
    next->lsi_count = schema->lsi_count;
    next->gsi_count = schema->gsi_count;
    next->index_id_next = (uint16_t)(schema->lsi_count + schema->gsi_count + 1);
    next->billing = api__billing(input->billing_mode);
    next->billing_ever_on_demand = next->billing == BILLING_PAY_PER_REQUEST;
    next->throughput = api__throughput(input->provisioned_throughput);
    next->on_demand = api__on_demand(input->on_demand_throughput);
    next->warm = api__warm(input->warm_throughput);
    next->deletion_protection = input->deletion_protection_enabled == TRI_TRUE;
    if (slice_is(input->table_class, "STANDARD_INFREQUENT_ACCESS"))
        next->table_class = input->table_class;
    next->tags = creation->tags;
    next->tags_count = creation->tags_count;
    table_definitions_settle(next, arena);
    stream_fill(creation, next, arena);
}

static enum err create(void *context, const struct table_desc *present, struct table_desc *next, struct arena *arena,
    enum catalog_what *ret_what)
{
    struct creation *creation = context;
    enum err err;

    *ret_what = CATALOG_STORE;
    err = name_free_check(creation->request, present);
    if (!err)
        err = count_check(creation->request);
    if (err)
        return err;
    desc_fill(creation, next, arena);
    return api__quota_check(creation->request, next);
}

enum err api_create_table(struct api_request *request, void *input)
{
    struct creation creation = {.request = request, .input = input};
    struct create_table_output *output = request->output;
    const struct table_desc *desc;
    enum err err;

    err = input_check(&creation);
    if (!err)
        err = api__change(request, creation.input->table_name, create, &creation, &desc);
    if (!err)
        err = api__description(request, desc, API__CREATED, &output->table_description);
    return err;
}
