/* SPDX-License-Identifier: Apache-2.0 */

/* The line that tells how far a long command is. */
#include "tools/progress.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "os/clock.h"
#include "test.h"

#define SECOND UINT64_C(1000000000)

/* What a progress that began `seconds` ago prints when so many more records are done. */
static void told(struct progress *progress, uint64_t seconds, uint64_t records, uint64_t bytes, char text[256])
{
    int ends[2], before = dup(STDERR_FILENO);
    ssize_t n;

    CHECK_EQ(pipe(ends), 0);
    progress->terminal = true;
    progress->told_ns = 0;
    progress->started_ns = os_clock_monotonic_ns() - seconds * SECOND;
    (void)fflush(stderr); /* what stands there is not ours */
    CHECK(dup2(ends[1], STDERR_FILENO) >= 0);
    progress_add(progress, records, bytes);
    CHECK(dup2(before, STDERR_FILENO) >= 0);
    close(before);
    close(ends[1]);
    n = read(ends[0], text, 255);
    text[n < 0 ? 0 : n] = '\0';
    close(ends[0]);
}

/* Without the clearing of a line that others print on. */
static void ended(struct progress *progress)
{
    int before = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);

    CHECK(dup2(nowhere, STDERR_FILENO) >= 0);
    progress_end(progress);
    CHECK(dup2(before, STDERR_FILENO) >= 0);
    close(before);
    close(nowhere);
}

TEST(tools, progress_tells_records_rate_and_time_left)
{
    struct progress progress;
    char text[256];

    progress_begin(&progress, "check", 0);
    told(&progress, 10, 1234567, 501000000, text);
    CHECK(strstr(text, "check: 1,234,567 records, 501 MB, 123,4") != NULL);
    CHECK(strstr(text, "%") == NULL);
    progress_begin(&progress, "check", 4000);
    told(&progress, 100, 1000, 0, text);
    CHECK(strstr(text, "1,000 records, 0 MB, ") != NULL);
    CHECK(strstr(text, ", 25 %, 0:05:00 left") != NULL || strstr(text, ", 25 %, 0:04:59 left") != NULL);
    told(&progress, 100, 5000, 0, text);
    CHECK(strstr(text, ", 99 %") != NULL);
    CHECK(strstr(text, "left") == NULL);
}

TEST(tools, progress_is_silent_for_a_second_and_where_nobody_reads)
{
    struct progress progress;
    char text[256];

    progress_begin(&progress, "check", 10);
    progress_add(NULL, 1, 1);
    progress.terminal = false;
    progress.told_ns = 0;
    progress_add(&progress, 1, 1);
    CHECK(!progress.shown);
    progress.terminal = true;
    progress.told_ns = os_clock_monotonic_ns();
    progress_add(&progress, 1, 1);
    CHECK(!progress.shown || os_clock_monotonic_ns() - progress.told_ns > SECOND);
    told(&progress, 1, 1, 1, text);
    CHECK(progress.shown);
    ended(&progress);
    CHECK(!progress.shown);
    CHECK_EQ(progress.records, 3);
}

TEST_MAIN()
