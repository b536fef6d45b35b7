/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Who asks: the rules of Signature Version 4 in the order that DynamoDB applies them (control-plane.md 2.3), with the
 * traps of distributed-design.md 14 closed.
 *
 *      claim.c  1-6   token present, complete, algorithm, credential, date       all that `open` mode asks
 *      here     7     host, the date and every x-amz-* header are signed
 *               8     scope: region, service, terminator, day
 *               9     the clock: at most five minutes off, or the life of a presigned request
 *               10    the key id is known, no session token comes with a permanent key
 *               12    the signature itself
 *
 * Steps 10 and 12 are computed in one go: for an unknown key id a secret that nobody has takes the place of the real
 * one, and only then is the answer chosen. The hash of the body is always made from the body that came.
 *
 * Called by api/ on the request's fiber, on any worker. What a worker looks at is its own: the cache of signing keys,
 * and which set of key pairs is the present one. A reload tells each worker of the new set by a message, and frees the
 * old one when all have seen it; a check that gives way in the middle works on a copy of its pair.
 */
#include "auth/auth.h"

#include <openssl/crypto.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/auth_int.h"
#include "base/assert.h"
#include "base/sentence.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file_mark.h"

#define MISMATCH_TEXT                                                                                                  \
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key " \
    "and signing method. Consult the service documentation for details."

#define LOOK_NS UINT64_C(1000000)

/* What one worker has of it. */
struct auth_of_worker {
    struct auth *auth;
    struct auth__keys *keys;         /* owned; made and used by the worker alone */
    const struct auth__users *users; /* the present set, as the worker knows it */
    struct worker_message message;
};

struct auth {
    enum auth_mode mode;
    char account[13], arn[32];
    const char *file;   /* NULL: none */
    const char *region; /* NULL: as the credential says */
    struct file_mark mark;
    struct auth__users *users;      /* owned; NULL in open mode */
    _Atomic uint32_t reloading;     /* workers that have not seen `users` yet */
    struct auth__credential nobody; /* stands for every unknown key id; its secret was never written down */
    struct auth_of_worker at[AUTH_WORKERS_MAX];
};

/* Headers that SDKs send without signing them. Nothing of the server may read one of these. */
static const struct slice unsigned_allowed[] = {
    {(const uint8_t *)"x-amz-user-agent", 16}, /* the PHP SDK */
};

static bool is_account(const char *text)
{
    return strlen(text) == 12 && strspn(text, "0123456789") == 12;
}

static void nobody_init(struct auth__credential *nobody)
{
    uint8_t secret[40];

    os_entropy(secret, sizeof(secret));
    auth__credential_init(nobody, SLICE_LIT(""), slice_of(secret, sizeof(secret)), 0);
}

enum err auth_create(const struct auth_options *options, struct auth **ret, char **ret_reason)
{
    const char *account = options->account == NULL ? "000000000000" : options->account;
    struct auth *auth;
    enum err err;

    if (!is_account(account)) {
        *ret_reason = sentence("The account must be 12 digits, not '%s'.", account);
        return ERR_CONFIG;
    }
    auth = calloc(1, sizeof(*auth));
    ASSERT(auth != NULL);
    auth->mode = options->mode;
    memcpy(auth->account, account, 13);
    (void)snprintf(auth->arn, sizeof(auth->arn), "arn:aws:iam::%.12s:root", account);
    auth->file = options->credentials_file;
    auth->region = options->region;
    if (auth->mode == AUTH_SIGV4) {
        nobody_init(&auth->nobody);
        auth->mark = file_mark_of(auth->file); /* before: what changes while it is read is looked at again */
        err = auth__users_read(auth->file, auth->account, &auth->users, ret_reason);
        if (err) {
            auth_destroy(auth);
            return err;
        }
    }
    for (uint32_t i = 0; i < AUTH_WORKERS_MAX; i++)
        auth->at[i] = (struct auth_of_worker){.auth = auth, .users = auth->users};
    *ret = auth;
    return OK;
}

bool auth_is_stale(const struct auth *auth)
{
    struct file_mark now = file_mark_of(auth->file);

    return auth->mode == AUTH_SIGV4 && !file_mark_equal(&now, &auth->mark);
}

static void message_users(struct worker *worker, struct worker_message *message)
{
    struct auth_of_worker *at = (struct auth_of_worker *)((char *)message - offsetof(struct auth_of_worker, message));

    (void)worker;
    at->users = at->auth->users;
    atomic_fetch_sub(&at->auth->reloading, 1); /* last */
}

enum err auth_reload(struct auth *auth, struct workers *workers, char **ret_reason)
{
    struct auth__users *was = auth->users, *next;
    uint32_t count = workers_count(workers);
    struct fiber *self;
    enum err err;

    if (auth->mode != AUTH_SIGV4 || auth->file == NULL)
        return OK;
    auth->mark = file_mark_of(auth->file); /* what is wrong now is told once */
    err = auth__users_read(auth->file, auth->account, &next, ret_reason);
    if (err)
        return err;
    auth->users = next;
    atomic_store(&auth->reloading, count);
    for (uint32_t i = 0; i < count; i++) {
        auth->at[i].message.fn = message_users;
        worker_post(workers_at(workers, i), &auth->at[i].message);
    }
    self = fiber_of_thread();
    while (atomic_load(&auth->reloading) != 0)
        (void)fiber_park_until(self, os_clock_monotonic_ns() + LOOK_NS);
    fiber_of_thread_destroy(self);
    auth__users_free(was);
    return OK;
}

void auth_destroy(struct auth *auth)
{
    if (auth == NULL)
        return;
    for (uint32_t i = 0; i < AUTH_WORKERS_MAX; i++)
        auth__keys_destroy(auth->at[i].keys);
    auth__users_free(auth->users);
    OPENSSL_cleanse(auth, sizeof(*auth));
    free(auth);
}

/* What the worker has that we are on; NULL on a plain thread. */
static struct auth_of_worker *here(struct auth *auth, struct fiber *fiber)
{
    struct worker *worker = fiber == NULL ? NULL : fiber_worker(fiber);

    if (worker == NULL)
        return NULL;
    ASSERT(worker_index(worker) < AUTH_WORKERS_MAX);
    return &auth->at[worker_index(worker)];
}

/* The cache of the worker we are on; NULL on a plain thread, which derives each time. */
static struct auth__keys *keys_here(struct auth *auth, struct fiber *fiber)
{
    struct auth_of_worker *at = here(auth, fiber);

    if (at == NULL)
        return NULL;
    if (at->keys == NULL)
        at->keys = auth__keys_create();
    return at->keys;
}

static bool is_amz(struct slice header_name)
{
    return header_name.n > 6 && (header_name.p[0] == 'x' || header_name.p[0] == 'X') &&
           auth__name_is(slice_of(header_name.p, 6), SLICE_LIT("x-amz-"));
}

static bool may_be_unsigned(struct slice header_name)
{
    for (uint32_t i = 0; i < sizeof(unsigned_allowed) / sizeof(unsigned_allowed[0]); i++) {
        if (auth__name_is(header_name, unsigned_allowed[i]))
            return true;
    }
    return false;
}

static enum err unsigned_fault(struct slice header_name, struct fault *fault)
{
    struct slice shown = auth__echo(fault->arena, header_name);

    return fault_set(
        fault, API_INVALID_SIGNATURE, "'%.*s' must be a 'SignedHeader' in the AWS Authorization.", SLICE_ARG(shown));
}

/* The set of all headers. At most 64 are sent: a cover that has any name is proof. */
static uint64_t headers_all(const struct http_request *request)
{
    return request->headers_count == 0 ? 0 : UINT64_MAX >> (64 - request->headers_count);
}

/* Step 7. A header that means something to us and is not signed could have been put there by anybody. */
static enum err cover_check(const struct http_request *request, const struct auth__claim *claim,
    const struct auth__cover *cover, struct fault *fault)
{
    if (!auth__cover_has(cover, "host"))
        return unsigned_fault(SLICE_LIT("Host"), fault);
    if (claim->time_in_date_header && !auth__cover_has(cover, "date"))
        return unsigned_fault(SLICE_LIT("Date"), fault);
    for (uint64_t left = ~cover->headers & headers_all(request); left != 0; left &= left - 1) {
        struct slice name = request->headers[__builtin_ctzll(left)].name;

        if (is_amz(name) && !may_be_unsigned(name))
            return unsigned_fault(name, fault);
    }
    return OK;
}

/* A header that others read by its first or last occurrence must come once, though the signature covers both. */
static bool headers_unique(const struct auth__cover *cover)
{
    static const char *const once[] = {"host", "x-amz-date", "x-amz-security-token", "x-amz-target"};

    for (uint32_t i = 0; i < cover->count; i++) {
        if ((cover->names[i].sent & (cover->names[i].sent - 1)) == 0)
            continue;
        for (uint32_t j = 0; j < sizeof(once) / sizeof(once[0]); j++) {
            if (slice_is(cover->names[i].name, once[j]))
                return false;
        }
    }
    return true;
}

/* Any text that fits into an ARN: one server speaks for every region. */
static bool is_region(struct slice region)
{
    if (region.n == 0 || region.n > AUTH_REGION_BYTES_MAX)
        return false;
    for (size_t i = 0; i < region.n; i++) {
        if (region.p[i] <= ' ' || region.p[i] >= 0x7f || region.p[i] == ':' || region.p[i] == '"')
            return false;
    }
    return true;
}

/* Step 8: all that apply, one after the other. */
static enum err scope_check(const struct auth__claim *claim, const char *service, struct fault *fault)
{
    struct slice day = slice_of(claim->time.p, 8), shown;
    struct buf text;

    if (is_region(claim->region) && slice_is(claim->service, service) && slice_is(claim->terminator, "aws4_request") &&
        slice_equal(claim->date, day))
        return OK;
    buf_init(&text, fault->arena, ARENA_ALLOC_BYTES_MAX);
    if (!is_region(claim->region)) {
        shown = auth__echo(fault->arena, claim->region);
        buf_printf(&text, "Credential should be scoped to a valid region, not '%.*s'. ", SLICE_ARG(shown));
    }
    if (!slice_is(claim->service, service))
        buf_printf(&text, "Credential should be scoped to correct service: '%s'. ", service);
    if (!slice_is(claim->terminator, "aws4_request")) {
        shown = auth__echo(fault->arena, claim->terminator);
        buf_printf(&text, "Credential should be scoped with a valid terminator: 'aws4_request', not '%.*s'. ",
            SLICE_ARG(shown));
    }
    if (!slice_equal(claim->date, day)) {
        shown = auth__echo(fault->arena, claim->date);
        buf_printf(&text,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%.*s' != "
            "'%.*s', from '%.*s'.",
            SLICE_ARG(shown), SLICE_ARG(day), SLICE_ARG(claim->time));
    }
    shown = buf_view(&text);
    return fault_set(fault, API_INVALID_SIGNATURE, "%.*s", SLICE_ARG(shown));
}

static enum err expired_fault(const struct auth__claim *claim, uint64_t now_s, uint64_t life_s, struct fault *fault)
{
    char now[AUTH_DATE_BYTES + 1], bound[AUTH_DATE_BYTES + 1];

    auth__date_print(now_s, now);
    auth__date_print(now_s - life_s, bound);
    if (claim->expires_s != 0)
        return fault_set(fault, API_INVALID_SIGNATURE, "Signature expired: %.*s is now earlier than %s (%s - %u sec.)",
            SLICE_ARG(claim->time), bound, now, claim->expires_s);
    return fault_set(fault, API_INVALID_SIGNATURE, "Signature expired: %.*s is now earlier than %s (%s - %d min.)",
        SLICE_ARG(claim->time), bound, now, AUTH_SKEW_S / 60);
}

static enum err early_fault(const struct auth__claim *claim, uint64_t now_s, struct fault *fault)
{
    char now[AUTH_DATE_BYTES + 1], bound[AUTH_DATE_BYTES + 1];

    auth__date_print(now_s, now);
    auth__date_print(now_s + AUTH_SKEW_S, bound);
    return fault_set(fault, API_INVALID_SIGNATURE,
        "Signature not yet current: %.*s is still later than %s (%s + %d min.)", SLICE_ARG(claim->time), bound, now,
        AUTH_SKEW_S / 60);
}

/* Step 9. A presigned request is good from its date on for as long as it says. */
static enum err clock_check(const struct auth__claim *claim, uint64_t now_s, struct fault *fault)
{
    uint64_t life_s = claim->expires_s != 0 ? claim->expires_s : AUTH_SKEW_S;

    if (claim->time_s + life_s < now_s)
        return expired_fault(claim, now_s, life_s, fault);
    if (claim->time_s > now_s + AUTH_SKEW_S)
        return early_fault(claim, now_s, fault);
    return OK;
}

static struct auth__digest signature_compute(const struct http_request *request, const struct auth__claim *claim,
    const struct auth__cover *cover, const struct auth__mac_key *key)
{
    struct auth__digest body = auth__sha256_body(request->fiber, request->body_raw);
    struct auth__digest canonical = auth__canonical_hash(request, claim, cover, &body);
    uint8_t text[17 + AUTH_DATE_BYTES + 1 + 8 + 1 + AUTH_REGION_BYTES_MAX + 1 + AUTH_SERVICE_BYTES_MAX + 13 + 1 + 64];
    struct buf out = {.p = text, .capacity = sizeof(text), .bytes_max = sizeof(text)};
    char hex[64];

    BUF_LIT(&out, "AWS4-HMAC-SHA256\n");
    buf_slice(&out, claim->time);
    buf_byte(&out, '\n');
    buf_slice(&out, claim->scope);
    buf_byte(&out, '\n');
    auth__digest_hex(&canonical, hex);
    buf_append(&out, hex, sizeof(hex));
    ASSERT(!out.failed);
    return auth__mac(key, buf_view(&out));
}

/* True when the signature is that of the credential. */
static bool signature_check(struct auth *auth, const struct http_request *request, const struct auth__claim *claim,
    const struct auth__cover *cover, const struct auth__credential *credential)
{
    struct slice scope = slice_of(claim->scope.p, claim->scope.n - claim->terminator.n - 1);
    struct auth__keys *keys = keys_here(auth, request->fiber);
    const struct auth__mac_key *cached = keys == NULL ? NULL : auth__keys_find(keys, credential->version, scope);
    struct auth__digest right;
    struct auth__mac_key key;
    bool equal;

    if (cached != NULL)
        key = *cached; /* a copy: a long body gives way, and the cache moves on */
    else
        auth__key_derive(credential, claim->date, claim->region, claim->service, &key);
    right = signature_compute(request, claim, cover, &key);
    equal = auth__digest_is(&right, claim->signature);
    if (equal && cached == NULL && keys != NULL && auth__keys_find(keys, credential->version, scope) == NULL)
        auth__keys_add(keys, credential->version, scope, &key);
    return equal;
}

/* Steps 10 and 12. */
static enum err secret_check(struct auth *auth, const struct http_request *request, const struct auth__claim *claim,
    const struct auth__cover *cover, bool ordered, struct auth__user *ret, struct fault *fault)
{
    const struct auth_of_worker *at = here(auth, request->fiber);
    const struct auth__user *found = auth__users_find(at == NULL ? auth->users : at->users, claim->access_key);
    bool known = found != NULL, right;

    if (known)
        *ret = *found; /* a copy: a long body gives way, and the set may be another one then */
    right = signature_check(auth, request, claim, cover, known ? &ret->credential : &auth->nobody);

    /* There are no temporary keys yet, so a session token belongs to none. DynamoDB's full stop goes missing with it.
     */
    if (!known || claim->token.p != NULL)
        return fault_set(fault, API_UNRECOGNIZED_CLIENT, "The security token included in the request is invalid%s",
            claim->token.p != NULL ? "" : ".");
    if (!right || !ordered)
        return fault_set(fault, API_INVALID_SIGNATURE, "%s", MISMATCH_TEXT);
    return OK;
}

static enum err verify(struct auth *auth, const struct http_request *request, const struct auth__claim *claim,
    const char *service, uint64_t now_s, struct auth__user *ret, struct fault *fault)
{
    struct auth__cover cover;
    bool ordered = auth__cover_read(request, claim->signed_headers, &cover);
    enum err err;

    err = cover_check(request, claim, &cover, fault);
    if (err)
        return err;
    err = scope_check(claim, service, fault);
    if (err)
        return err;
    err = clock_check(claim, now_s, fault);
    if (err)
        return err;
    return secret_check(auth, request, claim, &cover, ordered && headers_unique(&cover), ret, fault);
}

/* ---- who it is ---- */

static struct identity identity_of(
    const struct auth *auth, const struct auth__claim *claim, const struct auth__user *user, struct arena *arena)
{
    struct identity identity = {.account = slice_from_cstr(auth->account),
        .region = auth->region == NULL ? claim->region : slice_from_cstr(auth->region),
        .access_key = claim->access_key,
        .read_only = user->read_only};

    if (user->name[0] == '\0') {
        identity.arn = slice_from_cstr(auth->arn);
        identity.user_id = identity.account;
    } else {
        identity.arn = arena_dup(arena, slice_from_cstr(user->arn));
        identity.user_id = arena_dup(arena, slice_from_cstr(user->user_id));
    }
    return identity;
}

enum err auth_check(struct auth *auth, const struct http_request *request, const char *service, uint64_t wall_ms,
    struct identity *ret, struct fault *fault)
{
    struct auth__claim claim;
    struct auth__user user; /* of `open`: the root */
    enum err err;

    user.name[0] = '\0';
    user.read_only = false;
    err = auth__claim_read(request, &claim, fault);
    if (err)
        return err;
    if (auth->mode == AUTH_SIGV4) {
        err = verify(auth, request, &claim, service, wall_ms / 1000, &user, fault);
    } else if (!is_region(claim.region)) {
        struct slice shown = auth__echo(fault->arena, claim.region);

        err = fault_set(fault, API_INVALID_SIGNATURE, "Credential should be scoped to a valid region, not '%.*s'. ",
            SLICE_ARG(shown));
    }
    if (err)
        return err;
    *ret = identity_of(auth, &claim, &user, request->arena);
    return OK;
}
