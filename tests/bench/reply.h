/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One HTTP reply of the server, in the reader's buffer. */
struct reply {
    const char *head, *body;
    size_t head_n, body_n;
    int status;
    bool has_crc; /* the server gave x-amz-crc32 */
    bool close;   /* the server ends the connection after it */
    uint32_t crc;
};

/* Reads the reply at the start of the buffer. Returns its whole length, which may be more than n (the rest is still to
 * come; only head fields are set), or 0 while the head is not complete. */
size_t reply_parse(const char *bytes, size_t n, struct reply *ret);
/* True when the body has the checksum its head promises. */
bool reply_crc_right(const struct reply *reply);
/* The number after `"name":` in the body; `absent` when there is none. */
uint32_t reply_number(const struct reply *reply, const char *name, uint32_t absent);
/* The text of `n` bytes after `after`, looked for in the body; NULL when there is none. */
const char *reply_text(const struct reply *reply, const char *after, size_t n);
/* The same for the text after `after` where that follows within the next 64 bytes after `name`. */
const char *reply_text_after(const struct reply *reply, const char *name, const char *after, size_t n);
/* How often the text stands in the body, all of which is searched. */
uint32_t reply_count(const struct reply *reply, const char *text);
