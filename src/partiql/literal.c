/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Literals to values: numbers, strings, lists, maps and sets as they stand in a statement (data-plane.md 7.2, 7.11).
 *
 * A literal is made whole, from its outermost collection inward; its faults name the place inside it, "root.x[1]". The
 * walk recurses by nesting, which ends at VALUE_DEPTH_MAX with a fault.
 *
 * Made once, when the statement is parsed; parameters have no part in it, since a literal may not hold any.
 */
#include "codec/number.h"
#include "partiql/partiql_int.h"

/* Where a value stands in its literal: the steps from the root, innermost first. */
struct step {
    const struct step *up;
    struct slice key; /* p NULL: an index */
    uint32_t index;
};

struct making {
    struct partiql__parser *p;
    struct builder builder;
};

/* ---- places and faults ---- */

static void steps_put(struct buf *out, const struct step *step)
{
    const struct step *steps[VALUE_DEPTH_MAX + 1];
    uint32_t n = 0;

    for (; step != NULL; step = step->up)
        steps[n++] = step;
    BUF_LIT(out, "root");
    while (n-- > 0) {
        if (steps[n]->key.p == NULL) {
            buf_printf(out, "[%u]", steps[n]->index);
        } else {
            buf_byte(out, '.');
            buf_slice(out, steps[n]->key);
        }
    }
}

/* Notes "<text><between>root.x[1]". */
static void fault_note(struct making *m, struct slice text, const char *between, const struct step *step)
{
    struct buf out;

    if (m->p->noted.p != NULL)
        return;
    buf_init(&out, m->p->arena, ARENA_ALLOC_BYTES_MAX);
    buf_slice(&out, text);
    buf_slice(&out, slice_from_cstr(between));
    steps_put(&out, step);
    m->p->noted = buf_view(&out);
}

static void unsupported_note(struct making *m, const struct partiql__node *node, const struct step *step)
{
    struct buf out;

    buf_init(&out, m->p->arena, ARENA_ALLOC_BYTES_MAX);
    BUF_LIT(&out, "Unsupported data type: ");
    buf_slice(&out, partiql__node_name(m->p, node));
    BUF_LIT(&out, " under key ");
    steps_put(&out, step);
    partiql__note_at(m->p, buf_view(&out), node->token);
}

/* ---- scalars ---- */

static struct slice number_text(const struct partiql__parser *p, const struct partiql__node *node)
{
    struct slice digits = partiql__token_text(p->text, &p->tokens[node->token]);

    return node->negated ? arena_printf(p->arena, "-%.*s", SLICE_ARG(digits)) : digits;
}

static struct slice string_text(const struct partiql__parser *p, const struct partiql__node *node)
{
    return partiql__unquoted(partiql__token_text(p->text, &p->tokens[node->token]), p->arena);
}

/* Reads a number to its code; or notes its fault and returns false. */
static bool number_read(
    struct making *m, const struct partiql__node *node, const struct step *step, uint8_t *code, size_t *ret_bytes)
{
    struct slice text = number_text(m->p, node);

    switch (number_parse(text, true, code, ret_bytes)) {
    case NUMBER_OK:
        return true;
    case NUMBER_UNDERFLOW:
        fault_note(m,
            SLICE_LIT("Number underflow. Attempting to store a number with magnitude smaller than supported range"),
            " under ", step);
        return false;
    case NUMBER_PRECISION:
        fault_note(m, SLICE_LIT("Attempting to store more than 38 significant digits in a Number"), " under ", step);
        return false;
    default: /* the lexer takes nothing that is no number */
        fault_note(m,
            SLICE_LIT("Number overflow. Attempting to store a number with magnitude larger than supported range"),
            " under ", step);
        return false;
    }
}

static void scalar_make(struct making *m, const struct partiql__node *node, const struct step *step)
{
    const struct partiql__token *token = &m->p->tokens[node->token];
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    size_t n;

    if (token->type == PARTIQL__STRING) {
        builder_s(&m->builder, string_text(m->p, node));
        return;
    }
    if (token->type == PARTIQL__NUMBER) {
        if (number_read(m, node, step, code, &n))
            builder_n(&m->builder, code, n);
        else
            builder_null(&m->builder);
        return;
    }
    if (token->word == PARTIQL__MISSING)
        unsupported_note(m, node, step);
    if (token->word == PARTIQL__TRUE || token->word == PARTIQL__FALSE)
        builder_bool(&m->builder, token->word == PARTIQL__TRUE);
    else
        builder_null(&m->builder);
}

/* ---- sets ---- */

/* The type of a set's member; PARTIQL__END for what no set holds. */
static uint8_t member_type(const struct partiql__parser *p, const struct partiql__node *node)
{
    uint8_t type = node->type == PARTIQL__NODE_LITERAL ? p->tokens[node->token].type : PARTIQL__END;

    return type == PARTIQL__STRING || type == PARTIQL__NUMBER ? type : PARTIQL__END;
}

/* "[a, a]" */
static struct slice members_text(const struct partiql__parser *p, const uint32_t *members, uint32_t count)
{
    struct buf out;

    buf_init(&out, p->arena, ARENA_ALLOC_BYTES_MAX);
    for (uint32_t i = 0; i < count; i++) {
        const struct partiql__node *member = &p->nodes[members[i]];

        buf_slice(&out, i == 0 ? SLICE_LIT("[") : SLICE_LIT(", "));
        if (p->tokens[member->token].type == PARTIQL__STRING)
            buf_slice(&out, string_text(p, member));
        else
            buf_slice(&out, number_text(p, member));
    }
    BUF_LIT(&out, "]");
    return buf_view(&out);
}

static void duplicates_note(
    struct making *m, const uint32_t *members, uint32_t count, bool numbers, const struct step *step)
{
    struct slice text = arena_printf(m->p->arena, "One or more parameter values were invalid: Input collection %.*s",
        SLICE_ARG(members_text(m->p, members, count)));

    if (numbers)
        fault_note(m, text, " contains duplicates! under ", step);
    else
        partiql__note(m->p, arena_printf(m->p->arena, "%.*s contains duplicates.", SLICE_ARG(text)));
}

/* The bytes of a member of a set of `type`; false after a fault. */
static bool member_read(struct making *m, uint32_t index, uint8_t type, const struct step *step, struct slice *ret)
{
    const struct partiql__node *node = &m->p->nodes[index];
    uint8_t *code;
    size_t n;

    if (type == PARTIQL__END || member_type(m->p, node) != type) {
        partiql__note(
            m->p, SLICE_LIT("Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags"));
        return false;
    }
    if (type == PARTIQL__STRING) {
        *ret = string_text(m->p, node);
        return true;
    }
    code = arena_alloc(m->p->arena, NUMBER_CODE_BYTES_MAX);
    if (!number_read(m, node, step, code, &n))
        return false;
    *ret = slice_of(code, n);
    return true;
}

static void set_make(struct making *m, uint32_t index, const struct step *step)
{
    struct partiql__parser *p = m->p;
    uint32_t count = p->nodes[index].operands;
    const uint32_t *members = partiql__operands(p->nodes, index, p->arena);
    struct slice *values = arena_alloc(p->arena, count * sizeof(*values));
    uint8_t type;

    if (count == 0) {
        partiql__note(p, SLICE_LIT("Empty bags are not supported"));
        return;
    }
    type = member_type(p, &p->nodes[members[0]]);
    for (uint32_t i = 0; i < count; i++) {
        if (!member_read(m, members[i], type, step, &values[i]))
            return;
    }
    if (set_sort(values, count))
        builder_set(&m->builder, type == PARTIQL__NUMBER ? VALUE_NS : VALUE_SS, values, count);
    else
        duplicates_note(m, members, count, type == PARTIQL__NUMBER, step);
}

/* ---- collections ---- */

static void value_make(struct making *m, uint32_t index, uint32_t depth, const struct step *step);

static void list_make(struct making *m, uint32_t index, uint32_t depth, const struct step *up)
{
    const uint32_t *elements = partiql__operands(m->p->nodes, index, m->p->arena);
    struct builder_frame frame = builder_list_begin(&m->builder);

    for (uint32_t i = 0; i < m->p->nodes[index].operands; i++) {
        struct step step = {.up = up, .index = i};

        builder_element(&m->builder, &frame);
        value_make(m, elements[i], depth + 1, &step);
    }
    builder_list_end(&m->builder, frame);
}

static void map_make(struct making *m, uint32_t index, uint32_t depth, const struct step *up)
{
    const uint32_t *members = partiql__operands(m->p->nodes, index, m->p->arena);
    struct builder_frame frame = builder_map_begin(&m->builder);

    for (uint32_t i = 0; i < m->p->nodes[index].operands; i += 2) {
        struct step step = {.up = up, .key = string_text(m->p, &m->p->nodes[members[i]])};

        if (step.key.n == 0)
            partiql__note(m->p, SLICE_LIT("Empty attribute name"));
        builder_name(&m->builder, &frame, step.key);
        value_make(m, members[i + 1], depth + 1, &step);
    }
    builder_map_end(&m->builder, frame);
}

static void value_make(struct making *m, uint32_t index, uint32_t depth, const struct step *step)
{
    const struct partiql__node *node = &m->p->nodes[index];

    if (m->p->noted.p != NULL) { /* only the first fault is told: what stands around it stays well-formed */
        builder_null(&m->builder);
        return;
    }
    if (depth > VALUE_DEPTH_MAX) {
        fault_note(m, SLICE_LIT("Nesting Levels have exceeded supported limits"), " under ", step);
        builder_null(&m->builder);
        return;
    }
    switch ((enum partiql__node_type)node->type) {
    case PARTIQL__NODE_LITERAL:
        scalar_make(m, node, step);
        return;
    case PARTIQL__NODE_LIST:
        list_make(m, index, depth, step);
        return;
    case PARTIQL__NODE_MAP:
        map_make(m, index, depth, step);
        return;
    case PARTIQL__NODE_BAG:
        set_make(m, index, step);
        if (m->p->noted.p != NULL)
            builder_null(&m->builder);
        return;
    default:
        unsupported_note(m, node, step);
        builder_null(&m->builder);
        return;
    }
}

static void literal_make(struct partiql__parser *p, uint32_t index)
{
    struct making m = {.p = p};
    struct buf out;

    buf_init(&out, p->arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&m.builder, &out, p->arena);
    value_make(&m, index, 1, NULL);
    ASSERT(!out.failed);
    p->nodes[index].value = buf_view(&out);
}

/* ---- which nodes are literals ---- */

static bool is_literal(const struct partiql__node *node)
{
    return node->type == PARTIQL__NODE_LITERAL || node->type == PARTIQL__NODE_LIST || node->type == PARTIQL__NODE_MAP ||
           node->type == PARTIQL__NODE_BAG;
}

void partiql__literals_make(struct partiql__parser *p, uint32_t first, uint32_t root)
{
    uint32_t *found = arena_alloc(p->arena, (root - first + 1u) * sizeof(*found)), count = 0;

    for (uint32_t i = root + 1; i > first;) {
        const struct partiql__node *node = &p->nodes[--i];
        bool operands = node->type == PARTIQL__NODE_LIST && i < root && node[1].type == PARTIQL__NODE_IN;

        if (!is_literal(node) || operands)
            continue;
        found[count++] = i;
        i = node->first; /* what is inside belongs to it */
    }
    while (count-- > 0)
        literal_make(p, found[count]);
}

void partiql__item_make(struct partiql__parser *p, uint32_t root)
{
    struct making m = {.p = p};
    const uint32_t *members;

    if (p->nodes[root].type != PARTIQL__NODE_MAP) {
        if (p->nodes[root].type != PARTIQL__NODE_PARAMETER)
            unsupported_note(&m, &p->nodes[root], NULL);
        return;
    }
    members = partiql__operands(p->nodes, root, p->arena);
    for (uint32_t i = 0; i < p->nodes[root].operands; i += 2) {
        struct partiql__node *name = &p->nodes[members[i]];

        name->value = string_text(p, name); /* a bare text, not a value */
        if (name->value.n == 0)
            partiql__note(p, SLICE_LIT("Empty attribute name"));
        if (p->nodes[members[i + 1]].type != PARTIQL__NODE_PARAMETER)
            literal_make(p, members[i + 1]);
    }
}
