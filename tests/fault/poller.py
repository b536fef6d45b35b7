# SPDX-License-Identifier: Apache-2.0
"""A consumer of a stream in the manner of AWS Lambda, through kill -9 of the server and through failures of its own.

    poller.py [--kills 3] [--writers 3] [--seed N]

Where streams.py follows iterators, this poller lives on checkpoints: per shard the sequence number of the last record that its
function took. It finds shards by paging DescribeStream, begins a child when its parent is done, and after each break (the
server was killed, or its function failed in the middle of a batch) goes on from the checkpoint with a new iterator. Shards
live for a second, so the load runs over a chain of them.

Each writer knows, change by change, what it did to each of its keys; what was in flight at a kill it settles by reading the
keys again. At the end the function must have taken exactly those changes, each once, in the order of the item.
"""

import argparse
import collections
import http.client
import os
import random
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib.client import Client
from lib.server import Server
from lib.tally import Tally

TABLE = "polled"
KEYS_PER_WRITER = 8
SHARDS_PER_PAGE = 2
BATCH = 50
FAILURES_PER_BATCH = 0.05
RETRY_SECONDS = 0.02
PATIENCE_SECONDS = 60
GONE = (OSError, http.client.HTTPException)


def create_table(client):
    client.must("CreateTable", {
        "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}})


class Writer:
    """Owns its keys. `changes` maps a key to what became of it, in order: the mark each write left, None for a deletion."""

    def __init__(self, number, port, seed):
        self.number, self.client, self.random = number, Client(port), random.Random(seed * 1000 + number)
        self.changes = collections.defaultdict(list)
        self.marks, self.in_flight, self.complaint = 0, {}, None

    def mark(self):
        self.marks += 1
        return f"{self.number}-{self.marks}"

    def plan(self):
        """{key: the mark that it gets, or None}: of one write, or of a transaction."""
        keys = self.random.sample(range(KEYS_PER_WRITER), self.random.choice((1, 1, 1, 3)))
        return {f"w{self.number}-{n}": None if self.random.random() < 0.2 else self.mark() for n in keys}

    def request(self, plan):
        def action(key, mark):
            if mark is None:
                return "Delete", {"TableName": TABLE, "Key": {"pk": {"S": key}}}
            if self.random.random() < 0.5:
                return "Put", {"TableName": TABLE, "Item": {"pk": {"S": key}, "mark": {"S": mark}, "fill": {"S": "x" * self.random.randrange(500)}}}
            return "Update", {"TableName": TABLE, "Key": {"pk": {"S": key}}, "UpdateExpression": "SET mark = :m ADD times :one",
                              "ExpressionAttributeValues": {":m": {"S": mark}, ":one": {"N": "1"}}}
        actions = [action(key, mark) for key, mark in plan.items()]
        if len(actions) == 1:
            return actions[0][0] + "Item", actions[0][1]
        return "TransactWriteItems", {"TransactItems": [{kind: body} for kind, body in actions]}

    def present(self, key):
        return self.changes[key][-1] if self.changes[key] else None

    def run(self, stop):
        while not stop.is_set():
            self.in_flight = self.plan()
            try:
                reply = self.client.call(*self.request(self.in_flight))
            except GONE:
                return  # the server was killed
            if reply.status != 200:
                self.complaint = f"{reply.status} {reply.body[:300]!r}"
                return
            self.done()

    def done(self):
        """What was in flight is done. Deleting what is not there is no change, and so no record."""
        for key, mark in self.in_flight.items():
            if mark is not None or self.present(key) is not None:
                self.changes[key].append(mark)
        self.in_flight = {}

    def look_again(self):
        """After a kill: what was in flight happened, or it did not. A transaction is one or the other as a whole."""
        found = {key: self.client.must("GetItem", {"TableName": TABLE, "Key": {"pk": {"S": key}}, "ConsistentRead": True})
                 .get("Item", {}).get("mark", {}).get("S") for key in self.in_flight}
        if found == self.in_flight:
            self.done()
        elif found != {key: self.present(key) for key in self.in_flight}:
            self.complaint = f"{self.in_flight} was in flight, {found} is there"


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


def load(writers, end):
    """All writers until `end` returns; writers that the end has not stopped are told to."""
    stop = threading.Event()
    threads = [threading.Thread(target=writer.run, args=(stop,)) for writer in writers]
    for thread in threads:
        thread.start()
    end()
    stop.set()
    for thread in threads:
        thread.join()


def compare(tally, what, writers, poller):
    poller.catch_up()
    wanted = {key: marks for writer in writers for key, marks in writer.changes.items() if marks}
    tally.equal([writer.complaint for writer in writers if writer.complaint], [], f"{what}: no writer has a complaint")
    tally.equal(poller.problems[:5], [], f"{what}: nor the poller")
    for key in sorted(set(wanted) | set(poller.function.taken)):
        got, expected = poller.function.taken.get(key, []), wanted.get(key, [])
        if got != expected:
            at = next((i for i, pair in enumerate(zip(got, expected)) if pair[0] != pair[1]), min(len(got), len(expected)))
            tally.fail(f"{what}: {key}, change {at}", f"got      {got[at:at + 5]} of {len(got)}\nexpected {expected[at:at + 5]} of {len(expected)}")
            return
    tally.ok()


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
    changes = sum(len(marks) for writer in writers for marks in writer.changes.values())
    print(f"{changes} changes in {poller.shards} shards, {poller.breaks} broken rounds, {poller.function.failures} failed batches")
    tally.check(poller.shards > options.kills and len(poller.done) >= poller.shards - 1, "the load ran over a chain of shards", poller.shards)
    tally.check(poller.function.failures > 0 and poller.breaks > 0, "there were breaks to live through")
    tally.equal(server.stop(), 0, "a clean stop")
    server.remove()
    tally.finish()


if __name__ == "__main__":
    main()
