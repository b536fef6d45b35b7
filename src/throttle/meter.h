/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "throttle/bucket.h"

/*
 * What one table or global index has consumed: buckets, and the peak of its traffic. Limits are not kept here; they
 * follow from the descriptor at each use (table/throttle.h). A meter belongs to all versions of its table together
 * (catalog/), is forgotten at a restart, and then everything is full.
 *
 * Any thread; no locks.
 */
enum meter_side { METER_READ, METER_WRITE, METER_SIDES };

/* The service spreads a table over partitions, each with limits of its own. Ours: so many, by hash of the partition
 * key, as if the table had been split for heat already. */
#define METER_RANGES 256

struct meter_peak {
    _Atomic uint64_t minute; /* the present one, by the monotonic clock */
    _Atomic uint64_t halves; /* in the present minute */
    _Atomic uint64_t best;   /* units a second of the best minute that ended, since meter_peak_take */
};

struct meter {
    struct bucket buckets[METER_SIDES];
    struct meter_peak peaks[METER_SIDES];
    _Atomic(struct bucket *) ranges; /* METER_SIDES times METER_RANGES, made when first needed; owned */
    _Atomic uint64_t grown_ms;       /* wall clock; since when the peaks count (work/growth.c); 0: not looked at yet */
};

/* Zeroed memory is a meter. This frees what it owns. */
void meter_end(struct meter *meter);

/* The bucket of the range that a partition falls into, by the hash of its key. */
struct bucket *meter_range(struct meter *meter, enum meter_side side, uint64_t partition_hash);

/* Counts consumption toward the peak. */
void meter_note(struct meter *meter, enum meter_side side, uint64_t now_ns, uint64_t halves);
/* Units a second of the best minute since the last call; the present minute is not over and does not count. */
uint64_t meter_peak_take(struct meter *meter, enum meter_side side, uint64_t now_ns);
