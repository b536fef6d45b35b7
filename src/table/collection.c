/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The limit of an item collection: the items of one partition key value and their entries in local indexes
 * (data-plane.md 2.4; tables without a local index have none).
 *
 * A collection's size is a counter, written with the items it counts. Writes of one collection do not wait for each
 * other: a decision looks at the published size instead of holding it. So what a client was told of counts exactly, and
 * what is under way at the same moment, of other clients, may carry a collection beyond the limit by as much
 * (docs/decisions/0003-item-collections.md).
 *
 * How much a write adds is worked out only where that can matter: within GROWTH_MAX of the limit. Pure.
 */
#include "base/assert.h"
#include "codec/key.h"
#include "table/write_int.h"

/* What one decision can add at most: a transaction whose actions each bring a whole item, whole in every index. */
#define GROWTH_MAX ((int64_t)TRANSACTION_ACTIONS_MAX * ITEM_BYTES_MAX * (1 + LSI_MAX))

static_assert(GROWTH_MAX < COLLECTION_BYTES_MAX / 10, "most collections are far from the limit");

bool table__collection_counts(const struct table__action *action)
{
    return action->table->lsi_count != 0 && (action->write->kind == TABLE_PUT || action->write->kind == TABLE_UPDATE);
}

struct engine_key table__collection_look(const struct table__action *action, struct arena *arena)
{
    struct slice partition = key_partition_of(action->write->key);

    return (struct engine_key){.space = ENGINE_META, .key = table_collection_key(arena, action->table->id, partition)};
}

int64_t table__collection_told(struct engine_key look, const struct engine_record *record)
{
    int64_t bytes;

    return counter_value(look.key, record->bytes, &bytes) == OK ? bytes : 0;
}

/* The item and its entries in local indexes. */
static int64_t bytes_of(const struct table__action *action, struct slice body, int64_t body_bytes, struct arena *arena)
{
    int64_t bytes = body_bytes;

    for (uint32_t i = 0; i < action->table->lsi_count && body.p != NULL; i++) {
        struct slice key, entry;

        if (!index_entry(action->table, &action->table->indexes[i], action->write->key, body, arena, &key, &entry))
            continue;
        bytes += entry.p == body.p ? body_bytes : (int64_t)body_size(entry);
    }
    return bytes;
}

enum err table__collection_check(struct table__action *action, struct arena *arena)
{
    const struct table_write *write = action->write;

    action->collection_growth = 0;
    if (!table__collection_counts(action) || action->collection_bytes <= COLLECTION_BYTES_MAX - GROWTH_MAX)
        return OK;
    action->collection_growth = bytes_of(action, write->new_body, write->new_size, arena) -
                                bytes_of(action, write->old_body, write->old_size, arena);
    if (action->collection_growth <= 0 || action->collection_bytes + action->collection_growth <= COLLECTION_BYTES_MAX)
        return OK;
    return fault_set(action->fault, API_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, "Collection size exceeded.");
}
