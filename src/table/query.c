/* SPDX-License-Identifier: Apache-2.0 */

/*
 * From conditions to ranges (query.h).
 *
 * A partition is one contiguous run of keys. The last condition on the sort key chooses a part of it; the ones before
 * it, which only indexes with several sort attributes have, are equalities and lengthen the prefix. The table's own
 * sort key is bare at the end of the key; in an index every sort value is delimited because the base key follows, so
 * "equal to v" is all that starts with v's delimited code. Both forms are written by bound_put.
 *
 * Pure functions of descriptor and request.
 */
#include "table/query.h"

#include "base/assert.h"
#include "codec/key.h"

/* The key schema that is read: the index's, or the table's. */
struct schema {
    const struct key_attribute *hash, *range;
    uint32_t hash_count, range_count;
    uint16_t index_id;
};

static struct schema schema_of(const struct table_desc *table, const struct index_desc *index)
{
    if (index != NULL)
        return (struct schema){index->hash, index->range, index->hash_count, index->range_count, index->id};
    return (struct schema){&table->hash, &table->range, 1, table->has_range, 0};
}

static const struct expr_key_clause *clause_on(
    const struct expr_key_clause *clauses, uint32_t count, struct slice attribute)
{
    for (uint32_t i = 0; i < count; i++) {
        if (slice_equal(clauses[i].attribute, attribute))
            return &clauses[i];
    }
    return NULL;
}

/* ---- checks ---- */

static enum err missed(struct slice attribute, struct fault *fault)
{
    return fault_validation(fault, "Query condition missed key schema element: %.*s", SLICE_ARG(attribute));
}

static enum err operand_check(
    const struct expr_key_clause *clause, const struct key_attribute *attribute, bool hash, struct fault *fault)
{
    enum err err;

    if (clause->op == EXPR_KEY_NOT_INDEXABLE)
        return fault_validation(fault, "Attempted conditional constraint is not an indexable operation");
    if (value_type(clause->value) != attribute->type ||
        (clause->op == EXPR_KEY_BETWEEN && value_type(clause->upper) != attribute->type))
        return fault_validation(
            fault, "One or more parameter values were invalid: Condition parameter type does not match schema type");
    if (hash && clause->op != EXPR_KEY_EQ)
        return fault_validation(fault, "Query key condition not supported");
    err = table_key_value_check(attribute, hash, clause->value, fault);
    if (err == OK && clause->op == EXPR_KEY_BETWEEN)
        err = table_key_value_check(attribute, hash, clause->upper, fault);
    return err;
}

/* Sort attributes must be pinned from the first on; only the last one named may be anything but an equality (3.6.3). */
static enum err range_prefix_check(
    const struct schema *schema, const struct expr_key_clause *clauses, uint32_t count, struct fault *fault)
{
    uint32_t last = 0;
    struct slice loose = SLICE_NULL;

    for (uint32_t i = 0; i < schema->range_count; i++) {
        if (clause_on(clauses, count, schema->range[i].name) != NULL)
            last = i;
    }
    for (uint32_t i = 0; i < last && loose.p == NULL; i++) {
        const struct expr_key_clause *clause = clause_on(clauses, count, schema->range[i].name);

        if (clause == NULL || clause->op != EXPR_KEY_EQ)
            loose = schema->range[i].name;
    }
    if (loose.p == NULL)
        return OK;
    return fault_validation(fault,
        "RANGE key attributes %.*s must have equality conditions specified in the query because a condition is present "
        "on "
        "key attribute %.*s",
        SLICE_ARG(loose), SLICE_ARG(schema->range[last].name));
}

static enum err clauses_check(
    const struct schema *schema, const struct expr_key_clause *clauses, uint32_t count, struct fault *fault)
{
    uint32_t known = 0;
    enum err err;

    if (count > schema->hash_count + schema->range_count)
        return fault_validation(fault,
            "The number of query conditions (%u) exceeds the number of key attributes defined in the schema (%u)",
            count, schema->hash_count + schema->range_count);
    for (uint32_t i = 0; i < schema->hash_count; i++) {
        const struct expr_key_clause *clause = clause_on(clauses, count, schema->hash[i].name);

        if (clause == NULL)
            return missed(schema->hash[i].name, fault);
        err = operand_check(clause, &schema->hash[i], true, fault);
        if (err)
            return err;
        known++;
    }
    for (uint32_t i = 0; i < schema->range_count; i++) {
        const struct expr_key_clause *clause = clause_on(clauses, count, schema->range[i].name);

        if (clause == NULL)
            continue;
        err = operand_check(clause, &schema->range[i], false, fault);
        if (err)
            return err;
        known++;
    }
    if (known <
        count) { /* some clause names no key attribute: the first sort attribute without a condition is missed */
        for (uint32_t i = 0; i < schema->range_count; i++) {
            if (clause_on(clauses, count, schema->range[i].name) == NULL)
                return missed(schema->range[i].name, fault);
        }
    }
    return range_prefix_check(schema, clauses, count, fault);
}

/* ---- bounds ---- */

struct bounds {
    struct buf from, to;
};

/* Appends the code of a sort value: bare in a table, delimited in an index; `open` leaves the delimiter out
 * (begins_with). */
static void bound_put(struct buf *out, struct slice value, bool delimited, bool open)
{
    if (!delimited) {
        key_sort(out, value);
        return;
    }
    key_delimited(out, value);
    if (open)
        out->n -= 2;
}

/* Makes `key` the first that sorts after all keys of its sort value. */
static void bound_pass(struct buf *key, bool delimited)
{
    if (delimited)
        (void)key_successor(key); /* a code never consists of FF alone */
    else
        buf_byte(key, 0);
}

static void bounds_narrow(struct bounds *b, const struct expr_key_clause *clause, bool delimited)
{
    struct buf *from = &b->from, *to = &b->to;
    size_t prefix = from->n;

    switch (clause->op) {
    case EXPR_KEY_EQ:
    case EXPR_KEY_BETWEEN:
        to->n = 0;
        buf_append(to, from->p, prefix);
        bound_put(to, clause->op == EXPR_KEY_EQ ? clause->value : clause->upper, delimited, false);
        bound_pass(to, delimited);
        bound_put(from, clause->value, delimited, false);
        return;
    case EXPR_KEY_LT:
    case EXPR_KEY_LE:
        to->n = 0;
        buf_append(to, from->p, prefix);
        bound_put(to, clause->value, delimited, false);
        if (clause->op == EXPR_KEY_LE)
            bound_pass(to, delimited);
        return;
    case EXPR_KEY_GT:
    case EXPR_KEY_GE:
        bound_put(from, clause->value, delimited, false);
        if (clause->op == EXPR_KEY_GT)
            bound_pass(from, delimited);
        return;
    case EXPR_KEY_BEGINS_WITH:
        bound_put(from, clause->value, delimited, true);
        to->n = 0;
        buf_slice(to, buf_view(from));
        (void)key_successor(to); /* the prefix starts with the table id, which is not FF FF FF FF */
        return;
    case EXPR_KEY_NOT_INDEXABLE:
        ASSERT(!"refused by operand_check");
    }
}

enum err table_query_range(const struct table_desc *table, const struct index_desc *index,
    const struct expr_key_clause *clauses, uint32_t count, struct arena *arena, struct table_range *ret,
    struct fault *fault)
{
    struct schema schema = schema_of(table, index);
    struct slice hash[GSI_KEY_HASH_MAX];
    struct bounds b;
    enum err err = clauses_check(&schema, clauses, count, fault);

    if (err)
        return err;
    for (uint32_t i = 0; i < schema.hash_count; i++)
        hash[i] = clause_on(clauses, count, schema.hash[i].name)->value;
    buf_init(&b.from, arena, KEY_BYTES_MAX);
    buf_init(&b.to, arena, KEY_BYTES_MAX);
    key_partition(&b.from, table->id, schema.index_id, table->hash_seed, hash, schema.hash_count);
    ret->hash_prefix = arena_dup(arena, buf_view(&b.from));
    ret->range_condition = false;
    for (uint32_t i = 0; i < schema.range_count; i++) {
        const struct expr_key_clause *clause = clause_on(clauses, count, schema.range[i].name);

        if (clause == NULL)
            break;
        ret->range_condition = true;
        if (clause->op != EXPR_KEY_EQ || i + 1 == schema.range_count ||
            clause_on(clauses, count, schema.range[i + 1].name) == NULL) {
            buf_slice(&b.to, buf_view(&b.from));
            (void)key_successor(&b.to);
            bounds_narrow(&b, clause, index != NULL);
            break;
        }
        key_delimited(&b.from, clause->value);
    }
    if (b.to.n == 0) {
        buf_slice(&b.to, buf_view(&b.from));
        (void)key_successor(&b.to);
    }
    ret->from = buf_view(&b.from);
    ret->to = buf_view(&b.to);
    return OK;
}

/* The first hash of segment `segment` of `segments`: floor(segment * 2^64 / segments). */
static uint64_t segment_start(uint32_t segment, uint32_t segments)
{
    return (uint64_t)(((unsigned __int128)segment << 64) / segments);
}

static struct slice scan_bound(const struct table_desc *table, uint16_t index_id, uint64_t hash, struct arena *arena)
{
    struct buf key;

    buf_init(&key, arena, KEY_BYTES_MAX);
    key_prefix(&key, table->id, index_id);
    for (int shift = 56; shift >= 0; shift -= 8)
        buf_byte(&key, (uint8_t)(hash >> shift));
    return buf_view(&key);
}

struct table_range table_scan_range(const struct table_desc *table, const struct index_desc *index, uint32_t segment,
    uint32_t segments, struct arena *arena)
{
    uint16_t index_id = index != NULL ? index->id : 0;
    struct table_range range = {0};
    struct buf end;

    if (segments == 0)
        segments = 1;
    range.from = scan_bound(table, index_id, segment_start(segment, segments), arena);
    if (segment + 1 < segments) {
        range.to = scan_bound(table, index_id, segment_start(segment + 1, segments), arena);
        return range;
    }
    buf_init(&end, arena, KEY_BYTES_MAX);
    key_prefix(&end, table->id, index_id);
    (void)key_successor(&end);
    range.to = buf_view(&end);
    return range;
}

/* ---- start keys ---- */

/* Collects the distinct key attributes of table and index; returns how many. */
static uint32_t start_attributes(const struct table_desc *table, const struct index_desc *index, struct slice *names)
{
    uint32_t count = 0;
    struct schema schemas[2] = {schema_of(table, NULL), schema_of(table, index)};

    for (int s = 0; s < 2; s++) {
        for (uint32_t i = 0; i < schemas[s].hash_count + schemas[s].range_count; i++) {
            struct slice name =
                i < schemas[s].hash_count ? schemas[s].hash[i].name : schemas[s].range[i - schemas[s].hash_count].name;
            bool seen = false;

            for (uint32_t k = 0; k < count && !seen; k++)
                seen = slice_equal(names[k], name);
            if (!seen)
                names[count++] = name;
        }
    }
    return count;
}

bool table_start_key_names_fit(const struct table_desc *table, const struct index_desc *index, struct slice start)
{
    struct slice names[2 + GSI_KEY_HASH_MAX + GSI_KEY_RANGE_MAX], value;
    uint32_t count = start_attributes(table, index, names);

    if (body_count(start) != count)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!body_find(start, names[i], &value))
            return false;
    }
    return true;
}

enum err table_start_key_check(
    const struct table_desc *table, const struct index_desc *index, struct slice start, struct fault *fault)
{
    struct schema schema = schema_of(table, index);
    struct slice value;
    enum err err = OK;

    for (uint32_t i = 0; i < schema.hash_count && err == OK; i++) {
        if (!body_find(start, schema.hash[i].name, &value))
            return fault_validation(fault, TABLE_KEY_MISMATCH);
        err = table_key_value_check(&schema.hash[i], true, value, fault);
    }
    for (uint32_t i = 0; i < schema.range_count && err == OK; i++) {
        if (!body_find(start, schema.range[i].name, &value))
            return fault_validation(fault, TABLE_KEY_MISMATCH);
        err = table_key_value_check(&schema.range[i], false, value, fault);
    }
    return err;
}

struct slice table_start_position(
    const struct table_desc *table, const struct index_desc *index, struct slice start, struct arena *arena)
{
    struct slice item_key = table_item_key(table, start, arena), key, body;

    if (index == NULL)
        return item_key;
    ASSERT(index_entry(table, index, item_key, start, arena, &key, &body));
    return key;
}

void table_range_after(struct table_range *range, struct slice position, bool reverse, struct arena *arena)
{
    struct buf key;

    if (reverse) {
        if (slice_compare(position, range->to) < 0)
            range->to = position;
        return;
    }
    buf_init(&key, arena, ARENA_ALLOC_BYTES_MAX);
    buf_slice(&key, position);
    buf_byte(&key, 0);
    if (slice_compare(buf_view(&key), range->from) > 0)
        range->from = buf_view(&key);
}
