/* SPDX-License-Identifier: Apache-2.0 */

/*
 * `stator stat DIR [--json]`: what a stopped data folder holds, by table and index: records, their size as DynamoDB
 * counts it, what is stored for them before compression, the formats they are in. For people a table; with --json a
 * line for each part.
 *
 *     {"space":"data","region":"us-east-1","table":"orders","index":"by_date","records":120345,...}
 *
 * Ends with 0, with 1 when something could not be read, with 64 for a wrong command line.
 */
#include "tools/command.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "json/json.h"
#include "table/table.h"
#include "tools/dump.h"
#include "tools/offline.h"
#include "tools/stat.h"

#define LINE_BYTES_MAX ((size_t)64 << 10)
#define NAME_BYTES_MAX 64

struct telling {
    bool json;
    uint64_t unreadable;
};

static void member(struct buf *line, const char *name, struct slice value)
{
    buf_printf(line, "%s\"%s\":", line->n == 1 ? "" : ",", name);
    json_write_string(line, value);
}

static void number(struct buf *line, const char *name, uint64_t value)
{
    buf_printf(line, "%s\"%s\":%llu", line->n == 1 ? "" : ",", name, (unsigned long long)value);
}

static struct slice index_name(const struct stat_part *part)
{
    if (part->expiry)
        return SLICE_LIT("(time to live)");
    return part->index == NULL ? SLICE_LIT("") : part->index->name;
}

static void json_tell(const struct stat_part *part)
{
    struct buf line;

    buf_init(&line, NULL, LINE_BYTES_MAX);
    buf_byte(&line, '{');
    member(&line, "space", slice_from_cstr(dump_space_names[part->space]));
    if (part->space == ENGINE_DATA) {
        member(&line, "region", part->table == NULL ? SLICE_LIT("") : part->table->region);
        member(&line, "table", part->table == NULL ? SLICE_LIT("(dropped)") : part->table->name);
        member(&line, "index", index_name(part));
        number(&line, "size_bytes", part->size_bytes);
    }
    number(&line, "records", part->records);
    number(&line, "stored_bytes", part->stored_bytes);
    number(&line, "unreadable", part->unreadable);
    for (uint32_t i = 0; i < STAT_FORMATS_MAX; i++) {
        char name[NAME_BYTES_MAX];

        (void)snprintf(name, sizeof(name), "format_%u", i);
        if (part->formats[i] != 0)
            number(&line, name, part->formats[i]);
    }
    buf_printf(&line, "}\n");
    fwrite(line.p, 1, line.n, stdout);
    buf_fini(&line);
}

/* "2", or "1 2" where both occur. */
static void formats_print(const struct stat_part *part)
{
    const char *gap = "";

    for (uint32_t i = 0; i < STAT_FORMATS_MAX; i++) {
        if (part->formats[i] == 0)
            continue;
        printf("%s%u", gap, i);
        gap = " ";
    }
    if (part->unreadable != 0)
        printf("%s%llu unreadable", gap, (unsigned long long)part->unreadable);
    putchar('\n');
}

static void row_tell(const struct stat_part *part)
{
    char name[2 * NAME_BYTES_MAX + 300];
    struct slice index = index_name(part);

    if (part->space != ENGINE_DATA)
        (void)snprintf(name, sizeof(name), "(space %s)", dump_space_names[part->space]);
    else if (part->table == NULL)
        (void)snprintf(name, sizeof(name), "(dropped, until compactions remove it)");
    else if (index.n != 0)
        (void)snprintf(name, sizeof(name), "  %.*s", SLICE_ARG(index));
    else
        (void)snprintf(name, sizeof(name), "%.*s (%.*s)", SLICE_ARG(part->table->name), SLICE_ARG(part->table->region));
    printf("%-44s %14llu %16llu %16llu  ", name, (unsigned long long)part->records,
        (unsigned long long)part->size_bytes, (unsigned long long)part->stored_bytes);
    formats_print(part);
}

static void part_tell(void *context, const struct stat_part *part)
{
    struct telling *telling = context;

    telling->unreadable += part->unreadable;
    if (telling->json)
        json_tell(part);
    else
        row_tell(part);
}

/* Tables without a record have no key that would tell of them. */
static void empty_print(const struct offline *offline, struct catalog_view *view)
{
    for (uint32_t i = 0; i < catalog_count(view); i++) {
        struct stat_part part = {.space = ENGINE_DATA, .table = catalog_at(view, i)};
        struct arena *arena = arena_create(4096);
        struct table_context context = {
            .engine = offline->engine, .fiber = offline->fiber, .arena = arena, .table = part.table};
        int64_t items = 1;

        if (table_counter_read(&context, 0, COUNTER_ITEMS, &items) == OK && items == 0)
            row_tell(&part);
        arena_destroy(arena);
    }
}

static int folder_stat(const char *data, bool json)
{
    struct telling telling = {.json = json};
    struct catalog_view *view = NULL;
    struct progress progress;
    struct offline offline;
    char *reason;
    enum err err = offline_open(data, &offline, &reason);

    if (reason != NULL)
        fprintf(stderr, "stator stat: %s\n", reason);
    free(reason);
    if (err == OK) {
        if (offline.catalog != NULL)
            view = catalog_acquire(offline.catalog, offline.fiber);
        if (!json)
            printf("%-44s %14s %16s %16s  %s\n", "table, index", "records", "size", "stored", "formats");
        progress_begin(&progress, "stat", offline_records(&offline));
        err = stat_run(offline.engine, view, offline.fiber, part_tell, &telling, &progress);
        progress_end(&progress);
        if (!json && view != NULL)
            empty_print(&offline, view);
        if (view != NULL)
            catalog_release(view, offline.fiber);
        if (err)
            fprintf(stderr, "stator stat: the folder cannot be read to its end: %s\n", err_text(err));
    }
    offline_close(&offline);
    return err == OK && telling.unreadable == 0 ? 0 : COMMAND_FAILED;
}

int cmd_stat(int argc, char **argv)
{
    static const struct option options[] = {{"json", no_argument, NULL, 'j'}, {NULL, 0, NULL, 0}};
    bool json = false;
    int c;

    while ((c = getopt_long(argc, argv, "", options, NULL)) == 'j')
        json = true;
    if (c != -1 || optind != argc - 1) {
        fprintf(stderr, "usage: stator stat [--json] DIR\n");
        return COMMAND_USAGE;
    }
    return folder_stat(argv[optind], json);
}
