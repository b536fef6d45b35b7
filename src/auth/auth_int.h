/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * What the files of auth/ share. One check goes through them in this order:
 *
 *      claim.c      what the request says of itself: key id, scope, signed headers, signature, date   (no secret
 * needed) canonical.c  which headers the signature covers, and the hash of the canonical request keys.c       the
 * signing key of a scope, from the worker's cache or derived auth.c       the rules, in DynamoDB's order
 */
#include <openssl/sha.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/slice.h"
#include "http/http.h"
#include "model/fault.h"

#define AUTH_PAIRS_MAX             64     /* ours: query or form parameters; more are refused */
#define AUTH_REGION_BYTES_MAX      64     /* ours: more is no valid region */
#define AUTH_SERVICE_BYTES_MAX     16     /* "dynamodb" and "sts" */
#define AUTH_SKEW_S                300    /* DynamoDB: how far the client's clock may be off */
#define AUTH_EXPIRES_S_MAX         604800 /* AWS: a presigned request lives a week at most */
#define AUTH_KEYS_CACHED           16     /* ours: signing keys a worker keeps; more are derived again */
#define AUTH_ACCESS_KEY_BYTES_MAX  128    /* AWS */
#define AUTH_SECRET_BYTES_MIN      16     /* ours: a shorter secret can be guessed from one recorded request */
#define AUTH_SECRET_BYTES_MAX      128    /* ours */
#define AUTH_CREDENTIALS_BYTES_MAX 65536  /* ours: size of the credentials file */
#define AUTH_USERS_MAX             256    /* ours: key pairs in it */
#define AUTH_NAME_BYTES_MAX        64     /* AWS: name of a user */
#define AUTH_ARN_BYTES_MAX         (31 + AUTH_NAME_BYTES_MAX) /* arn:aws:iam::123456789012:user/ and the name */
#define AUTH_USER_ID_BYTES         21                         /* AWS: AIDA and 17 letters and digits */
#define AUTH_WORKERS_MAX           64                         /* os/worker.h */

/* ---- text.c ---- */
/* True when the header's name is `name`, letters of the header in either case; never when `name` has a capital. */
bool auth__name_is(struct slice header_name, struct slice name);
/* The bytes before the first blank or comma. */
size_t auth__run(struct slice text);
/* Foreign bytes fit for an error text: what is not printable ASCII becomes '?'. */
struct slice auth__echo(struct arena *arena, struct slice text);

/* ---- sha256.c ---- */
struct auth__digest {
    uint8_t bytes[32];
};
struct auth__digest auth__sha256(struct slice bytes);
/* The same over a body of any size; gives way every 64 KiB. `fiber` NULL: does not. */
struct auth__digest auth__sha256_body(struct fiber *fiber, struct slice body);
/* 64 lower-case hex digits, without a NUL. */
void auth__digest_hex(const struct auth__digest *digest, char ret[64]);
/* True when `hex` is the digest in lower-case hex digits. In a time that depends on the length of `hex` alone. */
bool auth__digest_is(const struct auth__digest *digest, struct slice hex);

/* A key of HMAC-SHA-256, kept as the two hash states that follow its pads: each use saves two of four blocks. */
struct auth__mac_key {
    SHA256_CTX inner, outer;
};
void auth__mac_key_init(struct auth__mac_key *key, struct slice secret);
struct auth__digest auth__mac(const struct auth__mac_key *key, struct slice bytes);

/* ---- keys.c ---- */
/* A key pair as the server keeps it: of the secret only what derives signing keys. */
struct auth__credential {
    char access_key[AUTH_ACCESS_KEY_BYTES_MAX + 1];
    uint64_t version;          /* another secret, another number: what a cached signing key was derived from */
    struct auth__mac_key seed; /* of "AWS4" and the secret */
};
void auth__credential_init(
    struct auth__credential *credential, struct slice access_key, struct slice secret, uint64_t version);

/* The signing key of a scope (date/region/service). */
void auth__key_derive(const struct auth__credential *credential, struct slice date, struct slice region,
    struct slice service, struct auth__mac_key *ret);

/* Signing keys that proved right. One cache a worker, touched by its thread alone. */
struct auth__keys;
struct auth__keys *auth__keys_create(void);
void auth__keys_destroy(struct auth__keys *keys);
/* NULL when it is not there. Valid until the next add. `scope` is the text date/region/service. */
const struct auth__mac_key *auth__keys_find(struct auth__keys *keys, uint64_t version, struct slice scope);
/* Forgets the oldest when full. Only keys that a right signature came with are added, so forgeries cannot flush the
 * cache. */
void auth__keys_add(struct auth__keys *keys, uint64_t version, struct slice scope, const struct auth__mac_key *key);

/* ---- credentials.c ---- */
struct auth__user {
    struct auth__credential credential;
    char name[AUTH_NAME_BYTES_MAX + 1]; /* "": the root, who has what the account gives him */
    char arn[AUTH_ARN_BYTES_MAX + 1], user_id[AUTH_USER_ID_BYTES + 1];
    bool read_only;
};

/* Does not change once it is made. */
struct auth__users {
    uint32_t count;
    struct auth__user at[]; /* in the order of their access keys */
};

/* Reads the key pairs of an account from a file, or the root's from the environment when `path` is NULL. ERR_CONFIG
 * with a sentence (heap). Free with auth__users_free. */
MUST_USE enum err auth__users_read(const char *path, const char *account, struct auth__users **ret, char **ret_reason);
void auth__users_free(struct auth__users *users);
/* NULL: nobody has this key. */
const struct auth__user *auth__users_find(const struct auth__users *users, struct slice access_key);

/* ---- date.c ---- */
#define AUTH_DATE_BYTES 16 /* YYYYMMDDTHHMMSSZ */
/* Seconds since 1970 of a date in ISO 8601 basic format. */
bool auth__date_parse(struct slice text, uint64_t *ret_s);
void auth__date_print(uint64_t s, char ret[AUTH_DATE_BYTES + 1]);

/* ---- pairs.c ---- */
/* Decoded name=value pairs of a query or a form, in order of arrival. */
struct auth__pair {
    struct slice name, value;
};
struct auth__pairs {
    struct auth__pair items[AUTH_PAIRS_MAX];
    uint32_t count;
};
/* ERR_LIMIT: more than AUTH_PAIRS_MAX; ERR_SYNTAX: a broken % code. `plus_is_blank` as forms have it. */
MUST_USE enum err auth__pairs_parse(
    struct arena *arena, struct slice text, bool plus_is_blank, struct auth__pairs *ret);
/* The value of the first pair of that name; p NULL when there is none. */
struct slice auth__pairs_find(const struct auth__pairs *pairs, const char *name);

/* ---- claim.c ---- */
/* What the request says of itself; nothing of it is proven yet. Slices point into the request or its arena. */
struct auth__claim {
    bool presigned;          /* in the query, not in the Authorization header */
    struct slice credential; /* the five that follow, with slashes */
    struct slice access_key, date, region, service, terminator;
    struct slice scope; /* date/region/service/terminator */
    struct slice signed_headers, signature;
    struct slice time; /* of X-Amz-Date, or Date */
    uint64_t time_s;
    bool time_in_date_header;  /* there was no X-Amz-Date */
    uint32_t expires_s;        /* presigned only; 0: not given */
    struct slice token;        /* session token; p NULL: none */
    struct auth__pairs *query; /* NULL: the request has no query */
};
/* Steps 1 to 6 of control-plane.md 2.3. */
MUST_USE enum err auth__claim_read(const struct http_request *request, struct auth__claim *ret, struct fault *fault);

/* ---- canonical.c ---- */
static_assert(REQUEST_HEADERS_MAX <= 64, "a set of headers is a 64-bit mask");

/* The headers that a signature covers. */
struct auth__cover {
    struct {
        struct slice name;
        uint64_t sent; /* headers of that name */
    } names[REQUEST_HEADERS_MAX];
    uint32_t count;
    uint64_t headers; /* all of them */
};
/* False when the list is not in order, repeats a name or is too long: no such list can be signed rightly. */
bool auth__cover_read(const struct http_request *request, struct slice signed_headers, struct auth__cover *ret);
bool auth__cover_has(const struct auth__cover *cover, const char *name);
/* The hash of the canonical request. */
struct auth__digest auth__canonical_hash(const struct http_request *request, const struct auth__claim *claim,
    const struct auth__cover *cover, const struct auth__digest *body);
