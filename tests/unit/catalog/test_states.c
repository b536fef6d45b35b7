/* SPDX-License-Identifier: Apache-2.0 */

/* Passing states: when they end and what their end brings. */
#include "test.h"

#include "catalog/catalog_int.h"

static struct arena *arena;

static struct table_desc table(enum table_status status, uint64_t due_ms)
{
    struct table_desc desc;

    if (arena == NULL)
        arena = arena_create(4096);
    catalog__blank(&desc);
    desc.status = status;
    desc.due_ms = due_ms;
    desc.created_ms = 500;
    desc.hash = (struct key_attribute){SLICE_LIT("pk"), VALUE_S};
    return desc;
}

static struct index_desc *add_index(struct table_desc *desc, enum index_status status, uint64_t due_ms)
{
    struct index_desc *indexes = table_indexes_edit(desc, arena);
    struct index_desc *index = &indexes[desc->lsi_count + desc->gsi_count++];

    index->id = desc->index_id_next++;
    index->global = true;
    index->name = SLICE_LIT("idx");
    index->status = status;
    index->due_ms = due_ms;
    index->on_demand = (struct on_demand_throughput){-1, -1};
    index->warm = index->warm_next = (struct warm_throughput){-1, -1};
    return index;
}

TEST(states, a_created_table_becomes_active_with_its_indexes_and_not_before_it_is_due)
{
    struct table_desc desc = table(TABLE_CREATING, 1000);

    desc.billing = BILLING_PAY_PER_REQUEST;
    add_index(&desc, INDEX_CREATING, 0);
    CHECK_EQ(table_due(&desc), 1000);
    CHECK(!table_advance(&desc, 999, arena));
    CHECK(desc.status == TABLE_CREATING);
    CHECK(table_advance(&desc, 1000, arena));
    CHECK(desc.status == TABLE_ACTIVE && desc.indexes[0].status == INDEX_ACTIVE);
    CHECK_EQ(desc.billing_on_demand_ms, 500);
    CHECK_EQ(desc.warm.read, 12000);
    CHECK_EQ(desc.indexes[0].warm.write, 4000);
    CHECK(table_due(&desc) == UINT64_MAX);
    CHECK(!table_advance(&desc, 5000, arena));
}

TEST(states, new_units_come_with_the_end_of_updating_and_are_counted)
{
    struct table_desc desc = table(TABLE_UPDATING, 1000);

    desc.updating = TABLE_UPDATES_THROUGHPUT;
    desc.throughput = (struct throughput){.read = 10, .write = 10};
    desc.throughput_next = (struct throughput_target){true, 20, 5};
    CHECK(table_advance(&desc, 1500, arena));
    CHECK(desc.status == TABLE_ACTIVE && !desc.throughput_next.present);
    CHECK(desc.throughput.read == 20 && desc.throughput.write == 5);
    CHECK(desc.throughput.increased_ms == 1500 && desc.throughput.decreased_ms == 1500);
    CHECK_EQ(desc.throughput.decreases_today, 1);
    CHECK(desc.warm.read == 20 && desc.warm.write == 5);
}

TEST(states, decreases_of_another_day_do_not_count)
{
    struct table_desc desc = table(TABLE_UPDATING, 0);

    desc.updating = TABLE_UPDATES_THROUGHPUT;
    desc.throughput = (struct throughput){.read = 10, .write = 10, .decreased_ms = 86400000 - 1, .decreases_today = 4};
    desc.throughput_next = (struct throughput_target){true, 9, 10};
    CHECK(table_advance(&desc, 86400000, arena));
    CHECK_EQ(desc.throughput.decreases_today, 1);
}

TEST(states, an_index_of_a_live_table_is_allocated_then_filled_and_only_allocation_makes_the_table_updating)
{
    struct table_desc desc = table(TABLE_ACTIVE, 0);

    add_index(&desc, INDEX_CREATING, 1000)->backfill_due_ms = 2500;
    table_updating_settle(&desc);
    CHECK(desc.status == TABLE_UPDATING);
    CHECK_EQ(table_due(&desc), 1000);
    CHECK(!table_advance(&desc, 999, arena));
    CHECK(table_advance(&desc, 1000, arena));
    CHECK(desc.status == TABLE_ACTIVE && desc.indexes[0].status == INDEX_BACKFILLING);
    CHECK(!table_advance(&desc, 2000, arena));
    CHECK_EQ(table_due(&desc), 2500); /* the filling may begin */
}

TEST(states, a_deleted_index_keeps_the_table_updating_until_it_is_gone)
{
    struct table_desc desc = table(TABLE_ACTIVE, 0);

    add_index(&desc, INDEX_DELETING, 1000);
    table_updating_settle(&desc);
    CHECK(!table_advance(&desc, 5000, arena));
    CHECK(desc.status == TABLE_UPDATING);
    desc.gsi_count = 0;
    table_updating_settle(&desc);
    CHECK(desc.status == TABLE_ACTIVE);
}

TEST(states, a_change_of_units_ends_while_an_index_is_still_being_deleted)
{
    struct table_desc desc = table(TABLE_UPDATING, 1000);

    desc.updating = TABLE_UPDATES_THROUGHPUT;
    desc.throughput_next = (struct throughput_target){true, 2, 2};
    add_index(&desc, INDEX_DELETING, 1000);
    CHECK(table_advance(&desc, 1000, arena));
    CHECK(desc.status == TABLE_UPDATING && desc.updating == TABLE_UPDATES_INDEX);
    CHECK_EQ(desc.throughput.read, 2);
}

TEST(states, warm_throughput_is_raised_without_a_state)
{
    struct table_desc desc = table(TABLE_ACTIVE, 1000);

    desc.warm = (struct warm_throughput){12000, 4000};
    desc.warm_next = (struct warm_throughput){13000, -1};
    CHECK_EQ(table_due(&desc), 1000);
    CHECK(!table_advance(&desc, 999, arena));
    CHECK(table_advance(&desc, 1000, arena));
    CHECK(desc.warm.read == 13000 && desc.warm.write == 4000 && desc.warm_next.read == -1);
    CHECK(table_due(&desc) == UINT64_MAX);
}

TEST(states, the_class_changes_at_the_end_and_remembers_the_change_before)
{
    struct table_desc desc = table(TABLE_UPDATING, 1000);

    desc.updating = TABLE_UPDATES_CLASS;
    desc.table_class = SLICE_LIT("STANDARD");
    desc.table_class_ms = 700;
    desc.table_class_next = SLICE_LIT("STANDARD_INFREQUENT_ACCESS");
    CHECK(table_advance(&desc, 1000, arena));
    CHECK(slice_is(desc.table_class, "STANDARD_INFREQUENT_ACCESS") && desc.table_class_next.p == NULL);
    CHECK(desc.table_class_ms == 1000 && desc.table_class_before_ms == 700);
}

TEST(states, a_due_time_from_before_the_clock_was_put_back_is_due)
{
    struct table_desc desc = table(TABLE_CREATING, 10000000);

    CHECK(!table_advance(&desc, 10000000 - STATE_DUE_MS_MAX, arena));
    CHECK(table_advance(&desc, 10000000 - STATE_DUE_MS_MAX - 1, arena));
}

TEST(states, definitions_are_the_keys_in_use_and_keep_their_first_type)
{
    static const struct key_attribute stored[] = {
        {SLICE_LIT("old"), VALUE_S}, {SLICE_LIT("pk"), VALUE_S}, {SLICE_LIT("x"), VALUE_N}};
    struct table_desc desc = table(TABLE_ACTIVE, 0);
    struct index_desc *index = add_index(&desc, INDEX_ACTIVE, 0);

    index->hash[0] = (struct key_attribute){SLICE_LIT("x"), VALUE_B};
    index->range[0] = (struct key_attribute){SLICE_LIT("a"), VALUE_B};
    index->hash_count = index->range_count = 1;
    desc.definitions = stored;
    desc.definitions_count = 3;
    table_definitions_settle(&desc, arena);
    CHECK_EQ(desc.definitions_count, 3);
    CHECK(slice_is(desc.definitions[0].name, "a") && desc.definitions[0].type == VALUE_B);
    CHECK(slice_is(desc.definitions[1].name, "pk"));
    CHECK(slice_is(desc.definitions[2].name, "x") && desc.definitions[2].type == VALUE_N);
    CHECK(desc.indexes[0].hash[0].type == VALUE_N);
}

TEST_MAIN()
