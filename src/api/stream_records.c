/* SPDX-License-Identifier: Apache-2.0 */

/*
 * GetShardIterator and GetRecords (6.3, 6.4). An iterator is a place in a shard, the number of the next record; a page
 * is the records from there on. Who has read up to the end of an open shard asks again and again: that is answered from
 * the shard's last number, without looking for records.
 *
 * Records are kept 24 hours. What is older may still be stored, for whole shards are dropped at a time
 * (work/streams.c), but is not given out: the beginning of a shard that is partly too old is found by bisection, for
 * times grow with numbers.
 *
 * Runs on the request's fiber; reads may park it.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "api/streams.h"
#include "codec/change.h"
#include "codec/value.h"

#define TRIMMED "The data you are trying to access has been trimmed."

/* ---- the age of records ---- */
static bool is_trimmed(const struct api_request *request, uint64_t time_ms)
{
    return time_ms + STREAM_RETENTION_MS <= request->wall_ms;
}

/* Whether the first entry from `number` on is too old; false when there is none. */
static enum err look(struct api_request *request, uint64_t stream, uint64_t number, bool *ret_trimmed)
{
    struct arena_mark mark = arena_mark(request->arena);
    struct engine_page page;
    struct change change;
    enum err err;

    *ret_trimmed = false;
    err = engine_stream_read(request->api->engine, request->fiber, request->arena, stream, number, 1, 1, &page);
    if (!err && page.count != 0) {
        err = change_read(stream, page.values[0], &change);
        *ret_trimmed = !err && is_trimmed(request, change.time_ms);
    }
    arena_reset(request->arena, mark);
    return err;
}

/* The number of the oldest record that may be read; one more than `last` when all are too old. */
static enum err horizon(
    struct api_request *request, const struct shard_desc *shard, uint64_t stream, uint64_t last, uint64_t *ret_number)
{
    uint64_t low = 1, high = last + 1;

    while (low < high && is_trimmed(request, shard->created_ms)) {
        uint64_t middle = low + (high - low) / 2;
        bool trimmed;
        enum err err = look(request, stream, middle, &trimmed);

        if (err)
            return err;
        if (trimmed)
            low = middle + 1;
        else
            high = middle;
    }
    *ret_number = low;
    return OK;
}

/* ---- GetShardIterator ---- */
static bool by_sequence_number(struct slice type)
{
    return slice_is(type, "AT_SEQUENCE_NUMBER") || slice_is(type, "AFTER_SEQUENCE_NUMBER");
}

static enum err type_check(struct api_request *request, const struct get_shard_iterator_input *in)
{
    bool needed = by_sequence_number(in->shard_iterator_type), given = in->sequence_number.p != NULL;

    if (needed && !given)
        return fault_validation(&request->fault, P_ "SequenceNumber is required for ShardIteratorType: %.*s",
            SLICE_ARG(in->shard_iterator_type));
    if (!needed && given)
        return fault_validation(&request->fault, P_ "SequenceNumber must not be specified for ShardIteratorType: %.*s",
            SLICE_ARG(in->shard_iterator_type));
    return OK;
}

static enum err start_at(struct api_request *request, const struct get_shard_iterator_input *in,
    const struct shard_desc *shard, uint64_t stream, uint64_t last, uint64_t *ret_next)
{
    uint64_t number;
    bool trimmed;
    enum err err;

    if (!api__sequence_number_parse(in->sequence_number, shard->number, &number) || number > last)
        return fault_validation(&request->fault, "Invalid SequenceNumber: %.*s", SLICE_ARG(in->sequence_number));
    err = look(request, stream, number, &trimmed);
    if (err)
        return err;
    if (trimmed)
        return fault_set(&request->fault, API_TRIMMED_DATA_ACCESS, TRIMMED);
    *ret_next = slice_is(in->shard_iterator_type, "AT_SEQUENCE_NUMBER") && number != 0 ? number : number + 1;
    return OK;
}

static enum err start_find(struct api_request *request, const struct get_shard_iterator_input *in,
    const struct shard_desc *shard, uint64_t stream, uint64_t *ret_next)
{
    uint64_t last;
    enum err err;

    err = engine_stream_last(request->api->engine, request->fiber, request->arena, &stream, 1, &last);
    if (err)
        return err;
    if (slice_is(in->shard_iterator_type, "TRIM_HORIZON"))
        return horizon(request, shard, stream, last, ret_next);
    if (by_sequence_number(in->shard_iterator_type))
        return start_at(request, in, shard, stream, last, ret_next);
    *ret_next = last + 1;
    return OK;
}

enum err api_get_shard_iterator(struct api_request *request, void *input)
{
    const struct get_shard_iterator_input *in = input;
    struct get_shard_iterator_output *out = request->output;
    struct api__iterator iterator = {.issued_ms = request->wall_ms};
    const struct shard_desc *shard;
    struct api__stream stream;
    enum err err;

    err = type_check(request, in);
    if (!err)
        err = api__stream_find(request, in->stream_arn, &stream);
    if (err)
        return err;
    shard = api__shard_by_id(&stream.info.stream, in->shard_id);
    if (shard == NULL)
        return fault_set(&request->fault, API_RESOURCE_NOT_FOUND, "Requested resource not found: Shard does not exist");
    iterator.table_id = stream.info.table_id;
    iterator.shard = shard->number;
    err = start_find(request, in, shard, stream_log_id(iterator.table_id, shard->number), &iterator.next);
    if (err)
        return err;
    out->shard_iterator = api__iterator_write(request->arena, in->stream_arn, &iterator);
    return OK;
}

/* ---- GetRecords ---- */
struct reading {
    struct api__stream stream;
    struct api__iterator iterator;
    const struct shard_desc *shard;
    uint64_t log_id;
};

static enum err reading_open(struct api_request *request, struct slice text, struct reading *reading)
{
    struct api__iterator *iterator = &reading->iterator;
    struct slice arn;
    enum err err;

    if (!api__iterator_parse(text, &arn, iterator))
        return fault_validation(&request->fault, "Invalid ShardIterator");
    if (iterator->issued_ms + ITERATOR_LIFE_MS < request->wall_ms)
        return fault_set(
            &request->fault, API_EXPIRED_ITERATOR, "The provided iterator exceeds the maximum age allowed.");
    err = api__stream_find(request, arn, &reading->stream);
    if (err)
        return err;
    if (reading->stream.info.table_id != iterator->table_id)
        return api__stream_missing(request, arn);
    reading->shard = stream_shard_find(&reading->stream.info.stream, iterator->shard);
    if (reading->shard == NULL) /* it was there when the iterator was made */
        return fault_set(&request->fault, API_TRIMMED_DATA_ACCESS, TRIMMED);
    reading->log_id = stream_log_id(iterator->table_id, iterator->shard);
    return OK;
}

/* Unique: no two records of a folder have the same, and the table's UUID parts those of different folders. */
static struct slice event_id(struct arena *arena, const struct stream_info *info, uint64_t log_id, uint64_t number)
{
    const uint64_t parts[] = {log_id, number};
    XXH128_hash_t id = XXH3_128bits_withSeed(parts, sizeof(parts), XXH3_64bits(info->table_uuid.p, info->table_uuid.n));

    return arena_printf(arena, "%016llx%016llx", (unsigned long long)id.high64, (unsigned long long)id.low64);
}

static struct attribute_map image(struct slice body)
{
    return (struct attribute_map){
        .present = body.p != NULL, .count = body.p == NULL ? 0 : body_count(body), .body = body};
}

static void change_show(struct api_request *request, const struct reading *reading, uint64_t number,
    const struct change *change, struct model_record *shown)
{
    static const char *const events[] = {"INSERT", "MODIFY", "REMOVE"};
    struct stream_record *record = arena_zalloc(request->arena, sizeof(*record));
    uint32_t size = body_size(change->keys);

    size += change->new_image.p == NULL ? 0 : body_size(change->new_image);
    size += change->old_image.p == NULL ? 0 : body_size(change->old_image);
    record->approximate_creation_date_time = (struct opt_double){true, (double)(change->time_ms / 1000)};
    record->keys = image(change->keys);
    record->new_image = image(change->new_image);
    record->old_image = image(change->old_image);
    record->sequence_number = api__sequence_number(request->arena, reading->iterator.shard, number);
    record->size_bytes = (struct opt_int){true, size};
    record->stream_view_type = api__stream_view_name(reading->stream.info.stream.view);
    shown->event_id = event_id(request->arena, &reading->stream.info, reading->log_id, number);
    shown->event_name = slice_from_cstr(events[change->event]);
    shown->event_version = SLICE_LIT("1.1");
    shown->event_source = SLICE_LIT("aws:dynamodb");
    shown->aws_region = reading->stream.info.region;
    shown->dynamodb = record;
}

static void service_show(struct api_request *request, struct model_record *shown)
{
    shown->user_identity = arena_zalloc(request->arena, sizeof(*shown->user_identity));
    shown->user_identity->principal_id = SLICE_LIT("dynamodb.amazonaws.com");
    shown->user_identity->type = SLICE_LIT("Service");
}

/* One entry; false in *ret_fits when the page has no room for it. */
static enum err entry_show(struct api_request *request, const struct reading *reading, struct slice key,
    struct slice bytes, struct record_list *records, bool *ret_fits)
{
    struct model_record *shown = &records->items[records->count];
    uint64_t stream, number;
    struct change change;
    enum err err;

    *ret_fits = records->count == 0 || request->items_bytes + bytes.n <= PAGE_BYTES_MAX;
    if (!*ret_fits)
        return OK;
    err = engine_stream_key(key, &stream, &number) ? change_read(stream, bytes, &change) : ERR_CORRUPT;
    if (err)
        return err;
    if (records->count == 0 && is_trimmed(request, change.time_ms))
        return fault_set(&request->fault, API_TRIMMED_DATA_ACCESS, TRIMMED);
    change_show(request, reading, number, &change, shown);
    if (change.expired)
        service_show(request, shown);
    records->count++;
    request->items_bytes += bytes.n;
    return OK;
}

/* The records from the iterator on; it moves behind the last of them. */
static enum err page_read(
    struct api_request *request, struct reading *reading, uint32_t limit, struct record_list *records)
{
    struct engine_page page;
    bool fits = true;
    enum err err;

    err = engine_stream_read(request->api->engine, request->fiber, request->arena, reading->log_id,
        reading->iterator.next, limit, PAGE_BYTES_MAX, &page);
    if (err)
        return err;
    records->items = arena_zalloc(request->arena, page.count * sizeof(*records->items));
    for (uint32_t i = 0; i < page.count && fits && !err; i++) {
        uint64_t stream, number = 0;

        err = entry_show(request, reading, page.keys[i], page.values[i], records, &fits);
        if (!err && fits && engine_stream_key(page.keys[i], &stream, &number))
            reading->iterator.next = number + 1;
        fiber_breathe(request->fiber, page.values[i].n);
    }
    table_trace_read(&request->trace.work, records->count, request->items_bytes);
    return err;
}

enum err api_get_records(struct api_request *request, void *input)
{
    const struct get_records_input *in = input;
    struct get_records_output *out = request->output;
    uint32_t limit = in->limit.present ? (uint32_t)in->limit.v : STREAM_RECORDS_MAX;
    struct reading reading;
    uint64_t last;
    enum err err;

    err = reading_open(request, in->shard_iterator, &reading);
    if (!err)
        err = engine_stream_last(request->api->engine, request->fiber, request->arena, &reading.log_id, 1, &last);
    out->records = (struct record_list){.present = true};
    if (!err && reading.iterator.next <= last)
        err = page_read(request, &reading, limit, &out->records);
    if (err)
        return err;
    if (reading.shard->closed_ms != 0 && reading.iterator.next > last)
        return OK; /* all was read, and no more will come */
    reading.iterator.issued_ms = request->wall_ms;
    out->next_shard_iterator = api__iterator_write(request->arena, reading.stream.arn, &reading.iterator);
    return OK;
}
