/* SPDX-License-Identifier: Apache-2.0 */
/* Made by tools/gen_model.py from api-model.json. Do not edit: change the generator and run it. */

#include "model/gen_shapes.h"

#define TEXT(text_) {(const uint8_t *)(text_), sizeof(text_) - 1}

/* clang-format off */
static const struct slice enum_0[] = {TEXT("B"), TEXT("N"), TEXT("S")};
static const struct slice enum_1[] = {TEXT("ADD"), TEXT("DELETE"), TEXT("PUT")};
static const struct slice enum_2[] = {TEXT("AVAILABLE"), TEXT("CREATING"), TEXT("DELETED")};
static const struct slice enum_3[] = {TEXT("AWS_BACKUP"), TEXT("SYSTEM"), TEXT("USER")};
static const struct slice enum_4[] = {TEXT("INDEXES"), TEXT("TOTAL"), TEXT("NONE")};
static const struct slice enum_5[] = {TEXT("AccessDenied"), TEXT("ConditionalCheckFailed"), TEXT("DuplicateItem"), TEXT("InternalServerError"), TEXT("ItemCollectionSizeLimitExceeded"), TEXT("ProvisionedThroughputExceeded"), TEXT("RequestLimitExceeded"), TEXT("ResourceNotFound"), TEXT("ThrottlingError"), TEXT("TransactionConflict"), TEXT("ValidationError")};
static const struct slice enum_6[] = {TEXT("ALL_OLD"), TEXT("NONE")};
static const struct slice enum_7[] = {TEXT("SIZE"), TEXT("NONE")};
static const struct slice enum_8[] = {TEXT("PROVISIONED"), TEXT("PAY_PER_REQUEST")};
static const struct slice enum_9[] = {TEXT("CANCELLED"), TEXT("CANCELLING"), TEXT("COMPLETED"), TEXT("COMPLETED_WITH_ERRORS"), TEXT("FAILED"), TEXT("IN_PROGRESS")};
static const struct slice enum_10[] = {TEXT("ACCELERATED"), TEXT("STANDARD")};
static const struct slice enum_11[] = {TEXT("IN"), TEXT("NULL"), TEXT("BETWEEN"), TEXT("LT"), TEXT("NOT_CONTAINS"), TEXT("EQ"), TEXT("GT"), TEXT("NOT_NULL"), TEXT("NE"), TEXT("LE"), TEXT("BEGINS_WITH"), TEXT("GE"), TEXT("CONTAINS")};
static const struct slice enum_12[] = {TEXT("DISABLED"), TEXT("ENABLED")};
static const struct slice enum_13[] = {TEXT("DISABLED"), TEXT("DISABLING"), TEXT("ENABLED"), TEXT("ENABLING"), TEXT("FAILED")};
static const struct slice enum_14[] = {TEXT("ACCESSED_AND_THROTTLED_KEYS"), TEXT("THROTTLED_KEYS")};
static const struct slice enum_15[] = {TEXT("STANDARD"), TEXT("STANDARD_INFREQUENT_ACCESS")};
static const struct slice enum_16[] = {TEXT("DISABLED"), TEXT("ENABLED"), TEXT("ENABLED_WITH_OVERRIDES")};
static const struct slice enum_17[] = {TEXT("COSINE"), TEXT("DOT_PRODUCT"), TEXT("EUCLIDEAN")};
static const struct slice enum_18[] = {TEXT("OR"), TEXT("AND")};
static const struct slice enum_19[] = {TEXT("ALL_NEW"), TEXT("UPDATED_OLD"), TEXT("ALL_OLD"), TEXT("NONE"), TEXT("UPDATED_NEW")};
static const struct slice enum_20[] = {TEXT("WAIT_FOR_REPLICATION")};
static const struct slice enum_21[] = {TEXT("MICROSECOND"), TEXT("MILLISECOND")};
static const struct slice enum_22[] = {TEXT("COMPLETED"), TEXT("FAILED"), TEXT("IN_PROGRESS")};
static const struct slice enum_23[] = {TEXT("AES256"), TEXT("KMS")};
static const struct slice enum_24[] = {TEXT("DYNAMODB_JSON"), TEXT("ION")};
static const struct slice enum_25[] = {TEXT("FULL_EXPORT"), TEXT("INCREMENTAL_EXPORT")};
static const struct slice enum_26[] = {TEXT("AFTER_SEQUENCE_NUMBER"), TEXT("AT_SEQUENCE_NUMBER"), TEXT("LATEST"), TEXT("TRIM_HORIZON")};
static const struct slice enum_27[] = {TEXT("ACTIVE"), TEXT("CREATING"), TEXT("DELETING"), TEXT("UPDATING")};
static const struct slice enum_28[] = {TEXT("ACTIVE"), TEXT("CREATING"), TEXT("DELETING")};
static const struct slice enum_29[] = {TEXT("CANCELLED"), TEXT("CANCELLING"), TEXT("COMPLETED"), TEXT("FAILED"), TEXT("IN_PROGRESS")};
static const struct slice enum_30[] = {TEXT("CSV"), TEXT("DYNAMODB_JSON"), TEXT("ION")};
static const struct slice enum_31[] = {TEXT("ZSTD"), TEXT("NONE"), TEXT("GZIP")};
static const struct slice enum_32[] = {TEXT("NEW_AND_OLD_IMAGES"), TEXT("NEW_IMAGE")};
static const struct slice enum_33[] = {TEXT("HASH"), TEXT("RANGE")};
static const struct slice enum_34[] = {TEXT("ACTIVE"), TEXT("DISABLED"), TEXT("DISABLING"), TEXT("ENABLE_FAILED"), TEXT("ENABLING"), TEXT("UPDATING")};
static const struct slice enum_35[] = {TEXT("ALL"), TEXT("AWS_BACKUP"), TEXT("SYSTEM"), TEXT("USER")};
static const struct slice enum_36[] = {TEXT("CONDITION_CHECK_FAILURE"), TEXT("ERROR")};
static const struct slice enum_37[] = {TEXT("ALL"), TEXT("INCLUDE"), TEXT("KEYS_ONLY")};
static const struct slice enum_38[] = {TEXT("SPECIFIC_ATTRIBUTES"), TEXT("COUNT"), TEXT("ALL_ATTRIBUTES"), TEXT("ALL_PROJECTED_ATTRIBUTES")};
static const struct slice enum_39[] = {TEXT("INSERT"), TEXT("MODIFY"), TEXT("REMOVE")};
static const struct slice enum_40[] = {TEXT("ACTIVE"), TEXT("ARCHIVED"), TEXT("ARCHIVING"), TEXT("CREATING"), TEXT("CREATION_FAILED"), TEXT("DELETING"), TEXT("INACCESSIBLE_ENCRYPTION_CREDENTIALS"), TEXT("REGION_DISABLED"), TEXT("REPLICATION_NOT_AUTHORIZED"), TEXT("UPDATING")};
static const struct slice enum_41[] = {TEXT("DISABLED"), TEXT("DISABLING"), TEXT("ENABLED"), TEXT("ENABLING"), TEXT("UPDATING")};
static const struct slice enum_42[] = {TEXT("HASH"), TEXT("INLINE_FILTER")};
static const struct slice enum_43[] = {TEXT("CHILD_SHARDS")};
static const struct slice enum_44[] = {TEXT("DISABLED"), TEXT("DISABLING"), TEXT("ENABLED"), TEXT("ENABLING")};
static const struct slice enum_45[] = {TEXT("KEYS_ONLY"), TEXT("NEW_AND_OLD_IMAGES"), TEXT("NEW_IMAGE"), TEXT("OLD_IMAGE")};
static const struct slice enum_46[] = {TEXT("ACTIVE"), TEXT("ARCHIVED"), TEXT("ARCHIVING"), TEXT("CREATING"), TEXT("DELETING"), TEXT("INACCESSIBLE_ENCRYPTION_CREDENTIALS"), TEXT("REPLICATION_NOT_AUTHORIZED"), TEXT("UPDATING")};
static const struct slice enum_47[] = {TEXT("EVENTUAL"), TEXT("STRONG")};
static const struct slice enum_48[] = {TEXT("DISABLE"), TEXT("ENABLE")};

static const struct shape_rule rules[] = {
    {.has_min = true, .min = 37, .has_max = true, .max = 1024},
    {.has_min = true, .min = 1, .has_max = true, .max = 255},
    {.values = enum_0, .values_count = 3, .values_text = "[B, N, S]"},
    {.has_max = true, .max = 65535},
    {.has_min = true, .min = 1},
    {.values = enum_1, .values_count = 3, .values_text = "[ADD, DELETE, PUT]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 256, .pattern = SHAPE_PATTERN_PRINT, .pattern_text = "\\p{Print}+"},
    {.has_min = true, .min = 1, .has_max = true, .max = 1600, .pattern = SHAPE_PATTERN_XML_TEXT, .pattern_text = "[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*"},
    {.has_min = true, .min = 3, .has_max = true, .max = 255, .pattern = SHAPE_PATTERN_NAME, .pattern_text = "[a-zA-Z0-9_.-]+"},
    {.values = enum_2, .values_count = 3, .values_text = "[AVAILABLE, CREATING, DELETED]"},
    {.values = enum_3, .values_count = 3, .values_text = "[AWS_BACKUP, SYSTEM, USER]"},
    {.has_min = true, .min = 0},
    {.pattern = SHAPE_PATTERN_UUID, .pattern_text = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"},
    {.has_min = true, .min = 1, .has_max = true, .max = 1024},
    {.values = enum_4, .values_count = 3, .values_text = "[INDEXES, TOTAL, NONE]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 100},
    {.has_min = true, .min = 3, .has_max = true, .max = 255, .pattern = SHAPE_PATTERN_TABLE, .pattern_text = "[a-zA-Z0-9_.-]+"},
    {.values = enum_5, .values_count = 11, .values_text = "[AccessDenied, ConditionalCheckFailed, DuplicateItem, InternalServerError, ItemCollectionSizeLimitExceeded, ProvisionedThroughputExceeded, RequestLimitExceeded, ResourceNotFound, ThrottlingError, TransactionConflict, ValidationError]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 8192},
    {.values = enum_6, .values_count = 2, .values_text = "[ALL_OLD, NONE]"},
    {.values = enum_7, .values_count = 2, .values_text = "[SIZE, NONE]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 25},
    {.values = enum_8, .values_count = 2, .values_text = "[PROVISIONED, PAY_PER_REQUEST]"},
    {.values = enum_9, .values_count = 6, .values_text = "[CANCELLED, CANCELLING, COMPLETED, COMPLETED_WITH_ERRORS, FAILED, IN_PROGRESS]"},
    {.pattern = SHAPE_PATTERN_NO_DOLLAR, .pattern_text = "^[^\\$]+$"},
    {.has_min = true, .min = 1024},
    {.values = enum_10, .values_count = 2, .values_text = "[ACCELERATED, STANDARD]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 255, .pattern = SHAPE_PATTERN_TABLE, .pattern_text = "[a-zA-Z0-9_.-]+"},
    {.values = enum_11, .values_count = 13, .values_text = "[IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]"},
    {.values = enum_12, .values_count = 2, .values_text = "[DISABLED, ENABLED]"},
    {.pattern = SHAPE_PATTERN_RULE, .pattern_text = "[A-Za-z0-9][A-Za-z0-9\\-\\_\\.]{0,126}[A-Za-z0-9]"},
    {.values = enum_13, .values_count = 5, .values_text = "[DISABLED, DISABLING, ENABLED, ENABLING, FAILED]"},
    {.values = enum_14, .values_count = 2, .values_text = "[ACCESSED_AND_THROTTLED_KEYS, THROTTLED_KEYS]"},
    {.values = enum_15, .values_count = 2, .values_text = "[STANDARD, STANDARD_INFREQUENT_ACCESS]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 2},
    {.values = enum_16, .values_count = 3, .values_text = "[DISABLED, ENABLED, ENABLED_WITH_OVERRIDES]"},
    {.values = enum_17, .values_count = 3, .values_text = "[COSINE, DOT_PRODUCT, EUCLIDEAN]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 65536, .pattern = SHAPE_PATTERN_CSV_HEADER, .pattern_text = "[\\x20-\\x21\\x23-\\x2B\\x2D-\\x7E]*"},
    {.has_min = true, .min = 1, .has_max = true, .max = 1, .pattern = SHAPE_PATTERN_CSV_DELIMITER, .pattern_text = "[,;:|\\t ]"},
    {.values = enum_18, .values_count = 2, .values_text = "[OR, AND]"},
    {.values = enum_19, .values_count = 5, .values_text = "[ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 1283},
    {.has_min = true, .min = 28, .has_max = true, .max = 65},
    {.values = enum_20, .values_count = 1, .values_text = "[WAIT_FOR_REPLICATION]"},
    {.values = enum_21, .values_count = 2, .values_text = "[MICROSECOND, MILLISECOND]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 32768},
    {.has_min = true, .min = 1, .has_max = true, .max = 36},
    {.values = enum_22, .values_count = 3, .values_text = "[COMPLETED, FAILED, IN_PROGRESS]"},
    {.has_max = true, .max = 255, .pattern = SHAPE_PATTERN_BUCKET, .pattern_text = "^[a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+$"},
    {.pattern = SHAPE_PATTERN_ACCOUNT, .pattern_text = "[0-9]{12}"},
    {.has_max = true, .max = 1024},
    {.values = enum_23, .values_count = 2, .values_text = "[AES256, KMS]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 2048},
    {.values = enum_24, .values_count = 2, .values_text = "[DYNAMODB_JSON, ION]"},
    {.values = enum_25, .values_count = 2, .values_text = "[FULL_EXPORT, INCREMENTAL_EXPORT]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 1000},
    {.values = enum_26, .values_count = 4, .values_text = "[AFTER_SEQUENCE_NUMBER, AT_SEQUENCE_NUMBER, LATEST, TRIM_HORIZON]"},
    {.has_min = true, .min = 21, .has_max = true, .max = 40},
    {.values = enum_27, .values_count = 4, .values_text = "[ACTIVE, CREATING, DELETING, UPDATING]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 20},
    {.values = enum_28, .values_count = 3, .values_text = "[ACTIVE, CREATING, DELETING]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 1},
    {.values = enum_29, .values_count = 5, .values_text = "[CANCELLED, CANCELLING, COMPLETED, FAILED, IN_PROGRESS]"},
    {.values = enum_30, .values_count = 3, .values_text = "[CSV, DYNAMODB_JSON, ION]"},
    {.values = enum_31, .values_count = 3, .values_text = "[ZSTD, NONE, GZIP]"},
    {.values = enum_32, .values_count = 2, .values_text = "[NEW_AND_OLD_IMAGES, NEW_IMAGE]"},
    {.values = enum_33, .values_count = 2, .values_text = "[HASH, RANGE]"},
    {.values = enum_34, .values_count = 6, .values_text = "[ACTIVE, DISABLED, DISABLING, ENABLE_FAILED, ENABLING, UPDATING]"},
    {.values = enum_35, .values_count = 4, .values_text = "[ALL, AWS_BACKUP, SYSTEM, USER]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 1024, .pattern = SHAPE_PATTERN_HEX16, .pattern_text = "([0-9a-f]{16})+"},
    {.has_max = true, .max = 100},
    {.has_min = true, .min = 112, .has_max = true, .max = 1024, .pattern = SHAPE_PATTERN_HEX16, .pattern_text = "([0-9a-f]{16})+"},
    {.values = enum_36, .values_count = 2, .values_text = "[CONDITION_CHECK_FAILURE, ERROR]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 35},
    {.values = enum_37, .values_count = 3, .values_text = "[ALL, INCLUDE, KEYS_ONLY]"},
    {.values = enum_38, .values_count = 4, .values_text = "[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]"},
    {.values = enum_39, .values_count = 3, .values_text = "[INSERT, MODIFY, REMOVE]"},
    {.values = enum_40, .values_count = 10, .values_text = "[ACTIVE, ARCHIVED, ARCHIVING, CREATING, CREATION_FAILED, DELETING, INACCESSIBLE_ENCRYPTION_CREDENTIALS, REGION_DISABLED, REPLICATION_NOT_AUTHORIZED, UPDATING]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 50},
    {.values = enum_41, .values_count = 5, .values_text = "[DISABLED, DISABLING, ENABLED, ENABLING, UPDATING]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 1000000},
    {.has_min = true, .min = 0, .has_max = true, .max = 999999},
    {.values = enum_42, .values_count = 2, .values_text = "[HASH, INLINE_FILTER]"},
    {.has_min = true, .min = 1, .has_max = true, .max = 4096},
    {.values = enum_43, .values_count = 1, .values_text = "[CHILD_SHARDS]"},
    {.values = enum_44, .values_count = 4, .values_text = "[DISABLED, DISABLING, ENABLED, ENABLING]"},
    {.values = enum_45, .values_count = 4, .values_text = "[KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE, OLD_IMAGE]"},
    {.values = enum_46, .values_count = 8, .values_text = "[ACTIVE, ARCHIVED, ARCHIVING, CREATING, DELETING, INACCESSIBLE_ENCRYPTION_CREDENTIALS, REPLICATION_NOT_AUTHORIZED, UPDATING]"},
    {.values = enum_47, .values_count = 2, .values_text = "[EVENTUAL, STRONG]"},
    {.values = enum_48, .values_count = 2, .values_text = "[DISABLE, ENABLE]"},
};

static const struct shape_member members_archival_summary[] = {
    {TEXT("ArchivalDateTime"), TEXT("archivalDateTime"), TEXT("\"ArchivalDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct archival_summary, archival_date_time), false, false, NULL, NULL},
    {TEXT("ArchivalReason"), TEXT("archivalReason"), TEXT("\"ArchivalReason\":"), SHAPE_STRING, offsetof(struct archival_summary, archival_reason), false, false, NULL, NULL},
    {TEXT("ArchivalBackupArn"), TEXT("archivalBackupArn"), TEXT("\"ArchivalBackupArn\":"), SHAPE_STRING, offsetof(struct archival_summary, archival_backup_arn), false, false, NULL, &rules[0]},
};
static const uint8_t order_archival_summary[] = {0, 1, 2};
static const uint8_t lookup_archival_summary[] = {
    1, 0, 2, 0, 0, 0, 3, 0,
};
const struct shape shape_archival_summary = {.name = "ArchivalSummary", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct archival_summary), .members = members_archival_summary, .members_count = 3, .check_order = order_archival_summary, .checked = true, .lookup = lookup_archival_summary, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_attribute_definition[] = {
    {TEXT("AttributeName"), TEXT("attributeName"), TEXT("\"AttributeName\":"), SHAPE_STRING, offsetof(struct attribute_definition, attribute_name), true, false, NULL, &rules[1]},
    {TEXT("AttributeType"), TEXT("attributeType"), TEXT("\"AttributeType\":"), SHAPE_STRING, offsetof(struct attribute_definition, attribute_type), true, false, NULL, &rules[2]},
};
static const uint8_t order_attribute_definition[] = {0, 1};
static const uint8_t lookup_attribute_definition[] = {
    1, 0, 2, 0,
};
const struct shape shape_attribute_definition = {.name = "AttributeDefinition", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct attribute_definition), .members = members_attribute_definition, .members_count = 2, .check_order = order_attribute_definition, .checked = true, .lookup = lookup_attribute_definition, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_attribute_definitions = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_attribute_definition, NULL};
const struct shape shape_attribute_definitions = {.name = "AttributeDefinitions", .kind = SHAPE_LIST, .bytes = sizeof(struct attribute_definitions), .element = &element_attribute_definitions, .element_bytes = sizeof(struct attribute_definition), .rule = NULL, .checked = true};

const struct shape shape_attribute_map = {.name = "AttributeMap", .kind = SHAPE_ITEM, .bytes = sizeof(struct attribute_map)};

static const struct shape_member element_attribute_name_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRING, 0, false, false, NULL, &rules[3]};
const struct shape shape_attribute_name_list = {.name = "AttributeNameList", .kind = SHAPE_LIST, .bytes = sizeof(struct attribute_name_list), .element = &element_attribute_name_list, .element_bytes = sizeof(struct slice), .rule = &rules[4], .checked = true};

static const struct shape_member element_attribute_updates = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_attribute_value_update, NULL};
const struct shape shape_attribute_updates = {.name = "AttributeUpdates", .kind = SHAPE_MAP, .bytes = sizeof(struct attribute_updates), .element = &element_attribute_updates, .element_bytes = sizeof(struct attribute_value_update), .rule = NULL, .checked = true};

const struct shape shape_attribute_value = {.name = "AttributeValue", .kind = SHAPE_VALUE, .bytes = sizeof(struct attribute_value)};

static const struct shape_member element_attribute_value_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_VALUE, 0, false, false, &shape_attribute_value, NULL};
const struct shape shape_attribute_value_list = {.name = "AttributeValueList", .kind = SHAPE_LIST, .bytes = sizeof(struct attribute_value_list), .element = &element_attribute_value_list, .element_bytes = sizeof(struct attribute_value), .rule = NULL, .checked = false};

static const struct shape_member members_attribute_value_update[] = {
    {TEXT("Value"), TEXT("value"), TEXT("\"Value\":"), SHAPE_VALUE, offsetof(struct attribute_value_update, value), false, false, &shape_attribute_value, NULL},
    {TEXT("Action"), TEXT("action"), TEXT("\"Action\":"), SHAPE_STRING, offsetof(struct attribute_value_update, action), false, false, NULL, &rules[5]},
};
static const uint8_t order_attribute_value_update[] = {0, 1};
static const uint8_t lookup_attribute_value_update[] = {
    0, 1, 2, 0,
};
const struct shape shape_attribute_value_update = {.name = "AttributeValueUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct attribute_value_update), .members = members_attribute_value_update, .members_count = 2, .check_order = order_attribute_value_update, .checked = true, .lookup = lookup_attribute_value_update, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_auto_scaling_policy_description[] = {
    {TEXT("PolicyName"), TEXT("policyName"), TEXT("\"PolicyName\":"), SHAPE_STRING, offsetof(struct auto_scaling_policy_description, policy_name), false, false, NULL, &rules[6]},
    {TEXT("TargetTrackingScalingPolicyConfiguration"), TEXT("targetTrackingScalingPolicyConfiguration"), TEXT("\"TargetTrackingScalingPolicyConfiguration\":"), SHAPE_STRUCTURE, offsetof(struct auto_scaling_policy_description, target_tracking_scaling_policy_configuration), false, false, &shape_auto_scaling_target_tracking_scaling_policy_configuration_description, NULL},
};
static const uint8_t order_auto_scaling_policy_description[] = {0, 1};
static const uint8_t lookup_auto_scaling_policy_description[] = {
    1, 0, 2, 0,
};
const struct shape shape_auto_scaling_policy_description = {.name = "AutoScalingPolicyDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct auto_scaling_policy_description), .members = members_auto_scaling_policy_description, .members_count = 2, .check_order = order_auto_scaling_policy_description, .checked = true, .lookup = lookup_auto_scaling_policy_description, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_auto_scaling_policy_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_auto_scaling_policy_description, NULL};
const struct shape shape_auto_scaling_policy_description_list = {.name = "AutoScalingPolicyDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct auto_scaling_policy_description_list), .element = &element_auto_scaling_policy_description_list, .element_bytes = sizeof(struct auto_scaling_policy_description), .rule = NULL, .checked = true};

static const struct shape_member members_auto_scaling_policy_update[] = {
    {TEXT("TargetTrackingScalingPolicyConfiguration"), TEXT("targetTrackingScalingPolicyConfiguration"), TEXT("\"TargetTrackingScalingPolicyConfiguration\":"), SHAPE_STRUCTURE, offsetof(struct auto_scaling_policy_update, target_tracking_scaling_policy_configuration), true, false, &shape_auto_scaling_target_tracking_scaling_policy_configuration_update, NULL},
    {TEXT("PolicyName"), TEXT("policyName"), TEXT("\"PolicyName\":"), SHAPE_STRING, offsetof(struct auto_scaling_policy_update, policy_name), false, false, NULL, &rules[6]},
};
static const uint8_t order_auto_scaling_policy_update[] = {0, 1};
static const uint8_t lookup_auto_scaling_policy_update[] = {
    2, 0, 1, 0,
};
const struct shape shape_auto_scaling_policy_update = {.name = "AutoScalingPolicyUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct auto_scaling_policy_update), .members = members_auto_scaling_policy_update, .members_count = 2, .check_order = order_auto_scaling_policy_update, .checked = true, .lookup = lookup_auto_scaling_policy_update, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_auto_scaling_settings_description[] = {
    {TEXT("MinimumUnits"), TEXT("minimumUnits"), TEXT("\"MinimumUnits\":"), SHAPE_LONG, offsetof(struct auto_scaling_settings_description, minimum_units), false, false, NULL, &rules[4]},
    {TEXT("MaximumUnits"), TEXT("maximumUnits"), TEXT("\"MaximumUnits\":"), SHAPE_LONG, offsetof(struct auto_scaling_settings_description, maximum_units), false, false, NULL, &rules[4]},
    {TEXT("AutoScalingDisabled"), TEXT("autoScalingDisabled"), TEXT("\"AutoScalingDisabled\":"), SHAPE_BOOLEAN, offsetof(struct auto_scaling_settings_description, auto_scaling_disabled), false, false, NULL, NULL},
    {TEXT("AutoScalingRoleArn"), TEXT("autoScalingRoleArn"), TEXT("\"AutoScalingRoleArn\":"), SHAPE_STRING, offsetof(struct auto_scaling_settings_description, auto_scaling_role_arn), false, false, NULL, NULL},
    {TEXT("ScalingPolicies"), TEXT("scalingPolicies"), TEXT("\"ScalingPolicies\":"), SHAPE_LIST, offsetof(struct auto_scaling_settings_description, scaling_policies), false, false, &shape_auto_scaling_policy_description_list, NULL},
};
static const uint8_t order_auto_scaling_settings_description[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_auto_scaling_settings_description[] = {
    2, 5, 0, 0, 0, 1, 3, 0, 0, 0, 4, 0, 0, 0, 0, 0,
};
const struct shape shape_auto_scaling_settings_description = {.name = "AutoScalingSettingsDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct auto_scaling_settings_description), .members = members_auto_scaling_settings_description, .members_count = 5, .check_order = order_auto_scaling_settings_description, .checked = true, .lookup = lookup_auto_scaling_settings_description, .lookup_mask = 15, .lookup_seed = 0x618f19f3};

static const struct shape_member members_auto_scaling_settings_update[] = {
    {TEXT("MinimumUnits"), TEXT("minimumUnits"), TEXT("\"MinimumUnits\":"), SHAPE_LONG, offsetof(struct auto_scaling_settings_update, minimum_units), false, false, NULL, &rules[4]},
    {TEXT("MaximumUnits"), TEXT("maximumUnits"), TEXT("\"MaximumUnits\":"), SHAPE_LONG, offsetof(struct auto_scaling_settings_update, maximum_units), false, false, NULL, &rules[4]},
    {TEXT("AutoScalingDisabled"), TEXT("autoScalingDisabled"), TEXT("\"AutoScalingDisabled\":"), SHAPE_BOOLEAN, offsetof(struct auto_scaling_settings_update, auto_scaling_disabled), false, false, NULL, NULL},
    {TEXT("AutoScalingRoleArn"), TEXT("autoScalingRoleArn"), TEXT("\"AutoScalingRoleArn\":"), SHAPE_STRING, offsetof(struct auto_scaling_settings_update, auto_scaling_role_arn), false, false, NULL, &rules[7]},
    {TEXT("ScalingPolicyUpdate"), TEXT("scalingPolicyUpdate"), TEXT("\"ScalingPolicyUpdate\":"), SHAPE_STRUCTURE, offsetof(struct auto_scaling_settings_update, scaling_policy_update), false, false, &shape_auto_scaling_policy_update, NULL},
};
static const uint8_t order_auto_scaling_settings_update[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_auto_scaling_settings_update[] = {
    2, 0, 0, 0, 0, 1, 3, 0, 0, 5, 4, 0, 0, 0, 0, 0,
};
const struct shape shape_auto_scaling_settings_update = {.name = "AutoScalingSettingsUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct auto_scaling_settings_update), .members = members_auto_scaling_settings_update, .members_count = 5, .check_order = order_auto_scaling_settings_update, .checked = true, .lookup = lookup_auto_scaling_settings_update, .lookup_mask = 15, .lookup_seed = 0x618f19f3};

static const struct shape_member members_auto_scaling_target_tracking_scaling_policy_configuration_description[] = {
    {TEXT("TargetValue"), TEXT("targetValue"), TEXT("\"TargetValue\":"), SHAPE_DOUBLE, offsetof(struct auto_scaling_target_tracking_scaling_policy_configuration_description, target_value), true, false, NULL, NULL},
    {TEXT("DisableScaleIn"), TEXT("disableScaleIn"), TEXT("\"DisableScaleIn\":"), SHAPE_BOOLEAN, offsetof(struct auto_scaling_target_tracking_scaling_policy_configuration_description, disable_scale_in), false, false, NULL, NULL},
    {TEXT("ScaleInCooldown"), TEXT("scaleInCooldown"), TEXT("\"ScaleInCooldown\":"), SHAPE_INTEGER, offsetof(struct auto_scaling_target_tracking_scaling_policy_configuration_description, scale_in_cooldown), false, false, NULL, NULL},
    {TEXT("ScaleOutCooldown"), TEXT("scaleOutCooldown"), TEXT("\"ScaleOutCooldown\":"), SHAPE_INTEGER, offsetof(struct auto_scaling_target_tracking_scaling_policy_configuration_description, scale_out_cooldown), false, false, NULL, NULL},
};
static const uint8_t order_auto_scaling_target_tracking_scaling_policy_configuration_description[] = {0, 1, 2, 3};
static const uint8_t lookup_auto_scaling_target_tracking_scaling_policy_configuration_description[] = {
    0, 0, 2, 1, 0, 4, 0, 3,
};
const struct shape shape_auto_scaling_target_tracking_scaling_policy_configuration_description = {.name = "AutoScalingTargetTrackingScalingPolicyConfigurationDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct auto_scaling_target_tracking_scaling_policy_configuration_description), .members = members_auto_scaling_target_tracking_scaling_policy_configuration_description, .members_count = 4, .check_order = order_auto_scaling_target_tracking_scaling_policy_configuration_description, .checked = true, .lookup = lookup_auto_scaling_target_tracking_scaling_policy_configuration_description, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_auto_scaling_target_tracking_scaling_policy_configuration_update[] = {
    {TEXT("TargetValue"), TEXT("targetValue"), TEXT("\"TargetValue\":"), SHAPE_DOUBLE, offsetof(struct auto_scaling_target_tracking_scaling_policy_configuration_update, target_value), true, false, NULL, NULL},
    {TEXT("DisableScaleIn"), TEXT("disableScaleIn"), TEXT("\"DisableScaleIn\":"), SHAPE_BOOLEAN, offsetof(struct auto_scaling_target_tracking_scaling_policy_configuration_update, disable_scale_in), false, false, NULL, NULL},
    {TEXT("ScaleInCooldown"), TEXT("scaleInCooldown"), TEXT("\"ScaleInCooldown\":"), SHAPE_INTEGER, offsetof(struct auto_scaling_target_tracking_scaling_policy_configuration_update, scale_in_cooldown), false, false, NULL, NULL},
    {TEXT("ScaleOutCooldown"), TEXT("scaleOutCooldown"), TEXT("\"ScaleOutCooldown\":"), SHAPE_INTEGER, offsetof(struct auto_scaling_target_tracking_scaling_policy_configuration_update, scale_out_cooldown), false, false, NULL, NULL},
};
static const uint8_t order_auto_scaling_target_tracking_scaling_policy_configuration_update[] = {0, 1, 2, 3};
static const uint8_t lookup_auto_scaling_target_tracking_scaling_policy_configuration_update[] = {
    0, 0, 2, 1, 0, 4, 0, 3,
};
const struct shape shape_auto_scaling_target_tracking_scaling_policy_configuration_update = {.name = "AutoScalingTargetTrackingScalingPolicyConfigurationUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct auto_scaling_target_tracking_scaling_policy_configuration_update), .members = members_auto_scaling_target_tracking_scaling_policy_configuration_update, .members_count = 4, .check_order = order_auto_scaling_target_tracking_scaling_policy_configuration_update, .checked = true, .lookup = lookup_auto_scaling_target_tracking_scaling_policy_configuration_update, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_backup_description[] = {
    {TEXT("BackupDetails"), TEXT("backupDetails"), TEXT("\"BackupDetails\":"), SHAPE_STRUCTURE, offsetof(struct backup_description, backup_details), false, false, &shape_backup_details, NULL},
    {TEXT("SourceTableDetails"), TEXT("sourceTableDetails"), TEXT("\"SourceTableDetails\":"), SHAPE_STRUCTURE, offsetof(struct backup_description, source_table_details), false, false, &shape_source_table_details, NULL},
    {TEXT("SourceTableFeatureDetails"), TEXT("sourceTableFeatureDetails"), TEXT("\"SourceTableFeatureDetails\":"), SHAPE_STRUCTURE, offsetof(struct backup_description, source_table_feature_details), false, false, &shape_source_table_feature_details, NULL},
};
static const uint8_t order_backup_description[] = {0, 1, 2};
static const uint8_t lookup_backup_description[] = {
    0, 0, 1, 2, 0, 0, 0, 3,
};
const struct shape shape_backup_description = {.name = "BackupDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct backup_description), .members = members_backup_description, .members_count = 3, .check_order = order_backup_description, .checked = true, .lookup = lookup_backup_description, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_backup_details[] = {
    {TEXT("BackupArn"), TEXT("backupArn"), TEXT("\"BackupArn\":"), SHAPE_STRING, offsetof(struct backup_details, backup_arn), true, false, NULL, &rules[0]},
    {TEXT("BackupName"), TEXT("backupName"), TEXT("\"BackupName\":"), SHAPE_STRING, offsetof(struct backup_details, backup_name), true, false, NULL, &rules[8]},
    {TEXT("BackupStatus"), TEXT("backupStatus"), TEXT("\"BackupStatus\":"), SHAPE_STRING, offsetof(struct backup_details, backup_status), true, false, NULL, &rules[9]},
    {TEXT("BackupType"), TEXT("backupType"), TEXT("\"BackupType\":"), SHAPE_STRING, offsetof(struct backup_details, backup_type), true, false, NULL, &rules[10]},
    {TEXT("BackupCreationDateTime"), TEXT("backupCreationDateTime"), TEXT("\"BackupCreationDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct backup_details, backup_creation_date_time), true, false, NULL, NULL},
    {TEXT("BackupSizeBytes"), TEXT("backupSizeBytes"), TEXT("\"BackupSizeBytes\":"), SHAPE_LONG, offsetof(struct backup_details, backup_size_bytes), false, false, NULL, &rules[11]},
    {TEXT("BackupExpiryDateTime"), TEXT("backupExpiryDateTime"), TEXT("\"BackupExpiryDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct backup_details, backup_expiry_date_time), false, false, NULL, NULL},
};
static const uint8_t order_backup_details[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t lookup_backup_details[] = {
    0, 5, 4, 1, 0, 0, 6, 0, 0, 7, 0, 3, 0, 0, 2, 0,
};
const struct shape shape_backup_details = {.name = "BackupDetails", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct backup_details), .members = members_backup_details, .members_count = 7, .check_order = order_backup_details, .checked = true, .lookup = lookup_backup_details, .lookup_mask = 15, .lookup_seed = 0x618f19f3};

static const struct shape_member element_backup_summaries = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_backup_summary, NULL};
const struct shape shape_backup_summaries = {.name = "BackupSummaries", .kind = SHAPE_LIST, .bytes = sizeof(struct backup_summaries), .element = &element_backup_summaries, .element_bytes = sizeof(struct backup_summary), .rule = NULL, .checked = true};

static const struct shape_member members_backup_summary[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct backup_summary, table_name), false, false, NULL, &rules[8]},
    {TEXT("TableId"), TEXT("tableId"), TEXT("\"TableId\":"), SHAPE_STRING, offsetof(struct backup_summary, table_id), false, false, NULL, &rules[12]},
    {TEXT("TableArn"), TEXT("tableArn"), TEXT("\"TableArn\":"), SHAPE_STRING, offsetof(struct backup_summary, table_arn), false, false, NULL, &rules[13]},
    {TEXT("BackupArn"), TEXT("backupArn"), TEXT("\"BackupArn\":"), SHAPE_STRING, offsetof(struct backup_summary, backup_arn), false, false, NULL, &rules[0]},
    {TEXT("BackupName"), TEXT("backupName"), TEXT("\"BackupName\":"), SHAPE_STRING, offsetof(struct backup_summary, backup_name), false, false, NULL, &rules[8]},
    {TEXT("BackupCreationDateTime"), TEXT("backupCreationDateTime"), TEXT("\"BackupCreationDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct backup_summary, backup_creation_date_time), false, false, NULL, NULL},
    {TEXT("BackupExpiryDateTime"), TEXT("backupExpiryDateTime"), TEXT("\"BackupExpiryDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct backup_summary, backup_expiry_date_time), false, false, NULL, NULL},
    {TEXT("BackupStatus"), TEXT("backupStatus"), TEXT("\"BackupStatus\":"), SHAPE_STRING, offsetof(struct backup_summary, backup_status), false, false, NULL, &rules[9]},
    {TEXT("BackupType"), TEXT("backupType"), TEXT("\"BackupType\":"), SHAPE_STRING, offsetof(struct backup_summary, backup_type), false, false, NULL, &rules[10]},
    {TEXT("BackupSizeBytes"), TEXT("backupSizeBytes"), TEXT("\"BackupSizeBytes\":"), SHAPE_LONG, offsetof(struct backup_summary, backup_size_bytes), false, false, NULL, &rules[11]},
};
static const uint8_t order_backup_summary[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t lookup_backup_summary[] = {
    0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 4, 5, 0, 0, 3, 1, 8, 0, 0, 0, 2, 10, 0, 0, 0, 0, 0, 0, 0, 7, 0, 6,
};
const struct shape shape_backup_summary = {.name = "BackupSummary", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct backup_summary), .members = members_backup_summary, .members_count = 10, .check_order = order_backup_summary, .checked = true, .lookup = lookup_backup_summary, .lookup_mask = 31, .lookup_seed = 0xb8d7d836};

static const struct shape_member members_batch_execute_statement_input[] = {
    {TEXT("Statements"), TEXT("statements"), TEXT("\"Statements\":"), SHAPE_LIST, offsetof(struct batch_execute_statement_input, statements), true, false, &shape_partiql_batch_request, NULL},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct batch_execute_statement_input, return_consumed_capacity), false, false, NULL, &rules[14]},
};
static const uint8_t order_batch_execute_statement_input[] = {0, 1};
static const uint8_t lookup_batch_execute_statement_input[] = {
    2, 1, 0, 0,
};
const struct shape shape_batch_execute_statement_input = {.name = "BatchExecuteStatementInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct batch_execute_statement_input), .members = members_batch_execute_statement_input, .members_count = 2, .check_order = order_batch_execute_statement_input, .checked = true, .lookup = lookup_batch_execute_statement_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_batch_execute_statement_output[] = {
    {TEXT("Responses"), TEXT("responses"), TEXT("\"Responses\":"), SHAPE_LIST, offsetof(struct batch_execute_statement_output, responses), false, false, &shape_partiql_batch_response, NULL},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_LIST, offsetof(struct batch_execute_statement_output, consumed_capacity), false, false, &shape_consumed_capacity_multiple, NULL},
};
static const uint8_t order_batch_execute_statement_output[] = {0, 1};
static const uint8_t lookup_batch_execute_statement_output[] = {
    0, 0, 1, 2,
};
const struct shape shape_batch_execute_statement_output = {.name = "BatchExecuteStatementOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct batch_execute_statement_output), .members = members_batch_execute_statement_output, .members_count = 2, .check_order = order_batch_execute_statement_output, .checked = true, .lookup = lookup_batch_execute_statement_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_batch_get_item_input[] = {
    {TEXT("RequestItems"), TEXT("requestItems"), TEXT("\"RequestItems\":"), SHAPE_MAP, offsetof(struct batch_get_item_input, request_items), true, false, &shape_batch_get_request_map, NULL},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct batch_get_item_input, return_consumed_capacity), false, false, NULL, &rules[14]},
};
static const uint8_t order_batch_get_item_input[] = {0, 1};
static const uint8_t lookup_batch_get_item_input[] = {
    2, 0, 0, 1,
};
const struct shape shape_batch_get_item_input = {.name = "BatchGetItemInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct batch_get_item_input), .members = members_batch_get_item_input, .members_count = 2, .check_order = order_batch_get_item_input, .checked = true, .lookup = lookup_batch_get_item_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_batch_get_item_output[] = {
    {TEXT("Responses"), TEXT("responses"), TEXT("\"Responses\":"), SHAPE_MAP, offsetof(struct batch_get_item_output, responses), false, false, &shape_batch_get_response_map, NULL},
    {TEXT("UnprocessedKeys"), TEXT("unprocessedKeys"), TEXT("\"UnprocessedKeys\":"), SHAPE_MAP, offsetof(struct batch_get_item_output, unprocessed_keys), false, false, &shape_batch_get_request_map, NULL},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_LIST, offsetof(struct batch_get_item_output, consumed_capacity), false, false, &shape_consumed_capacity_multiple, NULL},
};
static const uint8_t order_batch_get_item_output[] = {0, 1, 2};
static const uint8_t lookup_batch_get_item_output[] = {
    0, 0, 0, 3, 0, 2, 1, 0,
};
const struct shape shape_batch_get_item_output = {.name = "BatchGetItemOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct batch_get_item_output), .members = members_batch_get_item_output, .members_count = 3, .check_order = order_batch_get_item_output, .checked = true, .lookup = lookup_batch_get_item_output, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member element_batch_get_request_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_keys_and_attributes, NULL};
const struct shape shape_batch_get_request_map = {.name = "BatchGetRequestMap", .kind = SHAPE_MAP, .bytes = sizeof(struct batch_get_request_map), .element = &element_batch_get_request_map, .element_bytes = sizeof(struct keys_and_attributes), .rule = &rules[15], .key_rule = &rules[16], .checked = true};

static const struct shape_member element_batch_get_response_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_LIST, 0, false, false, &shape_item_list, NULL};
const struct shape shape_batch_get_response_map = {.name = "BatchGetResponseMap", .kind = SHAPE_MAP, .bytes = sizeof(struct batch_get_response_map), .element = &element_batch_get_response_map, .element_bytes = sizeof(struct item_list), .rule = NULL, .key_rule = &rules[13], .checked = true};

static const struct shape_member members_batch_statement_error[] = {
    {TEXT("Code"), TEXT("code"), TEXT("\"Code\":"), SHAPE_STRING, offsetof(struct batch_statement_error, code), false, false, NULL, &rules[17]},
    {TEXT("Message"), TEXT("message"), TEXT("\"Message\":"), SHAPE_STRING, offsetof(struct batch_statement_error, message), false, false, NULL, NULL},
    {TEXT("Item"), TEXT("item"), TEXT("\"Item\":"), SHAPE_ITEM, offsetof(struct batch_statement_error, item), false, false, &shape_attribute_map, NULL},
};
static const uint8_t order_batch_statement_error[] = {0, 1, 2};
static const uint8_t lookup_batch_statement_error[] = {
    0, 0, 0, 1, 0, 3, 2, 0,
};
const struct shape shape_batch_statement_error = {.name = "BatchStatementError", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct batch_statement_error), .members = members_batch_statement_error, .members_count = 3, .check_order = order_batch_statement_error, .checked = true, .lookup = lookup_batch_statement_error, .lookup_mask = 7, .lookup_seed = 0x618f19f3};

static const struct shape_member members_batch_statement_request[] = {
    {TEXT("Statement"), TEXT("statement"), TEXT("\"Statement\":"), SHAPE_STRING, offsetof(struct batch_statement_request, statement), true, false, NULL, &rules[18]},
    {TEXT("Parameters"), TEXT("parameters"), TEXT("\"Parameters\":"), SHAPE_LIST, offsetof(struct batch_statement_request, parameters), false, false, &shape_prepared_statement_parameters, NULL},
    {TEXT("ConsistentRead"), TEXT("consistentRead"), TEXT("\"ConsistentRead\":"), SHAPE_BOOLEAN, offsetof(struct batch_statement_request, consistent_read), false, false, NULL, NULL},
    {TEXT("ReturnValuesOnConditionCheckFailure"), TEXT("returnValuesOnConditionCheckFailure"), TEXT("\"ReturnValuesOnConditionCheckFailure\":"), SHAPE_STRING, offsetof(struct batch_statement_request, return_values_on_condition_check_failure), false, false, NULL, &rules[19]},
};
static const uint8_t order_batch_statement_request[] = {0, 1, 2, 3};
static const uint8_t lookup_batch_statement_request[] = {
    0, 1, 0, 2, 4, 0, 0, 3,
};
const struct shape shape_batch_statement_request = {.name = "BatchStatementRequest", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct batch_statement_request), .members = members_batch_statement_request, .members_count = 4, .check_order = order_batch_statement_request, .checked = true, .lookup = lookup_batch_statement_request, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_batch_statement_response[] = {
    {TEXT("Error"), TEXT("error"), TEXT("\"Error\":"), SHAPE_STRUCTURE, offsetof(struct batch_statement_response, error), false, false, &shape_batch_statement_error, NULL},
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct batch_statement_response, table_name), false, false, NULL, &rules[8]},
    {TEXT("Item"), TEXT("item"), TEXT("\"Item\":"), SHAPE_ITEM, offsetof(struct batch_statement_response, item), false, false, &shape_attribute_map, NULL},
};
static const uint8_t order_batch_statement_response[] = {0, 1, 2};
static const uint8_t lookup_batch_statement_response[] = {
    0, 3, 2, 0, 0, 0, 1, 0,
};
const struct shape shape_batch_statement_response = {.name = "BatchStatementResponse", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct batch_statement_response), .members = members_batch_statement_response, .members_count = 3, .check_order = order_batch_statement_response, .checked = true, .lookup = lookup_batch_statement_response, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_batch_write_item_input[] = {
    {TEXT("RequestItems"), TEXT("requestItems"), TEXT("\"RequestItems\":"), SHAPE_MAP, offsetof(struct batch_write_item_input, request_items), true, false, &shape_batch_write_item_request_map, NULL},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct batch_write_item_input, return_consumed_capacity), false, false, NULL, &rules[14]},
    {TEXT("ReturnItemCollectionMetrics"), TEXT("returnItemCollectionMetrics"), TEXT("\"ReturnItemCollectionMetrics\":"), SHAPE_STRING, offsetof(struct batch_write_item_input, return_item_collection_metrics), false, false, NULL, &rules[20]},
};
static const uint8_t order_batch_write_item_input[] = {1, 2, 0};
static const uint8_t lookup_batch_write_item_input[] = {
    2, 0, 0, 0, 3, 0, 0, 1,
};
const struct shape shape_batch_write_item_input = {.name = "BatchWriteItemInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct batch_write_item_input), .members = members_batch_write_item_input, .members_count = 3, .check_order = order_batch_write_item_input, .checked = true, .lookup = lookup_batch_write_item_input, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_batch_write_item_output[] = {
    {TEXT("UnprocessedItems"), TEXT("unprocessedItems"), TEXT("\"UnprocessedItems\":"), SHAPE_MAP, offsetof(struct batch_write_item_output, unprocessed_items), false, false, &shape_batch_write_item_request_map, NULL},
    {TEXT("ItemCollectionMetrics"), TEXT("itemCollectionMetrics"), TEXT("\"ItemCollectionMetrics\":"), SHAPE_MAP, offsetof(struct batch_write_item_output, item_collection_metrics), false, false, &shape_item_collection_metrics_per_table, NULL},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_LIST, offsetof(struct batch_write_item_output, consumed_capacity), false, false, &shape_consumed_capacity_multiple, NULL},
};
static const uint8_t order_batch_write_item_output[] = {0, 1, 2};
static const uint8_t lookup_batch_write_item_output[] = {
    0, 0, 0, 3, 1, 0, 2, 0,
};
const struct shape shape_batch_write_item_output = {.name = "BatchWriteItemOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct batch_write_item_output), .members = members_batch_write_item_output, .members_count = 3, .check_order = order_batch_write_item_output, .checked = true, .lookup = lookup_batch_write_item_output, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member element_batch_write_item_request_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_LIST, 0, false, false, &shape_write_requests, NULL};
const struct shape shape_batch_write_item_request_map = {.name = "BatchWriteItemRequestMap", .kind = SHAPE_MAP, .bytes = sizeof(struct batch_write_item_request_map), .element = &element_batch_write_item_request_map, .element_bytes = sizeof(struct write_requests), .rule = &rules[21], .key_rule = &rules[16], .checked = true};

static const struct shape_member members_billing_mode_summary[] = {
    {TEXT("BillingMode"), TEXT("billingMode"), TEXT("\"BillingMode\":"), SHAPE_STRING, offsetof(struct billing_mode_summary, billing_mode), false, false, NULL, &rules[22]},
    {TEXT("LastUpdateToPayPerRequestDateTime"), TEXT("lastUpdateToPayPerRequestDateTime"), TEXT("\"LastUpdateToPayPerRequestDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct billing_mode_summary, last_update_to_pay_per_request_date_time), false, false, NULL, NULL},
};
static const uint8_t order_billing_mode_summary[] = {0, 1};
static const uint8_t lookup_billing_mode_summary[] = {
    0, 1, 0, 2,
};
const struct shape shape_billing_mode_summary = {.name = "BillingModeSummary", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct billing_mode_summary), .members = members_billing_mode_summary, .members_count = 2, .check_order = order_billing_mode_summary, .checked = true, .lookup = lookup_billing_mode_summary, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_bulk_operation_bytes[] = {
    {TEXT("BulkPutBytes"), TEXT("bulkPutBytes"), TEXT("\"BulkPutBytes\":"), SHAPE_LONG, offsetof(struct bulk_operation_bytes, bulk_put_bytes), false, false, NULL, &rules[11]},
};
static const uint8_t order_bulk_operation_bytes[] = {0};
static const uint8_t lookup_bulk_operation_bytes[] = {
    0, 1,
};
const struct shape shape_bulk_operation_bytes = {.name = "BulkOperationBytes", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct bulk_operation_bytes), .members = members_bulk_operation_bytes, .members_count = 1, .check_order = order_bulk_operation_bytes, .checked = true, .lookup = lookup_bulk_operation_bytes, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_bulk_operation_description[] = {
    {TEXT("BulkOperationArn"), TEXT("bulkOperationArn"), TEXT("\"BulkOperationArn\":"), SHAPE_STRING, offsetof(struct bulk_operation_description, bulk_operation_arn), false, false, NULL, &rules[0]},
    {TEXT("BulkOperationStatus"), TEXT("bulkOperationStatus"), TEXT("\"BulkOperationStatus\":"), SHAPE_STRING, offsetof(struct bulk_operation_description, bulk_operation_status), false, false, NULL, &rules[23]},
    {TEXT("TableDetails"), TEXT("tableDetails"), TEXT("\"TableDetails\":"), SHAPE_LIST, offsetof(struct bulk_operation_description, table_details), false, false, &shape_bulk_operation_table_details, NULL},
    {TEXT("ClientToken"), TEXT("clientToken"), TEXT("\"ClientToken\":"), SHAPE_STRING, offsetof(struct bulk_operation_description, client_token), false, false, NULL, &rules[24]},
    {TEXT("InputS3Configuration"), TEXT("inputS3Configuration"), TEXT("\"InputS3Configuration\":"), SHAPE_STRUCTURE, offsetof(struct bulk_operation_description, input_s3_configuration), false, false, &shape_input_s3_configuration, NULL},
    {TEXT("OutputS3Configuration"), TEXT("outputS3Configuration"), TEXT("\"OutputS3Configuration\":"), SHAPE_STRUCTURE, offsetof(struct bulk_operation_description, output_s3_configuration), false, false, &shape_output_s3_configuration, NULL},
    {TEXT("StartTime"), TEXT("startTime"), TEXT("\"StartTime\":"), SHAPE_TIMESTAMP, offsetof(struct bulk_operation_description, start_time), false, false, NULL, NULL},
    {TEXT("EndTime"), TEXT("endTime"), TEXT("\"EndTime\":"), SHAPE_TIMESTAMP, offsetof(struct bulk_operation_description, end_time), false, false, NULL, NULL},
    {TEXT("ProcessedItemCount"), TEXT("processedItemCount"), TEXT("\"ProcessedItemCount\":"), SHAPE_LONG, offsetof(struct bulk_operation_description, processed_item_count), false, false, NULL, &rules[11]},
    {TEXT("ProcessedInputBytes"), TEXT("processedInputBytes"), TEXT("\"ProcessedInputBytes\":"), SHAPE_LONG, offsetof(struct bulk_operation_description, processed_input_bytes), false, false, NULL, &rules[11]},
    {TEXT("TotalInputBytes"), TEXT("totalInputBytes"), TEXT("\"TotalInputBytes\":"), SHAPE_LONG, offsetof(struct bulk_operation_description, total_input_bytes), false, false, NULL, &rules[11]},
    {TEXT("BulkOperationUsage"), TEXT("bulkOperationUsage"), TEXT("\"BulkOperationUsage\":"), SHAPE_LIST, offsetof(struct bulk_operation_description, bulk_operation_usage), false, false, &shape_bulk_operation_usage_multiple, NULL},
    {TEXT("FailedItemCount"), TEXT("failedItemCount"), TEXT("\"FailedItemCount\":"), SHAPE_LONG, offsetof(struct bulk_operation_description, failed_item_count), false, false, NULL, &rules[11]},
    {TEXT("FailureCode"), TEXT("failureCode"), TEXT("\"FailureCode\":"), SHAPE_STRING, offsetof(struct bulk_operation_description, failure_code), false, false, NULL, NULL},
    {TEXT("FailureMessage"), TEXT("failureMessage"), TEXT("\"FailureMessage\":"), SHAPE_STRING, offsetof(struct bulk_operation_description, failure_message), false, false, NULL, NULL},
    {TEXT("MaxWriteRequestUnits"), TEXT("maxWriteRequestUnits"), TEXT("\"MaxWriteRequestUnits\":"), SHAPE_LONG, offsetof(struct bulk_operation_description, max_write_request_units), false, false, NULL, &rules[25]},
    {TEXT("PerformanceTier"), TEXT("performanceTier"), TEXT("\"PerformanceTier\":"), SHAPE_STRING, offsetof(struct bulk_operation_description, performance_tier), false, false, NULL, &rules[26]},
};
static const uint8_t order_bulk_operation_description[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
static const uint8_t lookup_bulk_operation_description[] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 9, 0, 0, 0, 0, 0, 0, 2, 6, 12, 0, 0, 13, 0, 0, 0, 11, 4, 0, 0, 0,
    0, 0, 0, 5, 0, 0, 7, 0, 17, 3, 8, 0, 0, 0, 0, 0, 16, 0, 0, 15, 1, 0, 0, 0, 0, 0, 0, 0, 0, 14, 0, 0,
};
const struct shape shape_bulk_operation_description = {.name = "BulkOperationDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct bulk_operation_description), .members = members_bulk_operation_description, .members_count = 17, .check_order = order_bulk_operation_description, .checked = true, .lookup = lookup_bulk_operation_description, .lookup_mask = 63, .lookup_seed = 0x5bdf191};

static const struct shape_member members_bulk_operation_summary[] = {
    {TEXT("BulkOperationArn"), TEXT("bulkOperationArn"), TEXT("\"BulkOperationArn\":"), SHAPE_STRING, offsetof(struct bulk_operation_summary, bulk_operation_arn), true, false, NULL, &rules[0]},
    {TEXT("BulkOperationStatus"), TEXT("bulkOperationStatus"), TEXT("\"BulkOperationStatus\":"), SHAPE_STRING, offsetof(struct bulk_operation_summary, bulk_operation_status), true, false, NULL, &rules[23]},
    {TEXT("StartTime"), TEXT("startTime"), TEXT("\"StartTime\":"), SHAPE_TIMESTAMP, offsetof(struct bulk_operation_summary, start_time), true, false, NULL, NULL},
    {TEXT("EndTime"), TEXT("endTime"), TEXT("\"EndTime\":"), SHAPE_TIMESTAMP, offsetof(struct bulk_operation_summary, end_time), false, false, NULL, NULL},
};
static const uint8_t order_bulk_operation_summary[] = {0, 1, 2, 3};
static const uint8_t lookup_bulk_operation_summary[] = {
    2, 0, 0, 4, 0, 3, 1, 0,
};
const struct shape shape_bulk_operation_summary = {.name = "BulkOperationSummary", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct bulk_operation_summary), .members = members_bulk_operation_summary, .members_count = 4, .check_order = order_bulk_operation_summary, .checked = true, .lookup = lookup_bulk_operation_summary, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_bulk_operation_table_detail[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct bulk_operation_table_detail, table_name), false, false, NULL, &rules[27]},
    {TEXT("TableId"), TEXT("tableId"), TEXT("\"TableId\":"), SHAPE_STRING, offsetof(struct bulk_operation_table_detail, table_id), false, false, NULL, &rules[12]},
};
static const uint8_t order_bulk_operation_table_detail[] = {0, 1};
static const uint8_t lookup_bulk_operation_table_detail[] = {
    1, 2, 0, 0,
};
const struct shape shape_bulk_operation_table_detail = {.name = "BulkOperationTableDetail", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct bulk_operation_table_detail), .members = members_bulk_operation_table_detail, .members_count = 2, .check_order = order_bulk_operation_table_detail, .checked = true, .lookup = lookup_bulk_operation_table_detail, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_bulk_operation_table_details = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_bulk_operation_table_detail, NULL};
const struct shape shape_bulk_operation_table_details = {.name = "BulkOperationTableDetails", .kind = SHAPE_LIST, .bytes = sizeof(struct bulk_operation_table_details), .element = &element_bulk_operation_table_details, .element_bytes = sizeof(struct bulk_operation_table_detail), .rule = NULL, .checked = true};

static const struct shape_member members_bulk_operation_usage[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct bulk_operation_usage, table_name), false, false, NULL, &rules[27]},
    {TEXT("BulkPutBytes"), TEXT("bulkPutBytes"), TEXT("\"BulkPutBytes\":"), SHAPE_LONG, offsetof(struct bulk_operation_usage, bulk_put_bytes), false, false, NULL, &rules[11]},
    {TEXT("Table"), TEXT("table"), TEXT("\"Table\":"), SHAPE_STRUCTURE, offsetof(struct bulk_operation_usage, table), false, false, &shape_bulk_operation_bytes, NULL},
    {TEXT("LocalSecondaryIndexes"), TEXT("localSecondaryIndexes"), TEXT("\"LocalSecondaryIndexes\":"), SHAPE_MAP, offsetof(struct bulk_operation_usage, local_secondary_indexes), false, false, &shape_secondary_indexes_bulk_bytes_map, NULL},
    {TEXT("GlobalSecondaryIndexes"), TEXT("globalSecondaryIndexes"), TEXT("\"GlobalSecondaryIndexes\":"), SHAPE_MAP, offsetof(struct bulk_operation_usage, global_secondary_indexes), false, false, &shape_secondary_indexes_bulk_bytes_map, NULL},
    {TEXT("VectorIndexes"), TEXT("vectorIndexes"), TEXT("\"VectorIndexes\":"), SHAPE_MAP, offsetof(struct bulk_operation_usage, vector_indexes), false, false, &shape_vector_indexes_bulk_vector_bytes_map, NULL},
};
static const uint8_t order_bulk_operation_usage[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_bulk_operation_usage[] = {
    0, 0, 0, 2, 3, 0, 4, 0, 1, 0, 0, 6, 0, 5, 0, 0,
};
const struct shape shape_bulk_operation_usage = {.name = "BulkOperationUsage", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct bulk_operation_usage), .members = members_bulk_operation_usage, .members_count = 6, .check_order = order_bulk_operation_usage, .checked = true, .lookup = lookup_bulk_operation_usage, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member element_bulk_operation_usage_multiple = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_bulk_operation_usage, NULL};
const struct shape shape_bulk_operation_usage_multiple = {.name = "BulkOperationUsageMultiple", .kind = SHAPE_LIST, .bytes = sizeof(struct bulk_operation_usage_multiple), .element = &element_bulk_operation_usage_multiple, .element_bytes = sizeof(struct bulk_operation_usage), .rule = NULL, .checked = true};

static const struct shape_member members_bulk_operation_vector_bytes[] = {
    {TEXT("BulkPutVectorBytes"), TEXT("bulkPutVectorBytes"), TEXT("\"BulkPutVectorBytes\":"), SHAPE_LONG, offsetof(struct bulk_operation_vector_bytes, bulk_put_vector_bytes), false, false, NULL, &rules[11]},
};
static const uint8_t order_bulk_operation_vector_bytes[] = {0};
static const uint8_t lookup_bulk_operation_vector_bytes[] = {
    1, 0,
};
const struct shape shape_bulk_operation_vector_bytes = {.name = "BulkOperationVectorBytes", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct bulk_operation_vector_bytes), .members = members_bulk_operation_vector_bytes, .members_count = 1, .check_order = order_bulk_operation_vector_bytes, .checked = true, .lookup = lookup_bulk_operation_vector_bytes, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member element_bulk_operations_summary_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_bulk_operation_summary, NULL};
const struct shape shape_bulk_operations_summary_list = {.name = "BulkOperationsSummaryList", .kind = SHAPE_LIST, .bytes = sizeof(struct bulk_operations_summary_list), .element = &element_bulk_operations_summary_list, .element_bytes = sizeof(struct bulk_operation_summary), .rule = NULL, .checked = true};

static const struct shape_member members_cancel_bulk_operation_input[] = {
    {TEXT("BulkOperationArn"), TEXT("bulkOperationArn"), TEXT("\"BulkOperationArn\":"), SHAPE_STRING, offsetof(struct cancel_bulk_operation_input, bulk_operation_arn), true, false, NULL, &rules[0]},
};
static const uint8_t order_cancel_bulk_operation_input[] = {0};
static const uint8_t lookup_cancel_bulk_operation_input[] = {
    1, 0,
};
const struct shape shape_cancel_bulk_operation_input = {.name = "CancelBulkOperationInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct cancel_bulk_operation_input), .members = members_cancel_bulk_operation_input, .members_count = 1, .check_order = order_cancel_bulk_operation_input, .checked = true, .lookup = lookup_cancel_bulk_operation_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_cancel_bulk_operation_output[] = {
    {TEXT("BulkOperationArn"), TEXT("bulkOperationArn"), TEXT("\"BulkOperationArn\":"), SHAPE_STRING, offsetof(struct cancel_bulk_operation_output, bulk_operation_arn), true, false, NULL, &rules[0]},
    {TEXT("BulkOperationStatus"), TEXT("bulkOperationStatus"), TEXT("\"BulkOperationStatus\":"), SHAPE_STRING, offsetof(struct cancel_bulk_operation_output, bulk_operation_status), true, false, NULL, &rules[23]},
};
static const uint8_t order_cancel_bulk_operation_output[] = {0, 1};
static const uint8_t lookup_cancel_bulk_operation_output[] = {
    2, 0, 1, 0,
};
const struct shape shape_cancel_bulk_operation_output = {.name = "CancelBulkOperationOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct cancel_bulk_operation_output), .members = members_cancel_bulk_operation_output, .members_count = 2, .check_order = order_cancel_bulk_operation_output, .checked = true, .lookup = lookup_cancel_bulk_operation_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_cancellation_reason[] = {
    {TEXT("Item"), TEXT("item"), TEXT("\"Item\":"), SHAPE_ITEM, offsetof(struct cancellation_reason, item), false, false, &shape_attribute_map, NULL},
    {TEXT("Code"), TEXT("code"), TEXT("\"Code\":"), SHAPE_STRING, offsetof(struct cancellation_reason, code), false, false, NULL, NULL},
    {TEXT("Message"), TEXT("message"), TEXT("\"Message\":"), SHAPE_STRING, offsetof(struct cancellation_reason, message), false, false, NULL, NULL},
};
static const uint8_t order_cancellation_reason[] = {0, 1, 2};
static const uint8_t lookup_cancellation_reason[] = {
    0, 0, 0, 2, 0, 1, 3, 0,
};
const struct shape shape_cancellation_reason = {.name = "CancellationReason", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct cancellation_reason), .members = members_cancellation_reason, .members_count = 3, .check_order = order_cancellation_reason, .checked = false, .lookup = lookup_cancellation_reason, .lookup_mask = 7, .lookup_seed = 0x618f19f3};

static const struct shape_member element_cancellation_reason_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_cancellation_reason, NULL};
const struct shape shape_cancellation_reason_list = {.name = "CancellationReasonList", .kind = SHAPE_LIST, .bytes = sizeof(struct cancellation_reason_list), .element = &element_cancellation_reason_list, .element_bytes = sizeof(struct cancellation_reason), .rule = &rules[15], .checked = true};

static const struct shape_member members_capacity[] = {
    {TEXT("ReadCapacityUnits"), TEXT("readCapacityUnits"), TEXT("\"ReadCapacityUnits\":"), SHAPE_DOUBLE, offsetof(struct capacity, read_capacity_units), false, false, NULL, NULL},
    {TEXT("WriteCapacityUnits"), TEXT("writeCapacityUnits"), TEXT("\"WriteCapacityUnits\":"), SHAPE_DOUBLE, offsetof(struct capacity, write_capacity_units), false, false, NULL, NULL},
    {TEXT("CapacityUnits"), TEXT("capacityUnits"), TEXT("\"CapacityUnits\":"), SHAPE_DOUBLE, offsetof(struct capacity, capacity_units), false, false, NULL, NULL},
};
static const uint8_t order_capacity[] = {0, 1, 2};
static const uint8_t lookup_capacity[] = {
    0, 0, 1, 0, 0, 2, 3, 0,
};
const struct shape shape_capacity = {.name = "Capacity", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct capacity), .members = members_capacity, .members_count = 3, .check_order = order_capacity, .checked = false, .lookup = lookup_capacity, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_condition[] = {
    {TEXT("ComparisonOperator"), TEXT("comparisonOperator"), TEXT("\"ComparisonOperator\":"), SHAPE_STRING, offsetof(struct condition, comparison_operator), true, false, NULL, &rules[28]},
    {TEXT("AttributeValueList"), TEXT("attributeValueList"), TEXT("\"AttributeValueList\":"), SHAPE_LIST, offsetof(struct condition, attribute_value_list), false, false, &shape_attribute_value_list, NULL},
};
static const uint8_t order_condition[] = {0, 1};
static const uint8_t lookup_condition[] = {
    1, 0, 0, 2,
};
const struct shape shape_condition = {.name = "Condition", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct condition), .members = members_condition, .members_count = 2, .check_order = order_condition, .checked = true, .lookup = lookup_condition, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_condition_check[] = {
    {TEXT("Key"), TEXT("key"), TEXT("\"Key\":"), SHAPE_ITEM, offsetof(struct condition_check, key), true, false, &shape_key, NULL},
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct condition_check, table_name), true, false, NULL, &rules[27]},
    {TEXT("ConditionExpression"), TEXT("conditionExpression"), TEXT("\"ConditionExpression\":"), SHAPE_STRING, offsetof(struct condition_check, condition_expression), true, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct condition_check, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct condition_check, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
    {TEXT("ReturnValuesOnConditionCheckFailure"), TEXT("returnValuesOnConditionCheckFailure"), TEXT("\"ReturnValuesOnConditionCheckFailure\":"), SHAPE_STRING, offsetof(struct condition_check, return_values_on_condition_check_failure), false, false, NULL, &rules[19]},
};
static const uint8_t order_condition_check[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_condition_check[] = {
    2, 0, 0, 0, 3, 1, 0, 6, 0, 0, 5, 0, 4, 0, 0, 0,
};
const struct shape shape_condition_check = {.name = "ConditionCheck", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct condition_check), .members = members_condition_check, .members_count = 6, .check_order = order_condition_check, .checked = true, .lookup = lookup_condition_check, .lookup_mask = 15, .lookup_seed = 0xb245ef27};

static const struct shape_member members_consumed_capacity[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct consumed_capacity, table_name), false, false, NULL, &rules[27]},
    {TEXT("CapacityUnits"), TEXT("capacityUnits"), TEXT("\"CapacityUnits\":"), SHAPE_DOUBLE, offsetof(struct consumed_capacity, capacity_units), false, false, NULL, NULL},
    {TEXT("ReadCapacityUnits"), TEXT("readCapacityUnits"), TEXT("\"ReadCapacityUnits\":"), SHAPE_DOUBLE, offsetof(struct consumed_capacity, read_capacity_units), false, false, NULL, NULL},
    {TEXT("WriteCapacityUnits"), TEXT("writeCapacityUnits"), TEXT("\"WriteCapacityUnits\":"), SHAPE_DOUBLE, offsetof(struct consumed_capacity, write_capacity_units), false, false, NULL, NULL},
    {TEXT("Table"), TEXT("table"), TEXT("\"Table\":"), SHAPE_STRUCTURE, offsetof(struct consumed_capacity, table), false, false, &shape_capacity, NULL},
    {TEXT("LocalSecondaryIndexes"), TEXT("localSecondaryIndexes"), TEXT("\"LocalSecondaryIndexes\":"), SHAPE_MAP, offsetof(struct consumed_capacity, local_secondary_indexes), false, false, &shape_secondary_indexes_capacity_map, NULL},
    {TEXT("GlobalSecondaryIndexes"), TEXT("globalSecondaryIndexes"), TEXT("\"GlobalSecondaryIndexes\":"), SHAPE_MAP, offsetof(struct consumed_capacity, global_secondary_indexes), false, false, &shape_secondary_indexes_capacity_map, NULL},
    {TEXT("VectorIndexes"), TEXT("vectorIndexes"), TEXT("\"VectorIndexes\":"), SHAPE_MAP, offsetof(struct consumed_capacity, vector_indexes), false, false, &shape_vector_indexes_capacity_map, NULL},
};
static const uint8_t order_consumed_capacity[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t lookup_consumed_capacity[] = {
    2, 7, 0, 0, 8, 0, 0, 0, 3, 1, 0, 5, 4, 0, 0, 6,
};
const struct shape shape_consumed_capacity = {.name = "ConsumedCapacity", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct consumed_capacity), .members = members_consumed_capacity, .members_count = 8, .check_order = order_consumed_capacity, .checked = true, .lookup = lookup_consumed_capacity, .lookup_mask = 15, .lookup_seed = 0xd40affc7};

static const struct shape_member element_consumed_capacity_multiple = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_consumed_capacity, NULL};
const struct shape shape_consumed_capacity_multiple = {.name = "ConsumedCapacityMultiple", .kind = SHAPE_LIST, .bytes = sizeof(struct consumed_capacity_multiple), .element = &element_consumed_capacity_multiple, .element_bytes = sizeof(struct consumed_capacity), .rule = NULL, .checked = true};

static const struct shape_member members_continuous_backups_description[] = {
    {TEXT("ContinuousBackupsStatus"), TEXT("continuousBackupsStatus"), TEXT("\"ContinuousBackupsStatus\":"), SHAPE_STRING, offsetof(struct continuous_backups_description, continuous_backups_status), true, false, NULL, &rules[29]},
    {TEXT("PointInTimeRecoveryDescription"), TEXT("pointInTimeRecoveryDescription"), TEXT("\"PointInTimeRecoveryDescription\":"), SHAPE_STRUCTURE, offsetof(struct continuous_backups_description, point_in_time_recovery_description), false, false, &shape_point_in_time_recovery_description, NULL},
};
static const uint8_t order_continuous_backups_description[] = {0, 1};
static const uint8_t lookup_continuous_backups_description[] = {
    0, 1, 0, 2,
};
const struct shape shape_continuous_backups_description = {.name = "ContinuousBackupsDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct continuous_backups_description), .members = members_continuous_backups_description, .members_count = 2, .check_order = order_continuous_backups_description, .checked = true, .lookup = lookup_continuous_backups_description, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_contributor_insights_rule_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRING, 0, false, false, NULL, &rules[30]};
const struct shape shape_contributor_insights_rule_list = {.name = "ContributorInsightsRuleList", .kind = SHAPE_LIST, .bytes = sizeof(struct contributor_insights_rule_list), .element = &element_contributor_insights_rule_list, .element_bytes = sizeof(struct slice), .rule = NULL, .checked = true};

static const struct shape_member element_contributor_insights_summaries = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_contributor_insights_summary, NULL};
const struct shape shape_contributor_insights_summaries = {.name = "ContributorInsightsSummaries", .kind = SHAPE_LIST, .bytes = sizeof(struct contributor_insights_summaries), .element = &element_contributor_insights_summaries, .element_bytes = sizeof(struct contributor_insights_summary), .rule = NULL, .checked = true};

static const struct shape_member members_contributor_insights_summary[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct contributor_insights_summary, table_name), false, false, NULL, &rules[8]},
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct contributor_insights_summary, index_name), false, false, NULL, &rules[8]},
    {TEXT("ContributorInsightsStatus"), TEXT("contributorInsightsStatus"), TEXT("\"ContributorInsightsStatus\":"), SHAPE_STRING, offsetof(struct contributor_insights_summary, contributor_insights_status), false, false, NULL, &rules[31]},
    {TEXT("ContributorInsightsMode"), TEXT("contributorInsightsMode"), TEXT("\"ContributorInsightsMode\":"), SHAPE_STRING, offsetof(struct contributor_insights_summary, contributor_insights_mode), false, false, NULL, &rules[32]},
};
static const uint8_t order_contributor_insights_summary[] = {0, 1, 2, 3};
static const uint8_t lookup_contributor_insights_summary[] = {
    1, 2, 0, 0, 3, 0, 0, 4,
};
const struct shape shape_contributor_insights_summary = {.name = "ContributorInsightsSummary", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct contributor_insights_summary), .members = members_contributor_insights_summary, .members_count = 4, .check_order = order_contributor_insights_summary, .checked = true, .lookup = lookup_contributor_insights_summary, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_create_backup_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct create_backup_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("BackupName"), TEXT("backupName"), TEXT("\"BackupName\":"), SHAPE_STRING, offsetof(struct create_backup_input, backup_name), true, false, NULL, &rules[8]},
};
static const uint8_t order_create_backup_input[] = {0, 1};
static const uint8_t lookup_create_backup_input[] = {
    1, 0, 0, 2,
};
const struct shape shape_create_backup_input = {.name = "CreateBackupInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_backup_input), .members = members_create_backup_input, .members_count = 2, .check_order = order_create_backup_input, .checked = true, .lookup = lookup_create_backup_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_create_backup_output[] = {
    {TEXT("BackupDetails"), TEXT("backupDetails"), TEXT("\"BackupDetails\":"), SHAPE_STRUCTURE, offsetof(struct create_backup_output, backup_details), false, false, &shape_backup_details, NULL},
};
static const uint8_t order_create_backup_output[] = {0};
static const uint8_t lookup_create_backup_output[] = {
    1, 0,
};
const struct shape shape_create_backup_output = {.name = "CreateBackupOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_backup_output), .members = members_create_backup_output, .members_count = 1, .check_order = order_create_backup_output, .checked = true, .lookup = lookup_create_backup_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_create_global_secondary_index_action[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct create_global_secondary_index_action, index_name), true, false, NULL, &rules[8]},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct create_global_secondary_index_action, key_schema), true, false, &shape_key_schema, NULL},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct create_global_secondary_index_action, projection), true, false, &shape_projection, NULL},
    {TEXT("ProvisionedThroughput"), TEXT("provisionedThroughput"), TEXT("\"ProvisionedThroughput\":"), SHAPE_STRUCTURE, offsetof(struct create_global_secondary_index_action, provisioned_throughput), false, false, &shape_provisioned_throughput, NULL},
    {TEXT("OnDemandThroughput"), TEXT("onDemandThroughput"), TEXT("\"OnDemandThroughput\":"), SHAPE_STRUCTURE, offsetof(struct create_global_secondary_index_action, on_demand_throughput), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("WarmThroughput"), TEXT("warmThroughput"), TEXT("\"WarmThroughput\":"), SHAPE_STRUCTURE, offsetof(struct create_global_secondary_index_action, warm_throughput), false, false, &shape_warm_throughput, NULL},
};
static const uint8_t order_create_global_secondary_index_action[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_create_global_secondary_index_action[] = {
    0, 3, 0, 4, 6, 0, 0, 2, 0, 5, 0, 1, 0, 0, 0, 0,
};
const struct shape shape_create_global_secondary_index_action = {.name = "CreateGlobalSecondaryIndexAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_global_secondary_index_action), .members = members_create_global_secondary_index_action, .members_count = 6, .check_order = order_create_global_secondary_index_action, .checked = true, .lookup = lookup_create_global_secondary_index_action, .lookup_mask = 15, .lookup_seed = 0x1dccba82};

static const struct shape_member members_create_global_table_input[] = {
    {TEXT("GlobalTableName"), TEXT("globalTableName"), TEXT("\"GlobalTableName\":"), SHAPE_STRING, offsetof(struct create_global_table_input, global_table_name), true, false, NULL, &rules[8]},
    {TEXT("ReplicationGroup"), TEXT("replicationGroup"), TEXT("\"ReplicationGroup\":"), SHAPE_LIST, offsetof(struct create_global_table_input, replication_group), true, false, &shape_replica_list, NULL},
};
static const uint8_t order_create_global_table_input[] = {0, 1};
static const uint8_t lookup_create_global_table_input[] = {
    2, 0, 0, 1,
};
const struct shape shape_create_global_table_input = {.name = "CreateGlobalTableInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_global_table_input), .members = members_create_global_table_input, .members_count = 2, .check_order = order_create_global_table_input, .checked = true, .lookup = lookup_create_global_table_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_create_global_table_output[] = {
    {TEXT("GlobalTableDescription"), TEXT("globalTableDescription"), TEXT("\"GlobalTableDescription\":"), SHAPE_STRUCTURE, offsetof(struct create_global_table_output, global_table_description), false, false, &shape_global_table_description, NULL},
};
static const uint8_t order_create_global_table_output[] = {0};
static const uint8_t lookup_create_global_table_output[] = {
    0, 1,
};
const struct shape shape_create_global_table_output = {.name = "CreateGlobalTableOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_global_table_output), .members = members_create_global_table_output, .members_count = 1, .check_order = order_create_global_table_output, .checked = true, .lookup = lookup_create_global_table_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_create_global_table_witness_group_member_action[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct create_global_table_witness_group_member_action, region_name), true, false, NULL, NULL},
};
static const uint8_t order_create_global_table_witness_group_member_action[] = {0};
static const uint8_t lookup_create_global_table_witness_group_member_action[] = {
    1, 0,
};
const struct shape shape_create_global_table_witness_group_member_action = {.name = "CreateGlobalTableWitnessGroupMemberAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_global_table_witness_group_member_action), .members = members_create_global_table_witness_group_member_action, .members_count = 1, .check_order = order_create_global_table_witness_group_member_action, .checked = true, .lookup = lookup_create_global_table_witness_group_member_action, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_create_replica_action[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct create_replica_action, region_name), true, false, NULL, NULL},
};
static const uint8_t order_create_replica_action[] = {0};
static const uint8_t lookup_create_replica_action[] = {
    1, 0,
};
const struct shape shape_create_replica_action = {.name = "CreateReplicaAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_replica_action), .members = members_create_replica_action, .members_count = 1, .check_order = order_create_replica_action, .checked = true, .lookup = lookup_create_replica_action, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_create_replication_group_member_action[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct create_replication_group_member_action, region_name), true, false, NULL, NULL},
    {TEXT("KMSMasterKeyId"), TEXT("kMSMasterKeyId"), TEXT("\"KMSMasterKeyId\":"), SHAPE_STRING, offsetof(struct create_replication_group_member_action, kms_master_key_id), false, false, NULL, NULL},
    {TEXT("ProvisionedThroughputOverride"), TEXT("provisionedThroughputOverride"), TEXT("\"ProvisionedThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct create_replication_group_member_action, provisioned_throughput_override), false, false, &shape_provisioned_throughput_override, NULL},
    {TEXT("OnDemandThroughputOverride"), TEXT("onDemandThroughputOverride"), TEXT("\"OnDemandThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct create_replication_group_member_action, on_demand_throughput_override), false, false, &shape_on_demand_throughput_override, NULL},
    {TEXT("GlobalSecondaryIndexes"), TEXT("globalSecondaryIndexes"), TEXT("\"GlobalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct create_replication_group_member_action, global_secondary_indexes), false, false, &shape_replica_global_secondary_index_list, NULL},
    {TEXT("TableClassOverride"), TEXT("tableClassOverride"), TEXT("\"TableClassOverride\":"), SHAPE_STRING, offsetof(struct create_replication_group_member_action, table_class_override), false, false, NULL, &rules[33]},
};
static const uint8_t order_create_replication_group_member_action[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_create_replication_group_member_action[] = {
    0, 0, 3, 0, 1, 2, 0, 6, 0, 0, 0, 0, 0, 5, 0, 4,
};
const struct shape shape_create_replication_group_member_action = {.name = "CreateReplicationGroupMemberAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_replication_group_member_action), .members = members_create_replication_group_member_action, .members_count = 6, .check_order = order_create_replication_group_member_action, .checked = true, .lookup = lookup_create_replication_group_member_action, .lookup_mask = 15, .lookup_seed = 0x6168283d};

static const struct shape_member members_create_table_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct create_table_input, table_name), true, false, NULL, &rules[16]},
    {TEXT("AttributeDefinitions"), TEXT("attributeDefinitions"), TEXT("\"AttributeDefinitions\":"), SHAPE_LIST, offsetof(struct create_table_input, attribute_definitions), true, false, &shape_attribute_definitions, NULL},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct create_table_input, key_schema), true, false, &shape_key_schema, &rules[34]},
    {TEXT("LocalSecondaryIndexes"), TEXT("localSecondaryIndexes"), TEXT("\"LocalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct create_table_input, local_secondary_indexes), false, false, &shape_local_secondary_index_list, NULL},
    {TEXT("GlobalSecondaryIndexes"), TEXT("globalSecondaryIndexes"), TEXT("\"GlobalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct create_table_input, global_secondary_indexes), false, false, &shape_global_secondary_index_list, NULL},
    {TEXT("BillingMode"), TEXT("billingMode"), TEXT("\"BillingMode\":"), SHAPE_STRING, offsetof(struct create_table_input, billing_mode), false, false, NULL, &rules[22]},
    {TEXT("ProvisionedThroughput"), TEXT("provisionedThroughput"), TEXT("\"ProvisionedThroughput\":"), SHAPE_STRUCTURE, offsetof(struct create_table_input, provisioned_throughput), false, false, &shape_provisioned_throughput, NULL},
    {TEXT("StreamSpecification"), TEXT("streamSpecification"), TEXT("\"StreamSpecification\":"), SHAPE_STRUCTURE, offsetof(struct create_table_input, stream_specification), false, false, &shape_stream_specification, NULL},
    {TEXT("SSESpecification"), TEXT("sSESpecification"), TEXT("\"SSESpecification\":"), SHAPE_STRUCTURE, offsetof(struct create_table_input, sse_specification), false, false, &shape_sse_specification, NULL},
    {TEXT("Tags"), TEXT("tags"), TEXT("\"Tags\":"), SHAPE_LIST, offsetof(struct create_table_input, tags), false, false, &shape_tag_list, NULL},
    {TEXT("TableClass"), TEXT("tableClass"), TEXT("\"TableClass\":"), SHAPE_STRING, offsetof(struct create_table_input, table_class), false, false, NULL, NULL},
    {TEXT("DeletionProtectionEnabled"), TEXT("deletionProtectionEnabled"), TEXT("\"DeletionProtectionEnabled\":"), SHAPE_BOOLEAN, offsetof(struct create_table_input, deletion_protection_enabled), false, false, NULL, NULL},
    {TEXT("WarmThroughput"), TEXT("warmThroughput"), TEXT("\"WarmThroughput\":"), SHAPE_STRUCTURE, offsetof(struct create_table_input, warm_throughput), false, false, &shape_warm_throughput, NULL},
    {TEXT("ResourcePolicy"), TEXT("resourcePolicy"), TEXT("\"ResourcePolicy\":"), SHAPE_STRING, offsetof(struct create_table_input, resource_policy), false, false, NULL, NULL},
    {TEXT("OnDemandThroughput"), TEXT("onDemandThroughput"), TEXT("\"OnDemandThroughput\":"), SHAPE_STRUCTURE, offsetof(struct create_table_input, on_demand_throughput), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("GlobalTableSourceArn"), TEXT("globalTableSourceArn"), TEXT("\"GlobalTableSourceArn\":"), SHAPE_STRING, offsetof(struct create_table_input, global_table_source_arn), false, false, NULL, &rules[13]},
    {TEXT("GlobalTableSettingsReplicationMode"), TEXT("globalTableSettingsReplicationMode"), TEXT("\"GlobalTableSettingsReplicationMode\":"), SHAPE_STRING, offsetof(struct create_table_input, global_table_settings_replication_mode), false, false, NULL, &rules[35]},
    {TEXT("VectorIndexes"), TEXT("vectorIndexes"), TEXT("\"VectorIndexes\":"), SHAPE_LIST, offsetof(struct create_table_input, vector_indexes), false, false, &shape_vector_index_list, NULL},
};
static const uint8_t order_create_table_input[] = {0, 6, 5, 2, 1, 4, 3, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};
static const uint8_t lookup_create_table_input[] = {
    0, 0, 0, 0, 18, 0, 0, 0, 13, 0, 16, 0, 0, 0, 0, 0, 3, 11, 0, 6, 5, 0, 0, 0, 0, 0, 7, 0, 0, 2, 0, 0,
    0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 1, 0, 12, 0, 0, 0, 9, 0, 15, 17, 10, 0, 14, 0, 0, 0,
};
const struct shape shape_create_table_input = {.name = "CreateTableInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_table_input), .members = members_create_table_input, .members_count = 18, .check_order = order_create_table_input, .checked = true, .lookup = lookup_create_table_input, .lookup_mask = 63, .lookup_seed = 0xb245ef27};

static const struct shape_member members_create_table_output[] = {
    {TEXT("TableDescription"), TEXT("tableDescription"), TEXT("\"TableDescription\":"), SHAPE_STRUCTURE, offsetof(struct create_table_output, table_description), false, false, &shape_table_description, NULL},
};
static const uint8_t order_create_table_output[] = {0};
static const uint8_t lookup_create_table_output[] = {
    0, 1,
};
const struct shape shape_create_table_output = {.name = "CreateTableOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_table_output), .members = members_create_table_output, .members_count = 1, .check_order = order_create_table_output, .checked = true, .lookup = lookup_create_table_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_create_vector_index_action[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct create_vector_index_action, index_name), true, false, NULL, &rules[8]},
    {TEXT("VectorAttribute"), TEXT("vectorAttribute"), TEXT("\"VectorAttribute\":"), SHAPE_STRUCTURE, offsetof(struct create_vector_index_action, vector_attribute), true, false, &shape_vector_attribute_definition, NULL},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct create_vector_index_action, projection), true, false, &shape_projection, NULL},
    {TEXT("Dimensions"), TEXT("dimensions"), TEXT("\"Dimensions\":"), SHAPE_LONG, offsetof(struct create_vector_index_action, dimensions), true, false, NULL, &rules[4]},
    {TEXT("DistanceFunction"), TEXT("distanceFunction"), TEXT("\"DistanceFunction\":"), SHAPE_STRING, offsetof(struct create_vector_index_action, distance_function), true, false, NULL, &rules[36]},
    {TEXT("SearchSchema"), TEXT("searchSchema"), TEXT("\"SearchSchema\":"), SHAPE_LIST, offsetof(struct create_vector_index_action, search_schema), false, false, &shape_search_schema, &rules[4]},
};
static const uint8_t order_create_vector_index_action[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_create_vector_index_action[] = {
    0, 1, 2, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 3, 6, 5,
};
const struct shape shape_create_vector_index_action = {.name = "CreateVectorIndexAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct create_vector_index_action), .members = members_create_vector_index_action, .members_count = 6, .check_order = order_create_vector_index_action, .checked = true, .lookup = lookup_create_vector_index_action, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member element_csv_header_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRING, 0, false, false, NULL, &rules[37]};
const struct shape shape_csv_header_list = {.name = "CsvHeaderList", .kind = SHAPE_LIST, .bytes = sizeof(struct csv_header_list), .element = &element_csv_header_list, .element_bytes = sizeof(struct slice), .rule = &rules[1], .checked = true};

static const struct shape_member members_csv_options[] = {
    {TEXT("Delimiter"), TEXT("delimiter"), TEXT("\"Delimiter\":"), SHAPE_STRING, offsetof(struct csv_options, delimiter), false, false, NULL, &rules[38]},
    {TEXT("HeaderList"), TEXT("headerList"), TEXT("\"HeaderList\":"), SHAPE_LIST, offsetof(struct csv_options, header_list), false, false, &shape_csv_header_list, NULL},
};
static const uint8_t order_csv_options[] = {0, 1};
static const uint8_t lookup_csv_options[] = {
    2, 0, 0, 1,
};
const struct shape shape_csv_options = {.name = "CsvOptions", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct csv_options), .members = members_csv_options, .members_count = 2, .check_order = order_csv_options, .checked = true, .lookup = lookup_csv_options, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete[] = {
    {TEXT("Key"), TEXT("key"), TEXT("\"Key\":"), SHAPE_ITEM, offsetof(struct delete, key), true, false, &shape_key, NULL},
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct delete, table_name), true, false, NULL, &rules[27]},
    {TEXT("ConditionExpression"), TEXT("conditionExpression"), TEXT("\"ConditionExpression\":"), SHAPE_STRING, offsetof(struct delete, condition_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct delete, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct delete, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
    {TEXT("ReturnValuesOnConditionCheckFailure"), TEXT("returnValuesOnConditionCheckFailure"), TEXT("\"ReturnValuesOnConditionCheckFailure\":"), SHAPE_STRING, offsetof(struct delete, return_values_on_condition_check_failure), false, false, NULL, &rules[19]},
};
static const uint8_t order_delete[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_delete[] = {
    2, 0, 0, 0, 3, 1, 0, 6, 0, 0, 5, 0, 4, 0, 0, 0,
};
const struct shape shape_delete = {.name = "Delete", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete), .members = members_delete, .members_count = 6, .check_order = order_delete, .checked = true, .lookup = lookup_delete, .lookup_mask = 15, .lookup_seed = 0xb245ef27};

static const struct shape_member members_delete_backup_input[] = {
    {TEXT("BackupArn"), TEXT("backupArn"), TEXT("\"BackupArn\":"), SHAPE_STRING, offsetof(struct delete_backup_input, backup_arn), true, false, NULL, &rules[0]},
};
static const uint8_t order_delete_backup_input[] = {0};
static const uint8_t lookup_delete_backup_input[] = {
    0, 1,
};
const struct shape shape_delete_backup_input = {.name = "DeleteBackupInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_backup_input), .members = members_delete_backup_input, .members_count = 1, .check_order = order_delete_backup_input, .checked = true, .lookup = lookup_delete_backup_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_backup_output[] = {
    {TEXT("BackupDescription"), TEXT("backupDescription"), TEXT("\"BackupDescription\":"), SHAPE_STRUCTURE, offsetof(struct delete_backup_output, backup_description), false, false, &shape_backup_description, NULL},
};
static const uint8_t order_delete_backup_output[] = {0};
static const uint8_t lookup_delete_backup_output[] = {
    1, 0,
};
const struct shape shape_delete_backup_output = {.name = "DeleteBackupOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_backup_output), .members = members_delete_backup_output, .members_count = 1, .check_order = order_delete_backup_output, .checked = true, .lookup = lookup_delete_backup_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_global_secondary_index_action[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct delete_global_secondary_index_action, index_name), true, false, NULL, &rules[8]},
};
static const uint8_t order_delete_global_secondary_index_action[] = {0};
static const uint8_t lookup_delete_global_secondary_index_action[] = {
    0, 1,
};
const struct shape shape_delete_global_secondary_index_action = {.name = "DeleteGlobalSecondaryIndexAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_global_secondary_index_action), .members = members_delete_global_secondary_index_action, .members_count = 1, .check_order = order_delete_global_secondary_index_action, .checked = true, .lookup = lookup_delete_global_secondary_index_action, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_global_table_witness_group_member_action[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct delete_global_table_witness_group_member_action, region_name), true, false, NULL, NULL},
};
static const uint8_t order_delete_global_table_witness_group_member_action[] = {0};
static const uint8_t lookup_delete_global_table_witness_group_member_action[] = {
    1, 0,
};
const struct shape shape_delete_global_table_witness_group_member_action = {.name = "DeleteGlobalTableWitnessGroupMemberAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_global_table_witness_group_member_action), .members = members_delete_global_table_witness_group_member_action, .members_count = 1, .check_order = order_delete_global_table_witness_group_member_action, .checked = true, .lookup = lookup_delete_global_table_witness_group_member_action, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_item_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct delete_item_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("Key"), TEXT("key"), TEXT("\"Key\":"), SHAPE_ITEM, offsetof(struct delete_item_input, key), true, false, &shape_key, NULL},
    {TEXT("Expected"), TEXT("expected"), TEXT("\"Expected\":"), SHAPE_MAP, offsetof(struct delete_item_input, expected), false, false, &shape_expected_attribute_map, NULL},
    {TEXT("ConditionalOperator"), TEXT("conditionalOperator"), TEXT("\"ConditionalOperator\":"), SHAPE_STRING, offsetof(struct delete_item_input, conditional_operator), false, false, NULL, &rules[39]},
    {TEXT("ReturnValues"), TEXT("returnValues"), TEXT("\"ReturnValues\":"), SHAPE_STRING, offsetof(struct delete_item_input, return_values), false, false, NULL, &rules[40]},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct delete_item_input, return_consumed_capacity), false, false, NULL, &rules[14]},
    {TEXT("ReturnItemCollectionMetrics"), TEXT("returnItemCollectionMetrics"), TEXT("\"ReturnItemCollectionMetrics\":"), SHAPE_STRING, offsetof(struct delete_item_input, return_item_collection_metrics), false, false, NULL, &rules[20]},
    {TEXT("ConditionExpression"), TEXT("conditionExpression"), TEXT("\"ConditionExpression\":"), SHAPE_STRING, offsetof(struct delete_item_input, condition_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct delete_item_input, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct delete_item_input, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
    {TEXT("ReturnValuesOnConditionCheckFailure"), TEXT("returnValuesOnConditionCheckFailure"), TEXT("\"ReturnValuesOnConditionCheckFailure\":"), SHAPE_STRING, offsetof(struct delete_item_input, return_values_on_condition_check_failure), false, false, NULL, &rules[19]},
};
static const uint8_t order_delete_item_input[] = {5, 0, 4, 6, 1, 3, 2, 7, 8, 9, 10};
static const uint8_t lookup_delete_item_input[] = {
    0, 0, 0, 9, 0, 0, 2, 4, 8, 11, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 0, 7, 1, 0, 0, 3, 0, 0, 10, 0, 0, 0,
};
const struct shape shape_delete_item_input = {.name = "DeleteItemInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_item_input), .members = members_delete_item_input, .members_count = 11, .check_order = order_delete_item_input, .checked = true, .lookup = lookup_delete_item_input, .lookup_mask = 31, .lookup_seed = 0x6baaa412};

static const struct shape_member members_delete_item_output[] = {
    {TEXT("Attributes"), TEXT("attributes"), TEXT("\"Attributes\":"), SHAPE_ITEM, offsetof(struct delete_item_output, attributes), false, false, &shape_attribute_map, NULL},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_STRUCTURE, offsetof(struct delete_item_output, consumed_capacity), false, false, &shape_consumed_capacity, NULL},
    {TEXT("ItemCollectionMetrics"), TEXT("itemCollectionMetrics"), TEXT("\"ItemCollectionMetrics\":"), SHAPE_STRUCTURE, offsetof(struct delete_item_output, item_collection_metrics), false, false, &shape_item_collection_metrics, NULL},
};
static const uint8_t order_delete_item_output[] = {0, 1, 2};
static const uint8_t lookup_delete_item_output[] = {
    0, 0, 0, 3, 2, 1, 0, 0,
};
const struct shape shape_delete_item_output = {.name = "DeleteItemOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_item_output), .members = members_delete_item_output, .members_count = 3, .check_order = order_delete_item_output, .checked = true, .lookup = lookup_delete_item_output, .lookup_mask = 7, .lookup_seed = 0x7ade08a1};

static const struct shape_member members_delete_replica_action[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct delete_replica_action, region_name), true, false, NULL, NULL},
};
static const uint8_t order_delete_replica_action[] = {0};
static const uint8_t lookup_delete_replica_action[] = {
    1, 0,
};
const struct shape shape_delete_replica_action = {.name = "DeleteReplicaAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_replica_action), .members = members_delete_replica_action, .members_count = 1, .check_order = order_delete_replica_action, .checked = true, .lookup = lookup_delete_replica_action, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_replication_group_member_action[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct delete_replication_group_member_action, region_name), true, false, NULL, NULL},
};
static const uint8_t order_delete_replication_group_member_action[] = {0};
static const uint8_t lookup_delete_replication_group_member_action[] = {
    1, 0,
};
const struct shape shape_delete_replication_group_member_action = {.name = "DeleteReplicationGroupMemberAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_replication_group_member_action), .members = members_delete_replication_group_member_action, .members_count = 1, .check_order = order_delete_replication_group_member_action, .checked = true, .lookup = lookup_delete_replication_group_member_action, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_request[] = {
    {TEXT("Key"), TEXT("key"), TEXT("\"Key\":"), SHAPE_ITEM, offsetof(struct delete_request, key), true, false, &shape_key, NULL},
};
static const uint8_t order_delete_request[] = {0};
static const uint8_t lookup_delete_request[] = {
    1, 0,
};
const struct shape shape_delete_request = {.name = "DeleteRequest", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_request), .members = members_delete_request, .members_count = 1, .check_order = order_delete_request, .checked = true, .lookup = lookup_delete_request, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_resource_policy_input[] = {
    {TEXT("ResourceArn"), TEXT("resourceArn"), TEXT("\"ResourceArn\":"), SHAPE_STRING, offsetof(struct delete_resource_policy_input, resource_arn), true, false, NULL, &rules[41]},
    {TEXT("ExpectedRevisionId"), TEXT("expectedRevisionId"), TEXT("\"ExpectedRevisionId\":"), SHAPE_STRING, offsetof(struct delete_resource_policy_input, expected_revision_id), false, false, NULL, &rules[1]},
};
static const uint8_t order_delete_resource_policy_input[] = {0, 1};
static const uint8_t lookup_delete_resource_policy_input[] = {
    0, 1, 2, 0,
};
const struct shape shape_delete_resource_policy_input = {.name = "DeleteResourcePolicyInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_resource_policy_input), .members = members_delete_resource_policy_input, .members_count = 2, .check_order = order_delete_resource_policy_input, .checked = true, .lookup = lookup_delete_resource_policy_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_resource_policy_output[] = {
    {TEXT("RevisionId"), TEXT("revisionId"), TEXT("\"RevisionId\":"), SHAPE_STRING, offsetof(struct delete_resource_policy_output, revision_id), false, false, NULL, &rules[1]},
};
static const uint8_t order_delete_resource_policy_output[] = {0};
static const uint8_t lookup_delete_resource_policy_output[] = {
    1, 0,
};
const struct shape shape_delete_resource_policy_output = {.name = "DeleteResourcePolicyOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_resource_policy_output), .members = members_delete_resource_policy_output, .members_count = 1, .check_order = order_delete_resource_policy_output, .checked = true, .lookup = lookup_delete_resource_policy_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_table_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct delete_table_input, table_name), true, false, NULL, &rules[27]},
};
static const uint8_t order_delete_table_input[] = {0};
static const uint8_t lookup_delete_table_input[] = {
    1, 0,
};
const struct shape shape_delete_table_input = {.name = "DeleteTableInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_table_input), .members = members_delete_table_input, .members_count = 1, .check_order = order_delete_table_input, .checked = true, .lookup = lookup_delete_table_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_table_output[] = {
    {TEXT("TableDescription"), TEXT("tableDescription"), TEXT("\"TableDescription\":"), SHAPE_STRUCTURE, offsetof(struct delete_table_output, table_description), false, false, &shape_table_description, NULL},
};
static const uint8_t order_delete_table_output[] = {0};
static const uint8_t lookup_delete_table_output[] = {
    0, 1,
};
const struct shape shape_delete_table_output = {.name = "DeleteTableOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_table_output), .members = members_delete_table_output, .members_count = 1, .check_order = order_delete_table_output, .checked = true, .lookup = lookup_delete_table_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_delete_vector_index_action[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct delete_vector_index_action, index_name), true, false, NULL, &rules[8]},
};
static const uint8_t order_delete_vector_index_action[] = {0};
static const uint8_t lookup_delete_vector_index_action[] = {
    0, 1,
};
const struct shape shape_delete_vector_index_action = {.name = "DeleteVectorIndexAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct delete_vector_index_action), .members = members_delete_vector_index_action, .members_count = 1, .check_order = order_delete_vector_index_action, .checked = true, .lookup = lookup_delete_vector_index_action, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_backup_input[] = {
    {TEXT("BackupArn"), TEXT("backupArn"), TEXT("\"BackupArn\":"), SHAPE_STRING, offsetof(struct describe_backup_input, backup_arn), true, false, NULL, &rules[0]},
};
static const uint8_t order_describe_backup_input[] = {0};
static const uint8_t lookup_describe_backup_input[] = {
    0, 1,
};
const struct shape shape_describe_backup_input = {.name = "DescribeBackupInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_backup_input), .members = members_describe_backup_input, .members_count = 1, .check_order = order_describe_backup_input, .checked = true, .lookup = lookup_describe_backup_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_backup_output[] = {
    {TEXT("BackupDescription"), TEXT("backupDescription"), TEXT("\"BackupDescription\":"), SHAPE_STRUCTURE, offsetof(struct describe_backup_output, backup_description), false, false, &shape_backup_description, NULL},
};
static const uint8_t order_describe_backup_output[] = {0};
static const uint8_t lookup_describe_backup_output[] = {
    1, 0,
};
const struct shape shape_describe_backup_output = {.name = "DescribeBackupOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_backup_output), .members = members_describe_backup_output, .members_count = 1, .check_order = order_describe_backup_output, .checked = true, .lookup = lookup_describe_backup_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_bulk_operation_input[] = {
    {TEXT("BulkOperationArn"), TEXT("bulkOperationArn"), TEXT("\"BulkOperationArn\":"), SHAPE_STRING, offsetof(struct describe_bulk_operation_input, bulk_operation_arn), true, false, NULL, &rules[0]},
};
static const uint8_t order_describe_bulk_operation_input[] = {0};
static const uint8_t lookup_describe_bulk_operation_input[] = {
    1, 0,
};
const struct shape shape_describe_bulk_operation_input = {.name = "DescribeBulkOperationInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_bulk_operation_input), .members = members_describe_bulk_operation_input, .members_count = 1, .check_order = order_describe_bulk_operation_input, .checked = true, .lookup = lookup_describe_bulk_operation_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_bulk_operation_output[] = {
    {TEXT("BulkOperationDescription"), TEXT("bulkOperationDescription"), TEXT("\"BulkOperationDescription\":"), SHAPE_STRUCTURE, offsetof(struct describe_bulk_operation_output, bulk_operation_description), true, false, &shape_bulk_operation_description, NULL},
};
static const uint8_t order_describe_bulk_operation_output[] = {0};
static const uint8_t lookup_describe_bulk_operation_output[] = {
    0, 1,
};
const struct shape shape_describe_bulk_operation_output = {.name = "DescribeBulkOperationOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_bulk_operation_output), .members = members_describe_bulk_operation_output, .members_count = 1, .check_order = order_describe_bulk_operation_output, .checked = true, .lookup = lookup_describe_bulk_operation_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_continuous_backups_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct describe_continuous_backups_input, table_name), true, false, NULL, &rules[27]},
};
static const uint8_t order_describe_continuous_backups_input[] = {0};
static const uint8_t lookup_describe_continuous_backups_input[] = {
    1, 0,
};
const struct shape shape_describe_continuous_backups_input = {.name = "DescribeContinuousBackupsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_continuous_backups_input), .members = members_describe_continuous_backups_input, .members_count = 1, .check_order = order_describe_continuous_backups_input, .checked = true, .lookup = lookup_describe_continuous_backups_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_continuous_backups_output[] = {
    {TEXT("ContinuousBackupsDescription"), TEXT("continuousBackupsDescription"), TEXT("\"ContinuousBackupsDescription\":"), SHAPE_STRUCTURE, offsetof(struct describe_continuous_backups_output, continuous_backups_description), false, false, &shape_continuous_backups_description, NULL},
};
static const uint8_t order_describe_continuous_backups_output[] = {0};
static const uint8_t lookup_describe_continuous_backups_output[] = {
    0, 1,
};
const struct shape shape_describe_continuous_backups_output = {.name = "DescribeContinuousBackupsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_continuous_backups_output), .members = members_describe_continuous_backups_output, .members_count = 1, .check_order = order_describe_continuous_backups_output, .checked = true, .lookup = lookup_describe_continuous_backups_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_contributor_insights_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct describe_contributor_insights_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct describe_contributor_insights_input, index_name), false, false, NULL, &rules[8]},
};
static const uint8_t order_describe_contributor_insights_input[] = {0, 1};
static const uint8_t lookup_describe_contributor_insights_input[] = {
    1, 2, 0, 0,
};
const struct shape shape_describe_contributor_insights_input = {.name = "DescribeContributorInsightsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_contributor_insights_input), .members = members_describe_contributor_insights_input, .members_count = 2, .check_order = order_describe_contributor_insights_input, .checked = true, .lookup = lookup_describe_contributor_insights_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_contributor_insights_output[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct describe_contributor_insights_output, table_name), false, false, NULL, &rules[8]},
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct describe_contributor_insights_output, index_name), false, false, NULL, &rules[8]},
    {TEXT("ContributorInsightsRuleList"), TEXT("contributorInsightsRuleList"), TEXT("\"ContributorInsightsRuleList\":"), SHAPE_LIST, offsetof(struct describe_contributor_insights_output, contributor_insights_rule_list), false, false, &shape_contributor_insights_rule_list, NULL},
    {TEXT("ContributorInsightsStatus"), TEXT("contributorInsightsStatus"), TEXT("\"ContributorInsightsStatus\":"), SHAPE_STRING, offsetof(struct describe_contributor_insights_output, contributor_insights_status), false, false, NULL, &rules[31]},
    {TEXT("LastUpdateDateTime"), TEXT("lastUpdateDateTime"), TEXT("\"LastUpdateDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct describe_contributor_insights_output, last_update_date_time), false, false, NULL, NULL},
    {TEXT("FailureException"), TEXT("failureException"), TEXT("\"FailureException\":"), SHAPE_STRUCTURE, offsetof(struct describe_contributor_insights_output, failure_exception), false, false, &shape_failure_exception, NULL},
    {TEXT("ContributorInsightsMode"), TEXT("contributorInsightsMode"), TEXT("\"ContributorInsightsMode\":"), SHAPE_STRING, offsetof(struct describe_contributor_insights_output, contributor_insights_mode), false, false, NULL, &rules[32]},
};
static const uint8_t order_describe_contributor_insights_output[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t lookup_describe_contributor_insights_output[] = {
    0, 0, 1, 7, 0, 5, 0, 3, 0, 0, 6, 0, 0, 0, 2, 4,
};
const struct shape shape_describe_contributor_insights_output = {.name = "DescribeContributorInsightsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_contributor_insights_output), .members = members_describe_contributor_insights_output, .members_count = 7, .check_order = order_describe_contributor_insights_output, .checked = true, .lookup = lookup_describe_contributor_insights_output, .lookup_mask = 15, .lookup_seed = 0x6168283d};

static const uint8_t lookup_describe_endpoints_request[] = {
    0,
};
const struct shape shape_describe_endpoints_request = {.name = "DescribeEndpointsRequest", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_endpoints_request), .checked = false, .lookup = lookup_describe_endpoints_request, .lookup_mask = 0, .lookup_seed = 0x0};

static const struct shape_member members_describe_endpoints_response[] = {
    {TEXT("Endpoints"), TEXT("endpoints"), TEXT("\"Endpoints\":"), SHAPE_LIST, offsetof(struct describe_endpoints_response, endpoints), true, false, &shape_endpoints, NULL},
};
static const uint8_t order_describe_endpoints_response[] = {0};
static const uint8_t lookup_describe_endpoints_response[] = {
    1, 0,
};
const struct shape shape_describe_endpoints_response = {.name = "DescribeEndpointsResponse", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_endpoints_response), .members = members_describe_endpoints_response, .members_count = 1, .check_order = order_describe_endpoints_response, .checked = true, .lookup = lookup_describe_endpoints_response, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_export_input[] = {
    {TEXT("ExportArn"), TEXT("exportArn"), TEXT("\"ExportArn\":"), SHAPE_STRING, offsetof(struct describe_export_input, export_arn), true, false, NULL, &rules[0]},
};
static const uint8_t order_describe_export_input[] = {0};
static const uint8_t lookup_describe_export_input[] = {
    0, 1,
};
const struct shape shape_describe_export_input = {.name = "DescribeExportInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_export_input), .members = members_describe_export_input, .members_count = 1, .check_order = order_describe_export_input, .checked = true, .lookup = lookup_describe_export_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_export_output[] = {
    {TEXT("ExportDescription"), TEXT("exportDescription"), TEXT("\"ExportDescription\":"), SHAPE_STRUCTURE, offsetof(struct describe_export_output, export_description), false, false, &shape_export_description, NULL},
};
static const uint8_t order_describe_export_output[] = {0};
static const uint8_t lookup_describe_export_output[] = {
    0, 1,
};
const struct shape shape_describe_export_output = {.name = "DescribeExportOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_export_output), .members = members_describe_export_output, .members_count = 1, .check_order = order_describe_export_output, .checked = true, .lookup = lookup_describe_export_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_global_table_input[] = {
    {TEXT("GlobalTableName"), TEXT("globalTableName"), TEXT("\"GlobalTableName\":"), SHAPE_STRING, offsetof(struct describe_global_table_input, global_table_name), true, false, NULL, &rules[8]},
};
static const uint8_t order_describe_global_table_input[] = {0};
static const uint8_t lookup_describe_global_table_input[] = {
    0, 1,
};
const struct shape shape_describe_global_table_input = {.name = "DescribeGlobalTableInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_global_table_input), .members = members_describe_global_table_input, .members_count = 1, .check_order = order_describe_global_table_input, .checked = true, .lookup = lookup_describe_global_table_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_global_table_output[] = {
    {TEXT("GlobalTableDescription"), TEXT("globalTableDescription"), TEXT("\"GlobalTableDescription\":"), SHAPE_STRUCTURE, offsetof(struct describe_global_table_output, global_table_description), false, false, &shape_global_table_description, NULL},
};
static const uint8_t order_describe_global_table_output[] = {0};
static const uint8_t lookup_describe_global_table_output[] = {
    0, 1,
};
const struct shape shape_describe_global_table_output = {.name = "DescribeGlobalTableOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_global_table_output), .members = members_describe_global_table_output, .members_count = 1, .check_order = order_describe_global_table_output, .checked = true, .lookup = lookup_describe_global_table_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_global_table_settings_input[] = {
    {TEXT("GlobalTableName"), TEXT("globalTableName"), TEXT("\"GlobalTableName\":"), SHAPE_STRING, offsetof(struct describe_global_table_settings_input, global_table_name), true, false, NULL, &rules[8]},
};
static const uint8_t order_describe_global_table_settings_input[] = {0};
static const uint8_t lookup_describe_global_table_settings_input[] = {
    0, 1,
};
const struct shape shape_describe_global_table_settings_input = {.name = "DescribeGlobalTableSettingsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_global_table_settings_input), .members = members_describe_global_table_settings_input, .members_count = 1, .check_order = order_describe_global_table_settings_input, .checked = true, .lookup = lookup_describe_global_table_settings_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_global_table_settings_output[] = {
    {TEXT("GlobalTableName"), TEXT("globalTableName"), TEXT("\"GlobalTableName\":"), SHAPE_STRING, offsetof(struct describe_global_table_settings_output, global_table_name), false, false, NULL, &rules[8]},
    {TEXT("ReplicaSettings"), TEXT("replicaSettings"), TEXT("\"ReplicaSettings\":"), SHAPE_LIST, offsetof(struct describe_global_table_settings_output, replica_settings), false, false, &shape_replica_settings_description_list, NULL},
};
static const uint8_t order_describe_global_table_settings_output[] = {0, 1};
static const uint8_t lookup_describe_global_table_settings_output[] = {
    0, 0, 2, 1,
};
const struct shape shape_describe_global_table_settings_output = {.name = "DescribeGlobalTableSettingsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_global_table_settings_output), .members = members_describe_global_table_settings_output, .members_count = 2, .check_order = order_describe_global_table_settings_output, .checked = true, .lookup = lookup_describe_global_table_settings_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_import_input[] = {
    {TEXT("ImportArn"), TEXT("importArn"), TEXT("\"ImportArn\":"), SHAPE_STRING, offsetof(struct describe_import_input, import_arn), true, false, NULL, &rules[0]},
};
static const uint8_t order_describe_import_input[] = {0};
static const uint8_t lookup_describe_import_input[] = {
    1, 0,
};
const struct shape shape_describe_import_input = {.name = "DescribeImportInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_import_input), .members = members_describe_import_input, .members_count = 1, .check_order = order_describe_import_input, .checked = true, .lookup = lookup_describe_import_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_import_output[] = {
    {TEXT("ImportTableDescription"), TEXT("importTableDescription"), TEXT("\"ImportTableDescription\":"), SHAPE_STRUCTURE, offsetof(struct describe_import_output, import_table_description), true, false, &shape_import_table_description, NULL},
};
static const uint8_t order_describe_import_output[] = {0};
static const uint8_t lookup_describe_import_output[] = {
    1, 0,
};
const struct shape shape_describe_import_output = {.name = "DescribeImportOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_import_output), .members = members_describe_import_output, .members_count = 1, .check_order = order_describe_import_output, .checked = true, .lookup = lookup_describe_import_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_kinesis_streaming_destination_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct describe_kinesis_streaming_destination_input, table_name), true, false, NULL, &rules[27]},
};
static const uint8_t order_describe_kinesis_streaming_destination_input[] = {0};
static const uint8_t lookup_describe_kinesis_streaming_destination_input[] = {
    1, 0,
};
const struct shape shape_describe_kinesis_streaming_destination_input = {.name = "DescribeKinesisStreamingDestinationInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_kinesis_streaming_destination_input), .members = members_describe_kinesis_streaming_destination_input, .members_count = 1, .check_order = order_describe_kinesis_streaming_destination_input, .checked = true, .lookup = lookup_describe_kinesis_streaming_destination_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_kinesis_streaming_destination_output[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct describe_kinesis_streaming_destination_output, table_name), false, false, NULL, &rules[8]},
    {TEXT("KinesisDataStreamDestinations"), TEXT("kinesisDataStreamDestinations"), TEXT("\"KinesisDataStreamDestinations\":"), SHAPE_LIST, offsetof(struct describe_kinesis_streaming_destination_output, kinesis_data_stream_destinations), false, false, &shape_kinesis_data_stream_destinations, NULL},
};
static const uint8_t order_describe_kinesis_streaming_destination_output[] = {0, 1};
static const uint8_t lookup_describe_kinesis_streaming_destination_output[] = {
    1, 0, 2, 0,
};
const struct shape shape_describe_kinesis_streaming_destination_output = {.name = "DescribeKinesisStreamingDestinationOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_kinesis_streaming_destination_output), .members = members_describe_kinesis_streaming_destination_output, .members_count = 2, .check_order = order_describe_kinesis_streaming_destination_output, .checked = true, .lookup = lookup_describe_kinesis_streaming_destination_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const uint8_t lookup_describe_limits_input[] = {
    0,
};
const struct shape shape_describe_limits_input = {.name = "DescribeLimitsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_limits_input), .checked = false, .lookup = lookup_describe_limits_input, .lookup_mask = 0, .lookup_seed = 0x0};

static const struct shape_member members_describe_limits_output[] = {
    {TEXT("AccountMaxReadCapacityUnits"), TEXT("accountMaxReadCapacityUnits"), TEXT("\"AccountMaxReadCapacityUnits\":"), SHAPE_LONG, offsetof(struct describe_limits_output, account_max_read_capacity_units), false, false, NULL, &rules[4]},
    {TEXT("AccountMaxWriteCapacityUnits"), TEXT("accountMaxWriteCapacityUnits"), TEXT("\"AccountMaxWriteCapacityUnits\":"), SHAPE_LONG, offsetof(struct describe_limits_output, account_max_write_capacity_units), false, false, NULL, &rules[4]},
    {TEXT("TableMaxReadCapacityUnits"), TEXT("tableMaxReadCapacityUnits"), TEXT("\"TableMaxReadCapacityUnits\":"), SHAPE_LONG, offsetof(struct describe_limits_output, table_max_read_capacity_units), false, false, NULL, &rules[4]},
    {TEXT("TableMaxWriteCapacityUnits"), TEXT("tableMaxWriteCapacityUnits"), TEXT("\"TableMaxWriteCapacityUnits\":"), SHAPE_LONG, offsetof(struct describe_limits_output, table_max_write_capacity_units), false, false, NULL, &rules[4]},
};
static const uint8_t order_describe_limits_output[] = {0, 1, 2, 3};
static const uint8_t lookup_describe_limits_output[] = {
    2, 0, 3, 0, 1, 0, 4, 0,
};
const struct shape shape_describe_limits_output = {.name = "DescribeLimitsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_limits_output), .members = members_describe_limits_output, .members_count = 4, .check_order = order_describe_limits_output, .checked = true, .lookup = lookup_describe_limits_output, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_stream_input[] = {
    {TEXT("StreamArn"), TEXT("streamArn"), TEXT("\"StreamArn\":"), SHAPE_STRING, offsetof(struct describe_stream_input, stream_arn), true, false, NULL, &rules[0]},
    {TEXT("Limit"), TEXT("limit"), TEXT("\"Limit\":"), SHAPE_INTEGER, offsetof(struct describe_stream_input, limit), false, false, NULL, &rules[15]},
    {TEXT("ExclusiveStartShardId"), TEXT("exclusiveStartShardId"), TEXT("\"ExclusiveStartShardId\":"), SHAPE_STRING, offsetof(struct describe_stream_input, exclusive_start_shard_id), false, false, NULL, &rules[42]},
    {TEXT("ShardFilter"), TEXT("shardFilter"), TEXT("\"ShardFilter\":"), SHAPE_STRUCTURE, offsetof(struct describe_stream_input, shard_filter), false, false, &shape_shard_filter, NULL},
};
static const uint8_t order_describe_stream_input[] = {0, 1, 2, 3};
static const uint8_t lookup_describe_stream_input[] = {
    2, 4, 0, 1, 3, 0, 0, 0,
};
const struct shape shape_describe_stream_input = {.name = "DescribeStreamInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_stream_input), .members = members_describe_stream_input, .members_count = 4, .check_order = order_describe_stream_input, .checked = true, .lookup = lookup_describe_stream_input, .lookup_mask = 7, .lookup_seed = 0x618f19f3};

static const struct shape_member members_describe_stream_output[] = {
    {TEXT("StreamDescription"), TEXT("streamDescription"), TEXT("\"StreamDescription\":"), SHAPE_STRUCTURE, offsetof(struct describe_stream_output, stream_description), false, false, &shape_stream_description, NULL},
};
static const uint8_t order_describe_stream_output[] = {0};
static const uint8_t lookup_describe_stream_output[] = {
    0, 1,
};
const struct shape shape_describe_stream_output = {.name = "DescribeStreamOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_stream_output), .members = members_describe_stream_output, .members_count = 1, .check_order = order_describe_stream_output, .checked = true, .lookup = lookup_describe_stream_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_table_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct describe_table_input, table_name), true, false, NULL, &rules[27]},
};
static const uint8_t order_describe_table_input[] = {0};
static const uint8_t lookup_describe_table_input[] = {
    1, 0,
};
const struct shape shape_describe_table_input = {.name = "DescribeTableInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_table_input), .members = members_describe_table_input, .members_count = 1, .check_order = order_describe_table_input, .checked = true, .lookup = lookup_describe_table_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_table_output[] = {
    {TEXT("Table"), TEXT("table"), TEXT("\"Table\":"), SHAPE_STRUCTURE, offsetof(struct describe_table_output, table), false, false, &shape_table_description, NULL},
};
static const uint8_t order_describe_table_output[] = {0};
static const uint8_t lookup_describe_table_output[] = {
    1, 0,
};
const struct shape shape_describe_table_output = {.name = "DescribeTableOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_table_output), .members = members_describe_table_output, .members_count = 1, .check_order = order_describe_table_output, .checked = true, .lookup = lookup_describe_table_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_table_replica_auto_scaling_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct describe_table_replica_auto_scaling_input, table_name), true, false, NULL, &rules[27]},
};
static const uint8_t order_describe_table_replica_auto_scaling_input[] = {0};
static const uint8_t lookup_describe_table_replica_auto_scaling_input[] = {
    1, 0,
};
const struct shape shape_describe_table_replica_auto_scaling_input = {.name = "DescribeTableReplicaAutoScalingInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_table_replica_auto_scaling_input), .members = members_describe_table_replica_auto_scaling_input, .members_count = 1, .check_order = order_describe_table_replica_auto_scaling_input, .checked = true, .lookup = lookup_describe_table_replica_auto_scaling_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_table_replica_auto_scaling_output[] = {
    {TEXT("TableAutoScalingDescription"), TEXT("tableAutoScalingDescription"), TEXT("\"TableAutoScalingDescription\":"), SHAPE_STRUCTURE, offsetof(struct describe_table_replica_auto_scaling_output, table_auto_scaling_description), false, false, &shape_table_auto_scaling_description, NULL},
};
static const uint8_t order_describe_table_replica_auto_scaling_output[] = {0};
static const uint8_t lookup_describe_table_replica_auto_scaling_output[] = {
    0, 1,
};
const struct shape shape_describe_table_replica_auto_scaling_output = {.name = "DescribeTableReplicaAutoScalingOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_table_replica_auto_scaling_output), .members = members_describe_table_replica_auto_scaling_output, .members_count = 1, .check_order = order_describe_table_replica_auto_scaling_output, .checked = true, .lookup = lookup_describe_table_replica_auto_scaling_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_time_to_live_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct describe_time_to_live_input, table_name), true, false, NULL, &rules[27]},
};
static const uint8_t order_describe_time_to_live_input[] = {0};
static const uint8_t lookup_describe_time_to_live_input[] = {
    1, 0,
};
const struct shape shape_describe_time_to_live_input = {.name = "DescribeTimeToLiveInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_time_to_live_input), .members = members_describe_time_to_live_input, .members_count = 1, .check_order = order_describe_time_to_live_input, .checked = true, .lookup = lookup_describe_time_to_live_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_describe_time_to_live_output[] = {
    {TEXT("TimeToLiveDescription"), TEXT("timeToLiveDescription"), TEXT("\"TimeToLiveDescription\":"), SHAPE_STRUCTURE, offsetof(struct describe_time_to_live_output, time_to_live_description), false, false, &shape_time_to_live_description, NULL},
};
static const uint8_t order_describe_time_to_live_output[] = {0};
static const uint8_t lookup_describe_time_to_live_output[] = {
    0, 1,
};
const struct shape shape_describe_time_to_live_output = {.name = "DescribeTimeToLiveOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct describe_time_to_live_output), .members = members_describe_time_to_live_output, .members_count = 1, .check_order = order_describe_time_to_live_output, .checked = true, .lookup = lookup_describe_time_to_live_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_disassociate_replication_group_member_action[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct disassociate_replication_group_member_action, region_name), true, false, NULL, NULL},
    {TEXT("DisassociationMode"), TEXT("disassociationMode"), TEXT("\"DisassociationMode\":"), SHAPE_STRING, offsetof(struct disassociate_replication_group_member_action, disassociation_mode), true, false, NULL, &rules[43]},
};
static const uint8_t order_disassociate_replication_group_member_action[] = {0, 1};
static const uint8_t lookup_disassociate_replication_group_member_action[] = {
    0, 0, 1, 2,
};
const struct shape shape_disassociate_replication_group_member_action = {.name = "DisassociateReplicationGroupMemberAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct disassociate_replication_group_member_action), .members = members_disassociate_replication_group_member_action, .members_count = 2, .check_order = order_disassociate_replication_group_member_action, .checked = true, .lookup = lookup_disassociate_replication_group_member_action, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_enable_kinesis_streaming_configuration[] = {
    {TEXT("ApproximateCreationDateTimePrecision"), TEXT("approximateCreationDateTimePrecision"), TEXT("\"ApproximateCreationDateTimePrecision\":"), SHAPE_STRING, offsetof(struct enable_kinesis_streaming_configuration, approximate_creation_date_time_precision), false, false, NULL, &rules[44]},
};
static const uint8_t order_enable_kinesis_streaming_configuration[] = {0};
static const uint8_t lookup_enable_kinesis_streaming_configuration[] = {
    0, 1,
};
const struct shape shape_enable_kinesis_streaming_configuration = {.name = "EnableKinesisStreamingConfiguration", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct enable_kinesis_streaming_configuration), .members = members_enable_kinesis_streaming_configuration, .members_count = 1, .check_order = order_enable_kinesis_streaming_configuration, .checked = true, .lookup = lookup_enable_kinesis_streaming_configuration, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_endpoint[] = {
    {TEXT("Address"), TEXT("address"), TEXT("\"Address\":"), SHAPE_STRING, offsetof(struct endpoint, address), true, false, NULL, NULL},
    {TEXT("CachePeriodInMinutes"), TEXT("cachePeriodInMinutes"), TEXT("\"CachePeriodInMinutes\":"), SHAPE_LONG, offsetof(struct endpoint, cache_period_in_minutes), true, false, NULL, NULL},
};
static const uint8_t order_endpoint[] = {0, 1};
static const uint8_t lookup_endpoint[] = {
    2, 1, 0, 0,
};
const struct shape shape_endpoint = {.name = "Endpoint", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct endpoint), .members = members_endpoint, .members_count = 2, .check_order = order_endpoint, .checked = true, .lookup = lookup_endpoint, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_endpoints = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_endpoint, NULL};
const struct shape shape_endpoints = {.name = "Endpoints", .kind = SHAPE_LIST, .bytes = sizeof(struct endpoints), .element = &element_endpoints, .element_bytes = sizeof(struct endpoint), .rule = NULL, .checked = true};

static const struct shape_member members_execute_statement_input[] = {
    {TEXT("Statement"), TEXT("statement"), TEXT("\"Statement\":"), SHAPE_STRING, offsetof(struct execute_statement_input, statement), true, false, NULL, &rules[18]},
    {TEXT("Parameters"), TEXT("parameters"), TEXT("\"Parameters\":"), SHAPE_LIST, offsetof(struct execute_statement_input, parameters), false, false, &shape_prepared_statement_parameters, NULL},
    {TEXT("ConsistentRead"), TEXT("consistentRead"), TEXT("\"ConsistentRead\":"), SHAPE_BOOLEAN, offsetof(struct execute_statement_input, consistent_read), false, false, NULL, NULL},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct execute_statement_input, next_token), false, false, NULL, &rules[45]},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct execute_statement_input, return_consumed_capacity), false, false, NULL, &rules[14]},
    {TEXT("Limit"), TEXT("limit"), TEXT("\"Limit\":"), SHAPE_INTEGER, offsetof(struct execute_statement_input, limit), false, false, NULL, &rules[4]},
    {TEXT("ReturnValuesOnConditionCheckFailure"), TEXT("returnValuesOnConditionCheckFailure"), TEXT("\"ReturnValuesOnConditionCheckFailure\":"), SHAPE_STRING, offsetof(struct execute_statement_input, return_values_on_condition_check_failure), false, false, NULL, &rules[19]},
};
static const uint8_t order_execute_statement_input[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t lookup_execute_statement_input[] = {
    0, 0, 0, 2, 7, 4, 0, 3, 5, 1, 0, 0, 0, 0, 6, 0,
};
const struct shape shape_execute_statement_input = {.name = "ExecuteStatementInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct execute_statement_input), .members = members_execute_statement_input, .members_count = 7, .check_order = order_execute_statement_input, .checked = true, .lookup = lookup_execute_statement_input, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member members_execute_statement_output[] = {
    {TEXT("Items"), TEXT("items"), TEXT("\"Items\":"), SHAPE_LIST, offsetof(struct execute_statement_output, items), false, false, &shape_item_list, NULL},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct execute_statement_output, next_token), false, false, NULL, &rules[45]},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_STRUCTURE, offsetof(struct execute_statement_output, consumed_capacity), false, false, &shape_consumed_capacity, NULL},
    {TEXT("LastEvaluatedKey"), TEXT("lastEvaluatedKey"), TEXT("\"LastEvaluatedKey\":"), SHAPE_ITEM, offsetof(struct execute_statement_output, last_evaluated_key), false, false, &shape_key, NULL},
};
static const uint8_t order_execute_statement_output[] = {0, 1, 2, 3};
static const uint8_t lookup_execute_statement_output[] = {
    1, 0, 4, 3, 0, 2, 0, 0,
};
const struct shape shape_execute_statement_output = {.name = "ExecuteStatementOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct execute_statement_output), .members = members_execute_statement_output, .members_count = 4, .check_order = order_execute_statement_output, .checked = true, .lookup = lookup_execute_statement_output, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_execute_transaction_input[] = {
    {TEXT("TransactStatements"), TEXT("transactStatements"), TEXT("\"TransactStatements\":"), SHAPE_LIST, offsetof(struct execute_transaction_input, transact_statements), true, false, &shape_parameterized_statements, NULL},
    {TEXT("ClientRequestToken"), TEXT("clientRequestToken"), TEXT("\"ClientRequestToken\":"), SHAPE_STRING, offsetof(struct execute_transaction_input, client_request_token), false, false, NULL, &rules[46]},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct execute_transaction_input, return_consumed_capacity), false, false, NULL, &rules[14]},
};
static const uint8_t order_execute_transaction_input[] = {0, 1, 2};
static const uint8_t lookup_execute_transaction_input[] = {
    0, 2, 1, 0, 3, 0, 0, 0,
};
const struct shape shape_execute_transaction_input = {.name = "ExecuteTransactionInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct execute_transaction_input), .members = members_execute_transaction_input, .members_count = 3, .check_order = order_execute_transaction_input, .checked = true, .lookup = lookup_execute_transaction_input, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_execute_transaction_output[] = {
    {TEXT("Responses"), TEXT("responses"), TEXT("\"Responses\":"), SHAPE_LIST, offsetof(struct execute_transaction_output, responses), false, false, &shape_item_response_list, NULL},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_LIST, offsetof(struct execute_transaction_output, consumed_capacity), false, false, &shape_consumed_capacity_multiple, NULL},
};
static const uint8_t order_execute_transaction_output[] = {0, 1};
static const uint8_t lookup_execute_transaction_output[] = {
    0, 0, 1, 2,
};
const struct shape shape_execute_transaction_output = {.name = "ExecuteTransactionOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct execute_transaction_output), .members = members_execute_transaction_output, .members_count = 2, .check_order = order_execute_transaction_output, .checked = true, .lookup = lookup_execute_transaction_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_expected_attribute_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_expected_attribute_value, NULL};
const struct shape shape_expected_attribute_map = {.name = "ExpectedAttributeMap", .kind = SHAPE_MAP, .bytes = sizeof(struct expected_attribute_map), .element = &element_expected_attribute_map, .element_bytes = sizeof(struct expected_attribute_value), .rule = NULL, .checked = true};

static const struct shape_member members_expected_attribute_value[] = {
    {TEXT("Value"), TEXT("value"), TEXT("\"Value\":"), SHAPE_VALUE, offsetof(struct expected_attribute_value, value), false, false, &shape_attribute_value, NULL},
    {TEXT("Exists"), TEXT("exists"), TEXT("\"Exists\":"), SHAPE_BOOLEAN, offsetof(struct expected_attribute_value, exists), false, false, NULL, NULL},
    {TEXT("ComparisonOperator"), TEXT("comparisonOperator"), TEXT("\"ComparisonOperator\":"), SHAPE_STRING, offsetof(struct expected_attribute_value, comparison_operator), false, false, NULL, &rules[28]},
    {TEXT("AttributeValueList"), TEXT("attributeValueList"), TEXT("\"AttributeValueList\":"), SHAPE_LIST, offsetof(struct expected_attribute_value, attribute_value_list), false, false, &shape_attribute_value_list, NULL},
};
static const uint8_t order_expected_attribute_value[] = {0, 1, 2, 3};
static const uint8_t lookup_expected_attribute_value[] = {
    0, 2, 0, 4, 3, 1, 0, 0,
};
const struct shape shape_expected_attribute_value = {.name = "ExpectedAttributeValue", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct expected_attribute_value), .members = members_expected_attribute_value, .members_count = 4, .check_order = order_expected_attribute_value, .checked = true, .lookup = lookup_expected_attribute_value, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_export_description[] = {
    {TEXT("ExportArn"), TEXT("exportArn"), TEXT("\"ExportArn\":"), SHAPE_STRING, offsetof(struct export_description, export_arn), false, false, NULL, &rules[0]},
    {TEXT("ExportStatus"), TEXT("exportStatus"), TEXT("\"ExportStatus\":"), SHAPE_STRING, offsetof(struct export_description, export_status), false, false, NULL, &rules[47]},
    {TEXT("StartTime"), TEXT("startTime"), TEXT("\"StartTime\":"), SHAPE_TIMESTAMP, offsetof(struct export_description, start_time), false, false, NULL, NULL},
    {TEXT("EndTime"), TEXT("endTime"), TEXT("\"EndTime\":"), SHAPE_TIMESTAMP, offsetof(struct export_description, end_time), false, false, NULL, NULL},
    {TEXT("ExportManifest"), TEXT("exportManifest"), TEXT("\"ExportManifest\":"), SHAPE_STRING, offsetof(struct export_description, export_manifest), false, false, NULL, NULL},
    {TEXT("TableArn"), TEXT("tableArn"), TEXT("\"TableArn\":"), SHAPE_STRING, offsetof(struct export_description, table_arn), false, false, NULL, &rules[13]},
    {TEXT("TableId"), TEXT("tableId"), TEXT("\"TableId\":"), SHAPE_STRING, offsetof(struct export_description, table_id), false, false, NULL, &rules[12]},
    {TEXT("ExportTime"), TEXT("exportTime"), TEXT("\"ExportTime\":"), SHAPE_TIMESTAMP, offsetof(struct export_description, export_time), false, false, NULL, NULL},
    {TEXT("ClientToken"), TEXT("clientToken"), TEXT("\"ClientToken\":"), SHAPE_STRING, offsetof(struct export_description, client_token), false, false, NULL, &rules[24]},
    {TEXT("S3Bucket"), TEXT("s3Bucket"), TEXT("\"S3Bucket\":"), SHAPE_STRING, offsetof(struct export_description, s3_bucket), false, false, NULL, &rules[48]},
    {TEXT("S3BucketOwner"), TEXT("s3BucketOwner"), TEXT("\"S3BucketOwner\":"), SHAPE_STRING, offsetof(struct export_description, s3_bucket_owner), false, false, NULL, &rules[49]},
    {TEXT("S3Prefix"), TEXT("s3Prefix"), TEXT("\"S3Prefix\":"), SHAPE_STRING, offsetof(struct export_description, s3_prefix), false, false, NULL, &rules[50]},
    {TEXT("S3SseAlgorithm"), TEXT("s3SseAlgorithm"), TEXT("\"S3SseAlgorithm\":"), SHAPE_STRING, offsetof(struct export_description, s3_sse_algorithm), false, false, NULL, &rules[51]},
    {TEXT("S3SseKmsKeyId"), TEXT("s3SseKmsKeyId"), TEXT("\"S3SseKmsKeyId\":"), SHAPE_STRING, offsetof(struct export_description, s3_sse_kms_key_id), false, false, NULL, &rules[52]},
    {TEXT("FailureCode"), TEXT("failureCode"), TEXT("\"FailureCode\":"), SHAPE_STRING, offsetof(struct export_description, failure_code), false, false, NULL, NULL},
    {TEXT("FailureMessage"), TEXT("failureMessage"), TEXT("\"FailureMessage\":"), SHAPE_STRING, offsetof(struct export_description, failure_message), false, false, NULL, NULL},
    {TEXT("ExportFormat"), TEXT("exportFormat"), TEXT("\"ExportFormat\":"), SHAPE_STRING, offsetof(struct export_description, export_format), false, false, NULL, &rules[53]},
    {TEXT("BilledSizeBytes"), TEXT("billedSizeBytes"), TEXT("\"BilledSizeBytes\":"), SHAPE_LONG, offsetof(struct export_description, billed_size_bytes), false, false, NULL, &rules[11]},
    {TEXT("ItemCount"), TEXT("itemCount"), TEXT("\"ItemCount\":"), SHAPE_LONG, offsetof(struct export_description, item_count), false, false, NULL, &rules[11]},
    {TEXT("ExportType"), TEXT("exportType"), TEXT("\"ExportType\":"), SHAPE_STRING, offsetof(struct export_description, export_type), false, false, NULL, &rules[54]},
    {TEXT("IncrementalExportSpecification"), TEXT("incrementalExportSpecification"), TEXT("\"IncrementalExportSpecification\":"), SHAPE_STRUCTURE, offsetof(struct export_description, incremental_export_specification), false, false, &shape_incremental_export_specification, NULL},
    {TEXT("FilterSpecification"), TEXT("filterSpecification"), TEXT("\"FilterSpecification\":"), SHAPE_STRUCTURE, offsetof(struct export_description, filter_specification), false, false, &shape_filter_specification, NULL},
};
static const uint8_t order_export_description[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21};
static const uint8_t lookup_export_description[] = {
    1, 18, 0, 17, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 3, 0, 0, 13, 19, 9, 0, 0, 0, 0, 0, 0, 0, 11, 0, 0, 8,
    22, 0, 0, 15, 0, 16, 0, 21, 0, 0, 7, 0, 0, 6, 0, 0, 0, 0, 0, 10, 0, 2, 12, 0, 4, 14, 0, 0, 0, 0, 20, 0,
};
const struct shape shape_export_description = {.name = "ExportDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct export_description), .members = members_export_description, .members_count = 22, .check_order = order_export_description, .checked = true, .lookup = lookup_export_description, .lookup_mask = 63, .lookup_seed = 0xa2672279};

static const struct shape_member element_export_summaries = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_export_summary, NULL};
const struct shape shape_export_summaries = {.name = "ExportSummaries", .kind = SHAPE_LIST, .bytes = sizeof(struct export_summaries), .element = &element_export_summaries, .element_bytes = sizeof(struct export_summary), .rule = NULL, .checked = true};

static const struct shape_member members_export_summary[] = {
    {TEXT("ExportArn"), TEXT("exportArn"), TEXT("\"ExportArn\":"), SHAPE_STRING, offsetof(struct export_summary, export_arn), false, false, NULL, &rules[0]},
    {TEXT("ExportStatus"), TEXT("exportStatus"), TEXT("\"ExportStatus\":"), SHAPE_STRING, offsetof(struct export_summary, export_status), false, false, NULL, &rules[47]},
    {TEXT("ExportType"), TEXT("exportType"), TEXT("\"ExportType\":"), SHAPE_STRING, offsetof(struct export_summary, export_type), false, false, NULL, &rules[54]},
};
static const uint8_t order_export_summary[] = {0, 1, 2};
static const uint8_t lookup_export_summary[] = {
    0, 0, 0, 1, 0, 3, 0, 2,
};
const struct shape shape_export_summary = {.name = "ExportSummary", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct export_summary), .members = members_export_summary, .members_count = 3, .check_order = order_export_summary, .checked = true, .lookup = lookup_export_summary, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_export_table_to_point_in_time_input[] = {
    {TEXT("TableArn"), TEXT("tableArn"), TEXT("\"TableArn\":"), SHAPE_STRING, offsetof(struct export_table_to_point_in_time_input, table_arn), true, false, NULL, &rules[13]},
    {TEXT("S3Bucket"), TEXT("s3Bucket"), TEXT("\"S3Bucket\":"), SHAPE_STRING, offsetof(struct export_table_to_point_in_time_input, s3_bucket), true, false, NULL, &rules[48]},
    {TEXT("ExportTime"), TEXT("exportTime"), TEXT("\"ExportTime\":"), SHAPE_TIMESTAMP, offsetof(struct export_table_to_point_in_time_input, export_time), false, false, NULL, NULL},
    {TEXT("ClientToken"), TEXT("clientToken"), TEXT("\"ClientToken\":"), SHAPE_STRING, offsetof(struct export_table_to_point_in_time_input, client_token), false, false, NULL, &rules[24]},
    {TEXT("S3BucketOwner"), TEXT("s3BucketOwner"), TEXT("\"S3BucketOwner\":"), SHAPE_STRING, offsetof(struct export_table_to_point_in_time_input, s3_bucket_owner), false, false, NULL, &rules[49]},
    {TEXT("S3Prefix"), TEXT("s3Prefix"), TEXT("\"S3Prefix\":"), SHAPE_STRING, offsetof(struct export_table_to_point_in_time_input, s3_prefix), false, false, NULL, &rules[50]},
    {TEXT("S3SseAlgorithm"), TEXT("s3SseAlgorithm"), TEXT("\"S3SseAlgorithm\":"), SHAPE_STRING, offsetof(struct export_table_to_point_in_time_input, s3_sse_algorithm), false, false, NULL, &rules[51]},
    {TEXT("S3SseKmsKeyId"), TEXT("s3SseKmsKeyId"), TEXT("\"S3SseKmsKeyId\":"), SHAPE_STRING, offsetof(struct export_table_to_point_in_time_input, s3_sse_kms_key_id), false, false, NULL, &rules[52]},
    {TEXT("ExportFormat"), TEXT("exportFormat"), TEXT("\"ExportFormat\":"), SHAPE_STRING, offsetof(struct export_table_to_point_in_time_input, export_format), false, false, NULL, &rules[53]},
    {TEXT("ExportType"), TEXT("exportType"), TEXT("\"ExportType\":"), SHAPE_STRING, offsetof(struct export_table_to_point_in_time_input, export_type), false, false, NULL, &rules[54]},
    {TEXT("IncrementalExportSpecification"), TEXT("incrementalExportSpecification"), TEXT("\"IncrementalExportSpecification\":"), SHAPE_STRUCTURE, offsetof(struct export_table_to_point_in_time_input, incremental_export_specification), false, false, &shape_incremental_export_specification, NULL},
    {TEXT("FilterSpecification"), TEXT("filterSpecification"), TEXT("\"FilterSpecification\":"), SHAPE_STRUCTURE, offsetof(struct export_table_to_point_in_time_input, filter_specification), false, false, &shape_filter_specification, NULL},
};
static const uint8_t order_export_table_to_point_in_time_input[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
static const uint8_t lookup_export_table_to_point_in_time_input[] = {
    0, 7, 4, 6, 0, 2, 1, 8, 0, 12, 10, 11, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 9, 0, 0,
};
const struct shape shape_export_table_to_point_in_time_input = {.name = "ExportTableToPointInTimeInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct export_table_to_point_in_time_input), .members = members_export_table_to_point_in_time_input, .members_count = 12, .check_order = order_export_table_to_point_in_time_input, .checked = true, .lookup = lookup_export_table_to_point_in_time_input, .lookup_mask = 31, .lookup_seed = 0x1dccba82};

static const struct shape_member members_export_table_to_point_in_time_output[] = {
    {TEXT("ExportDescription"), TEXT("exportDescription"), TEXT("\"ExportDescription\":"), SHAPE_STRUCTURE, offsetof(struct export_table_to_point_in_time_output, export_description), false, false, &shape_export_description, NULL},
};
static const uint8_t order_export_table_to_point_in_time_output[] = {0};
static const uint8_t lookup_export_table_to_point_in_time_output[] = {
    0, 1,
};
const struct shape shape_export_table_to_point_in_time_output = {.name = "ExportTableToPointInTimeOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct export_table_to_point_in_time_output), .members = members_export_table_to_point_in_time_output, .members_count = 1, .check_order = order_export_table_to_point_in_time_output, .checked = true, .lookup = lookup_export_table_to_point_in_time_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member element_expression_attribute_name_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRING, 0, false, false, NULL, NULL};
const struct shape shape_expression_attribute_name_map = {.name = "ExpressionAttributeNameMap", .kind = SHAPE_MAP, .bytes = sizeof(struct expression_attribute_name_map), .element = &element_expression_attribute_name_map, .element_bytes = sizeof(struct slice), .rule = NULL, .key_rule = NULL, .checked = true};

static const struct shape_member element_expression_attribute_value_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_VALUE, 0, false, false, &shape_attribute_value, NULL};
const struct shape shape_expression_attribute_value_map = {.name = "ExpressionAttributeValueMap", .kind = SHAPE_MAP, .bytes = sizeof(struct expression_attribute_value_map), .element = &element_expression_attribute_value_map, .element_bytes = sizeof(struct attribute_value), .rule = NULL, .key_rule = NULL, .checked = false};

static const struct shape_member members_failure_exception[] = {
    {TEXT("ExceptionName"), TEXT("exceptionName"), TEXT("\"ExceptionName\":"), SHAPE_STRING, offsetof(struct failure_exception, exception_name), false, false, NULL, NULL},
    {TEXT("ExceptionDescription"), TEXT("exceptionDescription"), TEXT("\"ExceptionDescription\":"), SHAPE_STRING, offsetof(struct failure_exception, exception_description), false, false, NULL, NULL},
};
static const uint8_t order_failure_exception[] = {0, 1};
static const uint8_t lookup_failure_exception[] = {
    0, 0, 1, 2,
};
const struct shape shape_failure_exception = {.name = "FailureException", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct failure_exception), .members = members_failure_exception, .members_count = 2, .check_order = order_failure_exception, .checked = false, .lookup = lookup_failure_exception, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_filter_condition_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_condition, NULL};
const struct shape shape_filter_condition_map = {.name = "FilterConditionMap", .kind = SHAPE_MAP, .bytes = sizeof(struct filter_condition_map), .element = &element_filter_condition_map, .element_bytes = sizeof(struct condition), .rule = NULL, .checked = true};

static const struct shape_member members_filter_specification[] = {
    {TEXT("FilterExpression"), TEXT("filterExpression"), TEXT("\"FilterExpression\":"), SHAPE_STRING, offsetof(struct filter_specification, filter_expression), false, false, NULL, NULL},
    {TEXT("ProjectionExpression"), TEXT("projectionExpression"), TEXT("\"ProjectionExpression\":"), SHAPE_STRING, offsetof(struct filter_specification, projection_expression), false, false, NULL, NULL},
    {TEXT("KeyConditionExpression"), TEXT("keyConditionExpression"), TEXT("\"KeyConditionExpression\":"), SHAPE_STRING, offsetof(struct filter_specification, key_condition_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct filter_specification, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct filter_specification, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
};
static const uint8_t order_filter_specification[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_filter_specification[] = {
    0, 0, 0, 4, 1, 0, 0, 0, 0, 3, 5, 0, 2, 0, 0, 0,
};
const struct shape shape_filter_specification = {.name = "FilterSpecification", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct filter_specification), .members = members_filter_specification, .members_count = 5, .check_order = order_filter_specification, .checked = true, .lookup = lookup_filter_specification, .lookup_mask = 15, .lookup_seed = 0x6168283d};

static const struct shape_member members_get[] = {
    {TEXT("Key"), TEXT("key"), TEXT("\"Key\":"), SHAPE_ITEM, offsetof(struct get, key), true, false, &shape_key, NULL},
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct get, table_name), true, false, NULL, &rules[27]},
    {TEXT("ProjectionExpression"), TEXT("projectionExpression"), TEXT("\"ProjectionExpression\":"), SHAPE_STRING, offsetof(struct get, projection_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct get, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
};
static const uint8_t order_get[] = {0, 1, 2, 3};
static const uint8_t lookup_get[] = {
    2, 0, 3, 0, 4, 1, 0, 0,
};
const struct shape shape_get = {.name = "Get", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct get), .members = members_get, .members_count = 4, .check_order = order_get, .checked = true, .lookup = lookup_get, .lookup_mask = 7, .lookup_seed = 0xb245ef27};

static const struct shape_member members_get_item_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct get_item_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("Key"), TEXT("key"), TEXT("\"Key\":"), SHAPE_ITEM, offsetof(struct get_item_input, key), true, false, &shape_key, NULL},
    {TEXT("AttributesToGet"), TEXT("attributesToGet"), TEXT("\"AttributesToGet\":"), SHAPE_LIST, offsetof(struct get_item_input, attributes_to_get), false, false, &shape_attribute_name_list, &rules[1]},
    {TEXT("ConsistentRead"), TEXT("consistentRead"), TEXT("\"ConsistentRead\":"), SHAPE_BOOLEAN, offsetof(struct get_item_input, consistent_read), false, false, NULL, NULL},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct get_item_input, return_consumed_capacity), false, false, NULL, &rules[14]},
    {TEXT("ProjectionExpression"), TEXT("projectionExpression"), TEXT("\"ProjectionExpression\":"), SHAPE_STRING, offsetof(struct get_item_input, projection_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct get_item_input, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
};
static const uint8_t order_get_item_input[] = {4, 2, 0, 1, 3, 5, 6};
static const uint8_t lookup_get_item_input[] = {
    4, 0, 0, 0, 2, 1, 0, 0, 3, 0, 0, 0, 0, 5, 7, 6,
};
const struct shape shape_get_item_input = {.name = "GetItemInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct get_item_input), .members = members_get_item_input, .members_count = 7, .check_order = order_get_item_input, .checked = true, .lookup = lookup_get_item_input, .lookup_mask = 15, .lookup_seed = 0x7ade08a1};

static const struct shape_member members_get_item_output[] = {
    {TEXT("Item"), TEXT("item"), TEXT("\"Item\":"), SHAPE_ITEM, offsetof(struct get_item_output, item), false, false, &shape_attribute_map, NULL},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_STRUCTURE, offsetof(struct get_item_output, consumed_capacity), false, false, &shape_consumed_capacity, NULL},
};
static const uint8_t order_get_item_output[] = {0, 1};
static const uint8_t lookup_get_item_output[] = {
    1, 0, 0, 2,
};
const struct shape shape_get_item_output = {.name = "GetItemOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct get_item_output), .members = members_get_item_output, .members_count = 2, .check_order = order_get_item_output, .checked = true, .lookup = lookup_get_item_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_get_records_input[] = {
    {TEXT("ShardIterator"), TEXT("shardIterator"), TEXT("\"ShardIterator\":"), SHAPE_STRING, offsetof(struct get_records_input, shard_iterator), true, false, NULL, &rules[52]},
    {TEXT("Limit"), TEXT("limit"), TEXT("\"Limit\":"), SHAPE_INTEGER, offsetof(struct get_records_input, limit), false, false, NULL, &rules[55]},
};
static const uint8_t order_get_records_input[] = {0, 1};
static const uint8_t lookup_get_records_input[] = {
    0, 0, 2, 1,
};
const struct shape shape_get_records_input = {.name = "GetRecordsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct get_records_input), .members = members_get_records_input, .members_count = 2, .check_order = order_get_records_input, .checked = true, .lookup = lookup_get_records_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_get_records_output[] = {
    {TEXT("Records"), TEXT("records"), TEXT("\"Records\":"), SHAPE_LIST, offsetof(struct get_records_output, records), false, false, &shape_record_list, NULL},
    {TEXT("NextShardIterator"), TEXT("nextShardIterator"), TEXT("\"NextShardIterator\":"), SHAPE_STRING, offsetof(struct get_records_output, next_shard_iterator), false, false, NULL, &rules[52]},
};
static const uint8_t order_get_records_output[] = {0, 1};
static const uint8_t lookup_get_records_output[] = {
    0, 0, 2, 1,
};
const struct shape shape_get_records_output = {.name = "GetRecordsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct get_records_output), .members = members_get_records_output, .members_count = 2, .check_order = order_get_records_output, .checked = true, .lookup = lookup_get_records_output, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member members_get_resource_policy_input[] = {
    {TEXT("ResourceArn"), TEXT("resourceArn"), TEXT("\"ResourceArn\":"), SHAPE_STRING, offsetof(struct get_resource_policy_input, resource_arn), true, false, NULL, &rules[41]},
};
static const uint8_t order_get_resource_policy_input[] = {0};
static const uint8_t lookup_get_resource_policy_input[] = {
    0, 1,
};
const struct shape shape_get_resource_policy_input = {.name = "GetResourcePolicyInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct get_resource_policy_input), .members = members_get_resource_policy_input, .members_count = 1, .check_order = order_get_resource_policy_input, .checked = true, .lookup = lookup_get_resource_policy_input, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_get_resource_policy_output[] = {
    {TEXT("Policy"), TEXT("policy"), TEXT("\"Policy\":"), SHAPE_STRING, offsetof(struct get_resource_policy_output, policy), false, false, NULL, NULL},
    {TEXT("RevisionId"), TEXT("revisionId"), TEXT("\"RevisionId\":"), SHAPE_STRING, offsetof(struct get_resource_policy_output, revision_id), false, false, NULL, &rules[1]},
};
static const uint8_t order_get_resource_policy_output[] = {0, 1};
static const uint8_t lookup_get_resource_policy_output[] = {
    1, 2, 0, 0,
};
const struct shape shape_get_resource_policy_output = {.name = "GetResourcePolicyOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct get_resource_policy_output), .members = members_get_resource_policy_output, .members_count = 2, .check_order = order_get_resource_policy_output, .checked = true, .lookup = lookup_get_resource_policy_output, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member members_get_shard_iterator_input[] = {
    {TEXT("StreamArn"), TEXT("streamArn"), TEXT("\"StreamArn\":"), SHAPE_STRING, offsetof(struct get_shard_iterator_input, stream_arn), true, false, NULL, &rules[0]},
    {TEXT("ShardId"), TEXT("shardId"), TEXT("\"ShardId\":"), SHAPE_STRING, offsetof(struct get_shard_iterator_input, shard_id), true, false, NULL, &rules[42]},
    {TEXT("ShardIteratorType"), TEXT("shardIteratorType"), TEXT("\"ShardIteratorType\":"), SHAPE_STRING, offsetof(struct get_shard_iterator_input, shard_iterator_type), true, false, NULL, &rules[56]},
    {TEXT("SequenceNumber"), TEXT("sequenceNumber"), TEXT("\"SequenceNumber\":"), SHAPE_STRING, offsetof(struct get_shard_iterator_input, sequence_number), false, false, NULL, &rules[57]},
};
static const uint8_t order_get_shard_iterator_input[] = {0, 1, 2, 3};
static const uint8_t lookup_get_shard_iterator_input[] = {
    3, 2, 4, 1, 0, 0, 0, 0,
};
const struct shape shape_get_shard_iterator_input = {.name = "GetShardIteratorInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct get_shard_iterator_input), .members = members_get_shard_iterator_input, .members_count = 4, .check_order = order_get_shard_iterator_input, .checked = true, .lookup = lookup_get_shard_iterator_input, .lookup_mask = 7, .lookup_seed = 0xb245ef27};

static const struct shape_member members_get_shard_iterator_output[] = {
    {TEXT("ShardIterator"), TEXT("shardIterator"), TEXT("\"ShardIterator\":"), SHAPE_STRING, offsetof(struct get_shard_iterator_output, shard_iterator), false, false, NULL, &rules[52]},
};
static const uint8_t order_get_shard_iterator_output[] = {0};
static const uint8_t lookup_get_shard_iterator_output[] = {
    0, 1,
};
const struct shape shape_get_shard_iterator_output = {.name = "GetShardIteratorOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct get_shard_iterator_output), .members = members_get_shard_iterator_output, .members_count = 1, .check_order = order_get_shard_iterator_output, .checked = true, .lookup = lookup_get_shard_iterator_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_global_secondary_index[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct global_secondary_index, index_name), true, false, NULL, &rules[8]},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct global_secondary_index, key_schema), true, false, &shape_key_schema, NULL},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index, projection), true, false, &shape_projection, NULL},
    {TEXT("ProvisionedThroughput"), TEXT("provisionedThroughput"), TEXT("\"ProvisionedThroughput\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index, provisioned_throughput), false, false, &shape_provisioned_throughput, NULL},
    {TEXT("OnDemandThroughput"), TEXT("onDemandThroughput"), TEXT("\"OnDemandThroughput\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index, on_demand_throughput), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("WarmThroughput"), TEXT("warmThroughput"), TEXT("\"WarmThroughput\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index, warm_throughput), false, false, &shape_warm_throughput, NULL},
};
static const uint8_t order_global_secondary_index[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_global_secondary_index[] = {
    0, 3, 0, 4, 6, 0, 0, 2, 0, 5, 0, 1, 0, 0, 0, 0,
};
const struct shape shape_global_secondary_index = {.name = "GlobalSecondaryIndex", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_secondary_index), .members = members_global_secondary_index, .members_count = 6, .check_order = order_global_secondary_index, .checked = true, .lookup = lookup_global_secondary_index, .lookup_mask = 15, .lookup_seed = 0x1dccba82};

static const struct shape_member members_global_secondary_index_auto_scaling_update[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct global_secondary_index_auto_scaling_update, index_name), false, false, NULL, &rules[8]},
    {TEXT("ProvisionedWriteCapacityAutoScalingUpdate"), TEXT("provisionedWriteCapacityAutoScalingUpdate"), TEXT("\"ProvisionedWriteCapacityAutoScalingUpdate\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_auto_scaling_update, provisioned_write_capacity_auto_scaling_update), false, false, &shape_auto_scaling_settings_update, NULL},
};
static const uint8_t order_global_secondary_index_auto_scaling_update[] = {0, 1};
static const uint8_t lookup_global_secondary_index_auto_scaling_update[] = {
    0, 1, 2, 0,
};
const struct shape shape_global_secondary_index_auto_scaling_update = {.name = "GlobalSecondaryIndexAutoScalingUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_secondary_index_auto_scaling_update), .members = members_global_secondary_index_auto_scaling_update, .members_count = 2, .check_order = order_global_secondary_index_auto_scaling_update, .checked = true, .lookup = lookup_global_secondary_index_auto_scaling_update, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_global_secondary_index_auto_scaling_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_global_secondary_index_auto_scaling_update, NULL};
const struct shape shape_global_secondary_index_auto_scaling_update_list = {.name = "GlobalSecondaryIndexAutoScalingUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct global_secondary_index_auto_scaling_update_list), .element = &element_global_secondary_index_auto_scaling_update_list, .element_bytes = sizeof(struct global_secondary_index_auto_scaling_update), .rule = &rules[4], .checked = true};

static const struct shape_member members_global_secondary_index_description[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct global_secondary_index_description, index_name), false, false, NULL, &rules[8]},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct global_secondary_index_description, key_schema), false, false, &shape_key_schema, NULL},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_description, projection), false, false, &shape_projection, NULL},
    {TEXT("IndexStatus"), TEXT("indexStatus"), TEXT("\"IndexStatus\":"), SHAPE_STRING, offsetof(struct global_secondary_index_description, index_status), false, false, NULL, &rules[58]},
    {TEXT("Backfilling"), TEXT("backfilling"), TEXT("\"Backfilling\":"), SHAPE_BOOLEAN, offsetof(struct global_secondary_index_description, backfilling), false, false, NULL, NULL},
    {TEXT("ProvisionedThroughput"), TEXT("provisionedThroughput"), TEXT("\"ProvisionedThroughput\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_description, provisioned_throughput), false, false, &shape_provisioned_throughput_description, NULL},
    {TEXT("IndexSizeBytes"), TEXT("indexSizeBytes"), TEXT("\"IndexSizeBytes\":"), SHAPE_LONG, offsetof(struct global_secondary_index_description, index_size_bytes), false, false, NULL, NULL},
    {TEXT("ItemCount"), TEXT("itemCount"), TEXT("\"ItemCount\":"), SHAPE_LONG, offsetof(struct global_secondary_index_description, item_count), false, false, NULL, NULL},
    {TEXT("IndexArn"), TEXT("indexArn"), TEXT("\"IndexArn\":"), SHAPE_STRING, offsetof(struct global_secondary_index_description, index_arn), false, false, NULL, NULL},
    {TEXT("OnDemandThroughput"), TEXT("onDemandThroughput"), TEXT("\"OnDemandThroughput\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_description, on_demand_throughput), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("WarmThroughput"), TEXT("warmThroughput"), TEXT("\"WarmThroughput\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_description, warm_throughput), false, false, &shape_global_secondary_index_warm_throughput_description, NULL},
};
static const uint8_t order_global_secondary_index_description[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static const uint8_t lookup_global_secondary_index_description[] = {
    0, 0, 0, 1, 0, 0, 7, 0, 0, 0, 9, 0, 11, 2, 4, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 5, 3, 0,
};
const struct shape shape_global_secondary_index_description = {.name = "GlobalSecondaryIndexDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_secondary_index_description), .members = members_global_secondary_index_description, .members_count = 11, .check_order = order_global_secondary_index_description, .checked = true, .lookup = lookup_global_secondary_index_description, .lookup_mask = 31, .lookup_seed = 0xb8d7d836};

static const struct shape_member element_global_secondary_index_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_global_secondary_index_description, NULL};
const struct shape shape_global_secondary_index_description_list = {.name = "GlobalSecondaryIndexDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct global_secondary_index_description_list), .element = &element_global_secondary_index_description_list, .element_bytes = sizeof(struct global_secondary_index_description), .rule = NULL, .checked = true};

static const struct shape_member members_global_secondary_index_info[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct global_secondary_index_info, index_name), false, false, NULL, &rules[8]},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct global_secondary_index_info, key_schema), false, false, &shape_key_schema, NULL},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_info, projection), false, false, &shape_projection, NULL},
    {TEXT("ProvisionedThroughput"), TEXT("provisionedThroughput"), TEXT("\"ProvisionedThroughput\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_info, provisioned_throughput), false, false, &shape_provisioned_throughput, NULL},
    {TEXT("OnDemandThroughput"), TEXT("onDemandThroughput"), TEXT("\"OnDemandThroughput\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_info, on_demand_throughput), false, false, &shape_on_demand_throughput, NULL},
};
static const uint8_t order_global_secondary_index_info[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_global_secondary_index_info[] = {
    0, 3, 0, 0, 0, 0, 0, 4, 2, 0, 0, 0, 0, 0, 1, 5,
};
const struct shape shape_global_secondary_index_info = {.name = "GlobalSecondaryIndexInfo", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_secondary_index_info), .members = members_global_secondary_index_info, .members_count = 5, .check_order = order_global_secondary_index_info, .checked = true, .lookup = lookup_global_secondary_index_info, .lookup_mask = 15, .lookup_seed = 0x6168283d};

static const struct shape_member element_global_secondary_index_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_global_secondary_index, NULL};
const struct shape shape_global_secondary_index_list = {.name = "GlobalSecondaryIndexList", .kind = SHAPE_LIST, .bytes = sizeof(struct global_secondary_index_list), .element = &element_global_secondary_index_list, .element_bytes = sizeof(struct global_secondary_index), .rule = NULL, .checked = true};

static const struct shape_member members_global_secondary_index_update[] = {
    {TEXT("Update"), TEXT("update"), TEXT("\"Update\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_update, update), false, false, &shape_update_global_secondary_index_action, NULL},
    {TEXT("Create"), TEXT("create"), TEXT("\"Create\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_update, create), false, false, &shape_create_global_secondary_index_action, NULL},
    {TEXT("Delete"), TEXT("delete"), TEXT("\"Delete\":"), SHAPE_STRUCTURE, offsetof(struct global_secondary_index_update, delete), false, false, &shape_delete_global_secondary_index_action, NULL},
};
static const uint8_t order_global_secondary_index_update[] = {0, 1, 2};
static const uint8_t lookup_global_secondary_index_update[] = {
    0, 0, 0, 2, 1, 0, 3, 0,
};
const struct shape shape_global_secondary_index_update = {.name = "GlobalSecondaryIndexUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_secondary_index_update), .members = members_global_secondary_index_update, .members_count = 3, .check_order = order_global_secondary_index_update, .checked = true, .lookup = lookup_global_secondary_index_update, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member element_global_secondary_index_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_global_secondary_index_update, NULL};
const struct shape shape_global_secondary_index_update_list = {.name = "GlobalSecondaryIndexUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct global_secondary_index_update_list), .element = &element_global_secondary_index_update_list, .element_bytes = sizeof(struct global_secondary_index_update), .rule = NULL, .checked = true};

static const struct shape_member members_global_secondary_index_warm_throughput_description[] = {
    {TEXT("ReadUnitsPerSecond"), TEXT("readUnitsPerSecond"), TEXT("\"ReadUnitsPerSecond\":"), SHAPE_LONG, offsetof(struct global_secondary_index_warm_throughput_description, read_units_per_second), false, false, NULL, &rules[4]},
    {TEXT("WriteUnitsPerSecond"), TEXT("writeUnitsPerSecond"), TEXT("\"WriteUnitsPerSecond\":"), SHAPE_LONG, offsetof(struct global_secondary_index_warm_throughput_description, write_units_per_second), false, false, NULL, &rules[4]},
    {TEXT("Status"), TEXT("status"), TEXT("\"Status\":"), SHAPE_STRING, offsetof(struct global_secondary_index_warm_throughput_description, status), false, false, NULL, &rules[58]},
};
static const uint8_t order_global_secondary_index_warm_throughput_description[] = {0, 1, 2};
static const uint8_t lookup_global_secondary_index_warm_throughput_description[] = {
    0, 0, 2, 0, 3, 1, 0, 0,
};
const struct shape shape_global_secondary_index_warm_throughput_description = {.name = "GlobalSecondaryIndexWarmThroughputDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_secondary_index_warm_throughput_description), .members = members_global_secondary_index_warm_throughput_description, .members_count = 3, .check_order = order_global_secondary_index_warm_throughput_description, .checked = true, .lookup = lookup_global_secondary_index_warm_throughput_description, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member element_global_secondary_indexes = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_global_secondary_index_info, NULL};
const struct shape shape_global_secondary_indexes = {.name = "GlobalSecondaryIndexes", .kind = SHAPE_LIST, .bytes = sizeof(struct global_secondary_indexes), .element = &element_global_secondary_indexes, .element_bytes = sizeof(struct global_secondary_index_info), .rule = NULL, .checked = true};

static const struct shape_member members_global_table[] = {
    {TEXT("GlobalTableName"), TEXT("globalTableName"), TEXT("\"GlobalTableName\":"), SHAPE_STRING, offsetof(struct global_table, global_table_name), false, false, NULL, &rules[8]},
    {TEXT("ReplicationGroup"), TEXT("replicationGroup"), TEXT("\"ReplicationGroup\":"), SHAPE_LIST, offsetof(struct global_table, replication_group), false, false, &shape_replica_list, NULL},
};
static const uint8_t order_global_table[] = {0, 1};
static const uint8_t lookup_global_table[] = {
    2, 0, 0, 1,
};
const struct shape shape_global_table = {.name = "GlobalTable", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_table), .members = members_global_table, .members_count = 2, .check_order = order_global_table, .checked = true, .lookup = lookup_global_table, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_global_table_description[] = {
    {TEXT("ReplicationGroup"), TEXT("replicationGroup"), TEXT("\"ReplicationGroup\":"), SHAPE_LIST, offsetof(struct global_table_description, replication_group), false, false, &shape_replica_description_list, NULL},
    {TEXT("GlobalTableArn"), TEXT("globalTableArn"), TEXT("\"GlobalTableArn\":"), SHAPE_STRING, offsetof(struct global_table_description, global_table_arn), false, false, NULL, NULL},
    {TEXT("CreationDateTime"), TEXT("creationDateTime"), TEXT("\"CreationDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct global_table_description, creation_date_time), false, false, NULL, NULL},
    {TEXT("GlobalTableStatus"), TEXT("globalTableStatus"), TEXT("\"GlobalTableStatus\":"), SHAPE_STRING, offsetof(struct global_table_description, global_table_status), false, false, NULL, &rules[58]},
    {TEXT("GlobalTableName"), TEXT("globalTableName"), TEXT("\"GlobalTableName\":"), SHAPE_STRING, offsetof(struct global_table_description, global_table_name), false, false, NULL, &rules[8]},
};
static const uint8_t order_global_table_description[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_global_table_description[] = {
    1, 3, 0, 5, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4,
};
const struct shape shape_global_table_description = {.name = "GlobalTableDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_table_description), .members = members_global_table_description, .members_count = 5, .check_order = order_global_table_description, .checked = true, .lookup = lookup_global_table_description, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member members_global_table_global_secondary_index_settings_update[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct global_table_global_secondary_index_settings_update, index_name), true, false, NULL, &rules[8]},
    {TEXT("ProvisionedWriteCapacityUnits"), TEXT("provisionedWriteCapacityUnits"), TEXT("\"ProvisionedWriteCapacityUnits\":"), SHAPE_LONG, offsetof(struct global_table_global_secondary_index_settings_update, provisioned_write_capacity_units), false, false, NULL, &rules[4]},
    {TEXT("ProvisionedWriteCapacityAutoScalingSettingsUpdate"), TEXT("provisionedWriteCapacityAutoScalingSettingsUpdate"), TEXT("\"ProvisionedWriteCapacityAutoScalingSettingsUpdate\":"), SHAPE_STRUCTURE, offsetof(struct global_table_global_secondary_index_settings_update, provisioned_write_capacity_auto_scaling_settings_update), false, false, &shape_auto_scaling_settings_update, NULL},
};
static const uint8_t order_global_table_global_secondary_index_settings_update[] = {0, 1, 2};
static const uint8_t lookup_global_table_global_secondary_index_settings_update[] = {
    0, 2, 0, 3, 0, 0, 1, 0,
};
const struct shape shape_global_table_global_secondary_index_settings_update = {.name = "GlobalTableGlobalSecondaryIndexSettingsUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_table_global_secondary_index_settings_update), .members = members_global_table_global_secondary_index_settings_update, .members_count = 3, .check_order = order_global_table_global_secondary_index_settings_update, .checked = true, .lookup = lookup_global_table_global_secondary_index_settings_update, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member element_global_table_global_secondary_index_settings_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_global_table_global_secondary_index_settings_update, NULL};
const struct shape shape_global_table_global_secondary_index_settings_update_list = {.name = "GlobalTableGlobalSecondaryIndexSettingsUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct global_table_global_secondary_index_settings_update_list), .element = &element_global_table_global_secondary_index_settings_update_list, .element_bytes = sizeof(struct global_table_global_secondary_index_settings_update), .rule = &rules[59], .checked = true};

static const struct shape_member element_global_table_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_global_table, NULL};
const struct shape shape_global_table_list = {.name = "GlobalTableList", .kind = SHAPE_LIST, .bytes = sizeof(struct global_table_list), .element = &element_global_table_list, .element_bytes = sizeof(struct global_table), .rule = NULL, .checked = true};

static const struct shape_member members_global_table_witness_description[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct global_table_witness_description, region_name), false, false, NULL, NULL},
    {TEXT("WitnessStatus"), TEXT("witnessStatus"), TEXT("\"WitnessStatus\":"), SHAPE_STRING, offsetof(struct global_table_witness_description, witness_status), false, false, NULL, &rules[60]},
};
static const uint8_t order_global_table_witness_description[] = {0, 1};
static const uint8_t lookup_global_table_witness_description[] = {
    0, 2, 1, 0,
};
const struct shape shape_global_table_witness_description = {.name = "GlobalTableWitnessDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_table_witness_description), .members = members_global_table_witness_description, .members_count = 2, .check_order = order_global_table_witness_description, .checked = true, .lookup = lookup_global_table_witness_description, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_global_table_witness_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_global_table_witness_description, NULL};
const struct shape shape_global_table_witness_description_list = {.name = "GlobalTableWitnessDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct global_table_witness_description_list), .element = &element_global_table_witness_description_list, .element_bytes = sizeof(struct global_table_witness_description), .rule = NULL, .checked = true};

static const struct shape_member members_global_table_witness_group_update[] = {
    {TEXT("Create"), TEXT("create"), TEXT("\"Create\":"), SHAPE_STRUCTURE, offsetof(struct global_table_witness_group_update, create), false, false, &shape_create_global_table_witness_group_member_action, NULL},
    {TEXT("Delete"), TEXT("delete"), TEXT("\"Delete\":"), SHAPE_STRUCTURE, offsetof(struct global_table_witness_group_update, delete), false, false, &shape_delete_global_table_witness_group_member_action, NULL},
};
static const uint8_t order_global_table_witness_group_update[] = {0, 1};
static const uint8_t lookup_global_table_witness_group_update[] = {
    0, 0, 2, 1,
};
const struct shape shape_global_table_witness_group_update = {.name = "GlobalTableWitnessGroupUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct global_table_witness_group_update), .members = members_global_table_witness_group_update, .members_count = 2, .check_order = order_global_table_witness_group_update, .checked = true, .lookup = lookup_global_table_witness_group_update, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member element_global_table_witness_group_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_global_table_witness_group_update, NULL};
const struct shape shape_global_table_witness_group_update_list = {.name = "GlobalTableWitnessGroupUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct global_table_witness_group_update_list), .element = &element_global_table_witness_group_update_list, .element_bytes = sizeof(struct global_table_witness_group_update), .rule = &rules[61], .checked = true};

static const struct shape_member members_identity[] = {
    {TEXT("PrincipalId"), TEXT("principalId"), TEXT("\"PrincipalId\":"), SHAPE_STRING, offsetof(struct model_identity, principal_id), false, false, NULL, NULL},
    {TEXT("Type"), TEXT("type"), TEXT("\"Type\":"), SHAPE_STRING, offsetof(struct model_identity, type), false, false, NULL, NULL},
};
static const uint8_t order_identity[] = {0, 1};
static const uint8_t lookup_identity[] = {
    0, 0, 1, 2,
};
const struct shape shape_identity = {.name = "Identity", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct model_identity), .members = members_identity, .members_count = 2, .check_order = order_identity, .checked = false, .lookup = lookup_identity, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_import_summary[] = {
    {TEXT("ImportArn"), TEXT("importArn"), TEXT("\"ImportArn\":"), SHAPE_STRING, offsetof(struct import_summary, import_arn), false, false, NULL, &rules[0]},
    {TEXT("ImportStatus"), TEXT("importStatus"), TEXT("\"ImportStatus\":"), SHAPE_STRING, offsetof(struct import_summary, import_status), false, false, NULL, &rules[62]},
    {TEXT("TableArn"), TEXT("tableArn"), TEXT("\"TableArn\":"), SHAPE_STRING, offsetof(struct import_summary, table_arn), false, false, NULL, &rules[13]},
    {TEXT("S3BucketSource"), TEXT("s3BucketSource"), TEXT("\"S3BucketSource\":"), SHAPE_STRUCTURE, offsetof(struct import_summary, s3_bucket_source), false, false, &shape_s3_bucket_source, NULL},
    {TEXT("CloudWatchLogGroupArn"), TEXT("cloudWatchLogGroupArn"), TEXT("\"CloudWatchLogGroupArn\":"), SHAPE_STRING, offsetof(struct import_summary, cloud_watch_log_group_arn), false, false, NULL, &rules[13]},
    {TEXT("InputFormat"), TEXT("inputFormat"), TEXT("\"InputFormat\":"), SHAPE_STRING, offsetof(struct import_summary, input_format), false, false, NULL, &rules[63]},
    {TEXT("StartTime"), TEXT("startTime"), TEXT("\"StartTime\":"), SHAPE_TIMESTAMP, offsetof(struct import_summary, start_time), false, false, NULL, NULL},
    {TEXT("EndTime"), TEXT("endTime"), TEXT("\"EndTime\":"), SHAPE_TIMESTAMP, offsetof(struct import_summary, end_time), false, false, NULL, NULL},
};
static const uint8_t order_import_summary[] = {0, 1, 2, 3, 4, 5, 6, 7};
static const uint8_t lookup_import_summary[] = {
    0, 0, 4, 8, 0, 0, 5, 2, 1, 0, 0, 0, 6, 7, 3, 0,
};
const struct shape shape_import_summary = {.name = "ImportSummary", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct import_summary), .members = members_import_summary, .members_count = 8, .check_order = order_import_summary, .checked = true, .lookup = lookup_import_summary, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member element_import_summary_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_import_summary, NULL};
const struct shape shape_import_summary_list = {.name = "ImportSummaryList", .kind = SHAPE_LIST, .bytes = sizeof(struct import_summary_list), .element = &element_import_summary_list, .element_bytes = sizeof(struct import_summary), .rule = NULL, .checked = true};

static const struct shape_member members_import_table_description[] = {
    {TEXT("ImportArn"), TEXT("importArn"), TEXT("\"ImportArn\":"), SHAPE_STRING, offsetof(struct import_table_description, import_arn), false, false, NULL, &rules[0]},
    {TEXT("ImportStatus"), TEXT("importStatus"), TEXT("\"ImportStatus\":"), SHAPE_STRING, offsetof(struct import_table_description, import_status), false, false, NULL, &rules[62]},
    {TEXT("TableArn"), TEXT("tableArn"), TEXT("\"TableArn\":"), SHAPE_STRING, offsetof(struct import_table_description, table_arn), false, false, NULL, &rules[13]},
    {TEXT("TableId"), TEXT("tableId"), TEXT("\"TableId\":"), SHAPE_STRING, offsetof(struct import_table_description, table_id), false, false, NULL, &rules[12]},
    {TEXT("ClientToken"), TEXT("clientToken"), TEXT("\"ClientToken\":"), SHAPE_STRING, offsetof(struct import_table_description, client_token), false, false, NULL, &rules[24]},
    {TEXT("S3BucketSource"), TEXT("s3BucketSource"), TEXT("\"S3BucketSource\":"), SHAPE_STRUCTURE, offsetof(struct import_table_description, s3_bucket_source), false, false, &shape_s3_bucket_source, NULL},
    {TEXT("ErrorCount"), TEXT("errorCount"), TEXT("\"ErrorCount\":"), SHAPE_LONG, offsetof(struct import_table_description, error_count), false, false, NULL, &rules[11]},
    {TEXT("CloudWatchLogGroupArn"), TEXT("cloudWatchLogGroupArn"), TEXT("\"CloudWatchLogGroupArn\":"), SHAPE_STRING, offsetof(struct import_table_description, cloud_watch_log_group_arn), false, false, NULL, &rules[13]},
    {TEXT("InputFormat"), TEXT("inputFormat"), TEXT("\"InputFormat\":"), SHAPE_STRING, offsetof(struct import_table_description, input_format), false, false, NULL, &rules[63]},
    {TEXT("InputFormatOptions"), TEXT("inputFormatOptions"), TEXT("\"InputFormatOptions\":"), SHAPE_STRUCTURE, offsetof(struct import_table_description, input_format_options), false, false, &shape_input_format_options, NULL},
    {TEXT("InputCompressionType"), TEXT("inputCompressionType"), TEXT("\"InputCompressionType\":"), SHAPE_STRING, offsetof(struct import_table_description, input_compression_type), false, false, NULL, &rules[64]},
    {TEXT("TableCreationParameters"), TEXT("tableCreationParameters"), TEXT("\"TableCreationParameters\":"), SHAPE_STRUCTURE, offsetof(struct import_table_description, table_creation_parameters), false, false, &shape_table_creation_parameters, NULL},
    {TEXT("StartTime"), TEXT("startTime"), TEXT("\"StartTime\":"), SHAPE_TIMESTAMP, offsetof(struct import_table_description, start_time), false, false, NULL, NULL},
    {TEXT("EndTime"), TEXT("endTime"), TEXT("\"EndTime\":"), SHAPE_TIMESTAMP, offsetof(struct import_table_description, end_time), false, false, NULL, NULL},
    {TEXT("ProcessedSizeBytes"), TEXT("processedSizeBytes"), TEXT("\"ProcessedSizeBytes\":"), SHAPE_LONG, offsetof(struct import_table_description, processed_size_bytes), false, false, NULL, NULL},
    {TEXT("ProcessedItemCount"), TEXT("processedItemCount"), TEXT("\"ProcessedItemCount\":"), SHAPE_LONG, offsetof(struct import_table_description, processed_item_count), false, false, NULL, &rules[11]},
    {TEXT("ImportedItemCount"), TEXT("importedItemCount"), TEXT("\"ImportedItemCount\":"), SHAPE_LONG, offsetof(struct import_table_description, imported_item_count), false, false, NULL, &rules[11]},
    {TEXT("FailureCode"), TEXT("failureCode"), TEXT("\"FailureCode\":"), SHAPE_STRING, offsetof(struct import_table_description, failure_code), false, false, NULL, NULL},
    {TEXT("FailureMessage"), TEXT("failureMessage"), TEXT("\"FailureMessage\":"), SHAPE_STRING, offsetof(struct import_table_description, failure_message), false, false, NULL, NULL},
};
static const uint8_t order_import_table_description[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18};
static const uint8_t lookup_import_table_description[] = {
    1, 0, 6, 0, 0, 0, 0, 0, 7, 0, 0, 0, 8, 0, 4, 17, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 2,
    0, 0, 0, 16, 0, 18, 0, 0, 0, 13, 0, 0, 0, 3, 0, 0, 0, 0, 11, 12, 0, 19, 15, 0, 9, 0, 0, 0, 14, 0, 0, 0,
};
const struct shape shape_import_table_description = {.name = "ImportTableDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct import_table_description), .members = members_import_table_description, .members_count = 19, .check_order = order_import_table_description, .checked = true, .lookup = lookup_import_table_description, .lookup_mask = 63, .lookup_seed = 0x618f19f3};

static const struct shape_member members_import_table_input[] = {
    {TEXT("S3BucketSource"), TEXT("s3BucketSource"), TEXT("\"S3BucketSource\":"), SHAPE_STRUCTURE, offsetof(struct import_table_input, s3_bucket_source), true, false, &shape_s3_bucket_source, NULL},
    {TEXT("InputFormat"), TEXT("inputFormat"), TEXT("\"InputFormat\":"), SHAPE_STRING, offsetof(struct import_table_input, input_format), true, false, NULL, &rules[63]},
    {TEXT("TableCreationParameters"), TEXT("tableCreationParameters"), TEXT("\"TableCreationParameters\":"), SHAPE_STRUCTURE, offsetof(struct import_table_input, table_creation_parameters), true, false, &shape_table_creation_parameters, NULL},
    {TEXT("ClientToken"), TEXT("clientToken"), TEXT("\"ClientToken\":"), SHAPE_STRING, offsetof(struct import_table_input, client_token), false, false, NULL, &rules[24]},
    {TEXT("InputFormatOptions"), TEXT("inputFormatOptions"), TEXT("\"InputFormatOptions\":"), SHAPE_STRUCTURE, offsetof(struct import_table_input, input_format_options), false, false, &shape_input_format_options, NULL},
    {TEXT("InputCompressionType"), TEXT("inputCompressionType"), TEXT("\"InputCompressionType\":"), SHAPE_STRING, offsetof(struct import_table_input, input_compression_type), false, false, NULL, &rules[64]},
};
static const uint8_t order_import_table_input[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_import_table_input[] = {
    0, 0, 0, 0, 0, 5, 0, 0, 3, 0, 0, 0, 2, 6, 1, 4,
};
const struct shape shape_import_table_input = {.name = "ImportTableInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct import_table_input), .members = members_import_table_input, .members_count = 6, .check_order = order_import_table_input, .checked = true, .lookup = lookup_import_table_input, .lookup_mask = 15, .lookup_seed = 0xabe2d082};

static const struct shape_member members_import_table_output[] = {
    {TEXT("ImportTableDescription"), TEXT("importTableDescription"), TEXT("\"ImportTableDescription\":"), SHAPE_STRUCTURE, offsetof(struct import_table_output, import_table_description), true, false, &shape_import_table_description, NULL},
};
static const uint8_t order_import_table_output[] = {0};
static const uint8_t lookup_import_table_output[] = {
    1, 0,
};
const struct shape shape_import_table_output = {.name = "ImportTableOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct import_table_output), .members = members_import_table_output, .members_count = 1, .check_order = order_import_table_output, .checked = true, .lookup = lookup_import_table_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_incremental_export_specification[] = {
    {TEXT("ExportFromTime"), TEXT("exportFromTime"), TEXT("\"ExportFromTime\":"), SHAPE_TIMESTAMP, offsetof(struct incremental_export_specification, export_from_time), false, false, NULL, NULL},
    {TEXT("ExportToTime"), TEXT("exportToTime"), TEXT("\"ExportToTime\":"), SHAPE_TIMESTAMP, offsetof(struct incremental_export_specification, export_to_time), false, false, NULL, NULL},
    {TEXT("ExportViewType"), TEXT("exportViewType"), TEXT("\"ExportViewType\":"), SHAPE_STRING, offsetof(struct incremental_export_specification, export_view_type), false, false, NULL, &rules[65]},
};
static const uint8_t order_incremental_export_specification[] = {0, 1, 2};
static const uint8_t lookup_incremental_export_specification[] = {
    0, 3, 0, 0, 0, 0, 2, 1,
};
const struct shape shape_incremental_export_specification = {.name = "IncrementalExportSpecification", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct incremental_export_specification), .members = members_incremental_export_specification, .members_count = 3, .check_order = order_incremental_export_specification, .checked = true, .lookup = lookup_incremental_export_specification, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_input_format_options[] = {
    {TEXT("Csv"), TEXT("csv"), TEXT("\"Csv\":"), SHAPE_STRUCTURE, offsetof(struct input_format_options, csv), false, false, &shape_csv_options, NULL},
};
static const uint8_t order_input_format_options[] = {0};
static const uint8_t lookup_input_format_options[] = {
    0, 1,
};
const struct shape shape_input_format_options = {.name = "InputFormatOptions", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct input_format_options), .members = members_input_format_options, .members_count = 1, .check_order = order_input_format_options, .checked = true, .lookup = lookup_input_format_options, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_input_s3_configuration[] = {
    {TEXT("S3Bucket"), TEXT("s3Bucket"), TEXT("\"S3Bucket\":"), SHAPE_STRING, offsetof(struct input_s3_configuration, s3_bucket), true, false, NULL, &rules[48]},
    {TEXT("InputFormat"), TEXT("inputFormat"), TEXT("\"InputFormat\":"), SHAPE_STRING, offsetof(struct input_s3_configuration, input_format), true, false, NULL, &rules[53]},
    {TEXT("S3BucketOwner"), TEXT("s3BucketOwner"), TEXT("\"S3BucketOwner\":"), SHAPE_STRING, offsetof(struct input_s3_configuration, s3_bucket_owner), false, false, NULL, &rules[49]},
    {TEXT("S3KeyPrefix"), TEXT("s3KeyPrefix"), TEXT("\"S3KeyPrefix\":"), SHAPE_STRING, offsetof(struct input_s3_configuration, s3_key_prefix), false, false, NULL, &rules[50]},
    {TEXT("InputCompressionType"), TEXT("inputCompressionType"), TEXT("\"InputCompressionType\":"), SHAPE_STRING, offsetof(struct input_s3_configuration, input_compression_type), false, false, NULL, &rules[64]},
};
static const uint8_t order_input_s3_configuration[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_input_s3_configuration[] = {
    0, 0, 5, 0, 0, 0, 0, 1, 2, 4, 0, 0, 0, 0, 0, 3,
};
const struct shape shape_input_s3_configuration = {.name = "InputS3Configuration", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct input_s3_configuration), .members = members_input_s3_configuration, .members_count = 5, .check_order = order_input_s3_configuration, .checked = true, .lookup = lookup_input_s3_configuration, .lookup_mask = 15, .lookup_seed = 0x618f19f3};

const struct shape shape_item_collection_key_attribute_map = {.name = "ItemCollectionKeyAttributeMap", .kind = SHAPE_ITEM, .bytes = sizeof(struct attribute_map)};

static const struct shape_member members_item_collection_metrics[] = {
    {TEXT("ItemCollectionKey"), TEXT("itemCollectionKey"), TEXT("\"ItemCollectionKey\":"), SHAPE_ITEM, offsetof(struct item_collection_metrics, item_collection_key), false, false, &shape_item_collection_key_attribute_map, NULL},
    {TEXT("SizeEstimateRangeGB"), TEXT("sizeEstimateRangeGB"), TEXT("\"SizeEstimateRangeGB\":"), SHAPE_LIST, offsetof(struct item_collection_metrics, size_estimate_range_gb), false, false, &shape_item_collection_size_estimate_range, NULL},
};
static const uint8_t order_item_collection_metrics[] = {0, 1};
static const uint8_t lookup_item_collection_metrics[] = {
    2, 0, 1, 0,
};
const struct shape shape_item_collection_metrics = {.name = "ItemCollectionMetrics", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct item_collection_metrics), .members = members_item_collection_metrics, .members_count = 2, .check_order = order_item_collection_metrics, .checked = true, .lookup = lookup_item_collection_metrics, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_item_collection_metrics_multiple = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_item_collection_metrics, NULL};
const struct shape shape_item_collection_metrics_multiple = {.name = "ItemCollectionMetricsMultiple", .kind = SHAPE_LIST, .bytes = sizeof(struct item_collection_metrics_multiple), .element = &element_item_collection_metrics_multiple, .element_bytes = sizeof(struct item_collection_metrics), .rule = NULL, .checked = true};

static const struct shape_member element_item_collection_metrics_per_table = {TEXT(""), TEXT(""), TEXT(""), SHAPE_LIST, 0, false, false, &shape_item_collection_metrics_multiple, NULL};
const struct shape shape_item_collection_metrics_per_table = {.name = "ItemCollectionMetricsPerTable", .kind = SHAPE_MAP, .bytes = sizeof(struct item_collection_metrics_per_table), .element = &element_item_collection_metrics_per_table, .element_bytes = sizeof(struct item_collection_metrics_multiple), .rule = NULL, .key_rule = &rules[13], .checked = true};

static const struct shape_member element_item_collection_size_estimate_range = {TEXT(""), TEXT(""), TEXT(""), SHAPE_DOUBLE, 0, false, false, NULL, NULL};
const struct shape shape_item_collection_size_estimate_range = {.name = "ItemCollectionSizeEstimateRange", .kind = SHAPE_LIST, .bytes = sizeof(struct item_collection_size_estimate_range), .element = &element_item_collection_size_estimate_range, .element_bytes = sizeof(struct opt_double), .rule = NULL, .checked = true};

static const struct shape_member element_item_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_ITEM, 0, false, false, &shape_attribute_map, NULL};
const struct shape shape_item_list = {.name = "ItemList", .kind = SHAPE_LIST, .bytes = sizeof(struct item_list), .element = &element_item_list, .element_bytes = sizeof(struct attribute_map), .rule = NULL, .checked = true};

static const struct shape_member members_item_response[] = {
    {TEXT("Item"), TEXT("item"), TEXT("\"Item\":"), SHAPE_ITEM, offsetof(struct item_response, item), false, false, &shape_attribute_map, NULL},
};
static const uint8_t order_item_response[] = {0};
static const uint8_t lookup_item_response[] = {
    1, 0,
};
const struct shape shape_item_response = {.name = "ItemResponse", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct item_response), .members = members_item_response, .members_count = 1, .check_order = order_item_response, .checked = false, .lookup = lookup_item_response, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member element_item_response_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_item_response, NULL};
const struct shape shape_item_response_list = {.name = "ItemResponseList", .kind = SHAPE_LIST, .bytes = sizeof(struct item_response_list), .element = &element_item_response_list, .element_bytes = sizeof(struct item_response), .rule = &rules[15], .checked = true};

const struct shape shape_key = {.name = "Key", .kind = SHAPE_ITEM, .bytes = sizeof(struct attribute_map)};

static const struct shape_member element_key_conditions = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_condition, NULL};
const struct shape shape_key_conditions = {.name = "KeyConditions", .kind = SHAPE_MAP, .bytes = sizeof(struct key_conditions), .element = &element_key_conditions, .element_bytes = sizeof(struct condition), .rule = NULL, .checked = true};

static const struct shape_member element_key_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_ITEM, 0, false, false, &shape_key, NULL};
const struct shape shape_key_list = {.name = "KeyList", .kind = SHAPE_LIST, .bytes = sizeof(struct key_list), .element = &element_key_list, .element_bytes = sizeof(struct attribute_map), .rule = &rules[15], .checked = true};

static const struct shape_member element_key_schema = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_key_schema_element, NULL};
const struct shape shape_key_schema = {.name = "KeySchema", .kind = SHAPE_LIST, .bytes = sizeof(struct key_schema), .element = &element_key_schema, .element_bytes = sizeof(struct key_schema_element), .rule = &rules[4], .checked = true};

static const struct shape_member members_key_schema_element[] = {
    {TEXT("AttributeName"), TEXT("attributeName"), TEXT("\"AttributeName\":"), SHAPE_STRING, offsetof(struct key_schema_element, attribute_name), true, false, NULL, &rules[1]},
    {TEXT("KeyType"), TEXT("keyType"), TEXT("\"KeyType\":"), SHAPE_STRING, offsetof(struct key_schema_element, key_type), true, false, NULL, &rules[66]},
};
static const uint8_t order_key_schema_element[] = {0, 1};
static const uint8_t lookup_key_schema_element[] = {
    1, 0, 0, 2,
};
const struct shape shape_key_schema_element = {.name = "KeySchemaElement", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct key_schema_element), .members = members_key_schema_element, .members_count = 2, .check_order = order_key_schema_element, .checked = true, .lookup = lookup_key_schema_element, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_keys_and_attributes[] = {
    {TEXT("Keys"), TEXT("keys"), TEXT("\"Keys\":"), SHAPE_LIST, offsetof(struct keys_and_attributes, keys), true, false, &shape_key_list, NULL},
    {TEXT("AttributesToGet"), TEXT("attributesToGet"), TEXT("\"AttributesToGet\":"), SHAPE_LIST, offsetof(struct keys_and_attributes, attributes_to_get), false, false, &shape_attribute_name_list, &rules[1]},
    {TEXT("ConsistentRead"), TEXT("consistentRead"), TEXT("\"ConsistentRead\":"), SHAPE_BOOLEAN, offsetof(struct keys_and_attributes, consistent_read), false, false, NULL, NULL},
    {TEXT("ProjectionExpression"), TEXT("projectionExpression"), TEXT("\"ProjectionExpression\":"), SHAPE_STRING, offsetof(struct keys_and_attributes, projection_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct keys_and_attributes, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
};
static const uint8_t order_keys_and_attributes[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_keys_and_attributes[] = {
    0, 0, 0, 0, 0, 1, 2, 3, 5, 0, 0, 4, 0, 0, 0, 0,
};
const struct shape shape_keys_and_attributes = {.name = "KeysAndAttributes", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct keys_and_attributes), .members = members_keys_and_attributes, .members_count = 5, .check_order = order_keys_and_attributes, .checked = true, .lookup = lookup_keys_and_attributes, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member members_kinesis_data_stream_destination[] = {
    {TEXT("StreamArn"), TEXT("streamArn"), TEXT("\"StreamArn\":"), SHAPE_STRING, offsetof(struct kinesis_data_stream_destination, stream_arn), false, false, NULL, &rules[0]},
    {TEXT("DestinationStatus"), TEXT("destinationStatus"), TEXT("\"DestinationStatus\":"), SHAPE_STRING, offsetof(struct kinesis_data_stream_destination, destination_status), false, false, NULL, &rules[67]},
    {TEXT("DestinationStatusDescription"), TEXT("destinationStatusDescription"), TEXT("\"DestinationStatusDescription\":"), SHAPE_STRING, offsetof(struct kinesis_data_stream_destination, destination_status_description), false, false, NULL, NULL},
    {TEXT("ApproximateCreationDateTimePrecision"), TEXT("approximateCreationDateTimePrecision"), TEXT("\"ApproximateCreationDateTimePrecision\":"), SHAPE_STRING, offsetof(struct kinesis_data_stream_destination, approximate_creation_date_time_precision), false, false, NULL, &rules[44]},
};
static const uint8_t order_kinesis_data_stream_destination[] = {0, 1, 2, 3};
static const uint8_t lookup_kinesis_data_stream_destination[] = {
    0, 1, 0, 0, 2, 4, 0, 3,
};
const struct shape shape_kinesis_data_stream_destination = {.name = "KinesisDataStreamDestination", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct kinesis_data_stream_destination), .members = members_kinesis_data_stream_destination, .members_count = 4, .check_order = order_kinesis_data_stream_destination, .checked = true, .lookup = lookup_kinesis_data_stream_destination, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member element_kinesis_data_stream_destinations = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_kinesis_data_stream_destination, NULL};
const struct shape shape_kinesis_data_stream_destinations = {.name = "KinesisDataStreamDestinations", .kind = SHAPE_LIST, .bytes = sizeof(struct kinesis_data_stream_destinations), .element = &element_kinesis_data_stream_destinations, .element_bytes = sizeof(struct kinesis_data_stream_destination), .rule = NULL, .checked = true};

static const struct shape_member members_kinesis_streaming_destination_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct kinesis_streaming_destination_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("StreamArn"), TEXT("streamArn"), TEXT("\"StreamArn\":"), SHAPE_STRING, offsetof(struct kinesis_streaming_destination_input, stream_arn), true, false, NULL, &rules[0]},
    {TEXT("EnableKinesisStreamingConfiguration"), TEXT("enableKinesisStreamingConfiguration"), TEXT("\"EnableKinesisStreamingConfiguration\":"), SHAPE_STRUCTURE, offsetof(struct kinesis_streaming_destination_input, enable_kinesis_streaming_configuration), false, false, &shape_enable_kinesis_streaming_configuration, NULL},
};
static const uint8_t order_kinesis_streaming_destination_input[] = {0, 1, 2};
static const uint8_t lookup_kinesis_streaming_destination_input[] = {
    0, 3, 1, 0, 0, 2, 0, 0,
};
const struct shape shape_kinesis_streaming_destination_input = {.name = "KinesisStreamingDestinationInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct kinesis_streaming_destination_input), .members = members_kinesis_streaming_destination_input, .members_count = 3, .check_order = order_kinesis_streaming_destination_input, .checked = true, .lookup = lookup_kinesis_streaming_destination_input, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_kinesis_streaming_destination_output[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct kinesis_streaming_destination_output, table_name), false, false, NULL, &rules[8]},
    {TEXT("StreamArn"), TEXT("streamArn"), TEXT("\"StreamArn\":"), SHAPE_STRING, offsetof(struct kinesis_streaming_destination_output, stream_arn), false, false, NULL, &rules[0]},
    {TEXT("DestinationStatus"), TEXT("destinationStatus"), TEXT("\"DestinationStatus\":"), SHAPE_STRING, offsetof(struct kinesis_streaming_destination_output, destination_status), false, false, NULL, &rules[67]},
    {TEXT("EnableKinesisStreamingConfiguration"), TEXT("enableKinesisStreamingConfiguration"), TEXT("\"EnableKinesisStreamingConfiguration\":"), SHAPE_STRUCTURE, offsetof(struct kinesis_streaming_destination_output, enable_kinesis_streaming_configuration), false, false, &shape_enable_kinesis_streaming_configuration, NULL},
};
static const uint8_t order_kinesis_streaming_destination_output[] = {0, 1, 2, 3};
static const uint8_t lookup_kinesis_streaming_destination_output[] = {
    0, 0, 0, 2, 0, 4, 1, 3,
};
const struct shape shape_kinesis_streaming_destination_output = {.name = "KinesisStreamingDestinationOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct kinesis_streaming_destination_output), .members = members_kinesis_streaming_destination_output, .members_count = 4, .check_order = order_kinesis_streaming_destination_output, .checked = true, .lookup = lookup_kinesis_streaming_destination_output, .lookup_mask = 7, .lookup_seed = 0x618f19f3};

static const struct shape_member members_list_backups_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct list_backups_input, table_name), false, false, NULL, &rules[27]},
    {TEXT("Limit"), TEXT("limit"), TEXT("\"Limit\":"), SHAPE_INTEGER, offsetof(struct list_backups_input, limit), false, false, NULL, &rules[15]},
    {TEXT("TimeRangeLowerBound"), TEXT("timeRangeLowerBound"), TEXT("\"TimeRangeLowerBound\":"), SHAPE_TIMESTAMP, offsetof(struct list_backups_input, time_range_lower_bound), false, false, NULL, NULL},
    {TEXT("TimeRangeUpperBound"), TEXT("timeRangeUpperBound"), TEXT("\"TimeRangeUpperBound\":"), SHAPE_TIMESTAMP, offsetof(struct list_backups_input, time_range_upper_bound), false, false, NULL, NULL},
    {TEXT("ExclusiveStartBackupArn"), TEXT("exclusiveStartBackupArn"), TEXT("\"ExclusiveStartBackupArn\":"), SHAPE_STRING, offsetof(struct list_backups_input, exclusive_start_backup_arn), false, false, NULL, &rules[0]},
    {TEXT("BackupType"), TEXT("backupType"), TEXT("\"BackupType\":"), SHAPE_STRING, offsetof(struct list_backups_input, backup_type), false, false, NULL, &rules[68]},
};
static const uint8_t order_list_backups_input[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_list_backups_input[] = {
    2, 0, 6, 0, 0, 0, 1, 0, 0, 4, 0, 0, 3, 5, 0, 0,
};
const struct shape shape_list_backups_input = {.name = "ListBackupsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_backups_input), .members = members_list_backups_input, .members_count = 6, .check_order = order_list_backups_input, .checked = true, .lookup = lookup_list_backups_input, .lookup_mask = 15, .lookup_seed = 0x618f19f3};

static const struct shape_member members_list_backups_output[] = {
    {TEXT("BackupSummaries"), TEXT("backupSummaries"), TEXT("\"BackupSummaries\":"), SHAPE_LIST, offsetof(struct list_backups_output, backup_summaries), false, false, &shape_backup_summaries, NULL},
    {TEXT("LastEvaluatedBackupArn"), TEXT("lastEvaluatedBackupArn"), TEXT("\"LastEvaluatedBackupArn\":"), SHAPE_STRING, offsetof(struct list_backups_output, last_evaluated_backup_arn), false, false, NULL, &rules[0]},
};
static const uint8_t order_list_backups_output[] = {0, 1};
static const uint8_t lookup_list_backups_output[] = {
    1, 0, 0, 2,
};
const struct shape shape_list_backups_output = {.name = "ListBackupsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_backups_output), .members = members_list_backups_output, .members_count = 2, .check_order = order_list_backups_output, .checked = true, .lookup = lookup_list_backups_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_list_bulk_operations_input[] = {
    {TEXT("MaxResults"), TEXT("maxResults"), TEXT("\"MaxResults\":"), SHAPE_INTEGER, offsetof(struct list_bulk_operations_input, max_results), false, false, NULL, &rules[21]},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct list_bulk_operations_input, next_token), false, false, NULL, &rules[69]},
};
static const uint8_t order_list_bulk_operations_input[] = {0, 1};
static const uint8_t lookup_list_bulk_operations_input[] = {
    1, 2, 0, 0,
};
const struct shape shape_list_bulk_operations_input = {.name = "ListBulkOperationsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_bulk_operations_input), .members = members_list_bulk_operations_input, .members_count = 2, .check_order = order_list_bulk_operations_input, .checked = true, .lookup = lookup_list_bulk_operations_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_list_bulk_operations_output[] = {
    {TEXT("BulkOperationsSummaryList"), TEXT("bulkOperationsSummaryList"), TEXT("\"BulkOperationsSummaryList\":"), SHAPE_LIST, offsetof(struct list_bulk_operations_output, bulk_operations_summary_list), false, false, &shape_bulk_operations_summary_list, NULL},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct list_bulk_operations_output, next_token), false, false, NULL, &rules[69]},
};
static const uint8_t order_list_bulk_operations_output[] = {0, 1};
static const uint8_t lookup_list_bulk_operations_output[] = {
    2, 0, 1, 0,
};
const struct shape shape_list_bulk_operations_output = {.name = "ListBulkOperationsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_bulk_operations_output), .members = members_list_bulk_operations_output, .members_count = 2, .check_order = order_list_bulk_operations_output, .checked = true, .lookup = lookup_list_bulk_operations_output, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member members_list_contributor_insights_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct list_contributor_insights_input, table_name), false, false, NULL, &rules[27]},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct list_contributor_insights_input, next_token), false, false, NULL, NULL},
    {TEXT("MaxResults"), TEXT("maxResults"), TEXT("\"MaxResults\":"), SHAPE_INTEGER, offsetof(struct list_contributor_insights_input, max_results), false, false, NULL, &rules[70]},
};
static const uint8_t order_list_contributor_insights_input[] = {0, 1, 2};
static const uint8_t lookup_list_contributor_insights_input[] = {
    2, 0, 1, 0, 3, 0, 0, 0,
};
const struct shape shape_list_contributor_insights_input = {.name = "ListContributorInsightsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_contributor_insights_input), .members = members_list_contributor_insights_input, .members_count = 3, .check_order = order_list_contributor_insights_input, .checked = true, .lookup = lookup_list_contributor_insights_input, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_list_contributor_insights_output[] = {
    {TEXT("ContributorInsightsSummaries"), TEXT("contributorInsightsSummaries"), TEXT("\"ContributorInsightsSummaries\":"), SHAPE_LIST, offsetof(struct list_contributor_insights_output, contributor_insights_summaries), false, false, &shape_contributor_insights_summaries, NULL},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct list_contributor_insights_output, next_token), false, false, NULL, NULL},
};
static const uint8_t order_list_contributor_insights_output[] = {0, 1};
static const uint8_t lookup_list_contributor_insights_output[] = {
    1, 2, 0, 0,
};
const struct shape shape_list_contributor_insights_output = {.name = "ListContributorInsightsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_contributor_insights_output), .members = members_list_contributor_insights_output, .members_count = 2, .check_order = order_list_contributor_insights_output, .checked = true, .lookup = lookup_list_contributor_insights_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_list_exports_input[] = {
    {TEXT("TableArn"), TEXT("tableArn"), TEXT("\"TableArn\":"), SHAPE_STRING, offsetof(struct list_exports_input, table_arn), false, false, NULL, &rules[13]},
    {TEXT("MaxResults"), TEXT("maxResults"), TEXT("\"MaxResults\":"), SHAPE_INTEGER, offsetof(struct list_exports_input, max_results), false, false, NULL, &rules[21]},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct list_exports_input, next_token), false, false, NULL, NULL},
};
static const uint8_t order_list_exports_input[] = {0, 1, 2};
static const uint8_t lookup_list_exports_input[] = {
    2, 0, 0, 0, 0, 3, 1, 0,
};
const struct shape shape_list_exports_input = {.name = "ListExportsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_exports_input), .members = members_list_exports_input, .members_count = 3, .check_order = order_list_exports_input, .checked = true, .lookup = lookup_list_exports_input, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_list_exports_output[] = {
    {TEXT("ExportSummaries"), TEXT("exportSummaries"), TEXT("\"ExportSummaries\":"), SHAPE_LIST, offsetof(struct list_exports_output, export_summaries), false, false, &shape_export_summaries, NULL},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct list_exports_output, next_token), false, false, NULL, NULL},
};
static const uint8_t order_list_exports_output[] = {0, 1};
static const uint8_t lookup_list_exports_output[] = {
    0, 2, 1, 0,
};
const struct shape shape_list_exports_output = {.name = "ListExportsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_exports_output), .members = members_list_exports_output, .members_count = 2, .check_order = order_list_exports_output, .checked = true, .lookup = lookup_list_exports_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_list_global_tables_input[] = {
    {TEXT("ExclusiveStartGlobalTableName"), TEXT("exclusiveStartGlobalTableName"), TEXT("\"ExclusiveStartGlobalTableName\":"), SHAPE_STRING, offsetof(struct list_global_tables_input, exclusive_start_global_table_name), false, false, NULL, &rules[8]},
    {TEXT("Limit"), TEXT("limit"), TEXT("\"Limit\":"), SHAPE_INTEGER, offsetof(struct list_global_tables_input, limit), false, false, NULL, &rules[4]},
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct list_global_tables_input, region_name), false, false, NULL, NULL},
};
static const uint8_t order_list_global_tables_input[] = {0, 1, 2};
static const uint8_t lookup_list_global_tables_input[] = {
    2, 0, 0, 0, 3, 0, 1, 0,
};
const struct shape shape_list_global_tables_input = {.name = "ListGlobalTablesInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_global_tables_input), .members = members_list_global_tables_input, .members_count = 3, .check_order = order_list_global_tables_input, .checked = true, .lookup = lookup_list_global_tables_input, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_list_global_tables_output[] = {
    {TEXT("GlobalTables"), TEXT("globalTables"), TEXT("\"GlobalTables\":"), SHAPE_LIST, offsetof(struct list_global_tables_output, global_tables), false, false, &shape_global_table_list, NULL},
    {TEXT("LastEvaluatedGlobalTableName"), TEXT("lastEvaluatedGlobalTableName"), TEXT("\"LastEvaluatedGlobalTableName\":"), SHAPE_STRING, offsetof(struct list_global_tables_output, last_evaluated_global_table_name), false, false, NULL, &rules[8]},
};
static const uint8_t order_list_global_tables_output[] = {0, 1};
static const uint8_t lookup_list_global_tables_output[] = {
    1, 2, 0, 0,
};
const struct shape shape_list_global_tables_output = {.name = "ListGlobalTablesOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_global_tables_output), .members = members_list_global_tables_output, .members_count = 2, .check_order = order_list_global_tables_output, .checked = true, .lookup = lookup_list_global_tables_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_list_imports_input[] = {
    {TEXT("TableArn"), TEXT("tableArn"), TEXT("\"TableArn\":"), SHAPE_STRING, offsetof(struct list_imports_input, table_arn), false, false, NULL, &rules[13]},
    {TEXT("PageSize"), TEXT("pageSize"), TEXT("\"PageSize\":"), SHAPE_INTEGER, offsetof(struct list_imports_input, page_size), false, false, NULL, &rules[21]},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct list_imports_input, next_token), false, false, NULL, &rules[71]},
};
static const uint8_t order_list_imports_input[] = {0, 1, 2};
static const uint8_t lookup_list_imports_input[] = {
    0, 0, 0, 0, 2, 3, 1, 0,
};
const struct shape shape_list_imports_input = {.name = "ListImportsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_imports_input), .members = members_list_imports_input, .members_count = 3, .check_order = order_list_imports_input, .checked = true, .lookup = lookup_list_imports_input, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_list_imports_output[] = {
    {TEXT("ImportSummaryList"), TEXT("importSummaryList"), TEXT("\"ImportSummaryList\":"), SHAPE_LIST, offsetof(struct list_imports_output, import_summary_list), false, false, &shape_import_summary_list, NULL},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct list_imports_output, next_token), false, false, NULL, &rules[71]},
};
static const uint8_t order_list_imports_output[] = {0, 1};
static const uint8_t lookup_list_imports_output[] = {
    1, 2, 0, 0,
};
const struct shape shape_list_imports_output = {.name = "ListImportsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_imports_output), .members = members_list_imports_output, .members_count = 2, .check_order = order_list_imports_output, .checked = true, .lookup = lookup_list_imports_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_list_streams_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct list_streams_input, table_name), false, false, NULL, &rules[8]},
    {TEXT("Limit"), TEXT("limit"), TEXT("\"Limit\":"), SHAPE_INTEGER, offsetof(struct list_streams_input, limit), false, false, NULL, &rules[15]},
    {TEXT("ExclusiveStartStreamArn"), TEXT("exclusiveStartStreamArn"), TEXT("\"ExclusiveStartStreamArn\":"), SHAPE_STRING, offsetof(struct list_streams_input, exclusive_start_stream_arn), false, false, NULL, &rules[0]},
};
static const uint8_t order_list_streams_input[] = {0, 1, 2};
static const uint8_t lookup_list_streams_input[] = {
    2, 0, 1, 0, 0, 0, 3, 0,
};
const struct shape shape_list_streams_input = {.name = "ListStreamsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_streams_input), .members = members_list_streams_input, .members_count = 3, .check_order = order_list_streams_input, .checked = true, .lookup = lookup_list_streams_input, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_list_streams_output[] = {
    {TEXT("Streams"), TEXT("streams"), TEXT("\"Streams\":"), SHAPE_LIST, offsetof(struct list_streams_output, streams), false, false, &shape_stream_list, NULL},
    {TEXT("LastEvaluatedStreamArn"), TEXT("lastEvaluatedStreamArn"), TEXT("\"LastEvaluatedStreamArn\":"), SHAPE_STRING, offsetof(struct list_streams_output, last_evaluated_stream_arn), false, false, NULL, &rules[0]},
};
static const uint8_t order_list_streams_output[] = {0, 1};
static const uint8_t lookup_list_streams_output[] = {
    0, 2, 1, 0,
};
const struct shape shape_list_streams_output = {.name = "ListStreamsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_streams_output), .members = members_list_streams_output, .members_count = 2, .check_order = order_list_streams_output, .checked = true, .lookup = lookup_list_streams_output, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member members_list_tables_input[] = {
    {TEXT("ExclusiveStartTableName"), TEXT("exclusiveStartTableName"), TEXT("\"ExclusiveStartTableName\":"), SHAPE_STRING, offsetof(struct list_tables_input, exclusive_start_table_name), false, false, NULL, &rules[8]},
    {TEXT("Limit"), TEXT("limit"), TEXT("\"Limit\":"), SHAPE_INTEGER, offsetof(struct list_tables_input, limit), false, false, NULL, &rules[15]},
};
static const uint8_t order_list_tables_input[] = {0, 1};
static const uint8_t lookup_list_tables_input[] = {
    0, 1, 2, 0,
};
const struct shape shape_list_tables_input = {.name = "ListTablesInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_tables_input), .members = members_list_tables_input, .members_count = 2, .check_order = order_list_tables_input, .checked = true, .lookup = lookup_list_tables_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_list_tables_output[] = {
    {TEXT("TableNames"), TEXT("tableNames"), TEXT("\"TableNames\":"), SHAPE_LIST, offsetof(struct list_tables_output, table_names), false, false, &shape_table_name_list, NULL},
    {TEXT("LastEvaluatedTableName"), TEXT("lastEvaluatedTableName"), TEXT("\"LastEvaluatedTableName\":"), SHAPE_STRING, offsetof(struct list_tables_output, last_evaluated_table_name), false, false, NULL, &rules[8]},
};
static const uint8_t order_list_tables_output[] = {0, 1};
static const uint8_t lookup_list_tables_output[] = {
    1, 2, 0, 0,
};
const struct shape shape_list_tables_output = {.name = "ListTablesOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_tables_output), .members = members_list_tables_output, .members_count = 2, .check_order = order_list_tables_output, .checked = true, .lookup = lookup_list_tables_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_list_tags_of_resource_input[] = {
    {TEXT("ResourceArn"), TEXT("resourceArn"), TEXT("\"ResourceArn\":"), SHAPE_STRING, offsetof(struct list_tags_of_resource_input, resource_arn), true, false, NULL, &rules[41]},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct list_tags_of_resource_input, next_token), false, false, NULL, NULL},
};
static const uint8_t order_list_tags_of_resource_input[] = {0, 1};
static const uint8_t lookup_list_tags_of_resource_input[] = {
    1, 0, 0, 2,
};
const struct shape shape_list_tags_of_resource_input = {.name = "ListTagsOfResourceInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_tags_of_resource_input), .members = members_list_tags_of_resource_input, .members_count = 2, .check_order = order_list_tags_of_resource_input, .checked = true, .lookup = lookup_list_tags_of_resource_input, .lookup_mask = 3, .lookup_seed = 0x618f19f3};

static const struct shape_member members_list_tags_of_resource_output[] = {
    {TEXT("Tags"), TEXT("tags"), TEXT("\"Tags\":"), SHAPE_LIST, offsetof(struct list_tags_of_resource_output, tags), false, false, &shape_tag_list, NULL},
    {TEXT("NextToken"), TEXT("nextToken"), TEXT("\"NextToken\":"), SHAPE_STRING, offsetof(struct list_tags_of_resource_output, next_token), false, false, NULL, NULL},
};
static const uint8_t order_list_tags_of_resource_output[] = {0, 1};
static const uint8_t lookup_list_tags_of_resource_output[] = {
    0, 2, 1, 0,
};
const struct shape shape_list_tags_of_resource_output = {.name = "ListTagsOfResourceOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct list_tags_of_resource_output), .members = members_list_tags_of_resource_output, .members_count = 2, .check_order = order_list_tags_of_resource_output, .checked = true, .lookup = lookup_list_tags_of_resource_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_local_secondary_index[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct local_secondary_index, index_name), true, false, NULL, &rules[8]},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct local_secondary_index, key_schema), true, false, &shape_key_schema, &rules[34]},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct local_secondary_index, projection), true, false, &shape_projection, NULL},
};
static const uint8_t order_local_secondary_index[] = {0, 1, 2};
static const uint8_t lookup_local_secondary_index[] = {
    0, 1, 2, 0, 0, 3, 0, 0,
};
const struct shape shape_local_secondary_index = {.name = "LocalSecondaryIndex", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct local_secondary_index), .members = members_local_secondary_index, .members_count = 3, .check_order = order_local_secondary_index, .checked = true, .lookup = lookup_local_secondary_index, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_local_secondary_index_description[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct local_secondary_index_description, index_name), false, false, NULL, &rules[8]},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct local_secondary_index_description, key_schema), false, false, &shape_key_schema, NULL},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct local_secondary_index_description, projection), false, false, &shape_projection, NULL},
    {TEXT("IndexSizeBytes"), TEXT("indexSizeBytes"), TEXT("\"IndexSizeBytes\":"), SHAPE_LONG, offsetof(struct local_secondary_index_description, index_size_bytes), false, false, NULL, NULL},
    {TEXT("ItemCount"), TEXT("itemCount"), TEXT("\"ItemCount\":"), SHAPE_LONG, offsetof(struct local_secondary_index_description, item_count), false, false, NULL, NULL},
    {TEXT("IndexArn"), TEXT("indexArn"), TEXT("\"IndexArn\":"), SHAPE_STRING, offsetof(struct local_secondary_index_description, index_arn), false, false, NULL, NULL},
};
static const uint8_t order_local_secondary_index_description[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_local_secondary_index_description[] = {
    2, 0, 0, 0, 3, 1, 6, 0, 5, 0, 0, 4, 0, 0, 0, 0,
};
const struct shape shape_local_secondary_index_description = {.name = "LocalSecondaryIndexDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct local_secondary_index_description), .members = members_local_secondary_index_description, .members_count = 6, .check_order = order_local_secondary_index_description, .checked = true, .lookup = lookup_local_secondary_index_description, .lookup_mask = 15, .lookup_seed = 0xb245ef27};

static const struct shape_member element_local_secondary_index_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_local_secondary_index_description, NULL};
const struct shape shape_local_secondary_index_description_list = {.name = "LocalSecondaryIndexDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct local_secondary_index_description_list), .element = &element_local_secondary_index_description_list, .element_bytes = sizeof(struct local_secondary_index_description), .rule = NULL, .checked = true};

static const struct shape_member members_local_secondary_index_info[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct local_secondary_index_info, index_name), false, false, NULL, &rules[8]},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct local_secondary_index_info, key_schema), false, false, &shape_key_schema, NULL},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct local_secondary_index_info, projection), false, false, &shape_projection, NULL},
};
static const uint8_t order_local_secondary_index_info[] = {0, 1, 2};
static const uint8_t lookup_local_secondary_index_info[] = {
    0, 1, 2, 0, 0, 3, 0, 0,
};
const struct shape shape_local_secondary_index_info = {.name = "LocalSecondaryIndexInfo", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct local_secondary_index_info), .members = members_local_secondary_index_info, .members_count = 3, .check_order = order_local_secondary_index_info, .checked = true, .lookup = lookup_local_secondary_index_info, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member element_local_secondary_index_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_local_secondary_index, NULL};
const struct shape shape_local_secondary_index_list = {.name = "LocalSecondaryIndexList", .kind = SHAPE_LIST, .bytes = sizeof(struct local_secondary_index_list), .element = &element_local_secondary_index_list, .element_bytes = sizeof(struct local_secondary_index), .rule = NULL, .checked = true};

static const struct shape_member element_local_secondary_indexes = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_local_secondary_index_info, NULL};
const struct shape shape_local_secondary_indexes = {.name = "LocalSecondaryIndexes", .kind = SHAPE_LIST, .bytes = sizeof(struct local_secondary_indexes), .element = &element_local_secondary_indexes, .element_bytes = sizeof(struct local_secondary_index_info), .rule = NULL, .checked = true};

static const struct shape_member element_non_key_attribute_name_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRING, 0, false, false, NULL, &rules[1]};
const struct shape shape_non_key_attribute_name_list = {.name = "NonKeyAttributeNameList", .kind = SHAPE_LIST, .bytes = sizeof(struct non_key_attribute_name_list), .element = &element_non_key_attribute_name_list, .element_bytes = sizeof(struct slice), .rule = &rules[59], .checked = true};

static const struct shape_member members_on_demand_throughput[] = {
    {TEXT("MaxReadRequestUnits"), TEXT("maxReadRequestUnits"), TEXT("\"MaxReadRequestUnits\":"), SHAPE_LONG, offsetof(struct model_on_demand_throughput, max_read_request_units), false, false, NULL, NULL},
    {TEXT("MaxWriteRequestUnits"), TEXT("maxWriteRequestUnits"), TEXT("\"MaxWriteRequestUnits\":"), SHAPE_LONG, offsetof(struct model_on_demand_throughput, max_write_request_units), false, false, NULL, NULL},
};
static const uint8_t order_on_demand_throughput[] = {0, 1};
static const uint8_t lookup_on_demand_throughput[] = {
    0, 1, 0, 2,
};
const struct shape shape_on_demand_throughput = {.name = "OnDemandThroughput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct model_on_demand_throughput), .members = members_on_demand_throughput, .members_count = 2, .check_order = order_on_demand_throughput, .checked = false, .lookup = lookup_on_demand_throughput, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_on_demand_throughput_override[] = {
    {TEXT("MaxReadRequestUnits"), TEXT("maxReadRequestUnits"), TEXT("\"MaxReadRequestUnits\":"), SHAPE_LONG, offsetof(struct on_demand_throughput_override, max_read_request_units), false, false, NULL, NULL},
};
static const uint8_t order_on_demand_throughput_override[] = {0};
static const uint8_t lookup_on_demand_throughput_override[] = {
    0, 1,
};
const struct shape shape_on_demand_throughput_override = {.name = "OnDemandThroughputOverride", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct on_demand_throughput_override), .members = members_on_demand_throughput_override, .members_count = 1, .check_order = order_on_demand_throughput_override, .checked = false, .lookup = lookup_on_demand_throughput_override, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_output_s3_configuration[] = {
    {TEXT("OutputType"), TEXT("outputType"), TEXT("\"OutputType\":"), SHAPE_LIST, offsetof(struct output_s3_configuration, output_type), true, false, &shape_output_s3_configuration_output_type, NULL},
    {TEXT("S3BucketOwner"), TEXT("s3BucketOwner"), TEXT("\"S3BucketOwner\":"), SHAPE_STRING, offsetof(struct output_s3_configuration, s3_bucket_owner), false, false, NULL, &rules[49]},
    {TEXT("S3Bucket"), TEXT("s3Bucket"), TEXT("\"S3Bucket\":"), SHAPE_STRING, offsetof(struct output_s3_configuration, s3_bucket), false, false, NULL, &rules[48]},
    {TEXT("S3KeyPrefix"), TEXT("s3KeyPrefix"), TEXT("\"S3KeyPrefix\":"), SHAPE_STRING, offsetof(struct output_s3_configuration, s3_key_prefix), false, false, NULL, &rules[50]},
    {TEXT("S3SseAlgorithm"), TEXT("s3SseAlgorithm"), TEXT("\"S3SseAlgorithm\":"), SHAPE_STRING, offsetof(struct output_s3_configuration, s3_sse_algorithm), false, false, NULL, &rules[51]},
    {TEXT("S3SseKmsKeyId"), TEXT("s3SseKmsKeyId"), TEXT("\"S3SseKmsKeyId\":"), SHAPE_STRING, offsetof(struct output_s3_configuration, s3_sse_kms_key_id), false, false, NULL, &rules[52]},
};
static const uint8_t order_output_s3_configuration[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_output_s3_configuration[] = {
    2, 5, 4, 0, 0, 3, 0, 6, 0, 0, 0, 0, 0, 0, 0, 1,
};
const struct shape shape_output_s3_configuration = {.name = "OutputS3Configuration", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct output_s3_configuration), .members = members_output_s3_configuration, .members_count = 6, .check_order = order_output_s3_configuration, .checked = true, .lookup = lookup_output_s3_configuration, .lookup_mask = 15, .lookup_seed = 0x1dccba82};

static const struct shape_member element_output_s3_configuration_output_type = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRING, 0, false, false, NULL, &rules[72]};
const struct shape shape_output_s3_configuration_output_type = {.name = "OutputS3ConfigurationOutputType", .kind = SHAPE_LIST, .bytes = sizeof(struct output_s3_configuration_output_type), .element = &element_output_s3_configuration_output_type, .element_bytes = sizeof(struct slice), .rule = NULL, .checked = true};

static const struct shape_member members_parameterized_statement[] = {
    {TEXT("Statement"), TEXT("statement"), TEXT("\"Statement\":"), SHAPE_STRING, offsetof(struct parameterized_statement, statement), true, false, NULL, &rules[18]},
    {TEXT("Parameters"), TEXT("parameters"), TEXT("\"Parameters\":"), SHAPE_LIST, offsetof(struct parameterized_statement, parameters), false, false, &shape_prepared_statement_parameters, NULL},
    {TEXT("ReturnValuesOnConditionCheckFailure"), TEXT("returnValuesOnConditionCheckFailure"), TEXT("\"ReturnValuesOnConditionCheckFailure\":"), SHAPE_STRING, offsetof(struct parameterized_statement, return_values_on_condition_check_failure), false, false, NULL, &rules[19]},
};
static const uint8_t order_parameterized_statement[] = {0, 1, 2};
static const uint8_t lookup_parameterized_statement[] = {
    0, 1, 0, 2, 3, 0, 0, 0,
};
const struct shape shape_parameterized_statement = {.name = "ParameterizedStatement", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct parameterized_statement), .members = members_parameterized_statement, .members_count = 3, .check_order = order_parameterized_statement, .checked = true, .lookup = lookup_parameterized_statement, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member element_parameterized_statements = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_parameterized_statement, NULL};
const struct shape shape_parameterized_statements = {.name = "ParameterizedStatements", .kind = SHAPE_LIST, .bytes = sizeof(struct parameterized_statements), .element = &element_parameterized_statements, .element_bytes = sizeof(struct parameterized_statement), .rule = &rules[15], .checked = true};

static const struct shape_member element_partiql_batch_request = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_batch_statement_request, NULL};
const struct shape shape_partiql_batch_request = {.name = "PartiQLBatchRequest", .kind = SHAPE_LIST, .bytes = sizeof(struct partiql_batch_request), .element = &element_partiql_batch_request, .element_bytes = sizeof(struct batch_statement_request), .rule = &rules[21], .checked = true};

static const struct shape_member element_partiql_batch_response = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_batch_statement_response, NULL};
const struct shape shape_partiql_batch_response = {.name = "PartiQLBatchResponse", .kind = SHAPE_LIST, .bytes = sizeof(struct partiql_batch_response), .element = &element_partiql_batch_response, .element_bytes = sizeof(struct batch_statement_response), .rule = NULL, .checked = true};

static const struct shape_member members_point_in_time_recovery_description[] = {
    {TEXT("PointInTimeRecoveryStatus"), TEXT("pointInTimeRecoveryStatus"), TEXT("\"PointInTimeRecoveryStatus\":"), SHAPE_STRING, offsetof(struct point_in_time_recovery_description, point_in_time_recovery_status), false, false, NULL, &rules[29]},
    {TEXT("RecoveryPeriodInDays"), TEXT("recoveryPeriodInDays"), TEXT("\"RecoveryPeriodInDays\":"), SHAPE_INTEGER, offsetof(struct point_in_time_recovery_description, recovery_period_in_days), false, false, NULL, &rules[73]},
    {TEXT("EarliestRestorableDateTime"), TEXT("earliestRestorableDateTime"), TEXT("\"EarliestRestorableDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct point_in_time_recovery_description, earliest_restorable_date_time), false, false, NULL, NULL},
    {TEXT("LatestRestorableDateTime"), TEXT("latestRestorableDateTime"), TEXT("\"LatestRestorableDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct point_in_time_recovery_description, latest_restorable_date_time), false, false, NULL, NULL},
};
static const uint8_t order_point_in_time_recovery_description[] = {0, 1, 2, 3};
static const uint8_t lookup_point_in_time_recovery_description[] = {
    0, 4, 0, 2, 0, 3, 0, 1,
};
const struct shape shape_point_in_time_recovery_description = {.name = "PointInTimeRecoveryDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct point_in_time_recovery_description), .members = members_point_in_time_recovery_description, .members_count = 4, .check_order = order_point_in_time_recovery_description, .checked = true, .lookup = lookup_point_in_time_recovery_description, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_point_in_time_recovery_specification[] = {
    {TEXT("PointInTimeRecoveryEnabled"), TEXT("pointInTimeRecoveryEnabled"), TEXT("\"PointInTimeRecoveryEnabled\":"), SHAPE_BOOLEAN, offsetof(struct point_in_time_recovery_specification, point_in_time_recovery_enabled), true, false, NULL, NULL},
    {TEXT("RecoveryPeriodInDays"), TEXT("recoveryPeriodInDays"), TEXT("\"RecoveryPeriodInDays\":"), SHAPE_INTEGER, offsetof(struct point_in_time_recovery_specification, recovery_period_in_days), false, false, NULL, &rules[73]},
};
static const uint8_t order_point_in_time_recovery_specification[] = {0, 1};
static const uint8_t lookup_point_in_time_recovery_specification[] = {
    1, 0, 0, 2,
};
const struct shape shape_point_in_time_recovery_specification = {.name = "PointInTimeRecoverySpecification", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct point_in_time_recovery_specification), .members = members_point_in_time_recovery_specification, .members_count = 2, .check_order = order_point_in_time_recovery_specification, .checked = true, .lookup = lookup_point_in_time_recovery_specification, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_prepared_statement_parameters = {TEXT(""), TEXT(""), TEXT(""), SHAPE_VALUE, 0, false, false, &shape_attribute_value, NULL};
const struct shape shape_prepared_statement_parameters = {.name = "PreparedStatementParameters", .kind = SHAPE_LIST, .bytes = sizeof(struct prepared_statement_parameters), .element = &element_prepared_statement_parameters, .element_bytes = sizeof(struct attribute_value), .rule = &rules[4], .checked = false};

static const struct shape_member members_projection[] = {
    {TEXT("ProjectionType"), TEXT("projectionType"), TEXT("\"ProjectionType\":"), SHAPE_STRING, offsetof(struct projection, projection_type), false, false, NULL, &rules[74]},
    {TEXT("NonKeyAttributes"), TEXT("nonKeyAttributes"), TEXT("\"NonKeyAttributes\":"), SHAPE_LIST, offsetof(struct projection, non_key_attributes), false, false, &shape_non_key_attribute_name_list, NULL},
};
static const uint8_t order_projection[] = {0, 1};
static const uint8_t lookup_projection[] = {
    0, 0, 2, 1,
};
const struct shape shape_projection = {.name = "Projection", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct projection), .members = members_projection, .members_count = 2, .check_order = order_projection, .checked = true, .lookup = lookup_projection, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_provisioned_throughput[] = {
    {TEXT("ReadCapacityUnits"), TEXT("readCapacityUnits"), TEXT("\"ReadCapacityUnits\":"), SHAPE_LONG, offsetof(struct provisioned_throughput, read_capacity_units), true, false, NULL, &rules[4]},
    {TEXT("WriteCapacityUnits"), TEXT("writeCapacityUnits"), TEXT("\"WriteCapacityUnits\":"), SHAPE_LONG, offsetof(struct provisioned_throughput, write_capacity_units), true, false, NULL, &rules[4]},
};
static const uint8_t order_provisioned_throughput[] = {1, 0};
static const uint8_t lookup_provisioned_throughput[] = {
    0, 2, 1, 0,
};
const struct shape shape_provisioned_throughput = {.name = "ProvisionedThroughput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct provisioned_throughput), .members = members_provisioned_throughput, .members_count = 2, .check_order = order_provisioned_throughput, .checked = true, .lookup = lookup_provisioned_throughput, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_provisioned_throughput_description[] = {
    {TEXT("LastIncreaseDateTime"), TEXT("lastIncreaseDateTime"), TEXT("\"LastIncreaseDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct provisioned_throughput_description, last_increase_date_time), false, false, NULL, NULL},
    {TEXT("LastDecreaseDateTime"), TEXT("lastDecreaseDateTime"), TEXT("\"LastDecreaseDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct provisioned_throughput_description, last_decrease_date_time), false, false, NULL, NULL},
    {TEXT("NumberOfDecreasesToday"), TEXT("numberOfDecreasesToday"), TEXT("\"NumberOfDecreasesToday\":"), SHAPE_LONG, offsetof(struct provisioned_throughput_description, number_of_decreases_today), false, false, NULL, &rules[4]},
    {TEXT("ReadCapacityUnits"), TEXT("readCapacityUnits"), TEXT("\"ReadCapacityUnits\":"), SHAPE_LONG, offsetof(struct provisioned_throughput_description, read_capacity_units), false, false, NULL, &rules[11]},
    {TEXT("WriteCapacityUnits"), TEXT("writeCapacityUnits"), TEXT("\"WriteCapacityUnits\":"), SHAPE_LONG, offsetof(struct provisioned_throughput_description, write_capacity_units), false, false, NULL, &rules[11]},
};
static const uint8_t order_provisioned_throughput_description[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_provisioned_throughput_description[] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 5, 2, 3,
};
const struct shape shape_provisioned_throughput_description = {.name = "ProvisionedThroughputDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct provisioned_throughput_description), .members = members_provisioned_throughput_description, .members_count = 5, .check_order = order_provisioned_throughput_description, .checked = true, .lookup = lookup_provisioned_throughput_description, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member members_provisioned_throughput_override[] = {
    {TEXT("ReadCapacityUnits"), TEXT("readCapacityUnits"), TEXT("\"ReadCapacityUnits\":"), SHAPE_LONG, offsetof(struct provisioned_throughput_override, read_capacity_units), false, false, NULL, &rules[4]},
};
static const uint8_t order_provisioned_throughput_override[] = {0};
static const uint8_t lookup_provisioned_throughput_override[] = {
    1, 0,
};
const struct shape shape_provisioned_throughput_override = {.name = "ProvisionedThroughputOverride", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct provisioned_throughput_override), .members = members_provisioned_throughput_override, .members_count = 1, .check_order = order_provisioned_throughput_override, .checked = true, .lookup = lookup_provisioned_throughput_override, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_put[] = {
    {TEXT("Item"), TEXT("item"), TEXT("\"Item\":"), SHAPE_ITEM, offsetof(struct put, item), true, false, &shape_put_item_input_attribute_map, NULL},
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct put, table_name), true, false, NULL, &rules[27]},
    {TEXT("ConditionExpression"), TEXT("conditionExpression"), TEXT("\"ConditionExpression\":"), SHAPE_STRING, offsetof(struct put, condition_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct put, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct put, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
    {TEXT("ReturnValuesOnConditionCheckFailure"), TEXT("returnValuesOnConditionCheckFailure"), TEXT("\"ReturnValuesOnConditionCheckFailure\":"), SHAPE_STRING, offsetof(struct put, return_values_on_condition_check_failure), false, false, NULL, &rules[19]},
};
static const uint8_t order_put[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_put[] = {
    0, 0, 0, 0, 2, 0, 0, 4, 0, 0, 0, 6, 1, 0, 3, 5,
};
const struct shape shape_put = {.name = "Put", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct put), .members = members_put, .members_count = 6, .check_order = order_put, .checked = true, .lookup = lookup_put, .lookup_mask = 15, .lookup_seed = 0x1dccba82};

static const struct shape_member members_put_item_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct put_item_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("Item"), TEXT("item"), TEXT("\"Item\":"), SHAPE_ITEM, offsetof(struct put_item_input, item), true, false, &shape_put_item_input_attribute_map, NULL},
    {TEXT("Expected"), TEXT("expected"), TEXT("\"Expected\":"), SHAPE_MAP, offsetof(struct put_item_input, expected), false, false, &shape_expected_attribute_map, NULL},
    {TEXT("ReturnValues"), TEXT("returnValues"), TEXT("\"ReturnValues\":"), SHAPE_STRING, offsetof(struct put_item_input, return_values), false, false, NULL, &rules[40]},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct put_item_input, return_consumed_capacity), false, false, NULL, &rules[14]},
    {TEXT("ReturnItemCollectionMetrics"), TEXT("returnItemCollectionMetrics"), TEXT("\"ReturnItemCollectionMetrics\":"), SHAPE_STRING, offsetof(struct put_item_input, return_item_collection_metrics), false, false, NULL, &rules[20]},
    {TEXT("ConditionalOperator"), TEXT("conditionalOperator"), TEXT("\"ConditionalOperator\":"), SHAPE_STRING, offsetof(struct put_item_input, conditional_operator), false, false, NULL, &rules[39]},
    {TEXT("ConditionExpression"), TEXT("conditionExpression"), TEXT("\"ConditionExpression\":"), SHAPE_STRING, offsetof(struct put_item_input, condition_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct put_item_input, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct put_item_input, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
    {TEXT("ReturnValuesOnConditionCheckFailure"), TEXT("returnValuesOnConditionCheckFailure"), TEXT("\"ReturnValuesOnConditionCheckFailure\":"), SHAPE_STRING, offsetof(struct put_item_input, return_values_on_condition_check_failure), false, false, NULL, &rules[19]},
};
static const uint8_t order_put_item_input[] = {4, 0, 1, 6, 2, 3, 5, 7, 8, 9, 10};
static const uint8_t lookup_put_item_input[] = {
    10, 9, 2, 0, 0, 4, 11, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 8, 7, 6, 0, 0, 0, 3, 0,
};
const struct shape shape_put_item_input = {.name = "PutItemInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct put_item_input), .members = members_put_item_input, .members_count = 11, .check_order = order_put_item_input, .checked = true, .lookup = lookup_put_item_input, .lookup_mask = 31, .lookup_seed = 0xc58c2ee7};

const struct shape shape_put_item_input_attribute_map = {.name = "PutItemInputAttributeMap", .kind = SHAPE_ITEM, .bytes = sizeof(struct attribute_map)};

static const struct shape_member members_put_item_output[] = {
    {TEXT("Attributes"), TEXT("attributes"), TEXT("\"Attributes\":"), SHAPE_ITEM, offsetof(struct put_item_output, attributes), false, false, &shape_attribute_map, NULL},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_STRUCTURE, offsetof(struct put_item_output, consumed_capacity), false, false, &shape_consumed_capacity, NULL},
    {TEXT("ItemCollectionMetrics"), TEXT("itemCollectionMetrics"), TEXT("\"ItemCollectionMetrics\":"), SHAPE_STRUCTURE, offsetof(struct put_item_output, item_collection_metrics), false, false, &shape_item_collection_metrics, NULL},
};
static const uint8_t order_put_item_output[] = {0, 1, 2};
static const uint8_t lookup_put_item_output[] = {
    0, 0, 0, 3, 2, 1, 0, 0,
};
const struct shape shape_put_item_output = {.name = "PutItemOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct put_item_output), .members = members_put_item_output, .members_count = 3, .check_order = order_put_item_output, .checked = true, .lookup = lookup_put_item_output, .lookup_mask = 7, .lookup_seed = 0x7ade08a1};

static const struct shape_member members_put_request[] = {
    {TEXT("Item"), TEXT("item"), TEXT("\"Item\":"), SHAPE_ITEM, offsetof(struct put_request, item), true, false, &shape_put_item_input_attribute_map, NULL},
};
static const uint8_t order_put_request[] = {0};
static const uint8_t lookup_put_request[] = {
    1, 0,
};
const struct shape shape_put_request = {.name = "PutRequest", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct put_request), .members = members_put_request, .members_count = 1, .check_order = order_put_request, .checked = true, .lookup = lookup_put_request, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_put_resource_policy_input[] = {
    {TEXT("ResourceArn"), TEXT("resourceArn"), TEXT("\"ResourceArn\":"), SHAPE_STRING, offsetof(struct put_resource_policy_input, resource_arn), true, false, NULL, &rules[41]},
    {TEXT("Policy"), TEXT("policy"), TEXT("\"Policy\":"), SHAPE_STRING, offsetof(struct put_resource_policy_input, policy), true, false, NULL, NULL},
    {TEXT("ExpectedRevisionId"), TEXT("expectedRevisionId"), TEXT("\"ExpectedRevisionId\":"), SHAPE_STRING, offsetof(struct put_resource_policy_input, expected_revision_id), false, false, NULL, &rules[1]},
    {TEXT("ConfirmRemoveSelfResourceAccess"), TEXT("confirmRemoveSelfResourceAccess"), TEXT("\"ConfirmRemoveSelfResourceAccess\":"), SHAPE_BOOLEAN, offsetof(struct put_resource_policy_input, confirm_remove_self_resource_access), false, true, NULL, NULL},
};
static const uint8_t order_put_resource_policy_input[] = {0, 1, 2, 3};
static const uint8_t lookup_put_resource_policy_input[] = {
    3, 0, 0, 2, 1, 0, 4, 0,
};
const struct shape shape_put_resource_policy_input = {.name = "PutResourcePolicyInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct put_resource_policy_input), .members = members_put_resource_policy_input, .members_count = 4, .check_order = order_put_resource_policy_input, .checked = true, .lookup = lookup_put_resource_policy_input, .lookup_mask = 7, .lookup_seed = 0x618f19f3};

static const struct shape_member members_put_resource_policy_output[] = {
    {TEXT("RevisionId"), TEXT("revisionId"), TEXT("\"RevisionId\":"), SHAPE_STRING, offsetof(struct put_resource_policy_output, revision_id), false, false, NULL, &rules[1]},
};
static const uint8_t order_put_resource_policy_output[] = {0};
static const uint8_t lookup_put_resource_policy_output[] = {
    1, 0,
};
const struct shape shape_put_resource_policy_output = {.name = "PutResourcePolicyOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct put_resource_policy_output), .members = members_put_resource_policy_output, .members_count = 1, .check_order = order_put_resource_policy_output, .checked = true, .lookup = lookup_put_resource_policy_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_query_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct query_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct query_input, index_name), false, false, NULL, &rules[8]},
    {TEXT("Select"), TEXT("select"), TEXT("\"Select\":"), SHAPE_STRING, offsetof(struct query_input, select), false, false, NULL, &rules[75]},
    {TEXT("AttributesToGet"), TEXT("attributesToGet"), TEXT("\"AttributesToGet\":"), SHAPE_LIST, offsetof(struct query_input, attributes_to_get), false, false, &shape_attribute_name_list, &rules[1]},
    {TEXT("Limit"), TEXT("limit"), TEXT("\"Limit\":"), SHAPE_INTEGER, offsetof(struct query_input, limit), false, false, NULL, &rules[4]},
    {TEXT("ConsistentRead"), TEXT("consistentRead"), TEXT("\"ConsistentRead\":"), SHAPE_BOOLEAN, offsetof(struct query_input, consistent_read), false, false, NULL, NULL},
    {TEXT("KeyConditions"), TEXT("keyConditions"), TEXT("\"KeyConditions\":"), SHAPE_MAP, offsetof(struct query_input, key_conditions), false, false, &shape_key_conditions, NULL},
    {TEXT("QueryFilter"), TEXT("queryFilter"), TEXT("\"QueryFilter\":"), SHAPE_MAP, offsetof(struct query_input, query_filter), false, false, &shape_filter_condition_map, NULL},
    {TEXT("ConditionalOperator"), TEXT("conditionalOperator"), TEXT("\"ConditionalOperator\":"), SHAPE_STRING, offsetof(struct query_input, conditional_operator), false, false, NULL, &rules[39]},
    {TEXT("ScanIndexForward"), TEXT("scanIndexForward"), TEXT("\"ScanIndexForward\":"), SHAPE_BOOLEAN, offsetof(struct query_input, scan_index_forward), false, false, NULL, NULL},
    {TEXT("ExclusiveStartKey"), TEXT("exclusiveStartKey"), TEXT("\"ExclusiveStartKey\":"), SHAPE_ITEM, offsetof(struct query_input, exclusive_start_key), false, false, &shape_key, NULL},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct query_input, return_consumed_capacity), false, false, NULL, &rules[14]},
    {TEXT("ProjectionExpression"), TEXT("projectionExpression"), TEXT("\"ProjectionExpression\":"), SHAPE_STRING, offsetof(struct query_input, projection_expression), false, false, NULL, NULL},
    {TEXT("FilterExpression"), TEXT("filterExpression"), TEXT("\"FilterExpression\":"), SHAPE_STRING, offsetof(struct query_input, filter_expression), false, false, NULL, NULL},
    {TEXT("KeyConditionExpression"), TEXT("keyConditionExpression"), TEXT("\"KeyConditionExpression\":"), SHAPE_STRING, offsetof(struct query_input, key_condition_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct query_input, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct query_input, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
};
static const uint8_t order_query_input[] = {2, 1, 11, 7, 0, 8, 3, 4, 6, 5, 9, 10, 12, 13, 14, 15, 16};
static const uint8_t lookup_query_input[] = {
    0, 0, 0, 0, 0, 0, 0, 0, 13, 0, 16, 12, 0, 0, 0, 0, 0, 15, 0, 7, 0, 0, 1, 0, 0, 0, 0, 0, 0, 14, 0, 0,
    6, 17, 0, 3, 0, 10, 0, 0, 0, 0, 0, 0, 0, 11, 4, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 2, 0, 0, 0, 5, 8, 0,
};
const struct shape shape_query_input = {.name = "QueryInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct query_input), .members = members_query_input, .members_count = 17, .check_order = order_query_input, .checked = true, .lookup = lookup_query_input, .lookup_mask = 63, .lookup_seed = 0x3bb6c4e4};

static const struct shape_member members_query_output[] = {
    {TEXT("Items"), TEXT("items"), TEXT("\"Items\":"), SHAPE_LIST, offsetof(struct query_output, items), false, false, &shape_item_list, NULL},
    {TEXT("Count"), TEXT("count"), TEXT("\"Count\":"), SHAPE_INTEGER, offsetof(struct query_output, count), false, false, NULL, NULL},
    {TEXT("ScannedCount"), TEXT("scannedCount"), TEXT("\"ScannedCount\":"), SHAPE_INTEGER, offsetof(struct query_output, scanned_count), false, false, NULL, NULL},
    {TEXT("LastEvaluatedKey"), TEXT("lastEvaluatedKey"), TEXT("\"LastEvaluatedKey\":"), SHAPE_ITEM, offsetof(struct query_output, last_evaluated_key), false, false, &shape_key, NULL},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_STRUCTURE, offsetof(struct query_output, consumed_capacity), false, false, &shape_consumed_capacity, NULL},
};
static const uint8_t order_query_output[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_query_output[] = {
    0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 2, 5, 0, 0, 0, 0,
};
const struct shape shape_query_output = {.name = "QueryOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct query_output), .members = members_query_output, .members_count = 5, .check_order = order_query_output, .checked = true, .lookup = lookup_query_output, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member members_record[] = {
    {TEXT("eventID"), TEXT("eventID"), TEXT("\"eventID\":"), SHAPE_STRING, offsetof(struct model_record, event_id), false, false, NULL, NULL},
    {TEXT("eventName"), TEXT("eventName"), TEXT("\"eventName\":"), SHAPE_STRING, offsetof(struct model_record, event_name), false, false, NULL, &rules[76]},
    {TEXT("eventVersion"), TEXT("eventVersion"), TEXT("\"eventVersion\":"), SHAPE_STRING, offsetof(struct model_record, event_version), false, false, NULL, NULL},
    {TEXT("eventSource"), TEXT("eventSource"), TEXT("\"eventSource\":"), SHAPE_STRING, offsetof(struct model_record, event_source), false, false, NULL, NULL},
    {TEXT("awsRegion"), TEXT("awsRegion"), TEXT("\"awsRegion\":"), SHAPE_STRING, offsetof(struct model_record, aws_region), false, false, NULL, NULL},
    {TEXT("dynamodb"), TEXT("dynamodb"), TEXT("\"dynamodb\":"), SHAPE_STRUCTURE, offsetof(struct model_record, dynamodb), false, false, &shape_stream_record, NULL},
    {TEXT("userIdentity"), TEXT("userIdentity"), TEXT("\"userIdentity\":"), SHAPE_STRUCTURE, offsetof(struct model_record, user_identity), false, false, &shape_identity, NULL},
};
static const uint8_t order_record[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t lookup_record[] = {
    4, 0, 2, 0, 5, 0, 6, 7, 0, 0, 0, 3, 0, 1, 0, 0,
};
const struct shape shape_record = {.name = "Record", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct model_record), .members = members_record, .members_count = 7, .check_order = order_record, .checked = true, .lookup = lookup_record, .lookup_mask = 15, .lookup_seed = 0xb245ef27};

static const struct shape_member element_record_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_record, NULL};
const struct shape shape_record_list = {.name = "RecordList", .kind = SHAPE_LIST, .bytes = sizeof(struct record_list), .element = &element_record_list, .element_bytes = sizeof(struct model_record), .rule = NULL, .checked = true};

static const struct shape_member members_replica[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct replica, region_name), false, false, NULL, NULL},
};
static const uint8_t order_replica[] = {0};
static const uint8_t lookup_replica[] = {
    1, 0,
};
const struct shape shape_replica = {.name = "Replica", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica), .members = members_replica, .members_count = 1, .check_order = order_replica, .checked = false, .lookup = lookup_replica, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_replica_auto_scaling_description[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct replica_auto_scaling_description, region_name), false, false, NULL, NULL},
    {TEXT("GlobalSecondaryIndexes"), TEXT("globalSecondaryIndexes"), TEXT("\"GlobalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct replica_auto_scaling_description, global_secondary_indexes), false, false, &shape_replica_global_secondary_index_auto_scaling_description_list, NULL},
    {TEXT("ReplicaProvisionedReadCapacityAutoScalingSettings"), TEXT("replicaProvisionedReadCapacityAutoScalingSettings"), TEXT("\"ReplicaProvisionedReadCapacityAutoScalingSettings\":"), SHAPE_STRUCTURE, offsetof(struct replica_auto_scaling_description, replica_provisioned_read_capacity_auto_scaling_settings), false, false, &shape_auto_scaling_settings_description, NULL},
    {TEXT("ReplicaProvisionedWriteCapacityAutoScalingSettings"), TEXT("replicaProvisionedWriteCapacityAutoScalingSettings"), TEXT("\"ReplicaProvisionedWriteCapacityAutoScalingSettings\":"), SHAPE_STRUCTURE, offsetof(struct replica_auto_scaling_description, replica_provisioned_write_capacity_auto_scaling_settings), false, false, &shape_auto_scaling_settings_description, NULL},
    {TEXT("ReplicaStatus"), TEXT("replicaStatus"), TEXT("\"ReplicaStatus\":"), SHAPE_STRING, offsetof(struct replica_auto_scaling_description, replica_status), false, false, NULL, &rules[77]},
};
static const uint8_t order_replica_auto_scaling_description[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_replica_auto_scaling_description[] = {
    0, 0, 0, 0, 1, 0, 0, 4, 0, 0, 0, 3, 0, 2, 0, 5,
};
const struct shape shape_replica_auto_scaling_description = {.name = "ReplicaAutoScalingDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_auto_scaling_description), .members = members_replica_auto_scaling_description, .members_count = 5, .check_order = order_replica_auto_scaling_description, .checked = true, .lookup = lookup_replica_auto_scaling_description, .lookup_mask = 15, .lookup_seed = 0x6168283d};

static const struct shape_member element_replica_auto_scaling_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_auto_scaling_description, NULL};
const struct shape shape_replica_auto_scaling_description_list = {.name = "ReplicaAutoScalingDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_auto_scaling_description_list), .element = &element_replica_auto_scaling_description_list, .element_bytes = sizeof(struct replica_auto_scaling_description), .rule = NULL, .checked = true};

static const struct shape_member members_replica_auto_scaling_update[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct replica_auto_scaling_update, region_name), true, false, NULL, NULL},
    {TEXT("ReplicaGlobalSecondaryIndexUpdates"), TEXT("replicaGlobalSecondaryIndexUpdates"), TEXT("\"ReplicaGlobalSecondaryIndexUpdates\":"), SHAPE_LIST, offsetof(struct replica_auto_scaling_update, replica_global_secondary_index_updates), false, false, &shape_replica_global_secondary_index_auto_scaling_update_list, NULL},
    {TEXT("ReplicaProvisionedReadCapacityAutoScalingUpdate"), TEXT("replicaProvisionedReadCapacityAutoScalingUpdate"), TEXT("\"ReplicaProvisionedReadCapacityAutoScalingUpdate\":"), SHAPE_STRUCTURE, offsetof(struct replica_auto_scaling_update, replica_provisioned_read_capacity_auto_scaling_update), false, false, &shape_auto_scaling_settings_update, NULL},
};
static const uint8_t order_replica_auto_scaling_update[] = {0, 1, 2};
static const uint8_t lookup_replica_auto_scaling_update[] = {
    3, 0, 0, 0, 0, 0, 1, 2,
};
const struct shape shape_replica_auto_scaling_update = {.name = "ReplicaAutoScalingUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_auto_scaling_update), .members = members_replica_auto_scaling_update, .members_count = 3, .check_order = order_replica_auto_scaling_update, .checked = true, .lookup = lookup_replica_auto_scaling_update, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member element_replica_auto_scaling_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_auto_scaling_update, NULL};
const struct shape shape_replica_auto_scaling_update_list = {.name = "ReplicaAutoScalingUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_auto_scaling_update_list), .element = &element_replica_auto_scaling_update_list, .element_bytes = sizeof(struct replica_auto_scaling_update), .rule = &rules[4], .checked = true};

static const struct shape_member members_replica_description[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct replica_description, region_name), false, false, NULL, NULL},
    {TEXT("ReplicaStatus"), TEXT("replicaStatus"), TEXT("\"ReplicaStatus\":"), SHAPE_STRING, offsetof(struct replica_description, replica_status), false, false, NULL, &rules[77]},
    {TEXT("ReplicaArn"), TEXT("replicaArn"), TEXT("\"ReplicaArn\":"), SHAPE_STRING, offsetof(struct replica_description, replica_arn), false, false, NULL, NULL},
    {TEXT("ReplicaStatusDescription"), TEXT("replicaStatusDescription"), TEXT("\"ReplicaStatusDescription\":"), SHAPE_STRING, offsetof(struct replica_description, replica_status_description), false, false, NULL, NULL},
    {TEXT("ReplicaStatusPercentProgress"), TEXT("replicaStatusPercentProgress"), TEXT("\"ReplicaStatusPercentProgress\":"), SHAPE_STRING, offsetof(struct replica_description, replica_status_percent_progress), false, false, NULL, NULL},
    {TEXT("KMSMasterKeyId"), TEXT("kMSMasterKeyId"), TEXT("\"KMSMasterKeyId\":"), SHAPE_STRING, offsetof(struct replica_description, kms_master_key_id), false, false, NULL, NULL},
    {TEXT("ProvisionedThroughputOverride"), TEXT("provisionedThroughputOverride"), TEXT("\"ProvisionedThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct replica_description, provisioned_throughput_override), false, false, &shape_provisioned_throughput_override, NULL},
    {TEXT("OnDemandThroughputOverride"), TEXT("onDemandThroughputOverride"), TEXT("\"OnDemandThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct replica_description, on_demand_throughput_override), false, false, &shape_on_demand_throughput_override, NULL},
    {TEXT("WarmThroughput"), TEXT("warmThroughput"), TEXT("\"WarmThroughput\":"), SHAPE_STRUCTURE, offsetof(struct replica_description, warm_throughput), false, false, &shape_table_warm_throughput_description, NULL},
    {TEXT("GlobalSecondaryIndexes"), TEXT("globalSecondaryIndexes"), TEXT("\"GlobalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct replica_description, global_secondary_indexes), false, false, &shape_replica_global_secondary_index_description_list, NULL},
    {TEXT("ReplicaInaccessibleDateTime"), TEXT("replicaInaccessibleDateTime"), TEXT("\"ReplicaInaccessibleDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct replica_description, replica_inaccessible_date_time), false, false, NULL, NULL},
    {TEXT("ReplicaTableClassSummary"), TEXT("replicaTableClassSummary"), TEXT("\"ReplicaTableClassSummary\":"), SHAPE_STRUCTURE, offsetof(struct replica_description, replica_table_class_summary), false, false, &shape_table_class_summary, NULL},
    {TEXT("GlobalTableSettingsReplicationMode"), TEXT("globalTableSettingsReplicationMode"), TEXT("\"GlobalTableSettingsReplicationMode\":"), SHAPE_STRING, offsetof(struct replica_description, global_table_settings_replication_mode), false, false, NULL, &rules[35]},
};
static const uint8_t order_replica_description[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static const uint8_t lookup_replica_description[] = {
    13, 0, 2, 0, 0, 4, 0, 0, 0, 0, 0, 5, 3, 0, 0, 0, 0, 1, 12, 0, 10, 7, 0, 6, 0, 9, 0, 0, 8, 0, 11, 0,
};
const struct shape shape_replica_description = {.name = "ReplicaDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_description), .members = members_replica_description, .members_count = 13, .check_order = order_replica_description, .checked = true, .lookup = lookup_replica_description, .lookup_mask = 31, .lookup_seed = 0x3bb6c4e4};

static const struct shape_member element_replica_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_description, NULL};
const struct shape shape_replica_description_list = {.name = "ReplicaDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_description_list), .element = &element_replica_description_list, .element_bytes = sizeof(struct replica_description), .rule = NULL, .checked = true};

static const struct shape_member members_replica_global_secondary_index[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct replica_global_secondary_index, index_name), true, false, NULL, &rules[8]},
    {TEXT("ProvisionedThroughputOverride"), TEXT("provisionedThroughputOverride"), TEXT("\"ProvisionedThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index, provisioned_throughput_override), false, false, &shape_provisioned_throughput_override, NULL},
    {TEXT("OnDemandThroughputOverride"), TEXT("onDemandThroughputOverride"), TEXT("\"OnDemandThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index, on_demand_throughput_override), false, false, &shape_on_demand_throughput_override, NULL},
};
static const uint8_t order_replica_global_secondary_index[] = {0, 1, 2};
static const uint8_t lookup_replica_global_secondary_index[] = {
    0, 0, 2, 0, 0, 0, 1, 3,
};
const struct shape shape_replica_global_secondary_index = {.name = "ReplicaGlobalSecondaryIndex", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_global_secondary_index), .members = members_replica_global_secondary_index, .members_count = 3, .check_order = order_replica_global_secondary_index, .checked = true, .lookup = lookup_replica_global_secondary_index, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_replica_global_secondary_index_auto_scaling_description[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct replica_global_secondary_index_auto_scaling_description, index_name), false, false, NULL, &rules[8]},
    {TEXT("IndexStatus"), TEXT("indexStatus"), TEXT("\"IndexStatus\":"), SHAPE_STRING, offsetof(struct replica_global_secondary_index_auto_scaling_description, index_status), false, false, NULL, &rules[58]},
    {TEXT("ProvisionedReadCapacityAutoScalingSettings"), TEXT("provisionedReadCapacityAutoScalingSettings"), TEXT("\"ProvisionedReadCapacityAutoScalingSettings\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index_auto_scaling_description, provisioned_read_capacity_auto_scaling_settings), false, false, &shape_auto_scaling_settings_description, NULL},
    {TEXT("ProvisionedWriteCapacityAutoScalingSettings"), TEXT("provisionedWriteCapacityAutoScalingSettings"), TEXT("\"ProvisionedWriteCapacityAutoScalingSettings\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index_auto_scaling_description, provisioned_write_capacity_auto_scaling_settings), false, false, &shape_auto_scaling_settings_description, NULL},
};
static const uint8_t order_replica_global_secondary_index_auto_scaling_description[] = {0, 1, 2, 3};
static const uint8_t lookup_replica_global_secondary_index_auto_scaling_description[] = {
    0, 3, 2, 0, 0, 4, 1, 0,
};
const struct shape shape_replica_global_secondary_index_auto_scaling_description = {.name = "ReplicaGlobalSecondaryIndexAutoScalingDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_global_secondary_index_auto_scaling_description), .members = members_replica_global_secondary_index_auto_scaling_description, .members_count = 4, .check_order = order_replica_global_secondary_index_auto_scaling_description, .checked = true, .lookup = lookup_replica_global_secondary_index_auto_scaling_description, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member element_replica_global_secondary_index_auto_scaling_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_global_secondary_index_auto_scaling_description, NULL};
const struct shape shape_replica_global_secondary_index_auto_scaling_description_list = {.name = "ReplicaGlobalSecondaryIndexAutoScalingDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_global_secondary_index_auto_scaling_description_list), .element = &element_replica_global_secondary_index_auto_scaling_description_list, .element_bytes = sizeof(struct replica_global_secondary_index_auto_scaling_description), .rule = NULL, .checked = true};

static const struct shape_member members_replica_global_secondary_index_auto_scaling_update[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct replica_global_secondary_index_auto_scaling_update, index_name), false, false, NULL, &rules[8]},
    {TEXT("ProvisionedReadCapacityAutoScalingUpdate"), TEXT("provisionedReadCapacityAutoScalingUpdate"), TEXT("\"ProvisionedReadCapacityAutoScalingUpdate\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index_auto_scaling_update, provisioned_read_capacity_auto_scaling_update), false, false, &shape_auto_scaling_settings_update, NULL},
};
static const uint8_t order_replica_global_secondary_index_auto_scaling_update[] = {0, 1};
static const uint8_t lookup_replica_global_secondary_index_auto_scaling_update[] = {
    0, 1, 2, 0,
};
const struct shape shape_replica_global_secondary_index_auto_scaling_update = {.name = "ReplicaGlobalSecondaryIndexAutoScalingUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_global_secondary_index_auto_scaling_update), .members = members_replica_global_secondary_index_auto_scaling_update, .members_count = 2, .check_order = order_replica_global_secondary_index_auto_scaling_update, .checked = true, .lookup = lookup_replica_global_secondary_index_auto_scaling_update, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_replica_global_secondary_index_auto_scaling_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_global_secondary_index_auto_scaling_update, NULL};
const struct shape shape_replica_global_secondary_index_auto_scaling_update_list = {.name = "ReplicaGlobalSecondaryIndexAutoScalingUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_global_secondary_index_auto_scaling_update_list), .element = &element_replica_global_secondary_index_auto_scaling_update_list, .element_bytes = sizeof(struct replica_global_secondary_index_auto_scaling_update), .rule = NULL, .checked = true};

static const struct shape_member members_replica_global_secondary_index_description[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct replica_global_secondary_index_description, index_name), false, false, NULL, &rules[8]},
    {TEXT("ProvisionedThroughputOverride"), TEXT("provisionedThroughputOverride"), TEXT("\"ProvisionedThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index_description, provisioned_throughput_override), false, false, &shape_provisioned_throughput_override, NULL},
    {TEXT("OnDemandThroughputOverride"), TEXT("onDemandThroughputOverride"), TEXT("\"OnDemandThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index_description, on_demand_throughput_override), false, false, &shape_on_demand_throughput_override, NULL},
    {TEXT("WarmThroughput"), TEXT("warmThroughput"), TEXT("\"WarmThroughput\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index_description, warm_throughput), false, false, &shape_global_secondary_index_warm_throughput_description, NULL},
};
static const uint8_t order_replica_global_secondary_index_description[] = {0, 1, 2, 3};
static const uint8_t lookup_replica_global_secondary_index_description[] = {
    0, 1, 0, 3, 0, 2, 0, 4,
};
const struct shape shape_replica_global_secondary_index_description = {.name = "ReplicaGlobalSecondaryIndexDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_global_secondary_index_description), .members = members_replica_global_secondary_index_description, .members_count = 4, .check_order = order_replica_global_secondary_index_description, .checked = true, .lookup = lookup_replica_global_secondary_index_description, .lookup_mask = 7, .lookup_seed = 0x618f19f3};

static const struct shape_member element_replica_global_secondary_index_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_global_secondary_index_description, NULL};
const struct shape shape_replica_global_secondary_index_description_list = {.name = "ReplicaGlobalSecondaryIndexDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_global_secondary_index_description_list), .element = &element_replica_global_secondary_index_description_list, .element_bytes = sizeof(struct replica_global_secondary_index_description), .rule = NULL, .checked = true};

static const struct shape_member element_replica_global_secondary_index_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_global_secondary_index, NULL};
const struct shape shape_replica_global_secondary_index_list = {.name = "ReplicaGlobalSecondaryIndexList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_global_secondary_index_list), .element = &element_replica_global_secondary_index_list, .element_bytes = sizeof(struct replica_global_secondary_index), .rule = &rules[4], .checked = true};

static const struct shape_member members_replica_global_secondary_index_settings_description[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct replica_global_secondary_index_settings_description, index_name), true, false, NULL, &rules[8]},
    {TEXT("IndexStatus"), TEXT("indexStatus"), TEXT("\"IndexStatus\":"), SHAPE_STRING, offsetof(struct replica_global_secondary_index_settings_description, index_status), false, false, NULL, &rules[58]},
    {TEXT("ProvisionedReadCapacityUnits"), TEXT("provisionedReadCapacityUnits"), TEXT("\"ProvisionedReadCapacityUnits\":"), SHAPE_LONG, offsetof(struct replica_global_secondary_index_settings_description, provisioned_read_capacity_units), false, false, NULL, &rules[4]},
    {TEXT("ProvisionedReadCapacityAutoScalingSettings"), TEXT("provisionedReadCapacityAutoScalingSettings"), TEXT("\"ProvisionedReadCapacityAutoScalingSettings\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index_settings_description, provisioned_read_capacity_auto_scaling_settings), false, false, &shape_auto_scaling_settings_description, NULL},
    {TEXT("ProvisionedWriteCapacityUnits"), TEXT("provisionedWriteCapacityUnits"), TEXT("\"ProvisionedWriteCapacityUnits\":"), SHAPE_LONG, offsetof(struct replica_global_secondary_index_settings_description, provisioned_write_capacity_units), false, false, NULL, &rules[4]},
    {TEXT("ProvisionedWriteCapacityAutoScalingSettings"), TEXT("provisionedWriteCapacityAutoScalingSettings"), TEXT("\"ProvisionedWriteCapacityAutoScalingSettings\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index_settings_description, provisioned_write_capacity_auto_scaling_settings), false, false, &shape_auto_scaling_settings_description, NULL},
};
static const uint8_t order_replica_global_secondary_index_settings_description[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_replica_global_secondary_index_settings_description[] = {
    0, 0, 4, 0, 6, 1, 0, 0, 0, 3, 0, 5, 0, 0, 2, 0,
};
const struct shape shape_replica_global_secondary_index_settings_description = {.name = "ReplicaGlobalSecondaryIndexSettingsDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_global_secondary_index_settings_description), .members = members_replica_global_secondary_index_settings_description, .members_count = 6, .check_order = order_replica_global_secondary_index_settings_description, .checked = true, .lookup = lookup_replica_global_secondary_index_settings_description, .lookup_mask = 15, .lookup_seed = 0xb245ef27};

static const struct shape_member element_replica_global_secondary_index_settings_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_global_secondary_index_settings_description, NULL};
const struct shape shape_replica_global_secondary_index_settings_description_list = {.name = "ReplicaGlobalSecondaryIndexSettingsDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_global_secondary_index_settings_description_list), .element = &element_replica_global_secondary_index_settings_description_list, .element_bytes = sizeof(struct replica_global_secondary_index_settings_description), .rule = NULL, .checked = true};

static const struct shape_member members_replica_global_secondary_index_settings_update[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct replica_global_secondary_index_settings_update, index_name), true, false, NULL, &rules[8]},
    {TEXT("ProvisionedReadCapacityUnits"), TEXT("provisionedReadCapacityUnits"), TEXT("\"ProvisionedReadCapacityUnits\":"), SHAPE_LONG, offsetof(struct replica_global_secondary_index_settings_update, provisioned_read_capacity_units), false, false, NULL, &rules[4]},
    {TEXT("ProvisionedReadCapacityAutoScalingSettingsUpdate"), TEXT("provisionedReadCapacityAutoScalingSettingsUpdate"), TEXT("\"ProvisionedReadCapacityAutoScalingSettingsUpdate\":"), SHAPE_STRUCTURE, offsetof(struct replica_global_secondary_index_settings_update, provisioned_read_capacity_auto_scaling_settings_update), false, false, &shape_auto_scaling_settings_update, NULL},
};
static const uint8_t order_replica_global_secondary_index_settings_update[] = {0, 1, 2};
static const uint8_t lookup_replica_global_secondary_index_settings_update[] = {
    0, 1, 0, 0, 0, 2, 3, 0,
};
const struct shape shape_replica_global_secondary_index_settings_update = {.name = "ReplicaGlobalSecondaryIndexSettingsUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_global_secondary_index_settings_update), .members = members_replica_global_secondary_index_settings_update, .members_count = 3, .check_order = order_replica_global_secondary_index_settings_update, .checked = true, .lookup = lookup_replica_global_secondary_index_settings_update, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member element_replica_global_secondary_index_settings_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_global_secondary_index_settings_update, NULL};
const struct shape shape_replica_global_secondary_index_settings_update_list = {.name = "ReplicaGlobalSecondaryIndexSettingsUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_global_secondary_index_settings_update_list), .element = &element_replica_global_secondary_index_settings_update_list, .element_bytes = sizeof(struct replica_global_secondary_index_settings_update), .rule = &rules[59], .checked = true};

static const struct shape_member element_replica_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica, NULL};
const struct shape shape_replica_list = {.name = "ReplicaList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_list), .element = &element_replica_list, .element_bytes = sizeof(struct replica), .rule = NULL, .checked = true};

static const struct shape_member members_replica_settings_description[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct replica_settings_description, region_name), true, false, NULL, NULL},
    {TEXT("ReplicaStatus"), TEXT("replicaStatus"), TEXT("\"ReplicaStatus\":"), SHAPE_STRING, offsetof(struct replica_settings_description, replica_status), false, false, NULL, &rules[77]},
    {TEXT("ReplicaBillingModeSummary"), TEXT("replicaBillingModeSummary"), TEXT("\"ReplicaBillingModeSummary\":"), SHAPE_STRUCTURE, offsetof(struct replica_settings_description, replica_billing_mode_summary), false, false, &shape_billing_mode_summary, NULL},
    {TEXT("ReplicaProvisionedReadCapacityUnits"), TEXT("replicaProvisionedReadCapacityUnits"), TEXT("\"ReplicaProvisionedReadCapacityUnits\":"), SHAPE_LONG, offsetof(struct replica_settings_description, replica_provisioned_read_capacity_units), false, false, NULL, &rules[11]},
    {TEXT("ReplicaProvisionedReadCapacityAutoScalingSettings"), TEXT("replicaProvisionedReadCapacityAutoScalingSettings"), TEXT("\"ReplicaProvisionedReadCapacityAutoScalingSettings\":"), SHAPE_STRUCTURE, offsetof(struct replica_settings_description, replica_provisioned_read_capacity_auto_scaling_settings), false, false, &shape_auto_scaling_settings_description, NULL},
    {TEXT("ReplicaProvisionedWriteCapacityUnits"), TEXT("replicaProvisionedWriteCapacityUnits"), TEXT("\"ReplicaProvisionedWriteCapacityUnits\":"), SHAPE_LONG, offsetof(struct replica_settings_description, replica_provisioned_write_capacity_units), false, false, NULL, &rules[11]},
    {TEXT("ReplicaProvisionedWriteCapacityAutoScalingSettings"), TEXT("replicaProvisionedWriteCapacityAutoScalingSettings"), TEXT("\"ReplicaProvisionedWriteCapacityAutoScalingSettings\":"), SHAPE_STRUCTURE, offsetof(struct replica_settings_description, replica_provisioned_write_capacity_auto_scaling_settings), false, false, &shape_auto_scaling_settings_description, NULL},
    {TEXT("ReplicaGlobalSecondaryIndexSettings"), TEXT("replicaGlobalSecondaryIndexSettings"), TEXT("\"ReplicaGlobalSecondaryIndexSettings\":"), SHAPE_LIST, offsetof(struct replica_settings_description, replica_global_secondary_index_settings), false, false, &shape_replica_global_secondary_index_settings_description_list, NULL},
    {TEXT("ReplicaTableClassSummary"), TEXT("replicaTableClassSummary"), TEXT("\"ReplicaTableClassSummary\":"), SHAPE_STRUCTURE, offsetof(struct replica_settings_description, replica_table_class_summary), false, false, &shape_table_class_summary, NULL},
};
static const uint8_t order_replica_settings_description[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t lookup_replica_settings_description[] = {
    0, 0, 2, 0, 9, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 7, 0, 6, 3, 5, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0,
};
const struct shape shape_replica_settings_description = {.name = "ReplicaSettingsDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_settings_description), .members = members_replica_settings_description, .members_count = 9, .check_order = order_replica_settings_description, .checked = true, .lookup = lookup_replica_settings_description, .lookup_mask = 31, .lookup_seed = 0x618f19f3};

static const struct shape_member element_replica_settings_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_settings_description, NULL};
const struct shape shape_replica_settings_description_list = {.name = "ReplicaSettingsDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_settings_description_list), .element = &element_replica_settings_description_list, .element_bytes = sizeof(struct replica_settings_description), .rule = NULL, .checked = true};

static const struct shape_member members_replica_settings_update[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct replica_settings_update, region_name), true, false, NULL, NULL},
    {TEXT("ReplicaProvisionedReadCapacityUnits"), TEXT("replicaProvisionedReadCapacityUnits"), TEXT("\"ReplicaProvisionedReadCapacityUnits\":"), SHAPE_LONG, offsetof(struct replica_settings_update, replica_provisioned_read_capacity_units), false, false, NULL, &rules[4]},
    {TEXT("ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate"), TEXT("replicaProvisionedReadCapacityAutoScalingSettingsUpdate"), TEXT("\"ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate\":"), SHAPE_STRUCTURE, offsetof(struct replica_settings_update, replica_provisioned_read_capacity_auto_scaling_settings_update), false, false, &shape_auto_scaling_settings_update, NULL},
    {TEXT("ReplicaGlobalSecondaryIndexSettingsUpdate"), TEXT("replicaGlobalSecondaryIndexSettingsUpdate"), TEXT("\"ReplicaGlobalSecondaryIndexSettingsUpdate\":"), SHAPE_LIST, offsetof(struct replica_settings_update, replica_global_secondary_index_settings_update), false, false, &shape_replica_global_secondary_index_settings_update_list, NULL},
    {TEXT("ReplicaTableClass"), TEXT("replicaTableClass"), TEXT("\"ReplicaTableClass\":"), SHAPE_STRING, offsetof(struct replica_settings_update, replica_table_class), false, false, NULL, &rules[33]},
};
static const uint8_t order_replica_settings_update[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_replica_settings_update[] = {
    0, 0, 4, 5, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 1, 0,
};
const struct shape shape_replica_settings_update = {.name = "ReplicaSettingsUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_settings_update), .members = members_replica_settings_update, .members_count = 5, .check_order = order_replica_settings_update, .checked = true, .lookup = lookup_replica_settings_update, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member element_replica_settings_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_settings_update, NULL};
const struct shape shape_replica_settings_update_list = {.name = "ReplicaSettingsUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_settings_update_list), .element = &element_replica_settings_update_list, .element_bytes = sizeof(struct replica_settings_update), .rule = &rules[78], .checked = true};

static const struct shape_member members_replica_update[] = {
    {TEXT("Create"), TEXT("create"), TEXT("\"Create\":"), SHAPE_STRUCTURE, offsetof(struct replica_update, create), false, false, &shape_create_replica_action, NULL},
    {TEXT("Delete"), TEXT("delete"), TEXT("\"Delete\":"), SHAPE_STRUCTURE, offsetof(struct replica_update, delete), false, false, &shape_delete_replica_action, NULL},
};
static const uint8_t order_replica_update[] = {0, 1};
static const uint8_t lookup_replica_update[] = {
    0, 0, 2, 1,
};
const struct shape shape_replica_update = {.name = "ReplicaUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replica_update), .members = members_replica_update, .members_count = 2, .check_order = order_replica_update, .checked = true, .lookup = lookup_replica_update, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member element_replica_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replica_update, NULL};
const struct shape shape_replica_update_list = {.name = "ReplicaUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct replica_update_list), .element = &element_replica_update_list, .element_bytes = sizeof(struct replica_update), .rule = NULL, .checked = true};

static const struct shape_member members_replication_group_update[] = {
    {TEXT("Create"), TEXT("create"), TEXT("\"Create\":"), SHAPE_STRUCTURE, offsetof(struct replication_group_update, create), false, false, &shape_create_replication_group_member_action, NULL},
    {TEXT("Update"), TEXT("update"), TEXT("\"Update\":"), SHAPE_STRUCTURE, offsetof(struct replication_group_update, update), false, false, &shape_update_replication_group_member_action, NULL},
    {TEXT("Delete"), TEXT("delete"), TEXT("\"Delete\":"), SHAPE_STRUCTURE, offsetof(struct replication_group_update, delete), false, false, &shape_delete_replication_group_member_action, NULL},
    {TEXT("Disassociate"), TEXT("disassociate"), TEXT("\"Disassociate\":"), SHAPE_STRUCTURE, offsetof(struct replication_group_update, disassociate), false, false, &shape_disassociate_replication_group_member_action, NULL},
};
static const uint8_t order_replication_group_update[] = {0, 1, 2, 3};
static const uint8_t lookup_replication_group_update[] = {
    0, 0, 0, 1, 2, 0, 3, 4,
};
const struct shape shape_replication_group_update = {.name = "ReplicationGroupUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct replication_group_update), .members = members_replication_group_update, .members_count = 4, .check_order = order_replication_group_update, .checked = true, .lookup = lookup_replication_group_update, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member element_replication_group_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_replication_group_update, NULL};
const struct shape shape_replication_group_update_list = {.name = "ReplicationGroupUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct replication_group_update_list), .element = &element_replication_group_update_list, .element_bytes = sizeof(struct replication_group_update), .rule = &rules[4], .checked = true};

static const struct shape_member members_restore_summary[] = {
    {TEXT("RestoreDateTime"), TEXT("restoreDateTime"), TEXT("\"RestoreDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct restore_summary, restore_date_time), true, false, NULL, NULL},
    {TEXT("RestoreInProgress"), TEXT("restoreInProgress"), TEXT("\"RestoreInProgress\":"), SHAPE_BOOLEAN, offsetof(struct restore_summary, restore_in_progress), true, false, NULL, NULL},
    {TEXT("SourceBackupArn"), TEXT("sourceBackupArn"), TEXT("\"SourceBackupArn\":"), SHAPE_STRING, offsetof(struct restore_summary, source_backup_arn), false, false, NULL, &rules[0]},
    {TEXT("SourceTableArn"), TEXT("sourceTableArn"), TEXT("\"SourceTableArn\":"), SHAPE_STRING, offsetof(struct restore_summary, source_table_arn), false, false, NULL, &rules[13]},
};
static const uint8_t order_restore_summary[] = {0, 1, 2, 3};
static const uint8_t lookup_restore_summary[] = {
    3, 0, 4, 0, 1, 0, 2, 0,
};
const struct shape shape_restore_summary = {.name = "RestoreSummary", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct restore_summary), .members = members_restore_summary, .members_count = 4, .check_order = order_restore_summary, .checked = true, .lookup = lookup_restore_summary, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_restore_table_from_backup_input[] = {
    {TEXT("TargetTableName"), TEXT("targetTableName"), TEXT("\"TargetTableName\":"), SHAPE_STRING, offsetof(struct restore_table_from_backup_input, target_table_name), true, false, NULL, &rules[8]},
    {TEXT("BackupArn"), TEXT("backupArn"), TEXT("\"BackupArn\":"), SHAPE_STRING, offsetof(struct restore_table_from_backup_input, backup_arn), true, false, NULL, &rules[0]},
    {TEXT("BillingModeOverride"), TEXT("billingModeOverride"), TEXT("\"BillingModeOverride\":"), SHAPE_STRING, offsetof(struct restore_table_from_backup_input, billing_mode_override), false, false, NULL, &rules[22]},
    {TEXT("GlobalSecondaryIndexOverride"), TEXT("globalSecondaryIndexOverride"), TEXT("\"GlobalSecondaryIndexOverride\":"), SHAPE_LIST, offsetof(struct restore_table_from_backup_input, global_secondary_index_override), false, false, &shape_global_secondary_index_list, NULL},
    {TEXT("LocalSecondaryIndexOverride"), TEXT("localSecondaryIndexOverride"), TEXT("\"LocalSecondaryIndexOverride\":"), SHAPE_LIST, offsetof(struct restore_table_from_backup_input, local_secondary_index_override), false, false, &shape_local_secondary_index_list, NULL},
    {TEXT("ProvisionedThroughputOverride"), TEXT("provisionedThroughputOverride"), TEXT("\"ProvisionedThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct restore_table_from_backup_input, provisioned_throughput_override), false, false, &shape_provisioned_throughput, NULL},
    {TEXT("OnDemandThroughputOverride"), TEXT("onDemandThroughputOverride"), TEXT("\"OnDemandThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct restore_table_from_backup_input, on_demand_throughput_override), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("SSESpecificationOverride"), TEXT("sSESpecificationOverride"), TEXT("\"SSESpecificationOverride\":"), SHAPE_STRUCTURE, offsetof(struct restore_table_from_backup_input, sse_specification_override), false, false, &shape_sse_specification, NULL},
    {TEXT("VectorIndexOverride"), TEXT("vectorIndexOverride"), TEXT("\"VectorIndexOverride\":"), SHAPE_LIST, offsetof(struct restore_table_from_backup_input, vector_index_override), false, false, &shape_vector_index_list, NULL},
};
static const uint8_t order_restore_table_from_backup_input[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t lookup_restore_table_from_backup_input[] = {
    0, 0, 0, 0, 0, 0, 0, 0, 6, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0, 0, 2, 5, 7, 1, 8,
};
const struct shape shape_restore_table_from_backup_input = {.name = "RestoreTableFromBackupInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct restore_table_from_backup_input), .members = members_restore_table_from_backup_input, .members_count = 9, .check_order = order_restore_table_from_backup_input, .checked = true, .lookup = lookup_restore_table_from_backup_input, .lookup_mask = 31, .lookup_seed = 0x9818fe81};

static const struct shape_member members_restore_table_from_backup_output[] = {
    {TEXT("TableDescription"), TEXT("tableDescription"), TEXT("\"TableDescription\":"), SHAPE_STRUCTURE, offsetof(struct restore_table_from_backup_output, table_description), false, false, &shape_table_description, NULL},
};
static const uint8_t order_restore_table_from_backup_output[] = {0};
static const uint8_t lookup_restore_table_from_backup_output[] = {
    0, 1,
};
const struct shape shape_restore_table_from_backup_output = {.name = "RestoreTableFromBackupOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct restore_table_from_backup_output), .members = members_restore_table_from_backup_output, .members_count = 1, .check_order = order_restore_table_from_backup_output, .checked = true, .lookup = lookup_restore_table_from_backup_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_restore_table_to_point_in_time_input[] = {
    {TEXT("TargetTableName"), TEXT("targetTableName"), TEXT("\"TargetTableName\":"), SHAPE_STRING, offsetof(struct restore_table_to_point_in_time_input, target_table_name), true, false, NULL, &rules[8]},
    {TEXT("SourceTableArn"), TEXT("sourceTableArn"), TEXT("\"SourceTableArn\":"), SHAPE_STRING, offsetof(struct restore_table_to_point_in_time_input, source_table_arn), false, false, NULL, &rules[13]},
    {TEXT("SourceTableName"), TEXT("sourceTableName"), TEXT("\"SourceTableName\":"), SHAPE_STRING, offsetof(struct restore_table_to_point_in_time_input, source_table_name), false, false, NULL, &rules[8]},
    {TEXT("UseLatestRestorableTime"), TEXT("useLatestRestorableTime"), TEXT("\"UseLatestRestorableTime\":"), SHAPE_BOOLEAN, offsetof(struct restore_table_to_point_in_time_input, use_latest_restorable_time), false, false, NULL, NULL},
    {TEXT("RestoreDateTime"), TEXT("restoreDateTime"), TEXT("\"RestoreDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct restore_table_to_point_in_time_input, restore_date_time), false, false, NULL, NULL},
    {TEXT("BillingModeOverride"), TEXT("billingModeOverride"), TEXT("\"BillingModeOverride\":"), SHAPE_STRING, offsetof(struct restore_table_to_point_in_time_input, billing_mode_override), false, false, NULL, &rules[22]},
    {TEXT("GlobalSecondaryIndexOverride"), TEXT("globalSecondaryIndexOverride"), TEXT("\"GlobalSecondaryIndexOverride\":"), SHAPE_LIST, offsetof(struct restore_table_to_point_in_time_input, global_secondary_index_override), false, false, &shape_global_secondary_index_list, NULL},
    {TEXT("LocalSecondaryIndexOverride"), TEXT("localSecondaryIndexOverride"), TEXT("\"LocalSecondaryIndexOverride\":"), SHAPE_LIST, offsetof(struct restore_table_to_point_in_time_input, local_secondary_index_override), false, false, &shape_local_secondary_index_list, NULL},
    {TEXT("ProvisionedThroughputOverride"), TEXT("provisionedThroughputOverride"), TEXT("\"ProvisionedThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct restore_table_to_point_in_time_input, provisioned_throughput_override), false, false, &shape_provisioned_throughput, NULL},
    {TEXT("OnDemandThroughputOverride"), TEXT("onDemandThroughputOverride"), TEXT("\"OnDemandThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct restore_table_to_point_in_time_input, on_demand_throughput_override), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("SSESpecificationOverride"), TEXT("sSESpecificationOverride"), TEXT("\"SSESpecificationOverride\":"), SHAPE_STRUCTURE, offsetof(struct restore_table_to_point_in_time_input, sse_specification_override), false, false, &shape_sse_specification, NULL},
    {TEXT("VectorIndexOverride"), TEXT("vectorIndexOverride"), TEXT("\"VectorIndexOverride\":"), SHAPE_LIST, offsetof(struct restore_table_to_point_in_time_input, vector_index_override), false, false, &shape_vector_index_list, NULL},
};
static const uint8_t order_restore_table_to_point_in_time_input[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
static const uint8_t lookup_restore_table_to_point_in_time_input[] = {
    1, 4, 0, 0, 0, 0, 11, 0, 0, 0, 0, 7, 2, 0, 0, 0, 12, 8, 0, 0, 0, 0, 5, 10, 9, 6, 0, 3, 0, 0, 0, 0,
};
const struct shape shape_restore_table_to_point_in_time_input = {.name = "RestoreTableToPointInTimeInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct restore_table_to_point_in_time_input), .members = members_restore_table_to_point_in_time_input, .members_count = 12, .check_order = order_restore_table_to_point_in_time_input, .checked = true, .lookup = lookup_restore_table_to_point_in_time_input, .lookup_mask = 31, .lookup_seed = 0x6baaa412};

static const struct shape_member members_restore_table_to_point_in_time_output[] = {
    {TEXT("TableDescription"), TEXT("tableDescription"), TEXT("\"TableDescription\":"), SHAPE_STRUCTURE, offsetof(struct restore_table_to_point_in_time_output, table_description), false, false, &shape_table_description, NULL},
};
static const uint8_t order_restore_table_to_point_in_time_output[] = {0};
static const uint8_t lookup_restore_table_to_point_in_time_output[] = {
    0, 1,
};
const struct shape shape_restore_table_to_point_in_time_output = {.name = "RestoreTableToPointInTimeOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct restore_table_to_point_in_time_output), .members = members_restore_table_to_point_in_time_output, .members_count = 1, .check_order = order_restore_table_to_point_in_time_output, .checked = true, .lookup = lookup_restore_table_to_point_in_time_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_s3_bucket_source[] = {
    {TEXT("S3Bucket"), TEXT("s3Bucket"), TEXT("\"S3Bucket\":"), SHAPE_STRING, offsetof(struct s3_bucket_source, s3_bucket), true, false, NULL, &rules[48]},
    {TEXT("S3BucketOwner"), TEXT("s3BucketOwner"), TEXT("\"S3BucketOwner\":"), SHAPE_STRING, offsetof(struct s3_bucket_source, s3_bucket_owner), false, false, NULL, &rules[49]},
    {TEXT("S3KeyPrefix"), TEXT("s3KeyPrefix"), TEXT("\"S3KeyPrefix\":"), SHAPE_STRING, offsetof(struct s3_bucket_source, s3_key_prefix), false, false, NULL, &rules[50]},
};
static const uint8_t order_s3_bucket_source[] = {0, 1, 2};
static const uint8_t lookup_s3_bucket_source[] = {
    2, 0, 0, 3, 0, 1, 0, 0,
};
const struct shape shape_s3_bucket_source = {.name = "S3BucketSource", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct s3_bucket_source), .members = members_s3_bucket_source, .members_count = 3, .check_order = order_s3_bucket_source, .checked = true, .lookup = lookup_s3_bucket_source, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_sse_description[] = {
    {TEXT("Status"), TEXT("status"), TEXT("\"Status\":"), SHAPE_STRING, offsetof(struct sse_description, status), false, false, NULL, &rules[79]},
    {TEXT("SSEType"), TEXT("sSEType"), TEXT("\"SSEType\":"), SHAPE_STRING, offsetof(struct sse_description, sse_type), false, false, NULL, &rules[51]},
    {TEXT("KMSMasterKeyArn"), TEXT("kMSMasterKeyArn"), TEXT("\"KMSMasterKeyArn\":"), SHAPE_STRING, offsetof(struct sse_description, kms_master_key_arn), false, false, NULL, NULL},
    {TEXT("InaccessibleEncryptionDateTime"), TEXT("inaccessibleEncryptionDateTime"), TEXT("\"InaccessibleEncryptionDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct sse_description, inaccessible_encryption_date_time), false, false, NULL, NULL},
};
static const uint8_t order_sse_description[] = {0, 1, 2, 3};
static const uint8_t lookup_sse_description[] = {
    0, 0, 3, 4, 1, 0, 0, 2,
};
const struct shape shape_sse_description = {.name = "SSEDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct sse_description), .members = members_sse_description, .members_count = 4, .check_order = order_sse_description, .checked = true, .lookup = lookup_sse_description, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_sse_specification[] = {
    {TEXT("Enabled"), TEXT("enabled"), TEXT("\"Enabled\":"), SHAPE_BOOLEAN, offsetof(struct sse_specification, enabled), false, false, NULL, NULL},
    {TEXT("SSEType"), TEXT("sSEType"), TEXT("\"SSEType\":"), SHAPE_STRING, offsetof(struct sse_specification, sse_type), false, false, NULL, &rules[51]},
    {TEXT("KMSMasterKeyId"), TEXT("kMSMasterKeyId"), TEXT("\"KMSMasterKeyId\":"), SHAPE_STRING, offsetof(struct sse_specification, kms_master_key_id), false, false, NULL, NULL},
};
static const uint8_t order_sse_specification[] = {0, 1, 2};
static const uint8_t lookup_sse_specification[] = {
    0, 0, 3, 0, 0, 0, 1, 2,
};
const struct shape shape_sse_specification = {.name = "SSESpecification", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct sse_specification), .members = members_sse_specification, .members_count = 3, .check_order = order_sse_specification, .checked = true, .lookup = lookup_sse_specification, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_scan_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct scan_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct scan_input, index_name), false, false, NULL, &rules[8]},
    {TEXT("AttributesToGet"), TEXT("attributesToGet"), TEXT("\"AttributesToGet\":"), SHAPE_LIST, offsetof(struct scan_input, attributes_to_get), false, false, &shape_attribute_name_list, &rules[1]},
    {TEXT("Limit"), TEXT("limit"), TEXT("\"Limit\":"), SHAPE_INTEGER, offsetof(struct scan_input, limit), false, false, NULL, &rules[4]},
    {TEXT("Select"), TEXT("select"), TEXT("\"Select\":"), SHAPE_STRING, offsetof(struct scan_input, select), false, false, NULL, &rules[75]},
    {TEXT("ScanFilter"), TEXT("scanFilter"), TEXT("\"ScanFilter\":"), SHAPE_MAP, offsetof(struct scan_input, scan_filter), false, false, &shape_filter_condition_map, NULL},
    {TEXT("ConditionalOperator"), TEXT("conditionalOperator"), TEXT("\"ConditionalOperator\":"), SHAPE_STRING, offsetof(struct scan_input, conditional_operator), false, false, NULL, &rules[39]},
    {TEXT("ExclusiveStartKey"), TEXT("exclusiveStartKey"), TEXT("\"ExclusiveStartKey\":"), SHAPE_ITEM, offsetof(struct scan_input, exclusive_start_key), false, false, &shape_key, NULL},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct scan_input, return_consumed_capacity), false, false, NULL, &rules[14]},
    {TEXT("TotalSegments"), TEXT("totalSegments"), TEXT("\"TotalSegments\":"), SHAPE_INTEGER, offsetof(struct scan_input, total_segments), false, false, NULL, &rules[80]},
    {TEXT("Segment"), TEXT("segment"), TEXT("\"Segment\":"), SHAPE_INTEGER, offsetof(struct scan_input, segment), false, false, NULL, &rules[81]},
    {TEXT("ProjectionExpression"), TEXT("projectionExpression"), TEXT("\"ProjectionExpression\":"), SHAPE_STRING, offsetof(struct scan_input, projection_expression), false, false, NULL, NULL},
    {TEXT("FilterExpression"), TEXT("filterExpression"), TEXT("\"FilterExpression\":"), SHAPE_STRING, offsetof(struct scan_input, filter_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct scan_input, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct scan_input, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
    {TEXT("ConsistentRead"), TEXT("consistentRead"), TEXT("\"ConsistentRead\":"), SHAPE_BOOLEAN, offsetof(struct scan_input, consistent_read), false, false, NULL, NULL},
};
static const uint8_t order_scan_input[] = {4, 1, 9, 8, 0, 6, 5, 10, 3, 2, 7, 11, 12, 13, 14, 15};
static const uint8_t lookup_scan_input[] = {
    4, 6, 1, 0, 15, 14, 2, 0, 0, 0, 0, 5, 7, 12, 0, 0, 3, 10, 0, 8, 0, 13, 0, 0, 16, 11, 0, 0, 0, 0, 0, 9,
};
const struct shape shape_scan_input = {.name = "ScanInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct scan_input), .members = members_scan_input, .members_count = 16, .check_order = order_scan_input, .checked = true, .lookup = lookup_scan_input, .lookup_mask = 31, .lookup_seed = 0x4348b437};

static const struct shape_member members_scan_output[] = {
    {TEXT("Items"), TEXT("items"), TEXT("\"Items\":"), SHAPE_LIST, offsetof(struct scan_output, items), false, false, &shape_item_list, NULL},
    {TEXT("Count"), TEXT("count"), TEXT("\"Count\":"), SHAPE_INTEGER, offsetof(struct scan_output, count), false, false, NULL, NULL},
    {TEXT("ScannedCount"), TEXT("scannedCount"), TEXT("\"ScannedCount\":"), SHAPE_INTEGER, offsetof(struct scan_output, scanned_count), false, false, NULL, NULL},
    {TEXT("LastEvaluatedKey"), TEXT("lastEvaluatedKey"), TEXT("\"LastEvaluatedKey\":"), SHAPE_ITEM, offsetof(struct scan_output, last_evaluated_key), false, false, &shape_key, NULL},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_STRUCTURE, offsetof(struct scan_output, consumed_capacity), false, false, &shape_consumed_capacity, NULL},
};
static const uint8_t order_scan_output[] = {0, 1, 2, 3, 4};
static const uint8_t lookup_scan_output[] = {
    0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 2, 5, 0, 0, 0, 0,
};
const struct shape shape_scan_output = {.name = "ScanOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct scan_output), .members = members_scan_output, .members_count = 5, .check_order = order_scan_output, .checked = true, .lookup = lookup_scan_output, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member members_search_result_item[] = {
    {TEXT("Item"), TEXT("item"), TEXT("\"Item\":"), SHAPE_ITEM, offsetof(struct search_result_item, item), false, false, &shape_attribute_map, NULL},
    {TEXT("Score"), TEXT("score"), TEXT("\"Score\":"), SHAPE_DOUBLE, offsetof(struct search_result_item, score), false, false, NULL, NULL},
};
static const uint8_t order_search_result_item[] = {0, 1};
static const uint8_t lookup_search_result_item[] = {
    0, 1, 2, 0,
};
const struct shape shape_search_result_item = {.name = "SearchResultItem", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct search_result_item), .members = members_search_result_item, .members_count = 2, .check_order = order_search_result_item, .checked = false, .lookup = lookup_search_result_item, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member element_search_result_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_search_result_item, NULL};
const struct shape shape_search_result_list = {.name = "SearchResultList", .kind = SHAPE_LIST, .bytes = sizeof(struct search_result_list), .element = &element_search_result_list, .element_bytes = sizeof(struct search_result_item), .rule = NULL, .checked = true};

static const struct shape_member element_search_schema = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_search_schema_element, NULL};
const struct shape shape_search_schema = {.name = "SearchSchema", .kind = SHAPE_LIST, .bytes = sizeof(struct search_schema), .element = &element_search_schema, .element_bytes = sizeof(struct search_schema_element), .rule = &rules[4], .checked = true};

static const struct shape_member members_search_schema_element[] = {
    {TEXT("AttributeName"), TEXT("attributeName"), TEXT("\"AttributeName\":"), SHAPE_STRING, offsetof(struct search_schema_element, attribute_name), true, false, NULL, &rules[1]},
    {TEXT("SearchSchemaElementType"), TEXT("searchSchemaElementType"), TEXT("\"SearchSchemaElementType\":"), SHAPE_STRING, offsetof(struct search_schema_element, search_schema_element_type), true, false, NULL, &rules[82]},
};
static const uint8_t order_search_schema_element[] = {0, 1};
static const uint8_t lookup_search_schema_element[] = {
    1, 2, 0, 0,
};
const struct shape shape_search_schema_element = {.name = "SearchSchemaElement", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct search_schema_element), .members = members_search_schema_element, .members_count = 2, .check_order = order_search_schema_element, .checked = true, .lookup = lookup_search_schema_element, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_search_vector_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_VALUE, 0, false, false, &shape_attribute_value, NULL};
const struct shape shape_search_vector_list = {.name = "SearchVectorList", .kind = SHAPE_LIST, .bytes = sizeof(struct search_vector_list), .element = &element_search_vector_list, .element_bytes = sizeof(struct attribute_value), .rule = &rules[83], .checked = false};

static const struct shape_member members_search_vectors_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct search_vectors_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct search_vectors_input, index_name), true, false, NULL, &rules[8]},
    {TEXT("SearchVector"), TEXT("searchVector"), TEXT("\"SearchVector\":"), SHAPE_LIST, offsetof(struct search_vectors_input, search_vector), true, false, &shape_search_vector_list, &rules[83]},
    {TEXT("TopK"), TEXT("topK"), TEXT("\"TopK\":"), SHAPE_INTEGER, offsetof(struct search_vectors_input, top_k), true, false, NULL, &rules[4]},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct search_vectors_input, return_consumed_capacity), false, false, NULL, &rules[14]},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct search_vectors_input, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct search_vectors_input, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
    {TEXT("ProjectionExpression"), TEXT("projectionExpression"), TEXT("\"ProjectionExpression\":"), SHAPE_STRING, offsetof(struct search_vectors_input, projection_expression), false, false, NULL, NULL},
    {TEXT("SearchConditionExpression"), TEXT("searchConditionExpression"), TEXT("\"SearchConditionExpression\":"), SHAPE_STRING, offsetof(struct search_vectors_input, search_condition_expression), false, false, NULL, NULL},
};
static const uint8_t order_search_vectors_input[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t lookup_search_vectors_input[] = {
    0, 0, 0, 1, 0, 6, 0, 0, 0, 3, 7, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 8, 4, 9, 0, 5, 0, 0, 0, 0, 0, 0,
};
const struct shape shape_search_vectors_input = {.name = "SearchVectorsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct search_vectors_input), .members = members_search_vectors_input, .members_count = 9, .check_order = order_search_vectors_input, .checked = true, .lookup = lookup_search_vectors_input, .lookup_mask = 31, .lookup_seed = 0xcf3deda7};

static const struct shape_member members_search_vectors_output[] = {
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_STRUCTURE, offsetof(struct search_vectors_output, consumed_capacity), false, false, &shape_vector_capacity, NULL},
    {TEXT("SearchResults"), TEXT("searchResults"), TEXT("\"SearchResults\":"), SHAPE_LIST, offsetof(struct search_vectors_output, search_results), false, false, &shape_search_result_list, NULL},
};
static const uint8_t order_search_vectors_output[] = {0, 1};
static const uint8_t lookup_search_vectors_output[] = {
    0, 0, 2, 1,
};
const struct shape shape_search_vectors_output = {.name = "SearchVectorsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct search_vectors_output), .members = members_search_vectors_output, .members_count = 2, .check_order = order_search_vectors_output, .checked = true, .lookup = lookup_search_vectors_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_secondary_indexes_bulk_bytes_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_bulk_operation_bytes, NULL};
const struct shape shape_secondary_indexes_bulk_bytes_map = {.name = "SecondaryIndexesBulkBytesMap", .kind = SHAPE_MAP, .bytes = sizeof(struct secondary_indexes_bulk_bytes_map), .element = &element_secondary_indexes_bulk_bytes_map, .element_bytes = sizeof(struct bulk_operation_bytes), .rule = NULL, .key_rule = &rules[8], .checked = true};

static const struct shape_member element_secondary_indexes_capacity_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_capacity, NULL};
const struct shape shape_secondary_indexes_capacity_map = {.name = "SecondaryIndexesCapacityMap", .kind = SHAPE_MAP, .bytes = sizeof(struct secondary_indexes_capacity_map), .element = &element_secondary_indexes_capacity_map, .element_bytes = sizeof(struct capacity), .rule = NULL, .key_rule = &rules[8], .checked = true};

static const struct shape_member members_sequence_number_range[] = {
    {TEXT("StartingSequenceNumber"), TEXT("startingSequenceNumber"), TEXT("\"StartingSequenceNumber\":"), SHAPE_STRING, offsetof(struct sequence_number_range, starting_sequence_number), false, false, NULL, &rules[57]},
    {TEXT("EndingSequenceNumber"), TEXT("endingSequenceNumber"), TEXT("\"EndingSequenceNumber\":"), SHAPE_STRING, offsetof(struct sequence_number_range, ending_sequence_number), false, false, NULL, &rules[57]},
};
static const uint8_t order_sequence_number_range[] = {0, 1};
static const uint8_t lookup_sequence_number_range[] = {
    0, 0, 2, 1,
};
const struct shape shape_sequence_number_range = {.name = "SequenceNumberRange", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct sequence_number_range), .members = members_sequence_number_range, .members_count = 2, .check_order = order_sequence_number_range, .checked = true, .lookup = lookup_sequence_number_range, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member members_shard[] = {
    {TEXT("ShardId"), TEXT("shardId"), TEXT("\"ShardId\":"), SHAPE_STRING, offsetof(struct shard, shard_id), false, false, NULL, &rules[42]},
    {TEXT("SequenceNumberRange"), TEXT("sequenceNumberRange"), TEXT("\"SequenceNumberRange\":"), SHAPE_STRUCTURE, offsetof(struct shard, sequence_number_range), false, false, &shape_sequence_number_range, NULL},
    {TEXT("ParentShardId"), TEXT("parentShardId"), TEXT("\"ParentShardId\":"), SHAPE_STRING, offsetof(struct shard, parent_shard_id), false, false, NULL, &rules[42]},
};
static const uint8_t order_shard[] = {0, 1, 2};
static const uint8_t lookup_shard[] = {
    0, 3, 0, 0, 2, 1, 0, 0,
};
const struct shape shape_shard = {.name = "Shard", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct shard), .members = members_shard, .members_count = 3, .check_order = order_shard, .checked = true, .lookup = lookup_shard, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member element_shard_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_shard, NULL};
const struct shape shape_shard_description_list = {.name = "ShardDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct shard_description_list), .element = &element_shard_description_list, .element_bytes = sizeof(struct shard), .rule = NULL, .checked = true};

static const struct shape_member members_shard_filter[] = {
    {TEXT("Type"), TEXT("type"), TEXT("\"Type\":"), SHAPE_STRING, offsetof(struct shard_filter, type), true, false, NULL, &rules[84]},
    {TEXT("ShardId"), TEXT("shardId"), TEXT("\"ShardId\":"), SHAPE_STRING, offsetof(struct shard_filter, shard_id), true, false, NULL, &rules[42]},
};
static const uint8_t order_shard_filter[] = {0, 1};
static const uint8_t lookup_shard_filter[] = {
    0, 2, 0, 1,
};
const struct shape shape_shard_filter = {.name = "ShardFilter", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct shard_filter), .members = members_shard_filter, .members_count = 2, .check_order = order_shard_filter, .checked = true, .lookup = lookup_shard_filter, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_source_table_details[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct source_table_details, table_name), true, false, NULL, &rules[8]},
    {TEXT("TableId"), TEXT("tableId"), TEXT("\"TableId\":"), SHAPE_STRING, offsetof(struct source_table_details, table_id), true, false, NULL, &rules[12]},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct source_table_details, key_schema), true, false, &shape_key_schema, NULL},
    {TEXT("TableCreationDateTime"), TEXT("tableCreationDateTime"), TEXT("\"TableCreationDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct source_table_details, table_creation_date_time), true, false, NULL, NULL},
    {TEXT("ProvisionedThroughput"), TEXT("provisionedThroughput"), TEXT("\"ProvisionedThroughput\":"), SHAPE_STRUCTURE, offsetof(struct source_table_details, provisioned_throughput), true, false, &shape_provisioned_throughput, NULL},
    {TEXT("TableArn"), TEXT("tableArn"), TEXT("\"TableArn\":"), SHAPE_STRING, offsetof(struct source_table_details, table_arn), false, false, NULL, &rules[13]},
    {TEXT("TableSizeBytes"), TEXT("tableSizeBytes"), TEXT("\"TableSizeBytes\":"), SHAPE_LONG, offsetof(struct source_table_details, table_size_bytes), false, false, NULL, NULL},
    {TEXT("OnDemandThroughput"), TEXT("onDemandThroughput"), TEXT("\"OnDemandThroughput\":"), SHAPE_STRUCTURE, offsetof(struct source_table_details, on_demand_throughput), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("ItemCount"), TEXT("itemCount"), TEXT("\"ItemCount\":"), SHAPE_LONG, offsetof(struct source_table_details, item_count), false, false, NULL, &rules[11]},
    {TEXT("BillingMode"), TEXT("billingMode"), TEXT("\"BillingMode\":"), SHAPE_STRING, offsetof(struct source_table_details, billing_mode), false, false, NULL, &rules[22]},
};
static const uint8_t order_source_table_details[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const uint8_t lookup_source_table_details[] = {
    0, 0, 1, 0, 0, 6, 10, 5, 0, 0, 0, 0, 0, 0, 0, 8, 0, 2, 0, 0, 9, 0, 0, 7, 3, 0, 0, 0, 0, 0, 4, 0,
};
const struct shape shape_source_table_details = {.name = "SourceTableDetails", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct source_table_details), .members = members_source_table_details, .members_count = 10, .check_order = order_source_table_details, .checked = true, .lookup = lookup_source_table_details, .lookup_mask = 31, .lookup_seed = 0x6168283d};

static const struct shape_member members_source_table_feature_details[] = {
    {TEXT("LocalSecondaryIndexes"), TEXT("localSecondaryIndexes"), TEXT("\"LocalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct source_table_feature_details, local_secondary_indexes), false, false, &shape_local_secondary_indexes, NULL},
    {TEXT("GlobalSecondaryIndexes"), TEXT("globalSecondaryIndexes"), TEXT("\"GlobalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct source_table_feature_details, global_secondary_indexes), false, false, &shape_global_secondary_indexes, NULL},
    {TEXT("StreamDescription"), TEXT("streamDescription"), TEXT("\"StreamDescription\":"), SHAPE_STRUCTURE, offsetof(struct source_table_feature_details, stream_description), false, false, &shape_stream_specification, NULL},
    {TEXT("TimeToLiveDescription"), TEXT("timeToLiveDescription"), TEXT("\"TimeToLiveDescription\":"), SHAPE_STRUCTURE, offsetof(struct source_table_feature_details, time_to_live_description), false, false, &shape_time_to_live_description, NULL},
    {TEXT("SSEDescription"), TEXT("sSEDescription"), TEXT("\"SSEDescription\":"), SHAPE_STRUCTURE, offsetof(struct source_table_feature_details, sse_description), false, false, &shape_sse_description, NULL},
    {TEXT("VectorIndexes"), TEXT("vectorIndexes"), TEXT("\"VectorIndexes\":"), SHAPE_LIST, offsetof(struct source_table_feature_details, vector_indexes), false, false, &shape_vector_indexes, NULL},
};
static const uint8_t order_source_table_feature_details[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_source_table_feature_details[] = {
    0, 0, 0, 3, 0, 0, 1, 0, 5, 4, 0, 6, 0, 2, 0, 0,
};
const struct shape shape_source_table_feature_details = {.name = "SourceTableFeatureDetails", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct source_table_feature_details), .members = members_source_table_feature_details, .members_count = 6, .check_order = order_source_table_feature_details, .checked = true, .lookup = lookup_source_table_feature_details, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member members_start_bulk_put_items_input[] = {
    {TEXT("InputS3Configuration"), TEXT("inputS3Configuration"), TEXT("\"InputS3Configuration\":"), SHAPE_STRUCTURE, offsetof(struct start_bulk_put_items_input, input_s3_configuration), true, false, &shape_input_s3_configuration, NULL},
    {TEXT("OutputS3Configuration"), TEXT("outputS3Configuration"), TEXT("\"OutputS3Configuration\":"), SHAPE_STRUCTURE, offsetof(struct start_bulk_put_items_input, output_s3_configuration), true, false, &shape_output_s3_configuration, NULL},
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct start_bulk_put_items_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("ClientToken"), TEXT("clientToken"), TEXT("\"ClientToken\":"), SHAPE_STRING, offsetof(struct start_bulk_put_items_input, client_token), false, false, NULL, &rules[24]},
    {TEXT("MaxWriteRequestUnits"), TEXT("maxWriteRequestUnits"), TEXT("\"MaxWriteRequestUnits\":"), SHAPE_LONG, offsetof(struct start_bulk_put_items_input, max_write_request_units), false, false, NULL, &rules[25]},
    {TEXT("PerformanceTier"), TEXT("performanceTier"), TEXT("\"PerformanceTier\":"), SHAPE_STRING, offsetof(struct start_bulk_put_items_input, performance_tier), false, false, NULL, &rules[26]},
};
static const uint8_t order_start_bulk_put_items_input[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_start_bulk_put_items_input[] = {
    0, 0, 3, 6, 0, 0, 1, 5, 4, 0, 0, 2, 0, 0, 0, 0,
};
const struct shape shape_start_bulk_put_items_input = {.name = "StartBulkPutItemsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct start_bulk_put_items_input), .members = members_start_bulk_put_items_input, .members_count = 6, .check_order = order_start_bulk_put_items_input, .checked = true, .lookup = lookup_start_bulk_put_items_input, .lookup_mask = 15, .lookup_seed = 0x6168283d};

static const struct shape_member members_start_bulk_put_items_output[] = {
    {TEXT("BulkOperationDescription"), TEXT("bulkOperationDescription"), TEXT("\"BulkOperationDescription\":"), SHAPE_STRUCTURE, offsetof(struct start_bulk_put_items_output, bulk_operation_description), true, false, &shape_bulk_operation_description, NULL},
};
static const uint8_t order_start_bulk_put_items_output[] = {0};
static const uint8_t lookup_start_bulk_put_items_output[] = {
    0, 1,
};
const struct shape shape_start_bulk_put_items_output = {.name = "StartBulkPutItemsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct start_bulk_put_items_output), .members = members_start_bulk_put_items_output, .members_count = 1, .check_order = order_start_bulk_put_items_output, .checked = true, .lookup = lookup_start_bulk_put_items_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_stream[] = {
    {TEXT("StreamArn"), TEXT("streamArn"), TEXT("\"StreamArn\":"), SHAPE_STRING, offsetof(struct stream, stream_arn), false, false, NULL, &rules[0]},
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct stream, table_name), false, false, NULL, &rules[8]},
    {TEXT("StreamLabel"), TEXT("streamLabel"), TEXT("\"StreamLabel\":"), SHAPE_STRING, offsetof(struct stream, stream_label), false, false, NULL, NULL},
};
static const uint8_t order_stream[] = {0, 1, 2};
static const uint8_t lookup_stream[] = {
    2, 1, 0, 0, 0, 0, 3, 0,
};
const struct shape shape_stream = {.name = "Stream", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct stream), .members = members_stream, .members_count = 3, .check_order = order_stream, .checked = true, .lookup = lookup_stream, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_stream_description[] = {
    {TEXT("StreamArn"), TEXT("streamArn"), TEXT("\"StreamArn\":"), SHAPE_STRING, offsetof(struct stream_description, stream_arn), false, false, NULL, &rules[0]},
    {TEXT("StreamLabel"), TEXT("streamLabel"), TEXT("\"StreamLabel\":"), SHAPE_STRING, offsetof(struct stream_description, stream_label), false, false, NULL, NULL},
    {TEXT("StreamStatus"), TEXT("streamStatus"), TEXT("\"StreamStatus\":"), SHAPE_STRING, offsetof(struct stream_description, stream_status), false, false, NULL, &rules[85]},
    {TEXT("StreamViewType"), TEXT("streamViewType"), TEXT("\"StreamViewType\":"), SHAPE_STRING, offsetof(struct stream_description, stream_view_type), false, false, NULL, &rules[86]},
    {TEXT("CreationRequestDateTime"), TEXT("creationRequestDateTime"), TEXT("\"CreationRequestDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct stream_description, creation_request_date_time), false, false, NULL, NULL},
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct stream_description, table_name), false, false, NULL, &rules[8]},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct stream_description, key_schema), false, false, &shape_key_schema, NULL},
    {TEXT("Shards"), TEXT("shards"), TEXT("\"Shards\":"), SHAPE_LIST, offsetof(struct stream_description, shards), false, false, &shape_shard_description_list, NULL},
    {TEXT("LastEvaluatedShardId"), TEXT("lastEvaluatedShardId"), TEXT("\"LastEvaluatedShardId\":"), SHAPE_STRING, offsetof(struct stream_description, last_evaluated_shard_id), false, false, NULL, &rules[42]},
};
static const uint8_t order_stream_description[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t lookup_stream_description[] = {
    0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 7, 0, 0, 0, 0, 4, 0, 0, 3, 9, 0, 0, 0, 0, 6, 0, 0, 0, 8, 5, 0, 0,
};
const struct shape shape_stream_description = {.name = "StreamDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct stream_description), .members = members_stream_description, .members_count = 9, .check_order = order_stream_description, .checked = true, .lookup = lookup_stream_description, .lookup_mask = 31, .lookup_seed = 0x2d745a58};

static const struct shape_member element_stream_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_stream, NULL};
const struct shape shape_stream_list = {.name = "StreamList", .kind = SHAPE_LIST, .bytes = sizeof(struct stream_list), .element = &element_stream_list, .element_bytes = sizeof(struct stream), .rule = NULL, .checked = true};

static const struct shape_member members_stream_record[] = {
    {TEXT("ApproximateCreationDateTime"), TEXT("approximateCreationDateTime"), TEXT("\"ApproximateCreationDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct stream_record, approximate_creation_date_time), false, false, NULL, NULL},
    {TEXT("Keys"), TEXT("keys"), TEXT("\"Keys\":"), SHAPE_ITEM, offsetof(struct stream_record, keys), false, false, &shape_attribute_map, NULL},
    {TEXT("NewImage"), TEXT("newImage"), TEXT("\"NewImage\":"), SHAPE_ITEM, offsetof(struct stream_record, new_image), false, false, &shape_attribute_map, NULL},
    {TEXT("OldImage"), TEXT("oldImage"), TEXT("\"OldImage\":"), SHAPE_ITEM, offsetof(struct stream_record, old_image), false, false, &shape_attribute_map, NULL},
    {TEXT("SequenceNumber"), TEXT("sequenceNumber"), TEXT("\"SequenceNumber\":"), SHAPE_STRING, offsetof(struct stream_record, sequence_number), false, false, NULL, &rules[57]},
    {TEXT("SizeBytes"), TEXT("sizeBytes"), TEXT("\"SizeBytes\":"), SHAPE_LONG, offsetof(struct stream_record, size_bytes), false, false, NULL, &rules[4]},
    {TEXT("StreamViewType"), TEXT("streamViewType"), TEXT("\"StreamViewType\":"), SHAPE_STRING, offsetof(struct stream_record, stream_view_type), false, false, NULL, &rules[86]},
};
static const uint8_t order_stream_record[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t lookup_stream_record[] = {
    4, 7, 0, 1, 0, 0, 3, 0, 6, 5, 2, 0, 0, 0, 0, 0,
};
const struct shape shape_stream_record = {.name = "StreamRecord", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct stream_record), .members = members_stream_record, .members_count = 7, .check_order = order_stream_record, .checked = true, .lookup = lookup_stream_record, .lookup_mask = 15, .lookup_seed = 0x7ade08a1};

static const struct shape_member members_stream_specification[] = {
    {TEXT("StreamEnabled"), TEXT("streamEnabled"), TEXT("\"StreamEnabled\":"), SHAPE_BOOLEAN, offsetof(struct stream_specification, stream_enabled), true, false, NULL, NULL},
    {TEXT("StreamViewType"), TEXT("streamViewType"), TEXT("\"StreamViewType\":"), SHAPE_STRING, offsetof(struct stream_specification, stream_view_type), false, false, NULL, &rules[86]},
};
static const uint8_t order_stream_specification[] = {0, 1};
static const uint8_t lookup_stream_specification[] = {
    1, 0, 0, 2,
};
const struct shape shape_stream_specification = {.name = "StreamSpecification", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct stream_specification), .members = members_stream_specification, .members_count = 2, .check_order = order_stream_specification, .checked = true, .lookup = lookup_stream_specification, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_table_auto_scaling_description[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct table_auto_scaling_description, table_name), false, false, NULL, &rules[8]},
    {TEXT("TableStatus"), TEXT("tableStatus"), TEXT("\"TableStatus\":"), SHAPE_STRING, offsetof(struct table_auto_scaling_description, table_status), false, false, NULL, &rules[87]},
    {TEXT("Replicas"), TEXT("replicas"), TEXT("\"Replicas\":"), SHAPE_LIST, offsetof(struct table_auto_scaling_description, replicas), false, false, &shape_replica_auto_scaling_description_list, NULL},
};
static const uint8_t order_table_auto_scaling_description[] = {0, 1, 2};
static const uint8_t lookup_table_auto_scaling_description[] = {
    1, 0, 0, 0, 3, 2, 0, 0,
};
const struct shape shape_table_auto_scaling_description = {.name = "TableAutoScalingDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct table_auto_scaling_description), .members = members_table_auto_scaling_description, .members_count = 3, .check_order = order_table_auto_scaling_description, .checked = true, .lookup = lookup_table_auto_scaling_description, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_table_class_summary[] = {
    {TEXT("TableClass"), TEXT("tableClass"), TEXT("\"TableClass\":"), SHAPE_STRING, offsetof(struct table_class_summary, table_class), false, false, NULL, &rules[33]},
    {TEXT("LastUpdateDateTime"), TEXT("lastUpdateDateTime"), TEXT("\"LastUpdateDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct table_class_summary, last_update_date_time), false, false, NULL, NULL},
};
static const uint8_t order_table_class_summary[] = {0, 1};
static const uint8_t lookup_table_class_summary[] = {
    1, 0, 2, 0,
};
const struct shape shape_table_class_summary = {.name = "TableClassSummary", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct table_class_summary), .members = members_table_class_summary, .members_count = 2, .check_order = order_table_class_summary, .checked = true, .lookup = lookup_table_class_summary, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_table_creation_parameters[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct table_creation_parameters, table_name), true, false, NULL, &rules[8]},
    {TEXT("AttributeDefinitions"), TEXT("attributeDefinitions"), TEXT("\"AttributeDefinitions\":"), SHAPE_LIST, offsetof(struct table_creation_parameters, attribute_definitions), true, false, &shape_attribute_definitions, NULL},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct table_creation_parameters, key_schema), true, false, &shape_key_schema, NULL},
    {TEXT("BillingMode"), TEXT("billingMode"), TEXT("\"BillingMode\":"), SHAPE_STRING, offsetof(struct table_creation_parameters, billing_mode), false, false, NULL, &rules[22]},
    {TEXT("ProvisionedThroughput"), TEXT("provisionedThroughput"), TEXT("\"ProvisionedThroughput\":"), SHAPE_STRUCTURE, offsetof(struct table_creation_parameters, provisioned_throughput), false, false, &shape_provisioned_throughput, NULL},
    {TEXT("OnDemandThroughput"), TEXT("onDemandThroughput"), TEXT("\"OnDemandThroughput\":"), SHAPE_STRUCTURE, offsetof(struct table_creation_parameters, on_demand_throughput), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("SSESpecification"), TEXT("sSESpecification"), TEXT("\"SSESpecification\":"), SHAPE_STRUCTURE, offsetof(struct table_creation_parameters, sse_specification), false, false, &shape_sse_specification, NULL},
    {TEXT("GlobalSecondaryIndexes"), TEXT("globalSecondaryIndexes"), TEXT("\"GlobalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct table_creation_parameters, global_secondary_indexes), false, false, &shape_global_secondary_index_list, NULL},
    {TEXT("VectorIndexes"), TEXT("vectorIndexes"), TEXT("\"VectorIndexes\":"), SHAPE_LIST, offsetof(struct table_creation_parameters, vector_indexes), false, false, &shape_vector_index_list, NULL},
};
static const uint8_t order_table_creation_parameters[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
static const uint8_t lookup_table_creation_parameters[] = {
    0, 6, 0, 0, 0, 0, 2, 7, 0, 0, 3, 9, 0, 5, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 1, 0, 0, 0, 0, 8, 0, 0,
};
const struct shape shape_table_creation_parameters = {.name = "TableCreationParameters", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct table_creation_parameters), .members = members_table_creation_parameters, .members_count = 9, .check_order = order_table_creation_parameters, .checked = true, .lookup = lookup_table_creation_parameters, .lookup_mask = 31, .lookup_seed = 0x2d745a58};

static const struct shape_member members_table_description[] = {
    {TEXT("AttributeDefinitions"), TEXT("attributeDefinitions"), TEXT("\"AttributeDefinitions\":"), SHAPE_LIST, offsetof(struct table_description, attribute_definitions), false, false, &shape_attribute_definitions, NULL},
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct table_description, table_name), false, false, NULL, &rules[8]},
    {TEXT("KeySchema"), TEXT("keySchema"), TEXT("\"KeySchema\":"), SHAPE_LIST, offsetof(struct table_description, key_schema), false, false, &shape_key_schema, NULL},
    {TEXT("TableStatus"), TEXT("tableStatus"), TEXT("\"TableStatus\":"), SHAPE_STRING, offsetof(struct table_description, table_status), false, false, NULL, &rules[87]},
    {TEXT("CreationDateTime"), TEXT("creationDateTime"), TEXT("\"CreationDateTime\":"), SHAPE_TIMESTAMP, offsetof(struct table_description, creation_date_time), false, false, NULL, NULL},
    {TEXT("ProvisionedThroughput"), TEXT("provisionedThroughput"), TEXT("\"ProvisionedThroughput\":"), SHAPE_STRUCTURE, offsetof(struct table_description, provisioned_throughput), false, false, &shape_provisioned_throughput_description, NULL},
    {TEXT("TableSizeBytes"), TEXT("tableSizeBytes"), TEXT("\"TableSizeBytes\":"), SHAPE_LONG, offsetof(struct table_description, table_size_bytes), false, false, NULL, NULL},
    {TEXT("ItemCount"), TEXT("itemCount"), TEXT("\"ItemCount\":"), SHAPE_LONG, offsetof(struct table_description, item_count), false, false, NULL, NULL},
    {TEXT("TableArn"), TEXT("tableArn"), TEXT("\"TableArn\":"), SHAPE_STRING, offsetof(struct table_description, table_arn), false, false, NULL, NULL},
    {TEXT("TableId"), TEXT("tableId"), TEXT("\"TableId\":"), SHAPE_STRING, offsetof(struct table_description, table_id), false, false, NULL, &rules[12]},
    {TEXT("BillingModeSummary"), TEXT("billingModeSummary"), TEXT("\"BillingModeSummary\":"), SHAPE_STRUCTURE, offsetof(struct table_description, billing_mode_summary), false, false, &shape_billing_mode_summary, NULL},
    {TEXT("LocalSecondaryIndexes"), TEXT("localSecondaryIndexes"), TEXT("\"LocalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct table_description, local_secondary_indexes), false, false, &shape_local_secondary_index_description_list, NULL},
    {TEXT("GlobalSecondaryIndexes"), TEXT("globalSecondaryIndexes"), TEXT("\"GlobalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct table_description, global_secondary_indexes), false, false, &shape_global_secondary_index_description_list, NULL},
    {TEXT("StreamSpecification"), TEXT("streamSpecification"), TEXT("\"StreamSpecification\":"), SHAPE_STRUCTURE, offsetof(struct table_description, stream_specification), false, false, &shape_stream_specification, NULL},
    {TEXT("LatestStreamLabel"), TEXT("latestStreamLabel"), TEXT("\"LatestStreamLabel\":"), SHAPE_STRING, offsetof(struct table_description, latest_stream_label), false, false, NULL, NULL},
    {TEXT("LatestStreamArn"), TEXT("latestStreamArn"), TEXT("\"LatestStreamArn\":"), SHAPE_STRING, offsetof(struct table_description, latest_stream_arn), false, false, NULL, &rules[0]},
    {TEXT("GlobalTableVersion"), TEXT("globalTableVersion"), TEXT("\"GlobalTableVersion\":"), SHAPE_STRING, offsetof(struct table_description, global_table_version), false, false, NULL, NULL},
    {TEXT("Replicas"), TEXT("replicas"), TEXT("\"Replicas\":"), SHAPE_LIST, offsetof(struct table_description, replicas), false, false, &shape_replica_description_list, NULL},
    {TEXT("GlobalTableWitnesses"), TEXT("globalTableWitnesses"), TEXT("\"GlobalTableWitnesses\":"), SHAPE_LIST, offsetof(struct table_description, global_table_witnesses), false, false, &shape_global_table_witness_description_list, NULL},
    {TEXT("GlobalTableSettingsReplicationMode"), TEXT("globalTableSettingsReplicationMode"), TEXT("\"GlobalTableSettingsReplicationMode\":"), SHAPE_STRING, offsetof(struct table_description, global_table_settings_replication_mode), false, false, NULL, &rules[35]},
    {TEXT("RestoreSummary"), TEXT("restoreSummary"), TEXT("\"RestoreSummary\":"), SHAPE_STRUCTURE, offsetof(struct table_description, restore_summary), false, false, &shape_restore_summary, NULL},
    {TEXT("SSEDescription"), TEXT("sSEDescription"), TEXT("\"SSEDescription\":"), SHAPE_STRUCTURE, offsetof(struct table_description, sse_description), false, false, &shape_sse_description, NULL},
    {TEXT("ArchivalSummary"), TEXT("archivalSummary"), TEXT("\"ArchivalSummary\":"), SHAPE_STRUCTURE, offsetof(struct table_description, archival_summary), false, false, &shape_archival_summary, NULL},
    {TEXT("TableClassSummary"), TEXT("tableClassSummary"), TEXT("\"TableClassSummary\":"), SHAPE_STRUCTURE, offsetof(struct table_description, table_class_summary), false, false, &shape_table_class_summary, NULL},
    {TEXT("DeletionProtectionEnabled"), TEXT("deletionProtectionEnabled"), TEXT("\"DeletionProtectionEnabled\":"), SHAPE_BOOLEAN, offsetof(struct table_description, deletion_protection_enabled), false, false, NULL, NULL},
    {TEXT("DisassociationProtectionEnabled"), TEXT("disassociationProtectionEnabled"), TEXT("\"DisassociationProtectionEnabled\":"), SHAPE_BOOLEAN, offsetof(struct table_description, disassociation_protection_enabled), false, false, NULL, NULL},
    {TEXT("OnDemandThroughput"), TEXT("onDemandThroughput"), TEXT("\"OnDemandThroughput\":"), SHAPE_STRUCTURE, offsetof(struct table_description, on_demand_throughput), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("WarmThroughput"), TEXT("warmThroughput"), TEXT("\"WarmThroughput\":"), SHAPE_STRUCTURE, offsetof(struct table_description, warm_throughput), false, false, &shape_table_warm_throughput_description, NULL},
    {TEXT("MultiRegionConsistency"), TEXT("multiRegionConsistency"), TEXT("\"MultiRegionConsistency\":"), SHAPE_STRING, offsetof(struct table_description, multi_region_consistency), false, false, NULL, &rules[88]},
    {TEXT("VectorIndexes"), TEXT("vectorIndexes"), TEXT("\"VectorIndexes\":"), SHAPE_LIST, offsetof(struct table_description, vector_indexes), false, false, &shape_vector_index_description_list, NULL},
};
static const uint8_t order_table_description[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29};
static const uint8_t lookup_table_description[] = {
    13, 0, 28, 0, 0, 9, 11, 23, 0, 26, 0, 15, 14, 0, 22, 0, 0, 6, 0, 1, 20, 0, 0, 7, 0, 29, 0, 0, 21, 5, 30, 0,
    0, 0, 0, 17, 8, 0, 19, 16, 0, 4, 2, 24, 0, 3, 0, 0, 27, 0, 12, 0, 0, 0, 0, 0, 10, 0, 0, 18, 25, 0, 0, 0,
};
const struct shape shape_table_description = {.name = "TableDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct table_description), .members = members_table_description, .members_count = 30, .check_order = order_table_description, .checked = true, .lookup = lookup_table_description, .lookup_mask = 63, .lookup_seed = 0x567bb6d7};

static const struct shape_member element_table_name_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRING, 0, false, false, NULL, &rules[8]};
const struct shape shape_table_name_list = {.name = "TableNameList", .kind = SHAPE_LIST, .bytes = sizeof(struct table_name_list), .element = &element_table_name_list, .element_bytes = sizeof(struct slice), .rule = NULL, .checked = true};

static const struct shape_member members_table_warm_throughput_description[] = {
    {TEXT("ReadUnitsPerSecond"), TEXT("readUnitsPerSecond"), TEXT("\"ReadUnitsPerSecond\":"), SHAPE_LONG, offsetof(struct table_warm_throughput_description, read_units_per_second), false, false, NULL, &rules[4]},
    {TEXT("WriteUnitsPerSecond"), TEXT("writeUnitsPerSecond"), TEXT("\"WriteUnitsPerSecond\":"), SHAPE_LONG, offsetof(struct table_warm_throughput_description, write_units_per_second), false, false, NULL, &rules[4]},
    {TEXT("Status"), TEXT("status"), TEXT("\"Status\":"), SHAPE_STRING, offsetof(struct table_warm_throughput_description, status), false, false, NULL, &rules[87]},
};
static const uint8_t order_table_warm_throughput_description[] = {0, 1, 2};
static const uint8_t lookup_table_warm_throughput_description[] = {
    0, 0, 2, 0, 3, 1, 0, 0,
};
const struct shape shape_table_warm_throughput_description = {.name = "TableWarmThroughputDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct table_warm_throughput_description), .members = members_table_warm_throughput_description, .members_count = 3, .check_order = order_table_warm_throughput_description, .checked = true, .lookup = lookup_table_warm_throughput_description, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_tag[] = {
    {TEXT("Key"), TEXT("key"), TEXT("\"Key\":"), SHAPE_STRING, offsetof(struct model_tag, key), false, false, NULL, NULL},
    {TEXT("Value"), TEXT("value"), TEXT("\"Value\":"), SHAPE_STRING, offsetof(struct model_tag, value), false, false, NULL, NULL},
};
static const uint8_t order_tag[] = {0, 1};
static const uint8_t lookup_tag[] = {
    1, 2, 0, 0,
};
const struct shape shape_tag = {.name = "Tag", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct model_tag), .members = members_tag, .members_count = 2, .check_order = order_tag, .checked = false, .lookup = lookup_tag, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_tag_key_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRING, 0, false, false, NULL, NULL};
const struct shape shape_tag_key_list = {.name = "TagKeyList", .kind = SHAPE_LIST, .bytes = sizeof(struct tag_key_list), .element = &element_tag_key_list, .element_bytes = sizeof(struct slice), .rule = NULL, .checked = true};

static const struct shape_member element_tag_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_tag, NULL};
const struct shape shape_tag_list = {.name = "TagList", .kind = SHAPE_LIST, .bytes = sizeof(struct tag_list), .element = &element_tag_list, .element_bytes = sizeof(struct model_tag), .rule = NULL, .checked = true};

static const struct shape_member members_tag_resource_input[] = {
    {TEXT("ResourceArn"), TEXT("resourceArn"), TEXT("\"ResourceArn\":"), SHAPE_STRING, offsetof(struct tag_resource_input, resource_arn), true, false, NULL, &rules[41]},
    {TEXT("Tags"), TEXT("tags"), TEXT("\"Tags\":"), SHAPE_LIST, offsetof(struct tag_resource_input, tags), true, false, &shape_tag_list, NULL},
};
static const uint8_t order_tag_resource_input[] = {0, 1};
static const uint8_t lookup_tag_resource_input[] = {
    0, 1, 2, 0,
};
const struct shape shape_tag_resource_input = {.name = "TagResourceInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct tag_resource_input), .members = members_tag_resource_input, .members_count = 2, .check_order = order_tag_resource_input, .checked = true, .lookup = lookup_tag_resource_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const uint8_t lookup_tag_resource_output[] = {
    0,
};
const struct shape shape_tag_resource_output = {.name = "TagResourceOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct tag_resource_output), .checked = false, .lookup = lookup_tag_resource_output, .lookup_mask = 0, .lookup_seed = 0x0};

static const struct shape_member members_throttling_reason[] = {
    {TEXT("reason"), TEXT("reason"), TEXT("\"reason\":"), SHAPE_STRING, offsetof(struct throttling_reason, reason), false, false, NULL, NULL},
    {TEXT("resource"), TEXT("resource"), TEXT("\"resource\":"), SHAPE_STRING, offsetof(struct throttling_reason, resource), false, false, NULL, NULL},
};
static const uint8_t order_throttling_reason[] = {0, 1};
static const uint8_t lookup_throttling_reason[] = {
    2, 1, 0, 0,
};
const struct shape shape_throttling_reason = {.name = "ThrottlingReason", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct throttling_reason), .members = members_throttling_reason, .members_count = 2, .check_order = order_throttling_reason, .checked = false, .lookup = lookup_throttling_reason, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member element_throttling_reason_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_throttling_reason, NULL};
const struct shape shape_throttling_reason_list = {.name = "ThrottlingReasonList", .kind = SHAPE_LIST, .bytes = sizeof(struct throttling_reason_list), .element = &element_throttling_reason_list, .element_bytes = sizeof(struct throttling_reason), .rule = NULL, .checked = true};

static const struct shape_member members_time_to_live_description[] = {
    {TEXT("TimeToLiveStatus"), TEXT("timeToLiveStatus"), TEXT("\"TimeToLiveStatus\":"), SHAPE_STRING, offsetof(struct time_to_live_description, time_to_live_status), false, false, NULL, &rules[85]},
    {TEXT("AttributeName"), TEXT("attributeName"), TEXT("\"AttributeName\":"), SHAPE_STRING, offsetof(struct time_to_live_description, attribute_name), false, false, NULL, &rules[1]},
};
static const uint8_t order_time_to_live_description[] = {0, 1};
static const uint8_t lookup_time_to_live_description[] = {
    2, 0, 0, 1,
};
const struct shape shape_time_to_live_description = {.name = "TimeToLiveDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct time_to_live_description), .members = members_time_to_live_description, .members_count = 2, .check_order = order_time_to_live_description, .checked = true, .lookup = lookup_time_to_live_description, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_time_to_live_specification[] = {
    {TEXT("Enabled"), TEXT("enabled"), TEXT("\"Enabled\":"), SHAPE_BOOLEAN, offsetof(struct time_to_live_specification, enabled), true, false, NULL, NULL},
    {TEXT("AttributeName"), TEXT("attributeName"), TEXT("\"AttributeName\":"), SHAPE_STRING, offsetof(struct time_to_live_specification, attribute_name), true, false, NULL, &rules[1]},
};
static const uint8_t order_time_to_live_specification[] = {0, 1};
static const uint8_t lookup_time_to_live_specification[] = {
    2, 0, 1, 0,
};
const struct shape shape_time_to_live_specification = {.name = "TimeToLiveSpecification", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct time_to_live_specification), .members = members_time_to_live_specification, .members_count = 2, .check_order = order_time_to_live_specification, .checked = true, .lookup = lookup_time_to_live_specification, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_transact_get_item[] = {
    {TEXT("Get"), TEXT("get"), TEXT("\"Get\":"), SHAPE_STRUCTURE, offsetof(struct transact_get_item, get), true, false, &shape_get, NULL},
};
static const uint8_t order_transact_get_item[] = {0};
static const uint8_t lookup_transact_get_item[] = {
    0, 1,
};
const struct shape shape_transact_get_item = {.name = "TransactGetItem", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct transact_get_item), .members = members_transact_get_item, .members_count = 1, .check_order = order_transact_get_item, .checked = true, .lookup = lookup_transact_get_item, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member element_transact_get_item_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_transact_get_item, NULL};
const struct shape shape_transact_get_item_list = {.name = "TransactGetItemList", .kind = SHAPE_LIST, .bytes = sizeof(struct transact_get_item_list), .element = &element_transact_get_item_list, .element_bytes = sizeof(struct transact_get_item), .rule = &rules[15], .checked = true};

static const struct shape_member members_transact_get_items_input[] = {
    {TEXT("TransactItems"), TEXT("transactItems"), TEXT("\"TransactItems\":"), SHAPE_LIST, offsetof(struct transact_get_items_input, transact_items), true, false, &shape_transact_get_item_list, NULL},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct transact_get_items_input, return_consumed_capacity), false, false, NULL, &rules[14]},
};
static const uint8_t order_transact_get_items_input[] = {1, 0};
static const uint8_t lookup_transact_get_items_input[] = {
    2, 0, 0, 1,
};
const struct shape shape_transact_get_items_input = {.name = "TransactGetItemsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct transact_get_items_input), .members = members_transact_get_items_input, .members_count = 2, .check_order = order_transact_get_items_input, .checked = true, .lookup = lookup_transact_get_items_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_transact_get_items_output[] = {
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_LIST, offsetof(struct transact_get_items_output, consumed_capacity), false, false, &shape_consumed_capacity_multiple, NULL},
    {TEXT("Responses"), TEXT("responses"), TEXT("\"Responses\":"), SHAPE_LIST, offsetof(struct transact_get_items_output, responses), false, false, &shape_item_response_list, NULL},
};
static const uint8_t order_transact_get_items_output[] = {0, 1};
static const uint8_t lookup_transact_get_items_output[] = {
    0, 0, 2, 1,
};
const struct shape shape_transact_get_items_output = {.name = "TransactGetItemsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct transact_get_items_output), .members = members_transact_get_items_output, .members_count = 2, .check_order = order_transact_get_items_output, .checked = true, .lookup = lookup_transact_get_items_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_transact_write_item[] = {
    {TEXT("ConditionCheck"), TEXT("conditionCheck"), TEXT("\"ConditionCheck\":"), SHAPE_STRUCTURE, offsetof(struct transact_write_item, condition_check), false, false, &shape_condition_check, NULL},
    {TEXT("Put"), TEXT("put"), TEXT("\"Put\":"), SHAPE_STRUCTURE, offsetof(struct transact_write_item, put), false, false, &shape_put, NULL},
    {TEXT("Delete"), TEXT("delete"), TEXT("\"Delete\":"), SHAPE_STRUCTURE, offsetof(struct transact_write_item, delete), false, false, &shape_delete, NULL},
    {TEXT("Update"), TEXT("update"), TEXT("\"Update\":"), SHAPE_STRUCTURE, offsetof(struct transact_write_item, update), false, false, &shape_update, NULL},
};
static const uint8_t order_transact_write_item[] = {0, 1, 2, 3};
static const uint8_t lookup_transact_write_item[] = {
    3, 1, 0, 0, 2, 0, 0, 4,
};
const struct shape shape_transact_write_item = {.name = "TransactWriteItem", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct transact_write_item), .members = members_transact_write_item, .members_count = 4, .check_order = order_transact_write_item, .checked = true, .lookup = lookup_transact_write_item, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member element_transact_write_item_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_transact_write_item, NULL};
const struct shape shape_transact_write_item_list = {.name = "TransactWriteItemList", .kind = SHAPE_LIST, .bytes = sizeof(struct transact_write_item_list), .element = &element_transact_write_item_list, .element_bytes = sizeof(struct transact_write_item), .rule = &rules[15], .checked = true};

static const struct shape_member members_transact_write_items_input[] = {
    {TEXT("TransactItems"), TEXT("transactItems"), TEXT("\"TransactItems\":"), SHAPE_LIST, offsetof(struct transact_write_items_input, transact_items), true, false, &shape_transact_write_item_list, NULL},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct transact_write_items_input, return_consumed_capacity), false, false, NULL, &rules[14]},
    {TEXT("ReturnItemCollectionMetrics"), TEXT("returnItemCollectionMetrics"), TEXT("\"ReturnItemCollectionMetrics\":"), SHAPE_STRING, offsetof(struct transact_write_items_input, return_item_collection_metrics), false, false, NULL, &rules[20]},
    {TEXT("ClientRequestToken"), TEXT("clientRequestToken"), TEXT("\"ClientRequestToken\":"), SHAPE_STRING, offsetof(struct transact_write_items_input, client_request_token), false, false, NULL, &rules[46]},
};
static const uint8_t order_transact_write_items_input[] = {3, 1, 2, 0};
static const uint8_t lookup_transact_write_items_input[] = {
    0, 4, 3, 0, 2, 0, 0, 1,
};
const struct shape shape_transact_write_items_input = {.name = "TransactWriteItemsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct transact_write_items_input), .members = members_transact_write_items_input, .members_count = 4, .check_order = order_transact_write_items_input, .checked = true, .lookup = lookup_transact_write_items_input, .lookup_mask = 7, .lookup_seed = 0x6168283d};

static const struct shape_member members_transact_write_items_output[] = {
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_LIST, offsetof(struct transact_write_items_output, consumed_capacity), false, false, &shape_consumed_capacity_multiple, NULL},
    {TEXT("ItemCollectionMetrics"), TEXT("itemCollectionMetrics"), TEXT("\"ItemCollectionMetrics\":"), SHAPE_MAP, offsetof(struct transact_write_items_output, item_collection_metrics), false, false, &shape_item_collection_metrics_per_table, NULL},
};
static const uint8_t order_transact_write_items_output[] = {0, 1};
static const uint8_t lookup_transact_write_items_output[] = {
    0, 0, 2, 1,
};
const struct shape shape_transact_write_items_output = {.name = "TransactWriteItemsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct transact_write_items_output), .members = members_transact_write_items_output, .members_count = 2, .check_order = order_transact_write_items_output, .checked = true, .lookup = lookup_transact_write_items_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_untag_resource_input[] = {
    {TEXT("ResourceArn"), TEXT("resourceArn"), TEXT("\"ResourceArn\":"), SHAPE_STRING, offsetof(struct untag_resource_input, resource_arn), true, false, NULL, &rules[41]},
    {TEXT("TagKeys"), TEXT("tagKeys"), TEXT("\"TagKeys\":"), SHAPE_LIST, offsetof(struct untag_resource_input, tag_keys), true, false, &shape_tag_key_list, NULL},
};
static const uint8_t order_untag_resource_input[] = {0, 1};
static const uint8_t lookup_untag_resource_input[] = {
    2, 1, 0, 0,
};
const struct shape shape_untag_resource_input = {.name = "UntagResourceInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct untag_resource_input), .members = members_untag_resource_input, .members_count = 2, .check_order = order_untag_resource_input, .checked = true, .lookup = lookup_untag_resource_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const uint8_t lookup_untag_resource_output[] = {
    0,
};
const struct shape shape_untag_resource_output = {.name = "UntagResourceOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct untag_resource_output), .checked = false, .lookup = lookup_untag_resource_output, .lookup_mask = 0, .lookup_seed = 0x0};

static const struct shape_member members_update[] = {
    {TEXT("Key"), TEXT("key"), TEXT("\"Key\":"), SHAPE_ITEM, offsetof(struct update, key), true, false, &shape_key, NULL},
    {TEXT("UpdateExpression"), TEXT("updateExpression"), TEXT("\"UpdateExpression\":"), SHAPE_STRING, offsetof(struct update, update_expression), true, false, NULL, NULL},
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct update, table_name), true, false, NULL, &rules[27]},
    {TEXT("ConditionExpression"), TEXT("conditionExpression"), TEXT("\"ConditionExpression\":"), SHAPE_STRING, offsetof(struct update, condition_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct update, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct update, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
    {TEXT("ReturnValuesOnConditionCheckFailure"), TEXT("returnValuesOnConditionCheckFailure"), TEXT("\"ReturnValuesOnConditionCheckFailure\":"), SHAPE_STRING, offsetof(struct update, return_values_on_condition_check_failure), false, false, NULL, &rules[19]},
};
static const uint8_t order_update[] = {0, 1, 2, 3, 4, 5, 6};
static const uint8_t lookup_update[] = {
    3, 0, 0, 0, 4, 1, 0, 7, 0, 2, 6, 0, 5, 0, 0, 0,
};
const struct shape shape_update = {.name = "Update", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update), .members = members_update, .members_count = 7, .check_order = order_update, .checked = true, .lookup = lookup_update, .lookup_mask = 15, .lookup_seed = 0xb245ef27};

static const struct shape_member members_update_continuous_backups_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct update_continuous_backups_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("PointInTimeRecoverySpecification"), TEXT("pointInTimeRecoverySpecification"), TEXT("\"PointInTimeRecoverySpecification\":"), SHAPE_STRUCTURE, offsetof(struct update_continuous_backups_input, point_in_time_recovery_specification), true, false, &shape_point_in_time_recovery_specification, NULL},
};
static const uint8_t order_update_continuous_backups_input[] = {0, 1};
static const uint8_t lookup_update_continuous_backups_input[] = {
    0, 0, 1, 2,
};
const struct shape shape_update_continuous_backups_input = {.name = "UpdateContinuousBackupsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_continuous_backups_input), .members = members_update_continuous_backups_input, .members_count = 2, .check_order = order_update_continuous_backups_input, .checked = true, .lookup = lookup_update_continuous_backups_input, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member members_update_continuous_backups_output[] = {
    {TEXT("ContinuousBackupsDescription"), TEXT("continuousBackupsDescription"), TEXT("\"ContinuousBackupsDescription\":"), SHAPE_STRUCTURE, offsetof(struct update_continuous_backups_output, continuous_backups_description), false, false, &shape_continuous_backups_description, NULL},
};
static const uint8_t order_update_continuous_backups_output[] = {0};
static const uint8_t lookup_update_continuous_backups_output[] = {
    0, 1,
};
const struct shape shape_update_continuous_backups_output = {.name = "UpdateContinuousBackupsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_continuous_backups_output), .members = members_update_continuous_backups_output, .members_count = 1, .check_order = order_update_continuous_backups_output, .checked = true, .lookup = lookup_update_continuous_backups_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_contributor_insights_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct update_contributor_insights_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("ContributorInsightsAction"), TEXT("contributorInsightsAction"), TEXT("\"ContributorInsightsAction\":"), SHAPE_STRING, offsetof(struct update_contributor_insights_input, contributor_insights_action), true, false, NULL, &rules[89]},
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct update_contributor_insights_input, index_name), false, false, NULL, &rules[8]},
    {TEXT("ContributorInsightsMode"), TEXT("contributorInsightsMode"), TEXT("\"ContributorInsightsMode\":"), SHAPE_STRING, offsetof(struct update_contributor_insights_input, contributor_insights_mode), false, false, NULL, &rules[32]},
};
static const uint8_t order_update_contributor_insights_input[] = {0, 1, 2, 3};
static const uint8_t lookup_update_contributor_insights_input[] = {
    1, 3, 2, 0, 0, 0, 0, 4,
};
const struct shape shape_update_contributor_insights_input = {.name = "UpdateContributorInsightsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_contributor_insights_input), .members = members_update_contributor_insights_input, .members_count = 4, .check_order = order_update_contributor_insights_input, .checked = true, .lookup = lookup_update_contributor_insights_input, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_contributor_insights_output[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct update_contributor_insights_output, table_name), false, false, NULL, &rules[8]},
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct update_contributor_insights_output, index_name), false, false, NULL, &rules[8]},
    {TEXT("ContributorInsightsStatus"), TEXT("contributorInsightsStatus"), TEXT("\"ContributorInsightsStatus\":"), SHAPE_STRING, offsetof(struct update_contributor_insights_output, contributor_insights_status), false, false, NULL, &rules[31]},
    {TEXT("ContributorInsightsMode"), TEXT("contributorInsightsMode"), TEXT("\"ContributorInsightsMode\":"), SHAPE_STRING, offsetof(struct update_contributor_insights_output, contributor_insights_mode), false, false, NULL, &rules[32]},
};
static const uint8_t order_update_contributor_insights_output[] = {0, 1, 2, 3};
static const uint8_t lookup_update_contributor_insights_output[] = {
    1, 2, 0, 0, 3, 0, 0, 4,
};
const struct shape shape_update_contributor_insights_output = {.name = "UpdateContributorInsightsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_contributor_insights_output), .members = members_update_contributor_insights_output, .members_count = 4, .check_order = order_update_contributor_insights_output, .checked = true, .lookup = lookup_update_contributor_insights_output, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_global_secondary_index_action[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct update_global_secondary_index_action, index_name), true, false, NULL, &rules[8]},
    {TEXT("ProvisionedThroughput"), TEXT("provisionedThroughput"), TEXT("\"ProvisionedThroughput\":"), SHAPE_STRUCTURE, offsetof(struct update_global_secondary_index_action, provisioned_throughput), false, false, &shape_provisioned_throughput, NULL},
    {TEXT("OnDemandThroughput"), TEXT("onDemandThroughput"), TEXT("\"OnDemandThroughput\":"), SHAPE_STRUCTURE, offsetof(struct update_global_secondary_index_action, on_demand_throughput), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("WarmThroughput"), TEXT("warmThroughput"), TEXT("\"WarmThroughput\":"), SHAPE_STRUCTURE, offsetof(struct update_global_secondary_index_action, warm_throughput), false, false, &shape_warm_throughput, NULL},
};
static const uint8_t order_update_global_secondary_index_action[] = {0, 1, 2, 3};
static const uint8_t lookup_update_global_secondary_index_action[] = {
    0, 3, 2, 1, 4, 0, 0, 0,
};
const struct shape shape_update_global_secondary_index_action = {.name = "UpdateGlobalSecondaryIndexAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_global_secondary_index_action), .members = members_update_global_secondary_index_action, .members_count = 4, .check_order = order_update_global_secondary_index_action, .checked = true, .lookup = lookup_update_global_secondary_index_action, .lookup_mask = 7, .lookup_seed = 0xb8d7d836};

static const struct shape_member members_update_global_table_input[] = {
    {TEXT("GlobalTableName"), TEXT("globalTableName"), TEXT("\"GlobalTableName\":"), SHAPE_STRING, offsetof(struct update_global_table_input, global_table_name), true, false, NULL, &rules[8]},
    {TEXT("ReplicaUpdates"), TEXT("replicaUpdates"), TEXT("\"ReplicaUpdates\":"), SHAPE_LIST, offsetof(struct update_global_table_input, replica_updates), true, false, &shape_replica_update_list, NULL},
};
static const uint8_t order_update_global_table_input[] = {0, 1};
static const uint8_t lookup_update_global_table_input[] = {
    0, 2, 0, 1,
};
const struct shape shape_update_global_table_input = {.name = "UpdateGlobalTableInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_global_table_input), .members = members_update_global_table_input, .members_count = 2, .check_order = order_update_global_table_input, .checked = true, .lookup = lookup_update_global_table_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_global_table_output[] = {
    {TEXT("GlobalTableDescription"), TEXT("globalTableDescription"), TEXT("\"GlobalTableDescription\":"), SHAPE_STRUCTURE, offsetof(struct update_global_table_output, global_table_description), false, false, &shape_global_table_description, NULL},
};
static const uint8_t order_update_global_table_output[] = {0};
static const uint8_t lookup_update_global_table_output[] = {
    0, 1,
};
const struct shape shape_update_global_table_output = {.name = "UpdateGlobalTableOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_global_table_output), .members = members_update_global_table_output, .members_count = 1, .check_order = order_update_global_table_output, .checked = true, .lookup = lookup_update_global_table_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_global_table_settings_input[] = {
    {TEXT("GlobalTableName"), TEXT("globalTableName"), TEXT("\"GlobalTableName\":"), SHAPE_STRING, offsetof(struct update_global_table_settings_input, global_table_name), true, false, NULL, &rules[8]},
    {TEXT("GlobalTableBillingMode"), TEXT("globalTableBillingMode"), TEXT("\"GlobalTableBillingMode\":"), SHAPE_STRING, offsetof(struct update_global_table_settings_input, global_table_billing_mode), false, false, NULL, &rules[22]},
    {TEXT("GlobalTableProvisionedWriteCapacityUnits"), TEXT("globalTableProvisionedWriteCapacityUnits"), TEXT("\"GlobalTableProvisionedWriteCapacityUnits\":"), SHAPE_LONG, offsetof(struct update_global_table_settings_input, global_table_provisioned_write_capacity_units), false, false, NULL, &rules[4]},
    {TEXT("GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate"), TEXT("globalTableProvisionedWriteCapacityAutoScalingSettingsUpdate"), TEXT("\"GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate\":"), SHAPE_STRUCTURE, offsetof(struct update_global_table_settings_input, global_table_provisioned_write_capacity_auto_scaling_settings_update), false, false, &shape_auto_scaling_settings_update, NULL},
    {TEXT("GlobalTableGlobalSecondaryIndexSettingsUpdate"), TEXT("globalTableGlobalSecondaryIndexSettingsUpdate"), TEXT("\"GlobalTableGlobalSecondaryIndexSettingsUpdate\":"), SHAPE_LIST, offsetof(struct update_global_table_settings_input, global_table_global_secondary_index_settings_update), false, false, &shape_global_table_global_secondary_index_settings_update_list, NULL},
    {TEXT("ReplicaSettingsUpdate"), TEXT("replicaSettingsUpdate"), TEXT("\"ReplicaSettingsUpdate\":"), SHAPE_LIST, offsetof(struct update_global_table_settings_input, replica_settings_update), false, false, &shape_replica_settings_update_list, NULL},
};
static const uint8_t order_update_global_table_settings_input[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_update_global_table_settings_input[] = {
    0, 0, 0, 0, 0, 6, 0, 3, 0, 4, 1, 0, 2, 0, 0, 5,
};
const struct shape shape_update_global_table_settings_input = {.name = "UpdateGlobalTableSettingsInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_global_table_settings_input), .members = members_update_global_table_settings_input, .members_count = 6, .check_order = order_update_global_table_settings_input, .checked = true, .lookup = lookup_update_global_table_settings_input, .lookup_mask = 15, .lookup_seed = 0x6168283d};

static const struct shape_member members_update_global_table_settings_output[] = {
    {TEXT("GlobalTableName"), TEXT("globalTableName"), TEXT("\"GlobalTableName\":"), SHAPE_STRING, offsetof(struct update_global_table_settings_output, global_table_name), false, false, NULL, &rules[8]},
    {TEXT("ReplicaSettings"), TEXT("replicaSettings"), TEXT("\"ReplicaSettings\":"), SHAPE_LIST, offsetof(struct update_global_table_settings_output, replica_settings), false, false, &shape_replica_settings_description_list, NULL},
};
static const uint8_t order_update_global_table_settings_output[] = {0, 1};
static const uint8_t lookup_update_global_table_settings_output[] = {
    0, 0, 2, 1,
};
const struct shape shape_update_global_table_settings_output = {.name = "UpdateGlobalTableSettingsOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_global_table_settings_output), .members = members_update_global_table_settings_output, .members_count = 2, .check_order = order_update_global_table_settings_output, .checked = true, .lookup = lookup_update_global_table_settings_output, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_item_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct update_item_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("Key"), TEXT("key"), TEXT("\"Key\":"), SHAPE_ITEM, offsetof(struct update_item_input, key), true, false, &shape_key, NULL},
    {TEXT("AttributeUpdates"), TEXT("attributeUpdates"), TEXT("\"AttributeUpdates\":"), SHAPE_MAP, offsetof(struct update_item_input, attribute_updates), false, false, &shape_attribute_updates, NULL},
    {TEXT("Expected"), TEXT("expected"), TEXT("\"Expected\":"), SHAPE_MAP, offsetof(struct update_item_input, expected), false, false, &shape_expected_attribute_map, NULL},
    {TEXT("ConditionalOperator"), TEXT("conditionalOperator"), TEXT("\"ConditionalOperator\":"), SHAPE_STRING, offsetof(struct update_item_input, conditional_operator), false, false, NULL, &rules[39]},
    {TEXT("ReturnValues"), TEXT("returnValues"), TEXT("\"ReturnValues\":"), SHAPE_STRING, offsetof(struct update_item_input, return_values), false, false, NULL, &rules[40]},
    {TEXT("ReturnConsumedCapacity"), TEXT("returnConsumedCapacity"), TEXT("\"ReturnConsumedCapacity\":"), SHAPE_STRING, offsetof(struct update_item_input, return_consumed_capacity), false, false, NULL, &rules[14]},
    {TEXT("ReturnItemCollectionMetrics"), TEXT("returnItemCollectionMetrics"), TEXT("\"ReturnItemCollectionMetrics\":"), SHAPE_STRING, offsetof(struct update_item_input, return_item_collection_metrics), false, false, NULL, &rules[20]},
    {TEXT("UpdateExpression"), TEXT("updateExpression"), TEXT("\"UpdateExpression\":"), SHAPE_STRING, offsetof(struct update_item_input, update_expression), false, false, NULL, NULL},
    {TEXT("ConditionExpression"), TEXT("conditionExpression"), TEXT("\"ConditionExpression\":"), SHAPE_STRING, offsetof(struct update_item_input, condition_expression), false, false, NULL, NULL},
    {TEXT("ExpressionAttributeNames"), TEXT("expressionAttributeNames"), TEXT("\"ExpressionAttributeNames\":"), SHAPE_MAP, offsetof(struct update_item_input, expression_attribute_names), false, false, &shape_expression_attribute_name_map, NULL},
    {TEXT("ExpressionAttributeValues"), TEXT("expressionAttributeValues"), TEXT("\"ExpressionAttributeValues\":"), SHAPE_MAP, offsetof(struct update_item_input, expression_attribute_values), false, false, &shape_expression_attribute_value_map, NULL},
    {TEXT("ReturnValuesOnConditionCheckFailure"), TEXT("returnValuesOnConditionCheckFailure"), TEXT("\"ReturnValuesOnConditionCheckFailure\":"), SHAPE_STRING, offsetof(struct update_item_input, return_values_on_condition_check_failure), false, false, NULL, &rules[19]},
};
static const uint8_t order_update_item_input[] = {6, 0, 7, 5, 4, 1, 3, 2, 8, 9, 10, 11, 12};
static const uint8_t lookup_update_item_input[] = {
    0, 7, 0, 0, 10, 5, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 11, 3, 12, 9, 0, 8, 0, 0, 2, 4, 13, 0, 0, 0, 1, 0,
};
const struct shape shape_update_item_input = {.name = "UpdateItemInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_item_input), .members = members_update_item_input, .members_count = 13, .check_order = order_update_item_input, .checked = true, .lookup = lookup_update_item_input, .lookup_mask = 31, .lookup_seed = 0xc2b9fec1};

static const struct shape_member members_update_item_output[] = {
    {TEXT("Attributes"), TEXT("attributes"), TEXT("\"Attributes\":"), SHAPE_ITEM, offsetof(struct update_item_output, attributes), false, false, &shape_attribute_map, NULL},
    {TEXT("ConsumedCapacity"), TEXT("consumedCapacity"), TEXT("\"ConsumedCapacity\":"), SHAPE_STRUCTURE, offsetof(struct update_item_output, consumed_capacity), false, false, &shape_consumed_capacity, NULL},
    {TEXT("ItemCollectionMetrics"), TEXT("itemCollectionMetrics"), TEXT("\"ItemCollectionMetrics\":"), SHAPE_STRUCTURE, offsetof(struct update_item_output, item_collection_metrics), false, false, &shape_item_collection_metrics, NULL},
};
static const uint8_t order_update_item_output[] = {0, 1, 2};
static const uint8_t lookup_update_item_output[] = {
    0, 0, 0, 3, 2, 1, 0, 0,
};
const struct shape shape_update_item_output = {.name = "UpdateItemOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_item_output), .members = members_update_item_output, .members_count = 3, .check_order = order_update_item_output, .checked = true, .lookup = lookup_update_item_output, .lookup_mask = 7, .lookup_seed = 0x7ade08a1};

static const struct shape_member members_update_kinesis_streaming_configuration[] = {
    {TEXT("ApproximateCreationDateTimePrecision"), TEXT("approximateCreationDateTimePrecision"), TEXT("\"ApproximateCreationDateTimePrecision\":"), SHAPE_STRING, offsetof(struct update_kinesis_streaming_configuration, approximate_creation_date_time_precision), false, false, NULL, &rules[44]},
};
static const uint8_t order_update_kinesis_streaming_configuration[] = {0};
static const uint8_t lookup_update_kinesis_streaming_configuration[] = {
    0, 1,
};
const struct shape shape_update_kinesis_streaming_configuration = {.name = "UpdateKinesisStreamingConfiguration", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_kinesis_streaming_configuration), .members = members_update_kinesis_streaming_configuration, .members_count = 1, .check_order = order_update_kinesis_streaming_configuration, .checked = true, .lookup = lookup_update_kinesis_streaming_configuration, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_kinesis_streaming_destination_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct update_kinesis_streaming_destination_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("StreamArn"), TEXT("streamArn"), TEXT("\"StreamArn\":"), SHAPE_STRING, offsetof(struct update_kinesis_streaming_destination_input, stream_arn), true, false, NULL, &rules[0]},
    {TEXT("UpdateKinesisStreamingConfiguration"), TEXT("updateKinesisStreamingConfiguration"), TEXT("\"UpdateKinesisStreamingConfiguration\":"), SHAPE_STRUCTURE, offsetof(struct update_kinesis_streaming_destination_input, update_kinesis_streaming_configuration), false, false, &shape_update_kinesis_streaming_configuration, NULL},
};
static const uint8_t order_update_kinesis_streaming_destination_input[] = {0, 1, 2};
static const uint8_t lookup_update_kinesis_streaming_destination_input[] = {
    1, 2, 3, 0, 0, 0, 0, 0,
};
const struct shape shape_update_kinesis_streaming_destination_input = {.name = "UpdateKinesisStreamingDestinationInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_kinesis_streaming_destination_input), .members = members_update_kinesis_streaming_destination_input, .members_count = 3, .check_order = order_update_kinesis_streaming_destination_input, .checked = true, .lookup = lookup_update_kinesis_streaming_destination_input, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_kinesis_streaming_destination_output[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct update_kinesis_streaming_destination_output, table_name), false, false, NULL, &rules[8]},
    {TEXT("StreamArn"), TEXT("streamArn"), TEXT("\"StreamArn\":"), SHAPE_STRING, offsetof(struct update_kinesis_streaming_destination_output, stream_arn), false, false, NULL, &rules[0]},
    {TEXT("DestinationStatus"), TEXT("destinationStatus"), TEXT("\"DestinationStatus\":"), SHAPE_STRING, offsetof(struct update_kinesis_streaming_destination_output, destination_status), false, false, NULL, &rules[67]},
    {TEXT("UpdateKinesisStreamingConfiguration"), TEXT("updateKinesisStreamingConfiguration"), TEXT("\"UpdateKinesisStreamingConfiguration\":"), SHAPE_STRUCTURE, offsetof(struct update_kinesis_streaming_destination_output, update_kinesis_streaming_configuration), false, false, &shape_update_kinesis_streaming_configuration, NULL},
};
static const uint8_t order_update_kinesis_streaming_destination_output[] = {0, 1, 2, 3};
static const uint8_t lookup_update_kinesis_streaming_destination_output[] = {
    1, 2, 4, 0, 3, 0, 0, 0,
};
const struct shape shape_update_kinesis_streaming_destination_output = {.name = "UpdateKinesisStreamingDestinationOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_kinesis_streaming_destination_output), .members = members_update_kinesis_streaming_destination_output, .members_count = 4, .check_order = order_update_kinesis_streaming_destination_output, .checked = true, .lookup = lookup_update_kinesis_streaming_destination_output, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_replication_group_member_action[] = {
    {TEXT("RegionName"), TEXT("regionName"), TEXT("\"RegionName\":"), SHAPE_STRING, offsetof(struct update_replication_group_member_action, region_name), true, false, NULL, NULL},
    {TEXT("KMSMasterKeyId"), TEXT("kMSMasterKeyId"), TEXT("\"KMSMasterKeyId\":"), SHAPE_STRING, offsetof(struct update_replication_group_member_action, kms_master_key_id), false, false, NULL, NULL},
    {TEXT("ProvisionedThroughputOverride"), TEXT("provisionedThroughputOverride"), TEXT("\"ProvisionedThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct update_replication_group_member_action, provisioned_throughput_override), false, false, &shape_provisioned_throughput_override, NULL},
    {TEXT("OnDemandThroughputOverride"), TEXT("onDemandThroughputOverride"), TEXT("\"OnDemandThroughputOverride\":"), SHAPE_STRUCTURE, offsetof(struct update_replication_group_member_action, on_demand_throughput_override), false, false, &shape_on_demand_throughput_override, NULL},
    {TEXT("GlobalSecondaryIndexes"), TEXT("globalSecondaryIndexes"), TEXT("\"GlobalSecondaryIndexes\":"), SHAPE_LIST, offsetof(struct update_replication_group_member_action, global_secondary_indexes), false, false, &shape_replica_global_secondary_index_list, NULL},
    {TEXT("TableClassOverride"), TEXT("tableClassOverride"), TEXT("\"TableClassOverride\":"), SHAPE_STRING, offsetof(struct update_replication_group_member_action, table_class_override), false, false, NULL, &rules[33]},
};
static const uint8_t order_update_replication_group_member_action[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_update_replication_group_member_action[] = {
    0, 0, 3, 0, 1, 2, 0, 6, 0, 0, 0, 0, 0, 5, 0, 4,
};
const struct shape shape_update_replication_group_member_action = {.name = "UpdateReplicationGroupMemberAction", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_replication_group_member_action), .members = members_update_replication_group_member_action, .members_count = 6, .check_order = order_update_replication_group_member_action, .checked = true, .lookup = lookup_update_replication_group_member_action, .lookup_mask = 15, .lookup_seed = 0x6168283d};

static const struct shape_member members_update_table_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct update_table_input, table_name), true, false, NULL, &rules[16]},
    {TEXT("AttributeDefinitions"), TEXT("attributeDefinitions"), TEXT("\"AttributeDefinitions\":"), SHAPE_LIST, offsetof(struct update_table_input, attribute_definitions), false, false, &shape_attribute_definitions, NULL},
    {TEXT("BillingMode"), TEXT("billingMode"), TEXT("\"BillingMode\":"), SHAPE_STRING, offsetof(struct update_table_input, billing_mode), false, false, NULL, &rules[22]},
    {TEXT("ProvisionedThroughput"), TEXT("provisionedThroughput"), TEXT("\"ProvisionedThroughput\":"), SHAPE_STRUCTURE, offsetof(struct update_table_input, provisioned_throughput), false, false, &shape_provisioned_throughput, NULL},
    {TEXT("GlobalSecondaryIndexUpdates"), TEXT("globalSecondaryIndexUpdates"), TEXT("\"GlobalSecondaryIndexUpdates\":"), SHAPE_LIST, offsetof(struct update_table_input, global_secondary_index_updates), false, false, &shape_global_secondary_index_update_list, NULL},
    {TEXT("StreamSpecification"), TEXT("streamSpecification"), TEXT("\"StreamSpecification\":"), SHAPE_STRUCTURE, offsetof(struct update_table_input, stream_specification), false, false, &shape_stream_specification, NULL},
    {TEXT("SSESpecification"), TEXT("sSESpecification"), TEXT("\"SSESpecification\":"), SHAPE_STRUCTURE, offsetof(struct update_table_input, sse_specification), false, false, &shape_sse_specification, NULL},
    {TEXT("ReplicaUpdates"), TEXT("replicaUpdates"), TEXT("\"ReplicaUpdates\":"), SHAPE_LIST, offsetof(struct update_table_input, replica_updates), false, false, &shape_replication_group_update_list, NULL},
    {TEXT("TableClass"), TEXT("tableClass"), TEXT("\"TableClass\":"), SHAPE_STRING, offsetof(struct update_table_input, table_class), false, false, NULL, NULL},
    {TEXT("DeletionProtectionEnabled"), TEXT("deletionProtectionEnabled"), TEXT("\"DeletionProtectionEnabled\":"), SHAPE_BOOLEAN, offsetof(struct update_table_input, deletion_protection_enabled), false, false, NULL, NULL},
    {TEXT("MultiRegionConsistency"), TEXT("multiRegionConsistency"), TEXT("\"MultiRegionConsistency\":"), SHAPE_STRING, offsetof(struct update_table_input, multi_region_consistency), false, false, NULL, &rules[88]},
    {TEXT("GlobalTableWitnessUpdates"), TEXT("globalTableWitnessUpdates"), TEXT("\"GlobalTableWitnessUpdates\":"), SHAPE_LIST, offsetof(struct update_table_input, global_table_witness_updates), false, false, &shape_global_table_witness_group_update_list, NULL},
    {TEXT("OnDemandThroughput"), TEXT("onDemandThroughput"), TEXT("\"OnDemandThroughput\":"), SHAPE_STRUCTURE, offsetof(struct update_table_input, on_demand_throughput), false, false, &shape_on_demand_throughput, NULL},
    {TEXT("WarmThroughput"), TEXT("warmThroughput"), TEXT("\"WarmThroughput\":"), SHAPE_STRUCTURE, offsetof(struct update_table_input, warm_throughput), false, false, &shape_warm_throughput, NULL},
    {TEXT("GlobalTableSettingsReplicationMode"), TEXT("globalTableSettingsReplicationMode"), TEXT("\"GlobalTableSettingsReplicationMode\":"), SHAPE_STRING, offsetof(struct update_table_input, global_table_settings_replication_mode), false, false, NULL, &rules[35]},
    {TEXT("DisassociationProtectionEnabled"), TEXT("disassociationProtectionEnabled"), TEXT("\"DisassociationProtectionEnabled\":"), SHAPE_BOOLEAN, offsetof(struct update_table_input, disassociation_protection_enabled), false, false, NULL, NULL},
    {TEXT("VectorIndexUpdates"), TEXT("vectorIndexUpdates"), TEXT("\"VectorIndexUpdates\":"), SHAPE_LIST, offsetof(struct update_table_input, vector_index_updates), false, false, &shape_vector_index_update_list, NULL},
};
static const uint8_t order_update_table_input[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
static const uint8_t lookup_update_table_input[] = {
    8, 0, 0, 0, 11, 0, 17, 0, 0, 12, 0, 0, 0, 5, 0, 0, 9, 0, 6, 0, 0, 0, 0, 14, 2, 0, 0, 0, 10, 0, 0, 0,
    7, 0, 1, 0, 0, 0, 3, 4, 0, 0, 0, 0, 15, 0, 0, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0,
};
const struct shape shape_update_table_input = {.name = "UpdateTableInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_table_input), .members = members_update_table_input, .members_count = 17, .check_order = order_update_table_input, .checked = true, .lookup = lookup_update_table_input, .lookup_mask = 63, .lookup_seed = 0x6168283d};

static const struct shape_member members_update_table_output[] = {
    {TEXT("TableDescription"), TEXT("tableDescription"), TEXT("\"TableDescription\":"), SHAPE_STRUCTURE, offsetof(struct update_table_output, table_description), false, false, &shape_table_description, NULL},
};
static const uint8_t order_update_table_output[] = {0};
static const uint8_t lookup_update_table_output[] = {
    0, 1,
};
const struct shape shape_update_table_output = {.name = "UpdateTableOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_table_output), .members = members_update_table_output, .members_count = 1, .check_order = order_update_table_output, .checked = true, .lookup = lookup_update_table_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_table_replica_auto_scaling_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct update_table_replica_auto_scaling_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("GlobalSecondaryIndexUpdates"), TEXT("globalSecondaryIndexUpdates"), TEXT("\"GlobalSecondaryIndexUpdates\":"), SHAPE_LIST, offsetof(struct update_table_replica_auto_scaling_input, global_secondary_index_updates), false, false, &shape_global_secondary_index_auto_scaling_update_list, NULL},
    {TEXT("ProvisionedWriteCapacityAutoScalingUpdate"), TEXT("provisionedWriteCapacityAutoScalingUpdate"), TEXT("\"ProvisionedWriteCapacityAutoScalingUpdate\":"), SHAPE_STRUCTURE, offsetof(struct update_table_replica_auto_scaling_input, provisioned_write_capacity_auto_scaling_update), false, false, &shape_auto_scaling_settings_update, NULL},
    {TEXT("ReplicaUpdates"), TEXT("replicaUpdates"), TEXT("\"ReplicaUpdates\":"), SHAPE_LIST, offsetof(struct update_table_replica_auto_scaling_input, replica_updates), false, false, &shape_replica_auto_scaling_update_list, NULL},
};
static const uint8_t order_update_table_replica_auto_scaling_input[] = {0, 1, 2, 3};
static const uint8_t lookup_update_table_replica_auto_scaling_input[] = {
    1, 0, 0, 2, 0, 4, 3, 0,
};
const struct shape shape_update_table_replica_auto_scaling_input = {.name = "UpdateTableReplicaAutoScalingInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_table_replica_auto_scaling_input), .members = members_update_table_replica_auto_scaling_input, .members_count = 4, .check_order = order_update_table_replica_auto_scaling_input, .checked = true, .lookup = lookup_update_table_replica_auto_scaling_input, .lookup_mask = 7, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_table_replica_auto_scaling_output[] = {
    {TEXT("TableAutoScalingDescription"), TEXT("tableAutoScalingDescription"), TEXT("\"TableAutoScalingDescription\":"), SHAPE_STRUCTURE, offsetof(struct update_table_replica_auto_scaling_output, table_auto_scaling_description), false, false, &shape_table_auto_scaling_description, NULL},
};
static const uint8_t order_update_table_replica_auto_scaling_output[] = {0};
static const uint8_t lookup_update_table_replica_auto_scaling_output[] = {
    0, 1,
};
const struct shape shape_update_table_replica_auto_scaling_output = {.name = "UpdateTableReplicaAutoScalingOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_table_replica_auto_scaling_output), .members = members_update_table_replica_auto_scaling_output, .members_count = 1, .check_order = order_update_table_replica_auto_scaling_output, .checked = true, .lookup = lookup_update_table_replica_auto_scaling_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_time_to_live_input[] = {
    {TEXT("TableName"), TEXT("tableName"), TEXT("\"TableName\":"), SHAPE_STRING, offsetof(struct update_time_to_live_input, table_name), true, false, NULL, &rules[27]},
    {TEXT("TimeToLiveSpecification"), TEXT("timeToLiveSpecification"), TEXT("\"TimeToLiveSpecification\":"), SHAPE_STRUCTURE, offsetof(struct update_time_to_live_input, time_to_live_specification), true, false, &shape_time_to_live_specification, NULL},
};
static const uint8_t order_update_time_to_live_input[] = {0, 1};
static const uint8_t lookup_update_time_to_live_input[] = {
    1, 0, 2, 0,
};
const struct shape shape_update_time_to_live_input = {.name = "UpdateTimeToLiveInput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_time_to_live_input), .members = members_update_time_to_live_input, .members_count = 2, .check_order = order_update_time_to_live_input, .checked = true, .lookup = lookup_update_time_to_live_input, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_update_time_to_live_output[] = {
    {TEXT("TimeToLiveSpecification"), TEXT("timeToLiveSpecification"), TEXT("\"TimeToLiveSpecification\":"), SHAPE_STRUCTURE, offsetof(struct update_time_to_live_output, time_to_live_specification), false, false, &shape_time_to_live_specification, NULL},
};
static const uint8_t order_update_time_to_live_output[] = {0};
static const uint8_t lookup_update_time_to_live_output[] = {
    1, 0,
};
const struct shape shape_update_time_to_live_output = {.name = "UpdateTimeToLiveOutput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct update_time_to_live_output), .members = members_update_time_to_live_output, .members_count = 1, .check_order = order_update_time_to_live_output, .checked = true, .lookup = lookup_update_time_to_live_output, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_vector_attribute_definition[] = {
    {TEXT("AttributeName"), TEXT("attributeName"), TEXT("\"AttributeName\":"), SHAPE_STRING, offsetof(struct vector_attribute_definition, attribute_name), true, false, NULL, &rules[1]},
};
static const uint8_t order_vector_attribute_definition[] = {0};
static const uint8_t lookup_vector_attribute_definition[] = {
    1, 0,
};
const struct shape shape_vector_attribute_definition = {.name = "VectorAttributeDefinition", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct vector_attribute_definition), .members = members_vector_attribute_definition, .members_count = 1, .check_order = order_vector_attribute_definition, .checked = true, .lookup = lookup_vector_attribute_definition, .lookup_mask = 1, .lookup_seed = 0x2d745a58};

static const struct shape_member members_vector_capacity[] = {
    {TEXT("VectorSearchRequestBytes"), TEXT("vectorSearchRequestBytes"), TEXT("\"VectorSearchRequestBytes\":"), SHAPE_DOUBLE, offsetof(struct vector_capacity, vector_search_request_bytes), false, false, NULL, NULL},
    {TEXT("VectorWriteRequestBytes"), TEXT("vectorWriteRequestBytes"), TEXT("\"VectorWriteRequestBytes\":"), SHAPE_DOUBLE, offsetof(struct vector_capacity, vector_write_request_bytes), false, false, NULL, NULL},
};
static const uint8_t order_vector_capacity[] = {0, 1};
static const uint8_t lookup_vector_capacity[] = {
    0, 2, 0, 1,
};
const struct shape shape_vector_capacity = {.name = "VectorCapacity", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct vector_capacity), .members = members_vector_capacity, .members_count = 2, .check_order = order_vector_capacity, .checked = false, .lookup = lookup_vector_capacity, .lookup_mask = 3, .lookup_seed = 0xb245ef27};

static const struct shape_member members_vector_index[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct vector_index, index_name), true, false, NULL, &rules[8]},
    {TEXT("VectorAttribute"), TEXT("vectorAttribute"), TEXT("\"VectorAttribute\":"), SHAPE_STRUCTURE, offsetof(struct vector_index, vector_attribute), true, false, &shape_vector_attribute_definition, NULL},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct vector_index, projection), true, false, &shape_projection, NULL},
    {TEXT("Dimensions"), TEXT("dimensions"), TEXT("\"Dimensions\":"), SHAPE_LONG, offsetof(struct vector_index, dimensions), true, false, NULL, &rules[4]},
    {TEXT("DistanceFunction"), TEXT("distanceFunction"), TEXT("\"DistanceFunction\":"), SHAPE_STRING, offsetof(struct vector_index, distance_function), true, false, NULL, &rules[36]},
    {TEXT("SearchSchema"), TEXT("searchSchema"), TEXT("\"SearchSchema\":"), SHAPE_LIST, offsetof(struct vector_index, search_schema), false, false, &shape_search_schema, &rules[4]},
};
static const uint8_t order_vector_index[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_vector_index[] = {
    0, 1, 2, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 3, 6, 5,
};
const struct shape shape_vector_index = {.name = "VectorIndex", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct vector_index), .members = members_vector_index, .members_count = 6, .check_order = order_vector_index, .checked = true, .lookup = lookup_vector_index, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member members_vector_index_description[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct vector_index_description, index_name), false, false, NULL, &rules[8]},
    {TEXT("SearchSchema"), TEXT("searchSchema"), TEXT("\"SearchSchema\":"), SHAPE_LIST, offsetof(struct vector_index_description, search_schema), false, false, &shape_search_schema, NULL},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct vector_index_description, projection), false, false, &shape_projection, NULL},
    {TEXT("VectorAttribute"), TEXT("vectorAttribute"), TEXT("\"VectorAttribute\":"), SHAPE_STRUCTURE, offsetof(struct vector_index_description, vector_attribute), false, false, &shape_vector_attribute_definition, NULL},
    {TEXT("Dimensions"), TEXT("dimensions"), TEXT("\"Dimensions\":"), SHAPE_LONG, offsetof(struct vector_index_description, dimensions), false, false, NULL, &rules[4]},
    {TEXT("DistanceFunction"), TEXT("distanceFunction"), TEXT("\"DistanceFunction\":"), SHAPE_STRING, offsetof(struct vector_index_description, distance_function), false, false, NULL, &rules[36]},
    {TEXT("IndexStatus"), TEXT("indexStatus"), TEXT("\"IndexStatus\":"), SHAPE_STRING, offsetof(struct vector_index_description, index_status), false, false, NULL, &rules[58]},
    {TEXT("Backfilling"), TEXT("backfilling"), TEXT("\"Backfilling\":"), SHAPE_BOOLEAN, offsetof(struct vector_index_description, backfilling), false, false, NULL, NULL},
    {TEXT("IndexSizeBytes"), TEXT("indexSizeBytes"), TEXT("\"IndexSizeBytes\":"), SHAPE_LONG, offsetof(struct vector_index_description, index_size_bytes), false, false, NULL, NULL},
    {TEXT("ItemCount"), TEXT("itemCount"), TEXT("\"ItemCount\":"), SHAPE_LONG, offsetof(struct vector_index_description, item_count), false, false, NULL, NULL},
    {TEXT("IndexArn"), TEXT("indexArn"), TEXT("\"IndexArn\":"), SHAPE_STRING, offsetof(struct vector_index_description, index_arn), false, false, NULL, NULL},
};
static const uint8_t order_vector_index_description[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
static const uint8_t lookup_vector_index_description[] = {
    0, 3, 11, 5, 4, 7, 0, 8, 10, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 9, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
};
const struct shape shape_vector_index_description = {.name = "VectorIndexDescription", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct vector_index_description), .members = members_vector_index_description, .members_count = 11, .check_order = order_vector_index_description, .checked = true, .lookup = lookup_vector_index_description, .lookup_mask = 31, .lookup_seed = 0x1dccba82};

static const struct shape_member element_vector_index_description_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_vector_index_description, NULL};
const struct shape shape_vector_index_description_list = {.name = "VectorIndexDescriptionList", .kind = SHAPE_LIST, .bytes = sizeof(struct vector_index_description_list), .element = &element_vector_index_description_list, .element_bytes = sizeof(struct vector_index_description), .rule = NULL, .checked = true};

static const struct shape_member members_vector_index_info[] = {
    {TEXT("IndexName"), TEXT("indexName"), TEXT("\"IndexName\":"), SHAPE_STRING, offsetof(struct vector_index_info, index_name), false, false, NULL, &rules[8]},
    {TEXT("VectorAttribute"), TEXT("vectorAttribute"), TEXT("\"VectorAttribute\":"), SHAPE_STRUCTURE, offsetof(struct vector_index_info, vector_attribute), false, false, &shape_vector_attribute_definition, NULL},
    {TEXT("SearchSchema"), TEXT("searchSchema"), TEXT("\"SearchSchema\":"), SHAPE_LIST, offsetof(struct vector_index_info, search_schema), false, false, &shape_search_schema, NULL},
    {TEXT("Projection"), TEXT("projection"), TEXT("\"Projection\":"), SHAPE_STRUCTURE, offsetof(struct vector_index_info, projection), false, false, &shape_projection, NULL},
    {TEXT("Dimensions"), TEXT("dimensions"), TEXT("\"Dimensions\":"), SHAPE_LONG, offsetof(struct vector_index_info, dimensions), false, false, NULL, &rules[4]},
    {TEXT("DistanceFunction"), TEXT("distanceFunction"), TEXT("\"DistanceFunction\":"), SHAPE_STRING, offsetof(struct vector_index_info, distance_function), false, false, NULL, &rules[36]},
};
static const uint8_t order_vector_index_info[] = {0, 1, 2, 3, 4, 5};
static const uint8_t lookup_vector_index_info[] = {
    0, 1, 2, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 4, 3, 6,
};
const struct shape shape_vector_index_info = {.name = "VectorIndexInfo", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct vector_index_info), .members = members_vector_index_info, .members_count = 6, .check_order = order_vector_index_info, .checked = true, .lookup = lookup_vector_index_info, .lookup_mask = 15, .lookup_seed = 0x2d745a58};

static const struct shape_member element_vector_index_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_vector_index, NULL};
const struct shape shape_vector_index_list = {.name = "VectorIndexList", .kind = SHAPE_LIST, .bytes = sizeof(struct vector_index_list), .element = &element_vector_index_list, .element_bytes = sizeof(struct vector_index), .rule = NULL, .checked = true};

static const struct shape_member members_vector_index_update[] = {
    {TEXT("Create"), TEXT("create"), TEXT("\"Create\":"), SHAPE_STRUCTURE, offsetof(struct vector_index_update, create), false, false, &shape_create_vector_index_action, NULL},
    {TEXT("Delete"), TEXT("delete"), TEXT("\"Delete\":"), SHAPE_STRUCTURE, offsetof(struct vector_index_update, delete), false, false, &shape_delete_vector_index_action, NULL},
};
static const uint8_t order_vector_index_update[] = {0, 1};
static const uint8_t lookup_vector_index_update[] = {
    0, 0, 2, 1,
};
const struct shape shape_vector_index_update = {.name = "VectorIndexUpdate", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct vector_index_update), .members = members_vector_index_update, .members_count = 2, .check_order = order_vector_index_update, .checked = true, .lookup = lookup_vector_index_update, .lookup_mask = 3, .lookup_seed = 0x6168283d};

static const struct shape_member element_vector_index_update_list = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_vector_index_update, NULL};
const struct shape shape_vector_index_update_list = {.name = "VectorIndexUpdateList", .kind = SHAPE_LIST, .bytes = sizeof(struct vector_index_update_list), .element = &element_vector_index_update_list, .element_bytes = sizeof(struct vector_index_update), .rule = NULL, .checked = true};

static const struct shape_member element_vector_indexes = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_vector_index_info, NULL};
const struct shape shape_vector_indexes = {.name = "VectorIndexes", .kind = SHAPE_LIST, .bytes = sizeof(struct vector_indexes), .element = &element_vector_indexes, .element_bytes = sizeof(struct vector_index_info), .rule = NULL, .checked = true};

static const struct shape_member element_vector_indexes_bulk_vector_bytes_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_bulk_operation_vector_bytes, NULL};
const struct shape shape_vector_indexes_bulk_vector_bytes_map = {.name = "VectorIndexesBulkVectorBytesMap", .kind = SHAPE_MAP, .bytes = sizeof(struct vector_indexes_bulk_vector_bytes_map), .element = &element_vector_indexes_bulk_vector_bytes_map, .element_bytes = sizeof(struct bulk_operation_vector_bytes), .rule = NULL, .key_rule = &rules[8], .checked = true};

static const struct shape_member element_vector_indexes_capacity_map = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_vector_capacity, NULL};
const struct shape shape_vector_indexes_capacity_map = {.name = "VectorIndexesCapacityMap", .kind = SHAPE_MAP, .bytes = sizeof(struct vector_indexes_capacity_map), .element = &element_vector_indexes_capacity_map, .element_bytes = sizeof(struct vector_capacity), .rule = NULL, .key_rule = &rules[8], .checked = true};

static const struct shape_member members_warm_throughput[] = {
    {TEXT("ReadUnitsPerSecond"), TEXT("readUnitsPerSecond"), TEXT("\"ReadUnitsPerSecond\":"), SHAPE_LONG, offsetof(struct model_warm_throughput, read_units_per_second), false, false, NULL, NULL},
    {TEXT("WriteUnitsPerSecond"), TEXT("writeUnitsPerSecond"), TEXT("\"WriteUnitsPerSecond\":"), SHAPE_LONG, offsetof(struct model_warm_throughput, write_units_per_second), false, false, NULL, NULL},
};
static const uint8_t order_warm_throughput[] = {0, 1};
static const uint8_t lookup_warm_throughput[] = {
    0, 1, 2, 0,
};
const struct shape shape_warm_throughput = {.name = "WarmThroughput", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct model_warm_throughput), .members = members_warm_throughput, .members_count = 2, .check_order = order_warm_throughput, .checked = false, .lookup = lookup_warm_throughput, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member members_write_request[] = {
    {TEXT("PutRequest"), TEXT("putRequest"), TEXT("\"PutRequest\":"), SHAPE_STRUCTURE, offsetof(struct write_request, put_request), false, false, &shape_put_request, NULL},
    {TEXT("DeleteRequest"), TEXT("deleteRequest"), TEXT("\"DeleteRequest\":"), SHAPE_STRUCTURE, offsetof(struct write_request, delete_request), false, false, &shape_delete_request, NULL},
};
static const uint8_t order_write_request[] = {0, 1};
static const uint8_t lookup_write_request[] = {
    0, 0, 2, 1,
};
const struct shape shape_write_request = {.name = "WriteRequest", .kind = SHAPE_STRUCTURE, .bytes = sizeof(struct write_request), .members = members_write_request, .members_count = 2, .check_order = order_write_request, .checked = true, .lookup = lookup_write_request, .lookup_mask = 3, .lookup_seed = 0x2d745a58};

static const struct shape_member element_write_requests = {TEXT(""), TEXT(""), TEXT(""), SHAPE_STRUCTURE, 0, false, false, &shape_write_request, NULL};
const struct shape shape_write_requests = {.name = "WriteRequests", .kind = SHAPE_LIST, .bytes = sizeof(struct write_requests), .element = &element_write_requests, .element_bytes = sizeof(struct write_request), .rule = &rules[21], .checked = true};

/* clang-format on */
