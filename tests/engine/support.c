/* SPDX-License-Identifier: Apache-2.0 */

/* The laboratory of the engine tests (support.h). */
#include "support.h"

#include <dirent.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/buf.h"
#include "codec/record.h"
#include "os/clock.h"
#include "os/worker.h"

#define STANDING_ASKED_MAX 10000000 /* far beyond what any test has reason for */

/* A clock that stands is a trap for who waits for it in a loop. */
static uint64_t lab_clock(void *context)
{
    struct lab *lab = context;
    uint64_t ms = atomic_load(&lab->wall_ms);

    if (ms == 0)
        return os_clock_wall_ms();
    ASSERT(atomic_fetch_add(&lab->standing_asked, 1) < STANDING_ASKED_MAX);
    return ms;
}

static void log_line(void *context, const char *event, const char *text)
{
    (void)context;
    if (getenv("ENGINE_TEST_LOG") != NULL)
        fprintf(stderr, "%s %s\n", event, text);
}

void lab_prepare(struct lab *lab)
{
    const char *base = getenv("TMPDIR");

    /* In memory when there is such a place: what is tested here is not the disk, and syncs cost nothing there. */
    if (base == NULL)
        base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    *lab = (struct lab){0};
    (void)snprintf(lab->folder, sizeof(lab->folder), "%s/stator-engine-XXXXXX", base);
    ASSERT(mkdtemp(lab->folder) != NULL);
    lab->self = fiber_of_thread();
    lab->arena = arena_create(64 << 10);
    lab->mem_options = (struct engine_mem_options){.clock = lab_clock, .clock_context = lab, .run_twice = true};
    lab->options = (struct engine_rocksdb_options){
        .path = lab->folder, .memory_bytes = 32 << 20, .clock = lab_clock, .clock_context = lab, .log = log_line};
}

enum err lab_open(struct lab *lab)
{
#ifdef ENGINE_MEMORY
    lab->engine = engine_mem_open(&lab->mem_options);
    return OK;
#else
    free(lab->reason);
    lab->reason = NULL;
    return engine_rocksdb_open(&lab->options, &lab->engine, &lab->reason);
#endif
}

void lab_begin(struct lab *lab)
{
    enum err err;

    lab_prepare(lab);
    err = lab_open(lab);
    if (err) {
        printf("cannot open: %s: %s\n", err_text(err), lab->reason == NULL ? "" : lab->reason);
        exit(1);
    }
}

void lab_close(struct lab *lab)
{
    engine_close(lab->engine);
    lab->engine = NULL;
    arena_destroy(lab->arena);
    lab->arena = arena_create(64 << 10);
}

void lab_reopen(struct lab *lab)
{
#ifndef ENGINE_MEMORY
    lab_close(lab);
    if (lab_open(lab)) {
        printf("cannot reopen: %s\n", lab->reason);
        exit(1);
    }
#else
    (void)lab;
#endif
}

void lab_end(struct lab *lab)
{
    if (lab->engine != NULL)
        lab_close(lab);
    arena_destroy(lab->arena);
    fiber_of_thread_destroy(lab->self);
    free(lab->reason);
    lab_folder_remove(lab->folder);
}

/* ---- records ---- */

struct slice lab_record(struct arena *arena, struct slice key, struct slice body, uint64_t stamp)
{
    struct record record = {.stamp = stamp, .body = body};
    struct buf out;

    buf_init(&out, arena, RECORD_HEAD_BYTES + body.n);
    record_write(&out, key, &record);
    return buf_view(&out);
}

struct slice lab_body(struct slice key, struct slice bytes)
{
    struct record record;

    if (bytes.p == NULL)
        return SLICE_NULL;
    if (record_read(key, bytes, &record) != OK) {
        printf("a record is damaged: %.*s\n", SLICE_ARG(key));
        exit(1);
    }
    return record.body;
}

struct put {
    struct slice key, body; /* body absent: delete */
};

static enum err put_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct put *put = context;

    ASSERT(record_stamp(old[0].bytes) < stamp);
    if (put->body.p == NULL)
        effects_delete(fx, ENGINE_DATA, put->key);
    else
        effects_put(fx, ENGINE_DATA, put->key, lab_record(arena, put->key, put->body, stamp));
    return OK;
}

enum err lab_put_on(struct lab *lab, struct fiber *self, struct arena *arena, const char *key, struct slice body)
{
    struct put put = {slice_from_cstr(key), body};
    const struct engine_key named = {ENGINE_DATA, put.key};
    const struct engine_decision decision = {.keys = &named, .keys_count = 1, .fn = put_decide, .context = &put};
    engine_ticket ticket;
    enum err err = engine_decide(lab->engine, self, arena, &decision, &ticket);

    return err ? err : engine_settle(lab->engine, self, ticket);
}

enum err lab_put(struct lab *lab, const char *key, const char *body)
{
    return lab_put_on(lab, lab->self, lab->arena, key, slice_from_cstr(body));
}

enum err lab_delete(struct lab *lab, const char *key)
{
    return lab_put_on(lab, lab->self, lab->arena, key, SLICE_NULL);
}

struct slice lab_get_space(struct lab *lab, enum engine_space space, struct slice key)
{
    const struct engine_key named = {space, key};
    struct engine_record record;

    ASSERT(engine_get(lab->engine, lab->self, lab->arena, &named, 1, &record) == OK);
    return record.bytes;
}

struct slice lab_get(struct lab *lab, const char *key)
{
    return lab_body(slice_from_cstr(key), lab_get_space(lab, ENGINE_DATA, slice_from_cstr(key)));
}

uint64_t lab_stamp(struct lab *lab, const char *key)
{
    return record_stamp(lab_get_space(lab, ENGINE_DATA, slice_from_cstr(key)));
}

int64_t lab_counter(struct lab *lab, const char *key)
{
    struct slice k = slice_from_cstr(key);
    int64_t value = 0;

    ASSERT(counter_value(k, lab_get_space(lab, ENGINE_META, k), &value) == OK);
    return value;
}

struct blind {
    struct slice key, body;
    int64_t delta;
    uint64_t stream;
};

static enum err blind_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct blind *blind = context;

    (void)old;
    (void)stamp;
    (void)arena;
    if (blind->key.p != NULL)
        effects_add(fx, blind->key, blind->delta);
    else
        effects_append(fx, blind->stream, blind->body);
    return OK;
}

static enum err blind_run(struct lab *lab, struct fiber *self, struct arena *arena, struct blind *blind)
{
    const struct engine_decision decision = {.fn = blind_decide, .context = blind};
    engine_ticket ticket;
    enum err err = engine_decide(lab->engine, self, arena, &decision, &ticket);

    return err ? err : engine_settle(lab->engine, self, ticket);
}

enum err lab_add(struct lab *lab, struct fiber *self, struct arena *arena, const char *key, int64_t delta)
{
    struct blind blind = {.key = slice_from_cstr(key), .delta = delta};

    return blind_run(lab, self, arena, &blind);
}

enum err lab_append(struct lab *lab, struct fiber *self, struct arena *arena, uint64_t stream, const char *body)
{
    struct blind blind = {.body = slice_from_cstr(body), .stream = stream};

    return blind_run(lab, self, arena, &blind);
}

const char *lab_range(
    struct lab *lab, const char *from, const char *to, bool reverse, uint32_t entries_max, size_t bytes_max)
{
    struct engine_page page;
    struct buf out;

    buf_init(&out, lab->arena, 16 << 20);
    ASSERT(engine_range(lab->engine, lab->self, lab->arena, ENGINE_DATA, slice_from_cstr(from), slice_from_cstr(to),
               reverse, entries_max, bytes_max, &page) == OK);
    for (uint32_t i = 0; i < page.count; i++) {
        struct slice body = lab_body(page.keys[i], page.values[i]);

        buf_printf(&out, "%s%.*s=%.*s", i == 0 ? "" : " ", SLICE_ARG(page.keys[i]), SLICE_ARG(body));
    }
    buf_printf(&out, "%s", page.more ? " ..." : "");
    buf_byte(&out, 0);
    return (const char *)out.p;
}

/* ---- fibers ---- */

struct lab_fiber {
    struct lab *lab;
    lab_fiber_fn *fn;
    void *context;
    uint32_t i;
};

static void fiber_run(struct fiber *self, struct arena *arena, void *argument)
{
    struct lab_fiber *fiber = argument;

    fiber->fn(fiber->lab, self, arena, fiber->i, fiber->context);
}

void lab_fibers(struct lab *lab, uint32_t workers_wanted, uint32_t fibers, lab_fiber_fn *fn, void *context)
{
    const struct workers_options options = {.count = workers_wanted, .io_threads = 2};
    struct lab_fiber *all = calloc(fibers, sizeof(*all));
    struct workers *workers;

    ASSERT(all != NULL);
    ASSERT(workers_start(&options, &workers) == OK);
    for (uint32_t i = 0; i < fibers; i++) {
        all[i] = (struct lab_fiber){lab, fn, context, i};
        ASSERT(worker_spawn(workers_at(workers, i % workers_wanted), fiber_run, &all[i]) == OK);
    }
    workers_stop_and_join(workers);
    free(all);
}

/* ---- figures and files ---- */

struct figure {
    const char *name;
    double value;
};

static void figure_take(void *context, const struct engine_figure *told)
{
    struct figure *figure = context;

    if (strcmp(told->name, figure->name) == 0)
        figure->value = told->value;
}

double lab_figure(struct lab *lab, const char *name)
{
    struct figure figure = {name, -1};

    engine_figures(lab->engine, figure_take, &figure);
    return figure.value;
}

static bool has_suffix(const char *name, const char *suffix)
{
    size_t n = strlen(name), s = strlen(suffix);

    return n >= s && strcmp(name + n - s, suffix) == 0;
}

uint64_t lab_files_bytes(const char *folder, const char *suffix)
{
    DIR *dir = opendir(folder);
    uint64_t bytes = 0;

    ASSERT(dir != NULL);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[512];
        struct stat st;

        (void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        if (has_suffix(entry->d_name, suffix) && stat(path, &st) == 0)
            bytes += (uint64_t)st.st_size;
    }
    closedir(dir);
    return bytes;
}

static void run_tool(const char *const argv[])
{
    pid_t child = fork();
    int status;

    if (child == 0) {
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    ASSERT(child > 0 && waitpid(child, &status, 0) == child && status == 0);
}

void lab_folder_remove(const char *folder)
{
    const char *argv[] = {"rm", "-rf", "--", folder, NULL};

    run_tool(argv);
}

void lab_folder_copy(const char *from, const char *to)
{
    char source[512];
    const char *argv[] = {"cp", "-r", "--", source, to, NULL};

    (void)snprintf(source, sizeof(source), "%s/.", from);
    ASSERT(mkdir(to, 0700) == 0);
    run_tool(argv);
}

uint64_t lab_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* ---- other processes ---- */

static void child_run(struct lab *lab, lab_child_fn *fn, void *context)
{
    bool good = false;

    if (lab_open(lab) == OK)
        good = fn(lab, context);
    else
        printf("the child cannot open: %s\n", lab->reason);
    fflush(stdout);
    _exit(good ? 0 : 1);
}

int lab_child_status(struct lab *lab, lab_child_fn *fn, void *context)
{
    pid_t child;
    int status = 0;

    ASSERT(lab->engine == NULL);
    fflush(stdout);
    child = fork();
    if (child == 0)
        child_run(lab, fn, context);
    ASSERT(child > 0 && waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

bool lab_child_dies(struct lab *lab, lab_child_fn *fn, void *context)
{
    return lab_child_status(lab, fn, context) == 0;
}

bool lab_write_groups(struct lab *lab, void *context)
{
    const uint32_t *groups = context;
    char key[16];

    for (uint32_t i = 0; i < *groups; i++) {
        (void)snprintf(key, sizeof(key), "k%03u", i);
        if (lab_put(lab, key, "a body that is long enough to be worth the trouble") != OK)
            return false;
    }
    return true;
}
