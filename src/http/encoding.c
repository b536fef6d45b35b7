/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Content codings: which one a client wants, compressing replies, expanding requests (control-plane.md 1.9).
 *
 * libdeflate works on whole buffers, which suits both directions: a reply is there as a whole, and a request is
 * expanded under a budget by trying with more room until it fits or the budget ends. What is small is done in place;
 * the rest would keep the worker too long and goes to the I/O pool.
 */
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "http/http_int.h"

#define LEVEL 1 /* the fastest; the reply waits for it */

/* ---- Accept-Encoding ---- */

/* "0.5" in thousandths; more than 1 is 1, and so is what is no number. */
static uint32_t quality(struct slice text)
{
    uint32_t whole = 0, thousandths = 0, unit = 100;
    size_t i = 0;

    for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
        whole = whole > 1 ? 2 : whole * 10 + (uint32_t)(text.p[i] - '0');
    if (i == 0)
        return 1000;
    if (i < text.n && text.p[i] == '.')
        for (i++; i < text.n && unit != 0 && text.p[i] >= '0' && text.p[i] <= '9'; i++, unit /= 10)
            thousandths += unit * (uint32_t)(text.p[i] - '0');
    return whole >= 1 ? 1000 : thousandths;
}

static struct slice trim_blanks(struct slice s)
{
    while (s.n != 0 && (*s.p == ' ' || *s.p == '\t')) {
        s.p++;
        s.n--;
    }
    while (s.n != 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* Splits "gzip ; q=0.5" into its name and its quality. */
static struct slice name_and_quality(struct slice element, uint32_t *ret_quality)
{
    const uint8_t *mark = memchr(element.p, ';', element.n);
    struct slice name = element, rest;

    *ret_quality = 1000;
    if (mark == NULL)
        return name;
    name.n = (size_t)(mark - element.p);
    rest = trim_blanks(slice_of(mark + 1, element.n - name.n - 1));
    if (rest.n >= 2 && (rest.p[0] == 'q' || rest.p[0] == 'Q') && rest.p[1] == '=')
        *ret_quality = quality(slice_of(rest.p + 2, rest.n - 2));
    return trim_blanks(name);
}

/* A coding that is named with quality 0 is refused, also to the star. */
static bool gzip_refused(struct slice accept_encoding)
{
    struct slice element;
    uint32_t q;

    while (http__list_next(&accept_encoding, &element))
        if (http__is(name_and_quality(element, &q), "gzip") && q == 0)
            return true;
    return false;
}

static enum http_coding coding_named(struct slice name, bool star)
{
    if (http__is(name, "deflate"))
        return HTTP_CODING_DEFLATE;
    if (http__is(name, "gzip") || (star && slice_is(name, "*")))
        return HTTP_CODING_GZIP;
    return HTTP_CODING_NONE;
}

enum http_coding http__coding_choose(struct slice accept_encoding)
{
    enum http_coding best = HTTP_CODING_NONE, coding;
    struct slice rest = accept_encoding, element;
    bool star = !gzip_refused(accept_encoding);
    uint32_t best_quality = 0, q;

    while (http__list_next(&rest, &element)) {
        coding = coding_named(name_and_quality(element, &q), star);
        if (coding != HTTP_CODING_NONE && q > best_quality) {
            best = coding;
            best_quality = q;
        }
    }
    return best;
}

/* ---- compressing ---- */

struct compressing {
    struct libdeflate_compressor *compressor; /* NULL: one for this job */
    enum http_coding coding;
    struct slice body;
    uint8_t *to;
    size_t bound, n; /* n 0: it did not work */
};

static size_t bound_of(enum http_coding coding, size_t n)
{
    return coding == HTTP_CODING_GZIP ? libdeflate_gzip_compress_bound(NULL, n)
                                      : libdeflate_zlib_compress_bound(NULL, n);
}

static void compress_run(void *argument)
{
    struct compressing *job = argument;
    struct libdeflate_compressor *compressor = job->compressor;

    if (compressor == NULL)
        compressor = libdeflate_alloc_compressor(LEVEL);
    if (compressor == NULL)
        return;
    if (job->coding == HTTP_CODING_GZIP)
        job->n = libdeflate_gzip_compress(compressor, job->body.p, job->body.n, job->to, job->bound);
    else
        job->n = libdeflate_zlib_compress(compressor, job->body.p, job->body.n, job->to, job->bound);
    if (job->compressor == NULL)
        libdeflate_free_compressor(compressor);
}

bool http__compress(struct request *request, enum http_coding coding, struct slice body, struct slice *ret)
{
    struct http_worker *hw = request->conn->owner;
    struct compressing job = {.coding = coding, .body = body, .bound = bound_of(coding, body.n)};

    if (job.bound > ARENA_ALLOC_BYTES_MAX)
        return false;
    job.to = arena_alloc(request->arena.arena, job.bound);
    if (body.n > HTTP_CODING_HERE_BYTES_MAX && request->http.fiber != NULL) {
        fiber_blocking(request->http.fiber, compress_run, &job);
    } else {
        if (hw->compressor == NULL)
            hw->compressor = libdeflate_alloc_compressor(LEVEL);
        job.compressor = hw->compressor;
        compress_run(&job);
    }
    *ret = slice_of(job.to, job.n);
    return job.n != 0;
}

/* ---- expanding ---- */

struct expanding {
    struct request *request;
    struct slice from;
    size_t n; /* bytes made so far */
    uint32_t members;
    uint16_t status; /* 0: well */
};

/* More room for the result, up to the budget of a body. */
static bool more_room(struct expanding *job)
{
    struct request *request = job->request;
    size_t capacity = request->decoded_capacity * 4;

    if (request->decoded_capacity == REQUEST_BODY_BYTES_MAX) {
        job->status = 413;
        return false;
    }
    if (capacity == 0)
        capacity = job->from.n * 4 + 4096;
    if (capacity > REQUEST_BODY_BYTES_MAX)
        capacity = REQUEST_BODY_BYTES_MAX;
    if (http__memory_grow(request->conn->owner->server, &request->decoded, &request->decoded_capacity, capacity))
        return true;
    job->status = 503;
    return false;
}

/* One gzip member, or the one zlib stream: what it took and what it made. */
static enum libdeflate_result expand_one(
    struct expanding *job, struct libdeflate_decompressor *decompressor, size_t *ret_taken, size_t *ret_made)
{
    struct request *request = job->request;
    uint8_t *to = request->decoded + job->n;
    size_t room = request->decoded_capacity - job->n;

    if (request->coding == HTTP_CODING_GZIP)
        return libdeflate_gzip_decompress_ex(decompressor, job->from.p, job->from.n, to, room, ret_taken, ret_made);
    return libdeflate_zlib_decompress_ex(decompressor, job->from.p, job->from.n, to, room, ret_taken, ret_made);
}

/* False when all is done, well or not. */
static bool expand_step(struct expanding *job, struct libdeflate_decompressor *decompressor)
{
    size_t taken = 0, made = 0;
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;

    if (job->request->decoded != NULL)
        result = expand_one(job, decompressor, &taken, &made);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
        return more_room(job);
    if (result != LIBDEFLATE_SUCCESS || ++job->members > HTTP_GZIP_MEMBERS_MAX) {
        job->status = 400;
        return false;
    }
    job->n += made;
    job->from.p += taken;
    job->from.n -= taken;
    if (job->from.n != 0 && job->request->coding == HTTP_CODING_DEFLATE)
        job->status = 400; /* something behind the stream */
    return job->from.n != 0 && job->status == 0;
}

static void expand_run(void *argument)
{
    struct expanding *job = argument;
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();

    ASSERT(decompressor != NULL); /* small allocations do not fail */
    while (expand_step(job, decompressor))
        ;
    libdeflate_free_decompressor(decompressor);
}

uint16_t http__expand(struct request *request)
{
    struct expanding job = {.request = request, .from = request->http.body_raw};

    if (request->coding == HTTP_CODING_NONE || request->http.body_raw.n == 0)
        return 0;
    if (request->coding == HTTP_CODING_OTHER)
        return 415;
    if (job.from.n > HTTP_CODING_HERE_BYTES_MAX / 4)
        fiber_blocking(request->http.fiber, expand_run, &job);
    else
        expand_run(&job);
    if (job.status == 0)
        request->http.body = slice_of(request->decoded, job.n);
    return job.status;
}
