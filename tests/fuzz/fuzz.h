/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/slice.h"

/*
 * What a target is: one function over the bytes of one input. driver.c calls it, with an arena that is empty at the
 * start of each input and reset after it, and holds it to the bounds that every input has to keep. A target that keeps
 * something between inputs keeps it in an arena of its own.
 *
 * `input` lies in memory of exactly its length, so a sanitizer sees a read beyond it. Broken properties are ASSERTs.
 */
void fuzz_one(struct arena *arena, struct slice input);

/* Processor time of the thread for one input. Under sanitizers everything takes several times as long. */
#define FUZZ_INPUT_NS_MAX           ((uint64_t)50 * 1000000u)
#define FUZZ_INPUT_NS_MAX_SANITIZED ((uint64_t)500 * 1000000u)
/* What an input may have allocated at its peak. */
#define FUZZ_INPUT_BYTES_MAX ((size_t)64 << 20)

/* A coin that depends on the seed alone (xorshift64*), for mutators. */
struct fuzz_random {
    uint64_t state;
};
static inline uint64_t fuzz_draw(struct fuzz_random *r)
{
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return r->state * 0x2545f4914f6cdd1du;
}
/* 0 to n - 1. */
static inline uint32_t fuzz_below(struct fuzz_random *r, size_t n)
{
    return n == 0 ? 0 : (uint32_t)((fuzz_draw(r) >> 16) % n);
}
static inline struct fuzz_random fuzz_random_of(uint32_t seed)
{
    return (struct fuzz_random){((uint64_t)seed + 1) * 0x9e3779b97f4a7c15u};
}

/* libFuzzer's own, or the plain one of corpus_main.c. */
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t n, size_t n_max);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t n_max, unsigned int seed);
