/* SPDX-License-Identifier: Apache-2.0 */

/*
 * UpdateTable: enabling and disabling the stream (6.1). Both are in force with the descriptor; UPDATING only lasts for
 * the eye. Runs under the catalog's turn.
 */
#include "api/streams.h"
#include "api/update.h"

enum err api__update_busy_stream(struct api__update *update, const struct table_desc *present, enum api__touch touch)
{
    static const char *const wants[] = {"change table IOPS", "", "update table class", "create or delete index", ""};
    const char *operation = present->stream.enabled ? "ENABLE" : "DISABLE";
    struct fault *fault = &update->request->fault;

    if (touch == API__TOUCH_STREAM)
        return fault_set(fault, API_RESOURCE_IN_USE,
            IN_USE_ "A stream status change is currently in progress. Table: %.*s Stream: %.*s Operation: %s",
            SLICE_ARG(present->name), SLICE_ARG(present->stream.label), operation);
    if (touch == API__TOUCH_MAXIMA)
        return fault_set(fault, API_RESOURCE_IN_USE,
            IN_USE_ "OnDemandThroughput cannot be updated while stream status update is in progress");
    return fault_set(fault, API_RESOURCE_IN_USE,
        IN_USE_ "Can't %s when stream status is being updated. Table: %.*s Stream: %.*s Operation: %s", wants[touch],
        SLICE_ARG(present->name), SLICE_ARG(present->stream.label), operation);
}

static enum err change_check(
    struct api__update *update, const struct table_desc *present, const struct stream_specification *asked)
{
    bool enable = asked->stream_enabled == TRI_TRUE;
    enum err err = api__update_busy(update, present, API__TOUCH_STREAM);

    if (err)
        return err;
    if (enable && present->stream.enabled)
        return fault_validation(
            &update->request->fault, "Table already has an enabled stream: TableName: %.*s", SLICE_ARG(present->name));
    if (!enable && !present->stream.enabled)
        return fault_validation(
            &update->request->fault, "Table has no stream to disable: TableName: %.*s", SLICE_ARG(present->name));
    return OK;
}

enum err api__update_stream(
    struct api__update *update, const struct table_desc *present, struct table_desc *next, struct arena *arena)
{
    const struct stream_specification *asked = update->input->stream_specification;
    uint64_t now_ms = update->request->wall_ms;
    enum stream_view view;
    enum err err;

    if (asked == NULL)
        return OK;
    err = change_check(update, present, asked);
    if (err)
        return err;
    if (asked->stream_enabled == TRI_TRUE && api__stream_view_parse(asked->stream_view_type, &view))
        table_stream_open(next, view, now_ms, arena);
    else
        table_stream_close(next, now_ms, arena);
    next->updating |= TABLE_UPDATES_STREAM;
    next->status = TABLE_UPDATING;
    next->due_ms = api__due_ms(update->request);
    update->changed = true;
    return OK;
}
