/* SPDX-License-Identifier: Apache-2.0 */

/*
 * UpdateTimeToLive and DescribeTimeToLive (7.1). A change is in force when it is answered, whatever the table's items:
 * the states ENABLING and DISABLING are not seen in the service either. Switching on begins a new expiry index
 * (table/expiry.h), which the background fills from the items that are there; switching off lets it drop it.
 */
#include "api/control.h"

/* The service takes about so many at once (5.6). */
#define DESCRIPTIONS_PER_S 4

struct change {
    struct api_request *request;
    struct slice name;
    bool enable;
    struct slice attribute;
};

/* The order of 7.1. */
static enum err change_check(const struct change *change, const struct ttl_desc *ttl)
{
    struct fault *fault = &change->request->fault;
    bool same = slice_equal(ttl->attribute, change->attribute);

    if (ttl->attribute.p != NULL && !same)
        return fault_validation(fault,
            "TimeToLive is active on a different AttributeName: current AttributeName is %.*s",
            SLICE_ARG(ttl->attribute));
    if (ttl->attribute.p != NULL && change->enable)
        return fault_validation(fault, "TimeToLive is already enabled");
    if (ttl->attribute.p == NULL && !change->enable)
        return fault_validation(fault, "TimeToLive is already disabled");
    if (ttl->changed_ms != 0 && change->request->wall_ms < ttl->changed_ms + change->request->api->ttl_pause_ms)
        return fault_validation(fault, "Time to live has been modified multiple times within a fixed interval");
    if (change->enable && ttl->generation >= TTL_GENERATION_MAX)
        return fault_set(fault, API_LIMIT_EXCEEDED,
            "Subscriber limit exceeded: Time to live of the table was switched on too often; create the table anew");
    return OK;
}

static enum err change_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    const struct change *change = context;
    enum err err;

    (void)arena;
    if (present == NULL || present->status == TABLE_CREATING || present->status == TABLE_DELETING)
        return api__table_missing(change->request, change->name);
    err = change_check(change, &present->ttl);
    if (err)
        return err;
    next->ttl.attribute = change->enable ? change->attribute : SLICE_NULL;
    next->ttl.generation += change->enable;
    next->ttl.filling = change->enable;
    next->ttl.changed_ms = change->request->wall_ms;
    *ret_what = CATALOG_STORE;
    return OK;
}

enum err api_update_time_to_live(struct api_request *request, void *input)
{
    const struct update_time_to_live_input *in = input;
    struct update_time_to_live_output *out = request->output;
    struct change change = {.request = request,
        .enable = in->time_to_live_specification->enabled == TRI_TRUE,
        .attribute = in->time_to_live_specification->attribute_name};
    const struct table_desc *desc;
    enum err err;

    err = api__table_name(request, in->table_name, &change.name);
    if (!err)
        err = api__change(request, change.name, change_fill, &change, &desc);
    if (!err)
        out->time_to_live_specification = in->time_to_live_specification;
    return err;
}

static const char *passing_state(const struct table_desc *desc)
{
    if (desc->status == TABLE_CREATING)
        return "CREATING";
    return desc->status == TABLE_DELETING ? "DELETING" : NULL;
}

/* Where the service is played faithfully (5.6). */
static enum err rate_check(struct api_request *request)
{
    const struct bucket_limit limit = {.units = DESCRIPTIONS_PER_S, .burst_s = 1};

    if (request->api->throttle != THROTTLE_AWS ||
        bucket_take(&request->api->ttl_descriptions, limit, request->arrived_ns, 2))
        return OK;
    return fault_set(&request->fault, API_THROTTLING, "Rate exceeded");
}

enum err api_describe_time_to_live(struct api_request *request, void *input)
{
    const struct describe_time_to_live_input *in = input;
    struct describe_time_to_live_output *out = request->output;
    struct time_to_live_description *shown = arena_zalloc(request->arena, sizeof(*shown));
    const struct table_desc *desc;
    const char *state;
    enum err err;

    err = rate_check(request);
    if (!err)
        err = api__control_table(request, in->table_name, &desc);
    if (err)
        return err;
    state = passing_state(desc);
    if (state != NULL)
        return fault_validation(&request->fault,
            "Cannot describe time to live while table is in %s state: Current table state is %s", state, state);
    shown->time_to_live_status = desc->ttl.attribute.p == NULL ? SLICE_LIT("DISABLED") : SLICE_LIT("ENABLED");
    shown->attribute_name = desc->ttl.attribute;
    out->time_to_live_description = shown;
    return OK;
}
