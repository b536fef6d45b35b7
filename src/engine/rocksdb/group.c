/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Groups: decisions that are written and synced together.
 *
 *      deciders ---append---> OPEN ---close---> SYNCING ---write, sync---> published ---last reference---> free
 *                              |                   |
 *                              +--- pending values of both are found here, by key, in the stripes ---+
 *
 * Two groups exist at most: one fills while the other is synced. A full one makes the appender wait (wait_room): that
 * is the back-pressure. A group is full when it reached GROUP_BYTES_MAX or GROUP_DECISIONS_MAX; the decision that takes
 * it there may go beyond, so a very large one needs no road of its own and cannot starve.
 *
 * Appending, all under one mutex: is the server writable; is the epoch the one the decision read in; do its fences
 * hold; is there room; is its stamp above the floor. Then the effects are copied as operations of a RocksDB batch, and
 * the values of named keys are linked into their stripes as pending. The mutex is held for about a microsecond. What is
 * large is laid out before, in a block that the group takes over.
 *
 * A group's memory lives until its last reference is gone: one while it is open or syncing, one for each decider that
 * is copying a pending value.
 */
#include <stdlib.h>
#include <sys/mman.h>

#include "base/assert.h"
#include "engine/rocksdb/rocksdb_int.h"

#define GROUP_BYTES_MAPPED (GROUP_BYTES_MAX + BLOCK_BYTES_MIN) /* a decision that is larger has a block */
#define SIDE_BLOCK_BYTES   ((size_t)64 << 10)
#define UNNAMED            UINT32_MAX

/* ---- waiting ---- */

void rocksdb__waiter_wait(struct waiter *waiter)
{
    while (atomic_load_explicit(&waiter->state, memory_order_acquire) == WAITER_WAITING)
        fiber_park(waiter->fiber);
    /* The waker is between its wake and its last store: an instant, unless it lost its core. */
    while (atomic_load_explicit(&waiter->state, memory_order_acquire) != WAITER_DONE)
        fiber_yield(waiter->fiber);
}

void rocksdb__waiters_wake(struct waiter *first, enum err result)
{
    struct waiter *next;

    for (struct waiter *waiter = first; waiter != NULL; waiter = next) {
        next = waiter->next;
        waiter->result = result;
        atomic_store_explicit(&waiter->state, WAITER_WAKING, memory_order_release);
        fiber_wake(waiter->fiber);
        atomic_store_explicit(&waiter->state, WAITER_DONE, memory_order_release);
    }
}

/* ---- life of a group ---- */

static struct group *group_create(void)
{
    struct group *group = calloc(1, sizeof(*group));

    ASSERT(group != NULL);
    group->bytes =
        mmap(NULL, GROUP_BYTES_MAPPED, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ASSERT(group->bytes != MAP_FAILED);
    group->side = arena_create(SIDE_BLOCK_BYTES);
    group->empty = arena_mark(group->side);
    return group;
}

static void blocks_free(struct group *group)
{
    struct group_block *next;

    for (struct group_block *block = group->blocks; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
    group->blocks = NULL;
}

static void group_destroy(struct group *group)
{
    blocks_free(group);
    (void)munmap(group->bytes, GROUP_BYTES_MAPPED);
    arena_destroy(group->side);
    free(group);
}

struct group *rocksdb__group_take(struct rocksdb *e, uint64_t number)
{
    struct group *group = e->free;

    if (group != NULL) {
        e->free = group->next_free;
        e->free_count--;
    } else {
        group = group_create();
    }
    *group = (struct group){.number = number, .bytes = group->bytes, .side = group->side, .empty = group->empty};
    group->adds_last = &group->adds;
    group->blocks_last = &group->blocks;
    group->appends_last = &group->appends;
    atomic_init(&group->refs, 1);
    return group;
}

/* Gives back the memory of an unusually large group. */
static void group_empty(struct group *group)
{
    blocks_free(group);
    if (group->used > GROUP_KEEP_BYTES)
        (void)madvise(group->bytes + GROUP_KEEP_BYTES, group->used - GROUP_KEEP_BYTES, MADV_DONTNEED);
    if (arena_used_bytes(group->side) > GROUP_KEEP_BYTES) {
        arena_destroy(group->side);
        group->side = arena_create(SIDE_BLOCK_BYTES);
        group->empty = arena_mark(group->side);
    } else {
        arena_reset(group->side, group->empty);
    }
}

void rocksdb__group_unref(struct rocksdb *e, struct group *group)
{
    if (atomic_fetch_sub(&group->refs, 1) != 1)
        return;
    ASSERT(group->waiters == NULL);
    group_empty(group);
    pthread_mutex_lock(&e->mutex);
    if (e->free_count < GROUPS_FREE_MAX) {
        group->next_free = e->free;
        e->free = group;
        e->free_count++;
        group = NULL;
    }
    pthread_mutex_unlock(&e->mutex);
    if (group != NULL)
        group_destroy(group);
}

void rocksdb__groups_free(struct rocksdb *e)
{
    struct group *next;

    for (struct group *group = e->free; group != NULL; group = next) {
        next = group->next_free;
        group_destroy(group);
    }
    if (e->open != NULL)
        group_destroy(e->open);
    e->free = e->open = NULL;
}

/* ---- pending values ---- */

static bool pending_is(const struct pending *pending, enum engine_space space, struct slice key)
{
    return pending->space == space && slice_equal(pending->key, key);
}

static void pending_unlink(struct latch_stripe *stripe, struct pending *pending)
{
    struct pending *head = stripe->pending;

    if (head == pending) {
        stripe->pending = pending->next;
    } else {
        while (head->next != pending)
            head = head->next;
        head->next = pending->next;
    }
    pending->linked = false;
}

/* Makes `value` the newest of the key. The mutex is held, and the latch of the key, or of one that whoever names this
 * key names too (effects_put_known). */
static void pending_set(struct rocksdb *e, struct group *group, const struct effect *effect, uint32_t number,
    struct slice key, struct slice value)
{
    struct latch_stripe *stripe = &e->latches->stripes[number];
    struct pending *pending = arena_alloc(group->side, sizeof(*pending)), *old;

    *pending = (struct pending){.group = group,
        .group_next = group->pending,
        .stripe = number,
        .linked = true,
        .space = effect->space,
        .key = key,
        .value = value};
    group->pending = pending;
    latch_lock(stripe);
    for (old = stripe->pending; old != NULL && !pending_is(old, effect->space, key); old = old->next)
        ;
    if (old != NULL)
        pending_unlink(stripe, old);
    pending->next = stripe->pending;
    stripe->pending = pending;
    latch_unlock(stripe);
}

void rocksdb__pending_drop(struct rocksdb *e, struct group *group)
{
    for (struct pending *pending = group->pending; pending != NULL; pending = pending->group_next) {
        struct latch_stripe *stripe = &e->latches->stripes[pending->stripe];

        latch_lock(stripe);
        if (pending->linked)
            pending_unlink(stripe, pending);
        latch_unlock(stripe);
    }
    group->pending = NULL;
}

/* Copies the pending value of a key; false when there is none. */
static bool pending_get(struct rocksdb *e, const struct engine_key *key, struct arena *arena,
    struct engine_record *ret_record, engine_ticket *ticket)
{
    uint32_t number = latches_stripe(e->latches, key->space, key->key.p, key->key.n);
    struct latch_stripe *stripe = &e->latches->stripes[number];
    struct pending *pending;
    struct group *group = NULL;
    struct slice value = SLICE_NULL;

    latch_lock(stripe);
    for (pending = stripe->pending; pending != NULL; pending = pending->next) {
        if (pending_is(pending, key->space, key->key)) {
            group = pending->group;
            value = pending->value;
            atomic_fetch_add(&group->refs, 1);
            break;
        }
    }
    latch_unlock(stripe);
    if (group == NULL)
        return false;
    ret_record->bytes = arena_dup(arena, value);
    if (group->number > *ticket)
        *ticket = group->number;
    rocksdb__group_unref(e, group);
    return true;
}

/* ---- the decision's side ---- */

static uint64_t read_epoch(struct engine *engine)
{
    return atomic_load(&rocksdb__of(engine)->epoch);
}

static enum err read_old(struct engine *engine, struct fiber *self, struct arena *arena,
    const struct engine_decision *decision, struct engine_record *old, engine_ticket *ticket)
{
    struct rocksdb *e = rocksdb__of(engine);
    uint32_t *stored = arena_alloc(arena, decision->keys_count * sizeof(*stored)), count = 0;

    for (uint32_t i = 0; i < decision->keys_count; i++) {
        if (!pending_get(e, &decision->keys[i], arena, &old[i], ticket))
            stored[count++] = i;
    }
    return rocksdb__get_records(e, self, arena, decision->keys, stored, count, old);
}

/* For each effect the stripe under which its value is pending: that of the named or known key it writes, or UNNAMED. */
static uint32_t *stripes_of_effects(
    const struct rocksdb *e, const struct engine_decision *decision, const struct effects *fx)
{
    uint32_t *of_keys = arena_alloc(fx->arena, decision->keys_count * sizeof(*of_keys));
    uint32_t *of_effects = arena_alloc(fx->arena, fx->count * sizeof(*of_effects)), at = 0;

    for (uint32_t i = 0; i < decision->keys_count; i++) {
        const struct engine_key *key = &decision->keys[i];

        of_keys[i] = latches_stripe(e->latches, key->space, key->key.p, key->key.n);
    }
    for (const struct effect *effect = fx->first; effect != NULL; effect = effect->next, at++) {
        uint32_t stripe;

        of_effects[at] = UNNAMED;
        if (effect->kind != EFFECT_PUT && effect->kind != EFFECT_DELETE)
            continue;
        stripe = latches_stripe(e->latches, effect->space, effect->key.p, effect->key.n);
        if (effect->known)
            of_effects[at] = stripe;
        for (uint32_t i = 0; i < decision->keys_count; i++) {
            if (of_keys[i] == stripe && decision->keys[i].space == effect->space &&
                slice_equal(decision->keys[i].key, effect->key))
                of_effects[at] = stripe;
        }
    }
    return of_effects;
}

/* ---- laying out: effects as operations of a batch ---- */

/* Writes the effect as an operation at `to` and lets its key and bytes stand there. Returns the end; `to` when it is
 * none. */
static uint8_t *effect_lay(struct effect *effect, uint8_t *to)
{
    static const uint8_t unnumbered[ENGINE_KEY_LOG_BYTES]; /* the committer writes the number into the key */
    struct slice written = effect->kind == EFFECT_APPEND ? slice_of(unnumbered, sizeof(unnumbered)) : effect->key;
    uint8_t *key, *value = NULL, *end;

    if (effect->kind == EFFECT_ADD || effect->kind == EFFECT_FENCE)
        return to;
    if (effect->kind == EFFECT_DELETE)
        end = shim_batch_delete(to, effect->space, written.p, written.n, &key);
    else
        end = shim_batch_put(to, effect->space, written.p, written.n, effect->bytes.p, effect->bytes.n, &key, &value);
    effect->key = slice_of(key, written.n);
    if (value != NULL)
        effect->bytes = slice_of(value, effect->bytes.n);
    return end;
}

/* An upper bound of what the effects take in a batch. */
static size_t batch_bytes(const struct effects *fx)
{
    return fx->bytes + fx->count * SHIM_OPERATION_BYTES_MAX((size_t)ENGINE_KEY_LOG_BYTES, 0);
}

/* Large effects get memory of their own, so that under the mutex nothing long is copied. */
static void lay_out(struct engine *engine, struct fiber *self, struct effects *fx)
{
    size_t bytes = batch_bytes(fx);
    struct group_block *block;

    (void)engine;
    if (bytes < BLOCK_BYTES_MIN || bytes > DECISION_BYTES_MAX)
        return;
    block = malloc(sizeof(*block) + bytes);
    ASSERT(block != NULL);
    *block = (struct group_block){.next = NULL};
    for (struct effect *effect = fx->first; effect != NULL; effect = effect->next) {
        block->used = (size_t)(effect_lay(effect, block->bytes + block->used) - block->bytes);
        engine__effect_sum(effect);
        fiber_breathe(self, effect->bytes.n + 1);
    }
    ASSERT(block->used <= bytes);
    fx->block = block;
}

static void lay_off(struct effects *fx)
{
    free(fx->block);
    fx->block = NULL;
}

/* ---- adding to the group ---- */

/* What was laid out becomes part of the group: a block, or a copy behind what it has. */
static void operations_add(struct group *group, struct effects *fx)
{
    struct group_block *block = fx->block;

    if (block != NULL) {
        block->at = group->used;
        *group->blocks_last = block;
        group->blocks_last = &block->next;
        group->blocks_count++;
        group->blocks_bytes += block->used;
        fx->block = NULL;
        return;
    }
    for (struct effect *effect = fx->first; effect != NULL; effect = effect->next)
        group->used = (size_t)(effect_lay(effect, group->bytes + group->used) - group->bytes);
    ASSERT(group->used <= GROUP_BYTES_MAPPED);
}

static void add_operation(struct rocksdb *e, struct group *group, const struct effect *effect, uint32_t stripe)
{
    group->operations++;
    if (stripe != UNNAMED)
        pending_set(e, group, effect, stripe, effect->key, effect->kind == EFFECT_DELETE ? SLICE_NULL : effect->bytes);
}

static void add_add(struct group *group, const struct effect *effect)
{
    struct group_add *add = arena_alloc(group->side, sizeof(*add));

    *add = (struct group_add){.key = arena_dup(group->side, effect->key), .delta = effect->delta};
    *group->adds_last = add;
    group->adds_last = &add->next;
}

static void add_append(struct group *group, const struct effect *effect)
{
    struct group_append *append = arena_alloc(group->side, sizeof(*append));

    *append = (struct group_append){.stream = effect->stream, .key = (uint8_t *)(uintptr_t)effect->key.p};
    group->operations++;
    *group->appends_last = append;
    group->appends_last = &append->next;
}

static void add_fence(struct group *group, const struct effect *effect)
{
    struct group_fence *fence = arena_alloc(group->side, sizeof(*fence));

    *fence = (struct group_fence){
        .next = group->fences, .fence = effect->fence, .before = atomic_load(&effect->fence->version)};
    group->fences = fence;
    atomic_store(&effect->fence->version, effect->version);
}

static void group_add(struct rocksdb *e, struct group *group, struct effects *fx, const uint32_t *stripes)
{
    operations_add(group, fx);
    for (const struct effect *effect = fx->first; effect != NULL; effect = effect->next, stripes++) {
        switch (effect->kind) {
        case EFFECT_PUT:
        case EFFECT_DELETE:
            add_operation(e, group, effect, *stripes);
            break;
        case EFFECT_ADD:
            add_add(group, effect);
            break;
        case EFFECT_APPEND:
            add_append(group, effect);
            break;
        case EFFECT_FENCE:
            add_fence(group, effect);
            break;
        }
    }
    group->decisions++;
}

/* Why nothing may be written at present; OK when it may. */
static enum err refusal(const struct rocksdb *e)
{
    if (e->closing)
        return ERR_CLOSED;
    if (e->broken)
        return e->broken;
    return e->full ? ERR_FULL : OK;
}

static enum err admit(const struct rocksdb *e, const struct engine_decision *decision, uint64_t stamp, uint64_t epoch,
    enum engine_again *ret_again)
{
    enum err err = refusal(e);

    if (err)
        return err;
    if (epoch != atomic_load(&e->epoch))
        *ret_again = AGAIN_READ;
    else if (!engine__fences_hold(decision))
        return ERR_STALE;
    else if (!rocksdb__group_has_room(e->open))
        *ret_again = AGAIN_ROOM;
    else if (stamp <= e->floor)
        *ret_again = AGAIN_STAMP;
    return OK;
}

/* True when the committer sleeps and has something to do. The mutex is held; the signal is sent after it. */
static bool committer_due(const struct rocksdb *e)
{
    if (!e->committer_waits || e->holds != 0)
        return false;
    if (e->gathering)
        return e->open->decisions >= e->under_way || !rocksdb__group_has_room(e->open);
    return e->open->decisions != 0 || e->limit_wanted;
}

static enum err append(struct engine *engine, struct fiber *self, const struct engine_decision *decision,
    struct effects *fx, uint64_t epoch, engine_ticket *ticket, enum engine_again *ret_again)
{
    struct rocksdb *e = rocksdb__of(engine);
    const uint32_t *stripes = stripes_of_effects(e, decision, fx);
    bool due = false;
    enum err err;

    (void)self;
    if (batch_bytes(fx) > DECISION_BYTES_MAX)
        return ERR_LIMIT;
    pthread_mutex_lock(&e->mutex);
    err = admit(e, decision, fx->stamp, epoch, ret_again);
    if (!err && *ret_again == AGAIN_NO) {
        group_add(e, e->open, fx, stripes);
        *ticket = e->open->number;
        due = committer_due(e);
    }
    pthread_mutex_unlock(&e->mutex);
    if (due)
        pthread_cond_signal(&e->work);
    return err;
}

static void wait_room(struct engine *engine, struct fiber *self, size_t bytes)
{
    struct rocksdb *e = rocksdb__of(engine);
    struct waiter waiter = {.fiber = self};
    bool wait;

    (void)bytes;
    pthread_mutex_lock(&e->mutex);
    wait = !rocksdb__group_has_room(e->open) && refusal(e) == OK;
    if (wait) {
        waiter.next = e->room;
        e->room = &waiter;
        atomic_fetch_add_explicit(&e->figures.stalls, 1, memory_order_relaxed);
    }
    pthread_mutex_unlock(&e->mutex);
    if (wait)
        rocksdb__waiter_wait(&waiter);
}

static void hold(struct engine *engine, bool on)
{
    struct rocksdb *e = rocksdb__of(engine);
    bool due;

    pthread_mutex_lock(&e->mutex);
    if (on)
        e->holds++;
    else
        e->holds--;
    due = committer_due(e) || (e->committer_waits && e->closing);
    pthread_mutex_unlock(&e->mutex);
    if (due)
        pthread_cond_signal(&e->work);
}

const struct engine_decide_ops rocksdb__decide_ops = {
    .epoch = read_epoch,
    .read_old = read_old,
    .lay_out = lay_out,
    .lay_off = lay_off,
    .append = append,
    .wait_room = wait_room,
    .hold = hold,
};

/* ---- settling ---- */

/* What became of a group that is settled. The mutex is held. */
static enum err outcome(const struct rocksdb *e, engine_ticket ticket)
{
    for (int i = 0; i < FAILURES_KEPT; i++) {
        if (e->failures[i].first <= ticket && ticket <= e->failures[i].last)
            return e->failures[i].err;
    }
    return OK;
}

enum err rocksdb__settle(struct engine *engine, struct fiber *self, engine_ticket ticket)
{
    struct rocksdb *e = rocksdb__of(engine);
    struct waiter waiter = {.fiber = self};
    enum err err = OK;
    bool wait;

    if (ticket <= atomic_load(&e->published) && atomic_load(&e->failures_count) == 0)
        return OK;
    pthread_mutex_lock(&e->mutex);
    wait = ticket > atomic_load(&e->published);
    if (wait) {
        struct group *group = ticket == e->open->number ? e->open : e->syncing;

        ASSERT(group != NULL && group->number == ticket);
        waiter.next = group->waiters;
        group->waiters = &waiter;
    } else {
        err = outcome(e, ticket);
    }
    pthread_mutex_unlock(&e->mutex);
    if (!wait)
        return err;
    rocksdb__waiter_wait(&waiter);
    return waiter.result;
}

engine_ticket rocksdb__ticket_join(struct engine *engine, engine_ticket a, engine_ticket b)
{
    struct rocksdb *e = rocksdb__of(engine);
    engine_ticket low = a < b ? a : b, high = a < b ? b : a;
    bool low_failed;

    if (low == 0 || atomic_load(&e->failures_count) == 0)
        return high;
    pthread_mutex_lock(&e->mutex);
    low_failed = outcome(e, low) != OK;
    pthread_mutex_unlock(&e->mutex);
    return low_failed ? low : high;
}

/*
 * With nothing under way the present moment can be closed here; no group is needed. But never above the stored limit:
 * after a crash stamps begin there, and what was said to be closed must stay so. Then the committer is asked to raise
 * the limit.
 */
uint64_t rocksdb__watermark(struct engine *engine)
{
    struct rocksdb *e = rocksdb__of(engine);
    uint64_t limit = atomic_load(&e->limit);
    bool due = false;

    pthread_mutex_lock(&e->mutex);
    if (e->open->decisions == 0 && e->syncing == NULL && !e->closing && e->holds == 0) {
        uint64_t floor = stamps_close(&e->stamps, limit);

        if (floor > e->floor) {
            e->floor = floor;
            atomic_store(&e->watermark, floor);
        }
        if (floor == 0 || floor == limit) {
            e->limit_wanted = refusal(e) == OK;
            due = committer_due(e);
        }
    }
    pthread_mutex_unlock(&e->mutex);
    if (due)
        pthread_cond_signal(&e->work);
    return atomic_load(&e->watermark);
}
