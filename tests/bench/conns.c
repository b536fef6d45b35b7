/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Connections of the load generator: opening, sending, receiving. Each has one request in flight. The loop costs two
 * system calls and one look at the clock per request.
 */
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "load.h"

#define REPLY_BYTES_MIN 4096

static void conn_grow(struct conn *conn, size_t bytes)
{
    if (bytes <= conn->capacity)
        return;
    conn->capacity = bytes + bytes / 4;
    conn->bytes = realloc(conn->bytes, conn->capacity);
}

/* With SOCK_NONBLOCK it returns before the connection stands. */
static void conn_open(struct load *load, struct conn *conn, int flags)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = conn};
    int on = 1;

    if (load->tls != NULL)
        flags = 0;
    conn->fd = socket(AF_INET, SOCK_STREAM | flags, 0);
    if (conn->fd < 0)
        die("socket");
    if (connect(conn->fd, (struct sockaddr *)&load->address, sizeof(load->address)) != 0 && errno != EINPROGRESS)
        die("connect");
    setsockopt(conn->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (load->tls != NULL)
        secure_open(load, conn);
    if (ioctl(conn->fd, FIONBIO, &on) != 0 || epoll_ctl(load->epoll, EPOLL_CTL_ADD, conn->fd, &event) != 0)
        die("epoll_ctl");
    conn_grow(conn, REPLY_BYTES_MIN);
}

void conns_open(struct load *load)
{
    load->epoll = epoll_create1(0);
    load->conns = calloc(load->connections, sizeof(*load->conns));
    load->running = load->connections;
    for (uint32_t i = 0; i < load->connections; i++)
        conn_open(load, &load->conns[i], 0);
}

static void conn_close(struct conn *conn)
{
    if (conn->ssl != NULL)
        secure_close(conn);
    close(conn->fd);
}

static ssize_t conn_recv(struct conn *conn, void *to, size_t bytes)
{
    return conn->ssl != NULL ? secure_recv(conn, to, bytes) : recv(conn->fd, to, bytes, 0);
}

static ssize_t conn_put(struct conn *conn, const void *bytes, size_t n)
{
    return conn->ssl != NULL ? secure_send(conn, bytes, n) : send(conn->fd, bytes, n, MSG_NOSIGNAL);
}

/* ---- sending ---- */

static void conn_watch(struct load *load, struct conn *conn, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = conn};

    if (epoll_ctl(load->epoll, EPOLL_CTL_MOD, conn->fd, &event) != 0)
        die("epoll_ctl");
}

static void conn_rest_drop(struct conn *conn)
{
    free(conn->rest_owned);
    conn->rest_owned = NULL;
    conn->rest_n = 0;
}

static void conn_reopen(struct load *load, struct conn *conn, int flags)
{
    load->closed += load->measuring;
    conn_close(conn);
    conn_rest_drop(conn);
    conn->n = 0;
    conn->busy = false;
    conn_open(load, conn, flags);
}

/* The server ended the connection. What was in flight gets no answer; who reckons with refusals begins anew. */
static void conn_closed(struct load *load, struct conn *conn)
{
    bool was_busy = conn->busy;

    if (!load->refusals)
        die("the server closed a connection");
    conn_reopen(load, conn, 0);
    if (load->pace.rate == 0)
        conn_next(load, conn, NULL, now_ns(), now_ns());
    else if (was_busy)
        pace_give(load, conn, NULL, now_ns());
}

static void conn_send_rest(struct load *load, struct conn *conn)
{
    ssize_t sent = conn_put(conn, conn->rest, conn->rest_n);

    if (sent < 0 && errno != EAGAIN)
        return; /* an answer may still be there to be read; the end comes with it */
    if (sent > 0) {
        conn->rest += sent;
        conn->rest_n -= (size_t)sent;
    }
    if (conn->rest_n == 0) {
        conn_rest_drop(conn);
        conn_watch(load, conn, EPOLLIN);
    }
}

static void conn_send(struct load *load, struct conn *conn, const struct request *request)
{
    ssize_t sent = conn_put(conn, request->bytes, request->n);

    if (sent == (ssize_t)request->n)
        return;
    if (sent < 0 && errno != EAGAIN && !load->refusals)
        die("the server closed a connection");
    sent = sent < 0 ? 0 : sent; /* the template is for the next one: keep the rest of this request */
    conn->rest_n = request->n - (size_t)sent;
    conn->rest_owned = malloc(conn->rest_n);
    memcpy(conn->rest_owned, request->bytes + sent, conn->rest_n);
    conn->rest = conn->rest_owned;
    conn_watch(load, conn, EPOLLIN | EPOLLOUT);
}

static const struct request *request_after(struct load *load, struct conn *conn, const struct reply *reply)
{
    const char *key = NULL;

    if (load->workload->kind != WORKLOAD_SCAN)
        return requests_next(&load->pool, &conn->number);
    if (reply != NULL)
        key = reply_text_after(reply, "\"LastEvaluatedKey\"", "\"k", REQUESTS_SLOT_DIGITS);
    return requests_scan(&load->pool, key);
}

static void conn_done(struct load *load, struct conn *conn)
{
    conn->done = true;
    load->running--;
}

void conn_next(struct load *load, struct conn *conn, const struct reply *reply, uint64_t due_ns, uint64_t now)
{
    const struct request *request = request_after(load, conn, reply);

    if (request == NULL) {
        conn_done(load, conn);
        return;
    }
    conn->busy = true;
    conn->due_ns = due_ns;
    conn->sent_ns = now;
    conn_send(load, conn, request);
}

/* ---- receiving ---- */

static void conn_replied(struct load *load, struct conn *conn, const struct reply *reply, uint64_t now)
{
    conn->n = 0;
    account_reply(load, conn, reply, now);
    conn->busy = false;
    if (load->ending) {
        conn_close(conn);
        conn_done(load, conn);
        return;
    }
    if (reply->close) /* also when it was answered before all of it was sent */
        conn_reopen(load, conn, SOCK_NONBLOCK);
    if (load->idle) {
        conn_done(load, conn);
        if (load->begun < load->connections)
            conn_next(load, &load->conns[load->begun++], NULL, now, now);
    } else if (load->pace.rate > 0) {
        pace_give(load, conn, reply, now);
    } else {
        conn_next(load, conn, reply, now, now);
    }
}

static void conn_receive(struct load *load, struct conn *conn)
{
    ssize_t got = conn_recv(conn, conn->bytes + conn->n, conn->capacity - conn->n);
    struct reply reply;
    size_t whole;

    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0) {
        conn_closed(load, conn);
        return;
    }
    conn->n += (size_t)got;
    whole = reply_parse(conn->bytes, conn->n, &reply);
    conn_grow(conn, whole == 0 ? conn->n + REPLY_BYTES_MIN : whole);
    if (whole == 0 || whole > conn->n)
        return;
    if (whole < conn->n) {
        errno = EPROTO;
        die("more bytes than one reply");
    }
    conn_replied(load, conn, &reply, now_ns());
}

void conn_ready(struct load *load, struct conn *conn, uint32_t events)
{
    if ((events & EPOLLOUT) && conn->rest_owned != NULL)
        conn_send_rest(load, conn);
    if (events & ~(uint32_t)EPOLLOUT) {
        do
            conn_receive(load, conn);
        while (secure_has_more(conn));
    }
}
