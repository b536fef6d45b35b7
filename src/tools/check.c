/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The walk of `stator check` (check.h). Everything that is stored is read once, in key order, so the blocks' own
 * checksums are verified as well; what cannot be read is told and the walk goes on with the next index or table.
 *
 *     meta      each record; descriptors were decoded by the catalog
 *     data      for each table: items, then the entries of each index and of the expiry index, then sums and counters
 *     log      for each shard: its change records
 *     history  read
 *
 * Index entries are compared with their items without a look-up for each: both sides are added up, the entries that
 * items ought to have and those that are there, as a count and a sum of fingerprints. Only when the sums differ does a
 * second pass look for who is to blame. So a sound folder costs one sequential read.
 *
 * Runs on the thread of the tool, alone with the folder.
 */
#include "tools/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/assert.h"
#include "codec/key.h"
#include "codec/record.h"
#include "codec/value.h"
#include "tools/check_int.h"
#include "tools/walk.h"
#include "table/index.h"
#include "table/token.h"

#define ARENA_BLOCK_BYTES ((size_t)1 << 20)
#define WHERE_BYTES       1024
#define WHAT_BYTES        512
#define KEY_BYTES_SHOWN   64

/* ---- findings ---- */

static int hex(char *out, size_t size, struct slice key)
{
    size_t shown = key.n < KEY_BYTES_SHOWN ? key.n : KEY_BYTES_SHOWN;
    int n = 0;

    for (size_t i = 0; i < shown; i++)
        n += snprintf(out + n, size - (size_t)n, "%02x", key.p[i]);
    return n + snprintf(out + n, size - (size_t)n, "%s", shown < key.n ? "..." : "");
}

void check__tell(struct check *check, const struct table_desc *table, const struct index_desc *index, struct slice key,
    const char *format, ...)
{
    char where[WHERE_BYTES], what[WHAT_BYTES];
    va_list arguments;
    int n = 0;

    if (table != NULL)
        n += snprintf(where, sizeof(where), "table=%.*s ", SLICE_ARG(table->name));
    if (index != NULL)
        n += snprintf(where + n, sizeof(where) - (size_t)n, "index=%.*s ", SLICE_ARG(index->name));
    n += snprintf(where + n, sizeof(where) - (size_t)n, "key=");
    hex(where + n, sizeof(where) - (size_t)n, key);
    va_start(arguments, format);
    vsnprintf(what, sizeof(what), format, arguments);
    va_end(arguments);
    check->figures.findings++;
    check->finding(check->context, where, what);
}

/* ---- reading ---- */

struct walk {
    struct check *check;
    check_record_fn *fn;
    void *context;
    struct arena_mark mark;
};

static void walk_record(void *context, struct slice key, struct slice bytes)
{
    struct walk *walk = context;

    walk->fn(walk->check, walk->context, key, bytes);
    arena_reset(walk->check->arena, walk->mark);
}

bool check__walk(struct check *check, enum engine_space space, struct slice from, struct slice to, check_record_fn *fn,
    void *context)
{
    struct walk walk = {.check = check, .fn = fn, .context = context, .mark = arena_mark(check->arena)};
    struct buf reached;
    enum err err;

    buf_init(&reached, NULL, KEY_BYTES_MAX + 1);
    err = walk_range(check->engine, check->self, space, from, to, walk_record, &walk, check->progress, &reached);
    if (err)
        check__tell(check, NULL, NULL, buf_view(&reached), "cannot be read from here on: %s", err_text(err));
    buf_fini(&reached);
    return err == OK;
}

bool check__body(struct check *check, const struct table_desc *table, const struct index_desc *index, struct slice key,
    struct slice bytes, struct slice *ret_body)
{
    struct record record;
    enum err err = record_read(key, bytes, &record);

    if (err) {
        check__tell(check, table, index, key, "record: %s", err_text(err));
        return false;
    }
    if (!body_valid(record.body, VALUE_DEPTH_MAX)) {
        check__tell(check, table, index, key, "the checksum is right but the bytes are not an item");
        return false;
    }
    if (record.size != 0 && record.size != body_size(record.body))
        check__tell(check, table, index, key, "the record says that it has %u bytes, and it has %u", record.size,
            body_size(record.body));
    *ret_body = record.body;
    return true;
}

/* ---- sections of the space data: a table and index, as one number that sorts like their keys ---- */

#define SECTION(table_id, index_id) ((uint64_t)(table_id) << 16 | (index_id))
#define SECTION_END                 ((uint64_t)1 << 48)

static struct slice section_key(struct check *check, uint64_t section)
{
    struct buf key;

    if (section >= SECTION_END)
        return slice_of("", 0); /* to the end of the space */
    buf_init(&key, check->arena, KEY_PREFIX_BYTES);
    key_prefix(&key, (uint32_t)(section >> 16), (uint16_t)section);
    return buf_view(&key);
}

void check__range(
    struct check *check, uint32_t table_id, uint16_t index_id, struct slice *ret_from, struct slice *ret_to)
{
    *ret_from = section_key(check, SECTION(table_id, index_id));
    *ret_to = section_key(check, SECTION(table_id, index_id) + 1);
}

static void leftover_check(struct check *check, void *context, struct slice key, struct slice bytes)
{
    (void)context, (void)key, (void)bytes;
    check->figures.leftovers++;
}

/* What lies between two sections that the catalog knows belongs to nobody any more. */
static void gap_check(struct check *check, uint64_t from, uint64_t to)
{
    struct arena_mark mark = arena_mark(check->arena);

    if (from < to)
        (void)check__walk(check, ENGINE_DATA, section_key(check, from), section_key(check, to), leftover_check, NULL);
    arena_reset(check->arena, mark);
}

/* ---- one table ---- */

#define THE_ITEMS  UINT32_MAX
#define THE_EXPIRY (UINT32_MAX - 1)

struct section {
    struct check_table *table;
    uint32_t index; /* position in the descriptor, or one of the above */
};

static uint16_t section_index_id(const struct table_desc *desc, uint32_t index)
{
    if (index == THE_ITEMS)
        return 0;
    return index == THE_EXPIRY ? TTL_INDEX_ID(desc->ttl.generation) : desc->indexes[index].id;
}

static void section_record(struct check *check, void *context, struct slice key, struct slice bytes)
{
    const struct section *section = context;

    if (section->index == THE_ITEMS)
        check__item(check, section->table, key, bytes);
    else if (section->index == THE_EXPIRY)
        check__expiry_entry(check, section->table, key, bytes);
    else
        check__entry(check, section->table, section->index, key, bytes);
}

static void section_check(struct check *check, struct check_table *table, uint32_t index)
{
    struct section section = {.table = table, .index = index};
    uint16_t id = section_index_id(table->desc, index);
    struct arena_mark mark = arena_mark(check->arena);
    struct slice from, to;

    check__range(check, table->desc->id, id, &from, &to);
    if (!check__walk(check, ENGINE_DATA, from, to, section_record, &section))
        table->unreadable = true;
    if (index == THE_ITEMS)
        check__collection_end(check, table);
    arena_reset(check->arena, mark);
}

static void counter_compare(struct check *check, const struct check_table *table, const struct index_desc *index,
    enum table_counter counter, uint64_t counted)
{
    struct slice key = table_counter_key(check->arena, table->desc->id, index == NULL ? 0 : index->id, counter);
    struct engine_key at = {.space = ENGINE_META, .key = key};
    struct engine_record record;
    int64_t stored;
    enum err err = engine_get(check->engine, check->self, check->arena, &at, 1, &record);

    if (err == OK)
        err = counter_value(key, record.bytes, &stored);
    if (err)
        check__tell(check, table->desc, index, key, "counter: %s", err_text(err));
    else if (stored != (int64_t)counted)
        check__tell(check, table->desc, index, key, "the counter of %s says %lld, there are %llu",
            counter == COUNTER_ITEMS ? "items" : "bytes", (long long)stored, (unsigned long long)counted);
}

static void index_sums_compare(struct check *check, struct check_table *table, uint32_t i)
{
    const struct index_desc *index = &table->desc->indexes[i];
    const struct check_index *expected = &table->expected[i], *found = &table->found[i];

    if (!index_is_maintained(index))
        return;
    if (!index_is_readable(index)) /* entries of older items may still be missing */
        check__index_compare(check, table->desc, index, false);
    else if (expected->count != found->count || expected->sum != found->sum)
        check__index_compare(check, table->desc, index, true);
    counter_compare(check, table, index, COUNTER_ITEMS, found->count);
    counter_compare(check, table, index, COUNTER_BYTES, found->bytes);
}

static void collection_count(struct check *check, void *context, struct slice key, struct slice bytes)
{
    uint64_t *collections = context;
    int64_t value;

    (void)check;
    if (counter_value(key, bytes, &value) == OK && value != 0)
        ++*collections;
}

static void collections_compare(struct check *check, const struct check_table *table)
{
    uint64_t stored = 0;
    struct slice from, to;

    table_collection_range(check->arena, table->desc->id, &from, &to);
    if (check__walk(check, ENGINE_META, from, to, collection_count, &stored) && stored != table->collections)
        check__tell(check, table->desc, NULL, from, "%llu item collections have a size, there are %llu",
            (unsigned long long)stored, (unsigned long long)table->collections);
}

static void table_sums_compare(struct check *check, struct check_table *table)
{
    const struct table_desc *desc = table->desc;

    /* Part of a table that is being dropped may be gone. Of one that cannot be read it was told already. */
    if (desc->status == TABLE_DELETING || table->unreadable)
        return;
    counter_compare(check, table, NULL, COUNTER_ITEMS, table->items);
    counter_compare(check, table, NULL, COUNTER_BYTES, table->bytes);
    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++)
        index_sums_compare(check, table, i);
    check__expiry_end(check, table);
    if (desc->lsi_count != 0)
        collections_compare(check, table);
}

/* The index with the smallest id above `after`; UINT32_MAX when there is none. */
static uint32_t index_after(const struct table_desc *desc, uint16_t after)
{
    uint32_t best = UINT32_MAX;

    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++) {
        if (desc->indexes[i].id > after && (best == UINT32_MAX || desc->indexes[i].id < desc->indexes[best].id))
            best = i;
    }
    return best;
}

/* Returns the section after the table's last one. */
static uint64_t table_check(struct check *check, const struct table_desc *desc)
{
    struct check_table *table = calloc(1, sizeof(*table));
    uint64_t next = SECTION(desc->id, 1);

    ASSERT(table != NULL);
    table->desc = desc;
    buf_init(&table->collection, NULL, KEY_BYTES_MAX);
    section_check(check, table, THE_ITEMS);
    for (uint32_t i = index_after(desc, 0); i != UINT32_MAX; i = index_after(desc, desc->indexes[i].id)) {
        gap_check(check, next, SECTION(desc->id, desc->indexes[i].id));
        section_check(check, table, i);
        next = SECTION(desc->id, desc->indexes[i].id) + 1;
    }
    if (desc->ttl.attribute.p != NULL) {
        gap_check(check, next, SECTION(desc->id, TTL_INDEX_ID(desc->ttl.generation)));
        section_check(check, table, THE_EXPIRY);
        next = SECTION(desc->id, TTL_INDEX_ID(desc->ttl.generation)) + 1;
    }
    table_sums_compare(check, table);
    check->figures.tables++;
    check->figures.items += table->items;
    check->figures.item_bytes += table->bytes;
    buf_fini(&table->collection);
    free(table);
    return next;
}

/* The table with the smallest id above `after`; NULL when there is none. */
static const struct table_desc *table_after(struct check *check, uint32_t after)
{
    const struct table_desc *best = NULL;

    for (uint32_t i = 0; i < catalog_count(check->view); i++) {
        const struct table_desc *desc = catalog_at(check->view, i);

        if (desc->id > after && (best == NULL || desc->id < best->id))
            best = desc;
    }
    return best;
}

/* A record of which nobody can say whose it is. */
static void orphan_check(struct check *check, void *context, struct slice key, struct slice bytes)
{
    struct slice body;

    (void)context;
    check->figures.items++;
    (void)check__body(check, NULL, NULL, key, bytes, &body);
}

static void data_check(struct check *check)
{
    struct slice all = slice_of("", 0);
    uint64_t next = 0;

    if (check->view == NULL) {
        (void)check__walk(check, ENGINE_DATA, all, all, orphan_check, NULL);
        return;
    }
    for (const struct table_desc *desc = table_after(check, 0); desc != NULL; desc = table_after(check, desc->id)) {
        struct arena_mark mark = arena_mark(check->arena);

        gap_check(check, next, SECTION(desc->id, 0));
        next = table_check(check, desc);
        arena_reset(check->arena, mark);
    }
    gap_check(check, next, SECTION_END);
}

/* ---- the other spaces ---- */

static void meta_record(struct check *check, void *context, struct slice key, struct slice bytes)
{
    struct token_record token;
    struct record record;
    enum err err = record_read(key, bytes, &record);

    (void)context;
    check->figures.meta++;
    if (err)
        check__tell(check, NULL, NULL, key, "record of the catalog: %s", err_text(err));
    else if (key.p[0] == TOKEN_KEY_LETTER && token_read(key, bytes, &token) != OK)
        check__tell(check, NULL, NULL, key, "the checksum is right but the bytes are not a request token");
    else if (key.p[0] == 'S')
        check__stream(check, key, bytes);
}

static void count_record(struct check *check, void *context, struct slice key, struct slice bytes)
{
    uint64_t *count = context;

    (void)check, (void)key, (void)bytes;
    ++*count;
}

void check_run(struct engine *engine, struct catalog *catalog, struct fiber *self, check_finding_fn *finding,
    void *context, struct progress *progress, struct check_figures *ret)
{
    struct check check = {.engine = engine, .self = self, .finding = finding, .context = context, .progress = progress};
    struct slice all = slice_of("", 0);
    struct check_log log = {0};

    check.arena = arena_create(ARENA_BLOCK_BYTES);
    check.view = catalog == NULL ? NULL : catalog_acquire(catalog, self);
    (void)check__walk(&check, ENGINE_META, all, all, meta_record, NULL);
    data_check(&check);
    (void)check__walk(&check, ENGINE_LOG, all, all, check__log_record, &log);
    check__log_end(&check, &log);
    (void)check__walk(&check, ENGINE_HISTORY, all, all, count_record, &check.figures.history);
    if (check.view != NULL)
        catalog_release(check.view, self);
    arena_destroy(check.arena);
    *ret = check.figures;
}
