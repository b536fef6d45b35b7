/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Judges RocksDB's write-ahead logs before RocksDB replays them: are they whole, does the newest end in a group that
 * was not finished when the power went, or are bytes wrong that were once synced? (docs/formats/wal.md)
 *
 * A log is a run of fragments (engine/rocksdb/fragment.h); a record begins with its sequence number (8) and its
 * operations (4).
 *
 * One record is one group, and a group is written only after the one before it was synced.
 * Hence the rule: a bad fragment is a torn tail only when no record BEGINS anywhere after it, in its own log or a later
 * one. Middle and last fragments may well come after it: the disk need not have written the pages of an unfinished
 * group in order.
 *
 * After a bad fragment lengths are not to be trusted, so the search looks at every byte. What stops a value that merely
 * looks like a fragment: its sequence number must continue the log's, and its checksum must hold.
 *
 * Called while a folder is opened, and by tools that check one. Blocks; a plain thread.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "engine/engine.h"
#include "engine/rocksdb/fragment.h"
#include "engine/rocksdb/wal.h"

#define SEQUENCE_BYTES ((size_t)12) /* sequence number and count of a batch */
#define SEQUENCE_AHEAD ((uint64_t)1 << 32)
#define FILES_MAX      4096

/* ---- one log ---- */

struct log {
    char name[WAL_NAME_BYTES];
    uint64_t number;
    const uint8_t *p; /* mapped; NULL when empty */
    size_t n;
};

static uint64_t get64(const uint8_t *p)
{
    uint64_t n;

    memcpy(&n, p, 8);
    return n;
}

struct walk {
    size_t at;         /* the next fragment */
    size_t record;     /* where the record at hand begins */
    bool inside;       /* of a record of several fragments */
    uint64_t sequence; /* of the last record that began well */
    uint64_t records;
};

static bool type_fits(const struct walk *walk, uint8_t type)
{
    if (type == FRAGMENT_MIDDLE || type == FRAGMENT_LAST)
        return walk->inside;
    return !walk->inside;
}

/* Goes over good fragments. False when it stands at a bad one, true at the end of the log. */
static bool walk_good(const struct log *log, struct walk *walk)
{
    while (walk->at < log->n) {
        const uint8_t *head = log->p + walk->at;
        size_t bytes;

        if (fragment_block_left(walk->at) < FRAGMENT_HEAD_BYTES) {
            walk->at += fragment_block_left(walk->at); /* too little for a fragment: filled up with zeros */
            continue;
        }
        if (!fragment_good(slice_of(log->p, log->n), walk->at) || !type_fits(walk, head[6]))
            return false;
        bytes = fragment_bytes(head);
        if (!walk->inside) {
            walk->record = walk->at;
            if (bytes >= FRAGMENT_HEAD_BYTES + SEQUENCE_BYTES)
                walk->sequence = get64(head + FRAGMENT_HEAD_BYTES);
        }
        walk->inside = head[6] == FRAGMENT_FIRST || head[6] == FRAGMENT_MIDDLE;
        walk->records += !walk->inside;
        walk->at += bytes;
    }
    return !walk->inside;
}

/* True when a record begins at `at` that continues a log which came to `sequence`. */
static bool record_begins(const struct log *log, size_t at, uint64_t sequence)
{
    const uint8_t *head = log->p + at;
    size_t bytes;

    if (log->n - at < FRAGMENT_HEAD_BYTES || fragment_block_left(at) < FRAGMENT_HEAD_BYTES)
        return false;
    if (head[6] != FRAGMENT_WHOLE && head[6] != FRAGMENT_FIRST)
        return false;
    bytes = fragment_bytes(head);
    if (bytes > fragment_block_left(at) || bytes > log->n - at)
        return false;
    if (bytes >= FRAGMENT_HEAD_BYTES + SEQUENCE_BYTES) {
        uint64_t found = get64(head + FRAGMENT_HEAD_BYTES);

        if (found <= sequence || (sequence != 0 && found - sequence > SEQUENCE_AHEAD))
            return false;
    } else if (bytes != fragment_block_left(at)) {
        return false; /* only at the end of a block may the first fragment be as short as that */
    }
    return fragment_good(slice_of(log->p, log->n), at);
}

static bool record_begins_after(const struct log *log, size_t at, uint64_t sequence)
{
    for (; at < log->n; at++) {
        if (record_begins(log, at, sequence))
            return true;
    }
    return false;
}

/* ---- all logs of a folder ---- */

struct logs {
    struct log *all; /* ascending by number */
    uint32_t count;
};

static int by_number(const void *a, const void *b)
{
    const struct log *x = a, *y = b;

    return x->number < y->number ? -1 : x->number > y->number;
}

/* "000123.log" */
static bool name_is_log(const char *name, uint64_t *ret_number)
{
    char *end;

    if (name[0] < '0' || name[0] > '9' || strlen(name) >= WAL_NAME_BYTES)
        return false;
    *ret_number = strtoull(name, &end, 10);
    return strcmp(end, ".log") == 0;
}

static enum err log_map(const char *path, struct log *log)
{
    char file[4096];
    struct stat st;
    void *p;
    int fd;

    if ((size_t)snprintf(file, sizeof(file), "%s/%s", path, log->name) >= sizeof(file))
        return ERR_IO;
    fd = open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ERR_IO;
    if (fstat(fd, &st) != 0) {
        close(fd);
        return ERR_IO;
    }
    log->n = (size_t)st.st_size;
    p = log->n == 0 ? NULL : mmap(NULL, log->n, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (p == MAP_FAILED)
        return ERR_IO;
    log->p = p;
    return OK;
}

static void logs_close(struct logs *logs)
{
    for (uint32_t i = 0; i < logs->count; i++) {
        if (logs->all[i].p != NULL)
            (void)munmap((void *)(uintptr_t)logs->all[i].p, logs->all[i].n);
    }
    free(logs->all);
}

static enum err logs_open(const char *path, struct logs *logs)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    enum err err = OK;
    uint64_t number;

    *logs = (struct logs){.all = calloc(FILES_MAX, sizeof(*logs->all))};
    ASSERT(logs->all != NULL);
    if (folder == NULL)
        return OK; /* none yet */
    while (!err && (entry = readdir(folder)) != NULL) {
        struct log *log = &logs->all[logs->count];

        if (!name_is_log(entry->d_name, &number))
            continue;
        if (logs->count == FILES_MAX) {
            err = ERR_LIMIT;
            break;
        }
        log->number = number;
        memcpy(log->name, entry->d_name, strlen(entry->d_name) + 1);
        err = log_map(path, log);
        logs->count += !err;
    }
    closedir(folder);
    qsort(logs->all, logs->count, sizeof(*logs->all), by_number);
    return err;
}

/* Something is bad in log `i`, at walk->at: does a record begin after it? */
static enum engine_wal_state judge(const struct logs *logs, uint32_t i, const struct walk *walk)
{
    /* What stands at walk->at may be good in itself: a record that begins though the one before it did not end. */
    if (record_begins_after(&logs->all[i], walk->at, walk->sequence))
        return ENGINE_WAL_DAMAGED;
    for (i++; i < logs->count; i++) {
        if (record_begins_after(&logs->all[i], 0, walk->sequence))
            return ENGINE_WAL_DAMAGED;
    }
    return ENGINE_WAL_TORN;
}

static void scan(const struct logs *logs, struct engine_wal_report *report)
{
    uint64_t sequence = 0;

    for (uint32_t i = 0; i < logs->count; i++) {
        const struct log *log = &logs->all[i];
        struct walk walk = {.sequence = sequence};
        bool good = walk_good(log, &walk);

        report->files++;
        report->records += walk.records;
        report->bytes += log->n;
        sequence = walk.sequence;
        if (good)
            continue;
        report->state = judge(logs, i, &walk);
        report->offset = walk.inside ? walk.record : walk.at;
        memcpy(report->file, log->name, sizeof(report->file));
        return;
    }
}

enum err engine_wal_scan(const char *path, struct engine_wal_report *ret)
{
    struct logs logs;
    enum err err = logs_open(path, &logs);

    if (!err) {
        *ret = (struct engine_wal_report){.state = ENGINE_WAL_WHOLE};
        scan(&logs, ret);
    }
    logs_close(&logs);
    return err;
}

/* ---- the torn tail ---- */

static enum err copy(const char *from, const char *to)
{
    static const size_t chunk_bytes = 1 << 16;
    int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    char *chunk = malloc(chunk_bytes);
    ssize_t n = -1;

    ASSERT(chunk != NULL);
    if (in >= 0 && out >= 0) {
        while ((n = read(in, chunk, chunk_bytes)) > 0) {
            if (write(out, chunk, (size_t)n) != n) {
                n = -1;
                break;
            }
        }
        if (n == 0 && fsync(out) != 0)
            n = -1;
    }
    free(chunk);
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return n == 0 ? OK : ERR_IO;
}

static enum err sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), result;

    if (fd < 0)
        return ERR_IO;
    result = fsync(fd);
    close(fd);
    return result == 0 ? OK : ERR_IO;
}

static enum err cut(const char *file, uint64_t length)
{
    int fd = open(file, O_WRONLY | O_CLOEXEC), result;

    if (fd < 0)
        return ERR_IO;
    result = ftruncate(fd, (off_t)length) != 0 || fsync(fd) != 0;
    close(fd);
    return result == 0 ? OK : ERR_IO;
}

enum err wal_tail_set_aside(const char *path, const struct engine_wal_report *report, char *ret_copy, size_t copy_bytes)
{
    char file[4096];
    enum err err = ERR_IO;

    if ((size_t)snprintf(file, sizeof(file), "%s/%s", path, report->file) >= sizeof(file))
        return ERR_IO;
    for (int i = 1; err && i <= 100; i++) {
        if ((size_t)snprintf(ret_copy, copy_bytes, "%s.torn-%d", file, i) >= copy_bytes)
            return ERR_IO;
        if (access(ret_copy, F_OK) != 0)
            err = copy(file, ret_copy);
    }
    if (!err)
        err = sync_folder(path);
    return err ? err : cut(file, report->offset);
}
