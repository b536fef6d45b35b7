/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The load generator: one thread, N keep-alive connections, each with one request in flight (a closed loop). A reply
 * that came is checked and at once followed by the next request, so that the server always has N requests to work on.
 *
 *     bench_load --port 8000 --workload get --connections 64 --seconds 2 [--server-pid PID] [--sigv4]
 *
 * prints one JSON object: requests per second, latencies, errors, requests of each connection, what the server's
 * process used per request and how busy the generator itself was (near 1 it is the generator that was measured).
 *
 * Every reply must have status 200. One in SAMPLE_EVERY also has its checksum verified and is searched for the key that
 * was asked for; the pages of a Scan are counted and followed, batches must leave nothing unprocessed. The first wrong
 * reply is kept and told. Requests are ready-made (requests.c); the loop costs two system calls and one look at the
 * clock per request.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "latency.h"
#include "probe.h"
#include "reply.h"
#include "requests.h"

#define EVENTS_MAX      256
#define REPLY_BYTES_MIN 4096
#define SAMPLE_EVERY    64
#define IDLE_SETTLE_MS  300

struct conn {
    int fd;
    uint32_t number;  /* of the request in flight */
    uint64_t sent_ns; /* when it left */
    uint64_t count;   /* replies within the measured time */
    const char *rest; /* what the socket did not take yet; owned copy in rest_owned */
    size_t rest_n;
    char *rest_owned;
    size_t n, capacity;
    char *bytes; /* the reply so far; owned */
    bool done;   /* a sequential workload has nothing left for it */
};

struct load {
    /* what to do */
    struct sockaddr_in address;
    struct request_pool pool;
    const struct workload *workload;
    uint32_t connections;
    double warmup_s, seconds;
    bool sigv4, idle;
    int server_pid;
    /* how it goes */
    int epoll;
    struct conn *conns;
    uint32_t running;
    bool measuring;
    uint64_t measured, items, errors, reply_bytes;
    char first_error[512];
    struct latency latency;
};

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "bench_load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static uint64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void error_note(struct load *load, const char *what, const struct reply *reply)
{
    size_t n = reply->body_n < 300 ? reply->body_n : 300;

    if (load->errors++ == 0)
        snprintf(load->first_error, sizeof(load->first_error), "%s: status %d, %.*s", what, reply->status, (int)n,
            reply->body);
}

/* ---- sending ---- */

static void conn_watch(struct load *load, struct conn *conn, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = conn};

    if (epoll_ctl(load->epoll, EPOLL_CTL_MOD, conn->fd, &event) != 0)
        die("epoll_ctl");
}

static void conn_send_rest(struct load *load, struct conn *conn)
{
    ssize_t sent = send(conn->fd, conn->rest, conn->rest_n, MSG_NOSIGNAL);

    if (sent < 0 && errno != EAGAIN)
        die("the server closed a connection");
    if (sent > 0) {
        conn->rest += sent;
        conn->rest_n -= (size_t)sent;
    }
    if (conn->rest_n == 0) {
        free(conn->rest_owned);
        conn->rest_owned = NULL;
        conn_watch(load, conn, EPOLLIN);
    }
}

static void conn_send(struct load *load, struct conn *conn, const struct request *request, uint64_t now)
{
    ssize_t sent;

    if (request == NULL) {
        conn->done = true;
        load->running--;
        return;
    }
    conn->sent_ns = now;
    sent = send(conn->fd, request->bytes, request->n, MSG_NOSIGNAL);
    if (sent == (ssize_t)request->n)
        return;
    if (sent < 0 && errno != EAGAIN)
        die("the server closed a connection");
    sent = sent < 0 ? 0 : sent; /* the template is for the next one: keep the rest of this request */
    conn->rest_n = request->n - (size_t)sent;
    conn->rest_owned = malloc(conn->rest_n);
    memcpy(conn->rest_owned, request->bytes + sent, conn->rest_n);
    conn->rest = conn->rest_owned;
    conn_watch(load, conn, EPOLLIN | EPOLLOUT);
}

static void conn_next(struct load *load, struct conn *conn, const struct reply *reply, uint64_t now)
{
    const char *key = NULL;

    if (load->workload->kind != WORKLOAD_SCAN) {
        conn_send(load, conn, requests_next(&load->pool, &conn->number), now);
        return;
    }
    if (reply != NULL)
        key = reply_text(reply, "\"LastEvaluatedKey\":{\"pk\":{\"S\":\"k", REQUESTS_SLOT_DIGITS);
    conn_send(load, conn, requests_scan(&load->pool, key), now);
}

/* ---- receiving ---- */

/* Content is looked at now and then: searching every reply would make the generator the slower side. */
static void reply_sample(struct load *load, const struct conn *conn, const struct reply *reply)
{
    char key[REQUESTS_SLOT_DIGITS + 2];

    if (!reply_crc_right(reply)) {
        error_note(load, "wrong x-amz-crc32", reply);
        return;
    }
    snprintf(key, sizeof(key), "k%0*u", REQUESTS_SLOT_DIGITS, requests_key(&load->pool, conn->number));
    if (load->workload->holds_key && memmem(reply->body, reply->body_n, key, sizeof(key) - 1) == NULL)
        error_note(load, "not the item asked for", reply);
}

static uint32_t reply_items(struct load *load, const struct reply *reply)
{
    if (load->workload->kind == WORKLOAD_SCAN)
        return reply_number(reply, "\"Count\":", 0);
    if (load->workload->items == REQUESTS_BATCH_ITEMS && reply_text(reply, "\"PutRequest\"", 1) != NULL)
        error_note(load, "a batch left items unprocessed", reply);
    if (load->workload->kind == WORKLOAD_QUERY && reply_number(reply, "\"Count\":", 0) != REQUESTS_QUERY_ITEMS)
        error_note(load, "not a whole partition", reply);
    return load->workload->items;
}

static void reply_account(struct load *load, struct conn *conn, const struct reply *reply, uint64_t now)
{
    uint32_t items = 0;

    if (reply->status != 200)
        error_note(load, "refused", reply);
    else
        items = reply_items(load, reply);
    if (++conn->count % SAMPLE_EVERY == 1 && reply->status == 200)
        reply_sample(load, conn, reply);
    if (!load->measuring)
        return;
    load->measured++;
    load->items += items;
    load->reply_bytes += reply->head_n + reply->body_n;
    latency_record(&load->latency, now - conn->sent_ns);
}

static void conn_grow(struct conn *conn, size_t bytes)
{
    if (bytes <= conn->capacity)
        return;
    conn->capacity = bytes + bytes / 4;
    conn->bytes = realloc(conn->bytes, conn->capacity);
}

static void conn_receive(struct load *load, struct conn *conn)
{
    ssize_t got = recv(conn->fd, conn->bytes + conn->n, conn->capacity - conn->n, 0);
    struct reply reply;
    size_t whole;
    uint64_t now;

    if (got < 0 && errno == EAGAIN)
        return;
    if (got <= 0)
        die("the server closed a connection");
    conn->n += (size_t)got;
    whole = reply_parse(conn->bytes, conn->n, &reply);
    conn_grow(conn, whole == 0 ? conn->n + REPLY_BYTES_MIN : whole);
    if (whole == 0 || whole > conn->n)
        return;
    if (whole < conn->n) {
        errno = EPROTO;
        die("more bytes than one reply");
    }
    now = now_ns();
    conn->n = 0;
    reply_account(load, conn, &reply, now);
    if (load->idle) {
        conn->done = true;
        load->running--;
    } else {
        conn_next(load, conn, &reply, now);
    }
}

/* ---- the run ---- */

static void conns_open(struct load *load)
{
    load->epoll = epoll_create1(0);
    load->conns = calloc(load->connections, sizeof(*load->conns));
    load->running = load->connections;
    for (uint32_t i = 0; i < load->connections; i++) {
        struct conn *conn = &load->conns[i];
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = conn};
        int on = 1;

        conn->fd = socket(AF_INET, SOCK_STREAM, 0);
        if (conn->fd < 0 || connect(conn->fd, (struct sockaddr *)&load->address, sizeof(load->address)) != 0)
            die("connect");
        setsockopt(conn->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        if (ioctl(conn->fd, FIONBIO, &on) != 0 || epoll_ctl(load->epoll, EPOLL_CTL_ADD, conn->fd, &event) != 0)
            die("epoll_ctl");
        conn_grow(conn, REPLY_BYTES_MIN);
    }
}

/* Serves events until the time is reached or no connection has anything left to do. */
static void run_until(struct load *load, uint64_t end_ns)
{
    struct epoll_event events[EVENTS_MAX];
    uint64_t now;

    while (load->running > 0 && (now = now_ns()) < end_ns) {
        int n = epoll_wait(load->epoll, events, EVENTS_MAX, (int)((end_ns - now) / 1000000 + 1));

        for (int i = 0; i < n; i++) {
            struct conn *conn = events[i].data.ptr;

            if (events[i].events & EPOLLOUT)
                conn_send_rest(load, conn);
            if (events[i].events & ~(uint32_t)EPOLLOUT)
                conn_receive(load, conn);
        }
    }
}

static void report(const struct load *load, double elapsed, double generator_s, struct probe before, struct probe after)
{
    double n = load->measured == 0 ? 1 : (double)load->measured;

    printf("{\"workload\": \"%s\", \"connections\": %u, \"sigv4\": %s, \"keys\": %u, \"seconds\": %.3f, ",
        load->workload->name, load->connections, load->sigv4 ? "true" : "false", load->pool.keys, elapsed);
    printf("\"requests\": %lu, \"requests_per_s\": %.0f, \"items_per_s\": %.0f, ", load->measured,
        (double)load->measured / elapsed, (double)load->items / elapsed);
    printf("\"item_bytes_per_s\": %.0f, \"reply_bytes\": %.0f, ", (double)load->items * REQUESTS_ITEM_BYTES / elapsed,
        (double)load->reply_bytes / n);
    printf("\"p50_us\": %.1f, \"p99_us\": %.1f, \"p999_us\": %.1f, \"max_us\": %.1f, ", latency_us(&load->latency, 0.5),
        latency_us(&load->latency, 0.99), latency_us(&load->latency, 0.999), latency_us(&load->latency, 1 - 1e-12));
    printf("\"errors\": %lu, \"first_error\": \"", load->errors);
    for (const char *p = load->first_error; *p != '\0'; p++)
        printf((unsigned char)*p < ' ' ? " " : *p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
    printf("\", \"server_cpu_us\": %.3f, \"server_cores\": %.3f, \"server_rss_bytes\": %lu, "
           "\"server_anonymous_bytes\": %lu, ",
        (after.cpu_s - before.cpu_s) * 1e6 / n, (after.cpu_s - before.cpu_s) / elapsed, after.rss_bytes,
        after.anonymous_bytes);
    printf("\"server_anonymous_growth\": %ld, \"generator_cores\": %.3f, \"per_connection\": [",
        (long)(after.anonymous_bytes - before.anonymous_bytes), generator_s / elapsed);
    for (uint32_t i = 0; i < load->connections && i < EVENTS_MAX; i++)
        printf("%s%lu", i == 0 ? "" : ", ", load->conns[i].count);
    printf("]}\n");
}

static double own_cpu_s(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static int run(struct load *load)
{
    struct probe before = probe_read(load->server_pid), after;
    double own;
    uint64_t start = now_ns(), elapsed;

    conns_open(load);
    for (uint32_t i = 0; i < load->connections; i++)
        conn_next(load, &load->conns[i], NULL, now_ns());
    if (load->workload->step == 0 && !load->idle) {
        run_until(load, start + (uint64_t)(load->warmup_s * 1e9));
        for (uint32_t i = 0; i < load->connections; i++)
            load->conns[i].count = 0;
        before = probe_read(load->server_pid);
    }
    load->measuring = true;
    own = own_cpu_s();
    start = now_ns();
    run_until(load, load->workload->step != 0 || load->idle ? UINT64_MAX / 2 : start + (uint64_t)(load->seconds * 1e9));
    elapsed = now_ns() - start;
    own = own_cpu_s() - own;
    if (load->idle)
        usleep(IDLE_SETTLE_MS * 1000); /* the server's last words on each connection */
    after = probe_read(load->server_pid);
    report(load, (double)elapsed / 1e9, own, before, after);
    return load->errors == 0 ? 0 : 2;
}

static _Noreturn void usage(void)
{
    fprintf(stderr,
        "usage: bench_load --port PORT --workload NAME [--connections 64] [--seconds 2] [--warmup 0.5] [--keys "
        "100000]\n"
        "                  [--server-pid PID] [--sigv4] [--access-key ID] [--secret KEY] [--pool N] [--seed 1] "
        "[--idle]\n"
        "workloads: %s\n"
        "--idle: one request per connection, then the memory that all of them cost the server\n",
        workload_names());
    exit(64);
}

int main(int argc, char **argv)
{
    static const struct option table[] = {{"port", 1, NULL, 'p'}, {"workload", 1, NULL, 'w'},
        {"connections", 1, NULL, 'c'}, {"seconds", 1, NULL, 's'}, {"warmup", 1, NULL, 'u'}, {"keys", 1, NULL, 'k'},
        {"server-pid", 1, NULL, 'P'}, {"sigv4", 0, NULL, '4'}, {"access-key", 1, NULL, 'a'}, {"secret", 1, NULL, 'S'},
        {"pool", 1, NULL, 'o'}, {"seed", 1, NULL, 'r'}, {"idle", 0, NULL, 'i'}, {NULL, 0, NULL, 0}};
    struct request_options requests = {
        .access_key = "AKIDBENCHMARK", .secret = "benchmark-secret", .keys = 100000, .seed = 1};
    static struct load load = {.connections = 64, .seconds = 2, .warmup_s = 0.5};
    unsigned int port = 0;
    char host[32];
    int c;

    while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) {
        // clang-format off
        switch (c) {
        case 'p': port = (unsigned int)atoi(optarg); break;
        case 'w': load.workload = workload_find(optarg); break;
        case 'c': load.connections = (uint32_t)atoi(optarg); break;
        case 's': load.seconds = atof(optarg); break;
        case 'u': load.warmup_s = atof(optarg); break;
        case 'k': requests.keys = (uint32_t)atoi(optarg); break;
        case 'P': load.server_pid = atoi(optarg); break;
        case '4': load.sigv4 = true; break;
        case 'a': requests.access_key = optarg; break;
        case 'S': requests.secret = optarg; break;
        case 'o': requests.pool = (uint32_t)atoi(optarg); break;
        case 'r': requests.seed = (uint64_t)atoll(optarg); break;
        case 'i': load.idle = true; break;
        default: usage();
        }
        // clang-format on
    }
    if (load.workload == NULL || port == 0 || port > 65535 || load.connections == 0 || requests.keys < 1000 ||
        load.seconds <= 0)
        usage();
    if (load.sigv4 && load.workload->kind == WORKLOAD_SCAN) {
        fprintf(stderr, "bench_load: this workload has no signed form, for its requests follow from replies\n");
        return 64;
    }
    snprintf(host, sizeof(host), "127.0.0.1:%u", port);
    requests.host = host;
    requests.workload = load.workload;
    requests.secret = load.sigv4 ? requests.secret : NULL;
    requests_init(&load.pool, &requests);
    load.address = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return run(&load);
}
