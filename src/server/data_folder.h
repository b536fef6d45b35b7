/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/err.h"

/*
 * The folder of a database: made when it is not there, held by one process at a time. In it: `db`, the engine's folder;
 * `lock`, which carries the number of the process that holds it; and `control`, a socket by which whoever owns the
 * folder tells a running server what to do.
 */
#define DATA_FOLDER_CONTROL "control"
struct data_folder {
    int lock;         /* descriptor; -1: none */
    int at;           /* the folder itself; -1: not open */
    char *db;         /* path of the engine's folder; owned */
    char control[64]; /* address of the control socket, by the folder's descriptor: paths may be longer than sockets' */
};

/* Makes and locks the folder. ERR_BUSY, ERR_IO with a sentence (heap, owned by the caller). */
MUST_USE enum err data_folder_open(const char *path, struct data_folder *ret, char **ret_reason);
/* Gives the lock back. A zeroed struct with lock and at -1 is allowed. */
void data_folder_close(struct data_folder *folder);
