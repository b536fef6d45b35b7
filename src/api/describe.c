/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What can be asked about one table: DescribeTable, DescribeContinuousBackups (8.2). Reads of the request's view of the
 * catalog; DescribeTable reads counters besides.
 */
#include "api/control.h"

enum err api_describe_table(struct api_request *request, void *input)
{
    const struct describe_table_input *in = input;
    struct describe_table_output *output = request->output;
    const struct table_desc *desc;
    enum err err;

    err = api__control_table(request, in->table_name, &desc);
    if (!err)
        err = api__description(request, desc, API__DESCRIBE, &output->table);
    return err;
}

/* The one family that has an error of its own for a missing table. */
static enum err backup_table(struct api_request *request, struct slice name_or_arn)
{
    const struct table_desc *desc;
    struct slice name;
    enum err err;

    err = api__table_name(request, name_or_arn, &name);
    if (err)
        return err;
    desc = catalog_find(request->view, request->identity.account, request->identity.region, name);
    if (desc == NULL || desc->status == TABLE_CREATING)
        return fault_set(&request->fault, API_TABLE_NOT_FOUND, "Table not found: %.*s", SLICE_ARG(name));
    return OK;
}

/* Point-in-time recovery cannot be switched on yet, so it is off. */
enum err api_describe_continuous_backups(struct api_request *request, void *input)
{
    const struct describe_continuous_backups_input *in = input;
    struct describe_continuous_backups_output *output = request->output;
    struct continuous_backups_description *shown;
    enum err err;

    err = backup_table(request, in->table_name);
    if (err)
        return err;
    shown = arena_zalloc(request->arena, sizeof(*shown));
    shown->continuous_backups_status = SLICE_LIT("ENABLED");
    shown->point_in_time_recovery_description =
        arena_zalloc(request->arena, sizeof(*shown->point_in_time_recovery_description));
    shown->point_in_time_recovery_description->point_in_time_recovery_status = SLICE_LIT("DISABLED");
    output->continuous_backups_description = shown;
    return OK;
}
