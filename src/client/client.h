/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/*
 * The client side: commands that talk to a running server. By libcurl, which is loaded when a client is made, so that
 * the server itself does not carry it (docs/decisions/0005-libcurl.md). A client is one connection, kept open, and
 * belongs to one thread.
 */
struct client;

struct client_options {
    const char *url;     /* http://host:port, https://host:port or unix:/path */
    const char *ca_file; /* PEM of authorities; NULL: those of the system */
    uint32_t timeout_s;  /* for one request; 0: a minute */
};

/* `options` are copied. ERR_CONFIG with a sentence (heap, owned by the caller): a bad URL, no libcurl. */
MUST_USE enum err client_create(const struct client_options *options, struct client **ret, char **ret_reason);
/* NULL is fine. */
void client_destroy(struct client *client);

/*
 * GETs a path, or POSTs a JSON body to one; what comes back is appended to `reply` and its status put in *ret_status,
 * whatever it is. ERR_IO with a sentence when there was no answer.
 */
MUST_USE enum err client_get(
    struct client *client, const char *path, struct buf *reply, long *ret_status, char **ret_reason);
MUST_USE enum err client_post(
    struct client *client, const char *path, struct slice body, struct buf *reply, long *ret_status, char **ret_reason);
