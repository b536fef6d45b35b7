/* SPDX-License-Identifier: Apache-2.0 */
#include "codec/number.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

/* The normalised text of a literal, or the name of what is wrong with it. */
static const char *normal(const char *text)
{
    static const char *const wrong[] = {"", "syntax", "empty", "overflow", "underflow", "precision"};
    static char out[NUMBER_TEXT_BYTES_MAX + 1];
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    size_t n;
    enum number_result result = number_parse(slice_from_cstr(text), false, code, &n);

    if (result != NUMBER_OK)
        return wrong[result];
    CHECK_EQ(number_code_bytes(code, n), n);
    out[number_format(code, out)] = 0;
    return out;
}

static void check_normal(const char *text, const char *expected)
{
    if (strcmp(normal(text), expected) != 0)
        printf("%s -> %s, not %s\n", text, normal(text), expected);
    CHECK(strcmp(normal(text), expected) == 0);
}

TEST(codec, numbers_are_normalised)
{
    static const char *const rows[][2] = {{"007", "7"}, {"1e3", "1000"}, {".5", "0.5"}, {"+3", "3"}, {"1.0e3", "1000"},
        {"-.5", "-0.5"}, {"1.10", "1.1"}, {"1e-3", "0.001"}, {"-0.0", "0"}, {"100.000", "100"}, {"123e-2", "1.23"},
        {"0e5", "0"}, {"1.5E2", "150"}, {"1e20", "100000000000000000000"}, {"001.23", "1.23"}, {"5.", "5"},
        {"1.e5", "100000"}, {"-17.4E37", "-174000000000000000000000000000000000000"}, {"1.23E10", "12300000000"},
        {"+1e-2", "0.01"}, {"0e125", "0"}, {"0.0e126", "0"},
        {"12345678901234567890123456789012345678", "12345678901234567890123456789012345678"}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        check_normal(rows[i][0], rows[i][1]);
}

TEST(codec, numbers_out_of_range_or_form_are_refused)
{
    static const char *const rows[][2] = {{"1e126", "overflow"}, {"-1e126", "overflow"}, {"0e126", "overflow"},
        {"0e-131", "underflow"}, {"1e-131", "underflow"}, {"1e2147483647", "overflow"}, {"1e99999999999", "overflow"},
        {"1e-99999999999", "underflow"}, {"1e9223372036854775808", "syntax"}, {"1e-9223372036854775808", "underflow"},
        {"123456789012345678901234567890123456789", "precision"},
        {"1.00000000000000000000000000000000000001", "precision"}, {"", "empty"}, {"abc", "syntax"}, {" 1", "syntax"},
        {"1 ", "syntax"}, {"0x10", "syntax"}, {"1e", "syntax"}, {"1e+", "syntax"}, {"NaN", "syntax"},
        {"Infinity", "syntax"}, {"1.2.3", "syntax"}, {"+e2", "syntax"}, {"e2", "syntax"}, {"++5", "syntax"},
        {"-", "syntax"}, {".", "syntax"}, {"1.2e3.4", "syntax"}, {"1_000", "syntax"}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        check_normal(rows[i][0], rows[i][1]);
}

TEST(codec, the_largest_and_smallest_numbers_are_accepted)
{
    CHECK(strlen(normal("9.9999999999999999999999999999999999999E+125")) == 126);
    CHECK(strlen(normal("-9.9999999999999999999999999999999999999E+125")) == 127);
    CHECK(strlen(normal("1e-130")) == 132);
    CHECK(strlen(normal("1e125")) == 126);
}

TEST(codec, the_classic_reader_wraps_at_32_bits)
{
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    size_t n;

    CHECK_EQ(number_parse(SLICE_LIT("1e2147483647"), true, code, &n), NUMBER_UNDERFLOW);
    CHECK_EQ(number_parse(SLICE_LIT("1e126"), true, code, &n), NUMBER_OVERFLOW);
}

TEST(codec, codes_sort_as_numbers)
{
    static const char *const ascending[] = {"-1e125", "-10", "-9.5", "-9.49", "-1", "-0.1", "-1e-130", "0", "1e-130",
        "0.1", "1", "1.01", "9", "10", "10.5", "99", "100", "1e125"};
    uint8_t last[NUMBER_CODE_BYTES_MAX], code[NUMBER_CODE_BYTES_MAX];
    size_t last_n = 0, n;

    for (size_t i = 0; i < sizeof(ascending) / sizeof(*ascending); i++) {
        CHECK_EQ(number_parse(slice_from_cstr(ascending[i]), false, code, &n), NUMBER_OK);
        if (i > 0)
            CHECK(slice_compare(slice_of(last, last_n), slice_of(code, n)) < 0);
        memcpy(last, code, n);
        last_n = n;
    }
}

static const char *sum(const char *a, const char *b, bool subtract)
{
    static char out[NUMBER_TEXT_BYTES_MAX + 1];
    uint8_t x[NUMBER_CODE_BYTES_MAX], y[NUMBER_CODE_BYTES_MAX], z[NUMBER_CODE_BYTES_MAX];
    size_t n;

    CHECK_EQ(number_parse(slice_from_cstr(a), false, x, &n), NUMBER_OK);
    CHECK_EQ(number_parse(slice_from_cstr(b), false, y, &n), NUMBER_OK);
    switch (number_add(x, y, subtract, z, &n)) {
    case NUMBER_OK:
        out[number_format(z, out)] = 0;
        return out;
    case NUMBER_OVERFLOW:
        return "overflow";
    case NUMBER_UNDERFLOW:
        return "underflow";
    case NUMBER_SYNTAX:
    case NUMBER_EMPTY:
    case NUMBER_PRECISION:
        break;
    }
    return "?";
}

TEST(codec, sums_are_exact)
{
    CHECK(strcmp(sum("1", "10000000000000000000000", false), "10000000000000000000001") == 0);
    CHECK(strcmp(sum("1e50", "1", false), "overflow") == 0);
    CHECK(strcmp(sum("1e50", "1", true), "overflow") == 0);
    CHECK(strcmp(sum("9e125", "9e125", false), "overflow") == 0);
    CHECK(strcmp(sum("5", "5", true), "0") == 0);
    CHECK(strcmp(sum("0", "-3.5", false), "-3.5") == 0);
    CHECK(strcmp(sum("0.1", "0.2", false), "0.3") == 0);
    CHECK(strcmp(sum("99.99", "0.01", false), "100") == 0);
    CHECK(strcmp(sum("100", "99.99", true), "0.01") == 0);
    CHECK(strcmp(sum("-5", "3", false), "-2") == 0);
    CHECK(strcmp(sum("3", "5", true), "-2") == 0);
    CHECK(strcmp(sum("1e125", "1e-130", false), "overflow") == 0);
    CHECK(strcmp(sum("99999999999999999999999999999999999999", "1", false),
              "100000000000000000000000000000000000000") == 0);
}

TEST(codec, sizes_follow_the_measured_table)
{
    static const struct {
        const char *text;
        uint32_t size;
    } rows[] = {{"0", 1}, {"-0", 1}, {"1", 2}, {"12", 2}, {"123", 3}, {"1234", 3}, {"0042", 2}, {"100", 2}, {"1010", 3},
        {"0.0000001", 2}, {"1E125", 2}, {"1E-100", 2}, {"1.5", 3}, {"15", 2}, {"1.2", 3}, {"1.200", 3}, {"1.234", 4},
        {"3.14159", 5}, {"123456", 4}, {"100.5", 4}, {"0.15", 2}, {"-42", 3},
        {"12345678901234567890123456789012345678", 20}};
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    size_t n;

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        CHECK_EQ(number_parse(slice_from_cstr(rows[i].text), false, code, &n), NUMBER_OK);
        CHECK_EQ(number_size(code), rows[i].size);
    }
}

TEST(codec, the_short_way_for_plain_numbers_agrees_with_the_long_one)
{
    uint32_t seed = 1;

    for (int round = 0; round < 20000; round++) {
        uint8_t plain[NUMBER_CODE_BYTES_MAX], full[NUMBER_CODE_BYTES_MAX];
        size_t plain_bytes = 0, full_bytes = 0, n = 0;
        enum number_result result;
        char text[64];

        seed = seed * 1664525 + 1013904223;
        if (seed >> 28 & 1)
            text[n++] = '-';
        for (uint32_t digits = 1 + (seed >> 8) % 40; digits > 0; digits--) {
            seed = seed * 1664525 + 1013904223;
            if (seed >> 27 == 7)
                text[n++] = '.';
            text[n++] = (char)('0' + ((seed >> 20 & 3) == 0 ? 0 : (seed >> 9) % 10));
        }
        result = number_parse(slice_of(text, n), false, plain, &plain_bytes);
        text[n] = 'e';
        text[n + 1] = '0';
        CHECK_EQ(number_parse(slice_of(text, n + 2), false, full, &full_bytes), result);
        CHECK(result != NUMBER_OK || (plain_bytes == full_bytes && memcmp(plain, full, full_bytes) == 0));
    }
}

TEST(codec, the_text_of_a_number_reads_back_to_its_code)
{
    uint32_t seed = 1;

    for (int round = 0; round < 20000; round++) {
        uint8_t code[NUMBER_CODE_BYTES_MAX], again[NUMBER_CODE_BYTES_MAX];
        char text[NUMBER_TEXT_BYTES_MAX + 8];
        size_t code_bytes, again_bytes, n = 0;

        for (uint32_t digits = 1 + (seed >> 8) % NUMBER_DIGITS_MAX; digits > 0; digits--) {
            seed = seed * 1664525 + 1013904223;
            text[n++] = (char)('0' + ((seed >> 20 & 3) == 0 ? 0 : (seed >> 9) % 10));
        }
        seed = seed * 1664525 + 1013904223;
        n += (size_t)snprintf(text + n, 8, "e%d", (int)((seed >> 8) % 200) - 120);
        if (number_parse(slice_of(text, n), false, code, &code_bytes) != NUMBER_OK)
            continue; /* beyond 1e125 */
        CHECK_EQ(number_code_length(code), code_bytes);
        n = number_format(code, text);
        CHECK(n <= NUMBER_TEXT_BYTES_MAX);
        CHECK_EQ(number_parse(slice_of(text, n), false, again, &again_bytes), NUMBER_OK);
        CHECK(again_bytes == code_bytes && memcmp(again, code, code_bytes) == 0);
        CHECK(text[n - 1] != '0' || memchr(text, '.', n) == NULL);
    }
}

TEST(codec, integers_go_both_ways)
{
    static const int64_t rows[] = {0, 1, -1, 10, 100, -100, 1234567890123456789, INT64_MAX, INT64_MIN};
    uint8_t code[NUMBER_CODE_BYTES_MAX];
    size_t n;

    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        number_from_int(rows[i], code, &n);
        CHECK_EQ(number_code_bytes(code, n), n);
        CHECK_EQ(number_to_int(code), rows[i]);
    }
}

TEST_MAIN()
