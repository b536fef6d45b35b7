/* SPDX-License-Identifier: Apache-2.0 */

/* The server over real sockets: what control-plane.md 1.1 to 1.5 say of requests and replies. */
#include <ctype.h>
#include <sched.h>

#include "client.h"

#define BODY_MAX REQUEST_BODY_BYTES_MAX

/* ---- replies ---- */

TEST(http, a_request_is_answered_with_the_headers_of_dynamodb)
{
    struct world *world = world_start();
    int fd = dial(world);
    struct reply *reply = ask(fd, POST("Content-Length: 2\r\n", "{}"));

    CHECK_EQ(reply->status, 200);
    CHECK(strcmp(reply->body, "{}") == 0);
    CHECK(strncmp(reply->head, "HTTP/1.1 200 OK\r\nServer: Server\r\nDate: ", 38) == 0);
    CHECK(has(reply, " GMT\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\n"
                     "Connection: keep-alive\r\nx-amzn-RequestId: "));
    CHECK(has(reply, "\r\nx-amz-crc32: 2745614147\r\n\r\n"));
    CHECK(!has(reply, "Access-Control"));
    close(fd);
    world_stop(world);
}

static void copy_id(const struct reply *reply, char *id)
{
    const char *at = strstr(reply->head, "x-amzn-RequestId: ");

    CHECK(at != NULL && at[18 + 52] == '\r');
    memcpy(id, at + 18, 52);
}

TEST(http, request_ids_are_52_capitals_and_digits_and_differ)
{
    struct world *world = world_start();
    int fd = dial(world);
    char a[52], b[52];

    copy_id(ask(fd, POST("", "")), a);
    copy_id(ask(fd, POST("", "")), b);
    for (int i = 0; i < 52; i++)
        CHECK(isdigit((unsigned char)a[i]) || isupper((unsigned char)a[i]));
    CHECK(memcmp(a, b, 52) != 0);
    close(fd);
    world_stop(world);
}

TEST(http, checksums_are_the_known_ones)
{
    static const char unknown[] = "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}";
    static const char broken[] = "{\"__type\":\"com.amazon.coral.service#SerializationException\"}";
    struct world *world = world_start();
    int fd = dial(world);
    char text[300];

    snprintf(text, sizeof(text), POST("Content-Length: %zu\r\n", "%s"), strlen(unknown), unknown);
    CHECK(has(ask(fd, text), "\r\nx-amz-crc32: 1368724161\r\n"));
    snprintf(text, sizeof(text), POST("Content-Length: %zu\r\n", "%s"), strlen(broken), broken);
    CHECK(has(ask(fd, text), "\r\nx-amz-crc32: 3948637019\r\n"));
    CHECK(has(ask(fd, POST("", "")), "\r\nx-amz-crc32: 0\r\n"));
    close(fd);
    world_stop(world);
}

TEST(http, health_names_the_region_of_the_request)
{
    struct world *world = world_start();
    int fd = dial(world);
    struct reply *reply = ask(fd, "GET / HTTP/1.1\r\nHost: localhost:8000\r\n\r\n");

    CHECK_EQ(reply->status, 200);
    CHECK(strcmp(reply->body, "healthy: dynamodb.us-east-1.amazonaws.com ") == 0);
    CHECK(has(reply, "\r\nx-amz-crc32: 3128867991\r\n"));
    reply = ask(fd, "GET /? HTTP/1.1\r\nHost: dynamodb.eu-west-1.amazonaws.com\r\n\r\n");
    CHECK(strcmp(reply->body, "healthy: dynamodb.eu-west-1.amazonaws.com ") == 0);
    reply = ask(fd, "GET / HTTP/1.1\r\nHost: dynamodb.eu-west-1.api.aws\r\n"
                    "Authorization: AWS4-HMAC-SHA256 Credential=AK/20260101/ap-south-1/dynamodb/aws4_request\r\n\r\n");
    CHECK(strcmp(reply->body, "healthy: dynamodb.ap-south-1.amazonaws.com ") == 0);
    reply = ask(fd, "GET / HTTP/1.1\r\nHost: dynamodb.<b>.amazonaws.com\r\n\r\n");
    CHECK(strcmp(reply->body, "healthy: dynamodb.us-east-1.amazonaws.com ") == 0);
    CHECK_EQ(world->handled, 0);
    close(fd);
    world_stop(world);
}

TEST(http, other_methods_are_unknown)
{
    static const char *const methods[] = {"PUT", "DELETE", "PATCH", "OPTIONS", "get", "TRACE"};
    struct world *world = world_start();
    int fd = dial(world);
    char text[100];

    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        struct reply *reply;

        snprintf(text, sizeof(text), "%s / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc", methods[i]);
        reply = ask(fd, text);
        CHECK_EQ(reply->status, 404);
        CHECK(strcmp(reply->body, "<UnknownOperationException/>\n") == 0);
        CHECK(has(reply, "\r\nx-amz-crc32: 3552371480\r\n"));
        CHECK(has(reply, "\r\nx-amzn-RequestId: "));
    }
    CHECK_EQ(world->handled, 0);
    close(fd);
    world_stop(world);
}

TEST(http, a_reply_to_head_has_no_body)
{
    struct world *world = world_start();
    int fd = dial(world);
    struct reply *reply;

    send_text(fd, "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
    reply = receive_reply_of(fd, true);
    CHECK_EQ(reply->status, 404);
    CHECK(has(reply, "\r\nContent-Length: 29\r\n"));
    CHECK_EQ(ask(fd, POST("", ""))->status, 200);
    close(fd);
    world_stop(world);
}

TEST(http, other_gets_and_posts_of_any_type_reach_the_handler)
{
    struct world *world = world_start();
    int fd = dial(world);

    CHECK(strcmp(ask(fd, "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n")->body, "GET /metrics?") == 0);
    CHECK(strcmp(ask(fd, "GET /?Action=x HTTP/1.1\r\nHost: h\r\n\r\n")->body, "GET /?Action=x") == 0);
    CHECK(strcmp(ask(fd, POST("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n", "a=b"))->body,
              "a=b") == 0);
    CHECK_EQ(world->handled, 3);
    close(fd);
    world_stop(world);
}

TEST(http, a_preflight_is_answered_with_what_it_asks)
{
    struct world *world = world_start();
    int fd = dial(world);
    struct reply *reply = ask(fd, "OPTIONS / HTTP/1.1\r\nHost: h\r\nOrigin: http://o\r\n"
                                  "Access-Control-Request-Headers: x-amz-target, b\r\n"
                                  "Access-Control-Request-Method: POST\r\n\r\n");

    CHECK_EQ(reply->status, 200);
    CHECK_EQ(reply->body_n, 0);
    CHECK(has(reply, "\r\nContent-Length: 0\r\n"));
    CHECK(has(reply, "\r\nAccess-Control-Allow-Origin: *\r\n"));
    CHECK(has(reply, "\r\nAccess-Control-Max-Age: 172800\r\n"));
    CHECK(has(reply, "\r\nAccess-Control-Allow-Headers: x-amz-target, b\r\n"));
    CHECK(has(reply, "\r\nAccess-Control-Allow-Methods: POST\r\n"));
    CHECK(!has(reply, "x-amz-crc32"));
    reply = ask(fd, "OPTIONS / HTTP/1.1\r\nHost: h\r\nOrigin: http://o\r\n\r\n");
    CHECK(!has(reply, "Allow-Headers"));
    CHECK(!has(reply, "Allow-Methods"));
    close(fd);
    world_stop(world);
}

TEST(http, whoever_sends_an_origin_may_read_every_answer)
{
    struct world *world = world_start();
    int fd = dial(world);

    CHECK(has(ask(fd, POST("Origin: o\r\n", "")), "\r\nAccess-Control-Allow-Origin: *\r\n"));
    CHECK(has(ask(fd, "PUT / HTTP/1.1\r\nHost: h\r\nOrigin: o\r\n\r\n"), "\r\nAccess-Control-Allow-Origin: *\r\n"));
    CHECK(
        has(ask(fd, POST("Origin: o\r\nContent-Length: 16777217\r\n", "")), "\r\nAccess-Control-Allow-Origin: *\r\n"));
    close(fd);
    world_stop(world);
}

/* ---- framing ---- */

TEST(http, a_request_may_come_byte_by_byte)
{
    static const char text[] = POST("Content-Length: 5\r\nX-A: b\r\n", "hello")
        POST("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n");
    struct world *world = world_start();
    int fd = dial(world);

    for (size_t i = 0; i < sizeof(text) - 1; i++) {
        send_bytes(fd, text + i, 1);
        if (i % 8 == 0)
            sched_yield(); /* so that the server sees some of them apart */
    }
    CHECK(strcmp(receive_reply(fd)->body, "hello") == 0);
    CHECK(strcmp(receive_reply(fd)->body, "abcde") == 0);
    close(fd);
    world_stop(world);
}

TEST(http, malformed_requests_are_answered_400_and_closed)
{
    static const char *const texts[] = {"\x16\x03\x01\x02", "GET / HTTP/1.1\nHost: h\n\n",
        POST("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", ""), POST("A : b\r\n", ""),
        POST("Transfer-Encoding: chunked\r\n", "x\r\n"), POST("Content-Length: 2\r\nContent-Length: 3\r\n", "abc"),
        "GET / HTTP/1.1\r\nHost: h\r\n folded\r\n\r\n"};
    struct world *world = world_start();

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        int fd = dial(world);
        struct reply *reply = ask(fd, texts[i]);

        CHECK_EQ(reply->status, 400);
        CHECK(has(reply, "\r\nConnection: close\r\n"));
        CHECK(has(reply, "\r\nx-amzn-RequestId: "));
        CHECK_EQ(reply->body_n, 0);
        CHECK(ends(fd));
        close(fd);
    }
    CHECK_EQ(world->handled, 0);
    world_stop(world);
}

TEST(http, what_follows_a_malformed_request_is_not_handled)
{
    struct world *world = world_start();
    int fd = dial(world);

    send_text(fd, POST("", "") "BAD\r\n\r\n" POST("", ""));
    CHECK_EQ(receive_reply(fd)->status, 200);
    CHECK_EQ(receive_reply(fd)->status, 400);
    CHECK(ends(fd));
    CHECK_EQ(world->handled, 1);
    close(fd);
    world_stop(world);
}

static struct reply *ask_padded(struct world *world, size_t head_bytes)
{
    static char text[REQUEST_HEAD_BYTES_MAX + 100];
    static const char start[] = "POST / HTTP/1.1\r\nHost: h\r\nA: ";
    int fd = dial(world);
    struct reply *reply;

    memset(text, 'x', sizeof(text));
    memcpy(text, start, sizeof(start) - 1);
    memcpy(text + head_bytes - 4, "\r\n\r\n", 4);
    send_bytes(fd, text, head_bytes);
    reply = receive_reply(fd);
    close(fd);
    return reply;
}

TEST(http, a_head_of_16_kib_is_the_longest)
{
    struct world *world = world_start();

    CHECK_EQ(ask_padded(world, REQUEST_HEAD_BYTES_MAX)->status, 200);
    CHECK_EQ(ask_padded(world, REQUEST_HEAD_BYTES_MAX + 1)->status, 400);
    world_stop(world);
}

static const char *zeros(void)
{
    static char text[BODY_MAX + 1];

    memset(text, '0', sizeof(text));
    return text;
}

static struct reply *ask_sized(int fd, size_t body_n)
{
    char head[100];

    snprintf(head, sizeof(head), POST("X-Do: where\r\nContent-Length: %zu\r\n", ""), body_n);
    send_text(fd, head);
    send_bytes(fd, zeros(), body_n);
    return receive_reply(fd);
}

TEST(http, bodies_of_every_size_class_arrive_whole)
{
    static const size_t sizes[] = {0, 1, 4095, 4096, 16384, 20400, 20480, 65535, 65536, 65537, 131072, 400000, 3 << 20};
    struct world *world = world_start();
    int fd = dial(world);

    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        CHECK_EQ(ask_sized(fd, sizes[i])->status, 200);
        CHECK_EQ(world->body_n, sizes[i]);
    }
    close(fd);
    world_stop(world);
}

TEST(http, a_body_of_16_mib_is_the_longest)
{
    struct world *world = world_start();
    int fd = dial(world);
    struct reply *reply = ask_sized(fd, BODY_MAX);

    CHECK_EQ(reply->status, 200);
    CHECK_EQ(world->body_n, BODY_MAX);
    reply = ask_sized(fd, BODY_MAX + 1);
    CHECK_EQ(reply->status, 413);
    CHECK(has(reply, "\r\nTransfer-Encoding: chunked\r\n"));
    CHECK(has(reply, "\r\nConnection: close\r\n"));
    CHECK(!has(reply, "Content-Length") && !has(reply, "x-amz"));
    CHECK(strcmp(reply->body, "0\r\n\r\n") == 0);
    CHECK(ends(fd));
    CHECK_EQ(world->handled, 1);
    close(fd);
    world_stop(world);
}

static struct reply *ask_chunked(int fd, size_t body_n)
{
    char size[20];
    size_t sent = 0;

    send_text(fd, POST("Transfer-Encoding: chunked\r\nX-Do: where\r\n", ""));
    while (sent != body_n) {
        size_t n = body_n - sent < 999983 ? body_n - sent : 999983;

        snprintf(size, sizeof(size), "%zx\r\n", n);
        send_text(fd, size);
        send_bytes(fd, zeros(), n);
        send_text(fd, "\r\n");
        sent += n;
    }
    send_text(fd, "0\r\n\r\n");
    return receive_reply(fd);
}

TEST(http, a_chunked_body_has_the_same_limit)
{
    struct world *world = world_start();
    int fd = dial(world);

    CHECK_EQ(ask_chunked(fd, 70000)->status, 200);
    CHECK_EQ(world->body_n, 70000);
    CHECK_EQ(ask_chunked(fd, BODY_MAX)->status, 200);
    CHECK_EQ(world->body_n, BODY_MAX);
    CHECK_EQ(ask_chunked(fd, BODY_MAX + 1)->status, 413);
    CHECK(ends(fd));
    close(fd);
    fd = dial(world);
    CHECK_EQ(ask(fd, POST("Transfer-Encoding: chunked\r\n", "1000001\r\n"))->status, 413);
    close(fd);
    world_stop(world);
}

TEST(http, a_client_that_expects_it_is_told_to_continue)
{
    struct world *world = world_start();
    int fd = dial(world);
    struct reply *reply = ask(fd, POST("Expect: 100-continue\r\nContent-Length: 3\r\n", ""));

    CHECK(strcmp(reply->head, "HTTP/1.1 100 Continue\r\n\r\n") == 0);
    CHECK(strcmp(ask(fd, "abc")->body, "abc") == 0);
    CHECK(strcmp(ask(fd, POST("Expect: 100-continue\r\nContent-Length: 3\r\n", "abc"))->body, "abc") == 0);
    CHECK_EQ(ask(fd, POST("Expect: 100-continue\r\nContent-Length: 16777217\r\n", ""))->status, 413);
    close(fd);
    world_stop(world);
}

/* ---- connections ---- */

TEST(http, a_connection_closes_when_the_request_or_the_reply_says_so)
{
    static const char *const texts[] = {POST("Connection: close\r\n", ""), POST("X-Do: close\r\n", ""),
        "POST / HTTP/1.0\r\n\r\n", POST("Connection: close\r\n", "") POST("", "")};
    struct world *world = world_start();

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        int fd = dial(world);
        struct reply *reply = ask(fd, texts[i]);

        CHECK_EQ(reply->status, 200);
        CHECK(has(reply, "\r\nConnection: close\r\n"));
        CHECK(ends(fd));
        close(fd);
    }
    CHECK_EQ(world->handled, 4);
    world_stop(world);
}

TEST(http, http_1_0_may_ask_to_keep_the_connection)
{
    struct world *world = world_start();
    int fd = dial(world);

    for (int i = 0; i < 3; i++)
        CHECK(has(ask(fd, "POST / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"), "\r\nConnection: keep-alive\r\n"));
    close(fd);
    world_stop(world);
}

/* `n` numbered requests, of which every third yields and some have chunked bodies. */
static size_t write_pipeline(char *to, uint32_t n)
{
    size_t at = 0;

    for (uint32_t i = 0; i < n; i++) {
        const char *what = i % 3 == 0 ? "yield" : "echo";

        if (i % 5 == 0)
            at += (size_t)sprintf(
                to + at, POST("X-Do: %s\r\nTransfer-Encoding: chunked\r\n", "4\r\n%04u\r\n0\r\n\r\n"), what, i);
        else
            at += (size_t)sprintf(to + at, POST("X-Do: %s\r\nContent-Length: 4\r\n", "%04u"), what, i);
    }
    return at;
}

static void check_pipeline(int fd, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct reply *reply = receive_reply(fd);

        CHECK_EQ(reply->status, 200);
        CHECK_EQ(atoi(reply->body), i);
    }
}

TEST(http, pipelined_requests_are_answered_in_order)
{
    static char text[400000];
    size_t n = write_pipeline(text, 2000);
    struct world *world = world_start();
    int fd = dial(world);
    size_t piece = 1;

    send_bytes(fd, text, n);
    check_pipeline(fd, 2000);
    for (size_t at = 0; at < n; at += piece, piece = piece * 7 % 9973) /* in pieces of many sizes */
        send_bytes(fd, text + at, n - at < piece ? n - at : piece);
    check_pipeline(fd, 2000);
    close(fd);
    world_stop(world);
}

TEST(http, a_client_that_has_sent_all_still_gets_its_replies)
{
    struct world *world = world_start();
    int fd = dial(world);

    send_text(fd, POST("X-Do: yield\r\nContent-Length: 1\r\n", "a") POST("Content-Length: 1\r\n", "b"));
    shutdown(fd, SHUT_WR);
    CHECK(strcmp(receive_reply(fd)->body, "a") == 0);
    CHECK(strcmp(receive_reply(fd)->body, "b") == 0);
    CHECK(ends(fd));
    close(fd);
    fd = dial(world);
    send_text(fd, POST("Content-Length: 5\r\n", "a"));
    shutdown(fd, SHUT_WR);
    CHECK(ends(fd));
    close(fd);
    world_stop(world);
}

static struct fiber *parked_fiber(struct world *world)
{
    struct fiber *self = fiber_of_thread();

    while (world->parked == NULL)
        (void)fiber_park_until(self, os_clock_monotonic_ns() + MS / 10);
    fiber_of_thread_destroy(self);
    return world->parked;
}

TEST(http, a_waiting_request_holds_up_no_other_connection)
{
    struct world *world = world_start();
    int slow = dial(world), fast = dial(world);

    send_text(slow, POST("X-Do: park\r\nContent-Length: 4\r\n", "slow") POST("Content-Length: 4\r\n", "next"));
    (void)parked_fiber(world);
    CHECK(strcmp(ask(fast, POST("Content-Length: 4\r\n", "fast"))->body, "fast") == 0);
    fiber_wake(world->parked);
    CHECK(strcmp(receive_reply(slow)->body, "slow") == 0);
    CHECK(strcmp(receive_reply(slow)->body, "next") == 0);
    close(slow);
    close(fast);
    world_stop(world);
}

TEST(http, a_client_that_leaves_does_not_disturb_its_request)
{
    struct world *world = world_start();
    int fd = dial(world);

    send_text(fd, POST("X-Do: park\r\nContent-Length: 4\r\n", "slow"));
    (void)parked_fiber(world);
    close(fd);
    fd = dial(world);
    CHECK_EQ(ask(fd, POST("", ""))->status, 200);
    fiber_wake(world->parked);
    CHECK_EQ(ask(fd, POST("", ""))->status, 200);
    close(fd);
    world_stop(world);
}

TEST(http, large_replies_go_to_slow_readers_while_others_are_served)
{
    struct world *world = world_start();
    int slow = dial(world), fast = dial(world);
    struct reply *reply;

    send_text(slow, POST("X-Do: page\r\nX-N: 8000000\r\n", "") POST("X-Do: page\r\nX-N: 9000\r\n", ""));
    for (int i = 0; i < 20; i++)
        CHECK_EQ(ask(fast, POST("", ""))->status, 200);
    reply = receive_reply(slow);
    CHECK_EQ(reply->body_n, 8000000);
    for (size_t i = 0; i < reply->body_n; i++)
        CHECK(reply->body[i] == (char)('a' + i % 23));
    CHECK_EQ(receive_reply(slow)->body_n, 9000);
    close(slow);
    close(fast);
    world_stop(world);
}

TEST_MAIN()
