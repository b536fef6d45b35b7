/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "os/fiber.h"
#include "os/worker.h"

/*
 * How much requests in flight may take together: memory, and for large ones the worker. Each worker has an equal share
 * of its own, so nothing is shared on the hot path. A request reserves what it will take, as far as that is known (enum
 * admission_way), and waits its turn when there is no room.
 *
 * Large requests (ADMISSION_LARGE_BYTES) stand in a line of their own, for three quarters of the share; so whoever asks
 * for megabytes, or does not read them, holds back nobody who asks for an item. Of large ones ADMISSION_LARGE_MAX run
 * at once: more would only hold memory while they take turns.
 *
 * A line is short or moves. Who finds ADMISSION_LINE_SHORT before him is refused at once if nobody in it had his turn
 * soon enough, or if ADMISSION_LINE_LONG large ones wait, and who waited too long is refused then (ERR_MEMORY, which
 * clients see as ThrottlingException).
 */
#define ADMISSION_KINDS       128
#define ADMISSION_LARGE_BYTES ((size_t)256 << 10)
#define ADMISSION_LARGE_MAX   16u
#define ADMISSION_LINE_SHORT  64u
#define ADMISSION_LINE_LONG   256u /* of large ones */

/* What can be known of a request before it runs. */
enum admission_way {
    ADMISSION_GUESSED, /* it will take what its kind has lately taken: large if that is */
    ADMISSION_SHORT,   /* it is about one item: large only if its body is */
    ADMISSION_GROWS,   /* it is small until admission_grow */
};

struct admission;
/* A reservation. */
struct admission_ticket {
    size_t bytes;
    uint32_t kind;
    enum admission_way way;
    bool large;
    bool runs;    /* counts among ADMISSION_LARGE_MAX */
    bool probe;   /* the one of a kind that is not known yet */
    bool grew;    /* or wanted to */
    bool growing; /* it mostly does, and has not yet */
};

/* `bytes` over all `workers`. The caller owns it. */
struct admission *admission_create(uint32_t workers, size_t bytes);
void admission_destroy(struct admission *admission);

/*
 * Reserves for a request of `kind` (0 to ADMISSION_KINDS - 1) with a body of `body_bytes`; parks while there is no
 * room. *ret goes back with admission_leave, also after an error. Fibers without a worker are always admitted. A NULL
 * admission admits everybody.
 */
MUST_USE enum err admission_enter(struct admission *admission, struct fiber *self, uint32_t kind,
    enum admission_way way, size_t body_bytes, struct admission_ticket *ret);
/* It turns out to be large: reserves that much, and waits for it as above. Does nothing when it is known. */
MUST_USE enum err admission_grow(struct admission *admission, struct fiber *self, struct admission_ticket *ticket);
/* The reply is made and only has to be read: what stays reserved is what it holds, `taken`, from which the next request
 * of its kind learns. On the worker that it ran on. */
void admission_made(
    struct admission *admission, const struct worker *worker, struct admission_ticket *ticket, size_t taken);
/* Ends the reservation. On the same worker. */
void admission_leave(struct admission *admission, const struct worker *worker, struct admission_ticket *ticket);

/* Figures of all workers, for metrics: requests that waited and that were refused so far, and what is reserved now. Any
 * thread. */
struct admission_figures {
    uint64_t waited, refused, bytes;
};
void admission_figures(const struct admission *admission, struct admission_figures *ret);
