# SPDX-License-Identifier: Apache-2.0
"""Time to live through one kill -9 after another: what is due goes, once, by the service; what is not due stays.

    ttl.py [--kills 3] [--items 400] [--seed N]

Half of the items are there before time to live is switched on. Some are given a later time while they are due, and some lose
it. The stream tells who removed what, and in the end the folder is checked.
"""

import argparse
import os
import random
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib.client import Client
from lib.server import PROGRAM, Server
from lib.tally import Tally

TABLE = "expiring"
FAR = 10 ** 6
PATIENCE_SECONDS = 60
SERVICE = {"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"}


def create_table(client):
    client.must("CreateTable", {
        "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("g", "pk")],
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "GlobalSecondaryIndexes": [{"IndexName": "idx", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
                                    "Projection": {"ProjectionType": "ALL"}}],
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "OLD_IMAGE"}})


def removals(client):
    """{key: userIdentity or None} of all REMOVE records; a key that was removed twice is a fault."""
    arn = client.must("DescribeTable", {"TableName": TABLE})["Table"]["LatestStreamArn"]
    shard = client.must("DescribeStream", {"StreamArn": arn})["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = client.must("GetShardIterator", {"StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON"})["ShardIterator"]
    found, twice = {}, []
    while True:
        page = client.must("GetRecords", {"ShardIterator": iterator})
        for record in page["Records"]:
            if record["eventName"] == "REMOVE":
                key = record["dynamodb"]["Keys"]["pk"]["S"]
                twice += [key] if key in found else []
                found[key] = record.get("userIdentity")
        if not page["Records"]:
            return found, twice
        iterator = page["NextShardIterator"]


class Items:
    """What was written, and what must become of it."""

    def __init__(self, chance):
        self.chance, self.due, self.kept, self.written = chance, set(), set(), 0

    def put(self, client, count):
        for _ in range(count):
            key, now = f"i{self.written}", int(time.time())
            self.written += 1
            second = now + self.chance.choice((-1000, -1, 0, 1, 2, FAR))
            item = {"pk": {"S": key}, "g": {"S": str(self.written % 7)}, "ttl": {"N": str(second)}}
            client.must("PutItem", {"TableName": TABLE, "Item": item})
            (self.kept if second == now + FAR else self.due).add(key)

    def save(self, client, count):
        """Moves the time of some items that are still there forward, or takes it away; they stay from then on."""
        for key in self.chance.sample(sorted(self.due), min(count, len(self.due))):
            expression = self.chance.choice(("SET #t = :far", "REMOVE #t"))
            request = {"TableName": TABLE, "Key": {"pk": {"S": key}}, "UpdateExpression": expression,
                       "ConditionExpression": "attribute_exists(pk)", "ExpressionAttributeNames": {"#t": "ttl"}}
            if ":far" in expression:
                request["ExpressionAttributeValues"] = {":far": {"N": str(int(time.time()) + FAR)}}
            if client.call("UpdateItem", request).status == 200:
                self.due.remove(key)
                self.kept.add(key)


def left(client, index=None):
    where = {"TableName": TABLE, **({"IndexName": index} if index else {"ConsistentRead": True})}
    return {item["pk"]["S"] for item in client.items("Scan", where)}


def wait_for(client, items):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and left(client) & items.due:
        time.sleep(0.05)


def compare(tally, what, client, items):
    wait_for(client, items)
    tally.equal(sorted(left(client) ^ items.kept)[:5], [], f"{what}: what is due is gone and nothing else")
    tally.equal(left(client, "idx"), items.kept, f"{what}: so it is in the index")
    described = client.must("DescribeTable", {"TableName": TABLE})["Table"]
    tally.equal(described["ItemCount"], len(items.kept), f"{what}: the count is exact")
    found, twice = removals(client)
    tally.equal(twice[:5], [], f"{what}: nothing was removed twice")
    tally.check(set(found) == items.due and all(who == SERVICE for who in found.values()),
                f"{what}: the stream says that the service did it", sorted(set(found) ^ items.due)[:5])


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=3)
    options.add_argument("--items", type=int, default=400)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally, chance = Tally(), random.Random(options.seed)
    server = Server("rocksdb", options=("--state-delay", "0")).start()
    client, items = Client(server.port), Items(chance)
    create_table(client)
    items.put(client, options.items // 2)
    client.must("UpdateTimeToLive", {"TableName": TABLE, "TimeToLiveSpecification": {"Enabled": True, "AttributeName": "ttl"}})
    items.put(client, options.items // 2)
    for kill in range(1, options.kills + 1):
        server.kill()
        server.start()
        client = Client(server.port)
        items.save(client, 10)
        items.put(client, options.items // options.kills)
        time.sleep(chance.uniform(0, 0.5))
    compare(tally, "after the kills", client, items)
    tally.equal(server.stop(), 0, "a clean stop")
    checked = subprocess.run([PROGRAM, "check", "--data", server.data], capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    tally.check(checked.returncode == 0, "the folder is sound", checked.stdout)
    print(f"{items.written} items, {len(items.due)} expired")
    server.remove()
    tally.finish()


if __name__ == "__main__":
    main()
