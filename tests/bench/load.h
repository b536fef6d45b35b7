/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "latency.h"
#include "reply.h"
#include "requests.h"

/*
 * What the files of the load generator share: load.c (options and the run), conns.c (connections), pace.c (when a
 * request is due), account.c (what a reply says, and the report).
 */
struct ssl_st;
struct ssl_ctx_st;

struct conn {
    int fd;
    struct ssl_st *ssl; /* NULL: in the clear */
    uint32_t number;    /* of the request in flight */
    uint64_t due_ns;    /* when it should have left: the moment it did, unless a rate was asked for */
    uint64_t sent_ns;   /* when it left */
    uint64_t count;     /* replies within the measured time */
    const char *rest;   /* what the socket did not take yet; owned copy in rest_owned */
    size_t rest_n;
    char *rest_owned;
    size_t n, capacity;
    char *bytes; /* the reply so far; owned */
    bool done;   /* a sequential workload has nothing left for it */
    bool busy;   /* a request is in flight */
    struct conn *next_free;
};

/* Arrivals at a rate, whatever the replies do: an open loop. */
struct pace {
    double rate;       /* per second; 0: a closed loop, each reply calls for the next request */
    bool drop;         /* an arrival that finds no free connection is given up, else it waits */
    uint64_t next_ns;  /* the next arrival */
    uint64_t *waiting; /* when those were due that wait for a connection; a ring */
    uint32_t waiting_from, waiting_n;
    struct conn *free, **free_last; /* connections without a request, the longest idle first */
    uint64_t random;
    uint64_t offered, unsent; /* arrivals within the measured time; those that were never sent */
};

/* Figures of a stretch of the measured time. */
struct slice_figures {
    uint64_t n, refused;
    double p99_us, max_us;
};

struct load {
    /* what to do */
    struct sockaddr_in address;
    struct request_pool pool;
    const struct workload *workload;
    uint32_t connections;
    double warmup_s, seconds, hold_s;
    bool sigv4, idle;
    bool refusals;     /* a 503 or ThrottlingException is an answer, and a connection that was closed is opened again */
    uint64_t start_ns; /* monotonic; 0: at once */
    uint64_t slice_ns; /* 0: no slices */
    int server_pid;
    struct ssl_ctx_st *tls; /* NULL: in the clear */
    /* how it goes */
    int epoll;
    struct conn *conns;
    uint32_t running;
    uint32_t begun; /* --idle: connections that have asked; a few at a time, or it would be an overload */
    bool measuring;
    bool ending; /* no more requests: what is under way is awaited */
    struct pace pace;
    uint64_t measured, items, errors, reply_bytes, refused, conflicts, closed;
    char first_error[512];
    struct latency latency;          /* of good replies, from when the request was due */
    struct latency service;          /* the same, from when it was sent */
    struct latency refusals_latency; /* of refusals, from when the request was sent */
    struct latency late;             /* from due to sent */
    struct latency slice;            /* like `latency`, since slice_from_ns */
    uint64_t slice_from_ns, slice_refused;
    struct slice_figures *slices; /* owned */
    uint32_t slices_n, slices_max;
};

uint64_t now_ns(void);
_Noreturn void die(const char *what);

/* secure.c: TLS of connections. As recv and send; the certificate is not looked at. */
struct ssl_ctx_st *secure_init(void);
/* Shakes hands and waits for it; sessions are resumed. */
void secure_open(struct load *load, struct conn *conn);
void secure_close(struct conn *conn);
ssize_t secure_recv(struct conn *conn, void *to, size_t bytes);
ssize_t secure_send(struct conn *conn, const void *bytes, size_t n);
bool secure_has_more(const struct conn *conn);

/* conns.c. A connection whose reply is complete hands it to account_reply and asks for its next request. */
void conns_open(struct load *load);
/* Sends the next request of the workload; `reply` is the one before, NULL: none. */
void conn_next(struct load *load, struct conn *conn, const struct reply *reply, uint64_t due_ns, uint64_t now);
void conn_ready(struct load *load, struct conn *conn, uint32_t events);

/* pace.c. Only with a rate. */
void pace_init(struct pace *pace, double rate, bool drop, uint64_t seed);
void pace_start(struct load *load, uint64_t now);
/* The connection has no request any more: it takes the oldest arrival that waits, or becomes free. */
void pace_give(struct load *load, struct conn *conn, const struct reply *reply, uint64_t now);
/* Sends what is due. Returns when to come again. */
uint64_t pace_run(struct load *load, uint64_t now);

/* account.c */
void account_start(struct load *load, uint64_t now);
void account_reply(struct load *load, struct conn *conn, const struct reply *reply, uint64_t now);
void account_error(struct load *load, const char *what, const struct reply *reply);
/* Ends the slices that lie before `now`. */
void account_slices(struct load *load, uint64_t now);
struct probe;
void account_report(
    struct load *load, double elapsed, double generator_s, const struct probe *before, const struct probe *after);
