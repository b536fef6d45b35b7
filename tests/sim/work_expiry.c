/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A table with time to live. Each item is written once, with its moment; before that moment it must be there, some time
 * after it must be gone, and those without one stay. When clocks jump, nothing is said of the time before the end.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "os/clock.h"
#include "work.h"

#define ITEMS_MAX   400
#define NEVER       0
#define PATIENCE_NS ((uint64_t)4 * 3600 * 1000000000)

struct mortal {
    uint64_t second; /* of its end; NEVER */
    bool told;       /* the write was acknowledged */
};

static struct mortal mortals[ITEMS_MAX];
static uint32_t mortals_n;

static bool table_calls(struct client *c, const char *operation, const char *body)
{
    struct reply reply;

    call_until(c, operation, "ResourceInUseException", body, &reply);
    return reply.status == 200;
}

void expiry_setup(struct client *c)
{
    mortals_n = 0;
    (void)table_calls(c, "CreateTable",
        "{\"TableName\":\"mortals\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{\"AttributeName\":"
        "\"p\","
        "\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"}]}");
    (void)wait_active(c, "mortals");
    (void)table_calls(c, "UpdateTimeToLive",
        "{\"TableName\":\"mortals\",\"TimeToLiveSpecification\":{\"AttributeName\":\"e\",\"Enabled\":true}}");
}

static void put(struct client *c)
{
    struct mortal *m = &mortals[mortals_n];
    struct reply reply;

    if (mortals_n == ITEMS_MAX)
        return;
    *m = (struct mortal){
        .second = sim_below(c->stream, 4) == 0 ? NEVER : os_clock_wall_ms() / 1000 + 1 + sim_below(c->stream, 30)};
    say(c, "{\"TableName\":\"mortals\",\"Item\":{\"p\":{\"S\":\"m%u\"}", mortals_n++);
    if (m->second != NEVER)
        say(c, ",\"e\":{\"N\":\"%llu\"}", (unsigned long long)m->second);
    say(c, "}}");
    call(c, "PutItem", &reply);
    m->told = reply.status == 200;
}

static void look(struct client *c)
{
    uint32_t which = mortals_n == 0 ? 0 : sim_below(c->stream, mortals_n);
    const struct mortal *m = &mortals[which];
    bool told = m->told;
    struct reply reply;

    if (mortals_n == 0)
        return;
    say(c, "{\"TableName\":\"mortals\",\"Key\":{\"p\":{\"S\":\"m%u\"}},\"ConsistentRead\":true}", which);
    call(c, "GetItem", &reply);
    if (reply.status != 200 || !told || node_at(reply.root, "Item") != NULL || sim.plan.faults[SIM_CLOCK_JUMP])
        return;
    if (m->second == NEVER || os_clock_wall_ms() / 1000 < m->second)
        sim_violation("m%u is gone before its time", which);
}

void expiry_step(struct client *c)
{
    if (sim_below(c->stream, 2) == 0)
        put(c);
    else
        look(c);
}

/* Those that are there now, by number. */
static bool scan(struct client *c, bool *there)
{
    struct reply reply;
    const struct node *items;

    memset(there, 0, ITEMS_MAX * sizeof(*there));
    say(c, "{\"TableName\":\"mortals\",\"ConsistentRead\":true}");
    call(c, "Scan", &reply);
    items = node_at(reply.root, "Items");
    if (reply.status != 200 || items == NULL)
        return false;
    for (const struct node *item = items->first; item != NULL; item = item->next)
        there[atoi(node_text(node_at2(item, "p", "S")) + 1)] = true;
    return true;
}

void expiry_finish(struct client *c)
{
    uint64_t until_ns = sim.now_ns + PATIENCE_NS;
    bool there[ITEMS_MAX], waits = true;

    while (waits && sim.now_ns < until_ns) {
        sim_sleep((uint64_t)30 * 1000000000);
        if (!scan(c, there))
            continue;
        waits = false;
        for (uint32_t i = 0; i < mortals_n; i++)
            waits |= there[i] && mortals[i].second != NEVER;
    }
    for (uint32_t i = 0; i < mortals_n && waits; i++) {
        if (there[i] && mortals[i].second != NEVER)
            sim_violation("m%u is still there, %lld s after its time", i,
                (long long)(os_clock_wall_ms() / 1000 - mortals[i].second));
    }
    for (uint32_t i = 0; i < mortals_n; i++) {
        if (mortals[i].told && mortals[i].second == NEVER && !there[i])
            sim_violation("m%u is gone, and it had no end", i);
    }
    if (mortals_n != 0)
        sim_cover_count("items expired");
}
