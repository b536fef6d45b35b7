/* SPDX-License-Identifier: Apache-2.0 */

/*
 * Ranges against their meaning: whatever the operator and the values, an entry lies in the range exactly when the
 * condition holds for its sort value. Tried over all pairs of a set of awkward values, on the table and on indexes.
 */
#include "table/query.h"

#include <string.h>

#include "codec/key.h"
#include "codec/number.h"
#include "test.h"

static struct arena *arena;
static struct fault fault;

static struct slice value_of(const char *tagged)
{
    struct buf out;
    struct builder b;

    buf_init(&out, arena, 1 << 16);
    builder_init(&b, &out, arena);
    if (tagged[0] == 'N') {
        uint8_t code[NUMBER_CODE_BYTES_MAX];
        size_t n;

        CHECK_EQ(number_parse(slice_from_cstr(tagged + 2), false, code, &n), NUMBER_OK);
        builder_n(&b, code, n);
    } else {
        builder_s(&b, slice_from_cstr(tagged + 2));
    }
    return buf_view(&out);
}

/* A binary-safe string value. */
static struct slice bytes_value(const char *bytes, size_t n)
{
    struct buf out;
    struct builder b;

    buf_init(&out, arena, 1 << 16);
    builder_init(&b, &out, arena);
    builder_s(&b, slice_of(bytes, n));
    return buf_view(&out);
}

static struct slice item_of(const char *const *names, const struct slice *values, int count)
{
    struct buf out;
    struct builder b;
    struct builder_frame frame;

    buf_init(&out, arena, 1 << 16);
    builder_init(&b, &out, arena);
    frame = builder_body_begin(&b);
    for (int i = 0; i < count; i++) {
        builder_name(&b, &frame, slice_from_cstr(names[i]));
        builder_value(&b, values[i]);
    }
    builder_body_end(&b, frame);
    return buf_view(&out);
}

static struct index_desc indexes[2];

static struct table_desc table_of(enum value_type sort)
{
    struct table_desc table = {.id = 7, .hash_seed = 99, .has_range = true};

    table.hash = (struct key_attribute){SLICE_LIT("pk"), VALUE_S};
    table.range = (struct key_attribute){SLICE_LIT("sk"), sort};
    indexes[0] = (struct index_desc){
        .id = 1, .name = SLICE_LIT("lsi"), .projection = PROJECTION_ALL, .hash_count = 1, .range_count = 1};
    indexes[0].hash[0] = table.hash;
    indexes[0].range[0] = (struct key_attribute){SLICE_LIT("r1"), sort};
    indexes[1] = (struct index_desc){.id = 2,
        .global = true,
        .name = SLICE_LIT("gsi"),
        .projection = PROJECTION_ALL,
        .hash_count = 2,
        .range_count = 2};
    indexes[0].status = indexes[1].status = INDEX_ACTIVE;
    indexes[1].hash[0] = (struct key_attribute){SLICE_LIT("h1"), VALUE_S};
    indexes[1].hash[1] = (struct key_attribute){SLICE_LIT("h2"), VALUE_N};
    indexes[1].range[0] = (struct key_attribute){SLICE_LIT("r1"), sort};
    indexes[1].range[1] = (struct key_attribute){SLICE_LIT("r2"), sort};
    table.indexes = indexes;
    table.lsi_count = table.gsi_count = 1;
    return table;
}

static bool holds(enum expr_key_operator op, struct slice v, struct slice a, struct slice b)
{
    int order = value_compare(v, a);

    switch (op) {
    case EXPR_KEY_EQ:
        return order == 0;
    case EXPR_KEY_LT:
        return order < 0;
    case EXPR_KEY_LE:
        return order <= 0;
    case EXPR_KEY_GT:
        return order > 0;
    case EXPR_KEY_GE:
        return order >= 0;
    case EXPR_KEY_BETWEEN:
        return order >= 0 && value_compare(v, b) <= 0;
    case EXPR_KEY_BEGINS_WITH:
        return slice_starts_with(value_scalar(v), value_scalar(a));
    case EXPR_KEY_NOT_INDEXABLE:
        break;
    }
    return false;
}

static bool inside(const struct table_range *range, struct slice key)
{
    return slice_compare(key, range->from) >= 0 && slice_compare(key, range->to) < 0;
}

/* Item with all key attributes; its own sort key and r1, r2 as given. */
static struct slice item_with(struct slice sk, struct slice r1, struct slice r2)
{
    static const char *const names[] = {"pk", "sk", "h1", "h2", "r1", "r2"};
    struct slice values[] = {value_of("S p"), sk, value_of("S h"), value_of("N 5"), r1, r2};

    return item_of(names, values, 6);
}

static void check_all(const struct table_desc *table, const struct slice *values, int count, bool prefixes)
{
    for (int op = EXPR_KEY_EQ; op <= (prefixes ? EXPR_KEY_BEGINS_WITH : EXPR_KEY_BETWEEN); op++) {
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                struct expr_key_clause on_table[] = {{SLICE_LIT("pk"), EXPR_KEY_EQ, value_of("S p"), SLICE_NULL},
                    {SLICE_LIT("sk"), (enum expr_key_operator)op, values[a], values[b]}};
                struct expr_key_clause on_lsi[] = {{SLICE_LIT("r1"), (enum expr_key_operator)op, values[a], values[b]},
                    {SLICE_LIT("pk"), EXPR_KEY_EQ, value_of("S p"), SLICE_NULL}};
                struct expr_key_clause on_gsi[] = {{SLICE_LIT("h2"), EXPR_KEY_EQ, value_of("N 5"), SLICE_NULL},
                    {SLICE_LIT("r2"), (enum expr_key_operator)op, values[a], values[b]},
                    {SLICE_LIT("h1"), EXPR_KEY_EQ, value_of("S h"), SLICE_NULL},
                    {SLICE_LIT("r1"), EXPR_KEY_EQ, values[b], SLICE_NULL}};
                struct table_range t, l, g;

                if (op == EXPR_KEY_BETWEEN && value_compare(values[a], values[b]) > 0)
                    continue;
                CHECK_EQ(table_query_range(table, NULL, on_table, 2, arena, &t, &fault), OK);
                CHECK_EQ(table_query_range(table, &indexes[0], on_lsi, 2, arena, &l, &fault), OK);
                CHECK_EQ(table_query_range(table, &indexes[1], on_gsi, 4, arena, &g, &fault), OK);
                for (int v = 0; v < count; v++) {
                    bool expected = holds((enum expr_key_operator)op, values[v], values[a], values[b]);
                    struct slice item = item_with(values[v], values[v], values[v]), key, body;
                    struct slice second = item_with(values[0], values[b], values[v]);

                    CHECK_EQ(inside(&t, table_item_key(table, item, arena)), expected);
                    CHECK(
                        index_entry(table, &indexes[0], table_item_key(table, item, arena), item, arena, &key, &body));
                    CHECK_EQ(inside(&l, key), expected);
                    CHECK(index_entry(
                        table, &indexes[1], table_item_key(table, second, arena), second, arena, &key, &body));
                    CHECK_EQ(inside(&g, key), expected);
                }
            }
        }
    }
}

TEST(table, a_range_holds_exactly_what_its_string_condition_says)
{
    struct table_desc table = table_of(VALUE_S);
    struct slice values[9];

    arena = arena_create(1 << 20);
    fault.arena = arena;
    values[0] = bytes_value("a", 1);
    values[1] = bytes_value("a\0", 2);
    values[2] = bytes_value("a\0\xFF", 3);
    values[3] = bytes_value("a\0\0", 3);
    values[4] = bytes_value("a\x01", 2);
    values[5] = bytes_value("aa", 2);
    values[6] = bytes_value("b", 1);
    values[7] = bytes_value("\xFF", 1);
    values[8] = bytes_value("\xFF\xFF", 2);
    check_all(&table, values, 9, true);
    arena_destroy(arena);
}

TEST(table, a_range_holds_exactly_what_its_number_condition_says)
{
    static const char *const texts[] = {
        "N -1e125", "N -10", "N -9.5", "N -1e-130", "N 0", "N 1e-130", "N 1", "N 1.01", "N 10", "N 1e125"};
    struct table_desc table = table_of(VALUE_N);
    struct slice values[10];

    arena = arena_create(1 << 20);
    fault.arena = arena;
    for (int i = 0; i < 10; i++)
        values[i] = value_of(texts[i]);
    check_all(&table, values, 10, false);
    arena_destroy(arena);
}

TEST(table, segments_are_disjoint_and_cover_everything)
{
    struct table_desc table = table_of(VALUE_S);
    static const uint32_t totals[] = {1, 2, 3, 7, 1000000};

    arena = arena_create(1 << 20);
    for (size_t t = 0; t < 5; t++) {
        struct table_range whole = table_scan_range(&table, NULL, 0, 0, arena), last = {0};
        struct arena_mark mark = arena_mark(arena);

        for (uint32_t s = 0; s < totals[t]; s++) {
            struct table_range range = table_scan_range(&table, NULL, s, totals[t], arena);

            CHECK(slice_compare(range.from, range.to) < 0);
            if (s == 0)
                CHECK(slice_compare(range.from, whole.from) == 0);
            else if (totals[t] < 1000) /* bytes of the last bound are still in the arena */
                CHECK(slice_equal(last.to, range.from));
            if (s + 1 == totals[t])
                CHECK(slice_compare(range.to, whole.to) == 0);
            last = range;
            if (totals[t] >= 1000)
                arena_reset(arena, mark);
        }
    }
    arena_destroy(arena);
}

static const char *refusal(const struct table_desc *table, const struct index_desc *index,
    const struct expr_key_clause *clauses, uint32_t count)
{
    static char text[512];
    struct table_range range;

    if (table_query_range(table, index, clauses, count, arena, &range, &fault) == OK)
        return "accepted";
    (void)snprintf(text, sizeof(text), "%.*s", SLICE_ARG(fault.message));
    return text;
}

#define CHECK_REFUSAL(index_, expected_, ...)                                                                          \
    do {                                                                                                               \
        struct expr_key_clause clauses_[] = {__VA_ARGS__};                                                             \
        const char *got_ = refusal(&table, index_, clauses_, sizeof(clauses_) / sizeof(*clauses_));                    \
        if (strcmp(got_, expected_) != 0)                                                                              \
            printf("%s\n", got_);                                                                                      \
        CHECK(strcmp(got_, expected_) == 0);                                                                           \
    } while (0)
#define CLAUSE(name_, op_, value_)                                                                                     \
    {                                                                                                                  \
        SLICE_LIT(name_), op_, value_of(value_), SLICE_NULL                                                            \
    }

TEST(table, key_conditions_that_do_not_fit_the_schema_are_told_so)
{
    struct table_desc table = table_of(VALUE_S);

    arena = arena_create(1 << 20);
    fault.arena = arena;
    CHECK_REFUSAL(NULL, "Query condition missed key schema element: pk", CLAUSE("sk", EXPR_KEY_EQ, "S x"));
    CHECK_REFUSAL(NULL, "Query condition missed key schema element: sk", CLAUSE("pk", EXPR_KEY_EQ, "S x"),
        CLAUSE("other", EXPR_KEY_EQ, "S x"));
    CHECK_REFUSAL(NULL, "Query key condition not supported", CLAUSE("pk", EXPR_KEY_LT, "S x"));
    CHECK_REFUSAL(NULL, "Attempted conditional constraint is not an indexable operation",
        CLAUSE("pk", EXPR_KEY_NOT_INDEXABLE, "N 1"));
    CHECK_REFUSAL(NULL, "Attempted conditional constraint is not an indexable operation",
        CLAUSE("pk", EXPR_KEY_EQ, "S x"), CLAUSE("sk", EXPR_KEY_NOT_INDEXABLE, "N 1"));
    CHECK_REFUSAL(NULL,
        "One or more parameter values were invalid: Condition parameter type does not match schema type",
        CLAUSE("pk", EXPR_KEY_EQ, "N 1"));
    CHECK_REFUSAL(NULL,
        "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)",
        CLAUSE("pk", EXPR_KEY_EQ, "S x"), CLAUSE("sk", EXPR_KEY_EQ, "S x"), CLAUSE("z", EXPR_KEY_EQ, "S x"));
    CHECK_REFUSAL(NULL,
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
        "string value. Key: pk",
        CLAUSE("pk", EXPR_KEY_EQ, "S "));
    CHECK_REFUSAL(&indexes[1],
        "RANGE key attributes r1 must have equality conditions specified in the query because a condition is present "
        "on key attribute r2",
        CLAUSE("h1", EXPR_KEY_EQ, "S x"), CLAUSE("h2", EXPR_KEY_EQ, "N 1"), CLAUSE("r2", EXPR_KEY_EQ, "S x"));
    CHECK_REFUSAL(&indexes[1],
        "RANGE key attributes r1 must have equality conditions specified in the query because a condition is present "
        "on key attribute r2",
        CLAUSE("h1", EXPR_KEY_EQ, "S x"), CLAUSE("h2", EXPR_KEY_EQ, "N 1"), CLAUSE("r1", EXPR_KEY_GT, "S x"),
        CLAUSE("r2", EXPR_KEY_EQ, "S x"));
    CHECK_REFUSAL(&indexes[1], "Query condition missed key schema element: h2", CLAUSE("h1", EXPR_KEY_EQ, "S x"));
    arena_destroy(arena);
}

TEST_MAIN()
