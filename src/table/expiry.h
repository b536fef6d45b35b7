/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/slice.h"
#include "catalog/catalog.h"
#include "codec/record.h"
#include "engine/engine.h"

/*
 * The expiry index of a table with time to live (control-plane.md 7.2): an entry for each item that will expire,
 * ordered by the second at which it is due, written in the same decision as the item. Who looks for what is due reads
 * its beginning; no table is ever scanned for it.
 *
 *     entry   table (4) | 0x8000 + generation (2) | second (8) | the item's key after table and index
 *
 * Switching time to live on begins a new generation, so that an old one can be dropped as a range. An item is due when
 * its attribute says an earlier second; one that says so when it is written stands under the second of the write, so
 * that the index only grows at its end and its reader never has to go back. The item's record says where its entry is:
 * expiry_s holds generation (16 bits) and second (48). Items that were filled in when the index was made stand under
 * the second of their attribute.
 *
 * Pure functions.
 */

/* quota: what is past by more than this is never removed. */
#define EXPIRY_STALE_S (5ull * 365 * 86400)

/* The prefix of a generation's keys. */
void expiry_prefix(const struct table_desc *table, struct buf *out);
/* The key of an entry. */
struct slice expiry_key(struct arena *arena, const struct table_desc *table, uint64_t second, struct slice item_key);
/* True when a key of data is that of an entry, of any table and generation. */
bool expiry_key_is(struct slice key);
/* The second and the item of an entry's key. */
void expiry_key_read(struct arena *arena, struct slice key, uint64_t *ret_second, struct slice *ret_item_key);

/*
 * The second that the table's attribute says in this item; false when it says none (absent, not a number, not after
 * 1970, or beyond the year 30000). A fraction is dropped.
 */
bool expiry_attribute(const struct table_desc *table, struct slice body, uint64_t *ret_second);
/* True when an item that says `second` may be removed: it is past, and by no more than five years. */
bool expiry_is_due(uint64_t second, uint64_t now_ms);
/* True when nobody will ever remove it: past by more than five years. */
bool expiry_is_stale(uint64_t second, uint64_t now_ms);

/* Where the entry of a stored item is; 0: it has none. `expiry_s` is its record's. */
uint64_t expiry_of_stored(const struct table_desc *table, struct slice body, uint64_t expiry_s);
/* What the record of an item holds that is written now, with the old item (p NULL: none) and its record's word. 0:
 * none. */
uint64_t expiry_of_written(
    const struct table_desc *table, struct slice body, struct slice old_body, uint64_t old_expiry_s, uint64_t now_ms);
/* The second in a record's word. */
uint64_t expiry_second(uint64_t expiry_s);

/* Writes the entry of an item from before time to live was switched on; false when it has or needs none. Inside a
 * decision with the item among its keys. */
bool expiry_fill(const struct table_desc *table, struct slice item_key, const struct record *item, uint64_t now_ms,
    uint64_t stamp, struct arena *arena, struct effects *fx);
