# SPDX-License-Identifier: Apache-2.0
"""Writers that know, change by change, what the stream of their table must tell.

Each owns its keys and sends one write at a time; every write leaves a mark that no other leaves. What was in flight when the
server was killed is settled by reading the keys again, so `changes` is exact: for each key the marks in order, None for a
deletion. A consumer of the stream must have seen exactly these.
"""

import collections
import http.client
import random
import threading

from lib.client import Client

TABLE = "marked"
KEYS_PER_WRITER = 8
GONE = (OSError, http.client.HTTPException)  # what a client raises when the server is killed


def create_table(client):
    client.must("CreateTable", {
        "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}})


class Writer:
    """Owns its keys. `changes` maps a key to what became of it, in order: the mark each write left, None for a deletion."""

    def __init__(self, number, port, seed, pause=0):
        self.pause = pause  # seconds between two writes
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
                return "Put", {
                    "TableName": TABLE,
                    "Item": {"pk": {"S": key}, "mark": {"S": mark}, "fill": {"S": "x" * self.random.randrange(500)}},
                }
            return "Update", {
                "TableName": TABLE,
                "Key": {"pk": {"S": key}},
                "UpdateExpression": "SET mark = :m ADD times :one",
                "ExpressionAttributeValues": {":m": {"S": mark}, ":one": {"N": "1"}},
            }
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
            stop.wait(self.pause)

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


def difference(writers, seen):
    """The first key whose changes are not those that `seen` has for it, in words; None if all are as they should be."""
    wanted = {key: marks for writer in writers for key, marks in writer.changes.items() if marks}
    for key in sorted(set(wanted) | set(seen)):
        got, expected = seen.get(key, []), wanted.get(key, [])
        if got != expected:
            at = next((i for i, pair in enumerate(zip(got, expected)) if pair[0] != pair[1]), min(len(got), len(expected)))
            return (f"{key}, change {at}\ngot      {got[at:at + 5]} of {len(got)}\n"
                    f"expected {expected[at:at + 5]} of {len(expected)}")
    return None


def changes_count(writers):
    return sum(len(marks) for writer in writers for marks in writer.changes.values())
