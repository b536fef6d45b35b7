/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Lives of the server. Each is a task that does what `stator serve` does: server_start, wait, server_stop. What the
 * system gives a process besides threads and sockets is here too: clocks, chance, a data folder that is nobody else's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/assert.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/log.h"
#include "os/worker_int.h"
#include "tools/check.h"
#include "server/data_folder.h"
#include "tools/offline.h"
#include "server/server.h"
#include "sim.h"

#define WALL_START_MS ((uint64_t)1798761600000) /* 2027-01-01: after all that is compiled in */
#define LIVES_MAX     256

static struct {
    struct options options;
    bool serves, stop, started;
    struct sim_task *main;
    uint64_t ended_at[LIVES_MAX]; /* by life, in events */
} life;

/* ---- what the system gives ---- */

uint64_t os_clock_monotonic_ns(void)
{
    sim.now_ns += 20 + sim_below(SIM_CLOCK, 400);
    return sim.now_ns;
}

uint64_t os_clock_wall_ms(void)
{
    sim.now_ns += 20;
    return (uint64_t)((int64_t)(WALL_START_MS + sim.now_ns / 1000000) + sim.wall_jump_ms);
}

uint64_t os_clock_thread_ns(void)
{
    return os_clock_monotonic_ns(); /* nobody else needs the processor */
}

void os_entropy(void *bytes, size_t n)
{
    uint8_t *to = bytes;

    for (size_t i = 0; i < n; i++)
        to[i] = (uint8_t)sim_random(SIM_ENTROPY);
}

/* One signal stack serves all tasks, and a stack overflow is told by the guard page alone. */
void os__overflow_install(void)
{
}

void os__overflow_thread_begin(struct worker *worker)
{
    (void)worker;
}

void os__overflow_thread_end(struct worker *worker)
{
    (void)worker;
}

enum err data_folder_open(const char *path, struct data_folder *ret, char **ret_reason)
{
    (void)path;
    (void)ret_reason;
    *ret = (struct data_folder){.lock = -1, .db = strdup("sim/db")};
    return OK;
}

void data_folder_close(struct data_folder *folder)
{
    free(folder->db);
    folder->db = NULL;
}

/* ---- a life ---- */

static void options_draw(struct options *o)
{
    options_default(o);
    o->data = "sim";
    o->workers = sim.plan.workers;
    o->io_threads = sim.plan.io_threads;
    o->memory = 64 << 20;
    o->connections = 64;
    o->throttle = sim.plan.throttle ? OPTION_THROTTLE_AWS : OPTION_THROTTLE_OFF;
    o->state_delay_ms = sim_below(SIM_WORLD, 2) == 0 ? 0 : 50;
    o->accept_clock = true;
    o->drain_ms = 500;
}

static void *server_main(void *argument)
{
    struct server *server;
    char *reason = NULL;
    enum err err;

    (void)argument;
    err = server_start(&life.options, &server, &reason);
    life.started = true;
    if (err) {
        /* The disk may have failed just then; the world tries again. */
        sim_say("the server does not start: %s", reason == NULL ? "" : reason);
        sim_cover_count("a start that failed");
        free(reason);
        (void)sim_wake(&life.serves, UINT32_MAX);
        return NULL;
    }
    life.serves = true;
    (void)sim_wake(&life.serves, UINT32_MAX);
    while (!life.stop)
        (void)sim_wait(&life.stop, 0);
    life.serves = false;
    server_stop(server);
    if (sim_net_open() != 0)
        sim_violation("%u descriptors are open after the stop", sim_net_open());
    return NULL;
}

static void life_ended(void)
{
    ASSERT(sim.life < LIVES_MAX);
    life.ended_at[sim.life] = ++sim.events;
    life.serves = false;
    life.main = NULL;
}

bool sim_life_start(void)
{
    ASSERT(!sim.life_runs);
    if (sim.life == 0)
        memset(&life, 0, sizeof(life));
    if (sim.life != 0 && life.ended_at[sim.life] == 0)
        life_ended();
    sim.life++;
    sim.life_runs = true;
    life.stop = life.started = life.serves = false;
    options_draw(&life.options);
    sim_note("start", sim.life);
    life.main = sim_task_start("main", sim.life, server_main, NULL);
    while (sim.life_runs && !life.started)
        (void)sim_wait(&life.serves, sim.now_ns + 1000000);
    if (sim.life_runs && !life.serves) {
        (void)sim_task_join(life.main);
        sim.life_runs = false;
        sim_tasks_forget();
        sim_heap_forget();
        life_ended();
    }
    return life.serves;
}

void sim_life_stop(void)
{
    struct sim_task *main = life.main;

    sim_note("stop", sim.life);
    life.stop = true;
    (void)sim_wake(&life.stop, UINT32_MAX);
    /* It may crash instead of ending. */
    while (sim.life_runs && sim_wait(main, sim.now_ns + 1000000000) == false)
        ;
    if (!sim.life_runs)
        return;
    (void)sim_task_join(main);
    sim.life_runs = false;
    sim_heap_forget();
    life_ended();
}

bool sim_life_serves(void)
{
    return sim.life_runs && life.serves;
}

uint64_t sim_life_ended_at(uint32_t of)
{
    if (of == sim.life && !sim.life_runs && life.ended_at[of] == 0)
        life_ended();
    return life.ended_at[of] == 0 ? UINT64_MAX : life.ended_at[of];
}

uint32_t sim_life_now(void)
{
    return sim.life;
}

/* ---- the look at the stopped database ---- */

static void found(void *context, const char *where, const char *what)
{
    (void)context;
    sim_violation("check: %s: %s", where, what);
}

static void *check_main(void *argument)
{
    struct check_figures figures = {0};
    struct offline offline;
    char *reason = NULL;

    (void)argument;
    if (offline_open("sim", &offline, &reason) == OK) {
        if (offline.catalog == NULL)
            sim_violation("check: the catalog cannot be read: %s", reason == NULL ? "" : reason);
        check_run(offline.engine, offline.catalog, offline.fiber, found, NULL, NULL, &figures);
    } else {
        sim_violation("check: %s", reason == NULL ? "it does not open" : reason);
    }
    free(reason);
    offline_close(&offline);
    return NULL;
}

void sim_life_check(void)
{
    bool calm = sim.calm;
    struct sim_task *task;

    ASSERT(!sim.life_runs);
    sim.calm = true; /* what it reads is what is there */
    sim.life++;
    task = sim_task_start("check", sim.life, check_main, NULL);
    (void)sim_task_join(task);
    sim_heap_forget();
    life_ended();
    sim.calm = calm;
}

/* Lines of the server's log are shown with everything else. */
void __wrap_log_event(enum log_level level, const char *event, const struct log_field *fields, uint32_t fields_count);
void __wrap_log_event(enum log_level level, const char *event, const struct log_field *fields, uint32_t fields_count)
{
    (void)level;
    sim_say("log: %s %.*s", event, fields_count == 0 ? 0 : (int)fields[0].text.n,
        fields_count == 0 || fields[0].kind > LOG_FIELD_WORDS ? "" : (const char *)fields[0].text.p);
}
