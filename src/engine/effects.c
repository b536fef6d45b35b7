/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What a decision writes: a list in the arena of the decision, in the order asked for. Keys and bytes are borrowed; the
 * engine copies them when it appends. Pure; on the fiber that decides.
 */
#include "base/assert.h"
#include "codec/record.h"
#include "engine/engine_int.h"

/* A decision over less than this (ours; about a millisecond) does not give way: others would wait for its latches. */
#define STRETCH_BYTES ((size_t)512 << 10)

void engine__effects_init(struct effects *fx, struct arena *arena, uint64_t stamp, struct fiber *fiber)
{
    *fx = (struct effects){.arena = arena, .stamp = stamp, .fiber = fiber};
    fx->last = &fx->first;
}

static struct effect *effect_add(struct effects *fx, enum effect_kind kind)
{
    struct effect *effect = arena_alloc(fx->arena, sizeof(*effect));

    *effect = (struct effect){.kind = kind};
    *fx->last = effect;
    fx->last = &effect->next;
    fx->count++;
    return effect;
}

static struct effect *put_add(struct effects *fx, enum engine_space space, struct slice key, struct slice bytes)
{
    struct effect *effect = effect_add(fx, EFFECT_PUT);

    ASSERT(key.n != 0 && bytes.n <= UINT32_MAX);
    effect->space = space;
    effect->key = key;
    effect->bytes = bytes;
    fx->bytes += key.n + bytes.n;
    return effect;
}

void effects_put(struct effects *fx, enum engine_space space, struct slice key, struct slice bytes)
{
    (void)put_add(fx, space, key, bytes);
}

void effects_put_known(struct effects *fx, enum engine_space space, struct slice key, struct slice bytes)
{
    put_add(fx, space, key, bytes)->known = true;
}

void effects_delete(struct effects *fx, enum engine_space space, struct slice key)
{
    struct effect *effect = effect_add(fx, EFFECT_DELETE);

    ASSERT(key.n != 0);
    effect->space = space;
    effect->key = key;
    fx->bytes += key.n;
}

void effects_add(struct effects *fx, struct slice key, int64_t delta)
{
    struct effect *effect = effect_add(fx, EFFECT_ADD);

    ASSERT(key.n != 0);
    effect->space = ENGINE_META;
    effect->key = key;
    effect->delta = delta;
    fx->bytes += key.n;
}

void effects_append(struct effects *fx, uint64_t stream, struct slice bytes)
{
    struct effect *effect = effect_add(fx, EFFECT_APPEND);

    ASSERT(bytes.n <= UINT32_MAX);
    effect->space = ENGINE_LOG;
    effect->stream = stream;
    effect->bytes = bytes;
    fx->bytes += bytes.n;
}

void effects_fence(struct effects *fx, struct engine_fence *fence, uint64_t version)
{
    struct effect *effect = effect_add(fx, EFFECT_FENCE);

    effect->fence = fence;
    effect->version = version;
}

void effects_breathe(struct effects *fx, size_t bytes)
{
    fx->worked += bytes;
    if (fx->fiber != NULL && fx->worked >= STRETCH_BYTES)
        fiber_breathe(fx->fiber, bytes);
}

/* ---- stamps ---- */

static bool is_envelope(const struct effect *effect)
{
    bool record = effect->kind == EFFECT_APPEND ||
                  (effect->kind == EFFECT_PUT && (effect->space == ENGINE_DATA || effect->space == ENGINE_META));

    return record && effect->bytes.n >= RECORD_HEAD_BYTES;
}

void engine__effect_sum(struct effect *effect)
{
    effect->summed = is_envelope(effect);
    if (effect->summed)
        effect->body_sum = record_body_sum(effect->bytes);
}

/* The key that the checksum is bound to: of a stream's entry the stream, since its number is not known yet. */
static struct slice bound_key(const struct effect *effect, uint8_t bytes[8])
{
    if (effect->kind != EFFECT_APPEND)
        return effect->key;
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(effect->stream >> (56 - 8 * i));
    return slice_of(bytes, 8);
}

void engine__effects_restamp(struct effects *fx, uint64_t stamp)
{
    for (struct effect *effect = fx->first; effect != NULL; effect = effect->next) {
        uint8_t stream[8];

        if (!is_envelope(effect) || record_stamp(effect->bytes) != fx->stamp)
            continue;
        if (!effect->summed)
            engine__effect_sum(effect);
        record_restamp((uint8_t *)(uintptr_t)effect->bytes.p, bound_key(effect, stream), stamp, effect->body_sum);
    }
    fx->stamp = stamp;
}

static bool effect_equal(const struct effect *a, const struct effect *b)
{
    if (a->kind != b->kind || a->space != b->space || a->delta != b->delta || a->fence != b->fence)
        return false;
    return slice_equal(a->key, b->key) && slice_equal(a->bytes, b->bytes);
}

bool engine__effects_equal(const struct effects *a, const struct effects *b)
{
    const struct effect *ea = a->first, *eb = b->first;

    if (a->count != b->count)
        return false;
    for (; ea != NULL; ea = ea->next, eb = eb->next) {
        if (!effect_equal(ea, eb))
            return false;
    }
    return true;
}
