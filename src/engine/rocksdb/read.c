/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Reading published state. RocksDB shows a batch only after its sync, so what it returns is durable and nothing here
 * ever waits for a group; nor does it look at pending values.
 *
 * Each read asks the caches first, on the fiber. What they do not have is read on the I/O pool while the fiber parks;
 * the arena is lent to the job meanwhile. On a plain thread the job runs in place.
 *
 * What one call returns stands between two groups: several keys are read again when a group was published in between,
 * under a snapshot the second time; a page whose cold part was read later starts again in the same case.
 */
#include "base/assert.h"
#include "engine/rocksdb/rocksdb_int.h"

#define CHUNK_BYTES_MIN ((size_t)4 << 10)
#define CHUNK_BYTES_MAX ((size_t)64 << 10)
#define BATCH_ENTRIES   256 /* per look into RocksDB; their lengths stand on the stack */

/* ---- single values ---- */

struct placed {
    struct arena *arena;
    struct slice value;
};

static void *place(void *context, size_t n)
{
    struct placed *placed = context;
    void *to = arena_alloc(placed->arena, n);

    placed->value = slice_of(to, n);
    return to;
}

/* *ret is absent unless SHIM_OK. */
static enum shim_code get_one(struct rocksdb *e, struct arena *arena, enum engine_space space, struct slice key,
    bool cached, const struct shim_snapshot *snapshot, struct slice *ret, struct shim_status *status)
{
    struct placed placed = {.arena = arena};
    enum shim_code code = shim_get(e->db, space, key.p, key.n, cached, snapshot, place, &placed, status);

    *ret = code == SHIM_OK ? placed.value : SLICE_NULL;
    return code;
}

static enum err get_error(struct rocksdb *e, enum shim_code code, const struct shim_status *status)
{
    return code == SHIM_OK || code == SHIM_ABSENT ? OK : rocksdb__error(e, "get", status);
}

enum err rocksdb__get_blocking(
    struct rocksdb *e, struct arena *arena, enum engine_space space, struct slice key, struct slice *ret)
{
    struct shim_status status;

    return get_error(e, get_one(e, arena, space, key, false, NULL, ret, &status), &status);
}

/* The keys at positions which[0..count) of `keys`, on the I/O pool. */
struct get_job {
    struct rocksdb *e;
    struct arena *arena;
    const struct engine_key *keys;
    const uint32_t *which;
    uint32_t count;
    const struct shim_snapshot *snapshot;
    struct engine_record *records;
    enum err err;
};

static void get_job_run(void *argument)
{
    struct get_job *job = argument;

    for (uint32_t i = 0; i < job->count && !job->err; i++) {
        const struct engine_key *key = &job->keys[job->which[i]];
        struct shim_status status;

        job->err = get_error(job->e,
            get_one(job->e, job->arena, key->space, key->key, false, job->snapshot, &job->records[job->which[i]].bytes,
                &status),
            &status);
    }
}

static void count_reads(struct rocksdb *e, uint32_t hits, uint32_t misses)
{
    atomic_fetch_add_explicit(&e->figures.get_hits, hits, memory_order_relaxed);
    if (misses != 0)
        atomic_fetch_add_explicit(&e->figures.get_misses, misses, memory_order_relaxed);
}

static enum err get_records(struct rocksdb *e, struct fiber *self, struct arena *arena, const struct engine_key *keys,
    const uint32_t *which, uint32_t count, const struct shim_snapshot *snapshot, struct engine_record *records)
{
    uint32_t *missed = arena_alloc(arena, count * sizeof(*missed)), misses = 0;
    struct get_job job = {.e = e, .arena = arena, .keys = keys, .snapshot = snapshot, .records = records};

    for (uint32_t i = 0; i < count; i++) {
        const struct engine_key *key = &keys[which[i]];
        struct slice *value = &records[which[i]].bytes;
        struct shim_status status;
        enum shim_code code = get_one(e, arena, key->space, key->key, true, snapshot, value, &status);

        if (code == SHIM_MISS)
            missed[misses++] = which[i];
        else if (get_error(e, code, &status))
            return get_error(e, code, &status);
        fiber_breathe(self, value->n + 1);
    }
    count_reads(e, count - misses, misses);
    if (misses == 0)
        return OK;
    job.which = missed;
    job.count = misses;
    fiber_blocking(self, get_job_run, &job);
    return job.err;
}

enum err rocksdb__get_records(struct rocksdb *e, struct fiber *self, struct arena *arena, const struct engine_key *keys,
    const uint32_t *which, uint32_t count, struct engine_record *records)
{
    return count == 0 ? OK : get_records(e, self, arena, keys, which, count, NULL, records);
}

/* A snapshot makes the row cache useless and costs RocksDB's mutex, so it is the second try. */
enum err rocksdb__get(struct engine *engine, struct fiber *self, struct arena *arena, const struct engine_key *keys,
    uint32_t keys_count, struct engine_record *ret_records)
{
    struct rocksdb *e = rocksdb__of(engine);
    uint64_t sequence = shim_sequence(e->db);
    const struct shim_snapshot *snapshot;
    struct arena_mark mark;
    uint32_t *which;
    enum err err;

    which = arena_alloc(arena, keys_count * sizeof(*which));
    for (uint32_t i = 0; i < keys_count; i++)
        which[i] = i;
    mark = arena_mark(arena);
    err = rocksdb__get_records(e, self, arena, keys, which, keys_count, ret_records);
    if (err || keys_count <= 1 || shim_sequence(e->db) == sequence)
        return err;
    arena_reset(arena, mark);
    snapshot = shim_snapshot_take(e->db);
    err = get_records(e, self, arena, keys, which, keys_count, snapshot, ret_records);
    shim_snapshot_release(e->db, snapshot);
    return err;
}

/* ---- pages ---- */

struct page_job {
    struct rocksdb *e;
    struct arena *arena;
    struct arena_mark mark; /* before anything of the page was allocated */
    enum engine_space space;
    struct slice from, to;
    bool reverse;
    uint32_t entries_max, capacity; /* of the arrays of `page` */
    size_t bytes_max, bytes;
    uint8_t *chunk; /* free room: chunk_bytes */
    size_t chunk_bytes, chunk_bytes_next;
    uint64_t sequence; /* of RocksDB, before the first look */
    struct engine_page page;
    enum shim_code code;
    enum err err;
};

static void page_start(struct page_job *job)
{
    arena_reset(job->arena, job->mark);
    job->page = (struct engine_page){0};
    job->capacity = 0;
    job->bytes = 0;
    job->chunk = NULL;
    job->chunk_bytes = 0;
    job->chunk_bytes_next = CHUNK_BYTES_MIN;
}

static struct slice *slices_grow(struct arena *arena, const struct slice *old, uint32_t count, uint32_t capacity)
{
    struct slice *slices = arena_alloc(arena, capacity * sizeof(*slices));

    if (count != 0)
        memcpy(slices, old, count * sizeof(*slices));
    return slices;
}

static void page_reserve(struct page_job *job, uint32_t entries)
{
    struct engine_page *page = &job->page;

    if (job->capacity - page->count >= entries)
        return;
    job->capacity = 2 * job->capacity + entries;
    page->keys = slices_grow(job->arena, page->keys, page->count, job->capacity);
    page->values = slices_grow(job->arena, page->values, page->count, job->capacity);
}

/* Room for an entry of `need` bytes, and for more of its kind. */
static void chunk_reserve(struct page_job *job, size_t need)
{
    job->chunk_bytes = need > job->chunk_bytes_next ? need : job->chunk_bytes_next;
    job->chunk = arena_alloc(job->arena, job->chunk_bytes);
    if (job->chunk_bytes_next < CHUNK_BYTES_MAX)
        job->chunk_bytes_next *= 4;
}

/* Makes slices of the entries that lie at `at`, one behind the other. */
static void page_add(struct page_job *job, const uint8_t *at, const struct shim_fill *fill)
{
    struct engine_page *page = &job->page;

    page_reserve(job, fill->entries);
    for (uint32_t i = 0; i < fill->entries; i++) {
        page->keys[page->count] = slice_of(at, fill->key_bytes[i]);
        at += fill->key_bytes[i];
        page->values[page->count++] = slice_of(at, fill->value_bytes[i]);
        at += fill->value_bytes[i];
    }
    job->bytes += fill->bytes;
}

static bool page_is_full(const struct page_job *job)
{
    return job->page.count == job->entries_max || (job->page.count != 0 && job->bytes >= job->bytes_max);
}

/* How many entries the next look may take; 0 when the page is full and the only question is whether the range goes on.
 */
static uint32_t entries_wanted(const struct page_job *job)
{
    uint32_t left = job->entries_max - job->page.count;

    if (page_is_full(job))
        return 0;
    return left < BATCH_ENTRIES ? left : BATCH_ENTRIES;
}

/* Some entries more. True when the page is done or cannot go on (job->code). */
static bool page_step(struct page_job *job, struct shim_iter *iter)
{
    uint32_t key_bytes[BATCH_ENTRIES], value_bytes[BATCH_ENTRIES];
    struct shim_fill fill = {.to = job->chunk,
        .to_bytes = job->chunk_bytes,
        .key_bytes = key_bytes,
        .value_bytes = value_bytes,
        .entries_max = entries_wanted(job),
        .bytes_max = job->bytes_max > job->bytes ? job->bytes_max - job->bytes : 1};
    const uint8_t *at = job->chunk;
    struct shim_status status;

    job->code = shim_iter_fill(iter, &fill, &status);
    job->chunk = fill.to;
    job->chunk_bytes = fill.to_bytes;
    page_add(job, at, &fill);
    if (job->code != SHIM_OK) {
        job->err = job->code == SHIM_MISS ? OK : rocksdb__error(job->e, "range", &status);
        return true;
    }
    if (fill.need != 0)
        chunk_reserve(job, fill.need);
    job->page.more = !fill.end;
    return fill.end || page_is_full(job);
}

/* An iterator over what the page does not have yet. */
static struct shim_iter *page_iter(const struct page_job *job, bool cached)
{
    struct slice from = job->from, to = job->to;

    if (job->page.count != 0) {
        struct slice last = job->page.keys[job->page.count - 1];

        if (job->reverse) {
            to = last;
        } else {
            uint8_t *next = arena_alloc(job->arena, last.n + 1);

            memcpy(next, last.p, last.n);
            next[last.n] = 0; /* the first key after it */
            from = slice_of(next, last.n + 1);
        }
    }
    return shim_iter_create(job->e->db, job->space, from.p, from.n, to.p, to.n, job->reverse, cached);
}

/* On the I/O pool: the rest of the page, or all of it when a group was published since. */
static void page_job_run(void *argument)
{
    struct page_job *job = argument;
    struct shim_iter *iter = page_iter(job, false);

    if (job->page.count != 0 && shim_sequence(job->e->db) != job->sequence) {
        shim_iter_destroy(iter);
        page_start(job);
        iter = page_iter(job, false);
    }
    while (!page_step(job, iter))
        ;
    shim_iter_destroy(iter);
}

static void page_from_caches(struct page_job *job, struct fiber *self)
{
    struct shim_iter *iter = page_iter(job, true);
    size_t before = 0;

    while (!page_step(job, iter)) {
        fiber_breathe(self, job->bytes - before + 1);
        before = job->bytes;
    }
    shim_iter_destroy(iter);
}

enum err rocksdb__range(struct engine *engine, struct fiber *self, struct arena *arena, enum engine_space space,
    struct slice from, struct slice to, bool reverse, uint32_t entries_max, size_t bytes_max, struct engine_page *ret)
{
    struct rocksdb *e = rocksdb__of(engine);
    struct page_job job = {.e = e,
        .arena = arena,
        .mark = arena_mark(arena),
        .space = space,
        .from = from,
        .to = to,
        .reverse = reverse,
        .entries_max = entries_max,
        .bytes_max = bytes_max,
        .sequence = shim_sequence(e->db)};
    bool hit;

    page_start(&job);
    page_from_caches(&job, self);
    hit = job.code != SHIM_MISS;
    atomic_fetch_add_explicit(hit ? &e->figures.range_hits : &e->figures.range_misses, 1, memory_order_relaxed);
    if (!hit)
        fiber_blocking(self, page_job_run, &job);
    if (job.err)
        return job.err;
    *ret = job.page;
    return OK;
}

/*
 * History is written only while a window or a pin holds it, and nothing opens one yet: of the past nothing is kept. The
 * present is the state at T when nothing newer was closed. ERR_LIMIT otherwise.
 */
enum err rocksdb__as_of(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stamp,
    struct slice from, struct slice to, uint32_t entries_max, size_t bytes_max, struct engine_page *ret)
{
    if (stamp < atomic_load(&rocksdb__of(engine)->watermark))
        return ERR_LIMIT;
    return rocksdb__range(engine, self, arena, ENGINE_DATA, from, to, false, entries_max, bytes_max, ret);
}
