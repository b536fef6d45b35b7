/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The door: connections that have something to say and whose turn has not come. A worker takes note of all of them as
 * soon as it hears of them, without reading a byte, and serves them in order of arrival between its other work. So it
 * knows how long each has waited, which is all that it must know to tell load from overload:
 *
 *      a crowd       the first has waited less than LATE_NS now and then: everybody is served, however long the line
 *                    is for a moment
 *      an overload   more than CONNS_SHORT wait, and the first had waited LATE_NS whenever the worker looked for
 *                    STANDS_NS: whoever gets as old is refused (503), which costs a fraction of a request, and the
 *                    newest are served first, since they are the ones that can still be answered soon; until the first
 *                    has waited less than EASE_NS. For AGAIN_NS after it the first that is late begins it anew. In a
 *                    short line whoever is late is late because the worker had no core. And while it had none for a
 *                    moment, the line grew old, not longer: of the time between two looks no more than LOOK_NS counts
 *
 * This is CoDel with the adaptive order that goes with it (docs/decisions/0004-overload.md). There is no queue behind
 * the door whose age nobody knows: a request that is let in runs at once.
 *
 * A turn of the worker gives the line TURN_NS; then it looks whether others came, and lets fibers go on. Of all
 * processor time, also what fibers took since the last turn, refusals may take an eighth and no more: if a flood of
 * requests needs more than that, refusals come later, but what was let in is served.
 */
#include "base/assert.h"
#include "http/http_int.h"
#include "os/clock.h"

#define STANDS_NS         (UINT64_C(100000000))
#define LATE_NS           (UINT64_C(25000000))
#define AGAIN_NS          (UINT64_C(1000000000))
#define EASE_NS           (UINT64_C(5000000))
#define TURN_NS           (UINT64_C(1000000))
#define LOOK_NS           (UINT64_C(10000000))
#define REFUSALS_SHARE    8
#define REFUSALS_NS       (UINT64_C(2000000)) /* at once, however long ago the last were */
#define CONNS_SHORT       64
#define CONNS_PER_LOOK    8
#define REFUSALS_PER_LOOK 4

static struct http_worker *of_deferred(struct worker_deferred *deferred)
{
    return (struct http_worker *)((char *)deferred - offsetof(struct http_worker, door.serve));
}

/* The oldest and the newest; the line is not empty. */
static struct conn *first(const struct http_door *door)
{
    return LIST_ENTRY(list_first(&door->line), struct conn, door);
}

static struct conn *last(const struct http_door *door)
{
    return LIST_ENTRY(list_last(&door->line), struct conn, door);
}

void http__door_remove(struct conn *c)
{
    if (!c->waits)
        return;
    c->waits = false;
    c->owner->door.count--;
    list_remove(&c->door);
}

void http__door_add(struct conn *c)
{
    struct http_door *door = &c->owner->door;

    if (c->waits)
        return;
    c->waits = true;
    c->waits_since_ns = worker_now_ns(c->owner->worker);
    if (door->count++ == 0)
        door->timely_ns = door->looked_ns = c->waits_since_ns;
    list_add_last(&door->line, &c->door);
    worker_defer(c->owner->worker, &door->serve);
}

static bool is_late(const struct http_door *door, uint64_t now_ns)
{
    return now_ns - first(door)->waits_since_ns > LATE_NS;
}

void http__door_judge(struct http_door *door, uint64_t now_ns)
{
    if (now_ns - door->looked_ns > LOOK_NS)
        door->timely_ns += now_ns - door->looked_ns - LOOK_NS;
    if (!is_late(door, now_ns))
        door->timely_ns = now_ns;
    if (now_ns - first(door)->waits_since_ns < EASE_NS || door->count <= CONNS_SHORT)
        door->overload = false;
    else if (now_ns - door->timely_ns > STANDS_NS || (is_late(door, now_ns) && now_ns < door->again_until_ns))
        door->overload = true;
    if (door->overload)
        door->again_until_ns = now_ns + AGAIN_NS;
}

static void admit(struct conn *c, bool late)
{
    http__door_remove(c);
    c->late = late;
    http__conn_admit(c);
}

/* Refuses the oldest while they are late, in its share of what the worker had of the processor. Others may have it for
 * longer: each refusal wakes a client, and where that shares our core, it runs first. */
static void refuse_some(struct http_door *door, uint64_t now_ns)
{
    uint64_t start_ns = os_clock_thread_ns(), share_ns = (start_ns - door->turn_ns) / REFUSALS_SHARE;

    door->turn_ns = start_ns;
    share_ns = share_ns < REFUSALS_NS ? share_ns : REFUSALS_NS;
    while (os_clock_thread_ns() - start_ns < share_ns) {
        for (int i = 0; i < REFUSALS_PER_LOOK; i++) {
            if (door->count == 0 || !is_late(door, now_ns))
                return;
            admit(first(door), true);
        }
    }
}

/* False when the line is empty. Under overload the clock is looked at after each: a costly one may take the turn. */
static bool serve_some(struct http_door *door)
{
    int count = door->overload ? 1 : CONNS_PER_LOOK;

    for (int i = 0; i < count && door->count != 0; i++)
        admit(door->overload ? last(door) : first(door), false);
    return door->count != 0;
}

static void serve(struct worker *worker, struct worker_deferred *deferred)
{
    struct http_door *door = &of_deferred(deferred)->door;
    uint64_t start_ns = os_clock_monotonic_ns(), now_ns = start_ns;

    if (door->count != 0) {
        http__door_judge(door, now_ns);
        if (door->overload)
            refuse_some(door, now_ns);
    }
    while (serve_some(door)) {
        now_ns = os_clock_monotonic_ns();
        if (now_ns - start_ns > TURN_NS) {
            door->looked_ns = now_ns;
            worker_defer(worker, deferred);
            return;
        }
    }
    door->overload = false;
}

void http__door_init(struct http_worker *hw)
{
    hw->door.serve.fn = serve;
    list_init(&hw->door.line);
}
