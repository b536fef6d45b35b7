/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Which worker a connection lives on. The kernel spreads new connections over the listeners by a hash, which leaves
 * few connections very uneven, and what was even at the start need not be later. So:
 *
 *   - a new connection goes to the worker that has the fewest;
 *   - in every epoch each worker counts the connections that had a request, and publishes the count. A connection that
 *     becomes idle looks once an epoch: if its worker has a quarter more active ones than the mean, and at least two
 *     more than the least busy worker, it moves there.
 *
 * Moving is cheap, since an idle connection is a descriptor and some plain state. Whoever moves one changes both
 * counts at once, so that not all connections of a busy worker leave together.
 */
#include "http/http_int.h"

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

void http__balance_roll(struct http_worker *hw)
{
    uint64_t now_ns = worker_now_ns(hw->worker);
    bool stale = now_ns > hw->epoch_end_ns + HTTP_EPOCH_NS; /* nobody asked for long: nobody was active */

    if (now_ns < hw->epoch_end_ns)
        return;
    atomic_store_explicit(&load_of(hw)->active, stale ? 0 : hw->active, memory_order_relaxed);
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

/* The least busy worker, or NULL when this one is not busy enough to give anything away. */
static struct http_worker *lighter(const struct http_worker *hw)
{
    struct http_server *server = hw->server;
    uint32_t mine = active_of(load_of(hw)), least = UINT32_MAX, best = 0;
    uint64_t sum = 0;

    for (uint32_t i = 0; i < server->count; i++) {
        uint32_t active = active_of(&server->loads[i]);

        sum += active;
        if (active < least) {
            least = active;
            best = i;
        }
    }
    if (mine < least + 2 || (uint64_t)mine * 4 * server->count < sum * 5)
        return NULL;
    return &server->at[best];
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
    to = lighter(hw);
    if (to == NULL)
        return false;
    move_count(&load_of(hw)->connections, &load_of(to)->connections);
    move_count(&load_of(hw)->active, &load_of(to)->active);
    hw->active--;
    conn->epoch = 0; /* of the other worker's epochs it has seen none */
    http__conn_hand_over(conn, to);
    return true;
}
