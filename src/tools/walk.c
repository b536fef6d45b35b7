/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A whole range, one page in memory at a time, for tools that read everything (walk.h). Any thread that is a fiber.
 */
#include "tools/walk.h"

#define PAGE_ENTRIES      4096
#define PAGE_BYTES        ((size_t)1 << 20)
#define ARENA_BLOCK_BYTES ((size_t)1 << 20)

enum err walk_range(struct engine *engine, struct fiber *self, enum engine_space space, struct slice from,
    struct slice to, walk_fn *fn, void *context, struct progress *progress, struct buf *ret_reached)
{
    struct arena *arena = arena_create(ARENA_BLOCK_BYTES);
    struct arena_mark start = arena_mark(arena);
    struct engine_page page = {.more = true};
    enum err err = OK;

    ret_reached->n = 0;
    buf_slice(ret_reached, from);
    while (page.more) {
        uint64_t bytes = 0;

        err =
            engine_range(engine, self, arena, space, buf_view(ret_reached), to, false, PAGE_ENTRIES, PAGE_BYTES, &page);
        if (err || page.count == 0)
            break;
        for (uint32_t i = 0; i < page.count; i++) {
            fn(context, page.keys[i], page.values[i]);
            bytes += page.keys[i].n + page.values[i].n;
        }
        progress_add(progress, page.count, bytes);
        ret_reached->n = 0;
        buf_slice(ret_reached, page.keys[page.count - 1]);
        buf_byte(ret_reached, 0); /* the first key after it */
        arena_reset(arena, start);
    }
    arena_destroy(arena);
    return err;
}
