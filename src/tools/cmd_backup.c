/* SPDX-License-Identifier: Apache-2.0 */

/*
 * `stator backup [--data DIR] [--no-check] TO`: a copy of a running server's data, as it is at one moment, in the new
 * folder TO, which can be served, checked and kept as any other. The server makes it, asked by the control socket in
 * its data folder, and goes on serving; then the copy is checked here.
 *
 *     backup.made to=/backups/monday files=12 linked_bytes=... copied_bytes=...
 *     check.done findings=0 ...
 *
 * Ends with 0, with 1 when the copy could not be made or is not sound, with 64 for a wrong command line.
 */
#include "tools/command.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sentence.h"
#include "client/client.h"
#include "json/json.h"
#include "os/clock.h"
#include "tools/check.h"

#define REPLY_BYTES_MAX ((size_t)64 << 10)
#define TIMEOUT_S       (7u * 86400) /* a copy to another disk takes what it takes */

/* The path from the root, of something that need not exist; heap. */
static char *absolute(const char *path)
{
    char *here, *whole;

    if (path[0] == '/')
        return sentence("%s", path);
    here = getcwd(NULL, 0);
    whole = sentence("%s/%s", here == NULL ? "" : here, path);
    free(here);
    return whole;
}

/* A member of a flat object of the server's, as text; empty when it is not there. */
static struct slice member(struct slice reply, const char *wanted, struct arena *arena)
{
    struct json_reader reader;
    struct slice name, value = SLICE_LIT("");
    bool first = true, integer;

    json_init(&reader, reply, arena);
    if (json_kind(&reader) != JSON_OBJECT || !json_enter(&reader))
        return value;
    while (json_member(&reader, &first, &name)) {
        bool mine = slice_is(name, wanted);
        struct slice text = SLICE_LIT("");
        bool read =
            json_kind(&reader) == JSON_STRING ? json_string(&reader, &text) : json_number(&reader, &text, &integer);

        if (!read)
            break;
        if (mine)
            value = text;
    }
    return value;
}

static int told(struct slice reply, long status, const char *to, uint64_t start_ns)
{
    struct arena *arena = arena_create(4096);
    struct slice message = member(reply, "message", arena), files = member(reply, "files", arena),
                 linked = member(reply, "linked_bytes", arena), copied = member(reply, "copied_bytes", arena);

    if (status == 200)
        printf("backup.made to=%s files=%.*s linked_bytes=%.*s copied_bytes=%.*s ms=%llu\n", to, SLICE_ARG(files),
            SLICE_ARG(linked), SLICE_ARG(copied), (unsigned long long)(os_clock_monotonic_ns() - start_ns) / 1000000);
    else
        fprintf(stderr, "stator backup: %.*s\n", SLICE_ARG(message));
    arena_destroy(arena);
    return status == 200 ? 0 : COMMAND_FAILED;
}

static int ask(struct client *client, const char *data, const char *to)
{
    uint64_t start_ns = os_clock_monotonic_ns();
    struct buf body, reply;
    char *reason = NULL;
    long status = 0;
    int code = COMMAND_FAILED;

    buf_init(&body, NULL, REPLY_BYTES_MAX);
    buf_init(&reply, NULL, REPLY_BYTES_MAX);
    BUF_LIT(&body, "{\"to\":");
    json_write_string(&body, slice_from_cstr(to));
    BUF_LIT(&body, "}");
    if (client_post(client, "/admin/backup", buf_view(&body), &reply, &status, &reason) == OK)
        code = told(buf_view(&reply), status, to, start_ns);
    else
        fprintf(stderr, "stator backup: No server answers for %s: %s If none runs, copy the folder itself.\n", data,
            reason);
    free(reason);
    buf_fini(&body);
    buf_fini(&reply);
    return code;
}

static int backup(const char *data, const char *to)
{
    int folder = open(data, O_RDONLY | O_DIRECTORY | O_CLOEXEC), code = COMMAND_FAILED;
    char url[128], *reason = NULL, *whole = absolute(to);
    struct client_options options = {.url = url, .timeout_s = TIMEOUT_S};
    struct client *client = NULL;

    /* by the descriptor: paths may be longer than those of sockets */
    (void)snprintf(url, sizeof(url), "unix:/proc/self/fd/%d/control", folder);
    if (folder < 0)
        fprintf(stderr, "stator backup: The data folder %s cannot be opened: %s. Name it with --data.\n", data,
            strerror(errno));
    else if (client_create(&options, &client, &reason) != OK)
        fprintf(stderr, "stator backup: %s\n", reason);
    else
        code = ask(client, data, whole);
    client_destroy(client);
    free(reason);
    free(whole);
    if (folder >= 0)
        (void)close(folder); /* only read */
    return code;
}

int cmd_backup(int argc, char **argv)
{
    static const struct option options[] = {
        {"data", required_argument, NULL, 'd'}, {"no-check", no_argument, NULL, 'n'}, {NULL, 0, NULL, 0}};
    const char *data = "data";
    bool checked = true, bad = false;
    int c, code;

    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (c == 'd')
            data = optarg;
        else if (c == 'n')
            checked = false;
        else
            bad = true;
    }
    if (bad || optind != argc - 1) {
        fprintf(stderr, "usage: stator backup [--data DIR] [--no-check] TO\n");
        return COMMAND_USAGE;
    }
    code = backup(data, argv[optind]);
    (void)fflush(stdout); /* before the check, which may take long */
    return code != 0 || !checked ? code : check_folder(argv[optind]);
}
