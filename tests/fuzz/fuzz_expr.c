/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Fuzz target: any text as any kind of expression, against a fixed item and fixed placeholders.
 *
 *     the first byte chooses the kind: c condition, f filter, k key condition, p projection, u update; the rest is the
 * text
 *
 * What must hold whatever the text: it compiles or it is refused with a message; what it produces is a well-formed
 * item; the result of an update does not depend on what was compiled before. Crashes, overruns and endless loops are
 * the sanitizers' and the fuzzer's to see.
 */
#include "fuzz.h"
#include "mutate.h"

#include "expr/expr.h"
#include "../unit/expr/notation.h"

#define DEPTH_MAX 512 /* of results: the caller of an update checks the real bound */

static const char item_text[] =
    "{a: {b: [2, 4, {x: 'hi', y: 'yo'}], c: 5}, b: 'hello', l: [[1], 'x', {m: <1, 2>}], n: 10, s: <'a', 'b'>, "
    "y: b'00ff', z: null, t: true, 'odd name': 1, e: {}}";

static const char *const names[][2] = {{"#a", "a"}, {"#b", "b"}, {"#l", "l"}, {"#n", "n"}, {"#odd", "odd name"},
    {"#x", "x"}, {"#0", "absent"}, {"#_", "m"}};

static const char values_text[] =
    "{':n': 1, ':m': 2.5, ':s': 'he', ':t': 'SS', ':l': [1, 'x'], ':o': {x: 1}, ':e': <'a', 'z'>, "
    "':g': <1, 3>, ':h': <b'00'>, ':b': b'00', ':z': null, ':f': false, ':9': 9e125}";

struct world {
    struct arena *arena;
    struct arena_mark mark;
    struct slice item, key;
    struct expr_name names[sizeof(names) / sizeof(names[0])];
    struct expr_value values[32];
    struct expr_input input;
};

static struct world *world_get(void)
{
    static struct world w;
    struct slice values;

    if (w.arena != NULL)
        return &w;
    w.arena = arena_create(1 << 20);
    w.item = notation_read(item_text, w.arena);
    w.key = notation_read("{pk: 'k'}", w.arena);
    values = notation_read(values_text, w.arena);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        w.names[i] = (struct expr_name){slice_from_cstr(names[i][0]), slice_from_cstr(names[i][1])};
    for (uint32_t i = 0; i < body_count(values); i++)
        body_at(values, i, &w.values[i].name, &w.values[i].value);
    w.input = (struct expr_input){.arena = w.arena,
        .names_present = true,
        .values_present = true,
        .names = w.names,
        .names_count = sizeof(names) / sizeof(names[0]),
        .values = w.values,
        .values_count = body_count(values)};
    w.mark = arena_mark(w.arena);
    return &w;
}

static void refusal_check(enum err err, const struct fault *fault)
{
    ASSERT(err == ERR_FAULT);
    ASSERT(fault->code == API_VALIDATION && fault->message.p != NULL && fault->message.n > 0);
}

static void paths_check(const struct expr_path *paths, uint32_t count, struct arena *arena)
{
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(paths[i].count > 0 && paths[i].elements[0].name.p != NULL);
        ASSERT(expr_path_text(&paths[i], arena).n >= 2);
    }
}

static void condition_run(struct world *w, struct expr_context *context, enum expr_kind kind, struct slice text)
{
    struct fault fault = {.arena = w->arena};
    struct expr_condition *condition;
    const struct expr_path *paths;
    enum err err = expr_condition_compile(context, kind, text, &condition, &fault);
    uint32_t count;
    bool first;

    if (err) {
        refusal_check(err, &fault);
        return;
    }
    first = expr_condition_test(condition, w->item, w->arena);
    (void)expr_condition_test(condition, SLICE_NULL, w->arena);
    ASSERT(first == expr_condition_test(condition, w->item, w->arena));
    count = expr_condition_paths(condition, &paths);
    paths_check(paths, count, w->arena);
}

static void key_condition_run(struct world *w, struct expr_context *context, struct slice text)
{
    struct fault fault = {.arena = w->arena};
    const struct expr_key_clause *clauses;
    uint32_t count;
    enum err err = expr_key_condition_compile(context, text, &clauses, &count, &fault);

    if (err) {
        refusal_check(err, &fault);
        return;
    }
    ASSERT(count > 0);
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(clauses[i].attribute.p != NULL && value_valid(clauses[i].value, DEPTH_MAX));
        ASSERT((clauses[i].op == EXPR_KEY_BETWEEN) == (clauses[i].upper.p != NULL));
    }
}

static void projection_run(struct world *w, struct expr_context *context, struct slice text)
{
    struct fault fault = {.arena = w->arena};
    struct expr_projection *projection;
    const struct expr_path *paths;
    struct slice body;
    uint32_t count;
    enum err err = expr_projection_compile(context, text, &projection, &fault);

    if (err) {
        refusal_check(err, &fault);
        return;
    }
    body = expr_projection_apply(projection, w->item, w->arena);
    ASSERT(body_valid(body, DEPTH_MAX) && body_size(body) <= body_size(w->item));
    ASSERT(body_count(expr_projection_apply(projection, SLICE_NULL, w->arena)) == 0);
    count = expr_projection_paths(projection, &paths);
    paths_check(paths, count, w->arena);
}

static void update_apply(struct world *w, const struct expr_update *update, struct slice old)
{
    struct fault fault = {.arena = w->arena};
    struct slice body, touched;
    enum err err = expr_update_apply(update, old, w->key, w->arena, &body, &fault);

    (void)expr_update_charge(update, old);
    if (err) {
        refusal_check(err, &fault);
        return;
    }
    ASSERT(body_valid(body, DEPTH_MAX));
    touched = expr_update_touched(update, body, w->arena);
    ASSERT(touched.p == NULL || (body_valid(touched, DEPTH_MAX) && body_count(touched) > 0));
}

static void update_run(struct world *w, struct expr_context *context, struct slice text)
{
    struct fault fault = {.arena = w->arena};
    struct expr_update *update;
    const struct expr_update_target *targets;
    enum err err = expr_update_compile(context, text, &update, &fault);

    if (err) {
        refusal_check(err, &fault);
        return;
    }
    ASSERT(expr_update_targets(update, &targets) > 0);
    update_apply(w, update, w->item);
    update_apply(w, update, SLICE_NULL);
}

static void text_run(struct world *w, uint8_t kind, struct slice text)
{
    struct fault fault = {.arena = w->arena};
    struct expr_context *context;
    enum err err;

    w->input.wording = (enum wording)(text.n % 3);
    err = expr_context_create(&w->input, &context, &fault);
    ASSERT(err == OK);
    if (kind == 'u')
        update_run(w, context, text);
    else if (kind == 'p')
        projection_run(w, context, text);
    else if (kind == 'k')
        key_condition_run(w, context, text);
    else
        condition_run(w, context, kind == 'f' ? EXPR_FILTER : EXPR_CONDITION, text);
    err = expr_context_finish(context, &fault);
    if (err)
        refusal_check(err, &fault);
}

void fuzz_one(struct arena *arena, struct slice input)
{
    struct world *w = world_get();

    (void)arena;
    if (input.n == 0)
        return;
    text_run(w, input.p[0], slice_of(input.p + 1, input.n - 1));
    arena_reset(w->arena, w->mark);
}

/* Most of the time in tokens; else as libFuzzer does. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t n_max, unsigned int seed)
{
    struct fuzz_random random = fuzz_random_of(seed);

    if (n < 2 || fuzz_below(&random, 4) == 0)
        return LLVMFuzzerMutate(bytes, n, n_max);
    return 1 + fuzz_mutate_words(&random, &fuzz_words_expression, bytes + 1, n - 1, n_max - 1);
}
