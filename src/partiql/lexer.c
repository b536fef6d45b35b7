/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Statements to tokens (data-plane.md 7.2).
 *
 * One pass over the bytes; lines and columns count characters, so continuation bytes of UTF-8 move nothing. Comments
 * and white space are nowhere kept. A number is taken as digits, dot and exponent without its sign; an exponent that
 * no 32-bit scale holds makes the whole text unreadable, as every token that cannot be read does.
 *
 * Pure; memory is one array of tokens, not more of them than characters.
 */
#include "codec/number.h"
#include "partiql/partiql_int.h"

#define TOKENS_FIRST 64u

struct lexer {
    struct slice text;
    struct arena *arena;
    size_t at;
    uint32_t line, column; /* of `at`, from 1 */
    struct partiql__token *tokens;
    uint32_t count, capacity;
};

static bool is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

/* The byte `ahead` of the place at hand; 0 behind the end. */
static uint8_t peek(const struct lexer *l, size_t ahead)
{
    return l->at + ahead < l->text.n ? l->text.p[l->at + ahead] : 0;
}

static void step(struct lexer *l)
{
    uint8_t c = l->text.p[l->at++];

    if (c == '\n') {
        l->line++;
        l->column = 1;
    } else if ((c & 0xC0) != 0x80) { /* a character counts where it begins */
        l->column++;
    }
}

static void steps(struct lexer *l, size_t n)
{
    while (n-- > 0)
        step(l);
}

/* ---- between tokens ---- */

static bool comment_skip(struct lexer *l)
{
    steps(l, 2);
    while (l->at < l->text.n) {
        if (peek(l, 0) == '*' && peek(l, 1) == '/') {
            steps(l, 2);
            return true;
        }
        step(l);
    }
    return false;
}

/* False: a comment without end. */
static bool blanks_skip(struct lexer *l)
{
    while (l->at < l->text.n) {
        uint8_t c = peek(l, 0);

        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            step(l);
        } else if (c == '-' && peek(l, 1) == '-') {
            while (l->at < l->text.n && peek(l, 0) != '\n')
                step(l);
        } else if (c == '/' && peek(l, 1) == '*') {
            if (!comment_skip(l))
                return false;
        } else {
            break;
        }
    }
    return true;
}

/* ---- tokens ---- */

/* Steps over a text in quotes, in which a doubled quote is one; false when it has no end. */
static bool quoted_skip(struct lexer *l, uint8_t quote)
{
    step(l);
    while (l->at < l->text.n) {
        if (peek(l, 0) != quote) {
            step(l);
        } else if (peek(l, 1) == quote) {
            steps(l, 2);
        } else {
            step(l);
            return true;
        }
    }
    return false;
}

static void digits_skip(struct lexer *l)
{
    while (is_digit(peek(l, 0)))
        step(l);
}

/* 12  1.5  .73e1  7.31E+6 */
static bool number_skip(struct lexer *l)
{
    size_t start = l->at;

    digits_skip(l);
    if (peek(l, 0) == '.') {
        step(l);
        digits_skip(l);
    }
    if ((peek(l, 0) | 0x20) == 'e') {
        step(l);
        if (peek(l, 0) == '+' || peek(l, 0) == '-')
            step(l);
        if (!is_digit(peek(l, 0)))
            return false;
        digits_skip(l);
    }
    if (is_letter(peek(l, 0)))
        return false;
    return number_scale_is_32(slice_of(l->text.p + start, l->at - start));
}

static void word_skip(struct lexer *l)
{
    while (is_letter(peek(l, 0)) || is_digit(peek(l, 0)))
        step(l);
}

/* The type of the symbol at hand and its length; PARTIQL__END for none. */
static enum partiql__token_type symbol_find(const struct lexer *l, size_t *ret_n)
{
    static const struct {
        char text[3];
        enum partiql__token_type type;
    } symbols[] = {/* longer ones before what they begin with */
        {"<<", PARTIQL__BAG_OPEN}, {">>", PARTIQL__BAG_CLOSE}, {"<>", PARTIQL__NE}, {"!=", PARTIQL__NE},
        {"<=", PARTIQL__LE}, {">=", PARTIQL__GE}, {"||", PARTIQL__CONCAT}, {"<", PARTIQL__LT}, {">", PARTIQL__GT},
        {"=", PARTIQL__EQ}, {"?", PARTIQL__PARAMETER}, {".", PARTIQL__DOT}, {",", PARTIQL__COMMA},
        {":", PARTIQL__COLON}, {";", PARTIQL__SEMICOLON}, {"(", PARTIQL__OPEN}, {")", PARTIQL__CLOSE},
        {"[", PARTIQL__LIST_OPEN}, {"]", PARTIQL__LIST_CLOSE}, {"{", PARTIQL__MAP_OPEN}, {"}", PARTIQL__MAP_CLOSE},
        {"+", PARTIQL__PLUS}, {"-", PARTIQL__MINUS}, {"*", PARTIQL__STAR}, {"/", PARTIQL__SLASH},
        {"%", PARTIQL__PERCENT}};
    struct slice rest = slice_of(l->text.p + l->at, l->text.n - l->at);

    for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
        if (slice_starts_with(rest, slice_from_cstr(symbols[i].text))) {
            *ret_n = strlen(symbols[i].text);
            return symbols[i].type;
        }
    }
    return PARTIQL__END;
}

static struct partiql__token *token_add(struct lexer *l)
{
    struct partiql__token *token;

    if (l->count == l->capacity)
        l->tokens = partiql__grown(l->arena, l->tokens, &l->capacity, sizeof(*l->tokens));
    token = &l->tokens[l->count++];
    *token = (struct partiql__token){
        .at = (uint16_t)l->at, .line = (uint16_t)l->line, .column = (uint16_t)l->column, .type = PARTIQL__END};
    return token;
}

static uint16_t characters(struct slice text)
{
    uint32_t n = 0;

    for (size_t i = 0; i < text.n; i++)
        n += (text.p[i] & 0xC0) != 0x80;
    return (uint16_t)n;
}

static bool token_skip(struct lexer *l, struct partiql__token *token)
{
    uint8_t c = peek(l, 0);
    size_t n;

    if (c == '"' || c == '\'') {
        token->type = c == '"' ? PARTIQL__QUOTED : PARTIQL__STRING;
        return quoted_skip(l, c);
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(l, 1)))) {
        token->type = PARTIQL__NUMBER;
        return number_skip(l);
    }
    if (is_letter(c)) {
        token->type = PARTIQL__NAME;
        word_skip(l);
        return true;
    }
    token->type = (uint8_t)symbol_find(l, &n);
    if (token->type == PARTIQL__END)
        return false;
    steps(l, n);
    return true;
}

static bool token_read(struct lexer *l)
{
    struct partiql__token *token = token_add(l);
    struct slice text;

    if (!token_skip(l, token))
        return false;
    token->n = (uint16_t)(l->at - token->at);
    text = partiql__token_text(l->text, token);
    token->length = characters(text);
    if (token->type == PARTIQL__NAME) {
        token->word = (uint8_t)partiql__word_find(text);
        if (token->word != PARTIQL__NO_WORD)
            token->type = PARTIQL__KEYWORD;
    }
    return true;
}

enum err partiql__lex(
    struct slice text, struct arena *arena, const struct partiql__token **ret, uint32_t *ret_count, struct fault *fault)
{
    struct lexer l = {.text = text, .arena = arena, .line = 1, .column = 1};

    ASSERT(text.n <= STATEMENT_BYTES_MAX);
    for (;;) {
        bool readable = blanks_skip(&l);

        if (readable && l.at == text.n)
            break;
        if (!readable || !token_read(&l))
            return fault_validation(fault, PARTIQL__UNREADABLE);
    }
    token_add(&l);
    *ret = l.tokens;
    *ret_count = l.count;
    return OK;
}

struct slice partiql__unquoted(struct slice token, struct arena *arena)
{
    uint8_t quote = token.p[0], *to;
    struct slice inside = slice_of(token.p + 1, token.n - 2);
    size_t n = 0;

    if (inside.n == 0 || memchr(inside.p, quote, inside.n) == NULL)
        return inside;
    to = arena_alloc(arena, inside.n);
    for (size_t i = 0; i < inside.n; i++) {
        to[n++] = inside.p[i];
        i += inside.p[i] == quote; /* the second of two */
    }
    return slice_of(to, n);
}
