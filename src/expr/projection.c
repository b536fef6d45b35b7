/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Projections (data-plane.md 4.4): a list of paths, compiled to a sorted set, applied in one walk.
 *
 * The same thing serves AttributesToGet and the attributes of an index: plain names are paths of one element. Compiled
 * once per request or once per table descriptor, applied to every item of a page; applying allocates only the result.
 *
 * Pure; any thread.
 */
#include <stdlib.h>

#include "base/assert.h"
#include "expr/expr_int.h"
#include "expr/make.h"

struct expr_projection {
    struct expr__path_set set;
    const struct expr_column *columns; /* not NULL: what is applied; the set is in written order then */
    uint16_t columns_n;
};

static enum err paths_read(struct expr__parser *p)
{
    enum err err;

    for (;;) {
        struct expr_path path;

        err = expr__path_read(p, &path);
        if (err)
            return err;
        (void)expr__path_add(p, path); /* its place in p->paths is its place in the text */
        if (p->token.type == EXPR__END)
            return OK;
        if (p->token.type != EXPR__COMMA)
            return expr__syntax_error(p);
        expr__advance(p);
    }
}

enum err expr_projection_compile(
    struct expr_context *context, struct slice text, struct expr_projection **ret, struct fault *fault)
{
    struct expr__parser p;
    struct expr_projection *projection;
    enum err err = expr__parser_init(&p, context, EXPR__KIND_PROJECTION, text, fault);

    if (err)
        return err;
    err = paths_read(&p);
    if (err)
        return err;
    projection = arena_zalloc(p.arena, sizeof(*projection));
    expr__path_set_init(&projection->set, p.paths, p.paths_n, p.arena);
    expr__path_set_check(&p, &projection->set);
    err = expr__parser_finish(&p);
    if (err)
        return err;
    *ret = projection;
    return OK;
}

struct expr_projection *expr_projection_of_names(struct arena *arena, const struct slice *names, uint32_t count)
{
    struct expr_projection *projection = arena_zalloc(arena, sizeof(*projection));
    struct expr_path *paths = arena_alloc(arena, count * sizeof(*paths));
    struct expr_path_element *elements = arena_zalloc(arena, count * sizeof(*elements));

    ASSERT(count < UINT16_MAX);
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(names[i].p != NULL);
        elements[i].name = names[i];
        paths[i] = (struct expr_path){&elements[i], 1};
    }
    expr__path_set_init(&projection->set, paths, (uint16_t)count, arena);
    return projection;
}

/* By name, then by place. */
static int column_compare(const void *a, const void *b)
{
    const struct expr_column *const *x = a, *const *y = b;
    int order = slice_compare((*x)->name, (*y)->name);

    return order != 0 ? order : *x < *y ? -1 : *x > *y;
}

/*
 * The last column of each name, by name. Columns of different names have different paths, and a value lies under one of
 * them for each level of its depth at most: a row is bounded by that many times its item.
 */
static uint32_t columns_distinct(
    struct arena *arena, const struct expr_column *columns, uint32_t count, struct expr_column *ret)
{
    const struct expr_column **order = arena_alloc(arena, count * sizeof(*order));
    uint32_t kept = 0;

    for (uint32_t i = 0; i < count; i++)
        order[i] = &columns[i];
    qsort(order, count, sizeof(*order), column_compare);
    for (uint32_t i = 0; i < count; i++) {
        if (kept > 0 && slice_equal(ret[kept - 1].name, order[i]->name))
            kept--;
        ret[kept++] = *order[i];
    }
    return kept;
}

struct expr_projection *expr_projection_of_columns(
    struct arena *arena, const struct expr_column *columns, uint32_t count)
{
    struct expr_projection *projection = arena_zalloc(arena, sizeof(*projection));
    struct expr_path *paths = arena_alloc(arena, count * sizeof(*paths));
    struct expr_column *distinct = arena_alloc(arena, count * sizeof(*distinct));

    ASSERT(count < UINT16_MAX);
    for (uint32_t i = 0; i < count; i++)
        paths[i] = columns[i].path;
    projection->set.paths = paths;
    projection->set.count = (uint16_t)count;
    projection->columns_n = (uint16_t)columns_distinct(arena, columns, count, distinct);
    projection->columns = distinct;
    return projection;
}

static struct slice columns_apply(const struct expr_projection *projection, struct slice body, struct arena *arena)
{
    struct buf out;
    struct builder b;
    struct builder_frame frame;

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&b, &out, arena);
    frame = builder_body_begin(&b);
    for (uint32_t i = 0; i < projection->columns_n; i++) {
        struct slice value;

        if (!expr_path_find(&projection->columns[i].path, body, &value))
            continue;
        builder_name(&b, &frame, projection->columns[i].name);
        builder_value(&b, value);
    }
    builder_body_end(&b, frame);
    ASSERT(!out.failed);
    return buf_view(&out);
}

struct slice expr_projection_apply(const struct expr_projection *projection, struct slice body, struct arena *arena)
{
    bool any;

    if (projection->columns != NULL)
        return columns_apply(projection, body, arena);
    return expr__path_set_project(&projection->set, body, arena, &any);
}

uint32_t expr_projection_paths(const struct expr_projection *projection, const struct expr_path **ret_paths)
{
    *ret_paths = projection->set.paths;
    return projection->set.count;
}
