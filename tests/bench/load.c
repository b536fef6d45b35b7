/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The load generator: one thread, N keep-alive connections, each with at most one request in flight. In a closed loop a
 * reply that came is checked and at once followed by the next request, so that the server always has N requests to work
 * on; with --rate requests leave at that rate, whatever the replies do (pace.c).
 *
 *     bench_load --port 8000 --workload get --connections 64 --seconds 2 [--server-pid PID] [--sigv4]
 *     bench_load --port 8000 --workload get --connections 64 --seconds 10 --rate 5000 [--slice-ms 250] [--refusals]
 *
 * prints one JSON object (account.c): requests per second, latencies, errors, requests of each connection, what the
 * server's process used per request and how busy the generator itself was (near 1 it is the generator that was
 * measured). Requests are ready-made (requests.c).
 */
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "load.h"
#include "probe.h"

#define EVENTS_MAX     256
#define IDLE_SETTLE_MS 300
#define IDLE_AT_ONCE   64
#define DRAIN_S_MAX    20
#define LOOK_NS        5000000u /* slices end, and the time is looked at, so often at least */

_Noreturn void die(const char *what)
{
    fprintf(stderr, "bench_load: %s: %s\n", what, strerror(errno));
    exit(1);
}

uint64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* ---- the run ---- */

static int wait_until(struct load *load, struct epoll_event *events, uint64_t now, uint64_t until_ns)
{
    uint64_t left_ns = until_ns > now ? until_ns - now : 0;
    struct timespec timeout = {.tv_sec = (time_t)(left_ns / 1000000000u), .tv_nsec = (long)(left_ns % 1000000000u)};

    return epoll_pwait2(load->epoll, events, EVENTS_MAX, &timeout, NULL);
}

/* Serves events until the time is reached or no connection has anything left to do. */
static void run_until(struct load *load, uint64_t end_ns)
{
    struct epoll_event events[EVENTS_MAX];
    uint64_t now, until_ns;

    while (load->running > 0 && (now = now_ns()) < end_ns) {
        until_ns = load->pace.rate > 0 ? pace_run(load, now) : end_ns;
        if (load->measuring)
            account_slices(load, now);
        int n = wait_until(load, events, now, least(least(until_ns, end_ns), now + LOOK_NS));

        for (int i = 0; i < n; i++)
            conn_ready(load, events[i].data.ptr, events[i].events);
    }
    if (load->measuring)
        account_slices(load, now_ns());
}

static double own_cpu_s(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void sleep_until(uint64_t at_ns)
{
    struct timespec at = {.tv_sec = (time_t)(at_ns / 1000000000u), .tv_nsec = (long)(at_ns % 1000000000u)};

    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
        ;
}

static void begin(struct load *load)
{
    if (load->start_ns != 0)
        sleep_until(load->start_ns);
    if (load->pace.rate > 0) {
        pace_start(load, now_ns());
        return;
    }
    load->begun = load->idle && load->connections > IDLE_AT_ONCE ? IDLE_AT_ONCE : load->connections;
    for (uint32_t i = 0; i < load->begun; i++)
        conn_next(load, &load->conns[i], NULL, now_ns(), now_ns());
}

/* Awaits the replies under way: what is measured next shall not meet their work. */
static void drain(struct load *load)
{
    load->measuring = false;
    load->ending = true;
    run_until(load, now_ns() + DRAIN_S_MAX * UINT64_C(1000000000));
}

static int run(struct load *load)
{
    struct probe before = probe_read(load->server_pid), after;
    bool to_the_end = load->workload->step != 0 || load->idle;
    double own;
    uint64_t start, elapsed;

    conns_open(load);
    begin(load);
    if (!to_the_end) {
        run_until(load, now_ns() + (uint64_t)(load->warmup_s * 1e9));
        for (uint32_t i = 0; i < load->connections; i++)
            load->conns[i].count = 0;
        before = probe_read(load->server_pid);
    }
    own = own_cpu_s();
    start = now_ns();
    account_start(load, start);
    run_until(load, to_the_end ? UINT64_MAX / 2 : start + (uint64_t)(load->seconds * 1e9));
    elapsed = now_ns() - start;
    own = own_cpu_s() - own;
    if (load->idle)
        usleep(IDLE_SETTLE_MS * 1000); /* the server's last words on each connection */
    after = probe_read(load->server_pid);
    if (!to_the_end && load->pace.rate == 0)
        drain(load);
    account_report(load, (double)elapsed / 1e9, own, &before, &after);
    fflush(stdout);
    if (load->hold_s > 0)
        sleep_until(now_ns() + (uint64_t)(load->hold_s * 1e9));
    return load->errors == 0 ? 0 : 2;
}

/* ---- options ---- */

static _Noreturn void usage(void)
{
    fprintf(stderr,
        "usage: bench_load --port PORT --workload NAME [--connections 64] [--seconds 2] [--warmup 0.5] [--keys "
        "100000]\n"
        "                  [--server-pid PID] [--tls] [--sigv4] [--access-key ID] [--secret KEY] [--pool N] [--seed "
        "1]\n"
        "                  [--tables bench] [--rate N [--drop]] [--refusals] [--slice-ms N] [--start-at NS] [--idle "
        "[--hold S]]\n"
        "workloads: %s\n"
        "--tables: the tables are named so, and so with -query, -large and -expired\n"
        "--rate: an open loop of so many requests a second; --drop gives up what finds no free connection\n"
        "--refusals: 503, ThrottlingException and TransactionConflict are answers, counted apart\n"
        "--slice-ms: figures of each stretch of so many milliseconds too\n"
        "--start-at: connections are opened at once, requests begin at this monotonic time\n"
        "--idle: one request per connection, then the memory that all of them cost the server; they stay open for "
        "--hold seconds\n",
        workload_names());
    exit(64);
}

static void check(const struct load *load, const struct request_options *requests, unsigned int port)
{
    if (load->workload == NULL || port == 0 || port > 65535 || load->connections == 0 || requests->keys < 1000 ||
        load->seconds <= 0)
        usage();
    if (load->sigv4 && load->workload->kind == WORKLOAD_SCAN) {
        fprintf(stderr, "bench_load: this workload has no signed form, for its requests follow from replies\n");
        exit(64);
    }
}

int main(int argc, char **argv)
{
    static const struct option table[] = {{"port", 1, NULL, 'p'}, {"workload", 1, NULL, 'w'},
        {"connections", 1, NULL, 'c'}, {"seconds", 1, NULL, 's'}, {"warmup", 1, NULL, 'u'}, {"keys", 1, NULL, 'k'},
        {"server-pid", 1, NULL, 'P'}, {"sigv4", 0, NULL, '4'}, {"access-key", 1, NULL, 'a'}, {"secret", 1, NULL, 'S'},
        {"pool", 1, NULL, 'o'}, {"seed", 1, NULL, 'r'}, {"idle", 0, NULL, 'i'}, {"hold", 1, NULL, 'h'},
        {"tables", 1, NULL, 't'}, {"rate", 1, NULL, 'R'}, {"drop", 0, NULL, 'd'}, {"refusals", 0, NULL, 'f'},
        {"slice-ms", 1, NULL, 'l'}, {"start-at", 1, NULL, 'A'}, {"tls", 0, NULL, 'T'}, {NULL, 0, NULL, 0}};
    struct request_options requests = {
        .access_key = "AKIDBENCHMARK", .secret = "benchmark-secret", .tables = "bench", .keys = 100000, .seed = 1};
    static struct load load = {.connections = 64, .seconds = 2, .warmup_s = 0.5};
    unsigned int port = 0;
    double rate = 0;
    bool drop = false;
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
        case 'h': load.hold_s = atof(optarg); break;
        case 't': requests.tables = optarg; break;
        case 'R': rate = atof(optarg); break;
        case 'd': drop = true; break;
        case 'f': load.refusals = true; break;
        case 'l': load.slice_ns = (uint64_t)(atof(optarg) * 1e6); break;
        case 'T': load.tls = secure_init(); break;
        case 'A': load.start_ns = (uint64_t)atoll(optarg); break;
        default: usage();
        }
        // clang-format on
    }
    check(&load, &requests, port);
    snprintf(host, sizeof(host), "127.0.0.1:%u", port);
    requests.host = host;
    requests.workload = load.workload;
    requests.secret = load.sigv4 ? requests.secret : NULL;
    requests_init(&load.pool, &requests);
    pace_init(&load.pace, rate, drop, requests.seed);
    load.address = (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return run(&load);
}
