/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Expressions of statements: conditions, values, columns (data-plane.md 7.3).
 *
 * The idea: precedence parsing with the stack made visible, as in expr/parser.c. "Begin" reads what may stand before an
 * operand and the operand itself, pushing a frame for what stays open; "end" looks at the token behind a complete
 * operand and either closes frames (their operands become one node) or asks for another operand. Nesting costs frames
 * of the arena and no stack.
 *
 * The grammar takes more than statements may hold (arithmetic in conditions, conditions in lists), because what is well
 * formed is refused later and in other words than what is not (shape.c).
 */
#include "partiql/partiql_int.h"

#define ARRAY_FIRST 16u

/* Higher binds closer. */
#define PRECEDENCE_OR         10
#define PRECEDENCE_AND        15
#define PRECEDENCE_NOT        17
#define PRECEDENCE_EQUALITY   20
#define PRECEDENCE_COMPARISON 25
#define PRECEDENCE_SUM        30
#define PRECEDENCE_PRODUCT    40

enum frame_type {
    FRAME_BOTTOM,
    FRAME_GROUP,   /* ( */
    FRAME_CALL,    /* name ( */
    FRAME_LIST,    /* [ */
    FRAME_IN,      /* ( after IN */
    FRAME_BAG,     /* << */
    FRAME_MAP_KEY, /* { or , before a key */
    FRAME_MAP_VALUE,
    /* from here on: operators that wait for an operand */
    FRAME_SIGN,
    FRAME_NOT,
    FRAME_BINARY,
    FRAME_BETWEEN, /* its lower bound */
    FRAME_BETWEEN_AND,
};

void *partiql__grown(struct arena *arena, const void *old, uint32_t *capacity, size_t bytes)
{
    uint32_t wanted = *capacity == 0 ? ARRAY_FIRST : *capacity * 2;
    void *bigger = arena_alloc(arena, wanted * bytes);

    if (*capacity != 0)
        memcpy(bigger, old, *capacity * bytes);
    *capacity = wanted;
    return bigger;
}

/* ---- faults ---- */

enum err partiql__unreadable(struct partiql__parser *p, const char *detail)
{
    return fault_validation(p->fault, PARTIQL__UNREADABLE "%s", detail);
}

void partiql__note(struct partiql__parser *p, struct slice text)
{
    if (p->noted.p == NULL)
        p->noted = text;
}

void partiql__note_at(struct partiql__parser *p, struct slice text, uint32_t token)
{
    if (p->noted.p == NULL)
        p->noted = partiql__at(p, text, token);
}

struct slice partiql__at(const struct partiql__parser *p, struct slice text, uint32_t token)
{
    const struct partiql__token *t = &p->tokens[token];

    return arena_printf(p->arena, "%.*s at %u:%u:%u", SLICE_ARG(text), t->line, t->column, t->length);
}

/* ---- nodes and frames ---- */

static struct partiql__node *node_add(
    struct partiql__parser *p, enum partiql__node_type type, uint32_t first, uint32_t operands, uint32_t token)
{
    struct partiql__node *node;

    if (p->nodes_n == p->nodes_capacity)
        p->nodes = partiql__grown(p->arena, p->nodes, &p->nodes_capacity, sizeof(*p->nodes));
    node = &p->nodes[p->nodes_n++];
    *node = (struct partiql__node){
        .type = (uint8_t)type, .first = (uint16_t)first, .operands = (uint16_t)operands, .token = (uint16_t)token};
    return node;
}

static struct partiql__node *leaf_add(struct partiql__parser *p, enum partiql__node_type type)
{
    return node_add(p, type, p->nodes_n, 0, p->at++);
}

static struct partiql__node *node_last(const struct partiql__parser *p)
{
    return &p->nodes[p->nodes_n - 1];
}

static struct partiql__frame *frame_push(
    struct partiql__parser *p, enum frame_type type, uint32_t first, uint32_t token, uint8_t precedence)
{
    struct partiql__frame *frame;

    if (p->frames_n == p->frames_capacity)
        p->frames = partiql__grown(p->arena, p->frames, &p->frames_capacity, sizeof(*p->frames));
    frame = &p->frames[p->frames_n++];
    *frame = (struct partiql__frame){
        .type = (uint8_t)type, .first = (uint16_t)first, .token = (uint16_t)token, .precedence = precedence};
    return frame;
}

static struct partiql__frame *frame_top(const struct partiql__parser *p)
{
    return &p->frames[p->frames_n - 1];
}

/* ---- paths ---- */

struct path_reading {
    struct expr_path_element elements[EXPRESSION_PATH_ELEMENTS_MAX];
    uint32_t count;
};

static void element_take(struct path_reading *r, struct expr_path_element element)
{
    if (r->count < EXPRESSION_PATH_ELEMENTS_MAX)
        r->elements[r->count] = element;
    r->count++;
}

static void name_take(struct partiql__parser *p, struct path_reading *r)
{
    struct slice name = partiql__token_text(p->text, partiql__token(p));

    if (partiql__at_type(p, PARTIQL__QUOTED))
        name = partiql__unquoted(name, p->arena);
    if (name.n == 0)
        partiql__note(p, SLICE_LIT("Path component cannot be an empty string"));
    element_take(r, (struct expr_path_element){.name = name});
    p->at++;
}

/* [3]: the token at hand is behind the bracket. */
static enum err index_take(struct partiql__parser *p, struct path_reading *r)
{
    uint32_t first = p->at, index = 0;
    bool minus = false, fits = true;
    struct slice digits;

    for (; partiql__at_type(p, PARTIQL__MINUS) || partiql__at_type(p, PARTIQL__PLUS); p->at++)
        minus ^= partiql__at_type(p, PARTIQL__MINUS);
    if (!partiql__at_type(p, PARTIQL__NUMBER)) {
        partiql__note_at(p, SLICE_LIT("Unexpected path component"), first);
        return partiql__unreadable(p, "Unexpected term");
    }
    digits = partiql__token_text(p->text, partiql__token(p));
    for (size_t i = 0; i < digits.n; i++)
        fits = fits && digits.p[i] >= '0' && digits.p[i] <= '9' && !__builtin_mul_overflow(index, 10u, &index) &&
               !__builtin_add_overflow(index, (uint32_t)(digits.p[i] - '0'), &index) && index <= INT32_MAX;
    if (!fits || (minus && index != 0))
        partiql__note_at(p,
            arena_printf(p->arena, "List index is not within the allowable range; index: [%s%.*s]", minus ? "-" : "",
                SLICE_ARG(digits)),
            p->at);
    element_take(r, (struct expr_path_element){.index = index});
    p->at++;
    if (!partiql__at_type(p, PARTIQL__LIST_CLOSE))
        return partiql__unreadable(p, "Expected RIGHT_BRACKET");
    p->at++;
    return OK;
}

enum err partiql__path(struct partiql__parser *p, struct expr_path *ret)
{
    struct path_reading r = {.count = 0};
    struct expr_path_element *elements;
    uint32_t kept;
    enum err err;

    name_take(p, &r);
    for (;;) {
        if (partiql__at_type(p, PARTIQL__DOT)) {
            p->at++;
            if (!partiql__at_type(p, PARTIQL__NAME) && !partiql__at_type(p, PARTIQL__QUOTED))
                return partiql__unreadable(p, "Invalid path dot component");
            name_take(p, &r);
        } else if (partiql__at_type(p, PARTIQL__LIST_OPEN)) {
            p->at++;
            err = index_take(p, &r);
            if (err)
                return err;
        } else {
            break;
        }
    }
    kept = r.count;
    if (kept > EXPRESSION_PATH_ELEMENTS_MAX) {
        partiql__note(
            p, arena_printf(p->arena, "The document path has too many nesting levels; nesting levels: %u", kept));
        kept = EXPRESSION_PATH_ELEMENTS_MAX;
    }
    elements = arena_alloc(p->arena, kept * sizeof(*elements));
    memcpy(elements, r.elements, kept * sizeof(*elements));
    *ret = (struct expr_path){elements, kept};
    return OK;
}

static enum err path_operand(struct partiql__parser *p)
{
    uint32_t token = p->at;
    struct expr_path path;
    enum err err = partiql__path(p, &path);

    if (err)
        return err;
    if (p->paths_n == p->paths_capacity)
        p->paths = partiql__grown(p->arena, p->paths, &p->paths_capacity, sizeof(*p->paths));
    p->paths[p->paths_n] = path;
    node_add(p, PARTIQL__NODE_PATH, p->nodes_n, 0, token)->place = (uint16_t)p->paths_n++;
    return OK;
}

/* ---- operands ---- */

static enum partiql__function function_find(struct slice name)
{
    static const char *const names[] = {[PARTIQL__ATTRIBUTE_EXISTS] = "attribute_exists",
        [PARTIQL__ATTRIBUTE_NOT_EXISTS] = "attribute_not_exists",
        [PARTIQL__ATTRIBUTE_TYPE] = "attribute_type",
        [PARTIQL__BEGINS_WITH] = "begins_with",
        [PARTIQL__CONTAINS] = "contains",
        [PARTIQL__SIZE] = "size",
        [PARTIQL__IF_NOT_EXISTS] = "if_not_exists",
        [PARTIQL__LIST_APPEND] = "list_append",
        [PARTIQL__SET_ADD] = "set_add",
        [PARTIQL__SET_DELETE] = "set_delete"};
    uint32_t i = 0;

    while (i < PARTIQL__FUNCTION_UNKNOWN &&
           (strlen(names[i]) != name.n || strncasecmp(names[i], (const char *)name.p, name.n) != 0))
        i++;
    return (enum partiql__function)i;
}

static void call_end(struct partiql__parser *p)
{
    struct partiql__frame frame = *frame_top(p);
    struct slice name = partiql__token_text(p->text, &p->tokens[frame.token]);

    node_add(p, PARTIQL__NODE_CALL, frame.first, frame.operands, frame.token)->function = (uint8_t)function_find(name);
    p->frames_n--;
    p->at++;
}

/* name ( and, when there are no operands or only a star, all of the call. *ret_open: an operand follows. */
static void call_begin(struct partiql__parser *p, bool *ret_open)
{
    struct partiql__frame *frame = frame_push(p, FRAME_CALL, p->nodes_n, p->at, 0);

    p->at += 2;
    *ret_open = false;
    if (partiql__at_type(p, PARTIQL__STAR) && p->tokens[p->at + 1].type == PARTIQL__CLOSE) {
        leaf_add(p, PARTIQL__NODE_STAR);
        frame->operands = 1;
        call_end(p);
    } else if (partiql__at_type(p, PARTIQL__CLOSE)) {
        call_end(p);
    } else {
        *ret_open = true;
    }
}

/* A list, map or bag; *ret_open as above. */
static void collection_begin(struct partiql__parser *p, bool *ret_open)
{
    static const struct {
        enum partiql__token_type open, close;
        enum frame_type frame;
        enum partiql__node_type node;
    } kinds[] = {{PARTIQL__LIST_OPEN, PARTIQL__LIST_CLOSE, FRAME_LIST, PARTIQL__NODE_LIST},
        {PARTIQL__MAP_OPEN, PARTIQL__MAP_CLOSE, FRAME_MAP_KEY, PARTIQL__NODE_MAP},
        {PARTIQL__BAG_OPEN, PARTIQL__BAG_CLOSE, FRAME_BAG, PARTIQL__NODE_BAG}};
    uint32_t kind = 0;

    while (!partiql__at_type(p, kinds[kind].open))
        kind++;
    *ret_open = p->tokens[p->at + 1].type != kinds[kind].close;
    if (*ret_open) {
        frame_push(p, kinds[kind].frame, p->nodes_n, p->at, 0);
        p->at++;
    } else {
        leaf_add(p, kinds[kind].node);
        p->at++;
    }
}

static enum err keyword_operand(struct partiql__parser *p, bool *ret_open)
{
    enum partiql__word word = (enum partiql__word)partiql__token(p)->word;

    *ret_open = false;
    switch (word) {
    case PARTIQL__TRUE:
    case PARTIQL__FALSE:
    case PARTIQL__NULL:
    case PARTIQL__MISSING:
        leaf_add(p, PARTIQL__NODE_LITERAL);
        return OK;
    case PARTIQL__FROM: /* it would begin a statement of its own */
        return partiql__unreadable(p, "Expected data manipulation");
    case PARTIQL__AND:
    case PARTIQL__OR:
    case PARTIQL__IN:
    case PARTIQL__IS:
    case PARTIQL__LIKE:
    case PARTIQL__BETWEEN:
        return partiql__unreadable(p, "Unexpected operator");
    case PARTIQL__FUNCTION:
    case PARTIQL__EXISTS:
        if (p->tokens[p->at + 1].type == PARTIQL__OPEN) {
            call_begin(p, ret_open);
            return OK;
        }
        break;
    default:
        break;
    }
    return partiql__unreadable(p, "Unexpected keyword");
}

/* One operand, or the beginning of one that has operands of its own: *ret_open. */
static enum err operand_take(struct partiql__parser *p, bool *ret_open)
{
    *ret_open = false;
    switch (partiql__token(p)->type) {
    case PARTIQL__NAME:
    case PARTIQL__QUOTED:
        if (p->tokens[p->at + 1].type != PARTIQL__OPEN)
            return path_operand(p);
        call_begin(p, ret_open);
        return OK;
    case PARTIQL__STRING:
    case PARTIQL__NUMBER:
        leaf_add(p, PARTIQL__NODE_LITERAL);
        return OK;
    case PARTIQL__PARAMETER:
        leaf_add(p, PARTIQL__NODE_PARAMETER)->place = (uint16_t)p->parameters++;
        return OK;
    case PARTIQL__LIST_OPEN:
    case PARTIQL__MAP_OPEN:
    case PARTIQL__BAG_OPEN:
        collection_begin(p, ret_open);
        return OK;
    case PARTIQL__OPEN:
        frame_push(p, FRAME_GROUP, p->nodes_n, p->at++, 0);
        *ret_open = true;
        return OK;
    case PARTIQL__KEYWORD:
        return keyword_operand(p, ret_open);
    default:
        return partiql__unreadable(
            p, partiql__token(p)->type >= PARTIQL__EQ ? "Unexpected operator" : "Unexpected term");
    }
}

static enum err operand_begin(struct partiql__parser *p)
{
    bool open = true;

    while (open) {
        enum err err = OK;

        if (partiql__at_word(p, PARTIQL__NOT))
            frame_push(p, FRAME_NOT, p->nodes_n, p->at++, PRECEDENCE_NOT);
        else if (partiql__at_type(p, PARTIQL__PLUS) || partiql__at_type(p, PARTIQL__MINUS))
            frame_push(p, FRAME_SIGN, p->nodes_n, p->at++, UINT8_MAX);
        else
            err = operand_take(p, &open);
        if (err)
            return err;
    }
    return OK;
}

/* ---- closing frames ---- */

/* A sign belongs to the number behind it; before anything else it is an operator. */
static void sign_close(struct partiql__parser *p, const struct partiql__frame *frame)
{
    struct partiql__node *operand = node_last(p);
    bool number = operand->type == PARTIQL__NODE_LITERAL && p->tokens[operand->token].type == PARTIQL__NUMBER;
    uint8_t sign = p->tokens[frame->token].type;

    if (number)
        operand->negated ^= sign == PARTIQL__MINUS;
    else
        node_add(p, PARTIQL__NODE_SIGN, frame->first, 1, frame->token)->operator_ = sign;
}

static void binary_close(struct partiql__parser *p, const struct partiql__frame *frame)
{
    const struct partiql__token *token = &p->tokens[frame->token];
    enum partiql__node_type type = token->word == PARTIQL__AND    ? PARTIQL__NODE_AND
                                   : token->word == PARTIQL__OR   ? PARTIQL__NODE_OR
                                   : token->word == PARTIQL__IN   ? PARTIQL__NODE_IN
                                   : token->word == PARTIQL__LIKE ? PARTIQL__NODE_LIKE
                                   : token->type <= PARTIQL__GE   ? PARTIQL__NODE_COMPARE
                                                                  : PARTIQL__NODE_ARITHMETIC;
    struct partiql__node *node = node_add(p, type, frame->first, 2, frame->token);

    node->operator_ = token->type;
    node->negated = frame->negated;
}

/* Closes the operators on top that bind at least as close as `precedence`. */
static void operators_close(struct partiql__parser *p, uint8_t precedence)
{
    for (;;) {
        struct partiql__frame frame = *frame_top(p);

        if (frame.type < FRAME_SIGN || frame.type == FRAME_BETWEEN || frame.precedence < precedence)
            return;
        p->frames_n--;
        if (frame.type == FRAME_SIGN)
            sign_close(p, &frame);
        else if (frame.type == FRAME_NOT)
            node_add(p, PARTIQL__NODE_NOT, frame.first, 1, frame.token);
        else if (frame.type == FRAME_BETWEEN_AND)
            node_add(p, PARTIQL__NODE_BETWEEN, frame.first, 3, frame.token)->negated = frame.negated;
        else
            binary_close(p, &frame);
    }
}

/* ---- operators between operands ---- */

static bool is_keyword_operator(enum partiql__word word)
{
    return word == PARTIQL__IN || word == PARTIQL__LIKE || word == PARTIQL__BETWEEN;
}

/* How close the operator at hand binds; 0 when there is none. */
static uint8_t precedence_at(const struct partiql__parser *p)
{
    const struct partiql__token *token = partiql__token(p);
    enum partiql__word word = (enum partiql__word)token->word;

    if (word == PARTIQL__NOT) {
        word = (enum partiql__word)token[1].word;
        return is_keyword_operator(word) ? (word == PARTIQL__IN ? PRECEDENCE_EQUALITY : PRECEDENCE_COMPARISON) : 0;
    }
    if (word == PARTIQL__OR)
        return PRECEDENCE_OR;
    if (word == PARTIQL__AND)
        return PRECEDENCE_AND;
    if (word == PARTIQL__IS || word == PARTIQL__IN || token->type == PARTIQL__EQ || token->type == PARTIQL__NE)
        return PRECEDENCE_EQUALITY;
    if (word == PARTIQL__LIKE || word == PARTIQL__BETWEEN || (token->type >= PARTIQL__LT && token->type <= PARTIQL__GE))
        return PRECEDENCE_COMPARISON;
    if (token->type == PARTIQL__PLUS || token->type == PARTIQL__MINUS || token->type == PARTIQL__CONCAT)
        return PRECEDENCE_SUM;
    return token->type >= PARTIQL__STAR ? PRECEDENCE_PRODUCT : 0;
}

static bool at_text(const struct partiql__parser *p, const char *word)
{
    struct slice text = partiql__token_text(p->text, partiql__token(p));

    return text.n == strlen(word) && strncasecmp((const char *)text.p, word, text.n) == 0;
}

/* IS [NOT] type: complete at once. */
static enum err is_take(struct partiql__parser *p)
{
    uint32_t token = p->at++, first = node_last(p)->first;
    bool negated = partiql__at_word(p, PARTIQL__NOT);
    struct partiql__node *node;
    int type;

    p->at += negated;
    type = partiql__type_find(partiql__token_text(p->text, partiql__token(p)));
    if (type == PARTIQL__NO_TYPE)
        return partiql__unreadable(p, "Expected type name");
    p->at++;
    if ((type == VALUE_N && at_text(p, "precision")) || (type == VALUE_S && at_text(p, "varying")))
        p->at++; /* DOUBLE PRECISION, CHARACTER VARYING */
    node = node_add(p, PARTIQL__NODE_IS, first, 1, token);
    node->is = (uint8_t)type;
    node->negated = negated;
    return OK;
}

static enum err operator_take(struct partiql__parser *p, uint8_t precedence, bool *ret_again)
{
    bool negated = partiql__at_word(p, PARTIQL__NOT), between;
    struct partiql__frame *frame;

    *ret_again = false;
    if (partiql__at_word(p, PARTIQL__IS))
        return is_take(p);
    p->at += negated;
    between = partiql__at_word(p, PARTIQL__BETWEEN);
    if (p->tokens[p->at + 1].type == PARTIQL__END)
        return partiql__unreadable(p, "Missing right-hand side expression of infix operator");
    frame = frame_push(p, between ? FRAME_BETWEEN : FRAME_BINARY, node_last(p)->first, p->at, precedence);
    frame->negated = negated;
    p->at++;
    if (p->tokens[p->at - 1].word == PARTIQL__IN && partiql__at_type(p, PARTIQL__OPEN)) {
        frame_push(p, FRAME_IN, p->nodes_n, p->at, 0);
        p->at++;
    }
    *ret_again = true;
    return OK;
}

/* ---- containers ---- */

/* An element is complete: takes the comma or the closing token of a list, a call, ... */
static enum err element_end(struct partiql__parser *p, enum partiql__token_type close, const char *expected,
    enum partiql__node_type node, bool *ret_again)
{
    struct partiql__frame *frame = frame_top(p), closed;

    frame->operands++;
    *ret_again = partiql__at_type(p, PARTIQL__COMMA);
    if (*ret_again) {
        p->at++;
        return OK;
    }
    if (!partiql__at_type(p, close))
        return partiql__unreadable(p, expected);
    if (frame->type == FRAME_CALL) {
        call_end(p);
        return OK;
    }
    closed = *frame;
    p->frames_n--;
    p->at++;
    node_add(p, node, closed.first, closed.operands, closed.token);
    return OK;
}

static enum err key_end(struct partiql__parser *p)
{
    struct partiql__frame *frame = frame_top(p);
    const struct partiql__node *key = node_last(p);

    if (!partiql__at_type(p, PARTIQL__COLON))
        return partiql__unreadable(p, "Expected COLON");
    if (key->type != PARTIQL__NODE_LITERAL || p->tokens[key->token].type != PARTIQL__STRING)
        return partiql__unreadable(p, "Unexpected term");
    frame->operands++;
    frame->type = FRAME_MAP_VALUE;
    p->at++;
    return OK;
}

static enum err container_end(struct partiql__parser *p, bool *ret_again)
{
    struct partiql__frame *frame = frame_top(p);
    enum err err;

    *ret_again = false;
    switch ((enum frame_type)frame->type) {
    case FRAME_GROUP:
        if (!partiql__at_type(p, PARTIQL__CLOSE))
            return partiql__unreadable(p, "Expected RIGHT_PAREN");
        p->at++;
        p->frames_n--;
        return OK;
    case FRAME_CALL:
    case FRAME_IN:
        return element_end(p, PARTIQL__CLOSE, "Expected RIGHT_PAREN", PARTIQL__NODE_LIST, ret_again);
    case FRAME_LIST:
        return element_end(p, PARTIQL__LIST_CLOSE, "Expected RIGHT_BRACKET", PARTIQL__NODE_LIST, ret_again);
    case FRAME_BAG:
        return element_end(p, PARTIQL__BAG_CLOSE, "Expected RIGHT_DOUBLE_ANGLE_BRACKET", PARTIQL__NODE_BAG, ret_again);
    case FRAME_MAP_KEY:
        *ret_again = true;
        return key_end(p);
    case FRAME_MAP_VALUE:
        err = element_end(p, PARTIQL__MAP_CLOSE, "Expected RIGHT_CURLY", PARTIQL__NODE_MAP, ret_again);
        if (err == OK && *ret_again)
            frame_top(p)->type = FRAME_MAP_KEY;
        return err;
    default:
        return partiql__unreadable(p, "Expected AND after BETWEEN");
    }
}

/* ---- the machine ---- */

/* Behind a complete operand: until another one is needed (*ret_again) or the expression is complete. */
static enum err operand_end(struct partiql__parser *p, bool *ret_again)
{
    enum err err = OK;

    *ret_again = false;
    while (err == OK && !*ret_again) {
        uint8_t precedence = precedence_at(p);

        operators_close(p, precedence);
        if (frame_top(p)->type == FRAME_BETWEEN && partiql__at_word(p, PARTIQL__AND)) {
            frame_top(p)->type = FRAME_BETWEEN_AND;
            p->at++;
            *ret_again = true;
        } else if (precedence != 0 && frame_top(p)->type != FRAME_BETWEEN) {
            err = operator_take(p, precedence, ret_again);
        } else if (precedence > PRECEDENCE_COMPARISON) {
            err = operator_take(p, precedence, ret_again); /* inside the lower bound */
        } else if (frame_top(p)->type == FRAME_BOTTOM) {
            p->frames_n--;
            return OK;
        } else {
            err = container_end(p, ret_again);
        }
    }
    return err;
}

enum err partiql__expression(struct partiql__parser *p)
{
    bool again = true;
    enum err err = OK;

    frame_push(p, FRAME_BOTTOM, p->nodes_n, p->at, 0);
    while (err == OK && again) {
        err = operand_begin(p);
        if (err == OK)
            err = operand_end(p, &again);
    }
    return err;
}
