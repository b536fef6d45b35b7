/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "table/table.h"
#include "table/token.h"

/*
 * Several actions on several items of several tables, all or nothing (data-plane.md 3.10, verified-behaviour.md 14):
 * one decision of the engine over all their keys. No action sees what another one does.
 */
struct table_action {
    /* asked */
    const struct table_desc *table;
    struct table_write write; /* its answers too are here */
    /* answered with `cancelled`: what this action was the reason of; `fault` as the action alone would have been told
     */
    bool refused;
    struct fault fault; /* its arena is set by the caller */
};

/* At most once (token.h). */
struct table_token {
    struct slice key;    /* token_key */
    struct slice digest; /* of the parameters, TOKEN_DIGEST_BYTES */
};

struct table_transaction {
    /* asked */
    struct engine *engine;
    struct fiber *fiber;
    struct arena *arena;
    struct table_action *actions; /* of distinct items */
    uint32_t count;
    const struct table_token *token; /* NULL: none */
    struct fault *fault;
    uint64_t now_ms;                /* wall clock of the request */
    struct table_throttle throttle; /* zero: nothing is throttled */
    /* answered */
    bool replayed;   /* with OK: it was done before; nothing but `sizes` is answered */
    bool cancelled;  /* with ERR_FAULT: the reasons are in the actions; else in `fault` */
    uint32_t *sizes; /* with OK: of the item that each action left, or took away, or checked; with `replayed`, then */
};

/*
 * Decides and appends the transaction; it is durable after engine_settle with *ret_ticket, which is set for ERR_FAULT
 * too. All conditions are looked at, whatever became of the others. Table capacity in the actions is transactional:
 * twice that of the single write, and must be there for all before anything is done. ERR_FAULT: cancelled; or the token
 * was used for something else (IdempotentParameterMismatchException) or is in use just now
 * (TransactionInProgressException). Waits LATCH_WAIT_MS_MAX at most for an item that somebody else holds, then that
 * action is refused with TransactionConflictException. ERR_STALE: a descriptor is old; take the new ones and start
 * again.
 */
MUST_USE enum err table_transact(struct table_transaction *transaction, engine_ticket *ret_ticket);
