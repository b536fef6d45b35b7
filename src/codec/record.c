/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The envelope of stored records (record.h). The checksum covers key, head and body, so a record that was put in
 * another's place, or an old version of it, is found as surely as a flipped bit. Pure; any thread.
 */
#include "codec/record.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define AT_FLAGS    1
#define AT_REGION   2
#define AT_STAMP    4
#define AT_EXPIRY   12
#define AT_SIZE     20
#define AT_CHECKSUM 24

/* Where the checksum of an envelope of format 1 stands. */
#define AT_CHECKSUM_1 20
/* A checksum is as long as the rest of a head behind it. */
#define CHECKSUM_BYTES 8
#define HEAD_BYTES_MIN (AT_CHECKSUM_1 + CHECKSUM_BYTES)

/* A hash of head, key's hash and body's hash: seedless, since a seed costs a long body a secret of its own. */
static uint64_t checksum_of(struct slice key, const uint8_t *head, size_t head_bytes, uint64_t body_sum)
{
    uint8_t parts[AT_CHECKSUM + 16];
    uint64_t key_sum = XXH3_64bits(key.p, key.n);

    memcpy(parts, head, head_bytes);
    memcpy(parts + head_bytes, &key_sum, 8);
    memcpy(parts + head_bytes + 8, &body_sum, 8);
    return XXH3_64bits(parts, head_bytes + 16);
}

static uint64_t checksum(struct slice key, const uint8_t *head, struct slice body)
{
    return checksum_of(key, head, AT_CHECKSUM, XXH3_64bits(body.p, body.n));
}

void record_write(struct buf *out, struct slice key, const struct record *record)
{
    uint8_t head[RECORD_HEAD_BYTES];
    uint64_t sum;

    head[0] = RECORD_FORMAT;
    head[AT_FLAGS] = record->flags;
    memcpy(head + AT_REGION, &record->region, 2);
    memcpy(head + AT_STAMP, &record->stamp, 8);
    memcpy(head + AT_EXPIRY, &record->expiry_s, 8);
    memcpy(head + AT_SIZE, &record->size, 4);
    sum = checksum(key, head, record->body);
    memcpy(head + AT_CHECKSUM, &sum, 8);
    buf_append(out, head, sizeof(head));
    buf_slice(out, record->body);
}

void record_seal(uint8_t *bytes, struct slice key, size_t n)
{
    uint64_t sum = checksum(key, bytes, slice_of(bytes + RECORD_HEAD_BYTES, n - RECORD_HEAD_BYTES));

    memcpy(bytes + AT_CHECKSUM, &sum, 8);
}

uint64_t record_body_sum(struct slice bytes)
{
    return XXH3_64bits(bytes.p + RECORD_HEAD_BYTES, bytes.n - RECORD_HEAD_BYTES);
}

void record_restamp(uint8_t *bytes, struct slice key, uint64_t stamp, uint64_t body_sum)
{
    uint64_t sum;

    memcpy(bytes + AT_STAMP, &stamp, 8);
    sum = checksum_of(key, bytes, AT_CHECKSUM, body_sum);
    memcpy(bytes + AT_CHECKSUM, &sum, 8);
}

enum err record_read(struct slice key, struct slice bytes, struct record *ret)
{
    struct record record = {0};
    size_t at_checksum, head_bytes;
    uint64_t sum;

    if (bytes.n == 0)
        return ERR_CORRUPT;
    record.format = bytes.p[0];
    at_checksum = record.format == 1 ? AT_CHECKSUM_1 : AT_CHECKSUM;
    head_bytes = at_checksum + CHECKSUM_BYTES;
    if (bytes.n < head_bytes)
        return ERR_CORRUPT;
    record.body = slice_of(bytes.p + head_bytes, bytes.n - head_bytes);
    memcpy(&sum, bytes.p + at_checksum, 8);
    if (checksum_of(key, bytes.p, at_checksum, XXH3_64bits(record.body.p, record.body.n)) != sum)
        return ERR_CORRUPT;
    if (record.format > RECORD_FORMAT)
        return ERR_VERSION;
    if (record.format > 1)
        memcpy(&record.size, bytes.p + AT_SIZE, 4);
    record.flags = bytes.p[AT_FLAGS];
    memcpy(&record.region, bytes.p + AT_REGION, 2);
    memcpy(&record.stamp, bytes.p + AT_STAMP, 8);
    memcpy(&record.expiry_s, bytes.p + AT_EXPIRY, 8);
    *ret = record;
    return OK;
}

uint64_t record_stamp(struct slice bytes)
{
    uint64_t stamp = 0;

    if (bytes.p != NULL && bytes.n >= HEAD_BYTES_MIN)
        memcpy(&stamp, bytes.p + AT_STAMP, 8);
    return stamp;
}

uint64_t record_expiry(struct slice bytes)
{
    uint64_t expiry_s = 0;

    if (bytes.p != NULL && bytes.n >= HEAD_BYTES_MIN)
        memcpy(&expiry_s, bytes.p + AT_EXPIRY, 8);
    return expiry_s;
}
