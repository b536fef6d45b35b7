/* SPDX-License-Identifier: Apache-2.0 */

/* Rates of the control plane where the service is played faithfully (control-plane.md 5.6). */
#include "control.h"

#define TOO_MANY_ "ThrottlingException: The rate of control plane requests made by this account is too high"
#define PROTECT_  "{'TableName':'Tab','DeletionProtectionEnabled':true}"
#define TTL_      "{'TableName':'Tab','TimeToLiveSpecification':{'AttributeName':'ttl','Enabled':true}}"

static void begin_aws(void)
{
    begin(0);
    make(WITH_(ON_DEMAND_));
    w.api.throttle = THROTTLE_AWS;
}

/* A new value each time: what changes nothing is not held to a rate. */
static const char *tag(void)
{
    static int value;

    return call("TagResource",
        (const char *)arena_printf(w.arena, "{'ResourceArn':'" ARN_ "Tab','Tags':[{'Key':'a','Value':'%d'}]}", value++)
            .p);
}

/* Six changes, which is what a second takes. */
static void changes_spend(void)
{
    for (int i = 0; i < 6; i++)
        CHECK(is(tag(), ""));
}

TEST(rates, changes_have_a_rate)
{
    begin_aws();
    changes_spend();
    CHECK(is(tag(), TOO_MANY_));
    CHECK(is(call("DeleteTable", "{'TableName':'Tab'}"), TOO_MANY_));
    w.now_ms += 150;
    CHECK(is(tag(), ""));
    CHECK(is(tag(), TOO_MANY_));
    end();
}

TEST(rates, protection_and_time_to_live_are_not_held_to_it)
{
    begin_aws();
    changes_spend();
    CHECK(has(call("UpdateTable", PROTECT_), "'DeletionProtectionEnabled':true"));
    CHECK(has(call("UpdateTimeToLive", TTL_), "'Enabled':true"));
    CHECK(has(describe(), "'TableName':'Tab'"));
    end();
}

TEST(rates, questions_about_time_to_live_have_one)
{
    begin_aws();
    for (int i = 0; i < 4; i++)
        CHECK(has(call("DescribeTimeToLive", "{'TableName':'Tab'}"), "DISABLED"));
    CHECK(is(call("DescribeTimeToLive", "{'TableName':'Tab'}"), "ThrottlingException: Rate exceeded"));
    end();
}

TEST(rates, otherwise_there_are_none)
{
    begin_aws();
    w.api.throttle = THROTTLE_PROVISIONED;
    for (int i = 0; i < 30; i++) {
        CHECK(is(tag(), ""));
        CHECK(has(call("DescribeTimeToLive", "{'TableName':'Tab'}"), "DISABLED"));
    }
    end();
}

TEST_MAIN()
