/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdint.h>
#include <string.h>

#include "codec/value.h"

/* Little-endian fields at any alignment, and the tags as stored. Inside the folder only. */
#define VALUE__NAME_LENGTH_BYTES 2u
#define VALUE__FIELD_BYTES       4u
#define VALUE__SET_HEAD_BYTES    9u /* tag, bytes, count */

static inline void value__put_u32(uint8_t *p, uint32_t v)
{
    memcpy(p, &v, 4);
}

static inline void value__put_u16(uint8_t *p, uint16_t v)
{
    memcpy(p, &v, 2);
}

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "formats are little-endian and read in place");
