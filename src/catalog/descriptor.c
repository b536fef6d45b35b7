/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Descriptors as bytes. The body of a catalog record is in the form of an item (codec/value.h): attributes with names,
 * so that a later version adds one without a new format. The names are in the tables below, which both directions walk;
 * docs/formats/catalog.md draws the whole.
 *
 * Rules of the form:
 *   - a number 0, a false and an absent text are not written; an absent attribute reads as these;
 *   - unknown attributes are skipped, and lost with the next change: an older server may open what a newer one wrote
 *     only where the format version lets it;
 *   - lists of a descriptor keep their order.
 *
 * Bytes from a disk are not trusted: every type and every range is checked, and a wrong one is ERR_CORRUPT. The
 * record's checksum was verified before; a body that fails here was written by a server with a bug.
 *
 * What is derived (ARN, carried attributes) is made after decoding, never stored. Pure; any thread.
 */
#include <stddef.h>

#include "base/assert.h"
#include "catalog/catalog_int.h"
#include "codec/number.h"

#define TABLE(member_) offsetof(struct table_desc, member_)
#define INDEX(member_) offsetof(struct index_desc, member_)

// clang-format off
static const struct catalog__field table_fields[] = {
    {"Id", FIELD_U32, TABLE(id), 0},
    {"Version", FIELD_U64, TABLE(version), 0},
    {"Account", FIELD_TEXT, TABLE(account), 0},
    {"Region", FIELD_TEXT, TABLE(region), 0},
    {"Name", FIELD_TEXT, TABLE(name), 0},
    {"TableId", FIELD_TEXT, TABLE(uuid), 0},
    {"HashSeed", FIELD_U64, TABLE(hash_seed), 0},
    {"Status", FIELD_ENUM, TABLE(status), TABLE_DELETING},
    {"Updating", FIELD_U32, TABLE(updating), 0},
    {"Due", FIELD_U64, TABLE(due_ms), 0},
    {"Created", FIELD_U64, TABLE(created_ms), 0},
    {"IndexIdNext", FIELD_U16, TABLE(index_id_next), 0},
    {"Billing", FIELD_ENUM, TABLE(billing), BILLING_PAY_PER_REQUEST},
    {"BillingEverOnDemand", FIELD_BOOL, TABLE(billing_ever_on_demand), 0},
    {"BillingOnDemand", FIELD_U64, TABLE(billing_on_demand_ms), 0},
    {"OnDemandSwitch1", FIELD_U64, TABLE(on_demand_switches_ms[0]), 0},
    {"OnDemandSwitch2", FIELD_U64, TABLE(on_demand_switches_ms[1]), 0},
    {"OnDemandSwitch3", FIELD_U64, TABLE(on_demand_switches_ms[2]), 0},
    {"OnDemandSwitch4", FIELD_U64, TABLE(on_demand_switches_ms[3]), 0},
    {"Read", FIELD_I64, TABLE(throughput.read), 0},
    {"Write", FIELD_I64, TABLE(throughput.write), 0},
    {"Increased", FIELD_U64, TABLE(throughput.increased_ms), 0},
    {"Decreased", FIELD_U64, TABLE(throughput.decreased_ms), 0},
    {"DecreasesToday", FIELD_I64, TABLE(throughput.decreases_today), 0},
    {"NextPresent", FIELD_BOOL, TABLE(throughput_next.present), 0},
    {"NextRead", FIELD_I64, TABLE(throughput_next.read), 0},
    {"NextWrite", FIELD_I64, TABLE(throughput_next.write), 0},
    {"MaxRead", FIELD_I64, TABLE(on_demand.max_read), 0},
    {"MaxWrite", FIELD_I64, TABLE(on_demand.max_write), 0},
    {"WarmRead", FIELD_I64, TABLE(warm.read), 0},
    {"WarmWrite", FIELD_I64, TABLE(warm.write), 0},
    {"WarmNextRead", FIELD_I64, TABLE(warm_next.read), 0},
    {"WarmNextWrite", FIELD_I64, TABLE(warm_next.write), 0},
    {"DeletionProtection", FIELD_BOOL, TABLE(deletion_protection), 0},
    {"DeletionProtectionChanged", FIELD_U64, TABLE(deletion_protection_ms), 0},
    {"Class", FIELD_TEXT, TABLE(table_class), 0},
    {"ClassNext", FIELD_TEXT, TABLE(table_class_next), 0},
    {"ClassChanged", FIELD_U64, TABLE(table_class_ms), 0},
    {"ClassChangedBefore", FIELD_U64, TABLE(table_class_before_ms), 0},
    {"SseKms", FIELD_BOOL, TABLE(sse_kms), 0},
    {"SseKeyArn", FIELD_TEXT, TABLE(sse_key_arn), 0},
    {"ShardLast", FIELD_U32, TABLE(shard_last), 0},
    {"TtlAttribute", FIELD_TEXT, TABLE(ttl.attribute), 0},
    {"TtlGeneration", FIELD_U32, TABLE(ttl.generation), 0},
    {"TtlDropped", FIELD_U32, TABLE(ttl.dropped), 0},
    {"TtlFilling", FIELD_BOOL, TABLE(ttl.filling), 0},
    {"TtlChanged", FIELD_U64, TABLE(ttl.changed_ms), 0},
};

static const struct catalog__field index_fields[] = {
    {"Id", FIELD_U16, INDEX(id), 0},
    {"Global", FIELD_BOOL, INDEX(global), 0},
    {"Name", FIELD_TEXT, INDEX(name), 0},
    {"Status", FIELD_ENUM, INDEX(status), INDEX_DELETING},
    {"Due", FIELD_U64, INDEX(due_ms), 0},
    {"BackfillDue", FIELD_U64, INDEX(backfill_due_ms), 0},
    {"Projection", FIELD_ENUM, INDEX(projection), PROJECTION_INCLUDE},
    {"Read", FIELD_I64, INDEX(throughput.read), 0},
    {"Write", FIELD_I64, INDEX(throughput.write), 0},
    {"Increased", FIELD_U64, INDEX(throughput.increased_ms), 0},
    {"Decreased", FIELD_U64, INDEX(throughput.decreased_ms), 0},
    {"DecreasesToday", FIELD_I64, INDEX(throughput.decreases_today), 0},
    {"NextPresent", FIELD_BOOL, INDEX(throughput_next.present), 0},
    {"NextRead", FIELD_I64, INDEX(throughput_next.read), 0},
    {"NextWrite", FIELD_I64, INDEX(throughput_next.write), 0},
    {"MaxRead", FIELD_I64, INDEX(on_demand.max_read), 0},
    {"MaxWrite", FIELD_I64, INDEX(on_demand.max_write), 0},
    {"WarmRead", FIELD_I64, INDEX(warm.read), 0},
    {"WarmWrite", FIELD_I64, INDEX(warm.write), 0},
    {"WarmNextRead", FIELD_I64, INDEX(warm_next.read), 0},
    {"WarmNextWrite", FIELD_I64, INDEX(warm_next.write), 0},
};
// clang-format on

#define COUNT(array_) (sizeof(array_) / sizeof((array_)[0]))

static_assert(ON_DEMAND_SWITCHES_MAX == 4, "one attribute each");
static_assert(sizeof(enum table_status) == sizeof(int) && sizeof(enum projection_type) == sizeof(int),
    "FIELD_ENUM reads and writes members of the size of an int");

/* ---- writing ---- */
static int64_t field_int(const struct catalog__field *field, const uint8_t *base)
{
    const uint8_t *p = base + field->offset;

    switch (field->kind) {
    case FIELD_U16:
        return *(const uint16_t *)(const void *)p;
    case FIELD_U32:
        return *(const uint32_t *)(const void *)p;
    case FIELD_U64:
        return (int64_t) * (const uint64_t *)(const void *)p;
    case FIELD_I64:
        return *(const int64_t *)(const void *)p;
    case FIELD_ENUM:
        return *(const int *)(const void *)p;
    case FIELD_BOOL:
        return *(const bool *)(const void *)p;
    case FIELD_TEXT:
        break;
    }
    ASSERT(false);
    return 0;
}

void catalog__fields_write(
    struct builder *b, struct builder_frame *frame, const struct catalog__field *fields, size_t count, const void *base)
{
    for (size_t i = 0; i < count; i++) {
        if (fields[i].kind == FIELD_TEXT) {
            struct slice text = *(const struct slice *)(const void *)((const uint8_t *)base + fields[i].offset);

            if (text.p == NULL)
                continue;
            builder_name(b, frame, slice_from_cstr(fields[i].name));
            builder_s(b, text);
            continue;
        }
        int64_t v = field_int(&fields[i], base);

        if (v == 0)
            continue;
        builder_name(b, frame, slice_from_cstr(fields[i].name));
        if (fields[i].kind == FIELD_BOOL)
            builder_bool(b, true);
        else
            builder_int(b, v);
    }
}

static void entry_s(struct builder *b, struct builder_frame *frame, const char *name, struct slice text)
{
    builder_name(b, frame, slice_from_cstr(name));
    builder_s(b, text);
}

static void attributes_write(struct builder *b, struct builder_frame *parent, const char *name,
    const struct key_attribute *attributes, uint32_t count)
{
    builder_name(b, parent, slice_from_cstr(name));
    struct builder_frame list = builder_list_begin(b);

    for (uint32_t i = 0; i < count; i++) {
        builder_element(b, &list);
        struct builder_frame map = builder_map_begin(b);

        entry_s(b, &map, "Name", attributes[i].name);
        entry_s(b, &map, "Type", slice_from_cstr(value_type_name(attributes[i].type)));
        builder_map_end(b, map);
    }
    builder_list_end(b, list);
}

static void index_write(struct builder *b, const struct index_desc *index)
{
    struct builder_frame map = builder_map_begin(b);

    catalog__fields_write(b, &map, index_fields, COUNT(index_fields), index);
    attributes_write(b, &map, "Hash", index->hash, index->hash_count);
    attributes_write(b, &map, "Range", index->range, index->range_count);
    builder_name(b, &map, SLICE_LIT("NonKey"));
    struct builder_frame list = builder_list_begin(b);

    for (uint32_t i = 0; i < index->non_key_count; i++) {
        builder_element(b, &list);
        builder_s(b, index->non_key[i]);
    }
    builder_list_end(b, list);
    builder_map_end(b, map);
}

static void tags_write(struct builder *b, struct builder_frame *parent, const struct tag *tags, uint32_t count)
{
    builder_name(b, parent, SLICE_LIT("Tags"));
    struct builder_frame list = builder_list_begin(b);

    for (uint32_t i = 0; i < count; i++) {
        builder_element(b, &list);
        struct builder_frame map = builder_map_begin(b);

        entry_s(b, &map, "Key", tags[i].key);
        entry_s(b, &map, "Value", tags[i].value);
        builder_map_end(b, map);
    }
    builder_list_end(b, list);
}

void catalog__encode(const struct table_desc *desc, struct buf *out, struct arena *arena)
{
    struct builder b;
    struct builder_frame body;

    builder_init(&b, out, arena);
    body = builder_body_begin(&b);
    catalog__fields_write(&b, &body, table_fields, COUNT(table_fields), desc);
    attributes_write(&b, &body, "Hash", &desc->hash, 1);
    attributes_write(&b, &body, "Range", &desc->range, desc->has_range);
    attributes_write(&b, &body, "Definitions", desc->definitions, desc->definitions_count);
    builder_name(&b, &body, SLICE_LIT("Indexes"));
    struct builder_frame list = builder_list_begin(&b);

    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++) {
        builder_element(&b, &list);
        index_write(&b, &desc->indexes[i]);
    }
    builder_list_end(&b, list);
    tags_write(&b, &body, desc->tags, desc->tags_count);
    catalog__stream_write(&desc->stream, &b, &body);
    builder_body_end(&b, body);
    ASSERT(!out->failed); /* every part is bounded by the API's quotas, far below TABLE_BODY_BYTES_MAX */
}

/* ---- reading ---- */
static bool field_store(const struct catalog__field *field, struct slice value, uint8_t *base, struct arena *arena)
{
    uint8_t *p = base + field->offset;
    enum value_type type = value_type(value);

    if (field->kind == FIELD_TEXT) {
        if (type != VALUE_S)
            return false;
        *(struct slice *)(void *)p = arena_dup(arena, value_scalar(value));
        return true;
    }
    if (field->kind == FIELD_BOOL) {
        if (type != VALUE_BOOL)
            return false;
        *(bool *)(void *)p = value_bool(value);
        return true;
    }
    if (type != VALUE_N)
        return false;
    int64_t v = number_to_int(value_scalar(value).p);

    switch (field->kind) {
    case FIELD_U16:
        *(uint16_t *)(void *)p = (uint16_t)v;
        return v >= 0 && v <= UINT16_MAX;
    case FIELD_U32:
        *(uint32_t *)(void *)p = (uint32_t)v;
        return v >= 0 && v <= UINT32_MAX;
    case FIELD_U64:
        *(uint64_t *)(void *)p = (uint64_t)v;
        return true;
    case FIELD_ENUM:
        *(int *)(void *)p = (int)v;
        return v >= 0 && v <= field->enum_max;
    default:
        *(int64_t *)(void *)p = v;
        return true;
    }
}

bool catalog__fields_read(struct slice body, const struct catalog__field *fields, size_t count, void *base,
    struct arena *arena, const char **ret_what)
{
    for (size_t i = 0; i < count; i++) {
        struct slice value;

        if (!body_find(body, slice_from_cstr(fields[i].name), &value))
            continue;
        if (!field_store(&fields[i], value, base, arena)) {
            *ret_what = fields[i].name;
            return false;
        }
    }
    return true;
}

/* The list under `name`; an absent one is empty. */
static bool list_read(struct slice body, const char *name, uint32_t max, struct slice *ret_list, uint32_t *ret_count)
{
    *ret_count = 0;
    if (!body_find(body, slice_from_cstr(name), ret_list))
        return true;
    if (value_type(*ret_list) != VALUE_L)
        return false;
    *ret_count = list_count(*ret_list);
    return *ret_count <= max;
}

static bool text_read(struct slice body, const char *name, struct arena *arena, struct slice *ret)
{
    struct slice value;

    if (!body_find(body, slice_from_cstr(name), &value) || value_type(value) != VALUE_S)
        return false;
    *ret = arena_dup(arena, value_scalar(value));
    return true;
}

static bool attribute_read(struct slice value, struct arena *arena, struct key_attribute *ret)
{
    struct slice type;

    if (value_type(value) != VALUE_M || !text_read(value_map(value), "Name", arena, &ret->name) ||
        !text_read(value_map(value), "Type", arena, &type))
        return false;
    if (slice_is(type, "S"))
        ret->type = VALUE_S;
    else if (slice_is(type, "N"))
        ret->type = VALUE_N;
    else if (slice_is(type, "B"))
        ret->type = VALUE_B;
    else
        return false;
    return true;
}

static bool attributes_read(struct slice body, const char *name, uint32_t max, struct arena *arena,
    struct key_attribute *attributes, uint32_t *ret_count)
{
    struct slice list;

    if (!list_read(body, name, max, &list, ret_count))
        return false;
    for (uint32_t i = 0; i < *ret_count; i++) {
        if (!attribute_read(list_at(list, i), arena, &attributes[i]))
            return false;
    }
    return true;
}

static bool index_read(struct slice value, struct arena *arena, struct index_desc *ret, const char **ret_what)
{
    struct slice list, body;

    *ret_what = "Indexes";
    if (value_type(value) != VALUE_M)
        return false;
    body = value_map(value);
    if (!catalog__fields_read(body, index_fields, COUNT(index_fields), ret, arena, ret_what))
        return false;
    if (!attributes_read(body, "Hash", GSI_KEY_HASH_MAX, arena, ret->hash, &ret->hash_count) || ret->hash_count == 0 ||
        !attributes_read(body, "Range", GSI_KEY_RANGE_MAX, arena, ret->range, &ret->range_count) ||
        !list_read(body, "NonKey", NON_KEY_ATTRIBUTES_MAX, &list, &ret->non_key_count))
        return false;
    struct slice *names = arena_alloc(arena, ret->non_key_count * sizeof(*names));

    for (uint32_t i = 0; i < ret->non_key_count; i++) {
        if (value_type(list_at(list, i)) != VALUE_S)
            return false;
        names[i] = arena_dup(arena, value_scalar(list_at(list, i)));
    }
    ret->non_key = names;
    return ret->id != 0 && ret->name.p != NULL;
}

static bool indexes_read(struct slice body, struct arena *arena, struct table_desc *ret,
    struct index_desc **ret_indexes, const char **ret_what)
{
    struct slice list;
    struct index_desc *indexes;
    uint32_t count;

    *ret_what = "Indexes";
    if (!list_read(body, "Indexes", INDEXES_MAX, &list, &count))
        return false;
    indexes = arena_zalloc(arena, count * sizeof(*indexes));
    *ret_indexes = indexes;
    for (uint32_t i = 0; i < count; i++) {
        if (!index_read(list_at(list, i), arena, &indexes[i], ret_what))
            return false;
        if (indexes[i].global)
            ret->gsi_count++;
        else
            ret->lsi_count++;
        if (ret->gsi_count != 0 && !indexes[i].global)
            return false;
    }
    ret->indexes = indexes;
    return true;
}

static bool tags_read(struct slice body, struct arena *arena, struct table_desc *ret)
{
    struct slice list;
    struct tag *tags;

    if (!list_read(body, "Tags", TAGS_MAX, &list, &ret->tags_count))
        return false;
    tags = arena_zalloc(arena, ret->tags_count * sizeof(*tags));
    for (uint32_t i = 0; i < ret->tags_count; i++) {
        struct slice value = list_at(list, i);

        if (value_type(value) != VALUE_M || !text_read(value_map(value), "Key", arena, &tags[i].key) ||
            !text_read(value_map(value), "Value", arena, &tags[i].value))
            return false;
    }
    ret->tags = tags;
    return true;
}

/* ---- derived ---- */
static uint32_t names_add(struct slice *names, uint32_t count, struct slice name)
{
    uint32_t at = count;

    for (uint32_t i = 0; i < count; i++) {
        if (slice_equal(names[i], name))
            return count;
    }
    while (at > 0 && slice_compare(names[at - 1], name) > 0) {
        names[at] = names[at - 1];
        at--;
    }
    names[at] = name;
    return count + 1;
}

static void carried_derive(const struct table_desc *desc, struct index_desc *index, struct arena *arena)
{
    uint32_t count = 0;
    struct slice *names;

    if (index->projection == PROJECTION_ALL)
        return;
    names = arena_alloc(arena, (GSI_KEY_HASH_MAX + GSI_KEY_RANGE_MAX + 2 + index->non_key_count) * sizeof(*names));
    for (uint32_t i = 0; i < index->hash_count; i++)
        count = names_add(names, count, index->hash[i].name);
    for (uint32_t i = 0; i < index->range_count; i++)
        count = names_add(names, count, index->range[i].name);
    count = names_add(names, count, desc->hash.name);
    if (desc->has_range)
        count = names_add(names, count, desc->range.name);
    for (uint32_t i = 0; i < index->non_key_count; i++)
        count = names_add(names, count, index->non_key[i]);
    index->carried = names;
    index->carried_count = count;
}

static void derive(struct table_desc *desc, struct index_desc *indexes, struct arena *arena)
{
    desc->arn = arena_printf(arena, "arn:aws:dynamodb:%.*s:%.*s:table/%.*s", SLICE_ARG(desc->region),
        SLICE_ARG(desc->account), SLICE_ARG(desc->name));
    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++)
        carried_derive(desc, &indexes[i], arena);
}

/* A key and its definitions, an index and its key: what every reader of a descriptor takes for granted. */
static bool keys_read(struct slice body, struct arena *arena, struct table_desc *ret)
{
    struct key_attribute *definitions = arena_zalloc(arena, DEFINITIONS_MAX * sizeof(*definitions));
    uint32_t count;

    if (!attributes_read(body, "Hash", 1, arena, &ret->hash, &count) || count != 1 ||
        !attributes_read(body, "Range", 1, arena, &ret->range, &count))
        return false;
    ret->has_range = count == 1;
    ret->definitions = definitions;
    return attributes_read(body, "Definitions", DEFINITIONS_MAX, arena, definitions, &ret->definitions_count);
}

void catalog__blank(struct table_desc *desc)
{
    *desc = (struct table_desc){
        .on_demand = {-1, -1},
        .warm = {-1, -1},
        .warm_next = {-1, -1},
        .index_id_next = 1,
    };
}

enum err catalog__decode(struct slice body, struct arena *arena, struct table_desc *ret, const char **ret_what)
{
    struct table_desc desc = {0};
    struct index_desc *indexes;

    *ret_what = "form";
    if (!body_valid(body, TABLE_BODY_DEPTH_MAX))
        return ERR_CORRUPT;
    if (!catalog__fields_read(body, table_fields, COUNT(table_fields), &desc, arena, ret_what))
        return ERR_CORRUPT;
    *ret_what = "Hash, Range or Definitions";
    if (!keys_read(body, arena, &desc))
        return ERR_CORRUPT;
    if (!indexes_read(body, arena, &desc, &indexes, ret_what))
        return ERR_CORRUPT;
    *ret_what = "Tags";
    if (!tags_read(body, arena, &desc))
        return ERR_CORRUPT;
    *ret_what = "Stream";
    if (!catalog__stream_read(body, arena, &desc.stream))
        return ERR_CORRUPT;
    *ret_what = "Id, Version, Account, Region, Name or TableId";
    if (desc.id == 0 || desc.version == 0 || desc.account.p == NULL || desc.region.p == NULL || desc.name.p == NULL ||
        desc.uuid.p == NULL)
        return ERR_CORRUPT;
    *ret_what = "Ttl";
    if (desc.ttl.generation > TTL_GENERATION_MAX || (desc.ttl.attribute.p != NULL && desc.ttl.generation == 0))
        return ERR_CORRUPT;
    derive(&desc, indexes, arena);
    *ret = desc;
    return OK;
}

const struct table_desc *table_desc_dup(struct arena *arena, const struct table_desc *desc)
{
    struct table_desc *copy = arena_alloc(arena, sizeof(*copy));
    const char *what;
    struct buf out;
    enum err err;

    buf_init(&out, arena, TABLE_BODY_BYTES_MAX);
    catalog__encode(desc, &out, arena);
    err = catalog__decode(buf_view(&out), arena, copy, &what);
    ASSERT(err == OK); /* what we wrote a moment ago */
    return copy;
}
