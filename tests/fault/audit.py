# SPDX-License-Identifier: Apache-2.0
"""Is a table, as it stands, consistent in itself? Every index against the items, every count and size against both.

Used after a crash, after an index build, after a full disk. The table must be at rest meanwhile.
"""

from fault.tables import indexes_of
from lib.items import Index, frozen, item_size


def index_of(described):
    """An index as DescribeTable tells it."""
    projection = described["Projection"]
    carried = None if projection["ProjectionType"] == "ALL" else projection.get("NonKeyAttributes", ())
    return Index(described["IndexName"], [key["AttributeName"] for key in described["KeySchema"]], carried)


class Audit:
    """`problems` collects sentences; empty means exact. `items` is the table, by frozen key. `indexes` stands for what the
    description says of them, for tables that hold items with key attributes of wrong types."""

    def __init__(self, client, table, indexes=None):
        self.client, self.table = client, table
        self.described = client.must("DescribeTable", {"TableName": table})["Table"]
        self.table_keys = [key["AttributeName"] for key in self.described["KeySchema"]]
        self.indexes = [index_of(index) for index in indexes_of(self.described)] if indexes is None else indexes
        self.problems = []
        self.items = {}

    def run(self):
        for item in self.client.items("Scan", {"TableName": self.table, "ConsistentRead": True}):
            key = frozen({name: item[name] for name in self.table_keys})
            if key in self.items:
                self.problems.append(f"the scan of {self.table} returns {key} twice")
            self.items[key] = item
        self.count(self.table, self.described["ItemCount"], self.described["TableSizeBytes"], self.items.values())
        by_name = {index["IndexName"]: index for index in indexes_of(self.described)}
        for index in self.indexes:
            self.check_index(index, by_name[index.name])
        return self.problems

    def check_index(self, index, described):
        expected = [entry for entry in (index.entry(item, self.table_keys) for item in self.items.values()) if entry]
        got = self.client.items("Scan", {"TableName": self.table, "IndexName": index.name})
        wanted, found = {frozen(entry) for entry in expected}, {frozen(entry) for entry in got}
        if len(found) != len(got):
            self.problems.append(f"the scan of {index.name} returns an entry twice")
        for entry in list(wanted - found)[:3]:
            self.problems.append(f"{index.name} lacks {entry}")
        for entry in list(found - wanted)[:3]:
            self.problems.append(f"{index.name} has {entry} and the table has not")
        if described["ItemCount"] != len(expected):
            self.problems.append(f"{index.name} counts {described['ItemCount']} entries, it has {len(expected)}")

    def count(self, what, items, size, really):
        really = list(really)
        if items != len(really):
            self.problems.append(f"{what} counts {items} items, it has {len(really)}")
        weight = sum(item_size(item) for item in really)
        if size != weight:
            self.problems.append(f"{what} counts {size} bytes, it has {weight}")
