/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* What a file looked like, to see whether it is another one now: also one that was put in its place. Any thread. */
struct file_mark {
    uint64_t device, inode, bytes;
    int64_t changed_s, changed_ns;
};

/* All zero for a file that is not there, and for NULL. */
struct file_mark file_mark_of(const char *path);
bool file_mark_equal(const struct file_mark *a, const struct file_mark *b);
