/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/err.h"

/*
 * The folder of a database: made when it is not there, held by one process at a time. In it: `db`, the engine's folder,
 * and `lock`, which carries the number of the process that holds it.
 */
struct data_folder {
    int lock; /* descriptor; -1: none */
    char *db; /* path of the engine's folder; owned */
};

/* Makes and locks the folder. ERR_BUSY, ERR_IO with a sentence (heap, owned by the caller). */
MUST_USE enum err data_folder_open(const char *path, struct data_folder *ret, char **ret_reason);
/* Gives the lock back. A zeroed struct with lock -1 is allowed. */
void data_folder_close(struct data_folder *folder);
