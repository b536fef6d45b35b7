/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Limits from descriptors, and requests against them (throttle.h).
 *
 *     limit_of     descriptor, mode ──► units a second, or none; what is told when they are spent
 *     admit        take the known part from the bucket of the table or index, and from that of the key range
 *     settle       charge the rest, or give back; count what was consumed
 *
 * Nothing is stored: a changed descriptor is in force with the next request. A request without limit costs two
 * comparisons, and what it consumed is counted all the same.
 */
#include "table/throttle.h"

#include "codec/key.h"
#include "metrics/metrics.h"
#include "table/index.h"
#include "table/write_int.h"

#define PROVISIONED_TABLE                                                                                              \
    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your "             \
    "provisioning level with the UpdateTable API."
#define PROVISIONED_INDEX                                                                                              \
    "The level of configured provisioned throughput for one or more global secondary indexes of the table was "        \
    "exceeded. Consider increasing your provisioning level for the under-provisioned global secondary indexes with "   \
    "the UpdateTable API."
#define ON_DEMAND_TABLE                                                                                                \
    "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or " \
    "index so please try again shortly. If exceptions persist, check if you have a hot key: "                          \
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html."
#define ON_DEMAND_INDEX                                                                                                \
    "Throughput exceeds the current capacity for one or more global secondary indexes. DynamoDB is automatically "     \
    "scaling your index so please try again shortly."
#define ACCOUNT                                                                                                        \
    "Throughput exceeds the current throughput limit for your account. Please contact AWS Support at "                 \
    "https://aws.amazon.com/support request a limit increase"

/* ---- limits ---- */

enum reason { PROVISIONED, MAX_ON_DEMAND, KEY_RANGE, ACCOUNT_LIMIT };

struct limit {
    struct bucket_limit bucket; /* units 0: there is none */
    enum reason reason;
};

struct figures {
    int64_t provisioned, maximum, warm, quota;
};

static struct figures figures_of(const struct table_desc *table, const struct index_desc *index, enum meter_side side)
{
    const struct throughput *units = index == NULL ? &table->throughput : &index->throughput;
    const struct on_demand_throughput *maxima = index == NULL ? &table->on_demand : &index->on_demand;
    const struct warm_throughput *warm = index == NULL ? &table->warm : &index->warm;

    if (side == METER_READ)
        return (struct figures){units->read, maxima->max_read,
            warm->read > WARM_READ_ON_DEMAND ? warm->read : WARM_READ_ON_DEMAND, TABLE_READ_UNITS_MAX};
    return (struct figures){units->write, maxima->max_write,
        warm->write > WARM_WRITE_ON_DEMAND ? warm->write : WARM_WRITE_ON_DEMAND, TABLE_WRITE_UNITS_MAX};
}

static struct limit limit_make(int64_t units, uint32_t burst_s, enum reason reason)
{
    return (struct limit){.bucket = {.units = units > 0 ? (uint64_t)units : 0, .burst_s = burst_s}, .reason = reason};
}

static struct limit limit_of(
    enum throttle_mode mode, const struct table_desc *table, const struct index_desc *index, enum meter_side side)
{
    struct figures figures = figures_of(table, index, side);

    if (table->billing == BILLING_PROVISIONED)
        return limit_make(figures.provisioned, THROTTLE_BURST_S, PROVISIONED);
    if (mode == THROTTLE_PROVISIONED || (figures.maximum > 0 && figures.maximum < figures.warm))
        return limit_make(figures.maximum, THROTTLE_BURST_S, MAX_ON_DEMAND);
    return figures.warm < figures.quota ? limit_make(figures.warm, THROTTLE_HARD_BURST_S, KEY_RANGE)
                                        : limit_make(figures.quota, THROTTLE_HARD_BURST_S, ACCOUNT_LIMIT);
}

static struct bucket_limit range_limit(enum meter_side side)
{
    return (struct bucket_limit){
        .units = side == METER_READ ? RANGE_READ_UNITS : RANGE_WRITE_UNITS, .burst_s = THROTTLE_HARD_BURST_S};
}

/* ---- what is told ---- */

static enum err tell(
    struct fault *fault, const struct table_desc *table, const struct index_desc *index, enum reason reason)
{
    if (reason == ACCOUNT_LIMIT)
        return fault_set(fault, API_REQUEST_LIMIT_EXCEEDED, ACCOUNT);
    if (table->billing == BILLING_PROVISIONED)
        return fault_set(
            fault, API_PROVISIONED_THROUGHPUT_EXCEEDED, index == NULL ? PROVISIONED_TABLE : PROVISIONED_INDEX);
    return fault_set(fault, API_THROTTLING, index == NULL ? ON_DEMAND_TABLE : ON_DEMAND_INDEX);
}

/* ThrottlingReasons; ThrottlingException alone spells it small (5.6). */
static enum err refuse(const struct table_throttle *throttle, const struct table_desc *table,
    const struct index_desc *index, enum meter_side side, enum reason reason, struct fault *fault)
{
    static const char *const reasons[] = {[PROVISIONED] = "ProvisionedThroughput",
        [MAX_ON_DEMAND] = "MaxOnDemandThroughput",
        [KEY_RANGE] = "KeyRangeThroughput",
        [ACCOUNT_LIMIT] = "AccountLimit"};
    enum err err = tell(fault, table, index, reason);
    struct buf more;

    buf_init(&more, fault->arena, 1024);
    buf_printf(&more, "\"%shrottlingReasons\":[{\"reason\":\"%s%s%sExceeded\",\"resource\":\"%.*s",
        fault->code == API_THROTTLING ? "t" : "T", index == NULL ? "Table" : "Index",
        side == METER_READ ? "Read" : "Write", reasons[reason], SLICE_ARG(table->arn));
    if (index != NULL)
        buf_printf(&more, "/index/%.*s", SLICE_ARG(index->name));
    BUF_LIT(&more, "\"}]");
    fault->item = SLICE_NULL;
    fault->more = buf_view(&more);
    if (throttle->worker != NULL) {
        metrics_add(
            throttle->worker, side == METER_READ ? METRIC_READ_THROTTLE_EVENTS : METRIC_WRITE_THROTTLE_EVENTS, 1);
        metrics_table_add(throttle->worker, table_subject(table, index),
            side == METER_READ ? TABLE_METRIC_READ_THROTTLES : TABLE_METRIC_WRITE_THROTTLES, 1);
    }
    return err;
}

bool table_throttle_is_refusal(const struct fault *fault)
{
    return fault->code == API_PROVISIONED_THROUGHPUT_EXCEEDED || fault->code == API_THROTTLING ||
           fault->code == API_REQUEST_LIMIT_EXCEEDED;
}

/* ---- admission ---- */

enum err table_throttle_admit(const struct table_throttle *throttle, const struct table_desc *table,
    const struct index_desc *index, enum meter_side side, uint64_t range, uint64_t halves, struct fault *fault)
{
    const struct index_desc *global = index != NULL && index->global ? index : NULL;
    struct meter *meter;
    struct limit limit;

    if (throttle->mode == THROTTLE_OFF)
        return OK;
    meter = table_meter(table, global);
    limit = limit_of(throttle->mode, table, global, side);
    if (limit.bucket.units != 0 && !bucket_take(&meter->buckets[side], limit.bucket, throttle->now_ns, halves))
        return refuse(throttle, table, global, side, limit.reason, fault);
    if (throttle->mode != THROTTLE_AWS || range == THROTTLE_NO_RANGE ||
        bucket_take(meter_range(meter, side, range), range_limit(side), throttle->now_ns, halves))
        return OK;
    if (limit.bucket.units != 0)
        bucket_return(&meter->buckets[side], limit.bucket, halves);
    return refuse(throttle, table, global, side, KEY_RANGE, fault);
}

static void bucket_settle(
    struct bucket *bucket, struct bucket_limit limit, uint64_t now_ns, uint64_t admitted, uint64_t halves)
{
    if (halves > admitted)
        bucket_charge(bucket, limit, now_ns, halves - admitted);
    else if (halves < admitted)
        bucket_return(bucket, limit, admitted - halves);
}

static void count(const struct table_throttle *throttle, const struct table_desc *table, const struct index_desc *index,
    enum meter_side side, uint64_t halves)
{
    if (throttle->trace != NULL)
        throttle->trace->halves[side] += halves;
    if (throttle->worker != NULL)
        metrics_table_add(throttle->worker, table_subject(table, index),
            side == METER_READ ? TABLE_METRIC_READ_UNITS : TABLE_METRIC_WRITE_UNITS, halves);
}

void table_throttle_settle(const struct table_throttle *throttle, const struct table_desc *table,
    const struct index_desc *index, enum meter_side side, uint64_t range, uint64_t admitted, uint64_t halves)
{
    const struct index_desc *global = index != NULL && index->global ? index : NULL;
    struct meter *meter;
    struct limit limit;

    count(throttle, table, global, side, halves);
    if (throttle->mode == THROTTLE_OFF)
        return;
    meter = table_meter(table, global);
    limit = limit_of(throttle->mode, table, global, side);
    if (limit.bucket.units != 0)
        bucket_settle(&meter->buckets[side], limit.bucket, throttle->now_ns, admitted, halves);
    if (throttle->mode != THROTTLE_AWS)
        return;
    meter_note(meter, side, throttle->now_ns, halves);
    if (range != THROTTLE_NO_RANGE)
        bucket_settle(meter_range(meter, side, range), range_limit(side), throttle->now_ns, admitted, halves);
}

/* ---- indexes of a write ---- */

uint32_t table_throttle_spent(const struct table_throttle *throttle, const struct table_desc *table)
{
    uint32_t spent = 0;

    if (throttle->mode == THROTTLE_OFF)
        return 0;
    for (uint32_t i = table->lsi_count; i < table->lsi_count + table->gsi_count; i++) {
        const struct index_desc *index = &table->indexes[i];
        struct limit limit = limit_of(throttle->mode, table, index, METER_WRITE);

        if (limit.bucket.units != 0 && index_is_maintained(index) &&
            bucket_is_spent(&table_meter(table, index)->buckets[METER_WRITE], limit.bucket, throttle->now_ns))
            spent |= 1u << i;
    }
    return spent;
}

enum err table_throttle_refuse_index(const struct table_throttle *throttle, const struct table_desc *table,
    const struct index_desc *index, struct fault *fault)
{
    return refuse(
        throttle, table, index, METER_WRITE, limit_of(throttle->mode, table, index, METER_WRITE).reason, fault);
}

/* ---- writes ---- */

enum err table__write_admit(struct table__action *action, const struct table_throttle *throttle, uint32_t price)
{
    struct table_write *write = action->write;

    write->spent_indexes = 0;
    write->admitted_halves = price * capacity_write_halves(write->item_size);
    if (throttle->mode == THROTTLE_OFF)
        return OK;
    action->throttle = throttle;
    write->spent_indexes = table_throttle_spent(throttle, action->table);
    return table_throttle_admit(
        throttle, action->table, NULL, METER_WRITE, key_hash(write->key), write->admitted_halves, action->fault);
}

/* What a write costs that was not done: a failed condition costs what the item is worth (data-plane.md 6.2), an index
 * without capacity nothing. Any other refusal stays with what was known before. */
static uint64_t refused_halves(const struct table__action *action, uint32_t price)
{
    const struct table_write *write = action->write;

    if (action->fault->code == API_CONDITIONAL_CHECK_FAILED)
        return price * capacity_write_halves(write->old_size);
    return table_throttle_is_refusal(action->fault) ? 0 : write->admitted_halves;
}

void table__write_settle(
    const struct table__action *action, const struct table_throttle *throttle, uint32_t price, enum err err)
{
    const struct table_desc *table = action->table;
    const struct table_write *write = action->write;
    uint64_t halves = err == OK ? write->capacity.table_halves : err == ERR_FAULT ? refused_halves(action, price) : 0;

    for (uint32_t i = 0; i < table->lsi_count && err == OK; i++)
        halves += write->capacity.index_halves[i];
    table_throttle_settle(throttle, table, NULL, METER_WRITE, key_hash(write->key), write->admitted_halves, halves);
    for (uint32_t i = table->lsi_count; i < table->lsi_count + table->gsi_count && err == OK; i++) {
        if (write->capacity.index_halves[i] != 0)
            table_throttle_settle(throttle, table, &table->indexes[i], METER_WRITE, THROTTLE_NO_RANGE, 0,
                write->capacity.index_halves[i]);
    }
}
