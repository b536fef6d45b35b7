# SPDX-License-Identifier: Apache-2.0
"""The Kinesis Client Library follows a table under load, through kill -9 of the server and of its own worker.

    follow.py [--kills 3] [--seed N]

The workers (Follower.java) are as in production: shards are leased, leases and checkpoints live in tables of the same server.
The library promises each record at least once: what came after the last checkpoint may come again. So each record that
comes again must be one of those, and must be the same; and without those each change is there once, in the order of its
item, and nothing besides (../../fault/marks.py).
"""

import argparse
import collections
import os
import random
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [TESTS, os.path.dirname(HERE)]
from clients.run import java
from fault.marks import TABLE, Writer, changes_count, create_table, difference, load
from lib.client import Client
from lib.server import Server
from lib.tally import Tally

LEASES = "KclLeases"
PATIENCE_SECONDS = 300  # whoever leads the workers is followed two minutes after it died
LOOK_SECONDS = 0.02
UNSAVED_SECONDS = 0.15
WRITE_PAUSE_SECONDS = 0.005


class Story:
    """What the workers were handed, in the order in which they said so."""

    def __init__(self):
        self.told = {}   # (shard, sequence number): key and mark
        self.last, self.saved = {}, collections.defaultdict(int)  # by shard: the latest record, the checkpoint
        self.begun = 0  # when a worker last told something after a checkpoint: two more batches come before the next one
        self.seen, self.ended, self.again, self.problems = collections.defaultdict(list), set(), 0, []

    def line(self, text):
        kind, *words = text.split()
        if kind == "record":
            self.record(words[0], int(words[1]), words[2], None if words[3] == "-" else words[3])
        elif kind == "saved" and words[0] in self.last:
            self.saved[words[0]] = self.last[words[0]]
        elif kind == "ended":
            self.ended.add(words[0])

    def record(self, shard, number, key, mark):
        if (shard, number) not in self.told:
            self.told[shard, number] = (key, mark)
            self.seen[key].append(mark)
        else:
            self.again += 1
            if self.told[shard, number] != (key, mark):
                self.problems.append(f"{shard} {number} was {self.told[shard, number]}, is {(key, mark)}")
            if number <= self.saved[shard]:
                self.problems.append(f"{shard} {number} comes again though {self.saved[shard]} was checkpointed")
        if self.last.get(shard, 0) <= self.saved[shard]:
            self.begun = time.monotonic()
        self.last[shard] = number

    def has_unsaved(self):
        return time.monotonic() - self.begun < UNSAVED_SECONDS


class Worker:
    def __init__(self, name, port, arn, story):
        self.story = story
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen([*java("kcl", "Follower"), f"http://127.0.0.1:{port}", arn, name], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log)
        self.ending = None
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            if line.startswith("end "):
                self.ending = line.strip()
            else:
                self.story.line(line)

    def kill(self):
        self.process.kill()
        self.over()

    def stop(self):
        """Gracefully; returns its last words."""
        self.process.stdin.close()
        self.over()
        return self.ending

    def over(self):
        self.process.wait(PATIENCE_SECONDS)
        self.reader.join()
        if self.process.returncode > 0:
            self.log.seek(0)
            print(self.log.read()[-3000:])
        self.log.close()


def wait_for(reached):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not reached() and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)


def compare(tally, what, writers, story):
    wait_for(lambda: len(story.told) >= changes_count(writers))
    wrong = difference(writers, story.seen)
    tally.equal([writer.complaint for writer in writers if writer.complaint], [], f"{what}: no writer has a complaint")
    tally.check(wrong is None, f"{what}: each change once, in order", wrong)
    tally.equal(story.problems[:5], [], f"{what}: only what was not checkpointed came again")


def leases(client):
    """{shard: checkpoint}, as the library keeps them."""
    return {
        item["leaseKey"]["S"]: item["checkpoint"]["S"]
        for item in client.items("Scan", {"TableName": LEASES, "ConsistentRead": True})
    }


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=3)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally, chance, story = Tally(), random.Random(options.seed), Story()
    server = Server("rocksdb", options=("--state-delay", "0", "--shard-life", "8")).start()
    client = Client(server.port)
    create_table(client)
    arn = client.must("DescribeTable", {"TableName": TABLE})["Table"]["LatestStreamArn"]
    writers = [Writer(n, server.port, options.seed, WRITE_PAUSE_SECONDS) for n in range(2)]
    worker = Worker("first", server.port, arn, story)
    load(writers, lambda: time.sleep(0.5))
    compare(tally, "the first load", writers, story)
    for kill in range(1, options.kills + 1):
        load(writers, lambda: (time.sleep(chance.uniform(0.5, 3)), server.kill()))
        server.start()
        for writer in writers:
            writer.look_again()
        compare(tally, f"kill {kill} of the server", writers, story)
    at_work = len(story.told) + 100
    load(writers, lambda: (wait_for(lambda: len(story.told) > at_work and story.has_unsaved()), worker.kill()))
    worker = Worker("second", server.port, arn, story)
    load(writers, lambda: time.sleep(1))
    compare(tally, "another worker after a kill of the first", writers, story)
    tally.equal(worker.stop(), "end true", "the worker ends gracefully")
    checkpoints = leases(Client(server.port))
    open_shards = [shard for shard in story.last if shard not in story.ended and shard in checkpoints]
    tally.equal(
        {shard: checkpoints[shard] for shard in open_shards},
        {shard: str(story.last[shard]) for shard in open_shards},
        "its checkpoint is the last record",
    )
    tally.check(story.again > 0, "something was delivered again after the worker was killed")
    tally.check(len(story.ended) >= 2, "shards ended, and their children were begun", story.ended)
    print(f"{changes_count(writers)} changes in {len(story.last)} shards, {story.again} delivered again")
    tally.equal(server.stop(), 0, "a clean stop")
    server.remove()
    tally.finish()


if __name__ == "__main__":
    main()
