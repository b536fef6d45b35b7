/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Query and Scan: checks in the order of data-plane.md 3.6 and 3.7, a range of keys, one page, the reply. What the two
 * share (projection, Select, start keys, index rules) is written for a `struct reading`, which both fill from their
 * inputs.
 */
#include "api/api_int.h"
#include "api/trace.h"
#include "codec/key.h"
#include "codec/number.h"

#define START_INVALID "The provided starting key is invalid"

struct reading {
    /* the request */
    bool is_query;
    struct slice table_name, index_name, select, filter_text, projection_text, key_condition_text, capacity_mode;
    const struct attribute_name_list *attributes_to_get;
    const struct attribute_map *start;
    const struct key_conditions *key_conditions; /* legacy; NULL on Scan */
    const struct filter_condition_map *legacy_filter;
    bool consistent, reverse;
    uint32_t limit;
    /* compiled */
    struct expr_condition *filter;
    struct expr_projection *projection;
    const struct expr_key_clause *clauses;
    uint32_t clauses_count;
    /* the table */
    const struct table_desc *table;
    const struct index_desc *index;
    struct table_range range;
};

/* ---- before the table ---- */

/* A start key's value fault is wrapped, but for numbers, duplicates and the empty number set (data-plane.md 1.2). */
static enum err start_values_check(struct api_request *request, const struct attribute_map *start)
{
    const char *wrapper = START_INVALID ": ";

    if (start->fault == VALUE_FAULT_NONE)
        return OK;
    if (start->fault == VALUE_FAULT_NUMBER || start->fault == VALUE_FAULT_DUPLICATES ||
        start->fault == VALUE_FAULT_EMPTY_NUMBER_SET)
        wrapper = "";
    return fault_validation(&request->fault, "%s%.*s", wrapper, SLICE_ARG(start->message));
}

/* Query speaks the 2026 layer here, Scan the classic one (us-east-1). */
static enum err select_fault(
    struct api_request *request, const struct reading *r, const char *text, const char *parameter)
{
    const char *envelope = r->is_query ? "1 validation error detected: " : "";

    if (parameter == NULL)
        return fault_validation(&request->fault, "%s%s", envelope, text);
    return fault_validation(
        &request->fault, "%sCannot specify the %s when choosing to get %s", envelope, parameter, text);
}

static enum err select_check(struct api_request *request, const struct reading *r)
{
    const char *projection = r->projection_text.p != NULL    ? "ProjectionExpression"
                             : r->attributes_to_get->present ? "AttributesToGet"
                                                             : NULL;

    if (projection != NULL) {
        if (slice_is(r->select, "ALL_ATTRIBUTES"))
            return select_fault(request, r, "ALL_ATTRIBUTES", projection);
        if (slice_is(r->select, "ALL_PROJECTED_ATTRIBUTES"))
            return select_fault(request, r, "ALL_PROJECTED_ATTRIBUTES", projection);
        if (slice_is(r->select, "COUNT"))
            return select_fault(request, r, "only the Count", projection);
    }
    if (slice_is(r->select, "ALL_PROJECTED_ATTRIBUTES") && r->index_name.p == NULL)
        return select_fault(
            request, r, "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName", NULL);
    if (slice_is(r->select, "SPECIFIC_ATTRIBUTES") && projection == NULL)
        return select_fault(request, r,
            "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES", NULL);
    return OK;
}

static enum err legacy_filter_compile(struct api_request *request, struct reading *r, struct slice conditional_operator)
{
    struct expr_legacy legacy = api__legacy(request);

    return expr_legacy_filter(&legacy, r->legacy_filter, conditional_operator, &r->filter);
}

static enum err key_conditions_compile(struct api_request *request, struct reading *r)
{
    struct expr_legacy legacy = api__legacy(request);

    if (!r->key_conditions->present)
        return OK;
    return expr_legacy_key_conditions(&legacy, r->key_conditions, &r->clauses, &r->clauses_count);
}

static enum err expressions_compile(struct api_request *request, struct reading *r,
    const struct expression_attribute_name_map *names, const struct expression_attribute_value_map *values)
{
    struct expr_context *context;
    enum err err;

    if (r->attributes_to_get->present)
        r->projection =
            expr_projection_of_names(request->arena, r->attributes_to_get->items, r->attributes_to_get->count);
    if (r->key_condition_text.p == NULL && r->filter_text.p == NULL && r->projection_text.p == NULL)
        return OK;
    err = api__expr_context(request, names, values, &context);
    if (err == OK && r->key_condition_text.p != NULL)
        err =
            expr_key_condition_compile(context, r->key_condition_text, &r->clauses, &r->clauses_count, &request->fault);
    if (err == OK && r->filter_text.p != NULL)
        err = expr_condition_compile(context, EXPR_FILTER, r->filter_text, &r->filter, &request->fault);
    if (err == OK && r->projection_text.p != NULL)
        err = expr_projection_compile(context, r->projection_text, &r->projection, &request->fault);
    if (err == OK)
        err = expr_context_finish(context, &request->fault);
    return err;
}

/* ---- table and index ---- */

enum err api__index_readable_check(struct api_request *request, const struct index_desc *index)
{
    if (index_is_readable(index))
        return OK;
    return fault_validation(
        &request->fault, "Cannot read from backfilling global secondary index: %.*s", SLICE_ARG(index->name));
}

static enum err source_find(struct api_request *request, struct reading *r)
{
    enum err err = api_table_find(request, r->table_name, &r->table);

    if (err != OK || r->index_name.p == NULL)
        return err;
    r->index = table_index_find(r->table, r->index_name);
    api__trace_index(request, r->table, r->index, r->index_name);
    if (r->index == NULL || r->index->status == INDEX_DELETING)
        return fault_validation(
            &request->fault, "The table does not have the specified index: %.*s", SLICE_ARG(r->index_name));
    if (r->index->global && r->consistent)
        return fault_validation(&request->fault, "Consistent reads are not supported on global secondary indexes");
    return api__index_readable_check(request, r->index);
}

static bool named_before(const struct expr_path *paths, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (slice_equal(paths[i].elements[0].name, paths[at].elements[0].name))
            return true;
    return false;
}

struct slice api__uncarried(
    struct api_request *request, const struct index_desc *index, const struct expr_path *paths, uint32_t count)
{
    struct buf out;

    buf_init(&out, request->arena, ARENA_ALLOC_BYTES_MAX);
    for (uint32_t i = 0; i < count; i++) {
        if (index_carries(index, paths[i].elements[0].name) || named_before(paths, i))
            continue;
        buf_slice(&out, out.n == 0 ? SLICE_LIT("[") : SLICE_LIT(", "));
        buf_slice(&out, paths[i].elements[0].name);
    }
    if (out.n != 0)
        buf_byte(&out, ']');
    return buf_view(&out);
}

static enum err projection_check(struct api_request *request, const struct reading *r)
{
    const struct expr_path *paths;
    uint32_t count;

    if (r->projection == NULL)
        return OK;
    count = expr_projection_paths(r->projection, &paths);
    return api__key_paths_check(request, r->table, paths, count);
}

static enum err gsi_select_check(struct api_request *request, const struct reading *r)
{
    if (r->index == NULL || !r->index->global || r->index->projection == PROJECTION_ALL ||
        !slice_is(r->select, "ALL_ATTRIBUTES"))
        return OK;
    return fault_validation(&request->fault,
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary "
        "index "
        "%.*s because its projection type is not ALL",
        SLICE_ARG(r->index->name));
}

enum err api__gsi_projection_check(
    struct api_request *request, const struct index_desc *index, const struct expr_projection *projection)
{
    const struct expr_path *paths;
    struct slice missing;
    uint32_t count;

    if (index == NULL || !index->global || projection == NULL)
        return OK;
    count = expr_projection_paths(projection, &paths);
    missing = api__uncarried(request, index, paths, count);
    if (missing.n == 0)
        return OK;
    return fault_validation(&request->fault,
        "One or more parameter values were invalid: Global secondary index %.*s does not project %.*s",
        SLICE_ARG(index->name), SLICE_ARG(missing));
}

static bool lsi_needs_base(struct api_request *request, const struct reading *r)
{
    const struct expr_path *paths;
    uint32_t count;

    if (r->index == NULL || r->index->global || r->index->projection == PROJECTION_ALL || slice_is(r->select, "COUNT"))
        return false;
    if (slice_is(r->select, "ALL_ATTRIBUTES"))
        return true;
    if (r->projection == NULL)
        return false;
    count = expr_projection_paths(r->projection, &paths);
    return api__uncarried(request, r->index, paths, count).n != 0;
}

/* ---- the page and the reply ---- */

static enum err page_read(struct api_request *request, const struct reading *r, struct table_page *page)
{
    struct table_context context = api__table_context(request, r->table);

    *page = (struct table_page){.index = r->index,
        .from = r->range.from,
        .to = r->range.to,
        .reverse = r->reverse,
        .limit = r->limit,
        .filter = r->filter,
        .projection = r->projection,
        .count_only = slice_is(r->select, "COUNT"),
        .fetch_base = lsi_needs_base(request, r),
        .consistent = r->consistent,
        .one_partition = r->is_query};
    return table_page_read(&context, page);
}

struct item_list api__items_of(struct api_request *request, const struct table_page *page)
{
    struct item_list list = {.present = !page->count_only};

    if (page->count_only)
        return list;
    list.count = page->count;
    list.items = arena_alloc(request->arena, page->count * sizeof(*list.items));
    for (uint32_t i = 0; i < page->count; i++) {
        list.items[i] = api__map_of(page->items[i]);
        request->items_bytes += page->items[i].n;
    }
    return list;
}

/* ---- Query ---- */

static enum err query_check(struct api_request *request, const struct query_input *in, struct reading *r)
{
    bool key_condition = in->key_condition_expression.p != NULL, filter = in->filter_expression.p != NULL,
         projection = in->projection_expression.p != NULL;
    const struct api__parameter legacy[] = {{"AttributesToGet", in->attributes_to_get.present},
        {"QueryFilter", in->query_filter.present}, {"ConditionalOperator", in->conditional_operator.p != NULL},
        {"KeyConditions", in->key_conditions.present && key_condition}}; /* goes with the other expressions */
    const struct api__parameter expressions[] = {
        {"ProjectionExpression", projection}, {"FilterExpression", filter}, {"KeyConditionExpression", key_condition}};
    enum err err = api__mix_check(request, legacy, 4, expressions, 3);

    if (err == OK)
        err = api__placeholders_check(request, in->expression_attribute_names.present,
            key_condition || filter || projection, in->expression_attribute_values.present, key_condition || filter,
            "FilterExpression and KeyConditionExpression are null");
    if (err == OK)
        err = legacy_filter_compile(request, r, in->conditional_operator);
    if (err == OK)
        err = api__attributes_to_get_check(request, &in->attributes_to_get);
    if (err == OK)
        err = start_values_check(request, &in->exclusive_start_key);
    if (err)
        return err;
    if (!key_condition && !in->key_conditions.present)
        return fault_validation(&request->fault,
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
    err = expressions_compile(request, r, &in->expression_attribute_names, &in->expression_attribute_values);
    if (err == OK)
        err = key_conditions_compile(request, r);
    return err != OK ? err : select_check(request, r);
}

/* True when the range can hold one entry at most: a whole primary key of the table was given. */
static bool at_most_one(const struct reading *r)
{
    if (r->index != NULL)
        return false;
    if (!r->table->has_range)
        return true;
    for (uint32_t i = 0; i < r->clauses_count; i++) {
        if (slice_equal(r->clauses[i].attribute, r->table->range.name))
            return r->clauses[i].op == EXPR_KEY_EQ;
    }
    return false;
}

static enum err start_of_hash_table_fault(struct api_request *request, const struct reading *r)
{
    struct slice value;
    struct buf text;

    buf_init(&text, request->arena, 2 * HASH_KEY_BYTES_MAX + 64);
    if (body_find(r->start->body, r->table->hash.name, &value)) {
        char number[NUMBER_TEXT_BYTES_MAX];

        buf_printf(&text, "%s:", value_type_name(value_type(value)));
        if (value_type(value) == VALUE_N)
            buf_append(&text, number, number_format(value_scalar(value).p, number));
        else
            buf_slice(&text, value_scalar(value));
    }
    return fault_validation(&request->fault,
        "The provided exclusive start key is invalid: ExclusiveStartKey: {%.*s=AttributeValue: {%.*s}}",
        SLICE_ARG(r->table->hash.name), SLICE_ARG(buf_view(&text)));
}

/* The start key against the conditions (3.6 step 6), then the range that is left. */
static enum err query_start_apply(struct api_request *request, struct reading *r)
{
    struct slice position = table_start_position(r->table, r->index, r->start->body, request->arena);
    struct slice prefix = r->range.hash_prefix;
    bool same_hash = slice_starts_with(position, prefix);
    struct buf candidate;

    if (r->index == NULL && !r->table->has_range)
        return start_of_hash_table_fault(request, r);
    if (!r->range.range_condition) {
        if (!same_hash)
            return fault_validation(
                &request->fault, "The provided starting key is outside query boundaries based on provided conditions");
        table_range_after(&r->range, position, r->reverse, request->arena);
        return OK;
    }
    /* the start key's sort values under the query's own partition */
    buf_init(&candidate, request->arena, KEY_BYTES_MAX);
    buf_slice(&candidate, prefix);
    buf_append(&candidate, position.p + key_partition_bytes(position), position.n - key_partition_bytes(position));
    if (slice_compare(buf_view(&candidate), r->range.from) < 0 || slice_compare(buf_view(&candidate), r->range.to) >= 0)
        return fault_validation(&request->fault, "The provided starting key does not match the range key predicate");
    if (!same_hash || at_most_one(r))
        return fault_validation(&request->fault, "The query can return at most one row and cannot be restarted");
    table_range_after(&r->range, position, r->reverse, request->arena);
    return OK;
}

static enum err query_filter_check(struct api_request *request, const struct reading *r)
{
    const struct expr_path *paths;
    uint32_t count;

    if (r->filter == NULL)
        return OK;
    count = expr_condition_paths(r->filter, &paths);
    for (uint32_t i = 0; i < count; i++) {
        struct slice name = paths[i].elements[0].name;
        bool key = r->index != NULL ? index_key_attribute(r->index, name) != NULL
                                    : slice_equal(r->table->hash.name, name) ||
                                          (r->table->has_range && slice_equal(r->table->range.name, name));

        if (key)
            return fault_validation(&request->fault,
                "%s can only contain non-primary key attributes: Primary key attribute: %.*s",
                r->filter_text.p != NULL ? "Filter Expression" : "QueryFilter", SLICE_ARG(name));
    }
    return OK;
}

enum err api__filter_uncarried(struct api_request *request, const struct index_desc *index, struct slice missing)
{
    return fault_validation(&request->fault,
        "One or more parameter values were invalid: Secondary index %.*s does not project one or more filter "
        "attributes: %.*s",
        SLICE_ARG(index->name), SLICE_ARG(missing));
}

static enum err query_filter_carried_check(struct api_request *request, const struct reading *r)
{
    const struct expr_path *paths;
    struct slice missing;
    uint32_t count;

    if (r->index == NULL || r->filter == NULL)
        return OK;
    count = expr_condition_paths(r->filter, &paths);
    missing = api__uncarried(request, r->index, paths, count);
    return missing.n == 0 ? OK : api__filter_uncarried(request, r->index, missing);
}

static enum err filter_paths_check(struct api_request *request, const struct reading *r)
{
    const struct expr_path *paths;
    uint32_t count;

    if (r->filter == NULL)
        return OK;
    count = expr_condition_paths(r->filter, &paths);
    return api__key_paths_check(request, r->table, paths, count);
}

static enum err start_prefixed(struct api_request *request, enum err err)
{
    if (err == ERR_FAULT)
        return fault_validation(&request->fault, START_INVALID ": %.*s", SLICE_ARG(request->fault.message));
    return err;
}

static enum err query_range(struct api_request *request, struct reading *r)
{
    bool starts = r->start->present;
    enum err err = OK;

    if (starts && !table_start_key_names_fit(r->table, r->index, r->start->body))
        return fault_validation(&request->fault, START_INVALID);
    if (starts)
        err = table_start_key_check(r->table, r->index, r->start->body, &request->fault);
    if (err == OK)
        err = table_query_range(
            r->table, r->index, r->clauses, r->clauses_count, request->arena, &r->range, &request->fault);
    if (err == OK && starts)
        err = start_prefixed(request, table_start_key_check(r->table, NULL, r->start->body, &request->fault));
    if (err == OK && starts)
        err = query_start_apply(request, r);
    return err;
}

static enum err query_schema_check(struct api_request *request, const struct reading *r)
{
    enum err err = projection_check(request, r);

    if (err == OK)
        err = query_filter_check(request, r);
    if (err == OK)
        err = gsi_select_check(request, r);
    if (err == OK)
        err = api__gsi_projection_check(request, r->index, r->projection);
    if (err == OK)
        err = query_filter_carried_check(request, r);
    if (err == OK)
        err = filter_paths_check(request, r);
    return err;
}

enum err api_query(struct api_request *request, void *input)
{
    const struct query_input *in = input;
    struct query_output *out = request->output;
    struct reading r = {.is_query = true,
        .table_name = in->table_name,
        .index_name = in->index_name,
        .select = in->select,
        .filter_text = in->filter_expression,
        .projection_text = in->projection_expression,
        .key_condition_text = in->key_condition_expression,
        .capacity_mode = in->return_consumed_capacity,
        .attributes_to_get = &in->attributes_to_get,
        .start = &in->exclusive_start_key,
        .key_conditions = &in->key_conditions,
        .legacy_filter = &in->query_filter,
        .consistent = in->consistent_read == TRI_TRUE,
        .reverse = in->scan_index_forward == TRI_FALSE,
        .limit = in->limit.present ? (uint32_t)in->limit.v : 0};
    struct consumption capacity = {0};
    struct table_page page;
    enum err err = query_check(request, in, &r);

    if (err == OK)
        err = source_find(request, &r);
    if (err == OK)
        err = query_range(request, &r);
    if (err == OK)
        err = query_schema_check(request, &r);
    if (err == OK)
        err = page_read(request, &r, &page);
    if (err)
        return err;
    table_page_consumption(r.table, &page, &capacity);
    out->items = api__items_of(request, &page);
    out->count = (struct opt_int){.present = true, .v = page.count};
    out->scanned_count = (struct opt_int){.present = true, .v = page.scanned};
    if (page.more && !at_most_one(&r))
        out->last_evaluated_key = api__map_of(page.last_key);
    out->consumed_capacity = api__consumed_capacity(request, r.capacity_mode, r.table, &capacity);
    return OK;
}

/* ---- Scan ---- */

static enum err segments_check(struct api_request *request, const struct scan_input *in)
{
    if (in->segment.present && !in->total_segments.present)
        return fault_validation(&request->fault, "The TotalSegments parameter is required but was not present in the "
                                                 "request when Segment parameter is present");
    if (in->total_segments.present && !in->segment.present)
        return fault_validation(&request->fault, "The Segment parameter is required but was not present in the request "
                                                 "when parameter TotalSegments is present");
    if (in->segment.present && in->segment.v >= in->total_segments.v)
        return fault_validation(&request->fault,
            "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: %lld is not "
            "less "
            "than TotalSegments: %lld",
            (long long)in->segment.v, (long long)in->total_segments.v);
    return OK;
}

static enum err scan_check(struct api_request *request, const struct scan_input *in, struct reading *r)
{
    bool filter = in->filter_expression.p != NULL, projection = in->projection_expression.p != NULL;
    const struct api__parameter legacy[] = {{"AttributesToGet", in->attributes_to_get.present},
        {"ScanFilter", in->scan_filter.present}, {"ConditionalOperator", in->conditional_operator.p != NULL}};
    const struct api__parameter expressions[] = {{"ProjectionExpression", projection}, {"FilterExpression", filter}};
    enum err err = api__mix_check(request, legacy, 3, expressions, 2);

    if (err == OK)
        err = api__placeholders_check(request, in->expression_attribute_names.present, filter || projection,
            in->expression_attribute_values.present, filter, "FilterExpression is null");
    if (err == OK)
        err = api__attributes_to_get_check(request, &in->attributes_to_get);
    if (err == OK)
        err = legacy_filter_compile(request, r, in->conditional_operator);
    if (err == OK)
        err = start_values_check(request, &in->exclusive_start_key);
    if (err == OK)
        err = segments_check(request, in);
    if (err == OK)
        err = expressions_compile(request, r, &in->expression_attribute_names, &in->expression_attribute_values);
    return err != OK ? err : select_check(request, r);
}

static enum err scan_start_check(struct api_request *request, const struct reading *r)
{
    struct slice body = r->start->body;
    enum err err;

    if (r->index == NULL) { /* classic: every fault has one text */
        if (!table_start_key_names_fit(r->table, NULL, body) ||
            table_start_key_check(r->table, NULL, body, &request->fault) != OK)
            return fault_validation(&request->fault, START_INVALID ": " TABLE_KEY_MISMATCH);
        return OK;
    }
    if (!table_start_key_names_fit(r->table, r->index, body))
        return fault_validation(&request->fault, START_INVALID);
    err = table_start_key_check(r->table, r->index, body, &request->fault);
    if (err == OK)
        err = gsi_select_check(request, r);
    if (err == OK)
        err = start_prefixed(request, table_start_key_check(r->table, NULL, body, &request->fault));
    return err;
}

static enum err scan_start_apply(struct api_request *request, struct reading *r, const struct scan_input *in)
{
    struct slice position = table_start_position(r->table, r->index, r->start->body, request->arena);

    if (slice_compare(position, r->range.from) < 0 || slice_compare(position, r->range.to) >= 0)
        return fault_validation(&request->fault,
            START_INVALID
            ": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: %lld "
            "Segment: %lld",
            (long long)in->total_segments.v, (long long)in->segment.v);
    table_range_after(&r->range, position, false, request->arena);
    return OK;
}

static enum err scan_range(struct api_request *request, struct reading *r, const struct scan_input *in)
{
    enum err err = OK;

    if (r->start->present)
        err = scan_start_check(request, r);
    if (err == OK)
        err = gsi_select_check(request, r);
    if (err)
        return err;
    r->range = table_scan_range(r->table, r->index, in->segment.present ? (uint32_t)in->segment.v : 0,
        in->total_segments.present ? (uint32_t)in->total_segments.v : 0, request->arena);
    return r->start->present ? scan_start_apply(request, r, in) : OK;
}

enum err api_scan(struct api_request *request, void *input)
{
    const struct scan_input *in = input;
    struct scan_output *out = request->output;
    struct reading r = {.table_name = in->table_name,
        .index_name = in->index_name,
        .select = in->select,
        .filter_text = in->filter_expression,
        .projection_text = in->projection_expression,
        .capacity_mode = in->return_consumed_capacity,
        .attributes_to_get = &in->attributes_to_get,
        .start = &in->exclusive_start_key,
        .legacy_filter = &in->scan_filter,
        .consistent = in->consistent_read == TRI_TRUE,
        .limit = in->limit.present ? (uint32_t)in->limit.v : 0};
    struct consumption capacity = {0};
    struct table_page page;
    enum err err = scan_check(request, in, &r);

    if (err == OK)
        err = source_find(request, &r);
    if (err == OK)
        err = scan_range(request, &r, in);
    if (err == OK)
        err = projection_check(request, &r);
    if (err == OK)
        err = api__gsi_projection_check(request, r.index, r.projection);
    if (err == OK)
        err = filter_paths_check(request, &r);
    if (err == OK)
        err = page_read(request, &r, &page);
    if (err)
        return err;
    table_page_consumption(r.table, &page, &capacity);
    out->items = api__items_of(request, &page);
    out->count = (struct opt_int){.present = true, .v = page.count};
    out->scanned_count = (struct opt_int){.present = true, .v = page.scanned};
    if (page.more)
        out->last_evaluated_key = api__map_of(page.last_key);
    out->consumed_capacity = api__consumed_capacity(request, r.capacity_mode, r.table, &capacity);
    return OK;
}
