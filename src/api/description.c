/* SPDX-License-Identifier: Apache-2.0 */

/*
 * TableDescription: a descriptor as clients see it (4.3). Which members are there depends on the state and on the
 * occasion; absent means absent. Counts and sizes are read from the counters at that moment: they are exact, where AWS
 * is six hours behind.
 *
 * Everything lies in the request's arena. Runs on the request's fiber; reading the counters may park it.
 */
#include "api/streams.h"

struct counts {
    int64_t items, bytes;
};

static const char *const table_status_names[] = {"CREATING", "ACTIVE", "UPDATING", "DELETING"};
/* BACKFILLING is CREATING with a flag */
static const char *const index_status_names[] = {"CREATING", "CREATING", "ACTIVE", "UPDATING", "DELETING"};
static const char *const projection_names[] = {"ALL", "KEYS_ONLY", "INCLUDE"};
static const char *const billing_names[] = {"PROVISIONED", "PAY_PER_REQUEST"};

static struct slice text(const char *name)
{
    return slice_from_cstr(name);
}

static struct opt_int number(int64_t v)
{
    return (struct opt_int){true, v};
}

/* Epoch seconds; 0 ms is "never": absent. */
static struct opt_double seconds(uint64_t ms)
{
    return (struct opt_double){ms != 0, (double)ms / 1000.0};
}

/* ---- counters ---- */
/* Items and bytes of the table (first) and of its indexes, in their order. */
static enum err counts_read(struct api_request *request, const struct table_desc *desc, struct counts *counts)
{
    uint32_t count = 1 + desc->lsi_count + desc->gsi_count;
    struct arena *arena = request->arena;
    struct engine_key *keys = arena_alloc(arena, 2 * count * sizeof(*keys));
    struct engine_record *records = arena_alloc(arena, 2 * count * sizeof(*records));
    enum err err;

    for (uint32_t i = 0; i < count; i++) {
        uint16_t index = i == 0 ? 0 : desc->indexes[i - 1].id;

        keys[2 * i] = (struct engine_key){ENGINE_META, table_counter_key(arena, desc->id, index, COUNTER_ITEMS)};
        keys[2 * i + 1] = (struct engine_key){ENGINE_META, table_counter_key(arena, desc->id, index, COUNTER_BYTES)};
    }
    err = engine_get(request->api->engine, request->fiber, arena, keys, 2 * count, records);
    for (uint32_t i = 0; i < count && !err; i++) {
        err = counter_value(keys[2 * i].key, records[2 * i].bytes, &counts[i].items);
        if (!err)
            err = counter_value(keys[2 * i + 1].key, records[2 * i + 1].bytes, &counts[i].bytes);
    }
    return err;
}

/* ---- keys ---- */
static struct key_schema key_schema(struct arena *arena, const struct key_attribute *hash, uint32_t hash_count,
    const struct key_attribute *range, uint32_t range_count)
{
    struct key_schema_element *elements = arena_alloc(arena, (hash_count + range_count) * sizeof(*elements));

    for (uint32_t i = 0; i < hash_count; i++)
        elements[i] = (struct key_schema_element){hash[i].name, SLICE_LIT("HASH")};
    for (uint32_t i = 0; i < range_count; i++)
        elements[hash_count + i] = (struct key_schema_element){range[i].name, SLICE_LIT("RANGE")};
    return (struct key_schema){true, hash_count + range_count, elements};
}

static struct attribute_definitions definitions(struct arena *arena, const struct table_desc *desc)
{
    struct attribute_definition *items = arena_alloc(arena, desc->definitions_count * sizeof(*items));

    for (uint32_t i = 0; i < desc->definitions_count; i++)
        items[i] =
            (struct attribute_definition){desc->definitions[i].name, text(value_type_name(desc->definitions[i].type))};
    return (struct attribute_definitions){true, desc->definitions_count, items};
}

static struct projection *projection(struct arena *arena, const struct index_desc *index)
{
    struct projection *shown = arena_zalloc(arena, sizeof(*shown));

    shown->projection_type = text(projection_names[index->projection]);
    if (index->non_key_count != 0) {
        struct slice *names = arena_alloc(arena, index->non_key_count * sizeof(*names));

        memcpy(names, index->non_key, index->non_key_count * sizeof(*names));
        shown->non_key_attributes = (struct non_key_attribute_name_list){true, index->non_key_count, names};
    }
    return shown;
}

static struct slice index_arn(struct arena *arena, const struct table_desc *desc, const struct index_desc *index)
{
    return arena_printf(arena, "%.*s/index/%.*s", SLICE_ARG(desc->arn), SLICE_ARG(index->name));
}

/* ---- throughput ---- */
static struct provisioned_throughput_description *provisioned(
    struct api_request *request, const struct throughput *throughput)
{
    struct provisioned_throughput_description *shown = arena_zalloc(request->arena, sizeof(*shown));

    shown->read_capacity_units = number(throughput->read);
    shown->write_capacity_units = number(throughput->write);
    shown->number_of_decreases_today = number(throughput_decreases_today(throughput, request->wall_ms));
    shown->last_increase_date_time = seconds(throughput->increased_ms);
    shown->last_decrease_date_time = seconds(throughput->decreased_ms);
    return shown;
}

static struct model_on_demand_throughput *on_demand(struct arena *arena, const struct on_demand_throughput *maxima)
{
    struct model_on_demand_throughput *shown;

    if (maxima->max_read < 0 && maxima->max_write < 0)
        return NULL;
    shown = arena_zalloc(arena, sizeof(*shown));
    if (maxima->max_read >= 0)
        shown->max_read_request_units = number(maxima->max_read);
    if (maxima->max_write >= 0)
        shown->max_write_request_units = number(maxima->max_write);
    return shown;
}

static struct opt_int warm_units(int64_t v)
{
    return (struct opt_int){v >= 0, v};
}

static bool is_warming(const struct warm_throughput *next)
{
    return next->read >= 0 || next->write >= 0;
}

static struct table_warm_throughput_description *table_warm(struct arena *arena, const struct table_desc *desc)
{
    struct table_warm_throughput_description *shown;

    if (desc->warm.read < 0 && desc->warm.write < 0)
        return NULL;
    shown = arena_zalloc(arena, sizeof(*shown));
    shown->read_units_per_second = warm_units(desc->warm.read);
    shown->write_units_per_second = warm_units(desc->warm.write);
    shown->status = text(desc->status == TABLE_CREATING || is_warming(&desc->warm_next) ? "UPDATING" : "ACTIVE");
    return shown;
}

static struct global_secondary_index_warm_throughput_description *index_warm(
    struct arena *arena, const struct table_desc *desc, const struct index_desc *index)
{
    struct global_secondary_index_warm_throughput_description *shown;
    bool pending = desc->status == TABLE_CREATING || index->status == INDEX_CREATING || is_warming(&index->warm_next);

    if (index->warm.read < 0 && index->warm.write < 0)
        return NULL;
    shown = arena_zalloc(arena, sizeof(*shown));
    shown->read_units_per_second = warm_units(index->warm.read);
    shown->write_units_per_second = warm_units(index->warm.write);
    shown->status = text(pending ? "UPDATING" : "ACTIVE");
    return shown;
}

static struct billing_mode_summary *billing(struct arena *arena, const struct table_desc *desc)
{
    struct billing_mode_summary *shown;

    if (desc->billing == BILLING_PROVISIONED && !desc->billing_ever_on_demand)
        return NULL;
    shown = arena_zalloc(arena, sizeof(*shown));
    shown->billing_mode = text(billing_names[desc->billing]);
    shown->last_update_to_pay_per_request_date_time = seconds(desc->billing_on_demand_ms);
    return shown;
}

static struct table_class_summary *table_class(struct arena *arena, const struct table_desc *desc)
{
    struct table_class_summary *shown;

    if (desc->table_class.p == NULL)
        return NULL;
    shown = arena_zalloc(arena, sizeof(*shown));
    shown->table_class = desc->table_class;
    shown->last_update_date_time = seconds(desc->table_class_ms);
    return shown;
}

/* ---- indexes ---- */
static void local_indexes(
    struct arena *arena, const struct table_desc *desc, const struct counts *counts, struct table_description *shown)
{
    struct local_secondary_index_description *items;

    if (desc->lsi_count == 0)
        return;
    items = arena_zalloc(arena, desc->lsi_count * sizeof(*items));
    for (uint32_t i = 0; i < desc->lsi_count; i++) {
        const struct index_desc *index = &desc->indexes[i];

        items[i].index_name = index->name;
        items[i].key_schema = key_schema(arena, index->hash, index->hash_count, index->range, index->range_count);
        items[i].projection = projection(arena, index);
        items[i].index_arn = index_arn(arena, desc, index);
        items[i].item_count = number(counts[1 + i].items);
        items[i].index_size_bytes = number(counts[1 + i].bytes);
    }
    shown->local_secondary_indexes = (struct local_secondary_index_description_list){true, desc->lsi_count, items};
}

/* The flag of a live table's new index: false while it is allocated, true while it is filled, absent otherwise (4.6).
 */
static enum tri backfilling(const struct table_desc *desc, const struct index_desc *index)
{
    if (index->status == INDEX_BACKFILLING)
        return TRI_TRUE;
    return index->status == INDEX_CREATING && desc->status != TABLE_CREATING ? TRI_FALSE : TRI_ABSENT;
}

static void global_index(struct api_request *request, const struct table_desc *desc, const struct index_desc *index,
    const struct counts *counts, struct global_secondary_index_description *shown)
{
    struct arena *arena = request->arena;

    shown->index_name = index->name;
    shown->key_schema = key_schema(arena, index->hash, index->hash_count, index->range, index->range_count);
    shown->projection = projection(arena, index);
    shown->index_status = text(index_status_names[index->status]);
    shown->backfilling = backfilling(desc, index);
    shown->provisioned_throughput = provisioned(request, &index->throughput);
    shown->index_arn = index_arn(arena, desc, index);
    shown->item_count = number(counts->items);
    shown->index_size_bytes = number(counts->bytes);
    shown->on_demand_throughput = on_demand(arena, &index->on_demand);
    shown->warm_throughput = index_warm(arena, desc, index);
}

static void global_indexes(struct api_request *request, const struct table_desc *desc, const struct counts *counts,
    struct table_description *shown)
{
    struct global_secondary_index_description *items;

    if (desc->gsi_count == 0)
        return;
    items = arena_zalloc(request->arena, desc->gsi_count * sizeof(*items));
    for (uint32_t i = 0; i < desc->gsi_count; i++) {
        uint32_t at = desc->lsi_count + i;

        global_index(request, desc, &desc->indexes[at], &counts[1 + at], &items[i]);
    }
    shown->global_secondary_indexes = (struct global_secondary_index_description_list){true, desc->gsi_count, items};
}

/* A disabled stream leaves its label and ARN behind. */
static void stream(struct arena *arena, const struct table_desc *desc, struct table_description *shown)
{
    struct stream_info info;

    if (desc->stream.label.p == NULL)
        return;
    stream_info_of(desc, &info);
    shown->latest_stream_label = desc->stream.label;
    shown->latest_stream_arn = api__stream_arn(arena, &info);
    if (!desc->stream.enabled)
        return;
    shown->stream_specification = arena_zalloc(arena, sizeof(*shown->stream_specification));
    shown->stream_specification->stream_enabled = TRI_TRUE;
    shown->stream_specification->stream_view_type = api__stream_view_name(desc->stream.view);
}

/* ---- the whole ---- */
static void describe_common(struct api_request *request, const struct table_desc *desc, const struct counts *counts,
    struct table_description *shown)
{
    shown->table_name = desc->name;
    shown->table_arn = desc->arn;
    shown->table_id = desc->uuid;
    shown->table_status = text(table_status_names[desc->status]);
    shown->item_count = number(counts->items);
    shown->table_size_bytes = number(counts->bytes);
    shown->provisioned_throughput = provisioned(request, &desc->throughput);
    shown->billing_mode_summary = billing(request->arena, desc);
    shown->deletion_protection_enabled = desc->deletion_protection ? TRI_TRUE : TRI_FALSE;
}

static void describe_rest(struct api_request *request, const struct table_desc *desc, const struct counts *counts,
    struct table_description *shown)
{
    struct arena *arena = request->arena;

    shown->attribute_definitions = definitions(arena, desc);
    shown->key_schema = key_schema(arena, &desc->hash, 1, &desc->range, desc->has_range ? 1 : 0);
    shown->creation_date_time = seconds(desc->created_ms);
    shown->on_demand_throughput = on_demand(arena, &desc->on_demand);
    shown->warm_throughput = table_warm(arena, desc);
    shown->table_class_summary = table_class(arena, desc);
    stream(arena, desc, shown);
    local_indexes(arena, desc, counts, shown);
    global_indexes(request, desc, counts, shown);
}

enum err api__description(struct api_request *request, const struct table_desc *desc, enum api__occasion occasion,
    struct table_description **ret)
{
    struct table_description *shown = arena_zalloc(request->arena, sizeof(*shown));
    struct counts *counts = arena_zalloc(request->arena, (1 + desc->lsi_count + desc->gsi_count) * sizeof(*counts));
    enum err err;

    if (occasion != API__CREATED) {
        err = counts_read(request, desc, counts);
        if (err)
            return err;
    }
    describe_common(request, desc, counts, shown);
    if (occasion != API__DELETED)
        describe_rest(request, desc, counts, shown);
    *ret = shown;
    return OK;
}
