/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Reads the table of options.def: the same rows give the defaults, the environment's names, the bounds, the sentences
 * and the help, so that none of them can disagree. Values go into struct options by offset and kind. Called at the
 * start, and when the settings are read anew.
 */
#include "server/options_int.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/sentence.h"

const struct option_row options__rows[OPTION_ROWS] = {
#define X(field_, name_, kind_, default_, min_, max_, shown_, when_, help_)                                            \
    {name_, KIND_##kind_, default_, min_, max_, shown_, WHEN_##when_, help_, offsetof(struct options, field_)},
#include "server/options.def"
#undef X
};
#define rows options__rows

#define FILE_BYTES_MAX (1 << 20)

void options__environment_name(const struct option_row *row, char ret[OPTION_TEXT_BYTES])
{
    char *to = stpcpy(ret, "STATOR_");

    ASSERT(strlen(row->name) + 8 <= OPTION_TEXT_BYTES);
    for (const char *from = row->name; *from != '\0'; from++)
        *to++ = *from == '-' ? '_' : *from >= 'a' && *from <= 'z' ? (char)(*from - 32) : *from;
    *to = '\0';
}

/* ---- values ---- */

/* Digits, and for sizes a unit. */
static bool number_parse(const char *text, bool with_unit, uint64_t *ret)
{
    static const char units[] = "KMGT";
    unsigned long long n;
    char *end;

    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    n = strtoull(text, &end, 10);
    if (errno != 0)
        return false;
    if (with_unit && *end != '\0') {
        const char *unit = strchr(units, *end >= 'a' ? *end - 32 : *end);
        int shift = unit == NULL ? 0 : 10 * (int)(unit - units + 1);

        if (unit == NULL || n > UINT64_MAX >> shift)
            return false;
        n <<= shift;
        end++;
        if (strcmp(end, "B") == 0 || strcmp(end, "iB") == 0)
            end = strchr(end, '\0');
    }
    *ret = n;
    return *end == '\0';
}

static bool flag_parse(const char *text, bool *ret)
{
    *ret = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
    return *ret || strcmp(text, "false") == 0 || strcmp(text, "0") == 0;
}

static bool choice_parse(const char *text, const char *words, uint32_t *ret)
{
    size_t n = strlen(text);

    for (uint32_t i = 0;; i++) {
        size_t word = strcspn(words, "|");

        if (word == n && memcmp(words, text, n) == 0) {
            *ret = i;
            return true;
        }
        if (words[word] == '\0')
            return false;
        words += word + 1;
    }
}

static bool value_store(
    const struct option_row *row, const char *text, enum option_source source, struct options *options)
{
    void *place = (char *)options + row->offset;
    uint64_t n;

    options->source[row - rows] = (uint8_t)source;
    switch (row->kind) {
    case KIND_TEXT:
        n = strlen(text);
        *(const char **)place = text;
        return n >= row->min && n <= row->max;
    case KIND_NUMBER:
    case KIND_SIZE:
        if (!number_parse(text, row->kind == KIND_SIZE, &n))
            return false;
        *(uint64_t *)place = n;
        return n >= row->min && n <= row->max;
    case KIND_FLAG:
        return flag_parse(text, place);
    case KIND_CHOICE:
        return choice_parse(text, row->shown, place);
    }
    return false;
}

/* ---- sentences ---- */

/* `source` is what the user wrote: --name or STATOR_NAME. */
static char *bad_value(const struct option_row *row, const char *source, const char *text)
{
    switch (row->kind) {
    case KIND_TEXT:
        return sentence("%s must have %llu to %llu characters; '%s' has %zu.", source, (unsigned long long)row->min,
            (unsigned long long)row->max, text, strlen(text));
    case KIND_NUMBER:
        return sentence("%s must be a number from %llu to %llu, not '%s'.", source, (unsigned long long)row->min,
            (unsigned long long)row->max, text);
    case KIND_SIZE:
        return sentence("%s must be a size such as 512M or 4G, at most %lluG, not '%s'.", source,
            (unsigned long long)row->max >> 30, text);
    case KIND_FLAG:
        return sentence("%s must be true or false, not '%s'.", source, text);
    case KIND_CHOICE:
        return sentence("%s must be one of %s, not '%s'.", source, row->shown, text);
    }
    return NULL;
}

/* ---- where values come from ---- */

void options_default(struct options *ret)
{
    *ret = (struct options){0};
    for (size_t i = 0; i < OPTION_ROWS; i++) {
        bool valid = value_store(&rows[i], rows[i].initial, OPTION_DEFAULT, ret);

        ASSERT(valid);
    }
}

static enum err environment_read(struct options *options, char **ret_reason)
{
    for (size_t i = 0; i < OPTION_ROWS; i++) {
        char name[OPTION_TEXT_BYTES];
        const char *text;

        options__environment_name(&rows[i], name);
        text = getenv(name);
        if (text != NULL && !value_store(&rows[i], text, OPTION_ENVIRONMENT, options)) {
            *ret_reason = bad_value(&rows[i], name, text);
            return ERR_CONFIG;
        }
    }
    return OK;
}

static const struct option_row *row_find(const char *name, size_t n)
{
    for (size_t i = 0; i < OPTION_ROWS; i++) {
        if (strlen(rows[i].name) == n && memcmp(rows[i].name, name, n) == 0)
            return &rows[i];
    }
    return NULL;
}

/* Reads the argument at *at, and the next one when it is its value; moves *at behind them. */
static enum err argument_read(int argc, char **argv, int *at, struct options *options, char **ret_reason)
{
    const char *argument = argv[(*at)++], *equals = strchr(argument, '='), *text;
    size_t n = equals == NULL ? strlen(argument) : (size_t)(equals - argument);
    const struct option_row *row = strncmp(argument, "--", 2) == 0 ? row_find(argument + 2, n - 2) : NULL;
    char source[OPTION_TEXT_BYTES];

    if (row == NULL) {
        *ret_reason = sentence("There is no option '%.*s'; `stator help` lists them all.", (int)n, argument);
        return ERR_CONFIG;
    }
    if (equals != NULL)
        text = equals + 1;
    else if (row->kind == KIND_FLAG)
        text = "true";
    else
        text = *at < argc ? argv[(*at)++] : NULL;
    if (text == NULL) {
        *ret_reason = sentence("--%s needs a value: --%s %s.", row->name, row->name, row->shown);
        return ERR_CONFIG;
    }
    if (value_store(row, text, OPTION_ARGUMENT, options))
        return OK;
    (void)snprintf(source, sizeof(source), "--%s", row->name);
    *ret_reason = bad_value(row, source, text);
    return ERR_CONFIG;
}

/* ---- the configuration file ---- */

/* The text without blanks at its ends; writes into it. */
static char *trimmed(char *text)
{
    char *end;

    text += strspn(text, " \t\r");
    end = strchr(text, '\0');
    while (end != text && strchr(" \t\r", end[-1]) != NULL)
        *--end = '\0';
    return text;
}

static enum err line_read(const char *path, uint32_t number, char *line, struct options *options, char **ret_reason)
{
    char *equals = strchr(line, '='), *name = line, *text = line, *source;
    const struct option_row *row;

    if (equals == NULL) {
        *ret_reason = sentence("%s:%u: '%s' is no setting; a line says `name = value`.", path, number, line);
        return ERR_CONFIG;
    }
    *equals = '\0';
    name = trimmed(name);
    text = trimmed(equals + 1);
    row = row_find(name, strlen(name));
    if (row == NULL || row == &rows[OPTION_ROW_config]) {
        *ret_reason = sentence(row == NULL ? "%s:%u: There is no option '%s'; `stator config` lists them all."
                                           : "%s:%u: %s belongs on the command line or into the environment.",
            path, number, name);
        return ERR_CONFIG;
    }
    if (value_store(row, text, OPTION_FILE, options))
        return OK;
    source = sentence("%s:%u: %s", path, number, name);
    *ret_reason = bad_value(row, source, text);
    free(source);
    return ERR_CONFIG;
}

enum err options_text_read(const char *path, char *text, struct options *ret, char **ret_reason)
{
    char *rest = text, *line;

    for (uint32_t number = 1; (line = strsep(&rest, "\n")) != NULL; number++) {
        enum err err;

        line = trimmed(line);
        if (*line == '\0' || *line == '#')
            continue;
        err = line_read(path, number, line, ret, ret_reason);
        if (err)
            return err;
    }
    return OK;
}

/* The whole file with a NUL behind it (heap), or NULL and a sentence. */
static char *file_load(const char *path, char **ret_reason)
{
    FILE *file = fopen(path, "re");
    char *text = file == NULL ? NULL : malloc(FILE_BYTES_MAX + 1);
    size_t n = text == NULL ? 0 : fread(text, 1, FILE_BYTES_MAX + 1, file);
    bool failed = file == NULL || text == NULL || ferror(file) != 0;

    if (failed)
        *ret_reason = sentence("The configuration file %s cannot be read: %s. Name another one with --config, or give "
                               "it to the user the server runs as.",
            path, strerror(errno));
    else if (n > FILE_BYTES_MAX || memchr(text, '\0', n) != NULL)
        *ret_reason = sentence("%s is no configuration file: `stator config` prints one.", path);
    if (file != NULL)
        (void)fclose(file); /* only read */
    if (failed || n > FILE_BYTES_MAX || memchr(text, '\0', n) != NULL) {
        free(text);
        return NULL;
    }
    text[n] = '\0';
    return text;
}

/* ---- all of it ---- */

static enum err file_read(const char *path, struct options *ret, char **ret_reason)
{
    char *text = file_load(path, ret_reason);

    if (text == NULL)
        return ERR_CONFIG;
    options_default(ret);
    ret->file_text = text;
    return options_text_read(path, text, ret, ret_reason);
}

/* What goes before the file. */
static enum err spoken_read(int argc, char **argv, struct options *ret, char **ret_reason)
{
    enum err err = environment_read(ret, ret_reason);

    for (int at = 1; err == OK && at < argc;)
        err = argument_read(argc, argv, &at, ret, ret_reason);
    return err;
}

enum err options_read(int argc, char **argv, struct options *ret, char **ret_reason)
{
    enum err err;

    options_default(ret);
    err = spoken_read(argc, argv, ret, ret_reason); /* says which file */
    if (err || ret->config[0] == '\0')
        return err;
    err = file_read(ret->config, ret, ret_reason);
    return err ? err : spoken_read(argc, argv, ret, ret_reason);
}

void options_free(struct options *options)
{
    free(options->file_text);
    options->file_text = NULL;
}

static size_t value_bytes(enum option_kind kind)
{
    static const size_t bytes[] = {[KIND_TEXT] = sizeof(char *),
        [KIND_NUMBER] = sizeof(uint64_t),
        [KIND_SIZE] = sizeof(uint64_t),
        [KIND_FLAG] = sizeof(bool),
        [KIND_CHOICE] = sizeof(uint32_t)};

    return bytes[kind];
}

void options_change(struct options *options, const struct options *next, options_changed_fn *changed, void *context)
{
    for (size_t i = 0; i < OPTION_ROWS; i++) {
        const struct option_row *row = &rows[i];
        char *place = (char *)options + row->offset;
        const char *from = (const char *)next + row->offset;
        bool live = row->when == WHEN_LIVE;
        bool same = row->kind == KIND_TEXT ? strcmp(*(char *const *)place, *(char *const *)from) == 0
                                           : memcmp(place, from, value_bytes(row->kind)) == 0;

        ASSERT(!live || row->kind != KIND_TEXT); /* texts of `next` end with it */
        if (same)
            continue;
        if (live) {
            memcpy(place, from, value_bytes(row->kind));
            options->source[i] = next->source[i];
        }
        changed(context, row->name, live);
    }
}
