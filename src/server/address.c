/* SPDX-License-Identifier: Apache-2.0 */

/* What the address to listen on means: who can reach it, and how to reach it from here. Numeric hosts, as os/socket.h
 * takes them. */
#include "server/address.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOST_BYTES_MAX 256

/* The host without port and brackets. */
static void host_of(const char *listen, char ret[HOST_BYTES_MAX])
{
    const char *end = strrchr(listen, ':');
    size_t n = end == NULL ? strlen(listen) : (size_t)(end - listen);

    if (n >= 2 && listen[0] == '[' && listen[n - 1] == ']') {
        listen++;
        n -= 2;
    }
    if (n >= HOST_BYTES_MAX)
        n = HOST_BYTES_MAX - 1;
    memcpy(ret, listen, n);
    ret[n] = '\0';
}

bool address_is_loopback(const char *listen)
{
    char host[HOST_BYTES_MAX];
    struct in_addr v4;
    struct in6_addr v6;

    host_of(listen, host);
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    if (inet_pton(AF_INET6, host, &v6) == 1)
        return IN6_IS_ADDR_LOOPBACK(&v6);
    return strcmp(host, "localhost") == 0;
}

uint16_t address_port(const char *listen)
{
    const char *colon = strrchr(listen, ':');

    return colon == NULL ? 0 : (uint16_t)strtoul(colon + 1, NULL, 10);
}

void address_dialed(const char *listen, uint16_t port, char *ret, size_t bytes_max)
{
    char host[HOST_BYTES_MAX];

    host_of(listen, host);
    if (strcmp(host, "0.0.0.0") == 0 || host[0] == '\0')
        (void)snprintf(ret, bytes_max, "127.0.0.1:%u", port);
    else if (strcmp(host, "::") == 0)
        (void)snprintf(ret, bytes_max, "[::1]:%u", port);
    else
        (void)snprintf(ret, bytes_max, strchr(host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, port);
}
