/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A page whose beginning is in the caches and whose rest is not: the rest is read on the I/O pool, later, and the page
 * must be of one moment all the same. The pool is kept busy while a group is published in between.
 *
 *     scan      cached part .... waits for the pool ............. rest, or all of it anew
 *     write                      first and last key, in one group
 */
#include "support.h"
#include "test.h"

#include <pthread.h>
#include <string.h>

#include "base/assert.h"

#define KEYS       400 /* several blocks of a table */
#define BODY_BYTES 1000
#define POOL       2 /* I/O threads of lab_fibers */

struct cold {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool released;
    _Atomic int busy; /* threads of the pool */
    _Atomic bool scanning;
    uint8_t first, last; /* what the scan saw */
    uint32_t count;
};

static struct slice body_of(uint8_t version)
{
    static uint8_t bytes[BODY_BYTES];

    memset(bytes, version, sizeof(bytes));
    return slice_of(bytes, sizeof(bytes));
}

static void fill(struct lab *lab)
{
    for (int i = 0; i < KEYS; i++) {
        char key[8];

        (void)snprintf(key, sizeof(key), "k%04d", i);
        CHECK_EQ(lab_put_on(lab, lab->self, lab->arena, key, body_of(1)), OK);
    }
}

static enum err both_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct slice first = SLICE_LIT("k0000"), last = SLICE_LIT("k0399");

    (void)context, (void)old;
    effects_put(fx, ENGINE_DATA, first, lab_record(arena, first, body_of(2), stamp));
    effects_put(fx, ENGINE_DATA, last, lab_record(arena, last, body_of(2), stamp));
    return OK;
}

static void write_both(struct lab *lab, struct fiber *self, struct arena *arena)
{
    const struct engine_key keys[] = {{ENGINE_DATA, SLICE_LIT("k0000")}, {ENGINE_DATA, SLICE_LIT("k0399")}};
    const struct engine_decision decision = {.keys = keys, .keys_count = 2, .fn = both_decide};
    engine_ticket ticket;

    CHECK_EQ(engine_decide(lab->engine, self, arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(lab->engine, self, ticket), OK);
}

static void keep_busy(void *context)
{
    struct cold *cold = context;

    pthread_mutex_lock(&cold->mutex);
    cold->busy++;
    while (!cold->released)
        pthread_cond_wait(&cold->changed, &cold->mutex);
    pthread_mutex_unlock(&cold->mutex);
}

static void release(struct cold *cold)
{
    pthread_mutex_lock(&cold->mutex);
    cold->released = true;
    pthread_cond_broadcast(&cold->changed);
    pthread_mutex_unlock(&cold->mutex);
}

static void scan(struct lab *lab, struct fiber *self, struct arena *arena, struct cold *cold)
{
    struct engine_page page;

    cold->scanning = true;
    CHECK_EQ(engine_range(lab->engine, self, arena, ENGINE_DATA, SLICE_LIT("k"), SLICE_LIT("l"), false, KEYS + 1,
                 1 << 24, &page),
        OK);
    cold->count = page.count;
    cold->first = page.values[0].p[page.values[0].n - 1];
    cold->last = page.values[page.count - 1].p[page.values[page.count - 1].n - 1];
}

static void cold_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct cold *cold = context;

    if (i < POOL) {
        fiber_blocking(self, keep_busy, cold);
    } else if (i == POOL) {
        while (cold->busy < POOL)
            fiber_yield(self);
        scan(lab, self, arena, cold);
    } else {
        while (!cold->scanning) /* on one worker: until the scan waits for the pool */
            fiber_yield(self);
        write_both(lab, self, arena);
        release(cold);
    }
}

TEST(cold, a_page_that_is_half_in_the_caches_is_of_one_moment)
{
    struct lab lab;
    struct cold cold = {.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    double misses;

    lab_begin(&lab);
    fill(&lab);
    lab_reopen(&lab); /* tables instead of memory, and empty caches */
    CHECK_EQ(lab_range(&lab, "k0000", "k0001", false, 1, 1 << 20)[0], 'k');
    CHECK(lab_get(&lab, "k0000").p != NULL && lab_get(&lab, "k0399").p != NULL); /* the writer needs no pool */
    misses = lab_figure(&lab, "range_misses_total");
    lab_fibers(&lab, 1, POOL + 2, cold_fiber, &cold);
    CHECK(lab_figure(&lab, "range_misses_total") > misses);
    CHECK_EQ(cold.count, KEYS);
    CHECK_EQ(cold.first, 2);
    CHECK_EQ(cold.last, 2);
    lab_end(&lab);
}

LAB_MAIN()
