/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "catalog/catalog.h"

/*
 * Secondary indexes as functions of an item: the one place that says whether an item has an entry, where, and what is
 * in it. Writers and backfill share it.
 */

/*
 * The entry of an item in an index: false when it has none (a key attribute is absent, of the wrong type, empty or too
 * long). Else its key in the space data and the projected body; both live in the arena (the body is `body` itself when
 * the index projects ALL).
 */
bool index_entry(const struct table_desc *table, const struct index_desc *index, struct slice item_key,
    struct slice body, struct arena *arena, struct slice *ret_key, struct slice *ret_body);

/* True when writers keep the index up to date in this state. */
bool index_is_maintained(const struct index_desc *index);
/* True when queries may read it. */
bool index_is_readable(const struct index_desc *index);
/* True when an entry carries the attribute. */
bool index_carries(const struct index_desc *index, struct slice attribute);
/* The key attribute of the index with this name, or NULL. */
const struct key_attribute *index_key_attribute(const struct index_desc *index, struct slice name);
