/* SPDX-License-Identifier: Apache-2.0 */

/*
 * From bytes to tokens (data-plane.md 4.1), one at a time, on demand.
 *
 * The parser holds one token and knows where the one before starts. That is all a syntax error needs: it prints the
 * source from the start of the previous token to the end of the next one, white space kept.
 *
 * Which words are keywords depends on the kind of text: AND OR NOT BETWEEN IN in conditions, SET REMOVE ADD DELETE in
 * updates, none in projections. All of them are reserved words as well, so elsewhere they end as a reserved-word fault.
 *
 * Pure; any thread.
 */
#include "expr/expr_int.h"

#include <strings.h>

enum byte_class {
    CLASS_OTHER,
    CLASS_SPACE,
    CLASS_LETTER,
    CLASS_DIGIT,
    CLASS_UNDERSCORE,
    CLASS_SYMBOL,
    CLASS_ANGLE,
    CLASS_MARK,
};

/* clang-format off */
static const uint8_t classes[256] = {
    [' '] = CLASS_SPACE, ['\t'] = CLASS_SPACE, ['\r'] = CLASS_SPACE, ['\n'] = CLASS_SPACE,
    ['A' ... 'Z'] = CLASS_LETTER, ['a' ... 'z'] = CLASS_LETTER, ['0' ... '9'] = CLASS_DIGIT, ['_'] = CLASS_UNDERSCORE,
    ['('] = CLASS_SYMBOL, [')'] = CLASS_SYMBOL, ['['] = CLASS_SYMBOL, [']'] = CLASS_SYMBOL, [','] = CLASS_SYMBOL,
    ['.'] = CLASS_SYMBOL, ['='] = CLASS_SYMBOL, ['+'] = CLASS_SYMBOL, ['-'] = CLASS_SYMBOL,
    ['<'] = CLASS_ANGLE, ['>'] = CLASS_ANGLE, ['#'] = CLASS_MARK, [':'] = CLASS_MARK,
};

static const uint8_t symbols[128] = {
    ['('] = EXPR__OPEN, [')'] = EXPR__CLOSE, ['['] = EXPR__INDEX_OPEN, [']'] = EXPR__INDEX_CLOSE,
    [','] = EXPR__COMMA, ['.'] = EXPR__DOT, ['='] = EXPR__EQ, ['+'] = EXPR__PLUS, ['-'] = EXPR__MINUS,
};
/* clang-format on */

static bool is_word_byte(uint8_t byte)
{
    return classes[byte] >= CLASS_LETTER && classes[byte] <= CLASS_UNDERSCORE;
}

/* Length of the UTF-8 character at the start of `s`, so that an echo never cuts one in two. */
static size_t character_bytes(struct slice s)
{
    size_t n = s.p[0] < 0xC0 ? 1 : s.p[0] < 0xE0 ? 2 : s.p[0] < 0xF0 ? 3 : 4;

    return n < s.n ? n : s.n;
}

static bool word_is(struct slice word, const char *text)
{
    return strncasecmp((const char *)word.p, text, word.n) == 0;
}

static enum expr__token_type condition_word(struct slice word)
{
    if (word.n == 2)
        return word_is(word, "OR") ? EXPR__OR : word_is(word, "IN") ? EXPR__IN : EXPR__WORD;
    if (word.n == 3)
        return word_is(word, "AND") ? EXPR__AND : word_is(word, "NOT") ? EXPR__NOT : EXPR__WORD;
    if (word.n == 7 && word_is(word, "BETWEEN"))
        return EXPR__BETWEEN;
    return EXPR__WORD;
}

static enum expr__token_type update_word(struct slice word)
{
    if (word.n == 3)
        return word_is(word, "SET") ? EXPR__SET : word_is(word, "ADD") ? EXPR__ADD : EXPR__WORD;
    if (word.n == 6)
        return word_is(word, "REMOVE") ? EXPR__REMOVE : word_is(word, "DELETE") ? EXPR__DELETE : EXPR__WORD;
    return EXPR__WORD;
}

static enum expr__token_type word_type(enum expr__kind kind, struct slice word)
{
    switch (kind) {
    case EXPR__KIND_CONDITION:
    case EXPR__KIND_FILTER:
    case EXPR__KIND_KEY_CONDITION:
        return condition_word(word);
    case EXPR__KIND_UPDATE:
        return update_word(word);
    case EXPR__KIND_PROJECTION:
    case EXPR__KIND_STATEMENT:
        break;
    }
    return EXPR__WORD;
}

static size_t run(struct slice s, size_t from)
{
    while (from < s.n && is_word_byte(s.p[from]))
        from++;
    return from;
}

/* <  <=  <>  >  >= */
static enum expr__token_type angle(struct slice s, size_t *n)
{
    bool equal = s.n > 1 && s.p[1] == '=';

    *n = equal ? 2 : 1;
    if (s.p[0] == '>')
        return equal ? EXPR__GE : EXPR__GT;
    if (s.n > 1 && s.p[1] == '>') {
        *n = 2;
        return EXPR__NE;
    }
    return equal ? EXPR__LE : EXPR__LT;
}

/* The token at the start of `s`, which is not empty and does not start with white space. */
static enum expr__token_type token_read(enum expr__kind kind, struct slice s, size_t *n)
{
    *n = 1;
    switch ((enum byte_class)classes[s.p[0]]) {
    case CLASS_LETTER:
        *n = run(s, 1);
        return word_type(kind, slice_of(s.p, *n));
    case CLASS_MARK:
        *n = run(s, 1);
        return *n == 1 ? EXPR__OTHER : s.p[0] == '#' ? EXPR__NAME : EXPR__VALUE;
    case CLASS_DIGIT:
        while (*n < s.n && classes[s.p[*n]] == CLASS_DIGIT)
            ++*n;
        return EXPR__DIGITS;
    case CLASS_SYMBOL:
        return (enum expr__token_type)symbols[s.p[0]];
    case CLASS_ANGLE:
        return angle(s, n);
    case CLASS_OTHER:
    case CLASS_UNDERSCORE:
    case CLASS_SPACE:
        break;
    }
    *n = character_bytes(s);
    return EXPR__OTHER;
}

static struct expr__token token_after(const struct expr__parser *p, struct expr__token token)
{
    size_t at = (size_t)token.at + token.n, n = 0;
    enum expr__token_type type = EXPR__END;

    while (at < p->text.n && classes[p->text.p[at]] == CLASS_SPACE)
        at++;
    if (at < p->text.n)
        type = token_read(p->kind, slice_of(p->text.p + at, p->text.n - at), &n);
    return (struct expr__token){type, (uint16_t)at, (uint16_t)n};
}

void expr__advance(struct expr__parser *p)
{
    p->previous_at = p->token.at;
    p->token = token_after(p, p->token);
}

uint8_t expr__peek(const struct expr__parser *p)
{
    size_t at = (size_t)p->token.at + p->token.n;

    while (at < p->text.n && classes[p->text.p[at]] == CLASS_SPACE)
        at++;
    return at < p->text.n ? p->text.p[at] : 0;
}

/* The end of the last token at or before the token at hand: the end of the text, less white space, when that one is the
 * end. */
static size_t context_end(const struct expr__parser *p)
{
    struct expr__token next = token_after(p, p->token);
    size_t end = next.type == EXPR__END ? (size_t)p->token.at + p->token.n : (size_t)next.at + next.n;

    while (end > p->previous_at && p->token.type == EXPR__END && classes[p->text.p[end - 1]] == CLASS_SPACE)
        end--;
    return end;
}

enum err expr__syntax_error(struct expr__parser *p)
{
    struct slice token = p->token.type == EXPR__END ? SLICE_LIT("<EOF>") : expr__token_text(p, p->token);
    struct slice near = slice_of(p->text.p + p->previous_at, context_end(p) - p->previous_at);

    return expr__refuse(p, EXPR__JOIN(p->arena, SLICE_LIT("Syntax error; token: \""), token, SLICE_LIT("\", near: \""),
                               near, SLICE_LIT("\"")));
}
