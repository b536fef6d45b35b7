/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Streams of chance. Each subsystem draws from its own, so that one draw more in the network does not change what the
 * disk does: a run that is made smaller to find its core stays alike.
 */
#include "sim.h"

static uint64_t states[SIM_STREAMS];

static uint64_t mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

void sim_random_seed(uint64_t seed)
{
    for (uint32_t i = 0; i < SIM_STREAMS; i++)
        states[i] = mix(seed * 0x9e3779b97f4a7c15u + i * 0xd1b54a32d192ed03u + 1);
}

uint64_t sim_random(uint32_t stream)
{
    states[stream] += 0x9e3779b97f4a7c15u;
    return mix(states[stream]);
}

uint32_t sim_below(uint32_t stream, uint32_t n)
{
    return (uint32_t)((sim_random(stream) >> 32) * n >> 32);
}

bool sim_chance(uint32_t stream, uint32_t per_million)
{
    return per_million != 0 && sim_below(stream, 1000000) < per_million;
}

uint64_t sim_some_ns(uint32_t stream, uint64_t most)
{
    uint64_t ns = most >> sim_below(stream, 12);

    return ns == 0 ? 0 : sim_random(stream) % ns;
}
