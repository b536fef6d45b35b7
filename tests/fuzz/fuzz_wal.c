/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The scanner of write-ahead logs on files of any content. The first byte says how the rest is cut into two logs, and
 * whether their fragments get right checksums first, without which a fuzzer stays outside.
 *
 * What must hold: the answer does not depend on what was scanned before; the place of damage lies in the file it names;
 * a log that is whole is not whole with its last byte gone, unless nothing was in it but zeros.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/engine.h"

#define BLOCK_BYTES 32768u
#define HEAD_BYTES  7u

static char folder[] = "/dev/shm/stator-fuzz-wal-XXXXXX";
static const char *const names[] = {"000010.log", "000011.log"};

static void folder_remove(void)
{
    char path[128];

    for (int i = 0; i < 2; i++) {
        (void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

static void folder_make(void)
{
    static bool made;

    if (made)
        return;
    made = mkdtemp(folder) != NULL;
    ASSERT(made);
    (void)atexit(folder_remove);
}

static void log_write(int i, const uint8_t *bytes, size_t n)
{
    char path[128];
    int fd;

    (void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ASSERT(fd >= 0 && write(fd, bytes, n) == (ssize_t)n);
    (void)close(fd);
}

/* CRC-32C by its definition. */
static uint32_t crc(const uint8_t *p, size_t n)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < n; i++) {
        crc ^= p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0x82f63b78u & (0u - (crc & 1)));
    }
    return ~crc;
}

/* Puts right lengths and checksums as far as fragments follow each other. */
static void repair(uint8_t *bytes, size_t n)
{
    for (size_t at = 0; at + HEAD_BYTES <= n;) {
        size_t left = BLOCK_BYTES - at % BLOCK_BYTES, room = (n - at < left ? n - at : left);
        size_t length = bytes[at + 4] + (size_t)bytes[at + 5] * 256;
        uint32_t sum;

        if (left < HEAD_BYTES) {
            at += left;
            continue;
        }
        if (HEAD_BYTES + length > room) {
            length = room - HEAD_BYTES;
            bytes[at + 4] = (uint8_t)length;
            bytes[at + 5] = (uint8_t)(length >> 8);
        }
        sum = crc(bytes + at + 6, length + 1);
        sum = (sum >> 15 | sum << 17) + 0xa282ead8u;
        memcpy(bytes + at, &sum, sizeof(sum));
        at += HEAD_BYTES + length;
    }
}

static struct engine_wal_report scan(void)
{
    struct engine_wal_report report = {0};

    ASSERT(engine_wal_scan(folder, &report) == OK);
    return report;
}

void fuzz_one(struct arena *arena, struct slice input)
{
    struct engine_wal_report report, again;
    uint8_t *bytes;
    size_t n, first;

    if (input.n < 2)
        return;
    folder_make();
    n = input.n - 1;
    bytes = arena_alloc(arena, n);
    memcpy(bytes, input.p + 1, n);
    first = n * (input.p[0] & 7u) / 7u;
    if ((input.p[0] & 8) != 0) {
        repair(bytes, first);
        repair(bytes + first, n - first);
    }
    log_write(0, bytes, first);
    log_write(1, bytes + first, n - first);
    report = scan();
    again = scan();
    ASSERT(memcmp(&report, &again, sizeof(report)) == 0);
    if (report.state != ENGINE_WAL_WHOLE)
        ASSERT(report.offset <= (strcmp(report.file, names[0]) == 0 ? first : n - first));
}
