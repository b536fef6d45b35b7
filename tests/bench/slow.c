/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Clients that hold a connection and hardly use it: one thread, N connections, each sends or reads a little now and
 * then. When the server ends one, what it answered and how long it took is noted, and another one takes its place.
 *
 *     bench_slow --port 8000 --kind head|body|reader --connections 1000 --seconds 10 [--interval-ms 1000]
 *
 *     head    a request line, then a header line each interval; the head never ends
 *     body    a PutItem that promises BODY_BYTES, of which a byte is sent each interval
 *     reader  a Query whose reply has a megabyte, of which READ_BYTES are read each interval, into a small buffer
 *
 * prints one JSON object. Readers ask for the partition that `bench_load --workload fill-large` writes.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BODY_BYTES     100000
#define READ_BYTES     2048
#define RECEIVE_BUFFER 4096
#define STATUS_MAX     600
#define TICK_NS        10000000u

enum kind { HEAD, BODY, READER };

struct client {
    int fd;
    uint64_t opened_ns, next_ns;
    uint32_t turn;
    int status; /* of the answer, 0: none yet */
};

struct slow {
    struct sockaddr_in address;
    enum kind kind;
    uint32_t connections;
    double seconds;
    uint64_t interval_ns;
    const char *tables;
    int port;
    struct client *clients;
    uint64_t opened, ended, refused_connects;
    uint64_t by_status[STATUS_MAX];
    double shortest_s, longest_s;
};

static uint64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* ---- what is said ---- */

static int head_write(const struct slow *slow, char *to, size_t n, const char *operation, size_t body_n)
{
    return snprintf(to, n,
        "POST / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/x-amz-json-1.0\r\n"
        "X-Amz-Target: DynamoDB_20120810.%s\r\nX-Amz-Date: 20260101T000000Z\r\n"
        "Authorization: AWS4-HMAC-SHA256 Credential=AKIDSLOW/20260101/us-east-1/dynamodb/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=%064d\r\nContent-Length: %zu\r\n\r\n",
        slow->port, operation, 0, body_n);
}

/* The words of the client's `turn`; returns how many bytes. */
static int say(const struct slow *slow, const struct client *client, char *to, size_t n)
{
    char body[256];
    int body_n;

    if (slow->kind == HEAD && client->turn == 0)
        return snprintf(to, n, "POST / HTTP/1.1\r\n");
    if (slow->kind == HEAD)
        return snprintf(to, n, "X-Slow: %u\r\n", client->turn);
    if (slow->kind == BODY && client->turn == 0)
        return head_write(slow, to, n, "PutItem", BODY_BYTES);
    if (slow->kind == BODY)
        return snprintf(to, n, client->turn == 1 ? "{" : " ");
    if (client->turn != 0)
        return 0;
    body_n = snprintf(body, sizeof(body),
        "{\"TableName\":\"%s-large\",\"KeyConditionExpression\":\"pk = :pk\",\"ExpressionAttributeValues\":"
        "{\":pk\":{\"S\":\"large\"}}}",
        slow->tables);
    return head_write(slow, to, n, "Query", (size_t)body_n) + snprintf(to + strlen(to), n - strlen(to), "%s", body);
}

/* ---- connections ---- */

static void client_open(struct slow *slow, struct client *client, uint64_t now)
{
    int on = 1, buffer = RECEIVE_BUFFER;

    *client = (struct client){.opened_ns = now, .next_ns = now};
    client->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (client->fd < 0) {
        fprintf(stderr, "bench_slow: socket: %s\n", strerror(errno));
        exit(1);
    }
    if (slow->kind == READER)
        setsockopt(client->fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof(buffer));
    slow->opened++;
    if (connect(client->fd, (struct sockaddr *)&slow->address, sizeof(slow->address)) != 0 ||
        ioctl(client->fd, FIONBIO, &on) != 0)
        slow->refused_connects++;
}

static void client_end(struct slow *slow, struct client *client, uint64_t now)
{
    double age_s = (double)(now - client->opened_ns) / 1e9;

    close(client->fd);
    slow->ended++;
    slow->by_status[client->status]++;
    if (slow->ended == 1 || age_s < slow->shortest_s)
        slow->shortest_s = age_s;
    if (age_s > slow->longest_s)
        slow->longest_s = age_s;
    client_open(slow, client, now);
}

/* Reads a little; false when the server ended the connection, or said that it will. */
static bool client_read(struct client *client)
{
    char bytes[READ_BYTES + 1];
    ssize_t n = recv(client->fd, bytes, READ_BYTES, 0);

    if (n < 0)
        return errno == EAGAIN;
    bytes[n] = '\0';
    if (n > 12 && client->status == 0 && strncmp(bytes, "HTTP/1.1 ", 9) == 0)
        client->status = atoi(bytes + 9) % STATUS_MAX;
    return n != 0 && (client->status == 0 || client->status == 200);
}

static void client_turn(struct slow *slow, struct client *client, uint64_t now)
{
    char words[1024];
    int n = say(slow, client, words, sizeof(words));

    client->next_ns += slow->interval_ns;
    client->turn++;
    if ((n > 0 && send(client->fd, words, (size_t)n, MSG_NOSIGNAL) < 0 && errno != EAGAIN && errno != EPIPE) ||
        !client_read(client))
        client_end(slow, client, now);
}

/* ---- the run ---- */

/* The turns of the clients are spread over the interval. */
static void run(struct slow *slow)
{
    uint64_t start = now_ns(), end = start + (uint64_t)(slow->seconds * 1e9), now;
    struct timespec tick = {.tv_nsec = TICK_NS};

    slow->clients = calloc(slow->connections, sizeof(slow->clients[0]));
    for (uint32_t i = 0; i < slow->connections; i++) {
        client_open(slow, &slow->clients[i], start);
        slow->clients[i].next_ns = start + slow->interval_ns * i / slow->connections;
    }
    while ((now = now_ns()) < end) {
        for (uint32_t i = 0; i < slow->connections; i++)
            if (slow->clients[i].next_ns <= now)
                client_turn(slow, &slow->clients[i], now);
        nanosleep(&tick, NULL);
    }
}

static void report(const struct slow *slow)
{
    bool first = true;

    printf("{\"opened\": %lu, \"ended\": %lu, \"refused_connects\": %lu, \"shortest_s\": %.1f, \"longest_s\": %.1f, "
           "\"by_status\": {",
        slow->opened, slow->ended, slow->refused_connects, slow->shortest_s, slow->longest_s);
    for (int i = 0; i < STATUS_MAX; i++) {
        if (slow->by_status[i] == 0)
            continue;
        printf("%s\"%d\": %lu", first ? "" : ", ", i, slow->by_status[i]);
        first = false;
    }
    printf("}}\n");
}

static enum kind kind_of(const char *word)
{
    return strcmp(word, "head") == 0 ? HEAD : strcmp(word, "body") == 0 ? BODY : READER;
}

int main(int argc, char **argv)
{
    static const struct option table[] = {{"port", 1, NULL, 'p'}, {"kind", 1, NULL, 'k'}, {"connections", 1, NULL, 'c'},
        {"seconds", 1, NULL, 's'}, {"interval-ms", 1, NULL, 'i'}, {"tables", 1, NULL, 't'}, {NULL, 0, NULL, 0}};
    static struct slow slow = {.connections = 100, .seconds = 10, .interval_ns = 1000000000u, .tables = "bench"};
    int c;

    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) {
        // clang-format off
        switch (c) {
        case 'p': slow.port = atoi(optarg); break;
        case 'k': slow.kind = kind_of(optarg); break;
        case 'c': slow.connections = (uint32_t)atoi(optarg); break;
        case 's': slow.seconds = atof(optarg); break;
        case 'i': slow.interval_ns = (uint64_t)(atof(optarg) * 1e6); break;
        case 't': slow.tables = optarg; break;
        default: return 64;
        }
        // clang-format on
    }
    slow.address = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)slow.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    run(&slow);
    report(&slow);
    return 0;
}
