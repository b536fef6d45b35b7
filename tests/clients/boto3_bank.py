# SPDX-License-Identifier: Apache-2.0
"""A bank with boto3: transfers between accounts of two tables by many threads at once, and auditors who look meanwhile.

    boto3_bank.py ENDPOINT

No money is ever made or lost: the sum is right in every TransactGetItems of all accounts, while transfers run, and in a Scan
afterwards; the ledger has one entry for each transfer that was answered with success.
"""

import os
import random
import sys
import threading
import uuid

from botocore.exceptions import ClientError

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from clients.session import client
from lib.tally import Tally

TABLES = ("Checking", "Savings")
ACCOUNTS = [(table, f"account-{n}") for table in TABLES for n in range(50)]
OPENING = 100
TELLERS, TRANSFERS = 6, 60


def make_tables(dynamodb):
    for name in (*TABLES, "Ledger"):
        dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                              AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}])
    for name in (*TABLES, "Ledger"):
        dynamodb.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1})
    dynamodb.transact_write_items(TransactItems=[
        {"Put": {"TableName": table, "Item": {"id": {"S": account}, "balance": {"N": str(OPENING)}}}} for table, account in ACCOUNTS])


def move(table, account, sign, amount):
    """An update of one side; the other side's condition is that the money is there."""
    update = {"TableName": table, "Key": {"id": {"S": account}}, "UpdateExpression": f"SET balance = balance {sign} :amount",
              "ExpressionAttributeValues": {":amount": {"N": str(amount)}}}
    if sign == "-":
        update.update(ConditionExpression="balance >= :amount", ReturnValuesOnConditionCheckFailure="ALL_OLD")
    return {"Update": update}


def transfer(dynamodb, giver, taker, amount, **more):
    entry = {"id": {"S": str(uuid.uuid4())}, "from": {"S": "/".join(giver)}, "to": {"S": "/".join(taker)}}
    dynamodb.transact_write_items(TransactItems=[
        move(*giver, "-", amount), move(*taker, "+", amount),
        {"Put": {"TableName": "Ledger", "Item": entry, "ConditionExpression": "attribute_not_exists(id)"}}], **more)


def codes(error):
    return [reason["Code"] for reason in error.response["CancellationReasons"]]


class Teller(threading.Thread):
    """Transfers at random. Not enough money is an answer, a conflict is tried again; anything else is a problem."""

    def __init__(self, endpoint, seed):
        super().__init__()
        self.dynamodb, self.random = client(endpoint), random.Random(seed)
        self.done = self.declined = 0
        self.problems = []

    def run(self):
        for _ in range(TRANSFERS):
            giver, taker = self.random.sample(ACCOUNTS, 2)
            amount = self.random.randint(1, 150)
            while self.tried_again(giver, taker, amount):
                pass

    def tried_again(self, giver, taker, amount):
        try:
            transfer(self.dynamodb, giver, taker, amount)
            self.done += 1
        except ClientError as error:
            if error.response["Error"]["Code"] != "TransactionCanceledException":
                self.problems.append(str(error))
            elif "TransactionConflict" in codes(error):
                return True
            elif codes(error) == ["ConditionalCheckFailed", "None", "None"]:
                self.look_at(error.response["CancellationReasons"][0], amount)
            else:
                self.problems.append(str(codes(error)))
        return False

    def look_at(self, reason, amount):
        self.declined += 1
        if int(reason["Item"]["balance"]["N"]) >= amount:
            self.problems.append(f"declined {amount} with {reason['Item']}")


def balances(dynamodb):
    replies = dynamodb.transact_get_items(TransactItems=[
        {"Get": {"TableName": table, "Key": {"id": {"S": account}}, "ProjectionExpression": "balance"}} for table, account in ACCOUNTS])
    return [int(reply["Item"]["balance"]["N"]) for reply in replies["Responses"]]


class Auditor(threading.Thread):
    """Adds up all accounts, again and again."""

    def __init__(self, endpoint, closed):
        super().__init__()
        self.dynamodb, self.closed = client(endpoint), closed
        self.audits, self.problems = 0, []

    def run(self):
        while not self.closed.is_set():
            seen = balances(self.dynamodb)
            self.audits += 1
            if sum(seen) != OPENING * len(ACCOUNTS) or min(seen) < 0:
                self.problems.append(str(seen))


def a_busy_day(endpoint, dynamodb, tally):
    closed = threading.Event()
    tellers = [Teller(endpoint, seed) for seed in range(TELLERS)]
    auditors = [Auditor(endpoint, closed) for _ in range(2)]
    for thread in tellers + auditors:
        thread.start()
    for thread in tellers:
        thread.join()
    closed.set()
    for thread in auditors:
        thread.join()
    done = sum(teller.done for teller in tellers)
    tally.equal([p for thread in tellers + auditors for p in thread.problems][:3], [], "no teller and no auditor has a complaint")
    tally.equal(done + sum(teller.declined for teller in tellers), TELLERS * TRANSFERS, "each transfer is done or declined")
    tally.check(all(auditor.audits > 5 for auditor in auditors), "the auditors looked while it happened", auditors[0].audits)
    items = [item for table in TABLES for item in dynamodb.scan(TableName=table, ConsistentRead=True)["Items"]]
    tally.equal(sum(int(item["balance"]["N"]) for item in items), OPENING * len(ACCOUNTS), "the sum in a scan afterwards")
    tally.equal(dynamodb.scan(TableName="Ledger", Select="COUNT")["Count"], done, "an entry for each transfer, and none besides")


def sent_twice(dynamodb, tally):
    """A client that does not know whether its request arrived sends it again, with the same token."""
    before = balances(dynamodb)
    giver, taker = ACCOUNTS[before.index(max(before))], ACCOUNTS[before.index(min(before))]
    request = {"TransactItems": [move(*giver, "-", 1), move(*taker, "+", 1)], "ClientRequestToken": str(uuid.uuid4())}
    dynamodb.transact_write_items(**request)
    after = balances(dynamodb)
    again = dynamodb.transact_write_items(**request, ReturnConsumedCapacity="TOTAL")["ConsumedCapacity"]
    tally.equal(balances(dynamodb), after, "the second time moves no money")
    tally.equal(sum(entry["ReadCapacityUnits"] for entry in again), 4.0, "and is charged as a read")
    try:
        dynamodb.transact_write_items(**{**request, "TransactItems": [move(*giver, "-", 2), move(*taker, "+", 2)]})
        tally.fail("another transfer under the same token", "was accepted")
    except dynamodb.exceptions.IdempotentParameterMismatchException:
        tally.equal(balances(dynamodb), after, "another transfer under the same token is refused")


def main():
    tally = Tally()
    dynamodb = client(sys.argv[1])
    make_tables(dynamodb)
    a_busy_day(sys.argv[1], dynamodb, tally)
    sent_twice(dynamodb, tally)
    tally.finish()


if __name__ == "__main__":
    main()
