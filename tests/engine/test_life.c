/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The life of a data folder on RocksDB: opening, refusing to open, crashing, groups and their back-pressure, dropping.
 */
#include "support.h"
#include "test.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/buf.h"
#include "base/limits.h"
#include "codec/record.h"
#include "os/clock.h"

/* ---- opening ---- */

TEST(life, a_folder_is_made_with_those_above_it)
{
    struct lab lab;
    char path[128];

    lab_prepare(&lab);
    (void)snprintf(path, sizeof(path), "%s/a/b/db", lab.folder);
    lab.options.path = path;
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "a", "x"), OK);
    lab_end(&lab);
}

TEST(life, a_folder_that_cannot_be_made_is_named)
{
    struct lab lab;

    lab_prepare(&lab);
    lab.options.path = "/proc/stator/db";
    CHECK_EQ(lab_open(&lab), ERR_IO);
    CHECK(strstr(lab.reason, "/proc/stator") != NULL);
    lab_end(&lab);
}

/* In a process of its own: opens the folder, says so, and keeps it until it is killed. */
static void keeper_of(struct lab *lab, int said)
{
    char opened = lab_open(lab) == OK;

    if (write(said, &opened, 1) == 1)
        pause();
    _exit(1);
}

TEST(life, a_folder_in_use_is_refused)
{
    struct lab lab;
    int ends[2];
    char opened = 0;
    pid_t child;

    lab_prepare(&lab);
    CHECK_EQ(pipe(ends), 0);
    fflush(stdout);
    child = fork(); /* before anything is opened here: a fork takes over whatever locks another thread holds */
    if (child == 0)
        keeper_of(&lab, ends[1]);
    CHECK_EQ(read(ends[0], &opened, 1), 1);
    CHECK(opened);
    CHECK_EQ(lab_open(&lab), ERR_BUSY);
    CHECK(strstr(lab.reason, "in use") != NULL);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    CHECK_EQ(lab_open(&lab), OK);
    lab_end(&lab);
}

TEST(life, a_folder_in_use_by_the_same_process_is_refused)
{
    struct lab lab, other;

    lab_begin(&lab);
    lab_prepare(&other);
    other.options.path = lab.folder;
    CHECK_EQ(lab_open(&other), ERR_BUSY);
    CHECK(strstr(other.reason, "in use") != NULL);
    lab_end(&other);
    lab_end(&lab);
}

static enum err format_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct slice key = SLICE_LIT("!format");
    int64_t format = 99;

    (void)context;
    (void)old;
    effects_put(fx, ENGINE_META, key, lab_record(arena, key, slice_of(&format, 8), stamp));
    return OK;
}

TEST(life, a_newer_format_is_refused_with_a_sentence)
{
    struct lab lab;
    const struct engine_decision decision = {.fn = format_decide};
    engine_ticket ticket;

    lab_begin(&lab);
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    lab_close(&lab);
    CHECK_EQ(lab_open(&lab), ERR_VERSION);
    CHECK(strstr(lab.reason, "99") != NULL);
    lab_end(&lab);
}

TEST(life, a_clock_that_is_minutes_behind_stops_the_start_until_accepted)
{
    struct lab lab;
    uint64_t stamp;

    lab_prepare(&lab);
    lab.wall_ms = 1700000000000;
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "a", "x"), OK);
    stamp = lab_stamp(&lab, "a");
    lab_close(&lab);
    lab.wall_ms -= 51000; /* the limit stands 10 s ahead: 61 s */
    CHECK_EQ(lab_open(&lab), ERR_CONFIG);
    CHECK(strstr(lab.reason, "--accept-clock") != NULL);
    lab.wall_ms += 1000; /* 60 s */
    CHECK_EQ(lab_open(&lab), OK);
    lab_close(&lab);
    lab.wall_ms -= 3600000;
    lab.options.accept_clock = true;
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(lab_put(&lab, "a", "y"), OK);
    CHECK(lab_stamp(&lab, "a") > stamp);
    lab_end(&lab);
}

TEST(life, many_restarts_in_a_row_do_not_outrun_the_clock)
{
    struct lab lab;
    uint64_t stamp = 0;

    lab_prepare(&lab);
    lab.wall_ms = 1700000000000;
    for (int start = 0; start < 40; start++) {
        CHECK_EQ(lab_open(&lab), OK);
        CHECK_EQ(lab_put(&lab, "a", "x"), OK);
        CHECK(lab_stamp(&lab, "a") > stamp);
        stamp = lab_stamp(&lab, "a");
        lab_close(&lab);
    }
    lab_end(&lab);
}

TEST(life, a_read_only_engine_reads_and_refuses_to_write)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK_EQ(lab_put(&lab, "a", "x"), OK);
    lab_close(&lab);
    lab.options.read_only = true;
    CHECK_EQ(lab_open(&lab), OK);
    CHECK(slice_is(lab_get(&lab, "a"), "x"));
    CHECK_EQ(lab_put(&lab, "a", "y"), ERR_CLOSED);
    lab_end(&lab);
}

/* The row cache of a read-only RocksDB gave the next older version, and then none. */
TEST(life, a_read_only_engine_gives_the_newest_version_each_time)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK_EQ(lab_put(&lab, "a", "old"), OK);
    lab_reopen(&lab); /* a table file each */
    CHECK_EQ(lab_put(&lab, "a", "new"), OK);
    lab_close(&lab);
    lab.options.read_only = true;
    CHECK_EQ(lab_open(&lab), OK);
    for (int i = 0; i < 4; i++)
        CHECK(slice_is(lab_get(&lab, "a"), "new"));
    lab_end(&lab);
}

static bool put_one(struct lab *lab, void *context)
{
    return lab_put(lab, "a", context) == OK;
}

TEST(life, reading_only_replays_the_log_of_a_crashed_process_and_leaves_it)
{
    struct lab lab;
    uint64_t bytes;
    char body[] = "x";

    lab_prepare(&lab);
    CHECK(lab_child_dies(&lab, put_one, body));
    bytes = lab_files_bytes(lab.folder, ".log");
    CHECK(bytes > 0);
    lab.options.read_only = true;
    CHECK_EQ(lab_open(&lab), OK);
    CHECK(slice_is(lab_get(&lab, "a"), "x"));
    lab_close(&lab);
    CHECK_EQ(lab_files_bytes(lab.folder, ".log"), bytes);
    lab_end(&lab);
}

/* ---- crashes ---- */

/* What the child acknowledged, in memory that outlives it: counts of each of 16 keys. */
struct acknowledged {
    _Atomic uint64_t counts[16], started[16];
};

struct number {
    struct slice key;
    uint64_t value;
};

static enum err number_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct number *number = context;
    struct slice body = lab_body(number->key, old[0].bytes);

    number->value = 0;
    if (body.p != NULL)
        memcpy(&number->value, body.p, 8);
    number->value++;
    effects_put(fx, ENGINE_DATA, number->key, lab_record(arena, number->key, slice_of(&number->value, 8), stamp));
    effects_add(fx, SLICE_LIT("Ctotal"), 1);
    effects_append(fx, 1, number->key);
    return OK;
}

static void count_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct acknowledged *acknowledged = context;
    struct arena_mark mark = arena_mark(arena);
    uint32_t k = i % 16;

    for (;;) {
        char text[8];
        struct number number;
        struct engine_key key = {.space = ENGINE_DATA};
        struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = number_decide, .context = &number};
        engine_ticket ticket;

        (void)snprintf(text, sizeof(text), "n%02u", k);
        key.key = number.key = slice_from_cstr(text);
        atomic_fetch_add(&acknowledged->started[k], 1);
        if (engine_decide(lab->engine, self, arena, &decision, &ticket) == OK &&
            engine_settle(lab->engine, self, ticket) == OK)
            atomic_fetch_add(&acknowledged->counts[k], 1);
        arena_reset(arena, mark);
    }
}

static bool count_for_ever(struct lab *lab, void *context)
{
    lab_fibers(lab, 2, 48, count_fiber, context);
    return false;
}

static bool check_counts(struct lab *lab, void *context)
{
    struct acknowledged *acknowledged = context;
    uint64_t total = 0;
    struct engine_page page;

    for (int k = 0; k < 16; k++) {
        char key[8];
        uint64_t value = 0;
        struct slice body;

        (void)snprintf(key, sizeof(key), "n%02d", k);
        body = lab_get(lab, key);
        if (body.p != NULL)
            memcpy(&value, body.p, 8);
        CHECK(value >= acknowledged->counts[k]);
        CHECK(value <= acknowledged->started[k]);
        total += value;
    }
    CHECK_EQ(lab_counter(lab, "Ctotal"), total); /* exact, whatever was in flight */
    CHECK_EQ(
        engine_range(lab->engine, lab->self, lab->arena, ENGINE_LOG, SLICE_NULL, SLICE_NULL, true, 1, 1, &page), OK);
    CHECK_EQ(page.keys[0].p[15] + 256u * page.keys[0].p[14] + 65536u * page.keys[0].p[13], total);
    return true;
}

TEST(life, what_was_acknowledged_is_there_after_kill_9)
{
    struct lab lab;
    struct acknowledged *acknowledged =
        mmap(NULL, sizeof(*acknowledged), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    lab_prepare(&lab);
    for (int round = 0; round < 4; round++) {
        uint64_t before = acknowledged->counts[0];
        pid_t child;

        fflush(stdout);
        child = fork();
        if (child == 0) {
            if (lab_open(&lab) == OK)
                (void)count_for_ever(&lab, acknowledged);
            _exit(1);
        }
        while (acknowledged->counts[0] < before + 30)
            usleep(200);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        CHECK(lab_child_dies(&lab, check_counts, acknowledged));
        for (int k = 0; k < 16; k++) /* what was in flight is settled now, either way */
            acknowledged->started[k] += 48;
    }
    munmap(acknowledged, sizeof(*acknowledged));
    lab_end(&lab);
}

/* ---- groups, with a disk that syncs when the test says so ---- */

struct gate {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool shut;
    int waiting; /* syncs of the log that stand before the gate */
};

static int gate_file(
    void *context, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n)
{
    struct gate *gate = context;

    (void)to;
    (void)bytes;
    (void)n;
    if (act != SHIM_FILE_SYNC || strstr(path, ".log") == NULL)
        return 0;
    pthread_mutex_lock(&gate->mutex);
    gate->waiting++;
    pthread_cond_broadcast(&gate->changed);
    while (gate->shut)
        pthread_cond_wait(&gate->changed, &gate->mutex);
    gate->waiting--;
    pthread_mutex_unlock(&gate->mutex);
    return 0;
}

static void gate_set(struct gate *gate, bool shut)
{
    pthread_mutex_lock(&gate->mutex);
    gate->shut = shut;
    pthread_cond_broadcast(&gate->changed);
    pthread_mutex_unlock(&gate->mutex);
}

static void gate_wait(struct gate *gate)
{
    pthread_mutex_lock(&gate->mutex);
    while (gate->waiting == 0)
        pthread_cond_wait(&gate->changed, &gate->mutex);
    pthread_mutex_unlock(&gate->mutex);
}

static void gated(struct lab *lab, struct gate *gate, struct engine_rocksdb_hooks *hooks)
{
    *gate = (struct gate){.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    *hooks = (struct engine_rocksdb_hooks){.context = gate, .file = gate_file};
    lab_prepare(lab);
    lab->options.hooks = hooks;
    CHECK_EQ(lab_open(lab), OK);
}

static enum err decide_number(struct lab *lab, const char *name, engine_ticket *ticket)
{
    struct number number = {.key = slice_from_cstr(name)};
    const struct engine_key key = {ENGINE_DATA, number.key};
    const struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = number_decide, .context = &number};

    return engine_decide(lab->engine, lab->self, lab->arena, &decision, ticket);
}

static enum err refuse_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    (void)stamp;
    (void)arena;
    (void)fx;
    *(bool *)context = old[0].bytes.p != NULL;
    return ERR_FAULT;
}

TEST(life, readers_do_not_see_a_decision_before_its_sync)
{
    struct lab lab;
    struct gate gate;
    struct engine_rocksdb_hooks hooks;
    engine_ticket ticket;

    gated(&lab, &gate, &hooks);
    gate_set(&gate, true);
    CHECK_EQ(decide_number(&lab, "a", &ticket), OK);
    gate_wait(&gate);
    CHECK(lab_get(&lab, "a").p == NULL);
    gate_set(&gate, false);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    CHECK(lab_get(&lab, "a").p != NULL);
    lab_end(&lab);
}

TEST(life, a_refusal_waits_for_the_pending_value_it_saw)
{
    struct lab lab;
    struct gate gate;
    struct engine_rocksdb_hooks hooks;
    bool seen = false;
    const struct engine_key key = {ENGINE_DATA, SLICE_LIT("a")}, other = {ENGINE_DATA, SLICE_LIT("b")};
    struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = refuse_decide, .context = &seen};
    engine_ticket first, refused;

    gated(&lab, &gate, &hooks);
    gate_set(&gate, true);
    CHECK_EQ(decide_number(&lab, "a", &first), OK);
    gate_wait(&gate);
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &refused), ERR_FAULT);
    CHECK(seen);
    CHECK_EQ(refused, first);
    decision.keys = &other;
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &refused), ERR_FAULT);
    CHECK(!seen);
    CHECK_EQ(refused, 0); /* saw published state alone */
    gate_set(&gate, false);
    CHECK_EQ(engine_settle(lab.engine, lab.self, first), OK);
    lab_end(&lab);
}

TEST(life, decisions_on_a_hot_key_share_one_group)
{
    struct lab lab;
    struct gate gate;
    struct engine_rocksdb_hooks hooks;
    engine_ticket first, ticket = 0;
    uint64_t value;

    gated(&lab, &gate, &hooks);
    gate_set(&gate, true);
    CHECK_EQ(decide_number(&lab, "other", &first), OK);
    gate_wait(&gate);
    for (int i = 0; i < 1000; i++) {
        CHECK_EQ(decide_number(&lab, "hot", &ticket), OK);
        CHECK_EQ(ticket, first + 1);
    }
    gate_set(&gate, false);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    memcpy(&value, lab_get(&lab, "hot").p, 8);
    CHECK_EQ(value, 1000);
    CHECK(lab_figure(&lab, "groups_total") <= 3);
    lab_end(&lab);
}

struct flood {
    struct lab *lab;
    struct gate *gate;
    _Atomic uint32_t decided;
    size_t bytes;
};

static void flood_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct flood *flood = context;
    uint8_t *body = calloc(1, flood->bytes);
    char key[16];

    (void)snprintf(key, sizeof(key), "f%04u", i);
    ASSERT(lab_put_on(lab, self, arena, key, slice_of(body, flood->bytes)) == OK);
    atomic_fetch_add(&flood->decided, 1);
    free(body);
}

static void *gate_opener(void *context)
{
    struct flood *flood = context;

    gate_wait(flood->gate);
    while (lab_figure(flood->lab, "room_stalls_total") < 64)
        sched_yield();
    gate_set(flood->gate, false);
    return NULL;
}

/* 128 fibers of 300 KB against groups of 8 MB: most must wait for room while the first sync is held, and all get
 * through. */
TEST(life, a_full_group_makes_writers_wait)
{
    struct lab lab;
    struct gate gate;
    struct engine_rocksdb_hooks hooks;
    struct flood flood = {.lab = &lab, .gate = &gate, .bytes = 300000};
    pthread_t opener;

    gated(&lab, &gate, &hooks);
    gate_set(&gate, true);
    ASSERT(pthread_create(&opener, NULL, gate_opener, &flood) == 0);
    lab_fibers(&lab, 2, 128, flood_fiber, &flood);
    pthread_join(opener, NULL);
    CHECK_EQ(flood.decided, 128);
    CHECK(lab_figure(&lab, "room_stalls_total") >= 64);
    lab_end(&lab);
}

struct large {
    uint32_t count;
    size_t bytes;
};

static enum err large_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct large *large = context;
    uint8_t *body = arena_zalloc(arena, large->bytes);

    (void)old;
    for (uint32_t i = 0; i < large->count; i++) {
        struct slice key = arena_printf(arena, "L%04u", i);

        effects_put(fx, ENGINE_DATA, key, lab_record(arena, key, slice_of(body, large->bytes), stamp));
    }
    return OK;
}

static enum err large_run(struct lab *lab, uint32_t count)
{
    struct large large = {count, ITEM_BYTES_MAX};
    const struct engine_decision decision = {.fn = large_decide, .context = &large};
    engine_ticket ticket;
    enum err err = engine_decide(lab->engine, lab->self, lab->arena, &decision, &ticket);

    return err ? err : engine_settle(lab->engine, lab->self, ticket);
}

TEST(life, a_decision_larger_than_a_group_is_taken_whole)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK_EQ(large_run(&lab, 60), OK); /* 24 MB */
    CHECK(lab_get(&lab, "L0000").p != NULL);
    CHECK(lab_get(&lab, "L0059").p != NULL);
    lab_reopen(&lab);
    CHECK_EQ(lab_get(&lab, "L0059").n, ITEM_BYTES_MAX);
    lab_end(&lab);
}

TEST(life, a_decision_beyond_all_bounds_is_refused)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK_EQ(large_run(&lab, 500), ERR_LIMIT); /* 205 MB */
    CHECK(lab_get(&lab, "L0000").p == NULL);
    CHECK_EQ(lab_put(&lab, "a", "x"), OK);
    lab_end(&lab);
}

/* ---- memory, figures, dropping ---- */

static void fill(struct lab *lab, const char *prefix, int count, size_t bytes)
{
    uint8_t *body = malloc(bytes);
    struct arena *arena = arena_create(64 << 10);
    struct arena_mark mark = arena_mark(arena);

    for (size_t i = 0; i < bytes; i++)
        body[i] = (uint8_t)(i * 2654435761u >> 13);
    for (int i = 0; i < count; i++) {
        char key[32];

        (void)snprintf(key, sizeof(key), "%s%06d", prefix, i);
        ASSERT(lab_put_on(lab, lab->self, arena, key, slice_of(body, bytes)) == OK);
        arena_reset(arena, mark);
    }
    arena_destroy(arena);
    free(body);
}

TEST(life, memory_stays_near_what_was_given)
{
    struct lab lab;
    struct engine_page page;
    double used;

    lab_prepare(&lab);
    lab.options.memory_bytes = 16 << 20;
    CHECK_EQ(lab_open(&lab), OK);
    fill(&lab, "k", 400, 200000); /* 80 MB */
    CHECK_EQ(engine_range(
                 lab.engine, lab.self, lab.arena, ENGINE_DATA, SLICE_NULL, SLICE_NULL, false, 1000, 30 << 20, &page),
        OK);
    used = lab_figure(&lab, "memtable_bytes") + lab_figure(&lab, "block_cache_bytes") +
           lab_figure(&lab, "row_cache_bytes");
    CHECK(used < (double)(24 << 20));
    lab_end(&lab);
}

TEST(life, a_dropped_range_gives_its_space_back)
{
    struct lab lab;
    double before, after = 0;

    lab_prepare(&lab);
    lab.options.memory_bytes = 16 << 20;
    CHECK_EQ(lab_open(&lab), OK);
    fill(&lab, "1", 10, 1000);
    fill(&lab, "2", 100, 200000);
    fill(&lab, "3", 10, 1000);
    lab_reopen(&lab); /* everything in table files */
    before = lab_figure(&lab, "disk_bytes");
    CHECK_EQ(engine_drop(lab.engine, lab.self, ENGINE_DATA, SLICE_LIT("2"), SLICE_LIT("3")), OK);
    for (int i = 0; i < 5000; i++) {
        after = lab_figure(&lab, "disk_bytes");
        if (after < before / 10)
            break;
        usleep(1000);
    }
    CHECK(after < before / 10);
    CHECK_EQ(lab_get(&lab, "1000009").n, 1000);
    CHECK_EQ(lab_get(&lab, "3000000").n, 1000);
    CHECK(lab_get(&lab, "2000000").p == NULL);
    lab_end(&lab);
}

/* Who follows a stream that is idle asks for its last number again and again. */
TEST(life, the_last_number_of_an_idle_stream_is_read_from_the_disk_once)
{
    const uint64_t stream = 5;
    struct lab lab;
    double misses;

    lab_begin(&lab);
    for (int i = 0; i < 3; i++)
        CHECK_EQ(lab_append(&lab, lab.self, lab.arena, stream, "entry"), OK);
    lab_reopen(&lab);
    misses = lab_figure(&lab, "get_misses_total");
    for (int i = 0; i < 100; i++) {
        uint64_t last;

        CHECK_EQ(engine_stream_last(lab.engine, lab.self, lab.arena, &stream, 1, &last), OK);
        CHECK_EQ(last, 3);
    }
    CHECK(lab_figure(&lab, "get_misses_total") <= misses + 1);
    lab_end(&lab);
}

static enum err long_stream_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    (void)context, (void)old, (void)stamp, (void)arena;
    for (int i = 0; i < 20000; i++)
        effects_append(fx, 5, SLICE_LIT("an entry of a stream that is going to be forgotten"));
    return OK;
}

TEST(life, a_long_forgotten_stream_gives_its_space_back_also_after_a_restart)
{
    const struct engine_decision decision = {.fn = long_stream_decide};
    struct engine_page page = {.count = 1};
    struct lab lab;
    engine_ticket ticket;

    lab_prepare(&lab);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(engine_decide(lab.engine, lab.self, lab.arena, &decision, &ticket), OK);
    CHECK_EQ(engine_settle(lab.engine, lab.self, ticket), OK);
    CHECK_EQ(lab_append(&lab, lab.self, lab.arena, 6, "stays"), OK);
    lab_reopen(&lab);
    CHECK_EQ(engine_stream_drop(lab.engine, lab.self, lab.arena, 5), OK);
    lab_reopen(&lab);
    for (int i = 0; i < 5000 && page.count != 0; i++) {
        CHECK_EQ(engine_stream_read(lab.engine, lab.self, lab.arena, 5, 0, 1, 1000, &page), OK);
        if (page.count != 0)
            usleep(1000);
    }
    CHECK_EQ(page.count, 0);
    CHECK_EQ(engine_stream_read(lab.engine, lab.self, lab.arena, 6, 0, 1, 1000, &page), OK);
    CHECK_EQ(page.count, 1);
    lab_end(&lab);
}

static bool drop_and_die(struct lab *lab, void *context)
{
    (void)context;
    fill(lab, "2", 100, 100000);
    return engine_drop(lab->engine, lab->self, ENGINE_DATA, SLICE_LIT("2"), SLICE_LIT("3")) == OK;
}

TEST(life, a_drop_goes_on_after_a_crash)
{
    struct lab lab;
    struct engine_page page = {.count = 1};

    lab_prepare(&lab);
    CHECK(lab_child_dies(&lab, drop_and_die, NULL));
    CHECK_EQ(lab_open(&lab), OK);
    for (int i = 0; i < 5000 && page.count != 0; i++) {
        usleep(1000);
        CHECK_EQ(engine_range(lab.engine, lab.self, lab.arena, ENGINE_META, SLICE_LIT("!dead"), SLICE_LIT("!deae"),
                     false, 10, 1000, &page),
            OK);
    }
    CHECK_EQ(page.count, 0); /* swept: the record of the drop is gone */
    CHECK(lab_get(&lab, "2000000").p == NULL);
    lab_end(&lab);
}

LAB_MAIN()
