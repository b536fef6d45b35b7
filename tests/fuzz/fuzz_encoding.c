/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Content codings. The first byte chooses: bit 0 the coding, bit 1 whether the rest is what a client sends or is packed
 * first, in which case the second byte says how many times over and the third which byte of the result is then changed,
 * if any. The rest is also read as an Accept-Encoding.
 *
 * What must hold: an expanded body keeps to its budget, and all memory is given back; what was packed and not changed
 * comes out as it went in.
 */
#include "fuzz.h"

#include <libdeflate.h>
#include <string.h>

#include "http/http_int.h"

#define COPIES_MAX 64u

static struct http_server server = {.options = {.memory_bytes_max = (size_t)256 << 20}};
static struct http_worker hw = {.server = &server};
static struct conn conn = {.owner = &hw};
static struct fiber *self;

static struct slice copies(struct arena *arena, struct slice bytes, uint32_t times)
{
    struct buf out;

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    for (uint32_t i = 0; i < times; i++)
        buf_slice(&out, bytes);
    return buf_view(&out);
}

static struct slice packed(struct arena *arena, enum http_coding coding, struct slice plain)
{
    static struct libdeflate_compressor *compressor;
    size_t bound, n;
    uint8_t *to;

    if (compressor == NULL)
        compressor = libdeflate_alloc_compressor(1);
    bound = libdeflate_gzip_compress_bound(compressor, plain.n);
    to = arena_alloc(arena, bound);
    if (coding == HTTP_CODING_GZIP)
        n = libdeflate_gzip_compress(compressor, plain.p, plain.n, to, bound);
    else
        n = libdeflate_zlib_compress(compressor, plain.p, plain.n, to, bound);
    ASSERT(n != 0);
    return slice_of(to, n);
}

static void expand(enum http_coding coding, struct slice body, struct slice plain)
{
    struct request request = {.conn = &conn, .coding = coding, .http = {.body_raw = body, .body = body, .fiber = self}};
    uint16_t status = http__expand(&request);

    ASSERT(status == 0 || status == 400 || status == 413);
    if (status == 0)
        ASSERT(request.http.body.n <= REQUEST_BODY_BYTES_MAX);
    if (plain.p != NULL)
        ASSERT(status == 0 && slice_equal(request.http.body, plain));
    http__memory_free(&server, request.decoded, request.decoded_capacity);
    ASSERT(atomic_load(&server.memory) == 0);
}

void fuzz_one(struct arena *arena, struct slice input)
{
    enum http_coding coding;
    struct slice rest, plain;

    if (self == NULL)
        self = fiber_of_thread();
    if (input.n < 3)
        return;
    coding = (input.p[0] & 1) != 0 ? HTTP_CODING_GZIP : HTTP_CODING_DEFLATE;
    rest = slice_of(input.p + 3, input.n - 3);
    (void)http__coding_choose(rest);
    if ((input.p[0] & 2) == 0) {
        expand(coding, rest, SLICE_NULL);
        return;
    }
    plain = copies(arena, rest, 1 + input.p[1] % COPIES_MAX);
    rest = packed(arena, coding, plain);
    if (input.p[2] != 0)
        ((uint8_t *)(uintptr_t)rest.p)[input.p[2] * 7u % rest.n] ^= input.p[2];
    expand(coding, rest, input.p[2] == 0 && plain.n != 0 ? plain : SLICE_NULL);
}
