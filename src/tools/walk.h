/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "engine/engine.h"
#include "tools/progress.h"

/* What is done with one entry; its bytes are gone afterwards. */
typedef void walk_fn(void *context, struct slice key, struct slice bytes);
/*
 * Calls fn for each entry of [from, to) in ascending order; `to` empty: to the end of the space. When the range cannot
 * be read to its end, the error, and in *ret_reached (heap buffer of the caller, KEY_BYTES_MAX + 1) the key from which
 * on it cannot. `progress` may be NULL.
 */
MUST_USE enum err walk_range(struct engine *engine, struct fiber *self, enum engine_space space, struct slice from,
    struct slice to, walk_fn *fn, void *context, struct progress *progress, struct buf *ret_reached);
