/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Signature Version 4 once more, as its specification says it and in its simplest words: whole strings, bubble sorts,
 * OpenSSL's HMAC. Shares nothing with src/auth and src/http, which it is to judge. Bytes of a request in, the string to
 * sign out.
 */
#define SPEC_HEADERS_MAX 80
#define SPEC_PAIRS_MAX   80
#define SPEC_TEXT_MAX    16384

struct spec_text {
    const char *p;
    size_t n;
};

struct spec_pair {
    struct spec_text name, value;
};

struct spec_request {
    struct spec_text method, path, query, body;
    struct spec_pair headers[SPEC_HEADERS_MAX];
    size_t headers_count;
    bool presigned;
    struct spec_text access_key, scope; /* of the credential: up to the first slash, and behind it */
    struct spec_text signed_headers, signature, time;
};

/* False: it is no request, or says nothing of a signature that could be checked. Borrows the bytes. */
bool spec_read(const char *bytes, size_t n, struct spec_request *ret);
/* The string to sign, with a NUL. `text` has SPEC_TEXT_MAX bytes. */
void spec_string_to_sign(const struct spec_request *request, char *text);
/* 64 hex digits and a NUL: what the secret makes of the string, for the scope that stands in it. */
void spec_sign(const char *secret, const char *string_to_sign, char ret[65]);
