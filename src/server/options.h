/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

/* Where the value of an option comes from; the later goes before the earlier. */
enum option_source { OPTION_DEFAULT, OPTION_FILE, OPTION_ENVIRONMENT, OPTION_ARGUMENT };

enum {
#define X(field_, name_, kind_, default_, min_, max_, shown_, when_, help_) OPTION_ROW_##field_,
#include "server/options.def"
#undef X
    OPTION_ROWS
};

/* The settings of a server, from options.def. Texts are borrowed: from argv, the environment, the table or file_text.
 */
struct options {
#define OPTION_TEXT                                                         const char *
#define OPTION_NUMBER                                                       uint64_t
#define OPTION_SIZE                                                         uint64_t
#define OPTION_FLAG                                                         bool
#define OPTION_CHOICE                                                       uint32_t
#define X(field_, name_, kind_, default_, min_, max_, shown_, when_, help_) OPTION_##kind_ field_;
#include "server/options.def"
#undef X
    uint8_t source[OPTION_ROWS]; /* enum option_source */
    char *file_text;             /* the configuration file, or NULL; owned */
};

/* The words of the choices, in the order of the table. */
enum { OPTION_ENGINE_ROCKSDB, OPTION_ENGINE_MEMORY };
enum { OPTION_AUTH_AUTO, OPTION_AUTH_OPEN, OPTION_AUTH_SIGV4 };
enum { OPTION_DURABILITY_SYNC, OPTION_DURABILITY_OS };
enum { OPTION_THROTTLE_OFF, OPTION_THROTTLE_PROVISIONED, OPTION_THROTTLE_AWS };
enum { OPTION_LOG_TEXT, OPTION_LOG_JSON };

/* Sets every option to its default. */
void options_default(struct options *ret);
/*
 * Defaults, then the configuration file, then the environment, then the arguments (`--name value`, `--name=value`,
 * `--flag`), each checked. argv[0] is skipped. ERR_CONFIG with a sentence that says what to do (heap, owned by the
 * caller). Free with options_free, also after an error.
 */
MUST_USE enum err options_read(int argc, char **argv, struct options *ret, char **ret_reason);
void options_free(struct options *options);
/* The settings of a configuration file's text, which is changed and must live as long as `ret`; `path` is for
 * sentences. One `name = value` a line; blank lines and lines that begin with '#' say nothing. */
MUST_USE enum err options_text_read(const char *path, char *text, struct options *ret, char **ret_reason);

/* Takes the values of `next` for what may change in a running server. Tells each option that differs; those that are
 * not `live` keep their value until a restart. */
typedef void options_changed_fn(void *context, const char *name, bool live);
void options_change(struct options *options, const struct options *next, options_changed_fn *changed, void *context);

/* The table as text for people. */
void options_help(FILE *out);
/* A configuration file: every option with what it is for. Defaults stand behind a '#', so that the file as it is
 * changes nothing. */
void options_file_print(const struct options *options, FILE *out);
/* The values of a running server, as JSON: {"settings":[{"name":...,"value":...,"default":...,"source":...,"live":...,
 * "for":...}]}. */
void options_json_write(const struct options *options, struct buf *out);
/* The page of the documentation, in Markdown. */
void options_page_print(FILE *out);
