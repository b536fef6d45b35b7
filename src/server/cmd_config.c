/* SPDX-License-Identifier: Apache-2.0 */

/*
 * `stator config [options of serve]`: a configuration file with every option, what it is for and its default. Options
 * given (or set in the environment, or in a file named by --config) stand in it as they would be used, so it also says
 * whether a file is right and what comes of it. `--page` prints the page of the documentation.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/command.h"
#include "server/options.h"

int cmd_config(int argc, char **argv)
{
    struct options options;
    char *reason = NULL;
    int result = 0;

    if (argc == 2 && strcmp(argv[1], "--page") == 0) {
        options_page_print(stdout);
        return 0;
    }
    if (options_read(argc, argv, &options, &reason) == OK) {
        options_file_print(&options, stdout);
    } else {
        fprintf(stderr, "stator: %s\n", reason);
        free(reason);
        result = COMMAND_USAGE;
    }
    options_free(&options);
    return result;
}
