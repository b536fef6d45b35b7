/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "catalog/catalog.h"
#include "model/fault.h"

/*
 * Schema checks of keys, with DynamoDB's texts and order (data-plane.md 2.2, 2.3), and the keys of items that come out
 * of them.
 */

/* A Key map (Get, Update, Delete, batches): exactly the key attributes. *ret_key is the item's key in the space data.
 */
MUST_USE enum err table_key_check(const struct table_desc *table, struct slice key_body, struct arena *arena,
    struct slice *ret_key, struct fault *fault);

enum table_put_texts { TABLE_PUT_TEXTS, TABLE_BATCH_TEXTS };
/* An item to put: its key attributes, then its index keys. Batch texts replace the first two key texts by the Key
 * map's. */
MUST_USE enum err table_item_check(const struct table_desc *table, struct slice item, enum table_put_texts texts,
    struct arena *arena, struct slice *ret_key, struct fault *fault);

/* The key of an item that was checked. */
struct slice table_item_key(const struct table_desc *table, struct slice item, struct arena *arena);
/* The body with the key attributes of an item alone; with `index`, those of the index too (LastEvaluatedKey). */
struct slice table_key_body(
    const struct table_desc *table, const struct index_desc *index, struct slice item, struct arena *arena);
/* The body of a key from its values; p NULL leaves the attribute out. */
struct slice table_key_body_make(
    const struct table_desc *table, struct slice hash, struct slice range, struct arena *arena);
/* One key attribute's value: type, emptiness, size (`hash` chooses the limit and text). "" of a wrong type: the Key
 * map's text. */
MUST_USE enum err table_key_value_check(
    const struct key_attribute *attribute, bool hash, struct slice value, struct fault *fault);

#define TABLE_KEY_MISMATCH "The provided key element does not match the schema"

/*
 * ---- transactions ----
 * They tell some key faults of any action before those of the others (3.10), so these look for one kind and pass the
 * rest over.
 */
/* The key of the item that a Key map or an item stands for; false, and no text, when its key attributes are not sound.
 */
bool table_key_find(const struct table_desc *table, struct slice body, struct arena *arena, struct slice *ret_key);
/* Empty values: of the key attributes of a Key map; of an item, its index keys included. */
MUST_USE enum err table_key_empty_check(const struct table_desc *table, struct slice body, struct fault *fault);
MUST_USE enum err table_item_empty_check(const struct table_desc *table, struct slice item, struct fault *fault);

/* A literal of the request that becomes an index key: wrong type or empty (2.3). */
MUST_USE enum err table_index_literal_check(
    const struct table_desc *table, struct slice attribute, struct slice value, struct fault *fault);
/* The second of these alone. */
MUST_USE enum err table_index_literal_empty_check(
    const struct table_desc *table, struct slice attribute, struct slice value, struct fault *fault);
/* Index keys that an update changed from `old` (p NULL: none) to `new`: type, emptiness, size, with the run-time texts.
 */
MUST_USE enum err table_index_update_check(
    const struct table_desc *table, struct slice old, struct slice new, struct fault *fault);
