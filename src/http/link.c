/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The bytes of a connection: the socket, or TLS before it. Nobody above knows which, but for two things: a handshake
 * has the time of a head, and whoever speaks HTTP in the clear to a port of TLS is told so in the clear.
 */
#include <stdio.h>
#include <string.h>

#include "http/http_int.h"
#include "os/socket.h"
#include "tls/tls.h"

bool http__link_open(struct conn *c, struct tls_context *tls)
{
    if (tls == NULL)
        return true;
    if (!http__memory_take(c->owner->server, TLS_STREAM_BYTES))
        return false;
    c->tls = tls_stream_open(tls, c->source.fd);
    if (c->tls == NULL)
        http__memory_give(c->owner->server, TLS_STREAM_BYTES);
    return c->tls != NULL;
}

void http__link_close(struct conn *c)
{
    if (c->tls != NULL) {
        tls_stream_end(c->tls); /* or the peer cannot tell the end from a cut */
        tls_stream_close(c->tls);
        http__memory_give(c->owner->server, TLS_STREAM_BYTES);
        c->tls = NULL;
    }
    os_socket_close(c->source.fd);
}

static void say_plainly(int fd)
{
    static char reply[] = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 38\r\n"
                          "Connection: close\r\n\r\nThis port speaks TLS: use https://...\n";
    const struct iovec part = {reply, sizeof(reply) - 1};

    (void)os_socket_write(fd, &part, 1);
    os_socket_shutdown(fd);
}

ssize_t http__link_read(struct conn *c, void *to, size_t bytes, bool *ret_more)
{
    ssize_t n;

    if (c->tls == NULL) {
        n = os_socket_read(c->source.fd, to, bytes);
        *ret_more = n == (ssize_t)bytes;
        return n;
    }
    n = tls_stream_read(c->tls, to, bytes, ret_more);
    if (n == OS_SOCKET_ERROR && tls_stream_is_plain(c->tls))
        say_plainly(c->source.fd);
    return n;
}

ssize_t http__link_write(struct conn *c, const struct iovec *parts, size_t count)
{
    return c->tls == NULL ? os_socket_write(c->source.fd, parts, count) : tls_stream_write(c->tls, parts, count);
}

void http__link_end(struct conn *c)
{
    if (c->tls != NULL)
        tls_stream_end(c->tls);
    os_socket_shutdown(c->source.fd);
}

bool http__link_is_up(const struct conn *c)
{
    return c->tls == NULL || tls_stream_is_open(c->tls);
}
