/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Connections. Each is plain state that its worker moves on whenever something happened: bytes came, the socket can be
 * written, a request's fiber ended, its time is up. conn_run takes one step after the other until the
 * connection has to wait.
 *
 *      OPEN --head complete--> BODY --body complete--> RUNNING --reply made--> OPEN, or REPLYING until it is sent
 *      OPEN, BODY --refused--> LINGER --> DEAD
 *      OPEN --overload--> SHED --body dropped--> OPEN
 *      BODY --body complete, overload--> OPEN
 *
 * Requests of one connection are handled one at a time, so their replies keep the order. Replies are collected in one
 * output buffer and sent when nothing more can be done without waiting: one read and one write for a request, and for
 * a burst of pipelined ones.
 *
 * While nothing is unread the connection owns no buffer. A request's slices point into the input buffer, so it neither
 * moves nor takes new bytes behind a complete request until that one ends. An incomplete one begins at the front of the
 * buffer, which leaves room for the longest head and some body.
 *
 * Sockets are edge triggered: `readable` and `writable` say what is known, and a read that fills less than its room
 * means that the kernel has no more (with TLS the link says so). Only a peer's end must be looked for (`hangup`), as it
 * may share an edge with data.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/assert.h"
#include "http/http_int.h"
#include "os/socket.h"

#define LINGER_READ_BYTES   ((size_t)16 << 10)
#define LATE_READ_BYTES     ((size_t)2 << 10)
#define SEND_BYTES_PER_TURN ((size_t)256 << 10)

enum step { STEP_AGAIN, STEP_WAIT };

static struct conn *conn_of_source(struct worker_source *source)
{
    return (struct conn *)((char *)source - offsetof(struct conn, source));
}

static struct conn *conn_of_deferred(struct worker_deferred *deferred)
{
    return (struct conn *)((char *)deferred - offsetof(struct conn, deferred));
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static uint32_t unread(const struct conn *c)
{
    return c->in_n - c->in_from;
}

static bool output_pending(const struct conn *c)
{
    return c->out_n != c->out_from || c->big.n != 0;
}

static void release_in(struct conn *c)
{
    if (c->in != NULL)
        http__buffer_give(c->owner, c->in);
    c->in = NULL;
    c->in_from = c->in_n = c->in_seen = 0;
}

static void release_out(struct conn *c)
{
    if (c->out != NULL)
        http__buffer_give(c->owner, c->out);
    c->out = NULL;
    c->out_from = c->out_n = 0;
}

/* ---- the end ---- */

/* Closes the socket now; the memory goes in a deferred call, when no event of this turn can name it any more. */
static void conn_close(struct conn *c)
{
    if (c->state == CONN_DEAD)
        return;
    worker_source_remove(c->owner->worker, &c->source);
    http__link_close(c);
    http__wheel_remove(c);
    http__door_remove(c);
    c->state = CONN_DEAD;
    worker_defer(c->owner->worker, &c->deferred);
}

static void conn_free(struct conn *c)
{
    struct http_worker *hw = c->owner;

    if (c->request != NULL && !c->request->done && c->request->http.fiber != NULL)
        return; /* its fiber asks for another deferred call when it ends */
    if (c->request != NULL)
        http__request_end(c->request);
    release_in(c);
    release_out(c);
    free(c);
    http__balance_gone(hw); /* last: the server may end with its last connection */
}

/* ---- output ---- */

static void out_append(struct conn *c, const void *bytes, size_t n)
{
    ASSERT(c->out != NULL && HTTP_BUFFER_BYTES - c->out_n >= n);
    memcpy(c->out + c->out_n, bytes, n);
    c->out_n += (uint32_t)n;
}

static void out_sent(struct conn *c, size_t n)
{
    size_t of_out = c->out_n - c->out_from;

    c->written += n;
    c->wrote = true;
    if (of_out > n)
        of_out = n;
    c->out_from += (uint32_t)of_out;
    c->big.p += n - of_out;
    c->big.n -= n - of_out;
    http__count(&c->owner->figures.bytes_out, n);
}

/* Sends what there is. False: some of it has to wait, or the connection is broken and now closed. A megabyte takes the
 * kernel as long as fifty requests take us, so a long reply goes out over several turns. */
static bool flush(struct conn *c)
{
    struct iovec parts[2];
    size_t count, sent = 0;
    ssize_t n;

    while (output_pending(c)) {
        if (!c->writable)
            return false;
        if (sent >= SEND_BYTES_PER_TURN) {
            worker_defer(c->owner->worker, &c->deferred);
            return false;
        }
        count = 0;
        if (c->out_n != c->out_from)
            parts[count++] = (struct iovec){c->out + c->out_from, c->out_n - c->out_from};
        if (c->big.n != 0)
            parts[count++] = (struct iovec){(void *)(uintptr_t)c->big.p, least(c->big.n, SEND_BYTES_PER_TURN)};
        n = http__link_write(c, parts, count);
        if (n == OS_SOCKET_ERROR) {
            conn_close(c);
            return false;
        }
        if (n == OS_SOCKET_AGAIN) {
            c->writable = false;
        } else {
            out_sent(c, (size_t)n);
            sent += (size_t)n;
        }
    }
    release_out(c);
    return true;
}

/* Room for `bytes` in the output buffer, sending what is in it if need be. */
static bool out_room(struct conn *c, size_t bytes)
{
    if (c->out != NULL && HTTP_BUFFER_BYTES - c->out_n >= bytes)
        return true;
    if (c->out != NULL && !flush(c))
        return false;
    if (c->out == NULL)
        c->out = http__buffer_take(c->owner);
    return c->out != NULL;
}

/* Takes a whole reply that needs no request into the output; without room the connection ends. */
static bool out_say(struct conn *c, const char *reply, size_t n)
{
    if (!out_room(c, n)) {
        conn_close(c);
        return false;
    }
    out_append(c, reply, n);
    return true;
}

/* Answers without a request and ends the connection, after the client had a chance to read the answer. */
static enum step refuse(struct conn *c, uint16_t status, bool origin)
{
    char reply[HTTP_REFUSAL_BYTES_MAX];

    if (!out_say(c, reply, http__refusal_write(c->owner, status, origin, reply)))
        return STEP_WAIT;
    if (c->request != NULL)
        http__request_end(c->request);
    c->request = NULL;
    release_in(c);
    c->state = CONN_LINGER;
    c->taken = 0;
    return STEP_AGAIN;
}

/* ---- input ---- */

enum input { INPUT_SOME, INPUT_NONE, INPUT_END };

/* Reads once into `to`; NULL: reads and drops. The connection is closed when it broke (INPUT_END as well). */
static enum input read_into(struct conn *c, void *to, size_t room, size_t *ret_n)
{
    bool more;
    ssize_t n;

    *ret_n = 0;
    if (c->eof)
        return INPUT_END;
    if (!c->readable)
        return INPUT_NONE;
    n = http__link_read(c, to, room, &more);
    if (n == OS_SOCKET_AGAIN) {
        c->readable = false;
        return INPUT_NONE;
    }
    if (n == OS_SOCKET_ERROR)
        conn_close(c);
    if (n <= 0) {
        c->eof = true;
        return INPUT_END;
    }
    if (!more && !c->hangup)
        c->readable = false;
    *ret_n = (size_t)n;
    http__count(&c->owner->figures.bytes_in, (uint64_t)n);
    return INPUT_SOME;
}

static void move_to_front(struct conn *c)
{
    if (c->in_from == 0)
        return;
    memmove(c->in, c->in + c->in_from, unread(c));
    c->in_n -= c->in_from;
    c->in_from = 0;
}

/* More bytes into the input buffer, behind those that are there. Of what will be refused no more than a head is wanted:
 * its body can be dropped without being copied. */
static enum input read_more(struct conn *c)
{
    size_t n, room = HTTP_BUFFER_BYTES - c->in_n;
    enum input input;

    ASSERT(room != 0);
    input = read_into(c, c->in + c->in_n, c->late ? least(room, LATE_READ_BYTES) : room, &n);
    c->in_n += (uint32_t)n;
    return input;
}

/* ---- heads ---- */

/* A head that was incomplete is parsed again only when another line of it ended, or it is too long by now. */
static enum http_parse parse_head(struct conn *c)
{
    const uint8_t *from = c->in + c->in_from;
    uint32_t n = unread(c), seen = c->in_seen;

    if (n == seen)
        return HTTP_PARSE_MORE;
    c->in_seen = n;
    if (seen != 0 && n < REQUEST_HEAD_BYTES_MAX && memchr(from + seen, '\n', n - seen) == NULL)
        return HTTP_PARSE_MORE;
    return http__head_parse(from, n, &c->owner->head);
}

static bool is_whole(const struct conn *c, const struct http_head *head)
{
    return !head->chunked && head->bytes + head->content_length <= unread(c);
}

/* The client waits for a word before it sends its body. */
static bool say_continue(struct conn *c, const struct http_head *head)
{
    static const char text[] = "HTTP/1.1 100 Continue\r\n\r\n";

    if (!head->expect_continue || head->version_1_0)
        return true;
    if (!out_room(c, sizeof(text) - 1))
        return false;
    out_append(c, text, sizeof(text) - 1);
    return true;
}

/* The peer has ended its stream: what is incomplete will never be complete. Replies under way are still sent. */
static enum step end_of_input(struct conn *c)
{
    c->closing = true;
    if (c->state == CONN_BODY || c->state == CONN_SHED)
        conn_close(c);
    return STEP_WAIT;
}

static enum step after_read(struct conn *c, enum input input)
{
    if (input == INPUT_SOME)
        return STEP_AGAIN;
    return input == INPUT_NONE ? STEP_WAIT : end_of_input(c);
}

/* Says that there are too many, and goes on. */
static enum step tell_busy(struct conn *c, bool keep_alive, bool origin)
{
    char reply[HTTP_REFUSAL_BYTES_MAX];

    if (!out_say(c, reply, http__busy_write(c->owner, origin, keep_alive, reply)))
        return STEP_WAIT;
    c->closing = !keep_alive;
    c->state = CONN_OPEN;
    c->served++;
    return STEP_AGAIN;
}

/* The request waited too long at the door: nothing of its body is looked at or kept. */
static enum step turn_away(struct conn *c, const struct http_head *head)
{
    uint32_t here = (uint32_t)least((size_t)head->content_length, unread(c) - head->bytes);

    c->shed_left = (uint32_t)(head->content_length - here);
    c->shed_keep_alive = !head->close && !head->version_1_0;
    c->shed_origin = head->origin.p != NULL;
    c->in_from += head->bytes + here;
    c->taken = here;
    c->body_from_ns = worker_now_ns(c->owner->worker);
    c->state = CONN_SHED;
    if (unread(c) == 0)
        release_in(c);
    return STEP_AGAIN;
}

static enum step step_shed(struct conn *c)
{
    enum input input;
    size_t n;

    if (c->shed_left == 0)
        return tell_busy(c, c->shed_keep_alive && !c->owner->stopping, c->shed_origin);
    input = read_into(c, NULL, c->shed_left, &n);
    c->shed_left -= (uint32_t)n;
    c->taken += n;
    return after_read(c, input);
}

/* Not worth waiting for: it comes only when it is asked for, or much of it is to come, and then there may be no time.
 */
static bool is_hopeless(const struct http_head *head)
{
    return head->expect_continue || head->content_length > HTTP_LATE_BODY_BYTES_MAX;
}

static enum step begin_request(struct conn *c)
{
    struct http_head *head = &c->owner->head;

    c->in_seen = 0;
    c->timing = TIMING_NONE; /* the next head has its own time */
    if (head->content_length > REQUEST_BODY_BYTES_MAX)
        return refuse(c, 413, head->origin.p != NULL);
    if (c->late && head->method == HTTP_POST) { /* health and metrics are told under overload too */
        if (is_whole(c, head) || (!is_hopeless(head) && !head->chunked))
            return turn_away(c, head);
        if (is_hopeless(head))
            return refuse(c, 503, head->origin.p != NULL);
    }
    if (!is_whole(c, head)) {
        if (c->in_from != 0) {
            move_to_front(c);
            ASSERT(http__head_parse(c->in, unread(c), head) == HTTP_PARSE_DONE); /* the same bytes */
        }
        if (!say_continue(c, head))
            return refuse(c, 503, head->origin.p != NULL);
    }
    http__balance_active(c);
    c->request = http__request_create(c, head);
    c->taken = 0;
    c->body_from_ns = worker_now_ns(c->owner->worker);
    c->state = CONN_BODY;
    return STEP_AGAIN;
}

static enum step step_open(struct conn *c)
{
    enum http_parse parse = HTTP_PARSE_MORE;

    if (c->closing)
        return STEP_WAIT;
    if (unread(c) != 0)
        parse = parse_head(c);
    if (parse == HTTP_PARSE_BAD)
        return refuse(c, 400, false);
    if (parse == HTTP_PARSE_DONE)
        return begin_request(c);
    if (!c->readable && !c->eof)
        return STEP_WAIT;
    if (c->in == NULL)
        c->in = http__buffer_take(c->owner);
    if (c->in == NULL)
        return refuse(c, 503, false);
    move_to_front(c);
    switch (read_more(c)) {
    case INPUT_SOME:
        return STEP_AGAIN;
    case INPUT_NONE:
        return STEP_WAIT;
    default:
        return end_of_input(c);
    }
}

/* ---- bodies ---- */

/* Room for `bytes` more of a body outside the buffer; false: over the memory budget. */
static bool body_room(struct conn *c, size_t bytes, size_t most)
{
    struct request *r = c->request;
    size_t capacity = r->body_capacity == 0 ? HTTP_BODY_BYTES_FIRST : r->body_capacity;

    if (r->body_capacity - r->body_n >= bytes)
        return true;
    while (capacity - r->body_n < bytes)
        capacity *= 2;
    if (capacity > most)
        capacity = most;
    return http__memory_grow(c->owner->server, &r->body, &r->body_capacity, capacity);
}

static void body_append(struct request *r, struct slice data)
{
    memcpy(r->body + r->body_n, data.p, data.n);
    r->body_n += data.n;
}

/* A body that came in parts is complete, and waited too long. */
static enum step turn_away_body(struct conn *c)
{
    bool keep_alive = c->request->keep_alive && !c->owner->stopping, origin = c->request->http.origin.p != NULL;

    http__request_end(c->request);
    c->request = NULL;
    return tell_busy(c, keep_alive, origin);
}

/* The body is complete and the next request, if any, begins at `next` in the buffer. */
static enum step start_request(struct conn *c, struct slice body, uint32_t next)
{
    c->in_from = next;
    if (c->late && c->request->http.method == HTTP_POST)
        return turn_away_body(c);
    c->state = CONN_RUNNING;
    http__request_start(c->request, body);
    return STEP_AGAIN;
}

/* A body of known length that fits behind its head. */
static enum step step_body_in_buffer(struct conn *c)
{
    struct request *r = c->request;
    uint32_t begin = c->in_from + r->head_bytes, end = begin + (uint32_t)r->content_length;

    if (c->in_n >= end)
        return start_request(c, slice_of(c->in + begin, end - begin), end);
    c->taken = c->in_n - begin;
    return after_read(c, read_more(c));
}

/* A longer one: what is in the buffer is moved to memory of its own, the rest is read there. */
static enum step step_body_apart(struct conn *c)
{
    struct request *r = c->request;
    uint32_t begin = c->in_from + r->head_bytes;
    size_t length = (size_t)r->content_length, room, n;
    enum input input;

    if (!body_room(c, c->in_n - begin + 1, length))
        return refuse(c, 503, r->http.origin.p != NULL);
    body_append(r, slice_of(c->in + begin, c->in_n - begin));
    c->in_n = begin;
    if (r->body_n == length)
        return start_request(c, slice_of(r->body, length), begin);
    if (!body_room(c, 1, length))
        return refuse(c, 503, r->http.origin.p != NULL);
    room = (r->body_capacity < length ? r->body_capacity : length) - r->body_n;
    input = read_into(c, r->body + r->body_n, room, &n);
    r->body_n += n;
    c->taken = r->body_n;
    return after_read(c, input);
}

static enum step step_body_chunked(struct conn *c)
{
    struct request *r = c->request;
    uint32_t begin = c->in_from + r->head_bytes;
    struct slice input = slice_of(c->in + begin, c->in_n - begin), data;
    enum http_parse parse;

    do {
        parse = http__chunks_parse(&r->chunks, &input, &data);
        if (parse == HTTP_PARSE_BAD)
            return refuse(c, 400, r->http.origin.p != NULL);
        if (r->body_n + data.n > REQUEST_BODY_BYTES_MAX || r->chunks.left > REQUEST_BODY_BYTES_MAX)
            return refuse(c, 413, r->http.origin.p != NULL);
        if (data.n != 0 && !body_room(c, data.n, REQUEST_BODY_BYTES_MAX))
            return refuse(c, 503, r->http.origin.p != NULL);
        if (data.n != 0)
            body_append(r, data);
    } while (parse == HTTP_PARSE_MORE && input.n != 0);
    c->taken = r->body_n;
    if (parse == HTTP_PARSE_DONE)
        return start_request(
            c, slice_of(r->body == NULL ? (const uint8_t *)"" : r->body, r->body_n), c->in_n - (uint32_t)input.n);
    c->in_n = begin; /* all of it was understood */
    return after_read(c, read_more(c));
}

static enum step step_body(struct conn *c)
{
    struct request *r = c->request;

    if (r->chunked)
        return step_body_chunked(c);
    if (c->in_from + r->head_bytes + r->content_length <= HTTP_BUFFER_BYTES)
        return step_body_in_buffer(c);
    return step_body_apart(c);
}

/* ---- replies ---- */

static void end_request(struct conn *c)
{
    if (!c->request->keep_alive || c->owner->stopping)
        c->closing = true;
    http__request_end(c->request);
    c->request = NULL;
    c->served++;
    if (unread(c) == 0)
        release_in(c);
    c->state = CONN_OPEN;
}

/* Takes the finished reply into the output: copied when it is short, else sent from the request's memory. */
static enum step step_running(struct conn *c)
{
    struct request *r = c->request;
    bool copy = r->reply_head.n + r->reply_body.n <= HTTP_COPY_BYTES_MAX;

    if (!r->done)
        return STEP_WAIT;
    if (!out_room(c, r->reply_head.n + (copy ? r->reply_body.n : 0))) {
        if (c->out == NULL)
            conn_close(c); /* the budget has no buffer, and the client cannot be told without one */
        return STEP_WAIT;
    }
    out_append(c, r->reply_head.p, r->reply_head.n);
    if (copy) {
        out_append(c, r->reply_body.p, r->reply_body.n);
        end_request(c);
    } else {
        c->big = r->reply_body;
        c->state = CONN_REPLYING;
    }
    return STEP_AGAIN;
}

/* A reply that its reader does not take holds all that was made for it: that counts, and may be too much. */
static void hold_reply(struct conn *c)
{
    struct request *r = c->request;
    size_t bytes = arena_used_bytes(r->arena.arena) + (r->response.body.arena == NULL ? r->response.body.capacity : 0);

    if (r->held_bytes != 0 || c->state == CONN_DEAD || c->owner->server->options.ended != NULL)
        return;
    if (http__memory_take(c->owner->server, bytes))
        r->held_bytes = bytes;
    else
        conn_close(c);
}

static enum step step_replying(struct conn *c)
{
    if (!flush(c)) {
        if (!c->writable)
            hold_reply(c);
        return STEP_WAIT;
    }
    end_request(c);
    return STEP_AGAIN;
}

/* ---- after a refusal ---- */

/* Reads and drops, so that the kernel does not answer the client's bytes with a reset that would overtake our reply.
 * The room is on the stack: the reason of the refusal may be that there are no buffers left. */
static enum step step_linger(struct conn *c)
{
    uint8_t dropped[LINGER_READ_BYTES];
    enum input input;
    size_t n;

    if (!flush(c))
        return STEP_WAIT;
    if (!c->ended) {
        c->ended = true;
        http__link_end(c);
    }
    release_in(c);
    input = read_into(c, dropped, sizeof(dropped), &n);
    if (input == INPUT_NONE)
        return STEP_WAIT;
    if (input == INPUT_SOME)
        c->taken += n;
    if (input == INPUT_END || c->taken > HTTP_LINGER_BYTES_MAX)
        conn_close(c);
    return c->state == CONN_DEAD ? STEP_WAIT : STEP_AGAIN;
}

/* ---- moving on ---- */

static enum step step(struct conn *c)
{
    switch (c->state) {
    case CONN_OPEN:
        return step_open(c);
    case CONN_BODY:
        return step_body(c);
    case CONN_SHED:
        return step_shed(c);
    case CONN_RUNNING:
        return step_running(c);
    case CONN_REPLYING:
        return step_replying(c);
    case CONN_LINGER:
        return step_linger(c);
    default:
        return STEP_WAIT;
    }
}

/* What moves slowly gets more time for every byte, but never more than the longest pause at once. */
static uint32_t paced_deadline_s(const struct conn *c, uint64_t from_ns, uint64_t moved)
{
    uint32_t now_s = http__now_s(c->owner), pause_s = c->owner->server->options.body_s;
    uint64_t paced_s = from_ns / 1000000000u + pause_s + moved / HTTP_BYTES_PER_S_MIN;

    return (paced_s < now_s + pause_s ? (uint32_t)paced_s : now_s + pause_s) + 1;
}

static enum timing timing_of(const struct conn *c)
{
    if (output_pending(c))
        return TIMING_WRITE;
    switch (c->state) {
    case CONN_OPEN:
        return unread(c) == 0 && http__link_is_up(c) ? TIMING_IDLE : TIMING_HEAD;
    case CONN_BODY:
    case CONN_SHED:
        return TIMING_BODY;
    case CONN_LINGER:
        return TIMING_LINGER;
    default:
        return TIMING_NONE;
    }
}

/* Output that waits: its time begins when it starts to wait, and is looked at again whenever some of it went. */
static void set_write_deadline(struct conn *c)
{
    if (c->timing != TIMING_WRITE) {
        c->timing = TIMING_WRITE;
        c->write_from_ns = worker_now_ns(c->owner->worker);
        c->written = 0;
    } else if (!c->wrote) {
        return;
    }
    c->wrote = false;
    http__wheel_set(c, paced_deadline_s(c, c->write_from_ns, c->written));
}

/* Sets the time this wait may last. A head and the end have theirs from when they begin. */
static void set_deadline(struct conn *c)
{
    const struct http_options *options = &c->owner->server->options;
    enum timing timing = timing_of(c), before = c->timing;
    uint32_t now_s = http__now_s(c->owner) + 1;

    if (timing == TIMING_WRITE) {
        set_write_deadline(c);
        return;
    }
    c->timing = timing;
    if (timing == TIMING_IDLE)
        http__wheel_set(c, now_s + atomic_load_explicit(&c->owner->server->idle_s, memory_order_relaxed));
    else if (timing == TIMING_HEAD && before != TIMING_HEAD)
        http__wheel_set(c, now_s + options->header_s);
    else if (timing == TIMING_BODY)
        http__wheel_set(c, paced_deadline_s(c, c->body_from_ns, c->taken));
    else if (timing == TIMING_LINGER && before != TIMING_LINGER)
        http__wheel_set(c, now_s + HTTP_LINGER_S);
    else if (timing == TIMING_NONE)
        http__wheel_set(c, HTTP_NEVER);
}

/* The connection has been told to end and everything for it is sent. */
static void finish(struct conn *c)
{
    if (c->eof || (unread(c) == 0 && !c->readable)) {
        conn_close(c);
        return;
    }
    release_in(c);
    c->taken = 0;
    c->state = CONN_LINGER;
    worker_defer(c->owner->worker, &c->deferred);
}

/* May live elsewhere from now on: it owns nothing, and nothing of this turn knows it any more. */
static bool can_move(const struct conn *c)
{
    return c->state == CONN_OPEN && c->in == NULL && c->out == NULL && !c->deferred.queued && !c->closing && !c->waits;
}

/* Nothing more can be done without waiting: send what there is, give back what is not needed, set the time. */
static void settle(struct conn *c)
{
    bool sent = flush(c);

    if (c->state == CONN_DEAD)
        return;
    c->late = false; /* of what came with this turn */
    if (c->owner->stopping && c->state == CONN_OPEN && unread(c) == 0 && !c->waits)
        c->closing = true;
    if (sent && c->closing && c->state == CONN_OPEN)
        finish(c);
    if (c->state == CONN_DEAD)
        return;
    if (c->state == CONN_OPEN && unread(c) == 0)
        release_in(c);
    if (c->balance_due && can_move(c) && http__balance(c))
        return;
    set_deadline(c);
}

static void conn_run(struct conn *c)
{
    uint32_t served = c->served;

    while (step(c) == STEP_AGAIN) {
        if (c->served - served < HTTP_REQUESTS_PER_TURN)
            continue;
        worker_defer(c->owner->worker, &c->deferred); /* goes on in the next turn */
        break;
    }
    if (c->state != CONN_DEAD)
        settle(c);
}

void http__conn_admit(struct conn *c)
{
    conn_run(c);
}

/* What may begin a request waits for its turn, and so does what may complete one; replies go on. */
static bool is_for_the_door(const struct conn *c)
{
    return (c->state == CONN_OPEN || c->state == CONN_BODY) && c->readable && !output_pending(c);
}

static void on_event(struct worker *worker, struct worker_source *source, uint32_t events)
{
    struct conn *c = conn_of_source(source);

    (void)worker;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        c->readable = true;
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        c->hangup = true;
    if (events & EPOLLOUT)
        c->writable = true;
    if (c->tls != NULL) /* either direction may wait for the other */
        c->readable = c->writable = true;
    if (is_for_the_door(c))
        http__door_add(c);
    else
        conn_run(c);
}

static void on_deferred(struct worker *worker, struct worker_deferred *deferred)
{
    struct conn *c = conn_of_deferred(deferred);

    (void)worker;
    if (c->state == CONN_DEAD)
        conn_free(c);
    else
        conn_run(c);
}

/* ---- from and to others ---- */

static void message_adopt(struct worker *worker, struct worker_message *message)
{
    struct conn *c = (struct conn *)((char *)message - offsetof(struct conn, message));

    (void)worker;
    http__conn_adopt(c->owner, c);
}

bool http__conn_open(struct http_worker *hw, int fd, bool loopback, uint32_t listener)
{
    const struct http_listener *from = &hw->server->listeners[listener];
    struct conn *c = calloc(1, sizeof(*c));

    ASSERT(c != NULL); /* small allocations do not fail */
    c->source = (struct worker_source){.fn = on_event, .fd = fd};
    c->deferred.fn = on_deferred;
    c->message.fn = message_adopt;
    c->owner = hw;
    c->writable = true;
    c->loopback = loopback;
    c->operators = from->operators;
    c->control = from->control;
    if (!http__link_open(c, from->tls)) {
        os_socket_close(fd);
        free(c);
        http__balance_gone(hw);
        return false;
    }
    if (hw->worker == worker_current())
        http__conn_adopt(hw, c);
    else
        worker_post(hw->worker, &c->message);
    return true;
}

void http__conn_adopt(struct http_worker *hw, struct conn *c)
{
    uint32_t events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;

    ASSERT(c->owner == hw && c->state == CONN_OPEN && c->in == NULL && c->out == NULL);
    c->timing = TIMING_NONE;
    set_deadline(c);
    if (worker_source_add(hw->worker, &c->source, events) != OK || hw->stopping)
        conn_close(c); /* the kernel's own limit, or too late */
}

void http__conn_hand_over(struct conn *c, struct http_worker *to)
{
    worker_source_remove(c->owner->worker, &c->source);
    http__wheel_remove(c);
    c->owner = to;
    c->readable = false; /* adding it there reports what is unread */
    worker_post(to->worker, &c->message);
}

void http__conn_timeout(struct conn *c)
{
    enum timing timing = c->timing;

    if (c->waits) { /* it has said something and waits for us */
        http__wheel_set(c, c->owner->wheel_s + 1);
        return;
    }
    if ((timing == TIMING_HEAD || timing == TIMING_BODY) && http__link_is_up(c)) {
        (void)refuse(c, 408, false); /* then it lingers or is closed */
        conn_run(c);
        return;
    }
    conn_close(c);
}

void http__conn_drain(struct conn *c)
{
    if (c->waits) /* its request came before the end */
        return;
    if (c->state == CONN_OPEN && unread(c) == 0)
        c->closing = true;
    conn_run(c);
}

void http__conn_abort(struct conn *c)
{
    conn_close(c);
}
