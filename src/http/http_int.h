/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "base/assert.h"
#include "base/list.h"
#include "http/http.h"
#include "http/parse.h"
#include "os/worker.h"

/*
 * What the files of http/ share. A connection and everything below it belongs to one worker's thread; only the fields
 * of struct http_server that are atomic are touched by several.
 */

/* A head of the largest size, and some room behind it for the body. */
#define HTTP_BUFFER_BYTES (REQUEST_HEAD_BYTES_MAX + 4096u)
/* Buffers a worker keeps for the next connections; beyond it they go back to the system. */
#define HTTP_BUFFERS_KEPT_MAX 256
/* A body that does not fit behind its head gets memory as it arrives, from this on, doubling. */
#define HTTP_BODY_BYTES_FIRST ((size_t)64 << 10)
/* Longer reply bodies are sent from where they lie, shorter ones are copied behind their head. */
#define HTTP_COPY_BYTES_MAX ((size_t)8 << 10)
/* So many requests of one connection in one turn; then the others get theirs. */
#define HTTP_REQUESTS_PER_TURN 32
/* The slowest body that is waited for, over the whole of it, and the slowest reader; body_s is the longest pause. */
#define HTTP_BYTES_PER_S_MIN 4096u
/* What is read and thrown away after a refusal, so that the client sees the answer before the connection breaks. */
#define HTTP_LINGER_BYTES_MAX ((uint64_t)64 << 20)
#define HTTP_LINGER_S         5
/* The rest of a longer body is not waited for when its request is late: the connection ends. */
#define HTTP_LATE_BODY_BYTES_MAX ((uint64_t)1 << 20)
/* Shorter bodies are not worth compressing (control-plane.md 1.9). */
#define HTTP_COMPRESS_BYTES_MIN 4096u
/* Compressing or expanding more than this goes to the I/O pool. */
#define HTTP_CODING_HERE_BYTES_MAX ((size_t)64 << 10)
#define HTTP_GZIP_MEMBERS_MAX      1024u
/* Seconds of the wheel of timeouts; longer ones go round again. */
#define HTTP_WHEEL_SLOTS 64
#define HTTP_NEVER       UINT32_MAX
/* How long the activity of connections is counted before it counts for balance. */
#define HTTP_EPOCH_NS ((uint64_t)100 * 1000000u)

static_assert(HTTP_COPY_BYTES_MAX + 4096 <= HTTP_BUFFER_BYTES, "a copied reply must fit into an output buffer");

struct http_worker;

/*
 * A connection. OPEN: between requests, or in a head. BODY: head parsed, body not complete. SHED: the request is
 * refused for overload once the rest of its body is here and dropped. RUNNING: its fiber works or waits. REPLYING: the
 * reply is being sent from the request's memory. LINGER: answered and ended, the rest is read and dropped. DEAD:
 * closed; freed at the end of the turn, or when its fiber ends.
 */
/* What deadline_s of a connection is about. */
enum timing { TIMING_NONE, TIMING_IDLE, TIMING_HEAD, TIMING_BODY, TIMING_WRITE, TIMING_LINGER };

enum conn_state { CONN_OPEN, CONN_BODY, CONN_SHED, CONN_RUNNING, CONN_REPLYING, CONN_LINGER, CONN_DEAD };

struct conn {
    struct worker_source source;
    struct tls_stream *tls; /* NULL: in the clear */
    struct worker_deferred deferred;
    struct worker_message message; /* when handed to another worker */
    struct http_worker *owner;
    struct conn *wheel_next, **wheel_at; /* wheel_at NULL: in no slot */
    uint32_t wheel_s, deadline_s;        /* the slot's second; when to end it (HTTP_NEVER: not) */
    enum conn_state state : 8;
    enum timing timing : 8;
    bool readable, writable;                       /* as far as known: edge triggered */
    bool hangup;                                   /* the peer's end was announced: read until it is seen */
    bool eof;                                      /* and seen */
    bool closing;                                  /* closes when the output is sent */
    bool ended;                                    /* our end of the stream was sent */
    bool balance_due;                              /* look once whether it should live elsewhere */
    bool waits;                                    /* at the door */
    bool late;                                     /* waited too long there: what is read in this turn is refused */
    bool loopback : 1, operators : 1, control : 1; /* where its peer is; whose listener it came by */
    bool shed_keep_alive : 1, shed_origin : 1;     /* SHED: of its request */
    uint32_t shed_left;                            /* bytes of its body */
    uint64_t waits_since_ns;
    struct list_link door;
    uint32_t served;        /* requests */
    uint32_t epoch;         /* the last one it was active in */
    uint8_t *in;            /* owned; NULL while idle */
    uint32_t in_from, in_n; /* unread bytes: in_from to in_n */
    uint32_t in_seen;       /* bytes from in_from that were parsed already, as an incomplete head */
    uint8_t *out;           /* owned; NULL when nothing is to be sent */
    uint32_t out_from, out_n;
    struct slice big; /* sent after `out`; in the request's memory */
    uint64_t taken;   /* bytes of this body, or thrown away while lingering */
    uint64_t body_from_ns;
    uint64_t write_from_ns, written; /* since output has to wait */
    bool wrote;                      /* some of it, since the deadline was set */
    struct request *request;         /* BODY to REPLYING */
};

struct request {
    struct http_request http; /* first: what the handler sees */
    struct http_response response;
    struct conn *conn;
    struct worker_arena arena;
    struct http_chunks chunks;
    uint64_t content_length;
    uint32_t head_bytes;
    bool chunked, version_1_0, keep_alive;
    bool at_once; /* the loop waits for it in worker_run */
    bool done;    /* the reply is made */
    enum http_coding coding;
    struct slice accept_encoding, cors_method, cors_headers;
    uint8_t *body; /* owned, counted: a body that is not in the connection's buffer */
    size_t body_n, body_capacity;
    uint8_t *decoded; /* owned, counted */
    size_t decoded_capacity;
    size_t held_bytes; /* counted while the reply waits for its reader */
    struct slice reply_head, reply_body;
};

#define HTTP_SHARE_WHOLE 1024u
/* What the other workers see of one, on a line of its own. */
struct http_load {
    _Alignas(64) _Atomic(uint32_t) connections;
    _Atomic(uint32_t) active; /* connections with a request in the last epoch */
    _Atomic(uint32_t) share;  /* of the processor time it wanted lately, in 1,024ths: what it got */
};

/* door.c: connections with something to say, the oldest first. */
struct http_door {
    struct list line; /* the oldest first */
    uint32_t count;
    struct worker_deferred serve;
    uint64_t timely_ns;      /* when its first was not late, later by what the worker was held up since */
    uint64_t again_until_ns; /* an overload that ended lately begins again at once */
    uint64_t looked_ns;      /* when it was judged last */
    uint64_t turn_ns;        /* of the worker's processor time: when refusals had their turn */
    bool overload;
};

/* One server on one worker. */
struct http_worker {
    struct http_server *server;
    struct worker *worker;
    struct http_accepting {
        struct worker_source source;
        struct http_worker *hw;
        uint32_t listener;
    } accepting[HTTP_LISTENERS_MAX];
    struct worker_timer tick;
    struct worker_message start, stop, abort;
    struct conn *slots[HTTP_WHEEL_SLOTS];
    uint32_t wheel_s; /* all slots up to this second are done */
    bool stopping;
    struct http_door door;
    uint8_t *buffers; /* free ones, linked by their first bytes */
    uint32_t buffers_n;
    uint32_t epoch, active;
    uint64_t epoch_end_ns;
    uint64_t run_ns, wait_ns; /* of the thread, when the epoch began */
    uint64_t date_until_ns;
    char date[30];
    uint64_t random[4];
    struct libdeflate_compressor *compressor; /* made when first used */
    struct http_head head;                    /* scratch of the parser */
    _Alignas(64) struct {
        _Atomic(uint64_t) connections, requests, bytes_in, bytes_out, refused, late;
    } figures; /* written by this worker only */
};

struct http_server {
    struct http_options options;
    struct workers *workers;
    uint32_t count;
    struct http_listener listeners[HTTP_LISTENERS_MAX]; /* without addresses */
    uint16_t ports[HTTP_LISTENERS_MAX];
    _Atomic(uint32_t) idle_s;
    struct http_load *loads;
    struct http_worker *at;
    _Atomic(uint32_t) connections;
    _Atomic(size_t) memory;
    _Atomic(uint32_t) live; /* workers that have not stopped accepting */
    _Atomic(bool) stopping;
};

static inline void http__count(_Atomic(uint64_t) *figure, uint64_t n)
{
    atomic_store_explicit(figure, atomic_load_explicit(figure, memory_order_relaxed) + n, memory_order_relaxed);
}

static inline uint32_t http__now_s(const struct http_worker *hw)
{
    return (uint32_t)(worker_now_ns(hw->worker) / 1000000000u);
}

/* memory.c: the budget and the buffers. False when what large things may take of it is used up. */
bool http__memory_take(struct http_server *server, size_t bytes);
void http__memory_give(struct http_server *server, size_t bytes);
/* HTTP_BUFFER_BYTES, or NULL when the budget is used up. */
uint8_t *http__buffer_take(struct http_worker *hw);
void http__buffer_give(struct http_worker *hw, uint8_t *buffer);
void http__buffers_free(struct http_worker *hw);
/* Makes *p hold `bytes`; false when the budget is used up. */
bool http__memory_grow(struct http_server *server, uint8_t **p, size_t *capacity, size_t bytes);
void http__memory_free(struct http_server *server, uint8_t *p, size_t capacity);

/* wheel.c: the timeouts of connections. */
void http__wheel_set(struct conn *conn, uint32_t deadline_s);
void http__wheel_remove(struct conn *conn);
void http__wheel_tick(struct worker *worker, struct worker_timer *timer);
/* Calls fn for every connection; fn may remove that one. */
void http__wheel_each(struct http_worker *hw, void (*fn)(struct conn *conn));

/* link.c: its bytes, as os/socket.h and tls/tls.h. Opening is false when there is no memory for it. */
bool http__link_open(struct conn *conn, struct tls_context *tls);
void http__link_close(struct conn *conn);
/* *ret_more: a read that did not fail may have left some. */
ssize_t http__link_read(struct conn *conn, void *to, size_t bytes, bool *ret_more);
ssize_t http__link_write(struct conn *conn, const struct iovec *parts, size_t count);
void http__link_end(struct conn *conn);
/* Nothing stands before the first request any more. */
bool http__link_is_up(const struct conn *conn);

/* conn.c: the states of a connection. */
/* On the worker that `hw` is of, or handed to it; false when there is no memory for it. */
bool http__conn_open(struct http_worker *hw, int fd, bool loopback, uint32_t listener);
/* Takes over one that was handed here, or just opened. */
void http__conn_adopt(struct http_worker *hw, struct conn *conn);
/* Gives an idle one away; it is the other worker's from here on. */
void http__conn_hand_over(struct conn *conn, struct http_worker *to);
void http__conn_admit(struct conn *conn);
void http__conn_timeout(struct conn *conn);
/* Server stop: close what is idle now, the rest after its reply. */
void http__conn_drain(struct conn *conn);
void http__conn_abort(struct conn *conn);

/* request.c: a request's life. */
struct request *http__request_create(struct conn *conn, const struct http_head *head);
/* The body is complete: answers itself or starts the fiber. */
void http__request_start(struct request *request, struct slice body);
/* The two ways to a reply: one that this layer makes by itself (false: it does not), and the handler's, on `self`. */
bool http__request_is_ours(struct request *request);
void http__request_answer(struct request *request, struct fiber *self);
void http__request_end(struct request *request);

/* reply.c: bytes of replies. */
void http__date_refresh(struct http_worker *hw);
void http__request_id(struct http_worker *hw, char *ret);
/* Makes reply_head and reply_body of the response. On the request's fiber or, for small bodies, on the loop. */
void http__reply_make(struct request *request);
/* The reply to a preflight. */
void http__reply_preflight(struct request *request);
#define HTTP_REFUSAL_BYTES_MAX 640
/* A whole reply that needs no request: 400, 408, 413, 503. Returns its length. */
size_t http__refusal_write(struct http_worker *hw, uint16_t status, bool origin, char *to);

/* A whole reply to a request that was read and is not served for want of time: 503 with an error's body. */
size_t http__busy_write(struct http_worker *hw, bool origin, bool keep_alive, char *to);

/* encoding.c */
enum http_coding http__coding_choose(struct slice accept_encoding);
/* Compresses the reply body into the arena; false when it cannot. */
bool http__compress(struct request *request, enum http_coding coding, struct slice body, struct slice *ret);
/* Undoes the request's coding; the status to answer, 0 when well. */
uint16_t http__expand(struct request *request);

/* door.c: overload. A connection with something to say waits for its turn; http__conn_admit is called when it comes. */
void http__door_init(struct http_worker *hw);
void http__door_add(struct conn *conn);
/* Nothing when it does not wait. */
void http__door_remove(struct conn *conn);
/* Sets door->overload by who waits at this moment; the line is not empty. Pure. */
void http__door_judge(struct http_door *door, uint64_t now_ns);

/* balance.c: which worker a connection lives on. */
void http__balance_init(struct http_worker *hw);
/* Where a connection accepted by `hw` should live; counted there. */
struct http_worker *http__balance_place(struct http_worker *hw);
/* A connection is freed. */
void http__balance_gone(struct http_worker *hw);
/* A connection has a request. */
void http__balance_active(struct conn *conn);
/* Ends the epoch when its time is over, also on a worker without requests. */
void http__balance_roll(struct http_worker *hw);
/* The worker where one connection more would be the least load, or `me` when that is not well below the load here. */
uint32_t http__balance_choose(const struct http_load *loads, uint32_t count, uint32_t me);
/* Hands an idle connection to a worker with less to do; true when it is gone. */
bool http__balance(struct conn *conn);
