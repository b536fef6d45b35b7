/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Streams as `stator check` looks at them: the record of each in meta, and the change records in the log.
 *
 * Records of a shard lie together in the log, numbered without a hole from 1 up to the last number given: while its
 * shard is listed none may be missing. Entries of a shard that no stream lists are what is left of a dropped one. The
 * record of a table's newest stream must say what the table's descriptor says.
 */
#include "codec/change.h"
#include "codec/value.h"
#include "os/clock.h"
#include "tools/check_int.h"

/* ---- records in meta ---- */
static bool info_equal(struct check *check, const struct stream_info *a, const struct stream_info *b)
{
    return slice_equal(stream_info_encode(a, check->arena), stream_info_encode(b, check->arena));
}

static void newest_compare(struct check *check, struct slice key, const struct stream_info *info)
{
    const struct table_desc *desc = check->view == NULL ? NULL : catalog_find_id(check->view, info->table_id);
    struct stream_info newest;

    if (desc == NULL || !slice_equal(desc->stream.label, info->stream.label))
        return;
    stream_info_of(desc, &newest);
    if (!info_equal(check, &newest, info))
        check__tell(check, desc, NULL, key, "the stream is not the one its table describes");
}

/* The last entry of a shard; a walk over the log cannot miss what should end a shard. */
static void shard_check(
    struct check *check, struct slice key, const struct stream_info *info, const struct shard_desc *shard)
{
    uint64_t id = stream_log_id(info->table_id, shard->number), last;
    struct engine_page page;
    enum err err = engine_stream_last(check->engine, check->self, check->arena, &id, 1, &last);

    if (!err && last != 0)
        err = engine_stream_read(check->engine, check->self, check->arena, id, last, 1, 1, &page);
    if (err)
        check__tell(check, NULL, NULL, key, "shard %u: %s", shard->number, err_text(err));
    else if (last != 0 && page.count == 0)
        check__tell(check, NULL, NULL, key, "shard %u says it has %llu records, the last is not there", shard->number,
            (unsigned long long)last);
}

void check__stream(struct check *check, struct slice key, struct slice bytes)
{
    struct stream_info info;
    uint64_t now_ms = os_clock_wall_ms();

    if (stream_info_read(key, bytes, check->arena, &info) != OK ||
        !slice_equal(key, stream_key(check->arena, info.account, info.region, info.table_name, info.stream.label))) {
        check__tell(check, NULL, NULL, key, "the checksum is right but the bytes are not this stream");
        return;
    }
    newest_compare(check, key, &info);
    for (uint32_t i = 0; i < info.stream.shards_count; i++) {
        if (!shard_is_dead(&info.stream.shards[i], now_ms)) /* a dead one may be half dropped */
            shard_check(check, key, &info, &info.stream.shards[i]);
    }
}

/* ---- the log ---- */
struct look_up {
    uint32_t table_id, shard;
    bool found;
};

static void look_up_record(struct check *check, void *context, struct slice key, struct slice bytes)
{
    struct look_up *look_up = context;
    struct stream_info info;

    if (!look_up->found && stream_info_read(key, bytes, check->arena, &info) == OK &&
        info.table_id == look_up->table_id)
        look_up->found = stream_shard_find(&info.stream, look_up->shard) != NULL;
}

static bool is_listed(struct check *check, uint64_t stream)
{
    struct look_up look_up = {.table_id = (uint32_t)(stream >> 32), .shard = (uint32_t)stream};
    const struct table_desc *desc = check->view == NULL ? NULL : catalog_find_id(check->view, look_up.table_id);
    struct slice from, to;

    if (desc != NULL && stream_shard_find(&desc->stream, look_up.shard) != NULL)
        return true;
    stream_key_range_all(check->arena, &from, &to);
    (void)check__walk(check, ENGINE_META, from, to, look_up_record, &look_up);
    return look_up.found;
}

static void run_end(struct check *check, const struct check_log *log)
{
    uint64_t last;
    enum err err;

    if (!log->listed)
        return;
    err = engine_stream_last(check->engine, check->self, check->arena, &log->stream, 1, &last);
    if (!err && last != log->number)
        check__tell(check, NULL, NULL, SLICE_LIT(""), "the records of table %u shard %u end with %llu, %llu was given",
            (uint32_t)(log->stream >> 32), (uint32_t)log->stream, (unsigned long long)log->number,
            (unsigned long long)last);
}

static void change_check(struct check *check, uint64_t stream, struct slice key, struct slice bytes)
{
    struct change change;
    enum err err = change_read(stream, bytes, &change);

    if (err)
        check__tell(check, NULL, NULL, key, "change record: %s", err_text(err));
    else if (!body_valid(change.keys, VALUE_DEPTH_MAX) ||
             (change.new_image.p != NULL && !body_valid(change.new_image, VALUE_DEPTH_MAX)) ||
             (change.old_image.p != NULL && !body_valid(change.old_image, VALUE_DEPTH_MAX)))
        check__tell(check, NULL, NULL, key, "the checksum is right but an image is not an item");
}

void check__log_record(struct check *check, void *context, struct slice key, struct slice bytes)
{
    struct check_log *log = context;
    uint64_t stream, number;

    check->figures.log++;
    if (!engine_stream_key(key, &stream, &number)) {
        check__tell(check, NULL, NULL, key, "the key is not one of a stream");
        return;
    }
    if (!log->begun || stream != log->stream) {
        check__log_end(check, log);
        *log = (struct check_log){.begun = true, .stream = stream, .listed = is_listed(check, stream)};
    }
    if (!log->listed)
        check->figures.leftovers++;
    else if (number != log->number + 1)
        check__tell(check, NULL, NULL, key, "the records before it are not there");
    log->number = number;
    change_check(check, stream, key, bytes);
}

void check__log_end(struct check *check, const struct check_log *log)
{
    if (log->begun)
        run_end(check, log);
}
