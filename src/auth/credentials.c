/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The root's key pair, read once at the start, from a file
 *
 *      # the one who may do everything
 *      access_key_id = AKIAIOSFODNN7EXAMPLE
 *      secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
 *
 * that its owner alone may read, or from STATOR_ACCESS_KEY_ID and STATOR_SECRET_ACCESS_KEY. Each thing that can be
 * wrong has a sentence that names the file and the line and says what to do; no sentence shows a secret.
 */
#include "auth/auth_int.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/sentence.h"

struct key_pair {
    struct slice access_key, secret;
};

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static struct slice trimmed(struct slice s)
{
    while (s.n > 0 && is_blank(s.p[0]))
        s = slice_of(s.p + 1, s.n - 1);
    while (s.n > 0 && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* Printable, and none of the bytes that part a credential in a request. */
static bool is_key_text(struct slice s, size_t min, size_t max, const char *forbidden)
{
    if (s.n < min || s.n > max)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] <= ' ' || s.p[i] >= 0x7f || strchr(forbidden, s.p[i]) != NULL)
            return false;
    }
    return true;
}

static enum err pair_check(const struct key_pair *pair, const char *source, char **ret_reason)
{
    if (pair->access_key.p == NULL || pair->secret.p == NULL) {
        *ret_reason = sentence("%s gives no %s: both are needed.", source,
            pair->access_key.p == NULL ? "access key id" : "secret access key");
        return ERR_CONFIG;
    }
    if (!is_key_text(pair->access_key, 1, AUTH_ACCESS_KEY_BYTES_MAX, "/,=")) {
        *ret_reason = sentence("The access key id in %s must be 1 to %d printable characters without '/', ',' "
                               "and '=', such as AKIA and 16 capital letters or digits.",
            source, AUTH_ACCESS_KEY_BYTES_MAX);
        return ERR_CONFIG;
    }
    if (!is_key_text(pair->secret, AUTH_SECRET_BYTES_MIN, AUTH_SECRET_BYTES_MAX, "")) {
        *ret_reason = sentence("The secret access key in %s must be %d to %d printable characters without "
                               "blanks. `openssl rand -base64 30` makes a good one.",
            source, AUTH_SECRET_BYTES_MIN, AUTH_SECRET_BYTES_MAX);
        return ERR_CONFIG;
    }
    return OK;
}

/* One line of the file, without its end. */
static enum err line_read(
    struct slice line, uint32_t number, const char *path, struct key_pair *pair, char **ret_reason)
{
    const uint8_t *equals;
    struct slice name, value;

    line = trimmed(line);
    if (line.n == 0 || line.p[0] == '#')
        return OK;
    equals = memchr(line.p, '=', line.n);
    name = equals == NULL ? line : trimmed(slice_of(line.p, (size_t)(equals - line.p)));
    value = equals == NULL ? SLICE_NULL : trimmed(slice_of(equals + 1, (size_t)(line.p + line.n - equals - 1)));
    if (value.p != NULL && slice_is(name, "access_key_id")) {
        pair->access_key = value;
        return OK;
    }
    if (value.p != NULL && slice_is(name, "secret_access_key")) {
        pair->secret = value;
        return OK;
    }
    *ret_reason = sentence("Line %u of the credentials file %s is neither `access_key_id = ...` nor "
                           "`secret_access_key = ...`.",
        number, path);
    return ERR_CONFIG;
}

static enum err text_read(struct slice text, const char *path, struct key_pair *pair, char **ret_reason)
{
    enum err err;

    for (uint32_t number = 1; text.n != 0; number++) {
        const uint8_t *end = memchr(text.p, '\n', text.n);
        struct slice line = slice_of(text.p, end == NULL ? text.n : (size_t)(end - text.p));

        err = line_read(line, number, path, pair, ret_reason);
        if (err)
            return err;
        text = slice_of(text.p + line.n + (end != NULL), text.n - line.n - (end != NULL));
    }
    return OK;
}

/* The file's bytes; its rights are asked of the open descriptor, so that nobody can swap the file in between. */
static enum err file_read(const char *path, uint8_t *bytes, size_t *ret_n, char **ret_reason)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    ssize_t n;

    if (fd < 0) {
        *ret_reason = sentence("The credentials file %s cannot be opened: %s.", path, strerror(errno));
        return ERR_CONFIG;
    }
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) || (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        *ret_reason = sentence("The credentials file %s must be a file that its owner alone may read: run "
                               "`chmod 600 %s`.",
            path, path);
        (void)close(fd); /* only read */
        return ERR_CONFIG;
    }
    n = read(fd, bytes, AUTH_CREDENTIALS_BYTES_MAX + 1);
    (void)close(fd); /* only read */
    if (n < 0 || n > AUTH_CREDENTIALS_BYTES_MAX) {
        *ret_reason = sentence(
            "The credentials file %s cannot be read or is larger than %d bytes.", path, AUTH_CREDENTIALS_BYTES_MAX);
        return ERR_CONFIG;
    }
    *ret_n = (size_t)n;
    return OK;
}

static enum err from_file(const char *path, struct auth__credential *ret, char **ret_reason)
{
    uint8_t bytes[AUTH_CREDENTIALS_BYTES_MAX + 1];
    struct key_pair pair = {0};
    enum err err;
    size_t n = 0;

    err = file_read(path, bytes, &n, ret_reason);
    if (!err)
        err = text_read(slice_of(bytes, n), path, &pair, ret_reason);
    if (!err)
        err = pair_check(&pair, path, ret_reason);
    if (!err)
        auth__credential_init(ret, pair.access_key, pair.secret, 1);
    OPENSSL_cleanse(bytes, sizeof(bytes));
    return err;
}

static enum err from_environment(struct auth__credential *ret, char **ret_reason)
{
    const char *access_key = getenv("STATOR_ACCESS_KEY_ID"), *secret = getenv("STATOR_SECRET_ACCESS_KEY");
    struct key_pair pair = {0};
    enum err err;

    if (access_key == NULL || secret == NULL) {
        *ret_reason = sentence("Signatures are to be verified, but no key is known: name a file with "
                               "--credentials, or set STATOR_ACCESS_KEY_ID and STATOR_SECRET_ACCESS_KEY.");
        return ERR_CONFIG;
    }
    pair.access_key = slice_from_cstr(access_key);
    pair.secret = slice_from_cstr(secret);
    err = pair_check(&pair, "the environment", ret_reason);
    if (!err)
        auth__credential_init(ret, pair.access_key, pair.secret, 1);
    return err;
}

enum err auth__credentials_read(const char *path, struct auth__credential *ret, char **ret_reason)
{
    return path != NULL ? from_file(path, ret, ret_reason) : from_environment(ret, ret_reason);
}
