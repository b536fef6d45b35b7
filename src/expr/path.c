/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Document paths (data-plane.md 4.2): reading them from a text, printing them in messages, following them through an
 * item.
 *
 * Placeholders are resolved while a path is read, so everything later (overlaps, the distinct-operand rule, evaluation)
 * sees attribute names only. A path beyond a bound is still read to its end, since a syntax error further on is
 * reported first; what it keeps is then not used.
 *
 * Pure; any thread.
 */
#include "base/assert.h"
#include "base/buf.h"
#include "expr/expr_int.h"
#include "model/gen_reserved_words.h"

/* A path being read. `count` goes on counting beyond the bound. */
struct reading {
    struct expr_path_element elements[EXPRESSION_PATH_ELEMENTS_MAX];
    uint32_t count;
};

static void element_take(struct reading *r, struct expr_path_element element)
{
    if (r->count < EXPRESSION_PATH_ELEMENTS_MAX)
        r->elements[r->count] = element;
    r->count++;
}

static struct slice name_resolve(struct expr__parser *p, struct slice placeholder)
{
    struct slice name = placeholder;

    if (!expr__context_name(p->context, placeholder, &name))
        expr__note(p, EXPR__STAGE_CLAUSE,
            EXPR__JOIN(p->arena,
                SLICE_LIT("An expression attribute name used in the document path is not defined; attribute name: "),
                placeholder));
    return name;
}

static enum err name_read(struct expr__parser *p, struct reading *r)
{
    struct slice name = expr__token_text(p, p->token);

    if (p->token.type == EXPR__NAME)
        name = name_resolve(p, name);
    else if (p->token.type != EXPR__WORD)
        return expr__syntax_error(p);
    else if (reserved_word(name))
        expr__note(p, p->kind == EXPR__KIND_UPDATE ? EXPR__STAGE_RESERVED_UPDATE : EXPR__STAGE_RESERVED,
            EXPR__JOIN(p->arena, SLICE_LIT("Attribute name is a reserved keyword; reserved keyword: "), name));
    element_take(r, (struct expr_path_element){.name = name});
    expr__advance(p);
    return OK;
}

static uint32_t index_number(struct expr__parser *p, struct slice digits)
{
    uint32_t index = 0;

    for (size_t i = 0; i < digits.n && index <= INT32_MAX; i++) {
        if (__builtin_mul_overflow(index, 10u, &index) ||
            __builtin_add_overflow(index, digits.p[i] - (uint32_t)'0', &index))
            index = UINT32_MAX;
    }
    if (index > INT32_MAX)
        expr__note(p, EXPR__STAGE_PATH_BOUNDS,
            EXPR__JOIN(
                p->arena, SLICE_LIT("List index is not within the allowable range; index: ["), digits, SLICE_LIT("]")));
    return index;
}

/* The token at hand is the one after "[". */
static enum err index_read(struct expr__parser *p, struct reading *r)
{
    if (p->token.type != EXPR__DIGITS)
        return expr__syntax_error(p);
    element_take(r, (struct expr_path_element){.index = index_number(p, expr__token_text(p, p->token))});
    expr__advance(p);
    if (p->token.type != EXPR__INDEX_CLOSE)
        return expr__syntax_error(p);
    expr__advance(p);
    return OK;
}

static enum err elements_read(struct expr__parser *p, struct reading *r)
{
    enum err err;

    for (;;) {
        bool index = p->token.type == EXPR__INDEX_OPEN;

        if (!index && p->token.type != EXPR__DOT)
            return OK;
        expr__advance(p);
        err = index ? index_read(p, r) : name_read(p, r);
        if (err)
            return err;
    }
}

static void path_keep(struct expr__parser *p, const struct reading *r, struct expr_path *ret)
{
    uint32_t kept = r->count;
    struct expr_path_element *elements;

    if (kept > EXPRESSION_PATH_ELEMENTS_MAX) {
        expr__note(p, EXPR__STAGE_PATH_BOUNDS,
            arena_printf(p->arena, "The document path has too many nesting levels; nesting levels: %u", kept));
        kept = EXPRESSION_PATH_ELEMENTS_MAX;
    }
    elements = arena_alloc(p->arena, kept * sizeof(*elements));
    memcpy(elements, r->elements, kept * sizeof(*elements));
    *ret = (struct expr_path){elements, kept};
}

enum err expr__path_read(struct expr__parser *p, struct expr_path *ret)
{
    struct reading r;
    enum err err;

    r.count = 0;
    err = name_read(p, &r);
    if (err)
        return err;
    err = elements_read(p, &r);
    if (err)
        return err;
    path_keep(p, &r, ret);
    return OK;
}

enum err expr__path_continue(struct expr__parser *p, struct expr_path *path)
{
    struct reading r;
    enum err err;

    r.count = path->count;
    memcpy(r.elements, path->elements, path->count * sizeof(*path->elements));
    err = elements_read(p, &r);
    if (err)
        return err;
    path_keep(p, &r, path);
    return OK;
}

/* ---- comparing and printing ---- */

bool expr__element_equal(const struct expr_path_element *a, const struct expr_path_element *b)
{
    if ((a->name.p == NULL) != (b->name.p == NULL))
        return false;
    return a->name.p == NULL ? a->index == b->index : slice_equal(a->name, b->name);
}

bool expr__path_equal(const struct expr_path *a, const struct expr_path *b)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (!expr__element_equal(&a->elements[i], &b->elements[i]))
            return false;
    }
    return true;
}

struct slice expr_path_text(const struct expr_path *path, struct arena *arena)
{
    struct buf text;

    buf_init(&text, arena, ARENA_ALLOC_BYTES_MAX);
    BUF_LIT(&text, "[");
    for (uint32_t i = 0; i < path->count; i++) {
        if (i != 0)
            BUF_LIT(&text, ", ");
        if (path->elements[i].name.p == NULL)
            buf_printf(&text, "[%u]", path->elements[i].index);
        else
            buf_slice(&text, path->elements[i].name);
    }
    BUF_LIT(&text, "]");
    return buf_view(&text);
}

/* ---- following ---- */

bool expr__path_step(struct slice value, const struct expr_path_element *element, struct slice *ret_value)
{
    if (element->name.p != NULL)
        return value_type(value) == VALUE_M && body_find(value_map(value), element->name, ret_value);
    if (value_type(value) != VALUE_L || element->index >= list_count(value))
        return false;
    *ret_value = list_at(value, element->index);
    return true;
}

bool expr_path_find(const struct expr_path *path, struct slice body, struct slice *ret_value)
{
    struct slice value;

    ASSERT(path->count > 0 && path->elements[0].name.p != NULL);
    if (!body_find(body, path->elements[0].name, &value))
        return false;
    for (uint32_t i = 1; i < path->count; i++) {
        if (!expr__path_step(value, &path->elements[i], &value))
            return false;
    }
    *ret_value = value;
    return true;
}
