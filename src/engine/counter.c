/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Counters. A counter is an envelope (codec/record.h) whose body is an int64,
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
