/* SPDX-License-Identifier: Apache-2.0 */

/*
 * From a stream's ARN to the stream. A table's newest stream is part of its descriptor, so a reader that follows it
 * finds it in memory, with its shards as they are in force. Older streams, and those of deleted tables, stand by
 * themselves in meta until their last record is trimmed (catalog/stream.h).
 *
 * Runs on the request's fiber; reading the record may park it.
 */
#include "api/streams.h"

enum err api__stream_missing(struct api_request *request, struct slice arn)
{
    return fault_set(&request->fault, API_RESOURCE_NOT_FOUND, "Requested resource not found: Stream: %.*s not found",
        SLICE_ARG(arn));
}

/* A stream is being enabled or disabled as long as its table says so (6.2). */
static enum api__stream_status status_of(const struct table_desc *desc)
{
    bool passing = desc->status == TABLE_CREATING || desc->status == TABLE_DELETING ||
                   (desc->updating & TABLE_UPDATES_STREAM) != 0;

    if (desc->stream.enabled)
        return passing ? STREAM_ENABLING : STREAM_ENABLED;
    return passing ? STREAM_DISABLING : STREAM_DISABLED;
}

static enum err find_record(struct api_request *request, struct slice name, struct slice label, struct api__stream *ret)
{
    const struct engine_key key = {
        ENGINE_META, stream_key(request->arena, request->identity.account, request->identity.region, name, label)};
    struct engine_record record;
    enum err err;

    err = engine_get(request->api->engine, request->fiber, request->arena, &key, 1, &record);
    if (err)
        return err;
    if (record.bytes.p == NULL)
        return api__stream_missing(request, ret->arn);
    ret->status = STREAM_DISABLED;
    return stream_info_read(key.key, record.bytes, request->arena, &ret->info);
}

enum err api__stream_find(struct api_request *request, struct slice arn, struct api__stream *ret)
{
    const struct table_desc *desc;
    struct slice name, label;
    enum err err;

    ret->arn = arn;
    err = api__stream_arn_parse(request, arn, &name, &label);
    if (err)
        return err;
    desc = catalog_find(request->view, request->identity.account, request->identity.region, name);
    if (desc == NULL || !slice_equal(desc->stream.label, label))
        return find_record(request, name, label, ret);
    if (desc->stream.shards_count == 0) /* trimmed away; the table keeps the label */
        return api__stream_missing(request, arn);
    ret->status = status_of(desc);
    stream_info_of(desc, &ret->info);
    return OK;
}
