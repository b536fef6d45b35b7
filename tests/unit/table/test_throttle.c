/* SPDX-License-Identifier: Apache-2.0 */

/* Which limits a descriptor means in which mode, by a clock of the test's own. What is told is pinned by
 * tests/conformance/throttling. */
#include "table/throttle.h"

#include <string.h>

#include "test.h"

#define SECOND UINT64_C(1000000000)

static struct world {
    struct meter table_meter, index_meter;
    struct meter *meters[3];
    struct index_desc indexes[2];
    struct table_desc table;
    struct arena *arena;
    struct fault fault;
} w;

static void world_make(enum billing_mode billing)
{
    memset(&w, 0, sizeof(w));
    w.arena = arena_create(4096);
    w.fault.arena = w.arena;
    w.meters[0] = &w.table_meter;
    w.meters[2] = &w.index_meter;
    w.indexes[0] = (struct index_desc){.name = SLICE_LIT("local"), .status = INDEX_ACTIVE};
    w.indexes[1] = (struct index_desc){.global = true,
        .name = SLICE_LIT("global"),
        .status = INDEX_ACTIVE,
        .throughput = {.read = 3, .write = 4},
        .on_demand = {-1, -1},
        .warm = {-1, -1}};
    w.table = (struct table_desc){.billing = billing,
        .arn = SLICE_LIT("arn"),
        .throughput = {.read = 1, .write = 2},
        .on_demand = {-1, -1},
        .warm = {-1, -1},
        .indexes = w.indexes,
        .lsi_count = 1,
        .gsi_count = 1,
        .meters = w.meters};
}

static void world_end(void)
{
    meter_end(&w.table_meter);
    meter_end(&w.index_meter);
    arena_destroy(w.arena);
}

/* Units that are let in within one moment of a second, up to `most`. */
static int units_let_in(enum throttle_mode mode, const struct index_desc *index, enum meter_side side, uint64_t range,
    uint64_t second, int most)
{
    const struct table_throttle throttle = {.mode = mode, .now_ns = second * SECOND};
    int units = 0;

    while (units < most && table_throttle_admit(&throttle, &w.table, index, side, range, 2, &w.fault) == OK) {
        table_throttle_settle(&throttle, &w.table, index, side, range, 2, 2);
        units++;
    }
    return units;
}

#define NO_RANGE THROTTLE_NO_RANGE

TEST(throttle, provisioned_tables_and_indexes_have_their_units)
{
    world_make(BILLING_PROVISIONED);
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, NULL, METER_READ, 1, 1000, 9999), 300);
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, NULL, METER_WRITE, 1, 1000, 9999), 600);
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, &w.indexes[1], METER_READ, 1, 1000, 9999), 900);
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, &w.indexes[1], METER_WRITE, 1, 1000, 9999), 1200);
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, &w.indexes[0], METER_READ, 1, 1000, 9999), 0); /* the table's */
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, &w.indexes[0], METER_READ, 1, 1010, 9999), 10);
    world_end();
}

TEST(throttle, off_lets_everything_in)
{
    world_make(BILLING_PROVISIONED);
    CHECK_EQ(units_let_in(THROTTLE_OFF, NULL, METER_READ, 1, 1000, 9999), 9999);
    CHECK_EQ(table_throttle_spent(&(struct table_throttle){0}, &w.table), 0);
    world_end();
}

TEST(throttle, on_demand_tables_have_their_stated_maxima_alone)
{
    world_make(BILLING_PAY_PER_REQUEST);
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, NULL, METER_READ, 1, 1000, 99999), 99999);
    w.table.on_demand.max_read = 2;
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, NULL, METER_READ, 1, 1000, 99999), 600);
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, NULL, METER_WRITE, 1, 1000, 99999), 99999);
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, &w.indexes[1], METER_READ, 1, 1000, 99999), 99999);
    CHECK(w.fault.code == API_THROTTLING);
    world_end();
}

TEST(throttle, as_in_the_service_on_demand_tables_carry_their_warm_throughput)
{
    world_make(BILLING_PAY_PER_REQUEST);
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, NO_RANGE, 1000, 99999), 4000);
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_READ, NO_RANGE, 1000, 99999), 12000);
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, NO_RANGE, 2000, 99999), 4000); /* nothing is kept */
    w.table.warm.write = 9000;
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, NO_RANGE, 3000, 99999), 9000);
    w.table.on_demand.max_write = 10;
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, NO_RANGE, 4000, 99999), 3000);
    w.table.on_demand.max_write = -1;
    w.table.warm.write = 400000;
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, NO_RANGE, 5000, 99999), 40000);
    CHECK(w.fault.code == API_REQUEST_LIMIT_EXCEEDED);
    world_end();
}

TEST(throttle, as_in_the_service_a_partition_has_limits)
{
    world_make(BILLING_PROVISIONED);
    w.table.throughput.read = w.table.throughput.write = 40000;
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, NULL, METER_WRITE, 1, 1000, 9999), 9999);
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, 1, 1000, 9999), 1000);
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, 2, 1000, 9999), 1000);
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_READ, 1, 1000, 9999), 3000);
    world_end();
}

TEST(throttle, a_refusal_by_the_partition_takes_nothing_of_the_table)
{
    world_make(BILLING_PROVISIONED);
    w.table.throughput.write = 10;
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, 1, 1000, 9999), 1000);
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, 1, 1000, 9999), 0);
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, 2, 1000, 9999), 1000);
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, 3, 1000, 9999), 1000);
    CHECK_EQ(units_let_in(THROTTLE_AWS, NULL, METER_WRITE, 4, 1000, 9999), 0);
    world_end();
}

TEST(throttle, what_a_request_really_cost_is_settled)
{
    const struct table_throttle throttle = {.mode = THROTTLE_PROVISIONED, .now_ns = 1000 * SECOND};

    world_make(BILLING_PROVISIONED);
    CHECK(table_throttle_admit(&throttle, &w.table, NULL, METER_READ, 1, 2, &w.fault) == OK);
    table_throttle_settle(&throttle, &w.table, NULL, METER_READ, 1, 2, 2 * 250);
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, NULL, METER_READ, 1, 1000, 9999), 50);
    table_throttle_settle(&throttle, &w.table, NULL, METER_READ, 1, 2 * 20, 0);
    CHECK_EQ(units_let_in(THROTTLE_PROVISIONED, NULL, METER_READ, 1, 1000, 9999), 20);
    world_end();
}

TEST(throttle, indexes_without_units_are_known)
{
    const struct table_throttle throttle = {.mode = THROTTLE_PROVISIONED, .now_ns = 1000 * SECOND};

    world_make(BILLING_PROVISIONED);
    CHECK_EQ(table_throttle_spent(&throttle, &w.table), 0);
    table_throttle_settle(&throttle, &w.table, &w.indexes[1], METER_WRITE, NO_RANGE, 0, 2 * 1200);
    CHECK_EQ(table_throttle_spent(&throttle, &w.table), 1u << 1);
    w.indexes[1].status = INDEX_DELETING; /* nobody writes to it any more */
    CHECK_EQ(table_throttle_spent(&throttle, &w.table), 0);
    world_end();
}

TEST_MAIN()
