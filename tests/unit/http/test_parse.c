/* SPDX-License-Identifier: Apache-2.0 */

/* The strict parser, without sockets. Texts are given as a client would send them. */
#include <string.h>

#include "http/parse.h"
#include "test.h"

static struct http_head head;

/* The bytes stand at the end of their own allocation, so that reading beyond them is found. */
static enum http_parse parse_n(const char *text, size_t n)
{
    uint8_t *copy = malloc(n == 0 ? 1 : n);
    enum http_parse parse;

    memcpy(copy, text, n);
    parse = http__head_parse(copy, n, &head);
    free(copy);
    return parse;
}

static enum http_parse parse(const char *text)
{
    static char kept[40000]; /* slices of the head point here after the call */

    CHECK(strlen(text) < sizeof(kept));
    memcpy(kept, text, strlen(text));
    CHECK_EQ(parse_n(text, strlen(text)), http__head_parse((uint8_t *)kept, strlen(text), &head));
    return http__head_parse((uint8_t *)kept, strlen(text), &head);
}

static bool is_bad(const char *text)
{
    return parse(text) == HTTP_PARSE_BAD;
}

#define REQUEST(headers_) "POST / HTTP/1.1\r\nHost: h\r\n" headers_ "\r\n"
#define WHOLE                                                                                                          \
    "POST /a/b?c=d&e HTTP/1.1\r\nHost: localhost:8000\r\nX-AMZ-Target: DynamoDB_20120810.GetItem\r\n"                  \
    "content-type:application/x-amz-json-1.0\r\nAuthorization: \t AWS4 x \t \r\nX-Amz-Date: 20130524T000000Z\r\n"      \
    "x-amz-security-token: tok\r\nOrigin: o\r\nContent-Length: 12\r\nAccept-Encoding: gzip\r\nX-Empty:\r\n\r\n"

TEST(http, the_hot_headers_are_found_whatever_their_case)
{
    CHECK_EQ(parse(WHOLE), HTTP_PARSE_DONE);
    CHECK_EQ(head.bytes, strlen(WHOLE));
    CHECK_EQ(head.method, HTTP_POST);
    CHECK(slice_is(head.path, "/a/b"));
    CHECK(slice_is(head.query, "c=d&e"));
    CHECK(slice_is(head.host, "localhost:8000"));
    CHECK(slice_is(head.target, "DynamoDB_20120810.GetItem"));
    CHECK(slice_is(head.content_type, "application/x-amz-json-1.0"));
    CHECK(slice_is(head.authorization, "AWS4 x"));
    CHECK(slice_is(head.amz_date, "20130524T000000Z"));
    CHECK(slice_is(head.security_token, "tok"));
    CHECK(slice_is(head.origin, "o"));
    CHECK(slice_is(head.accept_encoding, "gzip"));
    CHECK_EQ(head.content_length, 12);
    CHECK_EQ(head.headers_count, 10);
    CHECK(slice_is(head.headers[9].name, "X-Empty"));
    CHECK(slice_is(head.headers[9].value, ""));
}

TEST(http, every_part_of_a_head_asks_for_more)
{
    size_t n = strlen(WHOLE);

    for (size_t i = 0; i < n; i++)
        CHECK_EQ(parse_n(WHOLE, i), HTTP_PARSE_MORE);
    CHECK_EQ(parse_n(WHOLE, n), HTTP_PARSE_DONE);
}

TEST(http, bytes_behind_the_head_are_not_its)
{
    CHECK_EQ(parse(REQUEST("") "GET"), HTTP_PARSE_DONE);
    CHECK_EQ(head.bytes, strlen(REQUEST("")));
}

TEST(http, one_empty_line_may_come_first)
{
    CHECK_EQ(parse("\r\n" REQUEST("")), HTTP_PARSE_DONE);
    CHECK_EQ(head.bytes, strlen(REQUEST("")) + 2);
    CHECK(is_bad("\r\n\r\n" REQUEST("")));
    CHECK(is_bad("\n" REQUEST("")));
}

TEST(http, request_lines_are_strict)
{
    CHECK(is_bad(" GET / HTTP/1.1\r\n"));
    CHECK(is_bad("GET  / HTTP/1.1\r\n"));
    CHECK(is_bad("GET /  HTTP/1.1\r\n"));
    CHECK(is_bad("GET / HTTP/1.1 \r\n"));
    CHECK(is_bad("GET\t/ HTTP/1.1\r\n"));
    CHECK(is_bad("GET /\x01 HTTP/1.1\r\n"));
    CHECK(is_bad("GET /\x7f HTTP/1.1\r\n"));
    CHECK(is_bad("GET /\xc3\xa9 HTTP/1.1\r\n"));
    CHECK(is_bad("GET / HTTP/2.0\r\n"));
    CHECK(is_bad("GET / HTTP/1.2\r\n"));
    CHECK(is_bad("GET / http/1.1\r\n"));
    CHECK(is_bad("GET /\r\n"));
    CHECK(is_bad("G(T / HTTP/1.1\r\n"));
    CHECK(is_bad("GET / HTTP/1.1\n"));
    CHECK(is_bad("\x16\x03\x01"));
    CHECK(is_bad("ABCDEFGHIJABCDEFGHIJABCDEFGHIJABC"));
    CHECK_EQ(parse("ABCDEFGHIJABCDEFGHIJABCDEFGHIJAB"), HTTP_PARSE_MORE);
}

TEST(http, methods_are_told_apart_and_keep_their_text)
{
    static const struct {
        const char *text;
        enum http_method method;
    } cases[] = {{"GET", HTTP_GET}, {"POST", HTTP_POST}, {"PUT", HTTP_PUT}, {"DELETE", HTTP_DELETE},
        {"HEAD", HTTP_HEAD}, {"OPTIONS", HTTP_OPTIONS}, {"PATCH", HTTP_OTHER}, {"get", HTTP_OTHER},
        {"GETS", HTTP_OTHER}};
    char text[200];

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        snprintf(text, sizeof(text), "%s * HTTP/1.1\r\nHost: h\r\n\r\n", cases[i].text);
        CHECK_EQ(parse(text), HTTP_PARSE_DONE);
        CHECK_EQ(head.method, cases[i].method);
        CHECK(slice_is(head.method_text, cases[i].text));
    }
}

TEST(http, an_absolute_target_names_the_same_path)
{
    CHECK_EQ(parse("GET http://h/x?y HTTP/1.1\r\nHost: h\r\n\r\n"), HTTP_PARSE_DONE);
    CHECK(slice_is(head.path, "/x"));
    CHECK(slice_is(head.query, "y"));
    CHECK_EQ(parse("GET HTTPS://h HTTP/1.1\r\nHost: h\r\n\r\n"), HTTP_PARSE_DONE);
    CHECK(slice_is(head.path, "/"));
    CHECK_EQ(parse("GET http://h?q HTTP/1.1\r\nHost: h\r\n\r\n"), HTTP_PARSE_DONE);
    CHECK(slice_is(head.path, "/"));
    CHECK(slice_is(head.query, "q"));
    CHECK_EQ(parse("GET /? HTTP/1.1\r\nHost: h\r\n\r\n"), HTTP_PARSE_DONE);
    CHECK_EQ(head.query.n, 0);
}

TEST(http, an_absolute_target_names_no_other_host_than_the_header)
{
    CHECK_EQ(parse("GET http://H:80/x HTTP/1.1\r\nHost: h:80\r\n\r\n"), HTTP_PARSE_DONE);
    CHECK(is_bad("GET http://other/x HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK(is_bad("GET http://h:8000/x HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK(is_bad("GET http://user@h/x HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK(is_bad("GET https:///x HTTP/1.1\r\nHost: h\r\n\r\n"));
    CHECK_EQ(parse("GET http://h/x HTTP/1.0\r\n\r\n"), HTTP_PARSE_DONE);
}

TEST(http, header_lines_are_strict)
{
    CHECK(is_bad(REQUEST("A : b\r\n")));
    CHECK(is_bad(REQUEST("A\t: b\r\n")));
    CHECK(is_bad(REQUEST(": b\r\n")));
    CHECK(is_bad(REQUEST("A\r\n")));
    CHECK(is_bad(REQUEST("A: b\r\n c\r\n")));
    CHECK(is_bad(REQUEST("A: b\r\n\tc\r\n")));
    CHECK(is_bad("POST / HTTP/1.1\r\n Host: h\r\n\r\n"));
    CHECK(is_bad(REQUEST("A: b\n")));
    CHECK(is_bad(REQUEST("A: b\rc\r\n")));
    CHECK(is_bad(REQUEST("A: b\r\r\n")));
    CHECK(is_bad(REQUEST("A: \x01\r\n")));
    CHECK(is_bad(REQUEST("A: \x1f\r\n")));
    CHECK(is_bad(REQUEST("A: \x7f\r\n")));
    CHECK(is_bad(REQUEST("A: 1234567\x7f\r\n")));
    CHECK(is_bad(REQUEST("A\x80: b\r\n")));
    CHECK(is_bad("POST / HTTP/1.1\r\nHost: h\r\n\n"));
    CHECK(is_bad("POST / HTTP/1.1\r\nHost: h\r\n\rX"));
    CHECK_EQ(parse(REQUEST("A: b\tc \x80\xff\r\n")), HTTP_PARSE_DONE);
    CHECK(slice_is(head.headers[1].value, "b\tc \x80\xff"));
}

TEST(http, every_byte_of_a_value_is_looked_at_wherever_it_stands)
{
    char text[] = REQUEST("A: 0123456789012345678901234567890123456789\r\n");
    char *value = strstr(text, "0123");

    for (int at = 0; at < 40; at++) {
        for (int byte = 1; byte < 256; byte++) {
            bool control = (byte < 0x20 && byte != '\t') || byte == 0x7f;
            char before = value[at];

            value[at] = (char)byte;
            CHECK_EQ(is_bad(text), control);
            value[at] = before;
        }
    }
}

TEST(http, a_nul_is_refused_everywhere)
{
    static const char text[] = "GET /x HTTP/1.1\r\nHost: hh\r\nAb: cdefghijkl\r\n\r\n";
    char copy[sizeof(text)];
    size_t n = sizeof(text) - 1;

    for (size_t i = 0; i < n; i++) {
        memcpy(copy, text, n);
        copy[i] = '\0';
        CHECK_EQ(parse_n(copy, n), HTTP_PARSE_BAD);
    }
}

TEST(http, ambiguous_framing_is_refused)
{
    CHECK(is_bad(REQUEST("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")));
    CHECK(is_bad(REQUEST("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n")));
    CHECK(is_bad(REQUEST("Content-Length: 1\r\nContent-Length: 2\r\n")));
    CHECK(is_bad(REQUEST("Content-Length: 1, 1\r\n")));
    CHECK(is_bad(REQUEST("Content-Length: +1\r\n")));
    CHECK(is_bad(REQUEST("Content-Length: -1\r\n")));
    CHECK(is_bad(REQUEST("Content-Length: 0x1\r\n")));
    CHECK(is_bad(REQUEST("Content-Length: 1 2\r\n")));
    CHECK(is_bad(REQUEST("Content-Length:\r\n")));
    CHECK(is_bad(REQUEST("Transfer-Encoding: gzip\r\n")));
    CHECK(is_bad(REQUEST("Transfer-Encoding: gzip, chunked\r\n")));
    CHECK(is_bad(REQUEST("Transfer-Encoding: chunked, chunked\r\n")));
    CHECK(is_bad(REQUEST("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")));
    CHECK(is_bad(REQUEST("Transfer-Encoding: \x0b"
                         "chunked\r\n")));
    CHECK(is_bad(REQUEST("Transfer-Encoding: identity\r\n")));
    CHECK(is_bad(REQUEST("Transfer-Encoding:\r\n")));
    CHECK(is_bad("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"));
    CHECK(is_bad(REQUEST("Host: h\r\n")));
    CHECK(is_bad("POST / HTTP/1.1\r\n\r\n"));
    CHECK_EQ(parse("POST / HTTP/1.0\r\n\r\n"), HTTP_PARSE_DONE);
    CHECK_EQ(parse(REQUEST("Transfer-Encoding: Chunked\r\n")), HTTP_PARSE_DONE);
    CHECK(head.chunked);
    CHECK_EQ(parse(REQUEST("Content-Length: 7\r\nContent-Length: 07\r\n")), HTTP_PARSE_DONE);
    CHECK_EQ(head.content_length, 7);
}

TEST(http, a_length_beyond_all_numbers_is_only_large)
{
    CHECK_EQ(parse(REQUEST("Content-Length: 18446744073709551616\r\n")), HTTP_PARSE_DONE);
    CHECK(head.content_length > REQUEST_BODY_BYTES_MAX);
    CHECK_EQ(parse(REQUEST("Content-Length: 99999999999999999999999999999999\r\n")), HTTP_PARSE_DONE);
    CHECK(head.content_length > REQUEST_BODY_BYTES_MAX);
}

TEST(http, connection_and_expect_are_understood)
{
    CHECK_EQ(parse(REQUEST("Connection: Close\r\n")), HTTP_PARSE_DONE);
    CHECK(head.close && !head.keep_alive);
    CHECK_EQ(parse(REQUEST("Connection: x, keep-alive\r\nconnection: ,close ,\r\n")), HTTP_PARSE_DONE);
    CHECK(head.close && head.keep_alive);
    CHECK_EQ(parse(REQUEST("Expect: 100-Continue\r\n")), HTTP_PARSE_DONE);
    CHECK(head.expect_continue);
    CHECK_EQ(parse(REQUEST("Expect: more\r\n")), HTTP_PARSE_DONE);
    CHECK(!head.expect_continue);
}

TEST(http, content_encodings_are_recognised_or_other)
{
    CHECK_EQ(parse(REQUEST("Content-Encoding: GZIP\r\n")), HTTP_PARSE_DONE);
    CHECK_EQ(head.coding, HTTP_CODING_GZIP);
    CHECK_EQ(parse(REQUEST("Content-Encoding: deflate\r\n")), HTTP_PARSE_DONE);
    CHECK_EQ(head.coding, HTTP_CODING_DEFLATE);
    CHECK_EQ(parse(REQUEST("Content-Encoding: identity\r\n")), HTTP_PARSE_DONE);
    CHECK_EQ(head.coding, HTTP_CODING_NONE);
    CHECK_EQ(parse(REQUEST("Content-Encoding: br\r\n")), HTTP_PARSE_DONE);
    CHECK_EQ(head.coding, HTTP_CODING_OTHER);
    CHECK_EQ(parse(REQUEST("Content-Encoding: gzip\r\nContent-Encoding: gzip\r\n")), HTTP_PARSE_DONE);
    CHECK_EQ(head.coding, HTTP_CODING_OTHER);
}

TEST(http, of_two_headers_with_one_name_the_first_counts)
{
    CHECK_EQ(parse(REQUEST("X-Amz-Target: a\r\nX-Amz-Target: b\r\nAccept-Encoding: c\r\nAccept-Encoding: gzip\r\n")),
        HTTP_PARSE_DONE);
    CHECK(slice_is(head.target, "a"));
    CHECK(slice_is(head.accept_encoding, "c"));
    CHECK_EQ(head.headers_count, 5);
}

/* A head of exactly `bytes`. */
static enum http_parse parse_long(size_t bytes, bool in_line)
{
    static char text[REQUEST_HEAD_BYTES_MAX + 64];
    const char *start = in_line ? "GET /" : "GET / HTTP/1.1\r\nHost: h\r\nA: ";
    const char *end = in_line ? " HTTP/1.1\r\nHost: h\r\n\r\n" : "\r\n\r\n";

    memset(text, 'x', sizeof(text));
    memcpy(text, start, strlen(start));
    memcpy(text + bytes - strlen(end), end, strlen(end));
    return parse_n(text, bytes);
}

TEST(http, a_head_may_be_as_long_as_the_limit_and_no_longer)
{
    CHECK_EQ(parse_long(REQUEST_HEAD_BYTES_MAX, false), HTTP_PARSE_DONE);
    CHECK_EQ(parse_long(REQUEST_HEAD_BYTES_MAX + 1, false), HTTP_PARSE_BAD);
    CHECK_EQ(parse_long(REQUEST_HEAD_BYTES_MAX, true), HTTP_PARSE_DONE);
    CHECK_EQ(parse_long(REQUEST_HEAD_BYTES_MAX + 1, true), HTTP_PARSE_BAD);
}

static enum http_parse parse_many(uint32_t headers)
{
    static char text[20000];
    size_t n = (size_t)sprintf(text, "GET / HTTP/1.1\r\nHost: h\r\n");

    for (uint32_t i = 1; i < headers; i++)
        n += (size_t)sprintf(text + n, "X%u: y\r\n", i);
    n += (size_t)sprintf(text + n, "\r\n");
    return parse_n(text, n);
}

TEST(http, there_may_be_as_many_headers_as_the_limit_and_no_more)
{
    CHECK_EQ(parse_many(REQUEST_HEADERS_MAX), HTTP_PARSE_DONE);
    CHECK_EQ(head.headers_count, REQUEST_HEADERS_MAX);
    CHECK_EQ(parse_many(REQUEST_HEADERS_MAX + 1), HTTP_PARSE_BAD);
}

/* ---- chunks ---- */

static char chunked[1 << 16];
static size_t chunked_n, rest_n;

/* Feeds `text` in pieces of `piece` bytes; the data goes to `chunked`. */
static enum http_parse feed(const char *text, size_t n, size_t piece)
{
    struct http_chunks chunks = {0};
    enum http_parse parse = HTTP_PARSE_MORE;
    struct slice input, data;

    chunked_n = 0;
    for (size_t at = 0; at < n && parse == HTTP_PARSE_MORE; at += piece) {
        input = slice_of(text + at, n - at < piece ? n - at : piece);
        do {
            parse = http__chunks_parse(&chunks, &input, &data);
            memcpy(chunked + chunked_n, data.p, data.n);
            chunked_n += data.n;
        } while (parse == HTTP_PARSE_MORE && input.n != 0);
        rest_n = n - at - (n - at < piece ? n - at : piece) + input.n;
    }
    chunked[chunked_n] = '\0';
    return parse;
}

static bool chunks_are_bad(const char *text)
{
    for (size_t piece = 1; piece < 9; piece++)
        if (feed(text, strlen(text), piece) != HTTP_PARSE_BAD)
            return false;
    return feed(text, strlen(text), strlen(text)) == HTTP_PARSE_BAD;
}

TEST(http, chunks_in_pieces_of_any_size_give_the_same_body)
{
    static const char text[] =
        "3\r\nabc\r\nA;x=\"y\"; z\r\n0123456789\r\n001\r\n!\r\n0\r\nTrailer: x y\r\nB:\r\n\r\nNEXT";
    size_t n = sizeof(text) - 1;

    for (size_t piece = 1; piece <= n; piece++) {
        CHECK_EQ(feed(text, n, piece), HTTP_PARSE_DONE);
        CHECK(strcmp(chunked, "abc0123456789!") == 0);
        CHECK_EQ(rest_n, 4);
    }
}

TEST(http, an_incomplete_chunked_body_asks_for_more)
{
    static const char text[] = "3;e\r\nabc\r\n0\r\nT: x\r\n\r\n";

    for (size_t n = 1; n < sizeof(text) - 1; n++)
        CHECK_EQ(feed(text, n, n), HTTP_PARSE_MORE);
}

TEST(http, malformed_chunks_are_refused)
{
    CHECK(chunks_are_bad("\r\n"));
    CHECK(chunks_are_bad("g\r\n"));
    CHECK(chunks_are_bad("-1\r\n"));
    CHECK(chunks_are_bad("0x1\r\n"));
    CHECK(chunks_are_bad(" 1\r\n"));
    CHECK(chunks_are_bad("1 \r\n"));
    CHECK(chunks_are_bad("1 ;a\r\n"));
    CHECK(chunks_are_bad("1\na"));
    CHECK(chunks_are_bad("1\r\r"));
    CHECK(chunks_are_bad("1\r\nab\r\n"));
    CHECK(chunks_are_bad("1\r\na\n"));
    CHECK(chunks_are_bad("1\r\na\r0"));
    CHECK(chunks_are_bad("1;\x01\r\n"));
    CHECK(chunks_are_bad("1;a\nb\r\n"));
    CHECK(chunks_are_bad("1;a\x7f\r\n"));
    CHECK(chunks_are_bad(";a\r\n"));
    CHECK(chunks_are_bad("0\r\nbad trailer\r\n\r\n"));
    CHECK(chunks_are_bad("0\r\n: x\r\n\r\n"));
    CHECK(chunks_are_bad("0\r\nA: \x02\r\n\r\n"));
    CHECK(chunks_are_bad("0\r\n\n"));
    CHECK(chunks_are_bad("0\r\n\rx"));
    CHECK(chunks_are_bad("0\r\n folded: x\r\n"));
}

TEST(http, a_chunk_size_cannot_overflow)
{
    CHECK(chunks_are_bad("10000000000000000\r\n"));
    CHECK(chunks_are_bad("0000000000000001\r\n"));
    CHECK(chunks_are_bad("ffffffffffffffff\r\n"));
    CHECK_EQ(feed("fffffffffffffff\r\n", 17, 17), HTTP_PARSE_MORE);
}

static enum http_parse feed_extension(size_t bytes)
{
    static char text[4096];

    memset(text, 'e', sizeof(text));
    memcpy(text, "1;", 2);
    memcpy(text + 2 + bytes, "\r\na\r\n0\r\n\r\n", 11);
    return feed(text, strlen(text), 7);
}

static enum http_parse feed_trailers(uint32_t n)
{
    static char text[16384];
    size_t at = (size_t)sprintf(text, "0\r\n");

    for (uint32_t i = 0; i < n; i++)
        at += (size_t)sprintf(text + at, "T: x\r\n");
    at += (size_t)sprintf(text + at, "\r\n");
    return feed(text, at, at);
}

TEST(http, what_surrounds_the_data_of_chunks_is_bounded)
{
    CHECK_EQ(feed_extension(HTTP_CHUNK_EXTENSION_BYTES_MAX), HTTP_PARSE_DONE);
    CHECK_EQ(feed_extension(HTTP_CHUNK_EXTENSION_BYTES_MAX + 1), HTTP_PARSE_BAD);
    CHECK_EQ(feed_trailers(REQUEST_HEADERS_MAX), HTTP_PARSE_DONE);
    CHECK_EQ(feed_trailers(REQUEST_HEADERS_MAX + 1), HTTP_PARSE_BAD);
}

static enum http_parse feed_trailer_bytes(size_t bytes)
{
    static char text[8192];

    memset(text, 'x', sizeof(text));
    memcpy(text, "0\r\nT:", 5);
    memcpy(text + 3 + bytes - 4, "\r\n\r\n", 4);
    return feed(text, 3 + bytes, 100);
}

TEST(http, trailers_may_be_as_long_as_their_limit)
{
    CHECK_EQ(feed_trailer_bytes(HTTP_TRAILER_BYTES_MAX), HTTP_PARSE_DONE);
    CHECK_EQ(feed_trailer_bytes(HTTP_TRAILER_BYTES_MAX + 1), HTTP_PARSE_BAD);
}

TEST(http, many_small_chunks_end_at_the_bound_of_overhead)
{
    struct http_chunks chunks = {0};
    struct slice input, data;
    enum http_parse parse = HTTP_PARSE_MORE;
    uint64_t fed = 0;

    while (parse == HTTP_PARSE_MORE) {
        input = SLICE_LIT("1;eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\r\na\r\n");
        fed += input.n;
        while (input.n != 0 && parse == HTTP_PARSE_MORE)
            parse = http__chunks_parse(&chunks, &input, &data);
    }
    CHECK_EQ(parse, HTTP_PARSE_BAD);
    CHECK(fed > HTTP_CHUNK_OVERHEAD_BYTES_MAX && fed < 2 * (uint64_t)HTTP_CHUNK_OVERHEAD_BYTES_MAX);
}

TEST(http, lists_leave_out_empty_elements)
{
    struct slice list = SLICE_LIT(" a ,, b\t, ,c"), element;

    CHECK(http__list_next(&list, &element) && slice_is(element, "a"));
    CHECK(http__list_next(&list, &element) && slice_is(element, "b"));
    CHECK(http__list_next(&list, &element) && slice_is(element, "c"));
    CHECK(!http__list_next(&list, &element));
}

TEST_MAIN()
