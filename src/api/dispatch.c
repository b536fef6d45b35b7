/* SPDX-License-Identifier: Apache-2.0 */

/*
 * From an HTTP request to a handler and back: the one road every operation takes.
 *
 *     target -> operation -> who asks -> typed request -> member constraints -> handler -> typed reply -> JSON
 *
 * The order of refusals is control-plane.md 1.3: a body that is not JSON is told before an unknown target, and that
 * before missing credentials; the body of a good request is read once, after its credentials. A handler that met a
 * table's change half way (ERR_STALE) is run again from its beginning with the new descriptor: until it answers it has
 * told nobody anything.
 *
 * Runs on the request's fiber.
 */
#include "api/admission.h"
#include "api/api.h"
#include "api/api_int.h"
#include "auth/sts.h"
#include "json/json.h"
#include "os/clock.h"
#include "wire/wire.h"

#define REPLY_RESERVE_BYTES_MIN ((size_t)4 << 10)

static const char JSON_1_0[] = "application/x-amz-json-1.0";
static const char JSON_PLAIN[] = "application/json";

api_handler_fn *api__handler(enum operation_id id)
{
    switch ((int)id) {
#define X(id_, function_)                                                                                              \
    case id_:                                                                                                          \
        return function_;
#include "api/handlers.def"
#undef X
    default:
        return NULL;
    }
}

/* The media type that the request may have, as the static string to answer with; NULL for any other. */
static const char *media_type(const struct http_request *http)
{
    struct slice type = http->content_type;
    size_t n = 0;

    if (type.p == NULL)
        return http->body.n == 0 ? JSON_PLAIN : NULL;
    while (n < type.n && type.p[n] != ';')
        n++;
    while (n > 0 && (type.p[n - 1] == ' ' || type.p[n - 1] == '\t'))
        n--;
    if (n == sizeof(JSON_1_0) - 1 && strncasecmp((const char *)type.p, JSON_1_0, n) == 0)
        return JSON_1_0;
    if (n == sizeof(JSON_PLAIN) - 1 && strncasecmp((const char *)type.p, JSON_PLAIN, n) == 0)
        return JSON_PLAIN;
    return NULL;
}

/* ---- refusals ---- */

/* What the world's faults look like from outside. The log has the rest. */
static void world_fault(struct fault *fault, enum err err)
{
    switch ((int)err) {
    case ERR_FAULT:
        return;
    case ERR_FULL:
        (void)fault_set(
            fault, API_INTERNAL_SERVER_ERROR, "The disk of the server is full: writes are refused until there is room");
        return;
    case ERR_CORRUPT:
        (void)fault_set(fault, API_INTERNAL_SERVER_ERROR, "A stored record is damaged and is not served");
        return;
    case ERR_MEMORY:
    case ERR_LIMIT:
    case ERR_BUSY:
        (void)fault_set(fault, API_THROTTLING, "The server has no room for this request now: try again");
        return;
    default:
        (void)fault_set(fault, API_INTERNAL_SERVER_ERROR, "Internal server error: %s", err_text(err));
        return;
    }
}

static void refuse(const struct fault *fault, struct http_response *response)
{
    response->status = api_error_info(fault->code)->http_status;
    response->body.n = 0;
    wire_write_fault(fault, &response->body);
}

static void refuse_transport(struct http_response *response)
{
    response->status = 404;
    BUF_LIT(&response->body, "<UnknownOperationException/>\n");
}

/* ---- running an operation ---- */

void api__view_renew(struct api_request *request)
{
    struct api_view *before = arena_alloc(request->arena, sizeof(*before));

    *before = (struct api_view){request->view, request->views_before};
    request->views_before = before;
    catalog_wait_change(request->api->catalog, request->fiber, request->view);
    request->view = catalog_acquire(request->api->catalog, request->fiber);
}

static void views_release(struct api_request *request)
{
    catalog_release(request->view, request->fiber);
    request->view = NULL;
    for (; request->views_before != NULL; request->views_before = request->views_before->before)
        catalog_release(request->views_before->view, request->fiber);
}

static enum err handler_run(struct api_request *request, void *input)
{
    api_handler_fn *handler = api__handler(request->operation->id);
    enum err err = ERR_STALE;

    if (handler == NULL)
        return fault_set(&request->fault, API_UNKNOWN_OPERATION,
            "The operation %.*s is not supported by this server yet", SLICE_ARG(request->operation->name));
    for (int run = 0; run < API__STALE_RUNS_MAX && err == ERR_STALE; run++) {
        request->view = catalog_acquire(request->api->catalog, request->fiber);
        request->trace.subjects_count = 0;
        request->output = arena_zalloc(request->arena, request->operation->output->bytes);
        err = handler(request, input);
        if (err == OK)
            return OK;        /* the reply may point into the descriptor: the view is released after rendering */
        if (err == ERR_STALE) /* the new descriptor is published with the group that holds it */
            catalog_wait_change(request->api->catalog, request->fiber, request->view);
        views_release(request);
    }
    return err;
}

static enum err operation_run(struct api_request *request, struct http_request *http, struct http_response *response)
{
    void *input;
    enum err err =
        auth_check(request->api->auth, http, "dynamodb", request->wall_ms, &request->identity, &request->fault);

    if (err == ERR_FAULT && http->body.n != 0 && !json_valid(http->body)) /* a body that is no JSON is told first */
        return fault_set_bare(&request->fault, API_SERIALIZATION);
    if (err)
        return err;
    if (http->body.n == 0)
        return fault_set_bare(&request->fault, API_SERIALIZATION);
    request->wording = api__wording(request->operation);
    err = wire_read(
        request->operation, http->body, &request->wording, request->fiber, request->arena, &input, &request->fault);
    if (err == OK)
        api__trace_resource(request, input);
    if (err == OK)
        err = wire_check(request->operation, input, request->wording, request->arena, &request->fault);
    if (err == OK)
        err = api__permit(request, input);
    if (err == OK)
        err = handler_run(request, input);
    if (err)
        return err;
    if (request->items_bytes > REPLY_RESERVE_BYTES_MIN) /* JSON is longer, by half with short values */
        (void)buf_reserve(&response->body, request->items_bytes + request->items_bytes / 2);
    if (!request->operation->bodiless)
        wire_write(request->operation->output, request->output, request->fiber, &response->body);
    views_release(request);
    return OK;
}

static enum admission_way way_of(const struct operation *operation)
{
    switch (operation == NULL ? OPERATIONS : operation->id) {
    case OPERATION_GET_ITEM:
    case OPERATION_PUT_ITEM:
    case OPERATION_UPDATE_ITEM:
    case OPERATION_DELETE_ITEM:
        return ADMISSION_SHORT;
    case OPERATION_QUERY:
    case OPERATION_SCAN:
    case OPERATION_EXECUTE_STATEMENT:
        return ADMISSION_GROWS;
    default:
        return ADMISSION_GUESSED;
    }
}

static void observe(struct api *api, const struct http_request *http, const struct http_response *response,
    const struct api_request *request, enum err err)
{
    struct api_observation seen = {.http = http,
        .operation = request->operation,
        .status = response->status,
        .duration_ns = os_clock_monotonic_ns() - http->arrived_ns,
        .reply_bytes = response->body.n,
        .fault = err == OK ? NULL : &request->fault,
        .identity = &request->identity,
        .trace = &request->trace,
        .changes_settings = request->operation != NULL && api__changes_settings(request->operation->id)};

    if (api->observe != NULL)
        api->observe(api->observe_context, http->fiber, &seen);
}

static void call(struct api *api, struct http_request *http, struct http_response *response)
{
    struct api_request request = {.api = api,
        .fiber = http->fiber,
        .arena = http->arena,
        .operation = http->target.p == NULL ? NULL : operation_find(http->target),
        .wall_ms = os_clock_wall_ms(),
        .arrived_ns = http->arrived_ns,
        .fault = {.arena = http->arena}};
    uint32_t kind = request.operation == NULL ? ADMISSION_KINDS - 1 : (uint32_t)request.operation->id;
    struct admission_ticket *ticket = arena_alloc(http->arena, sizeof(*ticket));
    enum err err = admission_enter(api->admission, http->fiber, kind, way_of(request.operation), http->body.n, ticket);

    request.ticket = ticket;
    if (err == OK && ticket->large)
        worker_arena_enlarge(fiber_worker(http->fiber), http->arena);
    if (err == OK && request.operation == NULL)
        err = fault_set_bare(
            &request.fault, http->body.n != 0 && !json_valid(http->body) ? API_SERIALIZATION : API_UNKNOWN_OPERATION);
    else if (err == OK)
        err = operation_run(&request, http, response);
    if (err) {
        world_fault(&request.fault, err);
        refuse(&request.fault, response);
    }
    api__statements_give(&request);
    observe(api, http, response, &request, err);
    http->handler_note = ticket;
    admission_made(api->admission, fiber_worker(http->fiber), ticket, arena_used_bytes(http->arena));
}

void api_ended(void *context, struct http_request *http, struct worker *worker)
{
    struct api *api = context;

    if (http->handler_note != NULL)
        admission_leave(api->admission, worker, http->handler_note);
}

void api_dispatch(void *context, struct http_request *http, struct http_response *response)
{
    struct api *api = context;
    const char *type = media_type(http);

    if (http->path.n > 1 && http->operators && api->page != NULL && api->page(api->page_context, http, response))
        return;
    if (sts_handles(http)) {
        sts_respond(api->auth, http, os_clock_wall_ms(), response);
        return;
    }
    if (http->method != HTTP_POST || type == NULL) {
        refuse_transport(response);
        return;
    }
    response->content_type = type;
    call(api, http, response);
}
