/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Members of CreateTable and UpdateTable that stand for features: streams (6.1), encryption (10.7), table class,
 * resource policies, replicas, vector indexes. First the service's own rules about them; then, for what is not built
 * yet, a refusal in plain words. A member that asks for nothing (SSESpecification {}) is taken: it means the default.
 * Never is a request answered OK without what it asked for. Pure.
 */
#include "api/control.h"

static enum err not_yet(struct api_request *request, const char *what)
{
    return fault_validation(&request->fault, "%s not supported by this server yet", what);
}

enum err api__table_class_check(struct api_request *request, struct slice table_class)
{
    if (table_class.p == NULL || slice_is(table_class, "STANDARD") ||
        slice_is(table_class, "STANDARD_INFREQUENT_ACCESS"))
        return OK;
    return fault_validation(&request->fault,
        "Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, "
        "STANDARD_INFREQUENT_ACCESS].");
}

/* ---- encryption ---- */
static bool sse_asks_for_kms(const struct sse_specification *sse)
{
    return sse->enabled == TRI_TRUE ||
           (sse->enabled == TRI_ABSENT && (sse->sse_type.p != NULL || sse->kms_master_key_id.p != NULL));
}

static enum err sse_check(struct api_request *request, const struct sse_specification *sse)
{
    struct fault *fault = &request->fault;

    if (sse->enabled == TRI_FALSE && sse->sse_type.p != NULL)
        return fault_validation(fault, P_ "SSEType can not be specified if Enabled is false");
    if (sse->enabled == TRI_FALSE && sse->kms_master_key_id.p != NULL)
        return fault_validation(fault, P_ "KMSMasterKeyId can not be specified if Enabled is false");
    if (sse->kms_master_key_id.p != NULL && sse->sse_type.p == NULL)
        return fault_validation(fault, P_ "SSEType KMS is required if KMSMasterKeyId is specified");
    if (slice_is(sse->sse_type, "AES256"))
        return fault_validation(fault, P_ "SSEType AES256 is not supported");
    if (sse_asks_for_kms(sse))
        return not_yet(request, "Encryption with KMS keys (SSESpecification) is");
    return OK;
}

/* ---- CreateTable ---- */
static enum err stream_create_check(struct api_request *request, const struct stream_specification *stream)
{
    if (stream->stream_enabled == TRI_TRUE && stream->stream_view_type.p == NULL)
        return fault_validation(
            &request->fault, P_ "Table is being created with a stream enabled, UpdateViewType is required");
    if (stream->stream_enabled != TRI_TRUE && stream->stream_view_type.p != NULL)
        return fault_validation(&request->fault,
            P_ "Table is being created with a stream disabled, UpdateViewType should not be specified");
    return OK;
}

enum err api__features_create(struct api_request *request, const struct create_table_input *input)
{
    enum err err = OK;

    if (input->stream_specification != NULL)
        err = stream_create_check(request, input->stream_specification);
    if (!err && input->sse_specification != NULL)
        err = sse_check(request, input->sse_specification);
    if (!err)
        err = api__table_class_check(request, input->table_class);
    if (err)
        return err;
    if (input->resource_policy.p != NULL)
        return not_yet(request, "Resource-based policies (ResourcePolicy) are");
    if (input->global_table_source_arn.p != NULL || input->global_table_settings_replication_mode.p != NULL)
        return not_yet(request, "Global tables (GlobalTableSourceArn, GlobalTableSettingsReplicationMode) are");
    if (input->vector_indexes.present)
        return not_yet(request, "Vector indexes (VectorIndexes) are");
    return OK;
}

/* ---- UpdateTable ---- */
static enum err stream_update_check(struct api_request *request, const struct stream_specification *stream)
{
    if (stream->stream_enabled == TRI_TRUE && stream->stream_view_type.p == NULL)
        return fault_validation(&request->fault, P_ "If stream is being enabled then UpdateViewType is required");
    if (stream->stream_enabled != TRI_TRUE && stream->stream_view_type.p != NULL)
        return fault_validation(
            &request->fault, P_ "If stream is being disabled, then UpdateViewType must not be specified");
    return OK;
}

enum err api__features_update(struct api_request *request, const struct update_table_input *input)
{
    enum err err = OK;

    if (input->stream_specification != NULL)
        err = stream_update_check(request, input->stream_specification);
    if (!err && input->sse_specification != NULL)
        err = sse_check(request, input->sse_specification);
    if (!err)
        err = api__table_class_check(request, input->table_class);
    if (err)
        return err;
    if (input->replica_updates.present || input->global_table_witness_updates.present ||
        input->multi_region_consistency.p != NULL || input->global_table_settings_replication_mode.p != NULL)
        return not_yet(request, "Global tables (ReplicaUpdates, GlobalTableWitnessUpdates, MultiRegionConsistency, "
                                "GlobalTableSettingsReplicationMode) are");
    if (input->vector_index_updates.present)
        return not_yet(request, "Vector indexes (VectorIndexUpdates) are");
    if (input->disassociation_protection_enabled != TRI_ABSENT)
        return not_yet(request, "Disassociation protection (DisassociationProtectionEnabled) is");
    return OK;
}
