/* SPDX-License-Identifier: Apache-2.0 */

/*
 * The door of the engines: each call goes through the table of functions of the engine that was opened. What is the
 * same for all of them is checked here, on the way in.
 */
#include "engine/engine.h"

#include "base/assert.h"
#include "base/sentence.h"
#include "engine/engine_int.h"

static const struct engine_ops *ops_of(const struct engine *engine)
{
    ASSERT(engine->magic == ENGINE_MAGIC);
    return engine->ops;
}

enum err engine_decide(struct engine *engine, struct fiber *self, struct arena *arena,
    const struct engine_decision *decision, engine_ticket *ret_ticket)
{
    return ops_of(engine)->decide(engine, self, arena, decision, ret_ticket);
}

engine_ticket engine_ticket_join(struct engine *engine, engine_ticket a, engine_ticket b)
{
    return ops_of(engine)->ticket_join(engine, a, b);
}

enum err engine_settle(struct engine *engine, struct fiber *self, engine_ticket ticket)
{
    const struct engine_ops *ops = ops_of(engine);

    return ticket == 0 ? OK : ops->settle(engine, self, ticket);
}

enum err engine_get(struct engine *engine, struct fiber *self, struct arena *arena, const struct engine_key *keys,
    uint32_t keys_count, struct engine_record *ret_records)
{
    return ops_of(engine)->get(engine, self, arena, keys, keys_count, ret_records);
}

enum err engine_range(struct engine *engine, struct fiber *self, struct arena *arena, enum engine_space space,
    struct slice from, struct slice to, bool reverse, uint32_t entries_max, size_t bytes_max, struct engine_page *ret)
{
    ASSERT(entries_max != 0);
    return ops_of(engine)->range(engine, self, arena, space, from, to, reverse, entries_max, bytes_max, ret);
}

enum err engine_as_of(struct engine *engine, struct fiber *self, struct arena *arena, uint64_t stamp, struct slice from,
    struct slice to, uint32_t entries_max, size_t bytes_max, struct engine_page *ret)
{
    ASSERT(entries_max != 0);
    return ops_of(engine)->as_of(engine, self, arena, stamp, from, to, entries_max, bytes_max, ret);
}

uint64_t engine_watermark(struct engine *engine)
{
    return ops_of(engine)->watermark(engine);
}

bool engine_index_in_batch(const struct engine *engine)
{
    return ops_of(engine)->index_in_batch;
}

bool engine_multi_key_atomic(const struct engine *engine)
{
    return ops_of(engine)->multi_key_atomic;
}

void engine__figure_emit(engine_figure_fn *emit, void *context, const char *name, enum engine_figure_kind kind,
    double value, const char *help)
{
    const struct engine_figure figure = {.name = name, .suffix = "", .help = help, .kind = kind, .value = value};

    emit(context, &figure);
}

void engine_figures(struct engine *engine, engine_figure_fn *emit, void *context)
{
    ops_of(engine)->figures(engine, emit, context);
}

enum err engine_copy(
    struct engine *engine, struct fiber *self, const char *path, struct engine_copied *ret, char **ret_reason)
{
    if (ops_of(engine)->copy != NULL)
        return ops_of(engine)->copy(engine, self, path, ret, ret_reason);
    *ret_reason = sentence("This server keeps its data in memory: there is nothing to copy.");
    return ERR_CONFIG;
}

enum err engine_drop(
    struct engine *engine, struct fiber *self, enum engine_space space, struct slice from, struct slice to)
{
    ASSERT(space == ENGINE_DATA || space == ENGINE_LOG);
    return ops_of(engine)->drop(engine, self, space, from, to);
}

void engine_close(struct engine *engine)
{
    if (engine == NULL)
        return;
    ops_of(engine)->close(engine);
}
