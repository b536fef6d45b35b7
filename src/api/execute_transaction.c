/* SPDX-License-Identifier: Apache-2.0 */

/*
 * ExecuteTransaction (data-plane.md 7.9): statements about one item each, all reads or all writes, at one moment.
 * EXISTS(SELECT ...) stands beside writes: a condition on an item that is not written. Writes are one transaction
 * (table/transact.h), reads one look at several keys.
 *
 * Checks come in rounds over all statements, and the first fault of a round ends the request:
 *
 *     1  parameters                                  told as they are
 *     2  each statement by itself                    told with its number
 *     3  reads beside writes                         told as it is
 *     4  what the tables' keys ask of a read         told with its number
 *     5  tables exist                                cancels: a reason for each that is missing
 *     6  keys and index keys of the writes           cancels: a reason for each that is faulty
 *     7  no item twice, size of the whole            told as it is
 *     8  the decision                                cancels: a reason for each that fails
 */
#include "api/statement.h"
#include "api/transact.h"

struct member {
    struct api__statement s;
    struct fault fault;
    bool failed; /* with `fault` as the reason of a cancellation */
};

struct transaction {
    struct api_request *request;
    struct member *members;
    struct table_action *actions; /* one a member; of a read the key alone */
    uint32_t count;
    bool writes;
};

/* ---- faults ---- */

/* An up-front fault of one statement, with its number. */
static enum err member_refuse(struct transaction *t, uint32_t i)
{
    struct slice text = t->request->fault.message;

    return fault_validation(
        &t->request->fault, "Validation failed in TransactStatements[%u]: %.*s", i, SLICE_ARG(text));
}

static void member_fail(struct transaction *t, uint32_t i)
{
    t->members[i].failed = true;
    t->members[i].fault = t->request->fault;
}

/* Cancels when a member failed. */
static enum err failures_tell(struct transaction *t)
{
    const struct fault **faults = arena_zalloc(t->request->arena, t->count * sizeof(const struct fault *));
    bool any = false;

    for (uint32_t i = 0; i < t->count; i++) {
        any |= t->members[i].failed;
        if (t->members[i].failed)
            faults[i] = &t->members[i].fault;
    }
    return any ? api__cancel(t->request, faults, t->count) : OK;
}

/* ---- rounds 1 to 3 ---- */

static enum err shape_check(struct transaction *t, const struct api__statement *s)
{
    struct fault *fault = &t->request->fault;

    if (s->statement->returning != PARTIQL_RETURNING_NONE)
        return fault_validation(fault, "RETURNING clause is not supported in ExecuteTransaction.");
    if (s->statement->index.p != NULL && s->statement->verb != PARTIQL_INSERT)
        return fault_validation(fault, "Reads on indices are not supported within transactions.");
    return OK;
}

static enum err members_prepare(struct transaction *t)
{
    enum err err = OK;

    for (uint32_t i = 0; i < t->count && err == OK; i++)
        err = api__parameters_check(t->request, t->members[i].s.parameters);
    if (err)
        return err;
    for (uint32_t i = 0; i < t->count; i++) {
        err = api__statement_prepare(t->request, &t->members[i].s);
        if (err == OK)
            err = shape_check(t, &t->members[i].s);
        if (err)
            return err == ERR_FAULT ? member_refuse(t, i) : err;
        fiber_breathe(t->request->fiber, t->members[i].s.text.n);
    }
    return OK;
}

static enum err mix_check(struct transaction *t)
{
    bool reads = false;

    for (uint32_t i = 0; i < t->count; i++) {
        bool read = t->members[i].s.statement->verb == PARTIQL_SELECT;

        reads |= read;
        t->writes |= !read;
    }
    if (!reads || !t->writes)
        return OK;
    return fault_validation(&t->request->fault,
        "ExecuteTransaction API does not support both read and write operations in the same request.");
}

/* ---- rounds 4 and 5: tables ---- */

/* SELECT names one item, EXISTS one item and something about it. */
static enum err read_check(struct transaction *t, uint32_t i)
{
    const struct api__statement *s = &t->members[i].s;
    bool exists = s->statement->verb == PARTIQL_EXISTS, only = false, item;

    if (!exists && s->statement->verb != PARTIQL_SELECT)
        return OK;
    item = api__statement_item(t->request, s, &t->actions[i].write.key_body, &only);
    if (item && only != exists)
        return OK;
    (void)fault_validation(&t->request->fault, "%s",
        exists ? "EXISTS() must contain a single item read with additional condition"
               : "Select statements within ExecuteTransaction must specify the primary key in the where clause.");
    return member_refuse(t, i);
}

static enum err tables_find(struct transaction *t)
{
    enum err err = OK;

    for (uint32_t i = 0; i < t->count && err == OK; i++) {
        err = api__statement_source(t->request, &t->members[i].s);
        t->actions[i].table = t->members[i].s.table;
        if (err == ERR_FAULT && t->request->fault.code == API_RESOURCE_NOT_FOUND) {
            member_fail(t, i);
            err = OK;
        } else if (err == ERR_FAULT) {
            err = member_refuse(t, i);
        } else if (err == OK) {
            err = read_check(t, i);
        }
    }
    return err != OK ? err : failures_tell(t);
}

/* ---- rounds 6 and 7: keys ---- */

static enum err key_resolve(struct transaction *t, uint32_t i)
{
    const struct api__statement *s = &t->members[i].s;
    struct table_write *write = &t->actions[i].write;

    if (s->statement->verb != PARTIQL_SELECT && s->statement->verb != PARTIQL_EXISTS)
        return api__statement_write(t->request, s, API__KEY_TEXTS_TRANSACTION, write);
    write->kind = TABLE_CHECK;
    write->condition = s->bound.where;
    write->return_item_on_failure = s->return_item_on_failure;
    return table_key_check(s->table, write->key_body, t->request->arena, &write->key, &t->request->fault);
}

static uint64_t payload_bytes(const struct transaction *t)
{
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct api__statement *s = &t->members[i].s;

        bytes += s->item_size;
        for (uint32_t k = 0; k < s->parameters->count && s->item_size == 0; k++)
            bytes += value_size(s->values[k]);
    }
    return bytes;
}

static enum err keys_resolve(struct transaction *t)
{
    struct slice *keys = arena_alloc(t->request->arena, t->count * sizeof(*keys));
    enum err err;

    for (uint32_t i = 0; i < t->count; i++) {
        err = key_resolve(t, i);
        if (err == ERR_FAULT)
            member_fail(t, i);
        else if (err)
            return err;
        keys[i] = t->actions[i].write.key;
        t->actions[i].fault.arena = t->request->arena;
    }
    err = failures_tell(t);
    if (err == OK)
        err = api__transact_keys_check(t->request, keys, t->count);
    return err != OK ? err : api__transact_payload_check(t->request, payload_bytes(t));
}

/* ---- reads ---- */

static enum err reads_run(struct transaction *t, struct slice mode, struct execute_transaction_output *out)
{
    struct slice *keys = arena_alloc(t->request->arena, t->count * sizeof(*keys)),
                 *bodies = arena_alloc(t->request->arena, t->count * sizeof(*bodies));
    const struct table_desc **tables = arena_alloc(t->request->arena, t->count * sizeof(const struct table_desc *));
    uint32_t *sizes = arena_alloc(t->request->arena, t->count * sizeof(*sizes));
    const struct api__transact_read read = {t->count, tables, keys, bodies, sizes};
    enum err err;

    for (uint32_t i = 0; i < t->count; i++) {
        keys[i] = t->actions[i].write.key;
        tables[i] = t->actions[i].table;
    }
    err = api__transact_read(t->request, &read);
    if (err)
        return err;
    for (uint32_t i = 0; i < t->count; i++)
        out->responses.items[i].item = api__transact_item(t->request, bodies[i], t->members[i].s.bound.columns);
    out->responses.count = t->count;
    out->consumed_capacity = api__transact_read_capacity(t->request, mode, tables, sizes, t->count);
    return OK;
}

/* ---- writes ---- */

static enum err writes_run(
    struct transaction *t, const struct execute_transaction_input *in, struct execute_transaction_output *out)
{
    struct table_transaction transaction = {.engine = t->request->api->engine,
        .fiber = t->request->fiber,
        .arena = t->request->arena,
        .actions = t->actions,
        .count = t->count,
        .fault = &t->request->fault,
        .now_ms = t->request->wall_ms,
        .throttle = api__throttle(t->request)};
    struct table_token token;
    enum err err;

    if (in->client_request_token.p != NULL) {
        token = api__transact_token(
            t->request, TOKEN_EXECUTE_TRANSACTION, in->client_request_token, "TransactStatements", in);
        transaction.token = &token;
    }
    err = api__transact_settled(t->request, &transaction);
    if (err)
        return err;
    out->consumed_capacity = api__transact_write_capacity(t->request, in->return_consumed_capacity, &transaction);
    return OK;
}

enum err api_execute_transaction(struct api_request *request, void *input)
{
    const struct execute_transaction_input *in = input;
    struct execute_transaction_output *out = request->output;
    struct transaction t = {.request = request, .count = in->transact_statements.count};
    enum err err;

    t.members = arena_zalloc(request->arena, t.count * sizeof(*t.members));
    t.actions = arena_zalloc(request->arena, t.count * sizeof(*t.actions));
    for (uint32_t i = 0; i < t.count; i++) {
        const struct parameterized_statement *statement = &in->transact_statements.items[i];

        t.members[i].s = (struct api__statement){.text = statement->statement,
            .parameters = &statement->parameters,
            .return_item_on_failure = slice_is(statement->return_values_on_condition_check_failure, "ALL_OLD")};
    }
    err = members_prepare(&t);
    if (err == OK)
        err = mix_check(&t);
    if (err == OK)
        err = tables_find(&t);
    if (err == OK)
        err = keys_resolve(&t);
    if (err)
        return err;
    out->responses.present = true;
    out->responses.items = arena_zalloc(request->arena, t.count * sizeof(*out->responses.items));
    return t.writes ? writes_run(&t, in, out) : reads_run(&t, in->return_consumed_capacity, out);
}
