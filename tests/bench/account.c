/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What replies say, and the report. Every reply must have status 200. One in SAMPLE_EVERY also has its checksum
 * verified and is searched for the key that was asked for; the pages of a Scan are counted, batches must leave nothing
 * unprocessed. The first wrong reply is kept and told. Who asked for it (--refusals) gets refusals for want of room
 * counted apart, with a latency of their own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "probe.h"

#define SAMPLE_EVERY       64
#define CONNECTIONS_LISTED 256

void account_start(struct load *load, uint64_t now)
{
    load->measuring = true;
    load->slice_from_ns = now;
    load->slices_max = load->slice_ns == 0 ? 0 : (uint32_t)(load->seconds * 1e9 / (double)load->slice_ns) + 1;
    load->slices = calloc(load->slices_max + 1, sizeof(load->slices[0]));
}

void account_error(struct load *load, const char *what, const struct reply *reply)
{
    size_t n = reply->body_n < 300 ? reply->body_n : 300;

    if (load->errors++ == 0)
        snprintf(load->first_error, sizeof(load->first_error), "%s: status %d, %.*s", what, reply->status, (int)n,
            reply->body);
}

/* Only whole items have a note; keys that were left unprocessed have none. */
static void reply_batch_check(struct load *load, const struct reply *reply)
{
    if (reply_count(reply, "\"note\"") != load->workload->items)
        account_error(load, "not all items asked for", reply);
}

/* Content is looked at now and then: searching every reply would make the generator the slower side. */
static void reply_sample(struct load *load, const struct conn *conn, const struct reply *reply)
{
    char key[REQUESTS_SLOT_DIGITS + 2];

    if (!reply_crc_right(reply)) {
        account_error(load, "wrong x-amz-crc32", reply);
        return;
    }
    if (load->workload->kind == WORKLOAD_BATCH_GET || load->workload->kind == WORKLOAD_TRANSACT_GET)
        reply_batch_check(load, reply);
    snprintf(key, sizeof(key), "k%0*u", REQUESTS_SLOT_DIGITS, requests_key(&load->pool, conn->number));
    if (load->workload->holds_key && memmem(reply->body, reply->body_n, key, sizeof(key) - 1) == NULL)
        account_error(load, "not the item asked for", reply);
}

static uint32_t reply_items(struct load *load, const struct reply *reply)
{
    if (load->workload->kind == WORKLOAD_SCAN)
        return reply_number(reply, "\"Count\":", 0);
    if (!load->refusals && load->workload->items == REQUESTS_BATCH_ITEMS &&
        reply_text(reply, "\"PutRequest\"", 1) != NULL)
        account_error(load, "a batch left items unprocessed", reply);
    if (load->workload->kind == WORKLOAD_QUERY && reply_number(reply, "\"Count\":", 0) != load->workload->items)
        account_error(load, "not as many items as asked for", reply);
    return load->workload->items;
}

/* The server has no room at present and says so. */
static bool is_refusal(const struct reply *reply)
{
    return reply->status == 503 || (reply->status == 400 && reply_text(reply, "ThrottlingException", 0) != NULL);
}

static void refusal_account(struct load *load, const struct conn *conn, uint64_t now)
{
    if (!load->measuring)
        return;
    load->refused++;
    load->slice_refused++;
    latency_record(&load->refusals_latency, now - conn->sent_ns);
}

/* A transaction met another one: an answer as good as any, and no work done. */
static bool is_conflict(const struct reply *reply)
{
    return reply->status == 400 && reply_text(reply, "TransactionConflict", 0) != NULL;
}

void account_reply(struct load *load, struct conn *conn, const struct reply *reply, uint64_t now)
{
    uint32_t items = 0;

    if (load->refusals && is_refusal(reply)) {
        refusal_account(load, conn, now);
        return;
    }
    if (load->refusals && is_conflict(reply)) {
        load->conflicts += load->measuring;
        return;
    }
    if (reply->status != 200)
        account_error(load, "refused", reply);
    else
        items = reply_items(load, reply);
    if (++conn->count % SAMPLE_EVERY == 1 && reply->status == 200)
        reply_sample(load, conn, reply);
    if (!load->measuring)
        return;
    load->measured++;
    load->items += items;
    load->reply_bytes += reply->head_n + reply->body_n;
    latency_record(&load->latency, now - conn->due_ns);
    latency_record(&load->service, now - conn->sent_ns);
    latency_record(&load->late, conn->sent_ns - conn->due_ns);
    if (load->slices_max != 0)
        latency_record(&load->slice, now - conn->due_ns);
}

void account_slices(struct load *load, uint64_t now)
{
    while (load->slices_n < load->slices_max && now >= load->slice_from_ns + load->slice_ns) {
        load->slices[load->slices_n++] = (struct slice_figures){.n = load->slice.n,
            .refused = load->slice_refused,
            .p99_us = latency_us(&load->slice, 0.99),
            .max_us = latency_us(&load->slice, 1 - 1e-12)};
        memset(&load->slice, 0, sizeof(load->slice));
        load->slice_refused = 0;
        load->slice_from_ns += load->slice_ns;
    }
}

/* ---- the report ---- */

static void print_latency(const char *prefix, const struct latency *latency)
{
    printf("\"%sp50_us\": %.1f, \"%sp99_us\": %.1f, \"%sp999_us\": %.1f, \"%smax_us\": %.1f, ", prefix,
        latency_us(latency, 0.5), prefix, latency_us(latency, 0.99), prefix, latency_us(latency, 0.999), prefix,
        latency_us(latency, 1 - 1e-12));
}

static void print_errors(const struct load *load)
{
    printf("\"errors\": %lu, \"first_error\": \"", load->errors);
    for (const char *p = load->first_error; *p != '\0'; p++)
        printf((unsigned char)*p < ' ' ? " " : *p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
    printf("\", ");
}

static void print_open(const struct load *load)
{
    printf("\"offered\": %lu, \"unsent\": %lu, \"refused\": %lu, \"conflicts\": %lu, \"closed\": %lu, ",
        load->pace.offered, load->pace.unsent + load->pace.waiting_n, load->refused, load->conflicts, load->closed);
    print_latency("service_", &load->service);
    print_latency("refused_", &load->refusals_latency);
    print_latency("late_", &load->late);
    printf("\"slices\": [");
    for (uint32_t i = 0; i < load->slices_n; i++)
        printf("%s{\"n\": %lu, \"refused\": %lu, \"p99_us\": %.1f, \"max_us\": %.1f}", i == 0 ? "" : ", ",
            load->slices[i].n, load->slices[i].refused, load->slices[i].p99_us, load->slices[i].max_us);
    printf("], ");
}

static void print_server(const struct load *load, double elapsed, const struct probe *before, const struct probe *after)
{
    double n = load->measured == 0 ? 1 : (double)load->measured;

    printf("\"server_cpu_us\": %.3f, \"server_cores\": %.3f, \"server_rss_bytes\": %lu, \"server_anonymous_bytes\": "
           "%lu, \"server_anonymous_growth\": %ld, ",
        (after->cpu_s - before->cpu_s) * 1e6 / n, (after->cpu_s - before->cpu_s) / elapsed, after->rss_bytes,
        after->anonymous_bytes, (long)(after->anonymous_bytes - before->anonymous_bytes));
}

void account_report(
    struct load *load, double elapsed, double generator_s, const struct probe *before, const struct probe *after)
{
    double n = load->measured == 0 ? 1 : (double)load->measured;

    printf("{\"workload\": \"%s\", \"connections\": %u, \"sigv4\": %s, \"keys\": %u, \"seconds\": %.3f, ",
        load->workload->name, load->connections, load->sigv4 ? "true" : "false", load->pool.keys, elapsed);
    printf("\"requests\": %lu, \"requests_per_s\": %.0f, \"items_per_s\": %.0f, ", load->measured,
        (double)load->measured / elapsed, (double)load->items / elapsed);
    printf("\"item_bytes_per_s\": %.0f, \"reply_bytes\": %.0f, ", (double)load->items * REQUESTS_ITEM_BYTES / elapsed,
        (double)load->reply_bytes / n);
    print_latency("", &load->latency);
    print_errors(load);
    if (load->pace.rate > 0 || load->refusals || load->slices_max != 0)
        print_open(load);
    print_server(load, elapsed, before, after);
    printf("\"generator_cores\": %.3f, \"per_connection\": [", generator_s / elapsed);
    for (uint32_t i = 0; i < load->connections && i < CONNECTIONS_LISTED; i++)
        printf("%s%lu", i == 0 ? "" : ", ", load->conns[i].count);
    printf("]}\n");
}
