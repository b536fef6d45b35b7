/* SPDX-License-Identifier: Apache-2.0 */

/*
 * An attempt to resume RocksDB and who watches it (resume.c), with a RocksDB, a clock and ticks of the test's own. What
 * the watcher sees is a list of looks, one a tick; at the end of the list RocksDB's Resume returns. A Resume that hangs
 * is one whose list does not end, and the process has to.
 */
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/clock.h"
#include "test.h"

static uint64_t test_clock_ns(void);

#define os_clock_monotonic_ns test_clock_ns
#include "engine/rocksdb/resume.c"
#undef os_clock_monotonic_ns

#define SECOND_NS ((uint64_t)1000000000)

/* What one look finds: so much later than the one before, with a flush running or none. */
struct look {
    uint64_t later_ns;
    bool flush_runs;
};

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    uint64_t now_ns;
    const struct look *looks; /* NULL: Resume does not wait */
    uint32_t looks_count, looked, nudges;
    bool nothing_waits;                /* no memtable waits for a flush */
    bool hangs;                        /* the last look is repeated, and Resume does not return */
    void (*within)(struct rocksdb *e); /* while Resume runs; NULL: nothing */
    enum shim_code code;               /* what Resume says, and how bad it is */
    int severity;
    uint32_t resumes; /* calls of it */
    char logged[64];  /* the last event */
    int report;       /* where a child that ends tells it, or -1 */
} rocks;

static struct rocksdb engine;

static void begin(const struct look *looks, uint32_t count)
{
    memset(&rocks, 0, sizeof(rocks));
    pthread_mutex_init(&rocks.mutex, NULL);
    pthread_cond_init(&rocks.changed, NULL);
    rocks.now_ns = 1000 * SECOND_NS;
    rocks.looks = looks;
    rocks.looks_count = count;
    rocks.report = -1;
    atomic_store(&engine.stuck, true);
    atomic_store(&engine.resuming, false);
}

#define BEGIN(looks_) begin(looks_, sizeof(looks_) / sizeof((looks_)[0]))

/* ---- what resume.c asks for ---- */

static uint64_t test_clock_ns(void)
{
    uint64_t now_ns;

    pthread_mutex_lock(&rocks.mutex);
    now_ns = rocks.now_ns;
    pthread_mutex_unlock(&rocks.mutex);
    return now_ns;
}

/* Each tick is over at once, and time goes on to the next look. */
struct timespec rocksdb__tick(const struct rocksdb *e)
{
    (void)e;
    pthread_mutex_lock(&rocks.mutex);
    if (rocks.looked < rocks.looks_count)
        rocks.now_ns += rocks.looks[rocks.looked].later_ns;
    pthread_mutex_unlock(&rocks.mutex);
    return (struct timespec){0};
}

static void look_ends(void)
{
    if (rocks.looked + 1 < rocks.looks_count || !rocks.hangs)
        rocks.looked++;
    pthread_cond_signal(&rocks.changed);
}

bool shim_property(struct shim_db *db, const char *name, uint64_t *ret)
{
    bool flushes = strcmp(name, "rocksdb.num-running-flushes") == 0, looks;

    (void)db;
    ASSERT(flushes || strcmp(name, "rocksdb.num-immutable-mem-table") == 0);
    pthread_mutex_lock(&rocks.mutex);
    looks = rocks.looked < rocks.looks_count; /* else Resume is about to return */
    *ret = looks && (flushes ? rocks.looks[rocks.looked].flush_runs : !rocks.nothing_waits);
    if (looks && *ret == flushes)
        look_ends();
    pthread_mutex_unlock(&rocks.mutex);
    return true;
}

void shim_nudge(struct shim_db *db, struct shim_status *status)
{
    (void)db;
    status->code = SHIM_OK;
    pthread_mutex_lock(&rocks.mutex);
    if (rocks.looked < rocks.looks_count) { /* else Resume is about to return */
        rocks.nudges++;
        look_ends();
    }
    pthread_mutex_unlock(&rocks.mutex);
}

void shim_resume(struct shim_db *db, struct shim_status *status)
{
    (void)db;
    rocks.resumes++;
    if (rocks.within != NULL)
        rocks.within(&engine);
    pthread_mutex_lock(&rocks.mutex);
    while (rocks.looked < rocks.looks_count)
        pthread_cond_wait(&rocks.changed, &rocks.mutex);
    pthread_mutex_unlock(&rocks.mutex);
    *status = (struct shim_status){.code = rocks.code, .severity = rocks.severity};
}

void rocksdb__log(const struct rocksdb *e, const char *event, const char *format, ...)
{
    (void)e;
    (void)format;
    (void)snprintf(rocks.logged, sizeof(rocks.logged), "%s", event);
    if (rocks.report >= 0)
        ASSERT(write(rocks.report, event, strlen(event)) == (ssize_t)strlen(event));
}

enum err rocksdb__error(const struct rocksdb *e, const char *what, const struct shim_status *status)
{
    (void)e;
    (void)status;
    (void)snprintf(rocks.logged, sizeof(rocks.logged), "error of %s", what);
    return ERR_IO;
}

_Noreturn void rocksdb__end(const struct rocksdb *e, const char *event, const char *what)
{
    rocksdb__log(e, event, "%s", what);
    _exit(EXIT_FAILURE);
}

void rocksdb__condition_init(pthread_cond_t *condition)
{
    pthread_cond_init(condition, NULL);
}

/* ---- one attempt ---- */

TEST(resume, writes_go_on_when_rocksdb_says_so)
{
    begin(NULL, 0);
    CHECK(rocksdb__resume(&engine));
    CHECK(!atomic_load(&engine.stuck));
    CHECK(!atomic_load(&engine.resuming));
    CHECK(strcmp(rocks.logged, "engine.resumed") == 0);
}

TEST(resume, what_failed_is_tried_again_later)
{
    begin(NULL, 0);
    rocks.code = SHIM_IO;
    CHECK(!rocksdb__resume(&engine));
    CHECK(atomic_load(&engine.stuck));
    CHECK(strcmp(rocks.logged, "error of resume") == 0);
    rocks.code = SHIM_OK;
    CHECK(rocksdb__resume(&engine));
    CHECK(!atomic_load(&engine.stuck));
    CHECK_EQ(rocks.resumes, 2);
}

static void error_anew(struct rocksdb *e)
{
    atomic_store(&e->stuck, true);
}

/* Or nobody would resume after it. */
TEST(resume, an_error_during_the_attempt_is_not_forgotten)
{
    begin(NULL, 0);
    rocks.within = error_anew;
    CHECK(rocksdb__resume(&engine));
    CHECK(atomic_load(&engine.stuck));
}

static bool second_did;

static void second_attempt(struct rocksdb *e)
{
    rocks.within = NULL;
    second_did = rocksdb__resume(e);
}

TEST(resume, one_thread_at_a_time)
{
    begin(NULL, 0);
    second_did = true;
    rocks.within = second_attempt;
    CHECK(rocksdb__resume(&engine));
    CHECK(!second_did);
    CHECK_EQ(rocks.resumes, 1);
}

static void write_tried(struct rocksdb *e)
{
    second_did = pthread_mutex_trylock(&e->write_mutex) == 0;
}

TEST(resume, a_write_waits_until_it_is_over)
{
    begin(NULL, 0);
    second_did = true;
    rocks.within = write_tried;
    CHECK(rocksdb__resume(&engine));
    CHECK(!second_did);
    CHECK_EQ(pthread_mutex_trylock(&engine.write_mutex), 0);
    pthread_mutex_unlock(&engine.write_mutex);
}

/* ---- its watcher ---- */

/* RocksDB's Resume waited for a flush that nobody had asked for again. */
TEST(resume, flushes_are_asked_for_again_each_second)
{
    static const struct look looks[] = {{SECOND_NS, false}, {SECOND_NS, false}, {SECOND_NS, false}};

    BEGIN(looks);
    CHECK(rocksdb__resume(&engine));
    CHECK_EQ(rocks.nudges, 3);
}

TEST(resume, flushes_are_not_asked_for_when_nothing_waits_for_one)
{
    static const struct look looks[] = {{SECOND_NS, false}, {SECOND_NS, false}, {SECOND_NS, false}};

    BEGIN(looks);
    rocks.nothing_waits = true;
    CHECK(rocksdb__resume(&engine));
    CHECK_EQ(rocks.looked, 3);
    CHECK_EQ(rocks.nudges, 0);
}

TEST(resume, a_flush_that_runs_is_waited_for_however_long)
{
    static const struct look looks[] = {
        {SECOND_NS, true}, {3600 * SECOND_NS, true}, {10 * SECOND_NS, false}, {0, true}, {10 * SECOND_NS, false}};

    BEGIN(looks);
    CHECK(rocksdb__resume(&engine));
    CHECK_EQ(rocks.nudges, 2);
}

/* What the process told before it ended in an attempt; NULL: it did not end. */
static const char *end_of_attempt(char *told, size_t size)
{
    int ends[2], status;
    ssize_t n;
    pid_t child;

    CHECK_EQ(pipe(ends), 0);
    fflush(stdout);
    child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        rocks.report = ends[1];
        rocksdb__resume(&engine);
        _exit(0);
    }
    close(ends[1]);
    n = read(ends[0], told, size - 1);
    close(ends[0]);
    CHECK_EQ(waitpid(child, &status, 0), child);
    told[n > 0 ? n : 0] = '\0';
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_FAILURE ? told : NULL;
}

TEST(resume, an_attempt_that_hangs_ends_the_process_with_a_report)
{
    static const struct look looks[] = {{SECOND_NS, true}, {10 * SECOND_NS, false}, {1, false}};
    const char *told;
    char text[64];

    BEGIN(looks);
    rocks.hangs = true;
    told = end_of_attempt(text, sizeof(text));
    CHECK(told != NULL && strcmp(told, "engine.resume_failed") == 0);
}

TEST(resume, an_error_that_rocksdb_calls_fatal_ends_the_process_with_a_report)
{
    const char *told;
    char text[64];

    begin(NULL, 0);
    rocks.code = SHIM_IO;
    rocks.severity = 3;
    told = end_of_attempt(text, sizeof(text));
    CHECK(told != NULL && strstr(told, "engine.resume_failed") != NULL);
    rocks.severity = 2; /* this one may pass */
    CHECK(!rocksdb__resume(&engine));
}

TEST_MAIN()
