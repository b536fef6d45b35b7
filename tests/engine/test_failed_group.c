/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What a group that fails takes with it: the one that fills behind it, whose decisions may stand on its values. A gate
 * in the log holds the first group while the test decides into the second; then the write fails.
 *
 *     group 1   a = x            at the gate ......... EIO
 *     group 2          decided on a, or beside it ....... fails too, and nothing of either is seen again
 */
#include "support.h"
#include "test.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "base/assert.h"

/* ---- the gate ---- */

struct gate {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool armed, reached, opened;
};

static int gate_file(
    void *context, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n)
{
    struct gate *gate = context;
    int error = 0;

    (void)to;
    (void)bytes;
    (void)n;
    if (act != SHIM_FILE_APPEND || strstr(path, ".log") == NULL)
        return 0;
    pthread_mutex_lock(&gate->mutex);
    if (gate->armed) {
        gate->armed = false;
        gate->reached = true;
        pthread_cond_broadcast(&gate->changed);
        while (!gate->opened)
            pthread_cond_wait(&gate->changed, &gate->mutex);
        error = EIO;
    }
    pthread_mutex_unlock(&gate->mutex);
    return error;
}

static void gate_set(struct gate *gate, bool *flag)
{
    pthread_mutex_lock(&gate->mutex);
    *flag = true;
    pthread_cond_broadcast(&gate->changed);
    pthread_mutex_unlock(&gate->mutex);
}

static void gate_await(struct gate *gate)
{
    pthread_mutex_lock(&gate->mutex);
    while (!gate->reached)
        pthread_cond_wait(&gate->changed, &gate->mutex);
    pthread_mutex_unlock(&gate->mutex);
}

static void begin(struct lab *lab, struct gate *gate, struct engine_rocksdb_hooks *hooks)
{
    *gate = (struct gate){.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    *hooks = (struct engine_rocksdb_hooks){.context = gate, .file = gate_file, .tick_ns = 2000000};
    lab_prepare(lab);
    lab->options.hooks = hooks;
    CHECK_EQ(lab_open(lab), OK);
    CHECK_EQ(lab_put(lab, "first", "x"), OK); /* the log is there, and the clock's limit in it */
}

/* ---- decisions ---- */

struct step {
    const char *key;
    int runs;
    bool saw;                          /* an old value, in the last run */
    void (*within)(struct step *step); /* in the first run, after it has read; NULL: nothing */
    struct lab *lab;
    struct gate *gate;
    engine_ticket before; /* of the decision at the gate */
};

static enum err step_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct step *step = context;
    const struct slice key = slice_from_cstr(step->key);

    step->saw = old->bytes.p != NULL;
    if (step->runs++ == 0 && step->within != NULL)
        step->within(step);
    effects_put(fx, ENGINE_DATA, key, lab_record(arena, key, SLICE_LIT("y"), stamp));
    return OK;
}

static enum err step_run(
    struct lab *lab, struct fiber *self, struct arena *arena, struct step *step, engine_ticket *ticket)
{
    const struct engine_key key = {ENGINE_DATA, slice_from_cstr(step->key)};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = step_decide, .context = step};

    return engine_decide(lab->engine, self, arena, &decision, ticket);
}

/* Until the engine takes writes again. */
static void heal(struct lab *lab)
{
    struct arena *arena = arena_create(4096);
    enum err err = ERR_IO;

    for (int i = 0; i < 20000 && err != OK; i++) {
        err = lab_put_on(lab, lab->self, arena, "healed", SLICE_LIT("x"));
        if (err)
            usleep(200);
    }
    CHECK_EQ(err, OK);
    arena_destroy(arena);
}

/* A decision whose group stands at the gate. */
static engine_ticket decide_at_gate(struct lab *lab, struct gate *gate, const char *key)
{
    struct step step = {.key = key};
    engine_ticket ticket;

    gate_set(gate, &gate->armed);
    CHECK_EQ(step_run(lab, lab->self, lab->arena, &step, &ticket), OK);
    gate_await(gate);
    return ticket;
}

TEST(failed_group, values_of_the_group_behind_it_are_gone_too)
{
    struct lab lab;
    struct gate gate;
    struct engine_rocksdb_hooks hooks;
    struct step behind = {.key = "b"}, after = {.key = "b"};
    engine_ticket first, second, third;

    begin(&lab, &gate, &hooks);
    first = decide_at_gate(&lab, &gate, "a");
    CHECK_EQ(step_run(&lab, lab.self, lab.arena, &behind, &second), OK);
    CHECK(second > first);
    gate_set(&gate, &gate.opened);
    CHECK_EQ(engine_settle(lab.engine, lab.self, first), ERR_IO);
    CHECK_EQ(engine_settle(lab.engine, lab.self, second), ERR_IO);
    heal(&lab);
    CHECK_EQ(step_run(&lab, lab.self, lab.arena, &after, &third), OK);
    CHECK(!after.saw);
    CHECK_EQ(engine_settle(lab.engine, lab.self, third), OK);
    lab_end(&lab);
}

/* It has read the value of the failed group and is about to append when that fails: it must read again. */
static void fail_meanwhile(struct step *step)
{
    CHECK(step->saw);
    gate_set(step->gate, &step->gate->opened);
    CHECK_EQ(engine_settle(step->lab->engine, step->lab->self, step->before), ERR_IO);
    heal(step->lab);
}

TEST(failed_group, a_decision_that_has_read_its_values_runs_again)
{
    struct lab lab;
    struct gate gate;
    struct engine_rocksdb_hooks hooks;
    struct step step = {.key = "a", .within = fail_meanwhile, .lab = &lab, .gate = &gate};
    engine_ticket ticket;

    begin(&lab, &gate, &hooks);
    step.before = decide_at_gate(&lab, &gate, "a");
    CHECK_EQ(step_run(&lab, lab.self, lab.arena, &step, &ticket), OK);
    CHECK_EQ(step.runs, 2);
    CHECK(!step.saw);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    lab_end(&lab);
}

/* ---- who waits ---- */

struct waiting {
    struct gate *gate;
    _Atomic int decided; /* fibers that wait, or are about to: on one worker nobody runs in between */
    _Atomic int refused;
};

/* The first is at the gate, the second in the group behind; the third lets the write fail while both wait. */
static void wait_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    static const char *const keys[] = {"a", "b"};
    struct waiting *waiting = context;
    struct step step;
    engine_ticket ticket;

    while ((uint32_t)waiting->decided < i)
        fiber_yield(self);
    if (i == 2) {
        gate_set(waiting->gate, &waiting->gate->opened);
        return;
    }
    step = (struct step){.key = keys[i]};
    CHECK_EQ(step_run(lab, self, arena, &step, &ticket), OK);
    if (i == 0)
        gate_await(waiting->gate);
    waiting->decided++;
    if (engine_settle(lab->engine, self, ticket) == ERR_IO)
        waiting->refused++;
}

TEST(failed_group, those_who_wait_for_the_group_behind_it_are_told)
{
    struct lab lab;
    struct gate gate;
    struct engine_rocksdb_hooks hooks;
    struct waiting waiting = {.gate = &gate};

    begin(&lab, &gate, &hooks);
    gate_set(&gate, &gate.armed);
    lab_fibers(&lab, 1, 3, wait_fiber, &waiting);
    CHECK_EQ(waiting.refused, 2);
    lab_end(&lab);
}

LAB_MAIN()
