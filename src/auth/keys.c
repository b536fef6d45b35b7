/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Signing keys. A signing key belongs to a secret, a day, a region and a service; deriving one costs as much as eight
 * checks, so each worker keeps those it used last. The cache is a short array searched from the front: a server sees
 * one or two scopes a day, and sixteen comparisons of a length are cheaper than a hash.
 *
 * Only the worker's own thread touches its cache: no lock, and no line of memory shared by cores.
 */
#include "auth/auth_int.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

#define SCOPE_BYTES_MAX (8 + 1 + AUTH_REGION_BYTES_MAX + 1 + AUTH_SERVICE_BYTES_MAX)

struct auth__keys {
    struct {
        uint64_t version;
        uint32_t scope_bytes; /* 0: free */
        char scope[SCOPE_BYTES_MAX];
        struct auth__mac_key key;
    } entries[AUTH_KEYS_CACHED];
    uint32_t next; /* the entry that the next key takes */
};

void auth__credential_init(
    struct auth__credential *credential, struct slice access_key, struct slice secret, uint64_t version)
{
    uint8_t text[4 + AUTH_SECRET_BYTES_MAX] = "AWS4";

    ASSERT(access_key.n <= AUTH_ACCESS_KEY_BYTES_MAX && secret.n <= AUTH_SECRET_BYTES_MAX);
    *credential = (struct auth__credential){.version = version};
    memcpy(credential->access_key, access_key.p, access_key.n);
    memcpy(text + 4, secret.p, secret.n);
    auth__mac_key_init(&credential->seed, slice_of(text, 4 + secret.n));
    OPENSSL_cleanse(text, sizeof(text));
}

void auth__key_derive(const struct auth__credential *credential, struct slice date, struct slice region,
    struct slice service, struct auth__mac_key *ret)
{
    const struct slice steps[] = {region, service, SLICE_LIT("aws4_request")};
    struct auth__digest digest = auth__mac(&credential->seed, date);

    for (uint32_t i = 0; i < 3; i++) {
        auth__mac_key_init(ret, slice_of(digest.bytes, sizeof(digest.bytes)));
        digest = auth__mac(ret, steps[i]);
    }
    auth__mac_key_init(ret, slice_of(digest.bytes, sizeof(digest.bytes)));
    OPENSSL_cleanse(&digest, sizeof(digest));
}

struct auth__keys *auth__keys_create(void)
{
    struct auth__keys *keys = calloc(1, sizeof(*keys));

    ASSERT(keys != NULL);
    return keys;
}

void auth__keys_destroy(struct auth__keys *keys)
{
    if (keys == NULL)
        return;
    OPENSSL_cleanse(keys, sizeof(*keys));
    free(keys);
}

const struct auth__mac_key *auth__keys_find(struct auth__keys *keys, uint64_t version, struct slice scope)
{
    for (uint32_t i = 0; i < AUTH_KEYS_CACHED; i++) {
        if (keys->entries[i].scope_bytes == scope.n && keys->entries[i].version == version &&
            memcmp(keys->entries[i].scope, scope.p, scope.n) == 0)
            return &keys->entries[i].key;
    }
    return NULL;
}

void auth__keys_add(struct auth__keys *keys, uint64_t version, struct slice scope, const struct auth__mac_key *key)
{
    uint32_t i = keys->next;

    ASSERT(scope.n > 0 && scope.n <= SCOPE_BYTES_MAX);
    keys->entries[i].version = version;
    keys->entries[i].scope_bytes = (uint32_t)scope.n;
    memcpy(keys->entries[i].scope, scope.p, scope.n);
    keys->entries[i].key = *key;
    keys->next = (i + 1) % AUTH_KEYS_CACHED;
}
