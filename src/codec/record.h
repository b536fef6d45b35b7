/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "codec/value.h"

/*
 * The envelope of everything stored under a key in the spaces data and meta (docs/formats/record.md):
 *
 *     0   1  format (RECORD_FORMAT; readers know N and N-1)
 *     1   1  flags
 *     2   2  region of origin
 *     4   8  stamp (hybrid logical clock: 48 bits of ms, 16 of counter)
 *     12  8  expiry, epoch seconds, 0: none; of items see table/expiry.h
 *     20  4  size of an item or index entry as DynamoDB counts it (body_size), 0 of anything else
 *     24  8  checksum: XXH3-64 of bytes 0..23, XXH3-64 of the key, XXH3-64 of the body
 *     32     body
 *
 * Format 1 has no size: its checksum stands at 20 and its body at 28.
 *
 * Binding the key catches misplaced blocks, binding the stamp catches stale ones.
 */
#define RECORD_FORMAT     2
#define RECORD_HEAD_BYTES 32 /* of what is written now */

struct record {
    uint8_t format, flags;
    uint16_t region;
    uint64_t stamp;
    uint64_t expiry_s;
    uint32_t size;     /* 0: it does not say */
    struct slice body; /* borrowed from the bytes */
};

/* The size of the item or index entry in a record. */
static inline uint32_t record_size(const struct record *record)
{
    return record->size != 0 ? record->size : body_size(record->body);
}

/* Appends the envelope and the body. The format is RECORD_FORMAT, whatever the struct says. */
void record_write(struct buf *out, struct slice key, const struct record *record);
/* Makes the envelope at `bytes` vouch for the body behind it, up to `n` bytes in all: for a body that was written in
 * place after record_write with an empty one. */
void record_seal(uint8_t *bytes, struct slice key, size_t n);
/* The hash of the body of a record's bytes, which were written by record_write, for record_restamp. */
uint64_t record_body_sum(struct slice bytes);
/* Gives the envelope at `bytes` another stamp; `body_sum` is the hash of the body behind it. */
void record_restamp(uint8_t *bytes, struct slice key, uint64_t stamp, uint64_t body_sum);
/* Reads and verifies: ERR_CORRUPT when the checksum or the length is wrong, ERR_VERSION when the format is newer. */
MUST_USE enum err record_read(struct slice key, struct slice bytes, struct record *ret);
/* The stamp of a record without verifying it; 0 for one too short. */
uint64_t record_stamp(struct slice bytes);
/* Its expiry, likewise. */
uint64_t record_expiry(struct slice bytes);
