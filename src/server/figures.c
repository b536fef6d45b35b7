/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Joins the figures of all layers into one page, and gives the counters the names of operations and errors, which
 * metrics/ does not know. figures_observe runs after each request on its worker; figures_write whenever somebody asks
 * for /metrics (pages.c).
 */
#include "server/figures.h"

#include <stdio.h>
#include <string.h>

#include "api/admission.h"
#include "model/gen_errors.h"
#include "model/gen_operations.h"
#include "os/log.h"
#include "table/table.h"
#include "tls/tls.h"

#define NAME_BYTES_MAX 96

/* Names of the model are not terminated; those of metrics are. */
static const char *terminated(struct slice name)
{
    static _Thread_local char text[NAME_BYTES_MAX];

    (void)snprintf(text, sizeof(text), "%.*s", SLICE_ARG(name));
    return text;
}

static const char *operation_name(uint32_t i)
{
    return terminated(operation_of((enum operation_id)i)->name);
}

static const char *error_name(uint32_t i)
{
    return terminated(api_error_info((enum api_error)i)->code);
}

void figures_init(struct figures *figures, struct workers *workers)
{
    struct metrics_options options = {
        .operations = OPERATIONS, .errors = API_ERRORS, .operation_name = operation_name, .error_name = error_name};

    figures->metrics = metrics_create(&options);
    metrics_attach(figures->metrics, workers);
}

void figures_http_set(struct figures *figures, struct http_server *http)
{
    atomic_store(&figures->http, http);
}

void figures_fini(struct figures *figures)
{
    metrics_destroy(figures->metrics);
    figures->metrics = NULL;
}

static void write_one(struct buf *out, const char *name, const char *kind, const char *help, uint64_t value)
{
    metrics_write_head(out, name, kind, help);
    metrics_write_value(out, name, NULL, (double)value);
}

static void write_engine_figure(void *context, const struct engine_figure *figure)
{
    static const char *const kinds[] = {
        [ENGINE_GAUGE] = "gauge", [ENGINE_COUNTER] = "counter", [ENGINE_HISTOGRAM] = "histogram"};
    char name[NAME_BYTES_MAX];

    (void)snprintf(name, sizeof(name), "stator_engine_%s", figure->name);
    if (figure->help != NULL)
        metrics_write_head(context, name, kinds[figure->kind], figure->help);
    (void)snprintf(name, sizeof(name), "stator_engine_%s%s", figure->name, figure->suffix);
    metrics_write_value(context, name, figure->labels, figure->value);
}

static void write_http(struct http_server *http, struct buf *out)
{
    struct http_figures seen;

    http_figures(http, &seen);
    write_one(out, "stator_http_connections_total", "counter", "Connections accepted.", seen.connections);
    write_one(out, "stator_http_connections", "gauge", "Connections open.", seen.open);
    write_one(out, "stator_http_memory_bytes", "gauge",
        "Buffers and bodies of connections, those kept for the next included.", seen.memory_bytes);
    write_one(out, "stator_http_requests_total", "counter", "Requests of every kind.", seen.requests);
    write_one(out, "stator_http_received_bytes_total", "counter", "Bytes read from clients.", seen.bytes_in);
    write_one(out, "stator_http_sent_bytes_total", "counter", "Bytes written to clients.", seen.bytes_out);
    write_one(out, "stator_http_refused_total", "counter", "Requests and connections turned away.", seen.refused);
    write_one(out, "stator_http_overload_total", "counter",
        "Requests refused because they waited too long for their turn.", seen.late);
}

static void write_tls(struct tls_context *tls, struct buf *out)
{
    struct tls_figures seen;

    tls_context_figures(tls, &seen);
    write_one(out, "stator_tls_handshakes_total", "counter", "TLS handshakes that succeeded.", seen.handshakes);
    write_one(
        out, "stator_tls_resumed_total", "counter", "Those among them that went on with a session.", seen.resumed);
    write_one(
        out, "stator_tls_failed_total", "counter", "Connections that did not come through the handshake.", seen.failed);
    metrics_write_head(out, "stator_tls_certificate_expires_seconds", "gauge",
        "When the certificate is valid no more, in seconds since 1970.");
    metrics_write_value(out, "stator_tls_certificate_expires_seconds", NULL, (double)seen.expires_s);
}

static void write_admission(const struct admission *admission, struct buf *out)
{
    struct admission_figures seen;

    admission_figures(admission, &seen);
    write_one(out, "stator_requests_waited_total", "counter",
        "Requests that waited for room in memory or for their turn.", seen.waited);
    write_one(out, "stator_requests_reserved_bytes", "gauge", "Memory reserved for requests and replies not read yet.",
        seen.bytes);
    write_one(out, "stator_requests_refused_total", "counter", "Requests refused for want of room.", seen.refused);
}

static void write_work(const struct work *work, struct buf *out)
{
    struct work_figures seen;

    work_figures(work, &seen);
    write_one(out, "stator_work_steps_total", "counter", "Steps of background work.", seen.steps);
    write_one(out, "stator_work_errors_total", "counter", "Steps that failed and are tried again.", seen.errors);
    write_one(out, "stator_work_items_scanned_total", "counter", "Items read to fill new indexes.", seen.items_scanned);
    write_one(out, "stator_work_entries_written_total", "counter", "Index entries written to fill new indexes.",
        seen.entries_written);
    write_one(out, "stator_work_indexes_filled_total", "counter", "Indexes filled.", seen.indexes_filled);
    write_one(out, "stator_work_indexes_removed_total", "counter", "Indexes removed.", seen.indexes_removed);
    write_one(out, "stator_work_items_expired_total", "counter", "Items removed by time to live.", seen.items_expired);
    write_one(out, "stator_work_shards_opened_total", "counter", "Shards of streams that took over from others.",
        seen.shards_opened);
    write_one(out, "stator_work_shards_dropped_total", "counter", "Shards of streams dropped after their retention.",
        seen.shards_dropped);
    write_one(out, "stator_work_tables_removed_total", "counter", "Tables removed.", seen.tables_removed);
    write_one(
        out, "stator_work_tokens_removed_total", "counter", "Expired request tokens removed.", seen.tokens_removed);
}

/* ---- tables ---- */

static void write_label(struct buf *out, const char *name, struct slice value)
{
    buf_printf(out, "%s=\"", name);
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '"' || value.p[i] == '\\')
            buf_byte(out, '\\');
        buf_byte(out, value.p[i] < ' ' ? ' ' : value.p[i]);
    }
    buf_byte(out, '"');
}

static void write_table_labels(struct buf *out, const struct table_desc *table, struct slice index)
{
    write_label(out, "region", table->region);
    write_label(out, ",table", table->name);
    write_label(out, ",index", index);
}

/* `context` is a view of the catalog. */
static bool name_subject(void *context, uint64_t subject, struct buf *out)
{
    const struct table_desc *table = catalog_find_id(context, (uint32_t)(subject >> 16));
    uint16_t index_id = (uint16_t)subject;

    if (table == NULL)
        return false;
    if (index_id == 0) {
        write_table_labels(out, table, SLICE_LIT(""));
        return true;
    }
    for (uint32_t i = 0; i < table->lsi_count + table->gsi_count; i++) {
        if (table->indexes[i].id == index_id) {
            write_table_labels(out, table, table->indexes[i].name);
            return true;
        }
    }
    return false;
}

/* One figure of all tables and indexes. */
static void write_sizes(const struct figures *figures, struct catalog_view *view, struct fiber *fiber,
    enum table_counter counter, const char *name, struct buf *out)
{
    struct arena *arena = arena_create(4096);

    for (uint32_t i = 0; i < catalog_count(view); i++) {
        const struct table_desc *table = catalog_at(view, i);
        struct table_context context = {.engine = figures->engine, .fiber = fiber, .arena = arena, .table = table};

        for (uint32_t k = 0; k <= table->lsi_count + table->gsi_count; k++) {
            const struct index_desc *index = k == 0 ? NULL : &table->indexes[k - 1];
            struct arena_mark mark = arena_mark(arena);
            int64_t value;

            if (table_counter_read(&context, index == NULL ? 0 : index->id, counter, &value) == OK) {
                buf_printf(out, "%s{", name);
                write_table_labels(out, table, index == NULL ? SLICE_LIT("") : index->name);
                buf_printf(out, "} %lld\n", (long long)value);
            }
            arena_reset(arena, mark);
            fiber_breathe(fiber, 256);
        }
    }
    arena_destroy(arena);
}

static void write_tables(const struct figures *figures, struct catalog_view *view, struct fiber *fiber, struct buf *out)
{
    write_one(out, "stator_tables", "gauge", "Tables.", catalog_count(view));
    metrics_write_head(out, "stator_table_items", "gauge", "Items of a table, or entries of an index.");
    write_sizes(figures, view, fiber, COUNTER_ITEMS, "stator_table_items", out);
    metrics_write_head(out, "stator_table_bytes", "gauge", "Bytes of items or entries, as DynamoDB counts them.");
    write_sizes(figures, view, fiber, COUNTER_BYTES, "stator_table_bytes", out);
}

void figures_write(const struct figures *figures, struct fiber *fiber, struct buf *out)
{
    struct http_server *http = atomic_load(&figures->http);
    struct catalog_view *view = catalog_acquire(figures->catalog, fiber);
    struct metrics_naming naming = {.labels = name_subject, .context = view};

    metrics_write(figures->metrics, &naming, fiber, out);
    write_tables(figures, view, fiber, out);
    catalog_release(view, fiber);
    if (http != NULL)
        write_http(http, out);
    if (figures->tls != NULL)
        write_tls(figures->tls, out);
    write_admission(figures->admission, out);
    write_work(figures->work, out);
    engine_figures(figures->engine, write_engine_figure, out);
    write_one(out, "stator_log_dropped_total", "counter", "Log lines lost because nobody read them.", log_dropped());
    metrics_write_process(out);
}

static void count_tables(
    struct worker *worker, const struct api_observation *seen, const struct metrics_request *request)
{
    const struct api_trace *trace = seen->trace;

    for (uint32_t i = 0; i < trace->subjects_count; i++)
        metrics_table_request(worker, trace->subjects[i], request);
    if (trace->subjects_count != 1) /* of several nobody knows which it was */
        return;
    metrics_table_add(worker, trace->subjects[0], TABLE_METRIC_ITEMS_READ, trace->work.items_read);
    metrics_table_add(worker, trace->subjects[0], TABLE_METRIC_BYTES_READ, trace->work.bytes_read);
    if (seen->fault == NULL)
        return;
    metrics_table_add(
        worker, trace->subjects[0], TABLE_METRIC_CONDITION_FAILED, seen->fault->code == API_CONDITIONAL_CHECK_FAILED);
    metrics_table_add(
        worker, trace->subjects[0], TABLE_METRIC_CONFLICTS, seen->fault->code == API_TRANSACTION_CONFLICT);
}

void figures_observe(void *context, struct fiber *fiber, const struct api_observation *seen)
{
    struct figures *figures = context;
    struct worker *worker = fiber_worker(fiber);
    struct metrics_request request = {
        .operation = seen->operation == NULL ? METRICS_NONE : (uint32_t)seen->operation->id,
        .error = seen->fault == NULL ? METRICS_NONE : (uint32_t)seen->fault->code,
        .status = seen->status,
        .duration_ns = seen->duration_ns,
        .request_bytes = seen->http->body_raw.n,
        .reply_bytes = seen->reply_bytes,
    };

    if (worker != NULL)
        metrics_request(worker, &request);
    if (worker != NULL && seen->operation != NULL)
        count_tables(worker, seen, &request);
    request_log(&figures->log, seen);
    if (seen->fault != NULL)
        request_log_hint(&figures->log, figures->catalog, fiber, seen);
}
