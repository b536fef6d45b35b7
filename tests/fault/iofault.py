#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A disk that errs: the Nth call of a kind fails, once or from then on, for every N until a run comes through untouched.

    iofault.py [--trials 40] [--seed N] [--only WORD] [--record]      a sample, as `make test` does it
    iofault.py --sweep [--step 1] [--seed N] [--only WORD] [--record]  every fault and every step-th call

Each trial begins with a copy of one folder that was left by a kill: files to recover, to flush, to read. A server starts on it with the
fault armed, so N goes through start, load and stop. It may refuse to start or end itself, with a report; while it lives its
errors are those of the API, what it answers is right, and what it acknowledged is there: while it runs, and to the last byte after
a start without faults. After a failed sync that start is on a folder without all that was never synced. A fault that happens once must be over once it has happened: writes go on.
"""

import argparse
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from fault import tables
from fault.disk.medium import Fate, Medium
from fault.disk.tape import Tape, error_name
from fault.landlord import crew
from fault.load import GONE, SERVER_ERRORS, Load
from fault.verify import Found, check_folder, open_replays
from lib.client import ApiError, Client
from lib.ledger import record
from lib.server import Server
from lib.tally import Tally

# (call, error, mode): see disk/tape.h
LASTING = ("once", "a while", "for good")
FAULTS = [(call, error, mode) for call, errors, modes in (
    ("write", (errno.EIO, errno.ENOSPC), (*LASTING, "half")),
    ("write", (0,), ("short",)),
    ("sync", (errno.EIO, errno.ENOSPC), ("once", "for good")),
    ("open", (errno.EIO, errno.EMFILE), LASTING),
    ("name", (errno.EIO, errno.ENOSPC), LASTING),
    ("read", (errno.EIO,), LASTING),
    ("read", (0,), ("short",)),
    ("size", (errno.EIO, errno.ENOSPC), LASTING),
    ("range", (errno.EIO,), LASTING),
    ("close", (errno.EIO,), LASTING),
) for error in errors for mode in modes]
CALLS_MAX = 400  # of a kind in one trial
ANSWERS = 60
RESUME_SECONDS_MAX = 60
GROUND_SECONDS_MAX = 240  # request tokens in it count for ten minutes
RESUMED = {"pk": {"S": "resumed"}, "sk": {"N": "0"}}  # written when the fault is over, and removed
OPTIONS = ["--memory", "32M", "--state-delay", "0", "--throttle", "off", "--workers", "2"]


def name_of(fault, nth):
    call, error, mode = fault
    return f"{call} {nth}, {error_name(error) if error else 'no error'}, {mode}"


class Ground:
    """The folder that every trial begins with, and what it holds."""

    def __init__(self, seed):
        self.scratch = tempfile.mkdtemp(prefix="stator-ground-")
        self.data = os.path.join(self.scratch, "data")
        server = Server(data=self.data, options=OPTIONS).start()
        tables.create(Client(server.port))
        self.load = Load(server.port, crew(3), seed)
        for _ in range(2):
            self.load.start(server.port)
            self.load.write(150)
            server.kill()
            self.load.join()
            server.start()
            client = Client(server.port)
            found = Found(client, self.load.expected(), open_replays(client))
            if found.problems or self.load.complaints():
                raise RuntimeError(str(found.problems[:3] + self.load.complaints()[:3]))
            self.load.settle(found.items)
        self.load.start(server.port)  # what is left in the log
        self.load.write(100)
        server.kill()
        self.load.join()
        server.remove()
        self.made = time.monotonic()

    def is_stale(self):
        return time.monotonic() - self.made > GROUND_SECONDS_MAX

    def remove(self):
        shutil.rmtree(self.scratch)


class Trial:
    """One fault. `problems` are sentences."""

    def __init__(self, ground, fault, nth, seed):
        self.fault, self.nth, self.problems = fault, nth, []
        self.chance = random.Random(seed)
        self.scratch = tempfile.mkdtemp(prefix="stator-trial-")
        self.root = os.path.join(self.scratch, "disk")
        self.prepare(ground)
        self.sync = fault[0] == "sync"  # then only what is durable may count afterwards
        self.tape = Tape(self.root, noting=self.sync, sync_us=self.sync)
        self.medium = Medium()
        if self.sync:
            self.medium.load(self.root)
        self.server = Server(data=os.path.join(self.root, "data"), options=OPTIONS, environment=self.tape.environment())
        self.tripped = 0

    def prepare(self, ground):
        shutil.copytree(ground.data, os.path.join(self.root, "data"), ignore=shutil.ignore_patterns("control"))  # a socket that a kill left
        self.load = ground.load.fork(self.chance.random(), tolerant=True)

    def use(self):
        """What is done while calls may fail."""
        self.load.start(self.server.port)
        self.load.write(ANSWERS)
        self.load.join()
        self.problems += self.load.complaints()

    def usable(self, client):
        """When the fault is over, before anything is asked or compared."""

    def run(self):
        """True when the fault did not come about: N is more than there are calls."""
        call, error, mode = self.fault
        self.tape.fail(call, self.nth, error, mode)
        try:
            self.server.start()
        except RuntimeError as refused:
            if self.tape.heal() == 0 or self.server.alive():
                self.problems.append(str(refused))
            self.ended()
        else:
            self.under_load()
        self.tripped = self.tape.heal()
        if self.sync:
            self.lose_unsynced()
        self.without_faults()
        return self.tripped == 0

    def under_load(self):
        """Then the process is killed in the state it is in, or stops, or must take writes again once the fault is over."""
        self.use()
        end = self.chance.choice(("kill", "stop", "resume"))
        if self.server.alive() and end == "resume":
            if self.fault[2] == "for good":
                self.tape.heal()
            self.resumes()
        if self.server.alive() and end == "stop":
            try:
                self.server.stop()
            except RuntimeError as late:
                self.problems.append(str(late))
        if not self.server.alive():
            self.ended()
        else:
            self.server.kill()

    def usable_again(self, client, deadline):
        """What the fault kept from being made is made now."""
        while True:
            try:
                self.usable(client)
                return True
            except ApiError as refused:
                if refused.reply.error not in SERVER_ERRORS or time.monotonic() > deadline:
                    self.problems.append(f"writes do not go on: {refused}")
                    return False
                time.sleep(0.05)

    def resumes(self):
        """The fault is over, so writes are taken again."""
        client, deadline = Client(self.server.port), time.monotonic() + RESUME_SECONDS_MAX
        try:
            if not self.usable_again(client, deadline):
                return
            for operation, request in (("PutItem", {"Item": RESUMED}), ("DeleteItem", {"Key": RESUMED})):
                while (reply := client.call(operation, {"TableName": tables.MAIN, **request})).status != 200:
                    if reply.error not in SERVER_ERRORS or time.monotonic() > deadline:
                        self.problems.append(f"writes do not go on: {reply.status} {reply.body[:300]!r}")
                        return
                    time.sleep(0.05)
        except GONE as gone:
            try:
                self.server.process.wait(RESUME_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.problems.append(f"writes do not go on, nor does the server end: {gone}")

    def ended(self):
        """The process is gone: by its own will, and saying why."""
        status, log = self.server.process.wait(), self.server.log_text()
        if status in (0, 1) or (status == -signal.SIGABRT and "panic" in log):
            return
        self.problems.append(f"the server ended with {status}: {log[-2000:]}")

    def lose_unsynced(self):
        """A sync that failed may have thrown away what it was for: afterwards the folder is as a power cut leaves it."""
        for event in self.tape.events():
            self.medium.apply(event)
        shutil.rmtree(self.root)
        self.medium.make(self.root, Fate("lost", 0))

    def without_faults(self):
        """The same folder, and a disk that works."""
        self.server.environment = dict(os.environ)
        try:
            self.server.start()
            client = Client(self.server.port)
            self.usable(client)
            client.must("DeleteItem", {"TableName": tables.MAIN, "Key": RESUMED})  # if the last try ended half-way
            found = Found(client, self.load.expected(), open_replays(client))
            self.problems += found.problems[:5]
            if self.server.stop() != 0:
                self.problems.append("no clean stop")
            status, output = check_folder(self.server.data)
            if status != 0:
                self.problems.append(output[-1000:])
        except (RuntimeError, ApiError) as refused:
            self.problems.append(str(refused))

    def remove(self):
        if self.server.alive():
            self.server.kill()
        self.tape.close()
        self.server.remove()
        shutil.rmtree(self.scratch)


class FreshTrial(Trial):
    """Nothing is there yet: the folder is made, and the tables, while calls fail."""

    def prepare(self, ground):
        os.mkdir(self.root)
        self.load = Load(0, [], 0)

    def use(self):
        try:
            tables.create(Client(self.server.port))
        except ApiError as refused:
            if refused.reply.error not in SERVER_ERRORS:
                self.problems.append(str(refused))
        except GONE:
            pass

    def usable(self, client):
        tables.create(client)


class Suite:
    def __init__(self, seed, only):
        self.tally, self.chance, self.seed = Tally(), random.Random(seed), seed
        self.faults = [(kind, fault) for kind in (Trial, FreshTrial) for fault in FAULTS if only in name_of(fault, 0)]
        self.ground = Ground(seed)
        self.trials = self.tripped = 0

    def trial(self, kind, fault, nth):
        """True when the fault did not come about."""
        if self.ground.is_stale():
            self.ground.remove()
            self.ground = Ground(self.seed)
        what = f"{'no folder yet, ' * (kind is FreshTrial)}{name_of(fault, nth)}"
        trial = kind(self.ground, fault, nth, f"{self.seed} {what}")
        untouched = trial.run()
        self.trials += 1
        self.tripped += not untouched
        self.tally.check(not trial.problems, what, "\n".join(trial.problems))
        if not trial.problems:
            trial.remove()
        return untouched

    def sample(self, count):
        for number in range(count):
            kind, fault = self.chance.choice(self.faults)
            self.trial(kind, fault, int(CALLS_MAX ** self.chance.random()))

    def sweep(self, step):
        for kind, fault in self.faults:
            for nth in range(1, CALLS_MAX, step):
                if self.trial(kind, fault, nth):
                    break
            print(f"{kind.__name__} {name_of(fault, nth)}: {self.trials} trials, {self.tally.failed} failed", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--trials", type=int, default=40)
    options.add_argument("--sweep", action="store_true")
    options.add_argument("--step", type=int, default=1)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options.add_argument("--only", default="", help="faults whose names have this in them")
    options.add_argument("--record", action="store_true", help="note the run in docs/ledger.jsonl")
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    started, suite = time.monotonic(), Suite(options.seed, options.only)
    if options.sweep:
        suite.sweep(options.step)
    else:
        suite.sample(options.trials)
    suite.ground.remove()
    print(f"{suite.trials} trials, in {suite.tripped} of them something failed")
    if options.record:
        record("io", {"trials": suite.trials, "faults": suite.tripped, "violations": suite.tally.failed},
               time.monotonic() - started, seeds=options.seed)
    suite.tally.finish()


if __name__ == "__main__":
    main()
