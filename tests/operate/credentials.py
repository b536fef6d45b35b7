#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Key pairs of a file, with real signatures (boto3): who is who, who may only read, and a file that changes under load."""

import os
import sys
import tempfile
import threading
import time

import boto3
import botocore.config
import botocore.exceptions

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib.server import Server
from lib.tally import Tally

SECRETS = {"AKIDROOT": "a-secret-of-the-root", "AKIDREPORTS": "a-secret-of-reports", "AKIDAPP": "a-secret-of-the-app"}
PATIENCE_S = 30


def text_of(*users, secrets=SECRETS):
    """users: (name or None, key, read_only)."""
    lines = []
    for name, key, read_only in users:
        lines += [f"[{name}]"] if name else []
        lines += [f"access_key_id = {key}", f"secret_access_key = {secrets[key]}"] + (["read_only = true"] if read_only else [])
    return "\n".join(lines) + "\n"


EVERYBODY = text_of((None, "AKIDROOT", False), ("reports", "AKIDREPORTS", True), ("app", "AKIDAPP", False))


def write(path, text):
    with open(path + ".new", "w") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text)
    os.replace(path + ".new", path)


def client(server, key, secret=None, service="dynamodb"):
    return boto3.client(service, endpoint_url=f"http://127.0.0.1:{server.port}", region_name="us-east-1", aws_access_key_id=key,
                        aws_secret_access_key=secret or SECRETS[key], config=botocore.config.Config(retries={"max_attempts": 0}))


def fault(call, **arguments):
    """Code and message of the error, or None."""
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    return None


def denied(action, resource):
    return ("AccessDeniedException", f"User: arn:aws:iam::000000000000:user/reports is not authorized to perform: dynamodb:{action} on resource: "
            f"arn:aws:dynamodb:us-east-1:000000000000:table/{resource} because no identity-based policy allows the dynamodb:{action} action")


def who_is_who(tally, server):
    for key, arn in (("AKIDROOT", "root"), ("AKIDREPORTS", "user/reports"), ("AKIDAPP", "user/app")):
        caller = client(server, key, service="sts").get_caller_identity()
        tally.equal((caller["Account"], caller["Arn"]), ("000000000000", f"arn:aws:iam::000000000000:{arn}"), f"{key} is {arn}")
        tally.check(caller["UserId"] == "000000000000" if arn == "root" else len(caller["UserId"]) == 21 and caller["UserId"].startswith("AIDA"),
                    "and has an id", caller["UserId"])
    tally.equal(fault(client(server, "AKIDNOBODY", "x" * 20).list_tables),
                ("UnrecognizedClientException", "The security token included in the request is invalid."), "a key that nobody has")
    wrong = fault(client(server, "AKIDAPP", SECRETS["AKIDROOT"]).list_tables)
    tally.check(wrong and wrong[0] == "InvalidSignatureException" and wrong[1].startswith("The request signature we calculated does not match"),
                "somebody's key with another's secret", wrong)


def only_reads(tally, server):
    app, reports = client(server, "AKIDAPP"), client(server, "AKIDREPORTS")
    table = {"TableName": "books", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
             "AttributeDefinitions": [{"AttributeName": "p", "AttributeType": "S"}]}
    key, item = {"p": {"S": "a"}}, {"p": {"S": "a"}, "v": {"N": "1"}}
    tally.equal(fault(reports.create_table, **table), denied("CreateTable", "books"), "CreateTable")
    app.create_table(**table)
    app.get_waiter("table_exists").wait(TableName="books", WaiterConfig={"Delay": 1})
    arn = app.describe_table(TableName="books")["Table"]["TableArn"]
    app.put_item(TableName="books", Item=item)
    refused = [
        ("PutItem", "books", reports.put_item, {"TableName": "books", "Item": item}),
        ("PutItem", "books", reports.put_item, {"TableName": arn, "Item": item}),
        ("PutItem", "absent", reports.put_item, {"TableName": "absent", "Item": item}),
        ("UpdateItem", "books", reports.update_item, {"TableName": "books", "Key": key}),
        ("DeleteItem", "books", reports.delete_item, {"TableName": "books", "Key": key}),
        ("BatchWriteItem", "books", reports.batch_write_item, {"RequestItems": {"books": [{"PutRequest": {"Item": item}}]}}),
        ("TransactWriteItems", "books", reports.transact_write_items, {"TransactItems": [{"Delete": {"TableName": "books", "Key": key}}]}),
        ("UpdateTable", "books", reports.update_table, {"TableName": "books", "DeletionProtectionEnabled": True}),
        ("UpdateTimeToLive", "books", reports.update_time_to_live,
         {"TableName": "books", "TimeToLiveSpecification": {"AttributeName": "e", "Enabled": True}}),
        ("TagResource", "books", reports.tag_resource, {"ResourceArn": arn, "Tags": [{"Key": "k", "Value": "v"}]}),
        ("DeleteTable", "books", reports.delete_table, {"TableName": "books"}),
        ("PartiQLInsert", "books", reports.execute_statement, {"Statement": "INSERT INTO books VALUE {'p': 'b'}"}),
        ("PartiQLUpdate", "books", reports.execute_statement, {"Statement": "UPDATE books SET v = 2 WHERE p = 'a'"}),
        ("PartiQLDelete", "books", reports.execute_statement, {"Statement": "DELETE FROM books WHERE p = 'a'"}),
    ]
    for action, resource, call, arguments in refused:
        tally.equal(fault(call, **arguments), denied(action, resource), f"{action} is refused")
    batch = reports.batch_execute_statement(Statements=[{"Statement": "DELETE FROM books WHERE p = 'a'"}])["Responses"]
    tally.equal((batch[0]["Error"]["Code"], batch[0]["Error"]["Message"]), ("AccessDenied", denied("PartiQLDelete", "books")[1]), "and in a batch")
    tally.check(fault(reports.execute_transaction, TransactStatements=[{"Statement": "DELETE FROM books WHERE p = 'a'"}]) is not None,
                "and a transaction that writes")
    tally.equal(reports.get_item(TableName="books", Key=key)["Item"], item, "GetItem reads what nobody changed")
    tally.equal(reports.scan(TableName="books")["Items"], [item], "Scan")
    tally.equal(reports.query(TableName="books", KeyConditionExpression="p = :p", ExpressionAttributeValues={":p": {"S": "a"}})["Items"], [item], "Query")
    tally.equal(reports.execute_statement(Statement="SELECT * FROM books")["Items"], [item], "SELECT")
    tally.equal(reports.batch_get_item(RequestItems={"books": {"Keys": [key]}})["Responses"]["books"], [item], "BatchGetItem")
    tally.equal(reports.transact_get_items(TransactItems=[{"Get": {"TableName": "books", "Key": key}}])["Responses"], [{"Item": item}], "TransactGetItems")
    tally.equal(reports.list_tables()["TableNames"], ["books"], "ListTables")
    tally.equal(reports.describe_table(TableName="books")["Table"]["ItemCount"] in (0, 1), True, "DescribeTable")


def awaited(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def changes(tally, server, path):
    """New sets while others work: whoever is in both is served all the time."""
    stop, wrong, done = threading.Event(), [], []

    def work():
        app = client(server, "AKIDAPP")
        while not stop.is_set():
            problem = fault(app.get_item, TableName="books", Key={"p": {"S": "a"}})
            (wrong if problem else done).append(problem)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for turn in range(10):
        key = f"AKIDTURN{turn}"
        before = server.log_text().count("server.file_read what=credentials")
        write(path, EVERYBODY + text_of((f"turn-{turn}", key, False), secrets={key: f"the-secret-of-turn-{turn}"}))
        if turn % 2:
            server.process.send_signal(1)  # SIGHUP; otherwise the change is seen
        tally.check(awaited(lambda: server.log_text().count("server.file_read what=credentials") > before), f"set {turn} is read")
        tally.equal(fault(client(server, key, f"the-secret-of-turn-{turn}").list_tables), None, "its user comes in")
        if turn:
            gone = fault(client(server, f"AKIDTURN{turn - 1}", f"the-secret-of-turn-{turn - 1}").list_tables)
            tally.equal(gone and gone[0], "UnrecognizedClientException", "and the one before does not")
    write(path, EVERYBODY.replace(SECRETS["AKIDREPORTS"], "another-secret-of-reports"))
    tally.check(awaited(lambda: fault(client(server, "AKIDREPORTS", "another-secret-of-reports").list_tables) is None), "a new secret is taken")
    old = fault(client(server, "AKIDREPORTS").list_tables)
    tally.equal(old and old[0], "InvalidSignatureException", "and the old one no more")
    write(path, "access_key_id = only\n")
    tally.check(awaited(lambda: "gives no secret access key" in server.log_text()), "a wrong file is told")
    os.chmod(path, 0o644)
    server.process.send_signal(1)
    tally.check(awaited(lambda: "chmod 600" in server.log_text()), "and so is one that others may read")
    tally.equal(fault(client(server, "AKIDREPORTS", "another-secret-of-reports").list_tables), None, "both change nothing")
    stop.set()
    for thread in threads:
        thread.join()
    tally.equal(wrong, [], f"nobody noticed ({len(done)} requests)")
    tally.check("secret-of" not in server.log_text(), "no secret stands in the log")


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="stator-credentials-") as folder:
        path = os.path.join(folder, "credentials")
        write(path, EVERYBODY)
        with Server("memory", options=["--auth", "sigv4", "--credentials", path]) as server:
            who_is_who(tally, server)
            only_reads(tally, server)
            changes(tally, server, path)
    tally.finish()


if __name__ == "__main__":
    main()
