/* SPDX-License-Identifier: Apache-2.0 */
/* Made by tools/gen_model.py from reserved-words.txt. Do not edit: change the generator and run it. */

#pragma once

#include <stdbool.h>

#include "base/slice.h"

/* True when the word is reserved in expressions (data-plane.md 4.12); upper and lower case are alike. */
bool reserved_word(struct slice word);
