/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "base/err.h"

/*
 * TLS 1.2 and 1.3 over sockets that never block, by OpenSSL 3. A context is what listeners share: certificate, key, who
 * may connect. A stream is one connection; it reads and writes as os/socket.h does, so whoever has a socket can put a
 * stream before it.
 */
struct tls_context;
struct tls_stream;

struct tls_options {
    const char *certificate; /* PEM file: the server's certificate, then those that vouch for it */
    const char *key;         /* PEM file: its private key, not encrypted */
    const char *client_ca; /* PEM file: clients must show a certificate vouched for by one of these; NULL: none asked */
};

/*
 * Reads the files, which need not be there later; `options` are copied. ERR_CONFIG with a sentence that says what to do
 * (heap, owned by the caller). One thread.
 */
MUST_USE enum err tls_context_create(const struct tls_options *options, struct tls_context **ret, char **ret_reason);
/*
 * Reads the files anew, for connections from now on; those that exist keep what they have, and sessions can still be
 * resumed. On error everything stays as it was. One thread at a time, beside any number of tls_stream_open.
 */
MUST_USE enum err tls_context_reload(struct tls_context *context, char **ret_reason);
/* Whether one of the files is another than when it was read, by inode, size and time. */
bool tls_context_is_stale(struct tls_context *context);
/* After the last stream was closed. NULL is fine. */
void tls_context_destroy(struct tls_context *context);

struct tls_figures {
    uint64_t handshakes, resumed, failed; /* all that succeeded; those among them that went on with a session */
    int64_t expires_s;                    /* of the certificate, in seconds since 1970 */
};
/* Any thread. */
void tls_context_figures(struct tls_context *context, struct tls_figures *ret);

/* What a stream holds, about, while nothing is under way. */
#define TLS_STREAM_BYTES ((size_t)12 << 10)

/* The server's side on a connected socket, which it does not own; NULL: no memory. The stream belongs to one thread at
 * a time, and may move. */
struct tls_stream *tls_stream_open(struct tls_context *context, int fd);
/*
 * As os_socket_read and os_socket_write; the handshake happens within. After a read of less than there was room for,
 * *ret_more says whether more may be had at once; without it, the socket has to become readable first. OS_SOCKET_AGAIN
 * may also mean that the handshake waits for the other direction: any event of the socket is a reason to try again.
 */
ssize_t tls_stream_read(struct tls_stream *stream, void *to, size_t bytes, bool *ret_more);
ssize_t tls_stream_write(struct tls_stream *stream, const struct iovec *parts, size_t count);
/* The handshake is over: somebody who may connect is there. */
bool tls_stream_is_open(const struct tls_stream *stream);
/* The client speaks HTTP without TLS: an answer in the clear is what it understands. */
bool tls_stream_is_plain(const struct tls_stream *stream);
/* Tells the peer that nothing more comes, if it takes it at once. */
void tls_stream_end(struct tls_stream *stream);
void tls_stream_close(struct tls_stream *stream);

/*
 * Writes a key (P-256) and a certificate signed with it for `days` to the two files, which must not exist. `names` are
 * DNS names and addresses, `names_count` of them (1 to 64). ERR_IO or ERR_CONFIG with a sentence.
 */
MUST_USE enum err tls_pair_make(const char *certificate, const char *key, const char *const *names,
    uint32_t names_count, uint32_t days, char **ret_reason);
