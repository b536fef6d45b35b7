/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A transaction as one decision (transact.h).
 *
 *     keys      item of each action | token | entries of indexes being filled, as the actions ask for them
 *     decide    token seen before? -> open all -> check all -> apply all, remember the token
 *
 * What an action means is write_int.h, the same as for a single write; here is only what several have in common:
 * whether all may be done, and that one record remembers them. On an engine that cannot decide over several keys at
 * once the same steps would be run item by item: open and check to prepare, apply to commit.
 *
 * decide() is pure and may run several times. It ends the run after `open` when entries are missing among the keys
 * (write_int.h), and asks for those of all actions at once, so two runs are enough unless an item changes in between.
 */
#include "table/transact.h"

#include "base/assert.h"
#include "codec/key.h"
#include "table/write_int.h"

#define IN_PROGRESS "The transaction with the given request token is already in progress."

struct run {
    struct table_transaction *transaction;
    struct table__action *steps; /* one for each action */
    struct engine_key *keys;
    uint32_t *entries; /* the position of each action's entry among the keys; 0: not named */
    uint32_t keys_count, token_at;
    struct engine_key *looks; /* sizes of the item collections that may grow, each once */
    int64_t *look_bytes;      /* what they are, and become with the actions checked so far */
    uint32_t *look_of;        /* of each action its place among the looks; NO_LOOK */
    uint32_t looks_count;
};

#define NO_LOOK UINT32_MAX
#define PRICE   2 /* of transactional units (6.2) */

/* ---- the token ---- */

static uint32_t size_left(const struct table_write *write)
{
    return write->new_body.p != NULL ? write->new_size : write->old_size;
}

/* OK and `replayed`: it was done before. */
static enum err token_meet(struct table_transaction *t, const struct engine_record *stored)
{
    struct token_record record;
    enum err err;

    t->replayed = false;
    if (stored->bytes.p == NULL)
        return OK;
    err = token_read(t->token->key, stored->bytes, &record);
    if (err)
        return err;
    if (record.expires_s <= t->now_ms / 1000)
        return OK;
    if (!slice_equal(record.digest, t->token->digest) || record.count != t->count)
        return fault_set_bare(t->fault, API_IDEMPOTENT_PARAMETER_MISMATCH);
    for (uint32_t i = 0; i < t->count; i++)
        t->sizes[i] = token_size(&record, i);
    t->replayed = true;
    return OK;
}

static void token_remember(const struct table_transaction *t, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    token_put(
        fx, arena, t->token->key, stamp, t->now_ms / 1000 + TRANSACTION_TOKEN_S, t->token->digest, t->sizes, t->count);
}

/* ---- the decision ---- */

/* ERR_BUSY when any action needs another key first. */
static enum err actions_open(struct run *run, const struct engine_record *old, struct arena *arena, struct effects *fx)
{
    enum err result = OK;

    for (uint32_t i = 0; i < run->transaction->count; i++) {
        const struct engine_record *entry = run->entries[i] == 0 ? NULL : &old[run->entries[i]];
        enum err err = table__action_open(&run->steps[i], &old[i], entry, arena);

        if (err != OK && err != ERR_BUSY)
            return err;
        effects_breathe(fx, old[i].bytes.n);
        result = result != OK ? result : err;
    }
    return result;
}

/* ERR_FAULT and `cancelled` when any action is refused. */
static enum err actions_check(struct run *run, struct arena *arena, struct effects *fx)
{
    struct table_transaction *t = run->transaction;

    t->cancelled = false;
    for (uint32_t i = 0; i < t->count; i++) {
        struct table__action *step = &run->steps[i];
        int64_t *collection_bytes = run->look_of[i] == NO_LOOK ? NULL : &run->look_bytes[run->look_of[i]];
        enum err err;

        step->collection_bytes = collection_bytes == NULL ? 0 : *collection_bytes;
        err = table__action_check(step, arena);
        if (err != OK && err != ERR_FAULT)
            return err;
        if (err == OK && collection_bytes != NULL)
            *collection_bytes += step->collection_growth;
        effects_breathe(fx, t->actions[i].write.old_size + t->actions[i].write.new_size);
        t->actions[i].refused = err == ERR_FAULT;
        t->cancelled = t->cancelled || t->actions[i].refused;
    }
    return t->cancelled ? ERR_FAULT : OK;
}

static void actions_apply(struct run *run, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct table_transaction *t = run->transaction;

    for (uint32_t i = 0; i < t->count; i++) {
        struct table_write *write = &t->actions[i].write;

        table__action_apply(&run->steps[i], stamp, arena, fx);
        write->capacity.table_halves *= PRICE; /* of the table alone: index entries cost what they always do (6.2) */
        t->sizes[i] = size_left(write);
    }
}

static enum err decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct run *run = context;
    struct table_transaction *t = run->transaction;
    enum err err;

    if (t->token != NULL) {
        err = token_meet(t, &old[run->token_at]);
        if (err != OK || t->replayed)
            return err;
    }
    err = actions_open(run, old, arena, fx);
    for (uint32_t i = 0; i < run->looks_count; i++)
        run->look_bytes[i] = table__collection_told(run->looks[i], &old[run->keys_count + i]);
    if (err == OK)
        err = actions_check(run, arena, fx);
    if (err)
        return err;
    actions_apply(run, stamp, arena, fx);
    if (t->token != NULL)
        token_remember(t, stamp, arena, fx);
    return OK;
}

/* ---- its frame ---- */

static void look_name(struct run *run, uint32_t i)
{
    struct engine_key look;
    uint32_t at = 0;

    run->look_of[i] = NO_LOOK;
    if (!table__collection_counts(&run->steps[i]))
        return;
    look = table__collection_look(&run->steps[i], run->transaction->arena);
    while (at < run->looks_count && !slice_equal(run->looks[at].key, look.key))
        at++;
    if (at == run->looks_count)
        run->looks[run->looks_count++] = look;
    run->look_of[i] = at;
}

static void run_init(struct run *run, struct table_transaction *t)
{
    uint32_t keys_max = 2 * t->count + 1;

    *run = (struct run){.transaction = t, .keys_count = t->count};
    run->steps = arena_alloc(t->arena, t->count * sizeof(*run->steps));
    run->keys = arena_alloc(t->arena, keys_max * sizeof(*run->keys));
    run->entries = arena_zalloc(t->arena, t->count * sizeof(*run->entries));
    run->looks = arena_alloc(t->arena, t->count * sizeof(*run->looks));
    run->look_bytes = arena_alloc(t->arena, t->count * sizeof(*run->look_bytes));
    run->look_of = arena_alloc(t->arena, t->count * sizeof(*run->look_of));
    t->sizes = arena_zalloc(t->arena, t->count * sizeof(*t->sizes));
    t->replayed = t->cancelled = false;
    for (uint32_t i = 0; i < t->count; i++) {
        struct table_action *action = &t->actions[i];

        action->refused = false;
        table__action_init(&run->steps[i], action->table, &action->write, t->now_ms, &action->fault, t->arena);
        run->keys[i] = (struct engine_key){.space = ENGINE_DATA, .key = action->write.key};
        look_name(run, i);
    }
    if (t->token != NULL) {
        run->token_at = run->keys_count++;
        run->keys[run->token_at] = (struct engine_key){.space = ENGINE_META, .key = t->token->key};
    }
}

/* Names the entries that the last run asked for; false when it asked for none. */
static bool entries_name(struct run *run)
{
    struct table_transaction *t = run->transaction;
    bool any = false;

    for (uint32_t i = 0; i < t->count; i++) {
        if (!table__action_name_wanted(&run->steps[i], t->arena))
            continue;
        if (run->entries[i] == 0)
            run->entries[i] = run->keys_count++;
        run->keys[run->entries[i]] = (struct engine_key){.space = ENGINE_DATA, .key = run->steps[i].filling.key};
        any = true;
    }
    return any;
}

/* One fence for each table. Returns how many. */
static uint32_t fences_of(const struct table_transaction *t, struct engine_fence_at *fences)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct table_desc *table = t->actions[i].table;
        uint32_t at = 0;

        while (at < count && fences[at].fence != table->fence)
            at++;
        if (at == count)
            fences[count++] = (struct engine_fence_at){.fence = table->fence, .version = table->version};
    }
    return count;
}

/* Somebody else kept the latch of a key for too long. */
static enum err conflict(struct run *run, uint32_t busy)
{
    struct table_transaction *t = run->transaction;
    uint32_t i = 0;

    if (t->token != NULL && busy == run->token_at)
        return fault_set(t->fault, API_TRANSACTION_IN_PROGRESS, IN_PROGRESS);
    while (i < t->count && busy != i && (run->entries[i] == 0 || run->entries[i] != busy))
        i++;
    ASSERT(i < t->count);
    t->cancelled = t->actions[i].refused = true;
    return table__conflict(&t->actions[i].fault);
}

/* ---- capacity ---- */

/* ERR_FAULT and `cancelled` when there is none left for some; what was taken for the others is lost. */
static enum err actions_admit(struct run *run)
{
    struct table_transaction *t = run->transaction;

    for (uint32_t i = 0; i < t->count; i++) {
        enum err err = table__write_admit(&run->steps[i], &t->throttle, PRICE);

        if (err != OK && err != ERR_FAULT)
            return err;
        t->actions[i].refused = err == ERR_FAULT;
        t->cancelled = t->cancelled || t->actions[i].refused;
    }
    return t->cancelled ? ERR_FAULT : OK;
}

/* An action that another one's refusal cancelled costs what was taken for it. */
static void actions_settle(struct run *run, enum err err)
{
    struct table_transaction *t = run->transaction;

    for (uint32_t i = 0; i < t->count; i++) {
        if (err != ERR_FAULT || t->actions[i].refused)
            table__write_settle(&run->steps[i], &t->throttle, PRICE, err);
    }
}

/* Nothing was written; what was done then is read (verified-behaviour.md 5.3). */
static void replay_settle(struct run *run)
{
    struct table_transaction *t = run->transaction;

    for (uint32_t i = 0; i < t->count; i++) {
        const struct table_write *write = &t->actions[i].write;
        uint64_t range = key_hash(write->key);

        table_throttle_settle(&t->throttle, t->actions[i].table, NULL, METER_WRITE, range, write->admitted_halves, 0);
        table_throttle_settle(&t->throttle, t->actions[i].table, NULL, METER_READ, range, 0,
            PRICE * capacity_read_halves(t->sizes[i], true));
    }
}

enum err table_transact(struct table_transaction *transaction, engine_ticket *ret_ticket)
{
    struct run run;
    uint32_t busy = UINT32_MAX;
    struct engine_fence_at *fences = arena_alloc(transaction->arena, transaction->count * sizeof(*fences));
    struct engine_decision decision = {.fn = decide,
        .context = &run,
        .fences = fences,
        .fences_count = fences_of(transaction, fences),
        .transaction = true,
        .wait_ns_max = LATCH_WAIT_MS_MAX * 1000000ull,
        .ret_busy = &busy};
    enum err err;

    run_init(&run, transaction);
    err = actions_admit(&run);
    if (err)
        return err;
    decision.keys = run.keys;
    decision.looks = run.looks;
    decision.looks_count = run.looks_count;
    do {
        decision.keys_count = run.keys_count;
        err = engine_decide(transaction->engine, transaction->fiber, transaction->arena, &decision, ret_ticket);
    } while (err == ERR_BUSY && busy == UINT32_MAX && entries_name(&run));
    if (err == OK && transaction->replayed)
        replay_settle(&run);
    else
        actions_settle(&run, err);
    return err == ERR_BUSY && busy != UINT32_MAX ? conflict(&run, busy) : err;
}
