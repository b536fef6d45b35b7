#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bit rot: one flipped bit anywhere in a stopped data folder is told by `stator check`, and never becomes a wrong answer.

    tests/fault/check_damage.py [--flips N] [--seed N]

A folder is filled once (a table with a local and a global index, overwrites and deletions), once stopped cleanly, so that everything is in
SST files, and once killed, so that the last writes are in the WAL. Then copies of it get one flipped bit each. After every flip

    - check ends with 1 and says what is wrong, but for bits of filters: these are advice to RocksDB, a damaged one costs reads;
    - a server on the copy refuses to start, or answers each GetItem with the item that was written or with an error.
"""

import argparse
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from lib.client import Client
from lib.server import PROGRAM, Server

ITEMS = 600
TABLE = {
    "TableName": "books", "BillingMode": "PAY_PER_REQUEST",
    "AttributeDefinitions": [{"AttributeName": n, "AttributeType": t} for n, t in
                             (("pk", "S"), ("sk", "N"), ("day", "N"), ("author", "S"))],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
    "LocalSecondaryIndexes": [{"IndexName": "days", "Projection": {"ProjectionType": "KEYS_ONLY"}, "KeySchema": [
        {"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "day", "KeyType": "RANGE"}]}],
    "GlobalSecondaryIndexes": [{"IndexName": "authors", "Projection": {"ProjectionType": "ALL"}, "KeySchema": [
        {"AttributeName": "author", "KeyType": "HASH"}]}]}


def key(i):
    return {"pk": {"S": f"p{i // 20}"}, "sk": {"N": str(i)}}


def book(i, edition):
    item = {**key(i), "day": {"N": str(i % 30)}, "edition": {"N": str(edition)},
            "text": {"S": f"book {i} edition {edition} " + "lorem ipsum " * (i % 40)}}
    if i % 3:
        item["author"] = {"S": f"author {i % 7}"}
    return item


def canonical(item):
    return json.dumps(item, sort_keys=True)


def fill(client, editions, numbers):
    """Writes the books and returns what a reader must see: number to item, None for a deleted one."""
    written = {}
    for edition in editions:
        for i in numbers:
            client.must("PutItem", {"TableName": "books", "Item": book(i, edition)})
            written[i] = canonical(book(i, edition))
    for i in list(numbers)[::10]:
        client.must("DeleteItem", {"TableName": "books", "Key": key(i)})
        written[i] = None
    return written


def table_create(client):
    client.must("CreateTable", TABLE)
    while client.must("DescribeTable", {"TableName": "books"})["Table"]["TableStatus"] != "ACTIVE":
        pass


def check(data):
    done = subprocess.run([PROGRAM, "check", "--data", str(data)], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


class Tests:
    def __init__(self, flips, seed):
        self.passed = self.failed = 0
        self.flips = flips
        self.random = random.Random(seed)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="stator-damage-"))

    def expect(self, name, truth, note=""):
        if truth:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {name}: {note}", flush=True)

    # ---- the two folders ----

    def make_stopped(self):
        data = self.folder / "stopped"
        with Server(data=str(data)) as server:
            client = Client(server.port)
            table_create(client)
            written = fill(client, (1, 2), range(ITEMS))
        return data, written

    def make_killed(self, stopped, written):
        data = self.folder / "killed"
        shutil.copytree(stopped, data)
        with Server(data=str(data)) as server:
            written = {**written, **fill(Client(server.port), (3,), range(0, ITEMS, 2))}
            server.kill()
        return data, written

    # ---- what must hold ----

    def sound(self, name, data, written):
        status, output = check(data)
        self.expect(f"{name}: check finds nothing", status == 0 and "findings=0" in output, output[-500:])
        items = sum(value is not None for value in written.values())
        self.expect(f"{name}: check counts the items", f" items={items} " in output, output[-500:])
        dump = subprocess.run([PROGRAM, "dump", "--data", str(data), "--space", "data"], capture_output=True, text=True, timeout=120)
        lines = [json.loads(line) for line in dump.stdout.splitlines()]
        dumped = {canonical(line["item"]) for line in lines if line.get("table") == "books" and "index" not in line}
        self.expect(f"{name}: dump shows every item", dump.returncode == 0 and
                    dumped == {value for value in written.values() if value is not None}, dump.stderr[-500:])

    def wrong_answers(self, data, written):
        """Answers of a server on the folder that are neither right nor an error. A server that refuses to start gives none."""
        server = Server(data=str(data))
        try:
            server.start()
        except RuntimeError:
            server.remove()
            return []
        wrong, client = [], Client(server.port, timeout=20)
        for i, value in written.items():
            try:
                reply = client.call("GetItem", {"TableName": "books", "Key": key(i), "ConsistentRead": True})
            except OSError:
                break  # the server ended itself: no answer is not a wrong one
            if reply.status == 200 and canonical(reply.json.get("Item")) != (value or canonical(None)):
                wrong.append((i, reply.body[:200]))
        if server.alive():
            server.kill()
        server.remove()
        return wrong

    def flip(self, name, data, written, files, reach=1.0):
        """Flips one bit in the first `reach` of one of the files, again and again."""
        untold = 0
        for _ in range(self.flips):
            copy = self.folder / "copy"
            shutil.copytree(data, copy)
            victim = self.random.choice([path for path in sorted(copy.rglob(files)) if path.stat().st_size > 0])
            content = bytearray(victim.read_bytes())
            at = self.random.randrange(int(len(content) * reach))
            content[at] ^= 1 << self.random.randrange(8)
            victim.write_bytes(content)
            where = f"{name}: byte {at} of {len(content)} in {victim.name}"
            status, output = check(copy)
            untold += status == 0
            self.expect(f"{where}: check tells it or goes on", status == 0 or (status == 1 and "check.finding" in output),
                        f"exit {status}: {output[-300:]}")
            wrong = self.wrong_answers(copy, written)
            self.expect(f"{where}: no wrong answer", not wrong, str(wrong[:3]))
            shutil.rmtree(copy)
        return untold

    def run(self):
        stopped, written = self.make_stopped()
        self.sound("stopped", stopped, written)
        killed, written_later = self.make_killed(stopped, written)
        self.sound("killed", killed, written_later)
        untold = self.flip("SST", stopped, written, "*.sst")
        self.expect("SST: check tells all but flips in filters", untold <= self.flips // 4, f"{untold} of {self.flips} untold")
        # Not the tail: a flip in the very last group cannot be told from a torn write, which is cut away with a loud line.
        untold = self.flip("WAL", killed, written_later, "*.log", reach=0.8)
        self.expect("WAL: check tells all", untold == 0, f"{untold} untold")
        shutil.rmtree(self.folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--flips", type=int, default=8, help="bits to flip in SST files, and as many in the WAL")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"seed {options.seed}")
    tests = Tests(options.flips, options.seed)
    tests.run()
    print(f"{tests.passed} passed, {tests.failed} failed")
    return tests.failed != 0


if __name__ == "__main__":
    sys.exit(main())
