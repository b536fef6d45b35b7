/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Records as text (dump.h). What a record is taken for depends on its space and its key; whatever is not what its place
 * says is shown as bytes, with the reason, so nothing here trusts anything that is stored. On the thread of the tool.
 */
#include "tools/dump.h"

#include "codec/change.h"
#include "codec/key.h"
#include "codec/record.h"
#include "json/json.h"
#include "tools/walk.h"
#include "table/expiry.h"
#include "table/token.h"
#include "wire/wire.h"

#define LINE_BYTES_MAX ((size_t)16 << 20) /* an item of 400 KB of one-byte attributes is far shorter */

const char *const dump_space_names[ENGINE_SPACES] = {"data", "log", "history", "meta"};

struct dump {
    struct catalog_view *view; /* NULL: the catalog is damaged, names are not known */
    enum engine_space space;
    dump_line_fn *tell;
    void *context;
    struct buf line; /* heap */
    struct arena *arena;
    struct arena_mark empty;
    bool damaged;
};

static void put_hex(struct buf *out, struct slice bytes)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < bytes.n; i++) {
        buf_byte(out, (uint8_t)digits[bytes.p[i] >> 4]);
        buf_byte(out, (uint8_t)digits[bytes.p[i] & 15]);
    }
}

static void put_raw(struct dump *dump, struct slice bytes, const char *damage)
{
    if (damage != NULL) {
        buf_printf(&dump->line, ",\"damaged\":\"%s\"", damage);
        dump->damaged = true;
    }
    BUF_LIT(&dump->line, ",\"bytes\":\"");
    put_hex(&dump->line, bytes);
    BUF_LIT(&dump->line, "\"");
}

/* Names of tables and indexes have no letter that JSON would escape; one that does is of a damaged descriptor. */
static void put_name(struct dump *dump, const char *what, struct slice name)
{
    buf_printf(&dump->line, ",\"%s\":\"", what);
    for (size_t i = 0; i < name.n; i++) {
        bool plain = name.p[i] >= ' ' && name.p[i] < 0x7f && name.p[i] != '"' && name.p[i] != '\\';

        buf_byte(&dump->line, plain ? name.p[i] : '?');
    }
    BUF_LIT(&dump->line, "\"");
}

static void put_owner(struct dump *dump, struct slice key)
{
    const struct table_desc *table;
    uint32_t id;
    uint16_t index;

    if (key.n < KEY_PREFIX_BYTES)
        return;
    id = (uint32_t)key.p[0] << 24 | (uint32_t)key.p[1] << 16 | (uint32_t)key.p[2] << 8 | key.p[3];
    index = (uint16_t)(key.p[4] << 8 | key.p[5]);
    table = dump->view == NULL ? NULL : catalog_find_id(dump->view, id);
    if (table == NULL) {
        buf_printf(&dump->line, ",\"table_id\":%u,\"index_id\":%u", id, index);
        return;
    }
    put_name(dump, "table", table->name);
    for (uint32_t i = 0; i < table->lsi_count + table->gsi_count; i++) {
        if (table->indexes[i].id == index)
            put_name(dump, "index", table->indexes[i].name);
    }
}

static void put_head(struct dump *dump, const struct record *record)
{
    buf_printf(&dump->line, ",\"stamp\":%llu", (unsigned long long)record->stamp);
    if (record->flags != 0 || record->region != 0 || record->expiry_s != 0)
        buf_printf(&dump->line, ",\"flags\":%u,\"region\":%u,\"expiry\":%llu", record->flags, record->region,
            (unsigned long long)record->expiry_s);
}

/* Texts that are not UTF-8 show only once they are written. */
static void put_body(struct dump *dump, const char *name, struct slice body)
{
    size_t before = dump->line.n, at;

    if (body_valid(body, VALUE_DEPTH_MAX)) {
        buf_printf(&dump->line, ",\"%s\":", name);
        at = dump->line.n;
        wire_write_item(body, &dump->line);
        if (json_valid(slice_of(dump->line.p + at, dump->line.n - at)))
            return;
        dump->line.n = before;
    }
    put_raw(dump, body, "not an item");
}

/* An entry of an expiry index: the second and the item. */
static void put_expiry(struct dump *dump, struct slice key)
{
    struct slice item_key;
    uint64_t second;

    expiry_key_read(dump->arena, key, &second, &item_key);
    buf_printf(&dump->line, ",\"second\":%llu,\"item_key\":\"", (unsigned long long)second);
    put_hex(&dump->line, item_key);
    BUF_LIT(&dump->line, "\"");
    arena_reset(dump->arena, dump->empty);
}

static void put_data(struct dump *dump, struct slice key, struct slice bytes)
{
    struct record record;
    enum err err = record_read(key, bytes, &record);

    put_owner(dump, key);
    BUF_LIT(&dump->line, ",\"key\":\"");
    put_hex(&dump->line, key);
    BUF_LIT(&dump->line, "\"");
    if (err) {
        put_raw(dump, bytes, err_text(err));
        return;
    }
    put_head(dump, &record);
    if (expiry_key_is(key))
        put_expiry(dump, key);
    else
        put_body(dump, "item", record.body);
}

/* The letters of docs/formats/catalog.md and token.md. */
static const char *meta_kind(struct slice key)
{
    // clang-format off
    switch (key.n == 0 ? 0 : key.p[0]) {
    case 'N': return "ids";
    case 'T': return "table";
    case 'C': return "counter";
    case 'L': return "collection";
    case 'J': return "job";
    case 'S': return "stream";
    case TOKEN_KEY_LETTER: return "token";
    default: return "other";
    }
    // clang-format on
}

/* False when it is not one after all. */
static bool put_token(struct dump *dump, struct slice key, struct slice bytes)
{
    struct token_record token;

    if (key.n == 0 || key.p[0] != TOKEN_KEY_LETTER || token_read(key, bytes, &token) != OK)
        return false;
    buf_printf(&dump->line, ",\"operation\":%u,\"digest\":\"", token.operation);
    put_hex(&dump->line, token.digest);
    BUF_LIT(&dump->line, "\",\"sizes\":[");
    for (uint32_t i = 0; i < token.count; i++)
        buf_printf(&dump->line, "%s%u", i == 0 ? "" : ",", token_size(&token, i));
    BUF_LIT(&dump->line, "]");
    return true;
}

static void put_meta(struct dump *dump, struct slice key, struct slice bytes)
{
    struct record record;
    enum err err = record_read(key, bytes, &record);
    int64_t value;

    BUF_LIT(&dump->line, ",\"key\":\"");
    put_hex(&dump->line, key);
    buf_printf(&dump->line, "\",\"kind\":\"%s\"", meta_kind(key));
    if (err) {
        put_raw(dump, bytes, err_text(err));
        return;
    }
    put_head(dump, &record);
    if (put_token(dump, key, bytes))
        return;
    if (body_valid(record.body, VALUE_DEPTH_MAX))
        put_body(dump, "body", record.body);
    else if (record.body.n == sizeof(value) && counter_value(key, bytes, &value) == OK)
        buf_printf(&dump->line, ",\"value\":%lld", (long long)value);
    else
        put_raw(dump, record.body, NULL);
}

static void put_image(struct dump *dump, const char *name, struct slice body)
{
    if (body.p != NULL)
        put_body(dump, name, body);
}

static void put_change(struct dump *dump, uint64_t stream, struct slice bytes)
{
    static const char *const events[] = {"INSERT", "MODIFY", "REMOVE"};
    struct change change;
    enum err err = change_read(stream, bytes, &change);

    if (err) {
        put_raw(dump, bytes, err_text(err));
        return;
    }
    buf_printf(&dump->line, ",\"stamp\":%llu,\"event\":\"%s\",\"time\":%llu%s", (unsigned long long)record_stamp(bytes),
        events[change.event], (unsigned long long)change.time_ms, change.expired ? ",\"expired\":true" : "");
    put_image(dump, "keys", change.keys);
    put_image(dump, "new", change.new_image);
    put_image(dump, "old", change.old_image);
}

static void put_log(struct dump *dump, struct slice key, struct slice bytes)
{
    const struct table_desc *table;
    uint64_t stream, number;

    if (!engine_stream_key(key, &stream, &number)) {
        BUF_LIT(&dump->line, ",\"key\":\"");
        put_hex(&dump->line, key);
        BUF_LIT(&dump->line, "\"");
        put_raw(dump, bytes, "not a key of a stream");
        return;
    }
    table = dump->view == NULL ? NULL : catalog_find_id(dump->view, (uint32_t)(stream >> 32));
    if (table == NULL)
        buf_printf(&dump->line, ",\"table_id\":%u", (uint32_t)(stream >> 32));
    else
        put_name(dump, "table", table->name);
    buf_printf(&dump->line, ",\"shard\":%u,\"number\":%llu", (uint32_t)stream, (unsigned long long)number);
    put_change(dump, stream, bytes);
}

static void record_dump(void *context, struct slice key, struct slice bytes)
{
    struct dump *dump = context;

    dump->line.n = 0;
    buf_printf(&dump->line, "{\"space\":\"%s\"", dump_space_names[dump->space]);
    if (dump->space == ENGINE_DATA) {
        put_data(dump, key, bytes);
    } else if (dump->space == ENGINE_META) {
        put_meta(dump, key, bytes);
    } else if (dump->space == ENGINE_LOG) {
        put_log(dump, key, bytes);
    } else {
        BUF_LIT(&dump->line, ",\"key\":\"");
        put_hex(&dump->line, key);
        BUF_LIT(&dump->line, "\"");
        put_raw(dump, bytes, NULL);
    }
    BUF_LIT(&dump->line, "}\n");
    dump->tell(dump->context, buf_view(&dump->line));
}

enum err dump_run(struct engine *engine, struct catalog *catalog, struct fiber *self, enum engine_space space,
    dump_line_fn *tell, void *context, struct progress *progress, bool *ret_damaged, struct buf *ret_reached)
{
    struct slice all = slice_of("", 0);
    struct dump dump = {.space = space, .tell = tell, .context = context, .arena = arena_create(KEY_BYTES_MAX)};
    enum err err;

    buf_init(&dump.line, NULL, LINE_BYTES_MAX);
    dump.empty = arena_mark(dump.arena);
    if (catalog != NULL)
        dump.view = catalog_acquire(catalog, self);
    err = walk_range(engine, self, space, all, all, record_dump, &dump, progress, ret_reached);
    if (dump.view != NULL)
        catalog_release(dump.view, self);
    buf_fini(&dump.line);
    arena_destroy(dump.arena);
    *ret_damaged = dump.damaged;
    return err;
}
