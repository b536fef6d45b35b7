/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Decisions that take long or write much: they give way to other fibers, get a later stamp when theirs was closed
 * meanwhile, and stand in the group in their place, whatever stands around them.
 */
#include <string.h>

#include "support.h"
#include "test.h"

#include "base/assert.h"
#include "codec/record.h"
#include "engine/engine_int.h"

#define FILLERS      20
#define FILLER_BYTES (20u << 10) /* 400 KB in all */
#define STREAM       7
#define ROUNDS       100

/* ---- giving way ---- */

struct slow {
    _Atomic int stage; /* 1: the decision runs; 2: the other fiber has done what it can meanwhile */
    uint64_t closed;   /* what it has closed */
    bool large;
    enum err err;
};

static void fillers_put(struct effects *fx, struct arena *arena, uint64_t stamp, uint8_t byte)
{
    uint8_t *body = arena_alloc(arena, FILLER_BYTES);

    memset(body, byte, FILLER_BYTES);
    for (int i = 0; i < FILLERS; i++) {
        struct slice key = arena_printf(arena, "filler%02d", i);

        effects_put(fx, ENGINE_DATA, key, lab_record(arena, key, slice_of(body, FILLER_BYTES), stamp));
    }
}

static enum err slow_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct slice key = SLICE_LIT("slow");
    struct slow *slow = context;

    (void)old;
    if (atomic_load(&slow->stage) == 0)
        atomic_store(&slow->stage, 1);
    while (atomic_load(&slow->stage) != 2)
        effects_breathe(fx, 64 << 10);
    effects_put(fx, ENGINE_DATA, key, lab_record(arena, key, SLICE_LIT("done"), stamp));
    effects_append(fx, STREAM, lab_record(arena, SLICE_LIT("\0\0\0\0\0\0\0\7"), SLICE_LIT("entry"), stamp));
    if (slow->large)
        fillers_put(fx, arena, stamp, 'x');
    return OK;
}

static void slow_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    const struct engine_key key = {ENGINE_DATA, SLICE_LIT("slow")};
    struct slow *slow = context;
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = slow_decide, .context = slow};
    engine_ticket ticket;

    if (i == 0) {
        slow->err = engine_decide(lab->engine, self, arena, &decision, &ticket);
        if (!slow->err)
            slow->err = engine_settle(lab->engine, self, ticket);
        return;
    }
    while (atomic_load(&slow->stage) != 1)
        fiber_yield(self);
    ASSERT(lab_put_on(lab, self, arena, "other", SLICE_LIT("1")) == OK); /* and settled: nobody holds the commit up */
    slow->closed = engine_watermark(lab->engine);
    ASSERT(slow->closed != 0);
    atomic_store(&slow->stage, 2);
}

static void slow_run(bool large)
{
    struct lab lab;
    struct slow slow = {.large = large};

    lab_begin(&lab);
    lab_fibers(&lab, 1, 2, slow_fiber, &slow);
    CHECK_EQ(slow.err, OK);
    CHECK(slice_is(lab_get(&lab, "slow"), "done")); /* its checksum is that of the stamp it has */
    CHECK(lab_stamp(&lab, "slow") > slow.closed);
    CHECK(slice_is(lab_get(&lab, "other"), "1"));
    if (large) {
        CHECK_EQ(lab_get(&lab, "filler19").n, FILLER_BYTES);
        CHECK_EQ(lab_stamp(&lab, "filler00"), lab_stamp(&lab, "slow"));
    }
    lab_reopen(&lab);
    CHECK(slice_is(lab_get(&lab, "slow"), "done"));
    lab_end(&lab);
}

TEST(engine, a_long_decision_gives_way_and_is_stamped_when_it_is_done)
{
    slow_run(false);
}

TEST(engine, so_is_one_that_writes_much)
{
    slow_run(true);
}

TEST(engine, an_entry_of_a_stream_is_stamped_anew_too)
{
    uint8_t expected[] = {0, 0, 0, 0, 0, 0, 0, STREAM};
    struct slow slow = {.large = true};
    struct engine_page page;
    struct record record;
    struct lab lab;

    lab_begin(&lab);
    lab_fibers(&lab, 1, 2, slow_fiber, &slow);
    CHECK_EQ(engine_stream_read(lab.engine, lab.self, lab.arena, STREAM, 1, 10, 1 << 20, &page), OK);
    CHECK_EQ(page.count, 1);
    CHECK_EQ(record_read(slice_of(expected, 8), page.values[0], &record), OK);
    CHECK(record.stamp > slow.closed);
    CHECK(slice_is(record.body, "entry"));
    lab_end(&lab);
}

/* ---- order ---- */

/* Writes `body` to "a", having found what it must find there. */
struct step {
    const char *found, *body;
    bool large, failed;
};

static enum err step_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct slice a = SLICE_LIT("a"), b = SLICE_LIT("b");
    struct step *step = context;
    struct slice found = lab_body(a, old[0].bytes);

    step->failed = step->found == NULL ? found.p != NULL : !slice_is(found, step->found);
    effects_put(fx, ENGINE_DATA, a, lab_record(arena, a, slice_from_cstr(step->body), stamp));
    effects_add(fx, SLICE_LIT("Csteps"), 1);
    effects_append(fx, STREAM, slice_from_cstr(step->body));
    if (step->large) {
        fillers_put(fx, arena, stamp, (uint8_t)step->body[0]);
        effects_delete(fx, ENGINE_DATA, b);
    } else {
        effects_put(fx, ENGINE_DATA, b, lab_record(arena, b, a, stamp));
    }
    return OK;
}

static engine_ticket step_run(struct lab *lab, struct step step)
{
    const struct engine_key keys[] = {{ENGINE_DATA, SLICE_LIT("a")}, {ENGINE_DATA, SLICE_LIT("b")}};
    const struct engine_decision decision = {.keys = keys, .keys_count = 2, .fn = step_decide, .context = &step};
    engine_ticket ticket;

    ASSERT(engine_decide(lab->engine, lab->self, lab->arena, &decision, &ticket) == OK);
    CHECK(!step.failed);
    return ticket;
}

TEST(engine, small_and_large_decisions_keep_their_order)
{
    struct lab lab;
    struct arena_mark mark;
    const char *last = NULL;

    lab_begin(&lab);
    mark = arena_mark(lab.arena);
    for (int round = 0; round < ROUNDS; round++) {
        (void)step_run(&lab, (struct step){last, "1", false, false});
        (void)step_run(&lab, (struct step){"1", "2", true, false});
        (void)step_run(&lab, (struct step){"2", "3", false, false});
        CHECK_EQ(engine_settle(lab.engine, lab.self, step_run(&lab, (struct step){"3", "4", true, false})), OK);
        CHECK(slice_is(lab_get(&lab, "a"), "4"));
        CHECK(lab_get(&lab, "b").p == NULL);
        CHECK(lab_get(&lab, "filler07").p[0] == '4');
        last = "4";
        arena_reset(lab.arena, mark);
    }
    CHECK_EQ(lab_counter(&lab, "Csteps"), 4 * ROUNDS);
    lab_reopen(&lab);
    CHECK(slice_is(lab_get(&lab, "a"), "4") && lab_get(&lab, "b").p == NULL);
    lab_end(&lab);
}

TEST(engine, a_stream_is_in_order_through_small_and_large_decisions)
{
    struct lab lab;
    struct engine_page page;

    lab_begin(&lab);
    (void)step_run(&lab, (struct step){NULL, "1", true, false});
    (void)step_run(&lab, (struct step){"1", "2", false, false});
    CHECK_EQ(engine_settle(lab.engine, lab.self, step_run(&lab, (struct step){"2", "3", true, false})), OK);
    CHECK_EQ(engine_stream_read(lab.engine, lab.self, lab.arena, STREAM, 1, 10, 1 << 20, &page), OK);
    CHECK_EQ(page.count, 3);
    for (uint32_t i = 0; i < 3; i++)
        CHECK(page.values[i].n == 1 && page.values[i].p[0] == '1' + i);
    lab_end(&lab);
}

/* ---- back-pressure ---- */

static void large_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct slice key = arena_printf(arena, "key%u", i);
    struct slow slow = {.stage = 2, .large = true};
    const struct engine_key named = {ENGINE_DATA, key};
    const struct engine_decision decision = {.keys = &named, .keys_count = 1, .fn = slow_decide, .context = &slow};
    struct arena_mark mark = arena_mark(arena);
    _Atomic int *done = context;

    for (int round = 0; round < 10; round++) {
        engine_ticket ticket;

        ASSERT(engine_decide(lab->engine, self, arena, &decision, &ticket) == OK);
        ASSERT(engine_settle(lab->engine, self, ticket) == OK);
        atomic_fetch_add(done, 1);
        arena_reset(arena, mark);
    }
}

TEST(engine, many_large_decisions_at_once_all_find_room)
{
    struct lab lab;
    _Atomic int done = 0;

    lab_begin(&lab);
    lab_fibers(&lab, 2, 40, large_fiber, &done);
    CHECK_EQ(atomic_load(&done), 400);
    CHECK_EQ(lab_get(&lab, "filler19").n, FILLER_BYTES);
    lab_end(&lab);
}

#ifdef ENGINE_MEMORY
TEST_MAIN()
#else
LAB_MAIN()
#endif
