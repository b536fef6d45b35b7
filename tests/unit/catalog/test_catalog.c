/* SPDX-License-Identifier: Apache-2.0 */

/* The catalog on the memory engine: what is stored comes back, views hold still, changes are seen by all and by none
 * halfway. */
#include "test.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "catalog/catalog.h"
#include "catalog/catalog_int.h"
#include "codec/record.h"
#include "engine/engine_int.h"
#include "os/clock.h"
#include "os/worker.h"

#define ACCOUNT SLICE_LIT("123456789012")
#define REGION  SLICE_LIT("us-east-1")

static uint64_t clock_ms(void *context)
{
    (void)context;
    return os_clock_wall_ms();
}

struct world {
    struct engine *engine;
    struct catalog *catalog;
    struct fiber *self;
    struct arena *arena;
};

static struct world world_make(void)
{
    const struct engine_mem_options options = {.clock = clock_ms, .run_twice = true};
    struct world w = {.engine = engine_mem_open(&options), .self = fiber_of_thread(), .arena = arena_create(4096)};
    char *reason;

    CHECK(catalog_open(w.engine, w.self, &w.catalog, &reason) == OK);
    return w;
}

static void world_end(struct world *w)
{
    catalog_close(w->catalog);
    engine_close(w->engine);
    fiber_of_thread_destroy(w->self);
    arena_destroy(w->arena);
}

static void reopen(struct world *w)
{
    char *reason;

    catalog_close(w->catalog);
    CHECK(catalog_open(w->engine, w->self, &w->catalog, &reason) == OK);
}

/* ---- changes ---- */
static enum err fill_small(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    (void)context, (void)arena, (void)ret_what;
    if (present == NULL)
        next->hash = (struct key_attribute){SLICE_LIT("pk"), VALUE_S};
    next->status = TABLE_ACTIVE;
    return OK;
}

static enum err fill_remove(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    (void)context, (void)arena, (void)next;
    *ret_what = present == NULL ? CATALOG_NOTHING : CATALOG_REMOVE;
    return OK;
}

static enum err fill_refuse(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    (void)context, (void)arena, (void)ret_what, (void)present;
    next->status = TABLE_DELETING;
    return ERR_FAULT;
}

static enum err change(struct world *w, const char *name, catalog_change_fn *fill, const struct table_desc **ret)
{
    const struct table_desc *desc;
    enum err err = catalog_change(
        w->catalog, w->self, w->arena, ACCOUNT, REGION, slice_from_cstr(name), fill, NULL, ret == NULL ? &desc : ret);

    return err;
}

static uint32_t id_of(struct world *w, const char *name)
{
    struct catalog_view *view = catalog_acquire(w->catalog, w->self);
    const struct table_desc *desc = catalog_find(view, ACCOUNT, REGION, slice_from_cstr(name));
    uint32_t id = desc == NULL ? 0 : desc->id;

    catalog_release(view, w->self);
    return id;
}

TEST(catalog, a_table_is_found_by_name_and_by_id)
{
    struct world w = world_make();
    const struct table_desc *made, *found;
    struct catalog_view *view;

    CHECK(change(&w, "Orders", fill_small, &made) == OK);
    CHECK_EQ(made->version, 1);
    view = catalog_acquire(w.catalog, w.self);
    found = catalog_find(view, ACCOUNT, REGION, SLICE_LIT("Orders"));
    CHECK(found != NULL && found->id == made->id);
    CHECK(catalog_find_id(view, made->id) == found);
    CHECK(slice_is(found->arn, "arn:aws:dynamodb:us-east-1:123456789012:table/Orders"));
    CHECK_EQ(found->uuid.n, 36);
    CHECK_EQ(atomic_load(&found->fence->version), found->version);
    CHECK(catalog_find(view, ACCOUNT, SLICE_LIT("eu-west-1"), SLICE_LIT("Orders")) == NULL);
    CHECK(catalog_find(view, SLICE_LIT("000000000000"), REGION, SLICE_LIT("Orders")) == NULL);
    CHECK(catalog_find(view, ACCOUNT, REGION, SLICE_LIT("orders")) == NULL);
    catalog_release(view, w.self);
    world_end(&w);
}

TEST(catalog, a_view_does_not_move_when_the_table_changes)
{
    struct world w = world_make();
    struct catalog_view *old, *new;
    const struct table_desc *before;

    CHECK(change(&w, "T", fill_small, NULL) == OK);
    old = catalog_acquire(w.catalog, w.self);
    before = catalog_find(old, ACCOUNT, REGION, SLICE_LIT("T"));
    CHECK(change(&w, "T", fill_small, NULL) == OK);
    CHECK_EQ(before->version, 1);
    CHECK_EQ(atomic_load(&before->fence->version), 2);
    new = catalog_acquire(w.catalog, w.self);
    CHECK_EQ(catalog_find(new, ACCOUNT, REGION, SLICE_LIT("T"))->version, 2);
    CHECK(catalog_find(new, ACCOUNT, REGION, SLICE_LIT("T"))->fence == before->fence);
    catalog_release(old, w.self);
    catalog_release(new, w.self);
    world_end(&w);
}

TEST(catalog, a_refused_change_leaves_nothing_behind)
{
    struct world w = world_make();
    struct catalog_view *view;

    CHECK(change(&w, "T", fill_small, NULL) == OK);
    CHECK(change(&w, "T", fill_refuse, NULL) == ERR_FAULT);
    CHECK(change(&w, "U", fill_refuse, NULL) == ERR_FAULT);
    view = catalog_acquire(w.catalog, w.self);
    CHECK_EQ(catalog_count(view), 1);
    CHECK_EQ(catalog_at(view, 0)->version, 1);
    CHECK(catalog_at(view, 0)->status == TABLE_ACTIVE);
    CHECK_EQ(atomic_load(&catalog_at(view, 0)->fence->version), 1);
    catalog_release(view, w.self);
    world_end(&w);
}

TEST(catalog, ids_are_not_reused_even_after_a_restart)
{
    struct world w = world_make();
    uint32_t first, second;

    CHECK(change(&w, "T", fill_small, NULL) == OK);
    first = id_of(&w, "T");
    CHECK(change(&w, "T", fill_remove, NULL) == OK);
    CHECK_EQ(id_of(&w, "T"), 0);
    reopen(&w);
    CHECK_EQ(id_of(&w, "T"), 0);
    CHECK(change(&w, "T", fill_small, NULL) == OK);
    second = id_of(&w, "T");
    CHECK(second > first);
    world_end(&w);
}

/* ---- everything a descriptor holds ---- */
static const struct slice full_non_key[] = {SLICE_LIT("b"), SLICE_LIT("x"), SLICE_LIT("y")};
static const struct index_desc full_indexes[] = {
    {
        .id = 1,
        .name = SLICE_LIT("local"),
        .status = INDEX_ACTIVE,
        .hash = {{SLICE_LIT("pk"), VALUE_S}},
        .range = {{SLICE_LIT("when"), VALUE_N}},
        .hash_count = 1,
        .range_count = 1,
        .projection = PROJECTION_KEYS_ONLY,
        .on_demand = {-1, -1},
        .warm = {-1, -1},
        .warm_next = {-1, -1},
    },
    {
        .id = 7,
        .global = true,
        .name = SLICE_LIT("global"),
        .status = INDEX_BACKFILLING,
        .hash = {{SLICE_LIT("a"), VALUE_S}, {SLICE_LIT("b"), VALUE_B}},
        .range = {{SLICE_LIT("when"), VALUE_N}, {SLICE_LIT("sk"), VALUE_S}},
        .hash_count = 2,
        .range_count = 2,
        .projection = PROJECTION_INCLUDE,
        .non_key = full_non_key,
        .non_key_count = 3,
        .throughput = {5, 6, 7, 8, 9},
        .throughput_next = {true, 10, 11},
        .on_demand = {12, -1},
        .warm = {13, 14},
        .warm_next = {-1, 15},
        .due_ms = 16,
        .backfill_due_ms = 17,
    },
};
static const struct key_attribute full_definitions[] = {{SLICE_LIT("a"), VALUE_S}, {SLICE_LIT("b"), VALUE_B},
    {SLICE_LIT("pk"), VALUE_S}, {SLICE_LIT("sk"), VALUE_S}, {SLICE_LIT("when"), VALUE_N}};
static const struct tag full_tags[] = {{SLICE_LIT("k"), SLICE_LIT("")}, {SLICE_LIT("l"), SLICE_LIT("v")}};

static enum err fill_full(void *context, const struct table_desc *present, struct table_desc *next, struct arena *arena,
    enum catalog_what *ret_what)
{
    (void)context, (void)arena, (void)ret_what, (void)present;
    next->status = TABLE_UPDATING;
    next->updating = TABLE_UPDATES_CLASS | TABLE_UPDATES_INDEX;
    next->due_ms = 1;
    next->created_ms = 1763728800123;
    next->hash_seed = 0xfedcba9876543210;
    next->hash = (struct key_attribute){SLICE_LIT("pk"), VALUE_S};
    next->range = (struct key_attribute){SLICE_LIT("sk"), VALUE_S};
    next->has_range = true;
    next->definitions = full_definitions;
    next->definitions_count = 5;
    next->indexes = full_indexes;
    next->lsi_count = 1;
    next->gsi_count = 1;
    next->index_id_next = 8;
    next->billing = BILLING_PAY_PER_REQUEST;
    next->billing_ever_on_demand = true;
    next->billing_on_demand_ms = 2;
    for (int i = 0; i < ON_DEMAND_SWITCHES_MAX; i++)
        next->on_demand_switches_ms[i] = 20 + (uint64_t)i;
    next->throughput = (struct throughput){3, 4, 5, 6, 7};
    next->throughput_next = (struct throughput_target){true, 8, 9};
    next->on_demand = (struct on_demand_throughput){-1, 10};
    next->warm = (struct warm_throughput){11, 12};
    next->warm_next = (struct warm_throughput){13, -1};
    next->deletion_protection = true;
    next->deletion_protection_ms = 14;
    next->table_class = SLICE_LIT("STANDARD_INFREQUENT_ACCESS");
    next->table_class_next = SLICE_LIT("STANDARD");
    next->table_class_ms = 15;
    next->table_class_before_ms = 16;
    next->tags = full_tags;
    next->tags_count = 2;
    return OK;
}

static void full_index_check(const struct index_desc *got, const struct index_desc *want)
{
    CHECK_EQ(got->id, want->id);
    CHECK_EQ(got->global, want->global);
    CHECK(slice_equal(got->name, want->name));
    CHECK_EQ(got->status, want->status);
    CHECK_EQ(got->hash_count, want->hash_count);
    CHECK_EQ(got->range_count, want->range_count);
    for (uint32_t i = 0; i < got->hash_count; i++)
        CHECK(slice_equal(got->hash[i].name, want->hash[i].name) && got->hash[i].type == want->hash[i].type);
    for (uint32_t i = 0; i < got->range_count; i++)
        CHECK(slice_equal(got->range[i].name, want->range[i].name) && got->range[i].type == want->range[i].type);
    CHECK_EQ(got->projection, want->projection);
    CHECK_EQ(got->non_key_count, want->non_key_count);
    for (uint32_t i = 0; i < got->non_key_count; i++)
        CHECK(slice_equal(got->non_key[i], want->non_key[i]));
    CHECK(memcmp(&got->throughput, &want->throughput, sizeof(got->throughput)) == 0);
    CHECK(got->throughput_next.present == want->throughput_next.present &&
          got->throughput_next.write == want->throughput_next.write);
    CHECK(memcmp(&got->on_demand, &want->on_demand, sizeof(got->on_demand)) == 0);
    CHECK(memcmp(&got->warm, &want->warm, sizeof(got->warm)) == 0);
    CHECK(memcmp(&got->warm_next, &want->warm_next, sizeof(got->warm_next)) == 0);
    CHECK_EQ(got->due_ms, want->due_ms);
    CHECK_EQ(got->backfill_due_ms, want->backfill_due_ms);
}

static void full_check(const struct table_desc *got)
{
    struct table_desc want;
    enum catalog_what what;

    catalog__blank(&want);
    CHECK(fill_full(NULL, NULL, &want, NULL, &what) == OK);
    CHECK_EQ(got->status, want.status);
    CHECK_EQ(got->updating, want.updating);
    CHECK_EQ(got->due_ms, want.due_ms);
    CHECK(memcmp(got->on_demand_switches_ms, want.on_demand_switches_ms, sizeof(want.on_demand_switches_ms)) == 0);
    CHECK_EQ(got->created_ms, want.created_ms);
    CHECK(got->hash_seed == want.hash_seed);
    CHECK(slice_is(got->hash.name, "pk") && got->has_range && slice_is(got->range.name, "sk"));
    CHECK_EQ(got->definitions_count, 5);
    for (int i = 0; i < 5; i++)
        CHECK(slice_equal(got->definitions[i].name, want.definitions[i].name) &&
              got->definitions[i].type == want.definitions[i].type);
    CHECK_EQ(got->lsi_count, 1);
    CHECK_EQ(got->gsi_count, 1);
    full_index_check(&got->indexes[0], &full_indexes[0]);
    full_index_check(&got->indexes[1], &full_indexes[1]);
    CHECK_EQ(got->index_id_next, 8);
    CHECK(got->billing == BILLING_PAY_PER_REQUEST && got->billing_ever_on_demand);
    CHECK_EQ(got->billing_on_demand_ms, 2);
    CHECK(memcmp(&got->throughput, &want.throughput, sizeof(want.throughput)) == 0);
    CHECK(got->throughput_next.present && got->throughput_next.read == 8 && got->throughput_next.write == 9);
    CHECK(memcmp(&got->on_demand, &want.on_demand, sizeof(want.on_demand)) == 0);
    CHECK(memcmp(&got->warm, &want.warm, sizeof(want.warm)) == 0);
    CHECK(memcmp(&got->warm_next, &want.warm_next, sizeof(want.warm_next)) == 0);
    CHECK(got->deletion_protection && got->deletion_protection_ms == 14);
    CHECK(slice_equal(got->table_class, want.table_class) && slice_equal(got->table_class_next, want.table_class_next));
    CHECK(got->table_class_ms == 15 && got->table_class_before_ms == 16);
    CHECK(!got->sse_kms && got->sse_key_arn.p == NULL);
    CHECK(got->tags_count == 2 && slice_is(got->tags[1].key, "l") && slice_is(got->tags[1].value, "v"));
    CHECK(got->tags[0].value.p != NULL && got->tags[0].value.n == 0);
}

TEST(catalog, everything_in_a_descriptor_survives_a_restart)
{
    struct world w = world_make();
    const struct table_desc *made;
    struct catalog_view *view;

    CHECK(change(&w, "T", fill_full, &made) == OK);
    full_check(made);
    reopen(&w);
    view = catalog_acquire(w.catalog, w.self);
    full_check(catalog_at(view, 0));
    catalog_release(view, w.self);
    world_end(&w);
}

TEST(catalog, what_an_entry_carries_is_its_keys_the_tables_keys_and_the_included_names)
{
    struct world w = world_make();
    const char *const want[] = {"a", "b", "pk", "sk", "when", "x", "y"};
    const struct table_desc *made;

    CHECK(change(&w, "T", fill_full, &made) == OK);
    CHECK_EQ(made->indexes[1].carried_count, 7);
    for (int i = 0; i < 7; i++)
        CHECK(slice_is(made->indexes[1].carried[i], want[i]));
    CHECK_EQ(made->indexes[0].carried_count, 3);
    world_end(&w);
}

/* ---- damage ---- */
static enum err put_anything(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct slice *pair = context;
    struct record record = {.stamp = stamp, .body = pair[1]};
    struct buf out;

    (void)old;
    buf_init(&out, arena, 1 << 20);
    record_write(&out, pair[0], &record);
    effects_put(fx, ENGINE_META, pair[0], buf_view(&out));
    return OK;
}

static void meta_put(struct world *w, struct slice key, struct slice body)
{
    struct slice pair[2] = {key, body};
    const struct engine_key keys[] = {{ENGINE_META, key}};
    const struct engine_decision decision = {.keys = keys, .keys_count = 1, .fn = put_anything, .context = pair};
    engine_ticket ticket;

    CHECK(engine_decide(w->engine, w->self, w->arena, &decision, &ticket) == OK);
    CHECK(engine_settle(w->engine, w->self, ticket) == OK);
}

TEST(catalog, a_body_that_is_no_descriptor_is_reported_and_not_believed)
{
    struct world w = world_make();
    struct table_desc desc;
    const char *what;
    char *reason = NULL;
    struct buf good;
    uint8_t *bytes;

    CHECK(change(&w, "T", fill_full, NULL) == OK);
    struct catalog_view *view = catalog_acquire(w.catalog, w.self);
    buf_init(&good, w.arena, 1 << 20);
    catalog__encode(catalog_at(view, 0), &good, w.arena);
    catalog_release(view, w.self);
    bytes = arena_alloc(w.arena, good.n);
    for (size_t at = 0; at < good.n; at++) { /* whatever one byte becomes: OK or ERR_CORRUPT, nothing else */
        memcpy(bytes, good.p, good.n);
        bytes[at] ^= 0x41;
        struct arena *arena = arena_create(4096);
        enum err err = catalog__decode(slice_of(bytes, good.n), arena, &desc, &what);

        CHECK(err == OK || err == ERR_CORRUPT);
        arena_destroy(arena);
    }
    CHECK(catalog__decode(slice_of(good.p, good.n - 1), w.arena, &desc, &what) == ERR_CORRUPT);
    meta_put(&w, catalog__table_key(w.arena, 'T', 9), slice_of(good.p, good.n - 1));
    catalog_close(w.catalog);
    CHECK(catalog_open(w.engine, w.self, &w.catalog, &reason) == ERR_CORRUPT);
    CHECK(reason != NULL && strstr(reason, "table 9") != NULL);
    free(reason);
    w.catalog = NULL;
    world_end(&w);
}

/* ---- a disk that fails ---- */
/* Appends, fence and all, but nothing becomes durable: as when the group fails to be synced. */
static enum err decide_in_vain(struct engine *engine, struct fiber *self, struct arena *arena,
    const struct engine_decision *decision, engine_ticket *ret_ticket)
{
    struct engine_record old[2] = {0};
    struct effects fx;
    enum err err;

    (void)engine, (void)self;
    engine__effects_init(&fx, arena, 1, NULL);
    err = decision->fn(decision->context, old, 1, arena, &fx);
    for (struct effect *effect = fx.first; effect != NULL; effect = effect->next)
        if (effect->kind == EFFECT_FENCE)
            atomic_store(&effect->fence->version, effect->version);
    *ret_ticket = 1;
    return err;
}

static enum err settle_in_vain(struct engine *engine, struct fiber *self, engine_ticket ticket)
{
    (void)engine, (void)self, (void)ticket;
    return ERR_IO;
}

TEST(catalog, a_change_that_cannot_be_stored_leaves_the_old_version_in_force)
{
    struct world w = world_make();
    struct engine_ops failing = *w.engine->ops;
    const struct engine_ops *sound = w.engine->ops;
    const struct table_desc *desc;
    struct catalog_view *view;

    CHECK(change(&w, "T", fill_small, NULL) == OK);
    failing.decide = decide_in_vain;
    failing.settle = settle_in_vain;
    w.engine->ops = &failing;
    CHECK(change(&w, "T", fill_small, NULL) == ERR_IO);
    CHECK(change(&w, "T", fill_remove, NULL) == ERR_IO);
    CHECK(change(&w, "U", fill_small, NULL) == ERR_IO);
    w.engine->ops = sound;
    view = catalog_acquire(w.catalog, w.self);
    CHECK_EQ(catalog_count(view), 1);
    desc = catalog_at(view, 0);
    CHECK_EQ(desc->version, 1);
    CHECK_EQ(atomic_load(&desc->fence->version), 1);
    catalog_wait_newer(w.catalog, w.self, desc->id, 1); /* returns: there is nothing to wait for */
    catalog_wait_change(w.catalog, w.self, view);
    catalog_release(view, w.self);
    CHECK(change(&w, "T", fill_small, NULL) == OK);
    reopen(&w);
    view = catalog_acquire(w.catalog, w.self);
    CHECK_EQ(catalog_at(view, 0)->version, 2);
    catalog_release(view, w.self);
    world_end(&w);
}

/* ---- lists ---- */
TEST(catalog, names_are_listed_in_order_of_bytes_and_in_pages)
{
    struct world w = world_make();
    const char *const names[] = {"b", "B", "a.1", "_x", "a-1"};
    const char *const want[] = {"B", "_x", "a-1", "a.1", "b"};
    const struct table_desc *tables[5];
    struct catalog_view *view;
    bool more;

    for (int i = 0; i < 5; i++)
        CHECK(change(&w, names[i], fill_small, NULL) == OK);
    view = catalog_acquire(w.catalog, w.self);
    CHECK_EQ(catalog_list(view, ACCOUNT, REGION, SLICE_NULL, 5, tables, &more), 5);
    CHECK(!more);
    for (int i = 0; i < 5; i++)
        CHECK(slice_is(tables[i]->name, want[i]));
    CHECK_EQ(catalog_list(view, ACCOUNT, REGION, SLICE_LIT("_x"), 2, tables, &more), 2);
    CHECK(slice_is(tables[0]->name, "a-1") && more);
    CHECK_EQ(catalog_list(view, ACCOUNT, REGION, SLICE_LIT("a.0"), 2, tables, &more), 2);
    CHECK(slice_is(tables[0]->name, "a.1") && slice_is(tables[1]->name, "b") && !more);
    CHECK_EQ(catalog_list(view, ACCOUNT, REGION, SLICE_LIT("z"), 2, tables, &more), 0);
    CHECK_EQ(catalog_list(view, ACCOUNT, SLICE_LIT("us-east-2"), SLICE_NULL, 2, tables, &more), 0);
    CHECK(!more);
    catalog_release(view, w.self);
    world_end(&w);
}

TEST(catalog, many_tables_are_all_found_after_a_restart)
{
    struct world w = world_make();
    char name[16];

    for (int i = 0; i < 700; i++) { /* more than two pages of loading */
        snprintf(name, sizeof(name), "t%d", i * 7919 % 1000);
        CHECK(change(&w, name, fill_small, NULL) == OK);
    }
    reopen(&w);
    for (int i = 0; i < 700; i++) {
        snprintf(name, sizeof(name), "t%d", i * 7919 % 1000);
        CHECK(id_of(&w, name) == (uint32_t)i + 1);
    }
    world_end(&w);
}

/* ---- several threads ---- */
#define CHANGES 60

struct crowd {
    struct engine *engine;
    struct catalog *catalog;
    _Atomic bool stop;
    _Atomic int seen_max, bad;
};

static void *changer(void *argument)
{
    struct crowd *crowd = argument;
    struct world w = {crowd->engine, crowd->catalog, fiber_of_thread(), arena_create(4096)};

    for (int i = 0; i < CHANGES; i++) {
        if (change(&w, "T", fill_small, NULL) != OK)
            atomic_fetch_add(&crowd->bad, 1);
        arena_destroy(w.arena);
        w.arena = arena_create(4096);
    }
    fiber_of_thread_destroy(w.self);
    arena_destroy(w.arena);
    return NULL;
}

/* On a worker: the version never goes back, and what is seen is whole. */
static void reader(struct fiber *self, struct arena *arena, void *argument)
{
    struct crowd *crowd = argument;
    uint64_t last = 0;

    (void)arena;
    while (!atomic_load(&crowd->stop)) {
        struct catalog_view *view = catalog_acquire(crowd->catalog, self);
        const struct table_desc *desc = catalog_find(view, ACCOUNT, REGION, SLICE_LIT("T"));

        if (desc == NULL || desc->version < last || !slice_is(desc->hash.name, "pk"))
            atomic_fetch_add(&crowd->bad, 1);
        last = desc->version;
        fiber_yield(self); /* others of this worker acquire and release meanwhile */
        if (desc->version != last || catalog_find_id(view, desc->id) != desc)
            atomic_fetch_add(&crowd->bad, 1);
        catalog_release(view, self);
        if ((int)last > atomic_load(&crowd->seen_max))
            atomic_store(&crowd->seen_max, (int)last);
    }
}

/* Waits for each version in turn. */
static void waiter(struct fiber *self, struct arena *arena, void *argument)
{
    struct crowd *crowd = argument;

    (void)arena;
    while (!atomic_load(&crowd->stop)) {
        struct catalog_view *view = catalog_acquire(crowd->catalog, self);
        const struct table_desc *desc = catalog_find(view, ACCOUNT, REGION, SLICE_LIT("T"));
        uint32_t id = desc->id;
        uint64_t version = desc->version;

        if (version % 2 == 0)
            catalog_wait_change(crowd->catalog, self, view);
        catalog_release(view, self);
        catalog_wait_newer(crowd->catalog, self, id, version);
        fiber_yield(self);
    }
}

TEST(catalog, readers_and_waiters_on_workers_live_with_changes_from_other_threads)
{
    struct world w = world_make();
    struct crowd crowd = {.engine = w.engine, .catalog = w.catalog};
    const struct workers_options options = {.count = 2, .io_threads = 1};
    struct workers *workers;
    pthread_t threads[2];

    CHECK(change(&w, "T", fill_small, NULL) == OK);
    CHECK(workers_start(&options, &workers) == OK);
    for (uint32_t i = 0; i < 6; i++)
        CHECK(worker_spawn(workers_at(workers, i % 2), i < 4 ? reader : waiter, &crowd) == OK);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, changer, &crowd);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    while (atomic_load(&crowd.seen_max) < 1 + 2 * CHANGES && atomic_load(&crowd.bad) == 0)
        sched_yield();
    atomic_store(&crowd.stop, true);
    workers_stop_and_join(workers);
    CHECK_EQ(atomic_load(&crowd.bad), 0);
    CHECK_EQ(atomic_load(&crowd.seen_max), 1 + 2 * CHANGES);
    world_end(&w);
}

TEST_MAIN()
