/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One set of fields, of which each kind of line shows those it is read for:
 *
 *      request.done   who asked what of which table, how it went, what it cost
 *      request.slow   the same, and how it was done: the plan, the partition, the items and bytes that were read
 *      audit          who changed what from where, and whether it was allowed
 */
#include "server/request_log.h"

#include "codec/key.h"
#include "model/gen_errors.h"
#include "os/clock.h"
#include "os/log.h"

static struct slice or_none(struct slice text)
{
    return text.p == NULL || text.n == 0 ? SLICE_LIT("-") : text;
}

static struct slice id_of(const struct api_observation *seen)
{
    return slice_of(seen->http->request_id, sizeof(seen->http->request_id));
}

static struct slice operation_of_line(const struct api_observation *seen)
{
    return seen->operation == NULL ? SLICE_LIT("-") : seen->operation->name;
}

static struct slice error_of(const struct api_observation *seen)
{
    return seen->fault == NULL ? SLICE_LIT("-") : api_error_info(seen->fault->code)->code;
}

static const char *plan_of(const struct api_observation *seen)
{
    const struct api_trace *trace = seen->trace;

    if (trace->plan != NULL)
        return trace->plan;
    if (seen->operation == NULL)
        return "-";
    switch ((int)seen->operation->id) {
    case OPERATION_QUERY:
        return "queries";
    case OPERATION_SCAN:
        return "scan";
    default:
        return trace->work.key.p == NULL ? "-" : "item";
    }
}

static double units(const struct api_observation *seen, enum meter_side side)
{
    return (double)seen->trace->work.halves[side] / 2;
}

static void log_done(const struct api_observation *seen, const char *peer)
{
    const struct api_trace *trace = seen->trace;

    LOG(LOG_INFO, "request.done", log_slice("id", id_of(seen)), log_slice("operation", operation_of_line(seen)),
        log_slice("table", or_none(trace->table)), log_slice("index", or_none(trace->index)),
        log_uint("status", seen->status), log_slice("error", error_of(seen)), log_uint("us", seen->duration_ns / 1000),
        log_real("read_units", units(seen, METER_READ)), log_real("write_units", units(seen, METER_WRITE)),
        log_uint("items_read", trace->work.items_read), log_uint("request_bytes", seen->http->body_raw.n),
        log_uint("reply_bytes", seen->reply_bytes), log_text("plan", plan_of(seen)),
        log_slice("access_key", or_none(seen->identity->access_key)), log_text("peer", peer));
}

static void log_slow(const struct api_observation *seen, const char *peer)
{
    const struct api_trace *trace = seen->trace;
    struct slice partition = trace->work.key.p == NULL ? SLICE_NULL : key_partition_of(trace->work.key);

    LOG(LOG_WARNING, "request.slow", log_slice("id", id_of(seen)), log_slice("operation", operation_of_line(seen)),
        log_slice("table", or_none(trace->table)), log_slice("index", or_none(trace->index)),
        log_uint("us", seen->duration_ns / 1000), log_text("plan", plan_of(seen)),
        log_slice("partition", or_none(partition)), log_uint("items_read", trace->work.items_read),
        log_uint("bytes_read", trace->work.bytes_read), log_real("read_units", units(seen, METER_READ)),
        log_real("write_units", units(seen, METER_WRITE)), log_uint("request_bytes", seen->http->body_raw.n),
        log_uint("reply_bytes", seen->reply_bytes), log_uint("status", seen->status),
        log_slice("error", error_of(seen)), log_slice("access_key", or_none(seen->identity->access_key)),
        log_text("peer", peer));
}

static void log_audit(const struct api_observation *seen, const char *peer)
{
    LOG(LOG_INFO, "audit", log_slice("id", id_of(seen)), log_slice("operation", operation_of_line(seen)),
        log_slice("table", or_none(seen->trace->table)), log_slice("arn", or_none(seen->identity->arn)),
        log_slice("access_key", or_none(seen->identity->access_key)),
        log_slice("region", or_none(seen->identity->region)), log_text("peer", peer), log_uint("status", seen->status),
        log_slice("error", error_of(seen)));
}

void request_log(const struct request_log *log, const struct api_observation *seen)
{
    uint64_t slow_ns = atomic_load_explicit(&log->slow_ns, memory_order_relaxed);
    bool access = atomic_load_explicit(&log->access, memory_order_relaxed),
         slow = slow_ns != 0 && seen->duration_ns >= slow_ns,
         audit = seen->changes_settings && atomic_load_explicit(&log->audit, memory_order_relaxed);
    char peer[HTTP_PEER_BYTES];

    if (!access && !slow && !audit)
        return;
    http_peer(seen->http, peer);
    if (access)
        log_done(seen, peer);
    if (slow)
        log_slow(seen, peer);
    if (audit)
        log_audit(seen, peer);
}

/* ---- tables that are elsewhere ---- */

#define HINT_PAUSE_NS UINT64_C(1000000000)

static const struct table_desc *elsewhere(struct catalog_view *view, struct slice region, struct slice name)
{
    for (uint32_t i = 0; i < catalog_count(view); i++) {
        const struct table_desc *table = catalog_at(view, i);

        if (slice_equal(table->name, name) && !slice_equal(table->region, region))
            return table;
    }
    return NULL;
}

void request_log_hint(
    struct request_log *log, struct catalog *catalog, struct fiber *fiber, const struct api_observation *seen)
{
    const struct api_trace *trace = seen->trace;
    const struct table_desc *table;
    struct catalog_view *view;
    uint64_t now_ns = os_clock_monotonic_ns();

    if (seen->fault == NULL || seen->fault->code != API_RESOURCE_NOT_FOUND || trace->table.p == NULL ||
        trace->subjects_count != 0)
        return;
    if (now_ns - atomic_load_explicit(&log->looked_ns, memory_order_relaxed) < HINT_PAUSE_NS)
        return;
    atomic_store_explicit(&log->looked_ns, now_ns, memory_order_relaxed);
    view = catalog_acquire(catalog, fiber);
    table = elsewhere(view, seen->identity->region, trace->table);
    if (table != NULL)
        LOG(LOG_WARNING, "table.elsewhere", log_slice("table", trace->table),
            log_slice("asked", seen->identity->region), log_slice("found", table->region),
            log_text("text", "The table is in another region than the caller's: ask there, or start the server with "
                             "--any-region, which gives all regions one name space."));
    catalog_release(view, fiber);
}
