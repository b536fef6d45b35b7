/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "expr/expr.h"
#include "model/fault.h"
#include "model/gen_operations.h"

struct fiber;

/*
 * The AWS JSON protocol: bytes to typed requests (the generated structs of model/) and typed replies to bytes, driven
 * by the generated shape tables. Handlers never see JSON.
 */

/*
 * Reads a body into the operation's input struct, in one pass, items straight into binary form. ERR_FAULT:
 * SerializationException with the texts of data-plane.md 0.5 (fault_set_bare when it is not JSON). *wording chooses
 * the texts of value faults; it becomes WORDING_CLASSIC for an item write that holds a value nested past
 * VALUE_DEPTH_CURRENT_MAX, and all that is said about the request is then in the older words
 * (verified-behaviour.md 1.4, 14). `self`: the fiber that reads and gives way in a long body; NULL on a plain thread.
 */
MUST_USE enum err wire_read(const struct operation *operation, struct slice json, enum wording *wording,
    struct fiber *self, struct arena *arena, void **ret_input, struct fault *fault);
/*
 * The member constraints of the model (required, length, range, enum, pattern), all of them, at most 10, in the
 * operation's documented order and texts (data-plane.md 0.4 step 3, 0.6; control-plane.md 1.7). `wording` is that of
 * wire_read. ERR_FAULT: ValidationException.
 */
MUST_USE enum err wire_check(const struct operation *operation, const void *input, enum wording wording,
    struct arena *arena, struct fault *fault);
/* Renders a typed reply as JSON; `self` as above, between the elements of lists. */
void wire_write(const struct shape *shape, const void *output, struct fiber *self, struct buf *out);
/* Renders one item body as {"a":{"S":"x"},...}. */
void wire_write_item(struct slice body, struct buf *out);
/* Renders the error document. */
void wire_write_fault(const struct fault *fault, struct buf *out);

/* Reads {"a":{"S":"x"}} into a body (tools, tests). */
MUST_USE enum err wire_read_item(struct slice json, struct arena *arena, struct slice *ret_body, struct fault *fault);
