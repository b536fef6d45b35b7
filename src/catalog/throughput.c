/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The history of a table's or index's throughput and what it allows (control-plane.md 5.3, 5.5).
 *
 * Decreases of provisioned units have a budget for each UTC day: four are free, each further one waits an hour from the
 * last. Midnight makes it new. A decrease of both units is one. It is counted when it comes into force; one that was
 * refused leaves no trace. Table and indexes have a budget each.
 *
 * Switches from provisioned to on-demand: four in any 24 hours. The other direction is free.
 *
 * All of it stands in the descriptor, so it outlives the process. The time is a parameter: pure functions, any thread.
 */
#include "catalog/catalog_int.h"

#define DAY_MS 86400000u

static bool is_same_day(uint64_t a_ms, uint64_t b_ms)
{
    return a_ms / DAY_MS == b_ms / DAY_MS;
}

/* ---- decreases ---- */
int64_t throughput_decreases_today(const struct throughput *throughput, uint64_t now_ms)
{
    return is_same_day(throughput->decreased_ms, now_ms) ? throughput->decreases_today : 0;
}

uint64_t throughput_decrease_ms(const struct throughput *throughput, uint64_t now_ms)
{
    if (throughput_decreases_today(throughput, now_ms) < DECREASES_FREE)
        return now_ms;
    return throughput->decreased_ms + DECREASE_PAUSE_MS;
}

void throughput_settle(struct throughput *throughput, struct throughput_target *next, uint64_t now_ms)
{
    if (!next->present)
        return;
    if (next->read > throughput->read || next->write > throughput->write)
        throughput->increased_ms = now_ms;
    if (next->read < throughput->read || next->write < throughput->write) {
        throughput->decreases_today = throughput_decreases_today(throughput, now_ms) + 1;
        throughput->decreased_ms = now_ms;
    }
    throughput->read = next->read;
    throughput->write = next->write;
    *next = (struct throughput_target){0};
}

/* ---- switches of the billing mode ---- */
/* `ms` lies less than a day from now, on whichever side the clock was put. */
static bool is_recent(uint64_t ms, uint64_t now_ms)
{
    return ms != 0 && (ms <= now_ms ? now_ms - ms : ms - now_ms) < DAY_MS;
}

uint64_t table_on_demand_switch_ms(const struct table_desc *desc, uint64_t now_ms)
{
    uint64_t oldest_ms = desc->on_demand_switches_ms[ON_DEMAND_SWITCHES_MAX - 1];

    return is_recent(oldest_ms, now_ms) ? oldest_ms + DAY_MS : now_ms;
}

void table_on_demand_switched(struct table_desc *desc, uint64_t now_ms)
{
    for (int i = ON_DEMAND_SWITCHES_MAX - 1; i > 0; i--)
        desc->on_demand_switches_ms[i] = desc->on_demand_switches_ms[i - 1];
    desc->on_demand_switches_ms[0] = now_ms;
}
