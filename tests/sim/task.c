/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Tasks: what the server takes for threads, and the clients beside them. Each has a stack; the scheduler switches to
 * one and it switches back when it waits, gives way or ends. One real thread runs them all, so between two calls of the
 * system nothing else happens, and which calls are followed by a switch is drawn from the seed.
 *
 * Time is a number. It moves a little with every call and jumps to the next deadline when everybody waits.
 *
 * A crash is a task that does not come back from a call: the scheduler forgets all tasks of the life, then heap,
 * network and disk forget theirs. No destructor runs, as with kill -9.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "os/worker_int.h"
#include "sim.h"

#define TASKS_MAX     128
#define POINT_NS      40
#define STALL_NS_MOST ((uint64_t)30 * 1000000)
#define PREEMPT_EVERY 24 /* calls, on average */
#define LAST_POINT    UINT64_MAX
#define FIRST_PASSES  4 /* of a place in a run */
#define RARE_POINTS   150

enum state { READY, WAITING, ENDED };

struct sim_task {
    struct context context;
    char name[16];
    uint32_t life;
    enum state state;
    const void *object;   /* WAITING */
    uint64_t deadline_ns; /* 0: none */
    bool timed_out, joined;
    sim_task_fn *fn;
    void *argument, *result;
    struct worker *worker_here;
    int errno_kept;
};

struct sim_world sim;

static struct {
    struct sim_task *at[TASKS_MAX];
    uint32_t count;
    struct sim_task *current;
    struct context scheduler;
    struct sim_task *pool[TASKS_MAX];
    uint32_t pooled;
    uint64_t next_preempt, crash_at, next_event; /* points */
    bool crash_wanted, crash_power;
    const void *crash_where;
} tasks = {.crash_at = LAST_POINT};

/* ---- what is told ---- */

void sim_note(const char *what, uint64_t value)
{
    uint64_t hash = sim.trace ^ value;

    for (; *what != 0; what++)
        hash = (hash ^ (uint8_t)*what) * 0x100000001b3u;
    sim.trace = (hash ^ hash >> 29) * 0x9e3779b97f4a7c15u;
}

void sim_say(const char *format, ...)
{
    va_list arguments;

    if (!sim.noisy)
        return;
    fprintf(stderr, "%12.6f %-10s ", (double)sim.now_ns / 1e9, tasks.current == NULL ? "-" : tasks.current->name);
    va_start(arguments, format);
    (void)vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void sim_violation(const char *format, ...)
{
    va_list arguments;

    sim.violations++;
    if (sim.violations > 20)
        return;
    printf("FAIL seed %llu at %.6f s: ", (unsigned long long)sim.plan.seed, (double)sim.now_ns / 1e9);
    va_start(arguments, format);
    (void)vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
    (void)fflush(stdout);
}

static const char *state_name(enum state state)
{
    return state == READY ? "ready" : state == WAITING ? "waits" : "ended";
}

void sim_tasks_print(void)
{
    for (uint32_t i = 0; i < tasks.count; i++) {
        const struct sim_task *task = tasks.at[i];

        printf("  %-12s life %u %s object %p deadline %.6f\n", task->name, task->life, state_name(task->state),
            task->object, (double)task->deadline_ns / 1e9);
    }
}

/* ---- points ---- */

static void next_event_set(void)
{
    tasks.next_event = tasks.next_preempt < tasks.crash_at ? tasks.next_preempt : tasks.crash_at;
}

static void next_preempt_set(void)
{
    bool on = sim_fault_on(SIM_PREEMPT);

    tasks.next_preempt = sim.points + 1 + (on ? sim_below(SIM_SCHEDULE, 2 * PREEMPT_EVERY) : 1000);
    next_event_set();
}

static void leave(bool last)
{
    struct sim_task *self = tasks.current;

    self->errno_kept = errno;
    self->worker_here = os__worker_here;
    os__context_change(&self->context, &tasks.scheduler, last);
    os__worker_here = self->worker_here;
    errno = self->errno_kept;
}

void sim_crash_in(uint64_t after, bool power)
{
    tasks.crash_at = sim.points + after;
    tasks.crash_power = power;
    next_event_set();
}

void sim_crash_not(void)
{
    tasks.crash_at = LAST_POINT;
    next_event_set();
}

void sim_crash_now(bool power)
{
    tasks.crash_wanted = true;
    tasks.crash_power = power;
    if (tasks.current != NULL && tasks.current->life != 0)
        leave(false); /* never comes back */
}

static void event(const void *where)
{
    struct sim_task *self = tasks.current;

    if (self == NULL)
        return;
    if (sim.points >= tasks.crash_at && self->life != 0) {
        tasks.crash_at = LAST_POINT;
        tasks.crash_where = where;
        sim_crash_now(tasks.crash_power);
    }
    if (sim.points < tasks.next_preempt) {
        next_event_set();
        if (tasks.next_event <= sim.points) /* a crash is due, but not in the world's tasks */
            tasks.next_event = sim.points + 1;
        return;
    }
    next_preempt_set();
    if (sim_fault_on(SIM_STALL) && sim_chance(SIM_SCHEDULE, 2000))
        sim_sleep(sim_some_ns(SIM_SCHEDULE, STALL_NS_MOST));
    else
        sim_yield();
}

/*
 * If all calls were alike, nearly all crashes would come where calls are frequent. So each of the first passes of a
 * place may be the last too, and the more probably the later in the run it comes: what is often passed was passed
 * before.
 */
static void pass(const void *where)
{
    uint64_t age = sim.points / RARE_POINTS;
    uint32_t passes;

    if (sim.calm)
        return;
    passes = sim_cover_point(where);
    if (sim_cover_is(where, sim.plan.hunted)) {
        sim.plan.hunted = 0;
        tasks.crash_where = where;
        sim_crash_now(true);
        return;
    }
    if (passes > FIRST_PASSES || sim.plan.crashes == 0 || !sim_fault_on(SIM_CRASH))
        return;
    if (!sim_chance(SIM_FAULTS, 1000 + (uint32_t)(age * age)))
        return;
    tasks.crash_where = where;
    sim_crash_now(sim_chance(SIM_FAULTS, 700000));
}

void sim_point(const void *where)
{
    sim.now_ns += POINT_NS;
    if (tasks.current != NULL && tasks.current->life != 0)
        pass(where);
    if (++sim.points >= tasks.next_event)
        event(where);
}

/* ---- waiting ---- */

bool sim_wait(const void *object, uint64_t deadline_ns)
{
    struct sim_task *self = tasks.current;

    self->state = WAITING;
    self->object = object;
    self->deadline_ns = deadline_ns;
    self->timed_out = false;
    leave(false);
    return !self->timed_out;
}

static void ready(struct sim_task *task, bool timed_out)
{
    task->state = READY;
    task->object = NULL;
    task->deadline_ns = 0;
    task->timed_out = timed_out;
}

static bool waits_for(const struct sim_task *task, const void *object)
{
    return task->state == WAITING && task->object == object;
}

uint32_t sim_wake(const void *object, uint32_t most)
{
    uint32_t woken = 0, start = tasks.count == 0 ? 0 : sim_below(SIM_SCHEDULE, tasks.count);

    for (uint32_t i = 0; i < tasks.count && woken < most; i++) {
        struct sim_task *task = tasks.at[(start + i) % tasks.count];

        if (!waits_for(task, object))
            continue;
        ready(task, false);
        woken++;
    }
    return woken;
}

void sim_sleep(uint64_t ns)
{
    (void)sim_wait(NULL, sim.now_ns + ns + 1);
}

void sim_yield(void)
{
    leave(false);
}

/* ---- life of a task ---- */

struct sim_task *sim_task_current(void)
{
    return tasks.current;
}

uint32_t sim_task_life(void)
{
    return tasks.current == NULL ? 0 : tasks.current->life;
}

static void task_main(void *argument)
{
    struct sim_task *self = argument;

    os__context_entered(&tasks.scheduler);
    os__worker_here = NULL;
    self->result = self->fn(self->argument);
    self->state = ENDED;
    (void)sim_wake(self, UINT32_MAX);
    leave(true);
    abort();
}

static struct sim_task *task_take(void)
{
    struct sim_task *task;

    if (tasks.pooled != 0)
        return tasks.pool[--tasks.pooled];
    task = calloc(1, sizeof(*task));
    ASSERT(task != NULL && os__context_map(&task->context));
    return task;
}

struct sim_task *sim_task_start(const char *name, uint32_t life, sim_task_fn *fn, void *argument)
{
    struct sim_task *task;
    struct context context;

    sim_world_enter();
    task = task_take();
    sim_world_leave();
    context = task->context;
    *task = (struct sim_task){.context = context, .life = life, .state = READY, .fn = fn, .argument = argument};
    sim_task_name(task, name);
    os__context_prepare(&task->context, task_main, task);
    ASSERT(tasks.count < TASKS_MAX);
    tasks.at[tasks.count++] = task;
    return task;
}

void sim_task_name(struct sim_task *task, const char *name)
{
    (void)snprintf(task->name, sizeof(task->name), "%s", name);
}

static void task_remove(uint32_t at)
{
    tasks.pool[tasks.pooled++] = tasks.at[at];
    tasks.at[at] = tasks.at[--tasks.count];
}

void *sim_task_join(struct sim_task *task)
{
    while (task->state != ENDED)
        (void)sim_wait(task, 0);
    task->joined = true;
    return task->result;
}

void sim_tasks_forget(void)
{
    for (uint32_t i = tasks.count; i-- != 0;) {
        if (tasks.at[i]->life != 0)
            task_remove(i);
    }
    tasks.crash_at = LAST_POINT;
    next_event_set();
}

/* ---- the scheduler ---- */

/* Those whose time has come. Returns how many are ready; *ret_next: the earliest deadline of the others. */
static uint32_t ready_count(uint64_t *ret_next)
{
    uint32_t count = 0;

    *ret_next = UINT64_MAX;
    for (uint32_t i = 0; i < tasks.count; i++) {
        struct sim_task *task = tasks.at[i];

        if (task->state == WAITING && task->deadline_ns != 0) {
            if (task->deadline_ns <= sim.now_ns)
                ready(task, true);
            else if (task->deadline_ns < *ret_next)
                *ret_next = task->deadline_ns;
        }
        count += task->state == READY;
    }
    return count;
}

static struct sim_task *choose(uint32_t count)
{
    uint32_t which = count == 1 ? 0 : sim_below(SIM_SCHEDULE, count);

    for (uint32_t i = 0; i < tasks.count; i++) {
        if (tasks.at[i]->state == READY && which-- == 0)
            return tasks.at[i];
    }
    return NULL;
}

static void run(struct sim_task *task)
{
    tasks.current = task;
    os__context_change(&tasks.scheduler, &task->context, false);
    tasks.current = NULL;
    os__worker_here = NULL;
}

static void crash(void)
{
    tasks.crash_wanted = false;
    if (!sim.life_runs)
        return;
    sim_note("crash", sim.points);
    if (tasks.crash_where != NULL)
        sim_cover_crash(tasks.crash_where);
    tasks.crash_where = NULL;
    sim_tasks_forget();
    sim_disk_crash(tasks.crash_power);
    sim_net_forget();
    sim_heap_forget();
    sim.life_runs = false;
    (void)sim_wake(&sim.life_runs, UINT32_MAX);
}

static void sweep_joined(void)
{
    for (uint32_t i = tasks.count; i-- != 0;) {
        if (tasks.at[i]->state == ENDED && tasks.at[i]->joined)
            task_remove(i);
    }
}

bool sim_run(struct sim_task *main)
{
    os__context_of_thread(&tasks.scheduler);
    for (uint32_t i = tasks.count; i-- != 0;) { /* what the run before left */
        if (tasks.at[i] != main)
            task_remove(i);
    }
    tasks.crash_at = LAST_POINT;
    tasks.crash_wanted = false;
    next_preempt_set();
    while (main->state != ENDED) {
        uint64_t next;
        uint32_t count = ready_count(&next);

        if ((count == 0 && next == UINT64_MAX) || sim.now_ns > SIM_TIME_NS_MAX)
            return false;
        if (count == 0) {
            sim.now_ns = next;
            continue;
        }
        run(choose(count));
        if (tasks.crash_wanted)
            crash();
        sweep_joined();
    }
    main->joined = true;
    sweep_joined();
    return true;
}
