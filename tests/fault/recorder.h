/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "engine/rocksdb/hooks.h"

/*
 * A recorder of file operations. It notes every change an engine makes to its files, in order, and afterwards makes the
 * folder as a power loss at any moment would have left it: bytes that were not synced are gone, or partly there; names
 * that were made, changed or removed since the folder was synced may be the old ones.
 *
 * The record lies in memory shared with other processes, so that the engine under test may run, and die, in one of its
 * own.
 */
struct recorder;

struct recorder *recorder_create(void);
void recorder_destroy(struct recorder *recorder);
/* The hook (engine/rocksdb/hooks.h); its context is the recorder. Any thread. */
int recorder_file(
    void *recorder, enum shim_file_act act, const char *path, const char *to, const void *bytes, size_t n);
/* Notes a fact of the test's own between two operations: say, what was acknowledged. */
void recorder_mark(struct recorder *recorder, uint32_t what, uint64_t value);

uint64_t recorder_count(const struct recorder *recorder);
/* The highest value marked for `what` among the first `cut` operations; 0: none. */
uint64_t recorder_marked(const struct recorder *recorder, uint64_t cut, uint32_t what);
/*
 * Makes the new folder `to` as the recorded folder `from` would be found when the power went after the first `cut`
 * operations. Seed 0: nothing unsynced survived. Else chance decides, for each file and name.
 */
void recorder_power_loss(
    const struct recorder *recorder, uint64_t cut, uint64_t seed, const char *from, const char *to);
