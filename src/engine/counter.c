/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Counters and the keys of the engine's own records. A counter is an envelope (codec/record.h) whose body is an int64,
 * little-endian; a counter that stands at 0 has no record. Pure; any thread.
 */
#include "codec/record.h"
#include "engine/engine_int.h"

#define COUNTER_BYTES 8

enum err counter_value(struct slice key, struct slice record_bytes, int64_t *ret)
{
    struct record record;
    enum err err;

    if (record_bytes.p == NULL) {
        *ret = 0;
        return OK;
    }
    err = record_read(key, record_bytes, &record);
    if (err)
        return err;
    if (record.body.n != COUNTER_BYTES)
        return ERR_CORRUPT;
    memcpy(ret, record.body.p, COUNTER_BYTES);
    return OK;
}

void engine__counter_write(struct buf *out, struct slice key, uint64_t stamp, int64_t value)
{
    const struct record record = {.stamp = stamp, .body = slice_of(&value, COUNTER_BYTES)};

    record_write(out, key, &record);
}

int64_t engine__counter_sum(int64_t value, int64_t delta)
{
    int64_t sum;

    if (__builtin_add_overflow(value, delta, &sum))
        return delta < 0 ? INT64_MIN : INT64_MAX;
    return sum;
}

static void put_be64(uint8_t *p, uint64_t n)
{
    for (int i = 0; i < 8; i++)
        p[i] = (uint8_t)(n >> (56 - 8 * i));
}

void engine__stream_key(uint8_t key[ENGINE_KEY_STREAM_BYTES], uint64_t stream)
{
    memcpy(key, ENGINE_KEY_STREAM, sizeof(ENGINE_KEY_STREAM) - 1);
    put_be64(key + sizeof(ENGINE_KEY_STREAM) - 1, stream);
}

void engine__log_key(uint8_t key[ENGINE_KEY_LOG_BYTES], uint64_t stream, uint64_t number)
{
    put_be64(key, stream);
    put_be64(key + 8, number);
}

static uint64_t get_be64(const uint8_t *p)
{
    uint64_t n = 0;

    for (int i = 0; i < 8; i++)
        n = n << 8 | p[i];
    return n;
}

bool engine_stream_key(struct slice key, uint64_t *ret_stream, uint64_t *ret_number)
{
    if (key.n != ENGINE_KEY_LOG_BYTES)
        return false;
    *ret_stream = get_be64(key.p);
    *ret_number = get_be64(key.p + 8);
    return true;
}
