/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * Operations through their handlers, on the memory engine: JSON in, JSON or "Code: text" out, with a clock of the
 * test's own. In these files ' stands for " in what is sent and in what is looked for.
 */
#include "test.h"

#include <string.h>

#include "api/api_int.h"
#include "os/clock.h"
#include "wire/wire.h"
#include "work/work.h"

#define P_       "One or more parameter values were invalid: "
#define IN_USE_  "ResourceInUseException: Attempt to change a resource which is still in use: "
#define MISSING_ "ResourceNotFoundException: Requested resource not found: "
#define ARN_     "arn:aws:dynamodb:us-east-1:123456789012:table/"

/* Pieces of requests. */
#define DEF_(name_)    "{'AttributeName':'" name_ "','AttributeType':'S'}"
#define HASH_(name_)   "{'AttributeName':'" name_ "','KeyType':'HASH'}"
#define RANGE_(name_)  "{'AttributeName':'" name_ "','KeyType':'RANGE'}"
#define PK_            "'AttributeDefinitions':[" DEF_("pk") "],'KeySchema':[" HASH_("pk") "]"
#define ON_DEMAND_     "'BillingMode':'PAY_PER_REQUEST'"
#define UNITS_(r_, w_) "'ProvisionedThroughput':{'ReadCapacityUnits':" #r_ ",'WriteCapacityUnits':" #w_ "}"
#define ALL_           "'ProjectionType':'ALL'"
#define INDEX_(name_, keys_, projection_)                                                                              \
    "{'IndexName':'" name_ "','KeySchema':[" keys_ "],'Projection':{" projection_ "}}"
#define WITH_(members_) "{'TableName':'Tab'," PK_ "," members_ "}"

/* The engine's clock; a test may put its own in place, before this file. */
#ifndef CONTROL_CLOCK
#define CONTROL_CLOCK clock_ms
static uint64_t clock_ms(void *context)
{
    (void)context;
    return os_clock_wall_ms();
}
#endif

static struct world {
    struct engine *engine;
    struct fiber *self;
    struct arena *arena;
    struct api api;
    uint64_t now_ms;
} w;

static void catalog_up(void)
{
    struct work_options options = {.engine = w.engine};
    char *reason;

    CHECK(catalog_open(w.engine, w.self, &w.api.catalog, &reason) == OK);
    options.catalog = w.api.catalog;
    CHECK(work_start(&options, &w.api.work) == OK);
}

static void catalog_down(void)
{
    work_stop(w.api.work);
    catalog_close(w.api.catalog);
}

static void begin(uint32_t state_delay_ms)
{
    const struct engine_mem_options options = {.clock = CONTROL_CLOCK, .run_twice = true};

    w = (struct world){.engine = engine_mem_open(&options), .self = fiber_of_thread(), .arena = arena_create(65536)};
    w.now_ms = 1763728800000; /* Friday, 21 November 2025, 12:40 UTC */
    w.api.engine = w.engine;
    w.api.state_delay_ms = state_delay_ms;
    snprintf(w.api.endpoint, sizeof(w.api.endpoint), "localhost:8000");
    catalog_up();
}

static void end(void)
{
    catalog_down();
    engine_close(w.engine);
    fiber_of_thread_destroy(w.self);
    arena_destroy(w.arena);
}

static uint64_t one_round(void)
{
    uint64_t wait_ms;

    CHECK(work_round(w.api.work, w.self, w.arena, w.now_ms, &wait_ms) == OK);
    return wait_ms;
}

/* Time passes, and the background does all that is due. */
static void later(uint64_t ms)
{
    int n = 0;

    w.now_ms += ms;
    while (one_round() == 0)
        CHECK(++n < 100);
}

static void restart(void)
{
    catalog_down();
    catalog_up();
}

static struct slice quoted_in(struct arena *arena, const char *text)
{
    size_t n = strlen(text);
    char *copy = arena_alloc(arena, n + 1);

    for (size_t i = 0; i <= n; i++)
        copy[i] = text[i] == '\'' ? '"' : text[i];
    return slice_of(copy, n);
}

static struct slice quoted(const char *text)
{
    return quoted_in(w.arena, text);
}

static enum err handle(struct api_request *request, struct slice json)
{
    void *input;
    enum err err;

    request->wording = api__wording(request->operation);
    err =
        wire_read(request->operation, json, &request->wording, request->fiber, request->arena, &input, &request->fault);

    if (!err)
        err = wire_check(request->operation, input, request->wording, request->arena, &request->fault);
    return err ? err : api__handler(request->operation->id)(request, input);
}

static const struct operation *operation_named(struct arena *arena, const char *name)
{
    const struct operation *found = operation_find(arena_printf(arena, "DynamoDB_20120810.%s", name));

    return found != NULL ? found : operation_find(arena_printf(arena, "DynamoDBStreams_20120810.%s", name));
}

static void views_release(struct api_request *request)
{
    if (request->view != NULL)
        catalog_release(request->view, request->fiber);
    for (; request->views_before != NULL; request->views_before = request->views_before->before)
        catalog_release(request->views_before->view, request->fiber);
}

/* The reply, or "Code: message", with what else the error says behind it. On the thread that `self` stands for. */
static const char *ask(struct arena *arena, struct fiber *self, const char *name, const char *json)
{
    struct api_request request = {
        .api = &w.api,
        .fiber = self,
        .arena = arena,
        .operation = operation_named(arena, name),
        .identity = {.account = SLICE_LIT("123456789012"), .region = SLICE_LIT("us-east-1")},
        .wall_ms = w.now_ms,
        .arrived_ns = w.now_ms * 1000000,
        .fault = {.arena = arena},
    };
    struct buf out;
    enum err err = ERR_STALE;

    for (int run = 0; run < API__STALE_RUNS_MAX && err == ERR_STALE; run++) { /* as dispatch.c does */
        views_release(&request);
        request.output = arena_zalloc(arena, request.operation->output->bytes);
        request.view = catalog_acquire(w.api.catalog, self);
        err = handle(&request, quoted_in(arena, json));
    }
    CHECK(err == OK || err == ERR_FAULT);
    buf_init(&out, arena, 1 << 24);
    if (err == OK && !request.operation->bodiless)
        wire_write(request.operation->output, request.output, self, &out);
    if (err == ERR_FAULT)
        buf_printf(&out, "%.*s: %.*s%.*s", SLICE_ARG(api_error_info(request.fault.code)->code),
            SLICE_ARG(request.fault.message), SLICE_ARG(request.fault.more));
    api__statements_give(&request);
    views_release(&request);
    buf_byte(&out, 0);
    return (const char *)out.p;
}

static const char *call(const char *name, const char *json)
{
    return ask(w.arena, w.self, name, json);
}

static const char *describe(void)
{
    return call("DescribeTable", "{'TableName':'Tab'}");
}

static const char *update(const char *members)
{
    return call("UpdateTable", (const char *)arena_printf(w.arena, "{'TableName':'Tab',%s}", members).p);
}

/* Creates a table that is ACTIVE on return. */
static void make(const char *json)
{
    const char *reply = call("CreateTable", json);

    if (strstr(reply, "CREATING") == NULL)
        printf("%s\n", reply);
    CHECK(strstr(reply, "CREATING") != NULL);
    later(w.api.state_delay_ms);
}

static bool has(const char *reply, const char *part)
{
    bool found = strstr(reply, (const char *)quoted(part).p) != NULL;

    if (!found)
        printf("in: %s\n", reply);
    return found;
}

static bool lacks(const char *reply, const char *part)
{
    bool found = strstr(reply, (const char *)quoted(part).p) != NULL;

    if (found)
        printf("in: %s\n", reply);
    return !found;
}

/* The very text; here a ' is one. */
static bool is(const char *reply, const char *text)
{
    if (strcmp(reply, text) == 0)
        return true;
    printf("got:    %s\nwanted: %s\n", reply, text);
    return false;
}

#define VE(reply_, text_) CHECK(is((reply_), "ValidationException: " text_))
