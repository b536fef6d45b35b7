/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Folders that survive a power loss. A name lives in the folder above it, and only a sync of that one makes it durable;
 * so each folder made here is followed by a sync of its parent, from the top down.
 */
#include "os/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"

static enum err names_sync(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), failed;

    if (fd < 0)
        return ERR_IO;
    failed = fsync(fd);
    if (failed != 0 && (errno == EINVAL || errno == EROFS))
        failed = 0; /* a file system that has nothing to sync */
    (void)close(fd);
    return failed == 0 ? OK : ERR_IO;
}

static enum err parent_sync(const char *path)
{
    char *parent = strdup(path), *slash;
    enum err err;

    ASSERT(parent != NULL);
    slash = strrchr(parent, '/');
    if (slash == NULL)
        err = names_sync(".");
    else {
        slash[slash == parent] = 0;
        err = names_sync(parent);
    }
    free(parent);
    return err;
}

static enum err one_make(const char *path)
{
    if (mkdir(path, 0700) == 0)
        return parent_sync(path);
    return errno == EEXIST ? OK : ERR_IO;
}

enum err folder_make(const char *path)
{
    char *partial = strdup(path);
    enum err err = OK;

    ASSERT(partial != NULL && path[0] != 0);
    for (char *at = partial + 1;; at++) {
        char end = *at;

        if (end != '/' && end != 0)
            continue;
        *at = 0;
        err = one_make(partial);
        *at = end;
        if (err || at[strspn(at, "/")] == 0)
            break;
    }
    free(partial);
    return err;
}
