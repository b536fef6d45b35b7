# SPDX-License-Identifier: Apache-2.0
"""Memory stays within --memory, whatever the mix: large bodies, large items, pages and batches from many clients at once, bodies of 16 MB
that come slowly by the hundred, and replies that nobody reads.

    memory.py [--memory-mb 192] [--rounds 6] [--uploads 100] [--readers 100]

What is measured is the largest resident size the process ever had (VmHWM). On top of --memory the program itself, its libraries,
threads' and fibers' stacks are allowed.
"""

import argparse
import json
import os
import socket
import sys
import threading

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from lib.client import AUTHORIZATION, CONTENT_TYPE, DATE, Client
from lib.server import Server
from lib.tally import Tally

TABLE = "Memory"
ITEM_BYTES = 390_000
BESIDES_MB = 64
UPLOAD_BYTES, UPLOAD_STEP = 16_700_000, 1 << 20
BUSY = ("ThrottlingException", "InternalServerError")


def item(key, size):
    return {"pk": {"S": key}, "pad": {"S": "x" * (size - 20)}}


def put_batches(client, name, rounds):
    for round_ in range(rounds):
        requests = [{"PutRequest": {"Item": item(f"{name}-{i}", ITEM_BYTES)}} for i in range(25)]
        yield client.call("BatchWriteItem", {"RequestItems": {TABLE: requests}})


def updates(client, name, rounds):
    for _ in range(rounds * 5):
        yield client.call("UpdateItem", {"TableName": TABLE, "Key": {"pk": {"S": f"{name}-0"}}, "UpdateExpression": "ADD n :one",
                                         "ExpressionAttributeValues": {":one": {"N": "1"}}, "ReturnValues": "ALL_NEW"})


def scans(client, name, rounds):
    for _ in range(rounds * 3):
        yield client.call("Scan", {"TableName": TABLE})


def batch_gets(client, name, rounds):
    keys = [{"pk": {"S": f"put-{i % 4}-{i}"}} for i in range(25)]
    for _ in range(rounds):
        yield client.call("BatchGetItem", {"RequestItems": {TABLE: {"Keys": keys}}})


def useless_bodies(client, name, rounds):
    body = {"TableName": TABLE, "Item": {"pk": {"S": name}, "l": {"L": [{"N": "1"}] * 1_000_000}}}
    text = json.dumps(body).encode()
    for _ in range(rounds):
        yield client.call("PutItem", text)


def run(work, port, name, rounds, tally):
    client = Client(port)
    for reply in work(client, name, rounds):
        known = reply.status in (200, 503) or reply.error in BUSY or reply.error == "ValidationException"
        tally.check(known, f"{name}: an answer or a refusal for want of room", f"{reply.status} {reply.body[:300]!r}")


def head(operation, length):
    return (f"POST / HTTP/1.1\r\nHost: h\r\nContent-Type: {CONTENT_TYPE}\r\nX-Amz-Target: DynamoDB_20120810.{operation}\r\nX-Amz-Date: {DATE}\r\n"
            f"Authorization: {AUTHORIZATION}\r\nContent-Length: {length}\r\n\r\n").encode()


def answer(one):
    """Status of the reply; None when the server ended the connection without one."""
    try:
        text = one.recv(65536)
    except OSError:
        return None
    return int(text.split()[1]) if text.startswith(b"HTTP/1.1 ") else None


class Uploads(threading.Thread):
    """Bodies of nearly 16 MB, all under way at once, a piece of each in turn; then every one is ended and its answer read."""

    def __init__(self, port, count):
        super().__init__()
        self.port, self.count, self.answers = port, count, []

    def run(self):
        pieces = [b'{"TableName":"%s","Item":{"pk":{"S":"upload"},"pad":{"S":"' % TABLE.encode()]
        pieces += [b"x" * UPLOAD_STEP] * (UPLOAD_BYTES // UPLOAD_STEP)
        pieces.append(b'"}}}')
        clients = [socket.create_connection(("127.0.0.1", self.port), timeout=60) for _ in range(self.count)]
        for one in clients:
            one.sendall(head("PutItem", sum(map(len, pieces))))
        refused = set()
        for piece in pieces:
            for one in clients:
                try:
                    if one not in refused:
                        one.sendall(piece)
                except OSError:  # refused meanwhile; its answer lies in the socket
                    refused.add(one)
        for one in clients:
            self.answers.append(answer(one))
            one.close()


def unread(port, count):
    """Connections that ask for a page of a megabyte and do not read it."""
    body = json.dumps({"TableName": TABLE}).encode()
    clients = []
    for _ in range(count):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.connect(("127.0.0.1", port))
        one.sendall(head("Scan", len(body)) + body)
        clients.append(one)
    return clients


def peak_mb(pid):
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    raise RuntimeError("no VmHWM")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--memory-mb", type=int, default=192)
    options.add_argument("--rounds", type=int, default=4)
    options.add_argument("--uploads", type=int, default=100)
    options.add_argument("--readers", type=int, default=100)
    options = options.parse_args()

    tally = Tally()
    server = Server("rocksdb", options=["--memory", f"{options.memory_mb}M"]).start()
    client = Client(server.port)
    reply = client.call("CreateTable", {
        "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]})
    tally.equal(reply.status, 200, "the table")
    while client.call("DescribeTable", {"TableName": TABLE}).json["Table"]["TableStatus"] != "ACTIVE":
        pass
    crowd = [(put_batches, "put", 4), (updates, "update", 6), (scans, "scan", 12), (batch_gets, "get", 6),
             (useless_bodies, "useless", 4)]
    threads = [threading.Thread(target=run, args=(work, server.port, f"{name}-{i}", options.rounds, tally))
               for work, name, count in crowd for i in range(count)]
    uploads = Uploads(server.port, options.uploads)
    threads.append(uploads)
    readers = []
    for thread in threads:
        thread.start()
        readers += unread(server.port, options.readers // len(threads))
    for thread in threads:
        thread.join()
    for one in readers:
        one.close()
    told = {status: uploads.answers.count(status) for status in set(uploads.answers)}
    print(f"{options.uploads} bodies of 16 MB under way at once were answered {told}")
    tally.check(set(told) <= {400, 503, None}, "a body of 16 MB is read and refused, or refused for want of room", told)
    tally.check(told.get(None, 0) <= options.uploads // 10, "who sends a large body hears why it is refused", told)
    peak = peak_mb(server.process.pid)
    print(f"peak {peak} MB with --memory {options.memory_mb}M")
    tally.check(peak <= options.memory_mb + BESIDES_MB, "the process stayed within its memory", f"peak {peak} MB")
    tally.equal(server.stop(), 0, "a clean stop")
    server.remove()
    tally.finish()


if __name__ == "__main__":
    main()
