/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The hybrid logical clock (engine/stamp.h): stamps only grow, whatever the wall clock does, above the records they
 * replace and above every floor that was closed.
 */
#include "engine/stamp.h"

#include "test.h"

static uint64_t wall_ms;

static uint64_t wall(void *context)
{
    (void)context;
    return wall_ms;
}

static struct stamps begin(uint64_t ms, uint64_t above)
{
    struct stamps stamps;

    wall_ms = ms;
    stamps_init(&stamps, wall, NULL, above);
    return stamps;
}

TEST(engine, stamps_follow_the_clock_and_never_repeat)
{
    struct stamps stamps = begin(1000, 0);

    CHECK_EQ(stamps_take(&stamps, 0), STAMP_OF_MS(1000));
    CHECK_EQ(stamps_take(&stamps, 0), STAMP_OF_MS(1000) + 1);
    wall_ms = 1001;
    CHECK_EQ(stamps_take(&stamps, 0), STAMP_OF_MS(1001));
    wall_ms = 5; /* the clock was put back */
    CHECK_EQ(stamps_take(&stamps, 0), STAMP_OF_MS(1001) + 1);
}

TEST(engine, a_stamp_is_above_the_record_it_replaces)
{
    struct stamps stamps = begin(1000, 0);
    uint64_t old = STAMP_OF_MS(5000) + 7; /* of a clock that was ahead */

    CHECK_EQ(stamps_take(&stamps, old), old + 1);
    CHECK_EQ(stamps_take(&stamps, 0), old + 2);
}

TEST(engine, stamps_begin_above_what_an_earlier_run_gave_out)
{
    struct stamps stamps = begin(1000, STAMP_OF_MS(2000));

    CHECK_EQ(stamps_take(&stamps, 0), STAMP_OF_MS(2000) + 1);
}

TEST(engine, a_floor_is_below_all_stamps_to_come_and_above_all_before)
{
    struct stamps stamps = begin(1000, 0);
    uint64_t before = stamps_take(&stamps, 0), floor;

    floor = stamps_close(&stamps, UINT64_MAX);
    CHECK(floor >= before);
    CHECK(stamps_take(&stamps, 0) > floor);
    wall_ms = 3000;
    CHECK_EQ(stamps_close(&stamps, UINT64_MAX), STAMP_OF_MS(3000)); /* a floor tells the time */
    wall_ms = 4000;
    CHECK_EQ(stamps_close(&stamps, STAMP_OF_MS(3500)), STAMP_OF_MS(3500));
    CHECK(stamps_take(&stamps, 0) > STAMP_OF_MS(3500));
    CHECK_EQ(stamps_close(&stamps, STAMP_OF_MS(3500)), 0); /* greater ones were taken */
}

TEST_MAIN()
