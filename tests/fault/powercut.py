#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The power goes, thousands of times, out of one recording: the server as it is, under the mixed load, with a library in front of
the system that notes every change of its files and the moment at which each reply left (disk/preload.c).

    powercut.py [--cuts 20] [--writes 600] [--seed N] [--record] [--forget sync|folder] [--durability os]

From the recording the folder is made as it would be found had the power gone at some moment: right before or behind a sync,
right behind a reply or a change of names, or anywhere. What was not synced is gone, there, or torn in pieces (disk/medium.py). A
server starts on it and must hold exactly what had been acknowledged by then, whole transactions, exact indexes, counts and
streams, and nothing that was never written; then `stator check` must find nothing.

Now and then the start itself is recorded and cut, for a second power cut during recovery.

--forget and --durability os are there to see this fail: the one lets syncs, or those of folders, do nothing in the model; with the
other the server itself does not sync.
"""

import argparse
import collections
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from fault import tables
from fault.disk import tape as events
from fault.disk.medium import FATES, Fate, Medium
from fault.disk.tape import Tape
from fault.landlord import crew
from fault.load import Load
from fault.verify import Found, check_folder, open_replays
from lib.client import ApiError, Client
from lib.ledger import record
from lib.server import Server
from lib.tally import Tally

DEAF = {"sync": (events.SYNC,), "folder": (events.SETTLE,)}
CUTS_OF_RECORDING = 100  # then a new one is made
AGAIN = 0.1  # share of cuts whose recovery is cut as well
SHOWN_MAX = 10


class Recording:
    """A server under load, twice started, and what it told the disk."""

    def __init__(self, seed, writes, durability, writers=5):
        self.scratch = tempfile.mkdtemp(prefix="stator-power-")
        self.root = os.path.join(self.scratch, "disk")
        os.mkdir(self.root)
        chance = random.Random(seed)
        self.tape = Tape(self.root, sync_us=chance.choice((0, 1, 3000)))
        self.server = Server(data=os.path.join(self.root, "data"), environment=self.tape.environment(),
                             options=["--memory", chance.choice(("32M", "64M")), "--durability", durability, "--state-delay", "0",
                                      "--shard-life", chance.choice(("1", "14400")), "--throttle", "off"])
        self.server.start()
        self.ready = self.tape.position  # whatever is cut before may have no tables yet
        tables.create(Client(self.server.port))
        self.made = self.tape.position
        self.load = Load(self.server.port, crew(writers), seed, clock=lambda: self.tape.position)
        for half in range(2):
            if half:
                self.server.start()
            self.run_load(writes // 2)
            if self.server.stop() != 0:
                raise RuntimeError(f"the server did not stop well: {self.server.log_text()[-2000:]}")
        self.events = list(self.tape.events())
        self.sent = {event.data.decode(): event.position for event in self.events if event.kind == events.SENT}
        missing = [one for writer in self.load.writers for one in writer.history if one.request_id not in self.sent]
        self.problems = self.load.complaints() + [f"{len(missing)} replies are not on the tape"] * bool(missing)
        self.problems += self.differences()

    def differences(self):
        """Where the model, told everything, has another folder than the one that is really there: then it knows nothing."""
        medium, told = Medium(), os.path.join(self.scratch, "told")
        for event in self.events:
            medium.apply(event)
        medium.make(told, Fate("kept", 0))
        compared = subprocess.run(["diff", "--recursive", "--brief", self.root, told], capture_output=True, text=True)
        return compared.stdout.splitlines()

    def run_load(self, writes):
        self.load.start(self.server.port)
        self.load.write(writes)
        self.load.join()

    def moments(self, count, chance):
        """Positions to cut at, ascending: right before and behind syncs, right behind replies and changes of names, anywhere."""
        places = collections.defaultdict(list)
        for event in self.events:
            places[event.kind].append(event.position + 1)
            if event.kind in (events.SYNC, events.SETTLE):
                places[event.kind].append(event.position)
        kinds = [kind for kind in (events.SYNC, events.SENT, events.SETTLE, events.RENAME, events.CREATE, events.UNLINK) if places[kind]]
        drawn = [chance.choice(places[kind]) for _, kind in zip(range(count * 3 // 4), itertools.cycle(kinds))]
        return sorted(drawn + [chance.randint(0, len(self.events)) for _ in range(count - len(drawn))])

    def remove(self):
        self.tape.close()
        self.server.remove()
        shutil.rmtree(self.scratch)


class Cutter:
    def __init__(self, tally, seed, forget):
        self.tally, self.chance, self.deaf = tally, random.Random(f"cuts of {seed}"), DEAF.get(forget, ())
        self.cuts = self.again = self.lost = 0

    def run(self, recording, count, what):
        medium, at = Medium(self.deaf), 0
        for moment in recording.moments(count, self.chance):
            while at < moment:
                medium.apply(recording.events[at])
                at += 1
            self.cut(recording, medium, moment, f"{what} cut {moment} of {len(recording.events)}")

    def cut(self, recording, medium, moment, what):
        fate = Fate(self.chance.choice(FATES), self.chance.random())
        scratch = tempfile.mkdtemp(prefix="stator-cut-")
        root = os.path.join(scratch, "disk")
        medium.make(root, fate)
        self.cuts += 1
        try:
            if self.chance.random() < AGAIN:
                root = self.recovery_cut(root, scratch)
            problems = self.look(recording, root, moment)
        except (RuntimeError, ApiError) as refused:
            problems = [str(refused)]
        self.lost += bool(problems)
        if self.tally.check(not problems, f"{what}, {fate.name}: {root}", "\n".join(problems[:3]) if self.lost <= SHOWN_MAX else ""):
            shutil.rmtree(scratch)

    def recovery_cut(self, root, scratch):
        """The server starts on the folder, and the power goes again. Returns the folder that is found then."""
        medium = Medium(self.deaf)
        medium.load(root)
        tape = Tape(root, sync_us=1)
        with Server(data=os.path.join(root, "data"), environment=tape.environment()) as server:
            server.kill()
            found = list(tape.events())
        for event in found[:self.chance.randint(0, len(found))]:
            medium.apply(event)
        tape.close()
        self.again += 1
        second = os.path.join(scratch, "again")
        medium.make(second, Fate(self.chance.choice(FATES), self.chance.random()))
        return second

    def look(self, recording, root, moment):
        data = os.path.join(root, "data")
        server = Server(data=data, options=["--state-delay", "0", "--throttle", "off"])
        try:
            server.start()
            client = Client(server.port)
            if moment < recording.made:
                tables.create(client)
            problems = Found(client, recording.load.expected_at(moment, recording.sent), open_replays(client)).problems
            server.kill()
            status, output = check_folder(data)
            return problems + ([output] if status != 0 else [])
        finally:
            if server.alive():
                server.kill()
            server.remove()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cuts", type=int, default=20)
    options.add_argument("--writes", type=int, default=600, help="answered in one recording")
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6), help="of the first recording; the next has the next")
    options.add_argument("--record", action="store_true", help="note the run in docs/ledger.jsonl")
    options.add_argument("--forget", choices=DEAF, help="to see the test fail")
    options.add_argument("--durability", choices=("sync", "os"), default="sync", help="os: to see the test fail")
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally, started, operations = Tally(), time.monotonic(), 0
    cutter = Cutter(tally, options.seed, options.forget)
    for number, first in enumerate(range(0, options.cuts, CUTS_OF_RECORDING)):
        seed = options.seed + number
        recording = Recording(seed, options.writes, options.durability)
        tally.equal(recording.problems[:3], [], f"seed {seed}: the load was answered rightly")
        operations += len(recording.events)
        cutter.run(recording, min(CUTS_OF_RECORDING, options.cuts - first), f"seed {seed}")
        recording.remove()
        print(f"seed {seed}: {cutter.cuts} cuts of {operations} file operations, {cutter.again} cut again, {cutter.lost} failed",
              flush=True)
    if options.record:
        record("power", {"cuts": cutter.cuts, "cuts_of_recoveries": cutter.again, "file_operations": operations,
                         "violations": tally.failed}, time.monotonic() - started, seeds=f"{options.seed}-{seed}")
    tally.finish()


if __name__ == "__main__":
    main()
