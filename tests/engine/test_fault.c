/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A disk that refuses: full, failing once, failing for good, failing to sync. An error must be told to those it
 * concerns, nobody else, and what was acknowledged must stay.
 */
#include "support.h"
#include "test.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/assert.h"
#include "codec/record.h"
#include "os/clock.h"

/* ---- a disk that the test fills ---- */

struct disk {
    _Atomic uint64_t free_bytes, total_bytes;
    _Atomic int refuse; /* errno for appends to the log; 0: none */
    _Atomic int refuse_once;
    _Atomic int64_t countdown; /* to the operation that fails; 0: none */
    _Atomic bool for_good;     /* and all after it */
    _Atomic int refuse_all;
    _Atomic uint64_t operations;
    uint64_t looks; /* at its space; guarded by looks_mutex */
};

static pthread_mutex_t looks_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t looked = PTHREAD_COND_INITIALIZER;

static void disk_space(void *context, uint64_t *ret_free, uint64_t *ret_total)
{
    struct disk *disk = context;

    *ret_free = disk->free_bytes;
    *ret_total = disk->total_bytes;
    pthread_mutex_lock(&looks_mutex);
    disk->looks++;
    pthread_cond_broadcast(&looked);
    pthread_mutex_unlock(&looks_mutex);
}

/* Waits until the engine has looked at the disk as it is now, and has drawn its conclusion: it looks again after that.
 */
static void wait_looked(struct disk *disk)
{
    uint64_t enough;

    pthread_mutex_lock(&looks_mutex);
    enough = disk->looks + 2;
    while (disk->looks < enough)
        pthread_cond_wait(&looked, &looks_mutex);
    pthread_mutex_unlock(&looks_mutex);
}

static int disk_file(
    void *context, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n)
{
    struct disk *disk = context;
    bool log_append = act == SHIM_FILE_APPEND && strstr(path, ".log") != NULL;

    (void)to;
    (void)bytes;
    (void)n;
    atomic_fetch_add(&disk->operations, 1);
    if (log_append && disk->refuse_once != 0)
        return atomic_exchange(&disk->refuse_once, 0);
    if (log_append && disk->refuse != 0)
        return disk->refuse;
    if (disk->countdown > 0 && atomic_fetch_sub(&disk->countdown, 1) == 1) {
        if (disk->for_good)
            disk->countdown = 1;
        return disk->refuse_all;
    }
    return 0;
}

static void on_disk(struct lab *lab, struct disk *disk, struct engine_rocksdb_hooks *hooks)
{
    *disk = (struct disk){.free_bytes = 1ull << 40, .total_bytes = 1ull << 41};
    *hooks = (struct engine_rocksdb_hooks){.context = disk, .file = disk_file, .space = disk_space, .tick_ns = 2000000};
    lab_prepare(lab);
    lab->options.hooks = hooks;
}

/* Waits until the engine has seen what the test changed. */
static void wait_figure(struct lab *lab, const char *name, double value)
{
    for (int i = 0; i < 20000 && lab_figure(lab, name) != value; i++)
        usleep(200);
    CHECK(lab_figure(lab, name) == value);
}

static enum err put_until_good(struct lab *lab, const char *key, const char *body)
{
    enum err err = OK;

    for (int i = 0; i < 20000; i++) {
        err = lab_put(lab, key, body);
        if (err == OK)
            break;
        usleep(200);
    }
    return err;
}

TEST(fault, a_full_disk_refuses_writes_and_they_go_on_by_themselves)
{
    struct lab lab;
    struct disk disk;
    struct engine_rocksdb_hooks hooks;

    on_disk(&lab, &disk, &hooks);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "a", "x"), OK);
    disk.free_bytes = (512ull << 20) - 1;
    wait_figure(&lab, "full", 1);
    CHECK_EQ(lab_put(&lab, "a", "y"), ERR_FULL);
    CHECK_EQ(lab_delete(&lab, "a"), ERR_FULL);
    CHECK(slice_is(lab_get(&lab, "a"), "x"));
    disk.free_bytes = (768ull << 20) - 1; /* not yet 1.5 times */
    wait_looked(&disk);
    CHECK_EQ(lab_put(&lab, "a", "y"), ERR_FULL);
    disk.free_bytes = 768ull << 20;
    wait_figure(&lab, "full", 0);
    CHECK_EQ(lab_put(&lab, "a", "y"), OK);
    CHECK(slice_is(lab_get(&lab, "a"), "y"));
    lab_end(&lab);
}

TEST(fault, the_least_free_space_is_scaled_to_a_small_disk)
{
    struct lab lab;
    struct disk disk;
    struct engine_rocksdb_hooks hooks;

    on_disk(&lab, &disk, &hooks);
    disk.total_bytes = 1ull << 30;
    disk.free_bytes = 60ull << 20;
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "a", "x"), OK);
    disk.free_bytes = 50ull << 20; /* a twentieth is 51.2 MB */
    wait_figure(&lab, "full", 1);
    CHECK_EQ(lab_put(&lab, "a", "y"), ERR_FULL);
    lab_end(&lab);
}

/* ---- failed writes ---- */

TEST(fault, a_write_that_fails_is_told_and_leaves_no_trace)
{
    struct lab lab;
    struct disk disk;
    struct engine_rocksdb_hooks hooks;

    on_disk(&lab, &disk, &hooks);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "a", "x"), OK);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", 5), OK);
    disk.refuse_once = EIO;
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", 100), ERR_IO);
    CHECK_EQ(lab_counter(&lab, "Cx"), 5);
    CHECK(slice_is(lab_get(&lab, "a"), "x"));
    CHECK_EQ(put_until_good(&lab, "a", "y"), OK);
    CHECK_EQ(lab_add(&lab, lab.self, lab.arena, "Cx", 1), OK);
    CHECK_EQ(lab_counter(&lab, "Cx"), 6);
    lab_reopen(&lab);
    CHECK(slice_is(lab_get(&lab, "a"), "y"));
    CHECK_EQ(lab_counter(&lab, "Cx"), 6);
    lab_end(&lab);
}

/* Nothing is in memory then that RocksDB would write out to get a new log. */
TEST(fault, the_first_write_after_opening_may_fail_too)
{
    static const int errors[] = {EIO, ENOSPC};
    struct lab lab;
    struct disk disk;
    struct engine_rocksdb_hooks hooks;
    enum err err;

    for (int i = 0; i < 2; i++) {
        on_disk(&lab, &disk, &hooks);
        CHECK_EQ(lab_open(&lab), OK);
        lab_reopen(&lab);
        disk.refuse_once = errors[i];
        err = lab_put(&lab, "a", "x"); /* good when the engine's own first write came before it and failed */
        CHECK(err == OK || err == (errors[i] == EIO ? ERR_IO : ERR_FULL));
        CHECK_EQ(disk.refuse_once, 0);
        CHECK_EQ(put_until_good(&lab, "a", "y"), OK);
        lab_reopen(&lab);
        CHECK(slice_is(lab_get(&lab, "a"), "y"));
        lab_end(&lab);
    }
}

TEST(fault, a_disk_that_is_full_in_spite_of_the_guard_heals)
{
    struct lab lab;
    struct disk disk;
    struct engine_rocksdb_hooks hooks;

    on_disk(&lab, &disk, &hooks);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "a", "x"), OK);
    disk.refuse = ENOSPC;
    CHECK_EQ(lab_put(&lab, "a", "y"), ERR_FULL);
    CHECK_EQ(lab_put(&lab, "a", "z"), ERR_FULL);
    CHECK(slice_is(lab_get(&lab, "a"), "x"));
    disk.refuse = 0;
    CHECK_EQ(put_until_good(&lab, "a", "w"), OK);
    lab_reopen(&lab);
    CHECK(slice_is(lab_get(&lab, "a"), "w"));
    lab_end(&lab);
}

struct raise {
    struct engine_fence *fence;
    uint64_t version;
};

static enum err raise_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct raise *raise = context;
    const struct slice key = SLICE_LIT("T");

    (void)old;
    effects_put(fx, ENGINE_META, key, lab_record(arena, key, SLICE_LIT("desc"), stamp));
    effects_fence(fx, raise->fence, raise->version);
    return OK;
}

TEST(fault, a_fence_falls_back_when_its_record_was_not_written)
{
    struct lab lab;
    struct disk disk;
    struct engine_rocksdb_hooks hooks;
    struct engine_fence fence = {.version = 7};
    struct raise raise = {&fence, 8};
    const struct engine_key key = {ENGINE_META, SLICE_LIT("T")};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = raise_decide, .context = &raise};
    engine_ticket ticket;

    on_disk(&lab, &disk, &hooks);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "first", "x"), OK); /* with what the engine writes of its own after a start */
    disk.refuse_once = EIO;
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), ERR_IO);
    CHECK_EQ(fence.version, 7);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), ERR_IO); /* told again to whoever asks late */
    lab_end(&lab);
}

/* One request decides twice; the first write fails, the second goes well. Settling the joined ticket must fail. */
TEST(fault, a_failure_between_two_decisions_of_one_request_is_not_forgotten)
{
    struct lab lab;
    struct disk disk;
    struct engine_rocksdb_hooks hooks;
    struct engine_fence fence = {0};
    struct raise raise = {&fence, 1};
    const struct engine_key key = {ENGINE_META, SLICE_LIT("T")};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = raise_decide, .context = &raise};
    engine_ticket failed, good = 0, joined;

    on_disk(&lab, &disk, &hooks);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "first", "x"), OK); /* with what the engine writes of its own after a start */
    disk.refuse_once = EIO;
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &failed), OK);
    CHECK_EQ(put_until_good(&lab, "a", "x"), OK);
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &good), OK);
    CHECK(good > failed);
    joined = engine_ticket_join(lab.engine, failed, good);
    CHECK_EQ(engine_settle(lab.engine, lab.self, joined), ERR_IO);
    CHECK_EQ(engine_settle(lab.engine, lab.self, good), OK);
    lab_end(&lab);
}

/* Many writers, a disk that fails now and then: each acknowledged increment is there, each refused one is not. */
struct tally {
    struct disk *disk;
    _Atomic uint64_t good;
};

static enum err increment_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct slice key = SLICE_LIT("hot");
    struct slice body = lab_body(key, old[0].bytes);
    uint64_t value = 0;

    (void)context;
    if (body.p != NULL)
        memcpy(&value, body.p, 8);
    value++;
    effects_put(fx, ENGINE_DATA, key, lab_record(arena, key, slice_of(&value, 8), stamp));
    effects_add(fx, SLICE_LIT("Chot"), 1);
    effects_append(fx, 3, SLICE_LIT("e"));
    return OK;
}

static void increment_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    const struct engine_key key = {ENGINE_DATA, SLICE_LIT("hot")};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = increment_decide};
    struct arena_mark mark = arena_mark(arena);
    struct tally *tally = context;

    for (int round = 0; round < 40; round++) {
        engine_ticket ticket;
        enum err err;

        if (i == 0 && round % 10 == 5)
            tally->disk->refuse_once = EIO;
        err = engine_decide(lab->engine, self, arena, &decision, &ticket);
        if (!err)
            err = engine_settle(lab->engine, self, ticket);
        if (!err)
            atomic_fetch_add(&tally->good, 1);
        else
            (void)fiber_park_until(self, os_clock_monotonic_ns() + 3000000);
        arena_reset(arena, mark);
    }
}

TEST(fault, acknowledged_increments_are_exact_though_groups_fail)
{
    struct lab lab;
    struct disk disk;
    struct engine_rocksdb_hooks hooks;
    struct tally tally = {.disk = &disk};
    struct engine_page page;
    uint64_t value;

    on_disk(&lab, &disk, &hooks);
    CHECK_EQ(lab_open(&lab), OK);
    lab_fibers(&lab, 2, 32, increment_fiber, &tally);
    CHECK(lab_figure(&lab, "group_failures_total") >= 1);
    CHECK(tally.good > 0);
    memcpy(&value, lab_get(&lab, "hot").p, 8);
    CHECK_EQ(value, tally.good);
    CHECK_EQ(lab_counter(&lab, "Chot"), tally.good);
    CHECK_EQ(engine_range(
                 lab.engine, lab.self, lab.arena, ENGINE_LOG, SLICE_NULL, SLICE_NULL, false, 100000, 1 << 24, &page),
        OK);
    CHECK_EQ(page.count, tally.good); /* and their stream has no hole */
    CHECK_EQ(page.keys[page.count - 1].p[14] * 256 + page.keys[page.count - 1].p[15], tally.good);
    lab_end(&lab);
}

/* ---- a failed sync ---- */

static int sync_file(
    void *context, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n)
{
    _Atomic bool *fail = context;

    (void)to;
    (void)bytes;
    (void)n;
    return act == SHIM_FILE_SYNC && strstr(path, ".log") != NULL && *fail ? EIO : 0;
}

static bool put_and_fail_to_sync(struct lab *lab, void *context)
{
    _Atomic bool *fail = context;

    if (lab_put(lab, "a", "x") != OK)
        return false;
    *fail = true;
    (void)!lab_put(lab, "a", "y");
    _exit(77); /* no reply may leave after a failed sync */
}

TEST(fault, a_failed_sync_ends_the_process)
{
    struct lab lab;
    _Atomic bool fail = false;
    struct engine_rocksdb_hooks hooks = {.context = &fail, .file = sync_file};

    lab_prepare(&lab);
    lab.options.hooks = &hooks;
    CHECK_EQ(lab_child_status(&lab, put_and_fail_to_sync, &fail), EXIT_FAILURE);
    lab.options.hooks = NULL;
    CHECK_EQ(lab_open(&lab), OK);
    CHECK(lab_get(&lab, "a").p != NULL);
    lab_end(&lab);
}

/* ---- a write that RocksDB refuses when it has taken it ---- */

/* The manifest, where the committer writes it: it notes there that a log is closed. */
static int manifest_file(
    void *context, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n)
{
    _Atomic bool *fail = context;
    char name[16] = "";

    (void)to;
    (void)bytes;
    (void)n;
    (void)pthread_getname_np(pthread_self(), name, sizeof(name));
    return act == SHIM_FILE_APPEND && strstr(path, "MANIFEST") != NULL && strcmp(name, "committer") == 0 && *fail ? EIO
                                                                                                                  : 0;
}

static bool put_until_a_log_ends(struct lab *lab, void *context)
{
    static char body[200000];
    _Atomic bool *fail = context;

    memset(body, 'x', sizeof(body) - 1);
    if (lab_put(lab, "a", "x") != OK)
        return false;
    *fail = true;
    for (int i = 0; i < 1000; i++) {
        if (lab_put(lab, "b", body) != OK)
            _exit(77); /* whoever writes next would show a part of it */
    }
    return false;
}

TEST(fault, a_write_that_rocksdb_may_hold_in_part_ends_the_process)
{
    struct lab lab;
    _Atomic bool fail = false;
    struct engine_rocksdb_hooks hooks = {.context = &fail, .file = manifest_file};

    lab_prepare(&lab);
    lab.options.hooks = &hooks;
    lab.options.memory_bytes = 8 << 20;
    CHECK_EQ(lab_child_status(&lab, put_until_a_log_ends, &fail), EXIT_FAILURE);
    lab.options.hooks = NULL;
    CHECK_EQ(lab_open(&lab), OK);
    CHECK(lab_get(&lab, "a").p != NULL);
    lab_end(&lab);
}

/* What the log could not take did not come to memory, also behind a new log. */
static int new_log_file(
    void *context, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n)
{
    _Atomic int *steps = context; /* 1: a log is awaited, 2: its first write is, 3: that failed */
    int awaited = 2;

    (void)to;
    (void)bytes;
    (void)n;
    if (strstr(path, ".log") == NULL)
        return 0;
    if (act == SHIM_FILE_CREATE && *steps == 1)
        *steps = 2;
    return act == SHIM_FILE_APPEND && atomic_compare_exchange_strong(steps, &awaited, 3) ? ENOSPC : 0;
}

TEST(fault, a_write_that_a_new_log_does_not_take_is_told_and_writes_go_on)
{
    static char body[200000];
    struct lab lab;
    _Atomic int steps = 0;
    struct engine_rocksdb_hooks hooks = {.context = &steps, .file = new_log_file, .tick_ns = 2000000};
    enum err err = OK;

    lab_prepare(&lab);
    lab.options.hooks = &hooks;
    lab.options.memory_bytes = 8 << 20;
    memset(body, 'x', sizeof(body) - 1);
    CHECK_EQ(lab_open(&lab), OK);
    steps = 1;
    for (int i = 0; i < 1000 && steps != 3; i++)
        err = lab_put(&lab, "b", body);
    CHECK_EQ(err, ERR_FULL);
    CHECK_EQ(put_until_good(&lab, "a", "x"), OK);
    lab_reopen(&lab);
    CHECK(slice_is(lab_get(&lab, "a"), "x"));
    CHECK(slice_is(lab_get(&lab, "b"), body));
    lab_end(&lab);
}

/* ---- the Nth operation fails, for every N ---- */

struct story {
    struct disk disk;
    _Atomic uint64_t good[3]; /* acknowledged versions of three keys */
};

/* Some writes, a close that writes tables, and some more. Every error is fine; what was acknowledged must hold. */
static bool story_run(struct lab *lab, void *context)
{
    struct story *story = context;
    static const char *const keys[3] = {"a", "b", "c"};
    char body[16];

    for (uint64_t version = 1; version <= 6; version++) {
        for (int k = 0; k < 3; k++) {
            (void)snprintf(body, sizeof(body), "%llu", (unsigned long long)version);
            if (lab_put(lab, keys[k], body) == OK)
                story->good[k] = version;
        }
        if (version == 3) {
            lab_close(lab);
            if (lab_open(lab) != OK)
                return true;
        }
    }
    lab_close(lab);
    return true;
}

static bool story_check(struct lab *lab, void *context)
{
    const struct story *story = context;
    static const char *const keys[3] = {"a", "b", "c"};

    for (int k = 0; k < 3; k++) {
        struct slice body = lab_get(lab, keys[k]);
        uint64_t version = body.p == NULL ? 0 : (uint64_t)(body.p[0] - '0');

        CHECK(version >= story->good[k]);
        CHECK(version <= 6);
    }
    return true;
}

/* False when N is beyond the last operation. */
static bool story_fails_at(int64_t n, bool for_good, int error)
{
    struct story *story = mmap(NULL, sizeof(*story), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct engine_rocksdb_hooks hooks;
    struct lab lab;
    bool reached;
    int status;

    on_disk(&lab, &story->disk, &hooks);
    story->disk.countdown = n;
    story->disk.for_good = for_good;
    story->disk.refuse_all = error;
    status = lab_child_status(&lab, story_run, story);
    CHECK(status == 0 || status == EXIT_FAILURE); /* a refusal, or the end after a failed sync; never a crash */
    reached = story->disk.operations >= (uint64_t)n;
    lab.options.hooks = NULL;
    if (!lab_child_dies(&lab, story_check, story)) {
        printf("operation %lld\n", (long long)n);
        CHECK(false);
    }
    lab_end(&lab);
    munmap(story, sizeof(*story));
    return reached;
}

TEST(fault, any_single_operation_may_fail_without_losing_what_was_acknowledged)
{
    int64_t n = 1;

    while (story_fails_at(n, false, EIO))
        n += n < 30 ? 1 : 11;
    printf("%lld operations\n", (long long)n);
    CHECK(n > 60);
}

TEST(fault, a_disk_may_die_at_any_operation_without_losing_what_was_acknowledged)
{
    int64_t n = 1;

    while (story_fails_at(n, true, n % 2 ? EIO : ENOSPC))
        n += n < 20 ? 3 : 13;
    CHECK(n > 60);
}

LAB_MAIN()
