/* SPDX-License-Identifier: Apache-2.0 */

/*
 * ExclusiveStartKey of Query and Scan by itself: the first byte chooses the schema of a table and, for three of four
 * inputs, of an index (local; global; global with several key attributes, or with those of the table), the rest is the
 * JSON of the key.
 *
 * What must hold of a start key that is accepted: it is a LastEvaluatedKey, which means that written back as one, from
 * itself as an item and from JSON, it is the same; the position it names lies in what a Scan reads, in exactly one of
 * its segments; what is read after it, in either direction, begins beyond it. What is refused by the schema has a
 * message.
 */
#include "fuzz.h"
#include "mutate.h"

#include "table/index.h"
#include "table/key.h"
#include "table/query.h"
#include "wire/wire.h"

#define SEGMENTS 7

static const enum value_type types[] = {VALUE_S, VALUE_N, VALUE_B, VALUE_S};

enum { INDEX_NONE, INDEX_LOCAL, INDEX_GLOBAL, INDEX_GLOBAL_WIDE };

struct schema {
    struct table_desc table;
    struct index_desc index;
    bool indexed;
};

/* 2 bits each: type of the partition key, of the sort key, which index; then whether there is a sort key, and whether a
 * global index has keys of the table among its own. */
static void schema_of(uint8_t choice, struct schema *s)
{
    const struct key_attribute a = {SLICE_LIT("a"), types[choice >> 2 & 3]}, b = {SLICE_LIT("b"), types[choice & 3]};
    uint32_t kind = choice >> 4 & 3;
    bool shared = (choice & 0x80) != 0;

    *s = (struct schema){.table = {.id = 7,
                             .hash_seed = 99,
                             .hash = {SLICE_LIT("pk"), types[choice & 3]},
                             .range = {SLICE_LIT("sk"), types[choice >> 2 & 3]},
                             .has_range = kind == INDEX_LOCAL || (choice & 0x40) != 0},
        .index = {.id = 1, .name = SLICE_LIT("i"), .status = INDEX_ACTIVE, .global = kind != INDEX_LOCAL},
        .indexed = kind != INDEX_NONE};
    s->index.projection = kind == INDEX_GLOBAL ? PROJECTION_ALL : PROJECTION_KEYS_ONLY;
    s->index.hash_count = kind == INDEX_GLOBAL_WIDE ? 2 : 1;
    s->index.range_count = kind == INDEX_GLOBAL_WIDE ? 2 : kind == INDEX_LOCAL;
    s->index.hash[0] = kind == INDEX_LOCAL ? s->table.hash : shared && s->table.has_range ? s->table.range : a;
    s->index.hash[1] = b;
    s->index.range[0] = kind == INDEX_LOCAL ? a
                        : shared            ? s->table.hash
                                            : (struct key_attribute){SLICE_LIT("c"), VALUE_N};
    s->index.range[1] = (struct key_attribute){SLICE_LIT("d"), VALUE_B};
    s->table.indexes = &s->index;
    s->table.lsi_count = kind == INDEX_LOCAL;
    s->table.gsi_count = kind > INDEX_LOCAL;
}

/* As the handlers do, in their order. */
static bool accepted(const struct schema *s, const struct index_desc *index, struct slice start, struct arena *arena)
{
    struct fault fault = {.arena = arena};

    if (!table_start_key_names_fit(&s->table, index, start))
        return false;
    if (table_start_key_check(&s->table, index, start, &fault) == OK &&
        table_start_key_check(&s->table, NULL, start, &fault) == OK)
        return true;
    ASSERT(fault.message.p != NULL && fault.message.n != 0);
    return false;
}

static void written_back(
    const struct schema *s, const struct index_desc *index, struct slice start, struct arena *arena)
{
    struct fault fault = {.arena = arena};
    struct slice again;
    struct buf json;

    ASSERT(body_equal(table_key_body(&s->table, index, start, arena), start));
    buf_init(&json, arena, ARENA_ALLOC_BYTES_MAX);
    wire_write_item(start, &json);
    ASSERT(wire_read_item(buf_view(&json), arena, &again, &fault) == OK && body_equal(again, start));
}

static bool lies_in(const struct table_range *range, struct slice position)
{
    return slice_compare(position, range->from) >= 0 && slice_compare(position, range->to) < 0;
}

static void position_check(
    const struct schema *s, const struct index_desc *index, struct slice start, struct arena *arena)
{
    struct slice position = table_start_position(&s->table, index, start, arena);
    struct table_range all = table_scan_range(&s->table, index, 0, 0, arena), after = all, before = all;
    uint32_t inside = 0;

    ASSERT(lies_in(&all, position));
    for (uint32_t i = 0; i < SEGMENTS; i++) {
        struct table_range segment = table_scan_range(&s->table, index, i, SEGMENTS, arena);

        inside += lies_in(&segment, position);
    }
    ASSERT(inside == 1);
    table_range_after(&after, position, false, arena);
    table_range_after(&before, position, true, arena);
    ASSERT(slice_compare(after.from, position) > 0 && slice_equal(after.to, all.to));
    ASSERT(slice_equal(before.to, position) && slice_equal(before.from, all.from));
}

void fuzz_one(struct arena *arena, struct slice input)
{
    struct fault fault = {.arena = arena};
    const struct index_desc *index;
    struct schema s;
    struct slice start;

    if (input.n == 0)
        return;
    schema_of(input.p[0], &s);
    index = s.indexed ? &s.index : NULL;
    if (wire_read_item(slice_of(input.p + 1, input.n - 1), arena, &start, &fault) != OK)
        return;
    if (!accepted(&s, index, start, arena))
        return;
    written_back(&s, index, start, arena);
    position_check(&s, index, start, arena);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t n_max, unsigned int seed)
{
    struct fuzz_random random = fuzz_random_of(seed);

    if (n < 2 || fuzz_below(&random, 4) == 0)
        return LLVMFuzzerMutate(bytes, n, n_max);
    return 1 + fuzz_mutate_json(&random, bytes + 1, n - 1, n_max - 1);
}
