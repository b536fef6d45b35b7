/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Projections (data-plane.md 4.4): a list of paths, compiled to a sorted set, applied in one walk.
 *
 * The same thing serves AttributesToGet and the attributes of an index: plain names are paths of one element. Compiled
 * once per request or once per table descriptor, applied to every item of a page; applying allocates only the result.
 *
 * Pure; any thread.
 */
#include "base/assert.h"
#include "expr/expr_int.h"

struct expr_projection {
    struct expr__path_set set;
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
    projection = arena_alloc(p.arena, sizeof(*projection));
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
    struct expr_projection *projection = arena_alloc(arena, sizeof(*projection));
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

struct slice expr_projection_apply(const struct expr_projection *projection, struct slice body, struct arena *arena)
{
    bool any;

    return expr__path_set_project(&projection->set, body, arena, &any);
}

uint32_t expr_projection_paths(const struct expr_projection *projection, const struct expr_path **ret_paths)
{
    *ret_paths = projection->set.paths;
    return projection->set.count;
}
