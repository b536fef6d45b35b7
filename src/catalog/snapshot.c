/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Snapshots: all tables at one moment, never altered.
 *
 *     catalog_snapshot ──► catalog_table ──► catalog_shared (fence, meters)
 *        sorted array        one version       all versions of one table
 *        two hash tables     of one table
 *
 * A change copies the array of pointers, replaces one and hashes again. That is linear in the number of tables, some
 * 100 us for TABLES_MAX, and happens once per control-plane call, which waits for a disk sync anyway; in return readers
 * need neither lock nor barrier.
 *
 * All three are counted. Counts are atomic because the last user may be any thread; nothing else here is written after
 * creation, but for fence and meters.
 */
#include <stdlib.h>

#include <xxhash.h>

#include "base/assert.h"
#include "catalog/catalog_int.h"

#define TABLE_ARENA_BLOCK_BYTES 4096

static void *memory_or_die(size_t bytes)
{
    void *memory = calloc(1, bytes);

    ASSERT(memory != NULL);
    return memory;
}

/* ---- one table ---- */
static void shared_unref(struct catalog_shared *shared)
{
    if (atomic_fetch_sub_explicit(&shared->refs, 1, memory_order_acq_rel) != 1)
        return;
    for (uint32_t i = 0; i < shared->meters_count; i++) {
        meter_end(shared->meters[i].meter);
        free(shared->meters[i].meter);
    }
    free(shared->meters);
    meter_end(&shared->meter);
    free(shared);
}

/* An index keeps its meter through all versions of the table; a new one gets a new one. */
static struct meter *index_meter(struct catalog_shared *shared, uint16_t index_id)
{
    struct catalog_meter *meters = shared->meters;

    for (uint32_t i = 0; i < shared->meters_count; i++) {
        if (meters[i].index_id == index_id)
            return meters[i].meter;
    }
    meters = realloc(meters, (shared->meters_count + 1) * sizeof(*meters));
    ASSERT(meters != NULL);
    meters[shared->meters_count++] =
        (struct catalog_meter){.index_id = index_id, .meter = memory_or_die(sizeof(struct meter))};
    shared->meters = meters;
    return meters[shared->meters_count - 1].meter;
}

static void meters_give(struct catalog_table *table)
{
    struct table_desc *desc = &table->desc;
    struct meter **meters = arena_alloc(table->arena, (1 + desc->lsi_count + desc->gsi_count) * sizeof(struct meter *));

    meters[0] = &table->shared->meter;
    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++)
        meters[1 + i] = desc->indexes[i].global ? index_meter(table->shared, desc->indexes[i].id) : NULL;
    desc->meters = meters;
}

enum err catalog__table_create(
    struct slice body, struct catalog_shared *shared, struct catalog_table **ret, const char **ret_what)
{
    struct catalog_table *table = memory_or_die(sizeof(*table));
    enum err err;

    table->arena = arena_create(TABLE_ARENA_BLOCK_BYTES);
    err = catalog__decode(body, table->arena, &table->desc, ret_what);
    if (err) {
        arena_destroy(table->arena);
        free(table);
        return err;
    }
    if (shared == NULL) {
        shared = memory_or_die(sizeof(*shared));
        atomic_init(&shared->fence.version, table->desc.version);
    }
    atomic_fetch_add_explicit(&shared->refs, 1, memory_order_relaxed);
    table->shared = shared;
    table->desc.fence = &shared->fence;
    meters_give(table);
    atomic_init(&table->refs, 1);
    *ret = table;
    return OK;
}

static void table_ref(struct catalog_table *table)
{
    atomic_fetch_add_explicit(&table->refs, 1, memory_order_relaxed);
}

void catalog__table_unref(struct catalog_table *table)
{
    if (atomic_fetch_sub_explicit(&table->refs, 1, memory_order_acq_rel) != 1)
        return;
    shared_unref(table->shared);
    arena_destroy(table->arena);
    free(table);
}

/* ---- look-ups ---- */
static uint32_t hash_name(uint64_t seed, struct slice account, struct slice region, struct slice name)
{
    uint64_t hash = XXH3_64bits_withSeed(name.p, name.n, seed);

    hash = XXH3_64bits_withSeed(region.p, region.n, hash);
    return (uint32_t)XXH3_64bits_withSeed(account.p, account.n, hash);
}

/* Ids are given in sequence; the factor spreads them. */
static uint32_t hash_id(uint32_t id)
{
    return id * 2654435769u;
}

static void slot_fill(uint32_t *slots, uint32_t mask, uint32_t hash, uint32_t position)
{
    uint32_t at = hash & mask;

    while (slots[at] != 0)
        at = (at + 1) & mask;
    slots[at] = position + 1;
}

static bool is_named(const struct table_desc *desc, struct slice account, struct slice region, struct slice name)
{
    return slice_equal(desc->name, name) && slice_equal(desc->region, region) && slice_equal(desc->account, account);
}

struct catalog_table *catalog__snapshot_find(
    const struct catalog_snapshot *snapshot, struct slice account, struct slice region, struct slice name)
{
    uint32_t at = hash_name(snapshot->seed, account, region, name) & snapshot->mask;

    for (; snapshot->by_name[at] != 0; at = (at + 1) & snapshot->mask) {
        struct catalog_table *table = snapshot->tables[snapshot->by_name[at] - 1];

        if (is_named(&table->desc, account, region, name))
            return table;
    }
    return NULL;
}

struct catalog_table *catalog__snapshot_find_id(const struct catalog_snapshot *snapshot, uint32_t id)
{
    uint32_t at = hash_id(id) & snapshot->mask;

    for (; snapshot->by_id[at] != 0; at = (at + 1) & snapshot->mask) {
        struct catalog_table *table = snapshot->tables[snapshot->by_id[at] - 1];

        if (table->desc.id == id)
            return table;
    }
    return NULL;
}

static int order(const struct table_desc *desc, struct slice account, struct slice region, struct slice name)
{
    int by = slice_compare(desc->account, account);

    if (by == 0)
        by = slice_compare(desc->region, region);
    return by != 0 ? by : slice_compare(desc->name, name);
}

uint32_t catalog__snapshot_position(const struct catalog_snapshot *snapshot, struct slice account, struct slice region,
    struct slice name, bool *ret_found)
{
    uint32_t low = 0, high = snapshot->count;

    *ret_found = false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int by = order(&snapshot->tables[middle]->desc, account, region, name);

        *ret_found = *ret_found || by == 0;
        if (by < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- life ---- */
struct catalog_snapshot *catalog__snapshot_create(
    struct catalog_table *const *tables, uint32_t count, uint64_t version, uint64_t seed)
{
    struct catalog_snapshot *snapshot = memory_or_die(sizeof(*snapshot));
    uint32_t slots = 16;

    while (slots < 2 * count)
        slots *= 2;
    snapshot->version = version;
    snapshot->seed = seed;
    snapshot->count = count;
    snapshot->mask = slots - 1;
    snapshot->tables = memory_or_die((count + 1) * sizeof(struct catalog_table *));
    snapshot->by_name = memory_or_die(slots * sizeof(uint32_t));
    snapshot->by_id = memory_or_die(slots * sizeof(uint32_t));
    atomic_init(&snapshot->refs, 1);
    for (uint32_t i = 0; i < count; i++) {
        const struct table_desc *desc = &tables[i]->desc;

        ASSERT(i == 0 || order(&tables[i - 1]->desc, desc->account, desc->region, desc->name) < 0);
        table_ref(tables[i]);
        snapshot->tables[i] = tables[i];
        slot_fill(snapshot->by_name, snapshot->mask, hash_name(seed, desc->account, desc->region, desc->name), i);
        slot_fill(snapshot->by_id, snapshot->mask, hash_id(desc->id), i);
    }
    return snapshot;
}

void catalog__snapshot_unref(struct catalog_snapshot *snapshot)
{
    if (atomic_fetch_sub_explicit(&snapshot->refs, 1, memory_order_acq_rel) != 1)
        return;
    for (uint32_t i = 0; i < snapshot->count; i++)
        catalog__table_unref(snapshot->tables[i]);
    free(snapshot->tables);
    free(snapshot->by_name);
    free(snapshot->by_id);
    free(snapshot);
}
