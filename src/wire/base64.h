/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/*
 * Base64 as the service takes it (data-plane.md 1.8): standard alphabet, padding required, the unused bits of the last
 * character zero. Pure.
 */
enum base64_result {
    BASE64_OK,
    BASE64_LENGTH, /* not a multiple of 4 */
    BASE64_LETTER, /* *ret_bad is the offending byte */
    BASE64_TAIL,   /* unused bits are not zero */
};

/* Bytes that `text_bytes` characters decode to at most. */
#define BASE64_DECODED_BYTES_MAX(text_bytes_) ((text_bytes_) / 4 * 3)
/* Characters that `bytes` encode to. */
#define BASE64_ENCODED_BYTES(bytes_) (((bytes_) + 2) / 3 * 4)

/* Decodes into `to` (BASE64_DECODED_BYTES_MAX); on BASE64_OK sets *ret_bytes. */
enum base64_result base64_decode(struct slice text, uint8_t *to, size_t *ret_bytes, uint8_t *ret_bad);
/* Encodes into `to` (BASE64_ENCODED_BYTES, no NUL). */
void base64_encode(struct slice bytes, uint8_t *to);
