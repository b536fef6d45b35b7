#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the server does at its bounds, where no clock decides: connections, descriptors, overload. For `make test`.

    bounds.py [--build build]
"""

import argparse
import contextlib
import socket
import sys

import lab as labs
from lib.client import Client
from lib.tally import Tally

CONNECTIONS = 200
LOW_LIMIT = 400  # of open files: half of it may be connections
REQUEST = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"


def dial(port):
    one = socket.create_connection(("127.0.0.1", port), timeout=30)
    return one


def ask(one):
    """The status line of the reply; b"" when the connection was closed without one."""
    try:
        one.sendall(REQUEST)
    except OSError:
        pass  # closed already: what it said is still there
    reply = b""
    with contextlib.suppress(ConnectionResetError):
        while b"\r\n\r\n" not in reply:
            some = one.recv(4096)
            if not some:
                break
            reply += some
    return reply.split(b"\r\n")[0]


def crowd(port, count):
    return [dial(port) for _ in range(count)]


def beyond_connections(lab, tally):
    """As many as --connections says are served; those beyond are told 503; when some leave, others are let in."""
    server = lab.start(tables=(), memory="256M", options=["--connections", str(CONNECTIONS)])
    inside = crowd(server.port, CONNECTIONS)
    tally.check(all(ask(one).endswith(b"200 OK") for one in inside), f"{CONNECTIONS} connections are served")
    beyond = crowd(server.port, 20)
    tally.check(all(b" 503 " in ask(one) for one in beyond), "connections beyond the limit are told 503")
    for one in beyond + inside[:20]:
        one.close()
    later = []
    while len(later) < 20:  # the server notices the ends when it notices
        one = dial(server.port)
        if ask(one).endswith(b"200 OK"):
            later.append(one)
        else:
            one.close()
    tally.ok()
    for one in inside[20:] + later:
        one.close()
    lab.stop()


def descriptors_left(lab, tally):
    """With a low limit of open files fewer connections are let in, so that the engine can still open its own."""
    server = lab.start(tables=(), memory="64M", limits=LOW_LIMIT)
    client = Client(server.port)
    client.must("CreateTable", {
        "TableName": "bench", "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]})
    while client.must("DescribeTable", {"TableName": "bench"})["Table"]["TableStatus"] != "ACTIVE":
        pass
    inside = crowd(server.port, LOW_LIMIT)  # what the kernel takes but the server does not is closed with a 503
    answers = [ask(one) for one in inside]
    served = sum(answer.endswith(b"200 OK") for answer in answers)
    tally.check(LOW_LIMIT // 2 - 20 <= served <= LOW_LIMIT // 2, "as many are served as the limit leaves room for", f"{served}")
    pad = "x" * 300_000
    for i in range(150):  # several flushes and compactions of a small memory
        client.must("PutItem", {"TableName": "bench", "Item": {"pk": {"S": f"{i}"}, "pad": {"S": pad}}})
    tally.ok()
    for one in inside:
        one.close()
    lab.stop()
    log = server.log.read_text()  # whole only when the server has stopped: a thread of its own writes it
    tally.check(f"taken={LOW_LIMIT // 2}" in log and "ulimit -n" in log, "the server says that the limit of open files is low", log[:500])


def overload_is_answered(lab, tally):
    """Every request of an overload has its answer, good or a refusal, and what was held is given back after it."""
    server = lab.start(memory="256M")
    open_before = server.metric("stator_http_connections")
    for workload, connections in (("batch-write", 400), ("query-large", 300), ("get", 400)):
        figures = labs.rig.load_end(lab.load_start(workload, connections=connections, refusals=True, seconds=1.5, warmup=0.2))
        tally.check("failed" not in figures, f"{workload}: replies are good or refusals", figures)
        tally.check(figures.get("requests", 0) > 0, f"{workload}: some are served", figures)
    while server.metric("stator_http_connections") > open_before:
        pass
    tally.ok()
    tally.equal(server.metric("stator_requests_reserved_bytes"), 0, "no memory stays reserved")
    tally.check((server.status("VmHWM") >> 20) <= 256 + 64, "the process stayed within its memory", f"{server.status('VmHWM') >> 20} MB")
    lab.stop()


def readers_hold_nobody_back(lab, tally):
    """Clients that ask for megabytes and do not read them, and others that ask for an item: all of these are answered."""
    lab.start(memory="256M")
    slow = lab.slow_start("reader", 500, 5)
    figures = labs.rig.load_end(lab.load_start("mixed", connections=20, rate=200, refusals=True, seconds=3, warmup=0.5))
    tally.check("failed" not in figures and figures["unsent"] == 0 and figures["requests"] >= 0.95 * figures["offered"] - 20,
                "small requests are answered beside unread replies", figures)
    labs.slow_end(slow)
    lab.stop()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--build", default="build")
    options = options.parse_args()
    tally = Tally()
    for scene in (beyond_connections, descriptors_left, overload_is_answered, readers_hold_nobody_back):
        with labs.Lab(options.build, f"bounds-{scene.__name__}", keys=5000) as lab:
            scene(lab, tally)
    tally.finish()


if __name__ == "__main__":
    main()
