/* SPDX-License-Identifier: Apache-2.0 */

/* The one maker of sentences (sentence.h). Made at the start, by tools, or never: what it costs does not matter. */
#include "base/sentence.h"

#include <stdio.h>

#include "base/assert.h"

char *sentence_of(const char *format, va_list arguments)
{
    char *text = NULL;
    int n = vasprintf(&text, format, arguments);

    ASSERT(n >= 0);
    return text;
}

char *sentence(const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = sentence_of(format, arguments);
    va_end(arguments);
    return text;
}
