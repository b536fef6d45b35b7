/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "api/api_int.h"
#include "partiql/partiql.h"

/*
 * Statements of PartiQL as the handlers see them (data-plane.md 7): one statement goes through the steps below, in this
 * order (7.10), whether it came alone, in a batch or in a transaction. What differs between those is the handler's.
 */
struct api__statement {
    /* asked */
    struct slice text;
    const struct prepared_statement_parameters *parameters;
    bool consistent;
    bool return_item_on_failure;
    /* after api__statement_prepare */
    const struct partiql_statement *statement;
    struct partiql_bound bound;
    struct slice *values; /* of the parameters */
    uint32_t item_size;   /* INSERT */
    /* after api__statement_source */
    const struct table_desc *table;
    const struct index_desc *index; /* SELECT: NULL for the table */
};

/*
 * Reads a statement, or takes it from those the worker has read (statements.c); it is valid until the reply is made.
 * ERR_FAULT as of partiql_parse.
 */
MUST_USE enum err api__statement_read(
    struct api_request *request, struct slice text, const struct partiql_statement **ret);
/* Counts a SELECT that reads the whole table or index, and tells the log now and then. */
void api__statement_scan_tell(struct api_request *request, const struct api__statement *s);

/* Parameters, parsing, binding: steps 2 to 4. */
MUST_USE enum err api__statement_prepare(struct api_request *request, struct api__statement *s);
/* Step 2 alone: the first faulty parameter. */
MUST_USE enum err api__parameters_check(
    struct api_request *request, const struct prepared_statement_parameters *parameters);
/* The table and the index: steps 5 and 6. */
MUST_USE enum err api__statement_source(struct api_request *request, struct api__statement *s);

/*
 * The one item of the table that a SELECT or an EXISTS names by equalities on its whole key: a body of the key
 * attributes. *ret_only: the WHERE says nothing else. False when it names none.
 */
bool api__statement_item(
    struct api_request *request, const struct api__statement *s, struct slice *ret_key_body, bool *ret_only);

/* ---- writes ---- */
/* Step 7 of INSERT, UPDATE and DELETE: the key and the schema's checks. Fills what table_write is asked. */
enum api__key_texts { API__KEY_TEXTS_STATEMENT, API__KEY_TEXTS_TRANSACTION };
MUST_USE enum err api__statement_write(
    struct api_request *request, const struct api__statement *s, enum api__key_texts texts, struct table_write *ret);
/* What RETURNING asks for, after the write; p NULL when it is nothing. */
struct slice api__statement_returned(
    struct api_request *request, const struct api__statement *s, const struct table_write *write);

/* ---- reads of ranges (statement_plan.c) ---- */
/* One range that a SELECT reads. */
struct api__statement_range {
    struct slice from, to;
    bool one; /* a whole primary key of the table: at most one item, whose key is `from` */
};
/* How a SELECT reads: one range after another. */
struct api__statement_plan {
    const struct api__statement_range *ranges;
    uint32_t count;
    bool keyed; /* false: a full scan */
    bool reverse;
    bool fetch_base;
    const struct expr_condition *filter; /* NULL: none */
};
/* Step 7 of SELECT. */
MUST_USE enum err api__statement_plan(
    struct api_request *request, const struct api__statement *s, struct api__statement_plan *ret);

/* ---- tokens (statement_token.c) ---- */
/* Where a SELECT goes on. */
struct api__statement_position {
    uint32_t range;
    struct slice key; /* body of the key of the item read last in that range; p NULL: at its beginning */
};
/* The NextToken, bound to the statement and its parameters. */
struct slice api__token_write(struct api_request *request, const struct execute_statement_input *in,
    const struct api__statement_position *position);
/* ERR_FAULT: not a token, or one of another statement. The key is well-formed; whether it fits the table is open. */
MUST_USE enum err api__token_read(
    struct api_request *request, const struct execute_statement_input *in, struct api__statement_position *ret);
#define API__TOKEN_INVALID "Invalid NextToken"
