/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Billing mode, provisioned, on-demand and warm throughput: what a request may say of them (4.2 steps 2, 3, 10,
 * 11; 4.5; 5.4 to 5.7). Consumption is held against them in table/throttle.h.
 *
 * Checks take the read member first; the first member that is wrong is named. Pure but for api__quota_check, which
 * looks at the other tables of the account and therefore runs under the catalog's turn.
 */
#include "api/control.h"

#define WARM_URL_ " See: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html"

/* ---- request to descriptor ---- */
struct throughput api__throughput(const struct provisioned_throughput *input)
{
    if (input == NULL)
        return (struct throughput){0};
    return (struct throughput){.read = input->read_capacity_units.v, .write = input->write_capacity_units.v};
}

struct on_demand_throughput api__on_demand(const struct model_on_demand_throughput *input)
{
    struct on_demand_throughput maxima = {-1, -1};

    if (input != NULL && input->max_read_request_units.present)
        maxima.max_read = input->max_read_request_units.v;
    if (input != NULL && input->max_write_request_units.present)
        maxima.max_write = input->max_write_request_units.v;
    return maxima;
}

struct warm_throughput api__warm(const struct model_warm_throughput *input)
{
    struct warm_throughput warm = {-1, -1};

    if (input != NULL && input->read_units_per_second.present)
        warm.read = input->read_units_per_second.v;
    if (input != NULL && input->write_units_per_second.present)
        warm.write = input->write_units_per_second.v;
    return warm;
}

/* ---- billing and units ---- */
enum err api__units_check(struct api_request *request, struct slice index, const struct provisioned_throughput *units)
{
    const struct {
        const char *name;
        int64_t v;
    } members[] = {
        {"ReadCapacityUnits", units->read_capacity_units.v},
        {"WriteCapacityUnits", units->write_capacity_units.v},
    };

    for (int i = 0; i < 2; i++) {
        if (members[i].v <= UNITS_SHAPE_MAX)
            continue;
        if (index.p == NULL)
            return fault_validation(
                &request->fault, "Given value %lld for %s is out of bounds", (long long)members[i].v, members[i].name);
        return fault_validation(&request->fault, "Given value %lld for %s is out of bounds for index %.*s",
            (long long)members[i].v, members[i].name, SLICE_ARG(index));
    }
    return OK;
}

enum billing_mode api__billing(struct slice billing_mode)
{
    return slice_is(billing_mode, "PAY_PER_REQUEST") ? BILLING_PAY_PER_REQUEST : BILLING_PROVISIONED;
}

enum err api__billing_check(struct api_request *request, const struct create_table_input *input)
{
    const struct global_secondary_index_list *indexes = &input->global_secondary_indexes;
    enum billing_mode billing = api__billing(input->billing_mode);
    enum err err = OK;

    if (billing == BILLING_PAY_PER_REQUEST && input->provisioned_throughput != NULL)
        return fault_validation(&request->fault, P_ "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified "
                                                    "when BillingMode is PAY_PER_REQUEST");
    if (billing == BILLING_PROVISIONED && input->provisioned_throughput == NULL)
        return fault_validation(&request->fault, P_ "ReadCapacityUnits and WriteCapacityUnits must both be specified "
                                                    "when BillingMode is PROVISIONED");
    if (input->provisioned_throughput != NULL)
        err = api__units_check(request, SLICE_NULL, input->provisioned_throughput);
    for (uint32_t i = 0; i < indexes->count && !err; i++) {
        if (indexes->items[i].provisioned_throughput != NULL)
            err = api__units_check(request, indexes->items[i].index_name, indexes->items[i].provisioned_throughput);
    }
    return err;
}

enum err api__index_billing_check(struct api_request *request, struct slice index,
    const struct provisioned_throughput *throughput, enum billing_mode billing)
{
    if (billing == BILLING_PAY_PER_REQUEST && throughput != NULL)
        return fault_validation(&request->fault,
            P_ "ProvisionedThroughput should not be specified for index: %.*s when BillingMode is PAY_PER_REQUEST",
            SLICE_ARG(index));
    if (billing == BILLING_PROVISIONED && throughput == NULL)
        return fault_validation(
            &request->fault, P_ "ProvisionedThroughput is not specified for index: %.*s", SLICE_ARG(index));
    return OK;
}

/* ---- on-demand maxima ---- */
static enum err on_demand_refused(struct api_request *request, struct slice index, const char *member, bool update)
{
    if (update && index.p == NULL)
        return fault_validation(&request->fault,
            P_ "%s for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED", member);
    if (index.p == NULL)
        return fault_validation(&request->fault,
            P_ "%s for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.", member);
    return fault_validation(&request->fault,
        P_ "%s for OnDemandThroughput for index: %.*s cannot be specified when table BillingMode is PROVISIONED.",
        member, SLICE_ARG(index));
}

static enum err on_demand_range(struct api_request *request, struct slice index, const char *member)
{
    if (index.p == NULL)
        return fault_validation(
            &request->fault, P_ "Requested %s for OnDemandThroughput for table is outside of valid range", member);
    return fault_validation(&request->fault,
        P_ "Requested %s for OnDemandThroughput for index : %.*s is outside of valid range", member, SLICE_ARG(index));
}

static enum err on_demand_quota(struct api_request *request, struct slice index, const char *member, const char *quota)
{
    struct slice where =
        index.p == NULL ? SLICE_LIT("table") : arena_printf(request->arena, "index : %.*s", SLICE_ARG(index));

    return fault_set(&request->fault, API_LIMIT_EXCEEDED,
        "Subscriber limit exceeded: Requested %s for OnDemandThroughput for %.*s exceeds %s of the account in region "
        "%.*s",
        member, SLICE_ARG(where), quota, SLICE_ARG(request->identity.region));
}

enum err api__on_demand_check(struct api_request *request, struct slice index,
    const struct model_on_demand_throughput *on_demand, enum billing_mode billing, bool update)
{
    static const char *const names[] = {"MaxReadRequestUnits", "MaxWriteRequestUnits"};
    static const char *const quotas[] = {"TableMaxReadCapacityUnits", "TableMaxWriteCapacityUnits"};
    static const int64_t quota_units[] = {TABLE_READ_UNITS_MAX, TABLE_WRITE_UNITS_MAX};

    if (on_demand == NULL)
        return OK;
    const struct opt_int members[] = {on_demand->max_read_request_units, on_demand->max_write_request_units};

    for (int i = 0; i < 2; i++) {
        if (members[i].present && billing == BILLING_PROVISIONED)
            return on_demand_refused(request, index, names[i], update);
    }
    for (int i = 0; i < 2; i++) {
        if (members[i].present && members[i].v < 1 && !(update && members[i].v == -1))
            return on_demand_range(request, index, names[i]);
    }
    for (int i = 0; i < 2; i++) {
        if (members[i].present && members[i].v > quota_units[i])
            return on_demand_quota(request, index, names[i], quotas[i]);
    }
    return OK;
}

/* ---- warm throughput ---- */
static enum err warm_low(
    struct api_request *request, struct slice index, const char *member, enum billing_mode billing, const char *units)
{
    struct slice where =
        index.p == NULL ? SLICE_LIT("table") : arena_printf(request->arena, "index %.*s", SLICE_ARG(index));

    if (billing == BILLING_PROVISIONED)
        return fault_validation(&request->fault,
            P_ "Requested %s for WarmThroughput for %.*s is lower than %s of ProvisionedThroughput", member,
            SLICE_ARG(where), units);
    return fault_validation(&request->fault,
        P_ "Requested %s for WarmThroughput for %.*s is lower than initial throughput for OnDemand%s", member,
        SLICE_ARG(where), index.p == NULL ? "." WARM_URL_ : "");
}

enum err api__warm_check(struct api_request *request, struct slice index, const struct model_warm_throughput *warm,
    enum billing_mode billing, struct throughput units)
{
    if (warm == NULL)
        return OK;
    const struct {
        const char *name, *units_name, *quota_name;
        struct opt_int given;
        int64_t floor, quota;
    } members[] = {
        {"ReadUnitsPerSecond", "ReadCapacityUnits", "TableMaxReadCapacityUnits", warm->read_units_per_second,
            billing == BILLING_PAY_PER_REQUEST ? WARM_READ_ON_DEMAND : units.read, TABLE_READ_UNITS_MAX},
        {"WriteUnitsPerSecond", "WriteCapacityUnits", "TableMaxWriteCapacityUnits", warm->write_units_per_second,
            billing == BILLING_PAY_PER_REQUEST ? WARM_WRITE_ON_DEMAND : units.write, TABLE_WRITE_UNITS_MAX},
    };
    struct slice where =
        index.p == NULL ? SLICE_LIT("table") : arena_printf(request->arena, "index %.*s", SLICE_ARG(index));

    for (int i = 0; i < 2; i++) {
        if (members[i].given.present && members[i].given.v < members[i].floor)
            return warm_low(request, index, members[i].name, billing, members[i].units_name);
    }
    for (int i = 0; i < 2; i++) {
        if (members[i].given.present && members[i].given.v > members[i].quota)
            return fault_set(&request->fault, API_LIMIT_EXCEEDED,
                "Subscriber limit exceeded: Requested %s for WarmThroughput for %.*s exceeds %s of the account in "
                "region %.*s",
                members[i].name, SLICE_ARG(where), members[i].quota_name, SLICE_ARG(request->identity.region));
    }
    return OK;
}

/* ---- quotas ---- */
#define QUOTA_TAIL_ "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."

static enum err table_quota(
    struct api_request *request, const char *member, struct slice index, int64_t units, int64_t max)
{
    if (units <= max)
        return OK;
    if (index.p == NULL)
        return fault_set(&request->fault, API_LIMIT_EXCEEDED,
            "The requested %s, %lld, is above the per table maximum for the account in %.*s. Per table maximum: "
            "%lld. " QUOTA_TAIL_,
            member, (long long)units, SLICE_ARG(request->identity.region), (long long)max);
    return fault_set(&request->fault, API_LIMIT_EXCEEDED,
        "The requested %s for index %.*s, %lld, is above the per index maximum for the account in %.*s. Per index "
        "maximum: "
        "%lld. " QUOTA_TAIL_,
        member, SLICE_ARG(index), (long long)units, SLICE_ARG(request->identity.region), (long long)max);
}

static enum err account_quota(
    struct api_request *request, const char *member, int64_t others, int64_t units, int64_t max)
{
    if (others + units <= max || units == 0)
        return OK;
    return fault_set(&request->fault, API_LIMIT_EXCEEDED,
        "This request would have caused the %s limit to be exceeded for the account in %.*s. Current %s reserved by "
        "the "
        "account: %lld. Limit: %lld. Requested: %lld. " QUOTA_TAIL_,
        member, SLICE_ARG(request->identity.region), member, (long long)others, (long long)max, (long long)units);
}

/* The units a table or index has, or is about to have. */
static struct throughput_target units_of(const struct throughput *now, const struct throughput_target *next)
{
    return next->present ? *next : (struct throughput_target){true, now->read, now->write};
}

static enum err one_quota(
    struct api_request *request, struct slice index, struct throughput_target units, struct throughput_target *sum)
{
    enum err err;

    err = table_quota(request, "ReadCapacityUnits", index, units.read, TABLE_READ_UNITS_MAX);
    if (!err)
        err = table_quota(request, "WriteCapacityUnits", index, units.write, TABLE_WRITE_UNITS_MAX);
    sum->read += units.read;
    sum->write += units.write;
    return err;
}

enum err api__quota_check(struct api_request *request, const struct table_desc *next)
{
    struct throughput_target sum = {0}, others;
    struct catalog_view *view;
    enum err err;

    err = one_quota(request, SLICE_NULL, units_of(&next->throughput, &next->throughput_next), &sum);
    for (uint32_t i = next->lsi_count; i < next->lsi_count + next->gsi_count && !err; i++) {
        const struct index_desc *index = &next->indexes[i];

        err = one_quota(request, index->name, units_of(&index->throughput, &index->throughput_next), &sum);
    }
    if (err)
        return err;
    view = catalog_acquire(request->api->catalog, request->fiber);
    others = catalog_provisioned(view, request->identity.account, request->identity.region, next->id);
    catalog_release(view, request->fiber);
    err = account_quota(request, "ReadCapacityUnits", others.read, sum.read, ACCOUNT_READ_UNITS_MAX);
    if (!err)
        err = account_quota(request, "WriteCapacityUnits", others.write, sum.write, ACCOUNT_WRITE_UNITS_MAX);
    return err;
}
