/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Keys, definitions, indexes and projections of a request (4.2 steps 4 to 9, 4.6, 4.8; newest-api.md 3): the checks in
 * the order of the service, with its texts, and the same things in descriptor form.
 *
 * CreateTable brings a whole schema; UpdateTable brings one global index with the definitions of its keys. Both come to
 * the same checks of one index. Nothing here looks at a stored table. Pure; results lie in the request's arena.
 */
#include "api/control.h"

#define TABLE_KEY_ELEMENTS_MAX 2
#define KEY_ELEMENTS_MAX       64 /* ours: far above the 8 of a global index, for the error that names it */
#define INDEX_LIST_MAX         64 /* ours, likewise */

struct schema_check {
    struct api_request *request;
    const struct attribute_definitions *definitions;
};

/* ---- bounds and texts ---- */
enum err api__list_check(struct api_request *request, uint32_t count, uint32_t max, const char *path)
{
    if (count <= max)
        return OK;
    return fault_validation(&request->fault,
        "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must have length less than or "
        "equal "
        "to %u",
        path, max);
}

struct slice api__names_text(struct arena *arena, const struct slice *names, uint32_t count)
{
    struct buf text;

    buf_init(&text, arena, ARENA_ALLOC_BYTES_MAX);
    buf_byte(&text, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i != 0)
            BUF_LIT(&text, ", ");
        buf_slice(&text, names[i]);
    }
    buf_byte(&text, ']');
    return buf_view(&text);
}

static struct slice definitions_text(struct arena *arena, const struct attribute_definitions *definitions)
{
    struct slice *names = arena_alloc(arena, definitions->count * sizeof(*names));

    for (uint32_t i = 0; i < definitions->count; i++)
        names[i] = definitions->items[i].attribute_name;
    return api__names_text(arena, names, definitions->count);
}

static struct slice keys_text(struct arena *arena, const struct key_schema *keys)
{
    struct slice *names = arena_alloc(arena, keys->count * sizeof(*names));

    for (uint32_t i = 0; i < keys->count; i++)
        names[i] = keys->items[i].attribute_name;
    return api__names_text(arena, names, keys->count);
}

/* ---- constraints the model leaves out ---- */
/* As the service prints a structure inside a text. */
static struct slice elements_text(struct arena *arena, const struct key_schema *keys)
{
    struct buf text;

    buf_init(&text, arena, ARENA_ALLOC_BYTES_MAX);
    buf_byte(&text, '[');
    for (uint32_t i = 0; i < keys->count; i++)
        buf_printf(&text, "%sKeySchemaElement(attributeName=%.*s, keyType=%.*s)", i == 0 ? "" : ", ",
            SLICE_ARG(keys->items[i].attribute_name), SLICE_ARG(keys->items[i].key_type));
    buf_byte(&text, ']');
    return buf_view(&text);
}

static enum err key_length_check(struct api_request *request, const struct key_schema *keys, struct slice path)
{
    struct slice text;

    if (keys->count <= TABLE_KEY_ELEMENTS_MAX)
        return OK;
    text = elements_text(request->arena, keys);
    return fault_validation(&request->fault,
        "1 validation error detected: Value '%.*s' at '%.*s' failed to satisfy constraint: Member must have length "
        "less "
        "than or equal to %d",
        SLICE_ARG(text), SLICE_ARG(path), TABLE_KEY_ELEMENTS_MAX);
}

static enum err bounds_check(struct api_request *request, const struct create_table_input *input)
{
    const struct local_secondary_index_list *locals = &input->local_secondary_indexes;
    const struct global_secondary_index_list *globals = &input->global_secondary_indexes;
    enum err err;

    err = api__list_check(request, input->attribute_definitions.count, CONTROL_LIST_MAX, "attributeDefinitions");
    if (!err)
        err = api__list_check(request, locals->count, INDEX_LIST_MAX, "localSecondaryIndexes");
    if (!err)
        err = api__list_check(request, globals->count, INDEX_LIST_MAX, "globalSecondaryIndexes");
    for (uint32_t i = 0; !err && i < globals->count; i++)
        err = api__list_check(request, globals->items[i].key_schema.count, KEY_ELEMENTS_MAX, "keySchema");
    return err;
}

static enum err constraints_check(struct api_request *request, const struct create_table_input *input)
{
    bool keys = input->key_schema.present, definitions = input->attribute_definitions.present;
    enum err err;

#define NULL_(path_) "Value null at '" path_ "' failed to satisfy constraint: Member must not be null"
    if (!keys && !definitions)
        return fault_validation(
            &request->fault, "2 validation errors detected: " NULL_("keySchema") "; " NULL_("attributeDefinitions"));
    if (!keys)
        return fault_validation(&request->fault, "1 validation error detected: " NULL_("keySchema"));
    if (!definitions)
        return fault_validation(&request->fault, "1 validation error detected: " NULL_("attributeDefinitions"));
#undef NULL_
    err = bounds_check(request, input);
    if (!err)
        err = key_length_check(request, &input->key_schema, SLICE_LIT("keySchema"));
    for (uint32_t i = 0; i < input->local_secondary_indexes.count && !err; i++)
        err = key_length_check(request, &input->local_secondary_indexes.items[i].key_schema,
            arena_printf(request->arena, "localSecondaryIndexes.%u.member.keySchema", i + 1));
    return err;
}

/* ---- definitions ---- */
static const struct attribute_definition *definition_find(
    const struct attribute_definitions *definitions, struct slice name)
{
    for (uint32_t i = 0; i < definitions->count; i++) {
        if (slice_equal(definitions->items[i].attribute_name, name))
            return &definitions->items[i];
    }
    return NULL;
}

static enum value_type type_of(struct slice attribute_type)
{
    if (slice_is(attribute_type, "N"))
        return VALUE_N;
    return slice_is(attribute_type, "B") ? VALUE_B : VALUE_S;
}

static enum err definitions_check(const struct schema_check *check)
{
    const struct attribute_definitions *definitions = check->definitions;

    for (uint32_t i = 0; i < definitions->count; i++) {
        struct slice name = definitions->items[i].attribute_name;

        if (definition_find(definitions, name) != &definitions->items[i])
            return fault_validation(&check->request->fault, "Attribute Name is duplicated: %.*s", SLICE_ARG(name));
    }
    return OK;
}

static enum err keys_defined_check(const struct schema_check *check, const struct key_schema *keys)
{
    struct arena *arena = check->request->arena;

    for (uint32_t i = 0; i < keys->count; i++) {
        struct slice keys_list, definitions_list;

        if (definition_find(check->definitions, keys->items[i].attribute_name) != NULL)
            continue;
        keys_list = keys_text(arena, keys);
        definitions_list = definitions_text(arena, check->definitions);
        return fault_validation(&check->request->fault,
            P_
            "Some index key attributes are not defined in AttributeDefinitions. Keys: %.*s, AttributeDefinitions: %.*s",
            SLICE_ARG(keys_list), SLICE_ARG(definitions_list));
    }
    return OK;
}

/* ---- keys ---- */
static bool is_hash(const struct key_schema_element *element)
{
    return slice_is(element->key_type, "HASH");
}

/* The classic key: HASH, or HASH and RANGE. */
static enum err pair_check(const struct schema_check *check, const struct key_schema *keys)
{
    struct fault *fault = &check->request->fault;

    if (keys->count == 2 && slice_equal(keys->items[0].attribute_name, keys->items[1].attribute_name))
        return fault_validation(
            fault, "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    if (!is_hash(&keys->items[0]))
        return fault_validation(fault, "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    if (keys->count == 2 && is_hash(&keys->items[1]))
        return fault_validation(fault, "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    return OK;
}

static enum err table_keys_check(const struct schema_check *check, const struct key_schema *keys)
{
    enum err err;

    if (keys->count > check->definitions->count)
        return fault_validation(
            &check->request->fault, "Invalid KeySchema: Some index key attribute have no definition");
    err = keys_defined_check(check, keys);
    return err ? err : pair_check(check, keys);
}

/* The key of a global index: 1 to 4 HASH, then 0 to 4 RANGE (4.8). */
static enum err global_keys_check(const struct schema_check *check, const struct key_schema *keys)
{
    struct fault *fault = &check->request->fault;
    uint32_t hash = 0, range = 0;
    bool late_hash = false;

    for (uint32_t i = 0; i < keys->count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (slice_equal(keys->items[i].attribute_name, keys->items[k].attribute_name))
                return fault_validation(fault, "The KeySchema contains multiple key attributes with the same name");
        }
        if (is_hash(&keys->items[i])) {
            late_hash = late_hash || range != 0;
            hash++;
        } else {
            range++;
        }
    }
    if (late_hash)
        return fault_validation(fault, P_ "All HASH key attributes must precede RANGE key attributes in the KeySchema");
    if (hash > GSI_KEY_HASH_MAX)
        return fault_validation(fault, P_ "The KeySchema exceeds the maximum allowed number of HASH key attributes");
    if (range > GSI_KEY_RANGE_MAX)
        return fault_validation(fault, P_ "The KeySchema exceeds the maximum allowed number of RANGE key attributes");
    if (hash == 0)
        return fault_validation(fault, "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    return OK;
}

static struct key_attribute key_attribute(const struct attribute_definitions *definitions, struct slice name)
{
    return (struct key_attribute){name, type_of(definition_find(definitions, name)->attribute_type)};
}

static void index_keys_fill(
    const struct attribute_definitions *definitions, const struct key_schema *keys, struct index_desc *index)
{
    for (uint32_t i = 0; i < keys->count; i++) {
        struct key_attribute attribute = key_attribute(definitions, keys->items[i].attribute_name);

        if (is_hash(&keys->items[i]))
            index->hash[index->hash_count++] = attribute;
        else
            index->range[index->range_count++] = attribute;
    }
}

/* ---- projection ---- */
static enum err projection_check(struct api_request *request, const struct projection *projection)
{
    const struct non_key_attribute_name_list *names = &projection->non_key_attributes;
    struct slice type = projection->projection_type;

    if (type.p == NULL)
        return fault_validation(&request->fault, P_ "Unknown ProjectionType: null");
    if (!slice_is(type, "INCLUDE") && names->present)
        return fault_validation(
            &request->fault, P_ "ProjectionType is %.*s, but NonKeyAttributes is specified", SLICE_ARG(type));
    if (slice_is(type, "INCLUDE") && !names->present)
        return fault_validation(&request->fault, P_ "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    for (uint32_t i = 0; i < names->count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (slice_equal(names->items[i], names->items[k]))
                return fault_validation(
                    &request->fault, P_ "Duplicate element in NonKeyAttributes: %.*s", SLICE_ARG(names->items[i]));
        }
    }
    return OK;
}

static void names_sort(struct slice *names, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        struct slice name = names[i];
        uint32_t at = i;

        for (; at > 0 && slice_compare(names[at - 1], name) > 0; at--)
            names[at] = names[at - 1];
        names[at] = name;
    }
}

static void projection_fill(struct arena *arena, const struct projection *projection, struct index_desc *index)
{
    const struct non_key_attribute_name_list *list = &projection->non_key_attributes;
    struct slice *names = arena_alloc(arena, list->count * sizeof(*names));

    if (slice_is(projection->projection_type, "INCLUDE"))
        index->projection = PROJECTION_INCLUDE;
    else if (slice_is(projection->projection_type, "KEYS_ONLY"))
        index->projection = PROJECTION_KEYS_ONLY;
    else
        index->projection = PROJECTION_ALL;
    for (uint32_t i = 0; i < list->count; i++)
        names[i] = list->items[i];
    names_sort(names, list->count);
    index->non_key = names;
    index->non_key_count = list->count;
}

/* ---- one index ---- */
static void index_blank(struct index_desc *index, struct slice name, bool global)
{
    *index = (struct index_desc){
        .name = name,
        .global = global,
        .on_demand = {-1, -1},
        .warm = {-1, -1},
        .warm_next = {-1, -1},
    };
}

static enum err name_unique_check(struct api_request *request, const struct api__schema *schema, struct slice name)
{
    for (uint32_t i = 0; i < schema->lsi_count + schema->gsi_count; i++) {
        if (slice_equal(schema->indexes[i].name, name))
            return fault_validation(&request->fault, P_ "Duplicate index name: %.*s", SLICE_ARG(name));
    }
    return OK;
}

static enum err local_check(
    const struct schema_check *check, const struct local_secondary_index *input, struct slice table_hash)
{
    struct fault *fault = &check->request->fault;
    struct slice name = input->index_name, hash;
    enum err err;

    err = keys_defined_check(check, &input->key_schema);
    if (!err)
        err = pair_check(check, &input->key_schema);
    if (err)
        return err;
    if (input->key_schema.count < 2)
        return fault_validation(fault, P_ "Index KeySchema does not have a range key for index: %.*s", SLICE_ARG(name));
    hash = input->key_schema.items[0].attribute_name;
    if (!slice_equal(hash, table_hash))
        return fault_validation(fault,
            P_ "Index KeySchema does not have the same leading hash key as table KeySchema for index: %.*s. index hash "
               "key: "
               "%.*s, table hash key: %.*s",
            SLICE_ARG(name), SLICE_ARG(hash), SLICE_ARG(table_hash));
    return projection_check(check->request, input->projection);
}

static enum err locals_read(
    const struct schema_check *check, const struct local_secondary_index_list *list, struct api__schema *ret)
{
    struct api_request *request = check->request;
    enum err err;

    if (list->count != 0 && !ret->has_range)
        return fault_validation(&request->fault,
            P_ "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
    for (uint32_t i = 0; i < list->count; i++) {
        const struct local_secondary_index *input = &list->items[i];
        struct index_desc *index = &ret->indexes[ret->lsi_count];

        err = local_check(check, input, ret->hash.name);
        if (!err)
            err = name_unique_check(request, ret, input->index_name);
        if (err)
            return err;
        index_blank(index, input->index_name, false);
        index->id = (uint16_t)(++ret->lsi_count);
        index_keys_fill(check->definitions, &input->key_schema, index);
        projection_fill(request->arena, input->projection, index);
    }
    if (list->count > LSI_MAX)
        return fault_validation(
            &request->fault, P_ "Number of LocalSecondaryIndexes exceeds per-table limit of %d", LSI_MAX);
    return OK;
}

static enum err globals_read(const struct schema_check *check, const struct global_secondary_index_list *list,
    enum billing_mode billing, struct api__schema *ret)
{
    struct api_request *request = check->request;
    enum err err;

    for (uint32_t i = 0; i < list->count; i++) {
        const struct global_secondary_index *input = &list->items[i];
        struct index_desc *index = &ret->indexes[ret->lsi_count + ret->gsi_count];

        err = keys_defined_check(check, &input->key_schema);
        if (!err)
            err = global_keys_check(check, &input->key_schema);
        if (!err)
            err = projection_check(request, input->projection);
        if (!err)
            err = api__index_billing_check(request, input->index_name, input->provisioned_throughput, billing);
        if (!err)
            err = name_unique_check(request, ret, input->index_name);
        if (err)
            return err;
        index_blank(index, input->index_name, true);
        ret->gsi_count++;
        index->id = (uint16_t)(ret->lsi_count + ret->gsi_count);
        index_keys_fill(check->definitions, &input->key_schema, index);
        projection_fill(request->arena, input->projection, index);
        index->throughput = api__throughput(input->provisioned_throughput);
        index->on_demand = api__on_demand(input->on_demand_throughput);
        index->warm = api__warm(input->warm_throughput);
    }
    if (list->count > GSI_MAX)
        return fault_validation(
            &request->fault, P_ "GlobalSecondaryIndex count exceeds the per-table limit of %d", GSI_MAX);
    return OK;
}

/* ---- the whole of CreateTable ---- */
static uint32_t names_add(struct slice *names, uint32_t count, const struct key_schema *keys)
{
    for (uint32_t i = 0; i < keys->count; i++) {
        uint32_t at = 0;

        while (at < count && !slice_equal(names[at], keys->items[i].attribute_name))
            at++;
        if (at == count)
            names[count++] = keys->items[i].attribute_name;
    }
    return count;
}

static bool names_have(const struct slice *names, uint32_t count, struct slice name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (slice_equal(names[i], name))
            return true;
    }
    return false;
}

/* Step 5: no definition without a use. */
static enum err definitions_used_check(struct api_request *request, const struct create_table_input *input)
{
    const struct local_secondary_index_list *locals = &input->local_secondary_indexes;
    const struct global_secondary_index_list *globals = &input->global_secondary_indexes;
    const struct attribute_definitions *definitions = &input->attribute_definitions;
    uint32_t max = input->key_schema.count, count = 0;
    struct slice *names, used, defined;

    if (locals->count == 0 && globals->count == 0) {
        if (definitions->count == input->key_schema.count)
            return OK;
        return fault_validation(&request->fault, P_ "Number of attributes in KeySchema does not exactly match number "
                                                    "of attributes defined in AttributeDefinitions");
    }
    for (uint32_t i = 0; i < locals->count; i++)
        max += locals->items[i].key_schema.count;
    for (uint32_t i = 0; i < globals->count; i++)
        max += globals->items[i].key_schema.count;
    names = arena_alloc(request->arena, max * sizeof(*names));
    count = names_add(names, count, &input->key_schema);
    for (uint32_t i = 0; i < locals->count; i++)
        count = names_add(names, count, &locals->items[i].key_schema);
    for (uint32_t i = 0; i < globals->count; i++)
        count = names_add(names, count, &globals->items[i].key_schema);
    for (uint32_t i = 0; i < definitions->count; i++) {
        if (names_have(names, count, definitions->items[i].attribute_name))
            continue;
        used = api__names_text(request->arena, names, count);
        defined = definitions_text(request->arena, definitions);
        return fault_validation(&request->fault,
            P_ "Some AttributeDefinitions are not used. AttributeDefinitions: %.*s, keys used: %.*s",
            SLICE_ARG(defined), SLICE_ARG(used));
    }
    return OK;
}

static enum err lists_empty_check(struct api_request *request, const struct create_table_input *input)
{
    if (input->local_secondary_indexes.present && input->local_secondary_indexes.count == 0)
        return fault_validation(&request->fault, P_ "List of LocalSecondaryIndexes is empty");
    if (input->global_secondary_indexes.present && input->global_secondary_indexes.count == 0)
        return fault_validation(&request->fault, P_ "List of GlobalSecondaryIndexes is empty");
    return OK;
}

static enum err non_key_total_check(struct api_request *request, const struct index_desc *indexes, uint32_t count)
{
    uint32_t total = 0;

    for (uint32_t i = 0; i < count; i++)
        total += indexes[i].non_key_count;
    if (total > NON_KEY_ATTRIBUTES_MAX)
        return fault_validation(&request->fault,
            P_ "Number of NonKeyAttributes over all indexes exceeds per-table limit of %d", NON_KEY_ATTRIBUTES_MAX);
    return OK;
}

static void schema_init(struct arena *arena, const struct create_table_input *input, struct api__schema *schema)
{
    const struct attribute_definitions *definitions = &input->attribute_definitions;
    uint32_t indexes = input->local_secondary_indexes.count + input->global_secondary_indexes.count;

    *schema = (struct api__schema){.has_range = input->key_schema.count == 2};
    schema->hash = key_attribute(definitions, input->key_schema.items[0].attribute_name);
    if (schema->has_range)
        schema->range = key_attribute(definitions, input->key_schema.items[1].attribute_name);
    schema->indexes = arena_alloc(arena, indexes * sizeof(*schema->indexes));
    schema->definitions = arena_alloc(arena, definitions->count * sizeof(*schema->definitions));
    schema->definitions_count = definitions->count;
    for (uint32_t i = 0; i < definitions->count; i++)
        schema->definitions[i] = key_attribute(definitions, definitions->items[i].attribute_name);
}

enum err api__schema_create(
    struct api_request *request, const struct create_table_input *input, struct api__schema *ret)
{
    const struct schema_check check = {request, &input->attribute_definitions};
    enum err err;

    err = constraints_check(request, input);
    if (!err)
        err = definitions_check(&check);
    if (!err)
        err = table_keys_check(&check, &input->key_schema);
    if (!err)
        err = definitions_used_check(request, input);
    if (!err)
        err = lists_empty_check(request, input);
    if (err)
        return err;
    schema_init(request->arena, input, ret);
    err = locals_read(&check, &input->local_secondary_indexes, ret);
    if (!err)
        err = globals_read(&check, &input->global_secondary_indexes, api__billing(input->billing_mode), ret);
    if (!err)
        err = non_key_total_check(request, ret->indexes, ret->lsi_count + ret->gsi_count);
    return err;
}

/* ---- one more index ---- */
enum err api__schema_index(struct api_request *request, const struct attribute_definitions *definitions,
    const struct create_global_secondary_index_action *action, struct index_desc *ret)
{
    const struct schema_check check = {request, definitions};
    enum err err;

    if (definitions->count == 0)
        return fault_validation(
            &request->fault, P_ "AttributeDefinitions is not specified for index: %.*s", SLICE_ARG(action->index_name));
    err = api__list_check(request, definitions->count, CONTROL_LIST_MAX, "attributeDefinitions");
    if (!err)
        err = api__list_check(request, action->key_schema.count, KEY_ELEMENTS_MAX, "keySchema");
    if (!err)
        err = definitions_check(&check);
    if (!err)
        err = keys_defined_check(&check, &action->key_schema);
    if (!err)
        err = global_keys_check(&check, &action->key_schema);
    if (!err)
        err = projection_check(request, action->projection);
    if (err)
        return err;
    index_blank(ret, action->index_name, true);
    index_keys_fill(definitions, &action->key_schema, ret);
    projection_fill(request->arena, action->projection, ret);
    ret->throughput = api__throughput(action->provisioned_throughput);
    ret->on_demand = api__on_demand(action->on_demand_throughput);
    ret->warm = api__warm(action->warm_throughput);
    return OK;
}
