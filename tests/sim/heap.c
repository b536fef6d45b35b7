/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Memory of lives. What a task of the server allocates comes from one region of the address space that is forgotten in
 * one step when the life ends by a crash: no destructor runs then, and nothing may stay. The world's memory, and that
 * of libraries, is the C library's.
 *
 *      region: | head, bytes | head, bytes | ...  -> next          free blocks hang in lists by size
 *
 * Large blocks and mappings (stacks, groups) are real mappings, kept and given again, for making them costs more than
 * all else. Addresses are the same in every run: the region is at a fixed place and the program runs without random
 * layout (main.c).
 *
 * Under AddressSanitizer blocks are poisoned when they are free, and the bytes behind them too.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/assert.h"
#include "sim.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   __asan_poison_memory_region(p, n)
#define UNPOISON(p, n) __asan_unpoison_memory_region(p, n)
#define REDZONE        16
#else
#define POISON(p, n)   (void)0
#define UNPOISON(p, n) (void)0
#define REDZONE        0
#endif

#define REGION_AT    ((uint8_t *)0x200000000000) /* in none of the ranges that sanitizers take */
#define REGION_BYTES ((size_t)64 << 30)
#define LARGE_BYTES  ((size_t)1 << 20)
#define SMALL_BYTES  1024u
#define CLASSES      (SMALL_BYTES / 16 + 1 + 24)
#define MAPPINGS_MAX 16384

void *__real_malloc(size_t n);
void *__real_calloc(size_t count, size_t n);
void *__real_realloc(void *p, size_t n);
void __real_free(void *p);
void *__real_aligned_alloc(size_t alignment, size_t n);
char *__real_strdup(const char *text);
void *__real_mmap64(void *at, size_t n, int protection, int flags, int fd, off_t offset);
int __real_munmap(void *p, size_t n);

/* Before each block, which is aligned to 16. */
struct head {
    uint32_t class_of;
    uint32_t aligned; /* how much further the block was moved */
    size_t n;
};
static_assert(sizeof(struct head) == 16, "blocks stay aligned");

struct free_block {
    struct free_block *next;
};

/* A mapping of a life, or one that is kept for the next. */
struct mapping {
    void *p;
    size_t n;
};

static struct {
    uint8_t *next;
    struct free_block *free[CLASSES];
    struct mapping live[MAPPINGS_MAX], kept[MAPPINGS_MAX];
    uint32_t live_n, kept_n;
    uint32_t world;
} heap;

void sim_heap_init(void)
{
    void *p = __real_mmap64(REGION_AT, REGION_BYTES, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);

    ASSERT(p == (void *)REGION_AT);
    heap.next = REGION_AT;
}

void sim_world_enter(void)
{
    heap.world++;
}

void sim_world_leave(void)
{
    heap.world--;
}

static bool of_life(void)
{
    return heap.world == 0 && sim_task_life() != 0;
}

static bool in_region(const void *p)
{
    return (const uint8_t *)p >= REGION_AT && (const uint8_t *)p < REGION_AT + REGION_BYTES;
}

/* ---- blocks ---- */

static uint32_t class_of(size_t n)
{
    uint32_t class_ = SMALL_BYTES / 16 + 1;

    if (n <= SMALL_BYTES)
        return (uint32_t)((n + 15) / 16);
    for (size_t bytes = 2 * SMALL_BYTES; bytes < n; bytes *= 2)
        class_++;
    ASSERT(class_ < CLASSES);
    return class_;
}

static size_t class_bytes(uint32_t class_)
{
    return class_ <= SMALL_BYTES / 16 ? (size_t)class_ * 16 : (size_t)SMALL_BYTES << (class_ - SMALL_BYTES / 16);
}

static void *block_take(size_t n, size_t alignment)
{
    uint32_t class_ = class_of(n + (alignment > 16 ? alignment : 0) + REDZONE);
    size_t bytes = class_bytes(class_);
    struct head *head;
    uint8_t *p;

    if (heap.free[class_] != NULL) {
        p = (uint8_t *)heap.free[class_];
        UNPOISON(p, sizeof(struct free_block));
        heap.free[class_] = heap.free[class_]->next;
    } else {
        p = heap.next + sizeof(*head);
        heap.next = p + bytes;
        ASSERT(heap.next < REGION_AT + REGION_BYTES);
    }
    UNPOISON(p - sizeof(*head), sizeof(*head) + bytes);
    head = (struct head *)p - 1;
    *head = (struct head){.class_of = class_, .n = n};
    if (alignment > 16) {
        uint8_t *at = (uint8_t *)(((uintptr_t)p + alignment) & ~(uintptr_t)(alignment - 1));

        ((struct head *)at)[-1] = (struct head){.class_of = class_, .aligned = (uint32_t)(at - p), .n = n};
        p = at;
    }
    if (REDZONE != 0)
        POISON(p + (n + 7) / 8 * 8, bytes - (size_t)((struct head *)p)[-1].aligned - (n + 7) / 8 * 8);
    return p;
}

static void block_give(void *p)
{
    struct head *head = (struct head *)p - 1;
    struct free_block *block = (struct free_block *)((uint8_t *)p - head->aligned);
    uint32_t class_ = head->class_of;

    UNPOISON(block, class_bytes(class_));
    block->next = heap.free[class_];
    heap.free[class_] = block;
    POISON(block, class_bytes(class_));
}

/* ---- mappings ---- */

static void *mapping_take(size_t n, bool fresh)
{
    void *p = NULL;

    for (uint32_t i = heap.kept_n; i-- != 0 && p == NULL;) {
        if (heap.kept[i].n != n)
            continue;
        p = heap.kept[i].p;
        heap.kept[i] = heap.kept[--heap.kept_n];
        if (fresh)
            (void)madvise(p, n, MADV_DONTNEED);
    }
    if (p == NULL)
        p = __real_mmap64(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    ASSERT(p != MAP_FAILED && heap.live_n < MAPPINGS_MAX);
    heap.live[heap.live_n++] = (struct mapping){p, n};
    return p;
}

static void mapping_keep(struct mapping mapping)
{
    UNPOISON(mapping.p, mapping.n);
    if (heap.kept_n < MAPPINGS_MAX)
        heap.kept[heap.kept_n++] = mapping;
}

static bool mapping_give(const void *p)
{
    for (uint32_t i = heap.live_n; i-- != 0;) {
        if (heap.live[i].p != p)
            continue;
        mapping_keep(heap.live[i]);
        heap.live[i] = heap.live[--heap.live_n];
        return true;
    }
    return false;
}

static size_t mapping_bytes(const void *p)
{
    for (uint32_t i = heap.live_n; i-- != 0;) {
        if (heap.live[i].p == p)
            return heap.live[i].n;
    }
    return 0;
}

void sim_heap_forget(void)
{
    UNPOISON(REGION_AT, (size_t)(heap.next - REGION_AT));
    heap.next = REGION_AT;
    memset(heap.free, 0, sizeof(heap.free));
    while (heap.live_n != 0)
        mapping_keep(heap.live[--heap.live_n]);
}

/* ---- what the server calls ---- */

static void *take(size_t n, size_t alignment, bool zeroed)
{
    void *p;

    if (n >= LARGE_BYTES)
        return mapping_take((n + 4095) / 4096 * 4096, zeroed);
    p = block_take(n == 0 ? 1 : n, alignment);
    return zeroed ? memset(p, 0, n) : p;
}

void *__wrap_malloc(size_t n);
void *__wrap_malloc(size_t n)
{
    return of_life() ? take(n, 16, false) : __real_malloc(n);
}

void *__wrap_calloc(size_t count, size_t n);
void *__wrap_calloc(size_t count, size_t n)
{
    ASSERT(n == 0 || count <= SIZE_MAX / n);
    return of_life() ? take(count * n, 16, true) : __real_calloc(count, n);
}

void *__wrap_aligned_alloc(size_t alignment, size_t n);
void *__wrap_aligned_alloc(size_t alignment, size_t n)
{
    return of_life() ? take(n, alignment, false) : __real_aligned_alloc(alignment, n);
}

void __wrap_free(void *p);
void __wrap_free(void *p)
{
    if (in_region(p))
        block_give(p);
    else if (p != NULL && !(((uintptr_t)p & 4095) == 0 && mapping_give(p)))
        __real_free(p);
}

void *__wrap_realloc(void *p, size_t n);
void *__wrap_realloc(void *p, size_t n)
{
    size_t before;
    void *to;

    if (!of_life() || (p != NULL && !in_region(p) && mapping_bytes(p) == 0))
        return __real_realloc(p, n);
    before = p == NULL ? 0 : in_region(p) ? ((struct head *)p)[-1].n : mapping_bytes(p);
    to = take(n, 16, false);
    if (before != 0)
        memcpy(to, p, before < n ? before : n);
    __wrap_free(p);
    return to;
}

char *__wrap_strdup(const char *text);
char *__wrap_strdup(const char *text)
{
    size_t n = strlen(text) + 1;

    return memcpy(__wrap_malloc(n), text, n);
}

void *__wrap_mmap64(void *at, size_t n, int protection, int flags, int fd, off_t offset);
void *__wrap_mmap64(void *at, size_t n, int protection, int flags, int fd, off_t offset)
{
    return fd == -1 && of_life() ? mapping_take(n, false) : __real_mmap64(at, n, protection, flags, fd, offset);
}

int __wrap_munmap(void *p, size_t n);
int __wrap_munmap(void *p, size_t n)
{
    return mapping_give(p) ? 0 : __real_munmap(p, n);
}
