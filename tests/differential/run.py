# SPDX-License-Identifier: Apache-2.0
"""One random stream of requests sent to two engines: the replies must be the same, byte for byte.

    run.py [--requests 100000] [--seed N] [--one ENGINE] [--other ENGINE]

The first difference is shown with the seed and the number of the request, and ends the run: later ones would follow
from it. Scans and batches are compared without regard to order, since the order of partitions depends on a seed that
each table has of its own. After each chunk what the tables' streams got is compared too, and at the end the contents
and counts of all tables.

Both servers get a chunk as one run of bytes (lib/pipeline.py), and the next chunk is made while they work on it.
"""

import argparse
import json
import os
import random
import sys
import time

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
from differential.schemas import SCHEMAS
from differential.side import Side, in_order
from differential.stream import EVENTS, Stream
from lib import pipeline
from lib.tally import Tally

CHUNK = 500
DUE_SECONDS_AGO = 60
UNORDERED = ("Scan", "BatchGetItem")


def chunks(stream, count):
    """The stream cut into lists of requests, and single events between them: (requests, event or None)."""
    requests = []
    for operation, payload in stream.requests(count):
        if operation in EVENTS:
            yield requests, (operation, payload)
            requests = []
            continue
        requests.append((operation, payload, pipeline.encode(operation, payload)))
        if len(requests) == CHUNK:
            yield requests, None
            requests = []
    yield requests, None


def normal(operation, reply):
    """The reply, with the items of a Scan or a batch in an order of their own."""
    status, body = reply
    if status != 200 or operation not in UNORDERED:
        return reply
    document = json.loads(body)
    if "Items" in document:
        document["Items"] = in_order(document["Items"])
    if "Responses" in document:
        document["Responses"] = {table: in_order(items) for table, items in document["Responses"].items()}
    return status, json.dumps(document, sort_keys=True).encode()


class Comparison:
    def __init__(self, sides, stream, label):
        self.sides, self.stream, self.label, self.tally = sides, stream, label, Tally()
        self.sent = self.accepted = self.records = 0

    def begin(self, requests):
        blob = b"".join(request[2] for request in requests)
        for side in self.sides:
            side.exchange.begin(blob, len(requests))

    def finish(self, requests):
        """Waits for both and compares; False at the first difference."""
        pipeline.run([side.exchange for side in self.sides])
        for at, (operation, payload, _) in enumerate(requests):
            one, other = (side.exchange.replies[at] for side in self.sides)
            if one != other and normal(operation, one) != normal(operation, other):
                self.show(self.sent + at, operation, payload, (one, other))
                return False
            if operation == "Query" and b"LastEvaluatedKey" in one[1]:
                self.stream.go_on(payload, json.loads(one[1]))
            self.accepted += one[0] == 200
        self.sent += len(requests)
        return self.same_records(per_item=False)

    def show(self, number, operation, payload, replies):
        lines = [json.dumps(payload, ensure_ascii=False)[:3000]]
        lines += [f"{side.engine}: {str(reply)[:3000]}" for side, reply in zip(self.sides, replies)]
        self.tally.fail(f"{self.label}, request {number}: {operation}", "\n".join(lines))

    def same_records(self, per_item):
        """What the streams got since the last time. What time to live removes has no order among items."""
        one, other = (side.read_streams() for side in self.sides)
        for name in one:
            self.records += len(one[name])
            if per_item:
                one[name], other[name] = by_item(one[name]), by_item(other[name])
            if one[name] != other[name]:
                return self.tally.equal(
                    one[name], other[name], f"{self.label}: the stream of {name} after request {self.sent}"
                )
        return True

    def event(self, operation, payload):
        if operation == "Expire":
            payload = {**payload, "Due": str(int(time.time()) - DUE_SECONDS_AGO)}
        one, other = (side.event(operation, payload) for side in self.sides)
        for side in self.sides if operation == "Expire" else ():
            side.wait_until_expired(payload)
        self.sent += 1
        if not self.tally.check(
            one == other, f"{self.label}, request {self.sent}: {operation} {payload}", f"{one}\n{other}"[:6000]
        ):
            return False
        return self.same_records(per_item=True)

    def run(self, count):
        """Sends one chunk and makes the next; stops at the first difference."""
        under_way = None
        for requests, event in chunks(self.stream, count):
            if under_way is not None and not self.finish(under_way):
                return
            self.begin(requests)
            under_way = requests
            if event:
                if not self.finish(requests) or not self.event(*event):
                    return
                under_way = None
        if under_way is None or self.finish(under_way):
            self.compare_contents()

    def compare_contents(self):
        for name, schema in SCHEMAS.items():
            for index in (None, *self.stream.present[name]):
                payload = {"TableName": name, **({"IndexName": index.name} if index else {})}
                one, other = (side.walk(payload) for side in self.sides)
                self.tally.check(
                    one == other, f"{self.label}: the items of {schema.name} {index.name if index else ''}"
                )
            self.tally.equal(*(side.counts(name) for side in self.sides), f"{self.label}: the counts of {name}")


def by_item(records):
    return sorted(records, key=lambda record: json.dumps(record["dynamodb"]["Keys"], sort_keys=True))


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--requests", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options.add_argument("--one", default="memory")
    options.add_argument("--other", default="rocksdb")
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    started = time.monotonic()
    comparison = Comparison([Side(options.one), Side(options.other)], Stream(options.seed), f"seed {options.seed}")
    comparison.run(options.requests)
    sent, accepted, tally = comparison.sent, comparison.accepted, comparison.tally
    tally.check(tally.failed or accepted > 0.4 * sent, "enough of the requests were accepted", f"{accepted} of {sent}")
    seconds, own = time.monotonic() - started, time.process_time()
    print(f"{sent} requests, {accepted} accepted, {comparison.records} records in streams; "
          f"{seconds:.0f} s, {own:.0f} s of them in this program")
    for side in comparison.sides:
        tally.equal(side.end(), 0, f"{side.engine} stops cleanly")
    tally.passed += 0 if tally.failed else sent
    tally.finish()


if __name__ == "__main__":
    main()
