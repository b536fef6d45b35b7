/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "os/fiber.h"

/*
 * The seam between what DynamoDB means and where bytes live. Five verbs: get, range, decide, as_of, watermark. No
 * iterator, snapshot, lock, sequence number or engine pointer crosses it; every call may be a network round trip and
 * may park the calling fiber. All bytes returned live in the arena given.
 *
 * Reads see published state alone: a decision is seen after it is durable, never before, and whole.
 */
struct engine;

enum engine_space { ENGINE_DATA, ENGINE_LOG, ENGINE_HISTORY, ENGINE_META };
#define ENGINE_SPACES 4

struct engine_key {
    enum engine_space space;
    struct slice key;
};

/* `bytes.p == NULL`: absent. Records of data and meta are envelopes (codec/record.h); the engine reads their stamp
 * only. */
struct engine_record {
    struct slice bytes;
};

struct engine_page {
    struct slice *keys, *values; /* count each, in the order asked for */
    uint32_t count;
    bool more; /* the range goes on after the last key of the page */
};

/*
 * A version that a decision is made under: the owner keeps one per table. Appending refuses a decision whose expected
 * version is not the present one (ERR_STALE: read the descriptor again and decide again).
 */
struct engine_fence {
    _Atomic uint64_t version;
};
struct engine_fence_at {
    const struct engine_fence *fence;
    uint64_t version;
};

/*
 * ---- effects: what a decision writes ----
 * Keys and bytes are borrowed until engine_decide returns: the arena of the decision is the place for them (envelopes
 * with the decision's stamp are changed in place). A key is at least one byte; keys of meta that begin with '!' are the
 * engine's. Effects of one decision are applied in the order they were made.
 */
struct effects;
void effects_put(struct effects *fx, enum engine_space space, struct slice key, struct slice bytes);
void effects_delete(struct effects *fx, enum engine_space space, struct slice key);
/* As effects_put, for a key that this decision does not name and a later one may: that one sees the value before it is
 * published. Both must name some other key, so that one comes after the other. */
void effects_put_known(struct effects *fx, enum engine_space space, struct slice key, struct slice bytes);
/* Adds `delta` to the counter stored in meta under `key` as a record whose body is an int64 (little-endian). A decision
 * cannot hold it, only look at it; readers use engine_get and counter_value. Absent counts 0. */
void effects_add(struct effects *fx, struct slice key, int64_t delta);
/* Appends to a stream; the engine numbers the entry when the group is committed: 1, 2, 3 ..., without a hole, never
 * again. It stands in the space log under stream (8 bytes) | number (8 bytes), both big-endian. */
void effects_append(struct effects *fx, uint64_t stream, struct slice bytes);
/* Raises the fence to `version` at the moment this decision is appended. */
void effects_fence(struct effects *fx, struct engine_fence *fence, uint64_t version);

/*
 * Lets other fibers run when much was done, half a megabyte at least, and much since the last time: a function that
 * works on many bytes calls it after each step, with the bytes of the step. The latches stay held, and nothing that the
 * function sees changes.
 */
void effects_breathe(struct effects *fx, size_t bytes);

/* The number in a counter record; 0 for an absent one. ERR_CORRUPT when it is damaged. */
MUST_USE enum err counter_value(struct slice key, struct slice record_bytes, int64_t *ret);

/* ---- decide ---- */
/*
 * Looks at the old records (one per key, in the order of the keys, then one per look) and says what to write. Pure: no
 * I/O, clock or global state. May be run any number of times, and give way in between; the arena is reset to where it
 * stood before each run; only the last run counts. `stamp` is greater than the stamp of every old record; records
 * written carry it, in their envelopes and nowhere else: the engine replaces it there by a later one when the run took
 * so long that it is too old. Anything but OK writes nothing and is returned by engine_decide (ERR_FAULT with the reply
 * in the context: it too waits for what it read, by its ticket).
 */
typedef enum err engine_decide_fn(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx);

/* What a reply must wait for before it leaves: engine_settle. 0: nothing. */
typedef uint64_t engine_ticket;

struct engine_decision {
    const struct engine_key
        *keys; /* the reads and latches of the decision; every key written in `data` must have its item among them */
    uint32_t keys_count;
    /*
     * More records for the function, as they are published at the time: not held, so that others may write them before
     * this decision is appended. For what many decisions write at once and none must know to the last moment: counters.
     */
    const struct engine_key *looks;
    uint32_t looks_count;
    engine_decide_fn *fn;
    void *context;
    const struct engine_fence *fence; /* NULL: none */
    uint64_t fence_version;
    const struct engine_fence_at *fences; /* more of them, for a transaction over several tables; checked together */
    uint32_t fences_count;
    bool transaction; /* over several items as one: see wait_ns_max */
    /*
     * Give up waiting for a latch with ERR_BUSY: a transaction behind whoever holds it, all others only behind a
     * transaction. 0: wait as long as it takes.
     */
    uint64_t wait_ns_max;
    uint32_t *ret_busy; /* NULL, or set with that ERR_BUSY to the position of a key that waits behind the latch */
};
#define ENGINE_DECISION_KEYS_MAX 1024

/*
 * *ret_ticket is set with OK and with ERR_FAULT, else 0. A key that is written but not named is written blindly: it is
 * atomic with the rest, but a decision that names it misses it until it is published, unless it was put as known. One
 * fiber may decide several times and settle once, with the tickets joined by engine_ticket_join (BatchWriteItem).
 */
MUST_USE enum err engine_decide(struct engine *engine, struct fiber *self, struct arena *arena,
    const struct engine_decision *decision, engine_ticket *ret_ticket);
/* The ticket that stands for both: settled when both are, failed when either failed. The higher one, but for a failed
 * write between them. */
engine_ticket engine_ticket_join(struct engine *engine, engine_ticket a, engine_ticket b);
/* Parks until everything up to the ticket is durable and published. ERR_FULL, ERR_IO: nothing of it was written. */
MUST_USE enum err engine_settle(struct engine *engine, struct fiber *self, engine_ticket ticket);

/* ---- read ---- */
MUST_USE enum err engine_get(struct engine *engine, struct fiber *self, struct arena *arena,
    const struct engine_key *keys, uint32_t keys_count, struct engine_record *ret_records);
/*
 * Entries of [from, to) in ascending order, or descending when `reverse`. `to` empty: to the end of the space. Stops
 * after `entries_max` entries, or when the bytes of keys and values reach `bytes_max` (at least one entry is returned).
 * Gives way every 64 KB.
 */
MUST_USE enum err engine_range(struct engine *engine, struct fiber *self, struct arena *arena, enum engine_space space,
    struct slice from, struct slice to, bool reverse, uint32_t entries_max, size_t bytes_max, struct engine_page *ret);
/* Like engine_range of the space data as it stood at stamp T. ERR_LIMIT: not kept (no pin or window holds it). */
MUST_USE enum err engine_as_of(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stamp,
    struct slice from, struct slice to, uint32_t entries_max, size_t bytes_max, struct engine_page *ret);
/* The newest closed stamp: everything up to it is published. */
uint64_t engine_watermark(struct engine *engine);

/* ---- streams: the space log by stream and number ---- */
/*
 * The last number given in each stream, 0 for one without entries; published, like all that is read. Costs no disk read
 * for a stream that is asked for again and again.
 */
MUST_USE enum err engine_stream_last(struct engine *engine, struct fiber *self, struct arena *arena,
    const uint64_t *streams, uint32_t count, uint64_t *ret_numbers);
/* Entries of one stream from number `from` on, as engine_range gives them. */
MUST_USE enum err engine_stream_read(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stream,
    uint64_t from, uint32_t entries_max, size_t bytes_max, struct engine_page *ret);
/* Stream and number of a key of the space log; false when it is none. */
bool engine_stream_key(struct slice key, uint64_t *ret_stream, uint64_t *ret_number);
/*
 * Forgets a stream: its entries and its last number. Nothing is appended to it any more, then or later; whoever still
 * reads sees less and less. Takes a few decisions at most, whatever its length. After an error, or a crash, call it
 * again.
 */
MUST_USE enum err engine_stream_drop(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stream);

/* ---- life ---- */
/* True when index effects may stand in the same decision as the item (mem, rocksdb). */
bool engine_index_in_batch(const struct engine *engine);
/* True when a decision over several keys is atomic (mem, rocksdb). */
bool engine_multi_key_atomic(const struct engine *engine);
/* Figures for metrics and logs: calls `emit` for each. Texts are valid during the call. */
enum engine_figure_kind { ENGINE_GAUGE, ENGINE_COUNTER, ENGINE_HISTOGRAM };
struct engine_figure {
    const char *name;   /* [a-z0-9_]; in base units, _total for counters; the figures of a histogram stand together */
    const char *suffix; /* of a histogram: "_bucket", "_sum" or "_count"; else "" */
    const char *labels; /* le="0.1" and the like; NULL: none */
    const char *help;   /* NULL: it belongs to the figure before */
    enum engine_figure_kind kind;
    double value;
};
typedef void engine_figure_fn(void *context, const struct engine_figure *figure);
void engine_figures(struct engine *engine, engine_figure_fn *emit, void *context);
/*
 * A copy of the database as it is at one moment, with all that was settled before the call, in the folder `path`, which
 * must exist and be empty; durable when it returns. Files that never change are linked where the file system can. On
 * error a sentence (heap, owned by the caller), and what was made stays there. May take long; parks. Writes go on.
 */
struct engine_copied {
    uint64_t files, linked_bytes, copied_bytes;
};
MUST_USE enum err engine_copy(
    struct engine *engine, struct fiber *self, const char *path, struct engine_copied *ret, char **ret_reason);
/* Drops a dead key range of data or log without blocking its neighbours: the keys [from, to) are never read again.
 * Background. */
MUST_USE enum err engine_drop(
    struct engine *engine, struct fiber *self, enum engine_space space, struct slice from, struct slice to);
/* Refuses new decisions, commits what is open, closes. After it the WAL is empty. */
void engine_close(struct engine *engine);

/* The wall clock in ms, for stamps; replaced by the simulator. */
typedef uint64_t engine_clock_fn(void *context);

struct engine_mem_options {
    engine_clock_fn *clock;
    void *clock_context;
    bool run_twice;    /* run every decision twice and compare its effects */
    uint64_t delay_ns; /* parks this long in every call: plays a network */
};
/* The oracle of the tests: sorted memory, deterministic. */
struct engine *engine_mem_open(const struct engine_mem_options *options);

enum engine_durability { ENGINE_SYNC, ENGINE_OS };
struct engine_rocksdb_hooks;
struct engine_rocksdb_options {
    const char *path; /* the folder `db` below the data folder */
    enum engine_durability durability;
    size_t memory_bytes; /* caches and write buffers together */
    bool strict_tail;
    bool read_only; /* for check and dump */
    bool accept_clock;
    engine_clock_fn *clock;
    void *clock_context;
    void (*log)(
        void *context, const char *event, const char *text); /* any thread; `text` is key=value words; NULL: none */
    void *log_context;
    const struct engine_rocksdb_hooks *hooks; /* of tests (engine/rocksdb/hooks.h); NULL: none */
};
/* Opens or makes the folder. On error *ret_reason is a sentence (heap, owned by the caller, free) that says what to do.
 */
MUST_USE enum err engine_rocksdb_open(
    const struct engine_rocksdb_options *options, struct engine **ret, char **ret_reason);

/*
 * Reads the write-ahead logs of a closed folder (docs/formats/wal.md). TORN: the newest group was not finished; opening
 * sets the tail aside and cuts it. DAMAGED: bytes are wrong that were once synced; opening refuses.
 */
enum engine_wal_state { ENGINE_WAL_WHOLE, ENGINE_WAL_TORN, ENGINE_WAL_DAMAGED };
struct engine_wal_report {
    enum engine_wal_state state;
    char file[32]; /* not WHOLE: the name of the log, and where in it */
    uint64_t offset;
    uint64_t files, records, bytes;
};
/* ERR_IO when a log cannot be read. A folder that is not there has no logs. Blocks. */
MUST_USE enum err engine_wal_scan(const char *path, struct engine_wal_report *ret);
