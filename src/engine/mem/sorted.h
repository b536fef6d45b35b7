/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/slice.h"

/*
 * A sorted map from bytes to bytes: a skip list whose lowest level is linked both ways. Deterministic: heights come
 * from a fixed sequence. Not thread safe; slices returned are borrowed until the next change.
 */
struct sorted;
struct sorted_node;

struct sorted *sorted_create(void);
void sorted_destroy(struct sorted *sorted);
/* Copies both. */
void sorted_put(struct sorted *sorted, struct slice key, struct slice value);
void sorted_delete(struct sorted *sorted, struct slice key);
/* The value, p == NULL when absent. */
struct slice sorted_get(const struct sorted *sorted, struct slice key);

/* The first entry at or after `key` (n == 0: the first of all), or NULL. */
const struct sorted_node *sorted_at(const struct sorted *sorted, struct slice key);
/* The last entry before `key` (n == 0: the last of all), or NULL. */
const struct sorted_node *sorted_before(const struct sorted *sorted, struct slice key);
const struct sorted_node *sorted_next(const struct sorted_node *node);
const struct sorted_node *sorted_previous(const struct sorted *sorted, const struct sorted_node *node);
struct slice sorted_key(const struct sorted_node *node);
struct slice sorted_value(const struct sorted_node *node);
size_t sorted_count(const struct sorted *sorted);
