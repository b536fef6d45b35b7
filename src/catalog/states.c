/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The passing states of tables and indexes, and what their end brings (control-plane.md 4.4, 4.5, 4.6).
 *
 *     table   CREATING ──► ACTIVE ◄──► UPDATING          index of a new table   CREATING ──► ACTIVE, with the table
 *                            └──► DELETING ──► gone      index of a live one    CREATING ──► BACKFILLING ──► ACTIVE
 *                                                        either                 ACTIVE ◄──► UPDATING
 *                                                                               any ──► DELETING ──► gone
 *
 * A passing state carries the wall-clock time before which it does not end, so that clients see it as they do in
 * DynamoDB, and a restart in between takes it up where it was. States that end by time alone end here. Those that end
 * when work is done (BACKFILLING, both DELETING) end in work/.
 *
 * Pure functions of a descriptor and the time; any thread.
 */
#include "catalog/catalog_int.h"

/* A due time far ahead was set before the wall clock was put back; nobody should wait for it. */
static bool is_due(uint64_t due_ms, uint64_t now_ms)
{
    return due_ms <= now_ms || due_ms - now_ms > STATE_DUE_MS_MAX;
}

static bool has_warm_next(const struct warm_throughput *warm_next)
{
    return warm_next->read >= 0 || warm_next->write >= 0;
}

static void warm_raise(struct warm_throughput *warm, int64_t read, int64_t write)
{
    if (warm->read < read)
        warm->read = read;
    if (warm->write < write)
        warm->write = write;
}

/* Warm throughput never falls below what the mode and the units give. */
static void warm_settle(struct warm_throughput *warm, enum billing_mode billing, const struct throughput *units)
{
    if (billing == BILLING_PAY_PER_REQUEST)
        warm_raise(warm, WARM_READ_ON_DEMAND, WARM_WRITE_ON_DEMAND);
    else
        warm_raise(warm, units->read, units->write);
}

static void warm_finish(struct warm_throughput *warm, struct warm_throughput *warm_next)
{
    warm_raise(warm, warm_next->read, warm_next->write);
    *warm_next = (struct warm_throughput){-1, -1};
}

static void creation_finish(struct table_desc *desc, struct index_desc *indexes)
{
    desc->status = TABLE_ACTIVE;
    if (desc->billing == BILLING_PAY_PER_REQUEST)
        desc->billing_on_demand_ms = desc->created_ms;
    if (desc->table_class.p != NULL)
        desc->table_class_ms = desc->created_ms;
    warm_settle(&desc->warm, desc->billing, &desc->throughput);
    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++) {
        indexes[i].status = INDEX_ACTIVE;
        if (indexes[i].global)
            warm_settle(&indexes[i].warm, desc->billing, &indexes[i].throughput);
    }
}

static void class_finish(struct table_desc *desc, uint64_t now_ms)
{
    desc->table_class_before_ms = desc->table_class_ms == desc->created_ms ? 0 : desc->table_class_ms;
    desc->table_class_ms = now_ms;
    desc->table_class = desc->table_class_next;
    desc->table_class_next = SLICE_NULL;
}

/* All but the index's part of UPDATING. A stream was enabled or disabled when that began. */
static void update_finish(struct table_desc *desc, struct index_desc *indexes, uint64_t now_ms)
{
    throughput_settle(&desc->throughput, &desc->throughput_next, now_ms);
    if (desc->updating & TABLE_UPDATES_CLASS)
        class_finish(desc, now_ms);
    if ((desc->updating & TABLE_UPDATES_BILLING) && desc->billing == BILLING_PAY_PER_REQUEST)
        desc->billing_on_demand_ms = now_ms;
    warm_settle(&desc->warm, desc->billing, &desc->throughput);
    for (uint32_t i = desc->lsi_count; i < desc->lsi_count + desc->gsi_count; i++)
        warm_settle(&indexes[i].warm, desc->billing, &indexes[i].throughput);
    desc->updating &= TABLE_UPDATES_INDEX;
}

void table_index_settle(struct index_desc *index, uint64_t now_ms)
{
    throughput_settle(&index->throughput, &index->throughput_next, now_ms);
    warm_finish(&index->warm, &index->warm_next);
}

void table_index_activate(const struct table_desc *desc, struct index_desc *index)
{
    index->status = INDEX_ACTIVE;
    warm_settle(&index->warm, desc->billing, &index->throughput);
}

/* True when the index had something due. */
static bool index_advance(const struct table_desc *desc, struct index_desc *index, uint64_t now_ms)
{
    if (!is_due(index->due_ms, now_ms))
        return false;
    if (index->status == INDEX_CREATING) {
        index->status = INDEX_BACKFILLING;
        index->due_ms = index->backfill_due_ms;
        return true;
    }
    if (index->status == INDEX_UPDATING) {
        table_index_settle(index, now_ms);
        table_index_activate(desc, index);
        return true;
    }
    return false;
}

/* The table is UPDATING for its indexes as long as one of them is being allocated or deleted. */
static bool is_index_busy(const struct table_desc *desc)
{
    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++) {
        if (desc->indexes[i].status == INDEX_CREATING || desc->indexes[i].status == INDEX_DELETING)
            return true;
    }
    return false;
}

void table_updating_settle(struct table_desc *desc)
{
    if (desc->status != TABLE_ACTIVE && desc->status != TABLE_UPDATING)
        return;
    desc->updating &= ~(uint32_t)TABLE_UPDATES_INDEX;
    if (is_index_busy(desc))
        desc->updating |= TABLE_UPDATES_INDEX;
    desc->status = desc->updating == 0 ? TABLE_ACTIVE : TABLE_UPDATING;
}

struct index_desc *table_indexes_edit(struct table_desc *desc, struct arena *arena)
{
    uint32_t count = desc->lsi_count + desc->gsi_count;
    struct index_desc *indexes = arena_zalloc(arena, (count + 1) * sizeof(*indexes));

    if (count != 0)
        memcpy(indexes, desc->indexes, count * sizeof(*indexes));
    desc->indexes = indexes;
    return indexes;
}

bool table_advance(struct table_desc *desc, uint64_t now_ms, struct arena *arena)
{
    enum table_status status = desc->status;
    struct index_desc *indexes;
    bool changed = false;

    if (desc->status == TABLE_DELETING)
        return false;
    if (desc->status == TABLE_CREATING) {
        if (!is_due(desc->due_ms, now_ms))
            return false;
        creation_finish(desc, table_indexes_edit(desc, arena));
        return true;
    }
    indexes = table_indexes_edit(desc, arena);
    if (is_due(desc->due_ms, now_ms)) {
        if (desc->updating & ~(uint32_t)TABLE_UPDATES_INDEX) {
            update_finish(desc, indexes, now_ms);
            changed = true;
        }
        if (has_warm_next(&desc->warm_next)) {
            warm_finish(&desc->warm, &desc->warm_next);
            changed = true;
        }
    }
    for (uint32_t i = desc->lsi_count; i < desc->lsi_count + desc->gsi_count; i++)
        changed = index_advance(desc, &indexes[i], now_ms) || changed;
    table_updating_settle(desc);
    return changed || desc->status != status;
}

static void earlier(uint64_t *due_ms, uint64_t other_ms)
{
    if (*due_ms > other_ms)
        *due_ms = other_ms;
}

uint32_t table_ttl_dead(const struct table_desc *desc)
{
    return desc->ttl.attribute.p == NULL ? desc->ttl.generation : desc->ttl.generation - 1;
}

uint64_t table_due(const struct table_desc *desc)
{
    uint64_t due_ms = UINT64_MAX;

    if (desc->status != TABLE_ACTIVE && desc->updating != TABLE_UPDATES_INDEX)
        earlier(&due_ms, desc->due_ms);
    if (has_warm_next(&desc->warm_next))
        earlier(&due_ms, desc->due_ms);
    if (desc->status == TABLE_CREATING || desc->status == TABLE_DELETING)
        return due_ms;
    if (desc->ttl.filling || table_ttl_dead(desc) > desc->ttl.dropped)
        return 0;
    for (uint32_t i = desc->lsi_count; i < desc->lsi_count + desc->gsi_count; i++) {
        if (desc->indexes[i].status != INDEX_ACTIVE)
            earlier(&due_ms, desc->indexes[i].due_ms);
    }
    return due_ms;
}

bool table_is_due(uint64_t due_ms, uint64_t now_ms)
{
    return due_ms != UINT64_MAX && is_due(due_ms, now_ms);
}
