/* SPDX-License-Identifier: Apache-2.0 */

/*
 * UpdateTable: global secondary indexes of a live table (4.6). An index that is created is in force for writers from
 * the moment this change is published; its older entries are filled in by work/, after the phase in which it is
 * "allocated". An index that is deleted is no longer written from that moment; its entries are removed by work/. One
 * creation or deletion at a time.
 */
#include "api/update.h"

#define UPDATES_LIST_MAX 64 /* ours: a table has at most 20 */
#define ONLINE_INDEX_                                                                                                  \
    "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"

/* ---- the request by itself ---- */
static struct slice action_name(const struct global_secondary_index_update *item)
{
    if (item->create != NULL)
        return item->create->index_name;
    return item->update != NULL ? item->update->index_name : item->delete->index_name;
}

static enum err update_shape(struct api_request *request, const struct update_global_secondary_index_action *action)
{
    const struct provisioned_throughput *units = action->provisioned_throughput;
    const struct model_warm_throughput *warm = action->warm_throughput;

    if (units != NULL && !(units->read_capacity_units.present && units->write_capacity_units.present))
        return fault_validation(&request->fault,
            P_ "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: %.*s",
            SLICE_ARG(action->index_name));
    if (warm != NULL && !warm->read_units_per_second.present && !warm->write_units_per_second.present)
        return fault_validation(&request->fault,
            P_ "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for "
               "index: %.*s",
            SLICE_ARG(action->index_name));
    return OK;
}

static enum err action_shape(struct api_request *request, const struct update_table_input *input,
    const struct global_secondary_index_update *item)
{
    int actions = (item->create != NULL) + (item->update != NULL) + (item->delete != NULL);
    struct index_desc ignored;

    if (actions == 0)
        return fault_validation(&request->fault,
            P_ "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
               "GlobalSecondaryIndexUpdate.Delete "
               "must not be null");
    if (actions > 1)
        return fault_validation(&request->fault,
            P_ "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
    if (item->create != NULL)
        return api__schema_index(request, &input->attribute_definitions, item->create, &ignored);
    return item->update != NULL ? update_shape(request, item->update) : OK;
}

enum err api__update_indexes_shape(struct api_request *request, const struct update_table_input *input)
{
    const struct global_secondary_index_update_list *list = &input->global_secondary_index_updates;
    enum err err = api__list_check(request, list->count, UPDATES_LIST_MAX, "globalSecondaryIndexUpdates");

    for (uint32_t i = 0; i < list->count && !err; i++)
        err = action_shape(request, input, &list->items[i]);
    for (uint32_t i = 0; i < list->count && !err; i++) {
        for (uint32_t k = 0; k < i && !err; k++) {
            struct slice name = action_name(&list->items[i]);

            if (slice_equal(name, action_name(&list->items[k])))
                err = fault_validation(&request->fault,
                    P_ "Only one global secondary index update per index is allowed simultaneously. Index: %.*s",
                    SLICE_ARG(name));
        }
    }
    return err;
}

bool api__update_creates(const struct update_table_input *input)
{
    for (uint32_t i = 0; i < input->global_secondary_index_updates.count; i++) {
        if (input->global_secondary_index_updates.items[i].create != NULL)
            return true;
    }
    return false;
}

bool api__update_creates_or_deletes(const struct update_table_input *input)
{
    for (uint32_t i = 0; i < input->global_secondary_index_updates.count; i++) {
        if (input->global_secondary_index_updates.items[i].delete != NULL)
            return true;
    }
    return api__update_creates(input);
}

const struct update_global_secondary_index_action *api__update_of_index(
    const struct update_table_input *input, struct slice index)
{
    for (uint32_t i = 0; i < input->global_secondary_index_updates.count; i++) {
        const struct update_global_secondary_index_action *action =
            input->global_secondary_index_updates.items[i].update;

        if (action != NULL && slice_equal(action->index_name, index))
            return action;
    }
    return NULL;
}

/* ---- under the turn ---- */
static bool is_online_change(const struct index_desc *index)
{
    return index->status == INDEX_CREATING || index->status == INDEX_BACKFILLING || index->status == INDEX_DELETING;
}

/* A creation or deletion beside another one, in the call or under way. `self`: the one that may be busy itself. */
static enum err online_check(
    struct api__update *update, const struct table_desc *present, const struct index_desc *self)
{
    const struct global_secondary_index_update_list *list = &update->input->global_secondary_index_updates;
    uint32_t changes = 0;

    for (uint32_t i = 0; i < list->count; i++)
        changes += list->items[i].update == NULL;
    for (uint32_t i = 0; i < present->lsi_count + present->gsi_count; i++) {
        if (&present->indexes[i] != self && is_online_change(&present->indexes[i]))
            changes++;
    }
    if (changes > 1)
        return fault_set(&update->request->fault, API_LIMIT_EXCEEDED, ONLINE_INDEX_);
    return OK;
}

static enum err index_missing(struct api__update *update, struct slice index)
{
    return fault_set(&update->request->fault, API_RESOURCE_NOT_FOUND,
        "Requested resource not found: Index %.*s for table %.*s", SLICE_ARG(index), SLICE_ARG(update->name));
}

static enum err index_in_use(struct api__update *update, struct slice index, const char *what)
{
    return fault_set(&update->request->fault, API_RESOURCE_IN_USE, IN_USE_ "%s Table: %.*s Index: %.*s", what,
        SLICE_ARG(update->name), SLICE_ARG(index));
}

static enum err room_check(
    struct api__update *update, const struct table_desc *present, const struct index_desc *created)
{
    struct fault *fault = &update->request->fault;
    uint32_t non_key = created->non_key_count;

    if (present->gsi_count >= GSI_MAX)
        return fault_set(fault, API_LIMIT_EXCEEDED,
            "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of %d", GSI_MAX);
    if (present->index_id_next > INDEX_ID_MAX)
        return fault_set(fault, API_LIMIT_EXCEEDED,
            "Subscriber limit exceeded: The table has no number left for another index; create the table anew");
    for (uint32_t i = 0; i < present->lsi_count + present->gsi_count; i++)
        non_key += present->indexes[i].non_key_count;
    if (non_key > NON_KEY_ATTRIBUTES_MAX)
        return fault_validation(fault, P_ "Number of NonKeyAttributes over all indexes exceeds per-table limit of %d",
            NON_KEY_ATTRIBUTES_MAX);
    return OK;
}

static enum err creation_check(struct api__update *update, const struct table_desc *present,
    const struct create_global_secondary_index_action *action, struct index_desc *created)
{
    struct api_request *request = update->request;
    struct slice name = action->index_name;
    enum err err;

    if (table_index_find(present, name) != NULL)
        return fault_validation(&request->fault, "Attempting to create an index which already exists");
    if (update->billing_next == BILLING_PAY_PER_REQUEST && action->provisioned_throughput != NULL)
        return api__update_index_units_refused(request, name);
    err = api__index_billing_check(request, name, action->provisioned_throughput, update->billing_next);
    if (!err)
        err = api__on_demand_check(request, name, action->on_demand_throughput, update->billing_next, false);
    if (!err)
        err = api__warm_check(request, name, action->warm_throughput, update->billing_next,
            api__throughput(action->provisioned_throughput));
    if (!err)
        err = api__update_busy(update, present, API__TOUCH_INDEX);
    if (!err)
        err = online_check(update, present, NULL);
    if (!err)
        err = api__schema_index(request, &update->input->attribute_definitions, action, created);
    if (!err)
        err = room_check(update, present, created);
    return err;
}

static enum err create(struct api__update *update, const struct table_desc *present,
    const struct create_global_secondary_index_action *action, struct table_desc *next, struct index_desc *indexes)
{
    struct index_desc created;
    enum err err;

    err = creation_check(update, present, action, &created);
    if (err)
        return err;
    created.id = next->index_id_next++;
    created.status = INDEX_CREATING;
    created.due_ms = api__due_ms(update->request);
    created.backfill_due_ms = created.due_ms + update->request->api->state_delay_ms;
    indexes[next->lsi_count + next->gsi_count++] = created;
    update->changed = true;
    update->raised = true;
    return OK;
}

static enum err deletion_check(
    struct api__update *update, const struct table_desc *present, struct slice name, const struct index_desc *index)
{
    enum err err;

    if (index == NULL)
        return index_missing(update, name);
    if (!index->global)
        return fault_validation(&update->request->fault,
            "Cannot delete an index that is not a GlobalSecondaryIndex: %.*s", SLICE_ARG(name));
    if (index->status == INDEX_CREATING)
        return index_in_use(update, name,
            "Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the "
            "index is active.");
    if (index->status == INDEX_DELETING)
        return index_in_use(update, name, "Index is being deleted.");
    if (index->status == INDEX_UPDATING)
        return index_in_use(update, name, "Index is being updated.");
    err = api__update_busy(update, present, API__TOUCH_INDEX);
    return err ? err : online_check(update, present, index);
}

static enum err take_away(
    struct api__update *update, const struct table_desc *present, struct slice name, struct index_desc *indexes)
{
    const struct index_desc *index = table_index_find(present, name);
    enum err err = deletion_check(update, present, name, index);

    if (err)
        return err;
    indexes[index - present->indexes].status = INDEX_DELETING;
    indexes[index - present->indexes].due_ms = api__due_ms(update->request);
    update->changed = true;
    return OK;
}

static enum err modify_allowed(struct api__update *update, const struct table_desc *present,
    const struct update_global_secondary_index_action *action, const struct index_desc *index)
{
    struct slice name = action->index_name;
    bool on_demand = api__update_has_maxima(action->on_demand_throughput), warm = action->warm_throughput != NULL;

    if (index == NULL)
        return index_missing(update, name);
    if (!index->global)
        return fault_validation(&update->request->fault,
            "Cannot update an index that is not a GlobalSecondaryIndex: %.*s", SLICE_ARG(name));
    if (action->provisioned_throughput != NULL ? update->billing_next == BILLING_PAY_PER_REQUEST : !on_demand && !warm)
        return fault_validation(&update->request->fault,
            P_ "The only Updates for index: %.*s when TableThroughputMode is PAY_PER_REQUEST can be to "
               "OnDemandThroughput, "
               "WarmThroughput",
            SLICE_ARG(name));
    switch (index->status) {
    case INDEX_CREATING: /* two blanks: as the service writes it */
        return index_in_use(update, name, "Index is being created but is not backfilling yet. ");
    case INDEX_DELETING:
        return index_in_use(update, name, "Index is being deleted.");
    case INDEX_UPDATING:
        return index_in_use(update, name, "Index is being updated.");
    case INDEX_BACKFILLING:
    case INDEX_ACTIVE:
        break;
    }
    return api__update_busy(update, present, API__TOUCH_IOPS);
}

static enum err modify(struct api__update *update, const struct table_desc *present,
    const struct update_global_secondary_index_action *action, struct index_desc *indexes)
{
    const struct index_desc *old = table_index_find(present, action->index_name);
    bool switched = update->billing_next != present->billing;
    struct index_desc *index; /* one that is being filled takes all at once: it has no other status to show */
    enum err err;

    err = modify_allowed(update, present, action, old);
    if (err)
        return err;
    index = &indexes[old - present->indexes];
    if (action->provisioned_throughput != NULL && !switched) /* with the switch its units came at once */
        err = api__update_units(
            update, action->index_name, action->provisioned_throughput, &index->throughput, &index->throughput_next);
    if (!err && api__update_has_maxima(action->on_demand_throughput)) {
        err = api__on_demand_check(
            update->request, action->index_name, action->on_demand_throughput, update->billing_next, true);
        if (!err)
            api__update_maxima(action->on_demand_throughput, &index->on_demand);
    }
    if (!err && action->warm_throughput != NULL)
        err = api__update_warm(update, action->index_name, action->warm_throughput, &old->warm, &index->warm_next);
    if (err)
        return err;
    update->changed = true;
    if (index->status == INDEX_BACKFILLING) {
        table_index_settle(index, update->request->wall_ms);
        return OK;
    }
    index->status = INDEX_UPDATING;
    index->due_ms = api__due_ms(update->request);
    return OK;
}

enum err api__update_indexes(struct api__update *update, const struct table_desc *present, struct table_desc *next,
    struct index_desc *indexes, struct arena *arena)
{
    const struct global_secondary_index_update_list *list = &update->input->global_secondary_index_updates;
    enum err err = OK;

    for (uint32_t i = 0; i < list->count && !err; i++) {
        const struct global_secondary_index_update *item = &list->items[i];

        if (item->create != NULL)
            err = create(update, present, item->create, next, indexes);
        else if (item->delete != NULL)
            err = take_away(update, present, item->delete->index_name, indexes);
        else
            err = modify(update, present, item->update, indexes);
    }
    if (err)
        return err;
    if (api__update_creates(update->input))
        table_definitions_settle(next, arena);
    table_updating_settle(next);
    return OK;
}
