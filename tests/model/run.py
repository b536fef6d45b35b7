# SPDX-License-Identifier: Apache-2.0
"""One random stream of requests to the server and to the model: the replies must say the same.

    run.py [--operations 5000] [--seed N] [--engine memory|rocksdb] [--keep-going N]

The stream is that of tests/differential. The first difference is shown with its request and ends the run; with --keep-going
the model's tables are set to the server's after each, until there were N. At the end all tables, indexes and streams are compared.
"""

import argparse
import json
import os
import random
import sys

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[0] = TESTS
from differential.stream import Stream, tables
from lib.client import Client
from lib.server import Server
from lib.tally import Tally
from model import compare, values
from model.faults import READ
from model.service import Database


class Run:
    def __init__(self, engine, tally):
        self.server, self.tally = Server(engine).start(), tally
        self.client, self.database = Client(self.server.port), Database()

    def create_tables(self):
        for request in tables():
            self.client.must("CreateTable", request)
            self.database.create(request)
        for request in tables():
            while self.describe(request["TableName"])["TableStatus"] != "ACTIVE":
                pass

    def describe(self, name):
        return self.client.must("DescribeTable", {"TableName": name})["Table"]

    def step(self, operation, payload, label):
        """One request to both. False if they differ."""
        reply = self.client.call(operation, payload)
        expected = self.database.call(operation, json.loads(json.dumps(payload)))
        differing = compare.difference(operation, (reply.status, reply.json), expected)
        if differing is None:
            self.tally.ok()
            return True
        self.tally.fail(f"{label}: {operation}",
                        "\n".join((json.dumps(payload, ensure_ascii=False)[:4000], *(line[:4000] for line in differing))))
        return False

    def adopt(self):
        """The model's tables become the server's."""
        for name, table in self.database.tables.items():
            table.items = {}
            for wire in self.client.items("Scan", {"TableName": name, "ConsistentRead": True}):
                item = values.read_item(wire, READ)
                table.items[table.identity(item)] = item

    def compare_contents(self, label):
        """Every table, index and stream, whole."""
        for name, table in self.database.tables.items():
            for index in (None, *table.indexes):
                request = {"TableName": name, **({"IndexName": index.name} if index else {})}
                where = f"{label}: the items of {name}{'.' + index.name if index else ''}"
                _, expected = self.database.call("Scan", request)
                self.tally.equal(compare.sorted_by_text(self.client.items("Scan", request)),
                                 compare.sorted_by_text(expected["Items"]), where)
            self.tally.equal(self.describe(name)["ItemCount"], len(table.items), f"{label}: ItemCount of {name}")
            problem = compare.stream_difference(self.records(name), table.stream.records) if table.stream.view else None
            self.tally.check(problem is None, f"{label}: the stream of {name}", problem)

    def records(self, name):
        """All that the table's stream holds, without what is the server's own."""
        arn, found = self.describe(name)["LatestStreamArn"], []
        for shard in self.client.must("DescribeStream", {"StreamArn": arn})["StreamDescription"]["Shards"]:
            iterator = self.client.must("GetShardIterator", {"StreamArn": arn, "ShardId": shard["ShardId"],
                                                             "ShardIteratorType": "TRIM_HORIZON"})["ShardIterator"]
            page = {"Records": True}
            while page["Records"] and iterator:
                page = self.client.must("GetRecords", {"ShardIterator": iterator})
                iterator = page.get("NextShardIterator")
                found += [told(record) for record in page["Records"]]
        return found

    def end(self):
        self.tally.equal(self.server.stop(), 0, "the server stops cleanly")
        self.server.remove()


def told(record):
    change = {member: value for member, value in record["dynamodb"].items()
              if member not in ("ApproximateCreationDateTime", "SequenceNumber")}
    return {"eventName": record["eventName"], "dynamodb": change}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--operations", type=int, default=5000)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options.add_argument("--engine", default="memory")
    options.add_argument("--keep-going", type=int, default=1, metavar="N", help="stop after N differences")
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally = Tally()
    run = Run(options.engine, tally)
    run.create_tables()
    for at, (operation, payload) in enumerate(Stream(options.seed).requests(options.operations)):
        if not run.step(operation, payload, f"seed {options.seed}, request {at}"):
            if tally.failed >= options.keep_going:
                break
            run.adopt()
    else:
        run.compare_contents(f"seed {options.seed}")
    run.end()
    tally.finish()


if __name__ == "__main__":
    main()
