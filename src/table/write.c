/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One write of one item: the decision that PutItem, UpdateItem, DeleteItem and each request of BatchWriteItem come down to.
 *
 *     old record -> checksum -> condition -> new body -> sizes -> effects: item, index entries, counters
 *
 * decide() is pure and may run several times; it reads nothing but its arguments and writes only effects and the answer fields of
 * struct table_write, which the last run leaves behind. Index entries are differences between what the old and the new item project, so
 * an entry that stays as it is costs nothing, neither on disk nor in capacity. Entries belong to their item's latch: only a
 * decision on the item writes them.
 */
#include "codec/key.h"
#include "codec/record.h"
#include "table/table.h"

#define CONDITION_FAILED "The conditional request failed"
#define ITEM_TOO_LARGE   "Item size to update has exceeded the maximum allowed size"
#define ITEM_TOO_DEEP                                                                                                  \
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit"

/*
 * An index that is being filled (work/backfill.c) may lack the entries of older items. What is not there must neither be counted out nor
 * taken for written, so a write to such a table looks: the entry the old item would have is named beside the item as a second key of the
 * decision. Which one that is, only the old item tells; so the first run asks for it (ERR_BUSY with `wanted`) and the decision is made anew
 * with it. There is at most one such index per table.
 */
struct filling {
    const struct index_desc *index; /* NULL: none is being filled */
    uint8_t *key_bytes;             /* KEY_BYTES_MAX, outlives the runs */
    struct slice key, wanted;       /* named in this decision; asked for by the last run */
    bool missing;                   /* the old item has no entry yet */
};

struct decision {
    struct table_context *context;
    struct table_write *write;
    struct filling filling;
};

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

static void entry_put(const struct entry *entry, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct record record = {.stamp = stamp, .body = entry->body};
    struct buf bytes;

    buf_init(&bytes, arena, ARENA_ALLOC_BYTES_MAX);
    (void)buf_reserve(&bytes, RECORD_HEAD_BYTES + entry->body.n);
    record_write(&bytes, entry->key, &record);
    effects_put(fx, ENGINE_DATA, entry->key, buf_view(&bytes));
}

/* What became of one index entry: writes it, counts it, and returns the capacity it costs (data-plane.md 6.2). */
static uint64_t entry_change(const struct table_desc *table, const struct index_desc *index, const struct entry *old,
    const struct entry *new, uint64_t stamp, struct arena *arena, struct effects *fx, int64_t *collection_bytes)
{
    int64_t old_size = old->present ? old->size : 0, new_size = new->size;
    bool same_key = old->present && new->present && slice_equal(old->key, new->key);
    uint64_t halves;

    if (!old->present && !new->present)
        return 0;
    if (same_key && body_equal(old->body, new->body))
        return 0;
    if (old->present && !same_key)
        effects_delete(fx, ENGINE_DATA, old->key);
    if (new->present)
        entry_put(new, stamp, arena, fx);
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

static void indexes_change(const struct decision *d, uint64_t stamp, struct arena *arena, struct effects *fx,
    int64_t *collection_bytes)
{
    const struct table_desc *table = d->context->table;
    struct table_write *write = d->write;
    uint32_t total = table->lsi_count + table->gsi_count;

    for (uint32_t i = 0; i < total; i++) {
        const struct index_desc *index = &table->indexes[i];
        struct entry old, new;

        if (!index_is_maintained(index))
            continue;
        old = entry_of(table, index, write->key, write->old_body, write->old_size, arena);
        old.present = old.present && !(index == d->filling.index && d->filling.missing);
        new = entry_of(table, index, write->key, write->new_body, write->new_size, arena);
        write->capacity.index_halves[i] = entry_change(table, index, &old, &new, stamp, arena, fx, collection_bytes);
    }
}

/* ---- the item ---- */

static void item_change(const struct decision *d, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct table_desc *table = d->context->table;
    struct table_write *write = d->write;
    int64_t old_size = write->old_size, new_size = write->new_size;
    int64_t collection_bytes = new_size - old_size;

    write->capacity.table_halves = capacity_write_halves((uint64_t)(old_size > new_size ? old_size : new_size));
    if (write->new_body.p != NULL) {
        struct entry item = {.key = write->key, .body = write->new_body};

        entry_put(&item, stamp, arena, fx);
    } else if (write->old_body.p != NULL) {
        effects_delete(fx, ENGINE_DATA, write->key);
    } else {
        return;
    }
    if ((write->old_body.p != NULL) != (write->new_body.p != NULL))
        effects_add(fx, table_counter_key(arena, table->id, 0, COUNTER_ITEMS), write->new_body.p != NULL ? 1 : -1);
    if (old_size != new_size)
        effects_add(fx, table_counter_key(arena, table->id, 0, COUNTER_BYTES), new_size - old_size);
    indexes_change(d, stamp, arena, fx, &collection_bytes);
    if (table->lsi_count != 0 && collection_bytes != 0)
        effects_add(fx, table_collection_key(arena, table->id, key_partition_of(write->key)), collection_bytes);
}

static enum err condition_check(const struct decision *d, struct arena *arena)
{
    const struct table_write *write = d->write;
    struct fault *fault = d->context->fault;

    if (write->condition == NULL || expr_condition_test(write->condition, write->old_body, arena))
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
static enum err update_apply(const struct decision *d, struct arena *arena, struct slice *ret)
{
    struct table_write *write = d->write;
    struct fault *fault = d->context->fault;
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
    err = table_index_update_check(d->context->table, write->old_body, body, fault);
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
static enum err new_body(const struct decision *d, struct arena *arena, struct slice *ret)
{
    *ret = SLICE_NULL;
    d->write->new_size = 0;
    switch (d->write->kind) {
    case TABLE_PUT:
        *ret = d->write->item;
        d->write->new_size = d->write->item_size;
        return OK;
    case TABLE_UPDATE:
        return update_apply(d, arena, ret);
    case TABLE_DELETE:
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

/* ERR_BUSY: the entry to look at is not among the keys; `wanted` names it. */
static enum err filling_look(struct decision *d, const struct engine_record *stored, struct arena *arena)
{
    struct filling *filling = &d->filling;
    struct entry entry = entry_of(
        d->context->table, filling->index, d->write->key, d->write->old_body, d->write->old_size, arena);

    filling->missing = false;
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

static enum err decide(void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct decision *d = context;
    struct table_write *write = d->write;
    struct record record;
    enum err err;

    write->old_body = write->new_body = SLICE_NULL;
    write->old_size = write->new_size = 0;
    write->capacity = (struct consumption){0};
    if (old->bytes.p != NULL) {
        err = record_read(write->key, old->bytes, &record);
        if (err)
            return err;
        write->old_body = record.body;
        write->old_size = body_size(record.body);
    }
    if (d->filling.index != NULL) {
        err = filling_look(d, old + 1, arena);
        if (err)
            return err;
    }
    /* The statement's own size is checked before the condition, which costs nothing (verified-behaviour.md 4.2). */
    if (write->kind == TABLE_UPDATE && write->update != NULL && expr_update_charge(write->update, write->old_body) > ITEM_BYTES_MAX)
        return fault_validation(d->context->fault, ITEM_TOO_LARGE);
    err = condition_check(d, arena);
    if (err == OK)
        err = new_body(d, arena, &write->new_body);
    if (err)
        return err;
    item_change(d, stamp, arena, fx);
    return OK;
}

enum err table_write(struct table_context *context, struct table_write *write, engine_ticket *ret_ticket)
{
    struct decision d = {.context = context, .write = write};
    struct engine_key keys[] = {{.space = ENGINE_DATA, .key = write->key}, {.space = ENGINE_DATA}};
    struct engine_decision decision = {.keys = keys,
        .keys_count = 1,
        .fn = decide,
        .context = &d,
        .fence = context->table->fence,
        .fence_version = context->table->version};
    enum err err;

    d.filling.index = filling_of(context->table);
    if (d.filling.index != NULL)
        d.filling.key_bytes = arena_alloc(context->arena, KEY_BYTES_MAX);
    for (;;) {
        err = engine_decide(context->engine, context->fiber, context->arena, &decision, ret_ticket);
        if (err != ERR_BUSY || d.filling.wanted.p == NULL)
            return err;
        d.filling.key = arena_dup(context->arena, d.filling.wanted);
        d.filling.wanted = SLICE_NULL;
        keys[1].key = d.filling.key;
        decision.keys_count = 2;
    }
}
