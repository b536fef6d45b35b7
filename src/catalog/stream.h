/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

struct table_desc;

/*
 * The stream of a table (control-plane.md 6): what is known of it, and which of its shards takes which record.
 *
 * A shard is a run of numbered entries in the engine (engine.h, effects_append). The open shards of a stream share out
 * the 16-bit beginnings of hash64 in item keys, so all records of an item go through one line of shards; a closed one
 * hands its part to its children. Open shards change with the descriptor, whose fence sees to it that nobody appends to
 * a shard after it was closed.
 *
 * Pure functions of a descriptor and the time; any thread.
 */
enum stream_view { STREAM_KEYS_ONLY, STREAM_NEW_IMAGE, STREAM_OLD_IMAGE, STREAM_NEW_AND_OLD_IMAGES };

struct shard_desc {
    uint32_t number;     /* 1 and up, given once in a table, growing with time */
    uint32_t parent;     /* 0: none */
    uint64_t created_ms; /* does not fall from one number to the next */
    uint64_t closed_ms;  /* 0: open */
    uint16_t hash_from;  /* takes hashes that begin so or higher, up to the next open shard */
};

struct stream_desc {
    struct slice label; /* creation time as text; p NULL: the table never had a stream */
    uint64_t created_ms;
    bool enabled;
    enum stream_view view;
    const struct shard_desc *shards; /* ascending by number; none: the stream was disabled and is trimmed away */
    uint32_t shards_count;
};

/* Ours. At 16 open shards that roll every four hours some 130 are listed at a time. */
#define SHARDS_OPEN_MAX 16
#define SHARDS_MAX      256
/* Ours: a write that was under way when its shard was closed may be that much younger. */
#define SHARD_CLOSING_MS 60000u

/* The stream's name for the engine: table | shard. */
static inline uint64_t stream_log_id(uint32_t table_id, uint32_t shard)
{
    return (uint64_t)table_id << 32 | shard;
}

/* The open shard that takes records of items with this hash64. The stream is enabled. */
const struct shard_desc *stream_shard_of(const struct stream_desc *stream, uint64_t hash);
const struct shard_desc *stream_shard_find(const struct stream_desc *stream, uint32_t number);

/* ---- changes of a descriptor; new arrays come from the arena ---- */
/* A new stream with one shard takes the place of the one the table had. */
void table_stream_open(struct table_desc *desc, enum stream_view view, uint64_t now_ms, struct arena *arena);
/* Disables the stream and closes its shards. Nothing happens when it is not enabled. */
void table_stream_close(struct table_desc *desc, uint64_t now_ms, struct arena *arena);

/*
 * Closes an open shard; one child takes over, or two take half of its hashes each when `split` and that is possible.
 * Nothing happens when it is not open, or when SHARDS_MAX or SHARDS_OPEN_MAX would be passed.
 */
void table_stream_roll(struct table_desc *desc, uint32_t number, bool split, uint64_t now_ms, struct arena *arena);

/* ---- trimming ---- */
/* True when all of the shard's records are older than they are kept. */
bool shard_is_dead(const struct shard_desc *shard, uint64_t now_ms);
/* Leaves out the dead shards; true when there were any. */
bool stream_trim(struct stream_desc *stream, uint64_t now_ms, struct arena *arena);

/* ---- the record in meta ---- */
/*
 * A stream lives a day longer than its table, and than its being the table's newest one. So each stream that has shards
 * is also a record in meta, written by the catalog together with the descriptor while the stream is the table's
 * newest, by work/ afterwards. Members are borrowed from the record's bytes or the arena.
 */
struct stream_info {
    uint32_t table_id;
    struct slice account, region, table_name, table_uuid;
    struct slice hash_name, range_name; /* the table's key; range_name.p NULL: none */
    struct stream_desc stream;
};

/* 'S' account 0 region 0 table 0 label */
struct slice stream_key(
    struct arena *arena, struct slice account, struct slice region, struct slice table_name, struct slice label);
/* The range of all streams of (account, region), of one table when `table_name` is given. */
void stream_key_range(struct arena *arena, struct slice account, struct slice region, struct slice table_name,
    struct slice *ret_from, struct slice *ret_to);
/* The range of all streams. */
void stream_key_range_all(struct arena *arena, struct slice *ret_from, struct slice *ret_to);
/* The newest stream of a table. The table has one. */
void stream_info_of(const struct table_desc *desc, struct stream_info *ret);
/* The body of the record. */
struct slice stream_info_encode(const struct stream_info *info, struct arena *arena);
/* Reads a record of meta: ERR_CORRUPT, ERR_VERSION. */
MUST_USE enum err stream_info_read(
    struct slice key, struct slice record_bytes, struct arena *arena, struct stream_info *ret);
