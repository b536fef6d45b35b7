/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Reads a request the way its specification is written and makes the canonical request of control-plane.md 2.1. Where
 * the specification leaves a choice to the server (more than one Host, a name given twice in Authorization) it takes
 * the first; the generator asks only whether the string to sign is still the same one.
 */
#include "spec.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static struct spec_text text_of(const char *p, size_t n)
{
    return (struct spec_text){p, n};
}

static bool is(struct spec_text t, const char *text)
{
    return t.n == strlen(text) && (t.n == 0 || memcmp(t.p, text, t.n) == 0);
}

static bool is_any_case(struct spec_text t, const char *text)
{
    return t.n == strlen(text) && (t.n == 0 || strncasecmp(t.p, text, t.n) == 0);
}

/* The part before the separator, which is taken off *rest too; all of it without one. */
static struct spec_text cut(struct spec_text *rest, const char *separator)
{
    const char *at = rest->n == 0 ? NULL : memmem(rest->p, rest->n, separator, strlen(separator));
    struct spec_text part = text_of(rest->p, at == NULL ? rest->n : (size_t)(at - rest->p));
    size_t skip = part.n + (at == NULL ? 0 : strlen(separator));

    *rest = text_of(rest->p + skip, rest->n - skip);
    return part;
}

static struct spec_text trim(struct spec_text t)
{
    while (t.n > 0 && (t.p[0] == ' ' || t.p[0] == '\t'))
        t = text_of(t.p + 1, t.n - 1);
    while (t.n > 0 && (t.p[t.n - 1] == ' ' || t.p[t.n - 1] == '\t'))
        t.n--;
    return t;
}

static struct spec_text header(const struct spec_request *r, const char *name)
{
    for (size_t i = 0; i < r->headers_count; i++)
        if (is_any_case(r->headers[i].name, name))
            return r->headers[i].value;
    return text_of(NULL, 0);
}

/* ---- reading ---- */

/* An absolute target that names the host of the header is its path (RFC 9112, 3.2.2). */
static void absolute_read(struct spec_request *r)
{
    struct spec_text host = header(r, "host"), rest = r->path, authority;

    if (r->path.n < 8 || strncasecmp(r->path.p, "http://", 7) != 0)
        return;
    rest = text_of(rest.p + 7, rest.n - 7);
    authority = cut(&rest, "/");
    if (authority.n == host.n && (host.n == 0 || strncasecmp(authority.p, host.p, host.n) == 0))
        r->path = text_of(authority.p + authority.n, (size_t)(r->path.p + r->path.n - authority.p) - authority.n);
}

static bool head_read(struct spec_text *rest, struct spec_request *r)
{
    struct spec_text line = cut(rest, "\r\n"), target;

    r->method = cut(&line, " ");
    target = cut(&line, " ");
    r->path = cut(&target, "?");
    r->query = target;
    for (;;) {
        struct spec_pair *pair = &r->headers[r->headers_count];

        line = cut(rest, "\r\n");
        if (line.n == 0) {
            absolute_read(r);
            return true;
        }
        if (r->headers_count++ == SPEC_HEADERS_MAX - 1)
            return false;
        pair->name = cut(&line, ":");
        pair->value = trim(line);
    }
}

static void credential_read(struct spec_request *r, struct spec_text credential)
{
    r->access_key = cut(&credential, "/");
    r->scope = credential;
}

static void part_read(struct spec_request *r, struct spec_text part)
{
    struct spec_text name = cut(&part, "=");

    if (is(name, "Credential"))
        credential_read(r, part);
    else if (is(name, "SignedHeaders"))
        r->signed_headers = part;
    else if (is(name, "Signature"))
        r->signature = part;
}

static bool authorization_read(struct spec_request *r, struct spec_text value)
{
    struct spec_text algorithm = cut(&value, " ");

    while (value.n > 0) {
        size_t n = 0;

        while (n < value.n && value.p[n] != ' ' && value.p[n] != ',')
            n++;
        if (n > 0)
            part_read(r, text_of(value.p, n));
        value = text_of(value.p + n, value.n - n);
        while (value.n > 0 && (value.p[0] == ' ' || value.p[0] == ','))
            value = text_of(value.p + 1, value.n - 1);
    }
    r->time = header(r, "x-amz-date");
    if (r->time.p == NULL)
        r->time = header(r, "date");
    return is(algorithm, "AWS4-HMAC-SHA256");
}

static int hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Into memory that lives until the next request is read. */
static struct spec_text decoded(struct spec_text t)
{
    static char room[4 * SPEC_TEXT_MAX];
    static size_t used;
    char *to;
    size_t n = 0;

    if (used + t.n > sizeof(room))
        used = 0; /* one request never needs all of it */
    to = room + used;
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] == '%' && i + 2 < t.n && hex_of(t.p[i + 1]) >= 0 && hex_of(t.p[i + 2]) >= 0) {
            to[n++] = (char)(hex_of(t.p[i + 1]) * 16 + hex_of(t.p[i + 2]));
            i += 2;
        } else {
            to[n++] = t.p[i];
        }
    }
    used += n;
    return text_of(to, n);
}

static size_t pairs_read(const struct spec_request *r, struct spec_pair *pairs)
{
    struct spec_text rest = r->query;
    size_t count = 0;

    while (rest.n > 0 && count < SPEC_PAIRS_MAX) {
        struct spec_text value = cut(&rest, "&"), name = cut(&value, "=");

        if (name.n != 0 || value.n != 0)
            pairs[count++] = (struct spec_pair){decoded(name), decoded(value)};
    }
    return count;
}

static struct spec_text parameter(const struct spec_request *r, const char *name)
{
    struct spec_pair pairs[SPEC_PAIRS_MAX];
    size_t count = pairs_read(r, pairs);

    for (size_t i = 0; i < count; i++)
        if (is(pairs[i].name, name))
            return pairs[i].value;
    return text_of(NULL, 0);
}

/* As long as Content-Length says; what is behind it belongs to the next request. */
static struct spec_text body_of(const struct spec_request *r, struct spec_text rest)
{
    struct spec_text digits = header(r, "content-length");
    size_t n = 0;

    for (size_t i = 0; i < digits.n && i < 9; i++)
        n = n * 10 + (size_t)(digits.p[i] - '0');
    return text_of(rest.p, n < rest.n ? n : rest.n);
}

bool spec_read(const char *bytes, size_t n, struct spec_request *ret)
{
    struct spec_text rest = text_of(bytes, n), authorization;

    *ret = (struct spec_request){0};
    if (!head_read(&rest, ret))
        return false;
    ret->body = body_of(ret, rest);
    authorization = header(ret, "authorization");
    if (authorization.p != NULL)
        return authorization_read(ret, authorization);
    ret->presigned = true;
    credential_read(ret, parameter(ret, "X-Amz-Credential"));
    ret->signed_headers = parameter(ret, "X-Amz-SignedHeaders");
    ret->signature = parameter(ret, "X-Amz-Signature");
    ret->time = parameter(ret, "X-Amz-Date");
    return is(parameter(ret, "X-Amz-Algorithm"), "AWS4-HMAC-SHA256");
}

/* ---- the canonical request ---- */

struct out {
    char *p;
    size_t n;
};

static void put(struct out *out, const char *p, size_t n)
{
    if (n == 0 || out->n + n >= SPEC_TEXT_MAX)
        return; /* the generator's requests are short; one that was blown up has another text anyway */
    memcpy(out->p + out->n, p, n);
    out->n += n;
    out->p[out->n] = '\0';
}

static void put_text(struct out *out, const char *text)
{
    put(out, text, strlen(text));
}

static void put_encoded(struct out *out, struct spec_text t)
{
    for (size_t i = 0; i < t.n; i++) {
        unsigned char c = (unsigned char)t.p[i];
        char code[4];

        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
            (c != 0 && strchr("-_.~", c) != NULL))
            put(out, t.p + i, 1);
        else
            put(out, code, (size_t)snprintf(code, sizeof(code), "%%%02X", c));
    }
}

/* Segments without the empty ones and ".", and ".." takes the one before away. */
static void put_path(struct out *out, struct spec_text path)
{
    struct spec_text segments[512], rest = path;
    bool slash_at_end = path.n > 0 && path.p[path.n - 1] == '/';
    size_t count = 0;

    while (rest.n > 0 && count < 512) {
        struct spec_text segment = cut(&rest, "/");

        if (is(segment, ".."))
            count -= count > 0;
        else if (segment.n > 0 && !is(segment, "."))
            segments[count++] = segment;
    }
    for (size_t i = 0; i < count; i++) {
        put_text(out, "/");
        put_encoded(out, segments[i]);
    }
    if (count == 0 || slash_at_end)
        put_text(out, "/");
}

static void put_query(struct out *out, const struct spec_request *r)
{
    static char texts[SPEC_PAIRS_MAX][SPEC_TEXT_MAX / 4];
    struct spec_pair pairs[SPEC_PAIRS_MAX];
    size_t count = pairs_read(r, pairs), n = 0;

    for (size_t i = 0; i < count; i++) {
        static char room[SPEC_TEXT_MAX];
        struct out one = {room, 0};

        if (r->presigned && is(pairs[i].name, "X-Amz-Signature"))
            continue;
        put_encoded(&one, pairs[i].name);
        put_text(&one, "\x01"); /* below every byte of an encoded name, so that names are compared first */
        put_encoded(&one, pairs[i].value);
        (void)snprintf(texts[n++], sizeof(texts[0]), "%s", room);
    }
    qsort(texts, n, sizeof(texts[0]), (int (*)(const void *, const void *))strcmp);
    for (size_t i = 0; i < n; i++) {
        *strchr(texts[i], '\x01') = '=';
        put_text(out, i == 0 ? "" : "&");
        put_text(out, texts[i]);
    }
}

static void put_folded(struct out *out, struct spec_text value)
{
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] != ' ' || i == 0 || value.p[i - 1] != ' ')
            put(out, value.p + i, 1);
}

static void put_headers(struct out *out, const struct spec_request *r)
{
    struct spec_text names = r->signed_headers;
    bool more = true;

    while (more) {
        bool first = true;
        struct spec_text name;

        more = names.n > 0 && memchr(names.p, ';', names.n) != NULL;
        name = cut(&names, ";");
        put(out, name.p, name.n);
        put_text(out, ":");
        for (size_t i = 0; i < r->headers_count; i++) {
            if (name.n == 0 || r->headers[i].name.n != name.n || strncasecmp(r->headers[i].name.p, name.p, name.n) != 0)
                continue;
            put_text(out, first ? "" : ",");
            put_folded(out, r->headers[i].value);
            first = false;
        }
        put_text(out, "\n");
    }
}

static void put_digest(struct out *out, const char *p, size_t n)
{
    unsigned char digest[32];
    char hex[65];

    SHA256((const unsigned char *)p, n, digest);
    for (int i = 0; i < 32; i++)
        (void)snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    put_text(out, hex);
}

void spec_string_to_sign(const struct spec_request *r, char *text)
{
    static char canonical[SPEC_TEXT_MAX];
    struct out out = {canonical, 0}, to_sign = {text, 0};

    put(&out, r->method.p, r->method.n);
    put_text(&out, "\n");
    put_path(&out, r->path);
    put_text(&out, "\n");
    put_query(&out, r);
    put_text(&out, "\n");
    put_headers(&out, r);
    put_text(&out, "\n");
    put(&out, r->signed_headers.p, r->signed_headers.n);
    put_text(&out, "\n");
    put_digest(&out, r->body.p, r->body.n);
    put_text(&to_sign, "AWS4-HMAC-SHA256\n");
    put(&to_sign, r->time.p, r->time.n);
    put_text(&to_sign, "\n");
    put(&to_sign, r->scope.p, r->scope.n);
    put_text(&to_sign, "\n");
    put_digest(&to_sign, out.p, out.n);
}

/* ---- signing ---- */

static void mac(const unsigned char *key, size_t key_n, struct spec_text t, unsigned char ret[32])
{
    unsigned char digest[32];
    unsigned int n = sizeof(digest);

    HMAC(EVP_sha256(), key, (int)key_n, (const unsigned char *)t.p, t.n, digest, &n);
    memcpy(ret, digest, sizeof(digest));
}

void spec_sign(const char *secret, const char *string_to_sign, char ret[65])
{
    struct spec_text rest = text_of(string_to_sign, strlen(string_to_sign)), scope;
    unsigned char key[32];
    char seed[256];

    (void)cut(&rest, "\n");
    (void)cut(&rest, "\n");
    scope = cut(&rest, "\n");
    (void)snprintf(seed, sizeof(seed), "AWS4%s", secret);
    mac((const unsigned char *)seed, strlen(seed), cut(&scope, "/"), key);
    mac(key, sizeof(key), cut(&scope, "/"), key);
    mac(key, sizeof(key), cut(&scope, "/"), key);
    mac(key, sizeof(key), scope, key);
    mac(key, sizeof(key), text_of(string_to_sign, strlen(string_to_sign)), key);
    for (int i = 0; i < 32; i++)
        (void)snprintf(ret + 2 * i, 3, "%02x", key[i]);
}
