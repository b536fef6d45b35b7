/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Opening and closing a data folder.
 *
 *     the logs are judged (wal.c): the last group was not finished when the power went: the tail is set aside and cut;
 * bytes that were once synced are wrong: the folder is refused by name and offset RocksDB opens and replays them the
 * format of the folder: a newer one is refused the limit of stamps: this run begins above it dropped ranges whose sweep
 * did not finish the committer and the keeper start
 *
 * A clean close leaves an empty log, so that the next start reads nothing twice and finds nothing to judge.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/sentence.h"
#include "engine/rocksdb/rocksdb_int.h"
#include "engine/rocksdb/wal.h"
#include "os/entropy.h"
#include "os/folder.h"

#define WRITE_BUFFER_BYTES_MIN  ((size_t)4 << 20)
#define WRITE_BUFFER_BYTES_MAX  ((size_t)256 << 20)
#define WRITE_BUFFER_DISK_SHARE 16
#define MEMORY_BYTES_MIN        ((size_t)8 << 20)
#define WAL_BYTES_MIN           ((uint64_t)64 << 20)
#define WAL_BYTES_MAX           ((uint64_t)1 << 30)
#define TAIL_BYTES_MAX                                                                                                 \
    ((size_t)64 << 20) /* counters of one group: 4,096 decisions of 100 items with a collection each */

struct rocksdb *rocksdb__of(struct engine *engine)
{
    return (struct rocksdb *)engine;
}

/* ---- log ---- */

void rocksdb__log(const struct rocksdb *e, const char *event, const char *format, ...)
{
    char text[512];
    va_list arguments;

    if (e->options.log == NULL)
        return;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    e->options.log(e->options.log_context, event, text);
}

static void log_line(void *context, const char *event, const char *text)
{
    const struct rocksdb *e = context;

    if (e->options.log != NULL)
        e->options.log(e->options.log_context, event, text);
}

static enum err error_of(const struct shim_status *status)
{
    switch (status->code) {
    case SHIM_OK:
        return OK;
    case SHIM_CORRUPT:
        return ERR_CORRUPT;
    case SHIM_NO_SPACE:
        return ERR_FULL;
    case SHIM_VERSION:
        return ERR_VERSION;
    case SHIM_ABSENT:
    case SHIM_MISS:
    case SHIM_IO:
    case SHIM_OTHER:
        break;
    }
    return ERR_IO;
}

enum err rocksdb__error(const struct rocksdb *e, const char *what, const struct shim_status *status)
{
    rocksdb__log(e, "engine.error", "in=%s code=%d subcode=%d severity=%d %s", what, status->code, status->subcode,
        status->severity, status->text);
    return error_of(status);
}

_Noreturn void rocksdb__end(const struct rocksdb *e, const char *event, const char *what)
{
    rocksdb__log(e, event, "%s, the process ends; a start recovers from the logs", what);
    fprintf(stderr, "%s, the process ends; a start recovers from the logs\n", what);
    _exit(EXIT_FAILURE);
}

/* After a failed sync nobody knows what is on the disk, and asking again may answer "all is well". The log is replayed
 * at the next start, which finds out. */
static void sync_failed(void *context, const char *path, const char *text)
{
    log_line(context, "engine.sync_failed", text);
    fprintf(stderr, "a sync failed, the process ends: %s: %s\n", path, text);
    _exit(EXIT_FAILURE);
}

static void background_error(void *context)
{
    atomic_store(&((struct rocksdb *)context)->stuck, true); /* the keeper sees it */
}

/* ---- reasons ---- */

static enum err reason(char **ret_reason, enum err err, const char *format, ...) PRINTF(3, 4);
static enum err reason(char **ret_reason, enum err err, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    *ret_reason = sentence_of(format, arguments);
    va_end(arguments);
    return err;
}

/* ---- the folder ---- */

static enum err database_folder(const char *path, char **ret_reason)
{
    if (folder_make(path) == OK)
        return OK;
    return reason(ret_reason, ERR_IO, "The folder %s cannot be made: %s.", path, strerror(errno));
}

/*
 * Write buffers of all families together. RocksDB reserves disk for a log as large as one of them, and a start replays
 * that much; so more memory does not always mean larger buffers, and a small disk means small ones.
 */
static size_t write_buffers(const struct rocksdb *e, size_t memory)
{
    uint64_t disk = rocksdb__disk_bytes(e);
    size_t bytes = memory / 4 < WRITE_BUFFER_BYTES_MAX ? memory / 4 : WRITE_BUFFER_BYTES_MAX;

    if (disk != 0 && bytes > disk / WRITE_BUFFER_DISK_SHARE)
        bytes = (size_t)(disk / WRITE_BUFFER_DISK_SHARE);
    return bytes < WRITE_BUFFER_BYTES_MIN ? WRITE_BUFFER_BYTES_MIN : bytes;
}

static void shim_options_fill(struct rocksdb *e, struct shim_options *o)
{
    size_t memory = e->options.memory_bytes < MEMORY_BYTES_MIN ? MEMORY_BYTES_MIN : e->options.memory_bytes;
    uint64_t wal;

    e->write_buffer_bytes = write_buffers(e, memory);
    wal = 2 * (uint64_t)e->write_buffer_bytes;
    wal = wal < WAL_BYTES_MIN ? WAL_BYTES_MIN : wal;
    *o = (struct shim_options){
        .path = e->path,
        .read_only = e->options.read_only,
        .block_cache_bytes = memory / 2,
        /* in a database opened read-only what the row cache has is passed over, and the next older file answers
           (RocksDB 7.8) */
        .row_cache_bytes = e->options.read_only ? 0 : memory / 4,
        .write_buffer_bytes = e->write_buffer_bytes,
        .wal_bytes_max = wal > WAL_BYTES_MAX ? WAL_BYTES_MAX : wal,
        .hooks = {.context = e,
            .sync_failed = sync_failed,
            .background_error = background_error,
            .log = log_line,
            .dead_acquire = rocksdb__dead_acquire,
            .dead_has = rocksdb__dead_has,
            .dead_release = rocksdb__dead_release},
    };
}

static int file_hook(
    void *context, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n)
{
    const struct engine_rocksdb_hooks *hooks = ((struct rocksdb *)context)->options.hooks;

    return hooks->file(hooks->context, act, path, to, bytes, n);
}

static enum err open_refused(const struct rocksdb *e, const struct shim_status *status, char **ret_reason)
{
    if (status->code == SHIM_IO && strstr(status->text, "LOCK") != NULL)
        return reason(
            ret_reason, ERR_BUSY, "The folder %s is in use by another process; stop that one first.", e->path);
    if (status->code == SHIM_CORRUPT)
        return reason(ret_reason, ERR_CORRUPT, "The data in %s is damaged: %s. Restore it from a backup or a replica.",
            e->path, status->text);
    return reason(ret_reason, error_of(status), "The database in %s cannot be opened: %s.", e->path, status->text);
}

static enum err tail_cut(struct rocksdb *e, const struct engine_wal_report *report, char **ret_reason)
{
    char copy[4096];
    enum err err = wal_tail_set_aside(e->path, report, copy, sizeof(copy));

    if (err)
        return reason(ret_reason, err, "The unfinished end of %s/%s cannot be set aside.", e->path, report->file);
    rocksdb__log(e, "engine.torn_tail",
        "file=%s offset=%llu copy=%s the last group was not finished and is cut; nothing of it was acknowledged",
        report->file, (unsigned long long)report->offset, copy);
    return OK;
}

/* One look at the logs. *ret_again: something was cut, look again. */
static enum err logs_judge(struct rocksdb *e, bool *ret_again, char **ret_reason)
{
    struct engine_wal_report report;
    enum err err = engine_wal_scan(e->path, &report);

    *ret_again = false;
    if (err)
        return reason(ret_reason, err, "The logs in %s cannot be read: %s.", e->path, err_text(err));
    switch (report.state) {
    case ENGINE_WAL_WHOLE:
        return OK;
    case ENGINE_WAL_DAMAGED:
        return reason(ret_reason, ERR_CORRUPT,
            "The log %s/%s is damaged at byte %llu, and acknowledged writes follow it. Restore the data from a backup "
            "or a "
            "replica; this server does not guess.",
            e->path, report.file, (unsigned long long)report.offset);
    case ENGINE_WAL_TORN:
        break;
    }
    if (e->options.strict_tail || e->options.read_only)
        return reason(ret_reason, ERR_CORRUPT,
            "The log %s/%s ends in an unfinished group at byte %llu. After a power loss that is to be expected: %s to "
            "cut it.",
            e->path, report.file, (unsigned long long)report.offset,
            e->options.read_only ? "start the server" : "start without --strict-tail");
    *ret_again = true;
    return tail_cut(e, &report, ret_reason);
}

static enum err logs_check(struct rocksdb *e, char **ret_reason)
{
    bool again = true;
    enum err err = OK;

    while (!err && again)
        err = logs_judge(e, &again, ret_reason);
    return err;
}

static enum err database_open(struct rocksdb *e, char **ret_reason)
{
    struct shim_options o;
    struct shim_status status;

    shim_options_fill(e, &o);
    if (e->options.hooks != NULL && e->options.hooks->file != NULL)
        o.hooks.file = file_hook;
    shim_open(&o, &e->db, &status);
    return status.code == SHIM_OK ? OK : open_refused(e, &status, ret_reason);
}

/* ---- the engine's own records ---- */

static enum err number_read(struct rocksdb *e, struct arena *arena, struct slice key, int64_t *ret)
{
    struct slice bytes;
    enum err err = rocksdb__get_blocking(e, arena, ENGINE_META, key, &bytes);

    return err ? err : counter_value(key, bytes, ret);
}

static enum err format_write(struct rocksdb *e)
{
    struct slice key = SLICE_LIT(ENGINE_KEY_FORMAT);
    struct shim_status status;
    struct shim_bytes part;

    e->record.n = 0;
    engine__counter_write(&e->record, key, 0, DATA_FORMAT);
    rocksdb__tail_put(e, ENGINE_META, key, buf_view(&e->record));
    part = (struct shim_bytes){e->tail.p, e->tail.n};
    shim_write(e->db, &part, 1, e->tail_operations, true, &status);
    return status.code == SHIM_OK ? OK : rocksdb__error(e, "format", &status);
}

static enum err format_check(struct rocksdb *e, struct arena *arena, char **ret_reason)
{
    int64_t format;
    enum err err = number_read(e, arena, SLICE_LIT(ENGINE_KEY_FORMAT), &format);

    if (!err && format > DATA_FORMAT)
        return reason(ret_reason, ERR_VERSION,
            "The data in %s has format %lld, and this version knows formats up to %d; use the version that wrote it.",
            e->path, (long long)format, DATA_FORMAT);
    if (!err && format < DATA_FORMAT && !e->options.read_only) /* none yet, or from now on it has records of ours */
        err = format_write(e);
    if (err)
        return reason(ret_reason, err, "The format of %s cannot be read or written: %s.", e->path, err_text(err));
    return OK;
}

static enum err clock_start(struct rocksdb *e, struct arena *arena, char **ret_reason)
{
    int64_t stored;
    uint64_t limit, wall_ms = e->options.clock(e->options.clock_context);
    enum err err = number_read(e, arena, SLICE_LIT(ENGINE_KEY_CLOCK), &stored);

    if (err)
        return reason(ret_reason, err, "The clock record of %s cannot be read: %s.", e->path, err_text(err));
    limit = (uint64_t)stored;
    if (limit > STAMP_OF_MS(wall_ms + CLOCK_ALARM_MS) && !e->options.accept_clock && !e->options.read_only)
        return reason(ret_reason, ERR_CONFIG,
            "The clock of this machine is %llu seconds behind the last writes in %s; set it right, or start with "
            "--accept-clock to go on above them.",
            (unsigned long long)(((limit >> STAMP_COUNTER_BITS) - wall_ms) / 1000), e->path);
    stamps_init(&e->stamps, e->options.clock, e->options.clock_context, limit);
    e->floor = limit;
    atomic_store(&e->limit, limit);
    atomic_store(&e->watermark, limit);
    return OK;
}

static enum err records_load(struct rocksdb *e, char **ret_reason)
{
    struct arena *arena = arena_create(4096);
    struct fiber *self = fiber_of_thread();
    enum err err = format_check(e, arena, ret_reason);

    if (!err)
        err = clock_start(e, arena, ret_reason);
    if (!err) {
        err = rocksdb__dead_load(e, self, arena);
        if (err)
            err = reason(ret_reason, err, "The dropped ranges of %s cannot be read: %s.", e->path, err_text(err));
    }
    fiber_of_thread_destroy(self);
    arena_destroy(arena);
    return err;
}

/* ---- life ---- */

void rocksdb__condition_init(pthread_cond_t *condition)
{
    pthread_condattr_t monotonic;

    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

extern const struct engine_ops rocksdb__ops;

static struct rocksdb *rocksdb_create(const struct engine_rocksdb_options *options)
{
    struct rocksdb *e = calloc(1, sizeof(*e));
    uint64_t seed;

    ASSERT(e != NULL);
    ASSERT(options->clock != NULL && options->path != NULL);
    e->engine = (struct engine){.magic = ENGINE_MAGIC, .ops = &rocksdb__ops};
    e->options = *options;
    e->path = strdup(options->path);
    ASSERT(e->path != NULL);
    os_entropy(&seed, sizeof(seed));
    e->latches = latches_create(seed);
    e->frame = (struct engine_decide_frame){.latches = e->latches, .stamps = &e->stamps, .ops = &rocksdb__decide_ops};
    pthread_mutex_init(&e->mutex, NULL);
    pthread_mutex_init(&e->dead_mutex, NULL);
    pthread_mutex_init(&e->write_mutex, NULL);
    rocksdb__condition_init(&e->work);
    rocksdb__condition_init(&e->keep);
    e->tallies = rocksdb__tallies_create();
    buf_init(&e->tail, NULL, TAIL_BYTES_MAX);
    buf_init(&e->record, NULL, 1 << 20);
    e->open = rocksdb__group_take(e, 1);
    return e;
}

static void rocksdb_destroy(struct rocksdb *e)
{
    struct shim_status status;

    if (e->db != NULL) {
        shim_close(e->db, &status);
        if (status.code != SHIM_OK)
            (void)rocksdb__error(e, "close", &status);
    }
    rocksdb__groups_free(e);
    rocksdb__dead_free(e);
    rocksdb__tallies_destroy(e->tallies);
    buf_fini(&e->tail);
    buf_fini(&e->record);
    latches_destroy(e->latches);
    pthread_cond_destroy(&e->work);
    pthread_cond_destroy(&e->keep);
    pthread_mutex_destroy(&e->mutex);
    pthread_mutex_destroy(&e->dead_mutex);
    pthread_mutex_destroy(&e->write_mutex);
    e->engine.magic = 0;
    free(e->path);
    free(e);
}

static void threads_start(struct rocksdb *e)
{
    struct shim_status status;

    shim_mark(e->db, &status); /* before the first write can fail */
    if (status.code != SHIM_OK)
        (void)rocksdb__error(e, "mark", &status);
    ASSERT(pthread_create(&e->committer, NULL, rocksdb__committer_main, e) == 0);
    (void)pthread_setname_np(e->committer, "committer");
    ASSERT(pthread_create(&e->keeper, NULL, rocksdb__keeper_main, e) == 0);
    (void)pthread_setname_np(e->keeper, "keeper");
}

enum err engine_rocksdb_open(const struct engine_rocksdb_options *options, struct engine **ret, char **ret_reason)
{
    struct rocksdb *e = rocksdb_create(options);
    enum err err = options->read_only ? OK : database_folder(e->path, ret_reason);

    if (!err)
        err = logs_check(e, ret_reason);
    if (!err)
        err = database_open(e, ret_reason);
    if (!err)
        err = records_load(e, ret_reason);
    if (err) {
        rocksdb_destroy(e);
        return err;
    }
    if (options->read_only)
        e->broken = ERR_CLOSED;
    else
        threads_start(e);
    if (options->durability == ENGINE_OS)
        rocksdb__log(e, "engine.durability_os", "writes are NOT synced: a power loss loses acknowledged writes");
    *ret = &e->engine;
    return OK;
}

static void close_engine(struct engine *engine)
{
    struct rocksdb *e = rocksdb__of(engine);

    if (!e->options.read_only) {
        pthread_mutex_lock(&e->mutex);
        e->closing = true;
        pthread_mutex_unlock(&e->mutex);
        pthread_cond_signal(&e->work);
        pthread_cond_signal(&e->keep);
        shim_compact_cancel(e->db);
        pthread_join(e->committer, NULL);
        pthread_join(e->keeper, NULL);
    }
    rocksdb_destroy(e);
}

/* ---- figures ---- */

struct told {
    engine_figure_fn *emit;
    void *context;
};

static void counter(const struct told *told, const char *name, double value, const char *help)
{
    engine__figure_emit(told->emit, told->context, name, ENGINE_COUNTER, value, help);
}

static void gauge(const struct told *told, const char *name, double value, const char *help)
{
    engine__figure_emit(told->emit, told->context, name, ENGINE_GAUGE, value, help);
}

static void tell_properties(const struct told *told, struct rocksdb *e)
{
    static const char *const properties[][3] = {
        {"memtable_bytes", "rocksdb.size-all-mem-tables", "Write buffers."},
        {"table_reader_bytes", "rocksdb.estimate-table-readers-mem", "Indexes and filters of open files."},
        {"disk_bytes", "rocksdb.total-sst-files-size", "Table files, those that are no longer read included."},
        {"keys_estimate", "rocksdb.estimate-num-keys", "Keys in all spaces, roughly."},
        {"compaction_pending_bytes", "rocksdb.estimate-pending-compaction-bytes",
            "What compactions must still rewrite; writes are slowed down when it grows without end."},
        {"compactions_running", "rocksdb.num-running-compactions", "Compactions under way."},
        {"flushes_running", "rocksdb.num-running-flushes", "Flushes under way."},
        {"write_stopped", "rocksdb.is-write-stopped", "1 while the engine takes no writes."},
        {"write_rate_limit_bytes", "rocksdb.actual-delayed-write-rate",
            "Bytes a second that writes are slowed down to; 0: they are not."},
    };

    for (size_t i = 0; i < sizeof(properties) / sizeof(properties[0]); i++) {
        uint64_t value;

        if (shim_property(e->db, properties[i][1], &value))
            gauge(told, properties[i][0], (double)value, properties[i][2]);
    }
    gauge(told, "block_cache_bytes", (double)shim_block_cache_bytes(e->db), "Blocks of table files in memory.");
    gauge(told, "row_cache_bytes", (double)shim_row_cache_bytes(e->db), "Single records in memory.");
}

static void tell_background(const struct told *told, struct rocksdb *e)
{
    struct shim_background seen;

    shim_background(e->db, &seen);
    counter(told, "flushes_total", (double)seen.flushes, "Write buffers that became table files.");
    counter(told, "flushed_bytes_total", (double)seen.flushed_bytes, "Bytes of these files.");
    counter(told, "compactions_total", (double)seen.compactions, "Compactions that ended.");
    counter(told, "compaction_read_bytes_total", (double)seen.compaction_in_bytes, "Bytes they read.");
    counter(told, "compaction_written_bytes_total", (double)seen.compaction_out_bytes, "Bytes they wrote.");
    counter(told, "compaction_seconds_total", (double)seen.compaction_us / 1e6, "Time they took.");
    counter(told, "write_slowdowns_total", (double)seen.slowdowns, "Times that writes were slowed down.");
    counter(told, "write_stops_total", (double)seen.stops, "Times that writes were stopped.");
}

/* Buckets are counted apart; Prometheus wants what lies below each. */
static void tell_syncs(const struct told *told, const struct figures *f)
{
    struct engine_figure figure = {.name = "sync_duration_seconds",
        .suffix = "_bucket",
        .help = "How long it took to bring a group of writes to the disk.",
        .kind = ENGINE_HISTOGRAM};
    char labels[64];

    for (int i = 0; i < SYNC_BUCKETS; i++) {
        figure.value += (double)atomic_load(&f->sync_buckets[i]);
        figure.labels = labels;
        if (i < SYNC_BUCKETS - 1)
            (void)snprintf(labels, sizeof(labels), "le=\"%.9g\"", (double)(SYNC_FIRST_US << i) / 1e6);
        else
            (void)snprintf(labels, sizeof(labels), "le=\"+Inf\"");
        told->emit(told->context, &figure);
        figure.help = NULL;
    }
    figure.labels = NULL;
    figure.suffix = "_count";
    told->emit(told->context, &figure);
    figure.suffix = "_sum";
    figure.value = (double)atomic_load(&f->sync_ns_total) / 1e9;
    told->emit(told->context, &figure);
    gauge(told, "sync_seconds_max", (double)atomic_load(&f->sync_ns_max) / 1e9, "The longest of them since the start.");
}

static void tell_reads(const struct told *told, const struct figures *f)
{
    counter(told, "get_hits_total", (double)atomic_load(&f->get_hits), "Keys whose record was in memory.");
    counter(told, "get_misses_total", (double)atomic_load(&f->get_misses), "Keys whose record came from the disk.");
    counter(told, "range_hits_total", (double)atomic_load(&f->range_hits), "Parts of ranges that were in memory.");
    counter(
        told, "range_misses_total", (double)atomic_load(&f->range_misses), "Parts of ranges that came from the disk.");
}

static void figures(struct engine *engine, engine_figure_fn *emit, void *context)
{
    struct rocksdb *e = rocksdb__of(engine);
    struct figures *f = &e->figures;
    struct told told = {emit, context};
    uint32_t open, pending_groups;
    bool full;

    pthread_mutex_lock(&e->mutex);
    open = e->open->decisions;
    pending_groups = (uint32_t)(e->syncing != NULL) + (open != 0);
    full = e->full;
    pthread_mutex_unlock(&e->mutex);
    counter(&told, "groups_total", (double)atomic_load(&f->groups), "Groups of writes that were made durable.");
    counter(&told, "decisions_total", (double)atomic_load(&f->decisions), "Writes in these groups.");
    counter(&told, "written_bytes_total", (double)atomic_load(&f->bytes), "Bytes of these groups.");
    gauge(&told, "groups_pending", pending_groups, "Groups that are not durable yet.");
    gauge(&told, "decisions_open", open, "Writes in the group that is being gathered.");
    counter(&told, "room_stalls_total", (double)atomic_load(&f->stalls), "Writes that waited for room in a group.");
    counter(&told, "group_failures_total", (double)atomic_load(&f->failures), "Groups that could not be written.");
    gauge(&told, "full", full, "1 while the disk has no room for writes.");
    tell_reads(&told, f);
    tell_syncs(&told, f);
    tell_background(&told, e);
    tell_properties(&told, e);
}

static enum err decide(struct engine *engine, struct fiber *self, struct arena *arena,
    const struct engine_decision *decision, engine_ticket *ret_ticket)
{
    return engine__decide(engine, &rocksdb__of(engine)->frame, self, arena, decision, ret_ticket);
}

/* ---- copies ---- */

struct copying {
    struct rocksdb *e;
    const char *path;
    struct shim_copied copied;
    struct shim_status status;
};

static void copy_run(void *argument)
{
    struct copying *copying = argument;

    shim_copy(copying->e->db, copying->path, &copying->copied, &copying->status);
}

static enum err copy(
    struct engine *engine, struct fiber *self, const char *path, struct engine_copied *ret, char **ret_reason)
{
    struct copying copying = {.e = rocksdb__of(engine), .path = path};
    enum err err = OK;

    fiber_blocking(self, copy_run, &copying);
    if (copying.status.code != SHIM_OK) {
        err = rocksdb__error(copying.e, "copy", &copying.status);
        return reason(ret_reason, err, "The database cannot be copied to %s: %s.", path, copying.status.text);
    }
    *ret = (struct engine_copied){copying.copied.files, copying.copied.linked_bytes, copying.copied.copied_bytes};
    return OK;
}

const struct engine_ops rocksdb__ops = {
    .name = "rocksdb",
    .index_in_batch = true,
    .multi_key_atomic = true,
    .decide = decide,
    .settle = rocksdb__settle,
    .ticket_join = rocksdb__ticket_join,
    .get = rocksdb__get,
    .range = rocksdb__range,
    .as_of = rocksdb__as_of,
    .watermark = rocksdb__watermark,
    .figures = figures,
    .drop = rocksdb__drop,
    .copy = copy,
    .close = close_engine,
};
