/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Forged signatures, by the thousand: a genuine request is altered once or a few times, or signed with a flaw, and goes
 * as bytes through the parser of http/ and auth_check. It must be refused, unless the specification itself (spec.c)
 * makes the same string to sign of it, in which case it may be let in, and then means what the genuine one meant.
 *
 *      forged [--tries N] [--seed S] [--port P] [--counts]
 *
 * --port: over a socket to a server that verifies signatures, with the key pair of forge.h. --counts: a line of JSON
 * before the closing line, for the ledger.
 */
#include "forge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "auth/auth.h"
#include "http/http_int.h"
#include "spec.h"

#define ALTERATIONS_MAX 3
#define SHOWN_MAX       10

struct tally {
    uint64_t tried, refused, void_let_in, void_refused, genuine_refused, violations;
};

static uint16_t port; /* of a server; 0: here, in this process */
static struct auth *auth;
static struct arena *arena;

static void auth_make(void)
{
    struct auth_options options = {.mode = AUTH_SIGV4};
    char *reason = NULL;

    (void)setenv("STATOR_ACCESS_KEY_ID", FORGE_KEY, 1);
    (void)setenv("STATOR_SECRET_ACCESS_KEY", FORGE_SECRET, 1);
    ASSERT(auth_create(&options, &auth, &reason) == OK);
    arena = arena_create((size_t)64 << 10);
}

/* What the server understood of a request that it let in. */
struct meaning {
    struct slice method, target, body, region;
};

/* As conn.c and request.c do it: the head, then as much body as it says. */
static bool let_in_here(const char *bytes, size_t n, struct meaning *ret)
{
    static struct http_head head;
    struct fault fault = {.arena = arena};
    struct http_request request;
    struct identity identity;

    if (http__head_parse((const uint8_t *)bytes, n, &head) != HTTP_PARSE_DONE || head.chunked ||
        head.content_length > n - head.bytes)
        return false;
    request = (struct http_request){.method = head.method,
        .method_text = head.method_text,
        .path = head.path,
        .query = head.query,
        .headers = head.headers,
        .headers_count = head.headers_count,
        .host = head.host,
        .content_type = head.content_type,
        .target = head.target,
        .authorization = head.authorization,
        .amz_date = head.amz_date,
        .security_token = head.security_token,
        .arena = arena};
    request.body = request.body_raw = slice_of(bytes + head.bytes, (size_t)head.content_length);
    if (auth_check(auth, &request, "dynamodb", forge_now_s * 1000, &identity, &fault) != OK)
        return false;
    *ret = (struct meaning){head.method_text, head.target, request.body, identity.region};
    return true;
}

/* Over a socket only the answer is known, not what was understood. */
static bool let_in(const char *bytes, size_t n, struct meaning *ret)
{
    if (port == 0)
        return let_in_here(bytes, n, ret);
    *ret = (struct meaning){0};
    return forge_ask(port, bytes, n);
}

static bool same_meaning(const struct meaning *a, const struct meaning *b)
{
    return slice_equal(a->method, b->method) && slice_equal(a->target, b->target) && slice_equal(a->body, b->body) &&
           slice_equal(a->region, b->region);
}

static bool same(struct spec_text a, struct spec_text b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Whether the specification sees no difference: the same string to sign, signature and key. */
static bool is_void(const char *bytes, size_t n, const char *other, size_t other_n)
{
    static char text[SPEC_TEXT_MAX], other_text[SPEC_TEXT_MAX];
    struct spec_request a, b;

    if (!spec_read(bytes, n, &a))
        return false;
    spec_string_to_sign(&a, text);
    if (!spec_read(other, other_n, &b))
        return false;
    spec_string_to_sign(&b, other_text);
    return strcmp(text, other_text) == 0 && same(a.signature, b.signature) && same(a.access_key, b.access_key);
}

static void show(const char *what, uint64_t number, const char *genuine, size_t genuine_n, const char *bytes, size_t n)
{
    printf("FAIL try %llu was let in: %s\n    genuine: ", (unsigned long long)number, what);
    for (size_t i = 0; i < genuine_n + n; i++) {
        unsigned char c = (unsigned char)(i < genuine_n ? genuine[i] : bytes[i - genuine_n]);

        if (i == genuine_n)
            printf("\n    forged:  ");
        if (c >= 0x20 && c < 0x7f)
            putchar(c);
        else
            printf("\\x%02x", c);
    }
    putchar('\n');
}

static void one(uint64_t number, uint64_t seed, struct tally *tally)
{
    static char genuine[FORGE_BYTES_MAX], forged[FORGE_BYTES_MAX];
    struct fuzz_random random = {(seed << 40 | (number + 1)) * 0x9e3779b97f4a7c15u};
    struct arena_mark mark = arena_mark(arena);
    struct meaning meant, got;
    bool flawed, nothing;
    const char *what;
    struct forge f;
    size_t genuine_n, n;

    (void)fuzz_draw(&random);
    forge_genuine(&f, &random);
    genuine_n = forge_bytes(&f, genuine);
    if (!let_in(genuine, genuine_n, &meant)) {
        if (tally->genuine_refused++ == 0)
            show("(a genuine one was refused)", number, genuine, genuine_n, "", 0);
        arena_reset(arena, mark);
        return;
    }
    flawed = fuzz_below(&random, 5) == 0;
    if (flawed)
        what = forge_flaw(&f, &random);
    else
        for (uint32_t left = 1 + fuzz_below(&random, ALTERATIONS_MAX) / 2; left != 0; left--)
            what = forge_alter(&f, &random);
    n = forge_bytes(&f, forged);
    nothing = what == NULL || (!flawed && is_void(genuine, genuine_n, forged, n));
    tally->tried += !nothing;
    if (!let_in(forged, n, &got)) {
        tally->refused += !nothing;
        tally->void_refused += nothing;
    } else if (nothing && (flawed || same_meaning(&meant, &got))) {
        tally->void_let_in++;
    } else if (tally->violations++ < SHOWN_MAX) {
        show(what, number, genuine, genuine_n, forged, n);
    }
    arena_reset(arena, mark);
}

int main(int argc, char **argv)
{
    uint64_t tries = 20000, seed = 1, number = 0;
    struct tally tally = {0};
    bool counts = false, good;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--tries") == 0 && i + 1 < argc)
            tries = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            seed = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--port") == 0 && i + 1 < argc)
            port = (uint16_t)strtoul(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--counts") == 0)
            counts = true;
    }
    if (port != 0)
        forge_now_s = (uint64_t)time(NULL);
    auth_make();
    while (tally.tried < tries && number < 2 * tries + 1000) {
        one(number++, seed, &tally);
        forge_now_s += port != 0 ? (uint64_t)time(NULL) - forge_now_s : 0;
    }
    auth_destroy(auth);
    arena_destroy(arena);
    printf("%llu forged requests tried, %llu let in; %llu alterations that mean nothing: %llu let in, %llu refused\n",
        (unsigned long long)tally.tried, (unsigned long long)tally.violations,
        (unsigned long long)(tally.void_let_in + tally.void_refused), (unsigned long long)tally.void_let_in,
        (unsigned long long)tally.void_refused);
    if (counts)
        printf("{\"forged\": %llu, \"void\": %llu, \"violations\": %llu}\n", (unsigned long long)tally.tried,
            (unsigned long long)(tally.void_let_in + tally.void_refused),
            (unsigned long long)(tally.violations + tally.genuine_refused));
    good =
        tally.violations == 0 && tally.genuine_refused == 0 && tally.tried >= tries && tally.void_let_in > tries / 100;
    printf("%d passed, %d failed\n", good, !good);
    return !good;
}
