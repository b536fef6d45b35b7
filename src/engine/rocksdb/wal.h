/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "engine/engine.h"

#define WAL_NAME_BYTES sizeof(((struct engine_wal_report *)0)->file)

/*
 * Copies the log that the report calls torn to a file beside it, whose name is put into ret_copy, then cuts it where
 * the unfinished record begins. Both are synced. The copy has a name that RocksDB does not know and is never removed.
 */
MUST_USE enum err wal_tail_set_aside(
    const char *path, const struct engine_wal_report *report, char *ret_copy, size_t copy_bytes);
