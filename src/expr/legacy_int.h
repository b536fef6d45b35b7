/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "expr/expr_int.h"
#include "expr/legacy.h"

/* What the legacy files share. */
#define EXPR__INVALID "One or more parameter values were invalid: "

/* ValidationException with the parts joined, in the wording's envelope. */
#define EXPR__LEGACY_REFUSE(legacy_, ...)                                                                              \
    expr__refuse_as((legacy_)->wording, EXPR__JOIN((legacy_)->arena, __VA_ARGS__), (legacy_)->fault)
#define EXPR__TYPE_NAME(value_) slice_from_cstr(value_type_name(value_type(value_)))

/* Refuses a value that is not good by itself (data-plane.md 1.2). */
MUST_USE enum err expr__legacy_value_check(const struct expr_legacy *legacy, const struct attribute_value *value);
