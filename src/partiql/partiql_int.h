/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/assert.h"
#include "base/limits.h"
#include "codec/value.h"
#include "expr/make.h"
#include "partiql/partiql.h"

/*
 * Inside of the statement compiler: tokens, nodes, the tree of a statement.
 *
 * A whole text is turned into tokens first, since a character that fits nowhere beats every fault of grammar. Nodes
 * stand in post-order in one array, as in expr/: children before parents, so what follows the parser are loops, and no
 * text costs stack. Every node comes from at least one token and every token from at least one character.
 *
 * Faults of grammar return at once. Faults of shape (what is well formed and still not allowed) are noted while the
 * rest is read; the first of them is told when the whole text turned out well formed.
 */
#define PARTIQL__UNREADABLE "Statement wasn't well formed, can't be processed: "
static_assert(STATEMENT_BYTES_MAX <= UINT16_MAX, "places in the text are counted in 16 bits");

/* ---- tokens (lexer.c) ---- */

enum partiql__token_type {
    PARTIQL__END,
    PARTIQL__NAME,   /* an identifier */
    PARTIQL__QUOTED, /* "an identifier" */
    PARTIQL__KEYWORD,
    PARTIQL__STRING,
    PARTIQL__NUMBER, /* without sign */
    PARTIQL__PARAMETER,
    PARTIQL__DOT,
    PARTIQL__COMMA,
    PARTIQL__COLON,
    PARTIQL__SEMICOLON,
    PARTIQL__OPEN,
    PARTIQL__CLOSE,
    PARTIQL__LIST_OPEN,
    PARTIQL__LIST_CLOSE,
    PARTIQL__MAP_OPEN,
    PARTIQL__MAP_CLOSE,
    PARTIQL__BAG_OPEN,
    PARTIQL__BAG_CLOSE,
    PARTIQL__EQ, /* EQ to CONCAT are operators */
    PARTIQL__NE,
    PARTIQL__LT,
    PARTIQL__LE,
    PARTIQL__GT,
    PARTIQL__GE,
    PARTIQL__PLUS,
    PARTIQL__MINUS,
    PARTIQL__STAR,
    PARTIQL__SLASH,
    PARTIQL__PERCENT,
    PARTIQL__CONCAT,
};

/* Keywords that the grammar uses; the others are only reserved. */
enum partiql__word {
    PARTIQL__NO_WORD,
    PARTIQL__RESERVED,
    PARTIQL__FUNCTION, /* a keyword that may name a function */
    PARTIQL__TYPE,     /* a keyword that names a type */
    PARTIQL__ALL,
    PARTIQL__AND,
    PARTIQL__AS,
    PARTIQL__ASC,
    PARTIQL__BETWEEN,
    PARTIQL__BY,
    PARTIQL__DELETE,
    PARTIQL__DESC,
    PARTIQL__EXISTS,
    PARTIQL__FALSE,
    PARTIQL__FROM,
    PARTIQL__GROUP,
    PARTIQL__HAVING,
    PARTIQL__IN,
    PARTIQL__INSERT,
    PARTIQL__INTO,
    PARTIQL__IS,
    PARTIQL__JOIN, /* and what may stand before it */
    PARTIQL__LIKE,
    PARTIQL__LIMIT,
    PARTIQL__MISSING,
    PARTIQL__MODIFIED,
    PARTIQL__NEW,
    PARTIQL__NOT,
    PARTIQL__NULL,
    PARTIQL__OLD,
    PARTIQL__OR,
    PARTIQL__ORDER,
    PARTIQL__REMOVE,
    PARTIQL__RETURNING,
    PARTIQL__SELECT,
    PARTIQL__SET,
    PARTIQL__TRUE,
    PARTIQL__UPDATE,
    PARTIQL__VALUE,
    PARTIQL__WHERE,
};

struct partiql__token {
    uint8_t type, word;
    uint16_t at, n;                /* in bytes */
    uint16_t line, column, length; /* in characters, the first is 1 */
};

/* The keyword that a text is, in any case; PARTIQL__NO_WORD when none (keywords.c). */
enum partiql__word partiql__word_find(struct slice text);
/* What may stand after IS: an enum value_type, or one of these. */
#define PARTIQL__TYPE_MISSING (VALUE_TYPES + 0)
#define PARTIQL__TYPE_SET     (VALUE_TYPES + 1) /* any set */
#define PARTIQL__TYPE_NEVER   (VALUE_TYPES + 2) /* a type of the language that no attribute has */
#define PARTIQL__NO_TYPE      (-1)              /* no name of a type */
/* By the first word of the name. */
int partiql__type_find(struct slice name);

/* All tokens of a text, the last is the END. ERR_FAULT: a token that cannot be read. */
MUST_USE enum err partiql__lex(struct slice text, struct arena *arena, const struct partiql__token **ret,
    uint32_t *ret_count, struct fault *fault);
/* What a QUOTED or a STRING means: without its quotes, doubled ones once. */
struct slice partiql__unquoted(struct slice token, struct arena *arena);

/* ---- nodes ---- */

enum partiql__node_type {
    PARTIQL__NODE_PATH,
    PARTIQL__NODE_LITERAL, /* a scalar */
    PARTIQL__NODE_PARAMETER,
    PARTIQL__NODE_LIST,
    PARTIQL__NODE_MAP, /* of key, value, key, value, ... */
    PARTIQL__NODE_BAG,
    PARTIQL__NODE_CALL,       /* a function */
    PARTIQL__NODE_ARITHMETIC, /* + - * / % || */
    PARTIQL__NODE_SIGN,       /* + or - before anything but a number */
    PARTIQL__NODE_STAR,       /* of COUNT(*) */
    /* from here on: conditions */
    PARTIQL__NODE_COMPARE,
    PARTIQL__NODE_BETWEEN,
    PARTIQL__NODE_IN,
    PARTIQL__NODE_IS,
    PARTIQL__NODE_LIKE,
    PARTIQL__NODE_NOT,
    PARTIQL__NODE_AND,
    PARTIQL__NODE_OR,
};

enum partiql__function {
    PARTIQL__ATTRIBUTE_EXISTS, /* in the order of enum expr_function */
    PARTIQL__ATTRIBUTE_NOT_EXISTS,
    PARTIQL__ATTRIBUTE_TYPE,
    PARTIQL__BEGINS_WITH,
    PARTIQL__CONTAINS,
    PARTIQL__SIZE,
    PARTIQL__IF_NOT_EXISTS,
    PARTIQL__LIST_APPEND,
    PARTIQL__SET_ADD,
    PARTIQL__SET_DELETE,
    PARTIQL__FUNCTION_UNKNOWN,
};

struct partiql__node {
    uint8_t type;
    union {
        uint8_t operator_; /* COMPARE, ARITHMETIC, SIGN: the token's type */
        uint8_t function;  /* CALL */
        uint8_t is;        /* IS: an enum value_type or PARTIQL__TYPE_... */
    };
    bool negated;             /* BETWEEN, IN, IS, LIKE: with NOT; LITERAL: a number with a minus */
    bool absorbed;            /* the constant that a condition is compared with: it is not an operand of its own */
    uint16_t first, operands; /* as in expr/expr_int.h */
    uint16_t token;           /* what messages name */
    uint16_t place;           /* PATH: of its path; PARAMETER: its number from 0 */
    struct slice value;       /* LITERAL, LIST, MAP, BAG: p NULL until literals are made */
};

/* One assignment of SET or one path of REMOVE. */
struct partiql__action {
    struct expr_path target;
    uint16_t token;
    bool remove;
    uint16_t first, root; /* SET: the nodes of its value */
};

struct partiql__tree {
    struct slice text;
    const struct partiql__token *tokens;
    struct partiql__node *nodes;
    const struct expr_path *paths;
    uint32_t nodes_n;
    uint32_t where_first, where_root;  /* WHERE */
    bool star;                         /* SELECT * */
    const struct expr_column *columns; /* SELECT */
    uint32_t columns_n;
    const struct partiql__action *actions; /* UPDATE */
    uint32_t actions_n;
    uint32_t item; /* INSERT: the node of its value */
};

static inline bool partiql__is_condition(const struct partiql__node *node)
{
    return node->type >= PARTIQL__NODE_COMPARE || (node->type == PARTIQL__NODE_CALL && node->function < PARTIQL__SIZE);
}

static inline bool partiql__is_constant(const struct partiql__node *node)
{
    return node->type >= PARTIQL__NODE_LITERAL && node->type <= PARTIQL__NODE_BAG;
}

/* The value of a constant. */
static inline struct slice partiql__constant(const struct partiql__node *node, const struct slice *parameters)
{
    return node->type == PARTIQL__NODE_PARAMETER ? parameters[node->place] : node->value;
}

/* The k-th operand of a node, from 0. Costs operands - k steps. */
static inline uint32_t partiql__operand(const struct partiql__node *nodes, uint32_t node, uint32_t k)
{
    uint32_t operand = node - 1;

    ASSERT(k < nodes[node].operands);
    for (uint32_t i = nodes[node].operands - 1u; i > k; i--)
        operand = nodes[operand].first - 1u;
    return operand;
}

/* All operands of a node, in order, in the arena. */
static inline uint32_t *partiql__operands(const struct partiql__node *nodes, uint32_t node, struct arena *arena)
{
    uint32_t *operands = arena_alloc(arena, nodes[node].operands * sizeof(*operands)), at = node - 1;

    for (uint32_t i = nodes[node].operands; i > 0; i--) {
        operands[i - 1] = at;
        at = nodes[at].first - 1u;
    }
    return operands;
}

/* ---- the parser ---- */

struct partiql__frame {
    uint8_t type; /* expression.c */
    uint8_t precedence;
    bool negated;
    uint16_t first, operands, token;
};

struct partiql__parser {
    struct slice text;
    struct arena *arena;
    struct fault *fault;
    const struct partiql__token *tokens;
    uint32_t at; /* the token at hand */
    uint32_t parameters;

    struct partiql__node *nodes;
    struct expr_path *paths;
    struct partiql__frame *frames;
    uint32_t nodes_n, nodes_capacity, paths_n, paths_capacity, frames_n, frames_capacity;

    struct slice noted; /* the first fault of shape; p NULL: none */
};

static inline const struct partiql__token *partiql__token(const struct partiql__parser *p)
{
    return &p->tokens[p->at];
}

static inline bool partiql__at_word(const struct partiql__parser *p, enum partiql__word word)
{
    return p->tokens[p->at].word == word;
}

static inline bool partiql__at_type(const struct partiql__parser *p, enum partiql__token_type type)
{
    return p->tokens[p->at].type == type;
}

static inline struct slice partiql__token_text(struct slice text, const struct partiql__token *token)
{
    return slice_of(text.p + token->at, token->n);
}

/* Refuses the text: "Statement wasn't well formed, can't be processed: " and the detail. */
MUST_USE enum err partiql__unreadable(struct partiql__parser *p, const char *detail);
/* Notes a fault of shape unless there is one. `text` lives in the arena or is static. */
void partiql__note(struct partiql__parser *p, struct slice text);
/* The same with the place of a token behind it. */
void partiql__note_at(struct partiql__parser *p, struct slice text, uint32_t token);

/* The text with " at line:column:length" of a token behind it. */
struct slice partiql__at(const struct partiql__parser *p, struct slice text, uint32_t token);

/* Room for one more element of `bytes` in an array; the old block stays in the arena. */
void *partiql__grown(struct arena *arena, const void *old, uint32_t *capacity, size_t bytes);

/* ---- expression.c ---- */
/* Reads one expression, a condition or an operand; its root is the last node. */
MUST_USE enum err partiql__expression(struct partiql__parser *p);
/*
 * Reads a path that begins at the token at hand, a name. A keyword where it may not stand is unreadable; an index that
 * no list has is noted.
 */
MUST_USE enum err partiql__path(struct partiql__parser *p, struct expr_path *ret);

/* ---- shape.c ---- */
/* What a condition may not be made of: notes the first fault. */
void partiql__condition_check(struct partiql__parser *p, uint32_t first, uint32_t root);
/* The same for the value of an assignment to `target`. */
void partiql__assignment_check(struct partiql__parser *p, const struct partiql__action *action);
/* "Path", "Eq": what the service calls a node. */
struct slice partiql__node_name(const struct partiql__parser *p, const struct partiql__node *node);

/* ---- literal.c ---- */
/* Makes the values of all literals among the nodes [first, root]; notes the first fault. */
void partiql__literals_make(struct partiql__parser *p, uint32_t first, uint32_t root);
/* The same for the item of an INSERT, whose members may be parameters. */
void partiql__item_make(struct partiql__parser *p, uint32_t root);
