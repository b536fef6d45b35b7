/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* What tests of streams ask again and again, of the stream of the table "Tab" (control.h). */
#include "control.h"

#include "work/work_int.h"

#define STREAM_     "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'NEW_AND_OLD_IMAGES'}"
#define OFF_        "'StreamSpecification':{'StreamEnabled':false}"
#define HOUR_MS     3600000u
#define FORMAT(...) ((const char *)arena_printf(w.arena, __VA_ARGS__).p)

/* The text after `name` in a reply, up to the next quote. */
static const char *member(const char *reply, const char *name)
{
    const char *at = strstr(reply, (const char *)quoted(FORMAT("'%s':'", name)).p);
    size_t skip = strlen(name) + 4;

    if (at == NULL)
        return NULL;
    return FORMAT("%.*s", (int)strcspn(at + skip, "\""), at + skip);
}

static const char *stream_arn(void)
{
    return member(describe(), "LatestStreamArn");
}

static const char *describe_stream(const char *arn)
{
    return call("DescribeStream", FORMAT("{'StreamArn':'%s'}", arn));
}

static const char *iterator_of(const char *arn, const char *shard, const char *rest)
{
    return call("GetShardIterator", FORMAT("{'StreamArn':'%s','ShardId':'%s',%s}", arn, shard, rest));
}

static const char *iterator(const char *type)
{
    const char *arn = stream_arn(), *shard = member(describe_stream(arn), "ShardId");

    return member(iterator_of(arn, shard, FORMAT("'ShardIteratorType':'%s'", type)), "ShardIterator");
}

static const char *records(const char *iterator)
{
    return call("GetRecords", FORMAT("{'ShardIterator':'%s'}", iterator));
}

static void put(const char *pk, int n)
{
    (void)call("PutItem", FORMAT("{'TableName':'Tab','Item':{'pk':{'S':'%s'},'n':{'N':'%d'}}}", pk, n));
}

static uint32_t count_of(const char *text, const char *part)
{
    uint32_t count = 0;

    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        count++;
    return count;
}

/* The id of shard i of a description. */
static const char *shard_at(const char *description, uint32_t i)
{
    for (; i > 0; i--)
        description = strstr(description, "\"ShardId\"") + 1;
    return member(description, "ShardId");
}
