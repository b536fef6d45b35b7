/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "base/err.h"

#define OS_SOCKET_UNIX_WORD "unix:"

/* TCP and Unix sockets that never block. Any thread. */

/*
 * Opens `count` (1 to 64) listeners on one numeric address, "127.0.0.1:8000" or "[::1]:8000"; the kernel spreads new
 * connections over them. Port 0 takes a free one. *ret_port is the port bound. "unix:/run/stator.sock" is a socket in
 * the file system, for its user and group; one that a process left behind is replaced, and the port is 0. An address
 * that another process listens on is refused. On error (ERR_CONFIG, ERR_IO) nothing stays open and *ret_reason is a
 * sentence (heap, owned by the caller).
 */
MUST_USE enum err os_socket_listen(
    const char *address, uint32_t count, int *ret_fds, uint16_t *ret_port, char **ret_reason);

enum os_socket_result {
    OS_SOCKET_AGAIN = -1, /* nothing now */
    OS_SOCKET_ERROR = -2, /* the connection is broken */
    OS_SOCKET_FULL = -3,  /* accept: the process or the system has no descriptors left */
};

/* The next connection's descriptor, or an enum os_socket_result. *ret_loopback: the peer is this machine. */
int os_socket_accept(int listener, bool *ret_loopback);
/* Bytes read, 0 at the end of the peer's stream, or an enum os_socket_result. `to` NULL: they are dropped unseen. */
ssize_t os_socket_read(int fd, void *to, size_t bytes);
/* Bytes written, fewer than given when the peer is slow, or an enum os_socket_result. What the system holds for a peer
 * that does not read is bounded, to some hundred kilobytes. */
ssize_t os_socket_write(int fd, const struct iovec *parts, size_t count);
/* Tells the peer that nothing more comes. */
void os_socket_shutdown(int fd);
/* Writes who is at the other end: "192.0.2.1:4711", "[::1]:4711" or "unix"; "-" when he is gone. */
#define OS_SOCKET_PEER_BYTES 64
void os_socket_peer(int fd, char text[OS_SOCKET_PEER_BYTES]);
void os_socket_close(int fd);
