/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "metrics/metrics.h"

/*
 * Figures of tables and indexes, by operation: many small series, of which a worker keeps those it has used lately. For
 * metrics.c.
 */
struct series_set;

/* Of one worker. `operations`: as in metrics_options. */
struct series_set *series_set_create(uint32_t operations);
void series_set_destroy(struct series_set *set);

/* On the worker's thread; `now_ns` is monotonic. */
void series_count_request(
    struct series_set *set, uint64_t now_ns, uint64_t subject, const struct metrics_request *request);
void series_count(struct series_set *set, uint64_t now_ns, uint64_t subject, enum table_metric metric, uint64_t n);

/* The sums of all sets as Prometheus text. Any thread; `self` gives way meanwhile. */
void series_write(struct series_set *const *sets, uint32_t count, const struct metrics_options *options,
    const struct metrics_naming *naming, struct fiber *self, struct buf *out);
