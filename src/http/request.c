/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A request, from its parsed head to its reply.
 *
 *   created on the loop when the head is complete, in an arena of its own
 *   started on the loop when the body is complete: answered at once, or by the handler on a fiber
 *   done    reply_head and reply_body are made; conn.c sends them and ends the request
 *
 * The fiber never touches the connection: it leaves a finished reply, and the loop sends it. When it had to park on
 * the way, it asks for a deferred call, so that replies of one turn are sent together at its end.
 */
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "http/http_int.h"

#define REPLY_BODY_BYTES_MAX ARENA_ALLOC_BYTES_MAX

static void copy_head(struct request *request, const struct http_head *head)
{
    struct http_request *http = &request->http;
    struct http_header *headers = arena_alloc(request->arena.arena, head->headers_count * sizeof(headers[0]));

    memcpy(headers, head->headers, head->headers_count * sizeof(headers[0]));
    http->method = head->method;
    http->method_text = head->method_text;
    http->path = head->path;
    http->query = head->query;
    http->headers = headers;
    http->headers_count = head->headers_count;
    http->host = head->host;
    http->content_type = head->content_type;
    http->target = head->target;
    http->authorization = head->authorization;
    http->amz_date = head->amz_date;
    http->security_token = head->security_token;
    http->origin = head->origin;
    request->head_bytes = head->bytes;
    request->content_length = head->content_length;
    request->chunked = head->chunked;
    request->version_1_0 = head->version_1_0;
    request->coding = head->coding;
    request->accept_encoding = head->accept_encoding;
    request->cors_method = head->cors_method;
    request->cors_headers = head->cors_headers;
}

void http_peer(const struct http_request *request, char text[HTTP_PEER_BYTES])
{
    const struct request *whole = (const struct request *)request; /* its first member */

    os_socket_peer(whole->conn->source.fd, text);
}

struct request *http__request_create(struct conn *conn, const struct http_head *head)
{
    struct http_worker *hw = conn->owner;
    struct worker_arena arena = worker_arena_take(hw->worker);
    struct request *request = arena_zalloc(arena.arena, sizeof(*request));

    request->arena = arena;
    request->conn = conn;
    copy_head(request, head);
    request->keep_alive = !head->close && (!head->version_1_0 || head->keep_alive) && !hw->stopping;
    request->http.arena = arena.arena;
    request->http.arrived_ns = worker_now_ns(hw->worker);
    request->http.peer_loopback = conn->loopback;
    request->http.operators = conn->operators;
    request->http.control = conn->control;
    http__request_id(hw, request->http.request_id);
    request->response.status = 200;
    buf_init(&request->response.body, arena.arena, REPLY_BODY_BYTES_MAX);
    return request;
}

void http__request_end(struct request *request)
{
    struct http_worker *hw = request->conn->owner;

    if (hw->server->options.ended != NULL)
        hw->server->options.ended(hw->server->options.context, &request->http, hw->worker);
    buf_fini(&request->response.body);
    http__memory_free(hw->server, request->body, request->body_capacity);
    http__memory_free(hw->server, request->decoded, request->decoded_capacity);
    http__memory_give(hw->server, request->held_bytes);
    worker_arena_give(hw->worker, request->arena);
}

/* ---- answers of this layer ---- */

static void answer(struct request *request, uint16_t status, const char *content_type, struct slice body)
{
    request->response.status = status;
    request->response.content_type = content_type;
    request->response.body.n = 0;
    buf_slice(&request->response.body, body);
}

static bool is_region(struct slice s)
{
    if (s.n == 0 || s.n > 32)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-'))
            return false;
    return true;
}

/* The field after `skip` separators: of "a/b/c" by '/', field 1 is "b". */
static struct slice field(struct slice s, uint8_t separator, uint32_t skip)
{
    const uint8_t *end;

    for (;; skip--) {
        end = memchr(s.p, separator, s.n);
        if (skip == 0 || end == NULL)
            break;
        s = slice_of(end + 1, s.n - (size_t)(end - s.p) - 1);
    }
    if (skip != 0)
        return SLICE_NULL;
    return end == NULL ? s : slice_of(s.p, (size_t)(end - s.p));
}

/* Of the credential scope, else of the host name, else us-east-1. */
static struct slice region_of(const struct http_request *http)
{
    static const char word[] = "Credential=";
    struct slice host = http->host, region;
    const uint8_t *at;

    if (http->authorization.p != NULL) {
        at = memmem(http->authorization.p, http->authorization.n, word, sizeof(word) - 1);
        if (at != NULL) {
            region = field(slice_of(at, http->authorization.n - (size_t)(at - http->authorization.p)), '/', 2);
            if (is_region(region))
                return region;
        }
    }
    if (host.p != NULL &&
        (slice_starts_with(host, SLICE_LIT("dynamodb.")) || slice_starts_with(host, SLICE_LIT("dynamodb-fips."))) &&
        memmem(host.p, host.n, ".a", 2) != NULL && is_region(field(host, '.', 1)))
        return field(host, '.', 1);
    return SLICE_LIT("us-east-1");
}

static void answer_health(struct request *request)
{
    struct slice text = arena_printf(
        request->arena.arena, "healthy: dynamodb.%.*s.amazonaws.com ", SLICE_ARG(region_of(&request->http)));

    answer(request, 200, "text/plain", text);
    http__reply_make(request);
}

void http_answer_unknown(struct http_response *response)
{
    response->status = 404;
    response->content_type = "application/xml";
    response->body.n = 0;
    BUF_LIT(&response->body, "<UnknownOperationException/>\n");
}

/* What is no call of the API and nothing the handler might know (control-plane.md 1.3, items 2 to 4). */
bool http__request_is_ours(struct request *request)
{
    struct http_request *http = &request->http;

    switch (http->method) {
    case HTTP_POST:
        return false;
    case HTTP_GET:
        if (!slice_is(http->path, "/") || http->query.n != 0)
            return false;
        answer_health(request);
        return true;
    case HTTP_OPTIONS:
        if (http->origin.p != NULL) {
            http__reply_preflight(request);
            return true;
        }
        break;
    default:
        break;
    }
    http_answer_unknown(&request->response);
    http__reply_make(request);
    return true;
}

/* ---- the fiber ---- */

static void answer_broken_body(struct request *request, uint16_t status)
{
    static const char broken[] = "{\"__type\":\"com.amazon.coral.service#SerializationException\"}";
    static const char busy[] = "{\"__type\":\"com.amazon.coral.service#ServiceUnavailable\"}";

    if (status == 400)
        answer(request, status, "application/x-amz-json-1.0", SLICE_LIT(broken));
    else if (status == 503)
        answer(request, status, "application/x-amz-json-1.0", SLICE_LIT(busy));
    else
        answer(request, status, NULL, slice_of("", 0));
}

void http__request_answer(struct request *request, struct fiber *self)
{
    const struct http_options *options = &request->conn->owner->server->options;
    uint16_t status;

    request->http.fiber = self;
    status = http__expand(request);
    if (status == 0)
        options->handler(options->context, &request->http, &request->response);
    else
        answer_broken_body(request, status);
    http__reply_make(request);
}

static void request_main(struct fiber *self, struct arena *arena, void *argument)
{
    struct request *request = argument;

    (void)arena; /* the request's own */
    http__request_answer(request, self);
    request->done = true;
    if (!request->at_once)
        worker_defer(request->conn->owner->worker, &request->conn->deferred);
}

void http__request_start(struct request *request, struct slice body)
{
    struct http_worker *hw = request->conn->owner;
    enum err err;

    request->http.body_raw = body;
    request->http.body = body;
    http__count(&hw->figures.requests, 1);
    if (http__request_is_ours(request)) {
        request->done = true;
        return;
    }
    request->at_once = true;
    err = worker_run(hw->worker, request_main, request->arena.arena, request);
    if (err) { /* too many requests wait already */
        answer_broken_body(request, 503);
        http__reply_make(request);
        request->done = true;
    }
    request->at_once = false;
}

struct slice http_header_find(const struct http_request *request, const char *name)
{
    for (uint32_t i = 0; i < request->headers_count; i++)
        if (http__is(request->headers[i].name, name))
            return request->headers[i].value;
    return SLICE_NULL;
}
