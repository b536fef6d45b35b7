# SPDX-License-Identifier: Apache-2.0
"""Random values, keys and items: few of each, so that requests meet, and a few that are wrong on purpose."""

import base64
import random

from differential.schemas import COMING_INDEXES, NAMES, SCHEMAS, TTL_NAME
from lib.items import item_size

WRONG_NUMBERS = ("abc", "", "1e126", "1e-131", "1.2.3", " 1", "1" * 39, "1e99999999999", "0e126", "NaN", "+5", ".5",
                 "1.")
TIMES = ("4102444800", "5000000000", "1000000000", "0")  # none of them due: ahead, or more than five years ago


class Values:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.present = {
            name: list(schema.indexes) for name, schema in SCHEMAS.items()
        }  # the indexes that are there now

    def chance(self, share):
        return self.random.random() < share

    def choose(self, *options):
        return options[int(self.random.random() * len(options))]

    def scalar(self, kind):
        if kind == "S":
            return {"S": self.choose("", "a", "ab", "b", "ba", "x", "é", "\U0001d11e", "name", "z" * 50)}
        if kind == "N":
            if self.chance(0.002):
                return {"N": self.choose(*WRONG_NUMBERS)}
            return {
                "N": self.choose("0", "1", "1.0", "-1", "2", "10", "0.5", "-0.50", "1e3", "3", "99999999999999999999",
                                 "1e125", "1e-130", "12345678901234567890123456789012345678")
            }
        return {"B": base64.b64encode(self.choose(b"", b"\x00", b"\x00\x01", b"\xff", b"abc", b"\x80")).decode()}

    def value(self, depth=0):
        kind = self.choose("S", "N", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M")
        if kind in "SNB":
            return self.scalar(kind) if depth or not self.chance(0.01) else self.large()
        if kind == "BOOL":
            return {"BOOL": self.chance(0.5)}
        if kind == "NULL":
            return {"NULL": not self.chance(0.01)}
        if kind in ("SS", "NS", "BS"):
            members = [
                self.scalar(kind[0])[kind[0]] for _ in range(self.random.randint(0 if self.chance(0.02) else 1, 4))
            ]
            return {kind: members if self.chance(0.02) else sorted(set(members))}
        count = self.random.randint(0, 3) if depth < 3 else 0
        if kind == "L":
            return {"L": [self.value(depth + 1) for _ in range(count)]}
        return {"M": {self.choose(*NAMES): self.value(depth + 1) for _ in range(count)}}

    def large(self):
        """Values at the edges of a unit of capacity, rarely of a page and of an item; and deep ones."""
        pick = self.random.random()
        if pick < 0.2:
            value = self.scalar("N")
            for _ in range(self.random.randint(28, 34)):
                value = {"L": [value]} if self.chance(0.5) else {"M": {"a": value}}
            return value
        size = self.choose(960, 1000, 1024, 2000, 4000, 4096, 5000)
        if pick > 0.995:
            size = self.choose(60_000, 150_000, 409_500, 409_600, 410_000)
        return {"S": "z" * (size - self.random.randint(0, 40))}

    def key(self, table):
        key = {name: self.key_value(kind) for name, kind in SCHEMAS[table].keys}
        if self.chance(0.002):
            key.pop(self.choose(*key))
        if self.chance(0.002):
            key[self.choose(*NAMES)] = self.value()
        return key

    def key_value(self, kind):
        if self.chance(0.005):
            return self.value()
        if kind == "S" and self.chance(0.002):
            return {"S": "k" * self.choose(1024, 1025, 2048, 2049)}  # what sort keys and partition keys may have
        if kind == "S":
            return {"S": self.choose("p", "q", "qq", "r", "ré") if not self.chance(0.005) else ""}
        if kind == "N":
            return {"N": self.choose("1", "1.0", "2", "-3", "10", "0", "1e1", "0.001")}
        return {"B": base64.b64encode(self.choose(b"\x00", b"\x00\x00", b"\x01", b"\xff", b"\x00\xff")).decode()}

    def index_value(self, table, name):
        """A value fit for the index key that `name` is in this table, or None if it is none."""
        if table not in SCHEMAS:
            return None
        if name == TTL_NAME and SCHEMAS[table].has_ttl:
            return {"N": self.choose(*TIMES)}
        indexes = self.present[table]
        if table == "changing" and self.chance(0.5):
            if not indexes and self.chance(0.1):
                return {"S": ""}  # so that an index that is added meets what it cannot take
            indexes = COMING_INDEXES
        for index in indexes:
            kind = dict(index.keys).get(name)
            if kind and name not in dict(SCHEMAS[table].keys):
                return (
                    {"S": self.choose("g1", "g2", "g22")} if kind == "S" else {"N": self.choose("1", "2", "-1", "1.50")}
                )
        return None

    def attribute(self, table, name):
        fit = self.index_value(table, name)
        return fit if fit and not self.chance(0.02) else self.value()

    def item(self, table):
        item = self.key(table)
        for name in self.random.sample(NAMES, self.random.randint(0, 7)):
            item[name] = self.attribute(table, name)
        if SCHEMAS[table].has_ttl and self.chance(0.6):
            item[TTL_NAME] = self.attribute(table, TTL_NAME)
        return self.padded(item) if self.chance(0.04) else item

    def padded(self, item):
        """The item at about the edge of a unit of capacity; numbers with exponents make it inexact."""
        item = {name: value for name, value in item.items() if name not in ("x", "g")}
        room = self.choose(1024, 2048, 4096) + self.random.randint(-3, 3) - item_size(item)
        return {**item, "x": {"S": "z" * room}} if room > 0 else item
