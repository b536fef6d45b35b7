/* SPDX-License-Identifier: Apache-2.0 */

/* Streams as part of descriptors, and by themselves. */
#include "test.h"

#include "catalog/catalog_int.h"
#include "codec/record.h"

static struct arena *arena;

static struct table_desc table(void)
{
    struct table_desc desc;

    if (arena == NULL)
        arena = arena_create(4096);
    catalog__blank(&desc);
    desc.id = 7;
    desc.version = 1;
    desc.account = SLICE_LIT("123456789012");
    desc.region = SLICE_LIT("us-east-1");
    desc.name = SLICE_LIT("Tab");
    desc.uuid = SLICE_LIT("uuid");
    desc.hash = (struct key_attribute){SLICE_LIT("pk"), VALUE_S};
    return desc;
}

TEST(stream, a_label_is_the_time_and_never_comes_twice)
{
    struct table_desc desc = table();

    table_stream_open(&desc, STREAM_NEW_IMAGE, 1763728800005, arena);
    CHECK(slice_is(desc.stream.label, "2025-11-21T12:40:00.005"));
    CHECK(desc.stream.enabled && desc.stream.shards_count == 1 && desc.stream.shards[0].number == 1);
    table_stream_close(&desc, 1763728800006, arena);
    CHECK(!desc.stream.enabled && desc.stream.shards[0].closed_ms == 1763728800006);
    table_stream_open(&desc, STREAM_OLD_IMAGE, 1763728800004, arena); /* the clock was put back */
    CHECK(slice_is(desc.stream.label, "2025-11-21T12:40:00.006"));
    CHECK(desc.stream.shards[0].number == 2 && desc.stream.view == STREAM_OLD_IMAGE);
}

TEST(stream, records_go_to_the_open_shard_with_the_nearest_beginning)
{
    static const struct shard_desc shards[] = {{.number = 1, .closed_ms = 5}, {.number = 2, .hash_from = 0x8000},
        {.number = 3, .closed_ms = 6}, {.number = 4}, {.number = 5, .hash_from = 0x4000}};
    const struct stream_desc stream = {.enabled = true, .shards = shards, .shards_count = 5};

    CHECK_EQ(stream_shard_of(&stream, 0)->number, 4);
    CHECK_EQ(stream_shard_of(&stream, 0x3fffffffffffffff)->number, 4);
    CHECK_EQ(stream_shard_of(&stream, 0x4000000000000000)->number, 5);
    CHECK_EQ(stream_shard_of(&stream, 0x7fffffffffffffff)->number, 5);
    CHECK_EQ(stream_shard_of(&stream, 0x8000000000000000)->number, 2);
    CHECK_EQ(stream_shard_of(&stream, UINT64_MAX)->number, 2);
}

static bool stream_equal(const struct stream_desc *a, const struct stream_desc *b)
{
    return slice_equal(a->label, b->label) && a->created_ms == b->created_ms && a->enabled == b->enabled &&
           a->view == b->view && a->shards_count == b->shards_count &&
           memcmp(a->shards, b->shards, a->shards_count * sizeof(a->shards[0])) == 0;
}

TEST(stream, a_descriptor_and_a_record_give_the_stream_back)
{
    struct table_desc desc = table();
    struct stream_info info, read;
    const struct table_desc *copy;
    struct slice key;
    struct buf bytes;

    copy = table_desc_dup(arena, &desc);
    CHECK(copy->stream.label.p == NULL);
    table_stream_open(&desc, STREAM_KEYS_ONLY, 1763728800005, arena);
    copy = table_desc_dup(arena, &desc);
    CHECK(stream_equal(&copy->stream, &desc.stream));
    CHECK_EQ(copy->shard_last, 1);
    table_stream_close(&desc, 1763728800009, arena);
    copy = table_desc_dup(arena, &desc);
    CHECK(stream_equal(&copy->stream, &desc.stream));

    stream_info_of(&desc, &info);
    key = stream_key(arena, info.account, info.region, info.table_name, info.stream.label);
    buf_init(&bytes, arena, 4096);
    record_write(&bytes, key, &(struct record){.stamp = 1, .body = stream_info_encode(&info, arena)});
    CHECK_EQ(stream_info_read(key, buf_view(&bytes), arena, &read), OK);
    CHECK(read.table_id == 7 && slice_is(read.table_name, "Tab") && slice_is(read.table_uuid, "uuid"));
    CHECK(slice_is(read.hash_name, "pk") && read.range_name.p == NULL);
    CHECK(stream_equal(&read.stream, &desc.stream));
    CHECK_EQ(stream_info_read(SLICE_LIT("S"), buf_view(&bytes), arena, &read), ERR_CORRUPT);
}

/* An enabled stream that has no shard for some hash must not come out of a damaged record. */
TEST(stream, shards_that_leave_a_gap_are_refused)
{
    struct table_desc desc = table();
    struct shard_desc shard = {.number = 1, .hash_from = 1};
    const char *what;
    struct buf out;

    table_stream_open(&desc, STREAM_KEYS_ONLY, 5, arena);
    desc.stream.shards = &shard;
    buf_init(&out, arena, TABLE_BODY_BYTES_MAX);
    catalog__encode(&desc, &out, arena);
    CHECK_EQ(catalog__decode(buf_view(&out), arena, &desc, &what), ERR_CORRUPT);
    CHECK(strcmp(what, "Stream") == 0);
}

TEST(stream, ranges_hold_the_streams_of_one_table_alone)
{
    struct slice account = SLICE_LIT("1"), region = SLICE_LIT("r"), from, to, all_from, all_to;
    struct slice one = SLICE_NULL;

    (void)table();
    one = stream_key(arena, account, region, SLICE_LIT("Tab"), SLICE_LIT("2025"));
    stream_key_range(arena, account, region, SLICE_LIT("Tab"), &from, &to);
    CHECK(slice_compare(from, one) <= 0 && slice_compare(one, to) < 0);
    one = stream_key(arena, account, region, SLICE_LIT("Tab1"), SLICE_LIT("2025"));
    CHECK(slice_compare(one, to) >= 0);
    one = stream_key(arena, account, region, SLICE_LIT("Ta"), SLICE_LIT("2025"));
    CHECK(slice_compare(one, from) < 0);
    stream_key_range(arena, account, region, SLICE_NULL, &from, &to);
    CHECK(slice_compare(from, one) <= 0 && slice_compare(one, to) < 0);
    one = stream_key(arena, account, SLICE_LIT("s"), SLICE_LIT("Ta"), SLICE_LIT("2025"));
    CHECK(slice_compare(one, to) >= 0);
    stream_key_range_all(arena, &all_from, &all_to);
    CHECK(slice_compare(all_from, one) <= 0 && slice_compare(one, all_to) < 0);
}

TEST_MAIN()
