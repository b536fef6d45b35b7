# SPDX-License-Identifier: Apache-2.0
"""A stream read to its end and replayed: each old image must be what the record before left, and what the records leave in the
end must be the table.

A record that is lost, doubled or out of order breaks the chain of its item; one that is missing at the end makes it differ.
"""

import collections

from lib.items import frozen

PROBLEMS_MAX = 20


class Replay:
    """Follows every shard, parents before children, from the beginning. `images`: the table as the records tell it."""

    def __init__(self, arn):
        self.arn = arn
        self.images, self.problems, self.records = {}, [], 0
        self.iterators, self.seen, self.ended = {}, set(), set()
        self.numbers = collections.defaultdict(int)

    def items(self):
        return {key: image for key, image in self.images.items() if image is not None}

    def shards(self, call):
        described = call("DescribeStream", {"StreamArn": self.arn})["StreamDescription"]
        for shard in described["Shards"]:
            parent = shard.get("ParentShardId")
            if shard["ShardId"] not in self.seen and (parent is None or parent in self.ended):
                self.seen.add(shard["ShardId"])
                self.iterators[shard["ShardId"]] = call("GetShardIterator", {
                    "StreamArn": self.arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"})["ShardIterator"]

    def problem(self, text):
        if len(self.problems) < PROBLEMS_MAX:
            self.problems.append(text)

    def take(self, shard, record):
        change = record["dynamodb"]
        key, number = frozen(change["Keys"]), int(change["SequenceNumber"])
        self.records += 1
        if number <= self.numbers[shard]:
            self.problem(f"{number} comes after {self.numbers[shard]}")
        self.numbers[shard] = number
        old, new = change.get("OldImage"), change.get("NewImage")
        if self.images.get(key) != old:
            self.problem(f"{record['eventName']} {number} of {key} changes {old}, the record before left {self.images.get(key)}")
        wanted = "REMOVE" if new is None else "INSERT" if old is None else "MODIFY"
        if record["eventName"] != wanted or old == new:
            self.problem(f"{number} is a {record['eventName']} of {old} to {new}")
        self.images[key] = new

    def turn(self, call):
        """One page of each shard; `call` makes a request and returns the document. How many records or ends there were."""
        self.shards(call)
        got = 0
        for shard, iterator in list(self.iterators.items()):
            page = call("GetRecords", {"ShardIterator": iterator})
            for record in page["Records"]:
                self.take(shard, record)
            got += len(page["Records"])
            if "NextShardIterator" in page:
                self.iterators[shard] = page["NextShardIterator"]
            else:
                del self.iterators[shard]
                self.ended.add(shard)
                got += 1
        return got

    def catch_up(self, call):
        """Everything written before has been read; nothing may be written meanwhile."""
        while self.turn(call):
            pass
