/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#define INVPATH   "The document path provided in the update expression is invalid for update"
#define MISSING   "The provided expression refers to an attribute that does not exist in the item"
#define TYPE      "An operand in the update expression has an incorrect data type"
#define OVERFLOW_ "Number overflow. Attempting to store a number with magnitude larger than supported range"

struct row {
    const char *item, *text, *placeholders, *expected;
};

static void rows_check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        CHECK(line_is(rows[i].text, update_result(rows[i].item, rows[i].text, rows[i].placeholders), rows[i].expected));
}

TEST(expr, set_replaces_and_creates)
{
    static const struct row rows[] = {
        {"{a: 1}", "SET b = a REMOVE a", NULL, "{b:1}"},
        {"{a: 1}", "REMOVE a SET b = a", NULL, "{b:1}"},
        {"{a: 1, b: 2}", "SET a = b, b = a", NULL, "{a:2,b:1}"},
        {"{a: 1, c: 3}", "SET b = :v", "{:v: 'x'}", "{a:1,b:'x',c:3}"},
        {"{a: 1}", "set a = :v", "{:v: {x: [<1>]}}", "{a:{x:[<1>]}}"},
        {"{a: {x: 3, y: 4, c: {y: 3}}, b: {x: 1, y: 2}}", "SET a.b = :t, a.c.d = :dog, b.x = :s REMOVE a.x, b.y",
            "{:t: 10, :dog: 'dog', :s: 17}", "{a:{b:10,c:{d:'dog',y:3},y:4},b:{x:17}}"},
        {NULL, "SET a = :v", "{:v: 1}", "{a:1,pk:'k'}"},
        {"{pk: 'k', a: {b: 1}}", "SET #x = :v", "{#x: 'a.b', :v: 2}", "{a:{b:1},a.b:2,pk:'k'}"},
        {"{a: 1}", "SET b = (a)", NULL, "{a:1,b:1}"},
        {"{a: {}}", "SET a.x = a", NULL, "{a:{x:{}}}"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, list_positions_are_those_of_the_old_list)
{
    static const struct row rows[] = {
        {"{a: [2, 3, 4, 5, 6, 7]}", "REMOVE a[1] SET a[3] = :v", "{:v: 17}", "{a:[2,4,17,6,7]}"},
        {"{a: [2, 3, 4, 5, 6, 7]}", "SET a[3] = :v REMOVE a[1]", "{:v: 17}", "{a:[2,4,17,6,7]}"},
        {"{a: ['one', 'two', 'three']}", "SET a[7] = :v", "{:v: 'hello'}", "{a:['one','two','three','hello']}"},
        {"{a: [1, 2, 3, 4]}", "SET a[84] = :a, a[37] = :b, a[17] = :c, a[50] = :d",
            "{:a: 'a1', :b: 'a2', :c: 'a3', :d: 'a4'}", "{a:[1,2,3,4,'a3','a2','a4','a1']}"},
        {"{a: [4, 5, 6]}", "REMOVE a[17]", NULL, "{a:[4,5,6]}"},
        {"{a: [1]}", "REMOVE a[0]", NULL, "{a:[]}"},
        {"{a: [1, 2, 3]}", "REMOVE a[2], a[0]", NULL, "{a:[2]}"},
        {"{a: [1, 2]}", "REMOVE a[0] SET a[5] = :v, a[1] = a[0]", "{:v: 9}", "{a:[1,9]}"},
        {"{a: [[1, 2], {b: 3}]}", "SET a[0][1] = :v, a[1].c = :v", "{:v: 9}", "{a:[[1,9],{b:3,c:9}]}"},
        {"{a: [1]}", "SET a[1] = :v, a[3].x = :v", "{:v: 9}", INVPATH},
        {"{a: [1]}", "ADD a[0] :v", "{:v: 9}", "{a:[10]}"},
        {"{a: [1]}", "ADD a[4] :v", "{:v: 9}", "{a:[1,9]}"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, removing_leaves_empty_containers_and_forgives_absence)
{
    static const struct row rows[] = {
        {"{a: {b: 1}}", "REMOVE a.b", NULL, "{a:{}}"},
        {"{x: {}}", "REMOVE x.y", NULL, "{x:{}}"},
        {"{a: 1}", "REMOVE b", NULL, "{a:1}"},
        {"{a: 1}", "REMOVE a, b", NULL, "{}"},
        {NULL, "REMOVE x.y", NULL, "nothing created"},
        {NULL, "REMOVE x", NULL, "nothing created"},
        {NULL, "DELETE x :s", "{:s: <1>}", "nothing created"},
        {NULL, "DELETE x.y :s REMOVE z.z", "{:s: <1>}", "nothing created"},
        {NULL, "REMOVE x.y SET a = :v", "{:v: 1}", "{a:1,pk:'k'}"},
        {NULL, "REMOVE pk.y SET a = :v", "{:v: 1}", "{a:1,pk:'k'}"},
        {NULL, "SET x.y = :v", "{:v: 1}", INVPATH},
        {NULL, "ADD x.y :v", "{:v: 1}", INVPATH},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, a_path_needs_its_parent)
{
    static const char *const items[] = {"{}", "{x: 's'}", "{x: <1>}", "{x: null}"};
    static const char *const texts[] = {"SET x.y = :v", "SET x[0] = :v", "REMOVE x.y", "REMOVE x[0]", "ADD x.y :v",
        "DELETE x.y :s", "SET x.y.z = :v", "SET x[0].z = :v"};

    for (size_t i = 0; i < ROWS(items); i++) {
        for (size_t k = 0; k < ROWS(texts); k++)
            CHECK(line_is(texts[k], update_result(items[i], texts[k], "{:v: 1, :s: <1>}"), INVPATH));
    }
    CHECK(line_is("list by name", update_result("{x: [1]}", "SET x.y = :v", "{:v: 1}"), INVPATH));
    CHECK(line_is("map by index", update_result("{x: {y: 1}}", "SET x[0] = :v", "{:v: 1}"), INVPATH));
    CHECK(line_is("map by index", update_result("{x: {y: 1}}", "REMOVE x[0]", NULL), INVPATH));
}

TEST(expr, add_counts_and_unites)
{
    static const struct row rows[] = {
        {NULL, "ADD n :v", "{:v: 1}", "{n:1,pk:'k'}"},
        {NULL, "ADD s :v", "{:v: <'a'>}", "{pk:'k',s:<'a'>}"},
        {"{n: 1}", "ADD n :v", "{:v: -3.5}", "{n:-2.5}"},
        {"{n: 1}", "ADD n :v", "{:v: -1}", "{n:0}"},
        {"{a: <1, 2, 3>}", "ADD a :v", "{:v: <1.0, 2.00>}", "{a:<1,2,3>}"},
        {"{a: <1, 10, 3>}", "ADD a :v", "{:v: <2, -1, 3>}", "{a:<-1,1,2,3,10>}"},
        {"{a: <'b'>}", "ADD a :v", "{:v: <'', 'c'>}", "{a:<'','b','c'>}"},
        {"{a: <b'01'>}", "ADD a :v", "{:v: <b'00', b'01'>}", "{a:<b'00',b'01'>}"},
        {"{a: {b: {c: 1}}}", "ADD a.b.c :v, a.b.d :v", "{:v: 1}", "{a:{b:{c:2,d:1}}}"},
        {"{a: 's'}", "ADD a :v", "{:v: 1}", TYPE},
        {"{a: <1>}", "ADD a :v", "{:v: <'1'>}", TYPE},
        {"{a: <1>}", "ADD a :v", "{:v: 1}", TYPE},
        {"{a: [1]}", "ADD a :v", "{:v: <1>}", TYPE},
        {"{a: 9e125}", "ADD a :v", "{:v: 9e125}", OVERFLOW_},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, delete_takes_members_out_of_sets)
{
    static const struct row rows[] = {
        {"{a: <1, 2>}", "DELETE a :v", "{:v: <1, 2>}", "{}"},
        {"{a: <1, 2>, b: 1}", "DELETE a :v", "{:v: <2.0, 7>}", "{a:<1>,b:1}"},
        {"{a: <'', 'x'>}", "DELETE a :v", "{:v: <'x'>}", "{a:<''>}"},
        {"{a: <''>}", "DELETE a :v", "{:v: <''>}", "{}"},
        {"{b: 1}", "DELETE a :v", "{:v: <1>}", "{b:1}"},
        {"{a: {s: <1>}}", "DELETE a.s :v", "{:v: <1>}", "{a:{}}"},
        {"{a: [<1>, 2]}", "DELETE a[0] :v", "{:v: <1>}", "{a:[2]}"},
        {"{a: 1}", "DELETE a :v", "{:v: <1>}", TYPE},
        {"{a: <'1'>}", "DELETE a :v", "{:v: <1>}", TYPE},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, right_hand_sides_read_the_old_item)
{
    static const struct row rows[] = {
        {"{}", "SET b = b + :v", "{:v: 1}", MISSING},
        {"{}", "SET a = b", NULL, MISSING},
        {NULL, "SET a = pk", NULL, MISSING},
        {NULL, "SET a = pk.x, b = b.c[1]", NULL, MISSING},
        {"{}", "SET b = list_append(b, :v)", "{:v: [1]}", MISSING},
        {"{}", "SET b = if_not_exists(b, :z) + :v", "{:z: 0, :v: 1}", "{b:1}"},
        {"{b: 5}", "SET b = if_not_exists(b, :z) + :v", "{:z: 0, :v: 1}", "{b:6}"},
        {"{b: 5}", "SET a = if_not_exists(b, if_not_exists(c, :v))", "{:v: 3}", "{a:5,b:5}"},
        {"{c: 5}", "SET a = if_not_exists(b, if_not_exists(c, :v))", "{:v: 3}", "{a:5,c:5}"},
        {"{}", "SET a = if_not_exists(b, if_not_exists(c, :v))", "{:v: 3}", "{a:3}"},
        {"{b: 5}", "SET a = if_not_exists(b, gone)", NULL, "{a:5,b:5}"},
        {"{}", "SET a = if_not_exists(b, gone)", NULL, MISSING},
        {"{a: 1, b: 2}", "SET c = (a + b), d = b - a", NULL, "{a:1,b:2,c:3,d:1}"},
        {"{a: 1, b: 2}", "SET c = (a) - (b)", NULL, "{a:1,b:2,c:-1}"},
        {"{a: 'x'}", "SET b = a + :v", "{:v: 1}", TYPE},
        {"{a: 'x'}", "SET b = :v - a", "{:v: 1}", TYPE},
        {"{a: 'x'}", "SET b = list_append(a, :v)", "{:v: [1]}", TYPE},
        {"{}", "SET b = list_append(if_not_exists(a, :n), :v)", "{:n: 1, :v: [1]}", TYPE},
        {"{a: [1]}", "SET a = list_append(a, :v)", "{:v: ['x', [2]]}", "{a:[1,'x',[2]]}"},
        {"{a: [1]}", "SET a = list_append(:v, a)", "{:v: [0]}", "{a:[0,1]}"},
        {"{}", "SET a = list_append(if_not_exists(a, :v), :v)", "{:v: [0]}", "{a:[0,0]}"},
        {"{a: [1]}", "SET a = list_append(a, a)", NULL, "{a:[1,1]}"},
        {"{a: [7]}", "SET b = list_append(a, if_not_exists(c, a))", NULL, "{a:[7],b:[7,7]}"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, arithmetic_is_exact_or_refused)
{
    static const struct row rows[] = {
        {"{}", "SET b = :x + :y", "{:x: 9e125, :y: 9e125}", OVERFLOW_},
        {"{}", "SET b = :x + :y", "{:x: 1e50, :y: 1}", OVERFLOW_},
        {"{}", "SET b = :x - :y", "{:x: 1e50, :y: 1}", OVERFLOW_},
        {"{}", "SET b = :x + :y", "{:x: 1, :y: 10000000000000000000000}", "{b:10000000000000000000001}"},
        {"{}", "SET b = :x - :y", "{:x: 0.1, :y: 0.1}", "{b:0}"},
        {"{}", "SET b = :x - :y", "{:x: 1.1e-130, :y: 1e-130}",
            "Number underflow. Attempting to store a number with magnitude smaller than supported range"},
        {"{a: 1}", "SET b = a + gone", NULL, MISSING},
        {"{}", "SET b = :x + :y", "{:x: 1e-130, :y: 2e-130}",
            "{b:0."
            "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
            "000000000000000"
            "000000003}"},
    };

    rows_check(rows, ROWS(rows));
}

TEST(expr, the_first_fault_in_written_order_is_told)
{
    static const struct row rows[] = {
        {"{}", "SET x.y = :v, a = b", "{:v: 1}", INVPATH},
        {"{}", "SET a = b, x.y = :v", "{:v: 1}", MISSING},
        {"{s: 'x'}", "SET a = s + :v, x.y = :v", "{:v: 1}", TYPE},
        {"{s: 'x'}", "REMOVE x.y ADD s :v", "{:v: 1}", INVPATH},
        {"{s: 'x'}", "ADD s :v REMOVE x.y", "{:v: 1}", TYPE},
    };

    rows_check(rows, ROWS(rows));
}

/* ---- returned attributes ---- */

struct step {
    const char *text, *placeholders, *returned;
    bool old;
};

TEST(expr, updated_attributes_are_those_the_update_names)
{
    /* each row starts from what the row before left */
    static const struct step steps[] = {
        {"SET a.b = :v", "{:v: 'hi'}", "{a:{b:'dog'}}", true},
        {"SET a.b = :v", "{:v: 'yo'}", "{a:{b:'hi'}}", true},
        {"SET a.c[1] = :v", "{:v: 7}", "{a:{c:[2]}}", true},
        {"SET a.c[1] = :v, a.b = :w", "{:v: 8, :w: 'dog'}", "{a:{b:'yo',c:[7]}}", true},
        {"SET a.b = :v", "{:v: 'hello'}", "{a:{b:'hello'}}", false},
        {"SET a.c[1] = :v", "{:v: 4}", "{a:{c:[4]}}", false},
        {"SET a.c[1] = :v, a.b = :w", "{:v: 3, :w: 'dog'}", "{a:{b:'dog',c:[3]}}", false},
        {"REMOVE a.c[1], a.c[3]", NULL, "{a:{c:[3]}}", true},
        {"SET a.x1 = :v", "{:v: 8}", "none", true},
        {"SET a.x2 = :v", "{:v: 8}", "{a:{x2:8}}", false},
        {"SET a.c[100] = :v", "{:v: 70}", "none", false},
        {"REMOVE a.c[1]", NULL, "{a:{c:[70]}}", false},
        {"REMOVE nothing", NULL, "none", true},
        {"SET e = :v, f = :v", "{:v: 1}", "{e:1,f:1}", false},
    };
    struct slice body = notation_read("{p: 'k', a: {b: 'dog', c: [1, 2, 3]}, d: 'cat'}", arena);

    for (size_t i = 0; i < ROWS(steps); i++) {
        struct fault fault = {.arena = arena};
        struct expr_update *update = update_compiled(steps[i].text, steps[i].placeholders, &fault);
        struct slice after, touched;

        CHECK(update != NULL);
        CHECK_EQ(expr_update_apply(update, body, SLICE_NULL, arena, &after, &fault), OK);
        touched = expr_update_touched(update, steps[i].old ? body : after, arena);
        CHECK(line_is(steps[i].text, notation_print(touched, arena), steps[i].returned));
        body = after;
    }
    CHECK(line_is("the end", notation_print(body, arena), "{a:{b:'dog',c:[1,70],x1:8,x2:8},d:'cat',e:1,f:1,p:'k'}"));
}

/* ---- targets and charge ---- */

TEST(expr, targets_come_in_written_order_with_their_literals)
{
    struct fault fault = {.arena = arena};
    struct expr_update *update = update_compiled(
        "REMOVE z, y[1] SET a.b = :v, c = :v + :v, d = e, f = ((:v)) DELETE h :s ADD g :v", "{:v: 7, :s: <1>}", &fault);
    const struct expr_update_target *targets;

    CHECK(update == NULL); /* redundant parentheses */
    update = update_compiled(
        "REMOVE z, y[1] SET a.b = :v, c = :v + :v, d = e, f = (:v) DELETE h :s ADD g :v", "{:v: 7, :s: <1>}", &fault);
    CHECK(update != NULL);
    CHECK_EQ(expr_update_targets(update, &targets), 8);
    CHECK_EQ(targets[0].action, EXPR_REMOVE);
    CHECK(line_is("1", text_of(expr_path_text(&targets[1].path, arena)), "[y, [1]]"));
    CHECK_EQ(targets[2].action, EXPR_SET);
    CHECK_EQ(number_to_int(value_scalar(targets[2].literal).p), 7);
    CHECK(targets[0].literal.p == NULL && targets[3].literal.p == NULL && targets[4].literal.p == NULL);
    CHECK(targets[5].literal.p != NULL);
    CHECK_EQ(targets[6].action, EXPR_DELETE);
    CHECK(value_type(targets[6].literal) == VALUE_NS);
    CHECK_EQ(targets[7].action, EXPR_ADD);
    CHECK(targets[7].literal.p != NULL);
    CHECK(!expr_update_only_removes(update));
    CHECK(expr_update_only_removes(update_compiled("REMOVE a, b.c DELETE s :s", "{:s: <1>}", &fault)));
}

TEST(expr, all_paths_of_an_update_come_in_written_order)
{
    static const char *const expected[] = {
        "[z]", "[a, b]", "[c, [0]]", "[d]", "[e, x]", "[f]", "[g]", "[h, [2]]", "[i]"};
    struct fault fault = {.arena = arena};
    struct expr_update *update =
        update_compiled("REMOVE z SET a.b = c[0] + :v, d = if_not_exists(e.x, f), g = list_append(:l, h[2]) ADD i :v",
            "{:v: 7, :l: [1]}", &fault);
    const struct expr_path *paths;

    CHECK_EQ(expr_update_paths(update, &paths), ROWS(expected));
    for (size_t i = 0; i < ROWS(expected); i++)
        CHECK(line_is("path", text_of(expr_path_text(&paths[i], arena)), expected[i]));
}

TEST(expr, an_update_charges_what_its_statement_writes)
{
    static const struct {
        const char *item, *text, *placeholders;
        uint64_t charge;
    } rows[] = {
        {NULL, "SET b = :v", "{:v: '12345'}", 3 + 19 + 1 + 5},
        {NULL, "SET b = :v, cc = :v", "{:v: '12345'}", 3 + 19 + 1 + 5 + 19 + 2 + 5},
        {"{a: 'long long long'}", "SET b = a", NULL, 3 + 19 + 1 + 1 + 14 + 1},
        {NULL, "SET #n = a.bb[10]", "{#n: 'name'}", 3 + 19 + 4 + 1 + (14 + 1) + (14 + 2) + (14 + 2)},
        {NULL, "SET a.bb[107] = :v", "{:v: 1}", 3 + 19 + 1 + (4 + 2) + (4 + 3) + 2},
        {NULL, "SET b = :v + :v", "{:v: 1}", 3 + 19 + 1 + 34 + 2 + 2},
        {NULL, "SET b = b - :v", "{:v: 1}", 3 + 19 + 1 + 37 + (1 + 14 + 1) + 2},
        {NULL, "SET b = if_not_exists(b, :v)", "{:v: 1}", 3 + 19 + 1 + 39 + (1 + 14 + 1) + 2},
        {NULL, "SET b = if_not_exists(b, :v) + :v", "{:v: 1}", 3 + 19 + 1 + 34 + 39 + (1 + 14 + 1) + 2 + 2},
        {NULL, "SET b = list_append(b, :v)", "{:v: ['x']}", 3 + 19 + 1 + 37 + (1 + 14 + 1) + (3 + 1 + 1)},
        {"{n: 1}", "ADD n :v", "{:v: 12}", 3 + 19 + 1 + 2},
        {NULL, "ADD s :v", "{:v: <'abc', 'de'>}", 3 + 19 + 1 + 5},
        {"{s: <'abc'>}", "ADD s :v", "{:v: <'abc', 'de'>}", 3 + 19 + 1 + 2},
        {"{s: <1, 2>}", "ADD s :v", "{:v: <2, 300>}", 3 + 19 + 1 + 2},
        {"{s: <'abc'>}", "ADD s :v", "{:v: <b'61'>}", 3 + 19 + 1 + 1},
        {"{s: {t: <'abc'>}}", "ADD s.t :v", "{:v: <'abc', 'de'>}", 3 + 19 + 1 + (4 + 1) + 2},
        {"{s: <'abc'>}", "DELETE s :v", "{:v: <'abc'>}", 3 + 1 + 1},
        {"{s: <'abc'>}", "REMOVE s.tall[7]", NULL, 3 + 1 + 1 + (4 + 4) + (4 + 1)},
    };

    for (size_t i = 0; i < ROWS(rows); i++) {
        struct fault fault = {.arena = arena};
        struct expr_update *update = update_compiled(rows[i].text, rows[i].placeholders, &fault);

        CHECK(update != NULL);
        CHECK_EQ(expr_update_charge(update, notation_read(rows[i].item, arena)), rows[i].charge);
    }
}

TEST(expr, an_update_that_multiplies_a_big_value_is_refused_before_memory_is)
{
    struct fault fault = {.arena = arena};
    struct buf item, text;
    struct expr_update *update;
    struct slice body;
    size_t before;

    buf_init(&item, arena, 1 << 20);
    buf_printf(&item, "{l: ['%0400000d']}", 0);
    buf_byte(&item, 0);
    buf_init(&text, arena, 4096);
    buf_printf(&text, "SET a=l");
    for (int i = 0; i < 150; i++)
        buf_printf(&text, ",a%d=list_append(l,l)", i);
    buf_byte(&text, 0);
    update = update_compiled((const char *)text.p, NULL, &fault);
    CHECK(update != NULL);
    body = notation_read((const char *)item.p, arena);
    before = arena_used_bytes(arena);
    CHECK_EQ(expr_update_apply(update, body, SLICE_NULL, arena, &body, &fault), ERR_FAULT);
    CHECK(line_is("size", message_of(&fault), "Item size to update has exceeded the maximum allowed size"));
    CHECK(arena_used_bytes(arena) - before < 64u << 20);

    text.n = 0;
    buf_printf(&text, "SET a=l");
    for (int i = 0; i < 300; i++)
        buf_printf(&text, ",a%d=l", i);
    buf_byte(&text, 0);
    update = update_compiled((const char *)text.p, NULL, &fault);
    CHECK_EQ(expr_update_apply(update, body, SLICE_NULL, arena, &body, &fault), ERR_FAULT);
    CHECK(line_is("size", message_of(&fault), "Item size to update has exceeded the maximum allowed size"));
}

TEST_MAIN()
