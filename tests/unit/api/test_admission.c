/* SPDX-License-Identifier: Apache-2.0 */

/* Admission by memory: fibers of one worker reserve, wait their turn and leave. One worker, so the order is the order
 * of the spawns. */
#include "api/admission.h"

#include <stdatomic.h>
#include <unistd.h>

#include "os/clock.h"
#include "os/worker.h"
#include "test.h"

#define MIB ((size_t)1 << 20)

struct scene {
    struct admission *admission;
    _Atomic(uint32_t) arrived, expected, inside, inside_most, finished;
    size_t taken; /* what each request tells to have taken */
    uint32_t kind;
};

static void request(struct fiber *self, struct arena *arena, void *argument)
{
    struct scene *scene = argument;
    struct admission_ticket ticket;

    (void)arena;
    scene->arrived++;
    if (admission_enter(scene->admission, self, scene->kind, ADMISSION_GUESSED, 0, &ticket) == OK) {
        uint32_t inside = ++scene->inside;

        if (inside > scene->inside_most)
            scene->inside_most = inside;
        while (scene->arrived != scene->expected) /* all try to come in meanwhile */
            fiber_yield(self);
        fiber_yield(self);
        scene->inside--;
        admission_made(scene->admission, fiber_worker(self), &ticket, scene->taken);
        admission_leave(scene->admission, fiber_worker(self), &ticket);
    }
    scene->finished++;
}

static uint32_t most_inside(struct scene *scene, struct workers *workers, uint32_t requests)
{
    scene->arrived = scene->inside_most = scene->finished = 0;
    scene->expected = requests;
    for (uint32_t i = 0; i < requests; i++)
        CHECK_EQ(worker_spawn(workers_at(workers, 0), request, scene), OK);
    while (scene->finished != requests)
        usleep(200);
    return scene->inside_most;
}

TEST(api, requests_learn_what_their_kind_takes_and_wait_their_turn)
{
    struct workers_options options = {.count = 1, .io_threads = 1};
    struct scene scene = {.taken = MIB, .kind = 7};
    struct workers *workers;

    CHECK_EQ(workers_start(&options, &workers), OK);
    scene.admission = admission_create(1, 4 * MIB);
    for (int i = 0; i < 200; i++)
        CHECK_EQ(most_inside(&scene, workers, 1), 1); /* now it is known that they take a megabyte */
    CHECK_EQ(most_inside(&scene, workers, 16), 2);    /* and a little; a quarter is for small ones */
    scene.kind = 8;                                   /* another kind is not held back by that */
    scene.taken = 0;
    for (int i = 0; i < 200; i++)
        CHECK_EQ(most_inside(&scene, workers, 1), 1);
    CHECK_EQ(most_inside(&scene, workers, 16), 16);
    workers_stop_and_join(workers);
    admission_destroy(scene.admission);
}

TEST(api, a_request_larger_than_the_share_runs_alone)
{
    struct workers_options options = {.count = 1, .io_threads = 1};
    struct scene scene = {.taken = 8 * MIB, .kind = 7};
    struct workers *workers;

    CHECK_EQ(workers_start(&options, &workers), OK);
    scene.admission = admission_create(1, 4 * MIB);
    for (int i = 0; i < 10; i++)
        CHECK_EQ(most_inside(&scene, workers, 1), 1); /* now it is known */
    CHECK_EQ(most_inside(&scene, workers, 4), 1);
    workers_stop_and_join(workers);
    admission_destroy(scene.admission);
}

TEST(api, a_kind_that_was_never_seen_is_taken_for_a_large_one)
{
    struct workers_options options = {.count = 1, .io_threads = 1};
    struct scene scene = {.taken = 1000, .kind = 7};
    struct workers *workers;

    CHECK_EQ(workers_start(&options, &workers), OK);
    scene.admission = admission_create(1, 4 * MIB);
    CHECK_EQ(most_inside(&scene, workers, 4), 2); /* one that has room, one to see how large it is */
    workers_stop_and_join(workers);
    admission_destroy(scene.admission);
}

/* ---- lanes ---- */

struct line {
    struct admission *admission;
    size_t large; /* what a large one takes */
    uint32_t kind;
    _Atomic(uint32_t) holding, waiting, small, refused, served;
    _Atomic(bool) go;
};

static void learn(struct admission *admission, struct fiber *self, uint32_t kind, size_t taken)
{
    struct admission_ticket ticket;

    for (int i = 0; i < 200; i++) {
        CHECK_EQ(admission_enter(admission, self, kind, ADMISSION_GUESSED, 0, &ticket), OK);
        admission_made(admission, fiber_worker(self), &ticket, taken);
        admission_leave(admission, fiber_worker(self), &ticket);
    }
}

/* Makes a large reply and holds it, as a client does that does not read. */
static void hold(struct fiber *self, struct arena *arena, void *argument)
{
    struct line *line = argument;
    struct admission_ticket ticket;

    (void)arena;
    learn(line->admission, self, 1, 1000);
    learn(line->admission, self, 2, line->large);
    CHECK_EQ(admission_enter(line->admission, self, 2, ADMISSION_GUESSED, 0, &ticket), OK);
    admission_made(line->admission, fiber_worker(self), &ticket, line->large);
    line->holding++;
    while (!line->go)
        fiber_yield(self);
    admission_leave(line->admission, fiber_worker(self), &ticket);
}

static void ask_large(struct fiber *self, struct arena *arena, void *argument)
{
    struct line *line = argument;
    struct admission_ticket ticket;

    (void)arena;
    line->waiting++;
    if (admission_enter(line->admission, self, 2, ADMISSION_GUESSED, 0, &ticket) == OK)
        line->served++;
    else
        line->refused++;
    admission_leave(line->admission, fiber_worker(self), &ticket);
}

static void ask_small(struct fiber *self, struct arena *arena, void *argument)
{
    struct line *line = argument;
    struct admission_ticket ticket;

    (void)arena;
    CHECK_EQ(admission_enter(line->admission, self, 1, ADMISSION_GUESSED, 0, &ticket), OK);
    line->small++;
    admission_leave(line->admission, fiber_worker(self), &ticket);
}

static void spawn(struct workers *workers, worker_fiber_fn *fn, struct line *line, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        CHECK_EQ(worker_spawn(workers_at(workers, 0), fn, line), OK);
}

/* Workers, and an admission of so many bytes in which one holds a large reply that nobody reads. */
static struct workers *line_begin(struct line *line, size_t bytes)
{
    struct workers_options options = {.count = 1, .io_threads = 1};
    struct workers *workers;

    CHECK_EQ(workers_start(&options, &workers), OK);
    line->admission = admission_create(1, bytes);
    spawn(workers, hold, line, 1);
    while (line->holding != 1)
        usleep(200);
    return workers;
}

/* Of the kind of the large ones, but small. */
static void ask_grower(struct fiber *self, struct arena *arena, void *argument)
{
    struct line *line = argument;
    struct admission_ticket ticket;

    (void)arena;
    CHECK_EQ(admission_enter(line->admission, self, 2, ADMISSION_GROWS, 0, &ticket), OK);
    line->small++;
    if (!line->go && line->small > 50) /* the second half turn out to be large */
        CHECK_EQ(admission_grow(line->admission, self, &ticket), OK);
    line->served += ticket.large;
    admission_leave(line->admission, fiber_worker(self), &ticket);
}

/* About one item, of a kind that was large lately. */
static void ask_short(struct fiber *self, struct arena *arena, void *argument)
{
    struct line *line = argument;
    struct admission_ticket ticket;

    (void)arena;
    CHECK_EQ(admission_enter(line->admission, self, 2, ADMISSION_SHORT, 0, &ticket), OK);
    CHECK(!ticket.large);
    line->small++;
    admission_leave(line->admission, fiber_worker(self), &ticket);
}

TEST(api, a_request_waits_behind_large_ones_only_once_it_is_large)
{
    struct line line = {.large = 48 * MIB};
    struct workers *workers = line_begin(&line, 64 * MIB);

    spawn(workers, ask_grower, &line, 100);
    while (line.small != 100)
        usleep(200);
    CHECK_EQ(line.served, 0);
    spawn(workers, ask_short, &line, 100);
    while (line.small != 200)
        usleep(200);
    line.go = true;
    workers_stop_and_join(workers);
    CHECK_EQ(line.served, 50);
    admission_destroy(line.admission);
}

TEST(api, a_line_of_large_ones_has_an_end)
{
    struct line line = {.large = 3 * MIB};
    struct workers *workers = line_begin(&line, 4 * MIB);

    spawn(workers, ask_large, &line, ADMISSION_LINE_LONG + 1);
    while (line.waiting != ADMISSION_LINE_LONG + 1)
        usleep(200);
    while (line.refused == 0) /* at the latest the last one, at once */
        ;
    line.go = true;
    workers_stop_and_join(workers);
    CHECK_EQ(line.served + line.refused, ADMISSION_LINE_LONG + 1);
    admission_destroy(line.admission);
}

TEST(api, small_requests_do_not_wait_behind_large_ones)
{
    struct line line = {.large = 3 * MIB};
    struct workers *workers = line_begin(&line, 4 * MIB);

    spawn(workers, ask_large, &line, ADMISSION_LINE_SHORT); /* so many may wait as long as it takes */
    spawn(workers, ask_small, &line, 100);
    while (line.small != 100) /* while nobody reads the large reply */
        usleep(200);
    CHECK_EQ(line.waiting, ADMISSION_LINE_SHORT);
    CHECK_EQ(line.served + line.refused, 0);
    line.go = true;
    workers_stop_and_join(workers);
    CHECK_EQ(line.served, ADMISSION_LINE_SHORT);
    admission_destroy(line.admission);
}

TEST(api, a_kind_that_was_never_seen_gets_in_one_at_a_time_while_the_lines_are_full)
{
    struct workers_options options = {.count = 1, .io_threads = 1};
    struct line line = {.large = 3 * MIB};
    struct scene scene = {.taken = 1000, .kind = 7};
    struct workers *workers;

    CHECK_EQ(workers_start(&options, &workers), OK);
    line.admission = scene.admission = admission_create(1, 4 * MIB);
    spawn(workers, hold, &line, 1);
    while (line.holding != 1)
        usleep(200);
    for (int i = 0; i < 10; i++)
        CHECK_EQ(most_inside(&scene, workers, 1), 1);
    CHECK_EQ(most_inside(&scene, workers, 16), 16); /* known to be small by now */
    line.go = true;
    workers_stop_and_join(workers);
    admission_destroy(line.admission);
}

static void learn_to_grow(struct fiber *self, struct arena *arena, void *argument)
{
    struct line *line = argument;
    struct admission_ticket ticket;

    (void)arena;
    for (int i = 0; i < 20; i++) {
        CHECK_EQ(admission_enter(line->admission, self, 3, ADMISSION_GROWS, 0, &ticket), OK);
        CHECK_EQ(admission_grow(line->admission, self, &ticket), OK);
        admission_made(line->admission, fiber_worker(self), &ticket, MIB);
        admission_leave(line->admission, fiber_worker(self), &ticket);
    }
    line->small++;
}

static void enter_grower(struct fiber *self, struct arena *arena, void *argument)
{
    struct line *line = argument;
    struct admission_ticket ticket;

    (void)arena;
    if (admission_enter(line->admission, self, line->kind, ADMISSION_GROWS, 0, &ticket) == OK)
        line->small++;
    else
        line->refused++;
    admission_leave(line->admission, fiber_worker(self), &ticket);
    line->waiting++;
}

static void grow_in_vain(struct fiber *self, struct arena *arena, void *argument)
{
    struct line *line = argument;
    struct admission_ticket ticket;
    enum err err = admission_enter(line->admission, self, 5, ADMISSION_GROWS, 0, &ticket);

    (void)arena;
    if (err == OK)
        err = admission_grow(line->admission, self, &ticket);
    line->refused += err != OK;
    admission_made(line->admission, fiber_worker(self), &ticket, 1000);
    admission_leave(line->admission, fiber_worker(self), &ticket);
    line->small++;
}

TEST(api, what_would_grow_is_refused_before_it_works_when_the_line_stands)
{
    struct workers_options options = {.count = 1, .io_threads = 1};
    struct line line = {.large = 3 * MIB};
    uint64_t until_ns;
    struct workers *workers;

    CHECK_EQ(workers_start(&options, &workers), OK);
    line.admission = admission_create(1, 4 * MIB);
    spawn(workers, learn_to_grow, &line, 1);
    while (line.small != 1)
        usleep(200);
    spawn(workers, hold, &line, 1);
    while (line.holding != 1)
        usleep(200);
    spawn(workers, ask_large, &line, ADMISSION_LINE_SHORT);
    while (line.waiting != ADMISSION_LINE_SHORT)
        usleep(200);
    until_ns = os_clock_monotonic_ns() + UINT64_C(150000000); /* until the line is known to stand */
    while (os_clock_monotonic_ns() < until_ns)
        usleep(1000);
    line.kind = 3;
    line.small = line.waiting = 0;
    spawn(workers, enter_grower, &line, 10);
    while (line.waiting != 10)
        usleep(200);
    CHECK_EQ(line.refused, 10);
    line.small = line.refused = 0;
    spawn(workers, grow_in_vain, &line, 50); /* nobody knows their kind; they are refused when they ask for more */
    while (line.small != 50)
        usleep(200);
    CHECK(line.refused >= 40); /* but for the first */
    line.kind = 5;
    line.small = line.waiting = 0;
    spawn(workers, enter_grower, &line, 10);
    while (line.waiting != 10)
        usleep(200);
    CHECK_EQ(line.small, 0); /* now it is known */
    line.waiting = 10;
    line.kind = 4; /* nobody knows that these grow */
    spawn(workers, enter_grower, &line, 10);
    while (line.waiting != 20)
        usleep(200);
    CHECK_EQ(line.small, 10);
    line.go = true;
    workers_stop_and_join(workers);
    admission_destroy(line.admission);
}

/* Mostly grows, and has not yet. */
static void enter_and_stay(struct fiber *self, struct arena *arena, void *argument)
{
    struct line *line = argument;
    struct admission_ticket ticket;

    (void)arena;
    if (admission_enter(line->admission, self, 3, ADMISSION_GROWS, 0, &ticket) == OK) {
        line->small++;
        while (!line->go)
            (void)fiber_park_until(self, os_clock_monotonic_ns() + 1000000);
    } else {
        line->refused++;
    }
    admission_leave(line->admission, fiber_worker(self), &ticket);
}

TEST(api, those_that_are_about_to_grow_count_in_the_line)
{
    struct workers_options options = {.count = 1, .io_threads = 1};
    struct line line = {.large = 3 * MIB};
    struct workers *workers;
    uint64_t until_ns;

    CHECK_EQ(workers_start(&options, &workers), OK);
    line.admission = admission_create(1, 4 * MIB);
    spawn(workers, learn_to_grow, &line, 1);
    while (line.small != 1)
        usleep(200);
    spawn(workers, hold, &line, 1);
    while (line.holding != 1)
        usleep(200);
    spawn(workers, ask_large, &line, ADMISSION_LINE_SHORT - 4);
    while (line.waiting != ADMISSION_LINE_SHORT - 4)
        usleep(200);
    until_ns = os_clock_monotonic_ns() + UINT64_C(150000000); /* until the line would be known to stand */
    while (os_clock_monotonic_ns() < until_ns)
        usleep(1000);
    line.small = 0;
    spawn(workers, enter_and_stay, &line, 20);
    while (line.small + line.refused != 20)
        usleep(200);
    CHECK_EQ(line.small, 4);
    line.go = true;
    workers_stop_and_join(workers);
    admission_destroy(line.admission);
}

TEST(api, a_line_that_stands_turns_the_newest_away_at_once)
{
    struct line line = {.large = 3 * MIB};
    struct admission_figures figures;
    uint64_t since_ns;
    struct workers *workers = line_begin(&line, 4 * MIB);

    spawn(workers, ask_large, &line, ADMISSION_LINE_SHORT); /* so many may wait as long as it takes */
    while (line.waiting != ADMISSION_LINE_SHORT)
        usleep(200);
    since_ns = os_clock_monotonic_ns();
    while (os_clock_monotonic_ns() - since_ns < UINT64_C(150000000)) /* until the line is known to stand */
        usleep(1000);
    CHECK_EQ(line.refused, 0);
    spawn(workers, ask_large, &line, 10);
    while (line.waiting != ADMISSION_LINE_SHORT + 10)
        usleep(200);
    while (line.refused != 10)
        ;
    CHECK_EQ(line.served, 0);
    admission_figures(line.admission, &figures);
    CHECK_EQ(figures.refused, line.refused);
    line.go = true;
    workers_stop_and_join(workers);
    CHECK(line.served >= ADMISSION_LINE_SHORT);
    admission_destroy(line.admission);
}

TEST_MAIN()
