/* SPDX-License-Identifier: Apache-2.0 */

/* Sentences for people: why the server cannot start, and what to do. Made once, at the start or never. */
#include "server/sentence.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/assert.h"

char *server__sentence(const char *format, ...)
{
    va_list arguments;
    char *text = NULL;
    int n;

    va_start(arguments, format);
    n = vasprintf(&text, format, arguments);
    va_end(arguments);
    ASSERT(n >= 0);
    return text;
}
