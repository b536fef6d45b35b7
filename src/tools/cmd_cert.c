/* SPDX-License-Identifier: Apache-2.0 */

/*
 * `stator cert [--name NAME]... [--days N] [DIR]`: a key and a self-signed certificate for a start, in DIR/key.pem and
 * DIR/certificate.pem (tls/tls.h). Without names it is good for this machine: localhost, its addresses, its host name.
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "tools/command.h"
#include "tls/tls.h"

#define NAMES_MAX    64
#define DAYS_DEFAULT 825
#define DAYS_MAX     36500
#define DIR_MODE     0700

struct wanted {
    const char *names[NAMES_MAX];
    uint32_t names_count, days;
    const char *folder;
};

static bool days_read(const char *text, uint32_t *ret)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);

    *ret = (uint32_t)n;
    return *text >= '0' && *text <= '9' && *end == '\0' && n >= 1 && n <= DAYS_MAX;
}

static bool arguments_read(int argc, char **argv, struct wanted *ret)
{
    static const struct option options[] = {
        {"name", required_argument, NULL, 'n'}, {"days", required_argument, NULL, 'd'}, {NULL, 0, NULL, 0}};
    int c;

    *ret = (struct wanted){.days = DAYS_DEFAULT, .folder = "."};
    while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (c == 'n' && ret->names_count < NAMES_MAX)
            ret->names[ret->names_count++] = optarg;
        else if (c != 'd' || !days_read(optarg, &ret->days))
            return false;
    }
    if (optind < argc)
        ret->folder = argv[optind++];
    return optind == argc;
}

static void names_default(struct wanted *wanted)
{
    static char host[HOST_NAME_MAX + 1];

    wanted->names[wanted->names_count++] = "localhost";
    wanted->names[wanted->names_count++] = "127.0.0.1";
    wanted->names[wanted->names_count++] = "::1";
    if (gethostname(host, sizeof(host) - 1) == 0 && host[0] != '\0')
        wanted->names[wanted->names_count++] = host;
}

static char *path_of(const char *folder, const char *name)
{
    char *path;
    int n = asprintf(&path, "%s/%s", folder, name);

    ASSERT(n > 0);
    return path;
}

static int pair_make(const struct wanted *wanted, const char *certificate, const char *key)
{
    char *reason = NULL;

    if (mkdir(wanted->folder, DIR_MODE) != 0 && errno != EEXIST) {
        fprintf(stderr, "stator: The folder %s cannot be made: %s.\n", wanted->folder, strerror(errno));
        return COMMAND_FAILED;
    }
    if (tls_pair_make(certificate, key, wanted->names, wanted->names_count, wanted->days, &reason) != OK) {
        fprintf(stderr, "stator: %s\n", reason);
        free(reason);
        return COMMAND_FAILED;
    }
    printf("%s and %s are made, good for %u days and", certificate, key, wanted->days);
    for (uint32_t i = 0; i < wanted->names_count; i++)
        printf(" %s", wanted->names[i]);
    printf("\n  server  stator serve --tls-certificate %s --tls-key %s\n", certificate, key);
    printf("  client  AWS_CA_BUNDLE=%s aws dynamodb list-tables --endpoint-url https://%s:8000\n", certificate,
        wanted->names[0]);
    return 0;
}

int cmd_cert(int argc, char **argv)
{
    struct wanted wanted;
    char *certificate, *key;
    int result;

    if (!arguments_read(argc, argv, &wanted)) {
        fprintf(stderr, "usage: stator cert [--name NAME]... [--days 1 to %d] [DIR]\n", DAYS_MAX);
        return COMMAND_USAGE;
    }
    if (wanted.names_count == 0)
        names_default(&wanted);
    certificate = path_of(wanted.folder, "certificate.pem");
    key = path_of(wanted.folder, "key.pem");
    result = pair_make(&wanted, certificate, key);
    free(certificate);
    free(key);
    return result;
}
