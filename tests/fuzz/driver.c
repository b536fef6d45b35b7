/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Holds a target to the bounds of fuzz.h: every input gets an arena that was reset, and whoever takes longer or more
 * memory than allowed is a failure like a crash.
 *
 * Time is looked at on the wall clock, which costs nothing, and only an input that seems slow is run again, three
 * times, with the thread's own clock: the best of them is told, because a busy machine is not the input's fault. Memory
 * is what malloc gave out and has not got back: the sanitizers tell of every call. Without them the arena alone is
 * counted, which is where nearly all of it goes.
 *
 * The corpus is run by builds without sanitizers too (make test), so the plain bound of 50 ms is asked of every file of
 * it and its variations.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ARENA_BYTES      ((size_t)16 << 10)
#define ARENA_KEPT_BYTES ((size_t)1 << 20) /* one that grew beyond is not kept for the next input */

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(SANITIZED)
#define SANITIZED 1
#endif

#ifdef SANITIZED
/* sanitizer/allocator_interface.h, which gcc's packages do not have */
int __sanitizer_install_malloc_and_free_hooks(
    void (*allocated)(const volatile void *, size_t), void (*freed)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *p);

static size_t live_bytes, peak_bytes;

static void allocated(const volatile void *p, size_t bytes)
{
    (void)p;
    live_bytes += bytes;
    if (live_bytes > peak_bytes)
        peak_bytes = live_bytes;
}

/* What was there before the hooks were, or was counted by another length, must not make it wrap. */
static void freed(const volatile void *p)
{
    size_t bytes = p == NULL ? 0 : __sanitizer_get_allocated_size(p);

    live_bytes -= bytes < live_bytes ? bytes : live_bytes;
}

static void counting_start(void)
{
    (void)__sanitizer_install_malloc_and_free_hooks(allocated, freed);
}
#define INPUT_NS_MAX FUZZ_INPUT_NS_MAX_SANITIZED
#else
static size_t live_bytes, peak_bytes;

static void counting_start(void)
{
}
#define INPUT_NS_MAX FUZZ_INPUT_NS_MAX
#endif

static struct arena *arena;

static uint64_t clock_ns(clockid_t clock)
{
    struct timespec now;

    (void)clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void too_much(const char *what, uint64_t n, uint64_t n_max)
{
    fprintf(stderr, "ERROR: one input took %llu %s, more than %llu\n", (unsigned long long)n, what,
        (unsigned long long)n_max);
    abort();
}

static void run(struct slice input)
{
    struct arena_mark mark = arena_mark(arena);
    size_t before = live_bytes, held;

    peak_bytes = live_bytes;
    fuzz_one(arena, input);
    held = arena_held_bytes(arena);
    if (peak_bytes - before > FUZZ_INPUT_BYTES_MAX)
        too_much("bytes of memory", peak_bytes - before, FUZZ_INPUT_BYTES_MAX);
    if (held > FUZZ_INPUT_BYTES_MAX)
        too_much("bytes of its arena", held, FUZZ_INPUT_BYTES_MAX);
    arena_reset(arena, mark);
    if (held > ARENA_KEPT_BYTES) {
        arena_destroy(arena);
        arena = arena_create(ARENA_BYTES);
    }
}

static void run_again(struct slice input)
{
    uint64_t best = UINT64_MAX;

    for (int i = 0; i < 3; i++) {
        uint64_t start = clock_ns(CLOCK_THREAD_CPUTIME_ID), took;

        run(input);
        took = clock_ns(CLOCK_THREAD_CPUTIME_ID) - start;
        if (took < best)
            best = took;
    }
    if (best > INPUT_NS_MAX)
        too_much("ns of processor time", best, INPUT_NS_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct slice input = slice_of(bytes == NULL ? (const uint8_t *)"" : bytes, n);
    uint64_t start;

    if (arena == NULL) {
        counting_start();
        arena = arena_create(ARENA_BYTES);
    }
    start = clock_ns(CLOCK_MONOTONIC);
    run(input);
    if (clock_ns(CLOCK_MONOTONIC) - start > INPUT_NS_MAX)
        run_again(input);
    return 0;
}
