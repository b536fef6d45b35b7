/* SPDX-License-Identifier: Apache-2.0 */

/*
 * BatchExecuteStatement (data-plane.md 7.8, verified-behaviour.md 6.10, 17): statements about one item each, all reads
 * or all writes. A statement that fails does not fail the others: its fault is its answer. Only what is wrong with the
 * batch as a whole (reads beside writes, an item named twice) refuses the request, before anything is read or written.
 *
 * Not atomic: each write is a decision of its own, and the reply waits once, for the last of them to be durable. What a
 * table's change interrupts is taken up again alone, since the statements before it are done and not to be repeated.
 */
#include "api/statement.h"
#include "api/transact.h"

#define NOT_ONE_ITEM "Select statements within BatchExecuteStatement must specify the primary key in the where clause."

struct member {
    struct api__statement s;
    struct table_write write; /* its key, of a SELECT too */
    struct slice item;        /* what is answered; p NULL: nothing */
    bool failed, told;        /* told: with the name of the table */
    struct fault fault;
};

struct batch {
    struct api_request *request;
    struct member *members;
    uint32_t count;
    engine_ticket ticket;
    bool wrote;
};

static bool is_read(const struct member *m)
{
    return m->s.statement->verb == PARTIQL_SELECT;
}

/* Keeps a fault as the member's answer; anything else is the request's. */
static enum err member_take(struct batch *b, struct member *m, enum err err)
{
    if (err != ERR_FAULT)
        return err;
    m->failed = true;
    m->fault = b->request->fault;
    return OK;
}

/* ---- before the first is run ---- */

static enum err member_prepare(struct batch *b, struct member *m)
{
    enum err err = api__statement_prepare(b->request, &m->s);

    if (err == OK && m->s.statement->verb == PARTIQL_EXISTS)
        err = fault_validation(&b->request->fault, "EXISTS can only be used in ExecuteTransaction write requests.");
    return member_take(b, m, err);
}

static enum err mix_check(const struct batch *b)
{
    bool reads = false, writes = false;

    for (uint32_t i = 0; i < b->count; i++) {
        const struct member *m = &b->members[i];

        if (m->s.statement == NULL || m->s.statement->verb == PARTIQL_EXISTS)
            continue;
        reads |= is_read(m);
        writes |= !is_read(m);
    }
    if (!reads || !writes)
        return OK;
    return fault_validation(&b->request->fault, "Read and write requests together in the same batch is not supported.");
}

static enum err select_resolve(struct batch *b, struct member *m)
{
    struct slice body;
    bool only;

    if (!api__statement_item(b->request, &m->s, &body, &only) || !only)
        return fault_validation(&b->request->fault, NOT_ONE_ITEM);
    return table_key_check(m->s.table, body, b->request->arena, &m->write.key, &b->request->fault);
}

/* An index is wrong in any case; only one with several attributes is told in words of its own. */
static enum err source_find(struct batch *b, struct member *m)
{
    enum err err = api__statement_source(b->request, &m->s);

    if (err == ERR_FAULT && m->s.table == NULL)
        m->told = true;
    else if (err == ERR_FAULT && m->s.statement->index.p != NULL &&
             (m->s.index == NULL || m->s.index->hash_count == 1) &&
             (m->s.index == NULL || m->s.index->range_count <= 1))
        return fault_validation(&b->request->fault, NOT_ONE_ITEM);
    return err;
}

static enum err member_resolve(struct batch *b, struct member *m)
{
    enum err err = source_find(b, m);

    if (err == OK)
        err = is_read(m) ? select_resolve(b, m)
                         : api__statement_write(b->request, &m->s, API__KEY_TEXTS_STATEMENT, &m->write);
    return member_take(b, m, err);
}

static enum err distinct_check(const struct batch *b)
{
    for (uint32_t i = 1; i < b->count; i++) {
        for (uint32_t k = 0; k < i && !b->members[i].failed; k++) {
            if (!b->members[k].failed && slice_equal(b->members[i].write.key, b->members[k].write.key))
                return fault_validation(&b->request->fault, "Provided list of item keys contains duplicates");
        }
    }
    return OK;
}

static enum err batch_check(struct batch *b)
{
    enum err err = OK;

    for (uint32_t i = 0; i < b->count && err == OK; i++) {
        err = member_prepare(b, &b->members[i]);
        fiber_breathe(b->request->fiber, b->members[i].s.text.n);
    }
    if (err == OK)
        err = mix_check(b);
    for (uint32_t i = 0; i < b->count && err == OK; i++) {
        if (!b->members[i].failed)
            err = member_resolve(b, &b->members[i]);
    }
    return err != OK ? err : distinct_check(b);
}

/* ---- running ---- */

static enum err read_run(struct batch *b, struct member *m)
{
    struct table_context context = api__table_context(b->request, m->s.table);
    struct slice body;
    uint32_t size;
    enum err err = table_item_get(&context, m->write.key, m->s.consistent, &body, &size);

    if (err)
        return err;
    m->write.capacity.table_halves = capacity_read_halves(size, m->s.consistent);
    if (body.p != NULL)
        m->item =
            m->s.bound.columns == NULL ? body : expr_projection_apply(m->s.bound.columns, body, b->request->arena);
    return OK;
}

struct renewal {
    struct api_request *request;
    struct member *member;
};

static enum err member_renew(void *context)
{
    struct renewal *renewal = context;
    struct member *m = renewal->member;
    enum err err = api__statement_source(renewal->request, &m->s);

    return err != OK ? err : api__statement_write(renewal->request, &m->s, API__KEY_TEXTS_STATEMENT, &m->write);
}

static enum err write_decide(struct batch *b, struct member *m)
{
    struct renewal renewal = {b->request, m};
    struct api__member_write write = {&m->s.table, &m->write, member_renew, &renewal};
    engine_ticket ticket = 0;
    enum err err = api__member_write(b->request, &write, b->wrote, &ticket);

    b->ticket = engine_ticket_join(b->request->api->engine, b->ticket, ticket);
    return err;
}

/* What a failed write would have cost. */
static void attempt_charge(struct member *m)
{
    uint32_t size = m->write.old_size > m->write.item_size ? m->write.old_size : m->write.item_size;

    if (table_throttle_is_refusal(&m->fault))
        return;
    m->write.capacity = (struct consumption){.table_halves = capacity_write_halves(size)};
}

static enum err write_run(struct batch *b, struct member *m)
{
    enum err err = member_take(b, m, write_decide(b, m));

    if (err)
        return err;
    b->wrote |= !m->failed;
    m->item = m->failed ? SLICE_NULL : api__statement_returned(b->request, &m->s, &m->write);
    if (m->failed)
        attempt_charge(m);
    return OK;
}

static enum err batch_run(struct batch *b)
{
    enum err err = OK, settled;

    for (uint32_t i = 0; i < b->count && err == OK; i++) {
        struct member *m = &b->members[i];

        if (m->failed)
            continue;
        m->told = true;
        err = is_read(m) ? member_take(b, m, read_run(b, m)) : write_run(b, m);
        fiber_breathe(b->request->fiber, m->item.n);
    }
    settled = engine_settle(b->request->api->engine, b->request->fiber, b->ticket);
    return err != OK ? err : settled;
}

/* ---- the reply ---- */

static void member_tell(const struct batch *b, const struct member *m, struct batch_statement_response *ret)
{
    *ret = (struct batch_statement_response){0};
    if (m->told)
        ret->table_name = m->s.table != NULL ? m->s.table->name : m->s.statement->table;
    if (m->item.p != NULL)
        ret->item = api__map_of(m->item);
    if (!m->failed)
        return;
    ret->error = arena_zalloc(b->request->arena, sizeof(*ret->error));
    ret->error->code = api__reason_code(&m->fault);
    ret->error->message = m->fault.message;
}

/* Tables of which no statement succeeded are left out. */
static bool is_charged(const struct batch *b, const struct member *m)
{
    for (uint32_t i = 0; m->told && m->s.table != NULL && i < b->count; i++) {
        if (!b->members[i].failed && b->members[i].s.table == m->s.table)
            return true;
    }
    return false;
}

static struct consumed_capacity_multiple capacity_of(const struct batch *b, struct slice mode)
{
    struct api__bill bill;

    if (!api__capacity_wanted(mode))
        return (struct consumed_capacity_multiple){0};
    api__bill_init(&bill, b->count, b->request->arena);
    for (uint32_t i = 0; i < b->count; i++) {
        if (is_charged(b, &b->members[i]))
            api__bill_add(&bill, b->members[i].s.table, &b->members[i].write.capacity);
    }
    return api__bill_tell(b->request, mode, &bill);
}

enum err api_batch_execute_statement(struct api_request *request, void *input)
{
    const struct batch_execute_statement_input *in = input;
    struct batch_execute_statement_output *out = request->output;
    struct batch b = {.request = request, .count = in->statements.count};
    enum err err;

    b.members = arena_zalloc(request->arena, b.count * sizeof(*b.members));
    for (uint32_t i = 0; i < b.count; i++) /* a failed condition never tells the item here */
        b.members[i].s = (struct api__statement){.text = in->statements.items[i].statement,
            .parameters = &in->statements.items[i].parameters,
            .consistent = in->statements.items[i].consistent_read == TRI_TRUE};
    err = batch_check(&b);
    if (err == OK)
        err = batch_run(&b);
    if (err)
        return err;
    out->responses.present = true;
    out->responses.count = b.count;
    out->responses.items = arena_alloc(request->arena, b.count * sizeof(*out->responses.items));
    for (uint32_t i = 0; i < b.count; i++)
        member_tell(&b, &b.members[i], &out->responses.items[i]);
    out->consumed_capacity = capacity_of(&b, in->return_consumed_capacity);
    return OK;
}
