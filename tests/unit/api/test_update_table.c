/* SPDX-License-Identifier: Apache-2.0 */

/* UpdateTable (control-plane.md 4.5, 4.6, 5.4, 5.5, 11.2, Appendix B; verified-behaviour.md 16). */
#include "control.h"

TEST(update_table, an_update_must_ask_for_something)
{
#define NOTHING_(multi_)                                                                                               \
    "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "           \
    "SSESpecification, "                                                                                               \
    "ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, " multi_                                         \
    "DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required"
    begin(0);
    VE(call("UpdateTable", "{'TableName':'Tab'}"), NOTHING_("MultiRegionConsistency, "));
    VE(update("'GlobalSecondaryIndexUpdates':[]"), NOTHING_("MultiRegionConsistency, "));
    VE(update("'AttributeDefinitions':[" DEF_("pk") "]"), NOTHING_("MultiRegionConsistency, "));
    VE(update("'OnDemandThroughput':{}"), NOTHING_("MultiRegionConsistency, "));
    VE(update("'MultiRegionConsistency':'STRONG'"), NOTHING_(""));
    CHECK(is(update(UNITS_(1, 1)), MISSING_ "Table: Tab not found"));
    VE(call("UpdateTable", "{'TableName':'ab'," UNITS_(1, 1) "}"),
        "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length "
        "greater "
        "than or equal to 3");
    end();
}

TEST(update_table, members_that_must_be_alone_are)
{
    begin(0);
    make(WITH_(ON_DEMAND_));
    VE(update("'SSESpecification':{'Enabled':true},'TableClass':'STANDARD'"),
        P_ "Server-Side Encryption modification must be the only operation in the request");
    VE(update("'TableClass':'STANDARD'," UNITS_(1, 1)),
        P_ "TableClass modification must be the only operation in the request");
    VE(update("'DeletionProtectionEnabled':true," UNITS_(1, 1)),
        P_ "DeletionProtection modification must be the only operation in the request");
    VE(update("'WarmThroughput':{'ReadUnitsPerSecond':13000}," UNITS_(1, 1)),
        P_ "WarmThroughput must be the only operation in the request");
    VE(update("'OnDemandThroughput':{'MaxReadRequestUnits':5},'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'"
              "idx'}}]"),
        P_ "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    VE(update("'StreamSpecification':{'StreamEnabled':false}," UNITS_(1, 1)),
        P_ "You cannot modify stream status while updating table IOPS");
    VE(update("'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'idx'}}]," UNITS_(1, 1)),
        P_ "You cannot create or delete index while updating table IOPS");
    VE(update("'StreamSpecification':{'StreamEnabled':false}"), "Table has no stream to disable: TableName: Tab");
    VE(update("'SSESpecification':{'Enabled':false}"), P_ "Table is already encrypted by default");
    CHECK(has(update("'ReplicaUpdates':[{'Create':{'RegionName':'eu-west-1'}}]"), "not supported by this server yet"));
    VE(update("'ReplicaUpdates':[{'Create':{'RegionName':'eu-west-1'}}]," ON_DEMAND_),
        P_ "Replica modification must be the only operation in the request");
    VE(update("'ReplicaUpdates':[{'Create':{'RegionName':'eu-west-1'}}],'GlobalTableWitnessUpdates':[{'Create':{"
              "'RegionName':'eu-west-2'}}]," ON_DEMAND_),
        P_ "Requests that modify replicas or witnesses must not also modify other fields");
    end();
}

TEST(update_table, new_units_come_when_updating_ends_also_after_a_restart)
{
    begin(1000);
    make(WITH_(UNITS_(10, 10)));
    VE(update(UNITS_(10, 10)),
        "The provisioned throughput for the table will not change. The requested value equals the current value. "
        "Current "
        "ReadCapacityUnits provisioned for the table: 10. Requested ReadCapacityUnits: 10. Current WriteCapacityUnits "
        "provisioned for the table: 10. Requested WriteCapacityUnits: 10. Refer to the Amazon DynamoDB Developer Guide "
        "for "
        "current limits and how to request higher limits.");
    VE(update("'BillingMode':'PROVISIONED'"),
        P_ "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    const char *reply = update(UNITS_(20, 5));

    CHECK(has(reply, "'TableStatus':'UPDATING'") && has(reply, "'ReadCapacityUnits':10,'WriteCapacityUnits':10"));
    CHECK(has(reply, "'LastIncreaseDateTime':1763728801") && lacks(reply, "LastDecreaseDateTime"));
    CHECK(is(update(UNITS_(30, 5)), IN_USE_ "Table IOPS are currently being updated. Table: Tab"));
    CHECK(is(call("DeleteTable", "{'TableName':'Tab'}"), IN_USE_ "Table: Tab is in the process of being updated."));
    restart();
    later(1000);
    reply = describe();
    CHECK(has(reply, "'TableStatus':'ACTIVE'") && has(reply, "'ReadCapacityUnits':20,'WriteCapacityUnits':5"));
    CHECK(has(reply, "'NumberOfDecreasesToday':1") && has(reply, "'LastDecreaseDateTime':1763728802"));
    CHECK(has(reply, "'WarmThroughput':{'ReadUnitsPerSecond':20,'WriteUnitsPerSecond':10"));
    end();
}

TEST(update_table, after_four_decreases_of_a_day_one_an_hour_is_left)
{
    begin(0);
    make(WITH_(UNITS_(10, 10)));
    CHECK(has(update(UNITS_(9, 10)), "UPDATING") && has(update(UNITS_(8, 10)), "UPDATING"));
    CHECK(has(update(UNITS_(7, 10)), "UPDATING") && has(update(UNITS_(6, 10)), "UPDATING"));
    CHECK(has(describe(), "'NumberOfDecreasesToday':4"));
    CHECK(is(update(UNITS_(5, 10)),
        "LimitExceededException: Subscriber limit exceeded: Provisioned throughput decreases are limited within a "
        "given UTC day. "
        "After the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every "
        "3600 "
        "seconds. Number of decreases today: 4. Last decrease at Friday, November 21, 2025 at 12:40:00 PM Coordinated "
        "Universal "
        "Time. Next decrease can be made at Friday, November 21, 2025 at 1:40:00 PM Coordinated Universal Time"));
    later(3600000);
    CHECK(has(update(UNITS_(5, 10)), "UPDATING"));
    later(43200000); /* the next day */
    CHECK(has(describe(), "'NumberOfDecreasesToday':0"));
    CHECK(has(update(UNITS_(4, 10)), "UPDATING"));
    end();
}

/* An index of its own budget; also over a restart and a detour over on-demand. */
TEST(update_table, table_and_index_have_a_budget_of_decreases_each)
{
#define UNITS_OF_IDX_(n_) "'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'idx'," UNITS_(n_, n_) "}}]"
    begin(0);
    make(WITH_(UNITS_(10, 10) ",'GlobalSecondaryIndexes':[{'IndexName':'idx','KeySchema':[" HASH_(
        "pk") "],'Projection':{" ALL_ "}," UNITS_(10, 10) "}]"));
    CHECK(has(update(UNITS_OF_IDX_(9)), "UPDATING") && has(update(UNITS_OF_IDX_(8)), "UPDATING"));
    CHECK(has(update(UNITS_OF_IDX_(7)), "UPDATING") && has(update(UNITS_OF_IDX_(6)), "UPDATING"));
    CHECK(has(update(UNITS_OF_IDX_(5)), "Number of decreases today: 4."));
    CHECK(has(update(UNITS_(9, 9)), "UPDATING"));
    CHECK(has(update(UNITS_(8, 8) "," UNITS_OF_IDX_(5)), "LimitExceededException: ")); /* neither of them */
    CHECK(has(describe(), "'NumberOfDecreasesToday':1,'ReadCapacityUnits':9,'WriteCapacityUnits':9"));
    restart();
    CHECK(has(update(UNITS_OF_IDX_(5)), "Number of decreases today: 4."));
    CHECK(has(update(ON_DEMAND_), "UPDATING"));
    CHECK(has(update("'BillingMode':'PROVISIONED'," UNITS_(9, 9) "," UNITS_OF_IDX_(6)), "UPDATING"));
    CHECK(has(update(UNITS_OF_IDX_(5)), "Number of decreases today: 4."));
    CHECK(has(update(UNITS_OF_IDX_(7)), "UPDATING")); /* an increase is free */
    later(3600000);
    CHECK(has(update(UNITS_OF_IDX_(5)), "UPDATING"));
    CHECK(has(describe(), "'NumberOfDecreasesToday':5,'ReadCapacityUnits':5"));
    end();
}

TEST(update_table, the_billing_mode_switches_both_ways)
{
    begin(1000);
    make(WITH_(UNITS_(5, 5) ",'GlobalSecondaryIndexes':[{'IndexName':'idx','KeySchema':[" HASH_(
        "pk") "],'Projection':{" ALL_ "}," UNITS_(3, 3) "}]"));
    CHECK(lacks(describe(), "BillingModeSummary"));
    const char *reply = update(ON_DEMAND_);

    CHECK(
        has(reply, "'TableStatus':'UPDATING'") && has(reply, "'BillingModeSummary':{'BillingMode':'PAY_PER_REQUEST'}"));
    CHECK(lacks(reply, "'ReadCapacityUnits':5") && lacks(reply, "'ReadCapacityUnits':3"));
    later(1000);
    reply = describe();
    CHECK(has(reply, "'BillingMode':'PAY_PER_REQUEST','LastUpdateToPayPerRequestDateTime':1763728802"));
    CHECK(has(reply, "'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4000"));
    CHECK(has(update(ON_DEMAND_), "'TableStatus':'UPDATING'"));
    CHECK(has(describe(), "'TableStatus':'ACTIVE'"));
    VE(update(UNITS_(5, 5)),
        P_ "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    CHECK(has(update("'OnDemandThroughput':{'MaxReadRequestUnits':7,'MaxWriteRequestUnits':8}"),
        "'OnDemandThroughput':{'MaxReadRequestUnits':7,'MaxWriteRequestUnits':8}"));
    CHECK(has(update("'OnDemandThroughput':{'MaxReadRequestUnits':-1}"),
        "'OnDemandThroughput':{'MaxReadRequestUnits':-1,'MaxWriteRequestUnits':8}"));
    CHECK(has(describe(), "'OnDemandThroughput':{'MaxWriteRequestUnits':8}"));
    VE(update("'BillingMode':'PROVISIONED'," UNITS_(6, 6)),
        P_ "ProvisionedThroughput must be specified for index: idx");
    CHECK(has(update("'BillingMode':'PROVISIONED'," UNITS_(
                  6, 6) ",'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'idx'," UNITS_(4, 4) "}}]"),
        "UPDATING"));
    later(1000);
    reply = describe();
    CHECK(has(reply, "'BillingMode':'PROVISIONED'") && lacks(reply, "OnDemandThroughput"));
    CHECK(has(reply, "'ReadCapacityUnits':6") && has(reply, "'ReadCapacityUnits':4") &&
          has(reply, "'IndexStatus':'ACTIVE'"));
    VE(update("'OnDemandThroughput':{'MaxReadRequestUnits':7}"),
        P_ "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED");
    end();
}

TEST(update_table, warm_throughput_only_rises)
{
    begin(1000);
    make(WITH_(ON_DEMAND_));
    VE(update("'WarmThroughput':{'ReadUnitsPerSecond':11999}"),
        P_ "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current WarmThroughput, decreasing "
           "WarmThroughput is not supported");
    const char *reply = update("'WarmThroughput':{'ReadUnitsPerSecond':13000}");

    CHECK(has(reply, "'TableStatus':'ACTIVE'"));
    CHECK(has(reply, "'WarmThroughput':{'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4000,'Status':'UPDATING'}"));
    CHECK(is(call("DeleteTable", "{'TableName':'Tab'}"), IN_USE_ "Table: Tab is in the process of being updated."));
    later(1000);
    CHECK(
        has(describe(), "'WarmThroughput':{'ReadUnitsPerSecond':13000,'WriteUnitsPerSecond':4000,'Status':'ACTIVE'}"));
    end();
}

TEST(update_table, the_table_class_changes_twice_in_30_days)
{
    begin(1000);
    make(WITH_(ON_DEMAND_));
    CHECK(has(update("'TableClass':'STANDARD'"), "'TableStatus':'ACTIVE'"));
    CHECK(lacks(describe(), "TableClassSummary"));
    CHECK(has(update("'TableClass':'STANDARD_INFREQUENT_ACCESS'"), "'TableStatus':'UPDATING'"));
    CHECK(is(update("'TableClass':'STANDARD'"),
        IN_USE_ "Can't update table class when a table class update is in progress. "
                "Table: Tab TableClassUpdateInProgress: STANDARD_INFREQUENT_ACCESS"));
    later(1000);
    CHECK(has(
        describe(), "'TableClassSummary':{'TableClass':'STANDARD_INFREQUENT_ACCESS','LastUpdateDateTime':1763728802"));
    update("'TableClass':'STANDARD'");
    later(1000);
    CHECK(is(update("'TableClass':'STANDARD'"), "LimitExceededException: Subscriber limit exceeded: Updates to "
                                                "TableClass are limited to 2 times in 30 day(s)."));
    later(30ull * 86400000);
    CHECK(has(update("'TableClass':'STANDARD_INFREQUENT_ACCESS'"), "'TableStatus':'UPDATING'"));
    end();
}

TEST(update_table, a_protected_table_is_not_deleted_and_the_switch_rests_15_seconds)
{
    begin(0);
    make(WITH_(ON_DEMAND_ ",'DeletionProtectionEnabled':true"));
    VE(call("DeleteTable", "{'TableName':'Tab'}"),
        "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
    CHECK(has(update("'DeletionProtectionEnabled':false"), "'DeletionProtectionEnabled':false"));
    CHECK(has(update("'DeletionProtectionEnabled':false"), "'TableStatus':'ACTIVE'"));
    later(14999);
    CHECK(has(update("'DeletionProtectionEnabled':true"), "ThrottlingException: Deletion protection setting for table "
                                                          "Tab modified within the previous 15000 milliseconds. Please "
                                                          "try again after "));
    later(1);
    CHECK(has(update("'DeletionProtectionEnabled':true"), "'DeletionProtectionEnabled':true"));
    end();
}

/* ---- global indexes ---- */
#define CREATE_(name_, attribute_)                                                                                     \
    "'AttributeDefinitions':[" DEF_(attribute_) "],'GlobalSecondaryIndexUpdates':[{'Create':" INDEX_(                  \
        name_, HASH_(attribute_), ALL_) "}]"
#define DELETE_(name_)        "'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'" name_ "'}}]"
#define UPDATE_(name_, rest_) "'GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'" name_ "'," rest_ "}}]"
#define ONE_ONLINE_                                                                                                    \
    "LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously " \
    "per table"

TEST(update_table, a_new_index_is_allocated_filled_and_active)
{
    begin(1000);
    make(WITH_(ON_DEMAND_));
    const char *reply = update(CREATE_("idx", "gk"));

    CHECK(has(reply, "'TableStatus':'UPDATING'") && has(reply, "'IndexStatus':'CREATING'") &&
          has(reply, "'Backfilling':false"));
    CHECK(has(reply, "'AttributeDefinitions':[" DEF_("gk") "," DEF_("pk") "]"));
    CHECK(is(call("DeleteTable", "{'TableName':'Tab'}"),
        IN_USE_ "Cannot delete table while indexes are being created, updated, or deleted."));
    CHECK(is(update(DELETE_("idx")),
        IN_USE_ "Index creation is in resource allocation phase. Retry deletion during backfilling "
                "phase or when the index is active. Table: Tab Index: idx"));
    CHECK(is(update(CREATE_("idy", "gk")), ONE_ONLINE_));
    CHECK(is(update("'OnDemandThroughput':{'MaxReadRequestUnits':5}"),
        IN_USE_ "OnDemandThroughput cannot be updated while index creation is in progress"));
    CHECK(has(update("'DeletionProtectionEnabled':true"), "'DeletionProtectionEnabled':true"));
    w.now_ms += 1000;
    one_round();
    reply = describe();
    CHECK(has(reply, "'TableStatus':'ACTIVE'") && has(reply, "'IndexStatus':'CREATING'") &&
          has(reply, "'Backfilling':true"));
    CHECK(is(update(CREATE_("idy", "gk")), ONE_ONLINE_));
    later(999);
    CHECK(has(describe(), "'Backfilling':true"));
    later(1);
    reply = describe();
    CHECK(has(reply, "'IndexStatus':'ACTIVE'") && lacks(reply, "Backfilling"));
    CHECK(has(reply, "'WarmThroughput':{'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4000,'Status':'ACTIVE'}"));
    VE(update(CREATE_("idx", "gk")), "Attempting to create an index which already exists");
    end();
}

TEST(update_table, a_deleted_index_goes_with_its_definitions)
{
    begin(1000);
    make(WITH_(ON_DEMAND_));
    update(CREATE_("idx", "gk"));
    later(2000);
    const char *reply = update(DELETE_("idx"));

    CHECK(has(reply, "'TableStatus':'UPDATING'") && has(reply, "'IndexStatus':'DELETING'"));
    CHECK(is(update(DELETE_("idx")), IN_USE_ "Index is being deleted. Table: Tab Index: idx"));
    later(1000);
    reply = describe();
    CHECK(has(reply, "'TableStatus':'ACTIVE'") && lacks(reply, "GlobalSecondaryIndexes"));
    CHECK(has(reply, "'AttributeDefinitions':[" DEF_("pk") "]"));
    end();
}

TEST(update_table, an_index_may_be_deleted_while_it_is_filled)
{
    begin(1000);
    make(WITH_(ON_DEMAND_));
    update(CREATE_("idx", "gk"));
    w.now_ms += 1000;
    one_round();
    CHECK(has(update(DELETE_("idx")), "'IndexStatus':'DELETING'"));
    later(1000);
    CHECK(lacks(describe(), "GlobalSecondaryIndexes"));
    end();
}

TEST(update_table, an_index_that_is_being_filled_takes_units_at_once)
{
    begin(1000);
    make(WITH_(UNITS_(5, 5)));
    update("'AttributeDefinitions':[" DEF_("gk") "],'GlobalSecondaryIndexUpdates':[{'Create':{'IndexName':'idx',"
                                                 "'KeySchema':[" HASH_("gk") "],'Projection':{" ALL_
                                                                             "}," UNITS_(3, 3) "}}]");
    CHECK(is(update(UPDATE_("idx", UNITS_(4, 4))),
        IN_USE_ "Index is being created but is not backfilling yet.  Table: Tab Index: idx"));
    w.now_ms += 1000;
    one_round();
    const char *reply = update(UPDATE_("idx", UNITS_(4, 2)));

    CHECK(has(reply, "'IndexStatus':'CREATING','Backfilling':true"));
    CHECK(has(reply, "'NumberOfDecreasesToday':1,'ReadCapacityUnits':4,'WriteCapacityUnits':2"));
    CHECK(has(update(UNITS_(6, 6)), "'TableStatus':'UPDATING'"));
    later(1000);
    CHECK(has(describe(), "'IndexStatus':'ACTIVE'") && has(describe(), "'ReadCapacityUnits':4"));
    end();
}

TEST(update_table, the_shape_of_index_actions_is_checked_before_the_table)
{
    begin(0);
    VE(update("'GlobalSecondaryIndexUpdates':[{}]"),
        P_ "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, "
           "GlobalSecondaryIndexUpdate.Delete must "
           "not be null");
    VE(update("'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'idx'},'Update':{'IndexName':'idx'}}]"),
        P_ "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
    VE(update("'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'idx'}},{'Update':{'IndexName':'idx'," UNITS_(
           1, 1) "}}]"),
        P_ "Only one global secondary index update per index is allowed simultaneously. Index: idx");
    VE(update("'GlobalSecondaryIndexUpdates':[{'Create':" INDEX_("idx", HASH_("gk"), ALL_) "}]"),
        P_ "AttributeDefinitions is not specified for index: idx");
    VE(update("'AttributeDefinitions':[" DEF_("pk") "],'GlobalSecondaryIndexUpdates':[{'Create':" INDEX_(
           "idx", HASH_("gk"), ALL_) "}]"),
        P_ "Some index key attributes are not defined in AttributeDefinitions. Keys: [gk], AttributeDefinitions: [pk]");
    VE(update(UPDATE_("idx", "'WarmThroughput':{}")), P_
        "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for index: idx");
    end();
}

TEST(update_table, index_updates_meet_what_is_there)
{
    begin(1000);
    make("{'TableName':'Tab','AttributeDefinitions':[" DEF_("a") "," DEF_("b") "],'KeySchema':[" HASH_("a") "," RANGE_(
        "b") "]," UNITS_(5, 5) ",'LocalSecondaryIndexes':[" INDEX_("lsi", HASH_("a") "," RANGE_("b"),
        ALL_) "],'GlobalSecondaryIndexes':[{'IndexName':'gsi','KeySchema':[" HASH_("b") "],'Projection':{" ALL_
                                                                                        "}," UNITS_(3, 3) "}]}");
    CHECK(is(update(UPDATE_("nix", UNITS_(1, 1))), MISSING_ "Index nix for table Tab"));
    CHECK(is(update(DELETE_("nix")), MISSING_ "Index nix for table Tab"));
    VE(update(UPDATE_("lsi", UNITS_(1, 1))), "Cannot update an index that is not a GlobalSecondaryIndex: lsi");
    VE(update(DELETE_("lsi")), "Cannot delete an index that is not a GlobalSecondaryIndex: lsi");
    CHECK(has(update(UPDATE_("gsi", UNITS_(3, 3))), "The provisioned throughput for the index gsi will not change."));
    VE(update(UPDATE_("gsi", "'ProvisionedThroughput':{'ReadCapacityUnits':1}")),
        P_ "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: gsi");
    CHECK(has(update(UPDATE_("gsi", "'OnDemandThroughput':{}")), "The only Updates for index: gsi when"));
    const char *reply = update(UPDATE_("gsi", UNITS_(4, 4)));

    CHECK(has(reply, "'TableStatus':'ACTIVE'") && has(reply, "'IndexStatus':'UPDATING'") &&
          has(reply, "'ReadCapacityUnits':3"));
    CHECK(is(update(UPDATE_("gsi", UNITS_(5, 5))), IN_USE_ "Index is being updated. Table: Tab Index: gsi"));
    later(1000);
    CHECK(has(describe(), "'IndexStatus':'ACTIVE'") && has(describe(), "'ReadCapacityUnits':4"));
    end();
}

TEST(update_table, a_table_has_at_most_twenty_global_indexes)
{
    begin(0);
    make(WITH_(ON_DEMAND_));
    for (int i = 0; i < 20; i++) {
        struct slice json = arena_printf(w.arena,
            "'AttributeDefinitions':[" DEF_("pk") "],'GlobalSecondaryIndexUpdates':[{'Create':" INDEX_(
                "idx%d", HASH_("pk"), ALL_) "}]",
            i);

        CHECK(has(update((const char *)json.p), "'IndexStatus':'CREATING'"));
        later(0);
    }
    CHECK(is(update(CREATE_("idx20", "gk")), "LimitExceededException: Subscriber limit exceeded: Number of global "
                                             "secondary indexes exceeds per-table limit of 20"));
    VE(update(UPDATE_("idx3", UNITS_(1, 1))),
        P_ "The only Updates for index: idx3 when TableThroughputMode is PAY_PER_REQUEST can "
           "be to OnDemandThroughput, WarmThroughput");
    CHECK(has(update(UPDATE_("idx3", "'OnDemandThroughput':{'MaxReadRequestUnits':9}")),
        "'OnDemandThroughput':{'MaxReadRequestUnits':9}"));
    end();
}

TEST(update_table, a_declared_type_does_not_change_a_stored_one)
{
    begin(0);
    make(WITH_(ON_DEMAND_));
    update("'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'N'}," DEF_("gk") "," DEF_(
        "unused") "],'GlobalSecondaryIndexUpdates':[{'Create':" INDEX_("idx", HASH_("gk") "," RANGE_("pk"), ALL_) "}]");
    CHECK(has(describe(), "'AttributeDefinitions':[" DEF_("gk") "," DEF_("pk") "]"));
    end();
}

TEST_MAIN()
