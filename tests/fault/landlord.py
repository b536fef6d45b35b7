# SPDX-License-Identifier: Apache-2.0
"""Tables that come and go under the mixed load (load.py): made, filled, given and deprived of indexes, deleted.

A table and an index are keys like items, with the state THERE or None, so that what is expected of them is kept in the same
way. To delete a table is one write that also takes its items and indexes: afterwards all is gone or nothing.
"""

from fault.load import Writer
from fault.tables import PATIENCE_SECONDS, STREAM, attributes, gsi, keys, wait_active
from lib.items import frozen

THERE = "there"
TABLES_MAX = 3
ITEMS = 12
INDEXES = ("one", "two")
TOLERANT_SECONDS = 2  # a disk that fails for good builds no index


def table_key(name):
    return name, "table"


def index_key(name, index):
    return name, ("index", index)


def index_definition(index):
    return gsi(index, ("g",)) if index == "one" else gsi(index, ("g", "id"), "KEYS_ONLY")


class Landlord(Writer):
    """A writer whose keys are whole tables."""

    def tables(self):
        """Those that are certainly there."""
        return [key[0] for key, states in self.expected.possible.items() if key[1] == "table" and states == [THERE]]

    def one(self):
        """A table that can be changed, or None."""
        names = self.tables()
        name = self.random.choice(names) if names else None
        try:
            return name if name and wait_active(self.client, name, TOLERANT_SECONDS if self.load.tolerant else PATIENCE_SECONDS) else None
        except RuntimeError:
            if not self.load.tolerant:
                raise
            return None

    def has_index(self, name, index):
        return self.expected.states(index_key(name, index)) == [THERE]

    def make(self):
        if len(self.tables()) >= TABLES_MAX:
            return
        self.version += 1
        name = f"Short-{self.number}-{self.version}"
        request = {"TableName": name, "KeySchema": keys("id"), "AttributeDefinitions": attributes(id="S"), "BillingMode": "PAY_PER_REQUEST"}
        states = {table_key(name): THERE}
        if self.random.random() < 0.5:
            request.update(AttributeDefinitions=attributes(id="S", g="S"), GlobalSecondaryIndexes=[index_definition("one")])
            states[index_key(name, "one")] = THERE
        if self.random.random() < 0.5:
            request["StreamSpecification"] = STREAM
        self.write("CreateTable", request, states, whole=True)

    def fill(self):
        """Some items, at once; the table may be UPDATING meanwhile, but not CREATING."""
        name = self.one()
        if name is None:
            return
        states, requests = {}, []
        for n in self.random.sample(range(ITEMS), self.random.randint(1, ITEMS)):
            self.version += 1
            key = {"id": {"S": f"i{n}"}}
            item = {**key, "v": {"N": str(self.version)}, "g": {"S": f"g{n % 3}"}} if self.random.random() < 0.8 else None
            states[(name, frozen(key))] = item
            requests.append({"PutRequest": {"Item": item}} if item else {"DeleteRequest": {"Key": key}})
        self.write("BatchWriteItem", {"RequestItems": {name: requests}}, states)

    def index(self):
        """An index more, or one less."""
        name, index = self.one(), self.random.choice(INDEXES)
        if name is None or len(self.expected.states(index_key(name, index))) > 1:
            return
        if self.has_index(name, index):
            change, state = {"Delete": {"IndexName": index}}, None
        else:
            change, state = {"Create": index_definition(index)}, THERE
        self.write("UpdateTable", {"TableName": name, "AttributeDefinitions": attributes(id="S", g="S"),
                                   "GlobalSecondaryIndexUpdates": [change]}, {index_key(name, index): state})
        if self.random.random() < 0.5:
            self.fill()

    def drop(self):
        name = self.one()
        if name is None:
            return
        self.write("DeleteTable", {"TableName": name}, {key: None for key in self.expected.possible if key[0] == name}, whole=True)

    ACTIONS = (make, make, fill, fill, fill, index, index, drop)


def crew(writers):
    """Who works in the mixed load: so many writers, and one for the tables."""
    return [Writer] * writers + [Landlord]
