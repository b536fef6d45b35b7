/* SPDX-License-Identifier: Apache-2.0 */

/* Fragments and their checksums. Pure; any thread. */
#include "engine/rocksdb/fragment.h"

#include <pthread.h>
#include <string.h>

static uint32_t crc_table[256];
static pthread_once_t crc_table_once = PTHREAD_ONCE_INIT;

static void crc_table_fill(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t crc = i;

        for (int bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0x82f63b78u & (0u - (crc & 1)));
        crc_table[i] = crc;
    }
}

static uint32_t crc_soft(uint32_t crc, const uint8_t *p, size_t n)
{
    for (; n > 0; n--)
        crc = (crc >> 8) ^ crc_table[(crc ^ *p++) & 255];
    return crc;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint32_t crc_hard(uint32_t crc, const uint8_t *p, size_t n)
{
    uint64_t wide = crc, word;

    for (; n >= 8; n -= 8, p += 8) {
        memcpy(&word, p, 8);
        wide = __builtin_ia32_crc32di(wide, word);
    }
    for (crc = (uint32_t)wide; n > 0; n--)
        crc = __builtin_ia32_crc32qi(crc, *p++);
    return crc;
}
#endif

static uint32_t crc(const uint8_t *p, size_t n)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.2"))
        return ~crc_hard(~0u, p, n);
#endif
    (void)pthread_once(&crc_table_once, crc_table_fill);
    return ~crc_soft(~0u, p, n);
}

/* As RocksDB stores it, so that the checksum of bytes that hold checksums is none of them. */
uint32_t fragment_checksum(const uint8_t *p, size_t n)
{
    uint32_t sum = crc(p, n);

    return (sum >> 15 | sum << 17) + 0xa282ead8u;
}

size_t fragment_block_left(size_t at)
{
    return FRAGMENT_BLOCK_BYTES - at % FRAGMENT_BLOCK_BYTES;
}

size_t fragment_bytes(const uint8_t *head)
{
    return FRAGMENT_HEAD_BYTES + head[4] + (size_t)head[5] * 256;
}

bool fragment_good(struct slice log, size_t at)
{
    const uint8_t *head = log.p + at;
    uint32_t stored;
    size_t bytes;

    if (log.n - at < FRAGMENT_HEAD_BYTES || fragment_block_left(at) < FRAGMENT_HEAD_BYTES)
        return false;
    bytes = fragment_bytes(head);
    if (bytes > fragment_block_left(at) || bytes > log.n - at || head[6] == 0)
        return false;
    memcpy(&stored, head, 4);
    return stored == fragment_checksum(head + 6, bytes - 6);
}
