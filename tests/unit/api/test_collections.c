/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The limit of an item collection (data-plane.md 2.4), through every operation that writes. A test sets the counter of
 * the collection "c" to what ten gigabytes of items would have left in it.
 */
#include "control.h"

#include "codec/key.h"

#define EXCEEDED "ItemCollectionSizeLimitExceededException: Collection size exceeded."
#define CANCELLED_                                                                                                     \
    "TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for specific reasons "

/* 7 bytes and the text: pk, sk and v. With `l`, 2 bytes more and all of it again in the local index. */
#define ITEM_(pk_, sk_, v_) "{'pk':{'S':'" pk_ "'},'sk':{'S':'" sk_ "'},'v':{'S':'" v_ "'}}"
#define LSI_ITEM_(sk_, v_)  "{'pk':{'S':'c'},'sk':{'S':'" sk_ "'},'l':{'S':'l'},'v':{'S':'" v_ "'}}"
#define KEY_(sk_)           "{'pk':{'S':'c'},'sk':{'S':'" sk_ "'}}"
#define PUT_ITEM(item_)     call("PutItem", "{'TableName':'Tab','Item':" item_ "}")
#define PUT_ACTION(item_)   "{'Put':{'TableName':'Tab','Item':" item_ "}}"
#define UPDATE_             "'Statement':'UPDATE Tab SET w=1 WHERE pk=? AND sk=?','Parameters':[{'S':'c'},{'S':'1'}]"
#define DELETE_ITEM(sk_)    call("DeleteItem", "{'TableName':'Tab','Key':" KEY_(sk_) "}")
#define TRANSACT(actions_)  call("TransactWriteItems", "{'TransactItems':[" actions_ "]}")

static struct slice collection_key(void)
{
    struct catalog_view *view = catalog_acquire(w.api.catalog, w.self);
    const struct table_desc *table =
        catalog_find(view, SLICE_LIT("123456789012"), SLICE_LIT("us-east-1"), SLICE_LIT("Tab"));
    struct slice key = table_collection_key(w.arena, table->id, SLICE_LIT("c"));

    catalog_release(view, w.self);
    return key;
}

static int64_t collection_bytes(void)
{
    struct engine_key key = {.space = ENGINE_META, .key = collection_key()};
    struct engine_record record;
    int64_t bytes;

    CHECK(engine_get(w.engine, w.self, w.arena, &key, 1, &record) == OK);
    CHECK(counter_value(key.key, record.bytes, &bytes) == OK);
    return bytes;
}

struct addition {
    struct slice key;
    int64_t delta;
};

static enum err addition_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct addition *addition = context;

    (void)old, (void)stamp, (void)arena;
    effects_add(fx, addition->key, addition->delta);
    return OK;
}

/* Leaves room for so many bytes more. */
static void room_set(int64_t room)
{
    struct addition addition = {collection_key(), COLLECTION_BYTES_MAX - room - collection_bytes()};
    struct engine_key key = {.space = ENGINE_META, .key = addition.key};
    struct engine_decision decision = {.keys = &key, .keys_count = 1, .fn = addition_decide, .context = &addition};
    engine_ticket ticket;

    CHECK(engine_decide(w.engine, w.self, w.arena, &decision, &ticket) == OK);
    CHECK(engine_settle(w.engine, w.self, ticket) == OK);
    CHECK(collection_bytes() == COLLECTION_BYTES_MAX - room);
}

static void begin_lsi(void)
{
    begin(0);
    make("{'TableName':'Tab','AttributeDefinitions':[" DEF_("pk") "," DEF_("sk") "," DEF_("l") "],'KeySchema':[" HASH_(
        "pk") "," RANGE_("sk") "],'LocalSecondaryIndexes':[" INDEX_("by-l", HASH_("pk") "," RANGE_("l"),
        ALL_) "]," ON_DEMAND_ "}");
}

TEST(api, a_collection_is_full_at_ten_gigabytes_and_not_before)
{
    begin_lsi();
    room_set(10);
    CHECK(is(PUT_ITEM(ITEM_("c", "1", "1234")), EXCEEDED)); /* 11 bytes */
    CHECK(is(PUT_ITEM(ITEM_("c", "1", "123")), "{}"));
    CHECK(collection_bytes() == COLLECTION_BYTES_MAX);
    CHECK(is(PUT_ITEM(ITEM_("c", "1", "1234")), EXCEEDED));
    CHECK(is(PUT_ITEM(ITEM_("d", "1", "another collection")), "{}"));
    end();
}

TEST(api, entries_of_local_indexes_count_toward_the_collection)
{
    begin_lsi();
    room_set(23);
    CHECK(is(PUT_ITEM(LSI_ITEM_("1", "123")), EXCEEDED)); /* 24 bytes */
    CHECK(is(PUT_ITEM(LSI_ITEM_("1", "12")), "{}"));      /* 22 bytes */
    CHECK(collection_bytes() == COLLECTION_BYTES_MAX - 1);
    end();
}

TEST(api, what_does_not_grow_a_full_collection_is_done)
{
    begin_lsi();
    CHECK(is(PUT_ITEM(LSI_ITEM_("1", "12345")), "{}"));
    CHECK(is(PUT_ITEM(ITEM_("c", "2", "12345")), "{}"));
    room_set(-1000); /* what was under way may have carried it beyond */
    CHECK(is(PUT_ITEM(LSI_ITEM_("1", "54321")), "{}"));
    CHECK(is(call("UpdateItem", "{'TableName':'Tab','Key':" KEY_("1") ",'UpdateExpression':'REMOVE l'}"), "{}"));
    CHECK(is(PUT_ITEM(LSI_ITEM_("1", "54321")), EXCEEDED));
    CHECK(is(call("UpdateItem", "{'TableName':'Tab','Key':" KEY_("9") "}"), EXCEEDED));
    CHECK(is(DELETE_ITEM("2"), "{}"));
    CHECK(is(DELETE_ITEM("no such item"), "{}"));
    end();
}

TEST(api, a_condition_that_fails_is_told_before_the_limit)
{
    begin_lsi();
    room_set(0);
    CHECK(is(call("PutItem", "{'TableName':'Tab','Item':" ITEM_("c", "1", "") ",'ConditionExpression':"
                                                                              "'attribute_exists(pk)'}"),
        "ConditionalCheckFailedException: The conditional request failed"));
    end();
}

TEST(api, batches_and_statements_tell_the_limit)
{
    begin_lsi();
    CHECK(is(PUT_ITEM(ITEM_("c", "1", "")), "{}"));
    room_set(0);
    CHECK(is(call("BatchWriteItem", "{'RequestItems':{'Tab':[{'PutRequest':{'Item':" ITEM_(
                                        "d", "1", "") "}},"
                                                      "{'PutRequest':{'Item':" ITEM_("c", "2", "") "}}]}}"),
        EXCEEDED));
    CHECK(is(call("ExecuteStatement", "{" UPDATE_ "}"), EXCEEDED));
    CHECK(has(call("BatchExecuteStatement", "{'Statements':[{" UPDATE_ "}]}"),
        "{'Error':{'Code':'ItemCollectionSizeLimitExceeded','Message':'Collection size "
        "exceeded.'},'TableName':'Tab'}"));
    CHECK(
        has(call("ExecuteTransaction", "{'TransactStatements':[{" UPDATE_ "}]}"), "[ItemCollectionSizeLimitExceeded]"));
    end();
}

TEST(api, the_actions_of_a_transaction_are_counted_together)
{
    begin_lsi();
    room_set(20);
    CHECK(is(TRANSACT(PUT_ACTION(ITEM_("c", "1", "123")) "," PUT_ACTION(ITEM_("d", "1", "")) "," PUT_ACTION(
                 ITEM_("c", "2", "1234"))),
        CANCELLED_ "[None, None, ItemCollectionSizeLimitExceeded]\"CancellationReasons\":[{\"Code\":\"None\"},"
                   "{\"Code\":\"None\"},{\"Code\":\"ItemCollectionSizeLimitExceeded\",\"Message\":\"Collection size "
                   "exceeded.\"}]"));
    CHECK(collection_bytes() == COLLECTION_BYTES_MAX - 20);
    CHECK(is(TRANSACT(PUT_ACTION(ITEM_("c", "1", "123")) "," PUT_ACTION(ITEM_("c", "2", "123"))), "{}"));
    CHECK(collection_bytes() == COLLECTION_BYTES_MAX);
    CHECK(is(TRANSACT("{'Delete':{'TableName':'Tab','Key':" KEY_("1") "}}"), "{}"));
    end();
}

TEST(api, metrics_tell_the_gigabytes_of_the_collection)
{
    const char *put = "{'TableName':'Tab','ReturnItemCollectionMetrics':'SIZE','Item':" ITEM_("c", "1", "") "}";

    begin_lsi();
    CHECK(has(call("PutItem", put), "{'ItemCollectionKey':{'pk':{'S':'c'}},'SizeEstimateRangeGB':[0.0,1.0]}"));
    room_set(((int64_t)3 << 30) + 1);
    CHECK(has(call("PutItem", put), "'SizeEstimateRangeGB':[6.0,7.0]"));
    room_set((int64_t)3 << 30);
    CHECK(has(call("PutItem", put), "'SizeEstimateRangeGB':[7.0,8.0]"));
    end();
}

TEST(api, tables_without_a_local_index_have_no_such_limit)
{
    begin(0);
    make(WITH_(ON_DEMAND_));
    room_set(0);
    CHECK(is(call("PutItem", "{'TableName':'Tab','Item':{'pk':{'S':'c'}}}"), "{}"));
    end();
}

TEST_MAIN()
