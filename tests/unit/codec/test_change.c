/* SPDX-License-Identifier: Apache-2.0 */

/* Change records of streams (docs/formats/stream.md). */
#include "codec/change.h"

#include "codec/record.h"
#include "test.h"

static struct slice written(struct arena *arena, uint64_t stream, const struct change *change)
{
    struct buf out;

    buf_init(&out, arena, 4096);
    change_write(&out, stream, 77, change);
    CHECK_EQ(out.n, change_bytes(change));
    return buf_view(&out);
}

TEST(codec, a_change_reads_back_with_and_without_images)
{
    const struct change all = {.event = CHANGE_MODIFY,
        .time_ms = 1763728800123,
        .keys = SLICE_LIT("keys"),
        .new_image = SLICE_LIT("new image"),
        .old_image = SLICE_LIT("")};
    const struct change bare = {.event = CHANGE_REMOVE, .expired = true, .time_ms = 5, .keys = SLICE_LIT("k")};
    struct arena *arena = arena_create(4096);
    struct slice bytes = written(arena, 9, &all);
    struct change out;

    CHECK_EQ(record_stamp(bytes), 77);
    CHECK_EQ(change_read(9, bytes, &out), OK);
    CHECK(out.event == CHANGE_MODIFY && !out.expired && out.time_ms == all.time_ms);
    CHECK(slice_is(out.keys, "keys") && slice_is(out.new_image, "new image"));
    CHECK(out.old_image.p != NULL && out.old_image.n == 0);
    CHECK_EQ(change_read(9, written(arena, 9, &bare), &out), OK);
    CHECK(out.event == CHANGE_REMOVE && out.expired && out.new_image.p == NULL && out.old_image.p == NULL);
    arena_destroy(arena);
}

TEST(codec, a_change_that_is_damaged_or_of_another_stream_is_found)
{
    const struct change change = {.event = CHANGE_INSERT, .keys = SLICE_LIT("keys"), .new_image = SLICE_LIT("new")};
    struct arena *arena = arena_create(4096);
    struct slice bytes = written(arena, 9, &change);
    uint8_t *p = (uint8_t *)(uintptr_t)bytes.p;
    struct change out;

    CHECK_EQ(change_read(10, bytes, &out), ERR_CORRUPT);
    for (size_t bit = 0; bit < bytes.n * 8; bit++) {
        p[bit / 8] ^= (uint8_t)(1 << bit % 8);
        CHECK_EQ(change_read(9, bytes, &out), ERR_CORRUPT);
        p[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (size_t n = 0; n < bytes.n; n++)
        CHECK_EQ(change_read(9, slice_of(bytes.p, n), &out), ERR_CORRUPT);
    arena_destroy(arena);
}

/* The checksum is right and the lengths inside are not. */
TEST(codec, a_change_whose_parts_do_not_fit_is_refused)
{
    const struct change change = {.event = CHANGE_INSERT, .keys = SLICE_LIT("keys"), .new_image = SLICE_LIT("new")};
    struct arena *arena = arena_create(4096);
    struct slice bytes = written(arena, 9, &change), key = SLICE_LIT("\0\0\0\0\0\0\0\x09");
    uint8_t *p = (uint8_t *)(uintptr_t)bytes.p;
    static const struct {
        size_t at;
        uint8_t value;
    } wrong[] = {{0, 3}, {1, 0}, {1, 1}, {4, 5}, {4, 200}, {8, 2}, {11, 1}}; /* in the body */
    struct change out;

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        uint8_t *at = p + RECORD_HEAD_BYTES + wrong[i].at, right = *at;

        *at = wrong[i].value;
        record_seal(p, key, bytes.n);
        CHECK_EQ(change_read(9, bytes, &out), ERR_CORRUPT);
        *at = right;
    }
    record_seal(p, key, bytes.n);
    CHECK_EQ(change_read(9, bytes, &out), OK);
    arena_destroy(arena);
}

TEST_MAIN()
