/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Ways to forge. Alterations change a request that was signed: any part a letter or more, left out, doubled, moved,
 * parted, in another case, with blanks; headers, parameters and lists in another order; the framing. Some of them mean
 * nothing to a signature (blanks around a value), which spec.c tells. Flaws are signed, with the right key or another,
 * and break a rule that is not about the key.
 */
#include "forge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHOOSE(random_, array_) ((array_)[fuzz_below((random_), sizeof(array_) / sizeof((array_)[0]))])

/* ---- one text ---- */

static void text_insert(char *text, size_t at, const char *what)
{
    char rest[FORGE_TEXT_BYTES];

    if (strlen(text) + strlen(what) >= FORGE_TEXT_BYTES)
        return;
    forge_set(rest, text + at);
    forge_set(text + at, what);
    (void)strcat(text, rest);
}

static void letter_change(char *text, size_t at, struct fuzz_random *random)
{
    static const char letters[] = "0123456789abcdefABCXYZ/;:=&%?,. -_+~@\"\t";

    switch (fuzz_below(random, 4)) {
    case 0:
        text[at] = (char)(text[at] ^ 1 << fuzz_below(random, 8));
        break;
    case 1:
        text[at] =
            (text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z') ? (char)(text[at] ^ 32) : 'x';
        break;
    default:
        text[at] = letters[fuzz_below(random, sizeof(letters) - 1)];
        break;
    }
}

static void text_swap(char *text, size_t n, struct fuzz_random *random)
{
    size_t i = fuzz_below(random, n), j = fuzz_below(random, n);
    char c = text[i];

    text[i] = text[j];
    text[j] = c;
}

static void text_alter(char *text, struct fuzz_random *random)
{
    static const char *const more[] = {" ", "  ", "\t", "0", "a", ",", "/", ";", "%41", "%2F", "/../", "x=1", "&"};
    size_t n = strlen(text), at = fuzz_below(random, n);
    char copy[FORGE_TEXT_BYTES];

    switch (n == 0 ? 3 + fuzz_below(random, 3) : fuzz_below(random, 12)) {
    case 0:
        memmove(text + at, text + at + 1, n - at);
        break;
    case 1:
        text[at] = '\0';
        break;
    case 2:
        forge_set(copy, text);
        text_insert(text, n, copy);
        break;
    case 3:
        text_insert(text, at, CHOOSE(random, more));
        break;
    case 4:
        text_insert(text, 0, CHOOSE(random, more));
        break;
    case 5:
        text_insert(text, n, CHOOSE(random, more));
        break;
    case 6:
        text_swap(text, n, random);
        break;
    case 7:
        text[0] = '\0';
        break;
    default:
        letter_change(text, at, random);
        break;
    }
}

/* A whole other word for a part that has few. */
static void word_alter(struct forge *f, struct fuzz_random *random)
{
    static const char *const methods[] = {"GET", "PUT", "post", "DELETE", "OPTIONS", "HEAD", "POSt"};
    static const char *const paths[] = {"/x", "//", "/.", "/..", "/%2e", "/%2F", "*", "http://localhost:8000/",
        "http://evil.example/", "https://evil.example/a/../", "/a/b", "/A%20B/./c"};
    static const char *const algorithms[] = {"AWS4-HMAC-SHA512", "AWS4-ECDSA-P256-SHA256", "AWS4-HMAC-SHA256 ", "AWS3",
        "aws4-hmac-sha256", "AWS4-HMAC-SHA256,"};
    static const char *const keys[] = {"AKIAIOSFODNN7EXAMPLF", "", "AKIAIOSFODNN7EXAMPLE/x", "root"};
    static const char *const regions[] = {"us-east-2", "eu-west-1", "us-east-1 ", "US-EAST-1", "*"};
    static const char *const services[] = {"s3", "sts", "DynamoDB", "dynamodbstreams", "dynamodb "};
    static const char *const versions[] = {"HTTP/1.0", "HTTP/1.1 ", "HTTP/2.0", "http/1.1"};
    static const char *const signatures[] = {"", "0", "00000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000000000000000000000000000000000000000"};

    switch (fuzz_below(random, 9)) {
    case 0:
        forge_set(f->method, CHOOSE(random, methods));
        break;
    case 1:
        forge_set(f->path, CHOOSE(random, paths));
        break;
    case 2:
        forge_set(f->algorithm, CHOOSE(random, algorithms));
        break;
    case 3:
        forge_set(f->key, CHOOSE(random, keys));
        break;
    case 4:
        forge_set(f->region, CHOOSE(random, regions));
        break;
    case 5:
        forge_set(f->service, CHOOSE(random, services));
        break;
    case 6:
        forge_set(f->version, CHOOSE(random, versions));
        break;
    case 7:
        forge_set(f->terminator, CHOOSE(random, keys));
        break;
    default:
        forge_set(f->signature, CHOOSE(random, signatures));
        break;
    }
}

/* ---- headers ---- */

static void header_insert(struct forge *f, uint32_t at, const char *name, const char *value)
{
    struct forge_header last;

    if (!forge_header_add(f, name, value))
        return;
    last = f->headers[f->count - 1];
    memmove(&f->headers[at + 1], &f->headers[at], (f->count - 1 - at) * sizeof(f->headers[0]));
    f->headers[at] = last;
}

static void header_remove(struct forge *f, uint32_t at)
{
    memmove(&f->headers[at], &f->headers[at + 1], (f->count - 1 - at) * sizeof(f->headers[0]));
    f->count--;
}

/* One more header of a name that means something, or of one that is signed. */
static void header_foreign(struct forge *f, struct fuzz_random *random)
{
    static const char *const names[] = {"X-Amz-Target", "X-Amz-Date", "Host", "Date", "Content-Type", "X-Amz-Other",
        "X-Amz-Security-Token", "X-Amz-Content-Sha256", "Authorization", "Content-Encoding", "X-Twice", "X-Empty",
        "Transfer-Encoding", "x-amz-extra", "X-AMZ-TARGET", "X-Amz-User-Agent"};
    static const char *const values[] = {"DynamoDB_20120810.DeleteTable", "20260102T030405Z", "evil.example",
        "UNSIGNED-PAYLOAD", "", "chunked", "identity", "gzip", "application/json", "AWS4-HMAC-SHA256", "a"};

    header_insert(f, fuzz_below(random, f->count + 1), CHOOSE(random, names), CHOOSE(random, values));
}

/* "a: 1,2" as "a: 1" and "a: 2". */
static void header_part(struct forge *f, uint32_t at)
{
    char *comma = strchr(f->headers[at].value, ',');
    struct forge_header half = f->headers[at];

    if (comma == NULL || f->count == FORGE_HEADERS_MAX)
        return;
    forge_set(half.value, comma + 1);
    *comma = '\0';
    header_insert(f, at + 1, half.name, half.value);
}

static const char *header_alter(struct forge *f, struct fuzz_random *random)
{
    uint32_t i = fuzz_below(random, f->count), j = fuzz_below(random, f->count);
    struct forge_header header;

    if (f->count == 0)
        return "no header is left";
    header = f->headers[i];
    switch (fuzz_below(random, 8)) {
    case 0:
        header_remove(f, i);
        return "a header removed";
    case 1:
        header_insert(f, j, header.name, header.value);
        return "a header doubled";
    case 2:
        header_remove(f, i);
        header_insert(f, fuzz_below(random, f->count + 1), header.name, header.value);
        return "a header moved";
    case 3:
        header_part(f, i);
        return "a header in two";
    case 4:
        text_alter(f->headers[i].name, random);
        return "a header's name";
    case 5:
        header_foreign(f, random);
        return "a header added";
    case 6:
        forge_set(f->headers[i].value, f->headers[j].value);
        return "a header with another's value";
    default:
        text_alter(f->headers[i].value, random);
        return "a header's value";
    }
}

/* ---- lists ---- */

#define PIECES_MAX 40

/* Takes the list apart, does one thing to it, and puts it together again. */
static void list_alter(
    char *list, char separator, const char *const *strangers, size_t strangers_count, struct fuzz_random *random)
{
    char copy[FORGE_TEXT_BYTES], *pieces[PIECES_MAX + 1], *rest = copy;
    const char between[2] = {separator, '\0'};
    uint32_t n = 0, i, j;

    forge_set(copy, list);
    while (rest != NULL && n < PIECES_MAX)
        pieces[n++] = strsep(&rest, between);
    i = fuzz_below(random, n);
    j = fuzz_below(random, n);
    switch (fuzz_below(random, 4)) {
    case 0:
        memmove(&pieces[i], &pieces[i + 1], (n - i) * sizeof(pieces[0]));
        n--;
        break;
    case 1: {
        char *piece = pieces[i];

        pieces[i] = pieces[j];
        pieces[j] = piece;
        break;
    }
    case 2:
        pieces[n++] = pieces[i];
        break;
    default:
        pieces[n] = pieces[i];
        pieces[i] = (char *)(uintptr_t)strangers[fuzz_below(random, strangers_count)];
        n++;
        break;
    }
    list[0] = '\0';
    for (i = 0; i < n && strlen(list) + strlen(pieces[i]) + 2 < FORGE_TEXT_BYTES; i++) {
        if (i > 0)
            (void)strcat(list, between);
        (void)strcat(list, pieces[i]);
    }
}

static const char *const header_strangers[] = {"", "host", "x-amz-date", "x-none", "HOST", "content-length", "zzz"};
static const char *const query_strangers[] = {"", "a=1", "X-Amz-Expires=99", "X-Amz-Signature=00",
    "X-Amz-Date=20260102T030405Z", "Action=GetCallerIdentity", "%61=1", "a"};

/* ---- altogether ---- */

const char *forge_alter(struct forge *f, struct fuzz_random *random)
{
    char *const texts[] = {f->method, f->path, f->query, f->version, f->algorithm, f->key, f->date, f->region,
        f->service, f->terminator, f->signed_headers, f->signature, f->time, f->expires, f->separator, f->body};
    static const char *const names[] = {"method", "path", "query", "version", "algorithm", "key id", "scope date",
        "region", "service", "terminator", "signed headers", "signature", "time in the query", "expires", "separator",
        "body"};
    uint32_t i = fuzz_below(random, sizeof(texts) / sizeof(texts[0]));

    switch (fuzz_below(random, 16)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
        return header_alter(f, random);
    case 5:
        word_alter(f, random);
        return "another word";
    case 6:
        list_alter(
            f->signed_headers, ';', header_strangers, sizeof(header_strangers) / sizeof(header_strangers[0]), random);
        return "the list of signed headers";
    case 7:
        list_alter(f->query, '&', query_strangers, sizeof(query_strangers) / sizeof(query_strangers[0]), random);
        return "the list of parameters";
    case 8:
        if (fuzz_below(random, 2) == 0)
            f->doubled = true;
        else
            f->both = true;
        return "credentials twice";
    case 9:
        f->length_off = (int)fuzz_below(random, 9) - 4;
        return "length of the body";
    case 10:
        f->presigned = !f->presigned;
        return "the other form";
    default:
        text_alter(texts[i], random);
        return names[i];
    }
}

/* ---- flaws ---- */

static void time_shift(struct forge *f, int64_t off_s)
{
    char before[FORGE_TEXT_BYTES];

    forge_set(before, f->time);
    forge_time(forge_now_s + (uint64_t)off_s, f->time);
    (void)snprintf(f->date, sizeof(f->date), "%.8s", f->time);
    for (uint32_t i = 0; i < f->count; i++)
        if (strcmp(f->headers[i].value, before) == 0)
            forge_set(f->headers[i].value, f->time);
}

static void name_unsign(struct forge *f, const char *name)
{
    char *at = strstr(f->signed_headers, name);
    size_t n = strlen(name);

    if (at == NULL)
        return;
    if (at[n] == ';')
        n++;
    else if (at > f->signed_headers) {
        at--;
        n++;
    }
    memmove(at, at + n, strlen(at + n) + 1);
}

static const char *flaw_of_scope(struct forge *f, struct fuzz_random *random)
{
    switch (fuzz_below(random, 6)) {
    case 0:
        forge_set(f->service, "sts");
        return "signed for another service";
    case 1:
        forge_set(f->terminator, "aws4_Request");
        return "signed with another terminator";
    case 2:
        forge_set(f->date, "20240229");
        return "signed for another day";
    case 3:
        forge_set(f->region, "");
        return "signed for no region";
    case 4:
        forge_set(f->key, "AKIAUNKNOWNKEY000001");
        return "signed by an unknown key";
    default:
        forge_set(f->key, "AKIA/IOSFODNN7EXAMPLE");
        return "a key id with a slash";
    }
}

static const char *flaw_of_time(struct forge *f, struct fuzz_random *random)
{
    if (f->presigned) {
        static const char *const lives[] = {"0", "604801", "-1", "1e3", "99999999999999999999", "60"};

        forge_set(f->expires, CHOOSE(random, lives));
        time_shift(f, -61 - (int64_t)fuzz_below(random, 1000));
        return "presigned and over";
    }
    if (fuzz_below(random, 2) == 0)
        time_shift(f, -301 - (int64_t)fuzz_below(random, 100000));
    else
        time_shift(f, 301 + (int64_t)fuzz_below(random, 100000));
    return "signed long ago, or for the future";
}

static const char *flaw_of_headers(struct forge *f, struct fuzz_random *random)
{
    switch (fuzz_below(random, 6)) {
    case 0:
        name_unsign(f, "host");
        return "the host unsigned";
    case 1:
        name_unsign(f, "x-amz-target");
        return "the target unsigned";
    case 2:
        (void)forge_header_add(f, "X-Amz-Stray", "x");
        return "an x-amz header unsigned";
    case 3:
        (void)forge_header_add(f, "X-Amz-Target", "DynamoDB_20120810.DeleteTable");
        return "the target twice, both signed";
    case 4:
        text_insert(f->signed_headers, strlen(f->signed_headers), ";a-name");
        return "signed names out of order";
    default:
        text_insert(f->signed_headers, 0, "Host;");
        return "a signed name in capitals";
    }
}

const char *forge_flaw(struct forge *f, struct fuzz_random *random)
{
    const char *secret = FORGE_SECRET, *what;

    switch (fuzz_below(random, 5)) {
    case 0:
        what = flaw_of_scope(f, random);
        break;
    case 1:
        what = flaw_of_time(f, random);
        break;
    case 2:
        what = flaw_of_headers(f, random);
        break;
    case 3:
        (void)forge_header_add(f, "X-Amz-Security-Token", "token");
        text_insert(f->signed_headers, 0, "x-amz-security-token;");
        what = "a session token";
        break;
    default:
        secret = "another-secret/of+forty/characters012345";
        what = "signed with another secret";
        break;
    }
    forge_sign(f, secret);
    return what;
}
