/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Request heads. One pass over the bytes: names through a table of token characters, values eight or sixteen bytes at a
 * time, and the headers that every request needs are recognised by length and first letter on the way.
 *
 * The parser keeps no state between calls: a head that arrives in pieces is parsed again from its start. The caller
 * does that once per finished line at most, so the cost is bounded by lines times bytes, and the common case (all of it
 * in one read) pays for no state.
 *
 * Refused, because servers in a row might disagree about it: a bare CR or LF, NUL and other control characters, blanks
 * before the colon, folded lines, Content-Length together with Transfer-Encoding, two lengths that differ, any
 * Transfer-Encoding but "chunked", and that one from HTTP/1.0, a target that names another host than the header.
 */
#include "http/parse.h"

#include <string.h>
#include <strings.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define METHOD_BYTES_MAX 32

/* A position in the head; `end` is where the bytes end so far. */
struct cursor {
    const uint8_t *at, *end;
};

/* RFC 9110 tchar */
/* clang-format off */
static const bool token_char[256] = {
    ['!'] = 1, ['#'] = 1, ['$'] = 1, ['%'] = 1, ['&'] = 1, ['\''] = 1, ['*'] = 1, ['+'] = 1, ['-'] = 1, ['.'] = 1,
    ['^'] = 1, ['_'] = 1, ['`'] = 1, ['|'] = 1, ['~'] = 1, ['0' ... '9'] = 1, ['A' ... 'Z'] = 1, ['a' ... 'z'] = 1};
/* clang-format on */

bool http__is(struct slice s, const char *lower)
{
    return s.n == strlen(lower) && strncasecmp((const char *)s.p, lower, s.n) == 0;
}

/* Eight bytes with the bit set that makes letters lower case; digits and '-' have it. */
static uint64_t lower_eight(const void *p)
{
    uint64_t eight;

    memcpy(&eight, p, 8);
    return eight | 0x2020202020202020u;
}

/* A name of token characters against one of letters, digits and '-', in lower case and of the same length. */
static bool name_is(struct slice s, const char *lower)
{
    size_t i = 0;

    for (; i + 8 <= s.n; i += 8)
        if (lower_eight(s.p + i) != lower_eight(lower + i))
            return false;
    if (i != 0 && i != s.n) /* the last eight, some of them once more */
        return lower_eight(s.p + s.n - 8) == lower_eight(lower + s.n - 8);
    for (; i < s.n; i++)
        if ((s.p[i] | 0x20) != (uint8_t)lower[i])
            return false;
    return true;
}

static struct slice trim(struct slice s)
{
    while (s.n != 0 && (*s.p == ' ' || *s.p == '\t')) {
        s.p++;
        s.n--;
    }
    while (s.n != 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

bool http__list_next(struct slice *list, struct slice *ret)
{
    while (list->n != 0) {
        const uint8_t *comma = memchr(list->p, ',', list->n);
        size_t n = comma == NULL ? list->n : (size_t)(comma - list->p);
        size_t taken = comma == NULL ? n : n + 1;

        *ret = trim(slice_of(list->p, n));
        list->p += taken;
        list->n -= taken;
        if (ret->n != 0)
            return true;
    }
    return false;
}

/* ---- one header ---- */

static bool content_length(struct http_head *head, struct slice value)
{
    uint64_t n = 0;

    if (value.n == 0)
        return false;
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] < '0' || value.p[i] > '9')
            return false;
        n = n > UINT64_MAX / 10 - 1 ? UINT64_MAX / 10 : n * 10 + (value.p[i] - '0'); /* far too long anyway */
    }
    if (head->length_sent && head->content_length != n)
        return false;
    head->length_sent = true;
    head->content_length = n;
    return true;
}

static bool transfer_encoding(struct http_head *head, struct slice value)
{
    if (head->chunked || !http__is(value, "chunked"))
        return false;
    head->chunked = true;
    return true;
}

static bool connection(struct http_head *head, struct slice value)
{
    struct slice word;

    while (http__list_next(&value, &word)) {
        head->close |= http__is(word, "close");
        head->keep_alive |= http__is(word, "keep-alive");
    }
    return true;
}

static bool content_encoding(struct http_head *head, struct slice value)
{
    if (head->coding != HTTP_CODING_NONE)
        head->coding = HTTP_CODING_OTHER; /* encoded twice */
    else if (http__is(value, "gzip"))
        head->coding = HTTP_CODING_GZIP;
    else if (http__is(value, "deflate"))
        head->coding = HTTP_CODING_DEFLATE;
    else if (value.n != 0 && !http__is(value, "identity"))
        head->coding = HTTP_CODING_OTHER;
    return true;
}

static bool host(struct http_head *head, struct slice value)
{
    if (head->host_sent)
        return false;
    head->host_sent = true;
    head->host = value;
    return true;
}

static bool first_counts(struct slice *to, struct slice value)
{
    if (to->p == NULL)
        *to = value;
    return true;
}

static bool expect(struct http_head *head, struct slice value)
{
    head->expect_continue |= http__is(value, "100-continue");
    return true;
}

/* Remembers the headers that matter. False: one that makes the request malformed. */
static bool recognise(struct http_head *head, struct slice name, struct slice value)
{
    switch (name.n) {
    case 4:
        return name_is(name, "host") ? host(head, value) : true;
    case 6:
        if (name_is(name, "origin"))
            return first_counts(&head->origin, value);
        return name_is(name, "expect") ? expect(head, value) : true;
    case 10:
        if (name_is(name, "x-amz-date"))
            return first_counts(&head->amz_date, value);
        return name_is(name, "connection") ? connection(head, value) : true;
    case 12:
        if (name_is(name, "x-amz-target"))
            return first_counts(&head->target, value);
        return name_is(name, "content-type") ? first_counts(&head->content_type, value) : true;
    case 13:
        return name_is(name, "authorization") ? first_counts(&head->authorization, value) : true;
    case 14:
        return name_is(name, "content-length") ? content_length(head, value) : true;
    case 15:
        return name_is(name, "accept-encoding") ? first_counts(&head->accept_encoding, value) : true;
    case 16:
        return name_is(name, "content-encoding") ? content_encoding(head, value) : true;
    case 17:
        return name_is(name, "transfer-encoding") ? transfer_encoding(head, value) : true;
    case 20:
        return name_is(name, "x-amz-security-token") ? first_counts(&head->security_token, value) : true;
    case 29:
        return name_is(name, "access-control-request-method") ? first_counts(&head->cors_method, value) : true;
    case 30:
        return name_is(name, "access-control-request-headers") ? first_counts(&head->cors_headers, value) : true;
    default:
        return true;
    }
}

/* ---- scanning ---- */

#if defined(__SSE2__)
/* A bit for each of the sixteen bytes at p that is a control character other than a tab. */
static unsigned controls(const uint8_t *p)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i below = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
    __m128i tab = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t')), del = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7f));

    return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_andnot_si128(tab, below), del));
}

/* The first control character other than a tab, or `end`. */
static const uint8_t *skip_text(const uint8_t *at, const uint8_t *end)
{
    for (; end - at >= 16; at += 16) {
        unsigned found = controls(at);

        if (found != 0)
            return at + __builtin_ctz(found);
    }
    while (at < end && (*at >= 0x20 || *at == '\t') && *at != 0x7f)
        at++;
    return at;
}
#else
/* Bytes below 0x20 and 0x7f have their top bit set in the result; exact for the lowest such byte. */
static uint64_t controls(uint64_t eight)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t del = eight ^ (ones * 0x7f);

    return (((eight - ones * 0x20) & ~eight) | ((del - ones) & ~del)) & tops;
}

/* The first control character other than a tab, or `end`. */
static const uint8_t *skip_text(const uint8_t *at, const uint8_t *end)
{
    uint64_t eight, found;

    for (;;) {
        for (found = 0; end - at >= 8; at += 8) {
            memcpy(&eight, at, 8);
            found = controls(eight);
            if (found != 0)
                break;
        }
        if (found != 0)
            at += __builtin_ctzll(found) / 8;
        else
            while (at < end && *at >= 0x20 && *at != 0x7f)
                at++;
        if (at == end || *at != '\t')
            return at;
        at++;
    }
}
#endif

/* CR LF, nothing else. */
static enum http_parse line_end(struct cursor *c)
{
    if (c->at == c->end)
        return HTTP_PARSE_MORE;
    if (*c->at != '\r')
        return HTTP_PARSE_BAD;
    if (c->at + 1 == c->end)
        return HTTP_PARSE_MORE;
    if (c->at[1] != '\n')
        return HTTP_PARSE_BAD;
    c->at += 2;
    return HTTP_PARSE_DONE;
}

static enum http_parse token_until(struct cursor *c, uint8_t stop, struct slice *ret)
{
    const uint8_t *from = c->at;

    while (c->at < c->end && token_char[*c->at])
        c->at++;
    if (c->at == c->end)
        return HTTP_PARSE_MORE;
    if (*c->at != stop || c->at == from)
        return HTTP_PARSE_BAD;
    *ret = slice_of(from, (size_t)(c->at - from));
    c->at++;
    return HTTP_PARSE_DONE;
}

/* ---- the request line ---- */

static enum http_method method_of(struct slice text)
{
    static const struct {
        const char *text;
        enum http_method method;
    } methods[] = {{"POST", HTTP_POST}, {"GET", HTTP_GET}, {"PUT", HTTP_PUT}, {"DELETE", HTTP_DELETE},
        {"HEAD", HTTP_HEAD}, {"OPTIONS", HTTP_OPTIONS}};

    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
        if (slice_is(text, methods[i].text))
            return methods[i].method;
    return HTTP_OTHER;
}

/* "http://host/path" names the same thing as "/path"; the host is kept, to be held against the header. */
static struct slice without_authority(struct slice target, struct slice *ret_authority)
{
    size_t skip = 0, from;

    if (target.n > 7 && strncasecmp((const char *)target.p, "http://", 7) == 0)
        skip = 7;
    else if (target.n > 8 && strncasecmp((const char *)target.p, "https://", 8) == 0)
        skip = 8;
    else
        return target;
    from = skip;
    while (skip < target.n && target.p[skip] != '/' && target.p[skip] != '?')
        skip++;
    *ret_authority = slice_of(target.p + from, skip - from);
    return slice_of(target.p + skip, target.n - skip);
}

static void split_target(struct http_head *head, struct slice target)
{
    const uint8_t *mark;

    target = without_authority(target, &head->authority);
    mark = memchr(target.p, '?', target.n);
    head->path = target;
    head->query = slice_of(target.p + target.n, 0);
    if (mark != NULL) {
        head->path.n = (size_t)(mark - target.p);
        head->query = slice_of(mark + 1, target.n - head->path.n - 1);
    }
    if (head->path.n == 0)
        head->path = SLICE_LIT("/");
}

static bool is_visible(uint8_t byte)
{
    return byte > 0x20 && byte < 0x7f;
}

static enum http_parse request_target(struct cursor *c, struct http_head *head)
{
    const uint8_t *from = c->at;

    while (c->at < c->end && is_visible(*c->at))
        c->at++;
    if (c->at == c->end)
        return HTTP_PARSE_MORE;
    if (*c->at != ' ' || c->at == from)
        return HTTP_PARSE_BAD;
    split_target(head, slice_of(from, (size_t)(c->at - from)));
    c->at++;
    return HTTP_PARSE_DONE;
}

static enum http_parse version(struct cursor *c, struct http_head *head)
{
    static const char text[] = "HTTP/1.";
    size_t have = (size_t)(c->end - c->at), n = sizeof(text) - 1;

    if (memcmp(c->at, text, have < n ? have : n) != 0)
        return HTTP_PARSE_BAD;
    if (have <= n)
        return HTTP_PARSE_MORE;
    if (c->at[n] != '0' && c->at[n] != '1')
        return HTTP_PARSE_BAD;
    head->version_1_0 = c->at[n] == '0';
    c->at += n + 1;
    return line_end(c);
}

static enum http_parse request_line(struct cursor *c, struct http_head *head)
{
    const uint8_t *from = c->at;
    enum http_parse parse = token_until(c, ' ', &head->method_text);

    if (c->at - from > METHOD_BYTES_MAX)
        return HTTP_PARSE_BAD;
    if (parse != HTTP_PARSE_DONE)
        return parse;
    head->method = method_of(head->method_text);
    parse = request_target(c, head);
    if (parse != HTTP_PARSE_DONE)
        return parse;
    return version(c, head);
}

/* ---- the headers ---- */

static enum http_parse header_line(struct cursor *c, struct http_head *head)
{
    struct http_header *header = &head->headers[head->headers_count];
    const uint8_t *from;
    enum http_parse parse;

    if (head->headers_count == REQUEST_HEADERS_MAX)
        return HTTP_PARSE_BAD;
    parse = token_until(c, ':', &header->name);
    if (parse != HTTP_PARSE_DONE)
        return parse;
    from = c->at;
    c->at = skip_text(c->at, c->end);
    header->value = trim(slice_of(from, (size_t)(c->at - from)));
    parse = line_end(c);
    if (parse != HTTP_PARSE_DONE)
        return parse;
    head->headers_count++;
    return recognise(head, header->name, header->value) ? HTTP_PARSE_DONE : HTTP_PARSE_BAD;
}

/* Two hosts: one server would take the target's (RFC 9112, 3.2.2), another the header's, which a signature covers. */
static bool host_is_clear(const struct http_head *head)
{
    if (head->authority.p == NULL || !head->host_sent)
        return true;
    return head->authority.n == head->host.n &&
           strncasecmp((const char *)head->authority.p, (const char *)head->host.p, head->host.n) == 0;
}

/* What only all headers together can break. */
static bool framing_is_clear(const struct http_head *head)
{
    if (head->chunked && (head->length_sent || head->version_1_0))
        return false;
    return (head->host_sent || head->version_1_0) && host_is_clear(head);
}

static enum http_parse headers(struct cursor *c, struct http_head *head)
{
    enum http_parse parse;

    for (;;) {
        if (c->at == c->end)
            return HTTP_PARSE_MORE;
        if (*c->at == '\r')
            break;
        parse = header_line(c, head);
        if (parse != HTTP_PARSE_DONE)
            return parse;
    }
    parse = line_end(c);
    if (parse == HTTP_PARSE_DONE && !framing_is_clear(head))
        return HTTP_PARSE_BAD;
    return parse;
}

/* One empty line before a request is allowed: some old clients send it after a body. */
static enum http_parse skip_empty_line(struct cursor *c)
{
    if (c->at < c->end && *c->at == '\r')
        return line_end(c);
    return HTTP_PARSE_DONE;
}

enum http_parse http__head_parse(const uint8_t *p, size_t n, struct http_head *ret)
{
    struct cursor c = {.at = p, .end = p + n};
    enum http_parse parse;

    memset(ret, 0, offsetof(struct http_head, headers));
    parse = skip_empty_line(&c);
    if (parse == HTTP_PARSE_DONE)
        parse = request_line(&c, ret);
    if (parse == HTTP_PARSE_DONE)
        parse = headers(&c, ret);
    ret->bytes = (uint32_t)(c.at - p);
    if (parse == HTTP_PARSE_MORE && n >= REQUEST_HEAD_BYTES_MAX)
        return HTTP_PARSE_BAD;
    if (parse == HTTP_PARSE_DONE && ret->bytes > REQUEST_HEAD_BYTES_MAX)
        return HTTP_PARSE_BAD;
    return parse;
}
