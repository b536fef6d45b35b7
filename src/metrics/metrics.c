/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Counting without sharing. A worker's figures are blocks of memory, a cache line apart from others and written by its
 * thread alone: counting is a load, an addition and a store, neither locked nor ordered. A scrape reads all blocks
 * while they are being written; each figure it reads is whole, and figures of one request may be a moment apart.
 *
 *      struct worker_figures
 *      | counters | errors[] | operations[]: requests by class, sum of ns, buckets | ...
 *
 * The block is about 110 KB for 66 operations, but the system gives memory only for the pages of operations in use.
 */
#include "metrics/metrics.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "metrics/histogram.h"
#include "metrics/tables.h"

#define LINE_BYTES  64
#define WORKERS_MAX 64
#define INDICES_MAX 1024

struct operation_figures {
    uint64_t requests[METRICS_OUTCOMES];
    uint64_t duration_ns;
    uint64_t buckets[HISTOGRAM_BUCKETS];
};

struct worker_figures {
    uint64_t counters[METRICS];
    uint64_t unknown; /* requests that named no operation */
    uint64_t *errors; /* by index */
    struct operation_figures *operations;
    struct series_set *tables;
    uint32_t errors_count, operations_count;
};

struct metrics {
    struct metrics_options options;
    struct worker_figures *workers[WORKERS_MAX]; /* owned */
    uint32_t workers_count;
};

static const struct {
    const char *name, *help;
} metric_rows[] = {
#define X(id_, name_, help_) {name_, help_},
#include "metrics/metrics.def"
#undef X
};

/* ---- counting ---- */

static void count(uint64_t *figure, uint64_t n)
{
    __atomic_store_n(figure, __atomic_load_n(figure, __ATOMIC_RELAXED) + n, __ATOMIC_RELAXED);
}

static uint64_t figure_of(const uint64_t *figure)
{
    return __atomic_load_n(figure, __ATOMIC_RELAXED);
}

void metrics_add(struct worker *worker, enum metric metric, uint64_t n)
{
    struct worker_figures *figures = *worker_slot(worker, WORKER_SLOT_METRICS);

    if (figures != NULL)
        count(&figures->counters[metric], n);
}

enum metrics_outcome metrics_outcome_of(uint16_t status)
{
    return status < 400 ? METRICS_OK : status < 500 ? METRICS_REFUSED : METRICS_FAILED;
}

const char *metrics_outcome_name(enum metrics_outcome outcome)
{
    static const char *const names[METRICS_OUTCOMES] = {"ok", "refused", "failed"};

    return names[outcome];
}

void metrics_request(struct worker *worker, const struct metrics_request *request)
{
    struct worker_figures *figures = *worker_slot(worker, WORKER_SLOT_METRICS);
    struct operation_figures *operation;

    if (figures == NULL)
        return;
    count(&figures->counters[METRIC_REQUEST_BYTES], request->request_bytes);
    count(&figures->counters[METRIC_REPLY_BYTES], request->reply_bytes);
    if (request->error < figures->errors_count)
        count(&figures->errors[request->error], 1);
    if (request->operation >= figures->operations_count) {
        count(&figures->unknown, 1);
        return;
    }
    operation = &figures->operations[request->operation];
    count(&operation->requests[metrics_outcome_of(request->status)], 1);
    count(&operation->duration_ns, request->duration_ns);
    count(&operation->buckets[histogram_bucket(request->duration_ns)], 1);
}

void metrics_table_request(struct worker *worker, uint64_t subject, const struct metrics_request *request)
{
    struct worker_figures *figures = *worker_slot(worker, WORKER_SLOT_METRICS);

    ASSERT(request->operation != METRICS_NONE);
    if (figures != NULL)
        series_count_request(figures->tables, worker_now_ns(worker), subject, request);
}

void metrics_table_add(struct worker *worker, uint64_t subject, enum table_metric metric, uint64_t n)
{
    struct worker_figures *figures = *worker_slot(worker, WORKER_SLOT_METRICS);

    if (figures != NULL && n != 0)
        series_count(figures->tables, worker_now_ns(worker), subject, metric, n);
}

/* ---- life ---- */

static void *zeroed(size_t bytes)
{
    size_t whole = (bytes + LINE_BYTES - 1) / LINE_BYTES * LINE_BYTES;
    char *memory = calloc(
        1, whole +
               LINE_BYTES); /* the spare line keeps the next block off ours; not memset, which would touch every page */

    ASSERT(memory != NULL);
    return memory;
}

static struct worker_figures *figures_create(const struct metrics_options *options)
{
    struct worker_figures *figures = zeroed(sizeof(*figures));

    figures->errors = zeroed(options->errors * sizeof(*figures->errors));
    figures->errors_count = options->errors;
    figures->operations = zeroed(options->operations * sizeof(*figures->operations));
    figures->operations_count = options->operations;
    figures->tables = series_set_create(options->operations);
    return figures;
}

struct metrics *metrics_create(const struct metrics_options *options)
{
    struct metrics *metrics = zeroed(sizeof(*metrics));

    ASSERT(options->operations > 0 && options->operations <= INDICES_MAX);
    ASSERT(options->errors > 0 && options->errors <= INDICES_MAX);
    metrics->options = *options;
    return metrics;
}

void metrics_destroy(struct metrics *metrics)
{
    if (metrics == NULL)
        return;
    for (uint32_t i = 0; i < metrics->workers_count; i++) {
        free(metrics->workers[i]->errors);
        free(metrics->workers[i]->operations);
        series_set_destroy(metrics->workers[i]->tables);
        free(metrics->workers[i]);
    }
    free(metrics);
}

struct attach_message {
    struct worker_message base; /* first: the worker hands back its address */
    struct worker_figures *figures;
};

static void attach_here(struct worker *worker, struct worker_message *message)
{
    struct attach_message *attach = (struct attach_message *)message;

    *worker_slot(worker, WORKER_SLOT_METRICS) = attach->figures;
    free(attach);
}

void metrics_attach(struct metrics *metrics, struct workers *workers)
{
    uint32_t n = workers_count(workers);

    ASSERT(metrics->workers_count == 0 && n <= WORKERS_MAX);
    for (uint32_t i = 0; i < n; i++) {
        struct attach_message *attach = zeroed(sizeof(*attach));

        metrics->workers[i] = figures_create(&metrics->options);
        attach->base.fn = attach_here;
        attach->figures = metrics->workers[i];
        worker_post(workers_at(workers, i), &attach->base);
    }
    metrics->workers_count = n;
}

/* ---- sums ---- */

static uint64_t sum_counter(const struct metrics *metrics, enum metric metric)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < metrics->workers_count; i++)
        sum += figure_of(&metrics->workers[i]->counters[metric]);
    return sum;
}

static uint64_t sum_error(const struct metrics *metrics, uint32_t error)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < metrics->workers_count; i++)
        sum += figure_of(&metrics->workers[i]->errors[error]);
    return sum;
}

static uint64_t sum_unknown(const struct metrics *metrics)
{
    uint64_t sum = 0;

    for (uint32_t i = 0; i < metrics->workers_count; i++)
        sum += figure_of(&metrics->workers[i]->unknown);
    return sum;
}

/* All workers' figures of one operation; false when it was never asked for. */
static bool sum_operation(const struct metrics *metrics, uint32_t operation, struct operation_figures *ret)
{
    *ret = (struct operation_figures){0};
    for (uint32_t i = 0; i < metrics->workers_count; i++) {
        const struct operation_figures *figures = &metrics->workers[i]->operations[operation];

        for (uint32_t j = 0; j < METRICS_OUTCOMES; j++)
            ret->requests[j] += figure_of(&figures->requests[j]);
        ret->duration_ns += figure_of(&figures->duration_ns);
        for (uint32_t j = 0; j < HISTOGRAM_BUCKETS; j++)
            ret->buckets[j] += figure_of(&figures->buckets[j]);
    }
    return ret->requests[METRICS_OK] + ret->requests[METRICS_REFUSED] + ret->requests[METRICS_FAILED] != 0;
}

uint64_t histogram_quantile(const uint64_t buckets[HISTOGRAM_BUCKETS], double fraction)
{
    uint64_t total = 0, below = 0;

    for (uint32_t i = 0; i < HISTOGRAM_BUCKETS; i++)
        total += buckets[i];
    for (uint32_t i = 0; i < HISTOGRAM_BUCKETS && total != 0; i++) {
        below += buckets[i];
        if ((double)below >= fraction * (double)total)
            return histogram_end(i);
    }
    return 0;
}

/* ---- text ---- */

void metrics_write_head(struct buf *out, const char *name, const char *kind, const char *help)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind);
}

void metrics_write_value(struct buf *out, const char *name, const char *labels, double value)
{
    if (labels != NULL)
        buf_printf(out, "%s{%s} %.17g\n", name, labels, value);
    else
        buf_printf(out, "%s %.17g\n", name, value);
}

/* One line of a bucket for each power of two: what lies below it. */
static void write_buckets(struct buf *out, const char *name, const struct operation_figures *figures)
{
    uint64_t below = 0;

    for (uint32_t i = 0; i < HISTOGRAM_BUCKETS; i++) {
        below += figures->buckets[i];
        if (i % HISTOGRAM_PARTS == 0 && i < HISTOGRAM_BUCKETS - 1)
            buf_printf(out, "stator_request_duration_seconds_bucket{operation=\"%s\",le=\"%.9g\"} %llu\n", name,
                (double)histogram_end(i) / 1e9, (unsigned long long)below);
    }
    buf_printf(out, "stator_request_duration_seconds_bucket{operation=\"%s\",le=\"+Inf\"} %llu\n", name,
        (unsigned long long)below);
    buf_printf(
        out, "stator_request_duration_seconds_sum{operation=\"%s\"} %.9f\n", name, (double)figures->duration_ns / 1e9);
    buf_printf(out, "stator_request_duration_seconds_count{operation=\"%s\"} %llu\n", name, (unsigned long long)below);
}

static void write_requests(struct buf *out, const char *name, const struct operation_figures *figures)
{
    for (uint32_t i = 0; i < METRICS_OUTCOMES; i++)
        buf_printf(out, "stator_requests_total{operation=\"%s\",outcome=\"%s\"} %llu\n", name,
            metrics_outcome_name((enum metrics_outcome)i), (unsigned long long)figures->requests[i]);
}

static void write_quantiles(struct buf *out, const char *name, const struct operation_figures *figures)
{
    static const double fractions[] = {0.5, 0.9, 0.99, 0.999};

    for (uint32_t i = 0; i < sizeof(fractions) / sizeof(fractions[0]); i++)
        buf_printf(out, "stator_request_duration_quantile_seconds{operation=\"%s\",quantile=\"%g\"} %.9g\n", name,
            fractions[i], (double)histogram_quantile(figures->buckets, fractions[i]) / 1e9);
}

typedef void write_operation_fn(struct buf *out, const char *name, const struct operation_figures *figures);

static void write_operations(const struct metrics *metrics, struct buf *out, write_operation_fn *write)
{
    struct operation_figures figures;

    for (uint32_t i = 0; i < metrics->options.operations; i++) {
        if (sum_operation(metrics, i, &figures))
            write(out, metrics->options.operation_name(i), &figures);
    }
}

static void write_errors(const struct metrics *metrics, struct buf *out)
{
    metrics_write_head(out, "stator_errors_total", "counter", "Answers by error code.");
    for (uint32_t i = 0; i < metrics->options.errors; i++) {
        uint64_t n = sum_error(metrics, i);

        if (n != 0)
            buf_printf(
                out, "stator_errors_total{code=\"%s\"} %llu\n", metrics->options.error_name(i), (unsigned long long)n);
    }
}

static void write_tables(
    const struct metrics *metrics, const struct metrics_naming *naming, struct fiber *self, struct buf *out)
{
    struct series_set *sets[WORKERS_MAX];

    for (uint32_t i = 0; i < metrics->workers_count; i++)
        sets[i] = metrics->workers[i]->tables;
    series_write(sets, metrics->workers_count, &metrics->options, naming, self, out);
}

void metrics_write(
    const struct metrics *metrics, const struct metrics_naming *naming, struct fiber *self, struct buf *out)
{
    metrics_write_head(out, "stator_requests_total", "counter",
        "Requests by operation: answered, refused (the client's mistake) or failed (ours).");
    write_operations(metrics, out, write_requests);
    metrics_write_head(out, "stator_requests_unknown_total", "counter", "Requests that named no operation.");
    metrics_write_value(out, "stator_requests_unknown_total", NULL, (double)sum_unknown(metrics));
    metrics_write_head(out, "stator_request_duration_seconds", "histogram", "From the head of a request to its reply.");
    write_operations(metrics, out, write_buckets);
    metrics_write_head(out, "stator_request_duration_quantile_seconds", "gauge",
        "The same since the start, as quantiles; at most an eighth too high.");
    write_operations(metrics, out, write_quantiles);
    write_errors(metrics, out);
    for (uint32_t i = 0; i < METRICS; i++) {
        metrics_write_head(out, metric_rows[i].name, "counter", metric_rows[i].help);
        metrics_write_value(out, metric_rows[i].name, NULL, (double)sum_counter(metrics, (enum metric)i));
    }
    write_tables(metrics, naming, self, out);
}
