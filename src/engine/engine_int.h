/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/buf.h"
#include "engine/engine.h"
#include "engine/latch.h"
#include "engine/stamp.h"

/*
 * What every engine shares and nobody above may see: the table of functions behind engine.h, the list of effects, and
 * the frame of a decision (decide.c), which is the same wherever bytes live.
 */

/* ---- dispatch ---- */
struct engine_ops {
    const char *name;
    bool index_in_batch, multi_key_atomic;
    enum err (*decide)(struct engine *engine, struct fiber *self, struct arena *arena,
        const struct engine_decision *decision, engine_ticket *ret_ticket);
    enum err (*settle)(struct engine *engine, struct fiber *self, engine_ticket ticket);
    engine_ticket (*ticket_join)(struct engine *engine, engine_ticket a, engine_ticket b);
    enum err (*get)(struct engine *engine, struct fiber *self, struct arena *arena, const struct engine_key *keys,
        uint32_t keys_count, struct engine_record *ret_records);
    enum err (*range)(struct engine *engine, struct fiber *self, struct arena *arena, enum engine_space space,
        struct slice from, struct slice to, bool reverse, uint32_t entries_max, size_t bytes_max,
        struct engine_page *ret);
    enum err (*as_of)(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stamp, struct slice from,
        struct slice to, uint32_t entries_max, size_t bytes_max, struct engine_page *ret);
    uint64_t (*watermark)(struct engine *engine);
    void (*figures)(struct engine *engine, engine_figure_fn *emit, void *context);
    enum err (*drop)(
        struct engine *engine, struct fiber *self, enum engine_space space, struct slice from, struct slice to);
    enum err (*copy)(struct engine *engine, struct fiber *self, const char *path, struct engine_copied *ret,
        char **ret_reason); /* NULL: there is nothing on a disk */
    void (*close)(struct engine *engine);
};

#define ENGINE_MAGIC 0x656e6731u

/* First member of each engine's own struct. */
struct engine {
    uint32_t magic; /* ENGINE_MAGIC while open */
    const struct engine_ops *ops;
};

/* Emits a figure that stands alone. */
void engine__figure_emit(engine_figure_fn *emit, void *context, const char *name, enum engine_figure_kind kind,
    double value, const char *help);

/* ---- effects (effects.c) ---- */
enum effect_kind { EFFECT_PUT, EFFECT_DELETE, EFFECT_ADD, EFFECT_APPEND, EFFECT_FENCE };

struct effect {
    struct effect *next;
    enum effect_kind kind;
    enum engine_space space; /* PUT, DELETE */
    struct slice key, bytes; /* borrowed from whoever decided, until engine_decide returns */
    union {
        int64_t delta;    /* ADD */
        uint64_t stream;  /* APPEND */
        uint64_t version; /* FENCE */
    };
    struct engine_fence *fence;
    uint64_t body_sum; /* of the envelope in `bytes`, when `summed` */
    bool summed;
    bool known; /* PUT: later decisions may name the key, though this one does not */
};

/* In the order they were asked for. */
struct effects {
    struct arena *arena; /* borrowed */
    struct effect *first, **last;
    uint32_t count;
    size_t bytes;        /* of all keys and values */
    uint64_t stamp;      /* in the envelopes */
    struct fiber *fiber; /* that gives way; NULL: nobody does */
    size_t worked;       /* bytes so far, as effects_breathe was told */
    void *block;         /* the engine's: where it has laid the effects out */
};

void engine__effects_init(struct effects *fx, struct arena *arena, uint64_t stamp, struct fiber *fiber);
/* Gives all envelopes that carry fx->stamp another one. */
void engine__effects_restamp(struct effects *fx, uint64_t stamp);
/* Notes the hash of the effect's envelope, so that another stamp costs no look at its body. */
void engine__effect_sum(struct effect *effect);
/* True when both lists would write the same. */
bool engine__effects_equal(const struct effects *a, const struct effects *b);

/* ---- counters (counter.c) ---- */
/* Appends the record of a counter: an envelope whose body is the value. */
void engine__counter_write(struct buf *out, struct slice key, uint64_t stamp, int64_t value);
/* The sum, held at the ends of the range: a counter that wraps would turn into nonsense. */
int64_t engine__counter_sum(int64_t value, int64_t delta);

/* ---- keys that belong to the engine, in meta; no key of others begins with '!' (docs/formats/engine.md) ---- */
#define ENGINE_KEY_FORMAT       "!format"
#define ENGINE_KEY_CLOCK        "!clock"
#define ENGINE_KEY_STREAM       "!stream" /* and the stream id (8, big-endian) */
#define ENGINE_KEY_DEAD         "!dead"   /* and the first key of the range in data */
#define ENGINE_KEY_DEAD_LOG     "!dlog"   /* and the first key of the range in log */
#define ENGINE_KEY_STREAM_BYTES (sizeof(ENGINE_KEY_STREAM) - 1 + 8)
#define ENGINE_KEY_LOG_BYTES    16

/* The key of the record in meta that holds the last number given in a stream. */
void engine__stream_key(uint8_t key[ENGINE_KEY_STREAM_BYTES], uint64_t stream);
/* The key of an entry in the space log: stream (8) | number (8), big-endian. */
void engine__log_key(uint8_t key[ENGINE_KEY_LOG_BYTES], uint64_t stream, uint64_t number);

/* ---- the frame of a decision (decide.c) ---- */

enum engine_again { AGAIN_NO, AGAIN_STAMP, AGAIN_ROOM, AGAIN_READ };

/* What differs between engines. `engine` is the engine that was given to engine__decide. */
struct engine_decide_ops {
    /* The number that changes when decisions in flight must read again; read before the old records. */
    uint64_t (*epoch)(struct engine *engine);
    /* Fills old (one per key) and raises *ticket to what these values wait for. The latches are held. */
    enum err (*read_old)(struct engine *engine, struct fiber *self, struct arena *arena,
        const struct engine_decision *decision, struct engine_record *old, engine_ticket *ticket);
    /*
     * Copies large effects to where they can be appended from at once, giving way as it goes; fx->block is then not
     * NULL. Both NULL: it has no use for that. lay_off frees a block that was not appended.
     */
    void (*lay_out)(struct engine *engine, struct fiber *self, struct effects *fx);
    void (*lay_off)(struct effects *fx);
    /*
     * Makes the effects part of what will be durable, and raises *ticket to that; takes fx->block over. ERR_STALE: a
     * fence moved. *ret_again asks for another try instead: with a new stamp, after wait_room, or from the beginning
     * with records read again (the epoch changed).
     */
    enum err (*append)(struct engine *engine, struct fiber *self, const struct engine_decision *decision,
        struct effects *fx, uint64_t epoch, engine_ticket *ticket, enum engine_again *ret_again);
    /* Parks until effects of these bytes may fit. Both NULL: the engine has no groups, and closes no floor by itself.
     */
    void (*wait_room)(struct engine *engine, struct fiber *self, size_t bytes);
    /* Between hold(true) and hold(false) no floor is closed: what was refused for its stamp once is not refused again.
     */
    void (*hold)(struct engine *engine, bool on);
};

struct engine_decide_frame {
    struct latches *latches;
    struct stamps *stamps;
    const struct engine_decide_ops *ops;
    bool run_twice;
};

enum err engine__decide(struct engine *engine, const struct engine_decide_frame *frame, struct fiber *self,
    struct arena *arena, const struct engine_decision *decision, engine_ticket *ret_ticket);

/* True when every fence of the decision stands at the version it expects. */
bool engine__fences_hold(const struct engine_decision *decision);
