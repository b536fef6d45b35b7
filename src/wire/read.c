/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Binding a JSON body to the input struct of an operation, in one pass, driven by the generated shape tables.
 *
 * Every member of a shape has its kind and its offset, so reading is one loop: name, look-up, read a value of that kind
 * into that place. Unknown members are passed over, null is absence, of members that come twice the last wins.
 * Attribute values go straight into binary form (read_value.c).
 *
 * Type errors are SerializationException with the service's texts (data-plane.md 0.5); the first in the body wins. But
 * a body that is not JSON at all has no text, and the broken place may come after the type error: so when one is found,
 * the whole body is checked once more.
 *
 * Recursion follows the model's shapes, which nest a few levels; only attribute values nest at the client's will and
 * those are read without recursion. Memory follows the body: at most 13/8 of it for values, WIRE_ELEMENTS_BYTES_MAX for
 * elements.
 */
#include "wire/wire_int.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/assert.h" /* static_assert */
#include "base/limits.h"
#include "wire/base64.h"

/* ours: SerializationException. Far beyond what any request within its other limits needs, but `[{},{},...` is cheap to
 * send. */
#define WIRE_ELEMENTS_BYTES_MAX ((size_t)32 << 20)
#define ELEMENTS_FIRST          4u
/* Binary values are never larger: nested empty lists, 8 characters for 13 bytes, are the worst. */
#define VALUES_BYTES_MAX(text_bytes_) ((text_bytes_) + (text_bytes_) / 8 * 5 + 64)
#define DEDUPLICATE_BY_SORT           16u

static_assert(VALUES_BYTES_MAX((size_t)REQUEST_BODY_BYTES_MAX) <= ARENA_ALLOC_BYTES_MAX,
    "the values of a request fit one buffer");

#define PACKAGE    "com.amazonaws.dynamodb.v20120810."
#define UNEXPECTED "Start of structure or map found where not expected"
#define PARAMETERIZED                                                                                                  \
    "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "      \
    "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base of "    \
    "loader 'bootstrap')"

static bool structure_read(struct wire__reader *w, const struct shape *shape, void *into);

/* ---- refusing ---- */

bool wire__refuse(struct wire__reader *w, const char *format, ...)
{
    struct buf text;
    va_list arguments;

    buf_init(&text, w->arena, ARENA_ALLOC_BYTES_MAX);
    va_start(arguments, format);
    buf_vprintf(&text, format, arguments);
    va_end(arguments);
    w->fault->code = API_SERIALIZATION;
    w->fault->message = buf_view(&text);
    w->refused = true;
    return false;
}

/* The Java class that the service binds a member to, as its texts name it. */
static void class_print(struct buf *out, const struct shape_member *member)
{
    switch (member->kind) {
    case SHAPE_STRING:
        buf_printf(out, "java.lang.String");
        break;
    case SHAPE_BLOB:
        buf_printf(out, "java.nio.ByteBuffer");
        break;
    case SHAPE_BOOLEAN:
        buf_printf(out, "java.lang.Boolean");
        break;
    case SHAPE_INTEGER:
        buf_printf(out, "java.lang.Integer");
        break;
    case SHAPE_LONG:
        buf_printf(out, "java.lang.Long");
        break;
    case SHAPE_DOUBLE:
        buf_printf(out, "java.lang.Double");
        break;
    case SHAPE_TIMESTAMP:
        buf_printf(out, "java.util.Date");
        break;
    case SHAPE_STRUCTURE:
    case SHAPE_VALUE:
        buf_printf(out, PACKAGE "%s", member->shape->name);
        break;
    case SHAPE_LIST:
        buf_printf(out, "java.util.List<");
        class_print(out, member->shape->element);
        buf_byte(out, '>');
        break;
    case SHAPE_MAP:
        buf_printf(out, "java.util.Map<java.lang.String, ");
        class_print(out, member->shape->element);
        buf_byte(out, '>');
        break;
    case SHAPE_ITEM:
        buf_printf(out, "java.util.Map<java.lang.String, " PACKAGE "AttributeValue>");
        break;
    }
}

static bool refuse_array(struct wire__reader *w, const struct shape_member *member)
{
    bool generic = member->kind == SHAPE_LIST || member->kind == SHAPE_MAP || member->kind == SHAPE_ITEM;
    struct buf name;

    buf_init(&name, w->arena, ARENA_ALLOC_BYTES_MAX);
    class_print(&name, member);
    return wire__refuse(w, "Unrecognized collection type %s%.*s", generic ? "" : "class ", SLICE_ARG(buf_view(&name)));
}

/* The name the parser gives to a scalar, or NULL when the text is bad after all. */
static const char *token_name(struct wire__reader *w, enum json_kind kind)
{
    struct slice text;
    bool integer;

    switch (kind) {
    case JSON_TRUE:
        return "TRUE_VALUE";
    case JSON_FALSE:
        return "FALSE_VALUE";
    case JSON_STRING:
        return "STRING_VALUE";
    default:
        if (!json_number(&w->json, &text, &integer))
            return NULL;
        return integer ? "NUMBER_VALUE" : "DECIMAL_VALUE";
    }
}

static bool refuse_scalar(struct wire__reader *w, const struct shape_member *member, enum json_kind kind, bool element)
{
    static const char *const wanted[] = {[SHAPE_STRING] = "String",
        [SHAPE_BOOLEAN] = "Boolean",
        [SHAPE_INTEGER] = "Integer",
        [SHAPE_LONG] = "Long",
        [SHAPE_DOUBLE] = "Double",
        [SHAPE_TIMESTAMP] = "milliseconds since epoch"};
    const char *token;

    switch (member->kind) {
    case SHAPE_BLOB:
        return wire__refuse(w, "only base-64-encoded strings are convertible to bytes");
    case SHAPE_STRUCTURE:
    case SHAPE_VALUE:
        return wire__refuse(w, "%s", element ? "Unexpected value type in payload" : "Unexpected field type");
    case SHAPE_LIST:
    case SHAPE_MAP:
    case SHAPE_ITEM:
        return wire__refuse(w, "%s", element ? PARAMETERIZED : "Unexpected field type");
    default:
        token = token_name(w, kind);
        return token == NULL ? false : wire__refuse(w, "%s cannot be converted to %s", token, wanted[member->kind]);
    }
}

bool wire__refuse_kind(struct wire__reader *w, const struct shape_member *member, enum json_kind kind, bool element)
{
    switch (kind) {
    case JSON_BAD:
        return json_fail(&w->json);
    case JSON_OBJECT:
        return wire__refuse(w, "%s", UNEXPECTED);
    case JSON_ARRAY:
        return refuse_array(w, member);
    default:
        return refuse_scalar(w, member, kind, element);
    }
}

/* ---- scalars ---- */

static const struct shape_member any_string = {.kind = SHAPE_STRING}, any_blob = {.kind = SHAPE_BLOB},
                                 any_boolean = {.kind = SHAPE_BOOLEAN};

bool wire__string_read(struct wire__reader *w, enum json_kind kind, struct slice *ret)
{
    if (kind != JSON_STRING)
        return wire__refuse_kind(w, &any_string, kind, false);
    return json_string(&w->json, ret);
}

bool wire__blob_read(struct wire__reader *w, enum json_kind kind, struct slice *ret)
{
    struct slice text;
    uint8_t *bytes, bad = 0;
    size_t n = 0;

    if (kind != JSON_STRING)
        return wire__refuse_kind(w, &any_blob, kind, false);
    if (!json_string(&w->json, &text))
        return false;
    bytes = arena_alloc(w->arena, BASE64_DECODED_BYTES_MAX(text.n));
    switch (base64_decode(text, bytes, &n, &bad)) {
    case BASE64_OK:
        *ret = slice_of(bytes, n);
        return true;
    case BASE64_LENGTH:
        return wire__refuse(w, "Base64 encoded length is expected a multiple of 4 bytes but found: %zu", text.n);
    case BASE64_LETTER:
        return wire__refuse(w, "Invalid base 64 character: '%c'", bad < 0x80 ? bad : '?'); /* a part of a character */
    case BASE64_TAIL:
    default:
        return wire__refuse(w, "Invalid last non-pad Base64 character dectected");
    }
}

static bool folds_to(struct slice text, const char *word)
{
    return text.n == strlen(word) && strncasecmp((const char *)text.p, word, text.n) == 0;
}

bool wire__boolean_read(struct wire__reader *w, enum json_kind kind, bool *ret)
{
    struct slice text;

    if (kind == JSON_TRUE || kind == JSON_FALSE) {
        *ret = kind == JSON_TRUE;
        return json_literal(&w->json);
    }
    if (kind != JSON_STRING)
        return wire__refuse_kind(w, &any_boolean, kind, false);
    if (!json_string(&w->json, &text))
        return false;
    if (folds_to(text, "true") || folds_to(text, "1") || folds_to(text, "yes"))
        *ret = true;
    else if (folds_to(text, "false") || folds_to(text, "0") || folds_to(text, "no"))
        *ret = false;
    else
        return wire__refuse(w, "Unexpected token received from parser");
    return true;
}

static bool number_read(struct wire__reader *w, const struct shape_member *member, enum json_kind kind, void *into)
{
    struct slice text;
    bool integer;

    if (kind != JSON_NUMBER)
        return wire__refuse_kind(w, member, kind, false);
    if (!json_number(&w->json, &text, &integer))
        return false;
    if (member->kind == SHAPE_INTEGER || member->kind == SHAPE_LONG)
        *(struct opt_int *)into = (struct opt_int){true, json_number_to_int(text, integer)};
    else
        *(struct opt_double *)into = (struct opt_double){true, json_number_to_double(text)};
    return true;
}

/* ---- lists, maps, structures ---- */

bool wire__array_grow(struct wire__reader *w, void **items, uint32_t count, uint32_t *capacity, size_t size)
{
    size_t grown = *capacity == 0 ? ELEMENTS_FIRST : (size_t)*capacity * 2;
    void *larger;

    if (grown * size > w->elements_left)
        return wire__refuse(w, "Request is too complex");
    w->elements_left -= (grown - *capacity) * size;
    larger = arena_alloc(w->arena, grown * size);
    if (count != 0)
        memcpy(larger, *items, count * size);
    *items = larger;
    *capacity = (uint32_t)grown;
    return true;
}

static bool one_read(
    struct wire__reader *w, const struct shape_member *member, enum json_kind kind, bool element, void *into);

static bool list_read(
    struct wire__reader *w, const struct shape_member *member, enum json_kind kind, bool element, void *into)
{
    const struct shape *shape = member->shape;
    struct shape_list list = {.present = true};
    uint32_t capacity = 0;
    bool first = true;

    if (kind != JSON_ARRAY)
        return wire__refuse_kind(w, member, kind, element);
    if (!json_enter(&w->json))
        return false;
    while (json_element(&w->json, &first)) {
        uint8_t *at;

        json_breathe(&w->json);
        if (list.count == capacity && !wire__array_grow(w, &list.items, list.count, &capacity, shape->element_bytes))
            return false;
        at = (uint8_t *)list.items + (size_t)list.count * shape->element_bytes;
        memset(at, 0, shape->element_bytes);
        if (!one_read(w, shape->element, json_kind(&w->json), true, at))
            return false;
        list.count++;
    }
    memcpy(into, &list, sizeof(list));
    return !w->json.failed;
}

static int key_order(const void *a, const void *b, void *keys_)
{
    const struct slice *keys = keys_;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    int order = slice_compare(keys[i], keys[j]);

    return order != 0 ? order : i < j ? -1 : 1;
}

/* Moves the last value of each name that came more than once to the place of the first, and closes the gaps. */
static void repeated_drop(struct wire__reader *w, struct shape_map *map, size_t size)
{
    uint32_t *order = arena_alloc(w->arena, map->count * sizeof(*order)), kept = 0;
    bool *drop = arena_zalloc(w->arena, map->count);
    uint8_t *values = map->values;

    for (uint32_t i = 0; i < map->count; i++)
        order[i] = i;
    qsort_r(order, map->count, sizeof(*order), key_order, map->keys);
    for (uint32_t i = 0; i < map->count;) {
        uint32_t next = i + 1;

        while (next < map->count && slice_equal(map->keys[order[i]], map->keys[order[next]]))
            drop[order[next++]] = true;
        if (next > i + 1)
            memcpy(values + order[i] * size, values + order[next - 1] * size, size);
        i = next;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        if (drop[i])
            continue;
        map->keys[kept] = map->keys[i];
        memmove(values + kept++ * size, values + i * size, size);
    }
    map->count = kept;
}

static bool any_repeated(const struct shape_map *map)
{
    if (map->count > DEDUPLICATE_BY_SORT)
        return true; /* not known, but comparing all pairs would cost more than sorting */
    for (uint32_t i = 1; i < map->count; i++)
        for (uint32_t j = 0; j < i; j++)
            if (slice_equal(map->keys[i], map->keys[j]))
                return true;
    return false;
}

static bool map_read(
    struct wire__reader *w, const struct shape_member *member, enum json_kind kind, bool element, void *into)
{
    const struct shape *shape = member->shape;
    struct shape_map map = {.present = true};
    uint32_t keys_capacity = 0, capacity = 0;
    void *keys = NULL;
    bool first = true;
    struct slice name;

    if (kind != JSON_OBJECT)
        return wire__refuse_kind(w, member, kind == JSON_OBJECT ? JSON_ARRAY : kind, element);
    if (!json_enter(&w->json))
        return false;
    while (json_member(&w->json, &first, &name)) {
        uint8_t *at;

        json_breathe(&w->json);
        if (map.count == capacity && (!wire__array_grow(w, &keys, map.count, &keys_capacity, sizeof(*map.keys)) ||
                                         !wire__array_grow(w, &map.values, map.count, &capacity, shape->element_bytes)))
            return false;
        map.keys = keys;
        map.keys[map.count] = name;
        at = (uint8_t *)map.values + (size_t)map.count * shape->element_bytes;
        memset(at, 0, shape->element_bytes);
        if (!one_read(w, shape->element, json_kind(&w->json), true, at))
            return false;
        map.count++;
    }
    if (w->json.failed)
        return false;
    if (any_repeated(&map))
        repeated_drop(w, &map, shape->element_bytes);
    memcpy(into, &map, sizeof(map));
    return true;
}

static bool structure_member_read(
    struct wire__reader *w, const struct shape_member *member, enum json_kind kind, bool element, void *into)
{
    if (kind != JSON_OBJECT)
        return wire__refuse_kind(w, member, kind, element);
    if (element)
        return structure_read(w, member->shape, into);
    *(void **)into = arena_zalloc(w->arena, member->shape->bytes);
    return structure_read(w, member->shape, *(void **)into);
}

/* Reads one value of the member's type to `into`. */
static bool one_read(
    struct wire__reader *w, const struct shape_member *member, enum json_kind kind, bool element, void *into)
{
    bool yes;

    /* A null element is there, with nothing in it; what that means is for the value's own rules and wire_check. */
    if (kind == JSON_NULL && member->kind != SHAPE_VALUE)
        return json_literal(&w->json);
    switch (member->kind) {
    case SHAPE_STRING:
        return wire__string_read(w, kind, into);
    case SHAPE_BLOB:
        return wire__blob_read(w, kind, into);
    case SHAPE_BOOLEAN:
        if (!wire__boolean_read(w, kind, &yes))
            return false;
        *(enum tri *)into = yes ? TRI_TRUE : TRI_FALSE;
        return true;
    case SHAPE_STRUCTURE:
        return structure_member_read(w, member, kind, element, into);
    case SHAPE_LIST:
        return list_read(w, member, kind, element, into);
    case SHAPE_MAP:
        return map_read(w, member, kind, element, into);
    case SHAPE_VALUE:
        return wire__value_read(w, kind, element, into);
    case SHAPE_ITEM:
        return wire__item_read(w, kind, element, into);
    default:
        return number_read(w, member, kind, into);
    }
}

static bool structure_read(struct wire__reader *w, const struct shape *shape, void *into)
{
    bool first = true;
    struct slice name;

    if (!json_enter(&w->json))
        return false;
    while (json_member(&w->json, &first, &name)) {
        const struct shape_member *member = shape_member_find(shape, name);
        enum json_kind kind = json_kind(&w->json);

        json_breathe(&w->json);
        if (member == NULL || member->header || kind == JSON_NULL) {
            if (!json_skip(&w->json))
                return false;
        } else if (!one_read(w, member, kind, false, (uint8_t *)into + member->offset)) {
            return false;
        }
    }
    return !w->json.failed;
}

/* ---- the request ---- */

static void reader_init(
    struct wire__reader *w, struct slice json, enum wording wording, struct arena *arena, struct fault *fault)
{
    *w = (struct wire__reader){.text = json,
        .arena = arena,
        .wording = wording,
        .value_depth_max = VALUE_DEPTH_MAX,
        .fault = fault,
        .elements_left = WIRE_ELEMENTS_BYTES_MAX};
    json_init(&w->json, json, arena);
    buf_init(&w->values, arena, VALUES_BYTES_MAX(json.n));
    builder_init(&w->builder, &w->values, arena);
}

/* What a refused body is told: bare when it is not JSON at all, wherever the fault was found. */
static enum err refuse(struct wire__reader *w)
{
    if (w->refused && json_valid(w->text))
        return ERR_FAULT;
    return fault_set_bare(w->fault, API_SERIALIZATION);
}

enum err wire_read(const struct operation *operation, struct slice json, enum wording *wording, struct fiber *self,
    struct arena *arena, void **ret_input, struct fault *fault)
{
    struct wire__reader w;
    void *input = arena_zalloc(arena, operation->input->bytes);

    reader_init(&w, json, *wording, arena, fault);
    w.json.self = self;
    if (operation->id == OPERATION_TRANSACT_WRITE_ITEMS)
        w.value_depth_max =
            VALUE_DEPTH_MAX + 1; /* the item it would be stored in is refused (verified-behaviour.md 14) */
    if (json_kind(&w.json) != JSON_OBJECT)
        return fault_set_bare(fault, API_SERIALIZATION);
    if (!structure_read(&w, operation->input, input) || !json_end(&w.json) || w.values.failed)
        return refuse(&w);
    if (*wording == WORDING_ENVELOPED && w.value_depth_met > VALUE_DEPTH_CURRENT_MAX) {
        *wording = WORDING_CLASSIC; /* the service reads such a body with its older reader; so do we, from the start */
        return wire_read(operation, json, wording, self, arena, ret_input, fault);
    }
    *ret_input = input;
    return OK;
}

enum err wire_read_item(struct slice json, struct arena *arena, struct slice *ret_body, struct fault *fault)
{
    struct wire__reader w;
    struct attribute_map item = {0};

    reader_init(&w, json, WORDING_CURRENT, arena, fault);
    if (!wire__item_read(&w, json_kind(&w.json), false, &item) || !json_end(&w.json) || w.values.failed)
        return refuse(&w);
    if (item.fault != VALUE_FAULT_NONE)
        return fault_validation(fault, "%.*s", SLICE_ARG(item.message));
    *ret_body = item.body;
    return OK;
}
