# SPDX-License-Identifier: Apache-2.0
"""One random stream of requests sent to two engines: the replies must be the same, byte for byte.

    run.py [--requests 20000] [--seed N] [--one ENGINE] [--other ENGINE]

The first difference is shown with the seed and the number of the request, and ends the run: later ones would follow from it.
A Scan is compared without regard to order, since the order of partitions depends on a seed that each table has of its own.
After each chunk what the tables' streams got is compared too, but for ids and times.
"""

import argparse
import itertools
import json
import os
import random
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from differential.stream import Stream, tables
from lib.client import Client
from lib.server import Server
from lib.tally import Tally

CHUNK = 500


class Side:
    """One server and the replies it gave to the chunk at hand."""

    def __init__(self, engine):
        self.server = Server(engine).start()
        self.client = Client(self.server.port)
        self.replies, self.records, self.iterators = [], [], []

    def create_tables(self):
        for request in tables():
            self.client.must("CreateTable", request)
        for request in tables():
            while self.client.must("DescribeTable", {"TableName": request["TableName"]})["Table"]["TableStatus"] != "ACTIVE":
                threading.Event().wait(0.02)
            self.follow(request["TableName"])

    def follow(self, table):
        arn = self.client.must("DescribeTable", {"TableName": table})["Table"]["LatestStreamArn"]
        shard = self.client.must("DescribeStream", {"StreamArn": arn})["StreamDescription"]["Shards"][0]["ShardId"]
        start = {"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
        self.iterators.append(self.client.must("GetShardIterator", start)["ShardIterator"])

    def read_streams(self):
        """All records since the last call, of one table after the other."""
        self.records = []
        for i, iterator in enumerate(self.iterators):
            page = None
            while page is None or page["Records"]:
                page = self.client.must("GetRecords", {"ShardIterator": iterator})
                iterator = page["NextShardIterator"]
                self.records += [timeless(record) for record in page["Records"]]
            self.iterators[i] = iterator

    def send(self, chunk):
        self.replies = []
        for operation, payload in chunk:
            reply = self.client.call(operation, payload)
            self.replies.append((reply.status, normal(operation, reply)))
        self.read_streams()

    def end(self):
        status = self.server.stop()
        self.server.remove()
        return status


def timeless(record):
    change = {name: value for name, value in record["dynamodb"].items() if name != "ApproximateCreationDateTime"}
    return {**record, "eventID": None, "dynamodb": change}


def normal(operation, reply):
    """The body, with the items of a Scan in an order of their own."""
    if operation == "BatchGetItem" and reply.status == 200 or operation == "Scan" and reply.status == 200:
        document = json.loads(reply.body)
        if "Items" in document:
            document["Items"].sort(key=lambda item: json.dumps(item, sort_keys=True))
        return json.dumps(document, sort_keys=True).encode()
    return reply.body


def send_to_both(sides, chunk):
    threads = [threading.Thread(target=side.send, args=(chunk,)) for side in sides]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def first_difference(sides, chunk):
    for at, request in enumerate(chunk):
        replies = [side.replies[at] if at < len(side.replies) else (0, b"no reply") for side in sides]
        if replies[0] != replies[1]:
            return at, request, replies
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--requests", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options.add_argument("--one", default="memory")
    options.add_argument("--other", default="rocksdb")
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally, accepted, records, sent = Tally(), 0, 0, 0
    sides = [Side(options.one), Side(options.other)]
    for side in sides:
        side.create_tables()
    stream = Stream(options.seed).requests(options.requests)
    while sent < options.requests and not tally.failed:
        chunk = list(itertools.islice(stream, CHUNK))
        send_to_both(sides, chunk)
        found = first_difference(sides, chunk)
        if found:
            at, (operation, payload), replies = found
            tally.fail(f"seed {options.seed}, request {sent + at}: {operation}",
                       f"{json.dumps(payload, ensure_ascii=False)[:3000]}\n{options.one}: {replies[0]}\n{options.other}: {replies[1]}")
        elif not tally.equal(sides[0].records, sides[1].records, f"seed {options.seed}: the streams after request {sent + len(chunk)}"):
            break
        records += len(sides[0].records)
        accepted += sum(status == 200 for status, _ in sides[0].replies)
        sent += len(chunk)
    tally.check(tally.failed or accepted > 0.4 * sent, "enough of the requests were accepted", f"{accepted} of {sent}")
    print(f"{sent} requests, {accepted} accepted, {records} records in streams")
    for side, engine in zip(sides, (options.one, options.other)):
        tally.equal(side.end(), 0, f"{engine} stops cleanly")
    tally.passed += 0 if tally.failed else sent
    tally.finish()


if __name__ == "__main__":
    main()
