/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The yardstick of the benchmark: the least an HTTP server can do on this machine. One thread, epoll, one read and one
 * write per request, a parse that looks for the end of the head and the Content-Length and nothing else, and a
 * ready-made reply of 200 bytes, head included. Every figure of the database is told as a share of what this program
 * reaches, so that a slow or busy machine slows both sides of the ratio.
 *
 *     bench_echo [PORT [CERTIFICATE KEY]]      prints "echo.ready port=N" and serves until it is killed; port 0 takes a
 *                                              free one; with PEM files it speaks TLS, the least that OpenSSL can do
 *
 * It is honest about framing (requests may come in pieces or several in one read) and about nothing else.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS_MAX     256
#define FDS_MAX        16384
#define CONN_BYTES_MAX 8192
#define REPLY_BYTES    200

struct conn {
    SSL *ssl; /* NULL: in the clear */
    size_t n;
    char bytes[CONN_BYTES_MAX];
};

static struct conn *conns[FDS_MAX]; /* by descriptor; owned */
static char reply[REPLY_BYTES + 1];
static SSL_CTX *tls; /* NULL: in the clear */

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "bench_echo: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* A reply that is REPLY_BYTES long with its head. */
static void reply_make(void)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: ";
    int body = REPLY_BYTES - (int)sizeof(head) + 1 - 3 - 4; /* three digits and the empty line */

    snprintf(reply, sizeof(reply), "%s%03d\r\n\r\n{\"echo\":\"%0*d\"}", head, body, body - 11, 0);
}

/* Length of the first request in the buffer; 0 while it is not complete. */
static size_t request_bytes(const char *bytes, size_t n)
{
    const char *end = memmem(bytes, n, "\r\n\r\n", 4), *line = bytes;
    size_t body = 0;

    if (end == NULL)
        return 0;
    while ((line = memchr(line, '\n', (size_t)(end - line))) != NULL) {
        line++;
        if ((*line | 0x20) == 'c' && strncasecmp(line, "content-length:", 15) == 0) {
            body = strtoul(line + 15, NULL, 10);
            break;
        }
    }
    return (size_t)(end - bytes) + 4 + body <= n ? (size_t)(end - bytes) + 4 + body : 0;
}

static void conn_close(int fd)
{
    SSL_free(conns[fd]->ssl);
    free(conns[fd]);
    conns[fd] = NULL;
    close(fd);
}

static ssize_t conn_recv(int fd, struct conn *conn, void *to, size_t bytes)
{
    int got;

    if (conn->ssl == NULL)
        return recv(fd, to, bytes, 0);
    got = SSL_read(conn->ssl, to, (int)bytes);
    errno = got <= 0 && SSL_get_error(conn->ssl, got) == SSL_ERROR_WANT_READ ? EAGAIN : EPIPE;
    return got;
}

static ssize_t conn_send(int fd, struct conn *conn)
{
    return conn->ssl == NULL ? send(fd, reply, REPLY_BYTES, MSG_NOSIGNAL) : SSL_write(conn->ssl, reply, REPLY_BYTES);
}

static void conn_serve(int fd)
{
    struct conn *conn = conns[fd];
    ssize_t got = conn_recv(fd, conn, conn->bytes + conn->n, sizeof(conn->bytes) - conn->n);
    size_t used = 0, one;

    if (got <= 0) {
        if ((got == 0 && conn->ssl == NULL) || errno != EAGAIN)
            conn_close(fd);
        return;
    }
    conn->n += (size_t)got;
    while ((one = request_bytes(conn->bytes + used, conn->n - used)) != 0) {
        used += one;
        if (conn_send(fd, conn) != REPLY_BYTES) {
            conn_close(fd);
            return;
        }
    }
    conn->n -= used;
    if (conn->n != 0)
        memmove(conn->bytes, conn->bytes + used, conn->n);
}

static void conn_accept(int epoll, int listener)
{
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK), on = 1;
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

    if (fd < 0)
        return;
    if (fd >= FDS_MAX || (conns[fd] = calloc(1, sizeof(*conns[fd]))) == NULL) {
        close(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (tls != NULL) {
        conns[fd]->ssl = SSL_new(tls);
        if (conns[fd]->ssl == NULL || SSL_set_fd(conns[fd]->ssl, fd) != 1)
            die("SSL_new");
        SSL_set_accept_state(conns[fd]->ssl);
    }
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0)
        die("epoll_ctl");
}

static int listener_open(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof(address);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;

    if (fd < 0)
        die("socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 || listen(fd, 4096) != 0)
        die("listen");
    getsockname(fd, (struct sockaddr *)&address, &length);
    printf("echo.ready port=%d\n", ntohs(address.sin_port));
    fflush(stdout);
    return fd;
}

static void tls_init(const char *certificate, const char *key)
{
    tls = SSL_CTX_new(TLS_server_method());
    if (tls == NULL || SSL_CTX_use_certificate_chain_file(tls, certificate) != 1 ||
        SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1)
        die(certificate);
    SSL_CTX_set_read_ahead(tls, 1);
}

int main(int argc, char **argv)
{
    int listener = listener_open(argc > 1 ? (uint16_t)strtoul(argv[1], NULL, 10) : 0), epoll = epoll_create1(0);
    struct epoll_event events[EVENTS_MAX], event = {.events = EPOLLIN, .data.fd = listener};

    reply_make();
    if (argc > 3)
        tls_init(argv[2], argv[3]);
    if (epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event) != 0)
        die("epoll");
    for (;;) {
        int n = epoll_wait(epoll, events, EVENTS_MAX, -1);

        for (int i = 0; i < n; i++) {
            if (events[i].data.fd == listener)
                conn_accept(epoll, listener);
            else
                conn_serve(events[i].data.fd);
        }
    }
}
