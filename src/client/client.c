/* SPDX-License-Identifier: Apache-2.0 */

/*
 * libcurl is loaded by name when the first client is made: a server needs none, starts sooner and has less to keep up
 * to date without it.
 */
#include "client/client.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/sentence.h"

#define LIBRARY         "libcurl.so.4"
#define UNIX_WORD       "unix:"
#define TIMEOUT_S       60
#define CONNECT_TIMEOUT 10
#define URL_BYTES_MAX   1024

/* The macros of curl.h that check types stand in the way of calls by pointer. */
#undef curl_easy_setopt
#undef curl_easy_getinfo

static struct {
    CURLcode (*global_init)(long flags);
    CURL *(*easy_init)(void);
    CURLcode (*easy_setopt)(CURL *handle, CURLoption option, ...);
    CURLcode (*easy_perform)(CURL *handle);
    CURLcode (*easy_getinfo)(CURL *handle, CURLINFO info, ...);
    void (*easy_cleanup)(CURL *handle);
    const char *(*easy_strerror)(CURLcode code);
    struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
    void (*slist_free_all)(struct curl_slist *list);
    bool loaded;
} lib;

struct client {
    CURL *handle;
    char base[URL_BYTES_MAX]; /* http://host:port */
    char error[CURL_ERROR_SIZE];
};

/* ---- the library ---- */

static void lib_load(void)
{
    static const struct {
        const char *name;
        void *place;
    } functions[] = {
        {"curl_global_init", &lib.global_init},
        {"curl_easy_init", &lib.easy_init},
        {"curl_easy_setopt", &lib.easy_setopt},
        {"curl_easy_perform", &lib.easy_perform},
        {"curl_easy_getinfo", &lib.easy_getinfo},
        {"curl_easy_cleanup", &lib.easy_cleanup},
        {"curl_easy_strerror", &lib.easy_strerror},
        {"curl_slist_append", &lib.slist_append},
        {"curl_slist_free_all", &lib.slist_free_all},
    };
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);

    if (library == NULL)
        return;
    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
        void *function = dlsym(library, functions[i].name);

        if (function == NULL)
            return;
        memcpy(functions[i].place, &function, sizeof(function));
    }
    lib.loaded = lib.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static bool lib_ready(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, lib_load);
    return lib.loaded;
}

/* ---- one request ---- */

static size_t take(char *bytes, size_t size, size_t count, void *context)
{
    struct buf *reply = context;

    buf_append(reply, bytes, size * count);
    return reply->failed ? 0 : size * count; /* too long: the request fails */
}

static enum err perform(struct client *client, struct buf *reply, long *ret_status, char **ret_reason)
{
    CURLcode code;

    (void)lib.easy_setopt(client->handle, CURLOPT_WRITEDATA, reply);
    client->error[0] = '\0';
    code = lib.easy_perform(client->handle);
    if (code != CURLE_OK) {
        *ret_reason = sentence("%s does not answer: %s.", client->base,
            client->error[0] != '\0' ? client->error : lib.easy_strerror(code));
        return ERR_IO;
    }
    (void)lib.easy_getinfo(client->handle, CURLINFO_RESPONSE_CODE, ret_status);
    return OK;
}

enum err client_get(struct client *client, const char *path, struct buf *reply, long *ret_status, char **ret_reason)
{
    char url[2 * URL_BYTES_MAX];

    (void)snprintf(url, sizeof(url), "%s%s", client->base, path);
    (void)lib.easy_setopt(client->handle, CURLOPT_URL, url);
    (void)lib.easy_setopt(client->handle, CURLOPT_HTTPGET, 1L);
    return perform(client, reply, ret_status, ret_reason);
}

enum err client_post(
    struct client *client, const char *path, struct slice body, struct buf *reply, long *ret_status, char **ret_reason)
{
    struct curl_slist *headers = lib.slist_append(NULL, "Content-Type: application/json");
    char url[2 * URL_BYTES_MAX];
    enum err err;

    headers = lib.slist_append(headers, "Expect:"); /* no asking before long bodies */
    ASSERT(headers != NULL);
    (void)snprintf(url, sizeof(url), "%s%s", client->base, path);
    (void)lib.easy_setopt(client->handle, CURLOPT_URL, url);
    (void)lib.easy_setopt(client->handle, CURLOPT_POST, 1L);
    (void)lib.easy_setopt(client->handle, CURLOPT_HTTPHEADER, headers);
    (void)lib.easy_setopt(client->handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.n);
    (void)lib.easy_setopt(client->handle, CURLOPT_POSTFIELDS, (const char *)body.p);
    err = perform(client, reply, ret_status, ret_reason);
    (void)lib.easy_setopt(client->handle, CURLOPT_HTTPHEADER, NULL);
    lib.slist_free_all(headers);
    return err;
}

/* ---- clients ---- */

static bool starts_with(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

static void set(struct client *client, const struct client_options *options)
{
    CURL *handle = client->handle;
    long timeout_s = options->timeout_s == 0 ? TIMEOUT_S : (long)options->timeout_s;

    (void)lib.easy_setopt(handle, CURLOPT_NOSIGNAL, 1L); /* threads */
    (void)lib.easy_setopt(handle, CURLOPT_ERRORBUFFER, client->error);
    (void)lib.easy_setopt(handle, CURLOPT_TIMEOUT, timeout_s);
    (void)lib.easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT);
    (void)lib.easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
    (void)lib.easy_setopt(handle, CURLOPT_PROXY, ""); /* a database is not behind one */
    (void)lib.easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)lib.easy_setopt(handle, CURLOPT_TCP_NODELAY, 1L);
    if (options->ca_file != NULL)
        (void)lib.easy_setopt(handle, CURLOPT_CAINFO, options->ca_file);
    if (starts_with(options->url, UNIX_WORD)) {
        (void)lib.easy_setopt(handle, CURLOPT_UNIX_SOCKET_PATH, options->url + strlen(UNIX_WORD));
        (void)snprintf(client->base, sizeof(client->base), "http://localhost");
    } else {
        (void)snprintf(client->base, sizeof(client->base), "%s", options->url);
    }
    for (size_t n = strlen(client->base); n > 0 && client->base[n - 1] == '/'; n--)
        client->base[n - 1] = '\0';
}

enum err client_create(const struct client_options *options, struct client **ret, char **ret_reason)
{
    bool known = starts_with(options->url, "http://") || starts_with(options->url, "https://") ||
                 starts_with(options->url, UNIX_WORD);
    struct client *client;

    if (!known || strlen(options->url) >= URL_BYTES_MAX) {
        *ret_reason =
            sentence("'%.100s' is not the URL of a server, such as http://127.0.0.1:8000 or unix:/run/stator.sock.",
                options->url);
        return ERR_CONFIG;
    }
    if (!lib_ready()) {
        *ret_reason = sentence("This command needs " LIBRARY ", which is not here: install libcurl4.");
        return ERR_CONFIG;
    }
    client = calloc(1, sizeof(*client));
    ASSERT(client != NULL);
    client->handle = lib.easy_init();
    ASSERT(client->handle != NULL);
    set(client, options);
    *ret = client;
    return OK;
}

void client_destroy(struct client *client)
{
    if (client == NULL)
        return;
    lib.easy_cleanup(client->handle);
    free(client);
}
