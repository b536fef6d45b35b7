/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Admission by memory (admission.h).
 *
 * The idea: what a request takes is known only when it is over, but requests of one kind are alike. So each worker
 * remembers per kind the largest recent use (it falls by a sixteenth of the difference per smaller request) and
 * reserves that much for the next one. A kind that was never seen is taken for a large one, so that a first burst is
 * not larger than the share; ten small requests show that it is not. One request is always admitted, however large:
 * else it never would be.
 *
 * All state of a share is touched on its worker's thread only.
 */
#include "api/admission.h"

#include <stdlib.h>

#include "base/assert.h"
#include "os/clock.h"
#include "os/worker.h"

#define RESERVED_BYTES_MIN ((size_t)32 << 10)
#define UNSEEN_BYTES_MAX   ((size_t)32 << 20) /* what a kind is taken for at first */
#define BODY_FACTOR        3                  /* JSON, binary form, record */
#define WAIT_NS_MAX        (UINT64_C(5000000000))

struct waiter {
    struct waiter *next;
    struct fiber *fiber;
    size_t bytes;
    bool admitted;
};

struct share {
    size_t bytes_max, bytes;
    struct waiter *first, *last;
    size_t recent[ADMISSION_KINDS];
};

struct admission {
    uint32_t workers;
    struct share shares[];
};

static void share_init(struct share *share, size_t bytes)
{
    share->bytes_max = bytes;
    for (uint32_t kind = 0; kind < ADMISSION_KINDS; kind++)
        share->recent[kind] = bytes < UNSEEN_BYTES_MAX ? bytes : UNSEEN_BYTES_MAX;
}

struct admission *admission_create(uint32_t workers, size_t bytes)
{
    struct admission *admission = calloc(1, sizeof(*admission) + workers * sizeof(admission->shares[0]));

    ASSERT(admission != NULL && workers > 0);
    admission->workers = workers;
    for (uint32_t i = 0; i < workers; i++)
        share_init(&admission->shares[i], bytes / workers);
    return admission;
}

void admission_destroy(struct admission *admission)
{
    free(admission);
}

static struct share *share_of(struct admission *admission, const struct worker *worker)
{
    if (admission == NULL || worker == NULL)
        return NULL;
    ASSERT(worker_index(worker) < admission->workers);
    return &admission->shares[worker_index(worker)];
}

static bool has_room(const struct share *share, size_t bytes)
{
    return share->bytes == 0 || share->bytes + bytes <= share->bytes_max;
}

static size_t estimate(const struct share *share, uint32_t kind, size_t body_bytes)
{
    size_t bytes = RESERVED_BYTES_MIN + BODY_FACTOR * body_bytes;

    return share->recent[kind] > bytes ? share->recent[kind] : bytes;
}

static void waiter_remove(struct share *share, struct waiter *waiter)
{
    struct waiter **at = &share->first, *before = NULL;

    while (*at != waiter) {
        before = *at;
        at = &before->next;
    }
    *at = waiter->next;
    if (share->last == waiter)
        share->last = before;
}

/* In order of arrival; who was admitted was also counted, and taken off the list. */
static enum err wait_turn(struct share *share, struct fiber *self, size_t bytes)
{
    struct waiter waiter = {.fiber = self, .bytes = bytes};
    uint64_t deadline_ns = os_clock_monotonic_ns() + WAIT_NS_MAX;

    if (share->last == NULL)
        share->first = &waiter;
    else
        share->last->next = &waiter;
    share->last = &waiter;
    while (!waiter.admitted) {
        if (!fiber_park_until(self, deadline_ns) && !waiter.admitted) {
            waiter_remove(share, &waiter);
            return ERR_MEMORY;
        }
    }
    return OK;
}

enum err admission_enter(
    struct admission *admission, struct fiber *self, uint32_t kind, size_t body_bytes, size_t *ret_reserved)
{
    struct share *share = share_of(admission, fiber_worker(self));
    size_t bytes;

    *ret_reserved = 0;
    if (share == NULL)
        return OK;
    ASSERT(kind < ADMISSION_KINDS);
    bytes = estimate(share, kind, body_bytes);
    if (share->first == NULL && has_room(share, bytes)) {
        share->bytes += bytes;
    } else {
        enum err err = wait_turn(share, self, bytes);

        if (err)
            return err;
    }
    *ret_reserved = bytes;
    return OK;
}

static void waiters_admit(struct share *share)
{
    while (share->first != NULL && has_room(share, share->first->bytes)) {
        struct waiter *waiter = share->first;

        share->first = waiter->next;
        if (share->first == NULL)
            share->last = NULL;
        share->bytes += waiter->bytes;
        waiter->admitted = true;
        fiber_wake(waiter->fiber);
    }
}

void admission_leave(
    struct admission *admission, const struct worker *worker, uint32_t kind, size_t reserved, size_t taken)
{
    struct share *share = share_of(admission, worker);

    if (share == NULL)
        return;
    ASSERT(share->bytes >= reserved);
    share->bytes -= reserved;
    if (taken >= share->recent[kind])
        share->recent[kind] = taken;
    else
        share->recent[kind] -= (share->recent[kind] - taken) / 16;
    waiters_admit(share);
}
