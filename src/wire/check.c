/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Member constraints: what the model demands of a request, all violations in one message (data-plane.md 0.6,
 * control-plane.md 1.7).
 *
 * The check is one walk over the input along the shape tables, in the operation's documented order. Nothing is printed
 * until something is wrong: the walk carries its path as a chain of stack frames. Rules that only some operations have
 * (table names, a missing TableName) and the answers of the newer layer (check_current.c) stand in tables.
 */
#include "wire/wire_int.h"

#include <stdarg.h>

#include "base/assert.h"
#include "base/limits.h"

/* quota: where a table is named, its ARN may stand too */
#define TABLE_ARN_CHARACTERS_MAX 1024

/* The way from the input to the value at hand. */
struct path {
    const struct path *up;
    struct slice name; /* of a member or a map key */
    uint32_t position; /* in a list, from 1; 0: not a list element */
    bool entry;        /* a map key */
};

/* Where a value stands: a member may be absent, an element and a map value are there even when null. */
enum place { MEMBER, ELEMENT, MAP_VALUE };

static void member_check(struct wire__checker *c, const struct shape_member *member, const void *at, enum place place,
    const struct path *path);
static void one_print(struct buf *out, const struct shape_member *member, const void *at, bool element);

/* ---- printing ---- */

static void path_print(struct buf *out, const struct path *path)
{
    if (path->up != NULL) {
        path_print(out, path->up);
        buf_byte(out, '.');
    }
    if (path->position != 0)
        buf_printf(out, "%u.member", path->position);
    else
        buf_slice(out, path->name);
    if (path->entry)
        BUF_LIT(out, ".member");
}

/* Collections and structures the way the service's runtime prints them; clients never match on it. */
static void structure_print(struct buf *out, const struct shape *shape, const void *from)
{
    buf_printf(out, "%s(", shape->name);
    for (uint32_t i = 0; i < shape->members_count && !out->failed; i++) {
        if (i != 0)
            BUF_LIT(out, ", ");
        buf_slice(out, shape->members[i].path);
        buf_byte(out, '=');
        one_print(out, &shape->members[i], (const uint8_t *)from + shape->members[i].offset, false);
    }
    buf_byte(out, ')');
}

static void list_print(struct buf *out, const struct shape *shape, const struct shape_list *list)
{
    if (!list->present) {
        BUF_LIT(out, "null");
        return;
    }
    buf_byte(out, '[');
    for (uint32_t i = 0; i < list->count && !out->failed; i++) {
        if (i != 0)
            BUF_LIT(out, ", ");
        one_print(out, shape->element, (const uint8_t *)list->items + (size_t)i * shape->element_bytes, true);
    }
    buf_byte(out, ']');
}

static void map_print(struct buf *out, const struct shape *shape, const struct shape_map *map)
{
    if (!map->present) {
        BUF_LIT(out, "null");
        return;
    }
    buf_byte(out, '{');
    for (uint32_t i = 0; i < map->count && !out->failed; i++) {
        if (i != 0)
            BUF_LIT(out, ", ");
        buf_slice(out, map->keys[i]);
        buf_byte(out, '=');
        one_print(out, shape->element, (const uint8_t *)map->values + (size_t)i * shape->element_bytes, true);
    }
    buf_byte(out, '}');
}

static void value_print(struct buf *out, struct slice value)
{
    static const struct {
        const char *name;
        enum value_type type;
    } fields[] = {{"s", VALUE_S}, {"n", VALUE_N}, {"b", VALUE_B}, {"sS", VALUE_SS}, {"nS", VALUE_NS}, {"bS", VALUE_BS},
        {"m", VALUE_M}, {"l", VALUE_L}, {"nULL", VALUE_NULL}, {"bOOL", VALUE_BOOL}};

    BUF_LIT(out, "AttributeValue(");
    for (size_t i = 0; i < VALUE_TYPES; i++) {
        buf_printf(out, "%s%s=", i == 0 ? "" : ", ", fields[i].name);
        if (value_type(value) != fields[i].type)
            BUF_LIT(out, "null");
        else
            wire__value_bare_write(value, out);
    }
    buf_byte(out, ')');
}

/* A faulty value is not shown: it may be nested deeper than the stack allows. */
static void attribute_value_print(struct buf *out, const struct attribute_value *v)
{
    if (!v->present)
        BUF_LIT(out, "null");
    else if (v->fault != VALUE_FAULT_NONE)
        BUF_LIT(out, "AttributeValue()");
    else
        value_print(out, v->bytes);
}

static void item_print(struct buf *out, const struct attribute_map *item)
{
    uint32_t count = item->fault == VALUE_FAULT_NONE ? item->count : 0;
    struct slice name, value;

    if (!item->present) {
        BUF_LIT(out, "null");
        return;
    }
    buf_byte(out, '{');
    for (uint32_t i = 0; i < count && !out->failed; i++) {
        body_at(item->body, i, &name, &value);
        if (i != 0)
            BUF_LIT(out, ", ");
        buf_slice(out, name);
        buf_byte(out, '=');
        value_print(out, value);
    }
    buf_byte(out, '}');
}

/* As much of a text as there is room for, in whole characters. */
static void text_print(struct buf *out, struct slice text)
{
    size_t room = out->bytes_max - out->n;
    bool whole = text.n <= room;

    if (text.p == NULL) {
        BUF_LIT(out, "null");
        return;
    }
    if (!whole)
        for (text.n = room; text.n > 0 && (text.p[text.n] & 0xc0) == 0x80; text.n--)
            ;
    buf_slice(out, text);
    out->failed |= !whole;
}

static void one_print(struct buf *out, const struct shape_member *member, const void *at, bool element)
{
    const struct slice *text = at;
    const void *structure;

    switch (member->kind) {
    case SHAPE_STRING:
    case SHAPE_BLOB:
        text_print(out, *text);
        break;
    case SHAPE_BOOLEAN:
        buf_printf(out, "%s",
            *(const enum tri *)at == TRI_ABSENT ? "null"
            : *(const enum tri *)at == TRI_TRUE ? "true"
                                                : "false");
        break;
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        if (((const struct opt_int *)at)->present)
            json_write_int(out, ((const struct opt_int *)at)->v);
        else
            BUF_LIT(out, "null");
        break;
    case SHAPE_DOUBLE:
    case SHAPE_TIMESTAMP:
        if (((const struct opt_double *)at)->present)
            json_write_double(out, ((const struct opt_double *)at)->v);
        else
            BUF_LIT(out, "null");
        break;
    case SHAPE_STRUCTURE:
        structure = element ? at : *(void *const *)at;
        if (structure == NULL)
            BUF_LIT(out, "null");
        else
            structure_print(out, member->shape, structure);
        break;
    case SHAPE_LIST:
        list_print(out, member->shape, at);
        break;
    case SHAPE_MAP:
        map_print(out, member->shape, at);
        break;
    case SHAPE_VALUE:
        attribute_value_print(out, at);
        break;
    case SHAPE_ITEM:
        item_print(out, at);
        break;
    }
}

/* ---- collecting ---- */

/* The value that breaks a rule. Without a bound, a request of megabytes that packs into a few kilobytes would keep the
 * worker for seconds and make a reply of its own size. */
static void offender_print(struct wire__checker *c, const struct shape_member *member, const void *at)
{
    struct buf shown;

    buf_init(&shown, c->arena, CONSTRAINT_VALUE_BYTES_MAX);
    if (c->operation->id == OPERATION_BATCH_GET_ITEM && member->kind == SHAPE_MAP)
        wire__member_write(member, at, false, &shown); /* the one place that echoes JSON */
    else
        one_print(&shown, member, at, false);
    if (shown.n != 0)
        buf_append(&c->text, shown.p, shown.n);
    if (shown.failed)
        BUF_LIT(&c->text, "...");
}

static void violation_begin(
    struct wire__checker *c, const struct path *path, const struct shape_member *member, const void *at)
{
    if (c->count != 0)
        BUF_LIT(&c->text, "; ");
    c->count++;
    BUF_LIT(&c->text, "Value '");
    offender_print(c, member, at);
    BUF_LIT(&c->text, "' at '");
    path_print(&c->text, path);
    BUF_LIT(&c->text, "' failed to satisfy constraint: ");
}

/* Adds the violation of a text, a number, a list or a map. */
PRINTF(5, 6)
static void violation(struct wire__checker *c, const struct path *path, const struct shape_member *member,
    const void *at, const char *format, ...)
{
    va_list arguments;

    if (c->count == CONSTRAINT_ERRORS_MAX)
        return;
    violation_begin(c, path, member, at);
    va_start(arguments, format);
    buf_vprintf(&c->text, format, arguments);
    va_end(arguments);
}

/* Units of an index update: the operation tells of a missing one in words of its own (control-plane.md 4.6). */
static bool is_told_later(const struct path *path)
{
    const struct path *units = path->up, *action = units == NULL ? NULL : units->up;

    return action != NULL && slice_is(units->name, "provisionedThroughput") && slice_is(action->name, "update");
}

static void null_violation(struct wire__checker *c, const struct path *path)
{
    if (c->count == CONSTRAINT_ERRORS_MAX || is_told_later(path))
        return;
    if (c->count != 0)
        BUF_LIT(&c->text, "; ");
    c->count++;
    BUF_LIT(&c->text, "Value null at '");
    path_print(&c->text, path);
    BUF_LIT(&c->text, "' failed to satisfy constraint: Member must not be null");
}

/* ---- rules ---- */

#define NOT_SHORTER "Member must have length greater than or equal to %lld"
#define NOT_LONGER  "Member must have length less than or equal to %lld"
#define NOT_LESS    "Member must have value greater than or equal to %lld"
#define NOT_MORE    "Member must have value less than or equal to %lld"
#define PATTERN     "Member must satisfy regular expression pattern: %s"
#define ENUM        "Member must satisfy enum value set: %s"

static bool enum_has(const struct shape_rule *rule, struct slice text)
{
    for (uint32_t i = 0; i < rule->values_count; i++)
        if (slice_equal(rule->values[i], text))
            return true;
    return false;
}

/* Lengths count characters, not bytes. */
static int64_t characters(struct slice text)
{
    int64_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        n += (text.p[i] & 0xc0) != 0x80;
    return n;
}

static void string_check(
    struct wire__checker *c, const struct shape_member *member, const struct slice *text, const struct path *path)
{
    const struct shape_rule *rule = member->rule;
    int64_t n;

    if (rule->values != NULL) {
        if (!enum_has(rule, *text))
            violation(c, path, member, text, ENUM, rule->values_text);
        return;
    }
    n = characters(*text);
    if (rule->pattern == SHAPE_PATTERN_TABLE && slice_starts_with(*text, SLICE_LIT("arn:"))) {
        if (n > TABLE_ARN_CHARACTERS_MAX)
            violation(c, path, member, text, NOT_LONGER, (long long)TABLE_ARN_CHARACTERS_MAX);
        return;
    }
    if (n != 0 && !shape_pattern_matches(rule->pattern, *text))
        violation(c, path, member, text, PATTERN, rule->pattern_text);
    if (rule->has_min && n < rule->min)
        violation(c, path, member, text, NOT_SHORTER, (long long)rule->min);
    if (rule->has_max && n > rule->max)
        violation(c, path, member, text, NOT_LONGER, (long long)rule->max);
}

static void integer_check(
    struct wire__checker *c, const struct shape_member *member, const struct opt_int *v, const struct path *path)
{
    const struct shape_rule *rule = member->rule;

    if (rule->has_min && v->v < rule->min)
        violation(c, path, member, v, NOT_LESS, (long long)rule->min);
    if (rule->has_max && v->v > rule->max)
        violation(c, path, member, v, NOT_MORE, (long long)rule->max);
}

static void count_check(
    struct wire__checker *c, const struct shape_member *member, const void *at, int64_t count, const struct path *path)
{
    const struct shape_rule *rule = member->rule != NULL ? member->rule : member->shape->rule;

    if (rule == NULL)
        return;
    if (rule->has_min && count < rule->min)
        violation(c, path, member, at, NOT_SHORTER, (long long)rule->min);
    if (rule->has_max && count > rule->max)
        violation(c, path, member, at, NOT_LONGER, (long long)rule->max);
}

/* ---- the walk ---- */

static void structure_check(struct wire__checker *c, const struct shape *shape, const void *from, const struct path *up)
{
    for (uint32_t i = 0; i < shape->members_count; i++) {
        const struct shape_member *member = &shape->members[shape->check_order[i]];
        struct path path = {.up = up, .name = member->path};

        member_check(c, member, (const uint8_t *)from + member->offset, MEMBER, &path);
    }
}

static void list_check(struct wire__checker *c, const struct shape_member *member, const struct shape_list *list,
    enum place place, const struct path *up)
{
    const struct shape *shape = member->shape;

    if (place != MAP_VALUE)
        count_check(c, member, list, list->count, up);
    if (!shape->checked)
        return;
    for (uint32_t i = 0; i < list->count && c->count < CONSTRAINT_ERRORS_MAX; i++) {
        struct path path = {.up = up, .position = i + 1};

        member_check(
            c, shape->element, (const uint8_t *)list->items + (size_t)i * shape->element_bytes, ELEMENT, &path);
    }
}

/* "[longer, shorter, pattern]": the rule of the keys or values of a map, told as a whole. */
static void map_rule_violation(struct wire__checker *c, const struct path *path, const struct shape_member *member,
    const void *at, const char *what, const struct shape_rule *rule)
{
    const char *comma = "";

    if (c->count == CONSTRAINT_ERRORS_MAX)
        return;
    violation_begin(c, path, member, at);
    buf_printf(&c->text, "%s must satisfy constraint: [", what);
    if (rule->has_max) {
        buf_printf(&c->text, NOT_LONGER, (long long)rule->max);
        comma = ", ";
    }
    if (rule->has_min) {
        buf_printf(&c->text, "%s" NOT_SHORTER, comma, (long long)rule->min);
        comma = ", ";
    }
    if (rule->pattern_text != NULL)
        buf_printf(&c->text, "%s" PATTERN, comma, rule->pattern_text);
    buf_byte(&c->text, ']');
}

static bool length_good(const struct shape_rule *rule, int64_t n)
{
    return (!rule->has_min || n >= rule->min) && (!rule->has_max || n <= rule->max);
}

static bool text_good(const struct shape_rule *rule, struct slice text)
{
    if (rule->pattern == SHAPE_PATTERN_TABLE && slice_starts_with(text, SLICE_LIT("arn:")))
        return characters(text) <= TABLE_ARN_CHARACTERS_MAX;
    return length_good(rule, characters(text)) && shape_pattern_matches(rule->pattern, text);
}

static void keys_check(
    struct wire__checker *c, const struct shape_member *member, const struct shape_map *map, const struct path *path)
{
    const struct shape_rule *rule = c->keys_ignored ? NULL : member->shape->key_rule;

    for (uint32_t i = 0; rule != NULL && i < map->count; i++) {
        if (!text_good(rule, map->keys[i])) {
            map_rule_violation(c, path, member, map, "Map keys", rule);
            return;
        }
    }
}

/* The rule that the values of a map have as a whole: texts and lists. */
static const struct shape_rule *values_rule(const struct shape *shape)
{
    if (shape->element->kind == SHAPE_STRING)
        return shape->element->rule;
    return shape->element->kind == SHAPE_LIST ? shape->element->shape->rule : NULL;
}

static bool map_value_good(const struct shape_member *element, const struct shape_rule *rule, const void *at)
{
    if (element->kind == SHAPE_LIST)
        return length_good(rule, ((const struct shape_list *)at)->count);
    return ((const struct slice *)at)->p == NULL || text_good(rule, *(const struct slice *)at);
}

static void values_check(
    struct wire__checker *c, const struct shape_member *member, const struct shape_map *map, const struct path *path)
{
    const struct shape *shape = member->shape;
    const struct shape_rule *rule = values_rule(shape);

    for (uint32_t i = 0; rule != NULL && i < map->count; i++) {
        if (!map_value_good(shape->element, rule, (const uint8_t *)map->values + (size_t)i * shape->element_bytes)) {
            map_rule_violation(c, path, member, map, "Map value", rule);
            return;
        }
    }
}

static void map_check(
    struct wire__checker *c, const struct shape_member *member, const struct shape_map *map, const struct path *up)
{
    const struct shape *shape = member->shape;

    count_check(c, member, map, map->count, up);
    keys_check(c, member, map, up);
    values_check(c, member, map, up);
    if (!shape->checked)
        return;
    for (uint32_t i = 0; i < map->count && c->count < CONSTRAINT_ERRORS_MAX; i++) {
        struct path path = {.up = up, .name = map->keys[i], .entry = true};

        member_check(
            c, shape->element, (const uint8_t *)map->values + (size_t)i * shape->element_bytes, MAP_VALUE, &path);
    }
}

static void member_check(struct wire__checker *c, const struct shape_member *member, const void *at, enum place place,
    const struct path *path)
{
    if (!shape_present(member, at, place != MEMBER)) {
        if (member->required || place != MEMBER)
            null_violation(c, path);
        return;
    }
    switch (member->kind) {
    case SHAPE_STRING:
        if (member->rule != NULL && place != MAP_VALUE)
            string_check(c, member, at, path);
        break;
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        if (member->rule != NULL)
            integer_check(c, member, at, path);
        break;
    case SHAPE_STRUCTURE:
        if (member->shape->checked)
            structure_check(c, member->shape, place == MEMBER ? *(void *const *)at : at, path);
        break;
    case SHAPE_LIST:
        list_check(c, member, at, place, path);
        break;
    case SHAPE_MAP:
        map_check(c, member, at, path);
        break;
    default: /* blobs, booleans, doubles, values and items have no constraints of this kind */
        break;
    }
}

/* ---- the operation ---- */

const struct shape_member *wire__input_member(const struct wire__checker *c, const char *name)
{
    const struct shape_member *member = shape_member_find(c->operation->input, slice_from_cstr(name));

    ASSERT(member != NULL);
    return member;
}

struct slice wire__input_text(const struct wire__checker *c, const char *name)
{
    return *(const struct slice *)(const void *)((const uint8_t *)c->input + wire__input_member(c, name)->offset);
}

void wire__member_check(struct wire__checker *c, const struct shape_member *member)
{
    struct path path = {.name = member->path};

    member_check(c, member, (const uint8_t *)c->input + member->offset, MEMBER, &path);
}

void wire__violation_add(struct wire__checker *c, const char *format, ...)
{
    va_list arguments;

    if (c->count == CONSTRAINT_ERRORS_MAX)
        return;
    if (c->count++ != 0)
        BUF_LIT(&c->text, "; ");
    va_start(arguments, format);
    buf_vprintf(&c->text, format, arguments);
    va_end(arguments);
}

enum err wire__violations_report(const struct wire__checker *c)
{
    if (c->count == 0)
        return OK;
    return fault_validation(c->fault, "%u validation error%s detected: %.*s", c->count, c->count == 1 ? "" : "s",
        SLICE_ARG(buf_view(&c->text)));
}

/* A required member whose absence some operations tell in a sentence, before everything else
 * (control-plane.md 1.8, 10.6). */
static enum err sentence_check(const struct wire__checker *c)
{
    const struct shape_member *member;

    if (c->operation->missing_member == NULL)
        return OK;
    member = wire__input_member(c, c->operation->missing_member);
    if (shape_present(member, (const uint8_t *)c->input + member->offset, false))
        return OK;
    return fault_validation(c->fault, "%s", c->operation->missing_text);
}

enum err wire_check(const struct operation *operation, const void *input, enum wording wording, struct arena *arena,
    struct fault *fault)
{
    struct wire__checker c = {
        .operation = operation, .input = input, .wording = wording, .arena = arena, .fault = fault};
    enum err err = sentence_check(&c);

    if (err)
        return err;
    buf_init(&c.text, arena, ARENA_ALLOC_BYTES_MAX);
    for (uint32_t i = 0; i < operation->input->members_count; i++)
        wire__member_check(&c, &operation->input->members[operation->input->check_order[i]]);
    if (c.count == 0)
        return OK;
    if (!wire__has_current(operation->id))
        return wire__violations_report(&c);
    c.count = 0;
    buf_init(&c.text, arena, ARENA_ALLOC_BYTES_MAX);
    return wire__check_current(&c);
}
