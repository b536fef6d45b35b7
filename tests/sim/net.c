/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Sockets, epoll and eventfd. os/socket.h is implemented here in place of os/socket.c; the calls of epoll come by the
 * linker. Descriptors are numbers from FD_FIRST on, those below are the real system's.
 *
 * A connection is two queues of bytes with a bound drawn for each, so that writes end short and readers see requests in
 * pieces. Bytes are there at once; clients take their time on their own side.
 *
 * epoll keeps Linux's rules where the server leans on them: an edge is reported once, adding and changing report what
 * is so now, the end of the peer's stream is EPOLLRDHUP. The order of events is drawn.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/assert.h"
#include "os/socket.h"
#include "sim.h"

#define FD_FIRST    1000000
#define FDS_MAX     512
#define QUEUE_BYTES 65536u
#define BACKLOG_MAX 64
#define PORT        8000

enum kind { FREE, EPOLL, EVENT, LISTENER, SOCKET };

struct queue {
    uint8_t bytes[QUEUE_BYTES];
    uint32_t from, n, most;
    bool ended; /* the writer's end is closed */
};

struct sim_conn {
    struct queue in, out; /* to the server, to the client */
    int fd;               /* the server's; -1: not accepted yet, or closed by it */
    bool gone;            /* the server closed it or died */
    bool client_gone;
};

struct fd {
    enum kind kind;
    int epoll; /* that watches it; 0: none */
    uint32_t wanted;
    void *data;
    bool fresh;    /* something changed since it was reported */
    uint64_t rung; /* EVENT */
    struct sim_conn *conn;
};

static struct {
    struct fd fds[FDS_MAX];
    uint32_t top; /* all at and above it are free */
    int listeners[64];
    uint32_t listeners_n;
    struct {
        struct sim_conn *waiting[BACKLOG_MAX];
        uint32_t n;
    } backlogs[64];
    struct sim_conn *spare;
} net;

static struct fd *fd_of(int fd)
{
    ASSERT(fd >= FD_FIRST && fd < FD_FIRST + FDS_MAX && net.fds[fd - FD_FIRST].kind != FREE);
    return &net.fds[fd - FD_FIRST];
}

static int fd_take(enum kind kind)
{
    for (int i = 0; i < FDS_MAX; i++) {
        if (net.fds[i].kind != FREE)
            continue;
        net.fds[i] = (struct fd){.kind = kind};
        net.top = (uint32_t)i >= net.top ? (uint32_t)i + 1 : net.top;
        return FD_FIRST + i;
    }
    errno = EMFILE;
    return -1;
}

uint32_t sim_net_open(void)
{
    uint32_t count = 0;

    for (int i = 0; i < FDS_MAX; i++)
        count += net.fds[i].kind != FREE;
    return count;
}

/* ---- queues ---- */

static uint32_t queue_put(struct queue *q, const uint8_t *bytes, size_t n)
{
    uint32_t room = q->most - q->n, took = n < room ? (uint32_t)n : room, at = (q->from + q->n) % QUEUE_BYTES;
    uint32_t first = took < QUEUE_BYTES - at ? took : QUEUE_BYTES - at;

    memcpy(q->bytes + at, bytes, first);
    memcpy(q->bytes, bytes + first, took - first);
    q->n += took;
    return took;
}

static uint32_t queue_get(struct queue *q, uint8_t *to, size_t n)
{
    uint32_t took = n < q->n ? (uint32_t)n : q->n;
    uint32_t first = took < QUEUE_BYTES - q->from ? took : QUEUE_BYTES - q->from;

    if (to != NULL) {
        memcpy(to, q->bytes + q->from, first);
        memcpy(to + first, q->bytes, took - first);
    }
    q->n -= took;
    q->from = q->n == 0 ? 0 : (q->from + took) % QUEUE_BYTES;
    return took;
}

static void queue_start(struct queue *q)
{
    q->from = q->n = 0;
    q->ended = false;
    q->most = sim_chance(SIM_NET, 200000) ? 256 + sim_below(SIM_NET, 4096) : QUEUE_BYTES;
}

/* ---- epoll ---- */

static uint32_t events_now(const struct fd *f)
{
    const struct sim_conn *c = f->conn;
    uint32_t events = 0, i;

    switch (f->kind) {
    case EVENT:
        return f->rung != 0 ? EPOLLIN : 0;
    case LISTENER:
        for (i = 0; net.listeners[i] != FD_FIRST + (int)(f - net.fds); i++)
            ;
        return net.backlogs[i].n != 0 ? EPOLLIN : 0;
    case SOCKET:
        if (c->in.n != 0 || c->in.ended)
            events |= EPOLLIN;
        if (c->in.ended)
            events |= EPOLLRDHUP;
        if (c->client_gone)
            events |= EPOLLHUP | EPOLLIN | EPOLLRDHUP;
        if (c->out.n < c->out.most || c->client_gone)
            events |= EPOLLOUT;
        return events;
    default:
        return 0;
    }
}

static uint32_t events_due(const struct fd *f)
{
    uint32_t events;

    if (f->epoll == 0 || ((f->wanted & EPOLLET) != 0 && !f->fresh))
        return 0;
    events = events_now(f);
    return events & (f->wanted | EPOLLHUP | EPOLLERR);
}

/* Something became so: an edge. */
static void changed(struct fd *f)
{
    f->fresh = true;
    if (f->epoll != 0 && events_due(f) != 0)
        (void)sim_wake(fd_of(f->epoll), 1);
}

int __wrap_epoll_create1(int flags);
int __wrap_epoll_create1(int flags)
{
    (void)flags;
    return fd_take(EPOLL);
}

int __wrap_epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event);
int __wrap_epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
    struct fd *f = fd_of(fd);

    SIM_POINT();
    if (operation == EPOLL_CTL_DEL) {
        f->epoll = 0;
        return 0;
    }
    f->epoll = epoll;
    f->wanted = event->events;
    f->data = event->data.ptr;
    changed(f);
    return 0;
}

static int collect(int epoll, struct epoll_event *events, int most)
{
    uint32_t start = sim_below(SIM_NET, net.top);
    int n = 0;

    for (uint32_t i = 0; i < net.top && n < most; i++) {
        struct fd *f = &net.fds[(start + i) % net.top];
        uint32_t due;

        if (f->kind == FREE || f->epoll != epoll)
            continue;
        due = events_due(f);
        if (due == 0)
            continue;
        f->fresh = false;
        if (f->kind == EVENT && (f->wanted & EPOLLET) == 0)
            f->fresh = true;
        events[n].events = due;
        events[n++].data.ptr = f->data;
    }
    return n;
}

int __wrap_epoll_wait(int epoll, struct epoll_event *events, int most, int timeout_ms);
int __wrap_epoll_wait(int epoll, struct epoll_event *events, int most, int timeout_ms)
{
    uint64_t deadline_ns = timeout_ms < 0 ? 0 : sim.now_ns + (uint64_t)timeout_ms * 1000000 + 1;
    int n;

    SIM_POINT();
    while ((n = collect(epoll, events, most)) == 0 && timeout_ms != 0) {
        if (!sim_wait(fd_of(epoll), deadline_ns))
            return 0;
    }
    if (n == 0)
        sim_yield(); /* the worker has fibers that are ready: others get their turn too */
    return n;
}

int __wrap_eventfd(unsigned int initial, int flags);
int __wrap_eventfd(unsigned int initial, int flags)
{
    ASSERT(initial == 0);
    (void)flags;
    return fd_take(EVENT);
}

ssize_t __real_write(int fd, const void *bytes, size_t n);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);
ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
    struct fd *f;

    if (fd < FD_FIRST)
        return __real_write(fd, bytes, n);
    SIM_POINT();
    f = fd_of(fd);
    ASSERT(f->kind == EVENT && n == 8);
    f->rung++;
    changed(f);
    return 8;
}

/* ---- the server's sockets ---- */

static void conn_free(struct sim_conn *c)
{
    sim_world_enter();
    free(c);
    sim_world_leave();
}

static void server_closes(struct sim_conn *c)
{
    c->fd = -1;
    c->gone = true;
    c->out.ended = true;
    (void)sim_wake(c, UINT32_MAX);
    if (c->client_gone)
        conn_free(c);
}

static void listener_closes(int fd)
{
    uint32_t i = 0;

    while (net.listeners[i] != fd)
        i++;
    for (uint32_t k = 0; k < net.backlogs[i].n; k++)
        server_closes(net.backlogs[i].waiting[k]);
    net.listeners_n--;
    net.listeners[i] = net.listeners[net.listeners_n];
    net.backlogs[i] = net.backlogs[net.listeners_n];
}

static void fd_close(int fd)
{
    struct fd *f = fd_of(fd);

    if (f->kind == SOCKET)
        server_closes(f->conn);
    if (f->kind == LISTENER)
        listener_closes(fd);
    f->kind = FREE;
    while (net.top != 0 && net.fds[net.top - 1].kind == FREE)
        net.top--;
}

int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
    if (fd < FD_FIRST)
        return __real_close(fd);
    fd_close(fd);
    return 0;
}

void sim_net_forget(void)
{
    for (int i = 0; i < FDS_MAX; i++) {
        if (net.fds[i].kind != FREE)
            fd_close(FD_FIRST + i);
    }
}

/* The thread's statistics in /proc are the only file that os/ opens for itself: the system has none here. */
int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...)
{
    if (strncmp(path, "/proc/", 6) == 0) {
        errno = ENOENT;
        return -1;
    }
    return __real_open64(path, flags);
}

enum err os_socket_listen(const char *address, uint32_t count, int *ret_fds, uint16_t *ret_port, char **ret_reason)
{
    (void)address;
    (void)ret_reason;
    SIM_POINT();
    for (uint32_t i = 0; i < count; i++) {
        ret_fds[i] = fd_take(LISTENER);
        net.listeners[net.listeners_n] = ret_fds[i];
        net.backlogs[net.listeners_n++].n = 0;
    }
    *ret_port = PORT;
    return OK;
}

int os_socket_accept(int listener, bool *ret_loopback)
{
    uint32_t i = 0;
    int fd;

    SIM_POINT();
    while (net.listeners[i] != listener)
        i++;
    if (net.backlogs[i].n == 0)
        return OS_SOCKET_AGAIN;
    fd = fd_take(SOCKET);
    if (fd < 0)
        return OS_SOCKET_FULL;
    fd_of(fd)->conn = net.backlogs[i].waiting[0];
    fd_of(fd)->conn->fd = fd;
    net.backlogs[i].n--;
    memmove(net.backlogs[i].waiting, net.backlogs[i].waiting + 1, net.backlogs[i].n * sizeof(struct sim_conn *));
    *ret_loopback = true;
    return fd;
}

ssize_t os_socket_read(int fd, void *to, size_t bytes)
{
    struct sim_conn *c = fd_of(fd)->conn;
    uint32_t n;

    SIM_POINT();
    if (c->in.n == 0)
        return c->in.ended || c->client_gone ? 0 : OS_SOCKET_AGAIN;
    n = queue_get(&c->in, to, bytes);
    if (!c->client_gone)
        (void)sim_wake(c, UINT32_MAX); /* there is room */
    return n;
}

ssize_t os_socket_write(int fd, const struct iovec *parts, size_t count)
{
    struct sim_conn *c = fd_of(fd)->conn;
    size_t n = 0;

    SIM_POINT();
    if (c->client_gone)
        return OS_SOCKET_ERROR;
    for (size_t i = 0; i < count; i++) {
        uint32_t took = queue_put(&c->out, parts[i].iov_base, parts[i].iov_len);

        n += took;
        if (took < parts[i].iov_len)
            break;
    }
    if (n == 0)
        return OS_SOCKET_AGAIN;
    (void)sim_wake(c, UINT32_MAX);
    return (ssize_t)n;
}

void os_socket_peer(int fd, char text[OS_SOCKET_PEER_BYTES])
{
    (void)fd;
    strcpy(text, "simulated");
}

void os_socket_shutdown(int fd)
{
    struct sim_conn *c = fd_of(fd)->conn;

    c->out.ended = true;
    if (!c->client_gone)
        (void)sim_wake(c, UINT32_MAX);
}

void os_socket_close(int fd)
{
    SIM_POINT();
    fd_close(fd);
}

/* ---- the client's side ---- */

struct sim_conn *sim_connect(void)
{
    struct sim_conn *c;
    uint32_t i;

    if (net.listeners_n == 0)
        return NULL;
    i = sim_below(SIM_NET, net.listeners_n);
    if (net.backlogs[i].n == BACKLOG_MAX)
        return NULL;
    sim_world_enter();
    c = malloc(sizeof(*c));
    sim_world_leave();
    queue_start(&c->in);
    queue_start(&c->out);
    c->fd = -1;
    c->gone = c->client_gone = false;
    net.backlogs[i].waiting[net.backlogs[i].n++] = c;
    changed(fd_of(net.listeners[i]));
    return c;
}

bool sim_send(struct sim_conn *c, const void *bytes, size_t n, bool slow)
{
    const uint8_t *at = bytes;

    while (n != 0) {
        size_t piece = slow ? 1 + sim_below(SIM_NET, 200) : n;
        uint32_t took;

        if (c->gone)
            return false;
        took = queue_put(&c->in, at, piece < n ? piece : n);
        at += took;
        n -= took;
        if (took != 0 && c->fd != -1)
            changed(fd_of(c->fd));
        if (slow && n != 0)
            sim_sleep(sim_some_ns(SIM_NET, 20000000));
        else if (n != 0 && took == 0)
            (void)sim_wait(c, 0);
    }
    return true;
}

long sim_receive(struct sim_conn *c, void *to, size_t n, uint64_t deadline_ns)
{
    uint32_t took;
    bool was_full;

    while (c->out.n == 0 && !c->out.ended && !c->gone) {
        if (!sim_wait(c, deadline_ns))
            return -2;
    }
    if (c->out.n == 0)
        return c->gone ? -1 : 0;
    was_full = c->out.n == c->out.most;
    took = queue_get(&c->out, to, n);
    if (was_full && c->fd != -1)
        changed(fd_of(c->fd));
    return took;
}

void sim_disconnect(struct sim_conn *c)
{
    if (c == NULL)
        return;
    c->client_gone = true;
    if (c->gone)
        conn_free(c);
    else if (c->fd != -1)
        changed(fd_of(c->fd));
}
