# SPDX-License-Identifier: Apache-2.0
"""The tables of the mixed load (load.py), and how to wait for one."""

import threading
import time

from lib.client import ApiError

MAIN, SIDE, BANK = "Load", "Side", "Bank"
KEYS = {MAIN: ("pk", "sk"), SIDE: ("n",), BANK: ("pk",)}
STREAMS = (MAIN, BANK)
TTL = "ttl"
WAIT_SECONDS = 0.01
PATIENCE_SECONDS = 120


def keys(*pairs):
    return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(pairs, ("HASH", "RANGE"))]


def attributes(**types):
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in types.items()]


def gsi(name, key, kind="ALL", carried=()):
    return {"IndexName": name, "KeySchema": keys(*key),
            "Projection": {"ProjectionType": kind, **({"NonKeyAttributes": list(carried)} if carried else {})}}


STREAM = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
DEFINITIONS = (
    {"TableName": MAIN, "KeySchema": keys("pk", "sk"), "AttributeDefinitions": attributes(pk="S", sk="N", g="S", n="N", l="S"),
     "GlobalSecondaryIndexes": [gsi("global", ("g", "n"), "INCLUDE", ["x"]), gsi("keys", ("g",), "KEYS_ONLY")],
     "LocalSecondaryIndexes": [gsi("local", ("pk", "l"))], "StreamSpecification": STREAM},
    {"TableName": SIDE, "KeySchema": keys("n"), "AttributeDefinitions": attributes(n="N", b="B"),
     "GlobalSecondaryIndexes": [gsi("bytes", ("b",))]},
    {"TableName": BANK, "KeySchema": keys("pk"), "AttributeDefinitions": attributes(pk="S"), "StreamSpecification": STREAM},
)


def create(client):
    """Makes all of them and waits until they can be used. What an earlier attempt made is taken as it is."""
    there = client.must("ListTables", {})["TableNames"]
    for definition in DEFINITIONS:
        if definition["TableName"] not in there:
            client.must("CreateTable", {**definition, "BillingMode": "PAY_PER_REQUEST"})
    for definition in DEFINITIONS:
        wait_active(client, definition["TableName"])
    if "AttributeName" not in client.must("DescribeTimeToLive", {"TableName": MAIN})["TimeToLiveDescription"]:
        client.must("UpdateTimeToLive", {"TableName": MAIN, "TimeToLiveSpecification": {"Enabled": True, "AttributeName": TTL}})


def indexes_of(described):
    return described.get("GlobalSecondaryIndexes", []) + described.get("LocalSecondaryIndexes", [])


def wait_active(client, table, seconds=PATIENCE_SECONDS):
    """Until the table and its indexes are ACTIVE; what DescribeTable says then, or None: there is no such table (any more)."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        reply = client.call("DescribeTable", {"TableName": table})
        if reply.error == "ResourceNotFoundException":
            return None
        if reply.status != 200:
            raise ApiError("DescribeTable", reply)
        described = reply.json["Table"]
        if described["TableStatus"] == "ACTIVE" and all(
                index.get("IndexStatus", "ACTIVE") == "ACTIVE" for index in indexes_of(described)):
            return described
        threading.Event().wait(WAIT_SECONDS)
    raise RuntimeError(f"{table} does not become ACTIVE: {str(described)[:1000]}")
