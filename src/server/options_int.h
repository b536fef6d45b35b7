/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>

#include "server/options.h"

/* The rows of options.def, for those who read values (options.c) and those who print them (options_print.c). */
enum option_kind { KIND_TEXT, KIND_NUMBER, KIND_SIZE, KIND_FLAG, KIND_CHOICE };
enum option_when { WHEN_START, WHEN_LIVE };

struct option_row {
    const char *name;
    enum option_kind kind;
    const char *initial;
    uint64_t min, max; /* of a number or size; of a text's length */
    const char *shown;
    enum option_when when;
    const char *help;
    size_t offset;
};

extern const struct option_row options__rows[OPTION_ROWS];

#define OPTION_TEXT_BYTES 64 /* room for a number, a size, a word of a choice or an environment name */

/* STATOR_ and the name. */
void options__environment_name(const struct option_row *row, char ret[OPTION_TEXT_BYTES]);
/* The value as one would write it; in `to`, or the text itself. */
const char *options__value_text(
    const struct option_row *row, const struct options *options, char to[OPTION_TEXT_BYTES]);
