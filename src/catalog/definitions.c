/* SPDX-License-Identifier: Apache-2.0 */

/*
 * AttributeDefinitions of a live table: always exactly the key attributes of the table and its indexes, by name. An
 * index that is added brings its own, an index that goes takes away those that nobody else uses (control-plane.md 4.5).
 * An attribute keeps the type it was first given: a new index that declares another one is taken with the stored type.
 * Pure.
 */
#include "catalog/catalog_int.h"

struct set {
    struct key_attribute *items; /* by name */
    uint32_t count;
};

static const struct key_attribute *find(const struct key_attribute *items, uint32_t count, struct slice name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (slice_equal(items[i].name, name))
            return &items[i];
    }
    return NULL;
}

static void add(struct set *set, const struct key_attribute *attribute)
{
    uint32_t at = set->count;

    if (find(set->items, set->count, attribute->name) != NULL)
        return;
    for (; at > 0 && slice_compare(set->items[at - 1].name, attribute->name) > 0; at--)
        set->items[at] = set->items[at - 1];
    set->items[at] = *attribute;
    set->count++;
}

static void add_keeping_type(struct set *set, const struct table_desc *desc, struct key_attribute *attribute)
{
    const struct key_attribute *stored = find(desc->definitions, desc->definitions_count, attribute->name);

    if (stored != NULL)
        attribute->type = stored->type;
    add(set, attribute);
}

void table_definitions_settle(struct table_desc *desc, struct arena *arena)
{
    struct index_desc *indexes = table_indexes_edit(desc, arena);
    struct set set = {arena_alloc(arena, DEFINITIONS_MAX * sizeof(struct key_attribute)), 0};

    add(&set, &desc->hash);
    if (desc->has_range)
        add(&set, &desc->range);
    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++) {
        for (uint32_t k = 0; k < indexes[i].hash_count; k++)
            add_keeping_type(&set, desc, &indexes[i].hash[k]);
        for (uint32_t k = 0; k < indexes[i].range_count; k++)
            add_keeping_type(&set, desc, &indexes[i].range[k]);
    }
    desc->definitions = set.items;
    desc->definitions_count = set.count;
}
