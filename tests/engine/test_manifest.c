/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The end of the manifest: what was never synced is not read, what was must be right, and a note that is missing or
 * damaged makes nothing worse.
 */
#include "support.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "engine/rocksdb/manifest.h"

#define GROUPS 10

static uint32_t groups = GROUPS;

/* The one that is named in CURRENT; an older one may not be deleted yet. */
static void manifest_find(const struct lab *lab, char *ret, size_t bytes)
{
    char path[512], name[64] = "";
    FILE *file;

    (void)snprintf(path, sizeof(path), "%s/CURRENT", lab->folder);
    file = fopen(path, "re");
    ASSERT(file != NULL && fgets(name, sizeof(name), file) != NULL);
    (void)fclose(file);
    name[strcspn(name, "\n")] = '\0';
    (void)snprintf(ret, bytes, "%s/%s", lab->folder, name);
}

static off_t size_of(const char *path)
{
    struct stat st;

    ASSERT(stat(path, &st) == 0);
    return st.st_size;
}

static void bytes_write(const char *path, off_t at, const void *p, size_t n)
{
    int fd = open(path, O_WRONLY);

    ASSERT(fd >= 0 && pwrite(fd, p, n, at) == (ssize_t)n);
    close(fd);
}

static void flip(const char *path, off_t at)
{
    int fd = open(path, O_RDWR);
    uint8_t byte;

    ASSERT(fd >= 0 && pread(fd, &byte, 1, at) == 1);
    byte ^= 4;
    ASSERT(pwrite(fd, &byte, 1, at) == 1);
    close(fd);
}

static void all_there(struct lab *lab)
{
    char key[16];

    for (int i = 0; i < GROUPS; i++) {
        (void)snprintf(key, sizeof(key), "k%03d", i);
        CHECK(lab_get(lab, key).p != NULL);
    }
}

/* A killed process's folder; *ret_path: its manifest. */
static void crashed(struct lab *lab, char *ret_path, size_t bytes)
{
    lab_prepare(lab);
    CHECK(lab_child_dies(lab, lab_write_groups, &groups));
    manifest_find(lab, ret_path, bytes);
    CHECK(manifest_readable(ret_path) == UINT64_MAX);
}

/* A record whose bytes did not all come, though its length did. */
static const uint8_t torn[27] = {1, 2, 3, 4, 20, 0, 1, 9};

TEST(manifest, bytes_that_were_never_synced_are_not_read)
{
    struct lab lab = {0};
    char path[512];
    off_t size;

    crashed(&lab, path, sizeof(path));
    size = size_of(path);
    bytes_write(path, size, torn, sizeof(torn));
    CHECK_EQ(manifest_readable(path), size);
    CHECK_EQ(lab_open(&lab), OK);
    all_there(&lab);
    lab_close(&lab);
    CHECK_EQ(lab_open(&lab), OK); /* with a manifest of its own by now */
    all_there(&lab);
    lab_end(&lab);
}

TEST(manifest, what_was_synced_must_be_right)
{
    struct lab lab = {0};
    char path[512];

    crashed(&lab, path, sizeof(path));
    flip(path, size_of(path) - 1);
    CHECK(manifest_readable(path) == UINT64_MAX);
    CHECK_EQ(lab_open(&lab), ERR_CORRUPT);
    flip(path, size_of(path) - 1);
    CHECK_EQ(lab_open(&lab), OK);
    all_there(&lab);
    lab_end(&lab);
}

TEST(manifest, without_a_note_all_of_it_counts)
{
    struct lab lab = {0};
    char path[512], note[512];

    crashed(&lab, path, sizeof(path));
    (void)snprintf(note, sizeof(note), "%s/SYNCED", lab.folder);
    bytes_write(path, size_of(path), torn, sizeof(torn));
    for (int i = 0; i < 2; i++) /* both places */
        flip(note, i * 4096 + 9);
    CHECK(manifest_readable(path) == UINT64_MAX);
    CHECK(unlink(note) == 0);
    CHECK(manifest_readable(path) == UINT64_MAX);
    CHECK_EQ(lab_open(&lab), ERR_CORRUPT);
    lab_end(&lab);
}

TEST(manifest, a_note_that_was_being_written_leaves_the_one_before)
{
    struct lab lab = {0};
    char path[512], note[512];
    off_t size;

    lab_prepare(&lab);
    (void)snprintf(path, sizeof(path), "%s/MANIFEST-000007", lab.folder);
    (void)snprintf(note, sizeof(note), "%s/SYNCED", lab.folder);
    close(open(path, O_CREAT | O_WRONLY, 0600));
    bytes_write(path, 0, torn, sizeof(torn));
    size = size_of(path);
    CHECK_EQ(manifest_mark(path, 0), 0);
    CHECK_EQ(manifest_readable(path), 0);
    CHECK_EQ(manifest_mark(path, (uint64_t)size), 0);
    CHECK(manifest_readable(path) == UINT64_MAX);
    flip(note, 24); /* the second note has an even number */
    CHECK_EQ(manifest_readable(path), 0);
    CHECK_EQ(manifest_mark(path, (uint64_t)size), 0); /* takes the damaged place */
    CHECK(manifest_readable(path) == UINT64_MAX);
    lab_end(&lab);
}

LAB_MAIN()
