/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * Runs one expression and says what came of it as one line: the result, or the message of the refusal. All tests of the
 * folder are tables of such lines.
 */
#include "expr/expr.h"
#include "notation.h"
#include "test.h"

static struct arena *arena;
static enum wording wording = WORDING_CURRENT;

__attribute__((constructor)) static void arena_begin(void)
{
    arena = arena_create(1 << 16);
}

/* The placeholders in "{#n: 'name', :v: 1}". NULL: none. */
static enum err context_make(const char *placeholders, struct expr_context **ret, struct fault *fault)
{
    struct slice body = notation_read(placeholders == NULL ? "{}" : placeholders, arena);
    uint32_t count = body_count(body);
    struct expr_name *names = arena_zalloc(arena, count * sizeof(*names));
    struct expr_value *values = arena_zalloc(arena, count * sizeof(*values));
    struct expr_input input = {.arena = arena, .wording = wording, .names = names, .values = values};

    for (uint32_t i = 0; i < count; i++) {
        struct slice name, value;

        body_at(body, i, &name, &value);
        if (name.p[0] == '#')
            names[input.names_count++] = (struct expr_name){name, value_scalar(value)};
        else
            values[input.values_count++] = (struct expr_value){.name = name, .value = value};
    }
    input.names_present = input.names_count != 0;
    input.values_present = input.values_count != 0;
    return expr_context_create(&input, ret, fault);
}

static const char *text_of(struct slice s)
{
    return (const char *)arena_printf(arena, "%.*s", SLICE_ARG(s)).p;
}

static const char *message_of(const struct fault *fault)
{
    return fault->code == API_VALIDATION ? text_of(fault->message) : "another error code";
}

static const char *condition_result(const char *item, const char *text, const char *placeholders, enum expr_kind kind)
{
    struct fault fault = {.arena = arena};
    struct expr_context *context;
    struct expr_condition *condition;

    if (context_make(placeholders, &context, &fault))
        return message_of(&fault);
    if (expr_condition_compile(context, kind, slice_from_cstr(text), &condition, &fault))
        return message_of(&fault);
    return expr_condition_test(condition, notation_read(item, arena), arena) ? "true" : "false";
}

static const char *projection_result(const char *item, const char *text, const char *placeholders)
{
    struct fault fault = {.arena = arena};
    struct expr_context *context;
    struct expr_projection *projection;
    struct slice body;

    if (context_make(placeholders, &context, &fault))
        return message_of(&fault);
    if (expr_projection_compile(context, slice_from_cstr(text), &projection, &fault))
        return message_of(&fault);
    body = expr_projection_apply(projection, notation_read(item, arena), arena);
    return body_valid(body, 64) ? notation_print(body, arena) : "not a body";
}

static struct expr_update *update_compiled(const char *text, const char *placeholders, struct fault *fault)
{
    struct expr_context *context;
    struct expr_update *update;

    if (context_make(placeholders, &context, fault))
        return NULL;
    if (expr_update_compile(context, slice_from_cstr(text), &update, fault))
        return NULL;
    return update;
}

/* `item` NULL: there is none; then the key is {pk: 'k'}. */
static const char *update_result(const char *item, const char *text, const char *placeholders)
{
    struct fault fault = {.arena = arena};
    struct expr_update *update = update_compiled(text, placeholders, &fault);
    struct slice body;

    if (update == NULL)
        return message_of(&fault);
    if (item == NULL && expr_update_only_removes(update))
        return "nothing created";
    if (expr_update_apply(update, notation_read(item, arena), notation_read("{pk: 'k'}", arena), arena, &body, &fault))
        return message_of(&fault);
    return body_valid(body, 64) ? notation_print(body, arena) : "not a body";
}

/* "pk = 1 and sk between 2 and 3" in canonical form. */
static const char *key_result(const char *text, const char *placeholders)
{
    static const char *const operators[] = {"=", "<", "<=", ">", ">=", "between", "begins_with"};
    struct fault fault = {.arena = arena};
    struct expr_context *context;
    const struct expr_key_clause *clauses;
    uint32_t count;
    struct buf out;

    if (context_make(placeholders, &context, &fault))
        return message_of(&fault);
    if (expr_key_condition_compile(context, slice_from_cstr(text), &clauses, &count, &fault))
        return message_of(&fault);
    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    for (uint32_t i = 0; i < count; i++) {
        buf_printf(&out, "%s%.*s %s ", i == 0 ? "" : ", ", SLICE_ARG(clauses[i].attribute), operators[clauses[i].op]);
        notation_print_value(clauses[i].value, &out);
        if (clauses[i].op == EXPR_KEY_BETWEEN) {
            buf_printf(&out, " and ");
            notation_print_value(clauses[i].upper, &out);
        }
    }
    buf_byte(&out, 0);
    return (const char *)out.p;
}

/* Prints what differs; true when it is as expected. */
static bool line_is(const char *what, const char *got, const char *expected)
{
    if (strcmp(got, expected) == 0)
        return true;
    printf("%s\n     got: %s\nexpected: %s\n", what, got, expected);
    return false;
}

#define ROWS(rows_) (sizeof(rows_) / sizeof((rows_)[0]))
