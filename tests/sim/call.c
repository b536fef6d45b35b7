/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Clients. Each is a task with a connection; it asks one thing at a time and waits for the answer, as long as the
 * server lives. What came back is checked here as far as every answer is alike: framing, CRC, JSON, a known status.
 *
 * A request that got no answer was done before the life ended in which it was sent, or never; one that was answered by
 * an error of the server too.
 */
#include "call.h"

#include <libdeflate.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

#define PATIENCE_NS ((uint64_t)180 * 1000000000)
#define BACK_OFF_NS ((uint64_t)500 * 1000000)
#define HEAD_BYTES  1024

/* They are there for all runs of the process: their memory is large. */
struct client *client_create(uint32_t index)
{
    static struct client clients[CLIENTS_MAX];
    struct client *c = &clients[index];

    ASSERT(index < CLIENTS_MAX);
    if (c->body == NULL) {
        c->body_most = 1 << 16;
        c->body = malloc(c->body_most);
        c->in = malloc(REPLY_BYTES_MAX);
        c->tree = malloc(sizeof(*c->tree));
    }
    c->index = index;
    c->stream = SIM_CLIENTS + index;
    c->conn = NULL;
    c->body_n = 0;
    c->budget = NULL;
    c->signature = SIGNED_WHOLE;
    return c;
}

static char *body_room(struct client *c, size_t n)
{
    while (c->body_n + n > c->body_most) {
        c->body_most *= 2;
        c->body = realloc(c->body, c->body_most);
    }
    c->body_n += n;
    return c->body + c->body_n - n;
}

void say_zeros(struct client *c, size_t n)
{
    memset(body_room(c, n), '0', n);
}

static void say_text(struct client *c, const char *text, size_t n)
{
    memcpy(body_room(c, n), text, n);
}

static void say_number(struct client *c, bool negative, uint64_t value)
{
    char digits[24], *at = digits + sizeof(digits);

    do {
        *--at = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    if (negative)
        *--at = '-';
    say_text(c, at, (size_t)(digits + sizeof(digits) - at));
}

static void say_signed(struct client *c, int64_t value)
{
    say_number(c, value < 0, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

/* What stands behind a '%'; returns what follows it. printf's own takes a tenth of a run. */
static const char *say_argument(struct client *c, const char *kind, va_list *arguments)
{
    const char *text;

    switch (*kind) {
    case 's':
        text = va_arg(*arguments, const char *);
        say_text(c, text, strlen(text));
        return kind + 1;
    case 'u':
        say_number(c, false, va_arg(*arguments, unsigned));
        return kind + 1;
    case 'd':
        say_signed(c, va_arg(*arguments, int));
        return kind + 1;
    default:
        ASSERT(kind[0] == 'l' && kind[1] == 'l' && (kind[2] == 'd' || kind[2] == 'u'));
        if (kind[2] == 'd')
            say_signed(c, va_arg(*arguments, long long));
        else
            say_number(c, false, va_arg(*arguments, unsigned long long));
        return kind + 3;
    }
}

void say(struct client *c, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    while (*format != 0) {
        size_t plain = (size_t)(strchrnul(format, '%') - format);

        say_text(c, format, plain);
        format += plain;
        if (*format == '%')
            format = say_argument(c, format + 1, &arguments);
    }
    va_end(arguments);
}

static void connect(struct client *c)
{
    if (c->conn != NULL && c->conn_life == sim_life_now() && sim_life_serves())
        return;
    sim_disconnect(c->conn);
    c->conn = NULL;
    while (c->conn == NULL) {
        while (!sim_life_serves())
            sim_sleep(1000000 + sim_some_ns(c->stream, 5000000));
        c->conn = sim_connect();
        c->conn_life = sim_life_now();
        if (c->conn == NULL)
            sim_sleep(1000000);
    }
}

static bool is_stream_operation(const char *operation)
{
    return strcmp(operation, "ListStreams") == 0 || strcmp(operation, "DescribeStream") == 0 ||
           strcmp(operation, "GetShardIterator") == 0 || strcmp(operation, "GetRecords") == 0;
}

static bool send_request(struct client *c, const char *operation)
{
    static const char fixed[] =
        "POST / HTTP/1.1\r\nHost: localhost:8000\r\nContent-Type: application/x-amz-json-1.0\r\n"
        "X-Amz-Date: 20270101T000000Z\r\n";
    static const char *const signatures[] = {
        [SIGNED_WHOLE] =
            "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20270101/us-east-1/dynamodb/aws4_request, "
            "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature="
            "0000000000000000000000000000000000000000000000000000000000000000\r\n",
        [SIGNED_HALF] = "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20270101/us-east-1/dynamodb/"
                        "aws4_request\r\n",
        [SIGNED_NOT] = ""};
    char head[HEAD_BYTES], *at;

    at = stpcpy(stpcpy(head, fixed), signatures[c->signature]);
    at += snprintf(at, (size_t)(head + sizeof(head) - at), "X-Amz-Target: %s.%s\r\nContent-Length: %zu\r\n\r\n",
        is_stream_operation(operation) ? "DynamoDBStreams_20120810" : "DynamoDB_20120810", operation, c->body_n);
    c->signature = SIGNED_WHOLE;
    return sim_send(c->conn, head, (size_t)(at - head), c->slow) && sim_send(c->conn, c->body, c->body_n, c->slow);
}

/* More of the reply; false: there is no more. */
static bool more(struct client *c, uint64_t deadline_ns)
{
    size_t room = REPLY_BYTES_MAX - c->in_n - 1;
    long n = sim_receive(c->conn, c->in + c->in_n, c->slow && room > 300 ? 300 : room, deadline_ns);

    if (n == -2)
        sim_violation("client %u got no answer for %llu s", c->index, (unsigned long long)(PATIENCE_NS / 1000000000));
    if (n <= 0)
        return false;
    c->in_n += (size_t)n;
    c->in[c->in_n] = 0;
    if (c->slow)
        sim_sleep(sim_some_ns(c->stream, 20000000));
    return true;
}

/* The value of a field; `name` with its colon and blank. "": it has none. */
static const char *header(const char *head, const char *name)
{
    size_t n = strlen(name);

    while ((head = strchr(head, '\n')) != NULL) {
        if (strncasecmp(++head, name, n) == 0)
            return head + n;
    }
    return "";
}

/* Waits for one whole reply. Its body begins at *ret_body. 0: none. */
static int receive_reply(struct client *c, char **ret_body)
{
    uint64_t deadline_ns = sim.now_ns + PATIENCE_NS;
    size_t length, head_n;
    const char *crc;
    char *end;

    c->in_n = 0;
    c->in[0] = 0;
    while ((end = strstr(c->in, "\r\n\r\n")) == NULL) {
        if (!more(c, deadline_ns))
            return 0;
    }
    *end = 0;
    head_n = (size_t)(end - c->in) + 4;
    length = strtoul(header(c->in, "Content-Length: "), NULL, 10);
    while (c->in_n < head_n + length) {
        if (!more(c, deadline_ns))
            return 0;
    }
    if (c->in_n != head_n + length)
        sim_violation("client %u got bytes behind its reply", c->index);
    *ret_body = end + 4;
    if (strncmp(c->in, "HTTP/1.1 ", 9) != 0)
        sim_violation("client %u got no HTTP reply", c->index);
    crc = header(c->in, "x-amz-crc32: ");
    if (length != 0 && *crc != 0 && strtoul(crc, NULL, 10) != libdeflate_crc32(0, *ret_body, length))
        sim_violation("client %u got a reply with another CRC", c->index);
    if (strncasecmp(header(c->in, "connection: "), "close", 5) == 0) {
        sim_disconnect(c->conn);
        c->conn = NULL;
    }
    return atoi(c->in + 9);
}

static void read_error(struct reply *reply)
{
    const char *type = node_text(node_at(reply->root, "__type")), *hash = strchr(type, '#');

    reply->type = hash == NULL ? type : hash + 1;
    reply->message = node_text(node_at(reply->root, "message"));
    if (*reply->message == 0)
        reply->message = node_text(node_at(reply->root, "Message"));
}

bool reply_unsure(const struct reply *reply)
{
    return reply->status == 0 || reply->status >= 500;
}

void call(struct client *c, const char *operation, struct reply *ret)
{
    char *body = NULL;

    *ret = (struct reply){.type = "", .message = ""};
    if (c->budget != NULL)
        --*c->budget;
    c->slow = sim_fault_on(SIM_SLOW_CLIENT) && sim_chance(c->stream, 10000);
    connect(c);
    ret->life = c->conn_life;
    ret->invoked = ++sim.events;
    if (send_request(c, operation)) {
        if (sim_fault_on(SIM_CUT_CLIENT) && sim_chance(c->stream, 3000))
            sim_sleep(sim_some_ns(c->stream, 3000000));
        else
            ret->status = receive_reply(c, &body);
    }
    ret->returned = ++sim.events;
    if (ret->status == 0) {
        sim_disconnect(c->conn);
        c->conn = NULL;
    } else if (ret->status == 503 && *body != '{') {
        ret->type = "Refused"; /* by http: nothing of it was looked at */
    } else {
        ret->root = tree_read(c->tree, body);
        if (ret->root == NULL && *body != 0) /* some operations answer nothing */
            sim_violation("%s: the body of the reply is no JSON", operation);
        if (ret->status != 200)
            read_error(ret);
    }
    if (ret->status != 200)
        sim_cover_error(operation, ret->status == 0 ? "none" : ret->type);
    if (reply_unsure(ret)) /* as SDKs do; also, each such answer leaves one more possibility open */
        sim_sleep(BACK_OFF_NS + sim_random(c->stream) % (4 * BACK_OFF_NS));
    sim_note(operation, (uint64_t)ret->status);
    sim_say("%u %s %.*s -> %d %s %s", c->index, operation, c->body_n < 200 ? (int)c->body_n : 200, c->body, ret->status,
        ret->type, ret->message);
    c->body_n = 0;
}
