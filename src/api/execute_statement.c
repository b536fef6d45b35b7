/* SPDX-License-Identifier: Apache-2.0 */

/*
 * ExecuteStatement: one statement, alone (data-plane.md 7.4 to 7.7). A write is one decision; a SELECT reads the ranges
 * of its plan one after another until the reply is full, and tells in a NextToken where it stopped.
 *
 * Limit and the megabyte count what is read, over all ranges; capacity is that of a Query for each range.
 */
#include "api/statement.h"

/* ---- writes ---- */

static enum err write_execute(struct api_request *request, struct api__statement *s,
    const struct execute_statement_input *in, struct execute_statement_output *out)
{
    struct table_context context;
    struct table_write write;
    struct slice returned;
    enum err err = api__statement_write(request, s, API__KEY_TEXTS_STATEMENT, &write);

    if (err)
        return err;
    context = api__table_context(request, s->table);
    err = api__write_settled(request, &context, &write);
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
    uint32_t size;
    enum err err = table_item_get(&context, range->from, r->statement->consistent, &body, &size);

    *ret = (struct table_page){.items = shown, .consistent = r->statement->consistent};
    if (err != OK || body.p == NULL)
        return err;
    ret->scanned = 1;
    ret->bytes = size;
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
        .bytes_before = r->bytes,
        .one_partition = r->plan->keyed};
    return table_page_read(&context, ret);
}

static enum err range_read(
    struct api_request *request, struct reading *r, const struct api__statement_range *range, struct table_page *page)
{
    enum err err = range->one ? item_read(request, r, range, page) : page_read(request, r, range, page);

    if (err)
        return err;
    table_page_consumption(r->statement->table, page, &r->capacity);
    r->scanned += page->scanned;
    r->bytes += page->bytes;
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
    if (!plan.keyed)
        api__statement_scan_tell(request, s);
    request->trace.plan = !plan.keyed ? "scan" : plan.count == 1 && plan.ranges[0].one ? "item" : "queries";
    if (position->range >= plan.count)
        return fault_validation(&request->fault, API__TOKEN_INVALID);
    r.items.present = true;
    err = ranges_read(request, &r, position, &more);
    if (err)
        return err;
    out->items = r.items;
    if (more) {
        out->next_token = api__token_write(request, in, position);
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
        err = api__token_read(request, in, &position);
    if (err == OK)
        err = api__statement_source(request, &s);
    if (err)
        return err;
    if (s.statement->verb == PARTIQL_SELECT)
        return select_execute(request, &s, in, request->output, &position);
    return write_execute(request, &s, in, request->output);
}
