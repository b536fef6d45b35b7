/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Growing byte buffers. They double, so that appending n bytes costs O(n) copies in all; the first block is small
 * because most replies are.
 */
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/assert.h"

#define FIRST_BYTES ((size_t)256)

void buf_init(struct buf *buf, struct arena *arena, size_t bytes_max)
{
    ASSERT(arena == NULL || bytes_max <= ARENA_ALLOC_BYTES_MAX);
    *buf = (struct buf){.arena = arena, .bytes_max = bytes_max};
}

void buf_fini(struct buf *buf)
{
    if (buf->arena == NULL)
        free(buf->p);
    *buf = (struct buf){0};
}

uint8_t *buf_reserve_slow(struct buf *buf, size_t bytes)
{
    size_t need, capacity;
    uint8_t *p;

    if (buf->capacity - buf->n >= bytes)
        return buf->p + buf->n;
    if (buf->failed || bytes > buf->bytes_max - buf->n) {
        buf->failed = true;
        return NULL;
    }
    need = buf->n + bytes;
    capacity = buf->capacity < FIRST_BYTES ? FIRST_BYTES : buf->capacity;
    while (capacity < need)
        capacity *= 2;
    if (capacity > buf->bytes_max)
        capacity = buf->bytes_max;
    if (buf->arena != NULL) {
        p = arena_alloc(buf->arena, capacity);
        if (buf->n != 0)
            memcpy(p, buf->p, buf->n);
    } else {
        p = realloc(buf->p, capacity);
        if (p == NULL) {
            fprintf(stderr, "out of memory: %zu bytes for a buffer\n", capacity);
            abort();
        }
    }
    buf->p = p;
    buf->capacity = capacity;
    return p + buf->n;
}

void buf_append_slow(struct buf *buf, const void *bytes, size_t n)
{
    uint8_t *to = buf_reserve_slow(buf, n);

    if (to == NULL)
        return;
    if (n != 0)
        memcpy(to, bytes, n);
    buf->n += n;
}

void buf_vprintf(struct buf *buf, const char *format, va_list arguments)
{
    va_list again;
    int n;
    uint8_t *to;

    va_copy(again, arguments);
    n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    ASSERT(n >= 0);
    to = buf_reserve(buf, (size_t)n + 1);
    if (to == NULL)
        return;
    (void)vsnprintf((char *)to, (size_t)n + 1, format, arguments);
    buf->n += (size_t)n;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    buf_vprintf(buf, format, arguments);
    va_end(arguments);
}
