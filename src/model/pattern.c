/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The model's regular expressions, by hand: a dozen in all, each a class of characters and perhaps a shape. A pattern
 * that the model gains makes the generator stop, and then gets its line here.
 */
#include "model/shape.h"

static bool letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool alphanumeric(uint8_t c)
{
    return letter(c) || digit(c);
}

static bool low_hex(uint8_t c)
{
    return digit(c) || (c >= 'a' && c <= 'f');
}

/* One bit a byte: table names are checked on every request. */
static bool name_byte(uint8_t c)
{
    static const uint64_t bits[4] = {0x03ff600000000000u, 0x07fffffe87fffffeu};

    return bits[c >> 6] >> (c & 63) & 1;
}

static bool csv_byte(uint8_t c)
{
    return c >= 0x20 && c <= 0x7e && c != '"' && c != ',';
}

static bool not_dollar(uint8_t c)
{
    return c != '$';
}

static bool printable(uint8_t c)
{
    return c >= 0x20 && c != 0x7f;
}

/* Text of XML: no control byte but tab and line ends. Valid UTF-8 has no surrogates; U+FFFE and U+FFFF are let pass. */
static bool xml_byte(uint8_t c)
{
    return c >= 0x20 || c == '\t' || c == '\n' || c == '\r';
}

typedef bool byte_fn(uint8_t c);

static inline bool all(struct slice text, byte_fn *good)
{
    for (size_t i = 0; i < text.n; i++)
        if (!good(text.p[i]))
            return false;
    return true;
}

static bool uuid(struct slice text)
{
    if (text.n != 36)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (dash ? text.p[i] != '-' : !low_hex(text.p[i]))
            return false;
    }
    return true;
}

/* Begins and ends alphanumeric, name bytes between. */
static bool enclosed(struct slice text, size_t bytes_max)
{
    return text.n >= 2 && text.n <= bytes_max && alphanumeric(text.p[0]) && alphanumeric(text.p[text.n - 1]) &&
           all(text, name_byte);
}

bool shape_pattern_matches(enum shape_pattern pattern, struct slice text)
{
    switch (pattern) {
    case SHAPE_PATTERN_NONE:
        return true;
    case SHAPE_PATTERN_NAME:
    case SHAPE_PATTERN_TABLE:
        return text.n != 0 && all(text, name_byte);
    case SHAPE_PATTERN_UUID:
        return uuid(text);
    case SHAPE_PATTERN_ACCOUNT:
        return text.n == 12 && all(text, digit);
    case SHAPE_PATTERN_HEX16:
        return text.n != 0 && text.n % 16 == 0 && all(text, low_hex);
    case SHAPE_PATTERN_BUCKET:
        return enclosed(text, SIZE_MAX);
    case SHAPE_PATTERN_RULE:
        return enclosed(text, 128);
    case SHAPE_PATTERN_NO_DOLLAR:
        return text.n != 0 && all(text, not_dollar);
    case SHAPE_PATTERN_CSV_HEADER:
        return all(text, csv_byte);
    case SHAPE_PATTERN_CSV_DELIMITER:
        return text.n == 1 && memchr(",;:|\t ", text.p[0], 6) != NULL;
    case SHAPE_PATTERN_PRINT:
        return text.n != 0 && all(text, printable);
    case SHAPE_PATTERN_XML_TEXT:
        return all(text, xml_byte);
    }
    return false;
}
