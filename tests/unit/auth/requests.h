/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * Requests for the tests of auth/: built as http/ would hand them over, and signed by a client of our own that follows
 * the specification in its simplest words (whole strings, OpenSSL's HMAC), so that it shares nothing with the code it
 * tests.
 */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

#include "auth/auth.h"
#include "auth/auth_int.h"
#include "test.h"

#define KEY_ID "AKIAIOSFODNN7EXAMPLE"
#define SECRET "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

struct client {
    struct arena *arena;
    struct http_header headers[REQUEST_HEADERS_MAX + 1];
    struct http_request request;
};

static void client_init(
    struct client *client, const char *method, const char *path, const char *query, const char *body)
{
    *client = (struct client){.arena = arena_create(64 << 10)};
    client->request = (struct http_request){
        .method = strcmp(method, "GET") == 0 ? HTTP_GET : HTTP_POST,
        .method_text = slice_from_cstr(method),
        .path = slice_from_cstr(path),
        .query = slice_from_cstr(query),
        .headers = client->headers,
        .body = slice_from_cstr(body),
        .body_raw = slice_from_cstr(body),
        .arena = client->arena,
    };
    memset(client->request.request_id, 'R', sizeof(client->request.request_id));
}

static void client_fini(struct client *client)
{
    arena_destroy(client->arena);
}

/* Fills the fields of the hot path, as the parser does: the last header of a name counts. */
static void client_index(struct client *client)
{
    struct http_request *request = &client->request;
    struct {
        const char *name;
        struct slice *place;
    } hot[] = {{"host", &request->host}, {"content-type", &request->content_type}, {"x-amz-target", &request->target},
        {"authorization", &request->authorization}, {"x-amz-date", &request->amz_date},
        {"x-amz-security-token", &request->security_token}, {"origin", &request->origin}};

    for (size_t i = 0; i < sizeof(hot) / sizeof(hot[0]); i++) {
        *hot[i].place = SLICE_NULL;
        for (uint32_t j = 0; j < request->headers_count; j++) {
            if (auth__name_is(client->headers[j].name, slice_from_cstr(hot[i].name)))
                *hot[i].place = client->headers[j].value;
        }
    }
}

static void client_header(struct client *client, const char *name, const char *value)
{
    struct http_header *header = &client->headers[client->request.headers_count++];

    header->name = arena_dup(client->arena, slice_from_cstr(name));
    header->value = arena_dup(client->arena, slice_from_cstr(value));
    client_index(client);
}

static void hex_of(const uint8_t *bytes, char *ret)
{
    for (int i = 0; i < 32; i++)
        sprintf(ret + 2 * i, "%02x", bytes[i]);
}

static void hmac(const void *key, size_t key_n, const char *text, uint8_t ret[32])
{
    uint8_t digest[32];
    unsigned int n = 32;

    HMAC(EVP_sha256(), key, (int)key_n, (const uint8_t *)text, strlen(text), digest, &n);
    memcpy(ret, digest, 32);
}

/* Signs a POST to "/" without a query. The headers must have been added in the order of their names, in lower case. */
static void client_sign(struct client *client, const char *secret, const char *key_id, const char *date,
    const char *region, const char *service)
{
    static char text[70000], names[8192], to_sign[1024], authorization[16384];
    uint8_t digest[32];
    char day[9] = {0}, hex[65], seed[256];

    memcpy(day, date, 8);
    SHA256(client->request.body_raw.p, client->request.body_raw.n, digest);
    hex_of(digest, hex);
    names[0] = 0;
    strcpy(text, "POST\n/\n\n");
    for (uint32_t i = 0; i < client->request.headers_count; i++) {
        struct http_header *header = &client->headers[i];

        sprintf(text + strlen(text), "%.*s:%.*s\n", SLICE_ARG(header->name), SLICE_ARG(header->value));
        sprintf(names + strlen(names), "%s%.*s", i == 0 ? "" : ";", SLICE_ARG(header->name));
    }
    sprintf(text + strlen(text), "\n%s\n%s", names, hex);
    SHA256((const uint8_t *)text, strlen(text), digest);
    hex_of(digest, hex);
    sprintf(to_sign, "AWS4-HMAC-SHA256\n%s\n%s/%s/%s/aws4_request\n%s", date, day, region, service, hex);
    sprintf(seed, "AWS4%s", secret);
    hmac(seed, strlen(seed), day, digest);
    hmac(digest, 32, region, digest);
    hmac(digest, 32, service, digest);
    hmac(digest, 32, "aws4_request", digest);
    hmac(digest, 32, to_sign, digest);
    hex_of(digest, hex);
    sprintf(authorization, "AWS4-HMAC-SHA256 Credential=%s/%s/%s/%s/aws4_request, SignedHeaders=%s, Signature=%s",
        key_id, day, region, service, names, hex);
    client_header(client, "Authorization", authorization);
}

/* A GetItem as SDKs send it, signed at `date`. */
static void client_get_item(struct client *client, const char *date)
{
    client_init(client, "POST", "/", "", "{\"TableName\":\"Music\",\"Key\":{\"Artist\":{\"S\":\"No One\"}}}");
    client_header(client, "amz-sdk-invocation-id", "7bd0c2a8-3c5c-4e0a-a3a3-7a4a3e6ad9a3");
    client_header(client, "content-type", "application/x-amz-json-1.0");
    client_header(client, "host", "localhost:8000");
    client_header(client, "x-amz-date", date);
    client_header(client, "x-amz-target", "DynamoDB_20120810.GetItem");
    client_sign(client, SECRET, KEY_ID, date, "eu-central-1", "dynamodb");
}

static struct auth *auth_of(enum auth_mode mode)
{
    struct auth_options options = {.mode = mode};
    struct auth *auth;
    char *reason = NULL;

    setenv("STATOR_ACCESS_KEY_ID", KEY_ID, 1);
    setenv("STATOR_SECRET_ACCESS_KEY", SECRET, 1);
    if (auth_create(&options, &auth, &reason) != OK)
        abort();
    return auth;
}

static uint64_t ms_of(const char *date)
{
    uint64_t s = 0;

    if (!auth__date_parse(slice_from_cstr(date), &s))
        abort();
    return s * 1000;
}

/* The check's answer; the fault's message is empty when accepted. */
static enum err check_at(struct auth *auth, struct client *client, const char *service, const char *now,
    struct fault *ret_fault, struct identity *ret)
{
    *ret_fault = (struct fault){.arena = client->arena, .message = SLICE_LIT("")};
    return auth_check(auth, &client->request, service, ms_of(now), ret, ret_fault);
}
