/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Sockets. A Unix socket is one that all workers share. Over TCP each worker listens on a socket of its own with
 * SO_REUSEPORT, so that accepting needs no lock; options that connections inherit are set on the listener, which saves
 * a system call for each of them.
 *
 * SO_REUSEPORT would also let a second server of the same user take half of the connections. So the address is first
 * bound without it, for a moment: that fails when anybody listens there.
 */
#include "os/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/sentence.h"

#define BACKLOG   4096
#define UNIX_MODE 0660
/*
 * What the kernel takes of a reply ahead of what the peer's window allows. Its own measure is megabytes for each
 * connection: a thousand clients that ask and do not read would fill the memory of all TCP of the machine, and then
 * every connection is slow.
 */
#define UNSENT_BYTES_MAX (128 << 10)

struct address {
    struct sockaddr_storage at;
    socklen_t n;
};

static enum err refuse(char **ret_reason, const char *what, const char *address, const char *why)
{
    *ret_reason = sentence("%s %s: %s", what, address, why);
    return ERR_IO;
}

static bool is_port(const char *text)
{
    size_t n = strspn(text, "0123456789");

    return n != 0 && n <= 5 && text[n] == '\0' && strtoul(text, NULL, 10) <= 65535;
}

/* "host:port" or "[host]:port", both numeric. */
static bool split(const char *text, char *host, size_t host_bytes, const char **ret_port)
{
    const char *colon = strrchr(text, ':');
    const char *from = text, *to = colon;

    if (colon == NULL || colon == text || !is_port(colon + 1))
        return false;
    if (*from == '[') {
        if (to[-1] != ']')
            return false;
        from++;
        to--;
    } else if (memchr(from, ':', (size_t)(to - from)) != NULL) {
        return false; /* an IPv6 address needs its brackets */
    }
    if ((size_t)(to - from) >= host_bytes || to <= from)
        return false;
    memcpy(host, from, (size_t)(to - from));
    host[to - from] = '\0';
    *ret_port = colon + 1;
    return true;
}

static bool resolve(const char *text, struct address *ret)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    struct addrinfo *found;
    char host[64];
    const char *port;

    if (!split(text, host, sizeof(host), &port))
        return false;
    if (getaddrinfo(host, port, &hints, &found) != 0)
        return false;
    memcpy(&ret->at, found->ai_addr, found->ai_addrlen);
    ret->n = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

static uint16_t *port_of(struct address *address)
{
    if (address->at.ss_family == AF_INET)
        return &((struct sockaddr_in *)&address->at)->sin_port;
    return &((struct sockaddr_in6 *)&address->at)->sin6_port;
}

static void set(int fd, int level, int option, int value)
{
    ASSERT(setsockopt(fd, level, option, &value, sizeof(value)) == 0);
}

/* A socket bound to the address, or -1 with errno. */
static int bind_one(const struct address *address, bool share)
{
    int fd = socket(address->at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    int why;

    if (fd < 0)
        return -1;
    set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (share)
        set(fd, SOL_SOCKET, SO_REUSEPORT, 1);
    if (address->at.ss_family == AF_INET6)
        set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    set(fd, IPPROTO_TCP, TCP_NODELAY, 1); /* inherited, as the next one */
    set(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, UNSENT_BYTES_MAX);
    if (bind(fd, (const struct sockaddr *)&address->at, address->n) == 0)
        return fd;
    why = errno;
    close(fd);
    errno = why;
    return -1;
}

/* Nobody may listen there yet. */
static bool is_free(const struct address *address)
{
    int fd = bind_one(address, false);

    if (fd < 0)
        return false;
    close(fd);
    return true;
}

static bool listen_one(struct address *address, int *ret_fd)
{
    int fd = bind_one(address, true), why;

    if (fd < 0)
        return false;
    address->n = sizeof(address->at);
    if (getsockname(fd, (struct sockaddr *)&address->at, &address->n) == 0 && listen(fd, BACKLOG) == 0) {
        *ret_fd = fd; /* the address now has its port, for those that follow */
        return true;
    }
    why = errno;
    close(fd);
    errno = why;
    return false;
}

/* ---- Unix sockets ---- */

/* A socket that nobody listens on any more is in the way. */
static void leftover_remove(const struct sockaddr_un *at)
{
    struct stat there;
    int fd;

    if (lstat(at->sun_path, &there) != 0 || !S_ISSOCK(there.st_mode))
        return;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    if (connect(fd, (const struct sockaddr *)at, sizeof(*at)) != 0 && errno == ECONNREFUSED)
        (void)unlink(at->sun_path); /* or bind tells */
    close(fd);
}

static int unix_listen_one(const struct sockaddr_un *at)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), why;

    if (fd >= 0 && bind(fd, (const struct sockaddr *)at, sizeof(*at)) == 0 && chmod(at->sun_path, UNIX_MODE) == 0 &&
        listen(fd, BACKLOG) == 0)
        return fd;
    why = errno;
    if (fd >= 0)
        close(fd);
    errno = why;
    return -1;
}

static enum err unix_listen(const char *text, uint32_t count, int *ret_fds, char **ret_reason)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    const char *path = text + strlen(OS_SOCKET_UNIX_WORD);

    if (*path != '/' || strlen(path) >= sizeof(at.sun_path)) {
        *ret_reason =
            sentence("cannot listen on %s: not a path of at most %zu characters, such as unix:/run/stator.sock", text,
                sizeof(at.sun_path) - 1);
        return ERR_CONFIG;
    }
    memcpy(at.sun_path, path, strlen(path));
    leftover_remove(&at);
    ret_fds[0] = unix_listen_one(&at);
    if (ret_fds[0] < 0)
        return refuse(ret_reason, "cannot listen on", text, strerror(errno));
    for (uint32_t i = 1; i < count; i++) {
        ret_fds[i] = fcntl(ret_fds[0], F_DUPFD_CLOEXEC, 0);
        ASSERT(ret_fds[i] >= 0); /* a few descriptors at start: there is room */
    }
    return OK;
}

/* ---- listening ---- */

enum err os_socket_listen(const char *text, uint32_t count, int *ret_fds, uint16_t *ret_port, char **ret_reason)
{
    struct address address;
    uint32_t n = 0;
    enum err err;

    *ret_port = 0;
    if (strncmp(text, OS_SOCKET_UNIX_WORD, strlen(OS_SOCKET_UNIX_WORD)) == 0)
        return unix_listen(text, count, ret_fds, ret_reason);
    if (!resolve(text, &address)) {
        (void)refuse(ret_reason, "cannot listen on", text, "not a numeric address with a port, such as 127.0.0.1:8000");
        return ERR_CONFIG;
    }
    if (*port_of(&address) != 0 && !is_free(&address))
        return refuse(ret_reason, "cannot listen on", text, strerror(errno));
    while (n < count && listen_one(&address, &ret_fds[n]))
        n++;
    if (n == count) {
        *ret_port = ntohs(*port_of(&address));
        return OK;
    }
    err = refuse(ret_reason, "cannot listen on", text, strerror(errno));
    while (n != 0)
        close(ret_fds[--n]);
    return err;
}

static bool is_loopback(const struct sockaddr_storage *peer)
{
    const struct in6_addr *v6 = &((const struct sockaddr_in6 *)peer)->sin6_addr;

    if (peer->ss_family == AF_UNIX)
        return true;
    if (peer->ss_family == AF_INET)
        return ntohl(((const struct sockaddr_in *)peer)->sin_addr.s_addr) >> 24 == 127;
    return IN6_IS_ADDR_LOOPBACK(v6) || (IN6_IS_ADDR_V4MAPPED(v6) && v6->s6_addr[12] == 127);
}

int os_socket_accept(int listener, bool *ret_loopback)
{
    struct sockaddr_storage peer = {0};
    socklen_t n = sizeof(peer);
    int fd = accept4(listener, (struct sockaddr *)&peer, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);

    if (fd >= 0) {
        *ret_loopback = is_loopback(&peer);
        return fd;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
        return OS_SOCKET_FULL;
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return OS_SOCKET_AGAIN;
    return OS_SOCKET_ERROR; /* that connection is gone already; the next may be well */
}

static ssize_t result_of_errno(void)
{
    return errno == EAGAIN || errno == EWOULDBLOCK ? OS_SOCKET_AGAIN : OS_SOCKET_ERROR;
}

ssize_t os_socket_read(int fd, void *to, size_t bytes)
{
    ssize_t n;

    do {
        n = recv(fd, to, bytes, to == NULL ? MSG_TRUNC : 0);
    } while (n < 0 && errno == EINTR);
    return n >= 0 ? n : result_of_errno();
}

ssize_t os_socket_write(int fd, const struct iovec *parts, size_t count)
{
    struct msghdr message = {.msg_iovlen = count};
    ssize_t n;

    memcpy(&message.msg_iov, &parts, sizeof(parts)); /* the kernel only reads the parts */
    do {
        n = count == 1 ? send(fd, parts->iov_base, parts->iov_len, MSG_NOSIGNAL) : sendmsg(fd, &message, MSG_NOSIGNAL);
    } while (n < 0 && errno == EINTR);
    return n >= 0 ? n : result_of_errno();
}

void os_socket_peer(int fd, char text[OS_SOCKET_PEER_BYTES])
{
    struct sockaddr_storage at = {0};
    socklen_t n = sizeof(at);
    char host[INET6_ADDRSTRLEN], port[8];

    (void)snprintf(text, OS_SOCKET_PEER_BYTES, "-");
    if (getpeername(fd, (struct sockaddr *)&at, &n) != 0)
        return;
    if (at.ss_family == AF_UNIX)
        (void)snprintf(text, OS_SOCKET_PEER_BYTES, "unix");
    else if (getnameinfo((struct sockaddr *)&at, n, host, sizeof(host), port, sizeof(port),
                 NI_NUMERICHOST | NI_NUMERICSERV) == 0)
        (void)snprintf(text, OS_SOCKET_PEER_BYTES, at.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

void os_socket_shutdown(int fd)
{
    (void)shutdown(fd, SHUT_WR); /* the peer may be gone: then there is nothing to tell */
}

void os_socket_close(int fd)
{
    close(fd);
}
