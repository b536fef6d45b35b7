/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * memcpy for lengths that are mostly short and never known before: attribute names, small values. Up to 32 bytes it is
 * two overlapping moves without a call; beyond, memcpy. The regions must not overlap.
 */
static inline void copy_short(uint8_t *to, const uint8_t *from, size_t n)
{
    if (n > 32) {
        memcpy(to, from, n);
        return;
    }
    if (n >= 16) {
        memcpy(to, from, 16);
        memcpy(to + n - 16, from + n - 16, 16);
        return;
    }
    if (n >= 8) {
        uint64_t first, last;

        memcpy(&first, from, 8);
        memcpy(&last, from + n - 8, 8);
        memcpy(to, &first, 8);
        memcpy(to + n - 8, &last, 8);
        return;
    }
    if (n >= 4) {
        uint32_t first, last;

        memcpy(&first, from, 4);
        memcpy(&last, from + n - 4, 4);
        memcpy(to, &first, 4);
        memcpy(to + n - 4, &last, 4);
        return;
    }
    if (n != 0) {
        uint8_t first = from[0], middle = from[n / 2], last = from[n - 1];

        to[0] = first;
        to[n / 2] = middle;
        to[n - 1] = last;
    }
}
