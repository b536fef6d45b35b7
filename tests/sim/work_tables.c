/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The control plane beside the clients: tables that come and go, a second index of the items that is filled while they
 * are written and removed again, and every other kind of UpdateTable. Each task is the only one to change what it
 * changes, so it knows what must be so; requests that nobody answered are found out by DescribeTable.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

#define PAUSE_NS ((uint64_t)4 * 1000000000)
#define REST_NS  ((uint64_t)3000000000)

static void rest(struct client *c)
{
    sim_sleep(sim_some_ns(c->stream, REST_NS));
}

/* "": it is not there. False: nobody answered. */
static bool status_read(struct client *c, const char *table, char *ret, size_t bytes)
{
    struct reply reply;

    say(c, "{\"TableName\":\"%s\"}", table);
    call(c, "DescribeTable", &reply);
    if (reply.status == 200) {
        (void)snprintf(ret, bytes, "%s", node_text(node_at2(reply.root, "Table", "TableStatus")));
        return true;
    }
    *ret = 0;
    return strcmp(reply.type, "ResourceNotFoundException") == 0;
}

/* ---- tables ---- */

static void wait_status(struct client *c, const char *table, const char *wanted)
{
    char status[32];

    for (uint32_t tries = 0; tries < TRIES; tries++) {
        if (status_read(c, table, status, sizeof(status)) && strcmp(status, wanted) == 0)
            return;
        patient(tries);
    }
    sim_violation("%s does not become \"%s\"", table, wanted);
}

static void table_create(struct client *c)
{
    char status[32] = "";
    struct reply reply;

    do {
        say(c, "{\"TableName\":\"churn\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{"
               "\"AttributeName\":\"p\","
               "\"AttributeType\":\"S\"},{\"AttributeName\":\"g\",\"AttributeType\":\"S\"}],\"KeySchema\":[{"
               "\"AttributeName\":\"p\",\"KeyType\":\"HASH\"}],"
               "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"by_g\",\"KeySchema\":[{\"AttributeName\":\"g\","
               "\"KeyType\":\"HASH\"}],"
               "\"Projection\":{\"ProjectionType\":\"KEYS_ONLY\"}}],\"StreamSpecification\":{\"StreamEnabled\":true,"
               "\"StreamViewType\":\"KEYS_ONLY\"}}");
        call(c, "CreateTable", &reply);
        rest(c);
    } while (!status_read(c, "churn", status, sizeof(status)) || *status == 0);
    wait_status(c, "churn", "ACTIVE");
}

static void table_fill(struct client *c, uint32_t generation, bool *there, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct reply reply;

        say(c, "{\"TableName\":\"churn\",\"Item\":{\"p\":{\"S\":\"k%u\"},\"g\":{\"S\":\"g%u\"},\"w\":{\"N\":\"%u\"}}}",
            i, i % 3, generation);
        call(c, "PutItem", &reply);
        there[i] = reply.status == 200;
    }
}

static void table_look(struct client *c, uint32_t generation, const bool *there, uint32_t n)
{
    struct reply reply;
    const struct node *items;
    uint32_t count = 0;

    say(c, "{\"TableName\":\"churn\",\"ConsistentRead\":true}");
    call(c, "Scan", &reply);
    items = node_at(reply.root, "Items");
    if (reply.status != 200 || items == NULL)
        return;
    for (const struct node *item = items->first; item != NULL; item = item->next, count++) {
        if (atoi(node_text(node_at2(item, "w", "N"))) != (int)generation)
            sim_violation("a table that was created again has an item of the one before");
    }
    for (uint32_t i = 0; i < n; i++)
        count -= there[i];
    if ((int32_t)count < 0)
        sim_violation("a new table has lost %d items", -(int32_t)count);
}

static void table_delete(struct client *c)
{
    char status[32] = "x";
    struct reply reply;

    do {
        say(c, "{\"TableName\":\"churn\"}");
        call(c, "DeleteTable", &reply);
        rest(c);
    } while (!status_read(c, "churn", status, sizeof(status)) || strcmp(status, "ACTIVE") == 0);
    wait_status(c, "churn", "");
}

void *tables_churn(void *argument)
{
    struct client *c = argument;
    uint32_t generation = 0;
    bool there[12];

    while (!work.done) {
        uint32_t n = sim_below(c->stream, 12);

        table_create(c);
        table_fill(c, ++generation, there, n);
        table_look(c, generation, there, n);
        rest(c);
        table_delete(c);
        sim_cover_count("a table was deleted and created again");
        sim_sleep(sim_some_ns(c->stream, PAUSE_NS)); /* each leaves a stream that is kept for a day, and looked at */
    }
    sim_disconnect(c->conn);
    return NULL;
}

/* ---- the second index of the items ---- */

static const struct node *index_find(const struct reply *reply, const char *name)
{
    const struct node *indexes = node_at2(reply->root, "Table", "GlobalSecondaryIndexes");

    for (const struct node *index = indexes == NULL ? NULL : indexes->first; index != NULL; index = index->next) {
        if (strcmp(node_text(node_at(index, "IndexName")), name) == 0)
            return index;
    }
    return NULL;
}

/* "": it is not there; "?": nobody answered. */
static const char *index_status(struct client *c)
{
    struct reply reply;

    say(c, "{\"TableName\":\"items\"}");
    call(c, "DescribeTable", &reply);
    if (reply.status != 200)
        return "?";
    return node_text(node_at(index_find(&reply, "second"), "IndexStatus"));
}

#define CREATE_SECOND                                                                                                  \
    "{\"TableName\":\"items\",\"AttributeDefinitions\":[{\"AttributeName\":\"g\",\"AttributeType\":\"S\"}],"           \
    "\"GlobalSecondaryIndexUpdates\":[{\"Create\":{\"IndexName\":\"second\",\"KeySchema\":[{\"AttributeName\":\"g\","  \
    "\"KeyType\":\"HASH\"}],\"Projection\":{\"ProjectionType\":\"ALL\"}"
#define UNITS ",\"ProvisionedThroughput\":{\"ReadCapacityUnits\":90,\"WriteCapacityUnits\":90}"

/* Whether it needs units depends on the billing mode, which others change. */
static const char *const create_second[] = {CREATE_SECOND "}}]}", CREATE_SECOND UNITS "}}]}"};
static const char *const delete_second[] = {
    "{\"TableName\":\"items\",\"GlobalSecondaryIndexUpdates\":[{\"Delete\":{\"IndexName\":\"second\"}}]}",
    "{\"TableName\":\"items\",\"GlobalSecondaryIndexUpdates\":[{\"Delete\":{\"IndexName\":\"second\"}}]}"};

static void index_change(struct client *c, const char *const *updates, const char *wanted)
{
    for (uint32_t tries = 0; tries < TRIES; tries++) {
        const char *status = index_status(c);
        struct reply reply;

        if (strcmp(status, wanted) == 0)
            return;
        if (strcmp(status, *wanted == 0 ? "ACTIVE" : "") == 0) {
            say(c, "%s", updates[sim_below(c->stream, 2)]);
            call(c, "UpdateTable", &reply);
            /* while the table is provisioned, an index needs units of its own */
            if (reply.status != 200 && !reply_unsure(&reply) && !passing(&reply) &&
                strcmp(reply.type, "ValidationException") != 0)
                sim_violation("UpdateTable: %s: %s", reply.type, reply.message);
        }
        patient(tries);
    }
    sim_violation("the index \"second\" does not become \"%s\"", wanted);
}

void *indexes_churn(void *argument)
{
    struct client *c = argument;

    while (!work.done) {
        index_change(c, create_second, "ACTIVE");
        sim_cover_count("an index was built beside writers");
        work.second++;
        rest(c);
        if (work.done)
            break;
        work.second++;
        index_change(c, delete_second, "");
        rest(c);
    }
    sim_disconnect(c->conn);
    return NULL;
}

/* ---- every other kind of UpdateTable, and of settings ---- */

struct setting {
    const char *operation, *body;
};

static const struct setting settings[] = {
    {"UpdateTable", "{\"TableName\":\"items\",\"BillingMode\":\"PROVISIONED\",\"ProvisionedThroughput\":{"
                    "\"ReadCapacityUnits\":100,\"WriteCapacityUnits\":100},"
                    "\"GlobalSecondaryIndexUpdates\":[{\"Update\":{\"IndexName\":\"by_g\",\"ProvisionedThroughput\":{"
                    "\"ReadCapacityUnits\":100,\"WriteCapacityUnits\":100}}}]}"},
    {"UpdateTable",
        "{\"TableName\":\"items\",\"ProvisionedThroughput\":{\"ReadCapacityUnits\":200,\"WriteCapacityUnits\":150}}"},
    {"UpdateTable", "{\"TableName\":\"items\",\"GlobalSecondaryIndexUpdates\":[{\"Update\":{\"IndexName\":\"by_g\","
                    "\"ProvisionedThroughput\":{\"ReadCapacityUnits\":120,\"WriteCapacityUnits\":90}}}]}"},
    {"UpdateTable", "{\"TableName\":\"items\",\"BillingMode\":\"PAY_PER_REQUEST\"}"},
    {"UpdateTable", "{\"TableName\":\"items\",\"OnDemandThroughput\":{\"MaxReadRequestUnits\":4000,"
                    "\"MaxWriteRequestUnits\":4000}}"},
    {"UpdateTable",
        "{\"TableName\":\"items\",\"OnDemandThroughput\":{\"MaxReadRequestUnits\":-1,\"MaxWriteRequestUnits\":-1}}"},
    {"UpdateTable", "{\"TableName\":\"items\",\"DeletionProtectionEnabled\":true}"},
    {"UpdateTable", "{\"TableName\":\"items\",\"DeletionProtectionEnabled\":false}"},
    {"UpdateTable", "{\"TableName\":\"items\",\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\"}"},
    {"UpdateTable", "{\"TableName\":\"items\",\"TableClass\":\"STANDARD\"}"},
    {"UpdateTable",
        "{\"TableName\":\"bank\",\"StreamSpecification\":{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_IMAGE\"}}"},
    {"UpdateTable", "{\"TableName\":\"bank\",\"StreamSpecification\":{\"StreamEnabled\":false}}"},
    {"UpdateTable",
        "{\"TableName\":\"bank\",\"WarmThroughput\":{\"ReadUnitsPerSecond\":15000,\"WriteUnitsPerSecond\":5000}}"},
    {"UpdateTimeToLive",
        "{\"TableName\":\"bank\",\"TimeToLiveSpecification\":{\"AttributeName\":\"never\",\"Enabled\":true}}"},
    {"UpdateTimeToLive",
        "{\"TableName\":\"bank\",\"TimeToLiveSpecification\":{\"AttributeName\":\"never\",\"Enabled\":false}}"},
    {"TagResource", "{\"ResourceArn\":\"arn:aws:dynamodb:us-east-1:000000000000:table/"
                    "items\",\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]}"},
    {"UntagResource", "{\"ResourceArn\":\"arn:aws:dynamodb:us-east-1:000000000000:table/items\",\"TagKeys\":[\"a\"]}"},
};

void *settings_churn(void *argument)
{
    struct client *c = argument;
    char text[96];

    while (!work.done) {
        uint32_t which = sim_below(c->stream, sizeof(settings) / sizeof(settings[0]));
        struct reply reply;

        say(c, "%s", settings[which].body);
        call(c, settings[which].operation, &reply);
        if (reply.status == 200) {
            (void)snprintf(text, sizeof(text), "setting %u %s was changed", which, settings[which].operation);
            sim_cover_count(text);
        } else if (!reply_unsure(&reply) && !passing(&reply) && strcmp(reply.type, "ValidationException") != 0) {
            sim_violation("%s: %s: %s", settings[which].operation, reply.type, reply.message);
        }
        (void)wait_active(c, which >= 10 && which <= 14 ? "bank" : "items");
        rest(c);
    }
    sim_disconnect(c->conn);
    return NULL;
}

/* ---- requests that are refused ---- */

static const struct {
    const char *operation, *body, *type;
} errors[] = {
    {"GetItem", "{\"TableName\":\"nowhere\",\"Key\":{\"p\":{\"S\":\"a\"}}}", "ResourceNotFoundException"},
    {"GetItem", "{\"TableName\":\"bank\",\"Key\":{\"q\":{\"S\":\"a\"}}}", "ValidationException"},
    {"GetItem", "{\"TableName\":\"bank\",\"Key\":", "SerializationException"},
    {"PutItem", "{\"TableName\":\"bank\",\"Item\":{\"p\":{\"N\":\"1\"}}}", "ValidationException"},
    {"UpdateItem",
        "{\"TableName\":\"bank\",\"Key\":{\"p\":{\"S\":\"b0\"}},\"UpdateExpression\":\"SET p = "
        ":p\",\"ExpressionAttributeValues\":{\":p\":{\"S\":\"x\"}}}",
        "ValidationException"},
    {"Query",
        "{\"TableName\":\"items\",\"KeyConditionExpression\":\"s = "
        ":s\",\"ExpressionAttributeValues\":{\":s\":{\"N\":\"1\"}}}",
        "ValidationException"},
    {"Nothing", "{}", "UnknownOperationException"},
    {"CreateTable",
        "{\"TableName\":\"bank\",\"AttributeDefinitions\":[{\"AttributeName\":\"p\",\"AttributeType\":\"S\"}],"
        "\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"}],\"BillingMode\":\"PAY_PER_REQUEST\"}",
        "ResourceInUseException"},
    {"DeleteTable", "{\"TableName\":\"nowhere\"}", "ResourceNotFoundException"},
    {"TransactWriteItems",
        "{\"TransactItems\":[{\"Delete\":{\"TableName\":\"bank\",\"Key\":{\"p\":{\"S\":\"b0\"}}}},{\"Delete\":{"
        "\"TableName\":\"bank\",\"Key\":{\"p\":{\"S\":\"b0\"}}}}]}",
        "ValidationException"},
    {"ExecuteStatement", "{\"Statement\":\"SELEKT\"}", "ValidationException"},
    {"DescribeStream",
        "{\"StreamArn\":\"arn:aws:dynamodb:us-east-1:000000000000:table/bank/stream/2027-01-01T00:00:00.000\"}",
        "ResourceNotFoundException"},
    {"GetRecords", "{\"ShardIterator\":\"nothing of the kind\"}", "ValidationException"},
    {"DescribeContinuousBackups", "{\"TableName\":\"nowhere\"}", "TableNotFoundException"},
    {"GetResourcePolicy", "{\"ResourceArn\":\"arn:aws:dynamodb:us-east-1:000000000000:table/bank\"}",
        "PolicyNotFoundException"},
    {"GetItem", "{\"TableName\":\"arn:aws:dynamodb:us-east-1:111111111111:table/bank\",\"Key\":{\"p\":{\"S\":\"b0\"}}}",
        "AccessDeniedException"},
    {"ListTables", "{}", "MissingAuthenticationTokenException"},
    {"ListTables", "{}", "IncompleteSignatureException"},
};

void errors_step(struct client *c)
{
    uint32_t which = sim_below(c->stream, sizeof(errors) / sizeof(errors[0]));
    struct reply reply;

    if (strcmp(errors[which].type, "MissingAuthenticationTokenException") == 0)
        c->signature = SIGNED_NOT;
    else if (strcmp(errors[which].type, "IncompleteSignatureException") == 0)
        c->signature = SIGNED_HALF;
    say(c, "%s", errors[which].body);
    call(c, errors[which].operation, &reply);
    if (reply_unsure(&reply) || passing(&reply) || strcmp(reply.type, errors[which].type) == 0)
        return;
    sim_violation("%s answers %s, not %s: %s", errors[which].operation, reply.type, errors[which].type, reply.message);
}
