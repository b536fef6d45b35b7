/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A manifest is RocksDB's list of files, a log of changes to it. One that was being written when the power went may end
 * in bytes that are half there, and RocksDB then refuses to open: it cannot know whether they were ever synced, and
 * bytes that were must not be dropped, since files may have been deleted on their word. The note of what was synced
 * tells.
 *
 * SYNCED has two places, 4,096 bytes apart so that no write touches both, and the one with the higher number of the
 * note counts. They are written in turns: when the power goes in the middle, the other one is still there, and says
 * less.
 *
 *     0  8  "STSYNCED"
 *     8  8  number of the note
 *    16  8  number of the manifest
 *    24  8  bytes of it
 *    32  4  CRC-32C of these, masked
 */
#include "engine/rocksdb/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/rocksdb/fragment.h"

#define PLACE_BYTES 4096
#define PATH_BYTES  4096

struct note {
    char magic[8];
    uint64_t number, manifest, bytes;
    uint32_t checksum;
};
#define NOTE_BYTES offsetof(struct note, checksum)

static const char magic[8] = {'S', 'T', 'S', 'Y', 'N', 'C', 'E', 'D'};

/* The path of SYNCED beside the manifest, and the manifest's number; false: it is none. */
static bool path_read(const char *path, char *ret_synced, uint64_t *ret_number)
{
    const char *slash = strrchr(path, '/');
    int folder = slash == NULL ? 0 : (int)(slash - path) + 1;

    if (sscanf(path + folder, "MANIFEST-%lu", ret_number) != 1)
        return false;
    return snprintf(ret_synced, PATH_BYTES, "%.*sSYNCED", folder, path) < PATH_BYTES;
}

static bool note_good(const struct note *note)
{
    return memcmp(note->magic, magic, sizeof(magic)) == 0 &&
           note->checksum == fragment_checksum((const uint8_t *)note, NOTE_BYTES);
}

/* The note that counts; all zeros: none. */
static struct note note_read(int fd)
{
    struct note found = {.number = 0};

    for (int i = 0; i < 2; i++) {
        struct note note;

        if (pread(fd, &note, sizeof(note), (off_t)i * PLACE_BYTES) == sizeof(note) && note_good(&note) &&
            note.number > found.number)
            found = note;
    }
    return found;
}

static int note_write(int fd, struct note *note)
{
    memcpy(note->magic, magic, sizeof(magic));
    note->checksum = fragment_checksum((const uint8_t *)note, NOTE_BYTES);
    if (pwrite(fd, note, sizeof(*note), (off_t)(note->number % 2) * PLACE_BYTES) != sizeof(*note))
        return errno == 0 ? EIO : errno;
    return fdatasync(fd) == 0 ? 0 : errno;
}

int manifest_mark(const char *path, uint64_t bytes)
{
    char synced[PATH_BYTES];
    struct note note = {.bytes = bytes};
    int fd, result;

    if (!path_read(path, synced, &note.manifest))
        return EINVAL;
    fd = open(synced, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0)
        return errno;
    errno = 0;
    note.number = note_read(fd).number + 1;
    result = note_write(fd, &note);
    close(fd);
    return result;
}

/* The first bad fragment's record, or UINT64_MAX. */
static uint64_t bad_record(struct slice log)
{
    size_t at = 0, record = 0;
    bool inside = false;

    while (at < log.n) {
        const uint8_t *head = log.p + at;

        if (fragment_block_left(at) < FRAGMENT_HEAD_BYTES) {
            at += fragment_block_left(at);
            continue;
        }
        if (!inside)
            record = at;
        if (!fragment_good(log, at))
            return record;
        inside = head[6] == FRAGMENT_FIRST || head[6] == FRAGMENT_MIDDLE;
        at += fragment_bytes(head);
    }
    return inside ? record : UINT64_MAX;
}

static uint64_t readable_of(const char *path, const struct note *note)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    uint64_t bad = UINT64_MAX;
    struct stat st;
    void *p;

    if (fd < 0 || fstat(fd, &st) != 0 || (uint64_t)st.st_size <= note->bytes) {
        if (fd >= 0)
            close(fd);
        return UINT64_MAX;
    }
    p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (p == MAP_FAILED)
        return UINT64_MAX;
    bad = bad_record(slice_of(p, (size_t)st.st_size));
    (void)munmap(p, (size_t)st.st_size);
    return bad >= note->bytes ? bad : UINT64_MAX;
}

uint64_t manifest_readable(const char *path)
{
    char synced[PATH_BYTES];
    struct note note;
    uint64_t number;
    int fd;

    if (!path_read(path, synced, &number))
        return UINT64_MAX;
    fd = open(synced, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return UINT64_MAX;
    note = note_read(fd);
    close(fd);
    return note.manifest == number ? readable_of(path, &note) : UINT64_MAX;
}
