/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The placeholders of one request: the checks of ExpressionAttributeNames and ExpressionAttributeValues
 * (data-plane.md 3.1.2), looking them up, and telling in the end which were never used.
 *
 * A request has a handful of placeholders, and comparing a handful of short names beats every index. A request may also
 * have a hundred thousand; then a sorted order keeps a text full of placeholders from costing their product.
 *
 * All texts here stand alone, without "Invalid XExpression: ". The envelope of the item writes is added in one place
 * (expr__context_refuse). Belongs to the fiber of its request.
 */
#include <stdlib.h>

#include "base/assert.h"
#include "expr/expr_int.h"

/* Names or values: an array of structs that begin with the placeholder. */
struct placeholders {
    const uint8_t *first;
    size_t stride;
    uint32_t count;
    uint32_t *order; /* by name; NULL while a linear search is cheap */
    bool *used;
};

struct expr_context {
    struct arena *arena;
    enum wording wording;
    const struct expr_name *names;
    const struct expr_value *values;
    struct placeholders by_name, by_value;
    bool late;
};

static_assert(
    offsetof(struct expr_name, name) == 0 && offsetof(struct expr_value, name) == 0, "placeholders are read in place");

struct slice expr__join(struct arena *arena, const struct slice *parts, size_t count)
{
    size_t n = 0;
    uint8_t *bytes;

    for (size_t i = 0; i < count; i++)
        n += parts[i].n;
    bytes = arena_alloc(arena, n);
    n = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].n != 0)
            memcpy(bytes + n, parts[i].p, parts[i].n);
        n += parts[i].n;
    }
    return slice_of(bytes, n);
}

struct arena *expr__context_arena(const struct expr_context *context)
{
    return context->arena;
}

enum wording expr__context_wording(const struct expr_context *context)
{
    return context->wording;
}

enum err expr__refuse_as(enum wording wording, struct slice text, struct fault *fault)
{
    struct slice envelope = wording == WORDING_ENVELOPED ? SLICE_LIT("1 validation error detected: ") : SLICE_LIT("");
    enum err err = fault_set_bare(fault, API_VALIDATION);

    fault->message = EXPR__JOIN(fault->arena, envelope, text);
    return err;
}

enum err expr__context_refuse(const struct expr_context *context, struct slice text, struct fault *fault)
{
    return expr__refuse_as(context->wording, text, fault);
}

/* ---- looking up ---- */

static struct slice placeholder_at(const struct placeholders *set, uint32_t i)
{
    struct slice name;

    memcpy(&name, set->first + i * set->stride, sizeof(name));
    return name;
}

static int order_compare(const void *a, const void *b, void *set)
{
    return slice_compare(placeholder_at(set, *(const uint32_t *)a), placeholder_at(set, *(const uint32_t *)b));
}

static void placeholders_init(
    struct placeholders *set, const void *first, size_t stride, uint32_t count, struct arena *arena)
{
    *set = (struct placeholders){.first = first, .stride = stride, .count = count};
    set->used = arena_zalloc(arena, count);
    if (count <= EXPR__PLACEHOLDERS_LINEAR_MAX)
        return;
    set->order = arena_alloc(arena, count * sizeof(*set->order));
    for (uint32_t i = 0; i < count; i++)
        set->order[i] = i;
    qsort_r(set->order, count, sizeof(*set->order), order_compare, set);
}

static bool search_linear(const struct placeholders *set, struct slice name, uint32_t *ret)
{
    for (uint32_t i = 0; i < set->count; i++) {
        if (slice_equal(placeholder_at(set, i), name)) {
            *ret = i;
            return true;
        }
    }
    return false;
}

static bool search_sorted(const struct placeholders *set, struct slice name, uint32_t *ret)
{
    uint32_t low = 0, high = set->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = slice_compare(placeholder_at(set, set->order[middle]), name);

        if (order == 0) {
            *ret = set->order[middle];
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool placeholder_use(struct placeholders *set, struct slice name, uint32_t *ret)
{
    if (!(set->order == NULL ? search_linear : search_sorted)(set, name, ret))
        return false;
    set->used[*ret] = true;
    return true;
}

bool expr__context_name(struct expr_context *context, struct slice name, struct slice *ret)
{
    uint32_t i;

    if (!placeholder_use(&context->by_name, name, &i))
        return false;
    *ret = context->names[i].attribute;
    return true;
}

bool expr__context_value(struct expr_context *context, struct slice name, struct slice *ret)
{
    uint32_t i;

    if (!placeholder_use(&context->by_value, name, &i))
        return false;
    *ret = context->values[i].value;
    return true;
}

/* ---- checks before the texts ---- */

/* A mark, then letters, digits and underscores. */
static bool placeholder_valid(struct slice name, uint8_t mark)
{
    if (name.n < 2 || name.p[0] != mark)
        return false;
    for (size_t i = 1; i < name.n; i++) {
        uint8_t byte = name.p[i];

        if (!(byte >= '0' && byte <= '9') && !(byte >= 'A' && byte <= 'Z') && !(byte >= 'a' && byte <= 'z') &&
            byte != '_')
            return false;
    }
    return true;
}

/* `member` is ExpressionAttributeNames or ExpressionAttributeValues. */
static enum err keys_check(const struct expr_context *context, const struct placeholders *set, bool present,
    struct slice member, uint8_t mark, struct fault *fault)
{
    struct arena *arena = context->arena;

    if (present && set->count == 0)
        return expr__context_refuse(context, EXPR__JOIN(arena, member, SLICE_LIT(" must not be empty")), fault);
    for (uint32_t i = 0; i < set->count; i++) {
        struct slice name = placeholder_at(set, i);

        if (!placeholder_valid(name, mark))
            return expr__context_refuse(context,
                EXPR__JOIN(
                    arena, member, SLICE_LIT(" contains invalid key: Syntax error; key: \""), name, SLICE_LIT("\"")),
                fault);
        /* the service's own text for this one is not known (data-plane.md 4.8) */
        if (name.n > PLACEHOLDER_BYTES_MAX)
            return expr__context_refuse(context,
                EXPR__JOIN(arena, member,
                    SLICE_LIT(" contains invalid key: The key has exceeded the maximum allowed size; key: \""), name,
                    SLICE_LIT("\"")),
                fault);
    }
    return OK;
}

enum err expr__attribute_check(enum wording wording, struct slice name, struct fault *fault)
{
    if (name.n == 0)
        return expr__refuse_as(wording, SLICE_LIT("Empty attribute name"), fault);
    if (name.n > ATTRIBUTE_NAME_BYTES_MAX) /* the service's own text is not known (data-plane.md 1.1) */
        return expr__refuse_as(wording,
            SLICE_LIT("One or more parameter values were invalid: Attribute name is too large, must be less than 65536 "
                      "bytes"),
            fault);
    return OK;
}

static enum err attributes_check(const struct expr_context *context, struct fault *fault)
{
    for (uint32_t i = 0; i < context->by_name.count; i++) {
        enum err err = expr__attribute_check(context->wording, context->names[i].attribute, fault);

        if (err)
            return err;
    }
    return OK;
}

static enum err values_check(const struct expr_context *context, uint32_t depth_max, struct fault *fault)
{
    for (uint32_t i = 0; i < context->by_value.count; i++) {
        const struct expr_value *value = &context->values[i];
        struct slice text = value->fault;

        if (text.p == NULL && depth_max != 0 && value_depth(value->value) > depth_max)
            text = SLICE_LIT("Nesting Levels have exceeded supported limits: Attributes in the item have nested levels "
                             "beyond supported limit");
        if (text.p == NULL)
            continue;
        if (context->wording == WORDING_CLASSIC)
            text = EXPR__JOIN(context->arena, SLICE_LIT("ExpressionAttributeValues contains invalid value: "), text,
                SLICE_LIT(" for key "), value->name);
        return expr__context_refuse(context, text, fault);
    }
    return OK;
}

enum err expr_context_create(const struct expr_input *input, struct expr_context **ret, struct fault *fault)
{
    struct expr_context *context = arena_zalloc(input->arena, sizeof(*context));
    enum err err;

    context->arena = input->arena;
    context->wording = input->wording;
    context->names = input->names;
    context->values = input->values;
    placeholders_init(&context->by_name, input->names, sizeof(*input->names), input->names_count, input->arena);
    placeholders_init(&context->by_value, input->values, sizeof(*input->values), input->values_count, input->arena);
    err =
        keys_check(context, &context->by_name, input->names_present, SLICE_LIT("ExpressionAttributeNames"), '#', fault);
    if (err)
        return err;
    err = attributes_check(context, fault);
    if (err)
        return err;
    err = keys_check(
        context, &context->by_value, input->values_present, SLICE_LIT("ExpressionAttributeValues"), ':', fault);
    if (err)
        return err;
    err = values_check(context, input->value_depth_max, fault);
    if (err)
        return err;
    *ret = context;
    return OK;
}

void expr__context_late(struct expr_context *context)
{
    context->late = true;
}

bool expr_context_fault_is_late(const struct expr_context *context)
{
    return context->late;
}

/* ---- checks after the texts ---- */

static enum err unused_check(
    const struct expr_context *context, const struct placeholders *set, struct slice member, struct fault *fault)
{
    struct buf text;
    bool any = false;

    for (uint32_t i = 0; i < set->count && !any; i++)
        any = !set->used[i];
    if (!any)
        return OK;
    buf_init(&text, context->arena, ARENA_ALLOC_BYTES_MAX);
    BUF_LIT(&text, "Value provided in ");
    buf_slice(&text, member);
    BUF_LIT(&text, " unused in expressions: keys: {");
    for (uint32_t i = 0; i < set->count; i++) {
        if (set->used[i])
            continue;
        if (!any)
            BUF_LIT(&text, ", ");
        any = false;
        buf_slice(&text, placeholder_at(set, i));
    }
    BUF_LIT(&text, "}");
    return expr__context_refuse(context, buf_view(&text), fault);
}

enum err expr_context_finish(struct expr_context *context, struct fault *fault)
{
    enum err err = unused_check(context, &context->by_name, SLICE_LIT("ExpressionAttributeNames"), fault);

    if (err)
        return err;
    return unused_check(context, &context->by_value, SLICE_LIT("ExpressionAttributeValues"), fault);
}
