/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Fuzz target: any text as a statement, with as many parameters as it asks for, against a fixed item.
 *
 * What must hold whatever the text: it is read or refused with a message; what is read can be bound, or is refused with
 * a message; the branches of its WHERE and the key it names can be found; what an UPDATE or INSERT makes is a
 * well-formed item. Crashes, overruns and endless loops are the sanitizers' and the fuzzer's to see.
 */
#include "fuzz.h"
#include "mutate.h"

#include "base/limits.h"
#include "partiql/partiql.h"
#include "../unit/expr/notation.h"

#define DEPTH_MAX 512 /* of results: the caller of an update checks the real bound */

static const char item_text[] = "{pk: 'k', sk: 1, a: {b: [2, 4, {x: 'hi', y: 'yo'}], c: 5}, l: [[1], 'x', {m: <1, "
                                "2>}], n: 10, s: <'a', 'b'>, z: null, t: true}";
static const char *const parameter_texts[] = {"'k'", "1", "<'a', 'c'>", "[1, 'x']", "{x: 1}", "true", "null", "b'00'"};
#define PARAMETERS (sizeof(parameter_texts) / sizeof(parameter_texts[0]))

struct world {
    struct arena *arena;
    struct arena_mark mark;
    struct slice item, key, parameters[PARAMETERS];
};

static struct world *world_get(void)
{
    static struct world w;

    if (w.arena != NULL)
        return &w;
    w.arena = arena_create(1 << 20);
    w.item = notation_read(item_text, w.arena);
    w.key = notation_read("{pk: 'k', sk: 1}", w.arena);
    for (size_t i = 0; i < PARAMETERS; i++) {
        struct slice name,
            body = notation_read((const char *)arena_printf(w.arena, "{v: %s}", parameter_texts[i]).p, w.arena);

        body_at(body, 0, &name, &w.parameters[i]);
    }
    w.mark = arena_mark(w.arena);
    return &w;
}

static void keys_use(struct world *w, const struct partiql_bound *bound, struct fault *fault)
{
    const struct partiql_keys keys = {SLICE_LIT("pk"), SLICE_LIT("sk")};
    struct partiql_branches branches;
    struct partiql_key key;
    struct expr_path *paths;

    partiql_key_find(bound, &keys, true, w->arena, &key);
    if (partiql_branches_find(bound, &keys, w->arena, &branches, fault) != OK)
        return;
    for (uint32_t i = 0; branches.keyed && i < branches.count; i++)
        (void)partiql_branch_paths(bound, &branches.items[i], w->arena, &paths);
}

static void bound_use(struct world *w, const struct partiql_bound *bound, struct fault *fault)
{
    struct slice result;

    if (bound->where != NULL) {
        (void)expr_condition_test(bound->where, w->item, w->arena);
        (void)expr_condition_test(bound->where, SLICE_NULL, w->arena);
        keys_use(w, bound, fault);
    }
    if (bound->columns != NULL)
        ASSERT(body_valid(expr_projection_apply(bound->columns, w->item, w->arena), DEPTH_MAX));
    if (bound->statement->verb == PARTIQL_INSERT)
        ASSERT(body_valid(bound->item, DEPTH_MAX));
    if (bound->update != NULL && expr_update_apply(bound->update, w->item, w->key, w->arena, &result, fault) == OK)
        ASSERT(body_valid(result, DEPTH_MAX));
}

void fuzz_one(struct arena *arena, struct slice input)
{
    struct world *w = world_get();
    struct fault fault = {.arena = w->arena};
    const struct partiql_statement *statement;
    struct slice parameters[256];
    struct partiql_bound bound;

    (void)arena;
    if (input.n > STATEMENT_CHARACTERS_MAX)
        return;
    if (partiql_parse(input, w->arena, &statement, &fault) == OK) {
        for (size_t i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++)
            parameters[i] = w->parameters[i % PARAMETERS];
        if (statement->parameters <= sizeof(parameters) / sizeof(parameters[0]) &&
            partiql_bind(statement, parameters, statement->parameters, w->arena, &bound, &fault) == OK)
            bound_use(w, &bound, &fault);
    } else {
        ASSERT(fault.message.p != NULL);
    }
    arena_reset(w->arena, w->mark);
}

/* Most of the time in tokens; else as libFuzzer does. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t n_max, unsigned int seed)
{
    struct fuzz_random random = fuzz_random_of(seed);

    if (n == 0 || fuzz_below(&random, 4) == 0)
        return LLVMFuzzerMutate(bytes, n, n_max);
    return fuzz_mutate_words(&random, &fuzz_words_statement, bytes, n, n_max);
}
