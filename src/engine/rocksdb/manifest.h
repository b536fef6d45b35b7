/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * How far the manifest was synced (docs/formats/manifest.md). After each sync of a manifest, and before RocksDB hears
 * of it, the length is noted in the file SYNCED beside it. What lies beyond was told to nobody, so nothing was built on
 * it.
 *
 * Plain functions that block. Manifests are written by one thread at a time.
 */

/* Notes that `bytes` of the manifest at `path` (".../MANIFEST-000005") are on the disk, itself on the disk when it
 * returns: 0, or an errno value. */
int manifest_mark(const char *path, uint64_t bytes);

/* How many bytes of the manifest count: UINT64_MAX, that is all, unless it has a bad fragment beyond what was synced;
 * then those before it. Without a note about it everything counts. */
uint64_t manifest_readable(const char *path);

#ifdef __cplusplus
}
#endif
