/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Features that no table here has, because nothing can switch them on yet: what those who ask about them are told is
 * that there is nothing, in the service's words. Tools that manage tables ask on every refresh, whether or not a table
 * uses the feature; an error would stop them. What would switch a feature on is refused.
 *
 *     resource policies (3.7), auto scaling of replicas (5.8), Kinesis destinations (6.5), backups (8.1), point-in-time
 *     recovery (8.2), exports (8.4), imports (8.5), global tables of 2017 (9.1), Contributor Insights (10.3)
 *
 * A table that is being created has none of this, not even an empty one; one that is being deleted answers until it is
 * gone (appendix B). When a feature is built its handlers move to a file of their own.
 *
 * Reads of the request's view of the catalog; GetResourcePolicy on a stream may read meta.
 */
#include "api/streams.h"

/* A table whose features can be asked about. */
static enum err table_find(struct api_request *request, struct slice name_or_arn, const struct table_desc **ret)
{
    enum err err = api__control_table(request, name_or_arn, ret);

    if (!err && (*ret)->status == TABLE_CREATING)
        err = api__table_missing(request, (*ret)->name);
    return err;
}

/* ---- continuous backups: the one family that has an error of its own for a missing table ---- */
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

static struct continuous_backups_description *continuous_backups(struct arena *arena)
{
    struct continuous_backups_description *shown = arena_zalloc(arena, sizeof(*shown));
    struct point_in_time_recovery_description *recovery = arena_zalloc(arena, sizeof(*recovery));

    recovery->point_in_time_recovery_status = SLICE_LIT("DISABLED");
    shown->continuous_backups_status = SLICE_LIT("ENABLED");
    shown->point_in_time_recovery_description = recovery;
    return shown;
}

enum err api_describe_continuous_backups(struct api_request *request, void *input)
{
    const struct describe_continuous_backups_input *in = input;
    struct describe_continuous_backups_output *out = request->output;
    enum err err = backup_table(request, in->table_name);

    if (!err)
        out->continuous_backups_description = continuous_backups(request->arena);
    return err;
}

/* Off is what it is already. */
enum err api_update_continuous_backups(struct api_request *request, void *input)
{
    const struct update_continuous_backups_input *in = input;
    const struct point_in_time_recovery_specification *asked = in->point_in_time_recovery_specification;
    struct update_continuous_backups_output *out = request->output;
    bool enable = asked->point_in_time_recovery_enabled == TRI_TRUE;
    enum err err;

    if (!enable && asked->recovery_period_in_days.present)
        return fault_validation(&request->fault,
            "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.");
    err = backup_table(request, in->table_name);
    if (err)
        return err;
    if (enable)
        return fault_validation(
            &request->fault, "Point-in-time recovery (UpdateContinuousBackups) is not supported by this server yet");
    out->continuous_backups_description = continuous_backups(request->arena);
    return OK;
}

/* ---- backups, exports, imports: none was ever made ---- */
static enum err backup_cursor_check(struct api_request *request, struct slice cursor)
{
    struct api__arn arn;

    if (cursor.p == NULL)
        return OK;
    if (!api__arn_split(cursor, &arn) || !slice_is(arn.service, "dynamodb"))
        return fault_validation(&request->fault, "Invalid Backup ARN");
    if (!slice_equal(arn.region, request->identity.region))
        return fault_validation(
            &request->fault, "Invalid Request: The supplied ExclusiveStartBackupArn does not match the region");
    return OK;
}

/* Backups outlive their table, so a name without a table is as good as any. */
enum err api_list_backups(struct api_request *request, void *input)
{
    const struct list_backups_input *in = input;
    struct list_backups_output *out = request->output;
    struct slice name;
    enum err err = in->table_name.p == NULL ? OK : api__table_name(request, in->table_name, &name);

    if (!err)
        err = backup_cursor_check(request, in->exclusive_start_backup_arn);
    if (err)
        return err;
    if (in->time_range_lower_bound.present && in->time_range_upper_bound.present &&
        in->time_range_lower_bound.v > in->time_range_upper_bound.v)
        return fault_validation(&request->fault, P_ "Time range lower bound must be less than or equal to upper bound");
    out->backup_summaries.present = true;
    return OK;
}

/* No list here has a second page, so nobody was ever given a token. */
enum err api_list_exports(struct api_request *request, void *input)
{
    const struct list_exports_input *in = input;
    struct list_exports_output *out = request->output;

    if (in->next_token.p != NULL)
        return fault_validation(
            &request->fault, "Invalid Request: Provided nextToken is invalid: %.*s", SLICE_ARG(in->next_token));
    out->export_summaries.present = true;
    return OK;
}

enum err api_list_imports(struct api_request *request, void *input)
{
    struct list_imports_output *out = request->output;

    (void)input;
    out->import_summary_list.present = true;
    return OK;
}

/* ---- global tables ---- */
enum err api_list_global_tables(struct api_request *request, void *input)
{
    struct list_global_tables_output *out = request->output;

    (void)input;
    out->global_tables.present = true;
    return OK;
}

/* For global tables only; there is none, and a name that is no table's is answered alike. */
enum err api_describe_table_replica_auto_scaling(struct api_request *request, void *input)
{
    const struct describe_table_replica_auto_scaling_input *in = input;
    struct slice name;
    enum err err = api__table_name(request, in->table_name, &name);

    if (err)
        return err;
    return fault_set(
        &request->fault, API_RESOURCE_NOT_FOUND, "Global table with name: '%.*s' does not exist.", SLICE_ARG(name));
}

/* ---- Kinesis destinations ---- */
enum err api_describe_kinesis_streaming_destination(struct api_request *request, void *input)
{
    const struct describe_kinesis_streaming_destination_input *in = input;
    struct describe_kinesis_streaming_destination_output *out = request->output;
    const struct table_desc *desc;
    enum err err = table_find(request, in->table_name, &desc);

    if (err)
        return err;
    out->table_name = desc->name;
    out->kinesis_data_stream_destinations.present = true;
    return OK;
}

/* ---- Contributor Insights ---- */
static enum err insights_index_check(
    struct api_request *request, const struct table_desc *desc, struct slice index_name)
{
    const struct index_desc *index = index_name.p == NULL ? NULL : table_index_find(desc, index_name);

    if (index_name.p == NULL || (index != NULL && index->global))
        return OK;
    return fault_set(&request->fault, API_RESOURCE_NOT_FOUND,
        "Requested resource not found: Index: %.*s not found for table: %.*s", SLICE_ARG(index_name),
        SLICE_ARG(desc->name));
}

enum err api_describe_contributor_insights(struct api_request *request, void *input)
{
    const struct describe_contributor_insights_input *in = input;
    struct describe_contributor_insights_output *out = request->output;
    const struct table_desc *desc;
    enum err err = table_find(request, in->table_name, &desc);

    if (!err)
        err = insights_index_check(request, desc, in->index_name);
    if (err)
        return err;
    out->table_name = desc->name;
    out->index_name = in->index_name;
    out->contributor_insights_status = SLICE_LIT("DISABLED");
    return OK;
}

/* What is disabled is not listed. */
enum err api_list_contributor_insights(struct api_request *request, void *input)
{
    const struct list_contributor_insights_input *in = input;
    struct list_contributor_insights_output *out = request->output;
    const struct table_desc *desc;
    enum err err = in->table_name.p == NULL ? OK : table_find(request, in->table_name, &desc);

    if (!err)
        out->contributor_insights_summaries.present = true;
    return err;
}

/* ---- resource policies ---- */
static enum err policy_arn_check(struct api_request *request, struct slice text, struct api__arn *ret)
{
    struct fault *fault = &request->fault;

    if (!api__arn_split(text, ret))
        return fault_validation(fault, P_ "ARNs must start with 'arn:': %.*s", SLICE_ARG(text));
    if (!slice_is(ret->service, "dynamodb"))
        return fault_validation(fault, P_ "Provided Arn is not a DynamoDB resource arn: %.*s", SLICE_ARG(text));
    if (!slice_is(ret->partition, "aws") || !slice_equal(ret->region, request->identity.region))
        return fault_validation(fault, P_ "Invalid resource Arn: %.*s", SLICE_ARG(text));
    if (!slice_equal(ret->account, request->identity.account))
        return fault_validation(
            fault, "This action is only supported by accounts that match the resource owner’s account.");
    return OK;
}

/* The table or stream that may have a policy is there. */
static enum err policy_resource_check(struct api_request *request, struct slice text, const struct api__arn *arn)
{
    const struct table_desc *desc;
    struct api__stream *stream;
    struct slice name, label;
    enum err err;

    if (api__arn_table(arn, &name))
        return table_find(request, name, &desc);
    err = api__stream_arn_parse(request, text, &name, &label);
    if (err)
        return fault_validation(&request->fault,
            P_ "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: %.*s",
            SLICE_ARG(text));
    stream = arena_alloc(request->arena, sizeof(*stream));
    err = api__stream_find(request, text, stream);
    if (err == ERR_FAULT)
        return fault_set(&request->fault, API_RESOURCE_NOT_FOUND,
            "Requested resource not found: Stream: %.*s not found for Table: %.*s", SLICE_ARG(label), SLICE_ARG(name));
    return err;
}

enum err api_get_resource_policy(struct api_request *request, void *input)
{
    const struct get_resource_policy_input *in = input;
    struct api__arn arn;
    enum err err = policy_arn_check(request, in->resource_arn, &arn);

    if (!err)
        err = policy_resource_check(request, in->resource_arn, &arn);
    if (err)
        return err;
    return fault_set(&request->fault, API_POLICY_NOT_FOUND,
        "Resource-based policy not found for the provided ResourceArn: %.*s", SLICE_ARG(in->resource_arn));
}
