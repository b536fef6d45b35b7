/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The memory of connections: one budget over all workers, and per worker a stack of equal buffers. A buffer is counted
 * while it exists, in use or kept, so that the road of a small request touches no shared counter.
 *
 * A quarter of the budget is for buffers alone. Large bodies cannot take it, so they meet a refusal (503, which needs a
 * buffer to be told) while small requests go on.
 */
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "http/http_int.h"

#define BUFFERS_SHARE 4

static bool take(struct http_server *server, size_t bytes, size_t bytes_max)
{
    size_t before = atomic_fetch_add_explicit(&server->memory, bytes, memory_order_relaxed);

    if (before + bytes <= bytes_max)
        return true;
    atomic_fetch_sub_explicit(&server->memory, bytes, memory_order_relaxed);
    return false;
}

bool http__memory_take(struct http_server *server, size_t bytes)
{
    return take(server, bytes, server->options.memory_bytes_max - server->options.memory_bytes_max / BUFFERS_SHARE);
}

void http__memory_give(struct http_server *server, size_t bytes)
{
    if (bytes != 0)
        atomic_fetch_sub_explicit(&server->memory, bytes, memory_order_relaxed);
}

uint8_t *http__buffer_take(struct http_worker *hw)
{
    uint8_t *buffer = hw->buffers;

    if (buffer != NULL) {
        memcpy(&hw->buffers, buffer, sizeof(hw->buffers));
        hw->buffers_n--;
        return buffer;
    }
    if (!take(hw->server, HTTP_BUFFER_BYTES, hw->server->options.memory_bytes_max))
        return NULL;
    buffer = malloc(HTTP_BUFFER_BYTES);
    ASSERT(buffer != NULL); /* small allocations do not fail */
    return buffer;
}

void http__buffer_give(struct http_worker *hw, uint8_t *buffer)
{
    if (hw->buffers_n == HTTP_BUFFERS_KEPT_MAX) {
        http__memory_free(hw->server, buffer, HTTP_BUFFER_BYTES);
        return;
    }
    memcpy(buffer, &hw->buffers, sizeof(hw->buffers));
    hw->buffers = buffer;
    hw->buffers_n++;
}

void http__buffers_free(struct http_worker *hw)
{
    while (hw->buffers_n != 0)
        http__memory_free(hw->server, http__buffer_take(hw), HTTP_BUFFER_BYTES);
}

bool http__memory_grow(struct http_server *server, uint8_t **p, size_t *capacity, size_t bytes)
{
    uint8_t *more;

    if (bytes <= *capacity)
        return true;
    if (!http__memory_take(server, bytes - *capacity))
        return false;
    more = realloc(*p, bytes);
    if (more == NULL) {
        http__memory_give(server, bytes - *capacity);
        return false;
    }
    *p = more;
    *capacity = bytes;
    return true;
}

void http__memory_free(struct http_server *server, uint8_t *p, size_t capacity)
{
    if (p == NULL)
        return;
    free(p);
    http__memory_give(server, capacity);
}
