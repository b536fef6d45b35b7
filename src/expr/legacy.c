/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Conditions from before expressions: Expected, QueryFilter, ScanFilter, KeyConditions (data-plane.md 5.2 to 5.5).
 *
 * The idea: every entry, in whichever of the forms, is one clause: an attribute, a comparison of the table below, and
 * values. What a comparison demands of its values is a row of the table, and so is the test it becomes; the clauses are
 * then chained like those of an expression (condition.c), all joined by AND or all by OR. Only NOT_CONTAINS needs two
 * tests: unlike NOT contains(...) it is false for an attribute that is not there.
 */
#include "base/assert.h"
#include "expr/condition_int.h"
#include "expr/legacy_int.h"

/* ---- comparisons (data-plane.md 5.3) ---- */

#define BIT(type_) (1u << (type_))
#define SCALARS    (BIT(VALUE_S) | BIT(VALUE_N) | BIT(VALUE_B))
#define TEXTS      (BIT(VALUE_S) | BIT(VALUE_B))
#define ANY        (BIT(VALUE_TYPES) - 1)
#define MANY       UINT32_MAX

struct comparison {
    struct slice name;
    uint32_t values_min, values_max;
    uint32_t types; /* a bit for each type that its values may have */
    struct expr__test test;
    bool negated; /* the test's outcome is turned around, for an attribute that is there */
    enum expr_key_operator key;
};

#define COMPARE(operator__)                                                                                            \
    {                                                                                                                  \
        .type = EXPR__NODE_COMPARE, .operator_ = (operator__)                                                          \
    }
#define CALL(function_)                                                                                                \
    {                                                                                                                  \
        .type = EXPR__NODE_TEST, .function = (function_)                                                               \
    }

static const struct comparison comparisons[] = {
    {SLICE_LIT("EQ"), 1, 1, ANY, COMPARE(EXPR__EQ), false, EXPR_KEY_EQ},
    {SLICE_LIT("NE"), 1, 1, ANY, COMPARE(EXPR__NE), false, EXPR_KEY_NOT_INDEXABLE},
    {SLICE_LIT("LT"), 1, 1, SCALARS, COMPARE(EXPR__LT), false, EXPR_KEY_LT},
    {SLICE_LIT("LE"), 1, 1, SCALARS, COMPARE(EXPR__LE), false, EXPR_KEY_LE},
    {SLICE_LIT("GT"), 1, 1, SCALARS, COMPARE(EXPR__GT), false, EXPR_KEY_GT},
    {SLICE_LIT("GE"), 1, 1, SCALARS, COMPARE(EXPR__GE), false, EXPR_KEY_GE},
    {SLICE_LIT("BETWEEN"), 2, 2, SCALARS, {.type = EXPR__NODE_BETWEEN}, false, EXPR_KEY_BETWEEN},
    {SLICE_LIT("IN"), 1, MANY, SCALARS, {.type = EXPR__NODE_IN}, false, EXPR_KEY_NOT_INDEXABLE},
    {SLICE_LIT("BEGINS_WITH"), 1, 1, TEXTS, CALL(EXPR__BEGINS_WITH), false, EXPR_KEY_BEGINS_WITH},
    {SLICE_LIT("CONTAINS"), 1, 1, SCALARS, CALL(EXPR__CONTAINS), false, EXPR_KEY_NOT_INDEXABLE},
    {SLICE_LIT("NOT_CONTAINS"), 1, 1, SCALARS, CALL(EXPR__CONTAINS), true, EXPR_KEY_NOT_INDEXABLE},
    {SLICE_LIT("NULL"), 0, 0, 0, CALL(EXPR__ATTRIBUTE_NOT_EXISTS), false, EXPR_KEY_NOT_INDEXABLE},
    {SLICE_LIT("NOT_NULL"), 0, 0, 0, CALL(EXPR__ATTRIBUTE_EXISTS), false, EXPR_KEY_NOT_INDEXABLE},
};

static const struct comparison *comparison_find(struct slice name)
{
    for (size_t i = 0; i < sizeof(comparisons) / sizeof(comparisons[0]); i++) {
        if (slice_equal(comparisons[i].name, name))
            return &comparisons[i];
    }
    ASSERT(!"an operator of the enumeration");
    return NULL;
}

/* One entry, from whichever parameter. */
struct clause {
    struct slice attribute;
    const struct comparison *comparison;
    const struct attribute_value *values;
    uint32_t count;
};

/* ---- checks of one clause ---- */

enum err expr__legacy_value_check(const struct expr_legacy *legacy, const struct attribute_value *value)
{
    if (value->fault != VALUE_FAULT_NONE)
        return expr__refuse_as(legacy->wording, value->message, legacy->fault);
    return OK;
}

static enum err values_check(const struct expr_legacy *legacy, const struct clause *clause)
{
    for (uint32_t i = 0; i < clause->count; i++) {
        enum err err = expr__legacy_value_check(legacy, &clause->values[i]);

        if (err)
            return err;
    }
    return OK;
}

static enum err types_check(const struct expr_legacy *legacy, const struct clause *clause)
{
    enum value_type type;

    if (clause->count == 0)
        return OK;
    type = value_type(clause->values[0].bytes);
    for (uint32_t i = 1; i < clause->count; i++) {
        if (value_type(clause->values[i].bytes) != type)
            return EXPR__LEGACY_REFUSE(
                legacy, SLICE_LIT(EXPR__INVALID "AttributeValues inside AttributeValueList must be of same type"));
    }
    if ((clause->comparison->types & BIT(type)) != 0)
        return OK;
    return EXPR__LEGACY_REFUSE(legacy, SLICE_LIT(EXPR__INVALID "ComparisonOperator "), clause->comparison->name,
        SLICE_LIT(" is not valid for "), EXPR__TYPE_NAME(clause->values[0].bytes), SLICE_LIT(" AttributeValue type"));
}

/* The values against the comparison (5.2, rows 4 to 7 and 11). */
static enum err clause_check(const struct expr_legacy *legacy, const struct clause *clause)
{
    const struct comparison *comparison = clause->comparison;
    enum err err = values_check(legacy, clause);

    if (err)
        return err;
    if (clause->count < comparison->values_min || clause->count > comparison->values_max)
        return EXPR__LEGACY_REFUSE(legacy, SLICE_LIT(EXPR__INVALID "Invalid number of argument(s) for the "),
            comparison->name, SLICE_LIT(" ComparisonOperator"));
    err = types_check(legacy, clause);
    if (err)
        return err;
    if (comparison->test.type == EXPR__NODE_BETWEEN &&
        value_compare(clause->values[0].bytes, clause->values[1].bytes) > 0)
        return EXPR__LEGACY_REFUSE(legacy, SLICE_LIT("The BETWEEN condition was provided a range where the lower bound "
                                                     "is greater than the upper bound"));
    return OK;
}

/* ---- the entries of each parameter ---- */

static enum err attribute_refuse(const struct expr_legacy *legacy, const char *text, struct slice attribute)
{
    return EXPR__LEGACY_REFUSE(
        legacy, SLICE_LIT(EXPR__INVALID), slice_from_cstr(text), SLICE_LIT(" for Attribute: "), attribute);
}

/* {"ComparisonOperator": op, "AttributeValueList": [...]} of KeyConditions and filters. */
static enum err condition_clause(
    const struct expr_legacy *legacy, struct slice attribute, const struct condition *condition, struct clause *ret)
{
    enum err err = expr__attribute_check(legacy->wording, attribute, legacy->fault);

    if (err)
        return err;
    *ret = (struct clause){.attribute = attribute,
        .comparison = comparison_find(condition->comparison_operator),
        .values = condition->attribute_value_list.items,
        .count = condition->attribute_value_list.count};
    return clause_check(legacy, ret);
}

/* The newer form of Expected: an operator, and its values in either member. */
static enum err compared_clause(const struct expr_legacy *legacy, struct slice attribute,
    const struct expected_attribute_value *expected, struct clause *ret)
{
    const struct comparison *comparison = comparison_find(expected->comparison_operator);

    if (expected->exists != TRI_ABSENT)
        return attribute_refuse(legacy, "Exists and ComparisonOperator cannot be used together", attribute);
    if (comparison->values_min > 0 && !expected->value.present && !expected->attribute_value_list.present)
        return EXPR__LEGACY_REFUSE(legacy,
            SLICE_LIT(EXPR__INVALID "Value or AttributeValueList must be used with ComparisonOperator: "),
            comparison->name, SLICE_LIT(" for Attribute: "), attribute);
    *ret = (struct clause){.attribute = attribute,
        .comparison = comparison,
        .values = expected->value.present ? &expected->value : expected->attribute_value_list.items,
        .count = expected->value.present ? 1 : expected->attribute_value_list.count};
    return clause_check(legacy, ret);
}

/* The older form of Expected: Value and Exists. */
static enum err existing_clause(const struct expr_legacy *legacy, struct slice attribute,
    const struct expected_attribute_value *expected, struct clause *ret)
{
    bool exists = expected->exists != TRI_FALSE;

    if (expected->attribute_value_list.present)
        return attribute_refuse(legacy, "AttributeValueList can only be used with a ComparisonOperator", attribute);
    if (exists && !expected->value.present)
        return attribute_refuse(legacy,
            expected->exists == TRI_TRUE ? "Value must be provided when Exists is true"
                                         : "Value must be provided when Exists is null",
            attribute);
    if (!exists && expected->value.present)
        return attribute_refuse(legacy, "Value cannot be used when Exists is false", attribute);
    *ret = (struct clause){.attribute = attribute,
        .comparison = comparison_find(exists ? SLICE_LIT("EQ") : SLICE_LIT("NULL")),
        .values = &expected->value,
        .count = exists};
    return clause_check(legacy, ret);
}

static enum err expected_clause(const struct expr_legacy *legacy, struct slice attribute,
    const struct expected_attribute_value *expected, struct clause *ret)
{
    enum err err = expr__attribute_check(legacy->wording, attribute, legacy->fault);

    if (err)
        return err;
    if (expected->value.present && expected->attribute_value_list.present)
        return attribute_refuse(legacy, "Value and AttributeValueList cannot be used together", attribute);
    if (expected->comparison_operator.p != NULL)
        return compared_clause(legacy, attribute, expected, ret);
    return existing_clause(legacy, attribute, expected, ret);
}

/* ---- from clauses to tests ---- */

/* A condition in the making: tests that all lead on to the next clause, or decide. */
struct chain {
    struct arena *arena;
    struct expr__test *tests;
    uint16_t count;
    bool any; /* OR */
};

static const struct expr__test_operand *operands_make(
    const struct chain *chain, const struct clause *clause, const struct expr_path *path)
{
    struct expr__test_operand *operands = arena_alloc(chain->arena, (1 + clause->count) * sizeof(*operands));

    operands[0] = (struct expr__test_operand){.type = EXPR__OPERAND_PATH, .path = path};
    for (uint32_t i = 0; i < clause->count; i++)
        operands[1 + i] = (struct expr__test_operand){.type = EXPR__OPERAND_VALUE, .value = clause->values[i].bytes};
    return operands;
}

static void chain_clause(struct chain *chain, const struct clause *clause, const struct expr_path *path, bool last)
{
    struct expr__test test = clause->comparison->test;
    uint16_t next = (uint16_t)(chain->count + (clause->comparison->negated ? 2 : 1));
    uint16_t holds = chain->any || last ? EXPR__VERDICT_TRUE : next;
    uint16_t fails = !chain->any || last ? EXPR__VERDICT_FALSE : next;

    test.operands = operands_make(chain, clause, path);
    test.operands_n = (uint16_t)(1 + clause->count);
    test.yes = holds;
    test.no = fails;
    if (clause->comparison->negated) {
        chain->tests[chain->count] = (struct expr__test)CALL(EXPR__ATTRIBUTE_EXISTS);
        chain->tests[chain->count].operands = test.operands;
        chain->tests[chain->count].operands_n = 1;
        chain->tests[chain->count].yes = (uint16_t)(chain->count + 1);
        chain->tests[chain->count].no = fails;
        chain->count++;
        test.yes = fails;
        test.no = holds;
    }
    chain->tests[chain->count++] = test;
}

static struct expr_condition *condition_make(
    const struct expr_legacy *legacy, const struct clause *clauses, uint32_t count, bool any)
{
    struct expr_condition *condition = arena_alloc(legacy->arena, sizeof(*condition));
    struct expr_path *paths = arena_alloc(legacy->arena, count * sizeof(*paths));
    struct expr_path_element *elements = arena_zalloc(legacy->arena, count * sizeof(*elements));
    struct chain chain = {.arena = legacy->arena, .any = any};

    chain.tests = arena_alloc(legacy->arena, 2 * count * sizeof(*chain.tests));
    for (uint32_t i = 0; i < count; i++) {
        elements[i].name = clauses[i].attribute;
        paths[i] = (struct expr_path){&elements[i], 1};
        chain_clause(&chain, &clauses[i], &paths[i], i + 1 == count);
    }
    *condition = (struct expr_condition){chain.tests, paths, (uint16_t)count};
    return condition;
}

/* ConditionalOperator against the number of conditions (5.2, rows 12 and 13). */
static enum err conditional_operator_check(
    const struct expr_legacy *legacy, struct slice conditional_operator, uint32_t count)
{
    if (conditional_operator.p == NULL || count > 1)
        return OK;
    if (count == 0)
        return EXPR__LEGACY_REFUSE(legacy, SLICE_LIT("ConditionalOperator cannot be used without Filter or Expected"));
    return EXPR__LEGACY_REFUSE(
        legacy, SLICE_LIT("ConditionalOperator can only be used when Filter or Expected has two or more elements"));
}

/* What every item pays for is bounded, as it is by the length of a text in expressions. */
static enum err operands_check(const struct expr_legacy *legacy, const struct clause *clauses, uint32_t count)
{
    uint64_t operands = count;

    for (uint32_t i = 0; i < count; i++)
        operands += clauses[i].count;
    if (operands <= LEGACY_OPERANDS_MAX)
        return OK;
    return EXPR__LEGACY_REFUSE(
        legacy, arena_printf(legacy->arena, EXPR__INVALID "Filter or Expected has more than %u attributes and values",
                    LEGACY_OPERANDS_MAX));
}

static_assert(2 * LEGACY_OPERANDS_MAX < EXPR__VERDICT_FALSE, "tests are counted in 16 bits");

/* The checks over all clauses, and the condition they make. */
static enum err clauses_compile(const struct expr_legacy *legacy, const struct clause *clauses, uint32_t count,
    struct slice conditional_operator, struct expr_condition **ret)
{
    enum err err = conditional_operator_check(legacy, conditional_operator, count);

    *ret = NULL;
    if (err == OK)
        err = operands_check(legacy, clauses, count);
    if (err != OK || count == 0)
        return err;
    *ret = condition_make(legacy, clauses, count, slice_is(conditional_operator, "OR"));
    return OK;
}

enum err expr_legacy_expected(const struct expr_legacy *legacy, const struct expected_attribute_map *expected,
    struct slice conditional_operator, struct expr_condition **ret)
{
    struct clause *clauses = arena_alloc(legacy->arena, expected->count * sizeof(*clauses));

    for (uint32_t i = 0; i < expected->count; i++) {
        enum err err = expected_clause(legacy, expected->keys[i], &expected->values[i], &clauses[i]);

        if (err)
            return err;
    }
    return clauses_compile(legacy, clauses, expected->count, conditional_operator, ret);
}

enum err expr_legacy_filter(const struct expr_legacy *legacy, const struct filter_condition_map *filter,
    struct slice conditional_operator, struct expr_condition **ret)
{
    struct clause *clauses = arena_alloc(legacy->arena, filter->count * sizeof(*clauses));

    for (uint32_t i = 0; i < filter->count; i++) {
        enum err err = condition_clause(legacy, filter->keys[i], &filter->values[i], &clauses[i]);

        if (err)
            return err;
    }
    return clauses_compile(legacy, clauses, filter->count, conditional_operator, ret);
}

/* ---- KeyConditions ---- */

enum err expr_legacy_key_conditions(const struct expr_legacy *legacy, const struct key_conditions *conditions,
    const struct expr_key_clause **ret_clauses, uint32_t *ret_count)
{
    struct expr_key_clause *clauses = arena_zalloc(legacy->arena, conditions->count * sizeof(*clauses));

    for (uint32_t i = 0; i < conditions->count; i++) {
        struct clause clause;
        enum err err = condition_clause(legacy, conditions->keys[i], &conditions->values[i], &clause);

        if (err)
            return err;
        clauses[i].attribute = clause.attribute;
        clauses[i].op = clause.comparison->key;
        if (clauses[i].op == EXPR_KEY_NOT_INDEXABLE)
            continue;
        clauses[i].value = clause.values[0].bytes;
        if (clauses[i].op == EXPR_KEY_BETWEEN)
            clauses[i].upper = clause.values[1].bytes;
    }
    if (conditions->count == 0) /* too many are told with the schema's number (table/query.c) */
        return EXPR__LEGACY_REFUSE(legacy, SLICE_LIT("Conditions can be of length 1 or 2 only"));
    *ret_clauses = clauses;
    *ret_count = conditions->count;
    return OK;
}
