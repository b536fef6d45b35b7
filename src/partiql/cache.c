/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Statements by text. Clients send the same few texts again and again, with other parameters; reading one costs more
 * than all else that is done before the table.
 *
 * A text is kept when it comes for the second time: a table of hashes remembers the first. So clients that write values
 * into their statements, each of them new, neither fill the cache nor cost it an allocation.
 *
 * A hash table whose entries are also in a list, the most recently used first. An entry has an arena of its own with
 * its text and its statement. One that has to go while requests hold it leaves table and list at once, and its memory
 * when the last of them gives it back. Of one worker: no lock.
 */
#include "partiql/cache.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/assert.h"
#include "base/list.h"

#define SLOTS             1024u
#define SEEN              4096u /* hashes of texts that came once */
#define ENTRY_BLOCK_BYTES 2048u
static_assert((SLOTS & (SLOTS - 1)) == 0 && (SEEN & (SEEN - 1)) == 0, "places are chosen by a mask");

struct partiql_kept {
    struct partiql_kept *chain; /* in its slot */
    struct list_link use;
    struct arena *arena; /* of what follows, and of this struct */
    uint64_t hash;
    struct slice text;
    const struct partiql_statement *statement;
    size_t bytes;
    uint32_t holders;
    bool listed; /* in table and list; else it ends with its last holder */
};

struct partiql_cache {
    uint64_t seed;
    struct partiql_kept *slots[SLOTS];
    struct list used; /* the most recently used first */
    struct partiql_cache_size size;
    uint64_t seen[SEEN];
};

struct partiql_cache *partiql_cache_create(uint64_t seed)
{
    struct partiql_cache *cache = calloc(1, sizeof(*cache));

    ASSERT(cache != NULL);
    cache->seed = seed;
    list_init(&cache->used);
    return cache;
}

/* ---- table and list ---- */

static struct partiql_kept **slot_of(struct partiql_cache *cache, uint64_t hash)
{
    return &cache->slots[hash & (SLOTS - 1)];
}

static struct partiql_kept *oldest(const struct partiql_cache *cache)
{
    struct list_link *link = list_last(&cache->used);

    return link == NULL ? NULL : LIST_ENTRY(link, struct partiql_kept, use);
}

static void enlist(struct partiql_cache *cache, struct partiql_kept *kept)
{
    struct partiql_kept **slot = slot_of(cache, kept->hash);

    kept->chain = *slot;
    *slot = kept;
    kept->listed = true;
    list_add_first(&cache->used, &kept->use);
    cache->size.entries++;
    cache->size.bytes += kept->bytes;
}

static void unlist(struct partiql_cache *cache, struct partiql_kept *kept)
{
    struct partiql_kept **at = slot_of(cache, kept->hash);

    while (*at != kept)
        at = &(*at)->chain;
    *at = kept->chain;
    kept->listed = false;
    list_remove(&kept->use);
    cache->size.entries--;
    cache->size.bytes -= kept->bytes;
    if (kept->holders == 0)
        arena_destroy(kept->arena);
    else
        cache->size.left_bytes += kept->bytes;
}

static struct partiql_kept *find(struct partiql_cache *cache, uint64_t hash, struct slice text)
{
    struct partiql_kept *kept = *slot_of(cache, hash);

    while (kept != NULL && (kept->hash != hash || !slice_equal(kept->text, text)))
        kept = kept->chain;
    return kept;
}

void partiql_cache_destroy(struct partiql_cache *cache)
{
    struct partiql_kept *kept;

    if (cache == NULL)
        return;
    while ((kept = oldest(cache)) != NULL) {
        ASSERT(kept->holders == 0);
        unlist(cache, kept);
    }
    free(cache);
}

/* ---- one statement ---- */

static bool may_keep(const struct partiql_cache *cache, struct slice text)
{
    return text.n <= PARTIQL_CACHE_TEXT_BYTES_MAX && cache->size.left_bytes < PARTIQL_CACHE_BYTES_MAX;
}

/* True when the hash was met before; it is from now on. */
static bool seen(struct partiql_cache *cache, uint64_t hash)
{
    uint64_t *at = &cache->seen[hash >> 32 & (SEEN - 1)];
    bool met = *at == hash;

    *at = hash;
    return met;
}

static enum err make(
    struct partiql_cache *cache, uint64_t hash, struct slice text, struct partiql_kept **ret_kept, struct fault *fault)
{
    struct arena *arena = arena_create(ENTRY_BLOCK_BYTES);
    struct partiql_kept *kept = arena_zalloc(arena, sizeof(*kept));
    enum err err;

    *kept = (struct partiql_kept){.arena = arena, .hash = hash, .text = arena_dup(arena, text)};
    err = partiql_parse(kept->text, arena, &kept->statement, fault);
    kept->bytes = arena_held_bytes(arena);
    if (err) {
        arena_destroy(arena);
        return err;
    }
    enlist(cache, kept);
    while (cache->size.entries > PARTIQL_CACHE_ENTRIES_MAX || cache->size.bytes > PARTIQL_CACHE_BYTES_MAX)
        unlist(cache, oldest(cache));
    *ret_kept = kept;
    return OK;
}

static const struct partiql_statement *hold(struct partiql_kept *kept)
{
    kept->holders++;
    return kept->statement;
}

enum err partiql_cache_parse(struct partiql_cache *cache, struct slice text, struct arena *arena,
    const struct partiql_statement **ret, struct partiql_kept **ret_kept, bool *ret_hit, struct fault *fault)
{
    uint64_t hash = XXH3_64bits_withSeed(text.p, text.n, cache->seed);
    struct partiql_kept *kept = find(cache, hash, text);
    enum err err = OK;

    *ret_hit = kept != NULL;
    *ret_kept = NULL;
    if (kept != NULL && &kept->use != list_first(&cache->used)) {
        list_remove(&kept->use);
        list_add_first(&cache->used, &kept->use);
    } else if (kept == NULL && may_keep(cache, text) && seen(cache, hash)) {
        err = make(cache, hash, text, &kept, fault);
    }
    if (err)
        return err;
    if (kept == NULL)
        return partiql_parse(text, arena, ret, fault);
    *ret_kept = kept;
    *ret = hold(kept);
    return OK;
}

void partiql_cache_give(struct partiql_cache *cache, struct partiql_kept *kept)
{
    ASSERT(kept->holders > 0);
    if (--kept->holders != 0 || kept->listed)
        return;
    cache->size.left_bytes -= kept->bytes;
    arena_destroy(kept->arena);
}

struct partiql_cache_size partiql_cache_size(const struct partiql_cache *cache)
{
    return cache->size;
}
