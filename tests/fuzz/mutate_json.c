/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Finds the values and members of a JSON text with a reader of its own, which forgives much: the text was mutated
 * before, and what cannot be understood is passed over. A "part" is a value, or a member with its name; exchanging
 * parts of one kind keeps a text well formed.
 */
#include "mutate.h"

#include <string.h>

#include "model/gen_operations.h"
#include "model/shape.h"

#define PARTS_MAX 512u
#define WORDS_MAX 4096u
#define DEPTH_MAX 64u

struct part {
    size_t from, to;
    bool member;
};

struct text {
    uint8_t *bytes;
    size_t n, n_max;
    struct part parts[PARTS_MAX];
    uint32_t count;
};

/* ---- the dictionary ---- */

/* Values that are hard for somebody. */
static const char *const values[] = {"null", "true", "false", "0", "-1", "1", "1.5", "2147483648",
    "9223372036854775808", "1e400", "\"\"", "\"a\"", "{}", "[]", "{\"S\":\"\"}", "{\"S\":\"a\"}", "{\"N\":\"1\"}",
    "{\"N\":\"-0\"}", "{\"N\":\"1e125\"}", "{\"N\":\"9.9999999999999999999999999999999999999E+125\"}",
    "{\"N\":\"1e-130\"}", "{\"N\":\"12345678901234567890123456789012345678\"}", "{\"N\":\"NaN\"}", "{\"B\":\"AA==\"}",
    "{\"B\":\"=\"}", "{\"BOOL\":true}", "{\"NULL\":true}", "{\"NULL\":false}", "{\"SS\":[\"a\",\"b\"]}", "{\"SS\":[]}",
    "{\"SS\":[\"a\",\"a\"]}", "{\"NS\":[\"1\",\"1.0\"]}", "{\"NS\":[\"1\",\"2\"]}", "{\"BS\":[\"AA==\",\"AQ==\"]}",
    "{\"L\":[]}", "{\"L\":[{\"S\":\"a\"},{\"N\":\"1\"}]}", "{\"M\":{}}", "{\"M\":{\"a\":{\"N\":\"1\"}}}",
    "{\"S\":null}", "\"T\"", "\"Tab\"", "\"Gsi\"", "\"Lsi\"", "\"arn:aws:dynamodb:us-east-1:000000000000:table/Tab\"",
    "\"#a = :v\"", "\"SET a = :v\"", "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\"\\u0000\"", "1000000", "\"ALL_NEW\"",
    "\"TOTAL\""};
#define VALUES (sizeof(values) / sizeof(values[0]))

/* Names of members, and the words of enumerations. */
static struct slice words[WORDS_MAX];
static uint32_t words_count;

static void word_add(struct slice word)
{
    for (uint32_t i = 0; i < words_count; i++)
        if (slice_equal(words[i], word))
            return;
    if (words_count < WORDS_MAX)
        words[words_count++] = word;
}

static void shape_add(const struct shape *shape, uint32_t depth)
{
    if (shape == NULL || depth > 12)
        return;
    for (uint32_t i = 0; i < shape->members_count; i++) {
        const struct shape_member *member = &shape->members[i];

        word_add(member->name);
        for (uint32_t j = 0; member->rule != NULL && j < member->rule->values_count; j++)
            word_add(member->rule->values[j]);
        shape_add(member->shape, depth + 1);
    }
    if (shape->element != NULL)
        shape_add(shape->element->shape, depth + 1);
}

static void dictionary_make(void)
{
    static const char *const others[] = {"S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M", ":v", ":n", "#a",
        "pk", "sk", "a", "b", "Tab", "T", "Gsi", "Lsi"};

    if (words_count != 0)
        return;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        word_add(slice_from_cstr(others[i]));
    for (uint32_t i = 0; i < OPERATIONS; i++)
        shape_add(operation_of((enum operation_id)i)->input, 0);
}

/* ---- reading ---- */

static size_t blanks_skip(const struct text *t, size_t at)
{
    while (at < t->n && (t->bytes[at] == ' ' || t->bytes[at] == '\n' || t->bytes[at] == '\t' || t->bytes[at] == '\r'))
        at++;
    return at;
}

static size_t string_skip(const struct text *t, size_t at)
{
    for (at++; at < t->n && t->bytes[at] != '"'; at++)
        at += t->bytes[at] == '\\' && at + 1 < t->n;
    return at < t->n ? at + 1 : t->n;
}

static void part_add(struct text *t, size_t from, size_t to, bool member)
{
    if (t->count < PARTS_MAX && to > from)
        t->parts[t->count++] = (struct part){from, to, member};
}

static size_t value_read(struct text *t, size_t at, uint32_t depth);

static size_t members_read(struct text *t, size_t at, uint8_t end, uint32_t depth)
{
    for (at = blanks_skip(t, at + 1); at < t->n && t->bytes[at] != end; at = blanks_skip(t, at)) {
        size_t from = at;

        if (end == '}' && t->bytes[at] == '"') {
            at = blanks_skip(t, string_skip(t, at));
            if (at < t->n && t->bytes[at] == ':')
                at = value_read(t, blanks_skip(t, at + 1), depth);
            part_add(t, from, at, true);
        } else {
            at = value_read(t, at, depth);
        }
        at = blanks_skip(t, at);
        if (at < t->n && t->bytes[at] == ',')
            at++;
        if (at == from)
            at++;
    }
    return at < t->n ? at + 1 : t->n;
}

/* Past one value; when it is none, past one byte. */
static size_t value_read(struct text *t, size_t at, uint32_t depth)
{
    size_t from = at;

    if (at >= t->n)
        return t->n;
    if ((t->bytes[at] == '{' || t->bytes[at] == '[') && depth < DEPTH_MAX)
        at = members_read(t, at, t->bytes[at] == '{' ? '}' : ']', depth + 1);
    else if (t->bytes[at] == '"')
        at = string_skip(t, at);
    else
        while (at < t->n && strchr(" \n\r\t,]}:\"", t->bytes[at]) == NULL)
            at++;
    if (at == from)
        return at + 1;
    part_add(t, from, at, false);
    return at;
}

/* ---- changing ---- */

static void replace(struct text *t, size_t at, size_t gone, struct slice with)
{
    static uint8_t copy[1 << 16];

    if (with.n > sizeof(copy) || t->n - gone + with.n > t->n_max)
        return;
    memcpy(copy, with.p, with.n); /* it may be a part of the text */
    memmove(t->bytes + at + with.n, t->bytes + at + gone, t->n - at - gone);
    memcpy(t->bytes + at, copy, with.n);
    t->n += with.n - gone;
}

/* Takes a part out with one comma beside it. */
static void part_remove(struct text *t, const struct part *part)
{
    size_t from = part->from, to = blanks_skip(t, part->to);

    if (to < t->n && t->bytes[to] == ',')
        to++;
    else if (from > 0 && t->bytes[from - 1] == ',')
        from--;
    replace(t, from, to - from, SLICE_LIT(""));
}

static struct slice bytes_of(const struct text *t, const struct part *part)
{
    return slice_of(t->bytes + part->from, part->to - part->from);
}

static const struct part *other_of_kind(struct fuzz_random *random, const struct text *t, bool member)
{
    uint32_t start = fuzz_below(random, t->count);

    for (uint32_t i = 0; i < t->count; i++) {
        const struct part *part = &t->parts[(start + i) % t->count];

        if (part->member == member)
            return part;
    }
    return NULL;
}

static void part_double(struct text *t, const struct part *part)
{
    static uint8_t both[1 << 15];
    struct slice bytes = bytes_of(t, part);

    if (bytes.n + 1 > sizeof(both))
        return;
    both[0] = ',';
    memcpy(both + 1, bytes.p, bytes.n);
    replace(t, part->to, 0, slice_of(both, bytes.n + 1));
}

static void value_wrap(struct fuzz_random *random, struct text *t, const struct part *part)
{
    static const char *const around[][2] = {
        {"{\"M\":{\"a\":", "}}"}, {"{\"L\":[", "]}"}, {"[", "]"}, {"{\"a\":", "}"}, {"{\"S\":", "}"}};
    uint32_t which = fuzz_below(random, sizeof(around) / sizeof(around[0]));

    for (uint32_t times = 1 + (fuzz_below(random, 8) == 0 ? fuzz_below(random, 40) : 0); times != 0; times--) {
        size_t before = t->n;

        replace(t, part->to, 0, slice_from_cstr(around[which][1]));
        if (t->n != before)
            replace(t, part->from, 0, slice_from_cstr(around[which][0]));
    }
}

/* The name of a member, or a string, by a word of the model. */
static void word_put(struct fuzz_random *random, struct text *t, const struct part *part)
{
    struct slice word = words[fuzz_below(random, words_count)];
    size_t end;

    if (t->bytes[part->from] != '"')
        return;
    end = string_skip(t, part->from);
    if (end < part->from + 2)
        return;
    replace(t, part->from + 1, end - part->from - 2, word);
}

/* What stands between the quotes, in the words of its language when it seems to have one. */
static void inside_change(struct fuzz_random *random, struct text *t, const struct part *part)
{
    static uint8_t inner[4096];
    size_t end, n;
    bool language;

    if (t->bytes[part->from] != '"')
        return;
    end = string_skip(t, part->from);
    if (end < part->from + 2 || end - part->from - 2 > sizeof(inner) / 2)
        return;
    n = end - part->from - 2;
    memcpy(inner, t->bytes + part->from + 1, n);
    language = n > 2 && (memchr(inner, ' ', n) != NULL || memchr(inner, '#', n) != NULL);
    if (language && memmem(inner, n, "WHERE", 5) == NULL && memmem(inner, n, "VALUE", 5) == NULL)
        n = fuzz_mutate_words(random, &fuzz_words_expression, inner, n, sizeof(inner));
    else if (language)
        n = fuzz_mutate_words(random, &fuzz_words_statement, inner, n, sizeof(inner));
    else
        n = LLVMFuzzerMutate(inner, n, sizeof(inner));
    replace(t, part->from + 1, end - part->from - 2, slice_of(inner, n));
}

static void step(struct fuzz_random *random, struct text *t)
{
    const struct part *part, *other;

    t->count = 0;
    (void)value_read(t, blanks_skip(t, 0), 0);
    if (t->count == 0) {
        replace(t, 0, 0, SLICE_LIT("{\"TableName\":\"Tab\"}"));
        return;
    }
    part = &t->parts[fuzz_below(random, t->count)];
    other = other_of_kind(random, t, part->member);
    switch (fuzz_below(random, 10)) {
    case 0:
        part_remove(t, part);
        break;
    case 1:
        part_double(t, part);
        break;
    case 2:
        if (!part->member)
            value_wrap(random, t, part);
        break;
    case 3:
    case 4:
        if (!part->member)
            replace(t, part->from, part->to - part->from, slice_from_cstr(values[fuzz_below(random, VALUES)]));
        break;
    case 5:
    case 6:
        word_put(random, t, part);
        break;
    case 7:
        replace(t, part->from, part->to - part->from, bytes_of(t, other));
        break;
    default:
        inside_change(random, t, part);
        break;
    }
}

size_t fuzz_mutate_json(struct fuzz_random *random, uint8_t *bytes, size_t n, size_t n_max)
{
    static struct text t;

    dictionary_make();
    t.bytes = bytes;
    t.n = n;
    t.n_max = n_max;
    for (uint32_t left = 1 + fuzz_below(random, 4); left != 0; left--)
        step(random, &t);
    return t.n;
}
