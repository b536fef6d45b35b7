# SPDX-License-Identifier: Apache-2.0
"""A reader follows the stream of a table under load through one kill -9 after another, and sees each change exactly once.

    streams.py [--kills 5] [--writers 4] [--seed N]

Every write leaves an image no other write leaves, so the records of one item form a chain: each old image is the new image
of the record before. A record that is lost, doubled or out of order breaks the chain; one that is missing at the end makes
it differ from the item. The reader keeps its iterator over the kills.
"""

import argparse
import http.client
import os
import random
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from fault.replay import Replay
from lib.client import Client
from lib.items import frozen
from lib.server import PROGRAM, Server
from lib.tally import Tally

TABLE = "followed"
KEYS_PER_WRITER = 12
RETRY_SECONDS = 0.02
PATIENCE_SECONDS = 60


def create_table(client):
    client.must("CreateTable", {
        "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"}],
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}})
    return client.must("DescribeTable", {"TableName": TABLE})["Table"]["LatestStreamArn"]


class Writer(threading.Thread):
    """Writes to keys of its own until the server is gone or it is told to stop."""

    def __init__(self, port, number, seed):
        super().__init__(daemon=True)
        self.client, self.chance, self.number = Client(port), random.Random(seed), number
        self.stopping, self.complaint, self.writes = False, None, 0

    def key(self):
        n = self.chance.randrange(KEYS_PER_WRITER)
        return {"pk": {"S": f"w{self.number}-{n // 3}"}, "sk": {"N": str(n % 3)}}

    def item(self, key):
        return {**key, "nonce": {"S": f"{self.number}-{self.chance.getrandbits(64):x}"}, "fill": {"S": "x" * self.chance.randrange(300)}}

    def keys(self, count):
        """That many different ones."""
        found = {frozen(key): key for key in (self.key() for _ in range(count * 3))}
        return list(found.values())[:count]

    def update(self, key):
        return {"Key": key, "UpdateExpression": "SET nonce = :v ADD n :one",
                "ExpressionAttributeValues": {":v": self.item(key)["nonce"], ":one": {"N": "1"}}}

    def one(self):
        what, key = self.chance.randrange(6), self.key()
        if what == 0:
            return "PutItem", {"TableName": TABLE, "Item": self.item(key)}
        if what in (1, 2):
            return "UpdateItem", {"TableName": TABLE, **self.update(key)}
        if what == 3:
            return "DeleteItem", {"TableName": TABLE, "Key": key}
        if what == 4:
            return "BatchWriteItem", {"RequestItems": {TABLE: [
                {"PutRequest": {"Item": self.item(k)}} if self.chance.random() < 0.7 else {"DeleteRequest": {"Key": k}}
                for k in self.keys(4)]}}
        return "TransactWriteItems", {"TransactItems": [
            {"Put": {"TableName": TABLE, "Item": self.item(k)}} if self.chance.random() < 0.5
            else {"Update": {"TableName": TABLE, **self.update(k)}} for k in self.keys(3)]}

    def run(self):
        while not self.stopping:
            try:
                reply = self.client.call(*self.one())
            except (OSError, http.client.HTTPException):
                return  # the server was killed
            if reply.status != 200:
                self.complaint = f"{reply.status} {reply.body[:300]!r}"
                return
            self.writes += 1


class Reader(threading.Thread):
    """Replays the stream through kills and restarts."""

    def __init__(self, port, arn):
        super().__init__(daemon=True)
        self.client, self.replay = Client(port), Replay(arn)
        self.caught_up = threading.Event()
        self.stopping = False

    def call(self, operation, payload):
        while not self.stopping:
            try:
                return self.client.must(operation, payload)
            except (OSError, http.client.HTTPException):
                time.sleep(RETRY_SECONDS)
        raise SystemExit

    def run(self):
        while not self.stopping:
            if self.replay.turn(self.call) == 0:
                self.caught_up.set()
                time.sleep(RETRY_SECONDS)

    def catch_up(self):
        """Everything written before the call has been read."""
        for _ in range(2):  # the page under way may have been asked for before
            self.caught_up.clear()
            if not self.caught_up.wait(PATIENCE_SECONDS):
                self.replay.problem("the reader does not come to the end")


def writers_run(server, count, chance, seconds):
    writers = [Writer(server.port, n, chance.random()) for n in range(count)]
    for writer in writers:
        writer.start()
    time.sleep(seconds)
    return writers


def compare(tally, what, client, reader):
    reader.catch_up()
    items = {frozen({name: item[name] for name in ("pk", "sk")}): item
             for item in client.items("Scan", {"TableName": TABLE, "ConsistentRead": True})}
    told = reader.replay.items()
    tally.equal(reader.replay.problems[:5], [], f"{what}: each change was seen once, in order")
    tally.check(items == told, f"{what}: the records lead to the items",
                f"{[k for k in items if items[k] != told.get(k)][:3]} {[k for k in told if k not in items][:3]}")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=5)
    options.add_argument("--writers", type=int, default=4)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally, chance, writes = Tally(), random.Random(options.seed), 0
    server = Server("rocksdb", options=("--state-delay", "0")).start()
    reader = Reader(server.port, create_table(Client(server.port)))
    reader.start()
    for kill in range(1, options.kills + 1):
        writers = writers_run(server, options.writers, chance, chance.uniform(0.3, 1.2))
        server.kill()
        for writer in writers:
            writer.join()
        tally.equal([w.complaint for w in writers if w.complaint], [], f"kill {kill}: no request was refused")
        writes += sum(writer.writes for writer in writers)
        server.start()
        compare(tally, f"kill {kill}", Client(server.port), reader)
    writers = writers_run(server, options.writers, chance, 0.5)
    for writer in writers:
        writer.stopping = True
    for writer in writers:
        writer.join()
    compare(tally, "at the end", Client(server.port), reader)
    tally.check(reader.replay.records > 50 * options.kills, "the load was worth its name", reader.replay.records)
    print(f"{writes} acknowledged writes before kills, {reader.replay.records} records")
    reader.stopping = True
    reader.join()
    tally.equal(server.stop(), 0, "a clean stop")
    checked = subprocess.run([PROGRAM, "check", "--data", server.data], capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    tally.check(checked.returncode == 0 and f"log={reader.replay.records} " in checked.stdout, "the folder is sound", checked.stdout)
    server.remove()
    tally.finish()


if __name__ == "__main__":
    main()
