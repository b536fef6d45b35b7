/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Streams and their shards (stream.h): routing, opening and closing, and the form of both on disk. A stream stands in
 * its table's descriptor as the attribute "Stream", and by itself in the record 'S' (docs/formats/catalog.md); the same
 * code writes and reads the stream's part of both.
 *
 * Pure; any thread.
 */
#include "catalog/stream.h"

#include <stddef.h>
#include <time.h>

#include "base/assert.h"
#include "catalog/catalog_int.h"
#include "codec/record.h"

#define STREAM(member_) offsetof(struct stream_desc, member_)
#define SHARD(member_)  offsetof(struct shard_desc, member_)
#define INFO(member_)   offsetof(struct stream_info, member_)

// clang-format off
static const struct catalog__field stream_fields[] = {
    {"Label", FIELD_TEXT, STREAM(label), 0},
    {"Created", FIELD_U64, STREAM(created_ms), 0},
    {"Enabled", FIELD_BOOL, STREAM(enabled), 0},
    {"View", FIELD_ENUM, STREAM(view), STREAM_NEW_AND_OLD_IMAGES},
};

static const struct catalog__field shard_fields[] = {
    {"Number", FIELD_U32, SHARD(number), 0},
    {"Parent", FIELD_U32, SHARD(parent), 0},
    {"Created", FIELD_U64, SHARD(created_ms), 0},
    {"Closed", FIELD_U64, SHARD(closed_ms), 0},
    {"HashFrom", FIELD_U16, SHARD(hash_from), 0},
};

static const struct catalog__field info_fields[] = {
    {"Table", FIELD_U32, INFO(table_id), 0},
    {"Account", FIELD_TEXT, INFO(account), 0},
    {"Region", FIELD_TEXT, INFO(region), 0},
    {"TableName", FIELD_TEXT, INFO(table_name), 0},
    {"TableId", FIELD_TEXT, INFO(table_uuid), 0},
    {"Hash", FIELD_TEXT, INFO(hash_name), 0},
    {"Range", FIELD_TEXT, INFO(range_name), 0},
};
// clang-format on

#define COUNT(array_) (sizeof(array_) / sizeof((array_)[0]))

/* ---- routing ---- */
const struct shard_desc *stream_shard_of(const struct stream_desc *stream, uint64_t hash)
{
    uint16_t beginning = (uint16_t)(hash >> 48);
    const struct shard_desc *best = NULL;

    for (uint32_t i = 0; i < stream->shards_count; i++) {
        const struct shard_desc *shard = &stream->shards[i];

        if (shard->closed_ms == 0 && shard->hash_from <= beginning &&
            (best == NULL || shard->hash_from > best->hash_from))
            best = shard;
    }
    ASSERT(best != NULL); /* open shards cover all hashes */
    return best;
}

const struct shard_desc *stream_shard_find(const struct stream_desc *stream, uint32_t number)
{
    for (uint32_t i = 0; i < stream->shards_count; i++) {
        if (stream->shards[i].number == number)
            return &stream->shards[i];
    }
    return NULL;
}

/* ---- changes ---- */
static struct slice label_text(uint64_t ms, struct arena *arena)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm parts;
    char text[32];

    gmtime_r(&seconds, &parts);
    (void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &parts);
    return arena_printf(arena, "%s.%03u", text, (unsigned)(ms % 1000));
}

void table_stream_open(struct table_desc *desc, enum stream_view view, uint64_t now_ms, struct arena *arena)
{
    struct shard_desc *shard = arena_zalloc(arena, sizeof(*shard));

    if (now_ms <= desc->stream.created_ms) /* labels of one table differ, whatever the clock does */
        now_ms = desc->stream.created_ms + 1;
    shard->number = ++desc->shard_last;
    shard->created_ms = now_ms;
    desc->stream = (struct stream_desc){.label = label_text(now_ms, arena),
        .created_ms = now_ms,
        .enabled = true,
        .view = view,
        .shards = shard,
        .shards_count = 1};
}

void table_stream_close(struct table_desc *desc, uint64_t now_ms, struct arena *arena)
{
    struct stream_desc *stream = &desc->stream;
    struct shard_desc *shards;

    if (!stream->enabled)
        return;
    shards = arena_alloc(arena, stream->shards_count * sizeof(*shards));
    for (uint32_t i = 0; i < stream->shards_count; i++) {
        shards[i] = stream->shards[i];
        if (shards[i].closed_ms == 0)
            shards[i].closed_ms = now_ms;
    }
    stream->shards = shards;
    stream->enabled = false;
}

/* ---- rolling ---- */
static uint32_t open_count(const struct stream_desc *stream)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < stream->shards_count; i++)
        count += stream->shards[i].closed_ms == 0;
    return count;
}

/* The end of the hashes of an open shard: where the next one begins. */
static uint32_t hash_end(const struct stream_desc *stream, const struct shard_desc *shard)
{
    uint32_t end = 1u << 16;

    for (uint32_t i = 0; i < stream->shards_count; i++) {
        const struct shard_desc *other = &stream->shards[i];

        if (other->closed_ms == 0 && other->hash_from > shard->hash_from && other->hash_from < end)
            end = other->hash_from;
    }
    return end;
}

static struct shard_desc child_of(
    struct table_desc *desc, const struct shard_desc *parent, uint32_t hash_from, uint64_t now_ms)
{
    return (struct shard_desc){
        .number = ++desc->shard_last, .parent = parent->number, .created_ms = now_ms, .hash_from = (uint16_t)hash_from};
}

void table_stream_roll(struct table_desc *desc, uint32_t number, bool split, uint64_t now_ms, struct arena *arena)
{
    struct stream_desc *stream = &desc->stream;
    const struct shard_desc *present = stream_shard_find(stream, number);
    uint32_t count = stream->shards_count, middle;
    struct shard_desc *shards, *parent;

    if (present == NULL || present->closed_ms != 0 || count + 2 > SHARDS_MAX)
        return;
    if (now_ms < stream->shards[count - 1].created_ms) /* ids of shards sort by time, whatever the clock does */
        now_ms = stream->shards[count - 1].created_ms;
    middle = (present->hash_from + hash_end(stream, present)) / 2;
    split = split && middle != present->hash_from && open_count(stream) < SHARDS_OPEN_MAX;
    shards = arena_alloc(arena, (count + 2) * sizeof(*shards));
    memcpy(shards, stream->shards, count * sizeof(*shards));
    parent = &shards[present - stream->shards];
    parent->closed_ms = now_ms;
    shards[count++] = child_of(desc, parent, parent->hash_from, now_ms);
    if (split)
        shards[count++] = child_of(desc, parent, middle, now_ms);
    stream->shards = shards;
    stream->shards_count = count;
}

/* ---- trimming ---- */
bool shard_is_dead(const struct shard_desc *shard, uint64_t now_ms)
{
    return shard->closed_ms != 0 && shard->closed_ms + STREAM_RETENTION_MS + SHARD_CLOSING_MS <= now_ms;
}

bool stream_trim(struct stream_desc *stream, uint64_t now_ms, struct arena *arena)
{
    struct shard_desc *shards = arena_alloc(arena, stream->shards_count * sizeof(*shards));
    uint32_t count = 0;

    for (uint32_t i = 0; i < stream->shards_count; i++) {
        if (!shard_is_dead(&stream->shards[i], now_ms))
            shards[count++] = stream->shards[i];
    }
    if (count == stream->shards_count)
        return false;
    stream->shards = shards;
    stream->shards_count = count;
    return true;
}

/* ---- the stream's part of a body ---- */
void catalog__stream_write(const struct stream_desc *stream, struct builder *b, struct builder_frame *parent)
{
    if (stream->label.p == NULL)
        return;
    builder_name(b, parent, SLICE_LIT("Stream"));
    struct builder_frame map = builder_map_begin(b);

    catalog__fields_write(b, &map, stream_fields, COUNT(stream_fields), stream);
    builder_name(b, &map, SLICE_LIT("Shards"));
    struct builder_frame list = builder_list_begin(b);

    for (uint32_t i = 0; i < stream->shards_count; i++) {
        builder_element(b, &list);
        struct builder_frame shard = builder_map_begin(b);

        catalog__fields_write(b, &shard, shard_fields, COUNT(shard_fields), &stream->shards[i]);
        builder_map_end(b, shard);
    }
    builder_list_end(b, list);
    builder_map_end(b, map);
}

static bool shard_read(struct slice value, struct arena *arena, struct shard_desc *ret)
{
    const char *what;

    return value_type(value) == VALUE_M &&
           catalog__fields_read(value_map(value), shard_fields, COUNT(shard_fields), ret, arena, &what) &&
           ret->number != 0;
}

/* An enabled stream has somewhere to put each record: a shard that is open from hash 0 on. */
static bool shards_fit(const struct stream_desc *stream)
{
    bool covers = false;

    for (uint32_t i = 0; i < stream->shards_count; i++) {
        const struct shard_desc *shard = &stream->shards[i];

        if (i != 0 && shard->number <= shard[-1].number)
            return false;
        covers = covers || (shard->closed_ms == 0 && shard->hash_from == 0);
    }
    return covers == stream->enabled;
}

bool catalog__stream_read(struct slice body, struct arena *arena, struct stream_desc *ret)
{
    struct slice value, list;
    struct shard_desc *shards;
    const char *what;

    *ret = (struct stream_desc){0};
    if (!body_find(body, SLICE_LIT("Stream"), &value))
        return true;
    if (value_type(value) != VALUE_M ||
        !catalog__fields_read(value_map(value), stream_fields, COUNT(stream_fields), ret, arena, &what) ||
        ret->label.p == NULL || !body_find(value_map(value), SLICE_LIT("Shards"), &list) ||
        value_type(list) != VALUE_L || list_count(list) > SHARDS_MAX)
        return false;
    ret->shards_count = list_count(list);
    shards = arena_zalloc(arena, ret->shards_count * sizeof(*shards));
    for (uint32_t i = 0; i < ret->shards_count; i++) {
        if (!shard_read(list_at(list, i), arena, &shards[i]))
            return false;
    }
    ret->shards = shards;
    return shards_fit(ret);
}

/* ---- keys ---- */
static void key_part(struct buf *key, struct slice part)
{
    buf_slice(key, part);
    buf_byte(key, 0); /* names have no such letter */
}

/* Everything before the label when `table_name` is given, else before the table's name. */
static void key_begin(
    struct buf *key, struct arena *arena, struct slice account, struct slice region, struct slice table_name)
{
    buf_init(key, arena, ARENA_ALLOC_BYTES_MAX);
    buf_byte(key, CATALOG_KEY_STREAM);
    key_part(key, account);
    key_part(key, region);
    if (table_name.p != NULL)
        key_part(key, table_name);
}

struct slice stream_key(
    struct arena *arena, struct slice account, struct slice region, struct slice table_name, struct slice label)
{
    struct buf key;

    key_begin(&key, arena, account, region, table_name);
    buf_slice(&key, label);
    return buf_view(&key);
}

void stream_key_range(struct arena *arena, struct slice account, struct slice region, struct slice table_name,
    struct slice *ret_from, struct slice *ret_to)
{
    struct buf key;

    key_begin(&key, arena, account, region, table_name);
    *ret_from = arena_dup(arena, buf_view(&key));
    key.p[key.n - 1] = 1; /* after the 0 that ends the last part */
    *ret_to = buf_view(&key);
}

void stream_key_range_all(struct arena *arena, struct slice *ret_from, struct slice *ret_to)
{
    static const uint8_t from = CATALOG_KEY_STREAM, to = CATALOG_KEY_STREAM + 1;

    *ret_from = arena_dup(arena, slice_of(&from, 1));
    *ret_to = arena_dup(arena, slice_of(&to, 1));
}

/* ---- the record ---- */
void stream_info_of(const struct table_desc *desc, struct stream_info *ret)
{
    *ret = (struct stream_info){.table_id = desc->id,
        .account = desc->account,
        .region = desc->region,
        .table_name = desc->name,
        .table_uuid = desc->uuid,
        .hash_name = desc->hash.name,
        .range_name = desc->has_range ? desc->range.name : SLICE_NULL,
        .stream = desc->stream};
}

struct slice stream_info_encode(const struct stream_info *info, struct arena *arena)
{
    struct builder b;
    struct buf out;

    buf_init(&out, arena, TABLE_BODY_BYTES_MAX);
    builder_init(&b, &out, arena);
    struct builder_frame body = builder_body_begin(&b);

    catalog__fields_write(&b, &body, info_fields, COUNT(info_fields), info);
    catalog__stream_write(&info->stream, &b, &body);
    builder_body_end(&b, body);
    ASSERT(!out.failed);
    return buf_view(&out);
}

enum err stream_info_read(struct slice key, struct slice record_bytes, struct arena *arena, struct stream_info *ret)
{
    struct record record;
    const char *what;
    enum err err = record_read(key, record_bytes, &record);

    if (err)
        return err;
    *ret = (struct stream_info){0};
    if (!body_valid(record.body, TABLE_BODY_DEPTH_MAX) ||
        !catalog__fields_read(record.body, info_fields, COUNT(info_fields), ret, arena, &what) ||
        !catalog__stream_read(record.body, arena, &ret->stream) || ret->stream.label.p == NULL ||
        ret->account.p == NULL || ret->region.p == NULL || ret->table_name.p == NULL || ret->table_uuid.p == NULL ||
        ret->hash_name.p == NULL)
        return ERR_CORRUPT;
    return OK;
}
