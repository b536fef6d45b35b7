/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "wire/wire_int.h"

/*
 * The faults of attribute values while they are read: their texts, and which of several is told. Inside the folder
 * only.
 *
 * Of one item (verified-behaviour.md 1.4) it is the first in the order of the text; but an empty attribute name at the
 * top comes before too deep nesting, and that before an empty name inside.
 */
#define WIRE__INVALID "One or more parameter values were invalid: "

/* The fault to be told so far. `inside`: an empty name below the top. */
struct wire__met {
    enum value_fault fault;
    bool inside;
    struct slice message;
};

/* What reading one item, or one free-standing value, has found. */
struct wire__found {
    struct wire__met met;
    uint32_t depth;     /* of the deepest value */
    uint32_t depth_max; /* beyond it is too deep */
};

/* Remembers a fault unless one that is told before it was met. */
void wire__meet(struct wire__found *found, enum value_fault fault, bool inside, struct slice message);
void wire__meet_text(struct wire__found *found, enum value_fault fault, const char *text);
/* A value beyond depth_max. */
void wire__meet_depth(struct wire__found *found);
/* An attribute name, at the top or inside a map: empty or too long. */
void wire__name_check(struct wire__found *found, struct slice name, bool inside);
/* True in the older texts. */
static inline bool wire__is_classic(const struct wire__reader *w)
{
    return w->wording == WORDING_CLASSIC || w->wording == WORDING_STATEMENT;
}
/* Reads a number to its code (NUMBER_CODE_BYTES_MAX), or meets its fault. */
bool wire__number_take(
    struct wire__reader *w, struct wire__found *found, struct slice text, uint8_t *code, size_t *ret_bytes);
/* Writes a set, or NULL after meeting its fault. False when the request is refused. */
bool wire__set_read(struct wire__reader *w, struct wire__found *found, enum value_type type, enum json_kind kind);
