/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "http/http.h"

/*
 * The strict parser: request heads and chunked bodies. Pure functions over bytes, for connections, tests and the
 * fuzzer. Private to http/. One framing or none: whatever two servers could read differently is refused
 * (distributed-design.md 14).
 */
enum http_parse { HTTP_PARSE_MORE, HTTP_PARSE_DONE, HTTP_PARSE_BAD };

/* How the body was encoded. OTHER: by something we cannot undo. */
enum http_coding { HTTP_CODING_NONE, HTTP_CODING_GZIP, HTTP_CODING_DEFLATE, HTTP_CODING_OTHER };

/* Slices point into the bytes that were parsed. p NULL: not sent; of several with one name the first counts. */
struct http_head {
    enum http_method method;
    struct slice method_text, path, query;
    struct slice authority; /* of an absolute target; Host says the same */
    uint32_t bytes;         /* of the head, its empty line included */
    uint32_t headers_count;
    uint64_t content_length; /* saturated; 0 without */
    bool version_1_0;
    bool length_sent, chunked, expect_continue, host_sent;
    bool close, keep_alive; /* Connection said so */
    enum http_coding coding;
    struct slice host, content_type, target, authorization, amz_date, security_token, origin;
    struct slice accept_encoding, cors_method, cors_headers;
    struct http_header headers[REQUEST_HEADERS_MAX];
};

/*
 * Parses a head from its first byte. MORE: `n` bytes are not all of it, and so far they are well formed. BAD:
 * malformed, or longer than REQUEST_HEAD_BYTES_MAX, or more than REQUEST_HEADERS_MAX headers. *ret is complete after
 * DONE only.
 */
enum http_parse http__head_parse(const uint8_t *p, size_t n, struct http_head *ret);

/* Case-insensitive; `lower` in lower case. */
bool http__is(struct slice s, const char *lower);
/* Calls for each element of a comma-separated list, blanks trimmed, empty ones left out: takes the next from *list. */
bool http__list_next(struct slice *list, struct slice *ret);

/* Where a chunked body stands. Zeroed at its start. */
struct http_chunks {
    uint8_t state;
    uint8_t digits;           /* of the chunk size read so far */
    uint16_t extension_bytes; /* of this chunk */
    uint16_t trailers, trailer_bytes;
    uint32_t overhead_bytes; /* all that is not data */
    uint64_t left;           /* of this chunk's data, or its size so far */
};
/* Bounds of what surrounds the data of a chunked body; more is malformed. */
#define HTTP_CHUNK_EXTENSION_BYTES_MAX 256u
#define HTTP_CHUNK_OVERHEAD_BYTES_MAX  (16u << 20)
#define HTTP_TRAILER_BYTES_MAX         4096u

/*
 * Takes from *input what it understands, up to the next run of data, which becomes *ret_data (else empty). MORE: call
 * again, with more input when *input is empty. DONE: the body and its trailers have ended; the rest of *input is the
 * next request.
 */
enum http_parse http__chunks_parse(struct http_chunks *chunks, struct slice *input, struct slice *ret_data);
