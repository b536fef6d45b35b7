/* SPDX-License-Identifier: Apache-2.0 */
/* Made by tools/gen_model.py from api-model.json. Do not edit: change the generator and run it. */

#include "model/gen_operations.h"

#define TEXT(text_) {(const uint8_t *)(text_), sizeof(text_) - 1}

/* clang-format off */
static const enum api_error errors_batch_execute_statement[] = {API_INTERNAL_SERVER_ERROR, API_REQUEST_LIMIT_EXCEEDED, API_THROTTLING};
static const enum api_error errors_batch_get_item[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING};
static const enum api_error errors_batch_write_item[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REPLICATED_WRITE_CONFLICT, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING};
static const enum api_error errors_cancel_bulk_operation[] = {API_INVALID_ENDPOINT, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_create_backup[] = {API_BACKUP_IN_USE, API_CONTINUOUS_BACKUPS_UNAVAILABLE, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_TABLE_IN_USE, API_TABLE_NOT_FOUND};
static const enum api_error errors_create_global_table[] = {API_GLOBAL_TABLE_ALREADY_EXISTS, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_TABLE_NOT_FOUND};
static const enum api_error errors_create_table[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE};
static const enum api_error errors_delete_backup[] = {API_BACKUP_IN_USE, API_BACKUP_NOT_FOUND, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED};
static const enum api_error errors_delete_item[] = {API_CONDITIONAL_CHECK_FAILED, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REPLICATED_WRITE_CONFLICT, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING, API_TRANSACTION_CONFLICT};
static const enum api_error errors_delete_resource_policy[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_POLICY_NOT_FOUND, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_delete_table[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_describe_backup[] = {API_BACKUP_NOT_FOUND, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT};
static const enum api_error errors_describe_bulk_operation[] = {API_INVALID_ENDPOINT, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_describe_continuous_backups[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_TABLE_NOT_FOUND};
static const enum api_error errors_describe_contributor_insights[] = {API_INTERNAL_SERVER_ERROR, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_describe_endpoints[] = {API_VALIDATION};
static const enum api_error errors_describe_export[] = {API_EXPORT_NOT_FOUND, API_INTERNAL_SERVER_ERROR, API_LIMIT_EXCEEDED};
static const enum api_error errors_describe_global_table[] = {API_GLOBAL_TABLE_NOT_FOUND, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT};
static const enum api_error errors_describe_global_table_settings[] = {API_GLOBAL_TABLE_NOT_FOUND, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT};
static const enum api_error errors_describe_import[] = {API_IMPORT_NOT_FOUND};
static const enum api_error errors_describe_kinesis_streaming_destination[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_describe_limits[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT};
static const enum api_error errors_describe_table[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_describe_table_replica_auto_scaling[] = {API_INTERNAL_SERVER_ERROR, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_describe_time_to_live[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_disable_kinesis_streaming_destination[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_enable_kinesis_streaming_destination[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_execute_statement[] = {API_CONDITIONAL_CHECK_FAILED, API_DUPLICATE_ITEM, API_INTERNAL_SERVER_ERROR, API_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING, API_TRANSACTION_CONFLICT};
static const enum api_error errors_execute_transaction[] = {API_IDEMPOTENT_PARAMETER_MISMATCH, API_INTERNAL_SERVER_ERROR, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING, API_TRANSACTION_CANCELED, API_TRANSACTION_IN_PROGRESS};
static const enum api_error errors_export_table_to_point_in_time[] = {API_EXPORT_CONFLICT, API_INTERNAL_SERVER_ERROR, API_INVALID_EXPORT_TIME, API_LIMIT_EXCEEDED, API_POINT_IN_TIME_RECOVERY_UNAVAILABLE, API_TABLE_NOT_FOUND};
static const enum api_error errors_get_item[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING};
static const enum api_error errors_get_resource_policy[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_POLICY_NOT_FOUND, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_import_table[] = {API_IMPORT_CONFLICT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE};
static const enum api_error errors_list_backups[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT};
static const enum api_error errors_list_bulk_operations[] = {API_INVALID_ENDPOINT};
static const enum api_error errors_list_contributor_insights[] = {API_INTERNAL_SERVER_ERROR, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_list_exports[] = {API_INTERNAL_SERVER_ERROR, API_LIMIT_EXCEEDED};
static const enum api_error errors_list_global_tables[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT};
static const enum api_error errors_list_imports[] = {API_LIMIT_EXCEEDED};
static const enum api_error errors_list_tables[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT};
static const enum api_error errors_list_tags_of_resource[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_put_item[] = {API_CONDITIONAL_CHECK_FAILED, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REPLICATED_WRITE_CONFLICT, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING, API_TRANSACTION_CONFLICT};
static const enum api_error errors_put_resource_policy[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_POLICY_NOT_FOUND, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_query[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING};
static const enum api_error errors_restore_table_from_backup[] = {API_BACKUP_IN_USE, API_BACKUP_NOT_FOUND, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_TABLE_ALREADY_EXISTS, API_TABLE_IN_USE};
static const enum api_error errors_restore_table_to_point_in_time[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_INVALID_RESTORE_TIME, API_LIMIT_EXCEEDED, API_POINT_IN_TIME_RECOVERY_UNAVAILABLE, API_TABLE_ALREADY_EXISTS, API_TABLE_IN_USE, API_TABLE_NOT_FOUND};
static const enum api_error errors_scan[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING};
static const enum api_error errors_search_vectors[] = {API_INTERNAL_SERVER_ERROR, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING};
static const enum api_error errors_start_bulk_put_items[] = {API_IDEMPOTENT_PARAMETER_MISMATCH, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_tag_resource[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_transact_get_items[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING, API_TRANSACTION_CANCELED};
static const enum api_error errors_transact_write_items[] = {API_IDEMPOTENT_PARAMETER_MISMATCH, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING, API_TRANSACTION_CANCELED, API_TRANSACTION_IN_PROGRESS};
static const enum api_error errors_untag_resource[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_update_continuous_backups[] = {API_CONTINUOUS_BACKUPS_UNAVAILABLE, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_TABLE_NOT_FOUND};
static const enum api_error errors_update_contributor_insights[] = {API_INTERNAL_SERVER_ERROR, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_update_global_table[] = {API_GLOBAL_TABLE_NOT_FOUND, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_REPLICA_ALREADY_EXISTS, API_REPLICA_NOT_FOUND, API_TABLE_NOT_FOUND};
static const enum api_error errors_update_global_table_settings[] = {API_GLOBAL_TABLE_NOT_FOUND, API_INDEX_NOT_FOUND, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_REPLICA_NOT_FOUND, API_RESOURCE_IN_USE};
static const enum api_error errors_update_item[] = {API_CONDITIONAL_CHECK_FAILED, API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED, API_PROVISIONED_THROUGHPUT_EXCEEDED, API_REPLICATED_WRITE_CONFLICT, API_REQUEST_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_THROTTLING, API_TRANSACTION_CONFLICT};
static const enum api_error errors_update_kinesis_streaming_destination[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_update_table[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_update_table_replica_auto_scaling[] = {API_INTERNAL_SERVER_ERROR, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_update_time_to_live[] = {API_INTERNAL_SERVER_ERROR, API_INVALID_ENDPOINT, API_LIMIT_EXCEEDED, API_RESOURCE_IN_USE, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_describe_stream[] = {API_INTERNAL_SERVER_ERROR, API_RESOURCE_NOT_FOUND};
static const enum api_error errors_get_records[] = {API_EXPIRED_ITERATOR, API_INTERNAL_SERVER_ERROR, API_LIMIT_EXCEEDED, API_RESOURCE_NOT_FOUND, API_TRIMMED_DATA_ACCESS};
static const enum api_error errors_get_shard_iterator[] = {API_INTERNAL_SERVER_ERROR, API_RESOURCE_NOT_FOUND, API_TRIMMED_DATA_ACCESS};
static const enum api_error errors_list_streams[] = {API_INTERNAL_SERVER_ERROR, API_RESOURCE_NOT_FOUND};

static const struct operation rows[OPERATIONS] = {
    [OPERATION_BATCH_EXECUTE_STATEMENT] = {OPERATION_BATCH_EXECUTE_STATEMENT, TEXT("BatchExecuteStatement"), TEXT("DynamoDB_20120810.BatchExecuteStatement"), TEXT("dynamodb:BatchExecuteStatement"), false, false, &shape_batch_execute_statement_input, &shape_batch_execute_statement_output, NULL, NULL, errors_batch_execute_statement, 3},
    [OPERATION_BATCH_GET_ITEM] = {OPERATION_BATCH_GET_ITEM, TEXT("BatchGetItem"), TEXT("DynamoDB_20120810.BatchGetItem"), TEXT("dynamodb:BatchGetItem"), false, false, &shape_batch_get_item_input, &shape_batch_get_item_output, NULL, NULL, errors_batch_get_item, 6},
    [OPERATION_BATCH_WRITE_ITEM] = {OPERATION_BATCH_WRITE_ITEM, TEXT("BatchWriteItem"), TEXT("DynamoDB_20120810.BatchWriteItem"), TEXT("dynamodb:BatchWriteItem"), false, false, &shape_batch_write_item_input, &shape_batch_write_item_output, NULL, NULL, errors_batch_write_item, 8},
    [OPERATION_CANCEL_BULK_OPERATION] = {OPERATION_CANCEL_BULK_OPERATION, TEXT("CancelBulkOperation"), TEXT("DynamoDB_20120810.CancelBulkOperation"), TEXT("dynamodb:CancelBulkOperation"), false, false, &shape_cancel_bulk_operation_input, &shape_cancel_bulk_operation_output, NULL, NULL, errors_cancel_bulk_operation, 2},
    [OPERATION_CREATE_BACKUP] = {OPERATION_CREATE_BACKUP, TEXT("CreateBackup"), TEXT("DynamoDB_20120810.CreateBackup"), TEXT("dynamodb:CreateBackup"), false, false, &shape_create_backup_input, &shape_create_backup_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_create_backup, 7},
    [OPERATION_CREATE_GLOBAL_TABLE] = {OPERATION_CREATE_GLOBAL_TABLE, TEXT("CreateGlobalTable"), TEXT("DynamoDB_20120810.CreateGlobalTable"), TEXT("dynamodb:CreateGlobalTable"), false, false, &shape_create_global_table_input, &shape_create_global_table_output, NULL, NULL, errors_create_global_table, 5},
    [OPERATION_CREATE_TABLE] = {OPERATION_CREATE_TABLE, TEXT("CreateTable"), TEXT("DynamoDB_20120810.CreateTable"), TEXT("dynamodb:CreateTable"), false, false, &shape_create_table_input, &shape_create_table_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_create_table, 4},
    [OPERATION_DELETE_BACKUP] = {OPERATION_DELETE_BACKUP, TEXT("DeleteBackup"), TEXT("DynamoDB_20120810.DeleteBackup"), TEXT("dynamodb:DeleteBackup"), false, false, &shape_delete_backup_input, &shape_delete_backup_output, NULL, NULL, errors_delete_backup, 5},
    [OPERATION_DELETE_ITEM] = {OPERATION_DELETE_ITEM, TEXT("DeleteItem"), TEXT("DynamoDB_20120810.DeleteItem"), TEXT("dynamodb:DeleteItem"), false, false, &shape_delete_item_input, &shape_delete_item_output, NULL, NULL, errors_delete_item, 10},
    [OPERATION_DELETE_RESOURCE_POLICY] = {OPERATION_DELETE_RESOURCE_POLICY, TEXT("DeleteResourcePolicy"), TEXT("DynamoDB_20120810.DeleteResourcePolicy"), TEXT("dynamodb:DeleteResourcePolicy"), false, false, &shape_delete_resource_policy_input, &shape_delete_resource_policy_output, NULL, NULL, errors_delete_resource_policy, 6},
    [OPERATION_DELETE_TABLE] = {OPERATION_DELETE_TABLE, TEXT("DeleteTable"), TEXT("DynamoDB_20120810.DeleteTable"), TEXT("dynamodb:DeleteTable"), false, false, &shape_delete_table_input, &shape_delete_table_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_delete_table, 5},
    [OPERATION_DESCRIBE_BACKUP] = {OPERATION_DESCRIBE_BACKUP, TEXT("DescribeBackup"), TEXT("DynamoDB_20120810.DescribeBackup"), TEXT("dynamodb:DescribeBackup"), false, false, &shape_describe_backup_input, &shape_describe_backup_output, NULL, NULL, errors_describe_backup, 3},
    [OPERATION_DESCRIBE_BULK_OPERATION] = {OPERATION_DESCRIBE_BULK_OPERATION, TEXT("DescribeBulkOperation"), TEXT("DynamoDB_20120810.DescribeBulkOperation"), TEXT("dynamodb:DescribeBulkOperation"), false, false, &shape_describe_bulk_operation_input, &shape_describe_bulk_operation_output, NULL, NULL, errors_describe_bulk_operation, 2},
    [OPERATION_DESCRIBE_CONTINUOUS_BACKUPS] = {OPERATION_DESCRIBE_CONTINUOUS_BACKUPS, TEXT("DescribeContinuousBackups"), TEXT("DynamoDB_20120810.DescribeContinuousBackups"), TEXT("dynamodb:DescribeContinuousBackups"), false, false, &shape_describe_continuous_backups_input, &shape_describe_continuous_backups_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_describe_continuous_backups, 3},
    [OPERATION_DESCRIBE_CONTRIBUTOR_INSIGHTS] = {OPERATION_DESCRIBE_CONTRIBUTOR_INSIGHTS, TEXT("DescribeContributorInsights"), TEXT("DynamoDB_20120810.DescribeContributorInsights"), TEXT("dynamodb:DescribeContributorInsights"), false, false, &shape_describe_contributor_insights_input, &shape_describe_contributor_insights_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_describe_contributor_insights, 2},
    [OPERATION_DESCRIBE_ENDPOINTS] = {OPERATION_DESCRIBE_ENDPOINTS, TEXT("DescribeEndpoints"), TEXT("DynamoDB_20120810.DescribeEndpoints"), TEXT("dynamodb:DescribeEndpoints"), false, false, &shape_describe_endpoints_request, &shape_describe_endpoints_response, NULL, NULL, errors_describe_endpoints, 0},
    [OPERATION_DESCRIBE_EXPORT] = {OPERATION_DESCRIBE_EXPORT, TEXT("DescribeExport"), TEXT("DynamoDB_20120810.DescribeExport"), TEXT("dynamodb:DescribeExport"), false, false, &shape_describe_export_input, &shape_describe_export_output, NULL, NULL, errors_describe_export, 3},
    [OPERATION_DESCRIBE_GLOBAL_TABLE] = {OPERATION_DESCRIBE_GLOBAL_TABLE, TEXT("DescribeGlobalTable"), TEXT("DynamoDB_20120810.DescribeGlobalTable"), TEXT("dynamodb:DescribeGlobalTable"), false, false, &shape_describe_global_table_input, &shape_describe_global_table_output, NULL, NULL, errors_describe_global_table, 3},
    [OPERATION_DESCRIBE_GLOBAL_TABLE_SETTINGS] = {OPERATION_DESCRIBE_GLOBAL_TABLE_SETTINGS, TEXT("DescribeGlobalTableSettings"), TEXT("DynamoDB_20120810.DescribeGlobalTableSettings"), TEXT("dynamodb:DescribeGlobalTableSettings"), false, false, &shape_describe_global_table_settings_input, &shape_describe_global_table_settings_output, NULL, NULL, errors_describe_global_table_settings, 3},
    [OPERATION_DESCRIBE_IMPORT] = {OPERATION_DESCRIBE_IMPORT, TEXT("DescribeImport"), TEXT("DynamoDB_20120810.DescribeImport"), TEXT("dynamodb:DescribeImport"), false, false, &shape_describe_import_input, &shape_describe_import_output, NULL, NULL, errors_describe_import, 1},
    [OPERATION_DESCRIBE_KINESIS_STREAMING_DESTINATION] = {OPERATION_DESCRIBE_KINESIS_STREAMING_DESTINATION, TEXT("DescribeKinesisStreamingDestination"), TEXT("DynamoDB_20120810.DescribeKinesisStreamingDestination"), TEXT("dynamodb:DescribeKinesisStreamingDestination"), false, false, &shape_describe_kinesis_streaming_destination_input, &shape_describe_kinesis_streaming_destination_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_describe_kinesis_streaming_destination, 3},
    [OPERATION_DESCRIBE_LIMITS] = {OPERATION_DESCRIBE_LIMITS, TEXT("DescribeLimits"), TEXT("DynamoDB_20120810.DescribeLimits"), TEXT("dynamodb:DescribeLimits"), false, false, &shape_describe_limits_input, &shape_describe_limits_output, NULL, NULL, errors_describe_limits, 2},
    [OPERATION_DESCRIBE_TABLE] = {OPERATION_DESCRIBE_TABLE, TEXT("DescribeTable"), TEXT("DynamoDB_20120810.DescribeTable"), TEXT("dynamodb:DescribeTable"), false, false, &shape_describe_table_input, &shape_describe_table_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_describe_table, 3},
    [OPERATION_DESCRIBE_TABLE_REPLICA_AUTO_SCALING] = {OPERATION_DESCRIBE_TABLE_REPLICA_AUTO_SCALING, TEXT("DescribeTableReplicaAutoScaling"), TEXT("DynamoDB_20120810.DescribeTableReplicaAutoScaling"), TEXT("dynamodb:DescribeTableReplicaAutoScaling"), false, false, &shape_describe_table_replica_auto_scaling_input, &shape_describe_table_replica_auto_scaling_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_describe_table_replica_auto_scaling, 2},
    [OPERATION_DESCRIBE_TIME_TO_LIVE] = {OPERATION_DESCRIBE_TIME_TO_LIVE, TEXT("DescribeTimeToLive"), TEXT("DynamoDB_20120810.DescribeTimeToLive"), TEXT("dynamodb:DescribeTimeToLive"), false, false, &shape_describe_time_to_live_input, &shape_describe_time_to_live_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_describe_time_to_live, 3},
    [OPERATION_DISABLE_KINESIS_STREAMING_DESTINATION] = {OPERATION_DISABLE_KINESIS_STREAMING_DESTINATION, TEXT("DisableKinesisStreamingDestination"), TEXT("DynamoDB_20120810.DisableKinesisStreamingDestination"), TEXT("dynamodb:DisableKinesisStreamingDestination"), false, false, &shape_kinesis_streaming_destination_input, &shape_kinesis_streaming_destination_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_disable_kinesis_streaming_destination, 5},
    [OPERATION_ENABLE_KINESIS_STREAMING_DESTINATION] = {OPERATION_ENABLE_KINESIS_STREAMING_DESTINATION, TEXT("EnableKinesisStreamingDestination"), TEXT("DynamoDB_20120810.EnableKinesisStreamingDestination"), TEXT("dynamodb:EnableKinesisStreamingDestination"), false, false, &shape_kinesis_streaming_destination_input, &shape_kinesis_streaming_destination_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_enable_kinesis_streaming_destination, 5},
    [OPERATION_EXECUTE_STATEMENT] = {OPERATION_EXECUTE_STATEMENT, TEXT("ExecuteStatement"), TEXT("DynamoDB_20120810.ExecuteStatement"), TEXT("dynamodb:ExecuteStatement"), false, false, &shape_execute_statement_input, &shape_execute_statement_output, NULL, NULL, errors_execute_statement, 9},
    [OPERATION_EXECUTE_TRANSACTION] = {OPERATION_EXECUTE_TRANSACTION, TEXT("ExecuteTransaction"), TEXT("DynamoDB_20120810.ExecuteTransaction"), TEXT("dynamodb:ExecuteTransaction"), false, false, &shape_execute_transaction_input, &shape_execute_transaction_output, NULL, NULL, errors_execute_transaction, 8},
    [OPERATION_EXPORT_TABLE_TO_POINT_IN_TIME] = {OPERATION_EXPORT_TABLE_TO_POINT_IN_TIME, TEXT("ExportTableToPointInTime"), TEXT("DynamoDB_20120810.ExportTableToPointInTime"), TEXT("dynamodb:ExportTableToPointInTime"), false, false, &shape_export_table_to_point_in_time_input, &shape_export_table_to_point_in_time_output, NULL, NULL, errors_export_table_to_point_in_time, 6},
    [OPERATION_GET_ITEM] = {OPERATION_GET_ITEM, TEXT("GetItem"), TEXT("DynamoDB_20120810.GetItem"), TEXT("dynamodb:GetItem"), false, false, &shape_get_item_input, &shape_get_item_output, NULL, NULL, errors_get_item, 6},
    [OPERATION_GET_RESOURCE_POLICY] = {OPERATION_GET_RESOURCE_POLICY, TEXT("GetResourcePolicy"), TEXT("DynamoDB_20120810.GetResourcePolicy"), TEXT("dynamodb:GetResourcePolicy"), false, false, &shape_get_resource_policy_input, &shape_get_resource_policy_output, NULL, NULL, errors_get_resource_policy, 4},
    [OPERATION_IMPORT_TABLE] = {OPERATION_IMPORT_TABLE, TEXT("ImportTable"), TEXT("DynamoDB_20120810.ImportTable"), TEXT("dynamodb:ImportTable"), false, false, &shape_import_table_input, &shape_import_table_output, NULL, NULL, errors_import_table, 3},
    [OPERATION_LIST_BACKUPS] = {OPERATION_LIST_BACKUPS, TEXT("ListBackups"), TEXT("DynamoDB_20120810.ListBackups"), TEXT("dynamodb:ListBackups"), false, false, &shape_list_backups_input, &shape_list_backups_output, NULL, NULL, errors_list_backups, 2},
    [OPERATION_LIST_BULK_OPERATIONS] = {OPERATION_LIST_BULK_OPERATIONS, TEXT("ListBulkOperations"), TEXT("DynamoDB_20120810.ListBulkOperations"), TEXT("dynamodb:ListBulkOperations"), false, false, &shape_list_bulk_operations_input, &shape_list_bulk_operations_output, NULL, NULL, errors_list_bulk_operations, 1},
    [OPERATION_LIST_CONTRIBUTOR_INSIGHTS] = {OPERATION_LIST_CONTRIBUTOR_INSIGHTS, TEXT("ListContributorInsights"), TEXT("DynamoDB_20120810.ListContributorInsights"), TEXT("dynamodb:ListContributorInsights"), false, false, &shape_list_contributor_insights_input, &shape_list_contributor_insights_output, NULL, NULL, errors_list_contributor_insights, 2},
    [OPERATION_LIST_EXPORTS] = {OPERATION_LIST_EXPORTS, TEXT("ListExports"), TEXT("DynamoDB_20120810.ListExports"), TEXT("dynamodb:ListExports"), false, false, &shape_list_exports_input, &shape_list_exports_output, NULL, NULL, errors_list_exports, 2},
    [OPERATION_LIST_GLOBAL_TABLES] = {OPERATION_LIST_GLOBAL_TABLES, TEXT("ListGlobalTables"), TEXT("DynamoDB_20120810.ListGlobalTables"), TEXT("dynamodb:ListGlobalTables"), false, false, &shape_list_global_tables_input, &shape_list_global_tables_output, NULL, NULL, errors_list_global_tables, 2},
    [OPERATION_LIST_IMPORTS] = {OPERATION_LIST_IMPORTS, TEXT("ListImports"), TEXT("DynamoDB_20120810.ListImports"), TEXT("dynamodb:ListImports"), false, false, &shape_list_imports_input, &shape_list_imports_output, NULL, NULL, errors_list_imports, 1},
    [OPERATION_LIST_TABLES] = {OPERATION_LIST_TABLES, TEXT("ListTables"), TEXT("DynamoDB_20120810.ListTables"), TEXT("dynamodb:ListTables"), false, false, &shape_list_tables_input, &shape_list_tables_output, NULL, NULL, errors_list_tables, 2},
    [OPERATION_LIST_TAGS_OF_RESOURCE] = {OPERATION_LIST_TAGS_OF_RESOURCE, TEXT("ListTagsOfResource"), TEXT("DynamoDB_20120810.ListTagsOfResource"), TEXT("dynamodb:ListTagsOfResource"), false, false, &shape_list_tags_of_resource_input, &shape_list_tags_of_resource_output, "ResourceArn", "Invalid TableArn", errors_list_tags_of_resource, 3},
    [OPERATION_PUT_ITEM] = {OPERATION_PUT_ITEM, TEXT("PutItem"), TEXT("DynamoDB_20120810.PutItem"), TEXT("dynamodb:PutItem"), false, false, &shape_put_item_input, &shape_put_item_output, NULL, NULL, errors_put_item, 10},
    [OPERATION_PUT_RESOURCE_POLICY] = {OPERATION_PUT_RESOURCE_POLICY, TEXT("PutResourcePolicy"), TEXT("DynamoDB_20120810.PutResourcePolicy"), TEXT("dynamodb:PutResourcePolicy"), false, false, &shape_put_resource_policy_input, &shape_put_resource_policy_output, NULL, NULL, errors_put_resource_policy, 6},
    [OPERATION_QUERY] = {OPERATION_QUERY, TEXT("Query"), TEXT("DynamoDB_20120810.Query"), TEXT("dynamodb:Query"), false, false, &shape_query_input, &shape_query_output, NULL, NULL, errors_query, 6},
    [OPERATION_RESTORE_TABLE_FROM_BACKUP] = {OPERATION_RESTORE_TABLE_FROM_BACKUP, TEXT("RestoreTableFromBackup"), TEXT("DynamoDB_20120810.RestoreTableFromBackup"), TEXT("dynamodb:RestoreTableFromBackup"), false, false, &shape_restore_table_from_backup_input, &shape_restore_table_from_backup_output, NULL, NULL, errors_restore_table_from_backup, 7},
    [OPERATION_RESTORE_TABLE_TO_POINT_IN_TIME] = {OPERATION_RESTORE_TABLE_TO_POINT_IN_TIME, TEXT("RestoreTableToPointInTime"), TEXT("DynamoDB_20120810.RestoreTableToPointInTime"), TEXT("dynamodb:RestoreTableToPointInTime"), false, false, &shape_restore_table_to_point_in_time_input, &shape_restore_table_to_point_in_time_output, NULL, NULL, errors_restore_table_to_point_in_time, 8},
    [OPERATION_SCAN] = {OPERATION_SCAN, TEXT("Scan"), TEXT("DynamoDB_20120810.Scan"), TEXT("dynamodb:Scan"), false, false, &shape_scan_input, &shape_scan_output, NULL, NULL, errors_scan, 6},
    [OPERATION_SEARCH_VECTORS] = {OPERATION_SEARCH_VECTORS, TEXT("SearchVectors"), TEXT("DynamoDB_20120810.SearchVectors"), TEXT("dynamodb:SearchVectors"), false, false, &shape_search_vectors_input, &shape_search_vectors_output, NULL, NULL, errors_search_vectors, 4},
    [OPERATION_START_BULK_PUT_ITEMS] = {OPERATION_START_BULK_PUT_ITEMS, TEXT("StartBulkPutItems"), TEXT("DynamoDB_20120810.StartBulkPutItems"), TEXT("dynamodb:StartBulkPutItems"), false, false, &shape_start_bulk_put_items_input, &shape_start_bulk_put_items_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_start_bulk_put_items, 5},
    [OPERATION_TAG_RESOURCE] = {OPERATION_TAG_RESOURCE, TEXT("TagResource"), TEXT("DynamoDB_20120810.TagResource"), TEXT("dynamodb:TagResource"), false, true, &shape_tag_resource_input, &shape_tag_resource_output, "ResourceArn", "Invalid TableArn", errors_tag_resource, 5},
    [OPERATION_TRANSACT_GET_ITEMS] = {OPERATION_TRANSACT_GET_ITEMS, TEXT("TransactGetItems"), TEXT("DynamoDB_20120810.TransactGetItems"), TEXT("dynamodb:TransactGetItems"), false, false, &shape_transact_get_items_input, &shape_transact_get_items_output, NULL, NULL, errors_transact_get_items, 7},
    [OPERATION_TRANSACT_WRITE_ITEMS] = {OPERATION_TRANSACT_WRITE_ITEMS, TEXT("TransactWriteItems"), TEXT("DynamoDB_20120810.TransactWriteItems"), TEXT("dynamodb:TransactWriteItems"), false, false, &shape_transact_write_items_input, &shape_transact_write_items_output, NULL, NULL, errors_transact_write_items, 9},
    [OPERATION_UNTAG_RESOURCE] = {OPERATION_UNTAG_RESOURCE, TEXT("UntagResource"), TEXT("DynamoDB_20120810.UntagResource"), TEXT("dynamodb:UntagResource"), false, true, &shape_untag_resource_input, &shape_untag_resource_output, "ResourceArn", "Invalid TableArn", errors_untag_resource, 5},
    [OPERATION_UPDATE_CONTINUOUS_BACKUPS] = {OPERATION_UPDATE_CONTINUOUS_BACKUPS, TEXT("UpdateContinuousBackups"), TEXT("DynamoDB_20120810.UpdateContinuousBackups"), TEXT("dynamodb:UpdateContinuousBackups"), false, false, &shape_update_continuous_backups_input, &shape_update_continuous_backups_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_update_continuous_backups, 4},
    [OPERATION_UPDATE_CONTRIBUTOR_INSIGHTS] = {OPERATION_UPDATE_CONTRIBUTOR_INSIGHTS, TEXT("UpdateContributorInsights"), TEXT("DynamoDB_20120810.UpdateContributorInsights"), TEXT("dynamodb:UpdateContributorInsights"), false, false, &shape_update_contributor_insights_input, &shape_update_contributor_insights_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_update_contributor_insights, 2},
    [OPERATION_UPDATE_GLOBAL_TABLE] = {OPERATION_UPDATE_GLOBAL_TABLE, TEXT("UpdateGlobalTable"), TEXT("DynamoDB_20120810.UpdateGlobalTable"), TEXT("dynamodb:UpdateGlobalTable"), false, false, &shape_update_global_table_input, &shape_update_global_table_output, NULL, NULL, errors_update_global_table, 6},
    [OPERATION_UPDATE_GLOBAL_TABLE_SETTINGS] = {OPERATION_UPDATE_GLOBAL_TABLE_SETTINGS, TEXT("UpdateGlobalTableSettings"), TEXT("DynamoDB_20120810.UpdateGlobalTableSettings"), TEXT("dynamodb:UpdateGlobalTableSettings"), false, false, &shape_update_global_table_settings_input, &shape_update_global_table_settings_output, NULL, NULL, errors_update_global_table_settings, 7},
    [OPERATION_UPDATE_ITEM] = {OPERATION_UPDATE_ITEM, TEXT("UpdateItem"), TEXT("DynamoDB_20120810.UpdateItem"), TEXT("dynamodb:UpdateItem"), false, false, &shape_update_item_input, &shape_update_item_output, NULL, NULL, errors_update_item, 10},
    [OPERATION_UPDATE_KINESIS_STREAMING_DESTINATION] = {OPERATION_UPDATE_KINESIS_STREAMING_DESTINATION, TEXT("UpdateKinesisStreamingDestination"), TEXT("DynamoDB_20120810.UpdateKinesisStreamingDestination"), TEXT("dynamodb:UpdateKinesisStreamingDestination"), false, false, &shape_update_kinesis_streaming_destination_input, &shape_update_kinesis_streaming_destination_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_update_kinesis_streaming_destination, 5},
    [OPERATION_UPDATE_TABLE] = {OPERATION_UPDATE_TABLE, TEXT("UpdateTable"), TEXT("DynamoDB_20120810.UpdateTable"), TEXT("dynamodb:UpdateTable"), false, false, &shape_update_table_input, &shape_update_table_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_update_table, 5},
    [OPERATION_UPDATE_TABLE_REPLICA_AUTO_SCALING] = {OPERATION_UPDATE_TABLE_REPLICA_AUTO_SCALING, TEXT("UpdateTableReplicaAutoScaling"), TEXT("DynamoDB_20120810.UpdateTableReplicaAutoScaling"), TEXT("dynamodb:UpdateTableReplicaAutoScaling"), false, false, &shape_update_table_replica_auto_scaling_input, &shape_update_table_replica_auto_scaling_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_update_table_replica_auto_scaling, 4},
    [OPERATION_UPDATE_TIME_TO_LIVE] = {OPERATION_UPDATE_TIME_TO_LIVE, TEXT("UpdateTimeToLive"), TEXT("DynamoDB_20120810.UpdateTimeToLive"), TEXT("dynamodb:UpdateTimeToLive"), false, false, &shape_update_time_to_live_input, &shape_update_time_to_live_output, "TableName", "The parameter 'TableName' is required but was not present in the request", errors_update_time_to_live, 5},
    [OPERATION_DESCRIBE_STREAM] = {OPERATION_DESCRIBE_STREAM, TEXT("DescribeStream"), TEXT("DynamoDBStreams_20120810.DescribeStream"), TEXT("dynamodb:DescribeStream"), true, false, &shape_describe_stream_input, &shape_describe_stream_output, NULL, NULL, errors_describe_stream, 2},
    [OPERATION_GET_RECORDS] = {OPERATION_GET_RECORDS, TEXT("GetRecords"), TEXT("DynamoDBStreams_20120810.GetRecords"), TEXT("dynamodb:GetRecords"), true, false, &shape_get_records_input, &shape_get_records_output, NULL, NULL, errors_get_records, 5},
    [OPERATION_GET_SHARD_ITERATOR] = {OPERATION_GET_SHARD_ITERATOR, TEXT("GetShardIterator"), TEXT("DynamoDBStreams_20120810.GetShardIterator"), TEXT("dynamodb:GetShardIterator"), true, false, &shape_get_shard_iterator_input, &shape_get_shard_iterator_output, NULL, NULL, errors_get_shard_iterator, 3},
    [OPERATION_LIST_STREAMS] = {OPERATION_LIST_STREAMS, TEXT("ListStreams"), TEXT("DynamoDBStreams_20120810.ListStreams"), TEXT("dynamodb:ListStreams"), true, false, &shape_list_streams_input, &shape_list_streams_output, NULL, NULL, errors_list_streams, 2},
};

static const uint8_t lookup[] = {
    0, 0, 0, 0, 0, 27, 0, 0, 0, 0, 0, 36, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 24, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 60, 55, 0, 0, 0, 0, 0, 0, 56, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 49, 0, 28, 10, 0, 39, 0, 0, 0, 0, 0, 0, 35, 0, 0, 0, 62, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 42, 0, 0, 0, 0, 0, 0, 0, 14, 7, 0, 0, 0, 0, 0, 0, 0, 34, 6, 0,
    0, 0, 43, 54, 0, 63, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 29, 0, 0, 0, 0, 0, 0, 0, 0, 52, 0, 0,
    0, 0, 0, 0, 0, 58, 0, 0, 0, 0, 0, 0, 11, 59, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 18, 0, 0, 0, 0, 0, 0, 4, 0, 0, 22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 41, 0, 0, 0, 0, 0, 26,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 47, 0, 61, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 2, 44, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 38, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 45, 0, 0,
    0, 0, 0, 21, 0, 5, 0, 53, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 23,
    0, 0, 66, 12, 0, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 31, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 57, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 65, 0, 37, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 0, 0,
    0, 51, 0, 0, 0, 0, 0, 0, 48, 0, 0, 0, 0, 30, 40, 0, 0, 0, 0, 25, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
    0, 0, 0, 0, 0, 19, 13, 0, 33, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
};
/* clang-format on */

#define STREAMS_PREFIX "DynamoDBStreams_20120810."
#define PREFIX         "DynamoDB_20120810."

const struct operation *operation_find(struct slice x_amz_target)
{
    size_t prefix = sizeof(PREFIX) - 1;
    const struct operation *row;
    struct slice name;
    uint32_t i;

    if (slice_starts_with(x_amz_target, SLICE_LIT(STREAMS_PREFIX)))
        prefix = sizeof(STREAMS_PREFIX) - 1;
    if (x_amz_target.n <= prefix)
        return NULL;
    name = slice_of(x_amz_target.p + prefix, x_amz_target.n - prefix);
    i = lookup[shape_hash(name, 0xd43739fa) & 511];
    if (i == 0)
        return NULL;
    row = &rows[i - 1];
    return slice_equal(row->target, x_amz_target) ? row : NULL;
}

const struct operation *operation_of(enum operation_id id)
{
    return &rows[id];
}
