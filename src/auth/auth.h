/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "http/http.h"
#include "model/fault.h"

/*
 * Who asks. SigV4 in full (control-plane.md 2, distributed-design.md 14), or `open` mode: any well-formed credentials
 * are accepted and name the account and region. Nothing here knows operations.
 */
enum auth_mode { AUTH_OPEN, AUTH_SIGV4 };

struct auth_options {
    enum auth_mode mode;
    const char *credentials_file; /* NULL: from the environment (STATOR_ACCESS_KEY_ID, STATOR_SECRET_ACCESS_KEY);
                                   * borrowed until auth_destroy */
    const char *account;          /* 12 digits; default "000000000000" */
    const char *region;           /* the region of all callers; NULL: that of their credentials. Borrowed, as above */
};
struct auth;
/* On error *ret_reason is a sentence (heap, owned by the caller). */
MUST_USE enum err auth_create(const struct auth_options *options, struct auth **ret, char **ret_reason);
void auth_destroy(struct auth *auth);
/*
 * Reads the credentials file anew; every request from then on is judged by what it says. On error everything stays as
 * it was. Without a file it does nothing. One plain thread at a time, while the workers run; it waits for each of them.
 */
MUST_USE enum err auth_reload(struct auth *auth, struct workers *workers, char **ret_reason);
/* Whether the credentials file is another than when it was read. */
bool auth_is_stale(const struct auth *auth);

struct identity {
    struct slice account; /* 12 digits */
    struct slice region;  /* from the credential scope, or auth_options.region */
    struct slice access_key;
    struct slice arn;     /* arn:aws:iam::<account>:root, or ...:user/<name> */
    struct slice user_id; /* the account, or AIDA and 17 letters and digits that stand for the name */
    bool read_only;       /* its file says so */
};

/*
 * Checks the request's credentials; `service` is "dynamodb" or "sts". `wall_ms` is now. Slices of *ret live in the
 * request or its arena. ERR_FAULT with the exact texts of control-plane.md 2.3.
 */
MUST_USE enum err auth_check(struct auth *auth, const struct http_request *request, const char *service,
    uint64_t wall_ms, struct identity *ret, struct fault *fault);
