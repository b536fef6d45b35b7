/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The tape itself (tape.h): events one behind the other in a mapped file. `count` grows after an event is whole, so the
 * test never reads half of one while the server runs.
 */
#include "tape.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

/* Plain system calls: the names of the library are the ones we stand in for. */
struct tape_head *tape_open(void)
{
    const char *path = getenv("STATOR_TAPE");
    struct tape_head *tape;
    struct stat st;
    long fd;

    if (path == NULL)
        return NULL;
    fd = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    if (fd < 0 || fstat((int)fd, &st) != 0)
        abort();
    tape = mmap(NULL, (size_t)st.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, (int)fd, 0);
    syscall(SYS_close, fd);
    if (tape == MAP_FAILED || tape->magic != TAPE_MAGIC)
        abort();
    return tape;
}

void tape_lock(void)
{
    pthread_mutex_lock(&mutex);
}

void tape_unlock(void)
{
    pthread_mutex_unlock(&mutex);
}

void tape_note(struct tape_head *tape, struct tape_event event, const char *path, const void *data, size_t data_bytes)
{
    uint8_t *to = (uint8_t *)tape + TAPE_HEAD_BYTES + tape->used;

    if (tape->capacity == 0)
        return;
    event.path_bytes = path == NULL ? 0 : (uint32_t)strlen(path);
    event.data_bytes = (uint32_t)data_bytes;
    event.bytes = (uint32_t)((sizeof(event) + event.path_bytes + data_bytes + 7) / 8 * 8);
    if (event.bytes > tape->capacity - tape->used)
        abort();
    memcpy(to, &event, sizeof(event));
    if (path != NULL)
        memcpy(to + sizeof(event), path, event.path_bytes);
    if (data_bytes != 0)
        memcpy(to + sizeof(event) + event.path_bytes, data, data_bytes);
    tape->used += event.bytes;
    __atomic_store_n(&tape->count, tape->count + 1, __ATOMIC_RELEASE);
}

_Noreturn void tape_kill(void)
{
    for (;;)
        (void)kill(getpid(), SIGKILL);
}

int tape_trip(struct tape_head *tape, enum tape_call call)
{
    struct tape_fault *fault = &tape->fault;
    int64_t left, last = 1;

    __atomic_fetch_add(&tape->calls[call], 1, __ATOMIC_RELAXED);
    if (fault->call != (uint32_t)call || __atomic_load_n(&fault->armed, __ATOMIC_ACQUIRE) == 0)
        return -1;
    left = __atomic_fetch_sub(&fault->countdown, 1, __ATOMIC_ACQ_REL);
    if (fault->mode == TAPE_FOR_GOOD)
        last = INT64_MIN;
    else if (fault->mode == TAPE_A_WHILE)
        last = 2 - TAPE_A_WHILE_CALLS;
    if (left > 1 || left < last)
        return -1;
    __atomic_fetch_add(&fault->tripped, 1, __ATOMIC_RELAXED);
    if (fault->mode == TAPE_KILL)
        tape_kill();
    return (int)fault->mode;
}
