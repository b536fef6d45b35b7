/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Streams as engine.h offers them above append: keys, the last number, pages, and forgetting one. All of it comes down
 * to the verbs, so it is the same for every engine.
 *
 * A stream is forgotten in one of two ways. A short one is deleted entry by entry: nobody will ever look where its
 * tombstones are, and they go with the next compaction. A long one is dropped as a range, which costs a compaction of
 * its neighbourhood, but nothing per entry. On the fiber that calls.
 */
#include "base/assert.h"
#include "engine/engine_int.h"

#define SHORT_ENTRIES_MAX 16384 /* ours */
#define DELETED_AT_ONCE   1024  /* ours */

static void put_be64(uint8_t *p, uint64_t n)
{
    for (int i = 0; i < 8; i++)
        p[i] = (uint8_t)(n >> (56 - 8 * i));
}

void engine__stream_key(uint8_t key[ENGINE_KEY_STREAM_BYTES], uint64_t stream)
{
    memcpy(key, ENGINE_KEY_STREAM, sizeof(ENGINE_KEY_STREAM) - 1);
    put_be64(key + sizeof(ENGINE_KEY_STREAM) - 1, stream);
}

void engine__log_key(uint8_t key[ENGINE_KEY_LOG_BYTES], uint64_t stream, uint64_t number)
{
    put_be64(key, stream);
    put_be64(key + 8, number);
}

static uint64_t get_be64(const uint8_t *p)
{
    uint64_t n = 0;

    for (int i = 0; i < 8; i++)
        n = n << 8 | p[i];
    return n;
}

bool engine_stream_key(struct slice key, uint64_t *ret_stream, uint64_t *ret_number)
{
    if (key.n != ENGINE_KEY_LOG_BYTES)
        return false;
    *ret_stream = get_be64(key.p);
    *ret_number = get_be64(key.p + 8);
    return true;
}

enum err engine_stream_last(struct engine *engine, struct fiber *self, struct arena *arena, const uint64_t *streams,
    uint32_t count, uint64_t *ret_numbers)
{
    struct engine_key *keys = arena_alloc(arena, count * sizeof(*keys));
    struct engine_record *records = arena_alloc(arena, count * sizeof(*records));
    enum err err;

    for (uint32_t i = 0; i < count; i++) {
        uint8_t *key = arena_alloc(arena, ENGINE_KEY_STREAM_BYTES);

        engine__stream_key(key, streams[i]);
        keys[i] = (struct engine_key){ENGINE_META, slice_of(key, ENGINE_KEY_STREAM_BYTES)};
    }
    err = engine_get(engine, self, arena, keys, count, records);
    for (uint32_t i = 0; i < count && !err; i++) {
        int64_t number;

        err = counter_value(keys[i].key, records[i].bytes, &number);
        ret_numbers[i] = (uint64_t)number;
    }
    return err;
}

enum err engine_stream_read(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stream,
    uint64_t from, uint32_t entries_max, size_t bytes_max, struct engine_page *ret)
{
    uint8_t *first = arena_alloc(arena, ENGINE_KEY_LOG_BYTES), *end = arena_alloc(arena, ENGINE_KEY_LOG_BYTES);

    ASSERT(stream != UINT64_MAX);
    engine__log_key(first, stream, from);
    engine__log_key(end, stream + 1, 0);
    return engine_range(engine, self, arena, ENGINE_LOG, slice_of(first, ENGINE_KEY_LOG_BYTES),
        slice_of(end, ENGINE_KEY_LOG_BYTES), false, entries_max, bytes_max, ret);
}

/* ---- forgetting ---- */
struct forgetting {
    uint64_t stream, from, to; /* numbers [from, to) */
    bool all;                  /* the number too */
};

static enum err forget_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct forgetting *forgetting = context;

    (void)old, (void)stamp;
    for (uint64_t number = forgetting->from; number < forgetting->to; number++) {
        uint8_t *key = arena_alloc(arena, ENGINE_KEY_LOG_BYTES);

        engine__log_key(key, forgetting->stream, number);
        effects_delete(fx, ENGINE_LOG, slice_of(key, ENGINE_KEY_LOG_BYTES));
    }
    if (forgetting->all) {
        uint8_t *key = arena_alloc(arena, ENGINE_KEY_STREAM_BYTES);

        engine__stream_key(key, forgetting->stream);
        effects_delete(fx, ENGINE_META, slice_of(key, ENGINE_KEY_STREAM_BYTES));
    }
    return OK;
}

static enum err forget(struct engine *engine, struct fiber *self, struct arena *arena, struct forgetting *forgetting)
{
    const struct engine_decision decision = {.fn = forget_decide, .context = forgetting};
    struct arena_mark mark = arena_mark(arena);
    engine_ticket ticket;
    enum err err = engine_decide(engine, self, arena, &decision, &ticket);

    if (!err)
        err = engine_settle(engine, self, ticket);
    arena_reset(arena, mark);
    return err;
}

static enum err drop_entries(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stream)
{
    uint8_t *from = arena_alloc(arena, ENGINE_KEY_LOG_BYTES), *to = arena_alloc(arena, ENGINE_KEY_LOG_BYTES);

    engine__log_key(from, stream, 0);
    engine__log_key(to, stream + 1, 0);
    return engine_drop(
        engine, self, ENGINE_LOG, slice_of(from, ENGINE_KEY_LOG_BYTES), slice_of(to, ENGINE_KEY_LOG_BYTES));
}

/* The number goes last: as long as it is there, all is tried again after a crash. */
enum err engine_stream_drop(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stream)
{
    struct forgetting forgetting = {.stream = stream, .from = 1};
    uint64_t last;
    enum err err = engine_stream_last(engine, self, arena, &stream, 1, &last);

    if (err == ERR_CORRUPT) /* how many there are is not known */
        last = UINT64_MAX;
    else if (err)
        return err;
    if (last > SHORT_ENTRIES_MAX) {
        err = drop_entries(engine, self, arena, stream);
        last = 0;
    }
    while (!err && !forgetting.all) {
        forgetting.to = last + 1 - forgetting.from > DELETED_AT_ONCE ? forgetting.from + DELETED_AT_ONCE : last + 1;
        forgetting.all = forgetting.to == last + 1;
        err = forget(engine, self, arena, &forgetting);
        forgetting.from = forgetting.to;
    }
    return err;
}
