/* SPDX-License-Identifier: Apache-2.0 */

/*
 * ListStreams and DescribeStream (6.2, 6.3). Streams are listed from their records in meta, by table name and then
 * label; the list has disabled ones and those of deleted tables too, for as long as they can be read.
 *
 * Runs on the request's fiber; reads of meta may park it.
 */
#include "api/streams.h"

#define STREAMS_PAGE_BYTES                                                                                             \
    ((size_t)4 << 20) /* ours: a stream's record has at most some 20 KB, and usually 300 bytes                         \
                       */

static const char *const status_names[] = {"ENABLING", "ENABLED", "DISABLING", "DISABLED"};
static const char *const view_names[] = {"KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES"};

struct slice api__stream_view_name(enum stream_view view)
{
    return slice_from_cstr(view_names[view]);
}

bool api__stream_view_parse(struct slice name, enum stream_view *ret)
{
    for (uint32_t i = 0; i < sizeof(view_names) / sizeof(view_names[0]); i++) {
        if (slice_is(name, view_names[i])) {
            *ret = (enum stream_view)i;
            return true;
        }
    }
    return false;
}

/* ---- ListStreams ---- */
/* The part of meta that is listed: what is asked for, after the stream that ended the page before. */
static enum err list_range(
    struct api_request *request, const struct list_streams_input *in, struct slice *ret_from, struct slice *ret_to)
{
    struct slice account = request->identity.account, region = request->identity.region, name, label;
    struct buf after;
    enum err err;

    stream_key_range(request->arena, account, region, in->table_name, ret_from, ret_to);
    if (in->exclusive_start_stream_arn.p == NULL)
        return OK;
    err = api__stream_arn_parse(request, in->exclusive_start_stream_arn, &name, &label);
    if (err)
        return err;
    buf_init(&after, request->arena, ARENA_ALLOC_BYTES_MAX);
    buf_slice(&after, stream_key(request->arena, account, region, name, label));
    buf_byte(&after, 0);
    if (slice_compare(buf_view(&after), *ret_from) > 0)
        *ret_from = buf_view(&after);
    return OK;
}

static enum err list_page(struct api_request *request, const struct engine_page *page, struct stream *shown)
{
    for (uint32_t i = 0; i < page->count; i++) {
        struct stream_info info;
        enum err err = stream_info_read(page->keys[i], page->values[i], request->arena, &info);

        if (err)
            return err;
        shown[i] = (struct stream){.stream_arn = api__stream_arn(request->arena, &info),
            .table_name = info.table_name,
            .stream_label = info.stream.label};
        fiber_breathe(request->fiber, page->values[i].n);
    }
    return OK;
}

enum err api_list_streams(struct api_request *request, void *input)
{
    const struct list_streams_input *in = input;
    struct list_streams_output *out = request->output;
    uint32_t limit = in->limit.present ? (uint32_t)in->limit.v : LIST_STREAMS_MAX;
    struct slice from, to;
    struct engine_page page;
    struct stream *shown;
    enum err err;

    err = list_range(request, in, &from, &to);
    if (err)
        return err;
    out->streams = (struct stream_list){.present = true};
    if (slice_compare(from, to) >= 0)
        return OK;
    err = engine_range(request->api->engine, request->fiber, request->arena, ENGINE_META, from, to, false, limit,
        STREAMS_PAGE_BYTES, &page);
    if (err)
        return err;
    shown = arena_zalloc(request->arena, page.count * sizeof(*shown));
    err = list_page(request, &page, shown);
    if (err)
        return err;
    out->streams = (struct stream_list){true, page.count, shown};
    if (page.more)
        out->last_evaluated_stream_arn = shown[page.count - 1].stream_arn;
    return OK;
}

/* ---- DescribeStream ---- */
/* The shards of the page: those after the start, of the filter's kind, at most `limit`. Shard ids sort like numbers. */
static uint32_t shards_choose(struct api_request *request, const struct describe_stream_input *in,
    const struct stream_desc *stream, const struct shard_desc **ret, bool *ret_more)
{
    uint32_t limit = in->limit.present ? (uint32_t)in->limit.v : DESCRIBE_STREAM_SHARDS_MAX, count = 0;
    const struct shard_desc *parent = NULL;

    if (in->shard_filter != NULL)
        parent = api__shard_by_id(stream, in->shard_filter->shard_id);
    *ret_more = false;
    for (uint32_t i = 0; i < stream->shards_count && !*ret_more; i++) {
        const struct shard_desc *shard = &stream->shards[i];

        if (in->exclusive_start_shard_id.p != NULL &&
            slice_compare(api__shard_id(request->arena, shard), in->exclusive_start_shard_id) <= 0)
            continue;
        if (in->shard_filter != NULL && (parent == NULL || shard->parent != parent->number))
            continue;
        if (count == limit)
            *ret_more = true;
        else
            ret[count++] = shard;
    }
    return count;
}

static struct slice parent_id(struct arena *arena, const struct stream_desc *stream, const struct shard_desc *shard)
{
    const struct shard_desc *parent = shard->parent == 0 ? NULL : stream_shard_find(stream, shard->parent);

    return parent == NULL ? SLICE_NULL : api__shard_id(arena, parent);
}

static enum err shards_describe(struct api_request *request, const struct stream_info *info,
    const struct shard_desc **shards, uint32_t count, struct shard *shown)
{
    struct arena *arena = request->arena;
    uint64_t *streams = arena_alloc(arena, count * sizeof(*streams));
    uint64_t *last = arena_alloc(arena, count * sizeof(*last));
    enum err err;

    for (uint32_t i = 0; i < count; i++)
        streams[i] = stream_log_id(info->table_id, shards[i]->number);
    err = engine_stream_last(request->api->engine, request->fiber, arena, streams, count, last);
    if (err)
        return err;
    for (uint32_t i = 0; i < count; i++) {
        struct sequence_number_range *range = arena_zalloc(arena, sizeof(*range));

        range->starting_sequence_number = api__sequence_number(arena, shards[i]->number, 0);
        if (shards[i]->closed_ms != 0)
            range->ending_sequence_number = api__sequence_number(arena, shards[i]->number, last[i]);
        shown[i].shard_id = api__shard_id(arena, shards[i]);
        shown[i].parent_shard_id = parent_id(arena, &info->stream, shards[i]);
        shown[i].sequence_number_range = range;
    }
    return OK;
}

static struct key_schema key_schema(struct arena *arena, const struct stream_info *info)
{
    struct key_schema_element *elements = arena_alloc(arena, 2 * sizeof(*elements));

    elements[0] = (struct key_schema_element){info->hash_name, SLICE_LIT("HASH")};
    elements[1] = (struct key_schema_element){info->range_name, SLICE_LIT("RANGE")};
    return (struct key_schema){true, info->range_name.p == NULL ? 1 : 2, elements};
}

static void stream_describe(struct arena *arena, const struct api__stream *stream, struct stream_description *shown)
{
    const struct stream_info *info = &stream->info;

    shown->stream_arn = stream->arn;
    shown->stream_label = info->stream.label;
    shown->stream_status = slice_from_cstr(status_names[stream->status]);
    shown->stream_view_type = api__stream_view_name(info->stream.view);
    shown->creation_request_date_time = (struct opt_double){true, (double)info->stream.created_ms / 1000.0};
    shown->table_name = info->table_name;
    shown->key_schema = key_schema(arena, info);
}

enum err api_describe_stream(struct api_request *request, void *input)
{
    const struct describe_stream_input *in = input;
    struct describe_stream_output *out = request->output;
    struct stream_description *shown = arena_zalloc(request->arena, sizeof(*shown));
    const struct shard_desc *chosen[DESCRIBE_STREAM_SHARDS_MAX];
    struct api__stream stream;
    uint32_t count;
    bool more;
    enum err err;

    err = api__stream_find(request, in->stream_arn, &stream);
    if (err)
        return err;
    stream_describe(request->arena, &stream, shown);
    count = shards_choose(request, in, &stream.info.stream, chosen, &more);
    shown->shards =
        (struct shard_description_list){true, count, arena_zalloc(request->arena, count * sizeof(struct shard))};
    err = shards_describe(request, &stream.info, chosen, count, shown->shards.items);
    if (err)
        return err;
    if (more)
        shown->last_evaluated_shard_id = shown->shards.items[count - 1].shard_id;
    out->stream_description = shown;
    return OK;
}
