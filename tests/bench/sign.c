/* SPDX-License-Identifier: Apache-2.0 */

/*
 * SigV4 by the book: hash the body, write the canonical request, hash it into the string to sign, sign that with the
 * derived key. Straight and unhurried; the server's own verification is what the benchmark measures.
 */
#include "sign.h"

#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define SHA_BYTES 32

static void hex(const unsigned char *bytes, char *ret)
{
    static const char digits[] = "0123456789abcdef";

    for (int i = 0; i < SHA_BYTES; i++) {
        ret[2 * i] = digits[bytes[i] >> 4];
        ret[2 * i + 1] = digits[bytes[i] & 15];
    }
}

static void hmac(const void *key, size_t key_bytes, const char *text, size_t n, unsigned char *ret)
{
    unsigned int length = SHA_BYTES;

    HMAC(EVP_sha256(), key, (int)key_bytes, (const unsigned char *)text, n, ret, &length);
}

void sign_key_init(struct sign_key *key, const char *secret, const char *region)
{
    char start[128];
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(key->date, sizeof(key->date), "%Y%m%dT%H%M%SZ", &utc);
    snprintf(key->scope, sizeof(key->scope), "%.8s/%s/dynamodb/aws4_request", key->date, region);
    snprintf(start, sizeof(start), "AWS4%s", secret);
    hmac(start, strlen(start), key->date, 8, key->key);
    hmac(key->key, SHA_BYTES, region, strlen(region), key->key);
    hmac(key->key, SHA_BYTES, "dynamodb", 8, key->key);
    hmac(key->key, SHA_BYTES, "aws4_request", 12, key->key);
}

void sign_request(const struct sign_key *key, const char *content_type, const char *host, const char *target,
    const char *body, size_t body_bytes, char *ret_hex)
{
    unsigned char digest[SHA_BYTES];
    char body_hex[SIGN_HEX_BYTES], text[1024];
    int n;

    hex(SHA256((const unsigned char *)body, body_bytes, digest), body_hex);
    n = snprintf(text, sizeof(text),
        "POST\n/\n\ncontent-type:%s\nhost:%s\nx-amz-date:%s\nx-amz-target:%s\n\n" SIGN_HEADERS "\n%.*s", content_type,
        host, key->date, target, SIGN_HEX_BYTES, body_hex);
    hex(SHA256((const unsigned char *)text, (size_t)n, digest), body_hex);
    n = snprintf(text, sizeof(text), "AWS4-HMAC-SHA256\n%s\n%s\n%.*s", key->date, key->scope, SIGN_HEX_BYTES, body_hex);
    hmac(key->key, SHA_BYTES, text, (size_t)n, digest);
    hex(digest, ret_hex);
}
