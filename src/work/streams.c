/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Streams in the course of time (control-plane.md 6.2): a walk over the records of all streams, those of deleted tables
 * included, that
 *
 *     rolls    an open shard that has records and is four hours old: a child takes over
 *     splits   one that took too many records a second: two children take half of its hashes each
 *     drops    a shard that was closed more than 24 hours ago: its records, then its entry in the list
 *
 * So records go a shard at a time, which costs nothing per record; that none is given out that is older than 24 hours
 * is the readers' business (api/stream_records.c). A shard without records is left as it is: an idle stream costs
 * nothing.
 *
 * The newest stream of a table is part of its descriptor, so it is changed there, under the catalog's turn; its record
 * follows. Any other is its record alone, and is changed there. A shard is dropped before it leaves the list: after a
 * crash in between it is dropped once more.
 */
#include "base/assert.h"
#include "codec/record.h"
#include "work/work_int.h"

#define STREAMS_PAGE 64

/* One stream of the walk. */
struct tending {
    struct work *work;
    struct fiber *self;
    struct arena *arena;
    uint64_t now_ms;
    struct slice key; /* of its record */
    struct stream_info info;
    /* what is to become of its open shards; by position */
    bool roll[SHARDS_MAX], split[SHARDS_MAX];
    bool any_dropped, any_rolled;
    uint32_t opened;
};

/* ---- dropping ---- */
static enum err dead_drop(struct tending *t)
{
    const struct stream_desc *stream = &t->info.stream;

    for (uint32_t i = 0; i < stream->shards_count && !work__is_stopping(t->work); i++) {
        enum err err;

        if (!shard_is_dead(&stream->shards[i], t->now_ms))
            continue;
        err = engine_stream_drop(
            t->work->engine, t->self, t->arena, stream_log_id(t->info.table_id, stream->shards[i].number));
        if (err)
            return err;
        t->any_dropped = true;
        work__count(&t->work->counts.shards_dropped, 1);
    }
    return OK;
}

/* ---- a stream that is its record alone ---- */
static enum err record_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct tending *t = context;
    struct stream_info info;
    struct record record;
    struct buf out;
    enum err err;

    if (old->bytes.p == NULL)
        return OK;
    err = stream_info_read(t->key, old->bytes, arena, &info);
    if (err || !stream_trim(&info.stream, t->now_ms, arena))
        return err;
    if (info.stream.shards_count == 0) {
        effects_delete(fx, ENGINE_META, t->key);
        return OK;
    }
    record = (struct record){.stamp = stamp, .body = stream_info_encode(&info, arena)};
    buf_init(&out, arena, TABLE_BODY_BYTES_MAX + RECORD_HEAD_BYTES);
    record_write(&out, t->key, &record);
    effects_put(fx, ENGINE_META, t->key, buf_view(&out));
    return OK;
}

static enum err record_trim(struct tending *t)
{
    const struct engine_key key = {ENGINE_META, t->key};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = record_decide, .context = t};
    engine_ticket ticket;
    enum err err;

    if (!t->any_dropped)
        return OK;
    err = engine_decide(t->work->engine, t->self, t->arena, &decision, &ticket);
    return err ? err : engine_settle(t->work->engine, t->self, ticket);
}

/* ---- the newest stream of a table ---- */
static void shard_judge(struct tending *t, uint32_t i, uint64_t last)
{
    const struct shard_desc *shard = &t->info.stream.shards[i];
    uint64_t age_ms = t->now_ms > shard->created_ms ? t->now_ms - shard->created_ms : 0;

    if (shard->closed_ms != 0 || last == 0)
        return;
    t->split[i] = age_ms >= WORK_SHARD_SPLIT_AGE_MS && last > age_ms / 1000 * t->work->shard_records_per_s;
    t->roll[i] = t->split[i] || age_ms >= t->work->shard_life_ms;
    t->any_rolled = t->any_rolled || t->roll[i];
}

static enum err shards_judge(struct tending *t)
{
    const struct stream_desc *stream = &t->info.stream;
    uint64_t ids[SHARDS_MAX], last[SHARDS_MAX];
    enum err err;

    for (uint32_t i = 0; i < stream->shards_count; i++)
        ids[i] = stream_log_id(t->info.table_id, stream->shards[i].number);
    err = engine_stream_last(t->work->engine, t->self, t->arena, ids, stream->shards_count, last);
    for (uint32_t i = 0; i < stream->shards_count && !err; i++)
        shard_judge(t, i, last[i]);
    return err;
}

static enum err newest_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    struct tending *t = context;
    const struct stream_desc *stream = &t->info.stream;
    uint32_t before = present->shard_last;
    bool trimmed;

    *ret_what = CATALOG_NOTHING;
    if (!slice_equal(present->stream.label, stream->label))
        return OK;
    trimmed = stream_trim(&next->stream, t->now_ms, arena);
    for (uint32_t i = 0; i < stream->shards_count && next->stream.enabled; i++) {
        if (t->roll[i])
            table_stream_roll(next, stream->shards[i].number, t->split[i], t->now_ms, arena);
    }
    t->opened = next->shard_last - before;
    if (trimmed || t->opened != 0)
        *ret_what = CATALOG_STORE;
    return OK;
}

static enum err newest_tend(struct tending *t, const struct table_desc *desc)
{
    struct work_step step = {.work = t->work, .self = t->self, .arena = t->arena, .desc = desc, .now_ms = t->now_ms};
    enum err err = t->info.stream.enabled ? shards_judge(t) : OK;

    if (err || (!t->any_dropped && !t->any_rolled))
        return err;
    err = work__change(&step, newest_fill, t);
    work__count(&t->work->counts.shards_opened, err ? 0 : t->opened);
    return err;
}

/* ---- the walk ---- */
static enum err stream_tend(struct tending *t)
{
    struct catalog_view *view;
    const struct table_desc *desc;
    enum err err = dead_drop(t);

    if (err || work__is_stopping(t->work)) /* perhaps before all that would leave the list was dropped */
        return err;
    view = catalog_acquire(t->work->catalog, t->self);
    desc = catalog_find_id(view, t->info.table_id);
    if (desc != NULL && slice_equal(desc->stream.label, t->info.stream.label))
        err = newest_tend(t, desc);
    else
        err = record_trim(t);
    catalog_release(view, t->self);
    return err;
}

/* What is damaged is left for `stator check` to tell. */
enum err work__streams_walk(
    struct work *work, struct fiber *self, struct arena *arena, struct work_walk *walk, uint64_t now_ms, bool *ret_more)
{
    struct tending *t = arena_alloc(arena, sizeof(*t));
    struct engine_page page;
    struct slice from, to;
    enum err err;

    stream_key_range_all(arena, &from, &to);
    err = work__walk_page(work, self, arena, walk, from, to, STREAMS_PAGE, &page);
    if (err)
        return err;
    for (uint32_t i = 0; i < page.count && !err && !work__is_stopping(work); i++) {
        struct arena_mark mark = arena_mark(arena);

        *t = (struct tending){.work = work, .self = self, .arena = arena, .now_ms = now_ms, .key = page.keys[i]};
        if (stream_info_read(t->key, page.values[i], arena, &t->info) == OK)
            err = stream_tend(t);
        if (err == ERR_CORRUPT)
            err = OK;
        arena_reset(arena, mark);
        fiber_breathe(self, page.values[i].n);
    }
    *ret_more = page.more;
    return err;
}
