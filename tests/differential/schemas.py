# SPDX-License-Identifier: Apache-2.0
"""The tables of the random streams: each form of key, each kind of index, each view of a stream."""

from typing import NamedTuple

NAMES = ["a", "b", "c", "d", "g", "l", "m", "n", "x", "y"]
ALIASES = {"#a": "a", "#m": "m", "#dot": "a.b", "#res": "name"}
TTL_NAME = "ttl"


class Index(NamedTuple):
    name: str
    is_global: bool
    hashes: list  # of (attribute, type)
    ranges: list
    projection: dict

    @property
    def keys(self):
        return self.hashes + self.ranges


class Schema(NamedTuple):
    name: str
    keys: list
    view: str  # what its stream shows
    indexes: list
    has_ttl: bool = False


ALL, KEYS_ONLY = {"ProjectionType": "ALL"}, {"ProjectionType": "KEYS_ONLY"}
PK, G, N, L = ("pk", "S"), ("g", "S"), ("n", "N"), ("l", "S")
SCHEMAS = {schema.name: schema for schema in (
    Schema("plain", [PK], "KEYS_ONLY", []),
    Schema("ranged", [PK, ("sk", "N")], "NEW_AND_OLD_IMAGES", [
        Index("gfull", True, [G], [N], {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["x", "y"]}),
        Index("gkeys", True, [G], [], KEYS_ONLY),
        Index("lall", False, [PK], [L], ALL),
        Index("lkeys", False, [PK], [N], KEYS_ONLY)]),
    Schema("numbered", [("pk", "N"), ("sk", "S")], "NEW_IMAGE", [
        Index("multi", True, [("a", "S"), ("b", "N")], [("c", "S"), ("d", "N")], ALL)]),
    Schema("bytes", [("pk", "B"), ("sk", "B")], "OLD_IMAGE", []),
    Schema("dated", [PK, ("sk", "S")], "NEW_AND_OLD_IMAGES", [Index("gttl", True, [(TTL_NAME, "N")], [], ALL)], True),
    Schema("changing", [PK, ("sk", "N")], "NEW_AND_OLD_IMAGES", []),
)}
# One partition of more than a page.
LONG = Schema("long", [PK, ("sk", "N")], "KEYS_ONLY", [Index("lback", False, [PK], [L], ALL)])
LONG_ITEMS, LONG_BYTES_MAX = 1500, 1500
COMING_INDEXES = [Index("came", True, [G], [("sk", "N")], ALL), Index("went", True, [("x", "S")], [], KEYS_ONLY)]
EVERY_INDEX = [(schema, index) for schema in SCHEMAS.values() for index in schema.indexes]


def long_item(number):
    """The items of the table LONG: of many sizes, two of them with each value of the index key."""
    return {"pk": {"S": "long"}, "sk": {"N": str(number)}, "l": {"S": f"{number // 2 * 7919 % LONG_ITEMS:05d}"},
            "x": {"S": "z" * (number * 37 % LONG_BYTES_MAX)}}


def key_schema(hashes, ranges):
    return ([{"AttributeName": name, "KeyType": "HASH"} for name, _ in hashes] +
            [{"AttributeName": name, "KeyType": "RANGE"} for name, _ in ranges])


def definitions(pairs):
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in dict(pairs).items()]


def index_request(index):
    return {
        "IndexName": index.name,
        "Projection": index.projection,
        "KeySchema": key_schema(index.hashes, index.ranges),
    }


def create_request(schema):
    """CreateTable."""
    request = {
        "TableName": schema.name,
        "KeySchema": key_schema(schema.keys[:1], schema.keys[1:]),
        "BillingMode": "PAY_PER_REQUEST",
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": schema.view},
        "AttributeDefinitions": definitions(schema.keys + [pair for index in schema.indexes for pair in index.keys]),
    }
    for index in schema.indexes:
        member = "GlobalSecondaryIndexes" if index.is_global else "LocalSecondaryIndexes"
        request.setdefault(member, []).append(index_request(index))
    return request


def add_request(schema, index):
    """UpdateTable that adds a global index."""
    return {"TableName": schema.name, "AttributeDefinitions": definitions(index.keys),
            "GlobalSecondaryIndexUpdates": [{"Create": index_request(index)}]}


def remove_request(schema, index):
    return {"TableName": schema.name, "GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": index.name}}]}
