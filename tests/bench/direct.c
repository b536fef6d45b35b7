/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What a request costs from its head to the body of its reply, without the noise of sockets, disks and neighbours: the
 * workloads of the benchmark, through the parser of heads and api_dispatch, on the memory engine, in one thread.
 *
 *     bench_direct WORKLOAD [REQUESTS [metered|sigv4]]     prints nanoseconds and heap calls per request
 *
 * Under callgrind it gives instructions per request, which are the same on every run of the same binary:
 * instructions.py does that and compares with an earlier build. Only what serve() does is counted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "api/api.h"
#include "api/statements.h"
#include "http/parse.h"
#include "requests.h"

#define KEYS            2000
#define REQUESTS        20000
#define UNITS_ENOUGH    1000000000
#define ARENA_BYTES     ((size_t)1 << 20)
#define REPLY_BYTES_MAX ((size_t)16 << 20)
#define ACCESS_KEY      "AKIDBENCHMARK"
#define SECRET          "benchmark-secret"

/* ---- heap calls, counted by standing in front of the C library ---- */

static uint64_t heap_calls;

extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *p, size_t bytes);

void *malloc(size_t bytes)
{
    heap_calls++;
    return __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
    heap_calls++;
    return __libc_calloc(count, bytes);
}

void *realloc(void *p, size_t bytes)
{
    heap_calls++;
    return __libc_realloc(p, bytes);
}

/* ---- a server without its edges ---- */

static struct api api;
static bool metered;  /* tables have provisioned units, which are enough: what throttling costs */
static bool verified; /* requests are signed, and their signatures verified */
static struct fiber *fiber;
static struct arena *arena;

static uint64_t wall_ms(void *context)
{
    (void)context;
    return (uint64_t)time(NULL) * 1000;
}

static enum err table_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *scratch, enum catalog_what *ret_what)
{
    bool sorted = *(bool *)context;
    struct key_attribute *keys = arena_zalloc(scratch, 2 * sizeof(*keys));

    (void)present, (void)ret_what;
    keys[0] = (struct key_attribute){SLICE_LIT("pk"), VALUE_S};
    keys[1] = (struct key_attribute){SLICE_LIT("sk"), VALUE_S};
    next->definitions = keys;
    next->definitions_count = sorted ? 2 : 1;
    next->hash = keys[0];
    next->has_range = sorted;
    if (sorted)
        next->range = keys[1];
    if (metered) {
        next->billing = BILLING_PROVISIONED;
        next->throughput.read = next->throughput.write = UNITS_ENOUGH;
    }
    next->status = TABLE_ACTIVE;
    next->index_id_next = 1;
    return OK;
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_direct: %s\n", what);
    exit(1);
}

static void table_make(const char *name, bool sorted)
{
    const struct table_desc *table;

    if (catalog_change(api.catalog, fiber, arena, SLICE_LIT("000000000000"), SLICE_LIT("us-east-1"),
            slice_from_cstr(name), table_fill, &sorted, &table) != OK)
        fail("a table cannot be made");
}

static void server_make(void)
{
    char *reason;

    setenv("STATOR_ACCESS_KEY_ID", ACCESS_KEY, 1);
    setenv("STATOR_SECRET_ACCESS_KEY", SECRET, 1);
    fiber = fiber_of_thread();
    arena = arena_create(ARENA_BYTES);
    api.engine = engine_mem_open(&(struct engine_mem_options){.clock = wall_ms});
    if (catalog_open(api.engine, fiber, &api.catalog, &reason) != OK ||
        auth_create(&(struct auth_options){.mode = verified ? AUTH_SIGV4 : AUTH_OPEN}, &api.auth, &reason) != OK)
        fail(reason);
    api.statements = statements_create(1, 1);
    table_make("bench", false);
    table_make("bench-query", true);
}

/* ---- one request ---- */

/* As http/ makes it of a head. */
static void http_of(const struct request *request, struct http_head *head, struct http_request *ret)
{
    if (http__head_parse((const uint8_t *)request->bytes, request->n, head) != HTTP_PARSE_DONE)
        fail("a head is malformed");
    *ret = (struct http_request){.method = head->method,
        .method_text = head->method_text,
        .path = head->path,
        .query = head->query,
        .headers = head->headers,
        .headers_count = head->headers_count,
        .host = head->host,
        .content_type = head->content_type,
        .target = head->target,
        .authorization = head->authorization,
        .amz_date = head->amz_date,
        .fiber = fiber,
        .arena = arena};
    ret->body = ret->body_raw = slice_of(request->bytes + head->bytes, request->n - head->bytes);
}

typedef void serve_fn(const struct request *request, struct http_response *response);

static void answer(const struct request *request, struct http_response *response)
{
    struct http_head head;
    struct http_request http;

    http_of(request, &head, &http);
    buf_init(&response->body, arena, REPLY_BYTES_MAX);
    api_dispatch(&api, &http, response);
}

/* What is measured; its name is known to instructions.py. */
__attribute__((noinline)) static void serve(const struct request *request, struct http_response *response)
{
    answer(request, response);
}

/* The same under another name, which is not counted. */
__attribute__((noinline)) static void prepare(const struct request *request, struct http_response *response)
{
    answer(request, response);
}

static void run(const char *workload, uint32_t requests, serve_fn *fn)
{
    struct request_options options = {.workload = workload_find(workload),
        .tables = "bench",
        .host = "127.0.0.1:8000",
        .access_key = ACCESS_KEY,
        .secret = verified ? SECRET : NULL,
        .keys = KEYS,
        .seed = 1};
    struct request_pool pool;
    struct timespec from, to;
    uint64_t calls = heap_calls;
    uint32_t n = 0;

    requests_init(&pool, &options);
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (; n < requests; n++) {
        struct arena_mark mark = arena_mark(arena);
        struct http_response response = {.status = 200};
        uint32_t number;
        const struct request *request =
            options.workload->kind == WORKLOAD_SCAN ? requests_scan(&pool, NULL) : requests_next(&pool, &number);

        if (request == NULL)
            break;
        fn(request, &response);
        if (response.status != 200)
            fail("a request was refused");
        arena_reset(arena, mark);
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("{\"workload\": \"%s\", \"requests\": %u, \"ns\": %.0f, \"heap_calls\": %.2f}\n", workload, n,
        ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / n,
        (double)(heap_calls - calls) / n);
}

int main(int argc, char **argv)
{
    uint32_t requests = argc > 2 ? (uint32_t)atoi(argv[2]) : REQUESTS;

    if (argc < 2 || workload_find(argv[1]) == NULL || requests == 0) {
        fprintf(stderr, "usage: bench_direct WORKLOAD [REQUESTS [metered|sigv4]]\nworkloads: %s\n", workload_names());
        return 64;
    }
    metered = argc > 3 && strcmp(argv[3], "metered") == 0;
    verified = argc > 3 && strcmp(argv[3], "sigv4") == 0;
    api.throttle = metered ? THROTTLE_PROVISIONED : THROTTLE_OFF;
    server_make();
    run("fill", UINT32_MAX, prepare);
    run("fill-query", UINT32_MAX, prepare);
    run(argv[1], requests, serve);
    return 0;
}
