/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

#include "base/buf.h"
#include "catalog/catalog.h"

/*
 * The parts of the folder:
 *
 *     descriptor.c   descriptor <-> record body, and what is derived from it
 *     definitions.c  AttributeDefinitions of a live table
 *     states.c       passing states and their ends
 *     throughput.c   the history of units and billing mode, and what it allows
 *     stream.c       streams and shards, in a descriptor and as records of their own
 *     snapshot.c     an immutable set of descriptors with its look-ups
 *     catalog.c      the present snapshot, views of it, changes
 *     account.c      what all tables of an account in a region come to
 *     counters.c     keys of counters
 */

/* ---- keys in meta: one letter, then integers big-endian (docs/formats/catalog.md) ---- */
#define CATALOG_KEY_TABLE      'T'
#define CATALOG_KEY_IDS        'N'
#define CATALOG_KEY_COUNTER    'C'
#define CATALOG_KEY_COLLECTION 'L'
#define CATALOG_KEY_STREAM     'S'

/* letter | id (4) */
struct slice catalog__table_key(struct arena *arena, uint8_t letter, uint32_t id);

/* ---- descriptor.c ---- */
/* A member of a struct that is an attribute of a body by itself. */
enum field_kind { FIELD_U16, FIELD_U32, FIELD_U64, FIELD_I64, FIELD_BOOL, FIELD_ENUM, FIELD_TEXT };
struct catalog__field {
    const char *name;
    enum field_kind kind;
    size_t offset;
    int enum_max;
};
/* The members of the struct at `base` as entries of the open frame, and back; *ret_what is the name of a wrong one. */
void catalog__fields_write(struct builder *b, struct builder_frame *frame, const struct catalog__field *fields,
    size_t count, const void *base);
bool catalog__fields_read(struct slice body, const struct catalog__field *fields, size_t count, void *base,
    struct arena *arena, const char **ret_what);
/* Appends the body of a descriptor, canonical, without what is derived. */
void catalog__encode(const struct table_desc *desc, struct buf *out, struct arena *arena);
/*
 * Reads a body into *ret, everything copied into the arena, and derives the rest (arn, carried; not the fence).
 * ERR_CORRUPT: the bytes are not a descriptor, *ret_what (static) says which part.
 */
MUST_USE enum err catalog__decode(
    struct slice body, struct arena *arena, struct table_desc *ret, const char **ret_what);
/* An empty descriptor: absent members are marked so. */
void catalog__blank(struct table_desc *desc);

/* ---- stream.c ---- */
/* The attribute "Stream" of a body, none for a table that never had one. False: the bytes are not a stream. */
void catalog__stream_write(const struct stream_desc *stream, struct builder *b, struct builder_frame *parent);
bool catalog__stream_read(struct slice body, struct arena *arena, struct stream_desc *ret);

/* ---- snapshot.c ---- */
/* What all versions of a table share. */
struct catalog_shared {
    struct engine_fence fence;
    struct meter meter;           /* of the table */
    struct catalog_meter *meters; /* heap; of every global index it ever had in this process */
    uint32_t meters_count;        /* changed under the catalog's turn alone, like `meters` */
    _Atomic uint32_t refs;
};
struct catalog_meter {
    uint16_t index_id;
    struct meter *meter; /* heap, so that versions may point to it */
};

/* One version of one table, on the heap, shared by the snapshots that contain it. */
struct catalog_table {
    struct table_desc desc;
    struct arena *arena;           /* owned: what desc points to */
    struct catalog_shared *shared; /* one reference */
    _Atomic uint32_t refs;
};

/* Decodes a stored body. `shared`: that of the table's other versions, or NULL for a first one. The caller has the one
 * reference. */
MUST_USE enum err catalog__table_create(
    struct slice body, struct catalog_shared *shared, struct catalog_table **ret, const char **ret_what);
void catalog__table_unref(struct catalog_table *table);

struct catalog_snapshot {
    uint64_t version;
    _Atomic uint32_t refs;
    uint32_t count, mask; /* mask + 1 slots in each hash table */
    uint64_t seed;
    struct catalog_table **tables; /* ascending by account, region, name; one reference each */
    uint32_t *by_name, *by_id;     /* open addressing: 1 + position in `tables`, 0: empty */
};

/* Of `count` tables in ascending order; takes a reference of its own of each. */
struct catalog_snapshot *catalog__snapshot_create(
    struct catalog_table *const *tables, uint32_t count, uint64_t version, uint64_t seed);
void catalog__snapshot_unref(struct catalog_snapshot *snapshot);
/* The position of the first table that is not before (account, region, name); *ret_found tells whether it is the very
 * one. */
uint32_t catalog__snapshot_position(const struct catalog_snapshot *snapshot, struct slice account, struct slice region,
    struct slice name, bool *ret_found);
struct catalog_table *catalog__snapshot_find(
    const struct catalog_snapshot *snapshot, struct slice account, struct slice region, struct slice name);
struct catalog_table *catalog__snapshot_find_id(const struct catalog_snapshot *snapshot, uint32_t id);

/* ---- account.c ---- */
bool catalog__is_in(const struct table_desc *desc, struct slice account, struct slice region);

/* ---- catalog.c ---- */
/* A fiber that waits for something of the catalog; lives on its stack, guarded by the catalog's mutex. */
struct catalog_waiter {
    struct fiber *fiber;
    struct catalog_waiter *next;
    bool done;
};

struct catalog {
    struct engine *engine;                           /* borrowed */
    _Atomic uint64_t version;                        /* of `current`; read without the mutex */
    pthread_mutex_t mutex;                           /* never held over a park; guards all below */
    struct catalog_snapshot *current;                /* one reference */
    struct catalog_view *views;                      /* all of them, doubly linked */
    struct catalog_waiter *newer;                    /* woken by everything that ends a change */
    bool changing;                                   /* somebody has the turn to change; it alone touches ids_next */
    struct catalog_waiter *turns_first, *turns_last; /* who wants it next, in order */
    uint32_t ids_next;
    uint64_t seed;
    catalog_listener_fn *listener;
    void *listener_context;
};

struct catalog_view {
    struct catalog *catalog;
    struct catalog_snapshot *snapshot; /* one reference */
    uint64_t version;
    uint32_t refs; /* requests, plus one while a worker keeps the view; touched on one thread only */
    struct catalog_view *previous, *next;
};
