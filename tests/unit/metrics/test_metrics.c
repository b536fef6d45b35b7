/* SPDX-License-Identifier: Apache-2.0 */

/* Figures that are counted on workers and read from elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "metrics/histogram.h"
#include "metrics/metrics.h"
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
}

TEST(metrics, a_scrape_sums_what_all_workers_counted)
{
    struct workers_options two = {.count = 2, .io_threads = 1};
    struct metrics *metrics = metrics_create(&options);
    struct workers *workers;
    struct buf out;
    const char *text;

    CHECK_EQ(workers_start(&two, &workers), OK);
    metrics_attach(metrics, workers);
    for (uint32_t i = 0; i < 2; i++)
        CHECK_EQ(worker_spawn(workers_at(workers, i), count_some, NULL), OK);
    workers_stop_and_join(workers);

    buf_init(&out, NULL, 1 << 20);
    metrics_write(metrics, &out);
    metrics_write_process(&out);
    buf_byte(&out, 0);
    text = (const char *)out.p;
    CHECK(strstr(text, "\nstator_requests_total{operation=\"GetItem\",outcome=\"ok\"} 200\n") != NULL);
    CHECK(strstr(text, "\nstator_requests_total{operation=\"PutItem\",outcome=\"refused\"} 2\n") != NULL);
    CHECK(strstr(text, "\nstator_requests_total{operation=\"PutItem\",outcome=\"failed\"} 2\n") != NULL);
    CHECK(strstr(text, "Scan") == NULL);
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

TEST_MAIN()
