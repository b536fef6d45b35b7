/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "codec/value.h"
#include "json/json.h"
#include "wire/wire.h"

/*
 * What the readers of one request share. Functions return false when the request is refused: then either `refused` is
 * set and the fault filled, or the JSON reader has failed.
 */
struct wire__reader {
    struct json_reader json;
    struct slice text; /* the whole body */
    struct arena *arena;
    enum wording wording;
    uint32_t value_depth_max; /* of free-standing values; items and keys have VALUE_DEPTH_MAX */
    uint32_t value_depth_met; /* the deepest so far that is no plain scalar */
    struct fault *fault;
    bool refused;
    size_t elements_left;   /* bytes that lists, maps and sets may still take */
    struct buf values;      /* every binary value of the request; made once, large enough, so slices of it stay good */
    struct builder builder; /* writes into `values` */
    struct slice *members;  /* scratch for sets */
    uint32_t members_capacity;
    uint8_t *codes; /* scratch for the number codes of sets */
    size_t codes_left;
};

/* Refuses the request with a SerializationException. Always false. */
bool wire__refuse(struct wire__reader *w, const char *format, ...) PRINTF(2, 3);
/* Refuses a JSON value of the wrong kind for `member` (data-plane.md 0.5). Always false. */
bool wire__refuse_kind(struct wire__reader *w, const struct shape_member *member, enum json_kind kind, bool element);

/* One scalar, where the kind is not null. */
bool wire__string_read(struct wire__reader *w, enum json_kind kind, struct slice *ret);
bool wire__blob_read(struct wire__reader *w, enum json_kind kind, struct slice *ret);
bool wire__boolean_read(struct wire__reader *w, enum json_kind kind, bool *ret);

/* Grows an array of `size`-byte elements kept in the arena; false when the request takes too much. */
bool wire__array_grow(struct wire__reader *w, void **items, uint32_t count, uint32_t *capacity, size_t size);

/* One AttributeValue; `element`: inside a list or map, which decides the texts of type errors. */
bool wire__value_read(struct wire__reader *w, enum json_kind kind, bool element, struct attribute_value *ret);
/* One item or key. */
bool wire__item_read(struct wire__reader *w, enum json_kind kind, bool element, struct attribute_map *ret);

/* The JSON of one member's value. */
void wire__member_write(const struct shape_member *member, const void *at, bool element, struct buf *out);

/* The JSON of a value without its type tag: what stands for x in {"S":x}. */
void wire__value_bare_write(struct slice value, struct buf *out);

/* ---- constraints ---- */
/* The violations of one request. */
struct wire__checker {
    const struct operation *operation;
    const void *input;
    enum wording wording;
    struct arena *arena;
    struct fault *fault;
    bool keys_ignored; /* the names in maps are not looked at */
    struct buf text;   /* joined by "; " */
    uint32_t count;    /* of them, at most CONSTRAINT_ERRORS_MAX */
};

/* The member of the input by name; it must exist. */
const struct shape_member *wire__input_member(const struct wire__checker *c, const char *name);
/* Its value when it is a string; p NULL when absent. */
struct slice wire__input_text(const struct wire__checker *c, const char *name);
/* Walks one member of the input and all below it. */
void wire__member_check(struct wire__checker *c, const struct shape_member *member);
/* Adds a violation in words of its own. */
void wire__violation_add(struct wire__checker *c, const char *format, ...) PRINTF(2, 3);
/* "2 validation errors detected: ...", or OK when there are none. */
enum err wire__violations_report(const struct wire__checker *c);

/* True for the operations whose violations the 2026 layer words in its own way (data-plane.md 0.2). */
bool wire__has_current(enum operation_id id);
/* Words the violations of such an operation, from none. */
enum err wire__check_current(struct wire__checker *c);
