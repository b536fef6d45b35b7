/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * A server with a small handler, and a blocking client on a real socket that speaks bytes. What is sent and expected in
 * the tests of http/ is the text itself.
 *
 * The handler: POST answers what the header X-Do says ("echo" by default), and counts.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/http.h"
#include "os/clock.h"
#include "test.h"

#define MS 1000000u

struct world {
    struct workers *workers;
    struct http_server *server;
    struct http_options options;
    struct fiber *_Atomic parked; /* the fiber of "X-Do: park" */
    _Atomic(uint32_t) handled, on_worker[64];
    _Atomic(size_t) body_n, raw_n; /* of the last request */
};

static void do_page(struct http_request *request, struct http_response *response)
{
    struct slice n = http_header_find(request, "x-n");
    size_t bytes = 0;

    for (size_t i = 0; i < n.n; i++)
        bytes = bytes * 10 + (n.p[i] - '0');
    for (size_t i = 0; i < bytes; i += 23)
        buf_append(&response->body, "abcdefghijklmnopqrstuvw", bytes - i < 23 ? bytes - i : 23);
}

/* Holds the worker, as a request does that has to compute. */
static void do_busy(void)
{
    uint64_t until_ns = os_clock_monotonic_ns() + 2 * MS;

    while (os_clock_monotonic_ns() < until_ns)
        ;
}

static void handle(void *context, struct http_request *request, struct http_response *response)
{
    struct world *world = context;
    struct slice what = http_header_find(request, "X-Do");

    response->content_type = "application/x-amz-json-1.0";
    world->handled++;
    world->on_worker[worker_index(fiber_worker(request->fiber))]++;
    world->body_n = request->body.n;
    world->raw_n = request->body_raw.n;
    if (what.p != NULL && slice_is(what, "page")) {
        do_page(request, response);
        return;
    }
    if (what.p != NULL && slice_is(what, "park")) {
        world->parked = request->fiber;
        fiber_park(request->fiber);
    }
    if (what.p != NULL && slice_is(what, "busy"))
        do_busy();
    if (what.p != NULL && slice_is(what, "yield"))
        fiber_yield(request->fiber);
    if (what.p != NULL && slice_is(what, "close"))
        response->close = true;
    if (what.p != NULL && slice_is(what, "where"))
        buf_printf(&response->body, "%u", worker_index(fiber_worker(request->fiber)));
    else if (request->method == HTTP_GET)
        buf_printf(&response->body, "GET %.*s?%.*s", SLICE_ARG(request->path), SLICE_ARG(request->query));
    else
        buf_slice(&response->body, request->body);
}

static struct world *world_start_with(uint32_t workers, struct http_options options)
{
    static struct world world;
    struct workers_options workers_options = {.count = workers, .io_threads = 1};
    char *reason = NULL;

    memset(&world, 0, sizeof(world));
    CHECK_EQ(workers_start(&workers_options, &world.workers), OK);
    options.handler = handle;
    options.context = &world;
    CHECK_EQ(http_start(world.workers, &options, &world.server, &reason), OK);
    return &world;
}

static struct http_options usual(void)
{
    static const struct http_listener listeners[] = {{.address = "127.0.0.1:0"}};

    return (struct http_options){.listeners = listeners,
        .listeners_count = 1,
        .connections_max = 10000,
        .memory_bytes_max = (size_t)256 << 20,
        .idle_s = 60,
        .header_s = 10,
        .body_s = 30};
}

static struct world *world_start(void)
{
    return world_start_with(1, usual());
}

static void world_stop(struct world *world)
{
    http_stop(world->server, 1000);
    http_destroy(world->server);
    workers_stop_and_join(world->workers);
}

/* ---- the client ---- */

static int dial(struct world *world)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
        .sin_port = htons(http_port(world->server, 0)),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;

    CHECK(fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
    return fd;
}

static void send_bytes(int fd, const void *bytes, size_t n)
{
    const char *from = bytes;

    while (n != 0) {
        ssize_t sent = send(fd, from, n, MSG_NOSIGNAL);

        if (sent <= 0)
            return; /* the server closed: its reply is what the test looks at */
        from += sent;
        n -= (size_t)sent;
    }
}

static void send_text(int fd, const char *text)
{
    send_bytes(fd, text, strlen(text));
}

struct reply {
    char head[8192];
    char *body; /* owned */
    size_t body_n;
    int status;
    bool end; /* the stream ended before a whole reply */
};

/* One byte or none within ten seconds. */
static bool receive(int fd, char *to, size_t n)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};

    while (n != 0) {
        ssize_t got = poll(&ready, 1, 10000) == 1 ? recv(fd, to, n, 0) : -1;

        if (got <= 0)
            return false;
        to += got;
        n -= (size_t)got;
    }
    return true;
}

static size_t length_of(const char *head)
{
    const char *at = strstr(head, "Content-Length: ");

    return at == NULL ? 0 : strtoul(at + 16, NULL, 10);
}

/* Reads up to the empty line and nothing behind it. */
static bool receive_head(int fd, char *to, size_t room)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    size_t n = 0;

    for (;;) {
        ssize_t got = poll(&ready, 1, 10000) == 1 ? recv(fd, to + n, room - 1 - n, MSG_PEEK) : -1;
        const char *end;

        if (got <= 0)
            return false;
        end = memmem(to, n + (size_t)got, "\r\n\r\n", 4);
        if (end != NULL)
            got = end + 4 - (to + n);
        if (!receive(fd, to + n, (size_t)got))
            return false;
        n += (size_t)got;
        to[n] = '\0';
        if (end != NULL)
            return true;
    }
}

/* Reads one reply. Bytes of `body` are followed by a NUL. */
static struct reply *receive_reply_of(int fd, bool no_body)
{
    static struct reply reply;

    free(reply.body);
    reply = (struct reply){0};
    if (!receive_head(fd, reply.head, sizeof(reply.head))) {
        reply.end = true;
        return &reply;
    }
    reply.status = atoi(reply.head + 9);
    reply.body_n = no_body ? 0 : length_of(reply.head);
    if (strstr(reply.head, "Transfer-Encoding: chunked") != NULL)
        reply.body_n = 5; /* only ever the empty one */
    reply.body = calloc(1, reply.body_n + 1);
    reply.end = !receive(fd, reply.body, reply.body_n);
    return &reply;
}

static struct reply *receive_reply(int fd)
{
    return receive_reply_of(fd, false);
}

/* The server closes the stream, and sends nothing before. */
static bool ends(int fd)
{
    char byte;
    struct pollfd ready = {.fd = fd, .events = POLLIN};

    return poll(&ready, 1, 10000) == 1 && recv(fd, &byte, 1, 0) <= 0;
}

static bool has(const struct reply *reply, const char *text)
{
    return strstr(reply->head, text) != NULL;
}

static struct reply *ask(int fd, const char *text)
{
    send_text(fd, text);
    return receive_reply(fd);
}

#define POST(headers_, body_) "POST / HTTP/1.1\r\nHost: h\r\n" headers_ "\r\n" body_
