/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Fibers, workers and their ways to wait, on real threads. A test starts its own workers and counts what its fibers
 * saw; CHECK is only used on the test's own thread, because it jumps.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/worker.h"
#include "test.h"

#define MS 1000000u

static struct workers *start(uint32_t count)
{
    struct workers_options options = {.count = count, .io_threads = 2, .spare_bytes = 8 << 20};
    struct workers *workers = NULL;

    CHECK_EQ(workers_start(&options, &workers), OK);
    return workers;
}

/* ---- ping-pong ---- */

struct pair {
    struct fiber *_Atomic side[2];
    uint32_t rounds;
    _Atomic(uint32_t) turn, done; /* turn: whose move, counted up */
};

struct player {
    struct pair *pair;
    uint32_t me;
};

static void play(struct fiber *self, struct arena *arena, void *argument)
{
    struct player *player = argument;
    struct pair *pair = player->pair;

    (void)arena;
    pair->side[player->me] = self;
    while (pair->side[1 - player->me] == NULL)
        fiber_yield(self);
    for (uint32_t i = 0; i < pair->rounds; i++) {
        while (pair->turn != 2 * i + player->me)
            fiber_park(self);
        pair->turn++;
        fiber_wake(pair->side[1 - player->me]);
    }
    pair->done++;
}

static void ping_pong(uint32_t workers_n, uint32_t rounds)
{
    struct workers *workers = start(workers_n);
    struct pair pair = {.rounds = rounds};
    struct player players[2] = {{&pair, 0}, {&pair, 1}};

    CHECK_EQ(worker_spawn(workers_at(workers, 0), play, &players[0]), OK);
    CHECK_EQ(worker_spawn(workers_at(workers, workers_n - 1), play, &players[1]), OK);
    workers_stop_and_join(workers);
    CHECK_EQ(pair.done, 2);
    CHECK_EQ(pair.turn, 2 * rounds);
}

TEST(os, two_fibers_of_one_worker_wake_each_other)
{
    ping_pong(1, 20000);
}

TEST(os, two_fibers_of_two_workers_wake_each_other)
{
    ping_pong(2, 2000);
}

/* ---- parking ---- */

struct seen {
    _Atomic(uint32_t) steps;
    bool timed_out, woken, second_timed_out;
    uint64_t waited_ns;
};

static void wake_first(struct fiber *self, struct arena *arena, void *argument)
{
    struct seen *seen = argument;

    (void)arena;
    fiber_wake(self);
    fiber_wake(self); /* the same wake */
    fiber_park(self);
    seen->woken = true;
    seen->second_timed_out = !fiber_park_until(self, os_clock_monotonic_ns() + 2 * MS);
}

TEST(os, a_wake_before_park_is_remembered_once)
{
    struct workers *workers = start(1);
    struct seen seen = {0};

    CHECK_EQ(worker_spawn(workers_at(workers, 0), wake_first, &seen), OK);
    workers_stop_and_join(workers);
    CHECK(seen.woken);
    CHECK(seen.second_timed_out);
}

static void wait_3_ms(struct fiber *self, struct arena *arena, void *argument)
{
    struct seen *seen = argument;
    uint64_t start_ns = os_clock_monotonic_ns();

    (void)arena;
    seen->timed_out = !fiber_park_until(self, start_ns + 3 * MS);
    seen->waited_ns = os_clock_monotonic_ns() - start_ns;
}

TEST(os, a_deadline_ends_a_park_and_not_before_its_time)
{
    struct workers *workers = start(1);
    struct seen seen = {0};

    CHECK_EQ(worker_spawn(workers_at(workers, 0), wait_3_ms, &seen), OK);
    workers_stop_and_join(workers);
    CHECK(seen.timed_out);
    CHECK(seen.waited_ns >= 3 * MS);
}

#define TIMERS 200

static struct {
    struct fiber *fibers[TIMERS];
    uint32_t here, at, order[TIMERS];
    uint64_t base_ns;
} ordering;

static void wait_its_time(struct fiber *self, struct arena *arena, void *argument)
{
    uint32_t i = ordering.here++;

    (void)arena;
    (void)argument;
    ordering.fibers[i] = self;
    while (ordering.base_ns == 0)
        fiber_park(self);
    while (fiber_park_until(self, ordering.base_ns + (i * 37 % TIMERS) * MS / 8))
        ;
    ordering.order[ordering.at++] = i * 37 % TIMERS;
}

/* All set their timers in the next turn, before any can fire: so the order is told, however late that turn is. */
static void let_all_wait(struct fiber *self, struct arena *arena, void *argument)
{
    (void)self;
    (void)arena;
    (void)argument;
    ordering.base_ns = os_clock_monotonic_ns();
    for (uint32_t k = 0; k < ordering.here; k++)
        fiber_wake(ordering.fibers[k]);
}

TEST(os, timers_fire_in_the_order_of_their_deadlines)
{
    struct workers *workers = start(1);

    for (uint32_t i = 0; i < TIMERS; i++)
        CHECK_EQ(worker_spawn(workers_at(workers, 0), wait_its_time, NULL), OK);
    CHECK_EQ(worker_spawn(workers_at(workers, 0), let_all_wait, NULL), OK); /* runs when all those have parked */
    workers_stop_and_join(workers);
    CHECK_EQ(ordering.at, TIMERS);
    for (uint32_t i = 1; i < TIMERS; i++)
        CHECK(ordering.order[i - 1] < ordering.order[i]);
}

struct timer_test {
    struct worker_timer timers[64];
    uint32_t fired, set;
    uint64_t last_ns;
    bool disorder;
};

static void timer_fires(struct worker *worker, struct worker_timer *timer)
{
    struct timer_test *test = *worker_slot(worker, 7);

    test->disorder |= timer->deadline_ns < test->last_ns;
    test->last_ns = timer->deadline_ns;
    test->fired++;
}

static void set_and_clear(struct fiber *self, struct arena *arena, void *argument)
{
    struct timer_test *test = argument;
    struct worker *worker = fiber_worker(self);
    uint64_t now = os_clock_monotonic_ns();

    (void)arena;
    *worker_slot(worker, 7) = test;
    for (uint32_t i = 0; i < 64; i++) {
        test->timers[i].fn = timer_fires;
        worker_timer_set(worker, &test->timers[i], now + (i * 29 % 64) * 1000u);
    }
    for (uint32_t i = 0; i < 64; i += 2)
        worker_timer_clear(worker, &test->timers[i]);
    for (uint32_t i = 0; i < 64; i += 4)
        worker_timer_set(worker, &test->timers[i], now + (i * 11 % 64) * 1000u);
    for (uint32_t i = 1; i < 64; i += 4)
        worker_timer_set(worker, &test->timers[i], now + (i * 7 % 64) * 1000u); /* moves it */
    test->set = 16 + 32;
    (void)fiber_park_until(self, now + 2 * MS);
}

TEST(os, timers_can_be_moved_and_cleared)
{
    static struct timer_test test;
    struct workers *workers = start(1);

    CHECK_EQ(worker_spawn(workers_at(workers, 0), set_and_clear, &test), OK);
    workers_stop_and_join(workers);
    CHECK_EQ(test.fired, test.set);
    CHECK(!test.disorder);
}

/* ---- many ---- */

struct crowd {
    _Atomic(uint32_t) running, ended;
    struct fiber *_Atomic fibers[FIBERS_PER_WORKER_MAX];
};
static struct crowd crowd;

static void stand(struct fiber *self, struct arena *arena, void *argument)
{
    uint32_t i = crowd.running++;
    char *memory = arena_alloc(arena, 100);

    (void)argument;
    memset(memory, (int)i, 100);
    crowd.fibers[i] = self;
    fiber_park(self);
    crowd.ended += memory[99] == (char)i;
}

static void wait_until(_Atomic(uint32_t) *value, uint32_t at_least)
{
    struct fiber *self = fiber_of_thread();

    while (*value < at_least)
        (void)fiber_park_until(self, os_clock_monotonic_ns() + MS);
    fiber_of_thread_destroy(self);
}

#if !defined(__SANITIZE_THREAD__) /* a context of its runtime takes milliseconds to make */
TEST(os, a_worker_takes_as_many_fibers_as_the_limit_and_no_more)
{
    struct workers *workers = start(1);

    memset(&crowd, 0, sizeof(crowd));
    for (uint32_t i = 0; i < FIBERS_PER_WORKER_MAX; i++)
        CHECK_EQ(worker_spawn(workers_at(workers, 0), stand, NULL), OK);
    CHECK_EQ(worker_spawn(workers_at(workers, 0), stand, NULL), ERR_LIMIT);
    wait_until(&crowd.running, FIBERS_PER_WORKER_MAX);
    CHECK_EQ(worker_spawn(workers_at(workers, 0), stand, NULL), ERR_LIMIT);
    for (uint32_t i = 0; i < FIBERS_PER_WORKER_MAX; i++)
        fiber_wake(crowd.fibers[i]);
    wait_until(&crowd.ended, FIBERS_PER_WORKER_MAX);
    workers_stop_and_join(workers);
    CHECK_EQ(crowd.ended, FIBERS_PER_WORKER_MAX);
}
#endif

static void spawn_children(struct fiber *self, struct arena *arena, void *argument)
{
    uint32_t depth = (uint32_t)(uintptr_t)argument;
    struct workers *workers = worker_workers(fiber_worker(self));

    (void)arena;
    crowd.ended++;
    if (depth == 0)
        return;
    for (uint32_t i = 0; i < 2; i++)
        crowd.running += worker_spawn(workers_at(workers, i % workers_count(workers)), spawn_children,
                             (void *)(uintptr_t)(depth - 1)) == OK;
}

TEST(os, stopping_waits_for_fibers_that_fibers_start_on_other_workers)
{
    for (uint32_t round = 0; round < 5; round++) {
        struct workers *workers = start(2);

        memset(&crowd, 0, sizeof(crowd));
        CHECK_EQ(worker_spawn(workers_at(workers, 0), spawn_children, (void *)(uintptr_t)7), OK);
        workers_stop_and_join(workers);
        CHECK_EQ(crowd.running, 254);
        CHECK_EQ(crowd.ended, 255);
    }
}

/* ---- wakes from many threads ---- */

#define WAKES 2000

struct waking {
    struct fiber *_Atomic fiber;
    _Atomic(uint32_t) sent, handled, finished;
};

static void count_wakes(struct fiber *self, struct arena *arena, void *argument)
{
    struct waking *waking = argument;

    (void)arena;
    waking->fiber = self;
    while (waking->handled < 2 * WAKES) {
        while (waking->sent == waking->handled)
            fiber_park(self);
        waking->handled = waking->sent;
    }
    while (waking->finished != 2) /* the wakers must be through before this fiber ends */
        fiber_yield(self);
}

static void *send_wakes(void *argument)
{
    struct waking *waking = argument;

    for (uint32_t i = 0; i < WAKES; i++) {
        waking->sent++;
        fiber_wake(waking->fiber);
    }
    waking->finished++;
    return NULL;
}

TEST(os, no_wake_of_several_threads_is_lost)
{
    struct workers *workers = start(1);
    struct waking waking = {0};
    pthread_t threads[2];

    CHECK_EQ(worker_spawn(workers_at(workers, 0), count_wakes, &waking), OK);
    while (waking.fiber == NULL)
        sched_yield();
    for (uint32_t i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, send_wakes, &waking);
    for (uint32_t i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    workers_stop_and_join(workers);
    CHECK_EQ(waking.handled, 2 * WAKES);
}

/* ---- blocking jobs ---- */

struct job {
    pthread_t on;
    uint64_t sum;
    bool woken_by_other;
};

static void sum_up(void *argument)
{
    struct job *job = argument;

    job->on = pthread_self();
    for (uint64_t i = 1; i <= 1000; i++)
        job->sum += i;
}

static void hand_out(struct fiber *self, struct arena *arena, void *argument)
{
    struct job *job = argument;

    (void)arena;
    fiber_wake(self);
    fiber_blocking(self, sum_up, job);
    job->woken_by_other = fiber_park_until(self, os_clock_monotonic_ns() + 2 * MS);
}

TEST(os, a_blocking_job_runs_elsewhere_and_keeps_wakes_that_are_not_its_own)
{
    struct workers *workers = start(1);
    struct job job = {0};

    CHECK_EQ(worker_spawn(workers_at(workers, 0), hand_out, &job), OK);
    workers_stop_and_join(workers);
    CHECK_EQ(job.sum, 500500);
    CHECK(job.woken_by_other);
}

TEST(os, a_blocking_job_of_a_plain_thread_runs_in_place)
{
    struct fiber *self = fiber_of_thread();
    struct job job = {0};

    fiber_blocking(self, sum_up, &job);
    CHECK(pthread_equal(job.on, pthread_self()));
    CHECK(fiber_worker(self) == NULL);
    fiber_wake(self);
    fiber_park(self);
    CHECK(!fiber_park_until(self, os_clock_monotonic_ns() + MS));
    fiber_of_thread_destroy(self);
}

/* ---- giving way ---- */

struct breathing {
    _Atomic(uint32_t) others_turns, turns_seen;
    _Atomic(bool) end;
};

static void other(struct fiber *self, struct arena *arena, void *argument)
{
    struct breathing *breathing = argument;

    (void)arena;
    while (!breathing->end) {
        breathing->others_turns++;
        fiber_yield(self);
    }
}

static void work_hard(struct fiber *self, struct arena *arena, void *argument)
{
    struct breathing *breathing = argument;

    (void)arena;
    while (breathing->others_turns == 0)
        fiber_yield(self);
    breathing->others_turns = 0;
    for (uint32_t i = 0; i < 160; i++)
        fiber_breathe(self, FIBER_SLICE_BYTES / 16);
    breathing->turns_seen = breathing->others_turns;
    breathing->end = true;
}

TEST(os, a_fiber_gives_way_after_its_share_of_bytes)
{
    struct workers *workers = start(1);
    struct breathing breathing = {0};

    CHECK_EQ(worker_spawn(workers_at(workers, 0), work_hard, &breathing), OK);
    CHECK_EQ(worker_spawn(workers_at(workers, 0), other, &breathing), OK);
    workers_stop_and_join(workers);
    CHECK(breathing.turns_seen >= 8 && breathing.turns_seen <= 12);
}

static void spin_long(struct fiber *self, struct arena *arena, void *argument)
{
    struct breathing *breathing = argument;
    uint64_t start_ns;

    (void)arena;
    while (breathing->others_turns == 0)
        fiber_yield(self);
    breathing->others_turns = 0;
    start_ns = os_clock_monotonic_ns();
    while (breathing->others_turns < 4)
        fiber_breathe(self, 0);
    breathing->turns_seen = (uint32_t)((os_clock_monotonic_ns() - start_ns) / 1000);
    breathing->end = true;
}

TEST(os, a_fiber_gives_way_after_its_share_of_time_and_not_before)
{
    struct workers *workers = start(1);
    struct breathing breathing = {0};

    CHECK_EQ(worker_spawn(workers_at(workers, 0), spin_long, &breathing), OK);
    CHECK_EQ(worker_spawn(workers_at(workers, 0), other, &breathing), OK);
    workers_stop_and_join(workers);
    CHECK(breathing.turns_seen >= 4 * FIBER_SLICE_US); /* microseconds for four turns of the other */
}

/* ---- sources, deferred calls, worker_run ---- */

struct sourcing {
    struct worker_message message;
    struct worker_source a, b;
    struct worker_deferred deferred;
    uint32_t events, deferred_calls, ran_at_once;
};

static void at_once(struct fiber *self, struct arena *arena, void *argument)
{
    struct sourcing *sourcing = argument;

    sourcing->ran_at_once = arena != NULL;
    fiber_yield(self);
    sourcing->ran_at_once++;
}

static void finish(struct worker *worker, struct worker_deferred *deferred)
{
    struct sourcing *sourcing = (struct sourcing *)((char *)deferred - offsetof(struct sourcing, deferred));

    (void)worker;
    sourcing->deferred_calls++;
}

/* Whichever comes first removes both: the other must not be called although its event was seen in the same turn. */
static void on_event(struct worker *worker, struct worker_source *source, uint32_t events)
{
    struct sourcing *sourcing = *worker_slot(worker, 7);

    (void)source;
    sourcing->events += (events & EPOLLIN) != 0;
    worker_source_remove(worker, &sourcing->a);
    worker_source_remove(worker, &sourcing->b);
    worker_defer(worker, &sourcing->deferred);
    worker_defer(worker, &sourcing->deferred);
    if (worker_run(worker, at_once, NULL, sourcing) != OK || sourcing->ran_at_once != 1)
        sourcing->events = 100;
}

static void add_sources(struct worker *worker, struct worker_message *message)
{
    struct sourcing *sourcing = (struct sourcing *)message;

    *worker_slot(worker, 7) = sourcing;
    sourcing->deferred.fn = finish;
    sourcing->a = (struct worker_source){.fn = on_event, .fd = eventfd(1, EFD_NONBLOCK)};
    sourcing->b = (struct worker_source){.fn = on_event, .fd = eventfd(1, EFD_NONBLOCK)};
    if (worker_source_add(worker, &sourcing->a, EPOLLIN) || worker_source_add(worker, &sourcing->b, EPOLLIN))
        sourcing->events = 100;
}

TEST(os, a_removed_source_gets_no_event_of_the_same_turn)
{
    struct workers *workers = start(1);
    struct sourcing sourcing = {.message.fn = add_sources};

    worker_post(workers_at(workers, 0), &sourcing.message);
    workers_stop_and_join(workers);
    CHECK_EQ(sourcing.events, 1);
    CHECK_EQ(sourcing.deferred_calls, 1);
    CHECK_EQ(sourcing.ran_at_once, 2);
    close(sourcing.a.fd);
    close(sourcing.b.fd);
}

/* ---- arenas ---- */

static void use_arenas(struct fiber *self, struct arena *arena, void *argument)
{
    struct worker *worker = fiber_worker(self);
    struct worker_arena small = worker_arena_take(worker), again;
    uint32_t *ok = argument;

    *ok += arena_used_bytes(arena) == 0;
    (void)arena_alloc(small.arena, 1000);
    worker_arena_give(worker, small);
    again = worker_arena_take(worker);
    *ok += again.arena == small.arena && arena_used_bytes(again.arena) == 0;
    worker_arena_give(worker, again);
}

TEST(os, an_arena_is_used_again_and_empty)
{
    struct workers *workers = start(1);
    uint32_t ok = 0;

    CHECK_EQ(worker_spawn(workers_at(workers, 0), use_arenas, &ok), OK);
    workers_stop_and_join(workers);
    CHECK_EQ(ok, 2);
}

struct large_arenas {
    size_t waiting_bytes, kept_bytes, kept_later_bytes;
};

#define LARGE_REQUESTS 40

/* Takes as many arenas as there are requests, all of them known to be large when asked, and gives them back. What they
 * held before anything was allocated. */
static size_t requests(struct worker *worker, bool large, size_t bytes)
{
    struct worker_arena taken[LARGE_REQUESTS];
    size_t held = 0;

    for (int i = 0; i < LARGE_REQUESTS; i++) {
        taken[i] = worker_arena_take(worker);
        if (large)
            worker_arena_enlarge(worker, taken[i].arena);
        held += arena_held_bytes(taken[i].arena);
        (void)arena_alloc(taken[i].arena, bytes);
    }
    for (int i = 0; i < LARGE_REQUESTS; i++)
        worker_arena_give(worker, taken[i]);
    return held;
}

/* Requests of 1 MB at once, and a wait for the moment when nobody has wanted so much for a while. */
static void use_large_arenas(struct fiber *self, struct arena *arena, void *argument)
{
    struct large_arenas *seen = argument;
    struct worker *worker = fiber_worker(self);

    (void)arena;
    (void)requests(worker, true, 1 << 20);
    seen->waiting_bytes = requests(worker, false, 100);
    seen->kept_bytes = requests(worker, true, 100);
    do {
        (void)fiber_park_until(self, os_clock_monotonic_ns() + 20 * MS);
        seen->kept_later_bytes = requests(worker, true, 100);
    } while (seen->kept_later_bytes > LARGE_REQUESTS * (16 << 10));
}

TEST(os, large_arenas_are_kept_within_a_bound_and_not_for_ever)
{
    struct workers *workers = start(1);
    struct large_arenas seen = {0};

    CHECK_EQ(worker_spawn(workers_at(workers, 0), use_large_arenas, &seen), OK);
    workers_stop_and_join(workers);
    CHECK(seen.waiting_bytes <= LARGE_REQUESTS * (16 << 10)); /* one that only waits holds none of it */
    CHECK(seen.kept_bytes > 5 << 20);
    CHECK(seen.kept_bytes < 11 << 20);
}

/* ---- overflow ---- */

static __attribute__((noinline)) uint32_t dig(uint32_t depth)
{
    volatile uint8_t place[512];

    place[depth % 512] = (uint8_t)depth;
    if (depth == UINT32_MAX)
        return 0;
    return dig(depth + 1) + place[(depth + 7) % 512];
}

static void dig_down(struct fiber *self, struct arena *arena, void *argument)
{
    (void)self;
    (void)arena;
    *(uint32_t *)argument = dig(0);
}

static void overflow_in_child(int stderr_fd)
{
    struct workers_options options = {.count = 1, .io_threads = 1};
    struct workers *workers;
    uint32_t result;

    dup2(stderr_fd, STDERR_FILENO);
    if (workers_start(&options, &workers) != OK || worker_spawn(workers_at(workers, 0), dig_down, &result) != OK)
        _exit(0);
    workers_stop_and_join(workers);
    _exit(0);
}

TEST(os, a_stack_overflow_is_named)
{
#if !defined(__SANITIZE_THREAD__) /* its runtime cannot fork a program with threads */
    char text[4096] = "";
    size_t n = 0;
    ssize_t got;
    int fds[2], status;
    pid_t child;

    CHECK(pipe(fds) == 0);
    fflush(stdout);
    child = fork();
    if (child == 0)
        overflow_in_child(fds[1]);
    close(fds[1]);
    while (n < sizeof(text) - 1 && (got = read(fds[0], text + n, sizeof(text) - 1 - n)) > 0)
        n += (size_t)got;
    close(fds[0]);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
    CHECK(strstr(text, "fatal: a fiber used up its stack of") != NULL);
    CHECK(strstr(text, "on worker 0") != NULL);
#endif
}

TEST(os, entropy_differs_and_clocks_go_forward)
{
    uint8_t a[32] = {0}, b[32] = {0};
    uint64_t before = os_clock_monotonic_ns();

    os_entropy(a, sizeof(a));
    os_entropy(b, sizeof(b));
    CHECK(memcmp(a, b, sizeof(a)) != 0);
    CHECK(os_clock_monotonic_ns() >= before);
    CHECK(os_clock_wall_ms() > 1700000000000u);
}

TEST_MAIN()
