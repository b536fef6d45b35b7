/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The key pairs: of the root first, then of users by name, from a file that its owner alone may read
 *
 *      # the one who may do everything
 *      access_key_id = AKIAIOSFODNN7EXAMPLE
 *      secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
 *
 *      [reports]
 *      access_key_id = AKIAI44QH8DHBEXAMPLE
 *      secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY
 *      read_only = true
 *
 * or the root's from STATOR_ACCESS_KEY_ID and STATOR_SECRET_ACCESS_KEY. Each thing that can be wrong has a sentence
 * that names the file and the line and says what to do; no sentence shows a secret.
 */
#include "auth/auth_int.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/sentence.h"

/* A section of the file. */
struct entry {
    uint32_t line;     /* where it begins */
    struct slice name; /* n == 0: the root */
    struct slice access_key, secret;
    bool read_only;
};

struct entries {
    uint32_t count;
    struct entry at[AUTH_USERS_MAX];
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

static enum err entry_check(const struct entry *entry, const char *source, char **ret_reason)
{
    if (entry->access_key.p == NULL || entry->secret.p == NULL) {
        *ret_reason = sentence("%s gives no %s: both are needed.", source,
            entry->access_key.p == NULL ? "access key id" : "secret access key");
        return ERR_CONFIG;
    }
    if (!is_key_text(entry->access_key, 1, AUTH_ACCESS_KEY_BYTES_MAX, "/,=")) {
        *ret_reason = sentence("The access key id in %s must be 1 to %d printable characters without '/', ',' "
                               "and '=', such as AKIA and 16 capital letters or digits.",
            source, AUTH_ACCESS_KEY_BYTES_MAX);
        return ERR_CONFIG;
    }
    if (!is_key_text(entry->secret, AUTH_SECRET_BYTES_MIN, AUTH_SECRET_BYTES_MAX, "")) {
        *ret_reason = sentence("The secret access key in %s must be %d to %d printable characters without "
                               "blanks. `openssl rand -base64 30` makes a good one.",
            source, AUTH_SECRET_BYTES_MIN, AUTH_SECRET_BYTES_MAX);
        return ERR_CONFIG;
    }
    return OK;
}

/* "[name]", the blanks of the line gone. */
static bool section_read(struct slice line, struct slice *ret_name)
{
    struct slice name = line.n < 2 ? SLICE_NULL : slice_of(line.p + 1, line.n - 2);

    if (name.n == 0 || name.n > AUTH_NAME_BYTES_MAX || line.p[line.n - 1] != ']')
        return false;
    for (size_t i = 0; i < name.n; i++) { /* the characters of a user's name in IAM */
        uint8_t c = name.p[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            (c == '\0' || strchr("_+=,.@-", c) == NULL))
            return false;
    }
    *ret_name = name;
    return true;
}

static bool setting_read(struct slice name, struct slice value, struct entry *entry)
{
    if (slice_is(name, "access_key_id"))
        entry->access_key = value;
    else if (slice_is(name, "secret_access_key"))
        entry->secret = value;
    else if (slice_is(name, "read_only") && (slice_is(value, "true") || slice_is(value, "false")))
        entry->read_only = slice_is(value, "true");
    else
        return false;
    return true;
}

/* One line of the file, without its end. */
static enum err line_read(
    struct slice line, uint32_t number, const char *path, struct entries *entries, char **ret_reason)
{
    const uint8_t *equals;
    struct slice name;

    line = trimmed(line);
    if (line.n == 0 || line.p[0] == '#')
        return OK;
    if (line.p[0] == '[' && section_read(line, &name)) {
        if (entries->count == AUTH_USERS_MAX) {
            *ret_reason = sentence("The credentials file %s has more than %d key pairs.", path, AUTH_USERS_MAX);
            return ERR_CONFIG;
        }
        entries->at[entries->count++] = (struct entry){.line = number, .name = name};
        return OK;
    }
    if (entries->count == 0)
        entries->at[entries->count++] = (struct entry){.line = number};
    equals = memchr(line.p, '=', line.n);
    if (line.p[0] != '[' && equals != NULL &&
        setting_read(trimmed(slice_of(line.p, (size_t)(equals - line.p))),
            trimmed(slice_of(equals + 1, (size_t)(line.p + line.n - equals - 1))), &entries->at[entries->count - 1]))
        return OK;
    *ret_reason = sentence("Line %u of the credentials file %s is none of `access_key_id = ...`, "
                           "`secret_access_key = ...`, `read_only = true` and `[name of a user]`.",
        number, path);
    return ERR_CONFIG;
}

static enum err text_read(struct slice text, const char *path, struct entries *entries, char **ret_reason)
{
    enum err err;

    for (uint32_t number = 1; text.n != 0; number++) {
        const uint8_t *end = memchr(text.p, '\n', text.n);
        struct slice line = slice_of(text.p, end == NULL ? text.n : (size_t)(end - text.p));

        err = line_read(line, number, path, entries, ret_reason);
        if (err)
            return err;
        text = slice_of(text.p + line.n + (end != NULL), text.n - line.n - (end != NULL));
    }
    return OK;
}

/* ---- users ---- */

static int by_access_key(const void *a, const void *b)
{
    return strcmp(
        ((const struct auth__user *)a)->credential.access_key, ((const struct auth__user *)b)->credential.access_key);
}

/* Of users the service makes one up; this one stands for the name, in the same alphabet. */
static void user_id_make(const char *account, const char *name, char ret[AUTH_USER_ID_BYTES + 1])
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char whole[12 + 1 + AUTH_NAME_BYTES_MAX + 1];
    int n = snprintf(whole, sizeof(whole), "%s/%s", account, name);
    struct auth__digest digest = auth__sha256(slice_of(whole, (size_t)n));

    memcpy(ret, "AIDA", 4);
    for (uint32_t i = 4; i < AUTH_USER_ID_BYTES; i++)
        ret[i] = alphabet[digest.bytes[i - 4] % 32];
    ret[AUTH_USER_ID_BYTES] = '\0';
}

static void user_init(struct auth__user *user, const struct entry *entry, const char *account)
{
    static _Atomic uint64_t versions; /* each pair that is ever read has its own */

    *user = (struct auth__user){.read_only = entry->read_only};
    auth__credential_init(&user->credential, entry->access_key, entry->secret, atomic_fetch_add(&versions, 1) + 1);
    if (entry->name.n == 0)
        return;
    memcpy(user->name, entry->name.p, entry->name.n);
    (void)snprintf(user->arn, sizeof(user->arn), "arn:aws:iam::%s:user/%.*s", account, SLICE_ARG(entry->name));
    user_id_make(account, user->name, user->user_id);
}

static struct auth__users *users_make(const struct entries *entries, const char *account)
{
    struct auth__users *users = calloc(1, sizeof(*users) + entries->count * sizeof(users->at[0]));

    ASSERT(users != NULL);
    users->count = entries->count;
    for (uint32_t i = 0; i < entries->count; i++)
        user_init(&users->at[i], &entries->at[i], account);
    qsort(users->at, users->count, sizeof(users->at[0]), by_access_key);
    return users;
}

void auth__users_free(struct auth__users *users)
{
    if (users == NULL)
        return;
    OPENSSL_cleanse(users, sizeof(*users) + users->count * sizeof(users->at[0]));
    free(users);
}

const struct auth__user *auth__users_find(const struct auth__users *users, struct slice access_key)
{
    uint32_t from = 0, to = users->count;

    while (from < to) {
        uint32_t middle = (from + to) / 2;
        const struct auth__user *user = &users->at[middle];
        int order = slice_compare(access_key, slice_from_cstr(user->credential.access_key));

        if (order == 0)
            return user;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

/* Everything that each entry must be, and that all of them must be together. */
static enum err entries_check(const struct entries *entries, const char *path, char **ret_reason)
{
    static const struct entry nothing;
    char *source;
    enum err err = entries->count == 0 ? entry_check(&nothing, path, ret_reason) : OK;

    for (uint32_t i = 0; i < entries->count && err == OK; i++) {
        const struct entry *entry = &entries->at[i];

        source = entry->name.n == 0 ? sentence("%s", path) : sentence("[%.*s] of %s", SLICE_ARG(entry->name), path);
        err = entry_check(entry, source, ret_reason);
        free(source);
        for (uint32_t j = 0; j < i && err == OK; j++) {
            if (!slice_equal(entry->name, entries->at[j].name) &&
                !slice_equal(entry->access_key, entries->at[j].access_key))
                continue;
            *ret_reason = sentence("Line %u of the credentials file %s begins a user whose name or access key id "
                                   "another one has: each is somebody's own.",
                entry->line, path);
            err = ERR_CONFIG;
        }
    }
    return err;
}

/* ---- where they come from ---- */

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

static enum err from_file(const char *path, const char *account, struct auth__users **ret, char **ret_reason)
{
    uint8_t *bytes = malloc(AUTH_CREDENTIALS_BYTES_MAX + 1);
    struct entries *entries = calloc(1, sizeof(*entries));
    enum err err;
    size_t n = 0;

    ASSERT(bytes != NULL && entries != NULL);
    err = file_read(path, bytes, &n, ret_reason);
    if (!err)
        err = text_read(slice_of(bytes, n), path, entries, ret_reason);
    if (!err)
        err = entries_check(entries, path, ret_reason);
    if (!err)
        *ret = users_make(entries, account);
    OPENSSL_cleanse(bytes, AUTH_CREDENTIALS_BYTES_MAX + 1);
    free(bytes);
    free(entries);
    return err;
}

static enum err from_environment(const char *account, struct auth__users **ret, char **ret_reason)
{
    const char *access_key = getenv("STATOR_ACCESS_KEY_ID"), *secret = getenv("STATOR_SECRET_ACCESS_KEY");
    struct entries entries = {.count = 1};
    enum err err;

    if (access_key == NULL || secret == NULL) {
        *ret_reason = sentence("Signatures are to be verified, but no key is known: name a file with "
                               "--credentials, or set STATOR_ACCESS_KEY_ID and STATOR_SECRET_ACCESS_KEY.");
        return ERR_CONFIG;
    }
    entries.at[0].access_key = slice_from_cstr(access_key);
    entries.at[0].secret = slice_from_cstr(secret);
    err = entry_check(&entries.at[0], "the environment", ret_reason);
    if (!err)
        *ret = users_make(&entries, account);
    return err;
}

enum err auth__users_read(const char *path, const char *account, struct auth__users **ret, char **ret_reason)
{
    return path != NULL ? from_file(path, account, ret, ret_reason) : from_environment(account, ret, ret_reason);
}
