/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The whole road of requests, in one thread and without a socket: bytes of a connection through the head parser, the
 * body, its coding, credentials, the typed request, the handlers, tables and the memory engine, to the bytes of the
 * reply. An input is one of
 *
 *      H<bytes of a connection>        as they come; credentials are taken at their word
 *      S<bytes of a connection>        the same, but signatures are verified
 *      Operation {...}                 lines: each is the body of a request that a well-behaved client sends
 *      Operation {...}
 *
 * What must hold of every reply: its status is one of the service's and never 500; its length, checksum and coding are
 * what its head says; its body is JSON, and an error in it is one of the model's. Where signatures are verified nobody
 * is let in, since no input knows the secret.
 *
 * Every input finds the same world: two tables with a few items, a clock that ticks once a request, chance from a fixed
 * seed. A world that an input changed is thrown away after it.
 */
#include "fuzz.h"
#include "mutate.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libdeflate.h>

#include "api/api.h"
#include "api/statements.h"
#include "http/http_int.h"
#include "json/json.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/worker_int.h"
#include "work/work.h"

#define WALL_MS_FIRST  1763728800000ull /* Friday, 21 November 2025, 12:40 UTC */
#define REQUESTS_MAX   64               /* of one input */
#define BODY_BYTES_MAX ((size_t)1 << 20)
#define WORK_ROUNDS    50

/* ---- time and chance; they stand in for src/os's, so that an input means the same in every run ---- */

static uint64_t wall_ms;
static struct fuzz_random chance;

uint64_t os_clock_wall_ms(void)
{
    return wall_ms;
}

static uint64_t nanoseconds(clockid_t clock)
{
    struct timespec now;

    (void)clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t os_clock_monotonic_ns(void)
{
    return nanoseconds(CLOCK_MONOTONIC);
}

uint64_t os_clock_thread_ns(void)
{
    return nanoseconds(CLOCK_THREAD_CPUTIME_ID);
}

void os_entropy(void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ((uint8_t *)bytes)[i] = (uint8_t)(fuzz_draw(&chance) >> 32);
}

/* ---- the world ---- */

static struct world {
    bool up, dirty;
    struct engine *engine;
    struct fiber *self;
    struct statements *statements;
    struct api api;
    struct auth *open, *strict;
    struct worker worker; /* never runs: request.c asks it for arenas and the time */
    struct http_server server;
    struct http_worker hw;
    struct conn conn;
} w;

static const char *const furniture[] = {
    "CreateTable "
    "{\"TableName\":\"Kvs\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{\"AttributeName\":"
    "\"pk\",\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}\n",
    "CreateTable "
    "{\"TableName\":\"Tab\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{\"AttributeName\":"
    "\"pk\",\"AttributeType\":\"S\"},{\"AttributeName\":\"sk\",\"AttributeType\":\"N\"},{\"AttributeName\":\"a\","
    "\"AttributeType\":\"S\"},{\"AttributeName\":\"b\",\"AttributeType\":\"B\"}],\"KeySchema\":[{\"AttributeName\":"
    "\"pk\","
    "\"KeyType\":\"HASH\"},{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}],\"LocalSecondaryIndexes\":[{\"IndexName\":"
    "\"Lsi\",\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"a\",\"KeyType\":"
    "\"RANGE\"}],\"Projection\":{\"ProjectionType\":\"ALL\"}}],\"GlobalSecondaryIndexes\":[{\"IndexName\":\"Gsi\","
    "\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"b\",\"KeyType\":\"RANGE\"}],"
    "\"Projection\":{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"m\"]}}],\"StreamSpecification\":{"
    "\"StreamEnabled\":true,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}\n",
    "PutItem "
    "{\"TableName\":\"Kvs\",\"Item\":{\"pk\":{\"S\":\"k\"},\"n\":{\"N\":\"1\"},\"l\":{\"L\":[{\"S\":\"x\"}]}}}\n",
    "PutItem "
    "{\"TableName\":\"Tab\",\"Item\":{\"pk\":{\"S\":\"k\"},\"sk\":{\"N\":\"1\"},\"a\":{\"S\":\"x\"},\"b\":{\"B\":"
    "\"AA==\"},\"m\":{\"M\":{\"x\":{\"N\":\"2.5\"}}}}}\n",
    "PutItem "
    "{\"TableName\":\"Tab\",\"Item\":{\"pk\":{\"S\":\"k\"},\"sk\":{\"N\":\"2\"},\"a\":{\"S\":\"y\"},\"s\":{\"SS\":"
    "[\"p\",\"q\"]}}}\n"};

static void lines_run(struct arena *arena, struct slice text);

static uint64_t engine_ms(void *context)
{
    (void)context;
    return wall_ms;
}

/* What outlives every world. */
static void once(void)
{
    struct auth_options options = {.mode = AUTH_OPEN};
    char *reason;

    if (w.open != NULL)
        return;
    (void)setenv("STATOR_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE", 1);
    (void)setenv("STATOR_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", 1);
    ASSERT(auth_create(&options, &w.open, &reason) == OK);
    options.mode = AUTH_SIGV4;
    ASSERT(auth_create(&options, &w.strict, &reason) == OK);
    w.self = fiber_of_thread();
    os__arenas_init(&w.worker, 8 << 20);
    w.server.options =
        (struct http_options){.memory_bytes_max = (size_t)256 << 20, .handler = api_dispatch, .context = &w.api};
    w.hw = (struct http_worker){.server = &w.server, .worker = &w.worker, .date_until_ns = UINT64_MAX, .random = {1}};
    memcpy(w.hw.date, "Fri, 21 Nov 2025 12:40:00 GMT", sizeof(w.hw.date));
    w.conn.owner = &w.hw;
}

static void world_up(struct arena *arena)
{
    const struct engine_mem_options options = {.clock = engine_ms};
    struct work_options work = {0};
    char *reason;

    once();
    if (w.up)
        return;
    wall_ms = WALL_MS_FIRST;
    chance = fuzz_random_of(1);
    work.engine = w.engine = engine_mem_open(&options);
    w.statements = statements_create(1, 1);
    w.api = (struct api){.engine = w.engine, .auth = w.open, .statements = w.statements, .endpoint = "localhost:8000"};
    ASSERT(catalog_open(w.engine, w.self, &w.api.catalog, &reason) == OK);
    work.catalog = w.api.catalog;
    ASSERT(work_start(&work, &w.api.work) == OK);
    for (size_t i = 0; i < sizeof(furniture) / sizeof(furniture[0]); i++)
        lines_run(arena, slice_from_cstr(furniture[i]));
    w.up = true;
    w.dirty = false;
}

static void world_down(void)
{
    work_stop(w.api.work);
    catalog_close(w.api.catalog);
    statements_destroy(w.statements);
    engine_close(w.engine);
    w.up = false;
}

/* What is due in the background, up to a bound. */
static void background_run(struct arena *arena)
{
    uint64_t wait_ms = 0;

    for (int i = 0; i < WORK_ROUNDS && wait_ms == 0; i++)
        ASSERT(work_round(w.api.work, w.self, arena, wall_ms, &wait_ms) == OK);
}

/* ---- replies ---- */

static uint32_t crc_plain(struct slice bytes)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < bytes.n; i++) {
        crc ^= bytes.p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1)));
    }
    return ~crc;
}

/* The value of a header of the reply; p NULL when there is none. */
static struct slice header_of(struct slice head, const char *name)
{
    const uint8_t *at = memmem(head.p, head.n, name, strlen(name)), *end;

    if (at == NULL)
        return SLICE_NULL;
    at += strlen(name);
    end = memchr(at, '\r', (size_t)(head.p + head.n - at));
    ASSERT(end != NULL);
    return slice_of(at, (size_t)(end - at));
}

static uint64_t number_of(struct slice digits)
{
    uint64_t n = 0;

    ASSERT(digits.n > 0 && digits.n < 20);
    for (size_t i = 0; i < digits.n; i++) {
        ASSERT(digits.p[i] >= '0' && digits.p[i] <= '9');
        n = n * 10 + (uint64_t)(digits.p[i] - '0');
    }
    return n;
}

static struct slice unpacked(struct arena *arena, struct slice coding, struct slice body)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    size_t n = ARENA_ALLOC_BYTES_MAX / 2, got;
    uint8_t *to = arena_alloc(arena, n);

    if (slice_is(coding, "gzip"))
        ASSERT(libdeflate_gzip_decompress(d, body.p, body.n, to, n, &got) == LIBDEFLATE_SUCCESS);
    else
        ASSERT(libdeflate_zlib_decompress(d, body.p, body.n, to, n, &got) == LIBDEFLATE_SUCCESS);
    libdeflate_free_decompressor(d);
    return slice_of(to, got);
}

static void error_check(struct slice body, uint16_t status)
{
    static const struct slice mark = SLICE_LIT("{\"__type\":\"");
    const uint8_t *end;
    struct slice type;

    ASSERT(slice_starts_with(body, mark));
    end = memchr(body.p + mark.n, '"', body.n - mark.n);
    ASSERT(end != NULL);
    type = slice_of(body.p + mark.n, (size_t)(end - body.p) - mark.n);
    for (uint32_t i = 0; i < API_ERRORS; i++) {
        const struct api_error_info *info = api_error_info((enum api_error)i);

        if (slice_equal(info->type, type)) {
            ASSERT(info->http_status == status);
            return;
        }
    }
    ASSERT(false); /* the model does not know it */
}

static void json_check(struct slice body, uint16_t status)
{
    ASSERT(body.n == 0 || json_valid(body));
    if (status == 400)
        error_check(body, status);
}

static void reply_check(struct arena *arena, const struct request *request)
{
    struct slice head = request->reply_head, body = request->reply_body;
    struct slice coding = header_of(head, "\r\nContent-Encoding: "), crc = header_of(head, "\r\nx-amz-crc32: ");
    struct slice type = header_of(head, "\r\nContent-Type: ");
    uint16_t status;

    ASSERT(slice_starts_with(head, SLICE_LIT("HTTP/1.1 ")) && head.n > 16);
    ASSERT(memcmp(head.p + head.n - 4, "\r\n\r\n", 4) == 0);
    status = (uint16_t)number_of(slice_of(head.p + 9, 3));
    ASSERT(status == 200 || status == 400 || status == 403 || status == 404 || status == 413 || status == 415);
    if (request->http.method == HTTP_HEAD)
        return;
    ASSERT(number_of(header_of(head, "\r\nContent-Length: ")) == body.n);
    ASSERT(crc.p == NULL || coding.p == NULL);
    if (crc.p != NULL)
        ASSERT(number_of(crc) == crc_plain(body));
    if (coding.p != NULL)
        body = unpacked(arena, coding, body);
    if (slice_starts_with(type, SLICE_LIT("application/")) && !slice_is(type, "application/xml"))
        json_check(body, status);
    if (w.api.auth == w.strict && request->http.method == HTTP_POST)
        ASSERT(status != 200);
}

/* ---- requests ---- */

static bool reads_only(struct slice operation)
{
    static const char *const starts[] = {"Get", "Query", "Scan", "List", "Describe", "BatchGet", "TransactGet"};

    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
        if (slice_starts_with(operation, slice_from_cstr(starts[i])))
            return true;
    return false;
}

static void changed_note(struct arena *arena, const struct request *request)
{
    const struct operation *operation = request->http.target.p == NULL ? NULL : operation_find(request->http.target);

    if (operation == NULL || request->response.status != 200 || reads_only(operation->name))
        return;
    w.dirty = true;
    background_run(arena);
}

/* What http__request_start does, without a fiber of its own. */
static void request_run(struct arena *arena, const struct http_head *head, struct slice body)
{
    struct request *request = http__request_create(&w.conn, head);

    wall_ms++;
    request->http.body_raw = request->http.body = body;
    if (!http__request_is_ours(request))
        http__request_answer(request, w.self);
    reply_check(arena, request);
    changed_note(arena, request);
    http__request_end(request);
}

/* The body behind a head; what is left of the connection in *rest. False: the connection ends here. */
static bool body_read(struct arena *arena, const struct http_head *head, struct slice *rest, struct slice *ret)
{
    struct http_chunks chunks = {0};
    enum http_parse parse = HTTP_PARSE_MORE;
    struct slice data;
    struct buf body;

    if (!head->chunked) {
        if (head->content_length > rest->n)
            return false;
        *ret = slice_of(rest->p, (size_t)head->content_length);
        *rest = slice_of(rest->p + ret->n, rest->n - ret->n);
        return true;
    }
    buf_init(&body, arena, BODY_BYTES_MAX);
    while (parse == HTTP_PARSE_MORE && rest->n != 0) {
        parse = http__chunks_parse(&chunks, rest, &data);
        buf_slice(&body, data);
    }
    *ret = buf_view(&body);
    return parse == HTTP_PARSE_DONE && !body.failed;
}

static void connection_run(struct arena *arena, struct slice bytes)
{
    for (int i = 0; i < REQUESTS_MAX && bytes.n != 0; i++) {
        static struct http_head head;
        struct slice body;

        if (http__head_parse(bytes.p, bytes.n, &head) != HTTP_PARSE_DONE)
            return;
        bytes = slice_of(bytes.p + head.bytes, bytes.n - head.bytes);
        if (!body_read(arena, &head, &bytes, &body))
            return;
        request_run(arena, &head, body);
        if (head.close)
            return;
    }
}

/* ---- lines ---- */

static bool is_of_streams(struct slice operation)
{
    return slice_is(operation, "ListStreams") || slice_is(operation, "DescribeStream") ||
           slice_is(operation, "GetShardIterator") || slice_is(operation, "GetRecords");
}

static void line_run(struct arena *arena, struct slice operation, struct slice json)
{
    struct slice bytes = arena_printf(arena,
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: "
        "DynamoDB%s_20120810.%.*s\r\nX-Amz-Date: 20251121T124000Z\r\nAuthorization: AWS4-HMAC-SHA256 "
        "Credential=AKIDEXAMPLE/20251121/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=00"
        "\r\nContent-Length: %zu\r\n\r\n%.*s",
        is_of_streams(operation) ? "Streams" : "", SLICE_ARG(operation), json.n, SLICE_ARG(json));

    connection_run(arena, bytes);
}

static struct slice cut(struct slice *rest, uint8_t end)
{
    const uint8_t *at = rest->n == 0 ? NULL : memchr(rest->p, end, rest->n);
    struct slice part = slice_of(rest->p, at == NULL ? rest->n : (size_t)(at - rest->p));

    *rest = slice_of(rest->p + part.n + (at != NULL), rest->n - part.n - (at != NULL));
    return part;
}

static void lines_run(struct arena *arena, struct slice text)
{
    for (int i = 0; i < REQUESTS_MAX && text.n != 0; i++) {
        struct slice line = cut(&text, '\n'), operation = cut(&line, ' ');

        line_run(arena, operation, line);
    }
}

/* "Scan {...}" is a line. */
static bool is_connection(struct slice input)
{
    if (input.n == 0 || slice_starts_with(input, SLICE_LIT("Scan ")))
        return false;
    return input.p[0] == 'H' || input.p[0] == 'S';
}

void fuzz_one(struct arena *arena, struct slice input)
{
    world_up(arena);
    wall_ms = WALL_MS_FIRST + 1000;
    w.api.auth = is_connection(input) && input.p[0] == 'S' ? w.strict : w.open;
    if (is_connection(input))
        connection_run(arena, slice_of(input.p + 1, input.n - 1));
    else
        lines_run(arena, input);
    w.api.auth = w.open;
    if (w.dirty)
        world_down();
}

/* ---- mutation ---- */

static const char *const operations[] = {"PutItem ", "GetItem ", "UpdateItem ", "DeleteItem ", "Query ", "Scan ",
    "BatchGetItem ", "BatchWriteItem ", "TransactWriteItems ", "TransactGetItems ", "ExecuteStatement ",
    "BatchExecuteStatement ", "ExecuteTransaction ", "CreateTable ", "UpdateTable ", "DeleteTable ", "DescribeTable ",
    "ListStreams ", "DescribeStream ", "GetShardIterator ", "GetRecords ", "UpdateTimeToLive ", "TagResource "};

/* The start of a line, and in *ret_end where it ends, without its line feed. */
static size_t some_line(struct fuzz_random *random, const uint8_t *bytes, size_t n, size_t *ret_end)
{
    size_t at = fuzz_below(random, n), end;

    while (at > 0 && bytes[at - 1] != '\n')
        at--;
    for (end = at; end < n && bytes[end] != '\n'; end++)
        ;
    *ret_end = end;
    return at;
}

/* The JSON of one line, from its first brace on. */
static size_t line_change(struct fuzz_random *random, uint8_t *bytes, size_t n, size_t n_max)
{
    static uint8_t json[1 << 16];
    size_t end, from = some_line(random, bytes, n, &end), was, is;

    while (from < end && bytes[from] != '{')
        from++;
    was = end - from;
    if (was == 0 || was > sizeof(json) / 2)
        return LLVMFuzzerMutate(bytes, n, n_max);
    memcpy(json, bytes + from, was);
    is = fuzz_mutate_json(random, json, was, n_max - n + was < sizeof(json) ? n_max - n + was : sizeof(json));
    memmove(bytes + from + is, bytes + end, n - end);
    memcpy(bytes + from, json, is);
    return n - was + is;
}

static size_t operation_change(struct fuzz_random *random, uint8_t *bytes, size_t n, size_t n_max)
{
    const char *name = operations[fuzz_below(random, sizeof(operations) / sizeof(operations[0]))];
    size_t end, from = some_line(random, bytes, n, &end), to = from, is = strlen(name);

    while (to < end && bytes[to] != '{')
        to++;
    if (n - (to - from) + is > n_max)
        return n;
    memmove(bytes + from + is, bytes + to, n - to);
    memcpy(bytes + from, name, is);
    return n - (to - from) + is;
}

/* A line once more, or not at all. */
static size_t lines_change(struct fuzz_random *random, uint8_t *bytes, size_t n, size_t n_max)
{
    size_t end, from = some_line(random, bytes, n, &end);

    end += end < n;
    if (fuzz_below(random, 2) == 0) {
        memmove(bytes + from, bytes + end, n - end);
        return n - (end - from);
    }
    if (n + (end - from) > n_max || bytes[end - 1] != '\n')
        return n;
    memmove(bytes + end + (end - from), bytes + end, n - end);
    memcpy(bytes + end, bytes + from, end - from);
    return n + (end - from);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t n_max, unsigned int seed)
{
    struct fuzz_random random = fuzz_random_of(seed);

    if (n < 2 || fuzz_below(&random, 8) == 0)
        return LLVMFuzzerMutate(bytes, n, n_max);
    if (is_connection(slice_of(bytes, n)))
        return fuzz_below(&random, 2) == 0 ? LLVMFuzzerMutate(bytes, n, n_max) : line_change(&random, bytes, n, n_max);
    switch (fuzz_below(&random, 10)) {
    case 0:
        return operation_change(&random, bytes, n, n_max);
    case 1:
        return lines_change(&random, bytes, n, n_max);
    default:
        return line_change(&random, bytes, n, n_max);
    }
}
