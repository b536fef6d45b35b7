/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What one action does to one item (write_int.h), and the decision over one item that PutItem, UpdateItem, DeleteItem
 * and each request of BatchWriteItem come down to.
 *
 *     old record -> checksum -> condition -> new body -> sizes -> effects
 *
 * Effects are the item, its index entries, its place among what expires, counters, and a stream record.
 *
 * Index entries are differences between what the old and the new item project, so an entry that stays as it is costs
 * nothing, neither on disk nor in capacity. Entries belong to their item's latch: only a decision on the item writes
 * them.
 */
#include "codec/key.h"
#include "codec/record.h"
#include "table/expiry.h"
#include "table/write_int.h"

#define CONDITION_FAILED "The conditional request failed"
#define ITEM_TOO_LARGE   "Item size to update has exceeded the maximum allowed size"
#define ITEM_TOO_DEEP    "Nesting Levels have exceeded supported limits" /* shorter than of a value that was sent */

/* ---- index entries ---- */

struct entry {
    bool present;
    struct slice key, body;
    int64_t size; /* 0 when there is none */
};

/* `body_bytes` is the item's size: that of an entry that carries all of it. */
static struct entry entry_of(const struct table_desc *table, const struct index_desc *index, struct slice item_key,
    struct slice body, int64_t body_bytes, struct arena *arena)
{
    struct entry entry = {0};

    if (body.p != NULL)
        entry.present = index_entry(table, index, item_key, body, arena, &entry.key, &entry.body);
    if (entry.present)
        entry.size = entry.body.p == body.p ? body_bytes : body_size(entry.body);
    return entry;
}

typedef void put_fn(struct effects *fx, enum engine_space space, struct slice key, struct slice bytes);

static void entry_put(
    const struct entry *entry, uint64_t expiry_s, put_fn *put, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct record record = {.stamp = stamp, .expiry_s = expiry_s, .size = (uint32_t)entry->size, .body = entry->body};
    struct buf bytes;

    buf_init(&bytes, arena, ARENA_ALLOC_BYTES_MAX);
    (void)buf_reserve(&bytes, RECORD_HEAD_BYTES + entry->body.n);
    record_write(&bytes, entry->key, &record);
    put(fx, ENGINE_DATA, entry->key, buf_view(&bytes));
    effects_breathe(fx, bytes.n);
}

static bool entry_differs(const struct entry *old, const struct entry *new)
{
    if (old->present != new->present)
        return true;
    return new->present && !(slice_equal(old->key, new->key) && body_equal(old->body, new->body));
}

/*
 * What became of one index entry: writes it, counts it, and returns the capacity it costs (data-plane.md 6.2). While
 * the index is filled, others look whether the entry is there: then it is put as known.
 */
static uint64_t entry_change(const struct table_desc *table, const struct index_desc *index, const struct entry *old,
    const struct entry *new, put_fn *put, uint64_t stamp, struct arena *arena, struct effects *fx,
    int64_t *collection_bytes)
{
    int64_t old_size = old->present ? old->size : 0, new_size = new->size;
    bool same_key = old->present && new->present &&slice_equal(old->key, new->key);
    uint64_t halves;

    if (!entry_differs(old, new))
        return 0;
    if (old->present && !same_key)
        effects_delete(fx, ENGINE_DATA, old->key);
    if (new->present)
        entry_put(new, 0, put, stamp, arena, fx);
    if (old->present != new->present)
        effects_add(fx, table_counter_key(arena, table->id, index->id, COUNTER_ITEMS), new->present ? 1 : -1);
    if (old_size != new_size)
        effects_add(fx, table_counter_key(arena, table->id, index->id, COUNTER_BYTES), new_size - old_size);
    if (!index->global)
        *collection_bytes += new_size - old_size;
    if (same_key)
        halves = capacity_write_halves((uint64_t)(old_size > new_size ? old_size : new_size));
    else
        halves = (old->present ? capacity_write_halves((uint64_t)old_size) : 0) +
                 (new->present ? capacity_write_halves((uint64_t)new_size) : 0);
    return halves;
}

static void indexes_change(const struct table__action *action, uint64_t stamp, struct arena *arena, struct effects *fx,
    int64_t *collection_bytes)
{
    const struct table_desc *table = action->table;
    struct table_write *write = action->write;
    uint32_t total = table->lsi_count + table->gsi_count;

    for (uint32_t i = 0; i < total; i++) {
        const struct index_desc *index = &table->indexes[i];
        struct entry old, new;

        if (!index_is_maintained(index))
            continue;
        old = entry_of(table, index, write->key, write->old_body, write->old_size, arena);
        old.present = old.present && !(index == action->filling.index && action->filling.missing);
        new = entry_of(table, index, write->key, write->new_body, write->new_size, arena);
        write->capacity.index_halves[i] = entry_change(table, index, &old, &new,
            index == action->filling.index ? effects_put_known : effects_put, stamp, arena, fx, collection_bytes);
    }
}

/* ---- the item ---- */

static void item_change(struct table__action *action, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct table_desc *table = action->table;
    struct table_write *write = action->write;
    int64_t old_size = write->old_size, new_size = write->new_size;
    int64_t collection_bytes = new_size - old_size;

    write->capacity.table_halves = capacity_write_halves((uint64_t)(old_size > new_size ? old_size : new_size));
    table__expiry_change(action, stamp, arena, fx);
    if (write->new_body.p != NULL) {
        struct entry item = {.key = write->key, .body = write->new_body, .size = new_size};

        entry_put(&item, action->new_expiry_s, effects_put, stamp, arena, fx);
    } else if (write->old_body.p != NULL) {
        effects_delete(fx, ENGINE_DATA, write->key);
    } else {
        return;
    }
    if ((write->old_body.p != NULL) != (write->new_body.p != NULL))
        effects_add(fx, table_counter_key(arena, table->id, 0, COUNTER_ITEMS), write->new_body.p != NULL ? 1 : -1);
    if (old_size != new_size)
        effects_add(fx, table_counter_key(arena, table->id, 0, COUNTER_BYTES), new_size - old_size);
    indexes_change(action, stamp, arena, fx, &collection_bytes);
    if (table->lsi_count != 0 && collection_bytes != 0)
        effects_add(fx, table_collection_key(arena, table->id, key_partition_of(write->key)), collection_bytes);
    table__stream_append(action, stamp, arena, fx);
}

/* The item is looked at again now that it is held: an update that moved the time forward wins (7.2). */
static void item_expire(struct table__action *action, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct table_desc *table = action->table;
    struct table_write *write = action->write;
    uint64_t stored = expiry_of_stored(table, write->old_body, action->old_expiry_s), second;

    write->expired = stored == write->expiry_second && expiry_attribute(table, write->old_body, &second) &&
                     expiry_is_due(second, action->now_ms);
    if (write->expired)
        item_change(action, stamp, arena, fx);
    else if (stored != write->expiry_second)
        effects_delete(fx, ENGINE_DATA, expiry_key(arena, table, write->expiry_second, write->key));
}

static enum err condition_check(const struct table__action *action, struct arena *arena)
{
    const struct table_write *write = action->write;
    struct fault *fault = action->fault;

    if (write->insert && write->old_body.p != NULL)
        return fault_set(fault, API_DUPLICATE_ITEM, "Duplicate primary key exists in table");
    if (write->condition == NULL || (write->missing_passes && write->old_body.p == NULL) ||
        expr_condition_test(write->condition, write->old_body, arena))
        return OK;
    fault->item = write->return_item_on_failure ? write->old_body : SLICE_NULL;
    return fault_set(fault, API_CONDITIONAL_CHECK_FAILED, CONDITION_FAILED);
}

static bool too_deep(struct slice body)
{
    uint32_t count = body_count(body);

    for (uint32_t i = 0; i < count; i++) {
        struct slice name, value;

        body_at(body, i, &name, &value);
        if ((value_type(value) == VALUE_L || value_type(value) == VALUE_M) && value_depth(value) > VALUE_DEPTH_MAX)
            return true;
    }
    return false;
}

/* The item an update leaves behind; *ret p NULL when it creates none. */
static enum err update_apply(const struct table__action *action, struct arena *arena, struct slice *ret)
{
    struct table_write *write = action->write;
    struct fault *fault = action->fault;
    struct slice body;
    enum err err;

    if (write->update == NULL) {
        *ret = write->old_body.p != NULL ? write->old_body : write->key_body;
        write->new_size = body_size(*ret);
        return OK;
    }
    err = expr_update_apply(write->update, write->old_body, write->key_body, arena, &body, fault);
    if (err)
        return err;
    if (write->old_body.p == NULL && expr_update_only_removes(write->update)) {
        *ret = SLICE_NULL;
        return OK;
    }
    err = table_index_update_check(action->table, write->old_body, body, fault);
    if (err)
        return err;
    write->new_size = body_size(body);
    if (write->new_size > ITEM_BYTES_MAX)
        return fault_validation(fault, ITEM_TOO_LARGE);
    if (too_deep(body))
        return fault_validation(fault, ITEM_TOO_DEEP);
    *ret = body;
    return OK;
}

/* The item after the write and its size. */
static enum err new_body(const struct table__action *action, struct arena *arena, struct slice *ret)
{
    *ret = SLICE_NULL;
    action->write->new_size = 0;
    switch (action->write->kind) {
    case TABLE_PUT:
        *ret = action->write->item;
        action->write->new_size = action->write->item_size;
        return OK;
    case TABLE_UPDATE:
        return update_apply(action, arena, ret);
    case TABLE_DELETE:
    case TABLE_CHECK:
    case TABLE_EXPIRE:
        return OK;
    }
    return OK;
}

/* ---- an index that is being filled ---- */

static const struct index_desc *filling_of(const struct table_desc *table)
{
    for (uint32_t i = table->lsi_count; i < table->lsi_count + table->gsi_count; i++) {
        if (table->indexes[i].status == INDEX_CREATING || table->indexes[i].status == INDEX_BACKFILLING)
            return &table->indexes[i];
    }
    return NULL;
}

void table__action_init(struct table__action *action, const struct table_desc *table, struct table_write *write,
    uint64_t now_ms, struct fault *fault, struct arena *arena)
{
    *action = (struct table__action){.table = table, .write = write, .fault = fault, .now_ms = now_ms};
    action->filling.index = write->kind == TABLE_CHECK ? NULL : filling_of(table);
    if (action->filling.index != NULL)
        action->filling.key_bytes = arena_alloc(arena, KEY_BYTES_MAX);
}

/* ERR_BUSY: the entry to look at is not among the keys; `wanted` names it. */
static enum err filling_look(struct table__action *action, const struct engine_record *stored, struct arena *arena)
{
    struct table__filling *filling = &action->filling;
    const struct table_write *write = action->write;
    struct entry entry = entry_of(action->table, filling->index, write->key, write->old_body, write->old_size, arena);

    filling->missing = false;
    filling->wanted = SLICE_NULL;
    if (!entry.present)
        return OK;
    if (filling->key.p == NULL || !slice_equal(entry.key, filling->key)) {
        memcpy(filling->key_bytes, entry.key.p, entry.key.n);
        filling->wanted = slice_of(filling->key_bytes, entry.key.n);
        return ERR_BUSY;
    }
    filling->missing = stored->bytes.p == NULL;
    return OK;
}

bool table__action_name_wanted(struct table__action *action, struct arena *arena)
{
    struct table__filling *filling = &action->filling;

    if (filling->wanted.p == NULL)
        return false;
    filling->key = arena_dup(arena, filling->wanted);
    filling->wanted = SLICE_NULL;
    return true;
}

/* ---- one action ---- */

enum err table__action_open(struct table__action *action, const struct engine_record *item,
    const struct engine_record *entry, struct arena *arena)
{
    struct table_write *write = action->write;
    struct record record;
    enum err err;

    write->old_body = write->new_body = SLICE_NULL;
    write->old_size = write->new_size = 0;
    write->capacity = (struct consumption){0};
    write->expired = false;
    action->old_expiry_s = action->new_expiry_s = 0;
    if (item->bytes.p != NULL) {
        err = record_read(write->key, item->bytes, &record);
        if (err)
            return err;
        write->old_body = record.body;
        write->old_size = record_size(&record);
        action->old_expiry_s = record.expiry_s;
    }
    return action->filling.index == NULL ? OK : filling_look(action, entry, arena);
}

/* A change of an index that has no capacity left is not let in (throttle.h). */
static enum err spent_indexes_check(const struct table__action *action, struct arena *arena)
{
    const struct table_desc *table = action->table;
    const struct table_write *write = action->write;

    for (uint32_t i = table->lsi_count; i < table->lsi_count + table->gsi_count; i++) {
        struct entry old, new;

        if ((write->spent_indexes & 1u << i) == 0)
            continue;
        old = entry_of(table, &table->indexes[i], write->key, write->old_body, write->old_size, arena);
        new = entry_of(table, &table->indexes[i], write->key, write->new_body, write->new_size, arena);
        if (entry_differs(&old, &new))
            return table_throttle_refuse_index(action->throttle, table, &table->indexes[i], action->fault);
    }
    return OK;
}

enum err table__action_check(struct table__action *action, struct arena *arena)
{
    struct table_write *write = action->write;
    enum err err;

    /* The statement's own size is checked before the condition, which costs nothing (verified-behaviour.md 4.2). */
    if (write->by_update_item && write->update != NULL &&
        expr_update_charge(write->update, write->old_body) > ITEM_BYTES_MAX)
        return fault_validation(action->fault, ITEM_TOO_LARGE);
    err = condition_check(action, arena);
    if (err)
        return err;
    err = new_body(action, arena, &write->new_body);
    if (err == OK && write->spent_indexes != 0)
        err = spent_indexes_check(action, arena);
    return err != OK ? err : table__collection_check(action, arena);
}

void table__action_apply(struct table__action *action, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct table_write *write = action->write;

    if (write->kind == TABLE_EXPIRE)
        item_expire(action, stamp, arena, fx);
    else if (write->kind == TABLE_CHECK)
        write->capacity.table_halves = capacity_write_halves(write->old_size);
    else
        item_change(action, stamp, arena, fx);
}

enum err table__conflict(struct fault *fault)
{
    return fault_set(fault, API_TRANSACTION_CONFLICT, "Transaction is ongoing for the item");
}

/* ---- the decision over one item ---- */

struct single {
    struct table__action action;
    struct engine_key look; /* the size of the item's collection, where that counts */
};

static enum err decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct single *single = context;
    struct table__action *action = &single->action;
    uint32_t look = action->filling.key.p != NULL ? 2 : 1;
    enum err err = table__action_open(action, old, old + 1, arena);

    if (table__collection_counts(action))
        action->collection_bytes = table__collection_told(single->look, &old[look]);
    if (err == OK)
        err = table__action_check(action, arena);
    if (err)
        return err;
    table__action_apply(action, stamp, arena, fx);
    return OK;
}

static enum err write_decide(struct table_context *context, struct single *single, engine_ticket *ret_ticket)
{
    struct table__action *action = &single->action;
    uint32_t busy = UINT32_MAX; /* else an item that a transaction holds */
    struct engine_key keys[] = {{.space = ENGINE_DATA, .key = action->write->key}, {.space = ENGINE_DATA}};
    struct engine_decision decision = {.keys = keys,
        .keys_count = 1,
        .looks = &single->look,
        .fn = decide,
        .context = single,
        .fence = context->table->fence,
        .fence_version = context->table->version,
        .wait_ns_max = LATCH_WAIT_MS_MAX * 1000000ull,
        .ret_busy = &busy};

    if (table__collection_counts(action)) {
        single->look = table__collection_look(action, context->arena);
        decision.looks_count = 1;
    }
    for (;;) {
        enum err err = engine_decide(context->engine, context->fiber, context->arena, &decision, ret_ticket);
        if (err == ERR_BUSY && busy != UINT32_MAX)
            return table__conflict(context->fault);
        if (err != ERR_BUSY || !table__action_name_wanted(action, context->arena))
            return err;
        keys[1].key = action->filling.key;
        decision.keys_count = 2;
    }
}

enum err table_write(struct table_context *context, struct table_write *write, engine_ticket *ret_ticket)
{
    struct single single;
    struct table__action *action = &single.action;
    enum err err;

    table__action_init(action, context->table, write, context->now_ms, context->fault, context->arena);
    table_trace_key(context->throttle.trace, write->key);
    err = table__write_admit(action, &context->throttle, 1);
    if (err)
        return err;
    err = write_decide(context, &single, ret_ticket);
    table__write_settle(action, &context->throttle, 1, err);
    return err;
}
