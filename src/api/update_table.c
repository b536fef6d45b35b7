/* SPDX-License-Identifier: Apache-2.0 */

/*
 * UpdateTable (4.5): one logical change a call. The order of checks is the service's: constraints, bounds, billing
 * against throughput, "at least one", members that must be alone, the shape of index actions; then, under the catalog's
 * turn, existence, the table's state, each member against what is stored, and the account's quotas.
 */
#include <time.h>

#include "api/update.h"

#define PROTECTION_PAUSE_MS 15000u
#define CLASS_CHANGES_MAX   2
#define CLASS_WINDOW_MS     (30ull * 86400000u)

/* ---- the request by itself ---- */
static bool has_warm(const struct update_table_input *input)
{
    const struct model_warm_throughput *warm = input->warm_throughput;

    return warm != NULL && (warm->read_units_per_second.present || warm->write_units_per_second.present);
}

bool api__update_has_maxima(const struct model_on_demand_throughput *maxima)
{
    return maxima != NULL && (maxima->max_read_request_units.present || maxima->max_write_request_units.present);
}

/* How many members ask for something. AttributeDefinitions and MultiRegionConsistency do not count; empty structures
 * ask for nothing. */
static uint32_t members_count(const struct update_table_input *input)
{
    return (uint32_t)(input->provisioned_throughput != NULL) + (input->billing_mode.p != NULL) +
           (input->stream_specification != NULL) + (input->global_secondary_index_updates.count != 0) +
           (input->sse_specification != NULL) + (input->replica_updates.count != 0) +
           (input->deletion_protection_enabled != TRI_ABSENT) + api__update_has_maxima(input->on_demand_throughput) +
           has_warm(input) + (input->table_class.p != NULL) +
           (input->global_table_settings_replication_mode.p != NULL) + (input->vector_index_updates.count != 0) +
           (input->disassociation_protection_enabled != TRI_ABSENT);
}

static enum err something_check(struct api_request *request, const struct update_table_input *input)
{
    if (members_count(input) != 0)
        return OK;
    return fault_validation(&request->fault,
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
        "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, "
        "%sDeletionProtectionEnabled, "
        "OnDemandThroughput, WarmThroughput or TableClass is required",
        input->multi_region_consistency.p == NULL ? "MultiRegionConsistency, " : "");
}

static enum err alone_check(struct api_request *request, const struct update_table_input *input)
{
    struct fault *fault = &request->fault;
    uint32_t count = members_count(input);

    if (count == 1)
        return OK;
    if (input->sse_specification != NULL)
        return fault_validation(
            fault, P_ "Server-Side Encryption modification must be the only operation in the request");
    if (input->table_class.p != NULL)
        return fault_validation(fault, P_ "TableClass modification must be the only operation in the request");
    if (input->deletion_protection_enabled != TRI_ABSENT)
        return fault_validation(fault, P_ "DeletionProtection modification must be the only operation in the request");
    if (has_warm(input) && api__update_creates(input))
        return fault_validation(
            fault, P_ "Create global secondary index cannot be specified when updating WarmThroughput");
    if (has_warm(input))
        return fault_validation(fault, P_ "WarmThroughput must be the only operation in the request");
    if (input->replica_updates.count != 0 && input->global_table_witness_updates.count != 0)
        return fault_validation(
            fault, P_ "Requests that modify replicas or witnesses must not also modify other fields");
    if (input->replica_updates.count != 0)
        return fault_validation(fault, P_ "Replica modification must be the only operation in the request");
    if (api__update_has_maxima(input->on_demand_throughput) && (input->billing_mode.p == NULL || count > 2))
        return fault_validation(
            fault, P_ "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    return OK;
}

static enum err combination_check(struct api_request *request, const struct update_table_input *input)
{
    struct fault *fault = &request->fault;
    bool units = input->provisioned_throughput != NULL, stream = input->stream_specification != NULL;

    if (units && stream)
        return fault_validation(fault, P_ "You cannot modify stream status while updating table IOPS");
    if (units && api__update_creates_or_deletes(input))
        return fault_validation(fault, P_ "You cannot create or delete index while updating table IOPS");
    if (stream && api__update_creates_or_deletes(input))
        return fault_validation(fault, P_ "You cannot create or delete index while changing stream status");
    return OK;
}

static enum err input_check(struct api__update *update)
{
    struct api_request *request = update->request;
    const struct update_table_input *input = update->input;
    bool is_arn = input->table_name.p != NULL && slice_starts_with(input->table_name, SLICE_LIT("arn:"));
    enum err err = OK;

    if (!is_arn)
        err = api__table_name_strict(request, input->table_name);
    if (!err)
        err = api__table_name(request, input->table_name, &update->name);
    if (!err)
        err = api__update_throughput_shape(request, input);
    if (!err)
        err = something_check(request, input);
    if (!err)
        err = alone_check(request, input);
    if (!err)
        err = combination_check(request, input);
    if (!err)
        err = api__features_update(request, input);
    if (!err)
        err = api__update_indexes_shape(request, input);
    return err;
}

/* ---- conflicts with what is under way ---- */
static const struct index_desc *index_in_state(const struct table_desc *present, enum index_status status)
{
    for (uint32_t i = 0; i < present->lsi_count + present->gsi_count; i++) {
        if (present->indexes[i].status == status)
            return &present->indexes[i];
    }
    return NULL;
}

static enum err busy_class(struct api__update *update, const struct table_desc *present, enum api__touch touch)
{
    static const char *const wants[] = {"change table IOPS", "change table IOPS", "update table class",
        "create or delete index", "change stream status"};
    struct slice in_progress = present->table_class_next;

    if (touch == API__TOUCH_MAXIMA)
        return fault_set(&update->request->fault, API_RESOURCE_IN_USE,
            IN_USE_
            "OnDemandThroughput cannot be updated while TableClass update is in progress. TableClassUpdateInProgress: "
            "%.*s",
            SLICE_ARG(in_progress));
    return fault_set(&update->request->fault, API_RESOURCE_IN_USE,
        IN_USE_ "Can't %s when a table class update is in progress. Table: %.*s TableClassUpdateInProgress: %.*s",
        wants[touch], SLICE_ARG(present->name), SLICE_ARG(in_progress));
}

static enum err busy_iops(struct api__update *update, const struct table_desc *present, enum api__touch touch)
{
    struct fault *fault = &update->request->fault;

    if (touch == API__TOUCH_MAXIMA && (present->updating & TABLE_UPDATES_BILLING))
        return fault_set(fault, API_RESOURCE_IN_USE,
            IN_USE_ "OnDemandThroughput cannot be updated while BillingMode update is in progress");
    if (touch == API__TOUCH_INDEX)
        return fault_set(fault, API_RESOURCE_IN_USE,
            IN_USE_ "Can't create or delete index while table IOPS are being updated. Table: %.*s",
            SLICE_ARG(present->name));
    if (touch == API__TOUCH_STREAM)
        return fault_set(fault, API_RESOURCE_IN_USE,
            IN_USE_ "Can't enable or disable stream while table IOPS are being updated. Table: %.*s",
            SLICE_ARG(present->name));
    return fault_set(fault, API_RESOURCE_IN_USE, IN_USE_ "Table IOPS are currently being updated. Table: %.*s",
        SLICE_ARG(present->name));
}

static enum err busy_index(struct api__update *update, const struct table_desc *present, enum api__touch touch)
{
    const struct index_desc *created = index_in_state(present, INDEX_CREATING);
    const struct index_desc *index = created != NULL ? created : index_in_state(present, INDEX_DELETING);
    static const char *const things[] = {"table IOPS", "table IOPS", "table class", "index", "stream status"};

    if (index == NULL || touch == API__TOUCH_INDEX) /* the index actions have texts of their own */
        return OK;
    if (touch == API__TOUCH_MAXIMA)
        return fault_set(&update->request->fault, API_RESOURCE_IN_USE,
            IN_USE_ "OnDemandThroughput cannot be updated while index %s is in progress",
            created != NULL ? "creation" : "deletion");
    return fault_set(&update->request->fault, API_RESOURCE_IN_USE,
        IN_USE_ "Can't change %s when an index is being %s. Table: %.*s Indexes: [%.*s]", things[touch],
        created != NULL ? "created" : "deleted", SLICE_ARG(present->name), SLICE_ARG(index->name));
}

enum err api__update_busy(struct api__update *update, const struct table_desc *present, enum api__touch touch)
{
    if (present->updating & TABLE_UPDATES_CLASS)
        return busy_class(update, present, touch);
    if (present->updating & TABLE_UPDATES_STREAM)
        return api__update_busy_stream(update, present, touch);
    if (present->updating & (TABLE_UPDATES_THROUGHPUT | TABLE_UPDATES_BILLING))
        return busy_iops(update, present, touch);
    return busy_index(update, present, touch);
}

/* ---- members that stand alone ---- */
struct slice api__update_date(struct arena *arena, uint64_t ms)
{
    time_t seconds = (time_t)((ms + 999) / 1000);
    struct tm parts;
    char text[64];

    gmtime_r(&seconds, &parts);
    return arena_dup(arena, slice_of(text, strftime(text, sizeof(text), "%a %b %d %H:%M:%S UTC %Y", &parts)));
}

static enum err protection(struct api__update *update, const struct table_desc *present, struct table_desc *next)
{
    struct api_request *request = update->request;
    bool wanted = update->input->deletion_protection_enabled == TRI_TRUE;
    uint64_t again_ms = present->deletion_protection_ms + PROTECTION_PAUSE_MS;
    struct slice again;

    if (update->input->deletion_protection_enabled == TRI_ABSENT || wanted == present->deletion_protection)
        return OK;
    if (request->wall_ms < again_ms) {
        again = api__update_date(request->arena, again_ms);
        return fault_set(&request->fault, API_THROTTLING,
            "Deletion protection setting for table %.*s modified within the previous %u milliseconds. Please try again "
            "after %.*s",
            SLICE_ARG(present->name), PROTECTION_PAUSE_MS, SLICE_ARG(again));
    }
    next->deletion_protection = wanted;
    next->deletion_protection_ms = request->wall_ms;
    update->changed = true;
    return OK;
}

static bool is_recent(uint64_t ms, uint64_t created_ms, uint64_t now_ms)
{
    return ms != 0 && ms != created_ms && ms + CLASS_WINDOW_MS > now_ms;
}

static enum err table_class(struct api__update *update, const struct table_desc *present, struct table_desc *next)
{
    struct slice wanted = update->input->table_class;
    struct slice now = present->table_class.p == NULL ? SLICE_LIT("STANDARD") : present->table_class;
    uint64_t now_ms = update->request->wall_ms;
    int changes = is_recent(present->table_class_ms, present->created_ms, now_ms) +
                  is_recent(present->table_class_before_ms, present->created_ms, now_ms);
    enum err err;

    if (wanted.p == NULL ||
        (present->table_class.p == NULL && present->table_class_next.p == NULL && slice_equal(wanted, now)))
        return OK;
    err = api__update_busy(update, present, API__TOUCH_CLASS);
    if (err)
        return err;
    if (changes >= CLASS_CHANGES_MAX)
        return fault_set(&update->request->fault, API_LIMIT_EXCEEDED,
            "Subscriber limit exceeded: Updates to TableClass are limited to %d times in 30 day(s).",
            CLASS_CHANGES_MAX);
    if (slice_equal(wanted, now))
        return OK;
    next->table_class_next = wanted;
    next->updating |= TABLE_UPDATES_CLASS;
    next->status = TABLE_UPDATING;
    next->due_ms = api__due_ms(update->request);
    update->changed = true;
    return OK;
}

/* Encryption with keys cannot be on: to switch it off is refused as the service does. */
static enum err off_check(struct api__update *update)
{
    if (update->input->sse_specification == NULL)
        return OK;
    return fault_validation(&update->request->fault, P_ "Table is already encrypted by default");
}

/* ---- the whole ---- */
static enum err state_check(struct api__update *update, const struct table_desc *present)
{
    struct fault *fault = &update->request->fault;

    if (present == NULL)
        return api__table_missing(update->request, update->name);
    if (present->status == TABLE_CREATING)
        return fault_set(fault, API_RESOURCE_IN_USE, IN_USE_ "Table is being created: %.*s", SLICE_ARG(present->name));
    if (present->status == TABLE_DELETING)
        return fault_set(fault, API_RESOURCE_IN_USE, IN_USE_ "Table is being deleted: %.*s", SLICE_ARG(present->name));
    return OK;
}

static enum err members_apply(
    struct api__update *update, const struct table_desc *present, struct table_desc *next, struct arena *arena)
{
    const struct slice billing_mode = update->input->billing_mode;
    enum err err;

    update->billing_next = billing_mode.p == NULL ? present->billing : api__billing(billing_mode);
    err = off_check(update);
    if (!err)
        err = api__update_stream(update, present, next, arena);
    if (!err)
        err = protection(update, present, next);
    if (!err)
        err = table_class(update, present, next);
    if (!err)
        err = api__update_throughput(update, present, next);
    if (!err && update->input->global_secondary_index_updates.count != 0)
        err = api__update_indexes(update, present, next, table_indexes_edit(next, arena), arena);
    if (!err && update->raised)
        err = api__quota_check(update->request, next);
    return err;
}

static enum err apply(void *context, const struct table_desc *present, struct table_desc *next, struct arena *arena,
    enum catalog_what *ret_what)
{
    struct api__update *update = context;
    enum err err;

    err = state_check(update, present);
    if (!err)
        err = members_apply(update, present, next, arena);
    if (err)
        return err;
    *ret_what = update->changed ? CATALOG_STORE : CATALOG_NOTHING;
    return OK;
}

/* ---- the reply ---- */
/* A maximum that this call removed is shown as the -1 it was removed with (4.5). */
static struct model_on_demand_throughput *removed_show(
    struct arena *arena, const struct model_on_demand_throughput *asked, struct model_on_demand_throughput *shown)
{
    bool read = asked != NULL && asked->max_read_request_units.present && asked->max_read_request_units.v == -1;
    bool write = asked != NULL && asked->max_write_request_units.present && asked->max_write_request_units.v == -1;

    if (shown == NULL && (read || write))
        shown = arena_zalloc(arena, sizeof(*shown));
    if (read)
        shown->max_read_request_units = asked->max_read_request_units;
    if (write)
        shown->max_write_request_units = asked->max_write_request_units;
    return shown;
}

static void reply_settle(const struct api__update *update, struct table_description *shown)
{
    const struct global_secondary_index_description_list *indexes = &shown->global_secondary_indexes;
    struct arena *arena = update->request->arena;

    if (update->shown_updating && !update->changed)
        shown->table_status = SLICE_LIT("UPDATING");
    shown->on_demand_throughput = removed_show(arena, update->input->on_demand_throughput, shown->on_demand_throughput);
    for (uint32_t i = 0; i < indexes->count; i++) {
        struct global_secondary_index_description *index = &indexes->items[i];
        const struct update_global_secondary_index_action *action =
            api__update_of_index(update->input, index->index_name);

        if (action != NULL)
            index->on_demand_throughput =
                removed_show(arena, action->on_demand_throughput, index->on_demand_throughput);
    }
}

enum err api_update_table(struct api_request *request, void *input)
{
    struct api__update update = {.request = request, .input = input};
    struct update_table_output *output = request->output;
    const struct table_desc *desc;
    enum err err;

    err = input_check(&update);
    if (!err)
        err = api__change(request, update.name, apply, &update, &desc);
    if (!err)
        err = api__description(request, desc, API__DESCRIBE, &output->table_description);
    if (!err)
        reply_settle(&update, output->table_description);
    return err;
}
