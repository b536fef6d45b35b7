/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What a decision writes: a list in the arena of the decision, in the order asked for. Keys and bytes are borrowed; the
 * engine copies them when it appends. Pure; on the fiber that decides.
 */
#include "base/assert.h"
#include "engine/engine_int.h"

void engine__effects_init(struct effects *fx, struct arena *arena)
{
    *fx = (struct effects){.arena = arena};
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

void effects_put(struct effects *fx, enum engine_space space, struct slice key, struct slice bytes)
{
    struct effect *effect = effect_add(fx, EFFECT_PUT);

    ASSERT(key.n != 0 && bytes.n <= UINT32_MAX);
    effect->space = space;
    effect->key = key;
    effect->bytes = bytes;
    fx->bytes += key.n + bytes.n;
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
