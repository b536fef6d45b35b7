/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

#include "base/slice.h"
#include "throttle/meter.h"

/* What a request did, for metrics and the log. Belongs to one fiber. */
struct table_trace {
    struct slice key; /* the first item or partition that it looked at, encoded (codec/key.h); p NULL: none */
    uint64_t items_read, bytes_read;
    uint64_t halves[METER_SIDES]; /* consumed, in half units */
};

/* Notes the key of an item or a partition; it stays borrowed. `trace` may be NULL. */
static inline void table_trace_key(struct table_trace *trace, struct slice key)
{
    if (trace != NULL && trace->key.p == NULL)
        trace->key = key;
}

static inline void table_trace_read(struct table_trace *trace, uint64_t items, uint64_t bytes)
{
    if (trace == NULL)
        return;
    trace->items_read += items;
    trace->bytes_read += bytes;
}
