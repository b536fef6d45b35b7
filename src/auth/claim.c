/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Reads what a request says of itself, from the Authorization header or from the query, and refuses what is incomplete:
 * steps 1 to 6 of control-plane.md 2.3, with their texts. Nothing here needs a secret, so `open` mode ends here.
 *
 *      Authorization: AWS4-HMAC-SHA256 Credential=<key id>/<date>/<region>/<service>/aws4_request, SignedHeaders=...,
 * Signature=...
 *      ?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=...&X-Amz-Date=...&X-Amz-Expires=...&X-Amz-SignedHeaders=...&X-Amz-Signature=...
 *
 * A part that is given twice is refused: which of the two counts would be a matter of taste, and a signature over
 * something that two readers understand differently proves nothing.
 */
#include "auth/auth_int.h"

#include <string.h>

#define ALGORITHM "AWS4-HMAC-SHA256"

/* The header of that name; p NULL when there is none. *ret_count: how often it came. */
static struct slice header_find(const struct http_request *request, struct slice name, uint32_t *ret_count)
{
    struct slice found = SLICE_NULL;

    *ret_count = 0;
    for (uint32_t i = 0; i < request->headers_count; i++) {
        if (!auth__name_is(request->headers[i].name, name))
            continue;
        if ((*ret_count)++ == 0)
            found = request->headers[i].value;
    }
    return found;
}

/* Takes the next run of bytes that are neither blank nor comma; false at the end. */
static bool component_next(struct slice *rest, struct slice *ret)
{
    size_t skip = 0;

    while (skip < rest->n && (rest->p[skip] == ' ' || rest->p[skip] == ','))
        skip++;
    *rest = slice_of(rest->p + skip, rest->n - skip);
    *ret = slice_of(rest->p, auth__run(*rest));
    *rest = slice_of(rest->p + ret->n, rest->n - ret->n);
    return ret->n != 0;
}

/* The algorithm ends at a blank alone: with a comma behind it, it is another one. */
static struct slice algorithm_next(struct slice *rest)
{
    const uint8_t *blank = memchr(rest->p, ' ', rest->n);
    struct slice algorithm = slice_of(rest->p, blank == NULL ? rest->n : (size_t)(blank - rest->p));

    *rest = slice_of(rest->p + algorithm.n, rest->n - algorithm.n);
    return algorithm;
}

/* Stores one component of the Authorization header in its place. */
static enum err component_store(
    struct slice component, struct slice header, struct auth__claim *claim, struct fault *fault)
{
    const uint8_t *equals = memchr(component.p, '=', component.n);
    struct slice name, value, *place = NULL;

    if (equals == NULL) {
        struct slice shown = auth__echo(fault->arena, component), all = auth__echo(fault->arena, header);

        return fault_set(fault, API_INCOMPLETE_SIGNATURE,
            "'%.*s' not a valid key=value pair (missing equal-sign) in Authorization header: '%.*s'.", SLICE_ARG(shown),
            SLICE_ARG(all));
    }
    name = slice_of(component.p, (size_t)(equals - component.p));
    value = slice_of(equals + 1, component.n - name.n - 1);
    if (slice_is(name, "Credential"))
        place = &claim->credential;
    else if (slice_is(name, "SignedHeaders"))
        place = &claim->signed_headers;
    else if (slice_is(name, "Signature"))
        place = &claim->signature;
    if (place == NULL)
        return OK;
    if (place->p != NULL) {
        struct slice all = auth__echo(fault->arena, header);

        return fault_set(fault, API_INCOMPLETE_SIGNATURE,
            "'%.*s' given more than once in Authorization header: '%.*s'.", SLICE_ARG(name), SLICE_ARG(all));
    }
    *place = value;
    return OK;
}

static enum err header_parts_missing(const struct auth__claim *claim, struct slice header, struct fault *fault)
{
    struct slice all;

    if (claim->credential.n != 0 && claim->signature.n != 0 && claim->signed_headers.n != 0 && claim->time.n != 0)
        return OK;
    all = auth__echo(fault->arena, header);
    return fault_set(fault, API_INCOMPLETE_SIGNATURE, "%s%s%s%sAuthorization=%.*s",
        claim->credential.n != 0 ? "" : "Authorization header requires 'Credential' parameter. ",
        claim->signature.n != 0 ? "" : "Authorization header requires 'Signature' parameter. ",
        claim->signed_headers.n != 0 ? "" : "Authorization header requires 'SignedHeaders' parameter. ",
        claim->time.n != 0 ? ""
                           : "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ",
        SLICE_ARG(all));
}

static enum err algorithm_check(struct slice algorithm, struct fault *fault)
{
    struct slice shown;

    if (slice_is(algorithm, ALGORITHM))
        return OK;
    shown = auth__echo(fault->arena, algorithm);
    return fault_set(fault, API_INCOMPLETE_SIGNATURE,
        "Unsupported AWS 'algorithm': '%.*s' (only AWS4-HMAC-SHA256 for now). ", SLICE_ARG(shown));
}

static enum err read_header(const struct http_request *request, struct auth__claim *claim, struct fault *fault)
{
    struct slice header = request->authorization, rest = header, algorithm, component;
    uint32_t count;
    enum err err;

    (void)header_find(request, SLICE_LIT("authorization"), &count);
    if (count > 1)
        return fault_set(fault, API_INVALID_SIGNATURE, "Found more than one 'Authorization' HTTP header.");
    algorithm = algorithm_next(&rest);
    while (component_next(&rest, &component)) {
        err = component_store(component, header, claim, fault);
        if (err)
            return err;
    }
    claim->time = request->amz_date;
    if (claim->time.p == NULL) {
        claim->time = header_find(request, SLICE_LIT("date"), &count);
        claim->time_in_date_header = true;
    }
    claim->token = request->security_token;
    err = header_parts_missing(claim, header, fault);
    return err ? err : algorithm_check(algorithm, fault);
}

/* The parameter of that name, p NULL when it is absent or comes twice. */
static struct slice parameter(const struct auth__pairs *query, const char *name, bool *twice)
{
    struct slice value = SLICE_NULL;

    for (uint32_t i = 0; i < query->count; i++) {
        if (!slice_is(query->items[i].name, name))
            continue;
        if (value.p != NULL)
            *twice = true;
        value = query->items[i].value;
    }
    return value;
}

static enum err expires_read(struct slice text, struct auth__claim *claim, struct fault *fault)
{
    uint32_t seconds = 0;

    if (text.p == NULL)
        return OK;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return fault_set(fault, API_INCOMPLETE_SIGNATURE, "X-Amz-Expires should be a number. ");
        if (seconds <= AUTH_EXPIRES_S_MAX)
            seconds = seconds * 10 + (uint32_t)(text.p[i] - '0');
    }
    if (seconds < 1 || seconds > AUTH_EXPIRES_S_MAX)
        return fault_set(fault, API_INCOMPLETE_SIGNATURE, "X-Amz-Expires must be between 1 and 604800 seconds. ");
    claim->expires_s = seconds;
    return OK;
}

static enum err read_query(const struct http_request *request, struct auth__claim *claim, struct fault *fault)
{
    const struct auth__pairs *query = claim->query;
    bool twice = false;
    struct slice algorithm = parameter(query, "X-Amz-Algorithm", &twice);
    struct slice expires = parameter(query, "X-Amz-Expires", &twice);
    enum err err;

    claim->presigned = true;
    claim->credential = parameter(query, "X-Amz-Credential", &twice);
    claim->signature = parameter(query, "X-Amz-Signature", &twice);
    claim->signed_headers = parameter(query, "X-Amz-SignedHeaders", &twice);
    claim->time = parameter(query, "X-Amz-Date", &twice);
    claim->token = parameter(query, "X-Amz-Security-Token", &twice);
    if (claim->token.p == NULL)
        claim->token = request->security_token;
    if (twice)
        return fault_set(fault, API_INCOMPLETE_SIGNATURE,
            "AWS query-string parameters must be given once. Re-examine the query-string parameters.");
    if (algorithm.n == 0 || claim->credential.n == 0 || claim->signature.n == 0 || claim->signed_headers.n == 0 ||
        claim->time.n == 0)
        return fault_set(fault, API_INCOMPLETE_SIGNATURE, "%s%s%s%s%sRe-examine the query-string parameters.",
            algorithm.n != 0 ? "" : "AWS query-string parameters must include 'X-Amz-Algorithm'. ",
            claim->credential.n != 0 ? "" : "AWS query-string parameters must include 'X-Amz-Credential'. ",
            claim->signature.n != 0 ? "" : "AWS query-string parameters must include 'X-Amz-Signature'. ",
            claim->signed_headers.n != 0 ? "" : "AWS query-string parameters must include 'X-Amz-SignedHeaders'. ",
            claim->time.n != 0 ? "" : "AWS query-string parameters must include 'X-Amz-Date'. ");
    err = algorithm_check(algorithm, fault);
    return err ? err : expires_read(expires, claim, fault);
}

/* Exactly five parts: a key id with a slash in it cannot pass for something else. */
static bool credential_split(struct auth__claim *claim)
{
    struct slice *parts[] = {&claim->access_key, &claim->date, &claim->region, &claim->service, &claim->terminator};
    struct slice rest = claim->credential;

    for (uint32_t i = 0; i < 5; i++) {
        const uint8_t *slash = rest.n == 0 ? NULL : memchr(rest.p, '/', rest.n);

        if ((slash == NULL) != (i == 4))
            return false;
        *parts[i] = slice_of(rest.p, slash == NULL ? rest.n : (size_t)(slash - rest.p));
        if (slash != NULL)
            rest = slice_of(slash + 1, rest.n - parts[i]->n - 1);
    }
    claim->scope = slice_of(claim->date.p, claim->credential.n - claim->access_key.n - 1);
    return true;
}

/* Steps 5 and 6. */
static enum err details_read(struct auth__claim *claim, struct fault *fault)
{
    struct slice shown;

    if (!credential_split(claim)) {
        shown = auth__echo(fault->arena, claim->credential);
        return fault_set(fault, API_INCOMPLETE_SIGNATURE,
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '%.*s'",
            SLICE_ARG(shown));
    }
    if (!auth__date_parse(claim->time, &claim->time_s)) {
        shown = auth__echo(fault->arena, claim->time);
        return fault_set(fault, API_INCOMPLETE_SIGNATURE,
            "Date must be in ISO-8601 'basic format'. Got '%.*s'. See http://en.wikipedia.org/wiki/ISO_8601",
            SLICE_ARG(shown));
    }
    return OK;
}

static enum err query_parse(const struct http_request *request, struct auth__claim *claim, struct fault *fault)
{
    enum err err;

    if (request->query.n == 0)
        return OK;
    claim->query = arena_alloc(request->arena, sizeof(*claim->query));
    err = auth__pairs_parse(request->arena, request->query, false, claim->query);
    if (err)
        return fault_set(fault, API_INCOMPLETE_SIGNATURE,
            "The query string cannot be read. Re-examine the query-string parameters.");
    return OK;
}

enum err auth__claim_read(const struct http_request *request, struct auth__claim *ret, struct fault *fault)
{
    struct slice algorithm = SLICE_NULL;
    enum err err;

    *ret = (struct auth__claim){0};
    err = query_parse(request, ret, fault);
    if (err)
        return err;
    if (ret->query != NULL)
        algorithm = auth__pairs_find(ret->query, "X-Amz-Algorithm");
    if (algorithm.p != NULL && request->authorization.p != NULL)
        return fault_set(fault, API_INVALID_SIGNATURE,
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    if (algorithm.n != 0)
        err = read_query(request, ret, fault);
    else if (slice_starts_with(request->authorization, SLICE_LIT("AWS4-")))
        err = read_header(request, ret, fault);
    else
        return fault_set(fault, API_MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
    return err ? err : details_read(ret, fault);
}
