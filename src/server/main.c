/* SPDX-License-Identifier: Apache-2.0 */

/* Finds the command and runs it. */
#include <stdio.h>
#include <string.h>

#include "tools/command.h"
#include "server/options.h"

static command_fn cmd_version, cmd_help;

static const struct {
    const char *name;
    command_fn *run;
    const char *help;
} commands[] = {
    {"serve", cmd_serve, "serve the DynamoDB API"},
    {"config", cmd_config, "print a configuration file, or what the options given come to"},
    {"cert", cmd_cert, "make a key and a self-signed certificate: [--name NAME]... [--days N] [DIR]"},
    {"backup", cmd_backup, "copy the data of a running server: [--data DIR] [--no-check] TO"},
    {"check", cmd_check, "verify a stopped data folder: DIR"},
    {"dump", cmd_dump, "print a stopped data folder as text: [--space NAME] DIR"},
    {"stat", cmd_stat, "say what a stopped data folder holds: [--json] DIR"},
    {"top", cmd_top, "watch a running server: [--interval SECONDS] [--once] [--ca FILE] [URL]"},
    {"version", cmd_version, "say what this is"},
    {"help", cmd_help, "this page"},
};
#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static int cmd_version(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    printf("%s\n", server_build());
    return 0;
}

static void help_print(FILE *out)
{
    fprintf(out, "stator: a database server that speaks the Amazon DynamoDB API\n\n");
    for (size_t i = 0; i < COMMANDS; i++)
        fprintf(out, "  stator %-10s %s\n", commands[i].name, commands[i].help);
    fprintf(out, "\noptions of serve, each also as STATOR_NAME in the environment or in a file (--config):\n\n");
    options_help(out);
}

static int cmd_help(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    help_print(stdout);
    return 0;
}

int main(int argc, char **argv)
{
    const char *name = argc < 2 ? "" : argv[1];

    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    if (strcmp(name, "--version") == 0)
        name = "version";
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(name, commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    }
    if (argc < 2)
        help_print(stderr);
    else
        fprintf(stderr, "stator: there is no command '%s'; `stator help` lists them.\n", name);
    return COMMAND_USAGE;
}
