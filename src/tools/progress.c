/* SPDX-License-Identifier: Apache-2.0 */

#include "tools/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "os/clock.h"

#define TELL_NS     UINT64_C(1000000000)
#define NUMBER_MAX  32
#define CLEAR_LINE  "\r\033[K"
#define LEFT_AFTER  2 /* seconds: before it a rate says nothing */
#define MEGABYTE    1e6
#define PERCENT_MAX 99 /* what is expected is an estimate */

void progress_begin(struct progress *progress, const char *what, uint64_t expected)
{
    uint64_t now_ns = os_clock_monotonic_ns();

    *progress = (struct progress){.what = what,
        .expected = expected,
        .started_ns = now_ns,
        .told_ns = now_ns,
        .terminal = isatty(STDERR_FILENO) == 1};
}

/* With commas between thousands. */
static const char *number_print(uint64_t n, char text[NUMBER_MAX])
{
    char digits[NUMBER_MAX];
    int count = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n), to = 0;

    for (int i = 0; i < count; i++) {
        if (i != 0 && (count - i) % 3 == 0)
            text[to++] = ',';
        text[to++] = digits[i];
    }
    text[to] = '\0';
    return text;
}

static void left_print(const struct progress *progress, double seconds)
{
    double share = (double)progress->records / (double)progress->expected, left;

    if (share * 100 > PERCENT_MAX) {
        fprintf(stderr, ", %d %%", PERCENT_MAX);
        return;
    }
    fprintf(stderr, ", %d %%", (int)(share * 100));
    if (seconds < LEFT_AFTER || progress->records == 0)
        return;
    left = seconds / share - seconds;
    fprintf(stderr, ", %d:%02d:%02d left", (int)left / 3600, (int)left / 60 % 60, (int)left % 60);
}

static void tell(struct progress *progress, uint64_t now_ns)
{
    double seconds = (double)(now_ns - progress->started_ns) / 1e9;
    char records[NUMBER_MAX], rate[NUMBER_MAX];

    fprintf(stderr, CLEAR_LINE "%s: %s records, %.0f MB, %s/s", progress->what,
        number_print(progress->records, records), (double)progress->bytes / MEGABYTE,
        number_print(seconds > 0 ? (uint64_t)((double)progress->records / seconds) : 0, rate));
    if (progress->expected != 0)
        left_print(progress, seconds);
    (void)fflush(stderr); /* nobody need be there */
    progress->told_ns = now_ns;
    progress->shown = true;
}

void progress_add(struct progress *progress, uint64_t records, uint64_t bytes)
{
    uint64_t now_ns;

    if (progress == NULL)
        return;
    progress->records += records;
    progress->bytes += bytes;
    if (!progress->terminal)
        return;
    now_ns = os_clock_monotonic_ns();
    if (now_ns - progress->told_ns >= TELL_NS)
        tell(progress, now_ns);
}

void progress_end(struct progress *progress)
{
    if (!progress->shown)
        return;
    fprintf(stderr, CLEAR_LINE);
    (void)fflush(stderr); /* nobody need be there */
    progress->shown = false;
}
