/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>

/*
 * AWS Signature Version 4 for the load generator: POST to "/", no query, the signed headers content-type, host,
 * x-amz-date and x-amz-target. The signing key is derived once; one signature costs a few microseconds, which is why
 * requests are signed before the clock starts.
 */
#define SIGN_HEADERS   "content-type;host;x-amz-date;x-amz-target"
#define SIGN_HEX_BYTES 64

struct sign_key {
    char date[17];  /* 20260131T235959Z */
    char scope[64]; /* 20260131/region/dynamodb/aws4_request */
    unsigned char key[32];
};

/* Derives the key for the present second. */
void sign_key_init(struct sign_key *key, const char *secret, const char *region);
/* Writes the signature as SIGN_HEX_BYTES lower-case digits (no NUL) of a request with these header values. */
void sign_request(const struct sign_key *key, const char *content_type, const char *host, const char *target,
    const char *body, size_t body_bytes, char *ret_hex);
