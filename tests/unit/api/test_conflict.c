/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What the item operations answer when they meet a transaction that is under way (data-plane.md 3.10). The other one
 * stays in the middle of its decision, in a thread of its own, until all have been asked: each waits its 50 ms.
 */
#include <pthread.h>

#include "gate.h"

#define CONTROL_CLOCK gate_clock_ms
#include "control.h"

#define PUT_(pk_) "{'Put':{'TableName':'Tab','Item':{'pk':{'S':'" pk_ "'}}}}"
#define CONFLICT_ "TransactionConflictException: Transaction is ongoing for the item"

static void *other_run(void *argument)
{
    struct arena *arena = arena_create(65536);
    struct fiber *self = fiber_of_thread();
    const char *reply = ask(arena, self, "TransactWriteItems",
        "{'ClientRequestToken':'mine','TransactItems':[" PUT_("a") "," PUT_("b") "]}");

    *(bool *)argument = strcmp(reply, "{}") == 0;
    fiber_of_thread_destroy(self);
    arena_destroy(arena);
    return NULL;
}

static struct slice all_there(void)
{
    const char *reply =
        call("TransactGetItems", "{'TransactItems':[{'Get':{'TableName':'Tab','Key':{'pk':{'S':'a'}}}},{"
                                 "'Get':{'TableName':'Tab','Key':{'pk':{'S':'b'}}}}]}");

    return slice_from_cstr(reply);
}

/* Which keys share a latch depends on the seed. */
static enum err seed_fill(void *context, const struct table_desc *present, struct table_desc *next, struct arena *arena,
    enum catalog_what *ret_what)
{
    (void)context, (void)present, (void)arena, (void)ret_what;
    next->hash_seed = 1;
    return OK;
}

static void seed_fix(void)
{
    const struct table_desc *ignored;

    CHECK(catalog_change(w.api.catalog, w.self, w.arena, SLICE_LIT("123456789012"), SLICE_LIT("us-east-1"),
              SLICE_LIT("Tab"), seed_fill, NULL, &ignored) == OK);
}

TEST(api, whoever_meets_a_running_transaction_is_told_and_may_try_again)
{
    pthread_t other;
    bool done = false;

    begin(0);
    make(WITH_(ON_DEMAND_));
    seed_fix();
    atomic_store(&gate, GATE_ARMED);
    CHECK(pthread_create(&other, NULL, other_run, &done) == 0);
    while (atomic_load(&gate) != GATE_INSIDE)
        sched_yield();
    CHECK(is(call("PutItem", "{'TableName':'Tab','Item':{'pk':{'S':'a'}}}"), CONFLICT_));
    CHECK(is(call("DeleteItem", "{'TableName':'Tab','Key':{'pk':{'S':'a'}}}"), CONFLICT_));
    CHECK(
        is(call("UpdateItem", "{'TableName':'Tab','Key':{'pk':{'S':'b'}},'UpdateExpression':'REMOVE x'}"), CONFLICT_));
    CHECK(has(call("TransactWriteItems", "{'TransactItems':[" PUT_("free") "," PUT_("b") "]}"),
        "'CancellationReasons':[{'Code':'None'},{'Code':'TransactionConflict','Message':'Transaction is ongoing for "
        "the item'}]"));
    CHECK(is(call("TransactWriteItems", "{'ClientRequestToken':'mine','TransactItems':[" PUT_("free") "]}"),
        "TransactionInProgressException: The transaction with the given request token is already in progress."));
    CHECK(has(call("BatchWriteItem", "{'RequestItems':{'Tab':[{'PutRequest':{'Item':{'pk':{'S':'c'}}}},"
                                     "{'DeleteRequest':{'Key':{'pk':{'S':'a'}}}}]}}"),
        "{'UnprocessedItems':{'Tab':[{'DeleteRequest':{'Key':{'pk':{'S':'a'}}}}]}}"));
    /* reads wait for nobody, and see nothing of it yet */
    CHECK(has(call("GetItem", "{'TableName':'Tab','Key':{'pk':{'S':'c'}},'ConsistentRead':true}"),
        "{'Item':{'pk':{'S':'c'}}}"));
    CHECK(slice_is(all_there(), "{\"Responses\":[{},{}]}"));
    atomic_store(&gate, GATE_OPEN);
    CHECK(pthread_join(other, NULL) == 0 && done);
    CHECK(
        slice_is(all_there(), "{\"Responses\":[{\"Item\":{\"pk\":{\"S\":\"a\"}}},{\"Item\":{\"pk\":{\"S\":\"b\"}}}]}"));
    CHECK(is(call("DeleteItem", "{'TableName':'Tab','Key':{'pk':{'S':'a'}}}"), "{}"));
    end();
}

TEST_MAIN()
