/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "expr/expr.h"
#include "model/gen_shapes.h"

/*
 * The parameters of 2012 and 2013 that expressions replaced (data-plane.md 5): Expected, ConditionalOperator,
 * QueryFilter, ScanFilter, KeyConditions and AttributeUpdates. Each becomes the very thing its expression would compile
 * to, so nothing above or below this folder knows of them but the handlers that call here.
 *
 * Attributes are plain top-level names: a dot is a dot, no word is reserved. Member constraints (operators and actions
 * out of their enumerations) were checked before.
 *
 * All functions make their checks attribute by attribute in the order of the request and refuse with
 * ValidationException (ERR_FAULT); what they make borrows the request's names and values and lives in the arena. Pure.
 */
struct expr_legacy {
    struct arena *arena;
    enum wording wording;
    struct fault *fault;
};

/*
 * Expected with its ConditionalOperator (p NULL: absent); *ret NULL when there is no condition. At most
 * LEGACY_OPERANDS_MAX attributes and values.
 */
MUST_USE enum err expr_legacy_expected(const struct expr_legacy *legacy, const struct expected_attribute_map *expected,
    struct slice conditional_operator, struct expr_condition **ret);
/* QueryFilter or ScanFilter, likewise. */
MUST_USE enum err expr_legacy_filter(const struct expr_legacy *legacy, const struct filter_condition_map *filter,
    struct slice conditional_operator, struct expr_condition **ret);
/* KeyConditions as clauses in written order, at least one. Which attributes they name and how many is the caller's. */
MUST_USE enum err expr_legacy_key_conditions(const struct expr_legacy *legacy, const struct key_conditions *conditions,
    const struct expr_key_clause **ret_clauses, uint32_t *ret_count);
/* AttributeUpdates; *ret NULL when it names no attribute. Applying it tells a type that does not fit in its own words
 * ("Type mismatch for attribute to update"), and it has no charge (expr_update_charge: 0). At most LEGACY_UPDATES_MAX
 * attributes. */
MUST_USE enum err expr_legacy_updates(
    const struct expr_legacy *legacy, const struct attribute_updates *updates, struct expr_update **ret);
