/* SPDX-License-Identifier: Apache-2.0 */

/*
 * AttributeUpdates (data-plane.md 5.6) as an update: PUT is SET of a literal, ADD and DELETE of a set are what they are
 * in an expression, DELETE without a value is REMOVE.
 *
 * What differs from an expression when it is applied (the text for a type that does not fit, ADD that appends to a
 * list, no statement charge) hangs on `legacy` in struct expr_update. The names are distinct, so targets cannot
 * overlap, and one attribute's action never looks at another attribute.
 */
#include "expr/legacy_int.h"
#include "expr/update_int.h"

static bool is_set(struct slice value)
{
    enum value_type type = value_type(value);

    return type == VALUE_SS || type == VALUE_NS || type == VALUE_BS;
}

static enum err action_refuse(const struct expr_legacy *legacy, const char *text, struct slice value)
{
    return EXPR__LEGACY_REFUSE(legacy, SLICE_LIT(EXPR__INVALID), slice_from_cstr(text),
        SLICE_LIT(" is not supported for the type "), EXPR__TYPE_NAME(value));
}

static enum err entry_check(
    const struct expr_legacy *legacy, struct slice attribute, const struct attribute_value_update *update)
{
    bool adds = slice_is(update->action, "ADD"), deletes = slice_is(update->action, "DELETE");
    struct slice value = update->value.bytes;
    enum err err = expr__attribute_check(legacy->wording, attribute, legacy->fault);

    if (err == OK && update->value.present)
        err = expr__legacy_value_check(legacy, &update->value);
    if (err)
        return err;
    if (!update->value.present) {
        if (deletes)
            return OK;
        return EXPR__LEGACY_REFUSE(
            legacy, SLICE_LIT(EXPR__INVALID "Only DELETE action is allowed when no attribute value is specified"));
    }
    if (deletes && !is_set(value))
        return action_refuse(legacy, "DELETE action with value", value);
    if (adds && !is_set(value) && value_type(value) != VALUE_N && value_type(value) != VALUE_L)
        return action_refuse(legacy, "ADD action", value);
    return OK;
}

static enum expr_action entry_action(const struct attribute_value_update *update)
{
    if (slice_is(update->action, "ADD"))
        return EXPR_ADD;
    if (slice_is(update->action, "DELETE"))
        return update->value.present ? EXPR_DELETE : EXPR_REMOVE;
    return EXPR_SET;
}

static struct expr_update *update_make(const struct expr_legacy *legacy, const struct attribute_updates *updates)
{
    struct arena *arena = legacy->arena;
    struct expr_update *update = arena_zalloc(arena, sizeof(*update));
    struct expr_update_target *targets = arena_zalloc(arena, updates->count * sizeof(*targets));
    struct expr_path *paths = arena_alloc(arena, updates->count * sizeof(*paths));
    struct expr_path_element *elements = arena_zalloc(arena, updates->count * sizeof(*elements));

    *update = (struct expr_update){
        .targets = targets, .count = (uint16_t)updates->count, .only_removes = true, .legacy = true};
    for (uint32_t i = 0; i < updates->count; i++) {
        elements[i].name = updates->keys[i];
        paths[i] = (struct expr_path){&elements[i], 1};
        targets[i].action = entry_action(&updates->values[i]);
        targets[i].path = paths[i];
        if (updates->values[i].value.present)
            targets[i].literal = updates->values[i].value.bytes;
        update->only_removes &= targets[i].action == EXPR_REMOVE || targets[i].action == EXPR_DELETE;
    }
    expr__path_set_init(&update->set, paths, update->count, arena);
    return update;
}

enum err expr_legacy_updates(
    const struct expr_legacy *legacy, const struct attribute_updates *updates, struct expr_update **ret)
{
    for (uint32_t i = 0; i < updates->count; i++) {
        enum err err = entry_check(legacy, updates->keys[i], &updates->values[i]);

        if (err)
            return err;
    }
    if (updates->count > LEGACY_UPDATES_MAX)
        return EXPR__LEGACY_REFUSE(
            legacy, arena_printf(legacy->arena, EXPR__INVALID "AttributeUpdates has more than %u attributes",
                        LEGACY_UPDATES_MAX));
    *ret = updates->count == 0 ? NULL : update_make(legacy, updates);
    return OK;
}
