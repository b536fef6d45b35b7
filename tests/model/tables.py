# SPDX-License-Identifier: Apache-2.0
"""Tables: key schemas, the rules of keys, and the items (data-plane.md 2.2 and 2.3).

A table is a dict from the identity of a key to an item. Every change goes through `change`, which bills it
(capacity.py) and tells the stream (streams.py).
"""

from model import capacity, values
from model.faults import invalid, parameter
from model.indexes import HASH_BYTES_MAX, RANGE_BYTES_MAX, Index
from model.sizes import item_size, value_size
from model.streams import StreamOfTable

NOT_THE_SCHEMA = "The provided key element does not match the schema"
KIND_WORDS = {"S": "string", "B": "binary"}


def key_parts(schema):
    """(hash attributes, range attributes) of a KeySchema."""
    return tuple(
        [element["AttributeName"] for element in schema if element["KeyType"] == kind] for kind in ("HASH", "RANGE")
    )


def check_key_size(value, is_hash):
    if is_hash and value_size(value) > HASH_BYTES_MAX:
        raise parameter("Size of hashkey has exceeded the maximum size limit of2048 bytes")
    if not is_hash and value_size(value) > RANGE_BYTES_MAX:
        raise parameter("Aggregated size of all range keys has exceeded the size limit of 1024 bytes")


def totals(items):
    items = list(items)
    return len(items), sum(map(item_size, items))


class Table:
    def __init__(self, request):
        self.name = request["TableName"]
        self.types = {one["AttributeName"]: one["AttributeType"] for one in request["AttributeDefinitions"]}
        hashes, ranges = key_parts(request["KeySchema"])
        self.hash, self.range = hashes[0], (ranges or [None])[0]
        self.key_names = hashes + ranges
        self.locals = [Index(one, self, False) for one in request.get("LocalSecondaryIndexes") or []]
        self.globals = [Index(one, self, True) for one in request.get("GlobalSecondaryIndexes") or []]
        self.items = {}
        self.stream = StreamOfTable(self, request.get("StreamSpecification") or {})

    @property
    def indexes(self):
        return self.globals + self.locals

    def update(self, request):
        """UpdateTable: global indexes come and go."""
        for change in request["GlobalSecondaryIndexUpdates"]:
            if "Create" in change:
                self.types.update(
                    (one["AttributeName"], one["AttributeType"]) for one in request["AttributeDefinitions"]
                )
                self.globals.append(Index(change["Create"], self, True))
            else:
                self.globals = [index for index in self.globals if index.name != change["Delete"]["IndexName"]]

    def counts(self):
        """{"" for the table, or an index's name: (items, bytes)}."""
        return {"": totals(self.items.values()), **{index.name: totals(index.entries()) for index in self.indexes}}

    def index(self, name):
        found = [index for index in self.indexes if index.name == name]
        if not found:
            raise invalid(f"The table does not have the specified index: {name}")
        return found[0]

    # Keys

    def identity(self, item):
        return values.identity(item, self.key_names)

    def key_of(self, item):
        return {name: item[name] for name in self.key_names}

    def check_key(self, key):
        """A key alone, as GetItem and its like take it."""
        if len(key) != len(self.key_names):
            raise invalid(NOT_THE_SCHEMA)
        for name in self.key_names:
            if name not in key or key[name][0] != self.types[name]:
                raise invalid(NOT_THE_SCHEMA)
            self.check_key_value(name, key[name])

    def check_item_key(self, item):
        """The key inside an item that is put."""
        for name in self.key_names:
            if name not in item:
                raise parameter(f"Missing the key {name} in the item")
            if item[name][0] != self.types[name]:
                raise parameter(f"Type mismatch for key {name} expected: {self.types[name]} actual: {item[name][0]}")
            self.check_key_value(name, item[name])

    def check_key_value(self, name, value):
        if value[1] in ("", b""):
            raise invalid(
                "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain "
                f"an empty {KIND_WORDS[value[0]]} value. Key: {name}"
            )
        check_key_size(value, name == self.hash)

    def check_not_empty(self, key):
        """Empty values in a key that need not be right otherwise."""
        for name in self.key_names:
            if name in key and key[name][0] == self.types[name] and key[name][1] in ("", b""):
                self.check_key_value(name, key[name])

    # Index keys

    def index_keys(self):
        """(attribute, index) for each key attribute of each index: global ones first, by their names."""
        by_name = sorted(self.globals, key=lambda index: index.name) + sorted(self.locals, key=lambda index: index.name)
        return [(name, index) for index in by_name for name in index.key_names]

    def check_index_keys(self, item):
        """What an item that is put shows to the indexes."""
        for name, index in self.index_keys():
            if name not in item or name in self.key_names:
                continue
            value = item[name]
            self.check_index_type(name, index, value)
            if value[1] in ("", b""):
                raise invalid(
                    "One or more parameter values are not valid. A value specified for a secondary index key is not "
                    "supported. The AttributeValue for a key attribute cannot contain an empty "
                    f"{KIND_WORDS[value[0]]} value. IndexName: {index.name}, IndexKey: {name}"
                )
            check_key_size(value, name in index.hashes)

    def check_index_type(self, name, index, value):
        if value[0] != self.types[name]:
            raise parameter(f"Type mismatch for Index Key {name} Expected: {self.types[name]} Actual: {value[0]} "
                            f"IndexName: {index.name}")

    def check_updated_index_keys(self, old, new):
        """The index keys that an update changed."""
        for name, index in self.index_keys():
            if name in self.key_names or name not in new or (old or {}).get(name) == new[name]:
                continue
            value = new[name]
            if value[0] != self.types[name]:
                raise invalid("The update expression attempted to update the secondary index key to unsupported type")
            self.check_updated_not_empty(value)
            if value_size(value) > (HASH_BYTES_MAX if name in index.hashes else RANGE_BYTES_MAX):
                raise invalid(
                    "The update expression attempted to update the secondary index key beyond allowed size limits"
                )

    @staticmethod
    def check_updated_not_empty(value):
        if value[1] in ("", b""):
            raise invalid(
                "One or more parameter values are not valid. The update expression attempted to update a secondary "
                "index key to a value that is not supported. The AttributeValue for a key attribute cannot contain "
                "an empty string value."
            )

    # Items

    def get(self, key):
        return self.items.get(self.identity(key))

    def change(self, old, new, factor=1):
        """Puts `new` in the place of `old`; either may be None, for no item. Returns what it costs."""
        bill = capacity.write_bill(self, old, new, factor)
        if old is not None:
            del self.items[self.identity(old)]
        if new is not None:
            self.items[self.identity(new)] = new
        self.stream.tell(old, new)
        return bill
