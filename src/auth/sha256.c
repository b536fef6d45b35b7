/* SPDX-License-Identifier: Apache-2.0 */

/*
 * SHA-256 and HMAC-SHA-256, as little of them as signatures need.
 *
 * OpenSSL's SHA256_* functions are called although they are marked deprecated: they reach the same code (with the
 * processor's SHA instructions) as the EVP interface, but need no context from the heap, and a hash state is a plain
 * struct that can be copied. That copy is what makes a cached key cheap: HMAC over a short text is four block
 * operations, of which the two over the pads depend on the key alone. A check hashes about twenty blocks in all, so
 * the calls around them count: through EVP it costs half as much again.
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* why: above */
#include "auth/auth_int.h"

#include <openssl/crypto.h>
#include <string.h>

#define BLOCK_BYTES 64

struct auth__digest auth__sha256(struct slice bytes)
{
    struct auth__digest digest;
    SHA256_CTX state;

    SHA256_Init(&state);
    SHA256_Update(&state, bytes.p, bytes.n);
    SHA256_Final(digest.bytes, &state);
    return digest;
}

struct auth__digest auth__sha256_body(struct fiber *fiber, struct slice body)
{
    struct auth__digest digest;
    SHA256_CTX state;

    if (body.n <= FIBER_SLICE_BYTES || fiber == NULL)
        return auth__sha256(body);
    SHA256_Init(&state);
    for (size_t at = 0; at < body.n; at += FIBER_SLICE_BYTES) {
        size_t n = body.n - at < FIBER_SLICE_BYTES ? body.n - at : FIBER_SLICE_BYTES;

        SHA256_Update(&state, body.p + at, n);
        fiber_breathe(fiber, n);
    }
    SHA256_Final(digest.bytes, &state);
    return digest;
}

/* "000102...ff": two digits for each byte. */
#define ROW(high_)                                                                                                     \
#high_ "0" #high_ "1" #high_ "2" #high_ "3" #high_ "4" #high_ "5" #high_ "6" #high_ "7" #high_ "8" #high_          \
           "9" #high_ "a" #high_ "b" #high_ "c" #high_ "d" #high_ "e" #high_ "f"
static const char hex_of_byte[] =
    ROW(0) ROW(1) ROW(2) ROW(3) ROW(4) ROW(5) ROW(6) ROW(7) ROW(8) ROW(9) ROW(a) ROW(b) ROW(c) ROW(d) ROW(e) ROW(f);

void auth__digest_hex(const struct auth__digest *digest, char ret[64])
{
    for (uint32_t i = 0; i < sizeof(digest->bytes); i++)
        memcpy(ret + 2 * i, hex_of_byte + 2 * digest->bytes[i], 2);
}

bool auth__digest_is(const struct auth__digest *digest, struct slice hex)
{
    char right[64];

    auth__digest_hex(digest, right);
    return hex.n == sizeof(right) && CRYPTO_memcmp(right, hex.p, sizeof(right)) == 0;
}

void auth__mac_key_init(struct auth__mac_key *key, struct slice secret)
{
    uint8_t block[BLOCK_BYTES] = {0};

    if (secret.n > sizeof(block)) {
        struct auth__digest digest = auth__sha256(secret);

        memcpy(block, digest.bytes, sizeof(digest.bytes));
    } else if (secret.n != 0) {
        memcpy(block, secret.p, secret.n);
    }
    for (uint32_t i = 0; i < sizeof(block); i++)
        block[i] ^= 0x36;
    SHA256_Init(&key->inner);
    SHA256_Update(&key->inner, block, sizeof(block));
    for (uint32_t i = 0; i < sizeof(block); i++)
        block[i] ^= 0x36 ^ 0x5c;
    SHA256_Init(&key->outer);
    SHA256_Update(&key->outer, block, sizeof(block));
    OPENSSL_cleanse(block, sizeof(block));
}

struct auth__digest auth__mac(const struct auth__mac_key *key, struct slice bytes)
{
    struct auth__digest digest;
    SHA256_CTX state = key->inner;

    SHA256_Update(&state, bytes.p, bytes.n);
    SHA256_Final(digest.bytes, &state);
    state = key->outer;
    SHA256_Update(&state, digest.bytes, sizeof(digest.bytes));
    SHA256_Final(digest.bytes, &state);
    return digest;
}
