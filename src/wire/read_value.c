/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Attribute values, items and keys: JSON straight into the binary form of codec/value.h, checked on the way
 * (data-plane.md 1.1 to 1.4).
 *
 * The service looks at the members of a value in a fixed order (the order of enum value_type), whatever their order in
 * the text. A sound value has one member, so reading stays one pass: bytes are written as members come, and only the
 * fault that would have been met first is remembered. A value with a fault is written as NULL: nobody uses it, but what
 * stands around it must stay well-formed, since an attribute that comes twice makes the builder walk what it has.
 *
 * Nesting is at the client's will and must not cost stack: open values wait as frames in a small array, which moves to
 * the arena when it grows. JSON_DEPTH_MAX bounds it. The first level of an item, which is nearly all of nearly every
 * item, does not use frames at all (scalar_take).
 */
#include "wire/value_fault.h"

#include "base/assert.h"
#include "base/limits.h"
#include "codec/number.h"

#define FRAMES_FIRST 4u
#define NO_TYPE      VALUE_TYPES
#define FRAMES_MAX   (JSON_DEPTH_MAX / 2 + 1)

/* A value whose JSON object is open. */
struct frame {
    struct builder_frame container; /* of the list or map being read */
    size_t start;                   /* where the value's bytes begin */
    enum value_type open;           /* VALUE_L or VALUE_M while inside one */
    unsigned seen;                  /* bit t: a member of type t came */
    unsigned fault_type;            /* the member that has the fault, or NO_TYPE */
    bool first, first_inside;       /* for json_member and json_element */
    bool faulty_before;             /* an earlier value or member has a fault already */
    struct wire__met
        *stash; /* the fault of a member that comes later in the service's order than the one being read; else NULL */
};

/* ---- scalars ---- */

static bool scalar_read(struct wire__reader *w, struct wire__found *found, enum value_type type, enum json_kind kind)
{
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    struct slice text;
    size_t n;
    bool yes;

    switch (type) {
    case VALUE_S:
        if (!wire__string_read(w, kind, &text))
            return false;
        builder_s(&w->builder, text);
        return true;
    case VALUE_N:
        if (!wire__string_read(w, kind, &text))
            return false;
        if (wire__number_take(w, found, text, code, &n))
            builder_n(&w->builder, code, n);
        else
            builder_null(&w->builder);
        return true;
    case VALUE_B:
        if (!wire__blob_read(w, kind, &text))
            return false;
        builder_b(&w->builder, text);
        return true;
    case VALUE_BOOL:
        if (!wire__boolean_read(w, kind, &yes))
            return false;
        builder_bool(&w->builder, yes);
        return true;
    case VALUE_NULL:
        if (!wire__boolean_read(w, kind, &yes))
            return false;
        if (!yes)
            wire__meet_text(
                found, VALUE_FAULT_NULL, WIRE__INVALID "Null attribute value types must have the value of true");
        builder_null(&w->builder);
        return true;
    default:
        return wire__set_read(w, found, type, kind);
    }
}

static inline bool starts(const uint8_t *p, const uint8_t *end, const char *text, size_t n)
{
    return (size_t)(end - p) >= n && memcmp(p, text, n) == 0;
}

#define STARTS(p_, end_, text_) starts((p_), (end_), text_, sizeof(text_) - 1)

/* true and false of BOOL, true of NULL, written tightly. */
static inline bool literal_take(struct wire__reader *w)
{
    const uint8_t *p = w->json.p, *end = w->json.end;
    size_t n;

    if (STARTS(p, end, "{\"BOOL\":true}")) {
        builder_bool(&w->builder, true);
        n = sizeof("{\"BOOL\":true}") - 1;
    } else if (STARTS(p, end, "{\"BOOL\":false}")) {
        builder_bool(&w->builder, false);
        n = sizeof("{\"BOOL\":false}") - 1;
    } else if (STARTS(p, end, "{\"NULL\":true}")) {
        builder_null(&w->builder);
        n = sizeof("{\"NULL\":true}") - 1;
    } else {
        return false;
    }
    w->json.p += n;
    return true;
}

/*
 * The shortest road, which nearly all values of nearly all items take: {"S":"..."}, {"N":"..."} and the literals,
 * written tightly (or with a blank after the colon), plain text, a sound number. Takes all of it or nothing.
 */
static inline bool scalar_take(struct wire__reader *w)
{
    const uint8_t *p = w->json.p, *end = w->json.end, *stop;
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    struct slice text;
    size_t n;

    if (end - p < 9 || p[0] != '{' || p[1] != '"')
        return false;
    if (p[3] != '"' || p[4] != ':')
        return literal_take(w);
    text.p = p + 5 + (p[5] == ' ');
    if (*text.p++ != '"')
        return false;
    stop = json_plain_end(text.p, end);
    if (end - stop < 2 || stop[0] != '"' || stop[1] != '}')
        return false;
    text.n = (size_t)(stop - text.p);
    if (p[2] == 'S') {
        builder_s(&w->builder, text);
    } else {
        if (p[2] != 'N' || number_parse(text, wire__is_classic(w), code, &n) != NUMBER_OK)
            return false;
        builder_n(&w->builder, code, n);
    }
    w->json.p = stop + 2;
    return true;
}

/* ---- values ---- */

static unsigned type_of_tag(struct slice tag)
{
    uint32_t word = 0;

    if (tag.n == 0 || tag.n > 4 || tag.p[0] == 0)
        return NO_TYPE;
    for (size_t i = 0; i < tag.n; i++)
        word = word << 8 | tag.p[i];
    switch (word) {
    case 'S':
        return VALUE_S;
    case 'N':
        return VALUE_N;
    case 'B':
        return VALUE_B;
    case 'L':
        return VALUE_L;
    case 'M':
        return VALUE_M;
    case 'S' << 8 | 'S':
        return VALUE_SS;
    case 'N' << 8 | 'S':
        return VALUE_NS;
    case 'B' << 8 | 'S':
        return VALUE_BS;
    case (uint32_t)'B' << 24 | 'O' << 16 | 'O' << 8 | 'L':
        return VALUE_BOOL;
    case (uint32_t)'N' << 24 | 'U' << 16 | 'L' << 8 | 'L':
        return VALUE_NULL;
    default:
        return NO_TYPE;
    }
}

/* Before a member is read: a repeated one replaces what it said before, one earlier in the service's order pushes a
 * fault aside. */
static void member_begin(struct wire__reader *w, struct wire__found *found, struct frame *f, unsigned type)
{
    if (f->seen == 1u << type) {
        w->values.n = f->start;
        if (f->fault_type == type) {
            found->met = (struct wire__met){0};
            f->fault_type = NO_TYPE;
        }
    }
    f->seen |= 1u << type;
    if (f->fault_type != NO_TYPE && f->fault_type > type) {
        f->stash = arena_alloc(w->arena, sizeof(*f->stash));
        *f->stash = found->met;
        found->met = (struct wire__met){0};
    }
    f->faulty_before = found->met.fault != VALUE_FAULT_NONE;
}

static void member_end(struct wire__found *found, struct frame *f, unsigned type)
{
    if (!f->faulty_before && found->met.fault != VALUE_FAULT_NONE)
        f->fault_type = type;
    else if (f->stash != NULL)
        found->met = *f->stash;
    f->stash = NULL;
}

static void value_end(struct wire__reader *w, struct wire__found *found, const struct frame *f)
{
    if (f->seen == 0) {
        wire__meet_text(found, VALUE_FAULT_EMPTY,
            "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        builder_null(&w->builder);
    } else if ((f->seen & (f->seen - 1)) != 0) {
        wire__meet_text(found, VALUE_FAULT_MANY,
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported "
            "datatypes");
        w->values.n = f->start;
        builder_null(&w->builder);
    }
}

/* A null where a value belongs: a value without members. */
static bool null_value(struct wire__reader *w, struct wire__found *found)
{
    struct frame nothing = {0};

    value_end(w, found, &nothing);
    return json_literal(&w->json);
}

static const struct shape_member any_value = {.kind = SHAPE_VALUE, .shape = &shape_attribute_value};

/* Opens the list or map that is the member `f->open`. */
static bool container_begin(struct wire__reader *w, struct frame *f, enum json_kind kind)
{
    static const struct shape list_shape = {.name = "ListAttributeValue", .kind = SHAPE_LIST, .element = &any_value};
    static const struct shape_member any_list = {.kind = SHAPE_LIST, .shape = &list_shape},
                                     any_map = {.kind = SHAPE_ITEM};
    bool list = f->open == VALUE_L;

    if (kind != (list ? JSON_ARRAY : JSON_OBJECT))
        return wire__refuse_kind(w, list ? &any_list : &any_map, kind, false);
    f->container = list ? builder_list_begin(&w->builder) : builder_map_begin(&w->builder);
    f->first_inside = true;
    return json_enter(&w->json);
}

enum next { NEXT_VALUE, NEXT_END, NEXT_REFUSED };

/* Goes to the next value in the open list or map that needs a frame of its own; simple ones are taken on the way. */
static enum next container_next(struct wire__reader *w, struct wire__found *found, struct frame *f, uint32_t level)
{
    bool list = f->open == VALUE_L;

    for (;;) {
        enum json_kind kind;
        struct slice name = {0};

        json_breathe(&w->json);
        if (!(list ? json_element(&w->json, &f->first_inside) : json_member(&w->json, &f->first_inside, &name)))
            break;
        if (list) {
            builder_element(&w->builder, &f->container);
        } else {
            wire__name_check(found, name, true);
            if (name.n > ATTRIBUTE_NAME_BYTES_MAX)
                name.n = 0;
            builder_name(&w->builder, &f->container, name);
        }
        kind = json_kind(&w->json);
        if (level + 1 < found->depth_max && scalar_take(w)) {
            found->depth = found->depth < level + 2 ? level + 2 : found->depth;
            continue;
        }
        if (kind == JSON_NULL) {
            if (!null_value(w, found))
                return NEXT_REFUSED;
            continue;
        }
        if (kind != JSON_OBJECT) {
            (void)wire__refuse_kind(w, &any_value, kind, true); /* always false */
            return NEXT_REFUSED;
        }
        return NEXT_VALUE;
    }
    if (w->json.failed)
        return NEXT_REFUSED;
    if (list)
        builder_list_end(&w->builder, f->container);
    else
        builder_map_end(&w->builder, f->container);
    return NEXT_END;
}

/* The open values, outermost first. */
struct frames {
    struct frame *at;
    uint32_t level, capacity;
    struct frame first[FRAMES_FIRST];
};

static struct frame *frames_push(struct wire__reader *w, struct frames *s)
{
    if (++s->level == s->capacity) {
        struct frame *larger = arena_alloc(w->arena, (size_t)s->capacity * 2 * sizeof(*larger));

        memcpy(larger, s->at, s->capacity * sizeof(*larger));
        s->at = larger;
        s->capacity *= 2;
    }
    ASSERT(s->level < FRAMES_MAX);
    return &s->at[s->level];
}

/* Reads the members of the open value until one is a list or map (NEXT_VALUE) or the value ends. */
static enum next members_read(struct wire__reader *w, struct wire__found *found, struct frame *f)
{
    struct slice tag;

    while (json_member(&w->json, &f->first, &tag)) {
        unsigned type = type_of_tag(tag);
        enum json_kind kind = json_kind(&w->json);

        if (type == NO_TYPE || kind == JSON_NULL) {
            if (!json_skip(&w->json))
                return NEXT_REFUSED;
            continue;
        }
        member_begin(w, found, f, type);
        if (type == VALUE_L || type == VALUE_M) {
            f->open = type;
            return container_begin(w, f, kind) ? NEXT_VALUE : NEXT_REFUSED;
        }
        if (!scalar_read(w, found, type, kind))
            return NEXT_REFUSED;
        member_end(found, f, type);
    }
    if (w->json.failed)
        return NEXT_REFUSED;
    value_end(w, found, f);
    return NEXT_END;
}

static bool value_begin(struct wire__reader *w, struct wire__found *found, struct frame *f, uint32_t level)
{
    *f = (struct frame){.start = w->values.n, .fault_type = NO_TYPE, .first = true};
    if (level + 1 > found->depth)
        found->depth = level + 1;
    if (level + 1 > w->value_depth_met)
        w->value_depth_met = level + 1;
    if (level + 1 > found->depth_max)
        wire__meet_depth(found);
    return json_enter(&w->json);
}

/* Reads the value whose brace comes next. */
static bool object_read(struct wire__reader *w, struct wire__found *found)
{
    struct frames s; /* `first` stays unset: most of it is never used */
    struct frame *f = s.first;

    s.at = s.first;
    s.level = 0;
    s.capacity = FRAMES_FIRST;
    if (!value_begin(w, found, f, 0))
        return false;
    for (;;) {
        enum next next = members_read(w, found, f);

        if (next == NEXT_END) { /* back to the list or map it stands in */
            if (s.level == 0)
                return true;
            f = &s.at[--s.level];
        }
        if (next != NEXT_REFUSED)
            next = container_next(w, found, f, s.level);
        if (next == NEXT_REFUSED)
            return false;
        if (next == NEXT_END) {
            member_end(found, f, f->open);
            continue;
        }
        f = frames_push(w, &s);
        if (!value_begin(w, found, f, s.level))
            return false;
    }
}

static void values_prepare(struct wire__reader *w)
{
    if (w->values.p == NULL)
        (void)buf_reserve(&w->values, w->values.bytes_max); /* within its ceiling, so never refused */
}

bool wire__value_read(struct wire__reader *w, enum json_kind kind, bool element, struct attribute_value *ret)
{
    struct wire__found found = {.depth_max = w->value_depth_max};
    size_t start;

    if (kind != JSON_OBJECT && kind != JSON_NULL)
        return wire__refuse_kind(w, &any_value, kind, element);
    values_prepare(w);
    start = w->values.n;
    if (scalar_take(w))
        found.depth = 1;
    else if (kind == JSON_NULL ? !null_value(w, &found) : !object_read(w, &found))
        return false;
    *ret = (struct attribute_value){
        .present = true, .fault = found.met.fault, .message = found.met.message, .depth = found.depth};
    ret->bytes = slice_of(w->values.p + start, w->values.n - start);
    return true;
}

bool wire__item_read(struct wire__reader *w, enum json_kind kind, bool element, struct attribute_map *ret)
{
    static const struct shape_member any_item = {.kind = SHAPE_ITEM};
    struct wire__found found = {.depth_max = VALUE_DEPTH_MAX};
    const uint8_t *sent = w->json.p;
    struct builder_frame body;
    struct slice name;
    bool first = true;

    if (kind != JSON_OBJECT)
        return wire__refuse_kind(w, &any_item, kind, element);
    if (!json_enter(&w->json))
        return false;
    values_prepare(w);
    body = builder_body_begin(&w->builder);
    while (json_member(&w->json, &first, &name)) {
        json_breathe(&w->json);
        if (name.n == 0 || name.n > ATTRIBUTE_NAME_BYTES_MAX) {
            wire__name_check(&found, name, false);
            name.n = 0;
        }
        builder_name(&w->builder, &body, name);
        json_space(&w->json);
        if (scalar_take(w))
            continue;
        kind = json_kind(&w->json);
        if (kind != JSON_OBJECT && kind != JSON_NULL)
            return wire__refuse_kind(w, &any_value, kind, true);
        if (kind == JSON_NULL ? !null_value(w, &found) : !object_read(w, &found))
            return false;
    }
    if (w->json.failed)
        return false;
    builder_body_end(&w->builder, body);
    *ret = (struct attribute_map){
        .present = true, .fault = found.met.fault, .message = found.met.message, .depth = found.depth};
    ret->body = slice_of(w->values.p + body.start, w->values.n - body.start);
    ret->sent = slice_of(sent, (size_t)(w->json.p - sent));
    ret->count = body_count(ret->body);
    if (ret->depth == 0 && ret->count != 0)
        ret->depth = 1;
    return true;
}
