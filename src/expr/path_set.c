/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Several paths at once: the attributes of a projection, the targets of an update.
 *
 * The idea: sorted by element, paths that share a prefix stand next to each other. A walk through an item then handles
 * them run by run and meets each map and list once, in the order in which the result is written; and two paths that
 * overlap (one is a prefix of the other) or conflict (a name and an index at the same place) leave a trace between
 * neighbours, so a set without faults is recognised in one pass. Only a set that has one is searched pair by pair for
 * the pair to report.
 *
 * Walks recurse by path element: EXPRESSION_PATH_ELEMENTS_MAX deep at most. Pure; any thread.
 */
#include <stdlib.h>

#include "base/assert.h"
#include "expr/expr_int.h"

#define INSERTION_SORT_MAX 16u

/* ---- order ---- */

static int element_compare(const struct expr_path_element *a, const struct expr_path_element *b)
{
    if (a->name.p != NULL && b->name.p != NULL)
        return slice_compare(a->name, b->name);
    if (a->name.p != NULL || b->name.p != NULL)
        return a->name.p != NULL ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static int path_compare(const struct expr_path *a, const struct expr_path *b)
{
    for (uint32_t i = 0; i < a->count && i < b->count; i++) {
        int order = element_compare(&a->elements[i], &b->elements[i]);

        if (order != 0)
            return order;
    }
    return a->count < b->count ? -1 : a->count > b->count;
}

static int order_compare(const void *a, const void *b, void *paths)
{
    const struct expr_path *all = paths;

    return path_compare(&all[*(const uint16_t *)a], &all[*(const uint16_t *)b]);
}

void expr__path_set_init(struct expr__path_set *set, const struct expr_path *paths, uint16_t count, struct arena *arena)
{
    uint16_t *order = arena_alloc(arena, count * sizeof(*order));

    *set = (struct expr__path_set){paths, order, count};
    for (uint16_t i = 0; i < count; i++)
        order[i] = i;
    if (count > INSERTION_SORT_MAX) {
        qsort_r(order, count, sizeof(*order), order_compare, (void *)(uintptr_t)paths);
        return;
    }
    for (uint16_t i = 1; i < count; i++) {
        uint16_t path = order[i], at = i;

        for (; at > 0 && path_compare(&paths[order[at - 1]], &paths[path]) > 0; at--)
            order[at] = order[at - 1];
        order[at] = path;
    }
}

/* ---- overlaps and conflicts ---- */

enum relation { APART, OVERLAP, CONFLICT };

static enum relation relation(const struct expr_path *a, const struct expr_path *b)
{
    for (uint32_t i = 0; i < a->count && i < b->count; i++) {
        const struct expr_path_element *x = &a->elements[i], *y = &b->elements[i];

        if ((x->name.p == NULL) != (y->name.p == NULL))
            return CONFLICT;
        if (!expr__element_equal(x, y))
            return APART;
    }
    return OVERLAP;
}

static void pair_note(struct expr__parser *p, enum expr__stage stage, const char *verb, const struct expr_path *one,
    const struct expr_path *two)
{
    expr__note(p, stage,
        EXPR__JOIN(p->arena, SLICE_LIT("Two document paths "), slice_from_cstr(verb),
            SLICE_LIT(" with each other; must remove or rewrite one of these paths; path one: "),
            expr_path_text(one, p->arena), SLICE_LIT(", path two: "), expr_path_text(two, p->arena)));
}

/*
 * The first pair in written order: the earliest path that has a fault with one before it. At most EXPRESSION_BYTES_MAX
 * / 2 paths, and most comparisons end at the first byte.
 */
static void pairs_search(struct expr__parser *p, const struct expr__path_set *set)
{
    const uint32_t both = 1u << EXPR__STAGE_OVERLAP | 1u << EXPR__STAGE_CONFLICT;

    for (uint32_t two = 1; two < set->count && (p->noted & both) != both; two++) {
        for (uint32_t one = 0; one < two; one++) {
            enum relation r = relation(&set->paths[one], &set->paths[two]);

            if (r == OVERLAP)
                pair_note(p, EXPR__STAGE_OVERLAP, "overlap", &set->paths[one], &set->paths[two]);
            else if (r == CONFLICT)
                pair_note(p, EXPR__STAGE_CONFLICT, "conflict", &set->paths[one], &set->paths[two]);
        }
    }
}

void expr__path_set_check(struct expr__parser *p, const struct expr__path_set *set)
{
    for (uint32_t i = 1; i < set->count; i++) {
        if (relation(expr__path_set_at(set, i - 1), expr__path_set_at(set, i)) != APART) {
            pairs_search(p, set);
            return;
        }
    }
}

uint32_t expr__path_set_run(const struct expr__path_set *set, uint32_t from, uint32_t to, uint32_t depth)
{
    const struct expr_path_element *element = &expr__path_set_at(set, from)->elements[depth];
    uint32_t end = from + 1;

    while (end < to && expr__element_equal(element, &expr__path_set_at(set, end)->elements[depth]))
        end++;
    return end;
}

/* ---- projecting ---- */

/* Where a builder stands, to take back what was written in vain. */
struct mark {
    size_t bytes;
    uint32_t offsets;
};

static struct mark mark_take(const struct builder *b)
{
    return (struct mark){b->out->n, b->offsets_n};
}

static void mark_return(struct builder *b, struct mark mark)
{
    b->out->n = mark.bytes;
    b->offsets_n = mark.offsets;
}

/* Paths [from, to) of the set share their first `depth` elements, which lead to the container at hand. */
struct walk {
    const struct expr__path_set *set;
    struct builder *builder;
};

static bool value_project(const struct walk *w, struct slice value, uint32_t from, uint32_t to, uint32_t depth);

static bool body_project(
    const struct walk *w, struct slice body, uint32_t from, uint32_t to, uint32_t depth, struct builder_frame *frame)
{
    bool any = false;

    for (uint32_t end; from < to; from = end) {
        struct slice name = expr__path_set_at(w->set, from)->elements[depth].name, value;
        struct mark mark = mark_take(w->builder);

        end = expr__path_set_run(w->set, from, to, depth);
        if (name.p == NULL || !body_find(body, name, &value))
            continue;
        builder_name(w->builder, frame, name);
        if (value_project(w, value, from, end, depth + 1))
            any = true;
        else
            mark_return(w->builder, mark);
    }
    return any;
}

static bool list_project(
    const struct walk *w, struct slice list, uint32_t from, uint32_t to, uint32_t depth, struct builder_frame *frame)
{
    bool any = false;

    for (uint32_t end; from < to; from = end) {
        const struct expr_path_element *element = &expr__path_set_at(w->set, from)->elements[depth];
        struct mark mark = mark_take(w->builder);

        end = expr__path_set_run(w->set, from, to, depth);
        if (element->name.p != NULL || element->index >= list_count(list))
            continue;
        builder_element(w->builder, frame);
        if (value_project(w, list_at(list, element->index), from, end, depth + 1))
            any = true;
        else
            mark_return(w->builder, mark);
    }
    return any;
}

static bool value_project(const struct walk *w, struct slice value, uint32_t from, uint32_t to, uint32_t depth)
{
    struct builder_frame frame;
    bool any;

    if (expr__path_set_at(w->set, from)->count == depth) {
        builder_value(w->builder, value);
        return true;
    }
    if (value_type(value) == VALUE_M) {
        frame = builder_map_begin(w->builder);
        any = body_project(w, value_map(value), from, to, depth, &frame);
        builder_map_end(w->builder, frame);
        return any;
    }
    if (value_type(value) == VALUE_L) {
        frame = builder_list_begin(w->builder);
        any = list_project(w, value, from, to, depth, &frame);
        builder_list_end(w->builder, frame);
        return any;
    }
    return false;
}

struct slice expr__path_set_project(
    const struct expr__path_set *set, struct slice body, struct arena *arena, bool *ret_any)
{
    struct buf out;
    struct builder builder;
    struct builder_frame frame;
    struct walk walk = {set, &builder};

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&builder, &out, arena);
    frame = builder_body_begin(&builder);
    *ret_any = body_project(&walk, body, 0, set->count, 0, &frame);
    builder_body_end(&builder, frame);
    ASSERT(!out.failed); /* a part of an item is not larger than the item */
    return buf_view(&out);
}
