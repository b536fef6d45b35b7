/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/record.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "codec/key.h"
#include "codec/number.h"
#include "test.h"

TEST(codec, a_record_reads_back_and_any_flip_is_found)
{
    struct arena *arena = arena_create(4096);
    struct record in = {.flags = 3,
                      .region = 7,
                      .stamp = 0x1122334455667788,
                      .expiry_s = 99,
                      .size = 0x99887766,
                      .body = SLICE_LIT("body")},
                  out;
    struct buf bytes;

    buf_init(&bytes, arena, 4096);
    record_write(&bytes, SLICE_LIT("key"), &in);
    CHECK_EQ(bytes.n, RECORD_HEAD_BYTES + 4);
    CHECK_EQ(record_read(SLICE_LIT("key"), buf_view(&bytes), &out), OK);
    CHECK_EQ(out.stamp, in.stamp);
    CHECK_EQ(out.region, 7);
    CHECK_EQ(out.flags, 3);
    CHECK_EQ(out.expiry_s, 99);
    CHECK_EQ(out.format, 2);
    CHECK_EQ(out.size, 0x99887766);
    CHECK_EQ(record_size(&out), 0x99887766);
    CHECK(slice_is(out.body, "body"));
    CHECK_EQ(record_stamp(buf_view(&bytes)), in.stamp);
    CHECK_EQ(record_read(SLICE_LIT("kez"), buf_view(&bytes), &out), ERR_CORRUPT);
    for (size_t bit = 0; bit < bytes.n * 8; bit++) {
        bytes.p[bit / 8] ^= (uint8_t)(1 << bit % 8);
        CHECK_EQ(record_read(SLICE_LIT("key"), buf_view(&bytes), &out), ERR_CORRUPT);
        bytes.p[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    CHECK_EQ(record_read(SLICE_LIT("key"), slice_of(bytes.p, RECORD_HEAD_BYTES - 1), &out), ERR_CORRUPT);
    arena_destroy(arena);
}

/* docs/formats/record.md: 28 bytes of head, no size. */
static void old_record(uint8_t bytes[28 + 4], const char *key, const char *body)
{
    uint64_t stamp = 77, expiry_s = 5, sum;
    uint8_t parts[20 + 16];

    memset(bytes, 0, 28);
    bytes[0] = 1;
    memcpy(bytes + 4, &stamp, 8);
    memcpy(bytes + 12, &expiry_s, 8);
    memcpy(bytes + 28, body, 4);
    memcpy(parts, bytes, 20);
    sum = XXH3_64bits(key, strlen(key));
    memcpy(parts + 20, &sum, 8);
    sum = XXH3_64bits(body, 4);
    memcpy(parts + 28, &sum, 8);
    sum = XXH3_64bits(parts, sizeof(parts));
    memcpy(bytes + 20, &sum, 8);
}

TEST(codec, a_record_of_format_1_is_read_and_a_newer_one_than_ours_is_not)
{
    uint8_t bytes[28 + 4];
    struct slice all = slice_of(bytes, sizeof(bytes));
    struct arena *arena = arena_create(4096);
    struct record out;
    struct buf newer;

    old_record(bytes, "key", "body");
    CHECK_EQ(record_read(SLICE_LIT("key"), all, &out), OK);
    CHECK_EQ(out.format, 1);
    CHECK_EQ(out.stamp, 77);
    CHECK_EQ(out.expiry_s, 5);
    CHECK_EQ(out.size, 0);
    CHECK(slice_is(out.body, "body"));
    CHECK_EQ(record_stamp(all), 77);
    CHECK_EQ(record_stamp(slice_of(bytes, 28)), 77);
    CHECK_EQ(record_stamp(slice_of(bytes, 27)), 0);
    CHECK_EQ(record_expiry(slice_of(bytes, 28)), 5);
    for (size_t bit = 0; bit < sizeof(bytes) * 8; bit++) {
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        CHECK_EQ(record_read(SLICE_LIT("key"), all, &out), ERR_CORRUPT);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (size_t n = 0; n < sizeof(bytes); n++)
        CHECK_EQ(record_read(SLICE_LIT("key"), slice_of(bytes, n), &out), ERR_CORRUPT);

    buf_init(&newer, arena, 4096);
    record_write(&newer, SLICE_LIT("key"), &(struct record){.body = SLICE_LIT("body")});
    newer.p[0] = 3;
    record_seal(newer.p, SLICE_LIT("key"), newer.n);
    CHECK_EQ(record_read(SLICE_LIT("key"), buf_view(&newer), &out), ERR_VERSION);
    arena_destroy(arena);
}

static struct slice text_value(struct arena *arena, const char *text)
{
    struct buf out;
    struct builder b;

    buf_init(&out, arena, 4096);
    builder_init(&b, &out, arena);
    builder_s(&b, slice_from_cstr(text));
    return buf_view(&out);
}

TEST(codec, delimited_strings_keep_their_order_when_more_follows)
{
    static const char *const ascending[] = {"", "a", "a ", "aa", "b"};
    struct arena *arena = arena_create(4096);
    struct slice last = SLICE_NULL;

    for (size_t i = 0; i < 5; i++) {
        struct buf out;

        buf_init(&out, arena, 4096);
        key_delimited(&out, text_value(arena, ascending[i]));
        buf_byte(&out, (uint8_t)(0xFF - i)); /* what follows must not matter */
        if (last.p != NULL)
            CHECK(slice_compare(last, buf_view(&out)) < 0);
        last = buf_view(&out);
    }
    arena_destroy(arena);
}

TEST(codec, a_partition_is_one_contiguous_range)
{
    struct arena *arena = arena_create(4096);
    struct slice value = text_value(arena, "pk");
    struct buf low, high, key;

    buf_init(&low, arena, 4096);
    buf_init(&key, arena, 4096);
    buf_init(&high, arena, 4096);
    key_partition(&low, 1, 0, 42, &value, 1);
    key_partition(&high, 1, 0, 42, &value, 1);
    CHECK(key_successor(&high));
    key_partition(&key, 1, 0, 42, &value, 1);
    key_sort(&key, text_value(arena, "\xF4\x8F\xBF\xBF"));
    CHECK(slice_compare(buf_view(&low), buf_view(&key)) < 0);
    CHECK(slice_compare(buf_view(&key), buf_view(&high)) < 0);
    CHECK_EQ(key_item_tail(buf_view(&low)).n, 2 + 2);
    arena_destroy(arena);
}

TEST_MAIN()
