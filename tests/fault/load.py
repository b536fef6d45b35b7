# SPDX-License-Identifier: Apache-2.0
"""Writers with a memory: what each was told, and so what a table may hold after the server was killed under them.

A writer owns its keys and sends one request at a time, so for each of its keys exactly one state is right, or, for the keys
of the request that was in flight when the server died, one of two; of a transaction either all of its keys or none. A
transaction in flight is sent again with its token after the restart, and must then have been done exactly once. A counter that
all writers add to must lie between the additions that were acknowledged and those plus the ones in flight.
"""

import random
import threading
import uuid

from lib.client import ApiError, Client
from lib.items import Index, frozen

TABLE = "Load"
TABLE_KEYS = ("pk", "sk")
INDEXES = [Index("global", ["g", "n"], ["x"]), Index("keys", ["g"]), Index("local", ["pk", "l"], None)]
KEYS_PER_WRITER = 60
COUNTER = {"pk": {"S": "counter"}, "sk": {"N": "0"}}


def create_table(client, table=TABLE):
    def keys(*pairs):
        return [{"AttributeName": a, "KeyType": t} for a, t in zip(pairs, ("HASH", "RANGE"))]
    client.must("CreateTable", {
        "TableName": table, "BillingMode": "PAY_PER_REQUEST", "KeySchema": keys("pk", "sk"),
        "AttributeDefinitions": [{"AttributeName": a, "AttributeType": t} for a, t in (("pk", "S"), ("sk", "N"), ("g", "S"),
                                                                                       ("n", "N"), ("l", "S"))],
        "GlobalSecondaryIndexes": [
            {"IndexName": "global", "KeySchema": keys("g", "n"),
             "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["x"]}},
            {"IndexName": "keys", "KeySchema": keys("g"), "Projection": {"ProjectionType": "KEYS_ONLY"}}],
        "LocalSecondaryIndexes": [{"IndexName": "local", "KeySchema": keys("pk", "l"),
                                   "Projection": {"ProjectionType": "ALL"}}]})
    wait_active(client, table)


def wait_active(client, table):
    while True:
        described = client.must("DescribeTable", {"TableName": table})["Table"]
        indexes = described.get("GlobalSecondaryIndexes", [])
        if described["TableStatus"] == "ACTIVE" and all(index["IndexStatus"] == "ACTIVE" for index in indexes):
            return described
        threading.Event().wait(0.05)


class Writer:
    """One client thread and its model: `known` maps a key to its item, `doubtful` to the item that may have replaced it,
    `unanswered` is the transaction in flight with what it makes of its keys."""

    def __init__(self, number, port, seed, told):
        self.number, self.client, self.told = number, Client(port, timeout=30), told
        self.random = random.Random(seed * 1000 + number)
        self.known, self.doubtful = {}, {}
        self.unanswered = None
        self.version = 0
        self.added, self.adding = 0, 0
        self.acknowledged = 0
        self.complaint = None
        self.running = False

    def key(self, n):
        return {"pk": {"S": f"w{self.number}-{n % 4}"}, "sk": {"N": str(n)}}

    def item(self, n):
        """A new version of item n; `sum` ties the parts together, so a mixture of two versions shows."""
        self.version += 1
        item = {**self.key(n), "v": {"N": str(self.version)}, "fill": {"S": f"{self.version}," * self.random.randint(1, 200)}}
        for name, value in (("g", {"S": f"g{self.random.randint(0, 5)}"}), ("n", {"N": str(self.random.randint(-3, 3))}),
                            ("l", {"S": f"l{self.random.randint(0, 9)}"}), ("x", {"L": [{"N": str(self.version)}]})):
            if self.random.random() < 0.7:
                item[name] = value
        return item

    def run(self, stop):
        """Writes until told to stop or the server goes away."""
        try:
            self.write_on(stop)
        finally:
            with self.told:
                self.running = False
                self.told.notify()

    def write_on(self, stop):
        while not stop.is_set():
            action = self.random.choice((self.put, self.put, self.update, self.update, self.delete, self.batch, self.refused, self.add,
                                         self.transact, self.transact, self.cancelled))
            try:
                if self.unanswered:
                    self.write("TransactWriteItems", *self.unanswered)
                action(self.random.randrange(KEYS_PER_WRITER))
            except ApiError as problem:
                self.complaint = str(problem)
                return
            except (OSError, Exception) as problem:
                if not isinstance(problem, (OSError, EOFError)) and "http.client" not in type(problem).__module__:
                    self.complaint = repr(problem)
                return

    def write(self, operation, request, states):
        """Sends a write that turns each key of `states` into that item (None: no item)."""
        self.doubtful = dict(states)
        several = "RequestItems" in request or "TransactItems" in request
        reply = self.client.call(operation, request if several else {"TableName": TABLE, **request})
        if reply.status != 200:
            raise ApiError(operation, reply)
        self.known.update(states)
        self.doubtful, self.unanswered = {}, None
        with self.told:
            self.acknowledged += 1
            self.told.notify()

    def put(self, n):
        item = self.item(n)
        self.write("PutItem", {"Item": item}, {frozen(self.key(n)): item})

    def delete(self, n):
        self.write("DeleteItem", {"Key": self.key(n)}, {frozen(self.key(n)): None})

    def update(self, n):
        """A SET and a REMOVE of index attributes together; creates the item if there is none."""
        key = frozen(self.key(n))
        new = self.item(n)
        item = {**(self.known.get(key) or self.key(n)), **{name: new[name] for name in ("v", "fill")}}
        change, values = ["#v = :v", "fill = :fill"], {":v": new["v"], ":fill": new["fill"]}
        removed = []
        for name in ("g", "n", "l", "x"):
            if name in new:
                item[name] = new[name]
                change.append(f"{name} = :{name}")
                values[f":{name}"] = new[name]
            else:
                item.pop(name, None)
                removed.append(name)
        expression = "SET " + ", ".join(change) + (" REMOVE " + ", ".join(removed) if removed else "")
        self.write("UpdateItem", {"Key": self.key(n), "UpdateExpression": expression, "ExpressionAttributeNames": {"#v": "v"},
                                  "ExpressionAttributeValues": values}, {key: item})

    def batch(self, n):
        """Up to 25 independent writes: after a crash each may or may not be there."""
        states, requests = {}, []
        for m in {(n + step) % KEYS_PER_WRITER for step in range(self.random.randint(2, 25))}:
            item = self.item(m) if self.random.random() < 0.8 else None
            states[frozen(self.key(m))] = item
            requests.append({"PutRequest": {"Item": item}} if item else {"DeleteRequest": {"Key": self.key(m)}})
        self.write("BatchWriteItem", {"RequestItems": {TABLE: requests}}, states)

    def transact(self, n):
        """One item replaced, or deleted, and another counted up: both or neither, once."""
        m = (n + self.random.randint(1, KEYS_PER_WRITER - 1)) % KEYS_PER_WRITER
        item = self.item(n) if self.random.random() < 0.8 else None
        other = dict(self.known.get(frozen(self.key(m))) or self.key(m))
        other["hits"] = {"N": str(int(other.get("hits", {"N": "0"})["N"]) + 1)}
        first = {"Put": {"TableName": TABLE, "Item": item}} if item else {"Delete": {"TableName": TABLE, "Key": self.key(n)}}
        second = {"Update": {"TableName": TABLE, "Key": self.key(m), "UpdateExpression": "ADD hits :one",
                             "ExpressionAttributeValues": {":one": {"N": "1"}}}}
        actions = [first, second] if self.random.random() < 0.5 else [second, first]
        self.unanswered = ({"TransactItems": actions, "ClientRequestToken": str(uuid.uuid4())},
                           {frozen(self.key(n)): item, frozen(self.key(m)): other})
        self.write("TransactWriteItems", *self.unanswered)

    def cancelled(self, n):
        """A condition of one action that cannot hold keeps the other from being done."""
        reply = self.client.call("TransactWriteItems", {"TransactItems": [
            {"Put": {"TableName": TABLE, "Item": self.item(n)}},
            {"Delete": {"TableName": TABLE, "Key": self.key(n + 1), "ConditionExpression": "attribute_exists(zz)"}}]})
        if reply.error != "TransactionCanceledException":
            raise ApiError("TransactWriteItems", reply)

    def refused(self, n):
        """A condition that cannot hold changes nothing, and its answer depends on nothing undurable."""
        reply = self.client.call("PutItem", {"TableName": TABLE, "Item": self.item(n), "ConditionExpression": "attribute_exists(zz)"})
        if reply.error != "ConditionalCheckFailedException":
            raise ApiError("PutItem", reply)

    def add(self, _):
        self.adding = 1
        self.client.must("UpdateItem", {"TableName": TABLE, "Key": COUNTER, "UpdateExpression": "ADD total_count :one",
                                        "ExpressionAttributeValues": {":one": {"N": "1"}}})
        self.added += 1
        self.adding = 0

    def settle(self, stored):
        """Compares what the table holds with what this writer knows; takes over what the crash decided. Returns problems."""
        problems = []
        for n in range(KEYS_PER_WRITER):
            key = frozen(self.key(n))
            item, allowed = stored.get(key), [self.known.get(key)]
            if key in self.doubtful:
                allowed.append(self.doubtful[key])
            if item not in allowed:
                problems.append(f"{key} holds {str(item)[:200]}, acknowledged was {str(allowed[0])[:200]}")
        problems += self.half(stored)
        self.known = {frozen(self.key(n)): stored.get(frozen(self.key(n))) for n in range(KEYS_PER_WRITER)}
        self.doubtful = {}
        return problems

    def half(self, stored):
        """A transaction of which a part is there and a part is not."""
        if not self.unanswered:
            return []
        done = {stored.get(key) == state for key, state in self.unanswered[1].items() if self.known.get(key) != state}
        return [f"half of a transaction is there: {str(self.unanswered)[:300]}"] if len(done) > 1 else []


class Load:
    """All writers together."""

    def __init__(self, port, writers, seed):
        self.told = threading.Condition()
        self.writers = [Writer(number, port, seed, self.told) for number in range(writers)]
        self.counted = 0

    def start(self, port):
        self.stop_event = threading.Event()
        for writer in self.writers:
            writer.client.close()
            writer.client = Client(port, timeout=30)
            writer.running = True
        self.threads = [threading.Thread(target=writer.run, args=(self.stop_event,)) for writer in self.writers]
        for thread in self.threads:
            thread.start()

    def write(self, count):
        """Waits until `count` more writes were acknowledged, or no writer is left."""
        until = self.acknowledged() + count
        with self.told:
            self.told.wait_for(lambda: self.acknowledged() >= until or not any(writer.running for writer in self.writers))

    def join(self):
        self.stop_event.set()
        for thread in self.threads:
            thread.join()

    def complaints(self):
        return [writer.complaint for writer in self.writers if writer.complaint]

    def settle(self, items):
        """Problems of all writers and of the shared counter, given the table's items by key."""
        problems = [problem for writer in self.writers for problem in writer.settle(items)]
        counter = items.get(frozen(COUNTER))
        value = int(counter["total_count"]["N"]) if counter else 0
        low = sum(writer.added for writer in self.writers)
        high = low + sum(writer.adding for writer in self.writers)
        if not low <= value <= high:
            problems.append(f"the counter is {value}, acknowledged were {low}, in flight {high - low}")
        self.writers[0].added += value - low
        for writer in self.writers:
            writer.adding = 0
        strange = [key for key in items if key != frozen(COUNTER) and not any(key in w.known for w in self.writers)]
        if strange:
            problems.append(f"nobody wrote {strange[:3]}")
        return problems

    def acknowledged(self):
        return sum(writer.acknowledged for writer in self.writers)
