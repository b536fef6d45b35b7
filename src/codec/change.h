/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/*
 * One change of an item as it stands in a stream, in the space log (docs/formats/stream.md). The envelope is that of
 * all records (codec/record.h), its checksum bound to the stream; the number of the entry is not known when it is
 * written, and is its key alone.
 */
enum change_event { CHANGE_INSERT, CHANGE_MODIFY, CHANGE_REMOVE };

struct change {
    enum change_event event;
    bool expired;                            /* removed by time to live, not by a client */
    uint64_t time_ms;                        /* wall clock of the write */
    struct slice keys, new_image, old_image; /* bodies (codec/value.h); an image that is not kept has p NULL */
};

/* Bytes that change_write appends. */
size_t change_bytes(const struct change *change);
void change_write(struct buf *out, uint64_t stream, uint64_t stamp, const struct change *change);
/* Borrows from the bytes. ERR_CORRUPT, ERR_VERSION. The bodies are as well-formed as they were when they were written.
 */
MUST_USE enum err change_read(uint64_t stream, struct slice bytes, struct change *ret);
