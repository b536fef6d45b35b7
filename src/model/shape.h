/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/*
 * The types the generated API is made of: how a member of each kind looks in C (README.md has the table), and the rows
 * that describe shapes, so that readers, checkers and writers are loops over tables. Everything here is immutable after
 * start; any thread may read it.
 *
 * A zeroed struct is "nothing sent".
 */
enum tri { TRI_ABSENT, TRI_FALSE, TRI_TRUE };

struct opt_int {
    bool present;
    int64_t v;
};
struct opt_double {
    bool present;
    double v;
};

/*
 * What is wrong with a value that is well-formed JSON of the right types (data-plane.md 1.2 to 1.4), in rough order of
 * that list. The kinds are told apart because the surroundings decide the wording (ExclusiveStartKey leaves some of
 * them unwrapped).
 */
enum value_fault {
    VALUE_FAULT_NONE,
    VALUE_FAULT_EMPTY,  /* no member */
    VALUE_FAULT_NUMBER, /* syntax, empty text, range, precision; also of a number in a set */
    VALUE_FAULT_NULL,   /* NULL that is not true */
    VALUE_FAULT_EMPTY_STRING_SET,
    VALUE_FAULT_EMPTY_NUMBER_SET,
    VALUE_FAULT_EMPTY_BINARY_SET,
    VALUE_FAULT_DUPLICATES,
    VALUE_FAULT_MANY,    /* two or more members */
    VALUE_FAULT_NESTING, /* deeper than VALUE_DEPTH_MAX; by one level more in expression values of TransactWriteItems */
    VALUE_FAULT_EMPTY_NAME, /* an attribute or map key "" */
    VALUE_FAULT_LONG_NAME,  /* an attribute name over ATTRIBUTE_NAME_BYTES_MAX */
};

/* One AttributeValue. With a fault, `bytes` is not to be used. */
struct attribute_value {
    bool present;
    enum value_fault fault;
    struct slice bytes;   /* a value (codec/value.h) */
    struct slice message; /* of the fault: bare, in the operation's wording */
    uint32_t depth;       /* levels of nesting (value_depth), also when they are too many */
};

/* An item or a key. With a fault, `body` is not to be used. */
struct attribute_map {
    bool present;
    enum value_fault fault; /* the first in walk order */
    uint32_t count;         /* attributes, distinct names */
    struct slice body;      /* a body (codec/value.h) */
    struct slice message;
    uint32_t depth;    /* of the deepest attribute */
    struct slice sent; /* the JSON it was read from; p NULL when it was made here */
};

/* ---- tables ---- */
enum shape_kind {
    SHAPE_STRING,    /* struct slice; enums too */
    SHAPE_BLOB,      /* struct slice */
    SHAPE_BOOLEAN,   /* enum tri */
    SHAPE_INTEGER,   /* struct opt_int */
    SHAPE_LONG,      /* struct opt_int */
    SHAPE_DOUBLE,    /* struct opt_double */
    SHAPE_TIMESTAMP, /* struct opt_double, epoch seconds */
    SHAPE_STRUCTURE, /* pointer as a member, by value as an element */
    SHAPE_LIST,      /* struct shape_list */
    SHAPE_MAP,       /* struct shape_map */
    SHAPE_VALUE,     /* struct attribute_value */
    SHAPE_ITEM,      /* struct attribute_map */
};

/* What every generated list and map struct looks like, whatever the type of its elements. */
struct shape_list {
    bool present;
    uint32_t count;
    void *items;
};
struct shape_map {
    bool present;
    uint32_t count;
    struct slice *keys;
    void *values;
};

/* The patterns of the model, by name (pattern.c). Where TABLE is meant, the ARN of a table may stand too. */
enum shape_pattern {
    SHAPE_PATTERN_NONE,
    SHAPE_PATTERN_NAME,  /* [a-zA-Z0-9_.-]+ */
    SHAPE_PATTERN_TABLE, /* the same, or an ARN: a member that names a table */
    SHAPE_PATTERN_UUID,
    SHAPE_PATTERN_ACCOUNT, /* 12 digits */
    SHAPE_PATTERN_HEX16,   /* ([0-9a-f]{16})+ */
    SHAPE_PATTERN_BUCKET,  /* ^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$ */
    SHAPE_PATTERN_NO_DOLLAR,
    SHAPE_PATTERN_RULE, /* a name of 2 to 128 that begins and ends with a letter or digit */
    SHAPE_PATTERN_CSV_HEADER,
    SHAPE_PATTERN_CSV_DELIMITER,
    SHAPE_PATTERN_PRINT,
    SHAPE_PATTERN_XML_TEXT,
};

/* The constraints of one string, number, list or map. */
struct shape_rule {
    bool has_min, has_max;
    int64_t min, max; /* of the length (strings, blobs, lists, maps) or of the value (numbers) */
    enum shape_pattern pattern;
    const char *pattern_text;   /* as printed; NULL: none */
    const struct slice *values; /* of an enum, in the order AWS prints them; NULL: not an enum */
    uint32_t values_count;
    const char *values_text; /* "[HASH, RANGE]" */
};

struct shape;

/* A member of a structure; also the type of the elements of a list or map (then name and offset mean nothing). */
struct shape_member {
    struct slice name; /* "TableName" */
    struct slice path; /* "tableName" */
    struct slice json; /* "\"TableName\":" */
    enum shape_kind kind;
    uint32_t offset;
    bool required;
    bool header;                   /* comes as an HTTP header, not in the body */
    const struct shape *shape;     /* structure, list, map, value and item; else NULL */
    const struct shape_rule *rule; /* NULL: none */
};

struct shape {
    const char *name; /* the model's: "PutItemInput"; also the class name in texts */
    enum shape_kind kind;
    uint32_t bytes; /* of the C struct */
    const struct shape_member *members;
    uint32_t members_count;
    const struct shape_member *element; /* list, map */
    uint32_t element_bytes;
    const struct shape_rule *rule;     /* list, map: number of elements */
    const struct shape_rule *key_rule; /* map */
    const uint8_t *check_order;        /* structure: its members in the order their constraints are reported */
    bool checked;                      /* something in here, or below, has a constraint or may not be null */
    const uint8_t *lookup;             /* perfect hash of the members' names: index + 1, 0 none */
    uint32_t lookup_mask, lookup_seed;
};

/* True when the whole text matches. NONE matches everything, TABLE a table's name (not its ARN). Pure. */
bool shape_pattern_matches(enum shape_pattern pattern, struct slice text);

/*
 * A hash of a short name by its length and its first and last eight bytes. The generator looks for a seed that gives
 * every name of a set its own slot.
 */
static inline uint32_t shape_hash(struct slice name, uint32_t seed)
{
    uint64_t first = 0, last = 0;
    size_t n = name.n;

    if (n >= 8) {
        memcpy(&first, name.p, 8);
        memcpy(&last, name.p + n - 8, 8);
    } else if (n >= 4) {
        memcpy(&first, name.p, 4);
        memcpy(&last, name.p + n - 4, 4);
    } else if (n > 0) {
        first = name.p[0];
        last = (uint64_t)name.p[n / 2] << 8 | name.p[n - 1];
    }
    return (uint32_t)((((first ^ (last << 23 | last >> 41)) + n) * (seed * 0x9e3779b97f4a7c15u | 1)) >> 40);
}

/* The member of that name, or NULL. */
static inline const struct shape_member *shape_member_find(const struct shape *shape, struct slice name)
{
    uint32_t i = shape->lookup[shape_hash(name, shape->lookup_seed) & shape->lookup_mask];

    if (i == 0 || !slice_equal(shape->members[i - 1].name, name))
        return NULL;
    return &shape->members[i - 1];
}

/* True when the member was sent. An element of a list or map that is a structure is there by value. */
static inline bool shape_present(const struct shape_member *member, const void *at, bool element)
{
    switch (member->kind) {
    case SHAPE_STRING:
    case SHAPE_BLOB:
        return ((const struct slice *)at)->p != NULL;
    case SHAPE_BOOLEAN:
        return *(const enum tri *)at != TRI_ABSENT;
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        return ((const struct opt_int *)at)->present;
    case SHAPE_DOUBLE:
    case SHAPE_TIMESTAMP:
        return ((const struct opt_double *)at)->present;
    case SHAPE_STRUCTURE:
        return element || *(void *const *)at != NULL;
    case SHAPE_LIST:
        return ((const struct shape_list *)at)->present;
    case SHAPE_MAP:
        return ((const struct shape_map *)at)->present;
    case SHAPE_VALUE:
        return ((const struct attribute_value *)at)->present;
    case SHAPE_ITEM:
        return ((const struct attribute_map *)at)->present;
    }
    return false;
}
