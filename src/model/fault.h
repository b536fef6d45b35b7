/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "model/gen_errors.h"

/*
 * What is told to a client whose request was refused: one error of the API with its exact message. Functions that can
 * refuse take a `struct fault *` and return ERR_FAULT after filling it.
 */
struct fault {
    struct arena *arena; /* borrowed: where messages go; set by the owner before use */
    enum api_error code;
    struct slice message; /* p NULL: the error document has no message member */
    struct slice item;    /* body of the old item (codec/value.h) for ConditionalCheckFailedException; else p NULL */
    struct slice more; /* ready JSON members put after the message, such as "CancellationReasons":[...]; else p NULL */
};

/* Fills the fault and returns ERR_FAULT. The text is DynamoDB's, to the letter. */
enum err fault_set(struct fault *fault, enum api_error code, const char *format, ...) PRINTF(3, 4);
/* The same for a fault without a message. */
enum err fault_set_bare(struct fault *fault, enum api_error code);
/* ValidationException, the commonest. */
enum err fault_validation(struct fault *fault, const char *format, ...) PRINTF(2, 3);
