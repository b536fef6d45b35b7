/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What all tables of an account in a region come to, for its quotas (control-plane.md 5.7, 12): units that are
 * provisioned, tables in a passing state. The tables stand together in a snapshot, so each sum is one walk over them.
 * A caller that decides by a sum holds the catalog's turn: nobody else changes a table then.
 */
#include "catalog/catalog_int.h"

bool catalog__is_in(const struct table_desc *desc, struct slice account, struct slice region)
{
    return slice_equal(desc->account, account) && slice_equal(desc->region, region);
}

/* The tables from *ret_first to before the one returned. */
static uint32_t tables_of(
    const struct catalog_snapshot *snapshot, struct slice account, struct slice region, uint32_t *ret_first)
{
    bool found;
    uint32_t end = catalog__snapshot_position(snapshot, account, region, SLICE_NULL, &found);

    *ret_first = end;
    while (end < snapshot->count && catalog__is_in(&snapshot->tables[end]->desc, account, region))
        end++;
    return end;
}

/* ---- units ---- */
static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static void units_add(struct throughput_target *sum, const struct throughput *now, const struct throughput_target *next)
{
    sum->read += next->present ? larger(now->read, next->read) : now->read;
    sum->write += next->present ? larger(now->write, next->write) : now->write;
}

struct throughput_target catalog_provisioned(
    const struct catalog_view *view, struct slice account, struct slice region, uint32_t except_id)
{
    const struct catalog_snapshot *snapshot = view->snapshot;
    struct throughput_target sum = {.present = true};
    uint32_t first, end = tables_of(snapshot, account, region, &first);

    for (uint32_t i = first; i < end; i++) {
        const struct table_desc *desc = &snapshot->tables[i]->desc;

        if (desc->id == except_id || desc->status == TABLE_DELETING)
            continue;
        units_add(&sum, &desc->throughput, &desc->throughput_next);
        for (uint32_t k = 0; k < desc->lsi_count + desc->gsi_count; k++)
            units_add(&sum, &desc->indexes[k].throughput, &desc->indexes[k].throughput_next);
    }
    return sum;
}

/* ---- passing states ---- */
struct catalog_passing catalog_passing(
    const struct catalog_view *view, struct slice account, struct slice region, uint32_t except_id)
{
    const struct catalog_snapshot *snapshot = view->snapshot;
    struct catalog_passing passing = {0};
    uint32_t first, end = tables_of(snapshot, account, region, &first);

    for (uint32_t i = first; i < end; i++) {
        const struct table_desc *desc = &snapshot->tables[i]->desc;

        if (desc->id == except_id || desc->status == TABLE_ACTIVE)
            continue;
        passing.tables++;
        passing.indexed += desc->status == TABLE_CREATING && desc->lsi_count + desc->gsi_count != 0;
    }
    return passing;
}
