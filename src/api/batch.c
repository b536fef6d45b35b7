/* SPDX-License-Identifier: Apache-2.0 */

/*
 * BatchGetItem and BatchWriteItem (data-plane.md 3.8, 3.9). Every check of the whole request comes before the first
 * read or write. A batch write is not atomic: each of its requests is a decision of its own, and the reply waits once,
 * for the last of them to be durable.
 */
#include "api/api_int.h"
#include "json/json.h"
#include "codec/key.h"

#define DUPLICATE_KEYS "Provided list of item keys contains duplicates"

/* ---- BatchGetItem ---- */

struct get_entry {
    const struct keys_and_attributes *in;
    struct expr_projection *projection;
    const struct table_desc *table;
    struct slice *keys;
};

static enum err get_entry_compile(struct api_request *request, struct get_entry *entry)
{
    const struct keys_and_attributes *in = entry->in;
    const struct api__parameter legacy[] = {{"AttributesToGet", in->attributes_to_get.present}};
    const struct api__parameter expressions[] = {{"ProjectionExpression", in->projection_expression.p != NULL}};
    struct expr_context *context;
    enum err err = api__mix_check(request, legacy, 1, expressions, 1);

    if (err == OK)
        err = api__placeholders_check(
            request, in->expression_attribute_names.present, in->projection_expression.p != NULL, false, false, "");
    if (err == OK && in->attributes_to_get.present) {
        err = api__attributes_to_get_check(request, &in->attributes_to_get);
        entry->projection =
            expr_projection_of_names(request->arena, in->attributes_to_get.items, in->attributes_to_get.count);
    }
    if (err != OK || in->projection_expression.p == NULL)
        return err;
    err = api__expr_context(request, &in->expression_attribute_names, NULL, &context);
    if (err == OK)
        err = expr_projection_compile(context, in->projection_expression, &entry->projection, &request->fault);
    if (err == OK)
        err = expr_context_finish(context, &request->fault);
    return err;
}

/* The text of the number that a key was sent with; absent when the attribute is none. */
static struct slice number_sent(struct api_request *request, const struct attribute_map *key, struct slice attribute)
{
    struct slice name, tag, text = SLICE_NULL;
    bool first = true, first_inside = true;
    struct json_reader r;

    json_init(&r, key->sent, request->arena);
    if (json_kind(&r) != JSON_OBJECT || !json_enter(&r))
        return SLICE_NULL;
    while (json_member(&r, &first, &name)) {
        if (!slice_equal(name, attribute)) {
            (void)json_skip(&r); /* a failure ends the loop */
            continue;
        }
        if (json_kind(&r) == JSON_OBJECT && json_enter(&r) && json_member(&r, &first_inside, &tag) &&
            slice_is(tag, "N") && json_kind(&r) == JSON_STRING && json_string(&r, &text))
            return text;
        return SLICE_NULL;
    }
    return SLICE_NULL;
}

/* The service compares keys as they were sent, so 1 and 1.0 are two (data-plane.md 3.8). */
static bool is_duplicate(struct api_request *request, const struct attribute_map *a, const struct attribute_map *b)
{
    struct slice name, value;

    if (!body_equal(a->body, b->body))
        return false;
    for (uint32_t i = 0; i < body_count(a->body); i++) {
        body_at(a->body, i, &name, &value);
        if (value_type(value) == VALUE_N && !slice_equal(number_sent(request, a, name), number_sent(request, b, name)))
            return false;
    }
    return true;
}

static enum err get_keys_check(struct api_request *request, const struct keys_and_attributes *in, uint32_t *total)
{
    uint64_t hashes[BATCH_GET_KEYS_MAX + 1]; /* compared first: there are 4,950 pairs */

    for (uint32_t i = 0; i < in->keys.count; i++) {
        enum err err = api__map_check(request, &in->keys.items[i]);

        if (err)
            return err;
        hashes[i] = body_hash(in->keys.items[i].body, 0);
        for (uint32_t k = 0; k < i; k++) {
            if (hashes[i] == hashes[k] && is_duplicate(request, &in->keys.items[i], &in->keys.items[k]))
                return fault_validation(&request->fault, DUPLICATE_KEYS);
        }
        if (++*total > BATCH_GET_KEYS_MAX)
            return fault_validation(&request->fault, "Too many items requested for the BatchGetItem call");
    }
    return OK;
}

/* Expressions in one table's block and legacy parameters in another's are mixing too. */
static enum err get_blocks_mix_check(struct api_request *request, const struct batch_get_request_map *map)
{
    bool legacy = false, expression = false;

    for (uint32_t i = 0; i < map->count; i++) {
        legacy |= map->values[i].attributes_to_get.present;
        expression |= map->values[i].projection_expression.p != NULL;
    }
    const struct api__parameter legacies[] = {{"AttributesToGet", legacy}};
    const struct api__parameter expressions[] = {{"ProjectionExpression", expression}};

    return api__mix_check(request, legacies, 1, expressions, 1);
}

static enum err get_entries_check(
    struct api_request *request, const struct batch_get_request_map *map, struct get_entry *entries)
{
    uint32_t total = 0;
    enum err err = get_blocks_mix_check(request, map);

    for (uint32_t i = 0; i < map->count && err == OK; i++) {
        entries[i].in = &map->values[i];
        err = get_entry_compile(request, &entries[i]);
        if (err == OK)
            err = get_keys_check(request, entries[i].in, &total);
    }
    return err;
}

/* A missing table is told before a key that does not fit another. */
static enum err get_tables_find(
    struct api_request *request, const struct batch_get_request_map *map, struct get_entry *entries)
{
    enum err err = OK;

    for (uint32_t i = 0; i < map->count && err == OK; i++)
        err = api_table_find(request, map->keys[i], &entries[i].table);
    return err;
}

static enum err get_entry_resolve(struct api_request *request, struct get_entry *entry)
{
    const struct expr_path *paths;
    uint32_t count;
    enum err err;

    entry->keys = arena_alloc(request->arena, entry->in->keys.count * sizeof(*entry->keys));
    for (uint32_t i = 0; i < entry->in->keys.count; i++) {
        err = table_key_check(
            entry->table, entry->in->keys.items[i].body, request->arena, &entry->keys[i], &request->fault);
        if (err)
            return err;
    }
    if (entry->projection == NULL)
        return OK;
    count = expr_projection_paths(entry->projection, &paths);
    return api__key_paths_check(request, entry->table, paths, count);
}

/* Keys from `from` on go back to the client in the form in which they came. */
static void get_unprocessed(struct api_request *request, struct batch_get_request_map *ret, struct slice name,
    const struct get_entry *entry, uint32_t from)
{
    struct keys_and_attributes *rest = &ret->values[ret->count];

    (void)request; /* everything is borrowed from the input */
    *rest = *entry->in;
    rest->keys.items += from;
    rest->keys.count -= from;
    ret->keys[ret->count++] = name;
}

/* Reads one table's keys until the reply is as large as it may be or the table has no capacity left; *ret_read is how
 * many keys were read. */
static enum err get_entry_read(struct api_request *request, const struct get_entry *entry, uint64_t *reply_bytes,
    struct item_list *ret, struct consumption *capacity, uint32_t *ret_read)
{
    struct table_context context = api__table_context(request, entry->table);
    uint32_t count = entry->in->keys.count;
    bool consistent = entry->in->consistent_read == TRI_TRUE;

    ret->present = true;
    ret->items = arena_alloc(request->arena, count * sizeof(*ret->items));
    for (uint32_t i = 0; i < count; i++) {
        struct slice body;
        uint32_t size;
        enum err err;

        if (*reply_bytes >= BATCH_RESPONSE_BYTES_MAX) {
            *ret_read = i;
            return OK;
        }
        err = table_item_get(&context, entry->keys[i], consistent, &body, &size);
        if (err == ERR_FAULT && table_throttle_is_refusal(&request->fault)) {
            *ret_read = i;
            return OK;
        }
        if (err)
            return err;
        capacity->table_halves += capacity_read_halves(size, consistent);
        *reply_bytes += size;
        fiber_breathe(request->fiber, size);
        if (body.p == NULL)
            continue;
        if (entry->projection != NULL)
            body = expr_projection_apply(entry->projection, body, request->arena);
        ret->items[ret->count++] = api__map_of(body);
    }
    *ret_read = count;
    return OK;
}

enum err api_batch_get_item(struct api_request *request, void *input)
{
    const struct batch_get_item_input *in = input;
    struct batch_get_item_output *out = request->output;
    const struct batch_get_request_map *map = &in->request_items;
    struct get_entry *entries = arena_zalloc(request->arena, map->count * sizeof(*entries));
    uint64_t reply_bytes = 0;
    uint32_t total = 0;
    enum err err = get_entries_check(request, map, entries);

    if (err == OK)
        err = get_tables_find(request, map, entries);
    for (uint32_t i = 0; i < map->count && err == OK; i++)
        err = get_entry_resolve(request, &entries[i]);
    if (err)
        return err;
    out->responses.present = out->unprocessed_keys.present = true;
    out->responses.keys = arena_alloc(request->arena, map->count * sizeof(*out->responses.keys));
    out->responses.values = arena_zalloc(request->arena, map->count * sizeof(*out->responses.values));
    out->unprocessed_keys.keys = arena_alloc(request->arena, map->count * sizeof(*out->unprocessed_keys.keys));
    out->unprocessed_keys.values = arena_zalloc(request->arena, map->count * sizeof(*out->unprocessed_keys.values));
    if (api__capacity_wanted(in->return_consumed_capacity)) {
        out->consumed_capacity.present = true;
        out->consumed_capacity.items = arena_alloc(request->arena, map->count * sizeof(*out->consumed_capacity.items));
    }
    for (uint32_t i = 0; i < map->count; i++) {
        struct consumption capacity = {0};
        uint32_t read = 0;

        err = get_entry_read(request, &entries[i], &reply_bytes, &out->responses.values[i], &capacity, &read);
        if (err)
            return err;
        total += read;
        out->responses.keys[out->responses.count++] = map->keys[i];
        if (read < entries[i].in->keys.count)
            get_unprocessed(request, &out->unprocessed_keys, map->keys[i], &entries[i], read);
        if (out->consumed_capacity.present)
            out->consumed_capacity.items[out->consumed_capacity.count++] =
                *api__consumed_capacity(request, in->return_consumed_capacity, entries[i].table, &capacity);
    }
    return total == 0 ? ERR_FAULT : OK; /* a batch of which nothing was let in is refused itself; the fault is set */
}

/* ---- BatchWriteItem ---- */

struct write_entry {
    const struct table_desc *table;
    struct table_write *writes;
    uint32_t count;
    struct consumption capacity;
};

/* What is known of the requests, in their order over all tables: the size of each item put, once they are checked; and
 * the keys of those that are resolved. */
struct write_list {
    uint32_t sizes[BATCH_WRITE_REQUESTS_MAX + 1]; /* the check looks at one that is too many */
    uint32_t count;
    struct slice keys[BATCH_WRITE_REQUESTS_MAX];
    uint64_t hashes[BATCH_WRITE_REQUESTS_MAX];
};

static enum err write_request_check(struct api_request *request, const struct write_request *in, uint32_t *ret_size)
{
    enum err err;

    if ((in->put_request != NULL) == (in->delete_request != NULL))
        return fault_validation(&request->fault, "Supplied AttributeValue has more than one datatypes set, must "
                                                 "contain exactly one of the supported datatypes");
    err = api__map_check(request, in->put_request != NULL ? &in->put_request->item : &in->delete_request->key);
    if (err != OK || in->put_request == NULL)
        return err;
    *ret_size = body_size(in->put_request->item.body);
    if (*ret_size > ITEM_BYTES_MAX)
        return fault_validation(&request->fault, "Item size has exceeded the maximum allowed size");
    return OK;
}

/* Request by request, as BatchGetItem counts its keys: what is wrong with the first 25 comes before there being more.
 */
static enum err write_requests_check(
    struct api_request *request, const struct batch_write_item_request_map *map, struct write_list *list)
{
    uint32_t total = 0;

    for (uint32_t i = 0; i < map->count; i++) {
        for (uint32_t k = 0; k < map->values[i].count; k++) {
            enum err err = write_request_check(request, &map->values[i].items[k], &list->sizes[total]);

            if (err)
                return err;
            if (++total > BATCH_WRITE_REQUESTS_MAX)
                return fault_validation(&request->fault, "Too many items requested for the BatchWriteItem call");
        }
    }
    return OK;
}

static enum err write_prepare(struct api_request *request, const struct table_desc *table,
    const struct write_request *in, uint32_t size, struct table_write *ret)
{
    if (in->put_request != NULL) {
        *ret = (struct table_write){.kind = TABLE_PUT, .item = in->put_request->item.body, .item_size = size};
        return table_item_check(table, ret->item, TABLE_BATCH_TEXTS, request->arena, &ret->key, &request->fault);
    }
    *ret = (struct table_write){.kind = TABLE_DELETE, .key_body = in->delete_request->key.body};
    return table_key_check(table, ret->key_body, request->arena, &ret->key, &request->fault);
}

/* False: one before is about the same item. A table may be named twice, by name and ARN; a key begins with its table's
 * id. */
static bool key_add(struct write_list *list, struct slice key)
{
    uint64_t hash = key_hash(key); /* compared first: there are 300 pairs */

    for (uint32_t i = 0; i < list->count; i++) {
        if (list->hashes[i] == hash && slice_equal(list->keys[i], key))
            return false;
    }
    list->hashes[list->count] = hash;
    list->keys[list->count++] = key;
    return true;
}

static enum err write_entry_resolve(struct api_request *request, struct slice name, const struct write_requests *in,
    struct write_list *list, struct write_entry *entry)
{
    enum err err = api_table_find(request, name, &entry->table);

    if (err)
        return err;
    entry->writes = arena_alloc(request->arena, in->count * sizeof(*entry->writes));
    for (; entry->count < in->count; entry->count++) {
        struct table_write *write = &entry->writes[entry->count];

        err = write_prepare(request, entry->table, &in->items[entry->count], list->sizes[list->count], write);
        if (err)
            return err;
        if (!key_add(list, write->key))
            return fault_validation(&request->fault, DUPLICATE_KEYS);
    }
    return OK;
}

/* A request whose item a running transaction keeps, or that finds no capacity left, goes back to the client as it came.
 */
static void write_unprocessed(struct api_request *request, const struct batch_write_item_request_map *in,
    uint32_t table, const struct write_request *rest, struct batch_write_item_request_map *ret)
{
    struct write_requests *list;

    if (ret->keys == NULL) {
        ret->keys = arena_alloc(request->arena, in->count * sizeof(*ret->keys));
        ret->values = arena_zalloc(request->arena, in->count * sizeof(*ret->values));
    }
    if (ret->count == 0 || !slice_equal(ret->keys[ret->count - 1], in->keys[table])) {
        ret->keys[ret->count] = in->keys[table];
        ret->values[ret->count].present = true;
        ret->values[ret->count++].items = arena_alloc(request->arena, in->values[table].count * sizeof(*rest));
    }
    list = &ret->values[ret->count - 1];
    list->items[list->count++] = *rest;
}

static bool is_for_later(const struct fault *fault)
{
    return fault->code == API_TRANSACTION_CONFLICT || table_throttle_is_refusal(fault);
}

/* Where the writing of a batch is. */
struct write_run {
    struct api_request *request;
    const struct batch_write_item_request_map *in;
    struct write_entry *entries;
    uint32_t at, k; /* the table, and the request in it, that is written */
    bool wrote;     /* one before it is done */
    uint32_t refused, total;
    engine_ticket ticket; /* of all so far */
};

/* The rest of the table's requests too: they were prepared for the table as it was. */
static enum err write_entry_renew(void *context)
{
    const struct write_run *run = context;
    struct write_entry *entry = &run->entries[run->at];
    enum err err = api_table_find(run->request, run->in->keys[run->at], &entry->table);

    for (uint32_t k = run->k; k < entry->count && err == OK; k++)
        err = write_prepare(run->request, entry->table, &run->in->values[run->at].items[k], entry->writes[k].item_size,
            &entry->writes[k]);
    return err;
}

static enum err write_one(struct write_run *run, struct batch_write_item_request_map *ret_unprocessed)
{
    struct api_request *request = run->request;
    struct write_entry *entry = &run->entries[run->at];
    const struct api__member_write write = {&entry->table, &entry->writes[run->k], write_entry_renew, run};
    engine_ticket ticket = 0;
    enum err err = api__member_write(request, &write, run->wrote, &ticket);

    run->wrote |= err == OK;
    run->ticket = engine_ticket_join(request->api->engine, run->ticket, ticket);
    if (err == ERR_FAULT && is_for_later(&request->fault)) {
        write_unprocessed(request, run->in, run->at, &run->in->values[run->at].items[run->k], ret_unprocessed);
        run->refused += table_throttle_is_refusal(&request->fault);
        err = OK;
    }
    if (err == OK)
        capacity_add(&entry->capacity, &entry->writes[run->k].capacity);
    return err;
}

/* Decides every request; run->ticket covers them all. ERR_FAULT also when not one was let in: the last one's fault. */
static enum err write_entries_decide(struct write_run *run, struct batch_write_item_request_map *ret_unprocessed)
{
    for (run->at = 0; run->at < run->in->count; run->at++) {
        run->total += run->entries[run->at].count;
        for (run->k = 0; run->k < run->entries[run->at].count; run->k++) {
            enum err err = write_one(run, ret_unprocessed);

            if (err)
                return err;
        }
    }
    return run->refused == run->total ? ERR_FAULT : OK;
}

/* One metric per distinct item collection of the table. */
static enum err collections_of(struct api_request *request, struct slice mode, const struct write_entry *entry,
    struct item_collection_metrics_multiple *ret)
{
    ret->present = true;
    ret->items = arena_alloc(request->arena, entry->count * sizeof(*ret->items));
    for (uint32_t i = 0; i < entry->count; i++) {
        const struct table_write *write = &entry->writes[i];
        struct item_collection_metrics *metrics;
        bool seen = false;
        enum err err;

        for (uint32_t k = 0; k < i && !seen; k++)
            seen = slice_equal(key_partition_of(entry->writes[k].key), key_partition_of(write->key));
        if (seen || write->capacity.table_halves == 0) /* told already; not done */
            continue;
        err = api__collection_metrics(request, mode, entry->table, write->key,
            write->kind == TABLE_PUT ? write->item : write->key_body, &metrics);
        if (err)
            return err;
        if (metrics != NULL)
            ret->items[ret->count++] = *metrics;
    }
    return OK;
}

static enum err write_reply(struct api_request *request, const struct batch_write_item_input *in,
    struct write_entry *entries, struct batch_write_item_output *out)
{
    const struct batch_write_item_request_map *map = &in->request_items;

    if (api__capacity_wanted(in->return_consumed_capacity)) {
        out->consumed_capacity.present = true;
        out->consumed_capacity.items = arena_alloc(request->arena, map->count * sizeof(*out->consumed_capacity.items));
        for (uint32_t i = 0; i < map->count; i++)
            out->consumed_capacity.items[out->consumed_capacity.count++] =
                *api__consumed_capacity(request, in->return_consumed_capacity, entries[i].table, &entries[i].capacity);
    }
    if (!slice_is(in->return_item_collection_metrics, "SIZE"))
        return OK;
    out->item_collection_metrics.keys = arena_alloc(request->arena, map->count * sizeof(struct slice));
    out->item_collection_metrics.values =
        arena_zalloc(request->arena, map->count * sizeof(*out->item_collection_metrics.values));
    for (uint32_t i = 0; i < map->count; i++) {
        struct item_collection_metrics_per_table *metrics = &out->item_collection_metrics;
        enum err err;

        if (entries[i].table->lsi_count == 0)
            continue;
        metrics->present = true;
        err =
            collections_of(request, in->return_item_collection_metrics, &entries[i], &metrics->values[metrics->count]);
        if (err)
            return err;
        metrics->keys[metrics->count++] = entries[i].table->name;
    }
    return OK;
}

enum err api_batch_write_item(struct api_request *request, void *input)
{
    const struct batch_write_item_input *in = input;
    const struct batch_write_item_request_map *map = &in->request_items;
    struct batch_write_item_output *out = request->output;
    struct write_entry *entries = arena_zalloc(request->arena, map->count * sizeof(*entries));
    struct write_list *list = arena_zalloc(request->arena, sizeof(*list));
    struct write_run run = {.request = request, .in = map, .entries = entries};
    enum err err = write_requests_check(request, map, list), settled;

    for (uint32_t i = 0; i < map->count && err == OK; i++)
        err = write_entry_resolve(request, map->keys[i], &map->values[i], list, &entries[i]);
    if (err)
        return err;
    out->unprocessed_items.present = true;
    err = write_entries_decide(&run, &out->unprocessed_items);
    settled = engine_settle(request->api->engine, request->fiber, run.ticket);
    if (err != OK || settled != OK)
        return err != OK ? err : settled;
    return write_reply(request, in, entries, out);
}
