/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The canonical request: the one text that client and server must both arrive at.
 *
 *      POST                                       method
 *      /                                          path, normalised and encoded once more
 *                                                 query, decoded, encoded in one way, sorted
 *      content-type:application/x-amz-json-1.0    each signed header: name in lower case, blanks collapsed
 *      host:localhost:8000
 *                                                 (an empty line)
 *      content-type;host                          their names
 *      6b14...ba3a                                hash of the body that really came
 *
 * It is built in the request's arena, in a piece of memory whose size is computed first, hashed, and given back.
 *
 * auth__cover says which headers as they arrived stand behind the signed names. The rules "every x-amz-* header is
 * signed" and "host is signed" ask that set, and the canonical text is made from it: what was checked and what was
 * hashed cannot differ.
 */
#include "auth/auth_int.h"

#include <string.h>

#include "base/assert.h"
#include "base/buf.h"

/* A token in lower case. Asked only of names that no header has: the others equal one that http/ let through. */
static bool is_name(struct slice name)
{
    if (name.n == 0)
        return false;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] <= ' ' || name.p[i] >= 0x7f || (name.p[i] >= 'A' && name.p[i] <= 'Z'))
            return false;
    }
    return true;
}

/* The headers by the length of their names, modulo 64: for one signed name only those of its length need be looked at.
 */
static void lengths_index(const struct http_request *request, uint64_t ret[64])
{
    memset(ret, 0, 64 * sizeof(*ret));
    for (uint32_t i = 0; i < request->headers_count; i++)
        ret[request->headers[i].name.n % 64] |= (uint64_t)1 << i;
}

static uint64_t headers_named(const struct http_request *request, uint64_t candidates, struct slice name)
{
    uint64_t found = 0;

    for (; candidates != 0; candidates &= candidates - 1) {
        uint32_t i = (uint32_t)__builtin_ctzll(candidates);

        if (auth__name_is(request->headers[i].name, name))
            found |= (uint64_t)1 << i;
    }
    return found;
}

bool auth__cover_read(const struct http_request *request, struct slice signed_headers, struct auth__cover *ret)
{
    struct slice rest = signed_headers, before = SLICE_NULL;
    uint64_t by_length[64];

    ret->count = 0;
    ret->headers = 0;
    if (request->headers_count > REQUEST_HEADERS_MAX)
        return false;
    lengths_index(request, by_length);
    for (;;) {
        const uint8_t *end = memchr(rest.p, ';', rest.n);
        struct slice name = slice_of(rest.p, end == NULL ? rest.n : (size_t)(end - rest.p));
        uint64_t sent;

        if (ret->count == REQUEST_HEADERS_MAX || slice_compare(before, name) >= 0)
            return false;
        sent = headers_named(request, by_length[name.n % 64], name);
        if (sent == 0 && !is_name(name))
            return false;
        ret->names[ret->count].name = name;
        ret->names[ret->count].sent = sent;
        ret->headers |= sent;
        ret->count++;
        if (end == NULL)
            return true;
        before = name;
        rest = slice_of(end + 1, rest.n - name.n - 1);
    }
}

bool auth__cover_has(const struct auth__cover *cover, const char *name)
{
    for (uint32_t i = 0; i < cover->count; i++) {
        if (slice_is(cover->names[i].name, name))
            return true;
    }
    return false;
}

static bool is_unreserved(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '~';
}

/* Percent-encodes all but unreserved bytes and, for paths, slashes. */
static void encode(struct buf *out, struct slice text, bool keep_slash)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < text.n; i++) {
        uint8_t c = text.p[i];

        if (is_unreserved(c) || (keep_slash && c == '/')) {
            buf_byte(out, c);
        } else {
            buf_byte(out, '%');
            buf_byte(out, (uint8_t)digits[c >> 4]);
            buf_byte(out, (uint8_t)digits[c & 15]);
        }
    }
}

/* Where the last segment of [from, out->n) starts, its slash included. */
static size_t segment_last(const struct buf *out, size_t from)
{
    size_t n = out->n;

    while (n > from && out->p[n - 1] != '/')
        n--;
    return n > from ? n - 1 : from;
}

/* The path without "." and ".." and doubled slashes, encoded again: it arrived encoded, and is signed encoded twice. */
static void path_append(struct buf *out, struct slice path)
{
    size_t start = out->n, at = 0;
    bool slash_at_end = path.n != 0 && path.p[path.n - 1] == '/';

    while (at < path.n) {
        size_t from = at, n;

        while (from < path.n && path.p[from] == '/')
            from++;
        for (at = from; at < path.n && path.p[at] != '/'; at++)
            ;
        n = at - from;
        if (n == 0 || (n == 1 && path.p[from] == '.'))
            continue;
        if (n == 2 && path.p[from] == '.' && path.p[from + 1] == '.') {
            out->n = segment_last(out, start);
            continue;
        }
        buf_byte(out, '/');
        encode(out, slice_of(path.p + from, n), true);
    }
    if (out->n == start || slash_at_end)
        buf_byte(out, '/');
}

static int pair_compare(const struct auth__pair *a, const struct auth__pair *b)
{
    int order = slice_compare(a->name, b->name);

    return order != 0 ? order : slice_compare(a->value, b->value);
}

static struct slice encoded(struct arena *arena, struct slice text)
{
    struct buf out;

    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    (void)buf_reserve(&out, 3 * text.n + 1);
    encode(&out, text, false);
    return buf_view(&out);
}

/* Sorted by encoded name, then by encoded value. Insertion sort: few pairs, mostly in order. */
static void query_append(struct buf *out, struct arena *arena, const struct auth__claim *claim)
{
    struct auth__pair sorted[AUTH_PAIRS_MAX];
    uint32_t count = 0;

    for (uint32_t i = 0; i < claim->query->count; i++) {
        const struct auth__pair *pair = &claim->query->items[i];
        struct auth__pair next = {encoded(arena, pair->name), encoded(arena, pair->value)};
        uint32_t at = count;

        if (claim->presigned && slice_is(pair->name, "X-Amz-Signature"))
            continue;
        for (; at > 0 && pair_compare(&sorted[at - 1], &next) > 0; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = next;
        count++;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            buf_byte(out, '&');
        buf_slice(out, sorted[i].name);
        buf_byte(out, '=');
        buf_slice(out, sorted[i].value);
    }
}

/* The value with runs of blanks made one. */
static void value_append(struct buf *out, struct slice value)
{
    const uint8_t *p = value.p, *end = value.p + value.n;

    while (p < end) {
        const uint8_t *blank = memchr(p, ' ', (size_t)(end - p));

        if (blank == NULL) {
            buf_append(out, p, (size_t)(end - p));
            return;
        }
        buf_append(out, p, (size_t)(blank - p) + 1);
        for (p = blank + 1; p < end && *p == ' '; p++)
            ;
    }
}

static void headers_append(struct buf *out, const struct http_request *request, const struct auth__cover *cover)
{
    for (uint32_t i = 0; i < cover->count; i++) {
        uint64_t sent = cover->names[i].sent;

        buf_slice(out, cover->names[i].name);
        buf_byte(out, ':');
        for (bool first = true; sent != 0; first = false, sent &= sent - 1) {
            if (!first)
                buf_byte(out, ',');
            value_append(out, request->headers[__builtin_ctzll(sent)].value);
        }
        buf_byte(out, '\n');
    }
}

/* No less than the canonical request needs: an encoded byte takes three, and each header comes at most once. */
static size_t bytes_bound(const struct http_request *request, const struct auth__claim *claim)
{
    size_t bytes = 256 + request->method_text.n + 3 * request->path.n + 3 * request->query.n + AUTH_PAIRS_MAX +
                   3 * claim->signed_headers.n;

    for (uint32_t i = 0; i < request->headers_count; i++)
        bytes += request->headers[i].value.n + 1;
    return bytes;
}

struct auth__digest auth__canonical_hash(const struct http_request *request, const struct auth__claim *claim,
    const struct auth__cover *cover, const struct auth__digest *body)
{
    struct arena_mark mark = arena_mark(request->arena);
    struct auth__digest digest;
    struct buf out;
    char hex[64];

    buf_init(&out, request->arena, ARENA_ALLOC_BYTES_MAX);
    (void)buf_reserve(&out, bytes_bound(request, claim));
    buf_slice(&out, request->method_text);
    buf_byte(&out, '\n');
    path_append(&out, request->path);
    buf_byte(&out, '\n');
    if (claim->query != NULL)
        query_append(&out, request->arena, claim);
    buf_byte(&out, '\n');
    headers_append(&out, request, cover);
    buf_byte(&out, '\n');
    buf_slice(&out, claim->signed_headers);
    buf_byte(&out, '\n');
    auth__digest_hex(body, hex);
    buf_append(&out, hex, sizeof(hex));
    ASSERT(!out.failed);
    digest = auth__sha256(buf_view(&out));
    arena_reset(request->arena, mark);
    return digest;
}
