/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Resuming RocksDB after an error. Its Resume writes all memtables out and waits until that is done. When a flush
 * failed at the wrong moment (at its last step, the manifest) it may happen that nobody asks for it again, and Resume
 * waits without end (RocksDB 7.8), and every writer with it. So an attempt is watched by a thread of its own:
 *
 *     each second    asks for the flushes again when memtables wait for one, which mends most such cases. Not when none
 *                    waits: Resume may not have begun yet, and to leave a log that could not be written is right only
 *                    for Resume; when another does it, RocksDB calls that fatal
 *     in the end     when none has been running for long, the process ends with a report. A start recovers from the
 *                    logs, exactly; to wait would recover nothing
 *
 * The same end comes when RocksDB calls an error fatal, from which it never resumes: it does when it goes on to a new
 * log, with an old one that it could not write to the end.
 *
 * One attempt at a time: the committer and the keeper both come here. A write waits until the attempt is over, or it
 * would take the log that the attempt begins for its own and itself for one that RocksDB may hold in part.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/assert.h"
#include "engine/rocksdb/rocksdb_int.h"
#include "os/clock.h"

#define IDLE_NS_MAX   (10 * (uint64_t)1000000000)
#define SEVERITY_HARD 2 /* rocksdb::Status::Severity; what is worse is for ever */

struct attempt {
    struct rocksdb *e;
    uint64_t busy_ns;      /* when a flush was seen running last; the watcher's own */
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t ended;
    bool done;
};

_Noreturn static void give_up(struct rocksdb *e)
{
    rocksdb__end(e, "engine.resume_failed", "RocksDB does not resume after an error of the disk");
}

static bool is_any(struct rocksdb *e, const char *property)
{
    uint64_t count;

    return shim_property(e->db, property, &count) && count != 0;
}

static void look(struct attempt *attempt)
{
    uint64_t now_ns = os_clock_monotonic_ns();
    struct shim_status status;

    if (is_any(attempt->e, "rocksdb.num-running-flushes"))
        attempt->busy_ns = now_ns;
    else if (now_ns - attempt->busy_ns > IDLE_NS_MAX)
        give_up(attempt->e);
    else if (is_any(attempt->e, "rocksdb.num-immutable-mem-table"))
        shim_nudge(attempt->e->db, &status); /* whatever it says, Resume says it too */
}

static void *attempt_watch(void *context)
{
    struct attempt *attempt = context;

    pthread_mutex_lock(&attempt->mutex);
    while (!attempt->done) {
        struct timespec until = rocksdb__tick(attempt->e);

        if (pthread_cond_timedwait(&attempt->ended, &attempt->mutex, &until) == 0)
            continue;
        pthread_mutex_unlock(&attempt->mutex);
        look(attempt);
        pthread_mutex_lock(&attempt->mutex);
    }
    pthread_mutex_unlock(&attempt->mutex);
    return NULL;
}

static void attempt_init(struct attempt *attempt, struct rocksdb *e)
{
    *attempt = (struct attempt){.e = e, .busy_ns = os_clock_monotonic_ns()};
    pthread_mutex_init(&attempt->mutex, NULL);
    rocksdb__condition_init(&attempt->ended);
}

static void attempt_end(struct attempt *attempt, pthread_t watcher)
{
    pthread_mutex_lock(&attempt->mutex);
    attempt->done = true;
    pthread_mutex_unlock(&attempt->mutex);
    pthread_cond_signal(&attempt->ended);
    pthread_join(watcher, NULL);
    pthread_cond_destroy(&attempt->ended);
    pthread_mutex_destroy(&attempt->mutex);
}

static void resume_watched(struct rocksdb *e, struct shim_status *status)
{
    struct attempt attempt;
    pthread_t watcher;

    attempt_init(&attempt, e);
    ASSERT(pthread_create(&watcher, NULL, attempt_watch, &attempt) == 0);
    (void)pthread_setname_np(watcher, "resume");
    shim_resume(e->db, status);
    attempt_end(&attempt, watcher);
}

bool rocksdb__resume(struct rocksdb *e)
{
    struct shim_status status;

    if (atomic_exchange(&e->resuming, true))
        return false; /* the other thread is at it */
    pthread_mutex_lock(&e->write_mutex);
    atomic_store(&e->stuck, false); /* first: an error from now on is a new one */
    resume_watched(e, &status);
    pthread_mutex_unlock(&e->write_mutex);
    if (status.code == SHIM_OK) {
        rocksdb__log(e, "engine.resumed", "writes go on");
    } else {
        atomic_store(&e->stuck, true);
        (void)rocksdb__error(e, "resume", &status);
        if (status.severity > SEVERITY_HARD)
            give_up(e);
    }
    atomic_store(&e->resuming, false);
    return status.code == SHIM_OK;
}
