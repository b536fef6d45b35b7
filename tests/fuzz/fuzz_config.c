/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What an operator writes: arguments of the command line, one a line ('o'), a configuration file ('f'), a credentials
 * file ('c'), an address to listen at ('l').
 *
 * What must hold: a refusal is a sentence; what is accepted keeps to the bounds of its row; no sentence about
 * credentials has the secret in it.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/auth_int.h"
#include "server/address.h"
#include "server/options.h"

#define ARGUMENTS_MAX 32

static char *text_of(struct arena *arena, struct slice s)
{
    char *text = arena_alloc(arena, s.n + 1);

    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    return text;
}

static void taken(enum err err, const struct options *options, char *reason)
{
    if (err) {
        ASSERT(reason != NULL && strlen(reason) > 8);
        free(reason);
        return;
    }
    ASSERT(options->engine <= OPTION_ENGINE_MEMORY && options->auth <= OPTION_AUTH_SIGV4);
    ASSERT(options->throttle <= OPTION_THROTTLE_AWS && options->listen != NULL);
}

static void arguments(char *text)
{
    char *argv[ARGUMENTS_MAX + 1] = {(char *)(uintptr_t) "stator"}, *reason = NULL;
    struct options options;
    enum err err;
    int argc = 1;

    while (text != NULL && argc < ARGUMENTS_MAX)
        argv[argc++] = strsep(&text, "\n");
    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--config", 8) == 0) /* no file of this machine */
            return;
    }
    err = options_read(argc, argv, &options, &reason);
    taken(err, &options, reason);
}

static void settings(char *text)
{
    struct options options;
    char *reason = NULL;
    enum err err;

    options_default(&options);
    err = options_text_read("stator.conf", text, &options, &reason);
    taken(err, &options, reason);
}

static int file;
static char path[64];

static void file_make(void)
{
    if (path[0] != '\0')
        return;
    file = memfd_create("credentials", MFD_CLOEXEC);
    ASSERT(file >= 0 && fchmod(file, 0600) == 0);
    (void)snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
}

/* Whether what looks like a secret stands where secrets stand, and nowhere else: names are told. */
static bool secrets_in_place(struct slice text)
{
    static const char line[] = "secret_access_key";
    size_t from = 0;

    for (size_t at = 0; at < text.n; at++) {
        if (text.p[at] == '\n')
            from = at + 1;
        if (text.n - at >= 6 && memcmp(text.p + at, "s3cret", 6) == 0 &&
            (text.n - from < sizeof(line) || memcmp(text.p + from, line, sizeof(line) - 1) != 0))
            return false;
    }
    return true;
}

static void credentials(struct slice text)
{
    struct auth__users *users = NULL;
    char *reason = NULL;

    file_make();
    ASSERT(ftruncate(file, 0) == 0 && pwrite(file, text.p, text.n, 0) == (ssize_t)text.n);
    if (auth__users_read(path, "123456789012", &users, &reason) != OK) {
        ASSERT(reason != NULL && strstr(reason, path) != NULL);
        ASSERT(!secrets_in_place(text) || strstr(reason, "s3cret") == NULL); /* the corpus has secrets that look so */
        free(reason);
        return;
    }
    for (uint32_t i = 0; i < users->count; i++) {
        const struct auth__user *user = &users->at[i];
        const char *key = user->credential.access_key;

        ASSERT(strlen(key) > 0 && strpbrk(key, "/,= ") == NULL);
        ASSERT(auth__users_find(users, slice_from_cstr(key)) == user);
    }
    auth__users_free(users);
}

static void address(const char *text)
{
    char dialed[128];

    (void)address_is_loopback(text);
    (void)address_port(text);
    address_dialed(text, 8000, dialed, sizeof(dialed));
    ASSERT(strlen(dialed) < sizeof(dialed));
}

void fuzz_one(struct arena *arena, struct slice input)
{
    struct slice rest;

    if (input.n == 0)
        return;
    rest = slice_of(input.p + 1, input.n - 1);
    if (input.p[0] == 'c')
        credentials(rest);
    else if (input.p[0] == 'f')
        settings(text_of(arena, rest));
    else if (input.p[0] == 'l')
        address(text_of(arena, rest));
    else
        arguments(text_of(arena, rest));
}
