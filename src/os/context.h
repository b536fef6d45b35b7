/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/limits.h"

/*
 * A stack and the place where code on it stopped. Private to os/. The sanitizers keep a shadow of each stack; they are
 * told of every switch here and nowhere else.
 */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OS_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define OS_TSAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(OS_ASAN)
#define OS_ASAN 1
#endif
#if defined(__SANITIZE_THREAD__) && !defined(OS_TSAN)
#define OS_TSAN 1
#endif

/* Instrumented frames are several times larger. */
#if defined(OS_ASAN) || defined(OS_TSAN)
#define OS_STACK_BYTES ((size_t)256 << 10)
#else
#define OS_STACK_BYTES ((size_t)FIBER_STACK_BYTES)
#endif
/* A frame larger than a page must not jump over the guard. Address space costs nothing. */
#define OS_GUARD_BYTES ((size_t)64 << 10)

struct context {
    void *sp;    /* valid while nobody runs on it */
    void *stack; /* lowest usable byte; NULL: a thread's own stack */
    size_t stack_bytes;
    void *asan_fake; /* unused without AddressSanitizer */
    void *tsan;      /* unused without ThreadSanitizer */
};

/* The context of the calling thread, on its own stack. */
void os__context_of_thread(struct context *ret);
/* Maps a stack with its guard. False when the system refuses. */
bool os__context_map(struct context *ret);
/* Gives the stack back. Nobody may run on it. */
void os__context_unmap(struct context *context);
/* The next switch to it calls fn(argument), which must never return and must call os__context_entered first. */
void os__context_prepare(struct context *context, void (*fn)(void *argument), void *argument);
/* First call on a fresh stack; `from` is the context that switched here. */
void os__context_entered(struct context *from);
/* Stops here and goes on in `to`. Returns when somebody switches to `from`; never when `last` is set. */
void os__context_change(struct context *from, struct context *to, bool last);
