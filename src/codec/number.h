/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"
#include "base/slice.h"

/*
 * DynamoDB numbers: exact decimals of up to 38 significant digits, 1E-130 to 9.99..E+125 (data-plane.md 1.4).
 *
 * Everywhere inside the server a number is its CODE: bytes whose unsigned order is the numeric order, unique per value,
 * self-delimiting, so that it serves as a sort key, as a set member and inside an item alike.
 *
 *     zero       80
 *     positive   C0  exponent+130  pair+1 ...  00
 *     negative   40  255-(exponent+130)  254-pair ...  FF
 *
 * exponent is that of the first digit (0 for 1..9.99); a pair is two digits, 0 to 99, the last padded with 0.
 */
#define NUMBER_CODE_BYTES_MAX (2 + (NUMBER_DIGITS_MAX + 1) / 2 + 1)
#define NUMBER_TEXT_BYTES_MAX 200 /* "-0." and 130 digits, or 126 digits, with room */

enum number_result { NUMBER_OK, NUMBER_SYNTAX, NUMBER_EMPTY, NUMBER_OVERFLOW, NUMBER_UNDERFLOW, NUMBER_PRECISION };

/*
 * Reads a literal. `exponent_32` reads the written exponent the classic way (1e2147483647 wraps to an underflow).
 * On NUMBER_OK fills `code` (NUMBER_CODE_BYTES_MAX) and *ret_bytes.
 */
enum number_result number_parse(struct slice text, bool exponent_32, uint8_t *code, size_t *ret_bytes);
/*
 * True when the exponent, as written, and the scale (digits after the dot less the exponent) of a literal are 32-bit
 * integers: what Java's BigDecimal takes, and so PartiQL.
 */
bool number_scale_is_32(struct slice text);
/* Bytes of the code that starts at `code`; never reads beyond `bytes_max`; 0 when it is not a whole valid code. */
size_t number_code_bytes(const uint8_t *code, size_t bytes_max);
/* The same for a code that is known to be whole and valid: it only looks for the end. */
size_t number_code_length(const uint8_t *code);
/* Writes DynamoDB's normalised text (no NUL); returns its length. `text` has NUMBER_TEXT_BYTES_MAX. */
size_t number_format(const uint8_t *code, char *text);
/* a + b, or a - b. NUMBER_OVERFLOW also when more than 38 digits would be needed. */
enum number_result number_add(const uint8_t *a, const uint8_t *b, bool subtract, uint8_t *code, size_t *ret_bytes);
/* The bytes a number counts in an item's size (verified-behaviour.md 4.1): 1 to 22. */
uint32_t number_size(const uint8_t *code);
/* The code of an integer. */
void number_from_int(int64_t v, uint8_t *code, size_t *ret_bytes);
/* The integer value, saturated, fraction dropped. */
int64_t number_to_int(const uint8_t *code);
