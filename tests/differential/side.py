# SPDX-License-Identifier: Apache-2.0
"""One server of a comparison: it takes chunks of requests, events, and tells what its streams got.

What only this server can know (ids, times, order of partitions) is taken out of what it tells.
"""

import json
import time

from differential import schemas
from differential.schemas import SCHEMAS, TTL_NAME
from lib.client import Client
from lib.pipeline import Exchange
from lib.server import Server

PATIENCE_SECONDS = 60
BATCH_ITEMS = 25
OPTIONS = ("--state-delay", "0")  # passing states are not waited for longer than needed
UNSYNCED = ("--durability", "os")  # nothing is killed here, so nothing has to wait for a disk


class Side:
    def __init__(self, engine):
        self.engine = engine
        self.server = Server(engine, options=OPTIONS + (UNSYNCED if engine == "rocksdb" else ())).start()
        self.client, self.exchange = Client(self.server.port), Exchange(self.server.port)
        self.iterators, self.records = {}, {}
        for schema in (*SCHEMAS.values(), schemas.LONG):
            self.create(schemas.create_request(schema))
        self.fill()

    def end(self):
        status = self.server.stop()
        self.server.remove()
        return status

    # Tables

    def create(self, request):
        name = request["TableName"]
        self.client.must("CreateTable", request)
        self.wait_for_table(name)
        if name in SCHEMAS and SCHEMAS[name].has_ttl:
            self.client.must("UpdateTimeToLive", {"TableName": name, "TimeToLiveSpecification": {
                "Enabled": True, "AttributeName": TTL_NAME}})
        if name in SCHEMAS:
            self.follow(name)

    def fill(self):
        for first in range(0, schemas.LONG_ITEMS, BATCH_ITEMS):
            puts = [{"PutRequest": {"Item": schemas.long_item(number)}} for number in range(first, first + BATCH_ITEMS)]
            self.client.must("BatchWriteItem", {"RequestItems": {schemas.LONG.name: puts}})

    def describe(self, name):
        return self.client.must("DescribeTable", {"TableName": name})["Table"]

    def wait_for_table(self, name):
        """Until the table and all its indexes are ACTIVE; returns the indexes' names."""
        def settled():
            table = self.describe(name)
            indexes = table.get("GlobalSecondaryIndexes", [])
            if table["TableStatus"] != "ACTIVE" or any(index["IndexStatus"] != "ACTIVE" for index in indexes):
                return None
            return [index["IndexName"] for index in indexes] + ["-"]
        return wait(settled, f"{name} to become ACTIVE")

    def counts(self, name):
        """The table's and its indexes' ItemCount and size."""
        table = self.describe(name)
        indexes = table.get("GlobalSecondaryIndexes", []) + table.get("LocalSecondaryIndexes", [])
        return {"": (table["ItemCount"], table["TableSizeBytes"]),
                **{index["IndexName"]: (index["ItemCount"], index["IndexSizeBytes"]) for index in indexes}}

    # Streams

    def follow(self, name):
        """From now on the records of this table's stream are told by read_streams."""
        arn = self.describe(name)["LatestStreamArn"]
        shard = self.client.must("DescribeStream", {"StreamArn": arn})["StreamDescription"]["Shards"][0]["ShardId"]
        start = {"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"}
        self.iterators[name] = self.client.must("GetShardIterator", start)["ShardIterator"]

    def read_streams(self):
        """{table: records since the last call}, without ids and times."""
        found = {}
        for name, iterator in self.iterators.items():
            found[name], page = [], None
            while page is None or page["Records"]:
                page = self.client.must("GetRecords", {"ShardIterator": iterator})
                iterator = page["NextShardIterator"]
                found[name] += [timeless(record) for record in page["Records"]]
            self.iterators[name] = iterator
        return found

    # Events

    def event(self, operation, payload):
        """Carries the event out; returns what both sides must agree on."""
        return getattr(self, {"AddIndex": "update_table", "RemoveIndex": "update_table", "Recreate": "recreate",
                              "Walk": "walk", "LongQuery": "long_query", "Expire": "expire"}[operation])(payload)

    def update_table(self, payload):
        self.client.must("UpdateTable", payload)
        return self.wait_for_table(payload["TableName"]), self.counts(payload["TableName"])

    def recreate(self, payload):
        name = payload["TableName"]
        self.client.must("DeleteTable", {"TableName": name})
        wait(lambda: self.client.call("DescribeTable", {"TableName": name}).status == 400, f"{name} to go")
        self.create(payload)
        return self.counts(name)

    def walk(self, payload):
        """All items, sorted, and how many were read; the pages follow one another until the end."""
        if "Statement" in payload:
            return in_order(self.statement_pages(payload)), None
        segments, items, scanned = payload.get("TotalSegments"), [], 0
        for segment in range(segments or 1):
            request = {**payload, **({"Segment": segment} if segments else {})}
            for page in self.client.pages("Scan", request):
                items += page["Items"]
                scanned += page["ScannedCount"]
        return in_order(items), scanned

    def long_query(self, payload):
        """All pages as they are."""
        return list(self.client.pages("Query", payload))

    def statement_pages(self, payload):
        items, request = [], dict(payload)
        while True:
            page = self.client.must("ExecuteStatement", request)
            items += page["Items"]
            if "NextToken" not in page:
                return items
            request["NextToken"] = page["NextToken"]

    def expire(self, payload):
        """Puts items that are due since the time the driver chose; wait_until_expired comes after it."""
        for key in payload["Keys"]:
            self.client.must(
                "PutItem", {"TableName": payload["TableName"], "Item": {**key, TTL_NAME: {"N": payload["Due"]}}}
            )

    def wait_until_expired(self, payload):
        for key in payload["Keys"]:
            request = {"TableName": payload["TableName"], "Key": key, "ConsistentRead": True}
            wait(lambda: "Item" not in self.client.must("GetItem", request), f"{key} to expire")


def wait(condition, what):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        time.sleep(0.005)
    raise RuntimeError(f"waited {PATIENCE_SECONDS} s for {what}")


def in_order(items):
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))


def timeless(record):
    change = {name: value for name, value in record["dynamodb"].items()
              if name not in ("ApproximateCreationDateTime", "SequenceNumber")}
    who = {"userIdentity": record["userIdentity"]} if "userIdentity" in record else {}
    return {"eventName": record["eventName"], "dynamodb": change, **who}
