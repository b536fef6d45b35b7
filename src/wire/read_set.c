/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Sets (data-plane.md 1.6): members are gathered, sorted and written at the end, since duplicates are a fault and the
 * stored order is ascending.
 *
 * The texts of duplicates echo the members, in the older wording as sent, in the current one partly sorted
 * (verified-behaviour.md 1.3); so the order sent is kept until the set is known to be sound.
 */
#include "wire/value_fault.h"

#include <stdlib.h>

#include "codec/number.h"
#include "wire/base64.h"

#define CODES_BYTES 4096u

static void member_print(struct buf *out, enum value_type type, bool quoted, struct slice member)
{
    if (quoted)
        buf_byte(out, '"');
    if (type == VALUE_SS) {
        buf_slice(out, member);
    } else {
        uint8_t *to = buf_reserve(out, BASE64_ENCODED_BYTES(member.n));

        if (to != NULL) {
            base64_encode(member, to);
            out->n += BASE64_ENCODED_BYTES(member.n);
        }
    }
    if (quoted)
        buf_byte(out, '"');
}

static int member_order(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* By member, equal ones by their place. */
static int place_order(const void *a, const void *b, void *members_)
{
    const struct slice *members = members_;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    int order = slice_compare(members[i], members[j]);

    return order != 0 ? order : i < j ? -1 : 1;
}

/*
 * Brings members into the order in which the current layer prints them: sorted up to the first repeat, then the repeat
 * and the rest as sent. The first repeat is the earliest place whose member stands at an earlier place too.
 */
static void repeat_print_order(struct arena *arena, struct slice *members, uint32_t count)
{
    uint32_t *places = arena_alloc(arena, count * sizeof(*places)), repeat = count;

    for (uint32_t i = 0; i < count; i++)
        places[i] = i;
    qsort_r(places, count, sizeof(*places), place_order, members);
    for (uint32_t i = 1; i < count; i++)
        if (slice_equal(members[places[i - 1]], members[places[i]]) && places[i] < repeat)
            repeat = places[i];
    qsort(members, repeat, sizeof(*members), member_order);
}

/* `members` as sent. */
static void duplicates_fault(
    struct wire__reader *w, struct wire__found *found, enum value_type type, struct slice *members, uint32_t count)
{
    bool classic = wire__is_classic(w);
    struct buf text;

    if (type == VALUE_NS) {
        wire__meet_text(found, VALUE_FAULT_DUPLICATES,
            classic ? "Input collection contains duplicates" : WIRE__INVALID "Input collection contains duplicates.");
        return;
    }
    if (found->met.fault != VALUE_FAULT_NONE)
        return;
    if (!classic)
        repeat_print_order(w->arena, members, count);
    buf_init(&text, w->arena, ARENA_ALLOC_BYTES_MAX);
    BUF_LIT(&text, WIRE__INVALID "Input collection [");
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            buf_slice(&text, type == VALUE_BS && !classic ? SLICE_LIT(",") : SLICE_LIT(", "));
        member_print(&text, type, !classic, members[i]);
    }
    buf_slice(
        &text, type == VALUE_SS ? SLICE_LIT("] contains duplicates.") : SLICE_LIT("]of type BS contains duplicates."));
    wire__meet(found, VALUE_FAULT_DUPLICATES, false, buf_view(&text));
}

static void empty_set_fault(struct wire__found *found, enum value_type type)
{
    if (type == VALUE_SS)
        wire__meet_text(found, VALUE_FAULT_EMPTY_STRING_SET, WIRE__INVALID "An string set  may not be empty");
    else if (type == VALUE_NS)
        wire__meet_text(found, VALUE_FAULT_EMPTY_NUMBER_SET, WIRE__INVALID "An number set  may not be empty");
    else
        wire__meet_text(found, VALUE_FAULT_EMPTY_BINARY_SET, WIRE__INVALID "Binary sets should not be empty");
}

/* A null member: the model has no word for it, so it is as if the set could not hold it. */
static bool null_member(struct wire__reader *w, struct wire__found *found, enum value_type type)
{
    static const char *const kinds[] = {[VALUE_SS] = "string", [VALUE_NS] = "number", [VALUE_BS] = "binary"};

    if (found->met.fault == VALUE_FAULT_NONE)
        wire__meet(found, VALUE_FAULT_EMPTY_STRING_SET, false,
            arena_printf(w->arena, WIRE__INVALID "An %s set  may not have a null member", kinds[type]));
    return json_literal(&w->json);
}

/* Keeps a number code in memory that lives as long as the request. */
static struct slice code_keep(struct wire__reader *w, const uint8_t *code, size_t n)
{
    uint8_t *to;

    if (w->codes_left < n) {
        w->codes = arena_alloc(w->arena, CODES_BYTES);
        w->codes_left = CODES_BYTES;
    }
    to = w->codes;
    memcpy(to, code, n);
    w->codes += n;
    w->codes_left -= n;
    return slice_of(to, n);
}

static bool set_member_read(struct wire__reader *w, struct wire__found *found, enum value_type type,
    enum json_kind kind, struct slice *ret, bool *sound)
{
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    size_t n;

    if (type == VALUE_BS)
        return wire__blob_read(w, kind, ret);
    if (!wire__string_read(w, kind, ret))
        return false;
    if (type == VALUE_SS)
        return true;
    if (wire__number_take(w, found, *ret, code, &n))
        *ret = code_keep(w, code, n);
    else
        *sound = false;
    return true;
}

/* Reads the members into w->members. Clears *sound when one of them is faulty. */
static bool set_members_read(
    struct wire__reader *w, struct wire__found *found, enum value_type type, uint32_t *ret_count, bool *sound)
{
    bool first = true;
    uint32_t count = 0;

    while (json_element(&w->json, &first)) {
        enum json_kind kind = json_kind(&w->json);
        void *members = w->members;

        json_breathe(&w->json);
        if (count == w->members_capacity &&
            !wire__array_grow(w, &members, count, &w->members_capacity, sizeof(*w->members)))
            return false;
        w->members = members;
        w->members[count] = SLICE_LIT("");
        if (kind == JSON_NULL) {
            *sound = false;
            if (!null_member(w, found, type))
                return false;
        } else if (!set_member_read(w, found, type, kind, &w->members[count], sound)) {
            return false;
        }
        count++;
    }
    *ret_count = count;
    return !w->json.failed;
}

static bool ascending(const struct slice *members, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (slice_compare(members[i - 1], members[i]) >= 0)
            return false;
    return true;
}

bool wire__set_read(struct wire__reader *w, struct wire__found *found, enum value_type type, enum json_kind kind)
{
    static const struct shape_member any_list = {.kind = SHAPE_LIST};
    uint32_t count = 0;
    struct slice *sent;
    bool sound = true;

    if (kind != JSON_ARRAY)
        return wire__refuse_kind(w, &any_list, kind, false);
    if (!json_enter(&w->json) || !set_members_read(w, found, type, &count, &sound))
        return false;
    if (count == 0) {
        empty_set_fault(found, type);
        sound = false;
    }
    if (!sound) {
        builder_null(&w->builder);
        return true;
    }
    if (!ascending(w->members, count)) {
        sent = arena_alloc(w->arena, count * sizeof(*sent));
        memcpy(sent, w->members, count * sizeof(*sent));
        if (!set_sort(w->members, count)) {
            duplicates_fault(w, found, type, sent, count);
            builder_null(&w->builder);
            return true;
        }
    }
    builder_set(&w->builder, type, w->members, count);
    return true;
}
