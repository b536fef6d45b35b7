/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What the wire tests share: an arena a test, reading a body for an operation, comparing texts with both shown. */
#include "test.h"

#include "wire/wire.h"

#define COUNT(array_) (sizeof(array_) / sizeof((array_)[0]))

static struct arena *arena;
static struct fault fault;

static inline void begin(void)
{
    if (arena != NULL)
        arena_destroy(arena);
    arena = arena_create(1 << 16);
    fault = (struct fault){.arena = arena};
}

static inline bool same(struct slice got, const char *expected)
{
    if (expected == NULL ? got.p == NULL : slice_is(got, expected))
        return true;
    printf("     got: %.*s\nexpected: %s\n", got.p == NULL ? 6 : (int)got.n,
        got.p == NULL ? "(none)" : (const char *)got.p, expected == NULL ? "(none)" : expected);
    return false;
}

static inline const struct operation *operation_named(const char *name)
{
    for (int i = 0; i < OPERATIONS; i++)
        if (slice_is(operation_of((enum operation_id)i)->name, name))
            return operation_of((enum operation_id)i);
    return NULL;
}

/* The input, or NULL with `fault` filled. */
static inline void *body_read(const char *operation, struct slice json, enum wording wording)
{
    void *input = NULL;

    CHECK(operation_named(operation) != NULL);
    if (wire_read(operation_named(operation), json, &wording, NULL, arena, &input, &fault) != OK)
        return NULL;
    return input;
}
