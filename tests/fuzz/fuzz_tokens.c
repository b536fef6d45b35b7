/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Texts that clients bring back or make up: ARNs, shard iterators, shard ids, sequence numbers, NextTokens, base64. The
 * first byte chooses which.
 *
 * What must hold: what is read and written again is the same text; what was written here is read again, and with one
 * bit of it changed no longer means anything; base64 is read as a second, plain decoder reads it.
 */
#include "fuzz.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "api/statement.h"
#include "api/streams.h"
#include "wire/base64.h"

static struct slice flipped(struct arena *arena, struct slice text, uint32_t place)
{
    struct slice copy = arena_dup(arena, text);

    ((uint8_t *)(uintptr_t)copy.p)[place / 8 % copy.n] ^= (uint8_t)(1u << place % 8);
    return copy;
}

static uint64_t number_of(struct slice bytes, size_t at)
{
    uint64_t n = 0;

    for (size_t i = at; i < at + 8 && i < bytes.n; i++)
        n = n << 8 | bytes.p[i];
    return n;
}

/* ---- ARNs ---- */

static void arns(struct api_request *request, struct slice text)
{
    struct slice name, label;
    struct api__arn arn;

    if (api__arn_split(text, &arn)) {
        size_t colons = 5, parts = 3 + arn.partition.n + arn.service.n + arn.region.n + arn.account.n + arn.resource.n;

        ASSERT(parts <= text.n && parts + colons >= text.n);
        if (api__arn_table(&arn, &name))
            ASSERT(name.n > 0 && name.n <= TABLE_NAME_BYTES_MAX && name.p + name.n == text.p + text.n);
    }
    if (api__stream_arn_parse(request, text, &name, &label) == OK)
        ASSERT(name.n > 0 && label.n > 0 && label.p + label.n == text.p + text.n);
    else
        ASSERT(request->fault.message.p != NULL);
}

/* ---- streams ---- */

static void iterators(struct arena *arena, struct slice text)
{
    struct api__iterator at, again;
    struct slice arn, written;

    if (api__iterator_parse(text, &arn, &at))
        ASSERT(slice_equal(api__iterator_write(arena, arn, &at), text));
    if (text.n < 24)
        return;
    at = (struct api__iterator){
        (uint32_t)number_of(text, 0), (uint32_t)number_of(text, 4), number_of(text, 8), number_of(text, 16)};
    arn = slice_of(text.p + 24, text.n - 24);
    if (memchr(arn.p, '|', arn.n) != NULL || memchr(arn.p, '\0', arn.n) != NULL)
        return; /* no ARN has these */
    written = api__iterator_write(arena, arn, &at);
    ASSERT(api__iterator_parse(written, &arn, &again) && memcmp(&at, &again, sizeof(at)) == 0);
    ASSERT(!api__iterator_parse(flipped(arena, written, (uint32_t)number_of(text, 0)), &arn, &again));
}

static void numbers(struct arena *arena, struct slice text)
{
    uint32_t shard = (uint32_t)number_of(text, 0);
    uint64_t number = number_of(text, 4), got;
    struct shard_desc desc = {.number = shard, .created_ms = number};
    struct stream_desc stream = {.shards = &desc, .shards_count = 1};

    ASSERT(api__sequence_number_parse(api__sequence_number(arena, shard, number), shard, &got) && got == number);
    if (text.n > 1 && api__sequence_number_parse(text, text.p[0] % 16u, &got))
        ASSERT(slice_equal(api__sequence_number(arena, text.p[0] % 16u, got), text));
    ASSERT(api__shard_by_id(&stream, api__shard_id(arena, &desc)) == &desc);
    if (api__shard_by_id(&stream, text) != NULL)
        ASSERT(slice_equal(api__shard_id(arena, &desc), text));
}

/* ---- NextToken ---- */

static struct slice encoded(struct arena *arena, struct slice bytes)
{
    uint8_t *text = arena_alloc(arena, BASE64_ENCODED_BYTES(bytes.n));

    base64_encode(bytes, text);
    return slice_of(text, BASE64_ENCODED_BYTES(bytes.n));
}

/* A token whose hashes are right, around any key. */
static struct slice token_around(struct api_request *request, struct execute_statement_input *in, struct slice key)
{
    const struct api__statement_position start = {.range = 7};
    struct slice text = api__token_write(request, in, &start);
    uint8_t *bytes = arena_alloc(request->arena, BASE64_DECODED_BYTES_MAX(text.n)), bad;
    struct buf token;
    uint64_t check;
    size_t n;

    ASSERT(base64_decode(text, bytes, &n, &bad) == BASE64_OK && n > 8);
    buf_init(&token, request->arena, ARENA_ALLOC_BYTES_MAX);
    buf_append(&token, bytes, n - 8);
    buf_slice(&token, key);
    check = XXH3_64bits(token.p, token.n);
    buf_append(&token, &check, sizeof(check));
    return encoded(request->arena, buf_view(&token));
}

static void next_tokens(struct api_request *request, struct slice text)
{
    struct execute_statement_input in = {.statement = SLICE_LIT("SELECT * FROM T"), .next_token = text};
    struct api__statement_position position;

    ASSERT(api__token_read(request, &in, &position) != OK); /* nobody guesses the hashes */
    if (text.n > 16384)
        return;
    in.next_token = token_around(request, &in, text);
    if (api__token_read(request, &in, &position) == OK) {
        ASSERT(position.range == 7 && (text.n == 0 || body_valid(position.key, 1)));
        ASSERT(text.n == 0 || slice_equal(api__token_write(request, &in, &position), in.next_token));
    } else {
        ASSERT(request->fault.message.p != NULL && (text.n == 0 || !body_valid(text, 1)));
    }
    in.next_token = flipped(request->arena, in.next_token, (uint32_t)number_of(text, 0));
    ASSERT(api__token_read(request, &in, &position) != OK);
    in.statement = SLICE_LIT("SELECT * FROM U");
    in.next_token = token_around(request, &in, SLICE_LIT(""));
    in.statement = SLICE_LIT("SELECT * FROM T");
    ASSERT(api__token_read(request, &in, &position) != OK);
}

/* ---- base64 ---- */

static int letter(uint8_t c)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c == 0 ? NULL : strchr(letters, c);

    return at == NULL ? -1 : (int)(at - letters);
}

/* Letter by letter; -1 when it is not what base64_decode may take. */
static ssize_t decode_plainly(struct slice text, uint8_t *to)
{
    size_t pads = 0, n = 0;
    uint32_t bits = 0, count = 0;

    if (text.n % 4 != 0)
        return -1;
    while (pads < 2 && pads < text.n && text.p[text.n - 1 - pads] == '=')
        pads++;
    for (size_t i = 0; i < text.n - pads; i++) {
        if (letter(text.p[i]) < 0)
            return -1;
        bits = bits << 6 | (uint32_t)letter(text.p[i]);
        count += 6;
        if (count >= 8) {
            count -= 8;
            to[n++] = (uint8_t)(bits >> count);
        }
    }
    return (bits & ((1u << count) - 1)) == 0 ? (ssize_t)n : -1;
}

static void base64(struct arena *arena, struct slice text)
{
    uint8_t *one = arena_alloc(arena, text.n + 3), *other = arena_alloc(arena, text.n + 3), bad;
    ssize_t plainly = decode_plainly(text, other);
    size_t n = 0;

    if (base64_decode(text, one, &n, &bad) == BASE64_OK) {
        ASSERT(plainly == (ssize_t)n && (n == 0 || memcmp(one, other, n) == 0));
        ASSERT(slice_equal(encoded(arena, slice_of(one, n)), text));
    } else {
        ASSERT(plainly < 0);
    }
    ASSERT(base64_decode(encoded(arena, text), one, &n, &bad) == BASE64_OK && slice_equal(slice_of(one, n), text));
}

void fuzz_one(struct arena *arena, struct slice input)
{
    struct api_request request = {.arena = arena,
        .fault = {.arena = arena},
        .operation = operation_of(OPERATION_EXECUTE_STATEMENT),
        .identity = {.account = SLICE_LIT("000000000000"), .region = SLICE_LIT("us-east-1")}};
    struct slice text;

    if (input.n == 0)
        return;
    text = slice_of(input.p + 1, input.n - 1);
    switch (input.p[0]) {
    case 'a':
        arns(&request, text);
        break;
    case 'i':
        iterators(arena, text);
        break;
    case 'q':
        numbers(arena, text);
        break;
    case 'n':
        next_tokens(&request, text);
        break;
    default:
        base64(arena, text);
        break;
    }
}
