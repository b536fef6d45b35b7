/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * A clock for an engine that can hold a decision in its middle: stamps are asked for with the latches held and before
 * anything is appended. Armed, the gate keeps the next decision there until it is opened.
 */
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

#include "os/clock.h"

enum { GATE_OPEN, GATE_ARMED, GATE_INSIDE };
static _Atomic int gate;

static uint64_t gate_clock_ms(void *context)
{
    int armed = GATE_ARMED;

    (void)context;
    if (atomic_compare_exchange_strong(&gate, &armed, GATE_INSIDE)) {
        while (atomic_load(&gate) == GATE_INSIDE)
            sched_yield();
    }
    return os_clock_wall_ms();
}
