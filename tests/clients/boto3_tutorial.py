# SPDX-License-Identifier: Apache-2.0
"""boto3's resource interface as its tutorial teaches it: a table of users, from the first put to ten thousand by batch.

    boto3_tutorial.py ENDPOINT
"""

import os
import sys
from decimal import Decimal

from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary
from botocore.exceptions import ClientError

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from clients.session import resource
from lib.tally import Tally

BATCH = 10_000


def error_code(call, *arguments, **named):
    try:
        call(*arguments, **named)
    except ClientError as refused:
        return refused.response["Error"]["Code"]
    return None


def create(dynamodb, tally):
    table = dynamodb.create_table(
        TableName="Users",
        KeySchema=[{"AttributeName": "username", "KeyType": "HASH"}, {"AttributeName": "last_name", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": "username", "AttributeType": "S"},
                              {"AttributeName": "last_name", "AttributeType": "S"}],
        ProvisionedThroughput={"ReadCapacityUnits": 1000, "WriteCapacityUnits": 1000})
    table.wait_until_exists()
    tally.equal(table.item_count, 0, "a new table has no items")
    table.reload()
    tally.equal(table.table_status, "ACTIVE", "the table is ACTIVE")
    return table


def put_and_get(table, tally):
    item = {"username": "janedoe", "last_name": "Doe", "first_name": "Jane", "age": 25, "height": Decimal("1.70"),
            "account": {"type": "standard", "limits": [1, Decimal("2.5"), None]}, "tags": {"a", "b"}, "raw": Binary(b"\x00\xff"),
            "scores": {Decimal("1"), Decimal("2.25")}, "admin": False, "empty": "", "list": []}
    table.put_item(Item=item)
    got = table.get_item(Key={"username": "janedoe", "last_name": "Doe"})["Item"]
    tally.equal(got, item, "the item comes back as it was")
    tally.check(isinstance(got["height"], Decimal), "numbers come back as Decimal", type(got["height"]))
    tally.check("Item" not in table.get_item(Key={"username": "nobody", "last_name": "x"}), "a missing item has no Item")


def update(table, tally):
    key = {"username": "janedoe", "last_name": "Doe"}
    changed = table.update_item(Key=key, UpdateExpression="SET age = age + :n, account.#t = :t ADD tags :more REMOVE #l",
                                ExpressionAttributeNames={"#t": "type", "#l": "list"},
                                ExpressionAttributeValues={":n": 1, ":t": "premium", ":more": {"c"}}, ReturnValues="ALL_NEW")
    item = changed["Attributes"]
    tally.equal((item["age"], item["account"]["type"], item["tags"]), (26, "premium", {"a", "b", "c"}), "an update in place")
    tally.equal(error_code(table.update_item, Key=key, UpdateExpression="SET age = :n",
                           ConditionExpression=Attr("age").lt(26) & Attr("admin").eq(False), ExpressionAttributeValues={":n": 0}),
                "ConditionalCheckFailedException", "a condition that does not hold")
    table.update_item(Key=key, UpdateExpression="SET age = :n", ConditionExpression=Attr("age").between(20, 30)
                      & Attr("first_name").begins_with("Ja") & Attr("tags").contains("a") & Attr("account.type").is_in(["premium"])
                      & Attr("missing").not_exists() & Attr("raw").attribute_type("B") & Attr("tags").size().gte(3)
                      & ~Attr("admin").eq(True), ExpressionAttributeValues={":n": 40})
    tally.equal(table.get_item(Key=key, ProjectionExpression="age")["Item"], {"age": 40}, "a condition built of parts")


def query_and_scan(table, tally):
    with table.batch_writer() as batch:
        for last_name, age in (("Adams", 20), ("Brown", 30), ("Clark", 40), ("Davis", 50)):
            batch.put_item(Item={"username": "team", "last_name": last_name, "age": age, "address": {"state": "CA"}})
    names = lambda found: [item["last_name"] for item in found["Items"]]
    tally.equal(names(table.query(KeyConditionExpression=Key("username").eq("team"))),
                ["Adams", "Brown", "Clark", "Davis"], "a query by key, in order")
    tally.equal(names(table.query(KeyConditionExpression=Key("username").eq("team") & Key("last_name").between("B", "D"),
                                  ScanIndexForward=False)), ["Clark", "Brown"], "a range backwards")
    tally.equal(names(table.query(KeyConditionExpression=Key("username").eq("team") & Key("last_name").begins_with("D"))),
                ["Davis"], "begins_with")
    tally.equal(sorted(names(table.scan(FilterExpression=Attr("age").lt(45) & Attr("address.state").eq("CA")))),
                ["Adams", "Brown", "Clark"], "a scan with a filter")


def batch_and_pages(table, tally):
    with table.batch_writer() as batch:
        for number in range(BATCH):
            batch.put_item(Item={"username": f"user{number % 100:02}", "last_name": f"{number:06}", "n": number})
    seen, pages, start = set(), 0, {}
    while True:
        page = table.scan(ProjectionExpression="n", FilterExpression=Attr("n").exists(), Limit=1000, **start)
        seen.update(int(item["n"]) for item in page["Items"])
        pages += 1
        if "LastEvaluatedKey" not in page:
            break
        start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
    tally.equal(len(seen), BATCH, "a paged scan finds all of ten thousand items")
    tally.check(pages > 10, "in more than ten pages", pages)
    count = sum(page["Count"] for page in table.meta.client.get_paginator("query").paginate(
        TableName=table.name, KeyConditionExpression=Key("username").eq("user07"), PaginationConfig={"PageSize": 30}))
    tally.equal(count, BATCH // 100, "a paginator counts one user's items")
    table.reload()
    tally.equal(table.item_count, BATCH + 5, "the table counts its items")
    with table.batch_writer(overwrite_by_pkeys=["username", "last_name"]) as batch:
        for number in range(100):
            batch.delete_item(Key={"username": f"user{number:02}", "last_name": f"{number:06}"})
            batch.delete_item(Key={"username": f"user{number:02}", "last_name": f"{number:06}"})
    table.reload()
    tally.equal(table.item_count, BATCH + 5 - 100, "and forgets the deleted")


def main():
    tally = Tally()
    dynamodb = resource(sys.argv[1])
    table = create(dynamodb, tally)
    put_and_get(table, tally)
    update(table, tally)
    query_and_scan(table, tally)
    batch_and_pages(table, tally)
    gone = table.delete_item(Key={"username": "janedoe", "last_name": "Doe"}, ReturnValues="ALL_OLD")
    tally.equal(gone["Attributes"]["first_name"], "Jane", "a delete returns the old item")
    table.delete()
    table.wait_until_not_exists()
    tally.equal(error_code(table.load), "ResourceNotFoundException", "the table is gone")
    tally.finish()


if __name__ == "__main__":
    main()
