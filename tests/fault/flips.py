#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bit rot: one flipped bit anywhere in a stopped data folder never becomes a wrong answer, nor one that is missing without a word.

    flips.py [--flips 120 | --every] [--seed N] [--only WORD] [--record]

Two folders are filled under the mixed load (load.py): one is stopped cleanly, one is killed while it writes. `flip` (flip.c)
takes each through one flip after another, a third of all in each of

    stopped    after a clean stop
    strict     after a kill, with --strict-tail
    loose      after a kill, without; a flip in the last group cannot be told from a torn write there, and is counted apart

The folders are checked and dumped as they are, too: both tools must see exactly what was written.
"""

import argparse
import collections
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from fault import tables
from fault.landlord import THERE, crew
from fault.load import Load
from fault.tables import KEYS
from fault.verify import Found, check_folder, open_replays
from lib.client import Client
from lib.items import frozen
from lib.ledger import record
from lib.server import PROGRAM, Server
from lib.tally import Tally, closing_counts

FLIP = os.path.join(os.path.dirname(os.path.abspath(PROGRAM)), "tests", "fault", "flip")
FAST = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a copy is made for each flip
OPTIONS = ["--memory", "32M", "--state-delay", "0", "--throttle", "off"]
ROUNDS, ANSWERS = 4, 100
COUNTS = re.compile(r"(\w+)=(\d+)")


class Folder:
    """One that the mixed load filled, through several files; what it holds is known."""

    def __init__(self, path, seed, clean):
        self.data = path
        server = Server(data=path, options=OPTIONS).start()
        tables.create(Client(server.port))
        load = Load(server.port, crew(3), seed)
        for _ in range(ROUNDS):
            load.start(server.port)
            load.write(ANSWERS)
            load.join()
            server.stop()
            server.start()
        load.start(server.port)
        load.write(ANSWERS)
        load.join()
        client = Client(server.port)
        self.found = Found(client, load.expected(), open_replays(client))
        self.items = {key: item for key, item in self.found.items.items() if item != THERE}
        self.problems = self.found.problems + load.complaints()
        server.stop() if clean else server.kill()
        server.remove()


def dumped(data):
    """(items by table and key, what the tool said of damage) of `stator dump`."""
    done = subprocess.run([PROGRAM, "dump", "--data", data, "--space", "data"], capture_output=True, text=True, timeout=120)
    items = {}
    for line in map(json.loads, done.stdout.splitlines()):
        if "item" in line and "index" not in line and line.get("table") in KEYS:
            items[(line["table"], frozen({name: line["item"][name] for name in KEYS[line["table"]]}))] = line["item"]
    return items, done.stderr if done.returncode else ""


def tools_agree(tally, what, folder):
    tally.equal(folder.problems[:3], [], f"{what}: the load was answered rightly")
    status, output = check_folder(folder.data)
    tally.check(status == 0 and f" items={len(folder.items)} " in output, f"{what}: check finds all items and nothing else",
                output[-1000:])
    items, damage = dumped(folder.data)
    tally.check(items == {key: item for key, item in folder.items.items() if key[0] in KEYS} and not damage, f"{what}: dump shows every item", damage[-1000:])


def flip(tally, what, data, work, flips, seed, options):
    """Runs the program; counts by kind of file and verdict."""
    done = subprocess.Popen([FLIP, "--data", data, "--work", work, "--flips", str(flips), "--seed", str(seed), *options],
                            stdout=subprocess.PIPE, text=True)
    counts, output = collections.Counter(), []
    for line in done.stdout:
        output.append(line)
        if line.startswith(("WAL:", "SST:", "MANIFEST:", "OPTIONS:", "small files:")):
            counts.update({name: int(count) for name, count in COUNTS.findall(line)})
        print(f"{what}: {line}" if not line.startswith("FAIL") else line, end="", flush=True)
    closing = closing_counts("".join(output)) if done.wait() in (0, 1) else None
    tally.check(closing is not None and sum(closing) > 0, f"{what}: all flips were made", "".join(output)[-1000:])
    tally.check(closing is not None and closing[1] == 0, f"{what}: no flip makes a wrong answer")
    return counts


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--flips", type=int, default=120)
    options.add_argument("--seed", type=int, default=random.randrange(10 ** 6))
    options.add_argument("--only", help="flips in files whose names have this in them")
    options.add_argument("--record", action="store_true", help="note the run in docs/ledger.jsonl")
    options.add_argument("--every", action="store_true", help="every bit of them instead of --flips")
    options = options.parse_args()
    print(f"seed {options.seed}", flush=True)

    tally, started, counts = Tally(), time.monotonic(), collections.Counter()
    scratch = tempfile.mkdtemp(prefix="stator-flips-", dir=FAST)
    stopped = Folder(os.path.join(scratch, "stopped"), options.seed, clean=True)
    killed = Folder(os.path.join(scratch, "killed"), options.seed, clean=False)
    tools_agree(tally, "stopped", stopped)
    tools_agree(tally, "killed", killed)
    for what, folder, more in (("stopped", stopped, []), ("strict", killed, ["--strict-tail"]), ("loose", killed, [])):
        more = more + (["--only", options.only] if options.only else []) + ["--every"] * options.every
        counts += flip(tally, what, folder.data, os.path.join(scratch, "work"), options.flips // 3, options.seed, more)
    shutil.rmtree(scratch)
    print(f"{sum(counts.values())} flips: {dict(counts)}")
    if options.record:
        violations = counts["wrong"] + counts["crashed"] + tally.failed
        record("flips", {"flips": sum(counts.values()), **counts, "violations": violations}, time.monotonic() - started,
               seeds=options.seed)
    tally.finish()


if __name__ == "__main__":
    main()
