/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The end of the write-ahead log: what a crash leaves there, what damage looks like, and that the two are told apart.
 */
#include "support.h"
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"

#define GROUPS 40

static uint32_t groups = GROUPS;

/* A folder as a killed process leaves it: GROUPS groups in its log. */
static void crashed(struct lab *lab)
{
    lab_prepare(lab);
    CHECK(lab_child_dies(lab, lab_write_groups, &groups));
}

struct log_file {
    char path[512];
    uint8_t *p;
    size_t n;
};

/* The newest log that is not empty. */
static void log_read(const struct lab *lab, struct log_file *log)
{
    DIR *folder = opendir(lab->folder);
    struct stat st;
    int fd;

    log->path[0] = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[512];

        (void)snprintf(path, sizeof(path), "%s/%s", lab->folder, entry->d_name);
        if (strstr(entry->d_name, ".log") != NULL && strstr(entry->d_name, "torn") == NULL && stat(path, &st) == 0 &&
            st.st_size != 0 && strcmp(path, log->path) > 0)
            strcpy(log->path, path);
    }
    closedir(folder);
    fd = open(log->path, O_RDONLY);
    ASSERT(fd >= 0 && fstat(fd, &st) == 0);
    log->n = (size_t)st.st_size;
    log->p = malloc(log->n);
    ASSERT(read(fd, log->p, log->n) == st.st_size);
    close(fd);
}

static void log_write(const struct log_file *log, const uint8_t *p, size_t n)
{
    int fd = open(log->path, O_WRONLY | O_TRUNC);

    ASSERT(fd >= 0 && write(fd, p, n) == (ssize_t)n);
    close(fd);
}

/* Where record i begins; records are small, each one fragment. */
static size_t record_at(const struct log_file *log, uint64_t i)
{
    size_t at = 0;

    while (i-- > 0)
        at += 7u + log->p[at + 4] + 256u * log->p[at + 5];
    return at;
}

static struct engine_wal_report scan(const struct lab *lab)
{
    struct engine_wal_report report;

    CHECK_EQ(engine_wal_scan(lab->folder, &report), OK);
    return report;
}

static int keys_there(struct lab *lab)
{
    char key[16];
    int i = 0;

    for (;; i++) {
        (void)snprintf(key, sizeof(key), "k%03d", i);
        if (lab_get(lab, key).p == NULL)
            break;
    }
    for (int later = i; later < GROUPS; later++) {
        (void)snprintf(key, sizeof(key), "k%03d", later);
        CHECK(lab_get(lab, key).p == NULL); /* a prefix, never a hole */
    }
    return i;
}

TEST(wal, a_killed_process_leaves_a_whole_log_and_loses_nothing)
{
    struct lab lab;
    struct engine_wal_report report;

    crashed(&lab);
    report = scan(&lab);
    CHECK_EQ(report.state, ENGINE_WAL_WHOLE);
    CHECK(report.records >= GROUPS);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(keys_there(&lab), GROUPS);
    lab_end(&lab);
}

TEST(wal, a_folder_that_is_not_there_has_no_logs)
{
    struct engine_wal_report report;

    CHECK_EQ(engine_wal_scan("/nonexistent/folder", &report), OK);
    CHECK_EQ(report.state, ENGINE_WAL_WHOLE);
    CHECK_EQ(report.files, 0);
}

TEST(wal, a_clean_close_leaves_an_empty_log)
{
    struct lab lab;

    lab_begin(&lab);
    CHECK(lab_write_groups(&lab, &groups));
    CHECK(lab_files_bytes(lab.folder, ".log") > 0);
    lab_close(&lab);
    CHECK_EQ(lab_files_bytes(lab.folder, ".log"), 0);
    CHECK_EQ(scan(&lab).bytes, 0);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(keys_there(&lab), GROUPS);
    lab_end(&lab);
}

/* The log cut at every byte of its last two records: what was whole before the cut is there, and nothing else. */
TEST(wal, a_log_that_ends_anywhere_opens_with_all_whole_groups)
{
    struct lab lab;
    struct log_file log;
    uint64_t records;
    size_t last;

    crashed(&lab);
    records = scan(&lab).records;
    log_read(&lab, &log);
    last = record_at(&log, records - 1);
    for (size_t n = record_at(&log, records - 2) + 1; n < log.n; n++) {
        struct engine_wal_report report;

        log_write(&log, log.p, n);
        report = scan(&lab);
        CHECK_EQ(report.state, n == last ? ENGINE_WAL_WHOLE : ENGINE_WAL_TORN);
        if (n != last)
            CHECK_EQ(report.offset, n < last ? record_at(&log, records - 2) : last);
    }
    log_write(&log, log.p, last + 10);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(keys_there(&lab), GROUPS - 1);
    CHECK_EQ(lab_put(&lab, "k039", "again"), OK);
    lab_close(&lab);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(keys_there(&lab), GROUPS);
    free(log.p);
    lab_end(&lab);
}

TEST(wal, a_torn_tail_is_kept_beside_the_log)
{
    struct lab lab;
    struct log_file log;

    crashed(&lab);
    log_read(&lab, &log);
    log.p[log.n - 1] ^= 1;
    log_write(&log, log.p, log.n);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(keys_there(&lab), GROUPS - 1);
    lab_close(&lab);
    CHECK_EQ(lab_files_bytes(lab.folder, ".log.torn-1"), log.n);
    free(log.p);
    lab_end(&lab);
}

TEST(wal, strict_tail_refuses_what_cannot_be_told_from_damage)
{
    struct lab lab;
    struct log_file log;

    crashed(&lab);
    log_read(&lab, &log);
    log.p[log.n - 1] ^= 1;
    log_write(&log, log.p, log.n);
    lab.options.strict_tail = true;
    CHECK_EQ(lab_open(&lab), ERR_CORRUPT);
    CHECK(strstr(lab.reason, "--strict-tail") != NULL);
    lab.options.strict_tail = false;
    CHECK_EQ(lab_open(&lab), OK);
    free(log.p);
    lab_end(&lab);
}

/* One bit flipped in every byte of a record in the middle. */
TEST(wal, a_flipped_bit_before_acknowledged_groups_is_damage_wherever_it_is)
{
    struct lab lab;
    struct log_file log;
    size_t from, to;

    crashed(&lab);
    log_read(&lab, &log);
    from = record_at(&log, GROUPS / 2);
    to = record_at(&log, GROUPS / 2 + 1);
    for (size_t at = from; at < to; at++) {
        struct engine_wal_report report;

        for (int bit = 0; bit < 8; bit += 7) {
            log.p[at] ^= (uint8_t)(1 << bit);
            log_write(&log, log.p, log.n);
            report = scan(&lab);
            CHECK_EQ(report.state, ENGINE_WAL_DAMAGED);
            CHECK_EQ(report.offset, from);
            log.p[at] ^= (uint8_t)(1 << bit);
        }
    }
    log.p[from + 20] ^= 4;
    log_write(&log, log.p, log.n);
    CHECK_EQ(lab_open(&lab), ERR_CORRUPT);
    CHECK(strstr(lab.reason, strrchr(log.path, '/') + 1) != NULL);
    CHECK(lab_files_bytes(lab.folder, ".torn-1") == 0);
    free(log.p);
    lab_end(&lab);
}

TEST(wal, the_very_first_record_is_no_exception)
{
    struct lab lab;
    struct log_file log;

    crashed(&lab);
    log_read(&lab, &log);
    log.p[3] ^= 1;
    log_write(&log, log.p, log.n);
    CHECK_EQ(scan(&lab).state, ENGINE_WAL_DAMAGED);
    CHECK_EQ(scan(&lab).offset, 0);
    free(log.p);
    lab_end(&lab);
}

static bool write_large(struct lab *lab, void *context)
{
    size_t n = 300000;
    uint8_t *body = malloc(n);
    bool good;

    (void)context;
    memset(body, 'x', n);
    good =
        lab_put(lab, "k000", "small") == OK && lab_put_on(lab, lab->self, lab->arena, "k001", slice_of(body, n)) == OK;
    free(body);
    return good;
}

/* The disk wrote the end of an unfinished group but not a page in its middle. */
TEST(wal, a_hole_in_the_last_group_is_a_torn_tail)
{
    struct lab lab;
    struct log_file log;

    lab_prepare(&lab);
    CHECK(lab_child_dies(&lab, write_large, NULL));
    log_read(&lab, &log);
    memset(log.p + 102400, 0, 4096);
    log_write(&log, log.p, log.n);
    CHECK_EQ(scan(&lab).state, ENGINE_WAL_TORN);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK(slice_is(lab_get(&lab, "k000"), "small"));
    CHECK(lab_get(&lab, "k001").p == NULL);
    free(log.p);
    lab_end(&lab);
}

static bool write_large_then_small(struct lab *lab, void *context)
{
    return write_large(lab, context) && lab_put(lab, "k002", "after") == OK;
}

TEST(wal, a_hole_before_a_later_group_is_damage)
{
    struct lab lab;
    struct log_file log;

    lab_prepare(&lab);
    CHECK(lab_child_dies(&lab, write_large_then_small, NULL));
    log_read(&lab, &log);
    memset(log.p + 102400, 0, 4096);
    log_write(&log, log.p, log.n);
    CHECK_EQ(scan(&lab).state, ENGINE_WAL_DAMAGED);
    CHECK_EQ(lab_open(&lab), ERR_CORRUPT);
    free(log.p);
    lab_end(&lab);
}

/* Zeros after the last group: the file was made longer, its bytes never arrived. */
TEST(wal, zeros_at_the_end_are_a_torn_tail)
{
    struct lab lab;
    struct log_file log;
    uint8_t *longer;

    crashed(&lab);
    log_read(&lab, &log);
    longer = calloc(1, log.n + 70000);
    memcpy(longer, log.p, log.n);
    log_write(&log, longer, log.n + 70000);
    CHECK_EQ(scan(&lab).state, ENGINE_WAL_TORN);
    CHECK_EQ(scan(&lab).offset, log.n);
    CHECK_EQ(lab_open(&lab), OK);
    CHECK_EQ(keys_there(&lab), GROUPS);
    free(longer);
    free(log.p);
    lab_end(&lab);
}

/* A value that holds a copy of the log itself must not pass for groups that follow. */
static bool write_log_as_value(struct lab *lab, void *context)
{
    struct log_file log;
    bool good;

    (void)context;
    if (!lab_write_groups(lab, &groups))
        return false;
    log_read(lab, &log);
    good = lab_put_on(lab, lab->self, lab->arena, "k999", slice_of(log.p, log.n)) == OK;
    free(log.p);
    return good;
}

TEST(wal, a_value_that_looks_like_a_log_does_not_make_a_torn_tail_damage)
{
    struct lab lab;
    struct log_file log;

    lab_prepare(&lab);
    CHECK(lab_child_dies(&lab, write_log_as_value, NULL));
    log_read(&lab, &log);
    log.p[record_at(&log, scan(&lab).records - 1)] ^= 1;
    log_write(&log, log.p, log.n);
    CHECK_EQ(scan(&lab).state, ENGINE_WAL_TORN);
    free(log.p);
    lab_end(&lab);
}

/* Two logs are live when a family was not written out yet: the older one is short by a few bytes. RocksDB alone would
 * open and be silent. */
static bool write_two_logs(struct lab *lab, void *context)
{
    size_t n = 390000;
    uint8_t *body = malloc(n);
    bool good = true;
    char key[16];

    (void)context;
    memset(body, 'x', n);
    for (int i = 0; i < 30 && good; i++) {
        (void)snprintf(key, sizeof(key), "k%03d", i);
        good = lab_put_on(lab, lab->self, lab->arena, key, slice_of(body, n)) == OK;
    }
    free(body);
    return good;
}

TEST(wal, an_older_log_cut_short_is_damage)
{
    struct lab lab;
    DIR *folder;
    struct dirent *entry;
    char oldest[512] = "";
    struct stat st;

    lab_prepare(&lab);
    CHECK(lab_child_dies(&lab, write_two_logs, NULL));
    CHECK_EQ(scan(&lab).state, ENGINE_WAL_WHOLE);
    CHECK(scan(&lab).files >= 2);
    folder = opendir(lab.folder);
    while ((entry = readdir(folder)) != NULL) {
        char path[512];

        (void)snprintf(path, sizeof(path), "%s/%s", lab.folder, entry->d_name);
        if (strstr(entry->d_name, ".log") != NULL && (oldest[0] == 0 || strcmp(path, oldest) < 0))
            strcpy(oldest, path);
    }
    closedir(folder);
    ASSERT(stat(oldest, &st) == 0 && st.st_size > 0 && truncate(oldest, st.st_size - 3) == 0);
    CHECK_EQ(scan(&lab).state, ENGINE_WAL_DAMAGED);
    CHECK_EQ(lab_open(&lab), ERR_CORRUPT);
    lab_end(&lab);
}

LAB_MAIN()
