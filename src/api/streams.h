/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "api/control.h"
#include "catalog/stream.h"

/*
 * What the operations of DynamoDB Streams share (control-plane.md 6): names of streams, shards, records and iterators
 * as clients see them, and the way from an ARN to the stream.
 */

/* ---- stream_names.c: texts and back ---- */
#define SHARD_ID_BYTES 37

/* <table ARN>/stream/<label> */
struct slice api__stream_arn(struct arena *arena, const struct stream_info *info);
/* The table's name and the label in a stream's ARN of the caller's account and region. ERR_FAULT. */
MUST_USE enum err api__stream_arn_parse(
    struct api_request *request, struct slice arn, struct slice *ret_name, struct slice *ret_label);
/* "shardId-", creation time, "-", number: sorts by both. */
struct slice api__shard_id(struct arena *arena, const struct shard_desc *shard);
/* The shard of the stream that has this id, or NULL. */
const struct shard_desc *api__shard_by_id(const struct stream_desc *stream, struct slice shard_id);
/* Shard and number in one text of digits that grows from parent to child: 21 to 30 of them. */
struct slice api__sequence_number(struct arena *arena, uint32_t shard, uint64_t number);
/* False when it is none of that shard. */
bool api__sequence_number_parse(struct slice text, uint32_t shard, uint64_t *ret_number);

/* A place in a shard: the next number to read. */
struct api__iterator {
    uint32_t table_id, shard;
    uint64_t next;
    uint64_t issued_ms;
};
struct slice api__iterator_write(struct arena *arena, struct slice stream_arn, const struct api__iterator *iterator);
/* Also gives the ARN it begins with. False when it was not made here. */
bool api__iterator_parse(struct slice text, struct slice *ret_stream_arn, struct api__iterator *ret);

/* ---- stream_find.c ---- */
enum api__stream_status { STREAM_ENABLING, STREAM_ENABLED, STREAM_DISABLING, STREAM_DISABLED };
struct api__stream {
    struct stream_info info;
    enum api__stream_status status;
    struct slice arn; /* as given */
};
/* The stream of an ARN: a table's newest from the view of the request, an older one from its record. ERR_FAULT: a bad
 * ARN, no such stream. */
MUST_USE enum err api__stream_find(struct api_request *request, struct slice arn, struct api__stream *ret);
/* "NEW_IMAGE", ... */
struct slice api__stream_view_name(enum stream_view view);
/* False when the name is none. */
bool api__stream_view_parse(struct slice name, enum stream_view *ret);
/* "Requested resource not found: Stream: <ARN> not found" */
enum err api__stream_missing(struct api_request *request, struct slice arn);
