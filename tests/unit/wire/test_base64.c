/* SPDX-License-Identifier: Apache-2.0 */
/* Base64 is canonical both ways (data-plane.md 1.8). */
#include "test.h"

#include "wire/base64.h"

static enum base64_result decode(const char *text, uint8_t *to, size_t *n)
{
    uint8_t bad = 0;

    return base64_decode(slice_from_cstr(text), to, n, &bad);
}

TEST(wire, known_pairs)
{
    static const struct {
        const char *text;
        struct slice bytes;
    } rows[] = {{"", SLICE_LIT("")}, {"AA==", SLICE_LIT("\0")}, {"AAE=", SLICE_LIT("\0\1")},
        {"AAEC", SLICE_LIT("\0\1\2")}, {"/w==", SLICE_LIT("\xff")}, {"Zm9vYmFy", SLICE_LIT("foobar")},
        {"+/+/", SLICE_LIT("\xfb\xff\xbf")}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t bytes[16], text[16];
        size_t n = 99;

        CHECK(decode(rows[i].text, bytes, &n) == BASE64_OK);
        CHECK(slice_equal(slice_of(bytes, n), rows[i].bytes));
        base64_encode(rows[i].bytes, text);
        CHECK(slice_is(slice_of(text, BASE64_ENCODED_BYTES(rows[i].bytes.n)), rows[i].text));
    }
}

TEST(wire, faults_are_told_apart)
{
    static const struct {
        const char *text;
        enum base64_result result;
    } rows[] = {{"A", BASE64_LENGTH}, {"AA", BASE64_LENGTH}, {"AAA", BASE64_LENGTH}, {"AAAAA", BASE64_LENGTH},
        {"AB==", BASE64_TAIL}, {"AAB=", BASE64_TAIL}, {"/x==", BASE64_TAIL}, {"A-_=", BASE64_LETTER},
        {"AA A", BASE64_LETTER}, {"====", BASE64_LETTER}, {"A===", BASE64_LETTER}, {"AA=A", BASE64_LETTER},
        {"AA==AA==", BASE64_LETTER}, {"=AAA", BASE64_LETTER}, {"AAA\n", BASE64_LETTER}, {"\xc3\xa9==", BASE64_LETTER},
        {"!AB=", BASE64_LETTER}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        uint8_t bytes[16];
        size_t n;

        CHECK_EQ(decode(rows[i].text, bytes, &n), rows[i].result);
    }
}

TEST(wire, bytes_of_every_length_come_back)
{
    uint8_t bytes[300], text[400], again[300];
    size_t n;
    uint8_t bad;

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (uint8_t)(i * 37 + i / 7);
    for (size_t length = 0; length <= sizeof(bytes); length++) {
        base64_encode(slice_of(bytes, length), text);
        CHECK(base64_decode(slice_of(text, BASE64_ENCODED_BYTES(length)), again, &n, &bad) == BASE64_OK);
        CHECK(slice_equal(slice_of(again, n), slice_of(bytes, length)));
    }
}

TEST_MAIN()
