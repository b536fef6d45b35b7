/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>

#include "os/file_mark.h"
#include "tls/tls.h"

#define TLS_FILES 3 /* certificate, key, authorities */

struct tls_context {
    struct tls_options options; /* texts owned */
    struct file_mark seen[TLS_FILES];
    pthread_mutex_t mutex; /* guards ctx */
    SSL_CTX *ctx;
    _Atomic uint64_t handshakes, resumed, failed;
};

/* Of the present SSL_CTX; NULL: no memory. */
SSL *tls__ssl_new(struct tls_context *context);
