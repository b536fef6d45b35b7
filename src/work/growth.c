/* SPDX-License-Identifier: Apache-2.0 */

/*
 * On-demand tables and indexes grow with their traffic where the service is played faithfully (control-plane.md 5.3,
 * 5.4): they carry at once what their warm throughput says, and that becomes twice the peak of their traffic, every
 * half hour at most. So what was reached lasts, is seen in DescribeTable, and never shrinks.
 */
#include "os/clock.h"
#include "work/work_int.h"

struct growth {
    struct warm_throughput table, indexes[INDEXES_MAX]; /* what they may grow to; -1: as they are */
};

static int64_t twice(uint64_t peak, int64_t warm, int64_t floor_units, int64_t quota)
{
    int64_t units = peak < (uint64_t)quota / 2 ? (int64_t)peak * 2 : quota;

    return units > warm && units > floor_units ? units : -1;
}

/* Takes the peaks of the last half hour. False: it is not over, or nothing is to be raised. */
static bool meter_look(
    struct meter *meter, const struct warm_throughput *warm, uint64_t now_ms, struct warm_throughput *ret)
{
    uint64_t grown_ms = atomic_load_explicit(&meter->grown_ms, memory_order_relaxed), now_ns = os_clock_monotonic_ns();

    *ret = (struct warm_throughput){-1, -1};
    if (grown_ms != 0 && now_ms >= grown_ms && now_ms - grown_ms < WORK_GROWTH_MS)
        return false;
    atomic_store_explicit(&meter->grown_ms, now_ms, memory_order_relaxed);
    if (grown_ms == 0) /* seen for the first time */
        return false;
    ret->read =
        twice(meter_peak_take(meter, METER_READ, now_ns), warm->read, WARM_READ_ON_DEMAND, TABLE_READ_UNITS_MAX);
    ret->write =
        twice(meter_peak_take(meter, METER_WRITE, now_ns), warm->write, WARM_WRITE_ON_DEMAND, TABLE_WRITE_UNITS_MAX);
    return ret->read >= 0 || ret->write >= 0;
}

static bool table_look(const struct table_desc *desc, uint64_t now_ms, struct growth *ret)
{
    bool any;

    if (desc->billing != BILLING_PAY_PER_REQUEST || desc->status != TABLE_ACTIVE)
        return false;
    any = meter_look(table_meter(desc, NULL), &desc->warm, now_ms, &ret->table);
    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++) {
        ret->indexes[i] = (struct warm_throughput){-1, -1};
        if (desc->indexes[i].global)
            any |= meter_look(table_meter(desc, &desc->indexes[i]), &desc->indexes[i].warm, now_ms, &ret->indexes[i]);
    }
    return any;
}

static void warm_raise(struct warm_throughput *warm, const struct warm_throughput *to)
{
    if (warm->read < to->read)
        warm->read = to->read;
    if (warm->write < to->write)
        warm->write = to->write;
}

struct change {
    const struct table_desc *seen; /* the indexes of `growth` are its */
    const struct growth *growth;
};

static enum err grow(void *context, const struct table_desc *present, struct table_desc *next, struct arena *arena,
    enum catalog_what *ret_what)
{
    const struct change *change = context;
    struct index_desc *indexes;

    *ret_what = CATALOG_NOTHING;
    if (present->version != change->seen->version) /* the next half hour, then */
        return OK;
    warm_raise(&next->warm, &change->growth->table);
    indexes = table_indexes_edit(next, arena);
    for (uint32_t i = 0; i < next->lsi_count + next->gsi_count; i++)
        warm_raise(&indexes[i].warm, &change->growth->indexes[i]);
    *ret_what = CATALOG_STORE;
    return OK;
}

enum err work__growth_walk(
    struct work *work, struct fiber *self, struct arena *arena, struct work_walk *walk, uint64_t now_ms, bool *ret_more)
{
    struct catalog_view *view;
    enum err err = OK;

    (void)walk;
    *ret_more = false;
    if (!work->growth)
        return OK;
    view = catalog_acquire(work->catalog, self);
    for (uint32_t i = 0; i < catalog_count(view) && err == OK; i++) {
        struct growth growth;
        struct work_step step = {
            .work = work, .self = self, .arena = arena, .now_ms = now_ms, .desc = catalog_at(view, i)};
        struct change change = {step.desc, &growth};

        if (table_look(step.desc, now_ms, &growth))
            err = work__change(&step, grow, &change);
    }
    catalog_release(view, self);
    return err;
}
