/* SPDX-License-Identifier: Apache-2.0 */
/* Made by tools/gen_model.py from api-model.json. Do not edit: change the generator and run it. */

#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum api_error {
    API_VALIDATION,
    API_SERIALIZATION,
    API_UNKNOWN_OPERATION,
    API_ACCESS_DENIED,
    API_MISSING_AUTHENTICATION_TOKEN,
    API_INCOMPLETE_SIGNATURE,
    API_INVALID_SIGNATURE,
    API_UNRECOGNIZED_CLIENT,
    API_EXPIRED_TOKEN,
    API_INTERNAL_FAILURE,
    API_SERVICE_UNAVAILABLE,
    API_BACKUP_IN_USE,
    API_BACKUP_NOT_FOUND,
    API_CONDITIONAL_CHECK_FAILED,
    API_CONTINUOUS_BACKUPS_UNAVAILABLE,
    API_DUPLICATE_ITEM,
    API_EXPIRED_ITERATOR,
    API_EXPORT_CONFLICT,
    API_EXPORT_NOT_FOUND,
    API_GLOBAL_TABLE_ALREADY_EXISTS,
    API_GLOBAL_TABLE_NOT_FOUND,
    API_IDEMPOTENT_PARAMETER_MISMATCH,
    API_IMPORT_CONFLICT,
    API_IMPORT_NOT_FOUND,
    API_INDEX_NOT_FOUND,
    API_INTERNAL_SERVER_ERROR,
    API_INVALID_ENDPOINT,
    API_INVALID_EXPORT_TIME,
    API_INVALID_RESTORE_TIME,
    API_ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
    API_LIMIT_EXCEEDED,
    API_POINT_IN_TIME_RECOVERY_UNAVAILABLE,
    API_POLICY_NOT_FOUND,
    API_PROVISIONED_THROUGHPUT_EXCEEDED,
    API_REPLICA_ALREADY_EXISTS,
    API_REPLICA_NOT_FOUND,
    API_REPLICATED_WRITE_CONFLICT,
    API_REQUEST_LIMIT_EXCEEDED,
    API_RESOURCE_IN_USE,
    API_RESOURCE_NOT_FOUND,
    API_TABLE_ALREADY_EXISTS,
    API_TABLE_IN_USE,
    API_TABLE_NOT_FOUND,
    API_THROTTLING,
    API_TRANSACTION_CANCELED,
    API_TRANSACTION_CONFLICT,
    API_TRANSACTION_IN_PROGRESS,
    API_TRIMMED_DATA_ACCESS,
};
#define API_ERRORS 48

struct api_error_info {
    struct slice code;    /* "ValidationException" */
    struct slice type;    /* with its namespace, as in "__type" */
    uint16_t http_status;
    bool capital_message; /* the member is "Message", not "message" */
    bool retryable;       /* what SDKs do by default */
};

/* The row of an error. Never NULL. */
const struct api_error_info *api_error_info(enum api_error code);
