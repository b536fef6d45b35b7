/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One process, one data folder. The lock is flock() on a file: the kernel gives it back however the process ends, so a
 * crash leaves nothing to clean up, and the file itself may stay. Its text, the holder's process number, is for the
 * sentence that the second process prints.
 */
#include "server/data_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/sentence.h"
#include "os/folder.h"
#include "os/socket.h"

static enum err root_make(const char *path, char **ret_reason)
{
    if (folder_make(path) == OK)
        return OK;
    *ret_reason =
        sentence("The data folder %s cannot be made: %s. Name another one with --data.", path, strerror(errno));
    return ERR_IO;
}

/* The process number in the lock file; 0 when it cannot be read. */
static long holder_of(int lock)
{
    char text[24] = {0};

    if (pread(lock, text, sizeof(text) - 1, 0) <= 0)
        return 0;
    return strtol(text, NULL, 10);
}

static void holder_write(int lock)
{
    char text[24];
    int n = snprintf(text, sizeof(text), "%ld\n", (long)getpid());

    if (ftruncate(lock, 0) != 0 || pwrite(lock, text, (size_t)n, 0) != n)
        return; /* the number is a courtesy; the lock holds without it */
}

static enum err folder_lock(const char *path, int *ret_lock, char **ret_reason)
{
    char *name = sentence("%s/lock", path);
    int lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    free(name);
    if (lock < 0) {
        *ret_reason = sentence("The data folder %s cannot be written: %s.", path, strerror(errno));
        return ERR_IO;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        *ret_reason =
            sentence("The data folder %s is in use by process %ld: stop that one, or name another folder with --data.",
                path, holder_of(lock));
        (void)close(lock); /* it was not ours */
        return ERR_BUSY;
    }
    holder_write(lock);
    *ret_lock = lock;
    return OK;
}

enum err data_folder_open(const char *path, struct data_folder *ret, char **ret_reason)
{
    enum err err;

    *ret = (struct data_folder){.lock = -1, .at = -1};
    err = root_make(path, ret_reason);
    if (err)
        return err;
    err = folder_lock(path, &ret->lock, ret_reason);
    if (err)
        return err;
    ret->db = sentence("%s/db", path);
    ret->at = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (ret->at < 0) {
        *ret_reason = sentence("The data folder %s cannot be read: %s.", path, strerror(errno));
        return ERR_IO;
    }
    (void)snprintf(
        ret->control, sizeof(ret->control), OS_SOCKET_UNIX_WORD "/proc/self/fd/%d/" DATA_FOLDER_CONTROL, ret->at);
    return OK;
}

void data_folder_close(struct data_folder *folder)
{
    free(folder->db);
    if (folder->lock >= 0)
        (void)close(folder->lock); /* gives the lock back whatever it returns */
    if (folder->at >= 0) {
        (void)unlinkat(folder->at, DATA_FOLDER_CONTROL, 0); /* nobody listens there any more; it may never have been */
        (void)close(folder->at);                            /* only read */
    }
    *folder = (struct data_folder){.lock = -1, .at = -1};
}
