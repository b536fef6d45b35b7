/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Where an item stands in the expiry index (expiry.h), as functions of item, record and time; and the effects of a
 * write on it. Pure; inside decisions.
 */
#include "table/expiry.h"

#include "base/assert.h"
#include "codec/key.h"
#include "codec/number.h"
#include "codec/record.h"
#include "table/write_int.h"

#define SECOND_BYTES 8
#define SECOND_BITS  48
#define SECOND_MAX   ((int64_t)884541340800) /* the first of the year 30000 */

static_assert(SECOND_MAX < (int64_t)1 << SECOND_BITS, "a second stands beside a generation");

/* ---- keys ---- */
void expiry_prefix(const struct table_desc *table, struct buf *out)
{
    key_prefix(out, table->id, TTL_INDEX_ID(table->ttl.generation));
}

struct slice expiry_key(struct arena *arena, const struct table_desc *table, uint64_t second, struct slice item_key)
{
    uint8_t bytes[SECOND_BYTES];
    struct buf key;

    buf_init(&key, arena, KEY_BYTES_MAX);
    (void)buf_reserve(&key, item_key.n + SECOND_BYTES);
    expiry_prefix(table, &key);
    for (int i = 0; i < SECOND_BYTES; i++)
        bytes[i] = (uint8_t)(second >> (56 - 8 * i));
    buf_append(&key, bytes, sizeof(bytes));
    buf_append(&key, item_key.p + KEY_PREFIX_BYTES, item_key.n - KEY_PREFIX_BYTES);
    return buf_view(&key);
}

bool expiry_key_is(struct slice key)
{
    return key.n > KEY_PREFIX_BYTES + SECOND_BYTES && key.p[4] >= TTL_INDEX_ID(0) >> 8;
}

void expiry_key_read(struct arena *arena, struct slice key, uint64_t *ret_second, struct slice *ret_item_key)
{
    size_t head = KEY_PREFIX_BYTES + SECOND_BYTES;
    uint8_t *item_key;

    ASSERT(key.n > head);
    *ret_second = 0;
    for (size_t i = KEY_PREFIX_BYTES; i < head; i++)
        *ret_second = *ret_second << 8 | key.p[i];
    item_key = arena_alloc(arena, key.n - SECOND_BYTES);
    memcpy(item_key, key.p, 4);
    item_key[4] = item_key[5] = 0;
    memcpy(item_key + KEY_PREFIX_BYTES, key.p + head, key.n - head);
    *ret_item_key = slice_of(item_key, key.n - SECOND_BYTES);
}

/* ---- when ---- */
bool expiry_attribute(const struct table_desc *table, struct slice body, uint64_t *ret_second)
{
    struct slice value;
    int64_t second;

    if (table->ttl.attribute.p == NULL || body.p == NULL || !body_find(body, table->ttl.attribute, &value) ||
        value_type(value) != VALUE_N)
        return false;
    second = number_to_int(value_scalar(value).p);
    if (second <= 0 || second > SECOND_MAX)
        return false;
    *ret_second = (uint64_t)second;
    return true;
}

bool expiry_is_stale(uint64_t second, uint64_t now_ms)
{
    return second + EXPIRY_STALE_S < now_ms / 1000;
}

bool expiry_is_due(uint64_t second, uint64_t now_ms)
{
    return second < now_ms / 1000 && !expiry_is_stale(second, now_ms);
}

/* ---- where ---- */
static bool is_present(const struct table_desc *table, uint64_t expiry_s)
{
    return expiry_s >> SECOND_BITS == table->ttl.generation;
}

uint64_t expiry_second(uint64_t expiry_s)
{
    return expiry_s & ((1ull << SECOND_BITS) - 1);
}

uint64_t expiry_of_stored(const struct table_desc *table, struct slice body, uint64_t expiry_s)
{
    uint64_t second = 0;

    if (table->ttl.attribute.p == NULL || body.p == NULL)
        return 0;
    if (is_present(table, expiry_s))
        return expiry_second(expiry_s);
    (void)expiry_attribute(table, body, &second);
    return second;
}

uint64_t expiry_of_written(
    const struct table_desc *table, struct slice body, struct slice old_body, uint64_t old_expiry_s, uint64_t now_ms)
{
    uint64_t generation = (uint64_t)table->ttl.generation << SECOND_BITS, second, old_second;

    if (table->ttl.attribute.p == NULL || body.p == NULL)
        return 0;
    if (!expiry_attribute(table, body, &second) || expiry_is_stale(second, now_ms))
        return generation;
    if (is_present(table, old_expiry_s) && expiry_second(old_expiry_s) != 0 &&
        expiry_attribute(table, old_body, &old_second) && old_second == second)
        return old_expiry_s; /* unchanged: so is its place */
    return generation | (second > now_ms / 1000 ? second : now_ms / 1000);
}

/* ---- a write ---- */
static void entry_put(struct slice key, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct record record = {.stamp = stamp, .body = SLICE_LIT("")};
    struct buf bytes;

    buf_init(&bytes, arena, RECORD_HEAD_BYTES);
    record_write(&bytes, key, &record);
    effects_put(fx, ENGINE_DATA, key, buf_view(&bytes));
}

void table__expiry_change(struct table__action *action, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct table_desc *table = action->table;
    const struct table_write *write = action->write;
    uint64_t old_second, new_second;

    if (table->ttl.attribute.p == NULL)
        return;
    old_second = expiry_of_stored(table, write->old_body, action->old_expiry_s);
    action->new_expiry_s =
        expiry_of_written(table, write->new_body, write->old_body, action->old_expiry_s, action->now_ms);
    new_second = expiry_second(action->new_expiry_s);
    if (old_second != 0 && old_second != new_second)
        effects_delete(fx, ENGINE_DATA, expiry_key(arena, table, old_second, write->key));
    if (new_second != 0 && (old_second != new_second || !is_present(table, action->old_expiry_s)))
        entry_put(expiry_key(arena, table, new_second, write->key), stamp, arena, fx);
}

bool expiry_fill(const struct table_desc *table, struct slice item_key, const struct record *item, uint64_t now_ms,
    uint64_t stamp, struct arena *arena, struct effects *fx)
{
    uint64_t second;

    if (is_present(table, item->expiry_s) || !expiry_attribute(table, item->body, &second) ||
        expiry_is_stale(second, now_ms))
        return false;
    entry_put(expiry_key(arena, table, second, item_key), stamp, arena, fx);
    return true;
}
