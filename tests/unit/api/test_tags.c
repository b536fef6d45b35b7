/* SPDX-License-Identifier: Apache-2.0 */

/* TagResource, UntagResource, ListTagsOfResource (control-plane.md 10.6). */
#include "control.h"

#define TAG_(key_, value_) "{'Key':'" key_ "','Value':'" value_ "'}"
#define PUT_(tags_)        call("TagResource", "{'ResourceArn':'" ARN_ "Tab','Tags':[" tags_ "]}")
#define PUT_AT_(arn_)      call("TagResource", "{'ResourceArn':'" arn_ "','Tags':[" TAG_("a", "b") "]}")
#define LIST_              call("ListTagsOfResource", "{'ResourceArn':'" ARN_ "Tab'}")

TEST(tags, tags_are_put_replaced_removed_and_kept)
{
#define ACCENT_ "\xc3\xa9t\xc3\xa9 1"
    begin(0);
    make(WITH_(ON_DEMAND_ ",'Tags':[" TAG_("team", "blue") "]"));
    CHECK(is(PUT_(TAG_("team", "red") "," TAG_("a", "") "," TAG_(ACCENT_, "x@y")), ""));
    CHECK(has(LIST_, "{'Tags':[" TAG_("a", "") "," TAG_("team", "red") "," TAG_(ACCENT_, "x@y") "]}"));
    CHECK(is(call("UntagResource", "{'ResourceArn':'" ARN_ "Tab','TagKeys':['a','nix']}"), ""));
    restart();
    CHECK(has(LIST_, "{'Tags':[" TAG_("team", "red") "," TAG_(ACCENT_, "x@y") "]}"));
    end();
}

TEST(tags, the_resource_must_be_a_table_of_the_caller)
{
    begin(0);
    make(WITH_(ON_DEMAND_));
    VE(call("TagResource", "{'Tags':[" TAG_("a", "b") "]}"), "Invalid TableArn");
    VE(PUT_AT_("Tab"), P_ "ARNs must start with 'arn:': Tab");
    VE(PUT_AT_("arn:aws:s3:::bucket"), P_ "Provided Arn is not a DynamoDB resource arn: arn:aws:s3:::bucket");
    VE(PUT_AT_(ARN_ "Tab/index/idx"),
        P_ "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: " ARN_
           "Tab/index/idx");
    VE(PUT_AT_("arn:aws:dynamodb:eu-west-1:123456789012:table/Tab"),
        "Invalid TableArn: Invalid ResourceArn provided as input arn:aws:dynamodb:eu-west-1:123456789012:table/Tab");
    CHECK(is(PUT_AT_("arn:aws:dynamodb:us-east-1:000000000000:table/Tab"), "AccessDeniedException: Access is denied"));
    CHECK(is(PUT_AT_(ARN_ "Nix"), MISSING_ "ResourceArn: " ARN_ "Nix not found"));
    CHECK(is(PUT_AT_(ARN_ "Tab/stream/2025-11-21T12:40:00.000"),
        MISSING_ "ResourceArn: " ARN_ "Tab/stream/2025-11-21T12:40:00.000 not found"));
    end();
}

TEST(tags, bad_tags_are_told_one_by_one_and_nothing_is_stored)
{
    begin(0);
    make(WITH_(ON_DEMAND_));
    VE(PUT_(""), "Atleast one Tag needs to be provided as Input.");
    VE(call("UntagResource", "{'ResourceArn':'" ARN_ "Tab','TagKeys':[]}"),
        "Atleast one Tag Key needs to be provided as Input.");
    VE(PUT_(TAG_("", "v")), "The Tag Key provided is invalid, Key: ");
    VE(PUT_("{'Value':'v'}"), "The Tag Key provided is invalid, Key: null");
    VE(PUT_("{'Key':'k'}"), "The Tag Value provided is invalid, Value: null");
    VE(PUT_(TAG_("good", "v") "," TAG_("k!", "v")), "The Tag Key provided is invalid, Key: k!");
    VE(PUT_(TAG_("\xf0\x9f\x98\x80", "v")), "The Tag Key provided is invalid, Key: \xf0\x9f\x98\x80");
    VE(PUT_(TAG_("aws:k", "v")), "Tag Key cannot be prefixed with aws:, Key: aws:k");
    VE(PUT_(TAG_("k", "1") "," TAG_("k", "2")), "Duplicate Tag Keys provided as input: Duplicate Tag Key found k");
    VE(call("CreateTable", "{'TableName':'Other'," PK_ "," ON_DEMAND_ ",'Tags':[" TAG_("k!", "v") "]}"),
        "The Tag Key provided is invalid, Key: k!");
    CHECK(has(LIST_, "{'Tags':[]}"));
    end();
}

static const char *put_long(int key_bytes, int value_bytes)
{
    char key[200], value[300];

    memset(key, 'k', sizeof(key));
    memset(value, 'v', sizeof(value));
    return call("TagResource",
        (const char *)arena_printf(w.arena, "{'ResourceArn':'" ARN_ "Tab','Tags':[{'Key':'%.*s','Value':'%.*s'}]}",
            key_bytes, key, value_bytes, value)
            .p);
}

TEST(tags, a_key_has_128_characters_and_a_value_256)
{
    begin(0);
    make(WITH_(ON_DEMAND_));
    CHECK(is(put_long(128, 256), ""));
    CHECK(has(put_long(129, 1), "The Tag Key provided is invalid, Key: kkk"));
    CHECK(has(put_long(1, 257), "The Tag Value provided is invalid, Value: vvv"));
    end();
}

static const char *put_numbered(int count)
{
    struct buf json;

    buf_init(&json, w.arena, 1 << 20);
    buf_printf(&json, "{'ResourceArn':'" ARN_ "Tab','Tags':[");
    for (int i = 0; i < count; i++)
        buf_printf(&json, "%s{'Key':'k%03d','Value':'v'}", i == 0 ? "" : ",", i);
    BUF_LIT(&json, "]}\0");
    return call("TagResource", (const char *)json.p);
}

TEST(tags, fifty_tags_fit_and_are_listed_ten_at_a_time)
{
    begin(0);
    make(WITH_(ON_DEMAND_));
    VE(put_numbered(51), "Number of Tags exceed the current limit for the provided ResourceArn");
    CHECK(is(put_numbered(50), ""));
    VE(PUT_(TAG_("one-more", "v")), "Number of Tags exceed the current limit for the provided ResourceArn");
    CHECK(is(PUT_(TAG_("k007", "other")), ""));
    CHECK(has(LIST_, "'Key':'k009'") && lacks(LIST_, "'Key':'k010'") && has(LIST_, "'NextToken':'6b303039'"));
    const char *reply = call("ListTagsOfResource", "{'ResourceArn':'" ARN_ "Tab','NextToken':'6b303339'}");

    CHECK(has(reply, "{'Tags':[{'Key':'k040'") && has(reply, "'Key':'k049'") && lacks(reply, "NextToken"));
    CHECK(
        has(call("ListTagsOfResource", "{'ResourceArn':'" ARN_ "Tab','NextToken':'bogus'}"), "{'Tags':[{'Key':'k000'"));
    end();
}

TEST_MAIN()
