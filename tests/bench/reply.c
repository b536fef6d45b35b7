/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Just enough HTTP and JSON to know that a reply is right: the status of every reply, the checksum and the content of
 * some. Bodies are searched as text; the pages of a Scan hold what is searched for near one of their ends.
 */
#include "reply.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define END_BYTES  4096 /* how much of each end of a large body is searched */
#define NEAR_BYTES 64   /* how far a value may stand from its name, with the white space that some servers write */

static void header_read(const char *line, struct reply *reply)
{
    if ((*line | 0x20) == 'c' && strncasecmp(line, "content-length:", 15) == 0) {
        reply->body_n = strtoul(line + 15, NULL, 10);
    } else if ((*line | 0x20) == 'x' && strncasecmp(line, "x-amz-crc32:", 12) == 0) {
        reply->crc = (uint32_t)strtoul(line + 12, NULL, 10);
        reply->has_crc = true;
    } else if ((*line | 0x20) == 'c' && strncasecmp(line, "connection: close", 17) == 0) {
        reply->close = true;
    }
}

size_t reply_parse(const char *bytes, size_t n, struct reply *ret)
{
    const char *end = memmem(bytes, n, "\r\n\r\n", 4), *line = bytes;

    if (end == NULL)
        return 0;
    *ret = (struct reply){.head = bytes, .head_n = (size_t)(end - bytes) + 4};
    ret->body = bytes + ret->head_n;
    ret->status = ret->head_n > 13 ? atoi(bytes + 9) : 0;
    while ((line = memchr(line, '\n', (size_t)(end - line))) != NULL)
        header_read(++line, ret);
    return ret->head_n + ret->body_n;
}

bool reply_crc_right(const struct reply *reply)
{
    return !reply->has_crc || libdeflate_crc32(0, reply->body, reply->body_n) == reply->crc;
}

/* Where the text ends in the body, or NULL. */
static const char *find(const struct reply *reply, const char *text)
{
    size_t n = strlen(text);
    const char *at;

    if (reply->body_n <= 2 * END_BYTES) {
        at = memmem(reply->body, reply->body_n, text, n);
    } else {
        at = memmem(reply->body, END_BYTES, text, n);
        if (at == NULL)
            at = memmem(reply->body + reply->body_n - END_BYTES, END_BYTES, text, n);
    }
    return at == NULL ? NULL : at + n;
}

uint32_t reply_number(const struct reply *reply, const char *name, uint32_t absent)
{
    const char *at = find(reply, name);

    return at == NULL ? absent : (uint32_t)strtoul(at, NULL, 10); /* a body never ends in a digit */
}

const char *reply_text(const struct reply *reply, const char *after, size_t n)
{
    const char *at = find(reply, after);

    return at == NULL || at + n > reply->body + reply->body_n ? NULL : at;
}

const char *reply_text_after(const struct reply *reply, const char *name, const char *after, size_t n)
{
    const char *end = reply->body + reply->body_n, *at = find(reply, name);

    if (at == NULL)
        return NULL;
    at = memmem(at, (size_t)(end - at > NEAR_BYTES ? NEAR_BYTES : end - at), after, strlen(after));
    if (at == NULL || (size_t)(end - at) < strlen(after) + n)
        return NULL;
    return at + strlen(after);
}

uint32_t reply_count(const struct reply *reply, const char *text)
{
    const char *at = reply->body, *end = reply->body + reply->body_n;
    uint32_t count = 0;

    while ((at = memmem(at, (size_t)(end - at), text, strlen(text))) != NULL) {
        at += strlen(text);
        count++;
    }
    return count;
}
