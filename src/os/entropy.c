/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Chance from the kernel. Used for seeds and identifiers, a few times per start or per table: never on the road of a
 * request, which draws from a generator seeded here.
 */
#include "os/entropy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

void os_entropy(void *bytes, size_t n)
{
    unsigned char *to = bytes;

    while (n != 0) {
        ssize_t got = getrandom(to, n, 0);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            fprintf(stderr, "the system has no source of random bytes\n");
            abort();
        }
        to += got;
        n -= (size_t)got;
    }
}
