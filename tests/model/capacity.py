# SPDX-License-Identifier: Apache-2.0
"""Consumed capacity and item collection metrics (data-plane.md 6, verified-behaviour.md 5)."""

from model import values
from model.sizes import item_size

READ_BYTES, WRITE_BYTES = 4096, 1024


def units(size, step):
    return max(1, -(-size // step))


def read_units(size, factor):
    """`factor` is 0.5 for an eventually consistent read, 1 for a consistent one, 2 in a transaction."""
    return units(size, READ_BYTES) * factor


def write_units(size, factor=1):
    return units(size, WRITE_BYTES) * factor


class Bill:
    """What one table and its indexes were charged."""

    def __init__(self, table, units_of_table=0):
        self.table, self.units, self.indexes = table, units_of_table, {}

    def charge(self, index, amount):
        self.indexes[index.name] = self.indexes.get(index.name, 0) + amount

    def add(self, other):
        self.units += other.units
        for name, amount in other.indexes.items():
            self.indexes[name] = self.indexes.get(name, 0) + amount

    def show(self, mode, split=None):
        """The ConsumedCapacity member. `split` is "Read" or "Write" in a transaction, which tells the two apart."""
        def amount(number):
            return {"CapacityUnits": number, **({split + "CapacityUnits": number} if split else {})}

        shown = {"TableName": self.table.name, **amount(self.units + sum(self.indexes.values()))}
        if mode == "TOTAL":
            return shown
        shown["Table"] = amount(self.units)
        for member, of in (
            ("GlobalSecondaryIndexes", self.table.globals),
            ("LocalSecondaryIndexes", self.table.locals),
        ):
            charged = {index.name: amount(self.indexes[index.name]) for index in of if index.name in self.indexes}
            if charged:
                shown[member] = charged
        return shown


def write_bill(table, old, new, factor=1):
    """A write of one item: the larger of the two on the table, and each index by what it shows."""
    bill = Bill(table, write_units(max(item_size(old or {}), item_size(new or {})), factor))
    for index in table.indexes:
        amount = index_units(index, index.entry(old), index.entry(new))
        if amount:
            bill.charge(index, amount)
    return bill


def index_units(index, before, after):
    if before == after:
        return 0
    if before is None or after is None:
        return write_units(item_size(before or after))
    if values.identity(before, index.key_names) == values.identity(after, index.key_names):
        return write_units(max(item_size(before), item_size(after)))
    return write_units(item_size(before)) + write_units(item_size(after))


def with_capacity(reply, request, bill, split=None):
    """The reply of an operation on one table, with what was asked for about its cost."""
    mode = request.get("ReturnConsumedCapacity") or "NONE"
    if mode != "NONE":
        reply["ConsumedCapacity"] = bill.show(mode, split)
    return reply


def with_capacities(reply, request, bills, split=None):
    mode = request.get("ReturnConsumedCapacity") or "NONE"
    if mode != "NONE":
        reply["ConsumedCapacity"] = [bill.show(mode, split) for bill in bills]
    return reply


def collection_metrics(table, item):
    """One entry of ItemCollectionMetrics. The estimate of a small collection is 0 to 1 GB."""
    return {"ItemCollectionKey": values.show_item({table.hash: item[table.hash]}), "SizeEstimateRangeGB": [0.0, 1.0]}


def wants_metrics(table, request):
    return request.get("ReturnItemCollectionMetrics") == "SIZE" and bool(table.locals)
