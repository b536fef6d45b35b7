/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the world can do to us. Our own mistakes are ASSERT; the client's are ERR_FAULT with a struct fault
 * (model/fault.h). */
enum err {
#define X(name_, text_) name_,
#include "base/err.def"
#undef X
};

#define MUST_USE                __attribute__((warn_unused_result))
#define PRINTF(format_, first_) __attribute__((format(printf, format_, first_)))

/* The text of an error: static, never NULL. */
const char *err_text(enum err err);
