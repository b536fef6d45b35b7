/* SPDX-License-Identifier: Apache-2.0 */

/* Admission by memory: fibers of one worker reserve, wait their turn and leave. One worker, so the order is the order
 * of the spawns. */
#include "api/admission.h"

#include <stdatomic.h>

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
    size_t reserved;

    (void)arena;
    scene->arrived++;
    if (admission_enter(scene->admission, self, scene->kind, 0, &reserved) == OK) {
        uint32_t inside = ++scene->inside;

        if (inside > scene->inside_most)
            scene->inside_most = inside;
        while (scene->arrived != scene->expected) /* all try to come in meanwhile */
            fiber_yield(self);
        fiber_yield(self);
        scene->inside--;
        admission_leave(scene->admission, fiber_worker(self), scene->kind, reserved, scene->taken);
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
        ;
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
    CHECK_EQ(most_inside(&scene, workers, 16), 3);    /* and a little */
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
    CHECK_EQ(most_inside(&scene, workers, 1), 1);
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
    CHECK_EQ(most_inside(&scene, workers, 4), 1);
    workers_stop_and_join(workers);
    admission_destroy(scene.admission);
}

TEST_MAIN()
