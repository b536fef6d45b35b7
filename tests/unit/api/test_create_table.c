/* SPDX-License-Identifier: Apache-2.0 */

/* CreateTable, DescribeTable, DeleteTable and ListTables (control-plane.md 1.8, 4.1 to 4.4, 4.9; verified-behaviour.md
 * 8, 16). */
#include "control.h"

/* ---- states ---- */
TEST(create_table, a_created_table_is_creating_then_active)
{
    begin(1000);
    const char *reply = call("CreateTable", WITH_(ON_DEMAND_));

    CHECK(has(reply, "{'TableDescription':{") && has(reply, "'TableStatus':'CREATING'"));
    CHECK(has(reply, "'CreationDateTime':1763728800"));
    CHECK(has(reply, "'TableArn':'" ARN_ "Tab'"));
    CHECK(has(reply, "'BillingModeSummary':{'BillingMode':'PAY_PER_REQUEST'}"));
    CHECK(has(reply, "'ItemCount':0") && has(reply, "'TableSizeBytes':0"));
    CHECK(has(reply, "'DeletionProtectionEnabled':false"));
    CHECK(lacks(reply, "WarmThroughput") && lacks(reply, "TableClassSummary") && lacks(reply, "SSEDescription"));
    later(999);
    CHECK(has(describe(), "'TableStatus':'CREATING'"));
    later(1);
    reply = describe();
    CHECK(has(reply, "{'Table':{") && has(reply, "'TableStatus':'ACTIVE'"));
    CHECK(has(reply, "'LastUpdateToPayPerRequestDateTime':1763728800"));
    CHECK(has(reply, "'WarmThroughput':{'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4000,'Status':'ACTIVE'}"));
    CHECK(has(reply, "'ReadCapacityUnits':0,'WriteCapacityUnits':0") && has(reply, "'NumberOfDecreasesToday':0"));
    end();
}

TEST(create_table, without_a_delay_a_table_is_usable_at_once_and_the_reply_still_says_creating)
{
    begin(0);
    CHECK(has(call("CreateTable", WITH_(ON_DEMAND_)), "'TableStatus':'CREATING'"));
    CHECK(has(describe(), "'TableStatus':'ACTIVE'"));
    end();
}

TEST(create_table, a_restart_in_between_does_not_keep_a_table_from_becoming_active)
{
    begin(1000);
    call("CreateTable", WITH_(ON_DEMAND_));
    restart();
    CHECK(has(describe(), "'TableStatus':'CREATING'"));
    later(1000);
    CHECK(has(describe(), "'TableStatus':'ACTIVE'"));
    end();
}

TEST(create_table, an_existing_name_is_refused_whatever_the_parameters)
{
    begin(1000);
    call("CreateTable", WITH_(ON_DEMAND_));
    CHECK(is(call("CreateTable", WITH_(ON_DEMAND_)), IN_USE_ "Table is being created: Tab"));
    later(1000);
    CHECK(is(call("CreateTable", WITH_(UNITS_(1, 1))), "ResourceInUseException: Table already exists: Tab"));
    CHECK(has(call("CreateTable", "{'TableName':'tab'," PK_ "," UNITS_(1, 1) "}"), "CREATING"));
    end();
}

/* ---- what the request says by itself ---- */
TEST(create_table, names_are_checked_first)
{
    begin(0);
    VE(call("CreateTable", "{" PK_ "}"), "The parameter 'TableName' is required but was not present in the request");
    VE(call("CreateTable", "{'TableName':'ab'," PK_ "," ON_DEMAND_ "}"),
        "1 validation error detected: Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length "
        "greater "
        "than or equal to 3");
    VE(call("CreateTable", "{'TableName':'a/b'," PK_ "," ON_DEMAND_ "}"),
        "1 validation error detected: Value 'a/b' at 'tableName' failed to satisfy constraint: Member must satisfy "
        "regular "
        "expression pattern: [a-zA-Z0-9_.-]+");
    VE(call("CreateTable", "{'TableName':'" ARN_ "Tab'," PK_ "," ON_DEMAND_ "}"),
        "1 validation error detected: Value '" ARN_
        "Tab' at 'tableName' failed to satisfy constraint: Member must satisfy "
        "regular expression pattern: [a-zA-Z0-9_.-]+");
    VE(call("CreateTable",
           "{'TableName':'Tab','AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'INVALID'}],"
           "'KeySchema':[" HASH_("pk") "]," ON_DEMAND_ "}"),
        "1 validation error detected: Value 'INVALID' at 'attributeDefinitions.1.member.attributeType' failed to "
        "satisfy "
        "constraint: Member must satisfy enum value set: [B, N, S]");
    end();
}

TEST(create_table, billing_mode_and_throughput_must_agree)
{
    begin(0);
    VE(call("CreateTable", WITH_(ON_DEMAND_ "," UNITS_(1, 1))),
        P_ "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
    VE(call("CreateTable", "{'TableName':'Tab'," PK_ "}"),
        P_ "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
    VE(call("CreateTable", WITH_(UNITS_(1000000000001, 1000000000001))),
        "Given value 1000000000001 for ReadCapacityUnits is out of bounds");
    VE(call("CreateTable", WITH_(UNITS_(1000000000000, 1000000000001))),
        "Given value 1000000000001 for WriteCapacityUnits is out of bounds");
    end();
}

#define KEYS_(definitions_, keys_)                                                                                     \
    "{'TableName':'Tab','AttributeDefinitions':[" definitions_ "],'KeySchema':[" keys_ "]," ON_DEMAND_ "}"

TEST(create_table, keys_and_definitions_must_fit)
{
    begin(0);
    VE(call("CreateTable", KEYS_(DEF_("pk") "," DEF_("pk"), HASH_("pk"))), "Attribute Name is duplicated: pk");
    VE(call("CreateTable", KEYS_(DEF_("pk"), HASH_("pk") "," RANGE_("pk"))),
        "Invalid KeySchema: Some index key attribute have no definition");
    VE(call("CreateTable", KEYS_(DEF_("b"), HASH_("a"))),
        P_ "Some index key attributes are not defined in AttributeDefinitions. Keys: [a], AttributeDefinitions: [b]");
    VE(call("CreateTable", KEYS_(DEF_("a") "," DEF_("b"), HASH_("a") "," RANGE_("a"))),
        "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    VE(call("CreateTable", KEYS_(DEF_("a") "," DEF_("b"), RANGE_("a") "," HASH_("b"))),
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    VE(call("CreateTable", KEYS_(DEF_("a") "," DEF_("b"), HASH_("a") "," HASH_("b"))),
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    VE(call("CreateTable", KEYS_(DEF_("a") "," DEF_("b"), HASH_("a"))),
        P_ "Number of attributes in KeySchema does not exactly match number of attributes defined in "
           "AttributeDefinitions");
    CHECK(has(call("CreateTable", KEYS_(DEF_("a"), HASH_("a") "," RANGE_("b") "," RANGE_("c"))),
        "Member must have length less than or equal to 2"));
    end();
}

#define WITH_LSI_(definitions_, keys_, indexes_)                                                                       \
    "{'TableName':'Tab','AttributeDefinitions':[" definitions_ "],'KeySchema':[" keys_ "]," ON_DEMAND_                 \
    ",'LocalSecondaryIndexes':[" indexes_ "]}"
#define WITH_GSI_(definitions_, indexes_)                                                                              \
    "{'TableName':'Tab','AttributeDefinitions':[" definitions_                                                         \
    "],'KeySchema':[" HASH_("pk") "]," ON_DEMAND_ ",'GlobalSecondaryIndexes':[" indexes_ "]}"

TEST(create_table, local_indexes_are_checked_in_order)
{
#define AB_         DEF_("a") "," DEF_("b")
#define LSI_(keys_) WITH_LSI_(AB_, HASH_("a") "," RANGE_("b"), INDEX_("idx", keys_, ALL_))
#define ONE_(name_) INDEX_(name_, HASH_("a") "," RANGE_("b"), ALL_)
#define FIVE_       ONE_("ix1") "," ONE_("ix2") "," ONE_("ix3") "," ONE_("ix4") "," ONE_("ix5")
    begin(0);
    VE(call("CreateTable", WITH_LSI_(AB_, HASH_("a"), ONE_("idx"))),
        P_ "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
    VE(call("CreateTable", WITH_LSI_(AB_ "," DEF_("c"), HASH_("a") "," RANGE_("b"), ONE_("idx"))),
        P_ "Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, c], keys used: [a, b]");
    VE(call("CreateTable", WITH_LSI_(AB_, HASH_("a") "," RANGE_("b"), "")),
        P_ "List of LocalSecondaryIndexes is empty");
    VE(call("CreateTable", LSI_(HASH_("a") "," RANGE_("x"))),
        P_ "Some index key attributes are not defined in AttributeDefinitions. Keys: [a, x], AttributeDefinitions: [a, "
           "b]");
    VE(call("CreateTable", LSI_(HASH_("a"))), P_ "Index KeySchema does not have a range key for index: idx");
    VE(call("CreateTable", LSI_(HASH_("b") "," RANGE_("a"))), P_
        "Index KeySchema does not have the same leading hash key as table KeySchema for index: idx. index hash key: b, "
        "table hash key: a");
    VE(call("CreateTable", WITH_LSI_(AB_, HASH_("a") "," RANGE_("b"), ONE_("idx") "," ONE_("idx"))),
        P_ "Duplicate index name: idx");
    VE(call("CreateTable", WITH_LSI_(AB_, HASH_("a") "," RANGE_("b"), FIVE_ "," ONE_("ix6"))),
        P_ "Number of LocalSecondaryIndexes exceeds per-table limit of 5");
    CHECK(has(call("CreateTable", WITH_LSI_(AB_, HASH_("a") "," RANGE_("b"), FIVE_)), "'IndexName':'ix5'"));
    end();
}

TEST(create_table, projections_are_checked)
{
#define PROJECT_(projection_) WITH_GSI_(DEF_("pk"), INDEX_("idx", HASH_("pk"), projection_))
    begin(0);
    VE(call("CreateTable", PROJECT_("")), P_ "Unknown ProjectionType: null");
    VE(call("CreateTable", PROJECT_(ALL_ ",'NonKeyAttributes':['x']")),
        P_ "ProjectionType is ALL, but NonKeyAttributes is specified");
    VE(call("CreateTable", PROJECT_("'ProjectionType':'KEYS_ONLY','NonKeyAttributes':['x']")),
        P_ "ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified");
    VE(call("CreateTable", PROJECT_("'ProjectionType':'INCLUDE'")),
        P_ "ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
    VE(call("CreateTable", PROJECT_("'ProjectionType':'INCLUDE','NonKeyAttributes':['x','y','x']")),
        P_ "Duplicate element in NonKeyAttributes: x");
    CHECK(has(call("CreateTable", PROJECT_("'ProjectionType':'INCLUDE','NonKeyAttributes':['z','pk','a']")),
        "'NonKeyAttributes':['a','pk','z']"));
    end();
}

TEST(create_table, keys_of_global_indexes_may_have_four_and_four_attributes)
{
#define H4_ HASH_("pk") "," HASH_("h2") "," HASH_("h3") "," HASH_("h4")
#define R4_ RANGE_("r1") "," RANGE_("r2") "," RANGE_("r3") "," RANGE_("r4")
#define EIGHT_                                                                                                         \
    DEF_("pk")                                                                                                         \
    "," DEF_("h2") "," DEF_("h3") "," DEF_("h4") "," DEF_("r1") "," DEF_("r2") "," DEF_("r3") "," DEF_("r"             \
                                                                                                       "4")
#define GSI_(definitions_, keys_) WITH_GSI_(definitions_, INDEX_("idx", keys_, ALL_))
    begin(0);
    VE(call("CreateTable", GSI_(EIGHT_ "," DEF_("x5"), H4_ "," HASH_("x5") "," R4_)),
        P_ "The KeySchema exceeds the maximum allowed number of HASH key attributes");
    VE(call("CreateTable", GSI_(EIGHT_ "," DEF_("x5"), H4_ "," R4_ "," RANGE_("x5"))),
        P_ "The KeySchema exceeds the maximum allowed number of RANGE key attributes");
    VE(call(
           "CreateTable", GSI_(DEF_("pk") "," DEF_("r1") "," DEF_("h2"), HASH_("pk") "," RANGE_("r1") "," HASH_("h2"))),
        P_ "All HASH key attributes must precede RANGE key attributes in the KeySchema");
    VE(call("CreateTable", GSI_(DEF_("pk") "," DEF_("r1"), HASH_("pk") "," RANGE_("r1") "," RANGE_("r1"))),
        "The KeySchema contains multiple key attributes with the same name");
    VE(call("CreateTable", GSI_(DEF_("pk") "," DEF_("r1"), RANGE_("r1"))),
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    const char *reply = call("CreateTable", GSI_(EIGHT_, H4_ "," R4_));

    CHECK(has(reply, HASH_("h4") "," RANGE_("r1")));
    CHECK(has(reply, "'IndexStatus':'CREATING'") && lacks(reply, "Backfilling"));
    CHECK(has(reply, "'IndexArn':'" ARN_ "Tab/index/idx'"));
    CHECK(has(describe(), "'IndexStatus':'ACTIVE'") && has(describe(), "'AttributeDefinitions':[" DEF_("h2")));
    end();
}

TEST(create_table, throughput_of_indexes_follows_the_billing_mode)
{
    begin(0);
    VE(call("CreateTable", WITH_(ON_DEMAND_ ",'GlobalSecondaryIndexes':[{'IndexName':'idx','KeySchema':[" HASH_(
                               "pk") "],'Projection':{" ALL_ "}," UNITS_(1, 1) "}]")),
        P_ "ProvisionedThroughput should not be specified for index: idx when BillingMode is PAY_PER_REQUEST");
    VE(call("CreateTable", WITH_(UNITS_(1, 1) ",'GlobalSecondaryIndexes':[" INDEX_("idx", HASH_("pk"), ALL_) "]")),
        P_ "ProvisionedThroughput is not specified for index: idx");
    end();
}

TEST(create_table, short_index_names_are_told_together_the_global_one_first)
{
    begin(0);
    VE(call("CreateTable", WITH_(ON_DEMAND_ ",'LocalSecondaryIndexes':[" INDEX_("l1", HASH_("pk") "," RANGE_("pk"),
                               ALL_) "],"
                                     "'GlobalSecondaryIndexes':[" INDEX_("g1", HASH_("pk"), ALL_) "]")),
        "2 validation errors detected: Value 'g1' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy "
        "constraint: Member must have length greater than or equal to 3; Value 'l1' at "
        "'localSecondaryIndexes.1.member.indexName' "
        "failed to satisfy constraint: Member must have length greater than or equal to 3");
    end();
}

TEST(create_table, maxima_and_warm_throughput_have_floors_and_quotas)
{
    begin(0);
    VE(call("CreateTable", WITH_(UNITS_(1, 1) ",'OnDemandThroughput':{'MaxReadRequestUnits':5}")),
        P_ "MaxReadRequestUnits for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.");
    VE(call("CreateTable", WITH_(ON_DEMAND_ ",'OnDemandThroughput':{'MaxWriteRequestUnits':0}")),
        P_ "Requested MaxWriteRequestUnits for OnDemandThroughput for table is outside of valid range");
    CHECK(is(call("CreateTable", WITH_(ON_DEMAND_ ",'OnDemandThroughput':{'MaxReadRequestUnits':40001}")),
        "LimitExceededException: Subscriber limit exceeded: Requested MaxReadRequestUnits for OnDemandThroughput for "
        "table "
        "exceeds TableMaxReadCapacityUnits of the account in region us-east-1"));
    VE(call("CreateTable", WITH_(UNITS_(5, 5) ",'WarmThroughput':{'ReadUnitsPerSecond':4}")),
        P_ "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than ReadCapacityUnits of "
           "ProvisionedThroughput");
    CHECK(has(call("CreateTable", WITH_(ON_DEMAND_ ",'WarmThroughput':{'WriteUnitsPerSecond':3999}")),
        "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than initial throughput for OnDemand. "
        "See: "
        "https://docs.aws.amazon.com/"));
    const char *reply = call("CreateTable",
        WITH_(ON_DEMAND_
            ",'WarmThroughput':{'WriteUnitsPerSecond':4001},'OnDemandThroughput':{'MaxReadRequestUnits':40000}"));

    CHECK(has(reply, "'WarmThroughput':{'WriteUnitsPerSecond':4001,'Status':'UPDATING'}"));
    CHECK(has(reply, "'OnDemandThroughput':{'MaxReadRequestUnits':40000}"));
    CHECK(
        has(describe(), "'WarmThroughput':{'ReadUnitsPerSecond':12000,'WriteUnitsPerSecond':4001,'Status':'ACTIVE'}"));
    end();
}

TEST(create_table, features_that_are_not_built_are_refused_and_their_off_forms_taken)
{
    begin(0);
    VE(call("CreateTable",
           WITH_(ON_DEMAND_ ",'StreamSpecification':{'StreamEnabled':false,'StreamViewType':'KEYS_ONLY'}")),
        P_ "Table is being created with a stream disabled, UpdateViewType should not be specified");
    VE(call("CreateTable", WITH_(ON_DEMAND_ ",'StreamSpecification':{'StreamEnabled':true}")),
        P_ "Table is being created with a stream enabled, UpdateViewType is required");
    CHECK(has(call("CreateTable", WITH_(ON_DEMAND_ ",'SSESpecification':{'Enabled':true}")),
        "not supported by this server yet"));
    VE(call("CreateTable", WITH_(ON_DEMAND_ ",'SSESpecification':{'Enabled':false,'SSEType':'KMS'}")),
        P_ "SSEType can not be specified if Enabled is false");
    CHECK(has(call("CreateTable", WITH_(ON_DEMAND_ ",'ResourcePolicy':'{}'")), "not supported by this server yet"));
    VE(call("CreateTable", WITH_(ON_DEMAND_ ",'TableClass':'COLD'")),
        "Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, "
        "STANDARD_INFREQUENT_ACCESS].");
    CHECK(
        has(call("CreateTable",
                WITH_(ON_DEMAND_ ",'StreamSpecification':{'StreamEnabled':false},'SSESpecification':{'Enabled':false},"
                                 "'TableClass':'STANDARD_INFREQUENT_ACCESS','Tags':[]")),
            "'TableClassSummary':{'TableClass':'STANDARD_INFREQUENT_ACCESS'}"));
    CHECK(has(
        describe(), "'TableClassSummary':{'TableClass':'STANDARD_INFREQUENT_ACCESS','LastUpdateDateTime':1763728800"));
    end();
}

TEST(create_table, quotas_of_the_account_hold)
{
#define QUOTA_ "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits."
    begin(0);
    CHECK(is(call("CreateTable", WITH_(UNITS_(40001, 1))), "LimitExceededException: The requested ReadCapacityUnits, "
                                                           "40001, is above the per table maximum for the account in "
                                                           "us-east-1. Per table maximum: 40000. " QUOTA_));
    make("{'TableName':'Big1'," PK_ "," UNITS_(40000, 1) "}");
    make("{'TableName':'Big2'," PK_ "," UNITS_(40000, 1) "}");
    CHECK(is(call("CreateTable", WITH_(UNITS_(1, 1))),
        "LimitExceededException: This request would have caused the ReadCapacityUnits limit to be exceeded for the "
        "account in "
        "us-east-1. Current ReadCapacityUnits reserved by the account: 80000. Limit: 80000. Requested: 1. " QUOTA_));
    CHECK(has(call("DescribeLimits", "{}"), "{'AccountMaxReadCapacityUnits':80000,'AccountMaxWriteCapacityUnits':80000,"
                                            "'TableMaxReadCapacityUnits':40000,'TableMaxWriteCapacityUnits':40000}"));
    end();
}

TEST(create_table, lists_of_absurd_length_are_refused_quickly)
{
    struct buf json;

    begin(0);
    buf_init(&json, w.arena, 16 << 20);
    buf_printf(&json, "{'TableName':'Tab','KeySchema':[" HASH_("a0") "]," ON_DEMAND_ ",'AttributeDefinitions':[");
    for (int i = 0; i < 100000; i++)
        buf_printf(&json, "%s{'AttributeName':'a%d','AttributeType':'S'}", i == 0 ? "" : ",", i);
    BUF_LIT(&json, "]}\0");
    CHECK(has(call("CreateTable", (const char *)json.p), "Member must have length less than or equal to 1024"));
    end();
}

/* ---- names and ARNs ---- */
TEST(create_table, a_table_may_be_named_by_its_arn)
{
    begin(0);
    make(WITH_(ON_DEMAND_));
    CHECK(has(call("DescribeTable", "{'TableName':'" ARN_ "Tab'}"), "'TableName':'Tab'"));
    VE(call("DescribeTable", "{'TableName':'arn:aws:dynamodb:eu-west-1:123456789012:table/Tab'}"),
        "1 validation error detected: Invalid AWS region in 'arn:aws:dynamodb:eu-west-1:123456789012:table/Tab'");
    VE(call("DescribeTable", "{'TableName':'arn:aws-cn:dynamodb:us-east-1:123456789012:table/Tab'}"),
        "1 validation error detected: Invalid AWS partition in 'arn:aws-cn:dynamodb:us-east-1:123456789012:table/Tab'");
    VE(call("DescribeTable", "{'TableName':'" ARN_ "Tab/index/idx'}"),
        "1 validation error detected: Invalid resource type in '" ARN_ "Tab/index/idx'");
    CHECK(is(call("DescribeTable", "{'TableName':'arn:aws:dynamodb:us-east-1:000000000000:table/Tab'}"),
        "AccessDeniedException: Access is denied"));
    VE(call("DescribeTable", "{}"), "The parameter 'TableName' is required but was not present in the request");
    CHECK(is(call("DescribeTable", "{'TableName':'Nix'}"), MISSING_ "Table: Nix not found"));
    CHECK(is(call("DescribeTable", "{'TableName':'" ARN_ "Nix'}"), MISSING_ "Table: Nix not found"));
    end();
}

TEST(create_table, names_are_listed_in_pages)
{
    begin(0);
    make("{'TableName':'bbb'," PK_ "," ON_DEMAND_ "}");
    make("{'TableName':'Abc'," PK_ "," ON_DEMAND_ "}");
    make("{'TableName':'aaa'," PK_ "," ON_DEMAND_ "}");
    CHECK(has(call("ListTables", "{}"), "{'TableNames':['Abc','aaa','bbb']}"));
    CHECK(has(call("ListTables", "{'Limit':2}"), "{'TableNames':['Abc','aaa'],'LastEvaluatedTableName':'aaa'}"));
    CHECK(has(call("ListTables", "{'Limit':2,'ExclusiveStartTableName':'Abc'}"), "{'TableNames':['aaa','bbb']}"));
    CHECK(has(call("ListTables", "{'ExclusiveStartTableName':'zzz'}"), "{'TableNames':[]}"));
    CHECK(has(call("ListTables", "{'Limit':101}"), "Member must have value less than or equal to 100"));
    CHECK(has(call("ListTables", "{'Limit':0}"), "Member must have value greater than or equal to 1"));
    end();
}

/* ---- DeleteTable ---- */
TEST(create_table, a_deleted_table_is_deleting_then_gone_and_its_name_is_free)
{
    begin(1000);
    make(WITH_(ON_DEMAND_));
    const char *reply = call("DeleteTable", "{'TableName':'Tab'}");

    CHECK(has(reply, "'TableStatus':'DELETING'") && has(reply, "'ItemCount':0") && has(reply, "'BillingModeSummary'"));
    CHECK(lacks(reply, "KeySchema") && lacks(reply, "AttributeDefinitions") && lacks(reply, "CreationDateTime"));
    CHECK(is(call("DeleteTable", "{'TableName':'Tab'}"), IN_USE_ "Table is being deleted: Tab"));
    CHECK(is(update(UNITS_(1, 1)), IN_USE_ "Table is being deleted: Tab"));
    CHECK(has(call("ListTables", "{}"), "Tab"));
    later(1000);
    CHECK(is(call("DeleteTable", "{'TableName':'Tab'}"), MISSING_ "Table: Tab not found"));
    make(WITH_(ON_DEMAND_));
    CHECK(has(call("ListTagsOfResource", "{'ResourceArn':'" ARN_ "Tab'}"), "{'Tags':[]}"));
    end();
}

TEST(create_table, a_table_that_is_being_created_can_be_neither_changed_nor_deleted)
{
    begin(1000);
    call("CreateTable", WITH_(ON_DEMAND_));
    CHECK(is(call("DeleteTable", "{'TableName':'Tab'}"), IN_USE_ "Table is being created: Tab"));
    CHECK(is(update(UNITS_(1, 1)), IN_USE_ "Table is being created: Tab"));
    VE(call("DescribeTimeToLive", "{'TableName':'Tab'}"),
        "Cannot describe time to live while table is in CREATING state: Current table state is CREATING");
    CHECK(is(call("DescribeContinuousBackups", "{'TableName':'Tab'}"), "TableNotFoundException: Table not found: Tab"));
    later(1000);
    CHECK(has(call("DescribeTimeToLive", "{'TableName':'Tab'}"),
        "{'TimeToLiveDescription':{'TimeToLiveStatus':'DISABLED'}}"));
    CHECK(has(call("DescribeContinuousBackups", "{'TableName':'Tab'}"),
        "{'ContinuousBackupsDescription':{'ContinuousBackupsStatus':'ENABLED',"
        "'PointInTimeRecoveryDescription':{'PointInTimeRecoveryStatus':'DISABLED'}}}"));
    CHECK(has(
        call("DescribeEndpoints", "{}"), "{'Endpoints':[{'Address':'localhost:8000','CachePeriodInMinutes':1440}]}"));
    end();
}

TEST_MAIN()
