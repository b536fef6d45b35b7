/* SPDX-License-Identifier: Apache-2.0 */

/*
 * `stator top [URL]`: what a running server does at the moment, from two looks at its metrics. On a terminal the page
 * is drawn anew after each look, until Ctrl-C; otherwise, or with --once, it is printed once.
 */
#include "tools/command.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/sentence.h"
#include "client/client.h"
#include "os/clock.h"
#include "tools/scrape.h"

#define PAGE_BYTES_MAX ((size_t)256 << 20)
#define INTERVAL_S     2
#define INTERVAL_S_MAX 3600
#define NO_ROWS_MAX    1000
#define HEAD_ROWS      9 /* what stands above the tables */
#define FRESH_PAGE     "\033[H\033[2J"

struct top {
    struct client *client;
    const char *url;
    unsigned interval_s;
    struct scrape before, now;
    FILE *out;
};

/* ---- figures ---- */

static const struct slice ANY = {(const uint8_t *)"", 0};

static double seconds(const struct top *top)
{
    return (double)(top->now.time_ns - top->before.time_ns) / 1e9;
}

/* Of a counter, a second; one that began anew counts from zero. */
static double rate(const struct top *top, const char *name, struct slice with)
{
    double now = scrape_sum(&top->now, name, with), before = scrape_sum(&top->before, name, with);

    return (now < before ? now : now - before) / seconds(top);
}

static double gauge(const struct top *top, const char *name)
{
    return scrape_value(&top->now, name, ANY);
}

static double share(double part, double rest)
{
    return part + rest == 0 ? 1 : part / (part + rest);
}

static const char *time_text(double time_s, char text[16])
{
    if (time_s < 1e-3)
        (void)snprintf(text, 16, "%.0f us", time_s * 1e6);
    else if (time_s < 1)
        (void)snprintf(text, 16, "%.1f ms", time_s * 1e3);
    else
        (void)snprintf(text, 16, "%.1f s", time_s);
    return text;
}

static const char *bytes_text(double bytes, char text[16])
{
    static const char *const units[] = {"B", "KB", "MB", "GB", "TB"};
    size_t unit = 0;

    while (bytes >= 1000 && unit < 4) {
        bytes /= 1000;
        unit++;
    }
    (void)snprintf(text, 16, unit == 0 ? "%.0f %s" : "%.1f %s", bytes, units[unit]);
    return text;
}

/* ---- the head ---- */

static void head_print(const struct top *top)
{
    double groups = rate(top, "stator_engine_groups_total", ANY),
           writes = rate(top, "stator_engine_decisions_total", ANY);
    char a[16], b[16], c[16];

    fprintf(top->out, "stator top  %s  every %u s\n\n", top->url, top->interval_s);
    fprintf(top->out, "requests  %10.0f/s   refused for load %.0f/s   failed %.0f/s   connections %.0f\n",
        rate(top, "stator_requests_total", ANY),
        rate(top, "stator_http_overload_total", ANY) + rate(top, "stator_requests_refused_total", ANY),
        rate(top, "stator_requests_total", SLICE_LIT("outcome=\"failed\"")), gauge(top, "stator_http_connections"));
    fprintf(top->out, "process   %10.2f cores   memory %s   descriptors %.0f\n",
        rate(top, "process_cpu_seconds_total", ANY), bytes_text(gauge(top, "process_resident_memory_bytes"), a),
        gauge(top, "process_open_fds"));
    fprintf(top->out, "writes    %10.0f/s   in %.0f groups   sync p50 %s   p99 %s   stalls %.0f/s\n", writes, groups,
        time_text(scrape_quantile(&top->before, &top->now, "stator_engine_sync_duration_seconds", ANY, 0.5), a),
        time_text(scrape_quantile(&top->before, &top->now, "stator_engine_sync_duration_seconds", ANY, 0.99), b),
        rate(top, "stator_engine_write_slowdowns_total", ANY) + rate(top, "stator_engine_room_stalls_total", ANY));
    fprintf(top->out, "reads     %10.1f %% of keys and %.1f %% of ranges in memory\n",
        100 * share(rate(top, "stator_engine_get_hits_total", ANY), rate(top, "stator_engine_get_misses_total", ANY)),
        100 * share(rate(top, "stator_engine_range_hits_total", ANY),
                  rate(top, "stator_engine_range_misses_total", ANY)));
    fprintf(top->out, "disk      %10s   to be compacted %s   written %s/s\n\n",
        bytes_text(gauge(top, "stator_engine_disk_bytes"), a),
        bytes_text(gauge(top, "stator_engine_compaction_pending_bytes"), b),
        bytes_text(rate(top, "stator_engine_written_bytes_total", ANY) +
                       rate(top, "stator_engine_flushed_bytes_total", ANY) +
                       rate(top, "stator_engine_compaction_written_bytes_total", ANY),
            c));
}

/* ---- rows ---- */

/* A row of one of the tables below: an operation, or a table with its index. */
struct row {
    char with[700]; /* the labels that choose it */
    char shown[400];
    double rate;
};

struct rows {
    struct row *at;
    uint32_t count;
};

static int by_rate(const void *a, const void *b)
{
    const struct row *x = a, *y = b;

    return x->rate > y->rate ? -1 : x->rate < y->rate ? 1 : strcmp(x->shown, y->shown);
}

static void row_add(const struct top *top, struct rows *rows, const char *name, const char *with, const char *shown)
{
    for (uint32_t i = 0; i < rows->count; i++) {
        if (strcmp(rows->at[i].with, with) == 0)
            return;
    }
    if (rows->count == NO_ROWS_MAX)
        return;
    rows->at[rows->count] = (struct row){.rate = rate(top, name, slice_from_cstr(with))};
    (void)snprintf(rows->at[rows->count].with, sizeof(rows->at[0].with), "%s", with);
    (void)snprintf(rows->at[rows->count].shown, sizeof(rows->at[0].shown), "%s", shown);
    rows->count++;
}

static void operations_find(const struct top *top, struct rows *rows)
{
    static const char name[] = "stator_requests_total";

    for (uint32_t i = 0; i < top->now.count; i++) {
        struct slice operation = scrape_label(top->now.samples[i].labels, "operation");
        char with[128], shown[128];

        if (!slice_is(top->now.samples[i].name, name))
            continue;
        (void)snprintf(with, sizeof(with), "operation=\"%.*s\"", SLICE_ARG(operation));
        (void)snprintf(shown, sizeof(shown), "%.*s", SLICE_ARG(operation));
        row_add(top, rows, name, with, shown);
    }
}

static void tables_find(const struct top *top, struct rows *rows)
{
    for (uint32_t i = 0; i < top->now.count; i++) {
        const struct scrape_sample *sample = &top->now.samples[i];
        struct slice region = scrape_label(sample->labels, "region"), table = scrape_label(sample->labels, "table"),
                     index = scrape_label(sample->labels, "index");
        char with[700], shown[400];

        if (!slice_is(sample->name, "stator_table_items"))
            continue;
        (void)snprintf(with, sizeof(with), "region=\"%.*s\",table=\"%.*s\",index=\"%.*s\"", SLICE_ARG(region),
            SLICE_ARG(table), SLICE_ARG(index));
        (void)snprintf(
            shown, sizeof(shown), index.n == 0 ? "%.*s%.*s" : "%.*s/%.*s", SLICE_ARG(table), SLICE_ARG(index));
        row_add(top, rows, "stator_table_requests_total", with, shown);
    }
}

static void operations_print(const struct top *top, const struct rows *rows, uint32_t most)
{
    fprintf(top->out, "%-34s %10s %10s %10s %10s\n", "OPERATION", "REQUESTS/S", "REFUSED/S", "P50", "P99");
    for (uint32_t i = 0; i < rows->count && i < most; i++) {
        const struct row *row = &rows->at[i];
        struct slice with = slice_from_cstr(row->with);
        char refused[200], a[16], b[16];

        (void)snprintf(refused, sizeof(refused), "%.120s,outcome=\"refused\"", row->with);
        fprintf(top->out, "%-34.34s %10.0f %10.0f %10s %10s\n", row->shown, row->rate,
            rate(top, "stator_requests_total", slice_from_cstr(refused)),
            time_text(scrape_quantile(&top->before, &top->now, "stator_request_duration_seconds", with, 0.5), a),
            time_text(scrape_quantile(&top->before, &top->now, "stator_request_duration_seconds", with, 0.99), b));
    }
    fputc('\n', top->out);
}

static void tables_print(const struct top *top, const struct rows *rows, uint32_t most)
{
    fprintf(top->out, "%-34s %10s %10s %10s %10s %10s %12s %10s\n", "TABLE/INDEX", "REQUESTS/S", "P99", "READ U/S",
        "WRITE U/S", "THROTTLED", "ITEMS", "SIZE");
    for (uint32_t i = 0; i < rows->count && i < most; i++) {
        const struct row *row = &rows->at[i];
        struct slice with = slice_from_cstr(row->with);
        char reads[720], writes[720], a[16], b[16];

        (void)snprintf(reads, sizeof(reads), "%s,kind=\"read\"", row->with);
        (void)snprintf(writes, sizeof(writes), "%s,kind=\"write\"", row->with);
        fprintf(top->out, "%-34.34s %10.0f %10s %10.0f %10.0f %10.0f %12.0f %10s\n", row->shown, row->rate,
            time_text(scrape_quantile(&top->before, &top->now, "stator_table_request_duration_seconds", with, 0.99), a),
            rate(top, "stator_table_consumed_units_total", slice_from_cstr(reads)),
            rate(top, "stator_table_consumed_units_total", slice_from_cstr(writes)),
            rate(top, "stator_table_throttle_events_total", with), scrape_value(&top->now, "stator_table_items", with),
            bytes_text(scrape_value(&top->now, "stator_table_bytes", with), b));
    }
}

/* ---- looks ---- */

static enum err look(struct top *top, char **ret_reason)
{
    long status = 0;
    enum err err;

    scrape_free(&top->before);
    top->before = top->now;
    top->now = (struct scrape){0};
    buf_init(&top->now.text, NULL, PAGE_BYTES_MAX);
    err = client_get(top->client, "/metrics", &top->now.text, &status, ret_reason);
    if (err)
        return err;
    if (status != 200) {
        *ret_reason = sentence("%s answers %ld for /metrics: ask the address of --admin.", top->url, status);
        return ERR_IO;
    }
    top->now.time_ns = os_clock_monotonic_ns();
    scrape_parse(&top->now);
    return OK;
}

/* How many rows of tables there is room for. */
static uint32_t room(const struct top *top, uint32_t operations)
{
    struct winsize size = {0};

    if (isatty(fileno(top->out)) != 1 || ioctl(fileno(top->out), TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
        return NO_ROWS_MAX;
    return size.ws_row > HEAD_ROWS + operations + 4 ? size.ws_row - HEAD_ROWS - operations - 4 : 1;
}

static void page_print(const struct top *top)
{
    struct rows operations = {.at = calloc(NO_ROWS_MAX, sizeof(struct row))},
                tables = {.at = calloc(NO_ROWS_MAX, sizeof(struct row))};
    uint32_t shown;

    ASSERT(operations.at != NULL && tables.at != NULL);
    operations_find(top, &operations);
    tables_find(top, &tables);
    qsort(operations.at, operations.count, sizeof(struct row), by_rate);
    qsort(tables.at, tables.count, sizeof(struct row), by_rate);
    shown = operations.count < 8 ? operations.count : 8;
    head_print(top);
    operations_print(top, &operations, shown);
    tables_print(top, &tables, room(top, shown));
    (void)fflush(top->out); /* nobody need be there */
    free(operations.at);
    free(tables.at);
}

static enum err run(struct top *top, bool once, char **ret_reason)
{
    const struct timespec pause = {.tv_sec = top->interval_s};
    enum err err = look(top, ret_reason);

    while (err == OK) {
        (void)nanosleep(&pause, NULL); /* cut short: a shorter look */
        err = look(top, ret_reason);
        if (err)
            break;
        if (!once)
            fputs(FRESH_PAGE, top->out);
        page_print(top);
        if (once)
            break;
    }
    return err;
}

int cmd_top(int argc, char **argv)
{
    static const struct option options[] = {{"interval", required_argument, NULL, 'i'},
        {"once", no_argument, NULL, 'o'}, {"ca", required_argument, NULL, 'c'}, {NULL, 0, NULL, 0}};
    struct client_options how = {.url = "http://127.0.0.1:8000"};
    struct top top = {.interval_s = INTERVAL_S, .out = stdout};
    bool once = isatty(STDOUT_FILENO) != 1, bad = false;
    char *reason = NULL;
    enum err err;
    int c;

    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (c == 'i')
            top.interval_s = (unsigned)strtoul(optarg, NULL, 10);
        else if (c == 'c')
            how.ca_file = optarg;
        else if (c == 'o')
            once = true;
        else
            bad = true;
    }
    if (optind < argc)
        how.url = argv[optind++];
    if (bad || optind != argc || top.interval_s == 0 || top.interval_s > INTERVAL_S_MAX) {
        fprintf(stderr, "usage: stator top [--interval SECONDS] [--once] [--ca FILE] [URL]\n");
        return COMMAND_USAGE;
    }
    top.url = how.url;
    err = client_create(&how, &top.client, &reason);
    if (err == OK)
        err = run(&top, once, &reason);
    if (err)
        fprintf(stderr, "stator top: %s\n", reason);
    free(reason);
    client_destroy(top.client);
    scrape_free(&top.before);
    scrape_free(&top.now);
    return err == OK ? 0 : COMMAND_FAILED;
}
