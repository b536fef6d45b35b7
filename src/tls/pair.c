/* SPDX-License-Identifier: Apache-2.0 */

/* A key and a certificate that it signs itself, for a start: who connects has to be told to trust it. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/sentence.h"
#include "tls/tls.h"

#define NAMES_MAX    64
#define NAMES_BYTES  8192
#define SERIAL_BYTES 16
#define DAY_S        86400
#define KEY_MODE     0600
#define PUBLIC_MODE  0644

/* "DNS:example.org,IP:127.0.0.1"; false: a name that is neither, or all too long. */
static bool names_write(const char *const *names, uint32_t count, char ret[NAMES_BYTES])
{
    size_t n = 0;
    struct in6_addr address;

    for (uint32_t i = 0; i < count; i++) {
        bool numeric = inet_pton(AF_INET, names[i], &address) == 1 || inet_pton(AF_INET6, names[i], &address) == 1;
        size_t bytes = strlen(names[i]);

        if (bytes == 0 || bytes > 253 ||
            (!numeric && strspn(names[i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRS"
                                          "TUVWXYZ0123456789.-_*") != bytes))
            return false;
        if (n + bytes + 6 > NAMES_BYTES)
            return false;
        n += (size_t)snprintf(ret + n, NAMES_BYTES - n, "%s%s:%s", i == 0 ? "" : ",", numeric ? "IP" : "DNS", names[i]);
    }
    return count != 0 && count <= NAMES_MAX;
}

static bool extension_add(X509 *certificate, int what, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *extension;
    bool done;

    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    extension = X509V3_EXT_conf_nid(NULL, &context, what, value);
    done = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return done;
}

static bool serial_set(X509 *certificate)
{
    unsigned char bytes[SERIAL_BYTES];
    BIGNUM *number = NULL;
    bool done = RAND_bytes(bytes, sizeof(bytes)) == 1;

    bytes[0] &= 0x7f; /* positive */
    if (done)
        number = BN_bin2bn(bytes, sizeof(bytes), NULL);
    done = number != NULL && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != NULL;
    BN_free(number);
    return done;
}

/* Signed; NULL: OpenSSL cannot. */
static X509 *certificate_make(EVP_PKEY *key, const char *first, const char *names, uint32_t days)
{
    X509 *certificate = X509_new();
    X509_NAME *subject = certificate == NULL ? NULL : X509_get_subject_name(certificate);

    if (subject != NULL && X509_set_version(certificate, X509_VERSION_3) == 1 && serial_set(certificate) &&
        X509_gmtime_adj(X509_getm_notBefore(certificate), -DAY_S) != NULL && /* clocks differ */
        X509_gmtime_adj(X509_getm_notAfter(certificate), (long)days * DAY_S) != NULL &&
        X509_set_pubkey(certificate, key) == 1 &&
        X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_ASC, (const unsigned char *)"Stator", -1, -1, 0) == 1 &&
        (strlen(first) > 64 ||
            X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)first, -1, -1, 0) == 1) &&
        X509_set_issuer_name(certificate, subject) == 1 &&
        extension_add(certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0") &&
        extension_add(certificate, NID_key_usage, "critical,digitalSignature,keyCertSign") &&
        extension_add(certificate, NID_ext_key_usage, "serverAuth,clientAuth") &&
        extension_add(certificate, NID_subject_key_identifier, "hash") &&
        extension_add(certificate, NID_subject_alt_name, names) && X509_sign(certificate, key, EVP_sha256()) != 0)
        return certificate;
    X509_free(certificate);
    return NULL;
}

/* A new file; nobody else's is overwritten. */
static FILE *file_new(const char *path, mode_t mode, char **ret_reason)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

    if (file == NULL)
        *ret_reason =
            sentence("The file %s cannot be made: %s. Name another place, or remove it first.", path, strerror(errno));
    return file;
}

/* Written out to the disk, or removed again. */
static bool file_end(FILE *file, const char *path, bool written)
{
    bool good = written && fflush(file) == 0 && fsync(fileno(file)) == 0;

    good = fclose(file) == 0 && good;
    if (!good)
        (void)unlink(path);
    return good;
}

static enum err pair_write(
    EVP_PKEY *key, X509 *certificate, const char *certificate_path, const char *key_path, char **ret_reason)
{
    FILE *file = file_new(key_path, KEY_MODE, ret_reason);
    const char *path = key_path;
    bool good;

    if (file == NULL)
        return ERR_IO;
    good = file_end(file, path, PEM_write_PKCS8PrivateKey(file, key, NULL, NULL, 0, NULL, NULL) == 1);
    if (good) {
        path = certificate_path;
        file = file_new(path, PUBLIC_MODE, ret_reason);
        if (file == NULL) {
            (void)unlink(key_path);
            return ERR_IO;
        }
        good = file_end(file, path, PEM_write_X509(file, certificate) == 1);
    }
    if (good)
        return OK;
    (void)unlink(key_path);
    *ret_reason = sentence("The file %s cannot be written: %s.", path, strerror(errno));
    return ERR_IO;
}

enum err tls_pair_make(const char *certificate, const char *key, const char *const *names, uint32_t names_count,
    uint32_t days, char **ret_reason)
{
    char text[NAMES_BYTES];
    EVP_PKEY *made;
    X509 *signed_by_it;
    enum err err;

    if (!names_write(names, names_count, text)) {
        *ret_reason = sentence("The names must be 1 to %d DNS names or addresses.", NAMES_MAX);
        return ERR_CONFIG;
    }
    made = EVP_EC_gen("P-256");
    signed_by_it = made == NULL ? NULL : certificate_make(made, names[0], text, days);
    if (signed_by_it == NULL) {
        *ret_reason = sentence("OpenSSL cannot make a certificate: %s.", ERR_reason_error_string(ERR_peek_error()));
        err = ERR_IO;
    } else {
        err = pair_write(made, signed_by_it, certificate, key, ret_reason);
    }
    ERR_clear_error();
    X509_free(signed_by_it);
    EVP_PKEY_free(made);
    return err;
}
