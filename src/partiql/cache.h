/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "partiql/partiql.h"

/*
 * Statements that were read before, by their text: what partiql_parse makes of one depends on nothing else. Belongs to
 * one worker: no lock. What it keeps is bounded in number and bytes, twice that with what requests still hold; the one
 * used longest ago goes first.
 */
struct partiql_cache;

#define PARTIQL_CACHE_ENTRIES_MAX    1024u             /* ours: statements kept by a worker */
#define PARTIQL_CACHE_BYTES_MAX      ((size_t)2 << 20) /* ours: their memory */
#define PARTIQL_CACHE_TEXT_BYTES_MAX 2048u             /* ours: a longer one is not kept */

/* `seed` is none that clients know: they cannot aim at one slot. The caller owns it. */
struct partiql_cache *partiql_cache_create(uint64_t seed);
/* Nothing of it is held any more. NULL is allowed. */
void partiql_cache_destroy(struct partiql_cache *cache);

/* A statement in use. */
struct partiql_kept;

/*
 * partiql_parse, or what it gave before for the same text. *ret_kept: the statement is the cache's and stays valid
 * until it is given back; NULL: it was made in `arena`. Faults are never kept. `ret_hit` tells whether it was there.
 */
MUST_USE enum err partiql_cache_parse(struct partiql_cache *cache, struct slice text, struct arena *arena,
    const struct partiql_statement **ret, struct partiql_kept **ret_kept, bool *ret_hit, struct fault *fault);
void partiql_cache_give(struct partiql_cache *cache, struct partiql_kept *kept);

/* What it keeps at present. */
struct partiql_cache_size {
    uint32_t entries;
    size_t bytes, left_bytes; /* left: gone, but in use */
};
struct partiql_cache_size partiql_cache_size(const struct partiql_cache *cache);
