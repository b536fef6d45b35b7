/* SPDX-License-Identifier: Apache-2.0 */

/* Quotas of an account that look at all its tables, or at a table's history (control-plane.md 5.3, 5.7, 12). */
#include "control.h"

#define KEY_  PK_ "," ON_DEMAND_
#define TAIL_ "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."

static const char *create(int number, const char *members)
{
    return call("CreateTable", (const char *)arena_printf(w.arena, "{'TableName':'tab%d',%s}", number, members).p);
}

TEST(quotas, so_many_tables_are_created_updated_or_deleted_at_once)
{
#define BUSY_                                                                                                          \
    "LimitExceededException: Subscriber limit exceeded: Only 500 tables can be created, updated, or deleted "          \
    "simultaneously"
    begin(1000);
    make(WITH_(UNITS_(1, 1)));
    make("{'TableName':'Other'," PK_ "," UNITS_(1, 1) "}");
    for (int i = 0; i < 499; i++)
        CHECK(has(create(i, KEY_), "CREATING"));
    CHECK(has(update(UNITS_(2, 2)), "'TableStatus':'UPDATING'"));
    CHECK(is(create(500, KEY_), BUSY_));
    CHECK(is(call("UpdateTable", "{'TableName':'Other'," UNITS_(2, 2) "}"), BUSY_));
    CHECK(is(call("DeleteTable", "{'TableName':'Other'}"), BUSY_));
    CHECK(has(call("UpdateTable", "{'TableName':'Other','DeletionProtectionEnabled':true}"), "ACTIVE")); /* no state */
    later(1000);
    CHECK(has(create(500, KEY_), "CREATING"));
    end();
}

TEST(quotas, so_many_tables_are_created_with_indexes_at_once)
{
#define INDEXED_ KEY_ ",'GlobalSecondaryIndexes':[" INDEX_("idx", HASH_("pk"), ALL_) "]"
    begin(1000);
    for (int i = 0; i < 250; i++)
        CHECK(has(create(i, INDEXED_), "CREATING"));
    CHECK(is(create(250, INDEXED_), "LimitExceededException: Subscriber limit exceeded: Only 250 tables with "
                                    "secondary indexes can be created simultaneously"));
    CHECK(has(create(250, KEY_), "CREATING"));
    later(1000);
    CHECK(has(create(251, INDEXED_), "CREATING"));
    end();
}

TEST(quotas, units_that_are_still_to_come_are_reserved)
{
    begin(1000);
    make(WITH_(UNITS_(40000, 1)));
    make("{'TableName':'Other'," PK_ "," UNITS_(1, 1) "}");
    make("{'TableName':'Third'," PK_ "," UNITS_(1, 1) "}");
    CHECK(has(call("UpdateTable", "{'TableName':'Other'," UNITS_(39999, 1) "}"), "UPDATING"));
    CHECK(is(call("UpdateTable", "{'TableName':'Third'," UNITS_(2, 1) "}"),
        "LimitExceededException: This request would have caused the ReadCapacityUnits limit to be exceeded for the "
        "account in us-east-1. Current ReadCapacityUnits reserved by the account: 79999. Limit: 80000. Requested: "
        "2. " TAIL_));
    CHECK(is(call("UpdateTable", "{'TableName':'Third'," UNITS_(40001, 1) "}"),
        "LimitExceededException: The requested ReadCapacityUnits, 40001, is above the per table maximum for the "
        "account in us-east-1. Per table maximum: 40000. " TAIL_));
    CHECK(has(call("UpdateTable", "{'TableName':'Third'," UNITS_(1, 2) "}"), "UPDATING"));
    end();
}

TEST(quotas, a_table_switches_to_on_demand_four_times_in_24_hours)
{
    begin(0);
    make(WITH_(UNITS_(1, 1)));
    for (int i = 0; i < 4; i++) {
        CHECK(has(update(ON_DEMAND_), "UPDATING"));
        CHECK(has(update("'BillingMode':'PROVISIONED'," UNITS_(1, 1)), "UPDATING"));
        later(3600000);
    }
    restart();
    CHECK(is(update(ON_DEMAND_),
        "LimitExceededException: Subscriber limit exceeded: Update to PayPerRequest mode are limited to 4 times in 1 "
        "day(s). Last update at Fri Nov 21 15:40:00 UTC 2025. Next update can be made at Sat Nov 22 12:40:00 UTC "
        "2025"));
    later(20 * 3600000);
    CHECK(has(update(ON_DEMAND_), "UPDATING"));
    end();
}

TEST(quotas, a_page_of_names_has_a_hundred)
{
    begin(0);
    for (int i = 100; i < 201; i++)
        make((const char *)arena_printf(w.arena, "{'TableName':'tab%d'," KEY_ "}", i).p);
    CHECK(has(call("ListTables", "{}"), "'tab198','tab199'],'LastEvaluatedTableName':'tab199'}"));
    CHECK(has(call("ListTables", "{'Limit':100,'ExclusiveStartTableName':'tab100'}"), "'tab199','tab200']}"));
    CHECK(has(call("ListTables", "{'ExclusiveStartTableName':'tab199'}"), "{'TableNames':['tab200']}"));
    end();
}

TEST_MAIN()
