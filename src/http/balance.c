/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Which worker a connection lives on. The kernel spreads new connections over the listeners by a hash, which leaves
 * few connections very uneven, and what was even at the start need not be later. So:
 *
 *   - a new connection goes to the worker that has the fewest;
 *   - in every epoch each worker counts the connections that had a request, and publishes the count, together with the
 *     share it got of the processor time it wanted. The load of a worker is the count divided by that share: a thread
 *     whose core is taken by others (a committer, another process) serves fewer connections as quickly. A connection
 *     that becomes idle looks once an epoch, and moves where the load would be well below that of its worker.
 *
 * With all cores free the shares are equal and only the counts matter: 5 and 3 become 4 and 4. The share of a worker
 * that lost its connections recovers slowly, or they would swing between a busy core and a free one.
 *
 * Moving is cheap, since an idle connection is a descriptor and some plain state. Whoever moves one changes both
 * counts at once, so that not all connections of a busy worker leave together.
 */
#include "http/http_int.h"

#define SHARE_LEAST    32u
#define SHARE_RECOVERY 128u /* a part of what is missing comes back each epoch */
/* Less time than this, run and waited for, says nothing. */
#define SHARE_NS_MIN 1000000u

static struct http_load *load_of(const struct http_worker *hw)
{
    return &hw->server->loads[worker_index(hw->worker)];
}

static uint32_t connections_of(const struct http_load *load)
{
    return atomic_load_explicit(&load->connections, memory_order_relaxed);
}

static uint32_t active_of(const struct http_load *load)
{
    return atomic_load_explicit(&load->active, memory_order_relaxed);
}

static uint32_t share_of(const struct http_load *load)
{
    return atomic_load_explicit(&load->share, memory_order_relaxed);
}

struct http_worker *http__balance_place(struct http_worker *hw)
{
    struct http_server *server = hw->server;
    uint32_t best = worker_index(hw->worker);

    for (uint32_t i = 0; i < server->count; i++)
        if (connections_of(&server->loads[i]) < connections_of(&server->loads[best]))
            best = i;
    atomic_fetch_add_explicit(&server->loads[best].connections, 1, memory_order_relaxed);
    return &server->at[best];
}

void http__balance_gone(struct http_worker *hw)
{
    atomic_fetch_sub_explicit(&load_of(hw)->connections, 1, memory_order_relaxed);
    atomic_fetch_sub_explicit(&hw->server->connections, 1, memory_order_release);
}

/* Takes the thread's times; false when it hardly wanted to run, which says nothing about its core. */
static bool share_of_epoch(struct http_worker *hw, uint32_t *ret)
{
    uint64_t run_ns, wait_ns, run, wait;

    if (!worker_cpu_ns(hw->worker, &run_ns, &wait_ns))
        return false;
    run = run_ns - hw->run_ns;
    wait = wait_ns - hw->wait_ns;
    hw->run_ns = run_ns;
    hw->wait_ns = wait_ns;
    if (run + wait < SHARE_NS_MIN)
        return false;
    *ret = (uint32_t)(run * HTTP_SHARE_WHOLE / (run + wait));
    return true;
}

/* A worker that has nothing to do regains trust slowly: its core may still be taken by whom it lost it to. */
static void publish_share(struct http_worker *hw)
{
    struct http_load *load = load_of(hw);
    uint32_t share = share_of(load), now;

    if (share_of_epoch(hw, &now))
        share = (share * 3 + now) / 4;
    else
        share += (HTTP_SHARE_WHOLE - share + SHARE_RECOVERY - 1) / SHARE_RECOVERY;
    atomic_store_explicit(&load->share, share < SHARE_LEAST ? SHARE_LEAST : share, memory_order_relaxed);
}

void http__balance_init(struct http_worker *hw)
{
    uint32_t share;

    (void)share_of_epoch(hw, &share); /* where the counting begins */
    hw->epoch = 1;                    /* a connection begins with 0: no epoch of ours */
    hw->epoch_end_ns = worker_now_ns(hw->worker) + HTTP_EPOCH_NS;
}

void http__balance_roll(struct http_worker *hw)
{
    uint64_t now_ns = worker_now_ns(hw->worker);
    bool stale = now_ns > hw->epoch_end_ns + HTTP_EPOCH_NS; /* nobody asked for long: nobody was active */

    if (now_ns < hw->epoch_end_ns)
        return;
    atomic_store_explicit(&load_of(hw)->active, stale ? 0 : hw->active, memory_order_relaxed);
    publish_share(hw);
    hw->active = 0;
    hw->epoch++;
    hw->epoch_end_ns = now_ns + HTTP_EPOCH_NS;
}

void http__balance_active(struct conn *conn)
{
    struct http_worker *hw = conn->owner;

    http__balance_roll(hw);
    if (conn->epoch == hw->epoch)
        return;
    conn->epoch = hw->epoch;
    conn->balance_due = hw->server->count > 1;
    hw->active++;
}

/* Count divided by share, as a fraction of large numbers. */
static uint64_t load_with(const struct http_load *load, uint32_t active)
{
    return (uint64_t)active * HTTP_SHARE_WHOLE * HTTP_SHARE_WHOLE / share_of(load);
}

uint32_t http__balance_choose(const struct http_load *loads, uint32_t count, uint32_t me)
{
    uint64_t here = load_with(&loads[me], active_of(&loads[me])), least = UINT64_MAX, there;
    uint32_t best = me;

    for (uint32_t i = 0; i < count; i++) {
        if (i == me)
            continue;
        there = load_with(&loads[i], active_of(&loads[i]) + 1);
        if (there < least) {
            least = there;
            best = i;
        }
    }
    return here / 5 >= least / 4 ? best : me;
}

static void move_count(_Atomic(uint32_t) *from, _Atomic(uint32_t) *to)
{
    atomic_fetch_sub_explicit(from, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(to, 1, memory_order_relaxed);
}

bool http__balance(struct conn *conn)
{
    struct http_worker *hw = conn->owner, *to;

    conn->balance_due = false;
    if (atomic_load_explicit(&hw->server->stopping, memory_order_relaxed) || conn->hangup)
        return false;
    to = &hw->server->at[http__balance_choose(hw->server->loads, hw->server->count, worker_index(hw->worker))];
    if (to == hw)
        return false;
    move_count(&load_of(hw)->connections, &load_of(to)->connections);
    move_count(&load_of(hw)->active, &load_of(to)->active);
    hw->active--;
    conn->epoch = 0; /* of the other worker's epochs it has seen none */
    http__conn_hand_over(conn, to);
    return true;
}
