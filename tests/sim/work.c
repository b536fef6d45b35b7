/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One run: the tables are made, clients and faults are let loose, then the faults end and everything has to come to
 * rest and to agree.
 *
 *      during      every answer is a known one, and comes
 *      in the end  the items, indexes, counts and the stream agree; the server stops in order; `check` finds nothing in
 *                  what it left; the histories are linearizable
 */
#include "work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const part_names[PARTS] = {"batch", "query", "scan", "listed", "statement", "transact", "tokens", "stream",
    "expiry", "tables", "indexes", "settings", "errors", "large", "throttle"};

struct work_shared work;

/* ---- shared by the parts ---- */

bool passing(const struct reply *reply)
{
    static const char *const types[] = {"TransactionConflictException", "TransactionConflict",
        "TransactionInProgressException", "ThrottlingException", "RequestLimitExceeded", "Refused",
        "LimitExceededException", "ResourceInUseException"};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcmp(reply->type, types[i]) == 0)
            return true;
    }
    return false;
}

void answer_expect(const struct reply *reply, const char *also)
{
    if (reply->status != 200 && !reply_unsure(reply) && !passing(reply) && strcmp(reply->type, also) != 0)
        sim_violation("an answer that nobody expects: %d %s: %s", reply->status, reply->type, reply->message);
}

void call_until(struct client *c, const char *operation, const char *type, const char *body, struct reply *ret)
{
    for (uint32_t tries = 0; tries < 1000; tries++) {
        say(c, "%s", body);
        call(c, operation, ret);
        if (ret->status == 200 || (*type != 0 && strcmp(ret->type, type) == 0))
            return;
        sim_sleep(20000000);
    }
    sim_violation("%s is not done however often it is asked for: %s %s", operation, ret->type, ret->message);
}

void patient(uint32_t tries)
{
    sim_sleep(tries < 10 ? 10000000 : tries < 40 ? 100000000 : 2000000000);
}

static bool all_active(const struct node *table)
{
    const struct node *indexes = node_at(table, "GlobalSecondaryIndexes");

    if (strcmp(node_text(node_at(table, "TableStatus")), "ACTIVE") != 0)
        return false;
    for (const struct node *index = indexes == NULL ? NULL : indexes->first; index != NULL; index = index->next) {
        if (strcmp(node_text(node_at(index, "IndexStatus")), "ACTIVE") != 0)
            return false;
    }
    return true;
}

bool wait_active(struct client *c, const char *table)
{
    struct reply reply;

    for (uint32_t tries = 0; tries < TRIES; tries++) {
        say(c, "{\"TableName\":\"%s\"}", table);
        call(c, "DescribeTable", &reply);
        if (strcmp(reply.type, "ResourceNotFoundException") == 0)
            return false;
        if (reply.status == 200 && all_active(node_at(reply.root, "Table")))
            return true;
        patient(tries);
    }
    sim_violation("%s does not become ACTIVE", table);
    return true;
}

/* ---- clients ---- */

#define SHORT_NS ((uint64_t)3 * 1000000000)
#define LONG_NS  ((uint64_t)20 * 1000000000)

uint64_t returned_at(const struct reply *reply)
{
    return RETURNED_WITH_LIFE | reply->life;
}

/* Mostly in a hurry, and now and then away for long: what is due each second, minute or hour has its turn then. */
static void think(struct client *c)
{
    uint32_t pause = sim_below(c->stream, 1000);

    if (pause < 4)
        sim_sleep(sim_some_ns(c->stream, pause == 0 ? LONG_NS : SHORT_NS));
    else if (pause < 600)
        sim_sleep(sim_some_ns(c->stream, 2000000));
}

static void *client_main(void *argument)
{
    struct client *c = argument;

    c->budget = &work.left;
    while (work.left > 0) {
        uint32_t what = sim_below(c->stream, 100);

        if (what < 35 && sim.plan.parts[PART_TRANSACT])
            bank_step(c);
        else if (what < 42 && sim.plan.parts[PART_EXPIRY])
            expiry_step(c);
        else if (what < 45 && sim.plan.parts[PART_ERRORS])
            errors_step(c);
        else if (what < 55 && sim.plan.throttle)
            throttle_step(c);
        else
            items_step(c);
        think(c);
    }
    sim_disconnect(c->conn);
    c->conn = NULL;
    work.clients--;
    return NULL;
}

/* ---- faults of the whole: crashes, stops, clocks ---- */

static void end_life(void)
{
    bool stop = sim_fault_on(SIM_STOP) && (!sim.plan.faults[SIM_CRASH] || sim_chance(SIM_FAULTS, 350000));

    if (stop) {
        if (sim_fault_on(SIM_CRASH) && sim_chance(SIM_FAULTS, 300000))
            sim_crash_in(1 + sim_below(SIM_FAULTS, 2000), true); /* in the middle of the stop */
        sim_life_stop();
    } else if (sim.plan.faults[SIM_CRASH]) {
        sim_crash_in(1 + sim_below(SIM_FAULTS, 3000), sim_chance(SIM_FAULTS, 700000));
        while (sim.life_runs)
            (void)sim_wait(&sim.life_runs, sim.now_ns + 100000000);
    }
}

static void start_life(void)
{
    uint32_t tries = 0;

    do {
        if (sim_fault_on(SIM_CRASH) && sim_chance(SIM_FAULTS, 100000))
            sim_crash_in(1 + sim_below(SIM_FAULTS, 1500), true); /* in the middle of the start */
        if (++tries > 50) {
            sim_violation("the server does not start");
            return;
        }
    } while (!sim_life_start());
}

static void clock_jump(void)
{
    int64_t ms = (int64_t)sim_some_ns(SIM_FAULTS, 7200000);

    sim.wall_jump_ms += sim_chance(SIM_FAULTS, 500000) ? ms : -ms;
    if (sim.wall_jump_ms > work.latest_ms)
        work.latest_ms = sim.wall_jump_ms;
    sim_note("clock", (uint64_t)sim.wall_jump_ms);
}

static void *faults_main(void *argument)
{
    uint32_t ends = sim.plan.crashes;
    int64_t all = work.left;

    (void)argument;
    for (uint32_t i = 1; i <= ends && work.left > 0; i++) {
        int64_t until = all - all * i / (ends + 1);

        while (work.left > until && sim.life_runs)
            sim_sleep(1000000);
        if (sim_fault_on(SIM_CLOCK_JUMP) && sim_chance(SIM_FAULTS, 600000))
            clock_jump();
        if (sim.life_runs && work.left > 0)
            end_life();
        if (!sim.life_runs)
            start_life();
    }
    while (work.clients != 0) { /* an error of the disk may have ended it */
        if (!sim.life_runs)
            start_life();
        sim_sleep(1000000);
    }
    return NULL;
}

/* ---- the run ---- */

static struct sim_task *start(const char *name, sim_task_fn *fn, uint32_t index)
{
    return sim_task_start(name, 0, fn, client_create(index));
}

static void run_load(void)
{
    struct sim_task *clients[16], *faults, *beside[4];
    uint32_t n = 0;

    work.clients = sim.plan.clients;
    for (uint32_t i = 0; i < sim.plan.clients; i++)
        clients[i] = start("client", client_main, i);
    if (sim.plan.parts[PART_STREAM])
        beside[n++] = start("follower", stream_follow, 20);
    if (sim.plan.parts[PART_TABLES])
        beside[n++] = start("tables", tables_churn, 22);
    if (sim.plan.parts[PART_INDEXES])
        beside[n++] = start("indexes", indexes_churn, 23);
    if (sim.plan.parts[PART_SETTINGS])
        beside[n++] = start("settings", settings_churn, 24);
    faults = sim_task_start("faults", 0, faults_main, NULL);
    for (uint32_t i = 0; i < sim.plan.clients; i++)
        (void)sim_task_join(clients[i]);
    (void)sim_task_join(faults);
    sim.calm = true;
    sim_crash_not();
    sim.wall_jump_ms = work.latest_ms; /* what was due by any clock is due now */
    work.done = true;
    if (!sim.life_runs)
        start_life();
    for (uint32_t i = 0; i < n; i++)
        (void)sim_task_join(beside[i]);
}

void *work_main(void *argument)
{
    struct client *c = client_create(21);

    (void)argument;
    work = (struct work_shared){.left = sim.plan.operations, .next_w = 100};
    sim.calm = true;
    history_marks_forget();
    start_life();
    items_setup(c);
    bank_setup(c);
    if (sim.plan.parts[PART_EXPIRY])
        expiry_setup(c);
    if (sim.plan.throttle)
        throttle_setup(c);
    sim.calm = false;
    run_load();
    items_finish(c);
    bank_finish(c);
    if (sim.plan.parts[PART_STREAM])
        stream_finish(c);
    if (sim.plan.parts[PART_EXPIRY])
        expiry_finish(c);
    if (sim.plan.throttle)
        throttle_finish(c);
    sim_disconnect(c->conn);
    sim_life_stop();
    sim_life_check();
    return NULL;
}

void work_check(void)
{
    items_check();
    bank_check();
}
