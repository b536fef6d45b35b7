/* SPDX-License-Identifier: Apache-2.0 */

/*
 * `stator dump DIR [--space NAME]`: the keys and records of a stopped data folder as text (dump.h), so that it
 * can be searched and compared with ordinary tools.
 *
 * It is a tool for looking at damaged folders too: what cannot be read is told and the dump goes on. Ends with 0, with
 * 1 when something was damaged, with 64 for a wrong command line.
 */
#include "tools/command.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "codec/key.h"
#include "tools/dump.h"
#include "tools/offline.h"

static void line_print(void *context, struct slice line)
{
    (void)context;
    fwrite(line.p, 1, line.n, stdout);
}

static void unreadable_tell(enum engine_space space, struct slice from, enum err err)
{
    fprintf(stderr, "dump.unreadable space=%s from=", dump_space_names[space]);
    for (size_t i = 0; i < from.n; i++)
        fprintf(stderr, "%02x", from.p[i]);
    fprintf(stderr, " what=\"%s\"\n", err_text(err));
}

/* What cannot be read ends its space, not the dump. True when all was sound. */
static bool space_dump(struct offline *offline, enum engine_space space, struct progress *progress)
{
    struct buf reached;
    bool damaged;
    enum err err;

    buf_init(&reached, NULL, KEY_BYTES_MAX + 1);
    err = dump_run(
        offline->engine, offline->catalog, offline->fiber, space, line_print, NULL, progress, &damaged, &reached);
    if (err)
        unreadable_tell(space, buf_view(&reached), err);
    buf_fini(&reached);
    return err == OK && !damaged;
}

/* `only`: a space, or ENGINE_SPACES for all. */
static int folder_dump(const char *data, uint32_t only)
{
    struct progress progress;
    struct offline offline;
    char *reason;
    enum err err = offline_open(data, &offline, &reason);
    bool sound = err == OK && reason == NULL;

    if (reason != NULL)
        fprintf(stderr, "dump.damaged folder=%s what=\"%s\"\n", data, reason);
    free(reason);
    progress_begin(&progress, "dump", err == OK && only == ENGINE_SPACES ? offline_records(&offline) : 0);
    progress.terminal = progress.terminal && isatty(STDOUT_FILENO) != 1; /* the lines themselves are progress */
    for (uint32_t space = 0; err == OK && space < ENGINE_SPACES; space++) {
        if (only == ENGINE_SPACES || only == space)
            sound &= space_dump(&offline, (enum engine_space)space, &progress);
    }
    progress_end(&progress);
    offline_close(&offline);
    return sound ? 0 : COMMAND_FAILED;
}

static uint32_t space_find(const char *name)
{
    uint32_t space = 0;

    while (space < ENGINE_SPACES && slice_is(slice_from_cstr(name), dump_space_names[space]) == false)
        space++;
    return space;
}

int cmd_dump(int argc, char **argv)
{
    static const struct option options[] = {
        {"data", required_argument, NULL, 'd'}, {"space", required_argument, NULL, 's'}, {NULL, 0, NULL, 0}};
    const char *data = NULL, *space = NULL;
    int c;

    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (c == 'd')
            data = optarg;
        else if (c == 's')
            space = optarg;
        else
            data = NULL, optind = argc + 1;
    }
    if (data == NULL && optind < argc)
        data = argv[optind++];
    if (data == NULL || optind != argc || (space != NULL && space_find(space) == ENGINE_SPACES)) {
        fprintf(stderr, "usage: stator dump DIR [--space data|log|history|meta]\n");
        return COMMAND_USAGE;
    }
    return folder_dump(data, space == NULL ? ENGINE_SPACES : space_find(space));
}
