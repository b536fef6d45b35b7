/* SPDX-License-Identifier: Apache-2.0 */

/* Statements that a worker has read before: the same replies, whatever changed since; and what the log hears of scans.
 */
#include "control.h"

#include "api/statements.h"
#include "os/log.h"

#define READ_         "{'Statement':'SELECT v FROM Tab WHERE pk = ?','Parameters':[{'S':'%s'}]}"
#define INSERT_       "{'TableName':'Tab','Item':{'pk':{'S':'%s'},'v':{'S':'%s'}}}"
#define MISSING_TABLE "ResourceNotFoundException: Requested resource not found"

static void begin_statements(void)
{
    begin(0);
    w.api.statements = statements_create(1, 3);
    make(WITH_(ON_DEMAND_));
}

static void end_statements(void)
{
    statements_destroy(w.api.statements); /* nothing is held any more */
    end();
}

static const char *read_of(const char *pk)
{
    return call("ExecuteStatement", (const char *)arena_printf(w.arena, READ_, pk).p);
}

static void put(const char *pk, const char *v)
{
    CHECK(is(call("PutItem", (const char *)arena_printf(w.arena, INSERT_, pk, v).p), "{}"));
}

TEST(api, a_statement_means_the_same_the_third_time)
{
    begin_statements();
    put("a", "1");
    put("b", "2");
    for (int i = 0; i < 3; i++) {
        CHECK(has(read_of("a"), "{'Items':[{'v':{'S':'1'}}]}"));
        CHECK(has(read_of("b"), "{'Items':[{'v':{'S':'2'}}]}"));
        VE(call("ExecuteStatement", "{'Statement':'SELECT v FROM Tab WHERE pk = ?'}"),
            "Number of parameters in request and statement don't match.");
    }
    end_statements();
}

TEST(api, a_statement_follows_its_table)
{
    begin_statements();
    put("a", "1");
    for (int i = 0; i < 3; i++)
        CHECK(has(read_of("a"), "'v'"));
    CHECK(has(call("DeleteTable", "{'TableName':'Tab'}"), "DELETING"));
    later(0);
    CHECK(has(read_of("a"), MISSING_TABLE));
    make(WITH_(ON_DEMAND_));
    CHECK(has(read_of("a"), "{'Items':[]}"));
    end_statements();
}

TEST(api, a_batch_may_hold_one_statement_many_times)
{
    const char *json = "{'Statements':[{'Statement':'SELECT v FROM Tab WHERE pk = ?','Parameters':[{'S':'a'}]},"
                       "{'Statement':'SELECT v FROM Tab WHERE pk = ?','Parameters':[{'S':'b'}]}]}";

    begin_statements();
    put("a", "1");
    put("b", "2");
    for (int i = 0; i < 3; i++)
        CHECK(has(call("BatchExecuteStatement", json),
            "{'Responses':[{'TableName':'Tab','Item':{'v':{'S':'1'}}},{'TableName':'Tab','Item':{'v':{'S':'2'}}}]}"));
    end_statements();
}

TEST(api, a_statement_that_scans_is_told_once_in_a_while)
{
    static char log[LOG_RING_BYTES + 1];
    const char *line;

    begin_statements();
    for (int i = 0; i < 5; i++)
        CHECK(has(call("ExecuteStatement", "{'Statement':'SELECT * FROM Tab WHERE v = 1'}"), "{'Items':[]}"));
    CHECK(has(read_of("a"), "'Items'"));
    log[log_tail(log, sizeof(log) - 1)] = 0;
    line = strstr(log, "statement.scan");
    CHECK(line != NULL && strstr(line + 1, "statement.scan") == NULL);
    CHECK(strstr(line, "table=Tab statement=\"SELECT * FROM Tab WHERE v = 1\" scans=1") != NULL);
    end_statements();
}

TEST_MAIN()
