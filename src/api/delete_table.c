/* SPDX-License-Identifier: Apache-2.0 */

/*
 * DeleteTable (4.4). The descriptor goes to DELETING at once: from then on item operations do not find the table. Its
 * items, indexes and counters are removed in the background (work/), then the descriptor itself; until then the name is
 * taken. The stream ends with the state and can be read for a day.
 */
#include "api/control.h"

static bool has_busy_index(const struct table_desc *desc)
{
    for (uint32_t i = 0; i < desc->lsi_count + desc->gsi_count; i++) {
        if (desc->indexes[i].status != INDEX_ACTIVE)
            return true;
    }
    return false;
}

static enum err state_check(struct api_request *request, const struct table_desc *present)
{
    struct fault *fault = &request->fault;

    if (present->status == TABLE_CREATING)
        return fault_set(fault, API_RESOURCE_IN_USE, IN_USE_ "Table is being created: %.*s", SLICE_ARG(present->name));
    if (present->status == TABLE_DELETING)
        return fault_set(fault, API_RESOURCE_IN_USE, IN_USE_ "Table is being deleted: %.*s", SLICE_ARG(present->name));
    if (present->deletion_protection)
        return fault_validation(fault, "Resource cannot be deleted as it is currently protected against deletion. "
                                       "Disable deletion protection first.");
    if (has_busy_index(present))
        return fault_set(fault, API_RESOURCE_IN_USE,
            IN_USE_ "Cannot delete table while indexes are being created, updated, or deleted.");
    if (present->updating & TABLE_UPDATES_STREAM)
        return fault_set(
            fault, API_RESOURCE_IN_USE, IN_USE_ "Cannot delete table while stream is being enabled/disabled.");
    if (present->status == TABLE_UPDATING || present->warm_next.read >= 0 || present->warm_next.write >= 0)
        return fault_set(fault, API_RESOURCE_IN_USE, IN_USE_ "Table: %.*s is in the process of being updated.",
            SLICE_ARG(present->name));
    return OK;
}

struct deletion {
    struct api_request *request;
    struct slice name;
};

static enum err deletion_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    const struct deletion *deletion = context;
    enum err err;

    if (present == NULL)
        return api__table_missing(deletion->request, deletion->name);
    err = state_check(deletion->request, present);
    if (err)
        return err;
    table_stream_close(next, deletion->request->wall_ms, arena);
    next->status = TABLE_DELETING;
    next->updating = 0;
    next->due_ms = api__due_ms(deletion->request);
    *ret_what = CATALOG_STORE;
    return OK;
}

enum err api_delete_table(struct api_request *request, void *input)
{
    const struct delete_table_input *in = input;
    struct delete_table_output *output = request->output;
    struct deletion deletion = {.request = request};
    const struct table_desc *desc;
    enum err err;

    err = api__table_name(request, in->table_name, &deletion.name);
    if (!err)
        err = api__change(request, deletion.name, deletion_fill, &deletion, &desc);
    if (!err)
        err = api__description(request, desc, API__DELETED, &output->table_description);
    return err;
}
