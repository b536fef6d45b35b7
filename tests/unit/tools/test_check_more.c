/* SPDX-License-Identifier: Apache-2.0 */

/* `stator check` on streams and time to live: a sound folder made by the operations themselves, then one thing made
 * wrong at a time. */
#include "../api/control.h"
#include "codec/record.h"
#include "os/clock.h"
#include "tools/check.h"
#include "table/expiry.h"

#define STREAM_ "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_AND_OLD_IMAGES'}"

static struct check_figures figures;
static char told[512];

static void finding_keep(void *context, const char *where, const char *what)
{
    (void)context;
    snprintf(told, sizeof(told), "%s: %s", where, what);
}

static void check(void)
{
    told[0] = '\0';
    check_run(w.engine, w.api.catalog, w.self, finding_keep, NULL, NULL, &figures);
}

static void put(const char *pk, int n)
{
    (void)call("PutItem",
        (const char *)arena_printf(w.arena, "{'TableName':'Tab','Item':{'pk':{'S':'%s'},'n':{'N':'%d'}}}", pk, n).p);
}

/* A stream of three records, on the clock of the machine: a check asks it what is too old. */
static void streams_begin(void)
{
    begin(0);
    w.now_ms = os_clock_wall_ms();
    make(WITH_(ON_DEMAND_ "," STREAM_));
    put("a", 1);
    put("a", 2);
    put("b", 3);
}

struct spoiling {
    enum engine_space space;
    struct slice key, bytes; /* p NULL: delete */
};

static enum err spoil_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct spoiling *spoiling = context;

    (void)old, (void)stamp, (void)arena;
    if (spoiling->bytes.p == NULL)
        effects_delete(fx, spoiling->space, spoiling->key);
    else
        effects_put(fx, spoiling->space, spoiling->key, spoiling->bytes);
    return OK;
}

static void spoil(enum engine_space space, struct slice key, struct slice bytes)
{
    struct spoiling spoiling = {space, key, bytes};
    const struct engine_decision decision = {.fn = spoil_decide, .context = &spoiling};
    engine_ticket ticket;

    CHECK(engine_decide(w.engine, w.self, w.arena, &decision, &ticket) == OK);
    CHECK(engine_settle(w.engine, w.self, ticket) == OK);
}

/* The record of the one stream. */
static struct slice stream_record_of(struct slice *ret_key)
{
    struct engine_page page;
    struct slice from, to;

    stream_key_range_all(w.arena, &from, &to);
    CHECK(engine_range(w.engine, w.self, w.arena, ENGINE_META, from, to, false, 10, 1 << 20, &page) == OK);
    CHECK_EQ(page.count, 1);
    *ret_key = page.keys[0];
    return page.values[0];
}

static struct slice entry_of(uint64_t number, struct slice *ret_key)
{
    struct engine_page page;

    CHECK(engine_stream_read(w.engine, w.self, w.arena, stream_log_id(1, 1), number, 1, 1, &page) == OK);
    CHECK_EQ(page.count, 1);
    *ret_key = page.keys[0];
    return page.values[0];
}

static void expect_told(const char *what)
{
    check();
    if (strstr(told, what) == NULL)
        printf("told %llu: [%s], not [%s]\n", (unsigned long long)figures.findings, told, what);
    CHECK(figures.findings >= 1 && strstr(told, what) != NULL);
    end();
}

TEST(tools, check_finds_nothing_wrong_with_a_sound_stream)
{
    streams_begin();
    check();
    CHECK_EQ(figures.findings, 0);
    CHECK_EQ(figures.log, 3);
    CHECK_EQ(figures.leftovers, 0);
    (void)update("'StreamSpecification':{'StreamEnabled':false}");
    (void)update(STREAM_);
    put("a", 4);
    (void)call("DeleteTable", "{'TableName':'Tab'}");
    later(1);
    check();
    CHECK_EQ(figures.findings, 0);
    CHECK_EQ(figures.log, 4);
    CHECK_EQ(figures.leftovers, 0);
    end();
}

TEST(tools, check_tells_a_change_record_that_is_damaged)
{
    struct slice key, bytes;

    streams_begin();
    bytes = arena_dup(w.arena, entry_of(2, &key));
    ((uint8_t *)(uintptr_t)bytes.p)[bytes.n - 1] ^= 1;
    spoil(ENGINE_LOG, key, bytes);
    expect_told("change record: stored data is damaged");
}

TEST(tools, check_tells_a_change_record_that_is_missing)
{
    static const char *const what[] = {
        "the records before it are not there", "the records before it are not there", "the last is not there"};

    for (uint64_t number = 1; number <= 3; number++) {
        struct slice key;

        streams_begin();
        (void)entry_of(number, &key);
        spoil(ENGINE_LOG, key, SLICE_NULL);
        check();
        if (number == 3) { /* told by the stream's record, and by the end of the run */
            CHECK_EQ(figures.findings, 2);
            CHECK(strstr(told, "end with 2, 3 was given") != NULL);
            end();
        } else {
            expect_told(what[number - 1]);
        }
    }
}

TEST(tools, check_counts_records_of_no_shard_as_leftovers)
{
    struct slice key;

    streams_begin();
    (void)stream_record_of(&key);
    (void)call("DeleteTable", "{'TableName':'Tab'}");
    later(1);
    spoil(ENGINE_META, key, SLICE_NULL);
    check();
    CHECK_EQ(figures.findings, 0);
    CHECK_EQ(figures.leftovers, 3);
    end();
}

TEST(tools, check_tells_a_stream_that_is_not_what_its_table_says)
{
    struct slice key, body;
    struct stream_info info;
    struct buf out;

    streams_begin();
    body = stream_record_of(&key);
    CHECK(stream_info_read(key, body, w.arena, &info) == OK);
    info.stream.view = STREAM_KEYS_ONLY;
    body = stream_info_encode(&info, w.arena);
    buf_init(&out, w.arena, 1 << 16);
    record_write(&out, key, &(struct record){.stamp = 1, .body = body});
    spoil(ENGINE_META, key, buf_view(&out));
    expect_told("the stream is not the one its table describes");
}

TEST(tools, check_tells_a_stream_under_a_key_that_is_not_its_own)
{
    struct slice key, bytes, wrong = SLICE_LIT("S1\0r\0T\0label");
    struct stream_info info;
    struct buf out;

    streams_begin();
    bytes = stream_record_of(&key);
    CHECK(stream_info_read(key, bytes, w.arena, &info) == OK);
    buf_init(&out, w.arena, 1 << 16);
    record_write(&out, wrong, &(struct record){.stamp = 1, .body = stream_info_encode(&info, w.arena)});
    spoil(ENGINE_META, wrong, buf_view(&out));
    expect_told("the bytes are not this stream");
}

/* ---- time to live ---- */
static void expiry_begin(bool before)
{
    begin(0);
    w.now_ms = os_clock_wall_ms();
    make(WITH_(ON_DEMAND_));
    if (!before)
        (void)call(
            "UpdateTimeToLive", "{'TableName':'Tab','TimeToLiveSpecification':{'AttributeName':'ttl','Enabled':true}}");
    for (int i = 0; i < 20; i++)
        (void)call("PutItem",
            (const char *)arena_printf(w.arena, "{'TableName':'Tab','Item':{'pk':{'S':'i%d'},'ttl':{'N':'%lld'}}}", i,
                (long long)(w.now_ms / 1000 + 1000 * (uint64_t)i))
                .p);
    if (before)
        (void)call(
            "UpdateTimeToLive", "{'TableName':'Tab','TimeToLiveSpecification':{'AttributeName':'ttl','Enabled':true}}");
    later(0);
}

/* Entry i of the expiry index. */
static struct slice expiry_entry(uint32_t i, struct slice *ret_key)
{
    struct engine_page page;

    CHECK(engine_range(w.engine, w.self, w.arena, ENGINE_DATA, SLICE_LIT("\0\0\0\1\x80"), SLICE_LIT("\0\0\0\2"), false,
              100, 1 << 30, &page) == OK);
    CHECK_EQ(page.count, 20);
    *ret_key = page.keys[i];
    return page.values[i];
}

TEST(tools, check_finds_nothing_wrong_with_a_sound_expiry_index)
{
    for (int before = 0; before < 2; before++) {
        expiry_begin(before);
        check();
        CHECK_EQ(figures.findings, 0);
        CHECK_EQ(figures.entries, 20);
        CHECK_EQ(figures.leftovers, 0);
        end();
    }
}

TEST(tools, check_tells_an_item_without_its_expiry)
{
    for (int before = 0; before < 2; before++) {
        struct slice key;

        expiry_begin(before);
        (void)expiry_entry(7, &key);
        spoil(ENGINE_DATA, key, SLICE_NULL);
        expect_told("the item has no entry in the expiry index");
    }
}

TEST(tools, check_tells_an_expiry_that_is_not_its_items)
{
    struct slice key, item_key;
    const struct table_desc *table;
    struct catalog_view *view;
    uint64_t second;
    struct buf out;

    expiry_begin(false);
    (void)expiry_entry(7, &key);
    expiry_key_read(w.arena, key, &second, &item_key);
    view = catalog_acquire(w.api.catalog, w.self);
    table = catalog_find_id(view, 1);
    key = expiry_key(w.arena, table, second + 1, item_key);
    catalog_release(view, w.self);
    buf_init(&out, w.arena, 4096);
    record_write(&out, key, &(struct record){.stamp = 1, .body = SLICE_LIT("")});
    spoil(ENGINE_DATA, key, buf_view(&out));
    expect_told("stands elsewhere in it");
}

TEST(tools, check_tells_an_expiry_whose_item_is_not_there)
{
    struct slice key, item_key;
    uint64_t second;

    expiry_begin(false);
    (void)expiry_entry(7, &key);
    expiry_key_read(w.arena, key, &second, &item_key);
    spoil(ENGINE_DATA, item_key, SLICE_NULL);
    check();
    CHECK(figures.findings >= 1);
    end();
}

TEST(tools, check_tells_an_expiry_that_is_damaged)
{
    struct slice key, bytes;

    expiry_begin(false);
    bytes = arena_dup(w.arena, expiry_entry(7, &key));
    ((uint8_t *)(uintptr_t)bytes.p)[5] ^= 1;
    spoil(ENGINE_DATA, key, bytes);
    check();
    CHECK(figures.findings >= 1);
    end();
}

TEST_MAIN()
