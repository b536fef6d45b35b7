#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Folders of earlier formats: served, written to and checked by the server of today.

    run.py                  every folder in folders/, each beside what it must hold
    run.py --make NAME      folders/NAME.tar.gz and NAME.json, by the server as it is

A folder is made once, by the last server that wrote its format, and never again: what old servers left behind is the test. So a new format of records,
keys, descriptors or the log comes with a folder of the one before it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib import wait
from lib.client import Client
from lib.server import PROGRAM, Server
from lib.tally import Tally

FOLDERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "folders")
FAR_S = 4102444800  # 2100: items that expire, but not before the test ends


def tables():
    text = lambda *names: [{"AttributeName": name, "AttributeType": "S"} for name in names]
    key = lambda name, kind="HASH": {"AttributeName": name, "KeyType": kind}
    index = lambda name, keys, projection, **more: {"IndexName": name, "KeySchema": keys, "Projection": projection, **more}
    return [
        {"TableName": "books", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [key("p"), key("s", "RANGE")], "AttributeDefinitions": text("g", "l", "p", "s"),
         "LocalSecondaryIndexes": [index("local", [key("p"), key("l", "RANGE")], {"ProjectionType": "KEYS_ONLY"})],
         "GlobalSecondaryIndexes": [index("all", [key("g")], {"ProjectionType": "ALL"}),
                                    index("some", [key("l"), key("g", "RANGE")], {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["v"]})],
         "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}, "Tags": [{"Key": "of", "Value": "an older server"}]},
        {"TableName": "small", "KeySchema": [key("n")], "AttributeDefinitions": [{"AttributeName": "n", "AttributeType": "N"}], "DeletionProtectionEnabled": True,
         "ProvisionedThroughput": {"ReadCapacityUnits": 7, "WriteCapacityUnits": 8}},
    ]


def item(i):
    return {"p": {"S": f"p{i % 5}"}, "s": {"S": f"{i:03}"}, "g": {"S": f"g{i % 3}"}, **({"l": {"S": f"l{i % 4}"}} if i % 2 else {}),
            "v": {"M": {"list": {"L": [{"N": str(i)}, {"BOOL": i % 2 == 0}, {"NULL": True}]}, "set": {"NS": ["-200000000000000000000", "1.5"]}, "b": {"B": "AAEC"}}},
            "t": {"S": "word " * (i % 40)}}


def fill(client):
    for table in tables():
        client.must("CreateTable", table)
        wait.until(lambda: client.must("DescribeTable", {"TableName": table["TableName"]})["Table"]["TableStatus"] == "ACTIVE", "a table")
    client.must("UpdateTimeToLive", {"TableName": "small", "TimeToLiveSpecification": {"Enabled": True, "AttributeName": "ends"}})
    for i in range(60):
        client.must("PutItem", {"TableName": "books", "Item": item(i)})
    for i in range(0, 60, 7):
        key = {name: item(i)[name] for name in ("p", "s")}
        client.must("UpdateItem", {"TableName": "books", "Key": key, "UpdateExpression": "SET g = :g REMOVE t", "ExpressionAttributeValues": {":g": {"S": "moved"}}})
    client.must("DeleteItem", {"TableName": "books", "Key": {name: item(8)[name] for name in ("p", "s")}})
    for i in range(10):
        client.must("PutItem", {"TableName": "small", "Item": {"n": {"N": str(i - 5)}, "ends": {"N": str(FAR_S + i)}}})
    client.must("TransactWriteItems", {"ClientRequestToken": "of-an-older-server", "TransactItems": [
        {"Put": {"TableName": "small", "Item": {"n": {"N": "1000"}}}}, {"Put": {"TableName": "books", "Item": item(99)}}]})


def sorted_items(items):
    return sorted(items, key=lambda one: json.dumps(one, sort_keys=True))


def stream_records(client):
    """Of the whole stream, without what differs from day to day."""
    stream = client.must("ListStreams", {"TableName": "books"})["Streams"][0]["StreamArn"]
    found = []
    for shard in client.must("DescribeStream", {"StreamArn": stream})["StreamDescription"]["Shards"]:
        iterator = client.must("GetShardIterator", {"StreamArn": stream, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"})["ShardIterator"]
        for record in client.must("GetRecords", {"ShardIterator": iterator})["Records"]:
            found.append({"eventName": record["eventName"], **{name: record["dynamodb"].get(name) for name in ("Keys", "NewImage", "OldImage", "SizeBytes")}})
    return sorted_items(found)


def contents(client):
    """All that clients can see of the folder, but for times."""
    seen = {"tables": client.must("ListTables", {})["TableNames"], "described": {}, "items": {}}
    for table in tables():
        name = table["TableName"]
        described = client.must("DescribeTable", {"TableName": name})["Table"]
        seen["described"][name] = {key: described.get(key) for key in (
            "AttributeDefinitions", "KeySchema", "TableId", "TableArn", "DeletionProtectionEnabled", "StreamSpecification", "LatestStreamArn")}
        seen["items"][name] = sorted_items(client.items("Scan", {"TableName": name, "ConsistentRead": True}))
        for index in table.get("LocalSecondaryIndexes", []) + table.get("GlobalSecondaryIndexes", []):
            seen["items"][f"{name}/{index['IndexName']}"] = sorted_items(client.items("Scan", {"TableName": name, "IndexName": index["IndexName"]}))
    seen["ttl"] = client.must("DescribeTimeToLive", {"TableName": "small"})["TimeToLiveDescription"]
    seen["tags"] = client.must("ListTagsOfResource", {"ResourceArn": seen["described"]["books"]["TableArn"]})["Tags"]
    return seen


def make(name):
    with Server() as server:
        client = Client(server.port)
        fill(client)
        seen = {**contents(client), "stream": stream_records(client)}
        client.close()
        server.stop()
        os.makedirs(FOLDERS, exist_ok=True)
        with open(os.path.join(FOLDERS, name + ".json"), "w") as file:
            json.dump(seen, file, sort_keys=True, separators=(",", ":"))
        with tarfile.open(os.path.join(FOLDERS, name + ".tar.gz"), "w:gz") as archive:
            archive.add(server.data, "data", filter=lambda info: None if os.path.basename(info.name).startswith("LOG") else anonymous(info))


def anonymous(info):
    info.uid = info.gid = info.mtime = 0
    info.uname = info.gname = ""
    return info


def check(tally, data, what):
    ended = subprocess.run([PROGRAM, "check", data], capture_output=True, text=True)
    tally.check(ended.returncode == 0, f"stator check, {what}", ended.stdout + ended.stderr)


def formats(tally, data, what, expected):
    """The formats of records that occur, as `stator stat` finds them, and whether it finds everything else."""
    ended = subprocess.run([PROGRAM, "stat", "--json", data], capture_output=True, text=True)
    parts = [json.loads(line) for line in ended.stdout.splitlines()]
    found = {int(name[7:]) for part in parts if part["space"] == "data" for name in part if name.startswith("format_")}
    tally.equal((ended.returncode, found), (0, expected), f"formats of records, {what}")
    return {(part["table"], part["index"]): (part["records"], part["size_bytes"]) for part in parts if part["space"] == "data"}


def sizes(tally, folder, expected):
    """What `stator stat` counts is what clients see."""
    seen = formats(tally, folder, "as it came", {1})
    for name, items in expected["items"].items():
        table, _, index = name.partition("/")
        tally.equal(seen[(table, index)][0], len(items), f"records of {name}")
    rows = subprocess.run([PROGRAM, "stat", folder], capture_output=True, text=True).stdout
    tally.check(f"books (us-east-1) {len(expected['items']['books'])}" in " ".join(rows.split()), "the same for people", rows)


def write_more(tally, client):
    """Over old items, beside them, and what must still be known of them."""
    old = {name: item(3)[name] for name in ("p", "s")}
    returned = client.must("PutItem", {"TableName": "books", "Item": {**old, "g": {"S": "new"}}, "ReturnValues": "ALL_OLD"})["Attributes"]
    tally.equal(returned, item(3), "what a new item replaces")
    client.must("UpdateItem", {"TableName": "books", "Key": {name: item(4)[name] for name in ("p", "s")}, "UpdateExpression": "SET g = :g",
                               "ExpressionAttributeValues": {":g": {"S": "new"}}})
    client.must("DeleteItem", {"TableName": "books", "Key": {name: item(5)[name] for name in ("p", "s")}})
    tally.equal({one["s"]["S"] for one in client.items("Query", {"TableName": "books", "IndexName": "all", "KeyConditionExpression": "g = :g",
                                                                   "ExpressionAttributeValues": {":g": {"S": "new"}}})}, {"003", "004"}, "an index of old and new items")
    before = client.items("Scan", {"TableName": "small"})
    client.must("UpdateItem", {"TableName": "small", "Key": {"n": {"N": "1"}}, "UpdateExpression": "REMOVE ends"})
    tally.equal(len(client.items("Scan", {"TableName": "small"})), len(before), "items of the small table")


def serve(tally, folder, expected):
    with Server(data=folder) as server:
        client = Client(server.port)
        seen = contents(client)
        for part in expected:
            if part != "stream":  # its records are trimmed after a day
                tally.equal(seen.get(part), expected[part], part)
        write_more(tally, client)
        client.close()
        tally.equal(server.stop(), 0, "a clean stop")


def judge(tally, name):
    expected = json.load(open(os.path.join(FOLDERS, name + ".json")))
    scratch = tempfile.mkdtemp(prefix="stator-upgrade-")
    try:
        with tarfile.open(os.path.join(FOLDERS, name + ".tar.gz")) as archive:
            archive.extractall(scratch)
        folder = os.path.join(scratch, "data")
        check(tally, folder, f"{name} as it came")
        sizes(tally, folder, expected)
        serve(tally, folder, expected)
        check(tally, folder, f"{name} after writes")
        formats(tally, folder, "after writes", {1, 2})
        with Server(data=folder) as server:
            client = Client(server.port)
            tally.equal(client.must("GetItem", {"TableName": "books", "Key": {key: item(6)[key] for key in ("p", "s")}})["Item"], item(6), "an old item, later")
            client.close()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--make", metavar="NAME")
    options = options.parse_args()
    if options.make:
        make(options.make)
        return
    tally = Tally()
    for name in sorted(name[:-7] for name in os.listdir(FOLDERS) if name.endswith(".tar.gz")):
        judge(tally, name)
    tally.finish()


if __name__ == "__main__":
    main()
