/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Dropped key ranges of the families data and log. A dropped table's keys are never read again, for table ids are never
 * reused, nor are those of a stream; what remains is to get the space back without slowing the neighbours, which
 * RocksDB's DeleteRange would do to every read beside its tombstone.
 *
 *     drop      a record in meta names the range, durable before the call returns
 *     files     that lie wholly inside the range are deleted at once
 *     filter    every compaction leaves out keys of dead ranges
 *     sweep     the keeper compacts what is left at the edges, then deletes the record
 *
 * After a restart the records are loaded and the sweep goes on. The set is immutable and shared by running
 * compactions; a change makes a new one. It is sorted by the first keys; ranges may nest (an index, then its table), so
 * each knows the furthest end among those up to it, and a look-up is one binary search.
 */
#include <stdlib.h>

#include "base/assert.h"
#include "codec/record.h"
#include "engine/rocksdb/rocksdb_int.h"

#define LOAD_ENTRIES 256
#define LOAD_BYTES   ((size_t)64 << 10)

/* Records in meta begin so, by space; and the first key after all of them. */
static const struct slice prefixes[DEAD_SPACES] = {SLICE_LIT(ENGINE_KEY_DEAD), SLICE_LIT(ENGINE_KEY_DEAD_LOG)};
static const struct slice successors[DEAD_SPACES] = {SLICE_LIT("!deae"), SLICE_LIT("!dloh")};
static_assert(ENGINE_DATA == 0 && ENGINE_LOG == 1, "the spaces with dropped ranges come first");

struct dead_range {
    struct slice from, to; /* owned; to.n == 0: to the end of the space */
    struct slice reach;    /* the furthest end of this range and those before it; borrowed from one of them */
};

struct dead_set {
    _Atomic uint32_t refs;
    uint32_t count;
    struct dead_range ranges[]; /* ascending by `from` */
};

/* ---- the set ---- */

static struct slice slice_copy(struct slice s)
{
    uint8_t *p = malloc(s.n + 1);

    ASSERT(p != NULL);
    if (s.n != 0)
        memcpy(p, s.p, s.n);
    return slice_of(p, s.n);
}

static void slice_free(struct slice s)
{
    free((void *)(uintptr_t)s.p);
}

static struct dead_set *set_create(uint32_t capacity)
{
    struct dead_set *set = malloc(sizeof(*set) + capacity * sizeof(set->ranges[0]));

    ASSERT(set != NULL);
    atomic_init(&set->refs, 1);
    set->count = 0;
    return set;
}

static void set_unref(struct dead_set *set)
{
    if (set == NULL || atomic_fetch_sub(&set->refs, 1) != 1)
        return;
    for (uint32_t i = 0; i < set->count; i++) {
        slice_free(set->ranges[i].from);
        slice_free(set->ranges[i].to);
    }
    free(set);
}

static bool end_is_after(struct slice end, struct slice key)
{
    return end.n == 0 || slice_compare(end, key) > 0;
}

/* In ascending order. */
static void set_push(struct dead_set *set, struct slice from, struct slice to)
{
    struct dead_range *range = &set->ranges[set->count];

    *range = (struct dead_range){.from = slice_copy(from), .to = slice_copy(to)};
    range->reach = range->to;
    if (set->count != 0 && range->to.n != 0 && end_is_after(range[-1].reach, range->to))
        range->reach = range[-1].reach;
    set->count++;
}

/* A copy of `old` (may be NULL) with one range more, or one less: `to` absent takes away the range that begins at
 * `from`. */
static struct dead_set *set_changed(const struct dead_set *old, struct slice from, struct slice to)
{
    uint32_t count = old == NULL ? 0 : old->count, i = 0;
    struct dead_set *set = set_create(count + 1);

    for (; i < count && slice_compare(old->ranges[i].from, from) < 0; i++)
        set_push(set, old->ranges[i].from, old->ranges[i].to);
    if (to.p != NULL)
        set_push(set, from, to);
    for (; i < count; i++) {
        if (!slice_equal(old->ranges[i].from, from))
            set_push(set, old->ranges[i].from, old->ranges[i].to);
    }
    if (set->count != 0)
        return set;
    set_unref(set);
    return NULL;
}

static void dead_change(struct rocksdb *e, enum engine_space space, struct slice from, struct slice to)
{
    struct dead_set *old;

    pthread_mutex_lock(&e->dead_mutex);
    old = e->dead[space];
    e->dead[space] = set_changed(old, from, to);
    pthread_mutex_unlock(&e->dead_mutex);
    set_unref(old);
}

void rocksdb__dead_free(struct rocksdb *e)
{
    for (int space = 0; space < DEAD_SPACES; space++) {
        set_unref(e->dead[space]);
        e->dead[space] = NULL;
    }
}

/* ---- the filter: called by RocksDB's threads ---- */

const void *rocksdb__dead_acquire(void *engine, uint32_t space)
{
    struct rocksdb *e = engine;
    struct dead_set *set;

    pthread_mutex_lock(&e->dead_mutex);
    set = e->dead[space];
    if (set != NULL)
        atomic_fetch_add(&set->refs, 1);
    pthread_mutex_unlock(&e->dead_mutex);
    return set;
}

void rocksdb__dead_release(void *engine, const void *dead)
{
    (void)engine;
    set_unref((struct dead_set *)(uintptr_t)dead);
}

bool rocksdb__dead_has(const void *dead, const uint8_t *key, size_t n)
{
    const struct dead_set *set = dead;
    struct slice k = slice_of(key, n);
    uint32_t low = 0, high = set->count;

    /* the last range that begins at or before the key */
    while (low < high) {
        uint32_t middle = (low + high) / 2;

        if (slice_compare(set->ranges[middle].from, k) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low != 0 && end_is_after(set->ranges[low - 1].reach, k);
}

/* ---- records in meta: the prefix of the space and the first key; the body is the end ---- */

static struct slice record_key(struct arena *arena, enum engine_space space, struct slice from)
{
    struct slice prefix = prefixes[space];
    uint8_t *key = arena_alloc(arena, prefix.n + from.n);

    memcpy(key, prefix.p, prefix.n);
    memcpy(key + prefix.n, from.p, from.n);
    return slice_of(key, prefix.n + from.n);
}

struct change {
    struct slice key, to;
    bool forget;
};

static enum err change_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct change *change = context;
    const struct record record = {.stamp = stamp, .body = change->to};
    struct buf out;

    (void)old;
    if (change->forget) {
        effects_delete(fx, ENGINE_META, change->key);
        return OK;
    }
    buf_init(&out, arena, RECORD_HEAD_BYTES + change->to.n);
    record_write(&out, change->key, &record);
    effects_put(fx, ENGINE_META, change->key, buf_view(&out));
    return OK;
}

static enum err change_store(struct rocksdb *e, struct fiber *self, struct arena *arena, struct change *change)
{
    const struct engine_key key = {ENGINE_META, change->key};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = change_decide, .context = change};
    engine_ticket ticket;
    enum err err = engine_decide(&e->engine, self, arena, &decision, &ticket);

    return err ? err : engine_settle(&e->engine, self, ticket);
}

static enum err page_load(struct rocksdb *e, enum engine_space space, const struct engine_page *page)
{
    size_t prefix = prefixes[space].n;

    for (uint32_t i = 0; i < page->count; i++) {
        struct slice key = page->keys[i];
        struct record record;
        enum err err = record_read(key, page->values[i], &record);

        if (err)
            return err;
        dead_change(e, space, slice_of(key.p + prefix, key.n - prefix), record.body);
    }
    return OK;
}

static enum err space_load(struct rocksdb *e, struct fiber *self, struct arena *arena, enum engine_space space)
{
    struct slice to = successors[space];
    struct engine_page page;

    /* From the end, so that the first key of a page bounds the next one. */
    do {
        enum err err = rocksdb__range(
            &e->engine, self, arena, ENGINE_META, prefixes[space], to, true, LOAD_ENTRIES, LOAD_BYTES, &page);

        if (!err)
            err = page_load(e, space, &page);
        if (err)
            return err;
        if (page.count != 0)
            to = page.keys[page.count - 1];
    } while (page.more);
    return OK;
}

enum err rocksdb__dead_load(struct rocksdb *e, struct fiber *self, struct arena *arena)
{
    enum err err = space_load(e, self, arena, ENGINE_DATA);

    return err ? err : space_load(e, self, arena, ENGINE_LOG);
}

/* ---- dropping and sweeping ---- */

enum err rocksdb__drop(
    struct engine *engine, struct fiber *self, enum engine_space space, struct slice from, struct slice to)
{
    struct rocksdb *e = rocksdb__of(engine);
    struct arena *arena = arena_create(4096);
    struct slice end = to.p == NULL ? SLICE_LIT("") : to;
    struct change change = {.key = record_key(arena, space, from), .to = end};
    enum err err;

    ASSERT(from.n != 0);
    err = change_store(e, self, arena, &change);
    arena_destroy(arena);
    if (err)
        return err;
    dead_change(e, space, from, end);
    pthread_mutex_lock(&e->mutex);
    e->drop_wanted = true;
    pthread_mutex_unlock(&e->mutex);
    pthread_cond_signal(&e->keep);
    return OK;
}

/* The first range of the set, copied. */
static bool first_range(
    struct rocksdb *e, struct arena *arena, enum engine_space space, struct slice *ret_from, struct slice *ret_to)
{
    const struct dead_set *set = rocksdb__dead_acquire(e, space);

    if (set == NULL)
        return false;
    *ret_from = arena_dup(arena, set->ranges[0].from);
    *ret_to = arena_dup(arena, set->ranges[0].to);
    rocksdb__dead_release(e, set);
    return true;
}

static bool sweep(struct rocksdb *e, struct fiber *self, struct arena *arena, enum engine_space space)
{
    struct change change = {.forget = true};
    struct shim_status status;
    struct slice from, to;

    if (!first_range(e, arena, space, &from, &to))
        return false;
    shim_delete_files(e->db, space, from.p, from.n, to.p, to.n, &status);
    if (status.code == SHIM_OK)
        shim_compact(e->db, space, from.p, from.n, to.p, to.n, &status);
    if (status.code != SHIM_OK)
        return false; /* tried again later, or after the next start; the record stays */
    change.key = record_key(arena, space, from);
    if (change_store(e, self, arena, &change))
        return false;
    dead_change(e, space, from, SLICE_NULL);
    rocksdb__log(e, "engine.swept", "a dropped range of keys is gone from the disk");
    return true;
}

bool rocksdb__dead_step(struct rocksdb *e, struct fiber *self, struct arena *arena)
{
    return sweep(e, self, arena, ENGINE_DATA) || sweep(e, self, arena, ENGINE_LOG);
}
