/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "auth/auth.h"
#include "http/http.h"

/*
 * The Security Token Service, as far as tools ask for it before they start work: GetCallerIdentity (control-plane.md
 * 3.8). It speaks the Query protocol, forms in and XML out, so it is answered here and not by the tables of api/.
 */

/* True when the request is one of the Query protocol: a form posted to "/", or GET "/" with an Action parameter. */
bool sts_handles(const struct http_request *request);

/* Checks the credentials for the service sts and fills the response, with the identity or with an error. On the
 * request's fiber; `wall_ms` is now. */
void sts_respond(struct auth *auth, struct http_request *request, uint64_t wall_ms, struct http_response *response);
