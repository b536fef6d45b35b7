#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Hours of everything at once at a moderate rate, and nothing may grow.

    soak.py --hours 2 [--record]     the long form: judges the slopes of memory, descriptors, threads and p99 over the last three quarters
    soak.py --seconds 60             the short form of `make test`: judges only what no clock decides

Beside a mixed load (a generator a slice, so its connections are new each time) there are tables made, indexed, streamed and dropped, items
that expire, transactions, connections that come and go, slow clients, and clients that are stopped and continued like a laptop that sleeps.
A sample a slice goes to BUILD/load/soak.csv. At the end, when all clients are gone, what they held must be given back.
"""

import argparse
import contextlib
import csv
import os
import pathlib
import random
import signal
import socket
import sys
import threading
import time

import lab as labs
from lib import ledger
from lib.client import AUTHORIZATION, CONTENT_TYPE, DATE, Client
from lib.tally import Tally

MEMORY_MB, BESIDES_MB = 256, 64
RATES = {"mixed": 400, "update-hot": 50, "batch-write": 4, "transact-write": 1, "query-large": 4, "scan": 1}
MEASURED, RATE_SHARE, RATE_MAX = "mixed", 1 / 20, 2000  # of the peak; the others in proportion
GROWTH = {"rss_bytes": 0.05, "p99_us": 0.20}  # from the start of the judged time to its end, by the line through the samples
GROWTH_COUNT = {"descriptors": 64, "threads": 0}  # table files come and go
EMPTY_SECONDS_MAX = 90
SLOW_CLIENTS = 20


# ---- what goes on beside the loads ----

class Churn(threading.Thread):
    """One kind of coming and going, again and again until it is told to stop. What it could not do is kept."""

    def __init__(self, server, turn, seed):
        super().__init__(name=turn.__name__, daemon=True)
        self.server, self.turn, self.random = server, turn, random.Random(f"{seed}/{turn.__name__}")
        self.stopping, self.turns, self.fault = threading.Event(), 0, None

    def run(self):
        client = Client(self.server.port)
        try:
            while not self.stopping.wait(self.random.uniform(0.05, 0.5)):
                self.turn(self, client)
                self.turns += 1
        except Exception as fault:  # whatever it is, it is told at the end
            self.fault = f"{self.name}: {type(fault).__name__}: {fault}"
        finally:
            client.close()

    def must(self, client, operation, request):
        """Asks until there is room for it."""
        while True:
            reply = client.call(operation, request)
            if reply.status == 200:
                return reply.json
            if reply.status != 503 and reply.error != "ThrottlingException":
                raise RuntimeError(f"{operation}: {reply.status} {reply.body[:300]!r}")
            time.sleep(0.05)

    def wait_active(self, client, name):
        while True:
            table = self.must(client, "DescribeTable", {"TableName": name})["Table"]
            if {table["TableStatus"], *(index["IndexStatus"] for index in table.get("GlobalSecondaryIndexes", []))} == {"ACTIVE"}:
                return table
            time.sleep(0.02)


def tables(churn, client):
    """A table from its making to its end, with a stream, an index that is filled, and items that are due."""
    name = f"churn-{churn.random.randrange(10**9)}"
    churn.must(client, "CreateTable", {
        "TableName": name, "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}})
    table = churn.wait_active(client, name)
    for i in range(40):
        churn.must(client, "PutItem", {"TableName": name, "Item": {
            "pk": {"S": f"item {i}"}, "g": {"S": f"group {i % 7}"}, "due": {"N": str(int(time.time()) - i % 2 * 60)}}})
    churn.must(client, "UpdateTable", {
        "TableName": name, "AttributeDefinitions": [{"AttributeName": n, "AttributeType": "S"} for n in ("pk", "g")],
        "GlobalSecondaryIndexUpdates": [{"Create": {
            "IndexName": "by-g", "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}}]})
    churn.wait_active(client, name)
    churn.must(client, "UpdateTimeToLive", {
        "TableName": name, "TimeToLiveSpecification": {"AttributeName": "due", "Enabled": True}})
    stream_read(churn, client, table["LatestStreamArn"])
    churn.must(client, "DeleteTable", {"TableName": name})


def stream_read(churn, client, arn):
    shards = churn.must(client, "DescribeStream", {"StreamArn": arn})["StreamDescription"]["Shards"]
    for shard in shards:
        place = churn.must(client, "GetShardIterator", {"StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"})
        churn.must(client, "GetRecords", {"ShardIterator": place["ShardIterator"]})


def transactions(churn, client):
    """Two items of the hot table, sometimes against each other's."""
    keys = churn.random.sample(range(6), 2)
    reply = client.call("TransactWriteItems", {"TransactItems": [
        {"Update": {"TableName": "bench", "Key": {"pk": {"S": f"account {key}"}}, "UpdateExpression": "ADD n :one",
                    "ExpressionAttributeValues": {":one": {"N": "1"}}}} for key in keys]})
    if reply.status not in (200, 503) and reply.error not in ("TransactionCanceledException", "ThrottlingException"):
        raise RuntimeError(f"TransactWriteItems: {reply.status} {reply.body[:300]!r}")


def connections(churn, client):
    """Connections that are opened and left in every state: silent, within a head, within a body, before the reply."""
    head = (f"POST / HTTP/1.1\r\nHost: h\r\nContent-Type: {CONTENT_TYPE}\r\nX-Amz-Target: DynamoDB_20120810.Scan\r\nX-Amz-Date: {DATE}\r\n"
            f"Authorization: {AUTHORIZATION}\r\nContent-Length: 21\r\n\r\n{{\"TableName\":\"bench\"}}")
    for _ in range(10):
        with socket.create_connection(("127.0.0.1", churn.server.port)) as one:
            one.sendall(head[:churn.random.randrange(len(head) + 1)].encode())


CHURNS = (tables, transactions, connections)


@contextlib.contextmanager
def paused(lab, seconds):
    """A generator that is stopped for most of the time: its requests are answered into nowhere."""
    process = lab.load_start("query", connections=20, rate=100, refusals=True, seconds=max(seconds - 3, 1), warmup=0.2)
    until = time.monotonic() + seconds - 2

    def pause():
        while time.monotonic() < until and process.poll() is None:
            process.send_signal(signal.SIGSTOP)
            time.sleep(0.7)
            process.send_signal(signal.SIGCONT)
            time.sleep(0.3)

    thread = threading.Thread(target=pause)
    thread.start()
    try:
        yield
    finally:
        thread.join()
        process.communicate()


# ---- samples ----

def disk_bytes(folder):
    total = 0
    for path in pathlib.Path(folder).rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def sockets(pid):
    count = 0
    for entry in os.listdir(f"/proc/{pid}/fd"):
        with contextlib.suppress(FileNotFoundError):
            count += os.readlink(f"/proc/{pid}/fd/{entry}").startswith("socket:")
    return count


def rates(lab):
    """As in RATES on a slow machine, more on a faster one."""
    factor = max(1.0, min(lab.peak(MEASURED)["requests_per_s"] * RATE_SHARE, RATE_MAX) / RATES[MEASURED])
    return {name: rate * factor for name, rate in RATES.items()}


def one_slice(lab, rates_now, seconds, turn):
    """The loads for one slice; a sample of what the server holds in its last moment."""
    loads = {name: lab.load_start(name, connections=int(max(4, min(rate, 40))), rate=rate, refusals=True, seconds=seconds - 1.5, warmup=0.5,
                                  seed=turn + 1) for name, rate in rates_now.items()}
    with paused(lab, seconds):
        time.sleep(seconds - 2)
        server = lab.server
        sample = {"at_s": 0, "rss_bytes": server.status("VmRSS"), "descriptors": server.descriptors(), "threads": server.status("Threads"),
                  "disk_bytes": disk_bytes(lab.folder / "data"), "reserved_bytes": server.metric("stator_requests_reserved_bytes"),
                  "http_bytes": server.metric("stator_http_memory_bytes"), "connections": server.metric("stator_http_connections")}
        figures = {name: labs.rig.load_end(process) for name, process in loads.items()}
    faults = [f"{name}: {found['failed']}" for name, found in figures.items() if "failed" in found]
    measured = figures[MEASURED]
    sample |= {"p50_us": measured.get("p50_us", 0), "p99_us": measured.get("p99_us", 0),
               "requests": sum(found.get("requests", 0) for found in figures.values()),
               "refused": sum(found.get("refused", 0) for found in figures.values())}
    return sample, faults


def fitted_growth(values):
    """From the beginning to the end of the line that fits best."""
    n = len(values)
    middle, mean = (n - 1) / 2, sum(values) / n
    slope = sum((i - middle) * (value - mean) for i, value in enumerate(values)) / sum((i - middle) ** 2 for i in range(n))
    return slope * (n - 1)


def judge_slopes(tally, samples):
    judged = samples[len(samples) // 4:]
    for field, bound in GROWTH.items():
        values = [sample[field] for sample in judged]
        growth = fitted_growth(values) / (sum(values) / len(values))
        print(f"{field}: {growth:+.1%} over {len(values)} samples (at most {bound:.0%})", flush=True)
        tally.check(growth <= bound, f"{field} stays flat", f"{growth:+.1%}")
    for field, bound in GROWTH_COUNT.items():
        growth = fitted_growth([sample[field] for sample in judged])
        print(f"{field}: {growth:+.1f} (at most {bound})", flush=True)
        tally.check(growth <= bound + 0.5, f"{field} stay flat", f"{growth:+.1f}")


def empty_again(tally, server, before):
    """All clients are gone: so must be what was held for them. Waits for the server to notice, which takes no longer than its timeouts."""
    until = time.monotonic() + EMPTY_SECONDS_MAX
    while time.monotonic() < until:
        open_sockets, reserved = sockets(server.pid), server.metric("stator_requests_reserved_bytes")
        if open_sockets <= before and reserved == 0:
            break
        time.sleep(0.2)
    tally.check(open_sockets <= before, "all connections are closed", f"{open_sockets} sockets, {before} at the start")
    tally.equal(reserved, 0, "all memory of requests is given back")


def soak(lab, tally, seconds, slice_s, path):
    server, samples, rates_now = lab.server, [], rates(lab)
    before, started = sockets(server.pid), time.monotonic()
    churns = [Churn(server, turn, 1) for turn in CHURNS]
    slow = [lab.slow_start(kind, SLOW_CLIENTS, seconds) for kind in ("head", "body", "reader")]
    for churn in churns:
        churn.start()
    with open(path, "w", newline="") as out:
        while time.monotonic() - started < seconds:
            sample, faults = one_slice(lab, rates_now, slice_s, len(samples))
            sample["at_s"] = round(time.monotonic() - started)
            for fault in faults:
                tally.fail("a load was answered wrongly", fault)
            if not samples:
                writer = csv.DictWriter(out, sample.keys())
                writer.writeheader()
            writer.writerow(sample)
            out.flush()
            samples.append(sample)
            print(f"{sample['at_s']:6} s  {sample['rss_bytes'] >> 20} MB  {sample['descriptors']} descriptors  {sample['threads']} threads  "
                  f"p99 {sample['p99_us'] / 1e3:.1f} ms  {sample['requests']} answered  {sample['refused']} refused", flush=True)
    for churn in churns:
        churn.stopping.set()
    for churn in churns:
        churn.join()
        tally.check(churn.fault is None and churn.turns > 0, f"{churn.name} came and went {churn.turns} times", churn.fault)
    slow_told(tally, slow, seconds)
    empty_again(tally, server, before)
    tally.equal(samples[-1]["threads"], samples[0]["threads"], "no threads are made on the way")
    return samples, {churn.name: churn.turns for churn in churns}


def slow_told(tally, processes, seconds):
    """Whoever dawdled was answered 408 or, as a reader, for want of room; nobody was cut off without a word for no reason."""
    for kind, process in zip(("head", "body", "reader"), processes):
        found = labs.slow_end(process)
        if kind == "reader":
            continue
        tally.check(set(found["by_status"]) <= {"408"}, f"slow {kind}s are answered 408", found)
        tally.check(seconds < 45 or found["ended"] >= SLOW_CLIENTS, f"slow {kind}s are let go", found)


def arguments():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--build", default="build")
    options.add_argument("--hours", type=float, default=0)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--slice-s", type=float, help="length of a slice (60; in the short form 15)")
    options.add_argument("--record", action="store_true")
    options = options.parse_args()
    options.long = options.hours > 0
    options.seconds = options.hours * 3600 or options.seconds
    options.slice_s = options.slice_s or (60 if options.long else 15)
    return options


def main():
    options, tally, started = arguments(), Tally(), time.monotonic()
    with labs.Lab(options.build, "soak", keys=20_000) as lab:
        lab.start(memory=f"{MEMORY_MB}M", options=["--idle-s", "20"])
        lab.seconds = 2
        samples, turns = soak(lab, tally, options.seconds, options.slice_s, lab.folder.parent / "soak.csv")
        peak_mb = lab.server.status("VmHWM") >> 20
        tally.check(peak_mb <= MEMORY_MB + BESIDES_MB, "the process stayed within its memory", f"peak {peak_mb} MB")
        if options.long:
            judge_slopes(tally, samples)
        lab.server.stop()
        tally.equal(lab.server.process.returncode, 0, "a clean stop")
    if options.record:
        ledger.record("soak", {"requests": sum(s["requests"] for s in samples), "refused": sum(s["refused"] for s in samples),
                               "tables_made_and_dropped": turns["tables"], "samples": len(samples), "violations": tally.failed},
                      time.monotonic() - started)
    tally.finish()


if __name__ == "__main__":
    main()
