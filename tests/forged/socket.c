/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One request, one connection. What says that a request got past the signature: an answer of an operation, good or bad.
 * What says that it did not: no answer, a refusal of HTTP's, or one of the errors that come before and with the
 * credentials (control-plane.md 1.3).
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "forge.h"

#define ANSWER_BYTES_MAX 65536

static const char *const refusals[] = {"InvalidSignatureException", "IncompleteSignatureException",
    "MissingAuthenticationTokenException", "UnrecognizedClientException", "SerializationException",
    "UnknownOperationException", "healthy: "};

static int dial(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval patience = {.tv_sec = 20};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0) {
        printf("FAIL the server cannot be reached\n0 passed, 1 failed\n");
        exit(1);
    }
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    return fd;
}

bool forge_ask(uint16_t port, const char *bytes, size_t n)
{
    static char answer[ANSWER_BYTES_MAX + 1];
    size_t got = 0;
    ssize_t more;
    int fd = dial(port);

    if (send(fd, bytes, n, MSG_NOSIGNAL) == (ssize_t)n)
        (void)shutdown(fd, SHUT_WR); /* a body that is told longer than it is ends here */
    while (got < ANSWER_BYTES_MAX && (more = recv(fd, answer + got, ANSWER_BYTES_MAX - got, 0)) > 0)
        got += (size_t)more;
    (void)close(fd);
    answer[got] = '\0';
    if (strncmp(answer, "HTTP/1.1 200", 12) != 0 && strstr(answer, "\"__type\"") == NULL)
        return false;
    for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++)
        if (strstr(answer, refusals[i]) != NULL)
            return false;
    return true;
}
