# SPDX-License-Identifier: Apache-2.0
"""A consumer of a stream in the manner of AWS Lambda, through kill -9 of the server and through failures of its own.

    poller.py [--kills 3] [--writers 3] [--seed N]

Where streams.py follows iterators, this poller lives on checkpoints: per shard the sequence number of the last record that its
function took. It finds shards by paging DescribeStream, begins a child when its parent is done, and after each break (the
server was killed, or its function failed in the middle of a batch) goes on from the checkpoint with a new iterator. Shards
live for a second, so the load runs over a chain of them.

The writers (marks.py) know what they did to each of their keys: the function must have taken exactly those changes, each
once, in the order of the item.
"""

import argparse
import collections
import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from fault.marks import GONE, TABLE, Writer, changes_count, create_table, difference, load
from lib.client import Client
from lib.server import Server
from lib.tally import Tally

SHARDS_PER_PAGE = 2
BATCH = 50
FAILURES_PER_BATCH = 0.05
RETRY_SECONDS = 0.02
PATIENCE_SECONDS = 60


class Function:
    """What Lambda would call. It may fail in the middle of a batch; then it says which record was the first it did not take."""

    def __init__(self, seed):
        self.random, self.taken, self.failures = random.Random(seed), collections.defaultdict(list), 0

    def __call__(self, records):
        """The sequence number of the first record not taken, or None."""
        stop = self.random.randrange(len(records)) if self.random.random() < FAILURES_PER_BATCH else len(records)
        for record in records[:stop]:
            change = record["dynamodb"]
            self.taken[change["Keys"]["pk"]["S"]].append(change.get("NewImage", {}).get("mark", {}).get("S"))
        if stop == len(records):
            return None
        self.failures += 1
        return records[stop]["dynamodb"]["SequenceNumber"]


class Poller(threading.Thread):
    def __init__(self, port, function):
        super().__init__(daemon=True)
        self.client, self.function = Client(port), function
        self.checkpoints = {}  # shard: how to make its next iterator
        self.iterators, self.done = {}, set()
        self.problems, self.shards, self.breaks = [], 0, 0
        self.stopping, self.idle = False, threading.Event()

    def described(self, arn):
        request = {"StreamArn": arn, "Limit": SHARDS_PER_PAGE}
        while True:
            page = self.client.must("DescribeStream", request)["StreamDescription"]
            yield from page["Shards"]
            if "LastEvaluatedShardId" not in page:
                return
            request["ExclusiveStartShardId"] = page["LastEvaluatedShardId"]

    def discover(self, arn):
        listed = list(self.described(arn))
        known = {shard["ShardId"] for shard in listed}
        self.shards = len(listed)
        for shard in listed:
            parent = shard.get("ParentShardId")
            if parent is not None and parent not in known:
                self.problems.append(f"{shard['ShardId']} names a parent that is not told")
            if shard["ShardId"] not in self.checkpoints and (parent is None or parent in self.done):
                self.checkpoints[shard["ShardId"]] = {"ShardIteratorType": "TRIM_HORIZON"}

    def poll(self, arn, shard):
        """One batch of a shard; how many records were taken."""
        if shard not in self.iterators:
            self.iterators[shard] = self.client.must("GetShardIterator", {"StreamArn": arn, "ShardId": shard,
                                                                         **self.checkpoints[shard]})["ShardIterator"]
        page = self.client.must("GetRecords", {"ShardIterator": self.iterators[shard], "Limit": BATCH})
        self.iterators[shard] = page.get("NextShardIterator")
        if page["Records"]:
            self.hand_over(shard, page["Records"])
        if self.iterators.get(shard, "") is None:
            self.done.add(shard)
        return len(page["Records"])

    def hand_over(self, shard, records):
        first_not_taken = self.function(records)
        if first_not_taken is None:
            self.checkpoints[shard] = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER",
                                       "SequenceNumber": records[-1]["dynamodb"]["SequenceNumber"]}
        else:
            self.checkpoints[shard] = {"ShardIteratorType": "AT_SEQUENCE_NUMBER", "SequenceNumber": first_not_taken}
            del self.iterators[shard]

    def round(self):
        arn = self.client.must("ListStreams", {"TableName": TABLE})["Streams"][0]["StreamArn"]
        self.discover(arn)
        # The newest first: a child that is begun before its parent is done would show.
        return sum(self.poll(arn, shard) for shard in reversed(list(self.checkpoints)) if shard not in self.done)

    def run(self):
        while not self.stopping:
            try:
                if self.round() == 0:
                    self.idle.set()
                    time.sleep(RETRY_SECONDS)
            except GONE:  # all it knew of the server is void; the checkpoints are not
                self.breaks += 1
                self.iterators.clear()
                time.sleep(RETRY_SECONDS)
            except Exception as problem:
                self.problems.append(f"{type(problem).__name__}: {problem}")
                return

    def catch_up(self):
        for _ in range(2):  # the round under way may have looked before the last write
            self.idle.clear()
            if not self.idle.wait(PATIENCE_SECONDS):
                self.problems.append("the poller does not come to the end")


def compare(tally, what, writers, poller):
    poller.catch_up()
    wrong = difference(writers, poller.function.taken)
    tally.equal([writer.complaint for writer in writers if writer.complaint], [], f"{what}: no writer has a complaint")
    tally.equal(poller.problems[:5], [], f"{what}: nor the poller")
    tally.check(wrong is None, f"{what}: each change was taken once, in order", wrong)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=3)
    options.add_argument("--writers", type=int, default=3)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally, chance = Tally(), random.Random(options.seed)
    server = Server("rocksdb", options=("--state-delay", "0", "--shard-life", "1")).start()
    create_table(Client(server.port))
    writers = [Writer(n, server.port, options.seed) for n in range(options.writers)]
    poller = Poller(server.port, Function(options.seed))
    poller.start()
    for kill in range(1, options.kills + 1):
        load(writers, lambda: (time.sleep(chance.uniform(1, 2)), server.kill()))
        server.start()
        for writer in writers:
            writer.look_again()
        compare(tally, f"kill {kill}", writers, poller)
    load(writers, lambda: time.sleep(1))
    compare(tally, "at the end", writers, poller)
    poller.stopping = True
    poller.join()
    print(f"{changes_count(writers)} changes in {poller.shards} shards, "
          f"{poller.breaks} broken rounds, {poller.function.failures} failed batches")
    tally.check(poller.shards > options.kills and len(poller.done) >= poller.shards - 1,
                "the load ran over a chain of shards", poller.shards)
    tally.check(poller.function.failures > 0 and poller.breaks > 0, "there were breaks to live through")
    tally.equal(server.stop(), 0, "a clean stop")
    server.remove()
    tally.finish()


if __name__ == "__main__":
    main()
