/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What the wire costs by itself: a PutItem body of 979 bytes to a typed request with a binary item (and its member
 * check), the reply that renders a 400-byte item, and the request of a GetItem. Prints nanoseconds an operation; not
 * part of the tests.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/assert.h"
#include "wire/wire.h"

#define ROUNDS 9

static uint64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

struct work {
    struct arena *arena;
    const struct operation *operation;
    struct slice json;
    struct slice body;
    struct get_item_output reply;
};

static void request_read(struct work *work)
{
    struct fault fault = {.arena = work->arena};
    enum wording wording = WORDING_ENVELOPED;
    void *input;

    ASSERT(wire_read(work->operation, work->json, &wording, NULL, work->arena, &input, &fault) == OK);
    ASSERT(wire_check(work->operation, input, wording, work->arena, &fault) == OK);
}

static void reply_write(struct work *work)
{
    struct buf out;

    buf_init(&out, work->arena, 1 << 20);
    wire_write(work->operation->output, &work->reply, NULL, &out);
    ASSERT(!out.failed);
}

static void target_find(struct work *work)
{
    struct slice target = work->operation->target;

    ASSERT(operation_find(target) == work->operation);
}

/* The best of some rounds, in ns. */
static double measure(struct work *work, void (*run)(struct work *), int times)
{
    double best = 1e18;

    for (int round = 0; round < ROUNDS; round++) {
        uint64_t start = now_ns();
        double ns;

        for (int i = 0; i < times; i++) {
            struct arena_mark mark = arena_mark(work->arena);

            run(work);
            arena_reset(work->arena, mark);
        }
        ns = (double)(now_ns() - start) / times;
        best = ns < best ? ns : best;
    }
    return best;
}

static const char put_item[] =
    "{\"TableName\":\"orders-production\",\"Item\":{"
    "\"pk\":{\"S\":\"CUSTOMER#8f14e45f-ceea-467f-a8f2-3c1d5e6b7a90\"},\"sk\":{\"S\":\"ORDER#2026-10-09T12:34:56.789Z#"
    "000042\"},"
    "\"status\":{\"S\":\"SHIPPED\"},\"createdAt\":{\"N\":\"1791506149206\"},\"updatedAt\":{\"N\":\"1791506149999\"},"
    "\"total\":{\"N\":\"129.95\"},\"currency\":{\"S\":\"EUR\"},\"paid\":{\"BOOL\":true},\"coupon\":{\"NULL\":true},"
    "\"email\":{\"S\":\"somebody.with.a.long.name@example.com\"},"
    "\"address\":{\"M\":{\"street\":{\"S\":\"1 Long Street\"},\"city\":{\"S\":\"Amsterdam\"},\"zip\":{\"S\":\"1011 "
    "AB\"},\"country\":{\"S\":\"NL\"}}},"
    "\"lines\":{\"L\":[{\"M\":{\"sku\":{\"S\":\"SKU-000123\"},\"quantity\":{\"N\":\"2\"},\"price\":{\"N\":\"19.99\"}}},"
    "{\"M\":{\"sku\":{\"S\":\"SKU-000456\"},\"quantity\":{\"N\":\"1\"},\"price\":{\"N\":\"89.97\"}}}]},"
    "\"tags\":{\"SS\":[\"gift\",\"priority\"]},\"token\":{\"B\":\"3q2+7wABAgMEBQYHCAkKCw==\"},"
    "\"note\":{\"S\":\"Please leave the parcel with the neighbours at number three.\"}},"
    "\"ConditionExpression\":\"attribute_not_exists(pk)\",\"ReturnConsumedCapacity\":\"TOTAL\"}";

static const char get_item[] =
    "{\"TableName\":\"orders-production\",\"Key\":{\"pk\":{\"S\":\"CUSTOMER#8f14e45f\"},\"sk\":{\"S\":\"ORDER#1\"}}}";

static const char small_item[] =
    "{\"pk\":{\"S\":\"user0000000000000042\"},\"f0\":{\"S\":\"0123456789012345678901234567890123456789\"},"
    "\"f1\":{\"S\":\"0123456789012345678901234567890123456789\"},\"f2\":{\"S\":"
    "\"0123456789012345678901234567890123456789\"},"
    "\"f3\":{\"S\":\"0123456789012345678901234567890123456789\"},\"f4\":{\"S\":"
    "\"0123456789012345678901234567890123456789\"},"
    "\"f5\":{\"S\":\"0123456789012345678901234567890123456789\"},\"count\":{\"N\":\"12345\"},\"on\":{\"BOOL\":true}}";

int main(void)
{
    struct work work = {
        .arena = arena_create(64 << 10), .operation = operation_of(OPERATION_PUT_ITEM), .json = SLICE_LIT(put_item)};
    struct fault fault = {.arena = work.arena};

    printf("operation_find                 %6.0f ns\n", measure(&work, target_find, 200000));
    printf("PutItem read, %4zu bytes        %6.0f ns\n", work.json.n, measure(&work, request_read, 20000));
    work.operation = operation_of(OPERATION_GET_ITEM);
    work.json = SLICE_LIT(get_item);
    printf("GetItem read, %4zu bytes        %6.0f ns\n", work.json.n, measure(&work, request_read, 50000));
    ASSERT(wire_read_item(SLICE_LIT(small_item), work.arena, &work.body, &fault) == OK);
    work.reply.item = (struct attribute_map){.present = true, .body = work.body};
    printf("GetItem reply, %4zu-byte item   %6.0f ns\n", work.body.n, measure(&work, reply_write, 50000));
    arena_destroy(work.arena);
    return 0;
}
