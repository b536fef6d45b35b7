/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A table that changes in the middle of a request that makes several writes. What was written before the change is not
 * written again: others may have undone it since, and were told so. The change comes from the engine's clock, which is
 * asked for a stamp in the middle of each decision.
 */
#include <stdint.h>

static uint64_t changing_clock(void *context);

#define CONTROL_CLOCK changing_clock
#include "control.h"

#define ITEM_(pk_)    "{'pk':{'S':'" pk_ "'},'n':{'N':'1'}}"
#define KEY_(pk_)     "{'pk':{'S':'" pk_ "'}}"
#define PUT_(pk_)     "{'PutRequest':{'Item':" ITEM_(pk_) "}}"
#define BATCH_        "{'RequestItems':{'Tab':[" PUT_("a") "," PUT_("b") "," PUT_("c") "]}}"
#define ADD_(pk_)     "{'Statement':'UPDATE Tab SET n=n+1 WHERE pk=?','Parameters':[{'S':'" pk_ "'}]}"
#define STATEMENTS_   "{'Statements':[" ADD_("a") "," ADD_("b") "," ADD_("c") "]}"
#define GET_(pk_)     "{'TableName':'Tab','Key':" KEY_(pk_) "}"
#define TOO_OFTEN_    "The table changes too often"
#define NOTHING_LEFT_ "{'UnprocessedItems':{}}"

/* At which decision from now the table changes; 0: at none. */
static struct {
    uint32_t countdown, changes;
    bool always;        /* at all from then on */
    const char *delete; /* what others delete after the first; NULL: nothing */
} change;

static enum err protection_turn(void *context, const struct table_desc *present, struct table_desc *next,
    struct arena *arena, enum catalog_what *ret_what)
{
    (void)context, (void)arena, (void)ret_what;
    next->deletion_protection = !present->deletion_protection;
    return OK;
}

/* By itself, for UpdateTable would wait for the background; then, in a request of its own, what others do. */
static void table_changes(void)
{
    struct arena *arena = arena_create(65536);
    const struct table_desc *ignored;

    change.changes++;
    CHECK(catalog_change(w.api.catalog, w.self, arena, SLICE_LIT("123456789012"), SLICE_LIT("us-east-1"),
              SLICE_LIT("Tab"), protection_turn, NULL, &ignored) == OK);
    if (change.changes == 1 && change.delete != NULL)
        ask(arena, w.self, "DeleteItem", change.delete);
    arena_destroy(arena);
}

static uint64_t changing_clock(void *context)
{
    (void)context;
    if (change.countdown != 0 && --change.countdown == 0) {
        table_changes();
        if (change.always)
            change.countdown = 1;
    }
    return os_clock_wall_ms();
}

static void begin_table(void)
{
    change.countdown = change.changes = 0;
    change.always = false;
    change.delete = NULL;
    begin(0);
    make(WITH_(ON_DEMAND_));
}

static bool is_absent(const char *get)
{
    return is(call("GetItem", get), "{}");
}

static bool has_number(const char *get, const char *number)
{
    return has(call("GetItem", get), (const char *)arena_printf(w.arena, "'n':{'N':'%s'}", number).p);
}

TEST(api, a_batch_of_writes_goes_on_where_its_table_changed)
{
    begin_table();
    change.countdown = 2;
    change.delete = GET_("a");
    CHECK(is(call("BatchWriteItem", BATCH_), (const char *)quoted(NOTHING_LEFT_).p));
    CHECK_EQ(change.changes, 1);
    CHECK(is_absent(GET_("a")));
    CHECK(has_number(GET_("b"), "1"));
    CHECK(has_number(GET_("c"), "1"));
    end();
}

TEST(api, a_batch_of_which_nothing_is_done_begins_again)
{
    begin_table();
    change.countdown = 1;
    CHECK(is(call("BatchWriteItem", BATCH_), (const char *)quoted(NOTHING_LEFT_).p));
    CHECK_EQ(change.changes, 1);
    CHECK(has_number(GET_("a"), "1"));
    CHECK(has_number(GET_("c"), "1"));
    end();
}

TEST(api, a_batch_whose_table_changes_without_end_is_given_up_and_not_begun_again)
{
    begin_table();
    change.countdown = 2;
    change.always = true;
    change.delete = GET_("a");
    CHECK(is(call("BatchWriteItem", BATCH_), "InternalServerError: " TOO_OFTEN_));
    change.countdown = 0;
    CHECK_EQ(change.changes, API__STALE_RUNS_MAX);
    CHECK(is_absent(GET_("a")));
    CHECK(is_absent(GET_("b")));
    end();
}

TEST(api, a_batch_of_statements_goes_on_where_its_table_changed)
{
    begin_table();
    CHECK(is(call("BatchWriteItem", BATCH_), (const char *)quoted(NOTHING_LEFT_).p));
    change.countdown = 2;
    CHECK(lacks(call("BatchExecuteStatement", STATEMENTS_), "Error"));
    CHECK_EQ(change.changes, 1);
    CHECK(has_number(GET_("a"), "2"));
    CHECK(has_number(GET_("b"), "2"));
    CHECK(has_number(GET_("c"), "2"));
    end();
}

TEST_MAIN()
