/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "os/fiber.h"
#include "os/worker.h"

/*
 * How much memory requests in flight may take together. Each worker has an equal share of its own, so nothing is shared
 * on the hot path. A request reserves what its kind has lately taken (at least what its body makes certain) and waits
 * its turn when the share is used up; a request that waited too long is refused with ERR_MEMORY, which clients see as
 * ThrottlingException.
 */
struct admission;

/* `bytes` over all `workers`. The caller owns it. */
struct admission *admission_create(uint32_t workers, size_t bytes);
void admission_destroy(struct admission *admission);

/*
 * Reserves for a request of `kind` (0 to ADMISSION_KINDS - 1) with a body of `body_bytes`; parks while there is no
 * room. *ret_reserved goes back with admission_leave. Fibers without a worker are always admitted. A NULL admission
 * admits everybody.
 */
#define ADMISSION_KINDS 128
MUST_USE enum err admission_enter(
    struct admission *admission, struct fiber *self, uint32_t kind, size_t body_bytes, size_t *ret_reserved);
/* Ends the reservation; `taken` is what the request really took, from which the next one of its kind learns. On the
 * worker that it ran on. */
void admission_leave(
    struct admission *admission, const struct worker *worker, uint32_t kind, size_t reserved, size_t taken);
