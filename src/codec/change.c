/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The body of a change record (change.h), which stands in an envelope (codec/record.h):
 *
 *     0   1  event: 0 insert, 1 modify, 2 remove
 *     1   1  flags: 1 expired, 2 has a new image, 4 has an old image
 *     2   2  0
 *     4   4  bytes of the keys
 *     8   4  bytes of the new image
 *     12  8  time, milliseconds since 1970
 *     20     keys, new image, old image: bodies, one behind the other
 *
 * Pure; any thread.
 */
#include "codec/change.h"

#include "codec/record.h"

#define HEAD_BYTES 20
#define EXPIRED    1
#define HAS_NEW    2
#define HAS_OLD    4

#define AT_FLAGS      1
#define AT_KEYS_BYTES 4
#define AT_NEW_BYTES  8
#define AT_TIME       12

static void stream_key(uint8_t key[8], uint64_t stream)
{
    for (int i = 0; i < 8; i++)
        key[i] = (uint8_t)(stream >> (56 - 8 * i));
}

size_t change_bytes(const struct change *change)
{
    return RECORD_HEAD_BYTES + HEAD_BYTES + change->keys.n + change->new_image.n + change->old_image.n;
}

static void head_write(struct buf *out, const struct change *change)
{
    uint32_t keys_bytes = (uint32_t)change->keys.n, new_bytes = (uint32_t)change->new_image.n;
    uint8_t head[HEAD_BYTES] = {(uint8_t)change->event};

    head[AT_FLAGS] = (uint8_t)((change->expired ? EXPIRED : 0) | (change->new_image.p != NULL ? HAS_NEW : 0) |
                               (change->old_image.p != NULL ? HAS_OLD : 0));
    memcpy(head + AT_KEYS_BYTES, &keys_bytes, 4);
    memcpy(head + AT_NEW_BYTES, &new_bytes, 4);
    memcpy(head + AT_TIME, &change->time_ms, 8);
    buf_append(out, head, sizeof(head));
}

void change_write(struct buf *out, uint64_t stream, uint64_t stamp, const struct change *change)
{
    size_t start = out->n;
    uint8_t key[8];

    stream_key(key, stream);
    (void)buf_reserve(out, change_bytes(change));
    record_write(out, slice_of(key, sizeof(key)), &(struct record){.stamp = stamp, .body = SLICE_LIT("")});
    head_write(out, change);
    buf_slice(out, change->keys);
    buf_slice(out, change->new_image);
    buf_slice(out, change->old_image);
    if (out->failed)
        return;
    record_seal(out->p + start, slice_of(key, sizeof(key)), out->n - start);
}

/* The bytes of a body that is there, and *rest after it. */
static bool cut(struct slice *rest, bool there, uint32_t bytes, struct slice *ret)
{
    *ret = SLICE_NULL;
    if (!there)
        return bytes == 0;
    if (bytes > rest->n)
        return false;
    *ret = slice_of(rest->p, bytes);
    *rest = slice_of(rest->p + bytes, rest->n - bytes);
    return true;
}

enum err change_read(uint64_t stream, struct slice bytes, struct change *ret)
{
    uint32_t keys_bytes, new_bytes;
    struct record record;
    struct slice rest;
    uint8_t key[8], flags;
    enum err err;

    stream_key(key, stream);
    err = record_read(slice_of(key, sizeof(key)), bytes, &record);
    if (err)
        return err;
    if (record.body.n < HEAD_BYTES || record.body.p[0] > CHANGE_REMOVE)
        return ERR_CORRUPT;
    flags = record.body.p[AT_FLAGS];
    memcpy(&keys_bytes, record.body.p + AT_KEYS_BYTES, 4);
    memcpy(&new_bytes, record.body.p + AT_NEW_BYTES, 4);
    *ret = (struct change){.event = (enum change_event)record.body.p[0], .expired = (flags & EXPIRED) != 0};
    memcpy(&ret->time_ms, record.body.p + AT_TIME, 8);
    rest = slice_of(record.body.p + HEAD_BYTES, record.body.n - HEAD_BYTES);
    if (!cut(&rest, true, keys_bytes, &ret->keys) || !cut(&rest, (flags & HAS_NEW) != 0, new_bytes, &ret->new_image) ||
        !cut(&rest, (flags & HAS_OLD) != 0, (flags & HAS_OLD) != 0 ? (uint32_t)rest.n : 0, &ret->old_image) ||
        rest.n != 0)
        return ERR_CORRUPT;
    return OK;
}
