/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A digest of typed parameters, for requests that are done once however often they are sent (table/token.h). It is made
 * of what was meant, not of the bytes that came: the order of JSON members, unknown members and the spelling of numbers
 * make no difference.
 *
 * The walk is that of the shape tables, so every operation with a token can use it. Each part is preceded by what it is
 * and how long, so no two different requests feed the same bytes. 128 bits of XXH3: whoever finds two requests with one
 * digest fools only himself.
 *
 * Values nest as deep as the service allows them to and were checked before.
 */
#include <stdlib.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "api/transact.h"
#include "base/assert.h"

static_assert(sizeof(XXH128_canonical_t) == TOKEN_DIGEST_BYTES, "the digest of a token record");

struct digest {
    XXH3_state_t state;
    struct arena *arena;
    struct fiber *fiber;
};

static void bytes_add(struct digest *d, const void *bytes, size_t n)
{
    (void)XXH3_128bits_update(&d->state, bytes, n); /* fails for a NULL state alone */
}

static void number_add(struct digest *d, uint64_t v)
{
    bytes_add(d, &v, sizeof(v));
}

static void text_add(struct digest *d, struct slice text)
{
    number_add(d, text.n);
    bytes_add(d, text.p, text.n);
}

/* ---- attribute values ---- */

static void value_add(struct digest *d, struct slice value);

/* Attributes by name: the entries stand in the order in which they came, the directory does not. */
static void body_add(struct digest *d, struct slice body)
{
    uint32_t count = body_count(body);

    number_add(d, count);
    for (uint32_t i = 0; i < count; i++) {
        struct slice name, value;

        body_at(body, i, &name, &value);
        text_add(d, name);
        value_add(d, value);
    }
}

static void value_add(struct digest *d, struct slice value)
{
    enum value_type type = value_type(value);

    number_add(d, type);
    if (type == VALUE_M) {
        body_add(d, value_map(value));
    } else if (type == VALUE_L) {
        number_add(d, list_count(value));
        for (uint32_t i = 0; i < list_count(value); i++)
            value_add(d, list_at(value, i));
    } else {
        text_add(d, value); /* canonical, sets included */
    }
}

/* ---- members ---- */

static void present_add(struct digest *d, const struct shape_member *member, const void *at, bool element);

static void structure_add(struct digest *d, const struct shape *shape, const uint8_t *from)
{
    for (uint32_t i = 0; i < shape->members_count; i++) {
        const void *at = from + shape->members[i].offset;

        if (!shape_present(&shape->members[i], at, false))
            continue;
        text_add(d, shape->members[i].name);
        present_add(d, &shape->members[i], at, false);
    }
    number_add(d, 0); /* no member has a name of no bytes */
}

static void list_add(struct digest *d, const struct shape *shape, const struct shape_list *list)
{
    number_add(d, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        present_add(d, shape->element, (const uint8_t *)list->items + (size_t)i * shape->element_bytes, true);
        fiber_breathe(d->fiber, shape->element_bytes);
    }
}

static int key_order(const void *a, const void *b, void *keys_)
{
    const struct slice *keys = keys_;

    return slice_compare(keys[*(const uint32_t *)a], keys[*(const uint32_t *)b]);
}

static void map_add(struct digest *d, const struct shape *shape, const struct shape_map *map)
{
    uint32_t *order = arena_alloc(d->arena, map->count * sizeof(*order));

    for (uint32_t i = 0; i < map->count; i++)
        order[i] = i;
    qsort_r(order, map->count, sizeof(*order), key_order, map->keys);
    number_add(d, map->count);
    for (uint32_t i = 0; i < map->count; i++) {
        text_add(d, map->keys[order[i]]);
        present_add(d, shape->element, (const uint8_t *)map->values + (size_t)order[i] * shape->element_bytes, true);
    }
}

/* A member that was sent, or an element. */
static void present_add(struct digest *d, const struct shape_member *member, const void *at, bool element)
{
    switch (member->kind) {
    case SHAPE_STRING:
    case SHAPE_BLOB:
        text_add(d, *(const struct slice *)at);
        break;
    case SHAPE_BOOLEAN:
        number_add(d, *(const enum tri *)at);
        break;
    case SHAPE_INTEGER:
    case SHAPE_LONG:
        number_add(d, (uint64_t)((const struct opt_int *)at)->v);
        break;
    case SHAPE_DOUBLE:
    case SHAPE_TIMESTAMP:
        bytes_add(d, &((const struct opt_double *)at)->v, sizeof(double));
        break;
    case SHAPE_STRUCTURE:
        structure_add(d, member->shape, element ? at : *(void *const *)at);
        break;
    case SHAPE_LIST:
        list_add(d, member->shape, at);
        break;
    case SHAPE_MAP:
        map_add(d, member->shape, at);
        break;
    case SHAPE_VALUE:
        value_add(d, ((const struct attribute_value *)at)->bytes);
        break;
    case SHAPE_ITEM:
        body_add(d, ((const struct attribute_map *)at)->body);
        break;
    }
}

struct slice api__digest(struct api_request *request, const char *member_name, const void *input)
{
    const struct shape_member *member = shape_member_find(request->operation->input, slice_from_cstr(member_name));
    XXH128_canonical_t *canonical = arena_alloc(request->arena, sizeof(*canonical));
    struct digest d = {.arena = request->arena, .fiber = request->fiber};

    ASSERT(member != NULL);
    (void)XXH3_128bits_reset(&d.state);
    present_add(&d, member, (const uint8_t *)input + member->offset, false);
    XXH128_canonicalFromHash(canonical, XXH3_128bits_digest(&d.state));
    return slice_of(canonical, sizeof(*canonical));
}
