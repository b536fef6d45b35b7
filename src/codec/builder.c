/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Writing binary values in one pass (value.h has the contract).
 *
 * Entries are appended as they come; their offsets wait on a stack shared by all open frames and are written as the
 * directory when the frame ends. A map's directory is sorted then. A name that came twice is rare and pays for itself:
 * the entries are copied aside and written again without the earlier ones, so that stored bytes never hold garbage.
 *
 * A buffer at its ceiling drops bytes; then nothing is read back from it and the owner sees `failed`.
 */
#include <stdlib.h>

#include "base/assert.h"
#include "base/copy.h"
#include "codec/number.h"
#include "codec/value.h"
#include "codec/value_int.h"

#define OFFSETS_FIRST      32u
#define INSERTION_SORT_MAX 24u

void builder_init(struct builder *b, struct buf *out, struct arena *arena)
{
    *b = (struct builder){.out = out, .arena = arena};
}

static void offset_push(struct builder *b, size_t offset)
{
    ASSERT(offset <= UINT32_MAX);
    if (b->offsets_n == b->offsets_capacity) {
        uint32_t capacity = b->offsets_capacity == 0 ? OFFSETS_FIRST : b->offsets_capacity * 2;
        uint32_t *offsets = arena_alloc(b->arena, (size_t)capacity * sizeof(*offsets));

        if (b->offsets_n != 0)
            memcpy(offsets, b->offsets, (size_t)b->offsets_n * sizeof(*offsets));
        b->offsets = offsets;
        b->offsets_capacity = capacity;
    }
    b->offsets[b->offsets_n++] = (uint32_t)offset;
}

static struct builder_frame frame_begin(struct builder *b, int tag)
{
    struct builder_frame frame = {.length_at = SIZE_MAX, .offsets_from = b->offsets_n};

    if (tag >= 0) {
        uint8_t head[5] = {(uint8_t)tag, 0, 0, 0, 0};

        frame.length_at = b->out->n + 1;
        buf_append(b->out, head, sizeof(head));
    }
    frame.start = b->out->n;
    return frame;
}

/* Writes the directory of the frame and the length field, and pops its offsets. */
static void frame_end(struct builder *b, const struct builder_frame *frame)
{
    uint32_t count = b->offsets_n - frame->offsets_from;
    uint8_t count_bytes[4];

    buf_append(b->out, b->offsets == NULL ? NULL : b->offsets + frame->offsets_from, (size_t)count * 4);
    value__put_u32(count_bytes, count);
    buf_append(b->out, count_bytes, 4);
    b->offsets_n = frame->offsets_from;
    if (frame->length_at != SIZE_MAX && !b->out->failed)
        value__put_u32(b->out->p + frame->length_at, (uint32_t)(b->out->n - frame->start));
}

/* ---- sorting a directory by name ---- */

static struct slice name_at(const uint8_t *start, uint32_t offset)
{
    return slice_of(start + offset + 2, value__u16(start + offset));
}

/* The first 8 bytes of a name as a number that sorts like them. Reads up to 8 bytes behind a short name: see
 * PREFIX_ROOM. */
#define PREFIX_ROOM 8u

static uint64_t name_prefix(const uint8_t *start, uint32_t offset)
{
    uint16_t n = value__u16(start + offset);
    uint64_t prefix;

    memcpy(&prefix, start + offset + 2, 8);
    prefix = __builtin_bswap64(prefix);
    if (n < 8)
        prefix = n == 0 ? 0 : prefix >> (64 - 8 * n) << (64 - 8 * n);
    return prefix;
}

/* By name, and by place among equal names, so that the last one can be found. Most names differ in their first bytes.
 */
static int entry_compare(const uint8_t *start, uint32_t a, uint32_t b)
{
    uint64_t prefix_a = name_prefix(start, a), prefix_b = name_prefix(start, b);
    int order;

    if (prefix_a != prefix_b)
        return prefix_a < prefix_b ? -1 : 1;
    order = slice_compare(name_at(start, a), name_at(start, b));

    return order != 0 ? order : a < b ? -1 : a > b;
}

static int entry_compare_r(const void *a, const void *b, void *start)
{
    return entry_compare(start, *(const uint32_t *)a, *(const uint32_t *)b);
}

/* Few entries, which is nearly every item: by insertion, each prefix taken once. True when two names may be equal. */
static bool offsets_sort_few(const uint8_t *start, uint32_t *offsets, uint32_t count)
{
    uint64_t prefixes[INSERTION_SORT_MAX];
    bool alike = false;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t offset = offsets[i], at = i;
        uint64_t prefix = name_prefix(start, offset);

        for (; at > 0 && prefixes[at - 1] >= prefix; at--) {
            if (prefixes[at - 1] == prefix) {
                alike = true;
                if (entry_compare(start, offsets[at - 1], offset) < 0)
                    break;
            }
            prefixes[at] = prefixes[at - 1];
            offsets[at] = offsets[at - 1];
        }
        prefixes[at] = prefix;
        offsets[at] = offset;
    }
    return alike;
}

/* True when two names may be equal. */
static bool offsets_sort(const uint8_t *start, uint32_t *offsets, uint32_t count)
{
    bool ascending = true;

    if (count <= INSERTION_SORT_MAX)
        return offsets_sort_few(start, offsets, count);
    for (uint32_t i = 1; i < count && ascending; i++)
        ascending = slice_compare(name_at(start, offsets[i - 1]), name_at(start, offsets[i])) < 0;
    if (!ascending)
        qsort_r(offsets, count, sizeof(*offsets), entry_compare_r, (void *)(uintptr_t)start);
    return !ascending;
}

/* Keeps the last of equal names. Returns the new count; equal to `count` when all were different. */
static uint32_t duplicates_drop(const uint8_t *start, uint32_t *offsets, uint32_t count)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < count; i++) {
        if (kept > 0 && slice_equal(name_at(start, offsets[kept - 1]), name_at(start, offsets[i])))
            kept--;
        offsets[kept++] = offsets[i];
    }
    return kept;
}

/* Writes the entries named by `offsets` again, in their order, and nothing else. */
static void entries_rewrite(struct builder *b, size_t start, uint32_t *offsets, uint32_t count)
{
    struct slice old = arena_dup(b->arena, slice_of(b->out->p + start, b->out->n - start));

    b->out->n = start;
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *entry = old.p + offsets[i];
        size_t head = 2u + value__u16(entry);

        offsets[i] = (uint32_t)(b->out->n - start);
        buf_append(b->out, entry, head + value_bytes(entry + head));
    }
}

static void map_end(struct builder *b, const struct builder_frame *frame)
{
    uint32_t count = b->offsets_n - frame->offsets_from, kept;
    uint32_t *offsets = count == 0 ? NULL : b->offsets + frame->offsets_from;

    /* the sort may look a few bytes behind the last name; the directory needs the room anyway */
    if (count > 1 && buf_reserve(b->out, PREFIX_ROOM) != NULL && !b->out->failed &&
        offsets_sort(b->out->p + frame->start, offsets, count)) {
        kept = duplicates_drop(b->out->p + frame->start, offsets, count);
        if (kept != count) {
            entries_rewrite(b, frame->start, offsets, kept);
            b->offsets_n = frame->offsets_from + kept;
        }
    }
    frame_end(b, frame);
}

/* ---- frames ---- */

struct builder_frame builder_body_begin(struct builder *b)
{
    return frame_begin(b, -1);
}

void builder_body_end(struct builder *b, struct builder_frame frame)
{
    map_end(b, &frame);
}

struct builder_frame builder_map_begin(struct builder *b)
{
    return frame_begin(b, VALUE_M);
}

void builder_map_end(struct builder *b, struct builder_frame frame)
{
    map_end(b, &frame);
}

struct builder_frame builder_list_begin(struct builder *b)
{
    return frame_begin(b, VALUE_L);
}

void builder_list_end(struct builder *b, struct builder_frame frame)
{
    frame_end(b, &frame);
}

void builder_name(struct builder *b, struct builder_frame *frame, struct slice name)
{
    uint8_t *to = buf_reserve(b->out, VALUE__NAME_LENGTH_BYTES + name.n);

    ASSERT(name.n <= ATTRIBUTE_NAME_BYTES_MAX);
    offset_push(b, b->out->n - frame->start);
    if (to == NULL)
        return;
    value__put_u16(to, (uint16_t)name.n);
    copy_short(to + VALUE__NAME_LENGTH_BYTES, name.p, name.n);
    b->out->n += VALUE__NAME_LENGTH_BYTES + name.n;
}

void builder_element(struct builder *b, struct builder_frame *frame)
{
    offset_push(b, b->out->n - frame->start);
}

/* ---- values ---- */

static void bytes_put(struct builder *b, enum value_type type, struct slice bytes)
{
    uint8_t *to = buf_reserve(b->out, 5 + bytes.n);

    if (to == NULL)
        return;
    to[0] = (uint8_t)type;
    value__put_u32(to + 1, (uint32_t)bytes.n);
    copy_short(to + 5, bytes.p, bytes.n);
    b->out->n += 5 + bytes.n;
}

void builder_s(struct builder *b, struct slice text)
{
    bytes_put(b, VALUE_S, text);
}

void builder_b(struct builder *b, struct slice bytes)
{
    bytes_put(b, VALUE_B, bytes);
}

void builder_n(struct builder *b, const uint8_t *code, size_t code_bytes)
{
    uint8_t *to = buf_reserve(b->out, 1 + code_bytes);

    if (to == NULL)
        return;
    to[0] = VALUE_N;
    memcpy(to + 1, code, code_bytes);
    b->out->n += 1 + code_bytes;
}

void builder_int(struct builder *b, int64_t v)
{
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    size_t n;

    number_from_int(v, code, &n);
    builder_n(b, code, n);
}

void builder_bool(struct builder *b, bool v)
{
    uint8_t bytes[2] = {VALUE_BOOL, v};

    buf_append(b->out, bytes, 2);
}

void builder_null(struct builder *b)
{
    buf_byte(b->out, VALUE_NULL);
}

void builder_set(struct builder *b, enum value_type type, const struct slice *members, uint32_t count)
{
    uint8_t head[VALUE__SET_HEAD_BYTES] = {(uint8_t)type};
    size_t length_at = b->out->n + 1;

    ASSERT(type == VALUE_SS || type == VALUE_NS || type == VALUE_BS);
    value__put_u32(head + 5, count);
    buf_append(b->out, head, sizeof(head));
    for (uint32_t i = 0; i < count; i++) {
        uint8_t length[4];

        if (type != VALUE_NS) {
            value__put_u32(length, (uint32_t)members[i].n);
            buf_append(b->out, length, 4);
        }
        buf_slice(b->out, members[i]);
    }
    if (!b->out->failed)
        value__put_u32(b->out->p + length_at, (uint32_t)(b->out->n - length_at - 4));
}

void builder_value(struct builder *b, struct slice value)
{
    buf_slice(b->out, value);
}

static int member_compare(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

bool set_sort(struct slice *members, uint32_t count)
{
    bool sorted = true, unique = true;

    for (uint32_t i = 1; i < count && sorted; i++)
        sorted = slice_compare(members[i - 1], members[i]) < 0;
    if (sorted)
        return true;
    qsort(members, count, sizeof(*members), member_compare);
    for (uint32_t i = 1; i < count && unique; i++)
        unique = !slice_equal(members[i - 1], members[i]);
    return unique;
}
