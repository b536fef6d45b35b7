/* SPDX-License-Identifier: Apache-2.0 */

/*
 * `stator check DIR` (or --data DIR): is everything in this stopped data folder as it was written, and does it agree
 * with itself (check.h)?
 *
 *     check.finding table=orders index=by_date key=00000001... what="the item has no entry"
 *     check.done findings=1 tables=3 items=120345 ...
 *
 * Ends with 0 when nothing is wrong, 1 when something is, 64 for a wrong command line. A folder that cannot be opened
 * is a finding.
 */
#include "tools/command.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "tools/check.h"
#include "tools/offline.h"

#define FINDINGS_SHOWN_MAX 1000 /* the rest is counted */

static void finding_print(void *context, const char *where, const char *what)
{
    uint64_t *shown = context;

    if (++*shown <= FINDINGS_SHOWN_MAX)
        printf("check.finding %s what=\"%s\"\n", where, what);
}

static void figures_print(const struct check_figures *f)
{
    printf(
        "check.done findings=%llu tables=%llu items=%llu item_bytes=%llu entries=%llu meta=%llu log=%llu history=%llu "
        "leftovers=%llu\n",
        (unsigned long long)f->findings, (unsigned long long)f->tables, (unsigned long long)f->items,
        (unsigned long long)f->item_bytes, (unsigned long long)f->entries, (unsigned long long)f->meta,
        (unsigned long long)f->log, (unsigned long long)f->history, (unsigned long long)f->leftovers);
}

int check_folder(const char *data)
{
    struct check_figures figures = {0};
    struct progress progress;
    struct offline offline;
    char *reason;
    uint64_t shown = 0, refused = 0;

    if (offline_open(data, &offline, &reason) == OK) {
        progress_begin(&progress, "check", offline_records(&offline));
        check_run(offline.engine, offline.catalog, offline.fiber, finding_print, &shown, &progress, &figures);
        progress_end(&progress);
    }
    if (reason != NULL) {
        printf("check.finding folder=%s what=\"%s\"\n", data, reason);
        refused = 1;
        free(reason);
    }
    offline_close(&offline);
    figures.findings += refused;
    figures_print(&figures);
    return figures.findings == 0 ? 0 : COMMAND_FAILED;
}

int cmd_check(int argc, char **argv)
{
    static const struct option options[] = {{"data", required_argument, NULL, 'd'}, {NULL, 0, NULL, 0}};
    const char *data = NULL;
    int c;

    while ((c = getopt_long(argc, argv, "", options, NULL)) == 'd')
        data = optarg;
    if (data == NULL && optind < argc)
        data = argv[optind++];
    if (c != -1 || data == NULL || optind != argc) {
        fprintf(stderr, "usage: stator check DIR\n");
        return COMMAND_USAGE;
    }
    return check_folder(data);
}
