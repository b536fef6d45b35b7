/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/value.h"

#include <stdio.h>
#include <string.h>

#include "codec/number.h"
#include "test.h"

static struct arena *arena;

/* {b: "x", a: [1, {k: true}], s: <"p","q">} with names given out of order and `a` sent twice. */
static struct slice sample(bool twice)
{
    struct buf out;
    struct builder b;
    struct builder_frame body, list, map;
    struct slice members[] = {SLICE_LIT("q"), SLICE_LIT("p")};

    buf_init(&out, arena, 1 << 20);
    builder_init(&b, &out, arena);
    body = builder_body_begin(&b);
    builder_name(&b, &body, SLICE_LIT("b"));
    builder_s(&b, SLICE_LIT("x"));
    if (twice) {
        builder_name(&b, &body, SLICE_LIT("a"));
        builder_s(&b, SLICE_LIT("an earlier value that must vanish"));
    }
    builder_name(&b, &body, SLICE_LIT("s"));
    CHECK(set_sort(members, 2));
    builder_set(&b, VALUE_SS, members, 2);
    builder_name(&b, &body, SLICE_LIT("a"));
    list = builder_list_begin(&b);
    builder_element(&b, &list);
    builder_int(&b, 1);
    builder_element(&b, &list);
    map = builder_map_begin(&b);
    builder_name(&b, &map, SLICE_LIT("k"));
    builder_bool(&b, true);
    builder_map_end(&b, map);
    builder_list_end(&b, list);
    builder_body_end(&b, body);
    CHECK(!out.failed);
    return buf_view(&out);
}

TEST(codec, an_item_reads_back_by_name)
{
    struct slice body, value, inner;

    arena = arena_create(4096);
    body = sample(false);
    CHECK(body_valid(body, 32));
    CHECK_EQ(body_count(body), 3);
    CHECK(body_find(body, SLICE_LIT("b"), &value));
    CHECK(slice_is(value_scalar(value), "x"));
    CHECK(body_find(body, SLICE_LIT("a"), &value));
    CHECK_EQ(value_type(value), VALUE_L);
    CHECK_EQ(list_count(value), 2);
    CHECK_EQ(number_to_int(value_scalar(list_at(value, 0)).p), 1);
    CHECK(body_find(value_map(list_at(value, 1)), SLICE_LIT("k"), &inner));
    CHECK(value_bool(inner));
    CHECK(body_find(body, SLICE_LIT("s"), &value));
    CHECK_EQ(set_count(value), 2);
    CHECK(set_contains(value, SLICE_LIT("p")));
    CHECK(!set_contains(value, SLICE_LIT("r")));
    CHECK(!body_find(body, SLICE_LIT("z"), &value));
    CHECK(!body_find(SLICE_NULL, SLICE_LIT("z"), &value));
    arena_destroy(arena);
}

TEST(codec, of_equal_names_the_last_wins_and_nothing_of_the_first_stays)
{
    struct slice once, twice;

    arena = arena_create(4096);
    once = sample(false);
    twice = sample(true);
    CHECK(body_valid(twice, 32));
    CHECK_EQ(twice.n, once.n);
    CHECK_EQ(body_size(twice), body_size(once));
    arena_destroy(arena);
}

TEST(codec, sizes_count_names_values_and_overheads)
{
    struct slice body;

    arena = arena_create(4096);
    body = sample(false);
    /* b 1+1, s 1+2, a 1 + (3 + (1+2) + (1 + 3 + (1+1+1))) */
    CHECK_EQ(body_size(body), 2 + 3 + 1 + 3 + 3 + 1 + 3 + 3);
    CHECK(body_size(body) <= body.n);
    arena_destroy(arena);
}

TEST(codec, depth_counts_the_attribute_itself)
{
    struct slice body, value;

    arena = arena_create(4096);
    body = sample(false);
    CHECK(body_find(body, SLICE_LIT("a"), &value));
    CHECK_EQ(value_depth(value), 3);
    CHECK(body_find(body, SLICE_LIT("b"), &value));
    CHECK_EQ(value_depth(value), 1);
    CHECK(body_valid(body, 3));
    CHECK(!body_valid(body, 2));
    arena_destroy(arena);
}

TEST(codec, no_prefix_of_a_body_is_a_body_and_flips_never_crash)
{
    struct slice body;

    arena = arena_create(4096);
    body = sample(false);
    for (size_t n = 0; n < body.n; n++)
        CHECK(!body_valid(slice_of(body.p, n), 32));
    for (size_t bit = 0; bit < body.n * 8; bit++) {
        struct slice copy = arena_dup(arena, body);

        ((uint8_t *)(uintptr_t)copy.p)[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (body_valid(copy, 32)) /* some flips give another well-formed item: it must be readable */
            (void)body_size(copy);
    }
    arena_destroy(arena);
}

TEST(codec, maps_are_equal_whatever_the_order_of_their_entries)
{
    struct buf out;
    struct builder b;
    struct slice maps[2], value;

    arena = arena_create(4096);
    for (int i = 0; i < 2; i++) {
        struct builder_frame map;

        buf_init(&out, arena, 4096);
        builder_init(&b, &out, arena);
        map = builder_map_begin(&b);
        builder_name(&b, &map, i == 0 ? SLICE_LIT("x") : SLICE_LIT("y"));
        builder_int(&b, i == 0 ? 1 : 2);
        builder_name(&b, &map, i == 0 ? SLICE_LIT("y") : SLICE_LIT("x"));
        builder_int(&b, i == 0 ? 2 : 1);
        builder_map_end(&b, map);
        maps[i] = buf_view(&out);
        CHECK(value_valid(maps[i], 32));
    }
    CHECK(value_equal(maps[0], maps[1]));
    CHECK(body_hash(value_map(maps[0]), 7) == body_hash(value_map(maps[1]), 7));
    CHECK(body_hash(value_map(maps[0]), 7) != body_hash(value_map(maps[0]), 8));
    CHECK(body_find(value_map(maps[1]), SLICE_LIT("y"), &value));
    CHECK(!value_equal(value, maps[0]));
    arena_destroy(arena);
}

TEST(codec, many_attributes_sort)
{
    struct buf out;
    struct builder b;
    struct builder_frame body;
    struct slice value;
    char name[16];

    arena = arena_create(4096);
    buf_init(&out, arena, 1 << 20);
    builder_init(&b, &out, arena);
    body = builder_body_begin(&b);
    for (int i = 0; i < 5000; i++) {
        (void)snprintf(name, sizeof(name), "n%d", i * 7919 % 5000);
        builder_name(&b, &body, arena_dup(arena, slice_from_cstr(name)));
        builder_int(&b, i * 7919 % 5000);
    }
    builder_body_end(&b, body);
    CHECK(body_valid(buf_view(&out), 32));
    for (int i = 0; i < 5000; i += 37) {
        (void)snprintf(name, sizeof(name), "n%d", i);
        CHECK(body_find(buf_view(&out), slice_from_cstr(name), &value));
        CHECK_EQ(number_to_int(value_scalar(value).p), i);
    }
    arena_destroy(arena);
}

TEST_MAIN()
