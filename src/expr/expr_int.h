/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/assert.h"
#include "base/limits.h"
#include "expr/expr.h"

/*
 * Inside of the expression compiler. One `struct expr__parser` lives for one text; it reads tokens, builds nodes and
 * notes faults.
 *
 * Faults are reported in a fixed order that is not the order of the text: a syntax error beats everything, then each
 * kind of fault has its stage (enum expr__stage). So a syntax error returns at once and every other fault is noted
 * under its stage; the first one noted in the lowest stage is the answer (expr__parser_finish).
 *
 * No input makes this code recurse: nesting lives in an explicit stack of frames, and every list is bounded by the
 * bytes of the text (EXPRESSION_BYTES_MAX), since each node and each frame comes from at least one token.
 */

/* Of an item that an update makes, in binary form. A legal item needs 17 bytes for each that DynamoDB counts at worst
 * (lists of sets of one empty string), less than half of this; what needs more is too large for certain. */
#define EXPR__RESULT_BYTES_MAX (16u << 20)
/* Placeholders beyond this are looked up by binary search instead of one after another. */
#define EXPR__PLACEHOLDERS_LINEAR_MAX 8u
static_assert(EXPRESSION_BYTES_MAX < UINT16_MAX, "positions, nodes and frames are counted in 16 bits");

/* ---- tokens (lexer.c) ---- */

enum expr__token_type {
    EXPR__END,
    EXPR__WORD,  /* a bare name */
    EXPR__NAME,  /* #n */
    EXPR__VALUE, /* :v */
    EXPR__DIGITS,
    EXPR__OTHER, /* one character that fits nowhere */
    EXPR__OPEN,
    EXPR__CLOSE,
    EXPR__INDEX_OPEN,
    EXPR__INDEX_CLOSE,
    EXPR__COMMA,
    EXPR__DOT,
    EXPR__PLUS,
    EXPR__MINUS,
    EXPR__EQ, /* EQ to GE are the comparators */
    EXPR__NE,
    EXPR__LT,
    EXPR__LE,
    EXPR__GT,
    EXPR__GE,
    EXPR__AND,
    EXPR__OR,
    EXPR__NOT,
    EXPR__BETWEEN,
    EXPR__IN,
    EXPR__SET,
    EXPR__REMOVE,
    EXPR__ADD,
    EXPR__DELETE,
};

struct expr__token {
    enum expr__token_type type;
    uint16_t at, n;
};

static inline bool expr__is_comparator(enum expr__token_type type)
{
    return type >= EXPR__EQ && type <= EXPR__GE;
}

/* ---- nodes ---- */

enum expr__node_type {
    EXPR__NODE_PATH,
    EXPR__NODE_VALUE,
    EXPR__NODE_CALL,   /* a function in the place of an operand, or not yet decided */
    EXPR__NODE_SUM,    /* x + y, x - y */
    EXPR__NODE_ACTION, /* one action of an update: its target's path, its operand if it has one */
    /* from here on: conditions; from TEST to IN: those without conditions inside */
    EXPR__NODE_TEST, /* a function as a condition */
    EXPR__NODE_COMPARE,
    EXPR__NODE_BETWEEN,
    EXPR__NODE_IN,
    EXPR__NODE_NOT,
    EXPR__NODE_AND,
    EXPR__NODE_OR,
};

enum expr__function {
    EXPR__ATTRIBUTE_EXISTS,
    EXPR__ATTRIBUTE_NOT_EXISTS,
    EXPR__ATTRIBUTE_TYPE,
    EXPR__BEGINS_WITH,
    EXPR__CONTAINS,
    EXPR__SIZE,
    EXPR__IF_NOT_EXISTS,
    EXPR__LIST_APPEND,
    EXPR__FUNCTION_UNKNOWN,
};

/*
 * Nodes stand in post-order in one array: a node's last child is the node before it, the next elder child is the node
 * before that child's first. Walks are loops; children before parents is the written order of the text.
 */
struct expr__node {
    enum expr__node_type type;
    union {
        enum expr__function function;    /* CALL, TEST */
        enum expr__token_type operator_; /* COMPARE, SUM; ACTION: its section */
    };
    uint16_t operands;        /* direct children */
    uint16_t first;           /* where its subtree starts */
    uint16_t path;            /* PATH, ACTION: index in parser->paths */
    struct expr__token token; /* the operator, the function's name or the :v, for messages */
    struct slice value;       /* VALUE; p NULL when undefined (then a fault is noted) */
};

/* ---- the parser ---- */

enum expr__kind {
    EXPR__KIND_CONDITION,
    EXPR__KIND_FILTER,
    EXPR__KIND_KEY_CONDITION,
    EXPR__KIND_PROJECTION,
    EXPR__KIND_UPDATE,
    EXPR__KIND_STATEMENT, /* made piece by piece (make.h): no prefix */
};

/* In the order of reporting (data-plane.md 4.3, 4.4, 4.5). */
enum expr__stage {
    EXPR__STAGE_PARENTHESES,
    EXPR__STAGE_RESERVED_UPDATE, /* update expressions report reserved words before functions */
    EXPR__STAGE_FUNCTION_NAME,
    EXPR__STAGE_FUNCTION_USE,
    EXPR__STAGE_RESERVED,
    EXPR__STAGE_SECTION,
    EXPR__STAGE_PATH_BOUNDS,
    EXPR__STAGE_CLAUSE, /* everything about one clause of a condition, clause by clause; elsewhere undefined names */
    EXPR__STAGE_VALUE,  /* undefined values of an update */
    EXPR__STAGE_OVERLAP,
    EXPR__STAGE_CONFLICT,
    EXPR__STAGE_ADD_OPERAND,
    EXPR__STAGE_OPERANDS,
    EXPR__STAGE_OPERATORS,
    EXPR__STAGES,
};

enum expr__frame_type {
    EXPR__FRAME_BOTTOM,
    EXPR__FRAME_GROUP, /* ( where a condition (a sum) or an operand may follow */
    EXPR__FRAME_NOT,
    EXPR__FRAME_AND,
    EXPR__FRAME_OR,
    /* from here on: only an operand may follow */
    EXPR__FRAME_GROUP_OPERAND,
    EXPR__FRAME_COMPARE,
    EXPR__FRAME_BETWEEN,
    EXPR__FRAME_BETWEEN_AND,
    EXPR__FRAME_IN,
    EXPR__FRAME_CALL,
    EXPR__FRAME_SUM,
};

/* What is open: an operator that waits for its right side, a parenthesis, a call. */
struct expr__frame {
    enum expr__frame_type type;
    enum expr__function function;
    uint16_t first;    /* the first node that will belong to it */
    uint16_t operands; /* complete so far */
    struct expr__token token;
};

struct expr__parser {
    struct expr_context *context;
    struct arena *arena;
    struct fault *fault;
    struct slice text;
    enum expr__kind kind;

    struct expr__token token; /* the one at hand */
    uint16_t previous_at;     /* where the one before starts; the token's own start when there is none */

    struct expr__node *nodes;
    struct expr_path *paths;
    struct expr__frame *frames;
    uint16_t nodes_n, nodes_capacity, paths_n, paths_capacity, frames_n, frames_capacity;

    bool grouped;       /* the last node stands in parentheses of its own */
    uint32_t operators; /* that count towards EXPRESSION_OPERATORS_MAX */
    uint32_t noted;     /* bit per stage */
    struct slice notes[EXPR__STAGES];
};

static inline struct slice expr__token_text(const struct expr__parser *p, struct expr__token token)
{
    return slice_of(p->text.p + token.at, token.n);
}

static inline struct expr__node *expr__node_last(const struct expr__parser *p)
{
    return &p->nodes[p->nodes_n - 1];
}

/* ---- lexer.c ---- */
/* Reads the next token into p->token. */
void expr__advance(struct expr__parser *p);
/* The first byte after the token at hand that is not white space; 0 at the end. */
uint8_t expr__peek(const struct expr__parser *p);
/* Refuses the text at the token at hand. */
MUST_USE enum err expr__syntax_error(struct expr__parser *p);

/* ---- parser.c ---- */
/* Checks emptiness and size and reads the first token. */
MUST_USE enum err expr__parser_init(
    struct expr__parser *p, struct expr_context *context, enum expr__kind kind, struct slice text, struct fault *fault);
/* Notes a fault unless its stage has one. `text` without the expression's prefix; it must live in the arena or be
 * static. */
void expr__note(struct expr__parser *p, enum expr__stage stage, struct slice text);
/* Refuses with the first noted fault, if any. */
MUST_USE enum err expr__parser_finish(struct expr__parser *p);
/* Fills the fault with the envelope (as the wording has it), "Invalid XExpression: " and the text. */
MUST_USE enum err expr__refuse(struct expr__parser *p, struct slice text);

struct expr__node *expr__node_add(struct expr__parser *p, enum expr__node_type type, uint16_t first, uint16_t operands);
struct expr__frame *expr__frame_push(struct expr__parser *p, enum expr__frame_type type, uint16_t first);
static inline struct expr__frame *expr__frame_top(const struct expr__parser *p)
{
    return &p->frames[p->frames_n - 1];
}

/*
 * Reads NOTs, opening parentheses and calls up to and including one path or value, pushing frames for what stays open.
 * NOT is accepted only where a condition may stand (and only condition-like texts have that token).
 */
MUST_USE enum err expr__operand_begin(struct expr__parser *p);
/*
 * One step after a complete operand whose innermost open frame is a call: takes "," or ")" . *ret_again: another
 * operand follows.
 */
MUST_USE enum err expr__call_step(struct expr__parser *p, bool *ret_again);
/* Takes the ")" at hand of a group frame; notes redundant parentheses. */
void expr__group_close(struct expr__parser *p);
/* Notes functions that may not be used as an operand in this kind of text. */
void expr__operand_use(struct expr__parser *p, const struct expr__node *node);

/* Reads the :v at hand into a node. */
void expr__value_read(struct expr__parser *p);
/* Notes under `stage` a call with the wrong number of operands; then false. */
bool expr__arity_check(struct expr__parser *p, const struct expr__node *call, enum expr__stage stage);

/* The k-th operand of a node, from 0. Costs operands - k steps. */
const struct expr__node *expr__operand(const struct expr__node *nodes, const struct expr__node *node, uint32_t k);
/* Static type of an operand; false when only the item tells. */
bool expr__operand_type(const struct expr__node *node, enum value_type *ret);
struct slice expr__function_name(enum expr__function function);

/* ---- condition_parse.c ---- */
/* Parses a whole condition-like text into p->nodes (the root is the last) and checks everything that needs no schema.
 */
MUST_USE enum err expr__condition_parse(struct expr__parser *p);

/* ---- condition.c ---- */
/* The nodes of one whole condition, without faults, as a chain of tests. */
struct expr_condition *expr__condition_make(const struct expr__parser *p);

/* ---- condition_check.c ---- */
/* Checks one clause (a node from TEST to IN, or a CALL about to become a TEST) with all operands below it. */
void expr__clause_check(struct expr__parser *p, const struct expr__node *clause);

/* ---- path.c ---- */
/* Reads a path; the token at hand is its first. Keeps nothing but the result. */
MUST_USE enum err expr__path_read(struct expr__parser *p, struct expr_path *ret);
/* Reads the elements that continue a complete path: (a).b */
MUST_USE enum err expr__path_continue(struct expr__parser *p, struct expr_path *path);
/* Adds a path to p->paths; returns its index. */
uint16_t expr__path_add(struct expr__parser *p, struct expr_path path);
bool expr__path_equal(const struct expr_path *a, const struct expr_path *b);
bool expr__element_equal(const struct expr_path_element *a, const struct expr_path_element *b);
/* One step down from a value; false when it leads nowhere. */
bool expr__path_step(struct slice value, const struct expr_path_element *element, struct slice *ret_value);

/* ---- path_set.c ---- */
/*
 * Paths with the order in which a walk through an item meets them: by element, names bytewise before indexes ascending,
 * prefixes first. No path of a set is a prefix of another, and no two use a name and an index at the same place.
 */
struct expr__path_set {
    const struct expr_path *paths;
    const uint16_t *order; /* indexes of paths */
    uint16_t count;
};
void expr__path_set_init(
    struct expr__path_set *set, const struct expr_path *paths, uint16_t count, struct arena *arena);
/* Notes overlaps and conflicts of the set (data-plane.md 4.4). */
void expr__path_set_check(struct expr__parser *p, const struct expr__path_set *set);
static inline const struct expr_path *expr__path_set_at(const struct expr__path_set *set, uint32_t i)
{
    return &set->paths[set->order[i]];
}
/* The end of the run that starts at `from` of paths that share the element at `depth`. */
uint32_t expr__path_set_run(const struct expr__path_set *set, uint32_t from, uint32_t to, uint32_t depth);
/* The parts of `body` that the paths name, as a body in the arena. *ret_any: at least one of them was there. */
struct slice expr__path_set_project(
    const struct expr__path_set *set, struct slice body, struct arena *arena, bool *ret_any);

/* ---- context.c ---- */
/* The attribute name of #n; false when undefined. Marks it as used. */
bool expr__context_name(struct expr_context *context, struct slice name, struct slice *ret);
/* The value of :v. */
bool expr__context_value(struct expr_context *context, struct slice name, struct slice *ret);
struct arena *expr__context_arena(const struct expr_context *context);
enum wording expr__context_wording(const struct expr_context *context);
/* Refuses an attribute name that no item can have: empty, or over ATTRIBUTE_NAME_BYTES_MAX. */
MUST_USE enum err expr__attribute_check(enum wording wording, struct slice name, struct fault *fault);
/* Notes that the fault a text is refused with is about placeholders and operands. */
void expr__context_late(struct expr_context *context);
/* ValidationException; the envelope is put in front of the text when the wording has one. */
MUST_USE enum err expr__refuse_as(enum wording wording, struct slice text, struct fault *fault);
/* The same in the context's wording. */
MUST_USE enum err expr__context_refuse(const struct expr_context *context, struct slice text, struct fault *fault);

/* ---- text ---- */
/* The parts one after another. Unlike printf it keeps NUL bytes that a client sent. */
struct slice expr__join(struct arena *arena, const struct slice *parts, size_t count);
#define EXPR__JOIN(arena_, ...)                                                                                        \
    expr__join((arena_), (const struct slice[]){__VA_ARGS__},                                                          \
        sizeof((const struct slice[]){__VA_ARGS__}) / sizeof(struct slice))
