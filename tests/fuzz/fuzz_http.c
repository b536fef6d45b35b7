/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Request heads, chunked bodies and Accept-Encoding under arbitrary bytes. The input is what a client sends: a head,
 * and what follows it is read as a chunked body. Besides not crashing, these must hold:
 *
 *   - everything the parser hands out lies inside the head;
 *   - what it accepts, it accepts at exactly that length, and asks for more at every shorter one;
 *   - a chunked body gives the same data, whether it comes at once or byte by byte.
 *
 * The same program runs the files of corpus/http as a test (corpus_main.c).
 */
#include "fuzz.h"

#include <string.h>

#include "http/http_int.h"

static struct http_head head, other;

static void inside(struct slice s, const uint8_t *data, size_t n)
{
    if (s.p == NULL || slice_is(s, "/")) /* the path of an absolute target without one is a literal */
        return;
    ASSERT(s.p >= data && s.p <= data + n && s.n <= (size_t)(data + n - s.p));
}

static void check_slices(const uint8_t *data)
{
    size_t n = head.bytes;

    inside(head.method_text, data, n);
    inside(head.path, data, n);
    inside(head.query, data, n);
    ASSERT(head.headers_count <= REQUEST_HEADERS_MAX);
    for (uint32_t i = 0; i < head.headers_count; i++) {
        inside(head.headers[i].name, data, n);
        inside(head.headers[i].value, data, n);
        ASSERT(head.headers[i].name.n != 0);
        ASSERT(memchr(head.headers[i].value.p, '\n', head.headers[i].value.n) == NULL);
        ASSERT(memchr(head.headers[i].value.p, '\0', head.headers[i].value.n) == NULL);
    }
    ASSERT(!head.chunked || (!head.length_sent && !head.version_1_0));
}

/* Some of the shorter ones; which, differs from head to head. */
static void check_prefixes(const uint8_t *data)
{
    size_t step = 1 + head.bytes / 12;

    for (size_t n = head.bytes % step; n < head.bytes; n += step)
        ASSERT(http__head_parse(data, n, &other) == HTTP_PARSE_MORE);
    ASSERT(http__head_parse(data, head.bytes - 1, &other) == HTTP_PARSE_MORE);
    ASSERT(http__head_parse(data, head.bytes, &other) == HTTP_PARSE_DONE);
    ASSERT(other.bytes == head.bytes && other.content_length == head.content_length);
}

struct outcome {
    enum http_parse parse;
    size_t used, n;
    uint64_t sum;
};

static struct outcome run_chunks(struct slice all, size_t piece)
{
    struct outcome outcome = {.parse = HTTP_PARSE_MORE};
    struct http_chunks chunks = {0};
    struct slice data;

    while (outcome.used < all.n && outcome.parse == HTTP_PARSE_MORE) {
        size_t left = all.n - outcome.used;
        struct slice input = slice_of(all.p + outcome.used, left < piece ? left : piece);
        size_t before = input.n;

        outcome.parse = http__chunks_parse(&chunks, &input, &data);
        outcome.used += before - input.n;
        outcome.n += data.n;
        for (size_t i = 0; i < data.n; i++)
            outcome.sum = outcome.sum * 31 + data.p[i];
    }
    return outcome;
}

static void check_chunks(struct slice rest)
{
    struct outcome whole = run_chunks(rest, SIZE_MAX), bytes = run_chunks(rest, 1);

    ASSERT(whole.parse == bytes.parse && whole.n == bytes.n && whole.sum == bytes.sum);
    ASSERT(whole.parse == HTTP_PARSE_BAD || whole.used == bytes.used);
}

void fuzz_one(struct arena *arena, struct slice input)
{
    enum http_parse parse = http__head_parse(input.p, input.n, &head);

    (void)arena;
    if (parse == HTTP_PARSE_DONE) {
        check_slices(input.p);
        (void)http__coding_choose(head.accept_encoding);
        check_chunks(slice_of(input.p + head.bytes, input.n - head.bytes));
        check_prefixes(input.p);
    } else {
        check_chunks(input);
    }
}
