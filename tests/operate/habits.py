#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What users of DynamoDB Local are used to: any keys and region, one name space for all of them, and a hint where a table is in another region."""

import os
import sys

import boto3
import botocore.config
import botocore.exceptions

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib import wait
from lib.server import Server
from lib.tally import Tally

TABLE = {"TableName": "books", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
         "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"}]}


def client(server, region, key="anything", secret="at-all", service="dynamodb"):
    return boto3.client(service, endpoint_url=f"http://127.0.0.1:{server.port}", region_name=region, aws_access_key_id=key, aws_secret_access_key=secret,
                        config=botocore.config.Config(retries={"max_attempts": 0}))


def absent(db):
    try:
        db.get_item(TableName="books", Key={"p": {"S": "a"}})
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"] == "ResourceNotFoundException"
    return False


def apart(tally):
    """Any keys; regions apart, and a line in the log for who looks in the wrong one."""
    with Server(engine="memory") as server:
        for number, (region, key) in enumerate((("eu-west-1", "fakeMyKeyId"), ("local", "x"), ("ddblocal", "AKIDEXAMPLE"))):
            db = client(server, region, key)
            tally.equal(db.create_table(**TABLE)["TableDescription"]["TableArn"], f"arn:aws:dynamodb:{region}:000000000000:table/books", f"a table in {region}")
            tally.equal(client(server, region, "another").list_tables()["TableNames"], ["books"], "another key sees it too")
        tally.check(absent(client(server, "us-east-1")), "in another region it is not there")
        wait.until(lambda: "table.elsewhere" in server.log_text(), "a hint")
        line = next(line for line in server.log_text().splitlines() if "table.elsewhere" in line)
        tally.check("table=books asked=us-east-1 found=" in line and "--any-region" in line, "the log says where it is", line)


def together(tally, option):
    with Server(engine="memory", options=[option]) as server:
        db = client(server, "eu-west-1")
        arn = db.create_table(**{**TABLE, "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}})["TableDescription"]["TableArn"]
        tally.equal(arn, "arn:aws:dynamodb:us-east-1:000000000000:table/books", f"{option}: the region of all tables")
        db.get_waiter("table_exists").wait(TableName="books", WaiterConfig={"Delay": 1})
        client(server, "local").put_item(TableName="books", Item={"p": {"S": "a"}})
        for region in ("us-east-1", "ap-south-1", "local"):
            db = client(server, region)
            tally.equal(db.get_item(TableName=arn, Key={"p": {"S": "a"}})["Item"], {"p": {"S": "a"}}, f"{option}: read from {region}, by its ARN")
            tally.equal(len(client(server, region, service="dynamodbstreams").list_streams()["Streams"]), 1, f"{option}: its stream from {region}")
        try:
            db.create_table(**TABLE)
            tally.fail("a second table of that name")
        except botocore.exceptions.ClientError as error:
            tally.equal(error.response["Error"]["Code"], "ResourceInUseException", f"{option}: a name is taken for all")


def verified(tally):
    """With signatures that are looked at, the region that was signed stays the caller's own."""
    keys = {"STATOR_ACCESS_KEY_ID": "AKIDROOT", "STATOR_SECRET_ACCESS_KEY": "a-secret-of-the-root"}
    with Server(engine="memory", options=["--auth=sigv4", "--any-region"], environment=keys) as server:
        client(server, "eu-west-1", *keys.values()).create_table(**TABLE)
        tally.equal(client(server, "us-west-2", *keys.values()).list_tables()["TableNames"], ["books"], "verified callers of two regions")


def main():
    tally = Tally()
    apart(tally)
    for option in ("--any-region", "--shared"):
        together(tally, option)
    verified(tally)
    tally.finish()


if __name__ == "__main__":
    main()
