/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Reading binary values: access, size, depth, order, equality, and the check of foreign bytes.
 *
 * The idea: nothing is unpacked. A value is a run of bytes with its directory at its end, so finding an attribute is a
 * binary search and skipping one is an addition. Equality is structural for lists and maps (their entries stand in the
 * order of the request) and one memcmp for everything else (numbers, sets and scalars have one form each).
 *
 * Recursion is bounded by the nesting of values: at most VALUE_DEPTH_MAX once stored, at most JSON_DEPTH_MAX while a
 * request is checked; frames are small.
 *
 * Pure; any thread.
 */
#include "codec/value.h"

#include "base/assert.h"
#include "codec/number.h"
#include "codec/value_int.h"

const char *value_type_name(enum value_type type)
{
    static const char *const names[VALUE_TYPES] = {"S", "B", "N", "BOOL", "NULL", "BS", "NS", "SS", "L", "M"};

    ASSERT((unsigned)type < VALUE_TYPES);
    return names[type];
}

/* ---- access ---- */

size_t value_bytes(const uint8_t *p)
{
    switch ((enum value_type)p[0]) {
    case VALUE_N:
        return 1 + number_code_length(p + 1);
    case VALUE_BOOL:
        return 2;
    case VALUE_NULL:
        return 1;
    case VALUE_S:
    case VALUE_B:
    case VALUE_BS:
    case VALUE_NS:
    case VALUE_SS:
    case VALUE_L:
    case VALUE_M:
        break;
    }
    return 1 + VALUE__FIELD_BYTES + value__u32(p + 1);
}

uint32_t list_count(struct slice list_value)
{
    ASSERT(list_value.p[0] == VALUE_L);
    return value__u32(list_value.p + list_value.n - 4);
}

struct slice list_at(struct slice list_value, uint32_t i)
{
    uint32_t count = list_count(list_value);
    const uint8_t *directory, *element;

    ASSERT(i < count);
    directory = list_value.p + list_value.n - 4 - (size_t)count * 4;
    element = list_value.p + 5 + value__u32(directory + (size_t)i * 4);
    return slice_of(element, value_bytes(element));
}

uint32_t set_count(struct slice set_value)
{
    return value__u32(set_value.p + 5);
}

bool set_next(struct slice set_value, size_t *cursor, struct slice *ret_member)
{
    const uint8_t *p;

    if (*cursor == 0)
        *cursor = VALUE__SET_HEAD_BYTES;
    if (*cursor >= set_value.n)
        return false;
    p = set_value.p + *cursor;
    if (set_value.p[0] == VALUE_NS) {
        *ret_member = slice_of(p, number_code_length(p));
        *cursor += ret_member->n;
    } else {
        *ret_member = slice_of(p + 4, value__u32(p));
        *cursor += 4 + ret_member->n;
    }
    return true;
}

bool set_contains(struct slice set_value, struct slice member)
{
    size_t cursor = 0;
    struct slice m;

    while (set_next(set_value, &cursor, &m)) {
        int order = slice_compare(m, member);

        if (order >= 0)
            return order == 0;
    }
    return false;
}

bool body_find(struct slice body, struct slice name, struct slice *ret_value)
{
    uint32_t count = body_count(body), low = 0, high = count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const uint8_t *entry = value__entry(body, count, middle);
        struct slice at = slice_of(entry + 2, value__u16(entry));
        int order = slice_compare(at, name);

        if (order == 0) {
            const uint8_t *value = at.p + at.n;

            *ret_value = slice_of(value, value_bytes(value));
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* ---- equality and order ---- */

static bool list_equal(struct slice a, struct slice b)
{
    uint32_t count = list_count(a);

    if (count != list_count(b))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!value_equal(list_at(a, i), list_at(b, i)))
            return false;
    }
    return true;
}

bool body_equal(struct slice a, struct slice b)
{
    uint32_t count = body_count(a);

    if (count != body_count(b))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        struct slice name_a, name_b, value_a, value_b;

        body_at(a, i, &name_a, &value_a);
        body_at(b, i, &name_b, &value_b);
        if (!slice_equal(name_a, name_b) || !value_equal(value_a, value_b))
            return false;
    }
    return true;
}

bool value_equal(struct slice a, struct slice b)
{
    if (a.p[0] != b.p[0])
        return false;
    if (a.p[0] == VALUE_L)
        return list_equal(a, b);
    if (a.p[0] == VALUE_M)
        return body_equal(value_map(a), value_map(b));
    return slice_equal(a, b);
}

int value_compare(struct slice a, struct slice b)
{
    ASSERT(a.p[0] == b.p[0]);
    return slice_compare(value_scalar(a), value_scalar(b));
}

/* ---- size and depth ---- */

static uint32_t set_size(struct slice value)
{
    size_t cursor = 0;
    struct slice member;
    uint32_t size = 0;

    while (set_next(value, &cursor, &member))
        size += value.p[0] == VALUE_NS ? number_size(member.p) : (uint32_t)member.n;
    return size;
}

static uint32_t list_size(struct slice value)
{
    uint32_t size = 3, count = list_count(value);

    for (uint32_t i = 0; i < count; i++)
        size += 1 + value_size(list_at(value, i));
    return size;
}

/* Of the value that starts at p. Most are sized without looking for their end first. */
static uint32_t size_at(const uint8_t *p)
{
    switch ((enum value_type)p[0]) {
    case VALUE_S:
    case VALUE_B:
        return value__u32(p + 1);
    case VALUE_N:
        return number_size(p + 1);
    case VALUE_BOOL:
    case VALUE_NULL:
        return 1;
    case VALUE_BS:
    case VALUE_NS:
    case VALUE_SS:
        return set_size(slice_of(p, value_bytes(p)));
    case VALUE_L:
        return list_size(slice_of(p, value_bytes(p)));
    case VALUE_M: {
        struct slice body = value_map(slice_of(p, value_bytes(p)));

        return 3 + body_count(body) + body_size(body);
    }
    }
    ASSERT(!"a tag that no builder writes");
    return 0;
}

uint32_t value_size(struct slice value)
{
    return size_at(value.p);
}

uint32_t body_size(struct slice body)
{
    uint32_t size = 0, count = body_count(body);

    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *entry = value__entry(body, count, i);
        uint32_t name_bytes = value__u16(entry);

        size += name_bytes + size_at(entry + 2 + name_bytes);
    }
    return size;
}

uint32_t value_depth(struct slice value)
{
    uint32_t deepest = 0;

    if (value.p[0] == VALUE_L) {
        for (uint32_t i = 0; i < list_count(value); i++) {
            uint32_t depth = value_depth(list_at(value, i));

            deepest = depth > deepest ? depth : deepest;
        }
    } else if (value.p[0] == VALUE_M) {
        struct slice body = value_map(value), name, child;

        for (uint32_t i = 0; i < body_count(body); i++) {
            body_at(body, i, &name, &child);
            uint32_t depth = value_depth(child);

            deepest = depth > deepest ? depth : deepest;
        }
    }
    return 1 + deepest;
}

/* ---- foreign bytes ---- */

/* Length of the well-formed value at the start of `bytes`; 0 when there is none. */
static size_t checked_bytes(struct slice bytes, uint32_t depth_max);

static bool set_valid(enum value_type type, struct slice members, uint32_t count)
{
    struct slice previous = SLICE_NULL;
    size_t at = 0;

    for (uint32_t i = 0; i < count; i++) {
        struct slice member;

        if (type == VALUE_NS) {
            size_t n = number_code_bytes(members.p + at, members.n - at);

            if (n == 0)
                return false;
            member = slice_of(members.p + at, n);
            at += n;
        } else {
            if (members.n - at < 4 || value__u32(members.p + at) > members.n - at - 4)
                return false;
            member = slice_of(members.p + at + 4, value__u32(members.p + at));
            at += 4 + member.n;
        }
        if (previous.p != NULL && slice_compare(previous, member) >= 0)
            return false;
        previous = member;
    }
    return at == members.n && count != 0;
}

/* Elements must stand one after another without gaps, in any order of the directory for maps (names ascending), in
 * order for lists. */
static bool list_valid(struct slice payload, uint32_t depth_max)
{
    uint32_t count;
    size_t end, at = 0;

    if (payload.n < 4)
        return false;
    count = value__u32(payload.p + payload.n - 4);
    if (count > (payload.n - 4) / 4)
        return false;
    end = payload.n - 4 - (size_t)count * 4;
    for (uint32_t i = 0; i < count; i++) {
        size_t n;

        if (value__u32(payload.p + end + (size_t)i * 4) != at)
            return false;
        n = checked_bytes(slice_of(payload.p + at, end - at), depth_max);
        if (n == 0)
            return false;
        at += n;
    }
    return at == end;
}

bool body_valid(struct slice body, uint32_t depth_max)
{
    uint32_t count;
    size_t end, used = 0;
    struct slice previous = SLICE_NULL;

    if (body.n < 4)
        return false;
    count = value__u32(body.p + body.n - 4);
    if (count > (body.n - 4) / 4)
        return false;
    end = body.n - 4 - (size_t)count * 4;
    for (uint32_t i = 0; i < count; i++) {
        size_t at = value__u32(body.p + end + (size_t)i * 4), n;
        struct slice name;

        if (at > end || end - at < 2 || value__u16(body.p + at) > end - at - 2)
            return false;
        name = slice_of(body.p + at + 2, value__u16(body.p + at));
        if (previous.p != NULL && slice_compare(previous, name) >= 0)
            return false;
        previous = name;
        n = checked_bytes(slice_of(name.p + name.n, end - at - 2 - name.n), depth_max);
        if (n == 0)
            return false;
        used += 2 + name.n + n;
    }
    return used == end;
}

static size_t checked_bytes(struct slice bytes, uint32_t depth_max)
{
    struct slice payload;
    enum value_type type;

    if (bytes.n == 0 || bytes.p[0] >= VALUE_TYPES || depth_max == 0)
        return 0;
    type = (enum value_type)bytes.p[0];
    if (type == VALUE_NULL)
        return 1;
    if (type == VALUE_BOOL)
        return bytes.n >= 2 && bytes.p[1] <= 1 ? 2 : 0;
    if (type == VALUE_N) {
        size_t n = number_code_bytes(bytes.p + 1, bytes.n - 1);

        return n == 0 ? 0 : 1 + n;
    }
    if (bytes.n < 5 || value__u32(bytes.p + 1) > bytes.n - 5)
        return 0;
    payload = slice_of(bytes.p + 5, value__u32(bytes.p + 1));
    if (type == VALUE_L && !list_valid(payload, depth_max - 1))
        return 0;
    if (type == VALUE_M && !body_valid(payload, depth_max - 1))
        return 0;
    if (type == VALUE_SS || type == VALUE_NS || type == VALUE_BS) {
        if (payload.n < 4 || !set_valid(type, slice_of(payload.p + 4, payload.n - 4), value__u32(payload.p)))
            return 0;
    }
    return 5 + payload.n;
}

bool value_valid(struct slice value, uint32_t depth_max)
{
    return value.p != NULL && checked_bytes(value, depth_max) == value.n && value.n != 0;
}
