/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Keys of the space `data` (key.h draws them). Everything is written so that unsigned byte order is the order wanted:
 * big-endian integers, order-keeping number codes, delimited strings where more key follows. Pure; any thread.
 */
#include "codec/key.h"

#include "base/assert.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static void put_u16(uint8_t *p, uint16_t v)
{
    p[0] = (uint8_t)(v >> 8);
    p[1] = (uint8_t)v;
}

static void put_u32(uint8_t *p, uint32_t v)
{
    put_u16(p, (uint16_t)(v >> 16));
    put_u16(p + 2, (uint16_t)v);
}

static void put_u64(uint8_t *p, uint64_t v)
{
    put_u32(p, (uint32_t)(v >> 32));
    put_u32(p + 4, (uint32_t)v);
}

void key_prefix(struct buf *out, uint32_t table, uint16_t index)
{
    uint8_t bytes[KEY_PREFIX_BYTES];

    put_u32(bytes, table);
    put_u16(bytes + 4, index);
    buf_append(out, bytes, sizeof(bytes));
}

void key_partition(
    struct buf *out, uint32_t table, uint16_t index, uint64_t seed, const struct slice *values, uint32_t count)
{
    uint8_t fixed[KEY_HASH_BYTES + 2] = {0};
    size_t at;

    key_prefix(out, table, index);
    at = out->n;
    buf_append(out, fixed, sizeof(fixed)); /* hash64 and n, when they are known */
    if (count == 1)
        key_sort(out, values[0]);
    else
        for (uint32_t i = 0; i < count; i++)
            key_delimited(out, values[i]);
    if (out->failed)
        return;
    ASSERT(out->n - at - sizeof(fixed) <= UINT16_MAX);
    put_u16(out->p + at + KEY_HASH_BYTES, (uint16_t)(out->n - at - sizeof(fixed)));
    put_u64(out->p + at, XXH3_64bits_withSeed(out->p + at + sizeof(fixed), out->n - at - sizeof(fixed), seed));
}

void key_sort(struct buf *out, struct slice value)
{
    buf_slice(out, value_scalar(value));
}

void key_delimited(struct buf *out, struct slice value)
{
    struct slice bytes = value_scalar(value);

    if (value_type(value) == VALUE_N) {
        buf_slice(out, bytes);
        return;
    }
    for (size_t i = 0; i < bytes.n; i++) {
        buf_byte(out, bytes.p[i]);
        if (bytes.p[i] == 0)
            buf_byte(out, 0xFF);
    }
    buf_append(out, "\x00\x01", 2);
}

struct slice key_item_tail(struct slice item_key)
{
    ASSERT(item_key.n > KEY_PREFIX_BYTES + KEY_HASH_BYTES);
    return slice_of(item_key.p + KEY_PREFIX_BYTES + KEY_HASH_BYTES, item_key.n - KEY_PREFIX_BYTES - KEY_HASH_BYTES);
}

struct slice key_partition_of(struct slice item_key)
{
    struct slice tail = key_item_tail(item_key);
    size_t n = (size_t)tail.p[0] << 8 | tail.p[1];

    ASSERT(n <= tail.n - 2);
    return slice_of(tail.p + 2, n);
}

size_t key_partition_bytes(struct slice key)
{
    struct slice partition = key_partition_of(key);

    return (size_t)(partition.p - key.p) + partition.n;
}

uint64_t key_hash(struct slice key)
{
    uint64_t v = 0;

    ASSERT(key.n >= KEY_PREFIX_BYTES + KEY_HASH_BYTES);
    for (int i = 0; i < KEY_HASH_BYTES; i++)
        v = v << 8 | key.p[KEY_PREFIX_BYTES + i];
    return v;
}

bool key_successor(struct buf *key)
{
    while (key->n > 0 && key->p[key->n - 1] == 0xFF)
        key->n--;
    if (key->n == 0)
        return false;
    key->p[key->n - 1]++;
    return true;
}
