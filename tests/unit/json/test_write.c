/* SPDX-License-Identifier: Apache-2.0 */
/* What the writer makes of texts and numbers, and that the reader takes it back. */
#include "test.h"

#include <math.h>

#include "json/json.h"

static struct buf out;

static struct slice written_string(struct slice text)
{
    buf_fini(&out);
    buf_init(&out, NULL, 1 << 20);
    json_write_string(&out, text);
    return buf_view(&out);
}

static struct slice written_double(double v)
{
    buf_fini(&out);
    buf_init(&out, NULL, 1 << 20);
    json_write_double(&out, v);
    return buf_view(&out);
}

static struct slice written_int(int64_t v)
{
    buf_fini(&out);
    buf_init(&out, NULL, 1 << 20);
    json_write_int(&out, v);
    return buf_view(&out);
}

TEST(json, only_what_must_be_escaped_is)
{
    CHECK(slice_is(written_string(SLICE_LIT("")), "\"\""));
    CHECK(slice_is(written_string(SLICE_LIT("plain/text \x7f")), "\"plain/text \x7f\""));
    CHECK(slice_is(written_string(SLICE_LIT("\"\\")), "\"\\\"\\\\\""));
    CHECK(slice_is(written_string(SLICE_LIT("\b\f\n\r\t")), "\"\\b\\f\\n\\r\\t\""));
    CHECK(slice_is(written_string(SLICE_LIT("\0\x01\x1f")), "\"\\u0000\\u0001\\u001f\""));
    CHECK(slice_is(written_string(SLICE_LIT("\xe2\x82\xac\xf0\x9f\x98\x80")), "\"\xe2\x82\xac\xf0\x9f\x98\x80\""));
}

TEST(json, a_text_of_any_length_with_any_byte_anywhere_comes_back)
{
    struct arena *arena = arena_create(1 << 16);
    uint8_t text[160];

    for (size_t n = 0; n <= 150; n += n < 40 ? 1 : 11) {
        for (size_t at = 0; at < n; at++) {
            for (int byte = 0; byte < 0x80; byte += byte < 0x24 ? 1 : 0x1c) {
                struct json_reader r;
                struct slice got;

                memset(text, 'a', sizeof(text));
                text[at] = (uint8_t)byte;
                json_init(&r, written_string(slice_of(text, n)), arena);
                CHECK(json_string(&r, &got) && json_end(&r));
                CHECK(slice_equal(got, slice_of(text, n)));
            }
        }
    }
    arena_destroy(arena);
}

TEST(json, integers)
{
    CHECK(slice_is(written_int(0), "0"));
    CHECK(slice_is(written_int(-1), "-1"));
    CHECK(slice_is(written_int(INT64_MAX), "9223372036854775807"));
    CHECK(slice_is(written_int(INT64_MIN), "-9223372036854775808"));
}

TEST(json, doubles_have_a_fraction_and_read_back)
{
    static const struct {
        double v;
        const char *text;
    } rows[] = {{0, "0.0"}, {0.5, "0.5"}, {1, "1.0"}, {-1.5, "-1.5"}, {128, "128.0"}, {0.25, "0.25"}, {0.1, "0.1"},
        {1e21, "1e+21"}, {1.0 / 3, "0.3333333333333333"}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK(slice_is(written_double(rows[i].v), rows[i].text));
    for (double v = 1e-7; v < 1e17; v *= 7.3)
        CHECK(json_number_to_double(written_double(v)) == v);
}

TEST(json, a_full_buffer_says_so_at_the_end)
{
    struct buf small;

    buf_init(&small, NULL, 8);
    json_write_string(&small, SLICE_LIT("0123456789"));
    json_write_int(&small, 5);
    CHECK(small.failed);
    buf_fini(&small);
}

TEST_MAIN()
