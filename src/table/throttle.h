/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "catalog/catalog.h"
#include "model/fault.h"
#include "table/capacity.h"
#include "table/trace.h"

/*
 * Which consumption is let in (control-plane.md 5.2 to 5.6). What is known of a request's cost is taken before the
 * work, the rest when it is done; whoever finds anything left goes through, whatever he then costs.
 *
 * Limits, by mode:
 *
 *                       off    provisioned                    aws
 *     provisioned       -      its units, 300 s of burst      the same, and those of a key range
 *     on-demand         -      its stated maxima, if any      the same; else its warm throughput, which grows with its
 *                                                             traffic; and those of a key range
 *
 * A table and each of its global indexes have their own; a local index lives on its table's.
 *
 * A write that would change an index without capacity is refused with that index's reason; one that leaves the index
 * alone is not. Which is which is found in the decision (write_int.h), for which the spent indexes are an input.
 */
enum throttle_mode { THROTTLE_OFF, THROTTLE_PROVISIONED, THROTTLE_AWS };

/* Of one request. */
struct table_throttle {
    enum throttle_mode mode;   /* off also for the server's own work */
    uint64_t now_ns;           /* monotonic */
    struct worker *worker;     /* whose metrics count what is consumed and refused; NULL: nobody's */
    struct table_trace *trace; /* of the request; NULL: nobody asks */
};

/* What metrics know a table or an index by (metrics.h); `index` NULL: the table. */
static inline uint64_t table_subject(const struct table_desc *table, const struct index_desc *index)
{
    return (uint64_t)table->id << 16 | (index == NULL ? 0 : index->id);
}

/* Unused units are kept for so long (5.2). */
#define THROTTLE_BURST_S 300
/* What is no stated limit but the service's own is held each second. Ours. */
#define THROTTLE_HARD_BURST_S 1
/* Of one partition (5.2). */
#define RANGE_READ_UNITS  3000
#define RANGE_WRITE_UNITS 1000

/* No hash of a partition: a Scan. */
#define THROTTLE_NO_RANGE UINT64_MAX

/*
 * Lets in a request on the table (`index` NULL, or local) or a global index and takes `halves` for it. ERR_FAULT: there
 * is nothing left, and `fault` says of what. `range`: key_hash of the partition.
 */
MUST_USE enum err table_throttle_admit(const struct table_throttle *throttle, const struct table_desc *table,
    const struct index_desc *index, enum meter_side side, uint64_t range, uint64_t halves, struct fault *fault);
/* What was let in for `admitted` came to `halves`, which are counted in every mode. */
void table_throttle_settle(const struct table_throttle *throttle, const struct table_desc *table,
    const struct index_desc *index, enum meter_side side, uint64_t range, uint64_t admitted, uint64_t halves);

/* The positions of global indexes that have no write units left, as bits. */
uint32_t table_throttle_spent(const struct table_throttle *throttle, const struct table_desc *table);
/* ERR_FAULT: what is told when a write would change such an index. */
MUST_USE enum err table_throttle_refuse_index(const struct table_throttle *throttle, const struct table_desc *table,
    const struct index_desc *index, struct fault *fault);

/* True for what a client is told when a request is not let in. */
bool table_throttle_is_refusal(const struct fault *fault);
