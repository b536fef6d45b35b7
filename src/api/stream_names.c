/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Names of streams, shards, records and iterators as clients see them (6.1 to 6.3).
 *
 *     stream     arn:aws:dynamodb:us-east-1:123456789012:table/T/stream/2026-01-02T03:04:05.678
 *     shard      shardId-00000001767323045678-0000000a     creation time in ms, number in hexadecimal
 *     record     1000000000000000000017                    shard 10, and the record's number as 20 digits
 *     iterator   <stream ARN>|1|<base64>                   table, shard, next number, time of issue, checksum
 *
 * The parts of an iterator are in the clear: whoever holds one may read the stream it names anyhow. Its checksum is
 * there to tell one of ours from anything else. Pure.
 */
#include <stdio.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "api/streams.h"
#include "wire/base64.h"

#define NUMBER_DIGITS  20
#define ITERATOR_MARK  "|1|"
#define ITERATOR_BYTES 32 /* table 4, shard 4, next 8, issued 8, checksum 8; little-endian */

/* ---- streams ---- */
struct slice api__stream_arn(struct arena *arena, const struct stream_info *info)
{
    return arena_printf(arena, "arn:aws:dynamodb:%.*s:%.*s:table/%.*s/stream/%.*s", SLICE_ARG(info->region),
        SLICE_ARG(info->account), SLICE_ARG(info->table_name), SLICE_ARG(info->stream.label));
}

static bool resource_split(struct slice resource, struct slice *ret_name, struct slice *ret_label)
{
    static const struct slice table = SLICE_LIT("table/"), stream = SLICE_LIT("/stream/");
    struct slice rest;
    const uint8_t *at;

    if (!slice_starts_with(resource, table))
        return false;
    rest = slice_of(resource.p + table.n, resource.n - table.n);
    at = memmem(rest.p, rest.n, stream.p, stream.n);
    if (at == NULL)
        return false;
    *ret_name = slice_of(rest.p, (size_t)(at - rest.p));
    *ret_label = slice_of(at + stream.n, (size_t)(rest.p + rest.n - at) - stream.n);
    return ret_name->n != 0 && ret_label->n != 0 && memchr(ret_label->p, '/', ret_label->n) == NULL;
}

enum err api__stream_arn_parse(
    struct api_request *request, struct slice text, struct slice *ret_name, struct slice *ret_label)
{
    struct api__arn arn;

    if (!api__arn_split(text, &arn) || !slice_is(arn.partition, "aws") || !slice_is(arn.service, "dynamodb") ||
        !resource_split(arn.resource, ret_name, ret_label) || !slice_equal(arn.region, request->identity.region))
        return fault_validation(&request->fault, "Invalid StreamArn: %.*s", SLICE_ARG(text));
    if (!slice_equal(arn.account, request->identity.account))
        return fault_set(&request->fault, API_ACCESS_DENIED, "Access is denied");
    return OK;
}

/* ---- shards ---- */
struct slice api__shard_id(struct arena *arena, const struct shard_desc *shard)
{
    return arena_printf(arena, "shardId-%020llu-%08x", (unsigned long long)shard->created_ms, shard->number);
}

const struct shard_desc *api__shard_by_id(const struct stream_desc *stream, struct slice shard_id)
{
    char text[SHARD_ID_BYTES + 1];

    if (shard_id.n != SHARD_ID_BYTES)
        return NULL;
    for (uint32_t i = 0; i < stream->shards_count; i++) {
        const struct shard_desc *shard = &stream->shards[i];

        (void)snprintf(
            text, sizeof(text), "shardId-%020llu-%08x", (unsigned long long)shard->created_ms, shard->number);
        if (slice_is(shard_id, text))
            return shard;
    }
    return NULL;
}

/* ---- records ---- */
struct slice api__sequence_number(struct arena *arena, uint32_t shard, uint64_t number)
{
    return arena_printf(arena, "%u%020llu", shard, (unsigned long long)number);
}

bool api__sequence_number_parse(struct slice text, uint32_t shard, uint64_t *ret_number)
{
    char prefix[16];
    size_t n = (size_t)snprintf(prefix, sizeof(prefix), "%u", shard);
    uint64_t number = 0;

    if (text.n != n + NUMBER_DIGITS || memcmp(text.p, prefix, n) != 0)
        return false;
    for (size_t i = n; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, (uint64_t)(text.p[i] - '0'), &number))
            return false;
    }
    *ret_number = number;
    return true;
}

/* ---- iterators ---- */
static uint64_t iterator_checksum(struct slice stream_arn, const uint8_t *bytes)
{
    return XXH3_64bits_withSeed(bytes, ITERATOR_BYTES - 8, XXH3_64bits(stream_arn.p, stream_arn.n));
}

struct slice api__iterator_write(struct arena *arena, struct slice stream_arn, const struct api__iterator *iterator)
{
    uint8_t bytes[ITERATOR_BYTES], code[BASE64_ENCODED_BYTES(ITERATOR_BYTES)];
    uint64_t checksum;

    memcpy(bytes, &iterator->table_id, 4);
    memcpy(bytes + 4, &iterator->shard, 4);
    memcpy(bytes + 8, &iterator->next, 8);
    memcpy(bytes + 16, &iterator->issued_ms, 8);
    checksum = iterator_checksum(stream_arn, bytes);
    memcpy(bytes + 24, &checksum, 8);
    base64_encode(slice_of(bytes, sizeof(bytes)), code);
    return arena_printf(arena, "%.*s" ITERATOR_MARK "%.*s", SLICE_ARG(stream_arn), (int)sizeof(code), (char *)code);
}

bool api__iterator_parse(struct slice text, struct slice *ret_stream_arn, struct api__iterator *ret)
{
    static const struct slice mark = SLICE_LIT(ITERATOR_MARK);
    const uint8_t *at = memmem(text.p, text.n, mark.p, mark.n);
    uint8_t bytes[BASE64_DECODED_BYTES_MAX(BASE64_ENCODED_BYTES(ITERATOR_BYTES))], bad;
    struct slice arn, code;
    uint64_t checksum;
    size_t n;

    if (at == NULL)
        return false;
    arn = slice_of(text.p, (size_t)(at - text.p));
    code = slice_of(at + mark.n, text.n - arn.n - mark.n);
    if (code.n != BASE64_ENCODED_BYTES(ITERATOR_BYTES) || base64_decode(code, bytes, &n, &bad) != BASE64_OK ||
        n != ITERATOR_BYTES)
        return false;
    memcpy(&checksum, bytes + 24, 8);
    if (checksum != iterator_checksum(arn, bytes))
        return false;
    memcpy(&ret->table_id, bytes, 4);
    memcpy(&ret->shard, bytes + 4, 4);
    memcpy(&ret->next, bytes + 8, 8);
    memcpy(&ret->issued_ms, bytes + 16, 8);
    *ret_stream_arn = arn;
    return true;
}
