/* SPDX-License-Identifier: Apache-2.0 */
/* Made by tools/gen_model.py from api-model.json. Do not edit: change the generator and run it. */

#include "model/gen_errors.h"

#define TEXT(text_) {(const uint8_t *)(text_), sizeof(text_) - 1}

/* clang-format off */
static const struct api_error_info rows[API_ERRORS] = {
    [API_VALIDATION] = {TEXT("ValidationException"), TEXT("com.amazon.coral.validate#ValidationException"), 400, false, false},
    [API_SERIALIZATION] = {TEXT("SerializationException"), TEXT("com.amazon.coral.service#SerializationException"), 400, true, false},
    [API_UNKNOWN_OPERATION] = {TEXT("UnknownOperationException"), TEXT("com.amazon.coral.service#UnknownOperationException"), 400, false, false},
    [API_ACCESS_DENIED] = {TEXT("AccessDeniedException"), TEXT("com.amazon.coral.service#AccessDeniedException"), 400, true, false},
    [API_MISSING_AUTHENTICATION_TOKEN] = {TEXT("MissingAuthenticationTokenException"), TEXT("com.amazon.coral.service#MissingAuthenticationTokenException"), 400, false, false},
    [API_INCOMPLETE_SIGNATURE] = {TEXT("IncompleteSignatureException"), TEXT("com.amazon.coral.service#IncompleteSignatureException"), 400, false, false},
    [API_INVALID_SIGNATURE] = {TEXT("InvalidSignatureException"), TEXT("com.amazon.coral.service#InvalidSignatureException"), 400, false, false},
    [API_UNRECOGNIZED_CLIENT] = {TEXT("UnrecognizedClientException"), TEXT("com.amazon.coral.service#UnrecognizedClientException"), 400, false, false},
    [API_EXPIRED_TOKEN] = {TEXT("ExpiredTokenException"), TEXT("com.amazon.coral.service#ExpiredTokenException"), 400, false, false},
    [API_INTERNAL_FAILURE] = {TEXT("InternalFailure"), TEXT("com.amazon.coral.service#InternalFailure"), 500, false, true},
    [API_SERVICE_UNAVAILABLE] = {TEXT("ServiceUnavailable"), TEXT("com.amazon.coral.service#ServiceUnavailable"), 503, false, true},
    [API_BACKUP_IN_USE] = {TEXT("BackupInUseException"), TEXT("com.amazonaws.dynamodb.v20120810#BackupInUseException"), 400, false, false},
    [API_BACKUP_NOT_FOUND] = {TEXT("BackupNotFoundException"), TEXT("com.amazonaws.dynamodb.v20120810#BackupNotFoundException"), 400, false, false},
    [API_CONDITIONAL_CHECK_FAILED] = {TEXT("ConditionalCheckFailedException"), TEXT("com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"), 400, false, false},
    [API_CONTINUOUS_BACKUPS_UNAVAILABLE] = {TEXT("ContinuousBackupsUnavailableException"), TEXT("com.amazonaws.dynamodb.v20120810#ContinuousBackupsUnavailableException"), 400, false, false},
    [API_DUPLICATE_ITEM] = {TEXT("DuplicateItemException"), TEXT("com.amazonaws.dynamodb.v20120810#DuplicateItemException"), 400, false, false},
    [API_EXPIRED_ITERATOR] = {TEXT("ExpiredIteratorException"), TEXT("com.amazonaws.dynamodb.v20120810#ExpiredIteratorException"), 400, false, false},
    [API_EXPORT_CONFLICT] = {TEXT("ExportConflictException"), TEXT("com.amazonaws.dynamodb.v20120810#ExportConflictException"), 400, false, false},
    [API_EXPORT_NOT_FOUND] = {TEXT("ExportNotFoundException"), TEXT("com.amazonaws.dynamodb.v20120810#ExportNotFoundException"), 400, false, false},
    [API_GLOBAL_TABLE_ALREADY_EXISTS] = {TEXT("GlobalTableAlreadyExistsException"), TEXT("com.amazonaws.dynamodb.v20120810#GlobalTableAlreadyExistsException"), 400, false, false},
    [API_GLOBAL_TABLE_NOT_FOUND] = {TEXT("GlobalTableNotFoundException"), TEXT("com.amazonaws.dynamodb.v20120810#GlobalTableNotFoundException"), 400, false, false},
    [API_IDEMPOTENT_PARAMETER_MISMATCH] = {TEXT("IdempotentParameterMismatchException"), TEXT("com.amazonaws.dynamodb.v20120810#IdempotentParameterMismatchException"), 400, true, false},
    [API_IMPORT_CONFLICT] = {TEXT("ImportConflictException"), TEXT("com.amazonaws.dynamodb.v20120810#ImportConflictException"), 400, false, false},
    [API_IMPORT_NOT_FOUND] = {TEXT("ImportNotFoundException"), TEXT("com.amazonaws.dynamodb.v20120810#ImportNotFoundException"), 400, false, false},
    [API_INDEX_NOT_FOUND] = {TEXT("IndexNotFoundException"), TEXT("com.amazonaws.dynamodb.v20120810#IndexNotFoundException"), 400, false, false},
    [API_INTERNAL_SERVER_ERROR] = {TEXT("InternalServerError"), TEXT("com.amazonaws.dynamodb.v20120810#InternalServerError"), 500, false, true},
    [API_INVALID_ENDPOINT] = {TEXT("InvalidEndpointException"), TEXT("com.amazonaws.dynamodb.v20120810#InvalidEndpointException"), 421, true, false},
    [API_INVALID_EXPORT_TIME] = {TEXT("InvalidExportTimeException"), TEXT("com.amazonaws.dynamodb.v20120810#InvalidExportTimeException"), 400, false, false},
    [API_INVALID_RESTORE_TIME] = {TEXT("InvalidRestoreTimeException"), TEXT("com.amazonaws.dynamodb.v20120810#InvalidRestoreTimeException"), 400, false, false},
    [API_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED] = {TEXT("ItemCollectionSizeLimitExceededException"), TEXT("com.amazonaws.dynamodb.v20120810#ItemCollectionSizeLimitExceededException"), 400, false, false},
    [API_LIMIT_EXCEEDED] = {TEXT("LimitExceededException"), TEXT("com.amazonaws.dynamodb.v20120810#LimitExceededException"), 400, false, true},
    [API_POINT_IN_TIME_RECOVERY_UNAVAILABLE] = {TEXT("PointInTimeRecoveryUnavailableException"), TEXT("com.amazonaws.dynamodb.v20120810#PointInTimeRecoveryUnavailableException"), 400, false, false},
    [API_POLICY_NOT_FOUND] = {TEXT("PolicyNotFoundException"), TEXT("com.amazonaws.dynamodb.v20120810#PolicyNotFoundException"), 400, false, false},
    [API_PROVISIONED_THROUGHPUT_EXCEEDED] = {TEXT("ProvisionedThroughputExceededException"), TEXT("com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"), 400, false, true},
    [API_REPLICA_ALREADY_EXISTS] = {TEXT("ReplicaAlreadyExistsException"), TEXT("com.amazonaws.dynamodb.v20120810#ReplicaAlreadyExistsException"), 400, false, false},
    [API_REPLICA_NOT_FOUND] = {TEXT("ReplicaNotFoundException"), TEXT("com.amazonaws.dynamodb.v20120810#ReplicaNotFoundException"), 400, false, false},
    [API_REPLICATED_WRITE_CONFLICT] = {TEXT("ReplicatedWriteConflictException"), TEXT("com.amazonaws.dynamodb.v20120810#ReplicatedWriteConflictException"), 400, false, true},
    [API_REQUEST_LIMIT_EXCEEDED] = {TEXT("RequestLimitExceeded"), TEXT("com.amazonaws.dynamodb.v20120810#RequestLimitExceeded"), 400, false, true},
    [API_RESOURCE_IN_USE] = {TEXT("ResourceInUseException"), TEXT("com.amazonaws.dynamodb.v20120810#ResourceInUseException"), 400, false, false},
    [API_RESOURCE_NOT_FOUND] = {TEXT("ResourceNotFoundException"), TEXT("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"), 400, false, false},
    [API_TABLE_ALREADY_EXISTS] = {TEXT("TableAlreadyExistsException"), TEXT("com.amazonaws.dynamodb.v20120810#TableAlreadyExistsException"), 400, false, false},
    [API_TABLE_IN_USE] = {TEXT("TableInUseException"), TEXT("com.amazonaws.dynamodb.v20120810#TableInUseException"), 400, false, false},
    [API_TABLE_NOT_FOUND] = {TEXT("TableNotFoundException"), TEXT("com.amazonaws.dynamodb.v20120810#TableNotFoundException"), 400, false, false},
    [API_THROTTLING] = {TEXT("ThrottlingException"), TEXT("com.amazonaws.dynamodb.v20120810#ThrottlingException"), 400, false, true},
    [API_TRANSACTION_CANCELED] = {TEXT("TransactionCanceledException"), TEXT("com.amazonaws.dynamodb.v20120810#TransactionCanceledException"), 400, true, false},
    [API_TRANSACTION_CONFLICT] = {TEXT("TransactionConflictException"), TEXT("com.amazonaws.dynamodb.v20120810#TransactionConflictException"), 400, false, false},
    [API_TRANSACTION_IN_PROGRESS] = {TEXT("TransactionInProgressException"), TEXT("com.amazonaws.dynamodb.v20120810#TransactionInProgressException"), 400, true, true},
    [API_TRIMMED_DATA_ACCESS] = {TEXT("TrimmedDataAccessException"), TEXT("com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException"), 400, false, false},
};
/* clang-format on */

const struct api_error_info *api_error_info(enum api_error code)
{
    return &rows[code];
}
