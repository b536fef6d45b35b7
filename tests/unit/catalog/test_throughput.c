/* SPDX-License-Identifier: Apache-2.0 */

/* The budget of decreases and the switches to on-demand, against a clock of the test's own (control-plane.md 5.3, 5.5).
 */
#include "test.h"

#include "catalog/catalog_int.h"

#define SECOND   1000ull
#define HOUR     (3600 * SECOND)
#define DAY      (24 * HOUR)
#define MIDNIGHT (20000 * DAY)

static bool may(const struct throughput *throughput, uint64_t now_ms)
{
    return throughput_decrease_ms(throughput, now_ms) <= now_ms;
}

static void settle(struct throughput *throughput, int64_t read, int64_t write, uint64_t now_ms)
{
    struct throughput_target next = {true, read, write};

    throughput_settle(throughput, &next, now_ms);
    CHECK(!next.present && throughput->read == read && throughput->write == write);
}

static void decrease(struct throughput *throughput, uint64_t now_ms)
{
    settle(throughput, throughput->read - 1, throughput->write, now_ms);
}

TEST(throughput, four_decreases_are_free_and_the_fifth_waits_an_hour_from_the_last)
{
    struct throughput throughput = {.read = 100, .write = 100};
    uint64_t now_ms = MIDNIGHT + 5 * HOUR;

    for (int i = 0; i < 4; i++) {
        CHECK(may(&throughput, now_ms));
        decrease(&throughput, now_ms);
        now_ms += SECOND;
    }
    CHECK_EQ(throughput_decreases_today(&throughput, now_ms), 4);
    CHECK_EQ(throughput_decrease_ms(&throughput, now_ms), MIDNIGHT + 6 * HOUR + 3 * SECOND);
    CHECK(!may(&throughput, MIDNIGHT + 6 * HOUR + 3 * SECOND - 1));
    CHECK(may(&throughput, MIDNIGHT + 6 * HOUR + 3 * SECOND));
}

TEST(throughput, midnight_makes_the_budget_new)
{
    struct throughput throughput = {.read = 100, .write = 100};

    for (int i = 0; i < 4; i++)
        decrease(&throughput, MIDNIGHT - 1);
    CHECK(!may(&throughput, MIDNIGHT - 1));
    CHECK(may(&throughput, MIDNIGHT));
    CHECK_EQ(throughput_decreases_today(&throughput, MIDNIGHT), 0);
    decrease(&throughput, MIDNIGHT);
    CHECK_EQ(throughput_decreases_today(&throughput, MIDNIGHT), 1);
}

TEST(throughput, a_day_has_twenty_seven_decreases)
{
    struct throughput throughput = {.read = 100, .write = 100};
    int count = 0;

    for (uint64_t now_ms = MIDNIGHT; now_ms < MIDNIGHT + DAY; now_ms += SECOND) {
        if (!may(&throughput, now_ms))
            continue;
        decrease(&throughput, now_ms);
        count++;
    }
    CHECK_EQ(count, 27);
    CHECK_EQ(throughput_decreases_today(&throughput, MIDNIGHT + DAY - 1), 27);
}

TEST(throughput, both_units_are_one_decrease_and_an_increase_is_none)
{
    struct throughput throughput = {.read = 10, .write = 10};

    settle(&throughput, 5, 5, MIDNIGHT);
    CHECK_EQ(throughput.decreases_today, 1);
    settle(&throughput, 6, 7, MIDNIGHT + 1);
    CHECK_EQ(throughput.decreases_today, 1);
    CHECK(throughput.increased_ms == MIDNIGHT + 1 && throughput.decreased_ms == MIDNIGHT);
    settle(&throughput, 9, 6, MIDNIGHT + 2); /* one up, one down: both */
    CHECK_EQ(throughput.decreases_today, 2);
    CHECK(throughput.increased_ms == MIDNIGHT + 2 && throughput.decreased_ms == MIDNIGHT + 2);
}

TEST(throughput, nothing_asked_leaves_no_trace)
{
    struct throughput throughput = {.read = 10, .write = 10};
    struct throughput_target next = {0};

    throughput_settle(&throughput, &next, MIDNIGHT);
    CHECK(throughput.read == 10 && throughput.decreased_ms == 0 && throughput.increased_ms == 0);
}

TEST(throughput, four_switches_to_on_demand_fit_into_any_24_hours)
{
    struct table_desc desc;

    catalog__blank(&desc);
    for (uint64_t i = 0; i < 4; i++) {
        CHECK_EQ(table_on_demand_switch_ms(&desc, MIDNIGHT + i * HOUR), MIDNIGHT + i * HOUR);
        table_on_demand_switched(&desc, MIDNIGHT + i * HOUR);
    }
    CHECK_EQ(table_on_demand_switch_ms(&desc, MIDNIGHT + DAY - 1), MIDNIGHT + DAY);
    CHECK_EQ(table_on_demand_switch_ms(&desc, MIDNIGHT + DAY), MIDNIGHT + DAY);
    table_on_demand_switched(&desc, MIDNIGHT + DAY); /* the window rolls: the next waits for the second one's day */
    CHECK_EQ(table_on_demand_switch_ms(&desc, MIDNIGHT + DAY), MIDNIGHT + DAY + HOUR);
}

TEST(throughput, a_clock_that_was_put_back_does_not_shut_out_for_long)
{
    struct table_desc desc;

    catalog__blank(&desc);
    for (int i = 0; i < 4; i++)
        table_on_demand_switched(&desc, MIDNIGHT + 30 * DAY);
    CHECK_EQ(table_on_demand_switch_ms(&desc, MIDNIGHT), MIDNIGHT);
}

TEST_MAIN()
