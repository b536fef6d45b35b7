/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The recorder of file operations (recorder.h): a list of notes in shared memory, and a model of a file system that
 * replays them. The model knows what POSIX promises and no more:
 *
 *     sync of a file      makes its bytes durable, not its name
 *     sync of a folder    makes the names in it durable as they are now
 *
 * A file is a run of bytes with a durable length; a name is a pair (present file, durable file).
 */
#include "recorder.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"

#define RECORD_BYTES_MAX ((size_t)1 << 30) /* mapped, touched as used */
#define NAMES_MAX        1024
#define FILES_MAX        4096
#define PAGE_BYTES       4096
#define ACT_MARK         100

struct note {
    uint32_t act;
    uint32_t path_bytes, to_bytes; /* with their NUL; behind the note, then the bytes */
    uint32_t what;                 /* marks */
    uint64_t n;                    /* of the act: bytes, length, or the value of a mark */
    uint64_t bytes;                /* of the whole note */
};

struct recorder {
    pthread_mutex_t mutex;
    uint64_t count;
    size_t used;
    uint8_t notes[];
};

struct recorder *recorder_create(void)
{
    struct recorder *recorder =
        mmap(NULL, RECORD_BYTES_MAX, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    ASSERT(recorder != MAP_FAILED);
    pthread_mutex_init(&recorder->mutex, NULL);
    return recorder;
}

void recorder_destroy(struct recorder *recorder)
{
    munmap(recorder, RECORD_BYTES_MAX);
}

static void note_add(
    struct recorder *recorder, struct note note, const char *path, const char *to, const void *bytes, size_t bytes_n)
{
    uint8_t *at;

    note.path_bytes = path == NULL ? 0 : (uint32_t)strlen(path) + 1;
    note.to_bytes = to == NULL ? 0 : (uint32_t)strlen(to) + 1;
    note.bytes = (sizeof(note) + note.path_bytes + note.to_bytes + bytes_n + 7) / 8 * 8;
    pthread_mutex_lock(&recorder->mutex);
    ASSERT(sizeof(*recorder) + recorder->used + note.bytes <= RECORD_BYTES_MAX);
    at = recorder->notes + recorder->used;
    memcpy(at, &note, sizeof(note));
    at += sizeof(note);
    if (path != NULL)
        memcpy(at, path, note.path_bytes);
    if (to != NULL)
        memcpy(at + note.path_bytes, to, note.to_bytes);
    if (bytes_n != 0)
        memcpy(at + note.path_bytes + note.to_bytes, bytes, bytes_n);
    recorder->used += note.bytes;
    recorder->count++;
    pthread_mutex_unlock(&recorder->mutex);
}

int recorder_file(void *recorder, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n)
{
    note_add(recorder, (struct note){.act = act, .n = n}, path, to, bytes, act == SHIM_FILE_APPEND ? n : 0);
    return 0;
}

void recorder_mark(struct recorder *recorder, uint32_t what, uint64_t value)
{
    note_add(recorder, (struct note){.act = ACT_MARK, .what = what, .n = value}, NULL, NULL, NULL, 0);
}

uint64_t recorder_count(const struct recorder *recorder)
{
    return recorder->count;
}

static const struct note *note_at(const struct recorder *recorder, size_t at)
{
    return (const struct note *)(recorder->notes + at);
}

uint64_t recorder_marked(const struct recorder *recorder, uint64_t cut, uint32_t what)
{
    uint64_t value = 0;
    size_t at = 0;

    for (uint64_t i = 0; i < cut; i++, at += note_at(recorder, at)->bytes) {
        const struct note *note = note_at(recorder, at);

        if (note->act == ACT_MARK && note->what == what && note->n > value)
            value = note->n;
    }
    return value;
}

/* ---- the model ---- */

struct file {
    uint8_t *p;
    size_t n, durable, capacity;
};

struct name {
    char path[512];
    int present, durable; /* a file, or -1 */
};

struct model {
    struct file files[FILES_MAX];
    struct name names[NAMES_MAX];
    int files_count, names_count;
};

static struct name *name_of(struct model *model, const char *path)
{
    struct name *name;

    for (int i = 0; i < model->names_count; i++) {
        if (strcmp(model->names[i].path, path) == 0)
            return &model->names[i];
    }
    ASSERT(model->names_count < NAMES_MAX);
    name = &model->names[model->names_count++];
    *name = (struct name){.present = -1, .durable = -1};
    ASSERT((size_t)snprintf(name->path, sizeof(name->path), "%s", path) < sizeof(name->path));
    return name;
}

static struct file *present_file(struct model *model, const char *path)
{
    struct name *name = name_of(model, path);

    return name->present < 0 ? NULL : &model->files[name->present];
}

static void file_append(struct file *file, const uint8_t *bytes, size_t n)
{
    if (file->capacity - file->n < n) {
        file->capacity = 2 * file->capacity + n;
        file->p = realloc(file->p, file->capacity);
        ASSERT(file->p != NULL);
    }
    memcpy(file->p + file->n, bytes, n);
    file->n += n;
}

static void file_truncate(struct file *file, size_t n)
{
    if (n < file->n)
        file->n = n;
    if (file->durable > file->n)
        file->durable = file->n; /* a truncation may become durable at any time */
}

static void folder_sync(struct model *model, const char *folder)
{
    size_t n = strlen(folder);

    while (n > 1 && folder[n - 1] == '/')
        n--;
    for (int i = 0; i < model->names_count; i++) {
        struct name *name = &model->names[i];

        if (strncmp(name->path, folder, n) == 0 && name->path[n] == '/' && strchr(name->path + n + 1, '/') == NULL)
            name->durable = name->present;
    }
}

static void model_apply(struct model *model, const struct note *note)
{
    const char *path = (const char *)(note + 1), *to = path + note->path_bytes;
    struct file *file;

    if (note->act == ACT_MARK)
        return;
    file = note->act == SHIM_FILE_SYNC_FOLDER ? NULL : present_file(model, path);
    switch ((enum shim_file_act)note->act) {
    case SHIM_FILE_CREATE:
        ASSERT(model->files_count < FILES_MAX);
        name_of(model, path)->present = model->files_count++;
        break;
    case SHIM_FILE_APPEND:
        if (file != NULL)
            file_append(file, (const uint8_t *)to + note->to_bytes, note->n);
        break;
    case SHIM_FILE_SYNC:
        if (file != NULL)
            file->durable = file->n;
        break;
    case SHIM_FILE_TRUNCATE:
        if (file != NULL)
            file_truncate(file, note->n);
        break;
    case SHIM_FILE_RENAME:
        name_of(model, to)->present = name_of(model, path)->present;
        name_of(model, path)->present = -1;
        break;
    case SHIM_FILE_LINK:
        name_of(model, to)->present = name_of(model, path)->present;
        break;
    case SHIM_FILE_DELETE:
        name_of(model, path)->present = -1;
        break;
    case SHIM_FILE_SYNC_FOLDER:
        folder_sync(model, path);
        break;
    }
}

static uint64_t draw(uint64_t *seed)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* What chance leaves of the unsynced end: nothing, all, a prefix, or a length with pages missing. */
static size_t survive(struct file *file, uint64_t *seed)
{
    size_t unsynced = file->n - file->durable, n;
    uint64_t way = draw(seed) % 4;

    if (unsynced == 0 || way == 0)
        return file->durable;
    if (way == 1)
        return file->n;
    n = file->durable + draw(seed) % unsynced;
    if (way == 2)
        return n;
    for (size_t page = (file->durable / PAGE_BYTES) * PAGE_BYTES; page < n; page += PAGE_BYTES) {
        size_t from = page < file->durable ? file->durable : page, end = page + PAGE_BYTES < n ? page + PAGE_BYTES : n;

        if (draw(seed) % 2 == 0)
            memset(file->p + from, 0, end - from);
    }
    return n;
}

static void file_make(const char *path, const uint8_t *p, size_t n)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    ASSERT(fd >= 0);
    while (n > 0) {
        ssize_t written = write(fd, p, n);

        ASSERT(written > 0);
        p += written;
        n -= (size_t)written;
    }
    close(fd);
}

static void model_make(struct model *model, uint64_t seed, const char *from, const char *to)
{
    ASSERT(mkdir(to, 0700) == 0);
    for (int i = 0; i < model->names_count; i++) {
        struct name *name = &model->names[i];
        int which = seed != 0 && draw(&seed) % 2 == 0 ? name->present : name->durable;
        char path[1024];
        size_t n;

        if (which < 0)
            continue;
        n = seed == 0 ? model->files[which].durable : survive(&model->files[which], &seed);
        (void)snprintf(path, sizeof(path), "%s%s", to, name->path + strlen(from));
        file_make(path, model->files[which].p, n);
    }
}

void recorder_power_loss(const struct recorder *recorder, uint64_t cut, uint64_t seed, const char *from, const char *to)
{
    struct model *model = calloc(1, sizeof(*model));
    size_t at = 0;

    ASSERT(model != NULL && cut <= recorder->count);
    for (uint64_t i = 0; i < cut; i++, at += note_at(recorder, at)->bytes)
        model_apply(model, note_at(recorder, at));
    model_make(model, seed, from, to);
    for (int i = 0; i < model->files_count; i++)
        free(model->files[i].p);
    free(model);
}
