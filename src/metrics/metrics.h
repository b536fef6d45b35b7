/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>

#include "base/buf.h"
#include "os/worker.h"

/*
 * What was done and how long it took. Each worker counts for itself, in memory that no other core writes; a scrape
 * sums. Operations and errors are indices here: their names come from whoever starts the metrics, so nothing of the API
 * is known.
 */
struct metrics;

enum metric {
#define X(id_, name_, help_) id_,
#include "metrics/metrics.def"
#undef X
    METRICS
};

/* Of a table or an index. */
enum table_metric {
#define X(id_, name_, labels_, scale_, help_) id_,
#include "metrics/tables.def"
#undef X
    TABLE_METRICS
};

struct metrics_options {
    uint32_t operations, errors;                       /* 1 to 1024 each */
    const char *(*operation_name)(uint32_t operation); /* static; [A-Za-z0-9] */
    const char *(*error_name)(uint32_t error);
};

struct metrics *metrics_create(const struct metrics_options *options);
/* After the workers ended. NULL is allowed. */
void metrics_destroy(struct metrics *metrics);
/* Makes each worker count here. Before the first request; messages and fibers started later on a worker find it done.
 */
void metrics_attach(struct metrics *metrics, struct workers *workers);

#define METRICS_NONE UINT32_MAX

struct metrics_request {
    uint32_t operation; /* METRICS_NONE: it named none */
    uint32_t error;     /* METRICS_NONE: it succeeded, or has no code */
    uint16_t status;
    uint64_t duration_ns;
    uint64_t request_bytes, reply_bytes;
};
/* Counts one answered request. On the worker's thread. Does nothing on a worker that was not attached. */
void metrics_request(struct worker *worker, const struct metrics_request *request);
/* Adds to a counter of metrics.def. On the worker's thread. */
void metrics_add(struct worker *worker, enum metric metric, uint64_t n);

/* A table or an index is a number below 2^48 here, its subject. */
#define METRICS_OTHERS UINT64_C(0) /* those for whom there is no room (tables.c) */
/* Counts an answered request, which names an operation, for a subject. On the worker's thread, as all that count. */
void metrics_table_request(struct worker *worker, uint64_t subject, const struct metrics_request *request);
/* Adds to a counter of tables.def. */
void metrics_table_add(struct worker *worker, uint64_t subject, enum table_metric metric, uint64_t n);

/* How subjects are told. */
struct metrics_naming {
    /* Appends the labels, such as table="a"; false: it is no more, and is left out. */
    bool (*labels)(void *context, uint64_t subject, struct buf *out);
    void *context;
};
/* Everything counted so far, as Prometheus text. On any fiber, which gives way meanwhile. */
void metrics_write(
    const struct metrics *metrics, const struct metrics_naming *naming, struct fiber *self, struct buf *out);

/* How a request ended, by its status. */
enum metrics_outcome { METRICS_OK, METRICS_REFUSED, METRICS_FAILED, METRICS_OUTCOMES };
enum metrics_outcome metrics_outcome_of(uint16_t status);
const char *metrics_outcome_name(enum metrics_outcome outcome);

/* The parts, for others who have figures to tell. `kind` is "counter" or "gauge"; `labels` is ready text such as a="b",
 * or NULL. */
void metrics_write_head(struct buf *out, const char *name, const char *kind, const char *help);
void metrics_write_value(struct buf *out, const char *name, const char *labels, double value);
/* Memory, descriptors, CPU time and age of the process. Any thread; reads a few files of /proc. */
void metrics_write_process(struct buf *out);
