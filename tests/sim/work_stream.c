/* SPDX-License-Identifier: Apache-2.0 */

/*
 * A reader of the items' stream, through crashes: each shard from its beginning, on from the last sequence number that
 * was read. The old image of a record must be the new image of the one before it of that item, numbers must grow, and
 * in the end the last images are the items.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

#define SHARDS_MAX   256
#define SHARDS_EVERY 6 /* rounds: new ones are looked for */

struct shard {
    char id[64];
    char iterator[1024]; /* "": take one */
    char last[64];       /* sequence number read last; "": none */
    bool ended;
};

static struct {
    struct shard shards[SHARDS_MAX];
    uint32_t shards_n;
    char arn[256];
    struct item images[ITEM_KEYS];
    uint64_t records;
    uint32_t rounds;
} stream;

static void shards_read(struct client *c)
{
    struct reply reply;
    const struct node *list;

    if (stream.arn[0] == 0) {
        call_until(c, "ListStreams", "", "{\"TableName\":\"items\"}", &reply);
        list = node_at(reply.root, "Streams");
        if (list == NULL || list->first == NULL)
            return;
        (void)snprintf(stream.arn, sizeof(stream.arn), "%s", node_text(node_at(list->first, "StreamArn")));
    }
    say(c, "{\"StreamArn\":\"%s\"}", stream.arn);
    call(c, "DescribeStream", &reply);
    list = node_at2(reply.root, "StreamDescription", "Shards");
    for (const struct node *one = list == NULL ? NULL : list->first; one != NULL; one = one->next) {
        const char *id = node_text(node_at(one, "ShardId"));
        uint32_t i = 0;

        while (i < stream.shards_n && strcmp(stream.shards[i].id, id) != 0)
            i++;
        if (i < stream.shards_n || stream.shards_n == SHARDS_MAX)
            continue;
        memset(&stream.shards[i], 0, sizeof(stream.shards[i]));
        (void)snprintf(stream.shards[stream.shards_n++].id, sizeof(stream.shards[0].id), "%s", id);
    }
}

static bool iterator_take(struct client *c, struct shard *shard)
{
    struct reply reply;

    say(c, "{\"StreamArn\":\"%s\",\"ShardId\":\"%s\",\"ShardIteratorType\":", stream.arn, shard->id);
    if (shard->last[0] == 0)
        say(c, "\"TRIM_HORIZON\"}");
    else
        say(c, "\"AFTER_SEQUENCE_NUMBER\",\"SequenceNumber\":\"%s\"}", shard->last);
    call(c, "GetShardIterator", &reply);
    if (reply.status != 200) {
        if (!reply_unsure(&reply) && !passing(&reply))
            sim_violation("a shard cannot be read: %s %s", reply.type, reply.message);
        return false;
    }
    (void)snprintf(shard->iterator, sizeof(shard->iterator), "%s", node_text(node_at(reply.root, "ShardIterator")));
    return true;
}

static int by_number(const char *a, const char *b)
{
    size_t x = strlen(a), y = strlen(b);

    return x != y ? (x > y ? 1 : -1) : strcmp(a, b);
}

static void record_take(struct shard *shard, const struct node *record)
{
    const struct node *data = node_at(record, "dynamodb"), *keys = node_at(data, "Keys");
    const char *number = node_text(node_at(data, "SequenceNumber")), *name = node_text(node_at(record, "eventName"));
    uint32_t key = (uint32_t)(atoi(node_text(node_at2(keys, "p", "S")) + 1) * ITEM_SORTS +
                              atoi(node_text(node_at2(keys, "s", "N"))));
    struct item old = item_read(node_at(data, "OldImage")), new = item_read(node_at(data, "NewImage"));

    if (shard->last[0] != 0 && by_number(number, shard->last) <= 0)
        sim_violation("sequence numbers do not grow: %s after %s", number, shard->last);
    (void)snprintf(shard->last, sizeof(shard->last), "%s", number);
    if (key >= ITEM_KEYS) {
        sim_violation("a stream record of an item that nobody wrote");
        return;
    }
    if (!item_equal(&old, &stream.images[key]))
        sim_violation("the old image of record %s of p%u s%u (w %u) is not the new image before it (w %u)", number,
            key / ITEM_SORTS, key % ITEM_SORTS, old.present ? old.w : 0,
            stream.images[key].present ? stream.images[key].w : 0);
    if (strcmp(name, old.present ? new.present ? "MODIFY" : "REMOVE" : "INSERT") != 0)
        sim_violation("eventName %s of a record with%s an old and with%s a new image", name, old.present ? "" : "out",
            new.present ? "" : "out");
    stream.images[key] = new;
    stream.records++;
}

/* One page of a shard. True when there were records. */
static bool shard_read(struct client *c, struct shard *shard)
{
    const struct node *records;
    struct reply reply;
    bool some;

    if (shard->iterator[0] == 0 && !iterator_take(c, shard))
        return false;
    say(c, "{\"ShardIterator\":\"%s\",\"Limit\":%u}", shard->iterator, 1 + sim_below(c->stream, 100));
    call(c, "GetRecords", &reply);
    if (reply.status != 200) {
        shard->iterator[0] = 0;
        return false;
    }
    records = node_at(reply.root, "Records");
    some = records != NULL && records->first != NULL;
    for (const struct node *one = records == NULL ? NULL : records->first; one != NULL; one = one->next)
        record_take(shard, one);
    if (node_at(reply.root, "NextShardIterator") == NULL)
        shard->ended = true;
    else
        (void)snprintf(
            shard->iterator, sizeof(shard->iterator), "%s", node_text(node_at(reply.root, "NextShardIterator")));
    return some;
}

/* Parents before children: shards are listed in the order of their birth. */
static bool round_read(struct client *c)
{
    bool some = false;

    if (stream.rounds++ % SHARDS_EVERY == 0 || work.done)
        shards_read(c);
    for (uint32_t i = 0; i < stream.shards_n; i++) {
        if (!stream.shards[i].ended)
            some |= shard_read(c, &stream.shards[i]);
    }
    return some;
}

void *stream_follow(void *argument)
{
    struct client *c = argument;

    stream.shards_n = 0;
    stream.arn[0] = 0;
    stream.records = 0;
    stream.rounds = 0;
    for (uint32_t i = 0; i < ITEM_KEYS; i++)
        stream.images[i] = (struct item){.l = -1, .g = -1};
    while (!work.done) {
        if (!round_read(c))
            sim_sleep(sim_some_ns(c->stream, 400000000) + 1000000);
    }
    sim_disconnect(c->conn);
    return NULL;
}

void stream_finish(struct client *c)
{
    uint32_t quiet = 0;

    while (quiet < 3) {
        quiet = round_read(c) ? 0 : quiet + 1;
        sim_sleep(1000000);
    }
    for (uint32_t key = 0; key < ITEM_KEYS; key++) {
        if (!item_equal(&stream.images[key], items_final(key)))
            sim_violation("the stream ends with another p%u s%u (w %u) than the table has (w %u)", key / ITEM_SORTS,
                key % ITEM_SORTS, stream.images[key].present ? stream.images[key].w : 0,
                items_final(key)->present ? items_final(key)->w : 0);
    }
    if (stream.records != 0)
        sim_cover_count("a stream was replayed");
}
