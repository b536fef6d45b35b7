/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Arenas: a chain of blocks, filled from the front.
 *
 *      first              current
 *      ########--    ->   #######...    ->   ..........        # handed out   - lost at the end   . free, kept
 *
 * The idea: a request makes many small things and frees them all at once. Handing them out from a block costs an
 * addition; freeing them is resetting two numbers. What a block cannot hold goes to the next one, and the rest of the
 * full block is lost until the next reset: with blocks of 64 KiB and things of 100 bytes, less than 1 %.
 *
 * Invariants (block_check, on the way in and out):
 *   - used <= size, both whole units of ALIGN, so every handed-out address is aligned;
 *   - blocks after `current` are empty.
 *
 * Under AddressSanitizer memory that is not handed out is poisoned, so that a read past the end of one thing is found
 * even though its neighbour lies in the same block.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

#if defined(__has_feature) /* clang says it so, gcc by a macro */
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(ARENA_POISONS)
#define ARENA_POISONS 1
#endif

#if defined(ARENA_POISONS)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, bytes)   ((void)(address), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(address, bytes) ((void)(address), (void)(bytes))
#endif

#define ALIGN             ((size_t)16)
#define BLOCK_BYTES_MIN   ((size_t)1 << 10)
#define BLOCK_BYTES_MAX   ((size_t)16 << 20)
#define GROWN_BLOCK_BYTES ((size_t)128 << 10)

struct arena_block {
    struct arena_block *next; /* owned */
    size_t size;
    size_t used;
    size_t reserved; /* keeps `bytes` aligned */
    unsigned char bytes[];
};

struct arena {
    size_t block_bytes;
    size_t held_bytes;           /* sizes of all blocks */
    struct arena_block *first;   /* owned; never NULL */
    struct arena_block *current; /* in the chain of `first` */
};

static_assert(sizeof(struct arena_block) % ALIGN == 0, "the bytes of a block must start aligned");
static_assert(ARENA_ALLOC_BYTES_MAX % ALIGN == 0, "the largest allocation must be whole units");

static size_t whole_units(size_t bytes)
{
    return (bytes + ALIGN - 1) / ALIGN * ALIGN;
}

static bool block_check(const struct arena_block *block)
{
    return block->used <= block->size && block->used % ALIGN == 0 && block->size % ALIGN == 0;
}

static void *memory_or_die(size_t bytes)
{
    void *memory = aligned_alloc(ALIGN, bytes);

    if (memory == NULL) {
        fprintf(stderr, "out of memory: %zu bytes for an arena\n", bytes);
        abort();
    }
    return memory;
}

static struct arena_block *block_create(size_t size, struct arena_block *next)
{
    struct arena_block *block = memory_or_die(sizeof(*block) + size);

    *block = (struct arena_block){.next = next, .size = size};
    ASAN_POISON_MEMORY_REGION(block->bytes, size);
    return block;
}

static void block_destroy(struct arena_block *block)
{
    ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
    free(block);
}

/* The kept block that comes next, if it holds `need` bytes, else the first of those behind it that does, brought
 * forward. */
static struct arena_block *block_kept(struct arena *arena, size_t need)
{
    struct arena_block **at = &arena->current->next, *block;

    while (*at != NULL && (*at)->size < need)
        at = &(*at)->next;
    block = *at;
    if (block != NULL && at != &arena->current->next) {
        *at = block->next;
        block->next = arena->current->next;
        arena->current->next = block;
    }
    return block;
}

/* What grows gets larger blocks, up to GROWN_BLOCK_BYTES: to walk over a chain of many costs a cache miss each. */
static size_t block_size(const struct arena *arena, size_t need)
{
    size_t size = whole_units(arena->held_bytes / 2);

    if (size > GROWN_BLOCK_BYTES)
        size = GROWN_BLOCK_BYTES;
    if (size < arena->block_bytes)
        size = arena->block_bytes;
    return size < need ? need : size;
}

/* Moves on to an empty block that holds `need` bytes. When no kept one does, the next makes room for a new one: keeping
 * it would let a run of large requests leave ever more small blocks behind. Rare: apart from arena_alloc, which then
 * needs no stack. */
__attribute__((noinline)) static struct arena_block *block_next(struct arena *arena, size_t need)
{
    struct arena_block *next = block_kept(arena, need), *small = arena->current->next;

    if (next == NULL && small != NULL) {
        arena->current->next = small->next;
        arena->held_bytes -= small->size;
        block_destroy(small);
    }
    if (next == NULL) {
        size_t size = block_size(arena, need);

        next = block_create(size, arena->current->next);
        arena->held_bytes += size;
        arena->current->next = next;
    }
    ASSERT(next->used == 0);
    arena->current = next;
    return next;
}

struct arena *arena_create(size_t block_bytes)
{
    struct arena *arena;

    ASSERT(block_bytes >= BLOCK_BYTES_MIN && block_bytes <= BLOCK_BYTES_MAX);
    arena = memory_or_die(whole_units(sizeof(*arena)));
    arena->block_bytes = whole_units(block_bytes);
    arena->held_bytes = arena->block_bytes;
    arena->first = block_create(arena->block_bytes, NULL);
    arena->current = arena->first;
    return arena;
}

void arena_blocks_destroy(struct arena_block *blocks)
{
    while (blocks != NULL) {
        struct arena_block *next = blocks->next;

        ASSERT(block_check(blocks));
        block_destroy(blocks);
        blocks = next;
    }
}

void arena_destroy(struct arena *arena)
{
    if (arena == NULL)
        return;
    arena_blocks_destroy(arena->first);
    free(arena);
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    struct arena_block *block = arena->current;
    size_t need;
    void *memory;

    ASSERT(bytes <= ARENA_ALLOC_BYTES_MAX);
    ASSERT(block_check(block));
    need = bytes == 0 ? ALIGN : whole_units(bytes);
    if (need > block->size - block->used)
        block = block_next(arena, need);
    memory = block->bytes + block->used;
    block->used += need;
    ASAN_UNPOISON_MEMORY_REGION(memory, bytes); /* the padding stays poisoned */
    ASSERT((uintptr_t)memory % ALIGN == 0);
    return memory;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){.block = arena->current, .used = arena->current->used};
}

void arena_reset(struct arena *arena, struct arena_mark mark)
{
    struct arena_block *block = mark.block;
    size_t keep = mark.used;

    ASSERT(keep <= block->used);
    for (;;) {
        ASAN_POISON_MEMORY_REGION(block->bytes + keep, block->size - keep);
        block->used = keep;
        ASSERT(block_check(block));
        if (block == arena->current)
            break;
        block = block->next;
        keep = 0;
        ASSERT(block != NULL); /* else the mark came after `current`: it was reset away before */
    }
    arena->current = mark.block;
}

size_t arena_blocks_bytes(const struct arena_block *blocks)
{
    size_t bytes = 0;

    for (; blocks != NULL; blocks = blocks->next)
        bytes += blocks->size;
    return bytes;
}

struct arena_block *arena_cut(struct arena *arena)
{
    struct arena_block *blocks = arena->current->next;

    arena->current->next = NULL;
    arena->held_bytes -= arena_blocks_bytes(blocks);
    return blocks;
}

void arena_join(struct arena *arena, struct arena_block *blocks)
{
    struct arena_block *last = arena->current;

    while (last->next != NULL)
        last = last->next;
    last->next = blocks;
    arena->held_bytes += arena_blocks_bytes(blocks);
}

size_t arena_used_bytes(const struct arena *arena)
{
    size_t used = 0;

    for (const struct arena_block *block = arena->first; block != arena->current; block = block->next)
        used += block->used;
    return used + arena->current->used;
}

size_t arena_held_bytes(const struct arena *arena)
{
    return arena->held_bytes;
}

void *arena_zalloc(struct arena *arena, size_t bytes)
{
    return memset(arena_alloc(arena, bytes), 0, bytes);
}

struct slice arena_dup(struct arena *arena, struct slice s)
{
    uint8_t *copy;

    if (s.p == NULL)
        return s;
    copy = arena_alloc(arena, s.n);
    if (s.n != 0)
        memcpy(copy, s.p, s.n);
    return slice_of(copy, s.n);
}

struct slice arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    char *text;
    int n;

    va_start(arguments, format);
    n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    ASSERT(n >= 0);
    text = arena_alloc(arena, (size_t)n + 1);
    va_start(arguments, format);
    (void)vsnprintf(text, (size_t)n + 1, format, arguments);
    va_end(arguments);
    return slice_of(text, (size_t)n);
}
