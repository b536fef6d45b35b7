/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The legacy parameters in one-line notation: a filter or key condition is {name: ['OPERATOR', value, ...]}, an
 * Expected entry {op: 'EQ', value: 1, list: [1], exists: true}, an update {action: 'ADD', value: 1}. Member maps come
 * sorted by name here; the order of a request is tested in tests/conformance/legacy.
 */
#include "expr/legacy.h"

#include "fixture.h"

#define ENV "1 validation error detected: "
#define INV "One or more parameter values were invalid: "

static struct fault fault;

static struct expr_legacy legacy_begin(void)
{
    fault = (struct fault){.arena = arena};
    return (struct expr_legacy){arena, wording, &fault};
}

static struct attribute_value value_of(struct slice bytes)
{
    return (struct attribute_value){.present = true, .bytes = bytes};
}

/* The values of a list from its element `from` on. */
static struct attribute_value_list list_of(struct slice list, uint32_t from)
{
    struct attribute_value_list values = {.present = true, .count = list_count(list) - from};

    values.items = arena_zalloc(arena, values.count * sizeof(*values.items));
    for (uint32_t i = 0; i < values.count; i++)
        values.items[i] = value_of(list_at(list, from + i));
    return values;
}

/* A map with room for as many entries as the notation has. */
#define MAP_BEGIN(map_, body_)                                                                                         \
    (map_).present = true;                                                                                             \
    (map_).count = body_count(body_);                                                                                  \
    (map_).keys = arena_zalloc(arena, (map_).count * sizeof(*(map_).keys));                                            \
    (map_).values = arena_zalloc(arena, (map_).count * sizeof(*(map_).values))

static void conditions_read(const char *text, struct filter_condition_map *ret)
{
    struct slice body = notation_read(text, arena), value;

    MAP_BEGIN(*ret, body);
    for (uint32_t i = 0; i < ret->count; i++) {
        body_at(body, i, &ret->keys[i], &value);
        ret->values[i].comparison_operator = value_scalar(list_at(value, 0));
        ret->values[i].attribute_value_list = list_of(value, 1);
    }
}

static const char *filter_result(const char *item, const char *text, const char *operator_)
{
    struct expr_legacy legacy = legacy_begin();
    struct filter_condition_map filter = {0};
    struct expr_condition *condition;
    struct slice conditional = operator_ == NULL ? SLICE_NULL : slice_from_cstr(operator_);

    conditions_read(text, &filter);
    if (expr_legacy_filter(&legacy, &filter, conditional, &condition))
        return message_of(&fault);
    if (condition == NULL)
        return "no condition";
    return expr_condition_test(condition, notation_read(item, arena), arena) ? "true" : "false";
}

static const char *expected_result(const char *item, const char *text)
{
    struct expr_legacy legacy = legacy_begin();
    struct expected_attribute_map expected = {0};
    struct slice body = notation_read(text, arena), entry, member;
    struct expr_condition *condition;

    MAP_BEGIN(expected, body);
    for (uint32_t i = 0; i < expected.count; i++) {
        body_at(body, i, &expected.keys[i], &entry);
        entry = value_map(entry);
        if (body_find(entry, SLICE_LIT("value"), &member))
            expected.values[i].value = value_of(member);
        if (body_find(entry, SLICE_LIT("exists"), &member))
            expected.values[i].exists = value_bool(member) ? TRI_TRUE : TRI_FALSE;
        if (body_find(entry, SLICE_LIT("op"), &member))
            expected.values[i].comparison_operator = value_scalar(member);
        if (body_find(entry, SLICE_LIT("list"), &member))
            expected.values[i].attribute_value_list = list_of(member, 0);
    }
    if (expr_legacy_expected(&legacy, &expected, SLICE_NULL, &condition))
        return message_of(&fault);
    if (condition == NULL)
        return "no condition";
    return expr_condition_test(condition, notation_read(item, arena), arena) ? "true" : "false";
}

static struct expr_update *updates_compiled(const char *text)
{
    struct expr_legacy legacy = legacy_begin();
    struct attribute_updates updates = {0};
    struct slice body = notation_read(text, arena), entry, member;
    struct expr_update *update;

    MAP_BEGIN(updates, body);
    for (uint32_t i = 0; i < updates.count; i++) {
        body_at(body, i, &updates.keys[i], &entry);
        if (body_find(value_map(entry), SLICE_LIT("value"), &member))
            updates.values[i].value = value_of(member);
        if (body_find(value_map(entry), SLICE_LIT("action"), &member))
            updates.values[i].action = value_scalar(member);
    }
    return expr_legacy_updates(&legacy, &updates, &update) ? NULL : update;
}

static const char *updates_result(const char *item, const char *text)
{
    struct expr_update *update = updates_compiled(text);
    struct slice body;

    if (update == NULL)
        return fault.message.p == NULL ? "no update" : message_of(&fault);
    if (item == NULL && expr_update_only_removes(update))
        return "nothing created";
    if (expr_update_apply(update, notation_read(item, arena), notation_read("{pk: 'k'}", arena), arena, &body, &fault))
        return message_of(&fault);
    return body_valid(body, 64) ? notation_print(body, arena) : "not a body";
}

/* ---- comparisons ---- */

struct row {
    const char *item, *text, *expected;
};

TEST(expr, a_legacy_comparison_holds_or_not)
{
    static const struct row rows[] = {
        {"{a: 1}", "{a: ['EQ', 1.0]}", "true"},
        {"{a: 1}", "{a: ['EQ', '1']}", "false"},
        {"{}", "{a: ['EQ', 1]}", "false"},
        {"{a: <1, 2>}", "{a: ['EQ', <2, 1>]}", "true"},
        {"{a: 1}", "{a: ['NE', 1]}", "false"},
        {"{a: '1'}", "{a: ['NE', 1]}", "true"},
        {"{}", "{a: ['NE', 1]}", "true"},
        {NULL, "{a: ['NE', 1]}", "true"},
        {"{a: 1}", "{a: ['LT', 2]}", "true"},
        {"{a: 2}", "{a: ['LT', 2]}", "false"},
        {"{a: 'x'}", "{a: ['LT', 2]}", "false"},
        {"{a: 2}", "{a: ['LE', 2]}", "true"},
        {"{a: 2}", "{a: ['GT', 2]}", "false"},
        {"{a: 2}", "{a: ['GE', 2]}", "true"},
        {"{}", "{a: ['GE', 2]}", "false"},
        {"{a: b'80'}", "{a: ['GT', b'7f']}", "true"},
        {"{a: 2}", "{a: ['BETWEEN', 2, 2]}", "true"},
        {"{a: 3}", "{a: ['BETWEEN', 1, 2]}", "false"},
        {"{}", "{a: ['BETWEEN', 1, 2]}", "false"},
        {"{a: 2}", "{a: ['IN', 1, 2, 3]}", "true"},
        {"{a: 4}", "{a: ['IN', 1, 2, 3]}", "false"},
        {"{}", "{a: ['IN', 1]}", "false"},
        {"{a: 'abc'}", "{a: ['CONTAINS', 'b']}", "true"},
        {"{a: b'010203'}", "{a: ['CONTAINS', b'02']}", "true"},
        {"{a: <'b'>}", "{a: ['CONTAINS', 'b']}", "true"},
        {"{a: [1, 'b']}", "{a: ['CONTAINS', 'b']}", "true"},
        {"{a: {b: 1}}", "{a: ['CONTAINS', 'b']}", "false"},
        {"{}", "{a: ['CONTAINS', 'b']}", "false"},
        {"{a: 'abc'}", "{a: ['NOT_CONTAINS', 'b']}", "false"},
        {"{a: 'abc'}", "{a: ['NOT_CONTAINS', 'x']}", "true"},
        {"{a: 1}", "{a: ['NOT_CONTAINS', 'x']}", "true"},
        {"{}", "{a: ['NOT_CONTAINS', 'x']}", "false"},
        {NULL, "{a: ['NOT_CONTAINS', 'x']}", "false"},
        {"{a: 'abc'}", "{a: ['BEGINS_WITH', 'ab']}", "true"},
        {"{a: 'abc'}", "{a: ['BEGINS_WITH', b'6162']}", "false"},
        {"{a: null}", "{a: ['NULL']}", "false"},
        {"{}", "{a: ['NULL']}", "true"},
        {NULL, "{a: ['NULL']}", "true"},
        {"{a: null}", "{a: ['NOT_NULL']}", "true"},
        {"{}", "{a: ['NOT_NULL']}", "false"},
        {"{'a.b': 1, a: {b: 2}}", "{'a.b': ['EQ', 1]}", "true"},
        {"{size: 1}", "{size: ['EQ', 1]}", "true"},
        {"{}", "{}", "no condition"},
    };

    for (size_t i = 0; i < ROWS(rows); i++)
        CHECK(line_is(rows[i].text, filter_result(rows[i].item, rows[i].text, NULL), rows[i].expected));
}

TEST(expr, legacy_conditions_are_joined_by_one_operator)
{
    static const struct {
        const char *text, *operator_, *expected;
    } rows[] = {
        {"{a: ['EQ', 1], b: ['EQ', 2]}", NULL, "true"},
        {"{a: ['EQ', 1], b: ['EQ', 2]}", "AND", "true"},
        {"{a: ['EQ', 1], b: ['EQ', 3]}", "AND", "false"},
        {"{a: ['EQ', 1], b: ['EQ', 3]}", "OR", "true"},
        {"{a: ['EQ', 3], b: ['EQ', 2]}", "OR", "true"},
        {"{a: ['EQ', 3], b: ['EQ', 3]}", "OR", "false"},
        /* two tests for one condition, first, in the middle and last */
        {"{a: ['NOT_CONTAINS', 'x'], b: ['EQ', 2]}", "AND", "true"},
        {"{a: ['NOT_CONTAINS', 'x'], b: ['EQ', 3]}", "AND", "false"},
        {"{a: ['EQ', 1], b: ['NOT_CONTAINS', 'x'], c: ['NULL']}", "AND", "true"},
        {"{a: ['EQ', 1], b: ['NOT_CONTAINS', 'x'], c: ['NOT_NULL']}", "AND", "false"},
        {"{a: ['EQ', 1], zz: ['NOT_CONTAINS', 'x']}", "AND", "false"},
        {"{a: ['EQ', 3], b: ['NOT_CONTAINS', 'x']}", "OR", "true"},
        {"{a: ['EQ', 3], zz: ['NOT_CONTAINS', 'x']}", "OR", "false"},
        {"{A: ['NOT_CONTAINS', 'x'], b: ['EQ', 2]}", "OR", "true"},
        {"{A: ['NOT_CONTAINS', 'x'], b: ['EQ', 3]}", "OR", "false"},
        {"{s: ['NOT_CONTAINS', 'x'], t: ['EQ', 3]}", "OR", "false"},
        {"{}", "OR", "ConditionalOperator cannot be used without Filter or Expected"},
        {"{a: ['EQ', 1]}", "AND",
            "ConditionalOperator can only be used when Filter or Expected has two or more elements"},
    };

    for (size_t i = 0; i < ROWS(rows); i++)
        CHECK(line_is(
            rows[i].text, filter_result("{a: 1, b: 2, s: 'xyz'}", rows[i].text, rows[i].operator_), rows[i].expected));
}

TEST(expr, what_a_legacy_comparison_demands_of_its_values)
{
    static const struct row rows[] = {
        {NULL, "{a: ['EQ']}", INV "Invalid number of argument(s) for the EQ ComparisonOperator"},
        {NULL, "{a: ['EQ', 1, 'x']}", INV "Invalid number of argument(s) for the EQ ComparisonOperator"},
        {NULL, "{a: ['BETWEEN', 1]}", INV "Invalid number of argument(s) for the BETWEEN ComparisonOperator"},
        {NULL, "{a: ['IN']}", INV "Invalid number of argument(s) for the IN ComparisonOperator"},
        {NULL, "{a: ['NOT_NULL', 1]}", INV "Invalid number of argument(s) for the NOT_NULL ComparisonOperator"},
        {NULL, "{a: ['IN', 1, 'x']}", INV "AttributeValues inside AttributeValueList must be of same type"},
        {NULL, "{a: ['BETWEEN', 2, 'x']}", INV "AttributeValues inside AttributeValueList must be of same type"},
        {NULL, "{a: ['LT', true]}", INV "ComparisonOperator LT is not valid for BOOL AttributeValue type"},
        {NULL, "{a: ['GE', <'x'>]}", INV "ComparisonOperator GE is not valid for SS AttributeValue type"},
        {NULL, "{a: ['BEGINS_WITH', 1]}", INV "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type"},
        {NULL, "{a: ['IN', {}]}", INV "ComparisonOperator IN is not valid for M AttributeValue type"},
        {NULL, "{a: ['BETWEEN', 2, 1]}",
            "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound"},
        {NULL, "{a: ['EQ'], b: ['LT', true]}", INV "Invalid number of argument(s) for the EQ ComparisonOperator"},
        {NULL, "{'': ['EQ', 1]}", "Empty attribute name"},
    };

    for (size_t i = 0; i < ROWS(rows); i++)
        CHECK(line_is(rows[i].text, filter_result("{}", rows[i].text, NULL), rows[i].expected));
    wording = WORDING_ENVELOPED;
    for (size_t i = 0; i < ROWS(rows); i++)
        CHECK(line_is(rows[i].text, filter_result("{}", rows[i].text, NULL),
            text_of(arena_printf(arena, ENV "%s", rows[i].expected))));
    wording = WORDING_CURRENT;
}

/* ---- Expected ---- */

TEST(expr, expected_in_its_two_forms)
{
    static const struct row rows[] = {
        {"{a: 1}", "{a: {value: 1}}", "true"},
        {"{a: 1}", "{a: {value: 1, exists: true}}", "true"},
        {"{a: 1}", "{a: {value: 2}}", "false"},
        {"{a: 1}", "{a: {exists: false}}", "false"},
        {NULL, "{a: {exists: false}}", "true"},
        {NULL, "{a: {value: 1}}", "false"},
        {"{a: 1}", "{a: {op: 'GT', value: 0}}", "true"},
        {"{a: 1}", "{a: {op: 'BETWEEN', list: [0, 2]}}", "true"},
        {"{a: 1}", "{a: {op: 'NULL'}}", "false"},
        {"{a: 1}", "{a: {value: 1}, b: {exists: false}}", "true"},
        {"{}", "{}", "no condition"},
        {NULL, "{a: {value: 1, list: [1]}}",
            INV "Value and AttributeValueList cannot be used together for Attribute: a"},
        {NULL, "{a: {op: 'EQ', exists: true}}",
            INV "Exists and ComparisonOperator cannot be used together for Attribute: a"},
        {NULL, "{a: {op: 'EQ'}}",
            INV "Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: a"},
        {NULL, "{a: {op: 'NULL', value: 1}}", INV "Invalid number of argument(s) for the NULL ComparisonOperator"},
        {NULL, "{a: {list: [1]}}",
            INV "AttributeValueList can only be used with a ComparisonOperator for Attribute: a"},
        {NULL, "{a: {}}", INV "Value must be provided when Exists is null for Attribute: a"},
        {NULL, "{a: {exists: true}}", INV "Value must be provided when Exists is true for Attribute: a"},
        {NULL, "{a: {exists: false, value: 1}}", INV "Value cannot be used when Exists is false for Attribute: a"},
    };

    for (size_t i = 0; i < ROWS(rows); i++)
        CHECK(line_is(rows[i].text, expected_result(rows[i].item, rows[i].text), rows[i].expected));
}

/* ---- KeyConditions ---- */

TEST(expr, key_conditions_become_clauses)
{
    struct expr_legacy legacy = legacy_begin();
    struct filter_condition_map map = {0};
    struct key_conditions conditions = {.present = true};
    const struct expr_key_clause *clauses;
    uint32_t count;

    CHECK_EQ(expr_legacy_key_conditions(&legacy, &conditions, &clauses, &count), ERR_FAULT);
    CHECK(line_is("none", message_of(&fault), "Conditions can be of length 1 or 2 only"));
    conditions_read(
        "{a: ['EQ', 1], b: ['BETWEEN', 'x', 'y'], c: ['NE', 1], d: ['NULL'], e: ['BEGINS_WITH', 'x']}", &map);
    conditions = (struct key_conditions){true, map.count, map.keys, map.values};
    CHECK_EQ(expr_legacy_key_conditions(&legacy, &conditions, &clauses, &count), OK);
    CHECK_EQ(count, 5);
    CHECK(slice_is(clauses[0].attribute, "a") && clauses[0].op == EXPR_KEY_EQ);
    CHECK(clauses[1].op == EXPR_KEY_BETWEEN);
    CHECK(slice_is(value_scalar(clauses[1].value), "x") && slice_is(value_scalar(clauses[1].upper), "y"));
    CHECK(clauses[2].op == EXPR_KEY_NOT_INDEXABLE && clauses[3].op == EXPR_KEY_NOT_INDEXABLE);
    CHECK(clauses[4].op == EXPR_KEY_BEGINS_WITH);
}

/* ---- AttributeUpdates ---- */

TEST(expr, attribute_updates_are_applied)
{
    static const struct row rows[] = {
        {"{a: 1}", "{a: {value: 'x'}}", "{a:'x'}"},
        {"{a: 1}", "{b: {value: 'x', action: 'PUT'}}", "{a:1,b:'x'}"},
        {"{a: 1}", "{a: {value: 2, action: 'ADD'}}", "{a:3}"},
        {"{a: <1>}", "{a: {value: <1, 2>, action: 'ADD'}}", "{a:<1,2>}"},
        {"{a: [1]}", "{a: {value: [2, 'x'], action: 'ADD'}}", "{a:[1,2,'x']}"},
        {"{a: 1}", "{a: {action: 'DELETE'}}", "{}"},
        {"{a: <1, 2>}", "{a: {value: <2, 3>, action: 'DELETE'}}", "{a:<1>}"},
        {"{a: <2>}", "{a: {value: <2, 3>, action: 'DELETE'}}", "{}"},
        {"{a: 1}", "{b: {action: 'DELETE'}, c: {value: <1>, action: 'DELETE'}}", "{a:1}"},
        {"{a: {b: 1}}", "{'a.b': {value: 2}}", "{a:{b:1},a.b:2}"},
        {NULL, "{a: {value: [1], action: 'ADD'}}", "{a:[1],pk:'k'}"},
        {NULL, "{a: {action: 'DELETE'}, b: {value: 1}}", "{b:1,pk:'k'}"},
        {NULL, "{a: {action: 'DELETE'}, b: {value: <1>, action: 'DELETE'}}", "nothing created"},
        {"{a: 1}", "{}", "no update"},
        {"{a: 'x'}", "{a: {value: 2, action: 'ADD'}}", "Type mismatch for attribute to update"},
        {"{a: <1>}", "{a: {value: <'x'>, action: 'ADD'}}", "Type mismatch for attribute to update"},
        {"{a: 1}", "{a: {value: [1], action: 'ADD'}}", "Type mismatch for attribute to update"},
        {"{a: [1]}", "{a: {value: <1>, action: 'DELETE'}}", "Type mismatch for attribute to update"},
        {"{a: 9e125}", "{a: {value: 9e125, action: 'ADD'}}",
            "Number overflow. Attempting to store a number with magnitude larger than supported range"},
        {NULL, "{a: {}}", INV "Only DELETE action is allowed when no attribute value is specified"},
        {NULL, "{a: {action: 'ADD'}}", INV "Only DELETE action is allowed when no attribute value is specified"},
        {NULL, "{a: {action: 'DELETE', value: 1}}", INV "DELETE action with value is not supported for the type N"},
        {NULL, "{a: {action: 'DELETE', value: [1]}}", INV "DELETE action with value is not supported for the type L"},
        {NULL, "{a: {action: 'ADD', value: 'x'}}", INV "ADD action is not supported for the type S"},
        {NULL, "{a: {action: 'ADD', value: {}}}", INV "ADD action is not supported for the type M"},
        {NULL, "{'': {value: 1}}", "Empty attribute name"},
    };

    for (size_t i = 0; i < ROWS(rows); i++)
        CHECK(line_is(rows[i].text, updates_result(rows[i].item, rows[i].text), rows[i].expected));
}

TEST(expr, attribute_updates_tell_targets_and_touched_attributes)
{
    struct expr_update *update =
        updates_compiled("{a: {value: 1, action: 'ADD'}, b: {action: 'DELETE'}, c: {value: 'x'}}");
    const struct expr_update_target *targets;
    const struct expr_path *paths;
    struct slice old = notation_read("{a: 1, b: 2, d: 3}", arena);

    CHECK_EQ(expr_update_targets(update, &targets), 3);
    CHECK(targets[0].action == EXPR_ADD && value_type(targets[0].literal) == VALUE_N);
    CHECK(targets[1].action == EXPR_REMOVE && targets[1].literal.p == NULL);
    CHECK(targets[2].action == EXPR_SET && slice_is(targets[2].path.elements[0].name, "c"));
    CHECK_EQ(expr_update_paths(update, &paths), 0);
    CHECK(!expr_update_only_removes(update));
    CHECK_EQ(expr_update_charge(update, old), 0);
    CHECK_EQ(expr_update_charge(updates_compiled("{a: {value: <'x', 'y'>, action: 'ADD'}}"), old), 0);
    CHECK(line_is("touched", notation_print(expr_update_touched(update, old, arena), arena), "{a:1,b:2}"));
}

TEST_MAIN()
