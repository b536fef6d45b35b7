/* SPDX-License-Identifier: Apache-2.0 */

/* Content codings in both directions (control-plane.md 1.9). */
#include <libdeflate.h>

#include "client.h"
#include "http/http_int.h"

#define BODY_MAX REQUEST_BODY_BYTES_MAX

static enum http_coding choose(const char *text)
{
    return http__coding_choose(slice_from_cstr(text));
}

TEST(http, the_best_coding_is_chosen_and_the_first_of_equals)
{
    CHECK_EQ(choose("gzip"), HTTP_CODING_GZIP);
    CHECK_EQ(choose("deflate"), HTTP_CODING_DEFLATE);
    CHECK_EQ(choose("gzip, deflate"), HTTP_CODING_GZIP);
    CHECK_EQ(choose("deflate, gzip"), HTTP_CODING_DEFLATE);
    CHECK_EQ(choose("deflate;q=0.5, gzip;q=0.6"), HTTP_CODING_GZIP);
    CHECK_EQ(choose("deflate;q=0.601,gzip; q=0.6"), HTTP_CODING_DEFLATE);
    CHECK_EQ(choose("deflate;q=1, gzip;q=7"), HTTP_CODING_DEFLATE);
    CHECK_EQ(choose("*"), HTTP_CODING_GZIP);
    CHECK_EQ(choose("*, deflate"), HTTP_CODING_GZIP);
    CHECK_EQ(choose("deflate, *"), HTTP_CODING_DEFLATE);
    CHECK_EQ(choose("br, GZIP"), HTTP_CODING_GZIP);
    CHECK_EQ(choose("gzip;q=0"), HTTP_CODING_NONE);
    CHECK_EQ(choose("gzip;q=0.000"), HTTP_CODING_NONE);
    CHECK_EQ(choose("gzip;q=0, *"), HTTP_CODING_NONE);
    CHECK_EQ(choose("gzip;q=0, deflate;q=0.1"), HTTP_CODING_DEFLATE);
    CHECK_EQ(choose("x-gzip, br, zstd, identity"), HTTP_CODING_NONE);
    CHECK_EQ(choose(""), HTTP_CODING_NONE);
    CHECK_EQ(choose(";q=1,,"), HTTP_CODING_NONE);
}

static struct reply *ask_page(int fd, uint32_t n, const char *accept)
{
    char text[300];

    snprintf(text, sizeof(text), POST("X-Do: page\r\nX-N: %u\r\n%s", ""), n, accept);
    return ask(fd, text);
}

/* The reply's body expanded is the page of `n` bytes. */
static bool is_page(const struct reply *reply, size_t n, bool gzip)
{
    struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
    char *page = malloc(n + 1);
    enum libdeflate_result result;
    bool same = true;

    if (gzip)
        result = libdeflate_gzip_decompress(decompressor, reply->body, reply->body_n, page, n, NULL);
    else
        result = libdeflate_zlib_decompress(decompressor, reply->body, reply->body_n, page, n, NULL);
    for (size_t i = 0; i < n; i++)
        same &= page[i] == (char)('a' + i % 23);
    libdeflate_free_decompressor(decompressor);
    free(page);
    return result == LIBDEFLATE_SUCCESS && same;
}

TEST(http, replies_of_4096_bytes_are_compressed_when_asked)
{
    struct world *world = world_start();
    int fd = dial(world);
    struct reply *reply = ask_page(fd, 4096, "Accept-Encoding: gzip\r\n");

    CHECK(has(reply, "\r\nContent-Encoding: gzip\r\n") && !has(reply, "x-amz-crc32"));
    CHECK(is_page(reply, 4096, true));
    reply = ask_page(fd, 4095, "Accept-Encoding: gzip\r\n");
    CHECK(!has(reply, "Content-Encoding") && has(reply, "x-amz-crc32"));
    CHECK_EQ(reply->body_n, 4095);
    reply = ask_page(fd, 4096, "");
    CHECK(!has(reply, "Content-Encoding") && has(reply, "x-amz-crc32"));
    reply = ask_page(fd, 5000, "Accept-Encoding: deflate\r\n");
    CHECK(has(reply, "\r\nContent-Encoding: deflate\r\n"));
    CHECK(is_page(reply, 5000, false));
    reply = ask_page(fd, 5000, "Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n");
    CHECK(!has(reply, "Content-Encoding"));
    reply = ask_page(fd, 1 << 20, "Accept-Encoding: gzip\r\n"); /* on the I/O pool */
    CHECK(is_page(reply, 1 << 20, true));
    close(fd);
    world_stop(world);
}

/* ---- requests ---- */

static size_t pack(bool gzip, const void *bytes, size_t n, uint8_t *to, size_t room)
{
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(6);
    size_t packed = gzip ? libdeflate_gzip_compress(compressor, bytes, n, to, room)
                         : libdeflate_zlib_compress(compressor, bytes, n, to, room);

    libdeflate_free_compressor(compressor);
    return packed;
}

static struct reply *ask_packed(int fd, const char *coding, const char *what, const uint8_t *body, size_t n)
{
    char head[200];

    snprintf(
        head, sizeof(head), POST("X-Do: %s\r\nContent-Encoding: %s\r\nContent-Length: %zu\r\n", ""), what, coding, n);
    send_text(fd, head);
    send_bytes(fd, body, n);
    return receive_reply(fd);
}

TEST(http, compressed_requests_are_expanded_and_kept_raw_as_well)
{
    struct world *world = world_start();
    int fd = dial(world);
    uint8_t packed[1000];
    size_t n = pack(true, "{\"a\":1}", 7, packed, sizeof(packed));

    CHECK(strcmp(ask_packed(fd, "gzip", "echo", packed, n)->body, "{\"a\":1}") == 0);
    CHECK_EQ(world->raw_n, n);
    CHECK_EQ(world->body_n, 7);
    n += pack(true, "second", 6, packed + n, sizeof(packed) - n);
    CHECK(strcmp(ask_packed(fd, "gzip", "echo", packed, n)->body, "{\"a\":1}second") == 0);
    n = pack(false, "{\"b\":1}", 7, packed, sizeof(packed));
    CHECK(strcmp(ask_packed(fd, "deflate", "echo", packed, n)->body, "{\"b\":1}") == 0);
    CHECK(strcmp(ask_packed(fd, "identity", "echo", (const uint8_t *)"plain", 5)->body, "plain") == 0);
    CHECK_EQ(ask_packed(fd, "gzip", "echo", packed, 0)->status, 200);
    close(fd);
    world_stop(world);
}

TEST(http, broken_and_unknown_encodings_are_refused_and_the_connection_goes_on)
{
    struct world *world = world_start();
    int fd = dial(world);
    uint8_t packed[1000];
    size_t n = pack(true, "hello hello hello", 17, packed, sizeof(packed) - 1);
    struct reply *reply = ask_packed(fd, "gzip", "echo", packed, n - 1);

    CHECK_EQ(reply->status, 400);
    CHECK(strcmp(reply->body, "{\"__type\":\"com.amazon.coral.service#SerializationException\"}") == 0);
    CHECK_EQ(ask_packed(fd, "deflate", "echo", packed, n)->status, 400);
    packed[n] = 'x';
    CHECK_EQ(ask_packed(fd, "gzip", "echo", packed, n + 1)->status, 400);
    n = pack(false, "hello", 5, packed, sizeof(packed) - 1);
    packed[n] = 'x';
    CHECK_EQ(ask_packed(fd, "deflate", "echo", packed, n + 1)->status, 400);
    CHECK_EQ(ask_packed(fd, "br", "echo", packed, n)->status, 415);
    CHECK_EQ(ask_packed(fd, "gzip, gzip", "echo", packed, n)->status, 415);
    CHECK_EQ(world->handled, 0);
    CHECK_EQ(ask(fd, POST("", ""))->status, 200);
    close(fd);
    world_stop(world);
}

TEST(http, an_expanded_body_has_the_limit_of_a_body)
{
    struct world *world = world_start();
    int fd = dial(world);
    uint8_t *zeros = calloc(1, BODY_MAX + 1), *packed = malloc(1 << 20);
    size_t n = pack(true, zeros, BODY_MAX, packed, 1 << 20);

    CHECK_EQ(ask_packed(fd, "gzip", "where", packed, n)->status, 200);
    CHECK_EQ(world->body_n, BODY_MAX);
    CHECK_EQ(world->raw_n, n);
    n += pack(true, zeros, 1, packed + n, 1000); /* in a second member */
    CHECK_EQ(ask_packed(fd, "gzip", "where", packed, n)->status, 413);
    n = pack(false, zeros, BODY_MAX + 1, packed, 1 << 20);
    CHECK_EQ(ask_packed(fd, "deflate", "where", packed, n)->status, 413);
    CHECK_EQ(world->handled, 1);
    free(zeros);
    free(packed);
    close(fd);
    world_stop(world);
}

TEST(http, the_members_of_a_gzip_body_are_bounded)
{
    static uint8_t packed[(HTTP_GZIP_MEMBERS_MAX + 1) * 40];
    struct world *world = world_start();
    int fd = dial(world);
    size_t one = pack(true, "x", 1, packed, 40), n = one * HTTP_GZIP_MEMBERS_MAX;

    for (size_t i = 1; i <= HTTP_GZIP_MEMBERS_MAX; i++)
        memcpy(packed + i * one, packed, one);
    CHECK_EQ(ask_packed(fd, "gzip", "echo", packed, n)->body_n, HTTP_GZIP_MEMBERS_MAX);
    CHECK_EQ(ask_packed(fd, "gzip", "echo", packed, n + one)->status, 400);
    close(fd);
    world_stop(world);
}

TEST_MAIN()
