/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What every engine must do, in the words of engine.h. Compiled once per engine.
 */
#include "support.h"
#include "test.h"

#include <string.h>

#include "base/assert.h"
#include "base/buf.h"
#include "base/limits.h"
#include "codec/record.h"

#define CHECK_TEXT(got, expected)                                                                                      \
    do {                                                                                                               \
        const char *got_ = (got);                                                                                      \
        if (strcmp(got_, (expected)) != 0) {                                                                           \
            printf("%s:%d: %s is \"%s\"\n", __FILE__, __LINE__, #got, got_);                                           \
            longjmp(test_failed, 1);                                                                                   \
        }                                                                                                              \
    } while (0)

/* ---- single keys ---- */

TEST(engine, a_value_put_is_read_back)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK_EQ(lab_put(&lab, "a", "one"), OK);
    CHECK(slice_is(lab_get(&lab, "a"), "one"));
    CHECK_EQ(lab_put(&lab, "a", "two"), OK);
    CHECK(slice_is(lab_get(&lab, "a"), "two"));
    lab_reopen(&lab);
    CHECK(slice_is(lab_get(&lab, "a"), "two"));
    lab_end(&lab);
}

TEST(engine, a_key_never_put_is_absent)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK(lab_get(&lab, "a").p == NULL);
    lab_end(&lab);
}

TEST(engine, a_deleted_key_is_absent_and_stays_so)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK_EQ(lab_put(&lab, "a", "one"), OK);
    CHECK_EQ(lab_delete(&lab, "a"), OK);
    CHECK(lab_get(&lab, "a").p == NULL);
    CHECK_EQ(lab_delete(&lab, "a"), OK);
    lab_reopen(&lab);
    CHECK(lab_get(&lab, "a").p == NULL);
    lab_end(&lab);
}

TEST(engine, an_empty_body_is_not_an_absent_one)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK_EQ(lab_put(&lab, "a", ""), OK);
    CHECK(lab_get(&lab, "a").p != NULL);
    CHECK_EQ(lab_get(&lab, "a").n, 0);
    lab_end(&lab);
}

TEST(engine, keys_hold_any_bytes)
{
    struct lab lab;
    const struct slice key = SLICE_LIT("\0\xff\0k");

    lab_begin(&lab);
    for (int space = 0; space < ENGINE_SPACES; space++)
        CHECK(lab_get_space(&lab, (enum engine_space)space, key).p == NULL);
    lab_end(&lab);
}

TEST(engine, values_of_the_largest_item_survive)
{
    struct lab lab;
    size_t n = ITEM_BYTES_MAX;
    uint8_t *body = malloc(n);
    char key[8];

    lab_begin(&lab);
    for (int i = 0; i < 4; i++) {
        memset(body, 'a' + i, n);
        (void)snprintf(key, sizeof(key), "k%d", i);
        CHECK_EQ(lab_put_on(&lab, lab.self, lab.arena, key, slice_of(body, n)), OK);
    }
    lab_reopen(&lab);
    for (int i = 0; i < 4; i++) {
        memset(body, 'a' + i, n);
        (void)snprintf(key, sizeof(key), "k%d", i);
        CHECK(slice_equal(lab_get(&lab, key), slice_of(body, n)));
    }
    free(body);
    lab_end(&lab);
}

TEST(engine, many_keys_are_read_in_one_call_absent_ones_too)
{
    struct lab lab;
    const struct engine_key keys[] = {
        {ENGINE_DATA, SLICE_LIT("b")}, {ENGINE_DATA, SLICE_LIT("x")}, {ENGINE_DATA, SLICE_LIT("a")}};
    struct engine_record records[3];

    lab_begin(&lab);
    CHECK_EQ(lab_put(&lab, "a", "1"), OK);
    CHECK_EQ(lab_put(&lab, "b", "2"), OK);
    CHECK_EQ(engine_get(lab.engine, lab.self, lab.arena, keys, 3, records), OK);
    CHECK(slice_is(lab_body(keys[0].key, records[0].bytes), "2"));
    CHECK(records[1].bytes.p == NULL);
    CHECK(slice_is(lab_body(keys[2].key, records[2].bytes), "1"));
    lab_end(&lab);
}

/* ---- ranges ---- */

static void five(struct lab *lab)
{
    lab_begin(lab);
    for (const char *key = "caebd"; *key != 0; key++)
        CHECK_EQ(lab_put(lab, (char[]){*key, 0}, (char[]){(char)(*key - 32), 0}), OK);
}

TEST(engine, a_range_is_in_the_order_of_bytes)
{
    struct lab lab;

    five(&lab);
    CHECK_EQ(lab_put(&lab, "\xc3\xa4", "U"), OK);
    CHECK_EQ(lab_put(&lab, "ab", "X"), OK);
    CHECK_TEXT(lab_range(&lab, "", "", false, 100, 1 << 20), "a=A ab=X b=B c=C d=D e=E \xc3\xa4=U");
    CHECK_TEXT(lab_range(&lab, "", "", true, 100, 1 << 20), "\xc3\xa4=U e=E d=D c=C b=B ab=X a=A");
    lab_end(&lab);
}

TEST(engine, a_range_includes_its_first_key_and_not_its_end)
{
    struct lab lab;

    five(&lab);
    CHECK_TEXT(lab_range(&lab, "b", "d", false, 100, 1 << 20), "b=B c=C");
    CHECK_TEXT(lab_range(&lab, "b", "d", true, 100, 1 << 20), "c=C b=B");
    CHECK_TEXT(lab_range(&lab, "aa", "dd", false, 100, 1 << 20), "b=B c=C d=D");
    CHECK_TEXT(lab_range(&lab, "aa", "dd", true, 100, 1 << 20), "d=D c=C b=B");
    CHECK_TEXT(lab_range(&lab, "f", "z", false, 100, 1 << 20), "");
    CHECK_TEXT(lab_range(&lab, "d", "b", false, 100, 1 << 20), "");
    lab_end(&lab);
}

TEST(engine, a_page_ends_after_the_entries_asked_for)
{
    struct lab lab;

    five(&lab);
    CHECK_TEXT(lab_range(&lab, "", "", false, 2, 1 << 20), "a=A b=B ...");
    CHECK_TEXT(lab_range(&lab, "", "", true, 2, 1 << 20), "e=E d=D ...");
    CHECK_TEXT(lab_range(&lab, "b", "e", true, 2, 1 << 20), "d=D c=C ...");
    lab_end(&lab);
}

TEST(engine, a_page_that_reaches_the_end_says_so)
{
    struct lab lab;

    five(&lab);
    CHECK_TEXT(lab_range(&lab, "", "", false, 5, 1 << 20), "a=A b=B c=C d=D e=E");
    CHECK_TEXT(lab_range(&lab, "", "c", false, 2, 1 << 20), "a=A b=B");
    CHECK_TEXT(lab_range(&lab, "d", "", true, 2, 1 << 20), "e=E d=D");
    lab_end(&lab);
}

TEST(engine, a_page_ends_when_its_bytes_are_reached)
{
    struct lab lab;
    size_t entry = 1 + RECORD_HEAD_BYTES + 1;

    five(&lab);
    CHECK_TEXT(lab_range(&lab, "", "", false, 100, 2 * entry), "a=A b=B ...");
    CHECK_TEXT(lab_range(&lab, "", "", false, 100, 2 * entry + 1), "a=A b=B c=C ...");
    CHECK_TEXT(lab_range(&lab, "", "", false, 100, 5 * entry), "a=A b=B c=C d=D e=E");
    CHECK_TEXT(lab_range(&lab, "", "", false, 100, 1), "a=A ...");
    CHECK_TEXT(lab_range(&lab, "", "", true, 100, 0), "e=E ...");
    lab_end(&lab);
}

TEST(engine, pages_resume_after_their_last_key)
{
    struct lab lab;
    char key[16];
    struct slice from, to;
    struct engine_page page;
    uint32_t seen = 0;

    lab_begin(&lab);
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(key, sizeof(key), "k%04d", i);
        CHECK_EQ(lab_put(&lab, key, "body"), OK);
    }
    from = SLICE_LIT("k");
    do { /* forward: the next page begins just after the last key */
        CHECK_EQ(
            engine_range(lab.engine, lab.self, lab.arena, ENGINE_DATA, from, SLICE_NULL, false, 77, 1 << 20, &page),
            OK);
        for (uint32_t i = 0; i < page.count; i++, seen++) {
            (void)snprintf(key, sizeof(key), "k%04u", seen);
            CHECK(slice_is(page.keys[i], key));
        }
        from = arena_printf(lab.arena, "%.*s", SLICE_ARG(page.keys[page.count - 1]));
        from.n++; /* the NUL behind the text */
    } while (page.more);
    CHECK_EQ(seen, 1000);
    to = SLICE_NULL;
    do { /* backward: the next page ends before it */
        CHECK_EQ(
            engine_range(lab.engine, lab.self, lab.arena, ENGINE_DATA, SLICE_NULL, to, true, 1000, 999, &page), OK);
        for (uint32_t i = 0; i < page.count; i++) {
            (void)snprintf(key, sizeof(key), "k%04u", --seen);
            CHECK(slice_is(page.keys[i], key));
        }
        to = page.keys[page.count - 1];
    } while (page.more);
    CHECK_EQ(seen, 0);
    lab_end(&lab);
}

TEST(engine, pages_hold_entries_of_very_different_sizes)
{
    struct lab lab;
    static const size_t sizes[] = {0, 1, 4000, 4096, 65535, 65536, 65537, 200000, 3, ITEM_BYTES_MAX, 17};
    struct engine_page page;
    char key[8];
    uint8_t *body = calloc(1, ITEM_BYTES_MAX);

    lab_begin(&lab);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        (void)snprintf(key, sizeof(key), "k%02zu", i);
        memset(body, (int)i, sizes[i]);
        CHECK_EQ(lab_put_on(&lab, lab.self, lab.arena, key, slice_of(body, sizes[i])), OK);
    }
    for (int round = 0; round < 2; round++) {
        CHECK_EQ(engine_range(lab.engine, lab.self, lab.arena, ENGINE_DATA, SLICE_NULL, SLICE_NULL, false, UINT32_MAX,
                     SIZE_MAX, &page),
            OK);
        CHECK_EQ(page.count, sizeof(sizes) / sizeof(sizes[0]));
        CHECK(!page.more);
        for (uint32_t i = 0; i < page.count; i++) {
            struct slice got = lab_body(page.keys[i], page.values[i]);

            CHECK_EQ(got.n, sizes[i]);
            CHECK(got.n == 0 || got.p[got.n - 1] == i);
        }
        lab_reopen(&lab);
    }
    free(body);
    lab_end(&lab);
}

TEST(engine, spaces_do_not_mix)
{
    struct lab lab;
    struct engine_page page;

    lab_begin(&lab);
    CHECK_EQ(lab_put(&lab, "a", "1"), OK);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "a", 7), OK);
    CHECK(slice_is(lab_get(&lab, "a"), "1"));
    CHECK_EQ(lab_counter(&lab, "a"), 7);
    CHECK_EQ(
        engine_range(lab.engine, lab.self, lab.arena, ENGINE_HISTORY, SLICE_NULL, SLICE_NULL, false, 10, 1000, &page),
        OK);
    CHECK_EQ(page.count, 0);
    CHECK(!page.more);
    lab_end(&lab);
}

/* ---- decisions ---- */

/* Moves `amount` from one account to another, if it is there. */
struct transfer {
    struct slice from, to;
    int64_t amount;
    int runs;
};

static int64_t balance(struct slice key, struct slice bytes)
{
    struct slice body = lab_body(key, bytes);
    int64_t value = 0;

    if (body.p != NULL)
        memcpy(&value, body.p, sizeof(value));
    return value;
}

static void balance_put(struct effects *fx, struct arena *arena, struct slice key, int64_t value, uint64_t stamp)
{
    effects_put(fx, ENGINE_DATA, key, lab_record(arena, key, slice_of(&value, sizeof(value)), stamp));
}

static enum err transfer_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct transfer *transfer = context;
    int64_t from = balance(transfer->from, old[0].bytes), to = balance(transfer->to, old[1].bytes);

    transfer->runs++;
    if (from < transfer->amount)
        return ERR_FAULT;
    balance_put(fx, arena, transfer->from, from - transfer->amount, stamp);
    balance_put(fx, arena, transfer->to, to + transfer->amount, stamp);
    return OK;
}

static enum err transfer_run(
    struct lab *lab, struct fiber *self, struct arena *arena, struct transfer *transfer, engine_ticket *ret_ticket)
{
    const struct engine_key keys[] = {{ENGINE_DATA, transfer->from}, {ENGINE_DATA, transfer->to}};
    const struct engine_decision decision = {.keys = keys, .keys_count = 2, .fn = transfer_decide, .context = transfer};

    return engine_decide(lab->engine, self, arena, &decision, ret_ticket);
}

struct set_balance {
    struct slice key;
    int64_t value;
};

static enum err set_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct set_balance *set = context;

    (void)old;
    balance_put(fx, arena, set->key, set->value, stamp);
    return OK;
}

static void balance_set(struct lab *lab, const char *key, int64_t value)
{
    struct set_balance set = {slice_from_cstr(key), value};
    const struct engine_key named = {ENGINE_DATA, set.key};
    const struct engine_decision decision = {.keys = &named, .keys_count = 1, .fn = set_decide, .context = &set};
    engine_ticket ticket;

    CHECK_EQ(engine_decide(lab->engine, lab->self, lab->arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(lab->engine, lab->self, ticket), OK);
}

static int64_t balance_get(struct lab *lab, const char *key)
{
    return balance(slice_from_cstr(key), lab_get_space(lab, ENGINE_DATA, slice_from_cstr(key)));
}

TEST(engine, a_decision_over_two_keys_is_whole)
{
    struct lab lab;
    struct transfer transfer = {SLICE_LIT("a"), SLICE_LIT("b"), 30, 0};
    engine_ticket ticket;

    lab_begin(&lab);
    balance_set(&lab, "a", 100);
    CHECK_EQ(transfer_run(&lab, lab.self, lab.arena, &transfer, &ticket), OK);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    CHECK_EQ(balance_get(&lab, "a"), 70);
    CHECK_EQ(balance_get(&lab, "b"), 30);
    lab_end(&lab);
}

TEST(engine, a_refused_decision_writes_nothing)
{
    struct lab lab;
    struct transfer transfer = {SLICE_LIT("a"), SLICE_LIT("b"), 101, 0};
    engine_ticket ticket = 99;

    lab_begin(&lab);
    balance_set(&lab, "a", 100);
    CHECK_EQ(transfer_run(&lab, lab.self, lab.arena, &transfer, &ticket), ERR_FAULT);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    CHECK_EQ(balance_get(&lab, "a"), 100);
    CHECK(lab_get(&lab, "b").p == NULL);
    lab_end(&lab);
}

TEST(engine, the_same_key_may_be_named_twice)
{
    struct lab lab;
    struct transfer transfer = {SLICE_LIT("a"), SLICE_LIT("a"), 30, 0};
    engine_ticket ticket;

    lab_begin(&lab);
    balance_set(&lab, "a", 100);
    CHECK_EQ(transfer_run(&lab, lab.self, lab.arena, &transfer, &ticket), OK);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    CHECK_EQ(balance_get(&lab, "a"), 130); /* the last effect counts */
    lab_end(&lab);
}

TEST(engine, a_decision_sees_the_one_before_it_though_nobody_settled)
{
    struct lab lab;
    struct transfer transfer = {SLICE_LIT("a"), SLICE_LIT("b"), 60, 0};
    engine_ticket first, second, third;

    lab_begin(&lab);
    balance_set(&lab, "a", 100);
    CHECK_EQ(transfer_run(&lab, lab.self, lab.arena, &transfer, &first), OK);
    CHECK_EQ(transfer_run(&lab, lab.self, lab.arena, &transfer, &second), ERR_FAULT);
    transfer.amount = 40;
    CHECK_EQ(transfer_run(&lab, lab.self, lab.arena, &transfer, &third), OK);
    CHECK(third >= first);
    CHECK(second == 0 || second >= first); /* the refusal waits for the value it saw, unless it is published */
    CHECK_EQ(engine_settle(lab.engine, lab.self, second), OK);
    CHECK_EQ(engine_settle(lab.engine, lab.self, engine_ticket_join(lab.engine, first, third)), OK);
    CHECK_EQ(balance_get(&lab, "a"), 0);
    CHECK_EQ(balance_get(&lab, "b"), 100);
    lab_end(&lab);
}

struct beside {
    struct slice item, entry;
    bool seen; /* the entry was there */
};

/* Puts an entry that it does not name. */
static enum err beside_put(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct beside *b = context;

    (void)old;
    effects_put(fx, ENGINE_DATA, b->item, lab_record(arena, b->item, SLICE_LIT("item"), stamp));
    effects_put_known(fx, ENGINE_DATA, b->entry, lab_record(arena, b->entry, SLICE_LIT("entry"), stamp));
    return OK;
}

/* Names it, and takes it away. */
static enum err beside_delete(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct beside *b = context;

    (void)stamp;
    (void)arena;
    b->seen = old[1].bytes.p != NULL;
    effects_delete(fx, ENGINE_DATA, b->item);
    if (old[1].bytes.p != NULL)
        effects_delete(fx, ENGINE_DATA, b->entry);
    return OK;
}

/* Found by simulation: an index that was filled beside writers kept entries of items that were gone. */
TEST(engine, a_decision_sees_a_known_value_of_the_one_before_though_that_did_not_name_it)
{
    struct lab lab;
    struct beside b = {.item = SLICE_LIT("a"), .entry = SLICE_LIT("b")};
    const struct engine_key keys[] = {{ENGINE_DATA, b.item}, {ENGINE_DATA, b.entry}};
    struct engine_decision put = {.keys = keys, .keys_count = 1, .fn = beside_put, .context = &b};
    struct engine_decision delete = {.keys = keys, .keys_count = 2, .fn = beside_delete, .context = &b};
    engine_ticket ticket;

    lab_begin(&lab);
    for (uint32_t i = 0; i < 50; i++) {
        CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &put, &ticket), OK);
        CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &delete, &ticket), OK);
        CHECK(b.seen);
    }
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    CHECK(lab_get(&lab, "b").p == NULL);
    lab_end(&lab);
}

static enum err nothing_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    (void)context;
    (void)old;
    (void)stamp;
    (void)arena;
    (void)fx;
    return OK;
}

TEST(engine, a_decision_on_published_state_that_writes_nothing_waits_for_nothing)
{
    struct lab lab;
    const struct engine_key key = {ENGINE_DATA, SLICE_LIT("a")};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = nothing_decide};
    engine_ticket ticket = 99;

    lab_begin(&lab);
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &ticket), OK);
    CHECK_EQ(ticket, 0);
    lab_end(&lab);
}

struct order {
    struct slice key;
};

static enum err order_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct order *order = context;

    (void)old;
    effects_put(fx, ENGINE_DATA, order->key, lab_record(arena, order->key, SLICE_LIT("first"), stamp));
    effects_delete(fx, ENGINE_DATA, order->key);
    effects_put(fx, ENGINE_DATA, order->key, lab_record(arena, order->key, SLICE_LIT("last"), stamp));
    return OK;
}

TEST(engine, effects_are_applied_in_their_order)
{
    struct lab lab;
    struct order order = {SLICE_LIT("a")};
    const struct engine_key key = {ENGINE_DATA, order.key};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = order_decide, .context = &order};
    engine_ticket ticket;

    lab_begin(&lab);
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    CHECK(slice_is(lab_get(&lab, "a"), "last"));
    lab_end(&lab);
}

/* ---- many fibers ---- */

#define HOT_FIBERS 64
#define HOT_ROUNDS 50

static enum err increment_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct slice key = SLICE_LIT("hot");

    (void)context;
    balance_put(fx, arena, key, balance(key, old[0].bytes) + 1, stamp);
    effects_add(fx, SLICE_LIT("Chot"), 1);
    return OK;
}

static void increment_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    const struct engine_key key = {ENGINE_DATA, SLICE_LIT("hot")};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = increment_decide};
    struct arena_mark mark = arena_mark(arena);
    _Atomic int *failures = context;

    (void)i;
    for (int round = 0; round < HOT_ROUNDS; round++) {
        engine_ticket ticket;

        if (engine_decide(lab->engine, self, arena, &decision, &ticket) != OK ||
            engine_settle(lab->engine, self, ticket) != OK)
            atomic_fetch_add(failures, 1);
        arena_reset(arena, mark);
    }
}

TEST(engine, increments_of_a_hot_key_are_exact)
{
    struct lab lab;
    _Atomic int failures = 0;

    lab_begin(&lab);
    lab_fibers(&lab, 2, HOT_FIBERS, increment_fiber, &failures);
    CHECK_EQ(failures, 0);
    CHECK_EQ(balance_get(&lab, "hot"), HOT_FIBERS * HOT_ROUNDS);
    CHECK_EQ(lab_counter(&lab, "Chot"), HOT_FIBERS * HOT_ROUNDS);
    lab_reopen(&lab);
    CHECK_EQ(balance_get(&lab, "hot"), HOT_FIBERS * HOT_ROUNDS);
    CHECK_EQ(lab_counter(&lab, "Chot"), HOT_FIBERS * HOT_ROUNDS);
    lab_end(&lab);
}

#define BANK_ACCOUNTS 7
#define BANK_FIBERS   48
#define BANK_ROUNDS   30
#define BANK_EACH     100

static const char *const accounts[BANK_ACCOUNTS] = {"b0", "b1", "b2", "b3", "b4", "b5", "b6"};

/* Every look at all accounts in one call must find all the money. */
static void bank_look(struct lab *lab, struct fiber *self, struct arena *arena, _Atomic int *failures)
{
    struct engine_key keys[BANK_ACCOUNTS];
    struct engine_record records[BANK_ACCOUNTS];
    struct engine_page page;
    int64_t sum = 0, sum_page = 0;

    for (int i = 0; i < BANK_ACCOUNTS; i++)
        keys[i] = (struct engine_key){ENGINE_DATA, slice_from_cstr(accounts[i])};
    if (engine_get(lab->engine, self, arena, keys, BANK_ACCOUNTS, records) != OK)
        atomic_fetch_add(failures, 1);
    for (int i = 0; i < BANK_ACCOUNTS; i++)
        sum += balance(keys[i].key, records[i].bytes);
    if (engine_range(
            lab->engine, self, arena, ENGINE_DATA, SLICE_LIT("b"), SLICE_LIT("c"), false, 100, 1 << 20, &page) != OK)
        atomic_fetch_add(failures, 1);
    for (uint32_t i = 0; i < page.count; i++)
        sum_page += balance(page.keys[i], page.values[i]);
    if (sum != BANK_ACCOUNTS * BANK_EACH || sum_page != sum)
        atomic_fetch_add(failures, 1);
}

static void bank_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct arena_mark mark = arena_mark(arena);
    _Atomic int *failures = context;
    uint64_t random = i;

    for (int round = 0; round < BANK_ROUNDS; round++) {
        struct transfer transfer = {.amount = (int64_t)(lab_random(&random) % 60)};
        uint64_t from = lab_random(&random) % BANK_ACCOUNTS, step = 1 + lab_random(&random) % (BANK_ACCOUNTS - 1);
        engine_ticket ticket;
        enum err err;

        transfer.from = slice_from_cstr(accounts[from]);
        transfer.to = slice_from_cstr(accounts[(from + step) % BANK_ACCOUNTS]);
        err = transfer_run(lab, self, arena, &transfer, &ticket);
        if ((err != OK && err != ERR_FAULT) || engine_settle(lab->engine, self, ticket) != OK)
            atomic_fetch_add(failures, 1);
        bank_look(lab, self, arena, failures);
        arena_reset(arena, mark);
    }
}

static void bank_run(struct lab *lab)
{
    _Atomic int failures = 0;

    for (int i = 0; i < BANK_ACCOUNTS; i++)
        balance_set(lab, accounts[i], BANK_EACH);
    lab_fibers(lab, 2, BANK_FIBERS, bank_fiber, &failures);
    CHECK_EQ(failures, 0);
    bank_look(lab, lab->self, lab->arena, &failures);
    CHECK_EQ(failures, 0);
}

TEST(engine, money_moved_by_many_is_neither_lost_nor_made)
{
    struct lab lab;

    lab_begin(&lab);
    bank_run(&lab);
    lab_end(&lab);
}

#ifdef ENGINE_MEMORY
TEST(engine, the_same_holds_over_a_slow_network)
{
    struct lab lab;

    lab_prepare(&lab);
    lab.mem_options.delay_ns = 200000;
    CHECK_EQ(lab_open(&lab), OK);
    bank_run(&lab);
    lab_end(&lab);
}
#endif

/* ---- waiting for a latch ---- */

/*
 * Fiber 0 holds the latch of "a" inside its decision, transaction or not, until the stage is 3. Fiber 1 and then fiber
 * 2 ask for it, as the test says; fiber 2 raises the stage when it has given up.
 */
struct busy {
    bool holder, waiter; /* transactions? fiber 2 always is one */
    _Atomic int stage;
    _Atomic int results[3];
    uint32_t which[3];
};

static enum err stay_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct busy *busy = context;

    (void)old;
    (void)stamp;
    (void)arena;
    (void)fx;
    if (atomic_load(&busy->stage) == 0)
        atomic_store(&busy->stage, 1);
    while (atomic_load(&busy->stage) != 3)
        ; /* a decision must not park; this one plays a slow one */
    return OK;
}

static void busy_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct busy *busy = context;
    const struct engine_key keys[] = {{ENGINE_DATA, SLICE_LIT("b")}, {ENGINE_DATA, SLICE_LIT("a")}};
    struct engine_decision decision = {.keys = keys + 1,
        .keys_count = 1,
        .fn = i == 0 ? stay_decide : nothing_decide,
        .context = context,
        .transaction = i == 2 || (i == 0 ? busy->holder : busy->waiter),
        .wait_ns_max = i == 0 ? 0 : 2000000,
        .ret_busy = &busy->which[i]};
    engine_ticket ticket;

    while (atomic_load(&busy->stage) != (int)i)
        fiber_yield(self);
    if (i == 1)
        atomic_store(&busy->stage, 2); /* the next one is in line behind it, or comes first: both may be */
    if (i == 2) {
        decision.keys = keys;
        decision.keys_count = 2;
    }
    atomic_store(&busy->results[i], (int)engine_decide(lab->engine, self, arena, &decision, &ticket));
    if (i != 2)
        return;
    while (busy->holder && atomic_load(&busy->results[1]) == -1)
        fiber_yield(self); /* it gives up too */
    atomic_store(&busy->stage, 3);
}

static void busy_run(struct busy *busy)
{
    struct lab lab;

    lab_prepare(&lab);
    lab.mem_options.run_twice = false;
    CHECK_EQ(lab_open(&lab), OK);
    lab_fibers(&lab, 3, 3, busy_fiber, busy);
    CHECK_EQ(busy->results[0], OK);
    CHECK_EQ(lab_put(&lab, "a", "free again"), OK);
    lab_end(&lab);
}

TEST(engine, a_transaction_gives_up_behind_a_slow_write_and_a_write_does_not)
{
    struct busy busy = {.holder = false, .waiter = false, .results = {-1, -1, -1}};

    busy_run(&busy);
    CHECK_EQ(busy.results[1], OK);
    CHECK_EQ(busy.results[2], ERR_BUSY);
    CHECK_EQ(busy.which[2], 1); /* its second key */
}

TEST(engine, everybody_gives_up_behind_a_slow_transaction)
{
    struct busy busy = {.holder = true, .waiter = false, .results = {-1, -1, -1}};

    busy_run(&busy);
    CHECK_EQ(busy.results[1], ERR_BUSY);
    CHECK_EQ(busy.which[1], 0);
    CHECK_EQ(busy.results[2], ERR_BUSY);
    busy = (struct busy){.holder = true, .waiter = true, .results = {-1, -1, -1}};
    busy_run(&busy);
    CHECK_EQ(busy.results[1], ERR_BUSY);
}

/* ---- counters and streams ---- */

TEST(engine, a_counter_sums_what_was_added)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK_EQ(lab_counter(&lab, "Cx"), 0);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", 5), OK);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", -7), OK);
    CHECK_EQ(lab_counter(&lab, "Cx"), -2);
    lab_reopen(&lab);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", 100), OK);
    CHECK_EQ(lab_counter(&lab, "Cx"), 98);
    lab_end(&lab);
}

/* Looks at Cx, tells what it saw, and adds 1. */
struct looker {
    struct lab *lab;
    struct engine_key look;
    int64_t seen;
};

static enum err looker_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct looker *looker = context;

    effects_put(fx, ENGINE_DATA, SLICE_LIT("a"), lab_record(arena, SLICE_LIT("a"), SLICE_LIT("1"), stamp));
    effects_add(fx, looker->look.key, 1);
    return counter_value(looker->look.key, old[1].bytes, &looker->seen);
}

static void looker_run(struct looker *looker, struct fiber *self, struct arena *arena)
{
    const struct engine_key key = {ENGINE_DATA, SLICE_LIT("a")};
    const struct engine_decision decision = {.keys = &key,
        .keys_count = 1,
        .looks = &looker->look,
        .looks_count = 1,
        .fn = looker_decide,
        .context = looker};
    engine_ticket ticket;

    ASSERT(engine_decide(looker->lab->engine, self, arena, &decision, &ticket) == OK);
    ASSERT(engine_settle(looker->lab->engine, self, ticket) == OK);
}

TEST(engine, a_decision_looks_at_what_is_published)
{
    struct lab lab;
    struct looker looker = {.lab = &lab, .look = {ENGINE_META, SLICE_LIT("Cx")}};

    lab_begin(&lab);
    looker_run(&looker, lab.self, lab.arena);
    CHECK_EQ(looker.seen, 0);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", 10), OK);
    looker_run(&looker, lab.self, lab.arena);
    CHECK_EQ(looker.seen, 11);
    lab_reopen(&lab);
    looker_run(&looker, lab.self, lab.arena);
    CHECK_EQ(looker.seen, 12);
    CHECK_EQ(lab_counter(&lab, "Cx"), 13);
    lab_end(&lab);
}

static void looker_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct looker looker = {.lab = lab, .look = {ENGINE_META, SLICE_LIT("Cx")}};

    (void)i, (void)context;
    for (int64_t round = 0, least = 0; round < 40; round++) {
        looker_run(&looker, self, arena);
        ASSERT(looker.seen >= least); /* its own are all there */
        least = looker.seen + 1;
    }
}

TEST(engine, nobody_waits_for_a_look_and_nothing_told_is_missing_from_it)
{
    struct lab lab;

    lab_begin(&lab);
    lab_fibers(&lab, 2, 32, looker_fiber, NULL);
    CHECK_EQ(lab_counter(&lab, "Cx"), 32 * 40);
    lab_end(&lab);
}

TEST(engine, a_counter_back_at_zero_leaves_no_record)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", 5), OK);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", -5), OK);
    CHECK(lab_get_space(&lab, ENGINE_META, SLICE_LIT("Cx")).p == NULL);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", 3), OK);
    CHECK_EQ(lab_counter(&lab, "Cx"), 3);
    lab_end(&lab);
}

TEST(engine, counters_stop_at_the_ends_of_their_range)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", INT64_MAX), OK);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", 1), OK);
    CHECK(lab_counter(&lab, "Cx") == INT64_MAX);
    lab_end(&lab);
}

TEST(engine, a_damaged_counter_is_reported)
{
    const struct slice key = SLICE_LIT("Cx");
    uint8_t bytes[RECORD_HEAD_BYTES + 8] = {1};
    int64_t value;

    CHECK_EQ(counter_value(key, slice_of(bytes, sizeof(bytes)), &value), ERR_CORRUPT);
    CHECK_EQ(counter_value(key, slice_of(bytes, 3), &value), ERR_CORRUPT);
}

static void counter_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct arena_mark mark = arena_mark(arena);
    char key[16];

    (void)context;
    for (int round = 0; round < 40; round++) {
        (void)snprintf(key, sizeof(key), "C%u", (i + (uint32_t)round) % 5);
        ASSERT(lab_add(lab, self, arena, key, round % 3 - 1 + (int)i) == OK);
        arena_reset(arena, mark);
    }
}

TEST(engine, counters_are_exact_under_many_writers_and_after_reopening)
{
    struct lab lab;
    int64_t expected[5] = {0};
    char key[16];

    lab_begin(&lab);
    lab_fibers(&lab, 2, 32, counter_fiber, NULL);
    lab_reopen(&lab);
    for (uint32_t i = 0; i < 32; i++) {
        for (int round = 0; round < 40; round++)
            expected[(i + (uint32_t)round) % 5] += round % 3 - 1 + (int)i;
    }
    for (int i = 0; i < 5; i++) {
        (void)snprintf(key, sizeof(key), "C%d", i);
        CHECK_EQ(lab_counter(&lab, key), expected[i]);
    }
    lab_end(&lab);
}

static uint64_t be64(const uint8_t *p)
{
    uint64_t n = 0;

    for (int i = 0; i < 8; i++)
        n = n << 8 | p[i];
    return n;
}

static void append_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    (void)context;
    for (int round = 0; round < 20; round++)
        ASSERT(lab_append(lab, self, arena, 7 + i % 2, "entry") == OK);
}

TEST(engine, stream_entries_are_numbered_without_a_hole)
{
    struct lab lab;
    struct engine_page page;
    uint64_t next[2] = {1, 1};

    lab_begin(&lab);
    lab_fibers(&lab, 2, 16, append_fiber, NULL);
    lab_reopen(&lab);
    lab_fibers(&lab, 2, 16, append_fiber, NULL);
    CHECK_EQ(
        engine_range(lab.engine, lab.self, lab.arena, ENGINE_LOG, SLICE_NULL, SLICE_NULL, false, 10000, 1 << 20, &page),
        OK);
    CHECK_EQ(page.count, 640);
    for (uint32_t i = 0; i < page.count; i++) {
        uint64_t stream = be64(page.keys[i].p);

        CHECK_EQ(page.keys[i].n, 16);
        CHECK(stream == 7 || stream == 8);
        CHECK_EQ(be64(page.keys[i].p + 8), next[stream - 7]++);
        CHECK(slice_is(page.values[i], "entry"));
    }
    lab_end(&lab);
}

static enum err trim_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    uint8_t key[16] = {0};

    (void)context;
    (void)old;
    (void)stamp;
    for (uint8_t i = 1; i <= 3; i++) {
        key[7] = 9;
        key[15] = i;
        effects_delete(fx, ENGINE_LOG, arena_dup(arena, slice_of(key, sizeof(key))));
    }
    return OK;
}

TEST(engine, numbers_of_a_trimmed_stream_are_not_given_again)
{
    struct lab lab;
    const struct engine_decision decision = {.fn = trim_decide};
    struct engine_page page;
    engine_ticket ticket;

    lab_begin(&lab);
    for (int i = 0; i < 3; i++)
        CHECK_EQ(lab_append(&lab, lab.self, lab.arena, 9, "old"), OK);
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    lab_reopen(&lab);
    CHECK_EQ(lab_append(&lab, lab.self, lab.arena, 9, "new"), OK);
    CHECK_EQ(
        engine_range(lab.engine, lab.self, lab.arena, ENGINE_LOG, SLICE_NULL, SLICE_NULL, false, 10, 1 << 20, &page),
        OK);
    CHECK_EQ(page.count, 1);
    CHECK_EQ(be64(page.keys[0].p + 8), 4);
    lab_end(&lab);
}

struct entries {
    uint64_t stream;
    uint32_t count;
};

static enum err entries_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct entries *entries = context;

    (void)old, (void)stamp, (void)arena;
    for (uint32_t i = 0; i < entries->count; i++)
        effects_append(fx, entries->stream, SLICE_LIT("entry"));
    return OK;
}

static void append_many(struct lab *lab, uint64_t stream, uint32_t count)
{
    struct entries entries = {stream, count};
    const struct engine_decision decision = {.fn = entries_decide, .context = &entries};
    engine_ticket ticket;

    CHECK_EQ(engine_decide(lab->engine, lab->self, lab->arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(lab->engine, lab->self, ticket), OK);
}

static uint64_t last_of(struct lab *lab, uint64_t stream)
{
    uint64_t last;

    CHECK_EQ(engine_stream_last(lab->engine, lab->self, lab->arena, &stream, 1, &last), OK);
    return last;
}

TEST(engine, a_stream_tells_its_last_number_and_gives_pages_from_any)
{
    static const uint64_t streams[] = {8, 1, 9};
    struct lab lab;
    struct engine_page page;
    uint64_t last[3], stream, number;

    lab_begin(&lab);
    append_many(&lab, 8, 5);
    append_many(&lab, 9, 1);
    lab_reopen(&lab);
    append_many(&lab, 8, 1);
    CHECK_EQ(engine_stream_last(lab.engine, lab.self, lab.arena, streams, 3, last), OK);
    CHECK(last[0] == 6 && last[1] == 0 && last[2] == 1);
    CHECK_EQ(engine_stream_read(lab.engine, lab.self, lab.arena, 8, 3, 2, 1 << 20, &page), OK);
    CHECK(page.count == 2 && page.more && slice_is(page.values[0], "entry"));
    CHECK(engine_stream_key(page.keys[1], &stream, &number) && stream == 8 && number == 4);
    CHECK_EQ(engine_stream_read(lab.engine, lab.self, lab.arena, 8, 6, 100, 1 << 20, &page), OK);
    CHECK(page.count == 1 && !page.more);
    CHECK_EQ(engine_stream_read(lab.engine, lab.self, lab.arena, 8, 7, 100, 1 << 20, &page), OK);
    CHECK_EQ(page.count, 0);
    CHECK(!engine_stream_key(SLICE_LIT("short"), &stream, &number));
    lab_end(&lab);
}

static enum err numbered_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    static const char *const bodies[] = {"a", "b", "c", "d"};

    (void)context, (void)old, (void)stamp, (void)arena;
    for (int i = 0; i < 4; i++)
        effects_append(fx, 8, slice_from_cstr(bodies[i]));
    return OK;
}

TEST(engine, entries_of_one_group_stand_in_the_order_they_were_made)
{
    const struct engine_decision decision = {.fn = numbered_decide};
    struct lab lab;
    struct engine_page page;
    engine_ticket ticket;

    lab_begin(&lab);
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    CHECK_EQ(engine_stream_read(lab.engine, lab.self, lab.arena, 8, 1, 10, 1 << 20, &page), OK);
    CHECK_EQ(page.count, 4);
    for (uint32_t i = 0; i < 4; i++)
        CHECK(page.values[i].n == 1 && page.values[i].p[0] == 'a' + i);
    lab_end(&lab);
}

/* Short ones are deleted, long ones dropped; each at and beyond the bounds of engine/streams.c. */
TEST(engine, a_forgotten_stream_is_gone_and_its_neighbours_stay)
{
    static const uint32_t counts[] = {0, 1, 1023, 1024, 1025, 16384, 16385};
    struct lab lab;
    struct engine_page page;

    lab_begin(&lab);
    append_many(&lab, 9, 2);
    for (uint64_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        uint64_t stream = 10 + 2 * i;

        append_many(&lab, stream, counts[i]);
        append_many(&lab, stream + 1, 2);
        if (i % 3 == 2)
            lab_reopen(&lab);
        CHECK_EQ(last_of(&lab, stream), counts[i]);
        CHECK_EQ(engine_stream_drop(lab.engine, lab.self, lab.arena, stream), OK);
        CHECK_EQ(engine_stream_drop(lab.engine, lab.self, lab.arena, stream), OK);
        CHECK_EQ(last_of(&lab, stream), 0);
        if (counts[i] <= 16384) { /* of a dropped range it is not said when it is gone */
            CHECK_EQ(engine_stream_read(lab.engine, lab.self, lab.arena, stream, 0, 10, 1 << 20, &page), OK);
            CHECK_EQ(page.count, 0);
        }
        for (uint64_t neighbour = stream - 1; neighbour <= stream + 1; neighbour += 2) {
            CHECK_EQ(engine_stream_read(lab.engine, lab.self, lab.arena, neighbour, 0, 10, 1 << 20, &page), OK);
            CHECK_EQ(page.count, 2);
            CHECK_EQ(last_of(&lab, neighbour), 2);
        }
    }
    lab_end(&lab);
}

/* ---- fences ---- */

struct raise {
    struct engine_fence *fence;
    uint64_t version;
    struct slice key;
};

static enum err raise_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct raise *raise = context;

    (void)old;
    effects_put(fx, ENGINE_META, raise->key, lab_record(arena, raise->key, SLICE_LIT("desc"), stamp));
    effects_fence(fx, raise->fence, raise->version);
    return OK;
}

static enum err fenced_put(struct lab *lab, const struct engine_fence *fence, uint64_t version,
    const struct engine_fence_at *fences, uint32_t fences_count)
{
    struct set_balance set = {SLICE_LIT("a"), 1};
    const struct engine_key named = {ENGINE_DATA, set.key};
    const struct engine_decision decision = {.keys = &named,
        .keys_count = 1,
        .fn = set_decide,
        .context = &set,
        .fence = fence,
        .fence_version = version,
        .fences = fences,
        .fences_count = fences_count};
    engine_ticket ticket;
    enum err err = engine_decide(lab->engine, lab->self, lab->arena, &decision, &ticket);

    return err ? err : engine_settle(lab->engine, lab->self, ticket);
}

TEST(engine, a_decision_under_an_old_version_is_stale)
{
    struct lab lab;
    struct engine_fence fence = {.version = 1};
    struct raise raise = {&fence, 2, SLICE_LIT("T")};
    const struct engine_key named = {ENGINE_META, raise.key};
    const struct engine_decision change = {.keys = &named, .keys_count = 1, .fn = raise_decide, .context = &raise};
    engine_ticket ticket;

    lab_begin(&lab);
    CHECK_EQ(fenced_put(&lab, &fence, 1, NULL, 0), OK);
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &change, &ticket), OK);
    CHECK_EQ(fenced_put(&lab, &fence, 1, NULL, 0), ERR_STALE); /* in force from the moment it was appended */
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    CHECK_EQ(fenced_put(&lab, &fence, 1, NULL, 0), ERR_STALE);
    CHECK_EQ(fenced_put(&lab, &fence, 2, NULL, 0), OK);
    lab_end(&lab);
}

TEST(engine, a_decision_over_several_tables_holds_only_while_all_stand)
{
    struct lab lab;
    struct engine_fence one = {.version = 1}, two = {.version = 5}, three = {.version = 9};
    const struct engine_fence_at both[] = {{&two, 5}, {&three, 9}}, late[] = {{&two, 5}, {&three, 8}};

    lab_begin(&lab);
    CHECK_EQ(fenced_put(&lab, &one, 1, both, 2), OK);
    CHECK_EQ(fenced_put(&lab, &one, 1, late, 2), ERR_STALE);
    CHECK_EQ(fenced_put(&lab, &one, 2, both, 2), ERR_STALE);
    lab_end(&lab);
}

/* ---- stamps ---- */

TEST(engine, stamps_of_a_key_only_grow)
{
    struct lab lab;
    uint64_t before = 0;

    lab_prepare(&lab);
    lab.wall_ms = 1700000000000;
    CHECK_EQ(lab_open(&lab), OK);
    for (int i = 0; i < 20; i++) {
        uint64_t stamp;

        CHECK_EQ(lab_put(&lab, "a", "x"), OK);
        stamp = lab_stamp(&lab, "a");
        CHECK(stamp > before);
        before = stamp;
        lab.wall_ms = i % 2 ? 1700000000000 : 1699999990000; /* back and forth by ten seconds */
        if (i % 5 == 4)
            lab_reopen(&lab);
    }
    CHECK(before >> 16 >= 1700000000000);
    lab_end(&lab);
}

TEST(engine, a_stamp_is_above_that_of_a_record_from_the_future)
{
    struct lab lab;
    struct set_balance set = {SLICE_LIT("a"), 1};
    uint64_t future = 1800000000000ull << 16;

    lab_prepare(&lab);
    lab.wall_ms = 1700000000000;
    CHECK_EQ(lab_open(&lab), OK);
    lab.wall_ms = 1800000000000; /* another machine wrote it, say */
    CHECK_EQ(lab_put(&lab, set.key.p == NULL ? "" : "a", "x"), OK);
    CHECK(lab_stamp(&lab, "a") >= future);
    lab.wall_ms = 1700000000000;
    CHECK_EQ(lab_put(&lab, "a", "y"), OK);
    CHECK(lab_stamp(&lab, "a") > future);
    lab_end(&lab);
}

TEST(engine, what_the_watermark_closed_gets_no_newcomer)
{
    struct lab lab;
    uint64_t watermark, stamp;

    lab_begin(&lab);
    for (int i = 0; i < 100; i++) {
        watermark = engine_watermark(lab.engine);
        CHECK_EQ(lab_put(&lab, "a", "x"), OK);
        stamp = lab_stamp(&lab, "a");
        CHECK(stamp > watermark);
    }
    lab_end(&lab);
}

struct closing {
    struct lab *lab;
    uint64_t floor;
};

/* Nothing else is under way, so the floor that it asks for in the middle of its run is closed above its own stamp. */
static enum err closing_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct closing *closing = context;
    const struct slice key = SLICE_LIT("k");

    (void)old;
    closing->floor = engine_watermark(closing->lab->engine);
    effects_put(fx, ENGINE_DATA, key, lab_record(arena, key, SLICE_LIT("x"), stamp));
    return OK;
}

TEST(engine, a_floor_that_is_closed_while_a_decision_runs_is_below_its_stamp)
{
    struct lab lab;
    struct closing closing = {&lab, 0};
    const struct engine_key key = {ENGINE_DATA, SLICE_LIT("k")};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = closing_decide, .context = &closing};
    engine_ticket ticket;

    lab_begin(&lab);
    CHECK_EQ(lab_put(&lab, "k", "w"), OK);
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    CHECK(lab_stamp(&lab, "k") > closing.floor);
    lab_end(&lab);
}

TEST(engine, the_watermark_follows_the_clock_though_nothing_is_written)
{
    struct lab lab;
    uint64_t first;

    lab_prepare(&lab);
    lab.wall_ms = 1700000000000;
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "a", "x"), OK);
    first = engine_watermark(lab.engine);
    lab.wall_ms += 3600000;
    for (int i = 0; i < 1000000 && engine_watermark(lab.engine) >> 16 < lab.wall_ms; i++)
        fiber_yield(lab.self);
    CHECK(engine_watermark(lab.engine) >> 16 >= lab.wall_ms);
    CHECK(engine_watermark(lab.engine) > first);
    lab_end(&lab);
}

TEST(engine, the_past_is_not_kept)
{
    struct lab lab;
    struct engine_page page;

    lab_prepare(&lab);
    lab.wall_ms = 1700000000000;
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "a", "x"), OK);
    lab.wall_ms++;
    CHECK_EQ(engine_as_of(lab.engine, lab.self, lab.arena, engine_watermark(lab.engine), SLICE_NULL, SLICE_NULL, 10,
                 1000, &page),
        OK);
    CHECK_EQ(page.count, 1);
    CHECK_EQ(engine_as_of(lab.engine, lab.self, lab.arena, engine_watermark(lab.engine) - 1, SLICE_NULL, SLICE_NULL, 10,
                 1000, &page),
        ERR_LIMIT);
    lab_end(&lab);
}

/* ---- dropping ---- */

TEST(engine, neighbours_of_a_dropped_range_stay)
{
    struct lab lab;
    char key[16];

    lab_begin(&lab);
    for (int table = 1; table <= 3; table++) {
        for (int i = 0; i < 200; i++) {
            (void)snprintf(key, sizeof(key), "%d-%03d", table, i);
            CHECK_EQ(lab_put(&lab, key, "body"), OK);
        }
    }
    CHECK_EQ(engine_drop(lab.engine, lab.self, ENGINE_DATA, SLICE_LIT("2"), SLICE_LIT("3")), OK);
    lab_reopen(&lab);
    CHECK(slice_is(lab_get(&lab, "1-199"), "body"));
    CHECK(slice_is(lab_get(&lab, "3-000"), "body"));
    CHECK_TEXT(lab_range(&lab, "1-198", "2", false, 10, 1000), "1-198=body 1-199=body");
    CHECK_TEXT(lab_range(&lab, "3", "3-002", false, 10, 1000), "3-000=body 3-001=body");
    lab_end(&lab);
}

/* ---- random ---- */

/* A model of its own: what each of 50 keys holds. The engine must agree after every step, and after reopening. */
TEST(engine, random_writes_agree_with_a_model)
{
    struct lab lab;
    uint64_t seed = 20260101, random = seed;
    uint64_t model[50] = {0};
    char key[16], body[32];

    lab_begin(&lab);
    printf("seed %llu\n", (unsigned long long)seed);
    for (uint64_t step = 1; step <= 1500; step++) {
        uint64_t i = lab_random(&random) % 50, what = lab_random(&random) % 10;

        (void)snprintf(key, sizeof(key), "k%02llu", (unsigned long long)i);
        if (what < 6) {
            (void)snprintf(body, sizeof(body), "%llu", (unsigned long long)step);
            CHECK_EQ(lab_put(&lab, key, body), OK);
            model[i] = step;
        } else if (what < 9) {
            CHECK_EQ(lab_delete(&lab, key), OK);
            model[i] = 0;
        } else {
            struct slice got = lab_get(&lab, key);

            (void)snprintf(body, sizeof(body), "%llu", (unsigned long long)model[i]);
            CHECK(model[i] == 0 ? got.p == NULL : slice_is(got, body));
        }
        if (step % 500 == 0)
            lab_reopen(&lab);
    }
    for (int reverse = 0; reverse < 2; reverse++) {
        struct engine_page page;
        uint32_t at = 0;

        CHECK_EQ(engine_range(lab.engine, lab.self, lab.arena, ENGINE_DATA, SLICE_NULL, SLICE_NULL, reverse != 0, 100,
                     1 << 20, &page),
            OK);
        for (int k = 0; k < 50; k++) {
            int i = reverse ? 49 - k : k;

            if (model[i] == 0)
                continue;
            (void)snprintf(key, sizeof(key), "k%02d", i);
            (void)snprintf(body, sizeof(body), "%llu", (unsigned long long)model[i]);
            CHECK(at < page.count && slice_is(page.keys[at], key));
            CHECK(slice_is(lab_body(page.keys[at], page.values[at]), body));
            at++;
        }
        CHECK_EQ(at, page.count);
    }
    lab_end(&lab);
}

TEST_MAIN()
