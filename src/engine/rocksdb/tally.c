/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Counters and stream numbers. Decisions add deltas and never read a sum, so nobody needs the sum but the committer: it
 * keeps the value of each busy counter in memory, loads others on demand, and writes the absolute value once per
 * group however often the group touched it. The value in the batch is the value in memory: exact after a crash.
 *
 * The last number of a stream is such a counter too, under a key of the engine.
 *
 * A hash table whose entries are also in a list, the most recently used first; beyond TALLIES_MAX the oldest go. The
 * committer's own: no lock.
 */
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/assert.h"
#include "base/list.h"
#include "engine/rocksdb/rocksdb_int.h"

#define SLOTS 16384
static_assert((SLOTS & (SLOTS - 1)) == 0, "slots are chosen by a mask");

struct tally {
    struct tally *chain; /* in its slot */
    struct list_link use;
    struct tally *touched_next;
    uint64_t group; /* that touched it last */
    int64_t value;
    bool damaged; /* its record cannot be read */
    bool stored;  /* there is a record */
    uint32_t key_bytes;
    uint8_t key[];
};

struct tallies {
    struct tally *slots[SLOTS];
    struct list used;                      /* the most recently used first */
    struct tally *touched, **touched_last; /* by the group at hand, in order */
    uint32_t count;
    struct arena *arena; /* for loading */
};

struct tallies *rocksdb__tallies_create(void)
{
    struct tallies *tallies = calloc(1, sizeof(*tallies));

    ASSERT(tallies != NULL);
    tallies->arena = arena_create(4096);
    list_init(&tallies->used);
    tallies->touched_last = &tallies->touched;
    return tallies;
}

static struct tally **slot_of(struct tallies *tallies, struct slice key)
{
    return &tallies->slots[XXH3_64bits(key.p, key.n) & (SLOTS - 1)];
}

static struct slice key_of(const struct tally *tally)
{
    return slice_of(tally->key, tally->key_bytes);
}

static struct tally *oldest(const struct tallies *tallies)
{
    struct list_link *link = list_last(&tallies->used);

    return link == NULL ? NULL : LIST_ENTRY(link, struct tally, use);
}

static void tally_destroy(struct tallies *tallies, struct tally *tally)
{
    struct tally **at = slot_of(tallies, key_of(tally));

    while (*at != tally)
        at = &(*at)->chain;
    *at = tally->chain;
    list_remove(&tally->use);
    tallies->count--;
    free(tally);
}

void rocksdb__tallies_clear(struct tallies *tallies)
{
    struct tally *tally;

    while ((tally = oldest(tallies)) != NULL)
        tally_destroy(tallies, tally);
    tallies->touched = NULL;
    tallies->touched_last = &tallies->touched;
}

void rocksdb__tallies_destroy(struct tallies *tallies)
{
    if (tallies == NULL)
        return;
    rocksdb__tallies_clear(tallies);
    arena_destroy(tallies->arena);
    free(tallies);
}

static struct tally *tally_create(struct tallies *tallies, struct slice key)
{
    struct tally **slot = slot_of(tallies, key);
    struct tally *tally = malloc(sizeof(*tally) + key.n);

    ASSERT(tally != NULL);
    *tally = (struct tally){.chain = *slot, .key_bytes = (uint32_t)key.n};
    memcpy(tally->key, key.p, key.n);
    *slot = tally;
    list_add_first(&tallies->used, &tally->use);
    tallies->count++;
    return tally;
}

/* Reads the stored value. A damaged record is not replaced: readers see ERR_CORRUPT, and the log says so once. */
static enum err tally_load(struct rocksdb *e, struct tally *tally)
{
    struct arena *arena = e->tallies->arena;
    struct arena_mark mark = arena_mark(arena);
    struct slice bytes;
    enum err err = rocksdb__get_blocking(e, arena, ENGINE_META, key_of(tally), &bytes);

    if (!err) {
        tally->stored = bytes.p != NULL;
        if (counter_value(key_of(tally), bytes, &tally->value) != OK) {
            tally->damaged = true;
            rocksdb__log(e, "engine.counter_damaged", "key_bytes=%u", tally->key_bytes);
        }
    }
    arena_reset(arena, mark);
    return err;
}

/* The counter, in memory and counted among those the group touched. */
static enum err tally_touch(struct rocksdb *e, struct slice key, uint64_t group, struct tally **ret)
{
    struct tallies *tallies = e->tallies;
    struct tally *tally;
    enum err err;

    for (tally = *slot_of(tallies, key); tally != NULL && !slice_equal(key_of(tally), key); tally = tally->chain)
        ;
    if (tally == NULL) {
        tally = tally_create(tallies, key);
        err = tally_load(e, tally);
        if (err) {
            tally_destroy(tallies, tally);
            return err;
        }
    } else {
        list_remove(&tally->use);
        list_add_first(&tallies->used, &tally->use);
    }
    if (tally->group != group) {
        tally->group = group;
        tally->touched_next = NULL;
        *tallies->touched_last = tally;
        tallies->touched_last = &tally->touched_next;
    }
    *ret = tally;
    return OK;
}

void rocksdb__tail_put(struct rocksdb *e, enum engine_space space, struct slice key, struct slice value)
{
    uint8_t *to = buf_reserve(&e->tail, SHIM_OPERATION_BYTES_MAX(key.n, value.n)), *unused_key, *unused_value;

    if (to == NULL)
        return; /* sticky */
    e->tail.n =
        (size_t)(shim_batch_put(to, space, key.p, key.n, value.p, value.n, &unused_key, &unused_value) - e->tail.p);
    e->tail_operations++;
}

void rocksdb__tail_delete(struct rocksdb *e, enum engine_space space, struct slice key)
{
    uint8_t *to = buf_reserve(&e->tail, SHIM_OPERATION_BYTES_MAX(key.n, (size_t)0)), *unused_key;

    if (to == NULL)
        return;
    e->tail.n = (size_t)(shim_batch_delete(to, space, key.p, key.n, &unused_key) - e->tail.p);
    e->tail_operations++;
}

/* A counter at 0 has no record. */
static void tally_write(struct rocksdb *e, struct tally *tally, uint64_t stamp)
{
    struct slice key = key_of(tally);

    if (tally->value == 0) {
        if (tally->stored)
            rocksdb__tail_delete(e, ENGINE_META, key);
        tally->stored = false;
        return;
    }
    e->record.n = 0;
    engine__counter_write(&e->record, key, stamp, tally->value);
    rocksdb__tail_put(e, ENGINE_META, key, buf_view(&e->record));
    tally->stored = true;
}

static enum err adds_apply(struct rocksdb *e, const struct group *group)
{
    for (const struct group_add *add = group->adds; add != NULL; add = add->next) {
        struct tally *tally;
        enum err err = tally_touch(e, add->key, group->number, &tally);

        if (err)
            return err;
        tally->value = engine__counter_sum(tally->value, add->delta);
    }
    return OK;
}

/*
 * Numbers must never be given twice. When the last number of a stream cannot be read, numbering goes on at the floor of
 * stamps: that is greater than any count of entries, and greater each time.
 */
static void stream_repair(struct tally *tally, const struct group *group)
{
    tally->damaged = false;
    tally->value = (int64_t)group->floor;
}

static enum err appends_apply(struct rocksdb *e, const struct group *group)
{
    for (const struct group_append *append = group->appends; append != NULL; append = append->next) {
        uint8_t key[ENGINE_KEY_STREAM_BYTES];
        struct tally *tally;
        enum err err;

        engine__stream_key(key, append->stream);
        err = tally_touch(e, slice_of(key, sizeof(key)), group->number, &tally);
        if (err)
            return err;
        if (tally->damaged)
            stream_repair(tally, group);
        tally->value++;
        engine__log_key(append->key, append->stream, (uint64_t)tally->value);
    }
    return OK;
}

enum err rocksdb__tallies_apply(struct rocksdb *e, struct group *group)
{
    struct tallies *tallies = e->tallies;
    enum err err = adds_apply(e, group);

    if (!err)
        err = appends_apply(e, group);
    if (err)
        return err; /* the group fails, and with it everything is cleared */
    for (struct tally *tally = tallies->touched; tally != NULL; tally = tally->touched_next) {
        if (!tally->damaged)
            tally_write(e, tally, group->floor);
    }
    tallies->touched = NULL;
    tallies->touched_last = &tallies->touched;
    while (tallies->count > TALLIES_MAX)
        tally_destroy(tallies, oldest(tallies));
    return OK;
}
