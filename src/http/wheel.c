/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Timeouts of connections: a wheel with one slot a second. A connection that is busy only writes its deadline; it
 * stays in the slot it is in, and when that second comes the deadline is looked at and the connection moves on if it
 * is later. It is moved at once only when a deadline comes nearer, which a request that arrives whole never does.
 *
 * Every connection is in some slot until it dies, so the wheel is also the list of them all.
 */
#include "base/assert.h"
#include "http/http_int.h"

static void link_at(struct conn *conn, uint32_t second)
{
    struct conn **slot = &conn->owner->slots[second % HTTP_WHEEL_SLOTS];

    conn->wheel_s = second;
    conn->wheel_next = *slot;
    conn->wheel_at = slot;
    if (*slot != NULL)
        (*slot)->wheel_at = &conn->wheel_next;
    *slot = conn;
}

void http__wheel_remove(struct conn *conn)
{
    if (conn->wheel_at == NULL)
        return;
    *conn->wheel_at = conn->wheel_next;
    if (conn->wheel_next != NULL)
        conn->wheel_next->wheel_at = conn->wheel_at;
    conn->wheel_at = NULL;
}

/* The slot to look at it again: its deadline's, or as far as the wheel reaches. */
static uint32_t second_for(const struct conn *conn)
{
    uint32_t now_s = conn->owner->wheel_s, last_s = now_s + HTTP_WHEEL_SLOTS - 1;

    if (conn->deadline_s <= now_s)
        return now_s + 1;
    return conn->deadline_s < last_s ? conn->deadline_s : last_s;
}

void http__wheel_set(struct conn *conn, uint32_t deadline_s)
{
    uint32_t second;

    conn->deadline_s = deadline_s;
    second = second_for(conn);
    if (conn->wheel_at != NULL && conn->wheel_s <= second)
        return;
    http__wheel_remove(conn);
    link_at(conn, second);
}

static void look(struct conn *conn, uint32_t now_s)
{
    http__wheel_remove(conn);
    if (conn->deadline_s > now_s)
        link_at(conn, second_for(conn));
    else
        http__conn_timeout(conn);
}

void http__wheel_tick(struct worker *worker, struct worker_timer *timer)
{
    struct http_worker *hw = (struct http_worker *)((char *)timer - offsetof(struct http_worker, tick));
    uint32_t now_s = http__now_s(hw);
    struct conn *next;

    while (hw->wheel_s < now_s) {
        hw->wheel_s++;
        /* whatever is put into this slot meanwhile is for its next round, and goes to the front */
        for (struct conn *conn = hw->slots[hw->wheel_s % HTTP_WHEEL_SLOTS]; conn != NULL; conn = next) {
            next = conn->wheel_next;
            look(conn, hw->wheel_s);
        }
    }
    worker_timer_set(worker, timer, ((uint64_t)now_s + 1) * 1000000000u);
}

void http__wheel_each(struct http_worker *hw, void (*fn)(struct conn *conn))
{
    struct conn *next;

    for (uint32_t i = 0; i < HTTP_WHEEL_SLOTS; i++) {
        for (struct conn *conn = hw->slots[i]; conn != NULL; conn = next) {
            next = conn->wheel_next;
            fn(conn);
        }
    }
}
