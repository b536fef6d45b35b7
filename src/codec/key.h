/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "codec/value.h"

/*
 * Keys of items and index entries in the space `data` (docs/formats/key.md). Unsigned byte order is the order of a
 * scan.
 *
 *     item         table (4) | 0 (2)     | hash64 (8) | n (2) | partition key (n) | sort key
 *     index entry  table (4) | index (2) | hash64 (8) | n (2) | index hash values (n) | index sort values, each
 * delimited | n (2) | base partition key (n) | base sort key
 *
 * Integers are big-endian. hash64 is XXH3-64 with the table's seed over the n bytes. A single hash value is its bare
 * code (S and B: the bytes; N: number code); several are each delimited. A delimited S or B writes 00 as 00 FF and ends
 * in 00 01; numbers delimit themselves. Only sort keys that are followed by more key are delimited; the item's own sort
 * key is bare.
 */
#define KEY_PREFIX_BYTES 6
#define KEY_HASH_BYTES   8
#define KEY_BYTES_MAX    (64u << 10)

/* table | index. */
void key_prefix(struct buf *out, uint32_t table, uint16_t index);
/* table | index | hash64 | n | hash values. `values` are scalar values (S, N, B); count 1 to 4. */
void key_partition(
    struct buf *out, uint32_t table, uint16_t index, uint64_t seed, const struct slice *values, uint32_t count);
/* The bare code of a scalar value (sort key of an item). */
void key_sort(struct buf *out, struct slice value);
/* The delimited code of a scalar value (sort values of an index entry). */
void key_delimited(struct buf *out, struct slice value);
/* The part of an item key after the hash64 (n | partition key | sort key), appended to index entries. */
struct slice key_item_tail(struct slice item_key);
/* The partition key of an item key (its n bytes), for what is counted per item collection. */
struct slice key_partition_of(struct slice item_key);
/* How many bytes of a key say the partition: everything before the sort values. */
size_t key_partition_bytes(struct slice key);
/* hash64 of a key made by key_partition. */
uint64_t key_hash(struct slice key);
/* The first bytes that sort after every key with this prefix, in place; false when there are none (all FF). */
bool key_successor(struct buf *key);
