/* SPDX-License-Identifier: Apache-2.0 */

/*
 * `stator check` against folders that were made wrong on purpose. Each test writes a sound table with a local and a
 * global index on the memory engine, breaks one thing behind the back of the rules, and expects just that to be told.
 */
#include "tools/check.h"

#include <string.h>

#include "codec/key.h"
#include "codec/record.h"
#include "codec/value.h"
#include "table/index.h"
#include "table/key.h"
#include "table/token.h"
#include "test.h"

#define ITEMS 50

/* ---- a folder ---- */

struct folder {
    struct engine *engine;
    struct fiber *fiber;
    struct arena *arena;
    struct catalog *catalog;
    const struct table_desc *table;
    struct check_figures figures;
    char told[8][512]; /* the first findings */
};

static uint64_t clock_ms(void *context)
{
    (void)context;
    return 1700000000000;
}

static enum err table_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    struct key_attribute *definitions = arena_zalloc(arena, 4 * sizeof(*definitions));
    struct index_desc *indexes = arena_zalloc(arena, 2 * sizeof(*indexes));

    (void)present, (void)ret_what;
    definitions[0] = (struct key_attribute){SLICE_LIT("by"), VALUE_S};
    definitions[1] = (struct key_attribute){SLICE_LIT("day"), VALUE_N};
    definitions[2] = (struct key_attribute){SLICE_LIT("pk"), VALUE_S};
    definitions[3] = (struct key_attribute){SLICE_LIT("sk"), VALUE_N};
    next->definitions = definitions;
    next->definitions_count = 4;
    next->hash = definitions[2];
    next->range = definitions[3];
    next->has_range = true;
    next->status = TABLE_ACTIVE;
    next->indexes = indexes;
    next->lsi_count = next->gsi_count = 1;
    next->index_id_next = 3;
    indexes[0] = (struct index_desc){.id = 1,
        .name = SLICE_LIT("days"),
        .status = INDEX_ACTIVE,
        .hash_count = 1,
        .range_count = 1,
        .hash = {definitions[2]},
        .range = {definitions[1]},
        .projection = PROJECTION_KEYS_ONLY};
    indexes[1] = (struct index_desc){.id = 2,
        .global = true,
        .name = SLICE_LIT("authors"),
        .status = *(enum index_status *)context,
        .hash_count = 1,
        .hash = {definitions[0]},
        .projection = PROJECTION_ALL};
    return OK;
}

/* Effects to write as they are. */
struct raw {
    enum { RAW_PUT, RAW_DELETE, RAW_ADD } kind;
    enum engine_space space;
    struct slice key, bytes;
    int64_t delta;
};
struct raws {
    struct raw raw[16];
    uint32_t n;
};

static enum err raws_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct raws *raws = context;

    (void)old, (void)stamp, (void)arena;
    for (uint32_t i = 0; i < raws->n; i++) {
        const struct raw *raw = &raws->raw[i];

        if (raw->kind == RAW_PUT)
            effects_put(fx, raw->space, raw->key, raw->bytes);
        else if (raw->kind == RAW_DELETE)
            effects_delete(fx, raw->space, raw->key);
        else
            effects_add(fx, raw->key, raw->delta);
    }
    return OK;
}

static void raws_write(struct folder *folder, struct raws *raws)
{
    struct engine_key key = {.space = ENGINE_DATA, .key = raws->raw[0].key};
    struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = raws_decide, .context = raws};
    engine_ticket ticket;

    CHECK_EQ(engine_decide(folder->engine, folder->fiber, folder->arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(folder->engine, folder->fiber, ticket), OK);
}

static struct slice sealed_as(struct folder *folder, struct slice key, struct slice body, uint32_t size)
{
    struct record record = {.stamp = 1, .size = size, .body = body};
    struct buf out;

    buf_init(&out, folder->arena, ARENA_ALLOC_BYTES_MAX);
    record_write(&out, key, &record);
    return buf_view(&out);
}

static struct slice sealed(struct folder *folder, struct slice key, struct slice body)
{
    return sealed_as(folder, key, body, 0);
}

static struct slice item(struct folder *folder, uint32_t i, const char *author)
{
    struct buf out;
    struct builder b;
    struct builder_frame frame;

    buf_init(&out, folder->arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&b, &out, folder->arena);
    frame = builder_body_begin(&b);
    builder_name(&b, &frame, SLICE_LIT("pk"));
    builder_s(&b, arena_printf(folder->arena, "p%u", i / 5));
    builder_name(&b, &frame, SLICE_LIT("sk"));
    builder_int(&b, i);
    builder_name(&b, &frame, SLICE_LIT("day"));
    builder_int(&b, 100 + i % 7);
    if (author != NULL) {
        builder_name(&b, &frame, SLICE_LIT("by"));
        builder_s(&b, slice_from_cstr(author));
    }
    builder_body_end(&b, frame);
    return buf_view(&out);
}

static void item_write(struct folder *folder, struct slice body)
{
    const struct table_desc *table = folder->table;
    struct slice key = table_item_key(table, body, folder->arena), entry_key, entry_body;
    int64_t collection = body_size(body);
    struct raws raws = {.n = 3,
        .raw = {{RAW_PUT, ENGINE_DATA, key, sealed(folder, key, body), 0},
            {RAW_ADD, ENGINE_META, table_counter_key(folder->arena, table->id, 0, COUNTER_ITEMS), SLICE_NULL, 1},
            {RAW_ADD, ENGINE_META, table_counter_key(folder->arena, table->id, 0, COUNTER_BYTES), SLICE_NULL,
                body_size(body)}}};

    for (uint32_t i = 0; i < 2; i++) {
        const struct index_desc *index = &table->indexes[i];

        if (!index_entry(table, index, key, body, folder->arena, &entry_key, &entry_body))
            continue;
        raws.raw[raws.n++] = (struct raw){RAW_PUT, ENGINE_DATA, entry_key, sealed(folder, entry_key, entry_body), 0};
        raws.raw[raws.n++] = (struct raw){
            RAW_ADD, ENGINE_META, table_counter_key(folder->arena, table->id, index->id, COUNTER_ITEMS), SLICE_NULL, 1};
        raws.raw[raws.n++] = (struct raw){RAW_ADD, ENGINE_META,
            table_counter_key(folder->arena, table->id, index->id, COUNTER_BYTES), SLICE_NULL, body_size(entry_body)};
        collection += index->global ? 0 : body_size(entry_body);
    }
    raws.raw[raws.n++] = (struct raw){RAW_ADD, ENGINE_META,
        table_collection_key(folder->arena, table->id, key_partition_of(key)), SLICE_NULL, collection};
    raws_write(folder, &raws);
}

static const char *author(uint32_t i)
{
    return i % 3 == 0 ? NULL : i % 2 == 0 ? "ada" : "grace";
}

static void folder_make(struct folder *folder, enum index_status global_status)
{
    struct engine_mem_options options = {.clock = clock_ms};
    char *reason;

    *folder = (struct folder){
        .engine = engine_mem_open(&options), .fiber = fiber_of_thread(), .arena = arena_create(1 << 16)};
    CHECK_EQ(catalog_open(folder->engine, folder->fiber, &folder->catalog, &reason), OK);
    CHECK_EQ(catalog_change(folder->catalog, folder->fiber, folder->arena, SLICE_LIT("000000000000"),
                 SLICE_LIT("us-east-1"), SLICE_LIT("books"), table_fill, &global_status, &folder->table),
        OK);
    for (uint32_t i = 0; i < ITEMS; i++)
        item_write(folder, item(folder, i, author(i)));
}

static void folder_end(struct folder *folder)
{
    catalog_close(folder->catalog);
    engine_close(folder->engine);
    arena_destroy(folder->arena);
    fiber_of_thread_destroy(folder->fiber);
}

static void finding_keep(void *context, const char *where, const char *what)
{
    struct folder *folder = context;

    for (uint32_t i = 0; i < 8; i++) {
        if (folder->told[i][0] == '\0') {
            snprintf(folder->told[i], sizeof(folder->told[i]), "%s: %s", where, what);
            return;
        }
    }
}

static void folder_check(struct folder *folder)
{
    check_run(folder->engine, folder->catalog, folder->fiber, finding_keep, folder, NULL, &folder->figures);
}

/* Writes one raw effect behind the back of the rules. */
static void spoil(struct folder *folder, struct raw raw)
{
    struct raws raws = {.n = 1, .raw = {raw}};

    raws_write(folder, &raws);
}

/* Exactly one finding, and it says `what`. */
static void expect_told(struct folder *folder, const char *what)
{
    folder_check(folder);
    if (folder->figures.findings != 1 || strstr(folder->told[0], what) == NULL) {
        printf("told %llu:", (unsigned long long)folder->figures.findings);
        for (uint32_t i = 0; i < 8 && folder->told[i][0] != '\0'; i++)
            printf(" [%s]", folder->told[i]);
        printf(", not [%s]\n", what);
    }
    CHECK_EQ(folder->figures.findings, 1);
    CHECK(strstr(folder->told[0], what) != NULL);
    folder_end(folder);
}

static struct slice entry_of(struct folder *folder, struct slice body, uint32_t index, struct slice *ret_body)
{
    struct slice key;

    CHECK(index_entry(folder->table, &folder->table->indexes[index], table_item_key(folder->table, body, folder->arena),
        body, folder->arena, &key, ret_body));
    return key;
}

/* ---- tests ---- */

TEST(tools, check_of_a_sound_folder_finds_nothing_and_counts_everything)
{
    struct folder folder;

    folder_make(&folder, INDEX_ACTIVE);
    folder_check(&folder);
    CHECK_EQ(folder.figures.findings, 0);
    CHECK_EQ(folder.figures.tables, 1);
    CHECK_EQ(folder.figures.items, ITEMS);
    CHECK_EQ(folder.figures.entries, ITEMS + 33); /* one in three has no author */
    CHECK_EQ(folder.figures.leftovers, 0);
    folder_end(&folder);
}

TEST(tools, check_tells_a_flipped_bit_in_every_byte_of_a_record)
{
    struct folder folder;
    struct slice body, key, bytes;

    folder_make(&folder, INDEX_ACTIVE);
    body = item(&folder, 7, author(7));
    key = table_item_key(folder.table, body, folder.arena);
    bytes = sealed(&folder, key, body);
    for (size_t at = 0; at < bytes.n; at++) {
        uint8_t *wrong = arena_alloc(folder.arena, bytes.n);

        memcpy(wrong, bytes.p, bytes.n);
        wrong[at] ^= (uint8_t)(1 << at % 8);
        spoil(&folder, (struct raw){RAW_PUT, ENGINE_DATA, key, slice_of(wrong, bytes.n), 0});
        folder_check(&folder);
        CHECK_EQ(folder.figures.findings, 1);
    }
    spoil(&folder, (struct raw){RAW_PUT, ENGINE_DATA, key, bytes, 0});
    folder_check(&folder);
    CHECK_EQ(folder.figures.findings, 0);
    folder_end(&folder);
}

TEST(tools, check_tells_a_record_that_lies_under_another_key)
{
    struct folder folder;
    struct slice body, key;

    folder_make(&folder, INDEX_ACTIVE);
    body = item(&folder, 7, author(7));
    key = table_item_key(folder.table, body, folder.arena);
    spoil(
        &folder, (struct raw){RAW_PUT, ENGINE_DATA, table_item_key(folder.table, item(&folder, 99, NULL), folder.arena),
                     sealed(&folder, key, body), 0});
    expect_told(&folder, "record: stored data is damaged");
}

TEST(tools, check_tells_a_request_token_that_is_none)
{
    static const uint8_t body[] = "0123456789abcdef\1\0\0\0\7\0\0"; /* a byte of the size is missing */
    struct folder folder;
    struct slice key;

    folder_make(&folder, INDEX_ACTIVE);
    key = token_key(folder.arena, 1, SLICE_LIT("000000000000"), SLICE_LIT("us-east-1"), SLICE_LIT("t"));
    spoil(&folder, (struct raw){RAW_PUT, ENGINE_META, key, sealed(&folder, key, slice_of(body, sizeof(body))), 0});
    folder_check(&folder);
    CHECK_EQ(folder.figures.findings, 0); /* with the literal's own end it is one */
    spoil(&folder, (struct raw){RAW_PUT, ENGINE_META, key, sealed(&folder, key, slice_of(body, sizeof(body) - 1)), 0});
    expect_told(&folder, "the bytes are not a request token");
}

/* Nothing can be derived from such a key, also not where an index is gone through. */
TEST(tools, check_tells_an_item_whose_key_is_too_short)
{
    struct folder folder;
    struct slice body, key;

    folder_make(&folder, INDEX_ACTIVE);
    body = item(&folder, 7, author(7));
    key = table_item_key(folder.table, body, folder.arena);
    spoil(&folder, (struct raw){RAW_DELETE, ENGINE_DATA, key, SLICE_NULL, 0});
    key = slice_of(key.p, KEY_PREFIX_BYTES + 1);
    spoil(&folder, (struct raw){RAW_PUT, ENGINE_DATA, key, sealed(&folder, key, body), 0});
    folder_check(&folder);
    CHECK(strstr(folder.told[0], "the item does not belong under this key") != NULL);
    folder_end(&folder);
}

TEST(tools, check_tells_an_item_whose_key_is_not_its_own)
{
    struct folder folder;
    struct slice key;

    folder_make(&folder, INDEX_ACTIVE);
    key = table_item_key(folder.table, item(&folder, 99, NULL), folder.arena);
    spoil(&folder, (struct raw){RAW_PUT, ENGINE_DATA, key, sealed(&folder, key, item(&folder, 98, NULL)), 0});
    expect_told(&folder, "the item does not belong under this key");
}

TEST(tools, check_tells_bytes_that_are_sealed_but_no_item)
{
    struct folder folder;
    struct slice key;

    folder_make(&folder, INDEX_ACTIVE);
    key = table_item_key(folder.table, item(&folder, 99, NULL), folder.arena);
    spoil(&folder, (struct raw){RAW_PUT, ENGINE_DATA, key, sealed(&folder, key, SLICE_LIT("nonsense")), 0});
    expect_told(&folder, "the bytes are not an item");
}

TEST(tools, check_tells_a_record_whose_size_is_not_its_items)
{
    struct folder folder;
    struct slice key, body;

    folder_make(&folder, INDEX_ACTIVE);
    body = item(&folder, 8, author(8));
    key = table_item_key(folder.table, body, folder.arena);
    spoil(&folder, (struct raw){RAW_PUT, ENGINE_DATA, key, sealed_as(&folder, key, body, body_size(body) + 1), 0});
    expect_told(&folder, "bytes, and it has");
}

TEST(tools, check_tells_an_item_without_its_entry)
{
    struct folder folder;
    struct slice key, body;

    folder_make(&folder, INDEX_ACTIVE);
    key = entry_of(&folder, item(&folder, 8, author(8)), 1, &body);
    spoil(&folder, (struct raw){RAW_DELETE, ENGINE_DATA, key, SLICE_NULL, 0});
    spoil(&folder, (struct raw){RAW_ADD, ENGINE_META,
                       table_counter_key(folder.arena, folder.table->id, 2, COUNTER_ITEMS), SLICE_NULL, -1});
    spoil(
        &folder, (struct raw){RAW_ADD, ENGINE_META, table_counter_key(folder.arena, folder.table->id, 2, COUNTER_BYTES),
                     SLICE_NULL, -(int64_t)body_size(body)});
    expect_told(&folder, "the item has no entry");
}

/* An entry that ought not to be there, with counters that know it. */
static void entry_add(struct folder *folder, struct slice key, struct slice body)
{
    spoil(folder, (struct raw){RAW_PUT, ENGINE_DATA, key, sealed(folder, key, body), 0});
    spoil(folder, (struct raw){RAW_ADD, ENGINE_META,
                      table_counter_key(folder->arena, folder->table->id, 2, COUNTER_ITEMS), SLICE_NULL, 1});
    spoil(folder,
        (struct raw){RAW_ADD, ENGINE_META, table_counter_key(folder->arena, folder->table->id, 2, COUNTER_BYTES),
            SLICE_NULL, body_size(body)});
}

TEST(tools, check_tells_an_entry_without_its_item)
{
    struct folder folder;
    struct slice key, body;

    folder_make(&folder, INDEX_ACTIVE);
    key = entry_of(&folder, item(&folder, 77, "ada"), 1, &body);
    entry_add(&folder, key, body);
    expect_told(&folder, "the entry's item does not exist");
}

TEST(tools, check_tells_an_entry_that_its_item_has_left)
{
    struct folder folder;
    struct slice key, body;

    folder_make(&folder, INDEX_ACTIVE);
    key = entry_of(&folder, item(&folder, 8, "somebody else"), 1, &body);
    entry_add(&folder, key, body);
    expect_told(&folder, "does not belong at this place");
}

TEST(tools, check_tells_an_entry_that_holds_an_older_item)
{
    struct folder folder;
    struct slice key, body, old;
    struct buf out;
    struct builder b;
    struct builder_frame frame;

    folder_make(&folder, INDEX_ACTIVE);
    old = item(&folder, 8, author(8));
    key = entry_of(&folder, old, 1, &body);
    buf_init(&out, folder.arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&b, &out, folder.arena);
    frame = builder_body_begin(&b);
    for (uint32_t i = 0; i < body_count(old); i++) {
        struct slice name, value;

        body_at(old, i, &name, &value);
        builder_name(&b, &frame, name);
        if (slice_is(name, "day"))
            builder_int(&b, 107); /* as long as the right one */
        else
            builder_value(&b, value);
    }
    builder_body_end(&b, frame);
    spoil(&folder, (struct raw){RAW_PUT, ENGINE_DATA, key, sealed(&folder, key, buf_view(&out)), 0});
    expect_told(&folder, "the entry does not hold what its item has");
}

TEST(tools, check_takes_equal_bodies_in_another_order_for_equal)
{
    struct folder folder;
    struct slice key, body, old;
    struct buf out;
    struct builder b;
    struct builder_frame frame;

    folder_make(&folder, INDEX_ACTIVE);
    old = item(&folder, 8, author(8));
    key = entry_of(&folder, old, 1, &body);
    buf_init(&out, folder.arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&b, &out, folder.arena);
    frame = builder_body_begin(&b);
    for (uint32_t i = body_count(old); i-- > 0;) {
        struct slice name, value;

        body_at(old, i, &name, &value);
        builder_name(&b, &frame, name);
        builder_value(&b, value);
    }
    builder_body_end(&b, frame);
    CHECK(!slice_equal(buf_view(&out), body));
    spoil(&folder, (struct raw){RAW_PUT, ENGINE_DATA, key, sealed(&folder, key, buf_view(&out)), 0});
    folder_check(&folder);
    CHECK_EQ(folder.figures.findings, 0);
    folder_end(&folder);
}

TEST(tools, check_lets_a_backfill_have_entries_missing_but_not_wrong)
{
    struct folder folder;
    struct slice key, body;

    folder_make(&folder, INDEX_BACKFILLING);
    key = entry_of(&folder, item(&folder, 8, author(8)), 1, &body);
    spoil(&folder, (struct raw){RAW_DELETE, ENGINE_DATA, key, SLICE_NULL, 0});
    spoil(&folder, (struct raw){RAW_ADD, ENGINE_META,
                       table_counter_key(folder.arena, folder.table->id, 2, COUNTER_ITEMS), SLICE_NULL, -1});
    spoil(
        &folder, (struct raw){RAW_ADD, ENGINE_META, table_counter_key(folder.arena, folder.table->id, 2, COUNTER_BYTES),
                     SLICE_NULL, -(int64_t)body_size(body)});
    folder_check(&folder);
    CHECK_EQ(folder.figures.findings, 0);
    key = entry_of(&folder, item(&folder, 77, "ada"), 1, &body);
    entry_add(&folder, key, body);
    expect_told(&folder, "the entry's item does not exist");
}

TEST(tools, check_tells_counters_that_are_off_by_one)
{
    static const enum table_counter counters[] = {COUNTER_ITEMS, COUNTER_BYTES};

    for (uint16_t index = 0; index < 3; index++) {
        for (int c = 0; c < 2; c++) {
            struct folder folder;

            folder_make(&folder, INDEX_ACTIVE);
            spoil(&folder, (struct raw){RAW_ADD, ENGINE_META,
                               table_counter_key(folder.arena, folder.table->id, index, counters[c]), SLICE_NULL, 1});
            expect_told(&folder, c == 0 ? "the counter of items says" : "the counter of bytes says");
        }
    }
}

TEST(tools, check_tells_a_collection_that_is_off_by_one_and_one_that_is_not_there)
{
    struct folder folder;
    struct slice key;

    folder_make(&folder, INDEX_ACTIVE);
    key = key_partition_of(table_item_key(folder.table, item(&folder, 8, NULL), folder.arena));
    spoil(&folder,
        (struct raw){RAW_ADD, ENGINE_META, table_collection_key(folder.arena, folder.table->id, key), SLICE_NULL, 1});
    expect_told(&folder, "the item collection is said to have");
    folder_make(&folder, INDEX_ACTIVE);
    key = key_partition_of(table_item_key(folder.table, item(&folder, 999, NULL), folder.arena));
    spoil(&folder,
        (struct raw){RAW_ADD, ENGINE_META, table_collection_key(folder.arena, folder.table->id, key), SLICE_NULL, 1});
    expect_told(&folder, "item collections have a size");
}

TEST(tools, check_counts_what_dropped_tables_and_indexes_left_behind)
{
    struct folder folder;
    struct buf key;

    folder_make(&folder, INDEX_ACTIVE);
    for (uint32_t table = folder.table->id - 1; table <= folder.table->id + 1; table++) {
        buf_init(&key, folder.arena, KEY_BYTES_MAX);
        key_prefix(&key, table, 9);
        BUF_LIT(&key, "anything");
        spoil(&folder,
            (struct raw){RAW_PUT, ENGINE_DATA, buf_view(&key), sealed(&folder, buf_view(&key), SLICE_LIT("x")), 0});
    }
    folder_check(&folder);
    CHECK_EQ(folder.figures.findings, 0);
    CHECK_EQ(folder.figures.leftovers, 3);
    folder_end(&folder);
}

TEST(tools, check_tells_a_damaged_record_of_the_catalog)
{
    struct folder folder;

    folder_make(&folder, INDEX_ACTIVE);
    spoil(&folder, (struct raw){RAW_PUT, ENGINE_META, SLICE_LIT("Z0"),
                       SLICE_LIT("not a record, but long enough to look like one"), 0});
    expect_told(&folder, "record of the catalog: stored data is damaged");
}

TEST(tools, check_without_a_catalog_still_verifies_every_record)
{
    struct folder folder;
    struct slice key;

    folder_make(&folder, INDEX_ACTIVE);
    check_run(folder.engine, NULL, folder.fiber, finding_keep, &folder, NULL, &folder.figures);
    CHECK_EQ(folder.figures.findings, 0);
    CHECK_EQ(folder.figures.items, ITEMS + ITEMS + 33);
    key = table_item_key(folder.table, item(&folder, 7, NULL), folder.arena);
    spoil(&folder,
        (struct raw){RAW_PUT, ENGINE_DATA, key, SLICE_LIT("not a record, but long enough to look like one"), 0});
    check_run(folder.engine, NULL, folder.fiber, finding_keep, &folder, NULL, &folder.figures);
    CHECK_EQ(folder.figures.findings, 1);
    folder_end(&folder);
}

TEST_MAIN()
