/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Genuine requests, and how one becomes bytes. What varies: the form (header or query), the clock, the region, the path
 * and its dots, parameters, headers with runs of blanks, with empty values and given twice, the length of the body.
 */
#include "forge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "spec.h"

uint64_t forge_now_s = 1767323045;

void forge_set(char *to, const char *text)
{
    size_t n = strlen(text);

    n = n < FORGE_TEXT_BYTES ? n : FORGE_TEXT_BYTES - 1;
    memmove(to, text, n);
    to[n] = '\0';
}

#define CHOOSE(random_, array_) ((array_)[fuzz_below((random_), sizeof(array_) / sizeof((array_)[0]))])

bool forge_header_add(struct forge *f, const char *name, const char *value)
{
    if (f->count == FORGE_HEADERS_MAX)
        return false;
    forge_set(f->headers[f->count].name, name);
    forge_set(f->headers[f->count].value, value);
    f->count++;
    return true;
}

void forge_time(uint64_t s, char *text)
{
    time_t seconds = (time_t)s;
    struct tm tm;

    (void)gmtime_r(&seconds, &tm);
    (void)strftime(text, 32, "%Y%m%dT%H%M%SZ", &tm);
}

/* ---- bytes ---- */

struct out {
    char *p;
    size_t n;
};

static void put(struct out *out, const char *text)
{
    size_t n = strlen(text);

    if (out->n + n < FORGE_BYTES_MAX) {
        memcpy(out->p + out->n, text, n);
        out->n += n;
    }
}

/* A text as a value of the query. */
static void put_coded(struct out *out, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        char code[8];

        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("-_.~", c) != NULL)
            (void)snprintf(code, sizeof(code), "%c", c);
        else
            (void)snprintf(code, sizeof(code), "%%%02X", c);
        put(out, code);
    }
}

static void put_credential(struct out *out, const struct forge *f)
{
    const char *const parts[] = {f->key, "/", f->date, "/", f->region, "/", f->service, "/", f->terminator};

    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        put(out, parts[i]);
}

static void put_query(struct out *out, const struct forge *f)
{
    static char room[FORGE_BYTES_MAX];
    struct out credential = {room, 0};
    const char *const pairs[][2] = {{"X-Amz-Algorithm=", f->algorithm}, {"&X-Amz-Credential=", room},
        {"&X-Amz-Date=", f->time}, {"&X-Amz-Expires=", f->expires}, {"&X-Amz-SignedHeaders=", f->signed_headers},
        {"&X-Amz-Signature=", f->signature}};

    put_credential(&credential, f);
    room[credential.n] = '\0';
    put(out, f->query);
    if (!f->presigned && !f->both)
        return;
    put(out, f->query[0] == '\0' ? "" : "&");
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (pairs[i][1] == f->expires && f->expires[0] == '\0')
            continue;
        put(out, pairs[i][0]);
        put_coded(out, pairs[i][1]);
    }
}

static void put_authorization(struct out *out, const struct forge *f)
{
    put(out, "Authorization: ");
    put(out, f->algorithm);
    put(out, " Credential=");
    put_credential(out, f);
    put(out, f->separator);
    put(out, "SignedHeaders=");
    put(out, f->signed_headers);
    put(out, f->separator);
    put(out, "Signature=");
    put(out, f->signature);
    put(out, "\r\n");
}

size_t forge_bytes(const struct forge *f, char bytes[FORGE_BYTES_MAX])
{
    struct out out = {bytes, 0};
    char length[32];

    put(&out, f->method);
    put(&out, " ");
    put(&out, f->path);
    put(&out, f->query[0] != '\0' || f->presigned || f->both ? "?" : "");
    put_query(&out, f);
    put(&out, " ");
    put(&out, f->version);
    put(&out, "\r\n");
    for (uint32_t i = 0; i < f->count; i++) {
        put(&out, f->headers[i].name);
        put(&out, ": ");
        put(&out, f->headers[i].value);
        put(&out, "\r\n");
    }
    for (int i = 0; i < (f->presigned && !f->both ? 0 : 1) + f->doubled; i++)
        put_authorization(&out, f);
    (void)snprintf(length, sizeof(length), "%d", (int)strlen(f->body) + f->length_off);
    put(&out, "Content-Length: ");
    put(&out, length);
    put(&out, "\r\n\r\n");
    put(&out, f->body);
    return out.n;
}

void forge_sign(struct forge *f, const char *secret)
{
    static char bytes[FORGE_BYTES_MAX], text[SPEC_TEXT_MAX];
    struct spec_request request;
    char signature[65];

    forge_set(f->signature, "0000000000000000000000000000000000000000000000000000000000000000");
    (void)spec_read(bytes, forge_bytes(f, bytes), &request); /* flaws are signed too, as far as they are understood */
    spec_string_to_sign(&request, text);
    spec_sign(secret, text, signature);
    forge_set(f->signature, signature);
}

/* ---- genuine ---- */

static void signed_headers_list(struct forge *f, struct fuzz_random *random)
{
    char names[FORGE_HEADERS_MAX][FORGE_TEXT_BYTES];
    uint32_t n = 0;

    for (uint32_t i = 0; i < f->count; i++) {
        bool must = strncasecmp(f->headers[i].name, "x-amz-", 6) == 0 || strcasecmp(f->headers[i].name, "host") == 0 ||
                    strcasecmp(f->headers[i].name, "date") == 0;
        bool known = strcasecmp(f->headers[i].name, "x-amz-user-agent") == 0;
        uint32_t at;

        if (known || (!must && fuzz_below(random, 4) == 0))
            continue;
        forge_set(names[n], f->headers[i].name);
        for (char *c = names[n]; *c != '\0'; c++)
            *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
        for (at = 0; at < n && strcmp(names[at], names[n]) != 0; at++)
            ;
        n += at == n;
    }
    qsort(names, n, sizeof(names[0]), (int (*)(const void *, const void *))strcmp);
    f->signed_headers[0] = '\0';
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0)
            (void)strcat(f->signed_headers, ";");
        (void)strcat(f->signed_headers, names[i]);
    }
}

static void headers_shuffle(struct forge *f, struct fuzz_random *random)
{
    for (uint32_t i = 0; i + 1 < f->count; i++) {
        uint32_t j = i + fuzz_below(random, f->count - i);
        struct forge_header header = f->headers[i];

        f->headers[i] = f->headers[j];
        f->headers[j] = header;
    }
}

static void headers_choose(struct forge *f, struct fuzz_random *random)
{
    static const char *const hosts[] = {"localhost:8000", "dynamodb.us-east-1.amazonaws.com", "[::1]:8000"};
    static const char *const targets[] = {"ListTables", "PutItem", "GetItem", "DeleteTable"};
    char target[64];

    (void)snprintf(target, sizeof(target), "DynamoDB_20120810.%s", CHOOSE(random, targets));
    (void)forge_header_add(f, "Host", CHOOSE(random, hosts));
    (void)forge_header_add(f, "X-Amz-Target", target);
    (void)forge_header_add(f, "Content-Type", "application/x-amz-json-1.0");
    if (!f->presigned)
        (void)forge_header_add(f, fuzz_below(random, 5) == 0 ? "Date" : "X-Amz-Date", f->time);
    if (fuzz_below(random, 2) == 0)
        (void)forge_header_add(f, "User-Agent", "aws-sdk  of   many blanks ");
    if (fuzz_below(random, 3) == 0)
        (void)forge_header_add(f, "X-Amz-Extra", "one,two, three");
    if (fuzz_below(random, 4) == 0)
        (void)forge_header_add(f, "X-Empty", "");
    if (fuzz_below(random, 4) == 0)
        (void)forge_header_add(f, "x-amz-user-agent", "unsigned");
    for (uint32_t left = fuzz_below(random, 3); left != 0; left--)
        (void)forge_header_add(f, "X-Twice", left == 2 ? "b" : "a");
    headers_shuffle(f, random);
}

void forge_genuine(struct forge *f, struct fuzz_random *random)
{
    static const char *const paths[] = {"/", "/", "/", "/a/../", "/a%20b/./c", "//x//"};
    static const char *const queries[] = {"", "", "", "", "b=2&a=1", "a=%2F&a=b%20c&empty", "x"};
    static const char *const regions[] = {"us-east-1", "eu-central-1", "local"};
    static const char *const separators[] = {", ", ",", " ", " , "};
    int64_t off_s;

    memset(f, 0, sizeof(*f));
    f->presigned = fuzz_below(random, 4) == 0;
    off_s = (int64_t)fuzz_below(random, 601) - 300;
    forge_time(forge_now_s + (uint64_t)off_s, f->time);
    forge_set(f->method, "POST");
    forge_set(f->version, "HTTP/1.1");
    forge_set(f->path, CHOOSE(random, paths));
    forge_set(f->query, CHOOSE(random, queries));
    forge_set(f->algorithm, "AWS4-HMAC-SHA256");
    forge_set(f->key, FORGE_KEY);
    (void)snprintf(f->date, sizeof(f->date), "%.8s", f->time);
    forge_set(f->region, CHOOSE(random, regions));
    forge_set(f->service, "dynamodb");
    forge_set(f->terminator, "aws4_request");
    forge_set(f->separator, CHOOSE(random, separators));
    if (f->presigned)
        (void)snprintf(f->expires, sizeof(f->expires), "%u", 301 + fuzz_below(random, 604500));
    (void)snprintf(
        f->body, sizeof(f->body), "{\"Limit\":%u%*s}", 1 + fuzz_below(random, 100), (int)fuzz_below(random, 200), "");
    headers_choose(f, random);
    signed_headers_list(f, random);
    forge_sign(f, FORGE_SECRET);
}
