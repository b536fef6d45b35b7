/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A machine in one thread. The server's own code runs on it, from main's server_start to the committer of the engine,
 * as it runs on Linux; what it asks the system for is answered here:
 *
 *      task.c      threads are tasks; a seeded scheduler chooses who runs next; time is a number that jumps
 *      threads.c   pthread_*, futex and sched_yield on top of tasks
 *      net.c       sockets, epoll and eventfd
 *      heap.c      memory that belongs to a life of the server, so that a crash can forget it
 *      disk.c      RocksDB (engine/rocksdb/shim.h) in memory: what was synced survives a crash, the rest may
 *      life.c      starting, stopping and crashing the server
 *
 * Everything that is decided by chance is drawn from streams of one seed, so a run is a function of its seed and its
 * settings. Tasks with life 0 are the world outside: clients, the clock of faults, the checks.
 */

/* ---- chance (random.c) ---- */
enum sim_stream {
    SIM_SCHEDULE, /* who runs next */
    SIM_CLOCK,
    SIM_NET,
    SIM_DISK,
    SIM_FAULTS,
    SIM_ENTROPY, /* what the server gets from getrandom */
    SIM_WORLD,   /* what the run consists of */
    SIM_CLIENTS, /* first of as many as there are clients */
    SIM_STREAMS = SIM_CLIENTS + 32
};
void sim_random_seed(uint64_t seed);
uint64_t sim_random(uint32_t stream);
/* 0 to n - 1. */
uint32_t sim_below(uint32_t stream, uint32_t n);
/* True `per_million` times in a million. */
bool sim_chance(uint32_t stream, uint32_t per_million);
/* A length of time up to `most`, short ones more often. */
uint64_t sim_some_ns(uint32_t stream, uint64_t most);

/* ---- faults that a run may have: a set drawn from its seed ---- */
enum sim_fault {
    SIM_PREEMPT,     /* a thread loses the processor at any call of the system */
    SIM_STALL,       /* and gets it back only after milliseconds */
    SIM_SPURIOUS,    /* condition variables wake without reason */
    SIM_MISSES,      /* the caches of the engine miss */
    SIM_SLOW_DISK,   /* syncs and reads that take long */
    SIM_WRITE_ERROR, /* a write fails; its bytes may or may not have reached the log: a lost reply of the disk */
    SIM_SYNC_ERROR,  /* a sync fails: the process ends */
    SIM_READ_ERROR,
    SIM_BIT_FLIP, /* what was read is not what was written */
    SIM_FULL_DISK,
    SIM_BACKGROUND_ERROR, /* RocksDB stops by itself */
    SIM_CLOCK_JUMP,       /* the wall clock, both ways */
    SIM_SLOW_CLIENT,
    SIM_CUT_CLIENT, /* a client goes away in the middle */
    SIM_CRASH,      /* kill -9; what the log has not synced may be there, or not, or in part */
    SIM_TORN,       /* with a crash: in part */
    SIM_STOP,       /* a clean stop and start */
    SIM_FAULTS_N
};
extern const char *const sim_fault_names[SIM_FAULTS_N];

struct sim_plan {
    uint64_t seed;
    uint32_t operations, clients, workers, io_threads;
    uint32_t crashes; /* and stops */
    bool faults[SIM_FAULTS_N];
    bool parts[32];  /* which workloads: enum part of work.h */
    bool throttle;   /* limits of tables are enforced */
    uint64_t hunted; /* the place (of cover.c) at whose first pass it dies, whatever else was drawn; 0: none */
};

/* ---- the run as a whole ---- */
struct sim_world {
    struct sim_plan plan;
    uint64_t now_ns;      /* monotonic */
    int64_t wall_jump_ms; /* of the wall clock against it */
    uint64_t points;      /* calls of the system so far */
    uint64_t trace;       /* hash of what happened */
    uint32_t life;        /* the present one of the server; grows */
    bool life_runs;       /* its tasks exist */
    bool calm;            /* the time of faults is over */
    bool noisy;           /* prints what happens */
    uint32_t violations;
    uint64_t events; /* orders what clients see */
};
extern struct sim_world sim;

/* Adds to the hash of the run. */
void sim_note(const char *what, uint64_t value);
/* Something is wrong: printed, counted. */
__attribute__((format(printf, 1, 2))) void sim_violation(const char *format, ...);
__attribute__((format(printf, 1, 2))) void sim_say(const char *format, ...);
static inline bool sim_fault_on(enum sim_fault fault)
{
    return sim.plan.faults[fault] && !sim.calm;
}

/* ---- tasks (task.c) ---- */
struct sim_task;
typedef void *sim_task_fn(void *argument);
/* `life` 0: of the world. */
struct sim_task *sim_task_start(const char *name, uint32_t life, sim_task_fn *fn, void *argument);
void sim_task_name(struct sim_task *task, const char *name);
struct sim_task *sim_task_current(void);
uint32_t sim_task_life(void);
/* Waits for the end of a task and gives its result. */
void *sim_task_join(struct sim_task *task);
/* Runs tasks until `main` has ended. False: everybody waits and nothing can happen any more, or it takes longer than
 * SIM_TIME_NS_MAX; most runs take a minute, some wait until a clock that was set back by an hour lets items expire. */
#define SIM_TIME_NS_MAX ((uint64_t)6 * 3600 * 1000000000)
bool sim_run(struct sim_task *main);
/* Parks until a wake for `object`; false when the deadline (monotonic, 0: none) came first. */
bool sim_wait(const void *object, uint64_t deadline_ns);
/* Wakes one of those who wait for it, by chance, or all. Returns how many. */
uint32_t sim_wake(const void *object, uint32_t most);
void sim_sleep(uint64_t ns);
/* Others may run. */
void sim_yield(void);
/* A call of the system, from `where`: here the task may be put aside, and the process may end. */
void sim_point(const void *where);
/* Ends the present life at its next point, `after` points from now (at least 1). */
void sim_crash_in(uint64_t after, bool power);
/* What was asked for so, and has not come yet, does not come any more. */
void sim_crash_not(void);
/* Ends it here and now; does not return when called from a task of the life. */
void sim_crash_now(bool power);
/* Lets the tasks of the ended life go; called by the scheduler, outside of all tasks. */
void sim_tasks_forget(void);
/* Prints who waits for what. */
void sim_tasks_print(void);
#define SIM_POINT() sim_point(__builtin_return_address(0))
/* One of several points within a call; a place of its own for each `stage`, from 0 to the length of an instruction. */
#define SIM_POINT_STAGE(stage) sim_point((const char *)__builtin_return_address(0) + (stage))

/* ---- memory (heap.c) ---- */
void sim_heap_init(void);
/* All memory and mappings of the ended life are gone. */
void sim_heap_forget(void);
/* What is allocated in between belongs to the world, whatever task runs. Nests. */
void sim_world_enter(void);
void sim_world_leave(void);

/* ---- the network (net.c) ---- */
struct sim_conn;
/* From a client's task. NULL: nobody listens. */
struct sim_conn *sim_connect(void);
/* All bytes; false when the connection is gone. `slow`: in small pieces, with pauses. */
bool sim_send(struct sim_conn *conn, const void *bytes, size_t n, bool slow);
/* Some bytes; 0: the server ended the stream, -1: it is gone, -2: the deadline passed. */
long sim_receive(struct sim_conn *conn, void *to, size_t n, uint64_t deadline_ns);
void sim_disconnect(struct sim_conn *conn);
/* Descriptors of the ended life are closed. */
void sim_net_forget(void);
/* Descriptors that are open now. */
uint32_t sim_net_open(void);

/* ---- the disk (disk.c) ---- */
void sim_disk_init(void);
/* The process ended. `power`: what was not synced may be gone or torn. */
void sim_disk_crash(bool power);
struct sim_disk_figures {
    uint64_t writes, reads, misses, errors, flips;
};
extern struct sim_disk_figures sim_disk;

/* ---- the server (life.c) ---- */
/* Starts a life; true when the server answers. From a task of the world. */
bool sim_life_start(void);
/* Ends it in order: server_stop. */
void sim_life_stop(void);
/* Reads the stopped database whole and compares (server/check.h). */
void sim_life_check(void);
/* Whether a life runs and its door is open. */
bool sim_life_serves(void);
/* How many lives ended, and when (in events), for what was in flight. */
uint64_t sim_life_ended_at(uint32_t life);
uint32_t sim_life_now(void);

/* ---- what was reached (cover.c) ---- */
/* A task of the server passed this place, while faults may come. Returns how many times it was passed in this run. */
uint32_t sim_cover_point(const void *where);
/* Whether it is that place, as the file of what was reached names it. */
bool sim_cover_is(const void *where, uint64_t place);
void sim_cover_run_begin(void);
/* The process died there. */
void sim_cover_crash(const void *where);
void sim_cover_error(const char *operation, const char *type);
void sim_cover_count(const char *what);
void sim_cover_write(const char *path);
