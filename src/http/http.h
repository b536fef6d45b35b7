/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/slice.h"
#include "os/fiber.h"
#include "os/socket.h"
#include "os/worker.h"

/*
 * HTTP/1.1 in front of the API: connections, framing, limits, compression, CRC, CORS. Knows no DynamoDB rule but the
 * framing of control-plane.md 1: it answers 413, health, preflight and malformed requests by itself and hands every
 * other request to the handler on a fiber of its own.
 */
struct http_header {
    struct slice name;  /* as sent */
    struct slice value; /* blanks trimmed */
};

enum http_method { HTTP_GET, HTTP_POST, HTTP_PUT, HTTP_DELETE, HTTP_HEAD, HTTP_OPTIONS, HTTP_OTHER };

struct http_request {
    enum http_method method;
    struct slice method_text;
    struct slice path;  /* before '?' , as sent */
    struct slice query; /* after '?', as sent; empty without */
    const struct http_header *headers;
    uint32_t headers_count;
    /* the headers of the hot path, found while parsing; p NULL: not sent */
    struct slice host, content_type, target, authorization, amz_date, security_token, origin;
    struct slice body_raw; /* as received after de-chunking: what a signature covers */
    struct slice body;     /* after Content-Encoding */
    char request_id[52];   /* made at arrival: 52 of [0-9A-Z] */
    uint64_t arrived_ns;   /* monotonic */
    struct fiber *fiber;
    struct arena *arena; /* the request's; everything made for the reply may live here */
    bool peer_loopback;
    bool operators;     /* came by a listener that is theirs */
    bool control;       /* came by one that only the owner of the data can reach */
    void *handler_note; /* the handler's own, NULL at first; still there when `ended` is called */
};

struct http_response {
    uint16_t status;          /* 200 when the handler starts */
    const char *content_type; /* static */
    struct buf body; /* filled by the handler; headers, CRC, Content-Length and compression are added by http */
    bool omit_request_headers; /* no x-amzn-RequestId and CRC (health etc. of other kinds) */
    bool close;
};

/* Who sent it, "192.0.2.1:4711", "[::1]:4711" or "unix"; "-" when he is gone. Asks the system. */
#define HTTP_PEER_BYTES OS_SOCKET_PEER_BYTES
void http_peer(const struct http_request *request, char text[HTTP_PEER_BYTES]);

/* Runs on the request's fiber; may park. Must fill the response. */
typedef void http_handler_fn(void *context, struct http_request *request, struct http_response *response);

/*
 * On the request's worker, once everything made for it is about to be freed: its reply was sent, or its connection is
 * gone. Must not park. A handler that bounds the memory of requests gives its reservation back here, so that replies
 * nobody reads count too; without this hook http counts them itself and closes connections that would go beyond
 * memory_bytes_max.
 */
typedef void http_ended_fn(void *context, struct http_request *request, struct worker *worker);

struct tls_context;

struct http_listener {
    const char *address;     /* "127.0.0.1:8000", "[::1]:8000", "unix:/run/stator.sock" */
    struct tls_context *tls; /* NULL: in the clear. Borrowed until http_destroy */
    bool operators, control; /* told to the handler with each request */
};
#define HTTP_LISTENERS_MAX 17

struct http_options {
    const struct http_listener *listeners; /* borrowed for http_start */
    uint32_t listeners_count;              /* 1 to HTTP_LISTENERS_MAX */
    uint32_t connections_max;              /* over all workers; more are answered 503 and closed */
    size_t memory_bytes_max;               /* for connection and body buffers; more: 503 */
    uint32_t idle_s, header_s, body_s;     /* timeouts: idle connection, head complete, pause in a body or a reply */
    http_handler_fn *handler;
    http_ended_fn *ended; /* NULL: none */
    void *context;
};
struct http_server;
/* Binds and starts accepting on all workers. On error *ret_reason is the rest of a sentence (heap, owned by the
 * caller).
 */
MUST_USE enum err http_start(
    struct workers *workers, const struct http_options *options, struct http_server **ret, char **ret_reason);
/* The port that a listener is bound to (for port 0); 0: a Unix socket. */
uint16_t http_port(const struct http_server *server, uint32_t listener);
/* How long connections may stay idle, from their next request on; any thread. */
void http_idle_set(struct http_server *server, uint32_t idle_s);
/* Stops accepting, lets running requests finish (at most `drain_ms`), closes connections. */
void http_stop(struct http_server *server, uint32_t drain_ms);
void http_destroy(struct http_server *server);
/* Figures for metrics. */
struct http_figures {
    uint64_t connections, requests, bytes_in, bytes_out; /* so far */
    uint64_t open, memory_bytes;                         /* connections now; what is held for them */
    uint64_t refused; /* connections and requests turned away; `late` are those of overload */
    uint64_t late;
};
void http_figures(struct http_server *server, struct http_figures *ret);
/* Fills the answer to what is no call of the API: 404, `<UnknownOperationException/>` and LF (control-plane.md 1.3,
 * item 4). */
void http_answer_unknown(struct http_response *response);
/* Case-insensitive search; p NULL when absent. */
struct slice http_header_find(const struct http_request *request, const char *name);
