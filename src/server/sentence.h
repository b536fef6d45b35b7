/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/err.h"

/* The formatted text on the heap: what a person is told when the server cannot start. Never NULL. */
char *server__sentence(const char *format, ...) PRINTF(1, 2);
