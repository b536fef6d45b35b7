/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The server as a whole: listeners, accepting, stopping, figures.
 *
 * Every worker has a listener of its own and its own state (struct http_worker). Stopping is a message to each: it
 * closes the listener after the connections that wait there were taken, and tells every connection to end. What runs
 * may finish until the drain time is over; then sockets are closed under the fibers that are left, whose replies go
 * nowhere. The memory of the server stays until the last connection is freed.
 */
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/assert.h"
#include "http/http_int.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/socket.h"

#define ACCEPTS_PER_EVENT 64
#define WORKERS_MAX       64
#define LOOK_NS           ((uint64_t)1000000)

/* ---- accepting ---- */

/* One connection too many: it gets its answer if the socket takes it at once. A handshake would cost too much. */
static void turn_away(struct http_worker *hw, int fd, bool tls)
{
    char reply[HTTP_REFUSAL_BYTES_MAX], dropped[4096];
    struct iovec part = {reply, http__refusal_write(hw, 503, false, reply)};

    if (!tls)
        (void)os_socket_write(fd, &part, 1);
    os_socket_shutdown(fd);
    (void)os_socket_read(fd, dropped, sizeof(dropped)); /* unread bytes would turn the close into a reset */
    os_socket_close(fd);
}

static void accepted(struct http_worker *hw, int fd, bool loopback, uint32_t listener)
{
    struct http_server *server = hw->server;
    uint32_t before = atomic_fetch_add_explicit(&server->connections, 1, memory_order_relaxed);

    if (before >= server->options.connections_max) {
        atomic_fetch_sub_explicit(&server->connections, 1, memory_order_relaxed);
        turn_away(hw, fd, server->listeners[listener].tls != NULL);
        return;
    }
    http__count(&hw->figures.connections, 1);
    if (!http__conn_open(http__balance_place(hw), fd, loopback, listener))
        http__count(&hw->figures.refused, 1);
}

/* Without descriptors the listener would report the same connection for ever: it rests until the next tick. */
static void on_listener(struct worker *worker, struct worker_source *source, uint32_t events)
{
    struct http_accepting *accepting =
        (struct http_accepting *)((char *)source - offsetof(struct http_accepting, source));
    bool loopback = false;

    (void)events;
    for (int i = 0; i < ACCEPTS_PER_EVENT; i++) {
        int fd = os_socket_accept(source->fd, &loopback);

        if (fd >= 0)
            accepted(accepting->hw, fd, loopback, accepting->listener);
        else if (fd == OS_SOCKET_FULL)
            worker_source_change(worker, source, 0);
        if (fd == OS_SOCKET_AGAIN || fd == OS_SOCKET_FULL)
            return;
    }
}

static void on_tick(struct worker *worker, struct worker_timer *timer)
{
    struct http_worker *hw = (struct http_worker *)((char *)timer - offsetof(struct http_worker, tick));

    http__balance_roll(hw);
    for (uint32_t i = 0; i < hw->server->options.listeners_count; i++)
        worker_source_change(worker, &hw->accepting[i].source, EPOLLIN);
    http__wheel_tick(worker, timer);
}

/* ---- starting ---- */

static void message_start(struct worker *worker, struct worker_message *message)
{
    struct http_worker *hw = (struct http_worker *)((char *)message - offsetof(struct http_worker, start));

    hw->wheel_s = http__now_s(hw);
    http__balance_init(hw);
    http__door_init(hw);
    hw->tick.fn = on_tick;
    worker_timer_set(worker, &hw->tick, ((uint64_t)hw->wheel_s + 1) * 1000000000u);
    for (uint32_t i = 0; i < hw->server->options.listeners_count; i++) {
        enum err err = worker_source_add(worker, &hw->accepting[i].source, EPOLLIN);

        ASSERT(err == OK); /* a few descriptors at start: there is room */
    }
}

static void worker_init(struct http_server *server, uint32_t i)
{
    struct http_worker *hw = &server->at[i];

    hw->server = server;
    hw->worker = workers_at(server->workers, i);
    os_entropy(hw->random, sizeof(hw->random));
    atomic_init(&server->loads[i].share, HTTP_SHARE_WHOLE);
    hw->start.fn = message_start;
}

static void *zeroed(size_t n, size_t bytes)
{
    void *memory = aligned_alloc(64, n * bytes);

    ASSERT(memory != NULL); /* at start */
    return memset(memory, 0, n * bytes);
}

/* One listener, on every worker. */
static enum err listen_on(struct http_server *server, uint32_t listener, const char *address, char **ret_reason)
{
    int fds[WORKERS_MAX];
    enum err err;

    ASSERT(server->count <= WORKERS_MAX);
    err = os_socket_listen(address, server->count, fds, &server->ports[listener], ret_reason);
    if (err)
        return err;
    for (uint32_t i = 0; i < server->count; i++)
        server->at[i].accepting[listener] = (struct http_accepting){
            .source = {.fn = on_listener, .fd = fds[i]}, .hw = &server->at[i], .listener = listener};
    return OK;
}

static void server_free(struct http_server *server)
{
    free(server->at);
    free(server->loads);
    free(server);
}

static void listeners_close(struct http_server *server, uint32_t count)
{
    while (count-- != 0) {
        for (uint32_t i = 0; i < server->count; i++)
            os_socket_close(server->at[i].accepting[count].source.fd);
    }
}

static struct http_server *server_make(struct workers *workers, const struct http_options *options)
{
    struct http_server *server = zeroed(1, (sizeof(*server) + 63) / 64 * 64);

    server->options = *options;
    server->options.listeners = NULL; /* borrowed for http_start only */
    http_idle_set(server, options->idle_s);
    server->workers = workers;
    server->count = workers_count(workers);
    server->loads = zeroed(server->count, sizeof(server->loads[0]));
    server->at = zeroed(server->count, sizeof(server->at[0]));
    for (uint32_t i = 0; i < options->listeners_count; i++) {
        server->listeners[i] = options->listeners[i];
        server->listeners[i].address = NULL;
    }
    return server;
}

enum err http_start(
    struct workers *workers, const struct http_options *options, struct http_server **ret, char **ret_reason)
{
    struct http_server *server = server_make(workers, options);

    ASSERT(options->listeners_count >= 1 && options->listeners_count <= HTTP_LISTENERS_MAX);
    for (uint32_t i = 0; i < options->listeners_count; i++) {
        enum err err = listen_on(server, i, options->listeners[i].address, ret_reason);

        if (err) {
            listeners_close(server, i);
            server_free(server);
            return err;
        }
    }
    for (uint32_t i = 0; i < server->count; i++)
        worker_init(server, i);
    for (uint32_t i = 0; i < server->count; i++)
        worker_post(workers_at(workers, i), &server->at[i].start);
    *ret = server;
    return OK;
}

uint16_t http_port(const struct http_server *server, uint32_t listener)
{
    return server->ports[listener];
}

void http_idle_set(struct http_server *server, uint32_t idle_s)
{
    atomic_store_explicit(&server->idle_s, idle_s, memory_order_relaxed);
}

/* ---- stopping ---- */

static void message_stop(struct worker *worker, struct worker_message *message)
{
    struct http_worker *hw = (struct http_worker *)((char *)message - offsetof(struct http_worker, stop));

    for (uint32_t i = 0; i < hw->server->options.listeners_count; i++) {
        struct worker_source *source = &hw->accepting[i].source;

        on_listener(worker, source, EPOLLIN); /* who waits to be accepted may still ask one thing */
        worker_source_remove(worker, source);
        os_socket_close(source->fd);
    }
    worker_timer_clear(worker, &hw->tick);
    hw->stopping = true;
    http__wheel_each(hw, http__conn_drain);
    atomic_fetch_sub(&hw->server->live, 1); /* last */
}

static void message_abort(struct worker *worker, struct worker_message *message)
{
    struct http_worker *hw = (struct http_worker *)((char *)message - offsetof(struct http_worker, abort));

    (void)worker;
    http__wheel_each(hw, http__conn_abort);
    atomic_fetch_sub(&hw->server->live, 1); /* last */
}

static void wait_until(struct http_server *server, bool connections, uint64_t deadline_ns)
{
    struct fiber *self = fiber_of_thread();
    uint64_t now_ns = os_clock_monotonic_ns();

    while (atomic_load(&server->live) != 0 ||
           (connections && atomic_load_explicit(&server->connections, memory_order_acquire) != 0 &&
               now_ns < deadline_ns)) {
        (void)fiber_park_until(self, now_ns + LOOK_NS); /* looks every millisecond, while the server ends */
        now_ns = os_clock_monotonic_ns();
    }
    fiber_of_thread_destroy(self);
}

void http_stop(struct http_server *server, uint32_t drain_ms)
{
    atomic_store(&server->stopping, true);
    atomic_store(&server->live, server->count);
    for (uint32_t i = 0; i < server->count; i++) {
        server->at[i].stop.fn = message_stop;
        worker_post(server->at[i].worker, &server->at[i].stop);
    }
    wait_until(server, true, os_clock_monotonic_ns() + drain_ms * (uint64_t)1000000);
    atomic_store(&server->live, server->count);
    for (uint32_t i = 0; i < server->count; i++) {
        server->at[i].abort.fn = message_abort;
        worker_post(server->at[i].worker, &server->at[i].abort);
    }
    wait_until(server, false, 0);
}

void http_destroy(struct http_server *server)
{
    if (server == NULL)
        return;
    ASSERT(atomic_load(&server->stopping));
    wait_until(server, true, UINT64_MAX);
    for (uint32_t i = 0; i < server->count; i++) {
        http__buffers_free(&server->at[i]);
        libdeflate_free_compressor(server->at[i].compressor);
    }
    ASSERT(atomic_load(&server->memory) == 0); /* everything counted was given back */
    server_free(server);
}

/* ---- figures ---- */

static uint64_t read_figure(const _Atomic(uint64_t) *figure)
{
    return atomic_load_explicit(figure, memory_order_relaxed);
}

void http_figures(struct http_server *server, struct http_figures *ret)
{
    *ret = (struct http_figures){.open = atomic_load_explicit(&server->connections, memory_order_relaxed),
        .memory_bytes = atomic_load_explicit(&server->memory, memory_order_relaxed)};
    for (uint32_t i = 0; i < server->count; i++) {
        const struct http_worker *hw = &server->at[i];

        ret->connections += read_figure(&hw->figures.connections);
        ret->requests += read_figure(&hw->figures.requests);
        ret->bytes_in += read_figure(&hw->figures.bytes_in);
        ret->bytes_out += read_figure(&hw->figures.bytes_out);
        ret->refused += read_figure(&hw->figures.refused);
        ret->late += read_figure(&hw->figures.late);
    }
}
