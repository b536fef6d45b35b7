/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Keys and records of request tokens (token.h, docs/formats/token.md).
 *
 * A key has the words of its owner in the clear: no two tokens can be taken for each other, and a dump can be read.
 * Account and region hold no NUL, and the token is the rest.
 */
#include "table/token.h"

#include "base/buf.h"
#include "codec/record.h"

#define HEAD_BYTES (TOKEN_DIGEST_BYTES + 4)
#define SIZE_BYTES 4u

struct slice token_key(
    struct arena *arena, uint8_t operation, struct slice account, struct slice region, struct slice token)
{
    struct buf key;

    buf_init(&key, arena, ARENA_ALLOC_BYTES_MAX);
    (void)buf_reserve(&key, 4 + account.n + region.n + token.n);
    buf_byte(&key, TOKEN_KEY_LETTER);
    buf_byte(&key, operation);
    buf_slice(&key, account);
    buf_byte(&key, 0);
    buf_slice(&key, region);
    buf_byte(&key, 0);
    buf_slice(&key, token);
    return buf_view(&key);
}

void token_range(struct slice *ret_from, struct slice *ret_to)
{
    static const uint8_t from[] = {TOKEN_KEY_LETTER}, to[] = {TOKEN_KEY_LETTER + 1};

    *ret_from = slice_of(from, sizeof(from));
    *ret_to = slice_of(to, sizeof(to));
}

static void u32_write(struct buf *out, uint32_t v)
{
    const uint8_t bytes[] = {(uint8_t)v, (uint8_t)(v >> 8), (uint8_t)(v >> 16), (uint8_t)(v >> 24)};

    buf_append(out, bytes, sizeof(bytes));
}

static uint32_t u32_read(const uint8_t *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

void token_put(struct effects *fx, struct arena *arena, struct slice key, uint64_t stamp, uint64_t expires_s,
    struct slice digest, const uint32_t *sizes, uint32_t count)
{
    struct record record = {.stamp = stamp, .expiry_s = expires_s};
    struct buf body, bytes;

    buf_init(&body, arena, ARENA_ALLOC_BYTES_MAX);
    buf_slice(&body, digest);
    u32_write(&body, count);
    for (uint32_t i = 0; i < count; i++)
        u32_write(&body, sizes[i]);
    record.body = buf_view(&body);
    buf_init(&bytes, arena, ARENA_ALLOC_BYTES_MAX);
    record_write(&bytes, key, &record);
    effects_put(fx, ENGINE_META, key, buf_view(&bytes));
}

enum err token_read(struct slice key, struct slice bytes, struct token_record *ret)
{
    struct record record;
    enum err err = record_read(key, bytes, &record);

    if (err)
        return err;
    if (key.n < 2 || record.body.n < HEAD_BYTES)
        return ERR_CORRUPT;
    *ret = (struct token_record){.operation = key.p[1],
        .expires_s = record.expiry_s,
        .digest = slice_of(record.body.p, TOKEN_DIGEST_BYTES),
        .count = u32_read(record.body.p + TOKEN_DIGEST_BYTES),
        .sizes = record.body.p + HEAD_BYTES};
    return record.body.n == HEAD_BYTES + (size_t)ret->count * SIZE_BYTES ? OK : ERR_CORRUPT;
}

uint32_t token_size(const struct token_record *record, uint32_t i)
{
    return u32_read(record->sizes + (size_t)i * SIZE_BYTES);
}
