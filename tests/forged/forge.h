/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../fuzz/fuzz.h"

/*
 * A signed request as the forger sees it: its parts as texts, which are put together to bytes at the end.
 */
#define FORGE_TEXT_BYTES  600
#define FORGE_HEADERS_MAX 24
#define FORGE_BYTES_MAX   16384

struct forge_header {
    char name[FORGE_TEXT_BYTES], value[FORGE_TEXT_BYTES];
};

struct forge {
    bool presigned;     /* the credentials stand in the query */
    bool both, doubled; /* in the header and in the query; two Authorization headers */
    char method[FORGE_TEXT_BYTES], path[FORGE_TEXT_BYTES], query[FORGE_TEXT_BYTES], version[FORGE_TEXT_BYTES];
    char algorithm[FORGE_TEXT_BYTES], key[FORGE_TEXT_BYTES], date[FORGE_TEXT_BYTES], region[FORGE_TEXT_BYTES],
        service[FORGE_TEXT_BYTES], terminator[FORGE_TEXT_BYTES], signed_headers[FORGE_TEXT_BYTES],
        signature[FORGE_TEXT_BYTES], time[FORGE_TEXT_BYTES], expires[FORGE_TEXT_BYTES], separator[FORGE_TEXT_BYTES];
    char body[FORGE_TEXT_BYTES];
    int length_off; /* how far Content-Length is from the truth */
    struct forge_header headers[FORGE_HEADERS_MAX];
    uint32_t count;
};

#define FORGE_KEY    "AKIAIOSFODNN7EXAMPLE"
#define FORGE_SECRET "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

/* When it is; 20260102T030405Z unless the server has a clock of its own. */
extern uint64_t forge_now_s;

/* Copies a text into a part, as much of it as fits. They may be the same. */
void forge_set(char *to, const char *text);

/* The bytes; returns how many. */
size_t forge_bytes(const struct forge *f, char bytes[FORGE_BYTES_MAX]);
/* Signs it as it stands. */
void forge_sign(struct forge *f, const char *secret);
/* A request that must be let in. */
void forge_genuine(struct forge *f, struct fuzz_random *random);
/* ISO 8601 basic format. */
void forge_time(uint64_t s, char *text);
bool forge_header_add(struct forge *f, const char *name, const char *value);

/* Changes one thing that a signature covers, or something beside it, without a new signature. Returns what. */
const char *forge_alter(struct forge *f, struct fuzz_random *random);
/* Signs again, with the right key mostly, something that must be refused all the same. Returns what. */
const char *forge_flaw(struct forge *f, struct fuzz_random *random);

/* Sends the bytes to a server on this machine; whether the answer is that of a request that was let in (socket.c). */
bool forge_ask(uint16_t port, const char *bytes, size_t n);
