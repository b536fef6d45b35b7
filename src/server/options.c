/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Reads the table of options.def: the same rows give the defaults, the environment's names, the bounds, the sentences
 * and the help, so that none of them can disagree. Values go into struct options by offset and kind. Called once, at
 * the start.
 */
#include "server/options.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/sentence.h"

enum option_kind { KIND_TEXT, KIND_NUMBER, KIND_SIZE, KIND_FLAG, KIND_CHOICE };

struct option_row {
    const char *name;
    enum option_kind kind;
    const char *initial;
    uint64_t min, max; /* of a number or size; of a text's length */
    const char *shown, *help;
    size_t offset;
};

static const struct option_row rows[] = {
#define X(field_, name_, kind_, default_, min_, max_, shown_, help_)                                                   \
    {name_, KIND_##kind_, default_, min_, max_, shown_, help_, offsetof(struct options, field_)},
#include "server/options.def"
#undef X
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

#define ENVIRONMENT_NAME_BYTES 64

static void environment_name(const struct option_row *row, char ret[ENVIRONMENT_NAME_BYTES])
{
    char *to = stpcpy(ret, "STATOR_");

    ASSERT(strlen(row->name) + 8 <= ENVIRONMENT_NAME_BYTES);
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

static bool value_store(const struct option_row *row, const char *text, struct options *options)
{
    void *place = (char *)options + row->offset;
    uint64_t n;

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
    for (size_t i = 0; i < ROWS; i++) {
        bool valid = value_store(&rows[i], rows[i].initial, ret);

        ASSERT(valid);
    }
}

static enum err environment_read(struct options *options, char **ret_reason)
{
    for (size_t i = 0; i < ROWS; i++) {
        char name[ENVIRONMENT_NAME_BYTES];
        const char *text;

        environment_name(&rows[i], name);
        text = getenv(name);
        if (text != NULL && !value_store(&rows[i], text, options)) {
            *ret_reason = bad_value(&rows[i], name, text);
            return ERR_CONFIG;
        }
    }
    return OK;
}

static const struct option_row *row_find(const char *name, size_t n)
{
    for (size_t i = 0; i < ROWS; i++) {
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
    char source[ENVIRONMENT_NAME_BYTES];

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
    if (value_store(row, text, options))
        return OK;
    (void)snprintf(source, sizeof(source), "--%s", row->name);
    *ret_reason = bad_value(row, source, text);
    return ERR_CONFIG;
}

enum err options_read(int argc, char **argv, struct options *ret, char **ret_reason)
{
    enum err err;

    options_default(ret);
    err = environment_read(ret, ret_reason);
    if (err)
        return err;
    for (int at = 1; at < argc;) {
        err = argument_read(argc, argv, &at, ret, ret_reason);
        if (err)
            return err;
    }
    return OK;
}

void options_help(FILE *out)
{
    for (size_t i = 0; i < ROWS; i++) {
        char left[ENVIRONMENT_NAME_BYTES + 64];

        (void)snprintf(left, sizeof(left), "--%s %s", rows[i].name, rows[i].shown);
        fprintf(out, "  %-42s %s", left, rows[i].help);
        if (rows[i].kind != KIND_FLAG && rows[i].initial[0] != '\0')
            fprintf(out, " (%s)", rows[i].initial);
        fputc('\n', out);
    }
}
