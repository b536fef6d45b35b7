/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What the item handlers share (api_int.h): wording, mixing rules, placeholders, capacity and collection metrics. Runs
 * on the request's fiber; everything made lives in its arena.
 */
#include "api/admission.h"
#include "api/api_int.h"

#define ENVELOPE "1 validation error detected: "

enum wording api__wording(const struct operation *operation)
{
    switch ((int)operation->id) {
    case OPERATION_PUT_ITEM:
    case OPERATION_UPDATE_ITEM:
    case OPERATION_DELETE_ITEM:
        return WORDING_ENVELOPED;
    case OPERATION_GET_ITEM:
    case OPERATION_BATCH_GET_ITEM:
    case OPERATION_QUERY:
        return WORDING_CURRENT;
    case OPERATION_EXECUTE_STATEMENT:
    case OPERATION_BATCH_EXECUTE_STATEMENT:
    case OPERATION_EXECUTE_TRANSACTION:
        return WORDING_STATEMENT;
    default:
        return WORDING_CLASSIC;
    }
}

static const char *envelope(const struct api_request *request)
{
    return request->wording == WORDING_ENVELOPED ? ENVELOPE : "";
}

enum err api__shape_fault(struct api_request *request, const char *message)
{
    return fault_validation(&request->fault, "%s%s", envelope(request), message);
}

enum err api__value_fault(struct api_request *request, struct slice message)
{
    return fault_validation(&request->fault, "%s%.*s", envelope(request), SLICE_ARG(message));
}

enum err api__map_check(struct api_request *request, const struct attribute_map *map)
{
    if (map->fault != VALUE_FAULT_NONE)
        return api__value_fault(request, map->message);
    return OK;
}

/* ---- mixing ---- */

static struct slice parameters_print(struct arena *arena, const struct api__parameter *parameters, uint32_t count)
{
    struct buf out;

    buf_init(&out, arena, 4096);
    for (uint32_t i = 0; i < count; i++) {
        if (!parameters[i].present)
            continue;
        if (out.n != 0)
            BUF_LIT(&out, ", ");
        buf_slice(&out, slice_from_cstr(parameters[i].name));
    }
    return buf_view(&out);
}

enum err api__mix_check(struct api_request *request, const struct api__parameter *legacy, uint32_t legacy_count,
    const struct api__parameter *expressions, uint32_t expressions_count)
{
    struct slice old, new;

    old = parameters_print(request->arena, legacy, legacy_count);
    if (old.n == 0)
        return OK;
    new = parameters_print(request->arena, expressions, expressions_count);
    if (new.n != 0)
        return fault_validation(&request->fault,
            "%sCan not use both expression and non-expression parameters in the same request: Non-expression "
            "parameters: "
            "{%.*s} Expression parameters: {%.*s}",
            envelope(request), SLICE_ARG(old), SLICE_ARG(new));
    return OK;
}

enum err api__placeholders_check(struct api_request *request, bool names, bool any_expression, bool values,
    bool any_value_expression, const char *which)
{
    if (names && !any_expression)
        return api__shape_fault(request, "ExpressionAttributeNames can only be specified when using expressions");
    if (values && !any_value_expression) {
        if (request->wording == WORDING_ENVELOPED) /* shorter there (verified-behaviour.md 1.6) */
            return api__shape_fault(request, "ExpressionAttributeValues can only be specified when using expressions");
        return fault_validation(
            &request->fault, "ExpressionAttributeValues can only be specified when using expressions: %s", which);
    }
    return OK;
}

enum err api__attributes_to_get_check(struct api_request *request, const struct attribute_name_list *names)
{
    for (uint32_t i = 1; i < names->count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (slice_equal(names->items[i], names->items[k]))
                return fault_validation(&request->fault,
                    "One or more parameter values were invalid: Duplicate value in attribute name: %.*s",
                    SLICE_ARG(names->items[i]));
        }
    }
    return OK;
}

/* ---- expressions ---- */

static size_t substitution_bytes(const struct expr_input *input)
{
    size_t bytes = 0;

    for (uint32_t i = 0; i < input->names_count; i++)
        bytes += input->names[i].name.n + input->names[i].attribute.n;
    for (uint32_t i = 0; i < input->values_count; i++)
        bytes += input->values[i].name.n + input->values[i].value.n;
    return bytes;
}

enum err api__expr_context(struct api_request *request, const struct expression_attribute_name_map *names,
    const struct expression_attribute_value_map *values, struct expr_context **ret)
{
    struct expr_input input = {.arena = request->arena, .wording = request->wording};
    struct expr_name *input_names;
    struct expr_value *input_values;

    if (names != NULL && names->present) {
        input_names = arena_alloc(request->arena, names->count * sizeof(*input_names));
        for (uint32_t i = 0; i < names->count; i++)
            input_names[i] = (struct expr_name){.name = names->keys[i], .attribute = names->values[i]};
        input.names_present = true;
        input.names = input_names;
        input.names_count = names->count;
    }
    if (values != NULL && values->present) {
        input_values = arena_alloc(request->arena, values->count * sizeof(*input_values));
        for (uint32_t i = 0; i < values->count; i++) {
            const struct attribute_value *v = &values->values[i];

            input_values[i] = (struct expr_value){.name = values->keys[i], .value = v->bytes};
            if (v->fault != VALUE_FAULT_NONE)
                input_values[i].fault = v->message;
            else if (!v->present)
                input_values[i].fault =
                    SLICE_LIT("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
        input.values_present = true;
        input.values = input_values;
        input.values_count = values->count;
    }
    if (substitution_bytes(&input) > SUBSTITUTION_BYTES_MAX)
        return api__shape_fault(request,
            "The names and values of ExpressionAttributeNames and ExpressionAttributeValues exceed 2097152 bytes");
    return expr_context_create(&input, ret, &request->fault);
}

struct expr_legacy api__legacy(struct api_request *request)
{
    return (struct expr_legacy){.arena = request->arena, .wording = request->wording, .fault = &request->fault};
}

struct table_throttle api__throttle(struct api_request *request)
{
    return (struct table_throttle){.mode = request->api->throttle,
        .now_ns = request->arrived_ns,
        .worker = fiber_worker(request->fiber),
        .trace = &request->trace.work};
}

/* A read that turns out to be long stands in line with others of its kind. */
static enum err room_ask(void *context)
{
    struct api_request *request = context;
    bool known = request->ticket->large;
    enum err err = admission_grow(request->api->admission, request->fiber, request->ticket);

    if (!known && request->ticket->large)
        worker_arena_enlarge(fiber_worker(request->fiber), request->arena);
    return err;
}

struct table_context api__table_context(struct api_request *request, const struct table_desc *table)
{
    return (struct table_context){.engine = request->api->engine,
        .fiber = request->fiber,
        .arena = request->arena,
        .table = table,
        .fault = &request->fault,
        .now_ms = request->wall_ms,
        .throttle = api__throttle(request),
        .room = {.fn = request->ticket == NULL ? NULL : room_ask, .context = request}};
}

enum err api__member_write(
    struct api_request *request, const struct api__member_write *member, bool done, engine_ticket *ret_ticket)
{
    for (int run = 0; run < API__STALE_RUNS_MAX; run++) {
        struct table_context context = api__table_context(request, *member->table);
        enum err err = table_write(&context, member->write, ret_ticket);

        if (err != ERR_STALE || !done)
            return err;
        api__view_renew(request);
        err = member->renew(member->context);
        if (err)
            return err;
    }
    return fault_set(&request->fault, API_INTERNAL_SERVER_ERROR, "The table changes too often");
}

static bool is_index_key(const struct table_desc *table, struct slice name)
{
    for (uint32_t i = 0; i < table->lsi_count + table->gsi_count; i++) {
        if (index_key_attribute(&table->indexes[i], name) != NULL)
            return true;
    }
    return false;
}

enum err api__key_paths_check(
    struct api_request *request, const struct table_desc *table, const struct expr_path *paths, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct slice head = paths[i].elements[0].name;
        const char *kind = NULL;

        if (paths[i].count == 1)
            continue;
        if (slice_equal(head, table->hash.name) || (table->has_range && slice_equal(head, table->range.name)))
            kind = "Key";
        else if (is_index_key(table, head))
            kind = "IndexKey";
        if (kind != NULL)
            return fault_validation(&request->fault,
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: %s: %.*s",
                kind, SLICE_ARG(head));
    }
    return OK;
}

/* ---- capacity and metrics ---- */

bool api__capacity_wanted(struct slice mode)
{
    return slice_is(mode, "TOTAL") || slice_is(mode, "INDEXES");
}

static struct opt_double units(uint64_t halves)
{
    return (struct opt_double){.present = true, .v = (double)halves / 2};
}

static void index_capacities(struct api_request *request, const struct table_desc *table,
    const struct consumption *capacity, bool global, struct secondary_indexes_capacity_map *ret)
{
    uint32_t total = table->lsi_count + table->gsi_count;

    for (uint32_t i = 0; i < total; i++) {
        if (table->indexes[i].global != global || capacity->index_halves[i] == 0)
            continue;
        if (!ret->present) {
            ret->present = true;
            ret->keys = arena_alloc(request->arena, total * sizeof(*ret->keys));
            ret->values = arena_zalloc(request->arena, total * sizeof(*ret->values));
        }
        ret->keys[ret->count] = table->indexes[i].name;
        ret->values[ret->count++].capacity_units = units(capacity->index_halves[i]);
    }
}

struct consumed_capacity *api__consumed_capacity(
    struct api_request *request, struct slice mode, const struct table_desc *table, const struct consumption *capacity)
{
    struct consumed_capacity *consumed;

    if (!api__capacity_wanted(mode))
        return NULL;
    consumed = arena_zalloc(request->arena, sizeof(*consumed));
    consumed->table_name = table->name;
    consumed->capacity_units = units(capacity_total_halves(capacity));
    if (slice_is(mode, "TOTAL"))
        return consumed;
    consumed->table = arena_zalloc(request->arena, sizeof(*consumed->table));
    consumed->table->capacity_units = units(capacity->table_halves);
    index_capacities(request, table, capacity, false, &consumed->local_secondary_indexes);
    index_capacities(request, table, capacity, true, &consumed->global_secondary_indexes);
    return consumed;
}

void api__bill_init(struct api__bill *bill, uint32_t tables_max, struct arena *arena)
{
    bill->count = 0;
    bill->tables = arena_alloc(arena, tables_max * sizeof(const struct table_desc *));
    bill->sums = arena_zalloc(arena, tables_max * sizeof(*bill->sums));
}

void api__bill_add(struct api__bill *bill, const struct table_desc *table, const struct consumption *more)
{
    uint32_t i = 0;

    while (i < bill->count && bill->tables[i] != table)
        i++;
    if (i == bill->count)
        bill->tables[bill->count++] = table;
    capacity_add(&bill->sums[i], more);
}

struct consumed_capacity_multiple api__bill_tell(
    struct api_request *request, struct slice mode, const struct api__bill *bill)
{
    struct consumed_capacity_multiple list = {.present = true};

    list.items = arena_alloc(request->arena, bill->count * sizeof(*list.items));
    for (uint32_t i = 0; i < bill->count; i++)
        list.items[list.count++] = *api__consumed_capacity(request, mode, bill->tables[i], &bill->sums[i]);
    return list;
}

struct attribute_map api__map_of(struct slice body)
{
    return (struct attribute_map){.present = true, .count = body_count(body), .body = body};
}

static struct slice hash_key_body(const struct table_desc *table, struct slice source, struct arena *arena)
{
    return expr_projection_apply(expr_projection_of_names(arena, &table->hash.name, 1), source, arena);
}

enum err api__collection_metrics(struct api_request *request, struct slice mode, const struct table_desc *table,
    struct slice item_key, struct slice key_source, struct item_collection_metrics **ret)
{
    struct table_context context = api__table_context(request, table);
    struct item_collection_metrics *metrics;
    int64_t bytes, gigabytes;
    enum err err;

    *ret = NULL;
    if (!slice_is(mode, "SIZE") || table->lsi_count == 0)
        return OK;
    err = table_collection_read(&context, item_key, &bytes);
    if (err)
        return err;
    gigabytes = bytes >> 30;
    metrics = arena_zalloc(request->arena, sizeof(*metrics));
    metrics->item_collection_key = api__map_of(hash_key_body(table, key_source, request->arena));
    metrics->size_estimate_range_gb.present = true;
    metrics->size_estimate_range_gb.count = 2;
    metrics->size_estimate_range_gb.items =
        arena_zalloc(request->arena, 2 * sizeof(*metrics->size_estimate_range_gb.items));
    metrics->size_estimate_range_gb.items[0] = (struct opt_double){.present = true, .v = (double)gigabytes};
    metrics->size_estimate_range_gb.items[1] = (struct opt_double){.present = true, .v = (double)(gigabytes + 1)};
    *ret = metrics;
    return OK;
}
