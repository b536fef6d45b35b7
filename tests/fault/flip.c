/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Flips one bit after another in a data folder and reads everything: each record is as it was, or an error names it.
 * Never a wrong one, never one that is missing without a word.
 *
 *     flip --data DIR --work DIR --flips N --seed N [--strict-tail] [--only WORD] [--every]
 *
 * For each flip the folder `--data` is copied to `--work`, one bit of one file is changed there, and a child
 *
 *     1. reads it all as `stator check` does, read-only;
 *     2. opens it as the server does and reads it all: by ranges, forward and backward, and each record by its key.
 *
 * --only takes files whose names have the word in them, --every each of their bits, one after the other.
 *
 * What it finds is compared with what the untouched folder holds. The child may end itself (an abort with a report);
 * a bad address is a fault of ours.
 *
 * Without --strict-tail a damaged last group of a log cannot be told from a torn one and is cut with a loud line; such
 * flips are counted apart, and then everything but that group must be there. So the folder is read twice beforehand:
 * as it is, and with the last bit of its last log flipped.
 *
 * The parent opens no database: it has no threads, so it can fork without harm.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/assert.h"
#include "codec/change.h"
#include "codec/record.h"
#include "engine/engine.h"
#include "tools/check.h"
#include "tools/offline.h"

#define FILES_MAX       256
#define TRUTH_BYTES_MAX ((size_t)256 << 20)
#define PAGE_ENTRIES    500
#define PAGE_BYTES      ((size_t)1 << 20)
#define PROGRESS        1000
#define CHILD_SECONDS   60

/* ---- what the folder holds ---- */

struct entry {
    enum engine_space space;
    struct slice key, bytes;
};

/* Written by a child, so it lies in shared memory. Entries in the order of spaces and keys. */
struct truth {
    uint64_t count;
    size_t used;
    bool torn; /* a last group was cut on the way */
    uint8_t bytes[];
};

static struct truth *truth_create(void)
{
    struct truth *truth =
        mmap(NULL, TRUTH_BYTES_MAX, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    ASSERT(truth != MAP_FAILED);
    return truth;
}

static void truth_add(struct truth *truth, enum engine_space space, struct slice key, struct slice bytes)
{
    uint32_t head[4] = {space, (uint32_t)key.n, (uint32_t)bytes.n, 0};

    ASSERT(sizeof(*truth) + truth->used + sizeof(head) + key.n + bytes.n <= TRUTH_BYTES_MAX);
    memcpy(truth->bytes + truth->used, head, sizeof(head));
    memcpy(truth->bytes + truth->used + sizeof(head), key.p, key.n);
    memcpy(truth->bytes + truth->used + sizeof(head) + key.n, bytes.p, bytes.n);
    truth->used += sizeof(head) + key.n + bytes.n;
    truth->count++;
}

static struct entry *truth_entries(const struct truth *truth)
{
    struct entry *entries = calloc(truth->count + 1, sizeof(*entries));
    size_t at = 0;

    ASSERT(entries != NULL);
    for (uint64_t i = 0; i < truth->count; i++) {
        uint32_t head[4];

        memcpy(head, truth->bytes + at, sizeof(head));
        at += sizeof(head);
        entries[i] = (struct entry){
            head[0], slice_of(truth->bytes + at, head[1]), slice_of(truth->bytes + at + head[1], head[2])};
        at += head[1] + head[2];
    }
    return entries;
}

/* ---- what one flip leads to ---- */

/* How a child ends: its exit status. */
enum verdict {
    RIGHT = 10,  /* everything is as it was */
    CUT,         /* everything but the last group, and a line in the log */
    TOLD_CHECK,  /* an error, already of the read-only look */
    TOLD_OPEN,   /* the server would refuse to start */
    TOLD_READ,   /* reading some records ends in an error */
    WRONG,       /* the fault that we look for */
    CRASHED,     /* a bad address or a silence without end */
    TOLD_BY_END, /* the process ended itself with a report */
    VERDICTS_END,
};
static const char *const verdict_names[] = {"right", "last_group_cut", "told_by_check", "told_at_open", "told_at_read",
    "wrong", "crashed", "ended_with_report"};

struct look {
    struct engine *engine;
    struct fiber *self;
    struct arena *arena;
    const struct truth *truth, *without_last;
    bool torn, told;
    char wrong[512];
};

static uint64_t wall_ms(void *context)
{
    struct timespec now;

    (void)context;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void log_line(void *context, const char *event, const char *text)
{
    struct look *look = context;

    (void)text;
    if (strcmp(event, "engine.torn_tail") == 0)
        look->torn = true;
}

static enum err engine_open_as_server(struct look *look, const char *data, bool strict_tail)
{
    char path[4096];
    struct engine_rocksdb_options options = {.path = path,
        .memory_bytes = (size_t)32 << 20,
        .strict_tail = strict_tail,
        .accept_clock = true,
        .clock = wall_ms,
        .log = log_line,
        .log_context = look};
    char *reason = NULL;
    enum err err;

    (void)snprintf(path, sizeof(path), "%s/db", data);
    err = engine_rocksdb_open(&options, &look->engine, &reason);
    free(reason);
    return err;
}

/* The record vouches for itself: whoever reads it through the layers above is told. */
static bool record_tells(enum engine_space space, struct slice key, struct slice bytes)
{
    struct change change;
    struct record record;
    uint64_t stream, number;

    if (space == ENGINE_LOG)
        return !engine_stream_key(key, &stream, &number) || change_read(stream, bytes, &change) != OK;
    return record_read(key, bytes, &record) != OK;
}

static void wrong(struct look *look, const char *what, const struct entry *entry)
{
    int n;

    if (look->wrong[0] != 0)
        return;
    n = snprintf(look->wrong, sizeof(look->wrong), "%s, space %d key ", what, (int)entry->space);
    for (size_t i = 0; i < entry->key.n && i < 40; i++)
        n += snprintf(look->wrong + n, sizeof(look->wrong) - (size_t)n, "%02x", entry->key.p[i]);
}

static bool bytes_same(struct slice a, struct slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static void bytes_compare(struct look *look, const struct entry *entry, struct slice found, const char *how)
{
    if (bytes_same(found, entry->bytes))
        return;
    if (found.p != NULL && record_tells(entry->space, entry->key, found))
        look->told = true;
    else
        wrong(look, how, entry);
}

/* The least key above this one. */
static struct slice key_after(struct arena *arena, struct slice key)
{
    uint8_t *next = arena_alloc(arena, key.n + 1);

    memcpy(next, key.p, key.n);
    next[key.n] = 0;
    return slice_of(next, key.n + 1);
}

/* All entries of a space by ranges. Those before an error must be there without a gap. */
static void range_compare(struct look *look, const struct entry *entries, uint64_t count, bool reverse)
{
    struct slice from = slice_of("", 0), to = slice_of("", 0);
    struct engine_page page = {.more = true};
    uint64_t seen = 0;

    while (page.more) {
        enum err err = engine_range(
            look->engine, look->self, look->arena, entries->space, from, to, reverse, PAGE_ENTRIES, PAGE_BYTES, &page);

        if (err) {
            look->told = true;
            return;
        }
        for (uint32_t i = 0; i < page.count; i++, seen++) {
            const struct entry *entry = &entries[reverse ? count - 1 - seen : seen];

            if (seen == count || !bytes_same(page.keys[i], entry->key)) {
                wrong(look, seen == count ? "a range has more than was written" : "a range leaves out or makes up",
                    seen == count ? entries : entry);
                return;
            }
            bytes_compare(look, entry, page.values[i], "a range gives another value");
        }
        if (page.count == 0)
            break;
        if (reverse)
            to = page.keys[page.count - 1];
        else
            from = key_after(look->arena, page.keys[page.count - 1]);
    }
    if (seen != count)
        wrong(look, "a range ends too early", &entries[reverse ? count - 1 - seen : seen]);
}

static void keys_compare(struct look *look, const struct entry *entries, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        struct arena_mark mark = arena_mark(look->arena);
        const struct engine_key key = {entries[i].space, entries[i].key};
        struct engine_record record;

        if (engine_get(look->engine, look->self, look->arena, &key, 1, &record) != OK)
            look->told = true;
        else
            bytes_compare(look, &entries[i], record.bytes, "a record by its key");
        arena_reset(look->arena, mark);
    }
}

static void compare(struct look *look, const struct truth *truth)
{
    struct entry *entries = truth_entries(truth);

    for (uint64_t i = 0, end; i < truth->count; i = end) {
        for (end = i; end < truth->count && entries[end].space == entries[i].space; end++)
            ;
        range_compare(look, entries + i, end - i, false);
        range_compare(look, entries + i, end - i, true);
        keys_compare(look, entries + i, end - i);
    }
    free(entries);
}

static void finding(void *context, const char *where, const char *what)
{
    (void)where;
    (void)what;
    *(bool *)context = true;
}

/* What `stator check` would say. */
static bool check_tells(const char *data)
{
    struct check_figures figures = {0};
    struct offline offline;
    char *reason = NULL;
    bool told = false;

    if (offline_open(data, &offline, &reason) == OK)
        check_run(offline.engine, offline.catalog, offline.fiber, finding, &told, NULL, &figures);
    told |= reason != NULL || figures.findings != 0;
    free(reason);
    offline_close(&offline);
    return told;
}

static enum verdict judge(struct look *look, const char *data, bool strict_tail)
{
    bool told = check_tells(data);

    look->arena = arena_create(1 << 16);
    look->self = fiber_of_thread();
    if (engine_open_as_server(look, data, strict_tail) != OK)
        return told ? TOLD_CHECK : TOLD_OPEN;
    compare(look, look->torn ? look->without_last : look->truth);
    if (look->wrong[0] != 0)
        return WRONG;
    engine_close(look->engine);
    if (look->torn)
        return CUT;
    if (told)
        return TOLD_CHECK;
    return look->told ? TOLD_READ : RIGHT;
}

/* ---- children ---- */

static void quiet(void)
{
    int null = open("/dev/null", O_WRONLY);

    dup2(null, STDERR_FILENO);
    close(null);
    alarm(CHILD_SECONDS);
}

static void read_all(const char *data, struct truth *truth)
{
    struct look look = {.arena = arena_create(1 << 16), .self = fiber_of_thread()};
    struct slice none = slice_of("", 0);

    ASSERT(engine_open_as_server(&look, data, false) == OK);
    for (int space = 0; space < ENGINE_SPACES; space++) {
        struct slice from = none;
        struct engine_page page = {.more = true};

        while (page.more) {
            ASSERT(
                engine_range(look.engine, look.self, look.arena, space, from, none, false, 1, PAGE_BYTES, &page) == OK);
            if (page.count == 0)
                break;
            truth_add(truth, space, page.keys[0], page.values[0]);
            from = key_after(look.arena, page.keys[0]);
        }
    }
    truth->torn = look.torn;
    engine_close(look.engine);
}

static void truth_read(const char *data, struct truth *truth)
{
    pid_t child = fork();
    int status;

    ASSERT(child >= 0);
    if (child == 0) {
        quiet();
        read_all(data, truth);
        _exit(0);
    }
    ASSERT(waitpid(child, &status, 0) == child && status == 0);
}

static enum verdict flip_judge(
    const char *data, bool strict_tail, const struct truth *truth, const struct truth *without_last, char *said)
{
    pid_t child = fork();
    int status;

    ASSERT(child >= 0);
    if (child == 0) {
        struct look look = {.truth = truth, .without_last = without_last};
        enum verdict verdict;

        quiet();
        verdict = judge(&look, data, strict_tail);
        memcpy(said, look.wrong, sizeof(look.wrong));
        _exit(verdict);
    }
    ASSERT(waitpid(child, &status, 0) == child);
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == 1 ? TOLD_BY_END : WEXITSTATUS(status);
    (void)snprintf(said, sizeof(((struct look *)0)->wrong), "signal %d", WTERMSIG(status));
    return WTERMSIG(status) == SIGABRT ? TOLD_BY_END : CRASHED;
}

/* ---- files ---- */

struct file {
    char name[256]; /* below the data folder */
    size_t bytes;
};

struct files {
    struct file all[FILES_MAX];
    uint32_t count;
};

static void folder_list(const char *data, const char *inside, struct files *files)
{
    char path[4096];
    struct dirent *entry;
    DIR *folder;

    (void)snprintf(path, sizeof(path), "%s/%s", data, inside);
    folder = opendir(path);
    ASSERT(folder != NULL);
    while ((entry = readdir(folder)) != NULL) {
        struct file *file = &files->all[files->count];
        struct stat st;

        if (entry->d_name[0] == '.')
            continue;
        ASSERT(files->count < FILES_MAX);
        (void)snprintf(file->name, sizeof(file->name), "%s/%.200s", inside, entry->d_name);
        (void)snprintf(path, sizeof(path), "%s/%s", data, file->name);
        ASSERT(stat(path, &st) == 0);
        if (S_ISREG(st.st_mode)) {
            file->bytes = (size_t)st.st_size;
            files->count++;
        }
    }
    closedir(folder);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

static void folder_read(const char *data, struct files *files)
{
    files->count = 0;
    folder_list(data, "db", files);
    folder_list(data, ".", files);
    qsort(files->all, files->count, sizeof(files->all[0]), by_name);
}

static void file_copy(const char *from, const char *to, size_t bytes, int64_t bit)
{
    int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    uint8_t *p = malloc(bytes + 1);

    ASSERT(in >= 0 && out >= 0 && p != NULL && read(in, p, bytes) == (ssize_t)bytes);
    if (bit >= 0)
        p[bit / 8] ^= (uint8_t)(1 << bit % 8);
    ASSERT(write(out, p, bytes) == (ssize_t)bytes);
    free(p);
    close(in);
    close(out);
}

static void folder_clear(const char *path)
{
    struct files old = {0};
    char file[4096], db[4096];

    (void)snprintf(db, sizeof(db), "%s/db", path);
    (void)mkdir(path, 0700);
    (void)mkdir(db, 0700);
    folder_read(path, &old);
    for (uint32_t i = 0; i < old.count; i++) {
        (void)snprintf(file, sizeof(file), "%s/%s", path, old.all[i].name);
        ASSERT(unlink(file) == 0);
    }
}

/* A copy with bit `bit` of file `which` flipped; -1: none. */
static void folder_copy(const char *data, const char *work, const struct files *files, int which, int64_t bit)
{
    char from[4096], to[4096];

    folder_clear(work);
    for (uint32_t i = 0; i < files->count; i++) {
        (void)snprintf(from, sizeof(from), "%s/%s", data, files->all[i].name);
        (void)snprintf(to, sizeof(to), "%s/%s", work, files->all[i].name);
        file_copy(from, to, files->all[i].bytes, (int)i == which ? bit : -1);
    }
}

/* ---- the run ---- */

enum kind { KIND_LOG, KIND_SST, KIND_MANIFEST, KIND_OPTIONS, KIND_SMALL, KINDS };
static const char *const kind_names[] = {"WAL", "SST", "MANIFEST", "OPTIONS", "small files"};

static enum kind kind_of(const struct file *file)
{
    const char *name = strrchr(file->name, '/') + 1;

    if (strstr(name, ".log") != NULL)
        return KIND_LOG;
    if (strstr(name, ".sst") != NULL)
        return KIND_SST;
    if (strncmp(name, "OPTIONS", 7) == 0)
        return KIND_OPTIONS;
    return strncmp(name, "MANIFEST", 8) == 0 ? KIND_MANIFEST : KIND_SMALL;
}

static uint64_t draw(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct run {
    const char *data, *work, *only;
    uint64_t flips, seed;
    bool strict_tail, every;
    struct files files;
    struct truth *truth, *without_last;
    char *said; /* by a child; shared */
    uint64_t counts[KINDS][VERDICTS_END];
};

static bool file_wanted(const struct run *run, const struct file *file)
{
    return run->only == NULL || strstr(file->name, run->only) != NULL;
}

/* A bit of the files of a kind, each as likely as any other. False: there is none. */
static bool bit_draw(const struct run *run, enum kind kind, uint64_t *seed, int *ret_which, int64_t *ret_bit)
{
    const struct files *files = &run->files;
    uint64_t bytes = 0, at;

    for (uint32_t i = 0; i < files->count; i++) {
        if (kind_of(&files->all[i]) == kind && file_wanted(run, &files->all[i]))
            bytes += files->all[i].bytes;
    }
    if (bytes == 0)
        return false;
    at = draw(seed) % bytes;
    for (uint32_t i = 0; i < files->count; i++) {
        if (kind_of(&files->all[i]) != kind || !file_wanted(run, &files->all[i]))
            continue;
        if (at < files->all[i].bytes) {
            *ret_which = (int)i;
            *ret_bit = (int64_t)(at * 8 + draw(seed) % 8);
            return true;
        }
        at -= files->all[i].bytes;
    }
    return false;
}

/* What the folder holds when its last group is cut: the very last bit of the last log flipped. */
static void truths_read(struct run *run)
{
    int last = -1;

    folder_copy(run->data, run->work, &run->files, -1, -1);
    truth_read(run->work, run->truth);
    ASSERT(!run->truth->torn && run->truth->count > 0);
    for (uint32_t i = 0; i < run->files.count; i++) {
        if (kind_of(&run->files.all[i]) == KIND_LOG && run->files.all[i].bytes != 0)
            last = (int)i;
    }
    if (last < 0)
        return;
    folder_copy(run->data, run->work, &run->files, last, (int64_t)run->files.all[last].bytes * 8 - 1);
    truth_read(run->work, run->without_last);
    ASSERT(run->without_last->torn);
}

static bool fault_of_ours(const struct run *run, enum verdict verdict)
{
    return verdict == WRONG || verdict == CRASHED || (verdict == CUT && run->strict_tail);
}

/* The bit of one flip: drawn, the kinds in turn; or the next one of all. False: there is none. */
static bool bit_choose(const struct run *run, uint64_t number, int *ret_which, int64_t *ret_bit)
{
    uint64_t seed = run->seed * 1000003 + number, left = number - 1;

    for (uint32_t i = 0; run->every && i < run->files.count; i++) {
        if (!file_wanted(run, &run->files.all[i]))
            continue;
        if (left < run->files.all[i].bytes * 8) {
            *ret_which = (int)i;
            *ret_bit = (int64_t)left;
            return true;
        }
        left -= run->files.all[i].bytes * 8;
    }
    for (uint64_t kind = number; !run->every && kind < number + KINDS; kind++) {
        if (bit_draw(run, (enum kind)(kind % KINDS), &seed, ret_which, ret_bit))
            return true;
    }
    return false;
}

/* False: there is nothing more to flip. */
static bool flip(struct run *run, uint64_t number)
{
    enum verdict verdict;
    const struct file *file;
    int64_t bit;
    int which;

    if (!bit_choose(run, number, &which, &bit))
        return false;
    file = &run->files.all[which];
    run->said[0] = 0;
    folder_copy(run->data, run->work, &run->files, which, bit);
    verdict = flip_judge(run->work, run->strict_tail, run->truth, run->without_last, run->said);
    if (verdict < RIGHT || verdict >= VERDICTS_END)
        verdict = CRASHED;
    run->counts[kind_of(file)][verdict]++;
    if (fault_of_ours(run, verdict))
        printf("FAIL flip %llu: %s bit %lld of %zu bytes: %s: %s\n", (unsigned long long)number, file->name,
            (long long)bit, file->bytes, verdict_names[verdict - RIGHT], run->said);
    return true;
}

static int summary(const struct run *run)
{
    uint64_t failed = 0, all = 0;

    for (int kind = 0; kind < KINDS; kind++) {
        printf("%s:", kind_names[kind]);
        for (int verdict = RIGHT; verdict < VERDICTS_END; verdict++) {
            all += run->counts[kind][verdict];
            if (run->counts[kind][verdict] != 0)
                printf(" %s=%llu", verdict_names[verdict - RIGHT], (unsigned long long)run->counts[kind][verdict]);
            if (fault_of_ours(run, (enum verdict)verdict))
                failed += run->counts[kind][verdict];
        }
        printf("\n");
    }
    printf("%llu passed, %llu failed\n", (unsigned long long)(all - failed), (unsigned long long)failed);
    return failed != 0;
}

static bool options_read(int argc, char **argv, struct run *run)
{
    static const struct option options[] = {{"data", required_argument, NULL, 'd'},
        {"work", required_argument, NULL, 'w'}, {"flips", required_argument, NULL, 'n'},
        {"seed", required_argument, NULL, 's'}, {"only", required_argument, NULL, 'o'},
        {"strict-tail", no_argument, NULL, 't'}, {"every", no_argument, NULL, 'e'}, {NULL, 0, NULL, 0}};
    int c;

    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (c) {
        case 'd':
            run->data = optarg;
            break;
        case 'w':
            run->work = optarg;
            break;
        case 'n':
            run->flips = strtoull(optarg, NULL, 10);
            break;
        case 's':
            run->seed = strtoull(optarg, NULL, 10);
            break;
        case 'o':
            run->only = optarg;
            break;
        case 'e':
            run->every = true;
            break;
        case 't':
            run->strict_tail = true;
            break;
        default:
            return false;
        }
    }
    return run->data != NULL && run->work != NULL;
}

int main(int argc, char **argv)
{
    static struct run run = {.flips = 100, .seed = 1};

    if (!options_read(argc, argv, &run)) {
        fprintf(stderr,
            "usage: flip --data DIR --work DIR [--flips N] [--seed N] [--strict-tail] [--only WORD] [--every]\n");
        return 64;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    run.truth = truth_create();
    run.without_last = truth_create();
    run.said = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT(run.said != MAP_FAILED);
    folder_read(run.data, &run.files);
    truths_read(&run);
    for (uint64_t number = 1; (run.every || number <= run.flips) && flip(&run, number); number++) {
        if (number % PROGRESS == 0)
            printf("%llu flips\n", (unsigned long long)number);
    }
    return summary(&run);
}
