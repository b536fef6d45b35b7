#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""kill -9 under a mixed load, start again, look: nothing acknowledged is lost, nothing is half there, every index, count and
stream is exact. Half of the kills come from outside, at a random moment; half at a call of the server's (disk/preload.c): before a
write, in the middle of one, before a sync, a change of names.

    kill9.py [--kills 5] [--writers 6] [--seed N] [--record]

What the server may hold is known in this process alone (load.py, expected.py), to the byte. Every start has other options.
Killing a process loses nothing that it gave to the kernel, so this finds mistakes of recovery and of acknowledging too early
within the process; lost syncs are found by powercut.py.
"""

import argparse
import os
import random
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from fault import tables
from fault.disk.tape import Tape
from fault.landlord import crew
from fault.load import Load
from fault.verify import Found, check_folder, open_replays
from lib.client import Client
from lib.ledger import record
from lib.server import Server
from lib.tally import Tally

LIVES = 100  # kills that one folder sees; then a new one begins, so that it does not only grow


def random_options(chance):
    """Of a server; all of them keep what was acknowledged through a kill."""
    return ["--workers", str(chance.randint(1, 4)), "--io-threads", str(chance.choice((1, 2, 8))),
            "--memory", chance.choice(("32M", "64M", "256M")), "--durability", chance.choice(("sync", "sync", "os")),
            "--state-delay", chance.choice(("0", "0", "20")), "--throttle", chance.choice(("off", "provisioned")),
            "--shard-life", chance.choice(("1", "2", "14400"))]


class Folder:
    """One data folder through many kills."""

    def __init__(self, tally, seed, writers):
        self.tally, self.seed, self.chance = tally, seed, random.Random(seed)
        self.server = Server("rocksdb", options=random_options(self.chance))
        self.tape = Tape(self.server.scratch, noting=False)
        self.server.environment.update(self.tape.environment())
        self.server.start()
        client = Client(self.server.port)
        tables.create(client)
        self.replays = open_replays(client)
        self.load = Load(self.server.port, crew(writers), seed)

    def kill(self, what):
        """Load, kill, start, look."""
        if self.chance.random() < 0.5:
            self.arm()
        self.load.start(self.server.port)
        self.load.write(int(self.chance.choice((1, 50, 1000)) * self.chance.random()) + 1)
        self.server.kill()
        self.load.join()
        self.tape.heal()
        self.tally.equal(self.load.complaints()[:3], [], f"{what}: no wrong answer")
        if self.chance.random() < 0.2:
            self.killed_at_start(what)
        self.server.options = random_options(self.chance)
        self.server.start()
        self.look(what)

    def arm(self):
        """The kill comes at some call of the server's, and not from outside: before it, or when half of a write is done."""
        call = self.chance.choice(("write", "write", "sync", "name", "open", "size", "close"))
        mode = "half, kill" if call == "write" and self.chance.random() < 0.5 else "kill"
        self.tape.fail(call, int(100 ** self.chance.random()), 0, mode)

    def killed_at_start(self, what):
        """Recovery is interrupted as well."""
        self.arm()
        try:
            self.server.start()
        except RuntimeError:
            pass  # killed
        self.server.kill()
        self.tally.check(self.server.process.returncode == -signal.SIGKILL, f"{what}: recovery goes on until it is killed",
                         self.server.log_text()[-2000:])
        self.tape.heal()

    def look(self, what):
        found = Found(Client(self.server.port), self.load.expected(), self.replays)
        self.tally.equal(found.problems[:5], [], f"{what}: all is as it was acknowledged")
        self.load.settle(found.items)

    def end(self, what):
        self.tally.equal(self.server.stop(), 0, f"{what}: a clean stop")
        status, output = check_folder(self.server.data)
        self.tally.check(status == 0, f"{what}: the folder is sound", output[-2000:])
        self.tape.close()
        self.server.remove()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=5)
    options.add_argument("--writers", type=int, default=6)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6), help="of the first folder; the next has the next")
    options.add_argument("--record", action="store_true", help="note the run in docs/ledger.jsonl")
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally, answers, started = Tally(), 0, time.monotonic()
    for number, first in enumerate(range(0, options.kills, LIVES)):
        seed = options.seed + number
        folder = Folder(tally, seed, options.writers)
        kills = min(LIVES, options.kills - first)
        for kill in range(1, kills + 1):
            folder.kill(f"seed {seed} kill {kill}")
        folder.end(f"seed {seed}")
        answers += folder.load.answers
        print(f"seed {seed}: {first + kills} kills, {answers} acknowledged writes, {tally.failed} failed", flush=True)
    tally.check(answers > 10 * options.kills, "the load was worth its name", answers)
    if options.record:
        record("kill9", {"kills": options.kills, "operations": answers, "violations": tally.failed},
               time.monotonic() - started, seeds=f"{options.seed}-{seed}")
    tally.finish()


if __name__ == "__main__":
    main()
