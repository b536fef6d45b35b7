/* SPDX-License-Identifier: Apache-2.0 */

/* What the server refuses, how long it waits, on which worker connections live, and how it ends. */
#include "client.h"
#include "http/http_int.h"

/* ---- bounds ---- */

TEST(http, connections_beyond_the_limit_are_turned_away)
{
    struct http_options options = usual();
    struct world *world;
    int fds[4];

    options.connections_max = 3;
    world = world_start_with(1, options);
    for (int i = 0; i < 3; i++) {
        fds[i] = dial(world);
        CHECK_EQ(ask(fds[i], POST("", ""))->status, 200);
    }
    fds[3] = dial(world);
    CHECK_EQ(receive_reply(fds[3])->status, 503);
    CHECK(ends(fds[3]));
    close(fds[3]);
    CHECK_EQ(ask(fds[0], POST("Connection: close\r\n", ""))->status, 200);
    CHECK(ends(fds[0]));
    close(fds[0]);
    while (atomic_load(&world->server->connections) == 3)
        usleep(100);
    fds[0] = dial(world);
    CHECK_EQ(ask(fds[0], POST("", ""))->status, 200);
    for (int i = 0; i < 3; i++)
        close(fds[i]);
    world_stop(world);
}

TEST(http, bodies_beyond_the_memory_budget_are_refused)
{
    struct http_options options = usual();
    char *body = calloc(1, 600000), head[100];
    struct world *world;
    int fd;

    options.memory_bytes_max = (4 * HTTP_BUFFER_BYTES + 500000) / 3 * 4; /* a quarter is not for bodies */
    world = world_start_with(1, options);
    fd = dial(world);
    snprintf(head, sizeof(head), POST("X-Do: where\r\nContent-Length: %u\r\n", ""), 500000u);
    send_text(fd, head);
    send_bytes(fd, body, 500000);
    CHECK_EQ(receive_reply(fd)->status, 200);
    snprintf(head, sizeof(head), POST("X-Do: where\r\nContent-Length: %u\r\n", ""), 600000u);
    send_text(fd, head);
    send_bytes(fd, body, 600000);
    CHECK_EQ(receive_reply(fd)->status, 503);
    CHECK(ends(fd));
    close(fd);
    fd = dial(world);
    CHECK_EQ(ask(fd, POST("", ""))->status, 200);
    close(fd);
    free(body);
    world_stop(world);
}

TEST(http, small_requests_go_on_while_large_bodies_hold_what_they_may)
{
    struct http_options options = usual();
    char *body = calloc(1, 500000), head[100];
    struct world *world;
    int holder, refused, others[4];

    options.memory_bytes_max = 600000 / 3 * 4;
    world = world_start_with(1, options);
    holder = dial(world);
    snprintf(head, sizeof(head), POST("X-Do: where\r\nContent-Length: %u\r\n", ""), 500000u);
    send_text(holder, head);
    send_bytes(holder, body, 499999);
    while (atomic_load(&world->server->memory) < 500000)
        usleep(100);
    refused = dial(world);
    send_text(refused, head);
    send_bytes(refused, body, 500000);
    CHECK_EQ(receive_reply(refused)->status, 503);
    for (int i = 0; i < 4; i++) {
        others[i] = dial(world);
        CHECK_EQ(ask(others[i], POST("", ""))->status, 200);
    }
    send_bytes(holder, body, 1);
    CHECK_EQ(receive_reply(holder)->status, 200);
    for (int i = 0; i < 4; i++)
        close(others[i]);
    close(refused);
    close(holder);
    free(body);
    world_stop(world);
}

TEST(http, replies_that_nobody_reads_count_towards_the_memory_budget)
{
    struct http_options options = usual();
    struct world *world;
    int unread[4], closed = 0;

    options.memory_bytes_max = 54000000;
    world = world_start_with(1, options);
    for (int i = 0; i < 4; i++) {
        unread[i] = dial(world);
        send_text(unread[i], POST("X-Do: page\r\nX-N: 16000000\r\n", ""));
    }
    while (world->handled < 4)
        usleep(100);
    while (atomic_load(&world->server->connections) == 4)
        usleep(100);
    for (int i = 0; i < 4; i++) {
        closed += receive_reply(unread[i])->end;
        close(unread[i]);
    }
    CHECK(closed >= 1 && closed <= 3);
    world_stop(world);
}

static _Atomic(uint32_t) standing;
static struct fiber *_Atomic stands[FIBERS_PER_WORKER_MAX];

static void stand(struct fiber *self, struct arena *arena, void *argument)
{
    (void)arena;
    (void)argument;
    stands[standing++] = self;
    fiber_park(self);
}

#if !defined(__SANITIZE_THREAD__) /* a context of its runtime takes milliseconds to make */
TEST(http, a_request_that_finds_no_fiber_is_told_so_and_may_come_again)
{
    struct world *world = world_start();
    int fd = dial(world);

    for (uint32_t i = 0; i < FIBERS_PER_WORKER_MAX; i++)
        CHECK_EQ(worker_spawn(workers_at(world->workers, 0), stand, NULL), OK);
    while (standing < FIBERS_PER_WORKER_MAX)
        usleep(100);
    CHECK_EQ(ask(fd, POST("Content-Length: 2\r\n", "{}"))->status, 503);
    CHECK_EQ(world->handled, 0);
    for (uint32_t i = 0; i < FIBERS_PER_WORKER_MAX; i++)
        fiber_wake(stands[i]);
    while (ask(fd, POST("", ""))->status == 503)
        continue;
    CHECK(world->handled >= 1);
    close(fd);
    world_stop(world);
}
#endif

TEST(http, idle_connections_hold_no_buffers)
{
    struct world *world = world_start();
    int fds[500];

    for (int i = 0; i < 500; i++) {
        fds[i] = dial(world);
        CHECK_EQ(ask(fds[i], POST("Content-Length: 2\r\n", "{}"))->status, 200);
    }
    CHECK(atomic_load(&world->server->memory) <= 4 * HTTP_BUFFER_BYTES);
    CHECK(sizeof(struct conn) <= 256);
    for (int i = 0; i < 500; i++)
        close(fds[i]);
    world_stop(world);
}

/* ---- time ---- */

/* Asks again and again so that a head is always incomplete, until the other one, if any, is let go. */
static bool stays_while(int steady, int other)
{
    struct pollfd ready = {.fd = other, .events = POLLIN};

    do {
        if (ask(steady, "ST / HTTP/1.1\r\nHost: h\r\n\r\nPO")->status != 200)
            return false;
    } while (other >= 0 && poll(&ready, 1, 5) == 0);
    return true;
}

/* With a timeout of zero seconds a connection ends with the next tick. All of them wait together. */
TEST(http, whoever_keeps_the_server_waiting_is_let_go_and_nobody_else)
{
    struct http_options options = usual();
    struct world *world;
    int idle, head, body, unread, steady;

    options.idle_s = options.body_s = 0;
    options.header_s = 1;
    world = world_start_with(1, options);
    steady = dial(world);
    send_text(steady, "PO"); /* its first head begins before the one that stays incomplete */
    CHECK(stays_while(steady, -1));
    idle = dial(world);
    head = dial(world);
    body = dial(world);
    unread = dial(world);
    send_text(unread, POST("X-Do: page\r\nX-N: 30000000\r\n", ""));
    send_text(head, "POST / HTTP/1.1\r\nHost:");
    send_text(body, POST("Content-Length: 10\r\n", "abc"));
    CHECK(stays_while(steady, idle));
    CHECK(stays_while(steady, head));
    CHECK(ends(idle));
    CHECK_EQ(receive_reply(head)->status, 408);
    CHECK(ends(head));
    CHECK(stays_while(steady, -1));
    CHECK_EQ(receive_reply(body)->status, 408);
    CHECK(ends(body));
    close(steady);
    close(idle);
    close(head);
    close(body);
    while (atomic_load(&world->server->connections) != 0)
        usleep(1000);
    CHECK(receive_reply(unread)->end); /* only a part of it was ever sent */
    close(unread);
    world_stop(world);
}

/* ---- balance ---- */

/* Active connections and shares of two workers: does the first give one to the second? */
static bool gives(uint32_t mine, uint32_t my_share, uint32_t other, uint32_t other_share)
{
    struct http_load loads[2] = {0};

    atomic_store(&loads[0].active, mine);
    atomic_store(&loads[0].share, my_share);
    atomic_store(&loads[1].active, other);
    atomic_store(&loads[1].share, other_share);
    return http__balance_choose(loads, 2, 0) == 1;
}

TEST(http, a_connection_moves_when_the_load_there_would_be_well_below)
{
    CHECK(gives(5, 1024, 3, 1024));
    CHECK(!gives(4, 1024, 4, 1024));
    CHECK(!gives(4, 1024, 3, 1024));
    CHECK(gives(2, 1024, 0, 1024));
    CHECK(!gives(1, 1024, 0, 1024));
    CHECK(gives(130, 1024, 100, 1024));
    CHECK(!gives(120, 1024, 100, 1024));
    CHECK(gives(4, 512, 4, 1024)); /* half of its core is taken */
    CHECK(!gives(4, 512, 6, 1024));
    CHECK(!gives(8, 1024, 0, 100));
    CHECK(gives(1, 100, 0, 1024));
}

static uint32_t where(int fd)
{
    return (uint32_t)atoi(ask(fd, POST("X-Do: where\r\n", ""))->body);
}

#define SPREAD_WORKERS 4

static void connections_look(const struct world *world, uint32_t counts[SPREAD_WORKERS])
{
    for (int i = 0; i < SPREAD_WORKERS; i++)
        counts[i] = atomic_load(&world->server->loads[i].connections);
}

/* A busy machine may move connections meanwhile, and then the counts say nothing of where the new one went first. */
TEST(http, a_new_connection_goes_to_the_worker_that_has_the_fewest)
{
    struct world *world = world_start_with(SPREAD_WORKERS, usual());
    uint32_t before[SPREAD_WORKERS], after[SPREAD_WORKERS];
    int fds[16], told = 0;

    for (int i = 0; i < 16; i++) {
        int fewest = 0, changed = 0;
        uint32_t at;

        connections_look(world, before);
        fds[i] = dial(world);
        at = where(fds[i]);
        connections_look(world, after);
        for (int k = 0; k < SPREAD_WORKERS; k++) {
            fewest = before[k] < before[fewest] ? k : fewest;
            changed += after[k] != before[k];
        }
        if (changed != 1 || after[at] != before[at] + 1)
            continue;
        CHECK_EQ(before[at], before[fewest]);
        told++;
    }
    CHECK(told > 0);
    for (int i = 0; i < 16; i++)
        close(fds[i]);
    world_stop(world);
}

/* Of 16 connections only those of one worker ask: they must not stay together. */
TEST(http, busy_connections_move_to_a_worker_with_less_to_do)
{
    struct world *world = world_start_with(2, usual());
    struct fiber *self = fiber_of_thread();
    int fds[16], busy[8];
    uint32_t n = 0, on_first = 8;

    for (int i = 0; i < 16; i++) {
        fds[i] = dial(world);
        if (where(fds[i]) == 0)
            busy[n++] = fds[i];
    }
    CHECK_EQ(n, 8);
    for (int round = 0; round < 500 && (on_first < 3 || on_first > 5); round++) {
        on_first = 0;
        for (uint32_t i = 0; i < n; i++)
            on_first += where(busy[i]) == 0;
        (void)fiber_park_until(self, os_clock_monotonic_ns() + 2 * MS);
    }
    CHECK(on_first >= 3 && on_first <= 5);
    for (int i = 0; i < 16; i++)
        close(fds[i]);
    fiber_of_thread_destroy(self);
    world_stop(world);
}

/* ---- the end ---- */

TEST(http, stopping_lets_running_requests_finish)
{
    struct world *world = world_start();
    int idle = dial(world), busy = dial(world);
    struct reply *reply;

    CHECK_EQ(ask(idle, POST("", ""))->status, 200);
    send_text(busy, POST("X-Do: park\r\nContent-Length: 4\r\n", "last"));
    while (world->parked == NULL)
        usleep(100);
    atomic_store(&world->server->stopping, true); /* no more moving; what http_stop does first */
    fiber_wake(world->parked);
    http_stop(world->server, 5000);
    CHECK(ends(idle));
    reply = receive_reply(busy);
    CHECK(strcmp(reply->body, "last") == 0);
    CHECK(ends(busy));
    close(idle);
    close(busy);
    http_destroy(world->server);
    workers_stop_and_join(world->workers);
}

TEST(http, stopping_ends_connections_whose_requests_take_too_long)
{
    struct world *world = world_start_with(2, usual());
    int fd = dial(world);

    send_text(fd, POST("X-Do: park\r\nContent-Length: 4\r\n", "late"));
    while (world->parked == NULL)
        usleep(100);
    http_stop(world->server, 1);
    CHECK(ends(fd));
    fiber_wake(world->parked);
    http_destroy(world->server);
    workers_stop_and_join(world->workers);
    close(fd);
}

TEST(http, an_address_in_use_or_unreadable_is_refused_with_a_reason)
{
    static const char *const unreadable[] = {"", "x", "8000", "localhost:80", "127.0.0.1", "127.0.0.1:", "::1:80",
        "[::1:80", "127.0.0.1:99999999", "[127.0.0.1]x:1", ":80"};
    struct world *world = world_start();
    struct http_options options = usual();
    struct http_server *second = NULL;
    char address[40], *reason = NULL;
    struct http_listener listener = {.address = address};

    snprintf(address, sizeof(address), "127.0.0.1:%u", http_port(world->server, 0));
    options.listeners = &listener;
    CHECK_EQ(http_start(world->workers, &options, &second, &reason), ERR_IO);
    CHECK(strstr(reason, address) != NULL && second == NULL);
    free(reason);
    for (size_t i = 0; i < sizeof(unreadable) / sizeof(unreadable[0]); i++) {
        listener.address = unreadable[i];
        CHECK(http_start(world->workers, &options, &second, &reason) != OK);
        free(reason);
    }
    world_stop(world);
}

TEST(http, figures_count_what_happened)
{
    struct world *world = world_start();
    struct http_figures figures;
    int fd = dial(world);

    CHECK_EQ(ask(fd, POST("Content-Length: 2\r\n", "{}"))->status, 200);
    CHECK_EQ(ask(fd, "x\r\n")->status, 400);
    http_figures(world->server, &figures);
    CHECK_EQ(figures.connections, 1);
    CHECK_EQ(figures.requests, 1);
    CHECK_EQ(figures.refused, 1);
    CHECK_EQ(figures.bytes_in, strlen(POST("Content-Length: 2\r\n", "{}")) + 3);
    CHECK(figures.bytes_out > 200);
    close(fd);
    world_stop(world);
}

TEST_MAIN()
