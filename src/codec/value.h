/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/buf.h"
#include "base/slice.h"

/*
 * Attribute values and items in their binary form: what is stored, compared, sized and rendered. docs/formats/value.md
 * draws it byte by byte.
 *
 *     value     tag (1) payload
 *     S, B      length (4) bytes
 *     N         number code (codec/number.h)
 *     BOOL      0 or 1 (1)          NULL   nothing
 *     SS, BS    bytes after this field (4), count (4), members: length (4) bytes; ascending, unique
 *     NS        bytes after this field (4), count (4), members: number codes; ascending, unique
 *     L         bytes after this field (4), elements, their offsets (4 each), count (4)
 *     M         bytes after this field (4), BODY
 *     BODY      entries: name length (2) name value; offsets of the entries (4 each), ascending by name; count (4)
 *
 * Integers are little-endian. Offsets count from the first element (entry). AN ITEM IS A BODY: top level and nested
 * maps share all code. The directory is at the end so that a writer needs one pass.
 *
 * A `struct slice` called a value spans exactly tag and payload; called a body, exactly a BODY. All readers here expect
 * well-formed bytes (made by the builder, or checked by body_valid after they came from a disk).
 */
enum value_type { /* in the order in which DynamoDB checks the members of an AttributeValue */
    VALUE_S,
    VALUE_B,
    VALUE_N,
    VALUE_BOOL,
    VALUE_NULL,
    VALUE_BS,
    VALUE_NS,
    VALUE_SS,
    VALUE_L,
    VALUE_M,
};
#define VALUE_TYPES 10

/* "S", "N", ... */
const char *value_type_name(enum value_type type);

/* ---- reading; what is asked of each attribute of each item stands here, to be inlined ---- */

static inline uint32_t value__u32(const uint8_t *p)
{
    uint32_t v;

    memcpy(&v, p, 4);
    return v;
}

static inline uint16_t value__u16(const uint8_t *p)
{
    uint16_t v;

    memcpy(&v, p, 2);
    return v;
}

static inline enum value_type value_type(struct slice value)
{
    return (enum value_type)value.p[0];
}

/* Length of the value that starts at p. */
size_t value_bytes(const uint8_t *p);

/* S or B: the bytes. N: the number code. */
static inline struct slice value_scalar(struct slice value)
{
    if (value.p[0] == VALUE_N)
        return slice_of(value.p + 1, value.n - 1);
    ASSERT(value.p[0] == VALUE_S || value.p[0] == VALUE_B);
    return slice_of(value.p + 5, value.n - 5);
}

static inline bool value_bool(struct slice value)
{
    ASSERT(value.p[0] == VALUE_BOOL);
    return value.p[1] != 0;
}

/* M: its body. */
static inline struct slice value_map(struct slice value)
{
    ASSERT(value.p[0] == VALUE_M);
    return slice_of(value.p + 5, value.n - 5);
}

uint32_t list_count(struct slice list_value);
struct slice list_at(struct slice list_value, uint32_t i);
uint32_t set_count(struct slice set_value);
/* Walks the members of a set: start with *cursor = 0; member bytes (NS: number code). False at the end. */
bool set_next(struct slice set_value, size_t *cursor, struct slice *ret_member);
bool set_contains(struct slice set_value, struct slice member);

static inline uint32_t body_count(struct slice body)
{
    return body.p == NULL ? 0 : value__u32(body.p + body.n - 4);
}

static inline const uint8_t *value__entry(struct slice body, uint32_t count, uint32_t i)
{
    return body.p + value__u32(body.p + body.n - 4 - (size_t)(count - i) * 4);
}

/* Entry i in name order. */
static inline void body_at(struct slice body, uint32_t i, struct slice *ret_name, struct slice *ret_value)
{
    uint32_t count = body_count(body);
    const uint8_t *entry, *value;

    ASSERT(i < count);
    entry = value__entry(body, count, i);
    *ret_name = slice_of(entry + 2, value__u16(entry));
    value = entry + 2 + ret_name->n;
    *ret_value = slice_of(value, value_bytes(value));
}

/* The value of an attribute by binary search; false (and *ret_value untouched) when absent. An absent body has none. */
bool body_find(struct slice body, struct slice name, struct slice *ret_value);

/* Deep equality (data-plane.md 1.7). Canonical form makes it one memcmp, but for the garbage-free guarantee see
 * value.c. */
bool value_equal(struct slice a, struct slice b);
/* The same for two bodies. */
bool body_equal(struct slice a, struct slice b);
/* Equal bodies have equal hashes with one seed. */
uint64_t body_hash(struct slice body, uint64_t seed);
/* Order of two values of the same type S, N or B. */
int value_compare(struct slice a, struct slice b);
/* Size in DynamoDB's rule (data-plane.md 2.1): never more than the bytes here. */
uint32_t value_size(struct slice value);
uint32_t body_size(struct slice body);
/* Levels of nesting: scalar and set 1, {"M":{}} 1 (a map that wraps a scalar: 2). */
uint32_t value_depth(struct slice value);
/* True when the bytes are exactly one well-formed body / value of at most `depth_max` levels. For foreign bytes. */
bool body_valid(struct slice body, uint32_t depth_max);
bool value_valid(struct slice value, uint32_t depth_max);

/* ---- writing ---- */
/*
 * Writes values into a buf in one pass. Calls must nest properly; a map entry is builder_name then one value. Map
 * entries may come in any order; of equal names the last wins. Sets must be given sorted and unique (set_sort does it).
 * Scratch memory comes from the arena. After builder_map_end / builder_list_end the bytes are canonical.
 */
struct builder {
    struct buf *out;
    struct arena *arena;
    uint32_t *offsets; /* a stack of entry offsets of all open frames */
    uint32_t offsets_n, offsets_capacity;
};
struct builder_frame {
    size_t start;     /* where offsets count from */
    size_t length_at; /* where the length field is, or SIZE_MAX for a top-level body */
    uint32_t offsets_from;
};

void builder_init(struct builder *b, struct buf *out, struct arena *arena);
/* A top-level body (no tag, no length) and its end. */
struct builder_frame builder_body_begin(struct builder *b);
void builder_body_end(struct builder *b, struct builder_frame frame);
/* M and L as values. */
struct builder_frame builder_map_begin(struct builder *b);
void builder_map_end(struct builder *b, struct builder_frame frame);
struct builder_frame builder_list_begin(struct builder *b);
void builder_list_end(struct builder *b, struct builder_frame frame);
/* Next entry of the innermost open map or body: its name (at most 65535 bytes). */
void builder_name(struct builder *b, struct builder_frame *frame, struct slice name);
/* Marks the start of the next element of a list. Call before each element. */
void builder_element(struct builder *b, struct builder_frame *frame);
void builder_s(struct builder *b, struct slice text);
void builder_b(struct builder *b, struct slice bytes);
void builder_n(struct builder *b, const uint8_t *code, size_t code_bytes);
void builder_int(struct builder *b, int64_t v);
void builder_bool(struct builder *b, bool v);
void builder_null(struct builder *b);
/* A set of `type` VALUE_SS, VALUE_BS (members: bytes) or VALUE_NS (members: number codes), sorted and unique. */
void builder_set(struct builder *b, enum value_type type, const struct slice *members, uint32_t count);
/* Copies a whole value. */
void builder_value(struct builder *b, struct slice value);

/* Sorts members bytewise; returns false when two are equal (they then stand next to each other). */
bool set_sort(struct slice *members, uint32_t count);
