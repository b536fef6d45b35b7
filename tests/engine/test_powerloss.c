/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Power loss. kill -9 alone proves little: what a killed process wrote is still in the page cache. Here the engine's
 * file operations are recorded, and the folder is made again as it would be found had the power gone at some moment:
 * then every write that was acknowledged before must be there, counters must be exact, and the folder must open.
 *
 * The last test turns the sync off and must find losses: if it did not, the others would prove nothing.
 */
#include "support.h"
#include "test.h"

#include <string.h>
#include <sys/mman.h>

#include "base/assert.h"
#include "codec/record.h"
#include "recorder.h"

#define KEYS       8
#define FIBERS     24
#define ROUNDS     25
#define BODY_BYTES 12000

struct trial {
    struct recorder *recorder;
    _Atomic uint64_t started[KEYS];
    uint64_t acknowledged[KEYS]; /* before the cut at hand */
};

struct step {
    struct slice key;
    uint64_t value;
};

/* The body is the count, and enough bytes to fill memtables; each value has its own. */
static enum err step_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct step *step = context;
    struct slice body = lab_body(step->key, old[0].bytes);
    uint8_t *next = arena_alloc(arena, BODY_BYTES);

    step->value = 0;
    if (body.p != NULL)
        memcpy(&step->value, body.p, 8);
    step->value++;
    memset(next, (int)step->value, BODY_BYTES);
    memcpy(next, &step->value, 8);
    effects_put(fx, ENGINE_DATA, step->key, lab_record(arena, step->key, slice_of(next, BODY_BYTES), stamp));
    effects_add(fx, SLICE_LIT("Ctotal"), 1);
    effects_append(fx, 1, step->key);
    return OK;
}

static void step_fiber(struct lab *lab, struct fiber *self, struct arena *arena, uint32_t i, void *context)
{
    struct trial *trial = context;
    struct arena_mark mark = arena_mark(arena);
    uint32_t k = i % KEYS;
    char key[8];

    (void)snprintf(key, sizeof(key), "p%u", k);
    for (int round = 0; round < ROUNDS; round++) {
        struct step step = {.key = slice_from_cstr(key)};
        const struct engine_key named = {ENGINE_DATA, step.key};
        const struct engine_decision decision = {.keys = &named, .keys_count = 1, .fn = step_decide, .context = &step};
        engine_ticket ticket;

        atomic_fetch_add(&trial->started[k], 1);
        ASSERT(engine_decide(lab->engine, self, arena, &decision, &ticket) == OK);
        ASSERT(engine_settle(lab->engine, self, ticket) == OK);
        recorder_mark(trial->recorder, k, step.value);
        arena_reset(arena, mark);
    }
}

/* Writes, a clean close, and writes again. */
static bool workload(struct lab *lab, void *context)
{
    lab_fibers(lab, 2, FIBERS, step_fiber, context);
    lab_close(lab);
    ASSERT(lab_open(lab) == OK);
    lab_fibers(lab, 2, FIBERS, step_fiber, context);
    return true;
}

/* In a process of its own: the folder opens and holds what it must. */
static bool holds(struct lab *lab, void *context)
{
    const struct trial *trial = context;
    uint64_t total = 0;

    for (uint32_t k = 0; k < KEYS; k++) {
        char key[8];
        uint64_t value = 0;
        struct slice body;

        (void)snprintf(key, sizeof(key), "p%u", k);
        body = lab_get(lab, key);
        if (body.p != NULL)
            memcpy(&value, body.p, 8);
        if (value < trial->acknowledged[k] || value > trial->started[k])
            return false;
        for (size_t i = 8; i < body.n; i++)
            if (body.p[i] != (uint8_t)value)
                return false;
        total += value;
    }
    return lab_counter(lab, "Ctotal") == (int64_t)total;
}

/* True when the folder that a power loss after `cut` operations leaves holds everything acknowledged before. */
static bool survives(struct trial *trial, const char *recorded, uint64_t cut, uint64_t seed)
{
    struct lab lab;
    char folder[128];
    bool good;

    lab_prepare(&lab);
    (void)snprintf(folder, sizeof(folder), "%s/found", lab.folder);
    recorder_power_loss(trial->recorder, cut, seed, recorded, folder);
    lab.options.path = folder;
    for (uint32_t k = 0; k < KEYS; k++)
        trial->acknowledged[k] = recorder_marked(trial->recorder, cut, k);
    good = lab_child_dies(&lab, holds, trial);
    lab_end(&lab);
    return good;
}

static struct trial *record(struct lab *lab, enum engine_durability durability)
{
    static struct engine_rocksdb_hooks hooks;
    struct trial *trial = mmap(NULL, sizeof(*trial), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    trial->recorder = recorder_create();
    hooks = (struct engine_rocksdb_hooks){.context = trial->recorder, .file = recorder_file};
    lab_prepare(lab);
    lab->options.hooks = &hooks;
    lab->options.memory_bytes = 8 << 20; /* memtables are written out on the way */
    lab->options.durability = durability;
    CHECK(lab_child_dies(lab, workload, trial));
    return trial;
}

static void forget(struct lab *lab, struct trial *trial)
{
    recorder_destroy(trial->recorder);
    munmap(trial, sizeof(*trial));
    lab_end(lab);
}

#define CUTS 40

TEST(powerloss, nothing_acknowledged_is_lost_when_only_synced_bytes_survive)
{
    struct lab lab;
    struct trial *trial = record(&lab, ENGINE_SYNC);
    uint64_t count = recorder_count(trial->recorder);

    CHECK(count > 500);
    for (uint64_t i = 1; i <= CUTS; i++) {
        if (!survives(trial, lab.folder, count * i / CUTS, 0)) {
            printf(
                "lost at operation %llu of %llu\n", (unsigned long long)(count * i / CUTS), (unsigned long long)count);
            CHECK(false);
        }
    }
    forget(&lab, trial);
}

TEST(powerloss, nor_when_chance_decides_which_unsynced_pages_and_names_survive)
{
    struct lab lab;
    struct trial *trial = record(&lab, ENGINE_SYNC);
    uint64_t count = recorder_count(trial->recorder), random = 4711;

    for (uint64_t seed = 1; seed <= CUTS; seed++) {
        uint64_t cut = lab_random(&random) % count;

        if (!survives(trial, lab.folder, cut, seed)) {
            printf("lost at operation %llu of %llu, seed %llu\n", (unsigned long long)cut, (unsigned long long)count,
                (unsigned long long)seed);
            CHECK(false);
        }
    }
    forget(&lab, trial);
}

/* The first operations make the folder: whatever of it survives, it opens. */
TEST(powerloss, a_folder_that_was_being_made_opens)
{
    struct lab lab;
    struct trial *trial = record(&lab, ENGINE_SYNC);

    for (uint64_t cut = 1; cut <= CUTS / 2; cut++) {
        for (uint64_t seed = 1; seed <= 4; seed++) {
            if (!survives(trial, lab.folder, cut, seed)) {
                printf(
                    "does not open at operation %llu, seed %llu\n", (unsigned long long)cut, (unsigned long long)seed);
                CHECK(false);
            }
        }
    }
    forget(&lab, trial);
}

TEST(powerloss, without_the_sync_losses_are_found)
{
    struct lab lab;
    struct trial *trial = record(&lab, ENGINE_OS);
    uint64_t count = recorder_count(trial->recorder), lost = 0;

    for (uint64_t i = 1; i <= 10; i++)
        lost += !survives(trial, lab.folder, count * i / 10, 0);
    CHECK(lost >= 5);
    forget(&lab, trial);
}

LAB_MAIN()
