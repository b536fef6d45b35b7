/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"

/*
 * An arena: memory that lives and dies with one thing (a request, a connection, a worker's step).
 *
 * Allocation is a pointer bump; there is no free. A caller that wants part of it back takes a mark and later resets to
 * it, which is how a decision runs a second time without leaving the first run's garbage behind.
 *
 * Not thread safe: an arena belongs to the one fiber that works for its owner.
 */
struct arena;
struct arena_block;

/* The largest single allocation. A request body is at most 16 MiB and its binary form is never larger. */
#define ARENA_ALLOC_BYTES_MAX ((size_t)32 << 20)

/* A position in an arena. Valid until the arena is reset to an earlier mark or destroyed. */
struct arena_mark {
    struct arena_block *block;
    size_t used;
};

/*
 * Makes an empty arena that takes memory from the system in blocks of at least `block_bytes` (1 KiB to 16 MiB).
 * Never returns NULL: without memory the process ends with a report. The caller owns it.
 */
struct arena *arena_create(size_t block_bytes);

/* Frees the arena and everything allocated from it. NULL is allowed and does nothing. */
void arena_destroy(struct arena *arena);

/*
 * Returns `bytes` (0 to ARENA_ALLOC_BYTES_MAX) of uninitialised memory, aligned to 16, borrowed until the arena is
 * reset below it or destroyed. Never NULL, also for 0 bytes.
 */
void *arena_alloc(struct arena *arena, size_t bytes);

/* Takes the present position. */
struct arena_mark arena_mark(const struct arena *arena);

/* Gives back everything allocated since `mark`. The blocks are kept for the next use. */
void arena_reset(struct arena *arena, struct arena_mark mark);

/*
 * The blocks behind the present position, which hold nothing, as a chain of their own: cut off here, and joined there,
 * so that what one request needed is ready for another. The caller owns it until then; NULL: none.
 */
struct arena_block *arena_cut(struct arena *arena);
/* Behind all blocks that `arena` has. */
void arena_join(struct arena *arena, struct arena_block *blocks);
size_t arena_blocks_bytes(const struct arena_block *blocks);
void arena_blocks_destroy(struct arena_block *blocks);

/* The bytes handed out and not given back, for the memory budget and for tests. */
size_t arena_used_bytes(const struct arena *arena);

/* The bytes it has from the system, handed out or not. */
size_t arena_held_bytes(const struct arena *arena);

/* Like arena_alloc, filled with zeros. */
void *arena_zalloc(struct arena *arena, size_t bytes);

/* A copy of the bytes of `s` that lives in the arena; absent stays absent. */
struct slice arena_dup(struct arena *arena, struct slice s);

/* The formatted text, NUL-terminated after its last byte. */
struct slice arena_printf(struct arena *arena, const char *format, ...) PRINTF(2, 3);
