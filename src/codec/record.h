/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/*
 * The envelope of everything stored under a key in the spaces data and meta (docs/formats/record.md):
 *
 *     0   1  format (RECORD_FORMAT; readers know N and N-1)
 *     1   1  flags
 *     2   2  region of origin
 *     4   8  stamp (hybrid logical clock: 48 bits of ms, 16 of counter)
 *     12  8  expiry, epoch seconds, 0: none; of items see table/expiry.h
 *     20  8  checksum: XXH3-64 of bytes 0..19, XXH3-64 of the key, XXH3-64 of the body
 *     28     body
 *
 * Binding the key catches misplaced blocks, binding the stamp catches stale ones.
 */
#define RECORD_FORMAT     1
#define RECORD_HEAD_BYTES 28

struct record {
    uint8_t format, flags;
    uint16_t region;
    uint64_t stamp;
    uint64_t expiry_s;
    struct slice body; /* borrowed from the bytes */
};

/* Appends the envelope and the body. */
void record_write(struct buf *out, struct slice key, const struct record *record);
/* Makes the envelope at `bytes` vouch for the body behind it, up to `n` bytes in all: for a body that was written in
 * place after record_write with an empty one. */
void record_seal(uint8_t *bytes, struct slice key, size_t n);
/* The hash of the body of a record's bytes, for record_restamp. */
uint64_t record_body_sum(struct slice bytes);
/* Gives the envelope at `bytes` another stamp; `body_sum` is the hash of the body behind it. */
void record_restamp(uint8_t *bytes, struct slice key, uint64_t stamp, uint64_t body_sum);
/* Reads and verifies: ERR_CORRUPT when the checksum or the length is wrong, ERR_VERSION when the format is newer. */
MUST_USE enum err record_read(struct slice key, struct slice bytes, struct record *ret);
/* The stamp of a record without verifying it; 0 for one too short. */
uint64_t record_stamp(struct slice bytes);
/* Its expiry, likewise. */
uint64_t record_expiry(struct slice bytes);
