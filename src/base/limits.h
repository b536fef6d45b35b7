/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * Every bound that a request can meet, in one place: its origin, its unit, what happens beyond it. What bounds one
 * folder's own machinery stands in that folder. "quota": DynamoDB's own, with its exact error. "ours": our choice, to
 * keep cost bounded.
 */

/* Requests */
#define REQUEST_BODY_BYTES_MAX     (16u << 20) /* quota: 413 */
#define REQUEST_HEAD_BYTES_MAX     (16u << 10) /* quota: 400 */
#define REQUEST_HEADERS_MAX        64          /* ours: 400 */
#define JSON_DEPTH_MAX             2048        /* ours: SerializationException; each level of a value takes two */
#define CONSTRAINT_ERRORS_MAX      10          /* quota: the rest is not reported */
#define CONSTRAINT_VALUE_BYTES_MAX (64u << 10) /* ours: a value that breaks a constraint is shown so far */

/* Values and items */
#define ITEM_BYTES_MAX               409600u             /* quota: ValidationException */
#define COLLECTION_BYTES_MAX         ((int64_t)10 << 30) /* quota: items and local index entries of a partition key value */
#define VALUE_DEPTH_MAX              32                  /* quota: ValidationException */
#define VALUE_DEPTH_CURRENT_MAX      62                  /* beyond it the item writes speak the older texts */
#define ATTRIBUTE_NAME_BYTES_MAX     65535u              /* quota: ValidationException */
#define KEY_ATTRIBUTE_NAME_BYTES_MAX 255u                /* quota */
#define HASH_KEY_BYTES_MAX           2048u               /* quota: ValidationException */
#define RANGE_KEY_BYTES_MAX          1024u               /* quota: ValidationException */
#define NUMBER_DIGITS_MAX            38                  /* quota: ValidationException */
#define NUMBER_EXPONENT_MAX          125                 /* quota: overflow */
#define NUMBER_EXPONENT_MIN          (-130)              /* quota: underflow */

/* Expressions */
#define EXPRESSION_BYTES_MAX         4096u      /* quota */
#define EXPRESSION_OPERATORS_MAX     300        /* quota */
#define EXPRESSION_IN_OPERANDS_MAX   100        /* quota */
#define EXPRESSION_PATH_ELEMENTS_MAX 32         /* quota */
#define PLACEHOLDER_BYTES_MAX        255        /* quota */
#define SUBSTITUTION_BYTES_MAX       (2u << 20) /* quota: all names and values of a request */
#define LEGACY_OPERANDS_MAX          4096u /* ours: attributes and values of an Expected or a filter: ValidationException */
#define LEGACY_UPDATES_MAX           65535u /* ours: attributes of AttributeUpdates: ValidationException */

/* Statements */
#define STATEMENT_CHARACTERS_MAX 8192                           /* quota: member constraint */
#define STATEMENT_BYTES_MAX      (4 * STATEMENT_CHARACTERS_MAX) /* follows from it */
#define STATEMENT_BRANCHES_MAX   50                             /* quota: reads that a WHERE is taken apart into */

/* Operations */
#define PAGE_BYTES_MAX             (1u << 20)  /* quota: Query and Scan stop */
#define BATCH_GET_KEYS_MAX         100         /* quota */
#define BATCH_WRITE_REQUESTS_MAX   25          /* quota */
#define BATCH_RESPONSE_BYTES_MAX   (16u << 20) /* quota: UnprocessedKeys */
#define TRANSACTION_ACTIONS_MAX    100         /* quota: member constraint */
#define TRANSACTION_BYTES_MAX      (4u << 20)  /* quota: what TransactWriteItems sends, what TransactGetItems reads */
#define TRANSACTION_TOKEN_S        600u        /* quota: how long a ClientRequestToken is remembered */
#define SEGMENTS_MAX               1000000     /* quota */
#define LIST_TABLES_MAX            100         /* quota */
#define LIST_STREAMS_MAX           100         /* quota */
#define DESCRIBE_STREAM_SHARDS_MAX 100         /* quota */
#define STREAM_RECORDS_MAX         1000        /* quota: GetRecords; it stops at PAGE_BYTES_MAX too */
#define STREAM_RETENTION_MS        86400000u   /* quota: TrimmedDataAccessException */
#define ITERATOR_LIFE_MS           900000u     /* quota: ExpiredIteratorException */

/* Tables */
#define TABLE_NAME_BYTES_MIN    3
#define TABLE_NAME_BYTES_MAX    255
#define LSI_MAX                 5  /* quota */
#define GSI_MAX                 20 /* quota: LimitExceededException */
#define INDEXES_MAX             (LSI_MAX + GSI_MAX)
#define GSI_KEY_HASH_MAX        4     /* quota */
#define GSI_KEY_RANGE_MAX       4     /* quota */
#define NON_KEY_ATTRIBUTES_MAX  100   /* quota */
#define TAGS_MAX                50    /* quota */
#define TABLES_MAX              10000 /* quota, as adjusted: LimitExceededException */
#define TABLE_READ_UNITS_MAX    40000 /* quota: LimitExceededException; DescribeLimits tells these four */
#define TABLE_WRITE_UNITS_MAX   40000
#define ACCOUNT_READ_UNITS_MAX  80000
#define ACCOUNT_WRITE_UNITS_MAX 80000
#define DECREASES_FREE          4        /* quota, a UTC day, then one an hour: LimitExceededException */
#define DECREASE_PAUSE_MS       3600000u /* quota */
#define ON_DEMAND_SWITCHES_MAX  4        /* quota, in any 24 hours: LimitExceededException */
#define PASSING_TABLES_MAX      500      /* quota, of an account in a region at once: LimitExceededException */
#define PASSING_INDEXED_MAX     250      /* quota, likewise: being created with indexes */
#define CONTROL_LIST_MAX        1024 /* ours: lists of a control-plane request, before checks that cost their square */

/* Engine */
#define GROUP_BYTES_MAX     (8u << 20) /* ours: the appender waits */
#define GROUP_DECISIONS_MAX 4096       /* ours: the appender waits */
#define LATCH_STRIPES       65536      /* ours */
#define LATCH_WAIT_MS_MAX   50         /* ours, transactions and who waits behind them: TransactionConflict */

/* Fibers */
#define FIBER_STACK_BYTES     (64u << 10) /* ours; 256 KiB under sanitizers */
#define FIBERS_PER_WORKER_MAX 4096        /* ours: 503 */
#define FIBERS_MAX            16384       /* ours: 503 */
#define FIBER_SLICE_US        250         /* ours: a fiber gives way */
#define FIBER_SLICE_BYTES     (64u << 10) /* ours: a fiber gives way */
