/* SPDX-License-Identifier: Apache-2.0 */

/* Statements kept by their text: which are, for how long, and what may be done with one that has to go. */
#include "partiql/cache.h"

#include "test.h"

#define SELECT_ "SELECT * FROM Tab WHERE pk = ?"

static struct scene {
    struct partiql_cache *cache;
    struct arena *arena;
    struct fault fault;
} w;

static void begin(void)
{
    w = (struct scene){.cache = partiql_cache_create(7), .arena = arena_create(65536)};
    w.fault.arena = w.arena;
}

static void end(void)
{
    partiql_cache_destroy(w.cache);
    arena_destroy(w.arena);
}

struct read {
    const struct partiql_statement *statement;
    struct partiql_kept *kept;
    bool hit;
    enum err err;
};

/* Holds the statement when it is kept. The text is gone afterwards, as that of a request is. */
static struct read hold(struct slice text)
{
    uint8_t *copy = arena_alloc(w.arena, text.n);
    struct read read;

    memcpy(copy, text.p, text.n);
    read.err =
        partiql_cache_parse(w.cache, slice_of(copy, text.n), w.arena, &read.statement, &read.kept, &read.hit, &w.fault);
    if (read.kept != NULL)
        memset(copy, '#', text.n);
    return read;
}

static struct read once(struct slice text)
{
    struct read read = hold(text);

    if (read.err == OK && read.kept != NULL)
        partiql_cache_give(w.cache, read.kept);
    return read;
}

static struct slice numbered(uint32_t i)
{
    return arena_printf(w.arena, "SELECT a%u FROM Tab WHERE pk = ?", i);
}

TEST(partiql, a_text_is_kept_when_it_comes_again)
{
    struct read read;

    begin();
    read = once(SLICE_LIT(SELECT_));
    CHECK(read.err == OK && !read.hit && read.kept == NULL);
    CHECK_EQ(partiql_cache_size(w.cache).entries, 0);
    read = once(SLICE_LIT(SELECT_));
    CHECK(read.err == OK && !read.hit && read.kept != NULL);
    CHECK_EQ(partiql_cache_size(w.cache).entries, 1);
    read = hold(SLICE_LIT(SELECT_));
    CHECK(read.err == OK && read.hit);
    CHECK(read.statement->verb == PARTIQL_SELECT && read.statement->parameters == 1);
    CHECK(slice_is(read.statement->table, "Tab")); /* of its own copy of the text */
    partiql_cache_give(w.cache, read.kept);
    end();
}

TEST(partiql, texts_are_told_apart_by_every_byte)
{
    begin();
    for (int i = 0; i < 3; i++) {
        CHECK(slice_is(once(SLICE_LIT("SELECT * FROM Tab WHERE pk = ?")).statement->table, "Tab"));
        CHECK(slice_is(once(SLICE_LIT("SELECT * FROM tab WHERE pk = ?")).statement->table, "tab"));
    }
    CHECK_EQ(partiql_cache_size(w.cache).entries, 2);
    end();
}

TEST(partiql, a_text_that_cannot_be_read_is_told_each_time)
{
    begin();
    for (int i = 0; i < 4; i++) {
        struct read read = once(SLICE_LIT("SELECT FROM"));

        CHECK(read.err == ERR_FAULT && !read.hit);
        CHECK(
            slice_is(w.fault.message, "Statement wasn't well formed, can't be processed: Expected data manipulation"));
        w.fault.message = SLICE_NULL;
    }
    CHECK_EQ(partiql_cache_size(w.cache).entries, 0);
    end();
}

TEST(partiql, a_long_text_is_not_kept)
{
    struct buf text;

    begin();
    buf_init(&text, w.arena, 1 << 16);
    BUF_LIT(&text, SELECT_);
    while (text.n < PARTIQL_CACHE_TEXT_BYTES_MAX)
        buf_byte(&text, ' ');
    for (int i = 0; i < 3; i++)
        CHECK(once(buf_view(&text)).hit == (i == 2));
    buf_byte(&text, ' ');
    for (int i = 0; i < 3; i++)
        CHECK(!once(buf_view(&text)).hit);
    end();
}

TEST(partiql, the_one_used_longest_ago_goes_first)
{
    uint32_t kept;

    begin();
    for (uint32_t i = 0; i < 3 * PARTIQL_CACHE_ENTRIES_MAX; i++) {
        CHECK(once(numbered(i)).err == OK);
        CHECK(once(numbered(i)).kept != NULL);
        CHECK(once(numbered(0)).hit); /* in use all the time */
        CHECK(partiql_cache_size(w.cache).entries <= PARTIQL_CACHE_ENTRIES_MAX);
        CHECK(partiql_cache_size(w.cache).bytes <= PARTIQL_CACHE_BYTES_MAX);
    }
    kept = partiql_cache_size(w.cache).entries;
    CHECK(kept > 300);
    CHECK(once(numbered(3 * PARTIQL_CACHE_ENTRIES_MAX - kept + 1)).hit);
    CHECK(!once(numbered(3 * PARTIQL_CACHE_ENTRIES_MAX - kept - 1)).hit);
    end();
}

TEST(partiql, what_is_held_stays_though_it_had_to_go)
{
    struct read held;

    begin();
    (void)once(SLICE_LIT(SELECT_));
    held = hold(SLICE_LIT(SELECT_));
    for (uint32_t i = 0; i < 2 * PARTIQL_CACHE_ENTRIES_MAX; i++) {
        (void)once(numbered(i));
        (void)once(numbered(i));
    }
    CHECK(partiql_cache_size(w.cache).left_bytes > 0);
    CHECK(slice_is(held.statement->table, "Tab") && held.statement->has_where);
    CHECK(!once(SLICE_LIT(SELECT_)).hit); /* it is gone */
    partiql_cache_give(w.cache, held.kept);
    CHECK_EQ(partiql_cache_size(w.cache).left_bytes, 0);
    end();
}

TEST(partiql, held_statements_do_not_make_it_grow_without_end)
{
    struct read *held;
    uint32_t n = 8 * PARTIQL_CACHE_ENTRIES_MAX;

    begin();
    held = arena_alloc(w.arena, n * sizeof(*held));
    for (uint32_t i = 0; i < n; i++) {
        (void)once(numbered(i));
        held[i] = hold(numbered(i));
        CHECK(held[i].err == OK);
        CHECK(partiql_cache_size(w.cache).left_bytes <= PARTIQL_CACHE_BYTES_MAX + (64 << 10));
    }
    CHECK(held[n - 1].kept == NULL);
    for (uint32_t i = 0; i < n; i++) {
        if (held[i].kept != NULL)
            partiql_cache_give(w.cache, held[i].kept);
    }
    CHECK_EQ(partiql_cache_size(w.cache).left_bytes, 0);
    end();
}

TEST_MAIN()
