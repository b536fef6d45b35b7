/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What listeners share. The certificate and all settings are an SSL_CTX, which is replaced as a whole when the files
 * are read anew: streams keep the one they began with. The keys of session tickets go from one to the next, so that a
 * new certificate does not cost a full handshake with every client.
 */
#include <errno.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/assert.h"
#include "base/sentence.h"
#include "tls/tls_int.h"

#define TICKET_KEYS_BYTES_MAX 128

static const unsigned char http_1_1[] = "\x08http/1.1";

/* ---- files ---- */

static void look(const struct tls_options *options, struct file_mark ret[TLS_FILES])
{
    ret[0] = file_mark_of(options->certificate);
    ret[1] = file_mark_of(options->key);
    ret[2] = file_mark_of(options->client_ca);
}

bool tls_context_is_stale(struct tls_context *context)
{
    struct file_mark now[TLS_FILES];

    look(&context->options, now);
    for (uint32_t i = 0; i < TLS_FILES; i++) {
        if (!file_mark_equal(&now[i], &context->seen[i]))
            return true;
    }
    return false;
}

/* ---- reasons ---- */

/* The first thing OpenSSL complained about, in its words. */
static const char *complaint(void)
{
    unsigned long code = ERR_peek_error();
    const char *text = ERR_SYSTEM_ERROR(code) ? strerror(ERR_GET_REASON(code)) : ERR_reason_error_string(code);

    return code == 0 || text == NULL ? "it has no such thing in it" : text;
}

static enum err refuse(char **ret_reason, const char *what, const char *path, const char *todo)
{
    *ret_reason = sentence("The %s %s cannot be used: %s. %s", what, path, complaint(), todo);
    ERR_clear_error();
    return ERR_CONFIG;
}

/* ---- an SSL_CTX ---- */

/* Of the protocols the client names we speak one; a client that names none gets it anyway. */
static int choose_protocol(SSL *ssl, const unsigned char **ret, unsigned char *ret_n, const unsigned char *offered,
    unsigned offered_n, void *context)
{
    unsigned char *chosen;

    (void)ssl;
    (void)context;
    if (SSL_select_next_proto(&chosen, ret_n, http_1_1, sizeof(http_1_1) - 1, offered, offered_n) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *ret = chosen;
    return SSL_TLSEXT_ERR_OK;
}

static int no_passphrase(char *to, int bytes, int writing, void *context)
{
    (void)to;
    (void)bytes;
    (void)writing;
    (void)context;
    return -1; /* nobody is there to be asked */
}

static void set(SSL_CTX *ctx)
{
    static const unsigned char sessions_of[] = "stator";
    long done = SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION);

    ASSERT(done == 1);
    (void)SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION |
                                       SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_PRIORITIZE_CHACHA);
    (void)SSL_CTX_set_mode(
        ctx, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    (void)SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF); /* tickets: the client keeps its session */
    (void)SSL_CTX_set_num_tickets(ctx, 1);
    done = SSL_CTX_set_session_id_context(ctx, sessions_of, sizeof(sessions_of) - 1);
    ASSERT(done == 1);
    SSL_CTX_set_alpn_select_cb(ctx, choose_protocol, NULL);
    SSL_CTX_set_default_passwd_cb(ctx, no_passphrase);
    SSL_CTX_set_read_ahead(ctx, 1); /* record and its head in one read */
}

static enum err files_use(SSL_CTX *ctx, const struct tls_options *o, char **ret_reason)
{
    ERR_clear_error();
    if (SSL_CTX_use_certificate_chain_file(ctx, o->certificate) != 1)
        return refuse(ret_reason, "certificate", o->certificate,
            "Name a PEM file with --tls-certificate; `stator cert` makes one for a start.");
    if (SSL_CTX_use_PrivateKey_file(ctx, o->key, SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(ctx) != 1)
        return refuse(ret_reason, "private key", o->key,
            "Name the PEM file that belongs to the certificate with --tls-key, without a passphrase.");
    if (o->client_ca == NULL)
        return OK;
    if (SSL_CTX_load_verify_file(ctx, o->client_ca) != 1)
        return refuse(ret_reason, "list of authorities", o->client_ca,
            "Name a PEM file with --tls-client-ca, or leave it out: then clients need no certificate.");
    SSL_CTX_set_client_CA_list(ctx, SSL_load_client_CA_file(o->client_ca));
    SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    return OK;
}

static void tickets_take(SSL_CTX *to, SSL_CTX *from)
{
    unsigned char keys[TICKET_KEYS_BYTES_MAX];
    long n = SSL_CTX_set_tlsext_ticket_keys(to, NULL, 0); /* asks how many bytes they are */

    if (n <= 0 || n > (long)sizeof(keys))
        return; /* clients shake hands in full */
    if (SSL_CTX_get_tlsext_ticket_keys(from, keys, n) == 1)
        (void)SSL_CTX_set_tlsext_ticket_keys(to, keys, n);
    OPENSSL_cleanse(keys, sizeof(keys));
}

/* ---- contexts ---- */

enum err tls_context_reload(struct tls_context *context, char **ret_reason)
{
    struct file_mark seen[TLS_FILES];
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method()), *was;
    enum err err;

    ASSERT(ctx != NULL);
    set(ctx);
    look(&context->options, seen); /* before: what changes while it is read is looked at again */
    err = files_use(ctx, &context->options, ret_reason);
    memcpy(context->seen, seen, sizeof(seen)); /* what is wrong now is told once */
    if (err) {
        SSL_CTX_free(ctx);
        return err;
    }
    pthread_mutex_lock(&context->mutex);
    was = context->ctx;
    if (was != NULL)
        tickets_take(ctx, was);
    context->ctx = ctx;
    pthread_mutex_unlock(&context->mutex);
    SSL_CTX_free(was);
    return OK;
}

static char *copy(const char *text)
{
    char *copied = text == NULL ? NULL : strdup(text);

    ASSERT(text == NULL || copied != NULL);
    return copied;
}

enum err tls_context_create(const struct tls_options *options, struct tls_context **ret, char **ret_reason)
{
    struct tls_context *context = calloc(1, sizeof(*context));
    enum err err;

    ASSERT(context != NULL);
    pthread_mutex_init(&context->mutex, NULL);
    context->options.certificate = copy(options->certificate);
    context->options.key = copy(options->key);
    context->options.client_ca = copy(options->client_ca);
    err = tls_context_reload(context, ret_reason);
    if (err) {
        tls_context_destroy(context);
        return err;
    }
    *ret = context;
    return OK;
}

void tls_context_destroy(struct tls_context *context)
{
    if (context == NULL)
        return;
    SSL_CTX_free(context->ctx);
    free((void *)(uintptr_t)context->options.certificate);
    free((void *)(uintptr_t)context->options.key);
    free((void *)(uintptr_t)context->options.client_ca);
    pthread_mutex_destroy(&context->mutex);
    free(context);
}

static int64_t expires_s(const X509 *certificate)
{
    struct tm tm;

    if (certificate == NULL || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &tm) != 1)
        return 0;
    return (int64_t)timegm(&tm);
}

void tls_context_figures(struct tls_context *context, struct tls_figures *ret)
{
    *ret = (struct tls_figures){.handshakes = atomic_load_explicit(&context->handshakes, memory_order_relaxed),
        .resumed = atomic_load_explicit(&context->resumed, memory_order_relaxed),
        .failed = atomic_load_explicit(&context->failed, memory_order_relaxed)};
    pthread_mutex_lock(&context->mutex);
    ret->expires_s = expires_s(SSL_CTX_get0_certificate(context->ctx));
    pthread_mutex_unlock(&context->mutex);
}

SSL *tls__ssl_new(struct tls_context *context)
{
    SSL *ssl;

    pthread_mutex_lock(&context->mutex);
    ssl = SSL_new(context->ctx); /* holds on to it */
    pthread_mutex_unlock(&context->mutex);
    return ssl;
}
