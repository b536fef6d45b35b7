/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/*
 * What RocksDB's logs and manifests are made of. Such a file is blocks of 32 KB filled with fragments; no fragment
 * crosses a block, and less than a head at the end of one is zeros:
 *
 *     0  4  CRC-32C of type and payload, masked
 *     4  2  length of the payload
 *     6  1  type
 *     7     payload
 *
 * Integers are little-endian. A record is one whole fragment, or a first, any number of middle and a last one.
 */
#define FRAGMENT_BLOCK_BYTES ((size_t)32768)
#define FRAGMENT_HEAD_BYTES  ((size_t)7)

enum fragment_type { FRAGMENT_WHOLE = 1, FRAGMENT_FIRST = 2, FRAGMENT_MIDDLE = 3, FRAGMENT_LAST = 4 };

/* The masked checksum of some bytes. */
uint32_t fragment_checksum(const uint8_t *p, size_t n);
/* Bytes from here to the end of the block. */
size_t fragment_block_left(size_t at);
/* Bytes of a fragment, its head included; `head` has FRAGMENT_HEAD_BYTES. */
size_t fragment_bytes(const uint8_t *head);
/* True when a fragment lies at `at` (at most log.n), whole and with the right checksum. */
bool fragment_good(struct slice log, size_t at);
