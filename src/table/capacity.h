/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"
#include "catalog/catalog.h"

/*
 * Consumed capacity (data-plane.md 6), counted in half units so that it stays exact: an eventually consistent read of 4
 * KB is 1 half.
 */
struct consumption {
    uint64_t table_halves;
    uint64_t index_halves[INDEXES_MAX]; /* by position in the descriptor */
};

/* Write units of an item of `size` bytes, in halves. */
static inline uint64_t capacity_write_halves(uint64_t size)
{
    return size <= 1024 ? 2 : (size + 1023) / 1024 * 2;
}

#define READ_UNIT_BYTES 4096

/* Read units, in halves: 1 per 4 KB, 2 when consistent. */
static inline uint64_t capacity_read_halves(uint64_t size, bool consistent)
{
    uint64_t blocks = size <= READ_UNIT_BYTES ? 1 : (size + READ_UNIT_BYTES - 1) / READ_UNIT_BYTES;

    return consistent ? blocks * 2 : blocks;
}

static inline void capacity_add(struct consumption *sum, const struct consumption *more)
{
    sum->table_halves += more->table_halves;
    for (uint32_t i = 0; i < INDEXES_MAX; i++)
        sum->index_halves[i] += more->index_halves[i];
}

static inline uint64_t capacity_total_halves(const struct consumption *capacity)
{
    uint64_t sum = capacity->table_halves;

    for (uint32_t i = 0; i < INDEXES_MAX; i++)
        sum += capacity->index_halves[i];
    return sum;
}
