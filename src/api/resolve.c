/* SPDX-License-Identifier: Apache-2.0 */

/*
 * From the TableName member to the table. The member holds a name or the ARN of a table of the caller's own account and
 * region (1.8). Item operations and the control plane refuse in different words, and item operations see a table only
 * while it can be used: not before it is ACTIVE for the first time, not once it is being deleted.
 *
 * Lengths and characters were checked with the shape; here they are looked at again where an operation is stricter than
 * its shape.
 */
#include "api/control.h"
#include "api/trace.h"

#define CONSTRAINT_ "1 validation error detected: Value '%.*s' at 'tableName' failed to satisfy constraint: "

static bool is_control(enum operation_id id)
{
    switch (id) {
    case OPERATION_CREATE_TABLE:
    case OPERATION_DELETE_TABLE:
    case OPERATION_DESCRIBE_TABLE:
    case OPERATION_UPDATE_TABLE:
    case OPERATION_DESCRIBE_TIME_TO_LIVE:
    case OPERATION_UPDATE_TIME_TO_LIVE:
    case OPERATION_DESCRIBE_CONTINUOUS_BACKUPS:
    case OPERATION_UPDATE_CONTINUOUS_BACKUPS:
        return true;
    default:
        return false;
    }
}

static bool is_name(struct slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        uint8_t c = text.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
                c == '-'))
            return false;
    }
    return true;
}

static enum err name_check(struct api_request *request, struct slice name, size_t bytes_min)
{
    if (name.n < bytes_min)
        return fault_validation(&request->fault, CONSTRAINT_ "Member must have length greater than or equal to %zu",
            SLICE_ARG(name), bytes_min);
    if (name.n > TABLE_NAME_BYTES_MAX)
        return fault_validation(&request->fault, CONSTRAINT_ "Member must have length less than or equal to %d",
            SLICE_ARG(name), TABLE_NAME_BYTES_MAX);
    if (!is_name(name))
        return fault_validation(&request->fault,
            CONSTRAINT_ "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+", SLICE_ARG(name));
    return OK;
}

static enum err name_absent(struct api_request *request)
{
    if (is_control(request->operation->id))
        return fault_validation(
            &request->fault, "The parameter 'TableName' is required but was not present in the request");
    return fault_validation(&request->fault,
        "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null");
}

/* Cuts the text up to the next colon off *rest. */
static struct slice part_cut(struct slice *rest)
{
    struct slice part = *rest;
    const uint8_t *colon = rest->n == 0 ? NULL : memchr(rest->p, ':', rest->n);

    if (colon == NULL) {
        *rest = slice_of(rest->p + rest->n, 0);
        return part;
    }
    part.n = (size_t)(colon - part.p);
    *rest = slice_of(colon + 1, rest->n - part.n - 1);
    return part;
}

static enum err arn_fault(struct api_request *request, const char *what, struct slice arn)
{
    return fault_validation(&request->fault, "1 validation error detected: Invalid %s in '%.*s'", what, SLICE_ARG(arn));
}

bool api__arn_split(struct slice text, struct api__arn *ret)
{
    struct slice rest;

    if (!slice_starts_with(text, SLICE_LIT("arn:")))
        return false;
    rest = slice_of(text.p + 4, text.n - 4);
    ret->partition = part_cut(&rest);
    ret->service = part_cut(&rest);
    ret->region = part_cut(&rest);
    ret->account = part_cut(&rest);
    ret->resource = rest;
    return true;
}

bool api__arn_table(const struct api__arn *arn, struct slice *ret_name)
{
    static const struct slice table = SLICE_LIT("table/");
    struct slice name;

    if (!slice_starts_with(arn->resource, table))
        return false;
    name = slice_of(arn->resource.p + table.n, arn->resource.n - table.n);
    if (name.n == 0 || name.n > TABLE_NAME_BYTES_MAX || !is_name(name)) /* an index or a stream, for one */
        return false;
    *ret_name = name;
    return true;
}

static enum err arn_resolve(struct api_request *request, struct slice text, struct slice *ret_name)
{
    struct api__arn arn;

    if (!api__arn_split(text, &arn) || !slice_is(arn.partition, "aws"))
        return arn_fault(request, "AWS partition", text);
    if (!slice_is(arn.service, "dynamodb"))
        return arn_fault(request, "AWS service", text);
    if (!slice_equal(arn.region, request->identity.region))
        return arn_fault(request, "AWS region", text);
    if (!api__arn_table(&arn, ret_name))
        return arn_fault(request, "resource type", text);
    if (!slice_equal(arn.account, request->identity.account))
        return fault_set(&request->fault, API_ACCESS_DENIED, "Access is denied");
    return OK;
}

enum err api__table_name(struct api_request *request, struct slice name_or_arn, struct slice *ret_name)
{
    enum err err;

    if (name_or_arn.p == NULL)
        return name_absent(request);
    if (slice_starts_with(name_or_arn, SLICE_LIT("arn:")))
        return arn_resolve(request, name_or_arn, ret_name);
    err = name_check(request, name_or_arn, 1);
    if (err)
        return err;
    *ret_name = name_or_arn;
    return OK;
}

enum err api__table_name_strict(struct api_request *request, struct slice name)
{
    if (name.p == NULL)
        return name_absent(request);
    return name_check(request, name, TABLE_NAME_BYTES_MIN);
}

enum err api__table_missing(struct api_request *request, struct slice name)
{
    return fault_set(&request->fault, API_RESOURCE_NOT_FOUND, "Requested resource not found: Table: %.*s not found",
        SLICE_ARG(name));
}

static const struct table_desc *find(struct api_request *request, struct slice name)
{
    return catalog_find(request->view, request->identity.account, request->identity.region, name);
}

enum err api__control_table(struct api_request *request, struct slice name_or_arn, const struct table_desc **ret)
{
    const struct table_desc *desc;
    struct slice name;
    enum err err;

    err = api__table_name(request, name_or_arn, &name);
    if (err)
        return err;
    desc = find(request, name);
    api__trace_table(request, desc, name);
    if (desc == NULL)
        return api__table_missing(request, name);
    *ret = desc;
    return OK;
}

enum err api_table_find(struct api_request *request, struct slice name_or_arn, const struct table_desc **ret)
{
    const struct table_desc *desc;
    struct slice name;
    enum err err;

    if (is_control(request->operation->id))
        return api__control_table(request, name_or_arn, ret);
    err = api__table_name(request, name_or_arn, &name);
    if (err)
        return err;
    desc = find(request, name);
    api__trace_table(request, desc, name);
    if (desc == NULL || desc->status == TABLE_CREATING || desc->status == TABLE_DELETING)
        return fault_set(&request->fault, API_RESOURCE_NOT_FOUND, "Requested resource not found");
    *ret = desc;
    return OK;
}
