/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A control-plane change of a table: the catalog's atomic change with four additions. No more tables than the
 * account's quota are in a passing state at once. Where the service is played faithfully changes have a rate. The reply
 * shows the descriptor as it was right after the change, passing states and all, even if the background has ended them
 * by the time the reply is written. And a server that is told to keep no states visible (state_delay_ms 0: tests, local
 * development) ends them in the same change, so that a client may use what it made at once. Runs on the request's
 * fiber, `fill` under the catalog's turn.
 */
#include "api/control.h"

/* Of ten that come at once the service takes five to seven (5.6). */
#define CHANGES_PER_S 6

struct change {
    struct api_request *request;
    catalog_change_fn *fill;
    void *context;
    const struct table_desc *shown;
};

static bool is_passing(const struct table_desc *desc)
{
    return desc != NULL && desc->status != TABLE_ACTIVE;
}

/* So many tables of an account in a region may be in a passing state at once (12). */
static enum err passing_check(
    struct api_request *request, const struct table_desc *present, const struct table_desc *next)
{
    struct catalog_view *view;
    struct catalog_passing passing;

    if (is_passing(present) || !is_passing(next))
        return OK;
    view = catalog_acquire(request->api->catalog, request->fiber);
    passing = catalog_passing(view, request->identity.account, request->identity.region, next->id);
    catalog_release(view, request->fiber);
    if (passing.tables >= PASSING_TABLES_MAX)
        return fault_set(&request->fault, API_LIMIT_EXCEEDED,
            "Subscriber limit exceeded: Only %d tables can be created, updated, or deleted simultaneously",
            PASSING_TABLES_MAX);
    if (next->status == TABLE_CREATING && next->lsi_count + next->gsi_count != 0 &&
        passing.indexed >= PASSING_INDEXED_MAX)
        return fault_set(&request->fault, API_LIMIT_EXCEEDED,
            "Subscriber limit exceeded: Only %d tables with secondary indexes can be created simultaneously",
            PASSING_INDEXED_MAX);
    return OK;
}

/*
 * What changes something is held to a rate where the service is played faithfully (5.6); times to live and deletion
 * protection are not.
 */
static enum err rate_check(struct api_request *request, const struct table_desc *present, const struct table_desc *next)
{
    const struct bucket_limit limit = {.units = CHANGES_PER_S, .burst_s = 1};

    if (request->api->throttle != THROTTLE_AWS || request->operation->id == OPERATION_UPDATE_TIME_TO_LIVE ||
        (present != NULL && present->deletion_protection != next->deletion_protection) ||
        bucket_take(&request->api->changes, limit, request->arrived_ns, 2))
        return OK;
    return fault_set(
        &request->fault, API_THROTTLING, "The rate of control plane requests made by this account is too high");
}

static enum err change_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    struct change *change = context;
    struct api_request *request = change->request;
    enum err err;

    err = change->fill(change->context, present, next, arena, ret_what);
    if (err)
        return err;
    change->shown = table_desc_dup(arena, *ret_what == CATALOG_STORE ? next : present);
    if (*ret_what != CATALOG_STORE)
        return OK;
    if (request->api->state_delay_ms == 0)
        table_advance(next, request->wall_ms, arena);
    err = passing_check(request, present, next);
    return err != OK ? err : rate_check(request, present, next);
}

enum err api__change(struct api_request *request, struct slice name, catalog_change_fn *fill, void *context,
    const struct table_desc **ret_shown)
{
    struct change change = {.request = request, .fill = fill, .context = context};
    const struct table_desc *stored;
    enum err err;

    err = catalog_change(request->api->catalog, request->fiber, request->arena, request->identity.account,
        request->identity.region, name, change_fill, &change, &stored);
    if (err)
        return err;
    *ret_shown = change.shown;
    return OK;
}

uint64_t api__due_ms(const struct api_request *request)
{
    return request->wall_ms + request->api->state_delay_ms;
}
