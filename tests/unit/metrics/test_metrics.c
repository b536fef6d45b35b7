/* SPDX-License-Identifier: Apache-2.0 */

/* Figures that are counted on workers and read from elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "metrics/histogram.h"
#include "metrics/metrics.h"
#include "metrics/tables.h"
#include "test.h"

TEST(metrics, each_duration_lies_below_the_end_of_its_bucket_and_not_below_the_one_before)
{
    for (uint64_t ns = 1; ns < 1ull << 40; ns += ns / 13 + 1) {
        uint32_t bucket = histogram_bucket(ns);

        CHECK(bucket < HISTOGRAM_BUCKETS);
        if (bucket < HISTOGRAM_BUCKETS - 1)
            CHECK(ns < histogram_end(bucket));
        if (bucket > 0)
            CHECK(ns >= histogram_end(bucket - 1));
    }
}

TEST(metrics, buckets_meet_without_gaps_and_are_an_eighth_wide)
{
    for (uint32_t i = 1; i < HISTOGRAM_BUCKETS - 1; i++) {
        uint64_t from = histogram_end(i - 1), to = histogram_end(i);

        CHECK_EQ(histogram_bucket(from), i);
        CHECK_EQ(histogram_bucket(to - 1), i);
        CHECK((to - from) * 8 <= from);
    }
    CHECK_EQ(histogram_bucket(0), 0);
    CHECK_EQ(histogram_bucket(1023), 0);
    CHECK_EQ(histogram_bucket((1ull << 36) - 1), HISTOGRAM_BUCKETS - 2);
    CHECK_EQ(histogram_bucket(1ull << 36), HISTOGRAM_BUCKETS - 1);
    CHECK_EQ(histogram_bucket(UINT64_MAX), HISTOGRAM_BUCKETS - 1);
}

TEST(metrics, quantiles_are_at_most_an_eighth_too_high)
{
    uint64_t buckets[HISTOGRAM_BUCKETS] = {0};

    CHECK_EQ(histogram_quantile(buckets, 0.5), 0);
    for (uint64_t us = 1; us <= 1000; us++)
        buckets[histogram_bucket(us * 1000)]++;
    CHECK(histogram_quantile(buckets, 0.5) >= 500000 && histogram_quantile(buckets, 0.5) <= 500000 * 9 / 8);
    CHECK(histogram_quantile(buckets, 0.99) >= 990000 && histogram_quantile(buckets, 0.99) <= 990000 * 9 / 8);
    CHECK(histogram_quantile(buckets, 1) >= 1000000);
}

static const char *operation_name(uint32_t i)
{
    static const char *const names[] = {"GetItem", "PutItem", "Scan"};

    return names[i];
}

static const char *error_name(uint32_t i)
{
    return i == 0 ? "ValidationException" : "InternalServerError";
}

static const struct metrics_options options = {
    .operations = 3, .errors = 2, .operation_name = operation_name, .error_name = error_name};

/* Subject 7 is nobody's any more. */
static bool subject_labels(void *context, uint64_t subject, struct buf *out)
{
    (void)context;
    if (subject != 7)
        buf_printf(out, "table=\"t%llu\"", (unsigned long long)subject);
    return subject != 7;
}

static const struct metrics_naming naming = {.labels = subject_labels};

static void count_some(struct fiber *self, struct arena *arena, void *argument)
{
    struct worker *worker = fiber_worker(self);
    struct metrics_request request = {.operation = 0,
        .error = METRICS_NONE,
        .status = 200,
        .duration_ns = 5000,
        .request_bytes = 10,
        .reply_bytes = 100};

    (void)arena;
    (void)argument;
    for (int i = 0; i < 100; i++)
        metrics_request(worker, &request);
    request.status = 400;
    request.error = 0;
    request.operation = 1;
    metrics_request(worker, &request);
    request.status = 500;
    request.error = 1;
    metrics_request(worker, &request);
    request.operation = METRICS_NONE;
    metrics_request(worker, &request);
    metrics_add(worker, METRIC_REPLY_BYTES, 7);
    request.operation = 2;
    metrics_table_request(worker, 41, &request);
    metrics_table_add(worker, 41, TABLE_METRIC_READ_UNITS, 3);
    metrics_table_add(worker, 41, TABLE_METRIC_WRITE_UNITS, 0);
}

TEST(metrics, a_scrape_sums_what_all_workers_counted)
{
    struct workers_options two = {.count = 2, .io_threads = 1};
    struct metrics *metrics = metrics_create(&options);
    struct fiber *self = fiber_of_thread();
    struct workers *workers;
    struct buf out;
    const char *text;

    CHECK_EQ(workers_start(&two, &workers), OK);
    metrics_attach(metrics, workers);
    for (uint32_t i = 0; i < 2; i++)
        CHECK_EQ(worker_spawn(workers_at(workers, i), count_some, NULL), OK);
    workers_stop_and_join(workers);

    buf_init(&out, NULL, 1 << 20);
    metrics_write(metrics, &naming, self, &out);
    fiber_of_thread_destroy(self);
    metrics_write_process(&out);
    buf_byte(&out, 0);
    text = (const char *)out.p;
    CHECK(strstr(text, "\nstator_requests_total{operation=\"GetItem\",outcome=\"ok\"} 200\n") != NULL);
    CHECK(strstr(text, "\nstator_requests_total{operation=\"PutItem\",outcome=\"refused\"} 2\n") != NULL);
    CHECK(strstr(text, "\nstator_requests_total{operation=\"PutItem\",outcome=\"failed\"} 2\n") != NULL);
    CHECK(strstr(text, "\nstator_requests_total{operation=\"Scan\"") == NULL);
    CHECK(
        strstr(text, "\nstator_table_requests_total{table=\"t41\",operation=\"Scan\",outcome=\"failed\"} 2\n") != NULL);
    CHECK(strstr(text, "\nstator_table_consumed_units_total{table=\"t41\",kind=\"read\"} 3\n") != NULL);
    CHECK(strstr(text, "\nstator_requests_unknown_total 2\n") != NULL);
    CHECK(strstr(text, "\nstator_errors_total{code=\"ValidationException\"} 2\n") != NULL);
    CHECK(strstr(text, "\nstator_errors_total{code=\"InternalServerError\"} 4\n") != NULL);
    CHECK(strstr(text, "\nstator_request_bytes_total 2060\n") != NULL);
    CHECK(strstr(text, "\nstator_reply_bytes_total 20614\n") != NULL);
    CHECK(strstr(text, "_bucket{operation=\"GetItem\",le=\"4.096e-06\"} 0\n") != NULL);
    CHECK(strstr(text, "_bucket{operation=\"GetItem\",le=\"8.192e-06\"} 200\n") != NULL);
    CHECK(strstr(text, "_bucket{operation=\"GetItem\",le=\"+Inf\"} 200\n") != NULL);
    CHECK(strstr(text, "_seconds_sum{operation=\"GetItem\"} 0.001000000\n") != NULL);
    CHECK(strstr(text, "\nprocess_resident_memory_bytes ") != NULL);
    CHECK(strstr(text, "\nprocess_open_fds ") != NULL);
    buf_fini(&out);
    metrics_destroy(metrics);
}

TEST(metrics, a_worker_that_was_not_attached_counts_nothing)
{
    struct workers_options one = {.count = 1, .io_threads = 1};
    struct workers *workers;

    CHECK_EQ(workers_start(&one, &workers), OK);
    CHECK_EQ(worker_spawn(workers_at(workers, 0), count_some, NULL), OK);
    workers_stop_and_join(workers);
}

/* ---- tables and indexes ---- */

#define SECOND UINT64_C(1000000000)

/* What the sets tell together; the caller frees it. */
static char *told(struct series_set *const *sets, uint32_t count)
{
    struct fiber *self = fiber_of_thread();
    struct buf out;

    buf_init(&out, NULL, 64 << 20);
    series_write(sets, count, &options, &naming, self, &out);
    buf_byte(&out, 0);
    CHECK(!out.failed);
    fiber_of_thread_destroy(self);
    return (char *)out.p;
}

static void request_count(struct series_set *set, uint64_t now_ns, uint64_t subject, uint64_t duration_ns)
{
    const struct metrics_request request = {.operation = 0, .status = 200, .duration_ns = duration_ns};

    series_count_request(set, now_ns, subject, &request);
}

TEST(metrics, figures_of_a_subject_are_summed_and_those_of_one_that_is_gone_left_out)
{
    struct series_set *sets[] = {series_set_create(3), series_set_create(3)};
    char *text;

    request_count(sets[0], 1, 5, 65535);
    request_count(sets[0], 1, 5, 65536);
    request_count(sets[1], 1, 5, 60 * SECOND);
    request_count(sets[1], 1, 7, 1);
    request_count(sets[1], 1, 6, 0);
    series_count(sets[0], 1, 5, TABLE_METRIC_WRITE_UNITS, 3);
    series_count(sets[1], 1, 5, TABLE_METRIC_WRITE_UNITS, 4);
    series_count(sets[1], 1, 5, TABLE_METRIC_READ_THROTTLES, 4);
    text = told(sets, 2);
    CHECK(strstr(text, "\nstator_table_requests_total{table=\"t5\",operation=\"GetItem\",outcome=\"ok\"} 3\n") != NULL);
    CHECK(strstr(text, "\nstator_table_requests_total{table=\"t6\",operation=\"GetItem\",outcome=\"ok\"} 1\n") != NULL);
    CHECK(strstr(text, "_bucket{table=\"t5\",operation=\"GetItem\",le=\"6.5536e-05\"} 1\n") != NULL);
    CHECK(strstr(text, "_bucket{table=\"t5\",operation=\"GetItem\",le=\"0.000131072\"} 2\n") != NULL);
    CHECK(strstr(text, "_bucket{table=\"t5\",operation=\"GetItem\",le=\"8.58993459\"} 2\n") != NULL);
    CHECK(strstr(text, "_bucket{table=\"t5\",operation=\"GetItem\",le=\"+Inf\"} 3\n") != NULL);
    CHECK(strstr(text, "_sum{table=\"t5\",operation=\"GetItem\"} 60.000131071\n") != NULL);
    CHECK(strstr(text, "\nstator_table_consumed_units_total{table=\"t5\",kind=\"write\"} 3.5\n") != NULL);
    CHECK(strstr(text, "\nstator_table_throttle_events_total{table=\"t5\",kind=\"read\"} 4\n") != NULL);
    CHECK(strstr(text, "t7") == NULL);
    free(text);
    series_set_destroy(sets[0]);
    series_set_destroy(sets[1]);
}

TEST(metrics, beyond_the_room_subjects_count_together_until_others_rested)
{
    struct series_set *set = series_set_create(3);
    char *text;

    for (uint64_t subject = 10; subject < 10 + 8192; subject++)
        request_count(set, 1, subject, 1);
    request_count(set, 2, 5001, 1);    /* known */
    request_count(set, 2, 1000001, 1); /* there is no room for it */
    request_count(set, 2, 1000002, 1);
    series_count(set, 2, 1000002, TABLE_METRIC_READ_UNITS, 8);
    text = told(&set, 1);
    CHECK(strstr(text, "{region=\"\",table=\"(others)\",index=\"\",operation=\"GetItem\",outcome=\"ok\"} 2\n") != NULL);
    CHECK(strstr(text, "{region=\"\",table=\"(others)\",index=\"\",kind=\"read\"} 4\n") != NULL);
    CHECK(strstr(text, "t1000001") == NULL);
    CHECK(strstr(text, "_total{table=\"t5001\",operation=\"GetItem\",outcome=\"ok\"} 2\n") != NULL);
    free(text);

    request_count(set, 601 * SECOND, 5001, 1); /* all others have rested for ten minutes */
    request_count(set, 1200 * SECOND, 1000001, 1);
    request_count(set, 1200 * SECOND, 10, 1);
    text = told(&set, 1);
    CHECK(strstr(text, "_total{table=\"t1000001\",operation=\"GetItem\",outcome=\"ok\"} 1\n") != NULL);
    CHECK(strstr(text, "_total{table=\"t5001\",operation=\"GetItem\",outcome=\"ok\"} 3\n") != NULL);
    CHECK(strstr(text, "_total{table=\"t10\",operation=\"GetItem\",outcome=\"ok\"} 1\n") != NULL);
    CHECK(strstr(text, "\"t11\"") == NULL);
    free(text);
    series_set_destroy(set);
}

TEST_MAIN()
