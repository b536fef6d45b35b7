/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "api/api_int.h"
#include "table/transact.h"

/*
 * What the operations over several items at once share: refusals, capacity, the digest of their parameters.
 */

/* Whose token a record remembers: the second byte of its key. On disk: never renumbered. */
enum token_operation { TOKEN_TRANSACT_WRITE_ITEMS = 1, TOKEN_EXECUTE_TRANSACTION = 2 };

/* ---- cancellation (cancel.c) ---- */
/* What a fault is called as the reason of a cancellation, or as the error of a statement in a batch; NULL: None. */
struct slice api__reason_code(const struct fault *fault);
/* TransactionCanceledException in request->fault: a reason for each action, NULL for None. Always ERR_FAULT. */
MUST_USE enum err api__cancel(struct api_request *request, const struct fault *const *faults, uint32_t count);
/* The same with one reason, which is request->fault as it stands. */
MUST_USE enum err api__cancel_one(struct api_request *request, uint32_t at, uint32_t count);

/* ---- parameters (digest.c) ---- */
/* A digest of one member of the operation's checked input: equal for equal parameters, however they were written. */
struct slice api__digest(struct api_request *request, const char *member_name, const void *input);

/* ---- transact.c ---- */
/* No item is named twice. `bodies` are items or Key maps; one whose key is faulty counts as different. */
MUST_USE enum err api__transact_distinct_check(
    struct api_request *request, const struct table_desc *const *tables, const struct slice *bodies, uint32_t count);
/* The same, of keys in the space data. */
MUST_USE enum err api__transact_keys_check(struct api_request *request, const struct slice *keys, uint32_t count);
/* The bytes of all items, keys and values that the actions bring. */
MUST_USE enum err api__transact_payload_check(struct api_request *request, uint64_t bytes);
/* The request token as the decision takes it: each operation has its own, over the parameters in the named member. */
struct table_token api__transact_token(struct api_request *request, enum token_operation operation,
    struct slice client_token, const char *member_name, const void *input);
/* Decides, and waits until what came of it is durable. A cancelled transaction is told with its reasons. */
MUST_USE enum err api__transact_settled(struct api_request *request, struct table_transaction *transaction);

/* Items of several tables as they were at one moment. */
struct api__transact_read {
    uint32_t count;
    const struct table_desc *const *tables;
    const struct slice *keys;
    struct slice *bodies; /* answered; p NULL: there is none */
    uint32_t *sizes;      /* answered; 0 for none */
};
/* ERR_FAULT: they are too large together, or cancelled for want of capacity. Counts them for the log. */
MUST_USE enum err api__transact_read(struct api_request *request, const struct api__transact_read *read);
/* The item of a response. One that shows nothing is absent, as if it were not there. `projection` may be NULL. */
struct attribute_map api__transact_item(
    struct api_request *request, struct slice body, const struct expr_projection *projection);
/* What reads of items of these sizes cost, an entry for each table. `mode` is ReturnConsumedCapacity. */
struct consumed_capacity_multiple api__transact_read_capacity(struct api_request *request, struct slice mode,
    const struct table_desc *const *tables, const uint32_t *sizes, uint32_t count);
/* What the transaction cost: writes, or reads when it was done before. */
struct consumed_capacity_multiple api__transact_write_capacity(
    struct api_request *request, struct slice mode, const struct table_transaction *transaction);
