/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Arrivals at a fixed mean rate, with exponential gaps, as many independent clients make them. The latency of a request
 * counts from its arrival, also while it waits for a free connection: otherwise a slow server would slow the questions
 * down and look fast.
 */
#include <math.h>
#include <stdlib.h>

#include "load.h"

#define WAITING_MAX (1u << 20)

void pace_init(struct pace *pace, double rate, bool drop, uint64_t seed)
{
    *pace = (struct pace){.rate = rate, .drop = drop, .random = seed * 0x9e3779b97f4a7c15u + 7};
    pace->free_last = &pace->free;
    if (rate > 0 && !drop)
        pace->waiting = malloc(WAITING_MAX * sizeof(pace->waiting[0]));
}

static double uniform(struct pace *pace)
{
    pace->random ^= pace->random << 13;
    pace->random ^= pace->random >> 7;
    pace->random ^= pace->random << 17;
    return ((double)(pace->random >> 11) + 1) / 9007199254740993.0;
}

static void arrive_next(struct pace *pace)
{
    pace->next_ns += (uint64_t)(-log(uniform(pace)) * 1e9 / pace->rate);
}

static void free_add(struct pace *pace, struct conn *conn)
{
    conn->next_free = NULL;
    *pace->free_last = conn;
    pace->free_last = &conn->next_free;
}

static struct conn *free_take(struct pace *pace)
{
    struct conn *conn = pace->free;

    if (conn == NULL)
        return NULL;
    pace->free = conn->next_free;
    if (pace->free == NULL)
        pace->free_last = &pace->free;
    return conn;
}

void pace_start(struct load *load, uint64_t now)
{
    load->pace.next_ns = now;
    arrive_next(&load->pace);
    for (uint32_t i = 0; i < load->connections; i++)
        free_add(&load->pace, &load->conns[i]);
}

void pace_give(struct load *load, struct conn *conn, const struct reply *reply, uint64_t now)
{
    struct pace *pace = &load->pace;

    if (pace->waiting_n == 0) {
        free_add(pace, conn);
        return;
    }
    conn_next(load, conn, reply, pace->waiting[pace->waiting_from], now);
    pace->waiting_from = (pace->waiting_from + 1) % WAITING_MAX;
    pace->waiting_n--;
}

static void wait_add(struct load *load, uint64_t due_ns)
{
    struct pace *pace = &load->pace;

    if (pace->drop || pace->waiting_n == WAITING_MAX) {
        pace->unsent += load->measuring;
        return;
    }
    pace->waiting[(pace->waiting_from + pace->waiting_n) % WAITING_MAX] = due_ns;
    pace->waiting_n++;
}

uint64_t pace_run(struct load *load, uint64_t now)
{
    struct pace *pace = &load->pace;

    while (pace->next_ns <= now) {
        struct conn *conn = free_take(pace);

        pace->offered += load->measuring;
        if (conn != NULL)
            conn_next(load, conn, NULL, pace->next_ns, now);
        else
            wait_add(load, pace->next_ns);
        arrive_next(pace);
    }
    return pace->next_ns;
}
