/* SPDX-License-Identifier: Apache-2.0 */

/* TLS of the load generator's connections: OpenSSL on the socket, one session that all of them resume. */
#include <errno.h>
#include <openssl/ssl.h>

#include "load.h"

static SSL_SESSION *session; /* the newest ticket */

static int session_new(SSL *ssl, SSL_SESSION *made)
{
    (void)ssl;
    SSL_SESSION_free(session);
    session = made;
    return 1; /* kept */
}

struct ssl_ctx_st *secure_init(void)
{
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

    if (ctx == NULL)
        die("SSL_CTX_new");
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(ctx, session_new);
    SSL_CTX_set_mode(ctx, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_read_ahead(ctx, 1);
    return ctx;
}

void secure_open(struct load *load, struct conn *conn)
{
    conn->ssl = SSL_new(load->tls);
    if (conn->ssl == NULL || SSL_set_fd(conn->ssl, conn->fd) != 1)
        die("SSL_new");
    if (session != NULL)
        SSL_set_session(conn->ssl, session);
    errno = EPROTO;
    if (SSL_connect(conn->ssl) != 1)
        die("TLS handshake");
}

void secure_close(struct conn *conn)
{
    SSL_free(conn->ssl);
    conn->ssl = NULL;
}

/* As the calls of sockets say it. */
static ssize_t failure(struct conn *conn, int result)
{
    int kind = SSL_get_error(conn->ssl, result);

    errno = kind == SSL_ERROR_WANT_READ || kind == SSL_ERROR_WANT_WRITE ? EAGAIN : EPIPE;
    return kind == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

ssize_t secure_recv(struct conn *conn, void *to, size_t bytes)
{
    size_t n;
    int result = SSL_read_ex(conn->ssl, to, bytes, &n);

    return result == 1 ? (ssize_t)n : failure(conn, result);
}

ssize_t secure_send(struct conn *conn, const void *bytes, size_t n)
{
    size_t sent;
    int result = SSL_write_ex(conn->ssl, bytes, n, &sent);

    return result == 1 ? (ssize_t)sent : failure(conn, result);
}

bool secure_has_more(const struct conn *conn)
{
    return conn->ssl != NULL && SSL_has_pending(conn->ssl);
}
