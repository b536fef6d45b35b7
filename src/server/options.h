/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

/* The settings of a server, from options.def. Texts are borrowed: from argv, the environment or the table itself. */
struct options {
#define OPTION_TEXT                                                  const char *
#define OPTION_NUMBER                                                uint64_t
#define OPTION_SIZE                                                  uint64_t
#define OPTION_FLAG                                                  bool
#define OPTION_CHOICE                                                uint32_t
#define X(field_, name_, kind_, default_, min_, max_, shown_, help_) OPTION_##kind_ field_;
#include "server/options.def"
#undef X
};

/* The words of the choices, in the order of the table. */
enum { OPTION_ENGINE_ROCKSDB, OPTION_ENGINE_MEMORY };
enum { OPTION_AUTH_OPEN, OPTION_AUTH_SIGV4 };
enum { OPTION_DURABILITY_SYNC, OPTION_DURABILITY_OS };
enum { OPTION_THROTTLE_OFF, OPTION_THROTTLE_PROVISIONED, OPTION_THROTTLE_AWS };
enum { OPTION_LOG_TEXT, OPTION_LOG_JSON };

/* Sets every option to its default. */
void options_default(struct options *ret);
/*
 * Defaults, then the environment, then the arguments (`--name value`, `--name=value`, `--flag`), each checked. argv[0]
 * is skipped. ERR_CONFIG with a sentence that says what to do (heap, owned by the caller).
 */
MUST_USE enum err options_read(int argc, char **argv, struct options *ret, char **ret_reason);
/* The table as text for people. */
void options_help(FILE *out);
