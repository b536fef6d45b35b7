/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Items of one table: put, read, updated, deleted, with and without conditions, singly, in batches, by statement, read
 * by Query, Scan and through a global index. A Query is a read of each item that it could have returned.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "work.h"

#define INDEX_KEYS 3
#define HOT_KEYS   3

static struct history *histories[ITEM_KEYS];
static struct item final[ITEM_KEYS];

static uint32_t draw(struct client *c, uint32_t n)
{
    return sim_below(c->stream, n);
}

static void say_key(struct client *c, uint32_t key)
{
    say(c, "\"p\":{\"S\":\"p%u\"},\"s\":{\"N\":\"%u\"}", key / ITEM_SORTS, key % ITEM_SORTS);
}

static uint32_t key_of(const struct node *item)
{
    const char *p = node_text(node_at2(item, "p", "S")), *s = node_text(node_at2(item, "s", "N"));
    uint32_t partition = *p == 'p' ? (uint32_t)atoi(p + 1) : 99, sort = *s != 0 ? (uint32_t)atoi(s) : 99;

    if (partition >= ITEM_PARTITIONS || sort >= ITEM_SORTS) {
        sim_violation("an item that nobody wrote: p %s s %s", p, s);
        return 0;
    }
    return partition * ITEM_SORTS + sort;
}

void items_setup(struct client *c)
{
    char body[2048];
    struct reply reply;

    for (uint32_t i = 0; i < ITEM_KEYS; i++) {
        char name[32];

        (void)snprintf(name, sizeof(name), "item p%u s%u", i / ITEM_SORTS, i % ITEM_SORTS);
        histories[i] = history_create(name, 1);
        final[i] = (struct item){.l = -1, .g = -1};
    }
    (void)snprintf(body, sizeof(body),
        "{\"TableName\":\"items\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":["
        "{\"AttributeName\":\"p\",\"AttributeType\":\"S\"},{\"AttributeName\":\"s\",\"AttributeType\":\"N\"},"
        "{\"AttributeName\":\"g\",\"AttributeType\":\"S\"},{\"AttributeName\":\"n\",\"AttributeType\":\"N\"}],"
        "\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"s\",\"KeyType\":\"RANGE\"}]"
        ","
        "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"by_g\",\"KeySchema\":[{\"AttributeName\":\"g\",\"KeyType\":"
        "\"HASH\"},"
        "{\"AttributeName\":\"s\",\"KeyType\":\"RANGE\"}],\"Projection\":{\"ProjectionType\":\"ALL\"}}],"
        "\"LocalSecondaryIndexes\":[{\"IndexName\":\"by_n\",\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":"
        "\"HASH\"},"
        "{\"AttributeName\":\"n\",\"KeyType\":\"RANGE\"}],\"Projection\":{\"ProjectionType\":\"KEYS_ONLY\"}}],"
        "\"StreamSpecification\":{\"StreamEnabled\":%s}}",
        sim.plan.parts[PART_STREAM] ? "true,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"" : "false");
    call_until(c, "CreateTable", "ResourceInUseException", body, &reply);
    (void)wait_active(c, "items");
}

/* ---- what is recorded ---- */

static void record(
    uint32_t key, const struct reply *reply, enum outcome outcome, const struct action *action, const char *what)
{
    struct operation o = {
        .invoked = reply->invoked, .returned = reply->returned, .outcome = outcome, .count = 1, .what = what};

    if (outcome == OUTCOME_UNSURE)
        o.returned = returned_at(reply);
    o.refused = outcome == OUTCOME_REFUSED;
    o.actions[0] = *action;
    history_add(histories[key], &o);
}

static void record_read(uint32_t key, const struct reply *reply, struct item seen, const char *what)
{
    struct action action = {.kind = ACTION_READ, .seen = seen};

    record(key, reply, OUTCOME_DONE, &action, what);
}

/* The outcome of a write; false: it was not done and says nothing. */
static bool outcome_of(const struct reply *reply, enum outcome *ret)
{
    if (passing(reply))
        return false;
    if (reply->status == 200)
        *ret = OUTCOME_DONE;
    else if (reply_unsure(reply))
        *ret = OUTCOME_UNSURE;
    else if (strcmp(reply->type, "ConditionalCheckFailedException") == 0 ||
             strcmp(reply->type, "ConditionalCheckFailed") == 0 || strcmp(reply->type, "DuplicateItemException") == 0)
        *ret = OUTCOME_REFUSED;
    else {
        sim_violation("an answer that nobody expects: %d %s: %s", reply->status, reply->type, reply->message);
        return false;
    }
    return true;
}

/* ---- writes ---- */

static struct item item_draw(struct client *c)
{
    struct item item = {.present = true, .w = ++work.next_w, .l = -1, .g = -1};

    item.has_n = draw(c, 4) != 0;
    if (item.has_n)
        item.n = draw(c, 10);
    if (draw(c, 2) == 0)
        item.g = (int32_t)draw(c, INDEX_KEYS);
    if (draw(c, 3) == 0)
        item.l = 0;
    if (draw(c, 10) == 0)
        item.f = 1 + draw(c, !sim.plan.parts[PART_LARGE] || draw(c, 10) != 0 ? 500 : draw(c, 5) == 0 ? 300000 : 60000);
    return item;
}

static void say_item(struct client *c, uint32_t key, const struct item *item)
{
    say(c, "{");
    say_key(c, key);
    say(c, ",\"w\":{\"N\":\"%u\"}", item->w);
    if (item->has_n)
        say(c, ",\"n\":{\"N\":\"%lld\"}", (long long)item->n);
    if (item->g >= 0)
        say(c, ",\"g\":{\"S\":\"g%d\"}", item->g);
    if (item->l >= 0)
        say(c, ",\"l\":{\"L\":[]}");
    if (item->f != 0) {
        say(c, ",\"f\":{\"S\":\"");
        say_zeros(c, item->f);
        say(c, "\"}");
    }
    say(c, "}");
}

static void condition_draw(struct client *c, struct action *a)
{
    if (draw(c, 3) != 0)
        return;
    a->condition = (enum condition_kind)(1 + draw(c, 4));
    a->wanted = a->condition == CONDITION_W ? (int64_t)work.next_w - draw(c, 40) : draw(c, 12);
}

static void say_condition(struct client *c, const struct action *a, const char *values)
{
    bool value = a->condition == CONDITION_W || a->condition == CONDITION_AT_LEAST;

    switch (a->condition) {
    case CONDITION_NONE:
    case CONDITION_LIST: /* of the bank alone */
        break;
    case CONDITION_ABSENT:
        say(c, ",\"ConditionExpression\":\"attribute_not_exists(p)\"");
        break;
    case CONDITION_PRESENT:
        say(c, ",\"ConditionExpression\":\"attribute_exists(s)\"");
        break;
    case CONDITION_W:
        say(c, ",\"ConditionExpression\":\"w = :c\"");
        break;
    case CONDITION_AT_LEAST:
        say(c, ",\"ConditionExpression\":\"n >= :c AND attribute_exists(p)\"");
        break;
    }
    if (value || *values != 0)
        say(c, ",\"ExpressionAttributeValues\":{%s%s", values, value && *values != 0 ? "," : "");
    if (value)
        say(c, "\":c\":{\"N\":\"%lld\"}", (long long)a->wanted);
    if (value || *values != 0)
        say(c, "}");
}

/* What the reply tells of the item before or after. */
static void images_read(struct action *a, const struct reply *reply, enum outcome outcome, bool old, bool new)
{
    if (outcome == OUTCOME_REFUSED) {
        a->has_old = node_at(reply->root, "Item") != NULL;
        a->old = item_read(node_at(reply->root, "Item"));
        return;
    }
    if (outcome == OUTCOME_DONE && old) {
        a->has_old = true;
        a->old = item_read(node_at(reply->root, "Attributes"));
    }
    if (outcome == OUTCOME_DONE && new) {
        a->has_new = true;
        a->new = item_read(node_at(reply->root, "Attributes"));
    }
}

static void say_wishes(struct client *c, bool old, bool new, bool failed)
{
    if (old || new)
        say(c, ",\"ReturnValues\":\"%s\"", old ? "ALL_OLD" : "ALL_NEW");
    if (failed)
        say(c, ",\"ReturnValuesOnConditionCheckFailure\":\"ALL_OLD\"");
}

static void write_send(struct client *c, const char *operation, uint32_t key, struct action *a, bool old, bool new)
{
    enum outcome outcome;
    struct reply reply;

    call(c, operation, &reply);
    if (!outcome_of(&reply, &outcome))
        return;
    images_read(a, &reply, outcome, old, new);
    record(key, &reply, outcome, a, operation);
}

static void put(struct client *c, uint32_t key)
{
    struct action a = {.kind = ACTION_PUT, .put = item_draw(c)};
    bool old = draw(c, 3) == 0;

    condition_draw(c, &a);
    say(c, "{\"TableName\":\"items\",\"Item\":");
    say_item(c, key, &a.put);
    say_wishes(c, old, false, draw(c, 2) == 0);
    say_condition(c, &a, "");
    say(c, "}");
    write_send(c, "PutItem", key, &a, old, false);
}

static void delete (struct client *c, uint32_t key)
{
    struct action a = {.kind = ACTION_DELETE};
    bool old = draw(c, 2) == 0;

    condition_draw(c, &a);
    say(c, "{\"TableName\":\"items\",\"Key\":{");
    say_key(c, key);
    say(c, "}");
    say_wishes(c, old, false, draw(c, 2) == 0);
    say_condition(c, &a, "");
    say(c, "}");
    write_send(c, "DeleteItem", key, &a, old, false);
}

static void update(struct client *c, uint32_t key)
{
    struct action a = {.w = ++work.next_w};
    bool old = draw(c, 4) == 0, new = !old &&draw(c, 2) == 0;
    char values[128];

    condition_draw(c, &a);
    say(c, "{\"TableName\":\"items\",\"Key\":{");
    say_key(c, key);
    say(c, "},\"UpdateExpression\":");
    switch (draw(c, 4)) {
    case 0:
    case 1:
        a.kind = ACTION_ADD;
        a.k = 1 + draw(c, 5);
        say(c, "\"SET w = :w ADD n :k\"");
        (void)snprintf(values, sizeof(values), "\":w\":{\"N\":\"%u\"},\":k\":{\"N\":\"%lld\"}", a.w, (long long)a.k);
        break;
    case 2:
        a.kind = ACTION_APPEND;
        say(c, "\"SET l = list_append(if_not_exists(l, :e), :x)\"");
        (void)snprintf(values, sizeof(values), "\":e\":{\"L\":[]},\":x\":{\"L\":[{\"N\":\"%u\"}]}", a.w);
        break;
    default:
        a.kind = ACTION_KEY;
        a.k = (int64_t)draw(c, INDEX_KEYS + 1) - 1;
        say(c, a.k < 0 ? "\"SET w = :w REMOVE g\"" : "\"SET w = :w, g = :g\"");
        (void)snprintf(values, sizeof(values), "\":w\":{\"N\":\"%u\"}", a.w);
        if (a.k >= 0)
            (void)snprintf(
                values, sizeof(values), "\":w\":{\"N\":\"%u\"},\":g\":{\"S\":\"g%lld\"}", a.w, (long long)a.k);
    }
    say_wishes(c, old, new, draw(c, 2) == 0);
    say_condition(c, &a, values);
    say(c, "}");
    write_send(c, "UpdateItem", key, &a, old, new);
}

/* ---- reads ---- */

static void get(struct client *c, uint32_t key)
{
    struct reply reply;

    say(c, "{\"TableName\":\"items\",\"ConsistentRead\":%s,\"Key\":{", draw(c, 2) == 0 ? "true" : "false");
    say_key(c, key);
    say(c, "}}");
    call(c, "GetItem", &reply);
    if (reply.status == 200)
        record_read(key, &reply, item_read(node_at(reply.root, "Item")), "GetItem");
}

/* Items of a page, each once; `seen` is by key. */
static void page_read(const struct reply *reply, const char *list, struct item *seen, bool *there)
{
    const struct node *items = node_at(reply->root, list);

    for (const struct node *item = items == NULL ? NULL : items->first; item != NULL; item = item->next) {
        uint32_t key = key_of(item);

        if (there[key])
            sim_violation("an item came twice in one reading");
        there[key] = true;
        seen[key] = item_read(item);
    }
    if (items != NULL && node_at(reply->root, "Count") != NULL &&
        node_count(items) != (uint32_t)atoi(node_text(node_at(reply->root, "Count"))))
        sim_violation("Count is not the number of items");
}

/* The key a page ended at, as text for the next request. */
static bool resume_read(const struct reply *reply, char *to, size_t bytes, const char *more)
{
    const struct node *key = node_at(reply->root, "LastEvaluatedKey");

    if (key == NULL)
        return false;
    (void)snprintf(to, bytes, ",\"ExclusiveStartKey\":{\"p\":{\"S\":\"%s\"},\"s\":{\"N\":\"%s\"}%s%s%s}",
        node_text(node_at2(key, "p", "S")), node_text(node_at2(key, "s", "N")), *more == 0 ? "" : ",\"g\":{\"S\":\"",
        more, *more == 0 ? "" : "\"}");
    return true;
}

/*
 * Reads page by page with what `say_request` says. False: it did not come to its end. All pages together are one read
 * of each item, between the first request and the last reply.
 */
struct reading {
    const char *operation;
    char body[512];
    const char *resume_more;
    struct item seen[ITEM_KEYS];
    bool there[ITEM_KEYS];
    struct reply reply; /* of all */
};

static bool read_pages(struct client *c, struct reading *r)
{
    uint32_t limit = draw(c, 2) == 0 ? 0 : 1 + draw(c, 10), pages = 0;
    char resume[256] = "";
    uint64_t invoked = 0;

    for (uint32_t i = 0; i < ITEM_KEYS; i++)
        r->seen[i] = (struct item){.l = -1, .g = -1};
    do {
        say(c, "{\"TableName\":\"items\"%s%s", r->body, resume);
        if (limit != 0)
            say(c, ",\"Limit\":%u", limit);
        say(c, "}");
        call(c, r->operation, &r->reply);
        if (invoked == 0)
            invoked = r->reply.invoked;
        if (r->reply.status != 200)
            return false;
        page_read(&r->reply, "Items", r->seen, r->there);
        if (++pages > 200) {
            sim_violation("%s does not come to an end", r->operation);
            return false;
        }
    } while (resume_read(&r->reply, resume, sizeof(resume), r->resume_more));
    r->reply.invoked = invoked;
    return true;
}

static void query(struct client *c)
{
    uint32_t partition = draw(c, ITEM_PARTITIONS);
    struct reading r = {.operation = "Query", .resume_more = ""};

    (void)snprintf(r.body, sizeof(r.body),
        ",\"ConsistentRead\":true,\"ScanIndexForward\":%s,\"KeyConditionExpression\":\"p = :p\","
        "\"ExpressionAttributeValues\":{\":p\":{\"S\":\"p%u\"}}",
        draw(c, 2) == 0 ? "true" : "false", partition);
    if (!read_pages(c, &r))
        return;
    for (uint32_t key = partition * ITEM_SORTS; key < (partition + 1) * ITEM_SORTS; key++)
        record_read(key, &r.reply, r.seen[key], "Query");
}

static void scan(struct client *c)
{
    struct reading r = {.operation = "Scan", .resume_more = "", .body = ",\"ConsistentRead\":true"};

    if (!read_pages(c, &r))
        return;
    for (uint32_t key = 0; key < ITEM_KEYS; key++)
        record_read(key, &r.reply, r.seen[key], "Scan");
}

/* An item may change its place in the index between two pages: only one page is one moment. */
static void listed(struct client *c)
{
    const char *index = sim.plan.parts[PART_INDEXES] && draw(c, 2) == 0 ? "second" : "by_g";
    uint32_t g = draw(c, INDEX_KEYS), second = work.second;
    struct item seen[ITEM_KEYS];
    bool there[ITEM_KEYS] = {false};
    struct reply reply;

    for (uint32_t i = 0; i < ITEM_KEYS; i++)
        seen[i] = (struct item){.l = -1, .g = -1};
    say(c,
        "{\"TableName\":\"items\",\"IndexName\":\"%s\",\"KeyConditionExpression\":\"g = :g\","
        "\"ExpressionAttributeValues\":{\":g\":{\"S\":\"g%u\"}}}",
        index, g);
    call(c, "Query", &reply);
    if (reply.status != 200 || node_at(reply.root, "LastEvaluatedKey") != NULL)
        return;
    page_read(&reply, "Items", seen, there);
    if (*index == 's' && (second % 2 == 0 || second != work.second))
        return; /* the entries of an index that is about to go are no longer kept */
    for (uint32_t key = 0; key < ITEM_KEYS; key++) {
        struct action a = {.kind = ACTION_LISTED, .k = g, .seen = seen[key]};

        record(key, &reply, OUTCOME_DONE, &a, index);
    }
}

/* ---- batches ---- */

static bool among_unprocessed(const struct reply *reply, uint32_t key, bool write)
{
    const struct node *list = write ? node_at2(reply->root, "UnprocessedItems", "items")
                                    : node_at(node_at2(reply->root, "UnprocessedKeys", "items"), "Keys");

    for (const struct node *one = list == NULL ? NULL : list->first; one != NULL; one = one->next) {
        const struct node *item = one;

        if (write)
            item = node_at(one, "PutRequest") != NULL ? node_at2(one, "PutRequest", "Item")
                                                      : node_at2(one, "DeleteRequest", "Key");
        if (key_of(item) == key)
            return true;
    }
    return false;
}

static void batch_write(struct client *c)
{
    uint32_t first = draw(c, ITEM_KEYS), step = 1 + 2 * draw(c, 4), count = 1 + draw(c, 10);
    struct action actions[10];
    enum outcome outcome;
    struct reply reply;

    say(c, "{\"RequestItems\":{\"items\":[");
    for (uint32_t i = 0; i < count; i++) {
        uint32_t key = (first + i * step) % ITEM_KEYS;

        actions[i] = (struct action){.kind = draw(c, 4) == 0 ? ACTION_DELETE : ACTION_PUT, .put = item_draw(c)};
        say(c, i == 0 ? "" : ",");
        if (actions[i].kind == ACTION_PUT) {
            say(c, "{\"PutRequest\":{\"Item\":");
            say_item(c, key, &actions[i].put);
        } else {
            say(c, "{\"DeleteRequest\":{\"Key\":{");
            say_key(c, key);
            say(c, "}");
        }
        say(c, "}}");
    }
    say(c, "]}}");
    call(c, "BatchWriteItem", &reply);
    if (!outcome_of(&reply, &outcome))
        return;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t key = (first + i * step) % ITEM_KEYS;

        /* one that is given back may have been tried */
        if (outcome == OUTCOME_DONE && among_unprocessed(&reply, key, true))
            record(key, &reply, OUTCOME_UNSURE, &actions[i], "BatchWriteItem, unprocessed");
        else
            record(key, &reply, outcome, &actions[i], "BatchWriteItem");
    }
}

static void batch_get(struct client *c)
{
    uint32_t first = draw(c, ITEM_KEYS), count = 1 + draw(c, 12);
    struct item seen[ITEM_KEYS];
    bool there[ITEM_KEYS] = {false};
    struct reply reply;
    struct node *list;

    for (uint32_t i = 0; i < ITEM_KEYS; i++)
        seen[i] = (struct item){.l = -1, .g = -1};
    say(c, "{\"RequestItems\":{\"items\":{\"ConsistentRead\":true,\"Keys\":[");
    for (uint32_t i = 0; i < count; i++) {
        say(c, i == 0 ? "{" : ",{");
        say_key(c, (first + i) % ITEM_KEYS);
        say(c, "}");
    }
    say(c, "]}}}");
    call(c, "BatchGetItem", &reply);
    if (reply.status != 200)
        return;
    list = node_at(reply.root, "Responses");
    for (const struct node *item = list == NULL ? NULL : node_at(list, "items")->first; item != NULL;
         item = item->next) {
        uint32_t key = key_of(item);

        if (there[key])
            sim_violation("an item came twice in one reading");
        there[key] = true;
        seen[key] = item_read(item);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t key = (first + i) % ITEM_KEYS;

        if (there[key] || !among_unprocessed(&reply, key, false))
            record_read(key, &reply, seen[key], "BatchGetItem");
    }
}

/* ---- statements ---- */

static void statement(struct client *c, uint32_t key)
{
    struct action a = {.w = ++work.next_w};
    enum outcome outcome;
    struct reply reply;
    const struct node *items;

    switch (draw(c, 4)) {
    case 0:
        say(c, "{\"Statement\":\"SELECT * FROM items WHERE p = 'p%u' AND s = %u\",\"ConsistentRead\":true}",
            key / ITEM_SORTS, key % ITEM_SORTS);
        call(c, "ExecuteStatement", &reply);
        items = node_at(reply.root, "Items");
        if (reply.status == 200)
            record_read(key, &reply, item_read(items == NULL ? NULL : items->first), "SELECT");
        return;
    case 1:
        a.kind = ACTION_PUT;
        a.condition = CONDITION_ABSENT;
        a.put = (struct item){.present = true, .w = a.w, .l = -1, .g = (int32_t)draw(c, INDEX_KEYS)};
        say(c,
            "{\"Statement\":\"INSERT INTO items VALUE {'p': 'p%u', 's': %u, 'w': ?, 'g': "
            "'g%d'}\",\"Parameters\":[{\"N\":\"%u\"}]}",
            key / ITEM_SORTS, key % ITEM_SORTS, a.put.g, a.w);
        break;
    case 2:
        a.kind = ACTION_KEY;
        a.condition = CONDITION_PRESENT;
        a.k = draw(c, INDEX_KEYS);
        say(c, "{\"Statement\":\"UPDATE items SET w = %u SET g = 'g%lld' WHERE p = 'p%u' AND s = %u\"}", a.w,
            (long long)a.k, key / ITEM_SORTS, key % ITEM_SORTS);
        break;
    default:
        a.kind = ACTION_DELETE;
        say(c, "{\"Statement\":\"DELETE FROM items WHERE p = 'p%u' AND s = %u RETURNING ALL OLD *\"}", key / ITEM_SORTS,
            key % ITEM_SORTS);
    }
    call(c, "ExecuteStatement", &reply);
    if (!outcome_of(&reply, &outcome))
        return;
    items = node_at(reply.root, "Items");
    if (a.kind == ACTION_DELETE && outcome == OUTCOME_DONE) {
        a.has_old = true;
        a.old = item_read(items == NULL ? NULL : items->first);
    }
    record(key, &reply, outcome, &a, "ExecuteStatement");
}

/* ---- one step ---- */

void items_step(struct client *c)
{
    uint32_t key = draw(c, 2) == 0 ? draw(c, HOT_KEYS) * 7 % ITEM_KEYS : draw(c, ITEM_KEYS), what = draw(c, 100);
    const bool *parts = sim.plan.parts;

    if (what < 10 && parts[PART_QUERY])
        query(c);
    else if (what < 14 && parts[PART_SCAN])
        scan(c);
    else if (what < 20 && parts[PART_LISTED])
        listed(c);
    else if (what < 26 && parts[PART_BATCH])
        batch_write(c);
    else if (what < 32 && parts[PART_BATCH])
        batch_get(c);
    else if (what < 42 && parts[PART_STATEMENT])
        statement(c, key);
    else if (what < 55)
        get(c, key);
    else if (what < 72)
        put(c, key);
    else if (what < 92)
        update(c, key);
    else
        delete (c, key);
}

/* ---- the end ---- */

static bool in_index(const struct item *item, const char *index)
{
    if (!item->present)
        return false;
    return strcmp(index, "by_n") != 0 ? item->g >= 0 : item->has_n;
}

static void index_compare(struct client *c, const char *index)
{
    struct item seen[ITEM_KEYS];
    bool there[ITEM_KEYS] = {false};
    struct reply reply;

    say(c, "{\"TableName\":\"items\",\"IndexName\":\"%s\"}", index);
    call(c, "Scan", &reply);
    if (reply.status != 200) {
        sim_violation("the index %s cannot be scanned in the calm: %s %s", index, reply.type, reply.message);
        return;
    }
    page_read(&reply, "Items", seen, there);
    for (uint32_t key = 0; key < ITEM_KEYS; key++) {
        if (there[key] != in_index(&final[key], index))
            sim_violation("item p%u s%u is%s in the index %s", key / ITEM_SORTS, key % ITEM_SORTS,
                there[key] ? "" : " not", index);
        else if (there[key] && strcmp(index, "by_n") != 0 && !item_equal(&seen[key], &final[key]))
            sim_violation("item p%u s%u is another one in the index %s", key / ITEM_SORTS, key % ITEM_SORTS, index);
    }
}

static void count_compare(struct client *c)
{
    uint32_t items = 0, in_gx = 0;
    struct reply reply;
    const struct node *indexes;

    for (uint32_t key = 0; key < ITEM_KEYS; key++) {
        items += final[key].present;
        in_gx += in_index(&final[key], "by_g");
    }
    call_until(c, "DescribeTable", "", "{\"TableName\":\"items\"}", &reply);
    if (atoi(node_text(node_at2(reply.root, "Table", "ItemCount"))) != (int)items)
        sim_violation(
            "ItemCount is %s, and there are %u items", node_text(node_at2(reply.root, "Table", "ItemCount")), items);
    indexes = node_at2(reply.root, "Table", "GlobalSecondaryIndexes");
    for (const struct node *index = indexes == NULL ? NULL : indexes->first; index != NULL; index = index->next) {
        if (atoi(node_text(node_at(index, "ItemCount"))) != (int)in_gx)
            sim_violation("ItemCount of %s is %s, and there are %u entries", node_text(node_at(index, "IndexName")),
                node_text(node_at(index, "ItemCount")), in_gx);
    }
}

/* The index that work_tables.c makes and removes. */
static bool second_is_there(struct client *c)
{
    struct reply reply;

    (void)wait_active(c, "items");
    call_until(c, "DescribeTable", "", "{\"TableName\":\"items\"}", &reply);
    return node_count(node_at2(reply.root, "Table", "GlobalSecondaryIndexes")) == 2;
}

void items_finish(struct client *c)
{
    struct reading r = {.operation = "Scan", .resume_more = "", .body = ",\"ConsistentRead\":true"};

    if (!read_pages(c, &r)) {
        sim_violation("the items cannot be read in the calm: %s %s", r.reply.type, r.reply.message);
        return;
    }
    for (uint32_t key = 0; key < ITEM_KEYS; key++) {
        record_read(key, &r.reply, r.seen[key], "last Scan");
        final[key] = r.seen[key];
    }
    index_compare(c, "by_g");
    index_compare(c, "by_n");
    if (second_is_there(c))
        index_compare(c, "second");
    count_compare(c);
}

const struct item *items_final(uint32_t key)
{
    return &final[key];
}

void items_check(void)
{
    for (uint32_t i = 0; i < ITEM_KEYS; i++) {
        history_check(histories[i]);
        history_destroy(histories[i]);
    }
}
