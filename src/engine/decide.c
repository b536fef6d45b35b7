/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The frame of a decision, the same for every engine:
 *
 *     take the latches of the named keys, in ascending order
 *     read        the old records: what is pending, else what is published; then the looks, as published
 *     run         take a stamp, let the caller's function say what to write
 *     append      the engine makes it part of what will be durable
 *     give the latches
 *
 * Nothing here waits for the disk to be synced; that is engine_settle, after the latches are gone. So decisions on one
 * hot key follow each other at the speed of memory, and share the sync.
 *
 * Three things can keep effects from being appended. A floor was closed while the function ran: its stamp is too old,
 * and the envelopes get a later one. The group is full: wait for the next one; who looked must look again. The epoch
 * changed: a group failed, and with it perhaps a value that was read; read again, and run again. The arena goes back to
 * a mark then.
 *
 * A function that works on many bytes gives way to other fibers (effects_breathe), and so does laying out what it
 * wrote: the largest transactions hold their latches for many milliseconds, but no worker.
 *
 * On the fiber that decides; parks for latches, cold reads and a full group.
 */
#include "base/assert.h"
#include "codec/record.h"
#include "engine/engine_int.h"

struct run {
    struct engine *engine;
    const struct engine_decide_frame *frame;
    struct fiber *self;
    struct arena *arena;
    const struct engine_decision *decision;
    struct engine_record *old; /* of the keys, then of the looks */
    uint64_t newest;           /* stamp among the old records */
    uint64_t epoch;
    engine_ticket ticket;
};

/* The stripes of the keys, ascending, each once. Returns how many. */
static uint32_t stripes_of(const struct run *run, uint32_t *stripes)
{
    const struct engine_decision *decision = run->decision;
    uint32_t count = 0;

    for (uint32_t i = 0; i < decision->keys_count; i++) {
        const struct engine_key *key = &decision->keys[i];
        uint32_t stripe = latches_stripe(run->frame->latches, key->space, key->key.p, key->key.n);
        uint32_t at = count;

        while (at > 0 && stripes[at - 1] > stripe)
            at--;
        if (at > 0 && stripes[at - 1] == stripe)
            continue;
        memmove(stripes + at + 1, stripes + at, (count - at) * sizeof(*stripes));
        stripes[at] = stripe;
        count++;
    }
    return count;
}

static void latches_give(struct latches *latches, const uint32_t *stripes, uint32_t count)
{
    while (count > 0)
        latch_give(&latches->stripes[stripes[--count]]);
}

/* Tells the decision which of its keys has the stripe that it waited for in vain. */
static void busy_tell(const struct run *run, uint32_t stripe)
{
    const struct engine_decision *decision = run->decision;

    for (uint32_t i = 0; decision->ret_busy != NULL && i < decision->keys_count; i++) {
        const struct engine_key *key = &decision->keys[i];

        if (latches_stripe(run->frame->latches, key->space, key->key.p, key->key.n) == stripe) {
            *decision->ret_busy = i;
            return;
        }
    }
}

static enum err latches_take(const struct run *run, const uint32_t *stripes, uint32_t count)
{
    struct latch_claim claim = {.wait_ns = run->decision->wait_ns_max,
        .transaction = run->decision->transaction,
        .patient = !run->decision->transaction};

    for (uint32_t i = 0; i < count; i++) {
        enum err err = latch_take(&run->frame->latches->stripes[stripes[i]], run->self, &claim);

        if (err) {
            latches_give(run->frame->latches, stripes, i);
            busy_tell(run, stripes[i]);
            return err;
        }
    }
    return OK;
}

static enum err read_old(struct run *run)
{
    enum err err;

    run->ticket = 0;
    run->newest = 0;
    run->epoch = run->frame->ops->epoch(run->engine);
    err = run->frame->ops->read_old(run->engine, run->self, run->arena, run->decision, run->old, &run->ticket);
    if (!err && run->decision->looks_count != 0)
        err = engine_get(run->engine, run->self, run->arena, run->decision->looks, run->decision->looks_count,
            run->old + run->decision->keys_count);
    if (err)
        return err;
    for (uint32_t i = 0; i < run->decision->keys_count; i++) {
        uint64_t stamp = record_stamp(run->old[i].bytes);

        if (stamp > run->newest)
            run->newest = stamp;
    }
    return OK;
}

/* A pure function gives the same twice; a test build asks. */
static enum err call_twice(struct run *run, struct effects *fx)
{
    const struct engine_decision *decision = run->decision;
    struct effects first;
    enum err err_first, err;

    engine__effects_init(&first, run->arena, fx->stamp, run->self);
    err_first = decision->fn(decision->context, run->old, fx->stamp, run->arena, &first);
    err = decision->fn(decision->context, run->old, fx->stamp, run->arena, fx);
    ASSERT(err == err_first);
    ASSERT(err != OK || engine__effects_equal(&first, fx));
    return err;
}

static uint64_t stamp_take(const struct run *run)
{
    return stamps_take(run->frame->stamps, run->newest);
}

/* From the second try on the floor is kept where it is, so the third is not needed. */
static enum err append_stamped(struct run *run, struct effects *fx, enum engine_again *ret_again)
{
    const struct engine_decide_ops *ops = run->frame->ops;
    bool hold = false;
    enum err err;

    for (;;) {
        *ret_again = AGAIN_NO;
        err = ops->append(run->engine, run->self, run->decision, fx, run->epoch, &run->ticket, ret_again);
        if (*ret_again != AGAIN_STAMP)
            break;
        if (!hold && ops->hold != NULL) {
            ops->hold(run->engine, true);
            hold = true;
        }
        engine__effects_restamp(fx, stamp_take(run));
    }
    if (hold)
        ops->hold(run->engine, false);
    return err;
}

/* Until the group takes them. What was looked at has changed by the time there is room. */
static enum err append(struct run *run, struct effects *fx, enum engine_again *ret_again)
{
    const struct engine_decide_ops *ops = run->frame->ops;
    enum err err;

    if (ops->lay_out != NULL)
        ops->lay_out(run->engine, run->self, fx);
    for (;;) {
        err = append_stamped(run, fx, ret_again);
        if (*ret_again != AGAIN_ROOM)
            break;
        ops->wait_room(run->engine, run->self, fx->bytes);
        if (run->decision->looks_count != 0) {
            *ret_again = AGAIN_READ;
            break;
        }
    }
    if (fx->block != NULL)
        ops->lay_off(fx);
    return err;
}

/* *ret_again is AGAIN_READ when it must be repeated with what is stored then. */
static enum err run_once(struct run *run, enum engine_again *ret_again)
{
    const struct engine_decision *decision = run->decision;
    struct effects fx;
    enum err err;

    *ret_again = AGAIN_NO;
    engine__effects_init(&fx, run->arena, stamp_take(run), run->self);
    if (run->frame->run_twice)
        err = call_twice(run, &fx);
    else
        err = decision->fn(decision->context, run->old, fx.stamp, run->arena, &fx);
    return err || fx.count == 0 ? err : append(run, &fx, ret_again);
}

static enum err decide_latched(struct run *run)
{
    struct arena_mark mark = arena_mark(run->arena);

    for (;;) {
        enum engine_again again = AGAIN_NO;
        enum err err = read_old(run);

        if (!err)
            err = run_once(run, &again);
        if (again != AGAIN_READ)
            return err;
        arena_reset(run->arena, mark);
    }
}

enum err engine__decide(struct engine *engine, const struct engine_decide_frame *frame, struct fiber *self,
    struct arena *arena, const struct engine_decision *decision, engine_ticket *ret_ticket)
{
    struct run run = {.engine = engine, .frame = frame, .self = self, .arena = arena, .decision = decision};
    uint32_t *stripes, count;
    enum err err;

    ASSERT(decision->keys_count <= ENGINE_DECISION_KEYS_MAX);
    *ret_ticket = 0;
    stripes = arena_alloc(arena, decision->keys_count * sizeof(*stripes));
    run.old = arena_alloc(arena, (decision->keys_count + decision->looks_count) * sizeof(*run.old));
    count = stripes_of(&run, stripes);
    err = latches_take(&run, stripes, count);
    if (err)
        return err;
    err = decide_latched(&run);
    latches_give(frame->latches, stripes, count);
    if (err == OK || err == ERR_FAULT)
        *ret_ticket = run.ticket;
    return err;
}

bool engine__fences_hold(const struct engine_decision *decision)
{
    if (decision->fence != NULL && atomic_load(&decision->fence->version) != decision->fence_version)
        return false;
    for (uint32_t i = 0; i < decision->fences_count; i++) {
        const struct engine_fence_at *at = &decision->fences[i];

        if (atomic_load(&at->fence->version) != at->version)
            return false;
    }
    return true;
}
