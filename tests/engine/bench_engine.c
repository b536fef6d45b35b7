/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What the RocksDB engine costs on this machine: bench_engine [FOLDER] [SECONDS]. Not a test; figures go to people.
 *
 *     write N    N fibers on two workers, each decide and settle in a loop: one item of 400 bytes and two counters
 *     hot N      the same on one key
 *     get        one fiber, 1,000 hot keys of 400 bytes
 *     scan       pages of 1 MB over 200,000 items
 */
#include "support.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/assert.h"
#include "codec/record.h"
#include "os/clock.h"

#define BODY_BYTES 400
#define ITEMS      200000

struct bench {
    uint64_t end_ns;
    bool hot;
    _Atomic uint64_t done, ns_max;
};

struct item {
    struct slice key, body;
};

static enum err item_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct item *item = context;

    effects_put(fx, ENGINE_DATA, item->key, lab_record(arena, item->key, item->body, stamp));
    effects_add(fx, SLICE_LIT("Citems"), old[0].bytes.p == NULL);
    effects_add(fx, SLICE_LIT("Cbytes"), old[0].bytes.p == NULL ? BODY_BYTES : 0);
    return OK;
}

static void write_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct bench *bench = context;
    struct arena_mark mark = arena_mark(arena);
    uint64_t random = i, start_ns = os_clock_monotonic_ns();
    uint8_t body[BODY_BYTES];

    memset(body, 'x', sizeof(body));
    while (start_ns < bench->end_ns) {
        uint64_t number = bench->hot ? 0 : lab_random(&random), end_ns;
        struct item item = {slice_of(&number, 8), slice_of(body, sizeof(body))};
        const struct engine_key key = {ENGINE_DATA, item.key};
        const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = item_decide, .context = &item};
        engine_ticket ticket;

        ASSERT(engine_decide(lab->engine, self, arena, &decision, &ticket) == OK);
        ASSERT(engine_settle(lab->engine, self, ticket) == OK);
        arena_reset(arena, mark);
        end_ns = os_clock_monotonic_ns();
        if (end_ns - start_ns > bench->ns_max)
            bench->ns_max = end_ns - start_ns;
        start_ns = end_ns;
        atomic_fetch_add_explicit(&bench->done, 1, memory_order_relaxed);
    }
}

static double cpu_seconds(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void bench_write(struct lab *lab, uint32_t fibers, bool hot, double seconds)
{
    struct bench bench = {.hot = hot};
    double groups = lab_figure(lab, "groups_total"), cpu = cpu_seconds(), done;

    bench.end_ns = os_clock_monotonic_ns() + (uint64_t)(seconds * 1e9);
    lab_fibers(lab, 2, fibers, write_fiber, &bench);
    done = (double)bench.done;
    groups = lab_figure(lab, "groups_total") - groups;
    printf("%-6s %4u fibers %9.0f/s  %6.2f us CPU  %6.1f a group  %6.0f us a group  %8.0f us at most\n",
        hot ? "hot" : "write", fibers, done / seconds, (cpu_seconds() - cpu) * 1e6 / done, done / groups,
        seconds * 1e6 / groups, (double)bench.ns_max / 1e3);
}

static void get_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct arena_mark mark = arena_mark(arena);
    uint64_t start_ns = os_clock_monotonic_ns(), random = 7, count = 500000, keys = *(uint64_t *)context;

    (void)i;
    for (uint64_t n = 0; n < count; n++) {
        char text[16];
        struct engine_key key = {.space = ENGINE_DATA};
        struct engine_record record;

        key.key = slice_of(
            text, (size_t)snprintf(text, sizeof(text), "s%07llu", (unsigned long long)(lab_random(&random) % keys)));
        ASSERT(engine_get(lab->engine, self, arena, &key, 1, &record) == OK && record.bytes.p != NULL);
        arena_reset(arena, mark);
    }
    printf("get    %7llu keys %26.2f us\n", (unsigned long long)keys,
        (double)(os_clock_monotonic_ns() - start_ns) / 1e3 / (double)count);
}

static void load_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct arena_mark mark = arena_mark(arena);
    uint8_t body[BODY_BYTES];

    (void)context;
    memset(body, 'y', sizeof(body));
    for (uint32_t n = i; n < ITEMS; n += 512) {
        char text[16];
        struct item item = {.body = slice_of(body, sizeof(body))};
        struct engine_key key = {.space = ENGINE_DATA};
        const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = item_decide, .context = &item};
        engine_ticket ticket;

        item.key = key.key = slice_of(text, (size_t)snprintf(text, sizeof(text), "s%07u", n));
        ASSERT(engine_decide(lab->engine, self, arena, &decision, &ticket) == OK);
        ASSERT(engine_settle(lab->engine, self, ticket) == OK);
        arena_reset(arena, mark);
    }
}

static void scan_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    bool reverse = *(bool *)context;
    struct arena_mark mark = arena_mark(arena);
    uint64_t start_ns = os_clock_monotonic_ns(), bytes = 0, entries = 0;
    uint8_t last[32] = "s";
    struct slice at = slice_of(reverse ? "t" : "s", 1);
    struct engine_page page;

    (void)i;
    do {
        ASSERT(engine_range(lab->engine, self, arena, ENGINE_DATA, reverse ? SLICE_LIT("s") : at,
                   reverse ? at : SLICE_LIT("t"), reverse, UINT32_MAX, 1 << 20, &page) == OK);
        for (uint32_t n = 0; n < page.count; n++)
            bytes += page.keys[n].n + page.values[n].n;
        entries += page.count;
        at = page.keys[page.count - 1];
        memcpy(last, at.p, at.n);
        last[at.n] = 0;
        at = slice_of(last, at.n + !reverse);
        arena_reset(arena, mark);
    } while (page.more);
    printf("scan   %s %8llu entries %16.0f MB/s\n", reverse ? "back" : "forth", (unsigned long long)entries,
        (double)bytes / 1e6 / ((double)(os_clock_monotonic_ns() - start_ns) / 1e9));
}

int main(int argc, char **argv)
{
    double seconds = argc > 2 ? atof(argv[2]) : 3;
    struct lab lab;
    bool reverse = false;
    uint64_t keys = 1000;

    if (argc > 1)
        (void)setenv("TMPDIR", argv[1], 1);
    lab_prepare(&lab);
    lab.options.memory_bytes = (size_t)512 << 20;
    ASSERT(lab_open(&lab) == OK);
    bench_write(&lab, 1, false, seconds);
    bench_write(&lab, 64, false, seconds);
    bench_write(&lab, 256, false, seconds);
    bench_write(&lab, 64, true, seconds);
    bench_write(&lab, 256, true, seconds);
    lab_fibers(&lab, 2, 512, load_fiber, NULL);
    lab_fibers(&lab, 1, 1, get_fiber, &keys);
    lab_reopen(&lab);
    for (int round = 0; round < 2; round++) {
        lab_fibers(&lab, 1, 1, scan_fiber, &reverse);
        lab_fibers(&lab, 1, 1, get_fiber, &keys);
    }
    keys = ITEMS;
    lab_fibers(&lab, 1, 1, get_fiber, &keys);
    reverse = true;
    lab_fibers(&lab, 1, 1, scan_fiber, &reverse);
    lab_end(&lab);
    return 0;
}
