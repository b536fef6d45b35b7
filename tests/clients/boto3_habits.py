# SPDX-License-Identifier: Apache-2.0
"""The modelling habits that people bring to DynamoDB, each as a small program with boto3.

    boto3_habits.py ENDPOINT
"""

import os
import sys
import threading
import time

from botocore.exceptions import ClientError

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from boto3.dynamodb.conditions import Attr, Key
from clients.session import resource
from lib.tally import Tally


def make_table(dynamodb, name, keys, indexes=(), locals_=()):
    """`keys` and each index's keys are {attribute: type} in the order HASH, RANGE."""
    def schema(attributes):
        return [{"AttributeName": a, "KeyType": t} for a, t in zip(attributes, ("HASH", "RANGE"))]
    types = dict(keys)
    request = {"TableName": name, "KeySchema": schema(keys), "BillingMode": "PAY_PER_REQUEST"}
    for member, some in (("GlobalSecondaryIndexes", indexes), ("LocalSecondaryIndexes", locals_)):
        for index, attributes in some:
            types.update(attributes)
            request.setdefault(member, []).append({"IndexName": index, "KeySchema": schema(attributes),
                                                   "Projection": {"ProjectionType": "ALL"}})
    request["AttributeDefinitions"] = [{"AttributeName": a, "AttributeType": t} for a, t in types.items()]
    table = dynamodb.create_table(**request)
    table.meta.client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    return table


def refused(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"] == "ConditionalCheckFailedException"
    return False


def single_table_design(dynamodb, tally):
    """Customers, orders and items of orders in one table, with overloaded and sparse indexes."""
    table = make_table(dynamodb, "Shop", {"PK": "S", "SK": "S"},
                       indexes=[("GSI1", {"GSI1PK": "S", "GSI1SK": "S"}), ("Unpaid", {"UnpaidSince": "S", "PK": "S"})])
    with table.batch_writer() as batch:
        for c in range(3):
            batch.put_item(Item={"PK": f"CUSTOMER#{c}", "SK": "PROFILE", "name": f"customer {c}",
                                 "GSI1PK": f"EMAIL#c{c}@example.com", "GSI1SK": "CUSTOMER"})
            for o in range(4):
                order = {"PK": f"CUSTOMER#{c}", "SK": f"ORDER#2026-01-0{o + 1}#{c}{o}", "total": c * 10 + o,
                         "GSI1PK": f"ORDER#{c}{o}", "GSI1SK": "ORDER"}
                if o == 3:
                    order["UnpaidSince"] = "2026-01-04"
                batch.put_item(Item=order)
                for i in range(2):
                    batch.put_item(Item={"PK": f"ORDER#{c}{o}", "SK": f"ITEM#{i}", "qty": i + 1,
                                         "GSI1PK": f"ORDER#{c}{o}", "GSI1SK": f"ITEM#{i}"})
    everything = table.query(KeyConditionExpression=Key("PK").eq("CUSTOMER#1"))["Items"]
    tally.equal([item["SK"].split("#")[0] for item in everything], ["ORDER"] * 4 + ["PROFILE"], "a customer with all orders")
    latest = table.query(KeyConditionExpression=Key("PK").eq("CUSTOMER#1") & Key("SK").begins_with("ORDER#"),
                         ScanIndexForward=False, Limit=2)["Items"]
    tally.equal([int(item["total"]) for item in latest], [13, 12], "the latest two orders")
    order = table.query(IndexName="GSI1", KeyConditionExpression=Key("GSI1PK").eq("ORDER#12"))["Items"]
    tally.equal([item["GSI1SK"] for item in order], ["ITEM#0", "ITEM#1", "ORDER"], "an order with its items, by the index")
    by_mail = table.query(IndexName="GSI1", KeyConditionExpression=Key("GSI1PK").eq("EMAIL#c2@example.com"))["Items"]
    tally.equal([item["name"] for item in by_mail], ["customer 2"], "a customer by e-mail")
    tally.equal(table.scan(IndexName="Unpaid")["Count"], 3, "the sparse index holds the unpaid orders only")
    table.update_item(Key={"PK": "CUSTOMER#0", "SK": "ORDER#2026-01-04#03"}, UpdateExpression="REMOVE UnpaidSince")
    tally.equal(table.scan(IndexName="Unpaid")["Count"], 2, "a paid order leaves it")


def leaderboard(dynamodb, tally):
    table = make_table(dynamodb, "Scores", {"user": "S", "game": "S"}, indexes=[("ByScore", {"game": "S", "score": "N"})])
    with table.batch_writer() as batch:
        for n in range(60):
            batch.put_item(Item={"user": f"u{n:02}", "game": "chess" if n % 2 else "go", "score": (n * 37) % 101})
    top = table.query(IndexName="ByScore", KeyConditionExpression=Key("game").eq("chess"), ScanIndexForward=False, Limit=5)
    expected = sorted(((n * 37) % 101 for n in range(1, 60, 2)), reverse=True)[:5]
    tally.equal([int(item["score"]) for item in top["Items"]], expected, "the top five")
    table.update_item(Key={"user": "u01", "game": "chess"}, UpdateExpression="ADD score :n", ExpressionAttributeValues={":n": 1000})
    top = table.query(IndexName="ByScore", KeyConditionExpression=Key("game").eq("chess"), ScanIndexForward=False, Limit=1)
    tally.equal(top["Items"][0]["user"], "u01", "a new leader")
    above = table.query(IndexName="ByScore", KeyConditionExpression=Key("game").eq("chess") & Key("score").gt(50), Select="COUNT")
    tally.equal(above["Count"], sum((n * 37) % 101 > 50 for n in range(3, 60, 2)) + 1, "how many are above fifty")


def atomic_counters(dynamodb, tally):
    """Eight threads add to one counter; none of the additions is lost and each sees a value of its own."""
    table = make_table(dynamodb, "Counters", {"id": "S"})
    seen, lock = [], threading.Lock()

    def add(count):
        for _ in range(count):
            value = table.update_item(Key={"id": "hits"}, UpdateExpression="ADD n :one", ExpressionAttributeValues={":one": 1},
                                      ReturnValues="UPDATED_NEW")["Attributes"]["n"]
            with lock:
                seen.append(int(value))
    threads = [threading.Thread(target=add, args=(50,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.equal(sorted(seen), list(range(1, 401)), "every addition counts once")


def optimistic_locking(dynamodb, tally):
    """Read, change, write if the version is still the one read; try again otherwise."""
    table = make_table(dynamodb, "Documents", {"id": "S"})
    table.put_item(Item={"id": "doc", "version": 0, "lines": []})

    def append(name, count):
        for n in range(count):
            while True:
                item = table.get_item(Key={"id": "doc"}, ConsistentRead=True)["Item"]
                changed = {**item, "lines": item["lines"] + [f"{name}{n}"], "version": item["version"] + 1}
                if not refused(table.put_item, Item=changed, ConditionExpression=Attr("version").eq(item["version"])):
                    break
    threads = [threading.Thread(target=append, args=(name, 15)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    item = table.get_item(Key={"id": "doc"}, ConsistentRead=True)["Item"]
    tally.equal((item["version"], len(item["lines"]), len(set(item["lines"]))), (60, 60, 60), "no change overwrites another")


def idempotency_keys(dynamodb, tally):
    """Put if absent: of many attempts with one key exactly one wins."""
    table = make_table(dynamodb, "Requests", {"key": "S"})
    wins = []

    def attempt(name):
        for n in range(20):
            if not refused(table.put_item, Item={"key": f"k{n}", "by": name}, ConditionExpression="attribute_not_exists(#k)",
                           ExpressionAttributeNames={"#k": "key"}):
                wins.append((n, name))
    threads = [threading.Thread(target=attempt, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.equal(sorted(n for n, _ in wins), list(range(20)), "each key is won once")
    stored = {int(item["key"][1:]): item["by"] for item in table.scan()["Items"]}
    tally.equal(stored, dict(wins), "and holds the winner's item")


def sets_as_tags(dynamodb, tally):
    table = make_table(dynamodb, "Articles", {"id": "S"})
    for n in range(10):
        table.put_item(Item={"id": f"a{n}", "tags": {f"t{n % 3}", "all"}})
    table.update_item(Key={"id": "a1"}, UpdateExpression="ADD tags :t", ExpressionAttributeValues={":t": {"new", "all"}})
    table.update_item(Key={"id": "a2"}, UpdateExpression="DELETE tags :t", ExpressionAttributeValues={":t": {"all", "t2"}})
    tally.equal(table.get_item(Key={"id": "a1"})["Item"]["tags"], {"t1", "new", "all"}, "tags are added")
    tally.check("tags" not in table.get_item(Key={"id": "a2"})["Item"], "the last tag takes the set with it")
    found = table.scan(FilterExpression=Attr("tags").contains("t0"))["Items"]
    tally.equal(sorted(item["id"] for item in found), ["a0", "a3", "a6", "a9"], "articles by tag")


def nested_documents(dynamodb, tally):
    table = make_table(dynamodb, "Profiles", {"id": "S"})
    table.put_item(Item={"id": "p", "address": {"city": "Paris", "phones": ["1", "2", "3"]}, "settings": {}})
    table.update_item(Key={"id": "p"}, UpdateExpression="SET address.city = :c, address.phones[1] = :p, settings.#d = :t REMOVE address.phones[0]",
                      ExpressionAttributeNames={"#d": "dark.mode"}, ExpressionAttributeValues={":c": "Rome", ":p": "two", ":t": True})
    table.update_item(Key={"id": "p"}, UpdateExpression="SET address.phones = list_append(address.phones, :p), visits = if_not_exists(visits, :z) + :one",
                      ExpressionAttributeValues={":p": ["4"], ":z": 0, ":one": 1})
    tally.equal(table.get_item(Key={"id": "p"})["Item"], {"id": "p", "visits": 1, "settings": {"dark.mode": True},
                                                          "address": {"city": "Rome", "phones": ["two", "3", "4"]}}, "updated in place")
    part = table.get_item(Key={"id": "p"}, ProjectionExpression="address.phones[0], settings.#d", ExpressionAttributeNames={"#d": "dark.mode"})
    tally.equal(part["Item"], {"address": {"phones": ["two"]}, "settings": {"dark.mode": True}}, "and read in part")


def session_store(dynamodb, tally):
    table = make_table(dynamodb, "Sessions", {"sid": "S"}, indexes=[("ByUser", {"uid": "S", "expires": "N"})])
    now = int(time.time())
    for n in range(6):
        table.put_item(Item={"sid": f"s{n}", "uid": f"u{n % 2}", "expires": now + (n - 3) * 100})
    live = table.query(IndexName="ByUser", KeyConditionExpression=Key("uid").eq("u0") & Key("expires").gt(now))["Items"]
    tally.equal([item["sid"] for item in live], ["s4"], "only live sessions")
    tally.check(refused(table.update_item, Key={"sid": "s0"}, UpdateExpression="SET expires = :e",
                        ConditionExpression=Attr("expires").gt(now), ExpressionAttributeValues={":e": now + 100}),
                "an expired session is not renewed")
    for item in table.query(IndexName="ByUser", KeyConditionExpression=Key("uid").eq("u1"))["Items"]:
        table.delete_item(Key={"sid": item["sid"]})
    tally.equal(table.query(IndexName="ByUser", KeyConditionExpression=Key("uid").eq("u1"))["Count"], 0, "logged out everywhere")


def parallel_scan(dynamodb, tally):
    table = make_table(dynamodb, "Events", {"pk": "S", "sk": "N"})
    with table.batch_writer() as batch:
        for n in range(1200):
            batch.put_item(Item={"pk": f"p{n % 75}", "sk": n, "pad": "x" * 300})
    found, lock = [], threading.Lock()

    def segment(number):
        start = {}
        while True:
            page = table.scan(Segment=number, TotalSegments=5, Limit=100, **start)
            with lock:
                found.extend(int(item["sk"]) for item in page["Items"])
            if "LastEvaluatedKey" not in page:
                return
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    threads = [threading.Thread(target=segment, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.equal(sorted(found), list(range(1200)), "the segments give every item once")


def before_expressions(dynamodb, tally):
    """A program of 2013: Expected, AttributeUpdates, KeyConditions and filters."""
    table = make_table(dynamodb, "Tasks", {"owner": "S", "number": "N"})
    for n in range(6):
        table.put_item(Item={"owner": "ann", "number": n, "state": "new", "tags": {"a", "b"}}, Expected={"owner": {"Exists": False}})
    tally.check(refused(table.put_item, Item={"owner": "ann", "number": 0}, Expected={"owner": {"Exists": False}}),
                "an item is made only once")
    done = table.update_item(Key={"owner": "ann", "number": 2}, ReturnValues="UPDATED_NEW", Expected={"state": {"Value": "new"}},
                             AttributeUpdates={"state": {"Value": "done"}, "tries": {"Value": 1, "Action": "ADD"},
                                               "tags": {"Value": {"a"}, "Action": "DELETE"}})["Attributes"]
    tally.equal(done, {"state": "done", "tries": 1, "tags": {"b"}}, "an update by actions")
    tally.check(refused(table.delete_item, Key={"owner": "ann", "number": 2}, ConditionalOperator="OR", Expected={
        "tries": {"ComparisonOperator": "GT", "AttributeValueList": [1]}, "tags": {"ComparisonOperator": "NULL"}}),
                "neither of two conditions holds")
    ann = {"ComparisonOperator": "EQ", "AttributeValueList": ["ann"]}
    some = table.query(KeyConditions={"owner": ann, "number": {"ComparisonOperator": "BETWEEN", "AttributeValueList": [1, 4]}},
                       QueryFilter={"state": {"ComparisonOperator": "NE", "AttributeValueList": ["done"]}},
                       AttributesToGet=["number"], ScanIndexForward=False)["Items"]
    tally.equal([int(item["number"]) for item in some], [4, 3, 1], "a range of the partition, filtered")
    rest = table.scan(Select="COUNT", ConditionalOperator="OR", ScanFilter={
        "tries": {"ComparisonOperator": "NOT_NULL"}, "number": {"ComparisonOperator": "IN", "AttributeValueList": [0, 5, 9]}})
    tally.equal(rest["Count"], 3, "a scan with either of two conditions")


def main():
    tally = Tally()
    dynamodb = resource(sys.argv[1])
    for habit in (single_table_design, leaderboard, atomic_counters, optimistic_locking, idempotency_keys, sets_as_tags,
                  nested_documents, session_store, parallel_scan, before_expressions):
        try:
            habit(dynamodb, tally)
        except Exception as problem:  # the other habits still run
            tally.fail(habit.__name__.replace("_", " "), f"{type(problem).__name__}: {problem}")
    tally.finish()


if __name__ == "__main__":
    main()
