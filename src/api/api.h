/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "auth/auth.h"
#include "base/arena.h"
#include "catalog/catalog.h"
#include "engine/engine.h"
#include "expr/expr.h"
#include "http/http.h"
#include "model/fault.h"
#include "model/gen_operations.h"
#include "table/throttle.h"

/*
 * One handler per operation: shape checks that need no table, table look-up, the call into table/ or catalog/, the
 * typed reply. A handler is named for its operation: PutItem -> api_put_item.
 */
struct api_observation;

struct admission;
struct admission_ticket;
struct statements;
struct api__held_statement;

struct api {
    struct engine *engine;                   /* borrowed */
    struct catalog *catalog;                 /* borrowed */
    struct auth *auth;                       /* borrowed */
    struct work *work;                       /* borrowed: background jobs */
    struct admission *admission;             /* borrowed: memory of requests in flight; NULL: no bound */
    struct statements *statements;           /* borrowed: what workers remember of statements; NULL: nothing */
    uint32_t state_delay_ms;                 /* how long CREATING, UPDATING and DELETING stay visible at least */
    enum throttle_mode throttle;             /* which consumption is held against limits */
    struct bucket changes, ttl_descriptions; /* rates of the control plane, in THROTTLE_AWS */
    uint64_t ttl_pause_ms;                   /* how long after a change time to live cannot be changed again */
    char endpoint[128];                      /* host:port, for DescribeEndpoints */
    /* Pages for operators, asked for by their listeners: true when it has answered. NULL: there are none. */
    bool (*page)(void *context, struct http_request *http, struct http_response *response);
    void *page_context;
    /* told after each answered operation; NULL: nobody counts */
    void (*observe)(void *context, struct fiber *fiber, const struct api_observation *seen);
    void *observe_context;
};

/* What was asked and how it went, for metrics and the access log. */
struct api_observation {
    const struct http_request *http;
    const struct operation *operation; /* NULL: unknown */
    uint16_t status;
    uint64_t duration_ns;
    size_t reply_bytes;
    const struct fault *fault;       /* NULL: it succeeded */
    const struct identity *identity; /* zero when it is not known who asks */
    const struct api_trace *trace;
    bool changes_settings; /* an operation of the control plane that is not known to change nothing */
};

/* What a request is about and what it took, filled on its way (trace.c). Texts live as long as the request. */
struct api_trace {
    struct slice table, index; /* the first table that it names, as it does, and its index; p NULL: none */
    uint64_t *subjects;        /* what metrics know its tables and its index by, each once */
    uint32_t subjects_count, subjects_capacity;
    const char *plan; /* how a statement was read: "item", "queries", "scan"; NULL: it was none */
    struct table_trace work;
};

struct api_view {
    struct catalog_view *view;
    struct api_view *before;
};

struct api_request {
    struct api *api;
    struct fiber *fiber;
    struct arena *arena;
    const struct operation *operation;
    enum wording wording; /* of its faults: api__wording, unless the body says otherwise (wire_read) */
    struct identity identity;
    struct admission_ticket *ticket;        /* what it has reserved; NULL: nothing */
    uint64_t wall_ms, arrived_ns;           /* arrived_ns: monotonic */
    struct catalog_view *view;              /* acquired by dispatch, released by it */
    struct api_view *views_before;          /* of api__view_renew: the reply may point into these too */
    struct api__held_statement *statements; /* given back when the reply is made */
    struct fault fault;
    struct api_trace trace;
    void *output;       /* the operation's zeroed output struct; the handler fills it */
    size_t items_bytes; /* of a list of items in `output`, in their binary form; how long the reply will be */
};
typedef enum err api_handler_fn(struct api_request *request, void *input);

/* The HTTP handler: target -> operation -> auth -> wire -> handler -> reply. `context` is a struct api. */
void api_dispatch(void *context, struct http_request *request, struct http_response *response);
/* The hook for the end of a request (http_ended_fn): gives back what it had reserved. */
void api_ended(void *context, struct http_request *request, struct worker *worker);

/* The table an operation names (name or ARN of this account and region). ERR_FAULT: the texts for a bad ARN or a
 * missing table
 * (`Requested resource not found`, or the control plane's longer one). The descriptor is valid while the view is held.
 */
MUST_USE enum err api_table_find(struct api_request *request, struct slice name_or_arn, const struct table_desc **ret);

#define X(id_, function_) enum err function_(struct api_request *request, void *input);
#include "api/handlers.def"
#undef X
