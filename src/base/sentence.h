/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdarg.h>

#include "base/err.h"

/*
 * Sentences for people: why something cannot be done at the start of the server or by a tool, and what to do. On the
 * heap, because they outlive every arena of what failed; the caller owns them (free). Never NULL. Any thread.
 */
char *sentence(const char *format, ...) PRINTF(1, 2);
char *sentence_of(const char *format, va_list arguments);
