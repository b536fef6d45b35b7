/* SPDX-License-Identifier: Apache-2.0 */
/* Made by tools/gen_model.py from api-model.json. Do not edit: change the generator and run it. */

#pragma once

#include "model/shape.h"

struct archival_summary;
struct attribute_definition;
struct attribute_value_update;
struct auto_scaling_policy_description;
struct auto_scaling_policy_update;
struct auto_scaling_settings_description;
struct auto_scaling_settings_update;
struct auto_scaling_target_tracking_scaling_policy_configuration_description;
struct auto_scaling_target_tracking_scaling_policy_configuration_update;
struct backup_description;
struct backup_details;
struct backup_summary;
struct batch_execute_statement_input;
struct batch_execute_statement_output;
struct batch_get_item_input;
struct batch_get_item_output;
struct batch_statement_error;
struct batch_statement_request;
struct batch_statement_response;
struct batch_write_item_input;
struct batch_write_item_output;
struct billing_mode_summary;
struct bulk_operation_bytes;
struct bulk_operation_description;
struct bulk_operation_summary;
struct bulk_operation_table_detail;
struct bulk_operation_usage;
struct bulk_operation_vector_bytes;
struct cancel_bulk_operation_input;
struct cancel_bulk_operation_output;
struct cancellation_reason;
struct capacity;
struct condition;
struct condition_check;
struct consumed_capacity;
struct continuous_backups_description;
struct contributor_insights_summary;
struct create_backup_input;
struct create_backup_output;
struct create_global_secondary_index_action;
struct create_global_table_input;
struct create_global_table_output;
struct create_global_table_witness_group_member_action;
struct create_replica_action;
struct create_replication_group_member_action;
struct create_table_input;
struct create_table_output;
struct create_vector_index_action;
struct csv_options;
struct delete;
struct delete_backup_input;
struct delete_backup_output;
struct delete_global_secondary_index_action;
struct delete_global_table_witness_group_member_action;
struct delete_item_input;
struct delete_item_output;
struct delete_replica_action;
struct delete_replication_group_member_action;
struct delete_request;
struct delete_resource_policy_input;
struct delete_resource_policy_output;
struct delete_table_input;
struct delete_table_output;
struct delete_vector_index_action;
struct describe_backup_input;
struct describe_backup_output;
struct describe_bulk_operation_input;
struct describe_bulk_operation_output;
struct describe_continuous_backups_input;
struct describe_continuous_backups_output;
struct describe_contributor_insights_input;
struct describe_contributor_insights_output;
struct describe_endpoints_request;
struct describe_endpoints_response;
struct describe_export_input;
struct describe_export_output;
struct describe_global_table_input;
struct describe_global_table_output;
struct describe_global_table_settings_input;
struct describe_global_table_settings_output;
struct describe_import_input;
struct describe_import_output;
struct describe_kinesis_streaming_destination_input;
struct describe_kinesis_streaming_destination_output;
struct describe_limits_input;
struct describe_limits_output;
struct describe_stream_input;
struct describe_stream_output;
struct describe_table_input;
struct describe_table_output;
struct describe_table_replica_auto_scaling_input;
struct describe_table_replica_auto_scaling_output;
struct describe_time_to_live_input;
struct describe_time_to_live_output;
struct disassociate_replication_group_member_action;
struct enable_kinesis_streaming_configuration;
struct endpoint;
struct execute_statement_input;
struct execute_statement_output;
struct execute_transaction_input;
struct execute_transaction_output;
struct expected_attribute_value;
struct export_description;
struct export_summary;
struct export_table_to_point_in_time_input;
struct export_table_to_point_in_time_output;
struct failure_exception;
struct filter_specification;
struct get;
struct get_item_input;
struct get_item_output;
struct get_records_input;
struct get_records_output;
struct get_resource_policy_input;
struct get_resource_policy_output;
struct get_shard_iterator_input;
struct get_shard_iterator_output;
struct global_secondary_index;
struct global_secondary_index_auto_scaling_update;
struct global_secondary_index_description;
struct global_secondary_index_info;
struct global_secondary_index_update;
struct global_secondary_index_warm_throughput_description;
struct global_table;
struct global_table_description;
struct global_table_global_secondary_index_settings_update;
struct global_table_witness_description;
struct global_table_witness_group_update;
struct model_identity;
struct import_summary;
struct import_table_description;
struct import_table_input;
struct import_table_output;
struct incremental_export_specification;
struct input_format_options;
struct input_s3_configuration;
struct item_collection_metrics;
struct item_response;
struct key_schema_element;
struct keys_and_attributes;
struct kinesis_data_stream_destination;
struct kinesis_streaming_destination_input;
struct kinesis_streaming_destination_output;
struct list_backups_input;
struct list_backups_output;
struct list_bulk_operations_input;
struct list_bulk_operations_output;
struct list_contributor_insights_input;
struct list_contributor_insights_output;
struct list_exports_input;
struct list_exports_output;
struct list_global_tables_input;
struct list_global_tables_output;
struct list_imports_input;
struct list_imports_output;
struct list_streams_input;
struct list_streams_output;
struct list_tables_input;
struct list_tables_output;
struct list_tags_of_resource_input;
struct list_tags_of_resource_output;
struct local_secondary_index;
struct local_secondary_index_description;
struct local_secondary_index_info;
struct model_on_demand_throughput;
struct on_demand_throughput_override;
struct output_s3_configuration;
struct parameterized_statement;
struct point_in_time_recovery_description;
struct point_in_time_recovery_specification;
struct projection;
struct provisioned_throughput;
struct provisioned_throughput_description;
struct provisioned_throughput_override;
struct put;
struct put_item_input;
struct put_item_output;
struct put_request;
struct put_resource_policy_input;
struct put_resource_policy_output;
struct query_input;
struct query_output;
struct model_record;
struct replica;
struct replica_auto_scaling_description;
struct replica_auto_scaling_update;
struct replica_description;
struct replica_global_secondary_index;
struct replica_global_secondary_index_auto_scaling_description;
struct replica_global_secondary_index_auto_scaling_update;
struct replica_global_secondary_index_description;
struct replica_global_secondary_index_settings_description;
struct replica_global_secondary_index_settings_update;
struct replica_settings_description;
struct replica_settings_update;
struct replica_update;
struct replication_group_update;
struct restore_summary;
struct restore_table_from_backup_input;
struct restore_table_from_backup_output;
struct restore_table_to_point_in_time_input;
struct restore_table_to_point_in_time_output;
struct s3_bucket_source;
struct sse_description;
struct sse_specification;
struct scan_input;
struct scan_output;
struct search_result_item;
struct search_schema_element;
struct search_vectors_input;
struct search_vectors_output;
struct sequence_number_range;
struct shard;
struct shard_filter;
struct source_table_details;
struct source_table_feature_details;
struct start_bulk_put_items_input;
struct start_bulk_put_items_output;
struct stream;
struct stream_description;
struct stream_record;
struct stream_specification;
struct table_auto_scaling_description;
struct table_class_summary;
struct table_creation_parameters;
struct table_description;
struct table_warm_throughput_description;
struct model_tag;
struct tag_resource_input;
struct tag_resource_output;
struct throttling_reason;
struct time_to_live_description;
struct time_to_live_specification;
struct transact_get_item;
struct transact_get_items_input;
struct transact_get_items_output;
struct transact_write_item;
struct transact_write_items_input;
struct transact_write_items_output;
struct untag_resource_input;
struct untag_resource_output;
struct update;
struct update_continuous_backups_input;
struct update_continuous_backups_output;
struct update_contributor_insights_input;
struct update_contributor_insights_output;
struct update_global_secondary_index_action;
struct update_global_table_input;
struct update_global_table_output;
struct update_global_table_settings_input;
struct update_global_table_settings_output;
struct update_item_input;
struct update_item_output;
struct update_kinesis_streaming_configuration;
struct update_kinesis_streaming_destination_input;
struct update_kinesis_streaming_destination_output;
struct update_replication_group_member_action;
struct update_table_input;
struct update_table_output;
struct update_table_replica_auto_scaling_input;
struct update_table_replica_auto_scaling_output;
struct update_time_to_live_input;
struct update_time_to_live_output;
struct vector_attribute_definition;
struct vector_capacity;
struct vector_index;
struct vector_index_description;
struct vector_index_info;
struct vector_index_update;
struct model_warm_throughput;
struct write_request;

struct attribute_definitions {
    bool present;
    uint32_t count;
    struct attribute_definition *items;
};

struct attribute_name_list {
    bool present;
    uint32_t count;
    struct slice *items;
};

struct attribute_updates {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct attribute_value_update *values;
};

struct attribute_value_list {
    bool present;
    uint32_t count;
    struct attribute_value *items;
};

struct auto_scaling_policy_description_list {
    bool present;
    uint32_t count;
    struct auto_scaling_policy_description *items;
};

struct backup_summaries {
    bool present;
    uint32_t count;
    struct backup_summary *items;
};

struct batch_get_request_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct keys_and_attributes *values;
};

struct batch_get_response_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct item_list *values;
};

struct batch_write_item_request_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct write_requests *values;
};

struct bulk_operation_table_details {
    bool present;
    uint32_t count;
    struct bulk_operation_table_detail *items;
};

struct bulk_operation_usage_multiple {
    bool present;
    uint32_t count;
    struct bulk_operation_usage *items;
};

struct bulk_operations_summary_list {
    bool present;
    uint32_t count;
    struct bulk_operation_summary *items;
};

struct cancellation_reason_list {
    bool present;
    uint32_t count;
    struct cancellation_reason *items;
};

struct consumed_capacity_multiple {
    bool present;
    uint32_t count;
    struct consumed_capacity *items;
};

struct contributor_insights_rule_list {
    bool present;
    uint32_t count;
    struct slice *items;
};

struct contributor_insights_summaries {
    bool present;
    uint32_t count;
    struct contributor_insights_summary *items;
};

struct csv_header_list {
    bool present;
    uint32_t count;
    struct slice *items;
};

struct endpoints {
    bool present;
    uint32_t count;
    struct endpoint *items;
};

struct expected_attribute_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct expected_attribute_value *values;
};

struct export_summaries {
    bool present;
    uint32_t count;
    struct export_summary *items;
};

struct expression_attribute_name_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct slice *values;
};

struct expression_attribute_value_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct attribute_value *values;
};

struct filter_condition_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct condition *values;
};

struct global_secondary_index_auto_scaling_update_list {
    bool present;
    uint32_t count;
    struct global_secondary_index_auto_scaling_update *items;
};

struct global_secondary_index_description_list {
    bool present;
    uint32_t count;
    struct global_secondary_index_description *items;
};

struct global_secondary_index_list {
    bool present;
    uint32_t count;
    struct global_secondary_index *items;
};

struct global_secondary_index_update_list {
    bool present;
    uint32_t count;
    struct global_secondary_index_update *items;
};

struct global_secondary_indexes {
    bool present;
    uint32_t count;
    struct global_secondary_index_info *items;
};

struct global_table_global_secondary_index_settings_update_list {
    bool present;
    uint32_t count;
    struct global_table_global_secondary_index_settings_update *items;
};

struct global_table_list {
    bool present;
    uint32_t count;
    struct global_table *items;
};

struct global_table_witness_description_list {
    bool present;
    uint32_t count;
    struct global_table_witness_description *items;
};

struct global_table_witness_group_update_list {
    bool present;
    uint32_t count;
    struct global_table_witness_group_update *items;
};

struct import_summary_list {
    bool present;
    uint32_t count;
    struct import_summary *items;
};

struct item_collection_metrics_multiple {
    bool present;
    uint32_t count;
    struct item_collection_metrics *items;
};

struct item_collection_metrics_per_table {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct item_collection_metrics_multiple *values;
};

struct item_collection_size_estimate_range {
    bool present;
    uint32_t count;
    struct opt_double *items;
};

struct item_list {
    bool present;
    uint32_t count;
    struct attribute_map *items;
};

struct item_response_list {
    bool present;
    uint32_t count;
    struct item_response *items;
};

struct key_conditions {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct condition *values;
};

struct key_list {
    bool present;
    uint32_t count;
    struct attribute_map *items;
};

struct key_schema {
    bool present;
    uint32_t count;
    struct key_schema_element *items;
};

struct kinesis_data_stream_destinations {
    bool present;
    uint32_t count;
    struct kinesis_data_stream_destination *items;
};

struct local_secondary_index_description_list {
    bool present;
    uint32_t count;
    struct local_secondary_index_description *items;
};

struct local_secondary_index_list {
    bool present;
    uint32_t count;
    struct local_secondary_index *items;
};

struct local_secondary_indexes {
    bool present;
    uint32_t count;
    struct local_secondary_index_info *items;
};

struct non_key_attribute_name_list {
    bool present;
    uint32_t count;
    struct slice *items;
};

struct output_s3_configuration_output_type {
    bool present;
    uint32_t count;
    struct slice *items;
};

struct parameterized_statements {
    bool present;
    uint32_t count;
    struct parameterized_statement *items;
};

struct partiql_batch_request {
    bool present;
    uint32_t count;
    struct batch_statement_request *items;
};

struct partiql_batch_response {
    bool present;
    uint32_t count;
    struct batch_statement_response *items;
};

struct prepared_statement_parameters {
    bool present;
    uint32_t count;
    struct attribute_value *items;
};

struct record_list {
    bool present;
    uint32_t count;
    struct model_record *items;
};

struct replica_auto_scaling_description_list {
    bool present;
    uint32_t count;
    struct replica_auto_scaling_description *items;
};

struct replica_auto_scaling_update_list {
    bool present;
    uint32_t count;
    struct replica_auto_scaling_update *items;
};

struct replica_description_list {
    bool present;
    uint32_t count;
    struct replica_description *items;
};

struct replica_global_secondary_index_auto_scaling_description_list {
    bool present;
    uint32_t count;
    struct replica_global_secondary_index_auto_scaling_description *items;
};

struct replica_global_secondary_index_auto_scaling_update_list {
    bool present;
    uint32_t count;
    struct replica_global_secondary_index_auto_scaling_update *items;
};

struct replica_global_secondary_index_description_list {
    bool present;
    uint32_t count;
    struct replica_global_secondary_index_description *items;
};

struct replica_global_secondary_index_list {
    bool present;
    uint32_t count;
    struct replica_global_secondary_index *items;
};

struct replica_global_secondary_index_settings_description_list {
    bool present;
    uint32_t count;
    struct replica_global_secondary_index_settings_description *items;
};

struct replica_global_secondary_index_settings_update_list {
    bool present;
    uint32_t count;
    struct replica_global_secondary_index_settings_update *items;
};

struct replica_list {
    bool present;
    uint32_t count;
    struct replica *items;
};

struct replica_settings_description_list {
    bool present;
    uint32_t count;
    struct replica_settings_description *items;
};

struct replica_settings_update_list {
    bool present;
    uint32_t count;
    struct replica_settings_update *items;
};

struct replica_update_list {
    bool present;
    uint32_t count;
    struct replica_update *items;
};

struct replication_group_update_list {
    bool present;
    uint32_t count;
    struct replication_group_update *items;
};

struct search_result_list {
    bool present;
    uint32_t count;
    struct search_result_item *items;
};

struct search_schema {
    bool present;
    uint32_t count;
    struct search_schema_element *items;
};

struct search_vector_list {
    bool present;
    uint32_t count;
    struct attribute_value *items;
};

struct secondary_indexes_bulk_bytes_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct bulk_operation_bytes *values;
};

struct secondary_indexes_capacity_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct capacity *values;
};

struct shard_description_list {
    bool present;
    uint32_t count;
    struct shard *items;
};

struct stream_list {
    bool present;
    uint32_t count;
    struct stream *items;
};

struct table_name_list {
    bool present;
    uint32_t count;
    struct slice *items;
};

struct tag_key_list {
    bool present;
    uint32_t count;
    struct slice *items;
};

struct tag_list {
    bool present;
    uint32_t count;
    struct model_tag *items;
};

struct throttling_reason_list {
    bool present;
    uint32_t count;
    struct throttling_reason *items;
};

struct transact_get_item_list {
    bool present;
    uint32_t count;
    struct transact_get_item *items;
};

struct transact_write_item_list {
    bool present;
    uint32_t count;
    struct transact_write_item *items;
};

struct vector_index_description_list {
    bool present;
    uint32_t count;
    struct vector_index_description *items;
};

struct vector_index_list {
    bool present;
    uint32_t count;
    struct vector_index *items;
};

struct vector_index_update_list {
    bool present;
    uint32_t count;
    struct vector_index_update *items;
};

struct vector_indexes {
    bool present;
    uint32_t count;
    struct vector_index_info *items;
};

struct vector_indexes_bulk_vector_bytes_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct bulk_operation_vector_bytes *values;
};

struct vector_indexes_capacity_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    struct vector_capacity *values;
};

struct write_requests {
    bool present;
    uint32_t count;
    struct write_request *items;
};

struct archival_summary {
    struct opt_double archival_date_time;
    struct slice archival_reason;
    struct slice archival_backup_arn;
};

struct attribute_definition {
    struct slice attribute_name;
    struct slice attribute_type;
};

struct attribute_value_update {
    struct attribute_value value;
    struct slice action;
};

struct auto_scaling_policy_description {
    struct slice policy_name;
    struct auto_scaling_target_tracking_scaling_policy_configuration_description *target_tracking_scaling_policy_configuration;
};

struct auto_scaling_policy_update {
    struct auto_scaling_target_tracking_scaling_policy_configuration_update *target_tracking_scaling_policy_configuration;
    struct slice policy_name;
};

struct auto_scaling_settings_description {
    struct opt_int minimum_units;
    struct opt_int maximum_units;
    enum tri auto_scaling_disabled;
    struct slice auto_scaling_role_arn;
    struct auto_scaling_policy_description_list scaling_policies;
};

struct auto_scaling_settings_update {
    struct opt_int minimum_units;
    struct opt_int maximum_units;
    enum tri auto_scaling_disabled;
    struct slice auto_scaling_role_arn;
    struct auto_scaling_policy_update *scaling_policy_update;
};

struct auto_scaling_target_tracking_scaling_policy_configuration_description {
    struct opt_double target_value;
    enum tri disable_scale_in;
    struct opt_int scale_in_cooldown;
    struct opt_int scale_out_cooldown;
};

struct auto_scaling_target_tracking_scaling_policy_configuration_update {
    struct opt_double target_value;
    enum tri disable_scale_in;
    struct opt_int scale_in_cooldown;
    struct opt_int scale_out_cooldown;
};

struct backup_description {
    struct backup_details *backup_details;
    struct source_table_details *source_table_details;
    struct source_table_feature_details *source_table_feature_details;
};

struct backup_details {
    struct slice backup_arn;
    struct slice backup_name;
    struct slice backup_status;
    struct slice backup_type;
    struct opt_double backup_creation_date_time;
    struct opt_int backup_size_bytes;
    struct opt_double backup_expiry_date_time;
};

struct backup_summary {
    struct slice table_name;
    struct slice table_id;
    struct slice table_arn;
    struct slice backup_arn;
    struct slice backup_name;
    struct opt_double backup_creation_date_time;
    struct opt_double backup_expiry_date_time;
    struct slice backup_status;
    struct slice backup_type;
    struct opt_int backup_size_bytes;
};

struct batch_execute_statement_input {
    struct partiql_batch_request statements;
    struct slice return_consumed_capacity;
};

struct batch_execute_statement_output {
    struct partiql_batch_response responses;
    struct consumed_capacity_multiple consumed_capacity;
};

struct batch_get_item_input {
    struct batch_get_request_map request_items;
    struct slice return_consumed_capacity;
};

struct batch_get_item_output {
    struct batch_get_response_map responses;
    struct batch_get_request_map unprocessed_keys;
    struct consumed_capacity_multiple consumed_capacity;
};

struct batch_statement_error {
    struct slice code;
    struct slice message;
    struct attribute_map item;
};

struct batch_statement_request {
    struct slice statement;
    struct prepared_statement_parameters parameters;
    enum tri consistent_read;
    struct slice return_values_on_condition_check_failure;
};

struct batch_statement_response {
    struct batch_statement_error *error;
    struct slice table_name;
    struct attribute_map item;
};

struct batch_write_item_input {
    struct batch_write_item_request_map request_items;
    struct slice return_consumed_capacity;
    struct slice return_item_collection_metrics;
};

struct batch_write_item_output {
    struct batch_write_item_request_map unprocessed_items;
    struct item_collection_metrics_per_table item_collection_metrics;
    struct consumed_capacity_multiple consumed_capacity;
};

struct billing_mode_summary {
    struct slice billing_mode;
    struct opt_double last_update_to_pay_per_request_date_time;
};

struct bulk_operation_bytes {
    struct opt_int bulk_put_bytes;
};

struct bulk_operation_description {
    struct slice bulk_operation_arn;
    struct slice bulk_operation_status;
    struct bulk_operation_table_details table_details;
    struct slice client_token;
    struct input_s3_configuration *input_s3_configuration;
    struct output_s3_configuration *output_s3_configuration;
    struct opt_double start_time;
    struct opt_double end_time;
    struct opt_int processed_item_count;
    struct opt_int processed_input_bytes;
    struct opt_int total_input_bytes;
    struct bulk_operation_usage_multiple bulk_operation_usage;
    struct opt_int failed_item_count;
    struct slice failure_code;
    struct slice failure_message;
    struct opt_int max_write_request_units;
    struct slice performance_tier;
};

struct bulk_operation_summary {
    struct slice bulk_operation_arn;
    struct slice bulk_operation_status;
    struct opt_double start_time;
    struct opt_double end_time;
};

struct bulk_operation_table_detail {
    struct slice table_name;
    struct slice table_id;
};

struct bulk_operation_usage {
    struct slice table_name;
    struct opt_int bulk_put_bytes;
    struct bulk_operation_bytes *table;
    struct secondary_indexes_bulk_bytes_map local_secondary_indexes;
    struct secondary_indexes_bulk_bytes_map global_secondary_indexes;
    struct vector_indexes_bulk_vector_bytes_map vector_indexes;
};

struct bulk_operation_vector_bytes {
    struct opt_int bulk_put_vector_bytes;
};

struct cancel_bulk_operation_input {
    struct slice bulk_operation_arn;
};

struct cancel_bulk_operation_output {
    struct slice bulk_operation_arn;
    struct slice bulk_operation_status;
};

struct cancellation_reason {
    struct attribute_map item;
    struct slice code;
    struct slice message;
};

struct capacity {
    struct opt_double read_capacity_units;
    struct opt_double write_capacity_units;
    struct opt_double capacity_units;
};

struct condition {
    struct slice comparison_operator;
    struct attribute_value_list attribute_value_list;
};

struct condition_check {
    struct attribute_map key;
    struct slice table_name;
    struct slice condition_expression;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
    struct slice return_values_on_condition_check_failure;
};

struct consumed_capacity {
    struct slice table_name;
    struct opt_double capacity_units;
    struct opt_double read_capacity_units;
    struct opt_double write_capacity_units;
    struct capacity *table;
    struct secondary_indexes_capacity_map local_secondary_indexes;
    struct secondary_indexes_capacity_map global_secondary_indexes;
    struct vector_indexes_capacity_map vector_indexes;
};

struct continuous_backups_description {
    struct slice continuous_backups_status;
    struct point_in_time_recovery_description *point_in_time_recovery_description;
};

struct contributor_insights_summary {
    struct slice table_name;
    struct slice index_name;
    struct slice contributor_insights_status;
    struct slice contributor_insights_mode;
};

struct create_backup_input {
    struct slice table_name;
    struct slice backup_name;
};

struct create_backup_output {
    struct backup_details *backup_details;
};

struct create_global_secondary_index_action {
    struct slice index_name;
    struct key_schema key_schema;
    struct projection *projection;
    struct provisioned_throughput *provisioned_throughput;
    struct model_on_demand_throughput *on_demand_throughput;
    struct model_warm_throughput *warm_throughput;
};

struct create_global_table_input {
    struct slice global_table_name;
    struct replica_list replication_group;
};

struct create_global_table_output {
    struct global_table_description *global_table_description;
};

struct create_global_table_witness_group_member_action {
    struct slice region_name;
};

struct create_replica_action {
    struct slice region_name;
};

struct create_replication_group_member_action {
    struct slice region_name;
    struct slice kms_master_key_id;
    struct provisioned_throughput_override *provisioned_throughput_override;
    struct on_demand_throughput_override *on_demand_throughput_override;
    struct replica_global_secondary_index_list global_secondary_indexes;
    struct slice table_class_override;
};

struct create_table_input {
    struct slice table_name;
    struct attribute_definitions attribute_definitions;
    struct key_schema key_schema;
    struct local_secondary_index_list local_secondary_indexes;
    struct global_secondary_index_list global_secondary_indexes;
    struct slice billing_mode;
    struct provisioned_throughput *provisioned_throughput;
    struct stream_specification *stream_specification;
    struct sse_specification *sse_specification;
    struct tag_list tags;
    struct slice table_class;
    enum tri deletion_protection_enabled;
    struct model_warm_throughput *warm_throughput;
    struct slice resource_policy;
    struct model_on_demand_throughput *on_demand_throughput;
    struct slice global_table_source_arn;
    struct slice global_table_settings_replication_mode;
    struct vector_index_list vector_indexes;
};

struct create_table_output {
    struct table_description *table_description;
};

struct create_vector_index_action {
    struct slice index_name;
    struct vector_attribute_definition *vector_attribute;
    struct projection *projection;
    struct opt_int dimensions;
    struct slice distance_function;
    struct search_schema search_schema;
};

struct csv_options {
    struct slice delimiter;
    struct csv_header_list header_list;
};

struct delete {
    struct attribute_map key;
    struct slice table_name;
    struct slice condition_expression;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
    struct slice return_values_on_condition_check_failure;
};

struct delete_backup_input {
    struct slice backup_arn;
};

struct delete_backup_output {
    struct backup_description *backup_description;
};

struct delete_global_secondary_index_action {
    struct slice index_name;
};

struct delete_global_table_witness_group_member_action {
    struct slice region_name;
};

struct delete_item_input {
    struct slice table_name;
    struct attribute_map key;
    struct expected_attribute_map expected;
    struct slice conditional_operator;
    struct slice return_values;
    struct slice return_consumed_capacity;
    struct slice return_item_collection_metrics;
    struct slice condition_expression;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
    struct slice return_values_on_condition_check_failure;
};

struct delete_item_output {
    struct attribute_map attributes;
    struct consumed_capacity *consumed_capacity;
    struct item_collection_metrics *item_collection_metrics;
};

struct delete_replica_action {
    struct slice region_name;
};

struct delete_replication_group_member_action {
    struct slice region_name;
};

struct delete_request {
    struct attribute_map key;
};

struct delete_resource_policy_input {
    struct slice resource_arn;
    struct slice expected_revision_id;
};

struct delete_resource_policy_output {
    struct slice revision_id;
};

struct delete_table_input {
    struct slice table_name;
};

struct delete_table_output {
    struct table_description *table_description;
};

struct delete_vector_index_action {
    struct slice index_name;
};

struct describe_backup_input {
    struct slice backup_arn;
};

struct describe_backup_output {
    struct backup_description *backup_description;
};

struct describe_bulk_operation_input {
    struct slice bulk_operation_arn;
};

struct describe_bulk_operation_output {
    struct bulk_operation_description *bulk_operation_description;
};

struct describe_continuous_backups_input {
    struct slice table_name;
};

struct describe_continuous_backups_output {
    struct continuous_backups_description *continuous_backups_description;
};

struct describe_contributor_insights_input {
    struct slice table_name;
    struct slice index_name;
};

struct describe_contributor_insights_output {
    struct slice table_name;
    struct slice index_name;
    struct contributor_insights_rule_list contributor_insights_rule_list;
    struct slice contributor_insights_status;
    struct opt_double last_update_date_time;
    struct failure_exception *failure_exception;
    struct slice contributor_insights_mode;
};

struct describe_endpoints_request {
    char nothing;
};

struct describe_endpoints_response {
    struct endpoints endpoints;
};

struct describe_export_input {
    struct slice export_arn;
};

struct describe_export_output {
    struct export_description *export_description;
};

struct describe_global_table_input {
    struct slice global_table_name;
};

struct describe_global_table_output {
    struct global_table_description *global_table_description;
};

struct describe_global_table_settings_input {
    struct slice global_table_name;
};

struct describe_global_table_settings_output {
    struct slice global_table_name;
    struct replica_settings_description_list replica_settings;
};

struct describe_import_input {
    struct slice import_arn;
};

struct describe_import_output {
    struct import_table_description *import_table_description;
};

struct describe_kinesis_streaming_destination_input {
    struct slice table_name;
};

struct describe_kinesis_streaming_destination_output {
    struct slice table_name;
    struct kinesis_data_stream_destinations kinesis_data_stream_destinations;
};

struct describe_limits_input {
    char nothing;
};

struct describe_limits_output {
    struct opt_int account_max_read_capacity_units;
    struct opt_int account_max_write_capacity_units;
    struct opt_int table_max_read_capacity_units;
    struct opt_int table_max_write_capacity_units;
};

struct describe_stream_input {
    struct slice stream_arn;
    struct opt_int limit;
    struct slice exclusive_start_shard_id;
    struct shard_filter *shard_filter;
};

struct describe_stream_output {
    struct stream_description *stream_description;
};

struct describe_table_input {
    struct slice table_name;
};

struct describe_table_output {
    struct table_description *table;
};

struct describe_table_replica_auto_scaling_input {
    struct slice table_name;
};

struct describe_table_replica_auto_scaling_output {
    struct table_auto_scaling_description *table_auto_scaling_description;
};

struct describe_time_to_live_input {
    struct slice table_name;
};

struct describe_time_to_live_output {
    struct time_to_live_description *time_to_live_description;
};

struct disassociate_replication_group_member_action {
    struct slice region_name;
    struct slice disassociation_mode;
};

struct enable_kinesis_streaming_configuration {
    struct slice approximate_creation_date_time_precision;
};

struct endpoint {
    struct slice address;
    struct opt_int cache_period_in_minutes;
};

struct execute_statement_input {
    struct slice statement;
    struct prepared_statement_parameters parameters;
    enum tri consistent_read;
    struct slice next_token;
    struct slice return_consumed_capacity;
    struct opt_int limit;
    struct slice return_values_on_condition_check_failure;
};

struct execute_statement_output {
    struct item_list items;
    struct slice next_token;
    struct consumed_capacity *consumed_capacity;
    struct attribute_map last_evaluated_key;
};

struct execute_transaction_input {
    struct parameterized_statements transact_statements;
    struct slice client_request_token;
    struct slice return_consumed_capacity;
};

struct execute_transaction_output {
    struct item_response_list responses;
    struct consumed_capacity_multiple consumed_capacity;
};

struct expected_attribute_value {
    struct attribute_value value;
    enum tri exists;
    struct slice comparison_operator;
    struct attribute_value_list attribute_value_list;
};

struct export_description {
    struct slice export_arn;
    struct slice export_status;
    struct opt_double start_time;
    struct opt_double end_time;
    struct slice export_manifest;
    struct slice table_arn;
    struct slice table_id;
    struct opt_double export_time;
    struct slice client_token;
    struct slice s3_bucket;
    struct slice s3_bucket_owner;
    struct slice s3_prefix;
    struct slice s3_sse_algorithm;
    struct slice s3_sse_kms_key_id;
    struct slice failure_code;
    struct slice failure_message;
    struct slice export_format;
    struct opt_int billed_size_bytes;
    struct opt_int item_count;
    struct slice export_type;
    struct incremental_export_specification *incremental_export_specification;
    struct filter_specification *filter_specification;
};

struct export_summary {
    struct slice export_arn;
    struct slice export_status;
    struct slice export_type;
};

struct export_table_to_point_in_time_input {
    struct slice table_arn;
    struct slice s3_bucket;
    struct opt_double export_time;
    struct slice client_token;
    struct slice s3_bucket_owner;
    struct slice s3_prefix;
    struct slice s3_sse_algorithm;
    struct slice s3_sse_kms_key_id;
    struct slice export_format;
    struct slice export_type;
    struct incremental_export_specification *incremental_export_specification;
    struct filter_specification *filter_specification;
};

struct export_table_to_point_in_time_output {
    struct export_description *export_description;
};

struct failure_exception {
    struct slice exception_name;
    struct slice exception_description;
};

struct filter_specification {
    struct slice filter_expression;
    struct slice projection_expression;
    struct slice key_condition_expression;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
};

struct get {
    struct attribute_map key;
    struct slice table_name;
    struct slice projection_expression;
    struct expression_attribute_name_map expression_attribute_names;
};

struct get_item_input {
    struct slice table_name;
    struct attribute_map key;
    struct attribute_name_list attributes_to_get;
    enum tri consistent_read;
    struct slice return_consumed_capacity;
    struct slice projection_expression;
    struct expression_attribute_name_map expression_attribute_names;
};

struct get_item_output {
    struct attribute_map item;
    struct consumed_capacity *consumed_capacity;
};

struct get_records_input {
    struct slice shard_iterator;
    struct opt_int limit;
};

struct get_records_output {
    struct record_list records;
    struct slice next_shard_iterator;
};

struct get_resource_policy_input {
    struct slice resource_arn;
};

struct get_resource_policy_output {
    struct slice policy;
    struct slice revision_id;
};

struct get_shard_iterator_input {
    struct slice stream_arn;
    struct slice shard_id;
    struct slice shard_iterator_type;
    struct slice sequence_number;
};

struct get_shard_iterator_output {
    struct slice shard_iterator;
};

struct global_secondary_index {
    struct slice index_name;
    struct key_schema key_schema;
    struct projection *projection;
    struct provisioned_throughput *provisioned_throughput;
    struct model_on_demand_throughput *on_demand_throughput;
    struct model_warm_throughput *warm_throughput;
};

struct global_secondary_index_auto_scaling_update {
    struct slice index_name;
    struct auto_scaling_settings_update *provisioned_write_capacity_auto_scaling_update;
};

struct global_secondary_index_description {
    struct slice index_name;
    struct key_schema key_schema;
    struct projection *projection;
    struct slice index_status;
    enum tri backfilling;
    struct provisioned_throughput_description *provisioned_throughput;
    struct opt_int index_size_bytes;
    struct opt_int item_count;
    struct slice index_arn;
    struct model_on_demand_throughput *on_demand_throughput;
    struct global_secondary_index_warm_throughput_description *warm_throughput;
};

struct global_secondary_index_info {
    struct slice index_name;
    struct key_schema key_schema;
    struct projection *projection;
    struct provisioned_throughput *provisioned_throughput;
    struct model_on_demand_throughput *on_demand_throughput;
};

struct global_secondary_index_update {
    struct update_global_secondary_index_action *update;
    struct create_global_secondary_index_action *create;
    struct delete_global_secondary_index_action *delete;
};

struct global_secondary_index_warm_throughput_description {
    struct opt_int read_units_per_second;
    struct opt_int write_units_per_second;
    struct slice status;
};

struct global_table {
    struct slice global_table_name;
    struct replica_list replication_group;
};

struct global_table_description {
    struct replica_description_list replication_group;
    struct slice global_table_arn;
    struct opt_double creation_date_time;
    struct slice global_table_status;
    struct slice global_table_name;
};

struct global_table_global_secondary_index_settings_update {
    struct slice index_name;
    struct opt_int provisioned_write_capacity_units;
    struct auto_scaling_settings_update *provisioned_write_capacity_auto_scaling_settings_update;
};

struct global_table_witness_description {
    struct slice region_name;
    struct slice witness_status;
};

struct global_table_witness_group_update {
    struct create_global_table_witness_group_member_action *create;
    struct delete_global_table_witness_group_member_action *delete;
};

struct model_identity {
    struct slice principal_id;
    struct slice type;
};

struct import_summary {
    struct slice import_arn;
    struct slice import_status;
    struct slice table_arn;
    struct s3_bucket_source *s3_bucket_source;
    struct slice cloud_watch_log_group_arn;
    struct slice input_format;
    struct opt_double start_time;
    struct opt_double end_time;
};

struct import_table_description {
    struct slice import_arn;
    struct slice import_status;
    struct slice table_arn;
    struct slice table_id;
    struct slice client_token;
    struct s3_bucket_source *s3_bucket_source;
    struct opt_int error_count;
    struct slice cloud_watch_log_group_arn;
    struct slice input_format;
    struct input_format_options *input_format_options;
    struct slice input_compression_type;
    struct table_creation_parameters *table_creation_parameters;
    struct opt_double start_time;
    struct opt_double end_time;
    struct opt_int processed_size_bytes;
    struct opt_int processed_item_count;
    struct opt_int imported_item_count;
    struct slice failure_code;
    struct slice failure_message;
};

struct import_table_input {
    struct s3_bucket_source *s3_bucket_source;
    struct slice input_format;
    struct table_creation_parameters *table_creation_parameters;
    struct slice client_token;
    struct input_format_options *input_format_options;
    struct slice input_compression_type;
};

struct import_table_output {
    struct import_table_description *import_table_description;
};

struct incremental_export_specification {
    struct opt_double export_from_time;
    struct opt_double export_to_time;
    struct slice export_view_type;
};

struct input_format_options {
    struct csv_options *csv;
};

struct input_s3_configuration {
    struct slice s3_bucket;
    struct slice input_format;
    struct slice s3_bucket_owner;
    struct slice s3_key_prefix;
    struct slice input_compression_type;
};

struct item_collection_metrics {
    struct attribute_map item_collection_key;
    struct item_collection_size_estimate_range size_estimate_range_gb;
};

struct item_response {
    struct attribute_map item;
};

struct key_schema_element {
    struct slice attribute_name;
    struct slice key_type;
};

struct keys_and_attributes {
    struct key_list keys;
    struct attribute_name_list attributes_to_get;
    enum tri consistent_read;
    struct slice projection_expression;
    struct expression_attribute_name_map expression_attribute_names;
};

struct kinesis_data_stream_destination {
    struct slice stream_arn;
    struct slice destination_status;
    struct slice destination_status_description;
    struct slice approximate_creation_date_time_precision;
};

struct kinesis_streaming_destination_input {
    struct slice table_name;
    struct slice stream_arn;
    struct enable_kinesis_streaming_configuration *enable_kinesis_streaming_configuration;
};

struct kinesis_streaming_destination_output {
    struct slice table_name;
    struct slice stream_arn;
    struct slice destination_status;
    struct enable_kinesis_streaming_configuration *enable_kinesis_streaming_configuration;
};

struct list_backups_input {
    struct slice table_name;
    struct opt_int limit;
    struct opt_double time_range_lower_bound;
    struct opt_double time_range_upper_bound;
    struct slice exclusive_start_backup_arn;
    struct slice backup_type;
};

struct list_backups_output {
    struct backup_summaries backup_summaries;
    struct slice last_evaluated_backup_arn;
};

struct list_bulk_operations_input {
    struct opt_int max_results;
    struct slice next_token;
};

struct list_bulk_operations_output {
    struct bulk_operations_summary_list bulk_operations_summary_list;
    struct slice next_token;
};

struct list_contributor_insights_input {
    struct slice table_name;
    struct slice next_token;
    struct opt_int max_results;
};

struct list_contributor_insights_output {
    struct contributor_insights_summaries contributor_insights_summaries;
    struct slice next_token;
};

struct list_exports_input {
    struct slice table_arn;
    struct opt_int max_results;
    struct slice next_token;
};

struct list_exports_output {
    struct export_summaries export_summaries;
    struct slice next_token;
};

struct list_global_tables_input {
    struct slice exclusive_start_global_table_name;
    struct opt_int limit;
    struct slice region_name;
};

struct list_global_tables_output {
    struct global_table_list global_tables;
    struct slice last_evaluated_global_table_name;
};

struct list_imports_input {
    struct slice table_arn;
    struct opt_int page_size;
    struct slice next_token;
};

struct list_imports_output {
    struct import_summary_list import_summary_list;
    struct slice next_token;
};

struct list_streams_input {
    struct slice table_name;
    struct opt_int limit;
    struct slice exclusive_start_stream_arn;
};

struct list_streams_output {
    struct stream_list streams;
    struct slice last_evaluated_stream_arn;
};

struct list_tables_input {
    struct slice exclusive_start_table_name;
    struct opt_int limit;
};

struct list_tables_output {
    struct table_name_list table_names;
    struct slice last_evaluated_table_name;
};

struct list_tags_of_resource_input {
    struct slice resource_arn;
    struct slice next_token;
};

struct list_tags_of_resource_output {
    struct tag_list tags;
    struct slice next_token;
};

struct local_secondary_index {
    struct slice index_name;
    struct key_schema key_schema;
    struct projection *projection;
};

struct local_secondary_index_description {
    struct slice index_name;
    struct key_schema key_schema;
    struct projection *projection;
    struct opt_int index_size_bytes;
    struct opt_int item_count;
    struct slice index_arn;
};

struct local_secondary_index_info {
    struct slice index_name;
    struct key_schema key_schema;
    struct projection *projection;
};

struct model_on_demand_throughput {
    struct opt_int max_read_request_units;
    struct opt_int max_write_request_units;
};

struct on_demand_throughput_override {
    struct opt_int max_read_request_units;
};

struct output_s3_configuration {
    struct output_s3_configuration_output_type output_type;
    struct slice s3_bucket_owner;
    struct slice s3_bucket;
    struct slice s3_key_prefix;
    struct slice s3_sse_algorithm;
    struct slice s3_sse_kms_key_id;
};

struct parameterized_statement {
    struct slice statement;
    struct prepared_statement_parameters parameters;
    struct slice return_values_on_condition_check_failure;
};

struct point_in_time_recovery_description {
    struct slice point_in_time_recovery_status;
    struct opt_int recovery_period_in_days;
    struct opt_double earliest_restorable_date_time;
    struct opt_double latest_restorable_date_time;
};

struct point_in_time_recovery_specification {
    enum tri point_in_time_recovery_enabled;
    struct opt_int recovery_period_in_days;
};

struct projection {
    struct slice projection_type;
    struct non_key_attribute_name_list non_key_attributes;
};

struct provisioned_throughput {
    struct opt_int read_capacity_units;
    struct opt_int write_capacity_units;
};

struct provisioned_throughput_description {
    struct opt_double last_increase_date_time;
    struct opt_double last_decrease_date_time;
    struct opt_int number_of_decreases_today;
    struct opt_int read_capacity_units;
    struct opt_int write_capacity_units;
};

struct provisioned_throughput_override {
    struct opt_int read_capacity_units;
};

struct put {
    struct attribute_map item;
    struct slice table_name;
    struct slice condition_expression;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
    struct slice return_values_on_condition_check_failure;
};

struct put_item_input {
    struct slice table_name;
    struct attribute_map item;
    struct expected_attribute_map expected;
    struct slice return_values;
    struct slice return_consumed_capacity;
    struct slice return_item_collection_metrics;
    struct slice conditional_operator;
    struct slice condition_expression;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
    struct slice return_values_on_condition_check_failure;
};

struct put_item_output {
    struct attribute_map attributes;
    struct consumed_capacity *consumed_capacity;
    struct item_collection_metrics *item_collection_metrics;
};

struct put_request {
    struct attribute_map item;
};

struct put_resource_policy_input {
    struct slice resource_arn;
    struct slice policy;
    struct slice expected_revision_id;
    enum tri confirm_remove_self_resource_access;
};

struct put_resource_policy_output {
    struct slice revision_id;
};

struct query_input {
    struct slice table_name;
    struct slice index_name;
    struct slice select;
    struct attribute_name_list attributes_to_get;
    struct opt_int limit;
    enum tri consistent_read;
    struct key_conditions key_conditions;
    struct filter_condition_map query_filter;
    struct slice conditional_operator;
    enum tri scan_index_forward;
    struct attribute_map exclusive_start_key;
    struct slice return_consumed_capacity;
    struct slice projection_expression;
    struct slice filter_expression;
    struct slice key_condition_expression;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
};

struct query_output {
    struct item_list items;
    struct opt_int count;
    struct opt_int scanned_count;
    struct attribute_map last_evaluated_key;
    struct consumed_capacity *consumed_capacity;
};

struct model_record {
    struct slice event_id;
    struct slice event_name;
    struct slice event_version;
    struct slice event_source;
    struct slice aws_region;
    struct stream_record *dynamodb;
    struct model_identity *user_identity;
};

struct replica {
    struct slice region_name;
};

struct replica_auto_scaling_description {
    struct slice region_name;
    struct replica_global_secondary_index_auto_scaling_description_list global_secondary_indexes;
    struct auto_scaling_settings_description *replica_provisioned_read_capacity_auto_scaling_settings;
    struct auto_scaling_settings_description *replica_provisioned_write_capacity_auto_scaling_settings;
    struct slice replica_status;
};

struct replica_auto_scaling_update {
    struct slice region_name;
    struct replica_global_secondary_index_auto_scaling_update_list replica_global_secondary_index_updates;
    struct auto_scaling_settings_update *replica_provisioned_read_capacity_auto_scaling_update;
};

struct replica_description {
    struct slice region_name;
    struct slice replica_status;
    struct slice replica_arn;
    struct slice replica_status_description;
    struct slice replica_status_percent_progress;
    struct slice kms_master_key_id;
    struct provisioned_throughput_override *provisioned_throughput_override;
    struct on_demand_throughput_override *on_demand_throughput_override;
    struct table_warm_throughput_description *warm_throughput;
    struct replica_global_secondary_index_description_list global_secondary_indexes;
    struct opt_double replica_inaccessible_date_time;
    struct table_class_summary *replica_table_class_summary;
    struct slice global_table_settings_replication_mode;
};

struct replica_global_secondary_index {
    struct slice index_name;
    struct provisioned_throughput_override *provisioned_throughput_override;
    struct on_demand_throughput_override *on_demand_throughput_override;
};

struct replica_global_secondary_index_auto_scaling_description {
    struct slice index_name;
    struct slice index_status;
    struct auto_scaling_settings_description *provisioned_read_capacity_auto_scaling_settings;
    struct auto_scaling_settings_description *provisioned_write_capacity_auto_scaling_settings;
};

struct replica_global_secondary_index_auto_scaling_update {
    struct slice index_name;
    struct auto_scaling_settings_update *provisioned_read_capacity_auto_scaling_update;
};

struct replica_global_secondary_index_description {
    struct slice index_name;
    struct provisioned_throughput_override *provisioned_throughput_override;
    struct on_demand_throughput_override *on_demand_throughput_override;
    struct global_secondary_index_warm_throughput_description *warm_throughput;
};

struct replica_global_secondary_index_settings_description {
    struct slice index_name;
    struct slice index_status;
    struct opt_int provisioned_read_capacity_units;
    struct auto_scaling_settings_description *provisioned_read_capacity_auto_scaling_settings;
    struct opt_int provisioned_write_capacity_units;
    struct auto_scaling_settings_description *provisioned_write_capacity_auto_scaling_settings;
};

struct replica_global_secondary_index_settings_update {
    struct slice index_name;
    struct opt_int provisioned_read_capacity_units;
    struct auto_scaling_settings_update *provisioned_read_capacity_auto_scaling_settings_update;
};

struct replica_settings_description {
    struct slice region_name;
    struct slice replica_status;
    struct billing_mode_summary *replica_billing_mode_summary;
    struct opt_int replica_provisioned_read_capacity_units;
    struct auto_scaling_settings_description *replica_provisioned_read_capacity_auto_scaling_settings;
    struct opt_int replica_provisioned_write_capacity_units;
    struct auto_scaling_settings_description *replica_provisioned_write_capacity_auto_scaling_settings;
    struct replica_global_secondary_index_settings_description_list replica_global_secondary_index_settings;
    struct table_class_summary *replica_table_class_summary;
};

struct replica_settings_update {
    struct slice region_name;
    struct opt_int replica_provisioned_read_capacity_units;
    struct auto_scaling_settings_update *replica_provisioned_read_capacity_auto_scaling_settings_update;
    struct replica_global_secondary_index_settings_update_list replica_global_secondary_index_settings_update;
    struct slice replica_table_class;
};

struct replica_update {
    struct create_replica_action *create;
    struct delete_replica_action *delete;
};

struct replication_group_update {
    struct create_replication_group_member_action *create;
    struct update_replication_group_member_action *update;
    struct delete_replication_group_member_action *delete;
    struct disassociate_replication_group_member_action *disassociate;
};

struct restore_summary {
    struct opt_double restore_date_time;
    enum tri restore_in_progress;
    struct slice source_backup_arn;
    struct slice source_table_arn;
};

struct restore_table_from_backup_input {
    struct slice target_table_name;
    struct slice backup_arn;
    struct slice billing_mode_override;
    struct global_secondary_index_list global_secondary_index_override;
    struct local_secondary_index_list local_secondary_index_override;
    struct provisioned_throughput *provisioned_throughput_override;
    struct model_on_demand_throughput *on_demand_throughput_override;
    struct sse_specification *sse_specification_override;
    struct vector_index_list vector_index_override;
};

struct restore_table_from_backup_output {
    struct table_description *table_description;
};

struct restore_table_to_point_in_time_input {
    struct slice target_table_name;
    struct slice source_table_arn;
    struct slice source_table_name;
    enum tri use_latest_restorable_time;
    struct opt_double restore_date_time;
    struct slice billing_mode_override;
    struct global_secondary_index_list global_secondary_index_override;
    struct local_secondary_index_list local_secondary_index_override;
    struct provisioned_throughput *provisioned_throughput_override;
    struct model_on_demand_throughput *on_demand_throughput_override;
    struct sse_specification *sse_specification_override;
    struct vector_index_list vector_index_override;
};

struct restore_table_to_point_in_time_output {
    struct table_description *table_description;
};

struct s3_bucket_source {
    struct slice s3_bucket;
    struct slice s3_bucket_owner;
    struct slice s3_key_prefix;
};

struct sse_description {
    struct slice status;
    struct slice sse_type;
    struct slice kms_master_key_arn;
    struct opt_double inaccessible_encryption_date_time;
};

struct sse_specification {
    enum tri enabled;
    struct slice sse_type;
    struct slice kms_master_key_id;
};

struct scan_input {
    struct slice table_name;
    struct slice index_name;
    struct attribute_name_list attributes_to_get;
    struct opt_int limit;
    struct slice select;
    struct filter_condition_map scan_filter;
    struct slice conditional_operator;
    struct attribute_map exclusive_start_key;
    struct slice return_consumed_capacity;
    struct opt_int total_segments;
    struct opt_int segment;
    struct slice projection_expression;
    struct slice filter_expression;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
    enum tri consistent_read;
};

struct scan_output {
    struct item_list items;
    struct opt_int count;
    struct opt_int scanned_count;
    struct attribute_map last_evaluated_key;
    struct consumed_capacity *consumed_capacity;
};

struct search_result_item {
    struct attribute_map item;
    struct opt_double score;
};

struct search_schema_element {
    struct slice attribute_name;
    struct slice search_schema_element_type;
};

struct search_vectors_input {
    struct slice table_name;
    struct slice index_name;
    struct search_vector_list search_vector;
    struct opt_int top_k;
    struct slice return_consumed_capacity;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
    struct slice projection_expression;
    struct slice search_condition_expression;
};

struct search_vectors_output {
    struct vector_capacity *consumed_capacity;
    struct search_result_list search_results;
};

struct sequence_number_range {
    struct slice starting_sequence_number;
    struct slice ending_sequence_number;
};

struct shard {
    struct slice shard_id;
    struct sequence_number_range *sequence_number_range;
    struct slice parent_shard_id;
};

struct shard_filter {
    struct slice type;
    struct slice shard_id;
};

struct source_table_details {
    struct slice table_name;
    struct slice table_id;
    struct key_schema key_schema;
    struct opt_double table_creation_date_time;
    struct provisioned_throughput *provisioned_throughput;
    struct slice table_arn;
    struct opt_int table_size_bytes;
    struct model_on_demand_throughput *on_demand_throughput;
    struct opt_int item_count;
    struct slice billing_mode;
};

struct source_table_feature_details {
    struct local_secondary_indexes local_secondary_indexes;
    struct global_secondary_indexes global_secondary_indexes;
    struct stream_specification *stream_description;
    struct time_to_live_description *time_to_live_description;
    struct sse_description *sse_description;
    struct vector_indexes vector_indexes;
};

struct start_bulk_put_items_input {
    struct input_s3_configuration *input_s3_configuration;
    struct output_s3_configuration *output_s3_configuration;
    struct slice table_name;
    struct slice client_token;
    struct opt_int max_write_request_units;
    struct slice performance_tier;
};

struct start_bulk_put_items_output {
    struct bulk_operation_description *bulk_operation_description;
};

struct stream {
    struct slice stream_arn;
    struct slice table_name;
    struct slice stream_label;
};

struct stream_description {
    struct slice stream_arn;
    struct slice stream_label;
    struct slice stream_status;
    struct slice stream_view_type;
    struct opt_double creation_request_date_time;
    struct slice table_name;
    struct key_schema key_schema;
    struct shard_description_list shards;
    struct slice last_evaluated_shard_id;
};

struct stream_record {
    struct opt_double approximate_creation_date_time;
    struct attribute_map keys;
    struct attribute_map new_image;
    struct attribute_map old_image;
    struct slice sequence_number;
    struct opt_int size_bytes;
    struct slice stream_view_type;
};

struct stream_specification {
    enum tri stream_enabled;
    struct slice stream_view_type;
};

struct table_auto_scaling_description {
    struct slice table_name;
    struct slice table_status;
    struct replica_auto_scaling_description_list replicas;
};

struct table_class_summary {
    struct slice table_class;
    struct opt_double last_update_date_time;
};

struct table_creation_parameters {
    struct slice table_name;
    struct attribute_definitions attribute_definitions;
    struct key_schema key_schema;
    struct slice billing_mode;
    struct provisioned_throughput *provisioned_throughput;
    struct model_on_demand_throughput *on_demand_throughput;
    struct sse_specification *sse_specification;
    struct global_secondary_index_list global_secondary_indexes;
    struct vector_index_list vector_indexes;
};

struct table_description {
    struct attribute_definitions attribute_definitions;
    struct slice table_name;
    struct key_schema key_schema;
    struct slice table_status;
    struct opt_double creation_date_time;
    struct provisioned_throughput_description *provisioned_throughput;
    struct opt_int table_size_bytes;
    struct opt_int item_count;
    struct slice table_arn;
    struct slice table_id;
    struct billing_mode_summary *billing_mode_summary;
    struct local_secondary_index_description_list local_secondary_indexes;
    struct global_secondary_index_description_list global_secondary_indexes;
    struct stream_specification *stream_specification;
    struct slice latest_stream_label;
    struct slice latest_stream_arn;
    struct slice global_table_version;
    struct replica_description_list replicas;
    struct global_table_witness_description_list global_table_witnesses;
    struct slice global_table_settings_replication_mode;
    struct restore_summary *restore_summary;
    struct sse_description *sse_description;
    struct archival_summary *archival_summary;
    struct table_class_summary *table_class_summary;
    enum tri deletion_protection_enabled;
    enum tri disassociation_protection_enabled;
    struct model_on_demand_throughput *on_demand_throughput;
    struct table_warm_throughput_description *warm_throughput;
    struct slice multi_region_consistency;
    struct vector_index_description_list vector_indexes;
};

struct table_warm_throughput_description {
    struct opt_int read_units_per_second;
    struct opt_int write_units_per_second;
    struct slice status;
};

struct model_tag {
    struct slice key;
    struct slice value;
};

struct tag_resource_input {
    struct slice resource_arn;
    struct tag_list tags;
};

struct tag_resource_output {
    char nothing;
};

struct throttling_reason {
    struct slice reason;
    struct slice resource;
};

struct time_to_live_description {
    struct slice time_to_live_status;
    struct slice attribute_name;
};

struct time_to_live_specification {
    enum tri enabled;
    struct slice attribute_name;
};

struct transact_get_item {
    struct get *get;
};

struct transact_get_items_input {
    struct transact_get_item_list transact_items;
    struct slice return_consumed_capacity;
};

struct transact_get_items_output {
    struct consumed_capacity_multiple consumed_capacity;
    struct item_response_list responses;
};

struct transact_write_item {
    struct condition_check *condition_check;
    struct put *put;
    struct delete *delete;
    struct update *update;
};

struct transact_write_items_input {
    struct transact_write_item_list transact_items;
    struct slice return_consumed_capacity;
    struct slice return_item_collection_metrics;
    struct slice client_request_token;
};

struct transact_write_items_output {
    struct consumed_capacity_multiple consumed_capacity;
    struct item_collection_metrics_per_table item_collection_metrics;
};

struct untag_resource_input {
    struct slice resource_arn;
    struct tag_key_list tag_keys;
};

struct untag_resource_output {
    char nothing;
};

struct update {
    struct attribute_map key;
    struct slice update_expression;
    struct slice table_name;
    struct slice condition_expression;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
    struct slice return_values_on_condition_check_failure;
};

struct update_continuous_backups_input {
    struct slice table_name;
    struct point_in_time_recovery_specification *point_in_time_recovery_specification;
};

struct update_continuous_backups_output {
    struct continuous_backups_description *continuous_backups_description;
};

struct update_contributor_insights_input {
    struct slice table_name;
    struct slice contributor_insights_action;
    struct slice index_name;
    struct slice contributor_insights_mode;
};

struct update_contributor_insights_output {
    struct slice table_name;
    struct slice index_name;
    struct slice contributor_insights_status;
    struct slice contributor_insights_mode;
};

struct update_global_secondary_index_action {
    struct slice index_name;
    struct provisioned_throughput *provisioned_throughput;
    struct model_on_demand_throughput *on_demand_throughput;
    struct model_warm_throughput *warm_throughput;
};

struct update_global_table_input {
    struct slice global_table_name;
    struct replica_update_list replica_updates;
};

struct update_global_table_output {
    struct global_table_description *global_table_description;
};

struct update_global_table_settings_input {
    struct slice global_table_name;
    struct slice global_table_billing_mode;
    struct opt_int global_table_provisioned_write_capacity_units;
    struct auto_scaling_settings_update *global_table_provisioned_write_capacity_auto_scaling_settings_update;
    struct global_table_global_secondary_index_settings_update_list global_table_global_secondary_index_settings_update;
    struct replica_settings_update_list replica_settings_update;
};

struct update_global_table_settings_output {
    struct slice global_table_name;
    struct replica_settings_description_list replica_settings;
};

struct update_item_input {
    struct slice table_name;
    struct attribute_map key;
    struct attribute_updates attribute_updates;
    struct expected_attribute_map expected;
    struct slice conditional_operator;
    struct slice return_values;
    struct slice return_consumed_capacity;
    struct slice return_item_collection_metrics;
    struct slice update_expression;
    struct slice condition_expression;
    struct expression_attribute_name_map expression_attribute_names;
    struct expression_attribute_value_map expression_attribute_values;
    struct slice return_values_on_condition_check_failure;
};

struct update_item_output {
    struct attribute_map attributes;
    struct consumed_capacity *consumed_capacity;
    struct item_collection_metrics *item_collection_metrics;
};

struct update_kinesis_streaming_configuration {
    struct slice approximate_creation_date_time_precision;
};

struct update_kinesis_streaming_destination_input {
    struct slice table_name;
    struct slice stream_arn;
    struct update_kinesis_streaming_configuration *update_kinesis_streaming_configuration;
};

struct update_kinesis_streaming_destination_output {
    struct slice table_name;
    struct slice stream_arn;
    struct slice destination_status;
    struct update_kinesis_streaming_configuration *update_kinesis_streaming_configuration;
};

struct update_replication_group_member_action {
    struct slice region_name;
    struct slice kms_master_key_id;
    struct provisioned_throughput_override *provisioned_throughput_override;
    struct on_demand_throughput_override *on_demand_throughput_override;
    struct replica_global_secondary_index_list global_secondary_indexes;
    struct slice table_class_override;
};

struct update_table_input {
    struct slice table_name;
    struct attribute_definitions attribute_definitions;
    struct slice billing_mode;
    struct provisioned_throughput *provisioned_throughput;
    struct global_secondary_index_update_list global_secondary_index_updates;
    struct stream_specification *stream_specification;
    struct sse_specification *sse_specification;
    struct replication_group_update_list replica_updates;
    struct slice table_class;
    enum tri deletion_protection_enabled;
    struct slice multi_region_consistency;
    struct global_table_witness_group_update_list global_table_witness_updates;
    struct model_on_demand_throughput *on_demand_throughput;
    struct model_warm_throughput *warm_throughput;
    struct slice global_table_settings_replication_mode;
    enum tri disassociation_protection_enabled;
    struct vector_index_update_list vector_index_updates;
};

struct update_table_output {
    struct table_description *table_description;
};

struct update_table_replica_auto_scaling_input {
    struct slice table_name;
    struct global_secondary_index_auto_scaling_update_list global_secondary_index_updates;
    struct auto_scaling_settings_update *provisioned_write_capacity_auto_scaling_update;
    struct replica_auto_scaling_update_list replica_updates;
};

struct update_table_replica_auto_scaling_output {
    struct table_auto_scaling_description *table_auto_scaling_description;
};

struct update_time_to_live_input {
    struct slice table_name;
    struct time_to_live_specification *time_to_live_specification;
};

struct update_time_to_live_output {
    struct time_to_live_specification *time_to_live_specification;
};

struct vector_attribute_definition {
    struct slice attribute_name;
};

struct vector_capacity {
    struct opt_double vector_search_request_bytes;
    struct opt_double vector_write_request_bytes;
};

struct vector_index {
    struct slice index_name;
    struct vector_attribute_definition *vector_attribute;
    struct projection *projection;
    struct opt_int dimensions;
    struct slice distance_function;
    struct search_schema search_schema;
};

struct vector_index_description {
    struct slice index_name;
    struct search_schema search_schema;
    struct projection *projection;
    struct vector_attribute_definition *vector_attribute;
    struct opt_int dimensions;
    struct slice distance_function;
    struct slice index_status;
    enum tri backfilling;
    struct opt_int index_size_bytes;
    struct opt_int item_count;
    struct slice index_arn;
};

struct vector_index_info {
    struct slice index_name;
    struct vector_attribute_definition *vector_attribute;
    struct search_schema search_schema;
    struct projection *projection;
    struct opt_int dimensions;
    struct slice distance_function;
};

struct vector_index_update {
    struct create_vector_index_action *create;
    struct delete_vector_index_action *delete;
};

struct model_warm_throughput {
    struct opt_int read_units_per_second;
    struct opt_int write_units_per_second;
};

struct write_request {
    struct put_request *put_request;
    struct delete_request *delete_request;
};

extern const struct shape shape_archival_summary;
extern const struct shape shape_attribute_definition;
extern const struct shape shape_attribute_definitions;
extern const struct shape shape_attribute_map;
extern const struct shape shape_attribute_name_list;
extern const struct shape shape_attribute_updates;
extern const struct shape shape_attribute_value;
extern const struct shape shape_attribute_value_list;
extern const struct shape shape_attribute_value_update;
extern const struct shape shape_auto_scaling_policy_description;
extern const struct shape shape_auto_scaling_policy_description_list;
extern const struct shape shape_auto_scaling_policy_update;
extern const struct shape shape_auto_scaling_settings_description;
extern const struct shape shape_auto_scaling_settings_update;
extern const struct shape shape_auto_scaling_target_tracking_scaling_policy_configuration_description;
extern const struct shape shape_auto_scaling_target_tracking_scaling_policy_configuration_update;
extern const struct shape shape_backup_description;
extern const struct shape shape_backup_details;
extern const struct shape shape_backup_summaries;
extern const struct shape shape_backup_summary;
extern const struct shape shape_batch_execute_statement_input;
extern const struct shape shape_batch_execute_statement_output;
extern const struct shape shape_batch_get_item_input;
extern const struct shape shape_batch_get_item_output;
extern const struct shape shape_batch_get_request_map;
extern const struct shape shape_batch_get_response_map;
extern const struct shape shape_batch_statement_error;
extern const struct shape shape_batch_statement_request;
extern const struct shape shape_batch_statement_response;
extern const struct shape shape_batch_write_item_input;
extern const struct shape shape_batch_write_item_output;
extern const struct shape shape_batch_write_item_request_map;
extern const struct shape shape_billing_mode_summary;
extern const struct shape shape_bulk_operation_bytes;
extern const struct shape shape_bulk_operation_description;
extern const struct shape shape_bulk_operation_summary;
extern const struct shape shape_bulk_operation_table_detail;
extern const struct shape shape_bulk_operation_table_details;
extern const struct shape shape_bulk_operation_usage;
extern const struct shape shape_bulk_operation_usage_multiple;
extern const struct shape shape_bulk_operation_vector_bytes;
extern const struct shape shape_bulk_operations_summary_list;
extern const struct shape shape_cancel_bulk_operation_input;
extern const struct shape shape_cancel_bulk_operation_output;
extern const struct shape shape_cancellation_reason;
extern const struct shape shape_cancellation_reason_list;
extern const struct shape shape_capacity;
extern const struct shape shape_condition;
extern const struct shape shape_condition_check;
extern const struct shape shape_consumed_capacity;
extern const struct shape shape_consumed_capacity_multiple;
extern const struct shape shape_continuous_backups_description;
extern const struct shape shape_contributor_insights_rule_list;
extern const struct shape shape_contributor_insights_summaries;
extern const struct shape shape_contributor_insights_summary;
extern const struct shape shape_create_backup_input;
extern const struct shape shape_create_backup_output;
extern const struct shape shape_create_global_secondary_index_action;
extern const struct shape shape_create_global_table_input;
extern const struct shape shape_create_global_table_output;
extern const struct shape shape_create_global_table_witness_group_member_action;
extern const struct shape shape_create_replica_action;
extern const struct shape shape_create_replication_group_member_action;
extern const struct shape shape_create_table_input;
extern const struct shape shape_create_table_output;
extern const struct shape shape_create_vector_index_action;
extern const struct shape shape_csv_header_list;
extern const struct shape shape_csv_options;
extern const struct shape shape_delete;
extern const struct shape shape_delete_backup_input;
extern const struct shape shape_delete_backup_output;
extern const struct shape shape_delete_global_secondary_index_action;
extern const struct shape shape_delete_global_table_witness_group_member_action;
extern const struct shape shape_delete_item_input;
extern const struct shape shape_delete_item_output;
extern const struct shape shape_delete_replica_action;
extern const struct shape shape_delete_replication_group_member_action;
extern const struct shape shape_delete_request;
extern const struct shape shape_delete_resource_policy_input;
extern const struct shape shape_delete_resource_policy_output;
extern const struct shape shape_delete_table_input;
extern const struct shape shape_delete_table_output;
extern const struct shape shape_delete_vector_index_action;
extern const struct shape shape_describe_backup_input;
extern const struct shape shape_describe_backup_output;
extern const struct shape shape_describe_bulk_operation_input;
extern const struct shape shape_describe_bulk_operation_output;
extern const struct shape shape_describe_continuous_backups_input;
extern const struct shape shape_describe_continuous_backups_output;
extern const struct shape shape_describe_contributor_insights_input;
extern const struct shape shape_describe_contributor_insights_output;
extern const struct shape shape_describe_endpoints_request;
extern const struct shape shape_describe_endpoints_response;
extern const struct shape shape_describe_export_input;
extern const struct shape shape_describe_export_output;
extern const struct shape shape_describe_global_table_input;
extern const struct shape shape_describe_global_table_output;
extern const struct shape shape_describe_global_table_settings_input;
extern const struct shape shape_describe_global_table_settings_output;
extern const struct shape shape_describe_import_input;
extern const struct shape shape_describe_import_output;
extern const struct shape shape_describe_kinesis_streaming_destination_input;
extern const struct shape shape_describe_kinesis_streaming_destination_output;
extern const struct shape shape_describe_limits_input;
extern const struct shape shape_describe_limits_output;
extern const struct shape shape_describe_stream_input;
extern const struct shape shape_describe_stream_output;
extern const struct shape shape_describe_table_input;
extern const struct shape shape_describe_table_output;
extern const struct shape shape_describe_table_replica_auto_scaling_input;
extern const struct shape shape_describe_table_replica_auto_scaling_output;
extern const struct shape shape_describe_time_to_live_input;
extern const struct shape shape_describe_time_to_live_output;
extern const struct shape shape_disassociate_replication_group_member_action;
extern const struct shape shape_enable_kinesis_streaming_configuration;
extern const struct shape shape_endpoint;
extern const struct shape shape_endpoints;
extern const struct shape shape_execute_statement_input;
extern const struct shape shape_execute_statement_output;
extern const struct shape shape_execute_transaction_input;
extern const struct shape shape_execute_transaction_output;
extern const struct shape shape_expected_attribute_map;
extern const struct shape shape_expected_attribute_value;
extern const struct shape shape_export_description;
extern const struct shape shape_export_summaries;
extern const struct shape shape_export_summary;
extern const struct shape shape_export_table_to_point_in_time_input;
extern const struct shape shape_export_table_to_point_in_time_output;
extern const struct shape shape_expression_attribute_name_map;
extern const struct shape shape_expression_attribute_value_map;
extern const struct shape shape_failure_exception;
extern const struct shape shape_filter_condition_map;
extern const struct shape shape_filter_specification;
extern const struct shape shape_get;
extern const struct shape shape_get_item_input;
extern const struct shape shape_get_item_output;
extern const struct shape shape_get_records_input;
extern const struct shape shape_get_records_output;
extern const struct shape shape_get_resource_policy_input;
extern const struct shape shape_get_resource_policy_output;
extern const struct shape shape_get_shard_iterator_input;
extern const struct shape shape_get_shard_iterator_output;
extern const struct shape shape_global_secondary_index;
extern const struct shape shape_global_secondary_index_auto_scaling_update;
extern const struct shape shape_global_secondary_index_auto_scaling_update_list;
extern const struct shape shape_global_secondary_index_description;
extern const struct shape shape_global_secondary_index_description_list;
extern const struct shape shape_global_secondary_index_info;
extern const struct shape shape_global_secondary_index_list;
extern const struct shape shape_global_secondary_index_update;
extern const struct shape shape_global_secondary_index_update_list;
extern const struct shape shape_global_secondary_index_warm_throughput_description;
extern const struct shape shape_global_secondary_indexes;
extern const struct shape shape_global_table;
extern const struct shape shape_global_table_description;
extern const struct shape shape_global_table_global_secondary_index_settings_update;
extern const struct shape shape_global_table_global_secondary_index_settings_update_list;
extern const struct shape shape_global_table_list;
extern const struct shape shape_global_table_witness_description;
extern const struct shape shape_global_table_witness_description_list;
extern const struct shape shape_global_table_witness_group_update;
extern const struct shape shape_global_table_witness_group_update_list;
extern const struct shape shape_identity;
extern const struct shape shape_import_summary;
extern const struct shape shape_import_summary_list;
extern const struct shape shape_import_table_description;
extern const struct shape shape_import_table_input;
extern const struct shape shape_import_table_output;
extern const struct shape shape_incremental_export_specification;
extern const struct shape shape_input_format_options;
extern const struct shape shape_input_s3_configuration;
extern const struct shape shape_item_collection_key_attribute_map;
extern const struct shape shape_item_collection_metrics;
extern const struct shape shape_item_collection_metrics_multiple;
extern const struct shape shape_item_collection_metrics_per_table;
extern const struct shape shape_item_collection_size_estimate_range;
extern const struct shape shape_item_list;
extern const struct shape shape_item_response;
extern const struct shape shape_item_response_list;
extern const struct shape shape_key;
extern const struct shape shape_key_conditions;
extern const struct shape shape_key_list;
extern const struct shape shape_key_schema;
extern const struct shape shape_key_schema_element;
extern const struct shape shape_keys_and_attributes;
extern const struct shape shape_kinesis_data_stream_destination;
extern const struct shape shape_kinesis_data_stream_destinations;
extern const struct shape shape_kinesis_streaming_destination_input;
extern const struct shape shape_kinesis_streaming_destination_output;
extern const struct shape shape_list_backups_input;
extern const struct shape shape_list_backups_output;
extern const struct shape shape_list_bulk_operations_input;
extern const struct shape shape_list_bulk_operations_output;
extern const struct shape shape_list_contributor_insights_input;
extern const struct shape shape_list_contributor_insights_output;
extern const struct shape shape_list_exports_input;
extern const struct shape shape_list_exports_output;
extern const struct shape shape_list_global_tables_input;
extern const struct shape shape_list_global_tables_output;
extern const struct shape shape_list_imports_input;
extern const struct shape shape_list_imports_output;
extern const struct shape shape_list_streams_input;
extern const struct shape shape_list_streams_output;
extern const struct shape shape_list_tables_input;
extern const struct shape shape_list_tables_output;
extern const struct shape shape_list_tags_of_resource_input;
extern const struct shape shape_list_tags_of_resource_output;
extern const struct shape shape_local_secondary_index;
extern const struct shape shape_local_secondary_index_description;
extern const struct shape shape_local_secondary_index_description_list;
extern const struct shape shape_local_secondary_index_info;
extern const struct shape shape_local_secondary_index_list;
extern const struct shape shape_local_secondary_indexes;
extern const struct shape shape_non_key_attribute_name_list;
extern const struct shape shape_on_demand_throughput;
extern const struct shape shape_on_demand_throughput_override;
extern const struct shape shape_output_s3_configuration;
extern const struct shape shape_output_s3_configuration_output_type;
extern const struct shape shape_parameterized_statement;
extern const struct shape shape_parameterized_statements;
extern const struct shape shape_partiql_batch_request;
extern const struct shape shape_partiql_batch_response;
extern const struct shape shape_point_in_time_recovery_description;
extern const struct shape shape_point_in_time_recovery_specification;
extern const struct shape shape_prepared_statement_parameters;
extern const struct shape shape_projection;
extern const struct shape shape_provisioned_throughput;
extern const struct shape shape_provisioned_throughput_description;
extern const struct shape shape_provisioned_throughput_override;
extern const struct shape shape_put;
extern const struct shape shape_put_item_input;
extern const struct shape shape_put_item_input_attribute_map;
extern const struct shape shape_put_item_output;
extern const struct shape shape_put_request;
extern const struct shape shape_put_resource_policy_input;
extern const struct shape shape_put_resource_policy_output;
extern const struct shape shape_query_input;
extern const struct shape shape_query_output;
extern const struct shape shape_record;
extern const struct shape shape_record_list;
extern const struct shape shape_replica;
extern const struct shape shape_replica_auto_scaling_description;
extern const struct shape shape_replica_auto_scaling_description_list;
extern const struct shape shape_replica_auto_scaling_update;
extern const struct shape shape_replica_auto_scaling_update_list;
extern const struct shape shape_replica_description;
extern const struct shape shape_replica_description_list;
extern const struct shape shape_replica_global_secondary_index;
extern const struct shape shape_replica_global_secondary_index_auto_scaling_description;
extern const struct shape shape_replica_global_secondary_index_auto_scaling_description_list;
extern const struct shape shape_replica_global_secondary_index_auto_scaling_update;
extern const struct shape shape_replica_global_secondary_index_auto_scaling_update_list;
extern const struct shape shape_replica_global_secondary_index_description;
extern const struct shape shape_replica_global_secondary_index_description_list;
extern const struct shape shape_replica_global_secondary_index_list;
extern const struct shape shape_replica_global_secondary_index_settings_description;
extern const struct shape shape_replica_global_secondary_index_settings_description_list;
extern const struct shape shape_replica_global_secondary_index_settings_update;
extern const struct shape shape_replica_global_secondary_index_settings_update_list;
extern const struct shape shape_replica_list;
extern const struct shape shape_replica_settings_description;
extern const struct shape shape_replica_settings_description_list;
extern const struct shape shape_replica_settings_update;
extern const struct shape shape_replica_settings_update_list;
extern const struct shape shape_replica_update;
extern const struct shape shape_replica_update_list;
extern const struct shape shape_replication_group_update;
extern const struct shape shape_replication_group_update_list;
extern const struct shape shape_restore_summary;
extern const struct shape shape_restore_table_from_backup_input;
extern const struct shape shape_restore_table_from_backup_output;
extern const struct shape shape_restore_table_to_point_in_time_input;
extern const struct shape shape_restore_table_to_point_in_time_output;
extern const struct shape shape_s3_bucket_source;
extern const struct shape shape_sse_description;
extern const struct shape shape_sse_specification;
extern const struct shape shape_scan_input;
extern const struct shape shape_scan_output;
extern const struct shape shape_search_result_item;
extern const struct shape shape_search_result_list;
extern const struct shape shape_search_schema;
extern const struct shape shape_search_schema_element;
extern const struct shape shape_search_vector_list;
extern const struct shape shape_search_vectors_input;
extern const struct shape shape_search_vectors_output;
extern const struct shape shape_secondary_indexes_bulk_bytes_map;
extern const struct shape shape_secondary_indexes_capacity_map;
extern const struct shape shape_sequence_number_range;
extern const struct shape shape_shard;
extern const struct shape shape_shard_description_list;
extern const struct shape shape_shard_filter;
extern const struct shape shape_source_table_details;
extern const struct shape shape_source_table_feature_details;
extern const struct shape shape_start_bulk_put_items_input;
extern const struct shape shape_start_bulk_put_items_output;
extern const struct shape shape_stream;
extern const struct shape shape_stream_description;
extern const struct shape shape_stream_list;
extern const struct shape shape_stream_record;
extern const struct shape shape_stream_specification;
extern const struct shape shape_table_auto_scaling_description;
extern const struct shape shape_table_class_summary;
extern const struct shape shape_table_creation_parameters;
extern const struct shape shape_table_description;
extern const struct shape shape_table_name_list;
extern const struct shape shape_table_warm_throughput_description;
extern const struct shape shape_tag;
extern const struct shape shape_tag_key_list;
extern const struct shape shape_tag_list;
extern const struct shape shape_tag_resource_input;
extern const struct shape shape_tag_resource_output;
extern const struct shape shape_throttling_reason;
extern const struct shape shape_throttling_reason_list;
extern const struct shape shape_time_to_live_description;
extern const struct shape shape_time_to_live_specification;
extern const struct shape shape_transact_get_item;
extern const struct shape shape_transact_get_item_list;
extern const struct shape shape_transact_get_items_input;
extern const struct shape shape_transact_get_items_output;
extern const struct shape shape_transact_write_item;
extern const struct shape shape_transact_write_item_list;
extern const struct shape shape_transact_write_items_input;
extern const struct shape shape_transact_write_items_output;
extern const struct shape shape_untag_resource_input;
extern const struct shape shape_untag_resource_output;
extern const struct shape shape_update;
extern const struct shape shape_update_continuous_backups_input;
extern const struct shape shape_update_continuous_backups_output;
extern const struct shape shape_update_contributor_insights_input;
extern const struct shape shape_update_contributor_insights_output;
extern const struct shape shape_update_global_secondary_index_action;
extern const struct shape shape_update_global_table_input;
extern const struct shape shape_update_global_table_output;
extern const struct shape shape_update_global_table_settings_input;
extern const struct shape shape_update_global_table_settings_output;
extern const struct shape shape_update_item_input;
extern const struct shape shape_update_item_output;
extern const struct shape shape_update_kinesis_streaming_configuration;
extern const struct shape shape_update_kinesis_streaming_destination_input;
extern const struct shape shape_update_kinesis_streaming_destination_output;
extern const struct shape shape_update_replication_group_member_action;
extern const struct shape shape_update_table_input;
extern const struct shape shape_update_table_output;
extern const struct shape shape_update_table_replica_auto_scaling_input;
extern const struct shape shape_update_table_replica_auto_scaling_output;
extern const struct shape shape_update_time_to_live_input;
extern const struct shape shape_update_time_to_live_output;
extern const struct shape shape_vector_attribute_definition;
extern const struct shape shape_vector_capacity;
extern const struct shape shape_vector_index;
extern const struct shape shape_vector_index_description;
extern const struct shape shape_vector_index_description_list;
extern const struct shape shape_vector_index_info;
extern const struct shape shape_vector_index_list;
extern const struct shape shape_vector_index_update;
extern const struct shape shape_vector_index_update_list;
extern const struct shape shape_vector_indexes;
extern const struct shape shape_vector_indexes_bulk_vector_bytes_map;
extern const struct shape shape_vector_indexes_capacity_map;
extern const struct shape shape_warm_throughput;
extern const struct shape shape_write_request;
extern const struct shape shape_write_requests;
