/* SPDX-License-Identifier: Apache-2.0 */

/* Buckets and meters by a clock of the test's own. */
#include "throttle/meter.h"

#include <string.h>

#include "test.h"

#define SECOND UINT64_C(1000000000)
#define START  (1000 * SECOND)

static const struct bucket_limit ten = {.units = 10, .burst_s = 300};

/* Units, one by one, until there are none left. */
static int drain(struct bucket *bucket, struct bucket_limit limit, uint64_t now_ns)
{
    int units = 0;

    while (bucket_take(bucket, limit, now_ns, 2))
        units++;
    return units;
}

TEST(throttle, a_new_bucket_holds_its_whole_burst)
{
    struct bucket bucket = {0};

    CHECK(!bucket_is_spent(&bucket, ten, START));
    CHECK_EQ(drain(&bucket, ten, START), 3000);
    CHECK(bucket_is_spent(&bucket, ten, START));
}

TEST(throttle, a_bucket_fills_at_its_rate_and_no_further_than_its_burst)
{
    struct bucket bucket = {0};

    CHECK_EQ(drain(&bucket, ten, START), 3000);
    CHECK_EQ(drain(&bucket, ten, START + SECOND), 10);
    CHECK_EQ(drain(&bucket, ten, START + 3 * SECOND), 20);
    CHECK_EQ(drain(&bucket, ten, START + 3 * SECOND + SECOND / 10), 1);
    CHECK_EQ(drain(&bucket, ten, START + 100000 * SECOND), 3000);
}

TEST(throttle, half_units_are_counted)
{
    struct bucket bucket = {0};
    const struct bucket_limit one = {.units = 1, .burst_s = 1};

    CHECK(bucket_take(&bucket, one, START, 1));
    CHECK(bucket_take(&bucket, one, START, 1));
    CHECK(!bucket_take(&bucket, one, START, 1));
    CHECK(!bucket_take(&bucket, one, START, 0));
}

TEST(throttle, the_last_taker_may_lead_into_debt_which_others_wait_for)
{
    struct bucket bucket = {0};

    CHECK(bucket_take(&bucket, ten, START, 2 * 2999));
    CHECK(bucket_take(&bucket, ten, START, 2 * 101)); /* 100 too many */
    CHECK(!bucket_take(&bucket, ten, START + 10 * SECOND, 2));
    CHECK(bucket_take(&bucket, ten, START + 10 * SECOND + SECOND / 10, 2));
}

TEST(throttle, what_was_taken_too_much_comes_back)
{
    struct bucket bucket = {0};

    CHECK_EQ(drain(&bucket, ten, START), 3000);
    bucket_return(&bucket, ten, 14);
    CHECK_EQ(drain(&bucket, ten, START), 7);
    bucket_charge(&bucket, ten, START, 20);
    CHECK_EQ(drain(&bucket, ten, START + SECOND), 0);
    CHECK_EQ(drain(&bucket, ten, START + 2 * SECOND), 10);
}

TEST(throttle, a_return_to_an_untouched_bucket_does_no_harm)
{
    struct bucket bucket = {0};

    bucket_return(&bucket, ten, 1000000);
    CHECK_EQ(drain(&bucket, ten, START), 3000);
}

TEST(throttle, a_higher_rate_helps_at_once)
{
    struct bucket bucket = {0};
    const struct bucket_limit thousand = {.units = 1000, .burst_s = 300};

    CHECK_EQ(drain(&bucket, ten, START), 3000);
    CHECK_EQ(drain(&bucket, thousand, START), 297000);
    CHECK(bucket_is_spent(&bucket, ten, START)); /* and back: a debt of 300000 - 3000 */
    CHECK(bucket_is_spent(&bucket, ten, START + 29699 * SECOND));
    CHECK_EQ(drain(&bucket, ten, START + 29701 * SECOND), 10);
}

TEST(throttle, the_largest_request_on_the_smallest_table_does_not_overflow)
{
    struct bucket bucket = {0};
    const struct bucket_limit one = {.units = 1, .burst_s = 300};

    CHECK(bucket_take(&bucket, one, START, 100u * 400 * 2 * 2 * 26));
    CHECK(!bucket_take(&bucket, one, START + 1000 * SECOND, 1));
    CHECK(bucket_take(&bucket, one, START + 3000000 * SECOND, 1));
}

/* ---- meters ---- */

TEST(throttle, ranges_are_apart_and_sides_too)
{
    struct meter meter;
    const struct bucket_limit hard = {.units = 1, .burst_s = 1};

    memset(&meter, 0, sizeof(meter));
    CHECK(bucket_take(meter_range(&meter, METER_WRITE, 7), hard, START, 2));
    CHECK(!bucket_take(meter_range(&meter, METER_WRITE, 7), hard, START, 2));
    CHECK(!bucket_take(meter_range(&meter, METER_WRITE, 7 + METER_RANGES), hard, START, 2));
    CHECK(bucket_take(meter_range(&meter, METER_WRITE, 8), hard, START, 2));
    CHECK(bucket_take(meter_range(&meter, METER_READ, 7), hard, START, 2));
    meter_end(&meter);
}

TEST(throttle, the_peak_is_that_of_the_best_minute_that_ended)
{
    struct meter meter;

    memset(&meter, 0, sizeof(meter));
    meter_note(&meter, METER_READ, 60 * SECOND, 120 * 50);
    CHECK_EQ(meter_peak_take(&meter, METER_READ, 100 * SECOND), 0);
    meter_note(&meter, METER_READ, 119 * SECOND, 120 * 50);
    meter_note(&meter, METER_READ, 120 * SECOND, 120 * 30);
    meter_note(&meter, METER_READ, 600 * SECOND, 120 * 500);
    CHECK_EQ(meter_peak_take(&meter, METER_WRITE, 601 * SECOND), 0);
    CHECK_EQ(meter_peak_take(&meter, METER_READ, 601 * SECOND), 100);
    CHECK_EQ(meter_peak_take(&meter, METER_READ, 601 * SECOND), 0);
    CHECK_EQ(meter_peak_take(&meter, METER_READ, 700 * SECOND), 500);
    meter_end(&meter);
}

TEST_MAIN()
