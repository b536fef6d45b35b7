# SPDX-License-Identifier: Apache-2.0
"""One random stream of requests to the server and to the model: the replies must say the same.

    run.py [--operations 5000] [--seed N] [--engine memory|rocksdb] [--keep-going N] [--shrink]

The stream is that of tests/differential. The first difference is shown with its request and ends the run, unless
--keep-going allows more: the model's items are then set to the server's. After each chunk the streams are compared,
at the end all tables and indexes.
"""

import argparse
import json
import os
import random
import sys
import time

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[0] = TESTS
from differential.schemas import LONG, LONG_ITEMS, SCHEMAS, TTL_NAME, create_request, long_item
from differential.side import Side, in_order
from differential.stream import EVENTS, Stream
from lib import pipeline
from lib.tally import Tally
from model import compare, values
from model.faults import READ
from model.service import Database
from model.shrink import shrink

CHUNK = 200
DUE_SECONDS_AGO = 60


class Run:
    def __init__(self, engine, tally):
        self.side, self.tally, self.database = Side(engine), tally, Database()
        for schema in (*SCHEMAS.values(), LONG):
            self.database.create(create_request(schema))
        for number in range(LONG_ITEMS):
            self.database.call("PutItem", {"TableName": LONG.name, "Item": long_item(number)})

    def send(self, requests):
        """The server's replies to these (operation, payload), as (status, document)."""
        exchange = self.side.exchange
        exchange.begin(b"".join(pipeline.encode(*request) for request in requests), len(requests))
        pipeline.run([exchange])
        return [(status, json.loads(body)) for status, body in exchange.replies]

    def difference(self, request, reply):
        """Lets the model answer as well; None or a text."""
        operation, payload = request
        differing = compare.difference(operation, reply, self.database.call(operation, json.loads(json.dumps(payload))))
        return differing and "\n".join(
            (json.dumps(payload, ensure_ascii=False)[:4000], *(line[:4000] for line in differing))
        )

    def adopt(self):
        """The model's items become the server's."""
        for name, table in self.database.tables.items():
            table.items = {}
            for wire in self.side.client.items("Scan", {"TableName": name, "ConsistentRead": True}):
                item = values.read_item(wire, READ)
                table.items[table.identity(item)] = item

    # Events

    def event(self, operation, payload):
        """True if both sides agree on what came of it."""
        if operation == "Expire":
            payload = {**payload, "Due": str(int(time.time()) - DUE_SECONDS_AGO)}
        got = self.side.event(operation, payload)
        expected = getattr(self, {"AddIndex": "update_table", "RemoveIndex": "update_table", "Recreate": "recreate",
                                  "Walk": "walk", "LongQuery": "long_query", "Expire": "expire"}[operation])(payload)
        if operation == "Expire":
            self.side.wait_until_expired(payload)
        return self.tally.check(got == expected, f"{operation} {payload}", f"server {got}\nmodel  {expected}"[:6000])

    def update_table(self, payload):
        table = self.database.tables[payload["TableName"]]
        table.update(payload)
        return [index.name for index in table.globals] + ["-"], table.counts()

    def recreate(self, payload):
        self.database.create(payload)
        return self.database.tables[payload["TableName"]].counts()

    def walk(self, payload):
        if "Statement" in payload:
            request = {"Statement": payload["Statement"]}
            _, document = self.database.call("ExecuteStatement", request)
            return in_order(document["Items"]), None
        _, document = self.database.call(
            "Scan", {name: payload[name] for name in ("TableName", "IndexName") if name in payload}
        )
        return in_order(document["Items"]), document["ScannedCount"]

    def long_query(self, payload):
        pages, request = [], dict(payload)
        while True:
            pages.append(self.database.call("Query", request)[1])
            if "LastEvaluatedKey" not in pages[-1]:
                return pages
            request["ExclusiveStartKey"] = pages[-1]["LastEvaluatedKey"]

    def expire(self, payload):
        table = self.database.tables[payload["TableName"]]
        for key in payload["Keys"]:
            item = values.read_item({**key, TTL_NAME: {"N": payload["Due"]}}, READ)
            table.change(table.get(item), item)
            table.change(item, None)
            table.stream.records[-1]["userIdentity"] = {"Type": "Service", "PrincipalId": "dynamodb.amazonaws.com"}

    # Comparing

    def same_streams(self, label):
        """The records since the last time."""
        for name, records in self.side.read_streams().items():
            stream = self.database.tables[name].stream
            problem = compare.stream_difference(records, stream.records)
            stream.records = []
            if not self.tally.check(problem is None, f"{label}: the stream of {name}", problem):
                return False
        return True

    def compare_contents(self, label):
        """Every table and index, whole, and their counts."""
        for name in SCHEMAS:
            table = self.database.tables[name]
            for index in (None, *table.indexes):
                payload = {"TableName": name, **({"IndexName": index.name} if index else {})}
                where = f"{label}: the items of {name}{'.' + index.name if index else ''}"
                self.tally.equal(self.side.walk(payload), self.walk(payload), where)
            self.tally.equal(self.side.counts(name), table.counts(), f"{label}: the counts of {name}")


class Quiet(Tally):
    """Counts without a word: for trials."""

    def fail(self, what, detail=""):
        self.failed += 1


def ends_in_difference(engine, requests):
    """Whether a new server and a new model differ on the last of these requests."""
    run, differing = Run(engine, Quiet()), None
    for operation, payload in requests:
        if operation in EVENTS:
            run.event(operation, payload)
        else:
            reply, = run.send([(operation, payload)])
            differing = run.difference((operation, payload), reply)
    run.side.end()
    return bool(differing)


def show_short(engine, requests):
    """The shortest list that was found to show what the last of the requests showed."""
    short = shrink(requests, lambda trial: ends_in_difference(engine, trial))
    print(f"the same in {len(short)} requests:", flush=True)
    for operation, payload in short:
        print(f"    {operation} {json.dumps(payload, ensure_ascii=False)}", flush=True)


def chunks(stream, count):
    """Lists of requests, each with the event that follows it or None."""
    requests = []
    for request in stream.requests(count):
        if request[0] in EVENTS:
            yield requests, request
            requests = []
            continue
        requests.append(request)
        if len(requests) == CHUNK:
            yield requests, None
            requests = []
    yield requests, None


def drive(run, stream, options):
    """Sends it all; stops once there were as many differences as are allowed."""
    label, sent, history = f"seed {options.seed}", 0, []
    for requests, event in chunks(stream, options.operations):
        clean = True
        for request, reply in zip(requests, run.send(requests)):
            problem = run.difference(request, reply)
            clean = run.tally.check(not problem, f"{label}, request {sent}: {request[0]}", problem) and clean
            sent += 1
            if options.shrink:
                history.append(request)
            if problem and options.shrink:
                show_short(options.engine, history)
            if run.tally.failed >= options.keep_going:
                return
            if request[0] == "Query" and "LastEvaluatedKey" in reply[1]:
                stream.go_on(request[1], reply[1])
        clean = run.same_streams(f"{label}, after request {sent}") and clean
        history += [event] if event and options.shrink else []
        clean = (event is None or run.event(*event) and run.same_streams(f"{label}, after request {sent}")) and clean
        if run.tally.failed >= options.keep_going:
            return
        if not clean:
            run.adopt()
    run.compare_contents(label)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--operations", type=int, default=5000)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options.add_argument("--engine", default="memory")
    options.add_argument("--keep-going", type=int, default=1, metavar="N", help="stop after N differences")
    options.add_argument("--shrink", action="store_true", help="look for a short list that shows a difference as well")
    options.add_argument("--no-statements", action="store_true", help="without PartiQL")
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    run = Run(options.engine, Tally())
    drive(run, Stream(options.seed, not options.no_statements), options)
    run.tally.equal(run.side.end(), 0, "the server stops cleanly")
    run.tally.finish()


if __name__ == "__main__":
    main()
