/* SPDX-License-Identifier: Apache-2.0 */

/*
 * NextToken: where a SELECT goes on (data-plane.md 7.4).
 *
 *     base64 of   version (1)  hash of statement and parameters (16)  number of the range (4)
 *                 body of a key  hash of all before (8)
 *
 * Integers are little-endian. It says everything by itself, so it outlives the server. It comes back from outside: the
 * last hash tells what is no token, the first a token of another statement; the key inside is checked against the table
 * and its range like an ExclusiveStartKey, so a forged token reads nothing that the statement could not read.
 */
#include <xxhash.h>

#include "api/statement.h"
#include "api/transact.h"
#include "base/assert.h"
#include "wire/base64.h"

#define TOKEN_VERSION   1
#define HEAD_BYTES      (1u + 16u + 4u)
#define CHECK_BYTES     8u
#define TOKEN_BYTES_MAX 32768u /* quota: member constraint */

static XXH128_hash_t statement_hash(struct api_request *request, const struct execute_statement_input *in)
{
    struct buf bytes;

    buf_init(&bytes, request->arena, ARENA_ALLOC_BYTES_MAX);
    if (in->parameters.present)
        buf_slice(&bytes, api__digest(request, "Parameters", in));
    buf_slice(&bytes, in->statement);
    return XXH3_128bits(bytes.p, bytes.n);
}

struct slice api__token_write(struct api_request *request, const struct execute_statement_input *in,
    const struct api__statement_position *position)
{
    XXH128_canonical_t hash;
    struct buf token;
    uint64_t check;
    uint8_t *text;

    XXH128_canonicalFromHash(&hash, statement_hash(request, in));
    buf_init(&token, request->arena, TOKEN_BYTES_MAX);
    buf_byte(&token, TOKEN_VERSION);
    buf_append(&token, &hash, sizeof(hash));
    for (int shift = 0; shift < 32; shift += 8)
        buf_byte(&token, (uint8_t)(position->range >> shift));
    buf_slice(&token, position->key);
    check = XXH3_64bits(token.p, token.n);
    for (int shift = 0; shift < 64; shift += 8)
        buf_byte(&token, (uint8_t)(check >> shift));
    ASSERT(!token.failed); /* a key has a few kilobytes */
    text = arena_alloc(request->arena, BASE64_ENCODED_BYTES(token.n));
    base64_encode(buf_view(&token), text);
    return slice_of(text, BASE64_ENCODED_BYTES(token.n));
}

static uint64_t little_endian(const uint8_t *p, size_t bytes)
{
    uint64_t v = 0;

    for (size_t i = bytes; i > 0; i--)
        v = v << 8 | p[i - 1];
    return v;
}

enum err api__token_read(
    struct api_request *request, const struct execute_statement_input *in, struct api__statement_position *ret)
{
    struct slice token = in->next_token;
    uint8_t *bytes = arena_alloc(request->arena, BASE64_DECODED_BYTES_MAX(token.n)), bad;
    XXH128_canonical_t hash;
    struct slice key;
    size_t n;

    if (base64_decode(token, bytes, &n, &bad) != BASE64_OK || n < HEAD_BYTES + CHECK_BYTES ||
        bytes[0] != TOKEN_VERSION ||
        XXH3_64bits(bytes, n - CHECK_BYTES) != little_endian(bytes + n - CHECK_BYTES, CHECK_BYTES))
        return fault_validation(&request->fault, API__TOKEN_INVALID);
    XXH128_canonicalFromHash(&hash, statement_hash(request, in));
    if (memcmp(bytes + 1, &hash, sizeof(hash)) != 0)
        return fault_validation(&request->fault, "NextToken does not match request");
    key = slice_of(bytes + HEAD_BYTES, n - HEAD_BYTES - CHECK_BYTES);
    if (key.n != 0 && !body_valid(key, 1))
        return fault_validation(&request->fault, API__TOKEN_INVALID);
    *ret = (struct api__statement_position){
        .range = (uint32_t)little_endian(bytes + 1 + sizeof(hash), 4), .key = key.n == 0 ? SLICE_NULL : key};
    return OK;
}
