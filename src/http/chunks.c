/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Chunked bodies: a state per place in the grammar, a byte at a time except for data.
 *
 *      SIZE -> (EXTENSION) -> SIZE_LF -> DATA -> DATA_CR -> DATA_LF -> SIZE ...
 *      size 0:                SIZE_LF -> LINE -> END_LF -> END
 *                                        LINE -> NAME -> VALUE -> VALUE_LF -> LINE       (trailers, dropped)
 *
 * Everything around the data has a bound, so that a body of 16 MiB in chunks of one byte with long extensions cannot
 * keep the server reading for ever.
 */
#include "http/parse.h"

enum { SIZE, EXTENSION, SIZE_LF, DATA, DATA_CR, DATA_LF, LINE, NAME, VALUE, VALUE_LF, END_LF, END };

/* 15 hex digits cannot overflow; nobody needs more, not even leading zeros. */
#define SIZE_DIGITS_MAX 15

static int hex(uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

static bool is_text(uint8_t byte)
{
    return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
}

static bool is_name(uint8_t byte)
{
    return byte > 0x20 && byte < 0x7f && byte != ':';
}

static bool take_size(struct http_chunks *c, uint8_t byte)
{
    int digit = hex(byte);

    if (digit >= 0) {
        c->left = c->left * 16 + (uint64_t)digit;
        return ++c->digits <= SIZE_DIGITS_MAX;
    }
    if (c->digits == 0 || (byte != ';' && byte != '\r'))
        return false;
    c->state = byte == ';' ? EXTENSION : SIZE_LF;
    return true;
}

static bool take_extension(struct http_chunks *c, uint8_t byte)
{
    if (byte == '\r') {
        c->state = SIZE_LF;
        return true;
    }
    return is_text(byte) && ++c->extension_bytes <= HTTP_CHUNK_EXTENSION_BYTES_MAX;
}

static bool take_size_lf(struct http_chunks *c, uint8_t byte)
{
    c->state = c->left == 0 ? LINE : DATA;
    c->digits = 0;
    c->extension_bytes = 0;
    return byte == '\n';
}

/* The start of a trailer, or of the empty line that ends them. */
static bool take_line(struct http_chunks *c, uint8_t byte)
{
    c->state = byte == '\r' ? END_LF : NAME;
    return byte == '\r' || (is_name(byte) && ++c->trailers <= REQUEST_HEADERS_MAX);
}

static bool take_name(struct http_chunks *c, uint8_t byte)
{
    if (byte == ':')
        c->state = VALUE;
    return byte == ':' || is_name(byte);
}

static bool take_value(struct http_chunks *c, uint8_t byte)
{
    if (byte == '\r')
        c->state = VALUE_LF;
    return byte == '\r' || is_text(byte);
}

static bool take_exactly(struct http_chunks *c, uint8_t byte, uint8_t expected, uint8_t next)
{
    c->state = next;
    return byte == expected;
}

static bool take(struct http_chunks *c, uint8_t byte)
{
    if (++c->overhead_bytes > HTTP_CHUNK_OVERHEAD_BYTES_MAX)
        return false;
    if (c->state >= LINE && ++c->trailer_bytes > HTTP_TRAILER_BYTES_MAX)
        return false;
    switch (c->state) {
    case SIZE:
        return take_size(c, byte);
    case EXTENSION:
        return take_extension(c, byte);
    case SIZE_LF:
        return take_size_lf(c, byte);
    case DATA_CR:
        return take_exactly(c, byte, '\r', DATA_LF);
    case DATA_LF:
        return take_exactly(c, byte, '\n', SIZE);
    case LINE:
        return take_line(c, byte);
    case NAME:
        return take_name(c, byte);
    case VALUE:
        return take_value(c, byte);
    case VALUE_LF:
        return take_exactly(c, byte, '\n', LINE);
    default:
        return take_exactly(c, byte, '\n', END);
    }
}

enum http_parse http__chunks_parse(struct http_chunks *chunks, struct slice *input, struct slice *ret_data)
{
    *ret_data = slice_of(input->p, 0);
    while (input->n != 0 && chunks->state != END) {
        if (chunks->state == DATA) {
            *ret_data = slice_of(input->p, input->n < chunks->left ? input->n : (size_t)chunks->left);
            chunks->left -= ret_data->n;
            if (chunks->left == 0)
                chunks->state = DATA_CR;
        } else if (!take(chunks, *input->p)) {
            return HTTP_PARSE_BAD;
        }
        size_t taken = ret_data->n == 0 ? 1 : ret_data->n;
        input->p += taken;
        input->n -= taken;
        if (ret_data->n != 0)
            return HTTP_PARSE_MORE;
    }
    return chunks->state == END ? HTTP_PARSE_DONE : HTTP_PARSE_MORE;
}
