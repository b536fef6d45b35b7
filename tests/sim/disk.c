/* SPDX-License-Identifier: Apache-2.0 */

/*
 * RocksDB as the server sees it (engine/rocksdb/shim.h), in memory, with a disk that fails. It outlives the server.
 *
 * A batch is in the log, then synced, then visible; the committer writes one at a time, so at most one is not synced.
 * When the process dies in between, that one may have reached the disk, or not, or in part: then the log is torn, and
 * the server has to find that and cut it when it opens. A write that failed may have left its bytes in the log all the
 * same; they come back at the next start, unless the server has resumed in between, which begins a new log.
 *
 * Readers see a snapshot: an iterator copies what is left of its range before the first batch that is written after it
 * was made, a snapshot keeps the old values of keys that are written while it lives.
 *
 * Of the logs' files (engine/rocksdb/wal.h) only the judgement is played: whole or torn.
 */
#include "engine/rocksdb/shim.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/assert.h"
#include "engine/engine.h"
#include "engine/mem/sorted.h"
#include "engine/rocksdb/wal.h"
#include "sim.h"

#define SYNC_NS_MOST ((uint64_t)1000000)
#define SYNC_NS_SLOW ((uint64_t)100000000)
#define READ_NS_MOST ((uint64_t)300000)
#define READ_NS_SLOW ((uint64_t)200000000)
#define DISK_BYTES   ((uint64_t)100 << 30)
#define BATCH_PUT    0x5
#define BATCH_DELETE 0x4

struct operation {
    uint32_t family;
    bool deletes;
    struct slice key, value;
};

enum stage { NOTHING, IN_LOG, SYNCED };

struct batch {
    uint8_t *bytes; /* of the world */
    size_t n;
    enum stage stage;
};

struct old_value {
    struct old_value *next;
    uint32_t family;
    struct slice key, value; /* copies */
};

struct shim_snapshot {
    struct shim_snapshot *next;
    struct old_value *olds; /* the newest first; the oldest of a key is the one */
};

struct shim_iter {
    struct shim_iter *next;
    uint32_t family;
    bool reverse, cached;
    const struct sorted_node *node; /* NULL: at the end, or detached */
    struct slice from, to;          /* copies */
    bool detached;
    struct slice *keys, *values; /* when detached: what is left, in order */
    uint32_t n, at;
};

struct shim_db {
    struct shim_hooks hooks;
    bool read_only;
};

struct sim_disk_figures sim_disk;

static struct {
    struct sorted *families[SHIM_FAMILIES];
    struct batch written; /* on its way */
    struct batch ghost;   /* of a failed write whose bytes are in the log */
    bool torn;            /* the log ends in a part of a batch */
    bool stopped;         /* writes are refused until shim_resume */
    uint32_t resumes_fail;
    bool fatal;   /* no resuming helps */
    bool in_part; /* what was refused is in memory, and the next write will show it */
    uint64_t sequence;
    struct shim_iter *iters;
    struct shim_snapshot *snapshots;
    struct shim_db db;
    bool full;
    bool cancelled;
} disk;

void sim_disk_init(void)
{
    for (int i = 0; i < SHIM_FAMILIES; i++) {
        sorted_destroy(disk.families[i]);
        disk.families[i] = sorted_create();
    }
    free(disk.written.bytes);
    free(disk.ghost.bytes);
    memset(&disk.written, 0, sizeof(disk) - offsetof(typeof(disk), written));
    sim_disk = (struct sim_disk_figures){0};
}

/* ---- status ---- */

static enum shim_code status_of(struct shim_status *status, enum shim_code code, const char *text)
{
    memset(status, 0, sizeof(*status));
    status->code = code;
    if (text != NULL)
        strcpy(status->text, text);
    return code;
}

/* ---- batches ---- */

static size_t varint(const uint8_t **at)
{
    size_t n = 0;

    for (int shift = 0;; shift += 7) {
        n |= (size_t)(**at & 127) << shift;
        if ((*(*at)++ & 128) == 0)
            return n;
    }
}

static struct slice text_of(const uint8_t **at)
{
    size_t n = varint(at);
    struct slice s = slice_of(*at, n);

    *at += n;
    return s;
}

static struct operation operation_at(const uint8_t **at)
{
    struct operation o = {.deletes = *(*at)++ == BATCH_DELETE};

    o.family = (uint32_t)varint(at);
    o.key = text_of(at);
    if (!o.deletes)
        o.value = text_of(at);
    return o;
}

static struct slice copy(struct slice s)
{
    uint8_t *p = malloc(s.n + 1);

    if (s.n != 0)
        memcpy(p, s.p, s.n);
    return slice_of(p, s.n);
}

static void copy_free(struct slice s)
{
    free((void *)(uintptr_t)s.p);
}

static void snapshots_keep(const struct operation *o)
{
    for (struct shim_snapshot *s = disk.snapshots; s != NULL; s = s->next) {
        struct old_value *old = malloc(sizeof(*old));
        struct slice value = sorted_get(disk.families[o->family], o->key);

        *old = (struct old_value){.next = s->olds, .family = o->family, .key = copy(o->key)};
        old->value = value.p == NULL ? SLICE_NULL : copy(value);
        s->olds = old;
    }
}

static void operation_apply(const struct operation *o)
{
    snapshots_keep(o);
    if (o->deletes)
        sorted_delete(disk.families[o->family], o->key);
    else
        sorted_put(disk.families[o->family], o->key, o->value);
}

static void iters_detach(void);

static void batch_apply(const struct batch *batch)
{
    const uint8_t *at = batch->bytes, *end = batch->bytes + batch->n;

    iters_detach();
    while (at < end) {
        struct operation o = operation_at(&at);

        operation_apply(&o);
    }
    ASSERT(at == end);
    disk.sequence++;
}

/* What comes behind some of its first entries is gone. */
static void batch_cut(struct batch *batch)
{
    const uint8_t *at = batch->bytes, *end = batch->bytes + batch->n;

    while (at < end && sim_chance(SIM_DISK, 700000))
        (void)operation_at(&at);
    batch->n = (size_t)(at - batch->bytes);
}

static void batch_drop(struct batch *batch)
{
    free(batch->bytes);
    *batch = (struct batch){0};
}

/* What a start finds of a batch that was not synced when the process died. */
static void batch_recover(struct batch *batch, bool power)
{
    if (batch->stage == SYNCED || (batch->stage == IN_LOG && (!power || sim_chance(SIM_DISK, 500000)))) {
        batch_apply(batch);
        sim_cover_count("recovered: whole");
    } else if (batch->stage == IN_LOG && sim.plan.faults[SIM_TORN] && sim_chance(SIM_DISK, 500000)) {
        disk.torn = true;
        sim_cover_count("recovered: torn");
    } else if (batch->stage == IN_LOG) {
        sim_cover_count("recovered: dropped");
    }
    batch_drop(batch);
}

static void readers_forget(void);

void sim_disk_crash(bool power)
{
    sim_world_enter();
    readers_forget();
    batch_recover(&disk.ghost, power);
    batch_recover(&disk.written, power);
    disk.stopped = false;
    disk.resumes_fail = 0;
    disk.fatal = disk.in_part = false;
    sim_world_leave();
}

/* ---- opening and closing ---- */

enum err engine_wal_scan(const char *path, struct engine_wal_report *ret)
{
    (void)path;
    SIM_POINT();
    *ret = (struct engine_wal_report){.state = disk.torn ? ENGINE_WAL_TORN : ENGINE_WAL_WHOLE, .files = 1};
    strcpy(ret->file, "000001.log");
    return OK;
}

enum err wal_tail_set_aside(const char *path, const struct engine_wal_report *report, char *ret_copy, size_t copy_bytes)
{
    (void)path;
    (void)report;
    SIM_POINT();
    ASSERT(copy_bytes > 5);
    strcpy(ret_copy, "copy");
    disk.torn = false;
    return OK;
}

/* There are no folders. */
enum err folder_make(const char *path);
enum err folder_make(const char *path)
{
    (void)path;
    return OK;
}

int __wrap_statvfs64(const char *path, struct statvfs *ret);
int __wrap_statvfs64(const char *path, struct statvfs *ret)
{
    (void)path;
    SIM_POINT();
    if (disk.full)
        disk.full = !sim.calm && sim_chance(SIM_DISK, 700000);
    else
        disk.full = sim_fault_on(SIM_FULL_DISK) && sim_chance(SIM_DISK, 50000);
    *ret = (struct statvfs){.f_frsize = 4096, .f_blocks = DISK_BYTES / 4096};
    ret->f_bavail = disk.full ? 10 : ret->f_blocks / 2;
    return 0;
}

void shim_open(const struct shim_options *options, struct shim_db **ret, struct shim_status *status)
{
    SIM_POINT();
    ASSERT(!disk.torn);
    disk.db = (struct shim_db){.hooks = options->hooks, .read_only = options->read_only};
    disk.cancelled = false;
    *ret = &disk.db;
    (void)status_of(status, SHIM_OK, NULL);
}

void shim_close(struct shim_db *db, struct shim_status *status)
{
    SIM_POINT();
    (void)db;
    if (disk.iters != NULL || disk.snapshots != NULL)
        sim_violation("the engine closed with iterators or snapshots open");
    batch_drop(&disk.ghost); /* closing writes everything out, which begins a new log */
    disk.stopped = false;
    (void)status_of(status, SHIM_OK, NULL);
}

/* ---- writing ---- */

static void batch_take(struct batch *batch, const struct shim_bytes *parts, uint32_t parts_count)
{
    size_t n = 0;

    for (uint32_t i = 0; i < parts_count; i++)
        n += parts[i].n;
    sim_world_enter();
    *batch = (struct batch){.bytes = malloc(n + 1)};
    sim_world_leave();
    for (uint32_t i = 0; i < parts_count; i++) {
        if (parts[i].n != 0)
            memcpy(batch->bytes + batch->n, parts[i].p, parts[i].n);
        batch->n += parts[i].n;
    }
}

/* As RocksDB numbers them. */
enum { SEVERITY_HARD = 2, SEVERITY_FATAL = 3 };

/* An error of the disk: nothing is written any more until the server has asked to resume. */
static void write_failed(struct shim_db *db, struct shim_status *status)
{
    bool reached = sim_chance(SIM_DISK, 500000);

    sim_disk.errors++;
    sim_world_enter();
    batch_drop(&disk.ghost);
    if (reached) {
        disk.ghost = disk.written;
        disk.ghost.stage = IN_LOG;
        disk.written = (struct batch){0};
    }
    batch_drop(&disk.written);
    sim_world_leave();
    disk.stopped = true;
    disk.resumes_fail = sim_chance(SIM_DISK, 300000) ? 1 + sim_below(SIM_DISK, 3) : 0;
    disk.fatal = sim_chance(SIM_DISK, 100000);
    disk.in_part = reached && sim_chance(SIM_DISK, 200000);
    if (db->hooks.background_error != NULL)
        db->hooks.background_error(db->hooks.context);
    if (sim_chance(SIM_DISK, 300000))
        (void)status_of(status, SHIM_NO_SPACE, "no space");
    else
        (void)status_of(status, SHIM_IO, "input/output error");
    status->in_part = disk.in_part;
}

static uint64_t duration(uint64_t most, uint64_t slow)
{
    return sim_some_ns(SIM_DISK, sim_fault_on(SIM_SLOW_DISK) && sim_chance(SIM_DISK, 20000) ? slow : most);
}

void shim_write(struct shim_db *db, const struct shim_bytes *parts, uint32_t parts_count, uint32_t count, bool sync,
    struct shim_status *status)
{
    (void)count;
    ASSERT(!db->read_only && sync && disk.written.bytes == NULL);
    SIM_POINT_STAGE(0);
    if (disk.stopped) {
        (void)status_of(status, SHIM_IO, "stopped by an earlier error");
        return;
    }
    batch_take(&disk.written, parts, parts_count);
    sim_disk.writes++;
    if (sim_fault_on(SIM_WRITE_ERROR) && sim_chance(SIM_DISK, 10000)) {
        write_failed(db, status);
        return;
    }
    disk.written.stage = IN_LOG;
    SIM_POINT_STAGE(1);
    sim_sleep(duration(SYNC_NS_MOST, SYNC_NS_SLOW));
    if (sim_fault_on(SIM_SYNC_ERROR) && sim_chance(SIM_DISK, 400))
        db->hooks.sync_failed(db->hooks.context, "000001.log", "sync failed"); /* does not return */
    disk.written.stage = SYNCED;
    SIM_POINT_STAGE(2);
    sim_world_enter();
    batch_apply(&disk.written);
    batch_drop(&disk.written);
    sim_world_leave();
    SIM_POINT_STAGE(3);
    (void)status_of(status, SHIM_OK, NULL);
}

/* A failed sync ends the process, and an error that RocksDB calls fatal. */
_Noreturn void __wrap__exit(int status);
_Noreturn void __wrap__exit(int status)
{
    sim_note("exit", (uint64_t)status);
    sim_cover_count(disk.in_part ? "a write in part ended the process"
                    : disk.fatal ? "a fatal error ended the process"
                                 : "a failed sync ended the process");
    sim_crash_now(true);
    abort();
}

void shim_resume(struct shim_db *db, struct shim_status *status)
{
    (void)db;
    SIM_POINT();
    sim_sleep(duration(SYNC_NS_MOST, SYNC_NS_SLOW));
    if (disk.resumes_fail != 0 || disk.fatal) {
        disk.resumes_fail -= disk.resumes_fail != 0;
        (void)status_of(status, SHIM_IO, "input/output error");
        status->severity = disk.fatal ? SEVERITY_FATAL : SEVERITY_HARD;
        return;
    }
    sim_world_enter();
    if (disk.in_part) {
        batch_cut(&disk.ghost);
        batch_apply(&disk.ghost);
    }
    batch_drop(&disk.ghost);
    sim_world_leave();
    disk.stopped = disk.in_part = false;
    sim_cover_count("resumed after an error");
    (void)status_of(status, SHIM_OK, NULL);
}

void shim_mark(struct shim_db *db, struct shim_status *status)
{
    SIM_POINT();
    if (sim_fault_on(SIM_BACKGROUND_ERROR) && !disk.stopped && sim_chance(SIM_DISK, 20000)) {
        disk.stopped = true;
        db->hooks.background_error(db->hooks.context);
    }
    (void)status_of(status, SHIM_OK, NULL);
}

/* Resuming never hangs here. */
void shim_nudge(struct shim_db *db, struct shim_status *status)
{
    (void)db;
    (void)status_of(status, SHIM_OK, NULL);
}

void shim_flush(struct shim_db *db, struct shim_status *status)
{
    (void)db;
    (void)status_of(status, SHIM_OK, NULL);
}

static uint8_t *varint_put(uint8_t *to, size_t n)
{
    for (; n >= 128; n >>= 7)
        *to++ = (uint8_t)(n | 128);
    *to++ = (uint8_t)n;
    return to;
}

static uint8_t *bytes_put(uint8_t *to, const void *p, size_t n, uint8_t **ret_copy)
{
    to = varint_put(to, n);
    *ret_copy = to;
    if (n != 0)
        memcpy(to, p, n);
    return to + n;
}

uint8_t *shim_batch_put(uint8_t *to, uint32_t family, const void *key, size_t key_bytes, const void *value,
    size_t value_bytes, uint8_t **ret_key, uint8_t **ret_value)
{
    *to++ = BATCH_PUT;
    to = bytes_put(varint_put(to, family), key, key_bytes, ret_key);
    return bytes_put(to, value, value_bytes, ret_value);
}

uint8_t *shim_batch_delete(uint8_t *to, uint32_t family, const void *key, size_t key_bytes, uint8_t **ret_key)
{
    *to++ = BATCH_DELETE;
    return bytes_put(varint_put(to, family), key, key_bytes, ret_key);
}

/* ---- reading ---- */

/* Bytes of items and of streams may come back changed, for this one time. */
static void maybe_flip(uint32_t family, uint8_t *p, size_t n)
{
    if ((family != ENGINE_DATA && family != ENGINE_LOG) || n == 0 || !sim_fault_on(SIM_BIT_FLIP) ||
        !sim_chance(SIM_DISK, 500))
        return;
    p[sim_below(SIM_DISK, (uint32_t)n)] ^= (uint8_t)(1u << sim_below(SIM_DISK, 8));
    sim_disk.flips++;
}

static bool missed(bool cached)
{
    return cached && sim_fault_on(SIM_MISSES) && sim_chance(SIM_DISK, 150000);
}

static bool read_fails(bool cached)
{
    if (cached || !sim_fault_on(SIM_READ_ERROR) || !sim_chance(SIM_DISK, 1000))
        return false;
    sim_disk.errors++;
    return true;
}

/* The value as the snapshot has it; false: not changed since. */
static bool snapshot_find(const struct shim_snapshot *s, uint32_t family, struct slice key, struct slice *ret)
{
    bool found = false;

    for (const struct old_value *old = s == NULL ? NULL : s->olds; old != NULL; old = old->next) {
        if (old->family == family && slice_equal(old->key, key)) {
            *ret = old->value;
            found = true; /* an older one may follow */
        }
    }
    return found;
}

enum shim_code shim_get(struct shim_db *db, uint32_t family, const void *key, size_t n, bool cached,
    const struct shim_snapshot *snapshot, shim_place_fn *place, void *context, struct shim_status *status)
{
    struct slice k = slice_of(key, n), value;
    void *to;

    (void)db;
    SIM_POINT();
    sim_disk.reads++;
    if (missed(cached)) {
        sim_disk.misses++;
        return status_of(status, SHIM_MISS, NULL);
    }
    if (!cached && sim_task_life() != 0)
        sim_sleep(duration(READ_NS_MOST, READ_NS_SLOW));
    if (read_fails(cached))
        return status_of(status, SHIM_IO, "input/output error");
    if (!snapshot_find(snapshot, family, k, &value))
        value = sorted_get(disk.families[family], k);
    if (value.p == NULL)
        return status_of(status, SHIM_ABSENT, NULL);
    to = place(context, value.n);
    if (value.n != 0)
        memcpy(to, value.p, value.n);
    maybe_flip(family, to, value.n);
    return status_of(status, SHIM_OK, NULL);
}

uint64_t shim_sequence(struct shim_db *db)
{
    (void)db;
    return disk.sequence;
}

const struct shim_snapshot *shim_snapshot_take(struct shim_db *db)
{
    struct shim_snapshot *s;

    (void)db;
    SIM_POINT();
    sim_world_enter();
    s = calloc(1, sizeof(*s));
    sim_world_leave();
    s->next = disk.snapshots;
    disk.snapshots = s;
    return s;
}

static void snapshot_free(struct shim_snapshot *s)
{
    struct old_value *next;

    for (struct old_value *old = s->olds; old != NULL; old = next) {
        next = old->next;
        copy_free(old->key);
        copy_free(old->value);
        free(old);
    }
    free(s);
}

void shim_snapshot_release(struct shim_db *db, const struct shim_snapshot *snapshot)
{
    struct shim_snapshot **at = &disk.snapshots, *s;

    (void)db;
    while (*at != snapshot)
        at = &(*at)->next;
    s = *at;
    *at = s->next;
    sim_world_enter();
    snapshot_free(s);
    sim_world_leave();
}

/* ---- walks ---- */

static const struct sorted_node *inside(const struct shim_iter *it, const struct sorted_node *node)
{
    if (node == NULL)
        return NULL;
    if (it->reverse)
        return slice_compare(sorted_key(node), it->from) >= 0 ? node : NULL;
    return it->to.n == 0 || slice_compare(sorted_key(node), it->to) < 0 ? node : NULL;
}

static const struct sorted_node *following(const struct shim_iter *it, const struct sorted_node *node)
{
    return inside(it, it->reverse ? sorted_previous(disk.families[it->family], node) : sorted_next(node));
}

static void iter_detach(struct shim_iter *it)
{
    uint32_t capacity = 0;

    it->detached = true;
    for (; it->node != NULL; it->node = following(it, it->node)) {
        if (it->n == capacity) {
            capacity = capacity * 2 + 16;
            it->keys = realloc(it->keys, capacity * sizeof(struct slice));
            it->values = realloc(it->values, capacity * sizeof(struct slice));
        }
        it->keys[it->n] = copy(sorted_key(it->node));
        it->values[it->n++] = copy(sorted_value(it->node));
    }
}

static void iters_detach(void)
{
    for (struct shim_iter *it = disk.iters; it != NULL; it = it->next) {
        if (!it->detached)
            iter_detach(it);
    }
}

static void iter_free(struct shim_iter *it)
{
    for (uint32_t i = 0; i < it->n; i++) {
        copy_free(it->keys[i]);
        copy_free(it->values[i]);
    }
    copy_free(it->from);
    copy_free(it->to);
    free(it->keys);
    free(it->values);
    free(it);
}

static void readers_forget(void)
{
    struct shim_iter *it, *it_next;
    struct shim_snapshot *s, *s_next;

    for (it = disk.iters; it != NULL; it = it_next) {
        it_next = it->next;
        iter_free(it);
    }
    for (s = disk.snapshots; s != NULL; s = s_next) {
        s_next = s->next;
        snapshot_free(s);
    }
    disk.iters = NULL;
    disk.snapshots = NULL;
}

struct shim_iter *shim_iter_create(struct shim_db *db, uint32_t family, const void *from, size_t from_bytes,
    const void *to, size_t to_bytes, bool reverse, bool cached)
{
    struct shim_iter *it;

    (void)db;
    SIM_POINT();
    sim_world_enter();
    it = calloc(1, sizeof(*it));
    it->family = family;
    it->reverse = reverse;
    it->cached = cached;
    it->from = copy(slice_of(from, from_bytes));
    it->to = copy(slice_of(to, to_bytes));
    it->node =
        inside(it, reverse ? sorted_before(disk.families[family], it->to) : sorted_at(disk.families[family], it->from));
    it->next = disk.iters;
    disk.iters = it;
    sim_world_leave();
    return it;
}

void shim_iter_destroy(struct shim_iter *iter)
{
    struct shim_iter **at = &disk.iters;

    while (*at != iter)
        at = &(*at)->next;
    *at = iter->next;
    sim_world_enter();
    iter_free(iter);
    sim_world_leave();
}

static bool iter_entry(const struct shim_iter *it, struct slice *key, struct slice *value)
{
    if (it->detached) {
        if (it->at == it->n)
            return false;
        *key = it->keys[it->at];
        *value = it->values[it->at];
        return true;
    }
    if (it->node == NULL)
        return false;
    *key = sorted_key(it->node);
    *value = sorted_value(it->node);
    return true;
}

static void iter_on(struct shim_iter *it)
{
    if (it->detached)
        it->at++;
    else
        it->node = following(it, it->node);
}

static void entry_put(uint32_t family, struct shim_fill *fill, struct slice key, struct slice value)
{
    memcpy(fill->to, key.p, key.n);
    if (value.n != 0)
        memcpy(fill->to + key.n, value.p, value.n);
    maybe_flip(family, fill->to + key.n, value.n);
    fill->to += key.n + value.n;
    fill->to_bytes -= key.n + value.n;
    fill->key_bytes[fill->entries] = (uint32_t)key.n;
    fill->value_bytes[fill->entries++] = (uint32_t)value.n;
    fill->bytes += key.n + value.n;
}

enum shim_code shim_iter_fill(struct shim_iter *iter, struct shim_fill *fill, struct shim_status *status)
{
    struct slice key, value;

    SIM_POINT();
    fill->entries = 0;
    fill->bytes = fill->need = 0;
    fill->end = false;
    sim_disk.reads++;
    if (!iter->cached && sim_task_life() != 0)
        sim_sleep(duration(READ_NS_MOST, READ_NS_SLOW));
    if (read_fails(iter->cached))
        return status_of(status, SHIM_IO, "input/output error");
    while (iter_entry(iter, &key, &value)) {
        if (fill->entries == fill->entries_max || fill->bytes >= fill->bytes_max)
            return status_of(status, SHIM_OK, NULL);
        if (iter->cached && sim_fault_on(SIM_MISSES) && sim_chance(SIM_DISK, 20000)) {
            sim_disk.misses++;
            return status_of(status, SHIM_MISS, NULL);
        }
        if (key.n + value.n > fill->to_bytes) {
            fill->need = key.n + value.n;
            return status_of(status, SHIM_OK, NULL);
        }
        entry_put(iter->family, fill, key, value);
        iter_on(iter);
    }
    fill->end = true;
    return status_of(status, SHIM_OK, NULL);
}

/* ---- garbage ---- */

void shim_delete_files(struct shim_db *db, uint32_t family, const void *from, size_t from_bytes, const void *to,
    size_t to_bytes, struct shim_status *status)
{
    (void)db;
    (void)family;
    (void)from;
    (void)from_bytes;
    (void)to;
    (void)to_bytes;
    SIM_POINT();
    (void)status_of(status, SHIM_OK, NULL);
}

void shim_compact(struct shim_db *db, uint32_t family, const void *from, size_t from_bytes, const void *to,
    size_t to_bytes, struct shim_status *status)
{
    const void *dead = db->hooks.dead_acquire(db->hooks.context, family);
    struct slice from_key = slice_of(from, from_bytes), to_key = slice_of(to, to_bytes), key;
    const struct sorted_node *node;

    sim_sleep(duration(READ_NS_MOST, READ_NS_SLOW));
    sim_world_enter();
    iters_detach();
    node = sorted_at(disk.families[family], from_key);
    while (dead != NULL && node != NULL && !disk.cancelled) {
        key = sorted_key(node);
        if (to_bytes != 0 && slice_compare(key, to_key) >= 0)
            break;
        node = sorted_next(node);
        if (db->hooks.dead_has(dead, key.p, key.n))
            sorted_delete(disk.families[family], key);
    }
    sim_world_leave();
    if (dead != NULL)
        db->hooks.dead_release(db->hooks.context, dead);
    (void)status_of(status, disk.cancelled ? SHIM_OTHER : SHIM_OK, NULL);
}

void shim_compact_cancel(struct shim_db *db)
{
    (void)db;
    disk.cancelled = true;
}

bool shim_property(struct shim_db *db, const char *name, uint64_t *ret)
{
    (void)db;
    (void)name;
    *ret = 0;
    return true;
}

size_t shim_block_cache_bytes(struct shim_db *db)
{
    (void)db;
    return 0;
}

size_t shim_row_cache_bytes(struct shim_db *db)
{
    (void)db;
    return 0;
}

void shim_background(const struct shim_db *db, struct shim_background *ret)
{
    (void)db;
    *ret = (struct shim_background){0};
}

void shim_copy(struct shim_db *db, const char *to, struct shim_copied *ret, struct shim_status *status)
{
    (void)db;
    (void)to;
    *ret = (struct shim_copied){0};
    *status = (struct shim_status){.code = SHIM_OTHER, .text = "not simulated"};
}
