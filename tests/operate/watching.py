#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a server tells of its work: figures of tables and indexes against what the same requests were told they consumed, and lines of the log."""

import json
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib import wait
from lib.client import Client
from lib.server import Server
from lib.tally import Tally

ITEMS = 40
LINE = re.compile(r'^([a-z_]+)(?:\{(.*)\})? (\S+)$')
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def figures(client):
    """{(name, frozenset of labels): value} of the page, and the kind of each name."""
    page = client.send("GET", "/metrics", {}, None).body.decode()
    values, kinds = {}, {}
    for line in page.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split()
            assert name not in kinds, f"{name} is told twice"
            kinds[name] = kind
        elif not line.startswith("#"):
            name, labels, value = LINE.match(line).groups()
            key = (name, frozenset(LABEL.findall(labels or "")))
            assert key not in values, f"{line} is told twice"
            values[key] = float(value)
    return values, kinds


class Page:
    def __init__(self, client):
        self.values, self.kinds = figures(client)

    def of(self, name, table=None, index="", **labels):
        """The value; None when it is not there."""
        wanted = dict(labels)
        if table is not None:
            wanted.update(region="us-east-1", table=table, index=index)
        return self.values.get((name, frozenset(wanted.items())))

    def tables(self):
        return {dict(labels).get("table") for name, labels in self.values if dict(labels).get("table")}


def table(name, *indexes):
    keys = {"p", "s", *(key for _, key, _ in indexes)}
    request = {"TableName": name, "BillingMode": "PAY_PER_REQUEST",
               "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}],
               "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"} for key in sorted(keys)]}
    for kind, key, index in indexes:
        request.setdefault(kind, []).append({
            "IndexName": index, "Projection": {"ProjectionType": "ALL"},
            "KeySchema": [{"AttributeName": key, "KeyType": "HASH"}] if kind == "GlobalSecondaryIndexes" else
                         [{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": key, "KeyType": "RANGE"}]})
    return request


def make(client, request):
    client.must("CreateTable", request)
    wait.until(lambda: client.must("DescribeTable", {"TableName": request["TableName"]})["Table"]["TableStatus"] == "ACTIVE", "a table")


class Sums:
    """What replies say was consumed, by (table, global index) and side."""

    def __init__(self):
        self.units, self.requests = {}, {}

    def add(self, side, consumed, local=("local",)):
        for one in consumed if isinstance(consumed, list) else [consumed]:
            table = one["TableName"]
            own = one["Table"]["CapacityUnits"]
            for name, more in one.get("LocalSecondaryIndexes", {}).items():
                own += more["CapacityUnits"]
            for name, more in one.get("GlobalSecondaryIndexes", {}).items():
                self.count(table, name, side, more["CapacityUnits"])
            self.count(table, "", side, own)

    def count(self, table, index, side, units):
        key = (table, index, side)
        self.units[key] = self.units.get(key, 0) + units

    def request(self, table, index, operation, outcome="ok"):
        key = (table, index, operation, outcome)
        self.requests[key] = self.requests.get(key, 0) + 1


def item(i, extra=0):
    return {"p": {"S": f"p{i % 4}"}, "s": {"S": f"{i:04}"}, "g": {"S": f"g{i % 3}"}, "l": {"S": f"l{i % 5}"}, "v": {"S": "x" * (300 * (i % 9) + extra)}}


def work(client, sums):
    """Requests of every kind on two tables, each with its bill."""
    def call(side, operation, tables, index="", **payload):
        reply = client.must(operation, {**payload, "ReturnConsumedCapacity": "INDEXES"})
        sums.add(side, reply["ConsumedCapacity"])
        for name in tables:
            sums.request(name, index, operation)
        return reply

    for i in range(ITEMS):
        call("write", "PutItem", ["books"], TableName="books", Item=item(i))
    for i in range(0, ITEMS, 3):
        key = {name: item(i)[name] for name in ("p", "s")}
        call("read", "GetItem", ["books"], TableName="books", Key=key, ConsistentRead=i % 2 == 0)
        call("write", "UpdateItem", ["books"], TableName="books", Key=key, UpdateExpression="SET g = :g",
             ExpressionAttributeValues={":g": {"S": "moved"}})
    call("read", "GetItem", ["books"], TableName="books", Key={"p": {"S": "nobody"}, "s": {"S": "x"}})
    call("write", "BatchWriteItem", ["books", "notes"], RequestItems={
        "books": [{"PutRequest": {"Item": item(i, 5000)}} for i in range(ITEMS, ITEMS + 5)],
        "notes": [{"PutRequest": {"Item": item(i, 3000)}} for i in range(20)]})
    call("read", "BatchGetItem", ["books", "notes"], RequestItems={
        name: {"Keys": [{key: item(i)[key] for key in ("p", "s")} for i in range(9)]} for name in ("books", "notes")})
    condition = {"KeyConditionExpression": "p = :p", "ExpressionAttributeValues": {":p": {"S": "p1"}}}
    call("read", "Query", ["books"], TableName="books", **condition)
    call("read", "Query", ["books"], TableName="books", Limit=1, **condition)
    call("read", "Query", ["books"], "local", TableName="books", IndexName="local", **condition)
    call("read", "Query", ["books"], "global", TableName="books", IndexName="global", KeyConditionExpression="g = :g",
         ExpressionAttributeValues={":g": {"S": "g1"}})
    call("read", "Scan", ["notes"], TableName="notes", ConsistentRead=True)
    call("write", "TransactWriteItems", ["books", "notes"], TransactItems=[
        {"Put": {"TableName": name, "Item": item(90)}} for name in ("books", "notes")])
    call("read", "TransactGetItems", ["books"], TransactItems=[
        {"Get": {"TableName": "books", "Key": {key: item(i)[key] for key in ("p", "s")}}} for i in (1, 90)])
    call("read", "ExecuteStatement", ["books"], Statement="SELECT * FROM books WHERE p = 'p2' AND s = '0002'")
    call("write", "DeleteItem", ["books"], TableName="books", Key={key: item(90)[key] for key in ("p", "s")})


def unpriced(client, sums):
    """Requests that nobody asked the price of: they count as much."""
    for ask in (False, True):
        for operation, index, payload in (
                ("GetItem", "", {"Key": {key: item(8)[key] for key in ("p", "s")}}),
                ("Query", "", {"KeyConditionExpression": "p = :p", "ExpressionAttributeValues": {":p": {"S": "p0"}}}),
                ("Query", "", {"KeyConditionExpression": "p = :p", "ExpressionAttributeValues": {":p": {"S": "p3"}}, "Limit": 3}),
                ("Scan", "", {})):
            reply = client.must(operation, {"TableName": "books", **payload, **({"ReturnConsumedCapacity": "INDEXES"} if ask else {})})
            sums.request("books", index, operation)
            if ask:  # what it says now it cost before too
                sums.add("read", reply["ConsumedCapacity"])
                sums.add("read", reply["ConsumedCapacity"])


def refusals(tally, client, sums):
    reply = client.call("PutItem", {"TableName": "books", "Item": item(1), "ConditionExpression": "attribute_not_exists(p)"})
    tally.equal(reply.error, "ConditionalCheckFailedException", "a condition that fails")
    sums.request("books", "", "PutItem", "refused")
    sums.count("books", "", "write", 1)  # what the item is worth: 300 bytes
    reply = client.call("GetItem", {"TableName": "books", "Key": {"p": {"N": "1"}}})
    tally.equal(reply.error, "ValidationException", "a key of the wrong type")
    sums.request("books", "", "GetItem", "refused")
    client.call("GetItem", {"TableName": "no-such-table", "Key": {"p": {"S": "1"}}})


def judge_figures(tally, client, sums):
    page = Page(client)
    for (name, index, side), units in sorted(sums.units.items()):
        tally.equal(page.of("stator_table_consumed_units_total", name, index, kind=side), units, f"{side} units of {name} {index}")
    for (name, index, operation, outcome), count in sorted(sums.requests.items()):
        tally.equal(page.of("stator_table_requests_total", name, index, operation=operation, outcome=outcome), count,
                    f"{operation} of {name} {index}: {outcome}")
    operations = {(name, index, operation) for name, index, operation, _ in sums.requests}
    for name, index, operation in sorted(operations):
        whole = sum(count for (*which, _), count in sums.requests.items() if tuple(which) == (name, index, operation))
        tally.equal(page.of("stator_table_request_duration_seconds_bucket", name, index, operation=operation, le="+Inf"), whole,
                    f"durations of {operation} of {name} {index}")
    tally.equal(page.of("stator_table_conditional_check_failed_total", "books"), 1, "conditions that failed")
    tally.equal(page.tables(), {"books", "notes"}, "tables that are told of")
    for name in ("books", "notes"):
        items = [one for one in client.items("Scan", {"TableName": name})]
        tally.equal(page.of("stator_table_items", name), len(items), f"items of {name}")
    tally.equal(page.of("stator_table_items", "books", "global"), len(client.items("Scan", {"TableName": "books", "IndexName": "global"})),
                "entries of the global index")
    tally.check((page.of("stator_table_bytes", "notes") or 0) > 20 * 3000, "bytes of notes", page.of("stator_table_bytes", "notes"))
    return page


def judge_deleted(tally, client):
    client.must("DeleteTable", {"TableName": "notes"})
    wait.until(lambda: client.call("DescribeTable", {"TableName": "notes"}).error == "ResourceNotFoundException", "the end of a table")
    tally.equal(Page(client).tables(), {"books"}, "a table that is gone is told of no more")


def throttled(tally, client):
    request = table("small", ("GlobalSecondaryIndexes", "g", "global"))
    units = {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}
    request.update(BillingMode="PROVISIONED", ProvisionedThroughput=units)
    request["GlobalSecondaryIndexes"][0]["ProvisionedThroughput"] = units
    make(client, request)
    refused = {"read": 0, "write": 0}
    for _ in range(400):
        reply = client.call("GetItem", {"TableName": "small", "Key": {"p": {"S": "a"}, "s": {"S": "b"}}, "ConsistentRead": True})
        refused["read"] += reply.error == "ProvisionedThroughputExceededException"
        reply = client.call("PutItem", {"TableName": "small", "Item": {"p": {"S": "a"}, "s": {"S": "b"}, "v": {"S": "x" * 2000}}})
        refused["write"] += reply.error == "ProvisionedThroughputExceededException"
    tally.check(refused["read"] > 0 and refused["write"] > 0, "a small table refuses", refused)
    page = Page(client)
    for side, count in refused.items():
        tally.equal(page.of("stator_table_throttle_events_total", "small", kind=side), count, f"{side}s of it that were refused")


# ---- the log ----

def events(server, name):
    lines = [json.loads(line) for line in server.log_text().splitlines() if line.startswith("{")]
    return [line for line in lines if line["event"] == name]


def lines_of(server, name, count):
    wait.until(lambda: len(events(server, name)) >= count, f"{count} lines of {name}")
    return events(server, name)


def judge_access(tally, server, client):
    before = len(events(server, "request.done"))
    client.must("Query", {"TableName": "books", "IndexName": "global", "KeyConditionExpression": "g = :g",
                          "ExpressionAttributeValues": {":g": {"S": "g2"}}, "ReturnConsumedCapacity": "TOTAL"})
    line = lines_of(server, "request.done", before + 1)[before]
    tally.equal({name: line[name] for name in ("operation", "table", "index", "status", "error", "plan", "access_key", "write_units")},
                {"operation": "Query", "table": "books", "index": "global", "status": 200, "error": "-", "plan": "queries",
                 "access_key": "AKIDEXAMPLE", "write_units": 0}, "the line of a Query")
    tally.check(line["read_units"] > 0 and line["items_read"] > 1 and line["reply_bytes"] > 100 and line["us"] >= 0, "and what it took", line)
    tally.check(re.fullmatch(r"127\.0\.0\.1:\d+", line["peer"]), "and who asked", line)
    client.call("PutItem", {"TableName": "absent", "Item": item(1)})
    line = lines_of(server, "request.done", before + 2)[before + 1]
    tally.equal((line["table"], line["status"], line["error"]), ("absent", 400, "ResourceNotFoundException"), "the line of a refusal")


def judge_slow(tally, server, client):
    lines = lines_of(server, "request.slow", 1)
    scans = [line for line in lines if line["operation"] == "Query"]
    tally.check(scans, "a long Query is a slow request", lines[:3])
    if scans:
        tally.equal({name: scans[0][name] for name in ("table", "index", "plan", "partition", "level")},
                    {"table": "large", "index": "-", "plan": "queries", "partition": "p0", "level": "warning"}, "how it was done")
        tally.check(scans[0]["items_read"] > 100 and scans[0]["bytes_read"] > 500000, "and what was read for it", scans[0])


def judge_audit(tally, server):
    lines = events(server, "audit")
    tally.equal([(line["operation"], line["table"], line["status"]) for line in lines if line["table"] in ("books", "notes")],
                [("CreateTable", "books", 200), ("CreateTable", "notes", 200), ("DeleteTable", "notes", 200)], "changes of tables are told")
    tally.equal({(line["arn"], line["region"]) for line in lines}, {("arn:aws:iam::000000000000:root", "us-east-1")}, "with who made them")


def refused_changes(tally, server, client):
    before = len(events(server, "audit"))
    client.call("CreateTable", {"TableName": "x", "KeySchema": [], "AttributeDefinitions": []})
    client.call("DeleteTable", {"TableName": "absent"})
    lines = lines_of(server, "audit", before + 2)[before:]
    tally.equal([(line["operation"], line["table"], line["status"], line["error"]) for line in lines],
                [("CreateTable", "x", 400, "ValidationException"), ("DeleteTable", "absent", 400, "ResourceNotFoundException")], "changes that were refused are told too")


def long_query(client):
    make(client, table("large"))
    for i in range(0, 200, 10):
        client.must("BatchWriteItem", {"RequestItems": {"large": [
            {"PutRequest": {"Item": {"p": {"S": "p0"}, "s": {"S": f"{k:04}"}, "v": {"S": "y" * 4500}}}} for k in range(i, i + 10)]}})
    client.must("Query", {"TableName": "large", "KeyConditionExpression": "p = :p", "ExpressionAttributeValues": {":p": {"S": "p0"}},
                          "FilterExpression": " OR ".join(["contains(v, :v)"] * 40), "ReturnConsumedCapacity": "TOTAL",
                          **{"ExpressionAttributeValues": {":p": {"S": "p0"}, ":v": {"S": "yyyyyyyyyyyyyyyyyyyyyyyyyyz"}}}})


def quiet(tally):
    """Without the lines that can be left out."""
    with Server(engine="memory", options=["--log=json", "--audit-log=false", "--slow-log=0"]) as server:
        client = Client(server.port)
        make(client, table("books"))
        client.close()
        server.stop()
        tally.equal([len(events(server, name)) for name in ("audit", "request.slow", "request.done")], [0, 0, 0], "no lines of requests")
        tally.check("stator.ready" in server.log_text(), "but others", server.log_text())


def main():
    tally, sums = Tally(), Sums()
    with Server(engine="memory", options=["--log=json", "--access-log", "--slow-log=1"]) as server:
        client = Client(server.port)
        make(client, table("books", ("GlobalSecondaryIndexes", "g", "global"), ("LocalSecondaryIndexes", "l", "local")))
        make(client, table("notes"))
        work(client, sums)
        unpriced(client, sums)
        refusals(tally, client, sums)
        judge_figures(tally, client, sums)
        judge_access(tally, server, client)
        judge_deleted(tally, client)
        throttled(tally, client)
        long_query(client)
        judge_slow(tally, server, client)
        judge_audit(tally, server)
        refused_changes(tally, server, client)
        client.close()
    quiet(tally)
    tally.finish()


if __name__ == "__main__":
    main()
