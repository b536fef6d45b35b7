/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What a key that may only read is refused: every operation that is not known to change nothing. The answer is that of
 * a caller whom no policy of IAM allows the action (control-plane.md 3.6), and it comes before anything is said of
 * tables: whoever may not write learns nothing by trying.
 */
#include "api/api_int.h"
#include "api/trace.h"
#include "model/gen_shapes.h"
#include "partiql/partiql.h"

static bool only_reads(enum operation_id id)
{
    switch (id) {
    case OPERATION_BATCH_GET_ITEM:
    case OPERATION_DESCRIBE_BACKUP:
    case OPERATION_DESCRIBE_BULK_OPERATION:
    case OPERATION_DESCRIBE_CONTINUOUS_BACKUPS:
    case OPERATION_DESCRIBE_CONTRIBUTOR_INSIGHTS:
    case OPERATION_DESCRIBE_ENDPOINTS:
    case OPERATION_DESCRIBE_EXPORT:
    case OPERATION_DESCRIBE_GLOBAL_TABLE:
    case OPERATION_DESCRIBE_GLOBAL_TABLE_SETTINGS:
    case OPERATION_DESCRIBE_IMPORT:
    case OPERATION_DESCRIBE_KINESIS_STREAMING_DESTINATION:
    case OPERATION_DESCRIBE_LIMITS:
    case OPERATION_DESCRIBE_STREAM:
    case OPERATION_DESCRIBE_TABLE:
    case OPERATION_DESCRIBE_TABLE_REPLICA_AUTO_SCALING:
    case OPERATION_DESCRIBE_TIME_TO_LIVE:
    case OPERATION_GET_ITEM:
    case OPERATION_GET_RECORDS:
    case OPERATION_GET_RESOURCE_POLICY:
    case OPERATION_GET_SHARD_ITERATOR:
    case OPERATION_LIST_BACKUPS:
    case OPERATION_LIST_BULK_OPERATIONS:
    case OPERATION_LIST_CONTRIBUTOR_INSIGHTS:
    case OPERATION_LIST_EXPORTS:
    case OPERATION_LIST_GLOBAL_TABLES:
    case OPERATION_LIST_IMPORTS:
    case OPERATION_LIST_STREAMS:
    case OPERATION_LIST_TABLES:
    case OPERATION_LIST_TAGS_OF_RESOURCE:
    case OPERATION_QUERY:
    case OPERATION_SCAN:
    case OPERATION_SEARCH_VECTORS:
    case OPERATION_TRANSACT_GET_ITEMS:
        return true;
    case OPERATION_BATCH_EXECUTE_STATEMENT: /* their statements are looked at one by one */
    case OPERATION_EXECUTE_STATEMENT:
    case OPERATION_EXECUTE_TRANSACTION:
        return true;
    default:
        return false;
    }
}

bool api__changes_settings(enum operation_id id)
{
    switch (id) {
    case OPERATION_BATCH_WRITE_ITEM:
    case OPERATION_DELETE_ITEM:
    case OPERATION_PUT_ITEM:
    case OPERATION_TRANSACT_WRITE_ITEMS:
    case OPERATION_UPDATE_ITEM:
        return false;
    default:
        return !only_reads(id);
    }
}

/* A text member of the input; p NULL: there is none, or it was not sent. */
static struct slice text_of(const struct api_request *request, const void *input, const char *name)
{
    const struct shape_member *member = shape_member_find(request->operation->input, slice_from_cstr(name));

    if (member == NULL || member->kind != SHAPE_STRING)
        return SLICE_NULL;
    return *(const struct slice *)(const void *)((const char *)input + member->offset);
}

/* Of a batch or a transaction the first table that is written; p NULL: none. */
static struct slice first_table(enum operation_id id, const void *input)
{
    const struct batch_write_item_input *batch = input;
    const struct transact_write_items_input *transaction = input;
    const struct transact_write_item *item;

    if (id == OPERATION_BATCH_WRITE_ITEM)
        return batch->request_items.count == 0 ? SLICE_NULL : batch->request_items.keys[0];
    if (id != OPERATION_TRANSACT_WRITE_ITEMS || transaction->transact_items.count == 0)
        return SLICE_NULL;
    item = &transaction->transact_items.items[0];
    return item->put != NULL               ? item->put->table_name
           : item->update != NULL          ? item->update->table_name
           : item->delete != NULL          ? item->delete->table_name
           : item->condition_check != NULL ? item->condition_check->table_name
                                           : SLICE_NULL;
}

/* What the request is about: a table's name or an ARN; p NULL: nothing of the kind. */
static struct slice resource_of(const struct api_request *request, const void *input)
{
    struct slice resource = text_of(request, input, "TableName");

    if (resource.p == NULL)
        resource = text_of(request, input, "ResourceArn");
    return resource.p != NULL ? resource : first_table(request->operation->id, input);
}

static enum err refuse(struct api_request *request, struct slice action, struct slice resource)
{
    struct identity *who = &request->identity;

    if (resource.p == NULL)
        resource = SLICE_LIT("*");
    if (!slice_starts_with(resource, SLICE_LIT("arn:")))
        resource = arena_printf(request->arena, "arn:aws:dynamodb:%.*s:%.*s:table/%.*s", SLICE_ARG(who->region),
            SLICE_ARG(who->account), SLICE_ARG(resource));
    return fault_set(&request->fault, API_ACCESS_DENIED,
        "User: %.*s is not authorized to perform: dynamodb:%.*s on resource: %.*s because no identity-based policy "
        "allows the dynamodb:%.*s action",
        SLICE_ARG(who->arn), SLICE_ARG(action), SLICE_ARG(resource), SLICE_ARG(action));
}

void api__trace_resource(struct api_request *request, const void *input)
{
    if (api__changes_settings(request->operation->id))
        api__trace_table(request, NULL, resource_of(request, input));
}

enum err api__permit(struct api_request *request, const void *input)
{
    if (!request->identity.read_only || only_reads(request->operation->id))
        return OK;
    return refuse(request, request->operation->name, resource_of(request, input));
}

enum err api__permit_statement(struct api_request *request, const struct partiql_statement *statement)
{
    static const char *const actions[] = {
        [PARTIQL_INSERT] = "PartiQLInsert", [PARTIQL_UPDATE] = "PartiQLUpdate", [PARTIQL_DELETE] = "PartiQLDelete"};

    if (!request->identity.read_only || statement->verb == PARTIQL_SELECT || statement->verb == PARTIQL_EXISTS)
        return OK;
    return refuse(request, slice_from_cstr(actions[statement->verb]), statement->table);
}
