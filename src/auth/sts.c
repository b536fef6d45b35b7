/* SPDX-License-Identifier: Apache-2.0 */

/*
 * GetCallerIdentity, and a clear refusal for the rest of STS. Credentials come first: whoever cannot sign learns
 * nothing about which actions exist. The rules and texts are those of auth_check; only the names of the errors and
 * their status differ between the JSON protocol and this older one.
 */
#include "auth/sts.h"

#include <string.h>

#include "auth/auth_int.h"

#define NAMESPACE       "https://sts.amazonaws.com/doc/2011-06-15/"
#define FORM_MEDIA_TYPE "application/x-www-form-urlencoded"
#define VERSION         "2011-06-15"

static bool is_form(struct slice content_type)
{
    const uint8_t *end = content_type.n == 0 ? NULL : memchr(content_type.p, ';', content_type.n);
    struct slice media = slice_of(content_type.p, end == NULL ? content_type.n : (size_t)(end - content_type.p));

    while (media.n > 0 && media.p[media.n - 1] == ' ')
        media.n--;
    return auth__name_is(media, SLICE_LIT(FORM_MEDIA_TYPE));
}

bool sts_handles(const struct http_request *request)
{
    if (!slice_is(request->path, "/"))
        return false;
    if (request->method == HTTP_POST)
        return request->target.p == NULL && is_form(request->content_type);
    return request->method == HTTP_GET &&
           (slice_starts_with(request->query, SLICE_LIT("Action=")) ||
               (request->query.n != 0 && memmem(request->query.p, request->query.n, "&Action=", 8) != NULL));
}

static void append_escaped(struct buf *out, struct slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        switch (text.p[i]) {
        case '<':
            BUF_LIT(out, "&lt;");
            break;
        case '>':
            BUF_LIT(out, "&gt;");
            break;
        case '&':
            BUF_LIT(out, "&amp;");
            break;
        case '"':
            BUF_LIT(out, "&quot;");
            break;
        default:
            buf_byte(out, text.p[i]);
        }
    }
}

static void append_element(struct buf *out, const char *name, struct slice text)
{
    buf_printf(out, "<%s>", name);
    append_escaped(out, text);
    buf_printf(out, "</%s>", name);
}

static void respond_error(const struct http_request *request, struct http_response *response, uint16_t status,
    const char *code, struct slice text)
{
    struct buf *out = &response->body;

    response->status = status;
    BUF_LIT(out, "<ErrorResponse xmlns=\"" NAMESPACE "\">\n  <Error>\n    <Type>Sender</Type>\n    ");
    append_element(out, "Code", slice_from_cstr(code));
    BUF_LIT(out, "\n    ");
    append_element(out, "Message", text);
    BUF_LIT(out, "\n  </Error>\n  ");
    append_element(out, "RequestId", slice_of(request->request_id, sizeof(request->request_id)));
    BUF_LIT(out, "\n</ErrorResponse>\n");
}

/* The fault of auth_check under the name that this protocol has for it. */
static void respond_fault(const struct http_request *request, struct http_response *response, const struct fault *fault)
{
    struct slice text = fault->message;

    if (fault->code == API_MISSING_AUTHENTICATION_TOKEN)
        respond_error(request, response, 403, "MissingAuthenticationToken", text);
    else if (fault->code == API_INCOMPLETE_SIGNATURE)
        respond_error(request, response, 400, "IncompleteSignature", text);
    else if (fault->code == API_UNRECOGNIZED_CLIENT)
        respond_error(request, response, 403, "InvalidClientTokenId", text);
    else if (fault->code == API_EXPIRED_TOKEN)
        respond_error(request, response, 403, "ExpiredToken", text);
    else
        respond_error(request, response, 403, "SignatureDoesNotMatch", text);
}

static void respond_identity(
    const struct http_request *request, struct http_response *response, const struct identity *identity)
{
    struct buf *out = &response->body;

    BUF_LIT(out, "<GetCallerIdentityResponse xmlns=\"" NAMESPACE "\">\n  <GetCallerIdentityResult>\n    ");
    append_element(out, "Arn", identity->arn);
    BUF_LIT(out, "\n    ");
    append_element(out, "UserId", identity->user_id);
    BUF_LIT(out, "\n    ");
    append_element(out, "Account", identity->account);
    BUF_LIT(out, "\n  </GetCallerIdentityResult>\n  <ResponseMetadata>");
    append_element(out, "RequestId", slice_of(request->request_id, sizeof(request->request_id)));
    BUF_LIT(out, "</ResponseMetadata>\n</GetCallerIdentityResponse>\n");
}

static void act(const struct http_request *request, struct http_response *response, const struct identity *identity)
{
    struct auth__pairs *parameters = arena_alloc(request->arena, sizeof(*parameters));
    struct slice form = request->method == HTTP_POST ? request->body : request->query, action, version, text;

    if (auth__pairs_parse(request->arena, form, true, parameters) != OK) {
        respond_error(request, response, 400, "MalformedQueryString", SLICE_LIT("The parameters cannot be read."));
        return;
    }
    action = auth__pairs_find(parameters, "Action");
    version = auth__pairs_find(parameters, "Version");
    if (slice_is(action, "GetCallerIdentity") && slice_is(version, VERSION)) {
        respond_identity(request, response, identity);
    } else if (action.n == 0) {
        respond_error(request, response, 400, "MissingAction", SLICE_LIT("The parameter Action is missing."));
    } else {
        action = auth__echo(request->arena, action);
        version = auth__echo(request->arena, version);
        text = arena_printf(
            request->arena, "Could not find operation %.*s for version %.*s", SLICE_ARG(action), SLICE_ARG(version));
        respond_error(request, response, 400, "InvalidAction", text);
    }
}

void sts_respond(struct auth *auth, struct http_request *request, uint64_t wall_ms, struct http_response *response)
{
    struct fault fault = {.arena = request->arena};
    struct identity identity;

    response->status = 200;
    response->content_type = "text/xml";
    if (auth_check(auth, request, "sts", wall_ms, &identity, &fault) != OK)
        respond_fault(request, response, &fault);
    else
        act(request, response, &identity);
}
