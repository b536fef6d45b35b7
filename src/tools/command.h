/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * The commands of the program: `stator NAME ...`. A command gets its own name as argv[0] and returns the exit code: 0,
 * 1 when it could not do its work, 64 when it was not told what to do. A new one needs a row in main.c.
 */
typedef int command_fn(int argc, char **argv);

#define COMMAND_FAILED 1
#define COMMAND_USAGE  64

command_fn cmd_serve, cmd_config, cmd_cert, cmd_check, cmd_dump, cmd_stat, cmd_top, cmd_backup;

/* What is built: version and commit. Static. */
const char *server_build(void);
