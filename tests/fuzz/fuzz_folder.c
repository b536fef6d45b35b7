/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The tools for a stopped data folder, over one that somebody has been at: the catalog is loaded, `stator check` and
 * `stator dump` read it all. A sound folder (two tables with indexes, a stream, time to live, a request token) lies on
 * the memory engine; the input is a list of changes to its records, each a byte that says what and its arguments:
 *
 *     0  the record is gone                      2 bytes which
 *     1  a byte of the record is another         which, 2 bytes where, 1 byte what it is XORed with
 *     2  the same in its body, and the envelope vouches for it
 *     3  its body is cut, vouched for            which, 2 bytes where
 *     4  it lies under another key, vouched for  which, where, XOR
 *     5  its key is cut, vouched for             which, where
 *     6  some record                             space, key length (1), key, length (2), bytes
 *     7  some body, vouched for                  the same
 *
 * What must hold: both come to an end, whatever lies there; a folder that is as it was has no finding, and every
 * finding that is counted was told; the dump has a line for each record, and each is JSON.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "api/api_int.h"
#include "api/statements.h"
#include "codec/key.h"
#include "codec/record.h"
#include "json/json.h"
#include "os/entropy.h"
#include "tools/check.h"
#include "tools/dump.h"
#include "tools/walk.h"
#include "wire/wire.h"
#include "work/work.h"

#define WALL_MS     1763728800000ull /* Friday, 21 November 2025, 12:40 UTC */
#define RECORDS_MAX 256
#define CHANGES_MAX 32

static struct fuzz_random chance;

/* It stands in for src/os's, so that an input means the same in every run. */
void os_entropy(void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ((uint8_t *)bytes)[i] = (uint8_t)(fuzz_draw(&chance) >> 32);
}

static uint64_t clock_ms(void *context)
{
    (void)context;
    return WALL_MS;
}

/* ---- the sound folder ---- */

struct stored {
    enum engine_space space;
    struct slice key, bytes; /* bytes.p NULL: gone */
};

static struct {
    struct fiber *self;
    struct arena *arena; /* NULL: not made yet */
    struct stored records[RECORDS_MAX];
    uint32_t count;
} sound;

#define DEF_(name_, type_) "{\"AttributeName\":\"" name_ "\",\"AttributeType\":\"" type_ "\"}"
#define KEYS_(hash_, range_)                                                                                           \
    "\"KeySchema\":[{\"AttributeName\":\"" hash_ "\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"" range_               \
    "\",\"KeyType\":\"RANGE\"}]"
#define TAB_(pk_, sk_, more_)                                                                                          \
    "{\"TableName\":\"Tab\",\"Item\":{\"pk\":{\"S\":\"" pk_ "\"},\"sk\":{\"N\":\"" sk_ "\"}," more_ "}}"

static const char *const furniture[][2] = {
    {"CreateTable", "{\"TableName\":\"Kvs\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[" DEF_(
                        "pk", "S") "],\"KeySchema\":[{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"}]}"},
    {"CreateTable",
        "{\"TableName\":\"Tab\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[" DEF_(
            "pk", "S") "," DEF_("sk", "N") "," DEF_("a", "S") "," DEF_("b", "B") "]," KEYS_("pk",
            "sk") ",\"LocalSecondaryIndexes\":[{\"IndexName\":\"Lsi\"," KEYS_("pk",
            "a") ",\"Projection\":{\"ProjectionType\":\"ALL\"}}],\"GlobalSecondaryIndexes\":[{\"IndexName\":"
                 "\"Gsi\"," KEYS_("a", "b") ",\"Projection\":{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":["
                                            "\"m\"]}}],\"StreamSpecification\":"
                                            "{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}"},
    {"UpdateTimeToLive",
        "{\"TableName\":\"Tab\",\"TimeToLiveSpecification\":{\"Enabled\":true,\"AttributeName\":\"t\"}}"},
    {"PutItem",
        "{\"TableName\":\"Kvs\",\"Item\":{\"pk\":{\"S\":\"k\"},\"l\":{\"L\":[{\"S\":\"x\"},{\"NULL\":true}]}}}"},
    {"PutItem", TAB_("k", "1", "\"a\":{\"S\":\"x\"},\"b\":{\"B\":\"AA==\"},\"m\":{\"M\":{\"x\":{\"N\":\"2.5\"}}}")},
    {"PutItem", TAB_("k", "2", "\"a\":{\"S\":\"y\"},\"s\":{\"SS\":[\"p\",\"q\"]},\"t\":{\"N\":\"1763730000\"}")},
    {"PutItem", TAB_("m", "-7", "\"t\":{\"N\":\"1763729000\"},\"n\":{\"NS\":[\"1\",\"2\"]}")},
    {"PutItem", TAB_("m", "-7", "\"t\":{\"N\":\"1763729500\"}")},
    {"TransactWriteItems", "{\"ClientRequestToken\":\"token\",\"TransactItems\":[{\"Delete\":{\"TableName\":\"Tab\","
                           "\"Key\":{\"pk\":{\"S\":\"k\"},"
                           "\"sk\":{\"N\":\"1\"}}}},{\"Put\":{\"TableName\":\"Kvs\",\"Item\":{\"pk\":{\"S\":\"z\"},"
                           "\"v\":{\"BOOL\":true}}}}]}"},
};

static void ask(struct api *api, struct arena *arena, const char *name, const char *json)
{
    struct api_request request = {.api = api,
        .fiber = sound.self,
        .arena = arena,
        .operation = operation_find(arena_printf(arena, "DynamoDB_20120810.%s", name)),
        .identity = {.account = SLICE_LIT("123456789012"), .region = SLICE_LIT("us-east-1")},
        .wall_ms = WALL_MS,
        .fault = {.arena = arena}};
    struct slice text = slice_from_cstr(json);
    uint64_t wait_ms = 0;
    void *input;

    request.wording = api__wording(request.operation);
    request.output = arena_zalloc(arena, request.operation->output->bytes);
    request.view = catalog_acquire(api->catalog, sound.self);
    ASSERT(wire_read(request.operation, text, &request.wording, sound.self, arena, &input, &request.fault) == OK);
    ASSERT(wire_check(request.operation, input, request.wording, arena, &request.fault) == OK);
    ASSERT(api__handler(request.operation->id)(&request, input) == OK);
    catalog_release(request.view, sound.self);
    while (wait_ms == 0)
        ASSERT(work_round(api->work, sound.self, arena, WALL_MS, &wait_ms) == OK);
}

static enum engine_space space_walked;

static void record_keep(void *context, struct slice key, struct slice bytes)
{
    (void)context;
    ASSERT(sound.count < RECORDS_MAX);
    sound.records[sound.count++] =
        (struct stored){space_walked, arena_dup(sound.arena, key), arena_dup(sound.arena, bytes)};
}

static void records_keep(struct engine *engine)
{
    struct slice all = slice_of("", 0);
    struct buf reached;

    buf_init(&reached, NULL, KEY_BYTES_MAX + 1);
    for (space_walked = 0; space_walked < ENGINE_SPACES; space_walked++)
        ASSERT(walk_range(engine, sound.self, space_walked, all, all, record_keep, NULL, NULL, &reached) == OK);
    buf_fini(&reached);
}

static void sound_make(void)
{
    const struct engine_mem_options options = {.clock = clock_ms};
    struct work_options work = {.engine = engine_mem_open(&options)};
    struct api api = {.engine = work.engine, .endpoint = "localhost:8000"};
    struct arena *arena = arena_create(65536);
    char *reason;

    chance = fuzz_random_of(1);
    sound.self = fiber_of_thread();
    sound.arena = arena_create(65536);
    ASSERT(catalog_open(api.engine, sound.self, &api.catalog, &reason) == OK);
    work.catalog = api.catalog;
    ASSERT(work_start(&work, &api.work) == OK);
    for (size_t i = 0; i < sizeof(furniture) / sizeof(furniture[0]); i++)
        ask(&api, arena, furniture[i][0], furniture[i][1]);
    records_keep(api.engine);
    work_stop(api.work);
    catalog_close(api.catalog);
    engine_close(api.engine);
    arena_destroy(arena);
}

/* ---- the changes ---- */

struct changes {
    struct arena *arena;
    struct slice rest;
    struct stored list[CHANGES_MAX];
    uint32_t count;
};

/* Big-endian; what is not there counts as zero. */
static uint32_t number(struct changes *c, uint32_t bytes)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < bytes; i++) {
        n = n << 8 | (c->rest.n != 0 ? c->rest.p[0] : 0);
        if (c->rest.n != 0)
            c->rest = slice_of(c->rest.p + 1, c->rest.n - 1);
    }
    return n;
}

static struct slice some(struct changes *c, uint32_t n)
{
    struct slice part = slice_of(c->rest.p, n < c->rest.n ? n : c->rest.n);

    c->rest = slice_of(c->rest.p + part.n, c->rest.n - part.n);
    return part;
}

static struct slice flipped(struct changes *c, struct slice bytes)
{
    struct slice copy = arena_dup(c->arena, bytes);
    uint32_t at = number(c, 2), mask = number(c, 1);

    if (copy.n != 0)
        ((uint8_t *)(uintptr_t)copy.p)[at % copy.n] ^= (uint8_t)mask;
    return copy;
}

static struct slice cut(struct changes *c, struct slice bytes)
{
    return slice_of(bytes.p, number(c, 2) % (bytes.n + 1));
}

/* A record of a stream is vouched for under its stream's number alone. */
static struct slice sealed(
    const struct changes *c, enum engine_space space, struct slice key, struct slice like, struct slice body)
{
    struct slice under = space == ENGINE_LOG && key.n > 8 ? slice_of(key.p, 8) : key;
    struct record record = {.stamp = record_stamp(like), .expiry_s = record_expiry(like), .body = body};
    struct buf out;

    buf_init(&out, c->arena, ARENA_ALLOC_BYTES_MAX);
    record_write(&out, under, &record);
    return buf_view(&out);
}

static struct slice body_of(struct slice bytes)
{
    return slice_of(bytes.p + RECORD_HEAD_BYTES, bytes.n - RECORD_HEAD_BYTES);
}

static struct stored stored_anew(struct changes *c, bool vouched)
{
    struct stored s = {.space = number(c, 1) % ENGINE_SPACES};
    struct slice bytes;

    s.key = some(c, number(c, 1));
    bytes = some(c, number(c, 2));
    s.bytes = vouched ? sealed(c, s.space, s.key, SLICE_NULL, bytes) : bytes;
    return s;
}

static struct stored change_next(struct changes *c)
{
    uint32_t what = number(c, 1) % 8;
    struct stored s;
    struct slice body;

    if (what >= 6)
        return stored_anew(c, what == 7);
    s = sound.records[number(c, 2) % sound.count];
    if (what == 0)
        s.bytes = SLICE_NULL;
    else if (what == 1)
        s.bytes = flipped(c, s.bytes);
    if (what < 2 || s.bytes.n < RECORD_HEAD_BYTES)
        return s;
    body = body_of(s.bytes);
    if (what == 2)
        body = flipped(c, body);
    else if (what == 3)
        body = cut(c, body);
    else
        s.key = what == 4 ? flipped(c, s.key) : cut(c, s.key);
    s.bytes = sealed(c, s.space, s.key, s.bytes, body);
    return s;
}

static void stored_write(struct effects *fx, const struct stored *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].key.n == 0)
            continue; /* no engine takes one */
        if (list[i].bytes.p == NULL)
            effects_delete(fx, list[i].space, list[i].key);
        else
            effects_put(fx, list[i].space, list[i].key, list[i].bytes);
    }
}

static enum err folder_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct changes *c = context;

    (void)old, (void)stamp, (void)arena;
    stored_write(fx, sound.records, sound.count);
    stored_write(fx, c->list, c->count);
    return OK;
}

static struct engine *folder_make(struct changes *c)
{
    const struct engine_mem_options options = {.clock = clock_ms};
    const struct engine_decision decision = {.fn = folder_decide, .context = c};
    struct engine *engine = engine_mem_open(&options);
    engine_ticket ticket;

    ASSERT(engine_decide(engine, sound.self, c->arena, &decision, &ticket) == OK);
    return engine;
}

/* ---- the tools ---- */

static void finding(void *context, const char *where, const char *what)
{
    ASSERT(where != NULL && what != NULL && what[0] != '\0');
    ++*(uint64_t *)context;
}

static void line(void *context, struct slice text)
{
    ASSERT(text.n > 1 && text.p[text.n - 1] == '\n' && json_valid(slice_of(text.p, text.n - 1)));
    ++*(uint64_t *)context;
}

static void record_count(void *context, struct slice key, struct slice bytes)
{
    (void)key, (void)bytes;
    ++*(uint64_t *)context;
}

/* True when it was sound. */
static bool dump(struct engine *engine, struct catalog *catalog)
{
    struct slice all = slice_of("", 0);
    uint64_t lines = 0, records = 0;
    bool sound_all = true;
    struct buf reached;

    buf_init(&reached, NULL, KEY_BYTES_MAX + 1);
    for (enum engine_space space = 0; space < ENGINE_SPACES; space++) {
        bool damaged;

        ASSERT(dump_run(engine, catalog, sound.self, space, line, &lines, NULL, &damaged, &reached) == OK);
        ASSERT(walk_range(engine, sound.self, space, all, all, record_count, &records, NULL, &reached) == OK);
        sound_all &= !damaged;
    }
    ASSERT(lines == records);
    buf_fini(&reached);
    return sound_all;
}

void fuzz_one(struct arena *arena, struct slice input)
{
    struct changes c = {.arena = arena, .rest = input};
    struct check_figures figures = {0};
    struct catalog *catalog = NULL;
    struct engine *engine;
    char *reason = NULL;
    uint64_t told = 0;
    bool sound_all;

    if (sound.arena == NULL)
        sound_make();
    while (c.rest.n != 0 && c.count < CHANGES_MAX)
        c.list[c.count++] = change_next(&c);
    engine = folder_make(&c);
    if (catalog_open(engine, sound.self, &catalog, &reason) != OK)
        catalog = NULL;
    check_run(engine, catalog, sound.self, finding, &told, NULL, &figures);
    ASSERT(figures.findings == told);
    sound_all = dump(engine, catalog);
    if (c.count == 0)
        ASSERT(told == 0 && sound_all && catalog != NULL && figures.items == 4);
    free(reason);
    catalog_close(catalog);
    engine_close(engine);
}
