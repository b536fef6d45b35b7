/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Addresses are parted by commas. Each may say its own scheme; without one, an address of TCP has TLS when there is a
 * certificate. Metrics and the rest of what operators ask are served on --admin alone; when that is not given, on those
 * addresses that only this machine can reach.
 */
#include "server/listeners.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/sentence.h"
#include "os/socket.h"
#include "server/address.h"
#include "tls/tls.h"

#define ADDRESSES_MAX (HTTP_LISTENERS_MAX - 1) /* one is the control socket's (data_folder.h) */
#define CLEAR_WORD    "http://"
#define TLS_WORD      LISTENERS_TLS_WORD
#define UNIX_WORD     OS_SOCKET_UNIX_WORD

static bool begins(const char *text, const char *word)
{
    return strncmp(text, word, strlen(word)) == 0;
}

static bool is_of_this_machine(const char *address)
{
    return begins(address, UNIX_WORD) || address_is_loopback(address);
}

/* ---- TLS ---- */

static enum err tls_read(const struct options *options, struct listeners *ret, char **ret_reason)
{
    bool certificate = options->tls_certificate[0] != '\0', key = options->tls_key[0] != '\0';
    struct tls_options tls = {.certificate = options->tls_certificate,
        .key = options->tls_key,
        .client_ca = options->tls_client_ca[0] == '\0' ? NULL : options->tls_client_ca};

    if (certificate && key)
        return tls_context_create(&tls, &ret->tls, ret_reason);
    if (!certificate && !key && tls.client_ca == NULL)
        return OK;
    *ret_reason =
        sentence("TLS needs a certificate and its key: give both --tls-certificate and --tls-key; `stator cert` "
                 "makes a pair for a start.");
    return ERR_CONFIG;
}

/* ---- addresses ---- */

static enum err address_add(struct listeners *ret, char *text, bool operators, char **ret_reason)
{
    bool said_tls = begins(text, TLS_WORD), said_clear = begins(text, CLEAR_WORD);
    const char *address = text + (said_tls ? strlen(TLS_WORD) : said_clear ? strlen(CLEAR_WORD) : 0);

    if (ret->count == ADDRESSES_MAX) {
        *ret_reason = sentence("The server can listen on %d addresses at most.", ADDRESSES_MAX);
        return ERR_CONFIG;
    }
    if (said_tls && ret->tls == NULL) {
        *ret_reason =
            sentence("%s needs a certificate: give --tls-certificate and --tls-key; `stator cert` makes a pair "
                     "for a start.",
                text);
        return ERR_CONFIG;
    }
    ret->at[ret->count++] = (struct http_listener){.address = address,
        .tls = said_tls || (!said_clear && !begins(address, UNIX_WORD)) ? ret->tls : NULL,
        .operators = operators};
    return OK;
}

static enum err addresses_read(const struct options *options, struct listeners *ret, char **ret_reason)
{
    char *rest = ret->text, *text;

    while ((text = strsep(&rest, ",")) != NULL) {
        enum err err = address_add(ret, text, false, ret_reason);

        if (err)
            return err;
    }
    if (options->admin[0] != '\0')
        return address_add(ret, ret->text + strlen(options->listen) + 1, true, ret_reason);
    for (uint32_t i = 0; i < ret->count; i++)
        ret->at[i].operators = is_of_this_machine(ret->at[i].address);
    return OK;
}

/* ---- who may come ---- */

bool listeners_verify(const struct listeners *listeners, const struct options *options)
{
    if (options->auth == OPTION_AUTH_AUTO)
        return listeners->exposed && !options->insecure;
    return options->auth == OPTION_AUTH_SIGV4;
}

static enum err exposure_check(const struct options *options, const struct listeners *listeners, char **ret_reason)
{
    if (options->insecure)
        return OK;
    for (uint32_t i = 0; i < listeners->count; i++) {
        const struct http_listener *at = &listeners->at[i];

        if (is_of_this_machine(at->address))
            continue;
        if (at->tls == NULL) {
            *ret_reason = sentence("Other machines can reach %s, and nothing is encrypted. Give --tls-certificate and "
                                   "--tls-key (`stator cert` makes a pair for a start), listen on 127.0.0.1, or say "
                                   "--insecure if the network is trusted.",
                at->address);
            return ERR_CONFIG;
        }
        if (!listeners_verify(listeners, options)) {
            *ret_reason = sentence("Other machines can reach %s, and with --auth open anybody may do anything. Leave "
                                   "--auth out, listen on 127.0.0.1, or say --insecure if the network is trusted.",
                at->address);
            return ERR_CONFIG;
        }
    }
    return OK;
}

/* ---- all of it ---- */

enum err listeners_read(const struct options *options, struct listeners *ret, char **ret_reason)
{
    size_t listen_bytes = strlen(options->listen) + 1, admin_bytes = strlen(options->admin) + 1;
    enum err err;

    *ret = (struct listeners){.text = malloc(listen_bytes + admin_bytes)};
    ASSERT(ret->text != NULL);
    memcpy(ret->text, options->listen, listen_bytes);
    memcpy(ret->text + listen_bytes, options->admin, admin_bytes);
    err = tls_read(options, ret, ret_reason);
    if (err == OK)
        err = addresses_read(options, ret, ret_reason);
    for (uint32_t i = 0; i < ret->count; i++)
        ret->exposed |= !is_of_this_machine(ret->at[i].address);
    return err ? err : exposure_check(options, ret, ret_reason);
}

void listeners_free(struct listeners *listeners)
{
    tls_context_destroy(listeners->tls);
    free(listeners->text);
    *listeners = (struct listeners){0};
}

static void dialed(const char *address, uint16_t port, char *ret, size_t bytes_max)
{
    if (begins(address, UNIX_WORD))
        (void)snprintf(ret, bytes_max, "%s", address);
    else
        address_dialed(address, port, ret, bytes_max);
}

void listeners_print(const struct listeners *listeners, const struct http_server *http, char ret[LISTENERS_TEXT_BYTES])
{
    char text[300];
    size_t n = 0;

    for (uint32_t i = 0; i < listeners->count; i++) {
        dialed(listeners->at[i].address, http_port(http, i), text, sizeof(text));
        n += (size_t)snprintf(ret + n, LISTENERS_TEXT_BYTES - n, "%s%s%s", i == 0 ? "" : ",",
            listeners->at[i].tls == NULL ? "" : TLS_WORD, text);
    }
}

void listeners_first(const struct listeners *listeners, uint16_t port, char *ret, size_t bytes_max)
{
    const char *address = listeners->at[0].address;

    dialed(address, port == 0 ? address_port(address) : port, ret, bytes_max);
}
