/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Statements as a worker remembers them. A statement taken from the worker's cache is held until the reply is sent: the
 * request lists what it holds, and dispatch gives it back. On the request's fiber, which never changes its worker.
 *
 * A SELECT that reads its whole table because no equality on the partition key narrows it is most often a mistake that
 * nobody sees until the table is large. It is counted, and told in the log: at most one line a worker and SCAN_TOLD_S.
 */
#include "api/statements.h"

#include <stdlib.h>

#include "api/statement.h"
#include "base/assert.h"
#include "metrics/metrics.h"
#include "os/clock.h"
#include "os/log.h"

#define SCAN_TOLD_S     10  /* ours */
#define SCAN_TEXT_BYTES 160 /* ours: of the statement, in the log */

struct statements_of_worker {
    struct partiql_cache *cache;
    uint64_t told_ns; /* the last line, monotonic; 0: none yet */
    uint64_t scans;   /* since then */
} __attribute__((aligned(64)));

struct statements {
    uint32_t count;
    struct statements_of_worker of[];
};

/* In the arena of the request. */
struct api__held_statement {
    struct partiql_kept *kept;
    struct api__held_statement *next;
};

struct statements *statements_create(uint32_t workers, uint64_t seed)
{
    size_t bytes = sizeof(struct statements) + workers * sizeof(struct statements_of_worker);
    struct statements *statements = aligned_alloc(64, bytes);

    ASSERT(statements != NULL && workers > 0);
    memset(statements, 0, bytes);
    statements->count = workers;
    for (uint32_t i = 0; i < workers; i++)
        statements->of[i].cache = partiql_cache_create(seed);
    return statements;
}

void statements_destroy(struct statements *statements)
{
    if (statements == NULL)
        return;
    for (uint32_t i = 0; i < statements->count; i++)
        partiql_cache_destroy(statements->of[i].cache);
    free(statements);
}

/* NULL: nobody remembers. A thread that is no worker takes the place of the first. */
static struct statements_of_worker *of_request(const struct api_request *request)
{
    const struct worker *worker = fiber_worker(request->fiber);
    struct statements *statements = request->api->statements;
    uint32_t index = worker == NULL ? 0 : worker_index(worker);

    if (statements == NULL)
        return NULL;
    ASSERT(index < statements->count);
    return &statements->of[index];
}

static void count(const struct api_request *request, enum metric metric)
{
    struct worker *worker = fiber_worker(request->fiber);

    if (worker != NULL)
        metrics_add(worker, metric, 1);
}

static enum err statement_read(struct api_request *request, struct slice text, const struct partiql_statement **ret)
{
    struct statements_of_worker *of = of_request(request);
    struct api__held_statement *held;
    struct partiql_kept *kept;
    bool hit;
    enum err err;

    if (of == NULL)
        return partiql_parse(text, request->arena, ret, &request->fault);
    err = partiql_cache_parse(of->cache, text, request->arena, ret, &kept, &hit, &request->fault);
    count(request, hit ? METRIC_STATEMENTS_KNOWN : METRIC_STATEMENTS_READ);
    if (err != OK || kept == NULL)
        return err;
    held = arena_alloc(request->arena, sizeof(*held));
    *held = (struct api__held_statement){kept, request->statements};
    request->statements = held;
    return OK;
}

enum err api__statement_read(struct api_request *request, struct slice text, const struct partiql_statement **ret)
{
    enum err err = statement_read(request, text, ret);

    return err ? err : api__permit_statement(request, *ret);
}

void api__statements_give(struct api_request *request)
{
    for (; request->statements != NULL; request->statements = request->statements->next)
        partiql_cache_give(of_request(request)->cache, request->statements->kept);
}

void api__statement_scan_tell(struct api_request *request, const struct api__statement *s)
{
    struct statements_of_worker *of = of_request(request);
    uint64_t now_ns = os_clock_monotonic_ns();
    struct slice text = s->text;

    count(request, METRIC_STATEMENT_SCANS);
    if (of == NULL)
        return;
    of->scans++;
    if (of->told_ns != 0 && now_ns - of->told_ns < SCAN_TOLD_S * 1000000000ull)
        return;
    if (text.n > SCAN_TEXT_BYTES)
        text.n = SCAN_TEXT_BYTES;
    LOG(LOG_INFO, "statement.scan", log_slice("table", s->table->name), log_slice("statement", text),
        log_uint("scans", of->scans));
    of->told_ns = now_ns;
    of->scans = 0;
}
