/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Rendering replies. Structs go by the shape tables: absent members are left out, never null. Items go from their
 * binary form straight to JSON, attributes in the order of their names, so equal items look equal.
 *
 * Recursion follows the model's shapes and the nesting of stored values, which is at most VALUE_DEPTH_MAX.
 */
#include "wire/wire_int.h"

#include "codec/number.h"
#include "os/fiber.h"
#include "wire/base64.h"

static void value_write(struct slice value, struct buf *out);
static void structure_write(const struct shape *shape, const void *from, struct fiber *self, struct buf *out);

/* ---- attribute values ---- */

static void blob_write(struct slice bytes, struct buf *out)
{
    size_t n = BASE64_ENCODED_BYTES(bytes.n);
    uint8_t *to = buf_reserve(out, n + 2);

    if (to == NULL)
        return;
    to[0] = '"';
    base64_encode(bytes, to + 1);
    to[n + 1] = '"';
    out->n += n + 2;
}

static void number_write(const uint8_t *code, struct buf *out)
{
    char *to = (char *)buf_reserve(out, NUMBER_TEXT_BYTES_MAX + 2);
    size_t n;

    if (to == NULL)
        return;
    to[0] = '"';
    n = number_format(code, to + 1);
    to[n + 1] = '"';
    out->n += n + 2;
}

static void set_write(struct slice value, enum value_type type, struct buf *out)
{
    struct slice member;
    size_t cursor = 0;
    bool first = true;

    while (set_next(value, &cursor, &member)) {
        buf_byte(out, first ? '[' : ',');
        first = false;
        if (type == VALUE_SS)
            json_write_string(out, member);
        else if (type == VALUE_NS)
            number_write(member.p, out);
        else
            blob_write(member, out);
    }
    buf_byte(out, ']');
}

static void list_write(struct slice value, struct buf *out)
{
    uint32_t count = list_count(value);

    buf_byte(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i != 0)
            buf_byte(out, ',');
        value_write(list_at(value, i), out);
    }
    buf_byte(out, ']');
}

void wire__value_bare_write(struct slice value, struct buf *out)
{
    enum value_type type = value_type(value);

    switch (type) {
    case VALUE_S:
        json_write_string(out, value_scalar(value));
        break;
    case VALUE_N:
        number_write(value_scalar(value).p, out);
        break;
    case VALUE_B:
        blob_write(value_scalar(value), out);
        break;
    case VALUE_BOOL:
        buf_slice(out, value_bool(value) ? SLICE_LIT("true") : SLICE_LIT("false"));
        break;
    case VALUE_NULL:
        BUF_LIT(out, "true");
        break;
    case VALUE_BS:
    case VALUE_NS:
    case VALUE_SS:
        set_write(value, type, out);
        break;
    case VALUE_L:
        list_write(value, out);
        break;
    case VALUE_M:
        wire_write_item(value_map(value), out);
        break;
    }
}

/* before, the text, after: plain text in one go. False: not plain, nothing was written. */
static inline bool plain_write(
    struct buf *out, const char *before, size_t before_n, struct slice text, const char *after, size_t after_n)
{
    uint8_t *to;

    to = buf_reserve(out, before_n + text.n + after_n);
    if (to == NULL)
        return true; /* the buffer has failed; the owner will see */
    if (!json_copy_plain(to + before_n, text))
        return false;
    memcpy(to, before, before_n);
    memcpy(to + before_n + text.n, after, after_n);
    out->n += before_n + text.n + after_n;
    return true;
}

#define PLAIN_WRITE(out_, before_, text_, after_)                                                                      \
    plain_write((out_), (before_), sizeof(before_) - 1, (text_), (after_), sizeof(after_) - 1)

/* Literals of one length go out as a few moves; only what is rare takes the general road. */
static void value_write(struct slice value, struct buf *out)
{
    switch (value_type(value)) {
    case VALUE_S:
        if (PLAIN_WRITE(out, "{\"S\":\"", value_scalar(value), "\"}"))
            return;
        BUF_LIT(out, "{\"S\":");
        break;
    case VALUE_N:
        BUF_LIT(out, "{\"N\":");
        break;
    case VALUE_BOOL:
        if (value_bool(value))
            BUF_LIT(out, "{\"BOOL\":true}");
        else
            BUF_LIT(out, "{\"BOOL\":false}");
        return;
    case VALUE_NULL:
        BUF_LIT(out, "{\"NULL\":true}");
        return;
    case VALUE_B:
        BUF_LIT(out, "{\"B\":");
        break;
    case VALUE_BS:
        BUF_LIT(out, "{\"BS\":");
        break;
    case VALUE_NS:
        BUF_LIT(out, "{\"NS\":");
        break;
    case VALUE_SS:
        BUF_LIT(out, "{\"SS\":");
        break;
    case VALUE_L:
        BUF_LIT(out, "{\"L\":");
        break;
    case VALUE_M:
        BUF_LIT(out, "{\"M\":");
        break;
    }
    wire__value_bare_write(value, out);
    buf_byte(out, '}');
}

void wire_write_item(struct slice body, struct buf *out)
{
    uint32_t count = body.n == 0 ? 0 : body_count(body);
    struct slice name, value;

    if (count == 0)
        buf_byte(out, '{');
    for (uint32_t i = 0; i < count; i++) {
        body_at(body, i, &name, &value);
        if (!(i == 0 ? PLAIN_WRITE(out, "{\"", name, "\":") : PLAIN_WRITE(out, ",\"", name, "\":"))) {
            buf_byte(out, i == 0 ? '{' : ',');
            json_write_string(out, name);
            buf_byte(out, ':');
        }
        value_write(value, out);
    }
    buf_byte(out, '}');
}

/* ---- members ---- */

/* Epoch seconds, to the millisecond at most. */
static void timestamp_write(double seconds, struct buf *out)
{
    int64_t ms = (int64_t)(seconds * 1000 + 0.5); /* times are not before 1970 */

    json_write_int(out, ms / 1000);
    ms %= 1000;
    if (ms != 0) {
        char text[4] = {'.', (char)('0' + ms / 100), (char)('0' + ms / 10 % 10), (char)('0' + ms % 10)};
        size_t n = 4;

        while (text[n - 1] == '0')
            n--;
        buf_append(out, text, n);
    }
}

static void one_write(
    const struct shape_member *member, const void *at, bool element, struct fiber *self, struct buf *out);

/* Room for a list of items at once, as far as can be told: growing by doubling would copy them all, and leave as many
 * bytes behind again. */
static void items_reserve(const struct shape_list *list, struct buf *out)
{
    const struct attribute_map *items = list->items;
    size_t bytes = 0, left = out->bytes_max - out->n;

    for (uint32_t i = 0; i < list->count; i++)
        bytes += items[i].body.n;
    bytes += bytes / 2 + bytes / 4; /* as JSON */
    (void)buf_reserve(out, bytes < left ? bytes : left);
}

static void elements_write(
    const struct shape *shape, const struct shape_list *list, struct fiber *self, struct buf *out)
{
    size_t before = out->n;

    if (shape->element->kind == SHAPE_ITEM)
        items_reserve(list, out);
    buf_byte(out, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        if (i != 0)
            buf_byte(out, ',');
        one_write(shape->element, (const uint8_t *)list->items + (size_t)i * shape->element_bytes, true, self, out);
        if (self != NULL)
            fiber_breathe(self, out->n - before);
        before = out->n;
    }
    buf_byte(out, ']');
}

static void entries_write(const struct shape *shape, const struct shape_map *map, struct fiber *self, struct buf *out)
{
    buf_byte(out, '{');
    for (uint32_t i = 0; i < map->count; i++) {
        if (i != 0)
            buf_byte(out, ',');
        json_write_string(out, map->keys[i]);
        buf_byte(out, ':');
        one_write(shape->element, (const uint8_t *)map->values + (size_t)i * shape->element_bytes, true, self, out);
    }
    buf_byte(out, '}');
}

/* Requests are written too, when a message echoes them; a faulty value has no bytes to show. */
static void attribute_value_write(const struct attribute_value *value, struct buf *out)
{
    if (value->fault != VALUE_FAULT_NONE || value->bytes.n == 0)
        BUF_LIT(out, "{}");
    else
        value_write(value->bytes, out);
}

static void attribute_map_write(const struct attribute_map *map, struct buf *out)
{
    wire_write_item(map->fault != VALUE_FAULT_NONE ? SLICE_NULL : map->body, out);
}

static void one_write(
    const struct shape_member *member, const void *at, bool element, struct fiber *self, struct buf *out)
{
    switch (member->kind) {
    case SHAPE_STRING:
        json_write_string(out, *(const struct slice *)at);
        break;
    case SHAPE_BLOB:
        blob_write(*(const struct slice *)at, out);
        break;
    case SHAPE_BOOLEAN:
        buf_slice(out, *(const enum tri *)at == TRI_TRUE ? SLICE_LIT("true") : SLICE_LIT("false"));
        break;
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        json_write_int(out, ((const struct opt_int *)at)->v);
        break;
    case SHAPE_DOUBLE:
        json_write_double(out, ((const struct opt_double *)at)->v);
        break;
    case SHAPE_TIMESTAMP:
        timestamp_write(((const struct opt_double *)at)->v, out);
        break;
    case SHAPE_STRUCTURE:
        structure_write(member->shape, element ? at : *(void *const *)at, self, out);
        break;
    case SHAPE_LIST:
        elements_write(member->shape, at, self, out);
        break;
    case SHAPE_MAP:
        entries_write(member->shape, at, self, out);
        break;
    case SHAPE_VALUE:
        attribute_value_write(at, out);
        break;
    case SHAPE_ITEM:
        attribute_map_write(at, out);
        break;
    }
}

static void structure_write(const struct shape *shape, const void *from, struct fiber *self, struct buf *out)
{
    bool first = true;

    buf_byte(out, '{');
    for (uint32_t i = 0; i < shape->members_count; i++) {
        const struct shape_member *member = &shape->members[i];
        const void *at = (const uint8_t *)from + member->offset;

        if (!shape_present(member, at, false))
            continue;
        if (!first)
            buf_byte(out, ',');
        first = false;
        buf_slice(out, member->json);
        one_write(member, at, false, self, out);
    }
    buf_byte(out, '}');
}

void wire__member_write(const struct shape_member *member, const void *at, bool element, struct buf *out)
{
    one_write(member, at, element, NULL, out);
}

void wire_write(const struct shape *shape, const void *output, struct fiber *self, struct buf *out)
{
    structure_write(shape, output, self, out);
}

/* ---- errors ---- */

void wire_write_fault(const struct fault *fault, struct buf *out)
{
    const struct api_error_info *info = api_error_info(fault->code);

    BUF_LIT(out, "{\"__type\":");
    json_write_string(out, info->type);
    if (fault->message.p != NULL) {
        buf_slice(out, info->capital_message ? SLICE_LIT(",\"Message\":") : SLICE_LIT(",\"message\":"));
        json_write_string(out, fault->message);
    }
    if (fault->item.p != NULL) {
        BUF_LIT(out, ",\"Item\":");
        wire_write_item(fault->item, out);
    }
    if (fault->more.p != NULL) {
        buf_byte(out, ',');
        buf_slice(out, fault->more);
    }
    buf_byte(out, '}');
}
