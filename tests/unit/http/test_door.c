/* SPDX-License-Identifier: Apache-2.0 */

/* Overload: who is refused, in which words, and who is not. Requests hold the worker for two milliseconds each, so a
 * few hundred at once are more than it can answer in time, on any machine. */
#include "client.h"
#include "http/http_int.h"

#define CROWD 300
#define FEW   60

static const char busy_body[] =
    "{\"__type\":\"com.amazon.coral.service#ServiceUnavailable\",\"message\":\"The server has "
    "more requests than it can answer in time: try again\"}";

static void ask_all(struct world *world, int *fds, int n, const char *text)
{
    for (int i = 0; i < n; i++)
        fds[i] = dial(world);
    for (int i = 0; i < n; i++)
        send_text(fds[i], text);
}

static void close_all(const int *fds, int n)
{
    for (int i = 0; i < n; i++)
        close(fds[i]);
}

/* Every one is answered, well or by the refusal of overload. Returns the refusals. */
static int refusals(int *fds, int n)
{
    int refused = 0;

    for (int i = 0; i < n; i++) {
        struct reply *reply = receive_reply(fds[i]);

        CHECK(!reply->end);
        if (reply->status == 200)
            continue;
        CHECK_EQ(reply->status, 503);
        CHECK(strcmp(reply->body, busy_body) == 0);
        CHECK(has(reply, "Content-Type: application/x-amz-json-1.0\r\n"));
        CHECK(has(reply, "Connection: keep-alive\r\nx-amzn-RequestId: "));
        CHECK(has(reply, "x-amz-crc32: "));
        refused++;
    }
    return refused;
}

TEST(http, a_request_that_waited_too_long_is_refused_and_its_connection_stays)
{
    struct world *world = world_start();
    struct http_figures figures;
    static int fds[CROWD];
    int refused;

    ask_all(world, fds, CROWD, POST("X-Do: busy\r\nContent-Length: 2\r\n", "{}"));
    refused = refusals(fds, CROWD);
    CHECK(refused > 0);
    CHECK_EQ(world->handled, CROWD - refused);
    http_figures(world->server, &figures);
    CHECK_EQ(figures.late, refused);
    CHECK_EQ(figures.refused, refused);
    for (int i = 0; i < CROWD; i++) /* one at a time is no overload */
        CHECK_EQ(ask(fds[i], POST("Content-Length: 2\r\n", "{}"))->status, 200);
    close_all(fds, CROWD);
    world_stop(world);
}

TEST(http, a_short_line_is_served_however_long_it_takes)
{
    struct world *world = world_start();
    static int fds[FEW];

    for (int round = 0; round < 3; round++) {
        ask_all(world, fds, FEW, POST("X-Do: busy\r\nContent-Length: 2\r\n", "{}"));
        CHECK_EQ(refusals(fds, FEW), 0);
        close_all(fds, FEW);
    }
    world_stop(world);
}

TEST(http, health_is_told_under_overload)
{
    struct world *world = world_start();
    static int fds[CROWD], healths[CROWD];

    ask_all(world, fds, CROWD, POST("X-Do: busy\r\nContent-Length: 2\r\n", "{}"));
    ask_all(world, healths, CROWD, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK_EQ(refusals(healths, CROWD), 0);
    CHECK(refusals(fds, CROWD) > 0);
    close_all(fds, CROWD);
    close_all(healths, CROWD);
    world_stop(world);
}

/* Requests of which a byte comes later. Returns how many were refused. */
static int ask_in_parts(struct world *world, int *fds, const char *text, const char *rest)
{
    int refused = 0;

    ask_all(world, fds, CROWD, text);
    for (int i = 0; i < CROWD; i++)
        send_text(fds[i], rest);
    for (int i = 0; i < CROWD; i++) {
        struct reply *reply = receive_reply(fds[i]);

        CHECK(reply->status == 200 || reply->status == 503);
        refused += reply->status == 503;
    }
    CHECK_EQ(world->handled, CROWD - refused);
    return refused;
}

TEST(http, a_late_request_that_came_in_parts_is_refused_and_its_connection_stays)
{
    struct world *world = world_start();
    static int fds[CROWD];

    CHECK(ask_in_parts(world, fds, POST("X-Do: busy\r\nContent-Length: 3\r\n", "{}"), " ") > 0);
    for (int i = 0; i < CROWD; i++) /* nothing of the last one is left over */
        CHECK_EQ(ask(fds[i], POST("Content-Length: 2\r\n", "{}"))->status, 200);
    close_all(fds, CROWD);
    world_stop(world);
}

TEST(http, the_body_of_a_late_request_is_dropped_however_long)
{
    struct world *world = world_start();
    static char body[60001];
    static int fds[CROWD];

    memset(body, ' ', sizeof(body) - 1);
    CHECK(ask_in_parts(world, fds, POST("X-Do: busy\r\nContent-Length: 60002\r\n", "{}"), body) > 0);
    for (int i = 0; i < CROWD; i++)
        CHECK_EQ(ask(fds[i], POST("Content-Length: 2\r\n", "{}"))->status, 200);
    close_all(fds, CROWD);
    world_stop(world);
}

TEST(http, a_late_request_with_chunks_is_refused_and_its_connection_stays)
{
    struct world *world = world_start();
    static int fds[CROWD];

    CHECK(
        ask_in_parts(world, fds, POST("X-Do: busy\r\nTransfer-Encoding: chunked\r\n", "2\r\n{}\r\n"), "0\r\n\r\n") > 0);
    for (int i = 0; i < CROWD; i++)
        CHECK_EQ(ask(fds[i], POST("Content-Length: 2\r\n", "{}"))->status, 200);
    close_all(fds, CROWD);
    world_stop(world);
}

TEST(http, all_that_a_late_connection_sent_is_refused_together)
{
    struct world *world = world_start();
    static int fds[CROWD];
    int refused = 0;

    ask_all(world, fds, CROWD,
        POST("X-Do: busy\r\nContent-Length: 2\r\n", "{}") POST("X-Do: busy\r\nContent-Length: 2\r\n", "{}"));
    for (int i = 0; i < CROWD; i++) {
        int first = receive_reply(fds[i])->status, second = receive_reply(fds[i])->status;

        CHECK_EQ(first, second);
        refused += first == 503;
    }
    CHECK(refused > 0);
    CHECK_EQ(world->handled, 2 * (CROWD - refused));
    close_all(fds, CROWD);
    world_stop(world);
}

TEST(http, who_waits_at_the_door_when_the_server_stops_is_still_answered)
{
    struct world *world = world_start();
    static int fds[FEW];
    int answered = 0;

    ask_all(world, fds, FEW, POST("X-Do: busy\r\nContent-Length: 2\r\n", "{}"));
    while (world->handled == 0)
        ;
    http_stop(world->server, 10000);
    for (int i = 0; i < FEW; i++)
        answered += receive_reply(fds[i])->status == 200;
    CHECK_EQ(answered, FEW);
    http_destroy(world->server);
    workers_stop_and_join(world->workers);
    close_all(fds, FEW);
}

/* ---- what an overload is, by times alone ---- */

#define STEP (5 * MS)

struct line {
    struct http_door door;
    struct conn first;
    uint64_t now_ns;
};

/* So many wait, the first since now. */
static void line_begin(struct line *line, uint32_t count)
{
    *line = (struct line){.now_ns = 1000 * MS};
    list_init(&line->door.line);
    list_add_last(&line->door.line, &line->first.door);
    line->door.count = count;
    line->first.waits_since_ns = line->door.timely_ns = line->door.looked_ns = line->now_ns;
}

/* The worker looks after `ms`, at once or every five; what it finds in the end. */
static bool looked(struct line *line, uint64_t ms, uint64_t step_ns)
{
    for (uint64_t end_ns = line->now_ns + ms * MS; line->now_ns < end_ns;) {
        line->now_ns += step_ns;
        http__door_judge(&line->door, line->now_ns);
        line->door.looked_ns = line->now_ns;
    }
    return line->door.overload;
}

TEST(http, an_overload_is_a_first_that_was_late_for_a_tenth_of_a_second)
{
    struct line line;

    line_begin(&line, 65);
    CHECK(!looked(&line, 125, STEP)); /* late after 25, and then for 100 */
    CHECK(looked(&line, 5, STEP));
    line_begin(&line, 64);
    CHECK(!looked(&line, 1000, STEP)); /* a short line */
    line_begin(&line, 65);
    CHECK(!looked(&line, 100, STEP));
    line.first.waits_since_ns = line.now_ns - 10 * MS; /* one that came later is first now */
    CHECK(!looked(&line, 15 + 100, STEP));
    CHECK(looked(&line, 5, STEP));
}

TEST(http, time_in_which_a_worker_did_not_run_makes_no_overload)
{
    struct line line;

    line_begin(&line, 300);
    CHECK(!looked(&line, 1000, 1000 * MS)); /* of which ten count */
    CHECK(!looked(&line, 90, STEP));
    CHECK(looked(&line, 5, STEP));
}

TEST(http, an_overload_that_ended_lately_begins_again_at_once)
{
    struct line line;

    line_begin(&line, 65);
    CHECK(looked(&line, 130, STEP));
    line.first.waits_since_ns = line.now_ns; /* less than 5 ms: it is over */
    CHECK(!looked(&line, 4, 4 * MS));
    CHECK(!looked(&line, 20, STEP));
    CHECK(looked(&line, 5, STEP)); /* late */
    line.first.waits_since_ns = line.now_ns;
    CHECK(!looked(&line, 4, 4 * MS));
    for (int i = 0; i < 60; i++) { /* and more than a second in which nobody was late */
        line.first.waits_since_ns = line.now_ns;
        CHECK(!looked(&line, 20, STEP));
    }
    CHECK(!looked(&line, 100, STEP));
}

TEST_MAIN()
