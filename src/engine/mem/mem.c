/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The memory engine: four sorted maps behind one mutex. It is the oracle the other engines are tested against, so it is
 * plain before it is fast, and deterministic: the same calls in the same order give the same state.
 *
 * The rules are those of every engine: latches in the frame of decide.c, stamps above a floor, fences, counters that no
 * decision reads. It has no groups: a decision is published in the moment it is appended, whole, under the mutex.
 *
 * Two switches make rare things common. `run_twice` runs each decision twice and compares the effects. `delay_ns` parks
 * in every call, and within a decision between reading and appending, with the latches held: what a network would do.
 *
 * Called on any fiber; the mutex is never held over a park.
 */
#include <pthread.h>
#include <stdlib.h>

#include "base/assert.h"
#include "base/buf.h"
#include "codec/record.h"
#include "engine/engine_int.h"
#include "engine/mem/sorted.h"
#include "os/clock.h"

#define LATCH_SEED 1 /* fixed: the same run twice queues the same way */

struct mem {
    struct engine engine;
    struct engine_mem_options options;
    struct latches *latches;
    struct stamps stamps;
    struct engine_decide_frame frame;
    pthread_mutex_t mutex; /* guards what follows */
    struct sorted *spaces[ENGINE_SPACES];
    uint64_t floor;     /* stamps up to it are closed */
    uint64_t decisions; /* appended so far; the number of the last is its ticket */
    struct buf record;  /* for counters */
};

static struct mem *mem_of(struct engine *engine)
{
    return (struct mem *)engine;
}

static void delay(const struct mem *mem, struct fiber *self)
{
    uint64_t until_ns;

    if (mem->options.delay_ns == 0)
        return;
    until_ns = os_clock_monotonic_ns() + mem->options.delay_ns;
    while (fiber_park_until(self, until_ns))
        ;
}

/* ---- decisions ---- */

static uint64_t mem_epoch(struct engine *engine)
{
    (void)engine;
    return 0; /* nothing ever fails here */
}

static void read_locked(
    struct mem *mem, struct arena *arena, const struct engine_key *keys, uint32_t count, struct engine_record *records)
{
    pthread_mutex_lock(&mem->mutex);
    for (uint32_t i = 0; i < count; i++)
        records[i].bytes = arena_dup(arena, sorted_get(mem->spaces[keys[i].space], keys[i].key));
    pthread_mutex_unlock(&mem->mutex);
}

static enum err mem_read_old(struct engine *engine, struct fiber *self, struct arena *arena,
    const struct engine_decision *decision, struct engine_record *old, engine_ticket *ticket)
{
    struct mem *mem = mem_of(engine);

    (void)ticket; /* what is read is published */
    delay(mem, self);
    read_locked(mem, arena, decision->keys, decision->keys_count, old);
    delay(mem, self);
    return OK;
}

/* A damaged counter is left as it is: readers get ERR_CORRUPT and nothing hides the damage. */
static void counter_apply(struct mem *mem, struct slice key, int64_t delta, uint64_t stamp)
{
    struct sorted *meta = mem->spaces[ENGINE_META];
    int64_t value;

    if (counter_value(key, sorted_get(meta, key), &value) != OK)
        return;
    value = engine__counter_sum(value, delta);
    if (value == 0) {
        sorted_delete(meta, key);
        return;
    }
    mem->record.n = 0;
    engine__counter_write(&mem->record, key, stamp, value);
    sorted_put(meta, key, buf_view(&mem->record));
}

static void stream_apply(struct mem *mem, uint64_t stream, struct slice bytes, uint64_t stamp)
{
    uint8_t counter[ENGINE_KEY_STREAM_BYTES], key[ENGINE_KEY_LOG_BYTES];
    struct slice counter_key = slice_of(counter, sizeof(counter));
    int64_t number = 0;

    engine__stream_key(counter, stream);
    counter_apply(mem, counter_key, 1, stamp);
    ASSERT(counter_value(counter_key, sorted_get(mem->spaces[ENGINE_META], counter_key), &number) == OK);
    engine__log_key(key, stream, (uint64_t)number);
    sorted_put(mem->spaces[ENGINE_LOG], slice_of(key, sizeof(key)), bytes);
}

static void effect_apply(struct mem *mem, const struct effect *effect, uint64_t stamp)
{
    switch (effect->kind) {
    case EFFECT_PUT:
        sorted_put(mem->spaces[effect->space], effect->key, effect->bytes);
        break;
    case EFFECT_DELETE:
        sorted_delete(mem->spaces[effect->space], effect->key);
        break;
    case EFFECT_ADD:
        counter_apply(mem, effect->key, effect->delta, stamp);
        break;
    case EFFECT_APPEND:
        stream_apply(mem, effect->stream, effect->bytes, stamp);
        break;
    case EFFECT_FENCE:
        atomic_store(&effect->fence->version, effect->version);
        break;
    }
}

static enum err mem_append(struct engine *engine, struct fiber *self, const struct engine_decision *decision,
    struct effects *fx, uint64_t epoch, engine_ticket *ticket, enum engine_again *ret_again)
{
    struct mem *mem = mem_of(engine);
    enum err err = OK;

    (void)self;
    (void)epoch;
    pthread_mutex_lock(&mem->mutex);
    if (!engine__fences_hold(decision)) {
        err = ERR_STALE;
    } else if (fx->stamp <= mem->floor) {
        *ret_again = AGAIN_STAMP;
    } else {
        for (const struct effect *effect = fx->first; effect != NULL; effect = effect->next)
            effect_apply(mem, effect, fx->stamp);
        *ticket = ++mem->decisions;
    }
    pthread_mutex_unlock(&mem->mutex);
    return err;
}

static const struct engine_decide_ops decide_ops = {
    .epoch = mem_epoch,
    .read_old = mem_read_old,
    .append = mem_append,
};

static enum err mem_decide(struct engine *engine, struct fiber *self, struct arena *arena,
    const struct engine_decision *decision, engine_ticket *ret_ticket)
{
    return engine__decide(engine, &mem_of(engine)->frame, self, arena, decision, ret_ticket);
}

static enum err mem_settle(struct engine *engine, struct fiber *self, engine_ticket ticket)
{
    (void)ticket;
    delay(mem_of(engine), self);
    return OK;
}

static engine_ticket mem_ticket_join(struct engine *engine, engine_ticket a, engine_ticket b)
{
    (void)engine;
    return a > b ? a : b;
}

/* ---- reads ---- */

static enum err mem_get(struct engine *engine, struct fiber *self, struct arena *arena, const struct engine_key *keys,
    uint32_t keys_count, struct engine_record *ret_records)
{
    struct mem *mem = mem_of(engine);

    delay(mem, self);
    read_locked(mem, arena, keys, keys_count, ret_records);
    return OK;
}

/* A walk over [from, to) in one direction. */
struct walk {
    const struct sorted *sorted;
    const struct sorted_node *node;
    struct slice from, to;
    bool reverse;
};

static const struct sorted_node *walk_inside(const struct walk *walk, const struct sorted_node *node)
{
    if (node == NULL)
        return NULL;
    if (walk->reverse)
        return slice_compare(sorted_key(node), walk->from) >= 0 ? node : NULL;
    return walk->to.n == 0 || slice_compare(sorted_key(node), walk->to) < 0 ? node : NULL;
}

static void walk_start(struct walk *walk)
{
    walk->node =
        walk_inside(walk, walk->reverse ? sorted_before(walk->sorted, walk->to) : sorted_at(walk->sorted, walk->from));
}

static void walk_on(struct walk *walk)
{
    walk->node = walk_inside(walk, walk->reverse ? sorted_previous(walk->sorted, walk->node) : sorted_next(walk->node));
}

/* How many entries the page holds. */
static uint32_t page_count(struct walk walk, uint32_t entries_max, size_t bytes_max)
{
    uint32_t count = 0;
    size_t bytes = 0;

    for (; walk.node != NULL && count < entries_max; walk_on(&walk)) {
        count++;
        bytes += sorted_key(walk.node).n + sorted_value(walk.node).n;
        if (bytes >= bytes_max)
            break;
    }
    return count;
}

static void page_fill(struct walk *walk, struct arena *arena, struct engine_page *page)
{
    page->keys = arena_alloc(arena, page->count * sizeof(*page->keys));
    page->values = arena_alloc(arena, page->count * sizeof(*page->values));
    for (uint32_t i = 0; i < page->count; i++, walk_on(walk)) {
        page->keys[i] = arena_dup(arena, sorted_key(walk->node));
        page->values[i] = arena_dup(arena, sorted_value(walk->node));
    }
    page->more = walk->node != NULL;
}

static enum err mem_range(struct engine *engine, struct fiber *self, struct arena *arena, enum engine_space space,
    struct slice from, struct slice to, bool reverse, uint32_t entries_max, size_t bytes_max, struct engine_page *ret)
{
    struct mem *mem = mem_of(engine);
    struct walk walk = {.sorted = mem->spaces[space], .from = from, .to = to, .reverse = reverse};
    struct engine_page page;

    delay(mem, self);
    pthread_mutex_lock(&mem->mutex);
    walk_start(&walk);
    page.count = page_count(walk, entries_max, bytes_max);
    page_fill(&walk, arena, &page);
    pthread_mutex_unlock(&mem->mutex);
    *ret = page;
    return OK;
}

static uint64_t mem_watermark(struct engine *engine)
{
    struct mem *mem = mem_of(engine);
    uint64_t floor;

    pthread_mutex_lock(&mem->mutex);
    floor = mem->floor = stamps_close(&mem->stamps, UINT64_MAX);
    pthread_mutex_unlock(&mem->mutex);
    return floor;
}

/* No history is kept: only the present can be read, and T is the present when nothing newer was closed. */
static enum err mem_as_of(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stamp,
    struct slice from, struct slice to, uint32_t entries_max, size_t bytes_max, struct engine_page *ret)
{
    struct mem *mem = mem_of(engine);
    uint64_t floor;

    pthread_mutex_lock(&mem->mutex);
    floor = mem->floor;
    pthread_mutex_unlock(&mem->mutex);
    if (stamp < floor)
        return ERR_LIMIT;
    return mem_range(engine, self, arena, ENGINE_DATA, from, to, false, entries_max, bytes_max, ret);
}

/* ---- life ---- */

static void mem_figures(struct engine *engine, engine_figure_fn *emit, void *context)
{
    struct mem *mem = mem_of(engine);
    double decisions, entries = 0;

    pthread_mutex_lock(&mem->mutex);
    decisions = (double)mem->decisions;
    for (int i = 0; i < ENGINE_SPACES; i++)
        entries += (double)sorted_count(mem->spaces[i]);
    pthread_mutex_unlock(&mem->mutex);
    engine__figure_emit(emit, context, "decisions_total", ENGINE_COUNTER, decisions, "Writes decided.");
    engine__figure_emit(emit, context, "entries", ENGINE_GAUGE, entries, "Keys that are held.");
}

static enum err mem_drop(
    struct engine *engine, struct fiber *self, enum engine_space space, struct slice from, struct slice to)
{
    struct mem *mem = mem_of(engine);
    const struct sorted_node *node;

    delay(mem, self);
    pthread_mutex_lock(&mem->mutex);
    while ((node = sorted_at(mem->spaces[space], from)) != NULL) {
        struct slice key = sorted_key(node);

        if (to.n != 0 && slice_compare(key, to) >= 0)
            break;
        sorted_delete(mem->spaces[space], key);
    }
    pthread_mutex_unlock(&mem->mutex);
    return OK;
}

static void mem_close(struct engine *engine)
{
    struct mem *mem = mem_of(engine);

    mem->engine.magic = 0;
    for (int i = 0; i < ENGINE_SPACES; i++)
        sorted_destroy(mem->spaces[i]);
    latches_destroy(mem->latches);
    buf_fini(&mem->record);
    pthread_mutex_destroy(&mem->mutex);
    free(mem);
}

static const struct engine_ops mem_ops = {
    .name = "memory",
    .index_in_batch = true,
    .multi_key_atomic = true,
    .decide = mem_decide,
    .settle = mem_settle,
    .ticket_join = mem_ticket_join,
    .get = mem_get,
    .range = mem_range,
    .as_of = mem_as_of,
    .watermark = mem_watermark,
    .figures = mem_figures,
    .drop = mem_drop,
    .close = mem_close,
};

struct engine *engine_mem_open(const struct engine_mem_options *options)
{
    struct mem *mem = calloc(1, sizeof(*mem));

    ASSERT(mem != NULL);
    ASSERT(options->clock != NULL);
    mem->engine = (struct engine){.magic = ENGINE_MAGIC, .ops = &mem_ops};
    mem->options = *options;
    mem->latches = latches_create(LATCH_SEED);
    stamps_init(&mem->stamps, options->clock, options->clock_context, 0);
    mem->frame = (struct engine_decide_frame){
        .latches = mem->latches, .stamps = &mem->stamps, .ops = &decide_ops, .run_twice = options->run_twice};
    pthread_mutex_init(&mem->mutex, NULL);
    for (int i = 0; i < ENGINE_SPACES; i++)
        mem->spaces[i] = sorted_create();
    buf_init(&mem->record, NULL, 1 << 16);
    return &mem->engine;
}
