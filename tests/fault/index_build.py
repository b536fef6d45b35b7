# SPDX-License-Identifier: Apache-2.0
"""An index is built online over many items while writers change and delete them, and the server is killed in the middle.

    index_build.py [--items 10000] [--kills 1] [--seed N]

At the end the index must show exactly what the items say. A second index is then deleted and another built, without a kill.
"""

import argparse
import os
import random
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from fault.audit import Audit
from fault.tables import wait_active
from lib.client import ApiError, Client
from lib.items import Index
from lib.server import Server
from lib.tally import Tally

TABLE = "Big"
BATCH = 25
BUILDS_MAX = 10


def create(client):
    client.must("CreateTable", {
        "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]})
    wait_active(client, TABLE)


def item_of(number, chance):
    """Some items have the index's attribute, some have it with a wrong type or empty: those stay outside."""
    item = {"pk": {"S": f"k{number}"}, "other": {"N": str(number)}}
    kind = chance.random()
    if kind < 0.8:
        item["g"] = {"S": f"g{number % 97}"}
    elif kind < 0.85:
        item["g"] = {"N": "5"}
    elif kind < 0.9:
        item["g"] = {"S": ""}
    return item


def fill(port, count, chance):
    """All items, by four threads."""
    batches = [[item_of(n, chance) for n in range(start, min(start + BATCH, count))] for start in range(0, count, BATCH)]

    def work(part):
        client = Client(port)
        for items in part:
            client.must("BatchWriteItem", {"RequestItems": {TABLE: [{"PutRequest": {"Item": item}} for item in items]}})
    threads = [threading.Thread(target=work, args=(batches[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def transacted(pk, chance):
    """A put with or without the index's attribute, a deletion, an update of it, or a look."""
    table, key, value = {"TableName": TABLE}, {"pk": {"S": pk}}, {"S": f"g{chance.randrange(97)}"}
    return chance.choice((
        {"Put": {**table, "Item": {**key, "g": value}}},
        {"Put": {**table, "Item": key}},
        {"Delete": {**table, "Key": key}},
        {"Update": {**table, "Key": key, "UpdateExpression": "SET g = :g", "ExpressionAttributeValues": {":g": value}}},
        {"ConditionCheck": {**table, "Key": key, "ConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": pk}}}}))


def churn(port, count, seed, stop):
    """Puts, updates, deletes and transactions of random items until told to stop; a killed server only ends it."""
    chance, client = random.Random(seed), Client(port)
    while not stop.is_set():
        key = {"pk": {"S": f"k{chance.randrange(count)}"}}
        try:
            kind = chance.random()
            if kind < 0.25:
                client.call("DeleteItem", {"TableName": TABLE, "Key": key})
            elif kind < 0.55:
                client.call("PutItem", {"TableName": TABLE, "Item": {**key, "g": {"S": f"g{chance.randrange(97)}"}}})
            elif kind < 0.75:
                client.call("TransactWriteItems", {"TransactItems": [
                    transacted(f"k{n}", chance) for n in chance.sample(range(count), chance.randint(2, 8))]})
            elif kind < 0.9:
                client.call("UpdateItem", {"TableName": TABLE, "Key": key, "UpdateExpression": "SET g = :g",
                                           "ExpressionAttributeValues": {":g": {"S": f"new{chance.randrange(9)}"}}})
            else:
                client.call("UpdateItem", {"TableName": TABLE, "Key": key, "UpdateExpression": "REMOVE g"})
        except Exception:  # the server is gone
            return


def start_build(client, name):
    client.must("UpdateTable", {
        "TableName": TABLE, "AttributeDefinitions": [{"AttributeName": "g", "AttributeType": "S"}],
        "GlobalSecondaryIndexUpdates": [{"Create": {"IndexName": name, "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
                                                    "Projection": {"ProjectionType": "ALL"}}}]})


def delete_index(client, name):
    client.must("UpdateTable", {"TableName": TABLE, "GlobalSecondaryIndexUpdates": [{"Delete": {"IndexName": name}}]})
    while index_of(client, name) is not None:
        pass


def index_of(client, name):
    """What DescribeTable says of the index; None when it is gone."""
    indexes = client.must("DescribeTable", {"TableName": TABLE})["Table"].get("GlobalSecondaryIndexes", [])
    return next((index for index in indexes if index["IndexName"] == name), None)


def wait_filled(client, name, count):
    """Until the index, still being built, has so many entries. What it has, or None when it was done before."""
    while True:
        index = index_of(client, name)
        if index["IndexStatus"] == "ACTIVE":
            return None
        if index.get("Backfilling") and index["ItemCount"] >= count:
            return index["ItemCount"]


class Churn:
    """Writers in the background."""

    def __init__(self, port, count, seed, writers=3):
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=churn, args=(port, count, seed + n, self.stop)) for n in range(writers)]
        for thread in self.threads:
            thread.start()

    def end(self):
        self.stop.set()
        for thread in self.threads:
            thread.join()


def build_through_kills(server, options, chance, tally):
    start_build(Client(server.port), "built")
    for kill in range(options.kills):
        writers = Churn(server.port, options.items, options.seed + kill * 10)
        client = Client(server.port)
        for _ in range(BUILDS_MAX):  # one that was done before it was seen half done is begun again
            filled = wait_filled(client, "built", chance.randrange(options.items // 2))
            if filled is not None:
                break
            delete_index(client, "built")
            start_build(client, "built")
        server.kill()
        writers.end()
        tally.check(filled is not None, "the kill came while the index was built")
        print(f"killed when the index had {filled} entries", flush=True)
        server.start()
    writers = Churn(server.port, options.items, options.seed + 999)
    wait_active(Client(server.port), TABLE)
    writers.end()
    problems = Audit(Client(server.port), TABLE, [Filtered("built")]).run()
    tally.equal(problems[:5], [], "the index is exact after the kills")


class Filtered(Index):
    """The index on `g`: items whose g is no proper key are not in it."""

    def __init__(self, name):
        super().__init__(name, ["g"], None)

    def entry(self, item, table_keys):
        return dict(item) if item.get("g", {}).get("S") else None


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--items", type=int, default=10_000)
    options.add_argument("--kills", type=int, default=1)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally, chance = Tally(), random.Random(options.seed)
    server = Server("rocksdb").start()
    client = Client(server.port)
    create(client)
    fill(server.port, options.items, chance)
    tally.equal(client.must("DescribeTable", {"TableName": TABLE})["Table"]["ItemCount"], options.items, "all items are counted")
    build_through_kills(server, options, chance, tally)

    client = Client(server.port)
    delete_index(client, "built")
    try:
        client.must("Scan", {"TableName": TABLE, "IndexName": "built"})
        tally.fail("a deleted index is not read")
    except ApiError as refused:
        tally.equal(refused.reply.error, "ValidationException", "a deleted index is not read")
    start_build(client, "again")
    writers = Churn(server.port, options.items, options.seed + 5000)
    wait_active(client, TABLE)
    writers.end()
    tally.equal(Audit(client, TABLE, [Filtered("again")]).run()[:5], [], "an index built anew is exact")
    tally.equal(server.stop(), 0, "a clean stop")
    server.remove()
    tally.finish()


if __name__ == "__main__":
    main()
