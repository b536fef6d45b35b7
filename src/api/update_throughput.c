/* SPDX-License-Identifier: Apache-2.0 */

/*
 * UpdateTable: billing mode, provisioned units, on-demand maxima and warm throughput of the table (4.5, 5.4, 5.5).
 * Changes of units take force when the state UPDATING ends; a switch of the billing mode does so at once, and its time
 * is noted at the end; maxima change at once and without a state.
 */
#include <time.h>

#include "api/update.h"

/* ---- the request by itself ---- */
enum err api__update_index_units_refused(struct api_request *request, struct slice index)
{
    return fault_validation(&request->fault,
        P_ "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: %.*s when BillingMode is "
           "PAY_PER_REQUEST",
        SLICE_ARG(index));
}

static enum err bounds_shape(struct api_request *request, const struct update_table_input *input)
{
    const struct global_secondary_index_update_list *list = &input->global_secondary_index_updates;
    enum err err = OK;

    if (input->provisioned_throughput != NULL)
        err = api__units_check(request, SLICE_NULL, input->provisioned_throughput);
    for (uint32_t i = 0; i < list->count && !err; i++) {
        const struct update_global_secondary_index_action *action = list->items[i].update;

        if (action != NULL && action->provisioned_throughput != NULL)
            err = api__units_check(request, action->index_name, action->provisioned_throughput);
    }
    return err;
}

enum err api__update_throughput_shape(struct api_request *request, const struct update_table_input *input)
{
    const struct global_secondary_index_update_list *list = &input->global_secondary_index_updates;
    enum err err;

    err = bounds_shape(request, input);
    if (err || input->billing_mode.p == NULL)
        return err;
    if (slice_is(input->billing_mode, "PROVISIONED")) {
        if (input->provisioned_throughput == NULL)
            return fault_validation(
                &request->fault, P_ "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        return OK;
    }
    if (input->provisioned_throughput != NULL)
        return fault_validation(&request->fault, P_ "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified "
                                                    "when BillingMode is PAY_PER_REQUEST");
    for (uint32_t i = 0; i < list->count; i++) {
        const struct update_global_secondary_index_action *action = list->items[i].update;

        if (action != NULL && action->provisioned_throughput != NULL)
            return api__update_index_units_refused(request, action->index_name);
    }
    return OK;
}

/* ---- units ---- */
static enum err units_same(
    struct api_request *request, struct slice index, const struct throughput *now, struct throughput asked)
{
    struct slice what =
        index.p == NULL ? SLICE_LIT("table") : arena_printf(request->arena, "index %.*s", SLICE_ARG(index));
    const char *kind = index.p == NULL ? "table" : "index";

    return fault_validation(&request->fault,
        "The provisioned throughput for the %.*s will not change. The requested value equals the current value. "
        "Current "
        "ReadCapacityUnits provisioned for the %s: %lld. Requested ReadCapacityUnits: %lld. Current WriteCapacityUnits "
        "provisioned for the %s: %lld. Requested WriteCapacityUnits: %lld. Refer to the Amazon DynamoDB Developer "
        "Guide for "
        "current limits and how to request higher limits.",
        SLICE_ARG(what), kind, (long long)now->read, (long long)asked.read, kind, (long long)now->write,
        (long long)asked.write);
}

/* "Monday, February 13, 2023 at 10:25:39 AM Coordinated Universal Time" */
static struct slice time_text(struct arena *arena, uint64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts;
    char text[96];

    gmtime_r(&seconds, &parts);
    size_t n = strftime(text, sizeof(text), "%A, %B %-d, %Y at %-I:%M:%S %p Coordinated Universal Time", &parts);

    return arena_dup(arena, slice_of(text, n));
}

/* The budget of decreases (5.5; catalog/throughput.c). */
static enum err decrease_check(struct api_request *request, const struct throughput *throughput)
{
    int64_t today = throughput_decreases_today(throughput, request->wall_ms);
    uint64_t next_ms = throughput_decrease_ms(throughput, request->wall_ms);
    struct slice last, next;

    if (next_ms <= request->wall_ms)
        return OK;
    last = time_text(request->arena, throughput->decreased_ms);
    next = time_text(request->arena, next_ms);
    return fault_set(&request->fault, API_LIMIT_EXCEEDED,
        "Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. After the "
        "first %d "
        "decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. "
        "Number of "
        "decreases today: %lld. Last decrease at %.*s. Next decrease can be made at %.*s",
        DECREASES_FREE, (long long)today, SLICE_ARG(last), SLICE_ARG(next));
}

enum err api__update_units(struct api__update *update, struct slice index, const struct provisioned_throughput *units,
    struct throughput *throughput, struct throughput_target *target)
{
    struct throughput asked = api__throughput(units);
    enum err err;

    if (asked.read == throughput->read && asked.write == throughput->write)
        return units_same(update->request, index, throughput, asked);
    if (asked.read < throughput->read || asked.write < throughput->write) {
        err = decrease_check(update->request, throughput);
        if (err)
            return err;
    }
    if (asked.read > throughput->read || asked.write > throughput->write) {
        throughput->increased_ms = update->request->wall_ms;
        update->raised = true;
    }
    *target = (struct throughput_target){true, asked.read, asked.write};
    update->changed = true;
    return OK;
}

/* ---- billing mode ---- */
/* The history stays: a budget of decreases is not renewed by a detour over on-demand. */
static void units_replace(struct throughput *throughput, const struct provisioned_throughput *units)
{
    throughput->read = units->read_capacity_units.v;
    throughput->write = units->write_capacity_units.v;
}

static enum err to_provisioned(struct api__update *update, struct table_desc *next, struct index_desc *indexes)
{
    struct api_request *request = update->request;
    struct buf missing;

    buf_init(&missing, request->arena, ARENA_ALLOC_BYTES_MAX);
    for (uint32_t i = next->lsi_count; i < next->lsi_count + next->gsi_count; i++) {
        const struct update_global_secondary_index_action *action =
            api__update_of_index(update->input, indexes[i].name);

        if (action == NULL || action->provisioned_throughput == NULL) {
            buf_printf(&missing, "%s%.*s", missing.n == 0 ? "" : ",", SLICE_ARG(indexes[i].name));
            continue;
        }
        units_replace(&indexes[i].throughput, action->provisioned_throughput);
        indexes[i].on_demand = (struct on_demand_throughput){-1, -1};
    }
    if (missing.n != 0)
        return fault_validation(&request->fault, P_ "ProvisionedThroughput must be specified for index: %.*s",
            SLICE_ARG(buf_view(&missing)));
    units_replace(&next->throughput, update->input->provisioned_throughput);
    next->on_demand = (struct on_demand_throughput){-1, -1};
    update->raised = true;
    return OK;
}

/* The rule is documented (5.3); the words are those of the table class's. */
static enum err switch_check(struct api_request *request, const struct table_desc *present)
{
    uint64_t next_ms = table_on_demand_switch_ms(present, request->wall_ms);
    struct slice last, next;

    if (next_ms <= request->wall_ms)
        return OK;
    last = api__update_date(request->arena, present->on_demand_switches_ms[0]);
    next = api__update_date(request->arena, next_ms);
    return fault_set(&request->fault, API_LIMIT_EXCEEDED,
        "Subscriber limit exceeded: Update to PayPerRequest mode are limited to %d times in 1 day(s). Last update at "
        "%.*s. Next update can be made at %.*s",
        ON_DEMAND_SWITCHES_MAX, SLICE_ARG(last), SLICE_ARG(next));
}

static enum err to_on_demand(struct api__update *update, struct table_desc *next, struct index_desc *indexes)
{
    enum err err = switch_check(update->request, next);

    if (err)
        return err;
    table_on_demand_switched(next, update->request->wall_ms);
    next->billing_ever_on_demand = true;
    next->throughput.read = 0;
    next->throughput.write = 0;
    for (uint32_t i = next->lsi_count; i < next->lsi_count + next->gsi_count; i++) {
        indexes[i].throughput.read = 0;
        indexes[i].throughput.write = 0;
    }
    return OK;
}

static enum err billing_switch(struct api__update *update, struct table_desc *next)
{
    struct index_desc *indexes = table_indexes_edit(next, update->request->arena);
    enum err err = update->billing_next == BILLING_PROVISIONED ? to_provisioned(update, next, indexes)
                                                               : to_on_demand(update, next, indexes);

    next->billing = update->billing_next;
    next->updating |= TABLE_UPDATES_BILLING;
    next->status = TABLE_UPDATING;
    next->due_ms = api__due_ms(update->request);
    update->changed = true;
    return err;
}

static enum err billing_or_units(struct api__update *update, const struct table_desc *present, struct table_desc *next)
{
    const struct update_table_input *input = update->input;
    enum err err;

    if (input->billing_mode.p == NULL && input->provisioned_throughput == NULL)
        return OK;
    if (input->provisioned_throughput != NULL && update->billing_next == BILLING_PAY_PER_REQUEST)
        return fault_validation(&update->request->fault,
            P_ "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    if (update->billing_next == present->billing && input->provisioned_throughput == NULL) {
        update->shown_updating = true; /* PAY_PER_REQUEST sent again: taken, and nothing changes */
        if ((present->updating & ~(uint32_t)TABLE_UPDATES_INDEX) == 0)
            return OK;
    }
    err = api__update_busy(update, present, API__TOUCH_IOPS);
    if (err)
        return err;
    if (update->billing_next != present->billing)
        return billing_switch(update, next);
    err =
        api__update_units(update, SLICE_NULL, input->provisioned_throughput, &next->throughput, &next->throughput_next);
    next->updating |= TABLE_UPDATES_THROUGHPUT;
    next->status = TABLE_UPDATING;
    next->due_ms = api__due_ms(update->request);
    return err;
}

/* ---- maxima and warm throughput ---- */
void api__update_maxima(const struct model_on_demand_throughput *input, struct on_demand_throughput *maxima)
{
    if (input->max_read_request_units.present)
        maxima->max_read = input->max_read_request_units.v;
    if (input->max_write_request_units.present)
        maxima->max_write = input->max_write_request_units.v;
}

static enum err maxima(struct api__update *update, const struct table_desc *present, struct table_desc *next)
{
    const struct model_on_demand_throughput *input = update->input->on_demand_throughput;
    enum err err;

    if (!api__update_has_maxima(input))
        return OK;
    err = api__on_demand_check(update->request, SLICE_NULL, input, update->billing_next, true);
    if (!err)
        err = api__update_busy(update, present, API__TOUCH_MAXIMA);
    if (err)
        return err;
    api__update_maxima(input, &next->on_demand);
    update->changed = true;
    return OK;
}

static enum err warm_low(struct api_request *request, const char *member, struct slice index)
{
    struct slice what =
        index.p == NULL ? SLICE_LIT("table") : arena_printf(request->arena, "index %.*s", SLICE_ARG(index));

    return fault_validation(&request->fault,
        P_ "Requested %s for WarmThroughput for %.*s is lower than current WarmThroughput, decreasing WarmThroughput "
           "is not "
           "supported",
        member, SLICE_ARG(what));
}

enum err api__update_warm(struct api__update *update, struct slice index, const struct model_warm_throughput *input,
    const struct warm_throughput *warm, struct warm_throughput *warm_next)
{
    const struct throughput none = {0};
    enum err err;

    if (input->read_units_per_second.present && input->read_units_per_second.v < warm->read)
        return warm_low(update->request, "ReadUnitsPerSecond", index);
    if (input->write_units_per_second.present && input->write_units_per_second.v < warm->write)
        return warm_low(update->request, "WriteUnitsPerSecond", index);
    /* above the present value it is above every floor: only the quota can object */
    err = api__warm_check(update->request, index, input, BILLING_PROVISIONED, none);
    if (err)
        return err;
    if (input->read_units_per_second.present)
        warm_next->read = input->read_units_per_second.v;
    if (input->write_units_per_second.present)
        warm_next->write = input->write_units_per_second.v;
    update->changed = true;
    return OK;
}

static enum err warm(struct api__update *update, const struct table_desc *present, struct table_desc *next)
{
    const struct model_warm_throughput *input = update->input->warm_throughput;

    if (input == NULL || (!input->read_units_per_second.present && !input->write_units_per_second.present))
        return OK;
    next->due_ms = api__due_ms(update->request);
    return api__update_warm(update, SLICE_NULL, input, &present->warm, &next->warm_next);
}

enum err api__update_throughput(struct api__update *update, const struct table_desc *present, struct table_desc *next)
{
    enum err err;

    err = billing_or_units(update, present, next);
    if (!err)
        err = maxima(update, present, next);
    if (!err)
        err = warm(update, present, next);
    return err;
}
