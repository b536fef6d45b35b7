# SPDX-License-Identifier: Apache-2.0
"""Secondary indexes: which items they hold, what they show of them, in which order (data-plane.md 2.3, 3.13,
newest-api.md 3).

An index stores nothing here: its entries are computed from the table's items whenever they are read.
"""

from model import values
from model.sizes import value_size

HASH_BYTES_MAX, RANGE_BYTES_MAX = 2048, 1024


def number_code(value):
    """Entries with equal index keys follow one another by the length of their table keys: docs/formats/value.md."""
    if not value:
        return b"\x80"
    digits, exponent = "".join(map(str, value.as_tuple().digits)).rstrip("0"), value.adjusted()
    pairs = [int((digits + "0")[at:at + 2]) for at in range(0, len(digits), 2)]
    if value > 0:
        return bytes([0xC0, exponent + 130, *(pair + 1 for pair in pairs), 0])
    return bytes([0x40, 255 - (exponent + 130), *(254 - pair for pair in pairs), 0xFF])


def stored_key(value):
    kind, content = value
    return content.encode() if kind == "S" else number_code(content) if kind == "N" else content


class Index:
    def __init__(self, request, table, is_global):
        schema = request["KeySchema"]
        self.name, self.table, self.is_global = request["IndexName"], table, is_global
        self.hashes = [one["AttributeName"] for one in schema if one["KeyType"] == "HASH"]
        self.ranges = [one["AttributeName"] for one in schema if one["KeyType"] == "RANGE"]
        self.projection = request["Projection"].get("ProjectionType", "ALL")
        self.non_key = request["Projection"].get("NonKeyAttributes") or []

    @property
    def key_names(self):
        return self.hashes + self.ranges

    def shows(self, name):
        return (self.projection == "ALL" or name in self.table.key_names or name in self.key_names or
                self.projection == "INCLUDE" and name in self.non_key)

    def takes(self, name, value):
        """Writes are refused otherwise; but an index that is added meets items from before."""
        return value[0] == self.table.types[name] and value[1] not in ("", b"") and value_size(value) <= (
            HASH_BYTES_MAX if name in self.hashes else RANGE_BYTES_MAX)

    def entry(self, item):
        """What the index shows of an item; None if it is not in the index."""
        if item is None or not all(name in item and self.takes(name, item[name]) for name in self.key_names):
            return None
        return {name: value for name, value in item.items() if self.shows(name)}

    def entries(self):
        return [self.entry(item) for item in self.table.items.values() if self.entry(item) is not None]

    def order(self, entry):
        """Ascending by this is the order of the index within one partition."""
        base = stored_key(entry[self.table.hash])
        last = [values.order(entry[self.table.range])] if self.table.range else []
        return [values.order(entry[name]) for name in self.ranges] + [(len(base), base)] + last
