/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Tokens are runs of letters, digits and # : _ ., quoted texts, and single other bytes. Blanks belong to the token
 * before them, so that texts stay readable for their parsers.
 */
#include "mutate.h"

#include <string.h>

#define TOKENS_MAX 256u

#define COUNT(array_) (sizeof(array_) / sizeof(array_[0]))

static const char *const expression_words[] = {"AND ", "OR ", "NOT ", "BETWEEN ", "IN ", "SET ", "REMOVE ", "ADD ",
    "DELETE ", "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size",
    "if_not_exists", "list_append", "= ", "<> ", "< ", "<= ", "> ", ">= ", "+ ", "- ", "( ", ") ", ", ", "[0]",
    "[4294967295]", ".", "#a ", "#b ", "#l ", "#odd ", ":n ", ":m ", ":s ", ":t ", ":l ", ":e ", ":g ", ":o ", "a ",
    "b ", "l ", "pk ", "sk ", "size(a) ", "(a) ", "a.b[2].x ", "name "};
static const char *const statement_words[] = {"SELECT ", "* ", "FROM ", "WHERE ", "INSERT ", "INTO ", "VALUE ",
    "UPDATE ", "DELETE ", "SET ", "REMOVE ", "EXISTS ", "RETURNING ", "ALL ", "OLD ", "NEW ", "MODIFIED ", "AND ",
    "OR ", "NOT ", "IN ", "BETWEEN ", "IS ", "MISSING ", "NULL ", "TRUE ", "FALSE ", "ORDER ", "BY ", "ASC ", "DESC ",
    "begins_with", "contains", "attribute_type", "size", "list_append", "set_add", "set_delete", "? ", "= ", "<> ",
    "< ", ">= ", "+ ", "- ", "( ", ") ", "{ ", "} ", "[ ", "] ", "<< ", ">> ", ", ", "'pk' ", ": ", "\"T\" ", "\"i\" ",
    ".", "pk ", "sk ", "a.b[0] ", "1 ", "-1.5e10 ", "'text' ", "''"};

const struct fuzz_words fuzz_words_expression = {expression_words, COUNT(expression_words)};
const struct fuzz_words fuzz_words_statement = {statement_words, COUNT(statement_words)};

struct text {
    uint8_t *bytes;
    size_t n, n_max;
    size_t starts[TOKENS_MAX + 1]; /* of tokens; the last is where they end */
    uint32_t tokens;
};

static bool is_word(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '#' ||
           c == ':' || c >= 0x80;
}

static size_t token_end(const struct text *t, size_t at)
{
    uint8_t first = t->bytes[at++];

    if (is_word(first)) {
        while (at < t->n && is_word(t->bytes[at]))
            at++;
    } else if (first == '\'' || first == '"') {
        while (at < t->n && t->bytes[at] != first)
            at++;
        at += at < t->n;
    }
    while (at < t->n && t->bytes[at] == ' ')
        at++;
    return at;
}

static void tokens_find(struct text *t)
{
    size_t at = 0;

    for (t->tokens = 0; at < t->n && t->tokens < TOKENS_MAX; t->tokens++) {
        t->starts[t->tokens] = at;
        at = token_end(t, at);
    }
    t->starts[t->tokens] = at;
}

/* Puts `with` where [at, at + gone) was; nothing when there is no room. */
static void replace(struct text *t, size_t at, size_t gone, struct slice with)
{
    uint8_t copy[512];

    if (with.n > sizeof(copy) || t->n - gone + with.n > t->n_max)
        return;
    memcpy(copy, with.p, with.n); /* it may be a part of the text */
    memmove(t->bytes + at + with.n, t->bytes + at + gone, t->n - at - gone);
    memcpy(t->bytes + at, copy, with.n);
    t->n += with.n - gone;
}

static struct slice token_at(const struct text *t, uint32_t i)
{
    return slice_of(t->bytes + t->starts[i], t->starts[i + 1] - t->starts[i]);
}

static struct slice some_word(struct fuzz_random *random, const struct fuzz_words *language, const struct text *t)
{
    if (t->tokens != 0 && fuzz_below(random, 2) == 0)
        return token_at(t, fuzz_below(random, t->tokens));
    return slice_from_cstr(language->words[fuzz_below(random, language->count)]);
}

static void step(struct fuzz_random *random, const struct fuzz_words *language, struct text *t)
{
    uint32_t i, j;

    tokens_find(t);
    if (t->tokens == 0) {
        replace(t, 0, 0, some_word(random, language, t));
        return;
    }
    i = fuzz_below(random, t->tokens);
    j = i + 1 + fuzz_below(random, t->tokens - i < 6 ? t->tokens - i : 6); /* a run of some tokens */
    switch (fuzz_below(random, 6)) {
    case 0:
        replace(t, t->starts[i], t->starts[j] - t->starts[i], SLICE_LIT(""));
        break;
    case 1:
        replace(t, t->starts[j], 0, slice_of(t->bytes + t->starts[i], t->starts[j] - t->starts[i]));
        break;
    case 2:
        replace(t, t->starts[fuzz_below(random, t->tokens)], 0,
            slice_of(t->bytes + t->starts[i], t->starts[j] - t->starts[i]));
        break;
    case 3:
        replace(t, t->starts[i], 0, some_word(random, language, t));
        break;
    default:
        replace(t, t->starts[i], t->starts[i + 1] - t->starts[i], some_word(random, language, t));
        break;
    }
}

size_t fuzz_mutate_words(
    struct fuzz_random *random, const struct fuzz_words *language, uint8_t *bytes, size_t n, size_t n_max)
{
    static struct text t;

    t.bytes = bytes;
    t.n = n;
    t.n_max = n_max;
    for (uint32_t left = 1 + fuzz_below(random, 4); left != 0; left--)
        step(random, language, &t);
    return t.n;
}
