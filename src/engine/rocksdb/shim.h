/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * RocksDB seen from C. shim.cc is the one file of the project that includes RocksDB and the one in C++; this header is
 * all the rest sees of it. Plain functions, no exceptions, no hidden state: what RocksDB's own C interface lacks
 * (subcodes and severities, read tiers, a logger, listeners, a file system of ours) is what this one is for.
 *
 * Bytes go in as (pointer, length) and are copied. Any thread may call, except where a struct is said to have one user.
 */
#ifdef __cplusplus
extern "C" {
#endif

struct shim_db;
struct shim_iter;
struct shim_snapshot;

/* RocksDB's families, in the order of enum engine_space. */
#define SHIM_FAMILIES 4

/* What became of a call. */
enum shim_code {
    SHIM_OK,
    SHIM_ABSENT,  /* no such key */
    SHIM_MISS,    /* the caches alone cannot tell */
    SHIM_CORRUPT, /* a checksum or a file is wrong */
    SHIM_NO_SPACE,
    SHIM_IO,
    SHIM_VERSION, /* written by a newer RocksDB, or with options this one does not know */
    SHIM_OTHER
};

struct shim_status {
    enum shim_code code;
    int subcode, severity; /* RocksDB's */
    bool in_part;          /* a failed write: memory may hold it, and later writes would show pieces of it */
    char text[256];        /* empty when OK */
};

/* ---- files: what RocksDB does to the disk passes here ---- */
enum shim_file_act {
    SHIM_FILE_CREATE,
    SHIM_FILE_APPEND,
    SHIM_FILE_SYNC,
    SHIM_FILE_TRUNCATE, /* `n` is the new length */
    SHIM_FILE_RENAME,
    SHIM_FILE_LINK,
    SHIM_FILE_DELETE,
    SHIM_FILE_SYNC_FOLDER
};

struct shim_hooks {
    void *context;
    /* Before the act. 0: go on; else an errno value, and the act fails with it. NULL: nothing is watched. Any thread.
     */
    int (*file)(void *context, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n);
    /* A sync failed. Must not return. */
    void (*sync_failed)(void *context, const char *path, const char *text);
    /* RocksDB stopped writing, in the foreground or the background: shim_resume is needed. Any thread, RocksDB's mutex
     * held. */
    void (*background_error)(void *context);
    /* A line for the log. Any thread. */
    void (*log)(void *context, const char *event, const char *text);
    /* The set of dead key ranges of a family (data or log), for one compaction; NULL: there are none. dead_release
     * gives it back. */
    const void *(*dead_acquire)(void *context, uint32_t family);
    bool (*dead_has)(const void *dead, const uint8_t *key, size_t n);
    void (*dead_release)(void *context, const void *dead);
};

struct shim_options {
    const char *path;
    bool read_only;
    size_t block_cache_bytes, row_cache_bytes, write_buffer_bytes; /* of all families together */
    uint64_t wal_bytes_max;
    struct shim_hooks hooks;
};

/* ---- life ---- */
/* Opens or makes the database with its families. */
void shim_open(const struct shim_options *options, struct shim_db **ret, struct shim_status *status);
/* Writes out what is in memory, so that the log is empty, and closes. The handle is gone whatever the status. */
void shim_close(struct shim_db *db, struct shim_status *status);

/* ---- writes: the committer alone ---- */
struct shim_bytes {
    const void *p;
    size_t n;
};
/* One atomic batch of `count` operations in RocksDB's form, given in parts; shim_batch_* write it. */
void shim_write(struct shim_db *db, const struct shim_bytes *parts, uint32_t parts_count, uint32_t count, bool sync,
    struct shim_status *status);
/* After a failed write: makes the database writable again if its cause is gone. */
void shim_resume(struct shim_db *db, struct shim_status *status);
/* Asks once more for what shim_resume, in another thread, waits for: that memtables are written out. Does not wait. */
void shim_nudge(struct shim_db *db, struct shim_status *status);
/*
 * Sees to it that some memtable is not empty, by a key in RocksDB's own family that is not logged. Resuming writes
 * memtables out, and only that begins a new log; without anything to write out it keeps the old one, whose writer
 * failed and refuses for ever. Any thread.
 */
void shim_mark(struct shim_db *db, struct shim_status *status);
void shim_flush(struct shim_db *db, struct shim_status *status);

/* The form of one operation in a batch: type, family, key length, key [, value length, value]. */
#define SHIM_OPERATION_BYTES_MAX(key_bytes, value_bytes) (2 + 10 + (key_bytes) + (value_bytes))
/* Each writes at `to` and returns the end; *ret_key and *ret_value are where the copies stand. */
uint8_t *shim_batch_put(uint8_t *to, uint32_t family, const void *key, size_t key_bytes, const void *value,
    size_t value_bytes, uint8_t **ret_key, uint8_t **ret_value);
uint8_t *shim_batch_delete(uint8_t *to, uint32_t family, const void *key, size_t key_bytes, uint8_t **ret_key);

/* ---- reads ---- */
/* Where a value of n bytes is to be copied. */
typedef void *shim_place_fn(void *context, size_t n);
/* SHIM_OK: the value was copied to place(context, n). `cached`: do not touch the disk (SHIM_MISS). `snapshot` may be
 * NULL. */
enum shim_code shim_get(struct shim_db *db, uint32_t family, const void *key, size_t n, bool cached,
    const struct shim_snapshot *snapshot, shim_place_fn *place, void *context, struct shim_status *status);
/* Grows with every batch that became visible. Lock-free. */
uint64_t shim_sequence(struct shim_db *db);
const struct shim_snapshot *shim_snapshot_take(struct shim_db *db);
void shim_snapshot_release(struct shim_db *db, const struct shim_snapshot *snapshot);

/* A walk over [from, to) (`to_bytes` 0: to the end) in one direction, standing before its first entry. One user at a
 * time. */
struct shim_iter *shim_iter_create(struct shim_db *db, uint32_t family, const void *from, size_t from_bytes,
    const void *to, size_t to_bytes, bool reverse, bool cached);
void shim_iter_destroy(struct shim_iter *iter);

/* Copies entries one behind the other until something is full. Each entry is key, value. */
struct shim_fill {
    uint8_t *to; /* room for `to_bytes`; moves on */
    size_t to_bytes;
    uint32_t *key_bytes, *value_bytes; /* room for entries_max each; filled from 0 */
    uint32_t entries_max;
    size_t bytes_max; /* stop when this many were copied */
    uint32_t entries; /* out: copied by this call */
    size_t bytes;     /* out */
    size_t need;      /* out: not 0: the next entry needs this much room */
    bool end;         /* out: nothing more in the range */
};
/* SHIM_MISS: the walk stopped at something the caches do not have; the iterator is of no more use. */
enum shim_code shim_iter_fill(struct shim_iter *iter, struct shim_fill *fill, struct shim_status *status);

/* ---- garbage ---- */
/* Files that lie wholly inside go at once; what is left when the range is compacted. May take long. */
void shim_delete_files(struct shim_db *db, uint32_t family, const void *from, size_t from_bytes, const void *to,
    size_t to_bytes, struct shim_status *status);
void shim_compact(struct shim_db *db, uint32_t family, const void *from, size_t from_bytes, const void *to,
    size_t to_bytes, struct shim_status *status);
/* Makes shim_compact return soon, now and ever after. */
void shim_compact_cancel(struct shim_db *db);

/* ---- figures ---- */
/* A property of the whole database summed over families (rocksdb.size-all-mem-tables ...); false when unknown. */
bool shim_property(struct shim_db *db, const char *name, uint64_t *ret);
size_t shim_block_cache_bytes(struct shim_db *db);
size_t shim_row_cache_bytes(struct shim_db *db);

/*
 * Brings everything to table files and makes a copy of the database at one moment in the folder `to`, durable: table
 * files are linked where that is possible, all others are copied.
 */
struct shim_copied {
    uint64_t files, linked_bytes, copied_bytes;
};
void shim_copy(struct shim_db *db, const char *to, struct shim_copied *ret, struct shim_status *status);

/* What was done in the background since the open. */
struct shim_background {
    uint64_t flushes, flushed_bytes;
    uint64_t compactions, compaction_in_bytes, compaction_out_bytes, compaction_us;
    uint64_t slowdowns, stops; /* of writes */
};
void shim_background(const struct shim_db *db, struct shim_background *ret);

#ifdef __cplusplus
}
#endif
