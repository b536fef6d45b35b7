/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <pthread.h>
#include <time.h>

#include "base/buf.h"
#include "engine/engine_int.h"
#include "engine/rocksdb/hooks.h"
#include "engine/rocksdb/shim.h"

/*
 * The RocksDB engine, in parts:
 *
 *     open.c       options, the data folder's version, opening and closing, the torn tail
 *     group.c      the open group: append, back-pressure, pending values, settle
 *     commit.c     the committer: closes groups, writes them, publishes, and what happens when that fails
 *     tally.c      counters and stream numbers, in memory while they are busy
 *     read.c       get and range
 *     dead.c       dropped key ranges
 *     keeper.c     a thread for what is due now and then: free space, dropped ranges
 *     wal.c        reads RocksDB's write-ahead log, to tell a torn tail from damage
 *     shim.cc      RocksDB itself
 *
 * Threads: fibers of any worker decide and read; ONE committer writes; one keeper looks after the rest. Locks, in the
 * order they may be taken: rocksdb.mutex, then a stripe's short lock. Neither is held over a park or over I/O.
 */

/* Bounds of this folder. */
#define DECISION_BYTES_MAX                                                                                             \
    ((size_t)192 << 20) /* ours: ERR_LIMIT. 4 MB of items with 25 full copies and two images fit */
#define BLOCK_BYTES_MIN     ((size_t)256 << 10) /* ours: a decision as large as this is laid out by itself */
#define GROUP_BLOCKS_MAX    64                  /* ours: so many of them in a group */
#define GROUP_KEEP_BYTES    ((size_t)1 << 20)   /* ours: what a group keeps of its memory when it is used again */
#define GROUPS_FREE_MAX     3                   /* ours: groups kept for the next use */
#define FAILURES_KEPT       64                  /* ours: failed groups that late settlers are still told about */
#define TALLIES_MAX         65536               /* ours: counters kept in memory; others are read when touched */
#define CLOCK_AHEAD_MS      10000               /* ours: the stored limit of stamps runs ahead by this */
#define CLOCK_AHEAD_FAST_MS 100   /* ours: by this when stamps run ahead of the wall clock, after a restart */
#define CLOCK_RENEW_MS      5000  /* ours: and is renewed when this much is left */
#define CLOCK_ALARM_MS      60000 /* ours: a limit further ahead of the wall clock stops the start */
#define SPACE_LOOK_BYTES    ((uint64_t)16 << 20)  /* ours: free space is looked at again after so much was written */
#define SPACE_MIN_BYTES     ((uint64_t)512 << 20) /* ours: less free space than this, or twice the write buffers: full */
#define SPACE_MIN_SHARE     20                    /* ours: but never more than this part of a small disk */
#define DATA_FORMAT         2                     /* of the folder as a whole; a newer one is refused */

/* ---- waiting for the committer ---- */

/* On the stack of a fiber that waits; in a list guarded by the mutex until waiters_wake has it. */
struct waiter {
    struct fiber *fiber;
    struct waiter *next;
    enum err result;
    _Atomic uint32_t state; /* WAITER_ */
};
enum { WAITER_WAITING, WAITER_WAKING, WAITER_DONE };

/* Parks until the waiter was woken. Then it is nobody's but the caller's again. */
void rocksdb__waiter_wait(struct waiter *waiter);
/* Wakes all of a list. Not under the mutex. */
void rocksdb__waiters_wake(struct waiter *first, enum err result);

/* ---- groups ---- */

/* The newest value of a key that is not published yet, for the next decision on that key. */
struct pending {
    struct pending *next;       /* in its stripe */
    struct pending *group_next; /* in its group */
    struct group *group;
    uint32_t stripe;
    bool linked; /* in its stripe; a newer group's value takes its place */
    enum engine_space space;
    struct slice key, value; /* in the bytes or a block of the group; value.p == NULL: deleted */
};

/* Operations of one large decision; they stand behind the first `at` bytes of the group. */
struct group_block {
    struct group_block *next;
    size_t at, used;
    uint8_t bytes[];
};

struct group_add {
    struct group_add *next;
    struct slice key;
    int64_t delta;
};

struct group_append {
    struct group_append *next;
    uint64_t stream;
    uint8_t
        *key; /* in the bytes or a block of the group: ENGINE_KEY_LOG_BYTES, to be filled when the number is known */
};

/* Undone when the group fails. */
struct group_fence {
    struct group_fence *next; /* the one before it */
    struct engine_fence *fence;
    uint64_t before;
};

/*
 * Decisions that become durable together. Filled under the mutex; once closed it is the committer's alone, but for
 * pending values, which deciders read while they hold a reference.
 */
struct group {
    uint64_t number;
    uint64_t floor; /* set when closed: all its stamps are <= floor, all later ones greater */
    uint8_t *bytes; /* mapped, touched as used; operations in RocksDB's form */
    size_t used;
    struct group_block *blocks, **blocks_last; /* owned, by `at` */
    uint32_t blocks_count;
    size_t blocks_bytes;
    uint32_t operations, decisions;
    struct arena *side;      /* of the lists below */
    struct arena_mark empty; /* of the arena */
    struct pending *pending;
    struct group_add *adds, **adds_last;
    struct group_append *appends, **appends_last;
    struct group_fence *fences;
    struct waiter *waiters; /* fibers that settle */
    _Atomic uint32_t refs;
    struct group *next_free;
};

struct failure {
    uint64_t first, last; /* group numbers */
    enum err err;
};

#define SYNC_BUCKETS  16
#define SYNC_FIRST_US 64u
struct figures {
    _Atomic uint64_t groups, decisions, bytes, get_hits, get_misses, range_hits, range_misses, stalls, failures;
    _Atomic uint64_t sync_ns_total, sync_ns_max;
    _Atomic uint64_t sync_buckets[SYNC_BUCKETS]; /* bucket i: below SYNC_FIRST_US << i; the last: all others */
};

#define DEAD_SPACES 2 /* data and log */
struct dead_set;
struct tallies;

struct rocksdb {
    struct engine engine;
    struct engine_rocksdb_options options;
    char *path; /* owned copy */
    struct shim_db *db;
    struct latches *latches;
    struct stamps stamps;
    struct engine_decide_frame frame;
    struct figures figures;

    _Atomic uint64_t published; /* every group up to it is settled: durable, or failed */
    _Atomic uint64_t watermark;
    _Atomic uint64_t epoch;          /* changes under the mutex when groups fail */
    _Atomic uint32_t failures_count; /* ever */
    _Atomic bool resuming;           /* one of our threads resumes it */
    _Atomic bool stuck;              /* RocksDB waits to be resumed */
    pthread_mutex_t write_mutex;     /* a write, or an attempt to resume: a log begun meanwhile is its own */

    pthread_mutex_t mutex; /* guards what follows, up to the next blank line */
    pthread_cond_t work;   /* the committer waits here */
    pthread_cond_t keep;   /* the keeper waits here */
    struct group *open;    /* never NULL while the engine is open */
    struct group *syncing; /* or NULL */
    struct group *free;
    uint32_t free_count;
    uint64_t floor;      /* stamps up to it are refused */
    uint32_t holds;      /* runs that ask not to close a floor */
    struct waiter *room; /* fibers that wait for the next group */
    uint32_t under_way;  /* decisions in both groups when the last one was published */
    bool committer_waits, gathering, limit_wanted, closing, full, drop_wanted;
    enum err broken; /* not OK: writes are refused until RocksDB was resumed */
    struct failure failures[FAILURES_KEPT];

    /* the committer's own */
    pthread_t committer;
    struct tallies *tallies;
    struct buf tail; /* operations the committer adds to a group */
    struct buf record;
    uint32_t tail_operations;
    _Atomic uint64_t limit;  /* the stored limit of stamps; written by the committer */
    uint64_t write_ns;       /* what a write takes, smoothed */
    uint64_t unlooked_bytes; /* written since free space was looked at */

    /* the keeper's */
    pthread_t keeper;
    size_t write_buffer_bytes;

    pthread_mutex_t dead_mutex;         /* guards `dead` */
    struct dead_set *dead[DEAD_SPACES]; /* NULL: nothing is dead */
};

struct rocksdb *rocksdb__of(struct engine *engine);
/* One that is waited on by the monotonic clock. */
void rocksdb__condition_init(pthread_cond_t *condition);
void rocksdb__log(const struct rocksdb *e, const char *event, const char *format, ...) PRINTF(3, 4);
/* Maps what went wrong to an error of ours, and logs it when it is worth a line. */
enum err rocksdb__error(const struct rocksdb *e, const char *what, const struct shim_status *status);
/* Logs and ends the process: a start recovers what was acknowledged from the logs. */
_Noreturn void rocksdb__end(const struct rocksdb *e, const char *event, const char *what);

/* ---- group.c ---- */
/* A group that reached its bounds takes no more. */
static inline bool rocksdb__group_has_room(const struct group *group)
{
    return group->used + group->blocks_bytes < GROUP_BYTES_MAX && group->blocks_count < GROUP_BLOCKS_MAX &&
           group->decisions < GROUP_DECISIONS_MAX;
}
struct group *rocksdb__group_take(
    struct rocksdb *e, uint64_t number);                           /* the mutex is held, or nobody else is there yet */
void rocksdb__group_unref(struct rocksdb *e, struct group *group); /* the mutex is not held */
void rocksdb__groups_free(struct rocksdb *e);
/* Forgets the pending values of a closed group. The mutex may be held. */
void rocksdb__pending_drop(struct rocksdb *e, struct group *group);
enum err rocksdb__settle(struct engine *engine, struct fiber *self, engine_ticket ticket);
engine_ticket rocksdb__ticket_join(struct engine *engine, engine_ticket a, engine_ticket b);
uint64_t rocksdb__watermark(struct engine *engine);
extern const struct engine_decide_ops rocksdb__decide_ops;

/* ---- commit.c ---- */
void *rocksdb__committer_main(void *engine);

/* ---- resume.c ---- */
/* Asks RocksDB to take writes again after an error. True when it does; false at once while the other thread is asking.
 * Ends the process when RocksDB hangs over it. The committer and the keeper. */
bool rocksdb__resume(struct rocksdb *e);

/* ---- tally.c ---- */
struct tallies *rocksdb__tallies_create(void);
void rocksdb__tallies_destroy(struct tallies *tallies);
/* Numbers the appends of a closed group, sums its counters, and writes one record for each that was touched into
 * e->tail. */
enum err rocksdb__tallies_apply(struct rocksdb *e, struct group *group);
/* Forgets everything: what is in memory may not be what is stored. */
void rocksdb__tallies_clear(struct tallies *tallies);
/* Adds an operation to e->tail. */
void rocksdb__tail_put(struct rocksdb *e, enum engine_space space, struct slice key, struct slice value);
void rocksdb__tail_delete(struct rocksdb *e, enum engine_space space, struct slice key);

/* ---- read.c ---- */
/* One value, wherever it is, on a thread that may block. p == NULL: absent. */
enum err rocksdb__get_blocking(
    struct rocksdb *e, struct arena *arena, enum engine_space space, struct slice key, struct slice *ret);
/* The values of keys into records whose bytes.p is NULL; cache first, then the I/O pool. */
enum err rocksdb__get_records(struct rocksdb *e, struct fiber *self, struct arena *arena, const struct engine_key *keys,
    const uint32_t *which, uint32_t count, struct engine_record *records);
enum err rocksdb__get(struct engine *engine, struct fiber *self, struct arena *arena, const struct engine_key *keys,
    uint32_t keys_count, struct engine_record *ret_records);
enum err rocksdb__range(struct engine *engine, struct fiber *self, struct arena *arena, enum engine_space space,
    struct slice from, struct slice to, bool reverse, uint32_t entries_max, size_t bytes_max, struct engine_page *ret);
enum err rocksdb__as_of(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stamp,
    struct slice from, struct slice to, uint32_t entries_max, size_t bytes_max, struct engine_page *ret);

/* ---- dead.c ---- */
enum err rocksdb__dead_load(struct rocksdb *e, struct fiber *self, struct arena *arena);
void rocksdb__dead_free(struct rocksdb *e);
const void *rocksdb__dead_acquire(void *engine, uint32_t space);
bool rocksdb__dead_has(const void *dead, const uint8_t *key, size_t n);
void rocksdb__dead_release(void *engine, const void *dead);
enum err rocksdb__drop(
    struct engine *engine, struct fiber *self, enum engine_space space, struct slice from, struct slice to);
/* The keeper's part: makes one dead range disappear from the disk. False when there was none. */
bool rocksdb__dead_step(struct rocksdb *e, struct fiber *self, struct arena *arena);

/* ---- keeper.c ---- */
/* The moment (monotonic) at which something that is due each second is due next. */
struct timespec rocksdb__tick(const struct rocksdb *e);
void *rocksdb__keeper_main(void *engine);
/* Looks at the free space and sets or clears e->full. Any thread, without the mutex. */
void rocksdb__space_check(struct rocksdb *e);
/* Size of the disk below the folder; 0: not known. */
uint64_t rocksdb__disk_bytes(const struct rocksdb *e);
