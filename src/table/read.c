/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Reads: items by key, and pages of Query and Scan.
 *
 * A page is read in chunks from the engine, so that its 1 MB (counted in DynamoDB's sizes, before filter and
 * projection) and the engine's bytes need not agree, and so that other requests of the worker run in between. Bodies
 * stay where the engine put them in the request's arena; a projection makes smaller copies. Every record is verified
 * before it is looked at, and says what size its item has.
 */
#include "codec/key.h"
#include "codec/record.h"
#include "table/table.h"

#define CHUNK_BYTES       ((size_t)256 << 10)
#define CHUNK_BYTES_FIRST ((size_t)32 << 10)
#define ITEMS_FIRST       64u

enum err table_get(struct table_context *context, const struct slice *keys, uint32_t count, struct slice *ret_bodies,
    uint32_t *ret_sizes)
{
    struct engine_key *engine_keys = arena_alloc(context->arena, count * sizeof(*engine_keys));
    struct engine_record *records = arena_alloc(context->arena, count * sizeof(*records));
    enum err err;

    for (uint32_t i = 0; i < count; i++)
        engine_keys[i] = (struct engine_key){.space = ENGINE_DATA, .key = keys[i]};
    err = engine_get(context->engine, context->fiber, context->arena, engine_keys, count, records);
    if (err)
        return err;
    for (uint32_t i = 0; i < count; i++) {
        struct record record;

        ret_bodies[i] = SLICE_NULL;
        ret_sizes[i] = 0;
        if (records[i].bytes.p == NULL)
            continue;
        err = record_read(keys[i], records[i].bytes, &record);
        if (err)
            return err;
        ret_bodies[i] = record.body;
        ret_sizes[i] = record_size(&record);
    }
    return OK;
}

enum err table_item_get(
    struct table_context *context, struct slice key, bool consistent, struct slice *ret_body, uint32_t *ret_size)
{
    const struct table_throttle *throttle = &context->throttle;
    uint64_t admitted = capacity_read_halves(0, consistent);
    enum err err =
        table_throttle_admit(throttle, context->table, NULL, METER_READ, key_hash(key), admitted, context->fault);

    table_trace_key(throttle->trace, key);
    if (err == OK)
        err = table_get(context, &key, 1, ret_body, ret_size);
    if (err)
        return err;
    table_trace_read(throttle->trace, 1, *ret_size);
    table_throttle_settle(throttle, context->table, NULL, METER_READ, key_hash(key), admitted,
        capacity_read_halves(*ret_size, consistent));
    return OK;
}

/* ---- pages ---- */

static void item_append(struct table_page *page, struct slice body, uint32_t *capacity, struct arena *arena)
{
    if (page->count == *capacity) {
        uint32_t larger = *capacity == 0 ? ITEMS_FIRST : *capacity * 2;
        struct slice *items = arena_alloc(arena, larger * sizeof(*items));

        if (page->count != 0)
            memcpy(items, page->items, page->count * sizeof(*items));
        page->items = items;
        *capacity = larger;
    }
    page->items[page->count++] = body;
}

/* The item behind an LSI entry, for attributes that the entry does not carry. */
static enum err base_fetch(
    struct table_context *context, struct table_page *page, struct slice entry, struct slice *ret)
{
    struct slice key = table_item_key(context->table, entry, context->arena), body;
    uint32_t size;
    enum err err = table_get(context, &key, 1, &body, &size);

    if (err)
        return err;
    page->base_halves += capacity_read_halves(size, page->consistent);
    *ret = body.p == NULL ? entry : body;
    return OK;
}

static enum err entry_take(
    struct table_context *context, struct table_page *page, const struct record *record, uint32_t *capacity)
{
    struct slice body = record->body;
    struct arena_mark mark = arena_mark(context->arena);
    struct slice shown = body;
    bool passes;
    enum err err;

    page->scanned++;
    page->bytes += record_size(record);
    if (page->fetch_base) {
        err = base_fetch(context, page, body, &shown);
        if (err)
            return err;
        mark = arena_mark(context->arena);
    }
    passes = page->filter == NULL || expr_condition_test(page->filter, body, context->arena);
    arena_reset(context->arena, mark);
    if (!passes)
        return OK;
    if (page->count_only) {
        page->count++;
        return OK;
    }
    if (page->projection != NULL)
        shown = expr_projection_apply(page->projection, shown, context->arena);
    item_append(page, shown, capacity, context->arena);
    return OK;
}

/* Takes entries of one chunk until the page is full. */
static enum err chunk_take(struct table_context *context, struct table_page *page, const struct engine_page *chunk,
    uint32_t *capacity, struct slice *ret_last)
{
    for (uint32_t i = 0; i < chunk->count; i++) {
        struct record record;
        enum err err = record_read(chunk->keys[i], chunk->values[i], &record);

        if (err == OK)
            err = entry_take(context, page, &record, capacity);
        if (err)
            return err;
        fiber_breathe(context->fiber, chunk->values[i].n);
        *ret_last = record.body;
        if (page->bytes_before + page->bytes >= PAGE_BYTES_MAX || (page->limit != 0 && page->scanned == page->limit)) {
            page->more = true;
            return OK;
        }
    }
    return OK;
}

/* The next chunk begins where the last key of this one ended. */
static void range_advance(struct table_page *page, struct slice last_key, struct arena *arena)
{
    struct buf key;

    if (page->reverse) {
        page->to = last_key;
        return;
    }
    buf_init(&key, arena, ARENA_ALLOC_BYTES_MAX);
    buf_slice(&key, last_key);
    buf_byte(&key, 0);
    page->from = buf_view(&key);
}

void table_page_consumption(const struct table_desc *table, const struct table_page *page, struct consumption *capacity)
{
    uint64_t halves = capacity_read_halves(page->bytes, page->consistent);

    if (page->index == NULL)
        capacity->table_halves += halves;
    else
        capacity->index_halves[page->index - table->indexes] += halves;
    capacity->table_halves += page->base_halves;
}

/* The first chunk is small enough for anybody. */
static enum err room_ask(const struct table_context *context, const struct table_page *page)
{
    if (context->room.fn == NULL || page->bytes_before + page->bytes < CHUNK_BYTES_FIRST)
        return OK;
    return context->room.fn(context->room.context);
}

static enum err chunks_read(struct table_context *context, struct table_page *page)
{
    uint32_t capacity = 0;
    size_t chunk_bytes = CHUNK_BYTES_FIRST;
    struct slice last = SLICE_NULL;
    struct engine_page chunk = {.more = true};

    page->count = page->scanned = 0;
    page->more = false;
    page->bytes = page->base_halves = 0;
    while (chunk.more && !page->more && slice_compare(page->from, page->to) < 0) {
        uint32_t entries_max = page->limit == 0 ? UINT32_MAX : page->limit - page->scanned;
        enum err err = room_ask(context, page);

        if (err == OK)
            err = engine_range(context->engine, context->fiber, context->arena, ENGINE_DATA, page->from, page->to,
                page->reverse, entries_max, chunk_bytes, &chunk);
        if (err == OK)
            err = chunk_take(context, page, &chunk, &capacity, &last);
        if (err)
            return err;
        if (chunk.count != 0)
            range_advance(page, chunk.keys[chunk.count - 1], context->arena);
        chunk_bytes = CHUNK_BYTES;
    }
    if (page->more)
        page->last_key = table_key_body(context->table, page->index, last, context->arena);
    return OK;
}

enum err table_page_read(struct table_context *context, struct table_page *page)
{
    const struct table_throttle *throttle = &context->throttle;
    uint64_t admitted = capacity_read_halves(0, page->consistent);
    uint64_t range = page->one_partition ? key_hash(page->from) : THROTTLE_NO_RANGE;
    enum err err =
        table_throttle_admit(throttle, context->table, page->index, METER_READ, range, admitted, context->fault);

    if (page->one_partition)
        table_trace_key(throttle->trace, page->from);
    if (err == OK)
        err = chunks_read(context, page);
    if (err == OK)
        table_trace_read(throttle->trace, page->scanned, page->bytes);
    if (err == OK)
        table_throttle_settle(throttle, context->table, page->index, METER_READ, range, admitted,
            capacity_read_halves(page->bytes, page->consistent) + page->base_halves);
    return err;
}

/* ---- figures ---- */

static enum err counter_read(struct table_context *context, struct slice key, int64_t *ret)
{
    struct engine_key engine_key = {.space = ENGINE_META, .key = key};
    struct engine_record record;
    enum err err = engine_get(context->engine, context->fiber, context->arena, &engine_key, 1, &record);

    if (err)
        return err;
    return counter_value(key, record.bytes, ret);
}

enum err table_counter_read(struct table_context *context, uint16_t index_id, enum table_counter counter, int64_t *ret)
{
    return counter_read(context, table_counter_key(context->arena, context->table->id, index_id, counter), ret);
}

enum err table_collection_read(struct table_context *context, struct slice item_key, int64_t *ret_bytes)
{
    return counter_read(
        context, table_collection_key(context->arena, context->table->id, key_partition_of(item_key)), ret_bytes);
}
