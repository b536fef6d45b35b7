/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Tables that are nearly always at their limits: one with a unit of each kind, one on demand with a maximum of as many.
 * What is refused for it must not have been done: each item of the first is a counter that was asked to grow, and has
 * to end between what was acknowledged and what may have been done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

#define COUNTERS   6
#define AT_LIMIT   "ProvisionedThroughputExceededException"
#define DEAR_BYTES 10000 /* ten units to write, three to read */

static struct {
    uint32_t least, most; /* of its value */
} counters[COUNTERS];

void throttle_setup(struct client *c)
{
    static const char *const settings[] = {
        "\"BillingMode\":\"PROVISIONED\",\"ProvisionedThroughput\":{\"ReadCapacityUnits\":1,\"WriteCapacityUnits\":1}",
        "\"BillingMode\":\"PAY_PER_REQUEST\",\"OnDemandThroughput\":{\"MaxReadRequestUnits\":1,"
        "\"MaxWriteRequestUnits\":1}"};
    static const char *const names[] = {"narrow", "capped"};

    memset(counters, 0, sizeof(counters));
    for (int i = 0; i < 2; i++) {
        struct reply reply;
        char body[512];

        (void)snprintf(body, sizeof(body),
            "{\"TableName\":\"%s\",%s,\"AttributeDefinitions\":[{\"AttributeName\":\"p\",\"AttributeType\":\"S\"}],"
            "\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"}]}",
            names[i], settings[i]);
        call_until(c, "CreateTable", "ResourceInUseException", body, &reply);
        (void)wait_active(c, names[i]);
    }
}

static void count(struct client *c)
{
    uint32_t which = sim_below(c->stream, COUNTERS);
    struct reply reply;

    say(c,
        "{\"TableName\":\"narrow\",\"Key\":{\"p\":{\"S\":\"n%u\"}},\"UpdateExpression\":\"SET f = :f ADD n :one\","
        "\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"},\":f\":{\"S\":\"",
        which);
    say_zeros(c, DEAR_BYTES);
    say(c, "\"}}}");
    call(c, "UpdateItem", &reply);
    counters[which].least += reply.status == 200;
    counters[which].most += reply.status == 200 || reply_unsure(&reply);
    answer_expect(&reply, AT_LIMIT);
}

static void put_capped(struct client *c)
{
    struct reply reply;

    say(c, "{\"TableName\":\"capped\",\"Item\":{\"p\":{\"S\":\"a\"},\"f\":{\"S\":\"");
    say_zeros(c, DEAR_BYTES);
    say(c, "\"}}}");
    call(c, "PutItem", &reply);
    answer_expect(&reply, "");
}

static void others(struct client *c)
{
    static const struct {
        const char *operation, *body;
    } asked[] = {
        {"BatchWriteItem", "{\"RequestItems\":{\"capped\":[{\"PutRequest\":{\"Item\":{\"p\":{\"S\":\"a\"}}}},"
                           "{\"PutRequest\":{\"Item\":{\"p\":{\"S\":\"b\"}}}}]}}"},
        {"TransactWriteItems",
            "{\"TransactItems\":[{\"ConditionCheck\":{\"TableName\":\"narrow\",\"Key\":{\"p\":{\"S\":\"n0\"}},"
            "\"ConditionExpression\":\"attribute_not_exists(nothing)\"}}]}"},
        {"GetItem", "{\"TableName\":\"narrow\",\"ConsistentRead\":true,\"Key\":{\"p\":{\"S\":\"n0\"}}}"},
        {"Scan", "{\"TableName\":\"narrow\",\"ConsistentRead\":true}"},
        {"BatchGetItem", "{\"RequestItems\":{\"narrow\":{\"Keys\":[{\"p\":{\"S\":\"n0\"}},{\"p\":{\"S\":\"n1\"}}]}}}"},
    };
    uint32_t which = sim_below(c->stream, sizeof(asked) / sizeof(asked[0]));
    struct reply reply;

    say(c, "%s", asked[which].body);
    call(c, asked[which].operation, &reply);
    if (strcmp(reply.type, "TransactionCanceledException") == 0)
        cancellation_cover(&reply);
    else
        answer_expect(&reply, AT_LIMIT);
    if (node_at2(reply.root, "UnprocessedItems", "capped") != NULL ||
        node_at2(reply.root, "UnprocessedKeys", "narrow") != NULL)
        sim_cover_count("a batch was given back in part");
}

void throttle_step(struct client *c)
{
    switch (sim_below(c->stream, 4)) {
    case 0:
        others(c);
        break;
    case 1:
        put_capped(c);
        break;
    default:
        count(c);
    }
}

void throttle_finish(struct client *c)
{
    struct reply reply;

    for (uint32_t i = 0; i < COUNTERS; i++) {
        char body[128];
        uint32_t n;

        (void)snprintf(body, sizeof(body),
            "{\"TableName\":\"narrow\",\"ConsistentRead\":true,\"Key\":{\"p\":{\"S\":\"n%u\"}}}", i);
        do { /* until there are units again */
            say(c, "%s", body);
            call(c, "GetItem", &reply);
            if (reply.status != 200)
                sim_sleep((uint64_t)5 * 1000000000);
        } while (strcmp(reply.type, AT_LIMIT) == 0);
        n = (uint32_t)atoi(node_text(node_at2(node_at(reply.root, "Item"), "n", "N")));
        if (reply.status != 200 || n < counters[i].least || n > counters[i].most)
            sim_violation("a counter of the narrow table is %u, and was counted up %u to %u times", n,
                counters[i].least, counters[i].most);
    }
}
