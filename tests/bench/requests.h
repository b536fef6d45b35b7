/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The requests of each workload, written before the clock starts. A request has slots: places of eight digits that are
 * filled in just before sending, so that one template serves every key. A signed request has none, for a changed byte
 * would break its signature; of those a whole pool is made.
 *
 * Items have 400 bytes by DynamoDB's rule, in ten attributes of seven types. The table "bench" has the partition key
 * pk; the table "bench-query" has pk and the sort key sk, REQUESTS_QUERY_ITEMS items a partition. So has "bench-large",
 * with one partition of REQUESTS_LARGE_KEYS items of REQUESTS_LARGE_BYTES.
 */
#define REQUESTS_ITEM_BYTES     400
#define REQUESTS_QUERY_ITEMS    20
#define REQUESTS_BATCH_ITEMS    25
#define REQUESTS_TRANSACT_ITEMS 100 /* the most that a workload has */
#define REQUESTS_LARGE_BYTES    390000
#define REQUESTS_LARGE_KEYS     8
#define REQUESTS_SLOT_DIGITS    8

enum workload_kind {
    WORKLOAD_ECHO,           /* 600 bytes with its head, for bench_echo */
    WORKLOAD_GET,            /* GetItem, uniform keys */
    WORKLOAD_PUT,            /* PutItem over present keys, uniform */
    WORKLOAD_PUT_IF,         /* the same with a condition that holds */
    WORKLOAD_UPDATE,         /* UpdateItem ADD n :one, uniform keys */
    WORKLOAD_UPDATE_HOT,     /* the same on one key */
    WORKLOAD_UPDATE_SET,     /* UpdateItem that sets one attribute to a new number */
    WORKLOAD_UPDATE_IF,      /* the same with a condition that holds */
    WORKLOAD_DELETE,         /* DeleteItem; all but the first of a key finds nothing */
    WORKLOAD_STATEMENT,      /* ExecuteStatement: SELECT by the whole key, given as a parameter */
    WORKLOAD_QUERY,          /* one partition of 20 items, or as many of it as the workload says */
    WORKLOAD_SCAN,           /* pages of 1 MB, each connection from its own last key */
    WORKLOAD_BATCH_GET,      /* 25 keys */
    WORKLOAD_BATCH_WRITE,    /* 25 puts over present keys */
    WORKLOAD_TRANSACT_GET,   /* TransactGetItems: as many keys as the workload says */
    WORKLOAD_TRANSACT_WRITE, /* TransactWriteItems: as many puts over present keys as the workload says */
    WORKLOAD_MIXED,          /* 80 % GetItem, 10 % PutItem, 5 % UpdateItem, 5 % Query */
    WORKLOAD_FILL,           /* writes every key of "bench" once, then ends */
    WORKLOAD_FILL_EXPIRED,   /* the same for "bench-expired", where the age is a time that has just passed */
    WORKLOAD_FILL_QUERY,     /* the same for "bench-query" */
    WORKLOAD_TRANSACT_HOT,   /* TransactWriteItems of one key that all share and one of its own */
    WORKLOAD_PUT_LARGE,      /* PutItem of 390 KB into "bench-large", uniform over REQUESTS_LARGE_KEYS */
    WORKLOAD_QUERY_LARGE,    /* pages of 1 MB: the partition of "bench-large" */
    WORKLOAD_FILL_LARGE,     /* writes every key of "bench-large" once, then ends */
};

struct workload {
    const char *name;
    enum workload_kind kind;
    uint32_t items; /* per request; 0: as many as the reply counts */
    uint32_t step;  /* keys in order, so many a request, and an end; 0: uniform, without an end */
    bool holds_key; /* a right reply holds the key that was asked for */
};
/* NULL: no such workload. */
const struct workload *workload_find(const char *name);
/* Names of all, for the usage text. */
const char *workload_names(void);

/* Where to write (number + item * stride) / divide % modulo; with modulo 0 a number that no request before had. */
struct request_slot {
    uint32_t offset, item, divide, modulo;
};

struct request {
    char *bytes;
    uint32_t n, slots_n;
    struct request_slot *slots; /* owned; NULL for none */
    uint32_t number;            /* of a signed request */
};

struct request_pool {
    const struct workload *workload;
    struct request *requests;
    uint32_t requests_n;
    uint32_t keys;
    uint32_t stride; /* between the items of one batch: their keys must differ */
    bool has_slots;
    uint64_t random;
    uint32_t turn;     /* counts the requests */
    uint32_t sequence; /* of workloads with a step: the next number */
};

struct request_options {
    const struct workload *workload;
    const char *host;                /* 127.0.0.1:8000 */
    const char *access_key, *secret; /* secret NULL: a signature of the right shape, but not real */
    const char *tables;              /* what the names of tables begin with; "bench" in the words above */
    uint32_t keys;                   /* items in the table; 1000 and up */
    uint32_t pool;                   /* signed requests to prepare, of the first keys; 0: one for each key */
    uint64_t seed;
};

void requests_init(struct request_pool *pool, const struct request_options *options);
/* The next request, its slots filled; *ret_number tells which key it asks for. NULL: a sequential workload is at its
 * end. */
const struct request *requests_next(struct request_pool *pool, uint32_t *ret_number);
/* The number in the partition key that a reply to `number` must hold. */
uint32_t requests_key(const struct request_pool *pool, uint32_t number);
/* The Scan that goes on after the eight digits `key`; NULL: from the start. Not for signed pools. */
const struct request *requests_scan(struct request_pool *pool, const char *key);
