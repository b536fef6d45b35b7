/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * Items in the short notation of the reference, for tests: what goes in and what comes out is one line of text.
 *
 *     {a: 1, b: 'text', c: b'00ff', d: [1, 'x'], e: {k: true}, f: null, g: <1, 2>, h: <'a', 'b'>, 'odd name': 1}
 *
 * Names may begin with # or :, so that one text also holds the placeholders of a request. A text that cannot be read
 * ends the program.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/number.h"
#include "codec/value.h"

struct notation {
    const char *at;
    struct builder builder;
};

static void notation_value(struct notation *n);

static void notation_space(struct notation *n)
{
    while (*n->at == ' ')
        n->at++;
}

static void notation_bad(const struct notation *n)
{
    fprintf(stderr, "cannot read the notation at: %s\n", n->at);
    abort();
}

static bool notation_take(struct notation *n, const char *text)
{
    notation_space(n);
    if (strncmp(n->at, text, strlen(text)) != 0)
        return false;
    n->at += strlen(text);
    return true;
}

/* The text up to the closing quote. */
static struct slice notation_quoted(struct notation *n)
{
    const char *end = strchr(n->at, '\'');
    struct slice text;

    if (end == NULL)
        notation_bad(n);
    text = slice_of(n->at, (size_t)(end - n->at));
    n->at = end + 1;
    return text;
}

static struct slice notation_name(struct notation *n)
{
    const char *from;

    notation_space(n);
    if (notation_take(n, "'"))
        return notation_quoted(n);
    from = n->at;
    n->at += *n->at == ':' || *n->at == '#';
    while (isalnum((unsigned char)*n->at) || *n->at == '_')
        n->at++;
    if (n->at == from)
        notation_bad(n);
    return slice_of(from, (size_t)(n->at - from));
}

static struct slice notation_hex(struct notation *n)
{
    struct slice hex = notation_quoted(n);
    uint8_t *bytes = arena_alloc(n->builder.arena, hex.n / 2);

    for (size_t i = 0; i + 1 < hex.n; i += 2)
        sscanf((const char *)hex.p + i, "%2hhx", &bytes[i / 2]);
    return slice_of(bytes, hex.n / 2);
}

static struct slice notation_number(struct notation *n)
{
    size_t length = strspn(n->at, "+-.0123456789eE");
    uint8_t *code = arena_alloc(n->builder.arena, NUMBER_CODE_BYTES_MAX);
    size_t code_bytes = 0;

    if (length == 0 || number_parse(slice_of(n->at, length), false, code, &code_bytes) != NUMBER_OK)
        notation_bad(n);
    n->at += length;
    return slice_of(code, code_bytes);
}

static void notation_set(struct notation *n)
{
    struct slice members[64];
    uint32_t count = 0;
    enum value_type type = VALUE_NS;

    do {
        notation_space(n);
        if (notation_take(n, "b'")) {
            type = VALUE_BS;
            members[count++] = notation_hex(n);
        } else if (notation_take(n, "'")) {
            type = VALUE_SS;
            members[count++] = notation_quoted(n);
        } else {
            members[count++] = notation_number(n);
        }
    } while (notation_take(n, ","));
    if (!notation_take(n, ">") || !set_sort(members, count))
        notation_bad(n);
    builder_set(&n->builder, type, members, count);
}

static void notation_list(struct notation *n)
{
    struct builder_frame frame = builder_list_begin(&n->builder);

    while (!notation_take(n, "]")) {
        builder_element(&n->builder, &frame);
        notation_value(n);
        notation_take(n, ",");
    }
    builder_list_end(&n->builder, frame);
}

static void notation_entries(struct notation *n, struct builder_frame *frame)
{
    while (!notation_take(n, "}")) {
        builder_name(&n->builder, frame, notation_name(n));
        if (!notation_take(n, ":"))
            notation_bad(n);
        notation_value(n);
        notation_take(n, ",");
    }
}

static void notation_value(struct notation *n)
{
    notation_space(n);
    if (notation_take(n, "'")) {
        builder_s(&n->builder, notation_quoted(n));
    } else if (notation_take(n, "b'")) {
        builder_b(&n->builder, notation_hex(n));
    } else if (notation_take(n, "[")) {
        notation_list(n);
    } else if (notation_take(n, "<")) {
        notation_set(n);
    } else if (notation_take(n, "true")) {
        builder_bool(&n->builder, true);
    } else if (notation_take(n, "false")) {
        builder_bool(&n->builder, false);
    } else if (notation_take(n, "null")) {
        builder_null(&n->builder);
    } else if (notation_take(n, "{")) {
        struct builder_frame frame = builder_map_begin(&n->builder);

        notation_entries(n, &frame);
        builder_map_end(&n->builder, frame);
    } else {
        struct slice code = notation_number(n);

        builder_n(&n->builder, code.p, code.n);
    }
}

/* "{...}" as a body; NULL is the absent body. */
static struct slice notation_read(const char *text, struct arena *arena)
{
    struct buf *out = arena_alloc(arena, sizeof(*out));
    struct notation n = {.at = text};
    struct builder_frame frame;

    if (text == NULL)
        return SLICE_NULL;
    buf_init(out, arena, ARENA_ALLOC_BYTES_MAX);
    builder_init(&n.builder, out, arena);
    if (!notation_take(&n, "{"))
        notation_bad(&n);
    frame = builder_body_begin(&n.builder);
    notation_entries(&n, &frame);
    builder_body_end(&n.builder, frame);
    return buf_view(out);
}

static void notation_print_value(struct slice value, struct buf *out);

static void notation_print_scalar(enum value_type type, struct slice scalar, struct buf *out)
{
    char text[NUMBER_TEXT_BYTES_MAX];

    if (type == VALUE_N || type == VALUE_NS) {
        buf_append(out, text, number_format(scalar.p, text));
    } else if (type == VALUE_S || type == VALUE_SS) {
        buf_printf(out, "'%.*s'", SLICE_ARG(scalar));
    } else {
        buf_printf(out, "b'");
        for (size_t i = 0; i < scalar.n; i++)
            buf_printf(out, "%02x", scalar.p[i]);
        buf_printf(out, "'");
    }
}

static void notation_print_body(struct slice body, struct buf *out)
{
    buf_printf(out, "{");
    for (uint32_t i = 0; i < body_count(body); i++) {
        struct slice name, value;

        body_at(body, i, &name, &value);
        buf_printf(out, "%s%.*s:", i == 0 ? "" : ",", SLICE_ARG(name));
        notation_print_value(value, out);
    }
    buf_printf(out, "}");
}

static void notation_print_set(struct slice set, struct buf *out)
{
    size_t cursor = 0;
    struct slice member;

    buf_printf(out, "<");
    for (bool first = true; set_next(set, &cursor, &member); first = false) {
        if (!first)
            buf_printf(out, ",");
        notation_print_scalar(value_type(set), member, out);
    }
    buf_printf(out, ">");
}

static void notation_print_value(struct slice value, struct buf *out)
{
    switch (value_type(value)) {
    case VALUE_S:
    case VALUE_B:
    case VALUE_N:
        notation_print_scalar(value_type(value), value_scalar(value), out);
        return;
    case VALUE_BOOL:
        buf_printf(out, value_bool(value) ? "true" : "false");
        return;
    case VALUE_NULL:
        buf_printf(out, "null");
        return;
    case VALUE_SS:
    case VALUE_NS:
    case VALUE_BS:
        notation_print_set(value, out);
        return;
    case VALUE_L:
        buf_printf(out, "[");
        for (uint32_t i = 0; i < list_count(value); i++) {
            if (i != 0)
                buf_printf(out, ",");
            notation_print_value(list_at(value, i), out);
        }
        buf_printf(out, "]");
        return;
    case VALUE_M:
        notation_print_body(value_map(value), out);
        return;
    }
}

/* Without blanks, names in order. "none" for the absent body. */
__attribute__((unused)) static const char *notation_print(struct slice body, struct arena *arena)
{
    struct buf out;

    if (body.p == NULL)
        return "none";
    buf_init(&out, arena, ARENA_ALLOC_BYTES_MAX);
    notation_print_body(body, &out);
    buf_byte(&out, 0);
    return (const char *)out.p;
}
