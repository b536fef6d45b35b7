/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fuzz.h"

/*
 * Mutators that know what the bytes are, so that most of what they make gets past the first reader. Each changes
 * bytes[0, n) in place, up to n_max, and returns the new length. Some changes are left to libFuzzer, which knows
 * nothing: broken input has to be tried too.
 */

/* Words of a language: what may stand in place of, or beside, another word. */
struct fuzz_words {
    const char *const *words;
    size_t count;
};

/*
 * Text of words and punctuation (an expression, a statement): a token becomes another one of the text or of the
 * language, is left out, doubled, moved or exchanged with another.
 */
size_t fuzz_mutate_words(
    struct fuzz_random *random, const struct fuzz_words *language, uint8_t *bytes, size_t n, size_t n_max);

/*
 * JSON of the API: a value or a member becomes another one of the document or of the dictionary, is left out, doubled,
 * wrapped or exchanged; strings that look like expressions go to fuzz_mutate_words. The dictionary has the member names
 * and enumerated words of every operation's input, from the tables of the API model, and some values that are hard.
 */
size_t fuzz_mutate_json(struct fuzz_random *random, uint8_t *bytes, size_t n, size_t n_max);

extern const struct fuzz_words fuzz_words_expression, fuzz_words_statement;
