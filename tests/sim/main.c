/* SPDX-License-Identifier: Apache-2.0 */

/*
 * sim [--seed N] [--seeds N] [--operations N] [--without WORD,...] [--only WORD,...] [--clients N] [--crashes N]
 *     [--twice EVERY] [--cover FILE] [--verbose]
 *
 * Runs one seed after the other and ends in `N passed, N failed`. What a seed does is drawn from it alone; the options
 * make it smaller, to find the core of a failure.
 */
#include <getopt.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <time.h>
#include <unistd.h>

#include "os/log.h"
#include "work.h"

const char *const sim_fault_names[SIM_FAULTS_N] = {"preempt", "stall", "spurious", "misses", "slow-disk", "write-error",
    "sync-error", "read-error", "bit-flip", "full-disk", "background-error", "clock-jump", "slow-client", "cut-client",
    "crash", "torn", "stop"};

struct settings {
    uint64_t seed, seeds, twice, hunted;
    uint32_t operations, clients, crashes;
    const char *without, *only, *cover;
    bool verbose;
};

static bool named(const char *list, const char *word)
{
    size_t n = strlen(word);

    for (const char *at = list; at != NULL && *at != 0;) {
        const char *end = strchrnul(at, ',');

        if ((size_t)(end - at) == n && strncmp(at, word, n) == 0)
            return true;
        at = *end == 0 ? end : end + 1;
    }
    return false;
}

static bool chosen(const struct settings *s, const char *word, bool drawn)
{
    if (s->only != NULL)
        return drawn && named(s->only, word);
    return drawn && !named(s->without, word);
}

/* Each run has some of the faults and some of the parts: what is rare in a mixture of everything comes often in one of
 * a few. */
static void plan_draw(const struct settings *s, uint64_t seed)
{
    struct sim_plan *plan = &sim.plan;

    sim_random_seed(seed);
    *plan = (struct sim_plan){.seed = seed};
    plan->operations = s->operations;
    plan->workers = 1 + sim_below(SIM_WORLD, 3);
    plan->io_threads = 1 + sim_below(SIM_WORLD, 3);
    plan->clients = 2 + sim_below(SIM_WORLD, 7);
    plan->crashes = 1 + sim_below(SIM_WORLD, 3);
    for (int i = 0; i < SIM_FAULTS_N; i++)
        plan->faults[i] =
            chosen(s, sim_fault_names[i], sim_chance(SIM_WORLD, i == SIM_PREEMPT || i == SIM_CRASH ? 900000 : 400000));
    for (int i = 0; i < PARTS; i++)
        plan->parts[i] = chosen(s, part_names[i], sim_chance(SIM_WORLD, 600000));
    /* Settings make the items' table a narrow one too, and it has to be read in the end. */
    plan->throttle = plan->parts[PART_THROTTLE] && !plan->parts[PART_SETTINGS];
    plan->hunted = s->hunted;
    if (s->clients != 0)
        plan->clients = s->clients;
    if (s->crashes != UINT32_MAX)
        plan->crashes = s->crashes;
}

static void run_seed(const struct settings *s, uint64_t seed)
{
    struct sim_task *main;

    sim = (struct sim_world){.noisy = s->verbose, .now_ns = 1000000000, .trace = seed, .life = 0};
    plan_draw(s, seed);
    sim_disk_init();
    sim_cover_run_begin();
    main = sim_task_start("world", 0, work_main, NULL);
    if (sim_run(main)) {
        work_check();
        return;
    }
    sim_violation(
        sim.now_ns > SIM_TIME_NS_MAX ? "there is no end to it" : "everybody waits, and nothing can happen any more");
    sim_tasks_print();
    exit(1); /* what is left of it would be in the way of the next */
}

static uint64_t current_seed;

static void on_abort(int number)
{
    printf("FAIL seed %llu at %.6f s ended the program (signal %d) after %llu points\n0 passed, 1 failed\n",
        (unsigned long long)current_seed, (double)sim.now_ns / 1e9, number, (unsigned long long)sim.points);
    (void)fflush(stdout);
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

/* Addresses may not differ between runs. */
static void layout_fix(char **argv)
{
    int now = personality(0xffffffff);

    if ((now & ADDR_NO_RANDOMIZE) != 0 || personality((unsigned long)now | ADDR_NO_RANDOMIZE) < 0)
        return;
    (void)execv("/proc/self/exe", argv);
}

static void settings_read(int argc, char **argv, struct settings *s)
{
    static const struct option options[] = {{"seed", 1, NULL, 's'}, {"seeds", 1, NULL, 'n'},
        {"operations", 1, NULL, 'o'}, {"without", 1, NULL, 'w'}, {"only", 1, NULL, 'y'}, {"clients", 1, NULL, 'c'},
        {"crashes", 1, NULL, 'k'}, {"twice", 1, NULL, 't'}, {"cover", 1, NULL, 'r'}, {"hunt", 1, NULL, 'h'},
        {"verbose", 0, NULL, 'v'}, {NULL, 0, NULL, 0}};
    int c;

    *s = (struct settings){.seed = 1, .seeds = 1, .operations = 2000, .crashes = UINT32_MAX};
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (c) {
        case 's':
            s->seed = strtoull(optarg, NULL, 10);
            break;
        case 'n':
            s->seeds = strtoull(optarg, NULL, 10);
            break;
        case 'o':
            s->operations = (uint32_t)atoi(optarg);
            break;
        case 'w':
            s->without = optarg;
            break;
        case 'y':
            s->only = optarg;
            break;
        case 'c':
            s->clients = (uint32_t)atoi(optarg);
            break;
        case 'k':
            s->crashes = (uint32_t)atoi(optarg);
            break;
        case 't':
            s->twice = strtoull(optarg, NULL, 10);
            break;
        case 'r':
            s->cover = optarg;
            break;
        case 'h':
            s->hunted = strtoull(optarg, NULL, 0);
            break;
        case 'v':
            s->verbose = true;
            break;
        default:
            exit(64);
        }
    }
}

int main(int argc, char **argv)
{
    struct settings settings;
    uint64_t passed = 0, failed = 0;

    layout_fix(argv);
    settings_read(argc, argv, &settings);
    (void)signal(SIGABRT, on_abort);
    (void)signal(SIGSEGV, on_abort);
    (void)mallopt(M_MMAP_THRESHOLD, 64 << 20); /* memory goes back to the system only to be asked for again */
    (void)mallopt(M_TRIM_THRESHOLD, 512 << 20);
    sim_heap_init();
    for (uint64_t seed = settings.seed; seed < settings.seed + settings.seeds; seed++) {
        uint64_t trace;

        current_seed = seed;
        run_seed(&settings, seed);
        trace = sim.trace;
        if (settings.twice != 0 && seed % settings.twice == 0 && sim.violations == 0) {
            run_seed(&settings, seed);
            if (sim.trace != trace)
                sim_violation("the same seed ran another way: %016llx, then %016llx", (unsigned long long)trace,
                    (unsigned long long)sim.trace);
        }
        if (settings.seeds == 1)
            printf("seed %llu: trace %016llx, %llu points, %.3f s, %u lives\n", (unsigned long long)seed,
                (unsigned long long)sim.trace, (unsigned long long)sim.points, (double)sim.now_ns / 1e9, sim.life);
        passed += sim.violations == 0;
        failed += sim.violations != 0;
    }
    if (settings.cover != NULL)
        sim_cover_write(settings.cover);
    printf("%llu passed, %llu failed\n", (unsigned long long)passed, (unsigned long long)failed);
    return failed != 0;
}
