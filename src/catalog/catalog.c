/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The catalog: the present snapshot of all tables, the views through which requests see it, and changes.
 *
 * Reading. A worker keeps one view in its slot. A request compares the view's version with the catalog's by one acquire
 * load; when they are equal (nearly always) it takes a plain, worker-local reference. Only after a change does each
 * worker once take the mutex and a new snapshot. The old view lives until the last request that holds it lets go. A
 * plain thread makes a view for each acquire.
 *
 * Changing. One change at a time: a turn is handed from fiber to fiber in order.
 *
 *     take the turn ── change() alters a copy ── decide: record, id and fence ── settle ── publish ── give the turn
 *                                                     │                            │
 *                              writers of the old version get ERR_STALE        durable; views renew,
 *                              and wait in catalog_wait_newer                  waiters are woken
 *
 * The fence is raised when the decision is appended, so that no item written under the old version follows the new
 * descriptor in the log. When the group then fails to reach the disk nothing of it happened: the fence is put back to
 * the version that is visible, and the waiters go on with that. Nobody can hold the version in between, since it was
 * never published.
 *
 * Invariants: fence.version == desc.version of the visible descriptor, but for a change under way. Table ids only grow:
 * the next one is a record, and never below one more than any id in use.
 */
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "catalog/catalog_int.h"
#include "codec/number.h"
#include "codec/record.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/worker.h"

#define LOAD_PAGE_ENTRIES      256
#define LOAD_PAGE_BYTES        ((size_t)4 << 20)
#define LOAD_ARENA_BLOCK_BYTES ((size_t)64 << 10)
#define IDS_TABLE              "Table"

/* ---- views ---- */
static struct catalog_view *view_create(struct catalog *catalog, uint32_t refs)
{
    struct catalog_view *view = calloc(1, sizeof(*view));

    ASSERT(view != NULL);
    view->catalog = catalog;
    view->refs = refs;
    pthread_mutex_lock(&catalog->mutex);
    view->snapshot = catalog->current;
    view->version = catalog->current->version;
    atomic_fetch_add_explicit(&view->snapshot->refs, 1, memory_order_relaxed);
    view->next = catalog->views;
    if (view->next != NULL)
        view->next->previous = view;
    catalog->views = view;
    pthread_mutex_unlock(&catalog->mutex);
    return view;
}

static void view_destroy(struct catalog_view *view)
{
    struct catalog *catalog = view->catalog;

    pthread_mutex_lock(&catalog->mutex);
    if (view->previous != NULL)
        view->previous->next = view->next;
    else
        catalog->views = view->next;
    if (view->next != NULL)
        view->next->previous = view->previous;
    pthread_mutex_unlock(&catalog->mutex);
    catalog__snapshot_unref(view->snapshot);
    free(view);
}

static void view_unref(struct catalog_view *view)
{
    ASSERT(view->refs > 0);
    if (--view->refs == 0)
        view_destroy(view);
}

struct catalog_view *catalog_acquire(struct catalog *catalog, struct fiber *self)
{
    struct worker *worker = fiber_worker(self);
    struct catalog_view *view;
    void **slot;

    if (worker == NULL)
        return view_create(catalog, 1);
    slot = worker_slot(worker, WORKER_SLOT_CATALOG);
    view = *slot;
    if (view == NULL || view->version != atomic_load_explicit(&catalog->version, memory_order_acquire)) {
        if (view != NULL)
            view_unref(view);
        view = view_create(catalog, 1);
        *slot = view;
    }
    view->refs++;
    return view;
}

void catalog_release(struct catalog_view *view, struct fiber *self)
{
    (void)self; /* the views of a worker belong to its thread; a future check will want to know */
    view_unref(view);
}

const struct table_desc *catalog_find(
    struct catalog_view *view, struct slice account, struct slice region, struct slice name)
{
    struct catalog_table *table = catalog__snapshot_find(view->snapshot, account, region, name);

    return table == NULL ? NULL : &table->desc;
}

const struct table_desc *catalog_find_id(struct catalog_view *view, uint32_t table_id)
{
    struct catalog_table *table = catalog__snapshot_find_id(view->snapshot, table_id);

    return table == NULL ? NULL : &table->desc;
}

uint32_t catalog_count(const struct catalog_view *view)
{
    return view->snapshot->count;
}

const struct table_desc *catalog_at(const struct catalog_view *view, uint32_t i)
{
    ASSERT(i < view->snapshot->count);
    return &view->snapshot->tables[i]->desc;
}

uint32_t catalog_list(struct catalog_view *view, struct slice account, struct slice region, struct slice start,
    uint32_t max, const struct table_desc **ret, bool *ret_more)
{
    const struct catalog_snapshot *snapshot = view->snapshot;
    bool found;
    uint32_t i, count = 0;

    i = catalog__snapshot_position(snapshot, account, region, start, &found);
    if (found)
        i++;
    while (count < max && i < snapshot->count && catalog__is_in(&snapshot->tables[i]->desc, account, region))
        ret[count++] = &snapshot->tables[i++]->desc;
    *ret_more = i < snapshot->count && catalog__is_in(&snapshot->tables[i]->desc, account, region);
    return count;
}

const struct index_desc *table_index_find(const struct table_desc *table, struct slice name)
{
    for (uint32_t i = 0; i < table->lsi_count + table->gsi_count; i++) {
        if (slice_equal(table->indexes[i].name, name))
            return &table->indexes[i];
    }
    return NULL;
}

/* ---- waiting ---- */
/* With the mutex held. The waiter may go on, and its stack with it, only once the mutex is free again: it locks to
 * leave. */
static void waiter_wake(struct catalog_waiter *waiter)
{
    waiter->done = true;
    fiber_wake(waiter->fiber);
}

/* With the mutex held on entry and on return. */
static void waiter_wait(struct catalog *catalog, struct catalog_waiter *waiter)
{
    while (!waiter->done) {
        pthread_mutex_unlock(&catalog->mutex);
        fiber_park(waiter->fiber);
        pthread_mutex_lock(&catalog->mutex);
    }
}

/* With the mutex held: everybody looks again. */
static void newer_wake(struct catalog *catalog)
{
    struct catalog_waiter *next;

    for (struct catalog_waiter *waiter = catalog->newer; waiter != NULL; waiter = next) {
        next = waiter->next; /* read before the wake: the waiter is gone soon after */
        waiter_wake(waiter);
    }
    catalog->newer = NULL;
}

static void turn_take(struct catalog *catalog, struct fiber *self)
{
    struct catalog_waiter waiter = {.fiber = self};

    pthread_mutex_lock(&catalog->mutex);
    if (!catalog->changing) {
        catalog->changing = true;
    } else {
        if (catalog->turns_last != NULL)
            catalog->turns_last->next = &waiter;
        else
            catalog->turns_first = &waiter;
        catalog->turns_last = &waiter;
        waiter_wait(catalog, &waiter);
    }
    pthread_mutex_unlock(&catalog->mutex);
}

static void turn_give(struct catalog *catalog)
{
    struct catalog_waiter *first;

    pthread_mutex_lock(&catalog->mutex);
    newer_wake(catalog);
    first = catalog->turns_first;
    if (first == NULL) {
        catalog->changing = false;
    } else { /* `changing` stays: the turn goes over without a gap */
        catalog->turns_first = first->next;
        if (catalog->turns_first == NULL)
            catalog->turns_last = NULL;
        waiter_wake(first);
    }
    pthread_mutex_unlock(&catalog->mutex);
}

/* With the mutex held. True while a change of the table is appended but not yet visible. */
static bool is_changing(const struct catalog *catalog, uint32_t table_id, uint64_t version)
{
    const struct catalog_table *table = catalog__snapshot_find_id(catalog->current, table_id);

    if (table == NULL || table->desc.version > version)
        return false;
    return atomic_load_explicit(&table->shared->fence.version, memory_order_acquire) != table->desc.version;
}

void catalog_wait_newer(struct catalog *catalog, struct fiber *self, uint32_t table_id, uint64_t version)
{
    pthread_mutex_lock(&catalog->mutex);
    while (is_changing(catalog, table_id, version)) {
        struct catalog_waiter waiter = {.fiber = self, .next = catalog->newer};

        catalog->newer = &waiter;
        waiter_wait(catalog, &waiter);
    }
    pthread_mutex_unlock(&catalog->mutex);
}

void catalog_wait_change(struct catalog *catalog, struct fiber *self, const struct catalog_view *view)
{
    pthread_mutex_lock(&catalog->mutex);
    if (catalog->changing && catalog->current->version == view->version) {
        struct catalog_waiter waiter = {.fiber = self, .next = catalog->newer};

        catalog->newer = &waiter;
        waiter_wait(catalog, &waiter);
    }
    pthread_mutex_unlock(&catalog->mutex);
}

void catalog_listen(struct catalog *catalog, catalog_listener_fn *listener, void *context)
{
    catalog->listener = listener;
    catalog->listener_context = context;
}

/* ---- changing ---- */
/* One change, from the turn to the publication. */
struct change {
    struct catalog *catalog;
    struct catalog_table *present; /* NULL: a creation; borrowed from the present snapshot, which only we replace */
    const struct table_desc *next;
    enum catalog_what what;
    struct slice body; /* of next */
    struct slice table_key, ids_key;
};

static void record_put(struct effects *fx, struct arena *arena, struct slice key, struct slice body, uint64_t stamp)
{
    struct record record = {.stamp = stamp, .body = body};
    struct buf out;

    buf_init(&out, arena, TABLE_BODY_BYTES_MAX + RECORD_HEAD_BYTES);
    record_write(&out, key, &record);
    ASSERT(!out.failed);
    effects_put(fx, ENGINE_META, key, buf_view(&out));
}

static struct slice ids_encode(struct arena *arena, uint32_t ids_next)
{
    struct builder b;
    struct buf out;

    buf_init(&out, arena, TABLE_BODY_BYTES_MAX);
    builder_init(&b, &out, arena);
    struct builder_frame body = builder_body_begin(&b);

    builder_name(&b, &body, SLICE_LIT(IDS_TABLE));
    builder_int(&b, ids_next);
    builder_body_end(&b, body);
    return buf_view(&out);
}

/* The table's newest stream stands by itself too, as long as there is something of it to read (stream.h). */
static void stream_put(const struct table_desc *present, const struct table_desc *next, struct arena *arena,
    uint64_t stamp, struct effects *fx)
{
    struct slice key = stream_key(arena, next->account, next->region, next->name, next->stream.label);
    struct stream_info info;

    stream_info_of(next, &info);
    if (next->stream.shards_count != 0)
        record_put(fx, arena, key, stream_info_encode(&info, arena), stamp);
    else if (present != NULL && present->stream.shards_count != 0)
        effects_delete(fx, ENGINE_META, key);
}

static enum err change_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct change *change = context;

    (void)old; /* the snapshot is what was read: nobody else writes these keys */
    if (change->what == CATALOG_REMOVE)
        effects_delete(fx, ENGINE_META, change->table_key);
    else
        record_put(fx, arena, change->table_key, change->body, stamp);
    if (change->what == CATALOG_STORE && change->next->stream.label.p != NULL)
        stream_put(change->present == NULL ? NULL : &change->present->desc, change->next, arena, stamp, fx);
    if (change->present == NULL)
        record_put(fx, arena, change->ids_key, ids_encode(arena, change->next->id + 1), stamp);
    else
        effects_fence(fx, &change->present->shared->fence, change->next->version);
    return OK;
}

static enum err change_commit(struct change *change, struct fiber *self, struct arena *arena)
{
    struct engine *engine = change->catalog->engine;
    engine_ticket ticket = 0;
    enum err err;

    change->table_key = catalog__table_key(arena, CATALOG_KEY_TABLE, change->next->id);
    change->ids_key = catalog__table_key(arena, CATALOG_KEY_IDS, 0);
    const struct engine_key keys[] = {{ENGINE_META, change->table_key}, {ENGINE_META, change->ids_key}};
    const struct engine_decision decision = {
        .keys = keys,
        .keys_count = change->present == NULL ? 2 : 1,
        .fn = change_decide,
        .context = change,
    };
    err = engine_decide(engine, self, arena, &decision, &ticket);
    if (!err)
        err = engine_settle(engine, self, ticket);
    return err;
}

/* The tables of the next snapshot. Returns how many; the array is the heap's. */
static uint32_t tables_next(
    const struct change *change, struct catalog_table *table, struct catalog_table ***ret_tables)
{
    const struct catalog_snapshot *current = change->catalog->current;
    struct catalog_table **tables = calloc(current->count + 1, sizeof(struct catalog_table *));
    bool found;
    uint32_t at, count = 0;

    ASSERT(tables != NULL);
    at = catalog__snapshot_position(current, change->next->account, change->next->region, change->next->name, &found);
    ASSERT(found == (change->present != NULL));
    for (uint32_t i = 0; i < at; i++)
        tables[count++] = current->tables[i];
    if (table != NULL)
        tables[count++] = table;
    for (uint32_t i = at + (found ? 1 : 0); i < current->count; i++)
        tables[count++] = current->tables[i];
    *ret_tables = tables;
    return count;
}

/* Makes the change visible. `table` is NULL for a removal; its reference is taken over. */
static void change_publish(struct change *change, struct catalog_table *table)
{
    struct catalog *catalog = change->catalog;
    struct catalog_snapshot *old = catalog->current, *next;
    struct catalog_table **tables;
    uint32_t count = tables_next(change, table, &tables);

    next = catalog__snapshot_create(tables, count, old->version + 1, catalog->seed);
    free(tables);
    if (table != NULL)
        catalog__table_unref(table);
    pthread_mutex_lock(&catalog->mutex);
    catalog->current = next;
    atomic_store_explicit(&catalog->version, next->version, memory_order_release);
    newer_wake(catalog);
    pthread_mutex_unlock(&catalog->mutex);
    catalog__snapshot_unref(old);
    if (catalog->listener != NULL)
        catalog->listener(catalog->listener_context);
}

/* Nothing of the change reached the disk: writers go on under the version that is visible. */
static void change_undo(struct change *change)
{
    struct catalog *catalog = change->catalog;

    if (change->present == NULL)
        return;
    pthread_mutex_lock(&catalog->mutex);
    atomic_store_explicit(&change->present->shared->fence.version, change->present->desc.version, memory_order_release);
    newer_wake(catalog);
    pthread_mutex_unlock(&catalog->mutex);
}

static enum err change_store(struct change *change, struct fiber *self, struct arena *arena)
{
    struct catalog_table *table = NULL;
    const char *what;
    struct buf out;
    enum err err;

    if (change->what == CATALOG_STORE) {
        buf_init(&out, arena, TABLE_BODY_BYTES_MAX);
        catalog__encode(change->next, &out, arena);
        change->body = buf_view(&out);
        err = catalog__table_create(
            change->body, change->present == NULL ? NULL : change->present->shared, &table, &what);
        ASSERT(err == OK); /* what we wrote a moment ago */
    }
    err = change_commit(change, self, arena);
    if (err) {
        if (table != NULL)
            catalog__table_unref(table);
        change_undo(change);
        return err;
    }
    change_publish(change, table);
    return OK;
}

static void uuid_write(struct arena *arena, struct slice *ret)
{
    uint8_t r[16];

    os_entropy(r, sizeof(r));
    r[6] = (uint8_t)((r[6] & 0x0f) | 0x40);
    r[8] = (uint8_t)((r[8] & 0x3f) | 0x80);
    *ret = arena_printf(arena, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", r[0], r[1], r[2],
        r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12], r[13], r[14], r[15]);
}

static void next_init(struct catalog *catalog, struct arena *arena, struct slice account, struct slice region,
    struct slice name, struct table_desc *next)
{
    catalog__blank(next);
    next->id = catalog->ids_next;
    next->version = 1;
    next->account = account;
    next->region = region;
    next->name = name;
    next->created_ms = os_clock_wall_ms();
    uuid_write(arena, &next->uuid);
    os_entropy(&next->hash_seed, sizeof(next->hash_seed));
}

static enum err change_run(struct change *change, struct fiber *self, struct arena *arena, struct table_desc *next,
    catalog_change_fn *fn, void *context, const struct table_desc **ret_desc)
{
    const struct table_desc *present = change->present == NULL ? NULL : &change->present->desc;
    enum err err;

    change->what = CATALOG_STORE;
    err = fn(context, present, next, arena, &change->what);
    if (err)
        return err;
    change->next = next;
    ASSERT(change->what != CATALOG_REMOVE || present != NULL);
    if (change->what == CATALOG_NOTHING && present == NULL) {
        *ret_desc = NULL;
        return OK;
    }
    *ret_desc = table_desc_dup(arena, change->what == CATALOG_STORE ? next : present);
    if (change->what == CATALOG_NOTHING)
        return OK;
    if (present == NULL)
        change->catalog->ids_next++;
    return change_store(change, self, arena);
}

enum err catalog_change(struct catalog *catalog, struct fiber *self, struct arena *arena, struct slice account,
    struct slice region, struct slice name, catalog_change_fn *fn, void *context, const struct table_desc **ret_desc)
{
    struct change change = {.catalog = catalog};
    struct table_desc next;
    enum err err;

    turn_take(catalog, self);
    /* only the holder of the turn replaces `current`, so it and what it refers to stay while we look */
    change.present = catalog__snapshot_find(catalog->current, account, region, name);
    if (change.present == NULL) {
        next_init(catalog, arena, account, region, name, &next);
    } else {
        next = change.present->desc;
        next.version++;
    }
    err = change_run(&change, self, arena, &next, fn, context, ret_desc);
    turn_give(catalog);
    return err;
}

/* ---- opening ---- */
struct load {
    struct catalog *catalog;
    struct arena *arena;
    struct catalog_table **tables;
    uint32_t count, capacity;
    char **ret_reason;
};

static enum err load_fail(struct load *load, enum err err, uint32_t id, const char *what)
{
    struct slice text =
        arena_printf(load->arena, "the descriptor of table %u cannot be read: %s (%s)", id, err_text(err), what);

    *load->ret_reason = strdup((const char *)text.p);
    return err;
}

static void load_append(struct load *load, struct catalog_table *table)
{
    if (load->count == load->capacity) {
        load->capacity = load->capacity == 0 ? 64 : 2 * load->capacity;
        load->tables = realloc(load->tables, load->capacity * sizeof(struct catalog_table *));
        ASSERT(load->tables != NULL);
    }
    load->tables[load->count++] = table;
}

static enum err load_table(struct load *load, struct slice key, struct slice bytes)
{
    struct catalog_table *table;
    struct record record;
    const char *what = "record";
    uint32_t id;
    enum err err;

    if (key.n != 5)
        return load_fail(load, ERR_CORRUPT, 0, "key");
    id = (uint32_t)key.p[1] << 24 | (uint32_t)key.p[2] << 16 | (uint32_t)key.p[3] << 8 | key.p[4];
    err = record_read(key, bytes, &record);
    if (!err)
        err = catalog__table_create(record.body, NULL, &table, &what);
    if (err)
        return load_fail(load, err, id, what);
    load_append(load, table);
    if (table->desc.id != id)
        return load_fail(load, ERR_CORRUPT, id, "id");
    if (id >= load->catalog->ids_next)
        load->catalog->ids_next = id + 1;
    return OK;
}

/* One page; *from moves behind its last key. */
static enum err load_page(struct load *load, struct fiber *self, uint32_t *from_id, bool *ret_more)
{
    struct slice from = catalog__table_key(load->arena, CATALOG_KEY_TABLE, *from_id);
    struct slice to = catalog__table_key(load->arena, CATALOG_KEY_TABLE + 1, 0);
    struct engine_page page;
    enum err err;

    err = engine_range(load->catalog->engine, self, load->arena, ENGINE_META, from, to, false, LOAD_PAGE_ENTRIES,
        LOAD_PAGE_BYTES, &page);
    if (err)
        return load_fail(load, err, *from_id, "page");
    for (uint32_t i = 0; i < page.count; i++) {
        err = load_table(load, page.keys[i], page.values[i]);
        if (err)
            return err;
        *from_id = load->tables[load->count - 1]->desc.id + 1;
    }
    *ret_more = page.more;
    return OK;
}

/* The next table id: the stored one, or one more than the largest in use. */
static enum err load_ids(struct load *load, struct fiber *self)
{
    const struct engine_key key = {ENGINE_META, catalog__table_key(load->arena, CATALOG_KEY_IDS, 0)};
    struct engine_record stored;
    struct record record;
    struct slice value;
    int64_t next;
    enum err err;

    err = engine_get(load->catalog->engine, self, load->arena, &key, 1, &stored);
    if (err)
        return load_fail(load, err, 0, "ids");
    if (stored.bytes.p == NULL)
        return OK;
    err = record_read(key.key, stored.bytes, &record);
    if (!err && (!body_valid(record.body, TABLE_BODY_DEPTH_MAX) ||
                    !body_find(record.body, SLICE_LIT(IDS_TABLE), &value) || value_type(value) != VALUE_N))
        err = ERR_CORRUPT;
    if (err)
        return load_fail(load, err, 0, "ids");
    next = number_to_int(value_scalar(value).p);
    if (next > load->catalog->ids_next && next <= UINT32_MAX)
        load->catalog->ids_next = (uint32_t)next;
    return OK;
}

static int table_order(const void *a, const void *b)
{
    const struct table_desc *x = &(*(struct catalog_table *const *)a)->desc;
    const struct table_desc *y = &(*(struct catalog_table *const *)b)->desc;
    int by = slice_compare(x->account, y->account);

    if (by == 0)
        by = slice_compare(x->region, y->region);
    return by != 0 ? by : slice_compare(x->name, y->name);
}

static enum err load_all(struct load *load, struct fiber *self)
{
    struct arena_mark mark = arena_mark(load->arena);
    uint32_t from_id = 0;
    bool more = true;
    enum err err;

    err = load_ids(load, self);
    while (!err && more) {
        arena_reset(load->arena, mark);
        err = load_page(load, self, &from_id, &more);
    }
    if (err)
        return err;
    if (load->count != 0)
        qsort(load->tables, load->count, sizeof(load->tables[0]), table_order);
    for (uint32_t i = 1; i < load->count; i++) {
        if (table_order(&load->tables[i - 1], &load->tables[i]) == 0)
            return load_fail(load, ERR_CORRUPT, load->tables[i]->desc.id, "a second table of the same name");
    }
    load->catalog->current = catalog__snapshot_create(load->tables, load->count, 1, load->catalog->seed);
    return OK;
}

static void catalog_destroy(struct catalog *catalog)
{
    struct catalog_view *next;

    ASSERT(!catalog->changing && catalog->newer == NULL);
    for (struct catalog_view *view = catalog->views; view != NULL; view = next) {
        next = view->next;
        ASSERT(view->refs == 1); /* kept by a worker's slot, used by no request */
        catalog__snapshot_unref(view->snapshot);
        free(view);
    }
    if (catalog->current != NULL)
        catalog__snapshot_unref(catalog->current);
    pthread_mutex_destroy(&catalog->mutex);
    free(catalog);
}

enum err catalog_open(struct engine *engine, struct fiber *self, struct catalog **ret, char **ret_reason)
{
    struct catalog *catalog = calloc(1, sizeof(*catalog));
    struct load load = {.catalog = catalog, .ret_reason = ret_reason};
    enum err err;

    ASSERT(catalog != NULL);
    catalog->engine = engine;
    catalog->ids_next = 1;
    os_entropy(&catalog->seed, sizeof(catalog->seed));
    pthread_mutex_init(&catalog->mutex, NULL);
    atomic_init(&catalog->version, 1);
    load.arena = arena_create(LOAD_ARENA_BLOCK_BYTES);
    err = load_all(&load, self);
    for (uint32_t i = 0; i < load.count; i++)
        catalog__table_unref(load.tables[i]);
    free(load.tables);
    arena_destroy(load.arena);
    if (err) {
        catalog_destroy(catalog);
        return err;
    }
    *ret = catalog;
    return OK;
}

void catalog_close(struct catalog *catalog)
{
    if (catalog != NULL)
        catalog_destroy(catalog);
}
