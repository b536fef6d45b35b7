/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "engine/engine.h"

/*
 * ClientRequestToken: the record that a transaction leaves behind when it was asked to be done at most once
 * (docs/formats/token.md). It is an effect of the transaction's own decision and its key is one of the decision's keys,
 * so it is there exactly when the transaction is, and two requests with one token cannot both run. Only what was done
 * is remembered: a cancelled transaction may be tried again with its token. Pure, but for the clock that is handed in.
 */
#define TOKEN_KEY_LETTER   'I'
#define TOKEN_DIGEST_BYTES 16

struct token_record {
    uint8_t operation;   /* the last byte of the key's head; tools show it */
    uint64_t expires_s;  /* wall clock; from then on it is as if it were not there */
    struct slice digest; /* of the parameters, TOKEN_DIGEST_BYTES */
    uint32_t count;      /* of actions */
    const uint8_t *sizes;
};

/* The key in meta. `operation` keeps the tokens of one operation apart from those of another. */
struct slice token_key(
    struct arena *arena, uint8_t operation, struct slice account, struct slice region, struct slice token);
/* All keys of tokens: [*ret_from, *ret_to). */
void token_range(struct slice *ret_from, struct slice *ret_to);

/* Appends nothing else: puts the record of a transaction whose actions left items of these sizes. */
void token_put(struct effects *fx, struct arena *arena, struct slice key, uint64_t stamp, uint64_t expires_s,
    struct slice digest, const uint32_t *sizes, uint32_t count);
/* ERR_CORRUPT, ERR_VERSION. Everything is borrowed from the bytes. */
MUST_USE enum err token_read(struct slice key, struct slice bytes, struct token_record *ret);
/* The size of the item of action i. */
uint32_t token_size(const struct token_record *record, uint32_t i);
