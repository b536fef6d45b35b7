/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Clients that misbehave at random, over several workers: they send in pieces, pipeline, leave in the middle, read
 * nothing, send garbage. What must hold: every reply that is read is the right one, and afterwards the server is
 * empty and stops. The sanitizers look for the rest. The seed is fixed; the interleaving is the machine's.
 */
#include <fcntl.h>

#include "client.h"
#include "http/http_int.h"

#define CLIENTS 24
#define STEPS   6000

struct client {
    int fd;                  /* -1: none */
    uint32_t sent, received; /* requests and replies */
    bool reads;
    size_t in_n;
    char in[65536];
};

static struct client clients[CLIENTS];
static uint64_t seed;

static uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

static void leave(struct client *client)
{
    struct linger reset = {.l_onoff = 1};

    if (client->fd < 0)
        return;
    if (draw(4) == 0)
        setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
    close(client->fd);
    client->fd = -1;
}

static void come(struct world *world, struct client *client)
{
    client->fd = dial(world);
    fcntl(client->fd, F_SETFL, O_NONBLOCK);
    client->sent = client->received = 0;
    client->in_n = 0;
    client->reads = draw(8) != 0;
}

/* All of it, as far as the server takes it; a client that cannot send on leaves. */
static bool put(struct client *client, const char *bytes, size_t n)
{
    while (n != 0) {
        size_t piece = draw(3) == 0 ? 1 + draw((uint32_t)n) : n;
        ssize_t sent = send(client->fd, bytes, piece, MSG_NOSIGNAL);

        if (sent <= 0) {
            leave(client);
            return false;
        }
        bytes += sent;
        n -= (size_t)sent;
    }
    return true;
}

static void ask_something(struct client *client)
{
    static const char *const does[] = {"echo", "yield", "yield", "page\r\nX-N: 30000"};
    char text[512];
    uint32_t id = client->sent, what = draw(4);
    int n;

    if (what == 3)
        n = snprintf(text, sizeof(text), POST("X-Do: %s\r\n", ""), does[what]);
    else if (draw(2) == 0)
        n = snprintf(text, sizeof(text), POST("X-Do: %s\r\nTransfer-Encoding: chunked\r\n", "6\r\n%06u\r\n0\r\n\r\n"),
            does[what], id);
    else
        n = snprintf(text, sizeof(text), POST("X-Do: %s\r\nContent-Length: 6\r\n", "%06u"), does[what], id);
    if (put(client, text, (size_t)n))
        client->sent++;
}

static void say_garbage(struct client *client)
{
    char bytes[64];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)draw(256);
    if (put(client, bytes, 1 + draw(sizeof(bytes))))
        client->reads = false; /* what it gets from now on is not numbered */
}

/* Takes whole replies off the front; false when one is not what was asked. */
static bool take_replies(struct client *client)
{
    for (;;) {
        const char *end = memmem(client->in, client->in_n, "\r\n\r\n", 4);
        size_t head = end == NULL ? 0 : (size_t)(end + 4 - client->in), whole;

        if (end == NULL)
            return true;
        whole = head + length_of(client->in);
        if (client->in_n < whole)
            return true;
        if (memcmp(client->in, "HTTP/1.1 200 OK\r\n", 17) != 0)
            return false;
        if (whole - head == 6 && (uint32_t)atoi(client->in + head) != client->received)
            return false;
        client->received++;
        memmove(client->in, client->in + whole, client->in_n - whole);
        client->in_n -= whole;
        client->in[client->in_n] = '\0';
    }
}

static bool look(struct client *client)
{
    ssize_t n;

    if (!client->reads)
        return true;
    n = recv(client->fd, client->in + client->in_n, sizeof(client->in) - 1 - client->in_n, 0);
    if (n <= 0)
        return true;
    client->in_n += (size_t)n;
    client->in[client->in_n] = '\0';
    return take_replies(client);
}

TEST(http, clients_that_misbehave_at_random_do_no_harm)
{
    struct world *world = world_start_with(3, usual());
    bool right = true;

    seed = 20260101;
    for (int i = 0; i < CLIENTS; i++)
        clients[i].fd = -1;
    for (int step = 0; step < STEPS && right; step++) {
        struct client *client = &clients[draw(CLIENTS)];
        uint32_t what = draw(40);

        if (client->fd < 0)
            come(world, client);
        else if (what == 0)
            leave(client);
        else if (what == 1)
            shutdown(client->fd, SHUT_WR);
        else if (what == 2)
            say_garbage(client);
        else if (what < 20)
            ask_something(client);
        else
            right = look(client);
    }
    CHECK(right);
    CHECK(world->handled > 100); /* else the clients were too fast for the test to mean anything */
    for (int i = 0; i < CLIENTS; i++)
        leave(&clients[i]);
    while (atomic_load(&world->server->connections) != 0)
        usleep(100);
    world_stop(world); /* which checks that all memory was given back */
}

TEST(http, a_server_under_load_can_be_stopped_at_once)
{
    for (uint32_t round = 0; round < 20; round++) {
        struct world *world = world_start_with(3, usual());

        seed = round;
        for (int i = 0; i < CLIENTS; i++) {
            come(world, &clients[i]);
            ask_something(&clients[i]);
            if (i % 3 == 0)
                ask_something(&clients[i]);
        }
        http_stop(world->server, round % 3);
        http_destroy(world->server);
        workers_stop_and_join(world->workers);
        for (int i = 0; i < CLIENTS; i++)
            leave(&clients[i]);
    }
}

TEST_MAIN()
