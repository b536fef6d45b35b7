/* SPDX-License-Identifier: Apache-2.0 */

/* Pages of records, of shards and of streams at their bounds, and what the latest place in a shard is (6.3). */
#include "streams.h"

static uint32_t records_in(const char *iterator, const char *limit)
{
    return count_of(call("GetRecords", FORMAT("{'ShardIterator':'%s'%s}", iterator, limit)), "\"eventName\"");
}

TEST(streams, a_page_has_at_most_a_thousand_records)
{
    const char *from, *page;

    begin(0);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    for (int n = 1; n <= 1001; n++)
        put("a", n);
    from = iterator("TRIM_HORIZON");
    CHECK_EQ(records_in(from, ",'Limit':1"), 1);
    CHECK_EQ(records_in(from, ",'Limit':999"), 999);
    CHECK_EQ(records_in(from, ",'Limit':1000"), 1000);
    page = records(from);
    CHECK_EQ(count_of(page, "\"eventName\""), 1000);
    CHECK(has(page, "'NewImage':{'n':{'N':'1000'}"));
    page = records(member(page, "NextShardIterator"));
    CHECK_EQ(count_of(page, "\"eventName\""), 1);
    CHECK(has(page, "'NewImage':{'n':{'N':'1001'}"));
    CHECK(has(records(member(page, "NextShardIterator")), "'Records':[]"));
    end();
}

static void put_long(size_t bytes)
{
    char *text = arena_alloc(w.arena, bytes + 1);

    memset(text, 'x', bytes);
    text[bytes] = 0;
    (void)call("DeleteItem", "{'TableName':'Tab','Key':{'pk':{'S':'a'}}}"); /* the record has no old image */
    (void)call("PutItem", FORMAT("{'TableName':'Tab','Item':{'pk':{'S':'a'},'v':{'S':'%s'}}}", text));
}

/* Bytes of a record besides the text in it, and those of the removal before it. */
static size_t record_overhead(void)
{
    struct engine_page page;
    size_t bytes = 0;

    put_long(1000);
    put_long(1000);
    CHECK(engine_range(
              w.engine, w.self, w.arena, ENGINE_LOG, SLICE_LIT(""), SLICE_LIT(""), false, 10, 1 << 20, &page) == OK);
    CHECK_EQ(page.count, 3);
    bytes = page.values[1].n + page.values[2].n; /* the removal has an old image of the same length */
    return bytes - 2000;
}

TEST(streams, a_page_has_at_most_a_megabyte_of_records)
{
    size_t overhead, length;
    const char *from;

    begin(0);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    overhead = record_overhead();
    /* insert of n bytes, removal of n, insert of m: two inserts and a removal make just a megabyte */
    for (size_t more = 0; more <= 1; more++) {
        length = (PAGE_BYTES_MAX - 2 * overhead - 1000) / 3;
        put_long(length);
        from = iterator("LATEST");
        put_long(length); /* the removal of `length` and its insert */
        put_long(PAGE_BYTES_MAX - 2 * overhead - 3 * length + more);
        CHECK_EQ(records_in(from, ""), more == 0 ? 4 : 3);
    }
    end();
}

TEST(streams, pages_of_shards_may_be_of_the_children_of_one)
{
    const char *arn, *all, *parent, *left, *right;

    begin(0);
    w.api.work->shard_records_per_s = 0;
    make(WITH_(ON_DEMAND_ "," STREAM_));
    arn = stream_arn();
    put("a", 1);
    later(61000);
    all = describe_stream(arn);
    CHECK_EQ(count_of(all, "\"ShardId\""), 3);
    parent = shard_at(all, 0);
    left = shard_at(all, 1);
    right = shard_at(all, 2);
#define SHARDS_(members_, ...) call("DescribeStream", FORMAT("{'StreamArn':'%s'," members_ "}", arn, __VA_ARGS__))
#define CHILDREN_              "'ShardFilter':{'Type':'CHILD_SHARDS','ShardId':'%s'}"
    all = SHARDS_("'Limit':%d", 3);
    CHECK(count_of(all, "\"ShardId\"") == 3 && lacks(all, "LastEvaluatedShardId"));
    all = SHARDS_("'Limit':%d", 2);
    CHECK(count_of(all, "\"ShardId\"") == 2 && has(all, FORMAT("'LastEvaluatedShardId':'%s'", left)));
    all = SHARDS_("'Limit':2,'ExclusiveStartShardId':'%s'", left);
    CHECK(strcmp(shard_at(all, 0), right) == 0 && lacks(all, "LastEvaluatedShardId"));
    all = SHARDS_(CHILDREN_, parent);
    CHECK(count_of(all, "\"ShardId\"") == 2 && lacks(all, "LastEvaluatedShardId"));
    CHECK(strcmp(shard_at(all, 0), left) == 0 && strcmp(shard_at(all, 1), right) == 0);
    all = SHARDS_(CHILDREN_ ",'Limit':1", parent);
    CHECK(count_of(all, "\"ShardId\"") == 1 && has(all, FORMAT("'LastEvaluatedShardId':'%s'", left)));
    all = SHARDS_(CHILDREN_ ",'Limit':1,'ExclusiveStartShardId':'%s'", parent, left);
    CHECK(strcmp(shard_at(all, 0), right) == 0 && lacks(all, "LastEvaluatedShardId"));
    CHECK(has(SHARDS_(CHILDREN_, left), "'Shards':[]"));
    CHECK(has(SHARDS_(CHILDREN_, "shardId-00000000000000000001-00000009"), "'Shards':[]"));
    CHECK(has(SHARDS_("'ExclusiveStartShardId':'%s'", right), "'Shards':[]"));
    CHECK(has(SHARDS_("'ExclusiveStartShardId':'%s'", "shardId-99999999999999999999-00000009"), "'Shards':[]"));
    CHECK(has(SHARDS_("'ExclusiveStartShardId':'%s'", "anything of at least 28 characters"), "'Shards':["));
    end();
}

static const char *streams_after(const char *members)
{
    return call("ListStreams", FORMAT("{%s}", members));
}

TEST(streams, streams_are_listed_by_pages)
{
    const char *page, *last;

    begin(0);
    for (int i = 0; i < 101; i++)
        make(FORMAT("{'TableName':'T%03d'," PK_ "," ON_DEMAND_ "," STREAM_ "}", i));
    page = call("ListStreams", "{}");
    CHECK_EQ(count_of(page, "\"StreamArn\""), 100);
    last = member(page, "LastEvaluatedStreamArn");
    CHECK(strstr(last, "table/T099/stream/") != NULL);
    page = streams_after(FORMAT("'ExclusiveStartStreamArn':'%s'", last));
    CHECK(count_of(page, "\"StreamArn\"") == 1 && has(page, "'T100'") && lacks(page, "LastEvaluatedStreamArn"));
    page = streams_after(FORMAT("'Limit':1,'ExclusiveStartStreamArn':'%s'", last)); /* full, and the last */
    CHECK(has(page, "'T100'") && lacks(page, "LastEvaluatedStreamArn"));
    page = streams_after("'ExclusiveStartStreamArn':'" ARN_ "T098zzz/stream/2000-01-01T00:00:00.000'"); /* of nothing */
    CHECK(count_of(page, "\"StreamArn\"") == 2 && has(page, "'T099'"));
    page = streams_after("'TableName':'T005','ExclusiveStartStreamArn':'" ARN_ "T004/stream/x'");
    CHECK(count_of(page, "\"StreamArn\"") == 1 && has(page, "'T005'"));
    page = streams_after("'TableName':'T005','ExclusiveStartStreamArn':'" ARN_ "T006/stream/x'");
    CHECK(has(page, "'Streams':[]") && lacks(page, "LastEvaluatedStreamArn"));
    CHECK(is(streams_after("'ExclusiveStartStreamArn':'arn:aws:dynamodb:us-east-1:000000000000:table/T004/stream/x'"),
        "AccessDeniedException: Access is denied"));
    end();
}

TEST(streams, the_latest_place_is_behind_what_was_written_before)
{
    const char *arn, *latest, *parent, *child;

    begin(0);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    latest = iterator("LATEST"); /* of an empty shard */
    put("a", 1);
    CHECK_EQ(records_in(latest, ""), 1);
    latest = iterator("LATEST");
    CHECK(has(records(latest), "'Records':[]") && has(records(latest), "NextShardIterator"));
    arn = stream_arn();
    later(4 * HOUR_MS); /* the shard rolls */
    parent = shard_at(describe_stream(arn), 0);
    child = shard_at(describe_stream(arn), 1);
    latest = member(iterator_of(arn, parent, "'ShardIteratorType':'LATEST'"), "ShardIterator");
    CHECK(has(records(latest), "'Records':[]") && lacks(records(latest), "NextShardIterator"));
    latest = member(iterator_of(arn, child, "'ShardIteratorType':'LATEST'"), "ShardIterator");
    put("a", 2);
    CHECK(has(records(latest), "'NewImage':{'n':{'N':'2'}") && records_in(latest, "") == 1);
    end();
}

TEST_MAIN()
