/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What the operations over several items at once share (transact.h): the check that they are several, the decision with
 * its wait, and capacity at twice the price (data-plane.md 6), an entry for each table in the order in which the
 * request names them.
 */
#include "api/transact.h"
#include "codec/key.h"

/* ---- distinct items ---- */

enum err api__transact_keys_check(struct api_request *request, const struct slice *keys, uint32_t count)
{
    uint64_t *hashes = arena_alloc(request->arena, count * sizeof(*hashes)); /* compared first: there are 4,950 pairs */

    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = keys[i].p == NULL ? 0 : key_hash(keys[i]);
        for (uint32_t k = 0; k < i && keys[i].p != NULL; k++) {
            if (hashes[i] == hashes[k] && slice_equal(keys[i], keys[k])) /* a key begins with its table's id */
                return fault_validation(
                    &request->fault, "Transaction request cannot include multiple operations on one item");
        }
    }
    return OK;
}

enum err api__transact_distinct_check(
    struct api_request *request, const struct table_desc *const *tables, const struct slice *bodies, uint32_t count)
{
    struct slice *keys = arena_alloc(request->arena, count * sizeof(*keys));

    for (uint32_t i = 0; i < count; i++) {
        if (!table_key_find(tables[i], bodies[i], request->arena, &keys[i]))
            keys[i] = SLICE_NULL;
    }
    return api__transact_keys_check(request, keys, count);
}

/* ---- the decision ---- */

static enum err cancelled(struct api_request *request, const struct table_transaction *t)
{
    const struct fault **faults = arena_zalloc(request->arena, t->count * sizeof(const struct fault *));

    for (uint32_t i = 0; i < t->count; i++) {
        if (t->actions[i].refused)
            faults[i] = &t->actions[i].fault;
    }
    return api__cancel(request, faults, t->count);
}

enum err api__transact_settled(struct api_request *request, struct table_transaction *transaction)
{
    engine_ticket ticket = 0;
    enum err err = table_transact(transaction, &ticket), settled;

    if (err != OK && err != ERR_FAULT)
        return err;
    settled = engine_settle(request->api->engine, request->fiber, ticket);
    if (settled)
        return settled;
    return err == ERR_FAULT && transaction->cancelled ? cancelled(request, transaction) : err;
}

enum err api__transact_payload_check(struct api_request *request, uint64_t bytes)
{
    if (bytes <= TRANSACTION_BYTES_MAX)
        return OK;
    return fault_validation(&request->fault, "Transaction payload size cannot exceed 4 MB");
}

struct table_token api__transact_token(struct api_request *request, enum token_operation operation,
    struct slice client_token, const char *member_name, const void *input)
{
    return (struct table_token){
        .key = token_key(
            request->arena, (uint8_t)operation, request->identity.account, request->identity.region, client_token),
        .digest = api__digest(request, member_name, input),
    };
}

/* ---- what was read ---- */

static uint64_t read_halves(uint32_t size)
{
    return 2 * capacity_read_halves(size, true);
}

static const struct fault *fault_dup(struct api_request *request)
{
    struct fault *copy = arena_alloc(request->arena, sizeof(*copy));

    *copy = request->fault;
    return copy;
}

/* All or none; what was taken for those that had capacity is lost. */
static enum err reads_admit(struct api_request *request, const struct api__transact_read *read)
{
    const struct fault **faults = arena_zalloc(request->arena, read->count * sizeof(const struct fault *));
    struct table_throttle throttle = api__throttle(request);
    bool refused = false;

    for (uint32_t i = 0; i < read->count && throttle.mode != THROTTLE_OFF; i++) {
        enum err err = table_throttle_admit(
            &throttle, read->tables[i], NULL, METER_READ, key_hash(read->keys[i]), read_halves(0), &request->fault);

        if (err == OK)
            continue;
        faults[i] = fault_dup(request);
        refused = true;
    }
    return refused ? api__cancel(request, faults, read->count) : OK;
}

static void reads_settle(struct api_request *request, const struct api__transact_read *read)
{
    struct table_throttle throttle = api__throttle(request);

    for (uint32_t i = 0; i < read->count; i++)
        table_throttle_settle(&throttle, read->tables[i], NULL, METER_READ, key_hash(read->keys[i]), read_halves(0),
            read_halves(read->sizes[i]));
}

enum err api__transact_read(struct api_request *request, const struct api__transact_read *read)
{
    struct table_context context = api__table_context(request, read->tables[0]); /* the keys say which table */
    uint64_t bytes = 0;
    enum err err = reads_admit(request, read);

    if (err == OK)
        err = table_get(&context, read->keys, read->count, read->bodies, read->sizes);
    if (err)
        return err;
    for (uint32_t i = 0; i < read->count; i++)
        bytes += read->sizes[i];
    reads_settle(request, read);
    table_trace_key(&request->trace.work, read->keys[0]);
    table_trace_read(&request->trace.work, read->count, bytes);
    if (bytes > TRANSACTION_BYTES_MAX)
        return fault_validation(&request->fault, "Transaction items size cannot exceed 4 MB");
    return OK;
}

struct attribute_map api__transact_item(
    struct api_request *request, struct slice body, const struct expr_projection *projection)
{
    if (body.p == NULL)
        return (struct attribute_map){0};
    if (projection == NULL)
        return api__map_of(body);
    body = expr_projection_apply(projection, body, request->arena);
    return body_count(body) != 0 ? api__map_of(body) : (struct attribute_map){0};
}

/* ---- capacity ---- */

/* Transactions say beside each figure whether it was read or written. */
static void split_mark(struct capacity *figure, bool read)
{
    *(read ? &figure->read_capacity_units : &figure->write_capacity_units) = figure->capacity_units;
}

static void splits_mark(struct consumed_capacity *entry, bool read)
{
    *(read ? &entry->read_capacity_units : &entry->write_capacity_units) = entry->capacity_units;
    if (entry->table != NULL)
        split_mark(entry->table, read);
    for (uint32_t i = 0; i < entry->local_secondary_indexes.count; i++)
        split_mark(&entry->local_secondary_indexes.values[i], read);
    for (uint32_t i = 0; i < entry->global_secondary_indexes.count; i++)
        split_mark(&entry->global_secondary_indexes.values[i], read);
}

static struct consumed_capacity_multiple bill_tell(
    struct api_request *request, struct slice mode, const struct api__bill *bill, bool read)
{
    struct consumed_capacity_multiple list = api__bill_tell(request, mode, bill);

    for (uint32_t i = 0; i < list.count; i++)
        splits_mark(&list.items[i], read);
    return list;
}

struct consumed_capacity_multiple api__transact_read_capacity(struct api_request *request, struct slice mode,
    const struct table_desc *const *tables, const uint32_t *sizes, uint32_t count)
{
    struct api__bill bill;

    if (!api__capacity_wanted(mode))
        return (struct consumed_capacity_multiple){0};
    api__bill_init(&bill, count, request->arena);
    for (uint32_t i = 0; i < count; i++) {
        const struct consumption one = {.table_halves = read_halves(sizes[i])};

        api__bill_add(&bill, tables[i], &one);
    }
    return bill_tell(request, mode, &bill, true);
}

struct consumed_capacity_multiple api__transact_write_capacity(
    struct api_request *request, struct slice mode, const struct table_transaction *t)
{
    const struct table_desc **tables;
    struct api__bill bill;

    if (!api__capacity_wanted(mode))
        return (struct consumed_capacity_multiple){0};
    tables = arena_alloc(request->arena, t->count * sizeof(const struct table_desc *));
    api__bill_init(&bill, t->count, request->arena);
    for (uint32_t i = 0; i < t->count; i++) {
        tables[i] = t->actions[i].table;
        api__bill_add(&bill, tables[i], &t->actions[i].write.capacity);
    }
    if (t->replayed)
        return api__transact_read_capacity(request, mode, tables, t->sizes, t->count);
    return bill_tell(request, mode, &bill, false);
}
