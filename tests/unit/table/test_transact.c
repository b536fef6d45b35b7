/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Transactions below the API, on the memory engine, which runs every decision twice: what several actions have in
 * common. What an action means and how it is told is pinned by tests/conformance/transactions.
 */
#include "table/transact.h"

#include <pthread.h>
#include <string.h>

#include "codec/key.h"
#include "codec/record.h"
#include "gate.h"
#include "test.h"

#define ACCOUNT SLICE_LIT("123456789012")
#define REGION  SLICE_LIT("us-east-1")
#define TABLES  2

/* ---- two tables, each with a global index on g ---- */

static struct world {
    struct engine *engine;
    struct catalog *catalog;
    struct fiber *self;
    struct arena *arena;
    struct catalog_view *view;
    const struct table_desc *tables[TABLES];
} w;

static enum err table_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    struct index_desc *index;

    (void)present, (void)ret_what;
    next->hash = (struct key_attribute){SLICE_LIT("pk"), VALUE_S};
    next->hash_seed = 1; /* which keys share a latch depends on it */
    next->status = TABLE_ACTIVE;
    next->billing = BILLING_PAY_PER_REQUEST;
    index = &table_indexes_edit(next, arena)[next->gsi_count++];
    *index = (struct index_desc){.id = 1,
        .global = true,
        .name = SLICE_LIT("by-g"),
        .status = *(const enum index_status *)context,
        .hash = {{SLICE_LIT("g"), VALUE_S}},
        .hash_count = 1,
        .projection = PROJECTION_ALL,
        .on_demand = {-1, -1},
        .warm = {-1, -1},
        .warm_next = {-1, -1}};
    next->index_id_next = 2;
    table_definitions_settle(next, arena);
    return OK;
}

static struct slice table_name(int i)
{
    return i == 0 ? SLICE_LIT("T") : SLICE_LIT("U");
}

static void tables_change(catalog_change_fn *fill, void *context)
{
    const struct table_desc *ignored;

    for (int i = 0; i < TABLES; i++)
        CHECK(
            catalog_change(w.catalog, w.self, w.arena, ACCOUNT, REGION, table_name(i), fill, context, &ignored) == OK);
}

static void tables_take(void)
{
    if (w.view != NULL)
        catalog_release(w.view, w.self);
    w.view = catalog_acquire(w.catalog, w.self);
    for (int i = 0; i < TABLES; i++)
        w.tables[i] = catalog_find(w.view, ACCOUNT, REGION, table_name(i));
}

static void begin(enum index_status status)
{
    const struct engine_mem_options options = {.clock = gate_clock_ms, .run_twice = true};
    char *reason;

    w = (struct world){.engine = engine_mem_open(&options), .self = fiber_of_thread(), .arena = arena_create(65536)};
    CHECK(catalog_open(w.engine, w.self, &w.catalog, &reason) == OK);
    tables_change(table_fill, &status);
    tables_take();
}

static void end(void)
{
    catalog_release(w.view, w.self);
    catalog_close(w.catalog);
    engine_close(w.engine);
    fiber_of_thread_destroy(w.self);
    arena_destroy(w.arena);
}

/* ---- items: {"pk": pk, "g": g}; g NULL: absent ---- */

static struct slice item(struct arena *arena, const char *pk, const char *g)
{
    struct buf out;
    struct builder b;
    struct builder_frame body;

    buf_init(&out, arena, 1 << 20);
    builder_init(&b, &out, arena);
    body = builder_body_begin(&b);
    builder_name(&b, &body, SLICE_LIT("pk"));
    builder_s(&b, slice_from_cstr(pk));
    if (g != NULL) {
        builder_name(&b, &body, SLICE_LIT("g"));
        builder_s(&b, slice_from_cstr(g));
    }
    builder_body_end(&b, body);
    return buf_view(&out);
}

/* "attribute_not_exists(pk)" or "attribute_exists(pk)" */
static struct expr_condition *condition(struct arena *arena, const char *text)
{
    const struct expr_input input = {.arena = arena};
    struct fault fault = {.arena = arena};
    struct expr_context *context;
    struct expr_condition *ret;

    CHECK(expr_context_create(&input, &context, &fault) == OK);
    CHECK(expr_condition_compile(context, EXPR_CONDITION, slice_from_cstr(text), &ret, &fault) == OK);
    return ret;
}

struct asked {
    int table;
    enum table_write_kind kind;
    const char *pk, *g, *condition; /* condition NULL: none */
};

static struct table_action action(struct arena *arena, const struct asked *asked)
{
    const struct table_desc *table = w.tables[asked->table];
    struct slice body = item(arena, asked->pk, asked->g);

    return (struct table_action){.table = table,
        .write = {.kind = asked->kind,
            .key = table_item_key(table, body, arena),
            .key_body = item(arena, asked->pk, NULL),
            .item = body,
            .item_size = body_size(body),
            .condition = asked->condition == NULL ? NULL : condition(arena, asked->condition),
            .return_item_on_failure = true},
        .fault = {.arena = arena}};
}

static struct fault token_fault;

static struct table_transaction transaction(
    struct arena *arena, struct fiber *self, const struct asked *asked, uint32_t count)
{
    struct table_action *actions = arena_alloc(arena, count * sizeof(*actions));

    for (uint32_t i = 0; i < count; i++)
        actions[i] = action(arena, &asked[i]);
    token_fault = (struct fault){.arena = arena};
    return (struct table_transaction){.engine = w.engine,
        .fiber = self,
        .arena = arena,
        .actions = actions,
        .count = count,
        .fault = &token_fault,
        .now_ms = 1000000};
}

static enum err run(struct table_transaction *t)
{
    engine_ticket ticket;
    enum err err = table_transact(t, &ticket);

    CHECK(engine_settle(w.engine, t->fiber, ticket) == OK);
    return err;
}

#define RUN(t_, ...)                                                                                                   \
    struct asked t_##_asked[] = {__VA_ARGS__};                                                                         \
    struct table_transaction t_ =                                                                                      \
        transaction(w.arena, w.self, t_##_asked, sizeof(t_##_asked) / sizeof(t_##_asked[0]));                          \
    enum err t_##_err = run(&t_)

/* ---- what is there afterwards ---- */

static bool there(int table, const char *pk)
{
    const struct engine_key key = {ENGINE_DATA, table_item_key(w.tables[table], item(w.arena, pk, NULL), w.arena)};
    struct engine_record record;

    CHECK(engine_get(w.engine, w.self, w.arena, &key, 1, &record) == OK);
    return record.bytes.p != NULL;
}

/* What lies under a table and index, and that its counters say so. Returns the count. */
static uint32_t counted(int table, uint16_t index)
{
    struct table_context context = {w.engine, w.self, w.arena, w.tables[table], NULL, 0, {0}, {0}};
    int64_t items, bytes, sum = 0;
    struct engine_page page;
    struct buf from, to;

    buf_init(&from, w.arena, 64);
    buf_init(&to, w.arena, 64);
    key_prefix(&from, w.tables[table]->id, index);
    key_prefix(&to, w.tables[table]->id, index + 1);
    CHECK(engine_range(w.engine, w.self, w.arena, ENGINE_DATA, buf_view(&from), buf_view(&to), false, 100000, 1 << 24,
              &page) == OK);
    for (uint32_t i = 0; i < page.count; i++) {
        struct record record;

        CHECK(record_read(page.keys[i], page.values[i], &record) == OK);
        sum += body_size(record.body);
    }
    CHECK(table_counter_read(&context, index, COUNTER_ITEMS, &items) == OK);
    CHECK(table_counter_read(&context, index, COUNTER_BYTES, &bytes) == OK);
    CHECK_EQ(items, page.count);
    CHECK_EQ(bytes, sum);
    return page.count;
}

/* ---- all or nothing ---- */

TEST(table, a_transaction_does_all_its_actions_and_counts_them)
{
    begin(INDEX_ACTIVE);
    RUN(t, {0, TABLE_PUT, "a", "x", NULL}, {1, TABLE_PUT, "a", "x", NULL}, {0, TABLE_PUT, "b", NULL, NULL},
        {1, TABLE_CHECK, "b", NULL, "attribute_not_exists(pk)"});
    CHECK_EQ(t_err, OK);
    CHECK(!t.replayed && !t.cancelled);
    CHECK_EQ(counted(0, 0), 2);
    CHECK_EQ(counted(0, 1), 1);
    CHECK_EQ(counted(1, 0), 1);
    CHECK_EQ(counted(1, 1), 1);
    for (uint32_t i = 0; i < 4; i++)
        CHECK_EQ(t.actions[i].write.capacity.table_halves, 4);
    CHECK_EQ(t.actions[0].write.capacity.index_halves[0], 2); /* an index costs what it always does */
    RUN(u, {0, TABLE_DELETE, "a", NULL, NULL}, {1, TABLE_PUT, "a", NULL, NULL}, {0, TABLE_UPDATE, "c", NULL, NULL});
    CHECK_EQ(u_err, OK);
    CHECK_EQ(counted(0, 0), 2);
    CHECK_EQ(counted(0, 1), 0);
    CHECK_EQ(counted(1, 1), 0);
    CHECK_EQ(u.sizes[0], 5); /* what was taken away: pk, a, g, x */
    CHECK_EQ(u.sizes[1], 3);
    end();
}

TEST(table, one_refused_action_cancels_all_and_each_tells_its_own_reason)
{
    begin(INDEX_ACTIVE);
    RUN(before, {0, TABLE_PUT, "a", "x", NULL});
    CHECK_EQ(before_err, OK);
    RUN(t, {1, TABLE_PUT, "new", NULL, NULL}, {0, TABLE_PUT, "a", NULL, "attribute_not_exists(pk)"},
        {0, TABLE_DELETE, "none", NULL, "attribute_exists(pk)"}, {0, TABLE_CHECK, "a", NULL, "attribute_exists(pk)"});
    CHECK_EQ(t_err, ERR_FAULT);
    CHECK(t.cancelled);
    CHECK(!t.actions[0].refused && t.actions[1].refused && t.actions[2].refused && !t.actions[3].refused);
    CHECK(body_equal(t.actions[1].fault.item, item(w.arena, "a", "x")));
    CHECK(t.actions[2].fault.item.p == NULL);
    CHECK(!there(1, "new"));
    CHECK_EQ(counted(0, 0), 1);
    CHECK_EQ(counted(1, 0), 0);
    end();
}

static enum err nothing_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    (void)context, (void)present, (void)arena, (void)ret_what;
    next->deletion_protection = !next->deletion_protection;
    return OK;
}

TEST(table, a_transaction_under_an_old_descriptor_of_any_table_is_stale)
{
    const struct table_desc *ignored;

    begin(INDEX_ACTIVE);
    CHECK(
        catalog_change(w.catalog, w.self, w.arena, ACCOUNT, REGION, table_name(1), nothing_fill, NULL, &ignored) == OK);
    RUN(t, {0, TABLE_PUT, "a", NULL, NULL}, {1, TABLE_PUT, "a", NULL, NULL});
    CHECK_EQ(t_err, ERR_STALE);
    tables_take();
    CHECK_EQ(counted(0, 0), 0);
    CHECK(!there(0, "a") && !there(1, "a"));
    end();
}

/* ---- indexes that are being filled ---- */

static enum err entries_drop_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct engine_page *page = context;

    (void)old, (void)stamp;
    for (uint32_t i = 0; i < page->count; i++)
        effects_delete(fx, ENGINE_DATA, page->keys[i]);
    for (int table = 0; table < TABLES; table++) {
        effects_delete(fx, ENGINE_META, table_counter_key(arena, w.tables[table]->id, 1, COUNTER_ITEMS));
        effects_delete(fx, ENGINE_META, table_counter_key(arena, w.tables[table]->id, 1, COUNTER_BYTES));
    }
    return OK;
}

/* Makes the indexes of both tables what they are when they were just created: without entries of older items. */
static void entries_drop(void)
{
    struct engine_page page;
    const struct engine_key key = {ENGINE_DATA, SLICE_LIT("all")};
    const struct engine_decision decision = {
        .keys = &key, .keys_count = 1, .fn = entries_drop_decide, .context = &page};
    engine_ticket ticket;

    for (int table = 0; table < TABLES; table++) {
        struct buf from, to;

        buf_init(&from, w.arena, 64);
        buf_init(&to, w.arena, 64);
        key_prefix(&from, w.tables[table]->id, 1);
        key_prefix(&to, w.tables[table]->id, 2);
        CHECK(engine_range(w.engine, w.self, w.arena, ENGINE_DATA, buf_view(&from), buf_view(&to), false, 1000, 1 << 20,
                  &page) == OK);
        CHECK(engine_decide(w.engine, w.self, w.arena, &decision, &ticket) == OK);
    }
}

TEST(table, a_transaction_looks_which_entries_an_index_has_while_it_is_filled)
{
    begin(INDEX_BACKFILLING);
    RUN(before, {0, TABLE_PUT, "a", "x", NULL}, {0, TABLE_PUT, "b", "x", NULL}, {1, TABLE_PUT, "a", "x", NULL},
        {1, TABLE_PUT, "b", "x", NULL}, {1, TABLE_PUT, "c", "x", NULL});
    CHECK_EQ(before_err, OK);
    entries_drop();
    RUN(t, {0, TABLE_PUT, "a", "x", NULL}, {0, TABLE_DELETE, "b", NULL, NULL}, {1, TABLE_PUT, "a", "y", NULL},
        {1, TABLE_DELETE, "b", NULL, NULL}, {1, TABLE_CHECK, "c", NULL, "attribute_exists(pk)"},
        {1, TABLE_PUT, "d", "x", NULL});
    CHECK_EQ(t_err, OK);
    CHECK_EQ(counted(0, 1), 1); /* counted() compares with the counters: nothing was counted out that was not there */
    CHECK_EQ(counted(1, 1), 2);
    RUN(again, {0, TABLE_DELETE, "a", NULL, NULL}, {1, TABLE_DELETE, "a", NULL, NULL}, {1, TABLE_PUT, "c", "z", NULL});
    CHECK_EQ(again_err, OK);
    CHECK_EQ(counted(0, 1), 0);
    CHECK_EQ(counted(1, 1), 2);
    end();
}

/* ---- tokens ---- */

static struct table_token token(const char *digest)
{
    return (struct table_token){
        .key = token_key(w.arena, 1, ACCOUNT, REGION, SLICE_LIT("my token")), .digest = slice_from_cstr(digest)};
}

static enum err put_with(const struct table_token *token, uint64_t now_s, const char *pk, bool *ret_replayed)
{
    const struct asked asked = {0, TABLE_PUT, pk, NULL, "attribute_not_exists(pk)"};
    struct table_transaction t = transaction(w.arena, w.self, &asked, 1);
    enum err err;

    t.token = token;
    t.now_ms = now_s * 1000 + 999;
    err = run(&t);
    *ret_replayed = t.replayed;
    if (err == OK)
        CHECK_EQ(t.sizes[0], 2 + strlen(pk));
    return err;
}

TEST(table, a_token_is_remembered_for_ten_minutes_to_the_second)
{
    struct table_token mine;
    bool replayed;

    begin(INDEX_ACTIVE);
    mine = token("0123456789abcdef");
    CHECK_EQ(put_with(&mine, 1000, "a", &replayed), OK);
    CHECK(!replayed);
    CHECK_EQ(put_with(&mine, 1000 + TRANSACTION_TOKEN_S - 1, "a", &replayed), OK);
    CHECK(replayed);
    CHECK_EQ(put_with(&mine, 1000 + TRANSACTION_TOKEN_S, "a", &replayed), ERR_FAULT); /* done anew: the item is there */
    CHECK(!replayed);
    CHECK_EQ(put_with(&mine, 1000 + TRANSACTION_TOKEN_S, "b", &replayed), OK);
    CHECK(!replayed);
    CHECK_EQ(put_with(&mine, 1000 + 2 * TRANSACTION_TOKEN_S - 1, "b", &replayed), OK); /* and remembered anew */
    CHECK(replayed);
    end();
}

TEST(table, a_token_with_other_parameters_is_refused_and_writes_nothing)
{
    struct table_token first, other;
    bool replayed;

    begin(INDEX_ACTIVE);
    first = token("0123456789abcdef");
    other = token("0123456789abcdeF");
    CHECK_EQ(put_with(&first, 1000, "a", &replayed), OK);
    CHECK_EQ(put_with(&other, 1001, "b", &replayed), ERR_FAULT);
    CHECK_EQ(token_fault.code, API_IDEMPOTENT_PARAMETER_MISMATCH);
    CHECK(token_fault.message.p == NULL);
    CHECK(!there(0, "b"));
    end();
}

TEST(table, a_cancelled_transaction_leaves_no_token)
{
    struct table_token first;
    bool replayed;

    begin(INDEX_ACTIVE);
    RUN(before, {0, TABLE_PUT, "a", NULL, NULL});
    CHECK_EQ(before_err, OK);
    first = token("0123456789abcdef");
    CHECK_EQ(put_with(&first, 1000, "a", &replayed), ERR_FAULT);
    CHECK_EQ(put_with(&first, 1000, "b", &replayed), OK);
    CHECK(!replayed);
    end();
}

/* ---- conflicts: another thread stays in the middle of its decision ---- */

struct other {
    pthread_t thread;
    struct asked asked[2];
    uint32_t count;
    bool single; /* a single write, not a transaction */
    bool with_token;
    enum err err;
};

static void *other_run(void *argument)
{
    struct other *other = argument;
    struct arena *arena = arena_create(65536);
    struct fiber *self = fiber_of_thread();
    struct table_transaction t = transaction(arena, self, other->asked, other->count);
    struct table_token token = {
        .key = token_key(arena, 1, ACCOUNT, REGION, SLICE_LIT("my token")), .digest = SLICE_LIT("0123456789abcdef")};
    struct table_context context = {w.engine, self, arena, t.actions[0].table, &t.actions[0].fault, 1000000, {0}, {0}};
    engine_ticket ticket;

    t.token = other->with_token ? &token : NULL;
    other->err = other->single ? table_write(&context, &t.actions[0].write, &ticket) : table_transact(&t, &ticket);
    fiber_of_thread_destroy(self);
    arena_destroy(arena);
    return NULL;
}

/* Returns when the other is in the middle of its decision. */
static void other_begin(struct other *other)
{
    atomic_store(&gate, GATE_ARMED);
    CHECK(pthread_create(&other->thread, NULL, other_run, other) == 0);
    while (atomic_load(&gate) != GATE_INSIDE)
        sched_yield();
}

static void other_end(struct other *other)
{
    atomic_store(&gate, GATE_OPEN);
    CHECK(pthread_join(other->thread, NULL) == 0);
    CHECK_EQ(other->err, OK);
}

static const struct other slow_transaction = {
    .asked = {{0, TABLE_PUT, "held", NULL, NULL}, {1, TABLE_PUT, "held", NULL, NULL}}, .count = 2};

TEST(table, a_transaction_that_meets_a_running_one_is_cancelled_with_the_conflict_at_its_action)
{
    struct other other = slow_transaction;

    begin(INDEX_ACTIVE);
    other_begin(&other);
    RUN(t, {0, TABLE_PUT, "free", NULL, NULL}, {1, TABLE_DELETE, "held", NULL, NULL},
        {1, TABLE_PUT, "free", NULL, NULL});
    other_end(&other);
    CHECK_EQ(t_err, ERR_FAULT);
    CHECK(t.cancelled && !t.actions[0].refused && t.actions[1].refused && !t.actions[2].refused);
    CHECK_EQ(t.actions[1].fault.code, API_TRANSACTION_CONFLICT);
    CHECK(slice_is(t.actions[1].fault.message, "Transaction is ongoing for the item"));
    CHECK(there(1, "held") && !there(0, "free"));
    end();
}

TEST(table, a_single_write_that_meets_a_running_transaction_is_refused)
{
    const struct asked asked = {1, TABLE_DELETE, "held", NULL, NULL};
    struct other other = slow_transaction;
    struct table_action one;
    struct table_context context;
    engine_ticket ticket;

    begin(INDEX_ACTIVE);
    one = action(w.arena, &asked);
    context = (struct table_context){w.engine, w.self, w.arena, one.table, &one.fault, 1000000, {0}, {0}};
    other_begin(&other);
    CHECK_EQ(table_write(&context, &one.write, &ticket), ERR_FAULT);
    CHECK_EQ(one.fault.code, API_TRANSACTION_CONFLICT);
    CHECK(slice_is(one.fault.message, "Transaction is ongoing for the item"));
    other_end(&other);
    CHECK_EQ(table_write(&context, &one.write, &ticket), OK);
    CHECK(!there(1, "held"));
    end();
}

TEST(table, a_token_that_is_in_use_says_so)
{
    struct other other = slow_transaction;
    struct table_token same;
    bool replayed;

    begin(INDEX_ACTIVE);
    other.with_token = true;
    other_begin(&other);
    same = token("0123456789abcdef");
    CHECK_EQ(put_with(&same, 1000, "free", &replayed), ERR_FAULT);
    CHECK_EQ(token_fault.code, API_TRANSACTION_IN_PROGRESS);
    other_end(&other);
    end();
}

TEST(table, a_transaction_waits_only_so_long_for_a_single_write)
{
    struct other other = {.asked = {{0, TABLE_PUT, "held", NULL, NULL}}, .count = 1, .single = true};

    begin(INDEX_ACTIVE);
    other_begin(&other);
    RUN(t, {0, TABLE_CHECK, "held", NULL, "attribute_exists(pk)"});
    other_end(&other);
    CHECK_EQ(t_err, ERR_FAULT);
    CHECK_EQ(t.actions[0].fault.code, API_TRANSACTION_CONFLICT);
    end();
}

TEST_MAIN()
