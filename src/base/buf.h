/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

/*
 * A growing run of bytes with a ceiling. Errors are sticky: append freely, ask `failed` once at the end.
 * The memory is the arena's when one was given (old blocks are lost until the arena is reset), else the heap's and
 * given back by buf_fini. Not thread safe.
 */
struct buf {
    uint8_t *p;
    size_t n, capacity;
    size_t bytes_max;    /* the ceiling; beyond it `failed` is set and the bytes are dropped */
    struct arena *arena; /* borrowed; NULL: heap */
    bool failed;
};

/* Makes an empty buffer. `bytes_max` <= ARENA_ALLOC_BYTES_MAX when an arena is given. */
void buf_init(struct buf *buf, struct arena *arena, size_t bytes_max);
/* Frees heap memory. A zeroed struct is allowed. */
void buf_fini(struct buf *buf);
/* Makes room for `bytes` more; returns where they go, or NULL (and failed) beyond the ceiling. buf->n does not change.
 */
uint8_t *buf_reserve_slow(struct buf *buf, size_t bytes);
void buf_append_slow(struct buf *buf, const void *bytes, size_t n);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF(2, 3);
void buf_vprintf(struct buf *buf, const char *format, va_list arguments);

static inline uint8_t *buf_reserve(struct buf *buf, size_t bytes)
{
    if (buf->capacity - buf->n >= bytes)
        return buf->p + buf->n;
    return buf_reserve_slow(buf, bytes);
}

static inline void buf_append(struct buf *buf, const void *bytes, size_t n)
{
    if (buf->capacity - buf->n >= n) {
        if (n != 0)
            memcpy(buf->p + buf->n, bytes, n);
        buf->n += n;
        return;
    }
    buf_append_slow(buf, bytes, n);
}

static inline void buf_slice(struct buf *buf, struct slice s)
{
    buf_append(buf, s.p, s.n);
}

static inline void buf_byte(struct buf *buf, uint8_t byte)
{
    buf_append(buf, &byte, 1);
}

static inline struct slice buf_view(const struct buf *buf)
{
    return slice_of(buf->p == NULL ? (const uint8_t *)"" : buf->p, buf->n);
}

#define BUF_LIT(buf_, text_) buf_append((buf_), (text_), sizeof(text_) - 1)
