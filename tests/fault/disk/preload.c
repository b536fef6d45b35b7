/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Stands between the server and the system (LD_PRELOAD): every call that changes a file below STATOR_TAPE_ROOT is done
 * and noted on the tape (tape.h), and fails when the test has ordered so. Nothing of the server is built differently.
 *
 * A change is noted under the tape's lock together with the call itself, so the tape has the order of the kernel. A
 * sync is noted when it has returned, with the position at which it began: a write of another thread that came in
 * between is not covered by it. A reply is noted before it leaves. So whatever the tape shows as durable before a reply
 * was so.
 *
 * Changes through mappings and streams of stdio are not seen; the server writes with neither. Reads are counted and may
 * fail, nothing of them is noted.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tape.h"

#define FDS_MAX          65536
#define REQUEST_ID       "x-amzn-RequestId: "
#define REQUEST_ID_BYTES 52

static struct tape_head *tape;
static char root[PATH_MAX];
static size_t root_bytes;
static uint64_t inode_of[FDS_MAX]; /* 0: not a file below the root */

/* The library's own function of that name. */
#define REAL(name) ((__typeof__(&(name)))real(#name))

static void *real(const char *name)
{
    void *function = dlsym(RTLD_NEXT, name);

    if (function == NULL)
        abort();
    return function;
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("STATOR_TAPE_ROOT");

    tape = tape_open();
    if (tape == NULL || path == NULL || realpath(path, root) == NULL) {
        tape = NULL;
        return;
    }
    root_bytes = strlen(root);
    tape_lock();
    tape_note(tape, (struct tape_event){.kind = TAPE_START}, NULL, NULL, 0);
    tape_unlock();
}

static bool below_root(const char *path)
{
    return tape != NULL && strncmp(path, root, root_bytes) == 0 && (path[root_bytes] == '/' || path[root_bytes] == 0);
}

/* As the tape has it: without the root. */
static const char *name_of(const char *path)
{
    path += root_bytes;
    return path + strspn(path, "/");
}

static bool ours(int fd)
{
    return tape != NULL && fd >= 0 && fd < FDS_MAX && inode_of[fd] != 0;
}

/* True when the call must fail as a whole; errno is set. */
static bool refused(enum tape_call call)
{
    if (tape_trip(tape, call) < 0)
        return false;
    errno = (int)tape->fault.error;
    return true;
}

/* ---- names ---- */

static void opened(int fd, const char *path, int flags, bool was_there)
{
    struct stat st;

    if (fd < 0 || fd >= FDS_MAX || fstat(fd, &st) != 0)
        return;
    inode_of[fd] = st.st_ino;
    if (!was_there)
        tape_note(tape, (struct tape_event){.kind = TAPE_CREATE, .file = st.st_ino}, name_of(path), NULL, 0);
    else if (flags & O_TRUNC)
        tape_note(tape, (struct tape_event){.kind = TAPE_RESIZE, .file = st.st_ino}, NULL, NULL, 0);
}

static int open_noted(const char *path, int flags, mode_t mode)
{
    bool was_there;
    int fd;

    if (!below_root(path))
        return REAL(open)(path, flags, mode);
    if (refused(TAPE_CALL_OPEN))
        return -1;
    tape_lock();
    was_there = !(flags & O_CREAT) || faccessat(AT_FDCWD, path, F_OK, 0) == 0;
    fd = REAL(open)(path, flags, mode);
    opened(fd, path, flags, was_there);
    tape_unlock();
    return fd;
}

#define MODE_OF(flags, mode)                                                                                           \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                                             \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        (mode) = va_arg(more, mode_t);                                                                                 \
        va_end(more);                                                                                                  \
    }

int open(const char *path, int flags, ...)
{
    mode_t mode = 0;

    MODE_OF(flags, mode);
    return open_noted(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    mode_t mode = 0;

    MODE_OF(flags, mode);
    return open_noted(path, flags | O_LARGEFILE, mode);
}

int close(int fd)
{
    bool mine = ours(fd);
    int result;

    if (mine)
        inode_of[fd] = 0;
    result = REAL(close)(fd);
    if (mine && refused(TAPE_CALL_CLOSE)) /* as Linux does it: the descriptor is gone all the same */
        return -1;
    return result;
}

/* A change of names that a system call makes as one. `to` may be NULL. */
#define NAMES_CHANGE(kind_, call, path, to)                                                                            \
    do {                                                                                                               \
        int result;                                                                                                    \
        if (!below_root(path))                                                                                         \
            return call;                                                                                               \
        if (refused(TAPE_CALL_NAME))                                                                                   \
            return -1;                                                                                                 \
        tape_lock();                                                                                                   \
        result = call;                                                                                                 \
        if (result == 0)                                                                                               \
            names_note(kind_, path, to);                                                                               \
        tape_unlock();                                                                                                 \
        return result;                                                                                                 \
    } while (0)

static void names_note(enum tape_event_kind kind, const char *path, const char *to)
{
    const char *name = to == NULL ? "" : name_of(to);

    tape_note(tape, (struct tape_event){.kind = kind}, name_of(path), name, strlen(name));
}

int rename(const char *path, const char *to)
{
    NAMES_CHANGE(TAPE_RENAME, REAL(rename)(path, to), path, to);
}

int link(const char *path, const char *to)
{
    NAMES_CHANGE(TAPE_LINK, REAL(link)(path, to), path, to);
}

int unlink(const char *path)
{
    NAMES_CHANGE(TAPE_UNLINK, REAL(unlink)(path), path, NULL);
}

int mkdir(const char *path, mode_t mode)
{
    NAMES_CHANGE(TAPE_MKDIR, REAL(mkdir)(path, mode), path, NULL);
}

int rmdir(const char *path)
{
    NAMES_CHANGE(TAPE_RMDIR, REAL(rmdir)(path), path, NULL);
}

/* ---- bytes ---- */

/* offset -1: where the descriptor stands. */
static ssize_t write_noted(int fd, const void *bytes, size_t n, off_t offset)
{
    int trip = tape_trip(tape, TAPE_CALL_WRITE);
    off_t at = offset;
    ssize_t done;

    if (trip == TAPE_ONCE || trip == TAPE_A_WHILE || trip == TAPE_FOR_GOOD) {
        errno = (int)tape->fault.error;
        return -1;
    }
    if (trip >= 0 && n > 1)
        n /= 2;
    tape_lock();
    if (offset < 0)
        at = lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    done = offset < 0 ? REAL(write)(fd, bytes, n) : REAL(pwrite)(fd, bytes, n, offset);
    if (done > 0)
        tape_note(tape, (struct tape_event){.kind = TAPE_WRITE, .file = inode_of[fd], .offset = (uint64_t)at}, NULL,
            bytes, (size_t)done);
    tape_unlock();
    if (trip == TAPE_HALF_THEN_KILL)
        tape_kill();
    if (trip == TAPE_HALF_THEN_FAIL) {
        errno = (int)tape->fault.error;
        return -1;
    }
    return done;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    return ours(fd) ? write_noted(fd, bytes, n, -1) : REAL(write)(fd, bytes, n);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t offset)
{
    return ours(fd) ? write_noted(fd, bytes, n, offset) : REAL(pwrite)(fd, bytes, n, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t offset)
{
    return pwrite(fd, bytes, n, offset);
}

int ftruncate(int fd, off_t length)
{
    int result;

    if (!ours(fd))
        return REAL(ftruncate)(fd, length);
    if (refused(TAPE_CALL_SIZE))
        return -1;
    tape_lock();
    result = REAL(ftruncate)(fd, length);
    if (result == 0)
        tape_note(tape, (struct tape_event){.kind = TAPE_RESIZE, .file = inode_of[fd], .number = (uint64_t)length},
            NULL, NULL, 0);
    tape_unlock();
    return result;
}

int ftruncate64(int fd, off64_t length)
{
    return ftruncate(fd, length);
}

/* Only space is set aside with it (FALLOC_FL_KEEP_SIZE), nothing that could be read later. */
int fallocate(int fd, int mode, off_t offset, off_t length)
{
    if (ours(fd) && refused(TAPE_CALL_SIZE))
        return -1;
    return REAL(fallocate)(fd, mode, offset, length);
}

/* ---- what is durable ---- */

static void folder_sync_note(int fd, uint64_t begun)
{
    char link[64], path[PATH_MAX];
    ssize_t n;

    (void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    n = readlink(link, path, sizeof(path) - 1);
    if (n < 0)
        abort();
    path[n] = 0;
    tape_note(tape, (struct tape_event){.kind = TAPE_SETTLE, .number = begun}, name_of(path), NULL, 0);
}

static void sync_note(int fd, uint64_t begun, bool done)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        abort();
    tape_lock();
    if (S_ISREG(st.st_mode))
        tape_note(tape, (struct tape_event){.kind = done ? TAPE_SYNC : TAPE_DOOM, .file = st.st_ino, .number = begun},
            NULL, NULL, 0);
    else if (done)
        folder_sync_note(fd, begun);
    tape_unlock();
}

static int sync_noted(int fd, int (*really)(int))
{
    uint64_t begun = __atomic_load_n(&tape->count, __ATOMIC_ACQUIRE);
    int result = 0;

    if (refused(TAPE_CALL_SYNC)) {
        sync_note(fd, begun, false);
        errno = (int)tape->fault.error;
        return -1;
    }
    if (tape->sync_us == 0)
        result = really(fd);
    else
        usleep((useconds_t)tape->sync_us);
    if (result == 0)
        sync_note(fd, begun, true);
    return result;
}

int fsync(int fd)
{
    return ours(fd) ? sync_noted(fd, REAL(fsync)) : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    return ours(fd) ? sync_noted(fd, REAL(fdatasync)) : REAL(fdatasync)(fd);
}

/* Starts writing back and promises nothing. */
int sync_file_range(int fd, off64_t offset, off64_t length, unsigned flags)
{
    if (ours(fd) && refused(TAPE_CALL_RANGE))
        return -1;
    return REAL(sync_file_range)(fd, offset, length, flags);
}

/* ---- reads ---- */

ssize_t pread(int fd, void *bytes, size_t n, off_t offset)
{
    if (ours(fd)) {
        int trip = tape_trip(tape, TAPE_CALL_READ);

        if (trip == TAPE_SHORT && n > 1)
            n /= 2;
        else if (trip >= 0) {
            errno = (int)tape->fault.error;
            return -1;
        }
    }
    return REAL(pread)(fd, bytes, n, offset);
}

ssize_t pread64(int fd, void *bytes, size_t n, off64_t offset)
{
    return pread(fd, bytes, n, offset);
}

#undef fread_unlocked

/* RocksDB reads logs and manifests through a stream; a failed read leaves its error flag set, as here a closed one
 * does. */
size_t fread_unlocked(void *bytes, size_t size, size_t n, FILE *file)
{
    if (ours(fileno(file)) && tape->fault.mode != TAPE_SHORT && refused(TAPE_CALL_READ)) {
        file->_flags |= 0x20; /* _IO_ERR_SEEN: ferror() tells it */
        return 0;
    }
    return REAL(fread_unlocked)(bytes, size, n, file);
}

/* ---- replies ---- */

static void replies_note(const char *bytes, size_t n)
{
    static const size_t name_bytes = sizeof(REQUEST_ID) - 1;
    const char *at = bytes, *end = bytes + n;

    while ((at = memmem(at, (size_t)(end - at), REQUEST_ID, name_bytes)) != NULL) {
        at += name_bytes;
        if ((size_t)(end - at) < REQUEST_ID_BYTES)
            abort(); /* a head that is cut in the middle would be missed in silence */
        tape_lock();
        tape_note(tape, (struct tape_event){.kind = TAPE_SENT}, NULL, at, REQUEST_ID_BYTES);
        tape_unlock();
    }
}

ssize_t send(int fd, const void *bytes, size_t n, int flags)
{
    if (tape != NULL)
        replies_note(bytes, n);
    return REAL(send)(fd, bytes, n, flags);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    for (size_t i = 0; tape != NULL && i < message->msg_iovlen; i++)
        replies_note(message->msg_iov[i].iov_base, message->msg_iov[i].iov_len);
    return REAL(sendmsg)(fd, message, flags);
}
