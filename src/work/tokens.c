/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Removing the records of request tokens that have expired (table/token.h). Nobody reads them as alive any more; this
 * only gives their room back, so it may come late.
 *
 *     every WORK_TOKENS_PAUSE_MS    a walk over all records, in order of key, a page a round
 *     of each page                  the expired ones are deleted, if they still are when their key is held
 *
 * A token may be used anew in the moment its record expires, so a deletion is a decision that looks again. A walk meets
 * what was written in the last quarter of an hour and costs about a microsecond for each. A list by time beside the
 * records would make it shorter, and every transaction longer.
 */
#include "codec/key.h"
#include "table/token.h"
#include "work/work_int.h"

#define TOKENS_PER_DECISION 64

struct expired {
    const struct engine_key *keys;
    uint32_t count, deleted; /* deleted: by the last run */
    uint64_t now_s;
};

/* What cannot be read is left for `stator check` to tell. */
static bool is_expired(struct slice key, struct slice bytes, uint64_t now_s)
{
    struct token_record record;

    return bytes.p != NULL && token_read(key, bytes, &record) == OK && record.expires_s <= now_s;
}

static enum err expired_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    struct expired *expired = context;

    (void)stamp, (void)arena;
    expired->deleted = 0;
    for (uint32_t i = 0; i < expired->count; i++) {
        if (!is_expired(expired->keys[i].key, old[i].bytes, expired->now_s))
            continue;
        effects_delete(fx, ENGINE_META, expired->keys[i].key);
        expired->deleted++;
    }
    return OK;
}

static enum err expired_delete(struct work *work, struct fiber *self, struct arena *arena,
    const struct engine_key *keys, uint32_t count, uint64_t now_s, engine_ticket *ticket)
{
    struct expired expired = {.keys = keys, .count = count, .now_s = now_s};
    const struct engine_decision decision = {
        .keys = keys, .keys_count = count, .fn = expired_decide, .context = &expired};
    engine_ticket mine;
    enum err err;

    if (count == 0)
        return OK;
    err = engine_decide(work->engine, self, arena, &decision, &mine);
    if (err)
        return err;
    *ticket = engine_ticket_join(work->engine, *ticket, mine);
    work__count(&work->counts.tokens_removed, expired.deleted);
    return OK;
}

static enum err page_sweep(struct work *work, struct fiber *self, struct arena *arena, const struct engine_page *page,
    uint64_t now_s, engine_ticket *ticket)
{
    struct engine_key keys[TOKENS_PER_DECISION];
    uint32_t count = 0;
    enum err err = OK;

    for (uint32_t i = 0; i < page->count && !err; i++) {
        if (is_expired(page->keys[i], page->values[i], now_s))
            keys[count++] = (struct engine_key){.space = ENGINE_META, .key = page->keys[i]};
        if (count == TOKENS_PER_DECISION) {
            err = expired_delete(work, self, arena, keys, count, now_s, ticket);
            count = 0;
        }
        fiber_breathe(self, page->values[i].n);
    }
    return err ? err : expired_delete(work, self, arena, keys, count, now_s, ticket);
}

enum err work__tokens_walk(
    struct work *work, struct fiber *self, struct arena *arena, struct work_walk *walk, uint64_t now_ms, bool *ret_more)
{
    struct engine_page page;
    struct slice from, to;
    engine_ticket ticket = 0;
    enum err err, settled;

    token_range(&from, &to);
    err = work__walk_page(work, self, arena, walk, from, to, WORK_PAGE_ENTRIES, &page);
    if (err)
        return err;
    err = page_sweep(work, self, arena, &page, now_ms / 1000, &ticket);
    settled = engine_settle(work->engine, self, ticket);
    *ret_more = page.more;
    return err ? err : settled;
}
