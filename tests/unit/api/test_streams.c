/* SPDX-License-Identifier: Apache-2.0 */

/* DynamoDB Streams over time (control-plane.md 6): states, iterators that expire, records that are trimmed. */
#include "streams.h"

TEST(streams, enabling_and_disabling_pass_through_their_states)
{
    const char *arn;

    begin(1000);
    make(WITH_(ON_DEMAND_));
    CHECK(lacks(describe(), "Stream"));
    CHECK(has(update(STREAM_), "'TableStatus':'UPDATING'"));
    CHECK(has(describe(), STREAM_ ",'LatestStreamLabel':'2025-11-21T12:40:01.000','LatestStreamArn':'" ARN_
                                  "Tab/stream/2025-11-21T12:40:01.000'"));
    arn = stream_arn();
    CHECK(has(describe_stream(arn), "'StreamStatus':'ENABLING'"));
#define CHANGING_(operation_) "Table: Tab Stream: 2025-11-21T12:40:01.000 Operation: " operation_
    CHECK(is(update(STREAM_), IN_USE_ "A stream status change is currently in progress. " CHANGING_("ENABLE")));
    CHECK(is(update("'BillingMode':'PROVISIONED'," UNITS_(1, 1)),
        IN_USE_ "Can't change table IOPS when stream status is being updated. " CHANGING_("ENABLE")));
    CHECK(is(update("'TableClass':'STANDARD_INFREQUENT_ACCESS'"),
        IN_USE_ "Can't update table class when stream status is being updated. " CHANGING_("ENABLE")));
    CHECK(is(update("'OnDemandThroughput':{'MaxReadRequestUnits':5}"),
        IN_USE_ "OnDemandThroughput cannot be updated while stream status update is in progress"));
    CHECK(is(call("DeleteTable", "{'TableName':'Tab'}"),
        IN_USE_ "Cannot delete table while stream is being enabled/disabled."));
    later(1000);
    CHECK(has(describe_stream(arn), "'StreamStatus':'ENABLED'"));
    VE(update(STREAM_), "Table already has an enabled stream: TableName: Tab");
    VE(update("'StreamSpecification':{'StreamEnabled':true}"),
        P_ "If stream is being enabled then UpdateViewType is required");
    VE(update("'StreamSpecification':{'StreamEnabled':false,'StreamViewType':'KEYS_ONLY'}"),
        P_ "If stream is being disabled, then UpdateViewType must not be specified");
    CHECK(has(update(OFF_), "'TableStatus':'UPDATING'"));
    CHECK(lacks(describe(), "StreamSpecification"));
    CHECK(has(describe_stream(arn), "'StreamStatus':'DISABLING'"));
    CHECK(is(update(OFF_), IN_USE_ "A stream status change is currently in progress. " CHANGING_("DISABLE")));
    later(1000);
    CHECK(has(describe_stream(arn), "'StreamStatus':'DISABLED'"));
    CHECK(has(describe(), "'LatestStreamLabel':'2025-11-21T12:40:01.000'"));
    VE(update(OFF_), "Table has no stream to disable: TableName: Tab");
    end();
}

TEST(streams, other_changes_under_way_keep_a_stream_from_changing)
{
    begin(1000);
    make(WITH_(UNITS_(1, 1)));
    (void)update(UNITS_(2, 2));
    CHECK(is(update(STREAM_), IN_USE_ "Can't enable or disable stream while table IOPS are being updated. Table: Tab"));
    later(1000);
    (void)update("'TableClass':'STANDARD_INFREQUENT_ACCESS'");
    CHECK(is(update(STREAM_), IN_USE_ "Can't change stream status when a table class update is in progress. Table: Tab "
                                      "TableClassUpdateInProgress: STANDARD_INFREQUENT_ACCESS"));
    end();
}

TEST(streams, the_stream_of_a_deleted_table_can_be_read_and_its_name_used_again)
{
    const char *old_arn, *from;

    begin(1000);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    old_arn = stream_arn();
    put("a", 1);
    from = iterator("TRIM_HORIZON");
    (void)call("DeleteTable", "{'TableName':'Tab'}");
    CHECK(has(describe_stream(old_arn), "'StreamStatus':'DISABLING'"));
    later(1000);
    CHECK(has(describe(), "not found"));
    CHECK(has(describe_stream(old_arn), "'StreamStatus':'DISABLED'"));
    CHECK(has(describe_stream(old_arn), "'EndingSequenceNumber':'100000000000000000001'"));
    make(WITH_(ON_DEMAND_ "," STREAM_));
    put("b", 1);
    restart();
    CHECK(has(call("ListStreams", "{}"), old_arn));
    CHECK(has(call("ListStreams", "{}"), stream_arn()));
    CHECK(has(records(from), "'eventName':'INSERT'"));
    CHECK(lacks(records(from), "NextShardIterator"));
    CHECK(lacks(records(from), "'S':'b'"));
    CHECK(has(records(iterator("TRIM_HORIZON")), "'S':'b'"));
    end();
}

TEST(streams, iterators_live_fifteen_minutes_and_survive_a_restart)
{
    const char *from, *next;

    begin(0);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    put("a", 1);
    from = iterator("TRIM_HORIZON");
    restart();
    later(15 * 60000);
    next = member(records(from), "NextShardIterator");
    CHECK(next != NULL);
    later(1);
    CHECK(is(records(from), "ExpiredIteratorException: The provided iterator exceeds the maximum age allowed."));
    CHECK(has(records(next), "'Records':[]"));
    end();
}

TEST(streams, records_are_given_out_for_24_hours)
{
    const char *first, *arn, *shard;

    begin(0);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    arn = stream_arn();
    shard = member(describe_stream(arn), "ShardId");
    for (int n = 1; n <= 9; n++) {
        put("a", n);
        w.now_ms += HOUR_MS / 4;
    }
    w.now_ms += 22 * HOUR_MS - HOUR_MS / 4 - 1; /* the oldest is 24 hours old, less a millisecond */
    first = records(iterator("TRIM_HORIZON"));
    CHECK(has(first, "'SequenceNumber':'100000000000000000001'"));
    first = iterator("TRIM_HORIZON");
    w.now_ms += 1;
    CHECK(is(records(first), "TrimmedDataAccessException: The data you are trying to access has been trimmed."));
    CHECK(
        is(iterator_of(arn, shard, "'ShardIteratorType':'AT_SEQUENCE_NUMBER','SequenceNumber':'100000000000000000001'"),
            "TrimmedDataAccessException: The data you are trying to access has been trimmed."));
    first = records(iterator("TRIM_HORIZON"));
    CHECK(lacks(first, "'SequenceNumber':'100000000000000000001'"));
    CHECK(has(first, "'SequenceNumber':'100000000000000000002'"));
    w.now_ms += HOUR_MS;
    CHECK(lacks(records(iterator("TRIM_HORIZON")), "'SequenceNumber':'100000000000000000005'"));
    CHECK(has(records(iterator("TRIM_HORIZON")), "'SequenceNumber':'100000000000000000006'"));
    w.now_ms += 24 * HOUR_MS;
    CHECK(has(records(iterator("TRIM_HORIZON")), "'Records':[]"));
    end();
}

TEST(streams, iterators_of_others_are_refused)
{
    const char *arn, *good;
    char *bad;

    begin(0);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    arn = stream_arn();
    good = iterator("LATEST");
    VE(records("x"), "Invalid ShardIterator");
    VE(records(arn), "Invalid ShardIterator");
    VE(records(FORMAT("%s|1|AAAA", arn)), "Invalid ShardIterator");
    for (size_t i = 0; good[i] != 0; i++) {
        bad = (char *)(uintptr_t)arena_printf(w.arena, "%s", good).p;
        bad[i] = bad[i] == 'A' ? 'B' : 'A';
        VE(records(bad), "Invalid ShardIterator");
    }
    end();
}

/* ---- shards over time ---- */
static uint32_t entries_in(enum engine_space space, const char *from, const char *to)
{
    struct engine_page page;

    CHECK(engine_range(w.engine, w.self, w.arena, space, slice_from_cstr(from), slice_from_cstr(to), false, 100000,
              1 << 30, &page) == OK);
    return page.count;
}

/* The records of a shard, as one text of "key=n" each, and whether its end was reached. */
static const char *shard_text(const char *arn, const char *shard, bool *ret_ended)
{
    const char *next = member(iterator_of(arn, shard, "'ShardIteratorType':'TRIM_HORIZON'"), "ShardIterator");
    const char *page = records(next);
    struct buf out;

    buf_init(&out, w.arena, 1 << 20);
    for (const char *at = page; (at = strstr(at, "\"NewImage\":{\"n\":{\"N\":\"")) != NULL; at++)
        buf_printf(&out, "%s%d", out.n == 0 ? "" : " ", atoi(at + 22));
    *ret_ended = member(page, "NextShardIterator") == NULL;
    buf_byte(&out, 0);
    return (const char *)out.p;
}

TEST(streams, a_shard_rolls_after_four_hours_when_it_has_records)
{
    const char *arn, *description, *parent;
    bool ended;

    begin(0);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    arn = stream_arn();
    later(9 * HOUR_MS); /* idle: nothing happens */
    CHECK_EQ(count_of(describe_stream(arn), "ShardId\""), 1);
    put("a", 1);
    later(60000);
    put("a", 2);
    description = describe_stream(arn);
    CHECK_EQ(count_of(description, "\"ShardId\""), 2);
    parent = shard_at(description, 0);
    CHECK(has(description, FORMAT("'ParentShardId':'%s'", parent)));
    CHECK(has(description, "'EndingSequenceNumber':'100000000000000000001'"));
    CHECK(strcmp(parent, shard_at(description, 1)) < 0);
    CHECK(strcmp(shard_text(arn, parent, &ended), "1") == 0 && ended);
    CHECK(strcmp(shard_text(arn, shard_at(description, 1), &ended), "2") == 0 && !ended);
    CHECK(has(call("DescribeStream", FORMAT("{'StreamArn':'%s','Limit':1}", arn)),
        FORMAT("'LastEvaluatedShardId':'%s'", parent)));
    CHECK(has(call("DescribeStream",
                  FORMAT("{'StreamArn':'%s','ShardFilter':{'Type':'CHILD_SHARDS','ShardId':'%s'}}", arn, parent)),
        FORMAT("'Shards':[{'ShardId':'%s'", shard_at(description, 1))));
    later(4 * HOUR_MS - 120000);
    CHECK_EQ(count_of(describe_stream(arn), "\"ShardId\""), 2);
    later(180000);
    CHECK_EQ(count_of(describe_stream(arn), "\"ShardId\""), 3);
    end();
}

TEST(streams, shards_live_as_long_as_the_server_says)
{
    const char *arn;

    begin(0);
    w.api.work->shard_life_ms = 2000;
    make(WITH_(ON_DEMAND_ "," STREAM_));
    arn = stream_arn();
    later(60000); /* the pause that began before */
    for (int shards = 1; shards <= 3; shards++) {
        CHECK_EQ(count_of(describe_stream(arn), "\"ShardId\""), shards);
        put("a", shards);
        later(2000);
    }
    end();
}

TEST(streams, a_busy_shard_is_split_and_items_keep_their_order)
{
    const char *arn, *description;
    bool ended;

    begin(0);
    w.api.work->shard_records_per_s = 0;
    make(WITH_(ON_DEMAND_ "," STREAM_));
    arn = stream_arn();
    for (int round = 1; round <= 3; round++) {
        for (char pk[] = "a"; pk[0] <= 'z'; pk[0]++)
            put(pk, round);
        later(61000);
    }
    description = describe_stream(arn);
    CHECK_EQ(count_of(description, "\"ShardId\""), 1 + 2 + 4 + 8);
    CHECK_EQ(count_of(description, "\"ParentShardId\""), 14);
    CHECK_EQ(count_of(description, "\"EndingSequenceNumber\""), 7);
    CHECK_EQ(count_of(shard_text(arn, shard_at(description, 0), &ended), "1"), 26);
    CHECK(ended);
    for (uint32_t first = 1, width = 2, round = 2; round <= 3; first += width, width *= 2, round++) {
        uint32_t count = 0;

        for (uint32_t i = first; i < first + width; i++) {
            const char *text = shard_text(arn, shard_at(description, i), &ended);

            CHECK(ended);
            CHECK(strchr(text, round == 2 ? '3' : '2') == NULL);
            count += count_of(text, round == 2 ? "2" : "3");
        }
        CHECK_EQ(count, 26);
    }
    for (int round = 0; round < 8; round++) { /* not beyond SHARDS_OPEN_MAX, and not beyond SHARDS_MAX */
        for (char pk[] = "a"; pk[0] <= 'z'; pk[0]++)
            put(pk, 10 + round);
        later(61000);
    }
    description = describe_stream(arn);
    CHECK_EQ(count_of(description, "\"ShardId\""), 100); /* a page */
    restart();
    put("a", 99);
    end();
}

TEST(streams, what_is_older_than_a_day_is_dropped_for_good)
{
    const char *arn, *from;

    begin(0);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    arn = stream_arn();
    put("a", 1);
    later(4 * HOUR_MS);
    put("a", 2);
    CHECK_EQ(entries_in(ENGINE_LOG, "", ""), 2);
    CHECK_EQ(entries_in(ENGINE_META, "!stream", "!streao"), 2);
    from = iterator("TRIM_HORIZON");
    later(14 * 60000);
    from = member(records(from), "NextShardIterator");
    CHECK(from == NULL); /* the parent was read to its end */
    later(24 * HOUR_MS - 14 * 60000 + 60000);
    CHECK_EQ(entries_in(ENGINE_LOG, "", ""), 1);
    CHECK_EQ(entries_in(ENGINE_META, "!stream", "!streao"), 1);
    CHECK_EQ(count_of(describe_stream(arn), "\"ShardId\""), 2);    /* the second has rolled meanwhile */
    CHECK(has(records(iterator("TRIM_HORIZON")), "'Records':[]")); /* the clock stood at its closing, a day ago */
    (void)update(OFF_);
    later(24 * HOUR_MS + 60000);
    CHECK_EQ(entries_in(ENGINE_LOG, "", ""), 0);
    CHECK_EQ(entries_in(ENGINE_META, "!stream", "!streao"), 0);
    CHECK_EQ(entries_in(ENGINE_META, "S", "T"), 0);
    CHECK(has(describe(), arn)); /* the table remembers the name */
    CHECK(has(describe_stream(arn), "ResourceNotFoundException: Requested resource not found: Stream: "));
    CHECK(has(call("ListStreams", "{}"), "'Streams':[]"));
    CHECK(has(update(STREAM_), "UPDATING"));
    put("a", 3);
    CHECK(has(records(iterator("TRIM_HORIZON")), "'N':'3'"));
    end();
}

TEST(streams, older_streams_and_those_of_deleted_tables_are_dropped_too)
{
    const char *first, *second, *from;

    begin(0);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    first = stream_arn();
    put("a", 1);
    (void)update(OFF_);
    later(HOUR_MS);
    (void)update(STREAM_);
    second = stream_arn();
    put("a", 2);
    later(23 * HOUR_MS);
    (void)call("DeleteTable", "{'TableName':'Tab'}");
    later(60000);
    CHECK(has(call("ListStreams", "{}"), second) && lacks(call("ListStreams", "{}"), first));
    CHECK(has(describe_stream(first), "ResourceNotFoundException"));
    CHECK_EQ(entries_in(ENGINE_LOG, "", ""), 1);
    from = member(
        iterator_of(second, shard_at(describe_stream(second), 0), "'ShardIteratorType':'LATEST'"), "ShardIterator");
    w.now_ms += 10 * 60000;
    later(23 * HOUR_MS);
    CHECK_EQ(entries_in(ENGINE_LOG, "", ""), 1);
    later(HOUR_MS);
    CHECK_EQ(entries_in(ENGINE_LOG, "", ""), 0);
    CHECK_EQ(entries_in(ENGINE_META, "S", "T"), 0);
    w.now_ms -= 24 * HOUR_MS; /* the iterator is fresh, its stream is not there */
    CHECK(has(records(from), "ResourceNotFoundException: Requested resource not found: Stream: "));
    end();
}

TEST(streams, an_iterator_into_a_dropped_shard_says_that_it_is_trimmed)
{
    const char *from;

    begin(0);
    make(WITH_(ON_DEMAND_ "," STREAM_));
    put("a", 1);
    from = iterator("TRIM_HORIZON");
    later(4 * HOUR_MS);
    later(25 * HOUR_MS);
    w.now_ms -= 29 * HOUR_MS; /* the iterator is fresh, its shard is not there */
    CHECK(is(records(from), "TrimmedDataAccessException: The data you are trying to access has been trimmed."));
    end();
}

TEST_MAIN()
