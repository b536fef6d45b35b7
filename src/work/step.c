/* SPDX-License-Identifier: Apache-2.0 */

/*
 * What the steps share: changing the table of a step, checkpoints, deleting records of meta.
 *
 * A checkpoint says how far a filling came. It follows the items it speaks for: it is written only after they are
 * durable, so that after a crash it may lag behind, which costs the repetition of a page, but never runs ahead, which
 * would lose entries. Its body is
 * {"Cursor": key}. There is no lease in it: the process that holds the engine's folder is alone. An engine shared by
 * several processes will add the owner and the end of its lease as attributes.
 */
#include "base/assert.h"
#include "codec/key.h"
#include "codec/record.h"
#include "work/work_int.h"

#define CURSOR               "Cursor"
#define CHECKPOINT_BYTES_MAX (KEY_BYTES_MAX + 1024)

/* ---- changes ---- */
struct change {
    uint32_t table_id;
    catalog_change_fn *fill;
    void *context;
};

/* The name may belong to another table by now; that one is none of our business. */
static enum err change_fill(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    const struct change *change = context;

    if (present == NULL || present->id != change->table_id) {
        *ret_what = CATALOG_NOTHING;
        return OK;
    }
    return change->fill(change->context, present, next, arena, ret_what);
}

enum err work__change(struct work_step *step, catalog_change_fn *fill, void *context)
{
    const struct table_desc *desc = step->desc, *ignored;
    struct change change = {desc->id, fill, context};

    return catalog_change(step->work->catalog, step->self, step->arena, desc->account, desc->region, desc->name,
        change_fill, &change, &ignored);
}

/* ---- records of meta ---- */
struct meta_write {
    const struct slice *keys;
    uint32_t count;
    struct slice body; /* p NULL: delete */
};

static enum err meta_decide(
    void *context, const struct engine_record *old, uint64_t stamp, struct arena *arena, struct effects *fx)
{
    const struct meta_write *write = context;
    struct record record = {.stamp = stamp, .body = write->body};

    (void)old;
    for (uint32_t i = 0; i < write->count; i++) {
        struct buf out;

        if (write->body.p == NULL) {
            effects_delete(fx, ENGINE_META, write->keys[i]);
            continue;
        }
        buf_init(&out, arena, CHECKPOINT_BYTES_MAX);
        record_write(&out, write->keys[i], &record);
        ASSERT(!out.failed);
        effects_put(fx, ENGINE_META, write->keys[i], buf_view(&out));
    }
    return OK;
}

static enum err meta_run(struct work_step *step, struct meta_write *write)
{
    struct engine_key *keys = arena_alloc(step->arena, write->count * sizeof(*keys));
    engine_ticket ticket;
    enum err err;

    for (uint32_t i = 0; i < write->count; i++)
        keys[i] = (struct engine_key){ENGINE_META, write->keys[i]};
    const struct engine_decision decision = {
        .keys = keys, .keys_count = write->count, .fn = meta_decide, .context = write};

    err = engine_decide(step->work->engine, step->self, step->arena, &decision, &ticket);
    return err ? err : engine_settle(step->work->engine, step->self, ticket);
}

enum err work__meta_delete(struct work_step *step, const struct slice *keys, uint32_t count)
{
    struct meta_write write = {.keys = keys, .count = count};

    return count == 0 ? OK : meta_run(step, &write);
}

/* ---- checkpoints ---- */
struct slice work__checkpoint_key(struct arena *arena, uint32_t table_id, uint16_t index_id)
{
    uint8_t *key = arena_alloc(arena, 7);

    key[0] = WORK_KEY_CHECKPOINT;
    for (int i = 0; i < 4; i++)
        key[1 + i] = (uint8_t)(table_id >> (24 - 8 * i));
    key[5] = (uint8_t)(index_id >> 8);
    key[6] = (uint8_t)index_id;
    return slice_of(key, 7);
}

enum err work__checkpoint_read(struct work_step *step, uint16_t index_id, struct slice *ret_cursor)
{
    const struct engine_key key = {ENGINE_META, work__checkpoint_key(step->arena, step->desc->id, index_id)};
    struct engine_record stored;
    struct record record;
    struct slice value;
    enum err err;

    err = engine_get(step->work->engine, step->self, step->arena, &key, 1, &stored);
    if (err)
        return err;
    *ret_cursor = SLICE_NULL;
    if (stored.bytes.p == NULL)
        return OK;
    err = record_read(key.key, stored.bytes, &record);
    if (err)
        return err;
    if (!body_valid(record.body, VALUE_DEPTH_MAX) || !body_find(record.body, SLICE_LIT(CURSOR), &value) ||
        value_type(value) != VALUE_B)
        return ERR_CORRUPT;
    *ret_cursor = value_scalar(value);
    return OK;
}

enum err work__checkpoint_write(struct work_step *step, uint16_t index_id, struct slice cursor)
{
    struct slice key = work__checkpoint_key(step->arena, step->desc->id, index_id);
    struct meta_write write = {.keys = &key, .count = 1};
    struct builder b;
    struct buf out;

    buf_init(&out, step->arena, CHECKPOINT_BYTES_MAX);
    builder_init(&b, &out, step->arena);
    struct builder_frame body = builder_body_begin(&b);

    builder_name(&b, &body, SLICE_LIT(CURSOR));
    builder_b(&b, cursor);
    builder_body_end(&b, body);
    write.body = buf_view(&out);
    return meta_run(step, &write);
}

/* ---- ranges ---- */
void work__prefix_range(struct arena *arena, struct slice prefix, struct slice *ret_from, struct slice *ret_to)
{
    struct buf to;

    buf_init(&to, arena, KEY_BYTES_MAX);
    buf_slice(&to, prefix);
    *ret_from = arena_dup(arena, prefix);
    *ret_to = key_successor(&to) ? buf_view(&to) : SLICE_NULL; /* NULL: to the end of the space */
}
