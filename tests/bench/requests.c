/* SPDX-License-Identifier: Apache-2.0 */

/*
 * One text buffer is the whole machinery: a body is written with marks where keys go, the head is put before it, and
 * the marks become slots. Signed pools run the same code once per request and fill the slots before signing.
 */
#include "requests.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sign.h"

#define REGION             "us-east-1"
#define CONTENT_TYPE       "application/x-amz-json-1.0"
#define TARGET_PREFIX      "DynamoDB_20120810."
#define ECHO_REQUEST_BYTES 600
#define BATCH_STRIDE       3989 /* a prime that shares no factor with a round number of keys */
#define AGE                36
#define NOTE_BYTES         260 /* what makes an item of "bench" REQUESTS_ITEM_BYTES long */
#define SORT_KEY_BYTES     (2 + REQUESTS_SLOT_DIGITS)
#define MIXED_REQUESTS     20
enum { SCAN_FIRST, SCAN_NEXT, SCAN_REQUESTS };
#define SLOTS_MAX (2 * REQUESTS_TRANSACT_ITEMS) /* of one request */
#define TURNS     100000000
#define ZEROS     "00000000"
static_assert(sizeof(ZEROS) - 1 == REQUESTS_SLOT_DIGITS, "a slot starts as zeros");

static const struct workload workloads[] = {
    {"echo", WORKLOAD_ECHO, 1, 0, false},
    {"get", WORKLOAD_GET, 1, 0, true},
    {"put", WORKLOAD_PUT, 1, 0, false},
    {"put-if", WORKLOAD_PUT_IF, 1, 0, false},
    {"update", WORKLOAD_UPDATE, 1, 0, false},
    {"update-hot", WORKLOAD_UPDATE_HOT, 1, 0, false},
    {"update-set", WORKLOAD_UPDATE_SET, 1, 0, false},
    {"update-if", WORKLOAD_UPDATE_IF, 1, 0, false},
    {"delete", WORKLOAD_DELETE, 1, 0, false},
    {"statement", WORKLOAD_STATEMENT, 1, 0, true},
    {"query", WORKLOAD_QUERY, REQUESTS_QUERY_ITEMS, 0, true},
    {"query-10", WORKLOAD_QUERY, 10, 0, true},
    {"scan", WORKLOAD_SCAN, 0, 0, false},
    {"batch-get", WORKLOAD_BATCH_GET, REQUESTS_BATCH_ITEMS, 0, true},
    {"batch-write", WORKLOAD_BATCH_WRITE, REQUESTS_BATCH_ITEMS, 0, false},
    {"transact-get-4", WORKLOAD_TRANSACT_GET, 4, 0, true},
    {"transact-write", WORKLOAD_TRANSACT_WRITE, REQUESTS_TRANSACT_ITEMS, 0, false},
    {"transact-write-4", WORKLOAD_TRANSACT_WRITE, 4, 0, false},
    {"mixed", WORKLOAD_MIXED, 1, 0, false},
    {"warm", WORKLOAD_GET, 1, 1, true},
    {"warm-query", WORKLOAD_QUERY, REQUESTS_QUERY_ITEMS, REQUESTS_QUERY_ITEMS, true},
    {"fill", WORKLOAD_FILL, REQUESTS_BATCH_ITEMS, REQUESTS_BATCH_ITEMS, false},
    {"fill-expired", WORKLOAD_FILL_EXPIRED, REQUESTS_BATCH_ITEMS, REQUESTS_BATCH_ITEMS, false},
    {"fill-query", WORKLOAD_FILL_QUERY, REQUESTS_BATCH_ITEMS, REQUESTS_BATCH_ITEMS, false},
    {"transact-hot", WORKLOAD_TRANSACT_HOT, 2, 0, false},
    {"put-large", WORKLOAD_PUT_LARGE, 1, 0, false},
    {"query-large", WORKLOAD_QUERY_LARGE, 0, 0, false},
    {"fill-large", WORKLOAD_FILL_LARGE, 1, 1, false},
};
#define WORKLOADS_N (sizeof(workloads) / sizeof(workloads[0]))

const struct workload *workload_find(const char *name)
{
    for (size_t i = 0; i < WORKLOADS_N; i++) {
        if (strcmp(workloads[i].name, name) == 0)
            return &workloads[i];
    }
    return NULL;
}

const char *workload_names(void)
{
    static char names[512];

    for (size_t i = 0; i < WORKLOADS_N && names[sizeof(names) - 32] == '\0'; i++)
        snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s%s", i == 0 ? "" : " ", workloads[i].name);
    return names;
}

/* ---- writing a body ---- */

struct text {
    char bytes[REQUESTS_LARGE_BYTES + 65536];
    const char *tables; /* what their names begin with; borrowed */
    uint32_t n, slots_n;
    struct request_slot slots[SLOTS_MAX];
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...)
{
    va_list arguments;
    int n;

    va_start(arguments, format);
    n = vsnprintf(text->bytes + text->n, sizeof(text->bytes) - text->n, format, arguments);
    va_end(arguments);
    assert(n >= 0 && text->n + (uint32_t)n < sizeof(text->bytes));
    text->n += (uint32_t)n;
}

static void add_slot(struct text *text, uint32_t item, uint32_t divide, uint32_t modulo)
{
    assert(text->slots_n < SLOTS_MAX);
    text->slots[text->slots_n++] = (struct request_slot){text->n, item, divide, modulo};
    add(text, ZEROS);
}

/* The attributes pk and, in "bench-query", sk of the item `item` of the request. */
static void add_key(struct text *text, uint32_t keys, uint32_t item, bool sorted)
{
    add(text, "\"pk\":{\"S\":\"k");
    add_slot(text, item, sorted ? REQUESTS_QUERY_ITEMS : 1, keys);
    add(text, "\"}");
    if (sorted) {
        add(text, ",\"sk\":{\"S\":\"");
        add_slot(text, item, 1, REQUESTS_QUERY_ITEMS);
        add(text, "\"}");
    }
}

/* 140 bytes by DynamoDB's rule without the sort key and the text of `note`. */
static void add_item(struct text *text, uint32_t keys, uint32_t item, bool sorted, long age)
{
    static const char words[] = "The engine weaves algebraic patterns just as the loom weaves flowers and leaves. ";

    add(text, "{");
    add_key(text, keys, item, sorted);
    add(text,
        ",\"name\":{\"S\":\"Ada Lovelace\"},\"email\":{\"S\":\"ada.lovelace@example.org\"},\"age\":{\"N\":\"%ld\"}",
        age);
    add(text, ",\"balance\":{\"N\":\"1234.56\"},\"active\":{\"BOOL\":true},\"tags\":{\"SS\":[\"analyst\",\"engine\","
              "\"number\"]}"
              ",\"address\":{\"M\":{\"city\":{\"S\":\"London\"},\"zip\":{\"S\":\"W1H "
              "1EB\"}}},\"n\":{\"N\":\"");
    add_slot(text, item, 1, 0); /* so that each write changes the item */
    add(text, "\"},\"note\":{\"S\":\"");
    for (uint32_t i = 0; i < NOTE_BYTES - (sorted ? SORT_KEY_BYTES : 0); i++)
        add(text, "%c", words[i % (sizeof(words) - 1)]);
    add(text, "\"}}");
}

static void add_batch(struct text *text, const char *suffix, uint32_t keys, bool sorted, long age)
{
    add(text, "{\"RequestItems\":{\"%s%s\":[", text->tables, suffix);
    for (uint32_t i = 0; i < REQUESTS_BATCH_ITEMS; i++) {
        add(text, "%s{\"PutRequest\":{\"Item\":", i == 0 ? "" : ",");
        add_item(text, keys, i, sorted, age);
        add(text, "}}");
    }
    add(text, "]}}");
}

static void add_batch_get(struct text *text, uint32_t keys)
{
    add(text, "{\"RequestItems\":{\"%s\":{\"Keys\":[", text->tables);
    for (uint32_t i = 0; i < REQUESTS_BATCH_ITEMS; i++) {
        add(text, "%s{", i == 0 ? "" : ",");
        add_key(text, keys, i, false);
        add(text, "}");
    }
    add(text, "]}}}");
}

static void add_transaction_get(struct text *text, uint32_t keys, uint32_t items)
{
    add(text, "{\"TransactItems\":[");
    for (uint32_t i = 0; i < items; i++) {
        add(text, "%s{\"Get\":{\"TableName\":\"%s\",\"Key\":{", i == 0 ? "" : ",", text->tables);
        add_key(text, keys, i, false);
        add(text, "}}}");
    }
    add(text, "]}");
}

static void add_transaction(struct text *text, uint32_t keys, uint32_t items)
{
    add(text, "{\"TransactItems\":[");
    for (uint32_t i = 0; i < items; i++) {
        add(text, "%s{\"Put\":{\"TableName\":\"%s\",\"Item\":", i == 0 ? "" : ",", text->tables);
        add_item(text, keys, i, false, AGE);
        add(text, "}}");
    }
    add(text, "]}");
}

/* One item that all of them write, and one of the others. */
static void add_transaction_hot(struct text *text, uint32_t keys)
{
    static const char update[] =
        "},\"UpdateExpression\":\"ADD n :one\",\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}}";

    add(text, "{\"TransactItems\":[{\"Update\":{\"TableName\":\"%s\",\"Key\":{\"pk\":{\"S\":\"k%0*u\"}%s,",
        text->tables, REQUESTS_SLOT_DIGITS, keys - 1, update);
    add(text, "{\"Update\":{\"TableName\":\"%s\",\"Key\":{", text->tables);
    add_key(text, keys - 1, 0, false);
    add(text, "%s]}", update);
}

static void add_large(struct text *text)
{
    add(text, "{\"TableName\":\"%s-large\",\"Item\":{\"pk\":{\"S\":\"large\"},\"sk\":{\"S\":\"", text->tables);
    add_slot(text, 0, 1, REQUESTS_LARGE_KEYS);
    add(text, "\"},\"n\":{\"N\":\"");
    add_slot(text, 0, 1, 0);
    add(text, "\"},\"pad\":{\"S\":\"%0*d\"}}}", REQUESTS_LARGE_BYTES, 0);
}

static void add_put(struct text *text, uint32_t keys, const char *condition)
{
    add(text, "{\"TableName\":\"%s\",\"Item\":", text->tables);
    add_item(text, keys, 0, false, AGE);
    add(text, "%s}", condition);
}

static void add_table_and_key(struct text *text, uint32_t keys)
{
    add(text, "{\"TableName\":\"%s\",\"Key\":{", text->tables);
    add_key(text, keys, 0, false);
    add(text, "}");
}

static void add_update_add(struct text *text, uint32_t keys)
{
    add_table_and_key(text, keys);
    add(text, ",\"UpdateExpression\":\"ADD n :one\",\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}");
}

static void add_update_set(struct text *text, uint32_t keys, bool conditional)
{
    add_table_and_key(text, keys);
    add(text, ",\"UpdateExpression\":\"SET n = :n\",\"ExpressionAttributeValues\":{\":n\":{\"N\":\"");
    add_slot(text, 0, 1, 0);
    add(text, conditional
                  ? "\"},\":yes\":{\"BOOL\":true}},\"ConditionExpression\":\"attribute_exists(pk) AND active = :yes\"}"
                  : "\"}}}");
}

static void add_query(struct text *text, uint32_t keys, uint32_t items)
{
    add(text, "{\"TableName\":\"%s-query\",\"KeyConditionExpression\":\"pk = :pk\",", text->tables);
    if (items < REQUESTS_QUERY_ITEMS)
        add(text, "\"Limit\":%u,", items);
    add(text, "\"ExpressionAttributeValues\":{\":pk\":{\"S\":\"k");
    add_slot(text, 0, REQUESTS_QUERY_ITEMS, keys);
    add(text, "\"}}}");
}

/* What the request `i` of a mixed pool asks for. */
static enum workload_kind mixed_kind(uint32_t i)
{
    static const enum workload_kind rare[] = {WORKLOAD_PUT, WORKLOAD_PUT, WORKLOAD_UPDATE, WORKLOAD_QUERY};

    return i % MIXED_REQUESTS < 4 ? rare[i % MIXED_REQUESTS] : WORKLOAD_GET;
}

/* Writes the body of the request `i` of a workload; returns the operation. `items` is the workload's own number. */
static const char *add_body(struct text *text, enum workload_kind kind, uint32_t items, uint32_t keys, uint32_t i)
{
    switch (kind) {
    case WORKLOAD_ECHO:
        return "GetItem";
    case WORKLOAD_PUT:
        add_put(text, keys, "");
        return "PutItem";
    case WORKLOAD_PUT_IF:
        add_put(text, keys, ",\"ConditionExpression\":\"attribute_exists(pk)\"");
        return "PutItem";
    case WORKLOAD_UPDATE:
    case WORKLOAD_UPDATE_HOT:
        add_update_add(text, kind == WORKLOAD_UPDATE ? keys : 1);
        return "UpdateItem";
    case WORKLOAD_UPDATE_SET:
        add_update_set(text, keys, false);
        return "UpdateItem";
    case WORKLOAD_UPDATE_IF:
        add_update_set(text, keys, true);
        return "UpdateItem";
    case WORKLOAD_DELETE:
        add_table_and_key(text, keys);
        add(text, "}");
        return "DeleteItem";
    case WORKLOAD_STATEMENT:
        add(text, "{\"Statement\":\"SELECT * FROM \\\"%s\\\" WHERE pk = ?\",\"Parameters\":[{\"S\":\"k", text->tables);
        add_slot(text, 0, 1, keys);
        add(text, "\"}]}");
        return "ExecuteStatement";
    case WORKLOAD_QUERY:
        add_query(text, keys, items);
        return "Query";
    case WORKLOAD_SCAN:
        add(text, "{\"TableName\":\"%s\"", text->tables);
        if (i == SCAN_NEXT) {
            add(text, ",\"ExclusiveStartKey\":{");
            add_key(text, UINT32_MAX, 0, false);
            add(text, "}");
        }
        add(text, "}");
        return "Scan";
    case WORKLOAD_BATCH_GET:
        add_batch_get(text, keys);
        return "BatchGetItem";
    case WORKLOAD_BATCH_WRITE:
    case WORKLOAD_FILL:
        add_batch(text, "", keys, false, AGE);
        return "BatchWriteItem";
    case WORKLOAD_TRANSACT_GET:
        add_transaction_get(text, keys, items);
        return "TransactGetItems";
    case WORKLOAD_TRANSACT_WRITE:
        add_transaction(text, keys, items);
        return "TransactWriteItems";
    case WORKLOAD_FILL_EXPIRED:
        add_batch(text, "-expired", keys, false, (long)time(NULL) - 1);
        return "BatchWriteItem";
    case WORKLOAD_FILL_QUERY:
        add_batch(text, "-query", keys, true, AGE);
        return "BatchWriteItem";
    case WORKLOAD_TRANSACT_HOT:
        add_transaction_hot(text, keys);
        return "TransactWriteItems";
    case WORKLOAD_PUT_LARGE:
    case WORKLOAD_FILL_LARGE:
        add_large(text);
        return "PutItem";
    case WORKLOAD_QUERY_LARGE:
        add(text,
            "{\"TableName\":\"%s-large\",\"KeyConditionExpression\":\"pk = :pk\",\"ExpressionAttributeValues\":"
            "{\":pk\":{\"S\":\"large\"}}}",
            text->tables);
        return "Query";
    case WORKLOAD_GET:
    case WORKLOAD_MIXED: /* never here: mixed_kind chose another */
        break;
    }
    add_table_and_key(text, keys);
    add(text, "}");
    return "GetItem";
}

/* ---- from body to request ---- */

static void digits_write(char *at, uint32_t value)
{
    for (int i = REQUESTS_SLOT_DIGITS - 1; i >= 0; i--, value /= 10)
        at[i] = (char)('0' + value % 10);
}

static void slots_fill(
    const struct request_pool *pool, char *bytes, const struct request_slot *slots, uint32_t slots_n, uint32_t number)
{
    for (uint32_t i = 0; i < slots_n; i++) {
        const struct request_slot *slot = &slots[i];

        digits_write(bytes + slot->offset, slot->modulo == 0
                                               ? pool->turn % TURNS
                                               : (number + slot->item * pool->stride) / slot->divide % slot->modulo);
    }
}

/* The head goes before the body; the slots move along. */
static void request_make(struct request *request, const struct request_options *options, const struct sign_key *key,
    const char *target, const char *signature, const struct text *body)
{
    char head[1024];
    int n = snprintf(head, sizeof(head),
        "POST / HTTP/1.1\r\nHost: %s\r\nContent-Type: " CONTENT_TYPE "\r\nX-Amz-Target: %s\r\nX-Amz-Date: %s\r\n"
        "Authorization: AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=" SIGN_HEADERS ", Signature=%.*s\r\n"
        "Content-Length: %u\r\n\r\n",
        options->host, target, key->date, options->access_key, key->scope, SIGN_HEX_BYTES, signature, body->n);

    request->n = (uint32_t)n + body->n;
    request->bytes = malloc(request->n);
    memcpy(request->bytes, head, (size_t)n);
    memcpy(request->bytes + n, body->bytes, body->n);
    request->slots_n = body->slots_n;
    request->slots = body->slots_n == 0 ? NULL : malloc(body->slots_n * sizeof(*request->slots));
    if (body->slots_n != 0)
        memcpy(request->slots, body->slots, body->slots_n * sizeof(*request->slots));
    for (uint32_t i = 0; i < request->slots_n; i++)
        request->slots[i].offset += (uint32_t)n;
}

static void text_reset(struct text *text)
{
    text->n = text->slots_n = 0;
}

static uint64_t random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void request_build(
    struct request_pool *pool, const struct request_options *options, const struct sign_key *key, uint32_t i)
{
    struct request *request = &pool->requests[i];
    bool mixed = pool->workload->kind == WORKLOAD_MIXED;
    enum workload_kind kind = mixed ? mixed_kind(i) : pool->workload->kind;
    uint32_t step = pool->workload->step, items = mixed ? REQUESTS_QUERY_ITEMS : pool->workload->items;
    static struct text body;
    char signature[SIGN_HEX_BYTES], target[64];

    text_reset(&body);
    body.tables = options->tables;
    snprintf(target, sizeof(target), TARGET_PREFIX "%s", add_body(&body, kind, items, pool->keys, i));
    memset(signature, '0', sizeof(signature));
    if (options->secret != NULL) {
        request->number = step == 0 ? i % pool->keys : i * step;
        slots_fill(pool, body.bytes, body.slots, body.slots_n, request->number);
        body.slots_n = 0;
        sign_request(key, CONTENT_TYPE, options->host, target, body.bytes, body.n, signature);
    }
    request_make(request, options, key, target, signature, &body);
    if (kind == WORKLOAD_ECHO) {                            /* made again with a body that gives the request its size */
        uint32_t pad = ECHO_REQUEST_BYTES - request->n - 2; /* Content-Length grows from one digit to three */

        add(&body, "%0*u", (int)pad, 0);
        free(request->bytes);
        request_make(request, options, key, target, signature, &body);
        assert(request->n == ECHO_REQUEST_BYTES);
    }
}

/* A signed request serves one key. Unsigned ones are templates. */
static uint32_t pool_size(const struct request_options *options)
{
    const struct workload *workload = options->workload;

    if (options->secret != NULL)
        return workload->step != 0  ? options->keys / workload->step
               : options->pool != 0 ? options->pool
                                    : options->keys;
    if (workload->kind == WORKLOAD_MIXED)
        return MIXED_REQUESTS;
    return workload->kind == WORKLOAD_SCAN ? SCAN_REQUESTS : 1;
}

void requests_init(struct request_pool *pool, const struct request_options *options)
{
    const struct workload *workload = options->workload;
    struct sign_key key;

    sign_key_init(&key, options->secret == NULL ? "" : options->secret, REGION);
    *pool = (struct request_pool){.workload = workload,
        .keys = workload->kind == WORKLOAD_FILL_LARGE ? REQUESTS_LARGE_KEYS : options->keys,
        .stride = workload->step != 0 ? 1 : BATCH_STRIDE,
        .has_slots = options->secret == NULL,
        .random = options->seed * 0x9e3779b97f4a7c15u + 1,
        .requests_n = pool_size(options)};
    pool->requests = calloc(pool->requests_n, sizeof(*pool->requests));
    for (uint32_t i = 0; i < pool->requests_n; i++)
        request_build(pool, options, &key, i);
}

const struct request *requests_next(struct request_pool *pool, uint32_t *ret_number)
{
    uint64_t random = random_next(&pool->random);
    uint32_t step = pool->workload->step, number = (uint32_t)((random & 0xffffffff) * pool->keys >> 32);
    uint32_t choice = (uint32_t)((random >> 40) % pool->requests_n);
    struct request *request;

    if (step != 0) {
        if (pool->sequence + step > pool->keys)
            return NULL;
        number = pool->sequence;
        choice = pool->has_slots ? 0 : number / step;
        pool->sequence += step;
    }
    request = &pool->requests[choice];
    pool->turn++;
    *ret_number = pool->has_slots ? number : request->number;
    slots_fill(pool, request->bytes, request->slots, request->slots_n, number);
    return request;
}

const struct request *requests_scan(struct request_pool *pool, const char *key)
{
    struct request *next = &pool->requests[SCAN_NEXT];

    if (key == NULL)
        return &pool->requests[SCAN_FIRST];
    memcpy(next->bytes + next->slots[0].offset, key, REQUESTS_SLOT_DIGITS);
    return next;
}

uint32_t requests_key(const struct request_pool *pool, uint32_t number)
{
    return pool->workload->kind == WORKLOAD_QUERY ? number / REQUESTS_QUERY_ITEMS : number;
}
