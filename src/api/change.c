/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A control-plane change of a table: the catalog's atomic change with two additions. The reply shows the descriptor as
 * it was right after the change, passing states and all, even if the background has ended them by the time the reply is
 * written. And a server that is told to keep no states visible (state_delay_ms 0: tests, local development) ends them
 * in the same change, so that a client may use what it made at once. Runs on the request's fiber, `fill` under the
 * catalog's turn.
 */
#include "api/control.h"

struct change {
    struct api_request *request;
    catalog_change_fn *fill;
    void *context;
    const struct table_desc *shown;
};

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
    if (*ret_what == CATALOG_STORE && request->api->state_delay_ms == 0)
        table_advance(next, request->wall_ms, arena);
    return OK;
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
