/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Transactions over six items: four accounts and two lists. Transfers with a condition on the balance, elements
 * appended to both lists at once, checks, reads of all six; single writes and reads in between, and lists that are
 * emptied, so that they stay short. All of it is one history: an order must exist in which every transaction happened
 * at one moment, and twice never, also when it was sent again with its token because no answer came.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

#define OPERATIONS_MAX 1500
#define EMPTY_EVERY    40

static struct history *history;

static uint32_t draw(struct client *c, uint32_t n)
{
    return sim_below(c->stream, n);
}

static void list_create(struct client *c, uint32_t key)
{
    struct operation o = {.outcome = OUTCOME_DONE, .count = 1, .what = "the first PutItem"};
    char body[256];
    struct reply reply;

    o.actions[0] = (struct action){.kind = ACTION_PUT, .key = key};
    o.actions[0].put = (struct item){.present = true, .w = ++work.next_w, .g = -1};
    (void)snprintf(body, sizeof(body),
        "{\"TableName\":\"bank\",\"Item\":{\"p\":{\"S\":\"b%u\"},\"l\":{\"L\":[]},\"w\":{\"N\":\"%u\"}}}", key,
        o.actions[0].put.w);
    call_until(c, "PutItem", "", body, &reply);
    o.invoked = reply.invoked;
    o.returned = reply.returned;
    history_add(history, &o);
}

void bank_setup(struct client *c)
{
    struct reply reply;

    history = history_create("the bank", BANK_KEYS);
    call_until(c, "CreateTable", "ResourceInUseException",
        "{\"TableName\":\"bank\",\"BillingMode\":\"PAY_PER_REQUEST\",\"AttributeDefinitions\":[{\"AttributeName\":"
        "\"p\","
        "\"AttributeType\":\"S\"}],\"KeySchema\":[{\"AttributeName\":\"p\",\"KeyType\":\"HASH\"}]}",
        &reply);
    (void)wait_active(c, "bank");
    for (uint32_t key = BANK_KEYS - LISTS; key < BANK_KEYS; key++)
        list_create(c, key);
}

static void say_key(struct client *c, uint32_t key)
{
    say(c, "\"TableName\":\"bank\",\"Key\":{\"p\":{\"S\":\"b%u\"}}", key);
}

/* ---- transactions ---- */

static struct action *action_add(struct operation *o, enum action_kind kind, uint32_t key)
{
    struct action *a = &o->actions[o->count++];

    *a = (struct action){.kind = kind, .key = key};
    return a;
}

static void transaction_draw(struct client *c, struct operation *o)
{
    uint32_t from = draw(c, BANK_KEYS - LISTS), to = (from + 1 + draw(c, BANK_KEYS - LISTS - 1)) % (BANK_KEYS - LISTS);
    uint32_t w = ++work.next_w;
    struct action *a;

    if (draw(c, 3) != 0) { /* a transfer */
        int64_t amount = 1 + draw(c, 20);

        a = action_add(o, ACTION_ADD, from);
        a->k = -amount;
        a->condition = CONDITION_AT_LEAST;
        a->wanted = amount;
        a->w = w;
        a = action_add(o, ACTION_ADD, to);
        a->k = amount;
        a->w = w;
    }
    /* Both lists, always: they tell in the end which transactions were done. */
    for (uint32_t list = BANK_KEYS - LISTS; list < BANK_KEYS; list++)
        action_add(o, ACTION_APPEND, list)->w = w;
    if (draw(c, 4) == 0) {
        uint32_t key = (to + 1) % (BANK_KEYS - LISTS);

        if (key != from && key != to) {
            a = action_add(o, ACTION_CHECK, key);
            a->condition = CONDITION_AT_LEAST;
            a->wanted = draw(c, 100);
        }
    }
}

static void say_action(struct client *c, const struct action *a)
{
    say(c, a->kind == ACTION_CHECK ? "{\"ConditionCheck\":{" : "{\"Update\":{");
    say_key(c, a->key);
    if (a->kind == ACTION_ADD)
        say(c, ",\"UpdateExpression\":\"SET w = :w ADD n :k\"");
    if (a->kind == ACTION_APPEND)
        say(c, ",\"UpdateExpression\":\"SET l = list_append(if_not_exists(l, :e), :x)\"");
    if (a->condition == CONDITION_AT_LEAST)
        say(c, ",\"ConditionExpression\":\"n >= :c\"");
    say(c, ",\"ExpressionAttributeValues\":{");
    if (a->kind == ACTION_ADD)
        say(c, "\":w\":{\"N\":\"%u\"},\":k\":{\"N\":\"%lld\"}%s", a->w, (long long)a->k, a->condition != 0 ? "," : "");
    if (a->kind == ACTION_APPEND)
        say(c, "\":e\":{\"L\":[]},\":x\":{\"L\":[{\"N\":\"%u\"}]}", a->w);
    if (a->condition == CONDITION_AT_LEAST)
        say(c, "\":c\":{\"N\":\"%lld\"}", (long long)a->wanted);
    say(c, "}}}");
}

static const struct node *reasons_of(const struct reply *reply)
{
    const struct node *reasons = node_at(reply->root, "CancellationReasons");

    return reasons == NULL ? NULL : reasons->first;
}

void cancellation_cover(const struct reply *reply)
{
    for (const struct node *one = reasons_of(reply); one != NULL; one = one->next)
        sim_cover_error("a transaction, reason", node_text(node_at(one, "Code")));
}

/* Which conditions did not hold; false: it was cancelled for another reason. */
static bool reasons_read(const struct reply *reply, uint32_t *ret)
{
    uint32_t i = 0;

    cancellation_cover(reply);
    *ret = 0;
    for (const struct node *one = reasons_of(reply); one != NULL; one = one->next, i++) {
        const char *code = node_text(node_at(one, "Code"));

        if (strcmp(code, "ConditionalCheckFailed") == 0)
            *ret |= 1u << i;
        else if (strcmp(code, "None") != 0)
            return false;
    }
    return *ret != 0;
}

static void transact_send(struct client *c, const struct operation *o, uint32_t token, struct reply *reply)
{
    say(c, "{\"TransactItems\":[");
    for (uint32_t i = 0; i < o->count; i++) {
        say(c, i == 0 ? "" : ",");
        say_action(c, &o->actions[i]);
    }
    say(c, "]");
    if (token != 0)
        say(c, ",\"ClientRequestToken\":\"token-%u\"", token);
    say(c, "}");
    call(c, "TransactWriteItems", reply);
}

static void transact_write(struct client *c)
{
    /* A token is remembered for ten minutes of the wall clock: when that jumps, it may be forgotten at once. */
    bool tokens = sim.plan.parts[PART_TOKENS] && !sim.plan.faults[SIM_CLOCK_JUMP];
    uint32_t token = tokens && draw(c, 2) == 0 ? ++work.next_w : 0, tries = 0;
    struct operation o = {.outcome = OUTCOME_DONE};
    struct reply reply;
    uint64_t invoked;

    transaction_draw(c, &o);
    transact_send(c, &o, token, &reply);
    invoked = reply.invoked;
    while (token != 0 && reply_unsure(&reply) && sim_life_serves() && tries++ < 20) {
        sim_cover_count("a transaction was sent again with its token");
        transact_send(c, &o, token, &reply);
    }
    o.invoked = invoked;
    o.returned = reply.returned;
    o.what = tries != 0 ? "TransactWriteItems, again" : "TransactWriteItems";
    if (reply_unsure(&reply)) {
        o.outcome = OUTCOME_UNSURE;
        o.returned = returned_at(&reply);
    } else if (strcmp(reply.type, "TransactionCanceledException") == 0) {
        if (!reasons_read(&reply, &o.refused)) {
            if (tries == 0)
                return;
            o.outcome = OUTCOME_UNSURE; /* an earlier try may have been done */
            o.returned = returned_at(&reply);
        } else {
            o.outcome = OUTCOME_REFUSED;
        }
    } else if (reply.status != 200) {
        if (!passing(&reply))
            sim_violation("an answer that nobody expects: %d %s: %s", reply.status, reply.type, reply.message);
        if (tries == 0)
            return;
        o.outcome = OUTCOME_UNSURE;
        o.returned = returned_at(&reply);
    }
    history_add(history, &o);
}

/* A token that several use at once, now and then for something else. Nothing is written, so nothing has to fit. */
static void token_share(struct client *c)
{
    static const char *const fine[] = {"ConditionalCheckFailedException", "TransactionCanceledException",
        "IdempotentParameterMismatchException", "TransactionInProgressException"};
    bool known = false;
    struct reply reply;

    say(c,
        "{\"ClientRequestToken\":\"shared-%u\",\"TransactItems\":[{\"ConditionCheck\":{\"TableName\":\"bank\",\"Key\":"
        "{\"p\":{\"S\":\"b0\"}},\"ConditionExpression\":\"attribute_not_exists(nothing%u)\"}}]}",
        work.next_w / 256, draw(c, 8) == 0);
    call(c, "TransactWriteItems", &reply);
    for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
        known |= strcmp(reply.type, fine[i]) == 0;
    if (reply.status != 200 && !reply_unsure(&reply) && !passing(&reply) && !known)
        sim_violation("an answer that nobody expects: %d %s: %s", reply.status, reply.type, reply.message);
}

static void transact_get(struct client *c)
{
    struct operation o = {.outcome = OUTCOME_DONE, .what = "TransactGetItems"};
    const struct node *one;
    struct reply reply;

    say(c, "{\"TransactItems\":[");
    for (uint32_t key = 0; key < BANK_KEYS; key++) {
        say(c, key == 0 ? "{\"Get\":{" : ",{\"Get\":{");
        say_key(c, key);
        say(c, "}}");
    }
    say(c, "]}");
    call(c, "TransactGetItems", &reply);
    if (strcmp(reply.type, "TransactionCanceledException") == 0)
        cancellation_cover(&reply);
    if (reply.status != 200)
        return;
    one = node_at(reply.root, "Responses");
    one = one == NULL ? NULL : one->first;
    for (uint32_t key = 0; key < BANK_KEYS && one != NULL; key++, one = one->next)
        action_add(&o, ACTION_READ, key)->seen = item_read(node_at(one, "Item"));
    if (o.count != BANK_KEYS)
        sim_violation("TransactGetItems answered %u items", o.count);
    o.invoked = reply.invoked;
    o.returned = reply.returned;
    history_add(history, &o);
}

/* ---- single operations ---- */

static void single_write(struct client *c)
{
    struct operation o = {.count = 1, .what = "UpdateItem"};
    struct action *a = &o.actions[0];
    struct reply reply;
    bool new = draw(c, 2) == 0;

    *a = (struct action){
        .kind = ACTION_ADD, .key = draw(c, BANK_KEYS - LISTS), .k = 1 + draw(c, 30), .w = ++work.next_w};
    if (draw(c, 8) == 0) {
        a->kind = ACTION_DELETE;
        new = false;
        say(c, "{");
        say_key(c, a->key);
        say(c, "}");
        call(c, "DeleteItem", &reply);
    } else {
        say(c, "{");
        say_key(c, a->key);
        say(c,
            ",\"UpdateExpression\":\"SET w = :w ADD n "
            ":k\",\"ExpressionAttributeValues\":{\":w\":{\"N\":\"%u\"},\":k\":{\"N\":\"%lld\"}}%s}",
            a->w, (long long)a->k, new ? ",\"ReturnValues\":\"ALL_NEW\"" : "");
        call(c, "UpdateItem", &reply);
    }
    if (passing(&reply))
        return;
    o.outcome = reply_unsure(&reply) ? OUTCOME_UNSURE : OUTCOME_DONE;
    if (!reply_unsure(&reply) && reply.status != 200) {
        sim_violation("an answer that nobody expects: %d %s: %s", reply.status, reply.type, reply.message);
        return;
    }
    if (new &&reply.status == 200) {
        a->has_new = true;
        a->new = item_read(node_at(reply.root, "Attributes"));
    }
    o.invoked = reply.invoked;
    o.returned = o.outcome == OUTCOME_UNSURE ? returned_at(&reply) : reply.returned;
    history_add(history, &o);
}

static bool single_read(struct client *c, uint32_t key, struct item *ret)
{
    struct operation o = {.outcome = OUTCOME_DONE, .what = "GetItem"};
    struct reply reply;

    say(c, "{\"ConsistentRead\":true,");
    say_key(c, key);
    say(c, "}");
    call(c, "GetItem", &reply);
    if (reply.status != 200)
        return false;
    *ret = item_read(node_at(reply.root, "Item"));
    action_add(&o, ACTION_READ, key)->seen = *ret;
    o.invoked = reply.invoked;
    o.returned = reply.returned;
    history_add(history, &o);
    return true;
}

/* Only what was seen is taken out of a list, so that in the end it is known of each element whether it ever was in. */
static void list_empty(struct client *c)
{
    struct operation o = {.outcome = OUTCOME_DONE, .what = "PutItem"};
    struct action *a = action_add(&o, ACTION_PUT, BANK_KEYS - LISTS + draw(c, LISTS));
    struct item before;
    struct reply reply;

    if (!single_read(c, a->key, &before) || before.w == 0)
        return;
    a->put = (struct item){.present = true, .w = ++work.next_w, .g = -1};
    a->condition = CONDITION_LIST;
    a->wanted = before.w;
    a->wanted_l = before.l;
    say(c,
        "{\"TableName\":\"bank\",\"Item\":{\"p\":{\"S\":\"b%u\"},\"l\":{\"L\":[]},\"w\":{\"N\":\"%u\"}},"
        "\"ConditionExpression\":\"w = :w AND size(l) = :l\",\"ExpressionAttributeValues\":{\":w\":{\"N\":\"%u\"},"
        "\":l\":{\"N\":\"%d\"}}}",
        a->key, a->put.w, before.w, before.l);
    call(c, "PutItem", &reply);
    if (passing(&reply))
        return;
    if (reply_unsure(&reply)) {
        o.outcome = OUTCOME_UNSURE;
    } else if (strcmp(reply.type, "ConditionalCheckFailedException") == 0) {
        o.outcome = OUTCOME_REFUSED;
        o.refused = 1;
    } else if (reply.status != 200) {
        sim_violation("an answer that nobody expects: %d %s: %s", reply.status, reply.type, reply.message);
    }
    o.invoked = reply.invoked;
    o.returned = o.outcome == OUTCOME_UNSURE ? returned_at(&reply) : reply.returned;
    history_add(history, &o);
}

void bank_step(struct client *c)
{
    uint32_t what = draw(c, 10);
    struct item seen;

    if (history_count(history) > OPERATIONS_MAX)
        items_step(c);
    else if (draw(c, EMPTY_EVERY) == 0)
        list_empty(c);
    else if (sim.plan.parts[PART_TOKENS] && draw(c, 8) == 0)
        token_share(c);
    else if (what < 5)
        transact_write(c);
    else if (what < 7)
        transact_get(c);
    else if (what < 9)
        single_write(c);
    else
        (void)single_read(c, draw(c, BANK_KEYS), &seen);
}

void bank_finish(struct client *c)
{
    struct item seen;

    for (uint32_t key = 0; key < BANK_KEYS; key++) {
        if (!single_read(c, key, &seen))
            sim_violation("the bank cannot be read in the calm");
    }
    transact_get(c);
}

void bank_check(void)
{
    history_appends_settle(history, BANK_KEYS - 1);
    history_check(history);
    history_destroy(history);
}
