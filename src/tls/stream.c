/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One connection. OpenSSL reads and writes through a BIO of ours, which goes to os/socket.h and takes note of what a
 * read said: one that filled less than its room means that the kernel has no more, so an ordinary request costs one
 * system call to read and one to write, as without TLS.
 */
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "os/socket.h"
#include "tls/tls_int.h"

#define DROPPED_BYTES 4096

struct tls_stream {
    struct tls_context *context; /* borrowed */
    SSL *ssl;
    int fd;
    bool drained; /* the socket had no more when it was read last */
    bool eof, open, plain, failed;
};

/* ---- the socket as OpenSSL sees it ---- */

static int socket_read(BIO *bio, char *to, int bytes)
{
    struct tls_stream *stream = BIO_get_data(bio);
    ssize_t n = os_socket_read(stream->fd, to, (size_t)bytes);

    BIO_clear_retry_flags(bio);
    stream->drained = n < bytes;
    stream->eof = n == 0;
    if (n == OS_SOCKET_AGAIN)
        BIO_set_retry_read(bio);
    return n < 0 ? -1 : (int)n;
}

static int socket_write(BIO *bio, const char *from, int bytes)
{
    struct tls_stream *stream = BIO_get_data(bio);
    struct iovec part = {(void *)(uintptr_t)from, (size_t)bytes};
    ssize_t n = os_socket_write(stream->fd, &part, 1);

    BIO_clear_retry_flags(bio);
    if (n == OS_SOCKET_AGAIN)
        BIO_set_retry_write(bio);
    return n < 0 ? -1 : (int)n;
}

static long socket_control(BIO *bio, int command, long number, void *pointer)
{
    const struct tls_stream *stream = BIO_get_data(bio);

    (void)number;
    (void)pointer;
    if (command == BIO_CTRL_EOF)
        return stream->eof;
    return command == BIO_CTRL_FLUSH;
}

static BIO_METHOD *method;

static void method_make(void)
{
    method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "stator");
    ASSERT(method != NULL);
    ASSERT(BIO_meth_set_read(method, socket_read) == 1 && BIO_meth_set_write(method, socket_write) == 1 &&
           BIO_meth_set_ctrl(method, socket_control) == 1);
}

/* ---- streams ---- */

struct tls_stream *tls_stream_open(struct tls_context *context, int fd)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct tls_stream *stream = calloc(1, sizeof(*stream));
    BIO *bio;

    (void)pthread_once(&once, method_make);
    ASSERT(stream != NULL);
    *stream = (struct tls_stream){.context = context, .ssl = tls__ssl_new(context), .fd = fd};
    bio = BIO_new(method);
    if (stream->ssl == NULL || bio == NULL) {
        BIO_free(bio);
        SSL_free(stream->ssl);
        free(stream);
        return NULL;
    }
    BIO_set_data(bio, stream);
    BIO_set_init(bio, 1);
    SSL_set_bio(stream->ssl, bio, bio); /* takes it */
    SSL_set_accept_state(stream->ssl);
    return stream;
}

static void count(_Atomic uint64_t *figure)
{
    atomic_fetch_add_explicit(figure, 1, memory_order_relaxed);
}

static void open_look(struct tls_stream *stream)
{
    if (stream->open || SSL_is_init_finished(stream->ssl) == 0)
        return;
    stream->open = true;
    count(&stream->context->handshakes);
    if (SSL_session_reused(stream->ssl) == 1)
        count(&stream->context->resumed);
}

/* What OpenSSL said instead of bytes. */
static ssize_t failure(struct tls_stream *stream, int result)
{
    switch (SSL_get_error(stream->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        return OS_SOCKET_AGAIN;
    case SSL_ERROR_ZERO_RETURN:
        return 0;
    default:
        break;
    }
    if (ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST)
        stream->plain = true;
    if (!stream->open)
        count(&stream->context->failed);
    stream->failed = true; /* nothing may be asked of it any more */
    ERR_clear_error();
    return OS_SOCKET_ERROR;
}

ssize_t tls_stream_read(struct tls_stream *stream, void *to, size_t bytes, bool *ret_more)
{
    char dropped[DROPPED_BYTES];
    size_t n = 0;
    int result;

    *ret_more = true;
    if (stream->failed)
        return OS_SOCKET_ERROR;
    if (to == NULL && bytes > sizeof(dropped))
        bytes = sizeof(dropped);
    ERR_clear_error();
    result = SSL_read_ex(stream->ssl, to == NULL ? dropped : to, bytes, &n);
    open_look(stream);
    if (result != 1)
        return failure(stream, result);
    *ret_more = !stream->drained || SSL_has_pending(stream->ssl);
    return (ssize_t)n;
}

/* One part, record by record. */
static ssize_t part_write(struct tls_stream *stream, const struct iovec *part)
{
    size_t sent = 0, n;

    while (sent < part->iov_len) {
        int result = SSL_write_ex(stream->ssl, (const char *)part->iov_base + sent, part->iov_len - sent, &n);
        ssize_t failed;

        if (result == 1) {
            sent += n;
            continue;
        }
        failed = failure(stream, result);
        if (failed == OS_SOCKET_AGAIN && sent != 0)
            break;
        return failed == 0 ? OS_SOCKET_ERROR : failed;
    }
    return (ssize_t)sent;
}

ssize_t tls_stream_write(struct tls_stream *stream, const struct iovec *parts, size_t parts_count)
{
    size_t sent = 0;

    if (stream->failed)
        return OS_SOCKET_ERROR;
    ERR_clear_error();
    for (size_t i = 0; i < parts_count; i++) {
        ssize_t n = part_write(stream, &parts[i]);

        if (n < 0 && (n == OS_SOCKET_ERROR || sent == 0))
            return n;
        sent += n < 0 ? 0 : (size_t)n;
        if (n != (ssize_t)parts[i].iov_len)
            break;
    }
    return (ssize_t)sent;
}

bool tls_stream_is_open(const struct tls_stream *stream)
{
    return stream->open;
}

bool tls_stream_is_plain(const struct tls_stream *stream)
{
    return stream->plain;
}

void tls_stream_end(struct tls_stream *stream)
{
    if (stream->open && !stream->failed)
        (void)SSL_shutdown(stream->ssl); /* the peer may be gone: then there is nothing to tell */
    ERR_clear_error();
}

void tls_stream_close(struct tls_stream *stream)
{
    SSL_free(stream->ssl);
    free(stream);
}
