/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The operations whose member constraints the 2026 layer words in its own way (data-plane.md 0.2, verified-behaviour.md
 * 8, 10 and 12): PutItem, UpdateItem, DeleteItem, GetItem, Query, BatchGetItem; the one sentence of BatchWriteItem; and
 * CreateTable's name, told alone. All else goes by the table (check.c).
 *
 * What the layer does: an empty or bad table name is told alone. Some enumerations have a text of their own: nameless
 * (ReturnValues), a sentence (ReturnItemCollectionMetrics), told alone (ConditionalOperator, on Query before all else).
 * PutItem and DeleteItem join the Return... enumerations, UpdateItem tells the first. A missing required member, or a
 * very deep value, falls back to the older layer, which joins everything in its own form.
 *
 * Where regions differ the answers are those of us-east-1; `regions` says which, so that another choice is one line.
 * The parameters of Scan and the lists of the Transact operations have the older form there, so they go by the table
 * too.
 *
 * This runs only after the walk of check.c has found something wrong, so it need not be quick.
 */
#include "wire/wire_int.h"

#define MEMBER_ENUM "Failed to satisfy constraint: Member must satisfy enum value set: "
#define RETURN_VALUES                                                                                                  \
    MEMBER_ENUM "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]" /* the service's own slip of the pen */
#define CONDITIONAL MEMBER_ENUM "[ALL, OR]"
#define COLLECTION  "ReturnItemCollectionMetrics can only be SIZE or NONE"
#define AT_LEAST_1  "failed to satisfy constraint: Member must have length greater than or equal to 1"
#define AT_MOST_100 "failed to satisfy constraint: Member must have length less than or equal to 100"
#define LIMIT_AT_LEAST_1                                                                                               \
    "Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1"

/* Which of two answers, where regions differ (verified-behaviour.md 10). True: the newer form. */
static const struct {
    bool batch_get_empty;   /* Value at 'RequestItems' ...; else: The requestItems parameter is required ... */
    bool batch_write_empty; /* the same of BatchWriteItem */
} regions = {.batch_get_empty = true, .batch_write_empty = false};

static bool missing(const struct wire__checker *c, const char *name)
{
    const struct shape_member *member = wire__input_member(c, name);

    return !shape_present(member, (const uint8_t *)c->input + member->offset, false);
}

/* True when the member was sent and breaks its rule. */
static bool bad(const struct wire__checker *c, const char *name)
{
    struct wire__checker probe = *c;

    buf_init(&probe.text, c->arena, ARENA_ALLOC_BYTES_MAX);
    probe.count = 0;
    wire__member_check(&probe, wire__input_member(c, name));
    return probe.count != 0;
}

static enum err one(struct wire__checker *c, const char *text)
{
    wire__violation_add(c, "%s", text);
    return wire__violations_report(c);
}

static bool named(const struct shape_member *member, const char *const *names)
{
    for (; *names != NULL; names++)
        if (slice_is(member->name, *names))
            return true;
    return false;
}

/* Walks all members of the input but those named. */
static enum err rest_check(struct wire__checker *c, const char *const *but)
{
    const struct shape *shape = c->operation->input;

    for (uint32_t i = 0; i < shape->members_count; i++) {
        const struct shape_member *member = &shape->members[shape->check_order[i]];

        if (!named(member, but))
            wire__member_check(c, member);
    }
    return wire__violations_report(c);
}

static enum err everything_check(struct wire__checker *c)
{
    static const char *const none[] = {NULL};

    return rest_check(c, none);
}

/* An empty table name is told in the new form, any other bad one in the old; either alone. */
static enum err table_name_check(struct wire__checker *c)
{
    if (wire__input_text(c, "TableName").n == 0)
        return one(c, "Value at 'TableName' " AT_LEAST_1);
    wire__member_check(c, wire__input_member(c, "TableName"));
    return wire__violations_report(c);
}

/* The Return... enumerations of PutItem and DeleteItem, joined. */
static enum err returns_join(struct wire__checker *c)
{
    bool collection;

    wire__member_check(c, wire__input_member(c, "ReturnConsumedCapacity"));
    if (bad(c, "ReturnValues"))
        wire__violation_add(c, RETURN_VALUES);
    collection = bad(c, "ReturnItemCollectionMetrics");
    if (collection && c->count == 0)
        return one(c, COLLECTION);
    if (collection)
        wire__member_check(c, wire__input_member(c, "ReturnItemCollectionMetrics"));
    return wire__violations_report(c);
}

/* Those of UpdateItem: the first alone. */
static enum err returns_first(struct wire__checker *c)
{
    if (bad(c, "ReturnValues"))
        return one(c, RETURN_VALUES);
    if (bad(c, "ReturnItemCollectionMetrics"))
        return one(c, COLLECTION);
    wire__member_check(c, wire__input_member(c, "ReturnConsumedCapacity"));
    return wire__violations_report(c);
}

static enum err item_write_check(struct wire__checker *c)
{
    static const char *const done[] = {"TableName", "ReturnConsumedCapacity", "ReturnValues",
        "ReturnItemCollectionMetrics", "ConditionalOperator", NULL};
    const char *item = c->operation->id == OPERATION_PUT_ITEM ? "Item" : "Key";
    enum err err;

    if (c->wording == WORDING_CLASSIC || missing(c, "TableName") || missing(c, item))
        return everything_check(c);
    err = table_name_check(c);
    if (err)
        return err;
    err = c->operation->id == OPERATION_UPDATE_ITEM ? returns_first(c) : returns_join(c);
    if (err)
        return err;
    if (bad(c, "ConditionalOperator"))
        return one(c, CONDITIONAL);
    return rest_check(c, done);
}

static enum err get_item_check(struct wire__checker *c)
{
    if (missing(c, "TableName") || missing(c, "Key"))
        return everything_check(c);
    if (wire__input_text(c, "TableName").n == 0)
        return table_name_check(c);
    return everything_check(c);
}

static enum err query_check(struct wire__checker *c)
{
    static const char *const done[] = {"ConditionalOperator", "Limit", NULL};

    if (missing(c, "TableName"))
        return everything_check(c);
    if (wire__input_text(c, "TableName").n == 0)
        return table_name_check(c);
    if (bad(c, "ConditionalOperator")) /* before an unknown Select, and bare */
        return fault_validation(c->fault, CONDITIONAL);
    if (bad(c, "Limit"))
        wire__violation_add(c, LIMIT_AT_LEAST_1);
    return rest_check(c, done);
}

/* The number of keys of each table, told in the new form and alone. */
static enum err batch_keys_check(struct wire__checker *c)
{
    const struct batch_get_item_input *input = c->input;

    for (uint32_t i = 0; i < input->request_items.count; i++) {
        const struct keys_and_attributes *entry = &input->request_items.values[i];
        bool few = entry->keys.count == 0;

        if (!entry->keys.present || (!few && entry->keys.count <= 100))
            continue;
        wire__violation_add(c, "Value at 'RequestItems.%.*s.member.Keys' %s", SLICE_ARG(input->request_items.keys[i]),
            few ? AT_LEAST_1 : AT_MOST_100);
        return wire__violations_report(c);
    }
    return OK;
}

static enum err batch_get_check(struct wire__checker *c)
{
    const struct batch_get_item_input *input = c->input;
    enum err err;

    if (input->request_items.present && input->request_items.count == 0) {
        if (!regions.batch_get_empty)
            return fault_validation(c->fault, "The requestItems parameter is required for BatchGetItem");
        return one(c, "Value at 'RequestItems' " AT_LEAST_1);
    }
    err = batch_keys_check(c);
    return err ? err : everything_check(c);
}

/* The enumerations and what stands in RequestItems, joined; but the name of a table is told only when they are good,
 * and so is that there are no tables (data-plane.md 3.9). */
static enum err batch_write_check(struct wire__checker *c)
{
    static const char *const items[] = {"RequestItems", NULL};
    const struct batch_write_item_input *input = c->input;
    bool empty = input->request_items.present && input->request_items.count == 0;
    enum err err = rest_check(c, items);

    if (err != OK && empty)
        return err;
    if (empty && !regions.batch_write_empty)
        return fault_validation(c->fault, "The requestItems parameter is required for BatchWriteItem");
    if (empty)
        return one(c, "Value at 'RequestItems' " AT_LEAST_1);
    c->keys_ignored = err != OK;
    wire__member_check(c, wire__input_member(c, "RequestItems"));
    return wire__violations_report(c);
}

/* The name by itself, then all the rest together (control-plane.md 4.2). */
static enum err create_table_check(struct wire__checker *c)
{
    static const char *const done[] = {"TableName", NULL};

    wire__member_check(c, wire__input_member(c, "TableName"));
    return c->count != 0 ? wire__violations_report(c) : rest_check(c, done);
}

typedef enum err check_fn(struct wire__checker *c);

static check_fn *const checks[OPERATIONS] = {
    [OPERATION_PUT_ITEM] = item_write_check,
    [OPERATION_UPDATE_ITEM] = item_write_check,
    [OPERATION_DELETE_ITEM] = item_write_check,
    [OPERATION_GET_ITEM] = get_item_check,
    [OPERATION_QUERY] = query_check,
    [OPERATION_BATCH_GET_ITEM] = batch_get_check,
    [OPERATION_BATCH_WRITE_ITEM] = batch_write_check,
    [OPERATION_CREATE_TABLE] = create_table_check,
};

bool wire__has_current(enum operation_id id)
{
    return checks[id] != NULL;
}

enum err wire__check_current(struct wire__checker *c)
{
    return checks[c->operation->id](c);
}
