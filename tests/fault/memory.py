# SPDX-License-Identifier: Apache-2.0
"""Memory stays within --memory, whatever the mix: large bodies, large items, pages and batches from many clients at once.

    memory.py [--memory-mb 192] [--rounds 6]

What is measured is the largest resident size the process ever had (VmHWM). On top of --memory the program itself, its libraries,
threads' and fibers' stacks are allowed.
"""

import argparse
import json
import os
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib.client import Client
from lib.server import Server
from lib.tally import Tally

TABLE = "Memory"
ITEM_BYTES = 390_000
BESIDES_MB = 64
BUSY = ("ThrottlingException", "InternalServerError")


def item(key, size):
    return {"pk": {"S": key}, "pad": {"S": "x" * (size - 20)}}


def put_batches(client, name, rounds):
    for round_ in range(rounds):
        requests = [{"PutRequest": {"Item": item(f"{name}-{i}", ITEM_BYTES)}} for i in range(25)]
        yield client.call("BatchWriteItem", {"RequestItems": {TABLE: requests}})


def updates(client, name, rounds):
    for _ in range(rounds * 5):
        yield client.call("UpdateItem", {"TableName": TABLE, "Key": {"pk": {"S": f"{name}-0"}}, "UpdateExpression": "ADD n :one",
                                         "ExpressionAttributeValues": {":one": {"N": "1"}}, "ReturnValues": "ALL_NEW"})


def scans(client, name, rounds):
    for _ in range(rounds * 3):
        yield client.call("Scan", {"TableName": TABLE})


def batch_gets(client, name, rounds):
    keys = [{"pk": {"S": f"put-{i % 4}-{i}"}} for i in range(25)]
    for _ in range(rounds):
        yield client.call("BatchGetItem", {"RequestItems": {TABLE: {"Keys": keys}}})


def useless_bodies(client, name, rounds):
    body = {"TableName": TABLE, "Item": {"pk": {"S": name}, "l": {"L": [{"N": "1"}] * 1_000_000}}}
    text = json.dumps(body).encode()
    for _ in range(rounds):
        yield client.call("PutItem", text)


def run(work, port, name, rounds, tally):
    client = Client(port)
    for reply in work(client, name, rounds):
        known = reply.status in (200, 503) or reply.error in BUSY or reply.error == "ValidationException"
        tally.check(known, f"{name}: an answer or a refusal for want of room", f"{reply.status} {reply.body[:300]!r}")


def peak_mb(pid):
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    raise RuntimeError("no VmHWM")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--memory-mb", type=int, default=192)
    options.add_argument("--rounds", type=int, default=4)
    options = options.parse_args()

    tally = Tally()
    server = Server("rocksdb", options=["--memory", f"{options.memory_mb}M"]).start()
    client = Client(server.port)
    reply = client.call("CreateTable", {
        "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]})
    tally.equal(reply.status, 200, "the table")
    while client.call("DescribeTable", {"TableName": TABLE}).json["Table"]["TableStatus"] != "ACTIVE":
        pass
    crowd = [(put_batches, "put", 4), (updates, "update", 6), (scans, "scan", 12), (batch_gets, "get", 6),
             (useless_bodies, "useless", 4)]
    threads = [threading.Thread(target=run, args=(work, server.port, f"{name}-{i}", options.rounds, tally))
               for work, name, count in crowd for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    peak = peak_mb(server.process.pid)
    print(f"peak {peak} MB with --memory {options.memory_mb}M")
    tally.check(peak <= options.memory_mb + BESIDES_MB, "the process stayed within its memory", f"peak {peak} MB")
    tally.equal(server.stop(), 0, "a clean stop")
    server.remove()
    tally.finish()


if __name__ == "__main__":
    main()
