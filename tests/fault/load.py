# SPDX-License-Identifier: Apache-2.0
"""The mixed load: clients that write in every way the API has, and know what the server may hold (expected.py).

A writer owns its keys and sends one request at a time. The accounts of the bank belong to all: a transfer is a transaction
that changes two of them and leaves a row of its writer's own, so afterwards every balance can be told to the unit. One
counter that all add to has no such row, and a range. Some items are due when they are written (time to live): the service
may take them at any moment.

With `tolerant` writers take an error of the server for a write that was done or not, and go on; otherwise for a fault.
"""

import http.client
import random
import threading
import time
import uuid

from fault.expected import Expected, Operation
from fault.tables import BANK, KEYS, MAIN, SIDE, TTL
from lib.client import ApiError, Client
from lib.items import frozen

KEYS_PER_WRITER = 40
SIDE_KEYS_PER_WRITER = 10
ROWS_PER_WRITER = 5
ACCOUNTS = 6
GONE = (OSError, http.client.HTTPException)  # what a client raises when the server is killed
SERVER_ERRORS = {"InternalServerError", "ServiceUnavailable", "ThrottlingException", "ProvisionedThroughputExceededException"}
COUNTER = (MAIN, frozen({"pk": {"S": "counter"}, "sk": {"N": "0"}}), "total")
PAST = str(int(time.time()) - 3600)  # what is due for more than five years stays
FAR_AHEAD = "9000000000"


def wire(key):
    """The key attributes of a frozen key."""
    return {name: dict(value) for name, value in key[1]}


def key_of(table, item):
    return table, frozen({name: item[name] for name in KEYS[table]})


def account(n):
    return BANK, frozen({"pk": {"S": f"account {n}"}}), "balance"


class Complaint(Exception):
    """The server said what it must not say."""


class Writer:
    def __init__(self, number, port, seed, load):
        self.number, self.load, self.client = number, load, Client(port)
        self.random = random.Random(f"{seed}/{number}")
        self.expected, self.base, self.history = Expected(), Expected(), []
        self.again = None  # a transaction that was not answered, to be sent once more with its token
        self.version = self.refusals = 0
        self.complaint = None
        self.running = False

    # ---- what a writer sends, and what it takes note of ----

    def run(self, stop):
        try:
            if self.again:
                self.transaction_again()
            while not stop.is_set():
                self.act()
        except GONE:
            pass
        except Exception as complaint:  # ours too: a writer that died must be seen
            self.complaint = f"{type(complaint).__name__}: {complaint}"
        finally:
            self.load.told_off(self)

    def act(self):
        try:
            self.random.choice(self.ACTIONS)(self)
        except ApiError as refused:
            self.server_error("a look before", "", refused.reply)

    def write(self, operation, request, states, sums=None, whole=False):
        """Sends a write that turns each key of `states` into one of these states. True when it was answered with 200."""
        noted = Operation(self.load.clock(), {key: value if isinstance(value, list) else [value] for key, value in states.items()},
                          sums, whole)
        self.history.append(noted)
        self.expected.begin(noted)
        reply = self.client.call(operation, request)
        if reply.status == 200:
            noted.request_id = reply.headers["x-amzn-requestid"]
            self.expected.done(noted)
            self.load.told()
            return reply.json
        if conflict(reply):  # somebody else's transaction on the accounts
            self.expected.not_done(noted)
            self.history.pop()
            return None
        self.server_error(operation, request, reply)
        return None

    def server_error(self, operation, request, reply):
        if not self.load.tolerant or reply.error not in SERVER_ERRORS:
            raise Complaint(f"{operation} {str(request)[:500]}: {reply.status} {reply.body[:500]!r}")
        self.refusals += 1
        self.load.told()

    def refused(self, operation, request, error):
        """A request that must be refused with this error, because of what its key is known to hold."""
        reply = self.client.call(operation, request)
        if reply.error != error and not conflict(reply):
            self.server_error(operation, request, reply)

    # ---- keys and items ----

    def key(self, n=None):
        """One of the writer's keys in the main table."""
        n = self.random.randrange(KEYS_PER_WRITER) if n is None else n
        return MAIN, frozen({"pk": {"S": f"w{self.number}-{n % 4}"}, "sk": {"N": str(n)}})

    def side_key(self):
        return SIDE, frozen({"n": {"N": str(self.number * SIDE_KEYS_PER_WRITER + self.random.randrange(SIDE_KEYS_PER_WRITER))}})

    def known_key(self):
        """One whose state is known to the byte, or None: not found."""
        for _ in range(10):
            key = self.key()
            if len(self.expected.states(key)) == 1:
                return key
        return None

    def item(self, key):
        """A new version of the item: no two are the same."""
        self.version += 1
        item = {**wire(key), "v": {"N": str(self.version)}, "fill": {"S": f"{self.version}," * self.random.choice((1, 9, 99, 999))}}
        optional = {"g": {"S": f"g{self.random.randint(0, 5)}"}, "n": {"N": str(self.random.randint(-3, 3))},
                    "l": {"S": f"l{self.random.randint(0, 9)}"}, "x": {"L": [{"N": str(self.version)}, {"BOOL": True}]},
                    "b": {"B": "AAEC" * self.random.randint(1, 3)}, TTL: {"N": FAR_AHEAD}}
        keys = KEYS[key[0]]
        item.update({name: value for name, value in optional.items() if name not in keys and self.random.random() < 0.6})
        return item

    def put_action(self, key):
        """(action of a transaction, the state it leaves)"""
        if self.random.random() < 0.2:
            return {"Delete": {"TableName": key[0], "Key": wire(key)}}, None
        item = self.item(key)
        return {"Put": {"TableName": key[0], "Item": item}}, item

    # ---- single writes ----

    def put(self):
        key = self.side_key() if self.random.random() < 0.2 else self.key()
        item = self.item(key)
        self.write("PutItem", {"TableName": key[0], "Item": item}, {key: item})

    def delete(self):
        key = self.side_key() if self.random.random() < 0.2 else self.key()
        self.write("DeleteItem", {"TableName": key[0], "Key": wire(key)}, {key: None})

    def put_if(self):
        """A condition that holds by what was acknowledged, and the old item asked for."""
        key = self.known_key()
        if key is None:
            return
        known, item = self.expected.known(key), self.item(key)
        request = {"TableName": MAIN, "Item": item, "ReturnValues": "ALL_OLD", **self.condition(known)}
        reply = self.write("PutItem", request, {key: item})
        if reply is not None and reply.get("Attributes") != known:
            raise Complaint(f"{key} was {str(reply)[:300]}, acknowledged was {str(known)[:300]}")

    def put_if_not(self):
        """A condition that cannot hold changes nothing."""
        key = self.known_key()
        if key is None:
            return
        wrong = None if self.expected.known(key) is not None else {"v": {"N": "0"}}
        self.refused("PutItem", {"TableName": MAIN, "Item": self.item(key), **self.condition(wrong)}, "ConditionalCheckFailedException")

    @staticmethod
    def condition(item):
        """True of exactly this state among those that a writer makes."""
        if item is None:
            return {"ConditionExpression": "attribute_not_exists(pk)"}
        return {"ConditionExpression": "#v = :old", "ExpressionAttributeNames": {"#v": "v"},
                "ExpressionAttributeValues": {":old": item["v"]}}

    def update(self):
        """A SET and a REMOVE of index attributes together; creates the item if there is none."""
        key = self.known_key()
        if key is None:
            return
        new = self.item(key)
        item = {**(self.expected.known(key) or wire(key)), "v": new["v"], "fill": new["fill"]}
        change, values, removed = ["#v = :v", "fill = :fill"], {":v": new["v"], ":fill": new["fill"]}, []
        for name in ("g", "n", "l", "x"):
            if name in new:
                item[name] = values[f":{name}"] = new[name]
                change.append(f"{name} = :{name}")
            elif item.pop(name, None) is not None or self.random.random() < 0.5:
                removed.append(name)
        expression = "SET " + ", ".join(change) + (" REMOVE " + ", ".join(removed) if removed else "")
        self.write("UpdateItem", {"TableName": MAIN, "Key": wire(key), "UpdateExpression": expression,
                                  "ExpressionAttributeNames": {"#v": "v"}, "ExpressionAttributeValues": values}, {key: item})

    def add(self):
        self.write("UpdateItem", {"TableName": MAIN, "Key": wire(COUNTER), "UpdateExpression": "ADD #t :one",
                                  "ExpressionAttributeNames": {"#t": COUNTER[2]},
                                  "ExpressionAttributeValues": {":one": {"N": "1"}}}, {}, sums={COUNTER: 1})

    def mortal(self):
        """An item that is due already: the service takes it when it likes. These keys are written in no other way."""
        key = self.key(1000 + self.random.randrange(10))
        item = {**self.item(key), TTL: {"N": PAST}}
        self.write("PutItem", {"TableName": MAIN, "Item": item}, {key: [item, None]})

    # ---- several at once ----

    def batch(self):
        """Up to 25 independent writes: after a crash each may or may not be there."""
        states, requests = {}, {}
        for key in {self.side_key() if self.random.random() < 0.2 else self.key() for _ in range(self.random.randint(2, 25))}:
            item = self.item(key) if self.random.random() < 0.8 else None
            states[key] = item
            requests.setdefault(key[0], []).append({"PutRequest": {"Item": item}} if item else {"DeleteRequest": {"Key": wire(key)}})
        reply = self.write("BatchWriteItem", {"RequestItems": requests}, states)
        if reply is not None and reply["UnprocessedItems"]:
            raise Complaint(f"unprocessed: {str(reply)[:300]}")

    def transact(self):
        """Puts and deletions in two tables and an item counted up: all or nothing, once."""
        counted = self.known_key()
        actions = {key: self.put_action(key) for key in {self.key(), self.key(), self.side_key()} if key != counted}
        states = {key: state for key, (_, state) in actions.items()}
        items = [action for action, _ in actions.values()]
        if counted:
            states[counted] = dict(self.expected.known(counted) or wire(counted))
            self.version += 1
            states[counted]["v"] = {"N": str(self.version)}
            states[counted]["hits"] = {"N": str(int(states[counted].get("hits", {"N": "0"})["N"]) + 1)}
            items.append({"Update": {"TableName": MAIN, "Key": wire(counted), "UpdateExpression": "SET #v = :v ADD hits :one",
                                     "ExpressionAttributeNames": {"#v": "v"},
                                     "ExpressionAttributeValues": {":one": {"N": "1"}, ":v": states[counted]["v"]}}})
        self.random.shuffle(items)
        self.transaction({"TransactItems": items, "ClientRequestToken": str(uuid.UUID(int=self.random.getrandbits(128)))}, states)

    def transfer(self):
        """Money from one account to another, and a row that says so."""
        source, target = self.random.sample(range(ACCOUNTS), 2)
        amount = self.random.randint(1, 9)
        self.version += 1
        row = {"pk": {"S": f"row {self.number}-{self.random.randrange(ROWS_PER_WRITER)}"}, "v": {"N": str(self.version)}}
        items = [{"Put": {"TableName": BANK, "Item": row}}]
        for counter, change in ((account(source), -amount), (account(target), amount)):
            items.append({"Update": {"TableName": BANK, "Key": wire(counter), "UpdateExpression": "ADD balance :change",
                                     "ExpressionAttributeValues": {":change": {"N": str(change)}}}})
        self.transaction({"TransactItems": items, "ClientRequestToken": str(uuid.UUID(int=self.random.getrandbits(128)))},
                         {key_of(BANK, row): row}, {account(source): -amount, account(target): amount})

    def transaction(self, request, states, sums=None):
        self.again = (request, states, sums)
        self.write("TransactWriteItems", *self.again, whole=True)
        self.again = None

    def transaction_again(self):
        """With its token: done before or not, it is done once. Sums that were found done are not added again."""
        request, states, sums = self.again
        if all(self.expected.states(key) == [state] for key, state in states.items()):
            sums = None
        self.write("TransactWriteItems", request, states, sums, whole=True)
        self.again = None

    def cancelled(self):
        """A condition of one action that cannot hold keeps the other from being done."""
        key = self.key(0)
        self.refused("TransactWriteItems", {"TransactItems": [
            self.put_action(key)[0],
            {"Delete": {"TableName": MAIN, "Key": wire(self.key(1)), "ConditionExpression": "attribute_exists(zz)"}}]},
            "TransactionCanceledException")

    # ---- PartiQL ----

    def statement(self):
        """INSERT where there is nothing; UPDATE or DELETE of what is there."""
        key = self.known_key()
        if key is None:
            return
        text, parameters, state = self.statement_for(key)
        self.write("ExecuteStatement", {"Statement": text, "Parameters": parameters}, {key: state})

    def statement_for(self, key):
        known, new = self.expected.known(key), self.item(key)
        values = list(wire(key).values())
        if known is None:
            names = list(new)
            return (f"INSERT INTO \"{MAIN}\" VALUE {{{', '.join(f'{chr(39)}{name}{chr(39)}: ?' for name in names)}}}",
                    [new[name] for name in names], new)
        if self.random.random() < 0.3:
            return f'DELETE FROM "{MAIN}" WHERE pk = ? AND sk = ?', values, None
        return (f'UPDATE "{MAIN}" SET v = ? SET fill = ? WHERE pk = ? AND sk = ?', [new["v"], new["fill"], *values],
                {**known, "v": new["v"], "fill": new["fill"]})

    def statements(self):
        """Some at once: independent, or as a transaction."""
        keys = {key for key in (self.known_key() for _ in range(4)) if key}
        made = {key: self.statement_for(key) for key in keys}
        states = {key: state for key, (_, _, state) in made.items()}
        listed = [{"Statement": text, "Parameters": parameters} for text, parameters, _ in made.values()]
        if not listed:
            return
        if self.random.random() < 0.5:
            self.write("ExecuteTransaction", {"TransactStatements": listed}, states, whole=True)
            return
        reply = self.write("BatchExecuteStatement", {"Statements": listed}, states)
        if reply is not None and any("Error" in response for response in reply["Responses"]):
            raise Complaint(f"BatchExecuteStatement: {str(reply)[:500]}")

    # ---- reads ----

    def get(self):
        key = self.key()
        reply = self.client.call("GetItem", {"TableName": MAIN, "Key": wire(key), "ConsistentRead": True})
        if reply.status != 200:
            self.server_error("GetItem", key, reply)
        elif reply.json.get("Item") not in self.expected.states(key):
            raise Complaint(f"{key} reads {reply.body[:300]!r}, possible is {str(self.expected.states(key))[:600]}")

    ACTIONS = (put, put, put_if, put_if_not, delete, update, update, add, mortal, batch, transact, transact, transfer, transfer,
               cancelled, statement, statements, get)


def conflict(reply):
    """Refused because of another's transaction on the same item: nothing was done."""
    return reply.error == "TransactionConflictException" or (
        reply.error == "TransactionCanceledException" and "TransactionConflict" in reply.message)


class Load:
    """All writers together. `clock` tells the position on the tape, if there is one."""

    def __init__(self, port, crew, seed, tolerant=False, clock=lambda: 0):
        """`crew`: the class of each writer."""
        self.tolerant, self.clock = tolerant, clock
        self.condition = threading.Condition()
        self.answers = 0
        self.writers = [kind(number, port, seed, self) for number, kind in enumerate(crew)]

    def fork(self, seed, tolerant=False):
        """Another load that begins where this one stands; this one stays as it is."""
        load = Load(0, [type(writer) for writer in self.writers], seed, tolerant, self.clock)
        for mine, theirs in zip(self.writers, load.writers):
            theirs.expected, theirs.again, theirs.version = mine.expected.fork(), mine.again, mine.version
        return load

    def start(self, port):
        self.stop = threading.Event()
        for writer in self.writers:
            writer.client.close()
            writer.client = Client(port)
            writer.running = True
        self.threads = [threading.Thread(target=writer.run, args=(self.stop,)) for writer in self.writers]
        for thread in self.threads:
            thread.start()

    def told(self):
        with self.condition:
            self.answers += 1
            self.condition.notify()

    def told_off(self, writer):
        with self.condition:
            writer.running = False
            self.condition.notify()

    def write(self, count):
        """Waits until `count` more answers have come, or no writer is left."""
        until = self.answers + count
        with self.condition:
            self.condition.wait_for(lambda: self.answers >= until or not any(writer.running for writer in self.writers))

    def join(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def complaints(self):
        return [writer.complaint for writer in self.writers if writer.complaint]

    def expected(self):
        """What each writer expects now."""
        return [writer.expected for writer in self.writers]

    def expected_at(self, position, sent):
        """What each expected when the tape was at `position`."""
        return [Expected.of(writer.base, writer.history, position, sent) for writer in self.writers]

    def settle(self, found):
        """Takes over what was found after a restart."""
        for writer in self.writers:
            writer.expected.settle(found)
        for counter in COUNTERS:  # also one whose only addition was never answered
            known = sum(writer.expected.sums[counter] for writer in self.writers)
            self.writers[0].expected.sums[counter] += value_of(counter, found) - known
        for writer in self.writers:
            writer.base, writer.history = writer.expected.copy(), []


def problems(expected, found):
    """What all that is expected says against `found`: key to item, of all tables."""
    told = [problem for one in expected for problem in one.problems(found)]
    told += [f"{key} was never written: {str(item)[:300]}" for key, item in found.items()
             if not any(key in one.possible for one in expected) and key[1] not in SHARED]
    return told + sum_problems([one.ranges(found) for one in expected], found)


COUNTERS = (COUNTER, *(account(n) for n in range(ACCOUNTS)))
SHARED = {counter[1] for counter in COUNTERS}


def value_of(counter, found):
    table, key, name = counter
    return int(found.get((table, key), {}).get(name, {"N": "0"})["N"])


def sum_problems(ranges, found):
    told = []
    for counter in {counter for one in ranges for counter in one}:
        value = value_of(counter, found)
        low = sum(one[counter][0] for one in ranges if counter in one)
        high = sum(one[counter][1] for one in ranges if counter in one)
        if not low <= value <= high:
            told.append(f"{counter} is {value}, it must be between {low} and {high}")
    return told
