/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Replies: status line and headers, checksum, compression, and the answers this layer gives by itself.
 *
 * The head is written into the request's arena with plain copies; its parts are short and known, so a bound for the
 * whole is computed first and nothing is checked on the way. The Date is made once a second. The order of headers
 * is DynamoDB's (control-plane.md 1.2).
 */
#include <libdeflate.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/assert.h"
#include "http/http_int.h"
#include "os/clock.h"

#define HEAD_BYTES_MAX 640 /* without what a preflight echoes */
#define EXPOSED        "x-amzn-RequestId,x-amzn-ErrorType,x-amz-crc32"

static const char *reason(uint16_t status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 413:
        return "Request Entity Too Large";
    case 415:
        return "Unsupported Media Type";
    case 500:
        return "Internal Server Error";
    case 503:
        return "Service Unavailable";
    default:
        return status < 300 ? "OK" : status < 400 ? "Redirect" : status < 500 ? "Client Error" : "Server Error";
    }
}

/* ---- writing ---- */

#define PUT_LIT(to_, text_) put((to_), (text_), sizeof(text_) - 1)

static char *put(char *to, const void *bytes, size_t n)
{
    memcpy(to, bytes, n);
    return to + n;
}

static char *put_text(char *to, const char *text)
{
    return put(to, text, strlen(text));
}

static char *put_number(char *to, uint64_t n)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n != 0);
    return put(to, digits + at, sizeof(digits) - at);
}

void http__date_refresh(struct http_worker *hw)
{
    uint64_t now_ns = worker_now_ns(hw->worker), wall_ms;
    struct tm tm;
    time_t seconds;

    if (now_ns < hw->date_until_ns)
        return;
    wall_ms = os_clock_wall_ms();
    seconds = (time_t)(wall_ms / 1000);
    gmtime_r(&seconds, &tm);
    ASSERT(strftime(hw->date, sizeof(hw->date), "%a, %d %b %Y %H:%M:%S GMT", &tm) == 29);
    hw->date_until_ns = now_ns + (1000 - wall_ms % 1000) * 1000000u;
}

/* ---- identifiers ---- */

/* xoshiro256++: unique is enough, nothing is kept secret by it. */
static uint64_t draw(uint64_t *s)
{
    uint64_t sum = s[0] + s[3], result = ((sum << 23) | (sum >> 41)) + s[0], t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 45) | (s[3] >> 19);
    return result;
}

void http__request_id(struct http_worker *hw, char *ret)
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

    for (int i = 0; i < 52;) {
        uint64_t random = draw(hw->random);

        for (int k = 0; k < 12 && i < 52; k++, random >>= 5)
            ret[i++] = digits[random & 31];
    }
}

/* ---- heads ---- */

static char *put_start(char *to, struct http_worker *hw, uint16_t status)
{
    if (status == 200) {
        to = PUT_LIT(to, "HTTP/1.1 200 OK\r\nServer: Server\r\nDate: ");
    } else {
        to = PUT_LIT(to, "HTTP/1.1 ");
        to = put_number(to, status);
        to = PUT_LIT(to, " ");
        to = put_text(to, reason(status));
        to = PUT_LIT(to, "\r\nServer: Server\r\nDate: ");
    }
    http__date_refresh(hw);
    return put(to, hw->date, sizeof(hw->date) - 1);
}

static char *put_connection(char *to, bool keep_alive)
{
    if (keep_alive)
        return PUT_LIT(to, "\r\nConnection: keep-alive");
    return PUT_LIT(to, "\r\nConnection: close");
}

static char *put_id(char *to, const char *id)
{
    to = PUT_LIT(to, "\r\nx-amzn-RequestId: ");
    return put(to, id, 52);
}

static char *put_crc(char *to, struct slice body)
{
    to = PUT_LIT(to, "\r\nx-amz-crc32: ");
    return put_number(to, libdeflate_crc32(0, body.p, body.n));
}

static char *put_cors(char *to)
{
    return PUT_LIT(to, "\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Expose-Headers: " EXPOSED);
}

static char *put_coding(char *to, enum http_coding coding)
{
    if (coding == HTTP_CODING_GZIP)
        return PUT_LIT(to, "\r\nContent-Encoding: gzip");
    if (coding == HTTP_CODING_DEFLATE)
        return PUT_LIT(to, "\r\nContent-Encoding: deflate");
    return to;
}

static size_t head_bound(const struct http_response *response)
{
    return HEAD_BYTES_MAX + (response->content_type == NULL ? 0 : strlen(response->content_type));
}

static void head_make(struct request *request, struct slice body, enum http_coding coding)
{
    const struct http_response *response = &request->response;
    char *from = arena_alloc(request->arena.arena, head_bound(response));
    char *to = put_start(from, request->conn->owner, response->status);

    if (response->content_type != NULL) {
        to = PUT_LIT(to, "\r\nContent-Type: ");
        to = put_text(to, response->content_type);
    }
    to = put_coding(to, coding);
    to = PUT_LIT(to, "\r\nContent-Length: ");
    to = put_number(to, body.n);
    to = put_connection(to, request->keep_alive);
    if (!response->omit_request_headers) {
        to = put_id(to, request->http.request_id);
        if (coding == HTTP_CODING_NONE)
            to = put_crc(to, body);
    }
    if (request->http.origin.p != NULL)
        to = put_cors(to);
    to = PUT_LIT(to, "\r\n\r\n");
    ASSERT((size_t)(to - from) <= head_bound(response));
    request->reply_head = slice_of(from, (size_t)(to - from));
}

void http__reply_make(struct request *request)
{
    struct http_response *response = &request->response;
    struct slice body, compressed;
    enum http_coding coding = HTTP_CODING_NONE;

    if (response->body.failed) { /* the handler went beyond its own ceiling: nothing of it can be sent */
        response->status = 500;
        response->body.n = 0;
    }
    body = buf_view(&response->body);
    if (response->close)
        request->keep_alive = false;
    if (request->accept_encoding.p != NULL && body.n >= HTTP_COMPRESS_BYTES_MIN)
        coding = http__coding_choose(request->accept_encoding);
    if (coding != HTTP_CODING_NONE && http__compress(request, coding, body, &compressed))
        body = compressed;
    else
        coding = HTTP_CODING_NONE;
    head_make(request, body, coding);
    request->reply_body = request->http.method == HTTP_HEAD ? slice_of(body.p, 0) : body;
}

void http__reply_preflight(struct request *request)
{
    size_t bound = HEAD_BYTES_MAX + request->cors_headers.n + request->cors_method.n;
    char *from = arena_alloc(request->arena.arena, bound);
    char *to = put_start(from, request->conn->owner, 200);

    to = PUT_LIT(to, "\r\nContent-Length: 0");
    to = put_connection(to, request->keep_alive);
    to = put_id(to, request->http.request_id);
    to = PUT_LIT(to, "\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Max-Age: 172800");
    if (request->cors_headers.p != NULL) {
        to = PUT_LIT(to, "\r\nAccess-Control-Allow-Headers: ");
        to = put(to, request->cors_headers.p, request->cors_headers.n);
    }
    if (request->cors_method.p != NULL) {
        to = PUT_LIT(to, "\r\nAccess-Control-Allow-Methods: ");
        to = put(to, request->cors_method.p, request->cors_method.n);
    }
    to = PUT_LIT(to, "\r\n\r\n");
    ASSERT((size_t)(to - from) <= bound);
    request->reply_head = slice_of(from, (size_t)(to - from));
    request->reply_body = slice_of("", 0);
}

static const char busy_body[] =
    "{\"__type\":\"com.amazon.coral.service#ServiceUnavailable\",\"message\":\"The server has "
    "more requests than it can answer in time: try again\"}";

size_t http__busy_write(struct http_worker *hw, bool origin, bool keep_alive, char *ret)
{
    struct slice body = slice_of(busy_body, sizeof(busy_body) - 1);
    char *to = put_start(ret, hw, 503), id[52];

    http__request_id(hw, id);
    to = PUT_LIT(to, "\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: ");
    to = put_number(to, body.n);
    to = put_connection(to, keep_alive);
    to = put_id(to, id);
    to = put_crc(to, body);
    if (origin)
        to = put_cors(to);
    to = PUT_LIT(to, "\r\n\r\n");
    to = put(to, body.p, body.n);
    ASSERT(to - ret <= HTTP_REFUSAL_BYTES_MAX);
    http__count(&hw->figures.refused, 1);
    http__count(&hw->figures.late, 1);
    return (size_t)(to - ret);
}

size_t http__refusal_write(struct http_worker *hw, uint16_t status, bool origin, char *ret)
{
    char *to = put_start(ret, hw, status);
    char id[52];

    if (status == 413) { /* DynamoDB's own form: chunked, without an id */
        to = PUT_LIT(to, "\r\nTransfer-Encoding: chunked");
    } else {
        http__request_id(hw, id);
        to = PUT_LIT(to, "\r\nContent-Length: 0");
        to = put_id(to, id);
        to = put_crc(to, slice_of("", 0));
    }
    to = put_connection(to, false);
    if (origin)
        to = put_cors(to);
    to = PUT_LIT(to, "\r\n\r\n");
    if (status == 413)
        to = PUT_LIT(to, "0\r\n\r\n");
    ASSERT(to - ret <= HTTP_REFUSAL_BYTES_MAX);
    http__count(&hw->figures.refused, 1);
    return (size_t)(to - ret);
}
