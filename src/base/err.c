/* SPDX-License-Identifier: Apache-2.0 */
#include "base/err.h"

const char *err_text(enum err err)
{
    switch (err) {
#define X(name_, text_)                                                                                                \
    case name_:                                                                                                        \
        return text_;
#include "base/err.def"
#undef X
    }
    return "unknown error";
}
