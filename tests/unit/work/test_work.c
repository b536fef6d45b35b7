/* SPDX-License-Identifier: Apache-2.0 */

/* Background work on the memory engine: fillings beside live writers, removals, restarts in between. Rounds are called
 * by hand. */
#include "test.h"

#include <sched.h>
#include <string.h>

#include "codec/key.h"
#include "codec/record.h"
#include "os/clock.h"
#include "table/table.h"
#include "table/token.h"
#include "work/work.h"
#include "work/work_int.h"

#define ACCOUNT SLICE_LIT("123456789012")
#define REGION  SLICE_LIT("us-east-1")
#define NAME    SLICE_LIT("T")

#define STEP_ITEMS 200 /* a few steps a table */

static uint64_t clock_ms(void *context)
{
    (void)context;
    return os_clock_wall_ms();
}

struct world {
    struct engine *engine;
    struct catalog *catalog;
    struct work *work;
    struct fiber *self;
    struct arena *arena;
    struct fault fault;
};

static void work_open(struct world *w)
{
    const struct work_options options = {.engine = w->engine, .catalog = w->catalog};

    CHECK(work_start(&options, &w->work) == OK);
    w->work->step_items = STEP_ITEMS;
}

static enum err fill_table(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    (void)context, (void)ret_what, (void)present;
    next->hash = (struct key_attribute){SLICE_LIT("pk"), VALUE_S};
    next->status = TABLE_ACTIVE;
    next->billing = BILLING_PAY_PER_REQUEST;
    table_definitions_settle(next, arena);
    return OK;
}

static void change(struct world *w, catalog_change_fn *fill, void *context)
{
    const struct table_desc *ignored;

    CHECK(catalog_change(w->catalog, w->self, w->arena, ACCOUNT, REGION, NAME, fill, context, &ignored) == OK);
}

static struct world world_make(void)
{
    const struct engine_mem_options options = {.clock = clock_ms, .run_twice = true};
    struct world w = {.engine = engine_mem_open(&options), .self = fiber_of_thread(), .arena = arena_create(4096)};
    char *reason;

    w.fault.arena = w.arena;
    CHECK(catalog_open(w.engine, w.self, &w.catalog, &reason) == OK);
    work_open(&w);
    change(&w, fill_table, NULL);
    return w;
}

static void world_end(struct world *w)
{
    work_stop(w->work);
    catalog_close(w->catalog);
    engine_close(w->engine);
    fiber_of_thread_destroy(w->self);
    arena_destroy(w->arena);
}

static void restart(struct world *w)
{
    char *reason;

    work_stop(w->work);
    catalog_close(w->catalog);
    CHECK(catalog_open(w->engine, w->self, &w->catalog, &reason) == OK);
    work_open(w);
}

/* One round; false when nothing was due. */
static bool round_at(struct world *w, uint64_t now_ms)
{
    uint64_t wait_ms;

    CHECK(work_round(w->work, w->self, w->arena, now_ms, &wait_ms) == OK);
    return wait_ms == 0;
}

static void rounds(struct world *w)
{
    int n = 0;

    while (round_at(w, 1000000))
        CHECK(++n < 1000);
}

static const struct table_desc *desc_of(struct world *w)
{
    struct catalog_view *view = catalog_acquire(w->catalog, w->self);
    const struct table_desc *desc = catalog_find(view, ACCOUNT, REGION, NAME), *copy = NULL;

    if (desc != NULL)
        copy = table_desc_dup(w->arena, desc);
    catalog_release(view, w->self);
    return copy;
}

/* ---- an index g on attribute g (S), projecting it and v ---- */
static enum err fill_index_create(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    static const struct slice non_key[] = {SLICE_LIT("v")};
    struct index_desc *index = &table_indexes_edit(next, arena)[next->gsi_count++];

    (void)context, (void)ret_what, (void)present;
    *index = (struct index_desc){
        .id = next->index_id_next++,
        .global = true,
        .name = SLICE_LIT("by-g"),
        .status = INDEX_CREATING,
        .hash = {{SLICE_LIT("g"), VALUE_S}},
        .hash_count = 1,
        .projection = PROJECTION_INCLUDE,
        .non_key = non_key,
        .non_key_count = 1,
        .on_demand = {-1, -1},
        .warm = {-1, -1},
        .warm_next = {-1, -1},
    };
    table_definitions_settle(next, arena);
    table_updating_settle(next);
    return OK;
}

static enum err fill_index_delete(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    (void)context, (void)ret_what, (void)present;
    table_indexes_edit(next, arena)[0].status = INDEX_DELETING;
    table_updating_settle(next);
    return OK;
}

static enum err fill_table_delete(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    (void)context, (void)ret_what, (void)present, (void)arena;
    next->status = TABLE_DELETING;
    next->due_ms = 5000;
    return OK;
}

/* ---- items ---- */
/* {"pk": pk, "g": g, "v": v}; g NULL: absent, "#": a number */
static struct slice item(struct world *w, const char *pk, const char *g, const char *v)
{
    struct buf *out = arena_zalloc(w->arena, sizeof(*out));
    struct builder b;

    buf_init(out, w->arena, 1 << 20);
    builder_init(&b, out, w->arena);
    struct builder_frame body = builder_body_begin(&b);

    builder_name(&b, &body, SLICE_LIT("pk"));
    builder_s(&b, slice_from_cstr(pk));
    if (g != NULL) {
        builder_name(&b, &body, SLICE_LIT("g"));
        if (strcmp(g, "#") == 0)
            builder_int(&b, 7);
        else
            builder_s(&b, slice_from_cstr(g));
    }
    builder_name(&b, &body, SLICE_LIT("v"));
    builder_s(&b, slice_from_cstr(v));
    builder_body_end(&b, body);
    return buf_view(out);
}

/* Under the present descriptor, and again under the next one when that comes in between. */
static void write_item(struct world *w, enum table_write_kind kind, struct slice body)
{
    enum err err = ERR_STALE;

    while (err == ERR_STALE) {
        struct catalog_view *view = catalog_acquire(w->catalog, w->self);
        struct table_context context = {
            w->engine, w->self, w->arena, catalog_find(view, ACCOUNT, REGION, NAME), &w->fault, 1, {0}, {0}};
        struct table_write write = {.kind = kind, .item = body, .item_size = body_size(body)};
        engine_ticket ticket;

        write.key = table_item_key(context.table, body, w->arena);
        err = table_write(&context, &write, &ticket);
        if (err == ERR_STALE)
            catalog_wait_newer(w->catalog, w->self, context.table->id, context.table->version);
        else
            CHECK(err == OK && engine_settle(w->engine, w->self, ticket) == OK);
        catalog_release(view, w->self);
    }
}

static void put(struct world *w, const char *pk, const char *g, const char *v)
{
    write_item(w, TABLE_PUT, item(w, pk, g, v));
}

static void del(struct world *w, const char *pk)
{
    write_item(w, TABLE_DELETE, item(w, pk, NULL, ""));
}

/* Entries of the first index really there, and their bytes. */
static int64_t entries(struct world *w, int64_t *ret_bytes)
{
    struct buf prefix;
    struct slice from, to;
    struct engine_page page;

    buf_init(&prefix, w->arena, 64);
    key_prefix(&prefix, 1, 1);
    work__prefix_range(w->arena, buf_view(&prefix), &from, &to);
    CHECK(engine_range(w->engine, w->self, w->arena, ENGINE_DATA, from, to, false, 100000, 1 << 24, &page) == OK);
    *ret_bytes = 0;
    for (uint32_t i = 0; i < page.count; i++) {
        struct record record;

        CHECK(record_read(page.keys[i], page.values[i], &record) == OK);
        *ret_bytes += body_size(record.body);
    }
    return page.count;
}

static int64_t counter(struct world *w, uint16_t index, enum table_counter which)
{
    const struct engine_key key = {ENGINE_META, table_counter_key(w->arena, 1, index, which)};
    struct engine_record record;
    int64_t value;

    CHECK(engine_get(w->engine, w->self, w->arena, &key, 1, &record) == OK);
    CHECK(counter_value(key.key, record.bytes, &value) == OK);
    return value;
}

/* The index holds `count` entries and its counters say so. */
static void check_index(struct world *w, int64_t count)
{
    int64_t bytes, there = entries(w, &bytes);

    CHECK_EQ(there, count);
    CHECK_EQ(counter(w, 1, COUNTER_ITEMS), count);
    CHECK_EQ(counter(w, 1, COUNTER_BYTES), bytes);
}

static const char *numbered(char *text, char letter, int i)
{
    snprintf(text, 16, "%c%05d", letter, i);
    return text;
}

/* ---- fillings ---- */
TEST(work, an_index_of_a_live_table_gets_the_entries_of_older_items)
{
    struct world w = world_make();
    char pk[16], g[16];

    for (int i = 0; i < 700; i++)
        put(&w, numbered(pk, 'p', i), numbered(g, 'g', i), "v");
    put(&w, "without", NULL, "v");
    change(&w, fill_index_create, NULL);
    CHECK(desc_of(&w)->status == TABLE_UPDATING);
    CHECK(round_at(&w, 1000));
    CHECK(desc_of(&w)->status == TABLE_ACTIVE && desc_of(&w)->indexes[0].status == INDEX_BACKFILLING);
    rounds(&w);
    CHECK(desc_of(&w)->indexes[0].status == INDEX_ACTIVE);
    CHECK_EQ(desc_of(&w)->indexes[0].warm.read, 12000);
    check_index(&w, 700);
    world_end(&w);
}

TEST(work, items_whose_key_attribute_does_not_fit_are_passed_over)
{
    struct world w = world_make();
    char *text = arena_zalloc(w.arena, 2050);

    memset(text, 'x', 2048);
    put(&w, "longest", text, "v");
    text[2048] = 'x';
    put(&w, "too long", text, "v");
    put(&w, "number", "#", "v");
    put(&w, "empty", "", "v");
    put(&w, "absent", NULL, "v");
    change(&w, fill_index_create, NULL);
    rounds(&w);
    check_index(&w, 1);
    world_end(&w);
}

TEST(work, a_filling_goes_on_after_a_restart_where_it_was)
{
    struct world w = world_make();
    struct work_figures figures;
    char pk[16], g[16];

    for (int i = 0; i < 700; i++)
        put(&w, numbered(pk, 'p', i), numbered(g, 'g', i), "v");
    change(&w, fill_index_create, NULL);
    CHECK(round_at(&w, 1000));
    restart(&w);
    CHECK(round_at(&w, 1000));
    restart(&w);
    CHECK(round_at(&w, 1000));
    restart(&w);
    rounds(&w);
    work_figures(w.work, &figures);
    CHECK(figures.items_scanned < 700);
    CHECK(desc_of(&w)->indexes[0].status == INDEX_ACTIVE);
    check_index(&w, 700);
    world_end(&w);
}

TEST(work, live_writers_and_a_filling_count_each_entry_once)
{
    struct world w = world_make();
    char pk[16], g[16];

    for (int i = 0; i < 600; i++)
        put(&w, numbered(pk, 'p', i), numbered(g, 'g', i), "v");
    change(&w, fill_index_create, NULL);
    CHECK(round_at(&w, 1000)); /* in force; nothing is filled yet */
    for (int step = 0; step < 4; step++) {
        for (int i = step; i < 600; i += 8) { /* some before the cursor, some behind it: order is that of hashes */
            numbered(pk, 'p', i);
            switch (i / 8 % 6) {
            case 0:
                del(&w, pk); /* gone, perhaps before it was ever indexed */
                break;
            case 1:
                put(&w, pk, numbered(g, 'h', i), "other"); /* moves */
                break;
            case 2:
                put(&w, pk, NULL, "v"); /* leaves the index */
                break;
            case 3:
                put(&w, pk, numbered(g, 'g', i), "a longer value"); /* same key, more bytes */
                break;
            case 4:
                put(&w, pk, numbered(g, 'g', i), "v"); /* nothing changes */
                break;
            default:
                del(&w, pk);
                put(&w, pk, numbered(g, 'k', i), "v"); /* goes and comes back */
            }
        }
        round_at(&w, 1000);
    }
    rounds(&w);
    CHECK(desc_of(&w)->indexes[0].status == INDEX_ACTIVE);
    int64_t bytes, there = entries(&w, &bytes), expected = 0;

    for (int i = 0; i < 600; i++)
        expected += i % 8 > 3 || (i / 8 % 6 != 0 && i / 8 % 6 != 2);
    CHECK_EQ(there, expected);
    check_index(&w, expected);
    for (int i = 0; i < 600; i++)
        del(&w, numbered(pk, 'p', i));
    check_index(&w, 0);
    CHECK_EQ(counter(&w, 0, COUNTER_ITEMS), 0);
    CHECK_EQ(counter(&w, 0, COUNTER_BYTES), 0);
    world_end(&w);
}

/* ---- removals ---- */
TEST(work, a_deleted_index_goes_with_its_entries_counters_and_definitions)
{
    struct world w = world_make();
    int64_t bytes;
    char pk[16], g[16];

    for (int i = 0; i < 50; i++)
        put(&w, numbered(pk, 'p', i), numbered(g, 'g', i), "v");
    change(&w, fill_index_create, NULL);
    rounds(&w);
    CHECK_EQ(desc_of(&w)->definitions_count, 2);
    change(&w, fill_index_delete, NULL);
    CHECK(desc_of(&w)->status == TABLE_UPDATING);
    rounds(&w);
    CHECK(desc_of(&w)->gsi_count == 0 && desc_of(&w)->status == TABLE_ACTIVE);
    CHECK_EQ(desc_of(&w)->definitions_count, 1);
    CHECK_EQ(entries(&w, &bytes), 0);
    check_index(&w, 0);
    CHECK_EQ(counter(&w, 0, COUNTER_ITEMS), 50);
    world_end(&w);
}

TEST(work, an_index_may_be_deleted_while_it_is_being_filled)
{
    struct world w = world_make();
    char pk[16], g[16];

    for (int i = 0; i < 600; i++)
        put(&w, numbered(pk, 'p', i), numbered(g, 'g', i), "v");
    change(&w, fill_index_create, NULL);
    CHECK(round_at(&w, 1000));
    CHECK(round_at(&w, 1000));
    change(&w, fill_index_delete, NULL);
    rounds(&w);
    CHECK_EQ(desc_of(&w)->gsi_count, 0);
    check_index(&w, 0);
    world_end(&w);
}

static int64_t records(struct world *w, enum engine_space space)
{
    struct engine_page page;

    CHECK(engine_range(
              w->engine, w->self, w->arena, space, SLICE_LIT("\0"), SLICE_NULL, false, 100000, 1 << 24, &page) == OK);
    return page.count;
}

TEST(work, a_deleted_table_leaves_nothing_and_not_before_it_is_due)
{
    struct world w = world_make();
    char pk[16], g[16];

    change(&w, fill_index_create, NULL);
    rounds(&w);
    for (int i = 0; i < 300; i++)
        put(&w, numbered(pk, 'p', i), numbered(g, 'g', i), "v");
    change(&w, fill_table_delete, NULL);
    CHECK(!round_at(&w, 4999));
    CHECK(desc_of(&w) != NULL);
    restart(&w);
    CHECK(round_at(&w, 5000));
    rounds(&w);
    CHECK(desc_of(&w) == NULL);
    CHECK_EQ(records(&w, ENGINE_DATA), 0);
    change(&w, fill_table, NULL);
    CHECK_EQ(desc_of(&w)->id, 2);
    CHECK_EQ(counter(&w, 0, COUNTER_ITEMS), 0);
    world_end(&w);
}

static enum err collection_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    (void)old, (void)stamp, (void)arena;
    effects_add(fx, *(const struct slice *)context, 5);
    return OK;
}

/* As a writer of a table with a local index does. */
static void collection_add(struct world *w, int i)
{
    char pk[16];
    struct slice key = table_collection_key(w->arena, 1, slice_from_cstr(numbered(pk, 'p', i)));
    const struct engine_key keys[] = {{ENGINE_META, key}};
    const struct engine_decision decision = {.keys = keys, .keys_count = 1, .fn = collection_decide, .context = &key};
    engine_ticket ticket;

    CHECK(engine_decide(w->engine, w->self, w->arena, &decision, &ticket) == OK);
    CHECK(engine_settle(w->engine, w->self, ticket) == OK);
}

TEST(work, collections_of_a_deleted_table_go_page_by_page)
{
    struct world w = world_make();
    uint64_t wait_ms;

    for (int i = 0; i < 2 * WORK_PAGE_ENTRIES + 1; i++)
        collection_add(&w, i);
    CHECK(records(&w, ENGINE_META) > 2 * WORK_PAGE_ENTRIES);
    change(&w, fill_table_delete, NULL);
    CHECK(work_round(w.work, w.self, w.arena, 6000, &wait_ms) == OK);
    CHECK(wait_ms == 0 && desc_of(&w) != NULL);
    rounds(&w);
    CHECK(desc_of(&w) == NULL);
    CHECK(records(&w, ENGINE_META) < 5);
    world_end(&w);
}

/* ---- request tokens ---- */
struct token_write {
    struct slice key;
    uint64_t expires_s;
};

static enum err token_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct token_write *write = context;
    const uint32_t sizes[] = {7, 100};

    (void)old;
    token_put(fx, arena, write->key, stamp, write->expires_s, SLICE_LIT("0123456789abcdef"), sizes, 2);
    return OK;
}

static struct slice token_key_of(struct world *w, int i)
{
    return token_key(w->arena, 1, ACCOUNT, REGION, arena_printf(w->arena, "token-%05d", i));
}

static void token_add(struct world *w, int i, uint64_t expires_s)
{
    struct token_write write = {.key = token_key_of(w, i), .expires_s = expires_s};
    const struct engine_key key = {ENGINE_META, write.key};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = token_decide, .context = &write};
    engine_ticket ticket;

    CHECK(engine_decide(w->engine, w->self, w->arena, &decision, &ticket) == OK);
    CHECK(engine_settle(w->engine, w->self, ticket) == OK);
}

static bool token_there(struct world *w, int i)
{
    const struct engine_key key = {ENGINE_META, token_key_of(w, i)};
    struct engine_record record;

    CHECK(engine_get(w->engine, w->self, w->arena, &key, 1, &record) == OK);
    return record.bytes.p != NULL;
}

TEST(work, expired_tokens_go_page_by_page_and_the_others_stay)
{
    struct world w = world_make();
    struct work_figures figures;
    int count = 2 * WORK_PAGE_ENTRIES + 3;

    for (int i = 0; i < count; i++)
        token_add(&w, i, i % 3 == 0 ? 1001 : 1000);
    rounds(&w); /* at second 1000 */
    for (int i = 0; i < count; i++)
        CHECK(token_there(&w, i) == (i % 3 == 0));
    work_figures(w.work, &figures);
    CHECK_EQ(figures.tokens_removed, count - (count + 2) / 3);
    CHECK(!round_at(&w, 1000000 + WORK_TOKENS_PAUSE_MS - 1)); /* the next walk is not due yet */
    CHECK(token_there(&w, 0));
    while (round_at(&w, 1000000 + WORK_TOKENS_PAUSE_MS))
        ;
    for (int i = 0; i < count; i++)
        CHECK(!token_there(&w, i));
    world_end(&w);
}

static enum err damage_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    (void)old, (void)stamp, (void)arena;
    effects_put(fx, ENGINE_META, *(const struct slice *)context, SLICE_LIT("this is no record of anything at all"));
    return OK;
}

TEST(work, a_token_record_that_cannot_be_read_stops_nobody)
{
    struct world w = world_make();
    struct slice key = token_key_of(&w, 1);
    const struct engine_key at = {ENGINE_META, key};
    const struct engine_decision decision = {.keys = &at, .keys_count = 1, .fn = damage_decide, .context = &key};
    engine_ticket ticket;

    token_add(&w, 0, 999);
    token_add(&w, 2, 999);
    CHECK(engine_decide(w.engine, w.self, w.arena, &decision, &ticket) == OK);
    rounds(&w);
    CHECK(!token_there(&w, 0) && token_there(&w, 1) && !token_there(&w, 2));
    world_end(&w);
}

/* ---- growth ---- */
#define HALF_HOUR_MS 1800000u

/* So many write units a second, over a whole minute long ago. */
static void traffic(struct world *w, bool of_index, uint64_t units)
{
    struct catalog_view *view = catalog_acquire(w->catalog, w->self);
    const struct table_desc *desc = catalog_find(view, ACCOUNT, REGION, NAME);
    struct meter *meter = table_meter(desc, of_index ? &desc->indexes[0] : NULL);

    atomic_store(&meter->peaks[METER_WRITE].minute, 0);
    meter_note(meter, METER_WRITE, 0, units * 120);
    catalog_release(view, w->self);
}

static struct world world_make_growing(void)
{
    struct world w = world_make();

    w.work->growth = true;
    change(&w, fill_index_create, NULL);
    rounds(&w);
    return w;
}

TEST(work, an_on_demand_table_grows_to_twice_its_peak_every_half_hour)
{
    struct world w = world_make_growing();

    traffic(&w, false, 3000);
    (void)round_at(&w, 1000000 + HALF_HOUR_MS - 1000);
    CHECK(desc_of(&w)->warm.write < 6000);
    (void)round_at(&w, 1000000 + HALF_HOUR_MS + 60000);
    CHECK_EQ(desc_of(&w)->warm.write, 6000);
    CHECK(desc_of(&w)->indexes[0].warm.write < 6000);
    traffic(&w, false, 2000); /* it never shrinks */
    (void)round_at(&w, 1000000 + 3 * HALF_HOUR_MS);
    CHECK_EQ(desc_of(&w)->warm.write, 6000);
    traffic(&w, false, 1000000);
    (void)round_at(&w, 1000000 + 5 * HALF_HOUR_MS);
    CHECK_EQ(desc_of(&w)->warm.write, TABLE_WRITE_UNITS_MAX);
    world_end(&w);
}

TEST(work, an_index_grows_by_itself)
{
    struct world w = world_make_growing();

    traffic(&w, true, 3000);
    (void)round_at(&w, 1000000 + HALF_HOUR_MS + 60000);
    CHECK(desc_of(&w)->warm.write < 6000);
    CHECK_EQ(desc_of(&w)->indexes[0].warm.write, 6000);
    world_end(&w);
}

TEST(work, nothing_grows_when_nothing_is_limited)
{
    struct world w = world_make();

    rounds(&w);
    traffic(&w, false, 3000);
    (void)round_at(&w, 1000000 + HALF_HOUR_MS + 60000);
    CHECK(desc_of(&w)->warm.write < 6000);
    world_end(&w);
}

/* ---- the fiber ---- */
TEST(work, the_fiber_ends_states_by_itself_and_stops)
{
    struct world w = world_make();
    const struct workers_options options = {.count = 1, .io_threads = 1};
    struct work_options work_options = {.engine = w.engine, .catalog = w.catalog};
    struct workers *workers;
    char pk[16], g[16];

    for (int i = 0; i < 600; i++)
        put(&w, numbered(pk, 'p', i), numbered(g, 'g', i), "v");
    work_stop(w.work);
    CHECK(workers_start(&options, &workers) == OK);
    work_options.workers = workers;
    CHECK(work_start(&work_options, &w.work) == OK);
    change(&w, fill_index_create, NULL);
    while (desc_of(&w)->indexes[0].status != INDEX_ACTIVE) {
        put(&w, numbered(pk, 'p', 3), numbered(g, 'g', 3), "v");
        sched_yield();
    }
    check_index(&w, 600);
    change(&w, fill_table_delete, NULL);
    while (desc_of(&w) != NULL)
        sched_yield();
    work_stop(w.work);
    w.work = NULL;
    workers_stop_and_join(workers);
    world_end(&w);
}

TEST_MAIN()
