/* SPDX-License-Identifier: Apache-2.0 */

/* Time to live (control-plane.md 7): the calls, what expires and when, and what it leaves. */
#include "control.h"
#include "work/work_int.h"

#define FORMAT(...) ((const char *)arena_printf(w.arena, __VA_ARGS__).p)
#define TTL_(on_)   "{'TableName':'Tab','TimeToLiveSpecification':{'AttributeName':'ttl','Enabled':" on_ "}}"
#define YEAR_S      (365ll * 86400)

static const char *ttl(const char *json)
{
    return call("UpdateTimeToLive", json);
}

static int64_t now_s(void)
{
    return (int64_t)(w.now_ms / 1000);
}

static void put(const char *pk, const char *value)
{
    CHECK(has(call("PutItem", FORMAT("{'TableName':'Tab','Item':{'pk':{'S':'%s'},'ttl':%s}}", pk, value)), "{}"));
}

static void put_at(const char *pk, int64_t second)
{
    put(pk, FORMAT("{'N':'%lld'}", (long long)second));
}

static bool there(const char *pk)
{
    return strstr(call("GetItem", FORMAT("{'TableName':'Tab','Key':{'pk':{'S':'%s'}}}", pk)), "Item") != NULL;
}

/* All entries of expiry indexes. */
static uint32_t entries(void)
{
    struct engine_page page;
    uint32_t count = 0;

    CHECK(engine_range(w.engine, w.self, w.arena, ENGINE_DATA, SLICE_LIT(""), SLICE_LIT(""), false, 100000, 1 << 30,
              &page) == OK);
    for (uint32_t i = 0; i < page.count; i++)
        count += page.keys[i].p[4] >= 0x80;
    return count;
}

static void enabled(void)
{
    make(WITH_(ON_DEMAND_));
    CHECK(has(ttl(TTL_("true")), "{'TimeToLiveSpecification':{'Enabled':true,'AttributeName':'ttl'}}"));
    later(0);
}

TEST(time_to_live, the_calls_and_their_refusals)
{
    begin(1000);
    CHECK(is(ttl(TTL_("true")), MISSING_ "Table: Tab not found"));
    CHECK(is(call("DescribeTimeToLive", "{'TableName':'Tab'}"), MISSING_ "Table: Tab not found"));
    (void)call("CreateTable", WITH_(ON_DEMAND_));
    CHECK(is(ttl(TTL_("true")), MISSING_ "Table: Tab not found"));
    VE(call("DescribeTimeToLive", "{'TableName':'Tab'}"),
        "Cannot describe time to live while table is in CREATING state: Current table state is CREATING");
    later(1000);
    CHECK(has(call("DescribeTimeToLive", "{'TableName':'Tab'}"),
        "{'TimeToLiveDescription':{'TimeToLiveStatus':'DISABLED'}}"));
    VE(ttl(TTL_("false")), "TimeToLive is already disabled");
    CHECK(has(ttl(TTL_("true")), "{'TimeToLiveSpecification':{'Enabled':true,'AttributeName':'ttl'}}"));
    CHECK(has(call("DescribeTimeToLive", "{'TableName':'Tab'}"),
        "{'TimeToLiveDescription':{'TimeToLiveStatus':'ENABLED','AttributeName':'ttl'}}"));
    CHECK(has(describe(), "'TableStatus':'ACTIVE'"));
    VE(ttl(TTL_("true")), "TimeToLive is already enabled");
    VE(ttl("{'TableName':'Tab','TimeToLiveSpecification':{'AttributeName':'x','Enabled':true}}"),
        "TimeToLive is active on a different AttributeName: current AttributeName is ttl");
    VE(ttl("{'TableName':'Tab','TimeToLiveSpecification':{'AttributeName':'x','Enabled':false}}"),
        "TimeToLive is active on a different AttributeName: current AttributeName is ttl");
    restart();
    CHECK(has(ttl(TTL_("false")), "{'TimeToLiveSpecification':{'Enabled':false,'AttributeName':'ttl'}}"));
    CHECK(has(call("DescribeTimeToLive", "{'TableName':'Tab'}"),
        "{'TimeToLiveDescription':{'TimeToLiveStatus':'DISABLED'}}"));
    (void)call("DeleteTable", "{'TableName':'Tab'}");
    CHECK(is(ttl(TTL_("true")), MISSING_ "Table: Tab not found"));
    VE(call("DescribeTimeToLive", "{'TableName':'Tab'}"),
        "Cannot describe time to live while table is in DELETING state: Current table state is DELETING");
    end();
}

TEST(time_to_live, a_pause_between_changes_can_be_asked_for)
{
    begin(0);
    w.api.ttl_pause_ms = 1860000;
    make(WITH_(ON_DEMAND_));
    CHECK(has(ttl(TTL_("true")), "Enabled"));
    later(1859999);
    VE(ttl(TTL_("true")), "TimeToLive is already enabled");
    VE(ttl(TTL_("false")), "Time to live has been modified multiple times within a fixed interval");
    later(1);
    CHECK(has(ttl(TTL_("false")), "Enabled"));
    VE(ttl(TTL_("true")), "Time to live has been modified multiple times within a fixed interval");
    end();
}

TEST(time_to_live, what_is_past_goes_and_nothing_else)
{
    begin(0);
    enabled();
    put_at("past", now_s() - 10);
    put_at("almost-stale", now_s() - 5 * YEAR_S + 10);
    put_at("stale", now_s() - 5 * YEAR_S - 1);
    put_at("now", now_s());
    put_at("soon", now_s() + 5);
    put_at("milliseconds", (int64_t)w.now_ms);
    put_at("zero", 0);
    put_at("negative", -5);
    put("fraction", FORMAT("{'N':'%lld.75'}", (long long)now_s()));
    put("exponent", "{'N':'1.7e9'}");
    put("huge", "{'N':'9e125'}");
    put("text", FORMAT("{'S':'%lld'}", (long long)now_s() - 10));
    put("list", FORMAT("{'L':[{'N':'%lld'}]}", (long long)now_s() - 10));
    put("map", FORMAT("{'M':{'ttl':{'N':'%lld'}}}", (long long)now_s() - 10));
    later(0);
    CHECK(there("past") && there("now")); /* an expired item is there until it is removed */
    later(2000);
    CHECK(!there("past") && !there("almost-stale") && !there("now") && !there("fraction") && !there("exponent"));
    CHECK(there("soon") && there("stale") && there("zero") && there("negative") && there("milliseconds"));
    CHECK(there("huge") && there("text") && there("list") && there("map"));
    later(3000);
    CHECK(there("soon"));
    later(2000);
    CHECK(!there("soon"));
    CHECK(has(describe(), "'ItemCount':8"));
    CHECK_EQ(entries(), 0); /* seconds after the year 30000 have none */
    end();
}

TEST(time_to_live, the_time_that_is_stored_when_the_item_is_held_decides)
{
    begin(0);
    enabled();
    put_at("moved", now_s() + 5);
    put_at("removed", now_s() + 5);
    put_at("deleted", now_s() + 5);
    put_at("replaced", now_s() + 50);
    CHECK_EQ(entries(), 4);
    put_at("moved", now_s() + 100);
    (void)call("UpdateItem", "{'TableName':'Tab','Key':{'pk':{'S':'removed'}},'UpdateExpression':'REMOVE #t',"
                             "'ExpressionAttributeNames':{'#t':'ttl'}}");
    (void)call("DeleteItem", "{'TableName':'Tab','Key':{'pk':{'S':'deleted'}}}");
    put_at("replaced", now_s() + 5);
    CHECK_EQ(entries(), 2);
    later(7000);
    CHECK(there("moved") && there("removed") && !there("replaced"));
    CHECK_EQ(entries(), 1);
    later(93000);
    CHECK(there("moved"));
    later(2000);
    CHECK(!there("moved"));
    CHECK_EQ(entries(), 0);
    end();
}

TEST(time_to_live, an_item_written_again_and_again_has_one_entry)
{
    begin(0);
    enabled();
    put_at("a", now_s() - 100);
    w.now_ms += 300000;
    put_at("a", now_s() - 400); /* the same time: it stays where it stands */
    CHECK_EQ(entries(), 1);
    (void)call("UpdateItem", "{'TableName':'Tab','Key':{'pk':{'S':'a'}},'UpdateExpression':'SET x = :x',"
                             "'ExpressionAttributeValues':{':x':{'N':'1'}}}");
    CHECK_EQ(entries(), 1);
    put_at("a", now_s() - 50);
    CHECK_EQ(entries(), 1);
    later(2000);
    CHECK(!there("a"));
    CHECK_EQ(entries(), 0);
    end();
}

TEST(time_to_live, items_from_before_are_filled_in)
{
    begin(0);
    w.api.work->step_items = 7;
    make(WITH_(ON_DEMAND_));
    for (int i = 0; i < 50; i++)
        put_at(FORMAT("past-%d", i), now_s() - 1000 + i);
    for (int i = 0; i < 50; i++)
        put_at(FORMAT("later-%d", i), now_s() + 100 + i);
    put_at("stale", now_s() - 6 * YEAR_S);
    (void)ttl(TTL_("true"));
    (void)one_round(); /* part of them */
    put_at("past-49", now_s() + 500);
    put_at("later-49", now_s() - 500);
    restart();
    later(2000);
    CHECK(!there("past-0") && !there("past-48") && there("past-49") && !there("later-49"));
    CHECK(there("later-0") && there("later-48") && there("stale"));
    CHECK_EQ(entries(), 50);
    put_at("later-48", now_s() + 600); /* its entry was filled in: the write finds it */
    CHECK_EQ(entries(), 50);
    later(200000);
    CHECK(!there("later-0") && !there("later-47") && there("later-48"));
    CHECK_EQ(entries(), 2);
    end();
}

TEST(time_to_live, switching_off_keeps_items_and_another_attribute_begins_anew)
{
    begin(0);
    enabled();
    put_at("a", now_s() + 10);
    (void)call(
        "PutItem", FORMAT("{'TableName':'Tab','Item':{'pk':{'S':'b'},'ttl':{'N':'%lld'},'gone_at':{'N':'%lld'}}}",
                       (long long)now_s() + 10, (long long)now_s() + 20));
    CHECK_EQ(entries(), 2);
    CHECK(has(ttl(TTL_("false")), "Enabled"));
    later(15000);
    CHECK_EQ(entries(), 0);
    CHECK(there("a") && there("b"));
    put_at("c", now_s() - 5);
    CHECK_EQ(entries(), 0);
    CHECK(has(
        ttl("{'TableName':'Tab','TimeToLiveSpecification':{'AttributeName':'gone_at','Enabled':true}}"), "gone_at"));
    later(2000);
    CHECK(there("a") && there("b") && there("c"));
    CHECK_EQ(entries(), 1);
    (void)call("UpdateItem", FORMAT("{'TableName':'Tab','Key':{'pk':{'S':'b'}},'UpdateExpression':'SET gone_at = :o',"
                                    "'ExpressionAttributeValues':{':o':{'N':'%lld'}}}",
                                 (long long)now_s() + 30));
    CHECK_EQ(entries(), 1);
    later(10000);
    CHECK(there("b"));
    later(22000);
    CHECK(!there("b") && there("a") && there("c"));
    CHECK(has(call("DeleteTable", "{'TableName':'Tab'}"), "DELETING"));
    later(1);
    CHECK_EQ(entries(), 0);
    end();
}

TEST(time_to_live, many_that_are_due_go_in_several_steps_and_tables_take_turns)
{
    struct work_figures figures;

    begin(0);
    enabled();
    (void)call("CreateTable", "{'TableName':'Other'," PK_ "," ON_DEMAND_ "}");
    (void)ttl("{'TableName':'Other','TimeToLiveSpecification':{'AttributeName':'ttl','Enabled':true}}");
    later(0);
    for (int i = 0; i < 3000; i++) {
        struct arena_mark mark = arena_mark(w.arena);

        put_at(FORMAT("i%d", i), now_s() + i % 3);
        arena_reset(w.arena, mark);
    }
    (void)call(
        "PutItem", FORMAT("{'TableName':'Other','Item':{'pk':{'S':'o'},'ttl':{'N':'%lld'}}}", (long long)now_s()));
    w.now_ms += 5000;
    (void)one_round();
    CHECK(has(call("Scan", "{'TableName':'Other'}"), "'Count':0"));
    work_figures(w.api.work, &figures);
    CHECK_EQ(figures.items_expired, 256 + 1); /* a step of each */
    later(0);
    work_figures(w.api.work, &figures);
    CHECK_EQ(figures.items_expired, 3001);
    CHECK_EQ(entries(), 0);
    CHECK(has(describe(), "'ItemCount':0"));
    end();
}

TEST(time_to_live, a_clock_that_is_put_back_loses_nothing)
{
    begin(0);
    enabled();
    put_at("a", now_s());
    later(10000);
    CHECK(!there("a"));
    w.now_ms -= 3600000;
    put_at("b", now_s());
    later(2000);
    CHECK(!there("b"));
    end();
}

TEST(time_to_live, a_removal_is_in_the_stream_and_leaves_the_indexes)
{
    const char *reply, *arn;

    begin(0);
    make("{'TableName':'Tab','AttributeDefinitions':[" DEF_("pk") "," DEF_("g") "],'KeySchema':[" HASH_(
        "pk") "]," ON_DEMAND_ ",'GlobalSecondaryIndexes':[" INDEX_("idx", HASH_("g"),
        ALL_) "],"
              "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'OLD_IMAGE'}}");
    (void)ttl(TTL_("true"));
    later(0);
    (void)call("PutItem",
        FORMAT("{'TableName':'Tab','Item':{'pk':{'S':'a'},'g':{'S':'x'},'ttl':{'N':'%lld'}}}", (long long)now_s()));
    (void)call("PutItem", "{'TableName':'Tab','Item':{'pk':{'S':'b'},'g':{'S':'x'}}}");
    (void)call("DeleteItem", "{'TableName':'Tab','Key':{'pk':{'S':'b'}}}");
    later(2000);
    CHECK(has(call("Scan", "{'TableName':'Tab','IndexName':'idx'}"), "'Count':0"));
    CHECK(has(describe(), "'IndexStatus':'ACTIVE'"));
    CHECK(has(describe(), "'ItemCount':0"));
    arn = strstr(
        call("DescribeTable", "{'TableName':'Tab'}"), "arn:aws:dynamodb:us-east-1:123456789012:table/Tab/stream/");
    arn = FORMAT("%.*s", (int)strcspn(arn, "\""), arn);
    reply = strstr(call("DescribeStream", FORMAT("{'StreamArn':'%s'}", arn)), "shardId-");
    reply = call("GetShardIterator",
        FORMAT("{'StreamArn':'%s','ShardId':'%.37s','ShardIteratorType':'TRIM_HORIZON'}", arn, reply));
    reply = strstr(reply, "arn:");
    reply = call("GetRecords", FORMAT("{'ShardIterator':'%.*s'}", (int)strcspn(reply, "\""), reply));
    CHECK(has(reply, "'userIdentity':{'PrincipalId':'dynamodb.amazonaws.com','Type':'Service'}"));
    reply = strstr(reply, "REMOVE"); /* the first is a client's */
    CHECK(reply != NULL && strstr(reply + 1, "REMOVE") != NULL);
    CHECK(strstr(strstr(reply + 1, "REMOVE"), "userIdentity") != NULL);
    CHECK(strstr(reply, "userIdentity") > strstr(reply + 1, "REMOVE"));
    end();
}

TEST_MAIN()
