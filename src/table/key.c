/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Keys against the schema (key.h). Each text of data-plane.md 2.2 and 2.3 stands here once. Indexes are examined GSIs
 * first, each kind by name, since that is which index the service names when several share an attribute
 * (verified-behaviour.md 13).
 */
#include "table/key.h"

#include "base/assert.h"
#include "codec/key.h"
#include "table/index.h"

#define HASH_TOO_LONG                                                                                                  \
    "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes"
#define RANGE_TOO_LONG                                                                                                 \
    "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of "     \
    "1024 bytes"

static enum err size_check(enum value_type type, bool hash, struct slice value, struct fault *fault)
{
    if (type == VALUE_N || value_scalar(value).n <= (hash ? HASH_KEY_BYTES_MAX : RANGE_KEY_BYTES_MAX))
        return OK;
    return fault_validation(fault, "%s", hash ? HASH_TOO_LONG : RANGE_TOO_LONG);
}

static bool is_empty(struct slice value)
{
    return (value_type(value) == VALUE_S || value_type(value) == VALUE_B) && value_scalar(value).n == 0;
}

static const char *empty_word(struct slice value)
{
    return value_type(value) == VALUE_B ? "binary" : "string";
}

static enum err key_empty(const struct key_attribute *attribute, struct slice value, struct fault *fault)
{
    return fault_validation(fault,
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty %s "
        "value. Key: %.*s",
        empty_word(value), SLICE_ARG(attribute->name));
}

enum err table_key_value_check(
    const struct key_attribute *attribute, bool hash, struct slice value, struct fault *fault)
{
    if (value_type(value) != attribute->type)
        return fault_validation(fault, TABLE_KEY_MISMATCH);
    if (is_empty(value))
        return key_empty(attribute, value, fault);
    return size_check(attribute->type, hash, value, fault);
}

struct slice table_item_key(const struct table_desc *table, struct slice item, struct arena *arena)
{
    struct slice value;
    struct buf key;

    buf_init(&key, arena, KEY_BYTES_MAX);
    ASSERT(body_find(item, table->hash.name, &value));
    key_partition(&key, table->id, 0, table->hash_seed, &value, 1);
    if (table->has_range) {
        ASSERT(body_find(item, table->range.name, &value));
        key_sort(&key, value);
    }
    return buf_view(&key);
}

enum err table_key_check(const struct table_desc *table, struct slice key_body, struct arena *arena,
    struct slice *ret_key, struct fault *fault)
{
    struct slice value;
    enum err err;

    if (body_count(key_body) != 1u + table->has_range)
        return fault_validation(fault, TABLE_KEY_MISMATCH);
    if (!body_find(key_body, table->hash.name, &value))
        return fault_validation(fault, TABLE_KEY_MISMATCH);
    err = table_key_value_check(&table->hash, true, value, fault);
    if (err)
        return err;
    if (table->has_range) {
        if (!body_find(key_body, table->range.name, &value))
            return fault_validation(fault, TABLE_KEY_MISMATCH);
        err = table_key_value_check(&table->range, false, value, fault);
        if (err)
            return err;
    }
    *ret_key = table_item_key(table, key_body, arena);
    return OK;
}

/* ---- items to put ---- */

static enum err item_key_attribute_check(const struct key_attribute *attribute, bool hash, struct slice item,
    enum table_put_texts texts, struct fault *fault)
{
    struct slice value;

    if (!body_find(item, attribute->name, &value)) {
        if (texts == TABLE_BATCH_TEXTS)
            return fault_validation(fault, TABLE_KEY_MISMATCH);
        return fault_validation(fault, "One or more parameter values were invalid: Missing the key %.*s in the item",
            SLICE_ARG(attribute->name));
    }
    if (value_type(value) != attribute->type && texts == TABLE_PUT_TEXTS)
        return fault_validation(fault,
            "One or more parameter values were invalid: Type mismatch for key %.*s expected: %s actual: %s",
            SLICE_ARG(attribute->name), value_type_name(attribute->type), value_type_name(value_type(value)));
    return table_key_value_check(attribute, hash, value, fault);
}

static enum err index_type_mismatch(
    const struct index_desc *index, const struct key_attribute *attribute, struct slice value, struct fault *fault)
{
    return fault_validation(fault,
        "One or more parameter values were invalid: Type mismatch for Index Key %.*s Expected: %s Actual: %s "
        "IndexName: %.*s",
        SLICE_ARG(attribute->name), value_type_name(attribute->type), value_type_name(value_type(value)),
        SLICE_ARG(index->name));
}

static enum err index_key_empty(
    const struct index_desc *index, const struct key_attribute *attribute, struct slice value, struct fault *fault)
{
    return fault_validation(fault,
        "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The "
        "AttributeValue for a key attribute cannot contain an empty %s value. IndexName: %.*s, IndexKey: %.*s",
        empty_word(value), SLICE_ARG(index->name), SLICE_ARG(attribute->name));
}

static enum err index_attribute_check(const struct index_desc *index, const struct key_attribute *attribute, bool hash,
    struct slice item, struct fault *fault)
{
    struct slice value;

    if (!body_find(item, attribute->name, &value))
        return OK;
    if (value_type(value) != attribute->type)
        return index_type_mismatch(index, attribute, value, fault);
    if (is_empty(value))
        return index_key_empty(index, attribute, value, fault);
    return size_check(attribute->type, hash, value, fault);
}

/* The indexes in the order in which faults are looked for: GSIs by name, then LSIs by name. Returns how many. */
static uint32_t indexes_by_name(const struct table_desc *table, const struct index_desc **ret)
{
    uint32_t count = 0, total = table->lsi_count + table->gsi_count;

    for (uint32_t i = 0; i < total; i++) {
        const struct index_desc *index = &table->indexes[i];
        uint32_t at = count;

        if (!index_is_maintained(index))
            continue;
        for (; at > 0; at--) {
            const struct index_desc *before = ret[at - 1];

            if (before->global != index->global ? before->global : slice_compare(before->name, index->name) < 0)
                break;
            ret[at] = before;
        }
        ret[at] = index;
        count++;
    }
    return count;
}

static enum err index_keys_check(const struct table_desc *table, struct slice item, struct fault *fault)
{
    const struct index_desc *indexes[INDEXES_MAX];
    uint32_t count = indexes_by_name(table, indexes);
    enum err err = OK;

    for (uint32_t i = 0; i < count && err == OK; i++) {
        for (uint32_t k = 0; k < indexes[i]->hash_count && err == OK; k++)
            err = index_attribute_check(indexes[i], &indexes[i]->hash[k], true, item, fault);
        for (uint32_t k = 0; k < indexes[i]->range_count && err == OK; k++)
            err = index_attribute_check(indexes[i], &indexes[i]->range[k], false, item, fault);
    }
    return err;
}

enum err table_item_check(const struct table_desc *table, struct slice item, enum table_put_texts texts,
    struct arena *arena, struct slice *ret_key, struct fault *fault)
{
    enum err err = item_key_attribute_check(&table->hash, true, item, texts, fault);

    if (err == OK && table->has_range)
        err = item_key_attribute_check(&table->range, false, item, texts, fault);
    if (err == OK)
        err = index_keys_check(table, item, fault);
    if (err)
        return err;
    *ret_key = table_item_key(table, item, arena);
    return OK;
}

/* ---- what transactions look at by itself ---- */

static bool key_attribute_usable(const struct key_attribute *attribute, bool hash, struct slice body)
{
    struct slice value;

    if (!body_find(body, attribute->name, &value) || value_type(value) != attribute->type || is_empty(value))
        return false;
    return attribute->type == VALUE_N || value_scalar(value).n <= (hash ? HASH_KEY_BYTES_MAX : RANGE_KEY_BYTES_MAX);
}

bool table_key_find(const struct table_desc *table, struct slice body, struct arena *arena, struct slice *ret_key)
{
    if (!key_attribute_usable(&table->hash, true, body))
        return false;
    if (table->has_range && !key_attribute_usable(&table->range, false, body))
        return false;
    *ret_key = table_item_key(table, body, arena);
    return true;
}

/* True when the attribute is there, of its type and empty. */
static bool key_attribute_empty(const struct key_attribute *attribute, struct slice body, struct slice *ret_value)
{
    return body_find(body, attribute->name, ret_value) && value_type(*ret_value) == attribute->type &&
           is_empty(*ret_value);
}

enum err table_key_empty_check(const struct table_desc *table, struct slice body, struct fault *fault)
{
    struct slice value;

    if (key_attribute_empty(&table->hash, body, &value))
        return key_empty(&table->hash, value, fault);
    if (table->has_range && key_attribute_empty(&table->range, body, &value))
        return key_empty(&table->range, value, fault);
    return OK;
}

static enum err index_empty_check(const struct index_desc *index, const struct key_attribute *attributes,
    uint32_t count, struct slice item, struct fault *fault)
{
    struct slice value;

    for (uint32_t i = 0; i < count; i++) {
        if (key_attribute_empty(&attributes[i], item, &value))
            return index_key_empty(index, &attributes[i], value, fault);
    }
    return OK;
}

enum err table_item_empty_check(const struct table_desc *table, struct slice item, struct fault *fault)
{
    const struct index_desc *indexes[INDEXES_MAX];
    uint32_t count = indexes_by_name(table, indexes);
    enum err err = table_key_empty_check(table, item, fault);

    for (uint32_t i = 0; i < count && err == OK; i++) {
        err = index_empty_check(indexes[i], indexes[i]->hash, indexes[i]->hash_count, item, fault);
        if (err == OK)
            err = index_empty_check(indexes[i], indexes[i]->range, indexes[i]->range_count, item, fault);
    }
    return err;
}

/* ---- index keys in updates ---- */

static enum err empty_index_key_update(struct slice value, struct fault *fault)
{
    return fault_validation(fault,
        "One or more parameter values are not valid. The update expression attempted to update a secondary index key "
        "to a "
        "value that is not supported. The AttributeValue for a key attribute cannot contain an empty %s value.",
        empty_word(value));
}

enum err table_index_literal_check(
    const struct table_desc *table, struct slice attribute, struct slice value, struct fault *fault)
{
    const struct index_desc *indexes[INDEXES_MAX];
    uint32_t count = indexes_by_name(table, indexes);

    for (uint32_t i = 0; i < count; i++) {
        const struct key_attribute *key = index_key_attribute(indexes[i], attribute);

        if (key == NULL)
            continue;
        if (value_type(value) != key->type)
            return index_type_mismatch(indexes[i], key, value, fault);
        if (is_empty(value))
            return empty_index_key_update(value, fault);
    }
    return OK;
}

enum err table_index_literal_empty_check(
    const struct table_desc *table, struct slice attribute, struct slice value, struct fault *fault)
{
    const struct index_desc *indexes[INDEXES_MAX];
    uint32_t count = indexes_by_name(table, indexes);

    for (uint32_t i = 0; i < count; i++) {
        const struct key_attribute *key = index_key_attribute(indexes[i], attribute);

        if (key != NULL && value_type(value) == key->type && is_empty(value))
            return empty_index_key_update(value, fault);
    }
    return OK;
}

static enum err updated_attribute_check(
    const struct key_attribute *attribute, bool hash, struct slice old, struct slice new, struct fault *fault)
{
    struct slice before, after;

    if (!body_find(new, attribute->name, &after))
        return OK;
    if (body_find(old, attribute->name, &before) && value_equal(before, after))
        return OK;
    if (value_type(after) != attribute->type)
        return fault_validation(
            fault, "The update expression attempted to update the secondary index key to unsupported type");
    if (is_empty(after))
        return empty_index_key_update(after, fault);
    if (attribute->type != VALUE_N && value_scalar(after).n > (hash ? HASH_KEY_BYTES_MAX : RANGE_KEY_BYTES_MAX))
        return fault_validation(
            fault, "The update expression attempted to update the secondary index key beyond allowed size limits");
    return OK;
}

enum err table_index_update_check(
    const struct table_desc *table, struct slice old, struct slice new, struct fault *fault)
{
    uint32_t total = table->lsi_count + table->gsi_count;
    enum err err = OK;

    for (uint32_t i = 0; i < total && err == OK; i++) {
        const struct index_desc *index = &table->indexes[i];

        if (!index_is_maintained(index))
            continue;
        for (uint32_t k = 0; k < index->hash_count && err == OK; k++)
            err = updated_attribute_check(&index->hash[k], true, old, new, fault);
        for (uint32_t k = 0; k < index->range_count && err == OK; k++)
            err = updated_attribute_check(&index->range[k], false, old, new, fault);
    }
    return err;
}

/* ---- key bodies ---- */

static void attribute_put(struct builder *b, struct builder_frame *frame, struct slice name, struct slice value)
{
    if (value.p == NULL)
        return;
    builder_name(b, frame, name);
    builder_value(b, value);
}

static void attribute_copy(struct builder *b, struct builder_frame *frame, struct slice name, struct slice item)
{
    struct slice value;

    attribute_put(b, frame, name, body_find(item, name, &value) ? value : SLICE_NULL);
}

struct slice table_key_body_make(
    const struct table_desc *table, struct slice hash, struct slice range, struct arena *arena)
{
    struct buf out;
    struct builder b;
    struct builder_frame frame;

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&b, &out, arena);
    frame = builder_body_begin(&b);
    attribute_put(&b, &frame, table->hash.name, hash);
    if (table->has_range)
        attribute_put(&b, &frame, table->range.name, range);
    builder_body_end(&b, frame);
    return buf_view(&out);
}

struct slice table_key_body(
    const struct table_desc *table, const struct index_desc *index, struct slice item, struct arena *arena)
{
    struct buf out;
    struct builder b;
    struct builder_frame frame;

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&b, &out, arena);
    frame = builder_body_begin(&b);
    attribute_copy(&b, &frame, table->hash.name, item);
    if (table->has_range)
        attribute_copy(&b, &frame, table->range.name, item);
    for (uint32_t i = 0; index != NULL && i < index->hash_count; i++)
        attribute_copy(&b, &frame, index->hash[i].name, item);
    for (uint32_t i = 0; index != NULL && i < index->range_count; i++)
        attribute_copy(&b, &frame, index->range[i].name, item);
    builder_body_end(&b, frame);
    return buf_view(&out);
}
