/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "http/http.h"
#include "server/options.h"

/*
 * Where the server listens, from the options: --listen and --admin, who can reach each address, and whether with TLS.
 * One thread.
 */
struct listeners {
    struct http_listener at[HTTP_LISTENERS_MAX];
    uint32_t count;
    struct tls_context *tls; /* NULL: none */
    bool exposed;            /* one of the addresses can be reached from other machines */
    char *text;              /* of the addresses; owned */
};

/*
 * Reads the options, which says what is wrong with them: an address, a certificate, an address that others can reach
 * without TLS or without verified signatures though --insecure is not given. Free with listeners_free, also after an
 * error.
 */
MUST_USE enum err listeners_read(const struct options *options, struct listeners *ret, char **ret_reason);
void listeners_free(struct listeners *listeners);

/* Whether signatures are verified: as --auth says, or where others can reach us. */
bool listeners_verify(const struct listeners *listeners, const struct options *options);

#define LISTENERS_TLS_WORD "https://"
/* The addresses as one dials them from here, parted by commas, with https:// before those of TLS. */
#define LISTENERS_TEXT_BYTES (HTTP_LISTENERS_MAX * 320)
void listeners_print(const struct listeners *listeners, const struct http_server *http, char ret[LISTENERS_TEXT_BYTES]);
/* The first one for callers, at the port given or (0) the one asked for, without a scheme, such as "127.0.0.1:8000" or
 * "unix:/run/stator.sock". */
void listeners_first(const struct listeners *listeners, uint16_t port, char *ret, size_t bytes_max);
