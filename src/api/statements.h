/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "os/worker.h"
#include "partiql/cache.h"

/*
 * What each worker remembers of statements: those it has read (partiql/cache.h), and when it last told of one that
 * scans. Nothing of it is shared, so nothing is locked.
 */
struct statements;

/* The caller owns it; `seed` as of partiql_cache_create. */
struct statements *statements_create(uint32_t workers, uint64_t seed);
/* After the workers ended. NULL is allowed. */
void statements_destroy(struct statements *statements);
