/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Admission by memory (admission.h).
 *
 * What a request takes is known only when it is over, but requests of one kind are often alike. So each worker
 * remembers per kind the largest recent use (it falls by a sixteenth of the difference per smaller request) and
 * reserves that much for the next one. A kind that was never seen is taken for a large one, so that a first burst is
 * not larger than the share; ten small requests show that it is not. Until then one request of such kinds at a time
 * passes the lines by, or a kind could never show it while they are full. Of each lane one request is always admitted,
 * however large: else it never would be. When the reply is made, the guess gives way to what it really holds.
 *
 * Refusals follow the age of the line, not its length: a line that moves is no overload, however long, and one that has
 * not been empty for LINE_STANDS_NS while its first has waited LINE_WAIT_NS only adds to everybody's wait (the idea of
 * CoDel, with the newest turned away, who so has his answer at once).
 *
 * A request that grows has done a part of its work when it asks for room. Where most of its kind lately grew, it is
 * refused before, when the line stands or will with those that are about to ask.
 *
 * All state of a share is touched on its worker's thread only, but for the figures.
 */
#include "api/admission.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/assert.h"
#include "os/clock.h"
#include "os/worker.h"

#define RESERVED_BYTES_MIN ((size_t)32 << 10)
#define UNSEEN_BYTES_MAX   ((size_t)32 << 20) /* what a kind is taken for at first */
#define SEEN_ENOUGH        10
#define BODY_FACTOR        3                 /* JSON, binary form, record */
#define SHORT_BYTES_MAX    ((size_t)4 << 20) /* what is about one item is taken for no more */
#define GROWTH_WHOLE       1024
#define SMALL_SHARE        4 /* one part in so many is for small requests alone */
#define WAIT_NS_MAX        (UINT64_C(5000000000))
#define LINE_STANDS_NS     (UINT64_C(100000000))
#define LINE_WAIT_NS       (UINT64_C(40000000))

struct waiter {
    struct waiter *next;
    struct fiber *fiber;
    struct admission_ticket *ticket;
    uint64_t since_ns;
    bool admitted;
};

enum { SMALL, LARGE, LANES };

struct lane {
    size_t bytes;
    uint32_t running; /* of LARGE */
    struct waiter *first, *last;
    uint32_t waiting, waiting_max;
    uint64_t begun_ns; /* the line has not been empty since */
};

struct kind {
    size_t recent;
    uint32_t seen;   /* up to SEEN_ENOUGH */
    uint32_t growth; /* of ADMISSION_GROWS: how many of them do lately, in 1,024ths */
};

struct share {
    size_t bytes_max;
    struct lane lanes[LANES];
    struct kind kinds[ADMISSION_KINDS];
    uint32_t growing;                         /* under way, of kinds that mostly grow, and have not asked yet */
    bool probing;                             /* one that passed the lines by is under way */
    _Atomic(uint64_t) waited, refused, bytes; /* written by this worker, read by any */
};

struct admission {
    uint32_t workers;
    struct share shares[];
};

static void share_init(struct share *share, size_t bytes)
{
    share->bytes_max = bytes;
    share->lanes[SMALL].waiting_max = UINT32_MAX; /* they pass quickly */
    share->lanes[LARGE].waiting_max = ADMISSION_LINE_LONG;
    for (uint32_t kind = 0; kind < ADMISSION_KINDS; kind++)
        share->kinds[kind].recent = bytes < UNSEEN_BYTES_MAX ? bytes : UNSEEN_BYTES_MAX;
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

static void add(_Atomic(uint64_t) *figure, uint64_t n)
{
    atomic_store_explicit(figure, atomic_load_explicit(figure, memory_order_relaxed) + n, memory_order_relaxed);
}

/* ---- room ---- */

static bool has_room(const struct share *share, const struct admission_ticket *ticket)
{
    size_t small = share->lanes[SMALL].bytes, large = share->lanes[LARGE].bytes;
    size_t quarter = share->bytes_max / SMALL_SHARE, bytes = ticket->bytes;

    if (!ticket->large)
        return small == 0 || small + bytes <= quarter || small + large + bytes <= share->bytes_max;
    if (share->lanes[LARGE].running >= ADMISSION_LARGE_MAX)
        return false;
    return large == 0 || (large + bytes <= share->bytes_max - quarter && small + large + bytes <= share->bytes_max);
}

static void reserve(struct share *share, struct admission_ticket *ticket)
{
    struct lane *lane = &share->lanes[ticket->large];

    lane->bytes += ticket->bytes;
    add(&share->bytes, ticket->bytes);
    ticket->runs = true;
    lane->running++;
}

static size_t most(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void estimate(const struct share *share, struct admission_ticket *ticket, size_t body_bytes)
{
    size_t certain = RESERVED_BYTES_MIN + BODY_FACTOR * body_bytes, recent = share->kinds[ticket->kind].recent;

    if (ticket->way == ADMISSION_GUESSED)
        ticket->bytes = most(certain, recent);
    else if (ticket->way == ADMISSION_SHORT)
        ticket->bytes = most(certain, least(recent, SHORT_BYTES_MAX));
    else
        ticket->bytes = certain;
    ticket->large = (ticket->way == ADMISSION_GUESSED ? ticket->bytes : certain) > ADMISSION_LARGE_BYTES;
}

/* ---- the lines ---- */

static void waiter_add(struct lane *lane, struct waiter *waiter)
{
    if (lane->last == NULL) {
        lane->first = waiter;
        lane->begun_ns = waiter->since_ns;
    } else {
        lane->last->next = waiter;
    }
    lane->last = waiter;
    lane->waiting++;
}

static void waiter_remove(struct lane *lane, struct waiter *waiter)
{
    struct waiter **at = &lane->first, *before = NULL;

    while (*at != waiter) {
        before = *at;
        at = &before->next;
    }
    *at = waiter->next;
    if (lane->last == waiter)
        lane->last = before;
    lane->waiting--;
}

/* Whoever came to the end of this line now, behind `before` others who are on their way to it, would only make it
 * longer. */
static bool stands(const struct lane *lane, uint32_t before, uint64_t now_ns)
{
    if (lane->first == NULL || lane->waiting + before < ADMISSION_LINE_SHORT)
        return false;
    return lane->waiting >= lane->waiting_max ||
           (now_ns - lane->begun_ns > LINE_STANDS_NS && now_ns - lane->first->since_ns > LINE_WAIT_NS);
}

/* In order of arrival; who was admitted was also counted, and taken off the list. */
static enum err wait_turn(struct lane *lane, struct fiber *self, struct admission_ticket *ticket)
{
    struct waiter waiter = {.fiber = self, .ticket = ticket, .since_ns = os_clock_monotonic_ns()};

    if (stands(lane, 0, waiter.since_ns))
        return ERR_MEMORY;
    waiter_add(lane, &waiter);
    while (!waiter.admitted) {
        if (!fiber_park_until(self, waiter.since_ns + WAIT_NS_MAX) && !waiter.admitted) {
            waiter_remove(lane, &waiter);
            return ERR_MEMORY;
        }
    }
    return OK;
}

static void line_admit(struct share *share, struct lane *lane)
{
    while (lane->first != NULL && has_room(share, lane->first->ticket)) {
        struct waiter *waiter = lane->first;

        waiter_remove(lane, waiter);
        reserve(share, waiter->ticket);
        waiter->admitted = true;
        fiber_wake(waiter->fiber);
    }
}

static void lines_admit(struct share *share)
{
    line_admit(share, &share->lanes[SMALL]);
    line_admit(share, &share->lanes[LARGE]);
}

/* ---- the header's functions ---- */

/* Its reservation, at once or after a while. */
static enum err take(struct share *share, struct fiber *self, struct admission_ticket *ticket)
{
    struct lane *lane = &share->lanes[ticket->large];
    enum err err;

    if (lane->first == NULL && has_room(share, ticket)) {
        reserve(share, ticket);
        return OK;
    }
    if (share->kinds[ticket->kind].seen < SEEN_ENOUGH && !share->probing) {
        share->probing = ticket->probe = true;
        reserve(share, ticket);
        return OK;
    }
    add(&share->waited, 1);
    err = wait_turn(lane, self, ticket);
    if (err) {
        add(&share->refused, 1);
        ticket->bytes = 0;
    }
    return err;
}

static bool mostly_grows(const struct share *share, const struct admission_ticket *ticket)
{
    return ticket->way == ADMISSION_GROWS && share->kinds[ticket->kind].growth > GROWTH_WHOLE / 2;
}

/* It would read a part and then be turned away. */
static bool is_hopeless(const struct share *share)
{
    const struct lane *large = &share->lanes[LARGE];

    return large->waiting + share->growing >= ADMISSION_LINE_SHORT &&
           stands(large, share->growing, os_clock_monotonic_ns());
}

/* It has asked for its room, or never will. */
static void growing_end(struct share *share, struct admission_ticket *ticket)
{
    share->growing -= ticket->growing;
    ticket->growing = false;
}

enum err admission_enter(struct admission *admission, struct fiber *self, uint32_t kind, enum admission_way way,
    size_t body_bytes, struct admission_ticket *ret)
{
    struct share *share = share_of(admission, fiber_worker(self));

    *ret = (struct admission_ticket){.kind = kind, .way = way};
    if (share == NULL)
        return OK;
    ASSERT(kind < ADMISSION_KINDS);
    estimate(share, ret, body_bytes);
    if (mostly_grows(share, ret)) {
        if (is_hopeless(share)) {
            add(&share->refused, 1);
            ret->bytes = 0;
            return ERR_MEMORY;
        }
        ret->growing = true;
        share->growing++;
    }
    return take(share, self, ret);
}

static void release(struct share *share, struct admission_ticket *ticket)
{
    struct lane *lane = &share->lanes[ticket->large];

    ASSERT(lane->bytes >= ticket->bytes);
    lane->bytes -= ticket->bytes;
    add(&share->bytes, -(uint64_t)ticket->bytes);
    ticket->bytes = 0;
    if (ticket->runs)
        lane->running--;
    if (ticket->probe)
        share->probing = false;
    ticket->runs = ticket->probe = false;
}

static void learn(struct share *share, uint32_t number, size_t taken)
{
    struct kind *kind = &share->kinds[number];

    if (taken >= kind->recent)
        kind->recent = taken;
    else
        kind->recent -= (kind->recent - taken) / (kind->seen < SEEN_ENOUGH ? 2 : 16);
    if (kind->seen < SEEN_ENOUGH)
        kind->seen++;
}

static void learn_growth(struct kind *kind, bool grew)
{
    kind->growth = kind->growth - kind->growth / 8 + (grew ? GROWTH_WHOLE / 8 : 0);
}

enum err admission_grow(struct admission *admission, struct fiber *self, struct admission_ticket *ticket)
{
    struct share *share = share_of(admission, fiber_worker(self));
    struct admission_ticket more = {.kind = ticket->kind, .way = ticket->way, .large = true, .grew = true};
    enum err err;

    if (share == NULL || ticket->large)
        return OK;
    ticket->grew = true;
    growing_end(share, ticket);
    more.bytes = most(share->kinds[ticket->kind].recent, ADMISSION_LARGE_BYTES);
    err = take(share, self, &more);
    if (err)
        return err;
    release(share, ticket);
    *ticket = more;
    lines_admit(share);
    return OK;
}

void admission_made(
    struct admission *admission, const struct worker *worker, struct admission_ticket *ticket, size_t taken)
{
    struct share *share = share_of(admission, worker);

    if (share == NULL || !ticket->runs)
        return;
    growing_end(share, ticket);
    if (ticket->way == ADMISSION_GROWS)
        learn_growth(&share->kinds[ticket->kind], ticket->grew);
    if (ticket->way != ADMISSION_GROWS || ticket->large) /* of what does not grow nothing is asked */
        learn(share, ticket->kind, taken);
    release(share, ticket);
    ticket->bytes = taken;
    ticket->large = taken > ADMISSION_LARGE_BYTES;
    share->lanes[ticket->large].bytes += taken;
    add(&share->bytes, taken);
    lines_admit(share);
}

void admission_leave(struct admission *admission, const struct worker *worker, struct admission_ticket *ticket)
{
    struct share *share = share_of(admission, worker);

    if (share == NULL)
        return;
    growing_end(share, ticket);
    release(share, ticket);
    lines_admit(share);
}

void admission_figures(const struct admission *admission, struct admission_figures *ret)
{
    *ret = (struct admission_figures){0};
    for (uint32_t i = 0; admission != NULL && i < admission->workers; i++) {
        ret->waited += atomic_load_explicit(&admission->shares[i].waited, memory_order_relaxed);
        ret->bytes += atomic_load_explicit(&admission->shares[i].bytes, memory_order_relaxed);
        ret->refused += atomic_load_explicit(&admission->shares[i].refused, memory_order_relaxed);
    }
}
