/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What the operations over several items at once share (transact.h): the check that they are several, the decision with
 * its wait, and capacity at twice the price (data-plane.md 6), an entry for each table in the order in which the
 * request names them.
 */
#include "api/transact.h"

/* ---- distinct items ---- */

enum err api__transact_distinct_check(
    struct api_request *request, const struct table_desc *const *tables, const struct slice *bodies, uint32_t count)
{
    struct slice *keys = arena_alloc(request->arena, count * sizeof(*keys));

    for (uint32_t i = 0; i < count; i++) {
        if (!table_key_find(tables[i], bodies[i], request->arena, &keys[i]))
            keys[i] = SLICE_NULL;
        for (uint32_t k = 0; k < i && keys[i].p != NULL; k++) {
            if (slice_equal(keys[i], keys[k])) /* a key begins with its table's id */
                return fault_validation(
                    &request->fault, "Transaction request cannot include multiple operations on one item");
        }
    }
    return OK;
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

/* ---- capacity ---- */

/* The sums of the tables met so far. */
struct bill {
    const struct table_desc **tables;
    struct consumption *sums;
    uint32_t count;
};

static void bill_init(struct bill *bill, uint32_t tables_max, struct arena *arena)
{
    bill->count = 0;
    bill->tables = arena_alloc(arena, tables_max * sizeof(const struct table_desc *));
    bill->sums = arena_zalloc(arena, tables_max * sizeof(*bill->sums));
}

static void bill_add(struct bill *bill, const struct table_desc *table, const struct consumption *more)
{
    uint32_t i = 0;

    while (i < bill->count && bill->tables[i] != table)
        i++;
    if (i == bill->count)
        bill->tables[bill->count++] = table;
    capacity_add(&bill->sums[i], more);
}

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

static struct consumed_capacity_multiple bill_render(
    struct api_request *request, struct slice mode, const struct bill *bill, bool read)
{
    struct consumed_capacity_multiple list = {.present = true};

    list.items = arena_alloc(request->arena, bill->count * sizeof(*list.items));
    for (uint32_t i = 0; i < bill->count; i++) {
        struct consumed_capacity *entry = api__consumed_capacity(request, mode, bill->tables[i], &bill->sums[i]);

        splits_mark(entry, read);
        list.items[list.count++] = *entry;
    }
    return list;
}

struct consumed_capacity_multiple api__transact_read_capacity(struct api_request *request, struct slice mode,
    const struct table_desc *const *tables, const uint32_t *sizes, uint32_t count)
{
    struct bill bill;

    if (!api__capacity_wanted(mode))
        return (struct consumed_capacity_multiple){0};
    bill_init(&bill, count, request->arena);
    for (uint32_t i = 0; i < count; i++) {
        const struct consumption one = {.table_halves = 2 * capacity_read_halves(sizes[i], true)};

        bill_add(&bill, tables[i], &one);
    }
    return bill_render(request, mode, &bill, true);
}

struct consumed_capacity_multiple api__transact_write_capacity(
    struct api_request *request, struct slice mode, const struct table_transaction *t)
{
    const struct table_desc **tables;
    struct bill bill;

    if (!api__capacity_wanted(mode))
        return (struct consumed_capacity_multiple){0};
    tables = arena_alloc(request->arena, t->count * sizeof(const struct table_desc *));
    bill_init(&bill, t->count, request->arena);
    for (uint32_t i = 0; i < t->count; i++) {
        tables[i] = t->actions[i].table;
        bill_add(&bill, tables[i], &t->actions[i].write.capacity);
    }
    if (t->replayed)
        return api__transact_read_capacity(request, mode, tables, t->sizes, t->count);
    return bill_render(request, mode, &bill, false);
}
