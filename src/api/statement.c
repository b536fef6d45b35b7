/* SPDX-License-Identifier: Apache-2.0 */

/*
 * ExecuteStatement: one statement from its text to its reply (data-plane.md 7.4 to 7.7), and the steps it shares with
 * batches and transactions (statement.h).
 *
 * A write is the item operation it amounts to: INSERT a PutItem on condition that there is no item, UPDATE an
 * UpdateItem whose condition is the WHERE (key equalities included, so a missing item never matches), DELETE a
 * DeleteItem that lets a missing item pass. A SELECT reads the ranges of its plan, page by page.
 */
#include "api/statement.h"

#include "base/assert.h"
#include "expr/make.h"

/* ---- before the table ---- */

enum err api__parameters_check(struct api_request *request, const struct prepared_statement_parameters *parameters)
{
    for (uint32_t i = 0; i < parameters->count; i++) {
        const struct attribute_value *v = &parameters->items[i];

        if (v->fault != VALUE_FAULT_NONE)
            return api__value_fault(request, v->message);
        if (!v->present)
            return api__value_fault(request,
                SLICE_LIT("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"));
    }
    return OK;
}

static void values_take(struct api_request *request, struct api__statement *s)
{
    s->values = arena_alloc(request->arena, s->parameters->count * sizeof(*s->values));
    for (uint32_t i = 0; i < s->parameters->count; i++)
        s->values[i] = s->parameters->items[i].bytes;
}

static enum err item_check(struct api_request *request, struct api__statement *s)
{
    if (s->statement->verb != PARTIQL_INSERT)
        return OK;
    s->item_size = body_size(s->bound.item);
    if (s->item_size > ITEM_BYTES_MAX)
        return fault_validation(&request->fault, "Item size has exceeded the maximum allowed size");
    return OK;
}

enum err api__statement_prepare(struct api_request *request, struct api__statement *s)
{
    enum err err = api__parameters_check(request, s->parameters);

    if (err)
        return err;
    values_take(request, s);
    err = partiql_parse(s->text, request->arena, &s->statement, &request->fault);
    if (err == OK)
        err = partiql_bind(s->statement, s->values, s->parameters->count, request->arena, &s->bound, &request->fault);
    return err != OK ? err : item_check(request, s);
}

/* ---- table and index ---- */

static enum err index_find(struct api_request *request, struct api__statement *s)
{
    s->index = table_index_find(s->table, s->statement->index);
    if (s->index == NULL || s->index->status == INDEX_DELETING)
        return fault_validation(&request->fault, "The table does not have the specified index");
    if (s->index->hash_count > 1 || s->index->range_count > 1)
        return fault_validation(&request->fault,
            "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE "
            "keys.");
    if (s->index->global && s->consistent)
        return fault_validation(
            &request->fault, "Strongly consistent read is not supported on Global Secondary Indexes");
    return api__index_readable_check(request, s->index);
}

static enum err late_fault_tell(struct api_request *request, const struct api__statement *s)
{
    if (s->statement->late_fault.p == NULL)
        return OK;
    return fault_validation(&request->fault, "%.*s", SLICE_ARG(s->statement->late_fault));
}

enum err api__statement_source(struct api_request *request, struct api__statement *s)
{
    enum err err = api_table_find(request, s->statement->table, &s->table);

    if (err == ERR_FAULT && s->statement->late_fault.p != NULL) /* it needs no table */
        return late_fault_tell(request, s);
    if (err == OK && s->statement->index.p != NULL)
        err = index_find(request, s);
    return err != OK ? err : late_fault_tell(request, s);
}

/* ---- writes ---- */

/* The body of a key from the values that the WHERE gives. */
static struct slice key_body(const struct api__statement *s, const struct partiql_key *key, struct arena *arena)
{
    struct buf out;
    struct builder b;
    struct builder_frame frame;

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&b, &out, arena);
    frame = builder_body_begin(&b);
    builder_name(&b, &frame, s->table->hash.name);
    builder_value(&b, key->hash);
    if (s->table->has_range) {
        builder_name(&b, &frame, s->table->range.name);
        builder_value(&b, key->range);
    }
    builder_body_end(&b, frame);
    return buf_view(&out);
}

/* The key of the item that UPDATE or DELETE is about. */
static enum err key_find(struct api_request *request, const struct api__statement *s, struct table_write *write)
{
    struct partiql_keys keys = {s->table->hash.name, s->table->has_range ? s->table->range.name : SLICE_NULL};
    struct partiql_key key;

    partiql_key_find(&s->bound, &keys, false, request->arena, &key);
    if (key.conflict.p != NULL)
        return fault_validation(&request->fault,
            "Multiple conditions on same key %.*s. Only single item Update/Insert/Delete are supported",
            SLICE_ARG(key.conflict));
    if (key.hash.p == NULL || (s->table->has_range && key.range.p == NULL))
        return fault_validation(
            &request->fault, "Where clause does not contain a mandatory equality on all key attributes");
    write->key_body = key_body(s, &key, request->arena);
    if (write->kind == TABLE_DELETE && key.only)
        write->condition = NULL;
    return table_key_check(s->table, write->key_body, request->arena, &write->key, &request->fault);
}

static struct expr_condition *no_item_condition(struct api_request *request, const struct table_desc *table)
{
    struct expr_maker *m = expr_maker_create(request->arena, SLICE_LIT(""));
    struct expr_path_element *element = arena_zalloc(request->arena, sizeof(*element));
    struct expr_condition *condition = NULL;
    enum err err;

    element->name = table->hash.name;
    expr_make_path(m, (struct expr_path){element, 1});
    expr_make_function(m, EXPR_ATTRIBUTE_NOT_EXISTS, 1);
    err = expr_make_condition(m, &condition, &request->fault);
    ASSERT(err == OK);
    return condition;
}

static enum err insert_write(struct api_request *request, const struct api__statement *s, struct table_write *ret)
{
    *ret = (struct table_write){.kind = TABLE_PUT,
        .item = s->bound.item,
        .item_size = s->item_size,
        .condition = no_item_condition(request, s->table)};
    return table_item_check(s->table, ret->item, TABLE_PUT_TEXTS, request->arena, &ret->key, &request->fault);
}

static enum err update_write(struct api_request *request, const struct api__statement *s, struct table_write *ret)
{
    enum err err;

    *ret = (struct table_write){.kind = TABLE_UPDATE,
        .update = s->bound.update,
        .condition = s->bound.where,
        .return_item_on_failure = s->return_item_on_failure};
    err = key_find(request, s, ret);
    return err != OK ? err : api__update_targets_check(request, s->table, ret->update);
}

static enum err delete_write(struct api_request *request, struct api__statement *s, struct table_write *ret)
{
    if (s->statement->has_where)
        partiql_where_or_absent(&s->bound, s->table->hash.name, request->arena);
    *ret = (struct table_write){
        .kind = TABLE_DELETE, .condition = s->bound.where, .return_item_on_failure = s->return_item_on_failure};
    return key_find(request, s, ret);
}

enum err api__statement_write(struct api_request *request, struct api__statement *s, struct table_write *ret)
{
    if (s->statement->verb == PARTIQL_INSERT)
        return insert_write(request, s, ret);
    return s->statement->verb == PARTIQL_UPDATE ? update_write(request, s, ret) : delete_write(request, s, ret);
}

enum err api__statement_failed(struct api_request *request, const struct api__statement *s, enum err err)
{
    if (err != ERR_FAULT || s->statement->verb != PARTIQL_INSERT || request->fault.code != API_CONDITIONAL_CHECK_FAILED)
        return err;
    return fault_set(&request->fault, API_DUPLICATE_ITEM, "Duplicate primary key exists in table");
}

struct slice api__statement_returned(
    struct api_request *request, const struct api__statement *s, const struct table_write *write)
{
    switch (s->statement->returning) {
    case PARTIQL_RETURNING_NONE:
        break;
    case PARTIQL_RETURNING_ALL_OLD:
        return write->old_body;
    case PARTIQL_RETURNING_ALL_NEW:
        return write->new_body;
    case PARTIQL_RETURNING_MODIFIED_OLD:
        return expr_update_touched(s->bound.update, write->old_body, request->arena);
    case PARTIQL_RETURNING_MODIFIED_NEW:
        return expr_update_touched(s->bound.update, write->new_body, request->arena);
    }
    return SLICE_NULL;
}

static enum err write_execute(struct api_request *request, struct api__statement *s,
    const struct execute_statement_input *in, struct execute_statement_output *out)
{
    struct table_context context;
    struct table_write write;
    struct slice returned;
    enum err err = api__statement_write(request, s, &write);

    if (err)
        return err;
    context = api__table_context(request, s->table);
    err = api__statement_failed(request, s, api__write_settled(request, &context, &write));
    if (err)
        return err;
    returned = api__statement_returned(request, s, &write);
    out->items.present = true;
    if (returned.p != NULL) {
        out->items.items = arena_alloc(request->arena, sizeof(*out->items.items));
        out->items.items[out->items.count++] = api__map_of(returned);
    }
    out->consumed_capacity = api__consumed_capacity(request, in->return_consumed_capacity, s->table, &write.capacity);
    return OK;
}

/* ---- reads ---- */

/* One reply's worth of reading. */
struct reading {
    const struct api__statement *statement;
    const struct api__statement_plan *plan;
    uint32_t limit; /* 0: none */
    uint32_t scanned;
    uint64_t bytes;
    struct item_list items;
    uint32_t items_capacity;
    struct consumption capacity;
};

static void items_add(struct api_request *request, struct reading *r, const struct slice *bodies, uint32_t count)
{
    struct item_list *items = &r->items;

    if (items->count + count > r->items_capacity) {
        struct attribute_map *larger;

        r->items_capacity = (items->count + count) * 2;
        larger = arena_alloc(request->arena, r->items_capacity * sizeof(*larger));
        if (items->count != 0)
            memcpy(larger, items->items, items->count * sizeof(*larger));
        items->items = larger;
    }
    for (uint32_t i = 0; i < count; i++) {
        items->items[items->count++] = api__map_of(bodies[i]);
        request->items_bytes += bodies[i].n;
    }
}

/* At most one item, by its key. */
static enum err item_read(struct api_request *request, const struct reading *r,
    const struct api__statement_range *range, struct table_page *ret)
{
    struct table_context context = api__table_context(request, r->statement->table);
    struct slice body, *shown = arena_alloc(request->arena, sizeof(*shown));
    enum err err = table_get(&context, &range->from, 1, &body);

    *ret = (struct table_page){.items = shown};
    if (err != OK || body.p == NULL)
        return err;
    ret->scanned = 1;
    ret->bytes = body_size(body);
    if (r->plan->filter != NULL && !expr_condition_test(r->plan->filter, body, request->arena))
        return OK;
    ret->count = 1;
    *shown = r->statement->bound.columns == NULL
                 ? body
                 : expr_projection_apply(r->statement->bound.columns, body, request->arena);
    return OK;
}

static enum err page_read(struct api_request *request, const struct reading *r,
    const struct api__statement_range *range, struct table_page *ret)
{
    const struct api__statement *s = r->statement;
    struct table_context context = api__table_context(request, s->table);

    *ret = (struct table_page){.index = s->index,
        .from = range->from,
        .to = range->to,
        .reverse = r->plan->reverse,
        .limit = r->limit == 0 ? 0 : r->limit - r->scanned,
        .filter = r->plan->filter,
        .projection = s->bound.columns,
        .fetch_base = r->plan->fetch_base,
        .consistent = s->consistent,
        .bytes_before = r->bytes};
    return table_page_read(&context, ret);
}

static enum err range_read(
    struct api_request *request, struct reading *r, const struct api__statement_range *range, struct table_page *page)
{
    const struct api__statement *s = r->statement;
    uint64_t halves;
    enum err err = range->one ? item_read(request, r, range, page) : page_read(request, r, range, page);

    if (err)
        return err;
    halves = capacity_read_halves(page->bytes, s->consistent);
    if (s->index == NULL)
        r->capacity.table_halves += halves;
    else
        r->capacity.index_halves[s->index - s->table->indexes] += halves;
    r->capacity.table_halves += page->base_halves;
    r->scanned += page->scanned;
    r->bytes += page->bytes;
    request->items_read += page->scanned;
    request->bytes_read += page->bytes;
    items_add(request, r, page->items, page->count);
    return OK;
}

/* Narrows the range to what comes after the position. */
static enum err range_continue(struct api_request *request, const struct reading *r,
    const struct api__statement_position *position, struct api__statement_range *range)
{
    const struct api__statement *s = r->statement;
    struct table_range narrowed = {.from = range->from, .to = range->to};
    struct slice at;

    if (position->key.p == NULL)
        return OK;
    if (!table_start_key_names_fit(s->table, s->index, position->key) ||
        table_start_key_check(s->table, s->index, position->key, &request->fault) != OK ||
        table_start_key_check(s->table, NULL, position->key, &request->fault) != OK)
        return fault_validation(&request->fault, API__TOKEN_INVALID);
    at = table_start_position(s->table, s->index, position->key, request->arena);
    if (slice_compare(at, range->from) < 0 || slice_compare(at, range->to) >= 0)
        return fault_validation(&request->fault, API__TOKEN_INVALID);
    table_range_after(&narrowed, at, r->plan->reverse, request->arena);
    range->from = narrowed.from;
    range->to = narrowed.to;
    range->one = false;
    return OK;
}

static void position_next(struct api__statement_position *position)
{
    position->range++;
    position->key = SLICE_NULL;
}

/* Reads from the position on until the reply is full or everything is read; *ret_more with the next position. */
static enum err ranges_read(
    struct api_request *request, struct reading *r, struct api__statement_position *position, bool *ret_more)
{
    const struct api__statement_plan *plan = r->plan;

    for (*ret_more = false; position->range < plan->count; position_next(position)) {
        struct api__statement_range range = plan->ranges[position->range];
        struct table_page page;
        bool full;
        enum err err = range_continue(request, r, position, &range);

        if (err == OK)
            err = range_read(request, r, &range, &page);
        if (err)
            return err;
        if (page.more) {
            position->key = page.last_key;
            *ret_more = true;
            return OK;
        }
        full = r->bytes >= PAGE_BYTES_MAX || (r->limit != 0 && r->scanned >= r->limit);
        if (full && position->range + 1 < plan->count) {
            position_next(position);
            *ret_more = true;
            return OK;
        }
    }
    return OK;
}

static enum err select_execute(struct api_request *request, struct api__statement *s,
    const struct execute_statement_input *in, struct execute_statement_output *out,
    struct api__statement_position *position)
{
    struct api__statement_plan plan;
    struct reading r = {.statement = s, .plan = &plan, .limit = in->limit.present ? (uint32_t)in->limit.v : 0};
    bool more;
    enum err err = api__statement_plan(request, s, &plan);

    if (err)
        return err;
    request->plan = !plan.keyed ? "scan" : plan.count == 1 && plan.ranges[0].one ? "item" : "queries";
    if (position->range >= plan.count)
        return fault_validation(&request->fault, API__TOKEN_INVALID);
    r.items.present = true;
    err = ranges_read(request, &r, position, &more);
    if (err)
        return err;
    out->items = r.items;
    if (more) {
        out->next_token = api__token_write(request, s, position);
        if (position->key.p != NULL)
            out->last_evaluated_key = api__map_of(position->key);
    }
    out->consumed_capacity = api__consumed_capacity(request, in->return_consumed_capacity, s->table, &r.capacity);
    return OK;
}

/* ---- the operation ---- */

enum err api_execute_statement(struct api_request *request, void *input)
{
    const struct execute_statement_input *in = input;
    struct api__statement s = {.text = in->statement,
        .parameters = &in->parameters,
        .consistent = in->consistent_read == TRI_TRUE,
        .return_item_on_failure = slice_is(in->return_values_on_condition_check_failure, "ALL_OLD")};
    struct api__statement_position position = {0};
    enum err err = api__statement_prepare(request, &s);

    if (err == OK && s.statement->verb == PARTIQL_EXISTS)
        err = fault_validation(&request->fault, "EXISTS can only be used in ExecuteTransaction write requests.");
    if (err == OK && in->next_token.p != NULL)
        err = api__token_read(request, &s, in->next_token, &position);
    if (err == OK)
        err = api__statement_source(request, &s);
    if (err)
        return err;
    if (s.statement->verb == PARTIQL_SELECT)
        return select_execute(request, &s, in, request->output, &position);
    return write_execute(request, &s, in, request->output);
}
