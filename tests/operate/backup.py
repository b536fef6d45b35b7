#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`stator backup` of a server at work: each copy is one moment of the database, holds all that was acknowledged before it, is sound, and can be served."""

import os
import subprocess
import sys
import tempfile
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib import wait
from lib.client import Client
from lib.server import PROGRAM, Server
from lib.tally import Tally

WRITERS = 3
OTHER_DISK = "/dev/shm"  # another file system, where nothing can be linked


def backup(data, to, *more):
    ended = subprocess.run([PROGRAM, "backup", "--data", data, *more, to], capture_output=True, text=True, timeout=300)
    return ended.returncode, ended.stdout, ended.stderr


def make_tables(client):
    for name in ("left", "right"):
        client.must("CreateTable", {
            "TableName": name, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": key, "AttributeType": kind} for key, kind in (("p", "S"), ("n", "N"))],
            "GlobalSecondaryIndexes": [{"IndexName": "by_n", "KeySchema": [{"AttributeName": "n", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}],
            "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}})
        wait.until(lambda: client.must("DescribeTable", {"TableName": name})["Table"]["TableStatus"] == "ACTIVE", "a table")


class Writer:
    """Counts up an item of both tables in one transaction, and puts a new item after each; knows what was acknowledged."""

    def __init__(self, port, number, stop):
        self.port, self.number, self.stop, self.acknowledged = port, number, stop, 0
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        client = Client(self.port)
        while not self.stop.is_set():
            i = self.acknowledged + 1
            client.must("TransactWriteItems", {"TransactItems": [
                {"Put": {"TableName": name, "Item": {"p": {"S": f"count{self.number}"}, "n": {"N": str(i)}}}} for name in ("left", "right")]})
            client.must("PutItem", {"TableName": "left", "Item": {"p": {"S": f"{self.number}-{i}"}, "n": {"N": str(i)}, "v": {"S": "x" * 300}}})
            self.acknowledged = i
        client.close()


def judge_copy(tally, to, before, what):
    """Served: what was acknowledged before it was asked for, and both sides of every transaction or none."""
    with Server(data=to) as server:
        client = Client(server.port)
        items = {name: {item["p"]["S"]: int(item["n"]["N"]) for item in client.items("Scan", {"TableName": name, "ConsistentRead": True})} for name in ("left", "right")}
        for number, acknowledged in enumerate(before):
            count = items["left"].get(f"count{number}", 0)
            tally.check(count >= acknowledged, f"{what}: what was acknowledged is there", f"{count} of {acknowledged}")
            tally.equal(items["right"].get(f"count{number}", 0), count, f"{what}: both sides of a transaction")
            tally.equal(sum(name.startswith(f"{number}-") for name in items["left"]) in (count, count - 1), True, f"{what}: writes of one client in their order")
        entries = {item["p"]["S"] for item in client.items("Scan", {"TableName": "left", "IndexName": "by_n"})}
        tally.equal(entries, set(items["left"]), f"{what}: the index of its items")
        client.must("PutItem", {"TableName": "right", "Item": {"p": {"S": "after"}, "n": {"N": "1"}}})
        client.close()
        tally.equal(server.stop(), 0, f"{what}: a clean stop")
    checked = subprocess.run([PROGRAM, "check", to], capture_output=True, text=True)
    tally.check(checked.returncode == 0, f"{what}: sound after it was served", checked.stdout)


def under_load(tally, server, lab):
    stop = threading.Event()
    writers = [Writer(server.port, number, stop) for number in range(WRITERS)]
    copies = []
    for number, folder in enumerate([lab, lab, lab] + ([tempfile.mkdtemp(dir=OTHER_DISK)] if os.access(OTHER_DISK, os.W_OK) else [])):
        wait.until(lambda: all(writer.acknowledged >= 20 * (number + 1) for writer in writers), "writes")
        before = [writer.acknowledged for writer in writers]
        to = os.path.join(folder, f"copy{number}")
        status, said, complaint = backup(server.data, to)
        tally.check(status == 0 and "backup.made to=" in said and "check.done findings=0" in said, f"copy {number}", said + complaint)
        copies.append((to, before, folder))
    stop.set()
    for writer in writers:
        writer.thread.join()
    for number, (to, before, _) in enumerate(copies):
        judge_copy(tally, to, before, f"copy {number}")
    for to, _, folder in copies:
        subprocess.run(["rm", "-rf", to if folder == lab else folder], check=True)
    checked = subprocess.run([PROGRAM, "check", server.data], capture_output=True, text=True)
    tally.check(checked.returncode != 0, "the data of a running server is not checked", checked.stdout)


def refusals(tally, server, lab):
    taken = os.path.join(lab, "taken")
    tally.equal(backup(server.data, taken, "--no-check")[0], 0, "a copy that is not checked")
    status, _, said = backup(server.data, taken)
    tally.check(status == 1 and "There is a database in that folder already" in said, "a folder that is taken", said)
    status, _, said = backup(server.data, "/proc/nowhere")
    tally.check(status == 1 and "cannot be made by the server" in said, "a folder that cannot be made", said)
    status, _, said = backup(os.path.join(lab, "absent"), os.path.join(lab, "x"))
    tally.check(status == 1 and "cannot be opened" in said and "--data" in said, "no data folder", said)
    tally.equal(backup(server.data, "a", "b")[0], 64, "a wrong command line")
    client = Client(server.port)
    reply = client.send("POST", "/admin/backup", {"Content-Type": "application/json"}, b'{"to":"/tmp/by-a-stranger"}')
    tally.check(reply.status >= 400 and not os.path.exists("/tmp/by-a-stranger"), "nobody but the owner of the data may ask", reply.body)
    client.close()
    relative = subprocess.run([PROGRAM, "backup", "--data", server.data, "here"], cwd=lab, capture_output=True, text=True)
    tally.check(relative.returncode == 0 and os.path.isdir(os.path.join(lab, "here", "db")), "a path from where one stands", relative.stderr)


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="stator-backup-") as lab:
        deep = os.path.join(lab, "a-folder-with-a-name-" + "of-many-letters-" * 8, "data")  # longer than addresses of sockets
        with Server(data=deep) as server:
            client = Client(server.port)
            make_tables(client)
            client.close()
            under_load(tally, server, lab)
            refusals(tally, server, lab)
            server.stop()
            status, _, said = backup(deep, os.path.join(lab, "y"))
            tally.check(status == 1 and "No server answers" in said and "copy the folder" in said, "no server", said)
            checked = subprocess.run([PROGRAM, "check", deep], capture_output=True, text=True)
            tally.check(checked.returncode == 0, "the data itself is sound", checked.stdout)
        with Server(engine="memory", data=os.path.join(lab, "memory")) as server:
            os.makedirs(server.data, exist_ok=True)
            tally.equal(backup(server.data, os.path.join(lab, "z"))[0], 1, "a server that keeps nothing")
    tally.finish()


if __name__ == "__main__":
    main()
