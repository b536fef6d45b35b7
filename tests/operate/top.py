#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`stator top` beside a server at work: over HTTP, TLS and a Unix socket; and what it says when there is none."""

import os
import pty
import re
import subprocess
import sys
import tempfile
import threading

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from lib import wait
from lib.client import Client
from lib.server import PROGRAM, Server, free_port
from lib.tally import Tally


def top(*arguments):
    ended = subprocess.run([PROGRAM, "top", "--interval", "1", *arguments], capture_output=True, text=True, timeout=60)
    return ended.returncode, ended.stdout, ended.stderr


def rows(page):
    """{first word: the others} of every line."""
    return {words[0]: words[1:] for words in (line.split() for line in page.splitlines()) if words}


class Load:
    """Writes, reads of an index and refusals, until it is ended."""

    def __init__(self, port):
        self.port, self.stop = port, threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        client = Client(self.port)
        for i in range(10 ** 9):
            if self.stop.is_set():
                break
            client.must("PutItem", {"TableName": "books", "Item": {"p": {"S": str(i)}, "g": {"S": "all"}}})
            client.must("Query", {"TableName": "books", "IndexName": "by_g", "Limit": 1, "KeyConditionExpression": "g = :g",
                                  "ExpressionAttributeValues": {":g": {"S": "all"}}})
            client.call("GetItem", {"TableName": "absent", "Key": {"p": {"S": "x"}}})
        client.close()

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join()


def make_table(port):
    client = Client(port)
    client.must("CreateTable", {
        "TableName": "books", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "p", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in "pg"],
        "GlobalSecondaryIndexes": [{"IndexName": "by_g", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}]})
    wait.until(lambda: client.must("DescribeTable", {"TableName": "books"})["Table"]["TableStatus"] == "ACTIVE", "a table")
    client.close()


def number(text):
    return float(text.replace(",", "").removesuffix("/s"))


def judge(tally, page, what):
    seen = rows(page)
    if not tally.check({"requests", "process", "writes", "reads", "disk", "PutItem", "Query", "books", "books/by_g"} <= set(seen), f"{what}: all there is", page):
        return
    tally.check(number(seen["requests"][0]) > 0 and number(seen["writes"][0]) > 0, f"{what}: work is seen", page)
    tally.check(number(seen["PutItem"][0]) > 0 and number(seen["GetItem"][1]) > 0, f"{what}: operations, and those refused", page)
    tally.check(number(seen["books"][0]) > 0 and number(seen["books/by_g"][0]) > 0, f"{what}: a table and its index", page)
    tally.check(re.search(r"sync p50 [\d.]+ (us|ms|s) ", page), f"{what}: the disk", page)


def on_a_terminal(tally, url):
    """Page after page, until the reader leaves."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([PROGRAM, "top", "--interval", "1", url], stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = b""
    while seen.count(b"TABLE/INDEX") < 2:
        seen += os.read(ours, 65536)
    tally.equal(seen.count(b"\x1b[H\x1b[2J"), 2, "each page on a fresh screen")
    process.terminate()
    process.wait()
    os.close(ours)


def main():
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="stator-top-") as lab:
        subprocess.run([PROGRAM, "cert", lab], check=True, stdout=subprocess.DEVNULL)
        secure, socket = f"https://localhost:{free_port()}", os.path.join(lab, "socket")
        server = Server(options=[f"--tls-certificate={lab}/certificate.pem", f"--tls-key={lab}/key.pem"])
        plain = f"http://127.0.0.1:{server.port}"
        server.options.append(f"--listen={plain},{secure.replace('localhost', '127.0.0.1')},unix:{socket}")
        with server:
            make_table(server.port)
            with Load(server.port):
                for url, more in ((plain, ()), (secure, ("--ca", f"{lab}/certificate.pem")), (f"unix:{socket}", ())):
                    status, page, said = top(*more, url)
                    tally.equal((status, said), (0, ""), f"top {url}")
                    judge(tally, page, url)
                on_a_terminal(tally, plain)
            status, _, said = top(secure)
            tally.check(status == 1 and "does not answer" in said, "a certificate that nobody vouches for", said)
        status, _, said = top(plain)
        tally.check(status == 1 and said.startswith(f"stator top: {plain} does not answer: "), "no server", said)
    port = free_port()
    with Server(engine="memory", options=[f"--admin=127.0.0.1:{port}"]) as server:
        status, _, said = top(f"http://127.0.0.1:{server.port}")
        tally.check(status == 1 and "ask the address of --admin" in said, "not the address for operators", said)
        tally.equal(top(f"http://127.0.0.1:{port}")[0], 0, "the address for operators")
    for wrong in (["nowhere"], ["--interval", "0"], ["a", "b"], ["--what"]):
        status, _, said = top(*wrong)
        tally.check(status in (1, 64) and said, f"top {wrong}", said)
    tally.finish()


if __name__ == "__main__":
    main()
