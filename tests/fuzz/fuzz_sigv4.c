/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Any bytes as a request whose credentials are checked:
 *
 *      POST /path?query        first line
 *      name: value             headers
 *                              (an empty line)
 *      body
 *
 * A fuzzer never guesses a signature, so it is given one: the request is signed, as it stands, with the real key, and
 * checked again. Then what must hold is: whatever is accepted has its host, target and every x-amz-* header signed, is
 * scoped to this service and day and was made within the window; and no byte of its body can change. Refusals are
 * printable text.
 */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "auth/auth.h"
#include "auth/auth_int.h"
#include "auth/sts.h"

#define KEY_ID "AKIAIOSFODNN7EXAMPLE"
#define SECRET "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
#define NOW_S  1767323045u /* 20260102T030405Z */

struct input {
    struct arena *arena;
    struct http_header headers[REQUEST_HEADERS_MAX];
    struct http_request request;
};

static struct auth *open_auth, *sigv4_auth;
static struct auth__credential root;

static void auths_make(void)
{
    struct auth_options options = {.mode = AUTH_OPEN};
    char *reason = NULL;

    if (open_auth != NULL)
        return;
    (void)setenv("STATOR_ACCESS_KEY_ID", KEY_ID, 1);
    (void)setenv("STATOR_SECRET_ACCESS_KEY", SECRET, 1);
    ASSERT(auth_create(&options, &open_auth, &reason) == OK);
    options.mode = AUTH_SIGV4;
    ASSERT(auth_create(&options, &sigv4_auth, &reason) == OK);
    auth__credential_init(&root, SLICE_LIT(KEY_ID), SLICE_LIT(SECRET), 1);
}

/* ---- the request ---- */

static struct slice cut(struct slice *rest, uint8_t end)
{
    const uint8_t *at = rest->n == 0 ? NULL : memchr(rest->p, end, rest->n);
    struct slice part = slice_of(rest->p, at == NULL ? rest->n : (size_t)(at - rest->p));

    *rest = slice_of(rest->p + part.n + (at != NULL), rest->n - part.n - (at != NULL));
    return part;
}

static struct slice trimmed(struct slice s)
{
    while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = slice_of(s.p + 1, s.n - 1);
    while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* As the parser of http/ does: the first of several. */
static void index_header(struct http_request *request, const struct http_header *header)
{
    struct {
        struct slice name;
        struct slice *place;
    } hot[] = {{SLICE_LIT("host"), &request->host}, {SLICE_LIT("content-type"), &request->content_type},
        {SLICE_LIT("x-amz-target"), &request->target}, {SLICE_LIT("authorization"), &request->authorization},
        {SLICE_LIT("x-amz-date"), &request->amz_date}, {SLICE_LIT("x-amz-security-token"), &request->security_token}};

    for (size_t i = 0; i < sizeof(hot) / sizeof(hot[0]); i++) {
        if (hot[i].place->p == NULL && auth__name_is(header->name, hot[i].name))
            *hot[i].place = header->value;
    }
}

static void request_read(struct input *input, struct slice text)
{
    struct http_request *request = &input->request;
    struct slice line = cut(&text, '\n');

    request->arena = input->arena;
    request->headers = input->headers;
    request->method_text = cut(&line, ' ');
    request->method = slice_is(request->method_text, "GET") ? HTTP_GET : HTTP_POST;
    request->path = cut(&line, '?');
    request->query = line;
    memset(request->request_id, 'R', sizeof(request->request_id));
    while (text.n != 0 && request->headers_count < REQUEST_HEADERS_MAX) {
        struct http_header *header = &input->headers[request->headers_count];

        line = cut(&text, '\n');
        if (line.n == 0)
            break;
        header->name = cut(&line, ':');
        header->value = trimmed(line);
        index_header(request, header);
        request->headers_count++;
    }
    request->body = request->body_raw = text;
}

/* ---- what must hold ---- */

static enum err check(struct input *input, struct auth *auth)
{
    struct fault fault = {.arena = input->arena};
    struct identity identity;
    enum err err = auth_check(auth, &input->request, "dynamodb", NOW_S * 1000ull, &identity, &fault);

    for (size_t i = 0; err != OK && i < fault.message.n; i++)
        ASSERT(fault.message.p[i] >= 0x20 && fault.message.p[i] < 0x7f);
    if (err == OK)
        ASSERT(identity.region.n > 0 && identity.region.n <= AUTH_REGION_BYTES_MAX);
    return err;
}

static bool listed(struct slice list, struct slice name)
{
    while (list.n != 0) {
        if (auth__name_is(name, cut(&list, ';')))
            return true;
    }
    return false;
}

static void accepted_check(const struct input *input, const struct auth__claim *claim)
{
    uint64_t from = claim->time_s - AUTH_SKEW_S;
    uint64_t to = claim->time_s + (claim->expires_s != 0 ? claim->expires_s : AUTH_SKEW_S);

    ASSERT(listed(claim->signed_headers, SLICE_LIT("Host")));
    for (uint32_t i = 0; i < input->request.headers_count; i++) {
        struct slice name = input->headers[i].name;

        if (name.n > 6 && strncasecmp((const char *)name.p, "x-amz-", 6) == 0 &&
            !auth__name_is(name, SLICE_LIT("x-amz-user-agent")))
            ASSERT(listed(claim->signed_headers, name));
    }
    ASSERT(slice_is(claim->access_key, KEY_ID) && slice_is(claim->service, "dynamodb"));
    ASSERT(slice_is(claim->terminator, "aws4_request") && memcmp(claim->date.p, claim->time.p, 8) == 0);
    ASSERT(claim->token.p == NULL);
    ASSERT(from <= NOW_S && NOW_S <= to);
}

/* The signature that the real key makes of the request as it stands. */
static void sign(struct input *input, const struct auth__claim *claim, char ret[64])
{
    struct auth__digest digest = auth__sha256(input->request.body_raw);
    struct auth__mac_key key;
    struct auth__cover cover;
    struct buf text;
    char hex[64];

    (void)auth__cover_read(&input->request, claim->signed_headers, &cover);
    digest = auth__canonical_hash(&input->request, claim, &cover, &digest);
    auth__digest_hex(&digest, hex);
    buf_init(&text, input->arena, 1 << 20);
    buf_printf(&text, "AWS4-HMAC-SHA256\n%.*s\n%.*s\n%.64s", SLICE_ARG(claim->time), SLICE_ARG(claim->scope), hex);
    auth__key_derive(&root, claim->date, claim->region, claim->service, &key);
    digest = auth__mac(&key, buf_view(&text));
    auth__digest_hex(&digest, ret);
}

/* Puts the signature where the request has one of the same length. */
static bool signature_replace(const struct auth__claim *claim, const char hex[64])
{
    if (claim->signature.n != 64)
        return false;
    memcpy((uint8_t *)(uintptr_t)claim->signature.p, hex, 64); /* the input is a copy of ours */
    return true;
}

static void sign_and_check(struct input *input)
{
    struct fault fault = {.arena = input->arena};
    struct auth__claim claim;
    char hex[64];

    if (auth__claim_read(&input->request, &claim, &fault) != OK)
        return;
    sign(input, &claim, hex);
    if (!signature_replace(&claim, hex) || check(input, sigv4_auth) != OK)
        return;
    accepted_check(input, &claim);
    input->request.body_raw = slice_of("forged", 6);
    ASSERT(check(input, sigv4_auth) == ERR_FAULT);
}

void fuzz_one(struct arena *arena, struct slice input)
{
    struct input in = {.arena = arena};
    struct http_response response = {.status = 200};

    if (input.n > REQUEST_HEAD_BYTES_MAX)
        input.n = REQUEST_HEAD_BYTES_MAX; /* more never comes so far */
    auths_make();
    request_read(&in, arena_dup(arena, input));
    (void)check(&in, open_auth);
    ASSERT(check(&in, sigv4_auth) ==
           ERR_FAULT); /* but for the files of the corpus nobody knows a signature, and those have none */
    buf_init(&response.body, arena, 1 << 20);
    if (sts_handles(&in.request))
        sts_respond(open_auth, &in.request, NOW_S * 1000ull, &response);
    sign_and_check(&in);
}
